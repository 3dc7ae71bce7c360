"""Networks as they are posted, of a ninth round: everyday parts, optimisers, dictionaries and classes of lesson 09."""
# ruff: noqa: E501, E701, E702, E731, E741, NPY002 - written as people write them

import numpy as np

from nnlib import (
    SGD,
    BatchNorm,
    BinaryCrossEntropy,
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

