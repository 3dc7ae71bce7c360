"""Networks as they are posted, of an eleventh round, most with an optimiser of their own: each is a source of `SOURCES`.

A case changes it in one place, which is the mistake, or another way to write what is right.
"""
# ruff: noqa: E501 - written as people write them

import linecache
import types

from . import CASES, Case
from .functions import FUNCTIONS

SOURCES = {}
SOURCES['adam_binary'] = '''
import numpy as np

class NeuralNet:
    def __init__(self, n_x, n_h, n_y, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
        np.random.seed(3)
        self.layers = [n_x, n_h, n_y]
        self.W1 = np.random.randn(n_h, n_x) * 0.5
        self.b1 = np.zeros((n_h, 1))
        self.W2 = np.random.randn(n_y, n_h) * 0.5
        self.b2 = np.zeros((n_y, 1))
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t = 0
        self.m = {k: np.zeros_like(getattr(self, k)) for k in ("W1", "b1", "W2", "b2")}
        self.v = {k: np.zeros_like(getattr(self, k)) for k in ("W1", "b1", "W2", "b2")}

    def __call__(self, X):
        self.X = X
        self.Z1 = self.W1 @ X + self.b1
        self.A1 = np.maximum(0, self.Z1)
        self.Z2 = self.W2 @ self.A1 + self.b2
        self.A2 = 1 / (1 + np.exp(-self.Z2))
        return self.A2

    def loss(self, A2, Y):
        return float(-np.mean(Y * np.log(A2 + 1e-12) + (1 - Y) * np.log(1 - A2 + 1e-12)))

    def backward_step(self, Y):
        m = Y.shape[1]
        dZ2 = self.A2 - Y
        self.dW2 = dZ2 @ self.A1.T / m
        self.db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dA1 = self.W2.T @ dZ2
        dZ1 = dA1 * (self.Z1 > 0)
        self.dW1 = dZ1 @ self.X.T / m
        self.db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    def update(self):
        self.t += 1
        for k in ("W1", "b1", "W2", "b2"):
            g = getattr(self, "d" + k)
            self.m[k] = self.beta1 * self.m[k] + (1 - self.beta1) * g
            self.v[k] = self.beta2 * self.v[k] + (1 - self.beta2) * g ** 2
            m_hat = self.m[k] / (1 - self.beta1 ** self.t)
            v_hat = self.v[k] / (1 - self.beta2 ** self.t)
            setattr(self, k, getattr(self, k) - self.lr * m_hat / (np.sqrt(v_hat) + self.eps))

rng = np.random.default_rng(0)
x = rng.normal(size=(2, 20))
y = (x[:1] * x[1:] > 0).astype(float)
net = NeuralNet(2, 6, 1)
'''
SOURCES['softmax_rows'] = '''
import numpy as np

class Linear:
    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask

class SoftmaxCrossEntropy:
    def softmax(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def __call__(self, z, y):
        return float(-np.sum(y * np.log(self.softmax(z))) / len(y))

    def gradient(self, z, y):
        return (self.softmax(z) - y) / len(y)

class MomentumSGD:
    def __init__(self, lr=0.1, mu=0.9):
        self.lr, self.mu = lr, mu
        self.velocity = {}

    def step(self, layers):
        for i, layer in enumerate(layers):
            if not hasattr(layer, "W"):
                continue
            for name in ("W", "b"):
                key = (i, name)
                v = self.velocity.get(key, 0)
                v = self.mu * v - self.lr * getattr(layer, "d" + name)
                self.velocity[key] = v
                setattr(layer, name, getattr(layer, name) + v)

class Network:
    def __init__(self, layers, loss, optimizer):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.out = x
        return x

    def backward_step(self, y):
        grad = self.loss.gradient(self.out, y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def update(self):
        self.optimizer.step(self.layers)

    def fit(self, x, y, epochs=10, batch_size=8, seed=0):
        rng = np.random.default_rng(seed)
        losses = []
        for _ in range(epochs):
            order = rng.permutation(len(x))
            for start in range(0, len(x), batch_size):
                index = order[start:start + batch_size]
                xb, yb = x[index], y[index]
                losses.append(self.loss(self(xb), yb))
                self.backward_step(yb)
                self.update()
        return losses

rng = np.random.default_rng(1)
x = rng.normal(size=(24, 4))
y = np.eye(3)[rng.integers(0, 3, 24)]
net = Network([Linear(4, 7, rng), Relu(), Linear(7, 3, rng)], SoftmaxCrossEntropy(), MomentumSGD())
'''
SOURCES['rms_regression'] = '''
import numpy as np

class Regressor:
    """two hidden layers, tanh, mean squared error, RMSprop"""

    def __init__(self, sizes=(3, 6, 5, 1), lr=0.005, rho=0.9):
        rng = np.random.default_rng(42)
        self.layers = sizes
        self.weights = [rng.standard_normal((a, b)) / np.sqrt(a) for a, b in zip(sizes, sizes[1:])]
        self.biases = [np.zeros((1, b)) for b in sizes[1:]]
        self.lr, self.rho = lr, rho
        self.cache_w = [np.zeros_like(w) for w in self.weights]
        self.cache_b = [np.zeros_like(b) for b in self.biases]

    def __call__(self, X):
        self.a = [X]
        for i, (w, b) in enumerate(zip(self.weights, self.biases)):
            z = self.a[-1].dot(w) + b
            self.a.append(z if i == len(self.weights) - 1 else np.tanh(z))
        return self.a[-1]

    def loss(self, pred, y):
        return np.mean((pred - y) ** 2)

    def backward_step(self, y):
        n = y.shape[0]
        self.grad_weights = [None] * len(self.weights)
        self.grad_biases = [None] * len(self.biases)
        delta = 2 * (self.a[-1] - y) / n
        for i in reversed(range(len(self.weights))):
            self.grad_weights[i] = self.a[i].T.dot(delta)
            self.grad_biases[i] = delta.sum(axis=0, keepdims=True)
            if i > 0:
                delta = delta.dot(self.weights[i].T) * (1 - self.a[i] ** 2)

    def update(self):
        for i in range(len(self.weights)):
            self.cache_w[i] = self.rho * self.cache_w[i] + (1 - self.rho) * self.grad_weights[i] ** 2
            self.weights[i] -= self.lr * self.grad_weights[i] / (np.sqrt(self.cache_w[i]) + 1e-8)
            self.cache_b[i] = self.rho * self.cache_b[i] + (1 - self.rho) * self.grad_biases[i] ** 2
            self.biases[i] -= self.lr * self.grad_biases[i] / (np.sqrt(self.cache_b[i]) + 1e-8)

rng = np.random.default_rng(5)
x = rng.normal(size=(18, 3))
y = np.sin(x[:, :1]) + 0.3 * x[:, 1:2] * x[:, 2:]
net = Regressor()
'''
SOURCES['nesterov_xor'] = '''
import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

class Layer:
    def __init__(self, units, inputs, activation):
        self.weights = np.random.default_rng(units * 7).uniform(-1, 1, (units, inputs))
        self.bias = np.zeros((units, 1))
        self.activation = activation

    def forward(self, x):
        self.inputs = x
        self.z = np.dot(self.weights, x) + self.bias
        self.output = sigmoid(self.z) if self.activation == "sigmoid" else np.tanh(self.z)
        return self.output

    def backward(self, d_output):
        if self.activation == "sigmoid":
            dz = d_output * self.output * (1 - self.output)
        else:
            dz = d_output * (1 - self.output ** 2)
        m = self.inputs.shape[1]
        self.grad_weights = np.dot(dz, self.inputs.T) / m
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return np.dot(self.weights.T, dz)

class MSE:
    def __call__(self, output, labels):
        return 0.5 * np.mean(np.sum((output - labels) ** 2, axis=0))

    def gradient(self, output, labels):
        return output - labels

class Nesterov:
    def __init__(self, learning_rate=0.1, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocities = {}

    def step(self, name, parameter, gradient):
        v_prev = self.velocities.get(name, np.zeros_like(parameter))
        v = self.momentum * v_prev - self.learning_rate * gradient
        self.velocities[name] = v
        parameter += -self.momentum * v_prev + (1 + self.momentum) * v

class MLP:
    def __init__(self, layers, loss, optimizer):
        self.layers = layers
        self.loss = loss
        self.optimizer = optimizer

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.output = x
        return x

    def backward_step(self, labels):
        d = self.loss.gradient(self.output, labels)
        for layer in self.layers[::-1]:
            d = layer.backward(d)

    def update(self):
        for number, layer in enumerate(self.layers):
            self.optimizer.step(f"W{number}", layer.weights, layer.grad_weights)
            self.optimizer.step(f"b{number}", layer.bias, layer.grad_bias)

    def train(self, x, y, epochs):
        history = []
        for epoch in range(epochs):
            output = self(x)
            history.append(self.loss(output, y))
            self.backward_step(y)
            self.update()
        return history

x = np.array([[0., 0., 1., 1., 0.2, 0.8], [0., 1., 0., 1., 0.9, 0.7]])
y = np.array([[0., 1., 1., 0., 1., 0.]])
net = MLP([Layer(5, 2, "tanh"), Layer(1, 5, "sigmoid")], MSE(), Nesterov())
'''
SOURCES['own_adamw'] = '''
import numpy as np
from nnlib import NeuralNetwork, Dense, Tanh, Sigmoid, BinaryCrossEntropy

class MyAdamW:
    def __init__(self, learning_rate=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1):
        self.learning_rate = learning_rate
        self.betas, self.eps, self.weight_decay = betas, eps, weight_decay
        self.t, self.m, self.v = 0, None, None

    def step(self, parameters, gradients):
        if self.m is None:
            self.m = np.zeros_like(parameters)
            self.v = np.zeros_like(parameters)
        b1, b2 = self.betas
        self.t += 1
        parameters -= self.learning_rate * self.weight_decay * parameters
        self.m = b1 * self.m + (1 - b1) * gradients
        self.v = b2 * self.v + (1 - b2) * gradients * gradients
        m_hat = self.m / (1 - b1 ** self.t)
        v_hat = self.v / (1 - b2 ** self.t)
        parameters -= self.learning_rate * m_hat / (np.sqrt(v_hat) + self.eps)

rng = np.random.default_rng(8)
x = rng.normal(size=(3, 25))
y = (x.sum(axis=0, keepdims=True) > 0).astype(float)
net = NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=MyAdamW(), seed=1)
'''
SOURCES['coursera'] = '''
import numpy as np

class DeepNet:
    """L layers, relu ... relu, sigmoid; L2; learning-rate decay; gradients clipped by their norm"""

    def __init__(self, layer_dims, lr=0.5, lambd=0.7, decay=0.01, clip=1.0):
        np.random.seed(1)
        self.layers = layer_dims
        self.L = len(layer_dims) - 1
        self.params = {}
        for l in range(1, self.L + 1):
            self.params["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l-1]) * np.sqrt(2 / layer_dims[l-1])
            self.params["b" + str(l)] = np.zeros((layer_dims[l], 1))
        self.lr0, self.lambd, self.decay, self.clip = lr, lambd, decay, clip
        self.steps = 0

    def __call__(self, X):
        self.cache = {"A0": X}
        A = X
        for l in range(1, self.L + 1):
            Z = np.dot(self.params["W" + str(l)], A) + self.params["b" + str(l)]
            A = np.maximum(0, Z) if l < self.L else 1 / (1 + np.exp(-Z))
            self.cache["Z" + str(l)] = Z
            self.cache["A" + str(l)] = A
        return A

    def loss(self, AL, Y):
        m = Y.shape[1]
        ce = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
        l2 = sum(np.sum(np.square(self.params["W" + str(l)])) for l in range(1, self.L + 1))
        return ce + self.lambd / (2 * m) * l2

    def backward_step(self, Y):
        m = Y.shape[1]
        self.grads = {}
        dZ = self.cache["A" + str(self.L)] - Y
        for l in range(self.L, 0, -1):
            W = self.params["W" + str(l)]
            self.grads["dW" + str(l)] = np.dot(dZ, self.cache["A" + str(l-1)].T) / m + self.lambd / m * W
            self.grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dA = np.dot(W.T, dZ)
                dZ = dA * (self.cache["Z" + str(l-1)] > 0)

    def update(self):
        lr = self.lr0 / (1 + self.decay * self.steps)
        self.steps += 1
        norm = np.sqrt(sum(np.sum(g ** 2) for g in self.grads.values()))
        scale = min(1.0, self.clip / (norm + 1e-12))
        for name in self.params:
            self.params[name] = self.params[name] - lr * scale * self.grads["d" + name]

rng = np.random.default_rng(11)
x = rng.normal(size=(3, 16))
y = (x[:1] + x[1:2] ** 2 > 0.5).astype(float)
net = DeepNet([3, 5, 4, 1])
'''
SOURCES['script_softmax'] = '''
import numpy as np
rng = np.random.default_rng(2)
N, D, H, K = 15, 2, 6, 3
X = rng.normal(size=(N, D))
labels = rng.integers(0, K, N)
params = {
    "W1": rng.normal(size=(D, H)), "b1": np.zeros((1, H)),
    "W2": rng.normal(size=(H, K)), "b2": np.zeros((1, K)),
}
reg = 1e-2

def forward(p):
    hidden = np.maximum(0, X @ p["W1"] + p["b1"])
    scores = hidden @ p["W2"] + p["b2"]
    exp_scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = exp_scores / exp_scores.sum(axis=1, keepdims=True)
    return hidden, probs

def loss(p):
    hidden, probs = forward(p)
    data_loss = -np.log(probs[range(N), labels]).sum() / N
    return data_loss + 0.5 * reg * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))

def gradients(p):
    hidden, probs = forward(p)
    dscores = probs.copy()
    dscores[range(N), labels] -= 1
    dscores /= N
    dW2 = hidden.T @ dscores
    db2 = dscores.sum(axis=0, keepdims=True)
    dhidden = dscores @ p["W2"].T
    dhidden[hidden <= 0] = 0
    dW1 = X.T @ dhidden
    db1 = dhidden.sum(axis=0, keepdims=True)
    dW2 += reg * p["W2"]
    dW1 += reg * p["W1"]
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

args = (loss, params, gradients)
'''
SOURCES['adagrad_rows'] = '''
import numpy as np

class Adagrad:
    def __init__(self, lr=0.05, eps=1e-8):
        self.lr = lr
        self.eps = eps
        self.h = None

    def update(self, params, grads):
        if self.h is None:
            self.h = {}
            for key, val in params.items():
                self.h[key] = np.zeros_like(val)
        for key in params.keys():
            self.h[key] += grads[key] * grads[key]
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + self.eps)

class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.3):
        rng = np.random.default_rng(12)
        self.layers = (input_size, hidden_size, output_size)
        self.params = {}
        self.params['W1'] = weight_init_std * rng.standard_normal((input_size, hidden_size))
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = weight_init_std * rng.standard_normal((hidden_size, output_size))
        self.params['b2'] = np.zeros(output_size)
        self.optimizer = Adagrad()

    def predict(self, x):
        a1 = np.dot(x, self.params['W1']) + self.params['b1']
        z1 = 1 / (1 + np.exp(-a1))
        a2 = np.dot(z1, self.params['W2']) + self.params['b2']
        e = np.exp(a2 - np.max(a2, axis=1, keepdims=True))
        return e / np.sum(e, axis=1, keepdims=True)

    def __call__(self, x):
        self.x = x
        self.z1 = 1 / (1 + np.exp(-(np.dot(x, self.params['W1']) + self.params['b1'])))
        self.y = self.predict(x)
        return self.y

    def loss(self, y, t):
        return -np.sum(t * np.log(y + 1e-7)) / t.shape[0]

    def backward_step(self, t):
        batch_num = t.shape[0]
        self.grads = {}
        dy = (self.y - t) / batch_num
        self.grads['W2'] = np.dot(self.z1.T, dy)
        self.grads['b2'] = np.sum(dy, axis=0)
        dz1 = np.dot(dy, self.params['W2'].T)
        da1 = self.z1 * (1 - self.z1) * dz1
        self.grads['W1'] = np.dot(self.x.T, da1)
        self.grads['b1'] = np.sum(da1, axis=0)

    def update(self):
        self.optimizer.update(self.params, self.grads)

rng = np.random.default_rng(13)
x = rng.normal(size=(20, 3))
y = np.eye(4)[rng.integers(0, 4, 20)]
net = TwoLayerNet(3, 6, 4)
'''

def made(name, changes, cell):
    """What the source of this name defines, with the changes made, as if it stood in a cell."""
    text = SOURCES[name]
    for old, new in changes:
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    linecache.cache[cell] = len(text), None, text.splitlines(keepends=True), cell
    module = types.ModuleType("cell")
    exec(compile(text, cell, "exec"), vars(module))
    return module


def register(number, what, name, kinds, changes):
    def make():
        module = made(name, changes, f"<cell {number}>")
        return (*module.args, None, None) if hasattr(module, "args") else (module.net, module.x, module.y)

    make.__name__, make.__module__ = f"{name}_{number}", __name__
    if "\nargs = " in SOURCES[name]:
        FUNCTIONS.append((what, kinds, make))
    else:
        CASES.append(Case(what, kinds, make, alone=True))


for _number, _case in enumerate([
    ('v is corrected with beta1 in place of beta2', 'adam_binary', ('corrections_exchanged',), [('v_hat = self.v[k] / (1 - self.beta2 ** self.t)', 'v_hat = self.v[k] / (1 - self.beta1 ** self.t)')]),
    ('t counts once a parameter, not once a step', 'adam_binary', ('adam_counter_per_layer',), [('        self.t += 1\n        for k in ("W1", "b1", "W2", "b2"):\n', '        for k in ("W1", "b1", "W2", "b2"):\n            self.t += 1\n')]),
    ('second moment from g, not its square', 'adam_binary', ('square_missing',), [('g ** 2\n', 'g\n')]),
    ('b1 is never updated', 'adam_binary', ('never_moves',), [('        for k in ("W1", "b1", "W2", "b2"):\n            g', '        for k in ("W1", "W2", "b2"):\n            g')]),
    ('mask of the gradient in place of that of z', 'adam_binary', ('mask_of_error',), [('(self.Z1 > 0)', '(dA1 > 0)')]),
    ('db2 not divided by m', 'adam_binary', ('bias_summed',), [('self.db2 = np.sum(dZ2, axis=1, keepdims=True) / m', 'self.db2 = np.sum(dZ2, axis=1, keepdims=True)')]),
    ('step uphill: sign of the gradient in the velocity', 'softmax_rows', ('step_uphill',), [('v = self.mu * v - self.lr * getattr(layer, "d" + name)', 'v = self.mu * v + self.lr * getattr(layer, "d" + name)')]),
    ('velocity is never stored: plain SGD', 'softmax_rows', ('velocity_forgotten',), [('                self.velocity[key] = v\n', '')]),
    ('biases are never updated', 'softmax_rows', ('never_moves',), [('            for name in ("W", "b"):', '            for name in ("W",):')]),
    ('softmax sums over the examples', 'softmax_rows', ('other_axis',), [('e / e.sum(axis=1, keepdims=True)', 'e / e.sum(axis=0, keepdims=True)')]),
    ("relu's backward returns grad unchanged", 'softmax_rows', ('slope_missing',), [('return grad * self.mask', 'return grad')]),
    ('db is summed over everything', 'softmax_rows', ('shape',), [('        self.db = grad.sum(axis=0)\n        return grad @ self.W.T', '        self.db = grad.sum()\n        return grad @ self.W.T')]),
    ("1 - rho is missing in weights' cache", 'rms_regression', ('share_missing',), [('(1 - self.rho) * self.grad_weights[i] ** 2', 'self.grad_weights[i] ** 2')]),
    ('no square root', 'rms_regression', ('root_missing',), [('self.grad_weights[i] / (np.sqrt(self.cache_w[i]) + 1e-8)', 'self.grad_weights[i] / (self.cache_w[i] + 1e-8)')]),
    ("bias is divided by the weights' cache", 'rms_regression', ('memories_mixed',), [('self.biases[i] -= self.lr * self.grad_biases[i] / (np.sqrt(self.cache_b[i]) + 1e-8)', 'self.biases[i] -= self.lr * self.grad_biases[i] / (np.sqrt(self.cache_w[i].mean()) + 1e-8)')]),
    ('tanh applied twice in the slope', 'rms_regression', ('slope_at_output',), [('* (1 - self.a[i] ** 2)', '* (1 - np.tanh(self.a[i]) ** 2)')]),
    ('divided by n twice for the weights', 'rms_regression', ('mean_twice',), [('self.grad_weights[i] = self.a[i].T.dot(delta)', 'self.grad_weights[i] = self.a[i].T.dot(delta) / n')]),
    ('sign of momentum*v_prev', 'nesterov_xor', ('step_line',), [('parameter += -self.momentum * v_prev + (1 + self.momentum) * v', 'parameter += self.momentum * v_prev + (1 + self.momentum) * v')]),
    ('v_prev is read after the new v was stored', 'nesterov_xor', ('another_rule',), [('        v_prev = self.velocities.get(name, np.zeros_like(parameter))\n        v = self.momentum * v_prev - self.learning_rate * gradient\n        self.velocities[name] = v\n', '        v = self.velocities.get(name, np.zeros_like(parameter))\n        v = self.momentum * v - self.learning_rate * gradient\n        self.velocities[name] = v\n        v_prev = self.velocities[name]\n')]),
    ('slope of tanh from z, not the output', 'nesterov_xor', ('slope_of_output_at_z',), [('dz = d_output * (1 - self.output ** 2)', 'dz = d_output * (1 - self.z ** 2)')]),
    ('decay is coupled: L2 in the gradient, which is Adam with L2, not AdamW', 'own_adamw', ('decay_coupled',), [('        parameters -= self.learning_rate * self.weight_decay * parameters\n', '        gradients = gradients + self.weight_decay * parameters\n')]),
    ('weight decay grows the weights', 'own_adamw', ('decay_grows',), [('parameters -= self.learning_rate * self.weight_decay * parameters', 'parameters += self.learning_rate * self.weight_decay * parameters')]),
    ('t counts from 0: divides by zero at the first step', 'own_adamw', ('step_not_finite',), [('        self.t += 1\n', ''), ('(np.sqrt(v_hat) + self.eps)', '(np.sqrt(v_hat) + self.eps)\n        self.t += 1')]),
    ('L2 gradient has a factor 2 too much', 'coursera', ('l2_other',), [('self.lambd / m * W', '2 * self.lambd / m * W')]),
    ('max in place of min: the gradient is never shortened, small ones are blown up', 'coursera', ('bound_lengthens',), [('scale = min(1.0, self.clip / (norm + 1e-12))', 'scale = max(1.0, self.clip / (norm + 1e-12))')]),
    ("subtracts 1 in every row's columns", 'script_softmax', ('every_row',), [('dscores[range(N), labels] -= 1', 'dscores[:, labels] -= 1')]),
    ('h is overwritten, not accumulated', 'adagrad_rows', ('step_line',), [('self.h[key] += grads[key] * grads[key]', 'self.h[key] = grads[key] * grads[key]')]),
    ('right: adam_binary', 'adam_binary', (), []),
    ('right: softmax_rows', 'softmax_rows', (), []),
    ('right: rms_regression', 'rms_regression', (), []),
    ('right: nesterov_xor', 'nesterov_xor', (), []),
    ('right: own_adamw', 'own_adamw', (), []),
    ('right: coursera', 'coursera', (), []),
    ('right: script_softmax', 'script_softmax', (), []),
    ('right: adagrad_rows', 'adagrad_rows', (), []),
    ('right: adam_binary, Adam with lr_t', 'adam_binary', (), [('            m_hat = self.m[k] / (1 - self.beta1 ** self.t)\n            v_hat = self.v[k] / (1 - self.beta2 ** self.t)\n            setattr(self, k, getattr(self, k) - self.lr * m_hat / (np.sqrt(v_hat) + self.eps))', '            lr_t = self.lr * np.sqrt(1 - self.beta2 ** self.t) / (1 - self.beta1 ** self.t)\n            setattr(self, k, getattr(self, k) - lr_t * self.m[k] / (np.sqrt(self.v[k]) + self.eps))')]),
    ('right: rms_regression, epsilon under the root', 'rms_regression', (), [('(np.sqrt(self.cache_w[i]) + 1e-8)', 'np.sqrt(self.cache_w[i] + 1e-8)'), ('(np.sqrt(self.cache_b[i]) + 1e-8)', 'np.sqrt(self.cache_b[i] + 1e-8)')]),
    ('right: softmax_rows, momentum as an average', 'softmax_rows', (), [('v = self.mu * v - self.lr * getattr(layer, "d" + name)', 'v = self.mu * v - (1 - self.mu) * self.lr * getattr(layer, "d" + name)')]),
    ('right: coursera, clipped by value', 'coursera', (), [('        norm = np.sqrt(sum(np.sum(g ** 2) for g in self.grads.values()))\n        scale = min(1.0, self.clip / (norm + 1e-12))\n', '        scale = 1.0\n        for name in self.grads:\n            self.grads[name] = np.clip(self.grads[name], -self.clip, self.clip)\n')]),
]):
    register(_number, *_case)
