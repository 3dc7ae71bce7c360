"""Networks with mistakes that people asked about, of a fourteenth round: each is a source, or a change of one."""
# ruff: noqa: E501 - written as people write them

from .eleventh import SOURCES, register

SOURCES["batches"] = '''import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Layer:
    def __init__(self, n_in, n_out, activation):
        self.W = np.random.randn(n_in, n_out) * np.sqrt(1 / n_in)
        self.b = np.zeros((1, n_out))
        self.activation = activation

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        if self.activation == "relu":
            self.a = np.maximum(0, self.z)
        else:
            self.a = sigmoid(self.z)
        return self.a

    def __call__(self, x):
        return self.forward(x)

class NeuralNet:
    def __init__(self, sizes, lr=0.1, batch_size=6):
        np.random.seed(3)
        self.layers = []
        for i in range(len(sizes) - 1):
            kind = "relu" if i < len(sizes) - 2 else "sigmoid"
            self.layers.append(Layer(sizes[i], sizes[i + 1], kind))
        self.lr = lr
        self.batch_size = batch_size

    def __call__(self, X):
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        self.output = out
        return out

    def loss(self, out, y):
        return -np.mean(y * np.log(out + 1e-12) + (1 - y) * np.log(1 - out + 1e-12))

    def backward_step(self, y):
        m = y.shape[0]
        delta = (self.output - y) / m
        for i in reversed(range(len(self.layers))):
            layer = self.layers[i]
            layer.dW = layer.x.T @ delta
            layer.db = np.sum(delta, axis=0, keepdims=True)
            if i > 0:
                delta = (delta @ layer.W.T) * (self.layers[i - 1].z > 0)

    def update(self):
        for layer in self.layers:
            layer.W -= self.lr * layer.dW
            layer.b -= self.lr * layer.db

    def fit(self, X, y, epochs=100):
        m = X.shape[0]
        history = []
        for epoch in range(epochs):
            perm = np.random.permutation(m)
            X_s, y_s = X[perm], y[perm]
            total = 0
            for i in range(0, m, self.batch_size):
                xb = X_s[i:i + self.batch_size]
                yb = y_s[i:i + self.batch_size]
                out = self(xb)
                total += self.loss(out, yb) * len(xb)
                self.backward_step(yb)
                self.update()
            history.append(total / m)
        return history

    def predict(self, X):
        return (self(X) > 0.5).astype(int)

rng = np.random.default_rng(5)
X = rng.normal(size=(26, 3))
y = ((X[:, :1] * X[:, 1:2] + 0.3 * X[:, 2:3]) > 0).astype(float)
net, x = NeuralNet([3, 8, 5, 1]), X
'''
SOURCES["switched"] = '''import numpy as np

class Linear:
    def __init__(self, nin, nout, rng):
        self.weights = rng.standard_normal((nout, nin)) * np.sqrt(2 / nin)
        self.bias = np.zeros((nout, 1))

    def __call__(self, x):
        self.inputs = x
        return self.weights @ x + self.bias

    def backward(self, grad):
        m = grad.shape[1]
        self.grad_weights = grad @ self.inputs.T / m
        self.grad_bias = grad.sum(axis=1, keepdims=True) / m
        return self.weights.T @ grad

class Tanh:
    def __call__(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, grad):
        return grad * (1 - self.a ** 2)

class Dropout:
    def __init__(self, rate, rng):
        self.rate, self.rng, self.training = rate, rng, True

    def __call__(self, x):
        if not self.training:
            self.mask = 1.0
            return x
        self.mask = (self.rng.random(x.shape) > self.rate) / (1 - self.rate)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask

class Softmax:
    def __call__(self, z):
        e = np.exp(z - z.max(axis=0, keepdims=True))
        self.p = e / e.sum(axis=0, keepdims=True)
        return self.p

    def backward(self, grad):
        return grad

class CrossEntropy:
    def __call__(self, p, y):
        return -np.sum(y * np.log(p + 1e-12)) / y.shape[1]

    def gradient(self, p, y):
        return p - y

class Optimizer:
    def __init__(self, lr=0.05, beta=0.9):
        self.lr, self.beta, self.v = lr, beta, {}

    def step(self, layers):
        for i, layer in enumerate(layers):
            if hasattr(layer, "weights"):
                for name in ("weights", "bias"):
                    g = getattr(layer, "grad_" + name)
                    v = self.beta * self.v.get((i, name), 0) + (1 - self.beta) * g
                    self.v[i, name] = v
                    setattr(layer, name, getattr(layer, name) - self.lr * v)

class Network:
    def __init__(self, rng):
        self.layers = [Linear(4, 7, rng), Tanh(), Dropout(0.25, rng), Linear(7, 6, rng), Tanh(), Linear(6, 3, rng), Softmax()]
        self.loss = CrossEntropy()
        self.optimizer = Optimizer()
        self.rng = rng

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        self.out = x
        return x

    def backward_step(self, y):
        grad = self.loss.gradient(self.out, y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def update(self):
        self.optimizer.step(self.layers)

    def train_mode(self, flag):
        for layer in self.layers:
            if isinstance(layer, Dropout):
                layer.training = flag

    def fit(self, x, y, epochs=50, batch=8):
        losses = []
        n = x.shape[1]
        self.train_mode(True)
        for _ in range(epochs):
            order = self.rng.permutation(n)
            running = 0.0
            for start in range(0, n, batch):
                idx = order[start:start + batch]
                p = self(x[:, idx])
                running += self.loss(p, y[:, idx]) * len(idx)
                self.backward_step(y[:, idx])
                self.update()
            losses.append(running / n)
        return losses

    def predict(self, x):
        self.train_mode(False)
        p = self(x)
        self.train_mode(True)
        return np.argmax(p, axis=0)

rng = np.random.default_rng(8)
x = rng.normal(size=(4, 30))
c = np.argmax(np.array([x[0] + x[1], x[2] - x[0], x[3] * 1.5]), axis=0)
y = np.eye(3)[c].T
net = Network(rng)
'''
SOURCES["shuffled_pairs"] = '''import random
import numpy as np
random.seed(1)
np.random.seed(1)
class Part:
    def __init__(self, n, m):
        self.weights, self.bias = np.random.randn(m, n), np.random.randn(m, 1)
    def __call__(self, x):
        return 1.0 / (1.0 + np.exp(-(self.weights @ x + self.bias)))
class Net:
    def __init__(self, sizes, eta=3.0):
        self.layers = [Part(n, m) for n, m in zip(sizes, sizes[1:])]
        self.eta = eta
    def loss(self, a, y):
        return 0.5 * np.sum((a - y) ** 2) / y.shape[1]
    def __call__(self, x):
        self.acts = [x]
        for part in self.layers:
            self.acts.append(part(self.acts[-1]))
        return self.acts[-1]
    def backward_step(self, y):
        m = y.shape[1]
        delta = (self.acts[-1] - y) * self.acts[-1] * (1 - self.acts[-1])
        for l in range(1, len(self.layers) + 1):
            part = self.layers[-l]
            part.grad_weights = delta @ self.acts[-l - 1].T / m
            part.grad_bias = delta.mean(axis=1, keepdims=True)
            delta = part.weights.T @ delta * self.acts[-l - 1] * (1 - self.acts[-l - 1])
    def update(self):
        for part in self.layers:
            part.weights = part.weights - self.eta * part.grad_weights
            part.bias = part.bias - self.eta * part.grad_bias
    def fit(self, x, y, epochs=10, mini_batch_size=5):
        data = list(zip(x.T, y.T))
        for j in range(epochs):
            random.shuffle(data)
            batches = [data[k:k + mini_batch_size] for k in range(0, len(data), mini_batch_size)]
            for batch in batches:
                self.update_mini_batch(batch)
    def update_mini_batch(self, batch):
        nabla_w = [np.zeros(p.weights.shape) for p in self.layers]
        nabla_b = [np.zeros(p.bias.shape) for p in self.layers]
        for x, y in batch:
            self(x.reshape(-1, 1))
            self.backward_step(y.reshape(-1, 1))
            nabla_w = [n + p.grad_weights for n, p in zip(nabla_w, self.layers)]
            nabla_b = [n + p.grad_bias for n, p in zip(nabla_b, self.layers)]
        for p, w, b in zip(self.layers, nabla_w, nabla_b):
            p.grad_weights, p.grad_bias = w / len(batch), b / len(batch)
        self.update()
    def predict(self, x):
        return np.argmax(self(x), axis=0)
x = np.random.randn(3, 23)
y = np.eye(3)[np.argmax(x * 2 + x[::-1], axis=0)].T
net = Net([3, 6, 3])
'''
SOURCES["regressor"] = '''import numpy as np
np.random.seed(21)
X = np.random.uniform(-2, 2, (3, 27))
Y = 40 + 12 * (np.sin(X[0:1]) + X[1:2] * X[2:3])

class Regressor:
    def __init__(self, dims=(3, 9, 1), learning_rate=0.05, beta=0.9):
        self.layers = list(dims)
        self.params, self.grads, self.velocity = {}, {}, {}
        for l in range(1, len(dims)):
            self.params[f"W{l}"] = np.random.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1])
            self.params[f"b{l}"] = np.zeros((dims[l], 1))
        for key in self.params:
            self.velocity[key] = np.zeros_like(self.params[key])
        self.learning_rate, self.beta = learning_rate, beta
        self.y_mean, self.y_std = 0.0, 1.0

    def __call__(self, X):
        self.X = X
        self.Z1 = self.params["W1"] @ X + self.params["b1"]
        self.A1 = np.tanh(self.Z1)
        self.A2 = self.params["W2"] @ self.A1 + self.params["b2"]
        return self.A2

    def loss(self, out, Y):
        return np.mean((out - Y) ** 2)

    def backward_step(self, Y):
        m = Y.shape[1]
        dA2 = 2 * (self.A2 - Y) / m
        self.grads["W2"] = dA2 @ self.A1.T
        self.grads["b2"] = dA2.sum(axis=1, keepdims=True)
        dZ1 = self.params["W2"].T @ dA2 * (1 - self.A1 ** 2)
        self.grads["W1"] = dZ1 @ self.X.T
        self.grads["b1"] = dZ1.sum(axis=1, keepdims=True)

    def update(self):
        for key in self.params:
            self.velocity[key] = self.beta * self.velocity[key] + self.grads[key]
            self.params[key] = self.params[key] - self.learning_rate * (1 - self.beta) * self.velocity[key]

    def train(self, X, Y, iterations=200, batch=8):
        self.y_mean, self.y_std = Y.mean(), Y.std()
        Yn = (Y - self.y_mean) / self.y_std
        m = X.shape[1]
        costs = []
        for it in range(iterations):
            shuffle = np.random.permutation(m)
            for s in range(0, m, batch):
                picked = shuffle[s:s + batch]
                out = self(X[:, picked])
                self.backward_step(Yn[:, picked])
                self.update()
            costs.append(self.loss(self(X), Yn))
        return costs

    def predict(self, X):
        return self(X) * self.y_std + self.y_mean

net, x, y = Regressor(), X, Y
'''
SOURCES["held_out"] = '''import numpy as np
rng = np.random.RandomState(42)
X = rng.randn(30, 4)
y = np.argmax(np.c_[X[:, 0], X[:, 1] + X[:, 2], 0.3 - X[:, 3]], axis=1)

class MLP:
    def __init__(self, sizes=(4, 10, 8, 3), lr=0.1, lam=0.001, seed=1):
        r = np.random.RandomState(seed)
        self.layers, self.lr, self.lam = sizes, lr, lam
        self.W = [r.randn(a, b) * np.sqrt(2.0 / a) for a, b in zip(sizes[:-1], sizes[1:])]
        self.b = [np.zeros(b) for b in sizes[1:]]
        self.dW, self.db = [None] * len(self.W), [None] * len(self.b)

    def forward(self, X):
        self.a = [X]
        for W, b in zip(self.W[:-1], self.b[:-1]):
            self.a.append(np.maximum(self.a[-1] @ W + b, 0))
        scores = self.a[-1] @ self.W[-1] + self.b[-1]
        scores = scores - scores.max(axis=1, keepdims=True)
        e = np.exp(scores)
        self.probs = e / e.sum(axis=1, keepdims=True)
        return self.probs

    __call__ = forward

    def loss(self, probs, y):
        data = -np.log(probs[np.arange(len(y)), y]).mean()
        return data + 0.5 * self.lam * sum((W * W).sum() for W in self.W)

    def backward_step(self, y):
        n = len(y)
        d = self.probs.copy()
        d[np.arange(n), y] -= 1
        d /= n
        for i in range(len(self.W) - 1, -1, -1):
            self.dW[i] = self.a[i].T @ d + self.lam * self.W[i]
            self.db[i] = d.sum(axis=0)
            if i > 0:
                d = d @ self.W[i].T * (self.a[i] > 0)

    def update(self):
        for i in range(len(self.W)):
            self.W[i] -= self.lr * self.dW[i]
            self.b[i] -= self.lr * self.db[i]

    def fit(self, X, y, epochs=60, batch_size=5, patience=4):
        cut = int(0.8 * len(X))
        X_train, y_train, X_val, y_val = X[:cut], y[:cut], X[cut:], y[cut:]
        best_loss, waited = np.inf, 0
        for epoch in range(epochs):
            order = np.random.permutation(cut)
            for k in range(0, cut, batch_size):
                rows = order[k:k + batch_size]
                self.forward(X_train[rows])
                self.backward_step(y_train[rows])
                self.update()
            val_loss = self.loss(self.forward(X_val), y_val)
            if val_loss < best_loss:
                best_loss, waited = val_loss, 0
                best_W, best_b = [W.copy() for W in self.W], [b.copy() for b in self.b]
            else:
                waited += 1
                if waited >= patience:
                    break
        self.W, self.b = best_W, best_b

    def predict(self, X):
        return self.forward(X).argmax(axis=1)

    def score(self, X, y):
        return (self.predict(X) == y).mean()

net, x, y = MLP(), X, y
'''

for _number, _case in enumerate([
    ('right: rows, class, BCE, batches shuffled', 'batches', (), []),
    ('slice [i:batch_size]: from the second batch on the batches are empty', 'batches', ('batch_empty',), [('xb = X_s[i:i + self.batch_size]', 'xb = X_s[i:self.batch_size]'), ('yb = y_s[i:i + self.batch_size]', 'yb = y_s[i:self.batch_size]'), ('total += self.loss(out, yb) * len(xb)', 'total += np.sum(-yb * np.log(out) - (1 - yb) * np.log(1 - out))'), ('m = y.shape[0]\n', 'm = max(y.shape[0], 1)\n')]),
    ('batch i begins at i, not i*batch_size: overlapping, most examples are never seen', 'batches', ('batches_overlap',), [('for i in range(0, m, self.batch_size):', 'for i in range(m // self.batch_size):')]),
    ('x is shuffled and y is not', 'batches', ('pairs_torn',), [('            X_s, y_s = X[perm], y[perm]\n', '            X_s, y_s = X[perm], y\n')]),
    ('x and y are shuffled by different permutations', 'batches', ('pairs_torn',), [('            X_s, y_s = X[perm], y[perm]\n', '            X_s, y_s = X[perm], y[np.random.permutation(m)]\n')]),
    ("update stands outside the batch loop: once an epoch, with the last batch's gradient", 'batches', ('gradients_unused',), [('                self.update()\n            history', '            self.update()\n            history')]),
    ('gradients are added up (+=) and never set back to zero', 'batches', ('gradients_pile_up',), [('        self.b = np.zeros((1, n_out))\n', '        self.b = np.zeros((1, n_out))\n        self.dW = np.zeros_like(self.W)\n        self.db = np.zeros_like(self.b)\n'), ('layer.dW = layer.x.T @ delta', 'layer.dW += layer.x.T @ delta'), ('layer.db = np.sum', 'layer.db += np.sum')]),
    ('return within the epoch loop: only one epoch is trained', 'batches', ('one_round',), [('            history.append(total / m)\n        return history', '            history.append(total / m)\n            return history')]),
    ("gradients are divided by the size of the whole data set instead of by the batch's", 'batches', ('examples_remembered',), [('        m = X.shape[0]\n        history', '        m = X.shape[0]\n        self.m = m\n        history'), ('        m = y.shape[0]\n        delta', "        m = getattr(self, 'm', None) or y.shape[0]\n        delta")]),
    ('weights are drawn anew in each epoch', 'batches', ('begins_anew',), [('            perm = np.random.permutation(m)\n', '            for layer in self.layers:\n                layer.W = np.random.randn(*layer.W.shape) * 0.5\n            perm = np.random.permutation(m)\n')]),
    ('the bias is never updated: db gets the new value', 'batches', ('never_moves',), [('layer.b -= self.lr * layer.db', 'layer.db = layer.b - self.lr * layer.db')]),
    ('sign: steps go up the loss (adds the gradient)', 'batches', ('step_uphill',), [('layer.W -= self.lr * layer.dW', 'layer.W += self.lr * layer.dW'), ('layer.b -= self.lr * layer.db', 'layer.b += self.lr * layer.db')]),
    ('predict compares a probability with 0: always 1', 'batches', ('one_answer',), [('return (self(X) > 0.5).astype(int)', 'return (self(X) > 0).astype(int)')]),
    ('predict cuts the probability to int: always 0', 'batches', ('answers_cut',), [('return (self(X) > 0.5).astype(int)', 'return self(X).astype(int)')]),
    ('predict inverted: 1 where p < 0.5', 'batches', ('answers_turned',), [('return (self(X) > 0.5).astype(int)', 'return np.where(self(X) > 0.5, 0, 1)')]),
    ('argmax over one output: always 0', 'batches', ('one_answer',), [('return (self(X) > 0.5).astype(int)', 'return np.argmax(self(X), axis=1)')]),
    ('predict leaves out the hidden activation (ReLU)', 'batches', ('piece_left_out',), [('return (self(X) > 0.5).astype(int)', 'out = X\n        for layer in self.layers:\n            out = out @ layer.W + layer.b\n        return (sigmoid(out) > 0.5).astype(int)')]),
    ('predict forgets the bias', 'batches', ('array_unheard', 'piece_left_out'), [('return (self(X) > 0.5).astype(int)', 'out = X\n        for layer in self.layers[:-1]:\n            out = np.maximum(0, out @ layer.W)\n        return (sigmoid(out @ self.layers[-1].W + self.layers[-1].b) > 0.5).astype(int)')]),
    ('predict standardises with the statistics of what it is asked, not of the training data', 'batches', ('batch_when_predicting',), [('        history = []\n        for epoch', '        history = []\n        X = (X - X.mean(axis=0)) / X.std(axis=0)\n        for epoch'), ('return (self(X) > 0.5).astype(int)', 'X = (X - X.mean(axis=0)) / X.std(axis=0)\n        return (self(X) > 0.5).astype(int)')]),
    ('fit standardises its inputs, predict does not', 'batches', ('predict_unscaled',), [('        history = []\n        for epoch', '        history = []\n        self.mu, self.sd = X.mean(axis=0), X.std(axis=0)\n        X = (X - self.mu) / self.sd\n        for epoch'), ('X = rng.normal(size=(26, 3))', 'X = rng.normal(size=(26, 3)) * np.array([20, 3, 1]) + np.array([50, -4, 0])'), ('y = ((X[:, :1] * X[:, 1:2] + 0.3 * X[:, 2:3]) > 0)', 'y = ((X[:, :1] / 20 + X[:, 1:2]) > X.mean())')]),
    ('best weights are kept and never put back', 'batches', ('best_never_back',), [('            history.append(total / m)\n        return history', '            history.append(total / m)\n            if epoch == 0 or history[-1] < best_loss:\n                best_loss = history[-1]\n                best = [(l.W.copy(), l.b.copy()) for l in self.layers]\n        return history')]),
    ('best weights are kept without copy: they go on changing with the network', 'batches', ('best_not_kept',), [('            history.append(total / m)\n        return history', '            history.append(total / m)\n            if epoch == 0 or history[-1] < best_loss:\n                best_loss = history[-1]\n                best = [(l.W, l.b) for l in self.layers]\n        for l, (W, b) in zip(self.layers, best):\n            l.W, l.b = W, b\n        return history')]),
    ('learning rate decay is applied to an already decayed rate (compounds)', 'batches', ('rate_falls_faster',), [('            perm = np.random.permutation(m)\n', '            self.lr = self.lr / (1 + 0.1 * epoch)\n            perm = np.random.permutation(m)\n')]),
    ("forward on all of X once per epoch, backward with the batch's labels... stale: forward stands outside the batch loop (inputs of another batch)", 'batches', ('way_up_forgotten',), [('                out = self(xb)\n', '                if i == 0:\n                    out = self(xb)\n'), ('m = y.shape[0]\n', 'm = y.shape[0]\n        y = y[:len(self.output)]\n'), ('total += self.loss(out, yb) * len(xb)', 'total += self.loss(out[:len(yb)], yb) * len(xb)'), ('delta = (self.output - y) / m', 'delta = (self.output[:m] - y) / m'), ('layer.dW = layer.x.T @ delta', 'layer.dW = layer.x[:m].T @ delta'), ('(self.layers[i - 1].z > 0)', '(self.layers[i - 1].z[:m] > 0)')]),
    ('all weights begin at zero: symmetry / dead ReLU', 'batches', ('units_equal',), [('np.random.randn(n_in, n_out) * np.sqrt(1 / n_in)', 'np.zeros((n_in, n_out))')]),
    ("ReLU derivative where the layer's own a... uses derivative of the wrong layer (z of this layer's output)", 'batches', ('another_slope', 'mask_of_error'), [('delta = (delta @ layer.W.T) * (self.layers[i - 1].z > 0)', 'delta = (delta @ layer.W.T) * (delta @ layer.W.T > 0)')]),
    ('sigmoid slope counted although p - y has it already (BCE)', 'batches', ('slope_twice',), [('delta = (self.output - y) / m', 'delta = (self.output - y) * self.output * (1 - self.output) / m')]),
    ('weights are updated before the error is sent through them', 'batches', ('update_in_backward',), [('            if i > 0:\n', '            layer.W -= self.lr * layer.dW\n            layer.b -= self.lr * layer.db\n            if i > 0:\n'), ('        for layer in self.layers:\n            layer.W -= self.lr * layer.dW\n            layer.b -= self.lr * layer.db\n\n    def fit', '        pass\n\n    def fit')]),
    ('accuracy compares (m,) with (m, 1): m x m comparisons', 'batches', ('score_of_pairs',), [('    def predict(self, X):\n        return (self(X) > 0.5).astype(int)', '    def predict(self, X):\n        return (self(X) > 0.5).astype(int).flatten()\n\n    def accuracy(self, X, y):\n        return np.mean(self.predict(X) == y)')]),
    ('right: early stopping restores copies', 'batches', (), [('            history.append(total / m)\n        return history', '            history.append(total / m)\n            if epoch == 0 or history[-1] < best_loss - 1e-6:\n                best_loss, wait = history[-1], 0\n                best = [(l.W.copy(), l.b.copy()) for l in self.layers]\n            else:\n                wait += 1\n                if wait > 5:\n                    break\n        for l, (W, b) in zip(self.layers, best):\n            l.W[:], l.b[:] = W, b\n        return history')]),
    ('right: batches drawn with replacement', 'batches', (), [('            for i in range(0, m, self.batch_size):\n                xb = X_s[i:i + self.batch_size]\n                yb = y_s[i:i + self.batch_size]\n', '            for _ in range(m // self.batch_size):\n                pick = np.random.randint(0, m, self.batch_size)\n                xb, yb = X[pick], y[pick]\n'), ('            X_s, y_s = X[perm], y[perm]\n', ''), ('            perm = np.random.permutation(m)\n', ''), ('history.append(total / m)', 'history.append(total / (m // self.batch_size * self.batch_size))')]),
    ('right: last partial batch dropped, reshuffled each epoch', 'batches', (), [('for i in range(0, m, self.batch_size):', 'for i in range(0, m - self.batch_size + 1, self.batch_size):'), ('total / m', 'total / (m // self.batch_size * self.batch_size)')]),
    ('right: gradients of two half batches added up, one update', 'batches', (), [('                out = self(xb)\n                total += self.loss(out, yb) * len(xb)\n                self.backward_step(yb)\n                self.update()\n', '                grads = [[0, 0] for _ in self.layers]\n                for part in np.array_split(np.arange(len(xb)), 2):\n                    if len(part) == 0:\n                        continue\n                    out = self(xb[part])\n                    total += self.loss(out, yb[part]) * len(part)\n                    self.backward_step(yb[part])\n                    for g, l in zip(grads, self.layers):\n                        g[0] = g[0] + l.dW * len(part) / len(xb)\n                        g[1] = g[1] + l.db * len(part) / len(xb)\n                for g, l in zip(grads, self.layers):\n                    l.dW, l.db = g\n                self.update()\n')]),
    ('right: rate decays per epoch from the first rate', 'batches', (), [('            perm = np.random.permutation(m)\n', '            self.lr = self.lr0 / (1 + 0.1 * epoch)\n            perm = np.random.permutation(m)\n'), ('        self.lr = lr\n', '        self.lr0 = self.lr = lr\n')]),
    ('right: fit keeps mean and deviation, predict uses them', 'batches', (), [('        history = []\n        for epoch', '        history = []\n        self.mu, self.sd = X.mean(axis=0), X.std(axis=0)\n        X = (X - self.mu) / self.sd\n        for epoch'), ('return (self(X) > 0.5).astype(int)', 'return (self((X - self.mu) / self.sd) > 0.5).astype(int)')]),
    ('right: gradients clipped by norm before the step', 'batches', (), [('    def update(self):\n', '    def update(self):\n        norm = np.sqrt(sum((l.dW ** 2).sum() + (l.db ** 2).sum() for l in self.layers))\n        if norm > 5:\n            for l in self.layers:\n                l.dW *= 5 / norm\n                l.db *= 5 / norm\n')]),
    ('right: predict rounds', 'batches', (), [('return (self(X) > 0.5).astype(int)', 'return np.round(self(X))')]),
    ('right: error as y - out, and steps added', 'batches', (), [('delta = (self.output - y) / m', 'delta = (y - self.output) / m'), ('layer.dW = layer.x.T @ delta', 'layer.dW = -layer.x.T @ delta'), ('layer.db = np.sum(delta, axis=0, keepdims=True)', 'layer.db = -np.sum(delta, axis=0, keepdims=True)')]),
    ('right: columns, parts, softmax, dropout, momentum', 'switched', (), []),
    ('dropout stays on at predict', 'switched', ('dropout_when_predicting',), [('        self.train_mode(False)\n', '')]),
    ('argmax over the examples instead of the classes (axis)', 'switched', ('largest_of_examples',), [('return np.argmax(p, axis=0)', 'return np.argmax(p, axis=1)')]),
    ('argmax without axis: one number', 'switched', ('largest_of_all',), [('return np.argmax(p, axis=0)', 'return np.argmax(p)')]),
    ('softmax over the examples instead of the classes', 'switched', ('softmax_axis',), [('e.sum(axis=0, keepdims=True)', 'e.sum(axis=1, keepdims=True)')]),
    ('softmax divides by the sum of everything', 'switched', ('softmax_axis',), [('e.sum(axis=0, keepdims=True)', 'np.sum(e)')]),
    ('a new dropout mask is drawn on the way back', 'switched', ('mask_redrawn',), [('        return grad * self.mask\n', '        return grad * (self.rng.random(grad.shape) > self.rate) / (1 - self.rate)\n')]),
    ('dropout is not scaled: train without 1/(1-p), predict full', 'switched', ('dropout_unscaled',), [('> self.rate) / (1 - self.rate)\n        return x', '> self.rate)\n        return x')]),
    ('one Tanh object in two places: it remembers only the last call', 'switched', ('shared_part',), [('        self.layers = [Linear(4, 7, rng), Tanh(), Dropout(0.25, rng), Linear(7, 6, rng), Tanh(),', '        act = Tanh()\n        self.layers = [Linear(4, 7, rng), act, Dropout(0.25, rng), Linear(7, 6, rng), act,')]),
    ('momentum forgets: the velocity begins at zero at each step', 'switched', ('velocity_forgotten',), [('    def step(self, layers):\n', '    def step(self, layers):\n        self.v = {}\n')]),
    ('momentum with the wrong sign of the old velocity', 'switched', ('velocity_turned',), [('v = self.beta * self.v.get((i, name), 0) + (1 - self.beta) * g', 'v = (1 - self.beta) * g - self.beta * self.v.get((i, name), 0)')]),
    ('tanh slope 1 - a instead of 1 - a**2', 'switched', ('slope_half_written',), [('(1 - self.a ** 2)', '(1 - self.a)')]),
    ('gradient divided by the number of rows (units) instead of examples', 'switched', ('units_for_examples',), [('m = grad.shape[1]', 'm = grad.shape[0]')]),
    ('bias gradient summed over everything (axis missing)', 'switched', ('shape',), [('grad.sum(axis=1, keepdims=True) / m', 'grad.sum() / m')]),
    ('labels taken with the order of another epoch / x by idx, y by start slice', 'switched', ('pairs_torn',), [('self.backward_step(y[:, idx])', 'self.backward_step(y[:, start:start + batch])')]),
    ('bias-corrected moment written back into the moment (Adam)', 'switched', ('adam_keeps_corrected',), [('                    v = self.beta * self.v.get((i, name), 0) + (1 - self.beta) * g\n                    self.v[i, name] = v\n                    setattr(layer, name, getattr(layer, name) - self.lr * v)\n', '                    m, s, t = self.v.get((i, name), (0, 0, 0))\n                    t += 1\n                    m = 0.9 * m + 0.1 * g\n                    s = 0.999 * s + 0.001 * g ** 2\n                    m = m / (1 - 0.9 ** t)\n                    s = s / (1 - 0.999 ** t)\n                    self.v[i, name] = m, s, t\n                    setattr(layer, name, getattr(layer, name) - 0.01 * m / (np.sqrt(s) + 1e-8))\n')]),
    ('right: own Adam', 'switched', (), [('                    v = self.beta * self.v.get((i, name), 0) + (1 - self.beta) * g\n                    self.v[i, name] = v\n                    setattr(layer, name, getattr(layer, name) - self.lr * v)\n', '                    m, s, t = self.v.get((i, name), (0, 0, 0))\n                    t += 1\n                    m = 0.9 * m + 0.1 * g\n                    s = 0.999 * s + 0.001 * g ** 2\n                    self.v[i, name] = m, s, t\n                    m = m / (1 - 0.9 ** t)\n                    s = s / (1 - 0.999 ** t)\n                    setattr(layer, name, getattr(layer, name) - 0.01 * m / (np.sqrt(s) + 1e-8))\n')]),
    ("Adam's t stays at 1: the correction never fades", 'switched', ('adam_counter_stuck',), [('                    v = self.beta * self.v.get((i, name), 0) + (1 - self.beta) * g\n                    self.v[i, name] = v\n                    setattr(layer, name, getattr(layer, name) - self.lr * v)\n', '                    m, s, t = self.v.get((i, name), (0, 0, 0))\n                    t = 1\n                    m = 0.9 * m + 0.1 * g\n                    s = 0.999 * s + 0.001 * g ** 2\n                    self.v[i, name] = m, s, t\n                    m = m / (1 - 0.9 ** t)\n                    s = s / (1 - 0.999 ** t)\n                    setattr(layer, name, getattr(layer, name) - 0.01 * m / (np.sqrt(s) + 1e-8))\n')]),
    ('right: predict gives a column of labels', 'switched', (), [('return np.argmax(p, axis=0)', 'return np.array([0, 1, 2])[p.argmax(0)]')]),
    ('right: momentum without 1 - beta', 'switched', (), [('+ (1 - self.beta) * g', '+ g'), ('lr=0.05', 'lr=0.01')]),
    ('right: predict one-hot', 'switched', (), [('return np.argmax(p, axis=0)', 'return (p == p.max(axis=0)).astype(float)')]),
    ("right: Nielsen's, per example", 'shuffled_pairs', (), []),
    ('the sums are set back for each example: only the last example of a batch counts', 'shuffled_pairs', ('gradients_unused',), [('            nabla_w = [n + p.grad_weights for n, p in zip(nabla_w, self.layers)]\n            nabla_b = [n + p.grad_bias for n, p in zip(nabla_b, self.layers)]', '            nabla_w = [p.grad_weights for p in self.layers]\n            nabla_b = [p.grad_bias for p in self.layers]')]),
    ('the update stands inside the example loop: sums so far are applied again and again', 'shuffled_pairs', ('steps_within',), [('        for p, w, b in zip(self.layers, nabla_w, nabla_b):\n            p.grad_weights, p.grad_bias = w / len(batch), b / len(batch)\n        self.update()', '            for p, w, b in zip(self.layers, nabla_w, nabla_b):\n                p.grad_weights, p.grad_bias = w / len(batch), b / len(batch)\n            self.update()')]),
    ("divided by the number of all examples instead of the batch's", 'shuffled_pairs', ('batch_of_all',), [('w / len(batch), b / len(batch)', 'w / 23, b / 23')]),
    ('argmin in the place of argmax', 'switched', ('smallest_for_largest',), [('return np.argmax(p, axis=0)', 'return np.argmin(p, axis=0)')]),
    ('right: regressor, columns, dict, labels scaled, momentum', 'regressor', (), []),
    ('labels of the first batch always', 'regressor', ('pairs_torn',), [('self.backward_step(Yn[:, picked])', 'self.backward_step(Yn[:, :len(picked)])')]),
    ('predict does not scale the answer back', 'regressor', ('answers_unscaled',), [('return self(X) * self.y_std + self.y_mean', 'return self(X)')]),
    ('predict scales back wrongly: / std instead of * std', 'regressor', ('answers_unscaled',), [('self(X) * self.y_std + self.y_mean', 'self(X) / self.y_std + self.y_mean')]),
    ('predict scales back without the mean', 'regressor', ('answers_unscaled',), [('self(X) * self.y_std + self.y_mean', 'self(X) * self.y_std')]),
    ('the whole... always the same first batch', 'regressor', ('same_batch',), [('picked = shuffle[s:s + batch]', 'picked = np.arange(m)[:batch]')]),
    ('b2 has no gradient: stays zero', 'regressor', ('bias_gradient_missing',), [('self.grads["b2"] = dA2.sum(axis=1, keepdims=True)', 'self.grads["b2"] = np.zeros((1, 1))')]),
    ('np.random.shuffle on X alone', 'regressor', ('pairs_torn',), [('            shuffle = np.random.permutation(m)\n', '            X = X.T.copy(); np.random.shuffle(X); X = X.T\n            shuffle = np.arange(m)\n')]),
    ('velocity worked out, step takes the gradient', 'regressor', ('velocity_forgotten',), [('self.learning_rate * (1 - self.beta) * self.velocity[key]', 'self.learning_rate * self.grads[key]')]),
    ('velocity is set to zero in each batch', 'regressor', ('memory_begins_anew',), [('                picked = shuffle', '                self.velocity = {k: np.zeros_like(p) for k, p in self.params.items()}\n                picked = shuffle')]),
    ('right: both shuffled with one state', 'regressor', (), [('            shuffle = np.random.permutation(m)\n', '            shuffle = list(range(m)); np.random.shuffle(shuffle)\n')]),
    ('right: no scaling, plain', 'regressor', (), [('        Yn = (Y - self.y_mean) / self.y_std\n', '        self.y_mean, self.y_std = 0.0, 1.0\n        Yn = Y\n')]),
    ('right: rows, integer labels, early stopping on a held-out part', 'held_out', (), []),
    ('keeps the worst: val_loss > best', 'held_out', ('worst_kept',), [('best_loss, waited = np.inf, 0\n        for', 'best_loss, waited = -np.inf, 0\n        for'), ('if val_loss < best_loss', 'if val_loss > best_loss')]),
    ('best without copies, updated in place', 'held_out', ('best_not_kept',), [('best_W, best_b = [W.copy() for W in self.W], [b.copy() for b in self.b]', 'best_W, best_b = self.W, self.b')]),
    ('copies of the lists only, the arrays are the same', 'held_out', ('best_not_kept',), [('best_W, best_b = [W.copy() for W in self.W], [b.copy() for b in self.b]', 'best_W, best_b = self.W.copy(), self.b.copy()')]),
    ('best is kept and never put back', 'held_out', ('best_never_back',), [('        self.W, self.b = best_W, best_b\n', '')]),
    ('predict stops one layer too early', 'held_out', ('piece_left_out',), [('return self.forward(X).argmax(axis=1)', 'a = X\n        for W, b in zip(self.W[:-1], self.b[:-1]):\n            a = np.maximum(a @ W + b, 0)\n        return a.argmax(axis=1)')]),
    ('argmax of p > 0.5 : class 0 wherever none is above a half', 'held_out', ('largest_of_yes',), [('self.forward(X).argmax(axis=1)', '(self.forward(X) > 0.5).argmax(axis=1)')]),
    ('L2 in the gradient and in the update', 'held_out', ('decay_twice',), [('self.W[i] -= self.lr * self.dW[i]', 'self.W[i] -= self.lr * (self.dW[i] + self.lam * self.W[i])')]),
    ('break in the batch loop', 'held_out', ('ends_at_once',), [('                self.update()\n            val', '                self.update()\n                break\n            val')]),
    ('update multiplies where it should subtract: W = -lr*dW (= - instead of -=)', 'held_out', ('old_gone',), [('self.b[i] -= self.lr * self.db[i]', 'self.b[i] = -self.lr * self.db[i]')]),
    ('score takes the argmax along the examples', 'held_out', ('score_of_pairs',), [('return (self.predict(X) == y).mean()', 'return np.mean(self.predict(X)[:, None] == y)')]),
    ("validation's forward between forward and backward", 'held_out', ('pairs_torn',), [('                self.backward_step(y_train[rows])\n                self.update()\n            val_loss = self.loss(self.forward(X_val), y_val)\n', '                val_loss = self.loss(self.forward(X_val[:len(rows)]), y_val[:len(rows)])\n                self.backward_step(y_train[rows])\n                self.update()\n'), ('                self.forward(X_train[rows])\n', '                self.forward(X_train[rows])\n')]),
    ('divided by the classes instead of the examples', 'held_out', ('other_axis_counted',), [('d /= n', 'd /= d.shape[1]')]),
    ('right: np.array_split batches', 'held_out', (), [('            for k in range(0, cut, batch_size):\n                rows = order[k:k + batch_size]\n', '            for rows in np.array_split(order, cut // batch_size):\n')]),
    ('right: predict through logits', 'held_out', (), [('return self.forward(X).argmax(axis=1)', 'a = X\n        for W, b in zip(self.W[:-1], self.b[:-1]):\n            a = np.maximum(a @ W + b, 0)\n        return (a @ self.W[-1] + self.b[-1]).argmax(axis=1)')]),
    ('right: score in percent, class names', 'held_out', (), [('return (self.predict(X) == y).mean()', 'return 100 * np.mean(self.predict(X).reshape(-1, 1) == y.reshape(-1, 1))')]),
    ('right: cross-validation in two folds, each from new weights', 'batches', (), [('    def predict(self, X):', '    def cross_validate(self, X, y, epochs=20):\n        scores = []\n        for fold in range(2):\n            for layer in self.layers:\n                layer.W = np.random.randn(*layer.W.shape) * 0.5\n                layer.b = np.zeros_like(layer.b)\n            held = np.arange(len(X)) % 2 == fold\n            for epoch in range(epochs):\n                self(X[~held])\n                self.backward_step(y[~held])\n                self.update()\n            scores.append(self.loss(self(X[held]), y[held]))\n        return np.mean(scores)\n\n    def predict(self, X):')]),
    ('right: weights averaged over the rounds at the end', 'batches', (), [('            history.append(total / m)\n        return history', '            history.append(total / m)\n            sums = [l.W.copy() if epoch == 0 else s + l.W for s, l in zip(sums if epoch else [0] * 9, self.layers)]\n        for s, l in zip(sums, self.layers):\n            l.W = s / epochs\n        return history')]),
    ('right: weights held within bounds after each step', 'batches', (), [('            layer.W -= self.lr * layer.dW\n', '            layer.W = np.clip(layer.W - self.lr * layer.dW, -2, 2)\n')]),
    ('right: noise is added to the examples', 'batches', (), [('                out = self(xb)\n', '                xb = xb + 0.05 * np.random.randn(*xb.shape)\n                out = self(xb)\n')]),
    ('right: labels smoothed', 'batches', (), [('                self.backward_step(yb)\n', '                self.backward_step(0.9 * yb + 0.05)\n')]),
    ('right: best kept in self, used by predict', 'batches', (), [('            history.append(total / m)\n        return history', '            history.append(total / m)\n            if history[-1] <= min(history):\n                self.best = [(l.W.copy(), l.b.copy()) for l in self.layers]\n        return history'), ('        return (self(X) > 0.5).astype(int)', "        if hasattr(self, 'best'):\n            for l, (W, b) in zip(self.layers, self.best):\n                l.W, l.b = W, b\n        return (self(X) > 0.5).astype(int)")]),
    ('right: labels scaled to 0..1', 'regressor', (), [('self.y_mean, self.y_std = Y.mean(), Y.std()', 'self.y_mean, self.y_std = Y.min(), Y.max() - Y.min()')]),
    ('right: predict gives words', 'held_out', (), [('return self.forward(X).argmax(axis=1)', "return np.array(['a', 'b', 'c'])[self.forward(X).argmax(axis=1)]"), ('return (self.predict(X) == y).mean()', "return (self.predict(X) == np.array(['a', 'b', 'c'])[y]).mean()")]),
    ('right: argmin of -p', 'held_out', (), [('return self.forward(X).argmax(axis=1)', 'return np.argmin(-self.forward(X), axis=1)')]),
    ('right: int(p + 0.5)', 'batches', (), [('return (self(X) > 0.5).astype(int)', 'return (self(X) + 0.5).astype(int)')]),
    ('right: 1 - (p <= .5)', 'batches', (), [('return (self(X) > 0.5).astype(int)', 'return 1 - (self(X) <= 0.5)')]),
    ('right: rate falls and restarts', 'held_out', (), [('            order = np.random.permutation(cut)\n', '            self.lr = 0.1 * (0.5 + 0.5 * np.cos(np.pi * (epoch % 5) / 5))\n            order = np.random.permutation(cut)\n')]),
    ('update only in the last batch (if)', 'batches', ('gradients_unused',), [('                self.update()\n            history', '                if i + self.batch_size >= m:\n                    self.update()\n            history')]),
    ('predict rounds probabilities: class by the largest rounded (0/1)', 'held_out', ('largest_of_yes',), [('return self.forward(X).argmax(axis=1)', 'return np.round(self.forward(X)).argmax(axis=1)')]),
], 12_000):
    register(_number, *_case)
