"""How a piece behaves besides the numbers that it gives: what it keeps, changes, or shares.

A lesson's `call` uses a piece through these; what is wrong is raised as `Spoilt`.
"""

import contextlib
import copy
from collections.abc import Mapping

import numpy as np

from lessons.checks import pristine
from lessons.checks.judge.compare import Finding, close, numeric, short
from lessons.checks.judge.learner import names_used
from lessons.checks.judge.verdict import Spoilt

_numbers_only = []  # not empty while small slips are tried: what an object does besides is no question then


@contextlib.contextmanager
def numbers_alone():
    """Here a piece is asked for its numbers alone, as small slips are by the thousand."""
    _numbers_only.append(True)
    try:
        yield
    finally:
        _numbers_only.pop()


@contextlib.contextmanager
def tried_with(words):
    """What an `exercise.call` asks besides its case: an exception of the learner's is told with these words."""
    try:
        yield
    except Exception as error:
        error.tried_with = words
        raise


def gives_itself(returned, given):
    """Where `step` changes an array in place and is to return it: a copy of it is another array."""
    alike = isinstance(returned, np.ndarray) and close(returned, given)
    if alike and not _numbers_only and not np.shares_memory(returned, given):
        text = "What `step` returns has the right numbers and is another array than the one that it was given: a "
        text += "copy, which no layer looks at. Return the array itself."
        raise Spoilt(Finding("copy-returned", text))


def leaves_alone(thing, *arguments, keeps):
    """`thing(*arguments)`, an object or a method of one, which must leave its attributes `keeps` as they were; new
    attributes are welcome.
    """
    if _numbers_only:
        return thing(*arguments)
    call, thing = thing, getattr(thing, "__self__", thing)
    before, built = {name: copy.deepcopy(getattr(thing, name, None)) for name in keeps}, []
    if hasattr(thing, "build") and hasattr(thing, "__dict__"):
        build = thing.build
        thing.build = lambda *given, **named: (built.append(1), build(*given, **named))[1]
    value = call(*arguments)
    getattr(thing, "__dict__", {}).pop("build", None)
    pristine.restore()
    if built:
        raise Spoilt(Finding("builds-anew", "Your object calls `build` whenever it is called, so it has new random "
                             "weights each time and can never learn. `build` is called once, by others."))  # fmt: skip
    for name in keeps:
        after = getattr(thing, name, None)
        if not unchanged(before[name], after):
            who = "object" if call is thing else f"`{call.__name__}`"
            text = f"Your {who} changes its own `self.{name}` when it is called: {short(before[name])} before, "
            text += f"{short(after)} after. The next call starts from there. Give the result a name of its own."
            raise Spoilt(Finding("changes-itself", text))
    return value


def asks_anew(thing, arguments, others):
    """`thing.gradient(*arguments)`: neither it nor a call may depend on what the other was asked with before."""
    if _numbers_only:
        return snapshot((thing(*copy.deepcopy(arguments)), thing.gradient(*arguments))[1])
    first = copy.deepcopy(arguments)
    value, kept = snapshot(thing(*copy.deepcopy(first))), snapshot(thing.gradient(*arguments))
    try:
        if not close(thing(*copy.deepcopy(first)), value):  # nothing else was asked in between
            return kept
        called_alone = copy.deepcopy(thing)
        called_alone(*copy.deepcopy(others))
        by_calls = not close(called_alone(*copy.deepcopy(first)), value)
        thing(*copy.deepcopy(others))
        again = thing.gradient(*copy.deepcopy(first))
        thing.gradient(*copy.deepcopy(others))
        called = thing(*first)
        pristine.restore()
    except Exception:  # what goes wrong with other sizes is found, and said better, by the exercise's other cases
        return kept
    text = "it works with what was left behind. Work on the arguments that come in."
    if numeric(kept) is not None and not close(again, kept):
        told = "`gradient` gives another answer once the object was called with other numbers: "
        raise Spoilt(Finding("remembers", told + text))
    if numeric(value) is not None and not close(called, value):
        asked = "it was called with" if by_calls else "`gradient` was asked about"
        told = f"Calling the object gives another answer once {asked} other numbers: "
        raise Spoilt(Finding("remembers", told + text))
    return kept


SAME_ARRAY = Finding("same-array-again", "Your object gives the same array in each call, and writes into it: whoever "
                     "still has what an earlier call gave finds other numbers in it. Make a new array in each "
                     "call.")  # fmt: skip


def keeps_off(thing, arguments, others):
    """What `thing(*arguments)` and its `gradient` gave stays as it is when the object is asked with `others`."""
    if _numbers_only:
        return
    gave = [one(*copy.deepcopy(arguments)) for one in (thing, thing.gradient)]
    before = [snapshot(one) for one in gave]
    for one in (thing, thing.gradient):
        one(*copy.deepcopy(others))
    pristine.restore()
    if any(numeric(mine) is not None and not close(mine, was, 0.0) for mine, was in zip(gave, before, strict=True)):
        raise Spoilt(SAME_ARRAY)


def equal(mine, right, tolerance):
    if isinstance(right, Mapping):
        here = isinstance(mine, Mapping) and right.keys() <= mine.keys()
        return here and all(close(mine[name], right[name], tolerance) for name in right)
    return close(mine, right, tolerance)


def snapshot(value):
    """A copy of what came back, as far as a later call could change it."""
    if isinstance(value, Mapping):
        return {name: snapshot(one) for name, one in value.items()}
    return value.copy() if type(value) is np.ndarray else value


def unchanged(before, after, tolerance=0.0):
    """Unchanged? With a `tolerance`, also what was put back but for rounding: `x += e`, then `x -= e`."""
    if isinstance(before, np.ndarray):
        if before.shape != after.shape or before.dtype.kind != "f" or after.dtype.kind != "f":
            return before.shape == after.shape and np.array_equal(before, after)
        size = np.abs(before[np.isfinite(before)]).max(initial=0.0)
        kept = not after[before == 0].any()  # what was 0 comes back as 0: 1e-300 in its place is no rounding
        return kept and np.allclose(after, before, rtol=0, atol=tolerance * size, equal_nan=True)
    if isinstance(before, (list, tuple)):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(unchanged(*pair, tolerance) for pair in pairs)
    return before == after


class Untouched:
    """Puts back what a checked piece does to the notebook's variables: deleted names, arrays changed in place."""

    def __init__(self, namespace, piece):
        self.namespace = namespace
        self.names = dict(namespace)
        used = names_used(piece)
        self.arrays = {
            name: value.copy() for name, value in namespace.items() if name in used and type(value) is np.ndarray
        }
        self.changed = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name, value in self.names.items():
            if name not in self.namespace:
                self.namespace[name] = value
                self.changed.append(name)
        for name, value in self.arrays.items():
            if not unchanged(value, self.names[name]):
                self.names[name][...] = value
                self.changed.append(name)
