"""Networks with mistakes that people asked about, of a twelfth round: each is a source of `SOURCES`, or a change of one."""
# ruff: noqa: E501 - written as people write them

from .eleventh import COMMON, SOURCES, register

SOURCES["chain"] = COMMON + '''x, y = data(12, 2, 5)

class Lin:
    def __init__(self, n_in, n_out, seed):
        r = np.random.RandomState(seed)
        self.W, self.b = r.randn(n_in, n_out) / np.sqrt(n_in), np.zeros(n_out)
        self.dW = self.db = None

class BCE:
    def __call__(self, a, y):
        return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))

class Net:
    def __init__(self, sizes, lr=0.5):
        self.layers = [Lin(a, b, k) for k, (a, b) in enumerate(zip(sizes, sizes[1:]))]
        self.loss, self.lr, self.m = BCE(), lr, None
        self.begin()

    def begin(self):
        pass

    def run(self, x, train):
        for l in self.layers:
            l.x, l.z = x, x @ l.W + l.b
            l.a = x = sigmoid(l.z) if l is self.layers[-1] else np.tanh(l.z)
        self.out = x
        return x

    def __call__(self, x):
        return self.run(x, True)

    def backward_step(self, y):
        d = (self.out - y) / len(y)
        for k in range(len(self.layers) - 1, -1, -1):
            l = self.layers[k]
            l.dW, l.db = l.x.T @ d, d.sum(axis=0)
            if k:
                d = d @ l.W.T * (1 - self.layers[k - 1].a ** 2)

    def update(self):
        for l in self.layers:
            l.W = l.W - self.lr * l.dW
            l.b = l.b - self.lr * l.db

    def fit(self, x, y, epochs=10, batch=4):
        losses = []
        for _ in range(epochs):
            for i in range(0, len(x), batch):
                losses.append(self.loss(self(x[i:i + batch]), y[i:i + batch]))
                self.backward_step(y[i:i + batch])
                self.update()
        return losses

    def predict(self, x):
        return (self.run(x, False) > 0.5).astype(int)

net = Net((2, 8, 1))
'''
PREDICT = "        return (self.run(x, False) > 0.5).astype(int)\n"
UP = "            l.a = x = sigmoid(l.z) if l is self.layers[-1] else np.tanh(l.z)\n"
DEEP = ("Net((2, 8, 1))", "Net((2, 6, 5, 1))")
AS_IT_IS = (PREDICT, "        return self.run(x, False)\n")


def dropped(mask, back="self.layers[k - 1].mask"):
    """Dropout behind each hidden layer, by a mask."""
    hidden = f"            if train and l is not self.layers[-1]:\n                l.mask = {mask}\n                x = x * l.mask\n"
    slope = "d = d @ l.W.T * (1 - self.layers[k - 1].a ** 2)"
    return [AS_IT_IS, (UP, UP + hidden), (slope, f"{slope} * {back}")]


WEIGHTS_OF_FIT = '''        for (w, b), l in zip(self.mean, self.layers):
            x = sigmoid(x @ w + b) if l is self.layers[-1] else np.tanh(x @ w + b)
        return (x > 0.5).astype(int)
'''
MEANS = ("        pass\n", "        self.mean = [(0 * l.W, 0 * l.b) for l in self.layers]\n")
MOVED = ("                self.update()\n", "                self.update()\n                self.mean = [(.99 * w + .01 * l.W, .99 * b + .01 * l.b) for (w, b), l in zip(self.mean, self.layers)]\n")

SOURCES["two_layers"] = '''import numpy as np

r = np.random.RandomState(9)
X = r.randn(3, 14)
labels = r.randint(0, 3, 14)
Y = np.eye(3)[labels].T
params = {"W1": r.randn(4, 3), "b1": r.randn(4, 1) * .1, "W2": r.randn(3, 4), "b2": r.randn(3, 1) * .1}

def forward(p):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    e = np.exp(p["W2"] @ A1 + p["b2"])
    return A1, e / e.sum(axis=0)

def cost(p):
    return -np.sum(Y * np.log(forward(p)[1])) / 14

def grads(p):
    m = X.shape[1]
    A1, A2 = forward(p)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = p["W2"].T @ dZ2 * (1 - A1 ** 2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

args = cost, params, grads
'''

SOURCES["one_output"] = '''import numpy as np

r = np.random.RandomState(1)
X = r.randn(3, 11)
Y = (np.sin(X[:1]) + 0.3 * X[1:2] > 0) * 1.0
params = {"W1": r.randn(4, 3), "b1": r.randn(4, 1) * .1, "W2": r.randn(1, 4), "b2": r.randn(1, 1) * .1}

def forward(p):
    A1 = np.tanh(np.dot(p["W1"], X) + p["b1"])
    return A1, 1 / (1 + np.exp(-(np.dot(p["W2"], A1) + p["b2"])))

def cost(p):
    A2 = forward(p)[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / X.shape[1]

def grads(p):
    A1, A2 = forward(p)
    m = 1 / X.shape[1]
    dZ2 = A2 - Y
    dW2 = m * np.dot(dZ2, A2.T) * np.ones((1, 4))
    db2 = m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = p["W2"].T * dZ2 * (1 - np.power(A1, 2))
    return {"dW1": m * np.dot(dZ1, X.T), "db1": m * np.sum(dZ1, axis=1, keepdims=True), "dW2": dW2, "db2": db2}

args = cost, params, grads
'''

SOURCES["own_layer"] = COMMON + '''class Layer:
    def __init__(self, units, n_in, seed):
        r = np.random.RandomState(seed)
        self.weights, self.bias = r.randn(units, n_in), r.randn(units, 1) * .1

    def __call__(self, x):
        return np.dot(self.weights, x) + self.bias

    def parameter_gradients(self, d):
        self.grad_weights[...] = d @ self.inputs.T / d.shape[1]
        self.grad_bias[...] = d.mean(axis=1, keepdims=True)

    def backward(self, d):
        return self.weights.T @ d

X, Y = data(12, 2, 5)
x, y = X.T, Y.T
net = NeuralNetwork(((Layer(4, 2, 0), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=1)
'''

SOURCES["optimizer"] = COMMON + '''class Mine:
    def __init__(self, learning_rate=0.05):
        self.learning_rate, self.v = learning_rate, None

    def step(self, p, g):
RULE

net, x, y = with_optimizer(Mine(), 3)
'''


SOURCES["norm_inside"] = COMMON + '''x, y = data(14, 3, 2)

class Layer:
    def __init__(self, n_in, n_out, rng):
        self.W, self.b = rng.normal(0, n_in ** -0.5, (n_in, n_out)), np.zeros(n_out)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        self.gamma, self.beta = np.ones(n_out), np.zeros(n_out)
        self.dgamma, self.dbeta = np.zeros(n_out), np.zeros(n_out)

class Net:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.layers, self.lr = [Layer(3, 6, rng), Layer(6, 1, rng)], 0.1

    def loss(self, a, y):
        return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))

    def __call__(self, x):
        one, two = self.layers
        z = x @ one.W + one.b
        one.x, one.sd = x, np.sqrt(z.var(axis=0) + 1e-5)
        one.hat = (z - z.mean(axis=0)) / one.sd
        two.x = np.tanh(one.gamma * one.hat + one.beta)
        self.out = sigmoid(two.x @ two.W + two.b)
        return self.out

    def backward_step(self, y):
        one, two = self.layers
        d = (self.out - y) / len(y)
        two.dW, two.db = two.x.T @ d, d.sum(axis=0)
        d = d @ two.W.T * (1 - two.x ** 2)
        one.dgamma, one.dbeta = (d * one.hat).sum(axis=0), d.sum(axis=0)
        d = d * one.gamma
        d = (d - d.mean(axis=0) - one.hat * (d * one.hat).mean(axis=0)) / one.sd
        one.dW, one.db = one.x.T @ d, d.sum(axis=0)

    def update(self):
        for l in self.layers:
            for name in ("W", "b", "gamma", "beta"):
                setattr(l, name, getattr(l, name) - self.lr * getattr(l, "d" + name))

net = Net()
'''
HALVED = ("""        for l in self.layers:
            l.W = l.W - self.lr * l.dW
            l.b = l.b - self.lr * l.db
""", """        now, rate, old = self.loss(self.out, self.y), self.lr, [(l.W, l.b) for l in self.layers]
        for _ in range(20):
            for l, (W, b) in zip(self.layers, old):
                l.W, l.b = W - rate * l.dW, b - rate * l.db
            if self.loss(self(self.layers[0].x), self.y) <= now:
                return
            rate /= 2
""")


def rule(*lines):
    return [("RULE", "\n".join(f"        {line}" for line in lines))]


SCALED = ("        losses = []\n", "        losses = []\n        self.mean, self.sd = x.mean(axis=0), x.std(axis=0)\n        x = (x - self.mean) / self.sd\n")
FAR = ("x, y = data(12, 2, 5)\n", "x, y = data(12, 2, 5)\nx = 3 * x + 5\n")
SUMMED = ("                self.backward_step(y[i:i + batch])\n                self.update()\n", '''                self.backward_step(y[i:i + batch])
                sums = [(a + l.dW, b + l.db) for (a, b), l in zip(sums, self.layers)] if i else [(l.dW, l.db) for l in self.layers]
            for l, (a, b) in zip(self.layers, sums):
                l.dW, l.db = a, b
            self.update()
''')

for _number, _case in enumerate([
    ('right: chain', 'chain', (), []),
    ('right: deep chain', 'chain', (), [DEEP, AS_IT_IS]),
    ('right: two_layers', 'two_layers', (), []),
    ('right: own_layer', 'own_layer', (), []),
    ('the number of examples is taken once, at the first call, and divides every batch', 'chain', ('examples_remembered',), [('d = (self.out - y) / len(y)', 'self.m = self.m or len(y)\n        d = (self.out - y) / self.m')]),
    ('fit notes how many examples there are in all, and each batch is divided by that', 'chain', ('examples_remembered',), [('d = (self.out - y) / len(y)', 'd = (self.out - y) / (self.m or len(y))'), ('        losses = []\n', '        losses, self.m = [], len(x)\n')]),
    ('the number of examples stands in the line', 'chain', ('examples_remembered',), [('d = (self.out - y) / len(y)', 'd = (self.out - y) / 12')]),
    ('right: loss and gradient are both divided by the first number of examples', 'chain', (), [('d = (self.out - y) / len(y)', 'd = (self.out - y) / self.m'), ('    def begin(self):\n        pass\n', '    def begin(self):\n        self.m, self.loss = 12, self.sums\n\n    def sums(self, a, y):\n        return float(-np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))) / self.m\n')]),
    ('predict goes up with the inputs that are kept, not with its argument', 'chain', ('predict_remembers',), [AS_IT_IS, ('        self.out = x\n', '        self.out = x\n        self.kept = self.layers[0].x\n'), ('return self.run(x, False)', 'return self.run(self.kept, False)')]),
    ('predict gives back what fit gave out last', 'chain', ('predict_remembers',), [(PREDICT, '        return (self.out > 0.5).astype(int)\n')]),
    ('parameters are rounded in each update', 'chain', ('parameters_rounded',), [('l.W - self.lr * l.dW', 'np.round(l.W - self.lr * l.dW, 3)'), ('l.b - self.lr * l.db', 'np.round(l.b - self.lr * l.db, 3)')]),
    ('dropout is not made up for', 'chain', ('dropout_unscaled',), dropped("np.random.rand(*x.shape) < .6")),
    ('dropout in two places is not made up for', 'chain', ('dropout_unscaled',), [DEEP, *dropped("np.random.rand(*x.shape) < .5")]),
    ('dropout divides by the share that is left out', 'chain', ('dropout_exchanged',), dropped("(np.random.rand(*x.shape) < .8) / .2")),
    ('dropout makes up for what it leaves out in training and in predict', 'chain', ('dropout_scaled_twice',), [*dropped("(np.random.rand(*x.shape) < .6) / .6")[1:], (PREDICT, '        a, b = self.layers\n        return sigmoid(np.tanh(x @ a.W + a.b) * .6 @ b.W + b.b)\n')]),
    ('right: dropout that predict makes up for', 'chain', (), [*dropped("np.random.rand(*x.shape) < .6")[1:], (PREDICT, '        a, b = self.layers\n        return sigmoid(np.tanh(x @ a.W + a.b) * .6 @ b.W + b.b)\n')]),
    ('right: dropout that makes up for what it leaves out', 'chain', (), dropped("(np.random.rand(*x.shape) < .6) / .6")),
    ('right: dropout in two places that makes up for what it leaves out', 'chain', (), [DEEP, *dropped("(np.random.rand(*x.shape) < .6) / .6")]),
    ('right: dropout of the inputs, before a bend', 'chain', (), [AS_IT_IS, ('        for l in self.layers:\n            l.x, l.z', '        x = x * (np.random.rand(*x.shape) < .8) / .8 if train else x\n        for l in self.layers:\n            l.x, l.z')]),
    ('dropout of the inputs is not made up for', 'chain', ('dropout_unscaled',), [AS_IT_IS, ('        for l in self.layers:\n            l.x, l.z', '        x = x * (np.random.rand(*x.shape) < .8) if train else x\n        for l in self.layers:\n            l.x, l.z')]),
    ('predict goes up without the hidden tanh', 'chain', ('piece_left_out',), [(PREDICT, '        a, b = self.layers\n        return sigmoid((x @ a.W + a.b) @ b.W + b.b) > 0.5\n')]),
    ('predict goes up without both hidden tanh', 'chain', ('piece_left_out',), [DEEP, (PREDICT, '        for l in self.layers:\n            x = x @ l.W + l.b\n        return sigmoid(x)\n')]),
    ('predict adds no bias in the first layer', 'chain', ('piece_left_out',), [(PREDICT, '        a, b = self.layers\n        return (sigmoid(np.tanh(x @ a.W) @ b.W + b.b) > 0.5).astype(int)\n')]),
    ('right: predict asks z for its sign', 'chain', (), [(PREDICT, '        self.run(x, False)\n        return self.layers[-1].z > 0\n')]),
    ('right: predict gives z', 'chain', (), [(PREDICT, '        self.run(x, False)\n        return self.layers[-1].z\n')]),
    ('right: predict uses a mean of weights that begins at zero and is moved by fit alone', 'chain', (), [MEANS, MOVED, (PREDICT, WEIGHTS_OF_FIT)]),
    ('right: the same, in a loop that wants more', 'chain', (), [MEANS, MOVED, (PREDICT, WEIGHTS_OF_FIT), ('def fit(self, x, y, epochs=10, batch=4)', 'def train_on(self, x, y, rounds_of_mine, batch)')]),
    ('the loss has no minus', 'chain', ('loss_sign',), [('return float(-np.mean(', 'return float(np.mean(')]),
    ('right: a likelihood, and steps that climb it', 'chain', (), [('return float(-np.mean(', 'return float(np.mean('), ('d = (self.out - y) / len(y)', 'd = (y - self.out) / len(y)'), ('l.W - self.lr * l.dW', 'l.W + self.lr * l.dW'), ('l.b - self.lr * l.db', 'l.b + self.lr * l.db')]),
    ('all weights begin at zero', 'chain', ('units_equal',), [('r.randn(n_in, n_out) / np.sqrt(n_in)', 'np.zeros((n_in, n_out))')]),
    ("a bias's gradient is the sum of those of the weights", 'two_layers', ('sum_of_weights',), [('db2 = np.sum(dZ2, axis=1, keepdims=True) / m', 'db2 = np.sum(np.dot(dZ2, A1.T) / m, axis=1, keepdims=True)'), ('db1 = np.sum(dZ1, axis=1, keepdims=True) / m', 'db1 = np.sum(np.dot(dZ1, X.T) / m, axis=1, keepdims=True)')]),
    ('the cost has no minus', 'two_layers', ('loss_sign',), [('return -np.sum(', 'return np.sum(')]),
    ('dW2 is made with the output A2, of one row', 'one_output', ('another_variable',), []),
    ('db is a sum over all units', 'two_layers', ('axis_missing',), [('db1 = np.sum(dZ1, axis=1, keepdims=True) / m', 'db1 = np.sum(dZ1) * np.ones((4, 1)) / m')]),
    ('the bias is added to the weights', 'own_layer', ('bias_inside',), [('np.dot(self.weights, x) + self.bias', 'np.dot(self.weights + self.bias, x)')]),
    ("the bias's gradient is the sum of the weights'", 'own_layer', ('sum_of_weights',), [('d.mean(axis=1, keepdims=True)', 'self.grad_weights.sum(axis=1, keepdims=True)')]),
    ("a bias's gradient is not added up over the examples", 'chain', ('examples_kept',), [('l.x.T @ d, d.sum(axis=0)', 'l.x.T @ d, d')]),
    ('update stands behind the loop over the batches', 'chain', ('gradients_unused',), [('                self.update()\n', '            self.update()\n')]),
    ('right: fit adds up the gradients of the batches, and updates once an epoch', 'chain', (), [SUMMED]),
    ('fit scales its examples, predict does not', 'chain', ('predict_unscaled',), [FAR, SCALED]),
    ('right: both scale them', 'chain', (), [FAR, SCALED, ('        pass\n', '        self.mean, self.sd = 0.0, 1.0\n'), ('(self.run(x, False)', '(self.run((x - self.mean) / self.sd, False)')]),
    ('right: fit adds noise to its examples', 'chain', (), [('losses.append(self.loss(self(x[i:i + batch])', 'losses.append(self.loss(self(x[i:i + batch] + np.random.normal(0, .1, (batch, 2)))')]),
    ('a bias has one number for each example', 'one_output', ('parameter_per_example',), [('r.randn(1, 1) * .1}', 'np.zeros((1, 11))}'), ('np.dot(dZ2, A2.T) * np.ones((1, 4))', 'np.dot(dZ2, A1.T)')]),
    ('Adagrad keeps the squares of the gradient times the rate', 'optimizer', ('rate_cancels',), rule('self.v = 0 if self.v is None else self.v', 'change = self.learning_rate * g', 'self.v = self.v + change * change', 'p -= change / (np.sqrt(self.v) + 1e-8)')),
    ('the first velocity is a gradient, without the rate', 'optimizer', ('rate_not_at_first',), rule('self.v = -g if self.v is None else .9 * self.v - self.learning_rate * g', 'p += self.v')),
    ('right: the first velocity is a step', 'optimizer', (), rule('self.v = -self.learning_rate * g if self.v is None else .9 * self.v - self.learning_rate * g', 'p += self.v')),
    ('right: Rprop, whose steps begin as long as the rate', 'optimizer', (), rule('size, old = (np.full(p.shape, self.learning_rate), 0 * g) if self.v is None else self.v', 'size = np.clip(np.where(g * old > 0, 1.2 * size, np.where(g * old < 0, .5 * size, size)), 1e-6, 1)', 'self.v = size, g.copy()', 'p -= np.sign(g) * size')),
    ('right: batch-norm within a layer that has b and beta', 'norm_inside', (), []),
    ('beta gets the gradient of gamma', 'norm_inside', ('copied',), [('(d * one.hat).sum(axis=0), d.sum(axis=0)\n        d = d * one.gamma', '(d * one.hat).sum(axis=0), (d * one.hat).sum(axis=0)\n        d = d * one.gamma')]),
    ('right: a step is halved until the loss falls', 'chain', (), [HALVED, ('        d = (self.out - y) / len(y)\n', '        self.y, d = y, (self.out - y) / len(y)\n')]),
    ('the inputs are pixels as they come, up to 255', 'chain', ('saturated',), [('x, y = data(12, 2, 5)\n', 'x, y = data(12, 2, 5)\nx = np.round(np.abs(x) * 100)\n'), DEEP]),
    ('right: the inputs are pixels, scaled within', 'chain', (), [('x, y = data(12, 2, 5)\n', 'x, y = data(12, 2, 5)\nx = np.round(np.abs(x) * 100)\n'), ('        return self.run(x, True)\n', '        return self.run(x / 255, True)\n'), ('(self.run(x, False)', '(self.run(x / 255, False)')]),
], 10_000):
    register(_number, *_case)
