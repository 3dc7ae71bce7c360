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
SOURCES["digits"] = '''import numpy as np

rng = np.random.RandomState(11)
x = rng.rand(6, 18)
labels = rng.randint(0, 4, 18)
y = np.zeros((4, 18)); y[labels, np.arange(18)] = 1

def ReLU(Z):
    return np.maximum(Z, 0)

def ReLU_deriv(Z):
    return Z > 0

def softmax(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

class DigitNet:
    def __init__(self, n_in=6, n_hidden=7, n_out=4, alpha=0.2):
        r = np.random.RandomState(2)
        self.layers = [n_in, n_hidden, n_out]
        self.W1 = r.rand(n_hidden, n_in) - 0.5
        self.b1 = r.rand(n_hidden, 1) - 0.5
        self.W2 = r.rand(n_out, n_hidden) - 0.5
        self.b2 = r.rand(n_out, 1) - 0.5
        self.alpha = alpha

    def forward_prop(self, X):
        self.X = X
        self.Z1 = self.W1.dot(X) + self.b1
        self.A1 = ReLU(self.Z1)
        self.Z2 = self.W2.dot(self.A1) + self.b2
        self.A2 = softmax(self.Z2)
        return self.A2

    __call__ = forward_prop

    def loss(self, A2, Y):
        return -np.sum(Y * np.log(A2 + 1e-15)) / Y.shape[1]

    def backward_step(self, Y):
        m = Y.shape[1]
        dZ2 = self.A2 - Y
        self.dW2 = 1 / m * dZ2.dot(self.A1.T)
        self.db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = self.W2.T.dot(dZ2) * ReLU_deriv(self.Z1)
        self.dW1 = 1 / m * dZ1.dot(self.X.T)
        self.db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    def update(self):
        self.W1 = self.W1 - self.alpha * self.dW1
        self.b1 = self.b1 - self.alpha * self.db1
        self.W2 = self.W2 - self.alpha * self.dW2
        self.b2 = self.b2 - self.alpha * self.db2

    def get_predictions(self, X):
        return np.argmax(self.forward_prop(X), 0)

    def predict(self, X):
        return self.get_predictions(X)

    def accuracy(self, X, Y):
        return np.mean(self.get_predictions(X) == np.argmax(Y, 0))

    def fit(self, X, Y, epochs=100, batch_size=6):
        m = X.shape[1]
        for epoch in range(epochs):
            order = np.random.permutation(m)
            X_shuffled, Y_shuffled = X[:, order], Y[:, order]
            for start in range(0, m, batch_size):
                end = start + batch_size
                self.forward_prop(X_shuffled[:, start:end])
                self.backward_step(Y_shuffled[:, start:end])
                self.update()
        return self

net = DigitNet()
'''
SOURCES["book"] = '''import numpy as np

rng = np.random.RandomState(3)
x = rng.randn(3, 12)
y = np.eye(2)[(x[0] * x[1] > 0).astype(int)].T

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))

class Network:
    def __init__(self, sizes, eta=0.5):
        r = np.random.RandomState(0)
        self.num_layers = len(sizes)
        self.layers, self.eta = sizes, eta
        self.biases = [r.randn(n, 1) for n in sizes[1:]]
        self.weights = [r.randn(n, k) for k, n in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def __call__(self, x):
        self.x = x
        return self.feedforward(x)

    def loss(self, a, y):
        return 0.5 * np.sum((a - y) ** 2) / y.shape[1]

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation = x
        activations, zs = [x], []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].T)
        for l in range(2, self.num_layers):
            delta = np.dot(self.weights[-l + 1].T, delta) * sigmoid_prime(zs[-l])
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].T)
        return nabla_b, nabla_w

    def backward_step(self, y):
        m = y.shape[1]
        self.grad_biases = [np.zeros(b.shape) for b in self.biases]
        self.grad_weights = [np.zeros(w.shape) for w in self.weights]
        for i in range(m):
            delta_b, delta_w = self.backprop(self.x[:, i:i + 1], y[:, i:i + 1])
            self.grad_biases = [nb + db / m for nb, db in zip(self.grad_biases, delta_b)]
            self.grad_weights = [nw + dw / m for nw, dw in zip(self.grad_weights, delta_w)]

    def update(self):
        self.weights = [w - self.eta * nw for w, nw in zip(self.weights, self.grad_weights)]
        self.biases = [b - self.eta * nb for b, nb in zip(self.biases, self.grad_biases)]

    def evaluate(self, x, y):
        return np.sum(np.argmax(self.feedforward(x), axis=0) == np.argmax(y, axis=0))

    def fit(self, x, y, epochs=30, mini_batch_size=4):
        n = x.shape[1]
        for j in range(epochs):
            order = np.random.permutation(n)
            x, y = x[:, order], y[:, order]
            for k in range(0, n, mini_batch_size):
                self(x[:, k:k + mini_batch_size])
                self.backward_step(y[:, k:k + mini_batch_size])
                self.update()

net = Network([3, 5, 4, 2])
'''
SOURCES["modules"] = '''import numpy as np

rng = np.random.RandomState(4)
x = rng.randn(20, 4)
classes = rng.randint(0, 3, 20)
y = np.eye(3)[classes]

class Layer_Dense:
    def __init__(self, n_inputs, n_neurons, r):
        self.weights = 0.4 * r.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)

class Activation_ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

class Loss_CategoricalCrossentropy:
    def calculate(self, y_pred, y_true):
        y_pred_clipped = np.clip(y_pred, 1e-7, 1 - 1e-7)
        return np.mean(-np.log(np.sum(y_pred_clipped * y_true, axis=1)))

    def backward(self, dvalues, y_true):
        samples = len(dvalues)
        y_true = np.argmax(y_true, axis=1)
        self.dinputs = dvalues.copy()
        self.dinputs[range(samples), y_true] -= 1
        self.dinputs = self.dinputs / samples

class Optimizer_Adam:
    def __init__(self, learning_rate=0.02, decay=5e-4, epsilon=1e-7, beta_1=0.9, beta_2=0.999):
        self.learning_rate = learning_rate
        self.current_learning_rate = learning_rate
        self.decay = decay
        self.iterations = 0
        self.epsilon, self.beta_1, self.beta_2 = epsilon, beta_1, beta_2

    def pre_update_params(self):
        if self.decay:
            self.current_learning_rate = self.learning_rate * (1.0 / (1.0 + self.decay * self.iterations))

    def update_params(self, layer):
        if not hasattr(layer, "weight_cache"):
            layer.weight_momentums = np.zeros_like(layer.weights)
            layer.weight_cache = np.zeros_like(layer.weights)
            layer.bias_momentums = np.zeros_like(layer.biases)
            layer.bias_cache = np.zeros_like(layer.biases)
        layer.weight_momentums = self.beta_1 * layer.weight_momentums + (1 - self.beta_1) * layer.dweights
        layer.bias_momentums = self.beta_1 * layer.bias_momentums + (1 - self.beta_1) * layer.dbiases
        weight_momentums_corrected = layer.weight_momentums / (1 - self.beta_1 ** (self.iterations + 1))
        bias_momentums_corrected = layer.bias_momentums / (1 - self.beta_1 ** (self.iterations + 1))
        layer.weight_cache = self.beta_2 * layer.weight_cache + (1 - self.beta_2) * layer.dweights ** 2
        layer.bias_cache = self.beta_2 * layer.bias_cache + (1 - self.beta_2) * layer.dbiases ** 2
        weight_cache_corrected = layer.weight_cache / (1 - self.beta_2 ** (self.iterations + 1))
        bias_cache_corrected = layer.bias_cache / (1 - self.beta_2 ** (self.iterations + 1))
        layer.weights += -self.current_learning_rate * weight_momentums_corrected / (np.sqrt(weight_cache_corrected) + self.epsilon)
        layer.biases += -self.current_learning_rate * bias_momentums_corrected / (np.sqrt(bias_cache_corrected) + self.epsilon)

    def post_update_params(self):
        self.iterations += 1

class Model:
    def __init__(self):
        r = np.random.RandomState(7)
        self.dense1, self.activation1 = Layer_Dense(4, 8, r), Activation_ReLU()
        self.dense2, self.activation2 = Layer_Dense(8, 3, r), Activation_Softmax()
        self.layers = [self.dense1, self.dense2]
        self.loss_function, self.optimizer = Loss_CategoricalCrossentropy(), Optimizer_Adam()

    def forward(self, X):
        self.dense1.forward(X)
        self.activation1.forward(self.dense1.output)
        self.dense2.forward(self.activation1.output)
        self.activation2.forward(self.dense2.output)
        return self.activation2.output

    def __call__(self, X):
        return self.forward(X)

    def loss(self, output, y):
        return self.loss_function.calculate(output, y)

    def backward_step(self, y):
        self.loss_function.backward(self.activation2.output, y)
        self.dense2.backward(self.loss_function.dinputs)
        self.activation1.backward(self.dense2.dinputs)
        self.dense1.backward(self.activation1.dinputs)

    def update(self):
        self.optimizer.pre_update_params()
        self.optimizer.update_params(self.dense1)
        self.optimizer.update_params(self.dense2)
        self.optimizer.post_update_params()

    def predict(self, X):
        return np.argmax(self.forward(X), axis=1)

    def fit(self, X, y, epochs=10, batch_size=5):
        steps = len(X) // batch_size
        if steps * batch_size < len(X):
            steps += 1
        for epoch in range(1, epochs + 1):
            for step in range(steps):
                batch_X = X[step * batch_size:(step + 1) * batch_size]
                batch_y = y[step * batch_size:(step + 1) * batch_size]
                self.forward(batch_X)
                self.backward_step(batch_y)
                self.update()

net = Model()
'''
SOURCES["bn"] = '''import numpy as np

rng = np.random.RandomState(12)
x = rng.randn(16, 4) * 2 + 1
y = (x[:, :1] > x[:, 1:2]).astype(float)

class BNNet:
    def __init__(self, n_in=4, n_hidden=6, lr=0.1, momentum=0.9):
        r = np.random.RandomState(3)
        self.layers = [n_in, n_hidden, 1]
        self.W1 = r.randn(n_in, n_hidden) * 0.5
        self.gamma, self.beta = np.ones(n_hidden), np.zeros(n_hidden)
        self.W2, self.b2 = r.randn(n_hidden, 1) * 0.5, np.zeros(1)
        self.running_mean, self.running_var = np.zeros(n_hidden), np.ones(n_hidden)
        self.lr, self.momentum, self.eps = lr, momentum, 1e-5

    def __call__(self, X, training=True):
        self.X = X
        z = X @ self.W1
        if training:
            mu, var = z.mean(axis=0), z.var(axis=0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        else:
            mu, var = self.running_mean, self.running_var
        self.std = np.sqrt(var + self.eps)
        self.xhat = (z - mu) / self.std
        self.bn = self.gamma * self.xhat + self.beta
        self.h = np.maximum(self.bn, 0)
        self.p = 1 / (1 + np.exp(-(self.h @ self.W2 + self.b2)))
        return self.p

    def loss(self, p, y):
        return float(-np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)))

    def backward_step(self, y):
        N = len(y)
        d = (self.p - y) / N
        self.dW2, self.db2 = self.h.T @ d, d.sum(axis=0)
        d = d @ self.W2.T * (self.bn > 0)
        self.dgamma = (d * self.xhat).sum(axis=0)
        self.dbeta = d.sum(axis=0)
        dxhat = d * self.gamma
        dz = (N * dxhat - dxhat.sum(axis=0) - self.xhat * (dxhat * self.xhat).sum(axis=0)) / (N * self.std)
        self.dW1 = self.X.T @ dz

    def update(self):
        for name in ["W1", "gamma", "beta", "W2", "b2"]:
            setattr(self, name, getattr(self, name) - self.lr * getattr(self, "d" + name))

    def predict(self, X):
        return (self(X, training=False) > 0.5).astype(int)

    def fit(self, X, y, epochs=40, batch_size=8):
        for _ in range(epochs):
            for i in range(0, len(X), batch_size):
                self(X[i:i + batch_size])
                self.backward_step(y[i:i + batch_size])
                self.update()

net = BNNet()
'''
SOURCES["intlabels"] = '''import numpy as np

rng = np.random.RandomState(37)
x = rng.randn(22, 4)
y = rng.randint(0, 3, 22)

class Linear:
    def __init__(self, n_in, n_out, r):
        self.W, self.b = r.randn(n_in, n_out) * np.sqrt(2 / n_in), np.zeros(n_out)

    def __call__(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, d):
        self.dW, self.db = self.x.T @ d, d.sum(axis=0)
        return d @ self.W.T

class LeakyReLU:
    def __call__(self, x):
        self.x = x
        return np.where(x > 0, x, 0.1 * x)

    def backward(self, d):
        return np.where(self.x > 0, d, 0.1 * d)

class Dropout:
    def __init__(self, p):
        self.p, self.training = p, True

    def __call__(self, x):
        if not self.training:
            return x
        self.mask = (np.random.rand(*x.shape) >= self.p) / (1 - self.p)
        return x * self.mask

    def backward(self, d):
        return d * self.mask

class SGD:
    def __init__(self, layers, lr, momentum=0.9):
        self.layers, self.lr, self.momentum = layers, lr, momentum
        self.v = {}

    def step(self):
        for n, layer in enumerate(self.layers):
            if isinstance(layer, Linear):
                for name in ("W", "b"):
                    g = getattr(layer, "d" + name)
                    self.v[n, name] = self.momentum * self.v.get((n, name), 0.0) + g
                    setattr(layer, name, getattr(layer, name) - self.lr * self.v[n, name])

class Classifier:
    def __init__(self, lr=0.05, decay=0.9):
        r = np.random.RandomState(1)
        self.layers = [Linear(4, 6, r), LeakyReLU(), Dropout(0.3), Linear(6, 6, r), LeakyReLU(), Linear(6, 3, r)]
        self.optim = SGD(self.layers, lr)
        self.lr0, self.decay = lr, decay

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        x = x - x.max(axis=1, keepdims=True)
        self.probs = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
        return self.probs

    def loss(self, probs, y):
        return -np.log(probs[np.arange(len(y)), y]).mean()

    def backward_step(self, y):
        d = self.probs.copy()
        d[np.arange(len(y)), y] -= 1
        d /= len(y)
        for layer in reversed(self.layers):
            d = layer.backward(d)

    def update(self):
        self.optim.step()

    def train_mode(self, on):
        for layer in self.layers:
            if isinstance(layer, Dropout):
                layer.training = on

    def predict(self, x):
        self.train_mode(False)
        out = self(x).argmax(axis=1)
        self.train_mode(True)
        return out

    def fit(self, x, y, epochs=20, batch_size=8):
        mean, std = x.mean(axis=0), x.std(axis=0)
        for epoch in range(epochs):
            self.optim.lr = self.lr0 * self.decay ** epoch
            order = np.random.permutation(len(x))
            xs, ys = x[order], y[order]
            for i in range(0, len(x), batch_size):
                self(xs[i:i + batch_size])
                self.backward_step(ys[i:i + batch_size])
                self.update()

net = Classifier()
'''
SOURCES["stopper"] = '''import numpy as np

rng = np.random.RandomState(38)
x = rng.randn(25, 4)
y = (np.sin(x[:, :1]) + x[:, 1:2] > 0).astype(float)

class MLP:
    def __init__(self, lr=0.02, beta1=0.9, beta2=0.999):
        r = np.random.RandomState(4)
        self.layers = [4, 6, 6, 1]
        self.W = [r.randn(a, b) * np.sqrt(1 / a) for a, b in zip(self.layers, self.layers[1:])]
        self.b = [np.zeros(n) for n in self.layers[1:]]
        self.dW, self.db = [np.zeros_like(w) for w in self.W], [np.zeros_like(b) for b in self.b]
        self.m = [np.zeros_like(w) for w in self.W + self.b]
        self.v = [np.zeros_like(w) for w in self.W + self.b]
        self.lr, self.beta1, self.beta2, self.t = lr, beta1, beta2, 0

    def __call__(self, X):
        self.a = [X]
        for k in range(3):
            z = self.a[-1] @ self.W[k] + self.b[k]
            self.a.append(np.tanh(z) if k < 2 else 1 / (1 + np.exp(-z)))
        return self.a[-1]

    def loss(self, p, y):
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())

    def backward_step(self, y):
        d = (self.a[-1] - y) / len(y)
        for k in (2, 1, 0):
            self.dW[k] = self.a[k].T @ d
            self.db[k] = d.sum(axis=0)
            if k > 0:
                d = d @ self.W[k].T * (1 - self.a[k] ** 2)

    def update(self):
        self.t += 1
        for k, (w, g) in enumerate(zip(self.W + self.b, self.dW + self.db)):
            self.m[k] = self.beta1 * self.m[k] + (1 - self.beta1) * g
            self.v[k] = self.beta2 * self.v[k] + (1 - self.beta2) * g ** 2
            m_hat = self.m[k] / (1 - self.beta1 ** self.t)
            v_hat = self.v[k] / (1 - self.beta2 ** self.t)
            w -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    def predict_proba(self, X):
        return self(X)

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)

    def fit(self, X, y, epochs=60, batch_size=5, patience=5):
        cut = int(0.8 * len(X))
        X_val, y_val, X, y = X[cut:], y[cut:], X[:cut], y[:cut]
        best, waited, kept = np.inf, 0, None
        for epoch in range(epochs):
            order = np.random.permutation(len(X))
            X, y = X[order], y[order]
            for i in range(0, len(X), batch_size):
                self(X[i:i + batch_size])
                self.backward_step(y[i:i + batch_size])
                self.update()
            val_loss = self.loss(self(X_val), y_val)
            if val_loss < best:
                best, waited = val_loss, 0
                kept = [w.copy() for w in self.W], [b.copy() for b in self.b]
            else:
                waited += 1
                if waited >= patience:
                    break
        self.W, self.b = kept

net = MLP()
'''
SOURCES["prelu_adamw"] = '''import numpy as np

rng = np.random.RandomState(18)
x = rng.randn(4, 17)
y = np.eye(3)[rng.randint(0, 3, 17)].T

class Net:
    """A learned slope for negative z, AdamW with a cosine schedule, gradients clipped by their common norm."""
    def __init__(self, lr=0.02, wd=0.01, total=60, clip=1.0):
        r = np.random.RandomState(2)
        self.layers = [4, 6, 3]
        self.W1, self.b1, self.slope = r.randn(6, 4) * 0.5, np.zeros((6, 1)), np.full((6, 1), 0.25)
        self.W2, self.b2 = r.randn(3, 6) * 0.5, np.zeros((3, 1))
        self.names = ("W1", "b1", "slope", "W2", "b2")
        self.m = {n: np.zeros_like(getattr(self, n)) for n in self.names}
        self.v = {n: np.zeros_like(getattr(self, n)) for n in self.names}
        self.lr, self.wd, self.total, self.clip, self.t = lr, wd, total, clip, 0

    def __call__(self, x):
        self.x, self.z = x, self.W1 @ x + self.b1
        self.a = np.where(self.z > 0, self.z, self.slope * self.z)
        s = self.W2 @ self.a + self.b2
        s = np.exp(s - s.max(0))
        self.p = s / s.sum(0)
        return self.p

    def loss(self, p, y):
        return -np.log((p * y).sum(0)).mean()

    def backward_step(self, y):
        d = (self.p - y) / y.shape[1]
        self.dW2, self.db2 = d @ self.a.T, d.sum(1, keepdims=True)
        d = self.W2.T @ d
        self.dslope = (d * np.minimum(self.z, 0)).sum(1, keepdims=True)
        d = d * np.where(self.z > 0, 1, self.slope)
        self.dW1, self.db1 = d @ self.x.T, d.sum(1, keepdims=True)

    def update(self):
        self.t += 1
        lr = self.lr * 0.5 * (1 + np.cos(np.pi * min(self.t, self.total) / self.total))
        norm = np.sqrt(sum((getattr(self, "d" + n) ** 2).sum() for n in self.names))
        scale = min(1.0, self.clip / (norm + 1e-12))
        for n in self.names:
            g = getattr(self, "d" + n) * scale
            self.m[n] = 0.9 * self.m[n] + 0.1 * g
            self.v[n] = 0.99 * self.v[n] + 0.01 * g * g
            step = self.m[n] / (1 - 0.9 ** self.t) / (np.sqrt(self.v[n] / (1 - 0.99 ** self.t)) + 1e-8)
            w = getattr(self, n)
            setattr(self, n, w - lr * step - lr * self.wd * w * n.startswith("W"))

net = Net()
'''
SOURCES["accumulate"] = '''import numpy as np

rng = np.random.RandomState(19)
x = rng.randn(16, 3)
y = np.sin(x[:, :1]) + x[:, 1:2]

class Net:
    """fit sums the gradients of two micro-batches and steps once for both."""
    def __init__(self, lr=0.05):
        r = np.random.RandomState(2)
        self.layers = [3, 8, 1]
        self.W1, self.b1, self.W2, self.b2 = r.randn(3, 8) * 0.5, np.zeros(8), r.randn(8, 1) * 0.5, np.zeros(1)
        self.lr = lr

    def forward(self, X):
        self.X, self.z = X, X @ self.W1 + self.b1
        self.h = self.z / (1 + np.exp(-self.z))
        self.out = self.h @ self.W2 + self.b2
        return self.out

    __call__ = forward

    def loss(self, out, y):
        e = np.abs(out - y)
        return np.where(e < 1, 0.5 * e ** 2, e - 0.5).mean()

    def backward_step(self, y):
        d = np.clip(self.out - y, -1, 1) / y.size
        self.dW2, self.db2 = self.h.T @ d, d.sum(0)
        s = 1 / (1 + np.exp(-self.z))
        d = d @ self.W2.T * (s + self.z * s * (1 - s))
        self.dW1, self.db1 = self.X.T @ d, d.sum(0)

    def update(self):
        for k in ("W1", "b1", "W2", "b2"):
            w = getattr(self, k)
            w -= self.lr * getattr(self, "d" + k)

    def fit(self, X, y, epochs=30, batch_size=4, accumulate=2):
        for _ in range(epochs):
            order = np.random.permutation(len(X))
            parts = [order[i:i + batch_size] for i in range(0, len(X), batch_size)]
            for i in range(0, len(parts), accumulate):
                total = {}
                group = parts[i:i + accumulate]
                for part in group:
                    self.forward(X[part])
                    self.backward_step(y[part])
                    for k in ("dW1", "db1", "dW2", "db2"):
                        total[k] = total.get(k, 0) + getattr(self, k) / len(group)
                self.__dict__.update(total)
                self.update()

net = Net()
'''
SOURCES["two_heads"] = '''import numpy as np

rng = np.random.RandomState(21)
x = rng.randn(13, 4)
t = rng.randn(13, 2)
c = rng.randint(0, 2, 13)
p = {"W": rng.randn(4, 5) * 0.5, "b": rng.randn(5) * 0.1, "Wr": rng.randn(5, 2) * 0.5, "Wc": rng.randn(5, 2) * 0.5, "scale": np.array(1.3)}

def both(p):
    z = x @ p["W"] + p["b"]
    h = np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1) * p["scale"]
    r = h @ p["Wr"]
    q = np.exp(h @ p["Wc"])
    q /= q.sum(1, keepdims=True)
    value = ((r - t) ** 2).sum(1).mean() / 2 - 0.3 * np.log(q[range(len(c)), c]).mean()
    n = len(x)
    dr, dq = (r - t) / n, q.copy()
    dq[range(n), c] -= 1
    dq *= 0.3 / n
    dh = np.einsum("ij,kj->ik", dr, p["Wr"]) + np.einsum("ij,kj->ik", dq, p["Wc"])
    dz = dh * p["scale"] * np.where(z > 0, 1, np.exp(np.minimum(z, 0)))
    return value, {"W": np.einsum("ni,nj->ij", x, dz), "b": dz.sum(0), "Wr": h.T @ dr, "Wc": h.T @ dq, "scale": (dh * h / p["scale"]).sum()}

args = (lambda p: both(p)[0], p, lambda p: both(p)[1])
'''
SOURCES["attention"] = '''import numpy as np

rng = np.random.RandomState(34)
T, D, K = 5, 4, 3
X = rng.randn(T, D)
Y = rng.randn(T, K)
p = {"Wq": rng.randn(D, K) * 0.6, "Wk": rng.randn(D, K) * 0.6, "Wv": rng.randn(D, K) * 0.6, "Wo": rng.randn(K, K) * 0.6}

def attend(p):
    Q, Km, V = X @ p["Wq"], X @ p["Wk"], X @ p["Wv"]
    scores = Q @ Km.T / np.sqrt(K)
    scores = scores - scores.max(axis=-1, keepdims=True)
    A = np.exp(scores)
    A = A / A.sum(axis=-1, keepdims=True)
    context = A @ V
    out = context @ p["Wo"]
    return Q, Km, V, A, context, out

def loss(p):
    return ((attend(p)[-1] - Y) ** 2).mean()

def backward(p):
    Q, Km, V, A, context, out = attend(p)
    dout = 2 * (out - Y) / out.size
    grads = {"Wo": context.T @ dout}
    dcontext = dout @ p["Wo"].T
    dV = A.T @ dcontext
    dA = dcontext @ V.T
    dscores = A * (dA - (dA * A).sum(axis=-1, keepdims=True))
    dscores = dscores / np.sqrt(K)
    dQ = dscores @ Km
    dK = dscores.T @ Q
    grads["Wq"], grads["Wk"], grads["Wv"] = X.T @ dQ, X.T @ dK, X.T @ dV
    return grads

args = (loss, p, backward)
'''
SOURCES["lstm"] = '''import numpy as np

rng = np.random.RandomState(32)
T, D, H = 4, 3, 4
xs = rng.randn(T, D, 1)
target = rng.randn(1, 1)
p = {g: rng.randn(H, H + D) * 0.4 for g in ("Wf", "Wi", "Wc", "Wo")}
p.update({g: rng.randn(H, 1) * 0.1 for g in ("bf", "bi", "bc", "bo")})
p["Wy"], p["by"] = rng.randn(1, H) * 0.5, rng.randn(1, 1) * 0.1

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def forward(p):
    h, c, cache = np.zeros((H, 1)), np.zeros((H, 1)), []
    for t in range(T):
        z = np.vstack((h, xs[t]))
        f, i = sigmoid(p["Wf"] @ z + p["bf"]), sigmoid(p["Wi"] @ z + p["bi"])
        g, o = np.tanh(p["Wc"] @ z + p["bc"]), sigmoid(p["Wo"] @ z + p["bo"])
        c_prev = c
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        cache.append((z, f, i, g, o, c, c_prev, h))
    return p["Wy"] @ h + p["by"], cache

def loss(p):
    return float(0.5 * np.sum((forward(p)[0] - target) ** 2))

def gradients(p):
    y, cache = forward(p)
    grads = {k: np.zeros_like(v) for k, v in p.items()}
    dy = y - target
    grads["Wy"], grads["by"] = dy @ cache[-1][7].T, dy
    dh_next, dc_next = p["Wy"].T @ dy, np.zeros((H, 1))
    for t in reversed(range(T)):
        z, f, i, g, o, c, c_prev, h = cache[t]
        dh = dh_next
        do = dh * np.tanh(c) * o * (1 - o)
        dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
        df = dc * c_prev * f * (1 - f)
        di = dc * g * i * (1 - i)
        dg = dc * i * (1 - g ** 2)
        for name, d in (("f", df), ("i", di), ("c", dg), ("o", do)):
            grads["W" + name] += d @ z.T
            grads["b" + name] += d
        dz = p["Wf"].T @ df + p["Wi"].T @ di + p["Wc"].T @ dg + p["Wo"].T @ do
        dh_next = dz[:H]
        dc_next = dc * f
    return grads

args = (loss, p, gradients)
'''
SOURCES["deep"] = '''import numpy as np

rng = np.random.RandomState(41)
x = rng.randn(4, 18)
k = (x[0] > 0).astype(int) + (x[1] > 0.3)
y = np.zeros((3, 18))
y[k, np.arange(18)] = 1

class DeepNet:
    def __init__(self, dims=(4, 6, 5, 3), lr=0.2, lam=0.02, mu=0.9):
        r = np.random.RandomState(0)
        self.layers, self.lr, self.lam, self.mu = dims, lr, lam, mu
        self.params, self.grads, self.vel = {}, {}, {}
        for l in range(1, len(dims)):
            self.params[f"W{l}"] = r.randn(dims[l], dims[l - 1]) * np.sqrt(1.0 / dims[l - 1])
            self.params[f"b{l}"] = np.zeros((dims[l], 1))
        for name in self.params:
            self.vel[name] = np.zeros(self.params[name].shape)

    def __call__(self, X):
        self.cache = {"A0": X}
        L = len(self.layers) - 1
        for l in range(1, L + 1):
            Z = self.params[f"W{l}"] @ self.cache[f"A{l - 1}"] + self.params[f"b{l}"]
            if l < L:
                self.cache[f"A{l}"] = np.tanh(Z)
            else:
                E = np.exp(Z - Z.max(axis=0))
                self.cache[f"A{l}"] = E / E.sum(axis=0)
        return self.cache[f"A{L}"]

    def loss(self, A, Y):
        m = Y.shape[1]
        penalty = sum(np.sum(self.params[n] ** 2) for n in self.params if n[0] == "W")
        return -np.sum(Y * np.log(A)) / m + self.lam / (2 * m) * penalty

    def backward_step(self, Y):
        m, L = Y.shape[1], len(self.layers) - 1
        dZ = self.cache[f"A{L}"] - Y
        for l in range(L, 0, -1):
            self.grads[f"W{l}"] = dZ @ self.cache[f"A{l - 1}"].T / m + self.lam / m * self.params[f"W{l}"]
            self.grads[f"b{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dA = self.params[f"W{l}"].T @ dZ
                dZ = dA * (1 - self.cache[f"A{l - 1}"] ** 2)

    def update(self):
        for name in self.params:
            self.vel[name] = self.mu * self.vel[name] - self.lr * self.grads[name]
            self.params[name] = self.params[name] + self.vel[name]

    def predict(self, X):
        return np.argmax(self(X), axis=0)

    def fit(self, X, Y, epochs=20, batch=6):
        for epoch in range(epochs):
            perm = np.random.permutation(X.shape[1])
            X, Y = X[:, perm], Y[:, perm]
            for s in range(0, X.shape[1], batch):
                self(X[:, s:s + batch])
                self.backward_step(Y[:, s:s + batch])
                self.update()

net = DeepNet()
'''
SOURCES["wide"] = '''import numpy as np

rng = np.random.RandomState(46)
x = rng.randn(18, 4)
y = x[:, :1] ** 2 - 2 * x[:, 1:2] + rng.randn(18, 1) * 0.1

class WideAndDeep:
    def __init__(self, lr=0.1, delta=0.7):
        r = np.random.RandomState(3)
        self.layers, self.lr, self.delta = [4, 7, 1], lr, delta
        self.V = r.randn(4, 1) * 0.3
        self.W1, self.b1 = r.randn(4, 7) * 0.5, np.zeros(7)
        self.W2, self.b2 = r.randn(7, 1) * 0.5, np.zeros(1)
        self.names = ["V", "W1", "b1", "W2", "b2"]
        self.G = {n: np.zeros_like(getattr(self, n)) for n in self.names}

    def __call__(self, X):
        self.X = X
        self.z = X @ self.W1 + self.b1
        self.a = np.maximum(0.01 * self.z, self.z)
        self.out = X @ self.V + self.a @ self.W2 + self.b2
        return self.out

    def loss(self, out, y):
        e = out - y
        small = np.abs(e) <= self.delta
        return np.mean(np.where(small, 0.5 * e ** 2, self.delta * (np.abs(e) - 0.5 * self.delta)))

    def backward_step(self, y):
        e = self.out - y
        d = np.where(np.abs(e) <= self.delta, e, self.delta * np.sign(e)) / len(y)
        self.dV = self.X.T @ d
        self.dW2, self.db2 = self.a.T @ d, d.sum(axis=0)
        dz = d @ self.W2.T * np.where(self.z > 0, 1, 0.01)
        self.dW1, self.db1 = self.X.T @ dz, dz.sum(axis=0)

    def update(self):
        for n in self.names:
            g = getattr(self, "d" + n)
            self.G[n] = self.G[n] + g ** 2
            setattr(self, n, getattr(self, n) - self.lr * g / (np.sqrt(self.G[n]) + 1e-7))

    def fit(self, X, y, epochs=15, batch_size=6):
        for epoch in range(epochs):
            for s in range(0, len(X), batch_size):
                self(X[s:s + batch_size])
                self.backward_step(y[s:s + batch_size])
                self.update()
        return self

    def predict(self, X):
        return self(X)

net = WideAndDeep()
'''
SOURCES["sequence"] = '''import numpy as np

rng = np.random.RandomState(44)
x = rng.randn(16, 5)
y = (x.sum(axis=1, keepdims=True) > 0).astype(float)

class SequenceNet:
    """Reads a row number by number."""
    def __init__(self, hidden=4, lr=0.3):
        r = np.random.RandomState(2)
        self.layers, self.lr = [1, hidden, 1], lr
        self.Wx, self.Wh, self.bh = r.randn(1, hidden) * 0.6, r.randn(hidden, hidden) * 0.4, np.zeros(hidden)
        self.Wo, self.bo = r.randn(hidden, 1) * 0.6, np.zeros(1)

    def __call__(self, X):
        self.X = X
        self.h = [np.zeros((len(X), len(self.bh)))]
        for t in range(X.shape[1]):
            self.h.append(np.tanh(X[:, t:t + 1] @ self.Wx + self.h[-1] @ self.Wh + self.bh))
        self.p = 1 / (1 + np.exp(-(self.h[-1] @ self.Wo + self.bo)))
        return self.p

    def loss(self, p, y):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def backward_step(self, y):
        d = (self.p - y) / len(y)
        self.dWo, self.dbo = self.h[-1].T @ d, d.sum(axis=0)
        dh = d @ self.Wo.T
        self.dWx, self.dWh, self.dbh = np.zeros_like(self.Wx), np.zeros_like(self.Wh), np.zeros_like(self.bh)
        for t in reversed(range(self.X.shape[1])):
            dz = dh * (1 - self.h[t + 1] ** 2)
            self.dWx += self.X[:, t:t + 1].T @ dz
            self.dWh += self.h[t].T @ dz
            self.dbh += dz.sum(axis=0)
            dh = dz @ self.Wh.T

    def update(self):
        for name in ("Wx", "Wh", "bh", "Wo", "bo"):
            g = getattr(self, "d" + name)
            norm = np.linalg.norm(g)
            if norm > 5:
                g = g * 5 / norm
            setattr(self, name, getattr(self, name) - self.lr * g)

    def predict(self, X):
        return self(X) > 0.5

net = SequenceNet()
'''
SOURCES["hinge"] = '''import numpy as np

rng = np.random.RandomState(45)
x = rng.randn(20, 3)
y = np.where(x @ np.array([1.0, -1.0, 0.5]) > 0, 1.0, -1.0)

class LinearSVM:
    def __init__(self, n=3, C=0.01, lr=0.1):
        self.layers = [n, 1]
        self.w, self.b = np.random.RandomState(1).randn(n) * 0.3, np.array([0.0])
        self.C, self.lr = C, lr

    def __call__(self, X):
        self.X = X
        self.f = X @ self.w + self.b
        return self.f

    def loss(self, f, y):
        return np.mean(np.maximum(0, 1 - y * f)) + self.C * self.w @ self.w

    def backward_step(self, y):
        inside = y * self.f < 1
        self.dw = -(self.X * (y * inside)[:, None]).mean(axis=0) + 2 * self.C * self.w
        self.db = np.array([-(y * inside).mean()])

    def update(self):
        self.w = self.w - self.lr * self.dw
        self.b = self.b - self.lr * self.db

    def predict(self, X):
        return np.sign(self(X))

    def fit(self, X, y, epochs=30, batch_size=5):
        for _ in range(epochs):
            i = np.random.permutation(len(X))
            for s in range(0, len(X), batch_size):
                self(X[i[s:s + batch_size]])
                self.backward_step(y[i[s:s + batch_size]])
                self.update()

net = LinearSVM()
'''

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
    ('the best weights are kept and never put back', 'rows', ('best_never_back',), [*STOPS, ('        self.W1, self.b1, self.W2, self.b2 = kept\n', '')]),
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
    ('m is the number of classes', 'digits', ('other_count',), [('m = Y.shape[1]\n        dZ2', 'm = Y.shape[0]\n        dZ2')]),
    ('x and y are shuffled apart, and another method is the way up', 'digits', ('pairs_torn',), [('X_shuffled, Y_shuffled = X[:, order], Y[:, order]', 'X_shuffled, Y_shuffled = X[:, order], Y[:, np.random.permutation(m)]')]),
    ("each example's gradient of the biases takes the place of the last one's", 'book', ('used_nowhere',), [('self.grad_biases = [nb + db / m for nb, db in zip(self.grad_biases, delta_b)]', 'self.grad_biases = [db / m for nb, db in zip(self.grad_biases, delta_b)]')]),
    ("a layer's own output for its input, where all have one size", 'book', ('own_activation_for_input',), [('net = Network([3, 5, 4, 2])', 'net = Network([5, 5, 5, 2])'), ('x = rng.randn(3, 12)', 'x = rng.randn(5, 12)'), ('nabla_w[-l] = np.dot(delta, activations[-l - 1].T)', 'nabla_w[-l] = np.dot(delta, activations[-l].T)')]),
    ('an activation that is cut off at 1 goes back as ReLU', 'modules', ('cut_ignored',), [('self.output = np.maximum(0, inputs)', 'self.output = np.clip(inputs, 0, 1)')]),
    ("Adam's rate decays from the one that has decayed", 'modules', ('rate_falls_faster',), [('self.current_learning_rate = self.learning_rate * (1.0 / (1.0 + self.decay * self.iterations))', 'self.current_learning_rate = self.current_learning_rate * (1.0 / (1.0 + self.decay * self.iterations))'), ('decay=5e-4', 'decay=5e-2')]),
    ('the mean of the biases is corrected, and nobody takes it', 'modules', ('arrays_apart',), [('self.current_learning_rate * bias_momentums_corrected /', 'self.current_learning_rate * layer.bias_momentums /')]),
    ('the last batch, which is smaller, never comes', 'modules', ('last_batch_left_out',), [('        if steps * batch_size < len(X):\n            steps += 1\n', ''), ('batch_size=5', 'batch_size=6')]),
    ("predict, which says yes or no, takes the batch's mean", 'bn', ('batch_when_predicting',), [('self(X, training=False) > 0.5', 'self(X) > 0.5')]),
    ('the running variance keeps means', 'bn', ('running_values_wrong',), [('self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var', 'self.running_var = self.momentum * self.running_var + (1 - self.momentum) * mu')]),
    ('every row of the probabilities with every label', 'intlabels', ('every_row',), [('return -np.log(probs[np.arange(len(y)), y]).mean()', 'return -np.log(probs[:, y]).mean()')]),
    ('a loop lets the rate decay from the one that has decayed', 'intlabels', ('rate_falls_faster',), [('self.optim.lr = self.lr0 * self.decay ** epoch', 'self.optim.lr = self.optim.lr * self.decay ** epoch')]),
    ('x is shuffled, whole-number labels are not', 'intlabels', ('pairs_torn',), [('xs, ys = x[order], y[order]', 'xs, ys = x[order], y')]),
    ('1 is taken from classes that begin at 0', 'intlabels', ('labels_moved',), [('        mean, std = x.mean(axis=0), x.std(axis=0)\n', '        y = y - 1\n')]),
    ('t begins anew in each round, and the memory does not', 'stopper', ('adam_counter_anew',), [('            order = np.random.permutation(len(X))\n', '            self.t = 0\n            order = np.random.permutation(len(X))\n')]),
    ('times the root of the mean square', 'stopper', ('step_line',), [('self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)', 'self.lr * m_hat * (np.sqrt(v_hat) + 1e-8)')]),
    ('mean square of the parameters', 'stopper', ('step_line',), [('(1 - self.beta2) * g ** 2', '(1 - self.beta2) * w ** 2')]),
    ('all steps of a round with the same batch', 'stopper', ('same_batch',), [('                self(X[i:i + batch_size])\n                self.backward_step(y[i:i + batch_size])', '                self(X[:batch_size])\n                self.backward_step(y[:batch_size])')]),
    ("the biases' gradient has lost an axis", 'deep', ('flat',), [('np.sum(dZ, axis=1, keepdims=True) / m', 'np.sum(dZ, axis=1) / m')]),
    ("Huber's way back is that of the square everywhere", 'wide', ('first_case_always',), [('d = np.where(np.abs(e) <= self.delta, e, self.delta * np.sign(e)) / len(y)', 'd = e / len(y)')]),
    ('Adagrad adds the gradient', 'wide', ('square_missing',), [('self.G[n] = self.G[n] + g ** 2', 'self.G[n] = self.G[n] + g')]),
    ('Adagrad keeps the last square alone', 'wide', ('squares_forgotten',), [('self.G[n] = self.G[n] + g ** 2', 'self.G[n] = g ** 2')]),
    ('Adagrad adds the squares of the parameters', 'wide', ('step_line',), [('self.G[n] + g ** 2', 'self.G[n] + getattr(self, n) ** 2')]),
    ('predict leaves one of two branches out', 'wide', ('array_unheard',), [('        return self(X)\n\nnet', '        a = np.maximum(0.01 * (X @ self.W1 + self.b1), X @ self.W1 + self.b1)\n        return a @ self.W2 + self.b2\n\nnet')]),
    ('predict_proba bends what is bent', 'stopper', ('bent_twice',), [('        return self(X)\n\n    def predict(', '        return 1 / (1 + np.exp(-self(X)))\n\n    def predict(')]),
    ('right: one hidden layer in columns', 'digits', (), []),
    ('right: example by example, in lists', 'book', (), []),
    ('right: parts with outputs of their own', 'modules', (), []),
    ('right: its own batch norm', 'bn', (), []),
    ('right: whole-number labels, dropout, a rate of each round', 'intlabels', (), []),
    ('right: early stopping on a part of its own', 'stopper', (), []),
    ('right: a learned slope, AdamW, a bound on all gradients together', 'prelu_adamw', (), []),
    ('right: gradients of two batches together', 'accumulate', (), []),
    ('right: two losses and a learned scale', 'two_heads', (), []),
    ('right: attention', 'attention', (), []),
    ('right: an LSTM', 'lstm', (), []),
    ('right: L2, momentum, any depth', 'deep', (), []),
    ('right: two branches, Huber, Adagrad', 'wide', (), []),
    ('right: a row is read number by number', 'sequence', (), []),
    ('right: a margin, labels of two signs in one row', 'hinge', (), []),
    ("Huber's way back is that of the straight lines everywhere", 'wide', ('other_case_always',), [('np.where(np.abs(e) <= self.delta, e, self.delta * np.sign(e))', 'self.delta * np.sign(e)')]),
    ('class / k is taken from all probabilities', 'intlabels', ('class_numbers',), [('        d[np.arange(len(y)), y] -= 1\n', '        d -= (y / 3)[:, None]\n')]),
    ('a break ends each round with its first batch', 'hinge', ('ends_at_once',), [('                self.update()\n\nnet', '                self.update()\n                break\n\nnet')]),
    ('fit goes up as predict does', 'bn', ('up_otherwise',), [('                self(X[i:i + batch_size])\n', '                self(X[i:i + batch_size], training=False)\n')]),
    ('right: fit says that it trains', 'bn', (), [('                self(X[i:i + batch_size])\n', '                self(X[i:i + batch_size], training=True)\n')]),
    ('predict takes the sign of what comes out without the bias', 'hinge', ('array_unheard', 'piece_left_out'), [('return np.sign(self(X))', 'return np.sign(X @ self.w)')]),
], 11_000):
    register(_number, *_case)
