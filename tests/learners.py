"""Parts as learners write them, for the walks through the explorers (`walked.py`)."""

import numpy as np


class MyDense:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(size=(self.units, features)).astype(dtype)
        self.bias = np.zeros((self.units, 1), dtype)

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias

    def parameter_gradients(self, grad_output):
        self.grad_weights = grad_output @ self.inputs.T / grad_output.shape[1]
        self.grad_bias = grad_output.mean(axis=1, keepdims=True)

    def backward(self, grad_output):
        return self.weights.T @ grad_output


class Forgetful(MyDense):
    def parameter_gradients(self, grad_output):
        self.grad_weights = grad_output @ self.inputs.T
        self.grad_bias = grad_output.sum(axis=1, keepdims=True)


class MyReLU:
    def __call__(self, z):
        return np.maximum(z, 0)

    def gradient(self, z):
        return (z > 0).astype(float)


class Narrow:
    def __call__(self, z):
        return z[..., :1]


class MyLoss:
    def __call__(self, output, labels):
        return float(-np.log(np.where(labels == 1, output, 1 - output)).mean())

    def gradient(self, output, labels):
        return np.where(labels == 1, -1 / output, 1 / (1 - output))


class MyRule:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients


class MyStart:
    def __call__(self, shape, rng):
        return rng.normal(0.0, np.sqrt(2 / shape[1]), shape)


class Still(MyRule):
    def step(self, parameters, gradients):
        parameters = parameters - self.learning_rate * gradients


class Broken(MyRule):
    def step(self, parameters, gradients):
        raise ZeroDivisionError("mine")


class Stops:
    """A part that goes wrong whatever is asked of it."""

    def __init__(self, *given):
        self.given = given

    def build(self, features, rng, dtype=float):
        raise ZeroDivisionError("mine")

    def __call__(self, *given):
        raise ZeroDivisionError("mine")


class Astray(MyDense):
    def backward(self, grad_output):
        return self.weights.T @ (2 * grad_output)


class Huge:
    def __call__(self, shape, rng):
        return rng.normal(0.0, 1e200, shape)


class Wild(MyDense):
    def parameter_gradients(self, grad_output):
        self.grad_weights = np.full_like(self.weights, np.inf)
        self.grad_bias = np.full_like(self.bias, np.inf)


class Coarse(MyDense):
    def __call__(self, inputs):
        return (self.weights @ inputs + self.bias).astype(np.float32)


class Stopper:
    def __init__(self, patience):
        self.patience = patience

    def on_train_begin(self, model):
        self.model = model

    def on_epoch_end(self, epoch, loss):
        self.model.stop_training = True
