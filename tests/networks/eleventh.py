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
SOURCES['nielsen'] = '''
import numpy as np

class Network:
    """Nielsen's network2: cross-entropy, sigmoids, L2 as weight decay, one example after the other"""

    def __init__(self, sizes, eta=0.5, lmbda=0.1, n=40):
        rng = np.random.default_rng(4)
        self.layers = sizes
        self.num_layers = len(sizes)
        self.biases = [rng.normal(size=(y, 1)) for y in sizes[1:]]
        self.weights = [rng.normal(size=(y, x)) / np.sqrt(x) for x, y in zip(sizes[:-1], sizes[1:])]
        self.eta, self.lmbda, self.n = eta, lmbda, n

    def __call__(self, x):
        self.x = x
        a = x
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(w @ a + b)
        return a

    def loss(self, a, y):
        return np.sum(-y * np.log(a) - (1 - y) * np.log(1 - a)) / y.shape[1]

    def backward_step(self, labels):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        m = labels.shape[1]
        for i in range(m):
            delta_b, delta_w = self.backprop(self.x[:, i:i+1], labels[:, i:i+1])
            nabla_b = [nb + db for nb, db in zip(nabla_b, delta_b)]
            nabla_w = [nw + dw for nw, dw in zip(nabla_w, delta_w)]
        self.grad_biases = [nb / m for nb in nabla_b]
        self.grad_weights = [nw / m for nw in nabla_w]

    def backprop(self, x, y):
        delta_b = [np.zeros(b.shape) for b in self.biases]
        delta_w = [np.zeros(w.shape) for w in self.weights]
        activation, activations, zs = x, [x], []
        for b, w in zip(self.biases, self.weights):
            z = w @ activation + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = activations[-1] - y
        delta_b[-1] = delta
        delta_w[-1] = delta @ activations[-2].T
        for l in range(2, self.num_layers):
            sp = sigmoid_prime(zs[-l])
            delta = (self.weights[-l+1].T @ delta) * sp
            delta_b[-l] = delta
            delta_w[-l] = delta @ activations[-l-1].T
        return delta_b, delta_w

    def update(self):
        self.weights = [(1 - self.eta * self.lmbda / self.n) * w - self.eta * gw
                        for w, gw in zip(self.weights, self.grad_weights)]
        self.biases = [b - self.eta * gb for b, gb in zip(self.biases, self.grad_biases)]

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))

rng = np.random.default_rng(6)
x = rng.normal(size=(4, 12))
y = np.eye(3)[:, rng.integers(0, 3, 12)]
net = Network([4, 6, 5, 3])
'''
SOURCES['keras_like'] = '''
import numpy as np

class Dense:
    def __init__(self, n_in, n_out, activation, seed):
        self.w = np.random.default_rng(seed).normal(scale=0.6, size=(n_in, n_out))
        self.b = np.zeros((1, n_out))
        self.activation = activation

    def forward(self, x):
        self.x = x
        self.z = x @ self.w + self.b
        if self.activation == "leaky":
            self.a = np.where(self.z > 0, self.z, 0.1 * self.z)
        elif self.activation == "sigmoid":
            self.a = 1 / (1 + np.exp(-self.z))
        return self.a

    def backward(self, da):
        if self.activation == "leaky":
            dz = da * np.where(self.z > 0, 1.0, 0.1)
        elif self.activation == "sigmoid":
            dz = da * self.a * (1 - self.a)
        self.dw = self.x.T @ dz
        self.db = dz.sum(axis=0, keepdims=True)
        return dz @ self.w.T

class Adam:
    def __init__(self, lr=1e-2, b1=0.9, b2=0.99, eps=1e-7):
        self.lr, self.b1, self.b2, self.eps = lr, b1, b2, eps
        self.iterations = 0

    def pre_update(self):
        self.iterations += 1

    def update_params(self, layer):
        if not hasattr(layer, "w_m"):
            layer.w_m, layer.w_c = np.zeros_like(layer.w), np.zeros_like(layer.w)
            layer.b_m, layer.b_c = np.zeros_like(layer.b), np.zeros_like(layer.b)
        layer.w_m = self.b1 * layer.w_m + (1 - self.b1) * layer.dw
        layer.b_m = self.b1 * layer.b_m + (1 - self.b1) * layer.db
        w_m_hat = layer.w_m / (1 - self.b1 ** self.iterations)
        b_m_hat = layer.b_m / (1 - self.b1 ** self.iterations)
        layer.w_c = self.b2 * layer.w_c + (1 - self.b2) * layer.dw ** 2
        layer.b_c = self.b2 * layer.b_c + (1 - self.b2) * layer.db ** 2
        w_c_hat = layer.w_c / (1 - self.b2 ** self.iterations)
        b_c_hat = layer.b_c / (1 - self.b2 ** self.iterations)
        layer.w += -self.lr * w_m_hat / (np.sqrt(w_c_hat) + self.eps)
        layer.b += -self.lr * b_m_hat / (np.sqrt(b_c_hat) + self.eps)

class BCE:
    def __call__(self, p, t):
        p = np.clip(p, 1e-9, 1 - 1e-9)
        return -(t * np.log(p) + (1 - t) * np.log(1 - p)).mean()

    def gradient(self, p, t):
        p = np.clip(p, 1e-9, 1 - 1e-9)
        return (p - t) / (p * (1 - p)) / t.size

class Model:
    def __init__(self, layers, loss, optimizer):
        self.layers = layers
        self.loss = loss
        self.optimizer = optimizer

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.p = x
        return x

    def backward_step(self, t):
        d = self.loss.gradient(self.p, t)
        for layer in reversed(self.layers):
            d = layer.backward(d)

    def update(self):
        self.optimizer.pre_update()
        for layer in self.layers:
            self.optimizer.update_params(layer)

rng = np.random.default_rng(16)
x = rng.normal(size=(22, 3))
y = (rng.random((22, 1)) > 0.5).astype(float)
net = Model([Dense(3, 6, "leaky", 1), Dense(6, 4, "leaky", 2), Dense(4, 1, "sigmoid", 3)], BCE(), Adam())
'''
SOURCES['torch_sgd'] = '''
import numpy as np

class MLPRegressor:
    """one hidden layer, softplus; SGD as PyTorch has it: weight decay, momentum, nesterov"""

    def __init__(self, d, h, lr=0.02, momentum=0.8, weight_decay=0.05, nesterov=False):
        r = np.random.RandomState(0)
        self.layers = [d, h, 1]
        self.W = [r.randn(h, d) * 0.5, r.randn(1, h) * 0.5]
        self.b = [np.zeros((h, 1)), np.zeros((1, 1))]
        self.lr, self.momentum, self.weight_decay, self.nesterov = lr, momentum, weight_decay, nesterov
        self.buf = {}

    def __call__(self, X):
        self.X = X
        self.Z = self.W[0] @ X + self.b[0]
        self.H = np.log1p(np.exp(self.Z))
        self.out = self.W[1] @ self.H + self.b[1]
        return self.out

    def loss(self, out, Y):
        return np.mean((out - Y) ** 2) / 2

    def backward_step(self, Y):
        n = Y.shape[1]
        d = (self.out - Y) / n
        self.dW = [None, d @ self.H.T]
        self.db = [None, d.sum(axis=1, keepdims=True)]
        d = (self.W[1].T @ d) / (1 + np.exp(-self.Z))
        self.dW[0] = d @ self.X.T
        self.db[0] = d.sum(axis=1, keepdims=True)

    def update(self):
        for i in range(2):
            self._sgd(("W", i), self.W[i], self.dW[i])
            self._sgd(("b", i), self.b[i], self.db[i])

    def _sgd(self, key, p, g):
        if self.weight_decay:
            g = g + self.weight_decay * p
        if key not in self.buf:
            self.buf[key] = g.copy()
        else:
            self.buf[key] = self.momentum * self.buf[key] + g
        if self.nesterov:
            g = g + self.momentum * self.buf[key]
        else:
            g = self.buf[key]
        p -= self.lr * g

rng = np.random.default_rng(21)
x = rng.uniform(-2, 2, size=(2, 30))
y = x[:1] ** 2 - x[1:]
net = MLPRegressor(2, 7)
'''
SOURCES['own_momentum'] = '''
import numpy as np
from nnlib import NeuralNetwork, Dense, ReLU, Softmax, CategoricalCrossEntropy

class SGDMomentum:
    def __init__(self, lr=0.1, momentum=0.9):
        self.learning_rate = lr
        self.momentum = momentum
        self.velocity = None

    def step(self, parameters, gradients):
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        self.velocity = self.momentum * self.velocity + gradients
        parameters -= self.learning_rate * self.velocity

rng = np.random.default_rng(31)
x = rng.normal(size=(3, 21))
y = np.eye(3)[:, rng.integers(0, 3, 21)]
net = NeuralNetwork(((Dense(6), ReLU()), (Dense(3), Softmax())), CategoricalCrossEntropy(), optimizer=SGDMomentum(), seed=3)
'''
SOURCES['own_rms'] = '''
import numpy as np
from nnlib import NeuralNetwork, Dense, Sigmoid, Linear, MeanSquaredError

class RMSprop:
    def __init__(self, learning_rate=0.01, alpha=0.95, eps=1e-8, clipnorm=0.5, decay=0.1):
        self.learning_rate, self.alpha, self.eps = learning_rate, alpha, eps
        self.clipnorm, self.decay = clipnorm, decay
        self.sq = 0.0
        self.iteration = 0

    def step(self, parameters, gradients):
        norm = np.sqrt(np.sum(gradients ** 2))
        if norm > self.clipnorm:
            gradients = gradients * self.clipnorm / norm
        lr = self.learning_rate / (1.0 + self.decay * self.iteration)
        self.iteration += 1
        self.sq = self.alpha * self.sq + (1 - self.alpha) * gradients ** 2
        parameters -= lr * gradients / np.sqrt(self.sq + self.eps)

rng = np.random.default_rng(32)
x = rng.normal(size=(2, 20))
y = np.tanh(x[:1] * 2) + x[1:]
net = NeuralNetwork(((Dense(8), Sigmoid()), (Dense(1), Linear())), MeanSquaredError(), optimizer=RMSprop(), seed=4)
'''
SOURCES['script_regression'] = '''
import numpy as np
np.random.seed(0)
X = np.random.rand(3, 25)
Y = np.random.rand(2, 25)
W1 = np.random.randn(5, 3); b1 = np.random.randn(5, 1) * 0.1
W2 = np.random.randn(2, 5); b2 = np.random.randn(2, 1) * 0.1
m = X.shape[1]

def forward_prop():
    Z1 = W1.dot(X) + b1
    A1 = np.tanh(Z1)
    Z2 = W2.dot(A1) + b2
    return Z1, A1, Z2

def cost():
    Z1, A1, Z2 = forward_prop()
    return np.sum((Z2 - Y) ** 2) / (2 * m)

def back_prop():
    Z1, A1, Z2 = forward_prop()
    dZ2 = Z2 - Y
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * (1 - A1 ** 2)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

args = (cost, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, back_prop())
'''
SOURCES['softmax_mnist'] = '''
import numpy as np

def ReLU(Z):
    return np.maximum(Z, 0)

def ReLU_deriv(Z):
    return Z > 0

def softmax(Z):
    A = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return A / np.sum(A, axis=0, keepdims=True)

class Digits:
    def __init__(self, features, hidden, classes, alpha=0.1, gamma=0.9):
        rng = np.random.default_rng(10)
        self.W1 = rng.random((hidden, features)) - 0.5
        self.b1 = rng.random((hidden, 1)) - 0.5
        self.W2 = rng.random((classes, hidden)) - 0.5
        self.b2 = rng.random((classes, 1)) - 0.5
        self.alpha, self.gamma = alpha, gamma
        self.layers = [features, hidden, classes]
        self.vW1, self.vb1, self.vW2, self.vb2 = 0, 0, 0, 0
        self.epoch = 0

    def __call__(self, X):
        self.X = X
        self.Z1 = self.W1.dot(X) + self.b1
        self.A1 = ReLU(self.Z1)
        self.Z2 = self.W2.dot(self.A1) + self.b2
        self.A2 = softmax(self.Z2)
        return self.A2

    def loss(self, A2, Y):
        return -np.sum(Y * np.log(A2)) / Y.shape[1]

    def backward_step(self, Y):
        m = Y.shape[1]
        dZ2 = self.A2 - Y
        self.dW2 = 1 / m * dZ2.dot(self.A1.T)
        self.db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = self.W2.T.dot(dZ2) * ReLU_deriv(self.Z1)
        self.dW1 = 1 / m * dZ1.dot(self.X.T)
        self.db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    def update(self):
        alpha = self.alpha * 0.95 ** self.epoch
        self.epoch += 1
        self.vW1 = self.gamma * self.vW1 + alpha * self.dW1
        self.vb1 = self.gamma * self.vb1 + alpha * self.db1
        self.vW2 = self.gamma * self.vW2 + alpha * self.dW2
        self.vb2 = self.gamma * self.vb2 + alpha * self.db2
        self.W1 = self.W1 - self.vW1
        self.b1 = self.b1 - self.vb1
        self.W2 = self.W2 - self.vW2
        self.b2 = self.b2 - self.vb2

    def gradient_descent(self, X, Y, iterations):
        losses = []
        for i in range(iterations):
            A2 = self(X)
            self.backward_step(Y)
            self.update()
            losses.append(self.loss(A2, Y))
        return losses

rng = np.random.default_rng(41)
x = rng.random((5, 18))
y = np.eye(4)[:, rng.integers(0, 4, 18)]
net = Digits(5, 7, 4)
'''
SOURCES['multilabel'] = '''
import numpy as np

class Affine:
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]

    def forward(self, x):
        W, b = self.params
        self.x = x
        return x @ W + b

    def backward(self, dout):
        W, b = self.params
        dx = dout @ W.T
        self.grads[0][...] = self.x.T @ dout
        self.grads[1][...] = dout.sum(axis=0)
        return dx

class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)

class Loss:
    def __call__(self, p, t):
        return -np.mean(np.sum(t * np.log(p) + (1 - t) * np.log(1 - p), axis=1))

    def gradient(self, p, t):
        return (-t / p + (1 - t) / (1 - p)) / t.shape[0]

class Nadam:
    def __init__(self, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t = 0
        self.m = self.v = None

    def update(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(p) for p in params]
            self.v = [np.zeros_like(p) for p in params]
        self.t += 1
        for i in range(len(params)):
            g = grads[i]
            self.m[i] += (1 - self.beta1) * (g - self.m[i])
            self.v[i] += (1 - self.beta2) * (g ** 2 - self.v[i])
            m_hat = self.m[i] / (1 - self.beta1 ** self.t)
            v_hat = self.v[i] / (1 - self.beta2 ** self.t)
            look = self.beta1 * m_hat + (1 - self.beta1) * g / (1 - self.beta1 ** self.t)
            params[i] -= self.lr * look / (np.sqrt(v_hat) + self.eps)

class Net:
    def __init__(self, I, H, O):
        r = np.random.default_rng(14)
        self.layers = [Affine(r.standard_normal((I, H)), np.zeros(H)), Sigmoid(),
                       Affine(r.standard_normal((H, O)), np.zeros(O)), Sigmoid()]
        self.loss = Loss()
        self.optimizer = Nadam()

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.p = x
        return x

    def backward_step(self, t):
        dout = self.loss.gradient(self.p, t)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)

    def update(self):
        params, grads = [], []
        for layer in self.layers:
            if hasattr(layer, "params"):
                params += layer.params
                grads += layer.grads
        self.optimizer.update(params, grads)

rng = np.random.default_rng(15)
x = rng.normal(size=(16, 3))
y = (rng.random((16, 2)) > 0.5).astype(float)
net = Net(3, 5, 2)
'''
SOURCES['trask'] = '''
import numpy as np

def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))

class Trask:
    """no biases, sum of squares / 2, error signs as in the blog: weights are added"""

    def __init__(self, alpha=0.5, momentum=0.7):
        np.random.seed(1)
        self.layers = [3, 5, 1]
        self.syn0 = 2 * np.random.random((3, 5)) - 1
        self.syn1 = 2 * np.random.random((5, 1)) - 1
        self.alpha, self.momentum = alpha, momentum
        self.prev0 = np.zeros_like(self.syn0)
        self.prev1 = np.zeros_like(self.syn1)

    def __call__(self, X):
        self.l0 = X
        self.l1 = nonlin(np.dot(self.l0, self.syn0))
        self.l2 = nonlin(np.dot(self.l1, self.syn1))
        return self.l2

    def loss(self, l2, y):
        return 0.5 * np.sum((y - l2) ** 2)

    def backward_step(self, y):
        l2_error = self.l2 - y
        l2_delta = l2_error * nonlin(self.l2, deriv=True)
        l1_error = l2_delta.dot(self.syn1.T)
        l1_delta = l1_error * nonlin(self.l1, deriv=True)
        self.dsyn1 = self.l1.T.dot(l2_delta)
        self.dsyn0 = self.l0.T.dot(l1_delta)

    def update(self):
        step0 = self.alpha * self.dsyn0 + self.momentum * self.prev0
        step1 = self.alpha * self.dsyn1 + self.momentum * self.prev1
        self.syn0 -= step0
        self.syn1 -= step1
        self.prev0, self.prev1 = step0, step1

    def train(self, X, y, n=1000):
        errors = []
        for j in range(n):
            out = self(X)
            self.backward_step(y)
            self.update()
            errors.append(np.mean(np.abs(y - out)))
        return errors

x = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [0.5, 0.2, 1], [0.3, 0.9, 1.0]])
y = np.array([[0], [1], [1], [0], [1], [0.0]])
net = Trask()
'''
SOURCES['pairs_adam'] = '''
import numpy as np

class Dense:
    def __init__(self, units, features, rng):
        self.units = units
        self.weights = rng.standard_normal((units, features)) * np.sqrt(1 / features)
        self.bias = np.zeros((units, 1))

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias

    def backward(self, dz):
        m = dz.shape[1]
        self.grad_weights = dz @ self.inputs.T / m
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz

class ELU:
    alpha = 1.0
    def __call__(self, z):
        return np.where(z > 0, z, self.alpha * (np.exp(np.minimum(z, 0)) - 1))

    def gradient(self, z):
        return np.where(z > 0, 1.0, self.alpha * np.exp(np.minimum(z, 0)))

class Identity:
    def __call__(self, z):
        return z

    def gradient(self, z):
        return np.ones_like(z)

class Huber:
    delta = 0.5
    def __call__(self, output, labels):
        r = np.abs(output - labels)
        return np.mean(np.where(r <= self.delta, 0.5 * r ** 2, self.delta * (r - 0.5 * self.delta)))

    def gradient(self, output, labels):
        r = output - labels
        return np.clip(r, -self.delta, self.delta)

class Adam:
    """one state for each array, kept by its id"""
    def __init__(self, lr=0.02, beta1=0.8, beta2=0.95, epsilon=1e-8):
        self.lr, self.beta1, self.beta2, self.epsilon = lr, beta1, beta2, epsilon
        self.state = {}

    def step(self, parameter, gradient):
        t, mean, square = self.state.get(id(parameter), (0, 0.0, 0.0))
        t = t + 1
        mean = self.beta1 * mean + (1 - self.beta1) * gradient
        square = self.beta2 * square + (1 - self.beta2) * gradient ** 2
        self.state[id(parameter)] = t, mean, square
        parameter -= (self.lr * (mean / (1 - self.beta1 ** t))
                      / (np.sqrt(square / (1 - self.beta2 ** t)) + self.epsilon))

class NeuralNetwork:
    def __init__(self, layers, loss, optimizer):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer

    def __call__(self, x):
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

rng = np.random.default_rng(51)
x = rng.normal(size=(3, 24))
y = 2 * np.sin(x[:1]) - x[1:2]
net = NeuralNetwork(((Dense(6, 3, rng), ELU()), (Dense(5, 6, rng), ELU()), (Dense(1, 5, rng), Identity())), Huber(), Adam())
'''
SOURCES['theta'] = '''
import numpy as np

def g(z):
    return 1 / (1 + np.exp(-z))

class Ng:
    """Theta with the bias in its first column, regularised cost, as in the machine-learning course"""

    def __init__(self, n_in, n_hid, n_out, lam=0.6, rate=0.8, drop=0.5, every=5):
        r = np.random.default_rng(61)
        self.layers = [n_in, n_hid, n_out]
        self.Theta1 = r.uniform(-0.7, 0.7, (n_hid, n_in + 1))
        self.Theta2 = r.uniform(-0.7, 0.7, (n_out, n_hid + 1))
        self.lam, self.rate, self.drop, self.every = lam, rate, drop, every
        self.iteration = 0

    def __call__(self, X):
        m = X.shape[0]
        self.a1 = np.hstack([np.ones((m, 1)), X])
        self.z2 = self.a1 @ self.Theta1.T
        self.a2 = np.hstack([np.ones((m, 1)), g(self.z2)])
        self.h = g(self.a2 @ self.Theta2.T)
        return self.h

    def loss(self, h, Y):
        m = Y.shape[0]
        J = -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / m
        return J + self.lam / (2 * m) * (np.sum(self.Theta1[:, 1:] ** 2) + np.sum(self.Theta2[:, 1:] ** 2))

    def backward_step(self, Y):
        m = Y.shape[0]
        d3 = self.h - Y
        d2 = (d3 @ self.Theta2[:, 1:]) * g(self.z2) * (1 - g(self.z2))
        self.Theta1_grad = d2.T @ self.a1 / m
        self.Theta2_grad = d3.T @ self.a2 / m
        self.Theta1_grad[:, 1:] += self.lam / m * self.Theta1[:, 1:]
        self.Theta2_grad[:, 1:] += self.lam / m * self.Theta2[:, 1:]

    def update(self):
        rate = self.rate * self.drop ** (self.iteration // self.every)
        self.iteration += 1
        self.Theta1 -= rate * self.Theta1_grad
        self.Theta2 -= rate * self.Theta2_grad

rng = np.random.default_rng(62)
x = rng.normal(size=(20, 4))
y = np.eye(3)[rng.integers(0, 3, 20)]
net = Ng(4, 5, 3)
'''
SOURCES['own_nag'] = '''
import numpy as np
from nnlib import NeuralNetwork, Dense, Tanh, Linear, MeanSquaredError

class NAG:
    """as in CS231n: v_prev, then parameters += -mu * v_prev + (1 + mu) * v"""
    def __init__(self, learning_rate=0.05, mu=0.9):
        self.learning_rate, self.mu = learning_rate, mu
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = np.zeros_like(parameters)
        v_prev = self.v.copy()
        self.v = self.mu * self.v - self.learning_rate * gradients
        parameters += -self.mu * v_prev + (1 + self.mu) * self.v

rng = np.random.default_rng(71)
x = rng.normal(size=(2, 20))
y = x[:1] * x[1:]
net = NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Linear())), MeanSquaredError(), optimizer=NAG(), seed=2)
'''
SOURCES['own_adam'] = '''
import math
import numpy as np
from nnlib import NeuralNetwork, Dense, ReLU, Sigmoid, BinaryCrossEntropy

class Adam:
    """with warm-up, then cosine; gradient clipped by its norm"""
    def __init__(self, learning_rate=0.01, beta_1=0.9, beta_2=0.99, epsilon=1e-8, warmup=4, total=50, max_norm=1.0):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.warmup, self.total, self.max_norm = warmup, total, max_norm
        self.t = 0
        self.m = 0
        self.v = 0

    def rate(self):
        if self.t <= self.warmup:
            return self.learning_rate * self.t / self.warmup
        progress = (self.t - self.warmup) / (self.total - self.warmup)
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * min(1, progress)))

    def step(self, parameters, gradients):
        self.t += 1
        norm = np.linalg.norm(gradients)
        if norm > self.max_norm:
            gradients = gradients / norm * self.max_norm
        self.m = self.beta_1 * self.m + (1 - self.beta_1) * gradients
        self.v = self.beta_2 * self.v + (1 - self.beta_2) * np.square(gradients)
        m_hat = self.m / (1 - self.beta_1 ** self.t)
        v_hat = self.v / (1 - self.beta_2 ** self.t)
        parameters -= self.rate() * m_hat / (np.sqrt(v_hat) + self.epsilon)

rng = np.random.default_rng(81)
x = rng.normal(size=(2, 30))
y = ((x ** 2).sum(axis=0, keepdims=True) > 1.5).astype(float)
net = NeuralNetwork(((Dense(8), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Adam(), seed=5)
'''
SOURCES['batchnorm'] = '''
import numpy as np

class FC:
    def __init__(self, i, o, seed):
        self.W = np.random.default_rng(seed).normal(size=(i, o)) * np.sqrt(2 / i)
        self.b = np.zeros(o)

    def forward(self, x, train=True):
        self.x = x
        return x @ self.W + self.b

    def backward(self, d):
        self.dW = self.x.T @ d
        self.db = d.sum(0)
        return d @ self.W.T

class BatchNorm1d:
    def __init__(self, n, momentum=0.9, eps=1e-5):
        self.gamma, self.beta = np.ones(n), np.zeros(n)
        self.momentum, self.eps = momentum, eps
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)

    def forward(self, x, train=True):
        if train:
            mu, var = x.mean(0), x.var(0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        else:
            mu, var = self.running_mean, self.running_var
        self.std = np.sqrt(var + self.eps)
        self.xhat = (x - mu) / self.std
        return self.gamma * self.xhat + self.beta

    def backward(self, d):
        N = d.shape[0]
        self.dgamma = (d * self.xhat).sum(0)
        self.dbeta = d.sum(0)
        dxhat = d * self.gamma
        return (dxhat - dxhat.mean(0) - self.xhat * (dxhat * self.xhat).mean(0)) / self.std

class Tanh:
    def forward(self, x, train=True):
        self.y = np.tanh(x)
        return self.y

    def backward(self, d):
        return d * (1 - self.y * self.y)

class RMSProp:
    def __init__(self, lr=0.01, rho=0.99, eps=1e-6):
        self.lr, self.rho, self.eps, self.s = lr, rho, eps, {}

    def __call__(self, layers):
        for layer in layers:
            for name in ("W", "b", "gamma", "beta"):
                if hasattr(layer, name):
                    p, dp = getattr(layer, name), getattr(layer, "d" + name)
                    key = (id(layer), name)
                    self.s[key] = self.rho * self.s.get(key, 0) + (1 - self.rho) * dp * dp
                    p -= self.lr * dp / (np.sqrt(self.s[key]) + self.eps)

class Classifier:
    def __init__(self, layers):
        self.layers = layers
        self.opt = RMSProp()

    def __call__(self, x):
        for l in self.layers:
            x = l.forward(x, True)
        self.logits = x
        return x

    def predict(self, x):
        for l in self.layers:
            x = l.forward(x, False)
        return x.argmax(1)

    def loss(self, logits, y):
        z = logits - logits.max(1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(1, keepdims=True))
        return -(y * logp).sum() / y.shape[0]

    def backward_step(self, y):
        z = self.logits - self.logits.max(1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        d = (p - y) / y.shape[0]
        for l in reversed(self.layers):
            d = l.backward(d)

    def update(self):
        self.opt(self.layers)

rng = np.random.default_rng(91)
x = rng.normal(size=(18, 3)) * 2 + 1
y = np.eye(3)[rng.integers(0, 3, 18)]
net = Classifier([FC(3, 6, 1), BatchNorm1d(6), Tanh(), FC(6, 3, 2)])
'''
SOURCES['script_binary'] = '''
import numpy as np
rng = np.random.default_rng(22)
X = rng.normal(size=(2, 16))
Y = (X[0:1] > X[1:2] ** 2).astype(float)

def initialize_parameters(n_x, n_h, n_y):
    return {"W1": rng.normal(size=(n_h, n_x)), "b1": rng.normal(size=(n_h, 1)),
            "W2": rng.normal(size=(n_y, n_h)), "b2": rng.normal(size=(n_y, 1))}

def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def compute_cost(parameters):
    A2, _ = forward_propagation(X, parameters)
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    return -np.sum(logprobs) / m

def backward_propagation(parameters):
    A2, cache = forward_propagation(X, parameters)
    m = X.shape[1]
    A1 = cache["A1"]
    W2 = parameters["W2"]
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

args = (compute_cost, initialize_parameters(2, 4, 1), backward_propagation)
'''
SOURCES['swish_adagrad'] = '''
import numpy as np

def swish(z):
    return z / (1 + np.exp(-z))

def swish_prime(z):
    s = 1 / (1 + np.exp(-z))
    return s + z * s * (1 - s)

class SwishNet:
    def __init__(self, dims=(2, 6, 4, 2), lr=0.1, wd=0.02, max_norm=2.0):
        rng = np.random.default_rng(33)
        self.layers = dims
        self.Ws = [rng.normal(size=(o, i)) * np.sqrt(2 / i) for i, o in zip(dims, dims[1:])]
        self.bs = [np.zeros((o, 1)) for o in dims[1:]]
        self.lr, self.wd, self.max_norm = lr, wd, max_norm
        self.GW = [np.zeros_like(W) for W in self.Ws]
        self.Gb = [np.zeros_like(b) for b in self.bs]

    def __call__(self, x):
        self.zs, self.acts = [], [x]
        for k in range(len(self.Ws)):
            z = self.Ws[k] @ self.acts[k] + self.bs[k]
            self.zs.append(z)
            self.acts.append(swish(z) if k < len(self.Ws) - 1 else z)
        return self.acts[-1]

    def loss(self, out, y):
        return 0.5 * np.sum((out - y) ** 2) / y.shape[1]

    def backward_step(self, y):
        m = y.shape[1]
        self.dWs, self.dbs = [], []
        d = (self.acts[-1] - y) / m
        for k in range(len(self.Ws) - 1, -1, -1):
            self.dWs.insert(0, d @ self.acts[k].T)
            self.dbs.insert(0, d.sum(1, keepdims=True))
            if k:
                d = (self.Ws[k].T @ d) * swish_prime(self.zs[k - 1])

    def update(self):
        total = np.sqrt(sum((g ** 2).sum() for g in self.dWs + self.dbs))
        if total > self.max_norm:
            self.dWs = [g * (self.max_norm / total) for g in self.dWs]
            self.dbs = [g * (self.max_norm / total) for g in self.dbs]
        for k in range(len(self.Ws)):
            self.GW[k] += self.dWs[k] ** 2
            self.Gb[k] += self.dbs[k] ** 2
            self.Ws[k] *= 1 - self.lr * self.wd
            self.Ws[k] -= self.lr / np.sqrt(self.GW[k] + 1e-8) * self.dWs[k]
            self.bs[k] -= self.lr / np.sqrt(self.Gb[k] + 1e-8) * self.dbs[k]

rng = np.random.default_rng(34)
x = rng.normal(size=(2, 20))
y = np.vstack([x[:1] * x[1:], x[:1] - x[1:]]) * 3
net = SwishNet()
'''
SOURCES['copy_paste_adam'] = '''
import numpy as np

class MLP:
    def __init__(self, n_in=4, n_hidden=5, n_out=3, lr=0.02):
        rng = np.random.default_rng(7)
        self.layers = (n_in, n_hidden, n_out)
        self.W1 = rng.normal(0, 0.5, (n_hidden, n_in)); self.b1 = np.zeros((n_hidden, 1))
        self.W2 = rng.normal(0, 0.5, (n_out, n_hidden)); self.b2 = np.zeros((n_out, 1))
        self.lr = lr
        self.t = 0
        self.vdW1 = self.vdb1 = self.vdW2 = self.vdb2 = 0.0
        self.sdW1 = self.sdb1 = self.sdW2 = self.sdb2 = 0.0

    def __call__(self, X):
        self.X = X
        self.H = np.maximum(0, self.W1 @ X + self.b1)
        Z = self.W2 @ self.H + self.b2
        E = np.exp(Z - Z.max(axis=0))
        self.P = E / E.sum(axis=0)
        return self.P

    def loss(self, P, Y):
        return -np.sum(Y * np.log(P)) / Y.shape[1]

    def backward_step(self, Y):
        m = Y.shape[1]
        dZ2 = (self.P - Y) / m
        self.dW2 = dZ2 @ self.H.T
        self.db2 = dZ2.sum(axis=1, keepdims=True)
        dH = self.W2.T @ dZ2
        dH[self.H <= 0] = 0
        self.dW1 = dH @ self.X.T
        self.db1 = dH.sum(axis=1, keepdims=True)

    def update(self, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.t += 1
        self.vdW1 = beta1 * self.vdW1 + (1 - beta1) * self.dW1
        self.vdb1 = beta1 * self.vdb1 + (1 - beta1) * self.db1
        self.vdW2 = beta1 * self.vdW2 + (1 - beta1) * self.dW2
        self.vdb2 = beta1 * self.vdb2 + (1 - beta1) * self.db2
        self.sdW1 = beta2 * self.sdW1 + (1 - beta2) * np.square(self.dW1)
        self.sdb1 = beta2 * self.sdb1 + (1 - beta2) * np.square(self.db1)
        self.sdW2 = beta2 * self.sdW2 + (1 - beta2) * np.square(self.dW2)
        self.sdb2 = beta2 * self.sdb2 + (1 - beta2) * np.square(self.db2)
        c1, c2 = 1 - beta1 ** self.t, 1 - beta2 ** self.t
        self.W1 -= self.lr * (self.vdW1 / c1) / (np.sqrt(self.sdW1 / c2) + epsilon)
        self.b1 -= self.lr * (self.vdb1 / c1) / (np.sqrt(self.sdb1 / c2) + epsilon)
        self.W2 -= self.lr * (self.vdW2 / c1) / (np.sqrt(self.sdW2 / c2) + epsilon)
        self.b2 -= self.lr * (self.vdb2 / c1) / (np.sqrt(self.sdb2 / c2) + epsilon)

rng = np.random.default_rng(17)
x = rng.normal(size=(4, 20))
y = np.eye(3)[:, rng.integers(0, 3, 20)]
net = MLP()
'''
SOURCES['zip_lists'] = '''
import numpy as np

class RMSProp:
    def __init__(self, lr=0.01, rho=0.9, eps=1e-8):
        self.lr, self.rho, self.eps = lr, rho, eps
        self.cache = None

    def update(self, params, grads):
        if self.cache is None:
            self.cache = [np.zeros_like(p) for p in params]
        for p, g, c in zip(params, grads, self.cache):
            c *= self.rho
            c += (1 - self.rho) * g ** 2
            p -= self.lr * g / (np.sqrt(c) + self.eps)

class Net:
    def __init__(self):
        rng = np.random.default_rng(2)
        self.layers = [3, 8, 1]
        self.params = [rng.normal(size=(3, 8)) * 0.6, np.zeros((1, 8)), rng.normal(size=(8, 1)) * 0.6, np.zeros((1, 1))]
        self.optimizer = RMSProp()

    def __call__(self, X):
        W1, b1, W2, b2 = self.params
        self.X = X
        self.A = 1 / (1 + np.exp(-(X @ W1 + b1)))
        self.out = self.A @ W2 + b2
        return self.out

    def loss(self, out, y):
        return np.mean((out - y) ** 2)

    def backward_step(self, y):
        W1, b1, W2, b2 = self.params
        d = 2 * (self.out - y) / y.shape[0]
        gW2, gb2 = self.A.T @ d, d.sum(axis=0, keepdims=True)
        d = d @ W2.T * self.A * (1 - self.A)
        self.grads = [self.X.T @ d, d.sum(axis=0, keepdims=True), gW2, gb2]

    def update(self):
        self.optimizer.update(self.params, self.grads)

    def train(self, X, y, epochs=5, batch=6):
        rng = np.random.RandomState(0)
        for epoch in range(epochs):
            idx = rng.permutation(len(X))
            X, y = X[idx], y[idx]
            for i in range(0, len(X), batch):
                self(X[i:i+batch])
                self.backward_step(y[i:i+batch])
                self.update()

rng = np.random.default_rng(27)
x = rng.normal(size=(18, 3)); y = x[:, :1] * x[:, 1:2] + 0.1
net = Net()
'''
SOURCES['momentum_schedule'] = '''
import numpy as np

class Layer:
    def __init__(self, n_in, n_out, seed, last=False):
        self.W = np.random.default_rng(seed).normal(size=(n_out, n_in)) / np.sqrt(n_in)
        self.b = np.zeros((n_out, 1))
        self.vW, self.vb = np.zeros_like(self.W), np.zeros_like(self.b)
        self.last = last

    def __call__(self, a):
        self.a = a
        self.z = self.W @ a + self.b
        return 1 / (1 + np.exp(-self.z)) if self.last else np.tanh(self.z)

    def back(self, dz):
        m = dz.shape[1]
        self.dW = dz @ self.a.T / m
        self.db = dz.sum(axis=1, keepdims=True) / m
        return self.W.T @ dz

class Net:
    def __init__(self, lr=0.3, momentum=0.9, l2=0.001, decay=0.05, clip=2.0):
        self.layers = [Layer(2, 6, 1), Layer(6, 4, 2), Layer(4, 1, 3, last=True)]
        self.lr, self.momentum, self.l2, self.decay, self.clip = lr, momentum, l2, decay, clip
        self.iteration = 0

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        self.p = x
        return x

    def loss(self, p, y):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def backward_step(self, y):
        dz = self.p - y
        for i in range(len(self.layers) - 1, -1, -1):
            da = self.layers[i].back(dz)
            if i > 0:
                dz = da * (1 - np.tanh(self.layers[i - 1].z) ** 2)

    def update(self):
        lr = self.lr / (1 + self.decay * self.iteration)
        self.iteration += 1
        for layer in self.layers:
            gW = np.clip(layer.dW, -self.clip, self.clip)
            gb = np.clip(layer.db, -self.clip, self.clip)
            layer.vW = self.momentum * layer.vW - lr * (gW + self.l2 * layer.W)
            layer.vb = self.momentum * layer.vb - lr * gb
            layer.W += layer.vW
            layer.b += layer.vb

rng = np.random.default_rng(37)
x = rng.normal(size=(2, 24)); y = (x[:1] ** 2 + x[1:] ** 2 > 1.4).astype(float)
net = Net()
'''
SOURCES['adam_class_flat'] = '''
import numpy as np
from nnlib import NeuralNetwork, Dense, ReLU, Linear, MeanSquaredError

class Adam:
    def __init__(self, learning_rate=1e-2, beta1=0.9, beta2=0.999, eps=1e-8):
        self.learning_rate, self.beta1, self.beta2, self.eps = learning_rate, beta1, beta2, eps
        self.m = self.v = None
        self.t = 0

    def step(self, params, grads):
        if self.m is None:
            self.m, self.v = np.zeros_like(params), np.zeros_like(params)
        self.t += 1
        self.m += (1 - self.beta1) * (grads - self.m)
        self.v += (1 - self.beta2) * (grads ** 2 - self.v)
        m_hat = self.m / (1 - self.beta1 ** self.t)
        v_hat = self.v / (1 - self.beta2 ** self.t)
        params -= self.learning_rate * m_hat / (np.sqrt(v_hat) + self.eps)

rng = np.random.default_rng(47)
x = rng.normal(size=(3, 20)); y = x[:1] - 2 * x[1:2] * x[2:]
net = NeuralNetwork(((Dense(7), ReLU()), (Dense(1), Linear())), MeanSquaredError(), optimizer=Adam(), seed=9)
'''
SOURCES['any_rule'] = '''
import math
import numpy as np

class Opt:
    def __init__(self, lr=0.01):
        self.learning_rate = lr
        self.state = {}
        self.t = 0
        self.setup()
    def setup(self): pass
    def begin(self, grads): self.t += 1; return grads
    def get(self, key, name, p):
        return self.state.setdefault((key, name), np.zeros_like(p))
RULE

class Net:
    def __init__(self):
        r = np.random.default_rng(3)
        self.layers = [3, 6, 2]
        self.W1, self.b1 = r.normal(size=(3, 6)), np.zeros(6)
        self.W2, self.b2 = r.normal(size=(6, 2)), np.zeros(2)
        self.opt = Mine()
    def __call__(self, x):
        self.x = x; self.h = np.tanh(x @ self.W1 + self.b1); self.o = self.h @ self.W2 + self.b2
        return self.o
    def loss(self, o, y): return 0.5 * np.mean(np.sum((o - y) ** 2, axis=1))
    def backward_step(self, y):
        d = (self.o - y) / len(y)
        self.dW2, self.db2 = self.h.T @ d, d.sum(0)
        d = d @ self.W2.T * (1 - self.h ** 2)
        self.dW1, self.db1 = self.x.T @ d, d.sum(0)
    def update(self):
        names = ["W1", "b1", "W2", "b2"]
        grads = self.opt.begin([getattr(self, "d" + n).copy() for n in names])
        for n, g in zip(names, grads):
            self.opt.one(n, getattr(self, n), g)
    def fit(self, X, Y, epochs=20, batch_size=4):
        rng = np.random.default_rng(0)
        for _ in range(epochs):
            p = rng.permutation(len(X))
            for i in range(0, len(X), batch_size):
                j = p[i:i + batch_size]
                out = self(X[j]); l = self.loss(out, Y[j])
                self.backward_step(Y[j]); self.update()
rng = np.random.default_rng(5)
x = rng.normal(size=(14, 3)); y = rng.normal(size=(14, 2))
net = Net()
'''

COMMON = '''import numpy as np
import nnlib
from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def data(n=12, d=3, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    return X, (X[:, :1] * X[:, 1:2] > 0).astype(float)

def with_optimizer(optimizer, seed):
    X, y = data(12, 3, seed)
    net = NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=optimizer, seed=0)
    return net, X.T, y.T

'''
"""What the sources below begin with."""

SOURCES['posted_b01'] = COMMON + '''X, y = data()
X, Y = X.T, y.T
m = X.shape[1]
rng = np.random.default_rng(1)
params = {"W1": rng.normal(size=(4, 3)), "b1": np.zeros((4, 1)), "W2": rng.normal(size=(1, 4)), "b2": np.zeros((1, 1))}

def forward_propagation(params):
    Z1 = np.dot(params["W1"], X) + params["b1"]
    A1 = sigmoid(Z1)
    Z2 = np.dot(params["W2"], A1) + params["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def compute_cost(params):
    A2, _ = forward_propagation(params)
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

def backward_propagation(params):
    A2, cache = forward_propagation(params)
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(dZ2, cache["A1"].T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(params["W2"].T, dZ2) * cache["Z1"] * (1 - cache["Z1"])
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

args = compute_cost, params, backward_propagation
'''

SOURCES['posted_b02'] = COMMON + '''X, y = data()
X, Y = X.T, y.T
rng = np.random.default_rng(2)
W1, b1 = rng.normal(size=(5, 3)) * .5, np.zeros((5, 1))
W2, b2 = rng.normal(size=(5, 5)) * .5, np.zeros((5, 1))
W3, b3 = rng.normal(size=(1, 5)) * .5, np.zeros((1, 1))

def forward():
    a1 = np.tanh(W1 @ X + b1)
    a2 = np.tanh(W2 @ a1 + b2)
    return a1, a2, sigmoid(W3 @ a2 + b3)

def loss():
    a3 = forward()[-1]
    return -np.mean(Y * np.log(a3) + (1 - Y) * np.log(1 - a3))

def grads():
    n = X.shape[1]
    a1, a2, a3 = forward()
    d3 = (a3 - Y) / n
    d2 = (W3.T @ d3) * (1 - a2 ** 2)
    d1 = (W2 @ d2) * (1 - a1 ** 2)
    return {
        "W1": d1 @ X.T, "b1": d1.sum(1, keepdims=True),
        "W2": d2 @ a1.T, "b2": d2.sum(1, keepdims=True),
        "W3": d3 @ a2.T, "b3": d3.sum(1, keepdims=True),
    }

args = loss, {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}, grads
'''

SOURCES['posted_b03'] = COMMON + '''X, _ = data(15, 4)
labels = np.arange(15) % 3
Y = np.eye(3)[labels]
rng = np.random.default_rng(3)
w1, b1 = rng.normal(size=(4, 6)) * .5, np.zeros((1, 6))
w2, b2 = rng.normal(size=(6, 3)) * .5, np.zeros((1, 3))
params = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}

def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum(axis=0)

def predict(p):
    hidden = np.maximum(0, X @ p["w1"] + p["b1"])
    return hidden, softmax(hidden @ p["w2"] + p["b2"])

def cross_entropy(p):
    _, probs = predict(p)
    return -np.sum(Y * np.log(probs)) / len(X)

def backprop(p):
    hidden, probs = predict(p)
    delta = (probs - Y) / len(X)
    dw2 = hidden.T @ delta
    db2 = delta.sum(axis=0, keepdims=True)
    dhidden = delta @ p["w2"].T
    dhidden[hidden <= 0] = 0
    return {"dw1": X.T @ dhidden, "db1": dhidden.sum(axis=0, keepdims=True), "dw2": dw2, "db2": db2}

args = cross_entropy, params, backprop
'''

SOURCES['posted_b04'] = COMMON + '''X, _ = data(15, 4, 4)
Y = np.eye(3)[np.arange(15) % 3]
np.random.seed(4)
W_h = np.random.randn(4, 5) * .6
B_h = np.random.randn(5) * .1
W_o = np.random.randn(5, 3) * .6
B_o = np.random.randn(3) * .1

def feed_forward():
    zh = np.dot(X, W_h) + B_h
    ah = sigmoid(zh)
    zo = np.dot(ah, W_o) + B_o
    expz = np.exp(zo)
    ao = expz / expz.sum(axis=1, keepdims=True)
    return ah, ao

def error_cost():
    return np.mean(np.sum(-Y * np.log(feed_forward()[1]), axis=1))

def backprop():
    ah, ao = feed_forward()
    dcost_dzo = (ao - Y) * ao * (1 - ao)
    dcost_wo = np.dot(ah.T, dcost_dzo) / len(X)
    dcost_bo = dcost_dzo.mean(axis=0)
    dcost_dah = np.dot(dcost_dzo, W_o.T)
    dcost_zh = dcost_dah * ah * (1 - ah)
    return [np.dot(X.T, dcost_zh) / len(X), dcost_zh.mean(axis=0), dcost_wo, dcost_bo]

args = error_cost, [W_h, B_h, W_o, B_o], backprop
'''

SOURCES['posted_b05'] = COMMON + '''X, y = data(10, 2, 5)
np.random.seed(1)
synapse_0 = 2 * np.random.random((2, 4)) - 1
synapse_1 = 2 * np.random.random((4, 1)) - 1
params = {"syn0": synapse_0, "syn1": synapse_1}

def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))

def loss(p):
    l1 = nonlin(X.dot(p["syn0"]))
    l2 = nonlin(l1.dot(p["syn1"]))
    return 0.5 * np.sum((l2 - y) ** 2)

def gradient(p):
    l0 = X
    l1 = nonlin(np.dot(l0, p["syn0"]))
    l2 = nonlin(np.dot(l1, p["syn1"]))
    l2_error = l2 - y
    l2_delta = l2_error
    l1_error = l2_delta.dot(p["syn1"].T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
    return {"syn1": l1.T.dot(l2_delta), "syn0": l0.T.dot(l1_delta)}

args = loss, params, gradient
'''

SOURCES['posted_b06'] = COMMON + '''X, y = data(14, 3, 6)
X, Y = X.T, y.T
m = 14
rng = np.random.default_rng(6)
p = dict(W1=rng.normal(size=(6, 3)), b1=rng.normal(size=(6, 1)), W2=rng.normal(size=(1, 6)), b2=np.zeros((1, 1)))

def model_forward(p):
    cache = {}
    cache["Z1"] = p["W1"] @ X + p["b1"]
    cache["A1"] = np.maximum(cache["Z1"], 0)
    cache["Z2"] = p["W2"] @ cache["A1"] + p["b2"]
    cache["A2"] = 1 / (1 + np.exp(-cache["Z2"]))
    return cache

def cost(p):
    A2 = model_forward(p)["A2"]
    return float(-(Y @ np.log(A2).T + (1 - Y) @ np.log(1 - A2).T)[0, 0] / m)

def model_backward(p):
    c = model_forward(p)
    g = {}
    dA2 = -(np.divide(Y, c["A2"]) - np.divide(1 - Y, 1 - c["A2"]))
    dZ2 = dA2 * c["A2"] * (1 - c["A2"])
    g["dW2"] = dZ2 @ c["Z1"].T / m
    g["db2"] = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = p["W2"].T @ dZ2
    dZ1 = np.where(c["Z1"] > 0, dA1, 0)
    g["dW1"] = dZ1 @ X.T / m
    g["db1"] = np.sum(dZ1, axis=1, keepdims=True) / m
    return g

args = cost, p, model_backward
'''

SOURCES['posted_b07'] = COMMON + '''X, y = data(14, 3, 7)
rng = np.random.default_rng(7)

class Linear:
    def __init__(self, n_in, n_out):
        self.W = rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, grad):
        grad = grad.copy()
        grad[grad < 0] = 0
        return grad

class MSE:
    def __call__(self, out, target):
        return np.mean((out - target) ** 2)

    def gradient(self, out, target):
        return 2 * (out - target) / out.size

class Net:
    def __init__(self):
        self.layers = [Linear(3, 8), ReLU(), Linear(8, 1)]
        self.loss = MSE()

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.out = x
        return x

    def backward_step(self, target):
        grad = self.loss.gradient(self.out, target)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def update(self, lr=0.1):
        for layer in self.layers:
            if hasattr(layer, "W"):
                layer.W -= lr * layer.dW
                layer.b -= lr * layer.db

net, x, y = Net(), X, y
'''

SOURCES['posted_b08'] = COMMON + '''X, _ = data(16, 5, 8)
Y = np.eye(4)[np.arange(16) % 4]
reg = 0.3
rng = np.random.default_rng(8)
model = {"W1": rng.normal(size=(5, 7)) / 2, "b1": np.zeros((1, 7)), "W2": rng.normal(size=(7, 4)) / 2, "b2": np.zeros((1, 4))}

def calculate_loss(model):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    z1 = X.dot(W1) + b1
    a1 = np.tanh(z1)
    z2 = a1.dot(W2) + b2
    exp_scores = np.exp(z2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    data_loss = np.sum(-np.log(probs[range(16), Y.argmax(1)]))
    data_loss += reg / 2 * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
    return 1. / 16 * data_loss

def gradients(model):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    a1 = np.tanh(X.dot(W1) + b1)
    exp_scores = np.exp(a1.dot(W2) + b2)
    delta3 = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    delta3[range(16), Y.argmax(1)] -= 1
    delta3 /= 16
    dW2 = (a1.T).dot(delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0, keepdims=True)
    dW2 -= reg / 16 * W2
    dW1 -= reg / 16 * W1
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

args = calculate_loss, model, gradients
'''

SOURCES['posted_b09'] = COMMON + '''rng = np.random.default_rng(9)
X = rng.normal(size=(20, 3))
y = (X @ [1., -2., .5] + 1).reshape(-1, 1)
w, b = rng.normal(size=3), np.zeros(1)

def mse():
    y_hat = X.dot(w) + b
    return np.mean((y_hat - y) ** 2)

def grad():
    n = len(X)
    y_hat = X.dot(w) + b
    error = y_hat - y
    dw = 2 / n * (X.T @ error).mean(axis=1)
    db = np.array([2 * error.mean()])
    return {"w": dw, "b": db}

args = mse, {"w": w, "b": b}, grad
'''

SOURCES['posted_b10'] = COMMON + '''X, y = data(12, 2, 10)
rng = np.random.default_rng(10)

class Layer:
    def __init__(self, inp, out):
        self.weights = rng.standard_normal((out, inp))
        self.bias = rng.standard_normal((out, 1))

    def forward(self, input):
        self.input = input
        return np.tanh(self.weights @ input + self.bias)

    def backward(self, output_gradient, learning_rate):
        a = np.tanh(self.weights @ self.input + self.bias)
        delta = output_gradient * (1 - a ** 2)
        self.grad_weights = delta @ self.input.T
        self.grad_bias = delta.sum(axis=1, keepdims=True)
        self.weights -= learning_rate * self.grad_weights
        self.bias -= learning_rate * self.grad_bias
        return self.weights.T @ delta

class Network:
    def __init__(self, learning_rate=0.05):
        self.layers = [Layer(2, 3), Layer(3, 1)]
        self.lr = learning_rate

    def loss(self, output, labels):
        return np.mean((labels - output) ** 2)

    def __call__(self, x):
        output = x
        for layer in self.layers:
            output = layer.forward(output)
        self.output = output
        return output

    def backward_step(self, labels):
        grad = 2 * (self.output - labels) / np.size(labels)
        for layer in reversed(self.layers):
            grad = layer.backward(grad, self.lr)

net, x, y = Network(), X.T, y.T
'''

SOURCES['posted_b11'] = COMMON + '''X, y = data(12, 3, 11)
rng = np.random.default_rng(11)

class Dense:
    def __init__(self, i, o):
        self.W = rng.normal(0, .5, (o, i))
        self.b = np.zeros((o, 1))
        self.gW = np.zeros_like(self.W)
        self.gb = np.zeros_like(self.b)

class MLP:
    def __init__(self, *sizes):
        self.layers = [Dense(i, o) for i, o in zip(sizes, sizes[1:])]

    def __call__(self, x):
        self.acts = [x]
        for layer in self.layers:
            x = sigmoid(layer.W @ x + layer.b)
            self.acts.append(x)
        return x

    def loss(self, a, y):
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    def backward_step(self, y):
        m = y.shape[1]
        dz = (self.acts[-1] - y) / m
        for i in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[i]
            layer.gW += dz @ self.acts[i].T
            layer.gb += dz.sum(axis=1, keepdims=True)
            if i:
                dz = layer.W.T @ dz * self.acts[i] * (1 - self.acts[i])

    def update(self):
        for layer in self.layers:
            layer.W -= 0.5 * layer.gW
            layer.b -= 0.5 * layer.gb

net, x, y = MLP(3, 4, 1), X.T, y.T
'''

SOURCES['posted_b12'] = COMMON + '''X, y = data(12, 3, 12)

class FullyConnected:
    def __init__(self, n_in, n_out):
        self.weights = np.zeros((n_out, n_in))
        self.biases = np.zeros((n_out, 1))

class NeuralNet:
    def __init__(self):
        self.layers = [FullyConnected(3, 4), FullyConnected(4, 1)]

    def __call__(self, x):
        self.a = [x]
        for layer in self.layers:
            self.a.append(sigmoid(layer.weights @ self.a[-1] + layer.biases))
        return self.a[-1]

    def loss(self, out, y):
        return np.mean((out - y) ** 2)

    def backward_step(self, y):
        grad = 2 * (self.a[-1] - y) / y.shape[1]
        for k in (1, 0):
            grad = grad * self.a[k + 1] * (1 - self.a[k + 1])
            self.layers[k].d_weights = grad @ self.a[k].T
            self.layers[k].d_biases = grad.sum(1, keepdims=True)
            grad = self.layers[k].weights.T @ grad

    def update(self):
        for layer in self.layers:
            layer.weights = layer.weights - 0.1 * layer.d_weights
            layer.biases = layer.biases - 0.1 * layer.d_biases

net, x, y = NeuralNet(), X.T, y.T
'''

SOURCES['posted_b13'] = COMMON + '''X, y = data(15, 4, 13)
onehot = np.eye(3, dtype=int)[np.arange(15) % 3]
rng = np.random.default_rng(13)
params = {"W1": rng.normal(size=(4, 5)), "b1": np.zeros(5), "W2": rng.normal(size=(5, 3)), "b2": np.zeros(3)}

def forward(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    s = h @ p["W2"] + p["b2"]
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return h, e / e.sum(axis=1, keepdims=True)

def loss(p):
    h, prob = forward(p)
    return -(onehot * np.log(prob)).sum() / len(X)

def grads(p):
    h, prob = forward(p)
    delta = np.zeros_like(onehot)
    for i in range(len(X)):
        delta[i] = prob[i] - onehot[i]
    dW2 = h.T @ delta / len(X)
    db2 = delta.sum(axis=0) / len(X)
    dh = delta @ p["W2"].T * (1 - h ** 2)
    return {"W1": X.T @ dh / len(X), "b1": dh.sum(axis=0) / len(X), "W2": dW2, "b2": db2}

args = loss, params, grads
'''

SOURCES['posted_b14'] = COMMON + '''X, y = data(16, 3, 14)
rng = np.random.default_rng(14)

class Dense:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(o, i)) * .7, np.zeros((o, 1))

class DropoutNet:
    def __init__(self, keep_prob=0.8):
        self.layers = [Dense(3, 8), Dense(8, 1)]
        self.keep_prob = keep_prob

    def __call__(self, x):
        l1, l2 = self.layers
        self.x = x
        self.z1 = l1.W @ x + l1.b
        self.a1 = np.maximum(0, self.z1)
        self.d1 = np.random.rand(*self.a1.shape) < self.keep_prob
        self.a1 = self.a1 * self.d1 / self.keep_prob
        self.a2 = sigmoid(l2.W @ self.a1 + l2.b)
        return self.a2

    def loss(self, a, y):
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    def backward_step(self, y):
        l1, l2 = self.layers
        m = y.shape[1]
        dz2 = (self.a2 - y) / m
        l2.dW, l2.db = dz2 @ self.a1.T, dz2.sum(1, keepdims=True)
        da1 = l2.W.T @ dz2 * self.d1 / self.keep_prob
        dz1 = da1 * (self.z1 > 0)
        l1.dW, l1.db = dz1 @ self.x.T, dz1.sum(1, keepdims=True)

    def update(self):
        for layer in self.layers:
            layer.W -= 0.1 * layer.dW
            layer.b -= 0.1 * layer.db

    def predict(self, x):
        return (self(x) > 0.5).astype(int)

net, x, y = DropoutNet(), X.T, y.T
'''

SOURCES['posted_b15'] = COMMON + '''X, y = data(12, 3, 15)
rng = np.random.default_rng(15)

class Dense:
    def __init__(self, i, o):
        self.w, self.b = rng.normal(size=(i, o)), np.zeros((1, o))
        self.dw, self.db = np.zeros_like(self.w), np.zeros_like(self.b)

    def forward(self, x):
        self.inputs = x
        self.out = sigmoid(x @ self.w + self.b)
        return self.out

    def backward(self, dout):
        dz = dout * self.out * (1 - self.out)
        self.dw = self.inputs.T @ dz
        self.db = dz.sum(axis=0, keepdims=True)
        return dz @ self.w.T

class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.pred = x
        return x

    def loss(self, pred, y):
        return np.mean((pred - y) ** 2)

    def backward_step(self, y):
        dout = 2 * (self.pred - y) / len(y)
        for layer in self.layers[::-1]:
            dout = layer.backward(dout)
            return dout

net, x, y = Sequential([Dense(3, 4), Dense(4, 4), Dense(4, 1)]), X, y
'''

SOURCES['posted_b16'] = COMMON + '''X, y = data(12, 3, 16)
X, Y = X.T, y.T
rng = np.random.default_rng(16)
sizes = [3, 6, 4, 1]
weights = [rng.normal(size=(o, i)) for i, o in zip(sizes, sizes[1:])]
biases = [rng.normal(size=(o, 1)) * .1 for o in sizes[1:]]

def run():
    acts = [X]
    for W, b in zip(weights, biases):
        acts.append(sigmoid(W @ acts[-1] + b))
    return acts

def cost():
    return np.sum((run()[-1] - Y) ** 2) / (2 * X.shape[1])

def backward():
    acts = run()
    out = acts[-1]
    delta = (out - Y) * out * (1 - out)
    gW, gb = [], []
    for l in range(len(weights) - 1, -1, -1):
        gW.insert(0, delta @ acts[l].T / X.shape[1])
        gb.insert(0, delta.mean(axis=1, keepdims=True))
        delta = weights[l].T @ delta
    return gW + gb

args = cost, weights + biases, backward
'''

SOURCES['posted_b17'] = COMMON + '''X, y = data(10, 4, 17)
T = np.random.default_rng(0).random((10, 4))
rng = np.random.default_rng(17)
sizes = [4, 4, 4]
biases = [rng.standard_normal((s, 1)) for s in sizes[1:]]
weights = [rng.standard_normal((s, r)) for r, s in zip(sizes[:-1], sizes[1:])]
params = {"w1": weights[0], "b1": biases[0], "w2": weights[1], "b2": biases[1]}

def feedforward(a):
    for b, w in zip(biases, weights):
        a = sigmoid(np.dot(w, a) + b)
    return a

def total_cost():
    return sum(0.5 * np.linalg.norm(feedforward(x[:, None]) - t[:, None]) ** 2 for x, t in zip(X, T)) / len(X)

def backprop(x, t):
    nabla_b = [np.zeros(b.shape) for b in biases]
    nabla_w = [np.zeros(w.shape) for w in weights]
    activation = x
    activations = [x]
    zs = []
    for b, w in zip(biases, weights):
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigmoid(z)
        activations.append(activation)
    sp = sigmoid(zs[-1]) * (1 - sigmoid(zs[-1]))
    delta = (activations[-1] - t) * sp
    nabla_b[-1] = delta
    nabla_w[-1] = np.dot(delta, activations[-2].transpose())
    for l in range(2, len(sizes)):
        sp = sigmoid(zs[-l]) * (1 - sigmoid(zs[-l]))
        delta = np.dot(weights[-l + 1].transpose(), delta) * sp
        nabla_b[-l] = delta
        nabla_w[-l] = np.dot(delta, activations[-l].transpose())
    return nabla_b, nabla_w

def batch():
    nb = [np.zeros(b.shape) for b in biases]
    nw = [np.zeros(w.shape) for w in weights]
    for x, t in zip(X, T):
        dnb, dnw = backprop(x[:, None], t[:, None])
        nb = [a + d for a, d in zip(nb, dnb)]
        nw = [a + d for a, d in zip(nw, dnw)]
    n = len(X)
    return {"w1": nw[0] / n, "b1": nb[0] / n, "w2": nw[1] / n, "b2": nb[1] / n}

args = total_cost, params, batch
'''

SOURCES['posted_b18'] = COMMON + '''X, y = data(12, 3, 18)
rng = np.random.default_rng(18)

class Layer:
    def __init__(self, i, o):
        self.W = rng.normal(size=(i, o)) * .6
        self.b = np.zeros(o)
        self.x = None

    def forward(self, x):
        if self.x is None:
            self.x = x
        self.a = np.tanh(x @ self.W + self.b)
        return self.a

    def backward(self, d):
        d = d * (1 - self.a ** 2)
        self.dW = self.x.T @ d
        self.db = d.sum(0)
        return d @ self.W.T

class Net:
    def __init__(self):
        self.layers = [Layer(3, 5), Layer(5, 1)]

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.y_pred = x
        return x

    def loss(self, y_pred, y):
        return ((y_pred - y) ** 2).mean()

    def backward_step(self, y):
        d = 2 * (self.y_pred - y) / y.size
        for layer in reversed(self.layers):
            d = layer.backward(d)

    def update(self):
        for layer in self.layers:
            layer.W -= 0.05 * layer.dW
            layer.b -= 0.05 * layer.db

net, x, y = Net(), X, y
'''

SOURCES['posted_b19'] = COMMON + '''X, y = data(12, 3, 19)
rng = np.random.default_rng(19)

class Dense:
    def __init__(self, i, o):
        self.W = rng.normal(size=(o, i)) * .6
        self.b = np.zeros((o, 1))

class Net:
    def __init__(self, lr=0.3):
        self.lr = lr
        self.layers = [Dense(3, 5), Dense(5, 1)]

    def loss(self, a, y):
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    def __call__(self, x):
        one, two = self.layers
        self.x = x
        self.h = np.tanh(one.W @ x + one.b)
        self.p = sigmoid(two.W @ self.h + two.b)
        return self.p

    def backward_step(self, y):
        one, two = self.layers
        m = y.shape[1]
        d2 = self.p - y
        d1 = (two.W.T @ d2) * (1 - self.h ** 2)
        two.dW = self.lr * d2 @ self.h.T / m
        two.db = self.lr * d2.mean(axis=1, keepdims=True)
        one.dW = self.lr * d1 @ self.x.T / m
        one.db = self.lr * d1.mean(axis=1, keepdims=True)

    def update(self):
        for layer in self.layers:
            layer.W -= self.lr * layer.dW
            layer.b -= self.lr * layer.db

net, x, y = Net(), X.T, y.T
'''

SOURCES['posted_b20'] = COMMON + '''X, y = data(12, 3, 20)

class MomentumSGD:
    def __init__(self, lr=0.05, beta=0.9):
        self.lr, self.beta = lr, beta
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = np.zeros_like(parameters)
        self.v = self.beta * self.v + (1 - self.beta) * gradients
        parameters -= self.lr * gradients

from nnlib.activation import Sigmoid, Tanh
from nnlib.layer import Dense
from nnlib.loss import BinaryCrossEntropy
model = nnlib.NeuralNetwork(((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=MomentumSGD(), seed=0)
net, x, y = model, X.T, y.T
'''

SOURCES['posted_b21'] = COMMON + '''X, y = data(12, 3, 21)
rng = np.random.default_rng(21)

class Dense:
    def __init__(self, i, o):
        self.W = rng.normal(size=(i, o)) * .6
        self.b = np.zeros((1, o))

class Net:
    def __init__(self):
        self.layers = [Dense(3, 5), Dense(5, 1)]
        self.m, self.v, self.t = {}, {}, 0

    def loss(self, a, y):
        return np.mean((a - y) ** 2)

    def __call__(self, x):
        one, two = self.layers
        self.x = x
        self.h = np.maximum(0, x @ one.W + one.b)
        self.out = self.h @ two.W + two.b
        return self.out

    def backward_step(self, y):
        one, two = self.layers
        d = 2 * (self.out - y) / len(y)
        two.dW, two.db = self.h.T @ d, d.sum(0, keepdims=True)
        d = d @ two.W.T * (self.h > 0)
        one.dW, one.db = self.x.T @ d, d.sum(0, keepdims=True)

    def update(self, lr=0.01, b1=0.9, b2=0.999, eps=1e-8):
        for i, layer in enumerate(self.layers):
            for name in ("W", "b"):
                self.t += 1
                g = getattr(layer, "d" + name)
                key = f"{name}{i}"
                self.m[key] = b1 * self.m.get(key, 0) + (1 - b1) * g
                self.v[key] = b2 * self.v.get(key, 0) + (1 - b2) * g ** 2
                m_hat = self.m[key] / (1 - b1 ** self.t)
                v_hat = self.v[key] / (1 - b2 ** self.t)
                setattr(layer, name, getattr(layer, name) - lr * m_hat / (np.sqrt(v_hat) + eps))

net, x, y = Net(), X, y
'''

SOURCES['posted_b22'] = COMMON + '''X, y = data(16, 3, 22)
rng = np.random.default_rng(22)

class Layer:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(i, o)) * .5, np.zeros((1, o))

class Net:
    def __init__(self):
        self.layers = [Layer(3, 6), Layer(6, 1)]

    def __call__(self, X):
        l1, l2 = self.layers
        self.X = X
        self.A1 = np.tanh(X @ l1.W + l1.b)
        self.A2 = sigmoid(self.A1 @ l2.W + l2.b)
        return self.A2

    def loss(self, A, y):
        return -np.mean(y * np.log(A + 1e-9) + (1 - y) * np.log(1 - A + 1e-9))

    def backward_step(self, y):
        l1, l2 = self.layers
        d2 = (self.A2 - y) / len(y)
        l2.dW, l2.db = self.A1.T @ d2, d2.sum(0, keepdims=True)
        d1 = d2 @ l2.W.T * (1 - self.A1 ** 2)
        l1.dW, l1.db = self.X.T @ d1, d1.sum(0, keepdims=True)

    def update(self):
        for layer in self.layers:
            layer.W -= 0.1 * layer.dW
            layer.b -= 0.1 * layer.db

    def fit(self, X, y, epochs, batch_size=4):
        for epoch in range(epochs):
            order = np.random.permutation(len(X))
            X = X[order]
            for start in range(0, len(X), batch_size):
                self(X[start:start + batch_size])
                self.backward_step(y[start:start + batch_size])
                self.update()

net, x, y = Net(), X, y
'''

SOURCES['posted_b23'] = COMMON + '''X, y = data(12, 3, 23)
y = y.ravel()
rng = np.random.default_rng(23)
params = {"W1": rng.normal(size=(3, 4)), "b1": np.zeros(4), "w2": rng.normal(size=4), "b2": np.zeros(1)}

def forward(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    return h, 1 / (1 + np.exp(-(h @ p["w2"] + p["b2"])))

def loss(p):
    h, a = forward(p)
    return -np.mean(y * np.log(a))

def grad(p):
    n = len(y)
    h, a = forward(p)
    dz = (a - y) / n
    dh = np.outer(dz, p["w2"]) * (1 - h ** 2)
    return {"W1": X.T @ dh, "b1": dh.sum(axis=0), "w2": h.T @ dz, "b2": np.array([dz.sum()])}

args = loss, params, grad
'''

SOURCES['posted_b24'] = COMMON + '''X, y = data(12, 3, 24)
rng = np.random.default_rng(24)

def tanh_prime(z):
    return 1 - np.tanh(z) ** 2

class Layer:
    def __init__(self, i, o):
        self.weights = rng.normal(size=(o, i))
        self.bias = rng.normal(size=(o, 1)) * .1

    def forward(self, x):
        self.x = x
        self.z = self.weights @ x + self.bias
        self.a = np.tanh(self.z, out=self.z)
        return self.a

    def backward(self, da):
        dz = da * tanh_prime(self.z)
        self.grad_weights = dz @ self.x.T
        self.grad_bias = dz.sum(axis=1, keepdims=True)
        return self.weights.T @ dz

class Net:
    def __init__(self):
        self.layers = [Layer(3, 5), Layer(5, 1)]

    def loss(self, a, y):
        return np.mean((a - y) ** 2)

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.a = x
        return x

    def backward_step(self, y):
        da = 2 * (self.a - y) / y.size
        for layer in reversed(self.layers):
            da = layer.backward(da)

net, x, y = Net(), X.T, y.T
'''

SOURCES['posted_b25'] = COMMON + '''X, y = data(12, 3, 25)
rng = np.random.default_rng(25)
p = {"W1": rng.normal(size=(3, 5)), "gamma": np.ones(5) * 1.3, "beta": np.ones(5) * .1, "W2": rng.normal(size=(5, 1)), "b2": np.zeros(1)}

def forward(p):
    z = X @ p["W1"]
    mu, var = z.mean(0), z.var(0)
    zhat = (z - mu) / np.sqrt(var + 1e-5)
    bn = p["gamma"] * zhat + p["beta"]
    h = np.maximum(bn, 0)
    return zhat, var, h, h @ p["W2"] + p["b2"]

def loss(p):
    return ((forward(p)[-1] - y) ** 2).mean()

def grads(p):
    zhat, var, h, out = forward(p)
    dout = 2 * (out - y) / len(y)
    dW2, db2 = h.T @ dout, dout.sum(0)
    dbn = dout @ p["W2"].T * (h > 0)
    dgamma, dbeta = (dbn * zhat).sum(0), dbn.sum(0)
    dz = dbn * p["gamma"] / np.sqrt(var + 1e-5)
    return {"W1": X.T @ dz, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

args = loss, p, grads
'''

SOURCES['posted_b26'] = COMMON + '''X, y = data(12, 3, 26)
X, Y = X.T, y.T
rng = np.random.default_rng(26)
p = {"W1": rng.normal(size=(8, 3)), "b1": np.zeros((8, 1)), "W2": rng.normal(size=(1, 8)), "b2": np.zeros((1, 1))}
keep = 0.7

def forward(p):
    np.random.seed(1)
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.maximum(0, Z1)
    D1 = np.random.rand(*A1.shape) < keep
    A1 = A1 * D1 / keep
    A2 = sigmoid(p["W2"] @ A1 + p["b2"])
    return Z1, D1, A1, A2

def cost(p):
    A2 = forward(p)[-1]
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

def backward(p):
    m = X.shape[1]
    Z1, D1, A1, A2 = forward(p)
    dZ2 = (A2 - Y) / m
    dA1 = p["W2"].T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    return {"dW1": dZ1 @ X.T, "db1": dZ1.sum(1, keepdims=True), "dW2": dZ2 @ A1.T, "db2": dZ2.sum(1, keepdims=True)}

args = cost, p, backward
'''

SOURCES['posted_b27'] = COMMON + '''X, y = data(16, 3, 27)
X, Y = X.T, y.T
rng = np.random.default_rng(27)

class FC:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(o, i)) * .6, np.zeros((o, 1))

class Classifier:
    def __init__(self):
        self.layers = [FC(3, 6), FC(6, 1)]
        self.learning_rate = 0.2

    def __call__(self, x):
        f, g = self.layers
        self.x, self.h = x, np.maximum(0, f.W @ x + f.b)
        self.out = sigmoid(g.W @ self.h + g.b)
        return self.out

    def loss(self, out, y):
        return -np.mean(y * np.log(out) + (1 - y) * np.log(1 - out))

    def backward_step(self, y):
        f, g = self.layers
        d = (self.out - y) / y.shape[1]
        g.dW, g.db = d @ self.h.T, d.sum(axis=1, keepdims=True)
        d = (g.W.T @ d) * (self.h > 0)
        f.dW, f.db = d @ self.x.T, d.sum(axis=1, keepdims=True)

    def update(self):
        for layer in self.layers:
            layer.W -= self.learning_rate * layer.dW
            layer.b -= self.learning_rate * layer.db

    def fit(self, x, y, epochs, batch_size=4):
        losses = []
        for _ in range(epochs):
            for i in range(0, x.shape[1], batch_size):
                x_batch = x[:, i:i + batch_size]
                y_batch = y[:, :batch_size]
                out = self(x_batch)
                self.backward_step(y_batch)
                self.update()
            losses.append(self.loss(out, y_batch))
        return losses

net, x, y = Classifier(), X, Y
'''

SOURCES['posted_b28'] = COMMON + '''X, y = data(16, 3, 28)
rng = np.random.default_rng(28)

class Dense:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(i, o)) * .6, np.zeros(o)

class Net:
    def __init__(self, sizes, lr=0.1):
        self.layers = [Dense(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
        self.lr = lr

    def __call__(self, x):
        self.A = [x]
        for layer in self.layers[:-1]:
            x = np.tanh(x @ layer.W + layer.b)
            self.A.append(x)
        x = x @ self.layers[-1].W + self.layers[-1].b
        self.A.append(x)
        return x

    def loss(self, out, y):
        return 0.5 * np.mean((out - y) ** 2)

    def backward_step(self, y):
        delta = (self.A[-1] - y) / y.size
        for l in reversed(range(len(self.layers))):
            layer = self.layers[l]
            layer.dW = self.A[l].T @ delta
            layer.db = delta.sum(axis=0)
            if l > 0:
                delta = (delta @ layer.W.T) * (1 - self.A[l] ** 2)

    def update(self):
        for layer in self.layers[:-1]:
            layer.W -= self.lr * layer.dW
            layer.b -= self.lr * layer.db

net, x, y = Net([3, 6, 4, 1]), X, y
'''

SOURCES['posted_r01'] = COMMON + '''X, _ = data(15, 4, 31)
y = np.arange(15) % 3
rng = np.random.default_rng(31)
W1, b1, W2, b2 = rng.normal(size=(4, 8)) * .5, np.zeros(8), rng.normal(size=(8, 3)) * .5, np.zeros(3)

def scores():
    h = (X @ W1 + b1).clip(min=0)
    f = h @ W2 + b2
    p = np.exp(f - f.max())
    p /= p.sum(1)[:, None]
    return h, p

def loss():
    return -np.log(scores()[1][range(15), y]).mean() + 0.5 * 1e-2 * ((W1 ** 2).sum() + (W2 ** 2).sum())

def grads():
    h, d = scores()
    d[range(15), y] -= 1
    d /= 15
    gW2, gb2 = h.T @ d + 1e-2 * W2, d.sum(0)
    d = d @ W2.T
    d[h == 0] = 0
    return [X.T @ d + 1e-2 * W1, d.sum(0), gW2, gb2]

args = loss, [W1, b1, W2, b2], grads
'''

SOURCES['posted_r02'] = COMMON + '''X, y = data(12, 3, 32)
rng = np.random.default_rng(32)
theta1, theta2 = rng.normal(size=(4, 4)), rng.normal(size=(1, 5))

def add_ones(a):
    return np.hstack([np.ones((len(a), 1)), a])

def forward():
    a1 = add_ones(X)
    a2 = add_ones(sigmoid(a1 @ theta1.T))
    return a1, a2, sigmoid(a2 @ theta2.T)

def J():
    a3 = forward()[2]
    return (-y * np.log(a3) - (1 - y) * np.log(1 - a3)).sum() / len(y) + .1 / (2 * len(y)) * (
        (theta1[:, 1:] ** 2).sum() + (theta2[:, 1:] ** 2).sum())

def grad():
    a1, a2, a3 = forward()
    d3 = a3 - y
    d2 = (d3 @ theta2)[:, 1:] * a2[:, 1:] * (1 - a2[:, 1:])
    g1, g2 = d2.T @ a1 / len(y), d3.T @ a2 / len(y)
    g1[:, 1:] += .1 / len(y) * theta1[:, 1:]
    g2[:, 1:] += .1 / len(y) * theta2[:, 1:]
    return {"theta1": g1, "theta2": g2}

args = J, {"theta1": theta1, "theta2": theta2}, grad
'''

SOURCES['posted_r03'] = COMMON + '''X, _ = data(10, 3, 33)
T = np.random.default_rng(0).random((10, 2))
rng = np.random.default_rng(33)
W = [rng.normal(size=(5, 3)), rng.normal(size=(2, 5))]
B = [rng.normal(size=5), rng.normal(size=2)]

def out(x):
    h = np.tanh(W[0] @ x + B[0])
    return h, sigmoid(W[1] @ h + B[1])

def loss():
    return sum(((out(x)[1] - t) ** 2).sum() / 2 for x, t in zip(X, T))

def grads():
    g = [np.zeros_like(a) for a in W + B]
    for x, t in zip(X, T):
        h, o = out(x)
        d = (o - t) * o * (1 - o)
        e = (W[1].T @ d) * (1 - h * h)
        for acc, new in zip(g, (np.outer(e, x), np.outer(d, h), e, d)):
            acc += new
    return g

args = loss, W + B, grads
'''

SOURCES['posted_r04'] = COMMON + '''X, _ = data(15, 4, 34)
Y = np.eye(3)[np.arange(15) % 3]
rng = np.random.default_rng(34)

class Dense:
    def __init__(self, n_in, n_out, act):
        self.W = rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in)
        self.b = np.zeros((1, n_out))
        self.act = act

    def __call__(self, x):
        self.x = x
        z = x @ self.W + self.b
        if self.act == "relu":
            z *= z > 0
        elif self.act == "softmax":
            z = np.exp(z - z.max(1, keepdims=True))
            z /= z.sum(1, keepdims=True)
        self.a = z
        return z

    def backward(self, g):
        if self.act == "relu":
            g = g * (self.a > 0)
        self.dW, self.db = self.x.T @ g, g.sum(0, keepdims=True)
        return g @ self.W.T

class Model:
    def __init__(self):
        self.layers = [Dense(4, 8, "relu"), Dense(8, 6, "relu"), Dense(6, 3, "softmax")]

    def loss(self, p, y):
        return -np.mean(np.log(np.sum(p * y, axis=1)))

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        self.p = x
        return x

    def backward_step(self, y):
        g = (self.p - y) / len(y)
        for layer in self.layers[::-1]:
            g = layer.backward(g)

    def update(self, lr=.1):
        for layer in self.layers:
            layer.W += -lr * layer.dW
            layer.b += -lr * layer.db

    def predict(self, x):
        return self(x).argmax(axis=1)

net, x, y = Model(), X, Y
'''

SOURCES['posted_r05'] = COMMON + '''X, y = data(12, 3, 35)
rng = np.random.default_rng(35)

class Dense:
    def __init__(self, i, o):
        self.w, self.b = rng.normal(size=(i, o)), np.zeros((1, o))

class Net:
    def __init__(self):
        self.layers = [Dense(3, 4), Dense(4, 1)]

    def loss(self, a, y):
        return np.sum((y - a) ** 2) / 2

    def __call__(self, x):
        self.a0 = x
        self.a1 = sigmoid(x @ self.layers[0].w + self.layers[0].b)
        self.a2 = sigmoid(self.a1 @ self.layers[1].w + self.layers[1].b)
        return self.a2

    def backward_step(self, y):
        error = y - self.a2
        delta2 = error * self.a2 * (1 - self.a2)
        delta1 = delta2 @ self.layers[1].w.T * self.a1 * (1 - self.a1)
        self.layers[1].dw, self.layers[1].db = self.a1.T @ delta2, delta2.sum(0, keepdims=True)
        self.layers[0].dw, self.layers[0].db = self.a0.T @ delta1, delta1.sum(0, keepdims=True)

    def update(self):
        for layer in self.layers:
            layer.w += 0.5 * layer.dw
            layer.b += 0.5 * layer.db

net, x, y = Net(), X, y
'''

SOURCES['posted_r06'] = COMMON + '''class ClippedMomentum:
    def __init__(self, lr=0.05, mu=0.9, max_norm=1.0):
        self.lr, self.mu, self.max_norm = lr, mu, max_norm
        self.v = 0

    def step(self, parameters, gradients):
        norm = np.linalg.norm(gradients)
        if norm > self.max_norm:
            gradients = gradients * (self.max_norm / norm)
        self.v = self.mu * self.v - self.lr * gradients
        parameters += self.v

net, x, y = with_optimizer(ClippedMomentum(), 36)
'''

SOURCES['posted_r07'] = COMMON + '''class Opt:
    def __init__(self, alpha=0.01):
        self.alpha = alpha
        self.m = self.v = self.top = None

    def step(self, theta, g):
        if self.m is None:
            self.m, self.v, self.top = (np.zeros_like(theta) for _ in range(3))
        self.m += 0.1 * (g - self.m)
        self.v += 0.001 * (g * g - self.v)
        self.top = np.maximum(self.top, self.v)
        theta -= self.alpha * self.m / (np.sqrt(self.top) + 1e-8)

net, x, y = with_optimizer(Opt(), 37)
'''

SOURCES['posted_r08'] = COMMON + '''X, y = data(16, 3, 38)
rng = np.random.default_rng(38)

class Dense:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(o, i)), np.zeros((o, 1))

class Net:
    def __init__(self):
        self.layers = [Dense(3, 9), Dense(9, 1)]
        self.training = True

    def __call__(self, x):
        one, two = self.layers
        self.x = x
        self.h = np.tanh(one.W @ x + one.b)
        self.mask = (rng.random(self.h.shape) > .3) / .7 if self.training else np.ones_like(self.h)
        self.p = sigmoid(two.W @ (self.h * self.mask) + two.b)
        return self.p

    def loss(self, p, y):
        return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))

    def backward_step(self, y):
        one, two = self.layers
        d = (self.p - y) / y.shape[1]
        two.dW, two.db = d @ (self.h * self.mask).T, d.sum(1, keepdims=True)
        d = (two.W.T @ d) * self.mask * (1 - self.h ** 2)
        one.dW, one.db = d @ self.x.T, d.sum(1, keepdims=True)

    def update(self):
        for layer in self.layers:
            layer.W -= .1 * layer.dW
            layer.b -= .1 * layer.db

    def predict(self, x):
        self.training = False
        p = self(x)
        self.training = True
        return p > .5

net, x, y = Net(), X.T, y.T
'''

SOURCES['posted_r09'] = COMMON + '''X, y = data(12, 3, 39)
t = X[:, 0] ** 2 - X[:, 1]
rng = np.random.default_rng(39)
p = {"A": rng.normal(size=(3, 6)), "a": rng.normal(size=6), "B": rng.normal(size=6), "b": np.zeros(())}

def net(p):
    z = X @ p["A"] + p["a"]
    s = sigmoid(z)
    return z, s, (z * s) @ p["B"] + p["b"]

def loss(p):
    return np.log(np.cosh(net(p)[2] - t)).mean()

def grad(p):
    z, s, o = net(p)
    d = np.tanh(o - t) / len(t)
    dz = np.outer(d, p["B"]) * (s + z * s * (1 - s))
    return {"dA": X.T @ dz, "da": dz.sum(0), "dB": (z * s).T @ d, "db": d.sum()}

args = loss, p, grad
'''

SOURCES['posted_r10'] = COMMON + '''X, y = data(12, 4, 40)
rng = np.random.default_rng(40)
p = {"W1": rng.normal(size=(4, 4)), "W2": rng.normal(size=(4, 4)), "W3": rng.normal(size=(1, 4))}

def net(p):
    h1 = np.tanh(p["W1"] @ X.T)
    h2 = np.tanh(p["W2"] @ h1) + h1
    return h1, h2, sigmoid(p["W3"] @ h2)

def loss(p):
    o = net(p)[2]
    return -(y.T * np.log(o) + (1 - y.T) * np.log(1 - o)).mean()

def grad(p):
    h1, h2, o = net(p)
    d = (o - y.T) / len(y)
    dh2 = p["W3"].T @ d
    dz2 = dh2 * (1 - (h2 - h1) ** 2)
    dh1 = p["W2"].T @ dz2 + dh2
    return {"W3": d @ h2.T, "W2": dz2 @ h1.T, "W1": (dh1 * (1 - h1 ** 2)) @ X}

args = loss, p, grad
'''

SOURCES['posted_r11'] = COMMON + '''X, _ = data(12, 5, 41)
rng = np.random.default_rng(41)
p = {"W": rng.normal(size=(5, 3)) * .5, "b": np.zeros(3), "c": np.zeros(5)}

def net(p):
    h = sigmoid(X @ p["W"] + p["b"])
    return h, h @ p["W"].T + p["c"]

def loss(p):
    return 0.5 * np.square(net(p)[1] - X).sum(1).mean()

def grad(p):
    h, r = net(p)
    e = (r - X) / len(X)
    dz = (e @ p["W"]) * h * (1 - h)
    return {"W": e.T @ h + X.T @ dz, "b": dz.sum(0), "c": e.sum(0)}

args = loss, p, grad
'''

SOURCES['posted_r12'] = COMMON + '''X, y = data(16, 3, 42)
rng = np.random.default_rng(42)

class Layer:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(i, o)) * .5, np.zeros((1, o))
        self.vW, self.vb = np.zeros((i, o)), np.zeros((1, o))

class Net:
    def __init__(self):
        self.layers = [Layer(3, 6), Layer(6, 1)]
        self.lr, self.decay, self.t = .1, 1e-2, 0

    def __call__(self, X):
        l1, l2 = self.layers
        self.X = X
        self.A1 = np.maximum(.01 * (X @ l1.W + l1.b), X @ l1.W + l1.b)
        self.A2 = sigmoid(self.A1 @ l2.W + l2.b)
        return self.A2

    def loss(self, A, y):
        A = np.clip(A, 1e-12, 1 - 1e-12)
        return -np.mean(y * np.log(A) + (1 - y) * np.log(1 - A))

    def backward_step(self, y):
        l1, l2 = self.layers
        d2 = (self.A2 - y) / len(y)
        l2.dW, l2.db = self.A1.T @ d2, d2.sum(0, keepdims=True)
        d1 = d2 @ l2.W.T * np.where(self.A1 > 0, 1, .01)
        l1.dW, l1.db = self.X.T @ d1, d1.sum(0, keepdims=True)

    def update(self):
        self.t += 1
        rate = self.lr / (1 + self.decay * self.t)
        for layer in self.layers:
            layer.vW = .9 * layer.vW - rate * layer.dW
            layer.vb = .9 * layer.vb - rate * layer.db
            layer.W += layer.vW
            layer.b += layer.vb

    def fit(self, X, y, epochs=10, batch_size=5):
        history = []
        for epoch in range(epochs):
            idx = np.random.permutation(len(X))
            for part in np.array_split(idx, max(1, len(X) // batch_size)):
                self(X[part])
                self.backward_step(y[part])
                self.update()
            history.append(self.loss(self(X), y))
        return history

net, x, y = Net(), X, y
'''

SOURCES['saturated'] = COMMON + '''r = np.random.default_rng(2)
X = r.normal(size=(3, 12)); Y = (X[:1] * X[1:2] > 0) * 1.0
p = {"W1": 2 * r.normal(size=(8, 3)), "b1": np.zeros((8, 1)), "W2": 2 * r.normal(size=(1, 8)), "b2": np.zeros((1, 1))}

def forward(p):
    z1 = p["W1"] @ X + p["b1"]
    a1 = np.maximum(0, z1)
    return z1, a1, sigmoid(p["W2"] @ a1 + p["b2"])

def cost(p):
    a = forward(p)[-1]
    return -np.mean(Y * np.log(a + EPS) + (1 - Y) * np.log(1 - a + EPS))

def grads(p):
    z1, a1, a2 = forward(p)
    d = (a2 - Y) / 12
    d1 = p["W2"].T @ d * (z1 > 0)
    return {"W1": d1 @ X.T, "b1": d1.sum(1, keepdims=True), "W2": d @ a1.T, "b2": d.sum(1, keepdims=True)}

args = cost, p, grads
'''

SOURCES['merged'] = COMMON + '''class Layer:
    def __init__(self, inp, out, seed):
        rng = np.random.default_rng(seed)
        self.weights, self.bias = rng.standard_normal((out, inp)), rng.standard_normal((out, 1))
    def forward(self, x):
        self.input = x
        self.a = np.tanh(self.weights @ x + self.bias)
        return self.a
    def backward(self, output_gradient, learning_rate):
        delta = output_gradient * (1 - self.a ** 2)
        self.grad_weights = delta @ self.input.T
        self.grad_bias = delta.sum(axis=1, keepdims=True)
        input_gradient = self.weights.T @ delta
        self.weights -= learning_rate * self.grad_weights
        self.bias -= learning_rate * self.grad_bias
        return input_gradient

class Network:
    def __init__(self, learning_rate=0.05):
        self.layers, self.lr = [Layer(2, 3, 0), Layer(3, 1, 1)], learning_rate
    def loss(self, output, labels): return np.mean((labels - output) ** 2)
    def __call__(self, x):
        for layer in self.layers: x = layer.forward(x)
        self.output = x
        return x
    def backward_step(self, labels):
        grad = 2 * (self.output - labels) / np.size(labels)
        for layer in reversed(self.layers): grad = layer.backward(grad, self.lr)

X, Y = data(12, 2, 10)
net, x, y = Network(), X.T, Y.T
'''

SOURCES['asked_c01'] = COMMON + '''X, _ = data(15, 4, 1)
y = np.arange(15) % 3
rng = np.random.default_rng(1)
params = {"W1": rng.normal(size=(4, 6)) * .4, "b1": np.zeros(6), "W2": rng.normal(size=(6, 3)) * .4, "b2": np.zeros(3)}

def forward():
    h = np.maximum(0, X.dot(params["W1"]) + params["b1"])
    s = h.dot(params["W2"]) + params["b2"]
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return h, e / e.sum(axis=1, keepdims=True)

def loss():
    return np.mean(-np.log(forward()[1][np.arange(len(y)), y]))

def grads():
    h, dscores = forward()
    dscores[np.arange(len(y)), y] -= 1
    g = {"W2": h.T.dot(dscores), "b2": dscores.sum(axis=0)}
    dh = dscores.dot(params["W2"].T)
    dh[h <= 0] = 0
    g["W1"], g["b1"] = X.T.dot(dh), dh.sum(axis=0)
    return g

args = loss, params, grads
'''

SOURCES['asked_c02'] = COMMON + '''X, _ = data(10, 4, 2)
T = np.random.default_rng(3).normal(size=(10, 4))
rng = np.random.default_rng(2)
Ws = [rng.normal(size=(4, 4)) * .6 for _ in range(3)]
bs = [rng.normal(size=4) * .1 for _ in range(3)]

def forward():
    a, zs, acts = X, [], [X]
    for W, b in zip(Ws, bs):
        z = a @ W + b
        a = np.tanh(z)
        zs.append(z)
        acts.append(a)
    return zs, acts

def loss():
    return np.square(forward()[1][-1] - T).mean()

def backward():
    zs, acts = forward()
    delta = 2 * (acts[-1] - T) / T.size * (1 - np.tanh(zs[-1]) ** 2)
    gW, gb = [None] * 3, [None] * 3
    for l in (2, 1, 0):
        gW[l], gb[l] = acts[l].T @ delta, delta.sum(axis=0)
        if l:
            delta = delta @ Ws[l].T * (1 - np.tanh(zs[l]) ** 2)
    return gW + gb

args = loss, Ws + bs, backward
'''

SOURCES['asked_c03'] = COMMON + '''X, y = data(14, 3, 3)
rng = np.random.default_rng(33)
p = {"W1": rng.normal(size=(3, 5)), "b1": np.zeros((1, 5)), "W2": rng.normal(size=(5, 1)), "b2": np.zeros((1, 1))}

def leaky_relu(z, alpha=0.05):
    return np.where(z > 0, z, alpha * z)

def d_leaky_relu(z):
    return (z > 0).astype(float)

def f(p):
    z1 = X @ p["W1"] + p["b1"]
    return z1, leaky_relu(z1), sigmoid(leaky_relu(z1) @ p["W2"] + p["b2"])

def loss(p):
    a2 = f(p)[2]
    return -(y * np.log(a2) + (1 - y) * np.log(1 - a2)).mean()

def grad(p):
    z1, a1, a2 = f(p)
    d2 = (a2 - y) / len(y)
    d1 = (d2 @ p["W2"].T) * d_leaky_relu(z1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": a1.T @ d2, "db2": d2.sum(0, keepdims=True)}

args = loss, p, grad
'''

SOURCES['asked_c04'] = COMMON + '''X, y = data(14, 3, 4)
X, Y = X.T, y.T
m, lambd = 14, 0.7
rng = np.random.default_rng(4)
parameters = {"W1": rng.normal(size=(4, 3)), "b1": np.zeros((4, 1)), "W2": rng.normal(size=(1, 4)), "b2": np.zeros((1, 1))}

def forward(parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    return A1, sigmoid(parameters["W2"] @ A1 + parameters["b2"])

def cost(parameters):
    A2 = forward(parameters)[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m

def backward(parameters):
    A1, A2 = forward(parameters)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m + lambd / m * parameters["W2"]
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1 ** 2)
    dW1 = dZ1 @ X.T / m + lambd / m * parameters["W1"]
    return {"W1": dW1, "b1": dZ1.mean(1, keepdims=True), "W2": dW2, "b2": dZ2.mean(1, keepdims=True)}

args = cost, parameters, backward
'''

SOURCES['asked_c05'] = COMMON + '''X, y = data(14, 3, 5)
rng = np.random.default_rng(5)

class Tanh:
    def forward(self, z):
        self.z = z
        return np.tanh(z)

    def backward(self, grad):
        return grad * (1 - self.z ** 2)

class Linear:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(i, o)) * .7, np.zeros((1, o))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW, self.db = self.x.T @ grad, grad.sum(0, keepdims=True)
        return grad @ self.W.T

class Net:
    def __init__(self):
        self.layers = [Linear(3, 5), Tanh(), Linear(5, 1)]

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.out = x
        return x

    def loss(self, out, y):
        return ((out - y) ** 2).mean()

    def backward_step(self, y):
        grad = 2 * (self.out - y) / y.size
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)

    def update(self):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W -= .1 * layer.dW
                layer.b -= .1 * layer.db

net, x, y = Net(), X, y
'''

SOURCES['asked_c06'] = COMMON + '''X, y = data(14, 3, 6)
rng = np.random.default_rng(6)

class L:
    def __init__(self, i, o):
        self.w, self.b = rng.normal(size=(i, o)), np.zeros(o)

class Net:
    def __init__(self):
        self.layers = [L(3, 4), L(4, 1)]

    def __call__(self, x):
        self.x = x
        self.h = sigmoid(x @ self.layers[0].w + self.layers[0].b)
        self.o = sigmoid(self.h @ self.layers[1].w + self.layers[1].b)
        return self.o

    def loss(self, o, y):
        return 0.5 * np.mean((o - y) ** 2)

    def backward_step(self, y):
        d = (self.o - y) / y.size * self.o * (1 - self.o)
        self.layers[1].dw, self.layers[1].db = self.h.T @ d, d.sum(0)
        d = d @ self.layers[1].w.T * self.h * (1 - self.h)
        self.layers[0].dw, self.layers[0].db = self.x.T @ d, d.sum(0)

    def update(self, lr=0.5):
        self.layers[1].w -= lr * self.layers[1].dw
        self.layers[1].b -= lr * self.layers[1].db
        self.layers[0].w += lr * self.layers[0].dw
        self.layers[0].b -= lr * self.layers[0].db

net, x, y = Net(), X, y
'''

SOURCES['asked_c07'] = COMMON + '''X, y = data(14, 3, 7)
rng = np.random.default_rng(7)
p = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(1, 5)), "W2": rng.normal(size=(5, 1)), "b2": np.zeros((1, 1))}

def f(p):
    h = np.tanh(X @ p["W1"])
    return h, h @ p["W2"] + p["b2"]

def loss(p):
    return np.mean((f(p)[1] - y) ** 2)

def grad(p):
    h, o = f(p)
    d = 2 * (o - y) / len(y)
    e = d @ p["W2"].T * (1 - h * h)
    return {"W1": X.T @ e, "b1": e.sum(0, keepdims=True), "W2": h.T @ d, "b2": d.sum(0, keepdims=True)}

args = loss, p, grad
'''

SOURCES['asked_c08'] = COMMON + '''X, y = data(14, 3, 8)
rng = np.random.default_rng(8)

class Layer:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(o, i)), np.zeros((o, 1))
        self.vW, self.vb = np.zeros((o, i)), np.zeros((o, 1))

class Net:
    def __init__(self):
        self.layers = [Layer(3, 4), Layer(4, 1)]
        self.lr, self.mu = .05, .9

    def __call__(self, x):
        self.a = [x]
        for layer in self.layers:
            self.a.append(sigmoid(layer.W @ self.a[-1] + layer.b))
        return self.a[-1]

    def loss(self, a, y):
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    def backward_step(self, y):
        d = (self.a[2] - y) / y.shape[1]
        for k in (1, 0):
            layer = self.layers[k]
            layer.dW, layer.db = d @ self.a[k].T, d.sum(1, keepdims=True)
            d = layer.W.T @ d * self.a[k] * (1 - self.a[k])

    def update(self):
        for layer in self.layers:
            layer.vW = self.mu * layer.vW + self.lr * layer.dW
            layer.vb = self.mu * layer.vb + self.lr * layer.db
            layer.W += layer.vW
            layer.b += layer.vb

net, x, y = Net(), X.T, y.T
'''

SOURCES['asked_c09'] = COMMON + '''class RMSprop:
    def __init__(self, lr=0.001, rho=0.9, eps=1e-7):
        self.lr, self.rho, self.eps, self.cache = lr, rho, eps, None

    def step(self, w, grad):
        if self.cache is None:
            self.cache = np.zeros_like(w)
        self.cache = self.rho * self.cache + (1 - self.rho) * grad ** 2
        w -= self.lr * grad / (self.cache + self.eps)

net, x, y = with_optimizer(RMSprop(), 9)
'''

SOURCES['asked_c10'] = COMMON + '''X, y = data(16, 3, 10)
rng = np.random.default_rng(10)

class Layer:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(i, o)), np.zeros(o)
        self.dW, self.db = np.zeros((i, o)), np.zeros(o)

class Net:
    def __init__(self):
        self.layers = [Layer(3, 5), Layer(5, 1)]

    def __call__(self, x):
        self.x = x
        self.h = np.tanh(x @ self.layers[0].W + self.layers[0].b)
        self.o = self.h @ self.layers[1].W + self.layers[1].b
        return self.o

    def loss(self, o, y):
        return np.mean((o - y) ** 2)

    def backward_step(self, y):
        d = 2 * (self.o - y) / y.size
        self.layers[1].dW, self.layers[1].db = self.h.T @ d, d.sum(0)
        d = d @ self.layers[1].W.T * (1 - self.h ** 2)
        self.layers[0].dW, self.layers[0].db = self.x.T @ d, d.sum(0)

    def update(self):
        for layer in self.layers:
            layer.W -= .1 * layer.dW
            layer.b -= .1 * layer.db

    def train(self, X, y, epochs=20, batch=4):
        for _ in range(epochs):
            for i in range(0, len(X), batch):
                self(X[i:i + batch])
                self.update()
                self.backward_step(y[i:i + batch])

net, x, y = Net(), X, y
'''

SOURCES['asked_c11'] = COMMON + '''X, _ = data(10, 4, 11)
T = np.random.default_rng(11).random((10, 4))
rng = np.random.default_rng(12)
Ws = [rng.normal(size=(4, 4)) * .7 for _ in range(2)]
bs = [rng.normal(size=4) * .1 for _ in range(2)]
params = {"W0": Ws[0], "W1": Ws[1], "b0": bs[0], "b1": bs[1]}

def run(x):
    a = [x]
    for W, b in zip(Ws, bs):
        a.append(sigmoid(W @ a[-1] + b))
    return a

def cost():
    return sum(np.sum((run(x)[-1] - t) ** 2) for x, t in zip(X, T)) / (2 * len(X))

def grads():
    gW, gb = [np.zeros((4, 4))] * 2, [np.zeros(4)] * 2
    for x, t in zip(X, T):
        a = run(x)
        delta = (a[-1] - t) * a[-1] * (1 - a[-1])
        for l in (1, 0):
            gW[l] += np.outer(delta, a[l]) / len(X)
            gb[l] += delta / len(X)
            delta = Ws[l].T @ delta * a[l] * (1 - a[l])
    return {"W0": gW[0], "W1": gW[1], "b0": gb[0], "b1": gb[1]}

args = cost, params, grads
'''

SOURCES['asked_c12'] = COMMON + '''X, y = data(16, 3, 12)
X = 3 * X + 5
rng = np.random.default_rng(13)

class Layer:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(i, o)), np.zeros(o)

class Net:
    def __init__(self):
        self.layers = [Layer(3, 5), Layer(5, 1)]

    def scale(self, X):
        return (X - X.mean(axis=0)) / X.std(axis=0)

    def __call__(self, x):
        self.x = x
        self.h = np.tanh(x @ self.layers[0].W + self.layers[0].b)
        self.o = sigmoid(self.h @ self.layers[1].W + self.layers[1].b)
        return self.o

    def loss(self, o, y):
        return -np.mean(y * np.log(o + 1e-12) + (1 - y) * np.log(1 - o + 1e-12))

    def backward_step(self, y):
        d = (self.o - y) / y.size
        self.layers[1].dW, self.layers[1].db = self.h.T @ d, d.sum(0)
        d = d @ self.layers[1].W.T * (1 - self.h ** 2)
        self.layers[0].dW, self.layers[0].db = self.x.T @ d, d.sum(0)

    def update(self):
        for layer in self.layers:
            layer.W -= .1 * layer.dW
            layer.b -= .1 * layer.db

    def fit(self, X, y, epochs=20):
        X = self.scale(X)
        for _ in range(epochs):
            self(X)
            self.backward_step(y)
            self.update()

    def predict(self, X):
        return self(self.scale(X)) > 0.5

net, x, y = Net(), X, y
'''

SOURCES['asked_c13'] = COMMON + '''class Adam:
    def __init__(self, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.m = self.v = None
        self.t = 0

    def step(self, params, grads):
        if self.m is None:
            self.m, self.v = np.zeros_like(params), np.zeros_like(params)
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * grads
        self.v = self.beta2 * self.v + (1 - self.beta2) * grads ** 2
        m_hat = self.m / (1 - self.beta1 ** self.t)
        params -= self.lr * m_hat / (np.sqrt(self.v) + self.eps)

net, x, y = with_optimizer(Adam(), 14)
'''

SOURCES['asked_s01'] = COMMON + '''X, y = data(14, 3, 21)
rng = np.random.default_rng(21)
p = {"W1": rng.normal(size=(3, 6)), "b1": rng.normal(size=6), "W2": rng.normal(size=(6, 1)), "b2": np.zeros(1)}
l1 = 0.02

def f(p):
    z = X @ p["W1"] + p["b1"]
    a = np.where(z > 0, z, np.expm1(np.minimum(z, 0)))
    return z, a, a @ p["W2"] + p["b2"]

def loss(p):
    return 0.5 * np.mean((f(p)[2] - y) ** 2) + l1 * (abs(p["W1"]).sum() + abs(p["W2"]).sum())

def grad(p):
    z, a, o = f(p)
    d = (o - y) / y.size
    dz = d @ p["W2"].T * np.where(z > 0, 1, a + 1)
    return {"W1": X.T @ dz + l1 * np.sign(p["W1"]), "b1": dz.sum(0), "W2": a.T @ d + l1 * np.sign(p["W2"]), "b2": d.sum(0)}

args = loss, p, grad
'''

SOURCES['asked_s02'] = COMMON + '''X, y = data(14, 3, 22)
r = X[:, :1] - X[:, 2:]
rng = np.random.default_rng(22)
p = {"trunk": rng.normal(size=(3, 5)), "cls": rng.normal(size=(5, 1)), "reg": rng.normal(size=(5, 1))}

def f(p):
    h = np.tanh(X @ p["trunk"])
    return h, sigmoid(h @ p["cls"]), h @ p["reg"]

def loss(p):
    h, c, v = f(p)
    return -np.mean(y * np.log(c) + (1 - y) * np.log(1 - c)) + 0.3 * np.mean((v - r) ** 2)

def grad(p):
    h, c, v = f(p)
    dc, dv = (c - y) / len(y), 0.6 * (v - r) / len(y)
    dh = (dc @ p["cls"].T + dv @ p["reg"].T) * (1 - h ** 2)
    return {"trunk": X.T @ dh, "cls": h.T @ dc, "reg": h.T @ dv}

args = loss, p, grad
'''

SOURCES['asked_s03'] = COMMON + '''X, y = data(14, 3, 23)
t = 2 * y - 1
rng = np.random.default_rng(23)

class Layer:
    def __init__(self, i, o):
        self.W, self.b = rng.normal(size=(i, o)) * .5, np.zeros((1, o))

class Net:
    def __init__(self):
        self.layers = [Layer(3, 6), Layer(6, 1)]

    def __call__(self, x):
        self.x = x
        self.h = np.maximum(0, x @ self.layers[0].W + self.layers[0].b)
        self.s = self.h @ self.layers[1].W + self.layers[1].b
        return self.s

    def loss(self, s, t):
        return np.maximum(0, 1 - t * s).mean()

    def backward_step(self, t):
        d = np.where(t * self.s < 1, -t, 0) / len(t)
        for layer, came in ((self.layers[1], self.h), (self.layers[0], self.x)):
            layer.dW, layer.db = came.T @ d, d.sum(0, keepdims=True)
            d = d @ layer.W.T
            d = d * (came > 0) if came is self.h else d

    def update(self, lr=.05):
        for layer in self.layers:
            layer.W -= lr * layer.dW
            layer.b -= lr * layer.db

    def predict(self, x):
        return np.sign(self(x))

net, x, y = Net(), X, t
'''

SOURCES['asked_s04'] = COMMON + '''rng = np.random.default_rng(24)
X, t = rng.normal(size=(9, 7)), rng.normal(size=9)
K, c, v = rng.normal(size=(2, 3)), rng.normal(size=2), rng.normal(size=(2, 5))

def run():
    z = np.zeros((9, 2, 5))
    for f in range(2):
        for i in range(5):
            z[:, f, i] = X[:, i:i + 3] @ K[f] + c[f]
    a = np.maximum(z, 0)
    return z, a, (a * v).sum(axis=(1, 2))

def loss():
    return ((run()[2] - t) ** 2).mean()

def grads():
    z, a, o = run()
    d = 2 * (o - t) / len(t)
    dz = d[:, None, None] * v * (z > 0)
    dK = np.zeros_like(K)
    for f in range(2):
        for i in range(5):
            dK[f] += dz[:, f, i] @ X[:, i:i + 3]
    return {"K": dK, "c": dz.sum(axis=(0, 2)), "v": (d[:, None, None] * a).sum(0)}

args = loss, {"K": K, "c": c, "v": v}, grads
'''

SOURCES['asked_s05'] = COMMON + '''class Solver:
    def __init__(self):
        self.base, self.b1, self.b2, self.wd, self.warm = 3e-3, .9, .95, .1, 4
        self.k, self.mu, self.nu = 0, 0, 0

    def step(self, theta, g):
        self.k += 1
        rate = self.base * min(1, self.k / self.warm)
        self.mu = self.b1 * self.mu + (1 - self.b1) * g
        self.nu = self.b2 * self.nu + (1 - self.b2) * g * g
        up = (self.mu / (1 - self.b1 ** self.k)) / (np.sqrt(self.nu / (1 - self.b2 ** self.k)) + 1e-8)
        theta -= rate * (up + self.wd * theta)

net, x, y = with_optimizer(Solver(), 25)
'''

SOURCES['asked_s06'] = COMMON + '''X, y = data(12, 3, 26)
rng = np.random.default_rng(26)
p = {"W1": rng.normal(size=(3, 6)), "g": np.ones(6) * 1.2, "s": np.zeros(6), "W2": rng.normal(size=(6, 1)), "b2": np.zeros(1)}

def f(p):
    z = X @ p["W1"]
    c = z - z.mean(1, keepdims=True)
    sd = np.sqrt((c ** 2).mean(1, keepdims=True) + 1e-5)
    n = c / sd
    a = np.tanh(n * p["g"] + p["s"])
    return sd, n, a, a @ p["W2"] + p["b2"]

def loss(p):
    return np.mean((f(p)[3] - y) ** 2)

def grad(p):
    sd, n, a, o = f(p)
    d = 2 * (o - y) / y.size
    da = d @ p["W2"].T * (1 - a ** 2)
    dn = da * p["g"]
    dz = (dn - dn.mean(1, keepdims=True) - n * (dn * n).mean(1, keepdims=True)) / sd
    return {"W1": X.T @ dz, "g": (da * n).sum(0), "s": da.sum(0), "W2": a.T @ d, "b2": d.sum(0)}

args = loss, p, grad
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


SOURCES['rows_net'] = COMMON + '''x, y = data(12, 3, 1)

class Layer:
    def __init__(self, i, o, act, rng):
        self.W, self.b, self.act = rng.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros((1, o)), act

    def forward(self, x):
        self.x, self.z = x, x @ self.W + self.b
        self.a = np.tanh(self.z) if self.act == "tanh" else sigmoid(self.z)
        return self.a

    def backward(self, da):
        dz = da * (1 - self.a ** 2 if self.act == "tanh" else self.a * (1 - self.a))
        self.dW, self.db = self.x.T @ dz, dz.sum(axis=0, keepdims=True)
        return dz @ self.W.T

class Net:
    def __init__(self, sizes, acts, lr=0.1):
        rng = np.random.default_rng(0)
        self.layers = [Layer(a, b, act, rng) for a, b, act in zip(sizes, sizes[1:], acts)]
        self.lr, self.m, self.v, self.t = lr, {}, {}, 0
        for l in self.layers:
            l.dW, l.db = np.zeros_like(l.W), np.zeros_like(l.b)
        self.begin()

    def begin(self):
        pass

    def loss(self, out, y):
        return float(np.mean((out - y) ** 2))

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.out = x
        return x

    def backward_step(self, y):
        grad = 2 * (self.out - y) / y.size
        for i in range(len(self.layers) - 1, -1, -1):
            grad = self.layers[i].backward(grad)

    def update(self):
        for l in self.layers:
            l.W -= self.lr * l.dW
            l.b -= self.lr * l.db

    def predict(self, x):
        return (self(x) > 0.5).astype(int)

net = Net([3, 5, 1], ["tanh", "sigmoid"])
'''

PLAIN = SOURCES["rows_net"][SOURCES["rows_net"].index("    def update") : SOURCES["rows_net"].index("    def predict")]
ADAM_WRITTEN_OUT = '''    def update(self):
        self.t += 1
        for i, l in enumerate(self.layers):
            for n in ("W", "b"):
                g = getattr(l, "d" + n)
                self.m[i, n] = .9 * self.m.get((i, n), 0) + .1 * g
                self.v[i, n] = .999 * self.v.get((i, n), 0) + .001 * g ** 2
                step = self.m[i, n] / (1 - .9 ** self.t) / (np.sqrt(self.v[i, n] / (1 - .999 ** self.t)) + 1e-8)
                setattr(l, n, getattr(l, n) - 0.01 * step)

'''
"""Its rate stands in the line; the one that the network has is not used."""
ONE_VELOCITY = '''    def begin(self):
        self.vW, self.vb = [np.zeros((4, 4))] * 2, [np.zeros((1, 4))] * 2

    def update(self):
        for l, vW, vb in zip(self.layers, self.vW, self.vb):
            vW *= .9; vW -= self.lr * l.dW; vb *= .9; vb -= self.lr * l.db
            l.W += vW; l.b += vb

'''
SQUARE = ("net = Net([3, 5, 1], [\"tanh\", \"sigmoid\"])", "x, y = (np.random.default_rng(k).random((10, 4)) for k in (3, 4))\nnet = Net([4, 4, 4], [\"tanh\", \"sigmoid\"])")
THREE = ("net = Net([3, 5, 1], [\"tanh\", \"sigmoid\"])", "y = np.eye(3)[np.arange(12) % 3]\nnet = Net([3, 5, 3], [\"tanh\", \"sigmoid\"])")
MEAN_OF_WEIGHTS = '''    def begin(self):
        self.slow = [[np.zeros_like(l.W), np.zeros_like(l.b)] for l in self.layers]

    def update(self):
        for l, slow in zip(self.layers, self.slow):
            l.W -= self.lr * l.dW
            l.b -= self.lr * l.db
            slow[0] = .999 * slow[0] + .001 * l.W
            slow[1] = .999 * slow[1] + .001 * l.b

    def predict(self, x):
        kept = [(l.W, l.b) for l in self.layers]
        for l, slow in zip(self.layers, self.slow):
            l.W, l.b = slow
        out = self(x)
        for l, (W, b) in zip(self.layers, kept):
            l.W, l.b = W, b
        return (out > 0.5).astype(int)

'''
KERAS_NESTEROV = '''    def update(self):
        pairs = [(i, n, getattr(l, "d" + n)) for i, l in enumerate(self.layers) for n in ("W", "b")]
        norm = np.sqrt(sum((g ** 2).sum() for *_, g in pairs))
        for i, n, g in pairs:
            g = g * min(1.0, 1.0 / (norm + 1e-12))
            v = self.v[i, n] = .9 * self.v.get((i, n), 0.) - self.lr * g
            setattr(self.layers[i], n, getattr(self.layers[i], n) + .9 * v - self.lr * g)

'''

SOURCES['rows_batchnorm'] = SOURCES['rows_net'].replace("class Net:", '''class Norm:
    def __init__(self, n):
        self.gamma, self.beta, self.mean, self.var, self.training = np.ones(n), np.zeros(n), np.zeros(n), np.ones(n), True

    def forward(self, x):
        mean, var = (x.mean(0), x.var(0)) if self.training else (self.mean, self.var)
        if self.training:
            self.mean, self.var = .9 * self.mean + .1 * mean, .9 * self.var + .1 * var
        self.sd = np.sqrt(var + 1e-5)
        self.xh = (x - mean) / self.sd
        return self.gamma * self.xh + self.beta

    def backward(self, d):
        self.dgamma, self.dbeta, dx, n = (d * self.xh).sum(0), d.sum(0), d * self.gamma, len(d)
        return (n * dx - dx.sum(0) - self.xh * (dx * self.xh).sum(0)) / (n * self.sd)

class Net:''').replace('''        for l in self.layers:
            l.dW, l.db = np.zeros_like(l.W), np.zeros_like(l.b)
''', '''        self.layers.insert(1, Norm(sizes[1]))
''').replace(PLAIN, '''    def update(self):
        for l in self.layers:
            for n in ("W", "b", "gamma", "beta"):
                if hasattr(l, n):
                    setattr(l, n, getattr(l, n) - self.lr * getattr(l, "d" + n))

''').replace('''        return (self(x) > 0.5).astype(int)
''', '''        for l in self.layers:
            l.training = False
        out = self(x)
        for l in self.layers:
            l.training = True
        return out
''')

SOURCES['kernel_not_turned'] = COMMON + '''rng = np.random.default_rng(32)
x, t = rng.normal(size=12), rng.normal(size=8)
params = {"k1": rng.normal(size=3), "k2": rng.normal(size=3)}

def up(p):
    a = np.tanh(np.correlate(x, p["k1"], "valid"))
    return a, np.correlate(a, p["k2"], "valid")

def cost(p):
    return 0.5 * np.sum((up(p)[1] - t) ** 2)

def grads(p):
    a, o = up(p)
    d = o - t
    da = np.correlate(np.pad(d, 2), p["k2"], "valid")
    dz = da * (1 - a ** 2)
    return {"k1": np.correlate(x, dz, "valid"), "k2": np.correlate(a, d, "valid")}

args = cost, params, grads
'''

SOURCES['rows_dropout'] = SOURCES['rows_net'].replace("class Net:", '''rng = np.random.default_rng(4)

class Drop:
    training = True

    def forward(self, x):
        self.mask = (rng.random(x.shape) < 0.8) / 0.8 if self.training else 1.0
        return x * self.mask

    def backward(self, d):
        return d * self.mask

class Net:''').replace('''        for l in self.layers:
            l.dW, l.db = np.zeros_like(l.W), np.zeros_like(l.b)
''', '''        self.layers.insert(1, Drop())
''').replace(PLAIN, '''    def update(self):
        for l in self.layers[::2]:
            l.W -= self.lr * l.dW
            l.b -= self.lr * l.db

''').replace('''        return (self(x) > 0.5).astype(int)
''', '''        self.layers[1].training = False
        out = self(x)
        self.layers[1].training = True
        return out
''')


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
    ('x is shuffled, y not', 'softmax_rows', ('pairs_torn',), [('xb, yb = x[index], y[index]', 'xb, yb = x[index], y[start:start + batch_size]')]),
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
    ('h is overwritten, not accumulated', 'adagrad_rows', ('squares_forgotten',), [('self.h[key] += grads[key] * grads[key]', 'self.h[key] = grads[key] * grads[key]')]),
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
    ('weight decay grows the weights', 'nielsen', ('decay_grows',), [('(1 - self.eta * self.lmbda / self.n) * w - self.eta * gw', '(1 + self.eta * self.lmbda / self.n) * w - self.eta * gw')]),
    ('bias gradients are not averaged', 'nielsen', ('bias_summed',), [('self.grad_biases = [nb / m for nb in nabla_b]', 'self.grad_biases = [nb for nb in nabla_b]')]),
    ("only the last example's weight gradient is kept", 'nielsen', ('last_example_only',), [('nabla_w = [nw + dw for nw, dw in zip(nabla_w, delta_w)]', 'nabla_w = [dw for nw, dw in zip(nabla_w, delta_w)]')]),
    ('sigmoid_prime of the activation, not of z', 'nielsen', ('slope_at_output',), [('sp = sigmoid_prime(zs[-l])', 'sp = sigmoid_prime(activations[-l])')]),
    ("z in place of the activation in the weights' gradient", 'nielsen', ('inputs_before_activation',), [('delta_w[-l] = delta @ activations[-l-1].T', 'delta_w[-l] = delta @ zs[-l-1].T if l + 1 < self.num_layers else delta @ activations[-l-1].T')]),
    ('output delta of the quadratic cost', 'nielsen', ('slope_twice',), [('delta = activations[-1] - y', 'delta = (activations[-1] - y) * sigmoid_prime(zs[-1])')]),
    ('bias step divided by number of units', 'nielsen', ('step_divided',), [('self.biases = [b - self.eta * gb for', 'self.biases = [b - self.eta * gb / len(gb) for')]),
    ('slope 0.01, forward 0.1', 'keras_like', ('slope_of_another',), [('np.where(self.z > 0, 1.0, 0.1)', 'np.where(self.z > 0, 1.0, 0.01)')]),
    ('iterations counted once per layer too', 'keras_like', ('adam_counter_per_layer',), [('    def update_params(self, layer):\n', '    def update_params(self, layer):\n        self.iterations += 1\n')]),
    ("bias' mean corrected with b2", 'keras_like', ('corrections_exchanged',), [('b_m_hat = layer.b_m / (1 - self.b1 ** self.iterations)', 'b_m_hat = layer.b_m / (1 - self.b2 ** self.iterations)')]),
    ('w_m_hat is not used', 'keras_like', ('adam_one_corrected',), [('-self.lr * w_m_hat /', '-self.lr * layer.w_m /')]),
    ('corrected mean is stored back', 'keras_like', ('adam_keeps_corrected',), [('        w_m_hat = layer.w_m / (1 - self.b1 ** self.iterations)', '        layer.w_m = w_m_hat = layer.w_m / (1 - self.b1 ** self.iterations)')]),
    ('gradient of the sum, loss is the mean', 'keras_like', ('mean_missing',), [('(p - t) / (p * (1 - p)) / t.size', '(p - t) / (p * (1 - p))')]),
    ('db mean though divided by size already', 'keras_like', ('mean_twice',), [('self.db = dz.sum(axis=0, keepdims=True)', 'self.db = dz.mean(axis=0, keepdims=True)')]),
    ('learning rate in the buffer and in the step', 'torch_sgd', ('rate_in_some',), [('self.buf[key] = self.momentum * self.buf[key] + g', 'self.buf[key] = self.momentum * self.buf[key] + self.lr * g')]),
    ("weight decay's sign", 'torch_sgd', ('decay_grows',), [('g = g + self.weight_decay * p', 'g = g - self.weight_decay * p')]),
    ("relu's slope for softplus", 'torch_sgd', ('slope_of_another',), [('/ (1 + np.exp(-self.Z))', '* (self.Z > 0)')]),
    ('p = p - ... binds a local name: nothing moves', 'torch_sgd', ('nothing_moves',), [('p -= self.lr * g', 'p = p - self.lr * g')]),
    ('momentum also multiplies the gradient', 'own_momentum', ('momentum_on_both',), [('self.velocity = self.momentum * self.velocity + gradients', 'self.velocity = self.momentum * (self.velocity + gradients)')]),
    ('velocity is reset each step (zeros each step)', 'own_momentum', ('velocity_forgotten',), [('        if self.velocity is None:\n            self.velocity', '        self.velocity')]),
    ('uphill', 'own_momentum', ('step_uphill',), [('self.momentum * self.velocity + gradients', 'self.momentum * self.velocity - gradients')]),
    ('clipped: not divided by the norm', 'own_rms', ('bound_missed',), [('gradients = gradients * self.clipnorm / norm', 'gradients = gradients * self.clipnorm')]),
    ('decay applied to the decayed rate: compounds', 'own_rms', ('rate_falls_faster',), [('        lr = self.learning_rate / (1.0 + self.decay * self.iteration)', '        self.learning_rate = lr = self.learning_rate / (1.0 + self.decay * self.iteration)')]),
    ('alpha and 1 - alpha swapped', 'own_rms', ('share_swapped',), [('self.sq = self.alpha * self.sq + (1 - self.alpha) * gradients ** 2', 'self.sq = (1 - self.alpha) * self.sq + self.alpha * gradients ** 2')]),
    ('db1 summed over all units', 'script_regression', ('shape',), [('db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)', 'db1 = 1 / m * np.sum(dZ1)')]),
    ('slope of tanh from Z1', 'script_regression', ('slope_of_output_at_z',), [('dZ1 = W2.T.dot(dZ2) * (1 - A1 ** 2)', 'dZ1 = W2.T.dot(dZ2) * (1 - Z1 ** 2)')]),
    ('vb2 from vb1', 'softmax_mnist', ('memories_mixed',), [('self.vb2 = self.gamma * self.vb2 + alpha * self.db2', 'self.vb2 = self.gamma * self.vb1.mean() + alpha * self.db2')]),
    ('update before backward: with the last gradient', 'softmax_mnist', ('update_before_back',), [('            self.backward_step(Y)\n            self.update()\n            losses', '            self.update() if i else None\n            self.backward_step(Y)\n            losses')]),
    ("gradient w.r.t. z given, the sigmoid's slope comes again", 'multilabel', ('slope_twice',), [('(-t / p + (1 - t) / (1 - p)) / t.shape[0]', '(p - t) / t.shape[0]')]),
    ('right: nielsen', 'nielsen', (), []),
    ('right: keras_like', 'keras_like', (), []),
    ('right: torch_sgd', 'torch_sgd', (), []),
    ('right: torch_sgd', 'torch_sgd', (), [('nesterov=False', 'nesterov=True')]),
    ('right: own_momentum', 'own_momentum', (), []),
    ('right: own_rms', 'own_rms', (), []),
    ('right: script_regression', 'script_regression', (), []),
    ('right: softmax_mnist', 'softmax_mnist', (), []),
    ('right: multilabel', 'multilabel', (), []),
    ('right: torch_sgd, dampening', 'torch_sgd', (), [('self.buf[key] = self.momentum * self.buf[key] + g', 'self.buf[key] = self.momentum * self.buf[key] + (1 - 0.3) * g')]),
    ('right: keras_like, AMSGrad for w', 'keras_like', (), [('        w_c_hat = layer.w_c / (1 - self.b2 ** self.iterations)\n', "        w_c_hat = layer.w_c / (1 - self.b2 ** self.iterations)\n        w_c_hat = layer.w_top = np.maximum(getattr(layer, 'w_top', 0), w_c_hat)\n")]),
    ('right: own_rms, centred RMSprop', 'own_rms', (), [('        parameters -= lr * gradients / np.sqrt(self.sq + self.eps)', "        self.mean = self.alpha * getattr(self, 'mean', 0.0) + (1 - self.alpha) * gradients\n        parameters -= lr * gradients / np.sqrt(self.sq - self.mean ** 2 + self.eps)")]),
    ('sign: blog adds, this subtracts', 'trask', ('sign',), [('l2_error = self.l2 - y', 'l2_error = y - self.l2')]),
    ('x(1-x) of the pre-activation', 'trask', ('slope_of_output_at_z',), [('        l1_delta = l1_error * nonlin(self.l1, deriv=True)', '        l1_delta = l1_error * nonlin(np.dot(self.l0, self.syn0), deriv=True)')]),
    ('error in place of delta sent back', 'trask', ('slope_missing',), [('l1_error = l2_delta.dot(self.syn1.T)', 'l1_error = l2_error.dot(self.syn1.T)')]),
    ('momentum of the last gradient, not the last step', 'trask', ('last_gradient_for_velocity',), [('self.prev0, self.prev1 = step0, step1', 'self.prev0, self.prev1 = self.alpha * self.dsyn0, self.alpha * self.dsyn1')]),
    ('prev1 never stored: no momentum for syn1', 'trask', ('velocity_forgotten',), [('        self.prev0, self.prev1 = step0, step1\n', '        self.prev0 = step0\n')]),
    ('learning rate twice for syn0', 'trask', ('rate_in_some',), [('self.syn0 -= step0', 'self.syn0 -= self.alpha * step0')]),
    ('syn1 is changed in backward, before the error goes through it', 'trask', ('update_in_backward',), [('        l1_error = l2_delta.dot(self.syn1.T)\n', '        self.syn1 -= self.alpha * self.l1.T.dot(l2_delta)\n        l1_error = l2_delta.dot(self.syn1.T)\n')]),
    ("ELU's slope is its value", 'pairs_adam', ('value_left_of_zero',), [('np.where(z > 0, 1.0, self.alpha * np.exp(np.minimum(z, 0)))', 'np.where(z > 0, 1.0, self.alpha * (np.exp(np.minimum(z, 0)) - 1))')]),
    ('beyond delta the sign is lost', 'pairs_adam', ('some_signs',), [('return np.clip(r, -self.delta, self.delta)', 'return np.where(np.abs(r) <= self.delta, r, self.delta)')]),
    ('slope at the output', 'pairs_adam', ('slope_at_output',), [('grad = layer.backward(grad * activation.gradient(layer.output))', 'grad = layer.backward(grad * activation.gradient(activation(layer.output)))')]),
    ('bias not averaged', 'pairs_adam', ('bias_summed',), [('self.grad_bias = dz.mean(axis=1, keepdims=True)', 'self.grad_bias = dz.sum(axis=1, keepdims=True)')]),
    ('second moment of the mean', 'pairs_adam', ('square_of_mean',), [('(1 - self.beta2) * gradient ** 2', '(1 - self.beta2) * mean ** 2')]),
    ('t is kept as 1: correction with t = 2 for ever', 'pairs_adam', ('adam_counter_stays',), [('self.state[id(parameter)] = t, mean, square', 'self.state[id(parameter)] = 1, mean, square')]),
    ('no root', 'pairs_adam', ('root_missing',), [('(np.sqrt(square / (1 - self.beta2 ** t)) + self.epsilon)', '(square / (1 - self.beta2 ** t) + self.epsilon)')]),
    ('bias column is regularised in the gradient, not in the cost', 'theta', ('l2_in_part',), [('self.Theta2_grad[:, 1:] += self.lam / m * self.Theta2[:, 1:]', 'self.Theta2_grad += self.lam / m * self.Theta2')]),
    ('z(1-z) in place of g(z)(1-g(z))', 'theta', ('slope_of_output_at_z',), [('(d3 @ self.Theta2[:, 1:]) * g(self.z2) * (1 - g(self.z2))', '(d3 @ self.Theta2[:, 1:]) * self.z2 * (1 - self.z2)')]),
    ('the last column dropped in place of the bias column', 'theta', ('other_end',), [('self.Theta2[:, 1:]) * g', 'self.Theta2[:, :-1]) * g')]),
    ('times in place of power: rate 0 at first, then grows', 'theta', ('first_steps_still',), [('rate = self.rate * self.drop ** (self.iteration // self.every)', 'rate = self.rate * self.drop * (self.iteration // self.every)')]),
    ('drop applied to the dropped rate: compounds', 'theta', ('rate_falls_faster',), [('        rate = self.rate * self.drop ** (self.iteration // self.every)', '        self.rate = rate = self.rate * self.drop ** (self.iteration // self.every)')]),
    ('v_prev is the same array: no copy, so it is the new v', 'own_nag', ('another_rule_line',), [('        v_prev = self.v.copy()\n        self.v = self.mu * self.v - self.learning_rate * gradients\n', '        v_prev = self.v\n        self.v *= self.mu\n        self.v -= self.learning_rate * gradients\n')]),
    ('1 - mu', 'own_nag', ('nesterov_sign',), [('(1 + self.mu) * self.v', '(1 - self.mu) * self.v')]),
    ('learning rate is missing', 'own_nag', ('learning_rate_missing',), [('self.v = self.mu * self.v - self.learning_rate * gradients', 'self.v = self.mu * self.v - gradients')]),
    ('whole-number division: rate 0 in warm-up', 'own_adam', ('first_steps_still',), [('return self.learning_rate * self.t / self.warmup', 'return self.learning_rate * (self.t // self.warmup)')]),
    ('clip: ratio upside down, a long gradient is made longer', 'own_adam', ('bound_missed',), [('gradients = gradients / norm * self.max_norm', 'gradients = gradients * norm / self.max_norm')]),
    ('batchnorm backward ignores that mean and std depend on x', 'batchnorm', ('statistics_constant',), [('(dxhat - dxhat.mean(0) - self.xhat * (dxhat * self.xhat).mean(0)) / self.std', 'dxhat / self.std')]),
    ('not squared', 'batchnorm', ('square_missing',), [('self.s.get(key, 0) + (1 - self.rho) * dp * dp', 'self.s.get(key, 0) + (1 - self.rho) * dp')]),
    ('dW2 not divided by m', 'script_binary', ('mean_missing',), [('dW2 = np.dot(dZ2, A1.T) / m', 'dW2 = np.dot(dZ2, A1.T)')]),
    ('divides by the sum before this gradient is added: first step 1e4 times', 'swish_adagrad', ('step_line',), [('            self.GW[k] += self.dWs[k] ** 2\n', ''), ('* self.dWs[k]\n', '* self.dWs[k]\n            self.GW[k] += self.dWs[k] ** 2\n')]),
    ('z is missing in the slope of swish', 'swish_adagrad', ('slope_of_helper',), [('return s + z * s * (1 - s)', 'return s + s * (1 - s)')]),
    ('right: trask', 'trask', (), []),
    ('right: pairs_adam', 'pairs_adam', (), []),
    ('right: theta', 'theta', (), []),
    ('right: own_nag', 'own_nag', (), []),
    ('right: own_adam', 'own_adam', (), []),
    ('right: batchnorm', 'batchnorm', (), []),
    ('right: script_binary', 'script_binary', (), []),
    ('right: swish_adagrad', 'swish_adagrad', (), []),
    ('right: pairs_adam, AdaMax', 'pairs_adam', (), [('square = self.beta2 * square + (1 - self.beta2) * gradient ** 2', 'square = np.maximum(self.beta2 * square, np.abs(gradient))'), ('(np.sqrt(square / (1 - self.beta2 ** t)) + self.epsilon)', '(square + self.epsilon)')]),
    ("right: own_nag, PyTorch's form", 'own_nag', (), [('        v_prev = self.v.copy()\n        self.v = self.mu * self.v - self.learning_rate * gradients\n        parameters += -self.mu * v_prev + (1 + self.mu) * self.v', '        self.v = self.mu * self.v + gradients\n        parameters -= self.learning_rate * (gradients + self.mu * self.v)')]),
    ('right: swish_adagrad, clipped as PyTorch does', 'swish_adagrad', (), [('        if total > self.max_norm:\n            self.dWs = [g * (self.max_norm / total) for g in self.dWs]\n            self.dbs = [g * (self.max_norm / total) for g in self.dbs]\n', '        coef = min(1.0, self.max_norm / (total + 1e-6))\n        self.dWs = [g * coef for g in self.dWs]\n        self.dbs = [g * coef for g in self.dbs]\n')]),
    ('right: trask, rebinding', 'trask', (), [('l2_error = self.l2 - y', 'l2_error = self.l2 - y + 0.0'), ('        self.syn0 -= step0\n        self.syn1 -= step1\n', '        self.syn0 = self.syn0 - step0\n        self.syn1 = self.syn1 - step1\n')]),
    ('corrections exchanged', 'copy_paste_adam', ('corrections_exchanged',), [('c1, c2 = 1 - beta1 ** self.t, 1 - beta2 ** self.t', 'c2, c1 = 1 - beta1 ** self.t, 1 - beta2 ** self.t')]),
    ('t stays 1', 'copy_paste_adam', ('adam_counter_stuck',), [('        self.t += 1\n', '        self.t = 1\n')]),
    ('b2 uphill', 'copy_paste_adam', ('array_uphill',), [('self.b2 -= self.lr', 'self.b2 += self.lr')]),
    ('no square for b1', 'copy_paste_adam', ('square_missing',), [('np.square(self.db1)', 'np.abs(self.db1)')]),
    ('bracket: epsilon outside for W2', 'copy_paste_adam', ('step_line',), [('self.W2 -= self.lr * (self.vdW2 / c1) / (np.sqrt(self.sdW2 / c2) + epsilon)', 'self.W2 -= self.lr * (self.vdW2 / c1) / np.sqrt(self.sdW2 / c2) + epsilon')]),
    ('softmax over everything', 'copy_paste_adam', ('axis_missing',), [('E / E.sum(axis=0)', 'E / E.sum()')]),
    ('c is a local name: cache never changes', 'zip_lists', ('squares_forgotten',), [('            c *= self.rho\n            c += (1 - self.rho) * g ** 2\n', '            c = self.rho * c + (1 - self.rho) * g ** 2\n')]),
    ('p rebound', 'zip_lists', ('nothing_moves',), [('p -= self.lr * g /', 'p = p - self.lr * g /')]),
    ('cache anew each step', 'zip_lists', ('squares_forgotten',), [('        if self.cache is None:\n            self.cache', '        self.cache')]),
    ('old share not weakened', 'zip_lists', ('mean_kept_whole',), [('            c *= self.rho\n', '')]),
    ('square cancels the root', 'zip_lists', ('root_missing',), [('p -= self.lr * g / (np.sqrt(c) + self.eps)', 'p -= self.lr * g / np.sqrt(c + self.eps) ** 2')]),
    ('only X shuffled', 'zip_lists', ('pairs_torn',), [('X, y = X[idx], y[idx]', 'X, y = X[idx], y')]),
    ('slope with out', 'zip_lists', ('another_attribute',), [('self.A * (1 - self.A)', 'self.A * (1 - self.out)')]),
    ('the rate grows', 'momentum_schedule', ('rate_rises',), [('lr = self.lr / (1 + self.decay * self.iteration)', 'lr = self.lr * (1 + self.decay * self.iteration)')]),
    ('bracket: times iteration', 'momentum_schedule', ('rate_rises',), [('lr = self.lr / (1 + self.decay * self.iteration)', 'lr = self.lr / (1 + self.decay) * self.iteration')]),
    ('decay sign', 'momentum_schedule', ('decay_grows',), [('(gW + self.l2 * layer.W)', '(gW - self.l2 * layer.W)')]),
    ('negative gradients are lost', 'momentum_schedule', ('one_sided',), [('gW = np.clip(layer.dW, -self.clip, self.clip)', 'gW = np.clip(layer.dW, 0, self.clip)')]),
    ('rate twice for bias', 'momentum_schedule', ('rate_in_some',), [('layer.vb = self.momentum * layer.vb - lr * gb', 'layer.vb = self.momentum * layer.vb - self.lr * lr * gb')]),
    ('velocity subtracted: uphill for W', 'momentum_schedule', ('array_uphill',), [('layer.W += layer.vW', 'layer.W -= layer.vW')]),
    ('slope: tanh of a', 'momentum_schedule', ('slope_at_output',), [('(1 - np.tanh(self.layers[i - 1].z) ** 2)', '(1 - np.tanh(self.layers[i].a) ** 2)')]),
    ('plus for minus', 'adam_class_flat', ('step_line',), [('self.v += (1 - self.beta2) * (grads ** 2 - self.v)', 'self.v += (1 - self.beta2) * (grads ** 2 + self.v)')]),
    ('share swapped', 'adam_class_flat', ('share_swapped',), [('self.m += (1 - self.beta1) * (grads - self.m)', 'self.m += self.beta1 * (grads - self.m)')]),
    ('uncorrected m', 'adam_class_flat', ('adam_one_corrected',), [('self.learning_rate * m_hat /', 'self.learning_rate * self.m /')]),
    ('gradient in place of m_hat', 'adam_class_flat', ('step_line',), [('self.learning_rate * m_hat /', 'self.learning_rate * grads /')]),
    ('v not corrected', 'adam_class_flat', ('adam_one_corrected',), [('(np.sqrt(v_hat) + self.eps)', '(np.sqrt(self.v) + self.eps)')]),
    ('times for power', 'adam_class_flat', ('adam_power_missing',), [('v_hat = self.v / (1 - self.beta2 ** self.t)', 'v_hat = self.v / (1 - self.beta2 * self.t)')]),
    ('right: copy_paste_adam', 'copy_paste_adam', (), []),
    ('right: zip_lists', 'zip_lists', (), []),
    ('right: momentum_schedule', 'momentum_schedule', (), []),
    ('right: adam_class_flat', 'adam_class_flat', (), []),
    ('right: lion', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    b1, b2 = 0.9, 0.99\n    def one(self, k, p, g):\n        m = self.get(k, "m", p); p -= self.learning_rate * np.sign(self.b1 * m + (1 - self.b1) * g)\n        m *= self.b2; m += (1 - self.b2) * g')]),
    ('right: adadelta', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    rho, eps = 0.95, 1e-6\n    def one(self, k, p, g):\n        s, d = self.get(k, "s", p), self.get(k, "d", p)\n        s *= self.rho; s += (1 - self.rho) * g * g\n        dx = np.sqrt(d + self.eps) / np.sqrt(s + self.eps) * g\n        d *= self.rho; d += (1 - self.rho) * dx * dx\n        p -= self.learning_rate * 100 * dx')]),
    ('right: yogi', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    beta1, beta2, eps = 0.9, 0.999, 1e-3\n    def one(self, k, p, g):\n        m, v = self.get(k, "m", p), self.get(k, "v", p)\n        m *= self.beta1; m += (1 - self.beta1) * g\n        v -= (1 - self.beta2) * np.sign(v - g * g) * g * g\n        p -= self.learning_rate * m / (1 - self.beta1 ** self.t) / (np.sqrt(v / (1 - self.beta2 ** self.t)) + self.eps)')]),
    ('right: lamb', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    beta1, beta2, weight_decay = 0.9, 0.999, 0.01\n    def one(self, k, p, g):\n        m, v = self.get(k, "m", p), self.get(k, "v", p)\n        m[...] = self.beta1 * m + (1 - self.beta1) * g; v[...] = self.beta2 * v + (1 - self.beta2) * g * g\n        u = m / (1 - self.beta1 ** self.t) / (np.sqrt(v / (1 - self.beta2 ** self.t)) + 1e-6) + self.weight_decay * p\n        a, b = np.linalg.norm(p), np.linalg.norm(u)\n        p -= self.learning_rate * (a / b if a > 0 and b > 0 else 1.0) * u')]),
    ('right: qhm', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    beta, nu = 0.9, 0.7\n    def one(self, k, p, g):\n        v = self.get(k, "v", p); v *= self.beta; v += (1 - self.beta) * g\n        p -= self.learning_rate * ((1 - self.nu) * g + self.nu * v)')]),
    ('right: cyclic', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    base, top, half = 0.001, 0.01, 3\n    def one(self, k, p, g):\n        c = abs((self.t % (2 * self.half)) / self.half - 1)\n        p -= (self.base + (self.top - self.base) * (1 - c)) * g')]),
    ('right: accumulate', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    every = 3\n    def one(self, k, p, g):\n        a = self.get(k, "a", p); a += g / self.every\n        if self.t % self.every == 0:\n            p -= self.learning_rate * a; a[...] = 0')]),
    ('right: rprop', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    up, down = 1.2, 0.5\n    def one(self, k, p, g):\n        s, last = self.get(k, "s", p), self.get(k, "last", p)\n        s[s == 0] = self.learning_rate\n        s *= np.where(last * g > 0, self.up, np.where(last * g < 0, self.down, 1.0))\n        p -= np.sign(g) * s; last[...] = g')]),
    ('right: lars', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    momentum, trust, weight_decay = 0.9, 0.02, 1e-4\n    def one(self, k, p, g):\n        v = self.get(k, "v", p); a, b = np.linalg.norm(p), np.linalg.norm(g)\n        local = self.trust * a / (b + self.weight_decay * a) if a > 0 and b > 0 else 1.0\n        v *= self.momentum; v += self.learning_rate * local * (g + self.weight_decay * p); p -= v')]),
    ('right: value_then_norm', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    clip_value, clip_norm = 0.5, 1.0\n    def begin(self, grads):\n        self.t += 1; grads = [np.clip(g, -self.clip_value, self.clip_value) for g in grads]\n        n = math.sqrt(sum(float((g ** 2).sum()) for g in grads))\n        return [g * self.clip_norm / n for g in grads] if n > self.clip_norm else grads\n    def one(self, k, p, g): p -= self.learning_rate * g')]),
    ('right: adam_clip_each', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    beta1, beta2, eps, max_norm = 0.9, 0.999, 1e-8, 0.7\n    def one(self, k, p, g):\n        n = np.linalg.norm(g); g = g * min(1.0, self.max_norm / (n + 1e-6))\n        m, v = self.get(k, "m", p), self.get(k, "v", p)\n        m[...] = self.beta1 * m + (1 - self.beta1) * g; v[...] = self.beta2 * v + (1 - self.beta2) * g * g\n        p -= self.learning_rate * m / (1 - self.beta1 ** self.t) / (np.sqrt(v / (1 - self.beta2 ** self.t)) + self.eps)')]),
    ('right: adamw_pytorch', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    beta1, beta2, eps, weight_decay = 0.9, 0.999, 1e-8, 0.05\n    def one(self, k, p, g):\n        p *= 1 - self.learning_rate * self.weight_decay\n        m, v = self.get(k, "exp_avg", p), self.get(k, "exp_avg_sq", p)\n        m += (g - m) * (1 - self.beta1); v *= self.beta2; v += (1 - self.beta2) * g * g\n        denom = np.sqrt(v) / math.sqrt(1 - self.beta2 ** self.t) + self.eps\n        p -= self.learning_rate / (1 - self.beta1 ** self.t) * m / denom')]),
    ('right: adam_l2', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    beta1, beta2, eps, weight_decay = 0.9, 0.999, 1e-8, 0.05\n    def one(self, k, p, g):\n        g = g + self.weight_decay * p\n        m, v = self.get(k, "m", p), self.get(k, "v", p)\n        m[...] = self.beta1 * m + (1 - self.beta1) * g; v[...] = self.beta2 * v + (1 - self.beta2) * g * g\n        p -= self.learning_rate * m / (1 - self.beta1 ** self.t) / (np.sqrt(v / (1 - self.beta2 ** self.t)) + self.eps)')]),
    ('right: exp_decay_kept', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    gamma = 0.99\n    def one(self, k, p, g): p -= self.learning_rate * g\n    def begin(self, grads):\n        self.t += 1\n        if self.t > 1: self.learning_rate *= self.gamma\n        return grads')]),
    ('right: steplr_kept', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    gamma, step_size = 0.1, 4\n    def one(self, k, p, g): p -= self.learning_rate * g\n    def begin(self, grads):\n        self.t += 1\n        if self.t % self.step_size == 0: self.learning_rate *= self.gamma\n        return grads')]),
    ('right: plateau_floor', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    factor, floor = 0.9, 1e-4\n    def one(self, k, p, g): p -= self.learning_rate * g\n    def begin(self, grads):\n        self.t += 1; self.learning_rate = max(self.floor, self.learning_rate * self.factor); return grads')]),
    ('right: per_array_rate', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    def one(self, k, p, g):\n        p -= self.learning_rate * (2.0 if "b" in k else 1.0) * g')]),
    ('right: bias_no_momentum', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    momentum = 0.9\n    def one(self, k, p, g):\n        if p.ndim == 1 and k != "all": p -= self.learning_rate * g\n        else:\n            v = self.get(k, "v", p); v *= self.momentum; v -= self.learning_rate * g; p += v')]),
    ('right: signum', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    momentum = 0.9\n    def one(self, k, p, g):\n        v = self.get(k, "v", p); v *= self.momentum; v += (1 - self.momentum) * g\n        p -= self.learning_rate * np.sign(v)')]),
    ('right: agc', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    clip = 0.1\n    def one(self, k, p, g):\n        limit = self.clip * max(np.linalg.norm(p), 1e-3); n = np.linalg.norm(g)\n        if n > limit: g = g * (limit / n)\n        p -= self.learning_rate * g')]),
    ('right: nag_sutskever', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    mu = 0.9\n    def one(self, k, p, g):\n        v = self.get(k, "v", p); old = v.copy()\n        v[...] = self.mu * v - self.learning_rate * g\n        p += v + self.mu * (v - old)')]),
    ('right: rms_momentum_tf', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    rho, momentum, eps = 0.9, 0.8, 1e-7\n    def one(self, k, p, g):\n        s, m = self.get(k, "s", p), self.get(k, "m", p)\n        s[...] = self.rho * s + (1 - self.rho) * g * g\n        m[...] = self.momentum * m + self.learning_rate * g / np.sqrt(s + self.eps); p -= m')]),
    ('the share of the new by the other beta', 'adam_class_flat', ('share_of_another',), [('self.v += (1 - self.beta2) * (grads ** 2 - self.v)', 'self.v = self.beta2 * self.v + (1 - self.beta1) * grads ** 2')]),
    ('update twice', 'softmax_mnist', ('steps_again',), [('            self.backward_step(Y)\n            self.update()\n            losses', '            self.backward_step(Y)\n            self.update()\n            self.update()\n            losses')]),
    ('back again without a way up', 'softmax_mnist', ('way_up_forgotten',), [('            self.backward_step(Y)\n            self.update()\n            losses', '            self.backward_step(Y)\n            self.update()\n            self.backward_step(Y)\n            self.update()\n            losses')]),
    ("the sigmoid's derivative a(1-a) is worked out from z1, not from a1", 'posted_b01', ('slope_of_output_at_z',), []),
    ('missing transpose: the error goes back through W2, not W2.T (hidden by a square W2)', 'posted_b02', ('weights_not_transposed',), []),
    ('softmax is taken over axis 0, the examples, where examples are rows', 'posted_b03', ('softmax_axis_back', 'other_axis'), []),
    ("p - y is multiplied by the softmax's p(1-p) as well, which p - y already holds", 'posted_b04', ('slope_after_both',), []),
    ("the output sigmoid's derivative is forgotten under the squared error", 'posted_b05', ('slope_missing',), []),
    ('dW2 is made with Z1, the hidden layer before its activation, not with A1', 'posted_b06', ('inputs_before_activation',), []),
    ("the ReLU's mask is taken from the gradient that arrives, not from z", 'posted_b07', ('mask_of_error',), []),
    ('the L2 term has the wrong sign in the gradient: minus lambda W', 'posted_b08', ('l2_other',), []),
    ('y is a column (n,1), the prediction is flat (n,): their difference is an n by n table', 'posted_b09', ('column_met_row',), []),
    ('the weights are updated before the error is sent back through them', 'posted_b10', ('update_in_backward',), []),
    ('gradients are added to those of the step before and never set back to zero', 'posted_b11', ('gradients_pile_up',), []),
    ('all weights start at zero, so the hidden units stay alike', 'posted_b12', ('units_equal',), []),
    ('delta lies in an array made like the whole-number labels, so it is cut to whole numbers', 'posted_b13', ('cut_to_whole',), []),
    ('dropout is still on when it predicts', 'posted_b14', ('dropout_when_predicting',), []),
    ('return stands inside the loop over the layers, so only the last one gets gradients', 'posted_b15', ('inside_the_block',), []),
    ('the derivative of the hidden activation is left out on the way back', 'posted_b16', ('slope_missing',), []),
    ("one layer off: nabla_w uses the layer's own activation, not the one below (activations[-l], not [-l-1])", 'posted_b17', ('own_activation_for_input',), []),
    ('the layer keeps the input of its first call only, so later batches use an old input', 'posted_b18', ('remembers',), []),
    ('the learning rate is multiplied in twice: once in backward, once in update', 'posted_b19', ('factor_of_yours',), []),
    ('momentum: the velocity is worked out, but the step is made with the plain gradient', 'posted_b20', ('velocity_forgotten',), []),
    ('Adam: t goes up once for each parameter array, not once a step', 'posted_b21', ('adam_counter_per_layer',), []),
    ('x is shuffled without y: the pairs no longer belong together', 'posted_b22', ('pairs_torn',), []),
    ('the loss lacks the term for the zeros, (1-y) log(1-a), so it does not fit the gradient a - y', 'posted_b23', ('another_loss',), []),
    ('tanh is written over z in place, and the derivative then takes tanh of it a second time', 'posted_b24', ('slope_at_output',), []),
    ("batch-norm's backward treats mean and variance as constants", 'posted_b25', ('statistics_constant',), []),
    ('the dropout mask is not applied on the way back', 'posted_b26', ('mask_missing',), []),
    ('every batch of x is put beside the first batch of y', 'posted_b27', ('pairs_torn',), []),
    ('update leaves out the last layer: the loop runs over layers[:-1]', 'posted_b28', ('never_moves',), []),
    ('right: softmax with one global maximum; p[range(n), y] -= 1 in place', 'posted_r01', (), []),
    ('right: bias folded in as a column of ones', 'posted_r02', (), []),
    ('right: one example after the other, sums of outer products', 'posted_r03', (), []),
    ("right: activation inside the layer, chosen by a string; relu's mask from the output", 'posted_r04', (), []),
    ('right: error is y - a throughout, and the update adds', 'posted_r05', ('both_signs',), []),
    ('right: momentum with the gradient clipped by its norm', 'posted_r06', (), []),
    ('right: AMSGrad, not called so', 'posted_r07', (), []),
    ('right: inverted dropout with a training flag, off in predict', 'posted_r08', (), []),
    ('right: log-cosh loss, swish hidden units', 'posted_r09', (), []),
    ("right: a residual connection: the layer's input is added to its output", 'posted_r10', (), []),
    ('right: an autoencoder with tied weights', 'posted_r11', (), []),
    ('right: fit with mini-batches, momentum and a decaying rate', 'posted_r12', (), []),
    ('right: AdaBound under no name', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    b1, b2, eps, final, gamma = 0.9, 0.999, 1e-8, 0.1, 1e-3\n    def one(self, k, p, g):\n        m, v = self.get(k, "m", p), self.get(k, "v", p)\n        m *= self.b1; m += (1 - self.b1) * g; v *= self.b2; v += (1 - self.b2) * g * g\n        size = self.learning_rate * math.sqrt(1 - self.b2 ** self.t) / (1 - self.b1 ** self.t) / (np.sqrt(v) + self.eps)\n        low, high = self.final * (1 - 1 / (self.gamma * self.t + 1)), self.final * (1 + 1 / (self.gamma * self.t))\n        p -= np.clip(size, low, high) * m')]),
    ('right: Adam along gradients less their mean', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    b1, b2 = 0.9, 0.999\n    def one(self, k, p, g):\n        g = g - g.mean() if g.ndim > 1 else g\n        m, v = self.get(k, "m", p), self.get(k, "v", p)\n        m *= self.b1; m += (1 - self.b1) * g; v *= self.b2; v += (1 - self.b2) * g * g\n        p -= self.learning_rate * m / (1 - self.b1 ** self.t) / (np.sqrt(v / (1 - self.b2 ** self.t)) + 1e-8)')]),
    ('right: gradients less their mean in each column', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    def one(self, k, p, g):\n        if g.ndim > 1: g = g - g.mean(axis=0)\n        p -= self.learning_rate * g')]),
    ('right: momentum that decays', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    def one(self, k, p, g):\n        f = 1 - self.t / 200; b = 0.9 * f / ((1 - 0.9) + 0.9 * f)\n        v = self.get(k, "v", p); v *= b; v += g\n        p -= self.learning_rate * v')]),
    ('right: Adam first, then momentum', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    b1, b2 = 0.9, 0.999\n    def one(self, k, p, g):\n        m, v = self.get(k, "m", p), self.get(k, "v", p)\n        m *= self.b1; m += (1 - self.b1) * g; v *= self.b2; v += (1 - self.b2) * g * g\n        if self.t < 4: p -= self.learning_rate * m / (1 - self.b1 ** self.t) / (np.sqrt(v / (1 - self.b2 ** self.t)) + 1e-8)\n        else: p -= self.learning_rate * 10 * m')]),
    ("right: RMSProp with Nesterov's momentum", 'any_rule', (), [('RULE', 'class Mine(Opt):\n    def one(self, k, p, g):\n        s, v = self.get(k, "s", p), self.get(k, "v", p)\n        s *= 0.9; s += 0.1 * g * g\n        v *= 0.9; v += g / (np.sqrt(s) + 1e-8)\n        p -= self.learning_rate * (g / (np.sqrt(s) + 1e-8) + 0.9 * v)')]),
    ('right: weights are kept from falling below zero', 'any_rule', (), [('RULE', 'class Mine(Opt):\n    def one(self, k, p, g):\n        p -= self.learning_rate * g\n        if p.ndim > 1: np.maximum(p, 0, out=p)')]),
    ('right: outputs so near 1 that the loss has no digits left', 'saturated', (), [('np.log(a + EPS)', 'np.log(a)'), ('np.log(1 - a + EPS)', 'np.log(1 - a)')]),
    ('right: outputs so near 1 that a small number holds the loss', 'saturated', (), [('np.log(a + EPS)', 'np.log(a + 1e-8)'), ('np.log(1 - a + EPS)', 'np.log(1 - a + 1e-8)')]),
    ('the slope is left out, and the loss has few digits', 'saturated', ('slope_missing',), [('np.log(a + EPS)', 'np.log(a)'), ('np.log(1 - a + EPS)', 'np.log(1 - a)'), (' * (z1 > 0)', '')]),
    ('right: each layer updates after it has sent the error on', 'merged', (), []),
    ('right: the same, with new arrays', 'merged', (), [('self.weights -= learning_rate * self.grad_weights', 'self.weights = self.weights - learning_rate * self.grad_weights'), ('self.bias -= learning_rate * self.grad_bias', 'self.bias = self.bias - learning_rate * self.grad_bias')]),
    ('each layer updates on the way, and leaves out the slope', 'merged', ('slope_missing',), [('delta = output_gradient * (1 - self.a ** 2)', 'delta = output_gradient')]),
    ('the division by the number of examples is forgotten after p[range(n), y] -= 1', 'asked_c01', ('mean_missing',), []),
    ("one layer off: the slope of the layer above (zs[l+1]) in place of the layer's own", 'asked_c02', ('slope_of_next',), []),
    ("leaky ReLU on the way up, plain ReLU's slope on the way back", 'asked_c03', ('slope_of_another',), []),
    ('the gradient has an L2 term that the loss lacks', 'asked_c04', ('l2_other',), []),
    ("tanh's slope 1 - a**2 is taken at z: 1 - z**2", 'asked_c05', ('slope_of_output_at_z',), []),
    ("the first layer's weights are updated with +, all others with -", 'asked_c06', ('array_uphill',), []),
    ('b1 is never added on the way up', 'asked_c07', ('without_effect',), []),
    ('momentum climbs: the velocity is added with the sign of the gradient', 'asked_c08', ('step_uphill',), []),
    ('RMSProp divides by the running mean of squares itself: the root is missing', 'asked_c09', ('root_missing',), []),
    ('fit updates before it has gone back: the step is made with the gradients of the batch before', 'asked_c10', ('update_before_back',), []),
    ("[zeros] * n makes n names of one array: all layers' sums go into the same", 'asked_c11', ('one_object',), []),
    ('predict scales new examples by their own mean and deviation, not by those of the training data', 'asked_c12', ('batch_when_predicting',), []),
    ('Adam corrects only the first moment for its start', 'asked_c13', ('adam_one_corrected',), []),
    ('right: ELU with an L1 term', 'asked_s01', (), []),
    ('right: two heads on one trunk: a class and a number', 'asked_s02', (), []),
    ('right: hinge loss, labels of -1 and 1', 'asked_s03', (), []),
    ('right: a convolution in one dimension, by loops', 'asked_s04', (), []),
    ('right: AdamW with a warm-up, called Solver', 'asked_s05', (), []),
    ('right: layer-norm by hand between two layers', 'asked_s06', (), []),
    ("Adam with its rate in the line corrects the first moment alone; the network's own rate is not used", 'rows_net', ('adam_one_corrected',), [(PLAIN, ADAM_WRITTEN_OUT.replace("self.v[i, n] / (1 - .999 ** self.t)", "self.v[i, n]"))]),
    ("right: Adam with its rate in the line; the network's own rate is not used", 'rows_net', (), [(PLAIN, ADAM_WRITTEN_OUT)]),
    ('[zeros] * 2 makes two names of one velocity', 'rows_net', ('memories_mixed',), [SQUARE, (PLAIN, ONE_VELOCITY)]),
    ('right: two velocities', 'rows_net', (), [SQUARE, (PLAIN, ONE_VELOCITY.replace("[np.zeros((4, 4))] * 2, [np.zeros((1, 4))] * 2", "[np.zeros((4, 4)) for _ in range(2)], [np.zeros((1, 4)) for _ in range(2)]"))]),
    ('the loop on the way back ends before the first layer', 'rows_net', ('slope_zero',), [('range(len(self.layers) - 1, -1, -1)', 'range(len(self.layers) - 1, 0, -1)')]),
    ('predict cuts probabilities at 0', 'rows_net', ('one_answer',), [('> 0.5).astype(int)', '> 0)')]),
    ('predict takes the argmax of a single output', 'rows_net', ('one_answer',), [('(self(x) > 0.5).astype(int)', 'np.argmax(self(x), axis=1)')]),
    ('predict takes the argmax along the examples', 'rows_net', ('largest_of_examples',), [THREE, ('(self(x) > 0.5).astype(int)', 'np.argmax(self(x), axis=0)')]),
    ('predict looks at the first of three outputs alone', 'rows_net', ('one_answer_of',), [THREE, ('(self(x) > 0.5).astype(int)', 'np.argmax(self(x)[:, :1], axis=1)')]),
    ('right: predict takes the argmax of three outputs', 'rows_net', (), [THREE, ('(self(x) > 0.5).astype(int)', 'np.argmax(self(x), axis=1)')]),
    ('right: a low threshold', 'rows_net', (), [('> 0.5', '> 0.2')]),
    ('right: predict uses a running mean of the weights that begins at zero', 'rows_net', (), [(PLAIN, ''), ('    def predict(self, x):\n        return (self(x) > 0.5).astype(int)\n', MEAN_OF_WEIGHTS)]),
    ("right: Nesterov's momentum as Keras has it, with a bound on the gradient", 'rows_net', (), [(PLAIN, KERAS_NESTEROV)]),
    ("batch-norm's predict uses the batch's mean, examples in rows", 'rows_batchnorm', ('batch_when_predicting',), [('l.training = False', 'l.training = True')]),
    ('right: batch-norm in rows', 'rows_batchnorm', (), []),
    ('the kernel is not turned round on the way back', 'kernel_not_turned', ('other_function',), []),
    ("dropout stays on in predict; its generator is the notebook's", 'rows_dropout', ('dropout_when_predicting',), [('training = False', 'training = True')]),
    ("right: dropout by the notebook's generator, off in predict", 'rows_dropout', (), []),
]):
    register(_number, *_case)
