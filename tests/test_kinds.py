"""Mistakes that no other network of the tests makes: each is named. What is said of them stands in diagnoses.txt."""

import numpy as np
import pytest

from lessons.checks.remember.book import solution_piece
from nnlib import (
    SGD,
    BatchNorm,
    BinaryCrossEntropy,
    Dense,
    Dropout,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    Sigmoid,
    Softmax,
    Tanh,
    check_functions,
    diagnose,
)

Lesson09 = solution_piece("09.5", "NeuralNetwork")


class NoWeights(Dense):
    def parameter_gradients(self, g):
        self.grad_weights, self.grad_bias = 0 * self.weights, g.mean(axis=1, keepdims=True)


class FirstLeftOut(Dense):
    def parameter_gradients(self, g):
        self.grad_weights = g[:, 1:] @ self.inputs[:, 1:].T / g.shape[1]
        self.grad_bias = g[:, 1:].sum(axis=1, keepdims=True) / g.shape[1]


class Shrinking(Dense):
    def __call__(self, inputs):
        self.weights = 0.999 * self.weights
        return super().__call__(inputs)


class Remembering(Dense):
    kept = 0.0

    def parameter_gradients(self, g):
        self.kept = 0.5 * self.kept + g @ self.inputs.T / g.shape[1]
        self.grad_weights, self.grad_bias = self.kept, g.mean(axis=1, keepdims=True)


class Coarse(Dense):
    def __call__(self, inputs):
        return (self.weights @ inputs + self.bias).astype(np.float32)

    def parameter_gradients(self, g):
        self.grad_weights = -3 * np.abs(g) @ self.inputs.T / g.shape[1]
        self.grad_bias = g.mean(axis=1, keepdims=True)


class Divided(Tanh):
    def gradient(self, z):
        return 1 / super().gradient(z)


def times(factor):
    """A bend whose way back is so many times as large, of `m` examples."""

    class Scaled(Tanh):
        def backward(self, g):
            return super().backward(g) * factor(g.shape[1])

    return Scaled


class NoCross(Softmax):
    def backward(self, g):
        return g * self.output


class Inverted(Dropout):
    def backward(self, g):
        return g * (self.mask == 0) / (1 - self.rate)


class ScaledTwice(Dropout):
    def __call__(self, inputs):
        output = super().__call__(inputs)
        self.mask = self.mask / (1 - self.rate)
        return output / (1 - self.rate)


class Normed(BatchNorm):
    mean, variance, gamma_too, divided = True, True, True, True

    def backward(self, g):
        d = g * self.gamma if self.gamma_too else g
        made = d - self.mean * d.mean(axis=1, keepdims=True)
        made = made - self.variance * self.normalised * (d * self.normalised).mean(axis=1, keepdims=True)
        return made / self.deviation if self.divided else made


class NoMean(Normed):
    mean = False


class NoVariance(Normed):
    variance = False


class NoGamma(Normed):
    gamma_too = False


class NoDeviation(Normed):
    divided = False


class Constant(Normed):
    mean = variance = False


class Larger(MeanSquaredError):
    def __call__(self, output, labels):
        return 3.7 * super().__call__(output, labels)


class Turned(BinaryCrossEntropy):
    def gradient(self, output, labels):
        return super().gradient(labels, output)


class Decays(NeuralNetwork):
    def update(self):
        self.optimizer.step(self.parameters, self.gradients)
        self.parameters[:] *= 0.9


class HalfPenalty(NeuralNetwork):
    def _add_penalty_gradients(self, m):
        for layer, *_ in self.layers:
            layer.grad_weights += 0.5 * self.regularization_factor / m * layer.weights


def network(layer=Dense, bend=Tanh, middle=(), loss=MeanSquaredError, last=Linear, kind=NeuralNetwork, l2=0.0):
    layers = ((layer(5), *(make() for make in middle), bend()), (Dense(3), last()))
    model = kind(layers, loss(), 0.1, seed=3, regularization_factor=l2).build(4)
    rng = np.random.default_rng(4)
    model.parameters[:] += 0.3 * rng.standard_normal(model.parameters.size)
    return model, rng.standard_normal((4, 5)), rng.uniform(0.1, 0.9, (3, 5))


NETWORKS = {
    "weights_gradient_missing": {"layer": NoWeights}, "first_example_left_out": {"layer": FirstLeftOut},
    "update_in_forward": {"layer": Shrinking},
    "remembers": {"layer": Remembering}, "float32": {"layer": Coarse}, "divided_by_slope": {"bend": Divided},
    "softmax_cross_missing": {"last": NoCross}, "mask_inverted": {"middle": [lambda: Inverted(0.4)]},
    "dropout_scale": {"middle": [lambda: ScaledTwice(0.4)]}, "mean_term_missing": {"middle": [NoMean]},
    "variance_term_missing": {"middle": [NoVariance]}, "gamma_missing": {"middle": [NoGamma]},
    "deviation_missing": {"middle": [NoDeviation]}, "statistics_constant": {"middle": [Constant]},
    "loss_factor": {"loss": Larger}, "labels_for_output": {"loss": Turned, "last": Sigmoid},
    "update_differs": {"kind": Decays}, "penalty": {"kind": HalfPenalty, "l2": 0.7},
    "gradient_sign": {"bend": times(lambda m: -1)}, "zeros": {"bend": times(lambda m: 0)},
    "mean_handed_down": {"bend": times(lambda m: 1 / m)}, "mean_missing": {"bend": times(lambda m: m)},
    "too_much": {"bend": times(lambda m: 1.7)},
    None: {"middle": [Normed, lambda: Dropout(0.4)]},
}  # fmt: skip


@pytest.mark.parametrize("kind", NETWORKS)
def test_a_mistake_of_a_part_is_named(kind):
    found = diagnose(*network(**NETWORKS[kind]))
    assert (found and found.kind) == kind, found


class Loud(Linear):
    """NumPy warns in it."""

    def __call__(self, inputs):
        np.exp(np.float64(1e4))
        return super().__call__(inputs)

    def gradient(self, z):
        np.log(np.float64(0))
        return super().gradient(z)


@pytest.mark.parametrize("kind", ["remembers", "mask_inverted", "update_differs", "zeros", "too_much", None])
def test_what_numpy_warns_of_in_a_learners_part_is_kept_to_itself(kind):
    """Here a warning is an error."""
    given = NETWORKS[kind]
    with np.errstate(all="ignore"):
        made = network(**given | {"middle": [*given.get("middle", ()), Loud]})
    found = diagnose(*made)
    assert (found and found.kind) == kind, found


# A network's own way back -----------------------------------------------------------------------------------


def ways_back():
    class Own(Lesson09):
        def start(self, labels):
            return self.loss.gradient(self.output, labels)

        def slope(self, k):
            return self.layers[k][1].gradient(self.layers[k][0].output)

        def order(self):
            return range(len(self.layers) - 1, -1, -1)

        def backward_step(self, labels):
            grad = self.start(labels)
            for k in self.order():
                grad = self.layers[k][0].backward(grad * self.slope(k))

    class NoLast(Own):
        def slope(self, k):
            return super().slope(k) if k < len(self.layers) - 1 else 1.0

    class OnlyLast(Own):
        def slope(self, k):
            return super().slope(k) if k == len(self.layers) - 1 else 1.0

    class Forwards(Own):
        def order(self):
            return range(len(self.layers))

    class Neighbour(Own):
        def slope(self, k):
            above = self.layers[min(k + 1, len(self.layers) - 1)][1]
            return above.gradient(self.layers[k][0].output)

    class Squared(Own):
        def slope(self, k):
            return super().slope(k) ** 2

    class Value(Own):
        def slope(self, k):
            return self.layers[k][1](self.layers[k][0].output)

    class Summed(Own):
        def start(self, labels):
            return super().start(labels) * labels.shape[1]

    class Twice(Own):
        def start(self, labels):
            return super().start(labels) / labels.shape[1]

    class Averaged(Own):
        def update(self):
            for layer, _ in self.layers:
                for name in ("weights", "bias"):
                    array = getattr(layer, name)
                    array -= self.optimizer.learning_rate * getattr(layer, f"grad_{name}") / self.output.shape[1]

    return {
        "last_slope_missing": NoLast, "slopes_below_missing": OnlyLast, "order": Forwards,
        "slope_of_neighbour": Neighbour, "slope_twice": Squared, "value_for_slope": Value, "mean_missing": Summed,
        "mean_twice": Twice, "step_averaged": Averaged, None: Own,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ways_back())
def test_a_slip_in_a_networks_own_way_back_is_named(kind):
    x, y = np.random.default_rng(0).standard_normal((3, 6)), np.array([[1.0, 0, 0, 1, 1, 0]] * 3)

    class OwnDense(Dense):
        def backward(self, grad_output):
            self.grad_weights = grad_output @ self.inputs.T / grad_output.shape[1]
            self.grad_bias = grad_output.mean(axis=1, keepdims=True)
            return self.weights.T @ grad_output

    layers = ((OwnDense(3), Tanh()), (OwnDense(3), Tanh()), (OwnDense(3), Sigmoid()))
    found = diagnose(ways_back()[kind](layers, BinaryCrossEntropy(), SGD(0.5)), x, y)
    assert (found and found.kind) == kind, found


# Gradients in functions -------------------------------------------------------------------------------------

rng = np.random.default_rng(8)
X, WEIGHTS = rng.standard_normal((4, 7)), {"W": rng.standard_normal((5, 4)), "V": rng.standard_normal((3, 5))}
Y = np.eye(3)[[0, 1, 2, 2, 0, 1, 0]].T


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def squared(p):
    return np.sum((softmax(p["V"] @ np.tanh(p["W"] @ X)) - Y) ** 2) / 14


def entropy(p):
    return -np.sum(Y * np.log(softmax(p["V"] @ np.tanh(p["W"] @ X)))) / 7


def back(p, start):
    h = np.tanh(p["W"] @ X)
    d = start(softmax(p["V"] @ h)) / 7
    return {"W": p["V"].T @ d * (1 - h**2) @ X.T, "V": d @ h.T}


def through_softmax(a, axis=0):
    g = a - Y
    return a * (g - (g * a).sum(axis=axis, keepdims=True))


def l1(p):
    return entropy(p) + 0.2 * sum(np.abs(array).sum() for array in p.values())


FUNCTIONS = {
    "times_output": (entropy, lambda p: back(p, lambda a: (a - Y) * a)),
    "divided_by_output": (entropy, lambda p: back(p, lambda a: (a - Y) / a)),
    "labels_added": (entropy, lambda p: back(p, lambda a: a + Y)),
    "labels_left_out": (entropy, lambda p: back(p, lambda a: a)),
    "signs_lost": (entropy, lambda p: back(p, lambda a: np.abs(a - Y))),
    "softmax_axis_back": (squared, lambda p: back(p, lambda a: through_softmax(a, 1))),
    "softmax_elementwise": (squared, lambda p: back(p, lambda a: (a - Y) * a * (1 - a))),
    "l1_other": (l1, lambda p: {name: array + 0.5 * np.sign(p[name])
                                for name, array in back(p, lambda a: a - Y).items()}),
    None: (squared, lambda p: back(p, through_softmax)),
}  # fmt: skip


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_a_slip_in_functions_is_named(kind):
    loss, gradients = FUNCTIONS[kind]
    found = check_functions(loss, WEIGHTS, gradients(WEIGHTS), m=7, k=3).diagnosis
    assert (found and found.kind) == kind, found
