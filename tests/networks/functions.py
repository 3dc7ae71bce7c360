"""Gradients in functions, dictionaries and classes of params and grads, as they are posted: right and wrong ones.

A case returns (loss, parameters, gradients, m, k), with the names that are accepted for its mistake.
"""

import itertools

import numpy as np

FUNCTIONS = []


def functions(what, *kinds):
    """Registers the function below it: what is wrong with it, and the accepted names; none for right ones."""

    def register(make):
        FUNCTIONS.append((what, kinds, make))
        return make

    return register


rng = np.random.default_rng(21)
XM = rng.normal(size=(14, 3))
TM = np.eye(4)[rng.integers(0, 4, 14)]
RM = np.stack([XM @ [0.5, -1, 0.2], XM @ [1, 0.3, -0.7]], axis=1) + 0.1
BM = (XM[:, :1] * XM[:, 1:2] > 0).astype(float)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax_rows(z):
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def bn_net():
    r = np.random.default_rng(6)
    p = {
        "W1": r.normal(size=(3, 5)),
        "gamma": np.ones(5) * 1.2,
        "beta": np.full(5, 0.1),
        "W2": r.normal(size=(5, 4)),
        "b2": np.zeros(4),
    }

    def forward(p, eps=1e-05):
        z = XM @ p["W1"]
        mu = z.mean(axis=0)
        var = z.var(axis=0)
        xhat = (z - mu) / np.sqrt(var + eps)
        bn = p["gamma"] * xhat + p["beta"]
        h = np.maximum(bn, 0)
        prob = softmax_rows(h @ p["W2"] + p["b2"])
        return dict(z=z, mu=mu, std=np.sqrt(var + eps), xhat=xhat, bn=bn, h=h, prob=prob)

    def loss(p):
        return -np.log(forward(p)["prob"][TM == 1]).mean()

    return (p, forward, loss)


def rnn():
    r = np.random.default_rng(7)
    seq = r.normal(size=(6, 3, 8))
    target = r.normal(size=(1, 8))
    p = {
        "Wxh": r.normal(size=(4, 3)) * 0.5,
        "Whh": r.normal(size=(4, 4)) * 0.5,
        "bh": np.zeros((4, 1)),
        "Why": r.normal(size=(1, 4)),
        "by": np.zeros((1, 1)),
    }

    def forward(p):
        hs = {-1: np.zeros((4, 8))}
        for t in range(6):
            hs[t] = np.tanh(p["Wxh"] @ seq[t] + p["Whh"] @ hs[t - 1] + p["bh"])
        return (hs, p["Why"] @ hs[5] + p["by"])

    def loss(p):
        return np.mean((forward(p)[1] - target) ** 2)

    return (seq, target, p, forward, loss)


def residual():
    r = np.random.default_rng(10)
    p = {
        "Win": r.normal(size=(3, 4)) * 0.7,
        "Wres": r.normal(size=(4, 4)) * 0.5,
        "bres": np.zeros(4),
        "Wout": r.normal(size=(4, 4)) * 0.7,
    }

    def forward(p):
        x0 = np.tanh(XM @ p["Win"])
        f = np.tanh(x0 @ p["Wres"] + p["bres"])
        x1 = x0 + f
        return (x0, f, x1, softmax_rows(x1 @ p["Wout"]))

    def loss(p):
        return -np.mean(np.sum(TM * np.log(forward(p)[3]), axis=1))

    return (p, forward, loss)


@functions(
    "nonlin(x, deriv=True) is x*(1-x) but the pre-activation is handed in at the hidden layer", "another_variable"
)
def z_for_a_in_nonlin():

    def nonlin(x, deriv=False):
        if deriv:
            return x * (1 - x)
        return 1 / (1 + np.exp(-x))

    r = np.random.default_rng(1)
    net = {"syn0": 2 * r.random((3, 6)) - 1, "syn1": 2 * r.random((6, 1)) - 1}

    def feed(net):
        z1 = XM @ net["syn0"]
        l1 = nonlin(z1)
        l2 = nonlin(l1 @ net["syn1"])
        return (z1, l1, l2)

    def loss(net):
        return 0.5 * np.sum((BM - feed(net)[2]) ** 2)

    def grads(net):
        z1, l1, l2 = feed(net)
        l2_error = l2 - BM
        l2_delta = l2_error * nonlin(l2, deriv=True)
        l1_error = l2_delta.dot(net["syn1"].T)
        l1_delta = l1_error * nonlin(z1, deriv=True)
        return {"syn0": XM.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}

    return (loss, net, grads, 14, 1)


@functions("db1 and db2 are np.sum(dZ)/m without an axis (MNIST video)", "axis_missing")
def bias_without_axis():
    X = XM.T
    Yh = TM.T
    m = 14
    r = np.random.default_rng(2)
    p = {
        "W1": r.random((10, 3)) - 0.5,
        "b1": r.random((10, 1)) - 0.5,
        "W2": r.random((4, 10)) - 0.5,
        "b2": r.random((4, 1)) - 0.5,
    }

    def forward_prop(p):
        Z1 = p["W1"].dot(X) + p["b1"]
        A1 = np.maximum(Z1, 0)
        Z2 = p["W2"].dot(A1) + p["b2"]
        A2 = np.exp(Z2) / sum(np.exp(Z2))
        return (Z1, A1, Z2, A2)

    def loss(p):
        return -np.sum(Yh * np.log(forward_prop(p)[3])) / m

    def backward_prop(p):
        Z1, A1, _, A2 = forward_prop(p)
        dZ2 = A2 - Yh
        dW2 = 1 / m * dZ2.dot(A1.T)
        db2 = 1 / m * np.sum(dZ2)
        dZ1 = p["W2"].T.dot(dZ2) * (Z1 > 0)
        dW1 = 1 / m * dZ1.dot(X.T)
        db1 = 1 / m * np.sum(dZ1)
        return {"dW1": dW1, "db1": np.full((10, 1), db1), "dW2": dW2, "db2": np.full((4, 1), db2)}

    return (loss, p, backward_prop, 14, 4)


@functions("leaky ReLU: 0.1 forwards, 0.01 backwards", "slope_of_another")
def two_alphas():
    r = np.random.default_rng(3)
    p = {"w_in": r.normal(size=(3, 5)), "b_in": np.zeros(5), "w_out": r.normal(size=(5, 2)), "b_out": np.zeros(2)}

    def leaky(z, alpha=0.1):
        return np.where(z > 0, z, alpha * z)

    def d_leaky(z, alpha=0.01):
        return np.where(z > 0, 1.0, alpha)

    def forward(p):
        z = XM @ p["w_in"] + p["b_in"]
        h = leaky(z)
        return (z, h, h @ p["w_out"] + p["b_out"])

    def loss(p):
        return np.mean(np.sum((forward(p)[2] - RM) ** 2, axis=1)) / 2

    def backward(p):
        z, h, out = forward(p)
        delta = (out - RM) / len(XM)
        hidden = delta @ p["w_out"].T * d_leaky(z)
        return {"w_in": XM.T @ hidden, "b_in": hidden.sum(axis=0), "w_out": h.T @ delta, "b_out": delta.sum(axis=0)}

    return (loss, p, backward, 14, 2)


@functions("the loss is the mean over all numbers (m*k), the gradient is divided by m only", "outputs_missing")
def mean_over_outputs_too():
    r = np.random.default_rng(4)
    p = {"W1": r.normal(size=(3, 5)), "b1": np.zeros((1, 5)), "W2": r.normal(size=(5, 2)), "b2": np.zeros((1, 2))}

    def forward(p):
        a1 = np.tanh(XM.dot(p["W1"]) + p["b1"])
        return (a1, a1.dot(p["W2"]) + p["b2"])

    def mse(p):
        return np.mean((forward(p)[1] - RM) ** 2)

    def backprop(p):
        a1, y_hat = forward(p)
        N = XM.shape[0]
        d_out = 2 * (y_hat - RM) / N
        d_hidden = d_out.dot(p["W2"].T) * (1 - a1**2)
        return {
            "W1": XM.T.dot(d_hidden),
            "b1": d_hidden.sum(0, keepdims=True),
            "W2": a1.T.dot(d_out),
            "b2": d_out.sum(0, keepdims=True),
        }

    return (mse, p, backprop, 14, 2)


@functions("L2: loss has lam/(2m) W^2, gradients add lam*W (not divided by m)", "l2_other")
def l2_not_averaged():
    X = XM.T
    Yb = BM.T
    m = X.shape[1]
    lam = 0.7
    r = np.random.default_rng(5)
    p = {"W1": r.normal(size=(4, 3)), "b1": np.zeros((4, 1)), "W2": r.normal(size=(1, 4)), "b2": np.zeros((1, 1))}

    def fwd(p):
        A1 = np.tanh(p["W1"] @ X + p["b1"])
        A2 = sigmoid(p["W2"] @ A1 + p["b2"])
        return (A1, A2)

    def cost(p):
        A2 = fwd(p)[1]
        ce = -np.sum(Yb * np.log(A2) + (1 - Yb) * np.log(1 - A2)) / m
        return ce + lam / (2 * m) * (np.sum(np.square(p["W1"])) + np.sum(np.square(p["W2"])))

    def bwd(p):
        A1, A2 = fwd(p)
        dZ2 = A2 - Yb
        dW2 = dZ2 @ A1.T / m + lam * p["W2"]
        dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
        dW1 = dZ1 @ X.T / m + lam * p["W1"]
        return {"dW1": dW1, "db1": dZ1.mean(axis=1, keepdims=True), "dW2": dW2, "db2": dZ2.mean(axis=1, keepdims=True)}

    return (cost, p, bwd, 14, 1)


@functions("batch norm backward treats mean and variance as constants (dx = dxhat / std)", "statistics_constant")
def batch_norm_constant():
    p, forward, loss = bn_net()

    def backward(p):
        c = forward(p)
        N = len(XM)
        dscores = (c["prob"] - TM) / N
        dW2 = c["h"].T @ dscores
        dbn = dscores @ p["W2"].T
        dbn[c["bn"] <= 0] = 0
        dgamma = (dbn * c["xhat"]).sum(axis=0)
        dbeta = dbn.sum(axis=0)
        dxhat = dbn * p["gamma"]
        dz = dxhat / c["std"]
        return {"W1": XM.T @ dz, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": dscores.sum(axis=0)}

    return (loss, p, backward, 14, 4)


@functions("RNN: dWhh takes hs[t] in place of hs[t-1]", "place_off")
def recurrent_own_state():
    seq, target, p, forward, loss = rnn()

    def bptt(p):
        hs, y = forward(p)
        grads = {k: np.zeros_like(v) for k, v in p.items()}
        dy = 2 * (y - target) / target.shape[1]
        grads["Why"] += dy @ hs[5].T
        grads["by"] += dy.sum(axis=1, keepdims=True)
        dh = p["Why"].T @ dy
        for t in reversed(range(6)):
            draw = (1 - hs[t] * hs[t]) * dh
            grads["bh"] += draw.sum(axis=1, keepdims=True)
            grads["Wxh"] += draw @ seq[t].T
            grads["Whh"] += draw @ hs[t].T
            dh = p["Whh"].T @ draw
        return grads

    return (loss, p, bptt, 8, 1)


@functions("pair: dW2 not divided by m, and tanh's slope written a*(1-a)", "another_slope")
def two_slips():
    r = np.random.default_rng(8)
    p = {"W1": r.normal(size=(3, 5)), "b1": np.zeros((1, 5)), "W2": r.normal(size=(5, 4)), "b2": np.zeros((1, 4))}

    def forward(p):
        a1 = np.tanh(XM @ p["W1"] + p["b1"])
        return (a1, softmax_rows(a1 @ p["W2"] + p["b2"]))

    def loss(p):
        return -np.sum(TM * np.log(forward(p)[1])) / len(XM)

    def grads(p):
        a1, y_hat = forward(p)
        m = len(XM)
        delta3 = y_hat - TM
        dW2 = a1.T @ delta3
        db2 = np.sum(delta3, axis=0, keepdims=True) / m
        delta2 = delta3 @ p["W2"].T * a1 * (1 - a1)
        dW1 = XM.T @ delta2 / m
        db1 = np.sum(delta2, axis=0, keepdims=True) / m
        return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

    return (loss, p, grads, 14, 4)


@functions("L1 penalty: its gradient adds lam*W in place of lam*sign(W)", "l2_for_l1")
def l2_for_l1():
    lam = 0.05
    r = np.random.default_rng(9)
    p = {"w1": r.normal(size=(3, 4)), "w2": r.normal(size=(4, 2))}

    def run(p):
        a = sigmoid(XM @ p["w1"])
        return (a, a @ p["w2"])

    def loss(p):
        return ((run(p)[1] - RM) ** 2).sum() / 14 + lam * sum(np.abs(w).sum() for w in p.values())

    def grads(p):
        a, out = run(p)
        d = 2 * (out - RM) / 14
        g2 = a.T @ d + lam * p["w2"]
        g1 = XM.T @ (d @ p["w2"].T * a * (1 - a)) + lam * p["w1"]
        return {"w1": g1, "w2": g2}

    return (loss, p, grads, 14, 2)


@functions("residual block: the way around (+ dx1) is forgotten on the way back", "path_left_out")
def way_around_forgotten():
    p, forward, loss = residual()

    def back(p):
        x0, f, x1, out = forward(p)
        dout = (out - TM) / 14
        dx1 = dout @ p["Wout"].T
        df = dx1 * (1 - f * f)
        dx0 = df @ p["Wres"].T
        dz0 = dx0 * (1 - x0 * x0)
        return {"Win": XM.T @ dz0, "Wres": x0.T @ df, "bres": df.sum(axis=0), "Wout": x1.T @ dout}

    return (loss, p, back, 14, 4)


@functions("RNN, many to one")
def recurrent():
    seq, target, p, forward, loss = rnn()

    def bptt(p):
        hs, y = forward(p)
        grads = {k: np.zeros_like(v) for k, v in p.items()}
        dy = 2 * (y - target) / target.shape[1]
        grads["Why"] += dy @ hs[5].T
        grads["by"] += dy.sum(axis=1, keepdims=True)
        dh = p["Why"].T @ dy
        for t in reversed(range(6)):
            draw = (1 - hs[t] * hs[t]) * dh
            grads["bh"] += draw.sum(axis=1, keepdims=True)
            grads["Wxh"] += draw @ seq[t].T
            grads["Whh"] += draw @ hs[t - 1].T
            dh = p["Whh"].T @ draw
        return grads

    return (loss, p, bptt, 8, 1)


@functions("batch norm in functions")
def batch_norm():
    p, forward, loss = bn_net()

    def backward(p):
        c = forward(p)
        N = len(XM)
        dscores = (c["prob"] - TM) / N
        dbn = dscores @ p["W2"].T
        dbn[c["bn"] <= 0] = 0
        dxhat = dbn * p["gamma"]
        dz = (N * dxhat - dxhat.sum(axis=0) - c["xhat"] * (dxhat * c["xhat"]).sum(axis=0)) / (N * c["std"])
        return {
            "W1": XM.T @ dz,
            "gamma": (dbn * c["xhat"]).sum(axis=0),
            "beta": dbn.sum(axis=0),
            "W2": c["h"].T @ dscores,
            "b2": dscores.sum(axis=0),
        }

    return (loss, p, backward, 14, 4)


@functions("residual block with L2")
def residual_with_l2():
    p, forward, plain = residual()
    lam = 0.1

    def loss(p):
        return plain(p) + lam / 2 * sum((p[k] ** 2).sum() for k in ("Win", "Wres", "Wout"))

    def back(p):
        x0, f, x1, out = forward(p)
        dout = (out - TM) / 14
        dx1 = dout @ p["Wout"].T
        df = dx1 * (1 - f * f)
        dx0 = df @ p["Wres"].T + dx1
        dz0 = dx0 * (1 - x0 * x0)
        g = {"Win": XM.T @ dz0, "Wres": x0.T @ df, "bres": df.sum(axis=0), "Wout": x1.T @ dout}
        for k in ("Win", "Wres", "Wout"):
            g[k] += lam * p[k]
        return g

    return (loss, p, back, 14, 4)


@functions("one-dimensional convolution with a mean over time, in a dictionary")
def convolution():
    r = np.random.default_rng(12)
    S = r.normal(size=(10, 9))
    T = r.normal(size=(10, 1))
    p = {"kernel": r.normal(size=(4, 3)), "kb": np.zeros(4), "head": r.normal(size=(4, 1)), "hb": np.zeros(1)}
    windows = np.stack([S[:, i : i + 3] for i in range(7)], axis=1)

    def forward(p):
        z = windows @ p["kernel"].T + p["kb"]
        h = np.tanh(z)
        pooled = h.mean(axis=1)
        return (h, pooled, pooled @ p["head"] + p["hb"])

    def loss(p):
        return ((forward(p)[2] - T) ** 2).mean()

    def grads(p):
        h, pooled, out = forward(p)
        d = 2 * (out - T) / len(S)
        dh = np.repeat((d @ p["head"].T)[:, None, :], 7, axis=1) / 7
        dz = dh * (1 - h**2)
        return {
            "kernel": np.einsum("nti,ntj->ij", dz, windows),
            "kb": dz.sum(axis=(0, 1)),
            "head": pooled.T @ d,
            "hb": d.sum(axis=0),
        }

    return (loss, p, grads, 10, 1)


rng = np.random.default_rng(33)
A = rng.normal(size=(12, 4))
labels = rng.integers(0, 3, 12)
onehot = np.eye(3)[labels]
target = rng.normal(size=(12, 1))


def relu(x):
    return np.maximum(0, x)


def relu_grad(x):
    return (x > 0).astype(float)


def sig(x):
    return 1 / (1 + np.exp(-x))


def sm(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def auto():
    r = np.random.default_rng(1)
    p = {"W": r.normal(size=(4, 3)) * 0.6, "b": np.zeros(3), "c": np.zeros(4)}

    def fwd(p):
        h = np.tanh(A @ p["W"] + p["b"])
        return (h, h @ p["W"].T + p["c"])

    def loss(p):
        return 0.5 * np.sum((fwd(p)[1] - A) ** 2) / len(A)

    return (p, fwd, loss)


class TwoLayerNet:
    def __init__(self, n_in=4, hidden=6, n_out=3, seed=0):
        r = np.random.RandomState(seed)
        self.params = {
            "W1": r.randn(n_in, hidden) * 0.5,
            "b1": np.zeros(hidden),
            "W2": r.randn(hidden, n_out) * 0.5,
            "b2": np.zeros(n_out),
        }
        self.grads = {}

    def forward(self, X):
        self.X = X
        self.z1 = X.dot(self.params["W1"]) + self.params["b1"]
        self.h1 = relu(self.z1)
        self.scores = self.h1.dot(self.params["W2"]) + self.params["b2"]
        self.probs = sm(self.scores)
        return self.probs

    def loss(self):
        self.forward(A)
        return -np.mean(np.log(self.probs[np.arange(len(A)), labels]))

    def backward(self):
        self.forward(A)
        N = self.X.shape[0]
        dscores = self.probs.copy()
        dscores[np.arange(N), labels] -= 1
        dscores /= N
        self.grads["W2"] = self.h1.T.dot(dscores)
        self.grads["b2"] = np.sum(dscores, axis=0)
        dh = dscores.dot(self.params["W2"].T)
        dz = dh * relu_grad(self.z1)
        self.grads["W1"] = self.X.T.dot(dz)
        self.grads["b1"] = np.sum(dz, axis=0)
        return self.grads


def of_net(net):
    return net.loss, net.params, net.backward, 12, 3


def ln():
    r = np.random.default_rng(4)
    p = {"W1": r.normal(size=(4, 5)), "g": np.full(5, 1.1), "beta": np.full(5, 0.2), "W2": r.normal(size=(5, 1))}

    def fwd(p):
        u = A @ p["W1"]
        mu = u.mean(axis=1, keepdims=True)
        s = np.sqrt(u.var(axis=1, keepdims=True) + 1e-05)
        n = (u - mu) / s
        a = sig(p["g"] * n + p["beta"])
        return (u, s, n, a, a @ p["W2"])

    def loss(p):
        return np.mean((fwd(p)[4] - target) ** 2)

    return (p, fwd, loss)


@functions("tied autoencoder: the decoder's share of dW is forgotten", "product_left_out")
def decoder_forgotten():
    p, fwd, loss = auto()

    def backward(p):
        h, out = fwd(p)
        delta_out = (out - A) / len(A)
        delta_h = delta_out @ p["W"] * (1 - h * h)
        return {"W": A.T @ delta_h, "b": delta_h.sum(axis=0), "c": delta_out.sum(axis=0)}

    return (loss, p, backward, 12, 4)


@functions("tied autoencoder")
def tied_autoencoder():
    p, fwd, loss = auto()

    def backward(p):
        h, out = fwd(p)
        delta_out = (out - A) / len(A)
        delta_h = delta_out @ p["W"] * (1 - h * h)
        return {"W": A.T @ delta_h + delta_out.T @ h, "b": delta_h.sum(axis=0), "c": delta_out.sum(axis=0)}

    return (loss, p, backward, 12, 4)


@functions("TwoLayerNet with params and grads")
def params_and_grads():
    return of_net(TwoLayerNet())


@functions("TwoLayerNet: relu_grad of h1's upstream (dh) and not of z1", "another_slope", "mask_of_error")
def mask_of_the_gradient():

    class Net(TwoLayerNet):
        def backward(self):
            self.forward(A)
            N = self.X.shape[0]
            dscores = self.probs.copy()
            dscores[np.arange(N), labels] -= 1
            dscores /= N
            self.grads["W2"] = self.h1.T.dot(dscores)
            self.grads["b2"] = np.sum(dscores, axis=0)
            dh = dscores.dot(self.params["W2"].T)
            dz = dh * relu_grad(dh)
            self.grads["W1"] = self.X.T.dot(dz)
            self.grads["b1"] = np.sum(dz, axis=0)
            return self.grads

    return of_net(Net())


@functions("TwoLayerNet: bias gradients are means (divided by N twice)", "mean_twice")
def biases_averaged_twice():

    class Net(TwoLayerNet):
        def backward(self):
            self.forward(A)
            N = self.X.shape[0]
            dscores = self.probs.copy()
            dscores[np.arange(N), labels] -= 1
            dscores /= N
            self.grads["W2"] = self.h1.T.dot(dscores)
            self.grads["b2"] = np.mean(dscores, axis=0)
            dz = dscores.dot(self.params["W2"].T) * relu_grad(self.z1)
            self.grads["W1"] = self.X.T.dot(dz)
            self.grads["b1"] = np.mean(dz, axis=0)
            return self.grads

    return of_net(Net())


@functions("layer norm: the way back averages over the examples (axis=0), where the features belong", "other_axis")
def layer_norm_over_examples():
    p, fwd, loss = ln()

    def bwd(p):
        _, s, n, a, out = fwd(p)
        d = 2 * (out - target) / len(A)
        da = d @ p["W2"].T * a * (1 - a)
        dn = da * p["g"]
        du = (dn - dn.mean(axis=0, keepdims=True) - n * (dn * n).mean(axis=0, keepdims=True)) / s
        return {"W1": A.T @ du, "g": (da * n).sum(axis=0), "beta": da.sum(axis=0), "W2": a.T @ d}

    return (loss, p, bwd, 12, 1)


@functions("layer norm")
def layer_norm():
    p, fwd, loss = ln()

    def bwd(p):
        _, s, n, a, out = fwd(p)
        d = 2 * (out - target) / len(A)
        da = d @ p["W2"].T * a * (1 - a)
        dn = da * p["g"]
        du = (dn - dn.mean(axis=1, keepdims=True) - n * (dn * n).mean(axis=1, keepdims=True)) / s
        return {"W1": A.T @ du, "g": (da * n).sum(axis=0), "beta": da.sum(axis=0), "W2": a.T @ d}

    return (loss, p, bwd, 12, 1)


@functions(
    "gate: the product rule's other half is missing (dz_gate takes h_cand where (h_cand - x) belongs)", "path_left_out"
)
def half_of_a_gate():
    r = np.random.default_rng(5)
    p = {"Wg": r.normal(size=(4, 4)), "Wh": r.normal(size=(4, 4)), "out": r.normal(size=(4, 1))}

    def fwd(p):
        g = sig(A @ p["Wg"])
        h = np.tanh(A @ p["Wh"])
        return (g, h, g * h + (1 - g) * A)

    def loss(p):
        return np.mean((fwd(p)[2] @ p["out"] - target) ** 2)

    def bwd(p):
        g, h, y = fwd(p)
        err = 2 * (y @ p["out"] - target) / len(target)
        dy = err @ p["out"].T
        dg = dy * h
        dh = dy * g
        return {"Wg": A.T @ (dg * g * (1 - g)), "Wh": A.T @ (dh * (1 - h**2)), "out": y.T @ err}

    return (loss, p, bwd, 12, 1)


@functions("three layers: delta2 goes through W2 in place of W3 (square)", "another_key")
def weights_of_the_layer_below():
    r = np.random.default_rng(6)
    ws = {f"w{i}": r.normal(size=s) * 0.7 for i, s in ((1, (4, 4)), (2, (4, 4)), (3, (4, 4)))}
    T4 = r.normal(size=(12, 4))

    def net(ws):
        a = [A]
        for i in (1, 2, 3):
            a.append(np.tanh(a[-1] @ ws[f"w{i}"]))
        return a

    def cost(ws):
        return ((net(ws)[3] - T4) ** 2).sum() / 12

    def back(ws):
        a0, a1, a2, a3 = net(ws)
        d3 = 2 * (a3 - T4) / 12 * (1 - a3**2)
        d2 = d3 @ ws["w2"].T * (1 - a2**2)
        d1 = d2 @ ws["w2"].T * (1 - a1**2)
        return {"w1": a0.T @ d1, "w2": a1.T @ d2, "w3": a2.T @ d3}

    return (cost, ws, back, 12, 4)


@functions(
    "logistic regression: x * error summed, but the loss is a mean, and the sign is turned (two)", "mean_missing_sign"
)
def sum_uphill():
    w = {"theta": np.array([0.3, -0.2, 0.1, 0.5]), "bias": np.array([0.1])}
    y = (A[:, 0] > 0).astype(float)

    def h(w):
        return sig(A @ w["theta"] + w["bias"])

    def J(w):
        return -np.mean(y * np.log(h(w)) + (1 - y) * np.log(1 - h(w)))

    def dJ(w):
        error = y - h(w)
        return {"theta": A.T @ error, "bias": np.array([error.sum()])}

    return (J, w, dJ, 12, 1)


g0 = np.random.default_rng(55)
XT = g0.normal(size=(15, 3))
cls = g0.integers(0, 3, 15)
YT = np.eye(3)[cls]
yb = (XT.sum(axis=1) > 0).astype(float)
yr = (XT @ [1.0, -2.0, 0.5])[:, None]


class NeuralNet:
    def __init__(self, sizes=(3, 5, 3)):
        r = np.random.RandomState(3)
        self.weights = [r.randn(a, b) / np.sqrt(a) for a, b in itertools.pairwise(sizes)]
        self.biases = [np.zeros(b) for b in sizes[1:]]
        self.X, self.y = (XT, YT)

    def sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-z))

    def sigmoid_prime(self, z):
        return self.sigmoid(z) * (1 - self.sigmoid(z))

    def feedforward(self):
        self.activations, self.zs = ([self.X], [])
        for W, b in zip(self.weights, self.biases, strict=True):
            self.zs.append(self.activations[-1] @ W + b)
            self.activations.append(self.sigmoid(self.zs[-1]))
        return self.activations[-1]

    def cost(self):
        return 0.5 * np.sum((self.feedforward() - self.y) ** 2) / len(self.X)

    def backprop(self):
        self.feedforward()
        m = len(self.X)
        delta = (self.activations[-1] - self.y) * self.sigmoid_prime(self.zs[-1])
        dW, db = ([None] * len(self.weights), [None] * len(self.biases))
        for j in range(len(self.weights) - 1, -1, -1):
            dW[j] = self.activations[j].T @ delta / m
            db[j] = delta.mean(axis=0)
            if j > 0:
                delta = delta @ self.weights[j].T * self.sigmoid_prime(self.zs[j - 1])
        return dW + db


def nn(n):
    return n.cost, n.weights + n.biases, n.backprop, 15, 3


def fwd(params):
    pre = XT @ params["hidden/w"] + params["hidden/b"]
    hid = np.where(pre > 0, pre, 0.2 * pre)
    logits = hid @ params["out/w"] + params["out/b"]
    return (pre, hid, logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))


def ce_loss(params):
    return -(YT * fwd(params)[2]).sum() / 15


def mlp(back):
    r = np.random.default_rng(2)
    params = {
        "hidden/w": r.normal(size=(3, 6)),
        "hidden/b": np.zeros(6),
        "out/w": r.normal(size=(6, 3)),
        "out/b": np.zeros(3),
    }
    return ce_loss, params, back, 15, 3


def attn():
    r = np.random.default_rng(8)
    p = {"Q": r.normal(size=(3, 3)), "K": r.normal(size=(3, 3)), "V": r.normal(size=(3, 1))}

    def f(p):
        q, k, v = (XT @ p["Q"], XT @ p["K"], XT @ p["V"])
        s = q @ k.T / np.sqrt(3)
        a = np.exp(s - s.max(1, keepdims=True))
        a /= a.sum(1, keepdims=True)
        return (q, k, v, a, a @ v)

    def loss(p):
        return ((f(p)[4] - yr) ** 2).mean()

    return (p, f, loss)


@functions("class with lists, zs and activations")
def lists_of_zs():
    return nn(NeuralNet())


@functions("sigmoid_prime is asked of the activations", "call_too_many")
def prime_of_the_activations():

    class N(NeuralNet):
        def backprop(self):
            self.feedforward()
            m = len(self.X)
            delta = (self.activations[-1] - self.y) * self.sigmoid_prime(self.activations[-1])
            dW, db = ([None] * len(self.weights), [None] * len(self.biases))
            for j in range(len(self.weights) - 1, -1, -1):
                dW[j] = self.activations[j].T @ delta / m
                db[j] = delta.mean(axis=0)
                if j > 0:
                    delta = delta @ self.weights[j].T * self.sigmoid_prime(self.activations[j])
            return dW + db

    return nn(N())


@functions("dW takes activations[j+1]... sizes equal (off by one)", "too_much")
def activations_above():

    class N(NeuralNet):
        def backprop(self):
            self.feedforward()
            m = len(self.X)
            delta = (self.activations[-1] - self.y) * self.sigmoid_prime(self.zs[-1])
            dW, db = ([None] * len(self.weights), [None] * len(self.biases))
            for j in range(len(self.weights) - 1, -1, -1):
                dW[j] = self.activations[j + 1].T @ delta / m
                db[j] = delta.mean(axis=0)
                if j > 0:
                    delta = delta @ self.weights[j].T * self.sigmoid_prime(self.zs[j - 1])
            return dW + db

    return nn(N((3, 3, 3)))


@functions("the output's sigmoid_prime is forgotten in delta (quadratic cost)", "slope_missing")
def output_slope_forgotten():

    class N(NeuralNet):
        def backprop(self):
            self.feedforward()
            m = len(self.X)
            delta = self.activations[-1] - self.y
            dW, db = ([None] * len(self.weights), [None] * len(self.biases))
            for j in range(len(self.weights) - 1, -1, -1):
                dW[j] = self.activations[j].T @ delta / m
                db[j] = delta.mean(axis=0)
                if j > 0:
                    delta = delta @ self.weights[j].T * self.sigmoid_prime(self.zs[j - 1])
            return dW + db

    return nn(N())


@functions("log-softmax, leaky ReLU")
def log_softmax():

    def back(params):
        pre, hid, logp = fwd(params)
        g = (np.exp(logp) - YT) / 15
        gh = g @ params["out/w"].T
        gh = np.where(pre > 0, gh, 0.2 * gh)
        return {"hidden/w": XT.T @ gh, "hidden/b": gh.sum(0), "out/w": hid.T @ g, "out/b": g.sum(0)}

    return mlp(back)


@functions("log-softmax: logp - YT in place of exp(logp) - YT", "call_left_out")
def logarithms_for_probabilities():

    def back(params):
        pre, hid, logp = fwd(params)
        g = (logp - YT) / 15
        gh = g @ params["out/w"].T
        gh = np.where(pre > 0, gh, 0.2 * gh)
        return {"hidden/w": XT.T @ gh, "hidden/b": gh.sum(0), "out/w": hid.T @ g, "out/b": g.sum(0)}

    return mlp(back)


@functions("leaky ReLU's way back: np.where(pre > 0, gh, 0.2) (the slope without the gradient)", "gradient_left_out")
def slope_without_gradient():

    def back(params):
        pre, hid, logp = fwd(params)
        g = (np.exp(logp) - YT) / 15
        gh = g @ params["out/w"].T
        gh = np.where(pre > 0, gh, 0.2)
        return {"hidden/w": XT.T @ gh, "hidden/b": gh.sum(0), "out/w": hid.T @ g, "out/b": g.sum(0)}

    return mlp(back)


@functions("two: 2 * lam missing... hidden bias takes g and the mask looks at gh", "comparison")
def mask_and_mean():

    def back(params):
        _, hid, logp = fwd(params)
        g = (np.exp(logp) - YT) / 15
        gh = g @ params["out/w"].T
        gh = np.where(hid < 0, gh, 0.2 * gh)
        return {"hidden/w": XT.T @ gh, "hidden/b": gh.mean(0), "out/w": hid.T @ g, "out/b": g.sum(0)}

    return mlp(back)


@functions("one head of attention")
def attention():
    p, f, loss = attn()

    def grads(p):
        q, k, v, a, o = f(p)
        do = 2 * (o - yr) / len(yr)
        dv = a.T @ do
        da = do @ v.T
        ds = a * (da - (da * a).sum(1, keepdims=True)) / np.sqrt(3)
        return {"Q": XT.T @ (ds @ k), "K": XT.T @ (ds.T @ q), "V": XT.T @ dv}

    return (loss, p, grads, 15, 1)


@functions("attention: the softmax's way back is a * (1 - a)", "softmax_elementwise")
def softmax_one_by_one():
    p, f, loss = attn()

    def grads(p):
        q, k, v, a, o = f(p)
        do = 2 * (o - yr) / len(yr)
        dv = a.T @ do
        da = do @ v.T
        ds = da * a * (1 - a) / np.sqrt(3)
        return {"Q": XT.T @ (ds @ k), "K": XT.T @ (ds.T @ q), "V": XT.T @ dv}

    return (loss, p, grads, 15, 1)


@functions("attention: the scale 1/sqrt(d) is forgotten on the way back", "factor_left_out")
def scale_forgotten():
    p, f, loss = attn()

    def grads(p):
        q, k, v, a, o = f(p)
        do = 2 * (o - yr) / len(yr)
        dv = a.T @ do
        da = do @ v.T
        ds = a * (da - (da * a).sum(1, keepdims=True))
        return {"Q": XT.T @ (ds @ k), "K": XT.T @ (ds.T @ q), "V": XT.T @ dv}

    return (loss, p, grads, 15, 1)


@functions("logistic regression: the L2 term is put on the bias too", "too_much")
def l2_on_the_bias():
    w, b, lam = (np.array([0.2, -0.4, 0.1]), np.array([0.3]), 0.5)

    def s():
        return 1 / (1 + np.exp(-(XT @ w + b)))

    def cost():
        return -np.mean(yb * np.log(s()) + (1 - yb) * np.log(1 - s())) + lam / 2 * w @ w

    def gradient():
        err = s() - yb
        return {"w": XT.T @ err / 15 + lam * w, "b": err.mean(keepdims=True) + lam * b}

    return (cost, {"w": w, "b": b}, gradient, 15, 1)


@functions("logistic regression with L2")
def logistic_with_l2():
    w, b, lam = (np.array([0.2, -0.4, 0.1]), np.array([0.3]), 0.5)

    def s():
        return 1 / (1 + np.exp(-(XT @ w + b)))

    def cost():
        return -np.mean(yb * np.log(s()) + (1 - yb) * np.log(1 - s())) + lam / 2 * w @ w

    def gradient():
        err = s() - yb
        return {"w": XT.T @ err / 15 + lam * w, "b": err.mean(keepdims=True)}

    return (cost, {"w": w, "b": b}, gradient, 15, 1)


g1 = np.random.default_rng(77)
XA = g1.normal(size=(16, 5))
ya = g1.integers(0, 2, 16).astype(float).reshape(-1, 1)
yc = g1.integers(0, 4, 16)
OH = np.eye(4)[yc]


def act(x):
    return 1 / (1 + np.exp(-x))


def act_deriv(x):
    return x * (1 - x)


def init(seed, *sizes):
    r = np.random.default_rng(seed)
    out = {}
    for i, (a, b) in enumerate(itertools.pairwise(sizes), 1):
        out[f"W{i}"] = r.normal(size=(a, b)) * np.sqrt(1 / a)
        out[f"b{i}"] = r.normal(size=b) * 0.05
    return out


def run(P):
    a1 = act(XA @ P["W1"] + P["b1"])
    a2 = act(a1 @ P["W2"] + P["b2"])
    a3 = act(a2 @ P["W3"] + P["b3"])
    return (a1, a2, a3)


def bce(P):
    o = run(P)[-1]
    return -np.mean(ya * np.log(o) + (1 - ya) * np.log(1 - o))


@functions("three layers of sigmoids, x * (1 - x)")
def three_layers():

    def back(P):
        a1, a2, a3 = run(P)
        e3 = (a3 - ya) / len(XA)
        e2 = e3 @ P["W3"].T * act_deriv(a2)
        e1 = e2 @ P["W2"].T * act_deriv(a1)
        return {
            "W1": XA.T @ e1,
            "b1": e1.sum(axis=0),
            "W2": a1.T @ e2,
            "b2": e2.sum(axis=0),
            "W3": a2.T @ e3,
            "b3": e3.sum(axis=0),
        }

    return (bce, init(1, 5, 4, 4, 1), back, 16, 1)


@functions("three layers: e1 uses e3's error chain (e2 without its slope handed down)", "another_variable")
def slope_not_handed_down():

    def back(P):
        a1, a2, a3 = run(P)
        e3 = (a3 - ya) / len(XA)
        err2 = e3 @ P["W3"].T
        e2 = err2 * act_deriv(a2)
        e1 = err2 @ P["W2"].T * act_deriv(a1)
        return {
            "W1": XA.T @ e1,
            "b1": e1.sum(axis=0),
            "W2": a1.T @ e2,
            "b2": e2.sum(axis=0),
            "W3": a2.T @ e3,
            "b3": e3.sum(axis=0),
        }

    return (bce, init(1, 5, 4, 4, 1), back, 16, 1)


@functions("three layers: the last error is multiplied with act_deriv (cross-entropy)", "too_much")
def slope_twice():

    def back(P):
        a1, a2, a3 = run(P)
        e3 = (a3 - ya) * act_deriv(a3) / len(XA)
        e2 = e3 @ P["W3"].T * act_deriv(a2)
        e1 = e2 @ P["W2"].T * act_deriv(a1)
        return {
            "W1": XA.T @ e1,
            "b1": e1.sum(axis=0),
            "W2": a1.T @ e2,
            "b2": e2.sum(axis=0),
            "W3": a2.T @ e3,
            "b3": e3.sum(axis=0),
        }

    return (bce, init(1, 5, 4, 4, 1), back, 16, 1)


@functions("three layers, two slips: a2 for a1 in W2's gradient, and b1's sum runs over e2", "another_variable")
def two_of_a_dictionary():

    def back(P):
        a1, a2, a3 = run(P)
        e3 = (a3 - ya) / len(XA)
        e2 = e3 @ P["W3"].T * act_deriv(a2)
        e1 = e2 @ P["W2"].T * act_deriv(a1)
        return {
            "W1": XA.T @ e1,
            "b1": e2.sum(axis=0),
            "W2": a2.T @ e2,
            "b2": e2.sum(axis=0),
            "W3": a2.T @ e3,
            "b3": e3.sum(axis=0),
        }

    return (bce, init(1, 5, 4, 4, 1), back, 16, 1)


@functions("softmax with integer labels: divided by the classes, not by the examples", "outputs_missing")
def divided_by_classes():
    p = init(2, 5, 6, 4)

    def forward(p):
        h = np.maximum(0, XA @ p["W1"] + p["b1"])
        s = h @ p["W2"] + p["b2"]
        e = np.exp(s - s.max(axis=1, keepdims=True))
        return (h, e / e.sum(axis=1, keepdims=True))

    def loss(p):
        return -np.log(forward(p)[1][range(16), yc]).mean()

    def backward(p):
        h, probs = forward(p)
        n, c = probs.shape
        probs[range(n), yc] -= 1
        probs /= c
        dh = probs @ p["W2"].T
        dh[h <= 0] = 0
        return {"W1": XA.T @ dh, "b1": dh.sum(0), "W2": h.T @ probs, "b2": probs.sum(0)}

    return (loss, p, backward, 16, 4)


@functions("max pooling over two halves: the gradient goes to both", "slope_missing")
def both_halves():
    r = np.random.default_rng(3)
    p = {"A": r.normal(size=(5, 4)), "B": r.normal(size=(5, 4)), "v": r.normal(size=(4, 1))}

    def f(p):
        za, zb = (XA @ p["A"], XA @ p["B"])
        return (za, zb, np.maximum(za, zb))

    def loss(p):
        return np.mean((f(p)[2] @ p["v"] - ya) ** 2)

    def grads(p):
        za, zb, h = f(p)
        d = 2 * (h @ p["v"] - ya) / len(ya)
        dh = d @ p["v"].T
        return {"A": XA.T @ dh, "B": XA.T @ (dh * (zb > za)), "v": h.T @ d}

    return (loss, p, grads, 16, 1)


@functions("maxout with masks")
def maxout():
    r = np.random.default_rng(3)
    p = {"A": r.normal(size=(5, 4)), "B": r.normal(size=(5, 4)), "v": r.normal(size=(4, 1))}

    def f(p):
        za, zb = (XA @ p["A"], XA @ p["B"])
        return (za, zb, np.maximum(za, zb))

    def loss(p):
        return np.mean((f(p)[2] @ p["v"] - ya) ** 2)

    def grads(p):
        za, zb, h = f(p)
        d = 2 * (h @ p["v"] - ya) / len(ya)
        dh = d @ p["v"].T
        return {"A": XA.T @ (dh * (za >= zb)), "B": XA.T @ (dh * (zb > za)), "v": h.T @ d}

    return (loss, p, grads, 16, 1)
