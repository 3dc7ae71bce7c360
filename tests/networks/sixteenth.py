"""Parts with one wrong line each, in a network that is right otherwise."""

import numpy as np

from nnlib import (
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
