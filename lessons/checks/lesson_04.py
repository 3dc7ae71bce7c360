"""The exercises of lesson 04, Measure the error."""

import ast
import copy

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Prediction, Slip, Spoilt, asks_anew
from lessons.checks.judge.compare import Finding, numeric, short

CASES = (
    {"output": np.array([[0.9, 0.2, 0.6, 0.3]]), "labels": np.array([[1.0, 0.0, 0.0, 1.0]])},
    {"output": np.array([[0.8]]), "labels": np.array([[1.0]])},
    {"output": np.array([[0.05, 0.75, 0.4]]), "labels": np.array([[0, 1, 0]])},
    {"output": np.array([[0.01, 0.99, 0.123456, 0.02, 0.98]]), "labels": np.array([[1, 0, 1, 0, 1]])},
    {  # equal outputs with other labels, and more than ten examples
        "output": np.array([[0.7, 0.2, 0.7, 0.2, 0.6, 0.6, 0.35, 0.9, 0.15, 0.9, 0.05, 0.55]]),
        "labels": np.array([[1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0]]),
    },
    {"output": np.array([[0.35]]), "labels": np.array([[0.0]])},  # no label is 1
)
SURE = {"output": np.array([[0.0001, 0.9999, 0.0002, 0.9998]]), "labels": np.array([[1.0, 1.0, 0.0, 0.0]])}
OTHERS = (np.array([[0.45, 0.55, 0.65]]), np.array([[1.0, 1.0, 0.0]]))
MANY = {"output": np.linspace(0.15, 0.95, 8000).reshape(1, -1), "labels": np.resize([1.0, 0.0, 1.0], (1, 8000))}


def truth(output, labels):
    return labels * output + (1 - labels) * (1 - output)


def surprise(output, labels):
    return -np.log(truth(output, labels))


def by_value(output, labels):
    """The labels that somebody finds who looks each output's place up by its value: those of the first equal one."""
    return labels[:, [output[0].tolist().index(one) for one in output[0]]]


def slope_of(output, labels):
    return (output - labels) / (output * (1 - output))


def goes_on(function, right, what, shape):
    """A formula that is right goes on where the truth was given next to nothing: it is not cut off there.

    It is asked with as many examples as it was right for: so what divides by a number of its own is not taken for it.
    """
    with np.errstate(all="ignore"):
        far = numeric(function(np.full(shape, 1e-9), np.ones(shape)))
    if far is not None and np.isnan(far).any():
        text = f"For a = 0.000000001 and the label 1 your {what} is {short(far.flat[0])}. A forecast may be so small: "
        text += "do your lines ask beside it, as 05.3's slope is measured? The formula asks at a itself."
        raise Spoilt(Finding("nan-far-out", text))
    found = numeric(function(np.full(shape, 1e-4), np.ones(shape)))
    if found is not None and found.size in (1, np.prod(shape)) and abs(found).max() < 0.98 * abs(right):
        text = f"For a = 0.0001 and the label 1 your {what} is {short(found.flat[0])}, {short(right, 5)} was expected. "
        text += f"Is the output, what was given, or the {what} itself cut off at some number? Then a more confident "
        text += f"mistake {'costs no more' if what == 'loss' else 'pushes no harder'}."
        raise Spoilt(Finding("clipped", text))


def cut_off_far_out(loss, slope=None):
    """What is to be known of a formula that is cut off only where next to nothing was given, or ""."""
    for function, right, what, formula, why in (
        (loss, -np.log(1e-9), "loss", "−log a", "the logarithm of 0 also says how bad an answer may be at most"),
        (slope, -1e9, "gradient", "−1/a", "a division by 0 also says how hard the loss may push at most"),
    ):
        found = numeric(function(np.array([[1e-9]]), np.array([[1.0]]))) if function else None
        if found is not None and found.size == 1 and abs(found.item()) < 0.98 * abs(right):
            text = f"One thing to know: for a = 0.000000001 and the label 1 your {what} is {short(found.item())}, "
            return text + f"where {formula} is {short(right)}. What keeps away from {why}."
    return ""


def near(value, right):
    value = numeric(value)
    return value is not None and value.shape == np.shape(right) and np.allclose(value, right, rtol=1e-4)


def run_cross_entropy(cross_entropy, output, labels):
    value = cross_entropy(output, labels)
    if near(value, surprise(output, labels).mean()):
        goes_on(cross_entropy, -np.log(1e-4), "loss", labels.shape)
    return value


def run_loss(BinaryCrossEntropy, output, labels):
    """The loss and its slope, from one object."""
    loss = BinaryCrossEntropy()
    value = loss(output, labels)
    slope = None if value is None else asks_anew(loss, (output, labels), (1 - output[:, :1], labels[:, :1]))
    if near(value, surprise(output, labels).mean()):
        for asked, first, what in ((loss, value, "Calling the object"), (loss.gradient, slope, "`gradient`")):
            if numeric(first) is not None and near(asked(*copy.deepcopy(OTHERS)), first):
                text = f"{what} gives for other numbers what it gave the first time: it works with what was left "
                raise Spoilt(Finding("remembers", text + "behind. Work on the arguments that come in."))
        goes_on(loss, -np.log(1e-4), "loss", labels.shape)
        if near(slope, slope_of(output, labels)):
            goes_on(loss.gradient, -1e4, "gradient", labels.shape)
    return {"your loss": value, "your gradient": slope}


def quietly(function):
    """One that gives an infinite loss, and nobody is warned."""

    def quiet(*arguments, **named):
        with np.errstate(all="ignore"):
            return function(*arguments, **named)

    return quiet


def of_the_long_formula(loss="Your loss is", made=lambda wrong: wrong):
    """What may go wrong in y · log a + (1 − y) · log(1 − a), and what is said of it."""
    yield Mistake(
        "turned-round",
        made(lambda output, labels: surprise(output, 1 - labels).mean()),
        loss + " {yours} for labels {labels}: the surprise if the *other* answer were true. Where the label is 1, "
        "the truth was given a; where it is 0, 1 − a.",
    )
    yield Mistake(
        "counts-for-all",
        made(lambda output, labels: -(labels * np.log(output) + np.log(1 - output)).mean()),
        loss + " {yours} for labels {labels}: log(1 − a) counts for every example. Where the label is 1 it has to "
        "vanish: what makes 0 of it there?",
    )
    yield Mistake(
        "counts-for-all",
        made(lambda output, labels: -(np.log(output) + (1 - labels) * np.log(1 - output)).mean()),
        loss + " {yours} for labels {labels}: log a counts for every example. Where the label is 0 it has to vanish: "
        "what makes 0 of it there?",
    )
    yield Mistake(
        "label-0-only",
        made(lambda output, labels: -((1 - labels) * np.log(1 - output)).mean()),
        loss + " {yours} for labels {labels}: examples with the label 1 cost nothing, whatever the network said.",
    )
    yield Mistake(
        "rest-for-logarithm",
        made(lambda output, labels: (1 - truth(output, labels)).mean()),
        loss + " {yours}: the mean of what the truth was *not* given. A surprise is minus the logarithm of what it "
        "was given.",
    )


def both(loss=lambda output, labels: surprise(output, labels).mean(), gradient=slope_of):
    """A wrong class: one of its two values is not the right one."""
    return lambda output, labels: {"your loss": loss(output, labels), "your gradient": gradient(output, labels)}


EXERCISES = (
    Prediction(
        number="04.1",
        title="How should a loss grow?",
        came="What we want",
        right="b",
        options={
            "a": "The third service gave the truth a hundredth of what the first gave it; a loss that hardly notices "
            "cannot teach it.",
            "b": "by the same amount each time: 0.693, 2.996, 5.298. Ten times less given to the truth adds "
                 "about 2.30, the logarithm of 10.",
            "c": "Then one bold mistake would outweigh a million examples. The logarithm is gentler.",
        },
        hints=(
            "Probabilities of independent events are multiplied. Losses are added up.",
            "Which function turns a product into a sum?",
            "log 0.05 = log 0.5 + log 0.1, and log 0.005 = log 0.05 + log 0.1.",
        ),
        praise="That is the logarithm: factors become steps.",
    ),
    Answer(
        number="04.2",
        title="Three forecasts by hand",
        names=("squared", "cross"),
        tolerance=0.003,
        wrong={
            "squared": (
                (0.69, "mean-missing", "`squared` = {yours} is the sum of three squares. The mean over the examples is "
                 "still missing."),
                (0.345, "divided-by-two", "`squared` = {yours} is the sum, divided by 2. How many examples are there?"),
                (0.64, "last-only", "`squared` = {yours} is the third example alone. The mean over all three is asked "
                 "for."),
                (0.134, "mean-first", "`squared` = {yours} is the mean distance, squared. Square each distance first, "
                 "then take the mean."),
                (0.0278, "mean-first", "`squared` = {yours} is the mean of the three differences, squared. Square each "
                 "first, then take the mean."),
                (0.07, "square-slip", "`squared` = {yours}: the square of 0.8 is taken for 0.16. What is 0.8 · 0.8?"),
                (0.6667, "right-or-wrong", "`squared` = {yours} is the share of right answers. How far each one is "
                 "from its label is asked for."),
                (0.025, "two-of-three", "`squared` = {yours} is the mean of the two examples in the text. Here there "
                 "are three."),
                (0.367, "not-squared", "`squared` = {yours} is the mean distance. Each distance is squared first."),
                (0.26, "not-squared", "`squared` = {yours}: the distance of example 2 is not squared. What is 0.1²?"),
                (0.2833, "not-squared", "`squared` = {yours}: one of the distances is not squared. What is 0.2², and "
                 "what 0.8²?"),
                (-0.1967, "below-zero", "`squared` = {yours}: no square is below 0, and so no mean of squares is. What "
                 "is (−0.8)²?"),
                (0.0767, "mean-twice", "`squared` = {yours} is divided by 3 twice. The mean is taken once."),
                (0.497, "label-ignored", "`squared` = {yours}: example 2 has the label 0. Its distance is from 0."),
                (0.43, "label-ignored", "`squared` = {yours}: example 1 has the label 0. Its distance is from 0."),
                (0.697, "label-ignored", "`squared` = {yours}: examples 1 and 2 have the label 0. Their distances are "
                 "from 0."),
                (0.4796, "root", "`squared` = {yours} is the root of the mean. The mean of the squares is asked for as "
                 "it is."),
                (0.03, "label-ignored", "`squared` = {yours}: example 3 has the label 1: 0.2 is far from it."),
                (0.0167, "one-left-out", "`squared` = {yours} is without example 3. Its label is 1, and its distance "
                 "from that is 0.8."),
                (0.2133, "zero-left-out", "`squared` = {yours} is without examples 1 and 2. Their labels are 0, and "
                 "their distances from that are 0.2 and 0.1."),
            ),
            "cross": (
                (0.1093, "one-left-out", "`cross` = {yours} is without example 3. Its label is 1, and it was given "
                 "0.2: that costs most."),
                (0.571, "zero-left-out", "`cross` = {yours} is without example 1. Its label is 0, and *no* was given "
                 "0.8: that costs 0.223."),
                (
                    0.611,
                    "zero-left-out",
                    "`cross` = {yours} is without example 2. Its label is 0, and *no* was given 0.9: that costs 0.105.",
                ),
                (0.536, "zero-left-out", "`cross` = {yours} is without examples 1 and 2. Their labels are 0, and *no* "
                 "was given 0.8 and 0.9: that costs too."),
                (0.6333, "logarithm-missing", "`cross` = {yours} is the mean of what was given to the truth. A "
                 "surprise is minus the logarithm of that: look it up for each, and then take the mean."),
                (0.144, "product-alone", "`cross` = {yours} is what was given to the truth, multiplied. A surprise is "
                 "minus the logarithm of what was given; there are three."),
                (0.457, "log-of-the-mean", "`cross` = {yours}: the surprise at the mean. Three surprises first, then "
                 "their mean."),
                (1.937, "mean-missing", "`cross` = {yours} is the sum of three surprises. Their mean is "
                 "asked for."),
                (0.2153, "mean-twice", "`cross` = {yours} is divided by 3 twice. The mean is taken once."),
                (0.9685, "divided-by-two", "`cross` = {yours} is the sum, divided by 2. How many examples are there?"),
                (1.378, "label-ignored", "`cross` = {yours}: you took −log 0.1 for example 2. Its label is 0: how "
                 "much was given to *no*?"),
                (1.107, "label-ignored", "`cross` = {yours}: you took −log 0.2 for example 1. Its label is 0: how "
                 "much was given to *no*?"),
                (1.84, "label-ignored", "`cross` = {yours}: you took −log a for every example. Where the label is 0, "
                 "how much was given to *no*?"),
                (0.184, "label-ignored", "`cross` = {yours}: you took −log 0.8 for example 3. Its label is 1, and "
                 "it was given 0.2."),
                (0.164, "two-of-three", "`cross` = {yours} is the mean of the two examples in the text. Here there are "
                 "three."),
                (0.280, "other-logarithm", "`cross` = {yours} is right for the logarithm to base 10. The table has the "
                 "natural one."),
                (0.9316, "other-logarithm", "`cross` = {yours} is right for the logarithm to base 2. The table has the "
                 "natural one."),
            ),
        },
        hints=(
            "First a row of three numbers: how much was given to the truth in each example?",
            "The squares are of 0.2, 0.1 and 0.8. The surprises are those of 0.8, 0.9 and 0.2.",
            "Add the three numbers up and divide by 3, once for each loss.",
        ),
        praise="The third example makes up 0.64 of 0.69 in one sum, and 1.609 of 1.937 in the other.",
    ),
    Exercise(
        number="04.3",
        title="What the truth was given",
        piece="given_to_truth",
        what="your result",
        cases=(*CASES, SURE),
        mistakes=(
            Mistake(
                "second-power-missing",
                lambda output, labels: output**labels * (1 - output),
                "You get {yours} for labels {labels}: where the label is 1, the 1 − a is in it too. Its power, 1 − y, "
                "is what makes 1 of it there.",
            ),
            Mistake(
                "counts-for-all",
                lambda output, labels: labels * output + 1 - output,
                "You get {yours} for labels {labels}: 1 − a counts for every example. Where the label is 1 it has to "
                "vanish: what makes 0 of it there?",
            ),
            Mistake(
                "cut-to-whole",
                lambda output, labels: truth(output, labels).astype(labels.dtype),
                "For labels {labels} you get {yours}. These are whole numbers, and an array that is made from them, by "
                "a copy or by `zeros_like`, holds whole numbers too: what stands behind the point is cut off. Make it "
                "from `output`.",
            ),
            Mistake(
                "place-by-value",
                lambda output, labels: truth(output, by_value(output, labels)),
                "Two of these outputs are equal, and the place is looked up by the value: so both get the label of the "
                "first of them. Go through outputs and labels side by side.",
            ),
            Mistake(
                "return-in-the-loop",
                lambda output, labels: truth(output, labels)[0, 0],
                "You get {yours}: the first example alone. Does `return` stand inside the loop?",
            ),
            Mistake(
                "added-up",
                lambda output, labels: np.array([[truth(output, labels).sum()]]),
                "You get {yours}: what was given, added up over all examples. Each example keeps its own number. (`@` "
                "adds up, `*` multiplies place by place.)",
            ),
            Mistake(
                "output-alone",
                lambda output, labels: output * 1.0,
                "For outputs {output} and labels {labels} you give back {yours}: the outputs as they are. Where the "
                "label is 0, the truth is *no*, and *no* was given the rest.",
            ),
            Mistake(
                "one-question-for-all",
                lambda output, labels: output if labels.all() else 1 - output,
                "You get {yours} for labels {labels}: 1 − a everywhere, since not all labels are 1. That is one "
                "question for all examples. Each example has a label of its own.",
            ),
            Mistake(
                "zeros-left-out",
                lambda output, labels: labels * output,
                "You get {yours} for labels {labels}. Where the label is 0 your result is 0: the second product is "
                "missing.",
            ),
            Mistake(
                "one-for-zeros",
                lambda output, labels: output**labels,
                "You get {yours} for labels {labels}. Where the label is 0 your result is 1, whatever the output says.",
            ),
            Mistake(
                "turned-round",
                lambda output, labels: labels * (1 - output) + (1 - labels) * output,
                "You get {yours}: what was given to the *other* answer. For output 0.9 and label 1, the truth was "
                "given 0.9.",
            ),
            Mistake(
                "ones-left-out",
                lambda output, labels: (1 - labels) * (1 - output),
                "You get {yours} for labels {labels}. Where the label is 1 your result is 0. Is the product for "
                "them there, and does 1 − y stand in brackets?",
                shows=lambda lines: lines.count(ast.Mult) < 2,
            ),
            Mistake(
                "distance",
                lambda output, labels: output - labels,
                "You get {yours}: the difference between output and label. Asked for is a probability, from 0 to 1.",
            ),
            Mistake(
                "distance",
                lambda output, labels: labels - output,
                "You get {yours}: the difference between label and output. Asked for is a probability, from 0 to 1.",
            ),
            Mistake(
                "powers-alike",
                lambda output, labels: (output * (1 - output)) ** labels,
                "You get {yours} for labels {labels}: where the label is 0 both powers are 0, and that makes 1. The "
                "power of 1 − a is 1 − y.",
                shows=lambda lines: lines.has_power(),
            ),
            Mistake(
                "surprise-too-early",
                lambda output, labels: surprise(output, labels),
                "You get {yours}: that is the surprise already. Here the probability itself is asked for; −log comes "
                "in 04.4.",
            ),
            Mistake(
                "brackets-missing",
                lambda output, labels: labels * output + 1 - labels * output,
                "You get {yours}, 1 everywhere: Python multiplies before it subtracts. Each of the two differences "
                "needs its brackets.",
            ),
            Mistake(
                "brackets-missing",
                lambda output, labels: labels * output + 1 - labels * (1 - output),
                "You get {yours}: Python multiplies before it subtracts. Each of the two differences needs its "
                "brackets.",
            ),
            Mistake(
                "squared-error",
                lambda output, labels: (output - labels) ** 2,
                "You get {yours}: the squared distance from the label. Asked for is the probability itself, that was "
                "given to what is true.",
            ),
            Mistake(
                "right-or-wrong",
                lambda output, labels: ((output >= 0.5) == labels).astype(float),
                "You get {yours}: 1 where the larger probability went to the truth, else 0. *How much* the truth was "
                "given is asked for.",
            ),
            Mistake(
                "larger-of-both",
                lambda output, labels: np.maximum(output, 1 - output),
                "You get {yours}: the larger of both, whatever is true. Which one is asked for, the label says.",
            ),
            Mistake(
                "rest-squared",
                lambda output, labels: 1 - (output - labels) ** 2,
                "You get {yours}: one minus the *square* of the distance. For output 0.9 and label 1, the truth was "
                "given 0.9.",
            ),
            *(Mistake(
                "one-label-only",
                lambda output, labels, label=label: truth(output, labels)[labels == label],
                f"You get {{yours}}: the examples with the label {label} alone. Each of {{labels}} has a place.",
            ) for label in (1, 0)),
        ),
        hints=(
            "For a single example with label 0 and output 0.2, which number do you want?",
            "`labels * output` is right wherever the label is 1, and 0 elsewhere.",
            "A sum of two products. The second one is built like the first, from 1 − labels and 1 − output.",
        ),
        praise="No question asked: a label of 0 or 1 switches one of the two products off.",
    ),
    Exercise(
        number="04.4",
        title="The mean surprise",
        piece="cross_entropy",
        call=run_cross_entropy,
        beside=cut_off_far_out,
        what="your loss",
        cases=(*CASES, MANY),
        examples="labels",
        mistakes=(
            *of_the_long_formula(),
            Mistake(
                "not-averaged",
                surprise,
                "Your loss is {yours}: one surprise for each example. A loss is one number, their mean.",
            ),
            Mistake(
                "added-up",
                lambda output, labels: surprise(output, labels).sum(),
                "Your loss for outputs {output} is {yours}: the sum of the surprises, where their mean is asked for. "
                "If you do divide: `len(labels)` counts rows, and there is one. The examples are `labels.shape[1]`.",
            ),
            Mistake(
                "label-0-as-nothing",
                quietly(lambda output, labels: -np.log(output * labels).mean()),
                "Your loss is infinite for labels {labels}: where the label is 0, output times label is 0, and −log 0 "
                "is infinite. There the truth was *no*, and it was given 1 − a.",
                shows=lambda lines: lines.has(ast.Mult) and not lines.has(ast.Add, ast.AugAssign, ast.Sub),
            ),
            Mistake(
                "logarithm-missing",
                lambda output, labels: truth(output, labels).mean(),
                "Your loss is {yours}: the mean of what was given to the truth. A surprise is minus the logarithm of "
                "that.",
            ),
            Mistake(
                "exponential-for-logarithm",
                lambda output, labels: np.exp(-truth(output, labels).mean()),
                "Your loss is {yours}: `exp` takes e to a power. The surprise is minus the *logarithm* of what the "
                "truth was given, and the mean comes last.",
            ),
            Mistake(
                "exponential-for-logarithm",
                lambda output, labels: np.exp(-truth(output, labels)).mean(),
                "Your loss is {yours}: `exp` takes e to a power. The surprise is minus the *logarithm* of what the "
                "truth was given.",
            ),
            Mistake(
                "sign",
                lambda output, labels: -surprise(output, labels).mean(),
                "Your loss is {yours}, below zero. The logarithm of a probability is negative. What turns it into a "
                "surprise?",
            ),
            *(Mistake(
                "one-label-averaged",
                lambda output, labels, label=label: surprise(output, labels)[labels == label].mean(),
                f"Your loss is {{yours}} for labels {{labels}}: the mean over the examples with the label {label} "
                "alone. The others count too.",
            ) for label in (1, 0)),
            Mistake(
                "label-1-only",
                lambda output, labels: -(labels * np.log(output)).mean(),
                "Your loss is {yours} for labels {labels}: examples with the label 0 cost nothing at all, whatever the "
                "network said.",
            ),
            Mistake(
                "label-ignored",
                lambda output, labels: -np.log(output).mean(),
                "Your loss is {yours} for labels {labels}: −log of the outputs, as if every label were 1.",
            ),
            Mistake(
                "squared-error",
                lambda output, labels: ((output - labels) ** 2).mean(),
                "Your loss is {yours}: that is the mean squared error. Where is the logarithm?",
            ),
            Mistake(
                "other-logarithm",
                lambda output, labels: surprise(output, labels).mean() / np.log(2),
                "Your loss is {yours}: that comes from the logarithm to base 2. `np.log` is the natural one.",
            ),
            Mistake(
                "two-means",
                lambda output, labels: -np.log(output[labels == 1]).mean() - np.log(1 - output[labels == 0]).mean(),
                "Your loss is {yours}: the mean over the ones plus the mean over the zeros. Every example counts alike "
                "in *one* mean over all.",
            ),
            Mistake(
                "divided-by-the-ones",
                lambda output, labels: surprise(output, labels).sum() / labels.sum(),
                "Your loss is {yours} for labels {labels}: the sum is divided by the sum of the labels. That counts "
                "the examples with the label 1 alone.",
            ),
            Slip(
                "product-first",
                (("-np.log(given).mean()", "-np.log(np.prod(given)) / given.size"),),
                "With 8,000 examples your loss is {yours}: their product is too small for a float. First the logarithm "
                "of each, then the mean.",
            ),
            Mistake(
                "log-of-the-mean",
                lambda output, labels: -np.log(truth(output, labels).mean()),
                "Your loss is {yours}: the logarithm of the mean. First each example's surprise, then the mean.",
            ),
            Mistake(
                "one-minus-the-logarithm",
                lambda output, labels: -(labels * np.log(output) + (1 - labels) * (1 - np.log(output))).mean(),
                "Your loss is {yours}: one minus the logarithm. What goes into the logarithm is one minus the output.",
            ),
            Slip(
                "product-first",
                (("-np.log(given).mean()", "-np.log(np.prod(given))"),),
                "Your loss is {yours}: the logarithm of the product, which is the *sum* of the surprises. Their mean "
                "is asked for, and the product of many is too small for a float: first each logarithm, then the mean.",
            ),
            Mistake(
                "first-only",
                lambda output, labels: surprise(output, labels)[0, 0],
                "Your loss is {yours}: the first example alone. Does `return` stand inside the loop?",
            ),
            Mistake(
                "first-only",
                lambda output, labels: surprise(output, labels)[0, 0] / output.shape[1],
                "Your loss is {yours}: the first example alone, divided by their number. Does `return` stand "
                "inside the loop?",
            ),
            Mistake(
                "minus-on-one-term",
                lambda output, labels: (-labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean(),
                "Your loss is {yours}: the minus stands on the first logarithm alone. It belongs to both.",
            ),
            Mistake(
                "other-logarithm",
                lambda output, labels: surprise(output, labels).mean() / np.log(10),
                "Your loss is {yours}: that comes from the logarithm to base 10. `np.log` is the natural one.",
            ),
        ),
        hints=(
            "By hand you had a row of surprises, then you took their mean. Which NumPy functions are these two?",
            "`np.log` takes a whole array. The minus can stand before the logarithm or before the mean.",
            "Three steps: what was given to the truth, −log of it, `.mean()`.",
        ),
        praise="One number for any number of examples: how surprised the network is by the truth.",
    ),
    Exercise(
        number="04.5",
        title="A loss as a class",
        piece="BinaryCrossEntropy",
        call=run_loss,
        beside=lambda piece: cut_off_far_out(piece(), piece().gradient),
        cases=CASES,
        examples="labels",
        mistakes=(
            *of_the_long_formula("Calling your object gives", lambda wrong: both(loss=wrong)),
            Mistake(
                "numerator-missing",
                both(gradient=lambda output, labels: output * (1 - output)),
                "Your gradient is {yours}: a (1 − a) alone, whatever the label is. In the formula that stands below "
                "the line, and above it a − y.",
            ),
            Mistake(
                "numerator-missing",
                both(gradient=lambda output, labels: 1 / (output * (1 - output))),
                "Your gradient is {yours}: 1 above the line, whatever the label is. There stands a − y: how far the "
                "output is from the label, and to which side.",
            ),
            Mistake(
                "divided-by-the-given",
                both(gradient=lambda output, labels: (output - labels) / truth(output, labels)),
                "Your gradient is {yours} for labels {labels}: divided by what the truth was given. The formula "
                "divides by a (1 − a).",
            ),
            Mistake(
                "logarithm-for-slope",
                both(gradient=lambda output, labels: np.log(output) * labels),
                "Your gradient is {yours}: the logarithm itself, a part of the loss. Asked for is its slope.",
            ),
            Mistake(
                "labels-below",
                both(gradient=lambda output, labels: (output - labels) / (labels * (1 - labels))),
                "Your gradient is infinite: below the line stands y(1 − y), and that is 0 for every label. There "
                "belongs a(1 − a), of the output.",
            ),
            Mistake(
                "logarithm-missing",
                both(loss=lambda output, labels: truth(output, labels).mean()),
                "Your loss is {yours}: the mean of what was given to the truth. A surprise is minus the logarithm of "
                "that.",
            ),
            Mistake(
                "sign",
                both(gradient=lambda output, labels: -slope_of(output, labels)),
                "Your gradient is {yours} for labels {labels}. For label 1 the loss falls as the output grows, so its "
                "slope is negative there.",
            ),
            Mistake(
                "denominator-missing",
                both(gradient=lambda output, labels: (output - labels) * 1.0),
                "Your gradient is {yours}: output minus labels. That is what will be left *after* the sigmoid. The "
                "slope at a itself is larger.",
            ),
            Mistake(
                "denominator-missing",
                both(gradient=lambda output, labels: (labels - output) * 1.0),
                "Your gradient is {yours}: labels minus output. Two things are wrong: where the label is 1 the loss "
                "falls as the output grows, so the slope is negative there; and it is larger, for nothing is divided "
                "yet.",
            ),
            Mistake(
                "half-of-the-denominator",
                both(gradient=lambda output, labels: (output - labels) / output),
                "Your gradient is {yours} for labels {labels}: divided by a alone. Below the line stand two factors.",
            ),
            Mistake(
                "half-of-the-denominator",
                both(gradient=lambda output, labels: (output - labels) / (1 - output)),
                "Your gradient is {yours} for labels {labels}: divided by 1 − a alone. Below the line stand two "
                "factors.",
            ),
            Mistake(
                "surprise-for-slope",
                both(gradient=surprise),
                "Your gradient is {yours}: the surprises themselves. How fast does each of them change with the "
                "output?",
            ),
            Mistake(
                "surprise-for-slope",
                both(gradient=lambda output, labels: surprise(output, labels).mean()),
                "Your gradient is {yours}: the loss itself. How fast does each example's surprise change with its "
                "output?",
            ),
            Mistake(
                "other-answer-divides",
                both(gradient=lambda output, labels: np.where(labels == 1, -1, 1) / output),
                "Your gradient is {yours} for labels {labels}: right where the label is 1. Where it is 0 the truth was "
                "given 1 − a, and that stands below the line.",
            ),
            Mistake(
                "label-1-everywhere",
                both(gradient=lambda output, labels: -1 / output),
                "Your gradient is {yours} for labels {labels}: the slope for the label 1, everywhere. Where the label "
                "is 0, the truth was given 1 − a.",
            ),
            Mistake(
                "divided-by-m",
                both(gradient=lambda output, labels: slope_of(output, labels) / labels.shape[1]),
                "Your gradient is {yours}: divided by the number of examples. Here each example keeps its own slope; "
                "the one division by m stands in lesson 07.",
            ),
            Mistake(
                "gradient-averaged",
                both(gradient=lambda output, labels: slope_of(output, labels).mean()),
                "Your gradient is the single number {yours}. Each example has a slope of its own: shape (1, examples).",
            ),
            Mistake(
                "label-1-only",
                both(gradient=lambda output, labels: -labels / output),
                "Your gradient is {yours} for labels {labels}: examples with the label 0 have no slope, so nothing "
                "would ever push them down.",
            ),
            Mistake(
                "label-0-only",
                both(gradient=lambda output, labels: (1 - labels) / (1 - output)),
                "Your gradient is {yours} for labels {labels}: examples with the label 1 have no slope, so nothing "
                "would ever push them up.",
            ),
            Mistake(
                "brackets-missing",
                both(gradient=lambda output, labels: (output - labels) / output * (1 - output)),
                "Your gradient is {yours}. Python divides by `output` and then *multiplies* by the rest: the whole "
                "product belongs under the line of the fraction.",
            ),
            Mistake(
                "slope-of-the-square",
                both(gradient=lambda output, labels: 2 * (output - labels)),
                "Your gradient is {yours}: the slope of the squared error. The formula for the surprise stands above: "
                "it divides.",
            ),
            Mistake(
                "loss-added-up",
                both(loss=lambda output, labels: surprise(output, labels).sum()),
                "Calling your object gives {yours}: the sum of the surprises. The mean is asked for, as in 04.4.",
            ),
            Mistake(
                "squared-error",
                both(loss=lambda output, labels: ((output - labels) ** 2).mean()),
                "Calling your object gives {yours}: the mean squared error. The surprise, −log of what the truth was "
                "given, is asked for.",
            ),
            Mistake(
                "label-1-everywhere",
                both(loss=lambda output, labels: -np.log(output).mean()),
                "Calling your object gives {yours} for labels {labels}: −log a, whatever the label is. Where it is 0, "
                "the truth was given 1 − a.",
            ),
            Mistake(
                "label-1-only",
                both(loss=lambda output, labels: -(labels * np.log(output)).mean()),
                "Calling your object gives {yours} for labels {labels}: examples with the label 0 cost nothing.",
            ),
            Mistake(
                "loss-sign",
                both(loss=lambda output, labels: -surprise(output, labels).mean()),
                "Calling your object gives {yours}, below zero: the minus of −log is missing.",
            ),
            Mistake(
                "minus-on-one-term",
                both(loss=lambda output, labels: (-labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean()),
                "Calling your object gives {yours}: the minus stands on the first logarithm alone. It belongs to both.",
            ),
            Mistake(
                "signs-alike",
                both(gradient=lambda output, labels: -1 / truth(output, labels)),
                "Your gradient is {yours} for labels {labels}: negative everywhere. Where the label is 0 the loss "
                "rises with the output.",
            ),
            Mistake(
                "signs-alike",
                both(gradient=lambda output, labels: 1 / truth(output, labels)),
                "Your gradient is {yours} for labels {labels}: positive everywhere. Where the label is 1 the loss "
                "falls as the output grows.",
            ),
            Mistake(
                "one-for-each-example",
                both(loss=surprise),
                "Calling your object gives {yours}: one surprise for each example. A loss is one number, their mean.",
            ),
            Mistake(
                "multiplied",
                both(gradient=lambda output, labels: (output - labels) * output * (1 - output)),
                "Your gradient is {yours}: multiplied by a (1 − a), where the formula divides by it.",
            ),
        ),
        hints=(
            "The first part is the body of 04.4. For the second, the formula stands right above the exercise.",
            "Work out one example on paper: output 0.8, label 1. Its slope is −1/0.8 = −1.25.",
            "Above the line output − labels, below it, in brackets, output times 1 − output. Nothing is averaged.",
        ),
        praise="A loss that can be called and that knows its slope: everything in this course that trains will ask it "
        "for these two things.",
    ),
    Prediction(
        number="04.6",
        title="Which loss pushes harder?",
        right="c",
        options={
            "a": "Both losses are large there; but the push is the slope times the sigmoid's slope.",
            "b": "Compare −100 with −1.98: both are multiplied by the same 0.0099.",
            "c": "about 50 times: −100 · 0.0099 = −0.99 against −1.98 · 0.0099 = −0.0196.",
        },
        hints=(
            "Both slopes at a are multiplied by the same slope of the sigmoid.",
            "So the ratio of the pushes is the ratio of −100 and −1.98.",
            "100 / 1.98 is about 50.",
        ),
        praise="And at z = −8 it is more than a thousand times.",
    ),
    Prediction(
        number="04.7",
        title="How long does the squared error take?",
        right="c",
        options={
            "a": "It would, if it pushed about as hard. At z = −6 it pushes 200 times less.",
            "b": "More than that: the first updates hardly move it at all.",
            "c": "214 updates, against 7. Nearly all of them are spent creeping along where the sigmoid is flat.",
        },
        hints=(
            "What does the squared error push at z = −6? Look it up in the explorer.",
            "The push is 0.0049 there. How many of them are needed to come from −6 to −5?",
            "About 130 for the first unit alone, and fewer and fewer after that.",
        ),
        praise="It learns in the end. Whoever stops after a hundred updates sees nothing of that.",
    ),
    Choice(
        number="04.8",
        title="Recall: the sigmoid at 0",
        right="b",
        options={
            "a": "0 is where z stands; the sigmoid comes near 0 only for very negative z.",
            "b": "1 / (1 + e⁰) = 1 / 2: the neuron cannot decide.",
            "c": "1 is reached only for very large z, and never quite.",
        },
        hints=(
            "e to the power of 0 is 1.",
            "z = 0 is the line itself: neither side.",
            "One divided by one plus one.",
        ),
        praise="z = 0 is the border, and on the border the neuron tosses a coin.",
    ),
    Choice(
        number="04.9",
        title="Recall: a row minus a column",
        right="b",
        options={
            "a": "That would be the shape if labels were (1, 5) too.",
            "b": "A row and a column are stretched to a square, without a word.",
            "c": "NumPy stays silent: a dimension of 1 is repeated to fit.",
        },
        hints=(
            "Lesson 01 began with penguins and a pair of scales.",
            "Where a dimension is 1, NumPy repeats the array along it.",
            "Both arrays have a dimension of 1, each in another place.",
        ),
        praise="And the mean of those 25 numbers looks like a loss. So keep labels (1, examples).",
    ),
)
