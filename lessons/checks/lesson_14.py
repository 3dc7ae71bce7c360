"""The exercises of lesson 14, Tell ten digits apart."""

import ast

import numpy as np

from lessons.checks.judge import (
    Answer,
    Choice,
    Exercise,
    Mistake,
    Prediction,
    Slip,
    Spoilt,
    asks_anew,
    leaves_alone,
    tried_with,
)
from lessons.checks.judge.compare import Finding, close, numeric, short

LABELS = (
    {"labels": np.array([[2, 0, 3, 1, 1]]), "classes": 4},
    {"labels": np.array([[2, 0, 3, 1]]), "classes": 4},
    {"labels": np.array([[1, 0, 1]]), "classes": 5},
    {"labels": np.array([[0, 1, 2]]), "classes": 3},
    {"labels": np.array([[3, 3, 0, 2, 0]]), "classes": 4},  # as many as at first, and others
    {"labels": np.array([[11, 0, 12, 10, 1, 5]]), "classes": 13},
    {"labels": np.array([[1, 0]]), "classes": 2},
    {"labels": np.array([[1]]), "classes": 3},
)
more = np.random.default_rng(14)
COLUMNS = (
    {"z": np.array([[2.0, 0.5, -1.0, 0.0], [1.0, 0.5, 3.0, -2.0], [0.0, -1.5, 0.25, 1.0]]),
     "grad_output": np.array([[0.0, -2.0, 0.5, 1.0], [-4.0, 0.0, 0.25, -3.0], [0.0, 1.0, -1.0, 2.0]])},
    {"z": np.array([[1000.0, -1000.0], [1001.0, -1001.0], [999.0, -999.0]]),
     "grad_output": np.array([[1.0, -1.0], [0.5, 2.0], [-2.0, 0.25]])},
    {"z": np.array([[1000.0, -3.0, 1.0, -1.0, 0.25], [-1000.0, 998.5, 1.0, 2.0, -0.5]]),
     "grad_output": np.array([[1.0, 2.0, 0.5, 2.0, -1.0], [-1.5, 0.5, 2.0, -1.0, 0.75]])},
    {"z": np.array([[2.0, 0.0, -1001.0], [1.0, 0.0, -1003.0], [0.0, -1.0, -999.0]]),  # as many classes as examples
     "grad_output": np.array([[0.5, -2.0, 0.25], [-4.0, 0.5, 1.0], [1.0, 0.0, 2.0]])},
    {"z": more.normal(size=(12, 3)).round(2), "grad_output": 1e6 * more.normal(size=(12, 3)).round(2)},
)  # fmt: skip
ANSWERS = (
    {"output": np.array([[0.7, 0.1], [0.2, 0.5], [0.1, 0.4]]),
     "labels": np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]])},
    {"output": np.array([[0.5, 0.25, 0.1, 1.0], [0.5, 0.75, 0.9, 0.0]]),
     "labels": np.array([[0.0, 1.0, 0.0, 1.0], [1.0, 0.0, 1.0, 0.0]])},
    {"output": np.array([[1e-12, 0.3, 1e-9], [0.375, 0.3, 0.125], [0.25, 0.15, 0.125], [0.375, 0.25, 0.75]]),
     "labels": np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])},
    {"output": np.array([[1e-20], [0.75], [0.25]]), "labels": np.array([[1.0], [0.0], [0.0]])},
    {"output": np.array([[0.75, 1e-200], [0.125, 0.5], [0.125, 0.5]]),
     "labels": np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]])},
    {"output": (more.permuted(np.repeat(np.arange(1.0, 13)[:, np.newaxis], 5, axis=1), axis=0) / 78).round(3),
     "labels": (np.arange(12)[:, np.newaxis] == [7, 2, 11, 7, 0]).astype(float)},
)  # fmt: skip
def still_there(labels, classes):
    """Ones in an array that was filled by earlier cases of the same shape, and not emptied."""
    found = np.zeros((classes, labels.shape[1]))
    for case in LABELS:
        if (case["classes"], case["labels"].shape) == (classes, labels.shape):
            found[case["labels"], np.arange(labels.shape[1])] = 1.0
            if np.array_equal(case["labels"], labels):
                return found


NO_AXIS = "Your shares are {yours}: they add up to 1 over *all* examples together. Each column is a whole of its own."


def shares(z):
    return shares_of(np.exp(z - z.max(axis=0, keepdims=True)))


def shares_of(powers):
    return powers / powers.sum(axis=0, keepdims=True)


def back(z, grad_output):
    p = shares(z)
    return p * (grad_output - (p * grad_output).sum(axis=0, keepdims=True))


def run_softmax(Softmax, z, grad_output):
    """Forward, and back from the right shares, so that a mistake in one does not hide the other."""
    part = Softmax()
    output = part(z)
    if output is ...:
        return ...
    part.output = shares(z)
    returned = leaves_alone(part.backward, grad_output, keeps=("output",))
    if len(z) == len(COLUMNS[-1]["z"]) and close(output, shares(z)) and close(returned, back(z, grad_output)):
        a_second_time(Softmax())
        small_shares(Softmax())
    return {"what your `__call__` gives": output, "what your `backward` gives": returned}


def kept_besides(part):
    """What is said where `backward` works with what `__call__` has kept, not with `self.output`, or ""."""
    wishes, old, now = np.array([[1.0, -2.0], [0.5, 3.0]]), np.zeros((2, 2)), np.array([[2.0, 0.0], [-1.0, 1.0]])
    part(old)
    part.output = shares(now)
    if not close(part.backward(wishes.copy()), back(old, wishes)):
        return ""
    return ("One thing to know: your `backward` works with something that your `__call__` has kept. The model keeps "
            "the same in `self.output`, so one copy of it is enough.")  # fmt: skip


def a_second_time(part):
    """Forward and back, twice: the second time is no other than the first, and leaves alone what the first gave."""
    wishes, given = np.array([[1.0, -2.0], [0.5, 3.0], [-1.0, 0.25]]), []
    for z in (np.array([[2.0, 0.0], [1.0, -1.0], [0.0, 3.0]]), np.array([[-1.0, 4.0], [0.5, 2.0], [1.5, 0.0]])):
        given += [(name, one, np.copy(one)) for name, one in (("`__call__`", part(z)),)]
        part.output = shares(z)
        returned = part.backward(wishes.copy())
        if not close(returned, back(z, wishes)):
            text = "The second time that the object is used, with another z, its `backward` still works with what it "
            text += "had the first time. The shares of now are in `self.output`."
            raise Spoilt(Finding("of-the-first-call", text))
        given.append(("`backward`", returned, np.copy(returned)))
    for name, one, before in given:
        if not np.array_equal(one, before):
            text = f"What your {name} gives is changed by its next call: it is the same array, written into again. "
            raise Spoilt(Finding("same-array-again", text + "Whoever still has it finds other numbers in it."))


def added_below(part, least, first="For"):
    """What is said where the shares of one example add up to less than 1 by more than `least`, or ""."""
    found = numeric(part(np.array([[0.0], [-30.0], [-80.0]])))
    if found is None or found.shape != (3, 1) or abs(found.sum() - 1) <= least:
        return ""
    return (f"{first} z = (0, −30, −80) your shares add up to {short(float(found.sum()), 12)}. Is something added "
            "below the line? One of the powers there is 1, so nothing has to be kept from 0.")  # fmt: skip


def small_shares(part):
    """A share that is small is no smaller, or larger, than it is, and one class alone has the whole."""
    with tried_with("It was called with z = [[0], [−30], [−80]]."):
        found = numeric(part(np.array([[0.0], [-30.0], [-80.0]])))
    if found is not None and found.shape == (3, 1) and not np.allclose(found.ravel()[1:] / SMALL, 1, rtol=1e-5, atol=0):
        yours, text = found.ravel()[1:], "For z = (0, −30, −80) your second and third share are "
        text += "{} and {}, {} and {} were expected. ".format(*(short(one, 6) for one in (*yours, *SMALL)))
        if np.allclose(yours / SMALL, 1, rtol=1e-2, atol=0):
            raise Spoilt(Finding("e-by-hand", text + "Is e written as a number? `np.exp` has all its digits."))
        text += "A small share is a share too: do not round it, and put no smallest number in its place."
        raise Spoilt(Finding("small-shares-changed", text))
    part.output = part(np.array([[0.0], [-30.0]]))
    with tried_with("It was called with grad_output of shape (2, 1), and `self.output` has that shape too."):
        pushed = part.backward(np.array([[0.0], [-1 / SMALL[0]]]))
    if not close(pushed, [[1.0], [-1.0]]):
        text = f"For the shares 1 and {short(SMALL[0])} and the wishes 0 and {short(-1 / SMALL[0])} your `backward` "
        text += f"gives {short(pushed)}, [[1], [−1]] was expected. A small share counts as it is: it is not cut off."
        raise Spoilt(Finding("small-shares-changed", text))
    if added := added_below(part, 5e-8):  # less is seen by no float32
        raise Spoilt(Finding("added-below", f"{added} Shares add up to 1."))
    with tried_with("It was called with z = [[0.5, −2]], a single class."):
        one = part(np.array([[0.5, -2.0]]))
    if numeric(one) is not None and not close(one, [[1.0, 1.0]]):
        text = f"For a single class, z = [[0.5, −2]], your shares are {short(one)}. Who is alone has the whole: 1."
        raise Spoilt(Finding("one-class", text))


SMALL = np.exp([-30.0, -80.0])


def of_sums(function):
    """One of numbers that may be 0: what comes out is nan or infinite then, and nobody is warned."""

    def quiet(*arguments):
        with np.errstate(all="ignore"):
            return function(*arguments)

    return quiet


def both_ways(forward=shares, backward=back):
    """A wrong Softmax: one of its two methods is not the right one."""
    return lambda z, grad_output: {
        "what your `__call__` gives": forward(z),
        "what your `backward` gives": backward(z, grad_output),
    }


def rough(z):
    with np.errstate(all="ignore"):
        return np.exp(z) / np.exp(z).sum(axis=0, keepdims=True)


def run_loss(CategoricalCrossEntropy, output, labels):
    """The loss, its slope, and whether a certain mistake is survived: a share of exactly 0 for the right class."""
    loss = CategoricalCrossEntropy()
    value = loss(output, labels)
    if value is ...:
        return ...
    gradient = asks_anew(loss, (output, labels), (output[::-1, :1], labels[::-1, :1]))
    zero, hot = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
    found = [numeric(one) for one in (loss(zero, hot), loss.gradient(zero, hot))]
    survives = [float(one is None or np.isfinite(one).all()) for one in found]
    right = close(value, mean_surprise(output, labels)) and close(gradient, slope(output, labels))
    if len(output) == len(ANSWERS[-1]["output"]) and right and all(survives):
        at_the_ends(loss, *found)
    return {"your loss": value, "your gradient": gradient, **dict(zip(SURVIVES, survives, strict=True))}


def at_the_ends(loss, at_zero, slope_there):
    """What a share of exactly 0 costs, and one of exactly 1, which nothing has to be kept from."""
    if at_zero is not None and at_zero.size == 1 and not 600 < at_zero.item() < 760:
        text = f"Where the right class has a share of exactly 0 your loss is {short(at_zero.item())}. With 1e-300 in "
        raise Spoilt(Finding("other-at-zero", text + "its place it is 690.8, minus the logarithm of that."))
    if slope_there is not None and slope_there.shape == (2, 1) and slope_there[1, 0] > -1e290:
        text = f"Where the right class has a share of exactly 0 your gradient for it is {short(slope_there[1, 0])}. "
        text += "Nowhere is the wish to grow greater: divide by 1e-300 there, and it is finite."
        raise Spoilt(Finding("no-slope-at-zero", text))
    two = numeric(loss(np.array([[1.0, 0.5], [0.0, 0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])))
    if two is not None and two.size == 1 and not close(two.reshape(()), (at_zero.item() + np.log(2)) / 2):
        text = f"Of two examples one has a share of 0, and your loss is {short(two.item())}. That one alone costs "
        text += f"{short(at_zero.item())} with you, the other 0.6931: the mean of both was expected."
        raise Spoilt(Finding("zero-for-all", text))
    sure = numeric(loss(np.array([[1.0], [0.0]]), np.array([[1.0], [0.0]])))
    if sure is not None and sure.size == 1 and abs(sure.item()) > 1e-9:
        text = f"Where the right class has the whole, a share of 1, your loss is {short(sure.item())}. Is the share "
        raise Spoilt(Finding("large-shares-changed", text + "cut off above? The logarithm of 1 is 0, without a guard."))


GUARDS = ("0.1", "0.01", "1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15", "1e-16",
          "1e-20", "1e-30", "1e-50", "1e-100")  # fmt: skip
LOGARITHM_LAST = (
    "        given = (labels * output).sum(axis=0)\n        return -np.log(np.maximum(given, 1e-300)).mean()\n"
)
SURVIVES = (
    "whether the loss is finite where the right share is 0 (1 is yes)",
    "whether the gradient is finite where the right share is 0 (1 is yes)",
)


def mean_surprise(output, labels):
    return -np.log((labels * output).sum(axis=0)).mean()


def slope(output, labels):
    return -labels / np.maximum(output, 1e-300)


def loss_of(loss=mean_surprise, gradient=slope, survives=1.0):
    """A wrong loss: one of its two methods is not the right one. `survives` is 1 where the loss stays finite."""
    return lambda output, labels: {
        "your loss": loss(output, labels),
        "your gradient": gradient(output, labels),
        **dict(zip(SURVIVES, (survives, 1.0), strict=True)),
    }


CLIPS = 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7


def slope_for_yes_or_no(p, labels):
    return (p - labels) / (p * (1 - p))


def added_up(logarithms):
    """Over the classes, and averaged over the examples."""
    return -logarithms.sum(axis=0).mean()


def yes_or_no(low, high, together=lambda logarithms: -logarithms.mean()):
    """The loss of lesson 04, with the shares kept above `low` and below `high`."""

    def of(o, y):
        p = np.clip(o, low, high)
        return together(y * np.log(p) + (1 - y) * np.log(1 - p))

    return of_sums(of)


def sums_logarithms(lines):
    """Is there a sum of logarithms, in place of the logarithm of a sum?"""
    return any(_calls(one, "sum") and any(_calls(it, "log") for it in ast.walk(one)) for one in lines.every)


def takes_log_of_labels(lines):
    """Does `labels` alone stand in a logarithm?"""
    return any(_calls(one, "log") and [it.id for part in one.args for it in ast.walk(part) if isinstance(it, ast.Name)
               and it.id != "np"] == ["labels"] for one in lines.every)  # fmt: skip


def _calls(node, name):
    return isinstance(node, ast.Call) and name in (getattr(node.func, "attr", ""), getattr(node.func, "id", ""))


EXERCISES = (
    Prediction(
        number="14.1",
        title="A thousand more for each",
        right="a",
        options={
            "a": "nothing: only differences between the z count, and they stay.",
            "b": "It is 1000 larger than it was, but so are the others.",
            "c": "The exponential does not compare sizes by their ratio. A difference of 1 is the same factor e "
            "anywhere.",
        },
        hints=(
            "Think of a race: everybody gets the same head start.",
            "e to the power of z + 1000 is e to the power of z, times one and the same factor.",
            "A factor that stands above and below the line of a fraction goes away.",
        ),
        praise="A computer sees it differently, unless one takes care.",
    ),
    Exercise(
        number="14.2",
        title="One-hot columns",
        piece="one_hot",
        what="your array",
        tolerance=1e-12,  # a place is hot or cold, and nothing between
        cases=LABELS,
        mistakes=(
            Slip(
                "made-like-the-labels",
                (("return (np.arange(classes).reshape(-1, 1) == labels).astype(float)",
                  "return np.zeros_like(labels)[labels]"),),
                "`zeros_like(labels)` is as large as the labels, one row. Each class wants a row: `np.zeros` makes the "
                "shape that you tell it.",
                shows=lambda lines: lines.uses("zeros_like"),
            ),
            Mistake(
                "not-whole-numbers-compared",
                lambda labels, classes: (np.linspace(0, classes, classes).reshape(-1, 1) == labels).astype(float),
                "`linspace(0, classes, classes)` ends at {classes}, so its steps are no whole ones. `arange(classes)` "
                "counts the classes.",
                shows=lambda lines: lines.uses("linspace"),
            ),
            Mistake(
                "number-of-classes-compared",
                lambda labels, classes: (classes == labels).astype(float),
                "You compare each label with {classes}, the number of classes. Compare it with each class: all of "
                "them, one below the other, from 0.",
            ),
            Mistake(
                "one-column-filled",
                lambda labels, classes: np.isin(np.arange(classes), labels)[:, np.newaxis] * np.eye(1, labels.size),
                "For labels {labels} all your 1s stand in the first column. Each example has a column of its own.",
            ),
            Mistake(
                "counted-from-one",
                lambda labels, classes: (np.arange(1, classes + 1).reshape(-1, 1) == labels).astype(float),
                "For labels {labels} your array is {yours}: every row stands one class too high. Class 0 is the first "
                "row.",
            ),
            Mistake(
                "classes-from-the-labels",
                lambda labels, classes: (np.arange(labels.max() + 1).reshape(-1, 1) == labels).astype(float),
                "For labels {labels} and {classes} classes your array is {yours}: a row for the labels that happen to "
                "be there. In a small batch the largest class may be missing; its row is needed all the same.",
            ),
            Mistake(
                "classes-from-the-labels",
                lambda labels, classes: (np.unique(labels).reshape(-1, 1) == labels).astype(float),
                "For labels {labels} and {classes} classes your array is {yours}: a row for the labels that happen to "
                "be there. In a small batch the largest class may be missing; its row is needed all the same.",
            ),
            Mistake(
                "classes-from-the-number",
                lambda labels, classes: (np.arange(labels.size).reshape(-1, 1) == labels).astype(float),
                "For labels {labels} and {classes} classes your array is {yours}: a row for every example. There is "
                "one for every class.",
            ),
            Slip(
                "row-for-column",
                ((".reshape(-1, 1)", ""),),
                "The counted classes lie in a row, beside the labels. Stand them up: a column "
                "against a row gives every pair.",
            ),
            Slip(
                "row-for-column",
                (("np.arange(classes).reshape(-1, 1) == labels", "labels == np.arange(classes)"),),
                "The counted classes lie in a row, beside the labels. Stand them up: a column "
                "against a row gives every pair.",
            ),
            Slip(
                "as-many-columns-as-classes",
                (("return (np.arange(classes).reshape(-1, 1) == labels).astype(float)",
                  "found = np.zeros((classes, classes))\n    found[labels[0], np.arange(labels.shape[1])] = 1.0\n"
                  "    return found"),),
                "Your array has as many columns as classes. Each example has a column: `labels.shape[1]` of them.",
                shows=lambda lines: lines.times("(classes, classes)") > 0 or lines.uses("eye", "identity"),
            ),
            Slip(
                "as-many-examples-as-classes",
                (("return (np.arange(classes).reshape(-1, 1) == labels).astype(float)",
                  "found = np.zeros((classes, labels.shape[1]))\n    for number in range(classes):\n"
                  "        found[labels[0, number], number] = 1.0\n    return found"),),
                "Your loop goes through as many examples as there are classes. How many examples there are is for "
                "`labels` to say.",
                shows=lambda lines: lines.has(ast.For),
            ),
            Mistake(
                "whole-rows",
                lambda labels, classes: np.isin(np.arange(classes), labels)[:, np.newaxis] * np.ones(labels.shape),
                "For labels {labels} whole rows of your array are 1, for every example. Each column has one 1, in the "
                "row of its own label.",
            ),
            Mistake(
                "cold",
                lambda labels, classes: (np.arange(classes).reshape(-1, 1) != labels).astype(float),
                "For labels {labels} your array is {yours}: it is 0 where the class is right and 1 everywhere else.",
            ),
            Mistake(
                "label-for-one",
                lambda labels, classes: (np.arange(classes).reshape(-1, 1) == labels) * labels * 1.0,
                "For labels {labels} your array is {yours}: it holds the label itself where a 1 belongs. For the label "
                "0 nothing is seen at all.",
            ),
            Mistake(
                "up-to-the-label",
                lambda labels, classes: (np.arange(classes).reshape(-1, 1) <= labels) * 1.0,
                "For labels {labels} your array is {yours}: each column is 1 from the top down to its label. Only the "
                "row of the label has a 1.",
            ),
            Mistake(
                "from-the-label-on",
                lambda labels, classes: (np.arange(classes).reshape(-1, 1) >= labels) * 1.0,
                "For labels {labels} your array is {yours}: each column is 1 from its label down to the end. Only the "
                "row of the label has a 1.",
            ),
            Mistake(
                "kept-from-before",
                still_there,
                "For labels {labels} your array has more than one 1 in a column: those of an earlier call are still in "
                "it. Make a new array of zeros in each call.",
            ),
            Mistake(
                "one-digit-only",
                lambda labels, classes: (np.arange(classes).reshape(-1, 1) == labels % 10).astype(float),
                "For labels {labels} and {classes} classes your array is {yours}: of a label only the last digit "
                "counts. There may be more than ten classes.",
            ),
            Mistake(
                "even-or-odd",
                lambda labels, classes: (np.arange(classes).reshape(-1, 1) == labels % 2).astype(float),
                "For labels {labels} your 1s stand in the rows 0 and 1 alone: `% 2` asks whether a label is even. "
                "Each label has a row of its own.",
                shows=lambda lines: lines.has(ast.Mod),
            ),
            Mistake(
                "upside-down",
                lambda labels, classes: (np.arange(classes)[::-1].reshape(-1, 1) == labels).astype(float),
                "For labels {labels} your array is {yours}: class 0 has the last row. It is the first one.",
            ),
        ),
        hints=(
            "The cell above writes the column 0, 1, 2, 3 by hand. NumPy counts too.",
            "`np.arange(classes)` is flat. `reshape(-1, 1)` stands it up.",
            "The comparison gives True and False; `astype(float)` makes numbers of them.",
        ),
        praise="Ten rows for ten digits: the shape that ten outputs have.",
    ),
    Answer(
        number="14.3",
        title="Shares by hand",
        names=("first_share", "third_share"),
        tolerance=0.006,
        together=(
            ((0.4, 0.2), "powers-of-two", "0.4 and 0.2: have you rounded to one place? Give two or more. Or are they "
             "2 / 5 and 1 / 5, the shares with powers of 2? Powers of *e* are asked for."),
            ((0.212, 0.576), "minus-in-the-power", "The powers have a minus, e⁻¹, e⁻¹ and e⁰: so the smallest z has "
             "the largest share. The power is e to the z as it stands."),
            ((0.731, 0.5), "sigmoid", "These are 1 / (1 + e⁻ᶻ), the sigmoid of each z by itself, and add up to more "
             "than 1. What divides here is the sum of all three powers."),
            ((0.476, 0.048), "powers-of-ten", "These are 10 / 21 and 1 / 21, the shares with powers of 10: in Python "
             "`1e1` is 10. Powers of *e* = 2.718 are asked for."),
            ((1.0, 0.368), "by-the-largest", "You divide by the largest of the powers, 2.718. It is the sum of the "
             "three that divides."),
            ((0.5, 0.184), "third-left-out", "0.5, the second as much, and 0.184 add up to more than 1: the third "
             "number's power, e⁰ = 1, is not in your sum."),
        ),
        wrong={
            "first_share": (
                (0.468, "z-doubled", "`first_share` = {yours}: every z has been doubled. The power is e¹, not e²."),
                (0.845, "both-together", "`first_share` = {yours}: so much do the first and the second have together. "
                 "Each has its own share."),
                (1.359, "plain-sum", "`first_share` = {yours}: below the line stands the sum of the z. It is the sum "
                                     "of their powers of e."),
                (0.2447, "the-table's", "`first_share` = {yours}: divided by 11.107, the sum of the table. Here the "
                                        "sum is another."),
                (0.3333, "all-alike", "`first_share` = {yours}: so it is where all z are equal. The third is smaller "
                                      "here."),
                (0.155, "swapped", "`first_share` = {yours} is the share of the third. The first has the larger z."),
                (
                    4.718,
                    "brackets-missing",
                    "`first_share` = {yours}: only the first number below the line divides. The sum needs its "
                    "brackets.",
                ),
                (0.211, "halved", "`first_share` = {yours}: half of it. Is a z counted twice in the sum?"),
                (
                    0.5,
                    "without-the-exponential",
                    "`first_share` = {yours} leaves nothing for the third. What is shared are the powers of e, "
                    "and e to the power of 0 is 1.",
                ),
                (0.665, "the-table's", "`first_share` = {yours} is the table's, of z = (2, 1, 0). Here z is another."),
                (0.576, "second-as-zero", "`first_share` = {yours}: in the sum the second z counts as 0. It is 1, like "
                 "the first."),
                (0.368, "power-of-the-sum", "`first_share` = {yours}: e to the power of the sum stands below the line. "
                 "It is the sum of the three powers."),
                (2.718, "not-divided", "`first_share` = {yours} is e to the power of 1. A share is a part of the sum."),
                (0.731, "one-left-out", "`first_share` = {yours}: one of the two ones is missing in the sum."),
            ),
            "third_share": (
                (0.422, "swapped", "`third_share` = {yours} is the share of the first. The third has the smaller z."),
                (
                    0.5777,
                    "rest",
                    "`third_share` = {yours}: what the first leaves is for the second and the third together.",
                ),
                (0.078, "rest", "`third_share` = {yours}: is that 0.5 − 0.422? All three together are 1, and the "
                 "second has as much as the first."),
                (0.0, "e-to-the-zero", "`third_share` = {yours}: e to the power of 0 is not 0. Look into the table."),
                (0.212, "second-as-zero", "`third_share` = {yours}: in the sum the second z counts as 0. It is 1."),
                (0.135, "power-of-the-sum", "`third_share` = {yours}: e to the power of the sum stands below the line. "
                 "It is the sum of the three powers."),
                (0.2447, "the-table's", "`third_share` = {yours} is in the table, of z = 1. The third z is 0 here."),
                (1.0, "not-divided", "`third_share` = {yours} is e to the power of 0. A share is a part of the sum."),
                (0.269, "one-left-out", "`third_share` = {yours}: one of the two ones is missing in the sum."),
                (0.09, "the-table's", "`third_share` = {yours} is the table's. Here the sum is another one."),
            ),
        },
        hints=(
            "Write down e to the power of each of the three. Two of them are the same.",
            "The sum is 2.718 + 2.718 + 1.",
            "2.718 / 6.436, and 1 / 6.436.",
        ),
        praise="Equal z, equal shares, and e times as much as for a z that is smaller by 1.",
    ),
    Exercise(
        number="14.4",
        title="Softmax, both ways",
        piece="Softmax",
        call=run_softmax,
        whole=("z",),
        cases=COLUMNS,
        beside=lambda Softmax: added_below(Softmax(), 1e-10, "One thing to know: for") or kept_besides(Softmax()),
        mistakes=(
            *(
                Mistake(
                    "largest-not-taken-away",
                    both_ways(of_sums(lambda z, of=of: shares_of(np.exp(z - of(z, axis=0))))),
                    "Your shares are {yours} for z = {z}: `argmax` gives the *place* of the largest z, 0, 1 or 2. Take "
                    "the z itself away.",
                    shows=lambda lines: lines.uses("argmax", "argmin"),
                )
                for of in (np.argmax, np.argmin)
            ),
            Mistake(
                "back-through-the-logarithm",
                both_ways(backward=lambda z, g: g - shares(z) * g.sum(axis=0, keepdims=True)),
                "Your backward gives {yours}: the wish, less the share times all wishes added up. That is the way back "
                "through the *logarithm* of the shares. Here it is share times wish minus average.",
            ),
            Mistake(
                "own-share-times-all",
                both_ways(backward=lambda z, g: shares(z) * (g - shares(z) * g.sum(axis=0, keepdims=True))),
                "In your `backward` each class has an average of its own: its share times all wishes added up. Each "
                "wish counts with *its* share: multiply first, and add up then.",
            ),
            Mistake(
                "first-example-for-all",
                both_ways(backward=lambda z, g: shares(z)[:, :1] * (g - (shares(z)[:, :1] * g).sum(axis=0))),
                "In your `backward` the shares of the first example stand for those of all. Each example has its own.",
            ),
            Mistake(
                "shares-of-the-wishes",
                both_ways(backward=lambda z, grad_output: back(grad_output, grad_output)),
                "Your `backward` makes shares of the wishes. The shares are there already, in `self.output`, made of "
                "z.",
            ),
            *(
                Mistake(
                    "taken-away-once",
                    both_ways(of_sums(rule)),
                    f"The largest z is taken away {where} the line and not {other} it, so the shares of an example do "
                    "not add up to 1. Take it away first, then use what is left in both places.",
                )
                for rule, where, other in (
                    (lambda z: np.exp(z - z.max(axis=0)) / np.exp(z).sum(axis=0), "above", "below"),
                    (lambda z: np.exp(z) / np.exp(z - z.max(axis=0)).sum(axis=0), "below", "above"),
                )
            ),
            Mistake(
                "divided-by-the-length",
                both_ways(lambda z: shares(z) / np.sqrt((shares(z) ** 2).sum(axis=0))),
                "You divide by the root of the sum of squares, so the squares add up to 1. Shares add up to 1 "
                "themselves: divide by their sum.",
            ),
            Mistake(
                "largest-in-size",
                both_ways(of_sums(lambda z: shares_of(np.exp(z - np.abs(z).max(axis=0))))),
                "You take away the z that is largest in *size*, without its sign. −1000 and −1001 become −2001 and "
                "−2002 so, and their powers are all 0. Take the largest z itself.",
                shows=lambda lines: lines.uses("abs", "absolute", "fabs"),
            ),
            Mistake(
                "taken-away-when-large",
                both_ways(of_sums(lambda z: shares_of(np.exp(np.where(z.max(axis=0) > 700, z - z.max(axis=0), z))))),
                "You take the largest z away only where it is large. Where all z of a column lie far below 0, all "
                "their powers are 0, and so is the sum. Take it away always.",
                shows=lambda lines: lines.has(ast.Compare) or lines.uses("where", "maximum", "clip", "initial"),
            ),
            Mistake(
                "divided-for-taken-away",
                both_ways(of_sums(lambda z: shares_of(np.exp(z / z.max(axis=0))))),
                "You *divide* by the largest z. Then the differences between the z are others, and so are the shares. "
                "It is to be taken away.",
            ),
            Mistake(
                "over-all-examples",
                both_ways(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum()),
                NO_AXIS,
            ),
            Mistake(
                "over-all-examples",
                both_ways(of_sums(lambda z: np.exp(z) / np.exp(z).sum())),
                NO_AXIS,
            ),
            Mistake(
                "along-the-examples",
                both_ways(of_sums(lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))),
                "Your shares are {yours}: each *row* adds up to 1. One column is one example, and its classes share "
                "the whole.",
            ),
            *(
                Mistake(
                    "without-the-exponential",
                    both_ways(of_sums(wrong)),
                    "Your shares are {yours}: parts of the sum of the z themselves. What is shared are the powers of "
                    "e, and they are all positive.",
                )
                for wrong in (
                    lambda z: z / z.sum(axis=0),
                    lambda z: z / z.sum(),
                    lambda z: (z - z.max(axis=0)) / (z - z.max(axis=0)).sum(axis=0),
                    lambda z: (z - z.min(axis=0)) / (z - z.min(axis=0)).sum(axis=0),
                    lambda z: np.abs(z) / np.abs(z).sum(axis=0),
                )
            ),
            *(
                Mistake(
                    "powers-above-only",
                    both_ways(of_sums(lambda z, moved=moved: np.exp(moved(z)) / moved(z).sum(axis=0))),
                    "Your shares are {yours}: above the line stand the powers of e, and below it the sum of the z "
                    "themselves. It is the sum of the powers.",
                )
                for moved in (lambda z: z - z.max(axis=0), lambda z: z)
            ),
            *(
                Mistake(
                    "logarithm-of-the-shares",
                    both_ways(of_sums(of)),
                    "Your shares are {yours}: their logarithms. The logarithm belongs to the loss; here the shares "
                    "themselves are asked for.",
                )
                for of in (lambda z: z - z.max(axis=0) - np.log(np.exp(z - z.max(axis=0)).sum(axis=0)),
                           lambda z: np.log(shares(z)))
            ),
            Mistake(
                "largest-takes-all",
                both_ways(lambda z: (z == z.max(axis=0)).astype(float)),
                "Your shares are {yours}: the class with the largest z has all, the others nothing. Softmax shares "
                "out: each class has its power, divided by the sum of all.",
            ),
            Mistake(
                "sigmoid",
                both_ways(of_sums(lambda z: 1 / (1 + np.exp(-z)))),
                "Your shares are {yours}: that is the sigmoid, each z by itself. They do not add up to 1: what divides "
                "a power is the sum of all powers of its column.",
            ),
            Mistake(
                "along-the-examples",
                both_ways(lambda z: shares(z.T).T),
                "Your shares are {yours}: each *row* adds up to 1. One column is one example, and its classes share "
                "the whole.",
            ),
            Mistake(
                "one-shift-for-all",
                both_ways(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=0)),
                "Your shares are {yours}. You took one and the same number from all columns: where that is too much "
                "for one, its powers are all 0. Each column has a largest z of its own.",
            ),
            Slip(
                "fixed-number-taken-away",
                (("z.max(axis=0, keepdims=True)", "1000.0"),),
                "You take 1000 away from every z. That suits a column whose largest z is near 1000; of smaller ones "
                "all powers are 0. Each column has a largest z of its own.",
                shows=lambda lines: lines.times("1000") + lines.times("1000.0") > 0,
            ),
            Slip(
                "smallest-taken-away",
                (("z.max(", "z.min("),),
                "You take away the *smallest* z of each column: what stands 1000 above it is still "
                "too much for a float. Take away the largest.",
            ),
            Slip(
                "mean-taken-away",
                (("z.max(", "z.mean("),),
                "You take away the mean of each column: what stands 1000 above it is still too much for a float. Take "
                "away the largest.",
            ),
            Slip(
                "clipped",
                (("np.exp(z - z.max(axis=0, keepdims=True))", "np.exp(np.clip(z, -700, 700))"),),
                "z is cut off, so that z of 999 and 1001 get equal shares. Only differences count; what can be "
                "taken away from all?",
            ),
            *(
                Slip(
                    "e-by-hand",
                    (("np.exp(", f"{number} ** ("),),
                    f"Your e is {number}. It has many more digits, and `np.exp` has them all.",
                )
                for number in ("2.7", "2.71", "2.72", "2.718", "2.7183")
            ),
            Slip(
                "largest-along-the-examples",
                (("z.max(axis=0", "z.max(axis=1"),),
                "You take away the largest of each *row*. One column is one example, with a largest z of its own.",
            ),
            Slip(
                "sum-along-the-examples",
                (("powers.sum(axis=0", "powers.sum(axis=1"),),
                "You divide by the sum of each *row*. One column is one example, and its classes share the whole.",
            ),
            Slip(
                "examples-mixed",
                (("(self.output * grad_output).sum(axis=0, keepdims=True)", "self.output.T @ grad_output"),),
                "The average in your `backward` is made with `@`, which takes each example together with every other: "
                "(m, m) numbers. Multiply place by place, and add up each column.",
                shows=lambda lines: lines.has(ast.MatMult) or lines.uses("dot", "matmul"),
            ),
            Slip(
                "average-along-the-examples",
                (("grad_output).sum(axis=0", "grad_output).sum(axis=1"),),
                "The average in your `backward` runs over the examples, axis 1. Each column has its own: axis 0.",
            ),
            Slip(
                "mean-for-sum",
                (("grad_output).sum(axis=0", "grad_output).mean(axis=0"),),
                "In your `backward` the average is divided by the number of classes. The shares have the weights in "
                "them already: share times wish, added up.",
            ),
            Slip(
                "divided-by-m",
                (("(grad_output - average)", "(grad_output - average) / grad_output.shape[1]"),),
                "Your `backward` divides by the number of examples. That comes once, in the gradients of the weights.",
            ),
            Slip(
                "added-for-taken-away",
                (("grad_output - average", "grad_output + average"),),
                "Your `backward` adds the average. It is taken away from the wish.",
            ),
            Slip(
                "shortcut",
                (("self.output * (grad_output - average)", "self.output - grad_output"),),
                "Your `backward` gives p minus what came in. That is the shortcut for labels; here wishes come in.",
            ),
            Slip(
                "one-minus-share",
                (
                    (
                        "self.output * (grad_output - average)",
                        "self.output * (1 - self.output) * (grad_output - average)",
                    ),
                ),
                "Your `backward` has 1 − p in it, from the sigmoid's slope. The average takes its place here.",
            ),
            Mistake(
                "largest-not-taken-away",
                both_ways(rough),
                "Your shares are {yours} for z = {z}: e to the power of 1000 is too large for a float. Only "
                "differences count; what can be taken away first?",
            ),
            Mistake(
                "largest-not-taken-away",
                both_ways(lambda z: np.nan_to_num(rough(z))),
                "Your shares are {yours} for z = {z}, and add up to 0: e to the power of 1000 is too large for a "
                "float, and the nan that comes of it has been made 0. Only differences count; what can be taken away "
                "first?",
            ),
            Mistake(
                "taken-away-too-late",
                both_ways(of_sums(lambda z: shares_of(np.exp(z) - np.exp(z).max(axis=0)))),
                "Your shares are {yours}: the largest is taken away from the powers. Take it away from the z, before "
                "the powers are made.",
            ),
            *(
                Mistake(
                    "other-base",
                    both_ways(lambda z, base=base: shares(z * np.log(base))),
                    f"Your shares are {{yours}}: made of powers of {base}. Powers of e are asked for, as `np.exp` "
                    "gives them.",
                )
                for base in (10, 2)
            ),
            *(
                Mistake(
                    "signs-lost",
                    both_ways(of_sums(lambda z, of=of: of(-np.abs(z)))),
                    "Your shares are {yours} for z = {z}: powers of −|z|. So a class with z = 2 gets less than one "
                    "with z = 0. Take the largest z away from each; nothing else is needed.",
                )
                for of in (shares, lambda z: shares_of(np.exp(z)))
            ),
            Mistake(
                "not-divided",
                both_ways(lambda z: np.exp(z - z.max(axis=0))),
                "Your shares are {yours}: the powers themselves. They do not add up to 1 yet.",
            ),
            Mistake(
                "each-on-its-own",
                both_ways(backward=lambda z, g: g * shares(z) * (1 - shares(z))),
                "Your backward gives {yours}: p (1 − p) is the slope of the sigmoid, one number at a time. Here "
                "every z moves every share.",
            ),
            Mistake(
                "average-missing",
                both_ways(backward=lambda z, g: shares(z) * g),
                "Your backward gives {yours}: share times wish. What does a wish count when all others wish the same?",
            ),
            Mistake(
                "plain-average",
                both_ways(backward=lambda z, g: shares(z) * (g - g.mean(axis=0))),
                "Your backward gives {yours}: the average is one where every class counts alike. A large share weighs "
                "more.",
            ),
            Mistake(
                "average-over-examples",
                both_ways(backward=lambda z, g: shares(z) * (g - (shares(z) * g).sum() / z.shape[1])),
                "Your backward gives {yours}: one average for all examples together. Each column has an average wish "
                "of its own: say along which axis is added up.",
            ),
            Mistake(
                "divided-by-the-largest",
                both_ways(lambda z: shares(z / np.abs(z).max(axis=0))),
                "Your shares are {yours}: each z was divided by the largest size in its column. The shares stay what "
                "they are if the largest z is *taken away*; divided, other differences are left.",
            ),
            Mistake(
                "added-up-apart",
                both_ways(backward=lambda z, g: shares(z) * (g - g.sum(axis=0))),
                "Your backward gives {yours}: in the average each wish counts in full. It counts with its share: "
                "multiply first, class by class, and add up then.",
            ),
            Mistake(
                "average-over-examples",
                both_ways(backward=lambda z, g: shares(z) * (g - (shares(z) * g).sum())),
                "Your backward gives {yours}: one average for all examples. Each column has its own.",
            ),
            *(
                Mistake(
                    "share-for-average",
                    both_ways(backward=lambda z, g, sign=sign: sign * shares(z) * (g - shares(z))),
                    "Your backward gives {yours}: each wish is compared with its own share. It is compared with the "
                    "average wish of its column.",
                )
                for sign in (1, -1)
            ),
            Mistake(
                "largest-for-average",
                both_ways(backward=lambda z, g: shares(z) * (g - g.max(axis=0))),
                "Your backward gives {yours}: each wish is compared with the largest of its column. It is compared "
                "with the average wish.",
            ),
            Mistake(
                "share-missing",
                both_ways(backward=lambda z, g: g - (shares(z) * g).sum(axis=0)),
                "Your backward gives {yours}: how far each wish is from the average. It is still to be multiplied by "
                "something.",
            ),
            Mistake(
                "shares-and-wishes-exchanged",
                both_ways(backward=lambda z, g: g * (shares(z) - (shares(z) * g).sum(axis=0))),
                "Your backward gives {yours}: the wish multiplies, and the average is taken away from the share. It is "
                "the other way round: share times (wish − average).",
            ),
            Mistake(
                "rest-for-share",
                both_ways(backward=lambda z, g: (1 - shares(z)) * (g - (shares(z) * g).sum(axis=0))),
                "Your backward gives {yours}: wish minus average is multiplied by 1 − p. It is multiplied by the share "
                "itself.",
            ),
            Mistake(
                "two-averages",
                both_ways(backward=lambda z, g: shares(z) * (g - shares(z).mean(axis=0) * g.mean(axis=0))),
                "Your backward gives {yours}: the mean of the shares times the mean of the wishes. Multiply first, "
                "class by class; then add up.",
            ),
            *(
                Mistake(
                    "average-alone",
                    both_ways(backward=lambda z, g, keeps=keeps: (shares(z) * g).sum(axis=0, keepdims=keeps)),
                    "Your backward gives {yours}, one number for each example: the average wish. What reaches a z is "
                    "its share times what its own wish is above that.",
                )
                for keeps in (True, False)
            ),
            Mistake(
                "wish-missing",
                both_ways(backward=lambda z, g: -shares(z) * (shares(z) * g).sum(axis=0)),
                "Your backward gives {yours}: minus the share times the average. The wish itself is not in the "
                "bracket: wish − average.",
            ),
            Mistake(
                "passed-through",
                both_ways(backward=lambda z, g: g * 1.0),
                "Your backward gives {yours}: exactly what came in. That is right only behind a shortcut; this one "
                "goes the whole way.",
            ),
            Mistake(
                "sign",
                both_ways(backward=lambda z, g: -back(z, g)),
                "Your backward gives {yours}: the average minus the wish. A wish above the average should come out "
                "with its own sign.",
            ),
        ),
        hints=(
            "Forward: three steps. Take away the largest of each column, then the powers, then divide by their sum.",
            "`axis=0` runs down a column, over the classes; with `keepdims=True` the result is a row, (1, m).",
            "Backward: first the average, one number a column, from `self.output * grad_output`; then share times "
            "(wish − average).",
        ),
        praise="It takes z = 1000 without a warning, and the way back adds up to 0 in every column.",
    ),
    Exercise(
        number="14.5",
        title="Cross-entropy for many classes",
        piece="CategoricalCrossEntropy",
        call=run_loss,
        whole=("labels",),
        cases=ANSWERS,
        examples="labels",
        mistakes=(
            *(
                Slip(
                    "minus-for-e",
                    (("np.maximum(given, 1e-300)", f"np.maximum(given, {typed})"),
                     ("np.maximum(output, 1e-300)", f"np.maximum(output, {typed})")),
                    f"`{typed}` is {short(value)}, and no share is smaller: so nothing is kept from 0. The small "
                    "number is written with an e, `1e-300`.",
                    shows=lambda lines, typed=typed: lines.times(typed),
                )
                for typed, value in (("1 - 300", -299), ("10 - 300", -290))
            ),
            Slip(
                "infinite-at-zero",
                (("np.maximum(given, 1e-300)", "given"),),
                "Where the right class has a share of exactly 0 the loss is infinite. One such image, and the whole "
                "network is nan.",
            ),
            Slip(
                "infinite-at-zero",
                (("np.maximum(output, 1e-300)", "output"),),
                "Where a share is exactly 0 the gradient is no finite number. One such image, and the whole network is "
                "nan.",
            ),
            Slip(
                "infinite-at-zero",
                (("labels / np.maximum(output, 1e-300)", "np.where(labels > 0, labels / output, 0.0)"),),
                "Where the right class has a share of exactly 0 the gradient is infinite. One such "
                "image, and the whole network is nan.",
            ),
            Slip(
                "infinite-at-zero",
                (("np.maximum(given, 1e-300)", "given"), ("np.maximum(output, 1e-300)", "output")),
                "Where a share is exactly 0, loss and gradient are no finite numbers. One such image, and the whole "
                "network is nan.",
            ),
            *(
                Slip(
                    "zero-times-infinity",
                    ((LOGARITHM_LAST, "        return -(labels * np.log(output)).sum(axis=0).mean()\n"), *besides),
                    "Where a share is exactly 0, its logarithm is minus infinity, and 0 times that is nan: so the loss "
                    "is nan, even where only a wrong class has such a share. Keep it finite.",
                )
                for besides in ((), (("np.maximum(output, 1e-300)", "output"),))
            ),
            *(
                Slip(
                    "nan-hidden",
                    ((LOGARITHM_LAST, "        return np.nan_to_num(-(labels * np.log(output)).sum(axis=0).mean())\n"),
                     *besides),
                    "Where a share is exactly 0, 0 times its logarithm is nan, and `nan_to_num` makes 0 of that: a "
                    "loss of 0, as if every answer were right. Keep the share above 0 instead.",
                    shows=lambda lines: lines.uses("nan_to_num"),
                )
                for besides in ((), (("-labels / np.maximum(output, 1e-300)", "np.nan_to_num(-labels / output)"),))
            ),
            Slip(
                "guard-too-large",
                (("1e-300", "1e300"),),
                "Every share has become 1e300, a number with 301 digits. The minus is missing: 1e-300 is a very small "
                "one.",
            ),
            *(
                Slip(
                    "small-shares-changed",
                    ((before, before.replace("1e-300", guard)),),
                    f"{where} small share is not the one that came: yours is never smaller than about {guard}. What "
                    f"keeps the {what} finite should change no other share.",
                )
                for before, where, what in (
                    ("1e-300", "A", "loss"),
                    ("np.maximum(given, 1e-300)", "In your loss a", "loss"),
                    ("np.maximum(output, 1e-300)", "In your gradient a", "gradient"),
                )
                for guard in GUARDS
            ),
            Slip(
                "logarithm-for-slope",
                (("-labels / np.maximum(output, 1e-300)", "-labels * np.log(np.maximum(output, 1e-300))"),),
                "Your gradient holds the surprises themselves. It is their slope that is asked for: how fast each of "
                "them falls as the share grows.",
            ),
            Slip(
                "other-logarithm",
                (("np.log(", "np.log2("),),
                "Your loss counts in another logarithm, that to the base 2. `np.log` is the natural one.",
            ),
            Slip(
                "other-logarithm",
                (("np.log(", "np.log10("),),
                "Your loss counts in another logarithm, that to the base 10. `np.log` is the natural one.",
            ),
            Slip(
                "chosen-for-right",
                (("(labels * output).sum(axis=0)", "output.max(axis=0)"),),
                "Your loss is the surprise at the class with the largest share, whatever the label says. It is to be "
                "the one at the *right* class.",
            ),
            Slip(
                "one-for-each-example",
                ((".mean()", ""),),
                "Your loss is one number for each example. The mean over them was asked for.",
            ),
            Slip(
                "slope-for-yes-or-no",
                (
                    (
                        "-labels / np.maximum(output, 1e-300)",
                        "(output - labels) / np.maximum(output * (1 - output), 1e-300)",
                    ),
                ),
                "Your gradient is the slope for yes or no, at each class. Here it is minus the label by the share, "
                "and 0 for the wrong classes.",
            ),
            Slip(
                "slope-for-yes-or-no",
                (
                    (
                        "-labels / np.maximum(output, 1e-300)",
                        "(np.clip(output, 1e-300, 1 - 1e-16) - labels) / (np.clip(output, 1e-300, 1 - 1e-16) "
                        "* (1 - np.clip(output, 1e-300, 1 - 1e-16)))",
                    ),
                ),
                "Your gradient is the slope for yes or no, at each class. Here it is minus the label by the share, "
                "and 0 for the wrong classes.",
            ),
            Slip(
                "slope-for-yes-or-no",
                (("-labels / np.maximum(output, 1e-300)", "(output - labels) / (output * (1 - output))"),),
                "Your gradient is the slope for yes or no, at each class. Here it is minus the label by the share, "
                "and 0 for the wrong classes.",
            ),
            Slip(
                "slope-is-the-product",
                (("-labels / np", "-labels * np"),),
                "Your gradient multiplies by the share. The slope of a logarithm is one *by* it.",
            ),
            Slip(
                "labels-and-shares-swapped",
                (("-labels / np.maximum(output, 1e-300)", "-output / np.maximum(labels, 1e-300)"),),
                "In your gradient labels and shares are swapped.",
            ),
            Mistake(
                "sum-not-mean",
                loss_of(lambda o, y: -np.log((y * o).sum(axis=0)).sum()),
                "Your loss is {yours}: added up over the examples. With twice as many it would be twice as large.",
            ),
            Mistake(
                "log-of-the-sum",
                loss_of(lambda o, y: -np.log((y * o).sum()) / o.shape[1]),
                "Your loss is {yours}: the shares of all examples are added up before the logarithm. Each example has "
                "a logarithm of its own: which axis counts the classes?",
            ),
            *(
                Mistake(
                    "loss-of-lesson-04",
                    loss_of(yes_or_no(low, high), survives=float(low > 0 and high < 1)),
                    "Your loss is {yours}: that of lesson 04, for yes or no, at each class. Here there is one whole "
                    "for all classes, and only the share of the right one counts.",
                )
                for low, high in (
                    (0.0, 1.0),
                    (1e-300, 1.0),
                    (1e-300, 1 - 1e-16),
                    *((float(guard), 1 - float(guard)) for guard in GUARDS),
                )
            ),
            *(
                Mistake(
                    "squared-error",
                    loss_of(wrong),
                    "Your loss is {yours}: the squared error. The surprise at the right class was asked for, minus "
                    "the logarithm of its share.",
                )
                for wrong in (lambda o, y: ((y - o) ** 2).mean(), lambda o, y: ((y - o) ** 2).sum(axis=0).mean())
            ),
            *(
                Mistake(
                    "logarithm-before-the-sum",
                    loss_of(of_sums(wrong), survives=survives),
                    f"Your loss is {'{yours}' if survives else 'infinite'}: the logarithm is taken of each product, "
                    "and all but one of them are 0. Add up first, over the classes; then comes the logarithm.",
                    shows=sums_logarithms,
                )
                for wrong, survives in (
                    (lambda o, y: np.inf * y.any(), 0.0),
                    *(
                        (lambda o, y, low=low: -np.log(np.maximum(y * o, low)).sum(axis=0).mean(), 1.0)
                        for low in (1e-300, *map(float, GUARDS))
                    ),
                )
            ),
            Mistake(
                "labels-and-shares-swapped",
                loss_of(of_sums(lambda o, y: -(o * np.log(y)).sum(axis=0).mean()), survives=0.0),
                "Your loss is infinite: labels and shares are swapped. Most labels are 0, and have no logarithm.",
                shows=takes_log_of_labels,
            ),
            *(
                Mistake(
                    "labels-and-shares-swapped",
                    loss_of(lambda o, y, low=low: -(o * np.log(np.maximum(y, low))).sum(axis=0).mean()),
                    "Your loss is {yours}: it takes the logarithm of the labels. Labels and shares are swapped.",
                    shows=takes_log_of_labels,
                )
                for low in (1e-300, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7)
            ),
            Mistake(
                "first-row-for-classes",
                loss_of(lambda o, y: -np.log(np.maximum(
                    o[y[0].astype(int), np.arange(y.shape[1])], 1e-300)).mean()),
                "Your loss is {yours}: the first row of `labels` is taken for the numbers of the classes. It holds 0 "
                "and 1: the right class of an example is the row in which its column has the 1.",
            ),
            *(
                Mistake(
                    "labels-left-out",
                    loss_of(lambda o, y, wrong=wrong: wrong(-np.log(np.maximum(o, 1e-300)))),
                    "Your loss is {yours}: the surprise at *every* class, whatever the label says. Only the share of "
                    "the right class counts.",
                )
                for wrong in (np.mean, lambda all_: all_.sum(axis=0).mean(), np.sum)
            ),
            Mistake(
                "classes-mixed",
                loss_of(lambda o, y: -np.log(np.maximum(y @ o.T, 1e-300)).mean()),
                "Your loss is {yours}: `labels @ output.T` puts the labels of each class on the shares of *every* "
                "class. Multiply place by place, and add up over the classes.",
                shows=lambda lines: lines.has(ast.MatMult) or lines.uses("dot", "matmul"),
            ),
            Mistake(
                "examples-mixed",
                loss_of(lambda o, y: -np.log(y.T @ np.maximum(o, 1e-300)).mean()),
                "Your loss is {yours}: `labels.T @ output` puts the label of each example on the shares of *all* "
                "examples. Multiply place by place, and add up over the classes.",
                shows=lambda lines: lines.has(ast.MatMult) or lines.uses("dot", "matmul"),
            ),
            Mistake(
                "rest-for-share",
                loss_of(lambda o, y: -np.log((y * np.maximum(1 - o, 1e-300)).sum(axis=0)).mean()),
                "Your loss is {yours}: the surprise at 1 − p, what is left for the others. It is the one at the share "
                "of the right class.",
            ),
            Mistake(
                "exponential-for-logarithm",
                loss_of(lambda o, y: np.exp(-(y * o).sum(axis=0)).mean()),
                "Your loss is {yours}: e to the power of minus the share. The surprise is minus its *logarithm*.",
            ),
            Mistake(
                "first-example-only",
                loss_of(lambda o, y: -np.log(np.maximum((y * o).sum(axis=0), 1e-300))[0]),
                "Your loss is {yours}, that of the first example alone. The mean of all was asked for.",
            ),
            Mistake(
                "rows-for-places",
                loss_of(lambda o, y: -np.log(np.maximum(o[y.argmax(axis=0)], 1e-300)).mean()),
                "Your loss is {yours}: of each right class the whole row of shares is taken, those of all examples. "
                "Each example has one share at its right class: row *and* column have to be said.",
                shows=lambda lines: lines.uses("argmax", "nonzero", "where"),
            ),
            Mistake(
                "no-logarithm",
                loss_of(lambda o, y: 1 - (y * o).sum(axis=0).mean()),
                "Your loss is {yours}: what the share of the right class lacks to 1. The surprise is minus its "
                "*logarithm*.",
            ),
            Mistake(
                "right-class-alone",
                loss_of(gradient=lambda o, y: -1 / np.maximum((y * o).sum(axis=0, keepdims=True), 1e-300)),
                "Your gradient is {yours}, one row: the slope for the right class. Every class has a row, and in those "
                "of the wrong ones stands 0.",
            ),
            Mistake(
                "mean-over-the-classes-too",
                loss_of(lambda o, y: mean_surprise(o, y) / len(y)),
                "Your loss is {yours}: the mean over examples *and* classes. The classes are added up, for only one of "
                "them is not 0.",
            ),
            Mistake(
                "sign",
                loss_of(lambda o, y: -mean_surprise(o, y)),
                "Your loss is {yours}, a negative one. The logarithm of a share is negative; a loss is not.",
            ),
            Mistake(
                "logarithm-last",
                loss_of(lambda o, y: -np.log((y * o).sum(axis=0).mean())),
                "Your loss is {yours}: the logarithm of the mean. Each example has its surprise first, and then "
                "comes the mean.",
            ),
            *(
                Mistake(
                    "wrong-classes-too",
                    loss_of(wrong),
                    "Your loss is {yours}: that is the loss for yes or no, at each class. Here only the right class "
                    "counts; the others are in the sum of the shares already.",
                )
                for wrong in (
                    lambda o, y: added_up(
                        y * np.log(np.maximum(o, 1e-300)) + (1 - y) * np.log(np.maximum(1 - o, 1e-300))),
                    *(yes_or_no(low, 1 - low, added_up) for low in CLIPS),
                )
            ),
            Mistake(
                "shortcut-in-the-loss",
                loss_of(gradient=lambda o, y: o - y),
                "Your gradient is {yours}: p − y. That is what reaches z, *after* softmax. The slope for a share is "
                "another one; what p − y does here you will see below.",
            ),
            Mistake(
                "shortcut-in-the-loss",
                loss_of(gradient=lambda o, y: (o - y) / y.shape[1]),
                "Your gradient is {yours}: p − y, by the number of examples. p − y is what reaches z, *after* softmax, "
                "and the division comes later still. The slope for a share is another one.",
            ),
            *(
                Mistake(
                    "shortcut-in-the-loss",
                    loss_of(gradient=lambda o, y, mean=mean: (y - o) / (y.shape[1] if mean else 1)),
                    "Your gradient is {yours}: p − y with the wrong sign. And p − y is what reaches z, *after* "
                    "softmax. The slope for a share is another one.",
                )
                for mean in (False, True)
            ),
            Mistake(
                "one-for-the-others",
                loss_of(gradient=lambda o, y: np.where(y == 1, slope(o, y), 1.0)),
                "Your gradient is {yours}: 1 for the wrong classes. Their shares are not in the loss: with another one "
                "it stays as it is, so its slope is 0.",
            ),
            *(
                Mistake(
                    "slope-for-yes-or-no",
                    loss_of(gradient=lambda o, y, low=low: slope_for_yes_or_no(np.clip(o, low, 1 - low), y)),
                    "Your gradient is the slope for yes or no, at each class. Here it is minus the label by the share, "
                    "and 0 for the wrong classes.",
                )
                for low in CLIPS
            ),
            Mistake(
                "label-taken-away",
                loss_of(gradient=lambda o, y: -1 / np.maximum(o, 1e-300) - y),
                "Your gradient is {yours}: the label is taken away from −1 / p. It belongs above the line: minus the "
                "label by the share.",
            ),
            Mistake(
                "gradient-sign",
                loss_of(gradient=lambda o, y: -slope(o, y)),
                "Your gradient is {yours}. If the right class gets a larger share the loss falls: its slope is "
                "negative.",
            ),
            Mistake(
                "divided-by-m",
                loss_of(gradient=lambda o, y: slope(o, y) / y.shape[1]),
                "Your gradient is {yours}: divided by the number of examples. Each example keeps its own slope; the "
                "division by m comes once, in the gradients of the weights.",
            ),
            Mistake(
                "divided-by-the-classes",
                loss_of(gradient=lambda o, y: slope(o, y) / len(y)),
                "Your gradient is {yours}: divided by the number of classes. Does your loss divide by it?",
            ),
            Mistake(
                "label-ignored",
                loss_of(gradient=lambda o, y: -1 / np.maximum(o, 1e-300)),
                "Your gradient is {yours}: every class wishes for more. Only the right one does.",
            ),
            *(
                Slip(
                    "small-shares-changed",
                    (("np.maximum(given, 1e-300)", f"(given + {guard})"), ("np.maximum(output, 1e-300)", divisor)),
                    "A small share is not the one that came: {guard} is added to it. What keeps the loss finite should "
                    "change no other share.".replace("{guard}", guard),
                )
                for guard in GUARDS
                for divisor in (f"(output + {guard})", "np.maximum(output, 1e-300)")
            ),
            *(
                Slip(
                    "small-shares-changed",
                    (("np.maximum(output, 1e-300)", f"(output + {guard})"),),
                    f"In your gradient a small share is not the one that came: {guard} is added to it. What keeps the "
                    "gradient finite should change no other share.",
                )
                for guard in GUARDS
            ),
            *(
                Slip(
                    "cut-off",
                    (("np.maximum(given, 1e-300)", f"np.clip(given, {guard}, 1 - {guard})"),
                     ("np.maximum(output, 1e-300)", f"np.clip(output, {guard}, 1 - {guard})")),
                    f"Your shares are cut off at {guard} below, and as far from 1 above. What keeps the loss finite "
                    "should change no other share.",
                )
                for guard in GUARDS[:3]
            ),
            *(
                Mistake(
                    "first-few",
                    loss_of(gradient=lambda o, y, count=count: np.vstack([slope(o, y)[:count], 0.0 * o[count:]])),
                    f"Your gradient is {{yours}}: it has no more than the first {count} classes in it. There may be "
                    "any number.",
                )
                for count in (2, 3, 4, 5, 10)
            ),
        ),
        hints=(
            "Given to the truth: multiply labels and shares, and add up down the column.",
            "Minus the logarithm for each example, then the mean. `np.maximum(…, 1e-300)` stands inside the logarithm.",
            "The gradient has the shape of the shares: minus the labels, divided by shares that are never 0.",
        ),
        praise="With ten equal shares it is log 10 = 2.303: what any network for ten digits should begin with.",
    ),
    Answer(
        number="14.6",
        title="What reaches z",
        names=("first_z", "second_z", "third_z"),
        together=(
            ((-0.5, 0.3, 0.2), "another-class", "You have taken 1 away from the share of the first class. The right "
             "class is another one: which has a wish that is not 0?"),
            ((0.0, 0.3, 0.0), "share-times-label", "These are share times label. Asked for is share times *wish minus "
             "average*, and the average wish is −1."),
            ((0.0, -2.333, 0.0), "label-for-share", "You multiply by the label. It is the share, 0.5, 0.3 or 0.2, that "
             "stands before wish minus average."),
            ((0.5, -1.633, 0.8), "rest-of-the-share", "You multiply by 1 minus the share. It is the share itself that "
             "stands before wish minus average."),
            ((0.5, 0.7, 0.8), "rest-of-the-share-alone", "These are 1 minus each share. What reaches a z is its share, "
             "times wish minus average."),
            ((0.25, 0.21, 0.16), "each-on-its-own", "These are p (1 − p), the slope of the sigmoid. Here every z moves "
             "every share: it is share times *wish minus average*."),
            ((-0.5, -0.7, -0.8), "one-from-every-share", "You have taken 1 away from every share. Only one class is "
             "the right one: which has a wish that is not 0?"),
            ((0.5, 0.3, -0.8), "another-class", "You have taken 1 away from the share of the third class. The right "
             "class is another one: which has a wish that is not 0?"),
        ),
        wrong={
            "first_z": (
                (
                    0.0,
                    "average-forgotten",
                    "`first_z` = {yours}: its wish is 0, but the average wish is −1. It is the difference that counts.",
                ),
                (-0.5, "sign", "`first_z` = {yours}. Wish minus average is 0 − (−1), times the share. Or is that label "
                 "minus output?"),
                (0.5556, "plain-mean", "`first_z` = {yours}: the average wish is taken as a plain mean. Each wish "
                 "counts by its share: 0.3 · (−3.333)."),
                (1.6667, "sum-for-average", "`first_z` = {yours}: the average wish is taken as −3.333, all wishes "
                 "added up. Each wish counts by its share: 0.3 · (−3.333)."),
                (1.0, "share-missing", "`first_z` = {yours}: the share multiplies all of wish minus average, in "
                 "brackets."),
            ),
            "second_z": (
                (
                    -1.0,
                    "average-forgotten",
                    "`second_z` = {yours}: 0.3 · (−3.333). The average has not been taken away.",
                ),
                (-2.333, "share-missing", "`second_z` = {yours}: that is wish minus average. Times the share!"),
                (-0.3, "minus-the-share", "`second_z` = {yours} is minus its share. What reaches it is the share "
                 "minus 1."),
                (-1.3, "sign", "`second_z` = {yours}. Taking away −1 is adding 1."),
                (0.3, "the-share", "`second_z` = {yours} is its share. The label pulls at this one."),
            ),
            "third_z": (
                (0.0, "average-forgotten", "`third_z` = {yours}: its wish is 0, but the average wish is −1."),
                (1.0, "share-missing", "`third_z` = {yours}: that is wish minus average. Times the share!"),
            ),
        },
        hints=(
            "The average is −1. Wish minus average: 0 + 1 for the first and the third.",
            "For the second: −3.333 + 1 = −2.333.",
            "Each of them times its share: 0.5, 0.3, 0.2.",
        ),
        praise="0.5, −0.7, 0.2: shares minus labels, number by number.",
    ),
    Prediction(
        number="14.7",
        title="The shortcut, twice",
        right="d",
        options={
            "a": "p − y has the shape of p: everything fits.",
            "b": "Both factors are at most 1. Nothing grows.",
            "c": "The direction is a downhill one, though not of the loss on the screen.",
            "d": "it learns, and in the mean is one or two images in a hundred worse. No message, no warning.",
        },
        hints=(
            "Which numbers are multiplied with which? Can they become large?",
            "Softmax's backward keeps the signs as they should be.",
            "Think of the published line in lesson 08.",
        ),
        praise="The most expensive mistakes are those that work.",
    ),
    Prediction(
        number="14.8",
        title="Four pixels to the right",
        right="a",
        options={
            "a": "about 260; by guessing it would be 100.",
            "b": "So it is after two or three pixels. At four most of the ink is where other digits have theirs.",
            "c": "That is what you would do. The network has never seen a digit there.",
        },
        hints=(
            "Which weight sees the middle of the digit now?",
            "A stroke of the pen is two or three pixels wide.",
            "A weight belongs to a pixel, not to a part of the digit.",
        ),
        praise="That is why images are centred first, and why convolutional networks were invented.",
    ),
    Choice(
        number="14.9",
        title="Recall: both or neither",
        right="a",
        options={
            "a": "Each output answers its own yes or no, whatever the other says.",
            "b": "Softmax's outputs add up to 1: with both in the picture each would get a half, with neither too.",
            "c": "A ReLU can say 7.3. A probability lies between 0 and 1.",
        },
        hints=(
            "Must the two outputs add up to 1?",
            "They are two questions, not one.",
            "Lesson 03 had a bend for one yes-or-no question.",
        ),
        praise="One question with many answers: softmax. Many questions: a sigmoid each.",
    ),
    Choice(
        number="14.10",
        title="Recall: divide once",
        right="b",
        options={
            "a": "The gradient of the loss is each example's own; divided here and once more below, it is too small.",
            "b": "grad_weights and grad_bias are means over the batch, and nothing else is.",
            "c": "The step takes the gradient as it is, whatever the batch was.",
        },
        hints=(
            "Lesson 07: exactly once.",
            "Which arrays have no column for each example any more?",
            "A matrix product with the inputs adds up over the examples; that sum is to become a mean.",
        ),
        praise="Once for the mean, once for the shortcut: much of backprop is counting to one.",
    ),
)
