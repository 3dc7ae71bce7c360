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
SOURCES["nielsen"] = '''import random
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
    ("right: Nielsen's, per example", 'nielsen', (), []),
    ('the sums are set back for each example: only the last example of a batch counts', 'nielsen', ('gradients_unused',), [('            nabla_w = [n + p.grad_weights for n, p in zip(nabla_w, self.layers)]\n            nabla_b = [n + p.grad_bias for n, p in zip(nabla_b, self.layers)]', '            nabla_w = [p.grad_weights for p in self.layers]\n            nabla_b = [p.grad_bias for p in self.layers]')]),
    ('the update stands inside the example loop: sums so far are applied again and again', 'nielsen', ('steps_within',), [('        for p, w, b in zip(self.layers, nabla_w, nabla_b):\n            p.grad_weights, p.grad_bias = w / len(batch), b / len(batch)\n        self.update()', '            for p, w, b in zip(self.layers, nabla_w, nabla_b):\n                p.grad_weights, p.grad_bias = w / len(batch), b / len(batch)\n            self.update()')]),
    ("divided by the number of all examples instead of the batch's", 'nielsen', ('batch_of_all',), [('w / len(batch), b / len(batch)', 'w / 23, b / 23')]),
    ('argmin in the place of argmax', 'switched', ('smallest_for_largest',), [('return np.argmax(p, axis=0)', 'return np.argmin(p, axis=0)')]),
], 12_000):
    register(_number, *_case)
