"""BugLab: a network that trains and may be wrong. Predict which alarms ring, sound them, and name the bug.

    BugLab()                     # one case after the other, each with another bug, or with none
    BugLab(case=7)               # a certain case
    BugLab(dense=MyDense)        # your own layer as the suspect, beside nnlib's Dense

You see the suspect's loss first. Then you tick the alarms that you expect to ring: the loss, the accuracy on new
points, the comparison with frozen hidden layers, the gradient check. The lab sounds all four beside a right network,
shows what the check found array by array, and asks for the name. No alarm hears every bug, and one bug none of them.
"""

from pathlib import Path

import numpy as np

from nnlib import SGD, BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import circles
from nnlib.inspect import (
    FIFTH_LOWER,
    MUTANTS,
    Alarm,
    copy_of,
    diagnose,
    gradient_check,
    parameter_slices,
    sound,
    source_of,
)
from widgets.stage.base import Explorer
from widgets.stage.browser import curves
from widgets.stage.code import source
from widgets.stage.controls import Choice, Several, Whole
from widgets.stage.figures import number
from widgets.stage.parts import examined_layer

SUSPECTS = (
    "grad_weights_for_weights", "mean_missing", "mean_twice", "bias_gradient_missing", "slope_missing", "gradient_sign",
    "stale_inputs", "gradients_pile_up", "transposed", "learning_rate_squared",
)  # fmt: skip
NOTHING, OPEN, OWN = "nothing is wrong", "choose …", "something else"
ALARMS = {"loss": "the loss", "accuracy": "the accuracy", "frozen": "the frozen layers", "gradient_check": "the check",
          "update": "the update"}
EPOCHS, BATCH = 75, 25
STEP = 1e-6  # a step that is further from −rate · gradient, by its size, sets off the alarm of the update


class BugLab(Explorer):
    """Cases of hidden bugs, a score, and the reasons.

    `dense` makes a suspect of your own layer: the case is then whether it is right, beside nnlib's Dense with the same
    parameters. `case` is the number of the case to begin with; the same number is the same bug.

    Raises TypeError for a name that is no control. What your class raises is shown inside, with your line.
    """

    title = "Bug lab"
    module = Path(__file__).with_suffix(".js")

    case = Whole(1, "Case", 1, 999)
    expected = Several([], "Which alarms will ring?", tuple(ALARMS.values()))
    verdict = Choice(OPEN, "What is wrong?", (OPEN, NOTHING, *(MUTANTS[name].title for name in SUSPECTS)))

    def start(self, dense=None, **controls):
        self._dense, self.cases, self.foreseen, self.named = dense, 0, 0, 0
        if dense is not None:
            self.options["verdict"] = (OPEN, NOTHING, *(MUTANTS[name].title for name in SUSPECTS), OWN)
            self.left_out = ("case",)
        super().start(**controls)

    # A case ---------------------------------------------------------------------------------------------------

    def begin(self):
        """A suspect and the right network beside it, and the loss that everybody sees."""
        self.stage, self.alarms, self.report, self.answer, self.losses = "predict", (), None, None, None
        rng = np.random.default_rng(1000 + self.case)
        seed = int(rng.integers(1000))
        self.x, self.y = circles(100, noise=0.1, seed=seed)
        self.new = circles(500, noise=0.1, seed=seed + 1)
        self.right = network(Dense, seed)
        if self._dense is None:
            kinds = (*SUSPECTS, None)
            turn, place = divmod(self.case - 1, len(kinds))  # each bug once in eleven cases, in another order each time
            self.kind = kinds[np.random.default_rng(turn).permutation(len(kinds))[place]]
            self.suspect = copy_of(self.right) if self.kind is None else MUTANTS[self.kind].apply(self.right)
        else:
            self.suspect = network(examined_layer(self._dense), seed)
            self.suspect.parameters[:] = self.right.parameters
            found = diagnose(self.suspect, self.x[:, :20], self.y[:, :20])
            self.kind = None if found is None else found.kind
        judged = Judged(self.right, self.x, self.y)
        try:
            with np.errstate(all="ignore"):
                copy_of(self.suspect).fit(self.x, self.y, EPOCHS, BATCH, callbacks=[judged], watch=False)
        except ArithmeticError:
            pass  # it diverged: the curve ends there
        self.losses = np.array(judged.losses)

    def _sound(self):
        """All five alarms, and the check array by array."""
        alarms = sound(self.suspect, self.right, self.x, self.y, *self.new, EPOCHS, BATCH)
        errors = [step_error(network, self.x, self.y) for network in (self.suspect, self.right)]
        self.alarms = (*alarms, Alarm("update", *errors, STEP, errors[0] >= STEP))
        self.report = gradient_check(self.suspect, self.x[:, :20], self.y[:, :20])
        self.foreseen += sum((ALARMS[alarm.name] in self.expected) == alarm.rings for alarm in self.alarms)
        self.cases, self.stage = self.cases + 1, "diagnose"

    def _judge(self):
        self.answer = NOTHING if self.kind is None else MUTANTS[self.kind].title if self.kind in MUTANTS else OWN
        if self.answer not in self.options.get("verdict", self.traits()["verdict"].options):
            self.answer = OWN
        self.named += self.verdict == self.answer
        self.stage = "told"

    def changed(self, names):
        if "case" in names or self.losses is None:
            self._clear()
            self.begin()

    def _clear(self):
        self.expected, self.verdict = [], OPEN

    def press(self, name, detail=None):
        """Sound the alarms, name the bug, or open the next case; each only when it is its turn."""
        if name in self.disabled():
            return
        if name == "sound":
            self._sound()
        elif name == "judge":
            if self.verdict == OPEN:
                raise ValueError("choose what is wrong first, or that nothing is")
            self._judge()
        elif name == "next":
            self.case = self.case % 999 + 1
        elif name == "again":
            self._clear()
            self.begin()

    def disabled(self):
        off = {"predict": ("judge", "next", "again"), "diagnose": ("sound",), "told": ("sound", "judge")}[self.stage]
        return (*off, "next") if self._dense is not None else off

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self.losses is None:
            return {"stats": [], "stage": self.stage, "curve": None, "alarms": [], "arrays": [], "source": None,
                    "mended": None, "said": self.verdict}  # fmt: skip
        high = float(np.nanmax([*self.losses, 0.7], initial=0.7))
        wrong, right = self._sources()
        return {
            "stats": [
                ["Cases", f"{self.cases}"],
                ["Alarms foreseen", f"{self.foreseen} of {len(ALARMS) * self.cases}"],
                ["Bugs named", f"{self.named} of {self.cases}"],
            ],
            "stage": self.stage,
            "curve": curves("epoch", [0.0, float(max(len(self.losses) - 1, 1))], [0.0, min(high, 3.0)],
                            ("loss of the suspect", 0, np.minimum(self.losses, 1e6))),
            "alarms": [
                {"name": ALARMS[alarm.name],
                 "cells": [number(alarm.suspect, 3), number(alarm.right, 3), beside(alarm),
                           "rings" if alarm.rings else "silent",
                           "yes" if (ALARMS[alarm.name] in self.expected) == alarm.rings else "no"]}
                for alarm in self.alarms
            ],
            "arrays": self._arrays(),
            "source": wrong, "mended": right, "said": self.verdict,
        }  # fmt: skip

    def _arrays(self):
        """For each array of parameters: does the check agree, and how large is the suspect's gradient beside it?"""
        if self.report is None:
            return []
        rows = []
        pieces = [piece for _, _, piece in parameter_slices(self.suspect)]
        for row, piece in zip(self.report.rows, pieces, strict=True):
            size = "" if row.passed else sizes(self.report.analytic[piece], self.report.numeric[piece])
            rows.append({"name": f"{row.name} of layer {row.block}", "cells": [row.verdict, size]})
        return rows

    def _sources(self):
        """The wrong lines and the right ones, once the bug has been named."""
        if self.stage != "told" or self.kind not in MUTANTS:
            return None, None
        bug = MUTANTS[self.kind]
        right = getattr(type(bug.spots(self.right)[0]), bug.method)
        return source(source_of(bug.function)), source(source_of(right))

    def narrate(self):
        if self.losses is None:
            return "There is no suspect."
        if self.stage == "predict":
            ends = f"after {EPOCHS} epochs it is {number(self.losses[-1], 3)}"
            if len(self.losses) <= EPOCHS:
                ends = f"in epoch {len(self.losses)} it is no number any more"
            return (f"Case {self.case}: before training the suspect's loss is {number(self.losses[0], 3)}, {ends}. "
                    "Tick the alarms that you expect to ring, then sound them.")  # fmt: skip
        rang = [ALARMS[alarm.name] for alarm in self.alarms if alarm.rings]
        heard = f"Ringing: {', '.join(rang)}." if rang else "All five alarms are silent."
        if self.stage == "diagnose":
            return f"{heard} Now name what is wrong, or say that nothing is."
        hit = "You named it." if self.verdict == self.answer else f"You said: {self.verdict}."
        why = MUTANTS[self.kind].explanation if self.kind in MUTANTS else "Both networks are the same." if (
            self.kind is None) else "It is none of the bugs in the list."  # fmt: skip
        return f"{heard} {hit} It was: {self.answer}. {why}"

    def forget(self):
        self.suspect = self.right = None


def network(dense, seed):
    """2-8-8-1 with tanh, built, with biases that are not zero: zeros hide mistakes."""
    layers = ((dense(8), Tanh()), (dense(8), Tanh()), (dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=SGD(0.5), seed=seed).build(2)
    model.parameters[:] += 0.05 * np.random.default_rng(seed).standard_normal(model.parameters.size)
    return model


class Judged:
    """A callback that keeps the loss over all examples by the formula of `right`, before training and after each
    epoch: the number that the alarm of the loss looks at. A loss that is a mean of an epoch's batches is another.
    """

    def __init__(self, right, x, y):
        self.judge, self.data = copy_of(right), (x, y)
        self.losses = [right.evaluate(x, y)]

    def on_train_begin(self, model):
        self.model = model

    def on_epoch_end(self, epoch, loss):
        self.judge.parameters[:] = self.model.parameters
        self.losses.append(self.judge.evaluate(*self.data))


def step_error(model, x, y):
    """How far the step that a copy of `model` makes is from −rate · gradient, by the size of the latter; 0 if right."""
    model = copy_of(model)
    with np.errstate(all="ignore"):
        model(x)
        model.backward_step(y)
        before, wanted = model.parameters.copy(), -model.learning_rate * model.gradients
        model.update()
        return float(np.abs(model.parameters - before - wanted).max() / (np.abs(wanted).max() or 1.0))


def beside(alarm):
    """The number that the suspect's is compared with, and whose it is."""
    if alarm.name == "accuracy":
        return f"{number(alarm.right, 3)} right"
    if alarm.name == "frozen":
        return f"{number(alarm.limit / FIFTH_LOWER, 3)} frozen"
    return f"{number(alarm.limit, 3)} at first" if alarm.name == "loss" else f"{alarm.limit:f}"


def sizes(analytic, numeric):
    """In words, a wrong gradient beside the measured one: a multiple of it, its numbers elsewhere, or the largest."""
    size, largest = float(numeric @ numeric), np.abs(numeric).max()
    times = float(analytic @ numeric) / size if size else 0.0
    if not analytic.any():
        return "all are 0"
    if abs(times) * np.sqrt(size) > 0.999 * np.linalg.norm(analytic):
        return f"each {number(times, 3)} times it"
    if not largest:
        return "the measured are all 0"
    if np.allclose(np.sort(analytic), np.sort(numeric), rtol=0, atol=1e-5 * largest):
        return "same numbers, other places"
    return f"largest {number(np.abs(analytic).max() / largest, 3)} times as large"
