"""Protocols: what a class needs to work as a part of a network. Nothing has to be inherited.

Every explorer, the gradient check and `NeuralNetwork` itself ask for no more than is written here, so a class
of your own takes the place of nnlib's by having the same methods. Data are `(features, examples)`.
"""

from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

import numpy as np


@runtime_checkable
class ILayer(Protocol):
    """A part with parameters: `weights` `(units, features)` and `bias` `(units, 1)`, or those in `parameters`.

    The network writes `inputs`, `output`, `grad_output`, `grad_weights` and `grad_bias` on it. May also have:
    `build(features, rng, dtype)`, called once before the first batch; `parameter_gradients(grad_output)`, which fills
    `grad_…` of each parameter, and `backward(grad_output)`, which returns the gradient of its inputs, in place of
    Dense's; `predict(inputs)`, if it behaves differently while training.
    """

    weights: Any
    bias: Any

    def __call__(self, inputs: np.ndarray) -> np.ndarray: ...


@runtime_checkable
class IActivation(Protocol):
    """A part without parameters: also needs `gradient(z)`, its slope, or `backward(grad_output)`."""

    def __call__(self, z: np.ndarray) -> np.ndarray: ...


@runtime_checkable
class ILoss(Protocol):
    """`loss(output, labels)` is a float, `gradient(output, labels)` m times its derivative, like `output`."""

    def __call__(self, output: np.ndarray, labels: np.ndarray) -> float: ...

    def gradient(self, output: np.ndarray, labels: np.ndarray) -> np.ndarray: ...


@runtime_checkable
class IOptimizer(Protocol):
    """`step` changes the flat vector `parameters` in place (or returns a new one, which is then copied in)."""

    learning_rate: float

    def step(self, parameters: np.ndarray, gradients: np.ndarray) -> np.ndarray | None: ...


class ICallback(Protocol):
    """Any subset of these methods. Epochs and steps count from 1."""

    on_train_begin: Callable[[Any], None]  # the model
    on_epoch_begin: Callable[[int], None]  # the epoch
    on_step_begin: Callable[[int], None]  # the step
    on_phase: Callable[[str], None]  # "forward", "loss", "backward" or "update", when it is over
    on_step_end: Callable[[int, float], None]  # the step and its loss
    on_epoch_end: Callable[[int, float], None]  # the epoch and its mean loss; more in model.report
    on_train_end: Callable[[], None]


@runtime_checkable
class IModel(Protocol):
    """The four phases: `model(x)`, the loss, `backward_step(labels)`, `update()`."""

    layers: tuple

    def __call__(self, x: np.ndarray) -> np.ndarray: ...

    def backward_step(self, labels: np.ndarray) -> None: ...

    def update(self) -> None: ...
