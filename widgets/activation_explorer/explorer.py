"""ActivationExplorer: what an activation does to z, how steep it is there, and where it no longer answers.

    ActivationExplorer()                                        # the sigmoid
    ActivationExplorer(activations=["ReLU", "Tanh"])                   # several at once
    ActivationExplorer(activation=MySigmoid)                    # your own class, beside nnlib's
    ActivationExplorer(activations=["Sigmoid, naive"], z=-1000)        # a formula that is right on paper only

Move z along a curve: the tangent is the slope, f′(z). Where f′ is nearly 0 the activation is saturated: nothing that
happens to z gets through. Every curve is what the class gives when it is called; NumPy's warnings on the way are kept.
"""

import warnings
from pathlib import Path

import numpy as np

import nnlib
from widgets.stage.base import Explorer, packed
from widgets.stage.border import method_of
from widgets.stage.controls import Several, Slider
from widgets.stage.failure import explain, file_name, is_learners
from widgets.stage.parts import same_shape, slope_of

POINTS = 481
REACH = 8.0  # the picture goes from −8 to 8, and further only if z is further out
FLAT = 0.05  # less than this part of the steepest slope counts as flat
NAMES = ("ReLU", "LeakyReLU", "ELU", "Sigmoid", "Tanh", "Softplus", "Swish", "GELU", "Linear")


class NaiveSigmoid:
    """The sigmoid and its slope as they stand in a book: `exp(−z)` overflows for z under −709.

    f(z) = 1 / (1 + exp(−z))    f'(z) = exp(−z) / (1 + exp(−z))²
    """

    def __call__(self, z):
        return 1 / (1 + np.exp(-z))

    def gradient(self, z):
        return np.exp(-z) / (1 + np.exp(-z)) ** 2


ACTIVATIONS = {name: getattr(nnlib, name) for name in NAMES} | {"Sigmoid, naive": NaiveSigmoid}


class ActivationExplorer(Explorer):
    """Curves of activations, their slopes, and the tangent at z.

    `activation` is a class without arguments, an object, or a function of z; or a list of them. They are shown first
    and the names of your own begin with "your". One without `gradient` or `backward` gets its slope measured.
    `activations` are the names to begin with, `z` is the point.

    Raises TypeError for a name that is no control. An exception in your class is no error here: the explorer shows
    it, with your line, and the other curves stay.
    """

    title = "Activation explorer"
    module = Path(__file__).with_suffix(".js")

    activations = Several(["Sigmoid"], "Activations", tuple(ACTIVATIONS))
    z = Slider(1.0, "z", -8, 8, step=0.1, least=-1e4, most=1e4)

    def start(self, activation=None, **controls):
        own = activation if isinstance(activation, (list, tuple)) else [] if activation is None else [activation]
        named = {named_as(one): one for one in own}
        self._known, self._told = named | {name: ACTIVATIONS[name] for name in ACTIVATIONS if name not in named}, None
        self.options["activations"] = tuple(self._known)
        wanted = controls.get("activations", list(named) or ["Sigmoid"])
        controls["activations"] = [f"your {name}" if f"your {name}" in named else name for name in wanted]
        super().start(**controls)
        with self._guard():
            self._compute()

    # The curves -----------------------------------------------------------------------------------------------

    def _compute(self):
        """Call every chosen activation over the picture, over −8 … 8, and at z."""
        self.reach = max(REACH, 1.25 * abs(self.z))
        self.line = np.linspace(-self.reach, self.reach, POINTS)
        if self.failure is self._told:
            self.failure = None
        self._told, self.curves = None, []
        for name in self.activations:
            try:
                self.curves.append(self._curve(name))
            except Exception as error:  # one broken class: the others are still drawn
                self._told = self._told or explain(error)
        self.failure = self._told or self.failure

    def _curve(self, name):
        """One activation: its values, slopes and warnings."""
        thing = self._known[name]
        thing = thing() if isinstance(thing, type) else thing
        z = np.concatenate([self.line, np.linspace(-REACH, REACH, POINTS), [self.z]])[np.newaxis]
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            value = same_shape(thing(z), z, name, method_of(thing))
            slope, measured = slope_of(thing, z, value, name)
        steepest = np.nanmax(np.abs(slope[0, POINTS:-1]), initial=0)
        at = float(value[0, -1]), float(slope[0, -1])
        state, kind = state_of(*at, steepest)
        return {
            "name": name, "value": value[0, :POINTS], "slope": slope[0, :POINTS], "at": at, "measured": measured,
            "state": state, "kind": kind, "flat": np.abs(slope[0, :POINTS]) < FLAT * steepest,
            "warnings": [warned(one) for one in unlike(caught)],
        }  # fmt: skip

    def changed(self, names):
        self._compute()

    def press(self, name, detail=None):
        """The point was dragged to z = `detail`, or moved by it."""
        places = {"move": lambda: detail, "move by": lambda: self.z + detail}
        self.z = round(min(1e4, max(-1e4, float(places[name]()))), 2) + 0.0

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if not self.curves:
            ranges = [[-1, 1], [0, 1]]
            return {"curves": [], "z": self.z, "reach": self.reach, "flat": [], "ranges": ranges, "notes": []}
        values, slopes = (np.concatenate([one[name] for one in self.curves]) for name in ("value", "slope"))
        return {
            "z": self.z, "reach": self.reach, "flat": self._flat_parts(),
            "ranges": [limits(values, -0.25, 1.25, 3.2), limits(slopes, -0.2, 1.25, 3.2)],
            "curves": [
                {"name": one["name"], "value": packed(one["value"]), "slope": packed(one["slope"]), "kind": one["kind"],
                 "at": [number if np.isfinite(number) else None for number in one["at"]],
                 "cells": [short(one["at"][0]), short(one["at"][1]), one["state"]]}
                for one in self.curves
            ],
            "notes": self._notes(),
        }  # fmt: skip

    def _flat_parts(self):
        """From where to where the first curve is saturated."""
        flat = np.concatenate([[False], self.curves[0]["flat"], [False]]).astype(int)
        begin, end = np.flatnonzero(np.diff(flat) == 1), np.flatnonzero(np.diff(flat) == -1) - 1
        return [[float(self.line[a]), float(self.line[b])] for a, b in zip(begin, end, strict=True)]

    def _notes(self):
        notes = []
        for one in self.curves:
            if one["warnings"]:
                notes.append(f"{one['name']}: NumPy warned of {', '.join(one['warnings'])}.")
            if one["measured"]:
                notes.append(f"{one['name']} has no gradient(z): its slope is measured between two near points.")
        return notes

    def narrate(self):
        if not self.curves:
            return "No activation is chosen." if not self.activations else "Nothing could be drawn."
        said = [f"At z = {short(self.z)}:"]
        for one in self.curves:
            value, slope = map(short, one["at"])
            said.append(f"{one['name']} has f = {value} and f′ = {slope}, {one['state']}.")
        return " ".join(said)


def named_as(thing):
    """`your Sigmoid` for the learner's own, `Sigmoid` for nnlib's."""
    kind = thing if isinstance(thing, type) or hasattr(thing, "__name__") else type(thing)
    return kind.__name__ if kind.__module__.startswith("nnlib.") else f"your {kind.__name__}"


def state_of(value, slope, steepest):
    """What the slope at a point means, in words, and its kind."""
    if not np.isfinite(value) or not np.isfinite(slope):
        return "broken: not a finite number", "broken"
    if slope == 0:
        return "flat: f′ is 0, nothing gets through", "flat"
    part = abs(slope) / steepest if steepest > 0 else 0
    if part < FLAT:
        return f"saturated: {100 * part:.2g} % of its steepest", "flat"
    return f"answers: {100 * part:.3g} % of its steepest", "steep"


def unlike(caught):
    """Each warning once."""
    return {(str(one.message), is_learners(one.filename) and one.lineno): one for one in caught}.values()


def warned(one):
    where = f" in your code ({file_name(one.filename)}, line {one.lineno})" if is_learners(one.filename) else ""
    return f"“{one.message}”{where}"


def limits(values, low, high, most):
    """The range of the picture: it holds `low` to `high`, and more where the curves go further, up to `most`."""
    finite = values[np.isfinite(values)]
    low = max(-most, min(low, 1.1 * finite.min(initial=0)))
    return [float(low), float(min(most, max(high, 1.1 * finite.max(initial=0))))]


def short(number):
    return f"{number:.4g}".replace("-", "−")
