"""Mutants: right networks with one wrong line each, the mistakes that people make when they write their own.

    broken = MUTANTS["grad_weights_for_weights"].apply(model)

The Bug Lab hides one in a network; `diagnose` compares a wrong gradient with theirs; and a check that lets one
through does not deserve its name. Each wrong line stands below, whole, and is what a `Tape` of the broken network
shows.
"""

from nnlib.inspect import layer_mutants, loss_mutants  # noqa: F401 - each registers its own
from nnlib.inspect.mutant import MUTANTS, activations, adam, dense_layers, dropouts, mutant, the_loss, the_optimizer  # noqa: F401 - all of them

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
