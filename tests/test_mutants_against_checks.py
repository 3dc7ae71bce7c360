"""Every mutant of nnlib, written as a learner's answer, is FAILED by the check of the lesson that it concerns.

The wrong line is the mutant's own, `wrong(self, …)`. What stands around it here is the rest of the answer, which is run
after the solution's cell and takes its place.
"""

import textwrap

import pytest
from test_checks import Notebook, own_folder  # noqa: F401  the fixture gives every test a progress of its own

from lessons.checks.remember import book
from nnlib.inspect.mutants import MUTANTS

LAYER_GRADIENTS = """
def layer_gradients(inputs, dz):
    layer = SimpleNamespace(inputs=inputs, grad_weights=np.zeros((len(dz), len(inputs))), grad_bias=np.zeros_like(dz[:, :1]))
    wrong(layer, dz)
    return layer.grad_weights, layer.grad_bias
"""  # noqa: E501
SEND_BACK = """
def send_back(weights, dz):
    return wrong(SimpleNamespace(weights=weights), dz)
"""
BACKWARD_STEP = """
def backward_step(blocks, grad):
    layers = [None] + [layer for layer, _ in blocks]
    for below, (layer, activation) in reversed(list(zip(layers, blocks))):
        dz = {bend}
        layer.grad_weights, layer.grad_bias = layer_gradients(layer.inputs, dz)
        layer.below = below
        {then}
    return grad
"""
BEND = "grad * activation.gradient(layer.output)"
HAND_ON = "grad = send_back(layer.weights, dz)"
WRONG_BEND = (
    "wrong(SimpleNamespace(inputs=layer.output, output=activation(layer.output), gradient=activation.gradient), grad)"
)
NETWORK = """
class NeuralNetwork(NeuralNetwork):
    def backward_step(self, labels):
        grad = self.loss.gradient(self.output, labels)
        for layer, activation in reversed(self.layers):
            dz = grad * activation.gradient(layer.output)
            grad = layer.weights.T @ dz
            wrong(layer, dz)
"""
LOSS = """
right = {name}
class {name}(right, loss.{name}):  # one mutant asks which loss it is
    def {method}(self, output, labels):
        self.right = right()
        return wrong(self, output, labels)
"""
HALF_SQUARE = """
def neuron_gradient(weights, bias, inputs, label):
    z = weights @ inputs + bias
    return wrong(SimpleNamespace(right=loss.MeanSquaredError()), np.array([[z]]), np.array([[label]]))[0, 0] * inputs
"""
REGULARISE = """
def regularise(loss, weights, bias, grad_weights, grad_bias, factor, examples):
    layer = SimpleNamespace(weights=weights, bias=bias, grad_weights=grad_weights.copy(), grad_bias=grad_bias.copy())
    wrong(SimpleNamespace(regularization_factor=factor, _weighted=lambda: [layer]), examples)
    return loss + l2_penalty(weights, factor, examples)[0], layer.grad_weights, layer.grad_bias
"""
METHOD = """
class {name}({name}):
    {method} = wrong
"""
OPTIMIZER = """
class {name}({name}):
    steps = 0
    def step(self, parameters, gradients):
        wrong(self, parameters, gradients)
        return parameters
"""
ADAM = """
class Adam(Adam):
    steps, layers, moments = 0, 1, None  # here each array has a step of its own
    def rule(self, parameters, gradients):
        m, s = self.moments.get(id(parameters), (0.0, 0.0))
        m, s = (beta * one + (1 - beta) * new for beta, one, new in (
            (self.beta1, m, gradients), (self.beta2, s, gradients**2)))
        self.moments[id(parameters)] = m, s
        m, s = m / (1 - self.beta1**self.steps), s / (1 - self.beta2**self.steps)
        parameters -= self.learning_rate * m / (np.sqrt(s) + self.epsilon)
    def step(self, parameters, gradients):
        self.moments = self.moments or {}
        wrong(self, parameters, gradients)
        return parameters
"""
BINARY, MANY = "BinaryCrossEntropy", "CategoricalCrossEntropy"

ROWS = [  # mutant, exercise, the name of the mistake that the check finds, the answer
    ("mean_missing", "07.3", "mean-missing", LAYER_GRADIENTS),
    ("mean_twice", "07.3", "mean-twice", LAYER_GRADIENTS),
    ("bias_summed", "07.3", "bias-summed", LAYER_GRADIENTS),
    ("bias_gradient_missing", "07.3", "all-zero", LAYER_GRADIENTS),
    ("first_example_only", "07.3", "first-example-only", LAYER_GRADIENTS),
    ("last_example_only", "07.3", "last-example-only", LAYER_GRADIENTS),
    ("transposed", "07.3", "poured", LAYER_GRADIENTS),
    ("rows_equal", "07.3", "wrong-value", LAYER_GRADIENTS),
    ("stale_inputs", "09.5", "some-wrong", NETWORK),
    ("inputs_before_activation", "07.5", "wrong-value|another-variable",  # by the time it has
     BACKWARD_STEP.format(bend=BEND, then=f"{HAND_ON}; wrong(layer, dz)")),
    ("gradients_pile_up", "09.5", "gradients-pile-up", NETWORK),
    ("grad_weights_for_weights", "07.5", "grad-weights-for-weights",
     BACKWARD_STEP.format(bend=BEND, then="grad = wrong(layer, dz)")),
    ("weights_not_transposed", "07.4", "not-turned", SEND_BACK),
    ("slope_missing", "07.5", "slope-missing", BACKWARD_STEP.format(bend=WRONG_BEND, then=HAND_ON)),
    ("slope_at_output", "07.5", "slope-at-output", BACKWARD_STEP.format(bend=WRONG_BEND, then=HAND_ON)),
    ("slope_of_output_at_z", "03.7", "slope-of-z",
     "class Sigmoid(Sigmoid):\n    def gradient(self, z):\n        return wrong(SimpleNamespace(inputs=z), 1.0)"),
    ("softmax_elementwise", "14.4", "each-on-its-own", METHOD.format(name="Softmax", method="backward")),
    ("gradient_sign", "04.5", "sign", LOSS.format(name=BINARY, method="gradient")),
    ("gradient_sign", "14.5", "gradient-sign", LOSS.format(name=MANY, method="gradient")),
    ("outputs_missing", "14.5", "fixed-divisor", LOSS.format(name=MANY, method="gradient")),
    ("outputs_twice", "14.5", "divided-by-the-classes", LOSS.format(name=MANY, method="gradient")),
    ("factor_two_missing", "06.3", "two-missing", HALF_SQUARE),
    ("factor_two_extra", "06.3", "constant-ratio", HALF_SQUARE),
    ("factor_two_extra", "04.5", "constant-ratio", LOSS.format(name=BINARY, method="gradient")),
    ("slope_after_shortcut", "04.5", "denominator-missing", LOSS.format(name=BINARY, method="gradient")),
    ("slope_after_shortcut", "14.5", "shortcut-in-the-loss", LOSS.format(name=MANY, method="gradient")),
    ("l2_missing", "13.5", "missing-in-the-gradient", REGULARISE),
    ("l2_doubled", "13.5", "counted-twice", REGULARISE),
    ("l2_not_averaged", "13.5", "examples-missing", REGULARISE),
    ("l2_on_bias", "13.5", "bias-in-the-gradient", REGULARISE),
    ("bias_not_added", "02.4", "bias-missing", METHOD.format(name="Dense", method="__call__")),
    ("activation_skipped", "03.4", "no-bend", METHOD.format(name="ReLU", method="__call__")),
    ("dropout_unscaled", "13.6", "not-scaled", METHOD.format(name="Dropout", method="__call__")),
    ("dropout_when_predicting", "13.6", "active-in-predict", METHOD.format(name="Dropout", method="predict")),
    ("loss_summed", "04.5", "loss-added-up", LOSS.format(name=BINARY, method="__call__")),
    ("loss_summed", "14.5", "sum-not-mean", LOSS.format(name=MANY, method="__call__")),
    ("step_uphill", "05.6", "uphill", OPTIMIZER.format(name="SGD")),
    ("learning_rate_squared", "05.6", "rate-twice", OPTIMIZER.format(name="SGD")),
    ("adam_counter_per_layer", "12.6", "counter-per-call", ADAM),
]  # fmt: skip


def test_every_mutant_has_its_check():
    assert {name for name, *_ in ROWS} == set(MUTANTS)


@pytest.mark.parametrize(("name", "number", "diagnosis", "answer"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_a_mutant_as_an_answer_is_failed_by_its_name(name, number, diagnosis, answer):
    notebook = Notebook()
    notebook.run("from types import SimpleNamespace\nfrom nnlib import loss")
    notebook.names["wrong"] = MUTANTS[name].function
    report = notebook.do(number, f"{book.exercise_cell(number)[0]}\n{textwrap.dedent(answer)}")
    assert report.outcome == "FAILED" and report.finding, report.text()
    assert report.finding.name in diagnosis.split("|"), report.text()
