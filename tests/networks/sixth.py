"""Networks as they are posted, of a sixth round: scripts, whole classes with data in rows, parts of one's own."""
# ruff: noqa: B007, B905, E501, E741, F841, NPY002, RUF007, RUF059, UP031, UP034 - written as people write them

import numpy as np

from nnlib import (
    GELU,
    SGD,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Swish,
    Tanh,
    moons,
)

from . import case
from .functions import functions


def data(kind="moons", m=20, seed=1):
    if kind == "moons":
        return moons(m, 0.1, seed)
    if kind == "three":
        r = np.random.RandomState(seed)
        x = r.randn(3, m)
        c = (x[0] > 0).astype(int) + (x[1] > 0.3).astype(int)
        return (x, np.eye(3)[c].T)
    if kind == "line":
        r = np.random.RandomState(seed)
        x = r.randn(3, m)
        return (x, x[:1] * 2 - x[1:2] ** 2 + 0.1 * r.randn(1, m))


def sig(z):
    return 1 / (1 + np.exp(-z))


class MSE:
    def __call__(self, out, y):
        return np.mean((out - y) ** 2)

    def gradient(self, out, y):
        return 2 * (out - y) / y.size


class SoftmaxCE:
    """softmax and cross-entropy in one, rows"""

    def __call__(self, s, y):
        e = np.exp(s - s.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return -np.mean(np.sum(y * np.log(self.p + 1e-12), axis=1))

    def gradient(self, s, y):
        e = np.exp(s - s.max(axis=1, keepdims=True))
        return (e / e.sum(axis=1, keepdims=True) - y) / len(y)


class RowLinear:
    def __init__(self, n_in, n_out, seed=0):
        r = np.random.RandomState(seed)
        self.W = r.randn(n_in, n_out) / np.sqrt(n_in)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW = self.x.T @ g
        self.db = g.sum(axis=0)
        return g @ self.W.T


class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, g):
        return g * self.mask


class Net:
    lr = 0.1

    def __init__(self, layers, loss):
        self.layers, self.loss = (layers, loss)

    def __call__(self, x):
        for l in self.layers:
            x = l.forward(x)
        self.out = x
        return x

    def backward_step(self, y):
        g = self.loss.gradient(self.out, y)
        for l in reversed(self.layers):
            g = l.backward(g)

    def update(self):
        for l in self.layers:
            if hasattr(l, "W"):
                l.W -= self.lr * l.dW
                l.b -= self.lr * l.db


def rows(kind="three", m=24):
    x, y = data(kind, m)
    return (x.T, y.T)


class Course:
    """The class of lesson 09."""

    def __init__(self, layers, loss, optimizer, seed=0):
        self.layers, self.loss, self.optimizer = (layers, loss, optimizer)
        self.rng, self.is_built = (np.random.default_rng(seed), False)

    def build(self, features):
        for layer, _ in self.layers:
            layer.build(features, self.rng)
            features = layer.units
        self.is_built = True

    def __call__(self, x):
        if not self.is_built:
            self.build(len(x))
        for layer, activation in self.layers:
            layer.inputs = x
            layer.output = layer(x)
            x = activation(layer.output)
        self.output = x
        return x

    def backward_step(self, labels):
        grad = self.loss.gradient(self.output, labels)
        for layer, activation in reversed(self.layers):
            grad = layer.backward(grad * activation.gradient(layer.output))

    def update(self):
        for layer, _ in self.layers:
            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)


class CourseDense(Dense):
    def backward(self, dz):
        self.grad_weights, self.grad_bias = (dz @ self.inputs.T / dz.shape[1], dz.mean(axis=1, keepdims=True))
        return self.weights.T @ dz


@functions(
    "cs231n case study: the line `dhidden[hidden <= 0] = 0` is missing, ReLU's slope is forgotten on the way back",
    "slope_missing",
)
def relu_slope_forgotten_in_rows():
    x, y = data("three")
    X, Y = (x.T, y.argmax(0))
    N = len(X)
    rng = np.random.RandomState(0)
    P = {
        "W": 0.5 * rng.randn(3, 10),
        "b": 0.1 * rng.randn(1, 10),
        "W2": 0.5 * rng.randn(10, 3),
        "b2": 0.1 * rng.randn(1, 3),
    }

    def scores(p):
        h = np.maximum(0, X.dot(p["W"]) + p["b"])
        return (h, h.dot(p["W2"]) + p["b2"])

    def loss(p):
        h, s = scores(p)
        e = np.exp(s)
        probs = e / e.sum(axis=1, keepdims=True)
        return -np.log(probs[range(N), Y]).sum() / N

    def grads(p):
        h, s = scores(p)
        e = np.exp(s)
        probs = e / e.sum(axis=1, keepdims=True)
        d = probs
        d[range(N), Y] -= 1
        d /= N
        dhidden = d.dot(p["W2"].T)
        return {
            "dW2": h.T.dot(d),
            "db2": d.sum(axis=0, keepdims=True),
            "dW": X.T.dot(dhidden),
            "db": dhidden.sum(axis=0, keepdims=True),
        }

    return (loss, P, grads, None, None)


@functions(
    "MNIST video style: db1 = 1/m * np.sum(dZ1) sums over units and examples, one number for all biases", "rows_equal"
)
def one_number_for_all_biases():
    X, Y = data("three")
    m = X.shape[1]
    rng = np.random.RandomState(2)
    P = dict(W1=rng.rand(10, 3) - 0.5, b1=rng.rand(10, 1) - 0.5, W2=rng.rand(3, 10) - 0.5, b2=rng.rand(3, 1) - 0.5)

    def forward_prop(W1, b1, W2, b2):
        Z1 = W1.dot(X) + b1
        A1 = np.maximum(Z1, 0)
        Z2 = W2.dot(A1) + b2
        A2 = np.exp(Z2) / sum(np.exp(Z2))
        return (Z1, A1, Z2, A2)

    def loss(p):
        return -np.sum(Y * np.log(forward_prop(**p)[-1])) / m

    def back_prop(p):
        Z1, A1, Z2, A2 = forward_prop(**p)
        dZ2 = A2 - Y
        dW2 = 1 / m * dZ2.dot(A1.T)
        db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = p["W2"].T.dot(dZ2) * (Z1 > 0)
        dW1 = 1 / m * dZ1.dot(X.T)
        db1 = 1 / m * np.sum(dZ1)
        return {"dW1": dW1, "db1": np.full_like(p["b1"], db1), "dW2": dW2, "db2": db2}

    return (loss, P, back_prop, m, None)


@functions(
    "the hidden layer is a sigmoid, but the backward pass multiplies by tanh's slope 1 - A1**2 (copied from the course)",
    "slope_of_another",
)
def slope_of_tanh_for_sigmoid():
    X, Y = data()
    m = X.shape[1]
    np.random.seed(3)
    P = {
        "W1": np.random.randn(4, 2),
        "b1": np.random.randn(4, 1) * 0.1,
        "W2": np.random.randn(1, 4),
        "b2": np.zeros((1, 1)),
    }

    def forward_propagation(parameters):
        Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
        A1 = sig(Z1)
        Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
        A2 = sig(Z2)
        return (A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2})

    def compute_cost(parameters):
        A2, _ = forward_propagation(parameters)
        logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
        return float(-np.sum(logprobs) / m)

    def backward_propagation(parameters):
        _, cache = forward_propagation(parameters)
        A1, A2 = (cache["A1"], cache["A2"])
        dZ2 = A2 - Y
        dW2 = np.dot(dZ2, A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(A1, 2))
        return {"dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": dW2, "db2": db2}

    return (compute_cost, P, backward_propagation, m, None)


@functions("1/m is missing in dW2 only; the three other gradients have it", "mean_missing")
def mean_missing_in_one_array():
    X, Y = data()
    m = X.shape[1]
    r = np.random.default_rng(4)
    W1, b1, W2, b2 = (r.normal(size=(5, 2)), r.normal(size=(5, 1)), r.normal(size=(1, 5)), r.normal(size=(1, 1)))

    def cost():
        A1 = np.tanh(W1 @ X + b1)
        A2 = sig(W2 @ A1 + b2)
        return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

    A1 = np.tanh(W1 @ X + b1)
    A2 = sig(W2 @ A1 + b2)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return (cost, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}, m, None)


@functions("L2: the cost has lambd/(2m) * sum of squares, the gradient adds lambd * W without the 1/m", "l2_other")
def l2_not_divided_in_gradient():
    X, Y = data()
    m = X.shape[1]
    lambd = 0.7
    r = np.random.RandomState(5)
    P = {"W1": r.randn(6, 2), "b1": r.randn(6, 1), "W2": r.randn(1, 6), "b2": r.randn(1, 1)}

    def fwd(p):
        A1 = np.maximum(0, p["W1"] @ X + p["b1"])
        return (A1, sig(p["W2"] @ A1 + p["b2"]))

    def cost(p):
        _, A2 = fwd(p)
        ce = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
        return ce + lambd / (2 * m) * (np.sum(np.square(p["W1"])) + np.sum(np.square(p["W2"])))

    def grads(p):
        A1, A2 = fwd(p)
        dZ2 = A2 - Y
        g = {}
        g["W2"] = 1.0 / m * dZ2 @ A1.T + lambd * p["W2"]
        g["b2"] = 1.0 / m * dZ2.sum(1, keepdims=True)
        dZ1 = p["W2"].T @ dZ2 * (A1 > 0)
        g["W1"] = 1.0 / m * dZ1 @ X.T + lambd * p["W1"]
        g["b1"] = 1.0 / m * dZ1.sum(1, keepdims=True)
        return g

    return (cost, P, grads, m, None)


@functions(
    "mean squared error behind a sigmoid: the output's delta is a - y, the slope a(1 - a) of the output sigmoid is missing",
    "slope_missing",
)
def output_slope_missing_data():
    X, Y = data()
    X, Y = (X.T, Y.T)
    r = np.random.RandomState(6)
    w0, b0, w1, b1 = (r.randn(2, 4), r.randn(1, 4), r.randn(4, 1), r.randn(1, 1))

    def loss():
        l1 = sig(X @ w0 + b0)
        l2 = sig(l1 @ w1 + b1)
        return np.mean((l2 - Y) ** 2)

    n = len(X)
    l1 = sig(X @ w0 + b0)
    l2 = sig(l1 @ w1 + b1)
    l2_delta = 2 * (l2 - Y) / n
    l1_delta = l2_delta @ w1.T * l1 * (1 - l1)
    return (
        loss,
        {"w0": w0, "b0": b0, "w1": w1, "b1": b1},
        {
            "w0": X.T @ l1_delta,
            "b0": l1_delta.sum(0, keepdims=True),
            "w1": l1.T @ l2_delta,
            "b1": l2_delta.sum(0, keepdims=True),
        },
        None,
        None,
    )


@functions("softmax divides by the sum over the whole batch (np.sum without axis), backward uses p - y", "axis_missing")
def softmax_over_the_batch():
    X, Y = data("three")
    m = X.shape[1]
    r = np.random.RandomState(7)
    P = {"W1": r.randn(5, 3) * 0.5, "b1": r.randn(5, 1) * 0.5, "W2": r.randn(3, 5) * 0.5, "b2": r.randn(3, 1) * 0.5}

    def softmax(z):
        return np.exp(z) / np.sum(np.exp(z))

    def fwd(p):
        a1 = sig(p["W1"] @ X + p["b1"])
        return (a1, softmax(p["W2"] @ a1 + p["b2"]))

    def loss(p):
        return -np.mean(np.sum(Y * np.log(fwd(p)[1]), axis=0))

    def grads(p):
        a1, a2 = fwd(p)
        d2 = (a2 - Y) / m
        d1 = p["W2"].T @ d2 * a1 * (1 - a1)
        return {"W1": d1 @ X.T, "b1": d1.sum(1, keepdims=True), "W2": d2 @ a1.T, "b2": d2.sum(1, keepdims=True)}

    return (loss, P, grads, m, 3)


@functions(
    "sigmoid_prime(x) = sigmoid(x)(1 - sigmoid(x)) is called with the activation a1, so the sigmoid is taken twice",
    "slope_at_output",
)
def slope_function_is_given_the_output():
    X, Y = data("line")
    X, Y = (X.T, Y.T)
    r = np.random.RandomState(8)

    def sigmoid_prime(x):
        return sig(x) * (1 - sig(x))

    P = {"W1": r.randn(3, 6), "b1": r.randn(6), "W2": r.randn(6, 1), "b2": r.randn(1)}

    def forward(p):
        a1 = sig(X @ p["W1"] + p["b1"])
        return (a1, a1 @ p["W2"] + p["b2"])

    def loss(p):
        return ((forward(p)[1] - Y) ** 2).mean()

    def backward(p):
        a1, out = forward(p)
        d = 2 * (out - Y) / len(Y)
        dh = d @ p["W2"].T * sigmoid_prime(a1)
        return {"W1": X.T @ dh, "b1": dh.sum(axis=0), "W2": a1.T @ d, "b2": d.sum(axis=0)}

    return (loss, P, backward, None, None)


@functions(
    "two equal hidden layers: the error goes back through W2, not through its transpose", "weights_not_transposed"
)
def through_w2_not_turned():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(9)
    P = {
        k: r.randn(*s) * 0.7
        for k, s in {"W1": (4, 3), "b1": (4, 1), "W2": (4, 4), "b2": (4, 1), "W3": (1, 4), "b3": (1, 1)}.items()
    }

    def f(p):
        a1 = np.tanh(p["W1"] @ X + p["b1"])
        a2 = np.tanh(p["W2"] @ a1 + p["b2"])
        return (a1, a2, p["W3"] @ a2 + p["b3"])

    def J(p):
        return np.sum((f(p)[2] - Y) ** 2) / (2 * m)

    def grad(p):
        a1, a2, a3 = f(p)
        d3 = (a3 - Y) / m
        d2 = p["W3"].T @ d3 * (1 - a2**2)
        d1 = p["W2"] @ d2 * (1 - a1**2)
        return {
            "dW3": d3 @ a2.T,
            "db3": d3.sum(axis=1, keepdims=True),
            "dW2": d2 @ a1.T,
            "db2": d2.sum(axis=1, keepdims=True),
            "dW1": d1 @ X.T,
            "db1": d1.sum(axis=1, keepdims=True),
        }

    return (J, P, grad, None, None)


@functions(
    "Nielsen's backprop, example by example: sp = sigmoid_prime(zs[-1]) stands before the loop, so hidden layers get the output's slope",
    "slope_of_last",
)
def slope_of_the_output_for_all_layers():
    x, y = data(m=12)
    sizes = [2, 4, 3, 1]
    r = np.random.RandomState(10)
    biases = [r.randn(n, 1) for n in sizes[1:]]
    weights = [r.randn(n, k) for k, n in zip(sizes[:-1], sizes[1:])]
    training = [(x[:, [i]], y[:, [i]]) for i in range(x.shape[1])]

    def feedforward(a):
        for b, w in zip(biases, weights):
            a = sig(np.dot(w, a) + b)
        return a

    def cost():
        return sum((0.5 * np.sum((feedforward(a) - t) ** 2) for a, t in training)) / len(training)

    def backprop(x, y):
        nabla_b = [np.zeros(b.shape) for b in biases]
        nabla_w = [np.zeros(w.shape) for w in weights]
        activation, activations, zs = (x, [x], [])
        for b, w in zip(biases, weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sig(z)
            activations.append(activation)
        sp = sig(zs[-1]) * (1 - sig(zs[-1]))
        delta = (activations[-1] - y) * sp
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, len(sizes)):
            delta = np.dot(weights[-l + 1].transpose(), delta) * sp
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return (nabla_b, nabla_w)

    total_b = [np.zeros(b.shape) for b in biases]
    total_w = [np.zeros(w.shape) for w in weights]
    for a, t in training:
        db, dw = backprop(a, t)
        total_b = [n + d for n, d in zip(total_b, db)]
        total_w = [n + d for n, d in zip(total_w, dw)]
    n = len(training)
    return (cost, weights + biases, [w / n for w in total_w] + [b / n for b in total_b], None, None)


@functions("leaky ReLU on the way up (0.1 z below 0), plain ReLU's slope 0 on the way back", "slope_of_another")
def leak_forgotten_on_the_way_back():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(11)
    P = {"W1": r.randn(6, 3), "b1": r.randn(6, 1), "W2": r.randn(1, 6), "b2": r.randn(1, 1)}

    def forward(p):
        z1 = p["W1"] @ X + p["b1"]
        a1 = np.where(z1 > 0, z1, 0.1 * z1)
        return (z1, a1, p["W2"] @ a1 + p["b2"])

    def loss(p):
        return float(np.mean((Y - forward(p)[2]) ** 2))

    def backward(p):
        z1, a1, y_hat = forward(p)
        dy = -2 * (Y - y_hat) / m
        dz1 = p["W2"].T @ dy
        dz1[z1 <= 0] = 0
        return {
            "W1": dz1 @ X.T,
            "b1": dz1.sum(axis=1, keepdims=True),
            "W2": dy @ a1.T,
            "b2": dy.sum(axis=1, keepdims=True),
        }

    return (loss, P, backward, m, None)


@functions(
    "y has shape (m,) and the prediction (m, 1): the loss subtracts them and averages an m x m table; the gradient reshapes y",
    "column_met_row",
)
def loss_of_a_table():
    x, t = data("line")
    X, y = (x.T, t.ravel())
    r = np.random.RandomState(12)
    P = {"W1": r.randn(3, 5), "b1": r.randn(5), "W2": r.randn(5, 1), "b2": r.randn(1)}

    def predict(p):
        h = np.tanh(X @ p["W1"] + p["b1"])
        return (h, h @ p["W2"] + p["b2"])

    def loss(p):
        return np.mean((predict(p)[1] - y) ** 2)

    def grads(p):
        h, pred = predict(p)
        d = 2 * (pred - y.reshape(-1, 1)) / len(y)
        dh = d @ p["W2"].T * (1 - h**2)
        return {"W1": X.T @ dh, "b1": dh.sum(axis=0), "W2": h.T @ d, "b2": d.sum(axis=0)}

    return (loss, P, grads, None, None)


@functions(
    "W2 = W1 with no copy: both layers are one array; dW1 and dW2 are worked out as if they were two", "one_array"
)
def two_names_for_one_array():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(13)
    W1 = r.randn(3, 3)
    W2 = W1
    b1 = r.randn(3, 1)
    b2 = r.randn(3, 1)
    W3 = r.randn(1, 3)
    b3 = r.randn(1, 1)

    def run():
        a1 = np.tanh(W1 @ X + b1)
        a2 = np.tanh(W2 @ a1 + b2)
        return (a1, a2, W3 @ a2 + b3)

    def loss():
        return np.mean((run()[2] - Y) ** 2)

    def grads():
        a1, a2, o = run()
        d3 = 2 * (o - Y) / m
        d2 = W3.T @ d3 * (1 - a2**2)
        d1 = W2.T @ d2 * (1 - a1**2)
        return {
            "W1": d1 @ X.T,
            "b1": d1.sum(1, keepdims=True),
            "W2": d2 @ a1.T,
            "b2": d2.sum(1, keepdims=True),
            "W3": d3 @ a2.T,
            "b3": d3.sum(1, keepdims=True),
        }

    return (loss, dict(W1=W1, b1=b1, W2=W2, b2=b2, W3=W3, b3=b3), grads, None, None)


@case(
    "gradients are added up with += (for minibatches) and nobody ever sets them to zero",
    "gradients_pile_up",
    alone=True,
)
def never_set_to_zero():

    class Dense(RowLinear):
        def __init__(self, i, o, seed):
            super().__init__(i, o, seed)
            self.dW = np.zeros_like(self.W)
            self.db = np.zeros_like(self.b)

        def backward(self, g):
            self.dW += self.x.T @ g
            self.db += g.sum(axis=0)
            return g @ self.W.T

    return (Net([Dense(3, 8, 1), Relu(), Dense(8, 3, 2)], SoftmaxCE()), *rows())


@case("update adds the gradient: w += lr * dw climbs the hill", "step_uphill", alone=True)
def class_that_climbs():

    class Model(Net):
        def update(self):
            for layer in self.layers:
                if isinstance(layer, RowLinear):
                    layer.W += self.lr * layer.dW
                    layer.b += self.lr * layer.db

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@case(
    "one ReLU object stands in two places, so its mask is that of the second place when the first is worked out",
    "shared_part",
    alone=True,
)
def one_relu_in_two_places():
    relu = Relu()
    return (Net([RowLinear(3, 7, 1), relu, RowLinear(7, 7, 2), relu, RowLinear(7, 3, 3)], SoftmaxCE()), *rows())


@case("dropout draws a new mask in backward", "mask_redrawn", alone=True)
def mask_drawn_again_in_rows():

    class Dropout:
        def __init__(self, p):
            self.p = p

        def forward(self, x):
            return x * (np.random.rand(*x.shape) < self.p) / self.p

        def backward(self, g):
            return g * (np.random.rand(*g.shape) < self.p) / self.p

    return (Net([RowLinear(3, 10, 1), Relu(), Dropout(0.8), RowLinear(10, 3, 2)], SoftmaxCE()), *rows())


@case(
    "momentum: the velocity is set to zero at the start of every update, so nothing is ever remembered",
    "velocity_forgotten",
    alone=True,
)
def velocity_begins_anew():

    class Model(Net):
        momentum = 0.9

        def update(self):
            for l in self.layers:
                if not isinstance(l, RowLinear):
                    continue
                l.vW, l.vb = (np.zeros_like(l.W), np.zeros_like(l.b))
                l.vW = self.momentum * l.vW - self.lr * l.dW
                l.vb = self.momentum * l.vb - self.lr * l.db
                l.W += l.vW
                l.b += l.vb

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@case(
    "activation inside the layer, slope function of z is given a: sigmoid'(sigmoid(z))", "slope_at_output", alone=True
)
def fused_layer_slope_of_output():

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def sigmoid_derivative(z):
        return sigmoid(z) * (1 - sigmoid(z))

    class Layer:
        def __init__(self, inputs, neurons, seed):
            r = np.random.default_rng(seed)
            self.weights = r.standard_normal((inputs, neurons))
            self.biases = np.zeros((1, neurons))

        def forward(self, inputs):
            self.inputs = inputs
            self.output = sigmoid(inputs @ self.weights + self.biases)
            return self.output

        def backward(self, error):
            delta = error * sigmoid_derivative(self.output)
            self.dweights = self.inputs.T @ delta
            self.dbiases = delta.sum(axis=0, keepdims=True)
            return delta @ self.weights.T

    class Network:
        def __init__(self):
            self.layers = [Layer(2, 4, 0), Layer(4, 1, 1)]
            self.loss = MSE()

        def __call__(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            self.output = x
            return x

        def backward_step(self, y):
            error = self.loss.gradient(self.output, y)
            for layer in self.layers[::-1]:
                error = layer.backward(error)

        def update(self):
            for layer in self.layers:
                layer.weights -= 0.5 * layer.dweights
                layer.biases -= 0.5 * layer.dbiases

    return (Network(), *rows("moons"))


@case(
    "the loss's gradient is already divided by the number of examples, and the layer divides once more",
    "mean_twice",
    alone=True,
)
def mean_in_loss_and_layer():

    class Dense(RowLinear):
        def backward(self, g):
            m = g.shape[0]
            self.dW = self.x.T @ g / m
            self.db = g.sum(axis=0) / m
            return g @ self.W.T

    return (Net([Dense(3, 8, 1), Relu(), Dense(8, 3, 2)], SoftmaxCE()), *rows())


@case(
    "the layer updates its weights in backward and then sends the error through the new ones",
    "update_in_backward",
    "moved_first",
    alone=True,
)
def update_in_backward_of_rows():

    class Dense(RowLinear):
        def backward(self, g):
            self.dW = self.x.T @ g
            self.db = g.sum(axis=0)
            self.W -= 0.1 * self.dW
            self.b -= 0.1 * self.db
            return g @ self.W.T

    class Model(Net):
        def update(self):
            pass

    return (Model([Dense(3, 6, 1), Relu(), Dense(6, 1, 2)], MSE()), *rows("line"))


@case("`l.backward(g)` without `g =`: every layer gets the loss's own gradient", "never_handed_on", alone=True)
def gradient_never_handed_on():

    class Model(Net):
        def backward_step(self, y):
            g = self.loss.gradient(self.out, y)
            for l in reversed(self.layers):
                l.backward(g)

    return (Model([RowLinear(3, 3, 1), Relu(), RowLinear(3, 3, 2)], SoftmaxCE()), *rows())


@case("own Tanh: the slope 1 - z**2 is worked out from z where tanh(z) belongs", "slope_of_output_at_z")
def tanh_slope_from_z():

    class MyTanh:
        def __call__(self, z):
            return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))

        def gradient(self, z):
            return 1 - z**2

    return (NeuralNetwork(((Dense(5), MyTanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=1), *data())


@case("own Softmax: backward takes s(1 - s), the diagonal of the Jacobian alone", "softmax_elementwise")
def softmax_diagonal():

    class MySoftmax:
        def __call__(self, z):
            e = np.exp(z - np.max(z, axis=0))
            self.s = e / np.sum(e, axis=0)
            return self.s

        def backward(self, grad):
            return grad * self.s * (1 - self.s)

    class CrossEntropy:
        def __call__(self, p, y):
            return -np.sum(y * np.log(p)) / y.shape[1]

        def gradient(self, p, y):
            return -y / p

    return (NeuralNetwork(((Dense(6), ReLU()), (Dense(3), MySoftmax())), CrossEntropy(), 0.1, seed=2), *data("three"))


@case("own BatchNorm: backward is gamma / std * grad, mean and variance are taken for constants", "statistics_constant")
def statistics_held_constant():

    class MyBatchNorm:
        parameters = ("gamma", "beta")

        def build(self, features, rng, dtype=float):
            self.gamma, self.beta = (np.ones((features, 1)), np.zeros((features, 1)))
            self.rm, self.rv = (0, 1)

        def __call__(self, x):
            self.mu, self.var = (x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True))
            self.std = np.sqrt(self.var + 1e-05)
            self.xhat = (x - self.mu) / self.std
            self.rm = 0.9 * self.rm + 0.1 * self.mu
            self.rv = 0.9 * self.rv + 0.1 * self.var
            return self.gamma * self.xhat + self.beta

        def predict(self, x):
            return self.gamma * (x - self.rm) / np.sqrt(self.rv + 1e-05) + self.beta

        def parameter_gradients(self, g):
            self.grad_gamma = (g * self.xhat).mean(axis=1, keepdims=True)
            self.grad_beta = g.mean(axis=1, keepdims=True)

        def backward(self, g):
            return g * self.gamma / self.std

    return (
        NeuralNetwork(((Dense(6), MyBatchNorm(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=3),
        *data(),
    )


@case("own BatchNorm: gamma's gradient uses the raw inputs, not the normalised ones", "raw_inputs_for_normalised")
def gamma_meets_raw_inputs():

    class BN(BatchNorm):
        def parameter_gradients(self, grad_output):
            m = grad_output.shape[1]
            self.grad_gamma = np.sum(grad_output * self.inputs, axis=1, keepdims=True) / m
            self.grad_beta = np.sum(grad_output, axis=1, keepdims=True) / m

    return (
        NeuralNetwork(((Dense(6), BN(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4),
        *data(),
    )


@case("own Dropout: backward hands the gradient on without the mask", "mask_missing")
def dropout_hands_all_on():

    class MyDropout:
        def __init__(self, p=0.3):
            self.p = p
            self.rng = np.random.default_rng(5)

        def __call__(self, x):
            self.mask = (self.rng.random(x.shape) > self.p) / (1 - self.p)
            return x * self.mask

        def predict(self, x):
            return x

        def backward(self, grad):
            return grad

    return (
        NeuralNetwork(((Dense(10), ReLU(), MyDropout()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=5),
        *data(),
    )


@case("own Dropout: no scaling at all, neither 1/(1-p) in training nor (1-p) when predicting", "dropout_unscaled")
def dropout_never_scaled():

    class MyDropout:
        def __init__(self, p):
            self.p = p

        def __call__(self, x):
            self.mask = np.random.rand(*x.shape) >= self.p
            return x * self.mask

        def predict(self, x):
            return x

        def backward(self, grad):
            return grad * self.mask

    return (
        NeuralNetwork(((Dense(10), ReLU(), MyDropout(0.5)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=6),
        *data(),
    )


@case(
    "own Adam: t is set to 1 in __init__ and never goes up, so the correction stays that of the first step",
    "adam_counter_stuck",
)
def adam_t_is_one():

    class MyAdam:
        def __init__(self, learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-08):
            self.learning_rate, self.b1, self.b2, self.eps = (learning_rate, b1, b2, eps)
            self.m = self.v = 0
            self.t = 1

        def step(self, parameters, gradients):
            self.m = self.b1 * self.m + (1 - self.b1) * gradients
            self.v = self.b2 * self.v + (1 - self.b2) * gradients**2
            m_hat = self.m / (1 - self.b1**self.t)
            v_hat = self.v / (1 - self.b2**self.t)
            parameters -= self.learning_rate * m_hat / (np.sqrt(v_hat) + self.eps)

    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=MyAdam(), seed=7),
        *data(),
    )


@case("own RMSProp: divides by the mean square, the square root is forgotten", "root_missing")
def rmsprop_without_root():

    class RMSprop:
        def __init__(self, learning_rate=0.01, decay=0.9):
            self.learning_rate, self.decay, self.cache = (learning_rate, decay, None)

        def step(self, w, g):
            if self.cache is None:
                self.cache = np.zeros_like(w)
            self.cache = self.decay * self.cache + (1 - self.decay) * g**2
            w -= self.learning_rate * g / (self.cache + 1e-08)

    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=RMSprop(), seed=8),
        *data(),
    )


@case("own binary cross-entropy: the second term of the slope has the wrong sign, -(y/a + (1-y)/(1-a))", "sign_inside")
def sign_of_second_term():

    class BCE:
        def __call__(self, a, y):
            return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

        def gradient(self, a, y):
            return -(np.divide(y, a) + np.divide(1 - y, 1 - a))

    return (NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BCE(), 0.5, seed=9), *data())


@case("own Dense: all weights start at zero, so all units stay alike", "units_equal")
def weights_of_zero():

    class MyDense(Dense):
        def build(self, features, rng, dtype=np.float64):
            self.weights = np.zeros((self.units, features))
            self.bias = np.zeros((self.units, 1))

    return (NeuralNetwork(((MyDense(4), Tanh()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=10), *data())


@case(
    "own Dense: the forward pass adds the bias inside the matrix product's argument: W @ (x + b) is impossible, so W @ x - b",
    "bias_subtracted",
)
def bias_taken_off():

    class MyDense:
        def __init__(self, units):
            self.units = units
            self.weights = self.bias = None

        def build(self, features, rng, dtype=float):
            self.weights = rng.normal(size=(self.units, features))
            self.bias = np.zeros((self.units, 1))

        def __call__(self, x):
            return self.weights @ x - self.bias

        def backward(self, dz):
            m = dz.shape[1]
            self.grad_weights, self.grad_bias = (dz @ self.inputs.T / m, dz.sum(axis=1, keepdims=True) / m)
            return self.weights.T @ dz

    return (NeuralNetwork(((MyDense(4), Tanh()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=11), *data())


@case(
    "own Dense keeps its inputs only the first time (if self.x is None), so later batches use those of the first",
    "stale_inputs",
)
def inputs_of_the_first_call():

    class MyDense:
        def __init__(self, units):
            self.units = units
            self.weights = self.bias = self.x = None

        def build(self, features, rng, dtype=float):
            self.weights = rng.normal(size=(self.units, features))
            self.bias = np.zeros((self.units, 1))

        def __call__(self, x):
            if self.x is None:
                self.x = x
            return self.weights @ x + self.bias

        def backward(self, dz):
            self.grad_weights = dz @ self.x.T / dz.shape[1]
            self.grad_bias = dz.mean(axis=1, keepdims=True)
            return self.weights.T @ dz

    return (NeuralNetwork(((MyDense(4), Tanh()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=12), *data())


@case(
    "own Sigmoid works in place on z, and its slope is worked out from that z, which holds a by then",
    "inputs_overwritten",
)
def sigmoid_in_place():

    class FastSigmoid:
        def __call__(self, z):
            np.negative(z, out=z)
            np.exp(z, out=z)
            z += 1
            np.reciprocal(z, out=z)
            return z

        def gradient(self, z):
            a = 1 / (1 + np.exp(-z))
            return a * (1 - a)

    return (
        NeuralNetwork(((Dense(5), FastSigmoid()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=13),
        *data(),
    )


@case("own SGD with weight decay: the decay is added, weights grow: w -= lr * (g - decay * w)", "decay_grows")
def decay_that_grows():

    class SGDW:
        def __init__(self, learning_rate, decay=0.1):
            self.learning_rate, self.decay = (learning_rate, decay)

        def step(self, w, g):
            w -= self.learning_rate * (g - self.decay * w)

    return (
        NeuralNetwork(((Dense(5), ReLU()), (Dense(1), Linear())), MeanSquaredError(), optimizer=SGDW(0.05), seed=14),
        *data("line"),
    )


@functions(
    "cs231n style, hard labels, probs[range(N), y] -= 1, 0.5 * reg * W*W in the loss and reg * W in the gradient"
)
def hard_labels_and_l2():
    x, y = data("three")
    X, Y = (x.T, y.argmax(0))
    N = len(X)
    reg = 0.01
    rng = np.random.RandomState(0)
    P = {"W": rng.randn(3, 10), "b": rng.randn(1, 10), "W2": rng.randn(10, 3), "b2": rng.randn(1, 3)}

    def run(p):
        h = np.maximum(0, X.dot(p["W"]) + p["b"])
        s = h.dot(p["W2"]) + p["b2"]
        e = np.exp(s - s.max(1, keepdims=True))
        return (h, e / e.sum(1, keepdims=True))

    def loss(p):
        return -np.log(run(p)[1][range(N), Y]).sum() / N + 0.5 * reg * (np.sum(p["W"] ** 2) + np.sum(p["W2"] ** 2))

    def grads(p):
        h, d = run(p)
        d[range(N), Y] -= 1
        d /= N
        dh = np.dot(d, p["W2"].T)
        dh[h <= 0] = 0
        return {
            "dW2": h.T @ d + reg * p["W2"],
            "db2": d.sum(0, keepdims=True),
            "dW": X.T @ dh + reg * p["W"],
            "db": dh.sum(0, keepdims=True),
        }

    return (loss, P, grads, None, None)


@functions("Nielsen's loop over examples with lists, quadratic cost with 1/2, divided by n at the end")
def nielsens_loop():
    x, y = data(m=10)
    r = np.random.RandomState(1)
    B = [r.randn(n, 1) for n in (3, 1)]
    W = [r.randn(3, 2), r.randn(1, 3)]
    n = x.shape[1]

    def cost():
        c = 0
        for i in range(n):
            a = x[:, [i]]
            for b, w in zip(B, W):
                a = sig(w @ a + b)
            c += 0.5 * np.linalg.norm(a - y[:, [i]]) ** 2 / n
        return c

    gB, gW = ([b * 0 for b in B], [w * 0 for w in W])
    for i in range(n):
        acts = [x[:, [i]]]
        for b, w in zip(B, W):
            acts.append(sig(w @ acts[-1] + b))
        delta = (acts[-1] - y[:, [i]]) * acts[-1] * (1 - acts[-1])
        for l in (-1, -2):
            gB[l] = gB[l] + delta / n
            gW[l] = gW[l] + delta @ acts[l - 1].T / n
            if l == -1:
                delta = W[-1].T @ delta * acts[-2] * (1 - acts[-2])
    return (cost, W + B, gW + gB, None, None)


@case("own class, classical momentum v = mu v - lr g; w += v, one dictionary of velocities by id", alone=True)
def velocities_by_place():

    class Model(Net):
        mu = 0.9

        def __init__(self, *a):
            super().__init__(*a)
            self.v = {}

        def update(self):
            for i, l in enumerate(self.layers):
                for name in ("W", "b"):
                    if hasattr(l, name):
                        v = self.v.get((i, name), 0)
                        v = self.mu * v - self.lr * getattr(l, "d" + name)
                        self.v[i, name] = v
                        setattr(l, name, getattr(l, name) + v)

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@case("own Nesterov in cs231n's form: w += -mu v_prev + (1 + mu) v")
def nesterov_of_cs231n():

    class Nag:
        def __init__(self, learning_rate, mu=0.9):
            self.learning_rate, self.mu, self.v = (learning_rate, mu, None)

        def step(self, w, g):
            if self.v is None:
                self.v = np.zeros_like(w)
            v_prev = self.v.copy()
            self.v = self.mu * self.v - self.learning_rate * g
            w += -self.mu * v_prev + (1 + self.mu) * self.v

    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Nag(0.1), seed=1),
        *data(),
    )


@case("own inverted Dropout on NumPy's global random numbers, mask kept as float")
def global_dropout():

    class Drop:
        def __init__(self, keep):
            self.keep = keep

        def __call__(self, A):
            self.D = (np.random.rand(A.shape[0], A.shape[1]) < self.keep).astype(int)
            A = A * self.D
            A = A / self.keep
            return A

        def predict(self, A):
            return A

        def backward(self, dA):
            dA = dA * self.D
            dA /= self.keep
            return dA

    return (
        NeuralNetwork(((Dense(9), ReLU(), Drop(0.6)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=2),
        *data(),
    )


@case("own BatchNorm with the staged backward pass of the blog (dxhat, divar, dxmu1, dsq, …)")
def staged_batchnorm():

    class BN:
        parameters = ("gamma", "beta")

        def build(self, n, rng, dtype=float):
            self.gamma, self.beta = (np.ones((n, 1)), np.zeros((n, 1)))
            self.rm, self.rv = (np.zeros((n, 1)), np.ones((n, 1)))

        def __call__(self, x):
            self.xmu = x - x.mean(1, keepdims=True)
            self.var = (self.xmu**2).mean(1, keepdims=True)
            self.sqrtvar = np.sqrt(self.var + 1e-05)
            self.ivar = 1 / self.sqrtvar
            self.xhat = self.xmu * self.ivar
            self.rm = 0.9 * self.rm + 0.1 * x.mean(1, keepdims=True)
            self.rv = 0.9 * self.rv + 0.1 * self.var
            return self.gamma * self.xhat + self.beta

        def predict(self, x):
            return self.gamma * (x - self.rm) / np.sqrt(self.rv + 1e-05) + self.beta

        def parameter_gradients(self, dout):
            N = dout.shape[1]
            self.grad_beta = dout.sum(1, keepdims=True) / N
            self.grad_gamma = (dout * self.xhat).sum(1, keepdims=True) / N

        def backward(self, dout):
            D, N = dout.shape
            dxhat = dout * self.gamma
            divar = (dxhat * self.xmu).sum(1, keepdims=True)
            dxmu1 = dxhat * self.ivar
            dsqrtvar = -1.0 / self.sqrtvar**2 * divar
            dvar = 0.5 / np.sqrt(self.var + 1e-05) * dsqrtvar
            dsq = np.ones((D, N)) / N * dvar
            dxmu2 = 2 * self.xmu * dsq
            dx1 = dxmu1 + dxmu2
            dmu = -dx1.sum(1, keepdims=True)
            return dx1 + np.ones((D, N)) / N * dmu

    return (
        NeuralNetwork(((Dense(6), BN(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=3),
        *data(),
    )


@case("own Softmax with the full Jacobian, example by example; own cross-entropy with + 1e-12 in the log")
def full_jacobian():

    class MySoftmax:
        def __call__(self, z):
            e = np.exp(z)
            self.p = e / e.sum(0)
            return self.p

        def backward(self, g):
            out = np.empty_like(g)
            for i in range(g.shape[1]):
                s = self.p[:, i].reshape(-1, 1)
                out[:, i] = (np.diagflat(s) - s @ s.T) @ g[:, i]
            return out

    class CE:
        def __call__(self, p, y):
            return -(y * np.log(p + 1e-12)).sum() / y.shape[1]

        def gradient(self, p, y):
            return -y / (p + 1e-12)

    return (NeuralNetwork(((Dense(6), ReLU()), (Dense(3), MySoftmax())), CE(), 0.1, seed=4), *data("three"))


@functions("bias trick: a row of ones below the inputs, weights (units, features + 1), no bias")
def bias_trick():
    X, Y = data()
    m = X.shape[1]
    r = np.random.RandomState(5)
    Theta1, Theta2 = (r.randn(4, 3), r.randn(1, 5))
    one = np.ones((1, m))

    def run():
        a1 = np.vstack([one, X])
        a2 = np.vstack([one, sig(Theta1 @ a1)])
        return (a1, a2, sig(Theta2 @ a2))

    def J():
        h = run()[2]
        return (-Y * np.log(h) - (1 - Y) * np.log(1 - h)).sum() / m

    def grad():
        a1, a2, h = run()
        d3 = h - Y
        d2 = (Theta2.T @ d3 * a2 * (1 - a2))[1:]
        return {"Theta1": d2 @ a1.T / m, "Theta2": d3 @ a2.T / m}

    return (J, {"Theta1": Theta1, "Theta2": Theta2}, grad, None, None)


@case("own BCE on logits behind Linear, max(z,0) - z y + log1p(exp(-|z|))")
def loss_of_logits():

    class BCEWithLogits:
        def __call__(self, z, y):
            return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-abs(z))))

        def gradient(self, z, y):
            return 1 / (1 + np.exp(-z)) - y

    return (NeuralNetwork(((Dense(5), Swish()), (Dense(1), Linear())), BCEWithLogits(), 0.3, seed=5), *data())


@case("own Dense with weights (features, units) inside nnlib's network; backward does both jobs")
def features_first():

    class MyDense:
        def __init__(self, units):
            self.units = units
            self.weights = self.bias = None

        def build(self, f, rng, dtype=float):
            self.weights = rng.normal(size=(f, self.units)) / f
            self.bias = np.full((self.units, 1), 0.01)

        def __call__(self, x):
            self.x = x
            return self.weights.T @ x + self.bias

        def backward(self, dz):
            self.grad_weights = self.x @ dz.T / dz.shape[1]
            self.grad_bias = dz.mean(1, keepdims=True)
            return self.weights @ dz

    return (
        NeuralNetwork(((MyDense(5), Tanh()), (MyDense(3), Softmax())), CategoricalCrossEntropy(), 0.3, seed=6),
        *data("three"),
    )


@case("own class, loss is half the sum of squares (no mean at all) and the gradient is out - y, summed", alone=True)
def half_the_sum():

    class HalfSSE:
        def __call__(self, out, y):
            return 0.5 * np.sum((out - y) ** 2)

        def gradient(self, out, y):
            return out - y

    return (Net([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], HalfSSE()), *rows("line"))


@case("own Adam with lr_t = lr sqrt(1 - b2^t)/(1 - b1^t) and epsilon outside, as at the end of the paper's section 2")
def adam_with_lr_t():

    class Adam2:
        def __init__(self, learning_rate=0.01):
            self.learning_rate = learning_rate
            self.t = 0

        def step(self, w, g):
            if self.t == 0:
                self.m, self.v = (np.zeros_like(w), np.zeros_like(w))
            self.t += 1
            self.m += 0.1 * (g - self.m)
            self.v += 0.001 * (g * g - self.v)
            lr_t = self.learning_rate * np.sqrt(1 - 0.999**self.t) / (1 - 0.9**self.t)
            w -= lr_t * self.m / (np.sqrt(self.v) + 1e-08)

    return (
        NeuralNetwork(((Dense(5), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Adam2(), seed=7),
        *data(),
    )


@case("own residual block: x + tanh(W x + b), with its own parameters W and b")
def residual_block():

    class Residual:
        parameters = ("weights", "bias")

        def build(self, f, rng, dtype=float):
            self.weights, self.bias = (rng.normal(size=(f, f)) / f, np.zeros((f, 1)))

        def __call__(self, x):
            self.x = x
            self.h = np.tanh(self.weights @ x + self.bias)
            return x + self.h

        def backward(self, g):
            d = g * (1 - self.h**2)
            m = g.shape[1]
            self.grad_weights = d @ self.x.T / m
            self.grad_bias = d.sum(1, keepdims=True) / m
            return g + self.weights.T @ d

    return (
        NeuralNetwork(((Dense(5), Tanh()), (Residual(),), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.2, seed=8),
        *data(),
    )


@case("own class that adds gradients with += and sets them to zero in update, after the step", alone=True)
def summed_and_zeroed():

    class Acc(RowLinear):
        def __init__(self, i, o, s):
            super().__init__(i, o, s)
            self.zero()

        def zero(self):
            self.dW = np.zeros_like(self.W)
            self.db = np.zeros_like(self.b)

        def backward(self, g):
            self.dW += self.x.T @ g
            self.db += g.sum(0)
            return g @ self.W.T

    class Model(Net):
        def update(self):
            super().update()
            for l in self.layers:
                if isinstance(l, Acc):
                    l.zero()

    return (Model([Acc(3, 8, 1), Relu(), Acc(8, 3, 2)], SoftmaxCE()), *rows())


@case("own PReLU, whose slope below 0 is a parameter of its own")
def prelu():

    class PReLU:
        parameters = ("alpha",)

        def build(self, f, rng, dtype=float):
            self.alpha = np.full((f, 1), 0.25)

        def __call__(self, z):
            self.z = z
            return np.where(z > 0, z, self.alpha * z)

        def backward(self, g):
            return g * np.where(self.z > 0, 1, self.alpha)

        def parameter_gradients(self, g):
            self.grad_alpha = (g * np.minimum(self.z, 0)).mean(1, keepdims=True)

    return (NeuralNetwork(((Dense(6), PReLU()), (Dense(1), Linear())), MeanSquaredError(), 0.05, seed=9), *data("line"))


@case("own ELU with gradient(z) written with np.where, own Huber loss with the mean over everything")
def own_elu_and_huber():

    class MyELU:
        def __call__(self, z):
            return np.where(z >= 0, z, np.exp(z) - 1)

        def gradient(self, z):
            return np.where(z >= 0, 1.0, np.exp(z))

    class MyHuber:
        def __call__(self, a, y):
            e = a - y
            return np.where(abs(e) < 1, 0.5 * e**2, abs(e) - 0.5).mean()

        def gradient(self, a, y):
            e = a - y
            return np.where(abs(e) < 1, e, np.sign(e)) / e.shape[0]

    return (NeuralNetwork(((Dense(6), MyELU()), (Dense(1), Linear())), MyHuber(), 0.1, seed=10), *data("line"))


@functions("autoencoder with tied weights: decoder is W.T, the gradient of W is the sum of both uses")
def tied_weights():
    X, _ = data("three")
    m = X.shape[1]
    r = np.random.RandomState(11)
    W, b, c = (r.randn(2, 3), r.randn(2, 1), r.randn(3, 1))

    def run(p):
        h = sig(p["W"] @ X + p["b"])
        return (h, p["W"].T @ h + p["c"])

    def loss(p):
        return np.mean(np.sum((run(p)[1] - X) ** 2, axis=0))

    def grads(p):
        h, o = run(p)
        do = 2 * (o - X) / m
        dh = p["W"] @ do * h * (1 - h)
        return {"W": h @ do.T + dh @ X.T, "b": dh.sum(1, keepdims=True), "c": do.sum(1, keepdims=True)}

    return (loss, dict(W=W, b=b, c=c), grads, None, None)


@case(
    "own class that scales pixels itself (x / 255), keeps its cache in a list and weights in W1 … of layers; own RMSProp in update",
    alone=True,
)
def scales_its_own_pixels():

    class Model:
        def __init__(self):
            self.layers = [RowLinear(3, 7, 3), Relu(), RowLinear(7, 3, 4)]
            self.loss = SoftmaxCE()
            self.s = [0] * 4

        def __call__(self, x):
            x = x / 255.0
            for l in self.layers:
                x = l.forward(x)
            self.scores = x
            return x

        def backward_step(self, y):
            g = self.loss.gradient(self.scores, y)
            for l in self.layers[::-1]:
                g = l.backward(g)

        def update(self):
            dense = [self.layers[0], self.layers[2]]
            for i, (p, g) in enumerate([(l.W, l.dW) for l in dense] + [(l.b, l.db) for l in dense]):
                self.s[i] = 0.9 * self.s[i] + 0.1 * g**2
                p -= 0.01 * g / (np.sqrt(self.s[i]) + 1e-07)

    x, y = rows()
    return (Model(), x * 80 + 120, y)


@functions("min-char-rnn: the error that comes from the next step (dhnext) is never added to dh", "path_left_out")
def next_step_forgotten():
    r = np.random.RandomState(1)
    T = 5
    inputs, targets = ([0, 2, 1, 3, 2], [2, 1, 3, 2, 0])
    P = dict(
        Wxh=r.randn(6, 4) * 0.5,
        Whh=r.randn(6, 6) * 0.4,
        Why=r.randn(4, 6) * 0.5,
        bh=r.randn(6, 1) * 0.1,
        by=r.randn(4, 1) * 0.1,
    )

    def forward(p):
        xs, hs, ps, loss = ({}, {-1: np.zeros((6, 1))}, {}, 0)
        for t in range(T):
            xs[t] = np.zeros((4, 1))
            xs[t][inputs[t]] = 1
            hs[t] = np.tanh(np.dot(p["Wxh"], xs[t]) + np.dot(p["Whh"], hs[t - 1]) + p["bh"])
            y = np.dot(p["Why"], hs[t]) + p["by"]
            ps[t] = np.exp(y) / np.sum(np.exp(y))
            loss += -np.log(ps[t][targets[t], 0])
        return (loss, xs, hs, ps)

    def grads(p):
        _, xs, hs, ps = forward(p)
        d = {k: np.zeros_like(v) for k, v in p.items()}
        for t in reversed(range(T)):
            dy = np.copy(ps[t])
            dy[targets[t]] -= 1
            d["Why"] += np.dot(dy, hs[t].T)
            d["by"] += dy
            dh = np.dot(p["Why"].T, dy)
            dhraw = (1 - hs[t] * hs[t]) * dh
            d["bh"] += dhraw
            d["Wxh"] += np.dot(dhraw, xs[t].T)
            d["Whh"] += np.dot(dhraw, hs[t - 1].T)
            dhnext = np.dot(p["Whh"].T, dhraw)
        return d

    return (lambda p: forward(p)[0], P, grads, None, None)


@functions(
    "word vectors: dE[ids] = d assigns, so a word that comes twice keeps only its last gradient", "places_assigned"
)
def word_met_twice():
    r = np.random.RandomState(2)
    ids = np.array([3, 1, 3, 0, 2, 1, 3, 4])
    y = np.array([0, 1, 1, 2, 0, 2, 1, 0])
    N = len(ids)
    P = {"E": r.randn(5, 3), "W": r.randn(3, 3), "b": r.randn(3)}

    def probs(p):
        h = p["E"][ids]
        s = h @ p["W"] + p["b"]
        e = np.exp(s - s.max(1, keepdims=True))
        return (h, e / e.sum(1, keepdims=True))

    def loss(p):
        return -np.log(probs(p)[1][np.arange(N), y]).mean()

    def grads(p):
        h, d = probs(p)
        d[np.arange(N), y] -= 1
        d /= N
        dE = np.zeros_like(p["E"])
        dE[ids] = d @ p["W"].T
        return {"E": dE, "W": h.T @ d, "b": d.sum(0)}

    return (loss, P, grads, None, None)


@functions(
    "layer normalisation over the features: backward is gamma * g / std, mean and variance are taken for constants",
    "statistics_constant",
)
def layer_norm_held_constant():
    X, Y = data("line")
    X, Y = (X.T, Y.T)
    N = len(X)
    r = np.random.RandomState(3)
    P = {
        "W1": r.randn(3, 6),
        "b1": r.randn(6),
        "g": 1 + 0.3 * r.randn(6),
        "b": 0.2 * r.randn(6),
        "W2": r.randn(6, 1),
        "b2": r.randn(1),
    }

    def fwd(p):
        z = X @ p["W1"] + p["b1"]
        mu = z.mean(1, keepdims=True)
        sd = np.sqrt(z.var(1, keepdims=True) + 1e-05)
        n = (z - mu) / sd
        u = p["g"] * n + p["b"]
        a = np.maximum(u, 0)
        return (n, sd, u, a, a @ p["W2"] + p["b2"])

    def loss(p):
        return np.mean((fwd(p)[-1] - Y) ** 2)

    def back(p):
        n, sd, u, a, out = fwd(p)
        d = 2 * (out - Y) / N
        da = d @ p["W2"].T * (u > 0)
        dz = da * p["g"] / sd
        return {"W1": X.T @ dz, "b1": dz.sum(0), "g": (da * n).sum(0), "b": da.sum(0), "W2": a.T @ d, "b2": d.sum(0)}

    return (loss, P, back, None, None)


@functions(
    "skip connection a2 = a1 + tanh(W2 a1 + b2): on the way back the part that goes straight through is forgotten; given as numbers",
    "path_left_out",
)
def skip_connection_forgotten():
    X, Y = data()
    m = X.shape[1]
    r = np.random.default_rng(4)
    W1, b1, W2, b2, W3, b3 = (r.normal(size=s) * 0.8 for s in ((4, 2), (4, 1), (4, 4), (4, 1), (1, 4), (1, 1)))

    def run():
        a1 = np.tanh(W1 @ X + b1)
        h = np.tanh(W2 @ a1 + b2)
        a2 = a1 + h
        return (a1, h, a2, sig(W3 @ a2 + b3))

    def cost():
        p = run()[-1]
        return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))

    a1, h, a2, p = run()
    d3 = (p - Y) / m
    da2 = W3.T @ d3
    d2 = da2 * (1 - h**2)
    d1 = W2.T @ d2 * (1 - a1**2)
    return (
        cost,
        dict(W1=W1, b1=b1, W2=W2, b2=b2, W3=W3, b3=b3),
        dict(
            dW1=d1 @ X.T,
            db1=d1.sum(1, keepdims=True),
            dW2=d2 @ a1.T,
            db2=d2.sum(1, keepdims=True),
            dW3=d3 @ a2.T,
            db3=d3.sum(1, keepdims=True),
        ),
        None,
        None,
    )


@functions(
    "a training step that updates W3 before the error goes back through it, W2 likewise; the gradients are those of that step",
    "moved_first",
)
def weights_moved_first():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(5)
    lr = 0.3
    P = {
        k: r.randn(*s) * 0.6 for k, s in dict(W1=(5, 3), b1=(5, 1), W2=(4, 5), b2=(4, 1), W3=(1, 4), b3=(1, 1)).items()
    }

    def f(p):
        a1 = sig(p["W1"] @ X + p["b1"])
        a2 = sig(p["W2"] @ a1 + p["b2"])
        return (a1, a2, p["W3"] @ a2 + p["b3"])

    def J(p):
        return np.mean((f(p)[2] - Y) ** 2)

    def step(p):
        p = dict(p)
        a1, a2, o = f(p)
        g = {}
        d3 = 2 * (o - Y) / m
        g["W3"], g["b3"] = (d3 @ a2.T, d3.sum(1, keepdims=True))
        p["W3"] = p["W3"] - lr * g["W3"]
        d2 = p["W3"].T @ d3 * a2 * (1 - a2)
        g["W2"], g["b2"] = (d2 @ a1.T, d2.sum(1, keepdims=True))
        p["W2"] = p["W2"] - lr * g["W2"]
        d1 = p["W2"].T @ d2 * a1 * (1 - a1)
        g["W1"], g["b1"] = (d1 @ X.T, d1.sum(1, keepdims=True))
        return g

    return (J, P, step(P), None, None)


@case(
    "the learning rate is decayed inside the loop over the layers, so each layer has another rate and it falls four times a step",
    "rate_falls_within",
    alone=True,
)
def rate_falls_in_the_loop():

    class Model(Net):
        lr, decay = (0.1, 0.9)

        def update(self):
            for l in self.layers:
                if isinstance(l, RowLinear):
                    self.lr = self.lr * self.decay
                    l.W -= self.lr * l.dW
                    l.b -= self.lr * l.db

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@case("own AdaGrad: the cache is set to g**2 where it should be added", "squares_forgotten")
def adagrad_without_memory():

    class AdaGrad:
        def __init__(self, learning_rate=0.05, eps=1e-08):
            self.learning_rate, self.eps, self.cache = (learning_rate, eps, 0)

        def step(self, w, g):
            self.cache = g**2
            w -= self.learning_rate * g / (np.sqrt(self.cache) + self.eps)

    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AdaGrad(), seed=3),
        *data(),
    )


@case(
    "own hinge loss: the gradient is -y for every example, also where the margin is kept and the loss is 0",
    "slope_where_flat",
)
def hinge_everywhere():

    class Hinge:
        def __call__(self, s, y):
            return np.maximum(0, 1 - y * s).mean()

        def gradient(self, s, y):
            return -y * np.ones_like(s)

    x, y = data()
    return (NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Linear())), Hinge(), 0.1, seed=4), 3 * x, 2 * y - 1)


@case("LeakyReLU with its slope as an argument; the slope function has 0.01 written in", "leak_differs")
def leak_written_in():

    class Leaky:
        def __init__(self, slope=0.01):
            self.slope = slope

        def __call__(self, z):
            return np.where(z > 0, z, z * self.slope)

        def gradient(self, z):
            return np.where(z > 0, 1, 0.01)

    return (NeuralNetwork(((Dense(6), Leaky(0.2)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=5), *data())


@case(
    "lesson 09: the last layer's slope is taken of the network's output, activation.gradient(self.output), in every block",
    "slope_at_network_output",
    alone=True,
)
def slope_of_the_networks_output():

    class Mine(Course):
        def backward_step(self, labels):
            grad = self.loss.gradient(self.output, labels)
            for layer, activation in reversed(self.layers):
                grad = layer.backward(grad * activation.gradient(self.output))

    return (Mine(((CourseDense(3), Tanh()), (CourseDense(3), Sigmoid())), MeanSquaredError(), SGD(0.3)), *data("three"))


@case("lesson 09: the update stands behind the loop, so only the last layer moves", "never_moves", alone=True)
def update_behind_the_loop():

    class Mine(Course):
        def update(self):
            for layer, _ in self.layers:
                pass
            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)

    return (Mine(((CourseDense(4), Tanh()), (CourseDense(1), Sigmoid())), BinaryCrossEntropy(), SGD(0.3)), *data())


@case("own BatchNorm: predict gives the normalised numbers and forgets gamma and beta", "scale_when_predicting")
def predicts_without_gamma():

    class BN(BatchNorm):
        def predict(self, x):
            return (x - self.running_mean) / np.sqrt(self.running_variance + self.epsilon)

    net = NeuralNetwork(((Dense(6), BN(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=6)
    x, y = data()
    net.fit(x, y, epochs=30)
    return (net, x, y)


@functions("backpropagation through time by hand, many to one")
def through_time():
    r = np.random.RandomState(1)
    X = r.randn(4, 3, 9)
    Y = r.randn(1, 9)
    P = dict(Wx=r.randn(5, 3) * 0.5, Wh=r.randn(5, 5) * 0.5, b=r.randn(5, 1) * 0.1, V=r.randn(1, 5), c=r.randn(1, 1))

    def run(p):
        h = [np.zeros((5, 9))]
        for x in X:
            h.append(np.tanh(p["Wx"] @ x + p["Wh"] @ h[-1] + p["b"]))
        return (h, p["V"] @ h[-1] + p["c"])

    def loss(p):
        return ((run(p)[1] - Y) ** 2).mean()

    def grads(p):
        h, o = run(p)
        d = 2 * (o - Y) / 9
        g = {"V": d @ h[-1].T, "c": d.sum(1, keepdims=True), "Wx": 0, "Wh": 0, "b": 0}
        dh = p["V"].T @ d
        for t in range(4, 0, -1):
            dz = dh * (1 - h[t] ** 2)
            g["Wx"] = g["Wx"] + dz @ X[t - 1].T
            g["Wh"] = g["Wh"] + dz @ h[t - 1].T
            g["b"] = g["b"] + dz.sum(1, keepdims=True)
            dh = p["Wh"].T @ dz
        return g

    return (loss, P, grads, None, None)


@functions("two heads on one trunk, a class and a number, the two losses weighted 1 and 0.3")
def two_heads():
    x, c = data("three")
    t = data("line")[1]
    m = x.shape[1]
    r = np.random.RandomState(2)
    P = dict(W=r.randn(6, 3), b=r.randn(6, 1), Wc=r.randn(3, 6), bc=r.randn(3, 1), Wt=r.randn(1, 6), bt=r.randn(1, 1))

    def run(p):
        z = p["W"] @ x + p["b"]
        a = z * (z > 0)
        s = p["Wc"] @ a + p["bc"]
        e = np.exp(s - s.max(0))
        return (z, a, e / e.sum(0), p["Wt"] @ a + p["bt"])

    def loss(p):
        *_, q, o = run(p)
        return -(c * np.log(q)).sum() / m + 0.3 * ((o - t) ** 2).mean()

    def grads(p):
        z, a, q, o = run(p)
        dc, dt = ((q - c) / m, 0.6 * (o - t) / m)
        dz = (p["Wc"].T @ dc + p["Wt"].T @ dt) * (z > 0)
        return dict(
            W=dz @ x.T,
            b=dz.sum(1, keepdims=True),
            Wc=dc @ a.T,
            bc=dc.sum(1, keepdims=True),
            Wt=dt @ a.T,
            bt=dt.sum(1, keepdims=True),
        )

    return (loss, P, grads, None, None)


@case(
    "own class: the update clips the length of the whole gradient to 1 and lets the rate fall once a step", alone=True
)
def clips_and_decays():

    class Model(Net):
        lr, t = (0.1, 0)

        def update(self):
            self.t += 1
            lr = self.lr / (1 + 0.01 * self.t)
            dense = [l for l in self.layers if isinstance(l, RowLinear)]
            norm = np.sqrt(sum(((l.dW**2).sum() + (l.db**2).sum() for l in dense)))
            k = min(1, 1 / (norm + 1e-12))
            for l in dense:
                l.W -= lr * k * l.dW
                l.b -= lr * k * l.db

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 3, 2)], SoftmaxCE()), *rows())


@case("own AMSGrad")
def amsgrad():

    class AMSGrad:
        def __init__(self, learning_rate=0.01):
            self.learning_rate, self.m, self.v, self.vmax = (learning_rate, 0, 0, 0)

        def step(self, w, g):
            self.m = 0.9 * self.m + 0.1 * g
            self.v = 0.999 * self.v + 0.001 * g**2
            self.vmax = np.maximum(self.vmax, self.v)
            w -= self.learning_rate * self.m / (np.sqrt(self.vmax) + 1e-08)

    return (
        NeuralNetwork(((Dense(5), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AMSGrad(), seed=4),
        *data(),
    )


@case("own gated linear unit as a layer with two matrices")
def gated_linear_unit():

    class GLU:
        parameters = ("W", "V", "b", "c")

        def __init__(self, units):
            self.units = units

        def build(self, f, rng, dtype=float):
            self.W, self.V = rng.normal(size=(2, self.units, f)) / np.sqrt(f)
            self.b, self.c = np.zeros((2, self.units, 1))

        def __call__(self, x):
            self.x = x
            self.u = self.W @ x + self.b
            self.s = sig(self.V @ x + self.c)
            return self.u * self.s

        def parameter_gradients(self, g):
            m = g.shape[1]
            du, dv = (g * self.s, g * self.u * self.s * (1 - self.s))
            self.grad_W, self.grad_V = (du @ self.x.T / m, dv @ self.x.T / m)
            self.grad_b, self.grad_c = (du.mean(1, keepdims=True), dv.mean(1, keepdims=True))

        def backward(self, g):
            return self.W.T @ (g * self.s) + self.V.T @ (g * self.u * self.s * (1 - self.s))

    return (NeuralNetwork(((GLU(5),), (GLU(4),), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=5), *data())


@case("DropConnect: a mask on the weights, drawn in each forward pass, divided by keep; predict uses them all")
def dropconnect():

    class DropConnect:
        parameters = ("weights", "bias")

        def __init__(self, units, keep=0.8):
            self.units, self.keep, self.rng = (units, keep, np.random.default_rng(0))

        def build(self, f, rng, dtype=float):
            self.weights, self.bias = (rng.normal(size=(self.units, f)) / np.sqrt(f), np.zeros((self.units, 1)))

        def __call__(self, x):
            self.x = x
            self.mask = (self.rng.random(self.weights.shape) < self.keep) / self.keep
            return self.weights * self.mask @ x + self.bias

        def predict(self, x):
            return self.weights @ x + self.bias

        def backward(self, g):
            self.grad_weights = self.mask * (g @ self.x.T) / g.shape[1]
            self.grad_bias = g.mean(1, keepdims=True)
            return (self.weights * self.mask).T @ g

    return (
        NeuralNetwork(((DropConnect(6), Tanh()), (DropConnect(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=6),
        *data(),
    )


@functions(
    "wildml: the line delta3[range(n), y] -= 1 is missing, the labels are never taken off the probabilities",
    "labels_left_out",
)
def labels_never_taken_off():
    x, t = data("three")
    X, y = (x.T, t.argmax(0))
    n = len(X)
    r = np.random.RandomState(0)
    model = {"W1": r.randn(3, 5), "b1": r.randn(1, 5) * 0.1, "W2": r.randn(5, 3), "b2": r.randn(1, 3) * 0.1}

    def forward(m):
        a1 = np.tanh(X.dot(m["W1"]) + m["b1"])
        e = np.exp(a1.dot(m["W2"]) + m["b2"])
        return (a1, e / np.sum(e, axis=1, keepdims=True))

    def calculate_loss(m):
        return 1.0 / n * np.sum(-np.log(forward(m)[1][range(n), y]))

    def grads(m):
        a1, delta3 = forward(m)
        delta3 = delta3 / n
        delta2 = delta3.dot(m["W2"].T) * (1 - np.power(a1, 2))
        return {
            "dW2": a1.T.dot(delta3),
            "db2": np.sum(delta3, axis=0, keepdims=True),
            "dW1": X.T.dot(delta2),
            "db1": np.sum(delta2, axis=0, keepdims=True),
        }

    return (calculate_loss, model, grads, None, None)


@functions(
    "logistic regression with cross-entropy: dz = (a - y) * a * (1 - a), the sigmoid's slope is there once too often; as numbers",
    "slope_twice",
)
def logistic_slope_twice():
    X, y = data()
    m = X.shape[1]
    r = np.random.RandomState(1)
    w, b = (r.randn(2, 1), np.array([[0.3]]))

    def cost():
        a = sig(w.T @ X + b)
        return float(-(y * np.log(a) + (1 - y) * np.log(1 - a)).mean())

    a = sig(w.T @ X + b)
    dz = (a - y) * a * (1 - a)
    return (cost, {"w": w, "b": b}, {"dw": X @ dz.T / m, "db": dz.sum(axis=1, keepdims=True) / m}, m, None)


@case(
    "own Tanh in rows: backward takes 1 - x**2 with the input that was kept, not with the output",
    "slope_of_output_at_z",
    alone=True,
)
def tanh_slope_of_the_input_in_rows():

    class Tanh:
        def forward(self, x):
            self.x = x
            return np.tanh(x)

        def backward(self, g):
            return g * (1 - self.x**2)

    return (Net([RowLinear(3, 6, 1), Tanh(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@functions("two equal hidden ReLU layers: both errors are masked with Z1 > 0; as numbers", "slope_of_place")
def one_mask_for_both():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(3)
    W1, b1, W2, b2, W3, b3 = (r.randn(*s) for s in ((6, 3), (6, 1), (6, 6), (6, 1), (1, 6), (1, 1)))

    def run():
        Z1 = W1 @ X + b1
        A1 = np.maximum(Z1, 0)
        Z2 = W2 @ A1 + b2
        A2 = np.maximum(Z2, 0)
        return (Z1, A1, Z2, A2, W3 @ A2 + b3)

    def loss():
        return 0.5 * np.sum((run()[-1] - Y) ** 2) / m

    Z1, A1, Z2, A2, out = run()
    d3 = (out - Y) / m
    d2 = W3.T @ d3 * (Z1 > 0)
    d1 = W2.T @ d2 * (Z1 > 0)
    return (
        loss,
        [W1, b1, W2, b2, W3, b3],
        [d1 @ X.T, d1.sum(1, keepdims=True), d2 @ A1.T, d2.sum(1, keepdims=True), d3 @ A2.T, d3.sum(1, keepdims=True)],
        None,
        None,
    )


@case("own layer in rows: forward is x @ W, the bias is never added", "without_effect", alone=True)
def bias_never_added_in_rows():

    class Dense(RowLinear):
        def forward(self, x):
            self.x = x
            return x @ self.W

    return (Net([Dense(3, 6, 1), Relu(), Dense(6, 1, 2)], MSE()), *rows("line"))


@case(
    "the loss's gradient is per example; the layer divides dW by len(x) and forgets it for db",
    "bias_summed",
    alone=True,
)
def mean_forgotten_for_biases():

    class SumMSE(MSE):
        def gradient(self, out, y):
            return 2 * (out - y)

    class Dense(RowLinear):
        def backward(self, g):
            self.dW = self.x.T @ g / len(self.x)
            self.db = g.sum(axis=0)
            return g @ self.W.T

    return (Net([Dense(3, 6, 1), Relu(), Dense(6, 1, 2)], SumMSE()), *rows("line"))


@case("own Dropout in rows: backward returns the gradient as it came, without the mask", "mask_missing", alone=True)
def dropout_in_rows_without_its_mask():

    class Dropout:
        def __init__(self, p, seed=0):
            self.p = p
            self.rng = np.random.RandomState(seed)

        def forward(self, x):
            self.mask = (self.rng.rand(*x.shape) > self.p) / (1 - self.p)
            return x * self.mask

        def backward(self, g):
            return g

    return (Net([RowLinear(3, 12, 1), Relu(), Dropout(0.4), RowLinear(12, 3, 2)], SoftmaxCE()), *rows())


@case(
    "update: for W, dW in zip(...): W = W - lr * dW gives the name to a new array, nothing moves",
    "nothing_moves",
    alone=True,
)
def names_given_anew():

    class Model(Net):
        def update(self):
            dense = [l for l in self.layers if hasattr(l, "W")]
            for W, dW in [(l.W, l.dW) for l in dense] + [(l.b, l.db) for l in dense]:
                W = W - self.lr * dW

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@functions(
    "the sigmoid's slope is written A1 * 1 - A1 without brackets, which is 0 everywhere; as numbers", "slope_zero"
)
def brackets_that_make_zero():
    X, Y = data()
    m = X.shape[1]
    r = np.random.RandomState(4)
    P = dict(W1=r.randn(4, 2), b1=r.randn(4, 1), W2=r.randn(1, 4), b2=r.randn(1, 1))

    def fwd(p):
        A1 = sig(p["W1"] @ X + p["b1"])
        return (A1, sig(p["W2"] @ A1 + p["b2"]))

    def cost(p):
        A2 = fwd(p)[1]
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

    A1, A2 = fwd(P)
    dZ2 = (A2 - Y) / m
    dZ1 = P["W2"].T @ dZ2 * (A1 * 1 - A1)
    return (
        cost,
        P,
        dict(W1=dZ1 @ X.T, b1=dZ1.sum(1, keepdims=True), W2=dZ2 @ A1.T, b2=dZ2.sum(1, keepdims=True)),
        None,
        None,
    )


@case(
    "own Softmax with its full backward, and own cross-entropy whose gradient is p - y already", "slope_after_shortcut"
)
def shortcut_and_full_softmax():

    class MySoftmax:
        def __call__(self, z):
            e = np.exp(z - z.max(axis=0))
            self.p = e / e.sum(axis=0)
            return self.p

        def backward(self, g):
            return self.p * (g - (g * self.p).sum(axis=0))

    class CE:
        def __call__(self, p, y):
            return -np.sum(y * np.log(p)) / y.shape[1]

        def gradient(self, p, y):
            return p - y

    return (NeuralNetwork(((Dense(6), ReLU()), (Dense(3), MySoftmax())), CE(), 0.1, seed=2), *data("three"))


@case("own momentum: the velocity is made downhill (v = mu v - lr g) and then subtracted, so it climbs", "step_uphill")
def velocity_taken_off_twice():

    class Momentum:
        def __init__(self, lr=0.1, mu=0.9):
            self.lr, self.mu, self.v = (lr, mu, 0)

        def step(self, w, g):
            self.v = self.mu * self.v - self.lr * g
            w -= self.v

    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Momentum(), seed=3),
        *data(),
    )


@case("update moves the biases with the mean of dW: b -= lr * dW.mean(axis=0)", "moves_elsewhere", alone=True)
def biases_by_the_weights():

    class Model(Net):
        def update(self):
            for l in self.layers:
                if isinstance(l, RowLinear):
                    l.W -= self.lr * l.dW
                    l.b -= self.lr * l.dW.mean(axis=0)

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 3, 2)], SoftmaxCE()), *rows())


@functions("everything with einsum")
def all_with_einsum():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(1)
    W, b, V = (r.randn(5, 3), r.randn(5), r.randn(5))

    def run():
        a = np.tanh(np.einsum("ij,jm->im", W, X) + b[:, None])
        return (a, np.einsum("i,im->m", V, a))

    def loss():
        return np.mean((run()[1] - Y[0]) ** 2)

    def grads():
        a, o = run()
        d = 2 * (o - Y[0]) / m
        dz = np.einsum("i,m->im", V, d) * (1 - a * a)
        return {"W": np.einsum("im,jm->ij", dz, X), "b": dz.sum(1), "V": a @ d}

    return (loss, {"W": W, "b": b, "V": V}, grads, None, None)


@case("own class, Adam in update with one counter and dictionaries of moments", alone=True)
def adam_in_a_class():

    class Model(Net):
        lr, b1, b2, eps = (0.01, 0.9, 0.999, 1e-08)

        def __init__(self, *a):
            super().__init__(*a)
            self.m, self.v, self.t = ({}, {}, 0)

        def update(self):
            self.t += 1
            for i, l in enumerate(self.layers):
                for n in [n for n in ("W", "b") if hasattr(l, n)]:
                    g = getattr(l, "d" + n)
                    k = (i, n)
                    self.m[k] = self.b1 * self.m.get(k, 0) + (1 - self.b1) * g
                    self.v[k] = self.b2 * self.v.get(k, 0) + (1 - self.b2) * g * g
                    step = (
                        self.lr
                        * (self.m[k] / (1 - self.b1**self.t))
                        / (np.sqrt(self.v[k] / (1 - self.b2**self.t)) + self.eps)
                    )
                    setattr(l, n, getattr(l, n) - step)

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 3, 2)], SoftmaxCE()), *rows())


@case("labels -1 and 1, logistic loss log(1 + exp(-y s)), nnlib's parts around")
def labels_of_minus_one():

    class Logistic:
        def __call__(self, s, y):
            return np.mean(np.log1p(np.exp(-y * s)))

        def gradient(self, s, y):
            return -y / (1 + np.exp(y * s))

    x, y = data()
    return (NeuralNetwork(((Dense(5), GELU()), (Dense(1), Linear())), Logistic(), 0.3, seed=2), x, 2 * y - 1)


@case("own class in float32", alone=True)
def float32_in_rows():

    class F32(RowLinear):
        def __init__(self, i, o, s):
            super().__init__(i, o, s)
            self.W, self.b = (self.W.astype(np.float32), self.b.astype(np.float32))

    return (Net([F32(3, 6, 1), Relu(), F32(6, 1, 2)], MSE()), *[a.astype(np.float32) for a in rows("line")])


@case("own class, three layers, Softplus and a scaled shortcut around the middle: x + 0.5 f(x)", alone=True)
def around_a_layer():

    class Softplus:
        def forward(self, x):
            self.x = x
            return np.log(1 + np.exp(x))

        def backward(self, g):
            return g / (1 + np.exp(-self.x))

    class Around:
        def __init__(self, inner):
            self.inner = inner
            self.W, self.b = (inner.W, inner.b)

        def forward(self, x):
            return x + 0.5 * self.inner.forward(x)

        def backward(self, g):
            d = g + self.inner.backward(0.5 * g)
            self.dW, self.db = (self.inner.dW, self.inner.db)
            return d

    return (
        Net([RowLinear(3, 6, 1), Softplus(), Around(RowLinear(6, 6, 2)), Relu(), RowLinear(6, 1, 3)], MSE()),
        *rows("line"),
    )


@case("own Dropout in rows with a generator of its own, right", alone=True)
def dropout_by_binomial():

    class Dropout:
        def __init__(self, p, seed=0):
            self.p = p
            self.rng = np.random.default_rng(seed)

        def forward(self, x):
            self.mask = self.rng.binomial(1, 1 - self.p, x.shape) / (1 - self.p)
            return x * self.mask

        def backward(self, g):
            return g * self.mask

    return (Net([RowLinear(3, 12, 1), Relu(), Dropout(0.4), RowLinear(12, 3, 2)], SoftmaxCE()), *rows())


@functions(
    "deep network in a loop over layers (deeplearning.ai): dA_prev is computed with W of layer l+1's neighbour: parameters['W' + str(l)] one too low; equal sizes",
    "too_much",
    "other_weights",
)
def weights_one_too_low():
    X, Y = data("three")
    m = X.shape[1]
    r = np.random.RandomState(1)
    L = 4
    P = {}
    for l in range(1, L + 1):
        P["W" + str(l)] = r.randn(3, 3) * 0.8
        P["b" + str(l)] = r.randn(3, 1) * 0.1

    def L_model_forward(p):
        A, caches = (X, [])
        for l in range(1, L + 1):
            Z = p["W%d" % l] @ A + p["b%d" % l]
            caches.append((A, Z))
            A = np.maximum(0, Z) if l < L else sig(Z)
        return (A, caches)

    def cost(p):
        AL, _ = L_model_forward(p)
        return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m

    def backward(p):
        AL, caches = L_model_forward(p)
        g = {}
        dZ = AL - Y
        for l in reversed(range(1, L + 1)):
            A_prev, Z = caches[l - 1]
            g["dW%d" % l] = dZ @ A_prev.T / m
            g["db%d" % l] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dA = p["W%d" % (l - 1)].T @ dZ
                dZ = dA * (caches[l - 2][1] > 0)
        return g

    return (cost, P, backward, m, None)


@functions(
    "the gradients of a 2-2-1 network by hand, with the output error not multiplied by the hidden weights: hidden delta = delta_out * a(1-a); as numbers",
    "weights_skipped",
)
def error_past_the_weights():
    X, Y = data()
    X, Y = (X.T, Y.T)
    m = len(X)
    r = np.random.RandomState(2)
    W1, b1, W2, b2 = (r.randn(2, 3), r.randn(1, 3), r.randn(3, 1), r.randn(1, 1))

    def f():
        h = sig(X @ W1 + b1)
        return (h, sig(h @ W2 + b2))

    def loss():
        return 0.5 * ((f()[1] - Y) ** 2).sum() / m

    h, o = f()
    do = (o - Y) * o * (1 - o) / m
    dh = do * h * (1 - h)
    return (
        loss,
        dict(W1=W1, b1=b1, W2=W2, b2=b2),
        dict(W1=X.T @ dh, b1=dh.sum(0, keepdims=True), W2=h.T @ do, b2=do.sum(0, keepdims=True)),
        None,
        None,
    )


@case(
    "own class in rows with sigmoid output and MSE: the Sigmoid layer's backward returns g * (1 - out), a factor out is missing",
    "slope_half_written",
    alone=True,
)
def slope_without_a():

    class Sigmoid:
        def forward(self, x):
            self.out = 1 / (1 + np.exp(-x))
            return self.out

        def backward(self, g):
            return g * (1 - self.out)

    return (Net([RowLinear(2, 5, 1), Sigmoid(), RowLinear(5, 1, 2), Sigmoid()], MSE()), *rows("moons"))


@case(
    "own class in rows: the layer hands down g @ W instead of g @ W.T; hidden layers are equal, the first one needs no error",
    "weights_not_transposed",
    alone=True,
)
def unturned_in_rows():

    class Dense(RowLinear):
        def backward(self, g):
            self.dW = self.x.T @ g
            self.db = g.sum(axis=0)
            return g @ self.W if self.W.shape[0] == self.W.shape[1] else g @ self.W.T

    return (Net([Dense(3, 5, 1), Relu(), Dense(5, 5, 2), Relu(), Dense(5, 1, 3)], MSE()), *rows("line"))


@functions(
    "Huber loss in a script: beyond delta the gradient is delta, the sign of the error is forgotten; as numbers",
    "some_signs",
)
def huber_without_sign():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(3)
    W1, b1, W2, b2 = (r.randn(5, 3), r.randn(5, 1), r.randn(1, 5), r.randn(1, 1))

    def f():
        a = np.tanh(W1 @ X + b1)
        return (a, W2 @ a + b2)

    def loss():
        e = f()[1] - Y
        return np.mean(np.where(abs(e) < 1, e**2 / 2, abs(e) - 0.5))

    a, o = f()
    e = o - Y
    d = np.where(abs(e) < 1, e, 1.0) / m
    da = W2.T @ d * (1 - a**2)
    return (
        loss,
        dict(W1=W1, b1=b1, W2=W2, b2=b2),
        dict(W1=da @ X.T, b1=da.sum(1, keepdims=True), W2=d @ a.T, b2=d.sum(1, keepdims=True)),
        None,
        None,
    )


@functions("L2 in the class: the loss charges all weights, backward adds lam * W for the last layer only", "l2_other")
def l2_of_one_layer():
    X, Y = data("line")
    m = X.shape[1]
    lam = 0.1

    class Net2:
        def __init__(self):
            r = np.random.RandomState(4)
            self.params = dict(W1=r.randn(5, 3), b1=r.randn(5, 1), W2=r.randn(1, 5), b2=r.randn(1, 1))
            self.grads = {}

        def loss(self):
            p = self.params
            self.a = np.maximum(p["W1"] @ X + p["b1"], 0)
            self.o = p["W2"] @ self.a + p["b2"]
            return np.mean((self.o - Y) ** 2) + lam * sum((np.sum(p[k] ** 2) for k in ("W1", "W2")))

        def backward(self):
            p = self.params
            d = 2 * (self.o - Y) / m
            da = p["W2"].T @ d * (self.a > 0)
            self.grads = dict(
                W1=da @ X.T,
                b1=da.sum(1, keepdims=True),
                W2=d @ self.a.T + 2 * lam * p["W2"],
                b2=d.sum(1, keepdims=True),
            )
            return self.grads

    net = Net2()
    return (net.loss, net.params, net.backward, m, None)


@case("own GELU: backward uses the slope of ReLU", "slope_of_another")
def relus_slope_for_gelu():

    class MyGELU:
        def __call__(self, z):
            return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

        def gradient(self, z):
            return (z > 0) * 1.0

    return (NeuralNetwork(((Dense(6), MyGELU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=5), *data())


@case(
    "own Adam in a class's update: both moments are set anew in each update call, nothing is kept",
    "velocity_forgotten",
    alone=True,
)
def adam_forgets():

    class Model(Net):
        lr, b1, b2, t = (0.01, 0.9, 0.999, 0)

        def update(self):
            self.t += 1
            for l in self.layers:
                for n in ("W", "b"):
                    if hasattr(l, n):
                        g = getattr(l, "d" + n)
                        m, v = (np.zeros_like(g), np.zeros_like(g))
                        m = self.b1 * m + (1 - self.b1) * g
                        v = self.b2 * v + (1 - self.b2) * g**2
                        setattr(
                            l,
                            n,
                            getattr(l, n)
                            - self.lr * (m / (1 - self.b1**self.t)) / (np.sqrt(v / (1 - self.b2**self.t)) + 1e-08),
                        )

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 3, 2)], SoftmaxCE()), *rows())


@case(
    "own Dense: the weights' gradient is averaged over m, but with m = self.weights.shape[1], the features",
    "features_for_examples",
)
def features_for_m():

    class MyDense(Dense):
        def parameter_gradients(self, g):
            m = self.weights.shape[1]
            self.grad_weights = g @ self.inputs.T / m
            self.grad_bias = g.sum(axis=1, keepdims=True) / m

    return (NeuralNetwork(((MyDense(6), Tanh()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=6), *data())


@functions(
    "two classes with softmax as numbers: p - y is divided by p (the log's slope) once more before it goes down",
    "divided_by_output",
)
def divided_by_p_again():
    X, Y = data("three")
    m = X.shape[1]
    r = np.random.RandomState(7)
    W1, b1, W2, b2 = (r.randn(6, 3), r.randn(6, 1), r.randn(3, 6) * 0.4, r.randn(3, 1) * 0.2)

    def f():
        a = np.tanh(W1 @ X + b1)
        z = W2 @ a + b2
        e = np.exp(z - z.max(0))
        return (a, e / e.sum(0))

    def loss():
        return -np.log((f()[1] * Y).sum(0)).mean()

    a, p = f()
    d = (p - Y) / p / m
    da = W2.T @ d * (1 - a**2)
    return (
        loss,
        dict(W1=W1, b1=b1, W2=W2, b2=b2),
        dict(W1=da @ X.T, b1=da.sum(1, keepdims=True), W2=d @ a.T, b2=d.sum(1, keepdims=True)),
        None,
        None,
    )


@functions(
    "dropout in a script: the mask of the hidden layer is applied on the way up, and forgotten for dW1 and db1; as a function",
    "mask_missing",
)
def dropout_in_a_script():
    X, Y = data()
    m = X.shape[1]
    r = np.random.RandomState(8)
    D = (r.rand(8, m) < 0.7) / 0.7
    P = dict(W1=r.randn(8, 2), b1=r.randn(8, 1), W2=r.randn(1, 8), b2=r.randn(1, 1))

    def f(p):
        A = np.tanh(p["W1"] @ X + p["b1"])
        Ad = A * D
        return (A, Ad, sig(p["W2"] @ Ad + p["b2"]))

    def cost(p):
        a = f(p)[2]
        return -np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))

    def grads(p):
        A, Ad, a2 = f(p)
        d2 = (a2 - Y) / m
        d1 = p["W2"].T @ d2 * (1 - A**2)
        return dict(W1=d1 @ X.T, b1=d1.sum(1, keepdims=True), W2=d2 @ Ad.T, b2=d2.sum(1, keepdims=True))

    return (cost, P, grads, None, None)


@case(
    "own class in rows: forward stores self.x = x[0], the first example's row, so dW is an outer product of it with all errors summed",
    "first_example_only",
    alone=True,
)
def first_row_kept():

    class Dense(RowLinear):
        def forward(self, x):
            self.x = x[:1]
            return x @ self.W + self.b

        def backward(self, g):
            self.dW = self.x.T @ g[:1]
            self.db = g.sum(axis=0)
            return g @ self.W.T

    return (Net([Dense(3, 6, 1), Relu(), Dense(6, 1, 2)], MSE()), *rows("line"))


@functions("maxout of three pieces, argmax by hand")
def maxout_of_three():
    X, Y = data("line")
    m = X.shape[1]
    r = np.random.RandomState(1)
    P = dict(W=r.randn(3, 4, 3), b=r.randn(3, 4, 1), V=r.randn(1, 4), c=r.randn(1, 1))

    def run(p):
        z = p["W"] @ X + p["b"]
        k = z.argmax(0)
        a = z.max(0)
        return (k, a, p["V"] @ a + p["c"])

    def loss(p):
        return np.mean((run(p)[2] - Y) ** 2)

    def grads(p):
        k, a, o = run(p)
        d = 2 * (o - Y) / m
        da = p["V"].T @ d
        dz = (np.arange(3)[:, None, None] == k) * da
        return dict(W=dz @ X.T, b=dz.sum(2, keepdims=True), V=d @ a.T, c=d.sum(1, keepdims=True))

    return (loss, P, grads, None, None)


@case("own class: update with lr decay per call kept in self.lr, and L2 as weight decay in the step", alone=True)
def rate_falls_each_step():

    class Model(Net):
        lr, wd = (0.1, 0.001)

        def update(self):
            for l in self.layers:
                if isinstance(l, RowLinear):
                    l.W -= self.lr * (l.dW + self.wd * l.W)
                    l.b -= self.lr * l.db
            self.lr *= 0.999

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@case("own class with layer-wise rates: the last layer learns ten times slower", alone=True)
def rates_by_layer():

    class Model(Net):
        lr = 0.1

        def update(self):
            dense = [l for l in self.layers if isinstance(l, RowLinear)]
            for l, k in zip(dense, (1, 0.1)):
                l.W -= self.lr * k * l.dW
                l.b -= self.lr * k * l.db

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@case("sign-SGD for weights, plain for biases, and a frozen first layer's bias is allowed by flag", alone=True)
def signs_for_weights():

    class Model(Net):
        lr = 0.01

        def update(self):
            for l in self.layers:
                if isinstance(l, RowLinear):
                    l.W -= self.lr * np.sign(l.dW)
                    l.b -= self.lr * l.db

    return (Model([RowLinear(3, 6, 1), Relu(), RowLinear(6, 1, 2)], MSE()), *rows("line"))


@case("one Relu object in two places whose backward takes its mask from a stack", alone=True)
def stack_of_masks():

    class StackRelu:
        def __init__(self):
            self.masks = []

        def forward(self, x):
            self.masks.append(x > 0)
            return x * (x > 0)

        def backward(self, g):
            return g * self.masks.pop()

    relu = StackRelu()
    return (Net([RowLinear(3, 6, 1), relu, RowLinear(6, 6, 2), relu, RowLinear(6, 1, 3)], MSE()), *rows("line"))


@case("gradient noise is not used: backward draws numbers for a log line and throws them away", alone=True)
def draws_for_nothing():

    class Noisy(RowLinear):
        def backward(self, g):
            np.random.rand(3)
            return super().backward(g)

    return (Net([Noisy(3, 6, 1), Relu(), Noisy(6, 1, 2)], MSE()), *rows("line"))
