"""The exercises of lesson 08, Trust nothing."""

import inspect
from dataclasses import replace
from functools import cache

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Prediction, Slip, Spoilt
from lessons.checks.judge.compare import Finding, close, numeric, short

LOSSES = {
    "the sum of all cubes": lambda vector: float((vector**3).sum()),
    "the product of the first two": lambda vector: float(vector[0] * vector[1]),
    "exp of the last, plus the first squared": lambda vector: float(np.exp(vector[-1]) + vector[0] ** 2),
    "a root that ends at 0": lambda vector: float(vector[0] + np.sqrt(-vector[1])),
    "the squares, each times its place": lambda vector: float((np.arange(1, len(vector) + 1) * vector**2).sum()),
}
STEP = 1e-5  # the ε that the function takes where nobody gives one
SLOPES = (
    {"loss": "the sum of all cubes", "parameters": np.array([2.0, -1.0]), "index": 0, "epsilon": 0.1},
    {"loss": "the product of the first two", "parameters": np.array([3.0, 0.5, 7.0]), "index": 1, "epsilon": 0.01},
    {"loss": "the product of the first two", "parameters": np.array([-3.0, 0.5]), "index": 1, "epsilon": 0.05},
    {
        "loss": "exp of the last, plus the first squared",
        "parameters": np.array([0.5, 4.0, 1.0]),
        "index": 2,
        "epsilon": 0.2,
    },
    {"loss": "the sum of all cubes", "parameters": np.array([0.5, 3.0, 1.5]), "index": 1, "epsilon": STEP},
)
MANY = np.resize([0.5, -1.0, 0.25], 120)  # equal numbers, and slopes that are not
CHECKS = (
    {
        "loss": "the sum of all cubes",
        "parameters": np.array([2.0, -1.0]),
        "gradients": np.array([12.5, 3.0]),
    },
    {
        "loss": "exp of the last, plus the first squared",
        "parameters": np.array([0.5, 4.0, 1.0]),
        "gradients": np.array([1.0, 0.25, 1.0]),
    },
    {
        "loss": "the product of the first two",
        "parameters": np.array([3.0, 0.5]),
        "gradients": np.array([-0.5, -3.0]),
    },
    {
        "loss": "the sum of all cubes",
        "parameters": np.array([0.75, -1.25, 0.5]),
        "gradients": np.zeros(3),
    },
    {  # the first slope alone, and all but the last, give different errors
        "loss": "the sum of all cubes",
        "parameters": np.array([0.75, -1.25, 0.5]),
        "gradients": np.array([1.5, 5.0, 0.5]),
    },
    {
        "loss": "the product of the first two",
        "parameters": np.array([3.0, -0.5]),
        "gradients": np.array([-0.5, 3.1]),
    },
    {  # the last slope is the most wrong, and the further on the more, so that a part tells how far it goes
        "loss": "the squares, each times its place",
        "parameters": MANY,
        "gradients": 2 * np.arange(1, 121) * MANY + 1e-4 * np.arange(120)**2 + 30.0 * (np.arange(120) == 119),
    },
    *({  # the most wrong stands elsewhere: whoever picks places at random does not find it each time
        "loss": "the squares, each times its place",
        "parameters": MANY,
        "gradients": 2 * np.arange(1, 121) * MANY + 20.0 * (np.arange(120) == place),
    } for place in (6, 43, 71, 98)),
)


def measured(loss, parameters, epsilon, index=None, back=None, by=2.0, every=False):
    """A slope, with one of the usual slips if it is asked for."""
    function, up, down = LOSSES[loss], parameters.copy(), parameters.copy()
    where = slice(None) if every else index
    up[where] += epsilon
    down[where] -= epsilon if back is None else back
    return (function(up) - function(down)) / (by * epsilon)


def all_slopes(loss, parameters, epsilon=1e-5):
    return np.array(_slopes(loss, tuple(parameters), epsilon))


@cache
def _slopes(loss, parameters, epsilon):
    given = np.array(parameters)
    return tuple(measured(loss, given, epsilon, index) for index in range(len(given)))


def run_slope(central_difference, loss, parameters, index, epsilon):
    """The slope; with an ε of 0.00001 the function is left to take its own, which is that."""
    if epsilon != STEP:
        return central_difference(LOSSES[loss], parameters, index, epsilon)
    value = central_difference(LOSSES[loss], parameters, index)
    given = getattr(inspect.signature(central_difference).parameters.get("epsilon"), "default", STEP)
    if given != STEP and not close(value, measured(loss, parameters, STEP, index)):
        text = f"Called without an `epsilon` your function takes {short(given)}, and the slope that comes out is "
        text += f"{short(value, 6)} where {short(measured(loss, parameters, STEP, index), 6)} was expected. In the "
        raise Spoilt(Finding("other-default", f"{text}exercise the first line says `epsilon=1e-5`."))
    if close(value, measured(loss, parameters, STEP, index)):
        small = central_difference(lambda vector: 2.5e-17 * vector[0], np.zeros(2), 0, 0.5)
        if not is_about(small, 2.5e-17):
            text = f"Where the slope is 2.5e-17 your function says {short(small)}. Small slopes are slopes: late in a "
            raise Spoilt(Finding("small-is-not-zero", text + "training all of them are small. Leave it as it is."))
    return value


def is_about(value, right):
    """One number, and no more than twice or less than half the right one: so small a number has few digits."""
    array = numeric(value)
    return array is not None and array.size == 1 and bool(0.5 * right < array.ravel()[0] < 2 * right)


def run_check(gradient_check, loss, parameters, gradients):
    """The error; where it is right for many, one that is tiny is asked for too."""
    value = gradient_check(LOSSES[loss], parameters, gradients)
    if len(parameters) == len(MANY) and close(value, error(gradients, all_slopes(loss, parameters))):
        times = np.array([1.0, 2.0, 4.0])
        small = gradient_check(lambda vector: float(times @ vector), np.zeros(3), times + np.array([0, 0, 8e-12]))
        if not is_about(small, 1e-12):
            text = f"For gradients that are wrong in their twelfth digit you say {short(small)}, 1e-12 was expected. "
            text += "How near two are is what the error tells, so a tiny one comes back as it is. What is small "
            raise Spoilt(Finding("small-is-not-zero", text + "enough, whoever reads it decides."))
    return value


def error(a, b):
    size = np.abs(a).max() + np.abs(b).max()
    return np.abs(a - b).max() / size if size else 0.0


def ratio(analytic, measured, size, of=np.max):
    return of(np.abs(analytic - measured)) / size if size else 0.0


def signed(analytic, measured, of=np.abs):
    size = of(analytic).max() + of(measured).max()
    return (analytic - measured).max() / size if size else 0.0


def floored(small):
    return lambda analytic, measured: np.abs(analytic - measured).max() / max(
        np.abs(analytic).max() + np.abs(measured).max(), small)  # fmt: skip


def of_first(loss, parameters, gradients, count):
    """Somebody compares no more than so many."""
    return error(gradients[:count], all_slopes(loss, parameters)[:count])


def of_some(loss, parameters, gradients, kept):
    """Somebody compares the places `kept(gradients)`."""
    return error(gradients[kept(gradients)], all_slopes(loss, parameters)[kept(gradients)])


def one_sided(loss, parameters):
    function = LOSSES[loss]
    return np.array([(function(parameters + step) - function(parameters)) / STEP
                     for step in STEP * np.eye(len(parameters))])  # fmt: skip


def by_value(loss, parameters, gradients, last=False):
    """The place of each parameter is looked up by its value, and the first equal one, or the `last`, is found."""
    order = range(len(parameters)) if last else reversed(range(len(parameters)))
    place = {parameters[index]: index for index in order}
    return error(gradients, all_slopes(loss, parameters)[[place[one] for one in parameters]])


def at_first_places(loss, parameters, gradients):
    """The same, where each slope is also put where its value was found: the other places stay 0."""
    slopes = np.zeros(len(parameters))
    first = np.unique(parameters, return_index=True)[1]
    slopes[first] = all_slopes(loss, parameters)[first]
    return error(gradients, slopes)


def moved(given, by):
    parameters = given["parameters"].copy()
    parameters[given["index"]] += by
    return parameters


def norms(analytic, measured):
    size = np.linalg.norm(analytic) + np.linalg.norm(measured)
    return np.linalg.norm(analytic - measured) / size if size else 0.0


def or_zero(when):
    """A relative error that is 0 wherever `when(analytic, measured)` says so."""
    return lambda analytic, measured: 0.0 if when(analytic, measured) else error(analytic, measured)


def each_by_its_own(analytic, measured, none=1e-300):
    return np.max(np.abs(analytic - measured) / np.maximum(np.abs(analytic) + np.abs(measured), none))


def each_with(small):
    return lambda analytic, measured: np.max(
        np.abs(analytic - measured) / (np.abs(analytic) + np.abs(measured) + small))  # fmt: skip


def each_or_nan(analytic, measured):
    """The same, where 0 by 0 is asked about only if all numbers are 0."""
    if not analytic.any() and not measured.any():
        return 0.0
    with np.errstate(invalid="ignore"):
        return each_by_its_own(analytic, measured, none=0.0)


def and_unguarded(*mistakes):
    """The mistakes, and each of them made by who has not thought of numbers that are all 0."""
    def of_zeros(made):
        return lambda analytic, measured: made(analytic, measured) if analytic.any() or measured.any() else np.nan

    return *mistakes, *(replace(one, wrong=of_zeros(one.wrong)) for one in mistakes)


ONE_DEAD = (
    lambda a, m: not a.any() or not m.any(),
    lambda a, m: not a.any(),
    lambda a, m: not m.any(),
)
ONE_ZERO = (
    lambda a, m: (a == 0).any() and (m == 0).any(),
    lambda a, m: (a == 0).any(),
    lambda a, m: (m == 0).any(),
    lambda a, m: (a == 0).any() or (m == 0).any(),
    lambda a, m: ((a == 0) & (m == 0)).any(),
    lambda a, m: a[0] == m[0] == 0,
    lambda a, m: a.max() == m.max() == 0,
    lambda a, m: a.max() + m.max() == 0,
)
ONE_SMALL = (  # all of them, those of one vector, the differences
    lambda a, m: abs(a).max() + abs(m).max() < 1e-9,
    lambda a, m: min(abs(a).max(), abs(m).max()) < 1e-9,
    lambda a, m: abs(a - m).max() < 1e-9,
    lambda a, m: np.allclose(a, m) and abs(a).max() < 1e-9,
)


def at_that_place(analytic, measured):
    """The largest difference by the two numbers that differ so much."""
    apart = np.abs(analytic - measured)
    size = (np.abs(analytic) + np.abs(measured))[apart.argmax()]
    return apart.max() / size if size else 0.0


def signs_kept(analytic, measured):
    size = abs(analytic.max()) + abs(measured.max())
    return abs((analytic - measured).max()) / size if size else 0.0


EXERCISES = (
    Prediction(
        number="08.1",
        title="Three networks after 500 steps",
        right="b",
        options={
            "a": "The frozen layers at least stand still, and the last layer can rely on them.",
            "b": "the published line ends highest: worse than hidden layers that never move.",
            "c": "They are close in the first steps, and then they part.",
        },
        hints=(
            "What does the last layer need from the layers below it, to learn?",
            "The published line moves the hidden layers. Does it move them downhill?",
            "A random direction, taken 500 times: is that better or worse than standing still?",
        ),
        praise="Moving in a wrong direction can be worse than not moving.",
    ),
    Answer(
        number="08.2",
        title="Two ways to measure",
        names=("one_side", "both_sides"),
        wrong={
            "one_side": (
                (0.1261, "multiplied", "`one_side` = {yours}: the rise is multiplied by the way. It is divided by it."),
                (
                    0.61,
                    "error-for-slope",
                    "`one_side` = {yours} is how far the slope is from 12. The slope itself is asked for.",
                ),
                (
                    -70.739,
                    "brackets-missing",
                    "`one_side` = {yours}: only the second number is divided. The difference needs its brackets.",
                ),
                (72.61, "no-power", "`one_side` = {yours}: the 2 in it is w itself. L(2) is w³, so 2 · 2 · 2."),
                (-27.39, "slope-for-loss", "`one_side` = {yours}: 12 stands for L(2). That is the slope; L(2) is 2³."),
                (32.61, "product-for-power", "`one_side` = {yours}: there 2³ is 6. It is 2 · 2 · 2."),
                (12.0, "formula", "`one_side` = {yours} is what the formula says. What do the two numbers say?"),
                (1.261, "not-divided", "`one_side` = {yours} is the rise. How long is the way it was measured over?"),
                (6.305, "divided-by-both", "`one_side` = {yours}: divided by 0.2. From one side the way is 0.1 long."),
                (11.41, "other-side", "`one_side` = {yours} is measured downwards, from 1.9 to 2."),
                (4.1, "square-for-cube", "`one_side` = {yours}: L(w) is taken as w². It is w³, w · w · w."),
                (172.61, "sum-for-rise", "`one_side` = {yours}: the two losses are added. The rise is how much higher "
                 "the one is than the other."),
            ),
            "both_sides": (
                (0.4804, "multiplied", "`both_sides` = {yours}: the rise is multiplied by the way. It is divided by "
                 "it."),
                (6.005, "way-doubled", "`both_sides` = {yours}: divided by 0.4. The whole way, from 1.9 to 2.1, is "
                 "0.2."),
                (24.02, "one-way", "`both_sides` = {yours}: how long is the way from 1.9 to 2.1?"),
                (2.402, "not-divided", "`both_sides` = {yours} is the rise. How long is the way?"),
                (-25.034, "brackets-missing", "`both_sides` = {yours}: only the second number is divided. The "
                 "difference needs its brackets."),
                (4.0, "square-for-cube", "`both_sides` = {yours}: L(w) is taken as w². It is w³, w · w · w."),
                (80.6, "sum-for-rise", "`both_sides` = {yours}: the two losses are added. The rise is how much higher "
                 "the one is than the other."),
                (12.0, "formula", "`both_sides` = {yours} is what the formula says. What does the measurement say?"),
            ),
        },
        hints=(
            "2³ = 8.",
            "One side: 9.261 − 8, divided by 0.1.",
            "Both sides: 9.261 − 6.859, divided by 0.2.",
        ),
        praise="0.61 too much from one side, 0.01 from both, with the same ε.",
    ),
    Exercise(
        number="08.3",
        title="The central difference",
        piece="central_difference",
        what="your slope",
        cases=SLOPES,
        call=run_slope,
        unchanged="`parameters` must be the same afterwards: put the old number back, or move a copy.",
        mistakes=(
            Mistake("one-sided", lambda **g: measured(**g, back=0.0, by=1.0),
                    "Your slope is {yours}: it is measured from the middle upwards only. Exercise 08.2 shows what that "
                    "costs."),
            Mistake("one-sided-halved", lambda **g: measured(**g, back=0.0),
                    "Your slope is {yours}: you go up, but not down, and yet you divide by the way of both."),
            Mistake("downwards-only", lambda **g: (LOSSES[g["loss"]](g["parameters"]) - LOSSES[g["loss"]](
                    moved(g, -g["epsilon"]))) / g["epsilon"],
                    "Your slope is {yours}: it is measured from below to the middle only."),
            Mistake("half-a-step", lambda **g: measured(**g | {"epsilon": g["epsilon"] / 2}),
                    "Your slope is {yours}: the parameter is moved up and down by half of ε. In the formula each of "
                    "the two ways is ε long."),
            Mistake("second-difference", lambda **g: (
                    measured(**g, back=0.0, by=1.0) - measured(**g | {"epsilon": -g["epsilon"]}, back=0.0, by=1.0)
                    ) / g["epsilon"],
                    "Your slope is {yours}: both losses, less twice the one in the middle, divided by ε². That says "
                    "how fast the slope changes. The slope is how much higher the one loss is than the other, divided "
                    "by the way."),
            Mistake("two-missing", lambda **g: measured(**g, by=1.0),
                    "Your slope is {yours}, twice too large: how long is the way from down to up?"),
            Mistake("epsilon-missing-below", lambda **g: measured(**g) * g["epsilon"],
                    "Your slope is {yours}: divided by 2 alone. The way from down to up is 2ε long."),
            Mistake("divided-by-the-parameter", lambda **g: measured(**g) * g["epsilon"] / g["parameters"][g["index"]],
                    "Your slope is {yours}: divided by twice the parameter itself. The way from down to up is 2ε long, "
                    "wherever it begins."),
            *(Slip("others-moved-too", ((f"{side}[index] {sign}= epsilon", f"{side} {sign}= epsilon"),),
                   "Your slope is {yours}: on one side all parameters are moved. On both only the one at {index} "
                   "should be.")
              for side, sign in (("up", "+"), ("down", "-"))),
            Mistake("same-array", lambda **g: 0.0,
                    "Your slope is 0: both losses are the same. Are `up` and `down` two arrays, or two names for one?",
                    shows=lambda lines: not lines.uses("dtype", "int", "zeros_like")),
            Slip("step-of-its-own", (("up[index] += epsilon", "up[index] += 1e-5"),
                                     ("down[index] -= epsilon", "down[index] -= 1e-5")),
                 "Your slope is {yours}: the step is always 0.00001, and divided is by twice {epsilon}. Both are "
                 "`epsilon`."),
            Slip("all-from-there-moved", (("up[index] += epsilon", "up[index:] += epsilon"),
                                          ("down[index] -= epsilon", "down[index:] -= epsilon")),
                 "Your slope is {yours}: `[index:]` is all from that place on, and all of them are moved. Only the one "
                 "at {index} should."),
            Slip("all-up-to-there-moved", (("up[index] += epsilon", "up[:index + 1] += epsilon"),
                                           ("down[index] -= epsilon", "down[:index + 1] -= epsilon")),
                 "Your slope is {yours}: all up to that place are moved. Only the one at {index} should."),
            Slip("list-for-array", (("parameters.copy(), parameters.copy()", "list(parameters), list(parameters)"),),
                 "`loss` computes with a vector, and gets a list, which knows no powers. `parameters.copy()` gives a "
                 "vector that you may change."),
            Slip("half-the-digits", (("parameters.copy(), parameters.copy()",
                                      "parameters.astype(np.float32), parameters.astype(np.float32)"),),
                 "Without an ε of the caller's it is 0.00001, and your slope is {yours}: numbers of float32 have seven "
                 "digits, and of so small a step hardly two are left. Copy the vector as it is."),
            Mistake("brackets-missing", lambda **g: measured(**g) * g["epsilon"] ** 2,
                    "Your slope is {yours}: divided by 2 and then multiplied by {epsilon}. Does the whole of 2ε stand "
                    "below the line?"),
            Mistake("all-moved", lambda **g: measured(**g, every=True),
                    "Your slope is {yours}: all parameters have been moved at once. Only the one at {index} should."),
            Slip("others-moved", (("up[index] += epsilon", "up += epsilon; up[index] -= epsilon"),
                                  ("down[index] -= epsilon", "down -= epsilon; down[index] += epsilon")),
                 "Your slope is {yours}: all are moved but the one at {index}. That one alone should be."),
            Mistake("not-divided", lambda **g: measured(**g) * 2 * g["epsilon"],
                    "Your slope is {yours}: that is the rise alone. A slope is rise over way."),
            Slip("share-added", (("up[index] += epsilon", "up[index] *= 1 + epsilon"),
                                 ("down[index] -= epsilon", "down[index] *= 1 - epsilon")),
                 "Your slope is {yours}: the parameter is moved by a share of itself. Add `epsilon`, and take it "
                 "away."),
            Slip("one-number-handed-over", (("loss(up) - loss(down)", "loss(up[index]) - loss(down[index])"),),
                 "`loss` takes all parameters, and gets one number: move one of them, and hand over the whole vector."),
            Slip("set-not-moved", (("up[index] += epsilon", "up[index] = epsilon"),
                                   ("down[index] -= epsilon", "down[index] = -epsilon")),
                 "Your slope is {yours}: the parameter is set to ε and to −ε. In {parameters} it stands "
                 "elsewhere, and is moved by ε from there."),
            Mistake("moved-by-one", lambda **g: measured(**g | {"epsilon": 1.0}) / g["epsilon"],
                    "Your slope is {yours}: the parameter at {index} is moved by 1. Move it by ε, here {epsilon}."),
            Mistake("loss-forgotten", lambda **g: np.eye(len(g["parameters"]))[g["index"]],
                    "You get {yours}: the difference of the two vectors, over the way. The rise is the difference of "
                    "their losses."),
            Mistake("loss-forgotten", lambda **g: 1.0,
                    "You get {yours}: the difference of the two places, over the way. The rise is the difference of "
                    "their losses.", shows=lambda lines: not lines.has_call("loss")),
            Mistake("epsilon-ignored", lambda **g: measured(**g | {"epsilon": 1e-5}),
                    "Your slope is {yours}: it does not change with `epsilon`, which was {epsilon} here."),
        ),
        hints=(
            "Make two vectors: one with the parameter a little larger, one with it a little smaller.",
            "`parameters.copy()` makes a vector that may be changed. `up[index] += epsilon`.",
            "The difference of the two losses, over the whole way from down to up.",
        ),
        praise="It works for any function of a vector. It has never heard of networks.",
    ),
    Exercise(
        number="08.4",
        title="The relative error",
        nan_comes_out=True,
        piece="relative_error",
        what="your relative error",
        cases=(
            {"analytic": np.array([3.0, 1.0]), "measured": np.array([3.0, 0.9])},
            {"analytic": np.array([-0.002, 0.001, 0.0]), "measured": np.array([0.002, -0.001, 0.0005])},
            {"analytic": np.zeros(3), "measured": np.zeros(3)},
            {"analytic": np.array([3.0, -0.1]), "measured": np.array([0.25, -4.0])},
            {"analytic": np.array([-0.75, 0.1]), "measured": np.array([0.5, -0.125])},
            {"analytic": np.zeros(2), "measured": np.array([0.125, -0.5])},
            {  # the largest difference, ratio and numbers stand in three places
                "analytic": np.array([5.0, 0.2, -8.0]), "measured": np.array([4.0, 0.1, -8.0]),
            },
            # some numbers are 0 and some are not, in one place or in two; the largest are 0; sums are 0; one is dead
            {"analytic": np.array([0.0, -0.5, -1.0]), "measured": np.array([0.0, -0.5, -2.0])},
            {"analytic": np.array([1.0, 1.5, -1.0]), "measured": np.array([1.0, 1.5, -2.0])},  # the same without a 0
            {"analytic": np.array([0.0, 0.5, -0.5]), "measured": np.array([0.25, 0.0, -0.25])},
            {"analytic": np.array([1.5, -2.0]), "measured": np.array([-1.5, 2.0])},
            {"analytic": np.array([0.5, -0.25]), "measured": np.zeros(2)},
            {"analytic": np.array([1.0, 2.0]), "measured": np.array([1.0, 2.00001])},
            {"analytic": np.array([3e-14, -1e-14]), "measured": np.array([1e-14, 2e-14])},  # small is not 0
            {  # many, and each differs by more than the one before
                "analytic": np.resize([0.5, -0.25, 1.0], 120),
                "measured": np.resize([0.5, -0.25, 1.0], 120) + np.arange(120) / 1000,
            },
        ),
        mistakes=(*and_unguarded(
            Mistake("absolute", lambda analytic, measured: np.abs(analytic - measured).max(),
                    "Your relative error is {yours}: that is the difference itself. By the size of what?"),
            Mistake("signed", lambda analytic, measured: signed(analytic, measured),
                    "Your relative error is {yours}: the sign of the difference is in it. A difference of −0.1 is as "
                    "large as one of 0.1."),
            *(Mistake("first-two-only", made,
                      "For analytic {analytic} and measured {measured} you say {yours}: only the first two numbers are "
                      "compared. A vector has as many as there are parameters.")
              for made in (lambda analytic, measured: error(analytic[:2], measured[:2]),
                           lambda analytic, measured: ratio(
                               analytic[:2], measured[:2], np.abs(analytic).max() + np.abs(measured).max()))),
            *(Mistake("first-few", made,
                      "Your relative error is {yours}: of 120 numbers no more than the first " + f"{count} are "
                      "compared. A mistake further on would pass.")
              for count in (*range(3, 13), 15, 16, 20, 25, 30, 32, 50, 64, 100)
              for made in (lambda analytic, measured, count=count: error(analytic[:count], measured[:count]),
                           lambda analytic, measured, count=count: ratio(
                               analytic[:count], measured[:count], np.abs(analytic).max() + np.abs(measured).max()))),
            *(Mistake("one-minus", made,
                      "Your relative error is {yours}: 1 minus the error, how much they agree. Equal vectors have the "
                      "error 0.")
              for made in (lambda analytic, measured: 1 - error(analytic, measured),
                           lambda analytic, measured: (analytic.any() or measured.any()) * (1 - error(
                               analytic, measured)))),
            Mistake("one-size", lambda analytic, measured: ratio(analytic, measured, np.abs(analytic).max()),
                    "Your relative error is {yours}: the size should count the numbers of both vectors."),
            *(Mistake("each-by-its-own", one,
                      "Your relative error is {yours}: each difference is divided by its own two numbers. Asked for is "
                      "one size for the whole vector.")
              for one in (each_by_its_own, each_or_nan, *(each_with(10.0**-k) for k in (8, 9, 10, 12, 15)))),
            Mistake("sizes-at-that-place", lambda analytic, measured: at_that_place(analytic, measured),
                    "Your relative error is {yours}: the largest difference is divided by the two numbers at its own "
                    "place. The largest numbers of the vectors may stand elsewhere."),
            Mistake("sizes-compared", lambda analytic, measured: ratio(
                    np.abs(analytic), np.abs(measured), np.abs(analytic).max() + np.abs(measured).max()),
                    "Your relative error is {yours}: the difference of the sizes. 2 and −2 are 4 apart: take the "
                    "difference first, then its sign off."),
            Mistake("mean", lambda analytic, measured: ratio(
                    analytic, measured, np.abs(analytic).max() + np.abs(measured).max(), np.mean),
                    "Your relative error is {yours}: a mean of the differences. One wrong slope among thousands would "
                    "vanish in it."),
            Mistake("summed", lambda analytic, measured: ratio(
                    analytic, measured, np.abs(analytic).sum() + np.abs(measured).sum(), np.sum),
                    "Your relative error is {yours}: sums or means, where the largest numbers were asked for."),
            *(Mistake("small-number-besides", lambda analytic, measured, small=small: np.abs(
                    analytic - measured).max() / (np.abs(analytic).max() + np.abs(measured).max() + small),
                    "A small number is added below the line, and slopes that are small too get too small an error by "
                    "it. Ask whether all are 0, and leave the rest as it is.")
              for small in (np.finfo(float).eps, *(10.0**-k for k in range(3, 17)))),
            *(Mistake("size-from-below", floored(small),
                      "For analytic {analytic} and measured {measured} you say {yours}: what you divide by is never "
                      "less than a smallest number, and small slopes can be as wrong as large ones. Ask whether all "
                      "are 0, and leave the rest as it is.")
              for small in (10.0**-k for k in range(3, 14))),
            Mistake("largest-of-the-sums", lambda analytic, measured: ratio(
                    analytic, measured, (np.abs(analytic) + np.abs(measured)).max()),
                    "Your relative error is {yours}: the two are added up place by place before the largest is taken. "
                    "Each vector has a largest of its own."),
            Mistake("added-before-the-sizes", lambda analytic, measured: ratio(
                    analytic, measured, np.abs(analytic + measured).max()),
                    "Your relative error is {yours}: below the line the two vectors are added up with their signs, so "
                    "that slopes in opposite directions cancel. Take the signs off first."),
            Mistake("lengths", lambda analytic, measured: norms(analytic, measured),
                    "Your relative error is {yours}: made from the lengths of the vectors, roots of sums of squares. "
                    "The largest numbers were asked for."),
            Mistake("size-signed", lambda analytic, measured: ratio(
                    analytic, measured, analytic.max() + measured.max()),
                    "Your relative error is {yours}: below the line the largest numbers are taken with their signs. "
                    "Without its sign, a number below 0 can be the largest of all."),
            *(Mistake("zero-too-soon", or_zero(when),
                      "For analytic {analytic} and measured {measured} you say {yours}. The error is 0 where *all* "
                      "numbers of both are 0; one dead vector beside a living one is as wrong as can be.")
              for when in ONE_DEAD),
            *(Mistake("one-zero-is-enough", or_zero(when),
                      "For analytic {analytic} and measured {measured} you say {yours}. The error is 0 where *all* "
                      "numbers of both are 0, and here some are not.")
              for when in ONE_ZERO),
            *(Mistake("sum-of-zero", or_zero(when),
                      "For analytic {analytic} and measured {measured} you say {yours}. In a sum, numbers above and "
                      "below 0 cancel: it can be 0 though none of them is.")
              for when in (lambda a, m: a.sum() == m.sum() == 0, lambda a, m: a.sum() + m.sum() == 0,
                           lambda a, m: a.sum() == 0 or m.sum() == 0, lambda a, m: not (a + m).any())),
            *(Mistake("small-is-not-zero", or_zero(when),
                      "For analytic {analytic} and measured {measured} you say {yours}. Small slopes can be as wrong "
                      "as large ones: the error is 0 only where all numbers *are* 0.") for when in ONE_SMALL),
            Mistake("close-is-not-equal", or_zero(np.allclose),
                    "Where the two vectors are nearly equal you say 0. How near they are is just what the error "
                    "tells: it is 0 for equal ones alone."),
            Mistake("maxima-compared", lambda analytic, measured: ratio(
                    *(np.array([abs(one).max()]) for one in (analytic, measured)),
                    np.abs(analytic).max() + np.abs(measured).max()),
                    "Your relative error is {yours}: the largest number of the one is compared with the largest of "
                    "the other. First the differences, place by place, then the largest of them."),
            Mistake("maxima-compared", lambda analytic, measured: ratio(
                    *(np.array([one.max()]) for one in (analytic, measured)),
                    np.abs(analytic).max() + np.abs(measured).max()),
                    "Your relative error is {yours}: the largest number of the one is compared with the largest of "
                    "the other. First the differences, place by place, then the largest of them."),
            Mistake("larger-of-the-two", lambda analytic, measured: ratio(
                    analytic, measured, max(np.abs(analytic).max(), np.abs(measured).max())),
                    "Your relative error is {yours}: below the line stands the larger of the two sizes. Asked for is "
                    "their sum."),
            Mistake("signs-kept", lambda analytic, measured: signs_kept(analytic, measured),
                    "Your relative error is {yours}: the largest are taken among numbers with their signs. "
                    "Take the signs off first, all of them, then the largest."),
        ), Mistake("one-for-zeros", lambda analytic, measured: error(
                analytic, measured) if analytic.any() or measured.any() else 1.0,
            "For vectors that are all 0 you say {yours}. Those are equal, and equal vectors have the error 0.")),
        hints=(
            "`np.abs` makes all numbers positive, `.max()` takes the largest.",
            "Work out the size first: the largest of the one plus the largest of the other.",
            "If the size is 0, return 0.0 and divide by nothing.",
        ),
        praise="Between 0, the same, and 1, opposite, whatever the size of the slopes.",
    ),
    Exercise(
        number="08.5",
        title="Check a gradient",
        piece="gradient_check",
        nan_cases=({"loss": "a root that ends at 0", "parameters": np.array([1.0, 0.0, 2.0]),
                    "gradients": np.array([1.0, 1.0, 0.0])},),  # one slope of three is nan
        what="your relative error",
        unchanged="A check measures: at its end `parameters` and `gradients` hold what they held before.",
        cases=CHECKS,
        needs=("08.3", "08.4"),
        call=run_check,
        mistakes=(
            *(Mistake("place-by-value", made,
                      "You get {yours}: some of these parameters are equal, and the place is looked up by the value. "
                      "So one and the same is moved again and again, and the others never. Count the places: "
                      "`range(len(parameters))`.")
              for made in (by_value, lambda **case: by_value(**case, last=True), at_first_places)),
            Mistake("measured-upright", lambda loss, parameters, gradients: error(
                    gradients, all_slopes(loss, parameters)[:, np.newaxis]),
                    "You get {yours}: your slopes stand upright, in a column of shape (parameters, 1), so each "
                    "gradient is compared with every slope. Both vectors have the shape (parameters,)."),
            Mistake("lengths", lambda loss, parameters, gradients: norms(gradients, all_slopes(loss, parameters)),
                    "You get {yours}: made from the lengths of the vectors, roots of sums of squares. "
                    "`relative_error` takes the largest numbers."),
            *(Mistake("first-few", lambda count=count, **case: of_first(**case, count=count),
                      "You get {yours}: of 120 parameters no more than the first " + f"{count} have been compared. A "
                      "mistake further on would pass.")
              for count in (*range(3, 13), 15, 16, 20, 25, 30, 32, 50, 64, 100)),
            *(Mistake("some-places", lambda kept=kept, **case: of_some(**case, kept=kept),
                      "You get {yours}: " + words + " is compared. A mistake anywhere else would pass.")
              for kept, words in ((lambda gradients: slice(None, None, 2), "only every second place"),
                                  (lambda gradients: slice(1, None, 2), "only every second place"),
                                  (lambda gradients: [np.abs(gradients).argmax()], "the largest gradient alone"))),
            Mistake("one-sided", lambda loss, parameters, gradients: error(gradients, one_sided(loss, parameters)),
                    "You get {yours}: the slopes are measured from one side only, and such a curve bends away. "
                    "`central_difference` takes both."),
            Mistake("zeros-not-measured", lambda loss, parameters, gradients: error(
                    gradients, np.where(gradients != 0, all_slopes(loss, parameters), 0)),
                    "You get {yours}: where the gradient says 0 no slope is measured. Such a 0 may be just what is "
                    "wrong."),
            Mistake("first-only", lambda loss, parameters, gradients: error(
                    gradients[:1], all_slopes(loss, parameters)[:1]),
                    "You get {yours}: only the first parameter has been compared. A mistake further on would pass."),
            Mistake("first-only", lambda loss, parameters, gradients: error(
                    gradients, np.eye(len(parameters))[0] * all_slopes(loss, parameters)),
                    "You get {yours}: only the slope along the first parameter is measured. Each has one."),
            Mistake("last-not-measured", lambda loss, parameters, gradients: error(
                    gradients, np.append(all_slopes(loss, parameters)[:-1], 0)),
                    "You get {yours}: the slope along the last parameter is not measured, and 0 stands there. How far "
                    "does the loop go?", shows=lambda lines: not lines.returns_in_a_loop()),
            Mistake("last-only", lambda loss, parameters, gradients: error(
                    gradients[-1:], all_slopes(loss, parameters)[-1:]),
                    "You get {yours}: only the last parameter has been compared. A mistake before it would pass."),
            Mistake("first-left-out", lambda loss, parameters, gradients: error(
                    gradients[1:], all_slopes(loss, parameters)[1:]),
                    "You get {yours}: the first parameter has not been compared. Where does the loop begin?"),
            *(Mistake("signed", lambda loss, parameters, gradients, of=of, first=first: signed(
                    *(gradients, all_slopes(loss, parameters))[::first], of),
                    "You get {yours}: the sign of the difference is in it. A difference of −0.1 is as large as one of "
                    "0.1: your other function takes the signs off.")
              for of in (np.abs, np.positive) for first in (1, -1)),
            Mistake("last-left-out", lambda loss, parameters, gradients: error(
                    gradients[:-1], all_slopes(loss, parameters)[:-1]),
                    "You get {yours}: the last parameter has not been compared. How far does the loop go?"),
            *(Mistake("added-up", lambda loss, parameters, gradients, of=of: error(
                    of(gradients, keepdims=True), of(all_slopes(loss, parameters), keepdims=True)),
                    "You get {yours}: the gradients are made one number and the slopes another before they are "
                    "compared, so two mistakes can make up for each other. Compare place by place.")
              for of in (np.sum, np.mean)),
            Mistake("yes-or-no", lambda **g: False,
                    "You get {yours}: a yes or no. The relative error itself is asked for, a number."),
            Mistake("one-minus", lambda loss, parameters, gradients: 1 - error(
                    gradients, all_slopes(loss, parameters)),
                    "You get {yours}: 1 minus the relative error, how much they agree. The error itself is asked for."),
            Mistake("measured-with-itself", lambda **g: 0.0,
                    "You get 0 for a wrong gradient: what have you compared with what?"),
            Mistake("parameters-for-gradients", lambda loss, parameters, gradients: error(
                    parameters, all_slopes(loss, parameters)),
                    "You get {yours}: you have compared the slopes with the parameters themselves."),
            Mistake("nothing-measured", lambda loss, parameters, gradients: error(parameters, gradients),
                    "You get {yours}: the gradients compared with the parameters themselves. No slope is measured."),
            *(Mistake("absolute", lambda loss, parameters, gradients, of=of: of(np.abs(
                    gradients - all_slopes(loss, parameters))),
                    "You get {yours}: the difference itself. Your other function makes a relative error of it.")
              for of in (np.max, np.mean, np.sum)),
            Mistake("same-parameter", lambda loss, parameters, gradients: error(
                    gradients, np.full(len(parameters), all_slopes(loss, parameters)[0])),
                    "You get {yours}: the slope along the first parameter, compared with every gradient. Each gradient "
                    "has a measured slope of its own to be compared with."),
            Mistake("last-slope-only", lambda loss, parameters, gradients: error(
                    gradients, np.full(len(parameters), all_slopes(loss, parameters)[-1])),
                    "You get {yours}: the slope along the last parameter, compared with every gradient. Is each slope "
                    "kept, or does the next take its place?"),
            Mistake("one-slope-for-all", lambda loss, parameters, gradients: error(
                    gradients, np.full(len(parameters), all_slopes(loss, parameters).sum())),
                    "You get {yours}: one slope is measured, that of all parameters moved at once, and compared with "
                    "every gradient. Move one at a time, and keep each slope at its place."),
            Mistake("one-by-one", lambda loss, parameters, gradients: np.sum([error(
                    gradients[i:i + 1], one) for i, one in enumerate(all_slopes(loss, parameters)[:, np.newaxis])]),
                    "You get {yours}: the sum of an error for each parameter. Hand both whole vectors to "
                    "`relative_error`, once."),
            Mistake("one-by-one", lambda loss, parameters, gradients: np.mean([error(
                    gradients[i:i + 1], one) for i, one in enumerate(all_slopes(loss, parameters)[:, np.newaxis])]),
                    "You get {yours}: the mean of an error for each parameter. Hand both whole vectors to "
                    "`relative_error`, once."),
            Mistake("one-by-one", lambda loss, parameters, gradients: np.max([error(
                    gradients[i:i + 1], one) for i, one in enumerate(all_slopes(loss, parameters)[:, np.newaxis])]),
                    "You get {yours}: the largest of an error for each parameter. Hand both whole vectors to "
                    "`relative_error`, once."),
        ),
        hints=(
            "One slope for each index: `range(len(parameters))` gives them all.",
            "Gather them in a list, then `np.array(...)`.",
            "What is left is one call of `relative_error`.",
        ),
        praise="A tool for the rest of your life with networks, in two lines.",
    ),
    Prediction(
        number="08.6",
        title="A much smaller ε",
        right="b",
        options={
            "a": "Less of a corner is cut. But the two losses differ in their last digits alone, and those are "
            "rounded.",
            "b": "many times as large. 0.00001 lies in the valley: small enough not to cut corners, large enough not "
            "to drown in rounding.",
            "c": "The corners are gone. What is rounded in the two losses is not, and it is divided by 2ε.",
        },
        hints=(
            "A float64 has about 16 digits. How many of them change when a weight moves by ε?",
            "With a tiny ε the two losses agree in nearly all their digits. What is left of their difference?",
            "A long way cuts corners, a tiny one leaves rounding alone. Where is neither large?",
        ),
        praise="Two errors pull against each other, and the best ε stands between them.",
    ),
    Choice(
        number="08.7",
        title="Recall: twenty times too large",
        right="a",
        options={
            "a": "20 wishes were added up and never divided.",
            "b": "The minus changes a sign, not a size.",
            "c": "A missing slope changes some numbers and not others.",
        },
        hints=(
            "20 and 20: is that chance?",
            "Lesson 07: exactly once.",
            "A sum over the examples is m times their mean.",
        ),
        praise="m times too large, with m examples: the mean is missing.",
    ),
    Choice(
        number="08.8",
        title="Recall: the matrix of the way back",
        right="c",
        options={
            "a": "That is the way forward.",
            "b": "Errors arrive with 8 rows. With how many should they leave?",
            "c": "The same weights, turned.",
        },
        hints=(
            "What arrives has 8 rows, what leaves has 2.",
            "`weights.T @ dz`.",
            "Rows become columns.",
        ),
        praise="(2, 8) @ (8, m) is (2, m).",
    ),
)
