"""Mistakes on the way back through a part: the gradients that it keeps, and what it hands down."""

import numpy as np

from nnlib.activation import Tanh
from nnlib.inspect.mutant import activations, dense_layers, mutant, s_curves, softmaxes, square_layers

# Backward: the gradients of weights and bias --------------------------------------------------------------


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "The mean is missing",
    "The gradients of all examples are added up and never divided by their number, so every step is m times as long.",
    "Your gradient is {m} times too large, and your batch has {m} examples: where do you take their mean?",
    ("loss", "accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def mean_missing(self, grad_output):
    np.matmul(grad_output, self.inputs.T, out=self.grad_weights)
    np.sum(grad_output, axis=1, keepdims=True, out=self.grad_bias)


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "The mean is taken twice",
    "The sum over the examples is divided by m, and then by m again: the network learns, m times too slowly.",
    "Your gradient is {m} times too small, and your batch has {m} examples: how often do you divide by their number?",
    ("accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def mean_twice(self, grad_output):
    share = grad_output / grad_output.shape[1] ** 2
    np.matmul(share, self.inputs.T, out=self.grad_weights)
    np.sum(share, axis=1, keepdims=True, out=self.grad_bias)


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "The bias is summed, not averaged",
    "The gradient of the weights is a mean over the examples, that of the bias is their sum, m times too large.",
    "Your weights' gradient is right; your bias's is {m} times too large, and you have {m} examples. "
    "Which of the two is a mean?",
    ("loss", "accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def bias_summed(self, grad_output):
    share = grad_output / grad_output.shape[1]
    np.matmul(share, self.inputs.T, out=self.grad_weights)
    np.sum(grad_output, axis=1, keepdims=True, out=self.grad_bias)


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "The bias has no gradient",
    "The gradient of the bias stays at zero, so the bias never leaves the value it started from.",
    "Your bias's gradient is all zeros, so the bias can never move. What happens to the loss if you raise a bias?",
    ("accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def bias_gradient_missing(self, grad_output):
    share = grad_output / grad_output.shape[1]
    np.matmul(share, self.inputs.T, out=self.grad_weights)
    self.grad_bias[...] = 0


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "Only the first example counts",
    "The gradient is that of the first column; the other examples are never looked at.",
    "Your gradient is that of your first example alone. What have the other {others} to say?",
    ("loss", "accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def first_example_only(self, grad_output):
    np.matmul(grad_output[:, :1], self.inputs[:, :1].T, out=self.grad_weights)
    self.grad_bias[...] = grad_output[:, :1]


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "Only the last example counts",
    "A loop over the examples writes each one's share over the one before, where it should add them.",
    "Only your last example has left a trace in the gradient. What does your loop do with the sum so far?",
    ("accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def last_example_only(self, grad_output):
    for example in range(grad_output.shape[1]):
        share = grad_output[:, [example]] / grad_output.shape[1]
        self.grad_weights[...] = share @ self.inputs[:, [example]].T
        self.grad_bias[...] = share


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "The gradient of the weights is transposed",
    "The product is taken the other way round, inputs times gradient, and poured into the shape that is expected.",
    "Your gradient of the weights has the right numbers in the wrong places: rows stand where columns should. "
    "Which axis of the weights counts the units?",
    ("gradient_check",),
)  # fmt: skip
def transposed(self, grad_output):
    share = grad_output / grad_output.shape[1]
    self.grad_weights[...] = (self.inputs @ share.T).reshape(self.grad_weights.shape)
    np.sum(share, axis=1, keepdims=True, out=self.grad_bias)


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "All units get the same gradient",
    "The gradient is averaged over the units as well as over the examples: units that start equal stay equal.",
    "All rows of your gradient are equal: every unit would move the same way. Over which axis do you average?",
    ("gradient_check",),
)  # fmt: skip
def rows_equal(self, grad_output):
    share = grad_output / grad_output.shape[1]
    self.grad_weights[...] = share.mean(axis=0, keepdims=True) @ self.inputs.T
    self.grad_bias[...] = share.sum(axis=1).mean()


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "The inputs are those of the batch before",
    "The layer remembers its inputs after they are used, so every gradient pairs this batch's errors with the last "
    "batch's inputs. A gradient check looks at one batch only, and is content.",
    "Your gradient pairs this batch's errors with the inputs of the batch before. When does your layer remember its "
    "inputs?",
    ("accuracy", "frozen"),
)  # fmt: skip
def stale_inputs(self, grad_output):
    share = grad_output / grad_output.shape[1]
    previous, self.remembered = getattr(self, "remembered", self.inputs), self.inputs
    usable = previous if previous.shape == self.inputs.shape else self.inputs
    np.matmul(share, usable.T, out=self.grad_weights)
    np.sum(share, axis=1, keepdims=True, out=self.grad_bias)


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "The inputs are taken before the activation",
    "The gradient of the weights needs what came into the layer: the layer below's output after its activation, not z.",
    "Your gradient uses z of the layer below. What did the layer above receive: z, or what the activation made of it?",
    ("gradient_check",),
)  # fmt: skip
def inputs_before_activation(self, grad_output):
    share = grad_output / grad_output.shape[1]
    inputs = self.inputs if self.below is None else self.below.output
    np.matmul(share, inputs.T, out=self.grad_weights)
    np.sum(share, axis=1, keepdims=True, out=self.grad_bias)


@mutant(
    "backward", dense_layers, "parameter_gradients",
    "Gradients pile up from step to step",
    "Each step's gradient is added to those of all the steps before, which are never set back to zero. A gradient "
    "check looks at the first step only, and is content.",
    "Your gradient still holds the one of the batch before. Where does each step start from zero?",
    ("loss", "accuracy", "frozen"),
)  # fmt: skip
def gradients_pile_up(self, grad_output):
    share = grad_output / grad_output.shape[1]
    self.grad_weights += share @ self.inputs.T
    self.grad_bias += share.sum(axis=1, keepdims=True)


# Backward: what a layer hands down ------------------------------------------------------------------------


@mutant(
    "backward", dense_layers, "backward",
    "grad_weights in place of weights",
    "The error that is handed down travels through the weights' gradient where it should travel through the weights. "
    "The last layer's gradient is right, those below are not; the loss falls all the same, because the last "
    "layer learns from hidden layers that might as well be frozen.",
    "The error that is handed down is wrong, and so is all below: it goes through the gradient of the weights. Through "
    "what did the signal pass on its way up?",
    ("accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def grad_weights_for_weights(self, grad_output):
    return self.grad_weights.T @ grad_output


@mutant(
    "backward", square_layers, "backward",
    "The weights are not transposed on the way down",
    "Errors are handed down through the weights as on the way up. Where a layer is square, the shapes fit and nobody "
    "complains.",
    "The error that is handed down is wrong, and so is all below: it goes through the weights in the same direction as "
    "on the way up. "
    "Row i holds the weights into unit i: which hold the weights out of one input?",
    ("gradient_check",),
)  # fmt: skip
def weights_not_transposed(self, grad_output):
    return self.weights @ grad_output


@mutant(
    "backward", activations, "backward",
    "The activation's slope is missing",
    "The error passes the activation as if it were a straight line of slope 1.",
    "Your error passes {where} unchanged, as if that were a straight line. How much does its output move when z does?",
    ("accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def slope_missing(self, grad_output):
    return grad_output


@mutant(
    "backward", activations, "backward",
    "The activation's slope is taken at its output",
    "The slope belongs at z, where the activation was; it is taken at the number that came out.",
    "You take the slope of {where} at what came out of it. At which number was it asked, on the way up?",
    ("loss", "accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def slope_at_output(self, grad_output):
    return grad_output * self.gradient(self.output)


@mutant(
    "backward", s_curves, "backward",
    "A slope written for the output is given z",
    "a (1 - a) and 1 - a² are right for a, the activation's output; here they receive z.",
    "Your slope of {where} is written for the activation's output and gets z. Which of the two does your formula want?",
    ("loss", "accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def slope_of_output_at_z(self, grad_output):
    z = self.inputs
    return grad_output * (1 - z * z if isinstance(self, Tanh) else z * (1 - z))


@mutant(
    "backward", softmaxes, "backward",
    "Softmax's gradient is taken number by number",
    "a (1 - a) is only how an output follows its own z; through the sum below the line it follows all the others too.",
    "You treat Softmax as if each output depended on its own z alone. What happens to the others when one z rises?",
    ("loss", "accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def softmax_elementwise(self, grad_output):
    return grad_output * self.output * (1 - self.output)
