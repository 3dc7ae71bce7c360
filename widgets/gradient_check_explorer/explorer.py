"""GradientCheckExplorer: is what the backward pass says also what the loss does, parameter by parameter?

    GradientCheckExplorer()                                     # 2-4-1 on two moons, nnlib's own parts
    GradientCheckExplorer(mistake="grad_weights_for_weights")   # with a mistake put in: a name of MUTANTS
    GradientCheckExplorer(dense=MyDense, activation=MyReLU)     # classes of your own
    GradientCheckExplorer(model=model, x=x, y=y)                # any network, on at most 50 examples

Every parameter is a cell: moved up by ε and down by ε, it shows how steep the loss is there, and that is compared with
what the backward pass wrote. For the chosen one the error is drawn for every ε: too large an ε cuts a corner, too
small a one drowns in rounding, and in the valley between them right and wrong part. No ε mends a wrong gradient.
"""

from pathlib import Path

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid
from nnlib.data import DATASETS, REGRESSIONS
from nnlib.inspect import MUTANTS, Probe, copy_of, diagnose, gradient_check, largest, parameter_slices, source_of
from widgets.stage import picture
from widgets.stage.base import Explorer, packed
from widgets.stage.controls import Choice, Sizes, Slider, Whole
from widgets.stage.failure import is_learners
from widgets.stage.parts import ACTIVATIONS, fresh

EXAMPLES, MOST = 20, 50
LARGEST = 400  # parameters: each is a cell to look at, and costs two forward passes
TOLERANCE = 1e-6
POWERS = np.linspace(-13, -1, 49)  # of ten: the ε of the valley
FLOOR = 1e-16  # an error of 0 is drawn here
NONE = "none"


class GradientCheckExplorer(Explorer):
    """The analytic beside the measured slope for every parameter of a network, and the error against ε.

    `dense` and `activation` make the network as in the Workbench; `model` with `x` and `y` takes any other, of at most
    400 parameters, and looks at a copy. `mistake` is a name of `nnlib.inspect.MUTANTS` or its title. `hidden`,
    `activation`, `data`, `epsilon` and `seed` set controls.

    Raises TypeError for a name that is no control and for `model` without `x` and `y`, ValueError for a network that
    is too large. What your own class raises is shown inside, with your line.
    """

    title = "Gradient check explorer"
    module = Path(__file__).with_suffix(".js")

    data = Choice("moons", "Data set", tuple(name for name in DATASETS if name not in REGRESSIONS))
    hidden = Sizes([4], "Hidden layers", "Units in hidden layer", high=8, most=3)
    activation = Choice("Tanh", "Activation", tuple(ACTIVATIONS))
    mistake = Choice(NONE, "Mistake put in", (NONE,))
    epsilon = Slider(1e-5, "ε", 1e-13, 1e-1, log=True)
    seed = Whole(0, "Seed", 0, 999_999)

    def start(self, dense=Dense, activation=None, model=None, x=None, y=None, mistake=NONE, **controls):
        if model is not None and (x is None or y is None):
            raise TypeError("GradientCheckExplorer(model=…) needs the data too: x=x_train, y=y_train")
        self._dense, self._given, self._activations = dense, model, dict(ACTIVATIONS)
        self._x, self._y = (None, None) if x is None else (np.asarray(x)[:, :MOST], np.asarray(y)[:, :MOST])
        if activation is not None and not isinstance(activation, str):
            name = getattr(activation, "__name__", type(activation).__name__)
            self._activations[name] = activation
            self.options["activation"] = tuple(self._activations)
            activation = name
        if model is not None:
            self.left_out = ("data", "hidden", "activation", "seed")
        self._mistake = MUTANTS[mistake].title if mistake in MUTANTS else mistake
        super().start(**({} if activation is None else {"activation": activation}), **controls)
        with self._guard():
            self._build()
        if self._mistake != NONE:
            self.mistake = self._mistake
            with self._guard():
                self._put_in()

    # The network and its slopes -------------------------------------------------------------------------------

    def _build(self):
        """The right network, the mistakes that it has a place for, and the network that is looked at."""
        self.model = self.right = None
        if self._given is not None:
            self.x, self.y, right = self._x, self._y, copy_of(self._given)
        else:
            self.x, self.y = DATASETS[self.data](EXAMPLES, 0.1, self.seed)
            blocks = [(self._dense(units), fresh(self._activations[self.activation])) for units in self.hidden]
            blocks.append((self._dense(1), Sigmoid()))
            right = NeuralNetwork(tuple(blocks), BinaryCrossEntropy(), 0.1, seed=self.seed)
        right.build(len(self.x))
        if right.parameters.size > LARGEST:
            raise ValueError(f"the network has {right.parameters.size:,} parameters; there is room for {LARGEST}")
        self.right = right
        self._mutants = {one.title: one for one in MUTANTS.values() if one.phase == "backward"}
        if "mistake" not in self.options:
            self.options["mistake"] = (NONE, *(title for title, one in self._mutants.items() if one.spots(right)))
        if self.mistake != NONE and not self._mutants[self.mistake].spots(right):
            self.mistake = NONE
        self._put_in()

    def _put_in(self):
        """The network that is looked at, its gradients, what nnlib's check says, and what the mistake is called."""
        if self.right is None:
            return
        self.model = None
        model = self.right if self.mistake == NONE else self._mutants[self.mistake].apply(self.right)
        twin = copy_of(model, np.float64)
        self.report = gradient_check(model, self.x, self.y)
        self.diagnosis = None if self.report.passed else diagnose(model, self.x, self.y)
        self._probe = Probe(twin, *twin.entrance.pair(self.x, self.y), TOLERANCE, 1e-5)
        self._here, gradient, _ = self._probe.stand(twin.parameters.copy())
        self._arrays, self._at = parameter_slices(twin), 0
        self.analytic, self.model, self._valleys = gradient, twin, {}
        self._scale = np.ones_like(gradient)
        for _, _, piece in self._arrays:
            self._scale[piece] = largest(gradient[piece]) + largest(self.report.numeric[piece]) or 1.0
        self._measure()
        self._at = int(np.argmax(self.report.wrong)) if self.report.wrong.any() else 0

    def _measure(self):
        """The slope of every parameter with this ε, and its error by the largest slope of its array."""
        self.numeric = np.array([self._slope(index, self.epsilon) for index in range(self._here.size)])
        self.errors = np.nan_to_num(np.abs(self.analytic - self.numeric) / self._scale, nan=np.inf)

    def _slope(self, index, epsilon):
        return self._probe.slope(self._here, index, epsilon)

    def _valley(self):
        """The same error of the chosen parameter for every ε of the picture."""
        if self._at not in self._valleys:
            measured = np.array([self._slope(self._at, 10.0**power) for power in POWERS])
            errors = np.abs(self.analytic[self._at] - measured) / self._scale[self._at]
            self._valleys[self._at] = np.log10(np.maximum(errors, FLOOR))
        return self._valleys[self._at]

    def changed(self, names):
        if names & {"data", "hidden", "activation", "seed"} or self.right is None:
            self._build()
        elif "mistake" in names or self.model is None:
            self._put_in()
        elif "epsilon" in names:
            self._measure()

    def press(self, name, detail=None):
        """A cell was chosen, or the ring in the valley was moved to 10 to the power of `detail`, or by it."""
        if name == "choose":
            self._at = min(max(int(detail), 0), self._here.size - 1)
        elif name in ("power", "power by"):
            power = float(detail) + (np.log10(self.epsilon) if name == "power by" else 0)
            self.epsilon = float(f"{10 ** min(-1.0, max(-13.0, power)):.3g}")
        elif name == "reset":
            self.epsilon = 1e-5

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self.model is None:
            return {"stats": [], "arrays": [], "valley": None, "chosen": [], "source": None}
        marks = np.where(self.errors > TOLERANCE, 1, np.where((self.analytic == 0) & (self.numeric == 0), 2, 0))
        valley = self._valley()
        low = float(np.log10(self.epsilon))
        here = float(np.log10(max(self.errors[self._at], FLOOR)))
        return {
            "stats": [
                ["Parameters", f"{self._here.size}"],
                ["Disagree at this ε", f"{int((marks == 1).sum())}"],
                ["Largest relative error", plain(self.errors.max())],
            ],
            "arrays": [
                {
                    "name": f"{name} of block {place.block}",
                    "shape": list(getattr(place.part, name).shape),
                    "first": piece.start,
                    "marks": [int(mark) for mark in marks[piece]],
                }
                for place, name, piece in self._arrays
            ],
            "at": self._at,
            "chosen": [
                ["backward pass", f"{self.analytic[self._at]:.10f}".replace("-", "−")],
                ["measured", f"{self.numeric[self._at]:.10f}".replace("-", "−")],
                ["relative error", plain(self.errors[self._at])],
            ],
            "valley": {
                "x": [-13.0, -1.0], "y": [-14.0, 1.0], "name": "ε, as a power of ten", "at": low,
                "curves": [{"name": "error of the chosen slope", "look": 1 if marks[self._at] == 1 else 0,
                            "values": packed(valley)}],
                "dots": [[low, here, 2]],
            },
            "border": float(np.log10(TOLERANCE)),
            "source": self._source(),
        }  # fmt: skip

    def _source(self):
        """The learner's line behind the gradients of the chosen parameter, if the class is theirs."""
        place = next(place for place, _, piece in self._arrays if piece.start <= self._at < piece.stop)
        for name in ("parameter_gradients", "backward"):
            found = source_of(getattr(type(place.part), name, None))
            if found is not None and is_learners(found.file):
                return picture.source(found)
        return None

    def verdict(self):
        """What nnlib's check says of the whole network, and what it calls the mistake."""
        if self.report.passed:
            said = f"The gradient check passes: all {self.report.checked} slopes agree."
            kind = next((kind for kind, one in MUTANTS.items() if one.title == self.mistake), None)
            return said if kind is None else f"{said} It does not see this mistake: {MUTANTS[kind].explanation}"
        wrong = [f"the {row.name} of block {row.block}" for row in self.report.rows if not row.passed]
        count = f"{int(self.report.wrong.sum())} of {self.report.checked} slopes are wrong"
        return f"The gradient check fails: {count}, in {', '.join(wrong)}. {self.diagnosis or ''}".strip()

    def called(self, index):
        """A parameter by its place: `weights[0, 1] of block 2`."""
        place, name, piece = next(one for one in self._arrays if one[2].start <= index < one[2].stop)
        where = np.unravel_index(index - piece.start, getattr(place.part, name).shape)
        return f"{name}[{', '.join(map(str, map(int, where)))}] of block {place.block}"

    def narrate(self):
        if self.model is None:
            return "There is no network to check."
        agree = int((self.errors <= TOLERANCE).sum())
        a, n = self.analytic[self._at], self.numeric[self._at]
        return (
            f"{self.verdict()} With ε = {self.epsilon:.2g}, {agree} of {self._here.size} slopes agree to six digits. "
            f"{self.called(self._at)}: the backward pass says {plain(a)}, measured is {plain(n)}, relative error "
            f"{plain(self.errors[self._at])}."
        )

    def disabled(self):
        return ("reset",) if self.epsilon == 1e-5 else ()

    def forget(self):
        self.model = self.right = self._given = self._probe = None


def plain(number):
    """Three figures, and a real minus sign."""
    return f"{float(number):.3g}".replace("-", "−")
