"""The same training as fast as NumPy lets it be: arrays made once, `out=` everywhere, one vector for all parameters.

Nobody would teach from it. It shows how far NumPy can go without any library round it: mini-batches are gathered into
arrays that are there, the bias is part of no second array, the mean over the examples is taken once at the last z, the
gradient of a bias is a product with a column of ones, and Adam runs over one flat vector.
"""

import math

import numpy as np


def training(pairs, x, labels, batch_size, optimizer, rate, epsilon, seed=0):
    """A generator of losses and the list of the live `(weights, bias)`; `pairs` are the first ones."""
    m = x.shape[1]
    size = batch_size or m
    flat, views = flattened(pairs)
    gradient, grads = flattened([(np.zeros_like(w), np.zeros_like(b)) for w, b in pairs])
    return steps(flat, views, gradient, grads, x, labels, size, m, optimizer, rate, epsilon, seed), views


def flattened(pairs):
    flat = np.concatenate([array.ravel() for pair in pairs for array in pair])
    views, start = [], 0
    for pair in pairs:
        row = []
        for array in pair:
            row.append(flat[start : start + array.size].reshape(array.shape))
            start += array.size
        views.append(row)
    return flat, views


class Room:
    """The arrays of one batch size: each layer's output, its gradient and its mask; a column of ones."""

    def __init__(self, weights, m, dtype):
        units = [len(w) for w in weights]
        self.outputs = [np.empty((k, m), dtype) for k in units]
        self.grads = [np.empty((k, m), dtype) for k in units]
        self.masks = [np.empty((k, m), bool) for k in units[:-1]]
        self.zeros = np.zeros(m, dtype)  # a row: NumPy's loop for a single 0 is a slow one
        self.share = np.full((m, 1), 1, dtype)
        self.scratch = np.empty((units[-1], m), dtype)
        self.row = np.empty((1, m), dtype)


def steps(flat, views, gradient, grads, x, labels, size, m, optimizer, rate, epsilon, seed):
    rng, dtype = np.random.default_rng(seed), flat.dtype
    weights, biases = [w for w, _ in views], [b for _, b in views]
    transposed = [w.T for w in weights]
    rows_x, rows_y = np.ascontiguousarray(x.T), np.ascontiguousarray(labels.T)
    rooms = {}
    total, total_square, change = np.zeros_like(flat), np.zeros_like(flat), np.empty_like(flat)
    t, last = 0, len(weights) - 1
    dot, multiply, add = np.dot, np.multiply, np.add
    while True:
        order = None if size == m else rng.permutation(m)
        for start in range(0, m, size):
            if order is None:
                batch, y = x, labels
            else:
                chosen = order[start : start + size]
                batch, y = rows_x.take(chosen, axis=0).T, rows_y.take(chosen, axis=0).T
            n = batch.shape[1]
            if n not in rooms:
                rooms[n] = Room(weights, n, dtype)
            room = rooms[n]

            inputs = batch
            for index in range(last):
                output = room.outputs[index]
                dot(weights[index], inputs, out=output)
                add(output, biases[index], out=output)
                np.maximum(output, room.zeros, out=output)
                inputs = output
            z = room.outputs[last]
            dot(weights[last], inputs, out=z)
            add(z, biases[last], out=z)

            dz, scratch = room.grads[last], room.scratch
            if last_is_one(z):  # loss = mean of max(z, 0) - y z + log(1 + exp(-|z|)); p from the same exponential
                np.abs(z, out=scratch)
                np.negative(scratch, out=scratch)
                np.exp(scratch, out=scratch)
                np.maximum(z, room.zeros, out=dz)
                loss = dz.sum() - dot(y[0], z[0])
                add(scratch, 1, out=dz)
                loss = float(loss + np.log(dz).sum()) / n
                np.divide(1, dz, out=dz)
                np.copyto(scratch, dz)
                np.subtract(1, dz, out=dz)
                np.copyto(dz, scratch, where=z >= 0)
            else:
                z.max(axis=0, keepdims=True, out=room.row)
                np.subtract(z, room.row, out=z)
                np.exp(z, out=dz)
                dz.sum(axis=0, keepdims=True, out=room.row)
                np.divide(dz, room.row, out=dz)
                np.log(room.row, out=room.row)
                np.subtract(z, room.row, out=z)
                multiply(z, y, out=scratch)
                loss = -float(scratch.sum()) / n
            np.subtract(dz, y, out=dz)
            multiply(dz, dtype.type(1 / n), out=dz)

            for index in range(last, -1, -1):
                grad = room.grads[index]
                below = room.outputs[index - 1] if index else batch
                dot(grad, below.T, out=grads[index][0])
                dot(grad, room.share, out=grads[index][1])
                if index:
                    down, mask = room.grads[index - 1], room.masks[index - 1]
                    dot(transposed[index], grad, out=down)
                    np.greater(below, room.zeros, out=mask)
                    multiply(down, mask, out=down)

            t += 1
            if optimizer == "SGD":
                multiply(gradient, dtype.type(rate), out=change)
            else:
                spread = math.sqrt((1 - 0.999**t) / 0.001)
                multiply(total, dtype.type(0.9), out=total)
                add(total, gradient, out=total)
                multiply(total_square, dtype.type(0.999), out=total_square)
                multiply(gradient, gradient, out=change)
                add(total_square, change, out=total_square)
                np.sqrt(total_square, out=change)
                add(change, dtype.type(epsilon * spread), out=change)
                np.divide(total, change, out=change)
                multiply(change, dtype.type(rate * 0.1 / (1 - 0.9**t) * spread), out=change)
            np.subtract(flat, change, out=flat)
            yield loss


def last_is_one(z):
    return len(z) == 1
