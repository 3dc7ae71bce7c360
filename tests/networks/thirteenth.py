"""Networks with mistakes that people asked about, of a thirteenth round: each is a source, or a change of one."""
# ruff: noqa: E501 - written as people write them

from .eleventh import SOURCES, register
from .twelfth import rule

SOURCES["rows"] = '''import numpy as np

r = np.random.RandomState(5)
x = r.randn(16, 3)
classes = r.randint(0, 3, 16)
y = np.eye(3)[classes]

class Net:
    def __init__(self, n_in, n_hidden, n_out, lr=0.1, lam=0.0):
        r = np.random.RandomState(0)
        self.layers, self.lr, self.lam = [n_in, n_hidden, n_out], lr, lam
        self.W1, self.b1 = r.randn(n_in, n_hidden) * 0.5, np.zeros((1, n_hidden))
        self.W2, self.b2 = r.randn(n_hidden, n_out) * 0.5, np.zeros((1, n_out))

    def __call__(self, X):
        self.X = X
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = np.maximum(0, self.z1)
        e = np.exp(self.a1.dot(self.W2) + self.b2)
        self.probs = e / e.sum(axis=1, keepdims=True)
        return self.probs

    def loss(self, probs, y):
        return float(-np.sum(y * np.log(probs + 1e-12)) / len(y)) + self.lam / 2 * (np.sum(self.W1 ** 2) + np.sum(self.W2 ** 2))

    def backward_step(self, y):
        d2 = (self.probs - y) / len(y)
        self.dW2, self.db2 = self.a1.T.dot(d2), d2.sum(axis=0, keepdims=True)
        d1 = d2.dot(self.W2.T) * (self.z1 > 0)
        self.dW1, self.db1 = self.X.T.dot(d1), d1.sum(axis=0, keepdims=True)
        self.dW1 += self.lam * self.W1
        self.dW2 += self.lam * self.W2

    def update(self):
        self.W1 -= self.lr * self.dW1
        self.W2 -= self.lr * self.dW2
        self.b1 -= self.lr * self.db1
        self.b2 -= self.lr * self.db2

    def predict(self, X):
        return np.argmax(self(X), axis=1)

    def fit(self, X, y, epochs=50, batch_size=4, patience=3):
        for _ in range(epochs):
            index = np.random.permutation(len(X))
            for i in range(0, len(X), batch_size):
                self(X[index[i:i + batch_size]])
                self.backward_step(y[index[i:i + batch_size]])
                self.update()

net = Net(3, 5, 3)
'''
SOURCES["columns"] = '''import numpy as np

r = np.random.RandomState(5)
x = r.randn(3, 15)
y = x[:1] - 2 * x[1:2] ** 2

class Layer:
    def __init__(self, n_in, n_out, bend, r):
        self.W, self.b, self.bend = r.randn(n_out, n_in) * 0.6, np.zeros((n_out, 1)), bend

    def forward(self, x):
        self.x, self.z = x, self.W @ x + self.b
        self.a = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "linear": lambda z: z}[self.bend](self.z)
        return self.a

    def backward(self, d):
        d = d * {"tanh": 1 - self.a ** 2, "relu": self.z > 0, "linear": 1}[self.bend]
        self.dW, self.db = d @ self.x.T / d.shape[1], d.mean(axis=1, keepdims=True)
        return self.W.T @ d

class Net:
    def __init__(self, lr):
        r = np.random.RandomState(1)
        self.layers, self.lr = [Layer(3, 6, "tanh", r), Layer(6, 1, "linear", r)], lr

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.out = x
        return x

    def loss(self, out, y):
        return float(np.mean((out - y) ** 2))

    def backward_step(self, y):
        d = 2 * (self.out - y)
        for layer in reversed(self.layers):
            d = layer.backward(d)

    def update(self):
        for layer in self.layers:
            layer.W -= self.lr * layer.dW
            layer.b -= self.lr * layer.db

net = Net(0.05)
'''
SOURCES["two_masks"] = '''import numpy as np

r = np.random.RandomState(5)
x = r.randn(16, 3)
y = np.eye(3)[r.randint(0, 3, 16)]

class Net:
    def __init__(self, keep=0.7, lr=0.1):
        r = np.random.RandomState(0)
        self.layers, self.keep, self.lr = [3, 10, 10, 3], keep, lr
        self.W1, self.W2, self.W3 = r.randn(3, 10) * 0.6, r.randn(10, 10) * 0.4, r.randn(10, 3) * 0.5

    def drop(self, a, train):
        mask = (np.random.rand(*a.shape) < self.keep) / self.keep if train else np.ones(a.shape)
        return a * mask, mask

    def forward(self, X, train=True):
        self.X = X
        self.a1, self.mask1 = self.drop(np.maximum(X @ self.W1, 0), train)
        self.a2, self.mask2 = self.drop(np.maximum(self.a1 @ self.W2, 0), train)
        e = np.exp(self.a2 @ self.W3)
        self.probs = e / e.sum(axis=1, keepdims=True)
        return self.probs

    def __call__(self, X):
        return self.forward(X)

    def loss(self, probs, y):
        return float(-np.sum(y * np.log(probs)) / len(y))

    def backward_step(self, y):
        d = (self.probs - y) / len(y)
        self.dW3 = self.a2.T @ d
        d = d @ self.W3.T * self.mask2 * (self.a2 > 0)
        self.dW2 = self.a1.T @ d
        d = d @ self.W2.T * self.mask1 * (self.a1 > 0)
        self.dW1 = self.X.T @ d

    def update(self):
        for name in ("W1", "W2", "W3"):
            setattr(self, name, getattr(self, name) - self.lr * getattr(self, "d" + name))

    def predict(self, X):
        return self.forward(X, train=False)

net = Net()
'''
SOURCES["adam_lists"] = '''import numpy as np

r = np.random.RandomState(5)
x = r.randn(3, 16)
y = np.eye(3)[r.randint(0, 3, 16)].T

class Net:
    def __init__(self, sizes, lr=0.01):
        r = np.random.RandomState(3)
        self.layers, self.lr, self.t = sizes, lr, 0
        self.weights = [r.randn(b, a) / np.sqrt(a) for a, b in zip(sizes, sizes[1:])]
        self.grad_weights = [np.zeros_like(w) for w in self.weights]
        self.m = [np.zeros_like(w) for w in self.weights]
        self.v = [np.zeros_like(w) for w in self.weights]

    def __call__(self, x):
        self.acts = [x]
        for w in self.weights[:-1]:
            self.acts.append(np.tanh(w @ self.acts[-1]))
        e = np.exp(self.weights[-1] @ self.acts[-1])
        self.acts.append(e / e.sum(axis=0))
        return self.acts[-1]

    def loss(self, p, y):
        return float(-np.sum(y * np.log(p)) / y.shape[1])

    def backward_step(self, y):
        d = (self.acts[-1] - y) / y.shape[1]
        for k in range(len(self.weights) - 1, -1, -1):
            self.grad_weights[k] = d @ self.acts[k].T
            d = self.weights[k].T @ d * (1 - self.acts[k] ** 2)

    def update(self):
        self.t += 1
        for k, g in enumerate(self.grad_weights):
            self.m[k] = 0.9 * self.m[k] + 0.1 * g
            self.v[k] = 0.999 * self.v[k] + 0.001 * g ** 2
            self.weights[k] = self.weights[k] - self.lr * (self.m[k] / (1 - 0.9 ** self.t)) / (np.sqrt(self.v[k] / (1 - 0.999 ** self.t)) + 1e-8)

    def fit(self, x, y, epochs=20, batch_size=4):
        for _ in range(epochs):
            for s in range(0, x.shape[1], batch_size):
                self(x[:, s:s + batch_size])
                self.backward_step(y[:, s:s + batch_size])
                self.update()

net = Net([3, 5, 4, 3])
'''
SOURCES["numbers"] = '''import numpy as np

r = np.random.RandomState(7)
X, labels, alpha = r.randn(16, 3), r.randint(0, 3, 16), 0.01
p = {"W1": r.randn(3, 4), "b1": r.randn(4), "W2": r.randn(4, 3), "b2": r.randn(3)}

def forward():
    z = X @ p["W1"] + p["b1"]
    a = np.where(z > 0, z, alpha * z)
    e = np.exp(a @ p["W2"] + p["b2"])
    return z, a, e / e.sum(axis=1, keepdims=True)

def loss():
    return -np.log(forward()[2][np.arange(16), labels]).mean()

def gradients():
    z, a, probs = forward()
    d = (probs - np.eye(3)[labels]) / 16
    dz = d @ p["W2"].T
    dz[z < 0] *= alpha
    return {"dW1": X.T @ dz, "db1": dz.sum(axis=0), "dW2": a.T @ d, "db2": d.sum(axis=0)}

args = (loss, p, gradients)
'''
LOOP = '''            index = np.random.permutation(len(X))
            for i in range(0, len(X), batch_size):
                self(X[index[i:i + batch_size]])
                self.backward_step(y[index[i:i + batch_size]])
                self.update()
'''
IN_BACKWARD = [
    ("        return self.W.T @ d\n", "        d = self.W.T @ d\n        self.W -= 0.05 * self.dW\n        self.b -= 0.05 * self.db\n        return d\n"),
    ('''        for layer in self.layers:
            layer.W -= self.lr * layer.dW
            layer.b -= self.lr * layer.db
''', "        pass\n"),
]
TOO_EARLY = ("        d = self.W.T @ d\n        self.W -= 0.05 * self.dW\n        self.b -= 0.05 * self.db\n        return d\n",
             "        self.W -= 0.05 * self.dW\n        self.b -= 0.05 * self.db\n        return self.W.T @ d\n")
STOPPING = '''            loss = self.loss(self(X), y)
            if loss < best:
                best, wait = loss, 0
                kept = (self.W1, self.b1, self.W2, self.b2)
            else:
                wait += 1
                if wait > patience:
                    break
            self.backward_step(y)
            self.update()
        self.W1, self.b1, self.W2, self.b2 = kept
'''
STOPS = [("        for _ in range(epochs):\n" + LOOP, "        best, wait = np.inf, 0\n        for _ in range(epochs):\n" + STOPPING)]
COPIES = ("kept = (self.W1, self.b1, self.W2, self.b2)", "kept = [one.copy() for one in (self.W1, self.b1, self.W2, self.b2)]")
IN_PLACE = '''        self.W1 -= self.lr * self.dW1
        self.W2 -= self.lr * self.dW2
        self.b1 -= self.lr * self.db1
        self.b2 -= self.lr * self.db2
'''
ANEW = (IN_PLACE, '''        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.lr * getattr(self, "d" + name))
''')
CLASSES = ("        return self.forward(X, train=False)\n", "        return np.argmax(self.forward(X, train=False), axis=1)\n")
YES_AND_NO = ("        return self.forward(X, train=False)\n", "        return np.array([1 if p > 0.5 else 0 for p in self.forward(X, train=False)[:, 0]])\n")
UNSCALED = (" < self.keep) / self.keep if", " < self.keep) * 1.0 if")
EXCHANGED = ("/ self.keep if train", "/ (1 - self.keep) if train")
ADAM = SOURCES["adam_lists"].partition("    def update(self):\n")[2].partition("\n    def fit")[0]
PLAIN_VELOCITY = '''        for k, g in enumerate(self.grad_weights):
            self.v[k] = 0.9 * self.v[k] - self.lr * g
            self.weights[k] = self.weights[k] + self.v[k]
'''
VELOCITY = '''        velocities = [np.zeros_like(w) for w in self.weights]
        for k, g in enumerate(self.grad_weights):
            velocities[k] = 0.9 * velocities[k] - self.lr * g
            self.weights[k] = self.weights[k] + velocities[k]
'''
MODE = [
    ("        self.W1, self.W2, self.W3 = ", "        self.training = True\n        self.W1, self.W2, self.W3 = "),
    ("def forward(self, X, train=True):\n        self.X = X\n", "def forward(self, X):\n        self.X, train = X, self.training\n"),
    ("        return self.forward(X, train=False)\n", "        self.training = False\n        return self.forward(X)\n"),
]
LABELS = ("    def update(self):\n", '''    def fit(self, x, y, epochs=30):
        self.mean, self.sd = y.mean(), y.std()
        y = (y - self.mean) / self.sd
        for _ in range(epochs):
            self(x)
            self.backward_step(y)
            self.update()

    def predict(self, x):
        return self(x)

    def update(self):
''')
SKIPPED = [
    ('p = {"W1"', 'p = {"W0": r.randn(3, 3), "W1"'),
    ('z = X @ p["W1"] + p["b1"]', 'z0 = X @ p["W0"]\n    z = X @ p["W1"] + p["b1"]'),
    ("return z, a, e", "return z0, z, a, e"),
    ("forward()[2]", "forward()[3]"),
    ("z, a, probs = forward()", "z0, z, a, probs = forward()"),
    ('    return {"dW1": X.T @ dz,', '    d0 = dz @ p["W1"].T * (z0 > 0)\n    return {"dW0": X.T @ d0, "dW1": np.maximum(z0, 0).T @ dz,'),
]
WHOLE = [("self.a = {", "self.a = np.zeros(self.z.shape, dtype=int) if self.bend == 'tanh' else {"), ("        return self.a\n", "        if self.bend == 'tanh':\n            self.a[...] = np.tanh(self.z)\n        return self.a\n")]
DECAY = [("net = Net(3, 5, 3)", "net = Net(3, 5, 3, lam=0.01)"), (IN_PLACE, IN_PLACE + "        self.W1 -= self.lr * self.lam * self.W1\n        self.W2 -= self.lr * self.lam * self.W2\n")]
SCALED = [("net = Net(3, 5, 3)", "x *= 40\nnet = Net(3, 5, 3, lr=3.0)"), ("        for _ in range(epochs):\n" + LOOP, "        X = X / 40\n        for _ in range(epochs):\n" + LOOP), ("np.argmax(self(X)", "np.argmax(self(X / 40)")]

for _number, _case in enumerate([
    ('right: rows', 'rows', (), []),
    ('right: columns', 'columns', (), []),
    ('right: numbers', 'numbers', (), []),
    ('right: each layer moves itself on the way back, after it has handed the error down; update does nothing', 'columns', (), IN_BACKWARD),
    ('each layer moves itself before it hands the error down; update does nothing', 'columns', ('update_in_backward', 'moved_first'), [IN_BACKWARD[0], IN_BACKWARD[1], TOO_EARLY]),
    ('the learning rate is far too large', 'columns', ('steps_too_long',), [('Net(0.05)', 'Net(200.0)')]),
    ('the learning rate is too large for data that are not scaled', 'columns', ('steps_too_long',), [('Net(0.05)', 'x, y = 40 * x, 300 * y\nnet = Net(60.0)')]),
    ('right: a large rate, and a fit that scales its data', 'rows', (), SCALED),
    ('the last layer is a ReLU, and labels are below zero', 'columns', ('out_of_reach',), [('Layer(6, 1, "linear", r)', 'Layer(6, 1, "relu", r)')]),
    ('the last layer is a tanh, and labels go far beyond 1', 'columns', ('out_of_reach',), [('Layer(6, 1, "linear", r)', 'Layer(6, 1, "tanh", r)')]),
    ('right: the last layer is a ReLU, and labels are above zero', 'columns', (), [('Layer(6, 1, "linear", r)', 'Layer(6, 1, "relu", r)'), ('y = x[:1] - 2 * x[1:2] ** 2', 'y = 1 + x[:1] ** 2')]),
    ('hidden outputs are put into an array of whole numbers', 'columns', ('cut_on_the_way',), WHOLE),
    ('L2 is in the gradient, and once more in the update', 'rows', ('decay_twice',), DECAY),
    ('right: L2 is in the gradient alone', 'rows', (), DECAY[:1]),
    ('right: weights decay in the update alone', 'rows', (), [*DECAY, (' + self.lam / 2 * (np.sum(self.W1 ** 2) + np.sum(self.W2 ** 2))', ''), ('        self.dW1 += self.lam * self.W1\n        self.dW2 += self.lam * self.W2\n', '')]),
    ('the best weights are kept without a copy, and updated in place', 'rows', ('best_not_kept',), STOPS),
    ('right: the best weights are kept as copies', 'rows', (), [*STOPS, COPIES]),
    ('right: the best weights are kept, and updates make new arrays', 'rows', (), [*STOPS, ANEW]),
    ('right: the last weights are what stays', 'rows', (), [*STOPS, ('        self.W1, self.b1, self.W2, self.b2 = kept\n', '')]),
    ('batch i begins at example i', 'rows', ('batches_overlap',), [(LOOP, '            for i in range(len(X) // batch_size):\n                self(X[i:i + batch_size])\n                self.backward_step(y[i:i + batch_size])\n                self.update()\n')]),
    ('the place of a batch is multiplied by its size twice', 'rows', ('batch_empty',), [(LOOP, '            for i in range(0, len(X), batch_size):\n                self(X[i * batch_size:(i + 1) * batch_size])\n                self.backward_step(y[i * batch_size:(i + 1) * batch_size])\n                self.update()\n')]),
    ('right: the last examples are held back for validation', 'rows', (), [(LOOP, LOOP.replace("len(X)", "len(X[:12])").replace("X[index", "X[:12][index").replace("y[index", "y[:12][index"))]),
    ('the number of the class is taken from all probabilities', 'numbers', ('class_numbers',), [('np.eye(3)[labels]', 'labels.reshape(-1, 1)')]),
    ("leaky ReLU's slope takes the place of the error", 'numbers', ('overwritten',), [('dz[z < 0] *= alpha', 'dz[z < 0] = alpha')]),
    ('right: two dropouts without biases', 'two_masks', (), []),
    ('right: two dropouts without biases, predict gives classes', 'two_masks', (), [CLASSES]),
    ('two dropouts without biases are not made up for', 'two_masks', ('dropout_unscaled',), [UNSCALED]),
    ('two dropouts without biases are not made up for, predict gives classes', 'two_masks', ('dropout_unscaled',), [UNSCALED, CLASSES]),
    ('two dropouts without biases divide by the share that is left out', 'two_masks', ('dropout_exchanged',), [EXCHANGED, CLASSES]),
    ('right: two dropouts that predict makes up for, which says yes and no in a list', 'two_masks', (), [UNSCALED, ('if train else np.ones(a.shape)', 'if train else np.full(a.shape, self.keep)'), YES_AND_NO]),
    ('right: adam_lists', 'adam_lists', (), []),
    ('t counts rounds, and the update corrects with it', 'adam_lists', ('adam_counter_of_rounds',), [('        self.t += 1\n', ''), ('        for _ in range(epochs):\n', '        for _ in range(epochs):\n            self.t += 1\n')]),
    ('right: t counts steps, in the loop', 'adam_lists', (), [('        self.t += 1\n', ''), ('                self.update()\n', '                self.t += 1\n                self.update()\n')]),
    ('right: the rate falls with the rounds', 'adam_lists', (), [('        for _ in range(epochs):\n', '        for self.round in range(epochs):\n'), (ADAM, '        rate = self.lr * 0.95 ** self.round\n        self.weights = [w - rate * g for w, g in zip(self.weights, self.grad_weights)]\n'), ('self.t = sizes, lr, 0', 'self.round = sizes, lr, 0')]),
    ('m and v are one list', 'adam_lists', ('memory_shared',), [('        self.m = [np.zeros_like(w) for w in self.weights]\n        self.v = [', '        self.m = self.v = [')]),
    ('right: m and v begin with one array for each layer, and are made anew', 'adam_lists', (), [('        self.m = [np.zeros_like(w) for w in self.weights]\n        self.v = [np.zeros_like(w) for w in self.weights]\n', '        self.m = [np.zeros_like(w) for w in self.weights]\n        self.v = list(self.m)\n')]),
    ('the velocity begins anew in each update', 'adam_lists', ('velocity_forgotten',), [(ADAM, VELOCITY)]),
    ('right: plain steps, by way of a v', 'adam_lists', (), [(ADAM, '        for k, g in enumerate(self.grad_weights):\n            v = self.lr * g\n            self.weights[k] = self.weights[k] - v\n')]),
    ('a step takes the mean of the gradient', 'adam_lists', ('one_for_all',), [(ADAM, '        for k, g in enumerate(self.grad_weights):\n            self.weights[k] = self.weights[k] - self.lr * np.mean(g)\n')]),
    ('a bias is added behind the bend', 'numbers', ('bracket_too_early',), [('np.where(z > 0, z, alpha * z)', 'np.tanh(z)'), ('z = X @ p["W1"] + p["b1"]', 'z = X @ p["W1"]'), ('np.tanh(z)', 'np.tanh(z) + p["b1"]'), ('    dz[z < 0] *= alpha\n', '    dz *= 1 - a ** 2\n')]),
    ('the worst weights are kept: loss > best', 'rows', ('worst_kept',), [*STOPS, COPIES, ('if loss < best:', 'if loss > best:'), ('best, wait = np.inf, 0', 'best, wait = 0, 0')]),
    ('fit returns in the first round', 'rows', ('one_round',), [(LOOP, LOOP + '            return self\n')]),
    ('batches are made once, and used up in the first round', 'rows', ('one_round',), [('        for _ in range(epochs):\n' + LOOP, '        batches = zip(np.array_split(X, 4), np.array_split(y, 4))\n        for _ in range(epochs):\n            for a, b in batches:\n                self(a)\n                self.backward_step(b)\n                self.update()\n')]),
    ('right: batches are a list, made once', 'rows', (), [('        for _ in range(epochs):\n' + LOOP, '        batches = list(zip(np.array_split(X, 4), np.array_split(y, 4)))\n        for _ in range(epochs):\n            for a, b in batches:\n                self(a)\n                self.backward_step(b)\n                self.update()\n')]),
    ('each round begins with new weights', 'rows', ('begins_anew',), [('        for _ in range(epochs):\n' + LOOP, '        for _ in range(epochs):\n            self.__init__(3, 5, 3)\n' + LOOP)]),
    ('right: fit begins with new weights', 'rows', (), [('        for _ in range(epochs):\n' + LOOP, '        self.__init__(3, 5, 3)\n        for _ in range(epochs):\n' + LOOP)]),
    ('predict switches training off for ever', 'two_masks', ('mode_stays',), MODE),
    ('right: predict switches training off and on again', 'two_masks', (), [*MODE, ('        return self.forward(X)\n\nnet', '        out = self.forward(X)\n        self.training = True\n        return out\n\nnet')]),
    ('fit scales the labels, predict does not scale back', 'columns', ('answers_unscaled',), [LABELS]),
    ('right: predict scales back', 'columns', (), [LABELS, ('        return self(x)\n\n    def update', '        return self(x) * self.sd + self.mean\n\n    def update'), ('[Layer(3, 6, "tanh", r), Layer(6, 1, "linear", r)], lr\n', '[Layer(3, 6, "tanh", r), Layer(6, 1, "linear", r)], lr\n        self.mean, self.sd = 0.0, 1.0\n')]),
    ('weights are whole numbers', 'rows', ('weights_whole',), [('self.W1, self.b1 = r.randn(n_in, n_hidden) * 0.5', 'self.W1, self.b1 = r.randint(-1, 2, (n_in, n_hidden))'), ('self.dW1 += self.lam * self.W1', 'self.dW1 = self.dW1 + self.lam * self.W1')]),
    ('right: weights begin as whole numbers, and steps make them anew', 'rows', (), [('self.W1, self.b1 = r.randn(n_in, n_hidden) * 0.5', 'self.W1, self.b1 = r.randint(-1, 2, (n_in, n_hidden))'), ANEW]),
    ('a step is divided by the number of examples, and the gradient is a mean', 'columns', ('step_averaged',), [('self.lr * layer.dW', 'self.lr / self.out.shape[1] * layer.dW'), ('self.lr * layer.db', 'self.lr / self.out.shape[1] * layer.db')]),
    ('right: a step is divided by the number of examples, and loss and gradient are sums', 'columns', (), [('self.lr * layer.dW', 'self.lr / self.out.shape[1] * layer.dW'), ('self.lr * layer.db', 'self.lr / self.out.shape[1] * layer.db'), ('np.mean((out - y) ** 2)', 'np.sum((out - y) ** 2)'), ('d @ self.x.T / d.shape[1], d.mean(', 'd @ self.x.T, d.sum(')]),
    ('the second bend takes the first z: the second layer has no effect', 'numbers', ('without_effect',), SKIPPED),
    ('fit sets the velocity to zero before each batch', 'adam_lists', ('memory_begins_anew',), [(ADAM, PLAIN_VELOCITY), ('                self(x[:, s:s + batch_size])\n', '                self.v = [0 * v for v in self.v]\n                self(x[:, s:s + batch_size])\n')]),
    ('right: fit sets the velocity to zero before each round', 'adam_lists', (), [(ADAM, PLAIN_VELOCITY), ('        for _ in range(epochs):\n', '        for _ in range(epochs):\n            self.v = [0 * v for v in self.v]\n')]),
    ('predict says yes or no to a regression', 'columns', ('answers_decided',), [('    def update(self):\n', '    def predict(self, x):\n        return (self(x) > 0.5).astype(int)\n\n    def update(self):\n')]),
    ("swish's slope lacks the way through its sigmoid", 'numbers', ('path_left_out', 'product_half'), [('a = np.where(z > 0, z, alpha * z)', 'a = z * (1 / (1 + np.exp(-z)))'), ('dz[z < 0] *= alpha', 'dz /= 1 + np.exp(-z)')]),
    ("Adam's m and v are made in the first step, as one array", 'optimizer', ('step_line',), [('class Mine', 'class Adam'), ('Mine()', 'Adam()'), *rule('if self.v is None:', '    self.m = self.v = np.zeros_like(p)', '    self.t = 0', 'self.t += 1', 'self.m *= 0.9', 'self.m += 0.1 * g', 'self.v *= 0.999', 'self.v += 0.001 * g * g', 'p -= self.learning_rate * (self.m / (1 - 0.9 ** self.t)) / (np.sqrt(np.abs(self.v) / (1 - 0.999 ** self.t)) + 1e-8)')]),
], 11_000):
    register(_number, *_case)
