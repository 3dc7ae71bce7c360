"""Networks as they are posted, of a seventh round: loops over examples, windows and steps in time, lists, plain numbers."""
# ruff: noqa: E501, E741, RUF007, RUF059 - written as people write them

import math

import numpy as np

from .functions import functions


def sig(z):
    return 1 / (1 + np.exp(-z))


def numbers(n=12, d=3, k=3, seed=0):
    r = np.random.default_rng(seed)
    return r.normal(size=(n, d)), r.integers(0, k, n)


@functions("SVM of several classes: the right class's row counts -1 once, however many margins are over", "margins_counted_once")
def right_class_once():
    X, y = numbers(10, 4, 3, 3)
    W, N = np.random.default_rng(3).normal(size=(4, 3)), len(y)

    def margins():
        s = X @ W
        m = np.maximum(0, s - s[range(N), y][:, None] + 1)
        m[range(N), y] = 0
        return m

    def grad():
        b = (margins() > 0).astype(float)
        b[range(N), y] = -1
        return {"dW": X.T @ b / N}

    return lambda: margins().sum() / N, {"W": W}, grad, None, None


class Network:
    """Nielsen's, with lists of biases and of weights, one example after the other."""

    def __init__(self, sizes):
        r = np.random.default_rng(0)
        self.biases = [r.normal(size=(y, 1)) for y in sizes[1:]]
        self.weights = [r.normal(size=(y, x)) for x, y in zip(sizes[:-1], sizes[1:], strict=True)]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights, strict=True):
            a = sig(w @ a + b)
        return a

    def cost(self, data):
        return sum(0.5 * np.sum((self.feedforward(x) - y) ** 2) for x, y in data) / len(data)

    def backprop(self, x, y):
        nabla_b, nabla_w = [None for _ in self.biases], [None for _ in self.weights]
        a, acts, zs = x, [x], []
        for b, w in zip(self.biases, self.weights, strict=True):
            z = w @ a + b
            zs.append(z)
            a = sig(z)
            acts.append(a)
        delta = (acts[-1] - y) * sig(zs[-1]) * (1 - sig(zs[-1]))
        nabla_b[-1], nabla_w[-1] = delta, delta @ acts[-2].T
        for l in range(2, len(self.weights) + 1):
            delta = (self.weights[-l + 1].T @ delta) * sig(zs[-l]) * (1 - sig(zs[-l]))
            nabla_b[-l], nabla_w[-l] = delta, delta @ acts[-l - 1].T
        return nabla_b, nabla_w


def nielsen():
    r = np.random.default_rng(5)
    return Network((2, 4, 3, 2)), [(r.normal(size=(2, 1)), np.eye(2)[i % 2][:, None]) for i in range(8)]


@functions("Nielsen's mini batch: only the last example's nabla is kept", "use_alone")
def last_example_alone():
    net, data = nielsen()

    def batch():
        for x, y in data:
            nabla_b, nabla_w = net.backprop(x, y)
        return [*nabla_w, *nabla_b]

    return lambda: net.cost(data), net.weights + net.biases, batch, None, None


@functions("Nielsen's mini batch: the first example's nabla is not added", "use_left_out")
def first_example_left_out():
    net, data = nielsen()

    def batch():
        total = [0] * 6
        for x, y in data[1:]:
            nabla_b, nabla_w = net.backprop(x, y)
            total = [t + n for t, n in zip(total, [*nabla_w, *nabla_b], strict=True)]
        return [t / len(data) for t in total]

    return lambda: net.cost(data), net.weights + net.biases, batch, None, None


class FC:
    def __init__(self, i, o, r):
        self.W, self.b = r.normal(size=(i, o)), r.normal(size=(1, o)) * 0.1

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW, self.db = self.x.T @ g, g.sum(0, keepdims=True)
        return g @ self.W.T


class Activation:
    def __init__(self, f, f_prime):
        self.f, self.f_prime = f, f_prime

    def forward(self, x):
        self.x = x
        return self.f(x)

    def backward(self, g):
        return g * self.f_prime(self.x)


@functions("layers in a list: tanh_prime is written for the output, 1 - x ** 2, and gets the input", "slope_of_output_at_z")
def tanh_prime_of_z():
    r = np.random.default_rng(0)
    X, T = r.normal(size=(12, 2)), r.normal(size=(12, 1))
    layers = [FC(2, 3, r), Activation(np.tanh, lambda x: 1 - x**2), FC(3, 1, r), Activation(np.tanh, lambda x: 1 - x**2)]

    def forward():
        out = X
        for l in layers:
            out = l.forward(out)
        return out

    def grads():
        g = 2 * (forward() - T) / T.size
        for l in reversed(layers):
            g = l.backward(g)
        return {"dW1": layers[0].dW, "db1": layers[0].db, "dW2": layers[2].dW, "db2": layers[2].db}

    parameters = {"W1": layers[0].W, "b1": layers[0].b, "W2": layers[2].W, "b2": layers[2].b}
    return lambda: np.mean(np.power(T - forward(), 2)), parameters, grads, None, None


def convolution():
    r = np.random.default_rng(0)
    img, y = r.normal(size=(4, 6, 6)), r.normal(size=4)
    p = {"K": r.normal(size=(2, 3, 3)), "b": r.normal(size=2) * 0.1, "W": r.normal(size=8)}

    def forward():
        C, P = np.zeros((4, 2, 4, 4)), np.zeros((4, 2, 2, 2))
        for i in range(4):
            for f in range(2):
                for u in range(4):
                    for v in range(4):
                        C[i, f, u, v] = np.sum(img[i, u : u + 3, v : v + 3] * p["K"][f]) + p["b"][f]
        R = np.maximum(C, 0)
        for u in range(2):
            for v in range(2):
                P[:, :, u, v] = R[:, :, 2 * u : 2 * u + 2, 2 * v : 2 * v + 2].max(axis=(2, 3))
        return C, R, P, P.reshape(4, -1) @ p["W"]

    def above():
        C, R, P, out = forward()
        d = 2 * (out - y) / 4
        return C, R, {"dW": P.reshape(4, -1).T @ d}, (d[:, None] * p["W"]).reshape(P.shape)

    def picked(R, dP):
        dR = np.zeros_like(R)
        for i, f, u, v in np.ndindex(4, 2, 2, 2):
            window = R[i, f, 2 * u : 2 * u + 2, 2 * v : 2 * v + 2]
            dR[i, f, 2 * u : 2 * u + 2, 2 * v : 2 * v + 2] = (window == window.max()) * dP[i, f, u, v]
        return dR

    def shared(R, dP):
        return np.repeat(np.repeat(dP, 2, axis=2), 2, axis=3) / 4

    def added(dC):
        dK = np.zeros_like(p["K"])
        for i, f, u, v in np.ndindex(dC.shape):
            dK[f] += img[i, u : u + 3, v : v + 3] * dC[i, f, u, v]
        return dK

    def written(dC):
        dK = np.zeros_like(p["K"])
        for i, f, u, v in np.ndindex(dC.shape):
            dK[f] = img[i, u : u + 3, v : v + 3] * dC[i, f, u, v]
        return dK

    def case(pool, kernel):
        def grads():
            C, R, grads, dP = above()
            dC = pool(R, dP) * (C > 0)
            return grads | {"dK": kernel(dC), "db": dC.sum(axis=(0, 2, 3))}

        return lambda: np.mean((forward()[3] - y) ** 2), p, grads, None, None

    return case, picked, shared, added, written


@functions("a convolution by loops: the kernel's gradient is overwritten at each position", "use_alone")
def kernel_written_over():
    case, picked, _, _, written = convolution()
    return case(picked, written)


@functions("max pooling by loops, whose gradient is spread evenly over the window", "maximum_shared")
def pooling_shared():
    case, _, shared, added, _ = convolution()
    return case(shared, added)


@functions("right: convolution, ReLU and max pooling by loops")
def convolution_right():
    case, picked, _, added, _ = convolution()
    return case(picked, added)


@functions("RNN: dWhh is made with hs[t], where hs[t - 1] came in", "own_activation_for_input")
def state_of_now():
    r = np.random.default_rng(0)
    V, H, T, ids, targets = 4, 5, 6, [0, 2, 1, 3, 1, 0], [2, 1, 3, 1, 0, 2]
    p = {"Wxh": r.normal(size=(H, V)) * 0.5, "Whh": r.normal(size=(H, H)) * 0.5, "Why": r.normal(size=(V, H)) * 0.5}
    p |= {"bh": np.zeros((H, 1)), "by": np.zeros((V, 1))}

    def forward():
        xs, hs, ps, loss = {}, {-1: np.zeros((H, 1))}, {}, 0
        for t in range(T):
            xs[t] = np.zeros((V, 1))
            xs[t][ids[t]] = 1
            hs[t] = np.tanh(p["Wxh"] @ xs[t] + p["Whh"] @ hs[t - 1] + p["bh"])
            y = p["Why"] @ hs[t] + p["by"]
            ps[t] = np.exp(y) / np.exp(y).sum()
            loss += -np.log(ps[t][targets[t], 0])
        return xs, hs, ps, loss

    def grads():
        xs, hs, ps, _ = forward()
        g, dhnext = {"d" + name: np.zeros_like(array) for name, array in p.items()}, np.zeros((H, 1))
        for t in reversed(range(T)):
            dy = ps[t].copy()
            dy[targets[t]] -= 1
            g["dWhy"] += dy @ hs[t].T
            g["dby"] += dy
            draw = (1 - hs[t] ** 2) * (p["Why"].T @ dy + dhnext)
            g["dbh"] += draw
            g["dWxh"] += draw @ xs[t].T
            g["dWhh"] += draw @ hs[t].T
            dhnext = p["Whh"].T @ draw
        return g

    return lambda: forward()[3], p, grads, None, None


@functions("autoencoder with tied weights: their gradient has the decoder's part alone", "use_left_out")
def decoder_alone():
    r = np.random.default_rng(0)
    X, W, b, c = r.normal(size=(10, 4)), r.normal(size=(4, 2)), np.zeros(2), np.zeros(4)

    def forward():
        h = sig(X @ W + b)
        return h, h @ W.T + c

    def grads():
        h, out = forward()
        d = 2 * (out - X) / out.size
        return {"dW": d.T @ h, "db": (d @ W * h * (1 - h)).sum(0), "dc": d.sum(0)}

    return lambda: np.mean((forward()[1] - X) ** 2), {"W": W, "b": b, "c": c}, grads, None, None


def mazur(sigmoid):
    """Matt Mazur's example: every weight a number by itself."""
    values = dict(w1=0.15, w2=0.2, w3=0.25, w4=0.3, w5=0.4, w6=0.45, w7=0.5, w8=0.55, b1=0.35, b2=0.6)
    p, (i1, i2, t1, t2) = {k: np.array(v) for k, v in values.items()}, (0.05, 0.1, 0.01, 0.99)

    def forward():
        h1 = sigmoid(p["w1"] * i1 + p["w2"] * i2 + p["b1"])
        h2 = sigmoid(p["w3"] * i1 + p["w4"] * i2 + p["b1"])
        return h1, h2, sigmoid(p["w5"] * h1 + p["w6"] * h2 + p["b2"]), sigmoid(p["w7"] * h1 + p["w8"] * h2 + p["b2"])

    def loss():
        _, _, o1, o2 = forward()
        return 0.5 * (t1 - o1) ** 2 + 0.5 * (t2 - o2) ** 2

    def deltas():
        h1, h2, o1, o2 = forward()
        d1, d2 = (o1 - t1) * o1 * (1 - o1), (o2 - t2) * o2 * (1 - o2)
        return h1, h2, d1, d2, {"w5": d1 * h1, "w6": d1 * h2, "w7": d2 * h1, "w8": d2 * h2, "b2": d1 + d2}

    return p, loss, deltas, i1, i2


@functions("every weight a number by itself: the hidden units get the first output's error alone", "path_left_out")
def one_output_alone():
    p, loss, deltas, i1, i2 = mazur(sig)

    def grads():
        h1, h2, d1, d2, g = deltas()
        dh1, dh2 = d1 * p["w5"] * h1 * (1 - h1), d1 * p["w6"] * h2 * (1 - h2)
        return g | {"w1": dh1 * i1, "w2": dh1 * i2, "w3": dh2 * i1, "w4": dh2 * i2, "b1": dh1 + dh2}

    return loss, p, grads, None, None


@functions("every weight a number, math.exp: the hidden units' slope is left out", "slope_missing")
def numbers_without_slope():
    p, loss, deltas, i1, i2 = mazur(lambda z: 1 / (1 + math.exp(-z)))

    def grads():
        h1, h2, d1, d2, g = deltas()
        dh1, dh2 = d1 * p["w5"] + d2 * p["w7"], d1 * p["w6"] + d2 * p["w8"]
        return g | {"w1": dh1 * i1, "w2": dh1 * i2, "w3": dh2 * i1, "w4": dh2 * i2, "b1": dh1 + dh2}

    return loss, p, grads, None, None
