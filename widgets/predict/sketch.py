"""A curve that is sketched by hand, and how far it is from the true one."""

import inspect

import numpy as np

from widgets.stage.browser import packed

COLUMNS, POINTS = 51, 201  # places along x that a sketch has, and that the true curve has
STEP = 0.02  # of the height: an arrow key


class Sketch:
    """The heights that were drawn over `axes`, (x name, from, to, y name, from, to); and the `column` of the keys."""

    def __init__(self, axes):
        if len(axes) != 6:
            raise ValueError(f"sketch is (x name, from, to, y name, from, to), got {axes!r}")
        self.x_name, self.left, self.right, self.y_name, self.low, self.high = axes
        if not (self.left < self.right and self.low < self.high):
            ends = f"{self.left, self.right} and {self.low, self.high}"
            raise ValueError(f"an axis goes from a smaller to a larger number, got {ends}")
        self.truth = None
        self.clear()

    def clear(self):
        self.drawn, self.column = np.full(COLUMNS, np.nan), None

    def draw(self, points):
        """A stroke through `points`: straight from each to the next, over what was there."""
        points = np.array(points, dtype=float).reshape(-1, 2)
        points = points[np.isfinite(points).all(axis=1)]
        places = np.clip((points[:, 0] - self.left) / (self.right - self.left), 0, 1) * (COLUMNS - 1)
        heights, self.column = np.clip(points[:, 1], self.low, self.high), None
        for place, height in zip(places, heights, strict=True):
            self.drawn[round(place)] = height
        for k in range(1, len(points)):
            two = sorted(zip(places[k - 1 : k + 1], heights[k - 1 : k + 1], strict=True))
            for column in range(int(np.ceil(two[0][0])), int(two[1][0]) + 1):
                self.drawn[column] = np.interp(column, *zip(*two, strict=True))

    def along(self, by):
        """The column of the keys so many further."""
        self.column = min(COLUMNS - 1, max(0, (self.column or 0) + int(by)))

    def raised(self, by):
        """The height at the column of the keys so many steps up."""
        self.column = self.column or 0
        height = self.height(self.column) + float(by) * STEP * (self.high - self.low)
        self.drawn[self.column] = min(self.high, max(self.low, height))

    def curve(self):
        """The sketch at every column, straight between the places drawn and level beyond; None of fewer than two."""
        there = self._there()
        return np.interp(np.arange(COLUMNS), there, self.drawn[there]) if len(there) > 1 else None

    def height(self, column):
        """Where the sketch is at a column; half-way up as long as nothing is drawn."""
        there = self._there()
        return float(np.interp(column, there, self.drawn[there])) if len(there) else (self.low + self.high) / 2

    def is_drawn(self, column):
        return bool(np.isfinite(self.drawn[column]))

    def x(self, column):
        return self.left + (self.right - self.left) * int(column) / (COLUMNS - 1)

    def _there(self):
        return np.flatnonzero(np.isfinite(self.drawn))

    def against(self, truth, curve):
        """How far `curve` is from the true one, a function of x or a row of heights: where the two differ most, too."""
        x = np.linspace(self.left, self.right, POINTS)
        if callable(truth):
            truth = truth(x) if takes_x(truth) else truth()
        truth = np.asarray(truth, dtype=float)
        if truth.ndim != 1 or len(truth) < 2 or not np.isfinite(truth).any():
            raise ValueError(f"the true curve is a row of at least two numbers, got shape {truth.shape}")
        self.truth = np.interp(x, np.linspace(self.left, self.right, len(truth)), truth)
        sketch = np.interp(x, np.linspace(self.left, self.right, COLUMNS), curve)
        apart = np.abs(sketch - self.truth)
        most, there = int(np.nanargmax(apart)), np.isfinite(apart)
        width = np.where((x == self.left) | (x == self.right), 0.5, 1.0)  # half of what an end stands for is outside
        return float(np.average(apart[there], weights=width[there])), x[most], sketch[most], self.truth[most]

    def plot(self, final):
        """What is drawn; `final` is the curve of a prediction that has been made."""
        there, drawn, dots = self._there(), np.full(COLUMNS, np.nan), []
        if final is not None:
            drawn = final
        elif len(there) > 1:
            drawn[there[0] : there[-1] + 1] = self.curve()[there[0] : there[-1] + 1]
        curves = [{"name": "your sketch", "look": 1, "values": packed(drawn)}]
        if self.truth is not None:
            curves.append({"name": "what happened", "look": 0, "values": packed(self.truth)})
        at = None if self.column is None or final is not None else self.x(self.column)
        if at is not None:
            dots = [[at, self.height(self.column), 1]]
        elif len(there) == 1:
            dots = [[self.x(there[0]), float(self.drawn[there[0]]), 1]]
        return {"x": [self.left, self.right], "y": [self.low, self.high], "name": self.x_name, "upward": self.y_name,
                "at": at, "curves": curves, "dots": dots}  # fmt: skip


def takes_x(function):
    """Whether a function must be given an argument."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # some of NumPy's have no signature; they are functions of x
        return True
    return any(one.default is one.empty and one.kind < one.VAR_POSITIONAL for one in parameters)
