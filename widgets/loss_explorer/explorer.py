"""LossExplorer: what a loss charges for an answer, and how hard it pushes the answer in the right direction.

    LossExplorer()                                    # cross-entropy beside the mean squared error
    LossExplorer(loss=MyCrossEntropy)                 # a loss of your own, beside nnlib's
    LossExplorer(loss=MyCrossEntropy, probability=0.01, label="1")    # begin with a confident mistake

One example, one answer: the network's last z goes through the sigmoid to the probability a, and the loss compares a
with the label. Training can move only z, so the push is the loss's gradient times the slope of the sigmoid. Where the
answer is confidently wrong the slope is nearly 0: the squared error's push dies there, cross-entropy's does not.
"""

import math
from pathlib import Path

import numpy as np

import nnlib
from nnlib.inspect import source_of
from widgets.stage.base import Explorer
from widgets.stage.border import by_name, method_of, one_number
from widgets.stage.browser import curves
from widgets.stage.code import own_source
from widgets.stage.controls import Choice, Several, Slider
from widgets.stage.figures import number
from widgets.stage.parts import fresh, same_shape, slope_of

POINTS = 401
REACH = 8.0
TOP = 6.0  # the loss's picture ends here, unless the answer costs more: cross-entropy goes on for ever
LOSSES = {
    "Cross-entropy": nnlib.BinaryCrossEntropy,
    "Squared error": nnlib.MeanSquaredError,
    "Absolute error": nnlib.MeanAbsoluteError,
    "Huber": nnlib.Huber,
}


class LossExplorer(Explorer):
    """The loss of one answer over its probability, and the push on z, for several losses.

    `loss` is a class without arguments or an object with `loss(output, labels)` and `loss.gradient(output, labels)`,
    or a list of them; their names begin with "your". `activation` makes the probability: a class, an object or a
    function of z (one without `gradient` has its slope measured). `losses` are the names to begin with; `z`,
    `probability` and `label` set the answer.

    Raises TypeError for a name that is no control. An exception in your class is no error here: the explorer shows
    it, with your line, and the other curves stay.
    """

    title = "Loss explorer"
    module = Path(__file__).with_suffix(".js")

    losses = Several(["Cross-entropy", "Squared error"], "Losses", tuple(LOSSES))
    label = Choice("1", "Label y", ("1", "0"))
    probability = Slider(0.5, "Probability a", 0.001, 0.999, step=0.001, least=1e-12, most=1 - 1e-12)
    z = Slider(0.0, "z before the sigmoid", -REACH, REACH, step=0.1, least=-25, most=25)

    def start(self, loss=None, activation=nnlib.Sigmoid, **controls):
        self.reach, named = REACH, by_name(loss)
        self._known, self._activation, self._charges = named | LOSSES, activation, {}
        self.options["losses"] = tuple(self._known)
        if named:
            controls.setdefault("losses", [*named, "Squared error"])
        super().start(**controls)
        self._looks = {name: look for look, name in enumerate(dict.fromkeys([*self.losses, *self._known]))}
        self._last = None if "z" in controls or "probability" not in controls else (self.z, None)

    # The losses -----------------------------------------------------------------------------------------------

    def changed(self, names):
        """Take over the control that moved, then call every chosen loss."""
        if self._last is None or self.z != self._last[0]:
            self.probability = min(1 - 1e-12, max(1e-12, float(nnlib.Sigmoid()(np.array(self.z)))))
        elif self.probability != self._last[1]:
            self.z = round(min(25.0, max(-25.0, math.log(self.probability / (1 - self.probability)))), 6) + 0.0
        self._last = self.z, self.probability
        if abs(self.z) > self.reach:  # a z on the axis leaves it as it is: what is dragged stays under the pointer
            self.reach = 1.25 * abs(self.z)
        z = np.concatenate([np.linspace(-self.reach, self.reach, POINTS), [self.z]])[np.newaxis]
        activation = fresh(self._activation)
        self.a = same_shape(activation(z), z, "the activation")
        self.slope, _ = slope_of(activation, z, self.a, "the activation")
        with np.errstate(all="ignore"):
            self.curves = self.each(self.losses, self._curve)

    def _curve(self, name):
        """One loss over the probability; over z its push, against the gradient; and both at the answer."""
        loss = fresh(self._known[name])
        label = np.array([[float(self.label)]])
        asked = name, "output (1, 1) and labels (1, 1)", method_of(loss)
        if (name, self.label) not in self._charges:
            inside = np.clip(np.linspace(0, 1, POINTS), 1e-6, 1 - 1e-6)  # at 0 and 1 a book's formula divides by 0
            charges = [one_number(loss(np.array([[a]]), label), *asked) for a in inside]
            self._charges[name, self.label] = np.array(charges)
        gradient = loss.gradient(self.a, np.full_like(self.a, label[0, 0]))
        gradient = same_shape(gradient, self.a, f"{name}.gradient", method_of(loss, "gradient"))
        push = -gradient * self.slope
        at = one_number(loss(self.a[:, -1:], label), *asked)
        return {"name": name, "values": self._charges[name, self.label], "pushes": push[0, :-1], "loss": at,
                "gradient": float(gradient[0, -1]), "push": float(push[0, -1]), "thing": loss}  # fmt: skip

    def press(self, name, detail=None):
        """The point was dragged to probability or z = `detail`, or moved by it."""
        control, by, _ = name.partition(" by")
        wanted = float(detail) + (getattr(self, control) if by else 0)
        if control == "probability":
            self.probability = min(0.999, max(0.001, wanted))
        else:
            self.z = round(min(25.0, max(-25.0, wanted)), 2) + 0.0

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        most = max([1.0, *(np.nanmax(np.abs(one["pushes"]), initial=0) for one in self.curves)])
        most = 1.1 * min(most, 4.0)
        a = float(self.a[0, -1])
        top = max([TOP, *(1.1 * one["loss"] for one in self.curves if np.isfinite(one["loss"]))])
        return {
            "stats": [["Answer a", answer(a)], ["Label y", self.label]],
            "loss": self._lines("probability a", [0.0, 1.0], [-0.25, top], a, "values", "loss"),
            "push": self._lines("z", [-self.reach, self.reach], [-most, most], self.z, "pushes", "push"),
            "rows": [
                {"name": one["name"], "look": self._looks[one["name"]],
                 "cells": [number(one["loss"]), f"{number(one['gradient'])} · {number(self.slope[0, -1])}",
                           f"{number(one['push'])} {arrow(one['push'])}"]}
                for one in self.curves
            ],
            "source": self._source(),
        }  # fmt: skip

    def _lines(self, name, x, y, at, all_, here):
        """The curves of all losses, and a dot for each at the answer."""
        drawn = [(one["name"], self._looks[one["name"]], one[all_]) for one in self.curves]
        dots = [[at, one[here], self._looks[one["name"]]] for one in self.curves if np.isfinite(one[here])]
        return curves(name, x, y, *drawn, at=at, dots=dots)

    def _source(self):
        """The learner's line that gave the gradient, if one of the losses is theirs."""
        return own_source(*(source_of(type(one["thing"]).gradient) for one in self.curves))

    def verdict(self):
        """How sure the answer is, and whether it is right, in words."""
        a = float(self.a[0, -1])
        toward = a if self.label == "1" else 1 - a
        sure = "undecided" if abs(a - 0.5) < 0.005 else "right" if toward > 0.5 else "wrong"
        how = "confidently " if abs(a - 0.5) > 0.4 and sure != "undecided" else ""
        return f"The answer a = {answer(a)} for the label {self.label} is {how}{sure}."

    def narrate(self):
        if not self.curves:
            return "No loss is chosen." if not self.losses else "Nothing could be drawn."
        said = [self.verdict()]
        for one in self.curves:
            where = "up" if one["push"] > 0 else "down" if one["push"] < 0 else "nowhere"
            pushes = f"pushes z {where}, by {number(abs(one['push']))}"
            named = one["name"][0].upper() + one["name"][1:]
            said.append(f"{named} charges {number(one['loss'])} and {pushes}.")
        return " ".join(said)


def answer(a):
    """A probability; where it is nearly 1, with what is missing."""
    return number(a) if a < 0.999 else f"{a:.7g}"


def arrow(push):
    return "↑ z up" if push > 0 else "↓ z down" if push < 0 else "· no push"
