"""OptimizerRace: the same start, the same slopes, and several ways to make steps of them. Who arrives first?

    OptimizerRace()                                    # on a narrow valley, all with the same learning rate
    OptimizerRace(landscape="a network on two moons")  # the same first weights, the same data, the same goal
    OptimizerRace(optimizer=MyMomentum)                # your own beside nnlib's: a class called with a learning rate

With one rate for all you see what each makes of the same slopes. That is no fair race: an optimiser may want a rate ten
times as large. With "each its own best" every one is tried at nine rates, and runs with the one that reaches the goal
in the fewest steps.
"""

from pathlib import Path

import numpy as np

import nnlib
from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import moons
from nnlib.inspect import source_of
from widgets.stage import picture
from widgets.stage.base import Explorer, packed
from widgets.stage.controls import Choice, Several, Slider, Whole
from widgets.stage.failure import explain, is_learners
from widgets.stage.landscape import LANDSCAPES

OPTIMIZERS = ("SGD", "Momentum", "Nesterov", "RMSProp", "Adam", "AdamW")
NETWORK = "a network on two moons"
TRACKS = (*(name for name in LANDSCAPES if name != "one weight"), NETWORK)
SAME, BEST = "the same for all", "each its own best"
TRIED = tuple(float(f"{10**power:.2g}") for power in np.linspace(-3, 1, 9))
MOST, GRID = 200, 61
NEAR = 0.01  # of the way from the start's loss down to the lowest: that close to it is the goal
PAUSE = 0.06


class OptimizerRace(Explorer):
    """Several optimisers from one start, on a surface or on a network: paths, losses, steps to the goal.

    `optimizer` is a class of your own, called with a learning rate, whose objects have `step(parameters, gradients)`
    changing `parameters` in place (or a list of such classes); their names begin with "your". `landscape`, `racers`,
    `rates`, `learning_rate` and `steps` set controls.

    Raises TypeError for a name that is no control. What your class raises is shown inside, with your line, and the
    others run on.
    """

    title = "Optimiser race"
    module = Path(__file__).with_suffix(".js")

    landscape = Choice("narrow valley", "Track", TRACKS)
    racers = Several(["SGD", "Momentum", "Adam"], "Racers", OPTIMIZERS)
    rates = Choice(SAME, "Learning rates", (SAME, BEST))
    learning_rate = Slider(0.05, "Learning rate", 0.001, 10, log=True, least=0, most=1e10)
    steps = Whole(60, "Steps shown", 0, MOST)

    def start(self, optimizer=None, **controls):
        own = list(optimizer) if isinstance(optimizer, (list, tuple)) else [] if optimizer is None else [optimizer]
        named = {f"your {getattr(one, '__name__', type(one).__name__)}": one for one in own}
        self._known = named | {name: getattr(nnlib, name) for name in OPTIMIZERS}
        self._runs, self._told, self._track, self._shape = {}, None, None, None
        self.options["racers"] = tuple(self._known)
        if named:
            controls.setdefault("racers", [*named, "SGD", "Momentum", "Adam"])
        super().start(**controls)
        with self._guard():
            self._load()
            self._race()

    # The track and the runs -----------------------------------------------------------------------------------

    def _load(self):
        self._track = NetworkTrack() if self.landscape == NETWORK else LANDSCAPES[self.landscape]()
        self._runs, self._shape, self._lowest = {}, None, 0.0
        if self.landscape != NETWORK:
            across, up = (np.linspace(*pair, GRID // self._track.fine) for pair in self._track.extent)
            losses = np.array([[self._track.loss(np.array([p, q])) for p in across] for q in up])
            self._lowest, high = losses.min(), losses.max()
            self._shape = np.sqrt((losses - self._lowest) / (high - self._lowest or 1.0))
        first = self._track.loss(np.array(self._track.begin, float))
        self.goal = 0.1 if self.landscape == NETWORK else self._lowest + NEAR * (first - self._lowest)

    def _race(self):
        """A run for each racer, at its rate; runs that are known are not run again."""
        if self.failure is self._told:
            self.failure = None
        self._told, self.lanes = None, []
        for name in self.racers:
            try:
                with np.errstate(all="ignore"):
                    rate = self.learning_rate if self.rates == SAME else self._best(name)
                    self.lanes.append((name, rate, *self._run_of(name, rate)))
            except Exception as error:  # one broken class: the others run on
                self._told = self._told or explain(error)
        self.failure = self._told or self.failure

    def _run_of(self, name, rate):
        """(places, losses, steps after which it is at the goal for good, or None) of one optimiser."""
        if (name, rate) not in self._runs:
            optimizer, point = self._known[name](rate), np.array(self._track.begin, float)
            places, losses = [point[:2].copy()], [self._track.loss(point)]
            for _ in range(MOST):
                optimizer.step(point, self._track.slope(point))
                loss = self._track.loss(point) if np.isfinite(point).all() else np.nan
                if not np.isfinite(loss) or abs(loss) > 1e12:
                    break
                places.append(point[:2].copy())
                losses.append(loss)
            above = [step for step, loss in enumerate(losses) if loss > self.goal]
            arrived = above[-1] + 1 if len(losses) > MOST > above[-1] else None  # there, and there to stay
            self._runs[name, rate] = (np.array(places), np.array(losses), arrived)
        return self._runs[name, rate]

    def _best(self, name):
        """The tried rate with the fewest steps to the goal; where none arrives, the one that ends lowest."""
        def score(rate):
            _, losses, arrived = self._run_of(name, rate)
            return (arrived or MOST + 1, losses[-1] if len(losses) > MOST else np.inf)

        return min(TRIED, key=score)

    def changed(self, names):
        if "landscape" in names:
            self._load()
        if names - {"steps"}:
            self._race()

    def press(self, name, detail=None):
        self.pause()
        self.steps = {"step": min(MOST, self.steps + 1), "back": max(0, self.steps - 1), "reset": 0}[name]

    def advance(self):
        if self.steps >= MOST:
            self.playing = False
            return None
        self.steps += 1
        return PAUSE

    def disabled(self):
        return (*(("back",) if self.steps == 0 else ()), *(("learning_rate",) if self.rates == BEST else ()))

    def forget(self):
        self._track, self._runs, self.lanes = None, {}, []

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        lanes = [(look, *lane) for look, lane in enumerate(self.lanes)]
        first = next((arrived for *_, arrived in sorted(self.lanes, key=lambda lane: lane[-1] or MOST + 1)), None)
        heights = [np.log10(np.maximum(losses - self._lowest, 1e-12)) for _, _, _, _, losses, _ in lanes]
        goal = float(np.log10(max(self.goal - self._lowest, 1e-12)))
        low = min([goal - 1.0, *(max(float(one.min()), -8.0) for one in heights)])
        high = max([goal + 0.5, *(float(one[0]) for one in heights)]) + 0.3
        shown = self.steps + 1
        return {
            "stats": [["Step", f"{self.steps}"], ["First at the goal", "nobody" if not first else f"after {first}"]],
            "surface": None if self._shape is None else {
                "heights": packed(self._shape), "x": self._track.extent[0], "y": self._track.extent[1],
                "names": list(self._track.names), "start": [float(one) for one in self._track.begin],
                "paths": [{"look": look, "values": packed(np.clip(places[:shown], -1e6, 1e6))}
                          for look, _, _, places, _, _ in lanes],
            },
            "losses": {
                "x": [0, MOST], "y": [low, high], "name": "step", "at": self.steps,
                "curves": [{"name": name, "look": look, "values": packed(padded(height[:shown]))}
                           for (look, name, *_), height in zip(lanes, heights, strict=True)],
                "dots": [[min(self.steps, len(height) - 1), float(height[:shown][-1]), look]
                         for (look, *_), height in zip(lanes, heights, strict=True)],
            },
            "goal": goal,
            "rows": [{"name": name, "look": look, "cells": [
                plain(rate), plain(losses[:shown][-1]), told(arrived, len(losses))]}
                for look, name, rate, _, losses, arrived in lanes],
            "source": self._source(),
        }  # fmt: skip

    def _source(self):
        for name in self.racers:
            found = source_of(getattr(self._known[name], "step", None))
            if found is not None and is_learners(found.file):
                return picture.source(found)
        return None

    def narrate(self):
        if not self.lanes:
            return "Nobody runs." if not self.racers else "Nobody could run."
        said = [f"{name} with the rate {plain(rate)} {told(arrived, len(losses))}"
                for name, rate, _, losses, arrived in self.lanes]  # fmt: skip
        what = "the loss 0.1" if self.landscape == NETWORK else "within a hundredth of the way to the bottom"
        return f"The goal is {what}. " + "; ".join(said) + "."


class NetworkTrack:
    """The loss of a 2-8-1 network on 100 points of two moons, over all its parameters."""

    def __init__(self):
        self.x, self.y = moons(100, 0.1, 0)
        layers = ((Dense(8), Tanh()), (Dense(1), Sigmoid()))
        self.model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=0).build(2)
        self.begin = self.model.parameters.copy()

    def loss(self, point):
        self.model.parameters[:] = point
        return self.model.evaluate(self.x, self.y)

    def slope(self, point):
        self.model.parameters[:] = point
        self.model(self.x)
        self.model.backward_step(self.y)
        return self.model.gradients.copy()


def padded(values):
    return np.pad(values, (0, MOST + 1 - len(values)), constant_values=np.nan)


def told(arrived, length):
    if arrived:
        return f"arrives after {arrived} steps"
    return f"is lost after {length - 1} steps" if length <= MOST else f"is not there after {MOST} steps"


def plain(number):
    """Three figures, and a real minus sign."""
    return f"{float(number):.3g}".replace("-", "−")
