"""The exercises of lesson 02, Build a neuron."""

import ast

import numpy as np

from lessons.checks.judge import (
    SAME_ARRAY,
    Answer,
    Choice,
    Exercise,
    Mistake,
    Order,
    Prediction,
    Slip,
    Spoilt,
    leaves_alone,
)
from lessons.checks.judge.compare import Finding, close, compare

GIVEN = "It was given; put it back as it stood in the cell."
TOMATOES = np.array([[0.8, 0.3, 0.9, 0.2, 0.6, 0.5], [0.5, 0.5, 0.7, 0.2, 0.8, 0.1]])


def run_dense(Dense, weights, bias, inputs):
    """Build a layer, give it its numbers, and use it twice, as training does."""
    layer = Dense(weights.shape[0])
    if hasattr(layer, "build"):
        layer.build(weights.shape[1], np.random.default_rng(0), float)
        if np.shape(layer.weights) != weights.shape or np.shape(layer.bias) != bias.shape:
            text = "`build` no longer makes weights of shape (units, features) and a bias of shape (units, 1). "
            raise Spoilt(Finding("build-changed", text + GIVEN))
    layer.weights, layer.bias = weights, bias
    z = leaves_alone(layer, inputs, keeps=("weights", "bias", "units"))
    if isinstance(z, np.ndarray) and close(z, weights @ inputs + bias):
        after_an_update(layer, z, z.copy(), inputs)
        layer.weights, layer.bias = weights, bias
        one = leaves_alone(layer, inputs[:, :1], keeps=("weights", "bias", "units"))
        if close(one, z):
            text = "Called again, with other inputs, your object gives what it gave the first time. It works with "
            raise Spoilt(Finding("remembers", text + "what was left behind: work on the inputs that come in."))
        if wrong := compare(one, weights @ inputs[:, :1] + bias, what="Your z of one example alone"):
            raise Spoilt(wrong)
        builds_as_given(Dense, *weights.shape)
    return z


def builds_as_given(Dense, units, features):
    """Lessons 07 to 14 call `build`, and repeat a run by its seed."""
    layer, drawn = Dense(units), []
    if not hasattr(layer, "build"):
        text = "Your z is right, and your class has no `build`, which later lessons call. "
        raise Spoilt(Finding("build-missing", text + GIVEN))
    for seed in (0, 0, 1):
        layer.build(features, np.random.default_rng(seed), float)
        drawn.append(np.array(layer.weights))
    if not close(drawn[0], drawn[1]) or close(drawn[0], drawn[2]):
        text = "Your z is right, and `build` no longer takes the weights from `rng`: the same `rng` is to give the "
        raise Spoilt(Finding("build-changed", text + "same weights, and another one others. " + GIVEN))


def after_an_update(layer, z, before, inputs):
    """The same layer with new numbers and as many other examples: it works with these, and the old z stays."""
    weights, bias, others = layer.weights, layer.bias, 0.5 - inputs
    layer.weights, layer.bias = 0.25 - weights / 2, bias + 1
    again = layer(others)
    if not np.array_equal(z, before, equal_nan=True):
        raise Spoilt(SAME_ARRAY)
    if close(again, before):
        text = "Called again, with other inputs and other weights, your object gives what it gave the first time: it "
        raise Spoilt(Finding("remembers", text + "works with what was left behind. Work on the inputs that come in."))
    if close(again, before + layer.weights @ others + layer.bias):
        text = "Called again, your object adds what comes out to what it gave the first time. Each call begins anew."
        raise Spoilt(Finding("remembers", text))
    if any(close(again, w @ others + b) for w, b in ((weights, bias), (weights, layer.bias), (layer.weights, bias))):
        text = "Training gives the layer new weights and a new bias after each update, and then your z is not that of "
        text += "the new ones. Does the object keep the first? Use `self.weights` and `self.bias` as they are by then."
        raise Spoilt(Finding("old-weights", text))


def sigma(z):
    return 1 / (1 + np.exp(-z))


def far_to_the_right(sigmoid):
    """What is to be known of a formula that stands in e to the power of z, or ""."""
    if not np.isnan(sigmoid(np.array([1000.0]))).any():
        return ""
    return ("One thing to know: for z = 1000 it gives nan, which is no number. e to the power of 1000 is more than a "
            "float holds, and infinity divided by infinity is nothing. In the formula above stands e to the power of "
            "−z: there it is 0, and σ(z) is 1.")  # fmt: skip


def by_value(values, others, last=False):
    """Each of `values` times the number of `others` that stands where the value is found first, or `last` of all."""
    every, order = values.tolist(), range(len(values))
    if last:  # as a dictionary keeps them
        return sum(value * others[max(k for k in order if every[k] == value)] for value in set(every))
    return sum(value * others[every.index(value)] for value in every)


LOOKED_UP = (  # who takes equal numbers for one
    lambda weights, inputs: by_value(weights, inputs),
    lambda weights, inputs: by_value(inputs, weights),
    lambda weights, inputs: by_value(weights, inputs, last=True),
    lambda weights, inputs: by_value(inputs, weights, last=True),
    lambda weights, inputs: sum(set((weights * inputs).tolist())),
)
EQUAL = (
    "some of these numbers are equal, and they are found by their value, or kept only once. Go through weights and "
    "features side by side, or let `@` do it."
)


def row_by_row(weights, bias, inputs, at):
    """A layer whose unit, or example, is looked up by its numbers: of equal ones only the first is filled."""
    z, rows = weights @ inputs + bias, weights.tolist() if at == "unit" else inputs.T.tolist()
    kept = np.array([rows.index(row) == k for k, row in enumerate(rows)])
    return z * (kept[:, np.newaxis] if at == "unit" else kept)


EXERCISES = (
    Prediction(
        number="02.1",
        title="What does a larger bias do to the line?",
        right="a",
        options={
            "a": "the line slides, and stays parallel to itself.",
            "b": "Turning is what the weights do: they set the direction of the line.",
            "c": "It slides, but it does not turn: no weight has changed.",
            "d": "It is where z = 0, and a larger bias makes every z larger: it cannot stay there.",
        },
        hints=(
            "The line is where w₁x₁ + w₂x₂ + b = 0. Which of these letters set its direction?",
            "Draw 2x₁ + x₂ = 1.5 and 2x₁ + x₂ = 0.5 on paper.",
            "Two lines with the same weights never meet.",
        ),
        praise="The weights set the direction, the bias sets where.",
    ),
    Answer(
        number="02.2",
        title="Two tomatoes by hand",
        names=("z_b", "z_e"),
        together=(
            ((0.4013, 0.6225), "sigmoid-too-early", "Both are probabilities, σ(z). Here z itself is asked for."),
            ((0.0, 1.0), "answers-for-numbers", "0 and 1 say unripe and ripe. Here z itself is asked for, the number "
             "that decides it."),
        ),
        wrong={
            "z_b": (
                (0.4013, "sigmoid-too-early", "`z_b` = {yours} is the probability σ(z). Here z itself is asked for."),
                (-1.2, "products-multiplied", "`z_b` = {yours}: the two products are multiplied. They are added up."),
                (1.1, "bias-missing", "`z_b` = {yours} is the two products added up. The bias is still missing."),
                (-1.9, "bias-twice", "`z_b` = {yours}: the bias has been added twice."),
                (2.6, "bias-sign", "`z_b` = {yours}: you have added 1.5. The bias is −1.5."),
                (-0.2, "weights-swapped", "`z_b` = {yours}: the weights have changed places. 2 belongs to redness."),
                (0.6, "of-another", "`z_b` = {yours} is the z of tomato A. B has numbers of its own."),
                (0.1, "one-weight-for-both", "`z_b` = {yours}: softness has been multiplied by 2 as well. Its weight "
                 "is 1."),
                (-0.7, "weights-missing", "`z_b` = {yours} adds up the features without their weights."),
                (0.9, "sums-multiplied", "`z_b` = {yours}: the weights are added up, the features are added up, "
                 "and the two sums are multiplied. Each weight belongs to its own feature."),
                (2.3, "weights-added", "`z_b` = {yours}: the weights are added to the features. Each feature is "
                 "multiplied by its weight."),
                (-0.9, "one-left-out", "`z_b` = {yours}: softness is not in it. Both products are added up."),
                (-0.95, "averaged", "`z_b` = {yours}: the mean of the two products is in it. They are added up."),
                (-1.65, "bias-multiplied", "`z_b` = {yours}: the sum is multiplied by the bias. The bias is added."),
                (-1.0, "one-left-out", "`z_b` = {yours}: redness is not in it. Both products are added up."),
            ),
            "z_e": (
                (0.6225, "sigmoid-too-early", "`z_e` = {yours} is the probability σ(z). Here z itself is asked for."),
                (-0.54, "products-multiplied", "`z_e` = {yours}: the two products are multiplied. They are added up."),
                (0.2, "of-another", "`z_e` = {yours}: the softness is that of the others, 0.5. E's is 0.8."),
                (0.9, "of-another", "`z_e` = {yours}: the redness is that of tomato A, 0.8. E's is 0.6."),
                (2.0, "bias-missing", "`z_e` = {yours} is the two products added up. The bias is still missing."),
                (-1.0, "bias-twice", "`z_e` = {yours}: the bias has been added twice."),
                (3.5, "bias-sign", "`z_e` = {yours}: you have added 1.5. The bias is −1.5."),
                (0.7, "weights-swapped", "`z_e` = {yours}: the weights have changed places. 2 belongs to redness."),
                (0.6, "of-another", "`z_e` = {yours} is the z of tomato A. E has numbers of its own."),
                (1.3, "one-weight-for-both", "`z_e` = {yours}: softness has been multiplied by 2 as well. Its weight "
                 "is 1."),
                (-0.1, "weights-missing", "`z_e` = {yours} adds up the features without their weights."),
                (2.7, "sums-multiplied", "`z_e` = {yours}: the weights are added up, the features are added up, "
                 "and the two sums are multiplied. Each weight belongs to its own feature."),
                (2.9, "weights-added", "`z_e` = {yours}: the weights are added to the features. Each feature is "
                 "multiplied by its weight."),
                (-0.3, "one-left-out", "`z_e` = {yours}: softness is not in it. Both products are added up."),
                (-0.5, "averaged", "`z_e` = {yours}: the mean of the two products is in it. They are added up."),
                (-3.0, "bias-multiplied", "`z_e` = {yours}: the sum is multiplied by the bias. The bias is added."),
                (-0.7, "one-left-out", "`z_e` = {yours}: redness is not in it. Both products are added up."),
            ),
        },
        hints=(
            "Do what was done for tomato A, line by line, with B's two numbers.",
            "Weight times feature, twice. Then add the two and the bias.",
            "For B add up 0.6, 0.5 and −1.5. For E the two products are 2 · 0.6 and 1 · 0.8.",
        ),
        praise="B is on the unripe side, z is negative. E is ripe: softness made up for its pale colour.",
    ),
    Exercise(
        number="02.3",
        title="One neuron, one example",
        piece="neuron",
        what="your z",
        cases=(
            {"weights": np.array([2.0, 1.0]), "inputs": np.array([0.8, 0.5]), "bias": -1.5},
            {"weights": np.array([1.0, -3.0, 0.5]), "inputs": np.array([2.0, 0.25, -4.0]), "bias": 0.75},
            {"weights": np.array([-1.5]), "inputs": np.array([4.0]), "bias": 2.0},
            {"weights": np.array([0.12345, -1.23457]), "inputs": np.array([2.34567, 0.98765]), "bias": 0.31416},
            {"weights": np.array([1.5, 1.5, 2.0, -1.0]), "inputs": np.array([2.0, -1.0, 2.0, 3.0]), "bias": 0.0},
            {"weights": np.array([2.0, 0.5, 4.0]), "inputs": np.array([1.0, 4.0, 0.5]), "bias": 1.0},
            {"weights": np.array([2.0, -1.0]), "inputs": np.array([0.0, 0.0]), "bias": 0.75},
            {"weights": np.array([300.0, -4.0]), "inputs": np.array([25.0, 1.0]), "bias": 12.5},
            {"weights": np.array([1.5, 2.0, 3.0]), "inputs": np.array([2.0, 0.0, 1.5]), "bias": -1.0},
            {"weights": np.array([1.5, 0.0, 3.0]), "inputs": np.array([2.0, 1.0, 1.5]), "bias": -1.0},
            {"weights": np.arange(1.0, 121.0) ** 2, "inputs": np.resize([0.25, -1.0, 0.5], 120), "bias": -3.0},
        ),
        mistakes=(
            *(Mistake(
                "place-by-value",
                lambda weights, inputs, bias, wrong=wrong: wrong(weights, inputs) + bias,
                "For weights {weights} and inputs {inputs} your z is {yours}: " + EQUAL,
            ) for wrong in LOOKED_UP),
            *(Mistake(
                "stops-at-0",
                lambda weights, inputs, bias, of=of: weights @ (
                    inputs * (np.cumsum((inputs if of == "inputs" else weights) == 0) == 0)) + bias,
                "For weights {weights} and inputs {inputs} your z is {yours}: it ends at the first 0. What comes "
                "behind that is still to be added.",
            ) for of in ("inputs", "weights")),
            Mistake(
                "added-for-multiplied",
                lambda weights, inputs, bias: (weights + inputs).sum() + bias,
                "Your z is {yours}: weights and inputs are added. Each weight *multiplies* its input.",
            ),
            Mistake(
                "zero-for-nothing",
                lambda weights, inputs, bias: weights @ inputs + bias if inputs.any() else 0.0,
                "For inputs {inputs} your z is {yours}. All features are 0 there, and the bias is still added.",
            ),
            Mistake(
                "bias-missing",
                lambda weights, inputs, bias: weights @ inputs,
                "For weights {weights}, inputs {inputs} and bias {bias} your z is {yours}. That is the weighted sum "
                "alone: one of the three arguments has not been used.",
            ),
            Mistake(
                "bias-subtracted",
                lambda weights, inputs, bias: weights @ inputs - bias,
                "With bias {bias} your z is {yours}: the bias is taken away where it should be added.",
            ),
            Mistake(
                "not-added-up",
                lambda weights, inputs, bias: weights * inputs + bias,
                "Your z is {yours}: one number for each feature. A neuron gives one number in all. What is still to "
                "be done with the products?",
            ),
            Mistake(
                "bias-in-every-term",
                lambda weights, inputs, bias: np.sum(weights * inputs + bias),
                "Your z is {yours}: the bias {bias} has been added once for each feature. It belongs in there once.",
            ),
            Mistake(
                "first-feature-only",
                lambda weights, inputs, bias: weights[0] * inputs[0] + bias,
                "For weights {weights}, inputs {inputs} and bias {bias} your z is {yours}: only the first feature is "
                "in it. If you have a loop, does `return` stand inside it?",
            ),
            Mistake(
                "last-feature-missing",
                lambda weights, inputs, bias: weights[:-1] @ inputs[:-1] + bias,
                "For weights {weights}, inputs {inputs} and bias {bias} your z is {yours}: the last feature is not in "
                "it. How far does your loop go?",
            ),
            Mistake(
                "bias-in-the-product",
                lambda weights, inputs, bias: (weights + bias) @ inputs,
                "Your z is {yours}: the bias is added to each weight, and so multiplied by the inputs. It is added to "
                "the sum, after the product.",
            ),
            Mistake(
                "bias-in-the-product",
                lambda weights, inputs, bias: weights @ (inputs + bias),
                "Your z is {yours}: the bias is added to each input, and so multiplied by the weights. It is added to "
                "the sum, after the product.",
            ),
            Mistake(
                "sums-multiplied",
                lambda weights, inputs, bias: weights.sum() * inputs.sum() + bias,
                "Your z is {yours}: the weights are added up, the inputs are added up, then the two sums are "
                "multiplied. Each weight belongs to its own input.",
            ),
            Mistake(
                "sigmoid-too-early",
                lambda weights, inputs, bias: sigma(weights @ inputs + bias),
                "Your z is {yours}, already squeezed between 0 and 1. Here z itself is asked for; the sigmoid comes "
                "in 02.5.",
            ),
        ),
        hints=(
            "You have done it three times by hand. Which operations did you use, in which order?",
            "The loop above multiplies and adds. NumPy's `@` does both for two vectors.",
            "One line: a product of two vectors, plus the bias.",
        ),
        praise="That is a neuron: a weighted sum and a bias, whatever the number of features.",
    ),
    Exercise(
        number="02.4",
        title="A layer of neurons, all examples at once",
        piece="Dense",
        call=run_dense,
        what="your z",
        examples="inputs",
        whole=("inputs",),
        cases=(
            {
                "weights": np.array([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0], [2.0, 0.0, 1.5]]),
                "bias": np.array([[1.0], [-2.0], [0.5]]),
                "inputs": np.array([[1.0, 0.0, 2.0], [-1.0, 3.0, 0.5], [0.25, 1.0, -2.0]]),
            },
            {
                "weights": np.array([[1.0, -2.0, 0.5], [3.0, 1.0, -1.0]]),
                "bias": np.array([[0.5], [-1.0]]),
                "inputs": np.array([[1.0, 2.0, 0.0, -1.0], [0.5, 1.0, 3.0, 2.0], [4.0, -2.0, 1.0, 0.5]]),
            },
            {"weights": np.array([[2.0, 1.0]]), "bias": np.array([[-1.5]]), "inputs": TOMATOES},
            {  # equal units, equal examples, more than a few of each, and large numbers
                "weights": np.array([[1.0, 20.0], [-2.0, 0.5], [1.0, 20.0], [4.0, 4.0], [-2.0, 0.5]]),
                "bias": np.array([[0.5], [1.0], [-1.5], [2.0], [3.0]]),
                "inputs": np.array([[3.0, -1.0, 3.0, 2.0, 0.0, 2.0, 1.0], [1.0, 5.0, 1.0, 2.0, 0.0, 2.0, 6.0]]),
            },
        ),
        mistakes=(
            *(Mistake(
                "place-by-value",
                lambda weights, bias, inputs, at=at: row_by_row(weights, bias, inputs, at),
                f"Two {at}s here are equal, and the place of each is looked up by its numbers: the first is filled "
                "twice, the other stays 0. One product does all, or count the places.",
            ) for at in ("unit", "example")),
            Mistake(
                "place-by-value",
                lambda weights, bias, inputs: weights @ inputs + bias[[weights.tolist().index(row)
                                                                       for row in weights.tolist()]],
                "Two units here have equal weights and each a bias of its own. In your z both have the bias of the "
                "first: is it looked up by the weights?",
            ),
            Mistake(
                "first-two-features",
                lambda weights, bias, inputs: weights[:, :2] @ inputs[:2] + bias,
                "Your z is {yours}: only the first two features are in it. `@` takes them all.",
            ),
            Mistake(
                "one-unit-for-all",
                lambda weights, bias, inputs: weights[:1] @ inputs + bias,
                "Your z is {yours}: every unit has the weights of the first. Each row of the weights is a unit.",
            ),
            Mistake(
                "rows-with-rows",
                lambda weights, bias, inputs: bias + sum(w * x for w, x in zip(weights, inputs, strict=False)),
                "Your z is {yours}: each row of the weights, a unit, meets one row of the inputs, a feature. A unit "
                "weighs every feature: a row of the weights meets a column of the inputs.",
            ),
            Mistake(
                "bias-missing",
                lambda weights, bias, inputs: weights @ inputs,
                "Your z is {yours}: the product without the bias. `self.bias` has not been used.",
            ),
            Mistake(
                "bias-subtracted",
                lambda weights, bias, inputs: weights @ inputs - bias,
                "Your z is {yours}: the bias {bias} is taken away where it should be added.",
            ),
            Mistake(
                "bias-as-a-row",
                lambda weights, bias, inputs: weights @ inputs + bias.ravel(),
                "Your z is {yours}. The bias was laid along the examples: example 1 got the bias of unit 1, example 2 "
                "that of unit 2. Each bias belongs to a unit, a row of z. Keep its shape (units, 1).",
            ),
            Mistake(
                "weights-transposed",
                lambda weights, bias, inputs: weights.T @ inputs + bias,
                "Your z is {yours}: each column of the weights is taken for a unit, as in `weights.T @ inputs`. A unit "
                "is a row of them.",
            ),
            Mistake(
                "factors-swapped",
                lambda weights, bias, inputs: inputs @ weights + bias,
                "Your z is {yours}: the two factors of `@` have changed places. Weights (units, features) come before "
                "inputs (features, examples).",
            ),
            *(Mistake(
                "bias-in-the-product",
                lambda weights, bias, inputs, first=first: weights @ (inputs + bias[:first]),
                "Your z is {yours}: the bias is added to the inputs, and so multiplied by the weights. It is added to "
                "what the product gives.",
            ) for first in (None, 1)),
            Mistake(
                "element-by-element",
                lambda weights, bias, inputs: weights * inputs + bias,
                "Your z is {yours}: `*` multiplies number by number. Which sign multiplies rows by columns?",
            ),
            Mistake(
                "sigmoid-too-early",
                lambda weights, bias, inputs: sigma(weights @ inputs + bias),
                "Your z is {yours}, between 0 and 1. The layer gives z; the sigmoid is a part of its own.",
            ),
            Mistake(
                "one-bias-for-all",
                lambda weights, bias, inputs: weights @ inputs + bias[0],
                "Your z is {yours}: every unit got the bias of the first. Add the whole column `self.bias`.",
            ),
            Mistake(
                "averaged",
                lambda weights, bias, inputs: weights @ inputs / len(inputs) + bias,
                "Your z is {yours}: the products are divided by the number of features, a mean. A neuron adds them up.",
            ),
            Slip(
                "examples-as-rows",
                (("self.weights @ inputs + self.bias", "inputs.T @ self.weights.T + self.bias"),),
                "What you add the bias to has a row for each example. z is the other way round, a row for each unit "
                "and a column for each example, and so is the bias: `weights @ inputs` comes like that by itself.",
            ),
        ),
        hints=(
            "Write the shapes down: (units, features) and (features, examples). What comes out of `@`?",
            "The bias is (units, 1). NumPy repeats a single column for every example.",
            "The same line as in `neuron`, with `self.weights`, `self.bias` and all inputs at once.",
        ),
        praise="One product for all units and all examples. This very class will train in lesson 09.",
    ),
    Exercise(
        number="02.5",
        title="From z to a probability",
        piece="sigmoid",
        what="your σ(z)",
        beside=far_to_the_right,
        cases=(
            {"z": 0.6},
            {"z": -2.0},
            {"z": np.array([[-4.0, -0.4, 0.0], [0.5, 1.0, 4.0]])},
            {"z": 2},
            {"z": np.array([[0.25, -3.0, 0.25]])},  # one row
            {"z": np.array([-12.0, -7.5, 8.0, 10.5])},
        ),
        mistakes=(
            *(Mistake(
                "sure-too-early",
                lambda z, far=far: np.where(np.abs(z) > far, np.asarray(z) > 0, sigma(z)),
                "For z = {z} you get {yours}: far from 0 your answers are 0 and 1. The sigmoid comes near to them and "
                "never gets there: leave it as the formula gives it.",
            ) for far in (4, 5, 6, 7, 8, 10)),
            Mistake(
                "exponential-alone",
                lambda z: np.exp(-np.asarray(z, float)),
                "For z = {z} you get {yours}: that is e⁻ᶻ alone. In the formula it stands below the line, "
                "and not alone.",
            ),
            Mistake(
                "e-minus-z",
                lambda z: 1 / (1 + np.e - z),
                "For z = {z} you get {yours}: z is taken away from e. In the formula e is taken *to the power* of −z, "
                "as `np.exp` does.",
            ),
            Mistake(
                "falls-instead-of-rising",
                lambda z: 1 / (1 + np.exp(z)),
                "For z = {z} you get {yours}. Your curve falls where it should rise: a larger z must mean more "
                "probable. Look at the sign in the exponent.",
                shows=lambda lines: not lines.has(ast.USub),
            ),
            Mistake(
                "falls-instead-of-rising",
                lambda z: 1 / (1 + np.exp(z)),
                "For z = {z} you get {yours}. Your curve falls where it should rise: it gives the probability of the "
                "other side, 1 − σ(z).",
            ),
            Mistake(
                "whole-as-z",
                lambda z: sigma(z).astype(np.asarray(z).dtype),
                "For z = {z} you get {yours}. An array that is made like z, by `zeros_like` or a copy, holds whole "
                "numbers where z does: what stands behind the point is cut off.",
            ),
            Mistake(
                "brackets-missing",
                lambda z: 1 / 1 + np.exp(-z),
                "For z = {z} you get {yours}, more than 1. Python divides before it adds: the whole sum belongs under "
                "the line of the fraction.",
            ),
            Mistake(
                "one-in-the-exponent",
                lambda z: 1 / np.exp(1 - z),
                "For z = {z} you get {yours}: the 1 stands in the exponent. It is added to what `np.exp` gives.",
            ),
            Mistake(
                "one-missing",
                lambda z: 1 / np.exp(-z),
                "For z = {z} you get {yours}. Something stands in front of the exponential, below the line of the "
                "fraction, that you have left out.",
            ),
            Mistake(
                "times-z",
                lambda z: z * sigma(np.asarray(z)),
                "For z = {z} you get {yours}: the probability times z. Above the line of the fraction stands 1.",
            ),
            Mistake(
                "a-step",
                lambda z: np.where(np.asarray(z) > 0, 1.0, 0.0),
                "For z = {z} you get {yours}: a hard yes or no. The sigmoid is a smooth ramp between the two.",
            ),
            Mistake(
                "a-step",
                lambda z: np.where(np.asarray(z) >= 0, 1.0, 0.0),
                "For z = {z} you get {yours}: a hard yes or no. The sigmoid is a smooth ramp between the two.",
            ),
            Mistake(
                "minus-outside-the-exponent",
                lambda z: 1 / (1 - np.exp(z)),
                "For z = {z} you get {yours}, no probability: the exponential is taken away from 1. The minus belongs "
                "to z, in the exponent.",
            ),
            Mistake(
                "shares-of-the-array",
                lambda z: np.exp(z) / np.exp(z).sum(),
                "For z = {z} you get {yours}: you divide by the sum over *all* z that come in, so that the answers add "
                "up to 1. Each z has an answer of its own.",
            ),
            Mistake(
                "tanh",
                lambda z: np.tanh(z),
                "For z = {z} you get {yours}: that is tanh, which runs from −1 to 1. A probability runs from 0 to 1.",
            ),
            Mistake(
                "percent",
                lambda z: 100 / (1 + np.exp(-z)),
                "For z = {z} you get {yours}: percent. A probability of one half is 0.5 here.",
            ),
            Mistake(
                "not-halved",
                lambda z: (np.tanh(z) + 1) / 2,
                "For z = {z} you get {yours}: a tanh moved up, but twice as steep. The sigmoid of z has half of z "
                "in its tanh.",
            ),
            *(Mistake(
                "straight-ramp",
                lambda z, ramp=ramp: ramp(np.asarray(z)),
                "For z = {z} you get {yours}: a straight ramp. Where is the exponential?",
            ) for ramp in (
                lambda z: np.clip(0.25 * z + 0.5, 0, 1), lambda z: 0.25 * z + 0.5, lambda z: np.clip(z, 0, 1),
            )),
            *(Mistake(
                "rounded-e",
                lambda z, e=e: 1 / (1 + e ** -np.asarray(z)),
                "For z = {z} you get {yours}, nearly: e has more digits than you have written. `np.exp` knows them.",
            ) for e in (2.718, 2.7, 2.71, 2.72, 2.7183)),
            *(Mistake(
                "other-base",
                lambda z, base=base: 1 / (1 + float(base) ** -np.asarray(z)),
                "For z = {z} you get {yours}: another number than e has been taken to the power of −z. `np.exp` takes "
                "e.",
            ) for base in (2, 3, 10)),
        ),
        hints=(
            "Put z = 0 into your function in your head. Does 0.5 come out?",
            "NumPy's `np.exp` takes a whole array and gives e to the power of each number.",
            "A fraction: 1 above the line; below it, in brackets, 1 and e to the power of −z.",
        ),
        praise="z = 0 is a coin toss, z = 4 is 98 %, z = −4 is 2 %.",
    ),
    Exercise(
        number="02.6",
        title="A line through a given point",
        piece="bias_through",
        what="your bias",
        cases=(
            {"weights": np.array([2.0, 1.0]), "point": np.array([0.5, 0.4])},
            {"weights": np.array([-1.0, 4.0]), "point": np.array([3.0, 2.0])},
            {"weights": np.array([0.5, -2.0, 3.0]), "point": np.array([1.0, 1.5, -1.0])},
            {"weights": np.array([0.12345, -1.23457]), "point": np.array([2.34567, 0.98765])},
            {"weights": np.array([1.5, 1.5, 2.0, -1.0]), "point": np.array([2.0, -1.0, 2.0, 3.0])},
            {"weights": np.array([2.0, 0.5, 4.0]), "point": np.array([1.0, 4.0, 0.5])},
            {"weights": np.array([2.0, -1.0]), "point": np.array([0.0, 0.0])},
            {"weights": np.arange(1.0, 121.0) ** 2, "point": np.resize([0.25, -1.0, 0.5], 120)},
        ),
        mistakes=(
            *(Mistake(
                "place-by-value",
                lambda weights, point, wrong=wrong: -wrong(weights, point),
                "For weights {weights} and the point {point} your bias is {yours}: " + EQUAL,
            ) for wrong in LOOKED_UP),
            Mistake(
                "sign",
                lambda weights, point: weights @ point,
                "For weights {weights} and the point {point} your bias is {yours}. Put it in: is z at the point 0, or "
                "twice {yours}?",
            ),
            Mistake(
                "not-added-up",
                lambda weights, point: -weights * point,
                "Your bias is {yours}: one number for each feature. A neuron has one bias.",
            ),
            Mistake(
                "weights-missing",
                lambda weights, point: -point.sum(),
                "Your bias is {yours}: the point's numbers are added up without the weights {weights}.",
            ),
            Mistake(
                "point-missing",
                lambda weights, point: -weights.sum(),
                "Your bias is {yours}: it is the same for every point. The point {point} is not in it.",
            ),
            Mistake(
                "intercept",
                lambda weights, point: -(weights @ point) / weights[-1],
                "Your bias is {yours}: that is divided by the last weight, as for y = mx + c. Here z itself must be 0.",
            ),
            Mistake(
                "intercept",
                lambda weights, point: point[1] + weights[0] / weights[1] * point[0],
                "Your bias is {yours}: that is where the line meets the second axis, the c of y = mx + c. The bias is "
                "what makes z 0 at the point.",
            ),
            Mistake(
                "intercept",
                lambda weights, point: -weights[0] / weights[1] * point[0] - point[1],
                "Your bias is {yours}: that is divided by the second weight, as for y = mx + c. Here z itself must be "
                "0, and there may be more than two features.",
            ),
            Mistake(
                "best-of-those-tried",
                lambda weights, point: np.linspace(-4, 4, 801)[np.argmin(np.abs(
                    weights @ point + np.linspace(-4, 4, 801)))],
                "Your bias is {yours}, the best of those that you try from −4 to 4. It need not be searched: which "
                "number makes weights · point + b exactly 0?",
            ),
            Mistake(
                "slope-without-sign",
                lambda weights, point: point[1] - weights[0] / weights[1] * point[0],
                "Your bias is {yours}: the line was written as y = mx + c. Leave it as it is, weights · point + b, and "
                "see what makes that 0.",
            ),
            Mistake(
                "slope-without-sign",
                lambda weights, point: point[1] - weights[1] / weights[0] * point[0],
                "Your bias is {yours}: the line was written as y = mx + c. Leave it as it is, weights · point + b, and "
                "see what makes that 0.",
            ),
            *(Mistake(
                "with-another-bias",
                lambda weights, point, sign=sign: sign * (weights @ point - 1.5),
                "Your bias is {yours}: a bias of −1.5 is in it already, the one of the tomatoes. Here the bias is what "
                "you look for: begin with weights · point alone.",
            ) for sign in (1, -1)),
            Mistake(
                "half-at-the-point",
                lambda weights, point: weights @ point - 0.5,
                "Your bias is {yours}: two things at once. 0.5 is the border for probabilities, for z it is another; "
                "and what is to make the sum 0 has the other sign.",
            ),
            *(Mistake(
                "sigmoid-besides",
                lambda weights, point, sign=sign: sigma(sign * (weights @ point)),
                "Your bias is {yours}, squeezed between 0 and 1. A bias may be any number: it is no probability.",
            ) for sign in (1, -1)),
            Mistake(
                "half-at-the-point",
                lambda weights, point: 0.5 - weights @ point,
                "With your bias {yours} z is 0.5 at the point {point}. 0.5 is the border for probabilities; for z it "
                "is another.",
            ),
            Mistake(
                "sums-multiplied",
                lambda weights, point: -weights.sum() * point.sum(),
                "Your bias is {yours}: weights and point are added up first, each by itself, and then multiplied. Each "
                "weight belongs to its own feature.",
            ),
            Mistake(
                "first-feature-only",
                lambda weights, point: -weights[0] * point[0],
                "Your bias is {yours}: only the first feature of {point} is in it.",
            ),
            Mistake(
                "second-feature-only",
                lambda weights, point: -weights[1] * point[1],
                "Your bias is {yours}: only the second feature of {point} is in it.",
            ),
            Mistake(
                "features-crossed",
                lambda weights, point: -weights[0] * point[1] - weights[1] * point[0],
                "Your bias is {yours}: the first weight has met the second feature, and the second weight the first. "
                "Each weight belongs to its own feature.",
            ),
            Mistake(
                "first-two-only",
                lambda weights, point: -weights[:2] @ point[:2],
                "For weights {weights} your bias is {yours}: only the first two features are in it. There may be more "
                "than two; `@` takes them all.",
            ),
            Mistake(
                "minus-on-the-second",
                lambda weights, point: weights[0] * point[0] - weights[1] * point[1],
                "Your bias is {yours}: the minus stands before the second product alone. It belongs to all of them, "
                "and there may be more than two.",
            ),
            Mistake(
                "minus-on-the-first",
                lambda weights, point: -weights[0] * point[0] + weights[1:] @ point[1:],
                "Your bias is {yours}: the minus stands before the first product alone. It belongs to all of them.",
            ),
            Mistake(
                "minus-on-the-first",
                lambda weights, point: -weights[0] * point[0] + weights[1] * point[1],
                "Your bias is {yours}: the minus stands before the first product alone. It belongs to all of them, and "
                "there may be more than two.",
            ),
            Mistake(
                "added-for-multiplied",
                lambda weights, point: -(weights + point),
                "Your bias is {yours}: weights and features are added, and there is one number for each feature. Each "
                "weight *multiplies* its feature, and one number comes of it.",
            ),
            Mistake(
                "added-for-multiplied",
                lambda weights, point: -(weights + point).sum(),
                "Your bias is {yours}: weights and features are added. Each weight *multiplies* its feature.",
            ),
            Mistake(
                "divided-by-the-length",
                lambda weights, point: -(weights @ point) / np.linalg.norm(weights),
                "Your bias is {yours}: divided by the length of the weights, as for a distance. Here z itself must "
                "be 0.",
            ),
            Mistake(
                "intercept",
                lambda weights, point: -weights[0] * point[0] / weights[1],
                "Your bias is {yours}: the line was solved for its second feature. The bias is what makes z 0 at "
                "the point.",
            ),
        ),
        hints=(
            "On the line z = 0. Write z for this point, and set it to 0.",
            "weights · point + b = 0. Solve for b.",
            "You have `weights @ point` from 02.3. What must be added to it to give 0?",
        ),
        praise="Any point you like: the bias alone puts the line through it.",
    ),
    Prediction(
        number="02.7",
        title="The best bias for the kiwis",
        right="a",
        options={
            "a": "three of six at most, no better than tossing a coin, whatever the bias.",
            "b": "Five would be a near miss; it is much worse than that.",
            "c": "All six would need a line that has every ripe kiwi on one side.",
        },
        hints=(
            "Sliding a line keeps its direction. Which way do the ripe kiwis lie?",
            "Without the bias, the ripe ones have 2x₁ + x₂ = 0.9, 1.3, 1.4 and the unripe ones 1.7, 1.8, 2.2.",
            "The neuron says ripe above a threshold. Here the ripe ones lie below.",
        ),
        praise="A bias moves the border. Which features count, and which way, is in the weights alone.",
    ),
    Prediction(
        number="02.8",
        title="Which sign will the weight of redness get?",
        right="b",
        options={
            "a": "A positive weight would say: the redder, the riper. That was true of the tomatoes.",
            "b": "a negative weight: for these kiwis redness speaks against being ripe.",
            "c": "Zero would say that redness tells nothing. Here it tells a lot.",
        },
        hints=(
            "Look at the two kinds of kiwi in the picture: which are further to the right?",
            "A positive weight makes z larger for redder fruit.",
            "Which weights did we turn the line with, by hand?",
        ),
        praise="Nobody said so. The neuron found the sign from six examples. One can read a weight: its sign says for "
        "or against, its size says how much.",
    ),
    Order(
        number="02.9",
        title="From tomatoes to accuracy",
        lines={
            "A": "correct = ripe == labels",
            "B": "a = sigmoid(z)",
            "C": "accuracy = correct.mean()",
            "D": "ripe = z >= 0.5",
            "E": "z = weights @ inputs + bias",
            "F": "ripe = a >= 0.5",
        },
        right="EBFAC",
        without={
            "E": "z is never worked out.",
            "B": "z never becomes a probability.",
            "F": "No probability becomes a yes or no.",
            "A": "No answer is compared with its label.",
            "C": "You know of each one whether it is right, but not which share of them is.",
        },
        extra={"D": "0.5 is a border for probabilities. z has another one: what is σ(0)?"},
        before=(
            ("E", "B", "It needs z, which is not made yet."),
            ("B", "F", "It needs a, which is not made yet."),
            ("F", "A", "It compares `ripe`, which is not made yet."),
            ("A", "C", "It averages `correct`, which is not made yet."),
        ),
        hints=(
            "Each line uses a name that another one makes. Which line uses only what is given?",
            "Five of the six lines are needed.",
            "z, then a, then a yes or no, then right or wrong, then their mean.",
        ),
        praise="Weighted sum, probability, decision, comparison, mean. This is `accuracy` in every library.",
    ),
    Choice(
        number="02.10",
        title="Recall: loss and accuracy",
        right="a",
        options={
            "a": "The loss sees how sure each answer is; accuracy sees only the side it is on.",
            "b": "They differ even on the same images: look again at the two networks of lesson 00.",
            "c": "Both can be computed at any moment of training, even for one image: right or wrong, and −log of a "
            "probability.",
        },
        hints=(
            "Lesson 00 had two networks and three images.",
            "One network was right three times and hardly sure of anything.",
            "0.51 and 0.99 count the same for one of the two measures.",
        ),
        praise="A probability can move a long way without crossing 0.5: the loss moves, the accuracy does not.",
    ),
    Choice(
        number="02.11",
        title="Recall: one column, one example",
        right="b",
        options={
            "a": "(200, 4) has one row for each flower. Here each flower is a column.",
            "b": "Features down, examples across: (4, 200).",
            "c": "(800,) has lost which number belongs to which flower.",
        },
        hints=(
            "What did one column of x mean?",
            "The shape is (features, examples).",
            "How many numbers describe one flower? That many rows.",
        ),
        praise="Features down, examples across: then `weights @ inputs` fits for any number of examples.",
    ),
)
