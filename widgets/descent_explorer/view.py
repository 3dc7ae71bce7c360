"""What the descent explorer shows: a walk as plain values for `explorer.js`, and as a sentence."""

import math

import numpy as np

from nnlib.inspect import source_of
from widgets.stage.browser import curves, packed
from widgets.stage.code import own_source
from widgets.stage.figures import bracketed, padded

LINE = 241  # points of the curve along one parameter


class DescentView:
    """The drawing side of `DescentExplorer`."""

    def view(self):
        if self.racing:
            return None if self.race is None else self._race_view()
        if self.land is None or not self._path:
            return None
        _, loss, slope = self.path[-1]
        steepness = plain(math.hypot(*slope))
        return {
            "stats": [["Step", str(len(self.path) - 1)], ["Loss", plain(loss)], ["Steepness", steepness]],
            "names": list(self.land.names),
            "surface": self._surface(),
            "slice": self._slice(),
            "losses": self._losses(),
            "rows": self._rows(),
            "source": self._source(),
            "goal": None,
        }  # fmt: skip

    def _race_view(self):
        told = self.race.view(self.steps)
        paths = told.pop("paths")
        surface = None if self._shape is None else self._ground() | {"paths": paths}
        return told | {"names": list(self.land.names), "surface": surface, "source": self._source(), "slice": None}

    def _ground(self):
        """The landscape, and where the walk or the race begins."""
        return {"heights": packed(self._shape), "x": self.land.extent[0], "y": self.land.extent[1],
                "names": list(self.land.names), "start": [self.first, self.second]}  # fmt: skip

    def _surface(self):
        if self._shape is None:
            return None
        places = np.array([point for point, _, _ in self.path if np.isfinite(point).all()])
        return self._ground() | {"paths": [{"look": 1, "values": packed(np.clip(places, -1e9, 1e9))}]}

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
        at = float(point[which]) if np.isfinite(point[which]) else None
        dots = [*path, *here] if alone else here
        drawn = curves(self.land.names[which], [low, high], [bottom - room, top + room], ("loss", 0, values), at=at,
                       dots=dots)  # fmt: skip
        return drawn | {
            "path": path if alone else [],
            "tangent": [float(point[which]), float(loss), float(slope[which])] if here else None,
            "start": self.first if alone else None, "height": self.path[0][1] if np.isfinite(self.path[0][1]) else None,
        }  # fmt: skip

    def _losses(self):
        """The loss at the start and after each step, with room for ten."""
        losses = np.array([loss for _, loss, _ in self.path])
        finite = losses[np.isfinite(losses)]
        most = max(10, len(losses) - 1)
        low, high = min(0.0, finite.min(initial=0)), min(finite.max(initial=1e-9), 10 * abs(finite[0]) + 1e-9)
        last, at = float(losses[-1]), len(losses) - 1
        return curves("step", [0, most], [low, max(1.08 * high, 1e-6)], ("loss", 0, padded(losses, most + 1)), at=at,
                      dots=[[at, last, 1]] if np.isfinite(last) else [])  # fmt: skip

    def _rows(self):
        """The last step worked out, for each parameter; before the first, where the walk stands."""
        after, _, slope = self.path[-1]
        before = self.path[-2] if len(self.path) > 1 else None
        rows = []
        for k, name in enumerate(self.land.names):
            if before is None:
                cells = [narrow(after[k]), narrow(slope[k]), "–", "–"]
            else:
                step, given = after[k] - before[0][k], before[2][k]
                text = narrow(step)
                if np.isclose(step, -self.learning_rate * given, rtol=1e-6, atol=1e-12):
                    text = f"{plain(-self.learning_rate)} · {bracketed(given, narrow)} = {text}"
                cells = [narrow(before[0][k]), narrow(given), text, narrow(after[k])]
            rows.append({"name": name, "cells": cells})
        return rows

    def _source(self):
        """The learner's lines that make the steps that are shown."""
        own = [self._own.get(name) for name in (self.racers if self.racing else [self.rule])]
        own = [one for one in own if one is not None]
        kinds = [one if isinstance(one, type) else type(one) for one in own]
        return own_source(*(source_of(getattr(kind, "step", one)) for kind, one in zip(kinds, own, strict=True)))

    def narrate(self):
        if self.racing and self.race is not None:
            return self.race.narrate(self.steps)
        if self.land is None or not self._path:
            return "There is no landscape to walk on."
        point, loss, slope = self.path[-1]
        places = ", ".join(f"{name} = {plain(value)}" for name, value in zip(self.land.names, point, strict=True))
        slopes = " and ".join(map(plain, slope))
        if len(slope) > 1:
            each = " and ".join(f"{plain(one)} along {name}" for name, one in zip(self.land.names, slope, strict=True))
            slopes = f"{each}; straight uphill the steepness is {plain(math.hypot(*slope))}"
        said = f"Step {len(self.path) - 1}, {self.state()}. At {places} the loss is {plain(loss)}"
        return f"{said} and the slope {slopes}." if np.isfinite(slope).all() else f"{said}."


def plain(number):
    """Four figures, or all before the point up to a million, and a real minus sign."""
    form = ",.0f" if 1e4 <= abs(number) < 1e6 else ".4g"
    return f"{float(number):{form}}".replace("-", "−")


def narrow(number):
    """As `plain`, with three digits where it is a power of ten: a row of the table stays one line."""
    text = plain(number)
    return f"{number:.2e}".replace("-", "−") if "e" in text else text
