"""The same training compiled: what people pick who have outgrown NumPy. JAX with `lax.scan`, and Numba.

Both compile when they are first called, before the clock. JAX gets its gradients from `value_and_grad` and takes
`PIECE` steps a call inside one compiled scan, which is its best case: Python sees none of them.
"""

import numpy as np

PIECE = 5


def jax_training(pairs, x, labels, batch_size, optimizer, rate, epsilon):
    """`advance(pieces)`, which ends with a loss as a number, and `parameters()`."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", x.dtype == np.float64)
    x, labels, m = jnp.asarray(x), jnp.asarray(labels), x.shape[1]
    size = batch_size or m

    def loss(pairs, x, y):
        for w, b in pairs[:-1]:
            x = jnp.maximum(w @ x + b, 0)
        w, b = pairs[-1]
        z = w @ x + b
        if len(labels) == 1:
            return jnp.mean(jnp.logaddexp(0, z) - y * z)
        return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(z, axis=0), axis=0))

    def step(state, batch):
        pairs, mean, square, t = state
        given = (x, labels) if size == m else (x[:, batch], labels[:, batch])
        value, grad = jax.value_and_grad(loss)(pairs, *given)
        t += 1
        tree = jax.tree_util.tree_map
        if optimizer == "SGD":
            return (tree(lambda p, g: p - rate * g, pairs, grad), mean, square, t), value
        mean = tree(lambda s, g: 0.9 * s + 0.1 * g, mean, grad)
        square = tree(lambda s, g: 0.999 * s + 0.001 * g * g, square, grad)
        return (tree(lambda *three: moved(*three, t), pairs, mean, square), mean, square, t), value

    def moved(parameter, mean, square, t):
        return parameter - rate * (mean / (1 - 0.9**t)) / (jnp.sqrt(square / (1 - 0.999**t)) + epsilon)

    @jax.jit
    def piece(state, batches):
        return jax.lax.scan(step, state, batches)

    zeros = jax.tree_util.tree_map(jnp.zeros_like, pairs)
    state = jax.tree_util.tree_map(jnp.asarray, pairs), zeros, zeros, jnp.zeros((), x.dtype)
    batches = _batches(m, size)

    def advance(pieces):
        nonlocal state
        for _ in range(pieces):
            state, values = piece(state, jnp.asarray(np.stack([next(batches) for _ in range(PIECE)])))
        return float(values[-1])

    jax.block_until_ready(piece(state, jnp.zeros((PIECE, size), int)))  # compiles; the result is thrown away
    return advance, lambda: [np.asarray(array) for pair in state[0] for array in pair]


def numba_step():
    """One step of SGD or Adam on typed lists, compiled; all in loops over layers, as in `plain_script.py`."""
    from numba import njit

    @njit(fastmath=False)
    def step(weights, biases, means, squares, x, y, adam, rate, epsilon, t):
        last, m = len(weights) - 1, x.shape[1]
        inputs = [x]
        for index in range(last):
            inputs.append(np.maximum(np.dot(weights[index], inputs[index]) + biases[index], 0).astype(x.dtype))
        z = np.dot(weights[last], inputs[last]) + biases[last]
        loss = 0.0
        dz = np.empty_like(z)
        for k in range(m):
            if len(z) == 1:
                loss += np.log1p(np.exp(-abs(z[0, k]))) + max(z[0, k], 0) - y[0, k] * z[0, k]
                dz[0, k] = (1 / (1 + np.exp(-z[0, k])) - y[0, k]) / m
                continue
            top = z[:, k].max()
            total = np.exp(z[:, k] - top).sum()
            for c in range(len(z)):
                dz[c, k] = (np.exp(z[c, k] - top) / total - y[c, k]) / m
                loss -= y[c, k] * (z[c, k] - top - np.log(total))
        for index in range(last, -1, -1):
            grad_weights = np.dot(dz, inputs[index].T)
            grad_bias = dz.sum(axis=1).reshape(-1, 1)
            if index:
                dz = np.where(inputs[index] > 0, np.dot(weights[index].T, dz), 0).astype(x.dtype)
            _move(weights[index], grad_weights, means[2 * index], squares[2 * index], adam, rate, epsilon, t)
            _move(biases[index], grad_bias, means[2 * index + 1], squares[2 * index + 1], adam, rate, epsilon, t)
        return loss / m

    @njit
    def _move(parameter, gradient, mean, square, adam, rate, epsilon, t):
        for i in range(parameter.shape[0]):
            for j in range(parameter.shape[1]):
                g = gradient[i, j]
                if not adam:
                    parameter[i, j] -= rate * g
                    continue
                mean[i, j] = 0.9 * mean[i, j] + 0.1 * g
                square[i, j] = 0.999 * square[i, j] + 0.001 * g * g
                size = np.sqrt(square[i, j] / (1 - 0.999**t)) + epsilon
                parameter[i, j] -= rate * mean[i, j] / (1 - 0.9**t) / size

    return step


def numba_training(pairs, x, labels, batch_size, optimizer, rate, epsilon):
    """Steps for ever, each yielding its loss, and the list of the live arrays."""
    from numba.typed import List

    weights, biases = List([w.copy() for w, _ in pairs]), List([b.copy() for _, b in pairs])
    arrays = [array for pair in zip(weights, biases, strict=True) for array in pair]
    means, squares = List([np.zeros_like(a) for a in arrays]), List([np.zeros_like(a) for a in arrays])
    step, m = numba_step(), x.shape[1]
    adam, rate, epsilon = optimizer == "Adam", x.dtype.type(rate), x.dtype.type(epsilon)

    def steps():
        for t, batch in enumerate(_batches(m, batch_size or m), start=1):
            given = (x, labels) if batch_size is None else (x[:, batch], labels[:, batch])
            given = [np.ascontiguousarray(array) for array in given]
            yield step(weights, biases, means, squares, *given, adam, rate, epsilon, t)

    return steps(), arrays


def _batches(m, size, seed=0):
    """Column numbers of one batch after the other, shuffled anew for each epoch."""
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(m) if size < m else np.arange(m)
        for start in range(0, m - size + 1, size):
            yield order[start : start + size]
