"""Layers: the parts of a network that hold parameters, or that behave differently while it trains.

Data are `(features, examples)`: one column an example. `m` is the number of examples in the batch. A gradient
that arrives (`grad_output`) holds each example's own gradient; the mean over the examples is taken in one
place, `parameter_gradients`.

A layer answers two questions about the gradient that arrives at its output:

- `parameter_gradients(grad_output)`: how does the loss change with my parameters? Kept in `grad_…`.
- `backward(grad_output)`: how does the loss change with my inputs? Returned, for the part below.

Both use `inputs`, which the network keeps on the layer during the forward pass.
"""

import functools
import numbers

import numpy as np

from nnlib.initializer import He


class Dense:
    """Every unit weighs every feature, adds them up, and adds its bias.

        output       = weights @ inputs + bias            (units, m)
        grad_weights = grad_output @ inputs.T / m         (units, features)
        grad_bias    = grad_output summed over m / m      (units, 1)
        grad_inputs  = weights.T @ grad_output            (features, m)

    `units` is the number of outputs; the number of features is read off the first inputs, when `weights`
    `(units, features)` are drawn from `initializer` and `bias` `(units, 1)` starts at zero. `output` is z,
    before any activation. All four arrays can be read and assigned at any time; weights and bias that were
    assigned before the network first saw examples are what it starts from.

    Raises ValueError if `units` is no whole number of at least 1.

    >>> layer = Dense(2)
    >>> layer.weights, layer.bias = np.array([[1., 2.], [0., 1.]]), np.array([[0.5], [0.]])
    >>> layer(np.array([[3.], [1.]]))
    array([[5.5],
           [1. ]])

    Source: Rumelhart, Hinton and Williams (1986), "Learning representations by back-propagating errors".
    """

    parameters = ("weights", "bias")

    def __init__(self, units, initializer=None):
        if isinstance(units, bool) or not isinstance(units, numbers.Integral) or units < 1:
            raise ValueError(f"Dense(units) needs a whole number of at least 1, got {units!r}")
        self.units = int(units)
        self.initializer = initializer if initializer is not None else He()
        self.weights = self.bias = self.grad_weights = self.grad_bias = None
        self.built = False

    def __repr__(self):
        return f"{type(self).__name__}({self.units})"

    def build(self, features, rng, dtype=np.float64):
        """Draw `weights` `(units, features)` from `rng`, set `bias` `(units, 1)` to zero.

        What was assigned before the first call of build stays. Raises ValueError if it has another shape.
        """
        if self.built or self.weights is None:
            self.weights = self.initializer((self.units, features), rng)
        if self.built or self.bias is None:
            self.bias = np.zeros((self.units, 1))
        for name, shape in (("weights", (self.units, features)), ("bias", (self.units, 1))):
            array = np.asarray(getattr(self, name), dtype)
            if array.shape != shape:
                raise ValueError(f"{name} of {self!r} has shape {array.shape}, {features} features need {shape}")
            setattr(self, name, array)
        self.built = True

    def __call__(self, inputs):
        if self.weights is None or self.bias is None:
            self.build(inputs.shape[0], np.random.default_rng())
        return self.weights @ inputs + self.bias

    def parameter_gradients(self, grad_output):
        m = grad_output.shape[1]
        share = grad_output / m  # each example's share of the mean
        self.grad_weights = np.dot(share, self.inputs.T, out=self.grad_weights)
        self.grad_bias = np.dot(share, ones(m, share.dtype), out=self.grad_bias)  # a sum over m, by a quicker road

    def backward(self, grad_output):
        return np.dot(self.weights.T, grad_output)  # for a single unit several times faster than @


class Dropout:
    """Zero each input with probability `rate` while training; change nothing when predicting.

        mask        = 1 / (1 - rate) where kept, 0 where dropped    (features, m)
        output      = inputs * mask
        grad_inputs = grad_output * mask

    The numbers that are kept grow by `1 / (1 - rate)`, so that a unit downstream receives the same total on
    average in both modes ("inverted" dropout). `seed` gives the layer random numbers of its own; without it,
    they come from the network's.

    Raises ValueError unless `0 <= rate < 1`.

    >>> Dropout(0.5, seed=1)(np.ones((2, 4)))
    array([[2., 2., 0., 2.],
           [0., 0., 2., 0.]])

    Source: Srivastava et al. (2014), "Dropout: A Simple Way to Prevent Neural Networks from Overfitting".
    """

    def __init__(self, rate, seed=None):
        if isinstance(rate, bool) or not isinstance(rate, numbers.Real) or not 0 <= rate < 1:
            raise ValueError(f"Dropout(rate) is the part to drop, at least 0 and less than 1, got {rate!r}")
        self.rate = float(rate)
        self.rng = None if seed is None else np.random.default_rng(seed)
        self.mask = None

    def __repr__(self):
        return f"{type(self).__name__}({self.rate:g})"

    def build(self, features, rng, dtype=np.float64):
        """Take the network's random numbers, unless the layer has its own."""
        if self.rng is None:
            self.rng = rng

    def __call__(self, inputs):
        if self.rng is None:
            self.rng = np.random.default_rng()
        kept = self.rng.random(inputs.shape, inputs.dtype) >= self.rate
        self.mask = kept * inputs.dtype.type(1 / (1 - self.rate))
        return inputs * self.mask

    def predict(self, inputs):
        return inputs

    def backward(self, grad_output):
        return grad_output * self.mask


class BatchNorm:
    """Bring every feature to mean 0 and variance 1 over the batch, then let the network choose both anew.

        mean, variance = over the m examples of the batch         (features, 1)
        normalised     = (inputs - mean) / sqrt(variance + 1e-5)  (features, m)
        output         = gamma * normalised + beta                (features, m)
        grad_gamma     = mean of grad_output * normalised         (features, 1)
        grad_beta      = mean of grad_output                      (features, 1)
        grad_inputs    = gamma / sqrt(variance + 1e-5)
                         * (grad_output - grad_beta - normalised * grad_gamma)

    Every input also moves the batch's mean and variance, and so every other example's output: the two terms
    that are subtracted in `grad_inputs` are that detour. When predicting there may be no batch, so running
    values are used: after each training batch, `running = (1 - momentum) * running + momentum * batch`, the
    variance with `m - 1` in place of `m`.

    Source: Ioffe and Szegedy (2015), "Batch Normalization", algorithms 1 and 2.
    """

    parameters = ("gamma", "beta")
    buffers = ("running_mean", "running_variance")
    epsilon = 1e-5

    def __init__(self, momentum=0.1):
        if isinstance(momentum, bool) or not isinstance(momentum, numbers.Real) or not 0 <= momentum <= 1:
            raise ValueError(f"BatchNorm(momentum) lies between 0 and 1, got {momentum!r}")
        self.momentum = float(momentum)
        self.gamma = self.beta = self.grad_gamma = self.grad_beta = None

    def __repr__(self):
        return f"{type(self).__name__}()"

    def build(self, features, rng, dtype=np.float64):
        """Start with `gamma` 1 and `beta` 0, running mean 0 and running variance 1, all `(features, 1)`."""
        self.gamma, self.beta = np.ones((features, 1), dtype), np.zeros((features, 1), dtype)
        self.running_mean, self.running_variance = np.zeros_like(self.beta), np.ones_like(self.gamma)

    def __call__(self, inputs):
        if self.gamma is None:
            self.build(inputs.shape[0], None, inputs.dtype)
        m = inputs.shape[1]
        mean = inputs.mean(axis=1, keepdims=True)
        variance = inputs.var(axis=1, keepdims=True)
        self.deviation = np.sqrt(variance + self.epsilon)
        self.normalised = (inputs - mean) / self.deviation
        unbiased = variance * (m / max(m - 1, 1))
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_variance = (1 - self.momentum) * self.running_variance + self.momentum * unbiased
        return self.gamma * self.normalised + self.beta

    def predict(self, inputs):
        normalised = (inputs - self.running_mean) / np.sqrt(self.running_variance + self.epsilon)
        return self.gamma * normalised + self.beta

    def parameter_gradients(self, grad_output):
        share = grad_output / grad_output.shape[1]
        self.grad_gamma = np.sum(share * self.normalised, axis=1, keepdims=True, out=self.grad_gamma)
        self.grad_beta = np.sum(share, axis=1, keepdims=True, out=self.grad_beta)

    def backward(self, grad_output):
        through_mean = grad_output.mean(axis=1, keepdims=True)
        through_variance = (grad_output * self.normalised).mean(axis=1, keepdims=True)
        direct = grad_output - through_mean - self.normalised * through_variance
        return self.gamma / self.deviation * direct


@functools.lru_cache(maxsize=16)
def ones(m, dtype):
    """A column of `m` ones `(m, 1)`, made once: what is multiplied by it is added up."""
    column = np.ones((m, 1), dtype)
    column.flags.writeable = False
    return column
