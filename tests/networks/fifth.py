"""Networks as they are posted, of a fifth round: classes with parts in one row, arrays of any names, loops."""
# ruff: noqa: B905, E731, E741, NPY002, RUF007, RUF059, UP031 - written as people write them

import numpy as np

from nnlib import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Linear,
    MeanAbsoluteError,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)

from . import case
from .functions import functions


@functions(
    "the derivative function expects z but is handed the output a1 (and a2): sigmoid is applied twice in the slope",
    "call_too_many",
)
def sigmoid_of_sigmoid():

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def sigmoid_derivative(x):
        return sigmoid(x) * (1 - sigmoid(x))

    np.random.seed(1)
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], float)
    y = np.array([[0], [1], [1], [0]], float)
    syn0 = 2 * np.random.random((3, 4)) - 1
    syn1 = 2 * np.random.random((4, 1)) - 1

    def cost():
        l1 = sigmoid(X @ syn0)
        l2 = sigmoid(l1 @ syn1)
        return 0.5 * np.sum((y - l2) ** 2)

    def grads():
        l1 = sigmoid(np.dot(X, syn0))
        l2 = sigmoid(np.dot(l1, syn1))
        l2_delta = (l2 - y) * sigmoid_derivative(l2)
        l1_delta = l2_delta.dot(syn1.T) * sigmoid_derivative(l1)
        return {"syn0": X.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}

    return (cost, {"syn0": syn0, "syn1": syn1}, grads, None, None)


@functions(
    "p - y already holds softmax's slope; it is multiplied by p (1 - p) once more", "another_slope", "slope_after_both"
)
def probability_slope_again():

    class MLP:
        def __init__(self, sizes):
            rs = np.random.RandomState(0)
            self.w = [rs.randn(a, b) * 0.5 for a, b in zip(sizes[:-1], sizes[1:])]
            self.b = [np.zeros((1, b)) for b in sizes[1:]]

        def forward(self, X):
            self.a = [X]
            for i, (w, b) in enumerate(zip(self.w, self.b)):
                z = self.a[-1].dot(w) + b
                if i < len(self.w) - 1:
                    self.a.append(1 / (1 + np.exp(-z)))
                else:
                    e = np.exp(z - z.max(axis=1, keepdims=True))
                    self.a.append(e / e.sum(axis=1, keepdims=True))
            return self.a[-1]

        def cost(self, X, Y):
            return -np.mean(np.sum(Y * np.log(self.forward(X)), axis=1))

        def backprop(self, X, Y):
            p = self.forward(X)
            delta = (p - Y) * p * (1 - p)
            gw, gb = ([], [])
            for i in reversed(range(len(self.w))):
                gw.insert(0, self.a[i].T.dot(delta) / len(X))
                gb.insert(0, delta.mean(axis=0, keepdims=True))
                delta = delta.dot(self.w[i].T) * self.a[i] * (1 - self.a[i])
            return gw + gb

    r = np.random.RandomState(3)
    X, Y = (r.randn(12, 5), np.eye(3)[r.randint(0, 3, 12)])
    net = MLP([5, 7, 3])
    return (lambda: net.cost(X, Y), net.w + net.b, lambda: net.backprop(X, Y), None, None)


@functions(
    "dW of a layer is built from the layer's own output (activations[d]) where its input (activations[d-1]) belongs",
    "place_off",
)
def output_for_input():
    rng = np.random.RandomState(7)
    weights = [None] + [rng.randn(4, 4) * 0.6 for _ in range(3)]
    biases = [None] + [rng.randn(4, 1) * 0.1 for _ in range(3)]
    X = rng.randn(4, 10)
    Y = (rng.rand(4, 10) > 0.5).astype(float)

    def forward(X):
        acts = [X]
        for d in range(1, 4):
            acts.append(1 / (1 + np.exp(-(weights[d].dot(acts[-1]) + biases[d]))))
        return acts

    def cost():
        h = forward(X)[-1]
        return -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / X.shape[1]

    def gradients():
        acts = forward(X)
        h = acts[-1]
        m = X.shape[1]
        out = {}
        da = -(np.divide(Y, h) - np.divide(1 - Y, 1 - h))
        for d in np.arange(1, len(weights))[::-1]:
            a = acts[d]
            dz = da * a * (1 - a)
            out["W%d" % d] = 1.0 / m * dz.dot(acts[d].T)
            out["b%d" % d] = 1.0 / m * np.sum(dz, axis=1, keepdims=True)
            da = weights[d].T.dot(dz)
        return out

    params = {}
    for d in (1, 2, 3):
        params["W%d" % d] = weights[d]
        params["b%d" % d] = biases[d]
    return (cost, params, gradients, None, None)


@functions("ReLU's mask for layer 1 is taken from Z2 (of layer 2) where Z1 belongs", "another_variable", "used_nowhere")
def mask_of_the_layer_above():
    rng = np.random.default_rng(5)
    P = {
        "W1": rng.normal(size=(6, 3)),
        "b1": rng.normal(size=(6, 1)) * 0.3,
        "W2": rng.normal(size=(6, 6)) * 0.6,
        "b2": rng.normal(size=(6, 1)) * 0.3,
        "W3": rng.normal(size=(1, 6)),
        "b3": np.zeros((1, 1)),
    }
    X = rng.normal(size=(3, 15))
    Y = (X[:1] * X[1:2] > 0) * 1.0

    def linear_relu(A, W, b):
        Z = W @ A + b
        return (Z, np.maximum(0, Z))

    def model_forward(P):
        Z1, A1 = linear_relu(X, P["W1"], P["b1"])
        Z2, A2 = linear_relu(A1, P["W2"], P["b2"])
        Z3 = P["W3"] @ A2 + P["b3"]
        return (Z1, A1, Z2, A2, 1 / (1 + np.exp(-Z3)))

    def compute_cost(P):
        A3 = model_forward(P)[-1]
        return float(np.squeeze(-np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))))

    def model_backward(P):
        Z1, A1, Z2, A2, A3 = model_forward(P)
        m = X.shape[1]
        dZ3 = A3 - Y
        dZ2 = P["W3"].T @ dZ3 * (Z2 > 0)
        dZ1 = P["W2"].T @ dZ2 * (Z2 > 0)
        return {
            "dW3": dZ3 @ A2.T / m,
            "db3": dZ3.sum(1, keepdims=True) / m,
            "dW2": dZ2 @ A1.T / m,
            "db2": dZ2.sum(1, keepdims=True) / m,
            "dW1": dZ1 @ X.T / m,
            "db1": dZ1.sum(1, keepdims=True) / m,
        }

    return (compute_cost, P, model_backward, None, None)


@case(
    "W2 is updated before it is used to send the error back to layer 1: the hidden delta comes from the new weights",
    "update_in_backward",
    alone=True,
)
def update_while_going_back():

    class Layer:
        def __init__(self, n_in, n_out, seed):
            r = np.random.RandomState(seed)
            self.weights = r.randn(n_out, n_in)
            self.bias = np.zeros((n_out, 1))
            self.lr = 0.5

        def __call__(self, x):
            self.x = x
            self.a = 1 / (1 + np.exp(-(self.weights @ x + self.bias)))
            return self.a

        def backward(self, da):
            dz = da * self.a * (1 - self.a)
            m = dz.shape[1]
            self.grad_weights = dz @ self.x.T / m
            self.grad_bias = dz.mean(axis=1, keepdims=True)
            self.weights = self.weights - self.lr * self.grad_weights
            self.bias = self.bias - self.lr * self.grad_bias
            return self.weights.T @ dz

    class Net:
        def __init__(self):
            self.layers = [Layer(2, 4, 0), Layer(4, 1, 1)]
            self.loss = BinaryCrossEntropy()

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.out = x
            return x

        def backward_step(self, y):
            g = self.loss.gradient(self.out, y)
            for l in self.layers[::-1]:
                g = l.backward(g)

        def update(self):
            pass

    x = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    y = np.array([[0.0, 1.0, 1.0, 0.0]])
    return (Net(), x, y)


@functions(
    "the bias gradients are summed over everything (np.sum without axis): one number for all units", "axis_missing"
)
def bias_of_all_units():
    np.random.seed(2)

    def init_params():
        W1 = np.random.rand(10, 8) - 0.5
        b1 = np.random.rand(10, 1) - 0.5
        W2 = np.random.rand(4, 10) - 0.5
        b2 = np.random.rand(4, 1) - 0.5
        return (W1, b1, W2, b2)

    W1, b1, W2, b2 = init_params()
    X = np.random.rand(8, 20)
    labels = np.random.randint(0, 4, 20)

    def ReLU(Z):
        return np.maximum(Z, 0)

    def softmax(Z):
        A = np.exp(Z) / sum(np.exp(Z))
        return A

    def one_hot(Y):
        o = np.zeros((Y.size, 4))
        o[np.arange(Y.size), Y] = 1
        return o.T

    def forward_prop():
        Z1 = W1.dot(X) + b1
        A1 = ReLU(Z1)
        Z2 = W2.dot(A1) + b2
        return (Z1, A1, Z2, softmax(Z2))

    def loss():
        A2 = forward_prop()[3]
        return -np.mean(np.log(A2[labels, np.arange(20)]))

    def backward_prop():
        Z1, A1, Z2, A2 = forward_prop()
        m = 20
        dZ2 = A2 - one_hot(labels)
        dW2 = 1 / m * dZ2.dot(A1.T)
        db2 = 1 / m * np.sum(dZ2) * np.ones_like(b2)
        dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
        dW1 = 1 / m * dZ1.dot(X.T)
        db1 = 1 / m * np.sum(dZ1) * np.ones_like(b1)
        return dict(W1=dW1, b1=db1, W2=dW2, b2=db2)

    return (loss, dict(W1=W1, b1=b1, W2=W2, b2=b2), backward_prop, 20, 4)


@functions(
    "the loss is the mean over all numbers, the gradient divides by the examples only: 3 times too large",
    "outputs_missing",
)
def three_outputs_not_counted():

    class NeuralNet:
        def __init__(self):
            g = np.random.default_rng(0)
            self.params = {
                "W1": g.standard_normal((2, 6)),
                "b1": g.standard_normal(6) * 0.1,
                "W2": g.standard_normal((6, 3)),
                "b2": np.zeros(3),
            }

        def predict(self, X):
            p = self.params
            self.h = np.tanh(X @ p["W1"] + p["b1"])
            return self.h @ p["W2"] + p["b2"]

        def mse(self, X, T):
            return ((self.predict(X) - T) ** 2).mean()

        def gradients(self, X, T):
            out = self.predict(X)
            d = 2 * (out - T) / X.shape[0]
            dh = d @ self.params["W2"].T * (1 - self.h**2)
            return {"W1": X.T @ dh, "b1": dh.sum(0), "W2": self.h.T @ d, "b2": d.sum(0)}

    g = np.random.default_rng(1)
    X = g.standard_normal((16, 2))
    T = g.standard_normal((16, 3))
    net = NeuralNet()
    return (lambda: net.mse(X, T), net.params, lambda: net.gradients(X, T), None, None)


@functions(
    "the gradients of the weights are sums over the examples, those of the biases means: / m is missing at the weights",
    "mean_missing",
)
def weights_summed_biases_averaged():
    rng = np.random.RandomState(11)
    X = rng.randn(25, 4)
    y = (X[:, :1] ** 2 + X[:, 1:2] > 1).astype(float)
    model = {"W1": rng.randn(4, 5) / 2, "b1": rng.randn(1, 5) * 0.2, "W2": rng.randn(5, 1) / 2, "b2": np.zeros((1, 1))}

    def forward(model, X):
        z1 = X.dot(model["W1"]) + model["b1"]
        a1 = np.tanh(z1)
        z2 = a1.dot(model["W2"]) + model["b2"]
        return (a1, 1 / (1 + np.exp(-z2)))

    def calculate_loss(model):
        a1, p = forward(model, X)
        return np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p)))

    def backprop(model):
        a1, p = forward(model, X)
        delta3 = p - y
        dW2 = a1.T.dot(delta3)
        db2 = np.mean(delta3, axis=0, keepdims=True)
        delta2 = delta3.dot(model["W2"].T) * (1 - np.power(a1, 2))
        dW1 = np.dot(X.T, delta2)
        db1 = np.mean(delta2, axis=0, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    return (calculate_loss, model, backprop, None, None)


@functions("loss has lambda * sum(W^2), its gradient only lambda * W: the 2 of the penalty is missing", "two_missing")
def half_of_the_penalty():
    reg_lambda = 0.3
    g = np.random.default_rng(4)
    N, D, H, C = (14, 4, 6, 3)
    X = g.normal(size=(N, D))
    yy = g.integers(0, C, N)
    W1, b1, W2, b2 = (g.normal(size=(D, H)), g.normal(size=H), g.normal(size=(H, C)), g.normal(size=C))

    def scores():
        hidden = np.maximum(0, X.dot(W1) + b1)
        return (hidden, hidden.dot(W2) + b2)

    def softmax_loss():
        _, s = scores()
        s = s - s.max(axis=1, keepdims=True)
        p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        data = -np.log(p[range(N), yy]).sum() / N
        return data + reg_lambda * (np.sum(W1 * W1) + np.sum(W2 * W2))

    def backward():
        hidden, s = scores()
        s = s - s.max(axis=1, keepdims=True)
        d = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        d[range(N), yy] -= 1
        d /= N
        grads = {"W2": hidden.T.dot(d) + reg_lambda * W2, "b2": d.sum(axis=0)}
        dh = d.dot(W2.T)
        dh[hidden <= 0] = 0
        grads["W1"] = X.T.dot(dh) + reg_lambda * W1
        grads["b1"] = dh.sum(axis=0)
        return grads

    return (softmax_loss, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, backward, None, None)


@functions(
    "the loss has a wrong sign at its second term (the minus stands at the first term only); the gradients are right",
    "brackets_missing",
    "operator",
)
def minus_at_the_first_term():
    train_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float).T
    train_Y = np.array([[0, 1, 1, 0]], float)

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def sigmoid_derivative(z):
        return sigmoid(z) * (1 - sigmoid(z))

    m = 4
    r = np.random.RandomState(0)
    w1 = r.randn(5, 2)
    bb1 = np.zeros((5, 1))
    w2 = r.randn(1, 5)
    bb2 = np.zeros((1, 1))

    def J():
        A1 = sigmoid(np.dot(w1, train_X) + bb1)
        A2 = sigmoid(np.dot(w2, A1) + bb2)
        return np.sum(-train_Y * np.log(A2) + (1 - train_Y) * np.log(1 - A2)) / m

    def back():
        Z1 = np.dot(w1, train_X) + bb1
        A1 = sigmoid(Z1)
        A2 = sigmoid(np.dot(w2, A1) + bb2)
        dZ2 = A2 - train_Y
        dZ1 = np.dot(w2.T, dZ2) * sigmoid_derivative(Z1)
        return {
            "w2": np.dot(dZ2, A1.T) / m,
            "b2": np.sum(dZ2, axis=1, keepdims=True) / m,
            "w1": np.dot(dZ1, train_X.T) / m,
            "b1": np.sum(dZ1, axis=1, keepdims=True) / m,
        }

    return (J, {"w1": w1, "b1": bb1, "w2": w2, "b2": bb2}, back, None, None)


@functions(
    "softmax divides by the sum over the whole batch (sum without axis) instead of each example's own sum",
    "axis_missing",
)
def softmax_of_the_whole_batch():
    r = np.random.RandomState(8)
    x = r.rand(9, 6)
    Y = np.eye(3)[r.randint(0, 3, 9)]
    w = [r.randn(5, 6), r.randn(3, 5)]
    b = [np.zeros((5, 1)), np.zeros((3, 1))]
    sig = lambda x: 1.0 / (1.0 + np.exp(-x))
    sig_deriv = lambda x: x * (1.0 - x)

    def softmax(x):
        z = np.exp(x)
        return z / z.sum()

    def forward_prop(x, w, b):
        a = {0: np.array(x).T}
        last = len(w)
        for i in range(1, last + 1):
            z = w[i - 1].dot(a[i - 1]) + b[i - 1]
            a[i] = softmax(z) if i == last else sig(z)
        return (a[last], a)

    def loss():
        pred, _ = forward_prop(x, w, b)
        return -np.sum(Y.T * np.log(pred)) / len(x)

    def back_prop():
        p, a = forward_prop(x, w, b)
        d = {2: p - Y.T}
        d_w, d_b = ({}, {})
        for i in range(1, -1, -1):
            if i != 0:
                d[i] = w[i].T.dot(d[i + 1]) * sig_deriv(a[i])
            d_w[i] = d[i + 1].dot(a[i].T) / len(x)
            d_b[i] = np.sum(d[i + 1], axis=1, keepdims=True) / len(x)
        return [d_w[0], d_b[0], d_w[1], d_b[1]]

    return (loss, [w[0], b[0], w[1], b[1]], back_prop, None, None)


@case("the slope of LeakyReLU is that of ReLU: 0 below zero where it is 0.1", "slope_of_another")
def leak_forgotten_on_the_way_back():

    class Leaky:
        def __call__(self, z):
            return np.where(z > 0, z, 0.1 * z)

        def gradient(self, z):
            g = np.zeros_like(z)
            g[z > 0] = 1
            return g

        def backward(self, grad_output):
            return grad_output * self.gradient(self.inputs)

    g = np.random.default_rng(0)
    x = g.normal(size=(2, 20))
    y = (x[:1] * x[1:] > 0) * 1.0
    model = NeuralNetwork(
        ((Dense(6), Leaky()), (Dense(4), Leaky()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1
    )
    return (model, x, y)


@functions("the error is sent back by W, not by its transpose", "product_not_transposed")
def sent_back_unturned():

    class Network:
        def __init__(self, sizes):
            np.random.seed(12)
            self.num_layers = len(sizes)
            self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
            self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

        def feedforward(self, a):
            for b, w in zip(self.biases, self.weights):
                a = 1.0 / (1.0 + np.exp(-(np.dot(w, a) + b)))
            return a

        def total_cost(self, data):
            return sum((0.5 * np.linalg.norm(self.feedforward(x) - y) ** 2 for x, y in data)) / len(data)

        def batch(self, data):
            nb = [np.zeros(b.shape) for b in self.biases]
            nw = [np.zeros(w.shape) for w in self.weights]
            for x, y in data:
                dnb, dnw = self.backprop(x, y)
                nb = [a + c for a, c in zip(nb, dnb)]
                nw = [a + c for a, c in zip(nw, dnw)]
            return [a / len(data) for a in nw] + [a / len(data) for a in nb]

        def backprop(self, x, y):
            nb = [None] * len(self.biases)
            nw = [None] * len(self.weights)
            activation = x
            activations = [x]
            zs = []
            for b, w in zip(self.biases, self.weights):
                z = np.dot(w, activation) + b
                zs.append(z)
                activation = 1.0 / (1.0 + np.exp(-z))
                activations.append(activation)
            sp = lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2
            delta = (activations[-1] - y) * sp(zs[-1])
            nb[-1] = delta
            nw[-1] = np.dot(delta, activations[-2].T)
            for l in range(2, self.num_layers):
                delta = np.dot(self.weights[-l + 1], delta) * sp(zs[-l])
                nb[-l] = delta
                nw[-l] = np.dot(delta, activations[-l - 1].T)
            return (nb, nw)

    net = Network([3, 3, 3])
    rs = np.random.RandomState(2)
    data = [(rs.randn(3, 1), rs.rand(3, 1)) for _ in range(10)]
    return (lambda: net.total_cost(data), net.weights + net.biases, lambda: net.batch(data), None, None)


@functions(
    "the gradient of the first weights keeps only the last example: = in the loop over examples where += belongs",
    "overwritten",
)
def overwritten_in_the_loop():
    rs = np.random.RandomState(21)
    inputs = rs.randn(12, 3)
    targets = np.sin(inputs.sum(axis=1))
    Wh = rs.randn(5, 3)
    bh = rs.randn(5)
    Wo = rs.randn(5)
    bo = np.zeros(1)

    def net(x):
        h = np.tanh(Wh @ x + bh)
        return (h, Wo @ h + bo[0])

    def error():
        return sum(((net(x)[1] - t) ** 2 for x, t in zip(inputs, targets))) / len(inputs)

    def train_epoch_gradients():
        gWh, gbh, gWo, gbo = (np.zeros_like(Wh), np.zeros_like(bh), np.zeros_like(Wo), np.zeros_like(bo))
        n = len(inputs)
        for x, t in zip(inputs, targets):
            h, out = net(x)
            err = 2 * (out - t) / n
            gWo += err * h
            gbo += err
            dh = err * Wo * (1 - h * h)
            gbh += dh
            gWh = np.outer(dh, x)
        return {"Wh": gWh, "bh": gbh, "Wo": gWo, "bo": gbo}

    return (error, {"Wh": Wh, "bh": bh, "Wo": Wo, "bo": bo}, train_epoch_gradients, None, None)


@functions("the gradient of w2 uses the input x1 (weight) where x2 (height) belongs: dw2 is a copy of dw1", "copied")
def first_input_twice():

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def deriv_sigmoid(x):
        fx = sigmoid(x)
        return fx * (1 - fx)

    data = np.array([[-2, -1], [25, 6], [17, 4], [-15, -6]]) / 10
    all_y_trues = np.array([1, 0, 0, 1])
    rs = np.random.RandomState(5)
    p = {n: np.array(rs.normal()) for n in ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")}

    def feedforward(x, p):
        s1 = p["w1"] * x[0] + p["w2"] * x[1] + p["b1"]
        s2 = p["w3"] * x[0] + p["w4"] * x[1] + p["b2"]
        h1, h2 = (sigmoid(s1), sigmoid(s2))
        so = p["w5"] * h1 + p["w6"] * h2 + p["b3"]
        return (s1, s2, h1, h2, so, sigmoid(so))

    def mse_loss(p):
        return np.mean([(y - feedforward(x, p)[-1]) ** 2 for x, y in zip(data, all_y_trues)])

    def derivs(p):
        g = {n: 0.0 for n in p}
        for x, y in zip(data, all_y_trues):
            s1, s2, h1, h2, so, o = feedforward(x, p)
            d_L = -2 * (y - o) / 4
            d_o = deriv_sigmoid(so)
            g["w5"] += d_L * d_o * h1
            g["w6"] += d_L * d_o * h2
            g["b3"] += d_L * d_o
            d1 = d_L * d_o * p["w5"] * deriv_sigmoid(s1)
            d2 = d_L * d_o * p["w6"] * deriv_sigmoid(s2)
            g["w1"] += d1 * x[0]
            g["w2"] += d1 * x[0]
            g["b1"] += d1
            g["w3"] += d2 * x[0]
            g["w4"] += d2 * x[1]
            g["b2"] += d2
        return g

    return (mse_loss, p, derivs, None, None)


@case(
    "BatchNorm's backward treats the batch's mean and variance as constants: the detour through them is missing",
    "statistics_constant",
)
def statistics_held_still():

    class MyBatchNorm:
        parameters = ("gamma", "beta")

        def __init__(self, eps=1e-05):
            self.eps = eps
            self.gamma = self.beta = None

        def build(self, features, rng, dtype=np.float64):
            self.gamma = np.ones((features, 1))
            self.beta = np.zeros((features, 1))
            self.run_mu = np.zeros((features, 1))
            self.run_var = np.ones((features, 1))

        def __call__(self, inputs):
            self.mu = inputs.mean(axis=1, keepdims=True)
            self.var = inputs.var(axis=1, keepdims=True)
            self.run_mu = 0.9 * self.run_mu + 0.1 * self.mu
            self.run_var = 0.9 * self.run_var + 0.1 * self.var
            self.xhat = (inputs - self.mu) / np.sqrt(self.var + self.eps)
            return self.gamma * self.xhat + self.beta

        def predict(self, inputs):
            return self.gamma * (inputs - self.run_mu) / np.sqrt(self.run_var + self.eps) + self.beta

        def parameter_gradients(self, grad_output):
            self.grad_gamma = (grad_output * self.xhat).mean(axis=1, keepdims=True)
            self.grad_beta = grad_output.mean(axis=1, keepdims=True)

        def backward(self, grad_output):
            return grad_output * self.gamma / np.sqrt(self.var + self.eps)

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    model = NeuralNetwork(
        ((Dense(5), MyBatchNorm(), ReLU()), (Dense(3), Softmax())), CategoricalCrossEntropy(), 0.1, seed=0
    )
    return (model, x, y)


@case(
    "momentum by hand: the learning rate is multiplied in twice, once in the velocity and once in the step",
    "learning_rate_squared",
    alone=True,
)
def rate_in_velocity_and_step():

    class FullyConnected:
        def __init__(self, i, o):
            self.W = np.random.RandomState(i * 10 + o).randn(o, i) / np.sqrt(i)
            self.b = np.zeros((o, 1))
            self.vW, self.vb = (np.zeros_like(self.W), np.zeros_like(self.b))

        def __call__(self, x):
            self.x = x
            return self.W @ x + self.b

        def backward(self, d):
            self.dW = d @ self.x.T / d.shape[1]
            self.db = d.mean(1, keepdims=True)
            return self.W.T @ d

    class TanhAct:
        def __call__(self, z):
            self.a = np.tanh(z)
            return self.a

        def backward(self, d):
            return d * (1 - self.a**2)

    class SquaredLoss:
        def __call__(self, o, t):
            return np.mean((o - t) ** 2)

        def gradient(self, o, t):
            return 2 * (o - t) / o.shape[0]

    class Regression:
        def __init__(self):
            self.layers = [FullyConnected(2, 8), TanhAct(), FullyConnected(8, 1)]
            self.loss = SquaredLoss()
            self.lr, self.mu = (0.05, 0.9)

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.y_hat = x
            return x

        def backward_step(self, labels):
            d = self.loss.gradient(self.y_hat, labels)
            for l in reversed(self.layers):
                d = l.backward(d)

        def update(self):
            for l in self.layers:
                if isinstance(l, FullyConnected):
                    l.vW = self.mu * l.vW - self.lr * l.dW
                    l.vb = self.mu * l.vb - self.lr * l.db
                    l.W += self.lr * l.vW
                    l.b += self.lr * l.vb

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (Regression(), x, y)


@case("Adam: the bias-corrected m and v are stored back and corrected again at the next step", "adam_keeps_corrected")
def adam_stores_the_corrected():

    class MyAdam:
        def __init__(self, lr=0.01, b1=0.9, b2=0.999, eps=1e-08):
            self.lr, self.b1, self.b2, self.eps = (lr, b1, b2, eps)
            self.m = 0
            self.v = 0
            self.t = 0

        def step(self, theta, g):
            self.t += 1
            self.m = self.b1 * self.m + (1 - self.b1) * g
            self.v = self.b2 * self.v + (1 - self.b2) * g**2
            self.m = self.m / (1 - self.b1**self.t)
            self.v = self.v / (1 - self.b2**self.t)
            theta -= self.lr * self.m / (np.sqrt(self.v) + self.eps)

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), MeanSquaredError(), optimizer=MyAdam(), seed=0),
        x,
        y,
    )


@case(
    "gradients are accumulated with += and never set back to zero: the second batch still holds the first one's",
    "gradients_pile_up",
)
def never_set_to_zero():

    class Linear_:
        parameters = ("weights", "bias")

        def __init__(self, units):
            self.units = units
            self.weights = None

        def build(self, features, rng, dtype=np.float64):
            self.weights = rng.normal(0, (2 / features) ** 0.5, (self.units, features))
            self.bias = np.zeros((self.units, 1))
            self.grad_weights = np.zeros_like(self.weights)
            self.grad_bias = np.zeros_like(self.bias)

        def __call__(self, inputs):
            self.cache = inputs
            return self.weights.dot(inputs) + self.bias

        def parameter_gradients(self, grad_output):
            m = grad_output.shape[1]
            self.grad_weights += grad_output.dot(self.cache.T) / m
            self.grad_bias += grad_output.sum(axis=1, keepdims=True) / m

        def backward(self, grad_output):
            return self.weights.T.dot(grad_output)

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 20))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (NeuralNetwork(((Linear_(6), ReLU()), (Linear_(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), x, y)


@case(
    "for W in weights: W = W - ... only rebinds the loop's name; the parameters never move", "nothing_moves", alone=True
)
def loop_name_rebound():

    class FC:
        def __init__(self, n_in, n_out, rng):
            self.w = rng.normal(size=(n_out, n_in)) * np.sqrt(1 / n_in)
            self.b = np.zeros((n_out, 1))

        def __call__(self, x):
            self.x = x
            return self.w @ x + self.b

        def backward(self, d):
            self.gw, self.gb = (d @ self.x.T / d.shape[1], d.mean(axis=1, keepdims=True))
            return self.w.T @ d

    class Relu:
        def __call__(self, z):
            self.on = z > 0
            return z * self.on

        def backward(self, d):
            return d * self.on

    class SoftmaxOut:
        def __call__(self, z):
            e = np.exp(z - z.max(axis=0))
            self.p = e / e.sum(axis=0)
            return self.p

        def backward(self, d):
            return self.p * (d - (d * self.p).sum(axis=0))

    class Classifier:
        def __init__(self, lr=0.1):
            rng = np.random.default_rng(0)
            self.layers = [FC(4, 6, rng), Relu(), FC(6, 3, rng), SoftmaxOut()]
            self.loss = CategoricalCrossEntropy()
            self.lr = lr

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.p = x
            return x

        def backward_step(self, labels):
            d = self.loss.gradient(self.p, labels)
            for l in self.layers[::-1]:
                d = l.backward(d)

        def update(self):
            for l in self.layers:
                if hasattr(l, "w"):
                    for param, grad in ((l.w, l.gw), (l.b, l.gb)):
                        param = param - self.lr * grad

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (Classifier(), x, y)


@case("RMSProp divides by the mean square itself: the square root is missing", "root_missing")
def rmsprop_without_root():

    class RMSprop:
        def __init__(self, lr, rho=0.9):
            self.lr, self.rho, self.cache = (lr, rho, None)

        def step(self, params, grads):
            if self.cache is None:
                self.cache = np.zeros_like(params)
            self.cache = self.rho * self.cache + (1 - self.rho) * grads**2
            params -= self.lr * grads / (self.cache + 1e-08)

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 20))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(
            ((Dense(6), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=RMSprop(0.001), seed=4
        ),
        x,
        y,
    )


@case("m is divided out twice: the loss's gradient is a mean already, the layer divides by m again", "mean_twice")
def mean_in_loss_and_layer():

    class DenseLayer:
        parameters = ("W", "b")

        def __init__(self, n):
            self.n = n
            self.W = self.b = None

        def build(self, features, rng, dtype=np.float64):
            self.W = rng.uniform(-1, 1, (features, self.n))
            self.b = rng.uniform(-1, 1, (1, self.n))

        def __call__(self, inputs):
            self.X = inputs.T
            return (self.X @ self.W + self.b).T

        def parameter_gradients(self, grad_output):
            d = grad_output.T
            self.grad_W = self.X.T @ d / len(d)
            self.grad_b = d.mean(axis=0, keepdims=True)

        def backward(self, grad_output):
            return (grad_output.T @ self.W.T).T

    class CrossEntropy:
        def __call__(self, p, t):
            return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))

        def gradient(self, p, t):
            return (p - t) / (p * (1 - p)) / p.size

    g = np.random.default_rng(6)
    x = g.normal(size=(2, 16))
    y = (x[:1] > x[1:]) * 1.0
    return (NeuralNetwork(((DenseLayer(4), Sigmoid()), (DenseLayer(1), Sigmoid())), CrossEntropy(), 0.5, seed=0), x, y)


@case("the activation changes z in place, so the slope is computed from the output instead of z", "inputs_overwritten")
def elu_in_place():

    class ELUInPlace:
        def __init__(self, alpha=1.0):
            self.alpha = alpha

        def __call__(self, z):
            neg = z < 0
            z[neg] = self.alpha * (np.exp(z[neg]) - 1)
            return z

        def gradient(self, z):
            return np.where(z < 0, self.alpha * np.exp(z), 1.0)

        def backward(self, grad_output):
            return grad_output * self.gradient(self.inputs)

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (NeuralNetwork(((Dense(6), ELUInPlace()), (Dense(1), Linear())), MeanSquaredError(), 0.1, seed=3), x, y)


@case(
    "the loss's gradient p - y already holds softmax's slope; Softmax.backward applies the Jacobian once more",
    "slope_after_shortcut",
)
def jacobian_after_shortcut():

    class Softmax:
        def __call__(self, z):
            exps = np.exp(z - np.max(z, axis=0, keepdims=True))
            self.out = exps / np.sum(exps, axis=0, keepdims=True)
            return self.out

        def backward(self, grad):
            res = np.empty_like(grad)
            for i in range(grad.shape[1]):
                s = self.out[:, i].reshape(-1, 1)
                jac = np.diagflat(s) - s @ s.T
                res[:, i] = jac @ grad[:, i]
            return res

    class CELoss:
        def __call__(self, y_pred, y_true):
            return -np.sum(y_true * np.log(y_pred + 1e-12)) / y_pred.shape[1]

        def gradient(self, y_pred, y_true):
            return y_pred - y_true

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (NeuralNetwork(((Dense(6), Tanh()), (Dense(3), Softmax())), CELoss(), 0.1, seed=0), x, y)


@case(
    "Dropout keeps with probability 1 - rate but divides by rate: the kept numbers have the wrong scale",
    "dropout_exchanged",
)
def divided_by_the_dropped():

    class DropoutLayer:
        def __init__(self, rate, seed=0):
            self.rate = rate
            self.rng = np.random.default_rng(seed)

        def __call__(self, inputs):
            self.mask = (self.rng.random(inputs.shape) > self.rate) / self.rate
            return inputs * self.mask

        def predict(self, inputs):
            return inputs

        def backward(self, grad_output):
            return grad_output * self.mask

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 24))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(
            ((Dense(8), ReLU(), DropoutLayer(0.2)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4
        ),
        x,
        y,
    )


@case(
    "two mistakes: the loss's gradient has the wrong sign (y - p), and the slope of tanh is 1 - a without the square",
    "gradient_sign",
)
def sign_and_half_a_slope():

    class Tanh_:
        def __call__(self, z):
            self.a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
            return self.a

        def backward(self, grad_output):
            return grad_output * (1 - self.a)

    class HalfSSE:
        def __call__(self, pred, target):
            return 0.5 * np.sum((target - pred) ** 2) / pred.shape[1]

        def gradient(self, pred, target):
            return target - pred

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.vstack([np.sin(x[:1]) + x[1:], x[:1] ** 2])
    return (NeuralNetwork(((Dense(6), Tanh_()), (Dense(2), Linear())), HalfSSE(), 0.1, seed=3), x, y)


@case("BatchNorm's predict uses the batch's own mean and variance, not the running ones", "batch_when_predicting")
def predicts_by_the_batch():

    class BN:
        parameters = ("gamma", "beta")

        def __init__(self):
            self.gamma = self.beta = None

        def build(self, features, rng, dtype=np.float64):
            self.gamma, self.beta = (np.ones((features, 1)), np.zeros((features, 1)))
            self.running_mean, self.running_var = (np.zeros((features, 1)), np.ones((features, 1)))

        def _norm(self, x):
            mu, var = (x.mean(1, keepdims=True), x.var(1, keepdims=True))
            return ((x - mu) / np.sqrt(var + 1e-05), mu, var)

        def __call__(self, x):
            self.xn, mu, var = self._norm(x)
            self.std = np.sqrt(var + 1e-05)
            self.running_mean = 0.9 * self.running_mean + 0.1 * mu
            self.running_var = 0.9 * self.running_var + 0.1 * var
            return self.gamma * self.xn + self.beta

        def predict(self, x):
            xn, _, _ = self._norm(x)
            return self.gamma * xn + self.beta

        def parameter_gradients(self, d):
            self.grad_gamma = np.mean(d * self.xn, axis=1, keepdims=True)
            self.grad_beta = np.mean(d, axis=1, keepdims=True)

        def backward(self, d):
            n = d.shape[1]
            dx = d * self.gamma
            return (n * dx - dx.sum(1, keepdims=True) - self.xn * (dx * self.xn).sum(1, keepdims=True)) / (n * self.std)

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 24))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (NeuralNetwork(((Dense(6), BN(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), x, y)


@functions("swish's slope is that of the sigmoid alone: the product rule is forgotten", "slope_of_helper")
def product_rule_forgotten():
    g = np.random.default_rng(9)
    theta = dict(w0=g.normal(size=(4, 7)), c0=g.normal(size=(1, 7)), w1=g.normal(size=(7, 2)), c1=g.normal(size=(1, 2)))
    xs = g.normal(size=(15, 4))
    ts = g.normal(size=(15, 2))
    s = lambda u: 1 / (1 + np.exp(-u))

    def swish(u, deriv=False):
        if deriv:
            return s(u) * (1 - s(u))
        return u * s(u)

    def fwd(th):
        u = xs @ th["w0"] + th["c0"]
        h = swish(u)
        return (u, h, h @ th["w1"] + th["c1"])

    def L(th):
        return 0.5 * ((fwd(th)[2] - ts) ** 2).sum() / len(xs)

    def G(th):
        u, h, o = fwd(th)
        d = (o - ts) / len(xs)
        dh = d @ th["w1"].T * swish(u, deriv=True)
        return dict(w0=xs.T @ dh, c0=dh.sum(0, keepdims=True), w1=h.T @ d, c1=d.sum(0, keepdims=True))

    return (L, theta, G, None, None)


@case(
    "the residual block hands back only what goes through its layer: the gradient of the skip is missing",
    "skip_missing",
)
def skip_forgotten():

    class ResBlock:
        parameters = ("weights", "bias")

        def __init__(self):
            self.weights = self.bias = None

        def build(self, features, rng, dtype=np.float64):
            self.weights = rng.normal(size=(features, features)) * 0.4
            self.bias = np.zeros((features, 1))

        def __call__(self, inputs):
            self.x = inputs
            self.h = np.tanh(self.weights @ inputs + self.bias)
            return inputs + self.h

        def parameter_gradients(self, grad_output):
            dz = grad_output * (1 - self.h**2)
            self.grad_weights = dz @ self.x.T / dz.shape[1]
            self.grad_bias = dz.mean(axis=1, keepdims=True)

        def backward(self, grad_output):
            return self.weights.T @ (grad_output * (1 - self.h**2))

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 20))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(((Dense(5), Tanh()), (ResBlock(),), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4),
        x,
        y,
    )


@functions("Nielsen style, cross-entropy cost, lists of columns, sums over a mini-batch and L2 with lmbda/n")
def nielsen_with_decay():
    rs = np.random.RandomState(4)
    sizes = [4, 6, 3]
    W = [rs.randn(y, x) / np.sqrt(x) for x, y in zip(sizes[:-1], sizes[1:])]
    B = [rs.randn(y, 1) for y in sizes[1:]]
    batch = [(rs.randn(4, 1), np.eye(3)[:, [rs.randint(3)]]) for _ in range(8)]
    n, lmbda = (40, 2.0)
    sg = lambda z: 1 / (1 + np.exp(-z))

    def cost():
        c = 0.0
        for x, y in batch:
            a = x
            for w, b in zip(W, B):
                a = sg(w @ a + b)
            c += np.sum(np.nan_to_num(-y * np.log(a) - (1 - y) * np.log(1 - a))) / len(batch)
        return c + 0.5 * (lmbda / n) * sum(np.linalg.norm(w) ** 2 for w in W)

    def nabla():
        nw = [np.zeros(w.shape) for w in W]
        nb = [np.zeros(b.shape) for b in B]
        for x, y in batch:
            acts = [x]
            for w, b in zip(W, B):
                acts.append(sg(w @ acts[-1] + b))
            delta = acts[-1] - y
            for l in (1, 0):
                nw[l] += delta @ acts[l].T
                nb[l] += delta
                delta = W[l].T @ delta * acts[l] * (1 - acts[l])
        return [g / len(batch) + lmbda / n * w for g, w in zip(nw, W)] + [g / len(batch) for g in nb]

    return (cost, W + B, nabla, None, None)


@functions("CS231n style: one function returns loss and grads, in-place zeroing, hinge loss")
def hinge_in_place():
    rs = np.random.RandomState(6)
    params = {"W1": rs.randn(5, 8) * 0.5, "b1": rs.randn(8) * 0.1, "W2": rs.randn(8, 3) * 0.5, "b2": np.zeros(3)}
    X = rs.randn(11, 5)
    y = rs.randint(0, 3, 11)

    def svm(params, X=X, y=y, reg=0.05):
        h = np.maximum(0, X.dot(params["W1"]) + params["b1"])
        s = h.dot(params["W2"]) + params["b2"]
        N = len(X)
        margins = np.maximum(0, s - s[np.arange(N), y][:, None] + 1)
        margins[np.arange(N), y] = 0
        loss = margins.sum() / N + 0.5 * reg * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
        ds = (margins > 0).astype(float)
        ds[np.arange(N), y] -= ds.sum(1)
        ds /= N
        g = {"W2": h.T.dot(ds) + reg * params["W2"], "b2": ds.sum(0)}
        dh = ds.dot(params["W2"].T)
        dh[h == 0] = 0
        g["W1"] = X.T.dot(dh) + reg * params["W1"]
        g["b1"] = dh.sum(0)
        return (loss, g)

    return (lambda p: svm(p)[0], params, lambda p: svm(p)[1], None, None)


@functions("scalars w1 ... b3 as 0-d arrays, right")
def single_numbers():
    sig = lambda x: 1 / (1 + np.exp(-x))
    data = np.array([[-2, -1], [25, 6], [17, 4], [-15, -6]]) / 10
    ys = np.array([1, 0, 0, 1])
    rs = np.random.RandomState(5)
    p = {k: np.array(rs.normal()) for k in ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")}

    def ff(x, p):
        h1 = sig(p["w1"] * x[0] + p["w2"] * x[1] + p["b1"])
        h2 = sig(p["w3"] * x[0] + p["w4"] * x[1] + p["b2"])
        return (h1, h2, sig(p["w5"] * h1 + p["w6"] * h2 + p["b3"]))

    def loss(p):
        return np.mean([(y - ff(x, p)[2]) ** 2 for x, y in zip(data, ys)])

    def grads(p):
        g = dict.fromkeys(p, 0.0)
        for x, y in zip(data, ys):
            h1, h2, o = ff(x, p)
            d = -2 * (y - o) * o * (1 - o) / 4
            d1, d2 = (d * p["w5"] * h1 * (1 - h1), d * p["w6"] * h2 * (1 - h2))
            for n, v in zip(
                ("w1", "w2", "b1", "w3", "w4", "b2", "w5", "w6", "b3"),
                (d1 * x[0], d1 * x[1], d1, d2 * x[0], d2 * x[1], d2, d * h1, d * h2, d),
            ):
                g[n] = g[n] + v
        return g

    return (loss, p, grads, None, None)


@case("Adam with the corrections folded into the rate (epsilon hat), as in section 2 of the paper, in an own class")
def adam_folded():

    class AdamFolded:
        def __init__(self, lr=0.01):
            self.lr, self.m, self.v, self.t = (lr, None, None, 0)

        def step(self, w, g):
            if self.m is None:
                self.m, self.v = (np.zeros_like(w), np.zeros_like(w))
            self.t += 1
            lr_t = self.lr * np.sqrt(1 - 0.999**self.t) / (1 - 0.9**self.t)
            self.m += (1 - 0.9) * (g - self.m)
            self.v += (1 - 0.999) * (g * g - self.v)
            w -= lr_t * self.m / (np.sqrt(self.v) + 1e-07)

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), MeanSquaredError(), optimizer=AdamFolded(), seed=0),
        x,
        y,
    )


@case("SGD with learning-rate decay and clipping of each gradient to +-0.1 within step")
def decay_and_clip():

    class DecaySGD:
        def __init__(self, lr, decay=0.1, clip=0.1):
            self.lr0, self.decay, self.clip, self.iterations = (lr, decay, clip, 0)

        def step(self, params, grads):
            lr = self.lr0 / (1 + self.decay * self.iterations)
            params -= lr * np.clip(grads, -self.clip, self.clip)
            self.iterations += 1

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 20))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(
            ((Dense(6), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=DecaySGD(0.5), seed=4
        ),
        x,
        y,
    )


@case("lesson-09 style class with momentum in Keras' form, weights (features, units), biases (1, units)", alone=True)
def keras_momentum():

    class Dense_:
        def __init__(self, fan_in, fan_out, seed):
            self.W = np.random.default_rng(seed).normal(size=(fan_in, fan_out)) * (2 / fan_in) ** 0.5
            self.B = np.zeros((1, fan_out))
            self.mW = 0
            self.mB = 0

        def __call__(self, x):
            self.x = x
            return (x.T @ self.W + self.B).T

        def backward(self, g):
            m = g.shape[1]
            self.gW = self.x @ g.T / m
            self.gB = g.T.sum(axis=0, keepdims=True) / m
            return self.W @ g

    class LReLU:
        def __call__(self, z):
            self.k = np.where(z > 0, 1, 0.05)
            return self.k * z

        def backward(self, g):
            return g * self.k

    class Sig:
        def __call__(self, z):
            self.a = 1 / (1 + np.exp(-z))
            return self.a

        def backward(self, g):
            return g * self.a * (1 - self.a)

    class BCE:
        def __call__(self, a, y):
            return -(y * np.log(a) + (1 - y) * np.log(1 - a)).mean()

        def gradient(self, a, y):
            return ((1 - y) / (1 - a) - y / a) / a.shape[0]

    class Model:
        def __init__(self):
            self.layers = [Dense_(3, 7, 0), LReLU(), Dense_(7, 2, 1), Sig()]
            self.loss = BCE()

        def __call__(self, x):
            self.x = x
            for l in self.layers:
                x = l(x)
            self.a = x
            return x

        def backward_step(self, y):
            g = self.loss.gradient(self.a, y)
            for l in reversed(self.layers):
                g = l.backward(g)

        def update(self):
            for l in self.layers:
                if isinstance(l, Dense_):
                    l.mW = 0.9 * l.mW - 0.1 * l.gW
                    l.mB = 0.9 * l.mB - 0.1 * l.gB
                    l.W = l.W + l.mW
                    l.B = l.B + l.mB

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 20))
    y = np.vstack([x[:1] + x[1:2] * x[2:] > 0, x[:1] > 0]) * 1.0
    return (Model(), x, y)


@case("old-style dropout: mask in training, times the keep probability when predicting")
def old_dropout_of_old_numbers():

    class VanillaDropout:
        def __init__(self, keep):
            self.keep = keep
            self.r = np.random.RandomState(0)

        def __call__(self, inputs):
            self.u = self.r.rand(*inputs.shape) < self.keep
            return inputs * self.u

        def predict(self, inputs):
            return inputs * self.keep

        def backward(self, grad_output):
            return grad_output * self.u

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 30))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(
            ((Dense(9), ReLU(), VanillaDropout(0.7)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4
        ),
        x,
        y,
    )


@case("LayerNorm and PReLU with a learned slope, own parts")
def layer_norm_and_prelu():

    class LayerNorm:
        parameters = ("g", "b")

        def __init__(self):
            self.g = self.b = None

        def build(self, features, rng, dtype=np.float64):
            self.g, self.b = (np.ones((features, 1)), np.zeros((features, 1)))

        def __call__(self, x):
            self.s = np.sqrt(x.var(0, keepdims=True) + 1e-05)
            self.n = (x - x.mean(0, keepdims=True)) / self.s
            return self.g * self.n + self.b

        def parameter_gradients(self, d):
            self.grad_g = (d * self.n).mean(1, keepdims=True)
            self.grad_b = d.mean(1, keepdims=True)

        def backward(self, d):
            d = d * self.g
            return (d - d.mean(0, keepdims=True) - self.n * (d * self.n).mean(0, keepdims=True)) / self.s

    class PReLU:
        parameters = ("alpha",)

        def __init__(self):
            self.alpha = None

        def build(self, features, rng, dtype=np.float64):
            self.alpha = np.full((features, 1), 0.25)

        def __call__(self, z):
            self.z = z
            return np.where(z > 0, z, self.alpha * z)

        def parameter_gradients(self, d):
            self.grad_alpha = (d * np.minimum(self.z, 0)).mean(1, keepdims=True)

        def backward(self, d):
            return np.where(self.z > 0, d, self.alpha * d)

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (
        NeuralNetwork(
            ((Dense(6), LayerNorm(), PReLU()), (Dense(3), Softmax())), CategoricalCrossEntropy(), 0.1, seed=0
        ),
        x,
        y,
    )


@case("cross-entropy with label smoothing on logits: the loss holds softmax, the last part is linear")
def smoothed_logits():

    class SmoothedCE:
        def __init__(self, eps=0.1):
            self.eps = eps

        def _p(self, logits):
            e = np.exp(logits - logits.max(axis=0, keepdims=True))
            return e / e.sum(axis=0, keepdims=True)

        def _t(self, labels):
            return labels * (1 - self.eps) + self.eps / labels.shape[0]

        def __call__(self, logits, labels):
            return float(-(self._t(labels) * np.log(self._p(logits))).sum(axis=0).mean())

        def gradient(self, logits, labels):
            return self._p(logits) - self._t(labels)

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (NeuralNetwork(((Dense(6), ReLU()), (Dense(3), Linear())), SmoothedCE(), 0.1, seed=0), x, y)


@functions("char-RNN with backpropagation through time, right")
def rnn_through_time():
    rs = np.random.RandomState(0)
    T, V, H = (6, 4, 5)
    P = [rs.randn(H, V) * 0.5, rs.randn(H, H) * 0.5, rs.randn(V, H) * 0.5, rs.randn(H, 1) * 0.1, np.zeros((V, 1))]
    ins = [np.eye(V)[:, [k]] for k in rs.randint(0, V, T)]
    outs = rs.randint(0, V, T)

    def run():
        Wxh, Whh, Why, bh, by = P
        hs, ps = ({-1: np.zeros((H, 1))}, {})
        for t in range(T):
            hs[t] = np.tanh(Wxh @ ins[t] + Whh @ hs[t - 1] + bh)
            e = np.exp(Why @ hs[t] + by)
            ps[t] = e / e.sum()
        return (hs, ps)

    def loss():
        _, ps = run()
        return -sum(np.log(ps[t][outs[t], 0]) for t in range(T))

    def grad():
        hs, ps = run()
        Wxh, Whh, Why, bh, by = P
        g = [np.zeros_like(a) for a in P]
        nxt = np.zeros((H, 1))
        for t in reversed(range(T)):
            dy = ps[t].copy()
            dy[outs[t]] -= 1
            g[2] += dy @ hs[t].T
            g[4] += dy
            draw = (1 - hs[t] ** 2) * (Why.T @ dy + nxt)
            g[3] += draw
            g[0] += draw @ ins[t].T
            g[1] += draw @ hs[t - 1].T
            nxt = Whh.T @ draw
        return g

    return (loss, P, grad, None, None)


@case("all in float32: an own network class", alone=True)
def float32_throughout():

    class L32:
        def __init__(self, i, o, s):
            self.w = np.random.default_rng(s).standard_normal((o, i)).astype(np.float32) * np.float32(0.5)
            self.b = np.zeros((o, 1), np.float32)

        def __call__(self, x):
            self.x = x.astype(np.float32)
            self.y = np.tanh(self.w @ self.x + self.b)
            return self.y

        def backward(self, d):
            d = d * (1 - self.y**2)
            self.gw = (d @ self.x.T / d.shape[1]).astype(np.float32)
            self.gb = d.mean(1, keepdims=True).astype(np.float32)
            return self.w.T @ d

    class Mse:
        def __call__(self, o, y):
            return float(((o - y) ** 2).mean())

        def gradient(self, o, y):
            return 2 * (o - y) / len(o)

    class Net32:
        def __init__(self):
            self.layers = [L32(2, 6, 0), L32(6, 1, 1)]
            self.loss = Mse()

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.o = x
            return x

        def backward_step(self, y):
            d = self.loss.gradient(self.o, y)
            for l in self.layers[::-1]:
                d = l.backward(d)

        def update(self):
            for l in self.layers:
                l.w -= np.float32(0.1) * l.gw
                l.b -= np.float32(0.1) * l.gb

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.tanh(x[:1] - x[1:])
    return (Net32(), x, y)


@functions("bias folded into the weights: a row of ones is appended to the inputs in every layer")
def ones_for_the_bias():
    r = np.random.RandomState(0)
    theta1, theta2 = (r.randn(5, 4), r.randn(2, 6))
    X = r.randn(13, 3)
    Y = np.eye(2)[r.randint(0, 2, 13)]
    s = lambda z: 1 / (1 + np.exp(-z))
    ones = np.ones((13, 1))

    def J(lam=0.5):
        a1 = np.hstack([ones, X])
        a2 = np.hstack([ones, s(a1 @ theta1.T)])
        h = s(a2 @ theta2.T)
        return np.sum(-Y * np.log(h) - (1 - Y) * np.log(1 - h)) / 13 + lam / 26 * (
            np.sum(theta1[:, 1:] ** 2) + np.sum(theta2[:, 1:] ** 2)
        )

    def grad(lam=0.5):
        a1 = np.hstack([ones, X])
        z2 = a1 @ theta1.T
        a2 = np.hstack([ones, s(z2)])
        h = s(a2 @ theta2.T)
        d3 = h - Y
        d2 = d3 @ theta2[:, 1:] * s(z2) * (1 - s(z2))
        g1, g2 = (d2.T @ a1 / 13, d3.T @ a2 / 13)
        g1[:, 1:] += lam / 13 * theta1[:, 1:]
        g2[:, 1:] += lam / 13 * theta2[:, 1:]
        return {"theta1": g1, "theta2": g2}

    return (J, {"theta1": theta1, "theta2": theta2}, grad, None, None)


@case("Nesterov in Bengio's form, AdamW-like decoupled decay on top")
def bengio_nesterov():

    class NAG:
        def __init__(self, lr, mu=0.9, wd=0.001):
            self.lr, self.mu, self.wd, self.v = (lr, mu, wd, 0.0)

        def step(self, params, grads):
            v_prev = self.v
            self.v = self.mu * self.v - self.lr * grads
            params *= 1 - self.lr * self.wd
            params += -self.mu * v_prev + (1 + self.mu) * self.v

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 20))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=NAG(0.05), seed=4),
        x,
        y,
    )


@case("own embedding-like residual and gated block, skip connection right; loss MAE")
def gated_skip():

    class Gate:
        parameters = ("weights", "bias")

        def __init__(self):
            self.weights = self.bias = None

        def build(self, features, rng, dtype=np.float64):
            self.weights = rng.normal(size=(features, features)) * 0.4
            self.bias = np.full((features, 1), -1.0)

        def __call__(self, x):
            self.x, self.g = (x, 1 / (1 + np.exp(-(self.weights @ x + self.bias))))
            return x + self.g * x

        def parameter_gradients(self, d):
            self.dz = d * self.x * self.g * (1 - self.g)
            self.grad_weights = self.dz @ self.x.T / d.shape[1]
            self.grad_bias = self.dz.mean(1, keepdims=True)

        def backward(self, d):
            dz = d * self.x * self.g * (1 - self.g)
            return d * (1 + self.g) + self.weights.T @ dz

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (
        NeuralNetwork(((Dense(5), Tanh()), (Gate(),), (Dense(1), Linear())), MeanAbsoluteError(), 0.1, seed=4),
        x,
        y,
    )


@case("p - y handed through by a sigmoid whose backward returns its argument; loss clips at 1e-7")
def handed_through_and_clipped():

    class LastSigmoid:
        def __call__(self, z):
            return 1 / (1 + np.exp(-z))

        def backward(self, grad_output):
            return grad_output

    class LogLoss:
        def __call__(self, p, y):
            p = np.clip(p, 1e-07, 1 - 1e-07)
            return -np.average(y * np.log(p) + (1 - y) * np.log(1 - p))

        def gradient(self, p, y):
            return p - y

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 20))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (NeuralNetwork(((Dense(6), ReLU()), (Dense(1), LastSigmoid())), LogLoss(), 0.1, seed=4), x, y)


@case(
    "ReLU's backward sets the gradient to 0 where the inputs were above 0: the mask is the wrong way round",
    "comparison",
    alone=True,
)
def mask_the_wrong_way_round():

    class Layer_Dense:
        def __init__(self, n_inputs, n_neurons):
            self.weights = 0.5 * np.random.default_rng(n_inputs).standard_normal((n_neurons, n_inputs))
            self.biases = np.zeros((n_neurons, 1))

        def forward(self, inputs):
            self.inputs = inputs
            self.output = np.dot(self.weights, inputs) + self.biases

        def backward(self, dvalues):
            self.dweights = np.dot(dvalues, self.inputs.T)
            self.dbiases = np.sum(dvalues, axis=1, keepdims=True)
            self.dinputs = np.dot(self.weights.T, dvalues)

    class Activation_ReLU:
        def forward(self, inputs):
            self.inputs = inputs
            self.output = np.maximum(0, inputs)

        def backward(self, dvalues):
            self.dinputs = dvalues.copy()
            self.dinputs[self.inputs > 0] = 0

    class Activation_Softmax:
        def forward(self, inputs):
            e = np.exp(inputs - np.max(inputs, axis=0, keepdims=True))
            self.output = e / np.sum(e, axis=0, keepdims=True)

    class Model:
        def __init__(self):
            self.layers = [Layer_Dense(4, 8), Activation_ReLU(), Layer_Dense(8, 3), Activation_Softmax()]

        def loss(self, output, y):
            return -np.mean(np.log(np.sum(output * y, axis=0)))

        def __call__(self, x):
            for layer in self.layers:
                layer.forward(x)
                x = layer.output
            return x

        def backward_step(self, y):
            d = (self.layers[-1].output - y) / y.shape[1]
            for layer in reversed(self.layers[:-1]):
                layer.backward(d)
                d = layer.dinputs

        def update(self, learning_rate=0.5):
            for layer in self.layers:
                if hasattr(layer, "weights"):
                    layer.weights += -learning_rate * layer.dweights
                    layer.biases += -learning_rate * layer.dbiases

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (Model(), x, y)


@case("the slope of the hidden sigmoid is missing in the hidden delta (data in rows)", "slope_missing", alone=True)
def rows_and_no_hidden_slope():

    class Sigm:
        def __init__(self, i, o, seed):
            self.W = np.random.RandomState(seed).randn(i, o)
            self.b = np.zeros(o)

        def __call__(self, X):
            self.X = X
            self.out = 1 / (1 + np.exp(-(X @ self.W + self.b)))
            return self.out

    class RowNet:
        def __init__(self):
            self.layers = [Sigm(2, 5, 0), Sigm(5, 1, 1)]
            self.lr = 0.1

        def loss(self, out, y):
            return 0.5 * np.mean((out - y) ** 2)

        def __call__(self, X):
            for l in self.layers:
                X = l(X)
            return X

        def backward_step(self, y):
            l1, l2 = self.layers
            delta2 = (l2.out - y) * l2.out * (1 - l2.out)
            delta1 = delta2 @ l2.W.T
            l2.dW, l2.db = (l1.out.T @ delta2 / len(y), delta2.mean(axis=0))
            l1.dW, l1.db = (l1.X.T @ delta1 / len(y), delta1.mean(axis=0))

        def update(self):
            for l in self.layers:
                l.W -= self.lr * l.dW
                l.b -= self.lr * l.db

    r = np.random.RandomState(3)
    X = r.randn(20, 2)
    y = (X[:, :1] * X[:, 1:] > 0) * 1.0
    return (RowNet(), X, y)


@case("Adam written into update: t goes up once for every layer, not once a step", "adam_counter_per_layer", alone=True)
def adam_counts_layers():

    class D:
        def __init__(self, i, o):
            self.W = np.random.default_rng(i).normal(size=(o, i)) * 0.7
            self.b = np.zeros((o, 1))
            self.mW = np.zeros_like(self.W)
            self.vW = np.zeros_like(self.W)
            self.mb = np.zeros_like(self.b)
            self.vb = np.zeros_like(self.b)

        def __call__(self, x):
            self.x = x
            return self.W @ x + self.b

        def backward(self, g):
            self.dW = g @ self.x.T / g.shape[1]
            self.db = g.mean(axis=1, keepdims=True)
            return self.W.T @ g

    class T:
        def __call__(self, z):
            self.a = np.tanh(z)
            return self.a

        def backward(self, g):
            return g * (1 - self.a * self.a)

    class MSE:
        def __call__(self, p, y):
            return ((p - y) ** 2).mean()

        def gradient(self, p, y):
            return 2 * (p - y) / p.shape[0]

    class AdamNet:
        def __init__(self):
            self.layers = [D(2, 6), T(), D(6, 4), T(), D(4, 1)]
            self.loss = MSE()
            self.lr, self.beta1, self.beta2, self.eps, self.t = (0.01, 0.9, 0.999, 1e-08, 0)

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.p = x
            return x

        def backward_step(self, y):
            g = self.loss.gradient(self.p, y)
            for l in self.layers[::-1]:
                g = l.backward(g)

        def update(self):
            for l in self.layers:
                if not hasattr(l, "W"):
                    continue
                self.t += 1
                for p in ("W", "b"):
                    g = getattr(l, "d" + p)
                    m = self.beta1 * getattr(l, "m" + p) + (1 - self.beta1) * g
                    v = self.beta2 * getattr(l, "v" + p) + (1 - self.beta2) * g * g
                    setattr(l, "m" + p, m)
                    setattr(l, "v" + p, v)
                    mh, vh = (m / (1 - self.beta1**self.t), v / (1 - self.beta2**self.t))
                    setattr(l, p, getattr(l, p) - self.lr * mh / (np.sqrt(vh) + self.eps))

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (AdamNet(), x, y)


@functions(
    "forward uses ReLU in the hidden layers, backward the slope of the sigmoid there (activation names mixed up)",
    "same_in_each_round",
)
def relu_up_and_sigmoid_down():
    np.random.seed(3)

    def initialize(dims):
        P = {}
        for l in range(1, len(dims)):
            P["W" + str(l)] = np.random.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1])
            P["b" + str(l)] = np.zeros((dims[l], 1))
        return P

    def sigmoid(Z):
        return (1 / (1 + np.exp(-Z)), Z)

    def relu(Z):
        return (np.maximum(0, Z), Z)

    def relu_backward(dA, Z):
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
        return dZ

    def sigmoid_backward(dA, Z):
        s = 1 / (1 + np.exp(-Z))
        return dA * s * (1 - s)

    def linear_activation_forward(A_prev, W, b, activation):
        A, Z = (sigmoid if activation == "sigmoid" else relu)(W @ A_prev + b)
        return (A, (A_prev, W, b, Z))

    def linear_activation_backward(dA, cache, activation):
        A_prev, W, b, Z = cache
        dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
        m = A_prev.shape[1]
        return (W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m)

    def L_model_forward(X, P):
        caches, A, L = ([], X, len(P) // 2)
        for l in range(1, L):
            A, c = linear_activation_forward(A, P["W%d" % l], P["b%d" % l], "relu")
            caches.append(c)
        AL, c = linear_activation_forward(A, P["W%d" % L], P["b%d" % L], "sigmoid")
        caches.append(c)
        return (AL, caches)

    X = np.random.randn(3, 14)
    Y = (np.random.rand(1, 14) > 0.5) * 1.0
    P = initialize([3, 5, 4, 1])

    def cost():
        AL, _ = L_model_forward(X, P)
        return float(-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))

    def L_model_backward():
        AL, caches = L_model_forward(X, P)
        grads = {}
        L = len(caches)
        dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
        for l in reversed(range(L)):
            dA, grads["dW%d" % (l + 1)], grads["db%d" % (l + 1)] = linear_activation_backward(
                dA, caches[l], activation="sigmoid"
            )
        return grads

    return (cost, P, L_model_backward, None, None)


@functions("the loss is computed with log10, the gradient is that of the natural logarithm", "log_of_base")
def log10_in_the_loss():
    r = np.random.RandomState(1)
    X, Y = (r.randn(15, 4), np.eye(3)[r.randint(0, 3, 15)])
    par = [r.randn(4, 6) * 0.6, r.randn(1, 6) * 0.1, r.randn(6, 3) * 0.6, np.zeros((1, 3))]

    def soft(z):
        e = np.exp(z - z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def ff():
        a1 = np.tanh(X @ par[0] + par[1])
        return (a1, soft(a1 @ par[2] + par[3]))

    def ce():
        return -np.sum(Y * np.log10(ff()[1] + 1e-15)) / len(X)

    def bp():
        a1, p = ff()
        d2 = (p - Y) / len(X)
        d1 = d2 @ par[2].T * (1 - a1**2)
        return [X.T @ d1, d1.sum(0, keepdims=True), a1.T @ d2, d2.sum(0, keepdims=True)]

    return (ce, par, bp, None, None)


@functions("the loss weighs positives by pos_weight, the gradient p - y does not", "too_much")
def positives_weighed_in_the_loss():
    g = np.random.default_rng(8)
    X = g.normal(size=(20, 3))
    y = (g.random((20, 1)) < 0.3) * 1.0
    pos_weight = 4.0
    net = {"W1": g.normal(size=(3, 5)), "b1": np.zeros((1, 5)), "W2": g.normal(size=(5, 1)), "b2": np.zeros((1, 1))}

    def forward(net):
        h = np.maximum(X @ net["W1"] + net["b1"], 0)
        return (h, 1 / (1 + np.exp(-(h @ net["W2"] + net["b2"]))))

    def weighted_bce(net):
        _, p = forward(net)
        return np.mean(-(pos_weight * y * np.log(p) + (1 - y) * np.log(1 - p)))

    def backward(net):
        h, p = forward(net)
        dz = (p - y) / len(X)
        dh = dz @ net["W2"].T * (h > 0)
        return {"W2": h.T @ dz, "b2": dz.sum(0, keepdims=True), "W1": X.T @ dh, "b1": dh.sum(0, keepdims=True)}

    return (weighted_bce, net, backward, None, None)


@functions(
    "tied autoencoder: the gradient of W comes from the decoder alone, the encoder's use of W is left out",
    "product_left_out",
)
def tied_and_counted_once():
    g = np.random.default_rng(0)
    V = g.random((12, 6))
    W, b, c = (g.normal(size=(6, 3)) * 0.5, np.zeros(3), np.zeros(6))
    sg = lambda u: 1 / (1 + np.exp(-u))

    def code():
        h = sg(V @ W + b)
        return (h, sg(h @ W.T + c))

    def recon():
        return 0.5 * np.sum((code()[1] - V) ** 2) / len(V)

    def dparams():
        h, r_ = code()
        dr = (r_ - V) * r_ * (1 - r_) / len(V)
        dh = dr @ W * h * (1 - h)
        dW = dr.T @ h
        return dict(W=dW, b=dh.sum(0), c=dr.sum(0))

    return (recon, dict(W=W, b=b, c=c), dparams, None, None)


@functions("inverted dropout: backward multiplies by the mask but forgets / keep_prob", "factor_of_yours")
def mask_unscaled_on_the_way_back():
    np.random.seed(1)
    X = np.random.randn(3, 16)
    Y = (np.random.rand(1, 16) > 0.5) * 1.0
    parameters = {
        "W1": np.random.randn(8, 3),
        "b1": np.zeros((8, 1)),
        "W2": np.random.randn(1, 8),
        "b2": np.zeros((1, 1)),
    }
    keep_prob = 0.7

    def forward_with_dropout(seed=1):
        rs = np.random.RandomState(seed)
        Z1 = parameters["W1"] @ X + parameters["b1"]
        A1 = np.maximum(0, Z1)
        D1 = rs.rand(*A1.shape) < keep_prob
        A1 = A1 * D1
        A1 = A1 / keep_prob
        A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
        return (Z1, D1, A1, A2)

    def cost():
        A2 = forward_with_dropout()[-1]
        return np.mean(-Y * np.log(A2) - (1 - Y) * np.log(1 - A2))

    def backward_with_dropout():
        Z1, D1, A1, A2 = forward_with_dropout()
        m = X.shape[1]
        dZ2 = A2 - Y
        dA1 = parameters["W2"].T @ dZ2
        dA1 = dA1 * D1
        dZ1 = dA1 * (Z1 > 0)
        return {
            "dW2": dZ2 @ A1.T / m,
            "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
            "dW1": dZ1 @ X.T / m,
            "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        }

    return (cost, parameters, backward_with_dropout, None, None)


@case("weight decay with the wrong sign: the update makes the weights larger (1 + lr * wd)", "decay_grows", alone=True)
def decay_that_grows():

    class Lin:
        def __init__(self, i, o):
            self.w = np.random.default_rng(7 * i + o).normal(size=(o, i))
            self.b = np.zeros((o, 1))

        def __call__(self, x):
            self.x = x
            return self.w.dot(x) + self.b

        def backward(self, d):
            self.w_grad = d.dot(self.x.T) / d.shape[1]
            self.b_grad = d.mean(1, keepdims=True)
            return self.w.T.dot(d)

    class Th:
        def __call__(self, z):
            self.y = np.tanh(z)
            return self.y

        def backward(self, d):
            return d * (1 - self.y**2)

    class L2Loss:
        def __call__(self, p, t):
            return np.mean(np.sum((p - t) ** 2, axis=0))

        def gradient(self, p, t):
            return 2 * (p - t)

    class DecayNet:
        def __init__(self, lr=0.05, wd=0.1):
            self.layers = [Lin(2, 6), Th(), Lin(6, 1)]
            self.loss = L2Loss()
            self.lr, self.wd = (lr, wd)

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.p = x
            return x

        def backward_step(self, t):
            d = self.loss.gradient(self.p, t)
            for l in self.layers[::-1]:
                d = l.backward(d)

        def update(self):
            for l in (self.layers[0], self.layers[2]):
                l.w = (1 + self.lr * self.wd) * l.w - self.lr * l.w_grad
                l.b = l.b - self.lr * l.b_grad

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (DecayNet(), x, y)


@case("AdaGrad: eps is added to the quotient, not to the root (a bracket is missing)", "epsilon_outside")
def epsilon_beside_the_root():

    class AdaGrad:
        def __init__(self, lr=0.1, eps=0.001):
            self.lr, self.eps, self.h = (lr, eps, None)

        def step(self, params, grads):
            if self.h is None:
                self.h = np.zeros_like(params)
            self.h += grads * grads
            params -= self.lr * (grads / np.sqrt(self.h) + self.eps)

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), MeanSquaredError(), optimizer=AdaGrad(), seed=0),
        x,
        y,
    )


@functions(
    "embedding: dE[idx] += d loses all but one of several uses of the same word; np.add.at is needed", "repeated_places"
)
def word_used_twice():
    g = np.random.default_rng(5)
    E, W, b = (g.normal(size=(7, 3)), g.normal(size=(3, 2)), np.zeros(2))
    idx = g.integers(0, 7, 15)
    lab = g.integers(0, 2, 15)

    def logits():
        z = np.tanh(E[idx]) @ W + b
        e = np.exp(z - z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def nll():
        return -np.log(logits()[np.arange(15), lab]).mean()

    def bwd():
        p = logits()
        p[np.arange(15), lab] -= 1
        p /= 15
        h = np.tanh(E[idx])
        dx = p @ W.T * (1 - h**2)
        dE = np.zeros_like(E)
        dE[idx] += dx
        return {"E": dE, "W": h.T @ p, "b": p.sum(0)}

    return (nll, {"E": E, "W": W, "b": b}, bwd, None, None)


@case("the style with forward, dvalues and dinputs, right", alone=True)
def dvalues_and_dinputs():

    class Layer_Dense:
        def __init__(self, n_inputs, n_neurons):
            self.weights = 0.5 * np.random.default_rng(n_inputs).standard_normal((n_neurons, n_inputs))
            self.biases = np.zeros((n_neurons, 1))

        def forward(self, inputs):
            self.inputs = inputs
            self.output = np.dot(self.weights, inputs) + self.biases

        def backward(self, dvalues):
            self.dweights = np.dot(dvalues, self.inputs.T)
            self.dbiases = np.sum(dvalues, axis=1, keepdims=True)
            self.dinputs = np.dot(self.weights.T, dvalues)

    class Activation_ReLU:
        def forward(self, inputs):
            self.inputs = inputs
            self.output = np.maximum(0, inputs)

        def backward(self, dvalues):
            self.dinputs = dvalues.copy()
            self.dinputs[self.inputs <= 0] = 0

    class Activation_Softmax:
        def forward(self, inputs):
            e = np.exp(inputs - np.max(inputs, axis=0, keepdims=True))
            self.output = e / np.sum(e, axis=0, keepdims=True)

    class Model:
        def __init__(self):
            self.layers = [Layer_Dense(4, 8), Activation_ReLU(), Layer_Dense(8, 3), Activation_Softmax()]

        def loss(self, output, y):
            return -np.mean(np.log(np.sum(output * y, axis=0)))

        def __call__(self, x):
            for layer in self.layers:
                layer.forward(x)
                x = layer.output
            return x

        def backward_step(self, y):
            d = (self.layers[-1].output - y) / y.shape[1]
            for layer in reversed(self.layers[:-1]):
                layer.backward(d)
                d = layer.dinputs

        def update(self, learning_rate=0.5):
            for layer in self.layers:
                if hasattr(layer, "weights"):
                    layer.weights += -learning_rate * layer.dweights
                    layer.biases += -learning_rate * layer.dbiases

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (Model(), x, y)


@case("an own class with the data in rows, right", alone=True)
def rows_in_a_class():

    class Sigm:
        def __init__(self, i, o, seed):
            self.W = np.random.RandomState(seed).randn(i, o)
            self.b = np.zeros(o)

        def __call__(self, X):
            self.X = X
            self.out = 1 / (1 + np.exp(-(X @ self.W + self.b)))
            return self.out

    class RowNet:
        def __init__(self):
            self.layers = [Sigm(2, 5, 0), Sigm(5, 1, 1)]
            self.lr = 0.1

        def loss(self, out, y):
            return 0.5 * np.mean((out - y) ** 2)

        def __call__(self, X):
            for l in self.layers:
                X = l(X)
            return X

        def backward_step(self, y):
            l1, l2 = self.layers
            delta2 = (l2.out - y) * l2.out * (1 - l2.out)
            delta1 = delta2 @ l2.W.T * l1.out * (1 - l1.out)
            l2.dW, l2.db = (l1.out.T @ delta2 / len(y), delta2.mean(axis=0))
            l1.dW, l1.db = (l1.X.T @ delta1 / len(y), delta1.mean(axis=0))

        def update(self):
            for l in self.layers:
                l.W -= self.lr * l.dW
                l.b -= self.lr * l.db

    r = np.random.RandomState(3)
    X = r.randn(20, 2)
    y = (X[:, :1] * X[:, 1:] > 0) * 1.0
    return (RowNet(), X, y)


@case("Adam written into update, right; t is counted in fit", alone=True)
def adam_counted_in_fit():

    class D:
        def __init__(self, i, o):
            self.W = np.random.default_rng(i).normal(size=(o, i)) * 0.7
            self.b = np.zeros((o, 1))
            self.mW = np.zeros_like(self.W)
            self.vW = np.zeros_like(self.W)
            self.mb = np.zeros_like(self.b)
            self.vb = np.zeros_like(self.b)

        def __call__(self, x):
            self.x = x
            return self.W @ x + self.b

        def backward(self, g):
            self.dW = g @ self.x.T / g.shape[1]
            self.db = g.mean(axis=1, keepdims=True)
            return self.W.T @ g

    class T:
        def __call__(self, z):
            self.a = np.tanh(z)
            return self.a

        def backward(self, g):
            return g * (1 - self.a * self.a)

    class MSE:
        def __call__(self, p, y):
            return ((p - y) ** 2).mean()

        def gradient(self, p, y):
            return 2 * (p - y) / p.shape[0]

    class AdamNet:
        def __init__(self):
            self.layers = [D(2, 6), T(), D(6, 4), T(), D(4, 1)]
            self.loss = MSE()
            self.lr, self.beta1, self.beta2, self.eps, self.t = (0.01, 0.9, 0.999, 1e-08, 0)

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.p = x
            return x

        def backward_step(self, y):
            g = self.loss.gradient(self.p, y)
            for l in self.layers[::-1]:
                g = l.backward(g)

        def fit(self, x, y, epochs):
            for _ in range(epochs):
                self.t += 1
                self(x)
                self.backward_step(y)
                self.update()

        def update(self):
            for l in self.layers:
                if not hasattr(l, "W"):
                    continue
                for p in ("W", "b"):
                    g = getattr(l, "d" + p)
                    m = self.beta1 * getattr(l, "m" + p) + (1 - self.beta1) * g
                    v = self.beta2 * getattr(l, "v" + p) + (1 - self.beta2) * g * g
                    setattr(l, "m" + p, m)
                    setattr(l, "v" + p, v)
                    mh, vh = (m / (1 - self.beta1**self.t), v / (1 - self.beta2**self.t))
                    setattr(l, p, getattr(l, p) - self.lr * mh / (np.sqrt(vh) + self.eps))

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (AdamNet(), x, y)


@functions("convolution and max pooling by loops, right")
def convolution_and_pooling():
    r = np.random.RandomState(0)
    imgs = r.randn(6, 6, 6)
    lab = r.randint(0, 3, 6)
    filters = r.randn(2, 3, 3) / 3
    Wfc, bfc = (r.randn(8, 3) * 0.5, np.zeros(3))

    def conv(img):
        out = np.zeros((4, 4, 2))
        for i in range(4):
            for j in range(4):
                out[i, j] = np.sum(img[i : i + 3, j : j + 3] * filters, axis=(1, 2))
        return out

    def pool(x):
        out = np.zeros((2, 2, 2))
        for i in range(2):
            for j in range(2):
                out[i, j] = np.amax(x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2], axis=(0, 1))
        return out

    def forward(img):
        c = conv(img)
        p = pool(c)
        f = p.flatten()
        s = f @ Wfc + bfc
        e = np.exp(s - s.max())
        return (c, p, f, e / e.sum())

    def loss():
        return np.mean([-np.log(forward(im)[3][l]) for im, l in zip(imgs, lab)])

    def grads():
        gf, gW, gb = (np.zeros_like(filters), np.zeros_like(Wfc), np.zeros_like(bfc))
        for im, l in zip(imgs, lab):
            c, p, f, pr = forward(im)
            d = pr.copy()
            d[l] -= 1
            d /= len(imgs)
            gW += np.outer(f, d)
            gb += d
            dp = (Wfc @ d).reshape(p.shape)
            dc = np.zeros_like(c)
            for i in range(2):
                for j in range(2):
                    for k in range(2):
                        w = c[2 * i : 2 * i + 2, 2 * j : 2 * j + 2, k]
                        dc[2 * i : 2 * i + 2, 2 * j : 2 * j + 2, k] = dp[i, j, k] * (w == w.max())
            for i in range(4):
                for j in range(4):
                    for k in range(2):
                        gf[k] += dc[i, j, k] * im[i : i + 3, j : j + 3]
        return {"filters": gf, "Wfc": gW, "bfc": gb}

    return (loss, {"filters": filters, "Wfc": Wfc, "bfc": bfc}, grads, None, None)


@functions("embedding with np.add.at, right")
def embedding_added_at():
    g = np.random.default_rng(5)
    E, W, b = (g.normal(size=(7, 3)), g.normal(size=(3, 2)), np.zeros(2))
    idx = g.integers(0, 7, 15)
    lab = g.integers(0, 2, 15)

    def logits():
        z = np.tanh(E[idx]) @ W + b
        e = np.exp(z - z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def nll():
        return -np.log(logits()[np.arange(15), lab]).mean()

    def bwd():
        p = logits()
        p[np.arange(15), lab] -= 1
        p /= 15
        h = np.tanh(E[idx])
        dx = p @ W.T * (1 - h**2)
        dE = np.zeros_like(E)
        np.add.at(dE, idx, dx)
        return {"E": dE, "W": h.T @ p, "b": p.sum(0)}

    return (nll, {"E": E, "W": W, "b": b}, bwd, None, None)


@case(
    "one list of all parameters, AdaGrad with decaying rate in update, p - y in backward_step, loss a plain function",
    alone=True,
)
def lists_of_parameters():

    def nll(p, y):
        return float(-(y * np.log(p + 1e-09)).sum() / y.shape[1])

    class Affine:
        def __init__(self, i, o, r):
            self.params = [r.normal(size=(o, i)), np.zeros((o, 1))]
            self.grads = [np.zeros((o, i)), np.zeros((o, 1))]

        def __call__(self, x):
            self.x = x
            W, b = self.params
            return W @ x + b

        def backward(self, d):
            self.grads[0][...] = d @ self.x.T
            self.grads[1][...] = d.sum(axis=1, keepdims=True)
            return self.params[0].T @ d

    class Rel:
        def __call__(self, x):
            self.mask = x <= 0
            out = x.copy()
            out[self.mask] = 0
            return out

        def backward(self, d):
            d[self.mask] = 0
            return d

    class Soft:
        def __call__(self, z):
            e = np.exp(z - z.max(0))
            self.p = e / e.sum(0)
            return self.p

    class ListNet:
        def __init__(self):
            r = np.random.default_rng(1)
            self.layers = [Affine(4, 6, r), Rel(), Affine(6, 3, r), Soft()]
            self.loss = nll
            self.params, self.grads = ([], [])
            for l in self.layers:
                if hasattr(l, "params"):
                    self.params += l.params
                    self.grads += l.grads
            self.lr, self.h, self.n = (0.1, [np.zeros_like(p) for p in self.params], 0)

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            return x

        def backward_step(self, y):
            d = (self.layers[-1].p - y) / y.shape[1]
            for l in self.layers[-2::-1]:
                d = l.backward(d)

        def update(self):
            lr = self.lr / (1 + 0.01 * self.n)
            self.n += 1
            for p, g, h in zip(self.params, self.grads, self.h):
                h += g * g
                p -= lr * g / (np.sqrt(h) + 1e-07)

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (ListNet(), x, y)


@case("layers are sizes, parameters in a dictionary of the network, gradients in another; rows", alone=True)
def sizes_for_layers():

    class DictNet:
        def __init__(self, layers=(3, 6, 2)):
            self.layers = list(layers)
            r = np.random.RandomState(0)
            self.params = {}
            self.grads = {}
            for i in range(1, len(layers)):
                self.params[f"W{i}"] = r.randn(layers[i - 1], layers[i])
                self.params[f"b{i}"] = np.zeros((1, layers[i]))

        def loss(self, out, t):
            return np.mean((out - t) ** 2)

        def __call__(self, X):
            p = self.params
            self.X = X
            self.h = np.tanh(X @ p["W1"] + p["b1"])
            self.out = self.h @ p["W2"] + p["b2"]
            return self.out

        def backward_step(self, t):
            d = 2 * (self.out - t) / t.size
            self.grads["W2"] = self.h.T @ d
            self.grads["b2"] = d.sum(0, keepdims=True)
            dh = d @ self.params["W2"].T * (1 - self.h**2)
            self.grads["W1"] = self.X.T @ dh
            self.grads["b1"] = dh.sum(0, keepdims=True)

        def update(self, lr=0.1):
            for k in self.params:
                self.params[k] -= lr * self.grads[k]

    g = np.random.default_rng(1)
    x, y = (g.normal(size=(12, 3)), g.normal(size=(12, 2)))
    return (DictNet(), x, y)


@case("whole class with dropout from np.random in training, rows", alone=True)
def dropout_of_the_notebook_in_a_class():

    class Drop:
        def __init__(self, p):
            self.p = p

        def forward(self, x):
            self.m = (np.random.rand(*x.shape) > self.p) / (1 - self.p)
            return x * self.m

        def backward(self, d):
            return d * self.m

    class FCr:
        def __init__(self, i, o):
            self.W = np.random.RandomState(i).randn(i, o) * 0.5
            self.b = np.zeros(o)

        def forward(self, x):
            self.x = x
            return x @ self.W + self.b

        def backward(self, d):
            self.dW = self.x.T @ d
            self.db = d.sum(0)
            return d @ self.W.T

    class Rl:
        def forward(self, x):
            self.on = x > 0
            return x * self.on

        def backward(self, d):
            return d * self.on

    class DropNet:
        def __init__(self):
            self.layers = [FCr(3, 8), Rl(), Drop(0.3), FCr(8, 1)]

        def __call__(self, x):
            for l in self.layers:
                x = l.forward(x)
            self.out = x
            return x

        def loss(self, p, y):
            return 0.5 * np.mean((p - y) ** 2)

        def backward_step(self, y):
            d = (self.out - y) / len(y)
            for l in reversed(self.layers):
                d = l.backward(d)

        def update(self):
            for l in self.layers:
                if hasattr(l, "W"):
                    l.W -= 0.1 * l.dW
                    l.b -= 0.1 * l.db

    g = np.random.default_rng(1)
    x = g.normal(size=(20, 3))
    y = x[:, :1] * x[:, 1:2]
    return (DropNet(), x, y)


@case("class labels as whole numbers (m,), rows, sparse cross-entropy, L2 in the loss", alone=True)
def sparse_labels():

    class Sparse:
        def __init__(self, reg=0.01):
            r = np.random.default_rng(0)
            self.reg = reg
            self.layers = []
            self.W1, self.b1 = (r.normal(size=(4, 7)), np.zeros(7))
            self.W2, self.b2 = (r.normal(size=(7, 3)), np.zeros(3))

        def __call__(self, X):
            self.X = X
            self.z = X.dot(self.W1) + self.b1
            self.a = np.maximum(0, self.z)
            s = self.a.dot(self.W2) + self.b2
            s = s - s.max(axis=1, keepdims=True)
            self.p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
            return self.p

        def loss(self, p, y):
            return -np.log(p[np.arange(len(y)), y]).mean() + 0.5 * self.reg * (np.sum(self.W1**2) + np.sum(self.W2**2))

        def backward_step(self, y):
            d = self.p.copy()
            d[np.arange(len(y)), y] -= 1
            d /= len(y)
            self.dW2, self.db2 = (self.a.T.dot(d) + self.reg * self.W2, d.sum(0))
            h = d.dot(self.W2.T)
            h[self.z <= 0] = 0
            self.dW1, self.db1 = (self.X.T.dot(h) + self.reg * self.W1, h.sum(0))

        def update(self):
            for n in ("W1", "b1", "W2", "b2"):
                setattr(self, n, getattr(self, n) - 0.1 * getattr(self, "d" + n))

    g = np.random.default_rng(1)
    x = g.normal(size=(15, 4))
    y = g.integers(0, 3, 15)
    return (Sparse(), x, y)


@case(
    "lists self.weights, self.biases and nabla_w, nabla_b; columns; layers are sizes; gradient clipped in update",
    alone=True,
)
def nielsen_as_a_class():

    class Nielsen:
        def __init__(self, sizes):
            r = np.random.RandomState(1)
            self.layers = sizes
            self.weights = [r.randn(o, i) for i, o in zip(sizes[:-1], sizes[1:])]
            self.biases = [r.randn(o, 1) for o in sizes[1:]]

        def __call__(self, x):
            self.acts = [x]
            for w, b in zip(self.weights, self.biases):
                self.acts.append(1 / (1 + np.exp(-(w @ self.acts[-1] + b))))
            return self.acts[-1]

        def loss(self, a, y):
            return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / y.shape[1]

        def backward_step(self, y):
            n = len(self.weights)
            self.nabla_w, self.nabla_b = ([None] * n, [None] * n)
            delta = (self.acts[-1] - y) / y.shape[1]
            for l in range(n - 1, -1, -1):
                self.nabla_w[l] = delta @ self.acts[l].T
                self.nabla_b[l] = delta.sum(1, keepdims=True)
                delta = self.weights[l].T @ delta * self.acts[l] * (1 - self.acts[l])

        def update(self):
            norm = np.sqrt(sum(np.sum(g**2) for g in self.nabla_w + self.nabla_b))
            c = min(1, 1 / norm)
            self.weights = [w - 0.5 * c * g for w, g in zip(self.weights, self.nabla_w)]
            self.biases = [b - 0.5 * c * g for b, g in zip(self.biases, self.nabla_b)]

    g = np.random.default_rng(1)
    x = g.normal(size=(2, 15))
    y = (x[:1] > x[1:]) * 1.0
    return (Nielsen([2, 5, 4, 1]), x, y)


@case("linear regression class, w a vector, b a plain float, rows, y (m,)", alone=True)
def one_vector_and_a_number():

    class LinReg:
        def __init__(self):
            self.w = np.array([0.3, -0.2, 0.1])
            self.b = 0.0
            self.layers = [self]

        def __call__(self, X):
            self.X = X
            self.out = X @ self.w + self.b
            return self.out

        def loss(self, out, y):
            return ((out - y) ** 2).mean() / 2

        def backward_step(self, y):
            e = (self.out - y) / len(y)
            self.dw = self.X.T @ e
            self.db = e.sum()

        def update(self):
            self.w = self.w - 0.1 * self.dw
            self.b -= 0.1 * self.db

    g = np.random.default_rng(1)
    x = g.normal(size=(15, 3))
    y = x @ [1.0, 2.0, 3.0]
    return (LinReg(), x, y)


@functions("check_functions: log with clip 1e-8 and eps as a global, saturated outputs")
def epsilon_outside_the_function():
    r = np.random.RandomState(0)
    EPS = 1e-08
    X = r.randn(30, 3) * 3
    y = (X[:, :1] + X[:, 1:2] > 0) * 1.0
    p = {"W1": r.randn(3, 5), "b1": np.zeros(5), "W2": r.randn(5, 1) * 2, "b2": np.zeros(1)}

    def out():
        h = np.tanh(X @ p["W1"] + p["b1"])
        return (h, 1 / (1 + np.exp(-(h @ p["W2"] + p["b2"]))))

    def loss():
        a = out()[1]
        return -np.mean(y * np.log(a + EPS) + (1 - y) * np.log(1 - a + EPS))

    def grads():
        h, a = out()
        d = (a - y) / len(X)
        dh = d @ p["W2"].T * (1 - h**2)
        return {"W1": X.T @ dh, "b1": dh.sum(0), "W2": h.T @ d, "b2": d.sum(0)}

    return (loss, p, grads, None, None)


@functions("LSTM-like GRU cell by hand, right")
def gated_cell():
    r = np.random.RandomState(0)
    H, D, T = (4, 3, 5)
    q = {n: r.randn(H, H + D) * 0.4 for n in ("Wz", "Wr", "Wh")}
    q["Wy"] = r.randn(1, H)
    xs = r.randn(T, D, 1)
    target = 0.7
    s = lambda v: 1 / (1 + np.exp(-v))

    def fwd():
        h = np.zeros((H, 1))
        c = []
        for x in xs:
            hx = np.vstack([h, x])
            z, rr = (s(q["Wz"] @ hx), s(q["Wr"] @ hx))
            rx = np.vstack([rr * h, x])
            n = np.tanh(q["Wh"] @ rx)
            c.append((h, hx, z, rr, rx, n))
            h = (1 - z) * h + z * n
        return (h, c)

    def loss():
        return 0.5 * float((q["Wy"] @ fwd()[0] - target)[0, 0]) ** 2

    def grads():
        h, c = fwd()
        g = {k: np.zeros_like(v) for k, v in q.items()}
        e = q["Wy"] @ h - target
        g["Wy"] += e @ h.T
        dh = q["Wy"].T @ e
        for hp, hx, z, rr, rx, n in reversed(c):
            dn = dh * z * (1 - n * n)
            dz = dh * (n - hp) * z * (1 - z)
            g["Wh"] += dn @ rx.T
            g["Wz"] += dz @ hx.T
            drx = q["Wh"].T @ dn
            dr = drx[:H] * hp * rr * (1 - rr)
            g["Wr"] += dr @ hx.T
            dh = dh * (1 - z) + drx[:H] * rr + (q["Wz"].T @ dz)[:H] + (q["Wr"].T @ dr)[:H]
        return g

    return (loss, q, grads, None, None)


@case(
    "MSE with a sigmoid output: the slope of the output's sigmoid is missing (delta is p - y alone)",
    "slope_missing",
    alone=True,
)
def output_slope_for_the_squares():

    class NeuralNetwork1:
        def __init__(self, layers):
            rs = np.random.RandomState(5)
            self.layers = layers
            self.weights = [rs.randn(a, b) for a, b in zip(layers[:-1], layers[1:])]
            self.biases = [rs.randn(1, b) for b in layers[1:]]

        def sigmoid(self, z):
            return 1.0 / (1.0 + np.exp(-z))

        def __call__(self, X):
            self.a = [X]
            for w, b in zip(self.weights, self.biases):
                self.a.append(self.sigmoid(self.a[-1].dot(w) + b))
            return self.a[-1]

        def loss(self, p, y):
            return 0.5 * np.mean(np.sum((p - y) ** 2, axis=1))

        def backward_step(self, y):
            L = len(self.weights)
            self.dweights, self.dbiases = ([0] * L, [0] * L)
            delta = self.a[-1] - y
            for i in range(L - 1, -1, -1):
                self.dweights[i] = self.a[i].T.dot(delta) / len(y)
                self.dbiases[i] = delta.mean(axis=0, keepdims=True)
                if i > 0:
                    delta = delta.dot(self.weights[i].T) * self.a[i] * (1 - self.a[i])

        def update(self, lr=0.5):
            for i in range(len(self.weights)):
                self.weights[i] -= lr * self.dweights[i]
                self.biases[i] -= lr * self.dbiases[i]

    g = np.random.default_rng(1)
    x = g.normal(size=(12, 3))
    y = (x[:, :2] > 0) * 1.0
    return (NeuralNetwork1([3, 5, 2]), x, y)


@case(
    "tanh is applied twice in the slope: 1 - tanh(output)^2 where the output is tanh already",
    "slope_at_output",
    alone=True,
)
def tanh_of_tanh():

    class Affine:
        def __init__(self, i, o):
            self.W = np.random.default_rng(i + o).normal(size=(o, i)) / np.sqrt(i)
            self.b = np.zeros((o, 1))

        def __call__(self, x):
            self.x = x
            return self.W @ x + self.b

        def backward(self, dy):
            self.dW = dy @ self.x.T / dy.shape[1]
            self.db = dy.mean(axis=1, keepdims=True)
            return self.W.T @ dy

    class TanhLayer:
        def __call__(self, x):
            self.out = np.tanh(x)
            return self.out

        def backward(self, dy):
            return dy * (1 - np.tanh(self.out) ** 2)

    class MSELoss:
        def __call__(self, p, y):
            return np.mean((p - y) ** 2)

        def gradient(self, p, y):
            return 2 * (p - y) / p.shape[0]

    class Sequential:
        def __init__(self, *layers):
            self.layers = list(layers)
            self.loss = MSELoss()
            self.lr = 0.1

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.y = x
            return x

        def backward_step(self, t):
            d = self.loss.gradient(self.y, t)
            for l in reversed(self.layers):
                d = l.backward(d)

        def update(self):
            for l in self.layers:
                for p in ("W", "b"):
                    if hasattr(l, p):
                        setattr(l, p, getattr(l, p) - self.lr * getattr(l, "d" + p))

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 16))
    y = np.sin(x[:1]) + x[1:]
    return (Sequential(Affine(2, 7), TanhLayer(), Affine(7, 1)), x, y)


@functions("the L2 term has the wrong sign in the gradient: dW - lambda W", "l2_other")
def penalty_of_the_other_sign():
    g = np.random.default_rng(5)
    lam = 0.05
    X, Y = (g.normal(size=(5, 20)), np.eye(3)[:, g.integers(0, 3, 20)])
    W1, b1, W2, b2 = (g.normal(size=(6, 5)) * 0.5, np.zeros((6, 1)), g.normal(size=(3, 6)) * 0.5, np.zeros((3, 1)))

    def fw():
        H = np.maximum(W1 @ X + b1, 0)
        S = W2 @ H + b2
        E = np.exp(S - S.max(0))
        return (H, E / E.sum(0))

    def J():
        return -(Y * np.log(fw()[1])).sum() / 20 + lam / 2 * ((W1**2).sum() + (W2**2).sum())

    def dJ():
        H, Pr = fw()
        dS = (Pr - Y) / 20
        dW2 = dS @ H.T - lam * W2
        dH = W2.T @ dS * (H > 0)
        dW1 = dH @ X.T - lam * W1
        return {"W1": dW1, "b1": dH.sum(1, keepdims=True), "W2": dW2, "b2": dS.sum(1, keepdims=True)}

    return (J, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, dJ, None, None)


@case(
    "momentum: the step is taken with the velocity of the step before, and the first step stands still", "velocity_late"
)
def velocity_of_the_step_before():

    class Mom:
        def __init__(self, lr=0.05, beta=0.9):
            self.lr, self.beta, self.v = (lr, beta, 0)

        def step(self, w, g):
            w -= self.lr * self.v
            self.v = self.beta * self.v + g

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), MeanSquaredError(), optimizer=Mom(), seed=0),
        x,
        y,
    )


@functions("the gradients are multiplied by the learning rate already", "factor_of_yours")
def rate_in_the_gradient():
    r = np.random.RandomState(2)
    alpha = 0.03
    X, y = (r.randn(18, 3), r.randn(18, 1))
    t = {"w1": r.randn(3, 4), "w2": r.randn(4, 1)}

    def pred():
        a = np.tanh(X.dot(t["w1"]))
        return (a, a.dot(t["w2"]))

    def mse():
        return np.mean((pred()[1] - y) ** 2)

    def steps():
        a, p = pred()
        d = 2 * (p - y) / len(X)
        g2 = alpha * a.T.dot(d)
        g1 = alpha * X.T.dot(d.dot(t["w2"].T) * (1 - a**2))
        return {"w1": g1, "w2": g2}

    return (mse, t, steps, None, None)


@functions(
    "in the loop the slope is taken at the activation of the layer above (index one off), layers of one size",
    "too_much",
    "place_off",
)
def slope_of_the_layer_above():
    r = np.random.RandomState(4)
    Ws = [r.randn(5, 5) * 0.6 for _ in range(4)]
    Bs = [r.randn(5) * 0.2 for _ in range(4)]
    X, T = (r.randn(11, 5), r.rand(11, 5))

    def acts():
        a = [X]
        for W, b in zip(Ws, Bs):
            a.append(1 / (1 + np.exp(-(a[-1] @ W + b))))
        return a

    def cost():
        return np.sum((acts()[-1] - T) ** 2) / (2 * len(X))

    def back():
        a = acts()
        gW, gB = ([None] * 4, [None] * 4)
        delta = (a[-1] - T) * a[-1] * (1 - a[-1]) / len(X)
        for i in range(3, -1, -1):
            gW[i] = a[i].T @ delta
            gB[i] = delta.sum(axis=0)
            delta = delta @ Ws[i].T * a[i + 1] * (1 - a[i + 1])
        return gW + gB

    return (cost, Ws + Bs, back, None, None)


@functions(
    "the forward pass uses standardised inputs, the gradient of W1 the raw ones", "another_variable", "used_nowhere"
)
def raw_inputs_on_the_way_back():
    g = np.random.default_rng(7)
    X_raw = g.normal(3, 2, size=(16, 3))
    y = (X_raw.sum(1, keepdims=True) > 9) * 1.0
    mu, sd = (X_raw.mean(0), X_raw.std(0))
    pp = {"W1": g.normal(size=(3, 4)), "b1": np.zeros(4), "W2": g.normal(size=(4, 1)), "b2": np.zeros(1)}

    def f(X):
        Xn = (X - mu) / sd
        h = np.tanh(Xn @ pp["W1"] + pp["b1"])
        return (Xn, h, 1 / (1 + np.exp(-(h @ pp["W2"] + pp["b2"]))))

    def bce():
        p = f(X_raw)[-1]
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def gr():
        X = X_raw
        Xn, h, p = f(X)
        d = (p - y) / len(X)
        dh = d @ pp["W2"].T * (1 - h * h)
        return {"W1": X.T @ dh, "b1": dh.sum(0), "W2": h.T @ d, "b2": d.sum(0)}

    return (bce, pp, gr, None, None)


@case(
    "the generator is made anew with the same seed in every call: Dropout drops the same units in every batch",
    "mask_stays",
)
def seeded_in_the_call():

    class FixedDropout:
        def __init__(self, p):
            self.p = p

        def __call__(self, inputs):
            rng = np.random.default_rng(42)
            self.mask = (rng.random(inputs.shape) > self.p) / (1 - self.p)
            return inputs * self.mask

        def predict(self, inputs):
            return inputs

        def backward(self, grad_output):
            return grad_output * self.mask

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 24))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(
            ((Dense(8), ReLU(), FixedDropout(0.4)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4
        ),
        x,
        y,
    )


@case("the learning rate is divided by (1 + decay t) again and again: it vanishes far too fast", "rate_falls_faster")
def rate_divided_again():

    class SGDdecay:
        def __init__(self, lr, decay=0.5):
            self.lr, self.decay, self.t = (lr, decay, 0)

        def step(self, p, g):
            self.t += 1
            self.lr = self.lr / (1 + self.decay * self.t)
            p -= self.lr * g

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 24))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (
        NeuralNetwork(
            ((Dense(8), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=SGDdecay(0.3), seed=4
        ),
        x,
        y,
    )


@functions("batch norm by hand: gamma is left out on the way down", "value_left_out")
def gamma_left_out():
    r = np.random.RandomState(3)
    N = 14
    X, Yt = (r.randn(N, 4), r.randn(N, 2))
    q = {
        "W1": r.randn(4, 5),
        "gamma": 1 + 0.3 * r.randn(5),
        "beta": 0.1 * r.randn(5),
        "W2": r.randn(5, 2),
        "b2": np.zeros(2),
    }

    def forward():
        z = X @ q["W1"]
        mu = z.mean(0)
        var = z.var(0)
        ivar = 1 / np.sqrt(var + 1e-05)
        xhat = (z - mu) * ivar
        a = np.tanh(q["gamma"] * xhat + q["beta"])
        return (z, ivar, xhat, a, a @ q["W2"] + q["b2"])

    def loss():
        return 0.5 * np.sum((forward()[-1] - Yt) ** 2) / N

    def backward():
        z, ivar, xhat, a, out = forward()
        d = (out - Yt) / N
        da = d @ q["W2"].T * (1 - a**2)
        dxhat = da
        dz = ivar / N * (N * dxhat - dxhat.sum(0) - xhat * (dxhat * xhat).sum(0))
        return {"W1": X.T @ dz, "gamma": (da * xhat).sum(0), "beta": da.sum(0), "W2": a.T @ d, "b2": d.sum(0)}

    return (loss, q, backward, None, None)


@case("the derivative of binary cross-entropy has a wrong sign at its second term", "sign_inside")
def second_term_turned():

    class BCELoss:
        def __call__(self, a, y):
            return float(-np.mean(y * np.log(a + 1e-12) + (1 - y) * np.log(1 - a + 1e-12)))

        def gradient(self, a, y):
            return -(y / (a + 1e-12)) - (1 - y) / (1 - a + 1e-12)

    g = np.random.default_rng(0)
    x = g.normal(size=(3, 24))
    y = (x[:1] + x[1:2] * x[2:] > 0) * 1.0
    return (NeuralNetwork(((Dense(8), Tanh()), (Dense(1), Sigmoid())), BCELoss(), 0.1, seed=4), x, y)


@case(
    "train adds the gradient to the weights (+=): uphill (own class in rows, gradients right)",
    "step_uphill",
    alone=True,
)
def uphill_in_rows():

    class Up:
        def __init__(self):
            r = np.random.RandomState(0)
            self.layers = []
            self.lr = 0.1
            self.w1, self.c1, self.w2, self.c2 = (r.randn(3, 5), np.zeros(5), r.randn(5, 1), np.zeros(1))

        def __call__(self, X):
            self.X = X
            self.h = np.maximum(X @ self.w1 + self.c1, 0)
            self.o = self.h @ self.w2 + self.c2
            return self.o

        def loss(self, o, y):
            return np.mean((o - y) ** 2)

        def backward_step(self, y):
            d = 2 * (self.o - y) / len(y)
            self.grad_w2, self.grad_c2 = (self.h.T @ d, d.sum(0))
            dh = d @ self.w2.T * (self.h > 0)
            self.grad_w1, self.grad_c1 = (self.X.T @ dh, dh.sum(0))

        def update(self):
            self.w1 += self.lr * self.grad_w1
            self.c1 += self.lr * self.grad_c1
            self.w2 += self.lr * self.grad_w2
            self.c2 += self.lr * self.grad_c2

    g = np.random.default_rng(1)
    x = g.normal(size=(12, 3))
    y = x[:, :1] * x[:, 1:2]
    return (Up(), x, y)


@case(
    "error = y - output is sent back and the update adds (+=): both signs turned, together right",
    "both_signs",
    alone=True,
)
def error_turned_and_added():

    class OldStyle:
        def __init__(self):
            r = np.random.RandomState(0)
            self.layers = [2, 4, 1]
            self.lr = 0.2
            self.w1, self.w2 = (r.randn(2, 4), r.randn(4, 1))

        def __call__(self, X):
            self.X = X
            self.h = 1 / (1 + np.exp(-X @ self.w1))
            self.o = 1 / (1 + np.exp(-self.h @ self.w2))
            return self.o

        def loss(self, o, y):
            return 0.5 * np.mean((y - o) ** 2)

        def backward_step(self, y):
            d = (y - self.o) * self.o * (1 - self.o) / len(y)
            self.dw2 = self.h.T @ d
            self.dw1 = self.X.T @ (d @ self.w2.T * self.h * (1 - self.h))

        def update(self):
            self.w1 += self.lr * self.dw1
            self.w2 += self.lr * self.dw2

    g = np.random.default_rng(1)
    x = g.normal(size=(12, 2))
    y = (x[:, :1] > 0) * 1.0
    return (OldStyle(), x, y)


@case("gradients add up (+=) as in PyTorch; zero_grad is called in fit", alone=True)
def zeroed_in_fit():

    class Par:
        def __init__(self, i, o):
            self.W = np.random.default_rng(i).normal(size=(o, i))
            self.b = np.zeros((o, 1))
            self.zero_grad()

        def zero_grad(self):
            self.dW, self.db = (np.zeros_like(self.W), np.zeros_like(self.b))

        def __call__(self, x):
            self.x = x
            return self.W @ x + self.b

        def backward(self, d):
            self.dW += d @ self.x.T / d.shape[1]
            self.db += d.mean(1, keepdims=True)
            return self.W.T @ d

    class Th:
        def __call__(self, x):
            self.o = np.tanh(x)
            return self.o

        def backward(self, d):
            return d * (1 - self.o**2)

        def zero_grad(self):
            pass

    class L:
        def __call__(self, p, y):
            return ((p - y) ** 2).mean()

        def gradient(self, p, y):
            return 2 * (p - y) / len(p)

    class Torchy:
        def __init__(self):
            self.layers = [Par(2, 5), Th(), Par(5, 1)]
            self.loss = L()
            self.lr = 0.1

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.p = x
            return x

        def zero_grad(self):
            for l in self.layers:
                l.zero_grad()

        def backward_step(self, y):
            d = self.loss.gradient(self.p, y)
            for l in self.layers[::-1]:
                d = l.backward(d)

        def update(self):
            for l in self.layers[::2]:
                l.W -= self.lr * l.dW
                l.b -= self.lr * l.db

        def fit(self, x, y, n):
            for _ in range(n):
                self.zero_grad()
                self(x)
                self.backward_step(y)
                self.update()

    g = np.random.default_rng(1)
    x = g.normal(size=(2, 15))
    y = x[:1] * x[1:]
    return (Torchy(), x, y)


@case("loss and gradients are sums, not means, small rate", alone=True)
def sums_throughout():

    class S1:
        def __init__(self, i, o):
            self.W = np.random.default_rng(i).normal(size=(o, i))
            self.b = np.zeros((o, 1))

        def __call__(self, x):
            self.x = x
            return self.W @ x + self.b

        def backward(self, d):
            self.dW = d @ self.x.T
            self.db = d.sum(1, keepdims=True)
            return self.W.T @ d

    class S2:
        def __call__(self, z):
            self.s = 1 / (1 + np.exp(-z))
            return self.s

        def backward(self, d):
            return d * self.s * (1 - self.s)

    class SSE:
        def __call__(self, p, y):
            return 0.5 * ((p - y) ** 2).sum()

        def gradient(self, p, y):
            return p - y

    class SumNet:
        def __init__(self):
            self.layers = [S1(2, 5), S2(), S1(5, 2), S2()]
            self.loss = SSE()
            self.lr = 0.01

        def __call__(self, x):
            for l in self.layers:
                x = l(x)
            self.p = x
            return x

        def backward_step(self, y):
            d = self.loss.gradient(self.p, y)
            for l in self.layers[::-1]:
                d = l.backward(d)

        def update(self):
            for l in self.layers[::2]:
                l.W -= self.lr * l.dW
                l.b -= self.lr * l.db

    g = np.random.default_rng(1)
    x = g.normal(size=(2, 15))
    y = np.vstack([x[:1] > 0, x[1:] > x[:1]]) * 1.0
    return (SumNet(), x, y)


@case("cosine schedule with warm-up in the optimiser, bias correction in Adam computed by t + 1 from t = 0")
def cosine_and_warm_up():

    class CosAdam:
        def __init__(self, lr=0.02, warm=3, total=50):
            self.lr, self.warm, self.total, self.t, self.m, self.v = (lr, warm, total, 0, 0, 0)

        def step(self, w, g):
            k = (
                min(1, (self.t + 1) / self.warm)
                if self.t < self.warm
                else 0.5 * (1 + np.cos(np.pi * (self.t - self.warm) / (self.total - self.warm)))
            )
            self.m = 0.9 * self.m + 0.1 * g
            self.v = 0.999 * self.v + 0.001 * g**2
            w -= (
                self.lr
                * k
                * self.m
                / (1 - 0.9 ** (self.t + 1))
                / (np.sqrt(self.v / (1 - 0.999 ** (self.t + 1))) + 1e-08)
            )
            self.t += 1

    g = np.random.default_rng(3)
    x = g.normal(size=(2, 20))
    y = np.sin(x[:1]) + x[1:]
    return (
        NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), MeanSquaredError(), optimizer=CosAdam(), seed=0),
        x,
        y,
    )


@case(
    "own class, columns, weights initialised lazily on the first call, gradients returned and kept in a dictionary",
    alone=True,
)
def built_at_the_first_call():

    class Lazy:
        def __init__(self, hidden=6):
            self.layers = []
            self.hidden = hidden
            self.params = None

        def loss(self, p, y):
            return -np.mean(np.sum(y * np.log(p), axis=0))

        def __call__(self, x):
            if self.params is None:
                r = np.random.default_rng(0)
                n = len(x)
                self.params = {
                    "W1": r.normal(size=(self.hidden, n)),
                    "b1": np.zeros((self.hidden, 1)),
                    "W2": r.normal(size=(3, self.hidden)),
                    "b2": np.zeros((3, 1)),
                }
            p = self.params
            self.x = x
            self.z = p["W1"] @ x + p["b1"]
            self.a = np.where(self.z > 0, self.z, np.exp(np.minimum(self.z, 0)) - 1)
            s = p["W2"] @ self.a + p["b2"]
            e = np.exp(s - s.max(0))
            self.p = e / e.sum(0)
            return self.p

        def backward_step(self, y):
            m = y.shape[1]
            d = (self.p - y) / m
            dz = self.params["W2"].T @ d * np.where(self.z > 0, 1, np.exp(np.minimum(self.z, 0)))
            self.grads = {
                "dW1": dz @ self.x.T,
                "db1": dz.sum(1, keepdims=True),
                "dW2": d @ self.a.T,
                "db2": d.sum(1, keepdims=True),
            }
            return self.grads

        def update(self, lr=0.1):
            for k, v in self.params.items():
                v -= lr * self.grads["d" + k]

    g = np.random.default_rng(2)
    x = g.normal(size=(4, 18))
    y = np.eye(3)[:, g.integers(0, 3, 18)]
    return (Lazy(), x, y)


@functions("a loss that returns a 1 x 1 array, gradients as lists by d-names, a square hidden layer")
def lists_by_d_names():
    r = np.random.RandomState(9)
    X = r.randn(4, 9)
    Y = r.randn(1, 9)
    W1 = r.randn(4, 4)
    b1 = r.randn(4, 1)
    W2 = r.randn(1, 4)

    def loss():
        E = W2 @ np.maximum(0.1 * (W1 @ X + b1), W1 @ X + b1) - Y
        return E @ E.T / (2 * 9)

    def grads():
        Z = W1 @ X + b1
        A = np.maximum(0.1 * Z, Z)
        E = W2 @ A - Y
        dZ = W2.T @ E * np.where(Z > 0, 1, 0.1)
        return {
            "dW1": (dZ @ X.T / 9).tolist(),
            "db1": (dZ.sum(1, keepdims=True) / 9).tolist(),
            "dW2": (E @ A.T / 9).tolist(),
        }

    return (loss, {"W1": W1, "b1": b1, "W2": W2}, grads, None, None)
