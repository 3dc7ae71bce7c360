"""The exercises of lesson 03, Bend the line."""

import ast
import contextlib

import numpy as np

from lessons.checks.judge import (
    Answer,
    Choice,
    Exercise,
    Mistake,
    Order,
    Prediction,
    Spoilt,
    asks_anew,
    keeps_off,
    tried_with,
)
from lessons.checks.judge.compare import Finding, close, numeric, short


class Heard(contextlib.ContextDecorator):
    """What stands for `np.errstate` while an answer runs: it silences nothing."""

    def __init__(self, **_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@contextlib.contextmanager
def nothing_hidden():
    """Every overflow is an error where it happens, also for who tells NumPy to be quiet about it."""
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        own = {"errstate": np.errstate, "seterr": np.seterr, "seterrcall": np.seterrcall}
        try:
            np.errstate, np.seterr, np.seterrcall = Heard, (lambda *_, **__: np.geterr()), (lambda _: None)
            yield
        finally:
            for name, value in own.items():
                setattr(np, name, value)


def run_activation(kind, z):
    """Bend z and ask for the slope there; every overflow is an error."""
    bend = kind()
    with nothing_hidden():
        value = bend(z)
        slope = None if value is None else asks_anew(bend, (z,), (0.5 - z[:, :1],))
        if value is not None and np.abs(z).max() < 20:  # what overflows is told with the z that it was called with
            keeps_off(bend, (z,), (0.25 - z,))
        return {"f(z)": value, "f′(z)": slope}


FAR, LAST = np.array([[-40.0, 40.0]]), np.array([[-1.0, 2.0, -1.0], [2.0, -1.0, 0.5]])


def run_sigmoid(Sigmoid, z):
    """As `run_activation`; and whose numbers are right is asked for z = ±40, where every way to write it is exact."""
    found = run_activation(Sigmoid, z)
    right = close(found["f(z)"], sigma(z)) and close(found["f′(z)"], sigma_slope(z))
    if right and np.array_equal(z, LAST):
        with nothing_hidden(), tried_with("It was called with z = [[−40, 40]]."):
            mine = numeric(Sigmoid()(FAR))
        if mine is not None and mine.shape == FAR.shape and np.abs(mine - sigma(FAR)).max() > np.finfo(float).eps:
            text = f"For z = −40 your f is {short(mine[0, 0])}, {short(sigma(FAR)[0, 0])} was expected: on the way z "
            raise Spoilt(Finding("flat-too-early", text + "is cut off. The curve comes nearer to 0 as far as z goes: "
                                 "leave z as it is."))  # fmt: skip
    return found


def answers(value, slope):
    """What a class gives with these two formulas."""
    return lambda z: {"f(z)": value(z), "f′(z)": slope(z)}


def relu(z):
    return np.maximum(z, 0)


def relu_slope(z):
    return (z > 0) * 1.0


def sigma(z):
    exp = np.exp(-np.abs(z))
    return np.where(z < 0, exp, 1) / (1 + exp)


def softmax(z, axis):
    exp = np.exp(z - z.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


def without(z):
    """The sigmoid, but for z < 0 the numerator of its form alone."""
    return np.where(z < 0, np.exp(-np.abs(z)), sigma(z))


def sigma_slope(z):
    return sigma(z) * (1 - sigma(z))


def first_only(z):
    """True where the number has not been there before: who looks the place up by the value finds that one again."""
    flat = z.ravel().tolist()
    return np.array([flat.index(one) == k for k, one in enumerate(flat)]).reshape(z.shape)


EQUAL = (
    "Some numbers of z = {z} are equal, and the place of each is looked up by its value: the first is filled again "
    "and again, the others stay 0. One line bends all of them at once."
)


def stopped(bend, far):
    """The sigmoid or its slope, with what stands at ±∞ put in its place beyond ±far."""
    return lambda z: np.where(np.abs(z) > far, (z > 0) * (1.0 if bend is sigma else 0.0), bend(z))


def merged_by_value(weights_2, bias_1, bias_2, of):
    """The bias of both, where equal rows of the weights, or equal biases, are looked up by their numbers."""
    rows, first = weights_2.tolist(), bias_1.ravel().tolist()
    places = [first.index(one) for one in first]
    if of == "rows":
        return (weights_2 @ bias_1 + bias_2) * [[rows.index(row) == k] for k, row in enumerate(rows)]
    once = bias_1 * [[place == k] for k, place in enumerate(places)]
    return (weights_2 @ once if of == "once" else weights_2[:, places] @ bias_1) + bias_2


EXERCISES = (
    Prediction(
        number="03.1",
        title="What can ten layers draw?",
        right="c",
        options={
            "a": "Curves need something that is not a straight line. Multiplying and adding ten times over is not.",
            "b": "Bends are what this lesson adds. There is none yet.",
            "c": "one straight line: the ten layers are worth one.",
            "d": "Closed shapes need bends all round. There is none yet.",
        },
        hints=(
            "A layer multiplies and adds. What does it do to a straight line?",
            "Put z = 3x + 1 into 2z − 4. What kind of formula comes out?",
            "Weights times weights are weights.",
        ),
        praise="Straight after straight stays straight, however often.",
    ),
    Answer(
        number="03.2",
        title="Melt two layers",
        names=("weight", "bias"),
        wrong={
            "weight": (
                (2, "weights-added", "`weight` = {yours}: the weights are added up. The second layer multiplies."),
                (-6, "weights-added", "`weight` = {yours} is −2 − 4. The second layer multiplies."),
                (6, "worked-example", "`weight` = {yours} belongs to the example above. These two layers have other "
                 "numbers."),
                (8, "sign-lost", "`weight` = {yours}: a minus got lost on the way."),
                (-2, "first-layer-only", "`weight` = {yours} is the weight of the first layer alone."),
                (4, "second-layer-only", "`weight` = {yours} is the weight of the second layer alone."),
            ),
            "bias": (
                (-5, "through-the-first", "`bias` = {yours} is −2 · 3 + 1. Which layer does the 3 go through?"),
                (11, "bias-sign", "`bias` = {yours}: the second bias is +1, and 1 has been taken away."),
                (-11, "sign-lost", "`bias` = {yours}: 4 · 3 is 12, not −12. The minus belongs to the 2."),
                (-13, "sign-lost", "`bias` = {yours}: a minus too many. Both 4 · 3 and 1 are above 0."),
                (4, "biases-added", "`bias` = {yours}: the biases are added up. The first is multiplied, too."),
                (12, "second-bias-missing", "`bias` = {yours}: the second layer's own bias is still missing."),
                (3, "first-layer-only", "`bias` = {yours} is the bias of the first layer alone. It goes through the "
                 "second layer's weight, 4, and that layer's own bias is added."),
                (10, "second-bias-multiplied", "`bias` = {yours} is 4 · 3 − 2 · 1: the second bias has gone through "
                 "the first weight. Nothing comes after it: it is added as it is."),
                (1, "first-bias-missing", "`bias` = {yours} is the second bias alone, or the order is swapped."),
                (7, "other-bias-multiplied", "`bias` = {yours} is 3 + 4 · 1. Which of the two biases is there before "
                 "the second layer, and so goes through its weight?"),
                (16, "bias-added-too-early", "`bias` = {yours} is 4 · (3 + 1). The second bias is added at the end."),
            ),
        },
        hints=(
            "Write −2x + 3, in brackets, where the second layer has its z.",
            "4 · (−2x + 3) + 1. Multiply the bracket out.",
            "4 times −2, and 4 times 3 plus 1.",
        ),
        praise="Two layers, one line: −8x + 13.",
    ),
    Exercise(
        number="03.3",
        title="The bias of both",
        piece="merged_bias",
        what="your bias",
        cases=(
            {
                "weights_2": np.array([[2.0, 1.0], [0.5, -1.0]]),
                "bias_1": np.array([[1.5], [-1.0]]),
                "bias_2": np.array([[0.25], [3.0]]),
            },
            {
                "weights_2": np.array([[1.0, -2.0, 0.5]]),
                "bias_1": np.array([[1.0], [3.0], [-2.0]]),
                "bias_2": np.array([[4.0]]),
            },
            {
                "weights_2": np.array([[4.0], [-1.0], [0.5]]),
                "bias_1": np.array([[3.0]]),
                "bias_2": np.array([[1.0], [2.0], [-1.0]]),
            },
            {
                "weights_2": np.array([[0.12345, -1.23457], [2.34567, 0.98765]]),
                "bias_1": np.array([[0.31416], [-0.27183]]),
                "bias_2": np.array([[0.57722], [1.41421]]),
            },
            {  # equal units, equal biases, more than three units below
                "weights_2": np.array([[1, 2, -1, 0.5, 3], [2, 0, 4, -2, 1], [1, 2, -1, 0.5, 3]]),
                "bias_1": np.array([[2.0], [-1.0], [2.0], [0.0], [-1.0]]),
                "bias_2": np.array([[0.5], [1.5], [2.5]]),
            },
        ),
        whole=("weights_2", "bias_1", "bias_2"),
        unsaid=True,
        mistakes=(
            Mistake(
                "other-axis",
                lambda weights_2, bias_1, bias_2: (weights_2.T * bias_1).sum(axis=1, keepdims=True) + bias_2,
                "Your bias is {yours}: each column of `weights_2` is added up, times the first bias that belongs to "
                "it. Each unit of the second layer has a row there, and adds up along that.",
            ),
            Mistake(
                "row-meets-column",
                lambda weights_2, bias_1, bias_2: (weights_2 @ bias_1).ravel() + bias_2,
                "Your bias is {yours}: what weights and first bias make is no column any more when `bias_2` "
                "is added, and NumPy stretches both. `keepdims=True` keeps a column where a sum is taken; `@` gives "
                "one.",
            ),
            Mistake(
                "biases-multiplied",
                lambda weights_2, bias_1, bias_2: weights_2 @ (bias_1 * bias_2),
                "Your bias is {yours}: the two biases are multiplied. The first goes through the second weights, the "
                "second is added after that.",
            ),
            *(Mistake(
                "place-by-value",
                lambda weights_2, bias_1, bias_2, of=of: merged_by_value(weights_2, bias_1, bias_2, of),
                "Your bias is {yours}: some units here have equal numbers, and these are looked up by their value, or "
                "kept only once. One product takes them all.",
            ) for of in ("rows", "biases", "once")),
            *(Mistake(
                "first-few",
                lambda weights_2, bias_1, bias_2, count=count: weights_2[:, :count] @ bias_1[:count] + bias_2,
                "Your bias is {yours}: " + f"no more than the first {count} units below are in it. `@` takes them all.",
            ) for count in (2, 3, 4)),
            Mistake(
                "last-unit-missing",
                lambda weights_2, bias_1, bias_2: weights_2[:, :-1] @ bias_1[:-1] + bias_2,
                "Your bias is {yours}: the last unit below is not in it.",
            ),
            Mistake(
                "sums-multiplied",
                lambda weights_2, bias_1, bias_2: weights_2.sum(axis=1, keepdims=True) * bias_1.sum() + bias_2,
                "Your bias is {yours}: weights and first biases are added up, each by itself, and then multiplied. "
                "Each weight belongs to its own unit below.",
            ),
            Mistake(
                "factors-swapped",
                lambda weights_2, bias_1, bias_2: bias_1.T @ weights_2 + bias_2,
                "Your bias is {yours}: the first bias was turned to a row and put before the weights. What goes "
                "through a layer stands behind its weights, as a column: weights @ inputs.",
            ),
            Mistake(
                "biases-added",
                lambda weights_2, bias_1, bias_2: bias_1 + bias_2,
                "Your bias is {yours}: the two are added up. The first one goes through the second layer, as every "
                "number from below does.",
            ),
            Mistake(
                "second-bias-missing",
                lambda weights_2, bias_1, bias_2: weights_2 @ bias_1,
                "Your bias is {yours}: the first bias, seen through the second weights. The second layer has a bias of "
                "its own.",
            ),
            Mistake(
                "first-bias-missing",
                lambda weights_2, bias_1, bias_2: bias_2,
                "Your bias is {yours}, the second layer's alone. What the first layer adds is still there, in its "
                "output.",
            ),
            Mistake(
                "both-through-the-weights",
                lambda weights_2, bias_1, bias_2: weights_2 @ (bias_1 + bias_2),
                "Your bias is {yours}: both went through the second weights. The second bias is added after them.",
            ),
            Mistake(
                "bias-subtracted",
                lambda weights_2, bias_1, bias_2: weights_2 @ bias_1 - bias_2,
                "Your bias is {yours}: the second bias {bias_2} is taken away where it should be added.",
            ),
            Mistake(
                "weights-transposed",
                lambda weights_2, bias_1, bias_2: weights_2.T @ bias_1 + bias_2,
                "Your bias is {yours}: that comes from the transposed weights. The rows of weights_2 are the units of "
                "the second layer already.",
            ),
            Mistake(
                "element-by-element",
                lambda weights_2, bias_1, bias_2: weights_2 * bias_1 + bias_2,
                "Your bias is {yours}: `*` multiplies number by number. Which sign multiplies rows by columns?",
            ),
        ),
        hints=(
            "Look at the last bracket of the formula.",
            "One product, one sum. Its shapes: (units₂, units₁) and (units₁, 1), then (units₂, 1).",
            "The second weights times the first bias, plus the second bias.",
        ),
        praise="With the weights W₂W₁ and this bias, one layer does the work of two.",
    ),
    Exercise(
        number="03.4",
        title="ReLU",
        piece="ReLU",
        call=run_activation,
        what="f(z)",
        cases=(
            {"z": np.array([[-2.0, -0.5, 3.0], [0.5, 1.0, -4.0]])},
            {"z": np.array([[0.0, 2.0], [-1.0, 0.0]])},
            {"z": np.array([[-1.5]])},
            {"z": np.array([[0.123456, -1.23457], [3.14159, 0.001234]])},
            {"z": np.array([[7.5, -60.25, 1e5]])},
            {"z": np.array([[2e-5, -3e-5], [1e-4, -2e-4]])},  # a little above 0 is above 0
            {"z": np.array([[2.0, -1.0, 2.0], [2.0, -1.0, 0.5]])},
        ),
        mistakes=(
            Mistake("place-by-value", answers(lambda z: relu(z) * first_only(z), relu_slope), EQUAL),
            Mistake("place-by-value", answers(relu, lambda z: relu_slope(z) * first_only(z)), EQUAL),
            *(Mistake(
                "begins-late",
                answers(lambda z, least=least: np.where(z > least, z, 0), wrong),
                "For z = {z} you get {yours}: your bend begins a little right of 0. Whatever is above 0 passes, "
                "however small.",
            ) for least in (1e-4, 1e-3, 0.01, 0.1, 0.5) for wrong in (
                relu_slope, lambda z, least=least: (z > least) * 1.0)),
            *(Mistake(
                "slope-begins-late",
                answers(relu, lambda z, least=least: (z > least) * 1.0),
                "Your f is right. Your f′ gives {yours} for z = {z}: it begins a little right of 0. There the slope is "
                "1, however near.",
            ) for least in (1e-4, 1e-3, 0.01, 0.1)),
            Mistake(
                "softplus",
                answers(lambda z: np.logaddexp(0, z), sigma),
                "Your f gives {yours}: a smooth bend, called softplus, which is nowhere 0. Here negative numbers "
                "become 0 and positive ones stay as they are.",
            ),
            Mistake(
                "slope-swapped",
                answers(relu, lambda z: (z <= 0) * 1.0),
                "Your f is right. Your f′ gives {yours}: 1 where f is flat, and 0 where it rises. The two sides have "
                "changed places.",
            ),
            Mistake(
                "mirrored",
                answers(np.abs, np.sign),
                "Your f gives {yours}: negative numbers are turned round. They should be cut off.",
            ),
            Mistake(
                "other-half",
                answers(lambda z: np.minimum(z, 0), lambda z: (z < 0) * 1.0),
                "Your f gives {yours}: it keeps the negative and cuts off the positive.",
            ),
            Mistake(
                "a-step",
                answers(relu_slope, relu_slope),
                "Your f gives {yours}, a yes or no. Positive numbers should pass as they are.",
            ),
            Mistake(
                "leaks",
                answers(lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1.0, 0.01)),
                "Your f gives {yours}: negative numbers leak through. (That is LeakyReLU, a good bend of its own. "
                "Here they become 0.)",
            ),
            Mistake(
                "no-bend",
                answers(lambda z: z, np.ones_like),
                "Your f gives {yours}, z itself: there is no bend in it yet.",
            ),
            Mistake(
                "slope-is-the-value",
                answers(relu, relu),
                "Your f is right. Your f′ gives {yours}, the value once more. How fast does f grow there?",
            ),
            Mistake(
                "slope-one-everywhere",
                answers(relu, np.ones_like),
                "Your f is right. Your f′ gives {yours}, 1 everywhere. What does f do where z is negative?",
            ),
            Mistake(
                "slope-one-number",
                answers(relu, lambda z: 1.0),
                "Your f is right. Your f′ gives {yours}, one number whatever comes in. Each z has a slope of its own: "
                "the shape is that of z.",
            ),
            Mistake(
                "slope-one-number",
                answers(relu, lambda z: 0.0),
                "Your f is right. Your f′ gives {yours}, one number whatever comes in. Each z has a slope of its own: "
                "the shape is that of z.",
            ),
            Mistake(
                "slope-zero-everywhere",
                answers(relu, np.zeros_like),
                "Your f is right. Your f′ gives {yours}, 0 everywhere. How fast does f grow where z is positive?",
            ),
            Mistake(
                "slope-at-the-corner",
                answers(relu, lambda z: (z >= 0) * 1.0),
                "Nearly: your f′ gives {yours} for z = {z}. At z = 0 exactly, this course says 0.",
            ),
            Mistake(
                "slope-at-the-corner",
                answers(relu, lambda z: np.heaviside(z, 0.5)),
                "Nearly: your f′ gives {yours} for z = {z}. At z = 0 exactly, this course says 0, and not one half.",
            ),
            *(Mistake(
                "slope-leaks",
                answers(relu, lambda z, leak=leak: np.where(z > 0, 1, leak)),
                f"Your f is right. Your f′ gives {{yours}}: {leak} where z is not above 0. There f is 0 and stays 0: "
                "how fast does it grow?",
            ) for leak in (0.1, 0.01, 0.001)),
            Mistake(
                "slope-is-the-sign",
                answers(relu, np.sign),
                "Your f is right. Your f′ gives {yours}, and −1 for negative z: there f would fall. It is flat.",
            ),
            Mistake(
                "slope-is-the-sign",
                answers(relu, lambda z: np.where(z > 0, 1.0, -1.0)),
                "Your f is right. Your f′ gives {yours}, and −1 where z is not above 0: there f would fall. It is "
                "flat.",
            ),
            Mistake(
                "slope-is-z",
                answers(relu, lambda z: z),
                "Your f is right. Your f′ gives {yours}, z itself. Right of zero f is a line: how steep is z?",
            ),
            Mistake(
                "left-out",
                answers(lambda z: z[z > 0], relu_slope),
                "Your f gives {yours}: the negative numbers are gone. Each keeps its place and becomes 0.",
            ),
            Mistake(
                "largest-of-all",
                answers(lambda z: np.max(z, 0), relu_slope),
                "Your f gives {yours}, the largest number of each column: `max` looks for one number in an array. "
                "`maximum` compares two, place by place.",
            ),
            *(Mistake(
                "cut-off-above",
                answers(lambda z, most=most: np.clip(z, 0, most), slope),
                f"Your f gives {{yours}}: it is cut off at {most}. Positive numbers pass, however large.",
            ) for most in (1, 5, 6, 10, 100)
              for slope in (relu_slope, lambda z, most=most: ((z > 0) & (z < most)) * 1.0)),
            *(Mistake(
                "slope-ends",
                answers(relu, lambda z, ends=ends: ((z > 0) & ends(z)) * 1.0),
                "Your f is right. Your f′ gives {yours} for z = {z}: where z is large it is 0 again. f goes on rising "
                "there, however large z is.",
            ) for most in (5, 6, 10, 100) for ends in (
                lambda z, most=most: z < most, lambda z, most=most: z <= most)),
            Mistake(
                "slope-is-z",
                answers(relu, lambda z: np.clip(z, 0, 1)),
                "Your f is right. Your f′ gives {yours}: between 0 and 1 it is z itself. Right of 0 f is a line, and a "
                "line has one slope.",
            ),
            *(Mistake(
                "slope-begins-late",
                answers(relu, lambda z, late=late: late(z) * 1.0),
                "Your f is right. Your f′ gives {yours} for z = {z}: 0 where z is 0.5. Right of 0 the slope is 1.",
            ) for late in (lambda z: z > 0.5, lambda z: z >= 1)),
            Mistake(
                "slope-of-sigmoid",
                answers(relu, lambda z: relu(z) * (1 - relu(z))),
                "Your f is right. Your f′ gives {yours}, f (1 − f): so the slope of the sigmoid comes from its value. "
                "How fast does this f grow right of 0?",
            ),
            *(Mistake(
                "sigmoid",
                answers(sigma, slope),
                "Your f gives {yours}: that is the sigmoid, which comes further down. Here what is positive passes, "
                "and what is negative becomes 0.",
            ) for slope in (relu_slope, sigma_slope)),
            Mistake(
                "one-slope-for-all",
                answers(relu, lambda z: 1.0 if z.all() > 0 else 0.0),
                "Your f is right. Your f′ gives {yours}, one number for the whole array. Each place has a slope of "
                "its own.",
            ),
            Mistake(
                "one-slope-for-all",
                answers(relu, lambda z: 1.0 if (z > 0).any() else 0.0),
                "Your f is right. Your f′ gives {yours}, one number for the whole array. Each place has a slope of "
                "its own.",
            ),
            Mistake(
                "one-slope-for-all",
                answers(relu, lambda z: np.full(z.shape, float((z > 0).any()))),
                "Your f is right. Your f′ gives {yours} for z = {z}: one question about all of z decides for every "
                "place. Each place has a slope of its own.",
            ),
        ),
        hints=(
            "f: the larger of two numbers. f′: 1 on one side, 0 on the other.",
            "`np.maximum` compares an array with a number, place by place. `z > 0` gives True and False.",
            "f is `np.maximum` of z and 0. For f′, True times 1.0 is 1.0.",
        ),
        praise="The most used bend there is, in two lines.",
    ),
    Answer(
        number="03.5",
        title="Through two layers by hand",
        names=("out_00", "out_11", "out_half"),
        wrong={
            "out_00": (
                (-2, "bend-missing", "`out_00` = {yours}: h₂ is 1 with you. z₂ is −1 there, and a ReLU stops what is "
                 "below 0."),
                (2, "bend-missing", "`out_00` = {yours}: z₂ is −1 there. What does the bend make of it?"),
                (1, "bias-lost", "`out_00` = {yours}. Both inputs are 0: is one of the units awake?"),
                (-1, "bend-missing-and-weight", "`out_00` = {yours} looks like z₂ itself, before the bend."),
            ),
            "out_11": (
                (1, "weight-missing", "`out_11` = {yours}: h₂ was taken away once. Its weight is −2."),
                (-3, "units-exchanged", "`out_11` = {yours}: h₁ and h₂ have changed places."),
                (-4, "bias-sign", "`out_11` = {yours}: z₂ has been taken with + 1 in place of − 1."),
                (3, "weights-exchanged", "`out_11` = {yours} is 2 h₁ − h₂. The 2 belongs to h₂."),
                (-1, "one-input-only", "`out_11` = {yours}: h₁ is 1 with you. z₁ is the sum of both inputs."),
                (2, "second-unit-missing", "`out_11` = {yours} is h₁ alone. The second unit is awake too."),
                (4, "weight-sign", "`out_11` = {yours}: 2 h₂ was added. Its weight is −2."),
                (-2, "bias-missing", "`out_11` = {yours}: z₂ has been taken without its −1."),
            ),
            "out_half": (
                (-1, "bias-missing", "`out_half` = {yours}: z₂ has been taken without its −1."),
                (0.5, "one-input-only", "`out_half` = {yours}: z₁ is the sum of both inputs."),
                (2, "weights-exchanged", "`out_half` = {yours} is 2 h₁ − h₂. The 2 belongs to h₂."),
                (
                    0,
                    "halved",
                    "`out_half` = {yours} is half way between the results of the two corners. With a bend between them "
                    "the network is no straight line: what is h₁ at the point itself?",
                ),
            ),
        },
        hints=(
            "Write z₁ and z₂ first, then bend both, then h₁ − 2 h₂.",
            "For (0, 0): z₁ = 0 and z₂ = −1. For (1, 1): z₁ = 2 and z₂ = 1.",
            "For the point half way: z₁ = 1, z₂ = 0.",
        ),
        praise="Up with the first unit, down again with the second: that is XOR.",
    ),
    Prediction(
        number="03.6",
        title="The book's formula at z = −1000",
        right="a",
        options={
            "a": "nan: the number above the line and the one below it are both infinite, and inf / inf has no value.",
            "b": "0 is what the formula means. It is not what the computer reaches.",
            "c": "NumPy warns, at most, and goes on.",
        },
        hints=(
            "How large is e to the power of 1000?",
            "A float can hold numbers up to about 1.8 · 10³⁰⁸.",
            "Too large becomes inf. What is inf divided by inf?",
        ),
        praise="Right on paper, broken in a computer. The value 1 / (1 + e⁻ᶻ) itself survives: 1 / inf is 0.",
    ),
    Exercise(
        number="03.7",
        title="A sigmoid that holds",
        piece="Sigmoid",
        call=run_sigmoid,
        what="f(z)",
        cases=(
            {"z": np.array([[-2.0, -0.5, 0.0], [0.5, 1.0, 4.0]])},
            {"z": np.array([[-1000.0, -30.0, 0.25]])},
            {"z": np.array([[1000.0, 30.0], [3.0, 800.0]])},
            {"z": np.array([[-24.0], [-22.5]])},
            {"z": np.array([[900.0, -900.0], [-12.0, 7.0]])},
            {"z": LAST},
        ),
        whole=("z",),
        unsaid=True,
        mistakes=(
            Mistake(
                "doubled-for-squared",
                answers(sigma, lambda z: -sigma(z)),
                "Your f is right. Your f′ gives {yours}: minus the value itself, as a − 2 a. The square of a is "
                "`a ** 2`, and `a * 2` is twice a.",
                shows=lambda lines: lines.writes(2),
            ),
            Mistake(
                "zero-at-zero",
                answers(sigma, lambda z: np.where(z == 0, 0, sigma_slope(z))),
                "Your f is right. Your f′ gives {yours} for z = {z}: 0 where z is 0. There the sigmoid is at its "
                "steepest.",
            ),
            *(Mistake(
                "zero-at-zero",
                answers(lambda z: np.where(z == 0, 0, sigma(z)), slope),
                "Your f gives {yours} for z = {z}: 0 where z is 0. Neither z > 0 nor z < 0 is true there: one of the "
                "two forms has to take it.",
            ) for slope in (sigma_slope, lambda z: np.where(z == 0, 0, sigma_slope(z)))),
            Mistake("place-by-value", answers(lambda z: sigma(z) * first_only(z), sigma_slope), EQUAL),
            Mistake("place-by-value", answers(sigma, lambda z: sigma_slope(z) * first_only(z)), EQUAL),
            Mistake("place-by-value", answers(lambda z: sigma(z) * first_only(z),
                                              lambda z: sigma_slope(z) * first_only(z)), EQUAL),
            *(Mistake(
                "flat-too-early",
                answers(f, slope),
                "For z = {z} you get {yours}: far from 0 your " + ("slope" if f is sigma else "sigmoid") + " is put in "
                "by hand. It comes near to that and never gets there: leave it as the formula gives it.",
            ) for far in (3, 4, 5, 6, 8, 10, 12, 15, 20)
              for f, slope in ((sigma, stopped(sigma_slope, far)), (stopped(sigma, far), sigma_slope),
                               (stopped(sigma, far), stopped(sigma_slope, far)))),
            Mistake(
                "falls-instead-of-rising",
                answers(lambda z: sigma(-z), sigma_slope),
                "Your f gives {yours} for z = {z}: it falls where it should rise. Your exponent is |z|, which is above "
                "0. Which sign is missing before it?",
                shows=lambda lines: any(lines.times(f"np.exp({one})") for one in ("np.abs(z)", "abs(z)", "np.fabs(z)")),
            ),
            Mistake(
                "falls-instead-of-rising",
                answers(lambda z: sigma(-z), sigma_slope),
                "Your f gives {yours} for z = {z}: it falls where it should rise. Which of the two forms belongs to "
                "z < 0, and is the exponent never above 0?",
            ),
            Mistake(
                "even",
                answers(lambda z: 1 / (1 + np.exp(-np.abs(z))), sigma_slope),
                "Your f gives {yours} for z = {z}: never less than one half. Your form for z < 0 is asked with −z as "
                "its exponent, which is above 0 there. The exponent of both forms is −|z|.",
                shows=lambda lines: lines.uses("where") and not any(
                    lines.times(one) for one in ("np.abs(z)", "abs(z)", "np.fabs(z)", "np.absolute(z)")),
            ),
            Mistake(
                "even",
                answers(lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))), sigma_slope),
                "Your f gives {yours} for z = {z}: never more than one half. For z above 0 the other form is needed, "
                "with −|z| in both.",
            ),
            *(Mistake(
                "divided-by-all",
                answers(f, lambda z, f=f: f(z) * (1 - f(z))),
                "Your f gives {yours} for z = {z}: each is divided by a sum of several. The sigmoid bends every number "
                "on its own: none of the others is in it.",
            ) for f in (lambda z: softmax(z, None), lambda z: softmax(z, 0), lambda z: softmax(z, 1))),
            *(Mistake(
                "fraction-missing",
                answers(without, slope),
                "Your f gives {yours} for z = {z}: for z below 0 that is eᶻ alone. It is still to be divided by "
                "1 + eᶻ.",
            ) for slope in (sigma_slope, lambda z: without(z) * (1 - without(z)))),
            *(Mistake(
                "one-form-for-all",
                answers(lambda z, asked=asked: sigma(np.abs(z)) if asked(z) else sigma(-np.abs(z)), sigma_slope),
                "Your f gives {yours} for z = {z}: one question about all of z decides which of the two forms they "
                "get. `np.where` asks it of each number.",
                shows=lambda lines: lines.has(ast.If, ast.IfExp) and not lines.uses("where"),
            ) for asked in (lambda z: (z >= 0).any(), lambda z: (z > 0).any(), lambda z: (z >= 0).all(),
                            lambda z: (z > 0).all())),
            Mistake(
                "straight-line",
                answers(lambda z: np.clip(0.5 + z / 4, 0, 1), lambda z: np.clip(0.5 + z / 4, 0, 1) * (
                    1 - np.clip(0.5 + z / 4, 0, 1))),
                "Your f gives {yours} for z = {z}: a straight line that is cut off at 0 and 1. The sigmoid bends all "
                "the way.",
            ),
            *(Mistake(
                "e-by-hand",
                answers(lambda z, e=e: sigma(z * np.log(e)), slope),
                f"Your f gives {{yours}} for z = {{z}}: nearly right. {e} is e to that many digits; `np.exp` takes "
                "all of them.",
            ) for e in (2.7, 2.71, 2.72, 2.718, 2.7182, 2.7183, 2.71828)
              for slope in (lambda z, e=e: sigma_slope(z * np.log(e)), sigma_slope)),
            Mistake(
                "even",
                answers(lambda z: 1 / (1 + np.exp(-np.abs(z))), sigma_slope),
                "Your f gives {yours} for z = {z}: never less than one half. For negative z the other form is needed, "
                "with −|z| in both.",
            ),
            Mistake(
                "powers-of-two",
                answers(lambda z: sigma(z * np.log(2)), lambda z: sigma_slope(z * np.log(2))),
                "Your f gives {yours} for z = {z}: that comes of powers of 2. Here e, about 2.718, is taken to a "
                "power: `np.exp(…)`.",
            ),
            Mistake(
                "tanh",
                answers(np.tanh, lambda z: np.tanh(z) * (1 - np.tanh(z))),
                "Your f gives {yours} for z = {z}: that is tanh, which runs from −1 to 1.",
            ),
            Mistake(
                "tanh",
                answers(lambda z: np.tanh(z / 2), lambda z: np.tanh(z / 2) * (1 - np.tanh(z / 2))),
                "Your f gives {yours} for z = {z}: that is tanh of z / 2, which runs from −1 to 1. The sigmoid runs "
                "from "
                "0 to 1.",
            ),
            Mistake(
                "z-doubled",
                answers(lambda z: sigma(2 * z), sigma_slope),
                "Your f gives {yours} for z = {z}: that is the sigmoid of 2 z, twice as steep.",
            ),
            Mistake(
                "z-doubled",
                answers(lambda z: sigma(2 * z), lambda z: sigma(2 * z) * (1 - sigma(2 * z))),
                "Your f gives {yours} for z = {z}: that is the sigmoid of 2 z, twice as steep.",
            ),
            Mistake(
                "slope-is-the-value",
                answers(sigma, sigma),
                "Your f is right. Your f′ gives {yours}, the value once more. At z = 0 it should be 0.25.",
            ),
            Mistake(
                "slope-squared",
                answers(sigma, lambda z: sigma(z) ** 2),
                "Your f is right. Your f′ gives {yours}: the value squared. One of the factors is 1 minus the value.",
            ),
            Mistake(
                "slope-square-missing",
                answers(sigma, lambda z: sigma(-np.abs(z))),
                "Your f is right. Your f′ gives {yours}: that is one of its two factors. a (1 − a) has both; with "
                "e⁻ᶻ written out, what stands below the line is squared.",
            ),
            Mistake(
                "slope-of-relu",
                answers(sigma, relu_slope),
                "Your f is right. Your f′ gives {yours}: that is the slope of the ReLU. Of the sigmoid it is "
                "a (1 − a).",
            ),
            Mistake(
                "slope-of-z",
                answers(sigma, lambda z: z * (1 - z)),
                "Your f is right. Your f′ gives {yours}: the formula a (1 − a) was given z. a is the sigmoid of z.",
            ),
            Mistake(
                "slope-half-of-z",
                answers(sigma, lambda z: sigma(z) * (1 - z)),
                "Your f is right. Your f′ gives {yours}: a (1 − z). Both factors are made of the sigmoid of z.",
            ),
            Mistake(
                "slope-first-factor-missing",
                answers(sigma, lambda z: 1 - sigma(z)),
                "Your f is right. Your f′ gives {yours}, 1 minus the value. The value itself is the other factor.",
            ),
            Mistake(
                "slope-negative",
                answers(sigma, lambda z: sigma(z) * (sigma(z) - 1)),
                "Your f is right. Your f′ gives {yours}: negative. The sigmoid rises everywhere.",
            ),
            Mistake(
                "slope-of-tanh",
                answers(sigma, lambda z: 1 - np.tanh(z / 2) ** 2),
                "Your f is right. Your f′ gives {yours}: that is the slope of tanh, asked at z / 2. Made of the "
                "sigmoid it is a (1 − a), a quarter of that.",
            ),
            Mistake(
                "softsign",
                answers(lambda z: 0.5 + 0.5 * z / (1 + np.abs(z)), lambda z: (0.5 + 0.5 * z / (1 + np.abs(z))) * (
                    0.5 - 0.5 * z / (1 + np.abs(z)))),
                "Your f gives {yours} for z = {z}: it bends as z / (1 + |z|) does. The sigmoid is made of e to the "
                "power of −z.",
            ),
            Mistake(
                "slope-of-tanh",
                answers(sigma, lambda z: 1 - sigma(z) ** 2),
                "Your f is right. Your f′ gives {yours}: 1 minus the square is the slope of tanh.",
            ),
        ),
        hints=(
            "Both forms need e to the power of −|z|, and both are divided by one plus that.",
            "Above the line stands 1 for z ≥ 0, and e to the power of −|z| for z < 0: a case for `np.where`.",
            "One `np.where` above the line, the same sum below it for all z. The slope uses `self(z)` twice.",
        ),
        praise="No overflow, from −1000 to 1000 and beyond. This class will stand at the end of your networks.",
    ),
    Prediction(
        number="03.8",
        title="How steep is the sigmoid at z = 5?",
        right="c",
        options={
            "a": "Half as steep: that is near z = 1.76.",
            "b": "A tenth: that is near z = 3.6.",
            "c": "0.0066 against 0.25 at z = 0: a thirty-eighth.",
        },
        hints=(
            "The slope is a (1 − a), and here a is 0.993.",
            "0.993 · 0.007 is about 0.007.",
            "The steepest place is z = 0: 0.25.",
        ),
        praise="A unit that is very sure learns very slowly. When it is sure and wrong, that hurts: see lesson 04.",
    ),
    Order(
        number="03.9",
        title="Forward through two layers",
        lines={
            "A": "z_2 = second(a_1)",
            "B": "answer = a_2 >= 0.5",
            "C": "a_1 = bend(z_1)",
            "D": "z_2 = second(z_1)",
            "E": "a_2 = squeeze(z_2)",
            "F": "z_1 = first(x)",
        },
        right="FCAEB",
        without={
            "F": "Nothing goes through the first layer.",
            "C": "What the first layer gives is never bent.",
            "A": "Nothing goes through the second layer.",
            "E": "What the second layer gives never becomes a probability.",
            "B": "No probability becomes an answer.",
        },
        extra={"D": "The second layer would get what was never bent. How many layers would the two then be worth?"},
        before=(
            ("F", "C", "It needs z_1, which is not made yet."),
            ("C", "A", "It needs a_1, which is not made yet."),
            ("A", "E", "It needs z_2, which is not made yet."),
            ("E", "B", "It needs a_2, which is not made yet."),
        ),
        hints=(
            "Each line uses a name that another one makes. Which line uses only what is given?",
            "Two lines make z_2. What should the second layer get?",
            "Layer, bend, layer, squeeze, decide.",
        ),
        praise="Layer, bend, layer, bend: every network of this course is this, and only longer.",
    ),
    Choice(
        number="03.10",
        title="Recall: the line is in the wrong place",
        right="a",
        options={
            "a": "The bias slides it, parallel to itself.",
            "b": "New weights would turn it. Its direction is right already.",
            "c": "The features are what was measured; the line is what was learnt.",
        },
        hints=(
            "A neuron has two kinds of numbers.",
            "One kind turns the line, the other slides it.",
            "It should stay parallel to itself.",
        ),
        praise="The weights turn, the bias slides.",
    ),
    Choice(
        number="03.11",
        title="Recall: a mean for every feature",
        right="b",
        options={
            "a": "(4, 273) and (4,), aligned at the right: 273 meets 4, an error.",
            "b": "A column of four, repeated for every penguin.",
            "c": "That would take a number from each penguin, the same for all its features.",
        },
        hints=(
            "Features go down. Where do their means go?",
            "Write the shapes under each other, aligned at the right.",
            "`keepdims=True` gives this shape.",
        ),
        praise="One mean a row: (features, 1).",
    ),
)
