"""Wrong networks (and one right one) as they were posted in forums, or handed in."""

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, MeanSquaredError, NeuralNetwork, ReLU, Sigmoid, Tanh

from . import case, two_moons


def net(*blocks, loss=None, rate=0.1):
    return NeuralNetwork(blocks, loss or BinaryCrossEntropy(), rate, seed=0), *two_moons()


class OwnOutput(Dense):
    def parameter_gradients(self, g):
        m = g.shape[1]
        square = self.weights.shape[0] == self.weights.shape[1]
        self.grad_weights = g @ self.output.T / m if square else g @ self.inputs.T / m
        self.grad_bias = g.mean(axis=1, keepdims=True)


class OwnActivation(Dense):
    def __call__(self, x):
        z = super().__call__(x)
        self.a = np.tanh(z)
        return z

    def parameter_gradients(self, g):
        m = g.shape[1]
        square = self.weights.shape[0] == self.weights.shape[1]
        self.grad_weights = g @ self.a.T / m if square else g @ self.inputs.T / m
        self.grad_bias = g.mean(axis=1, keepdims=True)


class UnitsForM(Dense):
    def parameter_gradients(self, g):
        m = self.weights.shape[0]
        self.grad_weights = g @ self.inputs.T / m
        self.grad_bias = g.sum(axis=1, keepdims=True) / m


class FeaturesForM(Dense):
    def parameter_gradients(self, g):
        m = self.inputs.shape[0]
        self.grad_weights = g @ self.inputs.T / m
        self.grad_bias = g.sum(axis=1, keepdims=True) / m


@case("own z for input (square layers)", "own_output_for_input")
def own_output():
    return net((OwnOutput(2), Tanh()), (OwnOutput(2), Tanh()), (Dense(1), Sigmoid()))


@case("own activation for input (square layers)", "own_activation_for_input")
def own_activation():
    return net((OwnActivation(2), Tanh()), (OwnActivation(2), Tanh()), (Dense(1), Sigmoid()))


@case("m from the weights' rows", "units_for_examples")
def units_for_m():
    return net((UnitsForM(8), Tanh()), (UnitsForM(1), Sigmoid()))


@case("m from X.shape[0]", "features_for_examples")
def features_for_m():
    return net((FeaturesForM(8), Tanh()), (FeaturesForM(1), Sigmoid()))


class ValueForSlope(Sigmoid):
    def gradient(self, z):
        return self(z)


class ReLUValueForSlope(ReLU):
    def gradient(self, z):
        return np.maximum(z, 0)


class OneMinusA(Sigmoid):
    def gradient(self, z):
        a = self(z)
        return 1 - a


@case("sigmoid's value for its slope", "value_for_slope")
def sigmoid_value():
    return net((Dense(4), ValueForSlope()), (Dense(1), Sigmoid()))


@case("ReLU's value for its slope", "value_for_slope")
def relu_value():
    return net((Dense(8), ReLUValueForSlope()), (Dense(1), Sigmoid()))


@case("slope 1 - a", "slope_half_written")
def one_minus_a():
    return net((Dense(4), OneMinusA()), (Dense(1), Sigmoid()))


class Eager(Dense):
    rate = 0.5

    def parameter_gradients(self, g):
        super().parameter_gradients(g)
        self.weights -= self.rate * self.grad_weights
        self.bias -= self.rate * self.grad_bias


class EagerRebinding(Dense):
    rate = 0.5

    def backward(self, g):
        self.grad_weights = g @ self.inputs.T / g.shape[1]
        self.grad_bias = g.mean(axis=1, keepdims=True)
        self.weights = self.weights - self.rate * self.grad_weights
        self.bias = self.bias - self.rate * self.grad_bias
        return self.weights.T @ g


@case("weights updated in backward", "update_in_backward")
def eager():
    return net((Eager(4), Tanh()), (Eager(1), Sigmoid()), rate=0.5)


@case("weights replaced in backward", "update_in_backward")
def eager_rebinding():
    return net((EagerRebinding(4), Tanh()), (EagerRebinding(1), Sigmoid()), rate=0.5)


class NoBias(Dense):
    def __call__(self, x):
        super().__call__(x)
        return self.weights @ x


class PlainNoBias:
    def __init__(self, units):
        self.units, self.weights, self.bias = units, None, None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(self.units, features)), np.zeros((self.units, 1))

    def __call__(self, x):
        return self.weights @ x


class MinusBias(Dense):
    def __call__(self, x):
        super().__call__(x)
        return self.weights @ x - self.bias


@case("bias not added, new network", "bias_not_added")
def no_bias():
    return net((NoBias(4), Tanh()), (NoBias(1), Sigmoid()), rate=0.5)


@case("bias not added, trained network", "bias_not_added")
def no_bias_trained():
    model, x, y = no_bias()
    model.fit(x, y, epochs=20)
    return model, x, y


@case("bias not added, a class of one's own", "bias_not_added")
def plain_no_bias():
    return net((PlainNoBias(4), Tanh()), (PlainNoBias(1), Sigmoid()), rate=0.5)


@case("bias subtracted, new network", "bias_subtracted")
def minus_bias():
    return net((MinusBias(4), Tanh()), (MinusBias(1), Sigmoid()), rate=0.5)


class InPlaceReLU(ReLU):
    def __call__(self, z):
        z[z < 0] = 0
        return z


@case("ReLU in place, new network")
def in_place():
    return net((Dense(8), InPlaceReLU()), (Dense(1), Sigmoid()))


@case("ReLU in place, trained")
def in_place_trained():
    model, x, y = in_place()
    model.fit(x, y, epochs=30)
    return model, x, y


class Fused:
    """A layer with its sigmoid inside."""

    slip = None

    def __init__(self, units):
        self.units, self.weights, self.bias = units, None, None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(self.units, features)) * 0.7, np.zeros((self.units, 1))

    def __call__(self, x):
        self.x = x
        self.a = 1 / (1 + np.exp(-(self.weights @ x + self.bias)))
        return self.a

    def parameter_gradients(self, g):
        m = g.shape[1]
        d = g * self.a * (1 - self.a)
        self.grad_weights = (g if self.slip == "weights" else d) @ self.x.T / m
        self.grad_bias = (g if self.slip == "bias" else d).mean(axis=1, keepdims=True)

    def backward(self, g):
        d = g * self.a * (1 - self.a)
        return self.weights.T @ (g if self.slip == "down" else d)


def fused(slip):
    kind = type("Layer", (Fused,), {"slip": slip})
    return net((kind(4),), (kind(1),), loss=MeanSquaredError(), rate=0.5)


@case("layer with its activation inside")
def fused_right():
    return fused(None)


@case("activation inside, its slope forgotten in the weights", "slope_missing")
def fused_weights():
    return fused("weights")


@case("activation inside, its slope forgotten in the bias", "slope_missing")
def fused_bias():
    return fused("bias")


@case("activation inside, its slope forgotten on the way down", "slope_missing")
def fused_down():
    return fused("down")
