"""TwinRuns: two trainings that differ in one thing. Where do they part, and what becomes of it?

    TwinRuns()                                  # another order of the batches
    TwinRuns(change="one label is wrong")
    TwinRuns(dense=MyDense, activation=MyReLU)  # both twins made of your own classes

With nothing changed the twins are equal in every bit: the same seed gives the same run. With one thing changed, both
are recorded by a Tape and laid side by side, moment by moment, until the first number that differs. From then on the
distance between their parameters is drawn: a difference in the sixteenth digit may stay there, or grow a millionfold.
"""

from pathlib import Path

import numpy as np

from nnlib import SGD, BinaryCrossEntropy, Dense, Momentum, NeuralNetwork, Sigmoid
from nnlib.data import moons
from nnlib.inspect import MUTANTS, Tape, first_divergence
from widgets.stage import picture
from widgets.stage.base import Explorer, packed
from widgets.stage.controls import Choice, Slider, Whole
from widgets.stage.parts import ACTIVATIONS, fresh

CHANGES = {
    "nothing": "Both twins are the same. So is every number of both.",
    "the order of the batches": "The same first weights, another order of the examples.",
    "the first weights": "Another seed for the weights; data and batches are the same.",
    "one label is wrong": "One example of 120 has the other label.",
    "the last digit of one weight": "One weight is larger by the smallest step that a float64 can make.",
    "the learning rate, by a thousandth": "0.1 % more in every step.",
    "momentum in place of SGD": "The gradients are the same in the first step, and so is the step: it has no past.",
    "grad_weights in place of weights": "The line that lesson 08 found.",
}
EXAMPLES, BATCH, RECORDED = 120, 20, 12
FLOOR = 1e-18


class TwinRuns(Explorer):
    """Two networks, one change, the first moment in which they part, and the distance between them step by step.

    `dense` and `activation` make both networks, as in the Workbench. `change`, `epochs`, `learning_rate` and `seed` set
    controls; `change` is one of the names in the menu.

    Raises TypeError for a name that is no control. What your class raises is shown inside, with your line.
    """

    title = "Twin runs"
    module = Path(__file__).with_suffix(".js")

    change = Choice("the order of the batches", "One thing changed", tuple(CHANGES))
    activation = Choice("Tanh", "Activation", tuple(ACTIVATIONS))
    learning_rate = Slider(0.3, "Learning rate", 0.001, 10, log=True, least=0, most=1e10)
    epochs = Whole(60, "Epochs", 5, 200)
    seed = Whole(0, "Seed", 0, 999_999)

    def start(self, dense=Dense, activation=None, **controls):
        self._dense, self._activations, self.distance = dense, dict(ACTIVATIONS), None
        if activation is not None and not isinstance(activation, str):
            name = getattr(activation, "__name__", type(activation).__name__)
            self._activations[name] = activation
            self.options["activation"] = tuple(self._activations)
            activation = name
        super().start(**({} if activation is None else {"activation": activation}), **controls)
        with self._guard():
            self._run_both()

    # The twins ------------------------------------------------------------------------------------------------

    def _twin(self, changed):
        """One network with its data; the second of the two has the change."""
        what = self.change if changed else "nothing"
        x, y = moons(EXAMPLES, 0.1, self.seed)
        rate = self.learning_rate * (1.001 if what == "the learning rate, by a thousandth" else 1)
        optimizer = Momentum(rate) if what == "momentum in place of SGD" else SGD(rate)
        layers = ((self._dense(6), fresh(self._activations[self.activation])),
                  (self._dense(6), fresh(self._activations[self.activation])), (self._dense(1), Sigmoid()))  # fmt: skip
        seed = self.seed + (what == "the first weights")
        model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=optimizer, seed=seed).build(2)
        model.rng = np.random.default_rng([self.seed, what == "the order of the batches"])  # deals out the batches
        if what == "one label is wrong":
            y = y.copy()
            y[0, 0] = 1 - y[0, 0]
        elif what == "the last digit of one weight":
            model.parameters[0] = np.nextafter(model.parameters[0], np.inf)
        elif what == "grad_weights in place of weights":
            model = MUTANTS["grad_weights_for_weights"].apply(model)
        return model, x, y

    def _run_both(self):
        """Train both step by step, with a tape over the first steps, and measure how far apart they are."""
        self.distance = None
        twins = [self._twin(changed) for changed in (False, True)]
        tapes = [Tape(limit=RECORDED) for _ in twins]
        runs = [model.training(x, y, self.epochs, BATCH, callbacks=[tape])
                for (model, x, y), tape in zip(twins, tapes, strict=True)]  # fmt: skip
        models = [model for model, _, _ in twins]
        distance = [self._apart(models)]
        try:
            with np.errstate(all="ignore"):
                for step, _ in enumerate(zip(*runs, strict=True), start=1):
                    if step == RECORDED:
                        self.parted = first_divergence(*tapes)
                        for tape in tapes:
                            tape.every = 10**15  # what comes now is not looked at moment by moment
                    distance.append(self._apart(models))
        except ArithmeticError:
            pass  # one diverged: the curves end there
        if len(distance) <= RECORDED:
            self.parted = first_divergence(*tapes)
        self.losses = [np.array(model.history.loss) for model in models]
        self.distance = np.array(distance)

    @staticmethod
    def _apart(models):
        one, other = (model.parameters for model in models)
        return float(np.abs(one - other).max())

    def changed(self, names):
        self._run_both()

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self.distance is None:
            return {"stats": [], "losses": None, "distance": None, "rows": [], "source": None}
        steps, epochs = len(self.distance) - 1, max(len(one) for one in self.losses)
        logs = np.log10(np.maximum(self.distance, FLOOR))
        high = max(0.7, *(float(np.nanmax(one, initial=0)) for one in self.losses))
        return {
            "stats": [["Steps", f"{steps}"], ["Part at step", "never" if not self.parted else f"{self.parted[0].step}"],
                      ["Apart in the end", plain(self.distance[-1])]],
            "losses": {
                "x": [1, max(epochs, 2)], "y": [0.0, 1.05 * min(high, 3.0)], "name": "epoch", "at": None,
                "curves": [{"name": name, "look": look, "values": packed(padded(one, epochs))}
                           for look, (name, one) in enumerate(zip(("the one", "its twin"), self.losses, strict=True))],
                "dots": [],
            },
            "distance": {
                "x": [0, max(steps, 1)], "y": [float(min(-17.0, logs.min())), float(max(1.0, logs.max() + 0.5))],
                "name": "step", "at": None,
                "curves": [{"name": "largest difference", "look": 2, "values": packed(logs)}], "dots": [],
            },
            "rows": self._rows(),
            "source": picture.source(self.parted[1].source) if self.parted else None,
        }  # fmt: skip

    def _rows(self):
        """The numbers in which the twins part for the first time."""
        if not self.parted:
            return []
        one, other, name = self.parted
        mine, yours = (moment.values.get(name) for moment in (one, other))
        if mine is None or yours is None or mine.shape != yours.shape:
            return []
        where = np.unravel_index(int(np.argmax(np.abs(mine - yours))), mine.shape)
        place = f"{name}[{', '.join(map(str, map(int, where)))}]" if where else name
        return [{"name": who, "look": look, "cells": [place, f"{float(values[where]):.17g}".replace("-", "−")]}
                for look, (who, values) in enumerate((("the one", mine), ("its twin", yours)))]  # fmt: skip

    def narrate(self):
        if self.distance is None:
            return "There are no twins to compare."
        told = CHANGES[self.change]
        if not self.parted:
            same = "Not one bit differs" if not self.distance.any() else "They part after the steps that were recorded"
            return f"{told} {same} in {len(self.distance) - 1} steps."
        moment, _, name = self.parted
        ends = [plain(one[-1]) if len(one) else "no number" for one in self.losses]
        where = f"block {moment.block}, {moment.part}" if getattr(moment, "part", None) else f"block {moment.block}"
        return (f"{told} The first number that differs is in step {moment.step}, {moment.phase}, {where}: {name}. In "
                f"the end the losses are {ends[0]} and {ends[1]}, and the parameters up to "
                f"{plain(self.distance[-1])} apart.")  # fmt: skip


def padded(values, length):
    return np.pad(values, (0, length - len(values)), constant_values=np.nan)


def plain(number):
    """Three figures, and a real minus sign."""
    return f"{float(number):.3g}".replace("-", "−")
