"""Mistakes in the gradient of the loss and in that of the L2 term."""

from nnlib.inspect.mutant import loss_with_shortcut, mutant, the_loss, the_model
from nnlib.loss import CategoricalCrossEntropy

# Backward: the loss's gradient ----------------------------------------------------------------------------


@mutant(
    "backward", the_loss, "gradient",
    "The sign of the loss's gradient is wrong",
    "labels - output points downhill, the gradient points uphill: the update then climbs.",
    "Your gradient is the right one times -1. Which way should it point when the output is too large?",
    ("loss", "accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def gradient_sign(self, output, labels):
    return -self.right.gradient(output, labels)


@mutant(
    "backward", the_loss, "gradient",
    "The mean over the outputs is missing",
    "The loss is a mean over k outputs, its gradient forgets that and is k times too large.",
    "Your gradient is {k} times too large, and your network has {k} outputs: is your loss a sum over them, or a mean?",
    ("gradient_check",),
)  # fmt: skip
def outputs_missing(self, output, labels):
    return self.right.gradient(output, labels) * output.shape[0]


@mutant(
    "backward", the_loss, "gradient",
    "The mean over the outputs is taken twice",
    "The gradient is divided by the number of outputs, k, one time too often.",
    "Your gradient is {k} times too small, and your network has {k} outputs: how often do you divide by their number?",
    ("accuracy", "gradient_check"),
)  # fmt: skip
def outputs_twice(self, output, labels):
    return self.right.gradient(output, labels) / output.shape[0]


@mutant(
    "backward", the_loss, "gradient",
    "The 2 of the square is missing",
    "The derivative of e² is 2e; here it is e. Harmless to learning, half the step, and a failed gradient check.",
    "Your gradient is half of the right one. What is the derivative of a square?",
    ("gradient_check",),
)  # fmt: skip
def factor_two_missing(self, output, labels):
    return self.right.gradient(output, labels) / 2


@mutant(
    "backward", the_loss, "gradient",
    "A factor 2 too many",
    "The gradient is twice what the loss says: a 2 from a square that is not there, or that had a ½ before it.",
    "Your gradient is twice the right one. Does your loss really have the square that this 2 came from?",
    ("gradient_check",),
)  # fmt: skip
def factor_two_extra(self, output, labels):
    return self.right.gradient(output, labels) * 2


@mutant(
    "backward", loss_with_shortcut, "gradient",
    "The shortcut's slope is counted twice",
    "p - y is already the gradient at z, with the last activation's slope in it; the slope is multiplied in once more.",
    "output - labels holds the slope of {last} already, and then you multiply by it. For which number is p - y the "
    "gradient: for p, or for z?",
    ("gradient_check",),
)  # fmt: skip
def slope_after_shortcut(self, output, labels):
    return (output - labels) / (1 if isinstance(self, CategoricalCrossEntropy) else output.shape[0])


# Backward: the L2 term ------------------------------------------------------------------------------------


@mutant(
    "backward", the_model, "_add_penalty_gradients",
    "The gradient has no L2 term",
    "The loss charges for large weights, the gradient does not know, and nothing makes them smaller.",
    "Your gradient is right but for the L2 term. Your loss charges for large weights: where does the gradient hear of "
    "it?",
    ("gradient_check",),
)  # fmt: skip
def l2_missing(self, m):
    pass


@mutant(
    "backward", the_model, "_add_penalty_gradients",
    "The L2 term counts double",
    "λ/(2m)·W² has the slope λ/m·W: the 2 of the square meets the ½. Here the ½ is forgotten.",
    "Your L2 term is twice the right one. What became of the ½ in the loss?",
    ("gradient_check",),
)  # fmt: skip
def l2_doubled(self, m):
    for part in self._weighted():
        part.grad_weights += 2 * self.regularization_factor / m * part.weights


@mutant(
    "backward", the_model, "_add_penalty_gradients",
    "The L2 term is not divided by m",
    "λ·W in place of λ/m·W: weights shrink m times too fast, and the network predicts the same for everything.",
    "Your L2 term is {m} times too large, and your batch has {m} examples. Which mean does the loss take?",
    ("accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def l2_not_averaged(self, m):
    for part in self._weighted():
        part.grad_weights += self.regularization_factor * part.weights


@mutant(
    "backward", the_model, "_add_penalty_gradients",
    "The L2 term is put on the bias too",
    "The loss charges for weights alone; a bias only shifts, and is left free.",
    "Your weights' gradient is right; your bias's has an L2 term. Which parameters does the loss charge for?",
    ("gradient_check",),
)  # fmt: skip
def l2_on_bias(self, m):
    for part in self._weighted():
        part.grad_weights += self.regularization_factor / m * part.weights
        part.grad_bias += self.regularization_factor / m * part.bias
