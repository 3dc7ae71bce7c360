"""Initialisers: the random numbers that a network's weights start from.

An initialiser is called with the shape `(units, features)` and a `numpy.random.Generator`, and returns the
first weights. Biases always start at zero.
"""

import math

import numpy as np


class He:
    """Normal numbers with variance `2 / features`: keeps the size of signals through ReLU layers.

    ReLU sets about half of its inputs to zero, which halves their mean square; the 2 makes up for it.

    >>> He()((3, 800), np.random.default_rng(0)).std().round(2)    # sqrt(2 / 800) = 0.05
    np.float64(0.05)

    Source: He et al. (2015), "Delving Deep into Rectifiers", equation 10.
    """

    def __call__(self, shape, rng):
        features = shape[1]
        return rng.normal(0.0, math.sqrt(2 / features), shape)


class Glorot:
    """Uniform numbers within `±sqrt(6 / (features + units))`: for layers followed by Tanh, Sigmoid or nothing.

    Their variance, `2 / (features + units)`, is a compromise: signals keep their size on the way forward and
    gradients on the way back.

    >>> bool(np.abs(Glorot()((300, 300), np.random.default_rng(0))).max() <= 0.1)    # sqrt(6 / 600) = 0.1
    True

    Source: Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward neural
    networks", equation 16.
    """

    def __call__(self, shape, rng):
        units, features = shape
        limit = math.sqrt(6 / (features + units))
        return rng.uniform(-limit, limit, shape)


class Normal:
    """Normal numbers with standard deviation `scale`, whatever the shape.

    >>> Normal(scale=0.01)((2, 500), np.random.default_rng(0)).std().round(2)
    np.float64(0.01)
    """

    def __init__(self, scale=0.01):
        self.scale = scale

    def __call__(self, shape, rng):
        return rng.normal(0.0, self.scale, shape)


class Zeros:
    """Every weight 0. All units of a layer then stay equal for ever: there to be seen failing.

    >>> Zeros()((1, 3), np.random.default_rng(0))
    array([[0., 0., 0.]])
    """

    def __call__(self, shape, rng):
        return np.zeros(shape)
