"""The exercises of lesson 07, Send errors backwards."""

import ast
import contextlib
import copy
import itertools
import re

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Prediction, Slip, Spoilt
from lessons.checks.judge.compare import Finding, close, numeric, short
from lessons.checks.judge.learner import lines_of

rng, more = np.random.default_rng(7), np.random.default_rng(70)
LAYER = (
    {"inputs": rng.normal(size=(3, 5)).round(2), "dz": rng.normal(size=(2, 5)).round(2)},
    {"inputs": np.array([[1.0, 3.0], [2.0, 0.0]]), "dz": np.array([[0.5, -1.5]])},
    {"inputs": rng.normal(size=(4, 4)).round(2), "dz": rng.normal(size=(4, 4)).round(2)},
    {  # equal numbers, an example that comes twice, and one without an error
        "inputs": np.array([[1.0, 1.0, 3.0, 2.0], [2.0, 2.0, 5.0, 4.0]]),
        "dz": np.array([[1.0, 1.0, 0.0, 3.0], [-2.0, -2.0, 0.0, 4.0], [2.0, 2.0, 0.0, 1.0]]),
    },
    {"inputs": 40 * more.normal(size=(2, 6)).round(2), "dz": 200 * more.normal(size=(3, 6)).round(2)},
    {"inputs": 0.001 * more.normal(size=(13, 32)), "dz": 0.001 * more.normal(size=(12, 32))},  # small, and many
)
BACK = (
    {"weights": np.array([[1.0, -1.0], [2.0, 0.5]]), "dz": np.array([[3.0], [-2.0]])},
    {"weights": rng.normal(size=(3, 3)).round(2), "dz": rng.normal(size=(3, 4)).round(2)},
    {"weights": rng.normal(size=(2, 5)).round(2), "dz": rng.normal(size=(2, 6)).round(2)},
    {"weights": 40 * more.normal(size=(3, 2)).round(2), "dz": 200 * more.normal(size=(3, 4)).round(2)},
    {"weights": 1e-4 * more.normal(size=(12, 13)), "dz": 1e-4 * more.normal(size=(12, 32))},  # small, and many
)


def case(sizes, m):
    """The numbers of a network with these sizes, and what arrives at its end, for m examples."""
    pairs = list(itertools.pairwise(sizes))
    return {
        "weights": [rng.normal(size=(units, features)).round(2) for features, units in pairs],
        "biases": [rng.normal(size=(units, 1)).round(2) for _, units in pairs],
        "x": rng.normal(size=(sizes[0], m)).round(2),
        "grad": rng.normal(size=(sizes[-1], m)).round(2),
    }


LEFT = "what is returned"
NETWORKS = (case((2, 2, 1), 3), case((3, 3, 3, 2), 5), case((3, *[2] * 12, 3), 4), case((2, 3, 2), 1))
for name, part in {"weights": 0.6, "biases": 0.1}.items():  # so no bend is flat, and errors come through all 13 blocks
    NETWORKS[2][name] = [part * one for one in NETWORKS[2][name]]
NETWORKS[3]["grad"] *= 400  # an error is as large as it is


class Layer:
    """A layer as lesson 07's forward pass leaves it."""

    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.inputs = self.output = None

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias


class Bend:
    """tanh: its slope is another at z than at tanh z, so that a slope at the wrong place shows. How steep it is at 0
    may be another in each block.
    """

    def __init__(self, steep=1.0):
        self.steep = steep

    def __call__(self, z):
        return np.tanh(self.steep * z)

    def gradient(self, z):
        return self.steep * (1 - np.tanh(self.steep * z) ** 2)


def named(grad_weights, grad_bias):
    return {"grad_weights": grad_weights, "grad_bias": grad_bias}


def two_gradients(returned):
    """What `layer_gradients` returned, by name; anything but a pair is compared as the weights' gradient."""
    if isinstance(returned, (tuple, list)) and len(returned) == 2:
        return named(*returned)
    return named(returned, Ellipsis if returned is Ellipsis else None)


def call_layer(piece, inputs, dz):
    """The two gradients; after the last case also those of a single example, of which the mean is its own."""
    found = two_gradients(piece(inputs, dz))
    if inputs.shape == LAYER[-1]["inputs"].shape:
        one, error = np.array([[1.5], [-2.0], [0.25]]), np.array([[0.5], [-3.0]])
        single = two_gradients(piece(one.copy(), error.copy()))
        for name, right in named(error @ one.T, error).items():
            if numeric(single[name]) is not None and not close(single[name], right) and np.shape(found[name])[1:]:
                text = f"For one example, inputs {short(one)} and dz {short(error)}, your {name} is "
                text += f"{short(single[name])}. Its mean is what that example wants: {short(right)}."
                raise Spoilt(Finding("one-example", text))
    return found


def network_of(case):
    """A case in words."""
    sizes = [case["weights"][0].shape[1], *map(len, case["weights"])]
    if len(sizes) > 9:
        return f"a network of {len(sizes) - 1} blocks and {case['x'].shape[1]} examples"
    return f"a network of {'-'.join(map(str, sizes))} units and {case['x'].shape[1]} examples"


def after_forward(weights, biases, x):
    deep = len(weights) > 9  # then each bend is another one than those beside it
    blocks = [(Layer(w, b), Bend(1.0 + deep * (number % 3))) for number, (w, b) in enumerate(
        zip(weights, biases, strict=True))]  # fmt: skip
    for layer, activation in blocks:
        layer.inputs = x
        layer.output = layer(x)
        x = activation(layer.output)
    return blocks


def gradients(blocks):
    """What the layers hold, by name, the last layer first, as they are filled; zeros where nothing has been put."""
    found = {}
    for number, (layer, _) in reversed(list(enumerate(blocks, start=1))):
        for name in ("weights", "bias"):
            held = getattr(layer, f"grad_{name}", None)
            held = np.zeros_like(getattr(layer, name)) if held is None else held
            found[f"grad_{name} of layer {number} of {len(blocks)}"] = held
    return found


def run_backward(piece, blocks, grad):
    """What the piece returns. Where its lines take two blocks without a loop, and these are more, that is said."""
    every, lines, error = list(blocks), lines_of(piece), None
    try:
        left = piece(blocks, grad)
    except Exception as raised:
        error = raised
    filled = [hasattr(layer, "grad_weights") for layer, _ in every]
    by_hand = lines and not lines.goes_round() and not lines.has_call(piece.__name__)
    if len(every) > 2 and by_hand and (error or any(filled) > all(filled)):
        raise Spoilt(Finding("blocks-by-hand", f"A network of two blocks comes out right. This one has {len(every)}, "
                             "and your lines take two, one after the other. A loop over `reversed(blocks)` takes as "
                             "many as there are.")) from None  # fmt: skip
    if error:
        raise error
    return left


def call_backward(piece, weights, biases, x, grad):
    blocks = after_forward([w.copy() for w in weights], [b.copy() for b in biases], x)
    before = list(blocks)
    remembered = [{name: getattr(layer, name).copy() for name in ("inputs", "output")} for layer, _ in blocks]
    left = run_backward(piece, blocks, grad)
    listed = isinstance(left, (list, tuple, dict))
    if (listed or numeric(left) is not None) and not any(hasattr(layer, "grad_weights") for layer, _ in before):
        text = "After your `backward_step` no layer has any `grad_weights`: nothing has been put into them."
        if listed:
            text += f" You return a {type(left).__name__}; gradients stay with their layers, and what is returned is "
            text += "one array, how the loss changes with the network's inputs."
        lines, held = lines_of(piece), [name for name in vars(before[-1][0]) if name.startswith("grad")]
        if held:
            text += f" They have `{held[0]}` now: is that the same, spelt otherwise?"
        if lines and lines.stores("grad_weights"):
            text += " `grad_weights` is a variable of your function, gone when it ends; `layer.grad_weights` stays."
        raise Spoilt(Finding("nothing-kept", text))
    if numeric(left) is not None and not any(hasattr(layer, "grad_bias") for layer, _ in before):
        text = "After your `backward_step` no layer has a `grad_bias`: only `grad_weights` have been filled. "
        raise Spoilt(Finding("bias-forgotten", text + "`layer_gradients` gives two arrays, and the layer keeps both."))
    for number, (layer, _) in enumerate(before, start=1):
        empty = [name for name in ("grad_weights", "grad_bias") if getattr(layer, name, layer) is None]
        if empty:
            raise Spoilt(Finding("left-empty", f"After your `backward_step` `{empty[0]}` of layer {number} of "
                                 f"{len(before)} is None: no gradient has come there."))  # fmt: skip
    if blocks != before:
        raise Spoilt(Finding("blocks-moved", "Your `backward_step` changes the list `blocks` itself: after it the "
                             "blocks stand there in another order, and the next way forward goes through them. Go "
                             "through the list backwards, and leave it as it is."))  # fmt: skip
    for number, ((layer, _), w, b) in enumerate(zip(blocks, weights, biases, strict=True), start=1):
        if not (np.array_equal(layer.weights, w) and np.array_equal(layer.bias, b)):
            raise Spoilt(Finding("parameters-moved", f"Your `backward_step` changes the weights or the bias of layer "
                                 f"{number}. The way back works out gradients, and moves nothing: that is the "
                                 "update's part."))  # fmt: skip
    for number, ((layer, _), kept) in enumerate(zip(blocks, remembered, strict=True), start=1):
        for name, value in kept.items():
            if not np.array_equal(getattr(layer, name, value), value, equal_nan=True):
                raise Spoilt(Finding("memory-changed", f"Your `backward_step` changes `{name}` of layer {number}, "
                                     "which the way forward has left there. Whoever asks the layer for it next finds "
                                     "something else: give what you work out a name of its own."))  # fmt: skip
    if left is Ellipsis:
        return left
    found, piled = copy.deepcopy({LEFT: left, **gradients(blocks)}), False
    with contextlib.suppress(Exception):  # what stops a second time is wrong in the other cases too
        piece(blocks, grad)
        piled = any(close(found[name], value / 2) and _some(value) for name, value in gradients(blocks).items())
    if piled:
        raise Spoilt(Finding("piled-up", "Called a second time, your `backward_step` leaves gradients twice as large: "
                             "those of the call before are still in them. What a layer gets takes the place of what "
                             "it had."))  # fmt: skip
    with contextlib.suppress(ValueError, TypeError, AttributeError):  # the same
        piece(blocks, np.zeros_like(grad))
        right = wrong_backward(weights, biases, x, grad)
        for name, value in gradients(blocks).items() if all(close(found[name], right[name]) for name in right) else ():
            if close(found[name], value) and _some(value):
                raise Spoilt(Finding("kept-from-before", f"Called again with a `grad` of zeros, your `backward_step` "
                                     f"leaves {name} as it was. No error, no gradient: zeros take the place of what "
                                     "the layer had."))  # fmt: skip
    return found


def _some(value):
    """Numbers, and not all of them 0."""
    return numeric(value) is not None and np.isfinite(value).all() and np.any(value)


def wrong_backward(
    weights, biases, x, grad, slope="at z", through="weights", last_only=False, handed="back", last_slope=True, last="",
    upstream=True,
):
    """The gradients with one of the usual slips. The `last` block may have another slope than the others."""
    blocks = after_forward(weights, biases, x)
    first = grad
    for layer, activation in reversed(blocks):
        local = {"at z": activation.gradient(layer.output), "at a": activation.gradient(activation(layer.output))}
        below = activation.gradient(layer.inputs)
        a, p = activation(layer.output), 1 / (1 + np.exp(-layer.output))
        local |= {"none": 1.0, "value": a, "z": layer.output, "relu": layer.output > 0, "a (1 - a)": a * (1 - a)}
        local |= {"at grad": activation.gradient(grad), "sigmoid": p * (1 - p), "1 - a²": 1 - a**2}
        local |= {"z (1 - z)": layer.output * (1 - layer.output), "1 - z²": 1 - layer.output**2}
        local["first"] = blocks[0][1].gradient(layer.output)
        dz = grad * local[last if last and layer is blocks[-1][0] else slope]
        if not upstream:
            dz = local[slope]
        if not last_slope and layer is blocks[-1][0]:
            dz = grad
        layer.grad_weights = dz @ layer.inputs.T / x.shape[1]
        layer.grad_bias = dz.mean(axis=1, keepdims=True)
        if through == "grad_weights":
            grad = layer.grad_weights.T @ dz
        elif handed == "grad":
            grad = layer.weights.T @ grad
        elif handed == "through this bend":
            grad = (layer.weights.T @ dz) * below
        elif handed == "dz on":
            grad = dz
        elif handed in ("first", "the last"):
            left, grad = layer.weights.T @ dz, first
        else:
            grad = layer.weights.T @ dz
        if last_only:
            break
    kept = {"the last": left if handed == "the last" else grad, "dz": dz, "gradient": layer.grad_weights}
    return {LEFT: kept.get(handed, grad), **gradients(blocks)}


def exchanged_gradients(found):
    """With what each layer has for its weights and for its bias in each other's place."""
    turned = {"weights": "bias", "bias": "weights"}
    return {name: found[re.sub("weights|bias", lambda it: turned[it[0]], name)] for name in found}


EXERCISES = (
    Prediction(
        number="07.1",
        title="One hundred times as many examples",
        right="a",
        options={
            "a": "the sum of 2,000 wishes makes a step that flies off.",
            "b": "The sum is 100 times as large, and so is the step. Lesson 05 had steps that were too large.",
            "c": "The same kind of examples want the same kind of step. Here, though, the wishes are added up.",
        },
        hints=(
            "What happens to a sum when there are 100 times as many numbers of the same kind?",
            "A gradient that is 100 times too large does what a learning rate does that is 100 times too large.",
            "Think of the valley in lesson 05, walked with 1.6.",
        ),
        praise="The program did not change. The number of examples did.",
    ),
    Answer(
        number="07.2",
        title="Two other examples",
        names=("grad_w1", "grad_w2", "grad_b"),
        together=(
            ((1.0, 2.0, 1.5), "weights-exchanged+mean-missing", "Two things at once. `grad_w1` and `grad_w2` are each "
             "other's, and all three are what A and B want, added up: a mean was asked for."),
            ((2.0, 0.0, 1.25), "brackets-missing", "Only what B wants is divided by 2. Python divides first: the sum "
             "of what A and B want needs brackets."),
            ((2.0, -1.0, 1.0), "one-example-only", "These are what A alone wants. B wants something too: add it up, "
                                                   "and "
             "take the mean."),
            ((0.0, 2.0, 0.5), "one-example-only", "These are what B alone wants. A wants something too: add it up, and "
             "take the mean."),
            ((-2.0, 0.5, -0.5), "of-the-example", "These are the gradients of the worked example. Here A and B have "
                                                  "other "
             "numbers, and so have both dz."),
            ((0.5, 1.75, 0.75), "dz-exchanged", "Each example has the dz of the other: A's is 1 and B's is 0.5."),
            ((1.0, 3.5, 1.5), "dz-exchanged+mean-missing", "Two things at once. Each example has the dz of the other, "
             "and what A and B want is added up: a mean was asked for."),
            ((0.75, 1.0, 0.75), "examples-as-features", "A's two numbers are taken for x₁ of both examples, and B's "
             "for x₂. (2, −1) is one example: its x₁ is 2, its x₂ is −1."),
            *((tuple(times * one for one in (3, 4.5, 1.5)), "sums-multiplied", "The inputs are added up, the errors "
               "are added up, and the two sums are multiplied. Each example's dz belongs to its own inputs.")
              for times in (1, 0.5)),
            ((0.5, 1.0, 0.75), "weights-exchanged", "`grad_w1` and `grad_w2` are each other's. In (2, −1) and in (0, "
                                                    "4) "
             "feature 1 stands first."),
        ),
        wrong={
            "grad_w1": (
                (2.0, "mean-missing", "`grad_w1` = {yours} is what A and B want, added up. A mean was asked for."),
                (0.5, "mean-twice", "`grad_w1` = {yours}: half of the mean. How many examples are there, and which dz "
                 "belongs to A?"),
                (
                    0.75,
                    "not-per-example",
                    "`grad_w1` = {yours}: each example's dz belongs to its own input. A wants 1 · 2, B wants 0.5 · 0; "
                    "then the mean.",
                ),
                (1.5, "inputs-alone", "`grad_w1` = {yours}: is the upstream in it?"),
                (-1.0, "sign", "`grad_w1` = {yours} has the wrong sign: A wants 1 · 2."),
                (1.75, "added", "`grad_w1` = {yours}: inputs and dz are added. What an example wants is their "
                 "product."),
                (1.25, "times-zero", "`grad_w1` = {yours}: A wants 1 · 2. What is 0.5 · 0, which B wants?"),
            ),
            "grad_w2": (
                (1.0, "mean-missing", "`grad_w2` = {yours} is what A and B want, added up. A mean was asked for."),
                (1.5, "upstream-or-sign", "`grad_w2` = {yours}: has A's −1 kept its minus, and is B's dz, 0.5, in it?"),
                (0.25, "mean-twice", "`grad_w2` = {yours}: half of the mean. How many examples are there?"),
                (1.75, "dz-exchanged", "`grad_w2` = {yours}: each example has the dz of the other."),
                (-1.5, "subtracted", "`grad_w2` = {yours}: what B wants, 0.5 · 4, is taken away from what A wants. It "
                 "is added."),
            ),
            "grad_b": (
                (0.0, "without-input", "`grad_b` = {yours}: the bias has no input, and its local slope is 1. So what "
                 "each example wants is its dz."),
                (1.5, "mean-missing", "`grad_b` = {yours} is the sum. The bias's gradient is a mean like the others."),
                (1.0, "one-example-only", "`grad_b` = {yours} is the dz of A, and the local slope too. Asked for is "
                 "the mean of both dz."),
                (0.375, "mean-twice", "`grad_b` = {yours}: half of the mean. How many examples are there?"),
                (0.25, "times-input", "`grad_b` = {yours}: is an input in it? The local slope of the bias is 1."),
            ),
        },
        hints=(
            "First what A wants, then what B wants, then the mean of the two.",
            "A wants (1 · 2, 1 · (−1)). B wants (0.5 · 0, 0.5 · 4).",
            "For the bias take the mean of 1 and 0.5.",
        ),
        praise="Two wishes, one mean. With 2,000 examples it is the same, and a matrix product does the adding.",
    ),
    Exercise(
        number="07.3",
        title="The gradients of a layer",
        piece="layer_gradients",
        results=("grad_weights", "grad_bias"),
        shapes=("(units, features)", "(units, 1)"),
        cases=LAYER,
        examples="dz",
        call=call_layer,
        whole=("inputs", "dz"),
        mistakes=(
            Mistake(
                "bias-of-one-example",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz[:, :1]),
                "Your gradient of the bias is {yours}: what the first example wants. It is a mean over all of them.",
            ),
            Mistake(
                "equal-ones-once",
                lambda inputs, dz: (lambda one: named(dz[:, one] @ inputs[:, one].T / len(one),
                                                      dz[:, one].mean(axis=1, keepdims=True)))(
                    np.unique(np.vstack([inputs, dz]), axis=1, return_index=True)[1]),
                "Your first wrong gradient is {yours}: of two examples that are equal only one is counted. Each is an "
                "example of its own.",
            ),
            Mistake(
                "without-error-not-counted",
                lambda inputs, dz: named(*(one / np.count_nonzero(dz.any(axis=0)) for one in (
                    dz @ inputs.T, dz.sum(axis=1, keepdims=True)))),
                "Your first wrong gradient is {yours}: you do not count the example whose errors are all 0. It is one "
                "of the m, and wants nothing.",
            ),
            Mistake(
                "bias-summed",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz.sum(axis=1, keepdims=True)),
                "The weights' gradient is right. The bias's is {yours}: a sum over the examples, not their mean.",
            ),
            Mistake(
                "weights-summed",
                lambda inputs, dz: named(dz @ inputs.T, dz.mean(axis=1, keepdims=True)),
                "{whole:The bias's gradient is right. The weights'|The weights' gradient} is {yours}: a sum over the "
                "examples, not their mean.",
            ),
            Mistake(
                "mean-missing",
                lambda inputs, dz: named(dz @ inputs.T, dz.sum(axis=1, keepdims=True)),
                "Your gradients are added up over the examples: the first wrong one is {yours}. Where do you take "
                "their mean?",
            ),
            Mistake(
                "weights-mean-twice",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1] ** 2, dz.mean(axis=1, keepdims=True)),
                "Your gradient of the weights is {yours}, too small: is the mean taken twice?",
            ),
            Mistake(
                "mean-twice",
                lambda inputs, dz: named(
                    dz @ inputs.T / dz.shape[1] ** 2, dz.mean(axis=1, keepdims=True) / dz.shape[1]
                ),
                "Your gradients are too small: the first wrong one is {yours}. Is the mean taken twice?",
            ),
            Mistake(
                "divided-by-features",
                lambda inputs, dz: named(dz @ inputs.T / inputs.shape[0], dz.mean(axis=1, keepdims=True)),
                "Your gradient of the weights is {yours}: you divide by the number of features, "
                "`inputs.shape[0]`. What counts the examples?",
            ),
            Mistake(
                "means-multiplied",
                lambda inputs, dz: named(
                    dz.mean(axis=1, keepdims=True) @ inputs.mean(axis=1, keepdims=True).T,
                    dz.mean(axis=1, keepdims=True),
                ),
                "Your gradient of the weights is {yours}: the mean of dz times the mean of the inputs. Each example's "
                "dz "
                "meets its own inputs first; the mean comes after.",
            ),
            Mistake(
                "turned",
                lambda inputs, dz: named((dz @ inputs.T / dz.shape[1]).T, dz.mean(axis=1, keepdims=True)),
                "Your gradient of the weights is {yours}: rows and columns are swapped. One row a unit, like the "
                "weights.",
            ),
            Mistake(
                "last-example-only",
                lambda inputs, dz: named(dz[:, -1:] @ inputs[:, -1:].T / dz.shape[1], dz[:, -1:] / dz.shape[1]),
                "Your first wrong gradient is {yours}: only the last example has left a trace in it. What does your "
                "loop do with the sum so far?",
            ),
            Mistake(
                "first-example-only",
                lambda inputs, dz: named(dz[:, :1] @ inputs[:, :1].T, dz[:, :1]),
                "Your first wrong gradient is {yours}: what the first example wants, and nobody else.",
            ),
            Mistake(
                "poured",
                lambda inputs, dz: named(
                    (inputs @ dz.T / dz.shape[1]).reshape(len(dz), len(inputs)), dz.mean(axis=1, keepdims=True)
                ),
                "Your gradient of the weights is {yours}: the right numbers, poured into the right shape in the wrong "
                "order. Which of the two matrices has to be turned?",
            ),
            Mistake(
                "mean-over-units",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz.mean(axis=0, keepdims=True)),
                "Your gradient of the bias is {yours}: a mean over the units. Each unit has a bias of its own; the "
                "examples are what is averaged.",
            ),
            Mistake(
                "bias-flat",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz.mean(axis=1)),
                "Your gradient of the bias is {yours}, shape (units,). The bias has the shape (units, 1), and its "
                "gradient has it too: NumPy can keep the axis.",
            ),
            Mistake(
                "one-mean-for-all",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz.mean()),
                "Your gradient of the bias is {yours}, one number for all units. Each unit has a bias of its own.",
            ),
            Mistake(
                "already-negative",
                lambda inputs, dz: named(-dz @ inputs.T / dz.shape[1], -dz.mean(axis=1, keepdims=True)),
                "{whole:Your gradients have|Your first wrong gradient has} the wrong sign: {whole:the first wrong "
                "one|it} is {yours}. The minus belongs to the update.",
            ),
            Mistake(
                "weights-averaged-besides",
                lambda inputs, dz: named(
                    np.mean(dz @ inputs.T, axis=1, keepdims=True) / dz.shape[1], dz.mean(axis=1, keepdims=True)
                ),
                "Your gradient of the weights is {yours}: a mean over the features is in it. `@` has added up over "
                "the examples; what is left is one division.",
            ),
            Mistake(
                "weights-averaged-besides",
                lambda inputs, dz: named(np.mean(dz @ inputs.T, axis=1, keepdims=True), dz.mean(axis=1, keepdims=True)),
                "Your gradient of the weights is {yours}: a mean over the features. `@` has added up over the "
                "examples; what is left is one division.",
            ),
            Mistake(
                "one-number-for-all",
                lambda inputs, dz: named(np.mean(dz @ inputs.T), dz.mean(axis=1, keepdims=True)),
                "Your gradient of the weights is {yours}, one number: `mean` without an axis takes all the numbers "
                "together. Each weight has its own; divide by the number of examples.",
            ),
            Mistake(
                "bias-over-the-units",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz.sum(axis=0, keepdims=True) / dz.shape[1]),
                "Your gradient of the bias is {yours}, one number for each example: added up over the units. The "
                "examples are what a mean is taken over.",
            ),
            Mistake(
                "one-number-for-all",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz.sum(keepdims=True) / dz.shape[1]),
                "Your gradient of the bias is {yours}, one number for all units: the axis is missing. Each unit "
                "has its own.",
            ),
            Mistake(
                "one-number-for-all",
                lambda inputs, dz: named(dz @ inputs.T / dz.shape[1], dz.mean(keepdims=True)),
                "Your gradient of the bias is {yours}, one number for all units: the axis is missing. Each unit "
                "has its own.",
            ),
        ),
        hints=(
            "The first formula above is one line, with `@`, `.T` and a division.",
            "The number of examples m is how many columns there are: `inputs.shape[1]`.",
            "For the bias, `mean` along the axis of the examples; `keepdims=True` keeps the shape (units, 1).",
        ),
        praise="Both have the shape of what they belong to, for any number of examples.",
    ),
    Exercise(
        number="07.4",
        title="Send it back",
        piece="send_back",
        what="what you send back",
        shapes=("(features, m)",),
        whole=("weights", "dz"),
        cases=BACK,
        mistakes=(
            Mistake(
                "not-turned",
                lambda weights, dz: weights @ dz,
                "You send back {yours}: you went along the rows of the weights, as on the way forward. For feature "
                "1, which numbers meet?",
            ),
            Mistake(
                "poured",
                lambda weights, dz: weights.reshape(weights.shape[::-1]) @ dz,
                "You send back {yours}: the weights have the turned shape, but were poured into it line by line. What "
                "makes columns of rows?",
            ),
            Mistake(
                "not-turned+divided",
                lambda weights, dz: weights @ dz / dz.shape[1],
                "Two things at once. You went along the rows of the weights, as on the way forward: for feature 1, "
                "which numbers meet? And you divided by the number of examples. Here every example keeps its own "
                "column.",
                shows=lambda lines: lines.has(ast.Div) or lines.uses("mean"),
            ),
            Mistake(
                "divided",
                lambda weights, dz: weights.T @ dz / dz.shape[1],
                "You send back {yours}: divided by the number of examples. Here every example keeps its own column.",
            ),
            Mistake(
                "inverse",
                lambda weights, dz: np.linalg.pinv(weights) @ dz,
                "You send back {yours}: through an inverse of the weights. That would undo the way forward. An error "
                "goes back through the weights that its cause came by.",
            ),
            Slip(
                "element-by-element",
                (("weights.T @ dz", "weights * dz"),),
                "`*` multiplies place by place: each column of the weights by one and the same column of dz. Which "
                "sign multiplies rows by columns, and adds up?",
            ),
            Slip(
                "one-example-only",
                (("weights.T @ dz", "(weights * dz).sum(axis=0)"),),
                "This works for one example at most, and gives a flat list even then: `weights * dz` pairs one column "
                "of dz with the weights. With several examples it stops.",
                shows=lambda lines: lines.count(ast.Mult),
            ),
            Mistake(
                "averaged",
                lambda weights, dz: (weights.T @ dz).mean(axis=1, keepdims=True),
                "You send back {yours}, one column: the examples have been averaged. The block below needs each "
                "of them.",
            ),
            Mistake(
                "added-up",
                lambda weights, dz: (weights.T @ dz).sum(axis=1, keepdims=True),
                "You send back {yours}, one column: the examples have been added up. The block below needs each "
                "of them.",
            ),
            Mistake(
                "sums-multiplied",
                lambda weights, dz: weights.sum(axis=0)[:, np.newaxis] * dz.sum(axis=0),
                "You send back {yours}: weights and dz are added up over the units first, each by itself, and then "
                "multiplied. Each unit's dz belongs to that unit's own weights.",
            ),
            Mistake(
                "weights-added-up",
                lambda weights, dz: weights.sum(axis=0)[:, np.newaxis] * dz,
                "You send back {yours}: the weights are added up first. Each unit's dz belongs to that unit's own "
                "weights.",
            ),
            Mistake(
                "not-added-up",
                lambda weights, dz: weights[:, :, np.newaxis] * dz[:, np.newaxis, :],
                "You send back {yours}: what each unit sends, by itself. For each feature it is added up over the "
                "units.",
            ),
            Mistake(
                "first-unit-only",
                lambda weights, dz: weights[:1].T @ dz[:1],
                "You send back {yours}: only what the first unit sends is in it. Every unit sends something back.",
            ),
            Mistake(
                "turned-result",
                lambda weights, dz: dz.T @ weights,
                "You send back {yours}: the right numbers, with one example a row. One example a column, as always.",
            ),
        ),
        hints=(
            "Feature 1 collects: its weight to unit 1 times that unit's dz, plus the same for unit 2.",
            "Those weights stand below each other, in one column. A product with `@` goes along rows.",
            "Turn the weights, then multiply: (features, units) @ (units, m).",
        ),
        praise="One matrix forward, the same matrix turned on the way back.",
    ),
    Exercise(
        number="07.5",
        title="The whole way back",
        piece="backward_step",
        cases=NETWORKS,
        examples="x",
        tried=network_of,
        call=call_backward,
        needs=("07.3", "07.4"),
        mistakes=(
            Mistake(
                "grad-weights-for-weights",
                lambda **g: wrong_backward(**g, through="grad_weights"),
                "{whole:The last layer is right. Below it|Below the last layer} comes {yours}, which is "
                "wrong. Through what did you send the errors back: the weights, or their gradient?",
            ),
            Slip(
                "inputs-of-the-next",
                (("layer.inputs", "activation(layer.output)"),),
                "A layer's gradients are made with what it *read*, `layer.inputs`. Yours are made with what its block "
                "gave out.",
            ),
            Mistake(
                "bend-skipped-on-the-way",
                lambda **g: wrong_backward(**g, handed="grad"),
                "{whole:The last layer is right. Below it|Below the last layer} comes {yours}, which is "
                "wrong: what you send back has not been through the bend. Is it `grad` or `dz` that goes on?",
            ),
            Mistake(
                "nothing-handed-on",
                lambda **g: wrong_backward(**g, handed="first"),
                "{whole:The last layer is right. Below it|Below the last layer} comes {yours}, which is "
                "wrong: each block still meets the `grad` of the very end. What should it be by then?",
            ),
            Mistake(
                "nothing-handed-on",
                lambda **g: wrong_backward(**g, handed="the last"),
                "Each block still meets the `grad` of the very end: what one sends back has another name, and the one "
                "before it never gets it.",
            ),
            Mistake(
                "dz-returned",
                lambda **g: wrong_backward(**g, handed="dz"),
                "{whole:Every layer has its gradients. }What you return is the dz of the first block: it has not gone "
                "through that block's weights.",
            ),
            Mistake(
                "gradient-returned",
                lambda **g: wrong_backward(**g, handed="gradient"),
                "{whole:Every layer has its gradients. }What you return is the first one's `grad_weights`, which stays "
                "there. What is left for the network's inputs is asked for.",
            ),
            Mistake(
                "slope-missing",
                lambda **g: wrong_backward(**g, slope="none"),
                "Your first wrong gradient is {yours}: the slope of the bend is not in it.",
            ),
            Mistake(
                "upstream-missing",
                lambda **g: wrong_backward(**g, upstream=False),
                "Your first wrong gradient is {yours}: `grad` has no part in dz. dz is what has arrived, times the "
                "slope of the bend.",
            ),
            Mistake(
                "slope-at-the-gradient",
                lambda **g: wrong_backward(**g, slope="at grad", upstream=False),
                "Your first wrong gradient is {yours}: the slope of the bend is taken at `grad`. It is taken at z, "
                "which is `layer.output`, and `grad` is the other factor.",
            ),
            Mistake(
                "slope-at-the-gradient",
                lambda **g: wrong_backward(**g, slope="at grad"),
                "Your first wrong gradient is {yours}: the slope of the bend is taken at `grad`. It is taken at z, "
                "which is `layer.output`.",
            ),
            Slip(
                "arguments-exchanged",
                (("layer.inputs, dz)", "dz, layer.inputs)"),),
                "The two arguments of `layer_gradients` have changed places: it takes the inputs first, then dz.",
            ),
            Slip(
                "added-up-at-the-bend",
                (("grad * activation.gradient(layer.output)", "grad @ activation.gradient(layer.output).T"),),
                "A right `backward_step` with `@` at the bend stops in the same way: `@` adds up over the examples. "
                "There each number of `grad` meets the slope at its own place.",
                shows=lambda lines: lines.count(ast.MatMult) > 0,
            ),
            Mistake(
                "last-slope-missing",
                lambda **g: wrong_backward(**g, last_slope=False),
                "Your first wrong gradient is {yours}: the last block's bend is left out. Every block has one, the "
                "last too.",
            ),
            Mistake(
                "slope-at-output",
                lambda **g: wrong_backward(**g, slope="at a"),
                "Your first wrong gradient is {yours}: the slope of the bend is taken at what came out of it. Where is "
                "z?",
            ),
            Mistake(
                "z-for-slope",
                lambda **g: wrong_backward(**g, slope="z"),
                "Your first wrong gradient is {yours}: at the bend you have multiplied by z itself. How steep is the "
                "bend "
                "at z?",
            ),
            Mistake(
                "value-for-slope",
                lambda **g: wrong_backward(**g, slope="value"),
                "Your first wrong gradient is {yours}: at the bend you have multiplied by what it gave out, not by its "
                "slope.",
            ),
            *(
                Mistake(
                    "of-another-bend",
                    lambda slope=slope, last=last, **g: wrong_backward(**g, slope=slope, last=last),
                    f"Your first wrong gradient is {{yours}}: the slope of {bend} is written in. The bends of other "
                    "networks are others: each block has its own `activation`, and that knows its slope.",
                )
                for slope, last, bend in (
                    ("relu", None, "ReLU"), ("relu", "at z", "ReLU"), ("at z", "relu", "ReLU"),
                    ("sigmoid", None, "the sigmoid"), ("at z", "sigmoid", "the sigmoid"),
                    ("a (1 - a)", None, "the sigmoid"), ("at z", "a (1 - a)", "the sigmoid"), ("1 - a²", None, "tanh"),
                    ("relu", "sigmoid", "ReLU and that of the sigmoid"),
                    ("relu", "a (1 - a)", "ReLU and that of the sigmoid"),
                )
            ),
            *(
                Mistake(
                    "value-formula-of-z",
                    lambda slope=slope, last=last, **g: wrong_backward(**g, slope=slope, last=last),
                    f"Your first wrong gradient is {{yours}}: {formula} is a slope that is made of the *value* a, and "
                    "you give it z, `layer.output`. Each block's `activation` knows its own slope, and takes z.",
                )
                for slope, last, formula in (
                    ("z (1 - z)", None, "a (1 − a)"), ("at z", "z (1 - z)", "a (1 − a)"),
                    ("relu", "z (1 - z)", "a (1 − a)"), ("1 - z²", None, "1 − a²"),
                )
            ),
            Mistake(
                "of-another-bend",
                lambda **g: wrong_backward(**g, slope="first"),
                "Your first wrong gradient is {yours}: the slope of the first block's bend at all z. Each block has an "
                "`activation` of its own.",
            ),
            Mistake(
                "bend-of-the-block-above",
                lambda **g: wrong_backward(**g, slope="none", handed="through this bend"),
                "Your first wrong gradient is {yours}: each block's bend comes after its weights, and at its inputs. "
                "On the way back a block's bend comes first, at its own z.",
            ),
            Mistake(
                "dz-handed-on",
                lambda **g: wrong_backward(**g, handed="dz on"),
                "{whole:The last layer is right. Below it|Below the last layer} comes {yours}, which is "
                "wrong: dz itself has gone on, and not what `send_back` makes of it.",
            ),
            Mistake(
                "gradients-exchanged",
                lambda **g: exchanged_gradients(wrong_backward(**g)),
                "`grad_weights` and `grad_bias` of your layers are each other's. `layer_gradients` gives that of the "
                "weights first.",
            ),
            Mistake(
                "bias-zero",
                lambda **g: {name: value * ("bias" not in name) for name, value in wrong_backward(**g).items()},
                "Every `grad_bias` of yours is {yours}: nothing but zeros. It is the second array that "
                "`layer_gradients` gives.",
            ),
            Mistake(
                "last-block-only",
                lambda **g: wrong_backward(**g, last_only=True),
                "The last layer is filled, the others are not. Does the loop end too early?",
            ),
        ),
        hints=(
            "Inside the loop three lines: through the bend, what stays, what goes on.",
            "`layer_gradients` gives two arrays: put them into `layer.grad_weights` and `layer.grad_bias`.",
            "What goes on is made from the layer's weights and dz, and its name for the next block is `grad`.",
        ),
        praise="Every layer has its gradients, and nothing has moved yet.",
    ),
    Prediction(
        number="07.6",
        title="What is handed back?",
        right="a",
        options={
            "a": "for each unit of layer 1 and each example, how the loss changes with what that unit gave out.",
            "b": "That is dz of layer 2, before it goes down the columns of its weights.",
            "c": "That is the shape of layer 2's weights, and of their gradients. Those stay with the layer.",
        },
        hints=(
            "What did layer 2 read on the way forward, and in which shape?",
            "Each of its inputs gets back how the loss changes with it.",
            "`send_back` returns (features, m). The features of layer 2 are the units of layer 1.",
        ),
        praise="What comes back has the shape of what went forward.",
    ),
    Choice(
        number="07.7",
        title="Recall: a unit that is off",
        right="c",
        options={
            "a": "That is the upstream. Between it and z stands the bend.",
            "b": "That is 4 times z itself. Local is the *slope* of the ReLU at z.",
            "c": "The ReLU is flat at −1: 4 · 0.",
        },
        hints=(
            "dz is upstream times local.",
            "What is the slope of ReLU at −1?",
            "4 times the slope.",
        ),
        praise="The ReLU is flat below 0, so nothing gets through.",
    ),
    Choice(
        number="07.8",
        title="Recall: the shape of z",
        right="b",
        options={
            "a": "That is the shape of the weights.",
            "b": "One row a unit, one column an example.",
            "c": "That is one example a row.",
        },
        hints=(
            "z = weights @ inputs + bias. Write the shapes below it.",
            "(8, 2) @ (2, 200): what stays?",
            "The two that meet in the middle vanish.",
        ),
        praise="(8, 2) @ (2, 200) is (8, 200).",
    ),
)
