"""The script that a person writes who has understood the formulas: functions, lists of arrays, nothing reused.

It does what the formulas say and does it well: the slope of ReLU from what forward kept, p − y at the end, the mean of
the gradient over the examples in the products, mini-batches by fancy indexing, Adam as its paper prints it. It checks
nothing, keeps no way back and tells no one.
"""

import numpy as np


def forward(weights, biases, x):
    """All layers' inputs and the last z: ReLU between, nothing after the last."""
    inputs = [x]
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        inputs.append(np.maximum(w @ inputs[-1] + b, 0))
    return inputs, weights[-1] @ inputs[-1] + biases[-1]


def loss_and_gradient(z, labels):
    """The mean cross-entropy and the gradient at z, for one yes-or-no output or for several classes."""
    if len(z) == 1:
        p = 1 / (1 + np.exp(-z))
        return -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p)), p - labels
    p = np.exp(z - z.max(axis=0))
    p /= p.sum(axis=0)
    return -np.mean(np.sum(labels * np.log(p), axis=0)), p - labels


def gradients(weights, inputs, dz):
    m = dz.shape[1]
    grad_weights, grad_biases = [], []
    for index in reversed(range(len(weights))):
        grad_weights.insert(0, dz @ inputs[index].T / m)
        grad_biases.insert(0, dz.mean(axis=1, keepdims=True))
        if index:
            dz = weights[index].T @ dz * (inputs[index] > 0)
    return grad_weights + grad_biases


def training(weights, biases, x, labels, batch_size, optimizer, rate, epsilon, seed=0):
    """Steps for ever, each yielding its loss; the arrays of `weights` and `biases` move in place."""
    rng, m = np.random.default_rng(seed), x.shape[1]
    parameters = weights + biases
    means = [np.zeros_like(p) for p in parameters]
    squares = [np.zeros_like(p) for p in parameters]
    t = 0
    while True:
        order = rng.permutation(m) if batch_size else None
        for start in range(0, m, batch_size or m):
            batch = slice(None) if order is None else order[start : start + batch_size]
            y = labels[:, batch]
            inputs, z = forward(weights, biases, x[:, batch])
            loss, dz = loss_and_gradient(z, y)
            t += 1
            for index, gradient in enumerate(gradients(weights, inputs, dz)):
                if optimizer == "SGD":
                    parameters[index] -= rate * gradient
                else:
                    means[index] = 0.9 * means[index] + 0.1 * gradient
                    squares[index] = 0.999 * squares[index] + 0.001 * gradient**2
                    mean, square = means[index] / (1 - 0.9**t), squares[index] / (1 - 0.999**t)
                    parameters[index] -= rate * mean / (np.sqrt(square) + epsilon)
            yield loss
