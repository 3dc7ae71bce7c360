"""ScheduleExplorer: a learning rate that changes on the way, and a run with it beside a run without.

    ScheduleExplorer()                          # warm-up, then half a cosine wave, with Adam
    ScheduleExplorer(schedule=my_schedule)      # a function of your own: step (from 1) to learning rate

Both runs have the same first weights, the same batches and the same optimiser; the one follows the schedule, the other
keeps the rate. Small batches make the steps shake: look at how much of the shaking is left at the end.
"""

from pathlib import Path

import numpy as np

import nnlib
from nnlib import BinaryCrossEntropy, Dense, LearningRateScheduler, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import moons
from nnlib.inspect import source_of
from nnlib.schedule import chain, constant, cosine, exponential, step_decay, warm_up
from widgets.stage import picture
from widgets.stage.base import Explorer, packed
from widgets.stage.controls import Choice, Slider, Whole
from widgets.stage.failure import is_learners

STEPS, BATCH, EXAMPLES = 600, 10, 200
KINDS = {
    "constant": lambda rate, part: constant(rate),
    "in steps": lambda rate, part: step_decay(rate, every=part),
    "exponential": lambda rate, part: exponential(rate, half_life=part),
    "cosine": lambda rate, part: cosine(rate, STEPS),
    "warm-up, then constant": lambda rate, part: warm_up(rate, part),
    "warm-up, then cosine": lambda rate, part: chain((part, warm_up(rate, part)), cosine(rate, STEPS - part)),
}
OPTIMIZERS = ("SGD", "Momentum", "Adam")


class ScheduleExplorer(Explorer):
    """The learning rate of 600 steps, and the losses of a run with it and of one that keeps the first rate.

    `schedule` is a function of your own from the step, counted from 1, to the rate; it stands in the menu as "yours".
    `kind`, `rate`, `part` (the steps of a warm-up, of a stage, of a half-life), `optimizer` and `seed` set controls.

    Raises TypeError for a name that is no control. What your function raises is shown inside, with your line.
    """

    title = "Schedule explorer"
    module = Path(__file__).with_suffix(".js")

    kind = Choice("warm-up, then cosine", "Schedule", tuple(KINDS))
    rate = Slider(0.1, "Learning rate", 0.001, 10, log=True, least=0, most=1e10)
    part = Whole(60, "Warm-up, stage or half-life", 1, STEPS - 1)
    optimizer = Choice("Adam", "Optimiser", OPTIMIZERS)
    seed = Whole(0, "Seed", 0, 999_999)

    def start(self, schedule=None, **controls):
        self._own, self.rates, self._kept = schedule, None, {}
        if schedule is not None:
            self._name = f"yours, {getattr(schedule, '__name__', type(schedule).__name__)}"
            self.options["kind"] = (self._name, *KINDS)
            controls.setdefault("kind", self._name)
        super().start(**controls)
        with self._guard():
            self._train()

    def _train(self):
        """Both runs; the one that keeps its rate is remembered, as it does not change with the schedule."""
        self.rates = None
        own = self._own is not None and self.kind == self._name
        schedule = self._own if own else KINDS[self.kind](self.rate, self.part)
        rates = np.array([float(schedule(step)) for step in range(1, STEPS + 1)])
        if not np.isfinite(rates).all() or (rates < 0).any():
            step = int(np.argmax(~np.isfinite(rates) | (rates < 0))) + 1
            raise ValueError(f"the schedule gives {rates[step - 1]:g} at step {step}: a rate is 0 or more, and finite")
        usual = float(rates.max()) if own else self.rate
        key = (usual, self.optimizer, self.seed)
        if key not in self._kept:
            self._kept = {key: self._run_with(constant(usual), usual)}
        self.plain, self.scheduled = self._kept[key], self._run_with(lambda step: rates[min(step, STEPS) - 1], usual)
        self.rates, self.usual = rates, usual

    def _run_with(self, schedule, rate):
        """The losses on all examples, after each epoch of 20 steps, of one run."""
        x, y = moons(EXAMPLES, 0.2, self.seed)
        model = NeuralNetwork(((Dense(8), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(),
                              optimizer=getattr(nnlib, self.optimizer)(rate), seed=self.seed)  # fmt: skip
        losses = [model.build(2).evaluate(x, y)]
        epochs = STEPS * BATCH // EXAMPLES
        steps = model.training(x, y, epochs, BATCH, callbacks=[LearningRateScheduler(schedule)])
        try:
            with np.errstate(all="ignore"):
                for number, _ in enumerate(steps, start=1):
                    if number % (EXAMPLES // BATCH) == 0:
                        losses.append(model.evaluate(x, y))
        except ArithmeticError:
            pass  # it diverged: the curve ends there
        return np.array(losses)

    def changed(self, names):
        self._train()

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self.rates is None:
            return {"stats": [], "rates": None, "losses": None, "rows": [], "source": None}
        runs = (("with the schedule", self.scheduled), ("at the same rate all the time", self.plain))
        epochs = STEPS * BATCH // EXAMPLES
        high = max(float(np.nanmax(one)) for _, one in runs)
        return {
            "stats": [["Highest rate", plain(self.rates.max())], ["Last rate", plain(self.rates[-1])]],
            "rates": {
                "x": [1, STEPS], "y": [0.0, float(1.08 * max(self.rates.max(), 1e-9))], "name": "step", "at": None,
                "curves": [{"name": "learning rate", "look": 2, "values": packed(self.rates)}], "dots": [],
            },
            "losses": {
                "x": [0, epochs], "y": [0.0, 1.05 * min(high, 2.0)], "name": "epoch", "at": None,
                "curves": [{"name": name, "look": look, "values": packed(padded(one, epochs + 1))}
                           for look, (name, one) in enumerate(runs)],
                "dots": [],
            },
            "rows": [{"name": name, "look": look, "cells": [plain(one[-1]), plain(shaking(one))]}
                     for look, (name, one) in enumerate(runs)],
            "source": self._source(),
        }  # fmt: skip

    def _source(self):
        if self._own is None or self.kind != self._name:
            return None
        found = source_of(self._own)
        return picture.source(found) if found is not None and is_learners(found.file) else None

    def narrate(self):
        if self.rates is None:
            return "There is no schedule to follow."
        with_it, without = (plain(one[-1]) for one in (self.scheduled, self.plain))
        return (f"{self.kind}: the rate begins at {plain(self.rates[0])}, is {plain(self.rates.max())} at most and "
                f"{plain(self.rates[-1])} at the end. The last loss is {with_it} with the schedule and {without} at "
                f"the rate {plain(self.usual)} all the time. In the last ten epochs the loss shakes by "
                f"{plain(shaking(self.scheduled))} and by {plain(shaking(self.plain))}.")  # fmt: skip


def shaking(losses):
    """The mean change from epoch to epoch in the last ten, without its sign."""
    return float(np.abs(np.diff(losses[-11:])).mean()) if len(losses) > 1 else 0.0


def padded(values, length):
    return np.pad(values, (0, max(0, length - len(values))), constant_values=np.nan)


def plain(number):
    """Three figures, and a real minus sign."""
    return f"{float(number):.3g}".replace("-", "−")
