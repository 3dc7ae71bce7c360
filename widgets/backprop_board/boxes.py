"""Boxes: what there is to fill in for both passes of a small network, one number a box, and how a number is read.

Hidden units are numbered on from layer to layer. Of a network with two inputs, two hidden layers of two units and one
output, units 1 and 2 are in the first layer, 3 and 4 in the second, and

    z3 = w31 · a1 + w32 · a2 + b3          w31: into unit 3, from what stands at place 1 in the layer before
    output = v3 · a3 + v4 · a4 + c         v3: what the output unit makes of a3
    loss = (output − y)²
"""

import re
from fractions import Fraction

import numpy as np

import nnlib
from widgets.stage.figures import number

LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Boxes:
    """The boxes of a network with `inputs` numbers coming in and `hidden` units in each hidden layer.

    `formulas` has each box's formula by its name, in the order of the two passes; `parameters` the parameters' names
    in the order of nnlib's flat vector; `columns` the boxes as they stand on the board, for each column its cards as
    (title, boxes).
    """

    def __init__(self, inputs, hidden):
        self.inputs, self.hidden = inputs, tuple(hidden)
        self.names = [f"x{j + 1}" for j in range(inputs)]
        first, self.layers = 1, []  # each layer: its units, and the numbers of what comes in
        sources = list(range(1, inputs + 1))
        for units in self.hidden:
            numbers = list(range(first, first + units))
            self.layers.append((numbers, sources))
            first, sources = first + units, numbers
        self.last = sources
        self.parameters = [
            name
            for units, sources in self.layers
            for name in (*(f"w{i}{j}" for i in units for j in sources), *(f"b{i}" for i in units))
        ] + [*(f"v{j}" for j in self.last), "c"]
        self.formulas = self._forward() | self._backward()
        self.columns = self._columns()

    def _incoming(self, layer):
        """What stands in the layer before: x at the bottom, a above."""
        return "a" if layer else "x"

    def _forward(self):
        told = {}
        for layer, (units, sources) in enumerate(self.layers):
            for i in units:
                terms = [f"{{w{i}{j}}} · {{{self._incoming(layer)}{j}}}" for j in sources]
                told[f"z{i}"] = " + ".join([*terms, f"{{b{i}}}"])
                told[f"a{i}"] = f"the activation of {{z{i}}}"
        terms = [f"{{v{j}}} · {{{self._incoming(len(self.layers))}{j}}}" for j in self.last]
        told["output"] = " + ".join([*terms, "{c}"])
        told["loss"] = "({output} − {y})²"
        return told

    def _backward(self):
        told = {"grad_output": "2 · ({output} − {y})"}
        for j in self.last:
            told[f"grad_v{j}"] = f"{{grad_output}} · {{{self._incoming(len(self.layers))}{j}}}"
        told["grad_c"] = "{grad_output} · 1"
        for layer in reversed(range(len(self.layers))):
            units, sources = self.layers[layer]
            above = self.layers[layer + 1][0] if layer + 1 < len(self.layers) else None
            for i in units:
                ways = [f"{{grad_z{k}}} · {{w{k}{i}}}" for k in above] if above else [f"{{grad_output}} · {{v{i}}}"]
                told[f"grad_a{i}"] = " + ".join(ways)
                told[f"grad_z{i}"] = f"{{grad_a{i}}} · the slope of the activation at {{z{i}}}"
                for j in sources:
                    told[f"grad_w{i}{j}"] = f"{{grad_z{i}}} · {{{self._incoming(layer)}{j}}}"
                told[f"grad_b{i}"] = f"{{grad_z{i}}} · 1"
        return told

    def _columns(self):
        columns = [
            [
                (f"Hidden unit {i}", (f"z{i}", f"a{i}", f"grad_a{i}", f"grad_z{i}", *(f"grad_w{i}{j}" for j in sources),
                                      f"grad_b{i}"))
                for i in units
            ]
            for units, sources in self.layers
        ]  # fmt: skip
        output = ("output", "grad_output", *(f"grad_v{j}" for j in self.last), "grad_c")
        return [*columns, [("Output unit", output), ("Loss", ("loss",))]]

    def network(self, dense, activation, parameters):
        """A network of these classes with these parameters, in the order of `self.parameters`."""
        blocks = (*((dense(units), activation()) for units in self.hidden), (dense(1),))
        model = nnlib.NeuralNetwork(blocks, nnlib.MeanSquaredError(), learning_rate=0.1, seed=0).build(self.inputs)
        model.parameters[:] = parameters
        return model

    def worked_out(self, model, x, y):
        """Every box's number, read off `model` after its forward and its backward pass for one example."""
        labels = np.array([[y]])
        model(np.array(x, float)[:, np.newaxis])
        model.training_loss(labels)
        model.backward_step(labels)
        last = model.places[-1]
        found = {"output": last.output, "loss": model.loss_value, "grad_output": last.grad_output}
        found |= {"grad_c": last.part.grad_bias}
        found |= {f"grad_v{j}": last.part.grad_weights[0, k] for k, j in enumerate(self.last)}
        for (units, sources), z, a in zip(self.layers, model.places[::2], model.places[1::2], strict=False):
            for k, i in enumerate(units):
                found |= {f"z{i}": z.output[k], f"a{i}": a.output[k], f"grad_a{i}": a.grad_output[k],
                          f"grad_z{i}": z.grad_output[k], f"grad_b{i}": z.part.grad_bias[k]}  # fmt: skip
                found |= {f"grad_w{i}{j}": z.part.grad_weights[k, at] for at, j in enumerate(sources)}
        return {name: float(np.asarray(value).item()) for name, value in found.items()}

    def drawn(self, seed):
        """(parameters, x, y), round numbers with which something happens: no unit is at its bend, the answer is off,
        and in each hidden layer a unit is on."""
        rng = np.random.default_rng(seed)
        halves = np.array([-2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2])
        while True:
            parameters = rng.choice(halves, len(self.parameters)).tolist()
            x = rng.choice([-2, -1, 1, 2, 3], self.inputs).astype(float).tolist()
            y = float(rng.integers(-1, 3))
            right = self.worked_out(self.network(nnlib.Dense, nnlib.ReLU, parameters), x, y)
            on = all(max(right[f"a{i}"] for i in units) > 0 for units, _ in self.layers)
            clear = all(right[f"z{i}"] for units, _ in self.layers for i in units)
            if on and clear and 0 < right["loss"] <= 100:
                return parameters, x, y


def read(text):
    """(number, decimal places) of "0.75", ".75", "−3", "3/4" or "0,75"; (None, 0) for anything else."""
    text = text.replace("−", "-").replace(",", ".").replace(" ", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(/(\d+\.?\d*|\.\d+))?", text, re.ASCII):
        return None, 0
    above, _, below = text.partition("/")
    if below and not Fraction(below):
        return None, 0
    return float(Fraction(above) / Fraction(below or 1)), 0 if below else len(above.partition(".")[2])


def agrees(number, places, right):
    """Whether `number` is `right`, or `right` rounded to the places that were written, if they are two or more."""
    off = abs(number - right)
    rounded = places >= 2 and off <= 0.5000001 * 10**-places and off <= 0.05 * abs(right)
    return bool(off <= 1e-9 * max(1.0, abs(right)) or rounded)


def names(formula):
    """The boxes and given numbers that a formula is made with."""
    return re.findall(r"{(\w+)}", formula)


def label(name):
    """A box's name as it is written on the board: grad_w11 is "grad w₁₁"."""
    return name.replace("_", " ").translate(LOW)


def plain(value):
    return number(value + 0.0, 6)
