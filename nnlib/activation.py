"""Activations: the bend after each layer, without which any number of layers is worth one.

An activation is called with z `(units, m)` and returns an array of the same shape. An element-wise one states
its slope, `gradient(z)`; its `backward(grad_output)` is then `grad_output * gradient(z)`, the chain rule for
one number at a time. The network keeps `inputs` (z) and `output` on the activation for the way back.
"""

import math

import numpy as np


class Elementwise:
    """What all activations share that bend each number on its own.

        grad_inputs = grad_output * gradient(inputs)    (units, m)
    """

    def __repr__(self):
        return f"{type(self).__name__}()"

    def backward(self, grad_output):
        slope = self.gradient(self.inputs)
        if slope is None:
            raise TypeError(f"gradient of {self!r} gave nothing, as without a `return`")
        return grad_output * slope


class Linear(Elementwise):
    """No bend: `f(z) = z`, `f'(z) = 1`. The last activation of a network that predicts any number.

    >>> Linear()(np.array([-2., 3.]))
    array([-2.,  3.])
    """

    def __call__(self, z):
        return z

    def gradient(self, z):
        return np.ones_like(z)


class ReLU(Elementwise):
    """Rectified linear unit: negative numbers become 0, the others pass.

        f(z) = max(z, 0)    f'(z) = 1 where z > 0, else 0

    The slope at z = 0 exactly is taken to be 0.

    >>> ReLU()(np.array([-2., 0., 3.]))
    array([0., 0., 3.])

    Source: Nair and Hinton (2010), "Rectified Linear Units Improve Restricted Boltzmann Machines".
    """

    def __call__(self, z):
        return np.maximum(z, 0)

    def gradient(self, z):
        return (z > 0).astype(z.dtype)


class LeakyReLU(Elementwise):
    """ReLU that lets a little through: no unit can die.

        f(z) = max(z, 0) + slope · min(z, 0)    f'(z) = 1 where z > 0, else slope

    >>> LeakyReLU(slope=0.1)(np.array([-2., 3.]))
    array([-0.2,  3. ])

    Source: Maas, Hannun and Ng (2013), "Rectifier Nonlinearities Improve Neural Network Acoustic Models".
    """

    def __init__(self, slope=0.01):
        self.slope = float(slope)

    def __repr__(self):
        return f"{type(self).__name__}({self.slope:g})"

    def __call__(self, z):
        return np.maximum(z, 0) + self.slope * np.minimum(z, 0)

    def gradient(self, z):
        return np.where(z > 0, z.dtype.type(1), z.dtype.type(self.slope))


class ELU(Elementwise):
    """Exponential linear unit: below 0 it bends smoothly towards `-alpha`.

        f(z) = z where z > 0, else alpha (exp(z) - 1)    f'(z) = 1 where z > 0, else alpha exp(z)

    >>> ELU()(np.array([-2., 3.])).round(3)
    array([-0.865,  3.   ])

    Source: Clevert, Unterthiner and Hochreiter (2016), "Fast and Accurate Deep Network Learning by Exponential
    Linear Units".
    """

    def __init__(self, alpha=1.0):
        self.alpha = float(alpha)

    def __repr__(self):
        return f"{type(self).__name__}({self.alpha:g})"

    def __call__(self, z):
        return np.where(z > 0, z, self.alpha * np.expm1(np.minimum(z, 0)))

    def gradient(self, z):
        return np.where(z > 0, z.dtype.type(1), self.alpha * np.exp(np.minimum(z, 0)))


class Sigmoid(Elementwise):
    """Squeezes any number into 0 … 1: the last activation for a yes-or-no question.

        f(z) = 1 / (1 + exp(-z))    f'(z) = f(z) (1 - f(z))

    Computed as `exp(min(z, 0)) / (1 + exp(-|z|))`: the formula above for z >= 0, and its equal
    `exp(z) / (1 + exp(z))` for z < 0. Neither exponential exceeds 1, so nothing overflows.

    >>> Sigmoid()(np.array([-1000., 0., 2.])).round(3)
    array([0.   , 0.5  , 0.881])
    """

    def __call__(self, z):
        return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))

    def gradient(self, z):
        a = self(z)
        return a * (1 - a)


class Tanh(Elementwise):
    """Squeezes any number into -1 … 1, with 0 in the middle.

        f(z) = tanh(z)    f'(z) = 1 - tanh(z)²

    >>> Tanh()(np.array([-2., 0.])).round(3)
    array([-0.964,  0.   ])
    """

    def __call__(self, z):
        return np.tanh(z)

    def gradient(self, z):
        return 1 - np.tanh(z) ** 2


class Softplus(Elementwise):
    """A ReLU with a round corner.

        f(z) = log(1 + exp(z))    f'(z) = sigmoid(z)

    >>> Softplus()(np.array([-1000., 0., 4.])).round(3)
    array([0.   , 0.693, 4.018])

    Source: Dugas et al. (2001), "Incorporating Second-Order Functional Knowledge for Better Option Pricing".
    """

    def __call__(self, z):
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))

    def gradient(self, z):
        return sigmoid(z)


class Swish(Elementwise):
    """Each number times its own sigmoid (also called SiLU): dips below 0 a little before it rises.

        f(z) = z s(z)    f'(z) = s(z) + z s(z) (1 - s(z))    with s = sigmoid

    >>> Swish()(np.array([-2., 2.])).round(3)
    array([-0.238,  1.762])

    Source: Ramachandran, Zoph and Le (2017), "Searching for Activation Functions".
    """

    def __call__(self, z):
        return z * sigmoid(z)

    def gradient(self, z):
        s = sigmoid(z)
        return s + z * s * (1 - s)


class GELU(Elementwise):
    """Gaussian error linear unit, in its tanh form: like Swish, nearer to ReLU.

        f(z) = z (1 + tanh(u)) / 2    with u = sqrt(2/π) (z + 0.044715 z³)
        f'(z) = (1 + tanh(u)) / 2 + z (1 - tanh(u)²) / 2 · sqrt(2/π) (1 + 3 · 0.044715 z²)

    >>> GELU()(np.array([-2., 2.])).round(3)
    array([-0.045,  1.955])

    Source: Hendrycks and Gimpel (2016), "Gaussian Error Linear Units", section 2.
    """

    scale = math.sqrt(2 / math.pi)
    cubic = 0.044715

    def __call__(self, z):
        return z * (1 + np.tanh(self.scale * (z + self.cubic * z * z * z))) / 2

    def gradient(self, z):
        tanh = np.tanh(self.scale * (z + self.cubic * z * z * z))
        return (1 + tanh) / 2 + z * (1 - tanh * tanh) / 2 * self.scale * (1 + 3 * self.cubic * z * z)


class Softmax:
    """Turns the k numbers of an example into k probabilities that add up to 1. Not element-wise.

        f(z)        = exp(z) / sum over the k units of exp(z)                          (k, m)
        grad_inputs = output * (grad_output - sum over k of grad_output * output)      (k, m)

    The largest z of each example is subtracted first: the result is the same, and nothing overflows.

    >>> Softmax()(np.array([[1000.], [1000.], [998.]])).round(3)
    array([[0.468],
           [0.468],
           [0.063]])

    Source: Bridle (1990), "Probabilistic Interpretation of Feedforward Classification Network Outputs".
    """

    def __repr__(self):
        return f"{type(self).__name__}()"

    def __call__(self, z):
        exp = np.exp(z - z.max(axis=0, keepdims=True))
        return exp / exp.sum(axis=0, keepdims=True)

    def backward(self, grad_output):
        average = (grad_output * self.output).sum(axis=0, keepdims=True)
        return self.output * (grad_output - average)


sigmoid = Sigmoid()
