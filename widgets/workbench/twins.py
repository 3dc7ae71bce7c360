"""Twins: this network and a second one with one thing changed, trained from the beginning: where do they part?

With nothing changed they are equal in every bit: the same seed gives the same run. With one thing changed both are
recorded by a Tape and laid side by side, moment by moment, until the first number that differs. The distance between
their parameters then says what becomes of it: it may stay in the sixteenth digit, or grow a millionfold.
"""

import numpy as np

from nnlib import DivergedError, Momentum
from nnlib.inspect import MUTANTS, Tape, first_divergence
from widgets.stage.browser import curves
from widgets.stage.code import source
from widgets.stage.figures import entry, number, padded
from widgets.stage.picture import placed

NOTHING, ORDER, WEIGHTS, LABEL, DIGIT, RATE, RULE, LINE = CHANGES = (
    "nothing", "the order of the batches", "the first weights", "one label", "the last digit of one weight",
    "the pace, by a thousandth", "momentum in place of its rule", "grad_weights in place of weights",
)  # fmt: skip
RECORDED, LEAST, MOST = 12, 300, 1000  # updates: recorded in full, and made by each twin
FLOOR = 1e-18  # a distance of 0 is drawn here


class Twins:
    """Both runs of `bench`, the second with `change`: their losses by epoch, and their distance by update."""

    def __init__(self, bench, change):
        self.change = change
        (one, *data), (other, *theirs) = self._made(bench, NOTHING), self._made(bench, change)
        tapes = Tape(limit=RECORDED), Tape(limit=RECORDED)
        updates = min(max(bench.model.steps, LEAST), MOST)
        runs = [
            model.training(x, y, 10**9, bench.batch_size(), callbacks=[*bench.steered(factor), tape])
            for (model, x, y, factor), tape in zip(((one, *data), (other, *theirs)), tapes, strict=True)
        ]
        self.distance = [apart(one, other)]
        try:
            with np.errstate(all="ignore"):
                for step, _ in zip(range(1, updates + 1), zip(*runs, strict=True), strict=False):
                    if step == RECORDED:
                        for tape in tapes:
                            tape.every = 10**15  # what comes now is not looked at moment by moment
                    self.distance.append(apart(one, other))
        except DivergedError:
            pass  # one diverged: the curves end there
        self.parted = first_divergence(*tapes)
        self.losses = [np.array(model.history.loss) for model in (one, other)]

    @staticmethod
    def _made(bench, what):
        """(network, x, y, factor of the learning rate) of a twin that has the change `what`."""
        model = bench.new_network(bench.seed + (what == WEIGHTS))
        x, y = bench.inputs(bench.x_train), bench.y_train.copy()
        if what == WEIGHTS:
            model.rng = bench.new_network(bench.seed).rng  # the same batches all the same
        elif what == ORDER:
            model.rng = np.random.default_rng([bench.seed, 1])  # it deals out the batches
        elif what == LABEL:
            y[:, 0] = 1 - y[:, 0] if len(y) == 1 and bench.classes else np.roll(y[:, 0] + (not bench.classes), 1)
        elif what == DIGIT:
            model.parameters[0] = np.nextafter(model.parameters[0], np.inf)
        elif what == RULE:
            model.optimizer = Momentum(bench.learning_rate)
        elif what == LINE:
            model = MUTANTS["grad_weights_for_weights"].apply(model)
        return model, x, y, 1.001 if what == RATE else 1.0

    def view(self):
        """Losses and distance for `lines.js`, the first number that differs with all its digits, and the line."""
        epochs = max(2, *(len(one) for one in self.losses))
        logs = np.log10(np.maximum(self.distance, FLOOR))
        high = max(0.7, *(float(one.max(initial=0)) for one in self.losses))
        return {
            "said": self.said(),
            "losses": curves("epoch", [1, epochs], [0.0, 1.05 * min(high, 3.0)], *zip(
                ("this run", "its twin"), (0, 1), (padded(one, epochs) for one in self.losses), strict=True)),
            "distance": curves("update", [0, len(logs) - 1], [min(-17.0, logs.min()), max(1.0, logs.max() + 0.5)],
                               ("largest difference", 2, logs)),
            "rows": self._rows(), "source": source(self.parted[1].source) if self.parted else None,
        }  # fmt: skip

    def _rows(self):
        if not self.parted:
            return []
        one, other, name = self.parted
        mine, yours = (moment.values.get(name) for moment in (one, other))
        if mine is None or np.shape(mine) != np.shape(yours):
            return []
        where = np.unravel_index(int(np.argmax(mine != yours)), np.shape(mine))  # the first
        place = entry(name, where)
        return [{"name": who, "look": look, "cells": [place, f"{float(values[where]):.17g}".replace("-", "−")]}
                for look, (who, values) in enumerate((("this run", mine), ("its twin", yours)))]  # fmt: skip

    def said(self):
        """Where they part, and how far apart they end, in words."""
        told, steps = f"Changed: {self.change}.", len(self.distance) - 1
        if not self.parted:
            why = " All examples are one batch, so their order is nothing." if self.change == ORDER else ""
            return f"{told} Not one bit differs in {steps} updates.{why}"
        moment, _, name = self.parted
        ends = " and ".join(number(one[-1]) if len(one) else "no number" for one in self.losses)
        first = f"The first number that differs is in update {moment.step}, {moment.phase}, {placed(moment)}: {name}."
        apart = f"the parameters up to {number(self.distance[-1])} apart"
        return f"{told} {first} In the end the losses are {ends}, and {apart}."


def apart(one, other):
    return float(np.abs(one.parameters - other.parameters).max())
