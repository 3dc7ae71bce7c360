"""SignalExplorer: what becomes of a signal on its way through many layers, and of the gradient on its way back.

    SignalExplorer()                                # ten layers of 64 ReLU units, He's first weights
    SignalExplorer(initializer=MyHe, depth=20)      # first weights of your own: called with (shape, rng)
    SignalExplorer(dense=MyDense, activation=MyTanh())   # layers and bends of your own

A network that has not been trained is shown 200 random examples with random labels: one forward pass, one backward
pass, nothing is updated. Each layer multiplies the size of what comes in by some factor. Ten factors of 0.5 make a
thousandth, ten factors of 2 a thousand: then nothing is learned, or everything flies off.
"""

from pathlib import Path

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, Glorot, He, NeuralNetwork, Normal, Sigmoid, Zeros
from nnlib.inspect import source_of
from widgets.stage.base import Explorer
from widgets.stage.border import method_of, name_of, taken
from widgets.stage.browser import curves, packed
from widgets.stage.code import own_source
from widgets.stage.controls import Choice, Whole
from widgets.stage.figures import number, share
from widgets.stage.parts import ACTIVATIONS, examined_activation, examined_layer, fresh

INITIALIZERS = {
    "He": He, "Glorot": Glorot, "size 1": Normal(1.0), "size 0.01": Normal(0.01), "zeros": Zeros,
}  # fmt: skip
EXAMPLES, BINS = 200, 25
TINY, HUGE = 1e-3, 1e3  # of the first layer's size: beyond, a signal has vanished or exploded
MOSTLY = 0.5
ALIKE = 1e-2  # of a layer's size: what its examples differ by; below, the size is that of unit from unit


class SignalExplorer(Explorer):
    """Histograms of the activations and the gradients of every layer, their sizes, and what is the matter by name.

    `initializer` is a class without arguments, or an object, called with `(shape, rng)`; `activation` as in
    the Workbench; `dense` a class called with a number of units, which then draws its weights itself. `depth`, `units`,
    `start_from`, `activation` and `seed` set controls.

    Raises TypeError for a name that is no control. What your own class raises is shown inside, with your line.
    """

    title = "Signal explorer"
    module = Path(__file__).with_suffix(".js")

    activation = Choice("ReLU", "Activation", tuple(ACTIVATIONS))
    start_from = Choice("He", "First weights", tuple(INITIALIZERS))
    depth = Whole(10, "Hidden layers", 1, 20)
    units = Whole(64, "Units in each", 2, 256)
    seed = Whole(0, "Seed", 0, 999_999)

    def start(self, initializer=None, activation=None, dense=None, **controls):
        self._known, self._activations, self._dense = dict(INITIALIZERS), dict(ACTIVATIONS), dense
        self.layers = []
        if initializer is not None:
            name = name_of(initializer)
            self._known = {name: initializer} | self._known
            self.options["start_from"] = tuple(self._known)
            controls.setdefault("start_from", name)
        if activation is not None and not isinstance(activation, str):
            name = getattr(activation, "__name__", type(activation).__name__)
            self._activations[name] = activation
            self.options["activation"] = tuple(self._activations)
            activation = name
        if dense is not None:
            self.left_out = ("start_from",)
        super().start(**({} if activation is None else {"activation": activation}), **controls)

    def changed(self, names):
        """One forward and one backward pass of a new network, and what each hidden layer gave and got."""
        self.layers = []
        rng = np.random.default_rng(self.seed)
        x, y = rng.normal(size=(self.units, EXAMPLES)), rng.integers(0, 2, (1, EXAMPLES)).astype(float)
        make = self._dense or (lambda units: Dense(units, self._initializer()))
        kind = examined_activation(self._activations[self.activation])
        if self._dense is not None:
            examined_layer(self._dense)
        blocks = [(make(self.units), fresh(kind)) for _ in range(self.depth)]
        model = NeuralNetwork((*blocks, (make(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=self.seed)
        with np.errstate(all="ignore"):
            output = model(x)
            model.backward_step(y)
        self.output, self.parameters = np.array(output), model.parameters.size
        places = model.places[:-2]
        self.layers = [
            {"given": bend.output, "got": layer.grad_output, "weights": layer.part.weights.copy()}
            for layer, bend in zip(places[::2], places[1::2], strict=True)
        ]

    def _initializer(self):
        """The chosen one; what it draws is examined."""
        thing = fresh(self._known[self.start_from])

        def drawn(shape, rng):
            return taken(thing(shape, rng), name_of(thing), shape, f"shape {shape}", method_of(thing))

        return drawn

    # What is the matter ---------------------------------------------------------------------------------------

    def sizes(self):
        """The standard deviation of each layer's activations, and of the gradients that arrive at its z."""
        with np.errstate(all="ignore"):
            return [[float(np.std(layer[name])) for layer in self.layers] for name in ("given", "got")]

    def matters(self, layer):
        """What is wrong with one layer: {two words for its box: in full}; empty where it carries the signal."""
        found, given = {}, layer["given"]
        if not np.isfinite(given).all():
            return {"no number": "no finite numbers"}
        first = float(np.std(self.layers[0]["given"])) or 1.0
        if len(given) > 1 and np.ptp(given, axis=0).max() <= 1e-12 * max(1.0, np.abs(given).max()):
            found["all alike"] = "all units the same"
        if self.activation == "ReLU" and (dead := np.mean(~(given > 0).any(axis=1))) > 0.1:
            found[f"{share(dead)} off"] = f"{share(dead)} of units always off"
        low, high = {"Tanh": (-1, 1), "Sigmoid": (0, 1)}.get(self.activation, (-np.inf, np.inf))
        full = np.mean((given < low + 0.01 * (high - low)) | (given > high - 0.01 * (high - low))) if high < 2 else 0.0
        if full > MOSTLY:
            found[f"{share(full)} flat"] = f"saturated: {share(full)} at the ends, where it is flat"
        if np.std(given) < TINY * first:
            found["vanished"] = "vanished"
        elif np.std(given) > HUGE * first:
            found["exploded"] = "exploded"
        if np.sqrt(np.mean(np.var(given, axis=1))) < ALIKE * np.std(given):
            found["no signal"] = "nearly the same for every example"
        return found

    def verdict(self):
        """The whole network in words."""
        given, got = self.sizes()
        if not np.isfinite([*given, *got]).all():
            return "The numbers have left the range of floats."
        ratio, back = given[-1] / (given[0] or 1.0), got[0] / (got[-1] or 1.0)
        said = [f"From the first to the last hidden layer the activations change by a factor of {number(ratio, 2)}, "
                f"and the gradients, on their way back, by {number(back, 2)}."]  # fmt: skip
        if not any(got):
            said.append("No gradient arrives at all: nothing can be learned.")
        elif back < TINY:
            said.append("The gradients vanish: the first layers would stand still.")
        elif back > HUGE:
            said.append("The gradients explode: the first layers would fly off.")
        worst = self.matters(self.layers[-1]).values()
        told = f": {', '.join(worst)}" if worst else " carries the signal"
        said.append(f"The last hidden layer{told}.")
        return " ".join(said)

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if not self.layers:
            return {"stats": [], "rows": [], "sizes": None, "source": None}
        sizes = self.sizes()
        logs = [np.log10(np.maximum(np.nan_to_num(one, posinf=1e30), 1e-16)) for one in sizes]
        finite = np.concatenate(logs)
        room = max(1, len(self.layers) - 1)
        return {
            "stats": [["Parameters", f"{self.parameters:,}"],
                      ["Output", f"{number(self.output.min(), 2)} … {number(self.output.max(), 2)}"]],
            "rows": [
                {"name": title, "kind": kind, "layers": [
                    {"at": at, **histogram(layer[kind]), "size": number(np.std(layer[kind]), 2),
                     "matters": self.matters(layer) if kind == "given" else {}}
                    for at, layer in enumerate(self.layers, start=1)]}
                for title, kind in (("What each layer gives, forward →", "given"),
                                    ("The gradient that arrives at it, ← backward", "got"))
            ],
            "sizes": curves(
                "layer", [1.0, 1.0 + room], [finite.min() - 0.6, finite.max() + 0.6],
                *zip(("activations", "gradients"), (0, 1), logs, strict=True),
                dots=[[at, float(value), look, True] for look, one in enumerate(logs)
                      for at, value in enumerate(one, start=1)],
            ),
            "source": self._source(),
        }  # fmt: skip

    def _source(self):
        thing = self._dense if self._dense is not None else self._known[self.start_from]
        kind = thing if isinstance(thing, type) else type(thing)
        return own_source(source_of(getattr(kind, "build" if self._dense is not None else "__call__", None)))

    def narrate(self):
        return self.verdict() if self.layers else "There is no network to send a signal through."

    def forget(self):
        self.layers = []


def histogram(values):
    """The counts of one layer's numbers by size, the most frequent but 0 as 1, from −reach to reach."""
    values = np.asarray(values, float).ravel()
    values = values[np.isfinite(values)]
    reach = float(np.quantile(np.abs(values), 0.995)) if values.size else 0.0
    if reach == 0:
        counts = np.zeros(BINS)
        counts[BINS // 2] = 1.0
    else:
        counts = np.histogram(values, BINS, (-reach, reach))[0].astype(float)
    usual = np.delete(counts, BINS // 2).max()  # the zeros of a ReLU would dwarf all others: their bar is cut off
    return {"counts": packed(np.minimum(counts / (usual or 1.0), 1.0)), "reach": number(reach, 2)}
