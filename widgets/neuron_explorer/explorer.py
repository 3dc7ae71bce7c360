"""NeuronExplorer: what weights and bias of one neuron do to its line, and what a line says of weights and bias.

    NeuronExplorer()                                     # one neuron on two classes that a line can separate
    NeuronExplorer(dense=MyDense, activation=my_sigmoid) # the neuron made of pieces of your own
    NeuronExplorer(x=tomatoes, y=ripe, names=("redness", "softness"))

Move the sliders and the line follows; move the line and the numbers follow. Sliding it changes the bias alone.
Turning it changes the weights, and their length is how sharply the answer changes from no to yes. Every answer is the
layer's own: it is called with the points of the plane.
"""

from pathlib import Path

import numpy as np

from nnlib import Dense, Sigmoid
from nnlib.data import DATASETS, REGRESSIONS
from nnlib.inspect import source_of
from widgets.stage.base import Explorer
from widgets.stage.border import method_of, name_of, taken
from widgets.stage.browser import packed
from widgets.stage.code import own_source
from widgets.stage.controls import Choice, Slider, Whole
from widgets.stage.matrix import matrix, text
from widgets.stage.parts import fresh, same_shape
from widgets.stage.picture import GRID, as_map

EXAMPLES = 60
ARROW = 0.18  # length of the arrow in the plane for a weight of 1, in parts of the plane's half side
FINE = 3  # decimals of the numbers that a drag sets
ON_LINE = 2e-3  # what those leave of z where the line is


class NeuronExplorer(Explorer):
    """One neuron of two inputs: `dense(1)` with the weights and the bias of the controls, then `activation`.

    `dense` is a class; `activation` an object, a class without arguments, or a function of z. `x` `(2, examples)` and
    `y` `(1, examples)` replace the data sets; `names` are the names of the two features, `classes` those of labels 0
    and 1. All other arguments set controls: `w1`, `w2`, `bias`, `data`, `example`.

    Raises TypeError for a name that is no control, ValueError for `x` and `y` of other shapes. An exception in your
    classes is no error here: the explorer shows it, with your line.
    """

    title = "Neuron explorer"
    module = Path(__file__).with_suffix(".js")

    w1 = Slider(1.0, "Weight w₁", -5, 5, step=0.05, least=-1e6, most=1e6)
    w2 = Slider(1.0, "Weight w₂", -5, 5, step=0.05, least=-1e6, most=1e6)
    bias = Slider(0.0, "Bias b", -5, 5, step=0.05, least=-1e6, most=1e6)
    data = Choice("line", "Data set", tuple(name for name in DATASETS if name not in REGRESSIONS))
    example = Whole(0, "Example", 0, EXAMPLES - 1)

    def start(self, dense=Dense, activation=Sigmoid, x=None, y=None, names=("x₁", "x₂"),
              classes=("class 0", "class 1"), **controls):  # fmt: skip
        self._dense, self._activation, self.names, self.classes = dense, activation, tuple(names), tuple(classes)
        self._x, self._y = x, y
        self._pivot, self._turned, self._size = None, None, 1.0
        if x is not None or y is not None:
            self._x, self._y = np.asarray(x, float), np.atleast_2d(np.asarray(y, float))
            if self._x.ndim != 2 or len(self._x) != 2 or self._y.shape != (1, self._x.shape[1]):
                raise ValueError("NeuronExplorer draws two features: x (2, examples) and y (1, examples) were "
                                 f"expected, got x {self._x.shape} and y {self._y.shape}")  # fmt: skip
            self.left_out = ("data",)
        if len(self.classes) != 2:
            raise ValueError(f"classes are the names of labels 0 and 1, got {self.classes}")
        super().start(**controls)
        self._first = (self.w1, self.w2, self.bias)

    def begin(self):
        self._load()
        self._compute()

    # The neuron and its line ----------------------------------------------------------------------------------

    def _load(self):
        self.x, self.y = (self._x, self._y) if self._x is not None else DATASETS[self.data](EXAMPLES, 0.05, 0)
        low, high = float(self.x.min()), float(self.x.max())
        self.middle, self.side = (low + high) / 2, max(0.575 * (high - low), 1e-6)
        line = np.linspace(self.middle - self.side, self.middle + self.side, GRID)
        self.points = np.stack([values.ravel() for values in np.meshgrid(line, line)])
        self.example = min(self.example, self.x.shape[1] - 1)

    def _compute(self):
        """Ask the neuron for every point of the plane and for every example."""
        self.plane = self.z = self.a = None
        layer = self._dense(1)
        layer.weights, layer.bias = np.array([[self.w1, self.w2]]), np.array([[self.bias]])
        self.layer, act = layer, fresh(self._activation)
        self.z = self._ask(layer, self.x)
        self.a = same_shape(act(self.z), self.z, name_of(self._activation), method_of(act))
        self.plane = np.asarray(act(self._ask(layer, self.points)))

    @staticmethod
    def _ask(layer, inputs):
        given = f"inputs {inputs.shape} and weights (1, 2)"
        return taken(layer(inputs), name_of(layer), (1, inputs.shape[1]), given, method_of(layer), finite=True)

    def line(self):
        """`(foot, ends, tip)`: where the arrow stands on the line, where the line leaves the plane, the arrow's tip.

        The foot is the point that the line was last turned round or slid through, while it is on the line; else the
        line's point nearest to the middle. All are None without weights. Where the line does not cross the plane,
        `ends` is None and `foot` is outside.
        """
        weights = np.array([self.w1, self.w2])
        length = float(weights @ weights)
        if length == 0:
            return None, None, None
        middle = np.full(2, self.middle)
        foot = middle - (weights @ middle + self.bias) * weights / length
        if self._pivot is not None and abs(weights @ self._pivot + self.bias) <= ON_LINE * (1 + np.sqrt(length)):
            foot = self._pivot
        along = np.array([-weights[1], weights[0]]) / np.sqrt(length)
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.sort(np.stack([(middle - self.side - foot) / along, (middle + self.side - foot) / along]), axis=0)
        low, high = np.nanmax(t[0]), np.nanmin(t[1])  # where it enters and where it leaves the square
        parallel_outside = np.any((along == 0) & (np.abs(foot - middle) > self.side))
        ends = None if low >= high or parallel_outside else [foot + low * along, foot + high * along]
        return foot, ends, foot + ARROW * self.side * weights

    def slide(self, point):
        """Move the line through `point`, and the bias with it: the weights stay."""
        self._pivot = np.array(point, float)
        self.bias = round(-float(np.dot([self.w1, self.w2], point)), FINE) + 0.0

    def turn(self, tip):
        """Point the arrow to `tip`: the line turns round the arrow's foot, and the weights' size stays what it was."""
        foot = self.line()[0]
        foot = np.full(2, self.middle) if foot is None else foot
        way = np.asarray(tip, float) - foot
        if not way.any():
            return
        if (self.w1, self.w2) != self._turned:  # the size that the sliders gave, not one rounded turn by turn
            self._size = float(np.hypot(self.w1, self.w2)) or 1.0
        weights = self._size * way / np.linalg.norm(way)
        self.w1, self.w2 = (round(float(w), FINE) + 0.0 for w in weights)
        self._turned = self.w1, self.w2
        self.slide(foot)

    def turn_by(self, across, up):
        """Turn by two degrees for each step: left and up against the clock, right and down with it."""
        foot, _, tip = self.line()
        way = np.array([0.0, 1.0]) if foot is None else (tip - foot)
        angle = np.deg2rad(2) * (up - across)
        turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ way
        self.turn((np.full(2, self.middle) if foot is None else foot) + turned)

    def press(self, name, detail=None):
        if name == "reset":
            self.w1, self.w2, self.bias = self._first
        elif name == "choose":
            away = np.linalg.norm(self.x - np.reshape(detail, (2, 1)), axis=0)
            self.example = int(away.argmin())
        elif name == "slide by":  # an arrow key
            foot = self.line()[0]
            at = np.full(2, self.middle) if foot is None else foot
            self.slide(at + 0.02 * self.side * np.asarray(detail, float))
        elif name == "turn by":
            self.turn_by(*map(float, detail))
        else:
            {"slide": self.slide, "turn": self.turn}[name](detail)

    def changed(self, names):
        if "data" in names:
            self._load()
        if "example" in names:
            self.example = min(self.example, self.x.shape[1] - 1)
        self._compute()

    # What is drawn --------------------------------------------------------------------------------------------

    def right(self):
        """How many of the examples are on the right side of the line."""
        return int(((self.z > 0) == (self.y >= 0.5)).sum())

    def view(self):
        if self.plane is None:
            return None
        foot, ends, tip = self.line()
        k = self.example
        values = {"weights": self.layer.weights, "inputs": self.x[:, [k]], "bias": self.layer.bias, "z": self.z[:, [k]]}
        return {
            "plane": self.map(),
            "foot": listed(foot), "tip": listed(tip), "ends": None if ends is None else [listed(end) for end in ends],
            "chosen": listed(self.x[:, k]), "example": self.worked(k),
            "terms": [
                matrix("weights", values["weights"]), text("@"),
                matrix("inputs", values["inputs"]), text("+"),
                matrix("bias", values["bias"]), text("="), matrix("z", values["z"]),
                text("→"), matrix("a", self.a[:, [k]]),
            ],
            "source": own_source(source_of(type(self.layer).__call__)),
            "stats": [["Right", f"{self.right()} of {self.x.shape[1]}"]],
        }  # fmt: skip

    def map(self):
        """The answers over the plane and the examples, as `plane.js` draws them."""
        low = 0.0 if self.plane.min(initial=0) >= 0 and self.plane.max(initial=1) <= 1 else -1.0
        return {
            "map": as_map(2 * (self.plane[0] - low) / (1 - low) - 1, (GRID, GRID)),
            "points": packed(np.vstack([self.x, self.y])), "extent": [self.middle - self.side, self.middle + self.side],
            "range": [low, 1.0], "names": list(self.names), "kind": "classes", "what": "a",
            "border": False, "classes": list(self.classes),
        }  # fmt: skip

    def sum(self, x1, x2):
        """The weighted sum with the numbers put in, such as `2 · 0.8 + 1 · 0.5 − 1.5`."""
        said = f"{self.w1:.4g} · {x1} {self.w2:+.4g} · {x2} {self.bias:+.4g}"
        return said.replace(" +", " + ").replace(" -", " − ").replace("-", "−")

    def worked(self, k):
        """One example, worked as by hand; of z so many figures as whoever works it out with these numbers gets, too."""
        inputs = [f"{value:.4g}" for value in self.x[:, k]]
        numbers = [float(f"{value:.4g}") for value in (self.w1, self.w2, self.bias)]
        by_hand, z = np.dot(numbers, [*map(float, inputs), 1.0]), self.z[0, k]
        figures = next((few for few in (3, 2) if f"{by_hand:.{few}g}" == f"{z:.{few}g}"), 0)
        said = self.sum(*(one if float(one) >= 0 else f"({one})" for one in inputs))
        if not np.isclose(by_hand, z, rtol=0.01, atol=0.01):
            said = f"{z:.3g}, not {said}"  # a layer of one's own gives something else
        else:
            said += f" = {z:.{figures}g}" if figures else f" ≈ {z:.2g}"
        return f"z = {said},  a = {self.a[0, k]:.3g}".replace("-", "−")

    def about(self, k):
        """One example in words."""
        z, a, label = float(self.z[0, k]), float(self.a[0, k]), int(self.y[0, k] >= 0.5)
        side = "on the line" if z == 0 else f"on the {'positive' if z > 0 else 'negative'} side"
        right = "right" if (z > 0) == bool(label) else "wrong"
        return f"Example {k}, {self.classes[label]}: z = {z:.3g}, {side}, a = {a:.3g}: {right}.".replace("-", "−")

    def narrate(self):
        if self.plane is None:
            return "The neuron has given nothing to draw."
        foot, ends, _ = self.line()
        if foot is None:
            where = "Both weights are 0: there is no line, and every point gets the same answer."
        elif ends is None:
            where = "The line lies outside the picture: every point here is on one side of it."
        else:
            where = f"The line is {self.sum(*self.names)} = 0."
        return f"{where} It gets {self.right()} of {self.x.shape[1]} examples right. {self.about(self.example)}"


def listed(point):
    return None if point is None else [float(value) for value in point]
