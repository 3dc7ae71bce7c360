"""Optimisers: how a gradient becomes a step.

An optimiser sees the network as two flat vectors of equal length: `parameters`, which `step` changes in place,
and `gradients`. It knows no layers. `steps` counts its steps, one for each call of `step`; `state` holds the
vectors it remembers from step to step, by name.
"""

import math
import numbers

import numpy as np

PIECE = 65_536
"""So many numbers of long vectors are taken at a time: in the processor's cache they wait for a rule's next line."""


class SGD:
    """Stochastic gradient descent: straight down the slope.

        parameters -= learning_rate * gradients

    Raises ValueError if `learning_rate` is no positive finite number (0 is allowed: nothing moves).

    >>> parameters = np.array([1., 2.])
    >>> SGD(learning_rate=0.1).step(parameters, np.array([10., -10.]))
    >>> parameters
    array([0., 3.])

    Source: Robbins and Monro (1951), "A Stochastic Approximation Method".
    """

    _part = None  # the piece of long vectors that the rule is given, and their whole shape

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.reset()

    def __repr__(self):
        return f"{type(self).__name__}(learning_rate={self.learning_rate:g})"

    @property
    def learning_rate(self):
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, rate):
        if isinstance(rate, bool) or not isinstance(rate, numbers.Real) or not 0 <= rate < math.inf:
            raise ValueError(f"a learning rate is a finite number, 0 or more, got {rate!r}; 0.1 is a usual start")
        self._learning_rate = float(rate)

    def reset(self):
        """Forget all steps: `steps` back to 0, `state` empty."""
        self.steps = 0
        self.state = {}

    def step(self, parameters, gradients):
        """Change `parameters` in place by one step along `gradients`; both flat vectors of the same length."""
        self.steps += 1
        size = parameters.size
        if size <= PIECE or parameters.ndim > 1 or type(self).rule.__module__ != __name__:  # yours sees them whole
            return self.rule(parameters, gradients)
        try:
            for start in range(0, size, PIECE):
                piece = slice(start, start + PIECE)
                self._part = piece, (size,)
                self.rule(parameters[piece], gradients[piece])
        finally:
            self._part = None

    def rule(self, parameters, gradients):
        parameters -= self.learning_rate * gradients

    def memory(self, name, like):
        """What is remembered as `name` of the parameters that `like` is an array of; zeros the first time."""
        piece, shape = self._part or (..., like.shape)
        if name not in self.state:
            self.state[name] = np.zeros(shape, like.dtype)
        if self.state[name].shape != shape:
            raise ValueError(
                f"{self!r} has stepped a network with {self.state[name].size} parameters and is now given "
                f"{math.prod(shape)}: give each network an optimiser of its own, or call reset() first"
            )
        return self.state[name][piece]


class Momentum(SGD):
    """A ball that rolls: keeps `momentum` of its speed and gains the slope.

        velocity    = momentum * velocity + gradients
        parameters -= learning_rate * velocity

    Source: Polyak (1964), "Some methods of speeding up the convergence of iteration methods".
    """

    def __init__(self, learning_rate, momentum=0.9):
        super().__init__(learning_rate)
        self.momentum = fraction("momentum", momentum)

    def rule(self, parameters, gradients):
        velocity = self.memory("velocity", parameters)
        velocity *= self.momentum
        velocity += gradients
        parameters -= self.learning_rate * velocity


class Nesterov(Momentum):
    """Momentum that looks ahead: the step is the one the ball would take after this one.

        velocity    = momentum * velocity + gradients
        parameters -= learning_rate * (gradients + momentum * velocity)

    Source: Nesterov (1983); in this form Sutskever et al. (2013), "On the importance of initialization and
    momentum in deep learning".
    """

    def rule(self, parameters, gradients):
        velocity = self.memory("velocity", parameters)
        velocity *= self.momentum
        velocity += gradients
        parameters -= self.learning_rate * (gradients + self.momentum * velocity)


class RMSProp(SGD):
    """Each parameter's step is divided by the usual size of its own gradient.

        mean_square = decay * mean_square + (1 - decay) * gradients²
        parameters -= learning_rate * gradients / (sqrt(mean_square) + epsilon)

    Source: Tieleman and Hinton (2012), "Neural Networks for Machine Learning", lecture 6.5.
    """

    def __init__(self, learning_rate, decay=0.99, epsilon=1e-8):
        super().__init__(learning_rate)
        self.decay = fraction("decay", decay)
        self.epsilon = float(epsilon)

    def rule(self, parameters, gradients):
        mean_square = self.memory("mean_square", parameters)
        mean_square *= self.decay
        mean_square += (1 - self.decay) * gradients * gradients
        parameters -= self.learning_rate * gradients / (np.sqrt(mean_square) + self.epsilon)


class Adam(SGD):
    """Momentum and RMSProp together, both corrected for having started at zero. t = `steps`, counted from 1.

        mean        = beta1 * mean + (1 - beta1) * gradients
        mean_square = beta2 * mean_square + (1 - beta2) * gradients²
        parameters -= learning_rate * mean / (1 - beta1^t)
                      / (sqrt(mean_square / (1 - beta2^t)) + epsilon)

    The counter t is shared by all parameters and goes up once a step.

    Computed with `state` holding `mean / (1 - beta1)` and `mean_square / (1 - beta2)`: their constants, and
    the two corrections, then meet in two plain numbers, and ten passes over the vectors are enough.

    Source: Kingma and Ba (2015), "Adam: A Method for Stochastic Optimization", algorithm 1.
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        super().__init__(learning_rate)
        self.beta1 = fraction("beta1", beta1)
        self.beta2 = fraction("beta2", beta2)
        self.epsilon = float(epsilon)

    def rule(self, parameters, gradients):
        total, total_square = self.memory("total", parameters), self.memory("total_square", parameters)
        spread = math.sqrt((1 - self.beta2**self.steps) / (1 - self.beta2))
        rate = self.learning_rate * (1 - self.beta1) / (1 - self.beta1**self.steps) * spread

        total *= self.beta1
        total += gradients
        total_square *= self.beta2
        change = gradients * gradients
        total_square += change
        np.sqrt(total_square, out=change)
        change += self.epsilon * spread
        np.divide(total, change, out=change)
        change *= rate
        parameters -= change


class AdamW(Adam):
    """Adam that also shrinks every parameter a little at each step, apart from the gradient.

        parameters *= 1 - learning_rate * weight_decay
        then a step of Adam

    Source: Loshchilov and Hutter (2019), "Decoupled Weight Decay Regularization", algorithm 2.
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01):
        super().__init__(learning_rate, beta1, beta2, epsilon)
        self.weight_decay = float(weight_decay)

    def rule(self, parameters, gradients):
        parameters *= 1 - self.learning_rate * self.weight_decay
        super().rule(parameters, gradients)


def fraction(name, value):
    """`value`, if it is at least 0 and less than 1; else a ValueError."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < 1:
        raise ValueError(f"{name} is the part that is kept, at least 0 and less than 1, got {value!r}")
    return float(value)
