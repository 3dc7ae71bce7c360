"""Wrong networks as they are posted, of a third round: written before anybody looked at what is said of them."""

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, Linear, MeanSquaredError, NeuralNetwork, ReLU, Sigmoid, Tanh

from . import case, two_moons

X, Y = two_moons()


def binary(*blocks, rate=0.3, **options):
    if "optimizer" not in options:
        options["learning_rate"] = rate
    return NeuralNetwork(blocks, BinaryCrossEntropy(), seed=0, **options), X, Y


def regression(loss):
    x = np.random.default_rng(7).normal(size=(2, 16))
    model = NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Linear())), loss, 0.1, seed=0)
    return model, x, np.array([[1.0, -0.5]]) @ x + 0.3


class FullyConnected:
    """A learner's layer that is right; those below change one line."""

    def __init__(self, units):
        self.units, self.weights, self.bias = units, None, None

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(0, 1, (self.units, features)) / np.sqrt(features)
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        self.x = x
        return self.weights @ x + self.bias

    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.x.T / dz.shape[1]
        self.grad_bias = dz.sum(axis=1, keepdims=True) / dz.shape[1]

    def backward(self, dz):
        return self.weights.T @ dz


class Regularised(Dense):
    lam = 0.5

    def parameter_gradients(self, dz):
        super().parameter_gradients(dz)
        self.grad_weights = self.grad_weights + self.lam / dz.shape[1] * self.weights


@case("L2 in the layer, and in the network too", "l2_added_twice")
def l2_twice():
    return binary((Regularised(5), Tanh()), (Regularised(1), Sigmoid()), regularization_factor=0.5)


class Undone(Regularised):
    lam = -1.0


@case("L2 with its sign turned", "l2_sign")
def l2_turned():
    return binary((Undone(5), Tanh()), (Undone(1), Sigmoid()), regularization_factor=0.5)


class CutOff(FullyConnected):
    def parameter_gradients(self, dz):
        super().parameter_gradients(dz)
        self.grad_weights, self.grad_bias = (np.clip(g, -0.02, 0.02) for g in (self.grad_weights, self.grad_bias))


@case("all gradients cut off, one number of the bias", "clipped")
def cut_off():
    return binary((CutOff(5), Tanh()), (CutOff(1), Sigmoid()))


class LeakValue:
    def __call__(self, z):
        return np.where(z > 0, z, 0.1 * z)

    def gradient(self, z):
        return np.where(z > 0, 1, 0.1 * z)


@case("alpha z for the slope of leaky ReLU", "value_left_of_zero")
def leak_value():
    return binary((FullyConnected(8), LeakValue()), (FullyConnected(1), Sigmoid()))


class LeakDiffers(LeakValue):
    def gradient(self, z):
        return np.where(z > 0, 1, 0.01)


@case("a leak of 0.1 on the way up, 0.01 on the way back", "leak_differs")
def leak_differs():
    return binary((FullyConnected(8), LeakDiffers()), (FullyConnected(1), Sigmoid()))


class MaximumOfAlpha(LeakValue):
    def __call__(self, z):
        return np.maximum(0.1, z)

    def gradient(self, z):
        return np.where(z > 0, 1.0, 0.1)


@case("max(alpha, z) for leaky ReLU", "forward_of_another")
def maximum_of_alpha():
    return binary((FullyConnected(8), MaximumOfAlpha()), (FullyConnected(1), Sigmoid()))


class HalfSwish:
    def __call__(self, z):
        return z / (1 + np.exp(-z))

    def gradient(self, z):
        return 1 / (1 + np.exp(-z))


@case("swish without the second term of its slope", "product_half")
def half_swish():
    return binary((FullyConnected(5), HalfSwish()), (FullyConnected(1), Sigmoid()))


class HuberWithoutSign:
    d = 0.3

    def __call__(self, p, y):
        e = np.abs(p - y)
        return np.where(e < self.d, 0.5 * e**2, self.d * (e - 0.5 * self.d)).mean()

    def gradient(self, p, y):
        e = p - y
        return np.where(np.abs(e) < self.d, e, self.d)


@case("Huber's gradient without its sign far out", "some_signs")
def huber_without_sign():
    return regression(HuberWithoutSign())


class UnitsAcross:
    """Weights as `(features, units)`, their gradient turned where it is square."""

    def __init__(self, n):
        self.n, self.weights, self.bias = n, None, None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(features, self.n)), np.zeros((self.n, 1))

    def __call__(self, x):
        self.x = x
        return self.weights.T @ x + self.bias

    def parameter_gradients(self, dz):
        made = dz @ self.x.T / dz.shape[1]
        self.grad_weights = made if made.shape == self.weights.shape else made.T
        self.grad_bias = dz.mean(axis=1, keepdims=True)

    def backward(self, dz):
        return self.weights @ dz


@case("W.T on the way up and W on the way down, dW turned", "transposed", alone=True)
def units_across():
    return binary((UnitsAcross(2), Tanh()), (UnitsAcross(1), Sigmoid()))


class OverUnits(FullyConnected):
    def parameter_gradients(self, dz):
        super().parameter_gradients(dz)
        if len(dz) == dz.shape[1]:
            self.grad_bias = dz.sum(axis=0).reshape(-1, 1) / dz.shape[1]


@case("the bias's sum over the units, of which there are as many as examples", "summed_over_units")
def over_units():
    return binary((OverUnits(20), Tanh()), (FullyConnected(1), Sigmoid()))


class AcrossExamples:
    def __call__(self, z):
        e = np.exp(z - z.max())
        return e / e.sum(axis=1, keepdims=True)

    def backward(self, g):
        return g


class OutputMinusLabels:
    share = 1

    def __call__(self, p, y):
        return -np.sum(y * np.log(p + 1e-12)) / y.shape[1]

    def gradient(self, p, y):
        return self.share * (p - y)


def three_classes(last, loss):
    rng = np.random.default_rng(7)
    x, y = rng.normal(size=(2, 18)), np.eye(3)[rng.integers(0, 3, 18)].T
    blocks = ((FullyConnected(6), Tanh()), (FullyConnected(3), last))
    return NeuralNetwork(blocks, loss, 0.1, seed=0), x, y


@case("softmax over the examples, p - y handed through", "softmax_axis")
def across_examples():
    return three_classes(AcrossExamples(), OutputMinusLabels())


class HandsThrough(AcrossExamples):
    def __call__(self, z):
        e = np.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)


class LabelsMinusOutput(OutputMinusLabels):
    share = -1


@case("y - p handed through the softmax", "gradient_sign")
def turned_and_through():
    return three_classes(HandsThrough(), LabelsMinusOutput())


class EachWithEach:
    def __call__(self, p, y):
        return float(np.mean((p.T - y.ravel()) ** 2))

    def gradient(self, p, y):
        return 2 * (p - y)


@case("(m, 1) meets (m,) in the loss", "column_met_row")
def each_with_each():
    return regression(EachWithEach())


class ArcTan:
    def __call__(self, z):
        return np.arctan(z)

    def gradient(self, z):
        return self.curve(z)

    def curve(self, z):
        return 1 / (1 - z * z)


@case("a bend of one's own with a minus in its slope", "operator")
def arc_tan():
    return binary((FullyConnected(5), ArcTan()), (FullyConnected(1), Sigmoid()))


class SmoothDistance:
    def __call__(self, p, y):
        return float(np.mean(np.sqrt(1 + (p - y) ** 2) - 1))

    def gradient(self, p, y):
        e = p - y
        return e * np.sqrt(1 + e**2)


@case("a loss of one's own that multiplies where it should divide", "operator")
def smooth_distance():
    return regression(SmoothDistance())


class OverWeights(FullyConnected):
    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.x.T / dz.shape[1]
        self.grad_bias = np.mean(dz * self.weights.sum(axis=1, keepdims=True), axis=1, keepdims=True)


@case("a factor too much in the bias of every layer", "too_much")
def over_weights():
    return binary((OverWeights(5), Tanh()), (OverWeights(1), Sigmoid()))


class Shortened(FullyConnected):
    def parameter_gradients(self, dz):
        super().parameter_gradients(dz)
        length = np.linalg.norm(self.grad_weights)
        if length > 0.05:
            self.grad_weights = self.grad_weights * 0.05 / length


@case("gradients cut to a length inside the layer", "shortened")
def cut_to_a_length():
    return binary((Shortened(5), Tanh()), (Shortened(1), Sigmoid()))


class EluWithoutAlpha:
    def __call__(self, z):
        return np.where(z > 0, z, 0.5 * (np.exp(z) - 1))

    def gradient(self, z):
        return np.where(z > 0, 1, np.exp(z))


@case("ELU's alpha forgotten in its slope", "alpha_missing")
def elu_without_alpha():
    return binary((FullyConnected(5), EluWithoutAlpha()), (FullyConnected(1), Sigmoid()))


class Ramp:
    """A bend with a parameter of its own, which is right; its gradient below forgets what is above 0."""

    parameters = ("alpha",)

    def build(self, n, rng, dtype=float):
        self.alpha = np.full((n, 1), 0.25)

    def __call__(self, z):
        self.z = z
        return np.where(z > 0, z, self.alpha * z)

    def parameter_gradients(self, g):
        self.grad_alpha = (g * self.z * (self.z < 0)).mean(axis=1, keepdims=True)

    def backward(self, g):
        return g * np.where(self.z > 0, 1, self.alpha)


class RampOfAll(Ramp):
    def parameter_gradients(self, g):
        self.grad_alpha = (g * self.z).mean(axis=1, keepdims=True)


@case("a bend with a parameter")
def ramp():
    return binary((FullyConnected(8), Ramp()), (FullyConnected(1), Sigmoid()))


@case("the parameter of a bend hears of all examples", "slope_missing")
def ramp_of_all():
    return binary((FullyConnected(8), RampOfAll()), (FullyConnected(1), Sigmoid()))


class LayerNorm:
    def __call__(self, x):
        self.s = np.sqrt(x.var(0, keepdims=True) + 1e-5)
        self.h = (x - x.mean(0, keepdims=True)) / self.s
        return self.h

    def backward(self, g):
        return (g - g.mean(0, keepdims=True) - self.h * (g * self.h).mean(0, keepdims=True)) / self.s


class LayerNormHalf(LayerNorm):
    def backward(self, g):
        return (g - g.mean(0, keepdims=True)) / self.s


class LayerNormUndivided(LayerNorm):
    def backward(self, g):
        return super().backward(g) * self.s


for kind, names in ((LayerNorm, ()), (LayerNormHalf, ("variance_term_missing",)),
                    (LayerNormUndivided, ("deviation_missing",))):  # fmt: skip

    @case(f"layer norm: {kind.__name__}", *names)
    def a_layer_norm(kind=kind):
        return binary((Dense(6), kind(), Tanh()), (Dense(1), Sigmoid()))


class Beside:
    """A layer beside which its inputs go on."""

    def __init__(self):
        self.weights = self.bias = None

    def build(self, features, rng, dtype=float):
        self.weights, self.bias = 0.5 * rng.normal(size=(features, features)), np.zeros((features, 1))

    def __call__(self, x):
        self.x, self.a = x, np.tanh(self.weights @ x + self.bias)
        return x + self.a

    def parameter_gradients(self, g):
        d = g * (1 - self.a**2)
        self.grad_weights, self.grad_bias = d @ self.x.T / g.shape[1], d.mean(1, keepdims=True)

    def backward(self, g):
        return self.weights.T @ (g * (1 - self.a**2))


@case("the way beside a layer is left out on the way back", "skip_missing")
def beside():
    return binary((Dense(4), Tanh()), (Beside(),), (Dense(1), Sigmoid()))


class LogOfMore:
    def __call__(self, p, y):
        return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 + p)))

    def gradient(self, p, y):
        return (p - y) / (p * (1 - p))


@case("log(1 + p) for log(1 - p) in the loss", "loss_of_another")
def log_of_more():
    return NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), LogOfMore(), 0.3, seed=0), X, Y


class Distance:
    def __call__(self, p, y):
        return float(np.abs(p - y).mean())

    def gradient(self, p, y):
        return p - y


@case("the error itself for the slope of its size", "gradient_of_another_loss")
def distance():
    return regression(Distance())


# Optimisers -----------------------------------------------------------------------------------------------


def stepping(optimizer):
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=optimizer)


class StartsAnew:
    def __init__(self, rate=0.1, beta=0.9):
        self.learning_rate, self.beta = rate, beta

    def step(self, p, g):
        v = np.zeros_like(p)
        v = self.beta * v + g
        p -= self.learning_rate * v


class KeptForNothing(StartsAnew):
    v = 0

    def step(self, p, g):
        self.v = 0.9 * self.v + g
        p -= self.learning_rate * g


class KeptByTheNumber:
    def __init__(self):
        self.lr, self.velocity = 0.1, None

    learning_rate = property(lambda self: self.lr)

    def step(self, p, g):
        self.velocity = 0.9 * (0 if self.velocity is None else self.velocity) + g
        p -= self.lr * g


@case("velocity begins at zero in each step", "velocity_forgotten")
def starts_anew():
    return stepping(StartsAnew())


@case("velocity is kept, and the step goes along the gradient", "velocity_forgotten")
def kept_for_nothing():
    return stepping(KeptForNothing())


@case("velocity with its 0.9 in the line, and never used", "velocity_forgotten")
def kept_by_the_number():
    return stepping(KeptByTheNumber())


class AgainstVelocity(StartsAnew):
    v = 0

    def step(self, p, g):
        self.v = self.beta * self.v + g
        p -= self.learning_rate * (g - self.beta * self.v)


class Grows(StartsAnew):
    def __init__(self):
        self.learning_rate = 0.1

    def step(self, p, g):
        p *= 1 + self.learning_rate * 0.01
        p -= self.learning_rate * g


class NothingAddsUp(Grows):
    def step(self, p, g):
        self.cache = g**2
        p -= self.learning_rate * g / (np.sqrt(self.cache) + 1e-8)


class NoMomentum(StartsAnew):
    v = 0

    def __init__(self, rate=0.1, momentum=0.0):
        self.learning_rate, self.momentum = rate, momentum

    def step(self, p, g):
        self.v = self.momentum * self.v + g
        p -= self.learning_rate * self.v


class Signs(Grows):
    m = 0

    def step(self, p, g):
        way = np.sign(0.9 * self.m + 0.1 * g)
        self.m = 0.99 * self.m + 0.01 * g
        p -= self.learning_rate * way


class Decays(Grows):
    m = v = t = 0

    def step(self, p, g):
        self.t += 1
        self.m, self.v = 0.9 * self.m + 0.1 * g, 0.999 * self.v + 0.001 * g * g
        root = np.sqrt(self.v / (1 - 0.999**self.t)) + 1e-8
        p -= self.learning_rate * (self.m / (1 - 0.9**self.t) / root + 0.01 * p)


for kind, names in ((AgainstVelocity, ("nesterov_sign",)), (Grows, ("decay_grows",)), (NoMomentum, ()), (Signs, ()),
                    (NothingAddsUp, ("squares_forgotten",)), (Decays, ())):  # fmt: skip

    @case(f"a step: {kind.__name__}", *names)
    def a_step(kind=kind):
        return stepping(kind())


class RootShareSwapped:
    def __init__(self, rate=0.01, rho=0.9):
        self.learning_rate, self.rho, self.s = rate, rho, 0.0

    def step(self, p, g):
        self.s = (1 - self.rho) * self.s + self.rho * g**2
        p -= self.learning_rate * g / (np.sqrt(self.s) + 1e-8)


@case("RMSProp with decay and 1 - decay exchanged", "share_swapped")
def root_share_swapped():
    return stepping(RootShareSwapped())


class SmallNumberOutside:
    learning_rate, eps = 0.01, 1e-2

    def __init__(self):
        self.m = self.v = self.t = 0

    def square(self, g):
        return g**2

    def step(self, p, g):
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * g
        self.v = 0.999 * self.v + 0.001 * self.square(g)
        self.move(p, self.m / (1 - 0.9**self.t), self.v / (1 - 0.999**self.t))

    def move(self, p, m, v):
        p -= self.learning_rate * (m / np.sqrt(v) + self.eps)


class SquareOfMean(SmallNumberOutside):
    eps = 1e-8

    def square(self, g):
        return self.m**2

    def move(self, p, m, v):
        p -= self.learning_rate * m / (np.sqrt(v) + self.eps)


def adams():
    def adam(shares=(0.1, 0.001), kept=(0.9, 0.999), corrected=lambda m, v, t: (m / (1 - 0.9**t), v / (1 - 0.999**t)),
             exchanged=False):  # fmt: skip
        class MyAdam:
            def __init__(self):
                self.learning_rate, self.m, self.v, self.t = 0.01, 0.0, 0.0, 0

            def step(self, p, g):
                self.t += 1
                self.m = kept[0] * self.m + shares[0] * g
                self.v = kept[1] * self.v + shares[1] * g**2
                m, v = corrected(self.m, self.v, self.t)
                m, v = (v, m) if exchanged else (m, v)
                p -= self.learning_rate * m / (np.sqrt(v) + 1e-8)

        return MyAdam()

    yield "mean and mean square exchanged", "moments_exchanged", adam(exchanged=True)
    yield "1 - beta1 in place of beta1", "share_swapped", adam((0.9, 0.001), (0.1, 0.999))
    yield "1 - beta2 in place of beta2", "share_swapped", adam((0.1, 0.999), (0.9, 0.001))
    yield "the mean takes in the whole gradient", "share_missing", adam((1, 0.001))
    yield "the mean square takes in the whole square", "share_missing", adam((0.1, 1))
    yield "beta * t for beta ** t", "adam_power_missing", adam(
        corrected=lambda m, v, t: (m / (1 - 0.9 * t), v / (1 - 0.999 * t))
    )
    yield "each corrected with the other's beta", "corrections_exchanged", adam(
        corrected=lambda m, v, t: (m / (1 - 0.999**t), v / (1 - 0.9**t))
    )
    yield "the small number outside of the brackets", "epsilon_outside", SmallNumberOutside()
    yield "the mean square of the running mean", "square_of_mean", SquareOfMean()
    yield "the root of what may be negative", "step_not_finite", adam(
        corrected=lambda m, v, t: (m, m - v)
    )


for slip, kind, adam in adams():

    @case(f"Adam: {slip}", kind)
    def an_adam(adam=adam):
        return stepping(adam)


# Predicting -----------------------------------------------------------------------------------------------


class Drop:
    def __init__(self, p=0.3):
        self.p, self.rng = p, np.random.default_rng(0)

    def mask_of(self, shape):
        return (self.rng.random(shape) > self.p) / (1 - self.p)

    def __call__(self, x):
        self.mask = self.mask_of(x.shape)
        return x * self.mask

    def predict(self, x):
        return x

    def backward(self, g):
        return g * self.mask


class DropExchanged(Drop):
    def mask_of(self, shape):
        return (self.rng.random(shape) < self.p) / (1 - self.p)


class DropScale(Drop):
    def mask_of(self, shape):
        return (self.rng.random(shape) > self.p) / self.p


class DropOther(Drop):
    def mask_of(self, shape):
        return (self.rng.random(shape) > self.p) * 1.2


@case("dropout keeps what it should drop", "dropout_exchanged")
def drop_exchanged():
    return binary((Dense(8), Tanh(), DropExchanged()), (Dense(1), Sigmoid()))


@case("dropout divides by the rate", "dropout_exchanged")
def drop_scale():
    return binary((Dense(8), Tanh(), DropScale()), (Dense(1), Sigmoid()))


@case("dropout makes up for less than it drops", "dropout_scale")
def drop_other():
    return binary((Dense(8), Tanh(), DropOther()), (Dense(1), Sigmoid()))


class Norm:
    parameters = ("gamma", "beta")

    def build(self, n, rng, dtype=float):
        self.gamma, self.beta = np.ones((n, 1)), np.zeros((n, 1))
        self.mean, self.variance = np.zeros((n, 1)), np.ones((n, 1))

    def __call__(self, x):
        mean, variance = x.mean(1, keepdims=True), x.var(1, keepdims=True)
        self.std = np.sqrt(variance + 1e-5)
        self.normal = (x - mean) / self.std
        self.remember(mean, variance)
        return self.gamma * self.normal + self.beta

    def remember(self, mean, variance):
        self.mean, self.variance = 0.9 * self.mean + 0.1 * mean, 0.9 * self.variance + 0.1 * variance

    def predict(self, x):
        return self.gamma * (x - self.mean) / np.sqrt(self.variance + 1e-5) + self.beta

    def parameter_gradients(self, g):
        self.grad_gamma, self.grad_beta = (g * self.normal).mean(1, keepdims=True), g.mean(1, keepdims=True)

    def backward(self, g):
        m, d = g.shape[1], g * self.gamma
        summed = d.sum(1, keepdims=True) + self.normal * (d * self.normal).sum(1, keepdims=True)
        return (m * d - summed) / (m * self.std)


class NormForgets(Norm):
    def remember(self, mean, variance):
        pass


class NormKeepsDeviation(Norm):
    def remember(self, mean, variance):
        super().remember(mean, np.sqrt(variance))


def normalised(part):
    return binary((Dense(6), part, ReLU()), (Dense(1), Sigmoid()))


@case("batch norm as the papers have it")
def norm():
    return normalised(Norm())


@case("batch norm never updates its running values", "running_values_stuck")
def norm_forgets():
    return normalised(NormForgets())


@case("batch norm keeps the deviation for the variance", "running_values_wrong")
def norm_keeps_deviation():
    return normalised(NormKeepsDeviation())


# Right ones -----------------------------------------------------------------------------------------------


class Slotted:
    __slots__ = ("a", "grad_output", "inputs", "output")

    def __call__(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, g):
        return g * (1 - self.a**2)


@case("an activation that keeps its values in slots")
def slotted():
    part = Slotted()
    blocks = ((Dense(4), part), (Dense(3), part), (Dense(1), Sigmoid()))
    return NeuralNetwork(blocks, MeanSquaredError(), 0.1, seed=0), X, Y
