"""DescentExplorer: walking downhill on a loss. The slope says which way, the learning rate how far.

    DescentExplorer()                                          # a bowl; more landscapes are in the menu
    DescentExplorer(function=lambda w: (w - 2) ** 2)           # any function of one or two numbers
    DescentExplorer(model=model, x=x, y=y, parameters=(0, 4))  # two parameters of any network
    DescentExplorer(model=model, x=x, y=y, directions="random")  # or two directions through all of them
    DescentExplorer(optimizer=MySGD)                           # steps made by an optimiser of your own

Choose a start and press Step, or Play. Steps, start and learning rate can be changed at any time: the same number of
steps is walked anew. With a rate that is too large for the slope, each step lands higher than the one before.
"""

from pathlib import Path

import numpy as np

import nnlib
from nnlib.inspect import source_of
from widgets.stage import picture
from widgets.stage.base import Explorer, packed
from widgets.stage.controls import Choice, Slider, Whole
from widgets.stage.failure import is_learners
from widgets.stage.landscape import LANDSCAPES, FunctionLandscape, ModelLandscape

GRID, LINE = 61, 241
PAUSE = 0.15  # seconds from step to step while Play runs
MOST = 500
FLAT = 1e-3  # a slope shorter than this counts as level ground
OPTIMIZERS = ("SGD", "Momentum", "RMSProp", "Adam")


class DescentExplorer(Explorer):
    """The path of gradient descent over a landscape of two numbers (or one), from any start, at any learning rate.

    `function` takes one or two numbers and returns the loss; `gradient` takes the same and returns one slope for each
    (without it the slopes are measured). Or `model` with `x` and `y`, and `parameters`, the places of one or two
    numbers in `model.parameters`; or `directions`, two arrays as long as that vector, or `"random"`. `names` and
    `extent`, `(low, high)` or one pair for each, belong to all of these.
    `optimizer` is a class called with a learning rate whose objects have `step(parameters, gradients)`, which changes
    `parameters` in place; or a function `update(parameters, gradients, learning_rate)` that returns the new ones. All
    other arguments set controls: `landscape`, `rule`, `learning_rate`, `first`, `second`, `steps`, `along`.

    Raises TypeError for a name that is no control, and for `model` without `x` and `y`. An exception in your own code
    is no error here: the explorer shows it, with your line.
    """

    title = "Descent explorer"
    module = Path(__file__).with_suffix(".js")

    landscape = Choice("bowl", "Landscape", tuple(LANDSCAPES))
    rule = Choice("SGD", "Steps by", OPTIMIZERS)
    learning_rate = Slider(0.1, "Learning rate", 0.001, 10, log=True, least=0, most=1e10)
    first = Slider(0.0, "Start, across", -5, 5, step=0.05, least=-1e6, most=1e6)
    second = Slider(0.0, "Start, up", -5, 5, step=0.05, least=-1e6, most=1e6)
    steps = Whole(0, "Steps", 0, MOST)
    along = Choice("across", "Curve along", ("across", "up"))

    def start(self, function=None, gradient=None, model=None, x=None, y=None, parameters=(0, 1), directions=None,
              names=None, extent=None, optimizer=None, **controls):  # fmt: skip
        if model is not None and (x is None or y is None):
            raise TypeError("DescentExplorer(model=…) needs the data too: DescentExplorer(model=model, x=x, y=y)")
        self._own, self._path, self._key, self.land, self._shape = optimizer, [], None, None, None
        if optimizer is not None:
            self._own_name = f"your {getattr(optimizer, '__name__', type(optimizer).__name__)}"
            self.options["rule"] = (self._own_name, *OPTIMIZERS)
            controls.setdefault("rule", self._own_name)
        more = {"names": names} | ({} if extent is None else {"extent": extent})
        self._make = None
        if model is not None:
            self._make = lambda: ModelLandscape(model, x, y, parameters, directions=directions, **more)
        elif function is not None:
            self._make = lambda: FunctionLandscape(function, gradient, **more)
        if self._make is not None:
            self.left_out = ("landscape",)
        with self._guard():
            if "landscape" in controls:
                self.landscape = controls.pop("landscape")
            self._load()
        super().start(**controls)
        with self._guard():
            self._walk()

    def _load(self):
        """The landscape, its picture, and its own beginning."""
        self.land = self._shape = None
        land = self._make() if self._make else LANDSCAPES[self.landscape]()
        self.first, self.second = (*land.begin, 0.0)[:2]
        self.along, self.steps, self._key = "across", 0, None
        if len(land.names) == 2:
            across, up = (np.linspace(*pair, GRID // land.fine) for pair in land.extent)
            with np.errstate(all="ignore"):
                losses = np.array([[land.loss(np.array([p, q])) for p in across] for q in up])
            low, high = np.nanmin(losses), np.nanmax(losses[np.isfinite(losses)])
            self._shape = np.sqrt((losses - low) / (high - low or 1.0))  # the bottom of a valley is to be seen too
        self.land = land

    # The walk -------------------------------------------------------------------------------------------------

    def _walk(self):
        """Make as many steps as the control says, from the start; those that are there already stay."""
        if self.land is None:
            return
        key = (self.first, self.second, self.learning_rate, self.rule)
        if key != self._key:
            self._optimizer, self._path, self._key = self._new_optimizer(), [], key
            self._arrive(np.array([self.first, self.second][: len(self.land.names)]))
        with np.errstate(all="ignore"):
            while len(self._path) <= self.steps and not self.lost:
                self._arrive(self._step(*self._path[-1]))
        if self.lost:
            self.steps = min(self.steps, len(self._path) - 1)  # no way on: the step before it is one Back away

    def _new_optimizer(self):
        if self._own is None or self.rule != self._own_name:
            return getattr(nnlib, self.rule)(self.learning_rate)
        if isinstance(self._own, type):
            return self._own(self.learning_rate)
        if hasattr(self._own, "step"):
            self._own.learning_rate = self.learning_rate
            getattr(self._own, "reset", lambda: None)()
        return self._own

    def _step(self, point, loss, slope):
        """The optimiser's step from `point`: what it leaves in the vector, or what the function returns."""
        parameters = point.copy()
        if hasattr(self._optimizer, "step"):
            self._optimizer.step(parameters, slope.copy())
        else:
            parameters = np.asarray(self._optimizer(parameters, slope.copy(), self.learning_rate), float)
        if parameters.shape != point.shape:
            raise ValueError(f"{self.rule} made shape {parameters.shape} of the parameters {point.shape}: "
                             "one new value for each was expected")  # fmt: skip
        return parameters

    def _arrive(self, point):
        loss = self.land.loss(point) if np.isfinite(point).all() else np.nan
        slope = self.land.slope(point) if np.isfinite(loss) else np.full(point.shape, np.nan)
        self._path.append((point, loss, slope))

    @property
    def lost(self):
        """Whether the walk has left the numbers that are finite, or all sense."""
        point, loss, slope = self._path[-1]
        return not (np.isfinite(loss) and np.isfinite(slope).all() and np.abs(point).max() < 1e30)

    @property
    def path(self):
        """`(point, loss, slope)` of the start and of each step that is shown."""
        return self._path[: self.steps + 1]

    def state(self):
        """What the walk is doing, in words."""
        path = self.path
        losses = [loss for _, loss, _ in path[-3:]]
        if len(path) == len(self._path) and self.lost:
            return f"diverged: after {len(path) - 1} steps the numbers have left all bounds"
        if np.linalg.norm(path[-1][2]) < FLAT:
            return "on level ground: the slope is nearly 0"
        if len(path) < 3:
            return "at the start" if len(path) == 1 else "one step from the start"
        if losses[2] > losses[1] > losses[0]:
            return "climbing: each step lands higher, the learning rate is too large"
        before, last = path[-2][0] - path[-3][0], path[-1][0] - path[-2][0]
        if not last.any():
            return "standing still"
        crossing = before @ last < 0
        if losses[2] >= losses[1]:
            return "jumping across and coming no lower" if crossing else "going up"
        return "going down, across the valley at each step" if crossing else "going down"

    def changed(self, names):
        if "landscape" in names:
            self._load()
        if len(self.land.names if self.land else ()) == 1 and self.along == "up":
            self.along = "across"
        self._walk()

    def press(self, name, detail=None):
        if name in ("step", "back"):
            self.pause()
            self.steps = min(MOST, max(0, self.steps + (1 if name == "step" else -1)))
        elif name == "reset":
            self.pause()
            self.steps = 0
        else:  # the start was dragged to `detail`, or moved by it: arrow keys go by hundredths of the picture
            at = np.array([self.first, self.second])
            if name == "start by":
                sides = np.array([high - low for low, high in self.land.extent] + [0.0])[:2]
                at = at + np.asarray(detail, float) * sides / 100
            else:
                at = {"start": np.asarray(detail, float)}[name]
            self.first, self.second = (round(float(value), 3) + 0.0 for value in (*at, 0.0)[:2])

    def advance(self):
        if self.steps >= MOST or self.land is None or self.lost or np.linalg.norm(self._path[-1][2]) < FLAT:
            self.playing = False
            return None
        self.steps += 1
        self._walk()
        return PAUSE

    def disabled(self):
        idle = ["back"] if self.steps == 0 else []
        if self._path and len(self.path) == len(self._path) and self.lost:
            idle.append("step")
        return (*idle, *(("second", "along") if self.land and len(self.land.names) == 1 else ()))

    def forget(self):
        self.land, self._path, self._shape, self._make = None, [], None, None

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self.land is None or not self._path:
            return None
        _, loss, slope = self.path[-1]
        steepness = plain(np.linalg.norm(slope))
        return {
            "stats": [["Step", str(len(self.path) - 1)], ["Loss", plain(loss)], ["Steepness", steepness]],
            "surface": self._surface(),
            "slice": self._slice(),
            "losses": self._losses(),
            "rows": self._rows(),
            "state": self.state(),
            "source": self._source(),
        }  # fmt: skip

    def _surface(self):
        if self._shape is None:
            return None
        places = np.array([point for point, _, _ in self.path if np.isfinite(point).all()])
        return {
            "heights": packed(self._shape), "x": self.land.extent[0], "y": self.land.extent[1],
            "names": list(self.land.names), "paths": [{"look": 1, "values": packed(np.clip(places, -1e9, 1e9))}],
            "start": [self.first, self.second],
        }  # fmt: skip

    def _slice(self):
        """The loss along one parameter, through the place where the walk stands; for one parameter, the path on it."""
        which = 0 if self.along == "across" else 1
        low, high = self.land.extent[which]
        point, loss, slope = self.path[-1]
        alone = len(self.land.names) == 1
        through = point if np.isfinite(point).all() else self.path[0][0]
        values = np.empty(LINE // self.land.fine)
        for k, value in enumerate(np.linspace(low, high, len(values))):
            moved = through.copy()
            moved[which] = value
            values[k] = self.land.loss(moved)
        finite = values[np.isfinite(values)]
        bottom, top = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
        room = 0.08 * (top - bottom or 1.0)
        path = [[float(p[0]), float(value), 0, True] for p, value, _ in self.path[:-1] if np.isfinite(value)]
        here = [[float(point[which]), float(loss), 1]] if np.isfinite(loss) else []
        return {
            "x": [low, high], "y": [float(bottom - room), float(top + room)], "name": self.land.names[which],
            "at": float(point[which]) if np.isfinite(point[which]) else None,
            "curves": [{"name": "loss", "look": 0, "values": packed(values)}],
            "dots": (path if alone else []) + here, "path": path if alone else [],
            "tangent": [float(point[which]), float(loss), float(slope[which])] if here else None,
            "start": self.first if alone else None, "height": self.path[0][1] if np.isfinite(self.path[0][1]) else None,
        }  # fmt: skip

    def _losses(self):
        """The loss at the start and after each step, with room for ten."""
        losses = np.array([loss for _, loss, _ in self.path])
        finite = losses[np.isfinite(losses)]
        most = max(10, len(losses) - 1)
        low, high = min(0.0, finite.min(initial=0)), min(finite.max(initial=1e-9), 10 * abs(finite[0]) + 1e-9)
        last = float(losses[-1])
        return {
            "x": [0, most], "y": [float(low), float(max(1.08 * high, 1e-6))], "name": "step", "at": len(losses) - 1,
            "curves": [{"name": "loss", "look": 0, "values": packed(np.pad(losses, (0, most + 1 - len(losses)),
                                                                              constant_values=np.nan))}],
            "dots": [[len(losses) - 1, last, 1]] if np.isfinite(last) else [],
        }  # fmt: skip

    def _rows(self):
        """The last step worked out, for each parameter; before the first, where the walk stands."""
        after, _, slope = self.path[-1]
        before = self.path[-2] if len(self.path) > 1 else None
        rows = []
        for k, name in enumerate(self.land.names):
            if before is None:
                cells = [plain(after[k]), plain(slope[k]), "–", "–"]
            else:
                step, given = after[k] - before[0][k], before[2][k]
                text = plain(step)
                if np.isclose(step, -self.learning_rate * given, rtol=1e-6, atol=1e-12):
                    text = f"{plain(-self.learning_rate)} · {bracketed(given)} = {text}"
                cells = [plain(before[0][k]), plain(given), text, plain(after[k])]
            rows.append({"name": name, "cells": cells})
        return rows

    def _source(self):
        """The learner's lines that make the step."""
        if self._own is None or self.rule != self._own_name:
            return None
        kind = self._own if isinstance(self._own, type) else type(self._own)
        found = source_of(kind.step if hasattr(kind, "step") else self._own)
        return picture.source(found) if found is not None and is_learners(found.file) else None

    def narrate(self):
        if self.land is None or not self._path:
            return "There is no landscape to walk on."
        point, loss, slope = self.path[-1]
        places = ", ".join(f"{name} = {plain(value)}" for name, value in zip(self.land.names, point, strict=True))
        slopes = " and ".join(map(plain, slope))
        said = f"Step {len(self.path) - 1}, {self.state()}. At {places} the loss is {plain(loss)}"
        return f"{said} and the slope {slopes}." if np.isfinite(slope).all() else f"{said}."


def plain(number):
    """Four figures, and a real minus sign."""
    return f"{float(number):.4g}".replace("-", "−")


def bracketed(number):
    return f"({plain(number)})" if number < 0 else plain(number)
