"""Networks with mistakes that people asked about, of a seventeenth round: each is a source, or a change of one."""
# ruff: noqa: E501 - written as people write them

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh

from . import case, fifteenth, two_moons  # noqa: F401 - whose sources are changed here
from .eleventh import SOURCES, register
from .functions import functions

SOURCES['lesson_nine'] = '''import numpy as np
from nnlib import *
from nnlib.data import moons
x, y = moons(24, 0.1, 0)

class MyDense(Dense):
    def backward(self, dz):
        self.grad_weights, self.grad_bias = dz @ self.inputs.T / dz.shape[1], dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz
class NeuralNetwork:
    def __init__(self, layers, loss, optimizer, seed=0):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer
        self.rng, self.is_built = np.random.default_rng(seed), False
    def build(self, features):
        for layer, _ in self.layers:
            layer.build(features, self.rng)
            features = layer.units
        self.is_built = True
    def __call__(self, x):
        if not self.is_built:
            self.build(len(x))
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

    def fit(self, x, y, epochs):
        for _ in range(epochs):
            self(x); self.backward_step(y); self.update()
    def predict(self, x):
        return (self(x) > 0.5).astype(int)
net = NeuralNetwork(((MyDense(6), ReLU()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), SGD(0.3))
'''

SOURCES['ticking'] = '''import numpy as np
from nnlib import *
from nnlib.data import moons
x, y = moons(24, 0.1, 0)
class Adam2:
    def __init__(self, lr=0.01): self.lr, self.t, self.m, self.v = lr, 0, {}, {}
    def tick(self): self.t += 1
    def step(self, p, g):
        k = id(p)
        self.m[k] = .9 * self.m.get(k, np.zeros_like(p)) + .1 * g
        self.v[k] = .999 * self.v.get(k, np.zeros_like(p)) + .001 * g * g
        a = self.lr * np.sqrt(1 - .999 ** self.t) / (1 - .9 ** self.t)
        p -= a * self.m[k] / (np.sqrt(self.v[k]) + 1e-8)
class MyDense(Dense):
    def backward(self, dz):
        self.grad_weights, self.grad_bias = dz @ self.inputs.T / dz.shape[1], dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz
class NeuralNetwork:
    def __init__(self, layers, loss, optimizer, seed=0):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer
        rng, features = np.random.default_rng(seed), 2
        for layer, _ in layers:
            layer.build(features, rng); features = layer.units
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
        self.optimizer.tick()
        for layer, _ in self.layers:
            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)
net = NeuralNetwork(((MyDense(6), ReLU()), (MyDense(1), Sigmoid())), BinaryCrossEntropy(), Adam2())
'''

SOURCES['modes'] = '''import numpy as np
from nnlib import *
from nnlib.data import moons, plane
x, y = moons(24, 0.1, 0)

class Linear_:
    def __init__(self, i, o, r): self.W, self.b = r.normal(0, .7, (o, i)), np.zeros((o, 1))
    def __call__(self, x): self.x = x; return self.W @ x + self.b
    def backward(self, g): self.dW, self.db = g @ self.x.T, g.sum(1, keepdims=True); return self.W.T @ g
class Relu_:
    def __call__(self, x): self.m = x > 0; return x * self.m
    def backward(self, g): return g * self.m
class Drop_:
    def __init__(self, p, r): self.p, self.r, self.train = p, r, True
    def __call__(self, x):
        self.m = (self.r.random(x.shape) >= self.p) / (1 - self.p) if self.train else np.ones(x.shape)
        return x * self.m
    def backward(self, g): return g * self.m
class Logits:
    def __call__(self, z, t): return np.mean(np.logaddexp(0, z) - t * z)
    def gradient(self, z, t): return (1 / (1 + np.exp(-z)) - t) / z.shape[1]
class Seq:
    def __init__(self, lr=.2):
        r = np.random.default_rng(0)
        self.layers, self.loss, self.lr = [Linear_(2, 8, r), Relu_(), Drop_(.25, r), Linear_(8, 1, r)], Logits(), lr
    def train(self): self.layers[2].train = True
    def eval(self): self.layers[2].train = False
    def __call__(self, x):
        for l in self.layers: x = l(x)
        self.z = x
        return x
    def backward_step(self, t):
        g = self.loss.gradient(self.z, t)
        for l in reversed(self.layers): g = l.backward(g)
    def update(self):
        for l in self.layers:
            if hasattr(l, "W"): l.W -= self.lr * l.dW; l.b -= self.lr * l.db
    def fit(self, x, t, epochs=20):
        self.train()
        for _ in range(epochs): self(x); self.backward_step(t); self.update()
    def predict(self, x):
        self.eval()
        return self(x) > 0
net = Seq()
'''

SOURCES['prices'] = '''import numpy as np
from nnlib.data import plane
x, t = plane(40, 0.1, 0)
y = 25 + 15 * t
class Layer:
    def __init__(self, n_in, n_out):
        self.W = np.random.default_rng(n_in).normal(0, 1 / np.sqrt(n_in), (n_out, n_in)); self.b = np.zeros((n_out, 1))
    def __call__(self, x):
        self.x = x; self.a = 1 / (1 + np.exp(-(self.W @ x + self.b)))
        return self.a
    def backward(self, g):
        d = g * self.a * (1 - self.a)
        self.dW = d @ self.x.T / d.shape[1]; self.db = d.mean(axis=1, keepdims=True)
        return self.W.T @ d
class MSE:
    def __call__(self, a, y): return np.mean((a - y) ** 2)
class Net:
    def __init__(self):
        self.layers = [Layer(2, 8), Layer(8, 1)]; self.loss = MSE(); self.lr = 0.1
    def __call__(self, x):
        for l in self.layers: x = l(x)
        self.out = x
        return x
    def backward_step(self, y):
        g = 2 * (self.out - y)
        for l in reversed(self.layers): g = l.backward(g)
    def update(self):
        for l in self.layers:
            l.W -= self.lr * l.dW; l.b -= self.lr * l.db
    def fit(self, x, y, epochs=100):
        for _ in range(epochs):
            self(x); self.backward_step(y); self.update()
net = Net()
'''

SOURCES['column_labels'] = '''import numpy as np
rng = np.random.default_rng(5)
x = rng.normal(size=(25, 3)); y = x @ np.array([1.0, -2.0, 0.5])
class L:
    def __init__(self, i, o): self.W, self.b = rng.normal(size=(i, o)) * .5, np.zeros(o)
class MSE:
    def __call__(self, p, t): return np.mean((p - t) ** 2)
class Net:
    def __init__(self): self.layers, self.loss, self.lr = [L(3, 5), L(5, 1)], MSE(), .05
    def __call__(self, x):
        self.x = x; self.h = np.tanh(x @ self.layers[0].W + self.layers[0].b); self.o = self.h @ self.layers[1].W + self.layers[1].b
        return self.o
    def backward_step(self, t):
        a, b = self.layers
        d = (2 * (self.o - t)).mean(axis=1, keepdims=True) / len(self.o)
        b.dW, b.db = self.h.T @ d, d.sum(0)
        d = d @ b.W.T * (1 - self.h ** 2)
        a.dW, a.db = self.x.T @ d, d.sum(0)
    def update(self):
        for l in self.layers: l.W -= self.lr * l.dW; l.b -= self.lr * l.db
    def fit(self, x, t, epochs=30):
        for _ in range(epochs): self(x); self.backward_step(t); self.update()
net = Net()
'''

SOURCES['row_of_classes'] = '''import numpy as np
from nnlib import *
rng = np.random.default_rng(0)
y = rng.integers(0, 3, (1, 24)); x = rng.normal(size=(2, 24)) + np.array([[0, 3, -3], [3, -2, -2]])[:, y[0]]
class SoftmaxCrossEntropy:
    def __call__(self, p, labels):
        m = p.shape[1]
        return -np.log(p[labels.ravel().astype(int), np.arange(m)]).mean()
    def gradient(self, p, labels):
        return p - np.eye(3)[labels.ravel().astype(int)].T
class Softmax:
    def __call__(self, z):
        e = np.exp(z - z.max(axis=0)); return e / e.sum(axis=0)
    def backward(self, g):
        return g
class MyDense(Dense):
    def backward(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz
class Net:
    def __init__(self):
        self.d1, self.d2 = MyDense(6), MyDense(3)
        self.layers = [self.d1, Tanh(), self.d2, Softmax()]
        self.loss = SoftmaxCrossEntropy()
        r = np.random.default_rng(1); self.d1.build(2, r); self.d2.build(6, r)
    def __call__(self, x):
        for part in self.layers:
            part.inputs = x
            x = part(x)
            part.output = x
        return x
    def backward_step(self, labels):
        g = self.loss.gradient(self.layers[-1].output, labels)
        for part in reversed(self.layers):
            g = part.backward(g)
net = Net()
'''

SOURCES['decided'] = '''import numpy as np
from nnlib.data import moons
x, y = moons(20, 0.1, 0)
class Layer:
    def __init__(self, i, o, r): self.W, self.b = r.normal(0, .7, (o, i)), np.zeros((o, 1))
class Loss:
    def __call__(self, p, t): return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))
class Net:
    def __init__(self, lr=0.5):
        r = np.random.default_rng(0)
        self.layers, self.loss, self.lr = [Layer(2, 5, r), Layer(5, 1, r)], Loss(), lr
    def __call__(self, x):
        l1, l2 = self.layers
        self.x, self.h = x, np.tanh(l1.W @ x + l1.b)
        self.p = 1 / (1 + np.exp(-(l2.W @ self.h + l2.b)))
        return self.p
    def backward_step(self, t):
        l1, l2 = self.layers
        guess = (self.p > 0.5).astype(float)
        d2 = (guess - t) / t.shape[1]
        l2.dW, l2.db = d2 @ self.h.T, d2.sum(1, keepdims=True)
        d1 = (l2.W.T @ d2) * (1 - self.h ** 2)
        l1.dW, l1.db = d1 @ self.x.T, d1.sum(1, keepdims=True)
    def update(self):
        for l in self.layers:
            l.W -= self.lr * l.dW
            l.b -= self.lr * l.db
net = Net()
'''

SOURCES['labels_flat'] = '''import numpy as np
rng = np.random.default_rng(5)
X = rng.normal(size=(25, 3)); y = X @ np.array([1.0, -2.0, 0.5]) + 0.1 * rng.normal(size=25)
class Net:
    def __init__(self):
        self.W1 = rng.normal(size=(3, 5)) * 0.5; self.b1 = np.zeros((1, 5))
        self.W2 = rng.normal(size=(5, 1)) * 0.5; self.b2 = np.zeros((1, 1))
    def forward(self, X):
        self.h = np.tanh(X @ self.W1 + self.b1)
        return self.h @ self.W2 + self.b2
net = Net()
params = {"W1": net.W1, "b1": net.b1, "W2": net.W2, "b2": net.b2}
def loss():
    return np.mean((net.forward(X) - y[:, None]) ** 2)
def grads():
    out = net.forward(X)
    err = 2 * (out - y) / len(X)
    d_out = err.mean(axis=1, keepdims=True)
    dh = d_out @ net.W2.T * (1 - net.h ** 2)
    return {"W1": X.T @ dh, "b1": dh.sum(0, keepdims=True), "W2": net.h.T @ d_out, "b2": d_out.sum(0, keepdims=True)}
args = (loss, params, grads)
'''

SOURCES['ridge_softmax'] = '''import numpy as np
rng = np.random.RandomState(0)
X = rng.randn(50, 4); T = np.eye(3)[rng.randint(0, 3, 50)]
reg = 0.05
W1 = 0.3 * rng.randn(4, 8); b1 = np.zeros(8); W2 = 0.3 * rng.randn(8, 3); b2 = np.zeros(3)
params = dict(W1=W1, b1=b1, W2=W2, b2=b2)
def scores(p):
    h = np.maximum(0, X @ p["W1"] + p["b1"])
    s = h @ p["W2"] + p["b2"]
    s = s - s.max(1, keepdims=True)
    probs = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    return h, probs
def loss(p):
    _, probs = scores(p)
    data_loss = -np.log(probs[np.arange(50), T.argmax(1)]).mean()
    reg_loss = reg * np.sum(p["W1"] ** 2) + reg * np.sum(p["W2"] ** 2)
    return data_loss + reg_loss
def grads(p):
    h, probs = scores(p)
    ds = probs.copy()
    ds[np.arange(50), T.argmax(1)] -= 1
    ds /= 50
    dW2 = h.T @ ds
    db2 = ds.sum(0)
    dh = ds @ p["W2"].T
    dh[h <= 0] = 0
    dW1 = X.T @ dh
    db1 = dh.sum(0)
    dW2 += reg * p["W2"]
    dW1 += reg * p["W1"]
    return dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
args = (loss, params, grads)
'''

SOURCES['deep_rows'] = '''import numpy as np
rng = np.random.default_rng(7)
x = rng.normal(size=(40, 3)); y = ((x[:, :1] + x[:, 1:2] * x[:, 2:]) > 0).astype(float)
def sigmoid(z): return 1 / (1 + np.exp(-z))
class Layer:
    def __init__(self, n_in, n_out):
        self.W = rng.normal(size=(n_in, n_out)) * np.sqrt(1 / n_in)
        self.b = np.zeros((1, n_out))
class BCE:
    def __call__(self, p, t): return -np.mean(t * np.log(p + 1e-12) + (1 - t) * np.log(1 - p + 1e-12))
class Net:
    def __init__(self, lr=0.5):
        self.layers, self.loss, self.lr = [Layer(3, 8), Layer(8, 6), Layer(6, 1)], BCE(), lr
    def __call__(self, x):
        self.a = [x]
        for l in self.layers[:-1]: self.a.append(np.tanh(self.a[-1] @ l.W + l.b))
        l = self.layers[-1]
        self.p = sigmoid(self.a[-1] @ l.W + l.b)
        return self.p
    def backward_step(self, t):
        d = (self.p - t) / len(t)
        for k in (2, 1, 0):
            l = self.layers[k]
            l.dW = self.a[k].T @ d
            l.db = d.sum(axis=0, keepdims=True)
            if k: d = (d @ l.W.T) * (1 - self.a[k] ** 2)
    def update(self):
        for l in self.layers:
            l.W -= self.lr * l.dW
            l.b -= self.lr * l.db
    def fit(self, x, y, epochs=30, batch=10):
        history = []
        for epoch in range(epochs):
            order = np.random.permutation(len(x))
            for s in range(0, len(x), batch):
                i = order[s:s + batch]
                self(x[i])
                self.backward_step(y[i])
                self.update()
            history.append(self.loss(self(x), y))
        return history
    def predict(self, x):
        return (self(x) > 0.5).astype(int)
    def score(self, x, y):
        return np.mean(self.predict(x) == y)
net = Net()
'''

SOURCES['parameter_objects'] = '''import numpy as np
rng = np.random.default_rng(0)
x = rng.normal(size=(32, 4)); c = (x[:, 0] > 0).astype(int) + (x[:, 1] > 0.5); y = np.eye(3)[c]
class Parameter:
    def __init__(self, data): self.data, self.grad = data, np.zeros_like(data)
class Linear:
    def __init__(self, i, o): self.w, self.b = Parameter(rng.normal(size=(i, o)) * np.sqrt(2 / i)), Parameter(np.zeros(o))
    def forward(self, x): self.x = x; return x @ self.w.data + self.b.data
    def backward(self, g):
        self.w.grad += self.x.T @ g; self.b.grad += g.sum(0)
        return g @ self.w.data.T
    def parameters(self): return [self.w, self.b]
class ReLU:
    def forward(self, x): self.keep = x > 0; return x * self.keep
    def backward(self, g): return g * self.keep
    def parameters(self): return []
class SGD:
    def __init__(self, params, lr=0.1, momentum=0.9): self.params, self.lr, self.mu = params, lr, momentum; self.v = [0 * p.data for p in params]
    def zero_grad(self):
        for p in self.params: p.grad[...] = 0
    def step(self):
        for k, p in enumerate(self.params):
            self.v[k] = self.mu * self.v[k] + p.grad
            p.data -= self.lr * self.v[k]
class CrossEntropy:
    def __call__(self, z, t):
        z = z - z.max(1, keepdims=True)
        return -(t * (z - np.log(np.exp(z).sum(1, keepdims=True)))).sum(1).mean()
    def gradient(self, z, t):
        e = np.exp(z - z.max(1, keepdims=True))
        return (e / e.sum(1, keepdims=True) - t) / len(z)
class Model:
    def __init__(self):
        self.layers = [Linear(4, 8), ReLU(), Linear(8, 3)]
        self.loss = CrossEntropy()
        self.optim = SGD([p for l in self.layers for p in l.parameters()])
    def __call__(self, x):
        for l in self.layers: x = l.forward(x)
        self.z = x
        return x
    def backward_step(self, t):
        g = self.loss.gradient(self.z, t)
        for l in reversed(self.layers): g = l.backward(g)
    def update(self):
        self.optim.step()
        self.optim.zero_grad()
    def fit(self, x, t, epochs=20):
        for _ in range(epochs):
            self(x); self.backward_step(t); self.update()
    def predict(self, x): return self(x).argmax(1)
net = Model()
'''

PREDICT = "        return (self(x) > 0.5).astype(int)\n"
BEGINNINGS = """        best = (np.inf, None)
        for _ in range(3):
            self.build(len(x))
            for _ in range(epochs):
                self(x); self.backward_step(y); self.update()
            loss = self.loss(self(x), y)
            if loss < best[0]: best = loss, [(l.weights.copy(), l.bias.copy()) for l, _ in self.layers]
        for (l, _), (w, b) in zip(self.layers, best[1]): l.weights, l.bias = w, b
"""
STEPS = """            self.optimizer.step(layer.weights, layer.grad_weights)
            self.optimizer.step(layer.bias, layer.grad_bias)
"""
BY_HAND = "            layer.weights -= lr * layer.grad_weights\n            layer.bias -= lr * layer.grad_bias\n"
GIVEN = ("epochs):\n        for", "epochs, lr=0.3):\n        for")
HANDED = [(STEPS, BY_HAND), ("update(self)", "update(self, lr)"), GIVEN, ("self.update()", "self.update(lr)")]
KEPT = [(STEPS, BY_HAND.replace("lr", "self.lr")), ("self.rng, self.is_built = ", "self.lr, self.rng, self.is_built = None, "), (GIVEN[0], GIVEN[1].replace("        for", "        self.lr = lr\n        for"))]
RELU = [("np.tanh(self.a[-1] @ l.W + l.b)", "np.maximum(0, self.a[-1] @ l.W + l.b)"), ("(1 - self.a[k] ** 2)", "(self.a[k] > 0)")]
FAR = ("rng.normal(3, 2,", "rng.normal(100, 20,")

for _number, _case in enumerate([
    ("right: the class of lesson 09", "lesson_nine", (), []),
    ("the weights are drawn anew in each round, with nnlib's optimiser", "lesson_nine", ("begins_anew",), [("            self(x); self.b", "            self.build(len(x))\n            self(x); self.b")]),
    ("right: three beginnings, and the best of them stays", "lesson_nine", (), [("        for _ in range(epochs):\n            self(x); self.backward_step(y); self.update()\n", BEGINNINGS)]),
    ("right: update is given the rate", "lesson_nine", (), HANDED),
    ("right: fit is given the rate of update, which is None before", "lesson_nine", (), KEPT),
    ("right: labels of lesson 09 are True and False", "lesson_nine", (), [("moons(24, 0.1, 0)\n", "moons(24, 0.1, 0)\ny = y > 0.5\n")]),
    ("a bias of -10: every ReLU is silent", "lesson_nine", ("units_silent",), [("            features = layer.units\n", "            layer.bias[:] = -10\n            features = layer.units\n")]),
    ("predict without a return", "lesson_nine", ("predict_nothing",), [(PREDICT, PREDICT.replace("return", "answer ="))]),
    ("right: predict prints", "lesson_nine", (), [(PREDICT, PREDICT.replace("return (self(x) > 0.5)", "print((self(x) > 0.5)").replace("\n", ")\n"))]),
    ("predict asks z for a half", "lesson_nine", ("cut_elsewhere",), [(PREDICT, "        self(x)\n        return (self.layers[-1][0].output > 0.5).astype(int)\n")]),
    ("right: predict asks z for 0", "lesson_nine", (), [(PREDICT, "        self(x)\n        return (self.layers[-1][0].output > 0).astype(int)\n")]),
    ("right: a yes is to be rather sure", "lesson_nine", (), [("0.5).astype", "0.6).astype")]),
    ("right: a bound that was tuned to what a z of a half gives", "lesson_nine", (), [("0.5).astype", "0.622).astype")]),
    ("predict trains once more", "lesson_nine", ("predict_learns",), [("        for _ in range(epochs):\n", "        self.seen = x, y\n        for _ in range(epochs):\n"), (PREDICT, "        self.fit(*self.seen, epochs=1)\n" + PREDICT)]),
    ("right: an optimiser that is told of each step", "ticking", (), []),
    ("a rate of 1 // 100", "ticking", ("rate_zero",), [("Adam2())", "Adam2(1 // 100))")]),
    ("right: fit is given the rate, which is None before", "deep_rows", (), [("lr=0.5", "lr=None"), ("batch=10):\n", "batch=10, lr=0.3):\n        self.lr = lr\n")]),
    ("right: labels are True and False", "deep_rows", (), [(".astype(float)", ""), ("(self.p - t)", "(self.p - 1.0 * t)")]),
    ("right: fit sets the rate, which begins at 0", "deep_rows", (), [("lr=0.5", "lr=0"), ("            order = np", "            self.lr = 0.5 / (1 + epoch)\n            order = np")]),
    ("right: a rate of 0.0, to be set later", "ticking", (), [("Adam2())", "Adam2(0.0))")]),
    ("rows: a rate of 1 // 10", "deep_rows", ("rate_zero",), [("lr=0.5", "lr=1 // 10")]),
    ("an optimiser that is told of each step, uphill", "ticking", ("step_uphill",), [("p -= a", "p += a")]),
    ("right: fit and predict scale what is far from 0", "scaling", (), [FAR]),
    ("fit scales what is far from 0, and predict does not", "scaling", ("predict_unscaled",), [FAR, ("(x - self.mean) / self.std) >", "x) >")]),
    ("right: predict ends the training mode, and fit begins it", "modes", (), []),
    ("predict ends the training mode, and nothing begins it", "modes", ("mode_stays",), [("        self.train()\n", "")]),
    ("prices, and the last activation inside its layer is a Sigmoid", "prices", ("out_of_reach",), []),
    ("right: prices between 0 and 1", "prices", (), [("25 + 15 * t", "0.5 + 0.2 * t")]),
    ("labels in a row, outputs in a column, in the loss and on the way back", "column_labels", ("order_lost",), []),
    ("right: labels in a column", "column_labels", (), [("0.5])\n", "0.5])[:, None]\n")]),
    ("right: numbers of classes in a row, and the loss makes one-hot of them", "row_of_classes", (), []),
    ("numbers of classes are taken from all probabilities", "row_of_classes", ("class_numbers",), [("p - np.eye(3)[labels.ravel().astype(int)].T", "p - labels")]),
    ("the way back begins with a decision", "decided", ("decided_first",), []),
    ("right: the way back begins with the probability", "decided", (), [("guess = (self.p > 0.5).astype(float)", "guess = self.p")]),
    ("labels in a row, outputs in a column, on the way back alone", "labels_flat", ("labels_crossed",), []),
    ("right: labels in a column, on both ways", "labels_flat", (), [("(out - y)", "(out - y[:, None])")]),
    ("the slope of reg times w squared without its 2", "ridge_softmax", ("l2_other",), []),
    ("right: the slope of reg times w squared", "ridge_softmax", (), [("dW2 += reg", "dW2 += 2 * reg"), ("dW1 += reg", "dW1 += 2 * reg")]),
    ("right: three layers in rows", "deep_rows", (), []),
    ("rows: a bias of -10: every ReLU is silent", "deep_rows", ("units_silent",), [*RELU, ("np.zeros((1, n_out))", "np.zeros((1, n_out)) - 10")]),
    ("right: rows, four ReLUs in all", "deep_rows", (), [*RELU, ("[Layer(3, 8), Layer(8, 6), Layer(6, 1)]", "[Layer(3, 2), Layer(2, 2), Layer(2, 1)]")]),
    ("right: each round draws its examples anew, some of them twice", "deep_rows", (), [("np.random.permutation(len(x))", "np.random.choice(len(x), len(x))")]),
    ("the way back takes a yes for a no", "deep_rows", ("labels_exchanged",), [("d = (self.p - t)", "d = (self.p - (1 - t))")]),
    ("right answers are counted against the inputs", "deep_rows", ("score_alone",), [("self.predict(x) == y)", "self.predict(x) == x[:, :1])")]),
    ("right: predict gives the probability, score decides", "deep_rows", (), [("return (self(x) > 0.5).astype(int)", "return self(x)"), ("self.predict(x) == y", "(self.predict(x) > 0.5) == y")]),
    ("right: each parameter is an object with its gradient", "parameter_objects", (), []),
    ("gradients of objects are never set to zero", "parameter_objects", ("gradients_pile_up",), [("        self.optim.zero_grad()\n", "")]),
    ("gradients of objects are set to zero before the step", "parameter_objects", ("zeroed_first",), [("        self.optim.step()\n        self.optim.zero_grad()\n", "        self.optim.zero_grad()\n        self.optim.step()\n")]),
    ("the optimiser has the parameters of the last layer alone", "parameter_objects", ("never_moves",), [("[p for l in self.layers for p in l.parameters()]", "self.layers[-1].parameters()")]),
    ("the optimiser has copies of the parameters", "parameter_objects", ("nothing_moves",), [("self.lr, self.mu = params,", "self.lr, self.mu = __import__('copy').deepcopy(params),")]),
    ("objects: the error itself is the mask", "parameter_objects", ("mask_of_error",), [("return g * self.keep", "return g * (g > 0)")]),
], 17_000):
    register(_number, *_case)


class ByMode:
    """Batch-norm that looks at a mode of its own, as those of the big libraries do."""

    def __init__(self):
        self.training = True

    def build(self, features, rng, dtype=float):
        self.units, self.gamma, self.beta = features, np.ones((features, 1)), np.zeros((features, 1))
        self.running_mean, self.running_variance = np.zeros((features, 1)), np.ones((features, 1))

    def __call__(self, inputs):
        mean, variance = self.running_mean, self.running_variance
        if self.training:
            mean, variance = inputs.mean(axis=1, keepdims=True), inputs.var(axis=1, keepdims=True)
            self.running_mean = 0.9 * self.running_mean + 0.1 * mean
            self.running_variance = 0.9 * self.running_variance + 0.1 * variance
        self.deviation = np.sqrt(variance + 1e-5)
        self.normalised = (inputs - mean) / self.deviation
        return self.gamma * self.normalised + self.beta

    def parameter_gradients(self, grad_output):
        self.grad_gamma = (grad_output * self.normalised).mean(axis=1, keepdims=True)
        self.grad_beta = grad_output.mean(axis=1, keepdims=True)

    def backward(self, grad_output):
        self.parameter_gradients(grad_output)
        detour = self.grad_beta + self.normalised * self.grad_gamma
        return self.gamma / self.deviation * (grad_output - detour)


class ByNnlib(ByMode):
    def predict(self, inputs):
        deviation = np.sqrt(self.running_variance + 1e-5)
        return self.gamma * (inputs - self.running_mean) / deviation + self.beta


def normalised(part):
    return NeuralNetwork(((Dense(6), part, Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)


@case("batch-norm waits for its mode, which nothing changes", "mode_unasked", alone=True)
def mode_unasked():
    return normalised(ByMode()), *two_moons()


@case("batch-norm with a mode, and a predict")
def mode_and_predict():
    return normalised(ByNnlib()), *two_moons()


class Handing(Sigmoid):
    def backward(self, grad_output):
        return grad_output


class Surprise:
    def __call__(self, output, labels):
        return -np.mean(labels * np.log(output) + (1 - labels) * np.log(1 - output))

    def gradient(self, output, labels):
        return output - labels


class CutToWhole(Surprise):
    def gradient(self, output, labels):
        grad = np.zeros_like(labels.astype(int))
        grad[:] = output - labels
        return grad


class Decided(Surprise):
    def gradient(self, output, labels):
        return np.round(output) - labels


def handed(loss):
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Handing())), loss, 0.1, seed=0), *two_moons()


@case("loss and Sigmoid together")
def both_together():
    return handed(Surprise())


@case("loss and Sigmoid together, put into an array of whole numbers", "whole_numbers")
def cut_to_whole():
    return handed(CutToWhole())


@case("loss and Sigmoid together, of the decision", "decided_first")
def decided():
    return handed(Decided())


@functions("labels mixed of two examples in the loss, the larger one alone in the gradient", "labels_hard")
def mixed_labels():
    r = np.random.default_rng(8)
    x, classes = r.normal(size=(12, 3)), r.integers(0, 3, 12)
    mixed = 0.7 * np.eye(3)[classes] + 0.3 * np.eye(3)[classes[::-1]]
    P = {"W": r.normal(size=(3, 3)), "b": np.zeros(3)}

    def softmax():
        e = np.exp(x @ P["W"] + P["b"])
        return e / e.sum(axis=1, keepdims=True)

    def loss():
        return -np.mean(np.sum(mixed * np.log(softmax()), axis=1))

    def grads():
        d = (softmax() - np.eye(3)[mixed.argmax(axis=1)]) / 12
        return {"W": x.T @ d, "b": d.sum(0)}

    return loss, P, grads, None, None


@functions("softmax with cross-entropy: the decision is taken in place of the shares", "decided_first")
def decided_softmax():
    r = np.random.default_rng(8)
    x, y = r.normal(size=(12, 3)), np.eye(4)[r.integers(0, 4, 12)]
    P = {"W": r.normal(size=(3, 4)), "b": np.zeros(4)}

    def softmax():
        e = np.exp(x @ P["W"] + P["b"])
        return e / e.sum(axis=1, keepdims=True)

    def loss():
        return -np.mean(np.sum(y * np.log(softmax()), axis=1))

    def grads():
        p = softmax()
        d = ((p == p.max(axis=1, keepdims=True)) - y) / 12
        return {"W": x.T @ d, "b": d.sum(0)}

    return loss, P, grads, None, None
