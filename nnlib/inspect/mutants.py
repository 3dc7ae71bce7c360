"""Mutants: right networks with one wrong line each, the mistakes that people make when they write their own.

    broken = MUTANTS["grad_weights_for_weights"].apply(model)

The Bug Lab hides one in a network; `diagnose` compares a wrong gradient with theirs; and a check that lets one
through does not deserve its name. Each wrong line stands below, whole, and is what a `Tape` of the broken network
shows. Nothing of nnlib is changed: `apply` returns a copy whose parts are of a subclass with that one method.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from nnlib.activation import Linear, Sigmoid, Softmax, Tanh
from nnlib.inspect.copies import copy_of
from nnlib.layer import Dense, Dropout
from nnlib.loss import BinaryCrossEntropy, CategoricalCrossEntropy, MeanSquaredError
from nnlib.model import NeuralNetwork
from nnlib.optimizer import SGD, Adam
from nnlib.parts.part import needs_backward, parameter_names

ALARMS = {
    "loss": "After training, the loss is no lower than at the start, or no number any more.",
    "accuracy": "New points are classified worse than by the right network, by an eighth of them or more.",
    "frozen": "The loss ends no lower than with hidden layers that never moved (less than a fifth lower).",
    "gradient_check": "The gradient check fails.",
    "update": "One update moves the parameters elsewhere than the optimiser's rule.",
    "predict": "Predicting twice gives two answers, or Dropout gives less on average in training than in predicting.",
}
"""What can tell that something is wrong. `Mutant.alarms` names those that went off when it was measured."""

MUTANTS = {}
"""All mutants by name."""


@dataclass(frozen=True)
class Mutant:
    """One wrong line, `function`, that takes the place of a `method`.

    `title` and `explanation` tell what is wrong, for afterwards. `hint` coaches: `diagnose` fills in `{m}`, `{k}`
    and `{where}`. `phase` is "forward", "loss", "backward" or "update". `alarms` are those of `ALARMS` that go off
    on `practice(name)` in 300 steps of 25 of 100 points on two circles.
    """

    name: str
    title: str
    explanation: str
    hint: str
    phase: str
    alarms: tuple
    method: str
    on: Callable = field(repr=False)
    function: Callable = field(repr=False)

    def spots(self, model):
        """The parts (or the loss, the optimiser, the model) where this mistake can stand.

        The last activation is left out where the network takes the shortcut from z: nobody asks for its slope. Of the
        activations, only the first is skipped on the way up.
        """
        spots = self.on(model)
        if self.on is activations and self.phase == "forward":
            return spots[:1]
        if self.on in (activations, s_curves) and model.loss_formula is not model.loss:
            spots = [part for part in spots if part is not model.places[-1].part]
        return spots

    def apply(self, model, places=None):
        """A copy of `model`, parameters and random numbers too, with this mistake in all its spots.

        `places=(0, 3)` puts it in those of `model.places` alone. Raises ValueError if there is no spot for it.
        """
        twin = copy_of(model)
        spots = self.spots(twin)
        if places is not None:
            chosen = {id(twin.places[index].part) for index in places}
            spots = [part for part in self.on(twin) if id(part) in chosen]
        if not spots:
            raise ValueError(f"{self.title!r} has no place in {model!r}; practice({self.name!r}) is a network that has")
        layers = [place.part for place in twin.places if is_dense(place.part)]
        for spot in {id(spot): spot for spot in spots}.values():
            if spot is twin.loss:
                spot.right = copy.copy(spot)
            elif spot is twin.optimizer:
                spot.layers = len(layers)
            elif spot in layers:
                spot.below = layers[layers.index(spot) - 1] if spot is not layers[0] else None
            right = type(spot)
            changed = {self.method: self.function, "__module__": right.__module__, "__doc__": right.__doc__}
            if self.method == "parameter_gradients" and needs_backward(spot):
                changed["backward"] = self._after(right.backward)
            spot.__class__ = type(right.__name__, (right,), changed)
        return twin


    def _after(self, backward):
        """The `backward` of a class of one's own that fills its gradients there, with the wrong line after it."""

        def both(part, grad_output):
            below = backward(part, grad_output)
            self.function(part, grad_output)
            return below

        return both


def practice(name, seed=0):
    """A small network, for two classes of points on a plane, in which the mutant `name` can be put and seen."""
    hidden = ((Dense(8), Tanh()), (Dense(8), Tanh()))
    if name.startswith("dropout"):
        hidden = ((Dense(8), Tanh(), Dropout(0.3)), (Dense(8), Tanh(), Dropout(0.3)))
    last, loss, optimizer = (Dense(1), Sigmoid()), BinaryCrossEntropy(), SGD(1.0)
    if name in ("outputs_missing", "outputs_twice"):
        last, loss, optimizer = (Dense(2), Linear()), MeanSquaredError(), SGD(0.1)
    elif name.startswith("factor_two"):
        last, loss, optimizer = (Dense(1), Linear()), MeanSquaredError(), SGD(0.1)
    elif name == "softmax_elementwise":
        last, loss = (Dense(2), Softmax()), CategoricalCrossEntropy()
    elif name == "learning_rate_squared":
        optimizer = SGD(0.5)
    elif name == "adam_counter_per_layer":
        optimizer = Adam(0.01)
    factor = 0.1 if name.startswith("l2") else 0.0
    return NeuralNetwork((*hidden, last), loss, optimizer=optimizer, regularization_factor=factor, seed=seed)


# Where a mistake can stand --------------------------------------------------------------------------------


def is_dense(part):
    return parameter_names(part) == ("weights", "bias") and hasattr(part, "weights")


def dense_layers(model):
    return [place.part for place in model.places if is_dense(place.part)]


def square_layers(model):
    return [part for part in dense_layers(model)[1:] if len(set(np.shape(part.weights))) == 1]


def activations(model):
    return [place.part for place in model.places if hasattr(place.part, "gradient") and not is_dense(place.part)]


def s_curves(model):
    return [part for part in activations(model) if isinstance(part, Sigmoid | Tanh)]


def softmaxes(model):
    return [place.part for place in model.places if isinstance(place.part, Softmax)]


def dropouts(model):
    return [place.part for place in model.places if isinstance(place.part, Dropout)]


def the_loss(model):
    return [model.loss]


def loss_with_shortcut(model):
    pair = isinstance(model.places[-1].part, Sigmoid | Softmax)
    return [model.loss] if pair and isinstance(model.loss, BinaryCrossEntropy | CategoricalCrossEntropy) else []


def the_model(model):
    return [model] if model.regularization_factor else []


def the_optimizer(model):
    return [model.optimizer]


def adam(model):
    return [model.optimizer] if isinstance(model.optimizer, Adam) else []


def mutant(phase, on, method, title, explanation, hint, alarms):
    """Registers the function below it, a wrong `method` for the spots that `on` finds, under its own name."""

    def register(function):
        name = function.__name__
        MUTANTS[name] = Mutant(name, title, explanation, hint, phase, alarms, method, on, function)
        function.__qualname__ = f"{on.__name__}.{method}"
        return function

    return register


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


# Forward --------------------------------------------------------------------------------------------------


@mutant(
    "forward", dense_layers, "__call__",
    "The bias is not added",
    "The layer weighs and adds its inputs and forgets its bias, so every boundary goes through the origin.",
    "Your output is right where the bias is zero, and only there. What does a unit add after weighing its inputs?",
    ("accuracy", "frozen", "gradient_check"),
)  # fmt: skip
def bias_not_added(self, inputs):
    return self.weights @ inputs


@mutant(
    "forward", activations, "__call__",
    "One activation does nothing",
    "The first activation returns its inputs: two layers with no bend between them are worth one.",
    "After {where} your numbers are the same as before it. Where does the bend go?",
    ("gradient_check",),
)  # fmt: skip
def activation_skipped(self, z):
    return z


@mutant(
    "forward", dropouts, "__call__",
    "Dropout does not make up for what it drops",
    "A third of the numbers are set to zero and the others are not enlarged, so that layers downstream meet larger "
    "numbers when predicting than they ever met in training.",
    "The numbers that you keep are as large as before. What does a unit downstream receive on average, compared with "
    "predicting?",
    ("predict",),
)  # fmt: skip
def dropout_unscaled(self, inputs):
    self.mask = (self.rng.random(inputs.shape, inputs.dtype) >= self.rate).astype(inputs.dtype)
    return inputs * self.mask


@mutant(
    "forward", dropouts, "predict",
    "Dropout is left on when predicting",
    "Predictions are made with units missing at random: ask twice, get two answers.",
    "Your network answers the same question in two ways. Which part draws random numbers after training is over?",
    ("predict",),
)  # fmt: skip
def dropout_when_predicting(self, inputs):
    return self(inputs)


# Loss and update ------------------------------------------------------------------------------------------


@mutant(
    "loss", the_loss, "__call__",
    "The loss is a sum",
    "The examples' losses are added up, not averaged. Training goes on as before; the number is m times too large.",
    "Your loss is {m} times too large, and you have {m} examples: is a loss a sum, or a mean?",
    ("gradient_check",),
)  # fmt: skip
def loss_summed(self, output, labels):
    return self.right(output, labels) * output.shape[1]


@mutant(
    "update", the_optimizer, "step",
    "The step goes uphill",
    "The gradient points where the loss grows; it is added, and the loss grows.",
    "After your update the loss is higher. Which way does the gradient point?",
    ("loss", "accuracy", "frozen", "update"),
)  # fmt: skip
def step_uphill(self, parameters, gradients):
    self.steps += 1
    parameters += self.learning_rate * gradients


@mutant(
    "update", the_optimizer, "step",
    "The learning rate is used twice",
    "The gradient is multiplied by the learning rate, and the step by the learning rate again.",
    "Your step is the learning rate times too short. How often do you multiply by it?",
    ("update",),
)  # fmt: skip
def learning_rate_squared(self, parameters, gradients):
    self.steps += 1
    parameters -= self.learning_rate * (self.learning_rate * gradients)


@mutant(
    "update", adam, "step",
    "Adam counts a step for every layer",
    "Adam's correction for its start at zero needs the number of steps. Counted once a layer it fades too early, and "
    "the first steps are too short.",
    "Your first step is shorter than the learning rate. How many steps does your optimiser think it has taken?",
    ("update",),
)  # fmt: skip
def adam_counter_per_layer(self, parameters, gradients):
    self.steps += self.layers
    self.rule(parameters, gradients)
