"""ShapeTracer: which shapes fit together, what comes out, and what NumPy does without a word.

    ShapeTracer()                                            # A @ B, with the sides that must be equal
    ShapeTracer(operation="A − B", a=(5,), b=(5, 1))         # broadcasting, axis by axis
    ShapeTracer(operation="A − B", a=x, b=means, names=("x", "means"))   # arrays of your own
    ShapeTracer(operation=standardise_with, a=(4, 6), b=(4, 1))          # a function of your own

Every result is NumPy's own: the operation runs on arrays of these shapes, and where it fails, the error is shown.
"""

from pathlib import Path

import numpy as np

from widgets.stage.base import Explorer
from widgets.stage.border import method_of, name_of, taken
from widgets.stage.controls import Choice, Sizes
from widgets.stage.matrix import matrix, text

OPERATIONS = {"@": np.matmul, "−": np.subtract, "+": np.add, "*": np.multiply}
MOST = 1000


class ShapeTracer(Explorer):
    """Draw two shapes as rectangles, and the shape of `operation` on them, or the error that NumPy gives.

    `operation` is one of the names in the menu or a function of two arrays. `a` and `b` are shapes of up to two
    numbers, or arrays. `names` are the names of the two, for the pictures and the texts.

    Raises TypeError for a name that is no control, ValueError for an array of more than two axes.
    """

    title = "Shape tracer"
    module = Path(__file__).with_suffix(".js")

    operation = Choice("A @ B", "Operation", tuple(f"A {sign} B" for sign in OPERATIONS))
    a = Sizes([3, 2], "Shape of A", "Size", high=MOST, most=2)
    b = Sizes([2, 5], "Shape of B", "Size", high=MOST, most=2)

    def start(self, operation="A @ B", a=None, b=None, names=("A", "B"), **controls):
        self.names, self._given, self._signs = tuple(names), {}, {}
        self._operations = {}
        for sign, function in OPERATIONS.items():
            option = f"{self.names[0]} {sign} {self.names[1]}"
            self._operations[option], self._signs[option] = function, sign
        if callable(operation):
            option = f"{getattr(operation, '__name__', 'yours')}({', '.join(self.names)})"
            self._operations[option], operation = operation, option
        else:
            sign = operation.replace("-", "−").split()[1] if operation.count(" ") == 2 else operation.replace("-", "−")
            operation = next((option for option, one in self._signs.items() if one == sign), operation)
        self.options["operation"] = tuple(self._operations)
        self.labels = {name: f"Shape of {told}" for name, told in zip(("a", "b"), self.names, strict=True)}
        for name, value in (("a", a), ("b", b)):
            if value is None:
                continue
            if isinstance(value, np.ndarray):
                if value.ndim > 2:
                    raise ValueError(f"ShapeTracer draws up to two axes, {name} has the shape {value.shape}")
                self._given[name] = value
                value = value.shape
            controls[name] = [int(size) for size in value]
        super().start(operation=operation, **controls)

    def _array(self, name):
        """The array that was given, put into this shape, as long as its numbers fill it; else the numbers 1, 2, 3 …"""
        shape = tuple(getattr(self, name))
        given = self._given.get(name)
        if given is not None and given.size == np.prod(shape, dtype=int):
            return given.reshape(shape)
        return np.arange(1.0, 1 + np.prod(shape, dtype=int)).reshape(shape)

    def changed(self, names):
        """Let the operation run on arrays of these shapes."""
        self.arrays, self.result, self.error = (self._array("a"), self._array("b")), None, None
        function = self._operations[self.operation]
        try:
            result = function(*(array.copy() for array in self.arrays))
            self.result = taken(result, name_of(function), code=method_of(function)) if self.kind == "own" else result
        except ValueError as error:
            if self.kind == "own":
                raise
            self.error = f"ValueError: {str(error).strip()}"

    def press(self, name, detail=None):
        """The corner of a rectangle was dragged: `name` is "a" or "b", `detail` its new shape."""
        if name not in ("a", "b"):
            raise ValueError(f"there is no rectangle {name!r}, only a and b")
        setattr(self, name, [min(MOST, max(1, int(size))) for size in detail][: len(getattr(self, name))])

    # What is drawn --------------------------------------------------------------------------------------------

    @property
    def kind(self):
        """How the shapes meet: "product", "element by element", or "own" for a function of the learner's."""
        sign = self._signs.get(self.operation)
        return {None: "own", "@": "product"}.get(sign, "element by element")

    def axes(self):
        """For every side that matters: its name, its size in A and in B, in the result, and what happens there."""
        if self.kind == "own":
            return []
        return self._product() if self.kind == "product" else self._broadcast()

    def _product(self):
        (a, b), (left, right) = (self.a, self.b), self.names
        if not a or not b:
            return [row("all", "–", "–", None, "@ needs at least one axis on each side", "clash")]
        inner = a[-1], b[0]
        fits = inner[0] == inner[1]
        rows = [row(f"inner: columns of {left}, rows of {right}", *inner, "gone" if fits else None,
                    "equal: they meet and vanish" if fits else f"{inner[0]} ≠ {inner[1]}: these two must be equal",
                    "equal" if fits else "clash")]  # fmt: skip
        if len(a) == 2:
            rows.insert(0, row(f"rows of {left}", a[0], "", a[0], "become the rows of the result", "kept"))
        if len(b) == 2:
            rows.append(row(f"columns of {right}", "", b[1], b[1], "become the columns of the result", "kept"))
        return rows

    def _broadcast(self):
        depth = max(len(self.a), len(self.b), 1)
        rows = []
        for axis in range(-depth, 0):
            name = "columns (last axis)" if axis == -1 else "rows"
            sizes = [shape[axis] if len(shape) >= -axis else None for shape in (self.a, self.b)]
            rows.append(row(name, *("none" if size is None else size for size in sizes), *self._meet(*sizes)))
        return rows

    def _meet(self, a, b):
        """(result, what happens, kind) where the sizes `a` and `b` of one axis meet; None is an axis not there."""
        if a == b:
            return a, "equal: number meets number" if a is not None else "one number each", "equal"
        for size, other, name in ((a, b, self.names[0]), (b, a, self.names[1])):
            if size is None or size == 1:
                times = f"repeated {other} times" if other not in (None, 1) else "taken as it is"
                why = "has no such axis: it is" if size is None else "has 1 here: it is"
                return other or 1, f"{name} {why} {times}", "stretched" if other not in (None, 1) else "equal"
        return None, f"{a} ≠ {b}, and neither is 1", "clash"

    def surprise(self):
        """What to be wary of: both arrays were repeated, so that the result is larger than either."""
        grown = self.result is not None and self.result.size > max(array.size for array in self.arrays)
        if self.kind == "element by element" and grown:
            numbers = f"{self.result.size:,} numbers from {self.arrays[0].size:,} and {self.arrays[1].size:,}"
            return f"Both were repeated: {numbers}. NumPy did so without a word. Was it meant?"
        return ""

    def numbers(self):
        """Which numbers stand in the arrays, where they are not the ones that were given."""
        for at, name in enumerate(("a", "b")):
            given, now = self._given.get(name), self.arrays[at]
            if given is not None and given.size != now.size:
                return (f"{self.names[at]} as you gave it has {given.size:,} numbers, and this shape holds {now.size:,}"
                        ": 1, 2, 3 … stand in.")  # fmt: skip
        return ""

    def view(self):
        shape = None if self.result is None else list(self.result.shape)
        sign = self._signs.get(self.operation, ",")
        (left, right), names = self.arrays, self.names
        terms = [matrix(names[0], left), text(sign), matrix(names[1], right)]
        if self.result is not None:
            terms += [text("→" if self.kind == "own" else "="), matrix("result", self.result)]
        return {
            "kind": self.kind, "sign": sign, "names": list(names), "a": list(self.a), "b": list(self.b),
            "result": shape if shape is None or len(shape) <= 2 else None, "axes": self.axes(), "error": self.error,
            "surprise": self.surprise(), "terms": terms, "numbers": self.numbers(),
            "stats": [["Result", "none" if shape is None else str(tuple(shape))]]
            + ([] if shape is None else [["Numbers", f"{self.result.size:,}"]]),
        }  # fmt: skip

    def narrate(self):
        both = " and ".join(f"{name} {tuple(shape)}" for name, shape in zip(self.names, (self.a, self.b), strict=True))
        said = [f"{both}: nothing comes out."]
        if self.error:
            said = [f"{both} do not fit. NumPy stops with a {self.error}."]
        elif self.result is not None:
            said = [f"{self.operation}: {both} give the shape {self.result.shape}.", self.surprise()]
        said += [f"{one['side'][0].upper()}{one['side'][1:]}: {one['what']}." for one in self.axes()]
        return " ".join(part for part in said if part)


def row(side, a, b, result, what, kind):
    """One side of the table: sizes as they are shown, and whether they fit."""
    return {"side": side, "a": str(a), "b": str(b), "result": "–" if result is None else str(result), "what": what,
            "kind": kind}  # fmt: skip
