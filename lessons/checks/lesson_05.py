"""The exercises of lesson 05, Walk downhill."""

import ast

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Order, Prediction, Spoilt, gives_itself
from lessons.checks.judge.compare import Finding, close, compare, numeric
from lessons.checks.judge.errors import line_of


def valley(w):
    return (w - 2) ** 2


def slope(function, w, a_little):
    return (function(w + a_little) - function(w - a_little)) / (2 * a_little)


def cubic(w):
    return w**3 - w


def wave(w):
    return float(np.sin(3 * w))


SLOPES = (
    {"function": valley, "w": -1.0, "a_little": 0.001},
    {"function": cubic, "w": 1.5, "a_little": 0.01},
    {"function": wave, "w": 0.4, "a_little": 0.05},
    {"function": valley, "w": 3.14159, "a_little": 0.002},
    {"function": valley, "w": 0.0, "a_little": 0.001},
    {"function": valley, "w": 2.000123456, "a_little": 0.001},  # a small slope with many digits
)
STEPS = (
    {"parameters": np.array([1.0, -2.0, 0.5]), "gradients": np.array([10.0, -4.0, 1.0]), "learning_rate": 0.1},
    {"parameters": np.array([[0.5, 3.0], [-1.0, 2.0]]), "gradients": np.array([[2.0, -1.0], [0.5, 4.0]]),
     "learning_rate": 0.5},
    {"parameters": np.array([-1.0]), "gradients": np.array([-6.0]), "learning_rate": 0.1},
    {"parameters": np.array([0.12345, -1.23457]), "gradients": np.array([2.34567, 0.98765]), "learning_rate": 0.03},
    {"parameters": np.array([0.5, 0.5, -1.0, 0.5]), "gradients": np.array([0.0, 25.0, -0.5, 1.0]),
     "learning_rate": 1.5},
    {"parameters": np.array([0.25, -3.0]), "gradients": np.array([0.5, 0.25]), "learning_rate": 0.0},
    {"parameters": np.array([0.25, -3.0]), "gradients": np.zeros(2), "learning_rate": 0.1},
)  # fmt: skip
VECTORS = (
    {"learning_rate": 0.1, "start": np.array([1.0, -2.0, 0.5]), "gradients": np.array([10.0, -4.0, 1.0])},
    {"learning_rate": 2.0, "start": np.array([3.0, 0.25]), "gradients": np.array([0.5, -1.5])},
    {"learning_rate": 0.03, "start": np.array([[0.12345], [-1.23457]]), "gradients": np.array([[2.34567], [0.98765]])},
    {  # equal numbers, equal gradients, a gradient of 0
        "learning_rate": 0.2,
        "start": np.array([0.5, 0.0, 0.0, 0.5, 0.0]),
        "gradients": np.array([1.0, 0.0, 2.0, 3.0, 2.0]),
    },
)


def run_update(update, parameters, gradients, learning_rate):
    """One step, which must not give back the very array that came."""
    before = parameters.copy()
    value = update(parameters, gradients, learning_rate)
    if isinstance(value, np.ndarray) and np.shares_memory(value, parameters) and np.array_equal(value, before):
        text = "Where no step is made you give back the very array that came, under a second name: whoever changes "
        raise Spoilt(Finding("the-very-array", text + "the one later changes the other. Give back a new one."))
    return value


def by_value(values, take):
    """A step, where the place is looked up by a value: `values(parameters, gradients)` is where it is looked for."""

    def step(parameters, gradients, learning_rate):
        new, where = parameters.copy(), values(parameters, gradients).ravel().tolist()
        if take == "as it is now":
            for one, slope in zip(parameters.ravel().tolist(), gradients.ravel(), strict=True):
                new.flat[new.ravel().tolist().index(one)] = one - learning_rate * slope
            return new
        for one, slope in zip(where, gradients.ravel(), strict=True):
            new.flat[where.index(one)] -= learning_rate * slope
        return new

    return step


def until_zero(parameters, gradients, learning_rate):
    """A step that ends where a gradient is 0."""
    ended = np.cumsum(gradients.ravel() == 0).reshape(gradients.shape) > 0
    return parameters - learning_rate * np.where(ended, 0, gradients)


EQUAL = (
    "Some of the numbers in {start} or {gradients} are equal, and the place is looked up by the value: the first of "
    "them is moved each time, the others never. Move all of them in one line, or count the places."
)


def other_calls(SGD):
    """One optimiser with other gradients, then with another array; and two optimisers."""
    optimizer, first, second = SGD(0.1), np.array([1.0, 2.0]), np.array([[5.0], [6.0], [7.0]])
    optimizer.step(first, np.array([1.0, 1.0]))
    optimizer.step(first, np.array([3.0, -1.0]))
    if not close(first, np.array([0.6, 2.0])):
        text = "The second step comes with other gradients, and yours goes along those of the first. Use what comes in "
        raise Spoilt(Finding("first-gradients-kept", text + "with the call, and keep nothing of it."))
    try:
        optimizer.step(second, np.array([[1.0], [-1.0], [2.0]]))
    except Exception:  # made for an array of the first one's size
        second = first
    if not close(second, np.array([[4.9], [6.1], [6.8]])) or not close(first, np.array([0.6, 2.0])):
        text = "One optimiser steps many arrays, the weights and then the bias. The second array that yours gets is "
        raise Spoilt(Finding("first-array-kept", text + "not moved as the first: does the object keep it?"))
    slow, _, array = SGD(0.1), SGD(0.5), np.array([1.0])
    slow.step(array, np.array([1.0]))
    if not close(array, np.array([0.9])) and "learning_rate" not in vars(SGD):  # on the class: told of elsewhere
        text = "Two optimisers, made with the rates 0.1 and 0.5, share one: the first now steps with the rate of the "
        raise Spoilt(Finding("one-rate-for-all", text + "second. Each object keeps its own, `self.learning_rate`."))
    matrix, text = np.arange(6.0).reshape(2, 3), "With a vector all is right. With a matrix of shape (2, 3) "
    try:
        SGD(0.1).step(matrix, np.ones((2, 3)))
    except Exception as error:
        stopped = f"it stops with {type(error).__name__} in your line `{line_of(error)}`. "
        raise Spoilt(Finding("vectors-only", f"{text}{stopped}{MATRICES}")) from None
    if not close(matrix, np.arange(6.0).reshape(2, 3) - 0.1):
        raise Spoilt(Finding("vectors-only", f"{text}not every number makes its step. {MATRICES}"))


MATRICES = "The weights of a layer are one: in lesson 09 `step` gets them as they are."
LARGEST = 5  # numbers in the array that is tried last


def run_sgd(SGD, learning_rate, start, gradients):
    """Two steps with one optimiser: what is then in the array that it was given, and what it returned."""
    optimizer, shared = SGD(learning_rate), start.copy()
    optimizer.step(shared, gradients)
    returned = optimizer.step(shared, gradients)
    if returned is ...:
        return ...
    if numeric(returned) is None:  # no numbers at all: that comes before what the array holds
        finding = compare(returned, shared, what="what you return")
        raise Spoilt(Finding(finding.name, finding.says[:1].upper() + finding.says[1:]))
    gives_itself(returned, shared)
    if start.size == LARGEST and close(shared, start - 2 * learning_rate * gradients):
        other_calls(SGD)
    return {"the array you were given": shared, "what you return": returned}


def twice(rule):
    """A wrong optimiser that changes the array in place by `rule`, two times."""

    def run(learning_rate, start, gradients):
        shared = rule(rule(start, gradients, learning_rate), gradients, learning_rate)
        return {"the array you were given": shared, "what you return": shared}

    return run


def left_alone(learning_rate, start, gradients):
    """A new array is returned, the given one stays."""
    return {"the array you were given": start, "what you return": start - learning_rate * gradients}


EXERCISES = (
    Prediction(
        number="05.1",
        title="How many steps with 0.8?",
        right="b",
        options={
            "a": "It was halved, or better, three times in a row. But a step can also be too long.",
            "b": "12 steps, as many as with 0.2: each one jumps over the bottom and lands on the other side.",
            "c": "One jump needs the rate that fits the valley; 0.8 jumps over it.",
        },
        hints=(
            "The slope at w = −1 is −6. Where does a step of 0.8 · 6 lead from there?",
            "To 3.8. The bottom is at 2.",
            "The distance was 3, now it is 1.8 on the other side. With 0.2 it would be 1.8 on this side.",
        ),
        praise="Jumping over the bottom costs as much as stopping short of it.",
    ),
    Answer(
        number="05.2",
        title="Two steps by hand",
        names=("after_one", "after_two"),
        wrong={
            "after_one": (
                (5.0, "start-itself", "`after_one` = {yours} is where you start. Where are you after one step from "
                 "there?"),
                (3.08, "after-two", "`after_one` = {yours} is where two steps lead. Where are you after the first?"),
                (4.8, "rate-alone", "`after_one` = {yours}: a step of 0.2, the learning rate alone. The step is the "
                 "rate times the slope."),
                (6.2, "uphill", "`after_one` = {yours} is further from 2 than 5 was. The step goes against the slope."),
                (4.4, "half-a-step", "`after_one` = {yours}: a step of 0.6. The slope is *twice* the distance, and the "
                 "learning rate here is 0.2."),
                (-1.0, "rate-missing", "`after_one` = {yours}: you took the whole slope as the step. The learning rate "
                 "is still missing."),
                (3.2, "loss-for-slope", "`after_one` = {yours}: you multiplied the rate by the loss, 9. The step "
                 "goes by the slope."),
                (3.24, "loss-for-place", "`after_one` = {yours}: that is the loss where you now stand. Asked for is "
                 "the place."),
                (3.0, "slope-from-zero", "`after_one` = {yours}: a step of 2, for a slope of 2 · 5. The slope is twice "
                 "the distance from the bottom, and the bottom is at 2."),
                (0.2, "start-of-the-example", "`after_one` = {yours}: so it would be from −1. Here the start is 5."),
                (6.0, "slope-for-place", "`after_one` = {yours}: that is the slope at 5. The step is the rate times it "
                 "and goes from 5 down."),
                (-1.2, "step-alone", "`after_one` = {yours}: that is the step, with its direction. Where does it "
                 "lead?"),
                (1.2, "step-alone", "`after_one` = {yours}: that is how long the step is. Where does it lead?"),
                (1.8, "distance-for-place", "`after_one` = {yours}: so far is it from the bottom after the step. Asked "
                 "for is the place, and the bottom is at 2."),
                (2.2, "plus-for-minus", "`after_one` = {yours}: a step of 2.8, for a slope of 2 · (5 + 2). The "
                 "distance of 5 from 2 is 5 − 2."),
                (3.4, "brackets-missing", "`after_one` = {yours}: a step of 1.6, for a slope of 2 · 5 − 2. Twice the "
                 "distance is 2 · (5 − 2)."),
            ),
            "after_two": (
                (3.8, "first-step-again", "`after_two` = {yours} is where the first step has led. The second step "
                                          "begins "
                 "there."),
                (0.72, "step-alone", "`after_two` = {yours}: that is how long the second step is. Where does it lead?"),
                (-0.72, "step-alone", "`after_two` = {yours}: that is the second step, with its direction. Where does "
                 "it lead?"),
                (3.6, "slope-for-place", "`after_two` = {yours}: that is the slope at 3.8. The step is the rate times "
                 "it and goes from 3.8 down."),
                (2.6, "same-slope-twice", "`after_two` = {yours}: the second step is as long as the first. Feel the "
                 "slope anew where you now stand."),
                (1.1664, "loss-for-place", "`after_two` = {yours}: that is the loss where you now stand. Asked for is "
                 "the place."),
                (2.28, "slope-from-zero", "`after_two` = {yours}: a slope of 2 · 3.8. The slope is twice the distance "
                 "from the bottom, and the bottom is at 2."),
                (4.28, "from-the-start", "`after_two` = {yours}: the second step, 0.72, taken from 5 again. It begins "
                 "where the first has led, at 3.8."),
                (4.52, "uphill", "`after_two` = {yours}: the second step goes uphill. Against the slope!"),
                (1.48, "plus-for-minus", "`after_two` = {yours}: a step of 2.32, for a slope of 2 · (3.8 + 2). The "
                 "distance of 3.8 from 2 is 3.8 − 2."),
                (2.648, "one-step-more", "`after_two` = {yours} is where a third step leads."),
                (1.08, "distance-for-place", "`after_two` = {yours}: so far is it from the bottom after two steps. "
                 "Asked for is the place, and the bottom is at 2."),
                (3.44, "half-a-step", "`after_two` = {yours}: a step of 0.36. The slope is *twice* the distance."),
            ),
        },
        hints=(
            "First the slope: twice the distance of 5 from 2.",
            "Slope 6, learning rate 0.2: the step is 1.2, to the left.",
            "For the second step, start again with the slope at the new place.",
        ),
        praise="1.2, then 0.72: the steps become shorter by themselves.",
    ),
    Exercise(
        number="05.3",
        title="Measure a slope",
        piece="measured_slope",
        what="your slope",
        cases=SLOPES,
        mistakes=(
            Mistake(
                "half-the-distance",
                lambda function, w, a_little: (function(w + a_little / 2) - function(w - a_little / 2)) / a_little,
                "At w = {w} you measure {yours}: from half of `a_little` to the left to half of it to the right. Go "
                "the whole of it to each side.",
            ),
            Mistake(
                "twice-the-distance",
                lambda function, w, a_little: slope(function, w, 2 * a_little),
                "At w = {w} you measure {yours}: from twice `a_little` to the left to twice of it to the right. Go it "
                "once to each side.",
            ),
            Mistake(
                "twice-the-distance",
                lambda function, w, a_little: 2 * slope(function, w, 2 * a_little),
                "At w = {w} you measure {yours}: from twice `a_little` to the left to twice of it to the right, and "
                "divided is by half of that way. Go it once to each side.",
            ),
            *(Mistake(
                "share-added",
                lambda function, w, a_little, by=by: (function(w * (1 + a_little)) - function(w * (1 - a_little))) / (
                    2 * a_little * (w if by else 1) or np.nan),
                "At w = {w} you get {yours}: w is moved by a share of itself, and at 0 by nothing. Add `a_little`, and "
                "take it away.",
            ) for by in (False, True)),
            Mistake(
                "zero-at-zero",
                lambda function, w, a_little: slope(function, w, a_little) if w else 0,
                "At w = 0 you give {yours}, and there the valley falls. Is w asked about as if it were a yes or no? 0 "
                "is a place as any other.",
            ),
            Mistake(
                "small-is-zero",
                lambda function, w, a_little: (lambda s: s if abs(s) > 0.01 else 0)(slope(function, w, a_little)),
                "At w = {w} you give {yours}. The slope is small there, and it is not 0: leave it as it is.",
            ),
            Mistake(
                "one-sided",
                lambda function, w, a_little: (function(w + a_little) - function(w)) / a_little,
                "At w = {w} you measure {yours}: from w to the right only. That is the slope a little further on. "
                "Go to both sides.",
            ),
            Mistake(
                "one-sided",
                lambda function, w, a_little: (function(w) - function(w - a_little)) / a_little,
                "At w = {w} you measure {yours}: from the left up to w only. Go to both sides.",
            ),
            Mistake(
                "one-sided-halved",
                lambda function, w, a_little: (function(w + a_little) - function(w)) / (2 * a_little),
                "At w = {w} you measure {yours}: the rise from w to the right only, over the distance of both sides.",
            ),
            Mistake(
                "one-sided-halved",
                lambda function, w, a_little: (function(w) - function(w - a_little)) / (2 * a_little),
                "At w = {w} you measure {yours}: the rise from the left up to w only, over the distance of both sides.",
            ),
            Mistake(
                "width-written-in",
                lambda function, w, a_little: (function(w + 0.001) - function(w - 0.001)) / (2 * a_little),
                "At w = {w} you get {yours}: the rise goes over 0.001 on each side, and the distance is made from "
                "`a_little`, which is {a_little} here.",
            ),
            Mistake(
                "width-written-in",
                lambda function, w, a_little: (function(w + a_little) - function(w - a_little)) / 0.002,
                "At w = {w} you get {yours}: the rise goes over `a_little`, which is {a_little} here, and the distance "
                "is always 0.002.",
            ),
            Mistake(
                "distance-halved",
                lambda function, w, a_little: (function(w + a_little) - function(w - a_little)) / a_little,
                "At w = {w} you measure {yours}, twice as steep as it is. How far apart are the two places?",
            ),
            Mistake(
                "places-taken-apart",
                lambda function, w, a_little: function(2 * a_little) / (2 * a_little),
                "You get {yours}: the function is asked once, for the difference of the two places. Ask it at each of "
                "them, then take the difference.",
            ),
            Mistake(
                "not-divided",
                lambda function, w, a_little: function(w + a_little) - function(w - a_little),
                "You get {yours}: the rise alone. A slope is rise over distance.",
            ),
            Mistake(
                "brackets-missing",
                lambda function, w, a_little: function(w + a_little) - function(w - a_little) / (2 * a_little),
                "At w = {w} you get {yours}. Python divides before it subtracts: the rise, a difference, needs its "
                "brackets.",
            ),
            Mistake(
                "outside-the-brackets",
                lambda function, w, a_little: (function(w) + a_little - (function(w) - a_little)) / (2 * a_little),
                "At w = {w} you get {yours}, whatever the function: the little bit is added to the height. It is the "
                "place that moves: `function(w + a_little)`.",
            ),
            Mistake(
                "outside-the-brackets",
                lambda function, w, a_little: (function(w) + a_little - function(w) - a_little) / (2 * a_little),
                "At w = {w} you get {yours}, whatever the function: the little bit is added to the height. It is the "
                "place that moves: `function(w + a_little)`.",
            ),
            Mistake(
                "brackets-missing",
                lambda function, w, a_little: (function(w + a_little) - function(w - a_little)) / 2 * a_little,
                "You get {yours}. Python divides by 2 and then *multiplies* by a_little: the whole distance belongs "
                "under the line.",
            ),
            Mistake(
                "multiplied",
                lambda function, w, a_little: (function(w + a_little) - function(w - a_little)) * 2 * a_little,
                "You get {yours}: the rise is multiplied by the distance. Over, not times.",
            ),
            Mistake(
                "sign",
                lambda function, w, a_little: (function(w - a_little) - function(w + a_little)) / (2 * a_little),
                "At w = {w} you measure {yours}: left minus right. A ground that rises to the right has a positive "
                "slope.",
            ),
            Mistake(
                "the-function-itself",
                lambda function, w, a_little: function(w),
                "You get {yours}: the height at w = {w}. The slope is how the height changes around it.",
            ),
        ),
        hints=(
            "The cell above does it for the valley. What stands for `valley` in your function, what for −1?",
            "Rise: the function a little to the right minus the function a little to the left.",
            "The two places are two times a_little apart; mind the brackets.",
        ),
        praise="This works for any function, even for a loss whose formula you do not know. Lesson 08 checks your "
        "network with it.",
    ),
    Exercise(
        number="05.4",
        title="One step",
        piece="update",
        what="your result",
        call=run_update,
        whole=("parameters", "gradients"),
        cases=STEPS,
        mistakes=(
            Mistake(
                "rate-at-most-1",
                lambda parameters, gradients, learning_rate: parameters - min(learning_rate, 1) * gradients,
                "With a learning rate of 1.5 you step as with 1. Whatever it is, it is the factor.",
            ),
            Mistake(
                "place-by-value",
                by_value(lambda parameters, gradients: parameters, "as it is now"),
                "Some of {parameters} are equal, and the place is looked up by the value: so not all are moved. "
                "One line moves all.",
            ),
            Mistake(
                "uphill",
                lambda parameters, gradients, learning_rate: parameters + learning_rate * gradients,
                "From {parameters} with gradients {gradients} you go to {yours}. A positive slope means that it rises "
                "to the right, and you went right.",
            ),
            Mistake(
                "rate-missing",
                lambda parameters, gradients, learning_rate: parameters - gradients,
                "You get {yours}: the whole gradient has been taken as the step. The learning rate {learning_rate} is "
                "not in it.",
            ),
            Mistake(
                "two-steps",
                lambda parameters, gradients, learning_rate: parameters - 2 * learning_rate * gradients,
                "From {parameters} with gradients {gradients} you go to {yours}: twice as far as one step goes.",
            ),
            Mistake(
                "multiplied",
                lambda parameters, gradients, learning_rate: parameters * (1 - learning_rate * gradients),
                "You get {yours}: the step is multiplied by the parameter. How far it goes depends on the slope and "
                "the rate alone.",
            ),
            Mistake(
                "step-alone",
                lambda parameters, gradients, learning_rate: -learning_rate * gradients,
                "You get {yours}: that is the step. Where does it lead from {parameters}?",
            ),
            Mistake(
                "learning-rate-divides",
                lambda parameters, gradients, learning_rate: parameters - gradients / learning_rate,
                "You get {yours}: divided by the learning rate {learning_rate}. A small rate should make a small step.",
            ),
            Mistake(
                "gradient-shrunk-to-its-sign",
                lambda parameters, gradients, learning_rate: parameters - learning_rate * np.sign(gradients),
                "You get {yours}: every step is equally long. Where it is steeper, the step is longer.",
            ),
            Mistake(
                "learning-rate-on-the-parameters",
                lambda parameters, gradients, learning_rate: learning_rate * (parameters - gradients),
                "You get {yours}: the learning rate has shrunk the parameters too. It belongs to the gradients alone.",
            ),
        ),
        hints=(
            "By hand you went from −1 to −0.4. Which three numbers did you use?",
            "NumPy does it for whole arrays, number by number, with the same signs as by hand.",
            "Old parameters, minus a product of two things.",
        ),
        praise="One line, for one weight or for a million.",
    ),
    Order(
        number="05.5",
        title="A walk of twenty steps",
        lines={
            "A": "    w = w - learning_rate * g",
            "B": "path = [w]",
            "C": "    path.append(w)",
            "D": "for step in range(20):",
            "E": "    g = 2 * (w - 2)",
            "F": "    w = w + learning_rate * g",
        },
        right="BDEAC",
        without={
            "B": "There is no path yet that a place could be put into, and no start in it.",
            "D": "Nothing is done twenty times: no line opens a loop.",
            "E": "The slope is never worked out.",
            "A": "No step is taken.",
            "C": "No place is kept: the path never grows.",
        },
        extra={"F": "It walks uphill: the slope says where it rises."},
        before=(
            ("B", "D", "The start belongs in the path before the first step."),
            ("D", "E", "It is indented: it belongs in the loop, which has not begun."),
            ("D", "A", "It is indented: it belongs in the loop, which has not begun."),
            ("D", "C", "It is indented: it belongs in the loop, which has not begun."),
            ("E", "A", "The step needs the slope at the place where you stand now."),
            ("A", "C", "It keeps the place before the step: where the last step ends never gets into the path."),
        ),
        hints=(
            "Indented lines stand in the loop. Which line opens it?",
            "Five of the six lines are needed, and one of those comes before the loop.",
            "In the loop: feel the slope, take the step, keep the place.",
        ),
        praise="Twenty times: slope, step. This is training, and the rest of the course makes it larger.",
    ),
    Exercise(
        number="05.6",
        title="Your own optimiser",
        piece="SGD",
        call=run_sgd,
        unchanged="A step reads the gradients, and leaves them as they are: it moves `parameters` alone.",
        cases=VECTORS,
        mistakes=(
            Mistake("place-by-value", twice(by_value(lambda parameters, gradients: parameters, "")), EQUAL),
            Mistake("place-by-value", twice(by_value(lambda parameters, gradients: gradients, "")), EQUAL),
            *(Mistake(
                "some-stay",
                twice(lambda parameters, gradients, rate, end=end: np.concatenate(
                    (parameters[:end] - rate * gradients[:end], parameters[end:]))),
                f"After two steps the array holds {{yours}}, from {{start}}: {moved} moved. All of them are to move.",
                shows=lambda lines: not lines.returns_in_a_loop(),
            ) for end, moved in (
                (1, "the first alone has"), (2, "the first two alone have"), (-1, "all but the last have"))),
            *(Mistake(
                "kept-from-step-to-step",
                lambda learning_rate, start, gradients, share=share: dict.fromkeys(
                    ("the array you were given", "what you return"),
                    start - (2 + share) * learning_rate * gradients),
                "After two steps the array holds {yours}: in the second step a part of the first goes on. That is "
                "another rule, and lesson 12's. Here each step takes the gradients of today alone.",
            ) for share in (0.9, 0.5, 0.99, 0.8)),
            Mistake(
                "ends-at-a-zero",
                twice(until_zero),
                "One of {gradients} is 0, and there your step ends: what comes behind it does not move. A parameter "
                "with a gradient of 0 stays, the others go on.",
            ),
            Mistake(
                "equals-minus",
                lambda learning_rate, start, gradients: {
                    "the array you were given": start,
                    "what you return": -learning_rate * gradients,
                },
                "After two steps the array you were given is still {start}: `=-` makes a new array, minus what stands "
                "behind it. Taking away in place is `-=`.",
                shows=lambda lines: lines.assigns_minus(),
            ),
            Mistake(
                "multiplied",
                twice(lambda parameters, gradients, rate: parameters * (1 - rate * gradients)),
                "After two steps the array holds {yours}: the step is multiplied by the parameter. How far it goes "
                "depends on the slope and the rate alone.",
            ),
            Mistake(
                "new-place-taken-away",
                twice(lambda parameters, gradients, rate: parameters - (parameters - rate * gradients)),
                "After two steps the array holds {yours}: what you take away from the old place is the new place. Take "
                "away the step alone.",
                shows=lambda lines: lines.count(ast.Sub) > 1,
            ),
            Mistake(
                "step-alone",
                twice(lambda parameters, gradients, rate: rate * gradients),
                "After two steps the array holds {yours}: the learning rate times the gradients. Where it stood before "
                "has been lost, and that is what the step is taken away from.",
                shows=lambda lines: lines.count(ast.Sub) < 2,
            ),
            Mistake(
                "not-in-place",
                left_alone,
                "After two steps the array you were given is still {start}: you made a new one. The layers look at the "
                "old array and would never learn. Which sign changes the numbers where they are?",
            ),
            Mistake(
                "loop-variable-changed",
                lambda learning_rate, start, gradients: twice(lambda p, g, rate: p - rate * g if p.ndim > 1 else p)(
                    learning_rate, start, gradients),
                "After two steps the array you were given is still {start}. A variable of a loop is a number of its "
                "own: `-=` changes that, and the array keeps its old one.",
                shows=lambda lines: lines.inside(ast.For, ast.AugAssign),
            ),
            Mistake(
                "nothing-moves",
                twice(lambda parameters, gradients, rate: parameters),
                "After two steps the array you were given is still {start}, and so is what you return. One of your "
                "lines works something out that goes nowhere: it has no name, and changes nothing in place.",
                shows=lambda lines: lines.throws_away(),
            ),
            Mistake(
                "once-for-each",
                twice(lambda parameters, gradients, rate: parameters - len(parameters) * rate * gradients),
                "After two steps the array holds {yours}: each step was made once for each parameter. `-=` on an array "
                "moves all of them at once, and in your loop it does so in every round.",
                shows=lambda lines: lines.inside(ast.For, ast.AugAssign),
            ),
            Mistake(
                "nothing-moves",
                twice(lambda parameters, gradients, rate: parameters),
                "After two steps the array you were given is still {start}, and so is what you return. `flatten` makes "
                "a copy: what is changed in it the array does not notice.",
                shows=lambda lines: lines.uses("flatten"),
            ),
            Mistake(
                "nothing-moves",
                twice(lambda parameters, gradients, rate: parameters),
                "After two steps the array you were given is still {start}. In your loop the variable gets a new "
                "value: it is a name of its own, and the array keeps its old number.",
                shows=lambda lines: bool(lines.new_in_a_loop()),
            ),
            Mistake(
                "nothing-moves",
                twice(lambda parameters, gradients, rate: parameters),
                "After two steps the array you were given is still {start}, and so is what you return.",
            ),
            Mistake(
                "learning-rate-on-the-parameters",
                twice(lambda parameters, gradients, rate: rate * (parameters - gradients)),
                "After two steps the array holds {yours}: the learning rate has shrunk the parameters too. It belongs "
                "to the gradients alone.",
            ),
            Mistake(
                "uphill",
                twice(lambda parameters, gradients, rate: parameters + rate * gradients),
                "From {start} with slopes {gradients} two steps lead to {yours}. That is uphill.",
            ),
            Mistake(
                "rate-missing",
                twice(lambda parameters, gradients, rate: parameters - gradients),
                "Two steps lead from {start} to {yours}: by the whole gradient each time. `self.learning_rate` is "
                "{learning_rate} and has not been used.",
            ),
            Mistake(
                "step-alone",
                twice(lambda parameters, gradients, rate: -rate * gradients),
                "After two steps the array holds {yours}: the step itself. Where it stood before has been lost.",
            ),
            Mistake(
                "learning-rate-divides",
                twice(lambda parameters, gradients, rate: parameters - gradients / rate),
                "Two steps lead to {yours}: divided by the learning rate {learning_rate}.",
            ),
            Mistake(
                "rate-twice",
                twice(lambda parameters, gradients, rate: parameters - rate * rate * gradients),
                "Two steps lead from {start} to {yours}. With the learning rate {learning_rate} and slopes {gradients} "
                "how long should one step be? How often do you multiply by the rate?",
            ),
            Mistake(
                "kept-from-step-to-step",
                lambda learning_rate, start, gradients: {
                    "the array you were given": start - 3 * learning_rate * gradients,
                    "what you return": start - 3 * learning_rate * gradients,
                },
                "After two steps the array holds {yours}: the second step was twice as long as the first, for the "
                "first gradients are still in it. Each step takes the gradients of today alone; the object adds up "
                "nothing.",
                shows=lambda lines: "learning_rate" not in lines.changed_of_self("step"),
            ),
            Mistake(
                "rate-grows",
                lambda learning_rate, start, gradients: {
                    "the array you were given": start - 3 * learning_rate * gradients,
                    "what you return": start - 3 * learning_rate * gradients,
                },
                "After two steps the array holds {yours}: the second step was twice as long as the first. Does `step` "
                "change `self.learning_rate`?",
                shows=lambda lines: "learning_rate" in lines.changed_of_self("step"),
            ),
            Mistake(
                "rate-shrinks",
                lambda learning_rate, start, gradients: {
                    "the array you were given": start - 1.5 * learning_rate * gradients,
                    "what you return": start - 1.5 * learning_rate * gradients,
                },
                "After two steps the array holds {yours}: the second step was half as long as the first. Does `step` "
                "change `self.learning_rate`?",
            ),
            Mistake(
                "step-returned",
                lambda learning_rate, start, gradients: {
                    "the array you were given": start - 2 * learning_rate * gradients,
                    "what you return": learning_rate * gradients,
                },
                "What you return is {yours}, the step. The array itself was asked for: `return parameters`.",
            ),
            Mistake(
                "something-else-returned",
                lambda learning_rate, start, gradients: {
                    "the array you were given": start - 2 * learning_rate * gradients,
                    "what you return": gradients,
                },
                "What you return is {yours}, the gradients. The array itself was asked for: `return parameters`.",
            ),
        ),
        hints=(
            "The line of 05.4 computes the right numbers. Where do they go?",
            "Look at the cell above: which of its two lines did the layer notice?",
            "`-=` on the array, then `return` it.",
        ),
        praise="This very class makes the steps of a real network further down.",
    ),
    Prediction(
        number="05.7",
        title="Which rate arrives soonest?",
        right="b",
        options={
            "a": "0.1 arrives, in 26 steps.",
            "b": "0.5 arrives in a single step: half of the slope is exactly the distance.",
            "c": "0.9 jumps from side to side and needs 26 steps, as many as 0.1.",
            "d": "1.0 jumps to and fro between −1 and 5 and never arrives.",
        },
        hints=(
            "The slope is twice the distance to the bottom.",
            "Which rate makes learning rate times slope equal to the distance?",
            "Half of twice the distance.",
        ),
        praise="There is a best rate for this valley. For another valley it is another one.",
    ),
    Prediction(
        number="05.8",
        title="How many are stuck?",
        right="b",
        options={
            "a": "You would think so after seeing beginning 1. One run proves little.",
            "b": "two of ten: beginnings 0 and 7 say 0.5 to every image, to the end.",
            "c": "Eight of ten do very well with 1.0, and faster than with 0.1.",
        },
        hints=(
            "The rate is large, but not hopeless.",
            "Each beginning is another place on the hillside, with another steepness.",
            "Most of them arrive.",
        ),
        praise="A rate that is too large need not explode. It can also leave a network dead, in silence.",
    ),
    Choice(
        number="05.9",
        title="Recall: confidently wrong",
        right="a",
        options={
            "a": "Its slope, −100, makes up for the flat sigmoid: the push is 0.99.",
            "b": "Its slope is about −2, and the flat sigmoid leaves 0.02 of it.",
            "c": "The sigmoid is flat, but one of the two losses divides by just that.",
        },
        hints=(
            "Lesson 04 had two curves of the push on z.",
            "One of them fell to 0 on the left, the other stayed at 1.",
            "One of the slopes is −1/a.",
        ),
        praise="So a step with cross-entropy is long where the mistake is large.",
    ),
    Choice(
        number="05.10",
        title="Recall: the parameters of a layer",
        right="b",
        options={
            "a": "15 are the weights alone, (3, 5). Every unit has a bias too.",
            "b": "15 weights, (3, 5), and 3 biases, (3, 1).",
            "c": "A bias belongs to a unit, not to a feature: there are 3, not 5.",
        },
        hints=(
            "Lesson 02: weights are (units, features), the bias is (units, 1).",
            "Three rows of five.",
            "And one more number for each unit.",
        ),
        praise="The network of the digits has 54,465 of them, and one learning rate.",
    ),
)
