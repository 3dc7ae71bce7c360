"""Parts with one wrong line each, in a network that is right otherwise."""

import numpy as np

from nnlib import (
    SGD,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)

from . import case, classes, numbers, two_moons


def net(*blocks, loss=None):
    return NeuralNetwork(blocks, loss or BinaryCrossEntropy(), 0.1, seed=0)


class ErrorOfAll(Dense):
    def backward(self, grad_output):
        self.parameter_gradients(grad_output)
        below = self.weights.T @ grad_output
        return np.repeat(below.mean(axis=1, keepdims=True), below.shape[1], axis=1)


@case("error averaged over the examples before it goes down", "errors_alike")
def error_of_all():
    return net((ErrorOfAll(4), Tanh()), (ErrorOfAll(1), Sigmoid())), *two_moons()


class BiasTwice(Dense):
    def __call__(self, x):
        super().__call__(x)
        return self.weights @ x + self.bias + self.bias


@case("bias added twice", "bias_twice")
def bias_twice():
    return net((BiasTwice(4), Tanh()), (BiasTwice(1), Sigmoid())), *two_moons()


class OnlyOnes(BinaryCrossEntropy):
    def __call__(self, output, labels):
        return -np.mean(labels * np.log(output))


@case("cross-entropy of the examples with label 1 alone", "loss_term_missing")
def only_ones():
    return net((Dense(4), Tanh()), (Dense(1), Sigmoid()), loss=OnlyOnes()), *two_moons()


class OnAnyExample(ReLU):
    def gradient(self, z):
        return 1.0 * (z.sum(axis=1, keepdims=True) > 0) * np.ones_like(z)


@case("a unit's slope for all examples at once", "call_too_many", alone=True)
def on_any_example():
    return net((Dense(8), OnAnyExample()), (Dense(1), Sigmoid())), *two_moons()


class SharesOfClasses(CategoricalCrossEntropy):
    def gradient(self, output, labels):
        return -labels / output / labels.shape[0]


@case("cross-entropy's slope divided by the number of classes", "outputs_twice")
def shares_of_classes():
    return net((Dense(6), Tanh()), (Dense(4), Softmax()), loss=SharesOfClasses()), *classes()


class RootOfSquares(MeanSquaredError):
    def __call__(self, output, labels):
        return np.sqrt(np.mean((output - labels) ** 2))


@case("root mean square with the slope of the square", "loss_of_another")
def root_of_squares():
    return net((Dense(4), Tanh()), (Dense(1), Linear()), loss=RootOfSquares()), *numbers(outputs=1)


class Plain:
    """A layer of one's own."""

    def __init__(self, units):
        self.units, self.weights, self.bias = units, None, None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(self.units, features)) * 0.7, np.zeros((self.units, 1))

    def __call__(self, x):
        self.x = x
        return self.weights @ x + self.bias

    def backward(self, g):
        m = g.shape[1]
        self.grad_weights = g @ self.x.T / m
        self.grad_bias = g.mean(axis=1, keepdims=True)
        return self.weights.T @ g


class InputsAveraged(Plain):
    def __call__(self, x):
        self.x = x
        return self.weights @ x / len(x) + self.bias


@case("the products are divided by the number of inputs on the way up", "inputs_averaged")
def inputs_averaged():
    return net((InputsAveraged(4), Tanh()), (InputsAveraged(1), Sigmoid())), *two_moons()


class LastOfTheLoop(Plain):
    def backward(self, g):
        for i in range(g.shape[1]):
            self.grad_weights = g[:, i : i + 1] @ self.x[:, i : i + 1].T
            self.grad_bias = g[:, i : i + 1]
        return self.weights.T @ g


@case("a loop over the examples keeps the last, as a piece of what came in", "last_example_only")
def last_of_the_loop():
    return net((LastOfTheLoop(4), Tanh()), (LastOfTheLoop(1), Sigmoid())), *two_moons()


class Handing(Dense):
    """Makes its gradients and hands down, in one method."""

    def backward(self, dz):
        self.grad_weights, self.grad_bias = dz @ self.inputs.T / dz.shape[1], dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz


class Mine:
    """The network of lesson 09."""

    def __init__(self, layers, loss, optimizer):
        self.layers, self.loss, self.optimizer, self.rng = layers, loss, optimizer, np.random.default_rng(0)

    def __call__(self, x):
        for layer, activation in self.layers:
            if layer.weights is None:
                layer.build(len(x), self.rng)
            layer.inputs = x
            layer.output = layer(x)
            x = activation(layer.output)
        self.output = x
        return x

    def backward_step(self, labels):
        grad = self.loss.gradient(self.output, labels)
        for layer, activation in reversed(self.layers):
            grad = layer.backward(grad * activation.gradient(layer.output))

    def update(self):
        for layer, _ in self.layers:
            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)


def mine(layer, kind=Mine):
    return kind(((layer(4), Tanh()), (layer(1), Sigmoid())), BinaryCrossEntropy(), SGD(0.5)), *two_moons()


@case("right: the network of lesson 09 with a Dense that fills its gradients", alone=True)
def right_mine():
    return mine(Handing)


@case("the network of lesson 09 with nnlib's Dense, whose gradients nobody asks for", "gradients_not_asked", alone=True)
def never_asked():
    return mine(Dense)


class KeepsZ(Mine):
    def __call__(self, x):
        output = super().__call__(x)
        self.output = self.layers[-1][0].output
        return output


@case("z of the last layer is kept as the output", "other_output_kept", alone=True)
def keeps_z():
    return mine(Handing, KeepsZ)


class DropsUnits:
    """Drops a unit for all examples of the batch at once."""

    def __init__(self, rate=0.3, scaled=True, alike=1):
        self.rate, self.scaled, self.alike, self.rng = rate, scaled, alike, np.random.default_rng(0)

    def __call__(self, x):
        shape = (len(x), 1) if self.alike else (1, x.shape[1])
        self.mask = (self.rng.random(shape) >= self.rate) / (1 - self.rate if self.scaled else 1)
        return x * self.mask

    def predict(self, x):
        return x

    def backward(self, grad_output):
        return grad_output * self.mask


@case("right: a unit is dropped for all examples at once")
def drops_units():
    return net((Dense(8), ReLU(), DropsUnits()), (Dense(1), Sigmoid())), *two_moons()


@case("right: an example is dropped with all its units")
def drops_examples():
    return net((Dense(8), ReLU(), DropsUnits(alike=0)), (Dense(1), Sigmoid())), *two_moons()


@case("a unit is dropped for all examples at once, and the others stay as small", "dropout_unscaled")
def drops_units_unscaled():
    return net((Dense(8), ReLU(), DropsUnits(scaled=False)), (Dense(1), Sigmoid())), *two_moons()
