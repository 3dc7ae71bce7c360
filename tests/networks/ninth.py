"""Networks as they are posted, of a ninth round: everyday parts, optimisers, dictionaries and classes of lesson 09."""
# ruff: noqa: E501, E701, E702, E731, E741, NPY002, RUF059, UP031 - written as people write them

import itertools

import numpy as np

from nnlib import (
    SGD,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    LeakyReLU,
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

X, Y = moons(20, 0.1, 0)


rng0 = np.random.default_rng(5)

@case("the bias' gradient is one mean over units and examples: axis=1 (keepdims) forgotten", "rows_equal")
def bias_mean_over_everything():
    class FullyConnected:
        parameters = ("weights", "bias")
        def __init__(self, n): self.n = n
        def build(self, features, rng, dtype=float):
            self.weights = rng.normal(0, np.sqrt(2 / features), (self.n, features))
            self.bias = np.zeros((self.n, 1))
        def __call__(self, x):
            self.x = x
            return np.dot(self.weights, x) + self.bias
        def parameter_gradients(self, dz):
            m = self.x.shape[1]
            self.grad_weights = np.dot(dz, self.x.T) / m
            self.grad_bias = np.mean(dz) * np.ones_like(self.bias)
        def backward(self, dz): return np.dot(self.weights.T, dz)
    return NeuralNetwork(((FullyConnected(5), Tanh()), (FullyConnected(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=2), X, Y

def classes(k=3):
    x = np.random.default_rng(3).normal(size=(4, 15)); c = np.arange(15) % k
    return x, np.eye(k)[c].T

@case("softmax over axis 1: over the examples and not over the classes", "softmax_axis")
def softmax_axis():
    class SoftmaxLayer:
        def __call__(self, z):
            e = np.exp(z - np.max(z))
            self.p = e / e.sum(axis=1, keepdims=True)
            return self.p
        def backward(self, g): return g
    class CrossEntropy:
        def __call__(self, p, t): return -np.mean(np.sum(t * np.log(p + 1e-12), axis=0))
        def gradient(self, p, t): return p - t
    x, y = classes()
    return NeuralNetwork(((Dense(6), ReLU()), (Dense(3), SoftmaxLayer())), CrossEntropy(), 0.1, seed=0), x, y

@case("divided by m (the number of examples) twice: in the loss' gradient and in Dense again", "mean_twice")
def m_twice():
    class SquaredLoss:
        def __call__(self, out, y): return float(np.sum((out - y) ** 2) / out.shape[1])
        def gradient(self, out, y): return 2 * (out - y) / out.shape[1]
    x = np.random.default_rng(0).uniform(-1, 1, (3, 12)); y = np.sin(x.sum(axis=0, keepdims=True))
    return NeuralNetwork(((Dense(7), Tanh()), (Dense(1), Linear())), SquaredLoss(), 0.1, seed=0), x, y

@case("leaky ReLU's slope is 0 for negative z, where it is alpha (0.1)", "slope_of_another")
def leaky_slope_zero():
    class Leaky(LeakyReLU):
        def __init__(self): super().__init__(0.1)
        def gradient(self, z):
            g = np.zeros_like(z)
            g[z > 0] = 1.0
            return g
    return NeuralNetwork(((Dense(6), Leaky()), (Dense(4), Leaky()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("tanh's slope from z in place of the output: 1 - z² for 1 - tanh(z)²", "slope_of_output_at_z")
def tanh_of_z():
    class MyTanh:
        def __call__(self, x):
            self.x = x
            return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
        def gradient(self, x): return 1 - x * x
    return NeuralNetwork(((Dense(4), MyTanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("the loss' gradient has the wrong sign", "gradient_sign")
def bce_sign():
    class Logloss:
        eps = 1e-9
        def __call__(self, p, y): return float(np.mean(-y * np.log(p + self.eps) - (1 - y) * np.log(1 - p + self.eps)))
        def gradient(self, p, y): return y / (p + self.eps) - (1 - y) / (1 - p + self.eps)
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), Logloss(), 0.1, seed=1), X, Y

@case("dropout: the mask is not applied on the way back", "mask_missing")
def dropout_no_mask_back():
    class Drop:
        def __init__(self, p): self.p, self.on, self.r = p, True, np.random.RandomState(0)
        def __call__(self, x):
            self.mask = (self.r.rand(*x.shape) > self.p) / (1 - self.p)
            return x * self.mask
        def predict(self, x): return x
        def backward(self, g): return g
    return NeuralNetwork(((Dense(8), ReLU(), Drop(0.3)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("dropout also drops when predicting: a predict that returns its inputs is missing", "dropout_when_predicting")
def dropout_in_predict():
    class DropoutLayer:
        def __init__(self, keep=0.8): self.keep = keep
        def __call__(self, a):
            self.D = np.random.rand(a.shape[0], a.shape[1]) < self.keep
            return a * self.D / self.keep
        def backward(self, da): return da * self.D / self.keep
    return NeuralNetwork(((Dense(8), ReLU(), DropoutLayer()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("batch norm's backward lacks the ways through mean and variance", "statistics_constant")
def batchnorm_short_back():
    class BN:
        parameters = ("gamma", "beta")
        def build(self, features, rng, dtype=float):
            self.gamma = np.ones((features, 1)); self.beta = np.zeros((features, 1))
        def __call__(self, x):
            self.mu, self.var = x.mean(1, keepdims=True), x.var(1, keepdims=True)
            self.xhat = (x - self.mu) / np.sqrt(self.var + 1e-5)
            self.last = (self.mu, self.var)
            return self.gamma * self.xhat + self.beta
        def predict(self, x): return self.gamma * (x - self.last[0]) / np.sqrt(self.last[1] + 1e-5) + self.beta
        def parameter_gradients(self, d):
            self.grad_gamma = (d * self.xhat).mean(1, keepdims=True); self.grad_beta = d.mean(1, keepdims=True)
        def backward(self, d): return d * self.gamma / np.sqrt(self.var + 1e-5)
    return NeuralNetwork(((Dense(5), BN(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("batch norm: the running variance takes in the batch's mean", "running_values_wrong")
def batchnorm_running_var_gets_mean():
    class BatchNormalization(BatchNorm):
        def __call__(self, inputs):
            mu = np.mean(inputs, axis=1, keepdims=True); var = np.var(inputs, axis=1, keepdims=True)
            self.deviation = np.sqrt(var + self.epsilon)
            self.normalised = (inputs - mu) / self.deviation
            self.running_mean = 0.9 * self.running_mean + 0.1 * mu
            self.running_variance = 0.9 * self.running_variance + 0.1 * mu
            return self.gamma * self.normalised + self.beta
    return NeuralNetwork(((Dense(5), BatchNormalization(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("momentum's velocity is not kept: it starts at zero in each step", "velocity_forgotten")
def momentum_forgets():
    class GDMomentum:
        def __init__(self, lr=0.1, mu=0.9): self.lr, self.mu = lr, mu
        def step(self, params, grads):
            v = np.zeros_like(params)
            v = self.mu * v - self.lr * grads
            params += v
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=GDMomentum(), seed=1), X, Y

@case("Adam: the second moment is corrected with beta1 in place of beta2", "corrections_exchanged")
def adam_beta1_for_both():
    class AdamOptimizer:
        def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-8):
            self.lr, self.b1, self.b2, self.eps = lr, b1, b2, eps
            self.m = self.v = 0; self.t = 0
        def step(self, w, dw):
            self.t += 1
            self.m = self.b1 * self.m + (1 - self.b1) * dw
            self.v = self.b2 * self.v + (1 - self.b2) * (dw ** 2)
            mhat = self.m / (1 - self.b1 ** self.t)
            vhat = self.v / (1 - self.b1 ** self.t)
            w -= self.lr * mhat / (np.sqrt(vhat) + self.eps)
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AdamOptimizer(), seed=1), X, Y

@case("RMSProp: the gradient is not squared in the cache", "square_missing")
def rmsprop_not_squared():
    class RMS:
        cache = None
        def step(self, p, g):
            if self.cache is None: self.cache = np.zeros(p.shape)
            self.cache = 0.9 * self.cache + 0.1 * np.abs(g)
            p -= 0.01 * g / (np.sqrt(self.cache) + 1e-7)
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=RMS(), seed=1), X, Y

def data2():
    r = np.random.default_rng(7); X = r.normal(size=(3, 20)); return X, (X[0:1] * X[1:2] > 0).astype(float)

@functions("tanh's slope from Z1 in place of A1: 1 - Z1² for 1 - A1²", "slope_of_output_at_z")
def planar_z_for_a():
    X, Y = data2(); r = np.random.RandomState(2); m = X.shape[1]
    parameters = {"W1": r.randn(4, 3) * 0.5, "b1": r.randn(4, 1) * 0.1, "W2": r.randn(1, 4) * 0.5, "b2": r.randn(1, 1) * .1}
    def forward_propagation(parameters):
        Z1 = np.dot(parameters["W1"], X) + parameters["b1"]; A1 = np.tanh(Z1)
        Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]; A2 = 1 / (1 + np.exp(-Z2))
        return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    def compute_cost(parameters):
        A2 = forward_propagation(parameters)["A2"]
        return -np.sum(np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)) / m
    def backward_propagation(parameters):
        cache = forward_propagation(parameters)
        dZ2 = cache["A2"] - Y
        dW2 = np.dot(dZ2, cache["A1"].T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.multiply(np.dot(parameters["W2"].T, dZ2), 1 - np.power(cache["Z1"], 2))
        dW1 = np.dot(dZ1, X.T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return compute_cost, parameters, backward_propagation, None, None

@functions("the ReLU mask never applies: hidden < 0 is asked of the output, which is never below 0 (<= 0 or z is meant)", "slope_missing")
def cs231n_mask():
    r = np.random.default_rng(1); N, D, H, C = 12, 4, 6, 3
    X = r.normal(size=(N, D)); y = r.integers(0, C, N)
    p = {"W1": r.normal(size=(D, H)), "b1": r.normal(size=H) * .1, "W2": r.normal(size=(H, C)), "b2": np.zeros(C)}
    def scores(p):
        h = np.maximum(0, X.dot(p["W1"]) + p["b1"]); return h, h.dot(p["W2"]) + p["b2"]
    def loss(p):
        _, s = scores(p); s = s - s.max(axis=1, keepdims=True); e = np.exp(s); prob = e / e.sum(axis=1, keepdims=True)
        return -np.log(prob[np.arange(N), y]).sum() / N
    def grads(p):
        h, s = scores(p); e = np.exp(s - s.max(axis=1, keepdims=True)); d = e / e.sum(axis=1, keepdims=True)
        d[np.arange(N), y] -= 1; d /= N
        g = {"W2": h.T.dot(d), "b2": d.sum(axis=0)}
        dh = d.dot(p["W2"].T); dh[h < 0] = 0
        g["W1"] = X.T.dot(dh); g["b1"] = dh.sum(axis=0)
        return g
    return loss, p, grads, None, None

@functions("the regularisation's term reg * W2 is missing in W2's gradient (W1 has it)", "l2_missing_there")
def reg_missing_in_one():
    r = np.random.default_rng(4); N, D, H, C = 10, 3, 5, 3; reg = 0.2
    X = r.normal(size=(N, D)); y = r.integers(0, C, N)
    W1, b1, W2, b2 = r.normal(size=(D, H)), np.zeros((1, H)), r.normal(size=(H, C)), np.zeros((1, C))
    def run():
        hidden = np.maximum(0, X @ W1 + b1); sc = hidden @ W2 + b2
        ex = np.exp(sc); probs = ex / np.sum(ex, axis=1, keepdims=True); return hidden, probs
    def loss():
        _, probs = run()
        data_loss = np.sum(-np.log(probs[range(N), y])) / N
        return data_loss + 0.5 * reg * np.sum(W1 * W1) + 0.5 * reg * np.sum(W2 * W2)
    def grad():
        hidden, probs = run(); dscores = probs; dscores[range(N), y] -= 1; dscores /= N
        dW2 = hidden.T @ dscores; db2 = np.sum(dscores, axis=0, keepdims=True)
        dhidden = dscores @ W2.T; dhidden[hidden <= 0] = 0
        dW1 = X.T @ dhidden; db1 = np.sum(dhidden, axis=0, keepdims=True)
        dW1 += reg * W1
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return loss, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, grad, None, None

class Net09:
    def __init__(self, layers, loss, optimizer, seed=0):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer
        self.rng, self.is_built = np.random.default_rng(seed), False
    def build(self, n):
        for layer, _ in self.layers:
            layer.build(n, self.rng); n = layer.units
        self.is_built = True
    def __call__(self, x):
        if not self.is_built: self.build(len(x))
        for layer, act in self.layers:
            layer.inputs = x
            layer.z = layer(x)
            x = act(layer.z)
        self.output = x
        return x
    def backward_step(self, y):
        g = self.loss.gradient(self.output, y)
        for layer, act in reversed(self.layers):
            g = layer.backward(g * act.gradient(layer.z))
    def update(self):
        for layer, _ in self.layers:
            self.optimizer.step(layer.weights, layer.grad_weights); self.optimizer.step(layer.bias, layer.grad_bias)

class D09:
    def __init__(self, units): self.units = units
    def build(self, f, rng): self.weights, self.bias = rng.normal(size=(self.units, f)), np.zeros((self.units, 1))
    def __call__(self, x): self.inputs = x; return self.weights @ x + self.bias
    def backward(self, dz):
        m = dz.shape[1]
        self.grad_weights = dz @ self.inputs.T / m
        self.grad_bias = dz.sum(axis=1, keepdims=True) / m
        return self.weights.T @ dz

@case("the gradient that goes down is not carried on: what layer.backward returns is thrown away, each layer gets the loss' gradient", "never_handed_on", alone=True)
def grad_not_carried():
    class Net(Net09):
        def backward_step(self, y):
            g = self.loss.gradient(self.output, y)
            for layer, act in reversed(self.layers):
                layer.backward(g * act.gradient(layer.z))
    n = Net([(D09(6), Tanh()), (D09(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.5)); n(X)
    return n, X, Y

@case("update moves the weights only; the biases are never updated", "never_moves", alone=True)
def bias_not_updated():
    class Net(Net09):
        def update(self):
            for layer, _ in self.layers: self.optimizer.step(layer.weights, layer.grad_weights)
    n = Net([(D09(6), Tanh()), (D09(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.5)); n(X)
    return n, X, Y

@functions("the error's sign: y - output, so the gradients point the wrong way (for an update that subtracts)", "sign", "gradient_sign")
def trask_sign():
    X = np.array([[0,0,1],[0,1,1],[1,0,1],[1,1,1]]); y = np.array([[0],[1],[1],[0]])
    np.random.seed(1); syn0 = 2*np.random.random((3,4)) - 1; syn1 = 2*np.random.random((4,1)) - 1
    def nonlin(x, deriv=False):
        if deriv: return x*(1-x)
        return 1/(1+np.exp(-x))
    def loss():
        l1 = nonlin(X.dot(syn0)); l2 = nonlin(l1.dot(syn1)); return 0.5*np.sum((y - l2)**2)
    def gradients():
        l1 = nonlin(np.dot(X,syn0)); l2 = nonlin(np.dot(l1,syn1))
        l2_error = y - l2
        l2_delta = l2_error*nonlin(l2,deriv=True)
        l1_error = l2_delta.dot(syn1.T)
        l1_delta = l1_error * nonlin(l1,deriv=True)
        return {"syn0": X.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}
    return loss, {"syn0": syn0, "syn1": syn1}, gradients, None, None

@functions("sigmoid's slope a (1 - a) for a tanh layer, whose slope is 1 - a²", "slope_of_another")
def sigmoid_slope_for_tanh():
    r = np.random.default_rng(8); dims = [3, 5, 4, 1]; X, Y = data2(); m = 20
    params = {}
    for l in range(1, len(dims)):
        params["W" + str(l)] = r.normal(size=(dims[l], dims[l-1])) / np.sqrt(dims[l-1]); params["b" + str(l)] = 0.1 * r.normal(size=(dims[l], 1))
    L = len(dims) - 1
    def forward(params):
        caches = {"A0": X}
        A = X
        for l in range(1, L + 1):
            Z = params["W" + str(l)] @ A + params["b" + str(l)]
            A = np.tanh(Z) if l < L else 1/(1+np.exp(-Z))
            caches["Z" + str(l)], caches["A" + str(l)] = Z, A
        return A, caches
    def cost(params):
        AL, _ = forward(params); return float(-np.mean(Y*np.log(AL) + (1-Y)*np.log(1-AL)))
    def backward(params):
        AL, c = forward(params); grads = {}; dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
        for l in reversed(range(1, L + 1)):
            A = c["A" + str(l)]
            dZ = dA * A * (1 - A)
            grads["dW" + str(l)] = dZ @ c["A" + str(l-1)].T / m
            grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            dA = params["W" + str(l)].T @ dZ
        return grads
    return cost, params, backward, None, None

@case("MSE's gradient lacks the factor 2", "outputs_twice", "half")
def mse_two_missing():
    class MSE:
        def __call__(self, y_hat, y): return np.mean(np.power(y_hat - y, 2))
        def gradient(self, y_hat, y): return (y_hat - y) / y_hat.shape[0]
    r = np.random.default_rng(0); x = r.normal(size=(3, 14)); y = np.vstack([x[0] * x[1], x[2] ** 2])
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(2), Linear())), MSE(), 0.05, seed=0), x, y

@case("the loss picks whole rows p[y] in place of each example's own p[y, arange(m)]; the gradient is that of the right loss", "loss_of_another")
def loss_picks_rows():
    class CE:
        def __call__(self, p, y):
            c = np.argmax(y, axis=0)
            return -np.mean(np.log(p[c] + 1e-15))
        def gradient(self, p, y): return -y / (p + 1e-15)
    x, y = classes()
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(3), Softmax())), CE(), 0.1, seed=0), x, y

@case("the (1 - y) / (1 - p) half is missing in the loss' gradient", "term_missing")
def bce_half():
    class BCE:
        def __call__(self, yhat, y):
            yhat = np.clip(yhat, 1e-10, 1 - 1e-10)
            return -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat)).mean()
        def gradient(self, yhat, y):
            yhat = np.clip(yhat, 1e-10, 1 - 1e-10)
            return -(y / yhat)
    return NeuralNetwork(((Dense(5), ReLU()), (Dense(1), Sigmoid())), BCE(), 0.1, seed=3), X, Y

@case("the velocity is the gradients' array itself (no copy): momentum remembers nothing / gradients are doubled, changed in place", "gradients_kept")
def velocity_alias():
    class Mom:
        def __init__(self): self.v = None
        def step(self, theta, grad):
            if self.v is None:
                self.v = grad
            else:
                self.v *= 0.9
                self.v += grad
            theta -= 0.05 * self.v
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Mom(), seed=1), X, Y

@case("two: the weights' gradient is a sum, not a mean over m; the sigmoid's slope is a (1 - z)", "mean_missing")
def two_sum_and_slope():
    class MyDense(Dense):
        def parameter_gradients(self, g):
            self.grad_weights = g @ self.inputs.T
            self.grad_bias = np.mean(g, axis=1, keepdims=True)
    class Sig:
        def __call__(self, z): return 1 / (1 + np.exp(-z))
        def gradient(self, z): return self(z) * (1 - z)
    return NeuralNetwork(((MyDense(4), Sig()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@functions("two: the hidden layer's slope is missing in dZ1, db2 is not divided by m", "slope_missing", "slope_left_out")
def two_in_functions():
    r = np.random.default_rng(6); X = r.normal(size=(2, 16)); Y = np.tanh(X[:1] - X[1:])
    P = dict(W1=r.normal(size=(6, 2)), b1=r.normal(size=(6, 1)), W2=r.normal(size=(1, 6)), b2=np.zeros((1, 1)))
    sig = lambda z: 1 / (1 + np.exp(-z))
    def cost(P): return np.sum((P["W2"] @ sig(P["W1"] @ X + P["b1"]) + P["b2"] - Y) ** 2) / (2 * 16)
    def backprop(P):
        a = sig(P["W1"] @ X + P["b1"]); err = P["W2"] @ a + P["b2"] - Y
        back = P["W2"].T @ err
        return dict(dW2=err @ a.T / 16, db2=err.sum(axis=1, keepdims=True), dW1=back @ X.T / 16, db1=back.mean(axis=1, keepdims=True))
    return cost, P, backprop, None, None

@case("sigmoid's slope asked at the output: the derivative squeezes a once more (sigmoid(a)(1 - sigmoid(a)))", "slope_at_output")
def fused_slope_of_a():
    def sigmoid(z): return 1.0 / (1.0 + np.exp(-z))
    def sigmoid_prime(z): return sigmoid(z) * (1 - sigmoid(z))
    class Layer:
        parameters = ("weights", "bias")
        def __init__(self, units): self.units = units
        def build(self, fan_in, rng, dtype=float):
            self.weights = rng.normal(size=(self.units, fan_in)); self.bias = np.zeros((self.units, 1))
        def __call__(self, x):
            self.x, self.z = x, self.weights @ x + self.bias
            self.a = sigmoid(self.z)
            return self.a
        def parameter_gradients(self, g):
            self.delta = g * sigmoid_prime(self.a)
            self.grad_weights = self.delta @ self.x.T / g.shape[1]
            self.grad_bias = self.delta.mean(axis=1, keepdims=True)
        def backward(self, g): return self.weights.T @ self.delta
    return NeuralNetwork(((Layer(5),), (Layer(1),)), MeanSquaredError(), 0.5, seed=0), X, Y

@functions("the regularisation's gradient lambd * W is not divided by m", "l2_other")
def l2_not_over_m():
    X, Y = data2(); m = 20; lambd = 0.7; r = np.random.RandomState(3)
    params = {"W1": r.randn(5, 3) * 0.4, "b1": np.zeros((5, 1)), "W2": r.randn(1, 5) * 0.4, "b2": np.zeros((1, 1))}
    def forward(W1, b1, W2, b2):
        Z1 = W1 @ X + b1; A1 = np.maximum(0, Z1); Z2 = W2 @ A1 + b2
        return Z1, A1, 1 / (1 + np.exp(-Z2))
    def cost(p):
        A2 = forward(**p)[2]
        cross = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
        return cross + lambd / (2 * m) * (np.sum(np.square(p["W1"])) + np.sum(np.square(p["W2"])))
    def backward(p):
        Z1, A1, A2 = forward(**p)
        dZ2 = A2 - Y
        dW2 = 1/m * dZ2 @ A1.T + lambd * p["W2"]
        db2 = 1/m * np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = p["W2"].T @ dZ2 * (Z1 > 0)
        dW1 = 1/m * dZ1 @ X.T + lambd * p["W1"]
        db1 = 1/m * np.sum(dZ1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return cost, params, backward, None, None

@functions("labels (m,) against outputs (m, 1): the loss broadcasts to (m, m)", "column_met_row")
def labels_broadcast():
    r = np.random.default_rng(2); N = 10; X = r.normal(size=(N, 2)); y = X[:, 0] - 2 * X[:, 1] + 0.3
    w1, b1, w2, b2 = r.normal(size=(2, 4)), r.normal(size=4), r.normal(size=(4, 1)), r.normal(size=1)
    def predict(): return np.tanh(X @ w1 + b1) @ w2 + b2
    def loss(): return np.mean((predict() - y) ** 2)
    def grads():
        h = np.tanh(X @ w1 + b1); out = h @ w2 + b2
        d = 2 * (out - y.reshape(-1, 1)) / N
        dh = d @ w2.T * (1 - h ** 2)
        return [X.T @ dh, dh.sum(0), h.T @ d, d.sum(0)]
    return loss, [w1, b1, w2, b2], grads, None, None

@case("the gradients pile up: += and never set to zero (from step to step)", "gradients_pile_up", alone=True)
def gradients_pile_up():
    class Linear_:
        def __init__(self, n_out): self.units = n_out
        def build(self, n_in, rng):
            self.weights = rng.standard_normal((self.units, n_in)); self.bias = np.zeros((self.units, 1))
            self.grad_weights, self.grad_bias = np.zeros_like(self.weights), np.zeros_like(self.bias)
        def __call__(self, x): self.x = x; return self.weights @ x + self.bias
        def backward(self, dz):
            self.grad_weights += dz @ self.x.T / dz.shape[1]
            self.grad_bias += dz.mean(axis=1, keepdims=True)
            return self.weights.T @ dz
    n = Net09([(Linear_(6), Tanh()), (Linear_(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.5)); n(X)
    return n, X, Y

@case("right: weights (features, units), other names")
def features_units():
    class Lin:
        parameters = ("W", "b")
        def __init__(self, out): self.out = out
        def build(self, features, rng, dtype=float): self.W = rng.normal(size=(features, self.out)) / np.sqrt(features); self.b = np.zeros((self.out, 1))
        def __call__(self, x): self.x = x; return self.W.T @ x + self.b
        def parameter_gradients(self, g):
            self.grad_W = self.x @ g.T / g.shape[1]; self.grad_b = g.mean(axis=1, keepdims=True)
        def backward(self, g): return self.W @ g
    return NeuralNetwork(((Lin(5), ReLU()), (Lin(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@functions("right: cs231n")
def rows_of_scores():
    r = np.random.default_rng(4); N, D, H, C = 10, 3, 5, 3; reg = 1e-2
    X = r.normal(size=(N, D)); y = r.integers(0, C, N)
    W1, b1, W2, b2 = .5 * r.normal(size=(D, H)), np.zeros((1, H)), .5 * r.normal(size=(H, C)), np.zeros((1, C))
    def run():
        hidden = np.maximum(0, X @ W1 + b1); sc = hidden @ W2 + b2; sc -= sc.max(1, keepdims=True)
        ex = np.exp(sc); return hidden, ex / np.sum(ex, axis=1, keepdims=True)
    def loss():
        _, probs = run(); return np.sum(-np.log(probs[range(N), y])) / N + reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    def grad():
        hidden, dscores = run(); dscores[range(N), y] -= 1; dscores /= N
        dhidden = dscores @ W2.T; dhidden[hidden <= 0] = 0
        return {"dW1": X.T @ dhidden + 2 * reg * W1, "db1": np.sum(dhidden, axis=0, keepdims=True), "dW2": hidden.T @ dscores + 2 * reg * W2, "db2": dscores.sum(axis=0, keepdims=True)}
    return loss, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, grad, None, None

@case("right: softmax with its Jacobian")
def softmax_jacobian():
    class SM:
        def __call__(self, z):
            e = np.exp(z - z.max(axis=0)); self.s = e / e.sum(axis=0); return self.s
        def backward(self, g):
            out = np.empty_like(g)
            for i in range(g.shape[1]):
                s = self.s[:, i:i + 1]; out[:, i] = ((np.diagflat(s) - s @ s.T) @ g[:, i])
            return out
    class CE:
        def __call__(self, p, y): return -np.sum(y * np.log(p)) / y.shape[1]
        def gradient(self, p, y): return -y / p
    x, y = classes()
    return NeuralNetwork(((Dense(6), ReLU()), (Dense(3), SM())), CE(), 0.1, seed=0), x, y

@case("right: p - y handed through, clip in the loss")
def handed_through():
    class SM:
        def __call__(self, z):
            e = np.exp(z - z.max(axis=0, keepdims=True)); return e / e.sum(axis=0, keepdims=True)
        def backward(self, g): return g
    class CE:
        def __call__(self, p, y): return -np.mean(np.sum(y * np.log(np.clip(p, 1e-12, 1)), axis=0))
        def gradient(self, p, y):
            d = p.copy(); d[y.argmax(axis=0), np.arange(y.shape[1])] -= 1; return d
    x, y = classes()
    return NeuralNetwork(((Dense(6), ReLU()), (Dense(3), SM())), CE(), 0.1, seed=0), x, y

@case("right: old-style dropout, scaled when predicting")
def old_dropout():
    class Drop:
        def __init__(self, p=0.5): self.p = p
        def __call__(self, x): self.mask = np.random.binomial(1, self.p, size=x.shape); return x * self.mask
        def predict(self, x): return x * self.p
        def backward(self, g): return g * self.mask
    return NeuralNetwork(((Dense(8), ReLU(), Drop()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("right: momentum as a running mean")
def momentum_ema():
    class M:
        def __init__(self, lr=0.1, beta=0.9): self.lr, self.beta, self.v = lr, beta, None
        def step(self, p, g):
            if self.v is None: self.v = np.zeros_like(g)
            self.v = self.beta * self.v + (1 - self.beta) * g
            p -= self.lr * self.v
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=M(), seed=1), X, Y

@case("right: gradients scaled in place, new parameters returned")
def in_place_gradients():
    class Descent:
        def step(self, p, g):
            g *= 0.1
            np.clip(g, -1, 1, out=g)
            return p - g
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Descent(), seed=1), X, Y

@case("right: batch norm in nine steps")
def batchnorm_steps():
    class BN:
        parameters = ("gamma", "beta"); buffers = ("rm", "rv")
        def build(self, f, rng, dtype=float): self.gamma, self.beta, self.rm, self.rv = np.ones((f, 1)), np.zeros((f, 1)), np.zeros((f, 1)), np.ones((f, 1))
        def __call__(self, x):
            self.xmu = x - x.mean(axis=1, keepdims=True); self.var = (self.xmu ** 2).mean(axis=1, keepdims=True)
            self.sqrtvar = np.sqrt(self.var + 1e-8); self.ivar = 1 / self.sqrtvar; self.xhat = self.xmu * self.ivar
            self.rm = 0.9 * self.rm + 0.1 * x.mean(axis=1, keepdims=True); self.rv = 0.9 * self.rv + 0.1 * self.var
            return self.gamma * self.xhat + self.beta
        def predict(self, x): return self.gamma * (x - self.rm) / np.sqrt(self.rv + 1e-8) + self.beta
        def parameter_gradients(self, d): self.grad_gamma, self.grad_beta = (d * self.xhat).mean(1, keepdims=True), d.mean(1, keepdims=True)
        def backward(self, d):
            m = d.shape[1]
            dxhat = d * self.gamma
            divar = np.sum(dxhat * self.xmu, axis=1, keepdims=True)
            dxmu1 = dxhat * self.ivar
            dsqrtvar = -1. / (self.sqrtvar ** 2) * divar
            dvar = 0.5 / np.sqrt(self.var + 1e-8) * dsqrtvar
            dsq = 1. / m * np.ones_like(d) * dvar
            dxmu2 = 2 * self.xmu * dsq
            dx1 = dxmu1 + dxmu2
            dmu = -np.sum(dx1, axis=1, keepdims=True)
            return dx1 + dmu / m
    return NeuralNetwork(((Dense(5), BN(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("right: a network in rows with Adam of its own", alone=True)
def rows_and_adam():
    class L:
        def __init__(self, i, o, act, r): self.W, self.b, self.act = r.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros((1, o)), act
        def forward(self, x):
            self.x = x; self.z = x @ self.W + self.b
            self.a = np.maximum(self.z, 0) if self.act == "relu" else 1 / (1 + np.exp(-self.z)); return self.a
        __call__ = forward
        def backward(self, da):
            dz = da * ((self.z > 0) if self.act == "relu" else self.a * (1 - self.a))
            self.dW = self.x.T @ dz / len(dz); self.db = dz.mean(axis=0, keepdims=True); return dz @ self.W.T
    class BCE:
        def __call__(self, p, y): return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        def gradient(self, p, y): return (p - y) / (p * (1 - p))
    class Net:
        def __init__(self): r = np.random.default_rng(0); self.layers = [L(2, 6, "relu", r), L(6, 1, "sigmoid", r)]; self.loss = BCE(); self.t = 0; self.m = {}; self.v = {}
        def __call__(self, x):
            for l in self.layers: x = l(x)
            self.out = x; return x
        def backward_step(self, y):
            g = self.loss.gradient(self.out, y)
            for l in self.layers[::-1]: g = l.backward(g)
        def update(self):
            self.t += 1
            for i, l in enumerate(self.layers):
                for name in ("W", "b"):
                    key = f"{name}{i}"; g = getattr(l, "d" + name)
                    self.m[key] = 0.9 * self.m.get(key, 0) + 0.1 * g; self.v[key] = 0.999 * self.v.get(key, 0) + 0.001 * g * g
                    setattr(l, name, getattr(l, name) - 0.01 * (self.m[key] / (1 - 0.9 ** self.t)) / (np.sqrt(self.v[key] / (1 - 0.999 ** self.t)) + 1e-8))
    return Net(), X.T, Y.T

@functions("right: trask, gradient of half the sum of squares")
def half_of_squares():
    X = np.array([[0,0,1],[0,1,1],[1,0,1],[1,1,1]]); y = np.array([[0],[1],[1],[0]])
    np.random.seed(1); weights = {"syn0": 2*np.random.random((3,4)) - 1, "syn1": 2*np.random.random((4,1)) - 1}
    def nonlin(x, deriv=False): return x*(1-x) if deriv else 1/(1+np.exp(-x))
    def loss(w): return 0.5*np.sum((y - nonlin(nonlin(X.dot(w["syn0"])).dot(w["syn1"])))**2)
    def gradients(w):
        l1 = nonlin(np.dot(X,w["syn0"])); l2 = nonlin(np.dot(l1,w["syn1"]))
        l2_delta = (y - l2)*nonlin(l2,deriv=True); l1_delta = l2_delta.dot(w["syn1"].T) * nonlin(l1,deriv=True)
        return {"syn0": -X.T.dot(l1_delta), "syn1": -l1.T.dot(l2_delta)}
    return loss, weights, gradients, None, None

@case("right: activation inside the layer, ReLU, half the mean of squares")
def fused_relu():
    class Block:
        parameters = ("weights", "bias")
        def __init__(self, n, relu=True): self.n, self.relu = n, relu
        def build(self, f, rng, dtype=float): self.weights, self.bias = rng.normal(size=(self.n, f)) * np.sqrt(2 / f), np.full((self.n, 1), 0.01)
        def __call__(self, x):
            self.x = x; self.z = self.weights @ x + self.bias; return np.where(self.z > 0, self.z, 0) if self.relu else self.z
        def parameter_gradients(self, g):
            self.d = g * (self.z > 0) if self.relu else g
            self.grad_weights = np.einsum("im,jm->ij", self.d, self.x) / g.shape[1]; self.grad_bias = self.d.sum(1).reshape(-1, 1) / g.shape[1]
        def backward(self, g): return np.einsum("ij,im->jm", self.weights, self.d)
    class Half:
        def __call__(self, o, y): return 0.5 * np.mean(np.sum((o - y) ** 2, axis=0))
        def gradient(self, o, y): return o - y
    return NeuralNetwork(((Block(6),), (Block(1, relu=False),)), Half(), 0.1, seed=0), X, Y

@case("right: PReLU with a slope that is learned")
def prelu():
    class PReLU:
        parameters = ("alpha",)
        def build(self, features, rng, dtype=float): self.alpha = np.full((features, 1), 0.25)
        def __call__(self, z): self.z = z; return np.maximum(z, 0) + self.alpha * np.minimum(z, 0)
        def parameter_gradients(self, g): self.grad_alpha = np.mean(g * np.minimum(self.z, 0), axis=1, keepdims=True)
        def backward(self, g): return g * np.where(self.z > 0, 1, self.alpha)
    return NeuralNetwork(((Dense(6), PReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0), X, Y



def spiral_rows(n=8, k=3, seed=0):
    r = np.random.default_rng(seed); x = r.normal(size=(n * k, 2)); y = np.repeat(np.arange(k), n)
    return x + np.eye(3, 2)[y], y

class Layer_Dense:
    def __init__(self, n_inputs, n_neurons, seed=0, weight_regularizer_l2=0):
        self.weights = 0.5 * np.random.default_rng(seed).standard_normal((n_inputs, n_neurons))
        self.biases = np.zeros((1, n_neurons)); self.weight_regularizer_l2 = weight_regularizer_l2
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases
    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)

class Activation_ReLU:
    def forward(self, inputs): self.inputs = inputs; self.output = np.maximum(0, inputs)
    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

class SoftmaxLoss:
    def __call__(self, y_pred, y_true):
        y_pred_clipped = np.clip(y_pred, 1e-7, 1 - 1e-7)
        return np.mean(-np.log(y_pred_clipped[range(len(y_pred)), y_true]))

class BookModel:
    def __init__(self, layers, loss=None):
        self.layers, self.loss = layers, loss or SoftmaxLoss()
    def __call__(self, X):
        for layer in self.layers:
            layer.forward(X); X = layer.output
        self.output = X; return X
    def backward_step(self, y):
        samples = len(self.output)
        d = self.output.copy()
        d[range(samples), y] -= 1
        d = d / samples
        for layer in reversed(self.layers[:-1]):
            layer.backward(d); d = layer.dinputs

@case("the ReLU looks at the gradient that arrives in place of its inputs (dvalues <= 0)", "mask_of_error", alone=True)
def book_relu_of_dvalues():
    class Activation_ReLU_(Activation_ReLU):
        def backward(self, dvalues):
            self.dinputs = dvalues.copy()
            self.dinputs[dvalues <= 0] = 0
    x, y = spiral_rows()
    return BookModel([Layer_Dense(2, 8, 1), Activation_ReLU_(), Layer_Dense(8, 3, 2), Activation_Softmax()]), x, y

@case("not divided by the number of samples (mean missing)", "mean_missing", alone=True)
def book_no_normalise():
    class M(BookModel):
        def backward_step(self, y):
            d = self.output.copy(); d[range(len(d)), y] -= 1
            for layer in reversed(self.layers[:-1]):
                layer.backward(d); d = layer.dinputs
    x, y = spiral_rows()
    return M([Layer_Dense(2, 8, 1), Activation_ReLU(), Layer_Dense(8, 3, 2), Activation_Softmax()]), x, y

@case("subtracts 1 from every example's same column / all rows and columns: d[:, y] -= 1 in place of d[range, y] -= 1", "every_row", alone=True)
def book_fancy_index():
    class M(BookModel):
        def backward_step(self, y):
            samples = len(self.output); d = self.output.copy()
            d[:, y] -= 1
            d /= samples
            for layer in reversed(self.layers[:-1]):
                layer.backward(d); d = layer.dinputs
    x, y = spiral_rows()
    return M([Layer_Dense(2, 8, 1), Activation_ReLU(), Layer_Dense(8, 3, 2), Activation_Softmax()]), x, y

@case("the book's Adam: nobody counts the iterations on", "adam_counter_stuck", alone=True)
def book_adam_iterations():
    class Optimizer_Adam:
        def __init__(self, learning_rate=0.02, epsilon=1e-7, beta_1=0.9, beta_2=0.999):
            self.learning_rate, self.epsilon, self.beta_1, self.beta_2 = learning_rate, epsilon, beta_1, beta_2
            self.iterations = 0
        def update_params(self, layer):
            if not hasattr(layer, "weight_cache"):
                for n in ("weight", "bias"):
                    setattr(layer, n + "_momentums", 0.0); setattr(layer, n + "_cache", 0.0)
            for n, p, g in (("weight", layer.weights, layer.dweights), ("bias", layer.biases, layer.dbiases)):
                mom = self.beta_1 * getattr(layer, n + "_momentums") + (1 - self.beta_1) * g
                cache = self.beta_2 * getattr(layer, n + "_cache") + (1 - self.beta_2) * g ** 2
                setattr(layer, n + "_momentums", mom); setattr(layer, n + "_cache", cache)
                mc = mom / (1 - self.beta_1 ** (self.iterations + 1)); cc = cache / (1 - self.beta_2 ** (self.iterations + 1))
                p += -self.learning_rate * mc / (np.sqrt(cc) + self.epsilon)
    class M(BookModel):
        def __init__(self, layers): super().__init__(layers); self.opt = Optimizer_Adam()
        def update(self):
            for layer in self.layers:
                if hasattr(layer, "weights"): self.opt.update_params(layer)
    x, y = spiral_rows()
    return M([Layer_Dense(2, 8, 1), Activation_ReLU(), Layer_Dense(8, 3, 2), Activation_Softmax()]), x, y

def dnn_right():
    r = np.random.RandomState(1); dims = [4, 5, 3, 1]; X = r.randn(4, 14); Y = (r.rand(1, 14) > .5) * 1.0
    parameters = {}
    for l in range(1, 4):
        parameters["W%d" % l] = r.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1]); parameters["b%d" % l] = r.randn(dims[l], 1) * 0.1
    def linear_activation_forward(A_prev, W, b, activation):
        Z = W.dot(A_prev) + b
        A = np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(-Z))
        return A, ((A_prev, W, b), Z)
    def L_model_forward(parameters):
        caches = []; A = X
        for l in range(1, 3):
            A, c = linear_activation_forward(A, parameters["W%d" % l], parameters["b%d" % l], "relu"); caches.append(c)
        AL, c = linear_activation_forward(A, parameters["W3"], parameters["b3"], "sigmoid"); caches.append(c)
        return AL, caches
    def cost(parameters):
        AL, _ = L_model_forward(parameters); return (-1. / 14) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    def linear_backward(dZ, cache):
        A_prev, W, b = cache; m = A_prev.shape[1]
        dW = 1. / m * np.dot(dZ, A_prev.T)
        db = 1. / m * np.sum(dZ, axis=1, keepdims=True)
        dA_prev = np.dot(W.T, dZ)
        return dA_prev, dW, db
    def relu_backward(dA, Z):
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
        return dZ
    def sigmoid_backward(dA, Z): s = 1 / (1 + np.exp(-Z)); return dA * s * (1 - s)
    def L_model_backward(parameters):
        AL, caches = L_model_forward(parameters); grads = {}
        dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
        lin, Z = caches[2]
        dA, grads["dW3"], grads["db3"] = linear_backward(sigmoid_backward(dAL, Z), lin)
        for l in (1, 0):
            lin, Z = caches[l]
            d = linear_backward(relu_backward(dA, Z), lin)
            dA, grads["dW%d" % (l + 1)], grads["db%d" % (l + 1)] = d
        return grads
    return cost, parameters, L_model_backward

def dnn_m():
    r = np.random.RandomState(1); dims = [4, 5, 3, 1]; X = r.randn(4, 14); Y = (r.rand(1, 14) > .5) * 1.0
    parameters = {}
    for l in range(1, 4):
        parameters["W%d" % l] = r.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1]); parameters["b%d" % l] = r.randn(dims[l], 1) * 0.1
    def linear_activation_forward(A_prev, W, b, activation):
        Z = W.dot(A_prev) + b
        A = np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(-Z))
        return A, ((A_prev, W, b), Z)
    def L_model_forward(parameters):
        caches = []; A = X
        for l in range(1, 3):
            A, c = linear_activation_forward(A, parameters["W%d" % l], parameters["b%d" % l], "relu"); caches.append(c)
        AL, c = linear_activation_forward(A, parameters["W3"], parameters["b3"], "sigmoid"); caches.append(c)
        return AL, caches
    def cost(parameters):
        AL, _ = L_model_forward(parameters); return (-1. / 14) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    def linear_backward(dZ, cache):
        A_prev, W, b = cache; m = A_prev.shape[1]
        db = 1. / m * np.sum(dZ, axis=1, keepdims=True)
        dW = 1. / W.shape[1] * np.dot(dZ, A_prev.T)
        dA_prev = np.dot(W.T, dZ)
        return dA_prev, dW, db
    def relu_backward(dA, Z):
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
        return dZ
    def sigmoid_backward(dA, Z): s = 1 / (1 + np.exp(-Z)); return dA * s * (1 - s)
    def L_model_backward(parameters):
        AL, caches = L_model_forward(parameters); grads = {}
        dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
        lin, Z = caches[2]
        dA, grads["dW3"], grads["db3"] = linear_backward(sigmoid_backward(dAL, Z), lin)
        for l in (1, 0):
            lin, Z = caches[l]
            d = linear_backward(relu_backward(dA, Z), lin)
            dA, grads["dW%d" % (l + 1)], grads["db%d" % (l + 1)] = d
        return grads
    return cost, parameters, L_model_backward

def dnn_relu():
    r = np.random.RandomState(1); dims = [4, 5, 3, 1]; X = r.randn(4, 14); Y = (r.rand(1, 14) > .5) * 1.0
    parameters = {}
    for l in range(1, 4):
        parameters["W%d" % l] = r.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1]); parameters["b%d" % l] = r.randn(dims[l], 1) * 0.1
    def linear_activation_forward(A_prev, W, b, activation):
        Z = W.dot(A_prev) + b
        A = np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(-Z))
        return A, ((A_prev, W, b), Z)
    def L_model_forward(parameters):
        caches = []; A = X
        for l in range(1, 3):
            A, c = linear_activation_forward(A, parameters["W%d" % l], parameters["b%d" % l], "relu"); caches.append(c)
        AL, c = linear_activation_forward(A, parameters["W3"], parameters["b3"], "sigmoid"); caches.append(c)
        return AL, caches
    def cost(parameters):
        AL, _ = L_model_forward(parameters); return (-1. / 14) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    def linear_backward(dZ, cache):
        A_prev, W, b = cache; m = A_prev.shape[1]
        dW = 1. / m * np.dot(dZ, A_prev.T)
        db = 1. / m * np.sum(dZ, axis=1, keepdims=True)
        dA_prev = np.dot(W.T, dZ)
        return dA_prev, dW, db
    def relu_backward(dA, Z):
        dZ = np.array(dA, copy=True)
        dZ[dA <= 0] = 0
        return dZ
    def sigmoid_backward(dA, Z): s = 1 / (1 + np.exp(-Z)); return dA * s * (1 - s)
    def L_model_backward(parameters):
        AL, caches = L_model_forward(parameters); grads = {}
        dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
        lin, Z = caches[2]
        dA, grads["dW3"], grads["db3"] = linear_backward(sigmoid_backward(dAL, Z), lin)
        for l in (1, 0):
            lin, Z = caches[l]
            d = linear_backward(relu_backward(dA, Z), lin)
            dA, grads["dW%d" % (l + 1)], grads["db%d" % (l + 1)] = d
        return grads
    return cost, parameters, L_model_backward

def dnn_sign():
    r = np.random.RandomState(1); dims = [4, 5, 3, 1]; X = r.randn(4, 14); Y = (r.rand(1, 14) > .5) * 1.0
    parameters = {}
    for l in range(1, 4):
        parameters["W%d" % l] = r.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1]); parameters["b%d" % l] = r.randn(dims[l], 1) * 0.1
    def linear_activation_forward(A_prev, W, b, activation):
        Z = W.dot(A_prev) + b
        A = np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(-Z))
        return A, ((A_prev, W, b), Z)
    def L_model_forward(parameters):
        caches = []; A = X
        for l in range(1, 3):
            A, c = linear_activation_forward(A, parameters["W%d" % l], parameters["b%d" % l], "relu"); caches.append(c)
        AL, c = linear_activation_forward(A, parameters["W3"], parameters["b3"], "sigmoid"); caches.append(c)
        return AL, caches
    def cost(parameters):
        AL, _ = L_model_forward(parameters); return (-1. / 14) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    def linear_backward(dZ, cache):
        A_prev, W, b = cache; m = A_prev.shape[1]
        dW = 1. / m * np.dot(dZ, A_prev.T)
        db = 1. / m * np.sum(dZ, axis=1, keepdims=True)
        dA_prev = np.dot(W.T, dZ)
        return dA_prev, dW, db
    def relu_backward(dA, Z):
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
        return dZ
    def sigmoid_backward(dA, Z): s = 1 / (1 + np.exp(-Z)); return dA * s * (1 - s)
    def L_model_backward(parameters):
        AL, caches = L_model_forward(parameters); grads = {}
        dAL = -(np.divide(Y, AL) + np.divide(1 - Y, 1 - AL))
        lin, Z = caches[2]
        dA, grads["dW3"], grads["db3"] = linear_backward(sigmoid_backward(dAL, Z), lin)
        for l in (1, 0):
            lin, Z = caches[l]
            d = linear_backward(relu_backward(dA, Z), lin)
            dA, grads["dW%d" % (l + 1)], grads["db%d" % (l + 1)] = d
        return grads
    return cost, parameters, L_model_backward

@functions("the bias' gradient is not divided by m", "bias_summed")
def coursera_db():
    c, p, right = dnn_right()
    def summed(parameters): return {name: 14 * one if name[1] == 'b' else one for name, one in right(parameters).items()}
    return c, p, summed, None, None

@functions("the weights' gradient is divided by the number of features (W.shape[1]) in place of m", "size_for_examples")
def coursera_m():
    c, p, g = dnn_m()
    return c, p, g, None, None

@functions("relu_backward takes the mask from dA in place of Z", "mask_of_error", "another_variable")
def coursera_relu():
    c, p, g = dnn_relu()
    return c, p, g, None, None

@functions("dAL: a plus where the minus belongs between the two terms", "brackets_too_many", "sign_inside")
def coursera_dal():
    c, p, g = dnn_sign()
    return c, p, g, None, None

@functions("the hidden biases' gradients are averaged over the units too: all the same", "rows_equal")
def coursera_db_mean():
    c, p, right = dnn_right()
    def averaged(parameters): return {name: one * 0 + one.mean() if name in ('db1', 'db2') else one for name, one in right(parameters).items()}
    return c, p, averaged, None, None

@case("batch norm: gamma's gradient pairs with the inputs and not with the normalised numbers", "raw_inputs_for_normalised")
def gamma_with_raw():
    class BatchNorm1D:
        parameters = ("gamma", "beta")
        def __init__(self, eps=1e-5, p=0.9): self.eps, self.p = eps, p
        def build(self, k, rng, dtype=float):
            self.gamma = np.ones((k, 1)); self.beta = np.zeros((k, 1)); self.run_mu, self.run_var = np.zeros((k, 1)), np.ones((k, 1))
        def __call__(self, X):
            self.X = X; self.mu = X.mean(axis=1, keepdims=True); self.var = X.var(axis=1, keepdims=True)
            self.run_mu = self.p * self.run_mu + (1 - self.p) * self.mu; self.run_var = self.p * self.run_var + (1 - self.p) * self.var
            self.X_hat = (X - self.mu) / np.sqrt(self.var + self.eps); return self.gamma * self.X_hat + self.beta
        def predict(self, X): return self.gamma * (X - self.run_mu) / np.sqrt(self.run_var + self.eps) + self.beta
        def parameter_gradients(self, dout):
            self.grad_gamma = np.mean(dout * self.X, axis=1, keepdims=True); self.grad_beta = np.mean(dout, axis=1, keepdims=True)
        def backward(self, dout):
            N = dout.shape[1]; std_inv = 1. / np.sqrt(self.var + self.eps); X_mu = self.X - self.mu
            dX_norm = dout * self.gamma
            dvar = np.sum(dX_norm * X_mu, axis=1, keepdims=True) * -.5 * std_inv ** 3
            dmu = np.sum(dX_norm * -std_inv, axis=1, keepdims=True) + dvar * np.mean(-2. * X_mu, axis=1, keepdims=True)
            return dX_norm * std_inv + dvar * 2 * X_mu / N + dmu / N
    return NeuralNetwork(((Dense(5), BatchNorm1D(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("batch norm's backward: -1/2 forgotten in dvar (factor in the variance's way wrong)", "too_much")
def bn_dvar_half():
    class BN(BatchNorm):
        def __call__(self, x):
            self.x = x; self.mu = x.mean(1, keepdims=True); self.v = x.var(1, keepdims=True); return super().__call__(x)
        def backward(self, g):
            N = g.shape[1]; s = 1 / np.sqrt(self.v + self.epsilon); c = self.x - self.mu; dn = g * self.gamma
            dv = np.sum(dn * c, axis=1, keepdims=True) * -1.0 * s ** 3
            dm = -np.sum(dn * s, axis=1, keepdims=True)
            return dn * s + dv * 2 * c / N + dm / N
    return NeuralNetwork(((Dense(5), BN(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@case("hinge loss: the gradient has the wrong sign", "gradient_sign")
def hinge_wrong_side():
    class Hinge:
        def __call__(self, out, y): return float(np.maximum(0, 1 - y * out).mean())
        def gradient(self, out, y): return np.where(y * out < 1, y, 0)
    y = 2 * Y - 1
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Linear())), Hinge(), 0.1, seed=1), X, y

@case("Huber: beyond delta the gradient lacks delta (sign alone)", "value_left_out")
def huber_delta():
    class HuberLoss:
        def __init__(self, d=0.4): self.d = d
        def __call__(self, yhat, y):
            e = np.abs(yhat - y); return float(np.mean(np.where(e <= self.d, 0.5 * e ** 2, self.d * e - 0.5 * self.d ** 2)))
        def gradient(self, yhat, y):
            e = yhat - y; return np.where(np.abs(e) <= self.d, e, np.sign(e))
    r = np.random.default_rng(0); x = r.normal(size=(3, 15)); y = (x[:1] - 2 * x[1:2]) * 1.3
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Linear())), HuberLoss(), 0.1, seed=0), x, y

@case("softmax's p - y takes argmax of the prediction in place of the label's class", "another_variable")
def argmax_of_prediction():
    class CE:
        def __call__(self, p, y): return float(-np.log((p * y).sum(axis=0)).mean())
        def gradient(self, p, y):
            d = p.copy(); d[p.argmax(axis=0), np.arange(p.shape[1])] -= 1; return d
    class SM:
        def __call__(self, z): e = np.exp(z - z.max(axis=0)); return e / e.sum(axis=0)
        def backward(self, g): return g
    x = np.random.default_rng(3).normal(size=(4, 15)); y = np.eye(3)[np.arange(15) % 3].T
    return NeuralNetwork(((Dense(6), ReLU()), (Dense(3), SM())), CE(), 0.1, seed=0), x, y

@case("Nesterov / momentum: velocity gets the learning rate twice (v = mu v - lr g; p += lr v)", "learning_rate_squared")
def momentum_rate_twice():
    class NAG:
        def __init__(self, lr=0.1, momentum=0.9): self.lr, self.momentum, self.velocity = lr, momentum, None
        def step(self, w, g):
            if self.velocity is None: self.velocity = np.zeros(w.shape)
            self.velocity = self.momentum * self.velocity - self.lr * g
            w += self.lr * self.velocity
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=NAG(), seed=1), X, Y

@case("Adagrad: the cache is replaced, not added up (=, for +=)", "squares_forgotten")
def adagrad_forgets():
    class AdaGrad:
        def __init__(self, lr): self.lr, self.h = lr, None
        def step(self, w, g):
            if self.h is None: self.h = np.zeros_like(w)
            self.h = g * g
            w -= self.lr * g / (np.sqrt(self.h) + 1e-7)
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AdaGrad(0.05), seed=1), X, Y

@functions("the error goes through W2 after its update", "moved_first")
def update_between():
    r = np.random.default_rng(12); X = r.normal(size=(9, 3)); y = (X.sum(1, keepdims=True) > 0) * 1.0
    class NN:
        def __init__(self): self.w1, self.w2, self.lr = r.normal(size=(3, 4)), r.normal(size=(4, 1)), 0.3
        def feedforward(self):
            self.h = 1 / (1 + np.exp(-X @ self.w1)); self.o = 1 / (1 + np.exp(-self.h @ self.w2)); return self.o
        def loss(self): return np.sum((y - self.feedforward()) ** 2)
        def backprop(self):
            self.feedforward()
            d2 = 2 * (self.o - y) * self.o * (1 - self.o)
            g2 = self.h.T @ d2
            w2 = self.w2 - self.lr * g2
            d1 = d2 @ w2.T * self.h * (1 - self.h)
            return [X.T @ d1, g2]
    nn = NN(); return nn.loss, [nn.w1, nn.w2], nn.backprop, None, None

@functions("the hidden error is not multiplied elementwise by the slope but the slope is taken of the error", "another_variable")
def slope_of_error():
    r = np.random.default_rng(3); x = r.normal(size=(5, 11)); t = r.normal(size=(2, 11))
    theta = {"V": r.normal(size=(6, 5)) * .6, "c": r.normal(size=(6, 1)) * .1, "U": r.normal(size=(2, 6)) * .6, "d": np.zeros((2, 1))}
    tanh_prime = lambda v: 1 - np.tanh(v) ** 2
    def objective(th):
        return 0.5 * np.sum((th["U"] @ np.tanh(th["V"] @ x + th["c"]) + th["d"] - t) ** 2) / 11
    def grad(th):
        a = th["V"] @ x + th["c"]; h = np.tanh(a); e = (th["U"] @ h + th["d"] - t) / 11
        eh = th["U"].T @ e
        da = eh * tanh_prime(eh)
        return {"U": e @ h.T, "d": e.sum(1, keepdims=True), "V": da @ x.T, "c": da.sum(1, keepdims=True)}
    return objective, theta, grad, None, None

@functions("logistic regression: log loss, gradient multiplied by the sigmoid's slope once more (MSE's delta)", "slope_twice", "slope_after_both")
def bce_with_slope():
    r = np.random.default_rng(4); X = r.normal(size=(20, 4)); y = (X[:, 0] > X[:, 1]) * 1.0
    w, b = r.normal(size=4), np.array([0.2])
    def sig(t): return 1 / (1 + np.exp(-t))
    def cost(): p = sig(X @ w + b[0]); return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    def grads():
        p = sig(X @ w + b[0]); delta = (p - y) * p * (1 - p)
        return {"w": X.T @ delta / len(y), "b": np.array([delta.mean()])}
    return cost, {"w": w, "b": b}, grads, None, None

@functions("dropout of two layers, biases 0: the lower mask's 1 / keep is forgotten on the way back", "factor_of_yours", "ratio", "mask_unscaled")
def dropout_in_functions():
    r = np.random.default_rng(6); X = r.normal(size=(3, 18)); Y = (X[:1] > 0) * 1.0; keep = 0.7; m = 18
    D1, D2 = (r.random((6, m)) < keep), (r.random((4, m)) < keep)
    P = {"W1": r.normal(size=(6, 3)), "b1": np.zeros((6, 1)), "W2": r.normal(size=(4, 6)), "b2": np.zeros((4, 1)), "W3": r.normal(size=(1, 4)), "b3": np.zeros((1, 1))}
    relu = lambda z: np.maximum(0, z)
    def fwd(P):
        Z1 = P["W1"] @ X + P["b1"]; A1 = relu(Z1) * D1 / keep
        Z2 = P["W2"] @ A1 + P["b2"]; A2 = relu(Z2) * D2 / keep
        A3 = 1 / (1 + np.exp(-(P["W3"] @ A2 + P["b3"]))); return Z1, A1, Z2, A2, A3
    def cost(P): A3 = fwd(P)[-1]; return -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    def back(P):
        _, A1, _, A2, A3 = fwd(P); dZ3 = A3 - Y
        dA2 = P["W3"].T @ dZ3; dA2 = dA2 * D2; dA2 = dA2 / keep
        dZ2 = dA2 * (A2 > 0)
        dA1 = P["W2"].T @ dZ2; dA1 = dA1 * D1
        dZ1 = dA1 * (A1 > 0)
        g = {}
        for k, (d, a) in enumerate(((dZ1, X), (dZ2, A1), (dZ3, A2)), 1): g[f"dW{k}"] = d @ a.T / m; g[f"db{k}"] = d.sum(1, keepdims=True) / m
        return g
    return cost, P, back, None, None

@case("right: the book's model as it is", alone=True)
def book():
    x, y = spiral_rows()
    return BookModel([Layer_Dense(2, 8, 1), Activation_ReLU(), Layer_Dense(8, 3, 2), Activation_Softmax()]), x, y

@case("right: the book's Adam", alone=True)
def book_adam():
    class Opt:
        def __init__(self): self.lr, self.it, self.b1, self.b2 = 0.02, 0, 0.9, 0.999
        def update_params(self, layer):
            for n, g in (("weights", layer.dweights), ("biases", layer.dbiases)):
                mom = self.b1 * getattr(layer, "m_" + n, 0) + (1 - self.b1) * g; c = self.b2 * getattr(layer, "c_" + n, 0) + (1 - self.b2) * g ** 2
                setattr(layer, "m_" + n, mom); setattr(layer, "c_" + n, c)
                setattr(layer, n, getattr(layer, n) - self.lr * mom / (1 - self.b1 ** (self.it + 1)) / (np.sqrt(c / (1 - self.b2 ** (self.it + 1))) + 1e-7))
    class M(BookModel):
        def __init__(self, layers): super().__init__(layers); self.opt = Opt()
        def update(self):
            for layer in self.layers:
                if hasattr(layer, "weights"): self.opt.update_params(layer)
            self.opt.it += 1
    x, y = spiral_rows()
    return M([Layer_Dense(2, 8, 1), Activation_ReLU(), Layer_Dense(8, 3, 2), Activation_Softmax()]), x, y

@case("right: the book's Adam, whose iterations the training loop counts on by post_update_params", alone=True)
def counted_by_the_loop():
    class Opt:
        def __init__(self): self.learning_rate, self.iterations, self.b1, self.b2 = 0.02, 0, 0.9, 0.999
        def update_params(self, layer):
            for n, g in (("weights", layer.dweights), ("biases", layer.dbiases)):
                mom = self.b1 * getattr(layer, "m_" + n, 0) + (1 - self.b1) * g; c = self.b2 * getattr(layer, "c_" + n, 0) + (1 - self.b2) * g ** 2
                setattr(layer, "m_" + n, mom); setattr(layer, "c_" + n, c)
                setattr(layer, n, getattr(layer, n) - self.learning_rate * mom / (1 - self.b1 ** (self.iterations + 1)) / (np.sqrt(c / (1 - self.b2 ** (self.iterations + 1))) + 1e-7))
        def post_update_params(self): self.iterations += 1
    class M(BookModel):
        def __init__(self, layers): super().__init__(layers); self.opt = Opt()
        def update(self):
            for layer in self.layers:
                if hasattr(layer, "weights"): self.opt.update_params(layer)
        def train(self, X, y, epochs):
            for _ in range(epochs):
                self(X); self.backward_step(y); self.update(); self.opt.post_update_params()
    x, y = spiral_rows()
    return M([Layer_Dense(2, 8, 1), Activation_ReLU(), Layer_Dense(8, 3, 2), Activation_Softmax()]), x, y

@functions("right: coursera")
def coursera():
    c, p, g = dnn_right()
    return c, p, g, None, None

@case("right: AMSGrad with its numbers in the lines")
def amsgrad():
    class AMSGrad:
        t = 0
        def step(self, p, g):
            if self.t == 0: self.m, self.v, self.vmax = np.zeros_like(p), np.zeros_like(p), np.zeros_like(p)
            self.t += 1
            self.m = 0.9 * self.m + 0.1 * g; self.v = 0.99 * self.v + 0.01 * g * g
            self.vmax = np.maximum(self.vmax, self.v)
            p -= 0.01 * self.m / (np.sqrt(self.vmax) + 1e-8)
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AMSGrad(), seed=1), X, Y

@case("right: momentum with its numbers in the lines, weak, and weight decay")
def weak_momentum():
    class Opt:
        v = 0
        def step(self, p, g):
            self.v = 0.3 * self.v + 0.7 * (g + 1e-4 * p)
            p -= 0.05 * self.v
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Opt(), seed=1), X, Y

@case("right: layer norm over the features")
def layer_norm():
    class LayerNorm:
        parameters = ("gamma", "beta")
        def build(self, k, rng, dtype=float): self.gamma, self.beta = np.ones((k, 1)), np.zeros((k, 1))
        def __call__(self, x):
            self.s = np.sqrt(x.var(axis=0) + 1e-5); self.n = (x - x.mean(axis=0)) / self.s; return self.gamma * self.n + self.beta
        def parameter_gradients(self, g): self.grad_gamma, self.grad_beta = (g * self.n).mean(1, keepdims=True), g.mean(1, keepdims=True)
        def backward(self, g): d = g * self.gamma; return (d - d.mean(0) - self.n * (d * self.n).mean(0)) / self.s
    return NeuralNetwork(((Dense(5), LayerNorm(), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=4), X, Y

@functions("right: residual block of functions, with L1")
def residual_l1():
    r = np.random.default_rng(9); X = r.normal(size=(7, 4)); y = r.normal(size=(7, 1)); W = {"A": r.normal(size=(4, 4)), "B": r.normal(size=(4, 1))}
    def loss(W): h = X + np.tanh(X @ W["A"]); return ((h @ W["B"] - y) ** 2).mean() + 0.01 * sum(np.abs(w).sum() for w in W.values())
    def grad(W):
        t = np.tanh(X @ W["A"]); h = X + t; d = 2 * (h @ W["B"] - y) / len(y)
        return {"A": X.T @ (d @ W["B"].T * (1 - t * t)) + 0.01 * np.sign(W["A"]), "B": h.T @ d + 0.01 * np.sign(W["B"])}
    return loss, W, grad, None, None

@case("right: plain gradient descent with a rate that decays in the lines, steps along a clipped gradient")
def clipped_decay():
    class Opt:
        k = 0
        def step(self, p, g):
            self.k += 1
            n = np.linalg.norm(g)
            if n > 5.0: g = g * (5.0 / n)
            p -= 0.1 / (1 + 0.01 * self.k) * g
    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Opt(), seed=1), X, Y



X2 = np.random.default_rng(11).normal(size=(4, 16))

Y2 = np.stack([np.sin(X2[0]), X2[1] * X2[2]])

@case("the weights' gradient is taken with the layer's own output transposed in (dz @ self.z.T) instead of the inputs; square layer", "own_output_for_input")
def own_output():
    class Affine:
        parameters = ("weights", "bias")

        def __init__(self, size):
            self.size = size

        def build(self, n, rng, dtype=float):
            self.weights = rng.uniform(-0.8, 0.8, (self.size, n))
            self.bias = np.zeros((self.size, 1))

        def __call__(self, x):
            self.x = x
            self.z = self.weights.dot(x) + self.bias
            return self.z

        def parameter_gradients(self, dz):
            m = dz.shape[1]
            self.grad_weights = dz.dot(self.z.T) / m
            self.grad_bias = dz.sum(axis=1, keepdims=True) / m

        def backward(self, dz):
            return self.weights.T.dot(dz)

    return NeuralNetwork(((Affine(4), Tanh()), (Affine(4), Tanh()), (Dense(2), Linear())), MeanSquaredError(), 0.1, seed=3), X2, Y2

@case("ELU: below 0 the slope is the output itself, without + alpha", "value_left_of_zero")
def elu_slope():
    class Elu:
        def __init__(self, alpha=0.7):
            self.alpha = alpha

        def __call__(self, z):
            return np.where(z > 0, z, self.alpha * (np.exp(z) - 1))

        def gradient(self, z):
            return np.where(z > 0, 1, self.alpha * (np.exp(z) - 1))

    return NeuralNetwork(((Dense(6), Elu()), (Dense(2), Linear())), MeanSquaredError(), 0.1, seed=3), X2, Y2

@case("swish: the second term of the product rule, z s (1 - s), is missing", "product_half")
def swish():
    class SiLU:
        def __call__(self, z):
            self.s = 1 / (1 + np.exp(-z))
            return z * self.s

        def backward(self, g):
            return g * self.s

    return NeuralNetwork(((Dense(6), SiLU()), (Dense(2), Linear())), MeanSquaredError(), 0.1, seed=3), X2, Y2

@case("dropout keeps with probability p on the way up, and scales by 1 / p where 1 / (1 - p) belongs: rate and keep probability mixed up", "dropout_exchanged")
def dropout_scale():
    class InvertedDropout:
        def __init__(self, rate, seed=0):
            self.rate = rate
            self.rng = np.random.default_rng(seed)

        def __call__(self, x):
            self.keep = (self.rng.random(x.shape) > self.rate) / self.rate
            return x * self.keep

        def predict(self, x):
            return x

        def backward(self, g):
            return g * self.keep

    return NeuralNetwork(((Dense(8), ReLU(), InvertedDropout(0.2)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("two: the error goes down through grad_weights, and the bias' gradient is missing (zeros)", "bias_gradient_missing")
def two_down_and_bias():
    class Layer_:
        parameters = ("weights", "bias")

        def __init__(self, n):
            self.n = n

        def build(self, features, rng, dtype=float):
            self.weights = 0.6 * rng.standard_normal((self.n, features))
            self.bias = np.zeros((self.n, 1))

        def __call__(self, a):
            self.a = a
            return self.weights @ a + self.bias

        def parameter_gradients(self, delta):
            self.grad_weights = delta @ self.a.T / self.a.shape[1]
            self.grad_bias = np.zeros_like(self.bias)

        def backward(self, delta):
            return self.grad_weights.T @ delta

    return NeuralNetwork(((Layer_(5), Tanh()), (Layer_(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1), X, Y

@case("MSE over k outputs: the gradient 2 (a - y) is not divided by k", "outputs_missing")
def mse_k():
    class MSE_:
        def __call__(self, a, y):
            return ((a - y) ** 2).mean()

        def gradient(self, a, y):
            return 2 * (a - y)

    x = X2
    y = np.vstack([Y2, Y2[:1] ** 2])
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(3), Linear())), MSE_(), 0.1, seed=3), x, y

@case("cross-entropy: y - a where a - y belongs", "gradient_sign")
def bce_swapped():
    class Bce:
        def __call__(self, a, y):
            a = np.clip(a, 1e-9, 1 - 1e-9)
            return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

        def gradient(self, a, y):
            a = np.clip(a, 1e-9, 1 - 1e-9)
            return (y - a) / (a * (1 - a))

    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), Bce(), 0.1, seed=1), X, Y

@case("weights on the way up alone: the loss weighs positives by 3, the gradient does not", "loss_of_another")
def weighted_bce():
    class WeightedBCE:
        w = 3.0

        def __call__(self, p, y):
            return -np.mean(self.w * y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))

        def gradient(self, p, y):
            return (p - y) / (p * (1 - p) + 1e-12)

    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), WeightedBCE(), 0.1, seed=1), X, Y

@case("Adam without numbers of a name: divides by v_hat, not by its root", "root_missing")
def adam_no_root():
    class Adam_:
        def __init__(self, alpha=0.01):
            self.alpha = alpha
            self.t = 0

        def step(self, theta, g):
            if self.t == 0:
                self.m = np.zeros_like(theta)
                self.v = np.zeros_like(theta)
            self.t = self.t + 1
            self.m = 0.9 * self.m + 0.1 * g
            self.v = 0.999 * self.v + 0.001 * g * g
            m_hat = self.m / (1 - 0.9 ** self.t)
            v_hat = self.v / (1 - 0.999 ** self.t)
            theta -= self.alpha * m_hat / (v_hat + 1e-8)

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Adam_(), seed=1), X, Y

@case("RMSProp with momentum of its own names: cache adds the new square whole (rho * cache + g²)", "share_missing")
def rmsprop_share():
    class RMSprop_:
        def __init__(self, lr=0.01, rho=0.9):
            self.lr = lr
            self.rho = rho
            self.Eg2 = None

        def step(self, w, g):
            if self.Eg2 is None:
                self.Eg2 = np.zeros_like(w)
            self.Eg2 = self.rho * self.Eg2 + np.power(g, 2)
            w -= self.lr * g / np.sqrt(self.Eg2 + 1e-8)

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=RMSprop_(), seed=1), X, Y

@case("the step makes a new array (w = w - ...) and does not return it: nothing moves", "nothing_moves")
def rebound():
    class GD:
        def __init__(self, lr):
            self.lr = lr

        def step(self, w, g):
            w = w - self.lr * g

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=GD(0.1), seed=1), X, Y

@case("weight decay with the wrong sign: parameters grow", "decay_grows")
def decay_sign():
    class SGDW:
        lr = 0.1
        weight_decay = 0.01

        def step(self, w, g):
            w -= self.lr * (g - self.weight_decay * w)

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=SGDW(), seed=1), X, Y

class Base:
    def __init__(self, sizes, lr=0.2, seed=0):
        rng = np.random.default_rng(seed)
        self.lr = lr
        self.W = [rng.normal(size=(o, i)) / np.sqrt(i) for i, o in itertools.pairwise(sizes)]
        self.b = [0.1 * rng.normal(size=(o, 1)) for o in sizes[1:]]

    def feedforward(self, x):
        self.a = [x]
        self.z = []
        for W, b in zip(self.W, self.b, strict=True):
            self.z.append(W @ self.a[-1] + b)
            self.a.append(1 / (1 + np.exp(-self.z[-1])))
        return self.a[-1]

def of_lists(kind, y=None):
    net = kind([4, 5, 5, 2])
    y = (Y2 > 0) * 1.0 if y is None else y
    def loss():
        return 0.5 * np.sum((net.feedforward(X2) - y) ** 2) / 16
    def gradients():
        return net.backprop(X2, y)
    return loss, net.W + net.b, gradients

@functions("the hidden layers multiply by their a, not by a (1 - a)", "value_for_slope")
def lists_a_for_slope():
    class Net(Base):
        def backprop(self, x, y):
            self.feedforward(x)
            dW = [None] * 3
            db = [None] * 3
            delta = (self.a[-1] - y) * self.a[-1] * (1 - self.a[-1]) / x.shape[1]
            for i in (2, 1, 0):
                dW[i] = delta @ self.a[i].T
                db[i] = delta.sum(axis=1, keepdims=True)
                delta = self.W[i].T @ delta * self.a[i]
            return dW + db

    return *of_lists(Net), None, None

@functions("the square layer's weights are not transposed on the way down", "weights_not_transposed")
def lists_wrong_w():
    class Net(Base):
        def backprop(self, x, y):
            self.feedforward(x)
            dW = []
            db = []
            d = (self.a[3] - y) * self.a[3] * (1 - self.a[3]) / x.shape[1]
            dW.insert(0, d @ self.a[2].T)
            db.insert(0, d.sum(1, keepdims=True))
            d = (self.W[2].T @ d) * self.a[2] * (1 - self.a[2])
            dW.insert(0, d @ self.a[1].T)
            db.insert(0, d.sum(1, keepdims=True))
            d = (self.W[1] @ d) * self.a[1] * (1 - self.a[1])
            dW.insert(0, d @ self.a[0].T)
            db.insert(0, d.sum(1, keepdims=True))
            return dW + db

    return *of_lists(Net), None, None

@functions("the output layer's slope is forgotten (delta = a - y with a squared error)", "slope_missing")
def lists_output_slope():
    class Net(Base):
        def backprop(self, x, y):
            self.feedforward(x)
            grads_w, grads_b = [], []
            delta = (self.a[-1] - y) / x.shape[1]
            for i in range(2, -1, -1):
                grads_w.append(delta @ self.a[i].T)
                grads_b.append(np.sum(delta, axis=1, keepdims=True))
                delta = (self.W[i].T @ delta) * self.a[i] * (1 - self.a[i])
            return grads_w[::-1] + grads_b[::-1]

    return *of_lists(Net), None, None

@functions("the gradients come in the order of the way back (not reversed)", "exchanged")
def lists_order():
    class Net(Base):
        def __init__(self, sizes):
            super().__init__([4, 4, 4, 4])

        def backprop(self, x, y):
            self.feedforward(x)
            grads_w, grads_b = [], []
            delta = (self.a[-1] - y) * self.a[-1] * (1 - self.a[-1]) / x.shape[1]
            for i in range(2, -1, -1):
                grads_w.append(delta @ self.a[i].T)
                grads_b.append(np.sum(delta, axis=1, keepdims=True))
                delta = (self.W[i].T @ delta) * self.a[i] * (1 - self.a[i])
            return grads_w + grads_b

    return *of_lists(Net, np.vstack([Y2, Y2]) > 0), None, None

class Module:
    """A small framework: each module keeps what it needs."""

class Lin(Module):
    def __init__(self, i, o, rng):
        self.W = rng.normal(size=(o, i)) * np.sqrt(1 / i)
        self.b = np.zeros((o, 1))

    def __call__(self, x):
        self.x = x
        return self.W @ x + self.b

    def backward(self, g):
        self.dW = g @ self.x.T
        self.db = g.sum(axis=1, keepdims=True)
        return self.W.T @ g

class Sig(Module):
    def __call__(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, g):
        return g * self.a * (1 - self.a)

class Mse:
    def __call__(self, p, y):
        return np.mean((p - y) ** 2)

    def gradient(self, p, y):
        return 2 * (p - y) / p.size

class Seq:
    def __init__(self, layers, lr=0.5):
        self.layers = layers
        self.loss = Mse()
        self.lr = lr

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        self.out = x
        return x

    def backward_step(self, y):
        g = self.loss.gradient(self.out, y)
        for layer in self.layers[::-1]:
            g = layer.backward(g)

    def update(self):
        for layer in self.layers:
            if isinstance(layer, Lin):
                layer.W -= self.lr * layer.dW
                layer.b -= self.lr * layer.db

def seq(kind=Seq, lin=Lin, sig=Sig):
    rng = np.random.default_rng(2)
    return kind([lin(4, 6, rng), sig(), lin(6, 2, rng), sig()])

@case("one Sigmoid object in both places: what it keeps is that of the last", "shared_part", alone=True)
def shared_sigmoid():
    rng = np.random.default_rng(2)
    s = Sig()
    return Seq([Lin(4, 6, rng), s, Lin(6, 6, rng), s, Lin(6, 2, rng)]), X2, Y2

@case("update: the biases are added to, += for -=", "array_uphill", alone=True)
def bias_uphill():
    class Net(Seq):
        def update(self):
            for layer in self.layers:
                if isinstance(layer, Lin):
                    layer.W -= self.lr * layer.dW
                    layer.b += self.lr * layer.db

    return seq(Net), X2, (Y2 > 0) * 1.0

@case("the inputs are kept once, of the first batch (if not hasattr)", "stale_inputs", alone=True)
def stale_inputs():
    class Kept(Lin):
        def __call__(self, x):
            if not hasattr(self, "x"):
                self.x = x
            return self.W @ x + self.b

    return seq(Seq, Kept), X2, (Y2 > 0) * 1.0

@case("the error is clipped on the way back, at 0.01", "line_too_much", "clipped", alone=True)
def clipped_back():
    class Clip(Lin):
        def backward(self, g):
            g = np.clip(g, -0.01, 0.01)
            return super().backward(g)

    return seq(Seq, Clip), X2, (Y2 > 0) * 1.0

@functions("right: lists")
def lists():
    class Net(Base):
        def backprop(self, x, y):
            self.feedforward(x)
            dW, db = [], []
            delta = (self.a[-1] - y) * self.a[-1] * (1 - self.a[-1]) / x.shape[1]
            for i in range(2, -1, -1):
                dW.insert(0, delta @ self.a[i].T)
                db.insert(0, delta.sum(1, keepdims=True))
                delta = (self.W[i].T @ delta) * self.a[i] * (1 - self.a[i])
            return dW + db

    return *of_lists(Net), None, None

@case("right: a small framework", alone=True)
def framework():
    return seq(), X2, (Y2 > 0) * 1.0

@functions("right: ReLU functions with biases at zero and dead inputs (a kink at the very numbers)")
def kink():
    r = np.random.default_rng(0)
    X = r.normal(size=(3, 10)) * (np.arange(10) > 2)
    y = r.normal(size=(1, 10))
    p = {"W1": r.normal(size=(5, 3)), "b1": np.zeros((5, 1)), "W2": r.normal(size=(1, 5)), "b2": np.zeros((1, 1))}

    def loss(p):
        return np.mean((p["W2"] @ np.maximum(0, p["W1"] @ X + p["b1"]) + p["b2"] - y) ** 2)

    def grads(p):
        z = p["W1"] @ X + p["b1"]
        h = np.maximum(0, z)
        d = 2 * (p["W2"] @ h + p["b2"] - y) / 10
        dz = (p["W2"].T @ d) * (z > 0)
        return {"W1": dz @ X.T, "b1": dz.sum(1, keepdims=True), "W2": d @ h.T, "b2": d.sum(1, keepdims=True)}

    return loss, p, grads, None, None

@case("right: NAdam, with its numbers in the lines and the rate of the notebook")
def nadam():
    LR = 0.05

    class Nadam:
        def __init__(self):
            self.t = 0

        def step(self, w, g):
            if self.t == 0:
                self.m, self.v = 0 * w, 0 * w
            self.t += 1
            self.m = 0.9 * self.m + (1 - 0.9) * g
            self.v = 0.999 * self.v + (1 - 0.999) * g ** 2
            m = 0.9 * self.m / (1 - 0.9 ** (self.t + 1)) + (1 - 0.9) * g / (1 - 0.9 ** self.t)
            w -= LR * m / (np.sqrt(self.v / (1 - 0.999 ** self.t)) + 1e-8)

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Nadam(), seed=1), X, Y

@case("right: weighted BCE, weighed both ways")
def weighted():
    class WeightedBCE:
        w = 3.0

        def __call__(self, p, y):
            return -np.mean(self.w * y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))

        def gradient(self, p, y):
            return -self.w * y / (p + 1e-12) + (1 - y) / (1 - p + 1e-12)

    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), WeightedBCE(), 0.1, seed=1), X, Y

@case("right: signSGD with momentum (signum), numbers in the lines")
def signum():
    class Signum:
        m = 0.0

        def step(self, w, g):
            self.m = 0.9 * self.m + 0.1 * g
            w -= 0.01 * np.sign(self.m)

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Signum(), seed=1), X, Y

@functions("right: gradient of a loss with max(0, ...) hinge on labels -1 and 1, and L2 in the loss and the gradients, rows")
def hinge_rows():
    r = np.random.default_rng(8)
    X = r.normal(size=(12, 3))
    y = np.where(X[:, 0] > X[:, 1], 1, -1)
    w = r.normal(size=3)
    b = np.zeros(1)

    def loss():
        return np.mean(np.maximum(0, 1 - y * (X @ w + b))) + 0.05 * w @ w

    def grad():
        on = (y * (X @ w + b) < 1) * -y / len(y)
        return {"w": X.T @ on + 0.1 * w, "b": np.array([on.sum()])}

    return loss, {"w": w, "b": b}, grad, None, None

@case("right: AdaBelief, with its own names")
def adabelief():
    class AdaBelief:
        def __init__(self, lr=0.01, beta1=0.9, beta2=0.99, eps=1e-8):
            self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
            self.m = self.s = 0.0
            self.t = 0

        def step(self, w, g):
            self.t += 1
            self.m = self.beta1 * self.m + (1 - self.beta1) * g
            self.s = self.beta2 * self.s + (1 - self.beta2) * (g - self.m) ** 2 + self.eps
            w -= self.lr * (self.m / (1 - self.beta1 ** self.t)) / (np.sqrt(self.s / (1 - self.beta2 ** self.t)) + self.eps)

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=AdaBelief(), seed=1), X, Y



G = np.random.default_rng(21)

XR = G.normal(size=(15, 4))

YR = (XR[:, :1] * XR[:, 1:2] + 0.3 * XR[:, 2:3])

XC, YC = XR.T.copy(), YR.T.copy()

LAB = (YC > 0) * 1.0

CLS = np.arange(15) % 3

HOT = np.eye(3)[CLS].T

@case("the bias' gradient: keepdims forgotten, shape (units,)", "flat")
def bias_flat():
    class Fc:
        parameters = ("weights", "bias")

        def __init__(self, k):
            self.k = k

        def build(self, d, rng, dtype=float):
            self.weights = rng.normal(scale=d ** -0.5, size=(self.k, d))
            self.bias = np.zeros((self.k, 1))

        def __call__(self, x):
            self.x = x
            return self.weights @ x + self.bias

        def parameter_gradients(self, e):
            self.grad_weights = np.einsum("ki,di->kd", e, self.x) / e.shape[1]
            self.grad_bias = e.mean(axis=1)

        def backward(self, e):
            return np.einsum("kd,ki->di", self.weights, e)

    return NeuralNetwork(((Fc(6), ReLU()), (Fc(1), Sigmoid())), BinaryCrossEntropy(), 0.2, seed=0), XC, LAB

@case("leaky ReLU: 0.03 on the way back where the way up has 0.3", "leak_differs")
def leak_differs():
    class Leaky:
        def __call__(self, z):
            self.pos = z > 0
            return np.where(self.pos, z, 0.3 * z)

        def backward(self, e):
            return np.where(self.pos, e, 0.03 * e)

    return NeuralNetwork(((Dense(6), Leaky()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.2, seed=0), XC, LAB

@case("softmax's backward is elementwise, p (1 - p)", "softmax_elementwise")
def softmax_elementwise():
    class Sm:
        def __call__(self, z):
            t = np.exp(z - z.max(0))
            self.p = t / t.sum(0)
            return self.p

        def backward(self, e):
            return e * self.p * (1 - self.p)

    return NeuralNetwork(((Dense(6), Tanh()), (Dense(3), Sm())), CategoricalCrossEntropy(), 0.2, seed=0), XC, HOT

@case("layer norm: the way back uses the means over the examples (axis 1) where the features (axis 0) were normalised", "norm_axis_back")
def layer_norm_axis():
    class Ln:
        parameters = ("gamma", "beta")

        def build(self, k, rng, dtype=float):
            self.gamma, self.beta = np.ones((k, 1)), np.zeros((k, 1))

        def __call__(self, x):
            self.sd = np.sqrt(x.var(axis=0, keepdims=True) + 1e-5)
            self.nx = (x - x.mean(axis=0, keepdims=True)) / self.sd
            return self.gamma * self.nx + self.beta

        def parameter_gradients(self, e):
            self.grad_gamma = (e * self.nx).mean(1, keepdims=True)
            self.grad_beta = e.mean(1, keepdims=True)

        def backward(self, e):
            d = e * self.gamma
            return (d - d.mean(1, keepdims=True) - self.nx * (d * self.nx).mean(1, keepdims=True)) / self.sd

    return NeuralNetwork(((Dense(5), Ln(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.2, seed=0), XC, LAB

@case("Adam: first moment uses the squared gradient's decay (beta2) for both moments", "betas_swapped")
def adam_beta2_for_both():
    class Adam2:
        def __init__(self, lr=0.01, beta1=0.9, beta2=0.99):
            self.lr = lr
            self.beta1 = beta1
            self.beta2 = beta2
            self.m = 0.0
            self.v = 0.0
            self.t = 0

        def step(self, w, g):
            self.t += 1
            self.m = self.beta2 * self.m + (1 - self.beta2) * g
            self.v = self.beta2 * self.v + (1 - self.beta2) * g**2
            w -= self.lr * self.m / (1 - self.beta1**self.t) / (np.sqrt(self.v / (1 - self.beta2**self.t)) + 1e-8)

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Adam2(), seed=1), X, Y

def rows_net():
    return {"W1": G.normal(size=(4, 6)) * 0.6, "b1": G.normal(size=6) * 0.1, "W2": G.normal(size=(6, 3)) * 0.6, "b2": np.zeros(3)}

@functions("the hidden bias' gradient takes the error before the ReLU's mask", "slope_missing")
def db_before_mask():
    p = rows_net()
    N = len(XR)

    def forward(p):
        z1 = XR @ p["W1"] + p["b1"]
        a1 = np.maximum(z1, 0)
        s = a1 @ p["W2"] + p["b2"]
        s = s - s.max(1, keepdims=True)
        e = np.exp(s)
        return z1, a1, e / e.sum(1, keepdims=True)

    def loss(p):
        return -np.log(forward(p)[2][np.arange(N), CLS]).mean()

    def grads(p):
        z1, a1, q = forward(p)
        d2 = (q - HOT.T) / N
        d1 = d2 @ p["W2"].T
        g = {"W2": a1.T @ d2, "b2": d2.sum(0), "b1": d1.sum(0)}
        d1 = d1 * (z1 > 0)
        g["W1"] = XR.T @ d1
        return g

    return loss, p, grads, None, None

@functions("p - y with the labels one class off", "too_much")
def labels_shifted():
    p = rows_net()
    N = len(XR)

    def probs(p):
        s = np.tanh(XR @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
        e = np.exp(s - s.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def loss(p):
        return -np.log(probs(p)[np.arange(N), CLS]).mean()

    def grads(p):
        h = np.tanh(XR @ p["W1"] + p["b1"])
        d = probs(p)
        d[np.arange(N), CLS - 1] -= 1
        d /= N
        dh = d @ p["W2"].T * (1 - h**2)
        return {"W1": XR.T @ dh, "b1": dh.sum(0), "W2": h.T @ d, "b2": d.sum(0)}

    return loss, p, grads, None, None

@functions("the L2 term is missing in the loss and present in the gradient", "l2_other")
def l2_in_gradient_alone():
    w, b = G.normal(size=(4, 1)), np.zeros(1)

    def loss():
        return 0.5 * np.mean((XR @ w + b - YR) ** 2)

    def grad():
        e = (XR @ w + b - YR) / len(XR)
        return {"w": XR.T @ e + 0.1 * w, "b": e.sum(0)}

    return loss, {"w": w, "b": b}, grad, None, None

@functions("W1's gradient with the raw X, where the standardised one went up", "another_variable")
def standardised_back():
    p = {"W1": G.normal(size=(4, 5)), "b1": np.zeros(5), "W2": G.normal(size=(5, 1)), "b2": np.zeros(1)}
    XS = (XR - XR.mean(0)) / XR.std(0)

    def loss(p):
        return np.mean((np.tanh(XS @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"] - YR) ** 2)

    def grad(p):
        h = np.tanh(XS @ p["W1"] + p["b1"])
        e = 2 * (h @ p["W2"] + p["b2"] - YR) / len(XR)
        dh = e @ p["W2"].T * (1 - h * h)
        return {"W1": XR.T @ dh, "b1": dh.sum(0), "W2": h.T @ e, "b2": e.sum(0)}

    return loss, p, grad, None, None

class Dense9:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng):
        self.weights = rng.normal(size=(self.units, features)) / np.sqrt(features)
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        self.inputs = x
        self.output = self.weights @ x + self.bias
        return self.output

    def backward(self, d):
        self.grad_weights = d @ self.inputs.T / d.shape[1]
        self.grad_bias = d.mean(axis=1, keepdims=True)
        return self.weights.T @ d

class Net9:
    def __init__(self, layers, loss, optimizer):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer
        self.built = False

    def __call__(self, x):
        if not self.built:
            rng, n = np.random.default_rng(0), len(x)
            for layer, _ in self.layers:
                layer.build(n, rng)
                n = layer.units
            self.built = True
        for layer, activation in self.layers:
            x = activation(layer(x))
        self.output = x
        return x

    def backward_step(self, y):
        d = self.loss.gradient(self.output, y)
        for layer, activation in self.layers[::-1]:
            d = layer.backward(d * activation.gradient(layer.output))

    def update(self):
        for layer, _ in self.layers:
            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)

@case("the velocity is kept by shape, so that arrays of one shape share it", "memories_mixed", "moves_elsewhere", alone=True)
def velocity_by_shape():
    class Momentum9:
        def __init__(self, learning_rate=0.1, momentum=0.9):
            self.learning_rate, self.momentum, self.kept = learning_rate, momentum, {}

        def step(self, p, g):
            v = self.momentum * self.kept.get(p.shape, 0) + g
            self.kept[p.shape] = v
            p -= self.learning_rate * v

    n = Net9([(Dense9(5), Tanh()), (Dense9(5), Tanh()), (Dense9(1), Sigmoid())], BinaryCrossEntropy(), Momentum9())
    n(XC)
    return n, XC, LAB

@case("the slope is asked at the activation's output, not at z, in backward_step", "slope_at_output", alone=True)
def slope_at_output():
    class Net(Net9):
        def __call__(self, x):
            super().__call__(x)
            self.acts = []
            x = self.layers[0][0].inputs
            for layer, activation in self.layers:
                x = activation(layer(x))
                self.acts.append(x)
            return x

        def backward_step(self, y):
            d = self.loss.gradient(self.output, y)
            for (layer, activation), a in zip(self.layers[::-1], self.acts[::-1], strict=True):
                d = layer.backward(d * activation.gradient(a))

    n = Net([(Dense9(5), Tanh()), (Dense9(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.1))
    n(XC)
    return n, XC, LAB

@case("right: weak momentum in the lines")
def weak():
    class Mom:
        v = 0.0

        def step(self, w, g):
            self.v = 0.1 * self.v + 0.9 * g
            w -= 0.05 * self.v

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Mom(), seed=1), X, Y

@case("right: Rprop with copies")
def rprop():
    class Rprop:
        def __init__(self):
            self.delta = None

        def step(self, w, g):
            if self.delta is None:
                self.delta, self.before = np.full(w.shape, 0.01), np.zeros(w.shape)
            same = np.sign(g * self.before)
            self.delta = np.clip(np.where(same > 0, 1.2 * self.delta, np.where(same < 0, 0.5 * self.delta, self.delta)), 1e-6, 1.0)
            w -= np.sign(g) * self.delta
            self.before = g.copy()

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Rprop(), seed=1), X, Y

@case("right: Adadelta, without a rate")
def adadelta():
    class Adadelta:
        def __init__(self, rho=0.95, eps=1e-6):
            self.rho, self.eps, self.eg, self.ex = rho, eps, 0.0, 0.0

        def step(self, w, g):
            self.eg = self.rho * self.eg + (1 - self.rho) * g**2
            dx = -np.sqrt(self.ex + self.eps) / np.sqrt(self.eg + self.eps) * g
            self.ex = self.rho * self.ex + (1 - self.rho) * dx**2
            w += dx

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Adadelta(), seed=1), X, Y

@case("right: noise is added to the gradient (Langevin)")
def langevin():
    class Langevin:
        def step(self, w, g):
            w -= 0.05 * (g + 0.001 * np.random.randn(*g.shape))

    return NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Langevin(), seed=1), X, Y

@case("right: a normalisation whose predict uses the last batch's numbers of a training that has been")
def norm_lazy():
    class Norm:
        parameters = ("g",)

        def build(self, k, rng, dtype=float):
            self.g = np.ones((k, 1))
            self.mean = None

        def __call__(self, x):
            mu, sd = x.mean(1, keepdims=True), x.std(1, keepdims=True) + 1e-7
            self.mean = mu if self.mean is None else 0.9 * self.mean + 0.1 * mu
            self.sd = sd if getattr(self, "sd", None) is None else 0.9 * self.sd + 0.1 * sd
            self.n, self.s = (x - mu) / sd, sd
            return self.g * self.n

        def predict(self, x):
            return self.g * (x - self.mean) / self.sd

        def parameter_gradients(self, d):
            self.grad_g = (d * self.n).mean(1, keepdims=True)

        def backward(self, d):
            d = d * self.g
            k = (self.s - 1e-7) / self.s
            return (d - d.mean(1, keepdims=True) - self.n / k * (d * self.n).mean(1, keepdims=True)) / self.s

    return NeuralNetwork(((Dense(5), Norm(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.2, seed=0), XC, LAB

@case("right: maximum pooling over pairs of units, ties by the first")
def maxout():
    class Maxout:
        def __call__(self, z):
            self.first = z[0::2] >= z[1::2]
            return np.where(self.first, z[0::2], z[1::2])

        def backward(self, d):
            out = np.zeros((2 * len(d), d.shape[1]))
            out[0::2], out[1::2] = d * self.first, d * ~self.first
            return out

    return NeuralNetwork(((Dense(8), Maxout()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.2, seed=0), XC, LAB

@functions("right: gradients as a dictionary of numbers at a kink")
def dictionary_at_kink():
    W = {"w": np.array([[1.0, -2.0]]), "b": np.array([0.0])}
    x, y = np.array([[0.0, 0.0], [1.0, 2.0]]), np.array([1.0, 0.5])

    def loss():
        return 0.5 * np.sum((np.maximum(x @ W["w"][0] + W["b"], 0) - y) ** 2)

    z = x @ W["w"][0] + W["b"]
    d = (np.maximum(z, 0) - y) * (z > 0)
    return loss, W, {"w": (d @ x)[np.newaxis], "b": np.array([d.sum()])}, None, None

@case("right: exp and Poisson's loss, r - y handed through")
def poisson():
    class Exp:
        def __call__(self, z):
            return np.exp(z)

        def backward(self, d):
            return d

    class Poisson:
        def __call__(self, r, y):
            return np.mean(r - y * np.log(r))

        def gradient(self, r, y):
            return r - y

    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Exp())), Poisson(), 0.1, seed=0), XC, np.round(np.abs(3 * YC))

@case("right: lesson 09 with a momentum kept by id", alone=True)
def momentum_by_id():
    class Momentum9:
        def __init__(self, learning_rate=0.1, momentum=0.9):
            self.learning_rate, self.momentum, self.kept = learning_rate, momentum, {}

        def step(self, p, g):
            v = self.momentum * self.kept.get(id(p), 0) + g
            self.kept[id(p)] = v
            p -= self.learning_rate * v

    n = Net9([(Dense9(5), Tanh()), (Dense9(1), Sigmoid())], BinaryCrossEntropy(), Momentum9())
    n(XC)
    return n, XC, LAB

@case("right: hard sigmoid and absolute error")
def hard_sigmoid():
    class Hard:
        def __call__(self, z):
            return np.clip(0.2 * z + 0.5, 0, 1)

        def gradient(self, z):
            return 0.2 * ((z > -2.5) & (z < 2.5))

    class Mae:
        def __call__(self, a, y):
            return np.abs(a - y).mean()

        def gradient(self, a, y):
            return np.sign(a - y)

    return NeuralNetwork(((Dense(6), Hard()), (Dense(1), Linear())), Mae(), 0.1, seed=0), XC, YC

@functions("right: weights tied, functions in columns, loops over examples")
def tied_loop():
    r = np.random.default_rng(3)
    p = {"W": 0.5 * r.normal(size=(3, 4)), "c": np.zeros(4)}

    def loss(p):
        total = 0.0
        for x in XR:
            h = np.tanh(p["W"] @ x)
            total += 0.5 * np.sum((p["W"].T @ h + p["c"] - x) ** 2)
        return total / len(XR)

    def grad(p):
        g = {k: np.zeros_like(v) for k, v in p.items()}
        for x in XR:
            h = np.tanh(p["W"] @ x)
            e = (p["W"].T @ h + p["c"] - x) / len(XR)
            g["c"] += e
            g["W"] += np.outer(h, e) + np.outer(p["W"] @ e * (1 - h**2), x)
        return g

    return loss, p, grad, None, None

@case("right: gradients add up, and the update sets them to zero", alone=True)
def accumulates():
    class D(Dense9):
        def build(self, features, rng):
            super().build(features, rng)
            self.grad_weights, self.grad_bias = 0 * self.weights, 0 * self.bias

        def backward(self, d):
            self.grad_weights += d @ self.inputs.T / d.shape[1]
            self.grad_bias += d.mean(axis=1, keepdims=True)
            return self.weights.T @ d

    class Net(Net9):
        def update(self):
            super().update()
            for layer, _ in self.layers:
                layer.grad_weights[:] = 0
                layer.grad_bias[:] = 0

    n = Net([(D(5), Tanh()), (D(1), Sigmoid())], BinaryCrossEntropy(), SGD(0.1))
    n(XC)
    return n, XC, LAB
