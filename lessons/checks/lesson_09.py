"""The exercises of lesson 09, Close the loop."""

import ast
import contextlib
import itertools
from typing import ClassVar

import numpy as np

from lessons.checks.judge import Choice, Exercise, Order, Prediction, Slip, Spoilt
from lessons.checks.judge.compare import Finding, close, numeric, short
from lessons.checks.judge.learner import lines_of
from lessons.checks.remember import book

rng = np.random.default_rng(9)


def case(sizes, m):
    """The numbers of a network with these sizes, with gradients, for m examples."""
    pairs = list(itertools.pairwise(sizes))
    return {
        "weights": [rng.normal(size=(units, features)).round(2) for features, units in pairs],
        "biases": [rng.normal(size=(units, 1)).round(2) for _, units in pairs],
        "x": rng.normal(size=(sizes[0], m)).round(2),
        "labels": rng.normal(size=(sizes[-1], m)).round(2),
    }


NETWORKS = (case((2, 3, 1), 4), case((3, 2, 2, 2), 5))
ALIKE = (case((2, 2, 2), 3),)  # where blocks in the wrong order fit together
RATE, EPOCHS = 0.25, 3
XOR = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]]), np.array([[0.0, 1.0, 1.0, 0.0]])
ROUNDS, LEARNT = 100, 0.1  # epochs for XOR, and the loss that a network which learns is below by then


class Layer:
    """A layer that goes back as lesson 07's does. Given numbers are kept; without them `build` draws some."""

    def __init__(self, weights=None, bias=None, units=0):
        self.units, self.is_given, self.times_built, self.ways_back = units or len(weights), weights is not None, 0, 0
        if self.is_given:
            self._hold(weights.copy(), bias.copy())

    def _hold(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.grad_weights, self.grad_bias = np.zeros_like(weights), np.zeros_like(bias)

    def build(self, features, rng, dtype=float):
        self.times_built += 1
        if not self.is_given:
            self._hold(rng.normal(size=(self.units, features)), np.zeros((self.units, 1)))

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias

    def backward(self, dz):
        self.ways_back += 1
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz


class Bend:
    """tanh: its slope is another at z than at tanh z, so that a slope at the wrong place shows."""

    is_called = False

    def __init__(self, steepness=1):
        self.steepness = steepness

    def __call__(self, z):
        self.is_called = True
        return np.tanh(self.steepness * z)

    def gradient(self, z):
        return self.steepness * (1 - np.tanh(self.steepness * z) ** 2)


class Squares:
    """Squares that weigh more where the label is large: output and labels in the wrong order show."""

    is_called = False

    def __call__(self, output, labels):
        self.is_called = True
        return float(((output - labels) ** 2 * (1 + labels**2)).mean())

    def gradient(self, output, labels):
        return 2 * (output - labels) * (1 + labels**2) / len(output)


class Steps:
    """The optimiser of lesson 05."""

    def __init__(self, learning_rate=RATE):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients
        return parameters


class Known(Steps):
    """All objects of it keep together which of them have stepped."""

    stepped: ClassVar = []

    def step(self, parameters, gradients):
        self.stepped.append(self)
        return super().step(parameters, gradients)


class OtherSteps(Steps):
    """Another rule than lesson 05's: whoever steps by hand, past the optimiser, shows."""

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients / (1 + np.abs(gradients))
        return parameters


def blocks(weights, biases, steeper=0):
    """Layers that hold these numbers, each with a bend: `steeper` by so much from block to block."""
    return tuple((Layer(w, b), Bend(1 + number * steeper))
                 for number, (w, b) in enumerate(zip(weights, biases, strict=True)))  # fmt: skip


def held(layers, *names, when=""):
    """What the layers hold under these names, with words that say which; an empty array where there is nothing."""
    found = {}
    for name in names:
        for number, (layer, _) in enumerate(layers, start=1):
            array = getattr(layer, name, None)
            found[f"`{name}` of layer {number} of {len(layers)}{when}"] = np.zeros(0) if array is None else array
    return {name: array.copy() if isinstance(array, np.ndarray) else array for name, array in found.items()}


def call_forward(piece, weights, biases, x, labels):
    """Two calls, with other inputs and another number of examples; after the second the layers remember the second."""
    layers = blocks(weights, biases)
    first = piece(layers, x)
    if first is Ellipsis:
        return first
    right = book.solution_piece("09.3", "forward")(blocks(weights, biases), x)
    if close(first, right) and not any(bend.is_called for _, bend in layers):
        raise Spoilt(Finding("own-bend", "The numbers are right because each block here brings a tanh. Yours is one of "
                             "your own, and with another activation they would be wrong: call `activation`."))
    if close(first, right):
        both = piece, book.solution_piece("09.3", "forward")
        if not close(*(forward(blocks(weights, biases, 0.5), x) for forward in both)):
            raise Spoilt(Finding("another-block's-bend", "The numbers are right because all blocks here bring the same "
                                 "tanh. With another one in each they are wrong: to each layer belongs the activation "
                                 "of its own block."))  # fmt: skip
    found = {"what is returned": first, **held(layers, "inputs", "output")}
    other = {"what a second call returns": piece(layers, x[:, 1:] + 0.25)}
    of_a_shape = blocks(weights, biases)
    piece(of_a_shape, x)
    before = x.copy()
    piece(of_a_shape, x + 1)
    if not np.array_equal(x, before):
        text = "A second call writes its inputs into the array of the first one, which belongs to whoever called. "
        raise Spoilt(Finding("written-into-the-old", text + "`layer.inputs = x` gives an array a name, with `[:]` the "
                             "old one is filled."))  # fmt: skip
    return found | other | held(layers, "inputs", "output", when=" after a second call")


def call_update(piece, weights, biases, x, labels):
    """The layers' own arrays are looked at, whatever the layers hold afterwards."""
    layers = blocks(weights, biases)
    for number, (layer, _) in enumerate(layers, start=1):
        layer.grad_weights, layer.grad_bias = number * layer.weights + 1.0, 2.0 * number + layer.bias
    layers[-1][0].grad_bias *= len(layers) < 3  # a gradient may be 0
    arrays = [(layer.weights, layer.bias) for layer, _ in layers]
    returned = piece(layers, OtherSteps())
    if returned is Ellipsis:
        return returned
    is_number = numeric(returned) is not None and np.ndim(returned) == 0
    found = {"what is returned": 0.0 if is_number else returned, **held(layers, "weights", "bias")}
    for number, (layer, (w, b)) in enumerate(zip((one for one, _ in layers), arrays, strict=True), start=1):
        same = layer.weights is w and layer.bias is b
        found[f"whether layer {number} still has the same two arrays (1 is yes)"] = float(same)
    optimizer = Known()
    Known.stepped.clear()
    piece(blocks(weights, biases), optimizer)
    if any(one is not optimizer for one in Known.stepped):
        text = "Another optimiser steps than the one that was handed over. One with a memory would lose it: "
        raise Spoilt(Finding("other-optimizer", text + "ask `optimizer.step` itself."))
    return {**found, **held(layers, "grad_weights", "grad_bias"), "the number that you return": returned}


def call_network(piece, weights, biases, x, labels):
    """Every phase by itself, twice, with other inputs the second time; then `fit` with a network that is given its
    weights, and one that has to build them, which is to learn XOR."""
    layers = blocks(weights, biases)
    network = piece(layers, Squares(), OtherSteps())
    output = network(x)
    if output is Ellipsis or output is None:
        return output
    found = {"what network(x) returns": output}
    for time, seen in (("", slice(None)), (", the second time", slice(1, None))):
        if time:
            found[f"what network(x) returns{time}"] = again = network(x[:, seen])
            if again is None:
                raise Spoilt(Finding("once-only", "The first call of `network(x)` gives the output, the second gives "
                             "None. Does all that you wrote in `__call__` stand inside the `if`? That is entered only "
                             "while nothing has been built."))  # fmt: skip
        network.backward_step(labels[:, seen])
        found |= held(layers, "weights", "bias", when=f" after `backward_step`{time}")
        found |= held(layers, "grad_weights", "grad_bias", when=f" after `backward_step`{time}")
        network.update()
        found |= held(layers, "weights", "bias", when=f" after `update`{time}")
    fresh = blocks(weights, biases)
    trained = piece(fresh, price := Squares(), steps := Steps())
    trained(x[:, :1])  # a look at other inputs before: `fit` trains on its own
    found["the list that `fit` returns"] = as_array(trained.fit(x, labels, EPOCHS))
    all_there = np.size(found["the list that `fit` returns"]) == EPOCHS
    if all_there and not price.is_called and (lines := lines_of(piece)) and not fit_calls(lines, "self.loss.gradient"):
        raise Spoilt(Finding("own-loss", "Your lines never call `self.loss(…)`: the numbers in your list are worked "
                             "out without it. A network may be given any loss: ask that one."))
    times, rest = divmod(fresh[0][0].ways_back, EPOCHS)
    if times > 1 and not rest and trains_rightly(found | held(fresh, "weights", "bias", when=" after `fit`"), weights,
                                                 biases, x, labels):  # fmt: skip
        text = f"What your `fit` gives is right, and it goes backward {times} times in each epoch. One way back is "
        raise Spoilt(Finding("backward-again", text + "enough: the gradients of the others are thrown away."))
    if steps.learning_rate != RATE:
        text = f"`fit` changes the learning rate of the optimiser, from {RATE} to {short(steps.learning_rate)}. It has "
        raise Spoilt(Finding("rate-changed", f"{text}been chosen by whoever made the optimiser: `fit` leaves it."))
    found |= held(fresh, "weights", "bias", when=" after `fit`")
    found["what network(x) returns for other inputs after `fit`"] = trained(x[:, 1:] - 0.25)
    rounds, again = np.size(found["the list that `fit` returns"]), 0
    with contextlib.suppress(Exception):  # what stops here is found, and said better, by what is tried besides
        again = np.size(trained.fit(x, labels, 1))
    if rounds and again == rounds + 1:
        raise Spoilt(Finding("losses-kept", "A second `fit`, of one epoch, returns the losses of the first one too. "
                             "One number for each epoch of this call was asked for: begin a new list in "
                             "`fit`."))  # fmt: skip
    if again == 1 and trains_rightly(found, weights, biases, x, labels):
        trains_on(piece, weights, biases, x, labels)
    if x.shape[1] == len(NETWORKS[0]["x"][0]):  # once is enough
        unbuilt = ((Layer(units=4), Bend()),)
        found["what network(x) returns when it has to build"] = piece(unbuilt, Squares(), Steps())(x)
        learner = tuple((Layer(units=units), Bend()) for units in (6, 1))
        student = piece(learner, Squares(), Steps(0.3), seed=2)
        losses = as_array(student.fit(*XOR, ROUNDS))
        found["how often `fit` builds a layer"] = float(learner[0][0].times_built)
        if learner[0][0].times_built == 1:
            with contextlib.suppress(Exception):
                student.fit(*XOR, 1)
            if learner[0][0].times_built > 1:
                raise Spoilt(Finding("built-again", "A second `fit` builds the network once more: it draws new random "
                                     "weights, and all that the first has learned is gone. What has been built stays; "
                                     "`__call__` builds where nothing has been."))  # fmt: skip
        learnt = numeric(losses) is not None and np.size(losses) and np.ravel(losses)[-1] < LEARNT
        found["whether it learns XOR (1 is yes)"] = float(bool(learnt))
    return found


def trains_rightly(found, weights, biases, x, labels):
    """Are the losses, and the weights and biases after `fit`, those of a right network?"""
    right = blocks(weights, biases)
    network = book.solution_piece("09.5", "NeuralNetwork")(right, Squares(), Steps())
    wanted = {"the list that `fit` returns": network.fit(x, labels, EPOCHS)}
    wanted |= held(right, "weights", "bias", when=" after `fit`")
    return all(close(found[name], value) for name, value in wanted.items())


def trains_on(piece, weights, biases, x, labels):
    """So many epochs as were asked for, whatever the loss does, with the one optimiser that was given."""
    perfect = blocks(weights, biases)
    answers = piece(perfect, Squares(), Steps())(x)
    kinds = ("rises", labels, -RATE), ("is 0", np.array(answers), RATE), ("is nan", np.nan * labels, RATE)
    for words, of, rate in kinds:
        optimizer = Known(rate)
        Known.stepped.clear()
        network = piece(blocks(weights, biases), Squares(), optimizer)
        losses = network.fit(x, of, EPOCHS)
        if np.size(losses) != EPOCHS and np.size(network.fit(x, of, EPOCHS)) == EPOCHS:
            text = f"A network that has not been called before gets {np.size(losses)} of {EPOCHS} losses from `fit`, "
            text += "and all of them from a second `fit`. Is an epoch lost where the layers are built? The first call "
            raise Spoilt(Finding("epoch-lost-to-building", text + "builds them by itself, and goes on."))
        if np.size(losses) != EPOCHS:
            text = f"Your `fit` ends by itself where the loss {words}: {np.size(losses)} of {EPOCHS} numbers "
            raise Spoilt(Finding("stops-by-itself", text + "come back. One for each epoch was asked for."))
        if words == "rises" and losses[-1] <= losses[0]:
            text = "Where the loss rises, your list goes on with the smallest so far. Whether a training goes well is "
            raise Spoilt(Finding("best-so-far", text + "to be seen in it: the loss of each epoch as it is."))
        right = book.solution_piece("09.5", "NeuralNetwork")(blocks(weights, biases), Squares(), Steps(rate))
        if words == "rises" and not close(as_array(losses), as_array(right.fit(x, of, EPOCHS))):
            text = "Where the loss falls all is right, and where it rises your losses are others than they should be. "
            raise Spoilt(Finding("asks-the-loss", text + "Every epoch has its update, whatever the loss does."))
        if any(one is not optimizer for one in Known.stepped):
            text = "Another optimiser steps than the one that the network was given. One with a memory would lose it: "
            raise Spoilt(Finding("other-optimizer", text + "hand `self.optimizer` itself on."))


    other_x, other_labels = x[:, ::-1] + 0.5, labels - 0.75
    bends_differ(piece, weights, biases, x, labels)
    trains_on_all(piece, weights, biases, x, labels)
    network = piece(blocks(weights, biases), Squares(), Steps())
    network.fit(x, labels, 1)
    right = Squares()(network(other_x), other_labels)
    if not close(network.fit(other_x, other_labels, 1)[0], right):
        raise Spoilt(Finding("first-examples-kept", "A second `fit`, with other examples, has not their loss. Does "
                             "your network train on those of the first `fit`?"))  # fmt: skip


def bends_differ(piece, weights, biases, x, labels):
    """On the way back, too, each layer goes with the activation of its own block."""
    found = []
    for kind in (piece, book.solution_piece("09.5", "NeuralNetwork")):
        network = kind(layers := blocks(weights, biases, 0.5), Squares(), Steps())
        network(x)
        network.backward_step(labels)
        found.append(held(layers, "grad_weights", "grad_bias"))
    if not all(close(found[0][name], right) for name, right in found[1].items()):
        text = "All is right where every block has the same tanh. With another one in each the gradients are wrong: "
        raise Spoilt(Finding("another-block's-bend", text + "each layer goes with the activation of its own block."))


def trains_on_all(piece, weights, biases, x, labels):
    """Of 300 examples none is left out, and those at the end are other ones than those at the beginning."""
    far = np.linspace(0.0, 1.0, 300)
    many, wanted = np.resize(x, (len(x), 300)) + far, np.resize(labels, (len(labels), 300)) - far

    def trained(network_of, count):
        layers = blocks(weights, biases)
        losses = network_of(layers, Squares(), Steps()).fit(many[:, :count], wanted[:, :count], 2)
        return np.concatenate([np.ravel(one) for one in held(layers, "weights", "bias").values()]), losses

    (mine, losses), solution = trained(piece, 300), book.solution_piece("09.5", "NeuralNetwork")
    right, wanted_losses = trained(solution, 300)
    if close(mine, right) and close(losses, wanted_losses, 1e-3):  # what is rounded has a name of its own
        return
    counts = (*range(4, 21), 25, 30, 32, 50, 64, 100, 128, 150, 200, 250, 256, 299)
    few = next((count for count in counts if close(mine, trained(solution, count)[0])), None)
    text = "Your network does not train on all of 300 examples" + f": on the first {few} alone." * bool(few)
    text += "" if few else ", and does on few. Is a part of them left out, or are there rounds for batches?"
    raise Spoilt(Finding("first-few", f"{text} Each epoch takes all of them at once."))


def network_of(case):
    """A case in words."""
    sizes = [case["weights"][0].shape[1], *map(len, case["weights"])]
    return f"a network of {'-'.join(map(str, sizes))} units and {case['x'].shape[1]} examples"


def fit_calls(lines, *functions):
    """Where the learner's `fit` calls one of these functions."""
    return [one for one in lines.calls_in("fit") if one.startswith(tuple(f"{name}(" for name in functions))]


def looks_in_every_epoch(lines):
    """Whether the loop of the learner's `fit` asks for the output in a line that no condition stands before."""
    loops = [loop for one in lines.every if getattr(one, "name", "") == "fit" for loop in ast.walk(one)
             if isinstance(loop, (ast.For, ast.While))]  # fmt: skip
    return any(looks(line) and not any(isinstance(it, (ast.If, ast.IfExp)) for it in ast.walk(line))
               for loop in loops for line in loop.body)  # fmt: skip


def looks(line):
    """Does a line call the network itself?"""
    return "self(" in (text := ast.unparse(line)) or "self.__call__(" in text


def hands_on_the_output(lines):
    """Whether the learner's `fit` gives `backward_step` what the network has said."""
    said = [target.id for one in lines.every if getattr(one, "name", "") == "fit" for line in ast.walk(one)
            if isinstance(line, ast.Assign) and looks(line.value) for target in line.targets
            if isinstance(target, ast.Name)]  # fmt: skip
    handed = [one.removeprefix("self.backward_step(") for one in fit_calls(lines, "self.backward_step")]
    return any("output" in one or "self(" in one or one.removesuffix(")") in said for one in handed)


def steps_behind_a_loop(lines):
    """Whether the learner's function asks for a step in a line that stands in no loop."""
    return any(".step(" in ast.unparse(line) for one in lines.every if isinstance(one, ast.FunctionDef)
               for line in one.body if isinstance(line, (ast.Expr, ast.Assign)))  # fmt: skip


def as_array(losses):
    """A list of losses as an array, if they are numbers."""
    odd = [one for one in losses if numeric(one) is None] if isinstance(losses, (list, tuple)) else []
    if odd:
        what = "`self.loss` itself" if isinstance(odd[0], Squares) else short(odd[0]) if odd[0] is not None else "None"
        call = " It gives one when it is called, with the output and the labels." if callable(odd[0]) else ""
        text = f"The list that `fit` returns holds {what}. One number for each epoch was asked for.{call}"
        raise Spoilt(Finding("no-number-kept", text))
    return np.array(losses, dtype=float) if isinstance(losses, (list, tuple)) else losses


KEEP_INPUTS = "        layer.inputs = x\n"
THROUGH = "        layer.output = layer(x)\n        x = activation(layer.output)\n"
STEP_WEIGHTS = "        optimizer.step(layer.weights, layer.grad_weights)\n"
STEP_BIAS = "        optimizer.step(layer.bias, layer.grad_bias)\n"
BACK = "            grad = layer.backward(grad * activation.gradient(layer.output))\n"
PILED_UP = (
    "            old = layer.grad_weights, layer.grad_bias\n"
    + BACK
    + "            layer.grad_weights, layer.grad_bias = layer.grad_weights + old[0], layer.grad_bias + old[1]\n"
)
UPDATE = "        update_layers(self.layers, self.optimizer)\n"
OWN_STEP = (
    "        for layer, _ in self.layers:\n"
    "            layer.weights -= self.optimizer.learning_rate * layer.grad_weights\n"
    "            layer.bias -= self.optimizer.learning_rate * layer.grad_bias\n"
)
PHASES = (
    "            output = self(x)\n            losses.append(self.loss(output, y))\n"
    "            self.backward_step(y)\n            self.update()\n"
)
MOVED = (
    "            self.optimizer.step(layer.weights, layer.grad_weights)\n"
    "            self.optimizer.step(layer.bias, layer.grad_bias)\n"
)


EXERCISES = (
    Prediction(
        number="09.1",
        title="Two units, twenty beginnings",
        right="a",
        options={
            "a": "a few, 2 of 20 with these beginnings: enough to know is not enough to learn.",
            "b": "It takes more luck than that to begin with both bends in a good place.",
            "c": "Two units can hold the answer. Whether they find it is another question.",
        },
        hints=(
            "The weights for XOR are rare among all weights. What leads there from a random place?",
            "What happens to a ReLU unit that is off for all four examples?",
            "Lesson 05: two of ten networks ended at a coin toss, with far more units.",
        ),
        praise="What a network can express and what it finds are two different things.",
    ),
    Order(
        number="09.2",
        title="One epoch after the other",
        lines={
            "A": "    network.update()",
            "B": "    output = network(x)",
            "C": "for epoch in range(epochs):",
            "D": "    network.build(len(x))",
            "E": "    losses.append(network.loss(output, y))",
            "F": "    network.backward_step(y)",
        },
        right="CBEFA",
        without={
            "C": "Nothing is done more than once: no line opens the loop.",
            "B": "The network never looks at x.",
            "E": "No loss is kept in the list.",
            "F": "Nothing goes back: no gradient is worked out.",
            "A": "No weight moves.",
        },
        extra={"D": "`network` has been built already, and nobody has to do it here: each time it is built it draws "
               "new random weights, and all that it has learned is gone."},
        also=("CBFEA",),
        before=(
            ("C", "B", "It belongs in the loop."),
            ("C", "E", "It belongs in the loop."),
            ("C", "F", "It belongs in the loop."),
            ("C", "A", "It belongs in the loop."),
            ("B", "E", "It needs `output`, which is not there yet."),
            ("B", "F", "The way back needs what the way forward remembers."),
            ("F", "A", "It would step with gradients that nobody has worked out yet."),
            ("E", "A", "Each loss is noted before the weights move: `output` belongs to the old ones."),
        ),
        hints=(
            "The loop comes first; everything else happens in every epoch.",
            "Forward, loss, backward, update.",
            "One of the lines would make a new network each time.",
        ),
        praise="Four lines in a loop. Everything that is called training is this.",
    ),
    Exercise(
        number="09.3",
        title="Forward",
        piece="forward",
        cases=ALIKE + NETWORKS,
        call=call_forward,
        tried=network_of,
        mistakes=(
            Slip(
                "other-bend",
                (("x = activation(layer.output)", "x = np.maximum(0, layer.output)"),),
                "You bend with a ReLU of your own. Each block brings its activation, and here it is no ReLU: call "
                "`activation`.",
            ),
            Slip(
                "other-bend",
                (("x = activation(layer.output)", "x = 1 / (1 + np.exp(-layer.output))"),),
                "You bend with a sigmoid of your own. Each block brings its activation, and here it is no sigmoid: "
                "call `activation`.",
            ),
            Slip(
                "bend-missing",
                ((THROUGH, "        x = layer.output = layer(x)\n"),),
                "z goes on to the next block as it is. Where is the activation?",
            ),
            Slip(
                "pair-turned-round",
                (("layer, activation in", "activation, layer in"),),
                "Each block is a pair of a layer and its activation, in this order. Your loop gives them each other's "
                "name.",
                lambda lines: lines.times("(activation, layer)"),
            ),
            Slip(
                "bend-before-the-layer",
                ((KEEP_INPUTS + THROUGH, "        layer.inputs = activation(x)\n"
                  "        layer.output = x = layer(layer.inputs)\n"),),
                "The activation comes before its layer: it bends what goes into the layer. It bends z, what comes out.",
            ),
            Slip(
                "last-bend-missing",
                (("return x", "return layer.output"),),
                "You return the last block's z, without its activation.",
            ),
            Slip(
                "activation-kept-for-z",
                ((THROUGH, "        x = layer.output = activation(layer(x))\n"),),
                "`layer.output` is what the activation gave. The way back needs z, before the bend.",
            ),
            Slip(
                "first-and-last-only",
                (("in layers:", "in (layers[0], layers[-1]):"),),
                "{whole:With two blocks all is right. With three, the|Of three blocks the} one between "
                "them is left out.",
            ),
            Slip(
                "kept-from-before",
                ((KEEP_INPUTS, "        if not hasattr(layer, 'inputs'):\n            layer.inputs = x\n"),),
                "{whole:The first call is right. After a second one|After a second call} `layer.inputs` "
                "is still what the first one read: it is remembered anew in each call.",
            ),
            Slip(
                "inputs-not-kept",
                ((KEEP_INPUTS, ""),),
                "`layer.inputs` is not there after the call: each layer should remember what it read.",
            ),
            *(Slip(
                "inputs-not-kept",
                ((KEEP_INPUTS, f"        if layer is layers[{place}][0]:\n            layer.inputs = x\n"),),
                f"`layer.inputs` is there after the call in the {which} layer alone: each should remember what it "
                "read. Does that line stand in the loop?",
            ) for place, which in ((0, "first"), (-1, "last"))),
            *(Slip(
                "inputs-not-kept",
                ((KEEP_INPUTS, ""), ("    return x\n", f"    layers[-1][0].inputs = {kept}\n    return x\n")),
                "`layer.inputs` is there after the call in the last layer alone: each should remember what it read. "
                "Does that line stand in the loop?",
            ) for kept in ("x", "layers[-1][0].output")),
            Slip(
                "output-not-kept",
                ((THROUGH, "        x = activation(layer(x))\n"),),
                "`layer.output` is not there after the call: each layer should remember its z.",
            ),
            Slip(
                "first-inputs-kept",
                (
                    ("    for layer, activation", "    first = x\n    for layer, activation"),
                    (KEEP_INPUTS, "        layer.inputs = first\n"),
                ),
                "`layer.inputs` is the same for all: each layer remembers the network's inputs, not its own.",
            ),
            Slip(
                "output-kept-as-inputs",
                ((KEEP_INPUTS, ""), ("layer.output)\n", "layer.output)\n" + KEEP_INPUTS)),
                "`layer.inputs` is what came *out* of the block. Remember x before it is made anew.",
            ),
            Slip(
                "z-kept-as-inputs",
                ((KEEP_INPUTS, ""), ("layer(x)\n", "layer(x)\n        layer.inputs = layer.output\n")),
                "`layer.inputs` is z. It should be the x that the layer read.",
            ),
            Slip(
                "two-blocks-only",
                (("in layers", "in layers[:2]"),),
                "Only the first two blocks are gone through, and a network may have more: here it has three. A loop "
                "takes as many as `layers` holds.",
            ),
            Slip(
                "bias-left-out",
                (("layer(x)", "layer.weights @ x"),),
                "z is W @ x without the bias. `layer(x)` asks the layer itself for its z, with the bias in it.",
            ),
            Slip(
                "layer-left-out",
                (("layer(x)", "x"),),
                "x goes through the activations alone: the layer itself is never asked.",
            ),
            Slip(
                "x-not-handed-on",
                (("        x = activation", "        a = activation"), ("return x", "return a")),
                "Every layer gets the first x. The next block should get what this one gave.",
            ),
            Slip(
                "z-handed-on",
                (("        x = activation(layer.output)\n    return x",
                  "        a, x = activation(layer.output), layer.output\n    return a"),),
                "The next block gets z as it is. It should get what the activation makes of it.",
            ),
            Slip(
                "input-returned",
                (("        x = activation", "        a = activation"),),
                "What you return is x as it came in. Does what the activation gives become the new x?",
            ),
            Slip(
                "first-block-only",
                (("    return x", "        return x"),),
                "You return after the first block: `return` stands inside the loop.",
            ),
            Slip(
                "backwards",
                (("in layers", "in reversed(layers)"),),
                "The blocks come in the wrong order: forward begins with the first.",
            ),
            Slip("first-left-out", (("in layers", "in layers[1:]"),), "The first block is left out."),
            Slip("last-left-out", (("in layers", "in layers[:-1]"),), "The last block is left out."),
            Slip(
                "bend-twice",
                (("activation(layer.output)", "activation(activation(layer.output))"),),
                "The activation is applied twice.",
            ),
        ),
        hints=(
            "A loop over the blocks: `for layer, activation in layers:`.",
            "Three lines inside: remember x, remember z, make the new x.",
            "`layer.output` is what `layer(x)` gives; `x` becomes what the activation makes of it.",
        ),
        praise="Each layer remembers what it read and what it gave: the way back lives on that.",
    ),
    Exercise(
        number="09.4",
        title="Update",
        piece="update_layers",
        cases=NETWORKS,
        call=call_update,
        tried=network_of,
        mistakes=(
            Slip(
                "zeros-left-out",
                (("return 2 * len(layers)", "return sum(array.any() for layer, _ in layers for array in "
                  "(layer.grad_weights, layer.grad_bias))"),),
                "One of these gradients is all 0, and its array is left out: you return {yours}. The optimiser is "
                "asked for each array: one with a memory moves it all the same.",
            ),
            *(Slip(
                "step-outside-the-loop",
                ((step, ""), ("    return 2", f"{step[4:]}    return 2"), *counted),
                f"Only the last layer's {name} made a step. Your line for it stands behind the loop, where only the "
                "last layer is at hand: put it into the loop.",
                steps_behind_a_loop,
            ) for step, name in ((STEP_BIAS, "bias has"), (STEP_WEIGHTS, "weights have"))
              for counted in ((), (("2 * len(layers)", "len(layers) + 1"),))),
            Slip(
                "bias-forgotten", ((STEP_BIAS, ""),), "A bias is as it was before. It is a parameter like the weights."
            ),
            Slip(
                "bias-forgotten",
                ((STEP_BIAS, ""), ("2 * len", "len")),
                "A bias is as it was before. It is a parameter like the weights, and counts as an array too.",
            ),
            Slip(
                "first-layer-left-out",
                (("in layers", "in layers[1:]"), ("len(layers)", "len(layers[1:])")),
                "The first layer is as it was before: the loop begins too late.",
            ),
            Slip(
                "last-layer-left-out",
                (("in layers", "in layers[:-1]"), ("len(layers)", "len(layers[:-1])")),
                "The last layer is as it was before: the loop ends too early.",
            ),
            Slip(
                "two-layers-only",
                (("in layers", "in layers[:2]"), ("len(layers)", "len(layers[:2])")),
                "Only the first two layers are updated, and a network may have more: here it has three. A loop takes "
                "as many as `layers` holds.",
            ),
            Slip(
                "two-layers-counted",
                (("2 * len(layers)", "4"),),
                "4 arrays are those of two layers, and here there are three. `len(layers)` knows how many.",
            ),
            Slip("weights-forgotten", ((STEP_WEIGHTS, ""),), "The weights are as they were before."),
            Slip(
                "bias-by-the-weights",
                (("layer.grad_bias", "layer.grad_weights.mean(axis=1, keepdims=True)"),),
                "The bias is moved by the gradient of the weights. It has its own, `layer.grad_bias`.",
            ),
            Slip(
                "bias-by-the-weights",
                (("layer.grad_bias", "layer.grad_weights.sum(axis=1, keepdims=True)"),),
                "The bias is moved by the gradient of the weights. It has its own, `layer.grad_bias`.",
            ),
            Slip(
                "bias-by-the-weights",
                (("layer.grad_bias", "layer.grad_weights"),),
                "The bias gets the gradient of the weights. It has its own, `layer.grad_bias`.",
                shows=lambda lines: any(".bias" in ast.unparse(one) and "grad_weights" in ast.unparse(one)
                                        for one in lines.every if isinstance(one, (ast.Call, ast.AugAssign))),
            ),
            Slip(
                "last-layer-only",
                (("in layers", "in layers[-1:]"),),
                "Only the last layer has been updated; the weights before it are as they were.",
            ),
            Slip(
                "last-layer-left-out",
                (("in layers", "in layers[:-1]"),),
                "The last layer is as it was before: the loop ends too early.",
            ),
            Slip(
                "first-layer-left-out",
                (("in layers", "in layers[1:]"),),
                "The first layer is as it was before: the loop begins too late.",
            ),
            Slip(
                "first-layer-only",
                (("    return 2", "        return 2"),),
                "Only the first layer has been updated: `return` stands inside the loop.",
            ),
            Slip(
                "uphill",
                (("layer.grad_weights", "-layer.grad_weights"), ("layer.grad_bias", "-layer.grad_bias")),
                "The parameters went up the slope. The optimiser has the minus already.",
            ),
            Slip(
                "gradients-emptied",
                ((STEP_BIAS, STEP_BIAS + "        layer.grad_weights[:] = 0\n        layer.grad_bias[:] = 0\n"),),
                "The gradients are 0 afterwards. A step reads them and leaves them as they are: the next way back "
                "makes new ones.",
            ),
            Slip(
                "miscounted",
                (("2 * len", "len"),),
                "What you return is the number of layers, and each layer has two arrays.",
            ),
            Slip(
                "numbers-counted",
                (("2 * len(layers)", "sum(a.weights.size + a.bias.size for a, _ in layers)"),),
                "What you return is the number of numbers; the arrays were asked for.",
            ),
            Slip(
                "gradients-moved",
                (
                    ("layer.weights, layer.grad_weights", "layer.grad_weights, layer.weights"),
                    ("layer.bias, layer.grad_bias", "layer.grad_bias, layer.bias"),
                ),
                "The weights are as they were before, and the gradients have been moved in their place. `step` takes "
                "the parameters first.",
            ),
            Slip(
                "own-step",
                (
                    (
                        "optimizer.step(layer.weights, layer.grad_weights)",
                        "layer.weights -= optimizer.learning_rate * layer.grad_weights",
                    ),
                    (
                        "optimizer.step(layer.bias, layer.grad_bias)",
                        "layer.bias -= optimizer.learning_rate * layer.grad_bias",
                    ),
                ),
                "You make SGD's step yourself. Another optimiser has another rule: ask `optimizer.step`, and it will "
                "work with all of them.",
            ),
            *(Slip(
                "own-step",
                ((f"optimizer.step(layer.{name}, layer.grad_{name})", f"layer.{name} -= {rate}layer.grad_{name}"),),
                f"You move `layer.{name}` yourself. What the step is, the optimiser says: `optimizer.step` for both.",
            ) for name in ("weights", "bias") for rate in ("", "optimizer.learning_rate * ")),
            Slip(
                "never-stepped",
                ((STEP_WEIGHTS + STEP_BIAS, "        pass\n"),),
                "Nothing has moved: `optimizer.step` is never called. To count the arrays is half of it.",
                lambda lines: not lines.uses("step"),
            ),
            Slip(
                "taken-from-itself",
                ((STEP_WEIGHTS, STEP_WEIGHTS.replace("optimizer", "layer.weights -= optimizer")),
                 (STEP_BIAS, STEP_BIAS.replace("optimizer", "layer.bias -= optimizer"))),
                "All parameters are 0. `step` has moved the array already, and gives it back: you take it away from "
                "itself. The call alone is enough.",
            ),
            Slip(
                "copy-moved",
                (
                    ("optimizer.step(layer.weights,", "optimizer.step(layer.weights.copy(),"),
                    ("optimizer.step(layer.bias,", "optimizer.step(layer.bias.copy(),"),
                ),
                "The weights are as they were before: a copy of them has been moved.",
            ),
            Slip(
                "copy-put-in-place",
                (
                    ("optimizer.step(layer.weights,", "layer.weights = optimizer.step(layer.weights.copy(),"),
                    ("optimizer.step(layer.bias,", "layer.bias = optimizer.step(layer.bias.copy(),"),
                ),
                "{whole:The numbers are right, but the|The} layers hold new arrays: a copy was moved. Who remembers "
                "an array, as the optimiser of lesson 12 will, still holds the old one. Hand "
                "`layer.weights` itself to `step`.",
            ),
            Slip(
                "stepped-twice",
                ((STEP_WEIGHTS, 2 * STEP_WEIGHTS),),
                "The weights make two steps. One step for each was asked for.",
            ),
            Slip(
                "stepped-twice",
                ((STEP_BIAS, 2 * STEP_BIAS),),
                "The bias makes two steps. One step for each was asked for.",
            ),
            Slip(
                "stepped-twice",
                ((STEP_WEIGHTS, 2 * STEP_WEIGHTS), (STEP_BIAS, 2 * STEP_BIAS)),
                "Every parameter makes two steps. One was asked for.",
            ),
            Slip(
                "last-counted",
                (
                    ("for layer, _ in layers:\n", "for layer, _ in layers:\n        count = 2\n"),
                    ("return 2 * len(layers)", "return count"),
                ),
                "What you return is the count of one layer alone. The arrays of all layers are to be counted.",
            ),
            Slip(
                "gradients-crossed",
                (("layer.bias, layer.grad_bias", "layer.bias, layer.grad_weights[:, :1]"),),
                "The bias steps along the gradient of the weights.",
            ),
        ),
        hints=(
            "A loop over the blocks; the activation has nothing to update.",
            "`optimizer.step(layer.weights, …)` changes the weights in place.",
            "Two calls for each layer, so twice as many arrays as layers.",
        ),
        praise="The optimiser never asks what the numbers are for.",
    ),
    Exercise(
        number="09.5",
        title="Your network",
        piece="NeuralNetwork",
        cases=NETWORKS,
        call=call_network,
        tried=network_of,
        needs=("09.3", "09.4"),
        mistakes=(
            Slip(
                "bend-skipped",
                ((" * activation.gradient(layer.output)", ""),),
                "The gradients are wrong: on the way back the slope of the bend is missing.",
            ),
            Slip(
                "slope-at-output",
                (("gradient(layer.output)", "gradient(activation(layer.output))"),),
                "The gradients are wrong: the slope of the bend is taken at what came out of it. Where is z?",
            ),
            Slip(
                "slope-at-the-end",
                (("gradient(layer.output)", "gradient(self.output)"),),
                "The gradients are wrong: every block takes its slope at the network's output. Each has its own z.",
            ),
            Slip(
                "biases-stay",
                ((UPDATE, "        for layer, _ in self.layers:\n            self.optimizer.step(layer.weights, "
                  "layer.grad_weights)\n"),),
                "After `update` the biases are as before: the weights alone have moved.",
            ),
            *(Slip(
                "another-optimizer",
                ((UPDATE, UPDATE.replace("self.optimizer", f"{name}(0.1)")),),
                "`update` steps with an optimiser that it makes itself. The network was given one when it was made: "
                "`self.optimizer`.",
            ) for name in ("SGD", "Momentum", "Adam")),
            Slip(
                "last-bend-only",
                ((BACK, BACK.replace("grad * activation.gradient(layer.output)", "grad * activation.gradient("
                  "layer.output) if layer is self.layers[-1][0] else grad")),),
                "The slope of the bend is taken at the last block alone. Each block has its bend, and each bend its "
                "slope.",
            ),
            Slip(
                "gradient-for-dz",
                ((BACK, "            dz = grad * activation.gradient(layer.output)\n            layer.backward(dz)\n"
                  "            grad = layer.weights.T @ grad\n"),),
                "What goes further back is the weights times what came *into* the block. It is the weights times dz, "
                "with the slope of the bend in it: `layer.backward(…)` gives just that.",
            ),
            Slip(
                "last-bend-skipped",
                ((BACK, BACK.replace("grad * a", "grad if layer is self.layers[-1][0] else grad * a")),),
                "The way back goes into the last layer without the slope of its activation. That bend comes first: the "
                "loss has seen what it gave.",
            ),
            *(Slip(
                "slope-at-the-gradient",
                ((BACK, BACK.replace("grad * activation.gradient(layer.output)", wrong)),),
                "The slope of the bend is taken at the gradient that comes back. The bend saw the layer's z: "
                "`activation.gradient(layer.output)`.",
            ) for wrong in ("activation.gradient(grad)", "grad * activation.gradient(grad)")),
            Slip(
                "own-step",
                ((UPDATE, OWN_STEP),),
                "You make SGD's step yourself. Another optimiser has another rule, and your `update_layers` asks it: "
                "call that.",
            ),
            Slip(
                "network-not-called",
                (("output = self(x)", "output = forward(self.layers, x)"),),
                "`fit` never calls the network itself. `self(x)` builds the layers, the first time, and remembers the "
                "output for the way back.",
                lambda lines: not fit_calls(lines, "self", "self.__call__"),
            ),
            Slip(
                "bend-for-slope",
                (("activation.gradient(layer.output)", "activation(layer.output)"),),
                "The gradients are wrong: they are multiplied by what the activation gives, not by its slope.",
            ),
            Slip(
                "not-handed-on",
                (("grad = layer.backward(", "layer.backward("),),
                "{whole:The last layer's gradients are right, those before it|Those before the last "
                "layer's} are wrong: each block should get what the block after it hands back.",
            ),
            Slip(
                "not-handed-on",
                ((BACK, "            grad = grad * activation.gradient(layer.output)\n"
                  "            layer.backward(grad)\n"),),
                "What `layer.backward` hands back is lost: it is what the block before goes on with.",
            ),
            Slip(
                "two-blocks-only",
                (("reversed(self.layers)", "reversed(self.layers[:2])"),),
                "The way back goes through two blocks alone, and a network may have more: here it has three. A loop "
                "takes as many as `self.layers` holds.",
            ),
            Slip(
                "last-layer-only",
                ((BACK, BACK + "            break\n"),),
                "{whole:The last layer's gradients are right; the others|The gradients before the last layer's} are "
                "never worked out.",
            ),
            Slip(
                "not-reversed",
                (("reversed(self.layers)", "self.layers"),),
                "The way back begins at the first block. It should begin at the last: the loss is there.",
                lambda lines: not (lines.uses("reversed") or lines.has(ast.USub)),
            ),
            Slip(
                "labels-swapped",
                (("gradient(self.output, labels)", "gradient(labels, self.output)"),),
                "The gradients have the wrong sign. Which comes first in `loss.gradient`, the output or the labels?",
            ),
            Slip(
                "difference-for-slope",
                (("self.loss.gradient(self.output, labels)", "self.output - labels"),),
                "The way back begins with output − labels. The loss has a slope of its own: `self.loss.gradient(…)`.",
            ),
            *(Slip(
                "difference-for-slope",
                (("self.loss.gradient(self.output, labels)", wrong),),
                "The way back begins with a difference of output and labels, by a number. The loss has a slope of its "
                "own: `self.loss.gradient(…)`.",
            ) for wrong in ("(self.output - labels) / labels.shape[1]", "2 * (self.output - labels)",
                            "2 * (self.output - labels) / labels.shape[1]")),
            Slip(
                "loss-for-slope",
                (("self.loss.gradient(self.output, labels)", "self.loss(self.output, labels)"),),
                "The way back begins with the loss itself. It should begin with its slope, `self.loss.gradient(…)`.",
            ),
            Slip(
                "output-not-kept",
                (
                    (
                        "self.output = forward(self.layers, x)\n        return self.output",
                        "return forward(self.layers, x)",
                    ),
                ),
                "The way back asks for the output, and it is not there: `__call__` should remember what it returns.",
                lambda lines: "output" not in lines.changed_of_self("__call__"),
            ),
            *(Slip(
                "nothing-remembered",
                (("self.output = forward(self.layers, x)\n        return self.output",
                  f"for layer, activation in self.layers:\n{kept}            x = activation(layer(x))\n"
                  "        self.output = x\n        return x"),),
                f"`__call__` goes through the layers itself, and no layer remembers {what}. The way back needs both "
                "what each has read and its z: your `forward` sees to that.",
                lambda lines: not lines.has_call("forward"),
            ) for kept, what in (("", "its z"), ("            layer.output = layer(x)\n", "what it has read"))),
            Slip(
                "loss-before-forward",
                ((PHASES, "            losses.append(self.loss(self.output, y))\n            self(x)\n"
                  "            self.backward_step(y)\n            self.update()\n"),),
                "`fit` asks for the loss before the network has looked at x. Forward comes first, in every epoch.",
                lambda lines: "output" in lines.changed_of_self("__call__"),
            ),
            *(Slip(
                "slope-behind-the-layer",
                ((BACK, BACK.replace("backward(grad * activation.gradient(layer.output))",
                                     f"backward(grad) * activation.gradient(layer.{at})")),),
                "The slope of the bend comes after `layer.backward`, and belongs before it: on the way back the "
                "activation is met first, then its layer.",
            ) for at in ("output", "inputs")),
            Slip(
                "z-for-output",
                (("gradient(self.output, labels)", "gradient(self.layers[-1][0].output, labels)"),),
                "The way back begins with the slope of the loss at the last z. The loss has seen what the activation "
                "made of it: `self.output`.",
            ),
            Slip(
                "z-returned",
                (("self.output = forward(self.layers, x)\n", "forward(self.layers, x)\n"
                  "        self.output = self.layers[-1][0].output\n"),),
                "`__call__` gives the last z. `forward` returns what the last activation makes of it: that is the "
                "output.",
            ),
            Slip(
                "inputs-returned",
                (("return self.output", "return x"),),
                "`__call__` returns x, what came in. What it remembers as `self.output` is wanted.",
            ),
            *(Slip(
                "answer-for-output",
                (("return self.output", f"return {answer}"),),
                "`__call__` makes yes or no of the output. The loss needs the number itself; whoever wants an answer "
                "can compare it later.",
                lambda lines: lines.has(ast.Compare) or lines.uses("round", "rint", "where"),
            ) for answer in ("(self.output > 0.5).astype(float)", "self.output.round()")),
            Slip(
                "moved-for-each-layer",
                ((PHASES, PHASES.replace("            self.update()\n",
                                         "            for _ in self.layers:\n                self.update()\n")),),
                "`fit` makes a step for each layer in every epoch. `update` moves all of them at once: one is enough.",
                lambda lines: any("self.update()" in ast.unparse(loop) for loop in lines.every
                                  if isinstance(loop, ast.For) and "layers" in ast.unparse(loop.iter)),
            ),
            Slip(
                "no-loss-kept",
                (("losses.append(self.loss(output, y))", "self.loss(output, y)"),),
                "The list that `fit` returns is empty: each loss is worked out, and none is kept. `losses.append(…)` "
                "keeps it.",
            ),
            Slip(
                "moved-twice-an-epoch",
                ((PHASES, PHASES + "            self.update()\n"),),
                "The weights make two steps in each epoch of `fit`. One was asked for: one update for each look at x.",
            ),
            Slip(
                "two-rounds-an-epoch",
                ((PHASES, PHASES + "            self(x)\n            self.backward_step(y)\n"
                  "            self.update()\n"),),
                "`fit` goes forward and back and updates twice in each epoch. An epoch is all of that once.",
            ),
            *(Slip(
                "one-by-one",
                ((PHASES, before + "            for k in range(x.shape[1]):\n" + inside
                  + "                self.backward_step(y[:, [k]])\n                self.update()\n" + after),),
                "`fit` makes a step for every single example. All of x goes through the network at once here, and an "
                "epoch has one update.",
            ) for before, inside, after in (
                ("            losses.append(self.loss(self(x), y))\n", "                self(x[:, [k]])\n", ""),
                ("", "                losses.append(self.loss(self(x[:, [k]]), y[:, [k]]))\n", ""),
                ("            total = 0\n", "                total += self.loss(self(x[:, [k]]), y[:, [k]])\n",
                 "            losses.append(total / x.shape[1])\n"),
            )),
            Slip(
                "update-in-backward",
                ((BACK, BACK + MOVED), (UPDATE, "        pass\n")),
                "`backward_step` moves the weights already, and `update` does nothing. The phases are kept apart so "
                "that the gradients can be looked at before anything moves: the step belongs in `update`.",
            ),
            Slip(
                "moved-twice",
                ((BACK, BACK + MOVED),),
                "`backward_step` moves the weights already, and `update` moves them again. The step belongs in "
                "`update` alone.",
            ),
            Slip(
                "update-called-in-backward",
                ((BACK, BACK + "        self.update()\n"), (PHASES, PHASES.replace("            self.update()\n", ""))),
                "`backward_step` calls `update`, so the weights move before the gradients could be looked at. The "
                "phases are kept apart: `fit` calls one after the other.",
            ),
            Slip(
                "nothing-moves",
                ((UPDATE, "        pass\n"),),
                "After `update` the weights are as before. Does `update` do anything?",
                lambda lines: not any(".step(" in one or "update_layers(" in one for one in lines.calls_in("update")),
            ),
            *(Slip(
                "one-layer-moves",
                ((UPDATE, f"        update_layers([self.layers[{place}]], self.optimizer)\n"),),
                f"`update` moves the {which} layer alone. Every layer has its step.",
            ) for place, which in ((-1, "last"), (0, "first"))),
            Slip(
                "nothing-moves-in-fit",
                (("            self.update()\n", ""),),
                "The losses of `fit` stay the same: nothing moves. Are all four phases in the loop?",
                lambda lines: not fit_calls(lines, "self.update"),
            ),
            Slip(
                "nothing-moves-in-fit",
                (("            self.backward_step(y)\n", ""),),
                "The losses of `fit` stay the same: nothing moves. Are all four phases in the loop?",
                lambda lines: not fit_calls(lines, "self.backward_step"),
            ),
            Slip(
                "output-for-labels",
                (("self.backward_step(y)", "self.backward_step(output)"),),
                "`fit` hands the output to `backward_step`, where the labels belong. From the output to itself there "
                "is no distance: all gradients are 0, and nothing moves.",
                hands_on_the_output,
            ),
            Slip(
                "inputs-for-labels",
                (("self.backward_step(y)", "self.backward_step(x)"),),
                "`fit` hands the inputs to `backward_step`, where the labels belong.",
                lambda lines: "self.backward_step(x)" in fit_calls(lines, "self.backward_step"),
            ),
            Slip(
                "loss-after-update",
                (
                    (
                        PHASES,
                        "            output = self(x)\n            self.backward_step(y)\n"
                        "            self.update()\n            losses.append(self.loss(self(x), y))\n",
                    ),
                ),
                "The losses of `fit` were measured after the update. The first should "
                "be that of the untrained network.",
            ),
            Slip(
                "update-before-backward",
                (
                    (
                        "            self.backward_step(y)\n            self.update()\n",
                        "            self.update()\n            self.backward_step(y)\n",
                    ),
                ),
                "In the first epoch of `fit` nothing moves. Which comes first, backward or update?",
            ),
            Slip(
                "forward-once",
                (("            output = self(x)\n", "            output = output if losses else self(x)\n"),),
                "The losses of `fit` are always the same: the network has to look again in every epoch.",
                lambda lines: not looks_in_every_epoch(lines),
            ),
            *(Slip(
                "backward-before-forward",
                ((PHASES, phases),),
                "`fit` goes back before the network has looked at x. Forward comes first, in every epoch.",
            ) for phases in (
                "            self.backward_step(y)\n            self.update()\n"
                "            losses.append(self.loss(self(x), y))\n",
                "            self.backward_step(y)\n            losses.append(self.loss(self(x), y))\n"
                "            self.update()\n",
            )),
            Slip("one-epoch-too-few", (("range(epochs)", "range(epochs - 1)"),), "`fit` trains one epoch too few."),
            Slip("one-epoch-too-many", (("range(epochs)", "range(epochs + 1)"),), "`fit` trains one epoch too many."),
            Slip(
                "one-epoch-only",
                (("        return losses", "            return losses"),),
                "`fit` ends after the first epoch: `return` stands inside the loop.",
            ),
            Slip(
                "loss-swapped",
                (("self.loss(output, y)", "self.loss(y, output)"),),
                "Which comes first in `self.loss(…)`, the output or the labels?",
            ),
            Slip(
                "last-loss-only",
                (("return losses", "return losses[-1]"),),
                "`fit` returns one number, the last loss. A list was asked for, one loss for each epoch.",
            ),
            Slip(
                "built-anew-each-epoch",
                (("            output = self(x)\n", "            self.build(len(x))\n            output = self(x)\n"),),
                "The network is built anew in every epoch: it draws new weights and forgets all it has learnt.",
            ),
            Slip(
                "built-anew-in-each-call",
                (("        self.output = forward", "        self.build(len(x))\n        self.output = forward"),),
                "Every call builds the network anew: it draws new weights and forgets all it has learnt.",
            ),
            Slip(
                "layers-turned-round",
                (("        for layer, activation in reversed(self.layers):\n",
                  "        self.layers = self.layers[::-1]\n        for layer, activation in self.layers:\n"),),
                "`backward_step` turns `self.layers` round, and so they stay: the next way forward begins at the last. "
                "`reversed(self.layers)` goes through them from the end and leaves them as they are.",
                lambda lines: "layers" in lines.changed_of_self("backward_step"),
            ),
            Slip(
                "gradients-pile-up",
                ((BACK, PILED_UP),),
                "The gradients of a backward pass are added to those of the pass before. Each pass begins anew.",
            ),
            Slip(
                "slope-at-inputs",
                (("gradient(layer.output)", "gradient(layer.inputs)"),),
                "The slope of the bend is taken at `layer.inputs`, what the layer read. The bend saw the layer's z.",
                lambda lines: any(".gradient(" in one and ".inputs)" in one for one in lines.calls_in("backward_step")),
            ),
            Slip(
                "output-for-loss",
                (("append(self.loss(output, y))", "append(output)"),),
                "`fit` notes the output, an array for each epoch. The loss is one number: `self.loss(…)`.",
            ),
            Slip(
                "slope-for-loss",
                (("append(self.loss(output, y))", "append(self.loss.gradient(output, y))"),),
                "`fit` notes the slope of the loss, an array for each epoch. The loss is one number: `self.loss(…)`.",
            ),
        ),
        hints=(
            "`forward` and `update_layers` are yours already: two of the four methods are calls of them.",
            "In `backward_step`, `grad` times the slope at `layer.output` goes into `layer.backward`. What comes out "
            "is the next `grad`.",
            "In `fit`: output, loss, backward_step, update. Exercise 09.2 has the order.",
        ),
        praise="A network, from the first line to the last, and every line is yours.",
    ),
    Choice(
        number="09.6",
        title="Recall: a falling loss",
        right="a",
        options={
            "a": "Lesson 08's published line made the loss fall too.",
            "b": "Lesson 08 had a wrong line whose loss fell.",
            "c": "It has only been measured on the examples it learned from.",
        },
        hints=(
            "Think of the three curves in lesson 08.",
            "One of them fell and was wrong.",
            "What did a gradient check prove that the curve did not?",
        ),
        praise="Something learns. What, and whether rightly, is for the gradient check to say.",
    ),
    Choice(
        number="09.7",
        title="Recall: the price of a confident mistake",
        right="b",
        options={
            "a": "That would be the price if the label were 1.",
            "b": "The truth, 0, was given the probability 0.1.",
            "c": "That is the squared error.",
        },
        hints=(
            "Which probability did the network give to the truth?",
            "1 − 0.9.",
            "Cross-entropy is minus the logarithm of what the truth was given.",
        ),
        praise="The truth got 0.1, and −log 0.1 is about 2.3.",
    ),
)
