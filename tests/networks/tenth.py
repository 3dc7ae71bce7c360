"""Networks as they are posted, of a tenth round: dictionaries, books' classes, residuals, embeddings, steps in time."""
# ruff: noqa: E501, E701, E702, E731, E741, NPY002, RUF059, B905, RUF007, F841 - written as people write them

import numpy as np

from nnlib import (
    SGD,
    BinaryCrossEntropy,
    Dense,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    moons,
)

from . import case
from .functions import functions

X, Y = moons(24, 0.15, 3)


def three_classes(n=18, features=4, seed=5):
    r = np.random.default_rng(seed); c = np.arange(n) % 3
    return r.normal(size=(features, n)) + np.eye(3, features)[c].T, np.eye(3)[c].T

def regression(n=16, seed=6, outputs=1):
    r = np.random.default_rng(seed); x = r.uniform(-1, 1, (3, n))
    return x, np.vstack([np.sin(2 * x[0]) + x[1] * x[2], x[0] - x[1] ** 2])[:outputs]

def planar(n_h=4, m=20, seed=2):
    r = np.random.RandomState(seed); x = r.randn(2, m)
    return x, (x[0:1] * x[1:2] > 0).astype(int), {"W1": r.randn(n_h, 2) * .6, "b1": r.randn(n_h, 1) * .1, "W2": r.randn(1, n_h) * .6, "b2": np.zeros((1, 1))}

def rows(n=15, d=4, c=3, seed=9):
    r = np.random.default_rng(seed); y = np.arange(n) % c
    return r.normal(size=(n, d)) + np.eye(c, d)[y], y


@functions("1/m is taken in dZ1 and again in dW1 and db1", "mean_twice")
def a_over_m_in_dz1():
    X, Y, parameters = planar(); m = X.shape[1]
    def forward_propagation(p):
        A1 = np.tanh(np.dot(p["W1"], X) + p["b1"])
        return A1, 1 / (1 + np.exp(-(np.dot(p["W2"], A1) + p["b2"])))
    def compute_cost(p):
        _, A2 = forward_propagation(p)
        return -1 / m * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    def backward_propagation(p):
        A1, A2 = forward_propagation(p)
        dZ2 = A2 - Y
        dW2 = 1 / m * np.dot(dZ2, A1.T)
        db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = 1 / m * np.dot(p["W2"].T, dZ2) * (1 - np.power(A1, 2))
        dW1 = 1 / m * np.dot(dZ1, X.T)
        db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return compute_cost, parameters, backward_propagation, None, None

@functions("the weights' gradient of a layer takes the layer's own output, activations[d], for its input, activations[d - 1]", "own_activation_for_input", "own_output_for_input")
def a_activations_d():
    r = np.random.default_rng(0); m = 10; X = r.normal(size=(3, m)); Y = np.eye(3)[:, X.argmax(0)]
    sizes = [3, 3, 3, 3]
    weights = [r.normal(size=(b, a)) for a, b in zip(sizes, sizes[1:])]; biases = [0.1 * r.normal(size=(b, 1)) for b in sizes[1:]]
    def forward():
        acts = [X]
        for w, b in zip(weights, biases): acts.append(1 / (1 + np.exp(-(w @ acts[-1] + b))))
        return acts
    def cost(): h = forward()[-1]; return -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / m
    def gradients():
        acts = forward(); dws, dbs = [], []
        da = -(np.divide(Y, acts[-1]) - np.divide(1 - Y, 1 - acts[-1]))
        for d in range(len(weights) - 1, -1, -1):
            a = acts[d + 1]
            dz = da * a * (1 - a)
            dws.insert(0, 1. / m * dz.dot(acts[d + 1].T)); dbs.insert(0, 1. / m * np.sum(dz, axis=1, keepdims=True))
            da = weights[d].T.dot(dz)
        return dws + dbs
    return cost, weights + biases, gradients, None, None

@functions("the error is handed down without the output layer's slope: error * W2 in place of delta * W2", "slope_missing", "slope_left_out")
def a_error_not_delta():
    X = np.array([[0., 0], [0, 1], [1, 0], [1, 1], [.5, .2]]); y = np.array([[0.], [1], [1], [0], [1]]); np.random.seed(3)
    w_h, b_h, w_o, b_o = np.random.randn(2, 4), np.random.randn(1, 4), np.random.randn(4, 1), np.random.randn(1, 1)
    sigmoid = lambda x: 1 / (1 + np.exp(-x))
    def loss():
        return np.mean((sigmoid(sigmoid(X @ w_h + b_h) @ w_o + b_o) - y) ** 2)
    def backprop():
        h = sigmoid(X @ w_h + b_h); out = sigmoid(h @ w_o + b_o)
        error = 2 * (out - y) / len(X)
        d_out = error * out * (1 - out)
        d_h = error.dot(w_o.T) * h * (1 - h)
        return [X.T.dot(d_h), d_h.sum(axis=0, keepdims=True), h.T.dot(d_out), d_out.sum(axis=0, keepdims=True)]
    return loss, [w_h, b_h, w_o, b_o], backprop, None, None

@functions("softmax regression: the bias' gradient is one sum over examples and classes (no axis)", "rows_equal", "columns_equal", "axis_missing")
def a_bias_one_sum():
    X, y = rows(); T = np.eye(3)[y]; r = np.random.default_rng(1); W, b = r.normal(size=(4, 3)), np.array([.1, -.2, .3])
    def softmax(z): e = np.exp(z - z.max(axis=1, keepdims=True)); return e / e.sum(axis=1, keepdims=True)
    def loss(): return -(T * np.log(softmax(X @ W + b))).sum() / len(X)
    def grads():
        p = softmax(X @ W + b); return [-X.T @ (T - p) / len(X), -np.sum(T - p) / len(X) * np.ones(3)]
    return loss, [W, b], grads, None, None

@functions("W2 is updated (changed) before it is used to hand the error down, in the gradients' function: the old W2 is needed", "moved_first")
def a_uses_updated():
    X, Y, P = planar(5); m = X.shape[1]
    def fwd(P): A1 = np.maximum(0, P["W1"] @ X + P["b1"]); return A1, 1 / (1 + np.exp(-(P["W2"] @ A1 + P["b2"])))
    def cost(P): A2 = fwd(P)[1]; return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    def back(P, lr=0.5):
        A1, A2 = fwd(P); dZ2 = (A2 - Y) / m
        dW2 = dZ2 @ A1.T; db2 = dZ2.sum(1, keepdims=True)
        W2 = P["W2"] - lr * dW2
        dZ1 = W2.T @ dZ2 * (A1 > 0)
        return {"dW1": dZ1 @ X.T, "db1": dZ1.sum(1, keepdims=True), "dW2": dW2, "db2": db2}
    return cost, P, back, None, None

@functions("simple RNN: dhnext is not carried back to the step before", "path_left_out")
def a_rnn_dhnext():
    r = np.random.default_rng(4); T = 5; xs = r.normal(size=(T, 3, 1)); ys = r.normal(size=(T, 2, 1))
    P = {"Wxh": r.normal(size=(4, 3)) * .5, "Whh": r.normal(size=(4, 4)) * .5, "Why": r.normal(size=(2, 4)) * .5, "bh": np.zeros((4, 1)), "by": np.zeros((2, 1))}
    def forward(P):
        hs = {-1: np.zeros((4, 1))}; out = {}
        for t in range(T):
            hs[t] = np.tanh(P["Wxh"] @ xs[t] + P["Whh"] @ hs[t - 1] + P["bh"]); out[t] = P["Why"] @ hs[t] + P["by"]
        return hs, out
    def loss(P): _, out = forward(P); return sum(0.5 * np.sum((out[t] - ys[t]) ** 2) for t in range(T))
    def bptt(P):
        hs, out = forward(P); g = {k: np.zeros_like(v) for k, v in P.items()}
        for t in reversed(range(T)):
            dy = out[t] - ys[t]
            g["Why"] += dy @ hs[t].T; g["by"] += dy
            dh = P["Why"].T @ dy
            draw = (1 - hs[t] * hs[t]) * dh
            g["bh"] += draw; g["Wxh"] += draw @ xs[t].T; g["Whh"] += draw @ hs[t - 1].T
        return g
    return loss, P, bptt, None, None

@functions("simple RNN: Whh's gradient takes h of the same step, hs[t], for the one before, hs[t - 1]", "own_activation_for_input", "own_output_for_input")
def a_rnn_same_h():
    r = np.random.default_rng(5); T = 4; X = r.normal(size=(6, T, 2)); y = r.normal(size=(6, 1))
    Wx, Wh, b, Wy = r.normal(size=(2, 3)) * .6, r.normal(size=(3, 3)) * .6, np.zeros(3), r.normal(size=(3, 1))
    def forward():
        h = [np.zeros((6, 3))]
        for t in range(T): h.append(np.tanh(X[:, t] @ Wx + h[-1] @ Wh + b))
        return h
    def loss(): return np.mean((forward()[-1] @ Wy - y) ** 2)
    def grads():
        h = forward(); d = 2 * (h[-1] @ Wy - y) / 6; dWy = h[-1].T @ d; dh = d @ Wy.T
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)
        for t in range(T, 0, -1):
            dz = dh * (1 - h[t] ** 2)
            dWx += X[:, t - 1].T @ dz; dWh += h[t].T @ dz; db += dz.sum(0); dh = dz @ Wh.T
        return [dWx, dWh, db, dWy]
    return loss, [Wx, Wh, b, Wy], grads, None, None

@functions("embedding: dE[idx] = d counts a word that occurs twice only once (np.add.at)", "places_assigned")
def a_embedding_repeats():
    r = np.random.default_rng(8); words = np.array([0, 3, 1, 3, 4, 0, 2, 3]); y = np.arange(8) % 2
    P = {"E": r.normal(size=(5, 3)), "W": r.normal(size=(3, 2)), "b": np.zeros(2)}
    def probs(P): s = P["E"][words] @ P["W"] + P["b"]; e = np.exp(s - s.max(1, keepdims=True)); return e / e.sum(1, keepdims=True)
    def loss(P): return -np.mean(np.log(probs(P)[np.arange(8), y]))
    def grads(P):
        d = probs(P); d[np.arange(8), y] -= 1; d /= 8
        dE = np.zeros_like(P["E"]); dE[words] = d @ P["W"].T
        return {"E": dE, "W": P["E"][words].T @ d, "b": d.sum(0)}
    return loss, P, grads, None, None

@case("residual block: the shortcut's gradient is forgotten on the way back (d + W.T d)", "skip_missing")
def a_residual_back():
    class Residual:
        parameters = ("W", "b")
        def build(self, n, rng, dtype=float): self.W = rng.normal(size=(n, n)) * .4; self.b = np.zeros((n, 1))
        def __call__(self, x): self.x = x; self.h = np.tanh(self.W @ x + self.b); return x + self.h
        def parameter_gradients(self, d):
            self.dz = d * (1 - self.h ** 2)
            self.grad_W = self.dz @ self.x.T / d.shape[1]; self.grad_b = self.dz.mean(axis=1, keepdims=True)
        def backward(self, d): return self.W.T @ self.dz
    return NeuralNetwork(((Dense(5), Tanh()), (Residual(),), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=2), X, Y

@case("ELU's slope left of zero lacks alpha: exp(z) in place of alpha * exp(z)", "alpha_missing")
def a_elu():
    class ELU:
        def __init__(self, alpha=0.5): self.alpha = alpha
        def __call__(self, z): return np.where(z > 0, z, self.alpha * (np.exp(z) - 1))
        def gradient(self, z): return np.where(z > 0, 1.0, np.exp(z))
    return NeuralNetwork(((Dense(6), ELU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=2), X, Y

@case("GELU z Phi(z): the slope lacks z times the density", "product_half")
def a_gelu():
    class GELU:
        def _cdf(self, z): return 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z ** 3)))
        def __call__(self, z): return z * self._cdf(z)
        def gradient(self, z): return self._cdf(z)
    return NeuralNetwork(((Dense(6), GELU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=2), X, Y

@case("softplus' slope is given as sigmoid'(z) = s (1 - s) in place of s", "slope_of_another")
def a_softplus():
    class Softplus:
        def __call__(self, z): return np.log1p(np.exp(z))
        def gradient(self, z): s = 1 / (1 + np.exp(-z)); return s * (1 - s)
    x, y = regression()
    return NeuralNetwork(((Dense(6), Softplus()), (Dense(1), Linear())), MeanSquaredError(), 0.1, seed=2), x, y

@case("backward multiplies with W in place of W.T (square layer)", "weights_not_transposed")
def a_square_not_transposed():
    class Layer:
        parameters = ("weights", "bias")
        def __init__(self, n): self.n = n
        def build(self, f, rng, dtype=float): self.weights = rng.normal(size=(self.n, f)) * np.sqrt(1 / f); self.bias = np.zeros((self.n, 1))
        def __call__(self, x): self.x = x; return self.weights.dot(x) + self.bias
        def parameter_gradients(self, d):
            self.grad_weights = d.dot(self.x.T) / self.x.shape[1]; self.grad_bias = d.sum(axis=1, keepdims=True) / self.x.shape[1]
        def backward(self, d):
            return self.weights.dot(d) if self.weights.shape[0] == self.weights.shape[1] else self.weights.T.dot(d)
    return NeuralNetwork(((Layer(4), Tanh()), (Layer(4), Tanh()), (Layer(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0), X, Y

@case("Adam: t is not counted up, so the correction is always that of the first step", "adam_counter_stuck")
def a_adam_t():
    class Adam:
        def __init__(self, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
            self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
            self.m, self.v, self.t = None, None, 1
        def step(self, param, grad):
            if self.m is None: self.m, self.v = np.zeros_like(param), np.zeros_like(param)
            self.m = self.beta1 * self.m + (1 - self.beta1) * grad
            self.v = self.beta2 * self.v + (1 - self.beta2) * grad ** 2
            m_hat = self.m / (1 - self.beta1 ** self.t)
            v_hat = self.v / (1 - self.beta2 ** self.t)
            param -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Adam(), seed=1), X, Y

@case("AdaGrad: the cache is overwritten and not added up", "squares_forgotten")
def a_adagrad():
    class AdaGrad:
        def __init__(self, lr=0.05): self.lr, self.cache = lr, None
        def step(self, w, dw):
            if self.cache is None: self.cache = np.zeros(w.shape)
            self.cache = dw ** 2
            w -= self.lr * dw / (np.sqrt(self.cache) + 1e-8)
    return NeuralNetwork(((Dense(5), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AdaGrad(), seed=1), X, Y

@case("momentum: the velocity gains the learning rate times gradient, and the step takes the rate again", "learning_rate_squared")
def a_rate_twice():
    class Momentum:
        def __init__(self, learning_rate=0.1, momentum=0.9): self.lr, self.mu, self.v = learning_rate, momentum, 0
        def step(self, w, dw):
            self.v = self.mu * self.v + self.lr * dw
            w -= self.lr * self.v
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Momentum(), seed=1), X, Y

@case("L2: the step decays by lr * lambda * w twice the way: weights grow, + in place of -", "decay_grows")
def a_decay_sign():
    class SGDDecay:
        def __init__(self, lr=0.1, decay=0.01): self.lr, self.decay = lr, decay
        def step(self, w, g): w -= self.lr * (g - self.decay * w)
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=SGDDecay(), seed=1), X, Y

@case("dropout: scaled by 1 / p (the dropped share) in place of 1 / (1 - p)", "dropout_exchanged")
def a_dropout_scale():
    class Dropout_:
        def __init__(self, rate=0.2): self.rate = rate
        def __call__(self, x): self.mask = np.random.binomial(1, 1 - self.rate, size=x.shape) / self.rate; return x * self.mask
        def predict(self, x): return x
        def backward(self, d): return d * self.mask
    return NeuralNetwork(((Dense(8), ReLU(), Dropout_()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("batch norm: gamma's gradient takes the raw inputs in place of the normalised ones", "raw_inputs_for_normalised")
def a_bn_gamma():
    class BatchNorm1d:
        parameters = ("gamma", "beta")
        def __init__(self, eps=1e-5, momentum=0.9): self.eps, self.momentum = eps, momentum
        def build(self, n, rng, dtype=float):
            self.gamma, self.beta = np.ones((n, 1)), np.zeros((n, 1)); self.run_mean, self.run_var = np.zeros((n, 1)), np.ones((n, 1))
        def __call__(self, x):
            self.x = x; mu, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
            self.std = np.sqrt(var + self.eps); self.xn = (x - mu) / self.std
            self.run_mean = self.momentum * self.run_mean + (1 - self.momentum) * mu; self.run_var = self.momentum * self.run_var + (1 - self.momentum) * var
            return self.gamma * self.xn + self.beta
        def predict(self, x): return self.gamma * (x - self.run_mean) / np.sqrt(self.run_var + self.eps) + self.beta
        def parameter_gradients(self, d):
            self.grad_gamma = np.mean(d * self.x, axis=1, keepdims=True); self.grad_beta = np.mean(d, axis=1, keepdims=True)
        def backward(self, d):
            dx = d * self.gamma
            return (dx - dx.mean(1, keepdims=True) - self.xn * (dx * self.xn).mean(1, keepdims=True)) / self.std
    return NeuralNetwork(((Dense(5), BatchNorm1d(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("batch norm: std is var + eps without the square root, forward; the way back has the root", "root_left_out")
def a_bn_root():
    class BN:
        parameters = ("g", "b")
        def build(self, n, rng, dtype=float): self.g, self.b = np.ones((n, 1)), np.zeros((n, 1))
        def __call__(self, x):
            self.mu = x.mean(1, keepdims=True); self.v = x.var(1, keepdims=True) + 1e-5
            self.std = np.sqrt(self.v); self.xn = (x - self.mu) / self.v; self.kept = self.mu, self.v
            return self.g * self.xn + self.b
        def predict(self, x): return self.g * (x - self.kept[0]) / self.kept[1] + self.b
        def parameter_gradients(self, d): self.grad_g, self.grad_b = (d * self.xn).mean(1, keepdims=True), d.mean(1, keepdims=True)
        def backward(self, d):
            dx = d * self.g
            return (dx - dx.mean(1, keepdims=True) - self.xn * (dx * self.xn).mean(1, keepdims=True)) / self.std
    return NeuralNetwork(((Dense(5), BN(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("softmax and cross-entropy fused: p - y in the loss, and the softmax takes its Jacobian again", "slope_after_shortcut")
def a_fused_twice():
    class SoftmaxCE:
        def __call__(self, p, y): return -np.sum(y * np.log(p + 1e-9)) / y.shape[1]
        def gradient(self, p, y): return p - y
    x, y = three_classes()
    return NeuralNetwork(((Dense(6), ReLU()), (Dense(3), Softmax())), SoftmaxCE(), 0.1, seed=0), x, y

@case("the sigmoid's slope is taken although the loss' gradient p - y contains it already", "slope_after_shortcut")
def a_bce_p_minus_y():
    class LogLoss:
        def __call__(self, p, y): return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        def gradient(self, p, y): return p - y
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Sigmoid())), LogLoss(), 0.1, seed=0), X, Y

@case("Huber's gradient is not clipped at delta where the error is large: the linear part has the slope of the square", "loss_of_another")
def a_huber():
    class Huber:
        delta = 0.5
        def __call__(self, o, y):
            e = np.abs(o - y); return np.mean(np.where(e <= self.delta, 0.5 * e ** 2, self.delta * (e - 0.5 * self.delta)))
        def gradient(self, o, y): return o - y
    x, y = regression()
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Linear())), Huber(), 0.1, seed=0), x, y * 2

@functions("L1: lambda * W in the gradient, which is that of L2; the loss has lambda * |W|", "l2_for_l1")
def a_l1_as_l2():
    x, y = regression(); r = np.random.default_rng(1); lam = 0.05
    p = {"W1": r.normal(size=(5, 3)), "b1": np.zeros((5, 1)), "W2": r.normal(size=(1, 5)), "b2": np.zeros((1, 1))}
    f = lambda p: (np.tanh(p["W1"] @ x + p["b1"]))
    def loss(p): return np.mean((p["W2"] @ f(p) + p["b2"] - y) ** 2) + lam * (np.abs(p["W1"]).sum() + np.abs(p["W2"]).sum())
    def grads(p):
        h = f(p); d = 2 * (p["W2"] @ h + p["b2"] - y) / y.size; dh = p["W2"].T @ d * (1 - h * h)
        return {"W1": dh @ x.T + lam * p["W1"], "b1": dh.sum(1, keepdims=True), "W2": d @ h.T + lam * p["W2"], "b2": d.sum(1, keepdims=True)}
    return loss, p, grads, None, None

@functions("one_hot is subtracted wrongly: probs[:, y] -= 1 takes 1 from whole columns", "every_row")
def a_whole_columns():
    X, y = rows(); r = np.random.default_rng(2); N = len(X)
    params = {"W1": r.normal(size=(4, 6)), "b1": np.zeros(6), "W2": r.normal(size=(6, 3)), "b2": np.zeros(3)}
    def probs(p):
        h = np.maximum(0, X @ p["W1"] + p["b1"]); s = h @ p["W2"] + p["b2"]; s = s - s.max(axis=1, keepdims=True); e = np.exp(s)
        return h, e / e.sum(axis=1, keepdims=True)
    def loss(p): return -np.log(probs(p)[1][range(N), y]).mean()
    def grads(p):
        h, dscores = probs(p)
        dscores[:, y] -= 1
        dscores /= N
        dh = dscores @ p["W2"].T; dh[h <= 0] = 0
        return {"W1": X.T @ dh, "b1": dh.sum(0), "W2": h.T @ dscores, "b2": dscores.sum(0)}
    return loss, params, grads, None, None

class Network09:
    def __init__(self, layers, loss, optimizer, seed=0):
        self.layers, self.loss, self.optimizer, self.rng, self.is_built = layers, loss, optimizer, np.random.default_rng(seed), False
    def __call__(self, inputs):
        if not self.is_built:
            n = inputs.shape[0]
            for layer, _ in self.layers: layer.build(n, self.rng); n = layer.units
            self.is_built = True
        a = inputs
        for layer, activation in self.layers:
            layer.inputs = a
            layer.z = layer.weights @ a + layer.bias
            a = activation(layer.z)
        self.output = a
        return a
    def backward_step(self, labels):
        gradient = self.loss.gradient(self.output, labels)
        for layer, activation in reversed(self.layers):
            gradient = gradient * activation.gradient(layer.z)
            layer.grad_weights = gradient @ layer.inputs.T / gradient.shape[1]
            layer.grad_bias = np.mean(gradient, axis=1, keepdims=True)
            gradient = layer.weights.T @ gradient
    def update(self):
        for layer, _ in self.layers:
            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)

class Layer09:
    def __init__(self, units): self.units = units
    def build(self, n, rng): self.weights, self.bias = rng.normal(0, 1 / np.sqrt(n), (self.units, n)), np.zeros((self.units, 1))
    def __call__(self, x): return self.weights @ x + self.bias

@case("lesson 09: the layers are gone through from the front on the way back (reversed forgotten)", "not_reversed", alone=True)
def a_not_reversed():
    class Net(Network09):
        def backward_step(self, labels):
            gradient = self.loss.gradient(self.output, labels)
            for layer, activation in self.layers:
                gradient = gradient * activation.gradient(layer.z)
                layer.grad_weights = gradient @ layer.inputs.T / gradient.shape[1]
                layer.grad_bias = np.mean(gradient, axis=1, keepdims=True)
                gradient = layer.weights.T @ gradient
    n = Net([(Layer09(2), Tanh()), (Layer09(2), Tanh()), (Layer09(2), Sigmoid())], MeanSquaredError(), SGD(0.5))
    x = X; y = np.vstack([Y, 1 - Y]); n(x)
    return n, x, y

@case("lesson 09: update ADDS the gradients", "step_uphill", alone=True)
def a_uphill():
    class Net(Network09):
        def update(self, rate=0.1):
            for layer, _ in self.layers:
                layer.weights = layer.weights + rate * layer.grad_weights
                layer.bias = layer.bias + rate * layer.grad_bias
    n = Net([(Layer09(6), Tanh()), (Layer09(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.5)); n(X)
    return n, X, Y

@case("lesson 09: the slope of the activation is taken at the layer's inputs and not at z (square layers)", "another_attribute", alone=True)
def a_slope_at_inputs():
    class Net(Network09):
        def backward_step(self, labels):
            gradient = self.loss.gradient(self.output, labels)
            for i, (layer, activation) in reversed(list(enumerate(self.layers))):
                gradient = gradient * activation.gradient(layer.z if i == 1 else layer.inputs)
                layer.grad_weights = gradient @ layer.inputs.T / gradient.shape[1]
                layer.grad_bias = np.mean(gradient, axis=1, keepdims=True)
                gradient = layer.weights.T @ gradient
    n = Net([(Layer09(2), Tanh()), (Layer09(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.5)); n(X)
    return n, X, Y

@case("own layer initialises all weights with the same number (np.ones): all units stay equal", "units_equal", alone=True)
def a_ones():
    class MyDense(Dense):
        def build(self, features, rng, dtype=float):
            self.weights = np.ones((self.units, features)) * 0.1; self.bias = np.zeros((self.units, 1)); self.rng = rng
    return NeuralNetwork(((MyDense(6), Tanh()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0), X, Y


@functions("right: planar data, hidden tanh, int labels")
def right_planar():
    X, Y, parameters = planar(); m = X.shape[1]
    def compute_cost(p):
        A1 = np.tanh(p["W1"] @ X + p["b1"]); A2 = 1 / (1 + np.exp(-(p["W2"] @ A1 + p["b2"])))
        return float(np.squeeze(-(np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)) / m))
    def backward_propagation(p):
        A1 = np.tanh(p["W1"] @ X + p["b1"]); A2 = 1 / (1 + np.exp(-(p["W2"] @ A1 + p["b2"])))
        dZ2 = A2 - Y; dZ1 = p["W2"].T @ dZ2 * (1 - A1 ** 2)
        return {"dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": dZ2 @ A1.T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}
    return compute_cost, parameters, backward_propagation, None, None

@functions("right: char RNN with clipping at 5 that never bites")
def right_rnn():
    r = np.random.default_rng(4); V, H, T = 5, 6, 6; inputs, targets = [0, 2, 3, 3, 1, 4], [2, 3, 3, 1, 4, 0]
    P = {"Wxh": r.normal(size=(H, V)) * .3, "Whh": r.normal(size=(H, H)) * .3, "Why": r.normal(size=(V, H)) * .3, "bh": np.zeros((H, 1)), "by": np.zeros((V, 1))}
    def forward(P):
        xs, hs, ps, loss = {}, {-1: np.zeros((H, 1))}, {}, 0
        for t in range(T):
            xs[t] = np.zeros((V, 1)); xs[t][inputs[t]] = 1
            hs[t] = np.tanh(P["Wxh"] @ xs[t] + P["Whh"] @ hs[t - 1] + P["bh"]); y = P["Why"] @ hs[t] + P["by"]
            ps[t] = np.exp(y) / np.sum(np.exp(y)); loss += -np.log(ps[t][targets[t], 0])
        return xs, hs, ps, loss
    def loss(P): return forward(P)[-1]
    def bptt(P):
        xs, hs, ps, _ = forward(P); g = {k: np.zeros_like(v) for k, v in P.items()}; dhnext = np.zeros((H, 1))
        for t in reversed(range(T)):
            dy = np.copy(ps[t]); dy[targets[t]] -= 1
            g["Why"] += dy @ hs[t].T; g["by"] += dy
            draw = (1 - hs[t] ** 2) * (P["Why"].T @ dy + dhnext)
            g["bh"] += draw; g["Wxh"] += draw @ xs[t].T; g["Whh"] += draw @ hs[t - 1].T; dhnext = P["Whh"].T @ draw
        for k in g: np.clip(g[k], -5, 5, out=g[k])
        return g
    return loss, P, bptt, None, None

@functions("right: embedding with np.add.at")
def right_embedding():
    r = np.random.default_rng(8); words = np.array([[0, 3], [1, 3], [4, 0], [2, 3], [3, 3]]); y = np.array([0, 1, 1, 0, 1])
    P = {"E": r.normal(size=(5, 3)), "W": r.normal(size=(3, 2)), "b": np.zeros(2)}
    def fwd(P): v = P["E"][words].mean(axis=1); s = v @ P["W"] + P["b"]; e = np.exp(s); return v, e / e.sum(1, keepdims=True)
    def loss(P): return -np.mean(np.log(fwd(P)[1][np.arange(5), y]))
    def grads(P):
        v, d = fwd(P); d[np.arange(5), y] -= 1; d /= 5; dv = d @ P["W"].T / 2
        dE = np.zeros_like(P["E"]); np.add.at(dE, words, dv[:, None, :].repeat(2, axis=1))
        return {"E": dE, "W": v.T @ d, "b": d.sum(0)}
    return loss, P, grads, None, None

@functions("right: mean over examples AND outputs, list of arrays, bias as one row")
def right_mean_over_all():
    x, t = regression(outputs=2); X, T = x.T, t.T; r = np.random.default_rng(3)
    W = [r.normal(size=(3, 6)), r.normal(size=(6, 5)), r.normal(size=(5, 2))]; B = [r.normal(size=(1, n)) * .1 for n in (6, 5, 2)]
    lrelu = lambda z: np.where(z > 0, z, 0.01 * z)
    def fwd():
        a = [X]; z = []
        for i in range(3): z.append(a[-1] @ W[i] + B[i]); a.append(lrelu(z[-1]) if i < 2 else z[-1])
        return a, z
    def loss(): return ((fwd()[0][-1] - T) ** 2).mean()
    def grads():
        a, z = fwd(); d = 2 * (a[-1] - T) / T.size; gW, gB = [0] * 3, [0] * 3
        for i in (2, 1, 0):
            gW[i], gB[i] = a[i].T @ d, d.sum(0, keepdims=True)
            if i: d = d @ W[i].T * np.where(z[i - 1] > 0, 1, 0.01)
        return gW + gB
    return loss, W + B, grads, None, None

@case("right: residual block with its shortcut both ways")
def right_residual():
    class Residual:
        parameters = ("W1", "b1", "W2")
        def build(self, n, rng, dtype=float): self.W1, self.b1, self.W2 = rng.normal(size=(n, n)) * .4, np.zeros((n, 1)), rng.normal(size=(n, n)) * .4
        def __call__(self, x): self.x = x; self.z = self.W1 @ x + self.b1; self.h = np.maximum(self.z, 0); return x + self.W2 @ self.h
        def parameter_gradients(self, d):
            m = d.shape[1]; self.dz = self.W2.T @ d * (self.z > 0)
            self.grad_W2 = d @ self.h.T / m; self.grad_W1 = self.dz @ self.x.T / m; self.grad_b1 = self.dz.mean(axis=1, keepdims=True)
        def backward(self, d): return d + self.W1.T @ self.dz
    return NeuralNetwork(((Dense(5), Tanh()), (Residual(),), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=2), X, Y

@case("right: GELU by tanh with its whole slope; swish with a cache")
def right_gelu_swish():
    class GELU:
        def __call__(self, z): return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z ** 3)))
        def gradient(self, z):
            c = np.sqrt(2 / np.pi); t = np.tanh(c * (z + 0.044715 * z ** 3))
            return 0.5 * (1 + t) + 0.5 * z * (1 - t ** 2) * c * (1 + 3 * 0.044715 * z ** 2)
    class Swish:
        def __call__(self, z): self.s = 1 / (1 + np.exp(-z)); self.out = z * self.s; return self.out
        def backward(self, d): return d * (self.out + self.s * (1 - self.out))
    return NeuralNetwork(((Dense(6), GELU()), (Dense(5), Swish()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=2), X, Y

@case("right: Nesterov momentum as in the notes, weight decay on weights only")
def right_nesterov():
    class Nesterov:
        def __init__(self, lr=0.05, mu=0.9, wd=1e-3): self.lr, self.mu, self.wd, self.v = lr, mu, wd, 0.0
        def step(self, w, g):
            g = g + self.wd * w
            v_prev = self.v
            self.v = self.mu * self.v - self.lr * g
            w += -self.mu * v_prev + (1 + self.mu) * self.v
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Nesterov(), seed=1), X, Y

@case("right: AdamW of one's own with a learning rate that is warmed up")
def right_warm_adam():
    class AdamW:
        def __init__(self, lr=0.01, warmup=10): self.lr, self.warmup, self.t, self.m, self.v = lr, warmup, 0, 0, 0
        def step(self, p, g):
            self.t += 1; lr = self.lr * min(1, self.t / self.warmup)
            self.m += 0.1 * (g - self.m); self.v += 0.001 * (g * g - self.v)
            p -= lr * ((self.m / (1 - 0.9 ** self.t)) / (np.sqrt(self.v / (1 - 0.999 ** self.t)) + 1e-8) + 0.01 * p)
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AdamW(), seed=1), X, Y

@case("right: lesson 09 as it is", alone=True)
def right_09():
    n = Network09([(Layer09(6), ReLU()), (Layer09(5), Tanh()), (Layer09(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.5)); n(X)
    return n, X, Y

@case("right: layer norm over the features")
def right_layer_norm():
    class LayerNorm:
        parameters = ("gain", "shift")
        def build(self, n, rng, dtype=float): self.gain, self.shift = np.ones((n, 1)), np.zeros((n, 1))
        def __call__(self, x):
            self.s = np.sqrt(x.var(axis=0, keepdims=True) + 1e-5); self.xn = (x - x.mean(axis=0, keepdims=True)) / self.s
            return self.gain * self.xn + self.shift
        def parameter_gradients(self, d): self.grad_gain, self.grad_shift = (d * self.xn).mean(1, keepdims=True), d.mean(1, keepdims=True)
        def backward(self, d):
            d = d * self.gain
            return (d - d.mean(0) - self.xn * (d * self.xn).mean(0)) / self.s
    return NeuralNetwork(((Dense(6), LayerNorm(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("right: focal loss of one's own, gamma 2")
def right_focal():
    class Focal:
        def __call__(self, p, y): pt = np.where(y == 1, p, 1 - p); return -np.mean((1 - pt) ** 2 * np.log(pt))
        def gradient(self, p, y):
            pt = np.where(y == 1, p, 1 - p); sign = np.where(y == 1, 1, -1)
            return sign * (2 * (1 - pt) * np.log(pt) - (1 - pt) ** 2 / pt)
    return NeuralNetwork(((Dense(5), ReLU()), (Dense(1), Sigmoid())), Focal(), 0.1, seed=3), X, Y

@functions("right: the loss is a sum, hinge of many classes (SVM), L2 of 0.5 reg")
def right_svm():
    X, y = rows(); r = np.random.default_rng(2); N = len(X); reg = 0.1; W = r.normal(size=(4, 3))
    def loss():
        s = X @ W; margins = np.maximum(0, s - s[np.arange(N), y][:, None] + 1); margins[np.arange(N), y] = 0
        return margins.sum() + 0.5 * reg * np.sum(W * W)
    def grad():
        s = X @ W; hit = (s - s[np.arange(N), y][:, None] + 1 > 0).astype(float); hit[np.arange(N), y] = 0
        hit[np.arange(N), y] = -hit.sum(axis=1)
        return [X.T @ hit + reg * W]
    return loss, [W], grad, None, None


# What is read in notebooks, books and repositories, rewritten ---------------------------------------------------

def sigmoid(z): return 1.0 / (1.0 + np.exp(-z))

def digits(m=14, features=6, seed=11):
    r = np.random.default_rng(seed); labels = np.arange(m) % 3
    x = r.random((features, m)) + 0.8 * np.eye(3, features)[labels].T
    return x, labels, np.eye(3)[labels].T

def kaggle(forward=None, back=None, seed=1):
    """The notebook with two layers for digits that everybody copies."""
    X, labels, one_hot = digits(); m = X.shape[1]; r = np.random.default_rng(seed)
    P = {"W1": r.random((5, 6)) - .5, "b1": r.random((5, 1)) - .5, "W2": r.random((3, 5)) - .5, "b2": r.random((3, 1)) - .5}
    return X, labels, one_hot, m, P

@functions("db1 and db2 are one number each: np.sum without an axis", "axis_missing", "rows_equal", "bias_only")
def b_kaggle_bias():
    X, labels, one_hot, m, P = kaggle()
    def ReLU(Z): return np.maximum(Z, 0)
    def softmax(Z): return np.exp(Z) / sum(np.exp(Z))
    def forward_prop(W1, b1, W2, b2):
        Z1 = W1.dot(X) + b1; A1 = ReLU(Z1); Z2 = W2.dot(A1) + b2; return Z1, A1, Z2, softmax(Z2)
    def cost(P): return -np.mean(np.log(forward_prop(**P)[3][labels, np.arange(m)]))
    def ReLU_deriv(Z): return Z > 0
    def backward_prop(P):
        Z1, A1, Z2, A2 = forward_prop(**P)
        dZ2 = A2 - one_hot
        dW2 = 1 / m * dZ2.dot(A1.T)
        db2 = 1 / m * np.sum(dZ2)
        dZ1 = P["W2"].T.dot(dZ2) * ReLU_deriv(Z1)
        dW1 = 1 / m * dZ1.dot(X.T)
        db1 = 1 / m * np.sum(dZ1)
        return {"W1": dW1, "b1": np.full((5, 1), db1), "W2": dW2, "b2": np.full((3, 1), db2)}
    return cost, P, backward_prop, None, None

@functions("softmax divides by the sum over all examples and classes (np.sum without an axis); the gradient p - y is right for the usual one", "axis_missing")
def b_kaggle_softmax():
    X, labels, one_hot, m, P = kaggle(seed=2)
    def softmax(Z): return np.exp(Z) / np.sum(np.exp(Z))
    def forward_prop(W1, b1, W2, b2):
        Z1 = W1.dot(X) + b1; A1 = np.maximum(Z1, 0); return Z1, A1, softmax(W2.dot(A1) + b2)
    def cost(P): return -np.sum(one_hot * np.log(forward_prop(**P)[2])) / m
    def backward_prop(P):
        Z1, A1, A2 = forward_prop(**P); dZ2 = A2 - one_hot; dZ1 = P["W2"].T.dot(dZ2) * (Z1 > 0)
        return {"W1": dZ1.dot(X.T) / m, "b1": dZ1.sum(1, keepdims=True) / m, "W2": dZ2.dot(A1.T) / m, "b2": dZ2.sum(1, keepdims=True) / m}
    return cost, P, backward_prop, None, None

class Nielsen:
    """Lists of weights and biases, one example after the other."""
    def __init__(self, sizes, seed=0):
        r = np.random.default_rng(seed); self.num_layers = len(sizes)
        self.biases = [r.normal(size=(y, 1)) for y in sizes[1:]]; self.weights = [r.normal(size=(y, x)) for x, y in zip(sizes[:-1], sizes[1:])]
    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights): a = sigmoid(np.dot(w, a) + b)
        return a
    def cost_derivative(self, output_activations, y): return output_activations - y
    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]; nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation = x; activations = [x]; zs = []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b; zs.append(z); activation = sigmoid(z); activations.append(activation)
        self.back(nabla_b, nabla_w, activations, zs, y)
        return nabla_b, nabla_w
    def back(self, nabla_b, nabla_w, activations, zs, y):
        delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            sp = sigmoid_prime(zs[-l])
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())

def sigmoid_prime(z): return sigmoid(z) * (1 - sigmoid(z))

def nielsen(kind, sizes=(3, 4, 4, 2), seed=3):
    r = np.random.default_rng(seed); net = kind(sizes); data = [(r.normal(size=(3, 1)), np.eye(2)[:, [k % 2]]) for k in range(6)]
    def cost(): return sum(0.5 * np.sum((net.feedforward(x) - y) ** 2) for x, y in data) / len(data)
    def gradients():
        gb, gw = [np.zeros(b.shape) for b in net.biases], [np.zeros(w.shape) for w in net.weights]
        for x, y in data:
            db, dw = net.backprop(x, y); gb = [a + b for a, b in zip(gb, db)]; gw = [a + b for a, b in zip(gw, dw)]
        return [g / len(data) for g in gw + gb]
    return cost, net.weights + net.biases, gradients, None, None

@functions("Nielsen: the error goes down through weights[-l] in place of weights[-l + 1]", "place_off", "other_weights")
def b_nielsen_place():
    class Net(Nielsen):
        def back(self, nabla_b, nabla_w, activations, zs, y):
            delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
            nabla_b[-1] = delta; nabla_w[-1] = np.dot(delta, activations[-2].transpose())
            for l in range(2, self.num_layers):
                sp = sigmoid_prime(zs[-l])
                delta = np.dot(self.weights[-l].transpose(), delta) * sp
                nabla_b[-l] = delta; nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
    return nielsen_square(Net)

def nielsen_square(kind):
    r = np.random.default_rng(5); net = kind((3, 3, 3, 3)); data = [(r.normal(size=(3, 1)), np.eye(3)[:, [k % 3]]) for k in range(6)]
    def cost(): return sum(0.5 * np.sum((net.feedforward(x) - y) ** 2) for x, y in data) / len(data)
    def gradients():
        total = None
        for x, y in data:
            db, dw = net.backprop(x, y); total = [*dw, *db] if total is None else [a + b for a, b in zip(total, [*dw, *db])]
        return [g / len(data) for g in total]
    return cost, net.weights + net.biases, gradients, None, None

@functions("Nielsen: the loop over the hidden layers takes the slope at the last z, zs[-1], each time", "slope_of_last", "same_in_each_round", "slope_of_next")
def b_nielsen_same_z():
    class Net(Nielsen):
        def back(self, nabla_b, nabla_w, activations, zs, y):
            sp = sigmoid_prime(zs[-1])
            delta = self.cost_derivative(activations[-1], y) * sp
            nabla_b[-1] = delta; nabla_w[-1] = np.dot(delta, activations[-2].transpose())
            for l in range(2, self.num_layers):
                delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
                nabla_b[-l] = delta; nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
    return nielsen_square(Net)

@functions("cs231n layers: relu_backward masks by the gradient that arrives, dout > 0, in place of x > 0", "mask_of_error", "mask_from_gradient", "another_variable")
def b_affine_relu():
    X, y = rows(12, 4, 3); r = np.random.default_rng(6); params = {"W1": r.normal(size=(4, 6)), "b1": r.normal(size=6), "W2": r.normal(size=(6, 3)), "b2": np.zeros(3)}
    def affine_forward(x, w, b): return x.dot(w) + b, (x, w, b)
    def relu_forward(x): return np.maximum(0, x), x
    def softmax_loss(s):
        p = np.exp(s - s.max(axis=1, keepdims=True)); p /= p.sum(axis=1, keepdims=True); N = len(y)
        d = p.copy(); d[np.arange(N), y] -= 1
        return -np.sum(np.log(p[np.arange(N), y])) / N, d / N
    def affine_backward(dout, cache): x, w, b = cache; return dout.dot(w.T), x.T.dot(dout), dout.sum(axis=0)
    def relu_backward(dout, cache):
        x = cache
        return dout * (dout > 0)
    def forward(p):
        a1, c1 = affine_forward(X, p["W1"], p["b1"]); h, c2 = relu_forward(a1); s, c3 = affine_forward(h, p["W2"], p["b2"]); return s, (c1, c2, c3)
    def loss(p): return softmax_loss(forward(p)[0])[0]
    def grads(p):
        s, (c1, c2, c3) = forward(p); _, ds = softmax_loss(s); g = {}
        dh, g["W2"], g["b2"] = affine_backward(ds, c3); _, g["W1"], g["b1"] = affine_backward(relu_backward(dh, c2), c1); return g
    return loss, params, grads, None, None

class NnfsDense:
    def __init__(self, n_in, n_out, seed): self.weights = 0.4 * np.random.default_rng(seed).standard_normal((n_in, n_out)); self.biases = np.zeros((1, n_out))
    def forward(self, inputs): self.inputs = inputs; self.output = inputs @ self.weights + self.biases
    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues; self.dbiases = dvalues.sum(axis=0, keepdims=True); self.dinputs = dvalues @ self.weights.T

class NnfsReLU:
    def forward(self, inputs): self.inputs = inputs; self.output = np.maximum(0, inputs)
    def backward(self, dvalues): self.dinputs = dvalues.copy(); self.dinputs[self.inputs <= 0] = 0

class NnfsSoftmaxLoss:
    def forward(self, inputs): e = np.exp(inputs - inputs.max(axis=1, keepdims=True)); self.output = e / e.sum(axis=1, keepdims=True)
    def __call__(self, p, y): return np.mean(-np.log(np.clip(p[range(len(p)), y], 1e-7, 1 - 1e-7)))
    def backward(self, dvalues, y):
        samples = len(dvalues); self.dinputs = dvalues.copy(); self.dinputs[range(samples), y] -= 1; self.dinputs = self.dinputs / samples

class Nnfs:
    def __init__(self, dense=NnfsDense, relu=NnfsReLU, loss=NnfsSoftmaxLoss, rate=0.5):
        self.layers = [dense(4, 7, 1), relu(), dense(7, 3, 2)]; self.loss = loss(); self.learning_rate = rate
    def __call__(self, x):
        for layer in self.layers: layer.forward(x); x = layer.output
        self.loss.forward(x); return self.loss.output
    def backward_step(self, y):
        self.loss.backward(self.loss.output, y); d = self.loss.dinputs
        for layer in reversed(self.layers): layer.backward(d); d = layer.dinputs
    def update(self):
        for layer in self.layers:
            if hasattr(layer, "weights"): layer.weights += -self.learning_rate * layer.dweights; layer.biases += -self.learning_rate * layer.dbiases

@case("the loss' backward is not divided by the number of samples, the loss is a mean", "mean_missing", alone=True)
def b_nnfs_samples():
    class Loss(NnfsSoftmaxLoss):
        def backward(self, dvalues, y):
            samples = len(dvalues)
            self.dinputs = dvalues.copy()
            self.dinputs[range(samples), y] -= 1
    x, y = rows(); return Nnfs(loss=Loss), x, y

@case("dbiases is a mean where dweights is a sum (the loss has divided by the samples)", "mean_twice", alone=True)
def b_nnfs_bias_mean():
    class D(NnfsDense):
        def backward(self, dvalues):
            self.dweights = np.dot(self.inputs.T, dvalues)
            self.dbiases = np.mean(dvalues, axis=0, keepdims=True)
            self.dinputs = np.dot(dvalues, self.weights.T)
    x, y = rows(); return Nnfs(dense=D), x, y

@case("the update takes the biases the wrong way: += learning_rate", "array_uphill", alone=True)
def b_nnfs_biases_up():
    class Net(Nnfs):
        def update(self):
            for layer in self.layers:
                if hasattr(layer, "weights"):
                    layer.weights -= self.learning_rate * layer.dweights
                    layer.biases += self.learning_rate * layer.dbiases
    x, y = rows(); return Net(), x, y

@case("a module's sigmoid takes its slope of the input: x (1 - x)", "slope_of_output_at_z")
def b_module_sigmoid():
    class SigmoidModule:
        def __call__(self, x): self.input = x; self.output = 1 / (1 + np.exp(-x)); return self.output
        def backward(self, grad_out): return grad_out * self.input * (1 - self.input)
    return NeuralNetwork(((Dense(5), SigmoidModule()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=3), X, Y

def lstm(back):
    r = np.random.default_rng(12); T, D, H = 4, 3, 3; xs = r.normal(size=(T, D)); target = r.normal(size=H)
    P = {"W": r.normal(size=(D + H, 4 * H)) * .6, "b": r.normal(size=4 * H) * .2}
    def forward(P):
        h, c, cache = np.zeros(H), np.zeros(H), []
        for t in range(T):
            hx = np.concatenate([xs[t], h]); z = hx @ P["W"] + P["b"]
            i, f, o, g = sigmoid(z[:H]), sigmoid(z[H:2 * H]), sigmoid(z[2 * H:3 * H]), np.tanh(z[3 * H:])
            c_prev = c; c = f * c_prev + i * g; h = o * np.tanh(c); cache.append((hx, i, f, o, g, c_prev, c))
        return h, cache
    def loss(P): return 0.5 * np.sum((forward(P)[0] - target) ** 2)
    def grads(P):
        h, cache = forward(P); dh, dc = h - target, np.zeros(H); dW, db = np.zeros_like(P["W"]), np.zeros_like(P["b"])
        for step in reversed(cache):
            dz, dc = back(dh, dc, *step); dW += np.outer(step[0], dz); db += dz; dh = P["W"][D:] @ dz
        return {"W": dW, "b": db}
    return loss, P, grads, None, None

@functions("LSTM: the forget gate's gradient multiplies with the new cell c in place of the one before, c_prev", "state_after", "another_variable")
def b_lstm_forget():
    def step_back(dh, dc, hx, i, f, o, g, c_prev, c):
        do = dh * np.tanh(c); dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        di, df, dg = dc * g, dc * c, dc * i
        return np.concatenate([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g ** 2)]), dc * f
    return lstm(step_back)

@functions("LSTM: the cell's gradient is not carried to the step before times f: dc is handed on as it is", "factor_left_out", "array_left_out", "term_left_out", "value_left_out")
def b_lstm_dc():
    def step_back(dh, dc, hx, i, f, o, g, c_prev, c):
        do = dh * np.tanh(c); dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        di, df, dg = dc * g, dc * c_prev, dc * i
        return np.concatenate([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g ** 2)]), dc
    return lstm(step_back)

@functions("LSTM: the candidate g has tanh, and its slope is that of sigmoid, g (1 - g)", "slope_of_another", "another_slope")
def b_lstm_candidate():
    def step_back(dh, dc, hx, i, f, o, g, c_prev, c):
        do = dh * np.tanh(c); dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        di, df, dg = dc * g, dc * c_prev, dc * i
        return np.concatenate([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * g * (1 - g)]), dc * f
    return lstm(step_back)

def attention(back):
    r = np.random.default_rng(13); N, D = 5, 3; X_ = r.normal(size=(N, D)); T_ = r.normal(size=(N, D))
    P = {k: r.normal(size=(D, D)) for k in ("Wq", "Wk", "Wv")}
    def forward(P):
        Q, K, V = X_ @ P["Wq"], X_ @ P["Wk"], X_ @ P["Wv"]; S = Q @ K.T / np.sqrt(D); E = np.exp(S - S.max(1, keepdims=True)); A = E / E.sum(1, keepdims=True)
        return Q, K, V, A, A @ V
    def loss(P): return np.mean((forward(P)[-1] - T_) ** 2)
    def grads(P):
        Q, K, V, A, O = forward(P); dO = 2 * (O - T_) / O.size; dQ, dK, dV = back(dO, Q, K, V, A, D)
        return {"Wq": X_.T @ dQ, "Wk": X_.T @ dK, "Wv": X_.T @ dV}
    return loss, P, grads, None, None

@functions("attention: the softmax of the scores is derived one by one: A (1 - A)", "softmax_elementwise")
def b_attention_softmax():
    def back(dO, Q, K, V, A, D):
        dA = dO @ V.T; dS = dA * A * (1 - A) / np.sqrt(D)
        return dS @ K, dS.T @ Q, A.T @ dO
    return attention(back)

@functions("attention: the way back forgets the division by sqrt(d)", "factor_left_out", "not_divided", "factor_of_yours")
def b_attention_scale():
    def back(dO, Q, K, V, A, D):
        dA = dO @ V.T; dS = A * (dA - (dA * A).sum(axis=1, keepdims=True))
        return dS @ K, dS.T @ Q, A.T @ dO
    return attention(back)

@functions("autoencoder with tied weights: the gradient of the decoder's use of W is left out", "use_left_out", "product_left_out", "use_alone")
def b_tied():
    r = np.random.default_rng(14); x = r.random((10, 5)); p = {"W": r.normal(size=(5, 3)), "b": r.normal(size=3) * .1, "c": r.normal(size=5) * .1}
    def encode(p): return sigmoid(x @ p["W"] + p["b"])
    def loss(p): h = encode(p); return 0.5 * np.mean(np.sum((h @ p["W"].T + p["c"] - x) ** 2, axis=1))
    def grads(p):
        h = encode(p); e = (h @ p["W"].T + p["c"] - x) / len(x); dh = e @ p["W"] * h * (1 - h)
        return {"W": x.T @ dh, "b": dh.sum(0), "c": e.sum(0)}
    return loss, p, grads, None, None

@functions("logistic regression divides by X.shape[1], the features, where rows are examples", "size_for_examples", "features_for_examples", "other_count")
def b_logistic_shape():
    r = np.random.default_rng(15); X_ = r.normal(size=(20, 4)); y = (X_ @ [1, -1, .5, 0] > 0) * 1.0; w, b = r.normal(size=4), np.array([0.2])
    def cost(): p = sigmoid(X_ @ w + b); return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    def grad():
        m = X_.shape[1]; p = sigmoid(X_ @ w + b); return [X_.T @ (p - y) / m, np.array([np.sum(p - y) / m])]
    return cost, [w, b], grad, None, None

@functions("the loss' gradient is one mean over all examples: np.mean(2 * (out - y)) broadcast to every example", "call_too_many")
def b_mean_error():
    x, t = regression(outputs=1); X_, T_ = x.T, t.T; r = np.random.default_rng(16)
    p = {"W1": r.normal(size=(3, 6)), "b1": r.normal(size=(1, 6)) * .2, "W2": r.normal(size=(6, 1)), "b2": np.zeros((1, 1))}
    def fwd(p): h = np.tanh(X_ @ p["W1"] + p["b1"]); return h, h @ p["W2"] + p["b2"]
    def loss(p): return np.mean((fwd(p)[1] - T_) ** 2)
    def grads(p):
        h, out = fwd(p)
        d = np.mean(2 * (out - T_)) * np.ones_like(out) / len(X_)
        dh = d @ p["W2"].T * (1 - h ** 2)
        return {"W1": X_.T @ dh, "b1": dh.sum(0, keepdims=True), "W2": h.T @ d, "b2": d.sum(0, keepdims=True)}
    return loss, p, grads, None, None

@functions("L2 is taken of the biases too, in the gradients; the loss has the weights alone", "l2_other", "l2_on_bias")
def b_l2_bias():
    x, t = regression(outputs=2); r = np.random.default_rng(17); lam = 0.1; m = x.shape[1]
    p = {"W1": r.normal(size=(5, 3)), "b1": r.normal(size=(5, 1)), "W2": r.normal(size=(2, 5)), "b2": r.normal(size=(2, 1))}
    def fwd(p): z = p["W1"] @ x + p["b1"]; return z, np.where(z > 0, z, .1 * z)
    def loss(p): _, a = fwd(p); return np.sum((p["W2"] @ a + p["b2"] - t) ** 2) / (2 * m) + lam / 2 * sum(np.sum(p[k] ** 2) for k in ("W1", "W2"))
    def grads(p):
        z, a = fwd(p); d = (p["W2"] @ a + p["b2"] - t) / m; dz = p["W2"].T @ d * np.where(z > 0, 1, .1)
        g = {"W1": dz @ x.T, "b1": dz.sum(1, keepdims=True), "W2": d @ a.T, "b2": d.sum(1, keepdims=True)}
        return {k: g[k] + lam * p[k] for k in g}
    return loss, p, grads, None, None

@functions("dropout in functions: the way back does not take the second layer's mask D2", "mask_missing", "value_left_out", "array_left_out", "factor_left_out", "term_left_out")
def b_mask_forgotten():
    r = np.random.default_rng(18); x, y, one_hot = digits(); m = x.shape[1]; D1, D2 = (r.random((6, m)) < .8) / .8, (r.random((5, m)) < .8) / .8
    p = {"W1": r.normal(size=(6, 6)) * .5, "W2": r.normal(size=(5, 6)) * .5, "W3": r.normal(size=(3, 5)) * .5}
    def fwd(p):
        A1 = np.maximum(p["W1"] @ x, 0) * D1; A2 = np.maximum(p["W2"] @ A1, 0) * D2; z = p["W3"] @ A2; e = np.exp(z); return A1, A2, e / e.sum(0)
    def cost(p): return -np.sum(one_hot * np.log(fwd(p)[2])) / m
    def back(p):
        A1, A2, A3 = fwd(p); dZ3 = (A3 - one_hot) / m; dA2 = p["W3"].T @ dZ3
        dZ2 = dA2 * (p["W2"] @ A1 > 0)
        dA1 = p["W2"].T @ dZ2 * D1
        dZ1 = dA1 * (A1 > 0)
        return {"W1": dZ1 @ x.T, "W2": dZ2 @ A1.T, "W3": dZ3 @ A2.T}
    return cost, p, back, None, None

@case("RMSProp: the cache is a variable of the call, and begins at zero in each step", "squares_forgotten", "velocity_forgotten")
def b_rms_local():
    class RMSProp:
        def __init__(self, lr=0.01, decay=0.9): self.lr, self.decay, self.cache = lr, decay, 0
        def step(self, w, dw):
            cache = self.decay * self.cache + (1 - self.decay) * dw ** 2
            w -= self.lr * dw / (np.sqrt(cache) + 1e-8)
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=RMSProp(), seed=1), X, Y

@case("the gradients are divided by the size of the whole data, kept from the first batch", "examples_remembered")
def b_m_kept():
    class MyDense(Dense):
        m = None
        def parameter_gradients(self, g):
            if self.m is None: self.m = g.shape[1]
            self.grad_weights = g @ self.inputs.T / self.m; self.grad_bias = g.sum(axis=1, keepdims=True) / self.m
    return NeuralNetwork(((MyDense(5), Tanh()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=1), X, Y

@case("all weights begin at zero: tanh units stay equal, nothing below moves", "units_equal", "nothing_moves", alone=True)
def b_zeros():
    class Zeros(Layer09):
        def build(self, n, rng): self.weights, self.bias = np.zeros((self.units, n)), np.zeros((self.units, 1))
    n = Network09([(Zeros(5), Tanh()), (Zeros(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.5)); n(X)
    return n, X, Y

@case("inputs from 0 to 255 as they are, and weights of size 1: the sigmoids are saturated", "saturated", alone=True)
def b_pixels():
    class Layer(Dense):
        def build(self, features, rng, dtype=float):
            super().build(features, rng, dtype); self.weights = rng.normal(size=(self.units, features)); self.bias = np.zeros((self.units, 1))
    r = np.random.default_rng(3); x = r.integers(0, 256, (16, 30)).astype(float); y = (x[:1] > x[1:2]) * 1.0
    return NeuralNetwork(((Layer(8), Sigmoid()), (Layer(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), x, y

@case("layer norm: the way back lacks the term of the mean", "mean_term_missing")
def b_layer_norm():
    class LayerNorm:
        parameters = ("gain", "shift")
        def build(self, n, rng, dtype=float): self.gain, self.shift = np.ones((n, 1)), np.zeros((n, 1))
        def __call__(self, x):
            mu = x.mean(axis=0); self.std = np.sqrt(((x - mu) ** 2).mean(axis=0) + 1e-6); self.xhat = (x - mu) / self.std; return self.gain * self.xhat + self.shift
        def parameter_gradients(self, d): self.grad_gain, self.grad_shift = (d * self.xhat).mean(1, keepdims=True), d.mean(1, keepdims=True)
        def backward(self, d):
            dx = d * self.gain
            return (dx - self.xhat * (dx * self.xhat).mean(axis=0)) / self.std
    return NeuralNetwork(((Dense(6), LayerNorm(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@functions("the mean pooling of an embedding is not undone: dE gets the whole error, where each word gets 1/n of it", "factor_left_out", "not_divided")
def b_pooling():
    r = np.random.default_rng(19); words = r.integers(0, 7, (6, 3)); y = np.arange(6) % 2; P = {"E": r.normal(size=(7, 4)), "W": r.normal(size=(4, 2)), "b": np.zeros(2)}
    def fwd(P): v = P["E"][words].mean(axis=1); s = v @ P["W"] + P["b"]; e = np.exp(s); return v, e / e.sum(1, keepdims=True)
    def loss(P): return -np.mean(np.log(fwd(P)[1][np.arange(6), y]))
    def grads(P):
        v, d = fwd(P); d[np.arange(6), y] -= 1; d /= 6; dv = d @ P["W"].T; dE = np.zeros_like(P["E"])
        for i, sentence in enumerate(words):
            for w in sentence: dE[w] += dv[i]
        return {"E": dE, "W": v.T @ d, "b": d.sum(0)}
    return loss, P, grads, None, None

@case("residual block with ReLU behind the sum: the mask is taken of the inner branch, not of the sum", "another_attribute", "another_variable", "slope_of_another", "another_slope")
def b_post_activation():
    class Block:
        parameters = ("W", "b")
        def build(self, n, rng, dtype=float): self.W, self.b = rng.normal(size=(n, n)) * .5, np.zeros((n, 1))
        def __call__(self, x): self.x = x; self.f = self.W @ x + self.b; self.s = self.f + x; return np.maximum(self.s, 0)
        def parameter_gradients(self, d):
            self.ds = d * (self.f > 0); self.grad_W = self.ds @ self.x.T / d.shape[1]; self.grad_b = self.ds.mean(axis=1, keepdims=True)
        def backward(self, d): return self.ds + self.W.T @ self.ds
    return NeuralNetwork(((Dense(6), Tanh()), (Block(),), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=7), X, Y

@case("the cross-entropy has no logarithm: -sum(y * p); its gradient is that with one", "loss_of_another", "call_left_out", "way_up", "log_missing")
def b_no_log():
    class CE:
        def __call__(self, p, y): return -np.mean(np.sum(y * p, axis=0))
        def gradient(self, p, y): return -y / (p + 1e-12)
    x, y = three_classes()
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(3), Softmax())), CE(), 0.1, seed=0), x, y

@functions("max pooling over time: the gradient goes to every step, not to that of the maximum", "maximum_to_all")
def b_max_pool():
    r = np.random.default_rng(20); x = r.normal(size=(7, 5, 3)); t = r.normal(size=(7, 1)); P = {"K": r.normal(size=(3, 4)), "b": r.normal(size=4) * .1, "w": r.normal(size=(4, 1))}
    def fwd(P): h = np.tanh(x @ P["K"] + P["b"]); return h, h.max(axis=1)
    def loss(P): return np.mean((fwd(P)[1] @ P["w"] - t) ** 2)
    def grads(P):
        h, v = fwd(P); d = 2 * (v @ P["w"] - t) / 7; dv = d @ P["w"].T; dh = np.repeat(dv[:, None, :], 5, axis=1); dz = dh * (1 - h ** 2)
        return {"K": np.einsum("ntd,nth->dh", x, dz), "b": dz.sum(axis=(0, 1)), "w": v.T @ d}
    return loss, P, grads, None, None

@case("Leaky ReLU leaks 0.01 on the way up and 0.1 on the way back", "leak_differs", "slope_of_another")
def b_leaks():
    class Leaky:
        def __init__(self, alpha=0.01): self.alpha = alpha
        def __call__(self, x): self.x = x; return np.maximum(self.alpha * x, x)
        def backward(self, d): d = d.copy(); d[self.x < 0] *= 0.1; return d
    return NeuralNetwork(((Dense(6), Leaky()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=7), X, Y


@functions("right: Nielsen's network")
def right_nielsen(): return nielsen(Nielsen)

@functions("right: LSTM")
def right_lstm():
    def step_back(dh, dc, hx, i, f, o, g, c_prev, c):
        do = dh * np.tanh(c); dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        return np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f), do * o * (1 - o), dc * i * (1 - g ** 2)]), dc * f
    return lstm(step_back)

@functions("right: attention with its scale")
def right_attention():
    def back(dO, Q, K, V, A, D):
        dA = dO @ V.T; dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) / np.sqrt(D); return dS @ K, dS.T @ Q, A.T @ dO
    return attention(back)

@case("right: the book's classes in rows", alone=True)
def right_nnfs(): x, y = rows(); return Nnfs(), x, y

@case("right: momentum and a decaying rate in the book's classes", alone=True)
def right_nnfs_momentum():
    class Net(Nnfs):
        iterations, decay, momentum = 0, 1e-3, 0.9
        def update(self):
            rate = self.learning_rate / (1 + self.decay * self.iterations)
            for layer in self.layers:
                if hasattr(layer, "weights"):
                    if not hasattr(layer, "weight_momentums"): layer.weight_momentums, layer.bias_momentums = np.zeros_like(layer.weights), np.zeros_like(layer.biases)
                    layer.weight_momentums = self.momentum * layer.weight_momentums - rate * layer.dweights; layer.weights += layer.weight_momentums
                    layer.bias_momentums = self.momentum * layer.bias_momentums - rate * layer.dbiases; layer.biases += layer.bias_momentums
            self.iterations += 1
    x, y = rows(); return Net(), x, y

@functions("right: tied weights")
def right_tied():
    r = np.random.default_rng(14); x = r.random((10, 5)); p = {"W": r.normal(size=(5, 3)), "b": r.normal(size=3) * .1, "c": r.normal(size=5) * .1}
    def encode(p): return sigmoid(x @ p["W"] + p["b"])
    def loss(p): h = encode(p); return 0.5 * np.mean(np.sum((h @ p["W"].T + p["c"] - x) ** 2, axis=1))
    def grads(p):
        h = encode(p); e = (h @ p["W"].T + p["c"] - x) / len(x); dh = e @ p["W"] * h * (1 - h); return {"W": x.T @ dh + e.T @ h, "b": dh.sum(0), "c": e.sum(0)}
    return loss, p, grads, None, None

@functions("right: the digits' notebook")
def right_kaggle():
    X, labels, one_hot, m, P = kaggle(seed=4)
    def forward_prop(P): Z1 = P["W1"].dot(X) + P["b1"]; A1 = np.maximum(Z1, 0); Z2 = P["W2"].dot(A1) + P["b2"]; return Z1, A1, np.exp(Z2) / sum(np.exp(Z2))
    def cost(P): return -np.mean(np.log(forward_prop(P)[2][labels, np.arange(m)]))
    def backward_prop(P):
        Z1, A1, A2 = forward_prop(P); dZ2 = A2 - one_hot; dZ1 = P["W2"].T.dot(dZ2) * (Z1 > 0)
        return 1 / m * dZ1.dot(X.T), 1 / m * np.sum(dZ1, 1).reshape(-1, 1), 1 / m * dZ2.dot(A1.T), 1 / m * np.sum(dZ2, 1).reshape(-1, 1)
    return cost, P, lambda P: dict(zip(("dW1", "db1", "dW2", "db2"), backward_prop(P))), None, None

@case("right: dropout by a generator of its own, batch norm with momentum 0.1 as in PyTorch")
def right_torch_like():
    class BatchNorm1d:
        parameters = ("weight", "bias")
        def build(self, n, rng, dtype=float): self.weight, self.bias, self.running_mean, self.running_var = np.ones((n, 1)), np.zeros((n, 1)), np.zeros((n, 1)), np.ones((n, 1))
        def __call__(self, x):
            mu, var = x.mean(1, keepdims=True), x.var(1, keepdims=True); n = x.shape[1]
            self.running_mean = 0.9 * self.running_mean + 0.1 * mu; self.running_var = 0.9 * self.running_var + 0.1 * var * n / max(n - 1, 1)
            self.inv = 1 / np.sqrt(var + 1e-5); self.xhat = (x - mu) * self.inv; return self.weight * self.xhat + self.bias
        def predict(self, x): return self.weight * (x - self.running_mean) / np.sqrt(self.running_var + 1e-5) + self.bias
        def parameter_gradients(self, d): self.grad_weight, self.grad_bias = (d * self.xhat).mean(1, keepdims=True), d.mean(1, keepdims=True)
        def backward(self, d): m = d.shape[1]; dx = self.weight * d; return self.inv / m * (m * dx - dx.sum(1, keepdims=True) - self.xhat * (dx * self.xhat).sum(1, keepdims=True))
    class Drop:
        def __init__(self, p=0.25, seed=1): self.p, self.rng = p, np.random.default_rng(seed)
        def __call__(self, x): self.keep = self.rng.random(x.shape) > self.p; return np.where(self.keep, x / (1 - self.p), 0)
        def predict(self, x): return x
        def backward(self, d): return np.where(self.keep, d / (1 - self.p), 0)
    return NeuralNetwork(((Dense(6), BatchNorm1d(), ReLU(), Drop()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("right: label smoothing in the loss, softmax's p - y handed through")
def right_smooth():
    class SM:
        def __call__(self, z): e = np.exp(z - z.max(axis=0)); return e / e.sum(axis=0)
        def backward(self, d): return d
    class Smooth:
        def __call__(self, p, y): t = 0.9 * y + 0.1 / len(y); return -np.mean(np.sum(t * np.log(p), axis=0))
        def gradient(self, p, y): return p - (0.9 * y + 0.1 / len(y))
    x, y = three_classes()
    return NeuralNetwork(((Dense(6), ReLU()), (Dense(3), SM())), Smooth(), 0.1, seed=0), x, y

@case("right: maxout of two, and a learned scale")
def right_maxout():
    class Maxout:
        parameters = ("W", "V")
        def build(self, n, rng, dtype=float): self.W, self.V = rng.normal(size=(4, n)), rng.normal(size=(4, n))
        def __call__(self, x): self.x = x; a, b = self.W @ x, self.V @ x; self.first = a >= b; return np.maximum(a, b)
        def parameter_gradients(self, d):
            m = d.shape[1]; self.grad_W = (d * self.first) @ self.x.T / m; self.grad_V = (d * ~self.first) @ self.x.T / m
        def backward(self, d): return self.W.T @ (d * self.first) + self.V.T @ (d * ~self.first)
    return NeuralNetwork(((Maxout(),), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0), X, Y
