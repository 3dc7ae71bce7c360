"""Networks with mistakes that people asked about, of a fifteenth round: each is a source, or a change of one."""
# ruff: noqa: E501 - written as people write them

from . import fourteenth  # noqa: F401 - whose sources are changed here
from .eleventh import SOURCES, register

SOURCES["deep_net"] = '''import numpy as np
rng = np.random.default_rng(13)
class Dense:
    def __init__(self, i, o): self.W, self.b = rng.normal(size=(o, i)) * np.sqrt(1 / i), np.zeros((o, 1))
    def __call__(self, x): self.x = x; return self.W @ x + self.b
    def backward(self, dz):
        m = self.x.shape[1]
        self.dW, self.db = dz @ self.x.T / m, dz.sum(axis=1, keepdims=True) / m
        return self.W.T @ dz
class Relu:
    def __call__(self, z): self.z = z; return np.maximum(z, 0)
    def backward(self, d): return d * (self.z > 0)
class Sigmoid:
    def __call__(self, z): self.a = 1 / (1 + np.exp(-z)); return self.a
    def backward(self, d): return d * self.a * (1 - self.a)
class BCE:
    def __call__(self, a, y): return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    def gradient(self, a, y): return -(y / a) + (1 - y) / (1 - a)
class DeepNet:
    def __init__(self, lr):
        self.layers = [Dense(2, 8), Relu(), Dense(8, 1), Sigmoid()]
        self.loss, self.lr = BCE(), lr
    def __call__(self, x):
        self.m = x.shape[1]
        for part in self.layers: x = part(x)
        self.a = x
        return x
    def backward_step(self, y):
        d = self.loss.gradient(self.a, y)
        for part in reversed(self.layers): d = part.backward(d)
    def update(self):
        for part in self.layers:
            if isinstance(part, Dense):
                part.W -= self.lr * part.dW
                part.b -= self.lr * part.db
    def fit(self, x, y, epochs):
        for _ in range(epochs):
            self(x); self.backward_step(y); self.update()
x = rng.normal(size=(2, 40)); y = (x[:1] > x[1:]) * 1.0
net = DeepNet(0.1)
'''

SOURCES["ones_row"] = '''import numpy as np
rng = np.random.default_rng(23)
class Layer:
    def __init__(self, i, o, last=False): self.theta, self.last = rng.normal(size=(o, i + 1)) * 0.6, last
    def __call__(self, x):
        self.x1 = np.vstack([np.ones((1, x.shape[1])), x])
        z = self.theta @ self.x1
        self.a = z if self.last else np.tanh(z)
        return self.a
    def backward(self, d):
        dz = d if self.last else d * (1 - self.a ** 2)
        self.grad_theta = dz @ self.x1.T / dz.shape[1]
        return (self.theta.T @ dz)[1:]
class HalfSquare:
    def __call__(self, p, y): return 0.5 * np.sum((p - y) ** 2) / p.shape[1]
    def gradient(self, p, y): return p - y
class Net:
    def __init__(self): self.layers, self.loss, self.alpha = [Layer(2, 6), Layer(6, 1, True)], HalfSquare(), 0.1
    def __call__(self, x):
        for l in self.layers: x = l(x)
        self.h = x; return x
    def backward_step(self, y):
        d = self.loss.gradient(self.h, y)
        for l in reversed(self.layers): d = l.backward(d)
    def update(self):
        for l in self.layers: l.theta -= self.alpha * l.grad_theta
    def fit(self, x, y, epochs=30):
        J = []
        for _ in range(epochs): J.append(self.loss(self(x), y)); self.backward_step(y); self.update()
        return J
x = rng.normal(size=(2, 30)); y = np.sin(x[:1]) + x[1:]
net = Net()
'''

SOURCES["scaling"] = '''import numpy as np
from nnlib import Dense as Base, ReLU, Sigmoid, BinaryCrossEntropy, SGD
class MyDense(Base):
    def backward(self, dz):
        self.grad_weights, self.grad_bias = dz @ self.inputs.T / dz.shape[1], dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz
class Classifier:
    def __init__(self, units, rate):
        self.layers = ((MyDense(units), ReLU()), (MyDense(1), Sigmoid()))
        self.loss, self.optimizer, self.rng, self.built = BinaryCrossEntropy(), SGD(rate), np.random.default_rng(0), False
    def __call__(self, x):
        if not self.built:
            f = len(x)
            for layer, _ in self.layers: layer.build(f, self.rng); f = layer.units
            self.built = True
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
            self.optimizer.step(layer.weights, layer.grad_weights); self.optimizer.step(layer.bias, layer.grad_bias)
    def fit(self, x, y, epochs):
        self.mean, self.std = x.mean(1, keepdims=True), x.std(1, keepdims=True)
        x = (x - self.mean) / self.std
        for _ in range(epochs): self(x); self.backward_step(y); self.update()
    def predict(self, x):
        return self((x - self.mean) / self.std) > 0.5
rng = np.random.default_rng(1); x = rng.normal(3, 2, size=(2, 30)); y = (x[:1] > x[1:]) * 1.0
net = Classifier(5, 0.5)
'''

for _number, _case in enumerate([
    ('right: a mean over the batch, a rate', 'deep_net', (), []),
    ('wrong: the rate is divided by the batch, and the gradients are means already', 'deep_net', ('step_averaged',), [('self.lr * part.dW', 'self.lr / self.m * part.dW'), ('self.lr * part.db', 'self.lr / self.m * part.db')]),
    ('the mean is taken again in the update, data in rows', 'batches', ('step_averaged',), [('self.lr * layer.dW', 'self.lr / len(self.output) * layer.dW'), ('self.lr * layer.db', 'self.lr / len(self.output) * layer.db')]),
    ('right: one array theta holds the biases, too, beside a row of ones', 'ones_row', (), []),
    ('right: theta, momentum', 'ones_row', (), [('for l in self.layers: l.theta -= self.alpha * l.grad_theta', 'for l in self.layers:\n            l.v = 0.9 * getattr(l, "v", 0) + l.grad_theta\n            l.theta -= self.alpha * l.v')]),
    ('theta: the ones are not left out on the way back', 'ones_row', ('other_end',), [('(self.theta.T @ dz)[1:]', '(self.theta.T @ dz)[:-1]')]),
    ('theta: stepped uphill', 'ones_row', ('step_uphill',), [('l.theta -= self.alpha', 'l.theta += self.alpha')]),
    ('half of the cross-entropy is missing', 'batches', ('label_costs_nothing',), [('-np.mean(y * np.log(out + 1e-12) + (1 - y) * np.log(1 - out + 1e-12))', '-np.mean(y * np.log(out))'), ('delta = (self.output - y) / m', 'delta = -y * (1 - self.output) / m')]),
    ('right: labels of 1 count three times as much', 'batches', (), [('-np.mean(y * np.log(out + 1e-12) + (1 - y) * np.log(1 - out + 1e-12))', '-np.mean(3 * y * np.log(out) + (1 - y) * np.log(1 - out))'), ('delta = (self.output - y) / m', 'delta = (-3 * y * (1 - self.output) + (1 - y) * self.output) / m')]),
    ('one example at a time, and the update stands behind the loop over them', 'batches', ('gradients_unused',), [('batch_size=6', 'batch_size=1'), ('                self.update()\n            history', '            self.update()\n            history')]),
    ('right: one example at a time', 'batches', (), [('batch_size=6', 'batch_size=1')]),
    ('a yes begins at 0, and a sigmoid gives nothing below', 'scaling', ('cut_elsewhere', 'one_answer'), [('> 0.5', '> 0')]),
    ('right: fit and predict scale with the same numbers', 'scaling', (), []),
    ('right: a tuned threshold', 'scaling', (), [('> 0.5', '> 0.35')]),
    ('predict scales, fit does not', 'scaling', ('inputs_scaled_alone',), [('        x = (x - self.mean) / self.std\n', '')]),
    ('fit scales, predict does not', 'scaling', ('predict_unscaled',), [('(x - self.mean) / self.std) >', 'x) >')]),
    ('predict divides by the largest, fit by the spread', 'scaling', ('scales_differ',), [('self((x - self.mean) / self.std)', 'self((x - self.mean) / self.largest)'), ('        x = (x', '        self.largest = np.abs(x).max(1, keepdims=True)\n        x = (x')]),
    ('predict takes the mean and does not divide', 'scaling', ('scales_differ',), [('self((x - self.mean) / self.std)', 'self(x - self.mean)')]),
    ('logits, and a yes begins at a half', 'batches', ('cut_elsewhere',), [('"relu" if i < len(sizes) - 2 else "sigmoid"', '"relu" if i < len(sizes) - 2 else "none"'), ('            self.a = sigmoid(self.z)', '            self.a = self.z'), ('-np.mean(y * np.log(out + 1e-12) + (1 - y) * np.log(1 - out + 1e-12))', 'np.mean(np.logaddexp(0, out) - y * out)'), ('(self.output - y) / m', '(sigmoid(self.output) - y) / m')]),
    ('right: logits, and a yes begins at 0', 'batches', (), [('"relu" if i < len(sizes) - 2 else "sigmoid"', '"relu" if i < len(sizes) - 2 else "none"'), ('            self.a = sigmoid(self.z)', '            self.a = self.z'), ('-np.mean(y * np.log(out + 1e-12) + (1 - y) * np.log(1 - out + 1e-12))', 'np.mean(np.logaddexp(0, out) - y * out)'), ('(self.output - y) / m', '(sigmoid(self.output) - y) / m'), ('> 0.5', '> 0')]),
    ('max where argmax was meant', 'held_out', ('largest_for_its_place',), [('self.forward(X).argmax(axis=1)', 'self.forward(X).max(axis=1)')]),
    ('argmax + 1', 'held_out', ('place_after',), [('self.forward(X).argmax(axis=1)', 'self.forward(X).argmax(axis=1) + 1')]),
    ('right: classes are numbered from 1', 'held_out', (), [('self.forward(X).argmax(axis=1)', 'self.forward(X).argmax(axis=1) + 1'), ('y = np.argmax(np.c_[X[:, 0], X[:, 1] + X[:, 2], 0.3 - X[:, 3]], axis=1)', 'y = 1 + np.argmax(np.c_[X[:, 0], X[:, 1] + X[:, 2], 0.3 - X[:, 3]], axis=1)'), ('probs[np.arange(len(y)), y]', 'probs[np.arange(len(y)), y - 1]'), ('d[np.arange(n), y] -= 1', 'd[np.arange(n), y - 1] -= 1')]),
    ('predict of the first example alone, a class', 'held_out', ('first_alone',), [('self.forward(X).argmax(axis=1)', 'self.forward(X)[0].argmax()')]),
    ('predict of the first example alone, a yes', 'batches', ('first_alone',), [('return (self(X) > 0.5).astype(int)', 'return int(self(X)[0, 0] > 0.5)')]),
    ('right: predict is asked for one example at a time', 'held_out', (), [('self.forward(X).argmax(axis=1)', 'self.forward(np.atleast_2d(X))[0].argmax()'), ('(self.predict(X) == y).mean()', 'np.mean([self.predict(row) == label for row, label in zip(X, y)])')]),
    ('a rate of 50', 'batches', ('steps_too_long',), [('lr=0.1', 'lr=50')]),
    ('right: a rate of 50, and it learns all the same', 'deep_net', (), [('return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))', 'return np.mean((a - y) ** 2)'), ('-(y / a) + (1 - y) / (1 - a)', '2 * (a - y)'), ('DeepNet(0.1)', 'DeepNet(50)')]),
    ('pixels from 0 to 255', 'batches', ('inputs_large',), [('X = rng.normal(size=(26, 3))', 'X = rng.integers(0, 256, size=(26, 3)).astype(float)'), ('y = ((X[:, :1] * X[:, 1:2] + 0.3 * X[:, 2:3]) > 0)', 'y = (X[:, :1] > X[:, 1:2])')]),
    ('dropout is never told that it trains', 'switched', ('dropout_idle',), [('        self.train_mode(True)\n        for _', '        self.train_mode(False)\n        for _')]),
    ('dropout makes a mask and gives out what came in', 'switched', ('dropout_idle',), [('return x * self.mask', 'return x'), ('return grad * self.mask', 'return grad')]),
    ('right: dropout acts while it trains', 'switched', (), []),
    ('the last short batch of what is left to learn from never comes', 'held_out', ('last_batch_left_out',), [('order = np.random.permutation(cut)', 'order = np.arange(cut)'), ('range(0, cut, batch_size)', 'range(0, cut - batch_size + 1, batch_size)')]),
    ('right: the last short batch is left out of examples shuffled anew', 'held_out', (), [('range(0, cut, batch_size)', 'range(0, cut - batch_size + 1, batch_size)')]),
    ('right: not shuffled, the last batch is short', 'held_out', (), [('order = np.random.permutation(cut)', 'order = np.arange(cut)')]),
    ('fit trains a copy', 'batches', ('loop_moves_nothing',), [('        m = X.shape[0]\n        history', '        m = X.shape[0]\n        mine, self = self, __import__("copy").deepcopy(self)\n        history')]),
    ('fit never updates', 'batches', ('loop_moves_nothing',), [('                self.update()\n', '')]),
    ('the rate halves in each batch', 'batches', ('rate_gone',), [('                self.update()\n', '                self.update()\n                self.lr *= 0.3\n')]),
    ('right: the rate falls to a thousandth, however many rounds there are', 'batches', (), [('            perm = np', '            self.lr = 0.1 * 1e-4 ** (epoch / epochs)\n            perm = np')]),
    ('right: what is best is kept, though it is what it began with', 'batches', (), [('            history.append(total / m)\n        return history', '            history.append(total / m)\n            now = self.loss(self(X[:3]), 1 - y[:3])\n            if epoch == 0 or now < best:\n                best, kept = now, [(l.W.copy(), l.b.copy()) for l in self.layers]\n        for l, (W, b) in zip(self.layers, kept):\n            l.W, l.b = W, b\n        return history')]),
    ('one array of zeros for the biases of two layers', 'held_out', ('one_array',), [('sizes=(4, 10, 8, 3)', 'sizes=(4, 8, 8, 3)'), ('self.b = [np.zeros(b) for b in sizes[1:]]', 'self.b = [np.zeros(8)] * 2 + [np.zeros(3)]')]),
    ('gradients are kept small by a factor that is zero in whole numbers', 'batches', ('nothing_moves',), [('self.lr * layer.dW', '1 // 10 * layer.dW'), ('self.lr * layer.db', '1 // 10 * layer.db')]),
    ('each batch is undone: the weights of before it are put back', 'batches', ('begins_anew',), [('                self.update()\n', '                before = [(l.W.copy(), l.b.copy()) for l in self.layers]\n                self.update()\n                for l, (W, b) in zip(self.layers, before):\n                    l.W, l.b = W, b\n')]),
    ('the rate changes its sign in each batch', 'batches', ('no_lower',), [('                self.update()\n', '                self.update()\n                self.lr = -self.lr\n'), ('lr=0.1', 'lr=0.3')]),
    ('the first bias alone is added to all units', 'batches', ('without_effect',), [('x @ self.W + self.b', 'x @ self.W + self.b[0, 0]'), ('np.zeros((1, n_out))', '0.1 * np.ones((1, n_out))')]),
    ('tanh at the output, cross-entropy behind it', 'batches', ('outputs_beyond',), [('            self.a = sigmoid(self.z)', '            self.a = np.tanh(self.z)'), ('        return -np.mean(y * np.log(out + 1e-12) + (1 - y) * np.log(1 - out + 1e-12))', '        with np.errstate(all="ignore"):\n            return -np.mean(y * np.log(out) + (1 - y) * np.log(1 - out))'), ('delta = (self.output - y) / m', 'delta = (self.output - y) / (self.output * (1 - self.output)) * (1 - self.output ** 2) / m')]),
    ('fit goes back with what the network gives out', 'batches', ('gradients_zero',), [('self.backward_step(yb)', 'self.backward_step(out)')]),
    ('gradients below 0 are cut off in the update', 'batches', ('one_sided',), [('self.lr * layer.dW', 'self.lr * np.clip(layer.dW, 0, 1)'), ('self.lr * layer.db', 'self.lr * np.clip(layer.db, 0, 1)')]),
    ('right: gradients are cut off on both sides in the update', 'batches', (), [('self.lr * layer.dW', 'self.lr * np.clip(layer.dW, -1, 1)'), ('self.lr * layer.db', 'self.lr * np.clip(layer.db, -1, 1)')]),
    ('right: the bias of the output is one number', 'batches', (), [('np.zeros((1, n_out))', 'np.zeros((1, n_out)) + 0.1')]),
    ('the slope of an ELU below 0 is taken above 0, too', 'deep_net', ('slope_there',), [('np.maximum(z, 0)', 'np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)'), ('d * (self.z > 0)', 'd * np.exp(self.z)')]),
    ('right: an ELU', 'deep_net', (), [('np.maximum(z, 0)', 'np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)'), ('d * (self.z > 0)', 'd * np.exp(np.minimum(self.z, 0))')]),
], 15_000):
    register(_number, *_case)
