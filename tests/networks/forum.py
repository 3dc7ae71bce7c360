"""Wrong networks as they are posted, of a third round: written before anybody looked at what is said of them."""

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, Linear, MeanSquaredError, NeuralNetwork, ReLU, Sigmoid, Tanh

from . import case, two_moons

X, Y = two_moons()


def binary(*blocks, rate=0.3, **options):
    if "optimizer" not in options:
        options["learning_rate"] = rate
    return NeuralNetwork(blocks, BinaryCrossEntropy(), seed=0, **options), X, Y


def regression(loss):
    x = np.random.default_rng(7).normal(size=(2, 16))
    model = NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), loss, 0.1, seed=0)
    return model, x, np.array([[1.0, -0.5]]) @ x + 0.3


class FullyConnected:
    """A learner's layer that is right; those below change one line."""

    def __init__(self, units):
        self.units, self.weights, self.bias = units, None, None

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(0, 1, (self.units, features)) / np.sqrt(features)
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        self.x = x
        return self.weights @ x + self.bias

    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.x.T / dz.shape[1]
        self.grad_bias = dz.sum(axis=1, keepdims=True) / dz.shape[1]

    def backward(self, dz):
        return self.weights.T @ dz


class Regularised(Dense):
    lam = 0.5

    def parameter_gradients(self, dz):
        super().parameter_gradients(dz)
        self.grad_weights = self.grad_weights + self.lam / dz.shape[1] * self.weights


@case("L2 in the layer, and in the network too", "l2_added_twice")
def l2_twice():
    return binary((Regularised(5), Tanh()), (Regularised(1), Sigmoid()), regularization_factor=0.5)


class Undone(Regularised):
    lam = -1.0


@case("L2 with its sign turned", "l2_sign")
def l2_turned():
    return binary((Undone(5), Tanh()), (Undone(1), Sigmoid()), regularization_factor=0.5)


class CutOff(FullyConnected):
    def parameter_gradients(self, dz):
        super().parameter_gradients(dz)
        self.grad_weights, self.grad_bias = (np.clip(g, -0.02, 0.02) for g in (self.grad_weights, self.grad_bias))


@case("all gradients cut off, one number of the bias", "clipped")
def cut_off():
    return binary((CutOff(5), Tanh()), (CutOff(1), Sigmoid()))


class LeakValue:
    def __call__(self, z):
        return np.where(z > 0, z, 0.1 * z)

    def gradient(self, z):
        return np.where(z > 0, 1, 0.1 * z)


@case("alpha z for the slope of leaky ReLU", "value_left_of_zero")
def leak_value():
    return binary((FullyConnected(8), LeakValue()), (FullyConnected(1), Sigmoid()))


class LeakDiffers(LeakValue):
    def gradient(self, z):
        return np.where(z > 0, 1, 0.01)


@case("a leak of 0.1 on the way up, 0.01 on the way back", "leak_differs")
def leak_differs():
    return binary((FullyConnected(8), LeakDiffers()), (FullyConnected(1), Sigmoid()))


class MaximumOfAlpha(LeakValue):
    def __call__(self, z):
        return np.maximum(0.1, z)

    def gradient(self, z):
        return np.where(z > 0, 1.0, 0.1)


@case("max(alpha, z) for leaky ReLU", "forward_of_another")
def maximum_of_alpha():
    return binary((FullyConnected(8), MaximumOfAlpha()), (FullyConnected(1), Sigmoid()))


class HalfSwish:
    def __call__(self, z):
        return z / (1 + np.exp(-z))

    def gradient(self, z):
        return 1 / (1 + np.exp(-z))


@case("swish without the second term of its slope", "product_half")
def half_swish():
    return binary((FullyConnected(5), HalfSwish()), (FullyConnected(1), Sigmoid()))


class HuberWithoutSign:
    d = 0.3

    def __call__(self, p, y):
        e = np.abs(p - y)
        return np.where(e < self.d, 0.5 * e**2, self.d * (e - 0.5 * self.d)).mean()

    def gradient(self, p, y):
        e = p - y
        return np.where(np.abs(e) < self.d, e, self.d)


@case("Huber's gradient without its sign far out", "some_signs")
def huber_without_sign():
    return regression(HuberWithoutSign())


# Optimisers -----------------------------------------------------------------------------------------------


def stepping(optimizer):
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=optimizer)


class StartsAnew:
    def __init__(self, rate=0.1, beta=0.9):
        self.learning_rate, self.beta = rate, beta

    def step(self, p, g):
        v = np.zeros_like(p)
        v = self.beta * v + g
        p -= self.learning_rate * v


class KeptForNothing(StartsAnew):
    v = 0

    def step(self, p, g):
        self.v = 0.9 * self.v + g
        p -= self.learning_rate * g


class KeptByTheNumber:
    def __init__(self):
        self.lr, self.velocity = 0.1, None

    learning_rate = property(lambda self: self.lr)

    def step(self, p, g):
        self.velocity = 0.9 * (0 if self.velocity is None else self.velocity) + g
        p -= self.lr * g


@case("velocity begins at zero in each step", "velocity_forgotten")
def starts_anew():
    return stepping(StartsAnew())


@case("velocity is kept, and the step goes along the gradient", "velocity_forgotten")
def kept_for_nothing():
    return stepping(KeptForNothing())


@case("velocity with its 0.9 in the line, and never used", "velocity_forgotten")
def kept_by_the_number():
    return stepping(KeptByTheNumber())


class RootShareSwapped:
    def __init__(self, rate=0.01, rho=0.9):
        self.learning_rate, self.rho, self.s = rate, rho, 0.0

    def step(self, p, g):
        self.s = (1 - self.rho) * self.s + self.rho * g**2
        p -= self.learning_rate * g / (np.sqrt(self.s) + 1e-8)


@case("RMSProp with decay and 1 - decay exchanged", "share_swapped")
def root_share_swapped():
    return stepping(RootShareSwapped())


def adams():
    def adam(shares=(0.1, 0.001), kept=(0.9, 0.999), corrected=lambda m, v, t: (m / (1 - 0.9**t), v / (1 - 0.999**t)),
             exchanged=False):  # fmt: skip
        class MyAdam:
            def __init__(self):
                self.learning_rate, self.m, self.v, self.t = 0.01, 0.0, 0.0, 0

            def step(self, p, g):
                self.t += 1
                self.m = kept[0] * self.m + shares[0] * g
                self.v = kept[1] * self.v + shares[1] * g**2
                m, v = corrected(self.m, self.v, self.t)
                m, v = (v, m) if exchanged else (m, v)
                p -= self.learning_rate * m / (np.sqrt(v) + 1e-8)

        return MyAdam()

    yield "mean and mean square exchanged", "moments_exchanged", adam(exchanged=True)
    yield "1 - beta1 in place of beta1", "share_swapped", adam((0.9, 0.001), (0.1, 0.999))
    yield "1 - beta2 in place of beta2", "share_swapped", adam((0.1, 0.999), (0.9, 0.001))
    yield "the mean takes in the whole gradient", "share_missing", adam((1, 0.001))
    yield "the mean square takes in the whole square", "share_missing", adam((0.1, 1))
    yield "beta * t for beta ** t", "adam_power_missing", adam(
        corrected=lambda m, v, t: (m / (1 - 0.9 * t), v / (1 - 0.999 * t))
    )
    yield "each corrected with the other's beta", "corrections_exchanged", adam(
        corrected=lambda m, v, t: (m / (1 - 0.999**t), v / (1 - 0.9**t))
    )
    yield "the root of what may be negative", "step_not_finite", adam(
        corrected=lambda m, v, t: (m, m - v)
    )


for slip, kind, adam in adams():

    @case(f"Adam: {slip}", kind)
    def an_adam(adam=adam):
        return stepping(adam)


# Predicting -----------------------------------------------------------------------------------------------


class Drop:
    def __init__(self, p=0.3):
        self.p, self.rng = p, np.random.default_rng(0)

    def mask_of(self, shape):
        return (self.rng.random(shape) > self.p) / (1 - self.p)

    def __call__(self, x):
        self.mask = self.mask_of(x.shape)
        return x * self.mask

    def predict(self, x):
        return x

    def backward(self, g):
        return g * self.mask


class DropExchanged(Drop):
    def mask_of(self, shape):
        return (self.rng.random(shape) < self.p) / (1 - self.p)


class DropScale(Drop):
    def mask_of(self, shape):
        return (self.rng.random(shape) > self.p) / self.p


class DropOther(Drop):
    def mask_of(self, shape):
        return (self.rng.random(shape) > self.p) * 1.2


@case("dropout keeps what it should drop", "dropout_exchanged")
def drop_exchanged():
    return binary((Dense(8), Tanh(), DropExchanged()), (Dense(1), Sigmoid()))


@case("dropout divides by the rate", "dropout_exchanged")
def drop_scale():
    return binary((Dense(8), Tanh(), DropScale()), (Dense(1), Sigmoid()))


@case("dropout makes up for less than it drops", "dropout_scale")
def drop_other():
    return binary((Dense(8), Tanh(), DropOther()), (Dense(1), Sigmoid()))


class Norm:
    parameters = ("gamma", "beta")

    def build(self, n, rng, dtype=float):
        self.gamma, self.beta = np.ones((n, 1)), np.zeros((n, 1))
        self.mean, self.variance = np.zeros((n, 1)), np.ones((n, 1))

    def __call__(self, x):
        mean, variance = x.mean(1, keepdims=True), x.var(1, keepdims=True)
        self.std = np.sqrt(variance + 1e-5)
        self.normal = (x - mean) / self.std
        self.remember(mean, variance)
        return self.gamma * self.normal + self.beta

    def remember(self, mean, variance):
        self.mean, self.variance = 0.9 * self.mean + 0.1 * mean, 0.9 * self.variance + 0.1 * variance

    def predict(self, x):
        return self.gamma * (x - self.mean) / np.sqrt(self.variance + 1e-5) + self.beta

    def parameter_gradients(self, g):
        self.grad_gamma, self.grad_beta = (g * self.normal).mean(1, keepdims=True), g.mean(1, keepdims=True)

    def backward(self, g):
        m, d = g.shape[1], g * self.gamma
        summed = d.sum(1, keepdims=True) + self.normal * (d * self.normal).sum(1, keepdims=True)
        return (m * d - summed) / (m * self.std)


class NormForgets(Norm):
    def remember(self, mean, variance):
        pass


class NormKeepsDeviation(Norm):
    def remember(self, mean, variance):
        super().remember(mean, np.sqrt(variance))


def normalised(part):
    return binary((Dense(6), part, ReLU()), (Dense(1), Sigmoid()))


@case("batch norm as the papers have it")
def norm():
    return normalised(Norm())


@case("batch norm never updates its running values", "running_values_stuck")
def norm_forgets():
    return normalised(NormForgets())


@case("batch norm keeps the deviation for the variance", "running_values_wrong")
def norm_keeps_deviation():
    return normalised(NormKeepsDeviation())


# Right ones -----------------------------------------------------------------------------------------------


class Slotted:
    __slots__ = ("a", "grad_output", "inputs", "output")

    def __call__(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, g):
        return g * (1 - self.a**2)


@case("an activation that keeps its values in slots")
def slotted():
    part = Slotted()
    blocks = ((Dense(4), part), (Dense(3), part), (Dense(1), Sigmoid()))
    return NeuralNetwork(blocks, MeanSquaredError(), 0.1, seed=0), X, Y
