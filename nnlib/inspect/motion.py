"""An optimiser at work: its steps along given gradients, as numbers, and the numbers that it holds."""

import copy
import re
import sys
from functools import partial

import numpy as np

from nnlib.lines import functions_of
from nnlib.parts.part import attributes

STEPS = 6
MOMENTUMS = ("momentum", "beta", "mu", "friction")
RATES = ("learning_rate", "lr", "rate", "alpha", "eta", "_learning_rate")
OF_PARTS = ("learning_rate", "lr", "eta")
NOW = re.compile(r"_?(\w+_)?(learning_?rate|lr)(_?(now|current|initial|init|start|base|0|t))?")
SPEEDS = ("velocity", "velocities", "v", "speed", "momentum")


def fresh(optimizer):
    twin = copy.deepcopy(optimizer)
    if hasattr(twin, "reset"):
        twin.reset()
    return twin


def moves_of(optimizer, start, gradients, own=True, stay=False):
    """How far each step moved, `(steps, parameters)`; None if it takes no flat vectors.

    Each gradient has an array of its `own`, or they all have the same one. With `stay` each step begins at `start`.
    """
    parameters, moves, shared = start.copy(), [], np.empty_like(start)
    for gradient in gradients:
        parameters[:] = start if stay else parameters
        before, shared[:] = parameters.copy(), gradient
        try:
            moved = optimizer.step(parameters, gradient.copy() if own else shared)
        except (TypeError, ValueError, AttributeError, LookupError, ZeroDivisionError):
            return None
        if moved is not None and np.shape(moved) == parameters.shape:
            parameters[:] = moved
        moves.append(parameters - before)
    return np.array(moves)


def undisturbed(optimizer, at=0.01):
    """(gradients, moves, where each array starts) of steps from 0 each, along small gradients."""
    rng, size = np.random.default_rng(3), getattr(optimizer, "size", 5)
    gradients = at * rng.standard_normal((STEPS, size)) * np.array([[1], [0.1], [2], [0.5], [3], [0.2]])
    moves = moves_of(fresh(optimizer), np.zeros(size), gradients, stay=True)
    numbers = getattr(optimizer, "array_numbers", [np.zeros(size, int)])[0]
    return gradients, moves, np.flatnonzero(np.diff(numbers, prepend=-1))


def rate_of(optimizer):
    return float(number(optimizer, RATES, 0.0))


def at_rest(optimizer):
    """[(holder, name)] of its rates that are 0, so that no step says anything; a part may call another thing rate."""
    first, *others = getattr(optimizer, "holders", [optimizer])
    named = [(first, RATES), *((one, OF_PARTS) for one in others)]
    return [(one, name) for one, names in named for name in names if number(one, (name,), 1.0) == 0]


def rate_of_any(holders):
    """The first learning rate that a network has, or one of its parts, which may call another thing rate; or 0."""
    own, *parts = holders
    return next(filter(None, (rate_of(own), *(number(one, OF_PARTS, 0.0) for one in parts))), 0.0)


def set_rate(optimizer, rate):
    """Give an optimiser another learning rate; whether that could be done.

    What a schedule begins with, and what it comes to, are one rate under two names, as long as they are equal.
    """
    for name in RATES:
        if isinstance(before := attributes(optimizer).get(name), float):
            its = [one for one, value in attributes(optimizer).items() if NOW.fullmatch(one) and value == before]
            for one in (name, *its):
                setattr(optimizer, one, rate)
            return rate_of(optimizer) == rate
    return False


def at_another_rate(optimizer):
    """The optimiser with a rate that no other number is likely to make, if its rate can be set."""
    twin = fresh(optimizer)
    return twin if rate_of(twin) and set_rate(twin, 1.0371 * rate_of(twin)) else optimizer


def number(optimizer, names, usual):
    for name in (*names, *(f"_{name}" for name in names)):
        value = getattr(optimizer, name, None)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    return usual


def lines_of(optimizer):
    """What is the learner's own of a step."""
    return getattr(optimizer, "lines", optimizer.step)


def that_run(optimizer, gradients):
    """The learner's functions that run in a step."""
    step = partial(moves_of, fresh(optimizer), np.zeros(gradients.shape[1]), gradients[:1])
    return those_run(functions_of(lines_of(optimizer)), step)


def those_run(functions, call):
    """Those of some functions that run in a call."""
    ran, before = set(), sys.getprofile()
    sys.setprofile(lambda frame, event, _: ran.add(frame.f_code) if event == "call" else None)
    try:
        call()
    finally:
        sys.setprofile(before)
    return [one for one in functions if one.__code__ in ran]
