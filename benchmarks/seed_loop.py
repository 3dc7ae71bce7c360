"""A plain reading of the loop that this project grew from, with its one bug mended: the line to be faster than.

Written as its text says, and no better: float arrays as they come, C order, a new array for every step of every
formula, activations computed again on the way back, one update for each layer. `layer.weights` stands where the
text printed `layer.grad_weights` (the bug). What the text did not have is written in the same plain manner: Softmax
(whose `gradient` cannot be element-wise: the loss hands p − y through), mini-batches by fancy indexing, and Adam by
the formulas of its paper.
"""

import numpy as np


class Dense:
    def __init__(self, weights, bias, epsilon=1e-8):
        self.weights, self.bias, self.epsilon = weights.copy(), bias.copy(), epsilon
        self.mean_weights, self.square_weights = np.zeros_like(weights), np.zeros_like(weights)
        self.mean_bias, self.square_bias = np.zeros_like(bias), np.zeros_like(bias)

    def __call__(self, input_tensor):
        self.output = np.dot(self.weights, input_tensor) + self.bias
        return self.output

    def update(self, learning_rate):
        self.weights = self.weights - learning_rate * self.grad_weights
        self.bias = self.bias - learning_rate * self.grad_bias

    def update_adam(self, learning_rate, t, beta1=0.9, beta2=0.999):
        for name in ("weights", "bias"):
            grad = getattr(self, f"grad_{name}")
            mean = beta1 * getattr(self, f"mean_{name}") + (1 - beta1) * grad
            square = beta2 * getattr(self, f"square_{name}") + (1 - beta2) * grad**2
            setattr(self, f"mean_{name}", mean)
            setattr(self, f"square_{name}", square)
            change = learning_rate * (mean / (1 - beta1**t)) / (np.sqrt(square / (1 - beta2**t)) + self.epsilon)
            setattr(self, name, getattr(self, name) - change)


class ReLU:
    def __call__(self, z):
        return np.maximum(z, 0)

    def gradient(self, z):
        return (z > 0).astype(z.dtype)


class Sigmoid:
    def __call__(self, z):
        return 1 / (1 + np.exp(-z))

    def gradient(self, z):
        a = self(z)
        return a * (1 - a)


class Softmax:
    def __call__(self, z):
        exp = np.exp(z - np.max(z, axis=0, keepdims=True))
        return exp / np.sum(exp, axis=0, keepdims=True)

    def gradient(self, z):
        return np.ones_like(z)


class BinaryCrossEntropy:
    def __call__(self, output, labels):
        return -np.mean(labels * np.log(output) + (1 - labels) * np.log(1 - output))

    def gradient(self, output, labels):
        return -labels / output + (1 - labels) / (1 - output)


class CategoricalCrossEntropy:
    def __call__(self, output, labels):
        return -np.sum(labels * np.log(output)) / labels.shape[1]

    def gradient(self, output, labels):
        return output - labels


class NeuralNetwork:
    def __init__(self, layers, loss, learning_rate, regularization_factor=0.0, adam=False):
        self._layers, self._loss, self._learning_rate = layers, loss, learning_rate
        self._regularization_factor, self._adam, self._steps = regularization_factor, adam, 0
        self._num_layers = len(layers)

    def training(self, examples, labels, batch_size=None, seed=0):
        """The text's `fit`, pausing after every update so that it can be timed."""
        rng, m = np.random.default_rng(seed), examples.shape[1]
        while True:
            if batch_size is None:
                yield self.step(examples, labels)
                continue
            order = rng.permutation(m)
            for start in range(0, m, batch_size):
                batch = order[start : start + batch_size]
                yield self.step(examples[:, batch], labels[:, batch])

    def step(self, examples, labels):
        self._input, self._num_examples = examples, examples.shape[1]
        _ = self(self._input)
        loss = self._loss(self._output, labels)
        self.backward_step(labels)
        self.update()
        return loss

    def __call__(self, input_tensor):
        output = input_tensor
        for layer, activation in self._layers:
            output = layer(output)
            output = activation(output)
        self._output = output
        return output

    def backward_step(self, labels):
        da = self._loss.gradient(self._output, labels)

        for index in reversed(range(0, self._num_layers)):
            layer, activation = self._layers[index]

            if index == 0:
                prev_layer_output = self._input
            else:
                prev_layer, prev_activation = self._layers[index - 1]
                prev_layer_output = prev_activation(prev_layer.output)

            dz = np.multiply(da, activation.gradient(layer.output))
            layer.grad_weights = np.dot(dz, np.transpose(prev_layer_output)) / self._num_examples
            layer.grad_weights = (
                layer.grad_weights + (self._regularization_factor / self._num_examples) * layer.weights
            )
            layer.grad_bias = np.mean(dz, axis=1, keepdims=True)
            da = np.dot(np.transpose(layer.weights), dz)

    def update(self):
        self._steps += 1
        for layer, _ in self._layers:
            if self._adam:
                layer.update_adam(self._learning_rate, self._steps)
            else:
                layer.update(self._learning_rate)
