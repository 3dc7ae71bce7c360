"""Right networks that look unlike nnlib's: none of them may be accused."""

import numpy as np

from nnlib import (
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    LeakyReLU,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)

from . import case, classes, numbers, two_moons


def binary(*blocks, optimizer=None, loss=None):
    loss = loss or BinaryCrossEntropy()
    if optimizer is not None:
        return NeuralNetwork(blocks, loss, optimizer=optimizer, seed=0), *two_moons()
    return NeuralNetwork(blocks, loss, 0.1, seed=0), *two_moons()


class FeaturesFirst:
    """Weights as `(features, units)`, the way many libraries keep them."""

    parameters = ("W", "b")

    def __init__(self, units):
        self.units, self.W, self.b = units, None, None

    def build(self, features, rng, dtype=float):
        self.W, self.b = rng.normal(size=(features, self.units)) / np.sqrt(features), np.zeros(self.units)

    def __call__(self, x):
        self.x = x
        return (x.T @ self.W + self.b).T

    def parameter_gradients(self, g):
        self.grad_W = self.x @ g.T / g.shape[1]
        self.grad_b = g.mean(axis=1)

    def backward(self, g):
        return self.W @ g


@case("weights as (features, units)")
def features_first():
    return binary((FeaturesFirst(5), Tanh()), (FeaturesFirst(1), Sigmoid()))


class FusedTanh:
    """The activation inside, its slope from the output that was kept."""

    def __init__(self, units):
        self.units, self.weights, self.bias = units, None, None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(self.units, features)), np.zeros((self.units, 1))

    def __call__(self, x):
        self.kept = x
        return np.tanh(self.weights @ x + self.bias)

    def backward(self, g):
        dz = g * (1 - self.output**2)
        self.grad_weights = dz @ self.kept.T / g.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz


@case("tanh inside the layer, all in backward")
def fused_tanh():
    return binary((FusedTanh(5),), (FusedTanh(4),), (Dense(1), Sigmoid()))


class SlopeInTheLayer(Dense):
    """The layer multiplies with its activation's slope itself; the activation hands through."""

    def parameter_gradients(self, g):
        self.dz = g * (1 - np.tanh(self.output) ** 2)
        super().parameter_gradients(self.dz)

    def backward(self, g):
        return super().backward(self.dz)


class HandsThrough(Tanh):
    def backward(self, grad_output):
        return grad_output


@case("the slope is taken in the layer, the activation hands through")
def slope_in_the_layer():
    return binary((SlopeInTheLayer(5), HandsThrough()), (Dense(1), Sigmoid()))


class PMinusY:
    def __call__(self, p, y):
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())

    def gradient(self, p, y):
        return p - y


class SigmoidThrough(Sigmoid):
    def backward(self, grad_output):
        return grad_output


@case("p - y handed through the sigmoid")
def p_minus_y():
    return binary((Dense(5), Tanh()), (Dense(1), SigmoidThrough()), loss=PMinusY())


class CrossEntropy:
    def __call__(self, p, y):
        return float(-(y * np.log(p)).sum() / p.shape[1])

    def gradient(self, p, y):
        return p - y


class SoftmaxThrough:
    def __call__(self, z):
        e = np.exp(z)
        return e / e.sum(axis=0)

    def backward(self, grad_output):
        return grad_output


@case("p - y handed through the softmax")
def softmax_through():
    layers = ((Dense(6), ReLU()), (Dense(4), SoftmaxThrough()))
    return NeuralNetwork(layers, CrossEntropy(), 0.1, seed=0), *classes()


class MeanInTheLoss:
    """1/m stands in the loss's gradient, and the layers add up."""

    def __call__(self, output, labels):
        return float(((output - labels) ** 2).mean())

    def gradient(self, output, labels):
        return 2 * (output - labels) / output.size


class Adds(Dense):
    def parameter_gradients(self, g):
        self.grad_weights = g @ self.inputs.T
        self.grad_bias = g.sum(axis=1, keepdims=True)


@case("1/m in the loss, sums in the layers", alone=True)
def mean_in_the_loss():
    return NeuralNetwork(((Adds(5), Tanh()), (Adds(2), Linear())), MeanInTheLoss(), 0.1, seed=0), *numbers()


class OldDropout:
    """Drops in training, and shrinks when predicting."""

    def __init__(self, rate):
        self.keep, self.rng = 1 - rate, np.random.default_rng(11)

    def __call__(self, x):
        self.mask = self.rng.random(x.shape) < self.keep
        return x * self.mask

    def predict(self, x):
        return x * self.keep

    def backward(self, g):
        return g * self.mask


@case("old-style dropout")
def old_dropout():
    return binary((Dense(8), Tanh(), OldDropout(0.4)), (Dense(1), Sigmoid()))


class GlobalDropout:
    """Draws from NumPy's global random numbers."""

    def __call__(self, x):
        self.mask = (np.random.rand(*x.shape) < 0.7) / 0.7  # noqa: NPY002
        return x * self.mask

    def predict(self, x):
        return x

    def backward(self, g):
        return g * self.mask


@case("dropout from the global random numbers")
def global_dropout():
    return binary((Dense(8), Tanh(), GlobalDropout()), (Dense(1), Sigmoid()))


NOTEBOOK = np.random.default_rng(5)


class NotebookDropout(GlobalDropout):
    """Draws from a generator that stands in the notebook."""

    def __call__(self, x):
        self.mask = (NOTEBOOK.random(x.shape) < 0.7) / 0.7
        return x * self.mask


@case("dropout from a generator of the notebook")
def notebook_dropout():
    return binary((Dense(8), Tanh(), NotebookDropout()), (Dense(1), Sigmoid()))


class FreshDropout(GlobalDropout):
    """Makes a new generator for every mask."""

    def __call__(self, x):
        self.mask = (np.random.default_rng().random(x.shape) < 0.7) / 0.7
        return x * self.mask


@case("dropout with a new generator each time")
def fresh_dropout():
    return binary((Dense(8), Tanh(), FreshDropout()), (Dense(1), Sigmoid()))


class ManyNames(Dense):
    """A subclass that renames nothing and adds a print-out and a counter."""

    def __call__(self, inputs):
        self.calls = getattr(self, "calls", 0) + 1
        return super().__call__(inputs)


class Leaky(LeakyReLU):
    pass


@case("subclasses under other names")
def subclasses():
    return binary((ManyNames(6), Leaky(0.2)), (ManyNames(1), Sigmoid()))


class Loops:
    """No matrix product at all."""

    def __init__(self, units):
        self.units, self.weights, self.bias = units, None, None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(self.units, features)), np.zeros((self.units, 1))

    def __call__(self, x):
        self.x = x
        return (
            np.array([[sum(w * f for w, f in zip(row, column, strict=True)) for column in x.T] for row in self.weights])
            + self.bias
        )

    def parameter_gradients(self, g):
        self.grad_weights, self.grad_bias = np.zeros_like(self.weights), np.zeros_like(self.bias)
        for i in range(g.shape[1]):
            self.grad_weights += np.outer(g[:, i], self.x[:, i]) / g.shape[1]
            self.grad_bias += g[:, [i]] / g.shape[1]


@case("a layer of loops")
def loops():
    return binary((Loops(4), Tanh()), (Loops(1), Sigmoid()))


class Scale:
    """A part that nnlib does not have, with one parameter of its own name."""

    parameters = ("factor",)

    def __init__(self):
        self.factor = np.array([[1.5]])

    def __call__(self, x):
        return self.factor * x

    def parameter_gradients(self, g):
        self.grad_factor = np.array([[(g * self.inputs).sum() / g.shape[1]]])

    def backward(self, g):
        return self.factor * g


@case("a part with a parameter of another name")
def scale():
    return binary((Dense(4), Scale(), Tanh()), (Dense(1), Sigmoid()))


class Cube:
    def __call__(self, z):
        return z**3

    def gradient(self, z):
        return 3 * z**2


@case("an activation that nnlib does not have")
def cube():
    return binary((Dense(4), Cube()), (Dense(1), Sigmoid()))


class HardTanh:
    def __call__(self, z):
        return np.clip(z, -1, 1)

    def gradient(self, z):
        return (np.abs(z) < 1).astype(float)


@case("clipped at -1 and 1")
def hard_tanh():
    return binary((Dense(6), HardTanh()), (Dense(1), Sigmoid()))


class ReLUAtZero(ReLU):
    def gradient(self, z):
        return (z >= 0).astype(float)


@case("slope 1 at zero, biases at zero, an example of zeros")
def relu_at_zero():
    model, x, y = binary((Dense(6), ReLUAtZero()), (Dense(1), Sigmoid()))
    x[:, 0] = 0
    return model, x, y


class Summed:
    """The loss is a sum, and its gradient is that sum's: m times, in every example's own."""

    def __call__(self, output, labels):
        return float(((output - labels) ** 2).sum())

    def gradient(self, output, labels):
        return 2 * (output - labels) * output.shape[1]


@case("a loss that is a sum, with the gradient of that sum")
def summed():
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(2), Linear())), Summed(), 0.01, seed=0), *numbers()


class Residual:
    """y = x + tanh(W x): a layer with a way round."""

    def __init__(self):
        self.weights = self.bias = None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(features, features)) / features, np.zeros((features, 1))

    def __call__(self, x):
        self.t = np.tanh(self.weights @ x + self.bias)
        return x + self.t

    def backward(self, g):
        d = g * (1 - self.t**2)
        self.grad_weights, self.grad_bias = d @ self.inputs.T / g.shape[1], d.mean(axis=1, keepdims=True)
        return g + self.weights.T @ d


@case("a residual layer")
def residual():
    return binary((Dense(4), Tanh()), (Residual(),), (Dense(1), Sigmoid()))


class TinyMomentum:
    """v = beta v + (1 - beta) g, the other usual form."""

    def __init__(self, rate):
        self.learning_rate, self.beta, self.v = rate, 0.9, None

    def step(self, parameters, gradients):
        self.v = (1 - self.beta) * gradients if self.v is None else self.beta * self.v + (1 - self.beta) * gradients
        return parameters - self.learning_rate * self.v


@case("momentum as a running mean, a step that returns")
def tiny_momentum():
    return binary((Dense(4), Tanh()), (Dense(1), Sigmoid()), optimizer=TinyMomentum(0.1))


class SignDescent:
    """A rule that nnlib does not know."""

    learning_rate = 0.01

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * np.sign(gradients)


@case("an optimiser that nnlib does not have")
def sign_descent():
    return binary((Dense(4), Tanh()), (Dense(1), Sigmoid()), optimizer=SignDescent())


class PlainAdam:
    """Epsilon under the root, as some libraries have it."""

    def __init__(self, rate):
        self.learning_rate, self.t, self.m, self.v = rate, 0, 0.0, 0.0

    def step(self, parameters, gradients):
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * gradients
        self.v = 0.999 * self.v + 0.001 * gradients**2
        parameters -= self.learning_rate * (self.m / (1 - 0.9**self.t)) / np.sqrt(self.v / (1 - 0.999**self.t) + 1e-8)


@case("Adam with its numbers in the line")
def plain_adam():
    return binary((Dense(4), Tanh()), (Dense(1), Sigmoid()), optimizer=PlainAdam(0.01))


class MyNorm(BatchNorm):
    def backward(self, g):
        m = g.shape[1]
        d = g * self.gamma
        spread = 1 / self.deviation
        return (
            spread
            / m
            * (m * d - d.sum(1, keepdims=True) - self.normalised * (d * self.normalised).sum(1, keepdims=True))
        )


@case("batch norm written the other way")
def my_norm():
    return binary((Dense(5), MyNorm(), ReLU()), (Dense(1), Sigmoid()))


@case("dropout of another seed among own parts")
def mixed_dropout():
    return binary((ManyNames(8), Tanh(), Dropout(0.4, seed=99)), (ManyNames(1), Sigmoid()))


class Float32(Dense):
    """Computes in float32."""

    def __call__(self, inputs):
        return (self.weights.astype(np.float32) @ inputs.astype(np.float32) + self.bias.astype(np.float32)).astype(
            np.float32
        )


@case("a layer in float32")
def float32():
    return binary((Float32(4), Tanh()), (Dense(1), Sigmoid()))


@case("one layer with zeros, as logistic regression begins")
def logistic():
    model, x, y = binary((Dense(1), Sigmoid()))
    model.build(2).parameters[:] = 0
    return model, x, y


@case("trained to the end")
def trained():
    model, x, y = binary((ManyNames(8), Tanh()), (ManyNames(1), Sigmoid()))
    model.learning_rate = 1.0
    model.fit(x, y, epochs=3000)
    return model, x, y


@case("softmax and cross-entropy of one's own, the long way")
def long_way():
    class MySoftmax(Softmax):
        pass

    class MyLoss(CategoricalCrossEntropy):
        pass

    layers = ((Dense(6), Tanh()), (Dense(4), MySoftmax()))
    return NeuralNetwork(layers, MyLoss(), 0.1, seed=0, regularization_factor=0.5, l1_factor=0.1), *classes()


@case("mean squared error of a sigmoid")
def mse_sigmoid():
    return binary((Dense(4), Sigmoid()), (Dense(1), Sigmoid()), loss=MeanSquaredError())


class Hinge:
    def __call__(self, output, labels):
        return float(np.maximum(0, 1 - (2 * labels - 1) * output).mean())

    def gradient(self, output, labels):
        sign = 2 * labels - 1
        return np.where(sign * output < 1, -sign, 0.0)


@case("the hinge loss")
def hinge():
    return binary((Dense(5), Tanh()), (Dense(1), Linear()), loss=Hinge())


class Noise:
    def __init__(self):
        self.rng = np.random.default_rng(3)

    def __call__(self, inputs):
        return inputs + 0.05 * self.rng.normal(size=inputs.shape)

    def predict(self, inputs):
        return inputs

    def backward(self, grad_output):
        return grad_output


@case("noise added while training")
def noise():
    return binary((Dense(5), Tanh(), Noise()), (Dense(1), Sigmoid()))


class NormedSteps:
    """Steps that are never longer than the learning rate, with weights that shrink besides."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters *= 1 - 0.01 * self.learning_rate
        parameters -= self.learning_rate * gradients / max(1, np.linalg.norm(gradients))
        return parameters


@case("an optimiser that shortens its steps")
def normed_steps():
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=NormedSteps(0.1))


class InPlaceBackward:
    def __call__(self, z):
        self.off = z < 0
        return np.where(self.off, 0.0, z)

    def backward(self, grad_output):
        grad_output[self.off] = 0
        return grad_output


@case("a bend that goes back in place")
def in_place_backward():
    return binary((Dense(5), InPlaceBackward()), (Dense(1), Sigmoid()))
