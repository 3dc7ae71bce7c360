"""Networks as they are posted, of an eighth round: gates, attention, embeddings, normalisation and time, in functions."""
# ruff: noqa: B007, B905, E501, E731, E741, F841, NPY002, RUF034, RUF059 - written as people write them

import math

import numpy as np

from nnlib import (
    ELU,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Linear,
    NeuralNetwork,
    Sigmoid,
    Softmax,
    Tanh,
    moons,
)

from . import case
from .functions import functions

X, Y = moons(20, 0.1, 0)
rng0 = lambda s=0: np.random.default_rng(s)


def sig(z):
    return 1 / (1 + np.exp(-z))


def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def lstm_setup():
    r = rng0(0)
    D, H, T, N = 3, 4, 5, 6
    P = {
        "Wx": r.normal(size=(D, 4 * H)) * 0.6,
        "Wh": r.normal(size=(H, 4 * H)) * 0.6,
        "b": r.normal(size=4 * H) * 0.1,
        "Wy": r.normal(size=(H, 1)),
    }
    x = r.normal(size=(N, T, D))
    y = r.normal(size=(N, 1))

    def forward():
        h, c, cache = np.zeros((N, H)), np.zeros((N, H)), []
        for t in range(T):
            a = x[:, t] @ P["Wx"] + h @ P["Wh"] + P["b"]
            i, f, o, g = sig(a[:, :H]), sig(a[:, H : 2 * H]), sig(a[:, 2 * H : 3 * H]), np.tanh(a[:, 3 * H :])
            c_new = f * c + i * g
            h_new = o * np.tanh(c_new)
            cache.append((x[:, t], h, c, i, f, o, g, c_new))
            h, c = h_new, c_new
        return h, h @ P["Wy"], cache

    def loss():
        return np.mean((forward()[1] - y) ** 2)

    return P, forward, loss, y, N, H


@functions(
    "LSTM: the forget gate's gradient uses the new cell state c_t instead of c_{t-1}", "state_after", "another_variable",
    "used_nowhere",
)
def lstm_forget():
    P, forward, loss, y, N, H = lstm_setup()

    def grads():
        h, out, cache = forward()
        d = {k: np.zeros_like(v) for k, v in P.items()}
        dout = 2 * (out - y) / N
        d["Wy"] = h.T @ dout
        dh = dout @ P["Wy"].T
        dc = np.zeros((N, H))
        for x, h_prev, c_prev, i, f, o, g, c in reversed(cache):
            do = dh * np.tanh(c)
            dct = dc + dh * o * (1 - np.tanh(c) ** 2)
            df = dct * c
            di = dct * g
            dg = dct * i
            dc = dct * f
            da = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)])
            d["Wx"] += x.T @ da
            d["Wh"] += h_prev.T @ da
            d["b"] += da.sum(axis=0)
            dh = da @ P["Wh"].T
        return d

    return (loss, P, grads, None, None)


@functions("LSTM: the error through the cell state is not carried to the step before (dc stays 0)", "path_left_out")
def lstm_dc():
    P, forward, loss, y, N, H = lstm_setup()

    def grads():
        h, out, cache = forward()
        d = {k: np.zeros_like(v) for k, v in P.items()}
        dout = 2 * (out - y) / N
        d["Wy"] = h.T @ dout
        dh = dout @ P["Wy"].T
        for x, h_prev, c_prev, i, f, o, g, c in reversed(cache):
            do = dh * np.tanh(c)
            dct = dh * o * (1 - np.tanh(c) ** 2)
            df = dct * c_prev
            di = dct * g
            dg = dct * i
            da = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)])
            d["Wx"] += x.T @ da
            d["Wh"] += h_prev.T @ da
            d["b"] += da.sum(axis=0)
            dh = da @ P["Wh"].T
        return d

    return (loss, P, grads, None, None)


def attention_setup():
    r = rng0(1)
    N, D, K = 6, 4, 3
    Xa = r.normal(size=(N, D))
    t = r.normal(size=(N, D))
    P = {k: r.normal(size=s) for k, s in dict(Wq=(D, K), Wk=(D, K), Wv=(D, D)).items()}

    def forward():
        Q, Kk, V = Xa @ P["Wq"], Xa @ P["Wk"], Xa @ P["Wv"]
        A = softmax(Q @ Kk.T / np.sqrt(K))
        return Q, Kk, V, A, A @ V

    return Xa, t, P, forward, lambda: np.sum((forward()[4] - t) ** 2) / 2, K


@functions("attention: the 1/sqrt(d) of the scores is forgotten on the way back", "factor_left_out")
def attention_scale():
    Xa, t, P, forward, loss, K = attention_setup()

    def grads():
        Q, Kk, V, A, O = forward()
        dO = O - t
        dV = A.T @ dO
        dA = dO @ V.T
        dS = A * (dA - (dA * A).sum(axis=1, keepdims=True))
        return {"Wq": Xa.T @ (dS @ Kk), "Wk": Xa.T @ (dS.T @ Q), "Wv": Xa.T @ dV}

    return (loss, P, grads, None, None)


@functions("attention: dK is made with dS instead of its transpose", "product_not_transposed")
def attention_dK():
    Xa, t, P, forward, loss, K = attention_setup()

    def grads():
        Q, Kk, V, A, O = forward()
        dO = O - t
        dV = A.T @ dO
        dA = dO @ V.T
        dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) / np.sqrt(K)
        return {"Wq": Xa.T @ (dS @ Kk), "Wk": Xa.T @ (dS @ Q), "Wv": Xa.T @ dV}

    return (loss, P, grads, None, None)


def w2v():
    r = rng0(2)
    V = r.normal(size=(7, 4))
    U = r.normal(size=(7, 4))
    c, o, neg = 2, 5, [1, 3, 6]

    def loss():
        return -np.log(sig(U[o] @ V[c])) - np.sum(np.log(sig(-U[neg] @ V[c])))

    return V, U, c, o, neg, loss


@functions(
    "negative sampling: the centre word's gradient has the positive pair only, the negative samples' part is left out",
    "use_left_out",
)
def w2v_center():
    V, U, c, o, neg, loss = w2v()

    def grads():
        dV, dU = np.zeros_like(V), np.zeros_like(U)
        g = sig(U[o] @ V[c]) - 1
        dV[c] += g * U[o]
        dU[o] += g * V[c]
        for k in neg:
            dU[k] += sig(U[k] @ V[c]) * V[c]
        return {"V": dV, "U": dU}

    return (loss, {"V": V, "U": U}, grads, None, None)


def vae():
    r = rng0(3)
    Xv = r.normal(size=(8, 4))
    eps = r.normal(size=(8, 2))
    P = {k: r.normal(size=s) * 0.5 for k, s in dict(Wm=(4, 2), Wl=(4, 2), Wd=(2, 4), bd=(4,)).items()}

    def forward():
        mu, lv = Xv @ P["Wm"], Xv @ P["Wl"]
        z = mu + eps * np.exp(0.5 * lv)
        return mu, lv, z, z @ P["Wd"] + P["bd"]

    def loss():
        mu, lv, z, out = forward()
        return np.sum((out - Xv) ** 2) / 8 - 0.5 * np.sum(1 + lv - mu**2 - np.exp(lv)) / 8

    return Xv, eps, P, forward, loss


@functions("VAE: logvar's gradient through the sample lacks the 0.5 of exp(0.5 logvar)", "factor_left_out")
def vae_half():
    Xv, eps, P, forward, loss = vae()

    def grads():
        mu, lv, z, out = forward()
        d = 2 * (out - Xv) / 8
        dz = d @ P["Wd"].T
        dmu = dz + mu / 8
        dlv = dz * eps * np.exp(0.5 * lv) + 0.5 * (np.exp(lv) - 1) / 8
        return {"Wd": z.T @ d, "bd": d.sum(0), "Wm": Xv.T @ dmu, "Wl": Xv.T @ dlv}

    return (loss, P, grads, None, None)


@functions("VAE: the KL term's gradient at mu is forgotten", "path_left_out")
def vae_kl():
    Xv, eps, P, forward, loss = vae()

    def grads():
        mu, lv, z, out = forward()
        d = 2 * (out - Xv) / 8
        dz = d @ P["Wd"].T
        dlv = dz * eps * 0.5 * np.exp(0.5 * lv) + 0.5 * (np.exp(lv) - 1) / 8
        return {"Wd": z.T @ d, "bd": d.sum(0), "Wm": Xv.T @ dz, "Wl": Xv.T @ dlv}

    return (loss, P, grads, None, None)


@functions(
    "highway layer: the gate's gradient misses the carried input: dT = dy * H instead of dy * (H - x)", "path_left_out"
)
def highway():
    r = rng0(4)
    x = r.normal(size=(10, 3))
    t = r.normal(size=(10, 3))
    P = {"WH": r.normal(size=(3, 3)), "WT": r.normal(size=(3, 3)), "bT": r.normal(size=3)}

    def forward():
        H, T = np.tanh(x @ P["WH"]), sig(x @ P["WT"] + P["bT"])
        return H, T, H * T + x * (1 - T)

    def grads():
        H, T, out = forward()
        dy = 2 * (out - t) / out.size
        dH = dy * T * (1 - H**2)
        dT = dy * H * T * (1 - T)
        return {"WH": x.T @ dH, "WT": x.T @ dT, "bT": dT.sum(0)}

    return (lambda: np.mean((forward()[2] - t) ** 2), P, grads, None, None)


@functions("two heads: the shared layer gets only the first head's error", "path_left_out")
def trunk_of_one_head():
    r = rng0(5)
    x = r.normal(size=(10, 3))
    t1 = r.normal(size=(10, 1))
    t2 = (r.random((10, 1)) > 0.5).astype(float)
    P = {k: r.normal(size=s) for k, s in dict(W=(3, 5), b=(5,), Wa=(5, 1), Wb=(5, 1)).items()}

    def forward():
        h = np.maximum(0, x @ P["W"] + P["b"])
        return h, h @ P["Wa"], sig(h @ P["Wb"])

    def loss():
        h, a, q = forward()
        return np.mean((a - t1) ** 2) - np.mean(t2 * np.log(q) + (1 - t2) * np.log(1 - q))

    def grads():
        h, a, q = forward()
        da, db = 2 * (a - t1) / 10, (q - t2) / 10
        dh = da @ P["Wa"].T
        dh[h <= 0] = 0
        return {"W": x.T @ dh, "b": dh.sum(0), "Wa": h.T @ da, "Wb": h.T @ db}

    return (loss, P, grads, None, None)


@functions("sample weights are in the loss, but not in the gradient", "array_left_out")
def sample_weights():
    r = rng0(6)
    x = r.normal(size=(12, 3))
    y = (r.random(12) > 0.5).astype(float)
    sw = r.random(12) + 0.5
    w = r.normal(size=3)
    b = np.zeros(1)

    def loss():
        p = sig(x @ w + b)
        return -np.mean(sw * (y * np.log(p) + (1 - y) * np.log(1 - p)))

    def grads():
        p = sig(x @ w + b)
        d = (p - y) / len(y)
        return {"dw": x.T @ d, "db": np.array([d.sum()])}

    return (loss, {"w": w, "b": b}, grads, None, None)


@functions("the loss leaves out padded steps by a mask, the gradient does not", "array_left_out")
def padding_mask():
    r = rng0(7)
    x = r.normal(size=(20, 3))
    y = r.integers(0, 3, 20)
    mask = (np.arange(20) % 5 != 4).astype(float)
    P = {"W": r.normal(size=(3, 3)), "b": np.zeros(3)}

    def loss():
        p = softmax(x @ P["W"] + P["b"])
        return -np.sum(mask * np.log(p[np.arange(20), y])) / mask.sum()

    def grads():
        d = softmax(x @ P["W"] + P["b"])
        d[np.arange(20), y] -= 1
        d /= mask.sum()
        return {"W": x.T @ d, "b": d.sum(0)}

    return (loss, P, grads, None, None)


@functions("label smoothing in the loss, hard labels in the gradient", "labels_hard")
def label_smoothing():
    r = rng0(8)
    x = r.normal(size=(12, 3))
    Yh = np.eye(3)[r.integers(0, 3, 12)]
    Ys = Yh * 0.9 + 0.1 / 3
    P = {"W": r.normal(size=(3, 3)), "b": np.zeros(3)}

    def loss():
        return -np.mean(np.sum(Ys * np.log(softmax(x @ P["W"] + P["b"])), axis=1))

    def grads():
        d = (softmax(x @ P["W"] + P["b"]) - Yh) / 12
        return {"W": x.T @ d, "b": d.sum(0)}

    return (loss, P, grads, None, None)


@functions("softmax with temperature: /T is missing in the gradient", "factor_of_yours")
def temperature():
    r = rng0(9)
    x = r.normal(size=(12, 3))
    y = r.integers(0, 3, 12)
    T = 2.5
    P = {"W1": r.normal(size=(3, 4)), "W2": r.normal(size=(4, 3))}

    def fwd():
        h = np.tanh(x @ P["W1"])
        return h, softmax(h @ P["W2"] / T)

    def grads():
        h, p = fwd()
        d = p.copy()
        d[range(12), y] -= 1
        d /= 12
        return {"W2": h.T @ d, "W1": x.T @ (d @ P["W2"].T * (1 - h * h))}

    return (lambda: -np.log(fwd()[1][range(12), y]).mean(), P, grads, None, None)


@functions("the forward pass standardises x, the gradient multiplies with the raw x", "other_array")
def raw_x():
    r = rng0(10)
    x = r.normal(size=(12, 3)) * 3 + 2
    t = r.normal(size=(12, 1))
    P = {"W1": r.normal(size=(3, 4)), "b1": np.zeros(4), "W2": r.normal(size=(4, 1)), "b2": np.zeros(1)}

    def forward():
        xn = (x - x.mean(0)) / x.std(0)
        h = sig(xn @ P["W1"] + P["b1"])
        return h, h @ P["W2"] + P["b2"]

    def grads():
        h, o = forward()
        d = 2 * (o - t) / 12
        dh = d @ P["W2"].T * h * (1 - h)
        return {"dW1": x.T @ dh, "db1": dh.sum(0), "dW2": h.T @ d, "db2": d.sum(0)}

    return (lambda: np.mean((forward()[1] - t) ** 2), P, grads, None, None)


@functions(
    "matrix factorisation: dV uses only the first factor's regularisation: the L2 term is missing in dV",
    "l2_missing_there",
)
def matrix_factor():
    r = rng0(12)
    R = r.normal(size=(5, 6))
    M = (r.random((5, 6)) > 0.3).astype(float)
    U, V = r.normal(size=(5, 2)), r.normal(size=(6, 2))
    lam = 0.1

    def loss():
        return np.sum(M * (R - U @ V.T) ** 2) + lam * (np.sum(U**2) + np.sum(V**2))

    def grads():
        E = M * (R - U @ V.T)
        return {"U": -2 * E @ V + 2 * lam * U, "V": -2 * E.T @ U}

    return (loss, {"U": U, "V": V}, grads, None, None)


class Value:
    def __init__(self, data, children=()):
        self.data, self.grad, self._prev, self._backward = data, 0.0, children, lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        t = np.tanh(self.data)
        out = Value(t, (self,))

        def _backward():
            self.grad += (1 - t) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        topo, seen = [], set()

        def build(v):
            if v not in seen:
                seen.add(v)
                for c in v._prev:
                    build(c)
                topo.append(v)

        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()

    def __radd__(self, o):
        return self + o

    def __neg__(self):
        return self * -1

    def __sub__(self, o):
        return self + (-o if isinstance(o, Value) else -o)


@functions("micrograd: tanh's local derivative is 1 - t instead of 1 - t**2", "slope_half_written")
def micrograd_tanh():
    r = rng0(13)
    w1, w2 = r.normal(size=(3, 2)), r.normal(size=(1, 3))
    xs = r.normal(size=(5, 2))
    ys = r.normal(size=5)

    def run():
        A = [[Value(v) for v in row] for row in w1]
        B = [Value(v) for v in w2[0]]
        L = Value(0.0)
        for x, y in zip(xs, ys):
            h = [sum((a * float(xi) for a, xi in zip(row, x)), Value(0.0)).tanh() for row in A]
            o = sum((b * hi for b, hi in zip(B, h)), Value(0.0))
            e = o - float(y)
            L = L + e * e
        return L, A, B

    def grads():
        L, A, B = run()
        L.backward()
        return {"w1": np.array([[v.grad for v in row] for row in A]), "w2": np.array([[v.grad for v in B]])}

    return (lambda: run()[0].data, {"w1": w1, "w2": w2}, grads, None, None)


@functions(
    "pure Python: the hidden delta uses the hidden neuron's own weights instead of those of the output neuron",
    "other_weights",
)
def brownlee():
    r = rng0(14)
    W1, b1, W2, b2 = r.normal(size=(2, 2)), r.normal(size=2), r.normal(size=(2, 2)), r.normal(size=2)
    data = [([0.3, 0.9], [1, 0]), ([0.8, -0.2], [0, 1]), ([-0.4, 0.5], [1, 0])]

    def act(s):
        return 1.0 / (1.0 + math.exp(-s))

    def forward(x):
        h = [act(sum(W1[j][i] * x[i] for i in range(2)) + b1[j]) for j in range(2)]
        return h, [act(sum(W2[k][j] * h[j] for j in range(2)) + b2[k]) for k in range(2)]

    def loss():
        total = 0.0
        for x, t in data:
            _, o = forward(x)
            for k in range(2):
                total += (t[k] - o[k]) ** 2
        return total

    def grads():
        dW1, db1, dW2, db2 = np.zeros((2, 2)), np.zeros(2), np.zeros((2, 2)), np.zeros(2)
        for x, t in data:
            h, o = forward(x)
            delta_o = [2 * (o[k] - t[k]) * o[k] * (1 - o[k]) for k in range(2)]
            delta_h = []
            for j in range(2):
                error = 0.0
                for k in range(2):
                    error += W1[k][j] * delta_o[k]
                delta_h.append(error * h[j] * (1 - h[j]))
            for k in range(2):
                db2[k] += delta_o[k]
                for j in range(2):
                    dW2[k][j] += delta_o[k] * h[j]
            for j in range(2):
                db1[j] += delta_h[j]
                for i in range(2):
                    dW1[j][i] += delta_h[j] * x[i]
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    return (loss, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, grads, None, None)


def conv2():
    r = rng0(15)
    x = r.normal(size=(3, 7))
    y = r.normal(size=3)
    P = {"k1": r.normal(size=3), "k2": r.normal(size=3), "w": r.normal(size=3)}

    def conv(a, k):
        out = np.zeros((len(a), a.shape[1] - 2))
        for j in range(out.shape[1]):
            out[:, j] = a[:, j : j + 3] @ k
        return out

    def forward():
        z1 = conv(x, P["k1"])
        a1 = np.tanh(z1)
        z2 = conv(a1, P["k2"])
        return a1, z2, z2 @ P["w"]

    return x, y, P, forward, lambda: np.mean((forward()[2] - y) ** 2)


@functions(
    "1-D convolution: the gradient sent to the layer below overwrites the overlapping windows instead of adding",
    "windows_written_over",
)
def conv_dx():
    x, y, P, forward, loss = conv2()

    def grads():
        a1, z2, o = forward()
        d = 2 * (o - y) / 3
        dz2 = np.outer(d, P["w"])
        dk2, dk1, da1 = np.zeros(3), np.zeros(3), np.zeros_like(a1)
        for j in range(3):
            dk2 += dz2[:, j] @ a1[:, j : j + 3]
            da1[:, j : j + 3] = np.outer(dz2[:, j], P["k2"])
        dz1 = da1 * (1 - a1**2)
        for j in range(5):
            dk1 += dz1[:, j] @ x[:, j : j + 3]
        return {"k1": dk1, "k2": dk2, "w": z2.T @ d}

    return (loss, P, grads, None, None)


@functions("1-D convolution: the kernel is flipped on the way down (as for a true convolution)", "kernel_reversed")
def conv_flip():
    x, y, P, forward, loss = conv2()

    def grads():
        a1, z2, o = forward()
        d = 2 * (o - y) / 3
        dz2 = np.outer(d, P["w"])
        dk2, dk1, da1 = np.zeros(3), np.zeros(3), np.zeros_like(a1)
        for j in range(3):
            dk2 += dz2[:, j] @ a1[:, j : j + 3]
            da1[:, j : j + 3] += np.outer(dz2[:, j], P["k2"][::-1])
        dz1 = da1 * (1 - a1**2)
        for j in range(5):
            dk1 += dz1[:, j] @ x[:, j : j + 3]
        return {"k1": dk1, "k2": dk2, "w": z2.T @ d}

    return (loss, P, grads, None, None)


@case(
    "own LayerNorm: mean and variance over the examples' axis on the way back (axis=1), forward over features (axis=0)",
    "norm_axis_back",
)
def layernorm_axis():
    class LN:
        def __call__(s, x):
            s.mu = x.mean(0, keepdims=True)
            s.sd = np.sqrt(x.var(0, keepdims=True) + 1e-5)
            s.xh = (x - s.mu) / s.sd
            return s.xh

        def backward(s, g):
            return (g - g.mean(1, keepdims=True) - s.xh * (g * s.xh).mean(1, keepdims=True)) / s.sd

    return (NeuralNetwork(((Dense(5), LN(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0), X, Y)


@functions("right: lstm")
def r_lstm():
    P, forward, loss, y, N, H = lstm_setup()

    def grads():
        h, out, cache = forward()
        d = {k: np.zeros_like(v) for k, v in P.items()}
        dout = 2 * (out - y) / N
        d["Wy"] = h.T @ dout
        dh = dout @ P["Wy"].T
        dc = np.zeros((N, H))
        for x, h_prev, c_prev, i, f, o, g, c in reversed(cache):
            do = dh * np.tanh(c)
            dct = dc + dh * o * (1 - np.tanh(c) ** 2)
            df = dct * c_prev
            di = dct * g
            dg = dct * i
            dc = dct * f
            da = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)])
            d["Wx"] += x.T @ da
            d["Wh"] += h_prev.T @ da
            d["b"] += da.sum(axis=0)
            dh = da @ P["Wh"].T
        return d

    return (loss, P, grads, None, None)


@functions("right: vae")
def r_vae():
    Xv, eps, P, forward, loss = vae()

    def grads():
        mu, lv, z, out = forward()
        d = 2 * (out - Xv) / 8
        dz = d @ P["Wd"].T
        dmu = dz + mu / 8
        dlv = dz * eps * 0.5 * np.exp(0.5 * lv) + 0.5 * (np.exp(lv) - 1) / 8
        return {"Wd": z.T @ d, "bd": d.sum(0), "Wm": Xv.T @ dmu, "Wl": Xv.T @ dlv}

    return (loss, P, grads, None, None)


@functions("right: attention")
def r_attention():
    Xa, t, P, forward, loss, K = attention_setup()

    def grads():
        Q, Kk, V, A, O = forward()
        dO = O - t
        dV = A.T @ dO
        dA = dO @ V.T
        dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) / np.sqrt(K)
        return {"Wq": Xa.T @ (dS @ Kk), "Wk": Xa.T @ (dS.T @ Q), "Wv": Xa.T @ dV}

    return (loss, P, grads, None, None)


@functions("right: conv")
def r_conv():
    x, y, P, forward, loss = conv2()

    def grads():
        a1, z2, o = forward()
        d = 2 * (o - y) / 3
        dz2 = np.outer(d, P["w"])
        dk2, dk1, da1 = np.zeros(3), np.zeros(3), np.zeros_like(a1)
        for j in range(3):
            dk2 += dz2[:, j] @ a1[:, j : j + 3]
            da1[:, j : j + 3] += np.outer(dz2[:, j], P["k2"])
        dz1 = da1 * (1 - a1**2)
        for j in range(5):
            dk1 += dz1[:, j] @ x[:, j : j + 3]
        return {"k1": dk1, "k2": dk2, "w": z2.T @ d}

    return (loss, P, grads, None, None)


@functions("right: w2v")
def r_w2v():
    V, U, c, o, neg, loss = w2v()

    def grads():
        dV, dU = np.zeros_like(V), np.zeros_like(U)
        for k, lab in [(o, 1)] + [(k, 0) for k in neg]:
            g = sig(U[k] @ V[c]) - lab
            dV[c] += g * U[k]
            dU[k] += g * V[c]
        return {"V": dV, "U": dU}

    return (loss, {"V": V, "U": U}, grads, None, None)


@case("right: layernorm")
def r_layernorm():
    class LN:
        def __call__(s, x):
            s.mu = x.mean(0, keepdims=True)
            s.sd = np.sqrt(x.var(0, keepdims=True) + 1e-5)
            s.xh = (x - s.mu) / s.sd
            return s.xh

        def backward(s, g):
            return (g - g.mean(0, keepdims=True) - s.xh * (g * s.xh).mean(0, keepdims=True)) / s.sd

    m = NeuralNetwork(((Dense(5), LN(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)
    return (m, X, Y)


@case("right: adamax")
def r_adamax():
    class A:
        learning_rate = 0.002

        def __init__(s):
            s.m = s.u = 0
            s.t = 0

        def step(s, p, g):
            s.t += 1
            s.m = 0.9 * s.m + 0.1 * g
            s.u = np.maximum(0.999 * s.u, np.abs(g))
            p -= s.learning_rate / (1 - 0.9**s.t) * s.m / (s.u + 1e-8)

    return (
        NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=A(), seed=0),
        X,
        Y,
    )


@case("right: logcosh")
def r_logcosh():
    class L:
        def __call__(s, a, y):
            return float(np.mean(np.log(np.cosh(a - y))))

        def gradient(s, a, y):
            return np.tanh(a - y) / a.shape[0]

    return (NeuralNetwork(((Dense(4), ELU()), (Dense(1), Linear())), L(), 0.1, seed=0), X, Y)


@functions(
    "trask: l1_delta = l1_error * nonlin(l1), deriv=True is forgotten in the hidden layer",
    "another_slope",
    "slope_of_helper",
    "value_for_slope",
)
def trask():
    np.random.seed(1)
    Xt = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], float)
    yt = np.array([[0, 1, 1, 0]], float).T
    syn0, syn1 = 2 * np.random.random((3, 4)) - 1, 2 * np.random.random((4, 1)) - 1

    def nonlin(x, deriv=False):
        if deriv:
            return x * (1 - x)
        return 1 / (1 + np.exp(-x))

    def cost():
        return 0.5 * np.sum((yt - nonlin(nonlin(Xt @ syn0) @ syn1)) ** 2)

    def back():
        l1 = nonlin(Xt.dot(syn0))
        l2 = nonlin(l1.dot(syn1))
        l2_delta = (l2 - yt) * nonlin(l2, True)
        l1_delta = l2_delta.dot(syn1.T) * nonlin(l1)
        return {"syn0": Xt.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}

    return (cost, {"syn0": syn0, "syn1": syn1}, back, None, None)


class TwoLayerNet:
    def __init__(self, i, h, o, reg=0.1, seed=0):
        r = np.random.RandomState(seed)
        self.reg = reg
        self.params = {"W1": r.randn(i, h), "b1": r.randn(h) * 0.1, "W2": r.randn(h, o), "b2": r.randn(o) * 0.1}

    def scores(self, X):
        self.h = np.maximum(0, X.dot(self.params["W1"]) + self.params["b1"])
        return self.h.dot(self.params["W2"]) + self.params["b2"]

    def loss(self, X, y):
        p = softmax(self.scores(X))
        N = X.shape[0]
        W1, W2 = self.params["W1"], self.params["W2"]
        loss = -np.sum(np.log(p[np.arange(N), y])) / N + self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        d = p.copy()
        d[np.arange(N), y] -= 1
        d /= N
        g = {}
        self.backward(X, d, g)
        return loss, g


def cs(cls, seed=3):
    r = np.random.RandomState(seed)
    Xr = r.randn(9, 4)
    y = r.randint(0, 3, 9)
    net = cls(4, 6, 3)
    return (lambda: net.loss(Xr, y)[0], net.params, lambda: net.loss(Xr, y)[1], None, None)


@functions(
    "cs231n class: the mask is taken from the gradient (dh[dh <= 0] = 0) instead of from the hidden layer",
    "mask_of_error",
)
def cs_mask_of_grad():
    class Net(TwoLayerNet):
        def backward(self, X, d, g):
            W1, W2 = self.params["W1"], self.params["W2"]
            g["W2"] = self.h.T.dot(d) + 2 * self.reg * W2
            g["b2"] = d.sum(axis=0)
            dh = d.dot(W2.T)
            dh[dh <= 0] = 0
            g["W1"] = X.T.dot(dh) + 2 * self.reg * W1
            g["b1"] = dh.sum(axis=0)

    return cs(Net)


@functions(
    "inverted dropout: the mask D1 is not applied on the way back, dA1 is only divided by keep_prob", "array_left_out"
)
def dlai_dropout():
    r = np.random.RandomState(4)
    p = {"W1": r.randn(6, 2), "b1": np.zeros((6, 1)), "W2": r.randn(1, 6), "b2": np.zeros((1, 1))}
    m = 20
    keep_prob = 0.7
    D1 = (r.rand(6, 20) < keep_prob).astype(int)

    def forward(p):
        Z1 = p["W1"] @ X + p["b1"]
        A1 = np.maximum(0, Z1)
        A1 = A1 * D1
        A1 = A1 / keep_prob
        return Z1, A1, sig(p["W2"] @ A1 + p["b2"])

    def cost(p):
        A2 = forward(p)[2]
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

    def back(p):
        Z1, A1, A2 = forward(p)
        dZ2 = A2 - Y
        dA1 = p["W2"].T @ dZ2
        dA1 = dA1 / keep_prob
        dZ1 = np.multiply(dA1, np.int64(Z1 > 0))
        return {
            "dW2": dZ2 @ A1.T / m,
            "db2": dZ2.sum(1, keepdims=True) / m,
            "dW1": dZ1 @ X.T / m,
            "db1": dZ1.sum(1, keepdims=True) / m,
        }

    return (cost, p, back, None, None)


def bn_net(back_bn):
    r = np.random.RandomState(6)
    x = r.randn(10, 3)
    t = r.randn(10, 1)
    P = {"W1": r.randn(3, 4), "gamma": r.rand(4) + 0.5, "beta": r.randn(4), "W2": r.randn(4, 1)}
    eps = 1e-5

    def fwd():
        z = x @ P["W1"]
        mu = z.mean(axis=0)
        xmu = z - mu
        var = np.mean(xmu**2, axis=0)
        std = np.sqrt(var + eps)
        xhat = xmu / std
        y = P["gamma"] * xhat + P["beta"]
        h = np.maximum(0, y)
        return (z, mu, xmu, var, std, xhat, y, h), h @ P["W2"]

    def grads():
        cache, o = fwd()
        z, mu, xmu, var, std, xhat, y, h = cache
        d = 2 * (o - t) / 10
        dy = d @ P["W2"].T * (y > 0)
        dz, dgamma, dbeta = back_bn(dy, cache, P["gamma"], eps)
        return {"W2": h.T @ d, "gamma": dgamma, "beta": dbeta, "W1": x.T @ dz}

    return (lambda: np.mean((fwd()[1] - t) ** 2), P, grads, None, None)


@functions("batchnorm step by step: dvar has (var+eps)**-0.5 where **-1.5 belongs", "constant")
def bn_power():
    def back(dy, cache, gamma, eps):
        z, mu, xmu, var, std, xhat, y, h = cache
        N = len(z)
        dxhat = dy * gamma
        dvar = np.sum(dxhat * xmu * -0.5 * (var + eps) ** -0.5, axis=0)
        dmu = np.sum(-dxhat / std, axis=0) + dvar * np.mean(-2 * xmu, axis=0)
        return dxhat / std + dvar * 2 * xmu / N + dmu / N, np.sum(dy * xhat, axis=0), np.sum(dy, axis=0)

    return bn_net(back)


@functions(
    "batchnorm: gamma's gradient is taken with xmu (centred), not with xhat (divided by std)", "another_variable"
)
def bn_gamma_xmu():
    def back(dy, cache, gamma, eps):
        z, mu, xmu, var, std, xhat, y, h = cache
        N = len(z)
        dxhat = dy * gamma
        dz = (dxhat - dxhat.mean(0) - xhat * (dxhat * xhat).mean(0)) / std
        return dz, np.sum(dy * xmu, axis=0), np.sum(dy, axis=0)

    return bn_net(back)


@functions("batchnorm: the gradient of the mean is forgotten", "mean_term_missing")
def bn_no_mean():
    def back(dy, cache, gamma, eps):
        z, mu, xmu, var, std, xhat, y, h = cache
        N = len(z)
        dxhat = dy * gamma
        dvar = np.sum(dxhat * xmu * -0.5 * (var + eps) ** -1.5, axis=0)
        return dxhat / std + dvar * 2 * xmu / N, np.sum(dy * xhat, axis=0), np.sum(dy, axis=0)

    return bn_net(back)


def rnn_net(bptt):
    r = np.random.RandomState(7)
    N, T, D, H = 5, 4, 3, 4
    x = r.randn(N, T, D)
    y = r.randn(N, 2)
    P = {"Wx": r.randn(D, H), "Wh": r.randn(H, H) * 0.7, "b": r.randn(H) * 0.1, "Wy": r.randn(H, 2)}

    def fwd():
        hs = [np.zeros((N, H))]
        for t in range(T):
            hs.append(np.tanh(x[:, t].dot(P["Wx"]) + hs[-1].dot(P["Wh"]) + P["b"]))
        return hs, hs[-1].dot(P["Wy"])

    def grads():
        hs, o = fwd()
        do = (o - y) / N
        g = {"Wy": hs[-1].T.dot(do), "Wx": np.zeros((D, H)), "Wh": np.zeros((H, H)), "b": np.zeros(H)}
        bptt(do.dot(P["Wy"].T), hs, x, P, g, T)
        return g

    return (lambda: 0.5 * np.sum((fwd()[1] - y) ** 2) / N, P, grads, None, None)


@functions("RNN many to one: the gradient goes back through Wh instead of Wh.T", "weights_not_transposed")
def rnn_not_transposed():
    def bptt(dh, hs, x, P, g, T):
        for t in reversed(range(T)):
            dz = dh * (1 - hs[t + 1] ** 2)
            g["Wx"] += x[:, t].T.dot(dz)
            g["Wh"] += hs[t].T.dot(dz)
            g["b"] += dz.sum(0)
            dh = dz.dot(P["Wh"])

    return rnn_net(bptt)


@functions("RNN: the loop stops before the first step (range(1, T) reversed)", "use_left_out")
def rnn_first_step():
    def bptt(dh, hs, x, P, g, T):
        for t in range(T - 1, 0, -1):
            dz = dh * (1 - hs[t + 1] ** 2)
            g["Wx"] += x[:, t].T.dot(dz)
            g["Wh"] += hs[t].T.dot(dz)
            g["b"] += dz.sum(0)
            dh = dz.dot(P["Wh"].T)

    return rnn_net(bptt)


@functions("RNN: tanh's slope is taken of the state before (hs[t]) instead of hs[t+1]", "place_off")
def rnn_slope_before():
    def bptt(dh, hs, x, P, g, T):
        for t in reversed(range(T)):
            dz = dh * (1 - hs[t] ** 2)
            g["Wx"] += x[:, t].T.dot(dz)
            g["Wh"] += hs[t].T.dot(dz)
            g["b"] += dz.sum(0)
            dh = dz.dot(P["Wh"].T)

    return rnn_net(bptt)


@functions(
    "RNN: the weights' gradients of the last time step only (= instead of += in the loop leaves the first step's)",
    "use_alone",
)
def rnn_assign():
    def bptt(dh, hs, x, P, g, T):
        for t in reversed(range(T)):
            dz = dh * (1 - hs[t + 1] ** 2)
            g["Wx"] = x[:, t].T.dot(dz)
            g["Wh"] = hs[t].T.dot(dz)
            g["b"] = dz.sum(0)
            dh = dz.dot(P["Wh"].T)

    return rnn_net(bptt)


@functions(
    "bag of words: the mean over the words is taken in forward, the gradient of the embeddings is not divided by their number",
    "factor_left_out",
)
def bow_mean():
    r = np.random.RandomState(8)
    ids = r.randint(0, 8, (6, 4))
    y = r.randint(0, 3, 6)
    P = {"E": r.randn(8, 5), "W": r.randn(5, 3), "b": np.zeros(3)}

    def fwd():
        h = P["E"][ids].mean(axis=1)
        return h, softmax(h @ P["W"] + P["b"])

    def grads():
        h, p = fwd()
        d = p.copy()
        d[np.arange(6), y] -= 1
        d /= 6
        dh = d @ P["W"].T
        dE = np.zeros_like(P["E"])
        for i in range(6):
            for w in ids[i]:
                dE[w] += dh[i]
        return {"E": dE, "W": h.T @ d, "b": d.sum(0)}

    return (lambda: -np.mean(np.log(fwd()[1][np.arange(6), y])), P, grads, None, None)


@functions("squared hinge: the gradient forgets the 2 * margin and takes the plain hinge's -y x", "way_up")
def squared_hinge():
    r = np.random.RandomState(9)
    x = r.randn(15, 3)
    y = np.sign(r.randn(15))
    w, b = r.randn(3), np.zeros(1)

    def loss():
        return np.mean(np.maximum(0, 1 - y * (x @ w + b)) ** 2)

    def grads():
        m = (1 - y * (x @ w + b)) > 0
        return {"w": -(x.T @ (m * y)) / 15, "b": np.array([-np.sum(m * y) / 15])}

    return (loss, {"w": w, "b": b}, grads, None, None)


@functions("Poisson regression: dz = (mu - y) * mu, the slope of exp is counted twice", "too_much")
def poisson():
    r = np.random.RandomState(10)
    x = r.randn(15, 3) * 0.5
    y = r.poisson(2, (15, 1)).astype(float)
    P = {"W1": r.randn(3, 4) * 0.5, "W2": r.randn(4, 1) * 0.5}

    def f():
        h = np.tanh(x @ P["W1"])
        return h, np.exp(h @ P["W2"])

    def grads():
        h, mu = f()
        d = (mu - y) * mu / 15
        return {"W2": h.T @ d, "W1": x.T @ (d @ P["W2"].T * (1 - h**2))}

    return (lambda: np.mean(f()[1] - y * np.log(f()[1])), P, grads, None, None)


@functions(
    "GRU: the reset gate is left out on the way back of the candidate (dh_prev = dn @ Un.T without r)",
    "array_left_out",
    "factor_left_out",
)
def gru_reset():
    r_ = np.random.RandomState(11)
    N, D, H = 5, 3, 4
    xs = r_.randn(3, N, D)
    y = r_.randn(N, H)
    P = {
        k: r_.randn(*s) * 0.6 for k, s in dict(Wz=(D, H), Uz=(H, H), Wr=(D, H), Ur=(H, H), Wn=(D, H), Un=(H, H)).items()
    }

    def fwd():
        h, cache = np.ones((N, H)) * 0.3, []
        for x in xs:
            z, r = sig(x @ P["Wz"] + h @ P["Uz"]), sig(x @ P["Wr"] + h @ P["Ur"])
            n = np.tanh(x @ P["Wn"] + (r * h) @ P["Un"])
            hn = (1 - z) * n + z * h
            cache.append((x, h, z, r, n))
            h = hn
        return h, cache

    def grads():
        hT, cache = fwd()
        g = {k: np.zeros_like(v) for k, v in P.items()}
        dh = hT - y
        for x, h, z, r, n in reversed(cache):
            dn = dh * (1 - z) * (1 - n**2)
            dz = dh * (h - n) * z * (1 - z)
            drh = dn @ P["Un"].T
            dr = drh * h * r * (1 - r)
            g["Wn"] += x.T @ dn
            g["Un"] += (r * h).T @ dn
            g["Wz"] += x.T @ dz
            g["Uz"] += h.T @ dz
            g["Wr"] += x.T @ dr
            g["Ur"] += h.T @ dr
            dh = dh * z + drh + dz @ P["Uz"].T + dr @ P["Ur"].T
        return g

    return (lambda: 0.5 * np.sum((fwd()[0] - y) ** 2), P, grads, None, None)


class Affine:
    def __init__(self, i, o, seed):
        r = np.random.RandomState(seed)
        self.W, self.b = r.randn(i, o), np.zeros(o)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW = self.x.T @ g
        self.db = g.sum(axis=0)
        return g @ self.W.T


class Sig:
    def forward(self, x):
        self.out = sig(x)
        return self.out

    def backward(self, g):
        return g * self.out * (1 - self.out)


class Model:
    def __init__(self, layers):
        self.layers = layers

    def __call__(self, x):
        for l in self.layers:
            x = l.forward(x)
        self.out = x
        return x

    def loss(self, out, y):
        return -np.mean(y * np.log(out) + (1 - y) * np.log(1 - out))

    def backward_step(self, y):
        g = (self.out - y) / (self.out * (1 - self.out)) / len(y)
        for l in reversed(self.layers):
            g = l.backward(g)

    def update(self):
        for l in self.layers:
            if hasattr(l, "W"):
                l.W -= 0.5 * l.dW
                l.b -= 0.5 * l.db


@case(
    "own class in rows: Sig.backward keeps the slope but drops what arrives: return out*(1-out)",
    "error_dropped",
    alone=True,
)
def rows_drop_g():
    class S(Sig):
        def backward(self, g):
            return self.out * (1 - self.out)

    return (Model([Affine(2, 4, 0), S(), Affine(4, 1, 1), Sig()]), X.T, Y.T)


@functions("right: gru")
def r_gru():
    r_ = np.random.RandomState(11)
    N, D, H = 5, 3, 4
    xs = r_.randn(3, N, D)
    y = r_.randn(N, H)
    P = {
        k: r_.randn(*s) * 0.6 for k, s in dict(Wz=(D, H), Uz=(H, H), Wr=(D, H), Ur=(H, H), Wn=(D, H), Un=(H, H)).items()
    }

    def fwd():
        h, cache = np.ones((N, H)) * 0.3, []
        for x in xs:
            z, r = sig(x @ P["Wz"] + h @ P["Uz"]), sig(x @ P["Wr"] + h @ P["Ur"])
            n = np.tanh(x @ P["Wn"] + (r * h) @ P["Un"])
            hn = (1 - z) * n + z * h
            cache.append((x, h, z, r, n))
            h = hn
        return h, cache

    def grads():
        hT, cache = fwd()
        g = {k: np.zeros_like(v) for k, v in P.items()}
        dh = hT - y
        for x, h, z, r, n in reversed(cache):
            dn = dh * (1 - z) * (1 - n**2)
            dz = dh * (h - n) * z * (1 - z)
            drh = dn @ P["Un"].T
            dr = drh * h * r * (1 - r)
            g["Wn"] += x.T @ dn
            g["Un"] += (r * h).T @ dn
            g["Wz"] += x.T @ dz
            g["Uz"] += h.T @ dz
            g["Wr"] += x.T @ dr
            g["Ur"] += h.T @ dr
            dh = dh * z + drh * r + dz @ P["Uz"].T + dr @ P["Ur"].T
        return g

    return (lambda: 0.5 * np.sum((fwd()[0] - y) ** 2), P, grads, None, None)


@functions("right: bn")
def r_bn():
    def back(dy, cache, gamma, eps):
        z, mu, xmu, var, std, xhat, y, h = cache
        N = len(z)
        dxhat = dy * gamma
        dvar = np.sum(dxhat * xmu * -0.5 * (var + eps) ** -1.5, axis=0)
        dmu = np.sum(-dxhat / std, axis=0) + dvar * np.mean(-2 * xmu, axis=0)
        return dxhat / std + dvar * 2 * xmu / N + dmu / N, np.sum(dy * xhat, axis=0), np.sum(dy, axis=0)

    return bn_net(back)


@functions("right: rnn")
def r_rnn():
    def bptt(dh, hs, x, P, g, T):
        for t in reversed(range(T)):
            dz = dh * (1 - hs[t + 1] ** 2)
            g["Wx"] += x[:, t].T.dot(dz)
            g["Wh"] += hs[t].T.dot(dz)
            g["b"] += dz.sum(0)
            dh = dz.dot(P["Wh"].T)

    return rnn_net(bptt)


@case("right: model", alone=True)
def r_model():
    m = Model([Affine(2, 4, 0), Sig(), Affine(4, 1, 1), Sig()])
    return (m, X.T, Y.T)


@functions("right: cs")
def r_cs():
    class Net(TwoLayerNet):
        def backward(self, X, d, g):
            W1, W2 = self.params["W1"], self.params["W2"]
            g["W2"] = self.h.T.dot(d) + 2 * self.reg * W2
            g["b2"] = d.sum(axis=0)
            dh = d.dot(W2.T)
            dh[self.h <= 0] = 0
            g["W1"] = X.T.dot(dh) + 2 * self.reg * W1
            g["b1"] = dh.sum(axis=0)

    return cs(Net)


@functions("right: poisson")
def r_poisson():
    r = np.random.RandomState(10)
    x = r.randn(15, 3) * 0.5
    y = r.poisson(2, (15, 1)).astype(float)
    P = {"W1": r.randn(3, 4) * 0.5, "W2": r.randn(4, 1) * 0.5}

    def f():
        h = np.tanh(x @ P["W1"])
        return h, np.exp(h @ P["W2"])

    def grads():
        h, mu = f()
        d = (mu - y) / 15
        return {"W2": h.T @ d, "W1": x.T @ (d @ P["W2"].T * (1 - h**2))}

    return (lambda: np.mean(f()[1] - y * np.log(f()[1])), P, grads, None, None)


@case("right: clip_opt")
def r_clip_opt():
    class C:
        learning_rate = 0.1

        def step(s, p, g):
            n = np.linalg.norm(g)
            p -= s.learning_rate * (g if n <= 1 else g / n)

    return (
        NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=C(), seed=0),
        X,
        Y,
    )


@case("right: maxout")
def r_maxout():
    class Abs:
        def __call__(s, z):
            return np.abs(z)

        def gradient(s, z):
            return np.sign(z)

    return (
        NeuralNetwork(((Dense(4), Abs()), (Dense(2), Softmax())), CategoricalCrossEntropy(), 0.1, seed=0),
        X,
        np.vstack([Y, 1 - Y]),
    )


def softmax_of_columns(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def three():
    r = np.random.RandomState(1)
    x = r.randn(4, 18)
    y = (x[0] > 0).astype(int) + (x[1] > 0)
    return x, y


def deep(layers, backward, seed=1):
    """L layers in columns with a parameters dictionary, softmax_of_columns at the end."""
    x, y = three()
    T = np.eye(3)[y].T
    r = np.random.RandomState(seed)
    p = {}
    for l in range(1, len(layers)):
        p["W" + str(l)] = r.randn(layers[l], layers[l - 1]) * 0.7
        p["b" + str(l)] = r.randn(layers[l], 1) * 0.1
    L = len(layers) - 1

    def forward(p):
        cache = {"A0": x}
        for l in range(1, L + 1):
            cache["Z" + str(l)] = p["W" + str(l)] @ cache["A" + str(l - 1)] + p["b" + str(l)]
            cache["A" + str(l)] = softmax_of_columns(cache["Z" + str(l)]) if l == L else np.tanh(cache["Z" + str(l)])
        return cache

    def cost(p):
        return -np.sum(T * np.log(forward(p)["A" + str(L)])) / x.shape[1]

    return (cost, p, lambda p: backward(forward(p), p, T, L), None, None)


@functions("the hidden slope is taken at Z (1 - Z**2) instead of at A", "slope_of_output_at_z")
def slope_at_z():
    def backward(c, p, T, L):
        m = T.shape[1]
        g = {}
        dZ = c["A" + str(L)] - T
        for l in range(L, 0, -1):
            g["dW" + str(l)] = dZ @ c["A" + str(l - 1)].T / m
            g["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = (p["W" + str(l)].T @ dZ) * (1 - c["Z" + str(l - 1)] ** 2)
        return g

    return deep((4, 5, 5, 3), backward)


@functions(
    "dW is made with the activation of the same layer's index one too low for the hidden layers: always A0",
    "raw_inputs_for_activation",
)
def always_a0():
    def backward(c, p, T, L):
        m = T.shape[1]
        g = {}
        dZ = c["A" + str(L)] - T
        for l in range(L, 0, -1):
            A_prev = c["A0"] if l < L else c["A" + str(l - 1)]
            g["dW" + str(l)] = dZ @ A_prev.T / m
            g["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = (p["W" + str(l)].T @ dZ) * (1 - c["A" + str(l - 1)] ** 2)
        return g

    return deep((4, 4, 4, 3), backward)


@functions(
    "the hidden layers' error is multiplied by the slope of A[l], not A[l-1] (all hidden layers equally wide)",
    "slope_of_next",
)
def slope_of_same_layer():
    def backward(c, p, T, L):
        m = T.shape[1]
        g = {}
        dZ = c["A" + str(L)] - T
        for l in range(L, 0, -1):
            g["dW" + str(l)] = dZ @ c["A" + str(l - 1)].T / m
            g["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dA = p["W" + str(l)].T @ dZ
                dZ = dA * (1 - c["A" + str(min(l, L - 1))] ** 2)
        return g

    return deep((4, 5, 5, 3), backward)


@functions("bias of the hidden layers: db is the sum of dA, before the slope", "before_the_loop")
def bias_before_slope():
    def backward(c, p, T, L):
        m = T.shape[1]
        g = {}
        dZ = c["A" + str(L)] - T
        dA = dZ
        for l in range(L, 0, -1):
            g["dW" + str(l)] = dZ @ c["A" + str(l - 1)].T / m
            g["db" + str(l)] = np.sum(dA, axis=1, keepdims=True) / m
            if l > 1:
                dA = p["W" + str(l)].T @ dZ
                dZ = dA * (1 - c["A" + str(l - 1)] ** 2)
        return g

    return deep((4, 5, 5, 3), backward)


class Neuron:
    def __init__(self, n, r):
        self.w = r.randn(n)
        self.b = np.array(r.randn() * 0.1)

    def activate(self, x):
        self.x = x
        self.out = sig(np.dot(self.w, x) + self.b)
        return self.out


def neurons(grads_of):
    r = np.random.RandomState(2)
    hidden = [Neuron(2, r) for _ in range(3)]
    out = Neuron(3, r)
    xs, ys = X.T[:10], Y[0][:10]

    def predict(x):
        return out.activate(np.array([h.activate(x) for h in hidden]))

    def loss():
        return sum((predict(x) - y) ** 2 for x, y in zip(xs, ys)) / len(xs)

    params = {
        "w0": hidden[0].w,
        "w1": hidden[1].w,
        "w2": hidden[2].w,
        "wo": out.w,
        "b0": hidden[0].b,
        "b1": hidden[1].b,
        "b2": hidden[2].b,
        "bo": out.b,
    }

    def grads():
        g = {k: np.zeros_like(v) for k, v in params.items()}
        for x, y in zip(xs, ys):
            predict(x)
            grads_of(hidden, out, x, y, g, len(xs))
        return g

    return (loss, params, grads, None, None)


@functions("Neuron class: hidden deltas lack the hidden neuron's own slope", "slope_missing")
def neuron_slope():
    def of(hidden, out, x, y, g, n):
        delta = 2 * (out.out - y) * out.out * (1 - out.out) / n
        g["wo"] += delta * out.x
        g["bo"] += delta
        for k, h in enumerate(hidden):
            d = delta * out.w[k]
            g[f"w{k}"] += d * x
            g[f"b{k}"] += d

    return neurons(of)


@functions("Neuron class: the hidden delta always uses out.w[0]", "same_in_each_round")
def neuron_w0():
    def of(hidden, out, x, y, g, n):
        delta = 2 * (out.out - y) * out.out * (1 - out.out) / n
        g["wo"] += delta * out.x
        g["bo"] += delta
        for k, h in enumerate(hidden):
            d = delta * out.w[0] * h.out * (1 - h.out)
            g[f"w{k}"] += d * x
            g[f"b{k}"] += d

    return neurons(of)


@functions("MAE loss, but the gradient is that of MSE", "way_up")
def mae_mse():
    r = np.random.RandomState(3)
    x, t = r.randn(20, 3), r.randn(20, 1)
    W, b = r.randn(3, 1), np.zeros((1, 1))

    def loss():
        return np.mean(np.abs(x @ W + b - t))

    def grads():
        e = x @ W + b - t
        return {"W": 2 * x.T @ e / 20, "b": 2 * e.mean(keepdims=True)}

    return (loss, {"W": W, "b": b}, grads, None, None)


@functions(
    "logistic loss with labels -1/+1 is log(1+exp(-y s)), the gradient uses the 0/1 formula sigmoid(s) - y",
    "labels_of_two_signs",
)
def minus_one_labels():
    r = np.random.RandomState(4)
    x = r.randn(16, 3)
    y = np.where(r.rand(16) > 0.5, 1.0, -1.0)
    w = r.randn(3)

    def loss():
        return np.mean(np.log(1 + np.exp(-y * (x @ w))))

    def grads():
        return {"w": x.T @ (sig(x @ w) - y) / 16}

    return (loss, {"w": w}, grads, None, None)


@functions("right: deep")
def r_deep():
    def backward(c, p, T, L):
        m = T.shape[1]
        g = {}
        dZ = c["A" + str(L)] - T
        for l in range(L, 0, -1):
            g["dW" + str(l)] = dZ @ c["A" + str(l - 1)].T / m
            g["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = (p["W" + str(l)].T @ dZ) * (1 - c["A" + str(l - 1)] ** 2)
        return g

    return deep((4, 5, 5, 3), backward)


@functions("right: neurons")
def r_neurons():
    def of(hidden, out, x, y, g, n):
        delta = 2 * (out.out - y) * out.out * (1 - out.out) / n
        g["wo"] += delta * out.x
        g["bo"] += delta
        for k, h in enumerate(hidden):
            d = delta * out.w[k] * h.out * (1 - h.out)
            g[f"w{k}"] += d * x
            g[f"b{k}"] += d

    return neurons(of)


@functions("right: minus_one")
def r_minus_one():
    r = np.random.RandomState(4)
    x = r.randn(16, 3)
    y = np.where(r.rand(16) > 0.5, 1.0, -1.0)
    w = r.randn(3)
    return (
        lambda: np.mean(np.log(1 + np.exp(-y * (x @ w)))),
        {"w": w},
        lambda: {"w": -x.T @ (y * sig(-y * (x @ w))) / 16},
        None,
        None,
    )


@case("right: mish")
def r_mish():
    class Mish:
        def __call__(self, z):
            return z * np.tanh(np.log1p(np.exp(z)))

        def gradient(self, z):
            t = np.tanh(np.log1p(np.exp(z)))
            return t + z * (1 - t * t) * sig(z)

    return (NeuralNetwork(((Dense(3), Mish()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0), X, Y)


@case("right: lion")
def r_lion():
    class Lion:
        learning_rate = 0.001
        m = 0.0

        def step(self, p, g):
            p -= self.learning_rate * np.sign(0.9 * self.m + 0.1 * g)
            self.m = 0.99 * self.m + 0.01 * g

    return (
        NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Lion(), seed=0),
        X,
        Y,
    )


@case("right: dropout_scaled")
def r_dropout_scaled():
    class Drop:
        def __init__(self, p=0.8):
            self.p, self.rng = p, np.random.default_rng(0)

        def __call__(self, x):
            self.mask = (self.rng.random(x.shape) < self.p) / self.p
            return x * self.mask

        def predict(self, x):
            return x

        def backward(self, g):
            return g * self.mask

    return (NeuralNetwork(((Dense(8), Tanh(), Drop()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0), X, Y)


@case("right: huber")
def r_huber():
    class H:
        def __call__(self, a, y):
            e = np.abs(a - y)
            return float(np.mean(np.where(e < 0.5, 0.5 * e * e, 0.5 * (e - 0.25))))

        def gradient(self, a, y):
            return np.clip(a - y, -0.5, 0.5)

    return (NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Linear())), H(), 0.1, seed=0), X, Y)
