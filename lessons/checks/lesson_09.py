"""The exercises of lesson 09, Close the loop."""

import itertools

import numpy as np

from lessons.checks.exercise import Choice, Exercise, Mistake, Order, Prediction

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
RATE, EPOCHS = 0.25, 3


class Layer:
    """A layer that goes back as lesson 07's does; `build` keeps the weights that it was given."""

    def __init__(self, weights, bias):
        self.weights, self.bias, self.units = weights.copy(), bias.copy(), len(weights)
        self.inputs = self.output = None
        self.grad_weights, self.grad_bias = np.zeros_like(weights), np.zeros_like(bias)

    def build(self, features, rng, dtype=float):
        pass

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias

    def backward(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz


class Bend:
    """tanh: its slope is another at z than at tanh z, so that a slope at the wrong place shows."""

    def __call__(self, z):
        return np.tanh(z)

    def gradient(self, z):
        return 1 - np.tanh(z) ** 2


class Squares:
    def __call__(self, output, labels):
        return float(((output - labels) ** 2).mean())

    def gradient(self, output, labels):
        return 2 * (output - labels) / len(output)


class Steps:
    """The optimiser of lesson 05."""

    def __init__(self):
        self.learning_rate = RATE

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients
        return parameters


def blocks(weights, biases):
    return tuple((Layer(w, b), Bend()) for w, b in zip(weights, biases, strict=True))


def held(layers, *names):
    """What the layers hold under these names, with words that say which."""
    found = {}
    for name in names:
        for number, (layer, _) in enumerate(layers, start=1):
            array = getattr(layer, name)
            found[f"{name} of layer {number} of {len(layers)}"] = np.zeros(0) if array is None else array
    return found


def call_forward(piece, weights, biases, x, labels):
    layers = blocks(weights, biases)
    returned = piece(layers, x)
    return returned if returned is Ellipsis else {"what is returned": returned, **held(layers, "inputs", "output")}


def wrong_forward(weights, biases, x, labels, bend=True, last_bend=True, keep="z", inputs="in"):
    layers = blocks(weights, biases)
    for number, (layer, activation) in enumerate(layers, start=1):
        layer.inputs = {"in": x, "first": layers[0][0].inputs if number > 1 else x}[inputs]
        z = layer(x)
        bends = bend and (last_bend or number < len(layers))
        x = activation(z) if bends else z
        layer.output = {"z": z, "a": x}[keep]
    return {"what is returned": x, **held(layers, "inputs", "output")}


def with_gradients(weights, biases, x, labels):
    layers = blocks(weights, biases)
    for number, (layer, _) in enumerate(layers, start=1):
        layer.grad_weights, layer.grad_bias = number * layer.weights + 1.0, 2.0 * number + layer.bias
    return layers


def call_update(piece, weights, biases, x, labels):
    layers = with_gradients(weights, biases, x, labels)
    returned = piece(layers, Steps())
    return returned if returned is Ellipsis else {"what is returned": returned, **held(layers, "weights", "bias")}


def wrong_update(weights, biases, x, labels, only=("weights", "bias"), last=False, sign=1, counted=2, crossed=False):
    layers = with_gradients(weights, biases, x, labels)
    for layer, _ in layers[-1:] if last else layers:
        for name in only:
            array, gradient = getattr(layer, name), getattr(layer, f"grad_{name}")
            if crossed:
                array, gradient = gradient, array
            array -= sign * RATE * gradient
    return {"what is returned": counted * len(layers), **held(layers, "weights", "bias")}


def call_network(piece, weights, biases, x, labels):
    """Every phase by itself, then three epochs of `fit` with a new network."""
    layers = blocks(weights, biases)
    network = piece(layers, Squares(), Steps())
    output = network(x)
    if output is Ellipsis or output is None:
        return output
    network.backward_step(labels)
    gradients = held(layers, "grad_weights", "grad_bias")
    gradients = {f"after backward_step, {name}": array.copy() for name, array in gradients.items()}
    network.update()
    stepped = {f"after update, {name}": array.copy() for name, array in held(layers, "weights", "bias").items()}
    fresh = blocks(weights, biases)
    losses = piece(fresh, Squares(), Steps()).fit(x, labels, EPOCHS)
    losses = np.array(losses, dtype=float) if isinstance(losses, (list, tuple)) else losses
    fitted = {f"after fit, {name}": array for name, array in held(fresh, "weights").items()}
    return {"what network(x) returns": output, **gradients, **stepped, "the list that fit returns": losses, **fitted}


class WrongNetwork:
    """A network with one of the usual slips."""

    def __init__(self, layers, loss, optimizer, slip):
        self.layers, self.loss, self.optimizer, self.slip = layers, loss, optimizer, slip

    def __call__(self, x):
        for layer, activation in self.layers:
            layer.inputs, layer.output = x, layer(x)
            x = activation(layer.output)
        self.output = x
        return x

    def backward_step(self, labels):
        given = (labels, self.output) if self.slip == "swapped" else (self.output, labels)
        grad = self.loss.gradient(*given)
        for layer, activation in reversed(self.layers):
            if self.slip == "bend-skipped":
                dz = grad
            elif self.slip == "slope-at-output":
                dz = grad * activation.gradient(activation(layer.output))
            else:
                dz = grad * activation.gradient(layer.output)
            back = layer.backward(dz)
            grad = grad if self.slip == "not-handed-on" else back
            if self.slip == "last-layer-only":
                break

    def update(self):
        if self.slip == "nothing-moves":
            return
        for layer, _ in self.layers:
            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)

    def fit(self, x, y, epochs):
        losses = []
        output = self(x)
        for epoch in range(epochs):
            if self.slip != "forward-once" and not (self.slip == "loss-after-update" and epoch):
                output = self(x)
            if self.slip != "loss-after-update":
                losses.append(self.loss(output, y))
            if self.slip == "update-first":
                self.update()
                self.backward_step(y)
                continue
            self.backward_step(y)
            if self.slip != "no-update":
                self.update()
            if self.slip == "loss-after-update":
                output = self(x)
                losses.append(self.loss(output, y))
        return losses[-1] if self.slip == "last-loss" else losses


def slipped(slip):
    return lambda **given: call_network(lambda *parts: WrongNetwork(*parts, slip), **given)


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
        extra={"D": "It would draw new random weights in every epoch, and forget all that was learned."},
        also=("CBFEA",),
        before=(
            ("C", "B", "It belongs into the loop."),
            ("C", "E", "It belongs into the loop."),
            ("C", "F", "It belongs into the loop."),
            ("C", "A", "It belongs into the loop."),
            ("B", "E", "It needs `output`, which is not there yet."),
            ("B", "F", "The way back needs what the way forward remembers."),
            ("F", "A", "It would step with gradients that nobody has worked out yet."),
            ("E", "A", "The output belongs to the weights before the step: measure it before they move."),
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
        cases=NETWORKS,
        call=call_forward,
        mistakes=(
            Mistake("bend-missing", lambda **g: wrong_forward(**g, bend=False),
                    "The first wrong one is {yours}: z goes on to the next block as it is. Where is the activation?"),
            Mistake("last-bend-missing", lambda **g: wrong_forward(**g, last_bend=False),
                    "You return {yours}: the last block's z, without its activation."),
            Mistake("activation-kept-for-z", lambda **g: wrong_forward(**g, keep="a"),
                    "`layer.output` is {yours}: that is what the activation gave. The way back needs z, before the "
                    "bend."),
            Mistake("first-inputs-kept", lambda **g: wrong_forward(**g, inputs="first"),
                    "`layer.inputs` is {yours}: each layer remembers the network's inputs, not its own."),
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
        mistakes=(
            Mistake("bias-forgotten", lambda **g: wrong_update(**g, only=("weights",)),
                    "A bias is {yours}, as it was before. It is a parameter like the weights."),
            Mistake("weights-forgotten", lambda **g: wrong_update(**g, only=("bias",)),
                    "Weights are {yours}, as they were before."),
            Mistake("last-layer-only", lambda **g: wrong_update(**g, last=True),
                    "Weights are {yours}, as they were before: only the last layer has been updated."),
            Mistake("uphill", lambda **g: wrong_update(**g, sign=-1),
                    "Weights are {yours}: they went up the slope. The optimiser has the minus already."),
            Mistake("miscounted", lambda **g: wrong_update(**g, counted=1),
                    "The step is right. You return {yours}: each layer has two arrays."),
            Mistake("gradients-moved", lambda **g: wrong_update(**g, crossed=True),
                    "Weights are {yours}, as they were before: the gradients have been moved in their place. "
                    "`step` takes the parameters first."),
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
        needs=("09.3", "09.4"),
        mistakes=(
            Mistake("bend-skipped", slipped("bend-skipped"),
                    "The gradients are wrong, the first is {yours}: on the way back the slope of the bend is missing."),
            Mistake("slope-at-output", slipped("slope-at-output"),
                    "The gradients are wrong, the first is {yours}: the slope of the bend is taken at what came out of "
                    "it. Where is z?"),
            Mistake("not-handed-on", slipped("not-handed-on"),
                    "The last layer's gradients are right, the first wrong one is {yours}: each block should get what "
                    "the block after it hands back."),
            Mistake("last-layer-only", slipped("last-layer-only"),
                    "The last layer's gradients are right, the first wrong one is {yours}: the others are never worked "
                    "out."),
            Mistake("labels-swapped", slipped("swapped"),
                    "The gradients have the wrong sign: the first is {yours}. Which comes first in `loss.gradient`, "
                    "the output or the labels?"),
            Mistake("nothing-moves", slipped("nothing-moves"),
                    "After `update` the first weights are {yours}, as before. Does `update` do anything?"),
            Mistake("nothing-moves-in-fit", slipped("no-update"),
                    "Each phase is right by itself. The losses of `fit` are {yours}: nothing moves. "
                    "Are all four phases in the loop?"),
            Mistake("loss-after-update", slipped("loss-after-update"),
                    "Each phase is right by itself. The losses of `fit` are {yours}: measured after the update. The "
                    "first should be that of the untrained network."),
            Mistake("update-before-backward", slipped("update-first"),
                    "Each phase is right by itself. The losses of `fit` are {yours}: in the first epoch nothing moves. "
                    "Which comes first, backward or update?"),
            Mistake("forward-once", slipped("forward-once"),
                    "Each phase is right by itself. The losses of `fit` are {yours}, always the same: the network has "
                    "to look again in every epoch."),
            Mistake("last-loss-only", slipped("last-loss"),
                    "`fit` returns {yours}. A list was asked for, one loss for each epoch."),
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
