"""Networks, parts and optimisers as they are posted, of a fourth round: each with one or two slips, or right."""

import numpy as np

from nnlib import (
    SGD,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Tanh,
)

from . import case, two_moons

X, Y = two_moons()
XR = np.random.default_rng(7).normal(size=(2, 16))
YR = np.array([[1.0, -0.5]]) @ XR + 0.3


CLASSES = np.random.default_rng(7).normal(size=(2, 18)), np.eye(3)[np.arange(18) % 3].T


def binary(a, act=Tanh, loss=BinaryCrossEntropy, **options):
    if "optimizer" not in options:
        options["learning_rate"] = 0.3
    return NeuralNetwork(((a(5), act()), (a(1), Sigmoid())), loss(), seed=0, **options), X, Y


def regression(hidden, last, loss):
    return NeuralNetwork((hidden, last), loss, 0.1, seed=0), XR, YR


rng = np.random.default_rng(21)


class Neurons:
    """weights (features, units), rows inside."""

    def __init__(self, n_out):
        self.n_out = self.units = n_out
        self.weights = self.bias = None

    def build(self, n_in, rng, dtype=float):
        self.weights = rng.standard_normal((n_in, self.n_out)) * np.sqrt(2 / n_in)
        self.bias = np.zeros((1, self.n_out))

    def __call__(self, inputs):
        self.rows = inputs.T
        return (self.rows @ self.weights + self.bias).T

    def parameter_gradients(self, grad):
        rows = grad.T
        self.grad_weights = self.rows.T @ rows / len(rows)
        self.grad_bias = rows.mean(axis=0, keepdims=True)

    def backward(self, grad):
        return (grad.T @ self.weights.T).T


class Affine:
    def __init__(self, units):
        self.units = units

    def build(self, fan_in, rng):
        self.weights = rng.normal(0, 1, (self.units, fan_in)) / fan_in**0.5
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        self.seen = x
        return np.dot(self.weights, x) + self.bias

    def backward(self, delta):
        n = delta.shape[1]
        self.grad_weights = np.dot(delta, self.seen.T) / n
        self.grad_bias = np.sum(delta, axis=1, keepdims=True) / n
        return np.dot(self.weights.T, delta)


class Logistic:
    def __call__(self, z):
        return 1.0 / (1.0 + np.exp(-z))

    def gradient(self, z):
        return self(z) * (1 - self(z))


class LogLoss:
    def __call__(self, p, t):
        return float(np.mean(-(t * np.log(p) + (1 - t) * np.log(1 - p))))

    def gradient(self, p, t):
        return -(t / p) + (1 - t) / (1 - p)


class Perceptron:
    def __init__(self, sizes=(4, 4, 1), lr=0.5):
        self.layers = [(Affine(n), Logistic()) for n in sizes]
        self.loss, self.lr, self.ready = (LogLoss(), lr, False)

    def __call__(self, x):
        if not self.ready:
            r, n = (np.random.default_rng(3), x.shape[0])
            for layer, _ in self.layers:
                layer.build(n, r)
                n = layer.units
            self.ready = True
        self.zs, self.activations = ([], [x])
        for layer, f in self.layers:
            z = layer(self.activations[-1])
            self.zs.append(z)
            self.activations.append(f(z))
        return self.activations[-1]

    def backward_step(self, labels):
        delta = self.loss.gradient(self.activations[-1], labels)
        for i in reversed(range(len(self.layers))):
            layer, f = self.layers[i]
            delta = layer.backward(delta * f.gradient(self.zs[i]))

    def update(self):
        for layer, _ in self.layers:
            layer.weights -= self.lr * layer.grad_weights
            layer.bias -= self.lr * layer.grad_bias


@case("Swish: the derivative keeps only the product rule's second term", "product_half")
def half_of_swish():

    class SiLU:
        def __call__(self, z):
            self.sig = 1 / (1 + np.exp(-z))
            return z * self.sig

        def gradient(self, z):
            s = 1 / (1 + np.exp(-z))
            return z * s * (1 - s)

    return binary(Neurons, act=SiLU)


@case("Adam: corrected with (1 - beta) at every step, t is never used", "adam_counter_stuck")
def adam_without_t():

    class MyAdam:
        def __init__(self, lr=0.01, b1=0.9, b2=0.999, eps=1e-08):
            self.lr, self.b1, self.b2, self.eps = (lr, b1, b2, eps)
            self.m = self.v = 0
            self.t = 0

        def step(self, p, g):
            self.t += 1
            self.m = self.b1 * self.m + (1 - self.b1) * g
            self.v = self.b2 * self.v + (1 - self.b2) * g**2
            m_hat = self.m / (1 - self.b1)
            v_hat = self.v / (1 - self.b2)
            p -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

    return binary(Dense, act=ReLU, optimizer=MyAdam())


@case("Huber loss: outside of delta the gradient is delta, its sign forgotten", "some_signs")
def huber_without_sign():

    class SmoothL1:
        def __init__(self, delta=0.5):
            self.delta = delta

        def __call__(self, y_pred, y_true):
            e = y_pred - y_true
            small = np.abs(e) <= self.delta
            return float(np.where(small, 0.5 * e**2, self.delta * (np.abs(e) - 0.5 * self.delta)).mean())

        def gradient(self, y_pred, y_true):
            e = y_pred - y_true
            return np.where(np.abs(e) <= self.delta, e, self.delta)

    return (NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), SmoothL1(), 0.1, seed=0), XR, YR)


@case("own update of a subclass: biases are moved uphill (+=)", "array_uphill", alone=True)
def biases_uphill():

    class Net(NeuralNetwork):
        def update(self):
            lr = 0.3
            for layer, _ in self.layers:
                layer.weights -= lr * layer.grad_weights
                layer.bias += lr * layer.grad_bias

    return (Net(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=0), X, Y)


@case("hinge loss: the mask is turned round (slope where the margin is kept)", "comparison", "zeros")
def hinge_turned():

    class Hinge:
        def __call__(self, score, y):
            t = 2 * y - 1
            return float(np.mean(np.maximum(0, 1 - t * score)))

        def gradient(self, score, y):
            t = 2 * y - 1
            return np.where(t * score > 1, -t, 0.0)

    return (NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), Hinge(), 0.1, seed=0), X, Y)


@case("own class: the slope is taken at the block below (zs[i-1])", "too_much", alone=True)
def slope_of_the_block_below():

    class Net(Perceptron):
        def backward_step(self, labels):
            delta = self.loss.gradient(self.activations[-1], labels)
            for i in reversed(range(len(self.layers))):
                layer, f = self.layers[i]
                slope = f.gradient(self.zs[i - 1]) if i == 1 else f.gradient(self.zs[i])
                delta = layer.backward(delta * slope)

    return (Net(), X, Y)


@case(
    "own class, two mistakes: LogLoss without the minus at t/p, update skips the first layer",
    "sign_inside",
    "never_moves",
    alone=True,
)
def sign_and_first_layer():

    class Loss(LogLoss):
        def gradient(self, p, t):
            return t / p + (1 - t) / (1 - p)

    class Net(Perceptron):
        def __init__(self):
            super().__init__()
            self.loss = Loss()

        def update(self):
            for layer, _ in self.layers[1:]:
                layer.weights -= self.lr * layer.grad_weights
                layer.bias -= self.lr * layer.grad_bias

    return (Net(), X, Y)


@case("rows inside, weights (features, units), clipped BCE of one's own")
def rows_inside():

    class ClippedBCE:
        def __call__(self, a, y):
            a = np.clip(a, 1e-07, 1 - 1e-07)
            return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))

        def gradient(self, a, y):
            a = np.clip(a, 1e-07, 1 - 1e-07)
            return (a - y) / (a * (1 - a))

    return binary(Neurons, loss=ClippedBCE)


@case("own class, lists of z and a, sigmoid everywhere", alone=True)
def lists_of_z_and_a():
    return (Perceptron(), X, Y)


@case("AMSGrad with a rate that decays")
def amsgrad():

    class AMSGrad:
        def __init__(self, rate=0.02):
            self.rate, self.t, self.m, self.v, self.top = (rate, 0, None, None, None)

        def step(self, p, g):
            if self.m is None:
                self.m, self.v, self.top = (np.zeros_like(p), np.zeros_like(p), np.zeros_like(p))
            self.t += 1
            self.m = 0.9 * self.m + 0.1 * g
            self.v = 0.999 * self.v + 0.001 * g * g
            self.top = np.maximum(self.top, self.v)
            rate = self.rate / (1 + 0.01 * self.t) * np.sqrt(1 - 0.999**self.t) / (1 - 0.9**self.t)
            p -= rate * self.m / (np.sqrt(self.top) + 1e-08)

    return binary(Dense, act=ReLU, optimizer=AMSGrad())


@case("ELU with alpha 1.5, its slope read off its output; a layer subclassed and renamed")
def elu_from_its_output():

    class ExponentialUnit:
        alpha = 1.5

        def __call__(self, z):
            self.out = np.where(z > 0, z, self.alpha * (np.exp(np.minimum(z, 0)) - 1))
            return self.out

        def gradient(self, z):
            return np.where(z > 0, 1.0, self(z) + self.alpha)

    class Hidden(Dense):
        pass

    return binary(Hidden, act=ExponentialUnit)


rng = np.random.default_rng(33)


def sig(x):
    return 1 / (1 + np.exp(-x))


class Lin:
    def __init__(self, out):
        self.units = out
        self.weights = self.bias = None

    def build(self, n, rng, dtype=float):
        self.weights, self.bias = (rng.uniform(-1, 1, (self.units, n)), np.zeros((self.units, 1)))

    def __call__(self, x):
        self.cache = x
        return self.weights.dot(x) + self.bias

    def parameter_gradients(self, d):
        n = d.shape[-1]
        self.grad_weights = d.dot(self.cache.T) / n
        self.grad_bias = d.sum(1).reshape(-1, 1) / n

    def backward(self, d):
        return self.weights.T.dot(d)


class Block:
    def __init__(self, units):
        self.units = units

    def init(self, n, r):
        self.weights = r.normal(size=(self.units, n)) * 0.7
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        self.x = x
        return self.weights @ x + self.bias

    def backward(self, e):
        self.grad_weights = e @ self.x.T / e.shape[1]
        self.grad_bias = e.mean(axis=1, keepdims=True)
        return self.weights.T @ e


class S:
    def __call__(self, z):
        return sig(z)

    def gradient(self, z):
        return sig(z) * (1 - sig(z))


class CE:
    def __call__(self, a, y):
        return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))

    def gradient(self, a, y):
        return (a - y) / (a * (1 - a))


class MyNet:
    def __init__(self, lr=0.7):
        self.layers = [(Block(5), S()), (Block(1), S())]
        self.loss = CE()
        self.lr = lr
        self.built = False

    def __call__(self, x):
        if not self.built:
            r, n = (np.random.default_rng(4), len(x))
            for b, _ in self.layers:
                b.init(n, r)
                n = b.units
            self.built = True
        for b, f in self.layers:
            b.z = b(x)
            x = f(b.z)
        self.out = x
        return x

    def backward_step(self, y):
        e = self.loss.gradient(self.out, y)
        for b, f in reversed(self.layers):
            e = b.backward(e * f.gradient(b.z))

    def update(self):
        for b, _ in self.layers:
            b.weights = b.weights - self.lr * b.grad_weights
            b.bias = b.bias - self.lr * b.grad_bias


@case("own Dense: bias gradient takes the maximum... np.max in place of the mean", "line_too_much", "other_function")
def largest_for_mean():

    class L(Lin):
        def parameter_gradients(self, d):
            super().parameter_gradients(d)
            self.grad_bias = np.max(d, axis=1, keepdims=True)

    return binary(L)


@case("arctan activation with slope 1/(1+a^2) taken at its output", "slope_at_output")
def arctan_at_its_output():

    class Arctan:
        def __call__(self, z):
            self.a = np.arctan(z)
            return self.a

        def gradient(self, z):
            return 1 / (1 + self.a**2)

    return binary(Lin, act=Arctan)


@case("arctan, and log-cosh loss")
def arctan_and_log_cosh():

    class Arctan:
        def __call__(self, z):
            return np.arctan(z)

        def gradient(self, z):
            return 1 / (1 + z**2)

    class LogCosh:
        def __call__(self, a, y):
            return float(np.log(np.cosh(a - y)).mean())

        def gradient(self, a, y):
            return np.tanh(a - y)

    return (NeuralNetwork(((Lin(5), Arctan()), (Lin(1), Linear())), LogCosh(), 0.1, seed=0), XR, YR)


@case("RMSProp: the root is missing and epsilon is 1e-2", "root_missing")
def root_and_epsilon():

    class RMS:
        def __init__(self):
            self.learning_rate, self.rho, self.s = (0.01, 0.9, 0)

        def step(self, p, g):
            self.s = self.rho * self.s + (1 - self.rho) * g * g
            p -= self.learning_rate * g / (self.s + 0.01)

    return binary(Dense, optimizer=RMS())


@case("own dropout: the mask is drawn anew on the way back", "mask_redrawn")
def mask_drawn_anew():

    class Drop:
        def __init__(self, p=0.5):
            self.p, self.rng = (p, np.random.default_rng(0))

        def __call__(self, x):
            self.mask = (self.rng.random(x.shape) > self.p) / (1 - self.p)
            return x * self.mask

        def predict(self, x):
            return x

        def backward(self, g):
            return g * (self.rng.random(g.shape) > self.p) / (1 - self.p)

    return (NeuralNetwork(((Dense(8), Tanh(), Drop()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=0), X, Y)


@case("cosine-like: own MSE subclass, weighs examples on the way up and not on the way back", "loss_of_another")
def weighed_on_the_way_up():

    class Weighted(MeanSquaredError):
        w = np.linspace(0.5, 2, 16)

        def __call__(self, a, y):
            return float(np.mean(self.w * (a - y) ** 2))

        def gradient(self, a, y):
            return 2 * (a - y)

    return (NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), Weighted(), 0.1, seed=0), XR, YR)


@case("own class whose update makes new arrays", alone=True)
def arrays_made_anew():
    return (MyNet(), X, Y)


@case(
    "own class: update computes a new array and does not keep it (weights - lr * grad as an expression into a local)",
    "nothing_moves",
    alone=True,
)
def nothing_kept():

    class N(MyNet):
        def update(self):
            for b, _ in self.layers:
                w, c = (b.weights, b.bias)
                w = w - self.lr * b.grad_weights
                c = c - self.lr * b.grad_bias

    return (N(), X, Y)


@case(
    "own class: the hidden error is not multiplied with the slope, and the loss's gradient is (y - a)/(a(1-a)) (two)",
    "gradient_sign",
    "slopes_below_missing",
    alone=True,
)
def sign_and_hidden_slope():

    class L(CE):
        def gradient(self, a, y):
            return (y - a) / (a * (1 - a))

    class N(MyNet):
        def __init__(self):
            super().__init__()
            self.loss = L()

        def backward_step(self, y):
            e = self.loss.gradient(self.out, y)
            (b1, _), (b2, f2) = self.layers
            e = b2.backward(e * f2.gradient(b2.z))
            b1.backward(e)

    return (N(), X, Y)


@case("own class with Nesterov-like lookahead in an optimizer of its own")
def nesterov():

    class Nag:
        def __init__(self, lr=0.1, mu=0.9):
            self.lr, self.mu, self.v = (lr, mu, 0.0)

        def step(self, p, g):
            old = self.v
            self.v = self.mu * self.v - self.lr * g
            p += -self.mu * old + (1 + self.mu) * self.v

    return binary(Lin, optimizer=Nag())


class Fc:
    def __init__(self, n):
        self.units = n
        self.weights = self.bias = None

    def build(self, k, rng, dtype=float):
        self.weights = rng.normal(size=(self.units, k)) * np.sqrt(1 / k)
        self.bias = rng.normal(size=(self.units, 1)) * 0.1

    def __call__(self, x):
        self.inp = x
        return self.weights @ x + self.bias

    def parameter_gradients(self, g):
        self.grad_weights = g @ self.inp.T / g.shape[1]
        self.grad_bias = g.mean(1, keepdims=True)

    def backward(self, g):
        return self.weights.T @ g


class Half:
    def __call__(self, a, y):
        return float(0.5 * np.mean((a - y) ** 2))

    def gradient(self, a, y):
        return a - y


class Sq:
    def __call__(self, z):
        return np.tanh(z)

    def derivative(self, z):
        return 1 - np.tanh(z) ** 2

    gradient = derivative


class Net:
    def __init__(self):
        r = np.random.default_rng(9)
        self.layers = [(Fc(4), Sq()), (Fc(3), Sq()), (Fc(1), Sq())]
        n = 2
        for j, _ in self.layers:
            j.build(n, r)
            n = j.units
        self.loss = Half()
        self.learning_rate = 0.05

    def __call__(self, x):
        for j, a in self.layers:
            j.z = j(x)
            x = a(j.z)
        self.out = x
        return x

    def backward_step(self, y):
        d = self.loss.gradient(self.out, y)
        for j, a in self.layers[::-1]:
            d = d * a.derivative(j.z)
            j.parameter_gradients(d)
            d = j.backward(d)

    def update(self):
        for j, _ in self.layers:
            j.weights -= self.learning_rate * j.grad_weights
            j.bias -= self.learning_rate * j.grad_bias


@case(
    "a square Fc hands down weights @ g, and its bias gradient is a sum (two)", "mean_missing", "weights_not_transposed"
)
def square_and_sum():

    class F(Fc):
        def parameter_gradients(self, g):
            super().parameter_gradients(g)
            self.grad_bias = g.sum(1, keepdims=True)

        def backward(self, g):
            return self.weights @ g if self.weights.shape[0] == self.weights.shape[1] else self.weights.T @ g

    return (NeuralNetwork(((F(4), Tanh()), (F(4), Tanh()), (F(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=0), X, Y)


@case("Mish-like activation: x*tanh(softplus(x)), slope leaves out the inner sigmoid", "slope_missing")
def mish_without_sigmoid():

    class Mish:
        def __call__(self, z):
            return z * np.tanh(np.log1p(np.exp(z)))

        def gradient(self, z):
            t = np.tanh(np.log1p(np.exp(z)))
            return t + z * (1 - t**2)

    return binary(Fc, act=Mish)


@case("Mish, right, and its own backward")
def mish():

    class Mish:
        def __call__(self, z):
            self.z = z
            return z * np.tanh(np.log1p(np.exp(z)))

        def backward(self, g):
            t = np.tanh(np.log1p(np.exp(self.z)))
            return g * (t + self.z * (1 - t**2) / (1 + np.exp(-self.z)))

    return binary(Fc, act=Mish)


@case("Gaussian bump activation exp(-z^2): slope -2 z (exp missing)", "slope_missing")
def bump_without_exp():

    class Bump:
        def __call__(self, z):
            return np.exp(-(z**2))

        def gradient(self, z):
            return -2 * z

    return binary(Fc, act=Bump)


@case("quantile loss: the slopes for over and under are exchanged", "comparison")
def quantiles_exchanged():

    class Pinball:
        q = 0.8

        def __call__(self, a, y):
            e = y - a
            return float(np.mean(np.maximum(self.q * e, (self.q - 1) * e)))

        def gradient(self, a, y):
            return np.where(y > a, 1 - self.q, -self.q)

    return (NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), Pinball(), 0.1, seed=0), XR, YR)


@case("pinball loss")
def pinball():

    class Pinball:
        q = 0.8

        def __call__(self, a, y):
            e = y - a
            return float(np.mean(np.maximum(self.q * e, (self.q - 1) * e)))

        def gradient(self, a, y):
            return np.where(y > a, -self.q, 1 - self.q)

    return (NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), Pinball(), 0.1, seed=0), XR, YR)


@case("Lion-like optimizer: sign of the gradient with +=", "step_uphill")
def lion_uphill():

    class Lion:
        def __init__(self):
            self.learning_rate, self.m = (0.01, 0.0)

        def step(self, p, g):
            p += self.learning_rate * np.sign(0.9 * self.m + 0.1 * g)
            self.m = 0.99 * self.m + 0.01 * g

    return binary(Dense, optimizer=Lion())


@case("Lion")
def lion():

    class Lion:
        def __init__(self):
            self.learning_rate, self.m = (0.01, 0.0)

        def step(self, p, g):
            p -= self.learning_rate * np.sign(0.9 * self.m + 0.1 * g)
            self.m = 0.99 * self.m + 0.01 * g

    return binary(Dense, optimizer=Lion())


@case(
    "momentum: velocity = beta v + (1 - beta) g is right, the step subtracts it without the rate",
    "learning_rate_missing",
)
def velocity_without_rate():

    class M:
        def __init__(self, lr=0.05, beta=0.9):
            self.lr, self.beta, self.v = (lr, beta, 0.0)

        def step(self, p, g):
            self.v = self.beta * self.v + (1 - self.beta) * g
            p -= self.v

    return binary(Dense, optimizer=M())


@case("own class, layers[::-1]", alone=True)
def layers_from_the_end():
    return (Net(), XR, YR / 5)


@case("own class: the parameter gradients are taken before the slope is multiplied", "lines_in_other_order", alone=True)
def gradients_before_the_slope():

    class N(Net):
        def backward_step(self, y):
            d = self.loss.gradient(self.out, y)
            for j, a in self.layers[::-1]:
                j.parameter_gradients(d)
                d = d * a.derivative(j.z)
                d = j.backward(d)

    return (N(), XR, YR / 5)


@case("own class: update divides the bias's step by the number of units", "step_divided", alone=True)
def bias_step_by_units():

    class N(Net):
        def update(self):
            for j, _ in self.layers:
                j.weights -= self.learning_rate * j.grad_weights
                j.bias -= self.learning_rate * j.grad_bias / j.units

    return (N(), XR, YR / 5)


class Layer_Dense:
    def __init__(self, n_neurons):
        self.units = n_neurons
        self.weights = self.bias = None

    def build(self, n_inputs, rng, dtype=float):
        self.weights = 0.5 * rng.standard_normal((n_inputs, self.units))
        self.bias = np.zeros((1, self.units))

    def __call__(self, inputs):
        self.inputs_ = inputs.T
        return (np.dot(self.inputs_, self.weights) + self.bias).T

    def parameter_gradients(self, dvalues):
        dvalues = dvalues.T / dvalues.shape[1]
        self.grad_weights = np.dot(self.inputs_.T, dvalues)
        self.grad_bias = np.sum(dvalues, axis=0, keepdims=True)

    def backward(self, dvalues):
        return np.dot(dvalues.T, self.weights.T).T


@case("nnfs's Layer_Dense and its ReLU")
def rows_and_relu():

    class Activation_ReLU:
        def __call__(self, z):
            self.z = z
            return np.maximum(0, z)

        def backward(self, dvalues):
            d = dvalues.copy()
            d[self.z <= 0] = 0
            return d

    return binary(Layer_Dense, act=Activation_ReLU)


@case("nnfs: the ReLU's way back looks at dvalues <= 0", "mask_from_gradient")
def relu_of_the_gradient():

    class Activation_ReLU:
        def __call__(self, z):
            self.z = z
            return np.maximum(0, z)

        def backward(self, dvalues):
            d = dvalues.copy()
            d[d <= 0] = 0
            return d

    return binary(Layer_Dense, act=Activation_ReLU)


@case("nnfs: dinputs with the gradient of the weights", "grad_weights_for_weights")
def gradient_for_weights():

    class L(Layer_Dense):
        def backward(self, dvalues):
            self.parameter_gradients(dvalues)
            return np.dot(dvalues.T, self.grad_weights.T).T

    return binary(L)


@case("nnfs: the L2 strength is added with weights**2", "line_too_much")
def squares_added():

    class L(Layer_Dense):
        def parameter_gradients(self, dvalues):
            super().parameter_gradients(dvalues)
            self.grad_weights += 0.1 * self.weights**2

    return binary(L)


@case("own AdamW: decay is added to the gradient with a minus", "decay_grows")
def decay_with_a_minus():

    class AdamW:
        def __init__(self):
            self.learning_rate, self.b1, self.b2, self.t, self.m, self.v, self.wd = (0.01, 0.9, 0.999, 0, 0.0, 0.0, 0.1)

        def step(self, p, g):
            self.t += 1
            g = g - self.wd * p
            self.m = self.b1 * self.m + (1 - self.b1) * g
            self.v = self.b2 * self.v + (1 - self.b2) * g * g
            p -= (
                self.learning_rate
                * (self.m / (1 - self.b1**self.t))
                / (np.sqrt(self.v / (1 - self.b2**self.t)) + 1e-08)
            )

    return binary(Dense, optimizer=AdamW())


@case("own Softmax: exp not shifted, and divided by the sum of z", "unknown")
def divided_by_sizes():

    class SM:
        def __call__(self, z):
            self.a = np.exp(z) / (1 + np.abs(z).sum(axis=0, keepdims=True))
            return self.a

        def backward(self, g):
            return self.a * (g - (g * self.a).sum(axis=0, keepdims=True))

    return (NeuralNetwork(((Dense(6), Tanh()), (Dense(3), SM())), CategoricalCrossEntropy(), 0.1, seed=0), *CLASSES)


@case("focal-like loss: gradient forgets the factor (1 - p)", "factor_left_out")
def factor_of_a_product():

    class SquaredLog:
        def __call__(self, a, y):
            return float(np.mean(np.where(y == 1, -(1 - a) * np.log(a), -a * np.log(1 - a))))

        def gradient(self, a, y):
            return np.where(y == 1, np.log(a) - 1 / a, -np.log(1 - a) + a / (1 - a))

    return binary(Dense, loss=SquaredLog)


@case("the same loss, right")
def weighed_logarithm():

    class SquaredLog:
        def __call__(self, a, y):
            return float(np.mean(np.where(y == 1, -(1 - a) * np.log(a), -a * np.log(1 - a))))

        def gradient(self, a, y):
            return np.where(y == 1, np.log(a) - (1 - a) / a, -np.log(1 - a) + a / (1 - a))

    return binary(Dense, loss=SquaredLog)


@case("own Dense: weights are used as W.T when square and W else (never complains), gradient of W", "means_multiplied")
def means_of_both():

    class L:
        def __init__(self, units):
            self.units = units
            self.weights = self.bias = None

        def build(self, n, rng, dtype=float):
            self.weights, self.bias = (rng.normal(size=(self.units, n)), np.zeros((self.units, 1)))

        def __call__(self, x):
            self.x = x
            return self.weights @ x + self.bias

        def parameter_gradients(self, g):
            self.grad_weights = np.outer(g.mean(axis=1), self.x.mean(axis=1))
            self.grad_bias = g.mean(axis=1, keepdims=True)

        def backward(self, g):
            return self.weights.T @ g

    return binary(L)


class Hinge:
    def __call__(self, score, y):
        return float(np.mean(np.maximum(0, 1 - (2 * y - 1) * score)))

    def gradient(self, score, y):
        return 1.0 - 2 * y


@case("hinge loss: every example counts, whatever its margin", "slope_where_flat")
def hinge_without_mask():
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), Hinge(), 0.1, seed=0), X, Y


class Falling:
    def __init__(self, learning_rate=0.5):
        self.learning_rate = learning_rate

    def step(self, p, g):
        p -= self.learning_rate * g
        self.learning_rate *= 0.1


@case("the learning rate falls to a tenth in each step", "rate_vanishes")
def falls_at_once():
    return binary(Dense, optimizer=Falling())


class FarOut(Dense):
    def build(self, features, rng, dtype=float):
        super().build(features, rng, dtype)
        self.weights *= 50


@case("weights far too large at the start", "saturated")
def far_out():
    return binary(FarOut)


class Steps:
    def __init__(self, learning_rate=0.5):
        self.learning_rate = learning_rate

    def step(self, p, g):
        for _ in range(2):
            p -= self.learning_rate * g


@case("the step is made twice, at the rate 0.5", "step_multiplied")
def stepped_twice():
    return binary(Dense, optimizer=Steps())


class TwoUpdates(NeuralNetwork):
    def update(self):
        super().update()
        super().update()


@case("update calls its own base twice", "steps_twice", alone=True)
def updated_twice():
    return TwoUpdates(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=0), X, Y


class TwoOfItsOwn(MyNet):
    def __init__(self):
        super().__init__(0.5)
        self.optimizer = SGD(0.5)

    def update(self):
        super().update()
        super().update()


@case("two steps at the rate of the network's own, 0.5, beside an optimiser", "steps_twice", alone=True)
def two_of_its_own():
    return TwoOfItsOwn(), X, Y


class Elu:
    """Its slope is read off its output, with 1 where alpha belongs."""

    alpha = 1.5

    def __call__(self, z):
        return np.where(z > 0, z, self.alpha * np.expm1(np.minimum(z, 0)))

    def gradient(self, z):
        return np.where(z > 0, 1.0, self(z) + 1)


@case("ELU with alpha 1.5: its slope is its output and 1", "alpha_missing")
def elu_and_one():
    return binary(Dense, act=Elu)
