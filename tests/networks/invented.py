"""Wrong networks, one mistake each (two where it says so), written before the diagnosis that must find it."""

import numpy as np

from nnlib import (
    SGD,
    Adam,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    Linear,
    MeanSquaredError,
    Momentum,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)

from . import case, classes, numbers, two_moons


def binary(*blocks, optimizer=None, **options):
    return NeuralNetwork(blocks, BinaryCrossEntropy(), optimizer=optimizer or SGD(0.1), seed=0, **options), *two_moons()


def regression(*blocks, loss=None, **options):
    return NeuralNetwork(blocks, loss or MeanSquaredError(), 0.1, seed=0, **options), *numbers()


def labelled(*blocks, loss=None):
    return NeuralNetwork(blocks, loss or CategoricalCrossEntropy(), 0.1, seed=0), *classes()


class MyDense:
    """A layer as tutorials write it."""

    def __init__(self, units):
        self.units = units
        self.weights = self.bias = None

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(size=(self.units, features)) * np.sqrt(1 / features)
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        self.x = x
        return self.weights @ x + self.bias

    def parameter_gradients(self, dz):
        self.grad_weights = self.dw(dz)
        self.grad_bias = self.db(dz)

    def dw(self, dz):
        return dz @ self.x.T / dz.shape[1]

    def db(self, dz):
        return dz.mean(axis=1, keepdims=True)

    def backward(self, dz):
        return self.weights.T @ dz


# Layers ---------------------------------------------------------------------------------------------------


class SumW(MyDense):
    def dw(self, dz):
        return dz @ self.x.T


@case("1/m forgotten for the weights only", "mean_missing")
def weights_summed():
    return regression((SumW(5), Tanh()), (SumW(2), Linear()))


class SumB(MyDense):
    def db(self, dz):
        return dz.sum(axis=1, keepdims=True)


@case("1/m forgotten for the bias only", "bias_summed")
def bias_summed():
    return regression((SumB(5), Tanh()), (SumB(2), Linear()))


class MeanAll(MyDense):
    def db(self, dz):
        return np.full((self.units, 1), dz.mean())


@case("the bias's mean over everything", "rows_equal")
def bias_mean_over_all():
    return regression((MeanAll(5), Tanh()), (MeanAll(2), Linear()))


class WrongAxis(MyDense):
    def db(self, dz):
        return dz.mean(axis=0, keepdims=True)


@case("the bias's mean over the units", "flat", "one_per_example")
def bias_wrong_axis():
    return regression((WrongAxis(5), Tanh()), (WrongAxis(2), Linear()))


class FlatBias(MyDense):
    def db(self, dz):
        return dz.mean(axis=1)


@case("the bias's gradient (n,)", "flat")
def bias_flat():
    return regression((FlatBias(5), Tanh()), (FlatBias(2), Linear()))


class Swapped(MyDense):
    def dw(self, dz):
        return self.x @ dz.T / dz.shape[1]


@case("dW transposed", "transposed")
def transposed():
    return regression((Swapped(5), Tanh()), (Swapped(2), Linear()))


@case("dW transposed in a square layer", "transposed")
def transposed_square():
    return regression((MyDense(5), Tanh()), (Swapped(5), Tanh()), (MyDense(2), Linear()))


class Hardcoded(MyDense):
    batch_size = 32

    def dw(self, dz):
        return dz @ self.x.T / self.batch_size

    def db(self, dz):
        return dz.sum(axis=1, keepdims=True) / self.batch_size


@case("divided by a batch size that is not this batch's", "other_count")
def hard_coded_batch():
    return regression((Hardcoded(5), Tanh()), (Hardcoded(2), Linear()))


class FirstM(MyDense):
    m = None

    def parameter_gradients(self, dz):
        if self.m is None:
            self.m = dz.shape[1]
        self.grad_weights = dz @ self.x.T / self.m
        self.grad_bias = dz.sum(axis=1, keepdims=True) / self.m


@case("m of the first batch, wrong for a smaller last one", "examples_remembered")
def first_m():
    return regression((FirstM(5), Tanh()), (FirstM(2), Linear()))


class Down(MyDense):
    def backward(self, dz):
        return self.grad_weights.T @ dz


@case("grad_weights for weights on the way down", "grad_weights_for_weights")
def grad_for_weights():
    return regression((Down(5), Tanh()), (Down(4), Tanh()), (Down(2), Linear()))


class NotTransposed(MyDense):
    def backward(self, dz):
        return self.weights @ dz if self.weights.shape[0] == self.weights.shape[1] else self.weights.T @ dz


@case("W in place of W.T, square", "weights_not_transposed")
def not_transposed():
    return regression((NotTransposed(5), Tanh()), (NotTransposed(5), Tanh()), (NotTransposed(2), Linear()))


class AveragedDown(MyDense):
    def backward(self, dz):
        return self.weights.T @ dz / dz.shape[1]


@case("what is handed down is divided by m as well", "mean_handed_down")
def averaged_down():
    return regression((AveragedDown(5), Tanh()), (AveragedDown(4), Tanh()), (AveragedDown(2), Linear()))


class Minus(MyDense):
    def dw(self, dz):
        return -(dz @ self.x.T) / dz.shape[1]


@case("a minus before dW", "gradient_sign")
def minus_weights():
    return regression((MyDense(5), Tanh()), (Minus(2), Linear()))


class MinusDown(MyDense):
    def backward(self, dz):
        return -self.weights.T @ dz


@case("a minus on the way down", "gradient_sign")
def minus_down():
    return regression((MinusDown(5), Tanh()), (MinusDown(2), Linear()))


class LoopOverwrites(MyDense):
    def dw(self, dz):
        for i in range(dz.shape[1]):
            total = np.outer(dz[:, i], self.x[:, i])
        return total / dz.shape[1]


@case("a loop over the examples keeps the last one only", "last_example_only")
def loop_overwrites():
    return regression((LoopOverwrites(5), Tanh()), (LoopOverwrites(2), Linear()))


class LoopShort(MyDense):
    def dw(self, dz):
        total = np.zeros_like(self.weights)
        for i in range(dz.shape[1] - 1):
            total += np.outer(dz[:, i], self.x[:, i])
        return total / dz.shape[1]


@case("a loop that leaves out the last example", "last_example_left_out")
def loop_short():
    return regression((LoopShort(5), Tanh()), (LoopShort(2), Linear()))


class PilesUp(MyDense):
    def dw(self, dz):
        if not hasattr(self, "total"):
            self.total = np.zeros_like(self.weights)
        self.total += dz @ self.x.T / dz.shape[1]
        return self.total.copy()


@case("dW is never set back to zero", "gradients_pile_up")
def piles_up():
    return regression((PilesUp(5), Tanh()), (PilesUp(2), Linear()))


class Stale(MyDense):
    last = None

    def __call__(self, x):
        self.x = x if self.last is None or self.last.shape != x.shape else self.last
        self.last = x
        return self.weights @ x + self.bias


@case("the inputs of the batch before", "stale_inputs")
def stale():
    return regression((Stale(5), Tanh()), (Stale(2), Linear()))


class NormalisedInput(MyDense):
    def dw(self, dz):
        return np.sign(dz) @ self.x.T / dz.shape[1]


@case("the sign of the error alone, which one line tells", "call_too_many")
def by_its_line():
    return regression((NormalisedInput(5), Tanh()), (MyDense(2), Linear()))


class NoName(MyDense):
    def dw(self, dz):
        return np.sign(dz) @ np.abs(self.x).T / dz.shape[1]


@case("something that has no name", "unknown")
def nameless():
    return regression((NoName(5), Tanh()), (MyDense(2), Linear()))


class OwnL2(MyDense):
    def dw(self, dz):
        return dz @ self.x.T / dz.shape[1] + 0.1 * self.weights


@case("weight decay in the layer, none in the loss", "l2_not_in_loss")
def own_l2():
    return regression((OwnL2(5), Tanh()), (OwnL2(2), Linear()))


class RowsForColumns(MyDense):
    def __call__(self, x):
        self.x = x
        return self.weights.T @ x + self.bias if self.weights.shape[0] == self.weights.shape[1] else super().__call__(x)


@case("W.T on the way up in a square layer", "transposed_forward")
def transposed_forward():
    return regression((MyDense(5), Tanh()), (RowsForColumns(5), Tanh()), (MyDense(2), Linear()))


# Activations ----------------------------------------------------------------------------------------------


class MySigmoid:
    def __call__(self, z):
        return 1 / (1 + np.exp(-z))

    def gradient(self, z):
        return self(z) * (1 - self(z))


class DerivativeOfOutput(MySigmoid):
    def gradient(self, z):
        return z * (1 - z)


@case("z (1 - z)", "slope_of_output_at_z")
def derivative_of_output():
    return binary((Dense(4), DerivativeOfOutput()), (Dense(1), Sigmoid()))


class TwiceSigmoid(MySigmoid):
    def gradient(self, z):
        a = self(self(z))
        return a * (1 - a)


@case("sigmoid of sigmoid in the slope", "slope_at_output")
def sigmoid_twice():
    return binary((Dense(4), TwiceSigmoid()), (Dense(1), Sigmoid()))


class APlus(MySigmoid):
    def gradient(self, z):
        return self(z) * (1 + self(z))


@case("a (1 + a)", "slope_sign_inside")
def a_plus():
    return binary((Dense(4), APlus()), (Dense(1), Sigmoid()))


class TanhNoSquare(Tanh):
    def gradient(self, z):
        return 1 - np.tanh(z)


@case("1 - a for tanh", "slope_half_written")
def tanh_no_square():
    return binary((Dense(4), TanhNoSquare()), (Dense(1), Sigmoid()))


class TanhAsSigmoid(Tanh):
    def gradient(self, z):
        a = np.tanh(z)
        return a * (1 - a)


@case("tanh with sigmoid's a (1 - a)", "slope_of_another")
def tanh_as_sigmoid():
    return binary((Dense(4), TanhAsSigmoid()), (Dense(1), Sigmoid()))


class ReLUWithSigmoidSlope(ReLU):
    def gradient(self, z):
        a = 1 / (1 + np.exp(-z))
        return a * (1 - a)


@case("ReLU with the sigmoid's slope", "slope_of_another")
def relu_sigmoid_slope():
    return binary((Dense(6), ReLUWithSigmoidSlope()), (Dense(1), Sigmoid()))


class ReLUPassesAll(ReLU):
    def gradient(self, z):
        return np.ones_like(z)


@case("ReLU lets every error through", "slope_missing")
def relu_passes_all():
    return binary((Dense(6), ReLUPassesAll()), (Dense(1), Sigmoid()))


class ReLUByGradient(ReLU):
    def backward(self, grad_output):
        return grad_output * (grad_output > 0)


@case("ReLU masks by the sign of the gradient", "mask_from_gradient")
def relu_by_gradient():
    return binary((Dense(6), ReLUByGradient()), (Dense(1), Sigmoid()))


class ReLUBackwards(ReLU):
    def gradient(self, z):
        return (z < 0).astype(float)


@case("ReLU's mask the wrong way round", "slope_wrong_side")
def relu_backwards():
    return binary((Dense(6), ReLUBackwards()), (Dense(1), Sigmoid()))


class LeakyWithoutLeak:
    def __call__(self, z):
        return np.where(z > 0, z, 0.1 * z)

    def gradient(self, z):
        return (z > 0).astype(float)


@case("leaky ReLU with ReLU's slope", "slope_of_another", "leak_missing")
def leaky_without_leak():
    return binary((Dense(6), LeakyWithoutLeak()), (Dense(1), Sigmoid()))


class SigmoidPlus:
    def __call__(self, z):
        return 1 / (1 + np.exp(z))

    def gradient(self, z):
        return self(z) * (1 - self(z))


@case("exp(z) in place of exp(-z)", "falls")
def sigmoid_falls():
    return binary((Dense(4), SigmoidPlus()), (Dense(1), Sigmoid()))


class SoftmaxDiagonal(Softmax):
    def backward(self, grad_output):
        return grad_output * self.output * (1 - self.output)


@case("softmax number by number", "softmax_elementwise")
def softmax_diagonal():
    return labelled((Dense(6), Tanh()), (Dense(4), SoftmaxDiagonal()))


class SoftmaxOverExamples:
    def __call__(self, z):
        e = np.exp(z - z.max())
        return e / e.sum()

    def backward(self, grad_output):
        a = self.output
        return a * (grad_output - (grad_output * a).sum(axis=0, keepdims=True))


@case("softmax divides by the sum over the whole batch", "softmax_axis")
def softmax_over_batch():
    return labelled((Dense(6), Tanh()), (Dense(4), SoftmaxOverExamples()))


class SoftmaxBackwardAxis(Softmax):
    def backward(self, grad_output):
        return self.output * (grad_output - (grad_output * self.output).sum(axis=1, keepdims=True))


@case("softmax's backward sums over the examples", "softmax_axis")
def softmax_backward_axis():
    return labelled((Dense(6), Tanh()), (Dense(4), SoftmaxBackwardAxis()))


# Losses ---------------------------------------------------------------------------------------------------


class SoftmaxTwice(CategoricalCrossEntropy):
    def gradient(self, output, labels):
        return output - labels


@case("p - y, and then through softmax again", "slope_after_shortcut")
def softmax_twice():
    return labelled((Dense(6), Tanh()), (Dense(4), Softmax()), loss=SoftmaxTwice())


class SigmoidTwice:
    def __call__(self, output, labels):
        return float(-(labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean())

    def gradient(self, output, labels):
        return output - labels


@case("p - y, and then through sigmoid again", "slope_after_shortcut")
def sigmoid_after_shortcut():
    x, y = two_moons()
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Sigmoid())), SigmoidTwice(), 0.1, seed=0), x, y


class LabelsMinusOutput(MeanSquaredError):
    def gradient(self, output, labels):
        return 2 * (labels - output) / len(output)


@case("y - a", "gradient_sign")
def labels_minus_output():
    return regression((Dense(5), Tanh()), (Dense(2), Linear()), loss=LabelsMinusOutput())


class DividedByAll(MeanSquaredError):
    def gradient(self, output, labels):
        return 2 * (output - labels) / output.size


@case("the loss divides by m, and so do the layers", "mean_twice")
def divided_by_all():
    return regression((Dense(5), Tanh()), (Dense(2), Linear()), loss=DividedByAll())


class SummedSquares:
    def __call__(self, output, labels):
        return float(((output - labels) ** 2).sum())

    def gradient(self, output, labels):
        return 2 * (output - labels) / len(output)


@case("the loss is a sum, the gradient a mean", "loss_summed")
def summed_squares():
    return regression((Dense(5), Tanh()), (Dense(2), Linear()), loss=SummedSquares())


class MeanInTheLoss(MeanSquaredError):
    def gradient(self, output, labels):
        return 2 * (output - labels) / output.size


class AddsUp(MyDense):
    def dw(self, dz):
        return dz @ self.x.T

    def db(self, dz):
        return dz.sum(axis=1, keepdims=True)


@case(
    "1/m in the loss, sums in one's own layer, and nnlib's layer takes the mean again", "mean_in_loss_too", "mean_twice"
)
def mean_in_two_places():
    return regression((Dense(5), Tanh()), (AddsUp(2), Linear()), loss=MeanInTheLoss())


class HalfSquares:
    def __call__(self, output, labels):
        return float(((output - labels) ** 2).mean() / 2)

    def gradient(self, output, labels):
        return 2 * (output - labels) / len(output)


@case("½ in the loss, 2 in its gradient", "factor_two_extra")
def half_squares():
    return regression((Dense(5), Tanh()), (Dense(2), Linear()), loss=HalfSquares())


class OneTerm(BinaryCrossEntropy):
    def gradient(self, output, labels):
        return -labels / output


@case("cross-entropy's gradient with its first term only", "term_missing")
def one_term():
    x, y = two_moons()
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Sigmoid())), OneTerm(), 0.1, seed=0), x, y


class SignInside(BinaryCrossEntropy):
    def gradient(self, output, labels):
        return -labels / output - (1 - labels) / (1 - output)


@case("cross-entropy's gradient with a minus in the second term", "sign_inside")
def sign_inside():
    x, y = two_moons()
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Sigmoid())), SignInside(), 0.1, seed=0), x, y


class LogTen(BinaryCrossEntropy):
    def __call__(self, output, labels):
        return float(-(labels * np.log10(output) + (1 - labels) * np.log10(1 - output)).mean())


@case("log10 in the loss", "log_base")
def log_ten():
    x, y = two_moons()
    return NeuralNetwork(((Dense(6), Tanh()), (Dense(1), Sigmoid())), LogTen(), 0.1, seed=0), x, y


class NoMinus:
    def __call__(self, output, labels):
        return float((labels * np.log(output)).sum() / output.shape[1])

    def gradient(self, output, labels):
        return -labels / output


@case("cross-entropy without its minus", "loss_sign")
def no_minus():
    return labelled((Dense(6), Tanh()), (Dense(4), Softmax()), loss=NoMinus())


# Dropout and batch normalisation --------------------------------------------------------------------------


class MaskForgotten(Dropout):
    def backward(self, grad_output):
        return grad_output


@case("dropout's mask forgotten on the way back", "mask_missing")
def mask_forgotten():
    return binary((Dense(8), Tanh(), MaskForgotten(0.5)), (Dense(1), Sigmoid()))


class MaskUnscaled(Dropout):
    def backward(self, grad_output):
        return grad_output * (self.mask > 0)


@case("dropout's 1/(1-rate) forgotten on the way back", "mask_unscaled")
def mask_unscaled():
    return binary((Dense(8), Tanh(), MaskUnscaled(0.5, seed=4)), (Dense(1), Sigmoid()))


class NewMask(Dropout):
    def backward(self, grad_output):
        return grad_output * (self.rng.random(grad_output.shape) >= self.rate) / (1 - self.rate)


@case("dropout draws a new mask on the way back", "mask_redrawn")
def new_mask():
    return binary((Dense(8), Tanh(), NewMask(0.5)), (Dense(1), Sigmoid()))


class MyDropout:
    """Drops and does not scale, in neither mode."""

    def __init__(self, rate):
        self.rate, self.rng = rate, np.random.default_rng(3)

    def __call__(self, x):
        self.mask = self.rng.random(x.shape) >= self.rate
        return x * self.mask

    def predict(self, x):
        return x

    def backward(self, grad_output):
        return grad_output * self.mask


@case("dropout without scale", "dropout_unscaled")
def dropout_without_scale():
    return binary((Dense(8), Tanh(), MyDropout(0.4)), (Dense(1), Sigmoid()))


class AlwaysDrops(MyDropout):
    def __call__(self, x):
        self.mask = (self.rng.random(x.shape) >= self.rate) / (1 - self.rate)
        return x * self.mask

    def predict(self, x):
        return self(x)


@case("dropout still on when predicting", "dropout_when_predicting")
def dropout_always():
    return binary((Dense(8), Tanh(), AlwaysDrops(0.4)), (Dense(1), Sigmoid()))


class NormConstant(BatchNorm):
    def backward(self, grad_output):
        return self.gamma / self.deviation * grad_output


@case("batch norm takes mean and variance for constants", "statistics_constant")
def norm_constant():
    return regression((Dense(5), NormConstant(), Tanh()), (Dense(2), Linear()))


class NormGamma(BatchNorm):
    def parameter_gradients(self, grad_output):
        self.grad_gamma = (grad_output * self.inputs).mean(axis=1, keepdims=True)
        self.grad_beta = grad_output.mean(axis=1, keepdims=True)


@case("batch norm's gamma pairs with the inputs as they came", "raw_inputs_for_normalised")
def norm_gamma():
    return regression((Dense(5), NormGamma(), Tanh()), (Dense(2), Linear()))


class NormSum(BatchNorm):
    def parameter_gradients(self, grad_output):
        self.grad_gamma = (grad_output * self.normalised).sum(axis=1, keepdims=True)
        self.grad_beta = grad_output.sum(axis=1, keepdims=True)


@case("batch norm's gradients are sums", "mean_missing")
def norm_sum():
    return regression((Dense(5), NormSum(), Tanh()), (Dense(2), Linear()))


# The model, optimisers, beginnings ------------------------------------------------------------------------


class L2Twice(NeuralNetwork):
    def _add_penalty_gradients(self, m):
        for part in self._weighted():
            part.grad_weights += 2 * self.regularization_factor / m * part.weights


@case("λ/m without the ½", "l2_doubled")
def l2_twice():
    layers = ((Dense(5), Tanh()), (Dense(2), Linear()))
    return L2Twice(layers, MeanSquaredError(), 0.1, seed=0, regularization_factor=0.8), *numbers()


class Uphill:
    learning_rate = 0.1

    def step(self, parameters, gradients):
        parameters += self.learning_rate * gradients


@case("+= in the update", "step_uphill")
def uphill():
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=Uphill())


class Copies:
    learning_rate = 0.1

    def step(self, parameters, gradients):
        parameters = parameters - self.learning_rate * gradients


@case("a step on a copy", "nothing_moves")
def copies():
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=Copies())


class ForgetfulMomentum(Momentum):
    def rule(self, parameters, gradients):
        velocity = np.zeros_like(parameters)
        velocity = self.momentum * velocity + gradients
        parameters -= self.learning_rate * velocity


@case("momentum that starts from zero each step", "velocity_forgotten")
def forgetful_momentum():
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=ForgetfulMomentum(0.1))


class MomentumOnGradient:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum, self.velocity = learning_rate, momentum, 0

    def step(self, parameters, gradients):
        self.velocity = self.velocity + self.momentum * gradients
        parameters -= self.learning_rate * self.velocity


@case("momentum on the gradient in place of the velocity", "momentum_on_gradient")
def momentum_on_gradient():
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=MomentumOnGradient(0.1))


class MyAdam:
    corrected = (True, True)

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.learning_rate, self.beta1, self.beta2, self.eps = learning_rate, beta1, beta2, eps
        self.m = self.v = 0
        self.t = 0

    def step(self, parameters, gradients):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * gradients
        self.v = self.beta2 * self.v + (1 - self.beta2) * gradients**2
        m = self.m / (1 - self.beta1**self.t) if self.corrected[0] else self.m
        v = self.v / (1 - self.beta2**self.t) if self.corrected[1] else self.v
        parameters -= self.learning_rate * m / (np.sqrt(v) + self.eps)


class Uncorrected(MyAdam):
    corrected = (False, False)


class OneCorrected(MyAdam):
    corrected = (True, False)


class CounterStuck(MyAdam):
    def step(self, parameters, gradients):
        self.t = 0
        super().step(parameters, gradients)


class KeepsCorrected(MyAdam):
    def step(self, parameters, gradients):
        self.t += 1
        self.m = (self.beta1 * self.m + (1 - self.beta1) * gradients) / (1 - self.beta1**self.t)
        self.v = (self.beta2 * self.v + (1 - self.beta2) * gradients**2) / (1 - self.beta2**self.t)
        parameters -= self.learning_rate * self.m / (np.sqrt(self.v) + self.eps)


class NoRoot(MyAdam):
    def step(self, parameters, gradients):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * gradients
        self.v = self.beta2 * self.v + (1 - self.beta2) * gradients**2
        m, v = self.m / (1 - self.beta1**self.t), self.v / (1 - self.beta2**self.t)
        parameters -= self.learning_rate * m / (v + self.eps)


class NoSquare(MyAdam):
    def step(self, parameters, gradients):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * gradients
        self.v = self.beta2 * self.v + (1 - self.beta2) * np.abs(gradients)
        m, v = self.m / (1 - self.beta1**self.t), self.v / (1 - self.beta2**self.t)
        parameters -= self.learning_rate * m / (np.sqrt(v) + self.eps)


class BetasSwapped(MyAdam):
    def step(self, parameters, gradients):
        self.t += 1
        self.m = self.beta2 * self.m + (1 - self.beta2) * gradients
        self.v = self.beta1 * self.v + (1 - self.beta1) * gradients**2
        m, v = self.m / (1 - self.beta2**self.t), self.v / (1 - self.beta1**self.t)
        parameters -= self.learning_rate * m / (np.sqrt(v) + self.eps)


for kind, names in (
    (Uncorrected, ("adam_uncorrected",)),
    (OneCorrected, ("adam_one_corrected",)),
    (CounterStuck, ("adam_counter_stuck",)),
    (KeepsCorrected, ("adam_keeps_corrected",)),
    (NoRoot, ("root_missing",)),
    (NoSquare, ("square_missing",)),
    (BetasSwapped, ("betas_swapped",)),
):

    @case(f"Adam: {kind.__name__}", *names)
    def an_adam(kind=kind):
        return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=kind(0.01))


class AdamCounter(Adam):
    def step(self, parameters, gradients):
        self.steps += 4
        self.rule(parameters, gradients)


@case("Adam's t goes up once an array", "adam_counter_per_layer")
def adam_counter():
    return binary((Dense(5), Tanh()), (Dense(1), Sigmoid()), optimizer=AdamCounter(0.01))


class AllZeros(MyDense):
    def build(self, features, rng, dtype=float):
        self.weights, self.bias = np.zeros((self.units, features)), np.zeros((self.units, 1))


@case("all weights begin at zero", "units_equal")
def zeros():
    return binary((AllZeros(5), Tanh()), (AllZeros(1), Sigmoid()))


@case("all parameters begin at one half", "units_equal", alone=True)
def all_equal():
    model, x, y = binary((Dense(5), Tanh()), (Dense(1), Sigmoid()))
    model.build(2).parameters[:] = 0.5
    return model, x, y


# Two at once ----------------------------------------------------------------------------------------------


class SumAndSign(MyDense):
    def dw(self, dz):
        return -dz @ self.x.T


@case("two: no mean and a minus, in the weights", "mean_missing_sign", "mean_missing", "gradient_sign")
def sum_and_sign():
    return regression((MyDense(5), Tanh()), (SumAndSign(2), Linear()))


@case("two: the sign of the loss, and grad_weights for weights", "gradient_sign", "grad_weights_for_weights")
def sign_and_down():
    return regression((Down(5), Tanh()), (Down(4), Tanh()), (Down(2), Linear()), loss=LabelsMinusOutput())


@case("two: slope forgotten, and no mean", "slope_missing", "mean_missing")
def slope_and_mean():
    class NoSlope(MySigmoid):
        def gradient(self, z):
            return 1.0 + 0 * z

    class Sum(SumW):
        def db(self, dz):
            return dz.sum(axis=1, keepdims=True)

    return regression((Sum(5), NoSlope()), (Sum(2), Linear()))


@case("two: z for the input, m from the units", "own_output_for_input", "units_for_examples")
def output_and_units():
    class Both(MyDense):
        def dw(self, dz):
            return dz @ self.output.T / self.weights.shape[0]

        def db(self, dz):
            return dz.sum(axis=1, keepdims=True) / self.weights.shape[0]

    return regression((Both(3), ReLU()), (Both(3), Tanh()), (MyDense(2), Linear()))


class Clipped(MyDense):
    def dw(self, dz):
        return np.clip(super().dw(dz), -0.01, 0.01)


@case("gradients cut off inside the layer", "clipped")
def clipped():
    return binary((Clipped(5), Tanh()), (Dense(1), Sigmoid()))


class Rounded(MyDense):
    def __call__(self, x):
        return super().__call__(x).round(2)


@case("a layer that rounds what it gives out", "output_rounded")
def rounded():
    return binary((Rounded(5), Tanh()), (Dense(1), Sigmoid()))


class Elu:
    def __call__(self, z):
        return np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)

    def gradient(self, z):
        return np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)) - 1)


@case("ELU's value in place of its slope on the left", "value_left_of_zero")
def elu_value():
    return binary((Dense(6), Elu()), (Dense(1), Sigmoid()))


class AbsoluteError:
    def __call__(self, output, labels):
        return float(np.abs(output - labels).mean())

    def gradient(self, output, labels):
        return np.abs(output - labels) / len(labels)


@case("a loss that gives what it costs as its gradient", "loss_for_slope")
def cost_for_slope():
    return regression((Dense(5), Tanh()), (Dense(2), Linear()), loss=AbsoluteError())
