"""Race: one start, the same slopes, and several optimisers that make steps of them. Who arrives first?

With one rate for all you see what each makes of the same slopes. That is no fair race: an optimiser may want a rate ten
times as large. With "for each the best tried" every one is tried at the rate that is set, at nine from 0.001 to 10, and
at four around the best of these. It runs with the one that reaches the goal in the fewest steps: no worse than what was
seen at the set rate, but not the best there is.
"""

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import moons
from widgets.stage.browser import curves, packed
from widgets.stage.figures import number, padded
from widgets.stage.landscape import ModelLandscape

NETWORK = "a network on two moons"
SAME, BEST = "the same for all", "for each the best tried"
TRIED = tuple(float(f"{10**power:.2g}") for power in np.linspace(-3, 1, 9))
AROUND = tuple(10 ** (power / 6) for power in (-2, -1, 1, 2))  # between a tried rate and its neighbours
LENGTH = 200  # steps of a race
NEAR = 0.01  # of the way from the start's loss down to the lowest: that close to it is the goal


class Race:
    """The runs of `known`, classes by name that are called with a learning rate, on `land` from the place `begin`.

    `lowest` is the lowest loss that is known of. Every run is made once, for all its 200 steps.
    """

    def __init__(self, land, known, begin, lowest):
        self.land, self.known, self.begin, self.lowest = land, known, np.array(begin, float), lowest
        self.runs, self.best, self.lanes = {}, {}, []
        first = land.loss(self.begin)
        self.goal = land.goal if isinstance(land, NetworkTrack) else lowest + NEAR * (first - lowest)

    def lane(self, name, rates, rate):
        """A racer at its rate: (name, rate, places, losses, steps until it is at the goal, or None)."""
        with np.errstate(all="ignore"):
            own = rate if rates == SAME else self._best(name, rate)
            return name, own, *self._run_of(name, own)

    def _run_of(self, name, rate, within=np.inf):
        """Its places, its losses and when it arrived; None as soon as it cannot arrive `within` so many steps."""
        if (name, rate) not in self.runs:
            optimizer, point = self.known[name](rate), self.begin.copy()
            places, losses = [point[:2].copy()], [self.land.loss(point)]
            for step in range(1, LENGTH + 1):
                optimizer.step(point, self.land.slope(point))
                loss = self.land.loss(point) if np.isfinite(point).all() else np.nan
                if not np.isfinite(loss) or abs(loss) > 1e12:
                    break
                places.append(point[:2].copy())
                losses.append(loss)
                if step >= within and loss > self.goal:
                    return None
            above = [step for step, loss in enumerate(losses) if loss > self.goal]
            arrived = above[-1] + 1 if above and len(losses) > LENGTH > above[-1] else None  # there, and there to stay
            self.runs[name, rate] = (np.array(places), np.array(losses), arrived)
        return self.runs[name, rate]

    def _best(self, name, given):
        """The tried rate with the fewest steps to the goal; where none arrives, the one that ends lowest."""
        if (name, given) not in self.best:
            coarse = self._quickest(name, (given, *reversed(TRIED)))  # large ones first: the others can stop early
            fine = (float(f"{coarse * factor:.2g}") for factor in AROUND)
            self.best[name, given] = self._quickest(name, (coarse, *fine))
        return self.best[name, given]

    def _quickest(self, name, rates):
        scores = {}
        for rate in rates:
            soonest = min(scores.values(), default=(LENGTH + 1,))[0]
            ran = self._run_of(name, rate, soonest if soonest <= LENGTH else np.inf)
            if ran is not None:
                _, losses, arrived = ran
                scores[rate] = (arrived or LENGTH + 1, losses[-1] if len(losses) > LENGTH else np.inf)
        return min(scores, key=scores.get)

    def view(self, steps):
        """Paths, heights above the lowest loss and the table, up to `steps`: nobody is told what comes after."""
        shown = steps + 1
        heights = [np.log10(np.maximum(losses - self.lowest, 1e-12)) for _, _, _, losses, _ in self.lanes]
        goal = float(np.log10(max(self.goal - self.lowest, 1e-12)))
        low = min([goal - 1.0, *(max(float(one.min()), -8.0) for one in heights)])
        high = max([goal + 0.5, *(float(one[0]) for one in heights)]) + 0.3
        return {
            "stats": [["Step", f"{steps}"], ["First at the goal", self.first(steps)]],
            "goal": goal,
            "paths": [{"look": look, "values": packed(np.clip(places[:shown], -1e6, 1e6))}
                      for look, (_, _, places, _, _) in enumerate(self.lanes)],
            "losses": curves(
                "step", [0, LENGTH], [low, high],
                *((lane[0], look, padded(height[:shown], LENGTH + 1))
                  for look, (lane, height) in enumerate(zip(self.lanes, heights, strict=True))), at=steps,
                dots=[[min(steps, len(one) - 1), float(one[:shown][-1]), look] for look, one in enumerate(heights)],
            ),
            "rows": [{"name": name, "look": look,
                      "cells": [number(rate, 3), number(losses[:shown][-1], 3), told(arrived, losses, steps)]}
                     for look, (name, rate, _, losses, arrived) in enumerate(self.lanes)],
        }  # fmt: skip

    def first(self, steps):
        """Who is at the goal first, after so many steps: "Adam, after 12"; "nobody yet", or "nobody" for good."""
        there = [(arrived, name) for name, *_, arrived in self.lanes if arrived and arrived <= steps]
        if there:
            return f"{min(there)[1]}, after {min(there)[0]}"
        running = [name for name, *_, losses, _ in self.lanes if steps < min(len(losses) - 1, LENGTH)]
        return "nobody yet" if running else "nobody"

    def narrate(self, steps):
        if not self.lanes:
            return "Nobody could run."
        said = "; ".join(f"{name} with the rate {number(rate, 3)} {told(arrived, losses, steps)}"
                         for name, rate, _, losses, arrived in self.lanes)  # fmt: skip
        network = isinstance(self.land, NetworkTrack)
        what = f"the loss {self.goal:g}" if network else "within a hundredth of the way to the bottom"
        return f"The goal is {what}. {said[0].upper()}{said[1:]}."


class NetworkTrack(ModelLandscape):
    """The loss of a 2-8-1 network on 100 points of two moons, over all its parameters: to race on, not to draw."""

    names, extent, goal = (), (), 0.1

    def __init__(self):
        self.x, self.y = moons(100, 0.1, 0)
        layers = ((Dense(8), Tanh()), (Dense(1), Sigmoid()))
        self.model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=0).build(2)
        self.begin = self.model.parameters.copy()
        self.base, self.ways = 0.0, np.eye(self.begin.size)


def told(arrived, losses, steps):
    """What has become of a racer by so many steps."""
    length = len(losses)
    if length > 1 and steps and (losses == losses[0]).all():
        return "moves nothing: a step changes `parameters` in place, with `-=`"
    if arrived and arrived <= steps:
        return f"arrives after {arrived} steps"
    if length <= LENGTH and steps >= length - 1:
        return f"is lost after {length - 1} steps"
    return f"is not there after {steps} steps" if steps else "stands at the start"
