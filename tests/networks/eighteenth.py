"""Networks with mistakes that people asked about, of an eighteenth round: each is a source, or a change of one."""
# ruff: noqa: E501 - written as people write them

from .eleventh import SOURCES, register

SOURCES['layer_dense'] = '''import numpy as np
rng = np.random.RandomState(1)
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.5 * rng.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases
        return self.output
    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)
        return self.dinputs
class Activation_ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)
        return self.output
    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0
        return self.dinputs
class Layer_Dropout:
    def __init__(self, rate):
        self.rate = 1 - rate
    def forward(self, inputs):
        self.mask = rng.binomial(1, self.rate, size=inputs.shape) / self.rate
        return inputs * self.mask
    def backward(self, dvalues):
        return dvalues * self.mask
class Activation_Softmax:
    def forward(self, inputs):
        e = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = e / np.sum(e, axis=1, keepdims=True)
        return self.output
class Loss_CategoricalCrossentropy:
    def __call__(self, y_pred, y_true):
        p = np.clip(y_pred, 1e-7, 1 - 1e-7)
        return np.mean(-np.log(np.sum(p * y_true, axis=1)))
class Optimizer_Adam:
    def __init__(self, learning_rate=0.02, decay=0., epsilon=1e-7, beta_1=0.9, beta_2=0.999):
        self.learning_rate = self.current_learning_rate = learning_rate
        self.decay, self.iterations, self.epsilon = decay, 0, epsilon
        self.beta_1, self.beta_2 = beta_1, beta_2
    def pre_update_params(self):
        if self.decay:
            self.current_learning_rate = self.learning_rate * (1. / (1. + self.decay * self.iterations))
    def update_params(self, layer):
        if not hasattr(layer, 'weight_cache'):
            layer.weight_momentums = np.zeros_like(layer.weights)
            layer.weight_cache = np.zeros_like(layer.weights)
            layer.bias_momentums = np.zeros_like(layer.biases)
            layer.bias_cache = np.zeros_like(layer.biases)
        layer.weight_momentums = self.beta_1 * layer.weight_momentums + (1 - self.beta_1) * layer.dweights
        layer.bias_momentums = self.beta_1 * layer.bias_momentums + (1 - self.beta_1) * layer.dbiases
        wm = layer.weight_momentums / (1 - self.beta_1 ** (self.iterations + 1))
        bm = layer.bias_momentums / (1 - self.beta_1 ** (self.iterations + 1))
        layer.weight_cache = self.beta_2 * layer.weight_cache + (1 - self.beta_2) * layer.dweights**2
        layer.bias_cache = self.beta_2 * layer.bias_cache + (1 - self.beta_2) * layer.dbiases**2
        wc = layer.weight_cache / (1 - self.beta_2 ** (self.iterations + 1))
        bc = layer.bias_cache / (1 - self.beta_2 ** (self.iterations + 1))
        layer.weights += -self.current_learning_rate * wm / (np.sqrt(wc) + self.epsilon)
        layer.biases += -self.current_learning_rate * bm / (np.sqrt(bc) + self.epsilon)
    def post_update_params(self):
        self.iterations += 1
class Model:
    def __init__(self, dropout=0.):
        self.layers = [Layer_Dense(2, 8), Activation_ReLU(), Layer_Dropout(dropout), Layer_Dense(8, 3), Activation_Softmax()]
        self.loss = Loss_CategoricalCrossentropy()
        self.optimizer = Optimizer_Adam()
    def __call__(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.output = X
        return X
    def backward_step(self, y):
        dvalues = (self.output - y) / len(y)
        for layer in reversed(self.layers[:-1]):
            dvalues = layer.backward(dvalues)
    def update(self):
        self.optimizer.pre_update_params()
        for layer in self.layers:
            if hasattr(layer, 'weights'):
                self.optimizer.update_params(layer)
        self.optimizer.post_update_params()
    def predict(self, X):
        for layer in self.layers:
            if not isinstance(layer, Layer_Dropout):
                X = layer.forward(X)
        return X
    def fit(self, X, y, epochs=10, batch_size=8):
        history = []
        for epoch in range(epochs):
            order = rng.permutation(len(X))
            X, y = X[order], y[order]
            for i in range(0, len(X), batch_size):
                xb, yb = X[i:i + batch_size], y[i:i + batch_size]
                out = self(xb)
                history.append(self.loss(out, yb))
                self.backward_step(yb)
                self.update()
        return history
n = 10
X = np.vstack([np.random.RandomState(k).randn(n, 2) * 0.4 + c for k, c in enumerate([(0, 1), (1, -1), (-1, -1)])])
y = np.eye(3)[np.repeat(np.arange(3), n)]
net = Model()
x = X
'''

SOURCES['fc_layer'] = '''import numpy as np
class FCLayer:
    def __init__(self, input_size, output_size):
        self.weights = np.random.default_rng(3).random((input_size, output_size)) - 0.5
        self.bias = np.zeros((1, output_size)) + 0.1
    def forward_propagation(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output
    def backward_propagation(self, output_error):
        input_error = np.dot(output_error, self.weights.T)
        self.weights_error = np.dot(self.input.T, output_error)
        self.bias_error = output_error.sum(axis=0, keepdims=True)
        return input_error
    def update(self, learning_rate):
        self.weights -= learning_rate * self.weights_error
        self.bias -= learning_rate * self.bias_error
class ActivationLayer:
    def __init__(self, activation, activation_prime):
        self.activation, self.activation_prime = activation, activation_prime
    def forward_propagation(self, input_data):
        self.input = input_data
        return self.activation(input_data)
    def backward_propagation(self, output_error):
        return self.activation_prime(self.input) * output_error
    def update(self, learning_rate): pass
def tanh(x): return np.tanh(x)
def tanh_prime(x): return 1 - np.tanh(x)**2
def mse(y_pred, y_true): return np.mean(np.power(y_true - y_pred, 2))
def mse_prime(y_pred, y_true): return 2 * (y_pred - y_true) / y_true.size
class MSE:
    def __call__(self, a, y): return mse(a, y)
    def gradient(self, a, y): return mse_prime(a, y)
class Network:
    def __init__(self):
        self.layers = [FCLayer(3, 6), ActivationLayer(tanh, tanh_prime), FCLayer(6, 1)]
        self.loss = MSE()
        self.learning_rate = 0.1
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward_propagation(x)
        self.result = x
        return x
    __call__ = forward
    def predict(self, x): return self.forward(x)
    def backward_step(self, y):
        error = self.loss.gradient(self.result, y)
        for layer in reversed(self.layers):
            error = layer.backward_propagation(error)
        return error
    def update(self):
        for layer in self.layers:
            layer.update(self.learning_rate)
    def fit(self, x_train, y_train, epochs=10):
        for i in range(epochs):
            err = 0
            for j in range(len(x_train)):
                out = self.forward(x_train[j:j+1])
                err += self.loss(out, y_train[j:j+1])
                self.backward_step(y_train[j:j+1])
                self.update()
        return err / len(x_train)
rng = np.random.default_rng(0)
X = rng.normal(size=(24, 3))
Y = np.sin(X[:, :1]) + 0.5 * X[:, 1:2] * X[:, 2:] - 0.3
net = Network()
x, y = X, Y
'''

SOURCES['own_everything'] = '''import numpy as np
class MyDense:
    def __init__(self, units):
        self.units = units
    def build(self, features, rng):
        self.weights = rng.normal(size=(self.units, features)) * 0.7
        self.bias = np.zeros((self.units, 1))
        self.grad_weights, self.grad_bias = 0, 0
    def __call__(self, x):
        self.inputs = x
        return self.weights @ x + self.bias
    def backward(self, dz):
        m = dz.shape[1]
        self.grad_weights = dz @ self.inputs.T / m
        self.grad_bias = dz.sum(axis=1, keepdims=True) / m
        return self.weights.T @ dz
class MyTanh:
    def __call__(self, z): return np.tanh(z)
    def gradient(self, z): return 1 - np.tanh(z) ** 2
class MySigmoid:
    def __call__(self, z): return 1 / (1 + np.exp(-z))
    def gradient(self, z): return self(z) * (1 - self(z))
class MyBCE:
    def __call__(self, a, y): return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    def gradient(self, a, y): return (a - y) / (a * (1 - a))
class MyMomentum:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum, self.v = learning_rate, momentum, {}
    def step(self, parameters, gradients):
        k = id(parameters)
        v = self.v.get(k, 0)
        v = self.momentum * v + gradients
        self.v[k] = v
        parameters -= self.learning_rate * v
class MyNetwork:
    def __init__(self, layers, loss, optimizer, seed=0):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer
        self.rng, self.is_built = np.random.default_rng(seed), False
    def build(self, features):
        for layer, _ in self.layers:
            layer.build(features, self.rng)
            features = layer.units
        self.is_built = True
    def __call__(self, x):
        if not self.is_built: self.build(len(x))
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
    def fit(self, x, y, epochs, batch=10):
        losses = []
        for epoch in range(epochs):
            order = self.rng.permutation(x.shape[1])
            for start in range(0, len(order), batch):
                i = order[start:start + batch]
                output = self(x[:, i])
                losses.append(self.loss(output, y[:, i]))
                self.backward_step(y[:, i])
                self.update()
        return losses
from nnlib.data import moons
x, y = moons(30, 0.1, 0)
net = MyNetwork(((MyDense(6), MyTanh()), (MyDense(5), MyTanh()), (MyDense(1), MySigmoid())), MyBCE(), MyMomentum(0.1))
'''

SOURCES['own_parts'] = '''import numpy as np
from nnlib import *
from nnlib.data import moons
x, y = moons(30, 0.1, 0)
class MyLeaky:
    alpha = 0.1
    def __call__(self, z): return np.where(z > 0, z, self.alpha * z)
    def gradient(self, z): return np.where(z > 0, 1.0, self.alpha)
class MyELU:
    alpha = 0.5
    def __call__(self, z): return np.where(z > 0, z, self.alpha * (np.exp(np.minimum(z, 0)) - 1))
    def gradient(self, z): return np.where(z > 0, 1.0, self.alpha * np.exp(np.minimum(z, 0)))
class MyBatchNorm:
    parameters = ("gamma", "beta")
    def build(self, features, rng, dtype=float):
        self.gamma, self.beta = np.ones((features, 1)), np.zeros((features, 1))
        self.mu, self.var = np.zeros((features, 1)), np.ones((features, 1))
    def __call__(self, x):
        mu, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        self.std = np.sqrt(var + 1e-5)
        self.xhat = (x - mu) / self.std
        self.mu = 0.9 * self.mu + 0.1 * mu
        self.var = 0.9 * self.var + 0.1 * var
        return self.gamma * self.xhat + self.beta
    def predict(self, x):
        return self.gamma * (x - self.mu) / np.sqrt(self.var + 1e-5) + self.beta
    def parameter_gradients(self, g):
        self.grad_gamma = (g * self.xhat).mean(axis=1, keepdims=True)
        self.grad_beta = g.mean(axis=1, keepdims=True)
    def backward(self, g):
        m = g.shape[1]
        dx = g * self.gamma
        return (m * dx - dx.sum(axis=1, keepdims=True) - self.xhat * (dx * self.xhat).sum(axis=1, keepdims=True)) / (m * self.std)
class MyDropout:
    def __init__(self, p=0.2): self.p, self.rng = p, np.random.default_rng(7)
    def __call__(self, x):
        self.mask = self.rng.random(x.shape) > self.p
        return x * self.mask / (1 - self.p)
    def predict(self, x): return x
    def backward(self, g): return g * self.mask / (1 - self.p)
class MyAdam:
    def __init__(self, learning_rate=0.02): self.learning_rate, self.m, self.v, self.t = learning_rate, 0, 0, 0
    def step(self, w, g):
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * g
        self.v = 0.999 * self.v + 0.001 * g ** 2
        w -= self.learning_rate * (self.m / (1 - 0.9 ** self.t)) / (np.sqrt(self.v / (1 - 0.999 ** self.t)) + 1e-8)
class MyRMSProp:
    def __init__(self, learning_rate=0.01): self.learning_rate, self.cache = learning_rate, 0
    def step(self, w, g):
        self.cache = 0.9 * self.cache + 0.1 * g ** 2
        w -= self.learning_rate * g / (np.sqrt(self.cache) + 1e-8)
class MySquared:
    def __call__(self, a, y): return ((a - y) ** 2).sum() / (2 * a.shape[1])
    def gradient(self, a, y): return a - y
net = NeuralNetwork(((Dense(8), MyBatchNorm(), MyELU(), MyDropout()), (Dense(8), MyLeaky()), (Dense(1), Sigmoid())), MySquared(), optimizer=MyAdam(), seed=1)
'''

SOURCES['whole_number_labels'] = '''import numpy as np
class Layer:
    def __init__(self, n_in, n_out, act, seed):
        self.W = np.random.default_rng(seed).standard_normal((n_in, n_out)) / np.sqrt(n_in)
        self.b = np.zeros(n_out)
        self.act = act
    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        return np.tanh(self.z) if self.act else self.z
    def backward(self, d):
        if self.act: d = d * (1 - np.tanh(self.z) ** 2)
        self.dW = self.x.T @ d
        self.db = d.sum(axis=0)
        return d @ self.W.T
class SoftmaxCE:
    def __call__(self, z, y):
        z = z - z.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -logp[np.arange(len(y)), y].mean()
    def gradient(self, z, y):
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        p[np.arange(len(y)), y] -= 1
        return p / len(y)
class MLP:
    def __init__(self, lr=0.2):
        self.layers = [Layer(2, 12, True, 1), Layer(12, 12, True, 2), Layer(12, 3, False, 3)]
        self.loss, self.lr = SoftmaxCE(), lr
    def __call__(self, x):
        for layer in self.layers: x = layer.forward(x)
        self.z = x
        return x
    def backward_step(self, y):
        d = self.loss.gradient(self.z, y)
        for layer in self.layers[::-1]: d = layer.backward(d)
    def update(self):
        for l in self.layers:
            l.W -= self.lr * l.dW
            l.b -= self.lr * l.db
    def train(self, x, y, epochs=50, batch=16):
        for e in range(epochs):
            idx = np.random.permutation(len(x))
            for s in range(0, len(x), batch):
                b = idx[s:s + batch]
                self(x[b]); self.backward_step(y[b]); self.update()
    fit = train
    def predict(self, x): return self(x).argmax(axis=1)
rng = np.random.default_rng(0)
y = np.repeat([0, 1, 2], 12)
x = rng.normal(size=(36, 2)) * 0.5 + np.array([[0, 1], [1, -1], [-1, -1]])[y]
net = MLP()
'''

SOURCES['caches'] = '''import numpy as np
rng = np.random.RandomState(0)
X = rng.randn(5, 20)
Y = np.eye(4)[rng.randint(0, 4, 20)].T
def initialize(layer_dims):
    p = {}
    for l in range(1, len(layer_dims)):
        p["W" + str(l)] = rng.randn(layer_dims[l], layer_dims[l-1]) * np.sqrt(2 / layer_dims[l-1])
        p["b" + str(l)] = np.zeros((layer_dims[l], 1)) + 0.05
    return p
def relu(Z): return np.maximum(0, Z), Z
def softmax(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0), Z
def linear_activation_forward(A_prev, W, b, activation):
    A, Z = activation(np.dot(W, A_prev) + b)
    return A, ((A_prev, W, b), Z)
def forward(X, p):
    caches, A, L = [], X, len(p) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, p["W" + str(l)], p["b" + str(l)], relu)
        caches.append(cache)
    AL, cache = linear_activation_forward(A, p["W" + str(L)], p["b" + str(L)], softmax)
    caches.append(cache)
    return AL, caches
def compute_cost(AL, Y, p, lambd=0.3):
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL + 1e-12)) / m + lambd / (2 * m) * sum(np.sum(p[k] ** 2) for k in p if k[0] == "W")
def linear_backward(dZ, cache, lambd=0.3):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m + lambd / m * W
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return np.dot(W.T, dZ), dW, db
def backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dZ = AL - Y
    for l in reversed(range(L)):
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_backward(dZ, caches[l][0])
        if l > 0:
            Z = caches[l - 1][1]
            dZ = np.array(dA)
            dZ[Z <= 0] = 0
    return grads
parameters = initialize([5, 7, 6, 4])
def loss(p): return compute_cost(forward(X, p)[0], Y, p)
def gradients(p):
    AL, caches = forward(X, p)
    return backward(AL, Y, caches)
args = (loss, parameters, gradients)
'''

DROPPING = ("Model()", "Model(dropout=0.3)")
LEAKING = [("np.maximum(0, inputs)", "np.where(inputs > 0, inputs, self.alpha * inputs)"), ("[self.inputs <= 0] = 0", "[self.inputs <= 0] *= self.alpha"), ("class Activation_ReLU:\n", "class Activation_ReLU:\n    alpha = 0.01\n")]
BY_A_TENTH = """class Optimizer_Tenth:
    def pre_update_params(self): pass
    def update_params(self, layer):
        layer.weights -= 0.1 * layer.dweights
        layer.biases -= 0.1 * layer.dbiases
    def post_update_params(self): pass
class Model:"""
UPDATE = ("    def update(self):\n        for layer, _ in self.layers:\n", "    def update(self):\n        for layer, _ in self.layers:\n            layer.grad_weights = np.clip(layer.grad_weights, -1e-5, 1e-5)\n            layer.grad_bias = np.clip(layer.grad_bias, -1e-5, 1e-5)\n")
LOGITS = ("class MyMomentum", """class MyLinear:
    def __call__(self, z): return z
    def gradient(self, z): return np.ones_like(z)
class Logits:
    def __call__(self, z, y): return np.mean(np.logaddexp(0, z) - y * z)
    def gradient(self, z, y): return 1 / (1 + np.exp(-z)) - y
class MyMomentum""")
SQUASHED = [("        self.z = x\n        return x\n", "        e = np.exp(x - x.max(axis=1, keepdims=True)); self.z = e / e.sum(axis=1, keepdims=True)\n        return self.z\n"), ("        d = self.loss.gradient(self.z, y)\n", "        d = self.loss.gradient(self.z, y)\n        d = self.z * (d - (d * self.z).sum(axis=1, keepdims=True))\n")]
WARMING = ("                self.update()\n", "                self.t = getattr(self, 't', 0) + 1\n                self.optimizer.learning_rate = 0.1 * min(1, self.t // 1000)\n                self.update()\n")
SOURCES["odd_rows"] = SOURCES["fc_layer"].replace("weights_error", "wslope").replace("bias_error", "bslope")
SOURCES["odd_columns"] = SOURCES["own_everything"].replace("grad_weights", "nw").replace("grad_bias", "nb")
STOPPING = [("        return losses\nfrom", "            now = self.loss(self(x), y)\n            if now < best: best, bad = now, 0\n            else:\n                bad += 1\n                if bad >= 1: break\n        return losses\nfrom"), ("        losses = []\n", "        losses, best, bad = [], 0, 0\n")]

for _number, _case in enumerate([
    ("right: a rate that is read where it decays, and another one that is used", "layer_dense", (), []),
    ("right: with a dropout", "layer_dense", (), [DROPPING]),
    ("right: with a rate that decays", "layer_dense", (), [("Optimizer_Adam()", "Optimizer_Adam(decay=1e-3)")]),
    ("right: the rate is written into the step, and a dropout has one", "layer_dense", (), [DROPPING, ("class Model:", BY_A_TENTH), ("Optimizer_Adam()", "Optimizer_Tenth()")]),
    ("right: the rate is written into the step, and a leaky ReLU has an alpha", "layer_dense", (), [*LEAKING, ("class Model:", BY_A_TENTH), ("Optimizer_Adam()", "Optimizer_Tenth()")]),
    ("the steps are never counted", "layer_dense", ("adam_counter_stuck",), [("        self.iterations += 1\n", "        pass\n")]),
    ("the moments are not corrected", "layer_dense", ("adam_uncorrected",), [(f"layer.{one} / (1 - self.beta_{k} ** (self.iterations + 1))", f"layer.{one}") for k, one in enumerate(("weight_momentums", "weight_cache"), 1)] + [(f"layer.{one} / (1 - self.beta_{k} ** (self.iterations + 1))", f"layer.{one}") for k, one in enumerate(("bias_momentums", "bias_cache"), 1)]),
    ("what is kept is as large as before", "layer_dense", ("dropout_scale", "dropout_unscaled"), [DROPPING, ("size=inputs.shape) / self.rate", "size=inputs.shape)")]),
    ("only what should be dropped is kept", "layer_dense", ("dropout_exchanged",), [DROPPING, ("rng.binomial(1, self.rate, size", "rng.binomial(1, 1 - self.rate, size")]),
    ("the dropout is not left out when predicting", "layer_dense", ("predicts_by_chance", "dropout_when_predicting"), [DROPPING, ("            if not isinstance(layer, Layer_Dropout):\n                X = layer.forward(X)", "            X = layer.forward(X)")]),
    ("examples are shuffled without their labels", "layer_dense", ("pairs_torn",), [("X, y = X[order], y[order]", "X = X[order]")]),
    ("one batch a round", "layer_dense", ("ends_at_once",), [("                self.update()\n        return", "                self.update()\n                break\n        return")]),
    ("biases never move", "layer_dense", ("never_moves",), [("        layer.biases += -self.current_learning_rate * bm / (np.sqrt(bc) + self.epsilon)\n", "")]),
    ("all weights begin alike", "layer_dense", ("units_equal",), [("0.5 * rng.randn(n_inputs, n_neurons)", "np.full((n_inputs, n_neurons), 0.1)")]),
    ("right: gradients are called errors, one example at a time", "fc_layer", (), []),
    ("right: a half of the sum", "fc_layer", (), [("np.mean(np.power(y_true - y_pred, 2))", "0.5 * np.sum(np.power(y_true - y_pred, 2))"), ("2 * (y_pred - y_true) / y_true.size", "y_pred - y_true"), ("self.learning_rate = 0.1", "self.learning_rate = 0.01")]),
    ("decay makes larger, in the rate's size", "fc_layer", ("decay_grows",), [("self.weights -= learning_rate * self.weights_error", "self.weights -= learning_rate * self.weights_error\n        self.weights *= 1 + learning_rate * 0.1")]),
    ("right: decay after the step", "fc_layer", (), [("self.weights -= learning_rate * self.weights_error", "self.weights -= learning_rate * self.weights_error\n        self.weights *= 1 - learning_rate * 0.1")]),
    ("flat labels, with which the way back fails", "fc_layer", ("column_met_row",), [("Y = np.sin(X[:, :1]) + 0.5 * X[:, 1:2] * X[:, 2:] - 0.3", "Y = np.sin(X[:, 0]) + 0.5 * X[:, 1] * X[:, 2] - 0.3")]),
    ("the loss takes the labels' columns of every row", "whole_number_labels", ("way_up", "every_row"), [("-logp[np.arange(len(y)), y].mean()", "-logp[:, y].mean()")]),
    ("right: whole numbers for labels, probabilities nowhere", "whole_number_labels", (), []),
    ("labels minus outputs, where a function is called by the names it has itself", "caches", ("sides_swapped",), [("dZ = AL - Y", "dZ = Y - AL")]),
    ("right: caches of each layer", "caches", (), []),
    ("the rate is halved in each step of Adam", "layer_dense", ("rate_vanishes",), [("        self.iterations += 1\n", "        self.iterations += 1\n        self.current_learning_rate *= 0.5\n")]),
    ("weights begin at a ten-millionth", "layer_dense", ("begins_small",), [("0.5 * rng.randn", "1e-7 * rng.randn"), ("class Model:", BY_A_TENTH), ("Optimizer_Adam()", "Optimizer_Tenth()")]),
    ("right: weights begin at a hundredth", "layer_dense", (), [("0.5 * rng.randn", "0.01 * rng.randn"), ("class Model:", BY_A_TENTH), ("Optimizer_Adam()", "Optimizer_Tenth()")]),
    ("right: momentum, batches", "own_everything", (), []),
    ("right: the last layer begins at zero", "own_everything", (), [("        self.is_built = True", "        self.layers[-1][0].weights[:] = 0\n        self.is_built = True")]),
    ("right: a small rate", "own_everything", (), [("MyMomentum(0.1)", "MyMomentum(0.001, 0.0)")]),
    ("a rate of a ten-millionth", "own_everything", ("steps_too_short",), [("MyMomentum(0.1)", "MyMomentum(1e-7)")]),
    ("a bound that cuts every number", "own_everything", ("cuts_all",), [UPDATE]),
    ("right: a bound of 1", "own_everything", (), [(UPDATE[0], UPDATE[1].replace("1e-5", "1.0"))]),
    ("right: a bound of a hundredth", "own_everything", (), [(UPDATE[0], UPDATE[1].replace("1e-5", "0.01"))]),
    ("the rate is divided without what stands behind the point", "own_everything", ("rate_gone",), [("        for epoch in range(epochs):\n", "        for epoch in range(epochs):\n            self.optimizer.learning_rate = 0.1 * (1 // (epoch + 1))\n")]),
    ("right: the rate is divided", "own_everything", (), [("        for epoch in range(epochs):\n", "        for epoch in range(epochs):\n            self.optimizer.learning_rate = 0.1 / (epoch + 1)\n")]),
    ("labels of -1 and 1 for cross-entropy", "own_everything", ("labels_beyond",), [("x, y = moons(30, 0.1, 0)", "x, y = moons(30, 0.1, 0)\ny = 2 * y - 1")]),
    ("the number of examples is written down", "own_everything", ("examples_remembered",), [("m = dz.shape[1]", "m = 30")]),
    ("first weights of 200", "own_everything", ("begins_large",), [("* 0.7", "* 200")]),
    ("the error is handed down without the slope", "own_everything", ("handed_down",), [("            grad = layer.backward(grad * activation.gradient(layer.output))", "            layer.backward(grad * activation.gradient(layer.output))\n            grad = layer.weights.T @ grad")]),
    ("right: batch-norm, ELU, dropout and Adam of one's own", "own_parts", (), []),
    ("Adam follows the sizes of gradients", "own_parts", ("one_sided",), [("0.1 * g\n", "0.1 * np.abs(g)\n")]),
    ("right: noise on every step", "own_parts", (), [("        self.t += 1\n", "        self.t += 1\n        self.rng = getattr(self, 'rng', None) or np.random.default_rng(1)\n        g = g + 0.01 * self.rng.normal(size=g.shape)\n")]),
    ("the number of examples is written down, in nnlib's network", "own_parts", ("examples_remembered",), [("self.grad_gamma = (g * self.xhat).mean(axis=1, keepdims=True)", "self.grad_gamma = (g * self.xhat).sum(axis=1, keepdims=True) / 30")]),
    ("one class for the other in the gradient of several", "whole_number_labels", ("every_row",), [("p[np.arange(len(y)), y] -= 1", "p[:, y] -= 1")]),
    ("sigmoid in the network and in the loss", "own_everything", ("squashed_twice",), [("MyBCE(), MyMo", "Logits(), MyMo"), LOGITS]),
    ("right: no sigmoid but that of the loss", "own_everything", (), [("MySigmoid())), MyBCE(), MyMo", "MyLinear())), Logits(), MyMo"), LOGITS]),
    ("softmax in the network and in the loss", "whole_number_labels", ("squashed_twice",), SQUASHED),
    ("the rate warms up without what stands behind the point", "own_everything", ("loop_moves_nothing",), [WARMING]),
    ("right: the rate warms up", "own_everything", (), [(WARMING[0], WARMING[1].replace("//", "/"))]),
    ("right: gradients are called as nobody else calls them", "odd_rows", (), []),
    ("a loss uphill, and gradients are called as nobody else calls them", "odd_rows", ("sign", "gradient_sign"), [("2 * (y_pred - y_true)", "2 * (y_true - y_pred)")]),
    ("right: in columns, and gradients are called as nobody else calls them", "odd_columns", (), []),
    ("m is of the rows, and gradients are called as nobody else calls them", "odd_columns", ("features_for_examples",), [("m = dz.shape[1]", "m = self.inputs.shape[0]")]),
    ("the best loss begins at 0, and nothing is lower", "own_everything", ("best_begins_low",), STOPPING),
    ("right: the best loss begins at infinity", "own_everything", (), [STOPPING[0], (STOPPING[1][0], STOPPING[1][1].replace("[], 0, 0", "[], np.inf, 0"))]),
]):
    register(180_000 + _number, *_case)
