"""Divergence: training that leaves the finite numbers, and the way back."""

import copy
import math

import numpy as np


class DivergedError(ArithmeticError):
    """Training left the finite numbers: `epoch`, `step`, `learning_rate`, and `where` it began.

    With `untrained` no update had been made: then no learning rate is to blame, and none is.
    """

    def __init__(self, epoch, step, learning_rate, where, untrained=False):
        self.epoch, self.step, self.learning_rate, self.where = epoch, step, learning_rate, where
        super().__init__(
            f"the numbers are not finite in {where}, and no update has been made yet: it does not come from the "
            "learning rate. Look at the inputs, at the first weights, and at what that part computes"
            if untrained else
            f"training diverged in epoch {epoch}, step {step}, at learning rate {learning_rate:g}: the numbers "
            f"stopped being finite in {where}. The parameters are back at the last ones whose loss was finite. "
            f"Build the model anew with a smaller learning rate, {learning_rate / 10:g} for a start; "
            "inputs far from the range -1 … 1 cause this too"
        )


class SafePoint:
    """The last parameters whose training loss was finite, with what parts such as BatchNorm keep besides."""

    def __init__(self, model):
        self.parameters = model._parameters.vector.copy()
        self.keep_buffers(model)

    def renew(self, model):
        """The parameters that `model` has now, in the array that is there."""
        np.copyto(self.parameters, model._parameters.vector)
        if self.buffers:
            self.keep_buffers(model)

    def keep_buffers(self, model):
        self.buffers = [(part, name, copy.copy(getattr(part, name))) for part, name in model.buffers()]

    def restore(self, model):
        model.parameters[:] = self.parameters
        for part, name, value in self.buffers:
            setattr(part, name, copy.copy(value))


def is_finite(values):
    """Whether all numbers are: the product with themselves tells it in one pass, unless they are very large."""
    flat = values.ravel()
    return math.isfinite(np.dot(flat, flat)) or bool(np.isfinite(flat).all())


def first_not_finite(places, names_of):
    """Where it began: the first place whose parameters (`names_of(part)`) or output are not finite, else the loss."""
    for place in places:
        if not all(np.isfinite(getattr(place.part, name)).all() for name in names_of(place.part)):
            return f"the parameters of {place!r}"
        if not np.isfinite(place.output).all():
            return repr(place)
    return f"the loss itself, with outputs as large as {np.abs(place.output).max():.0e} from {place!r}"
