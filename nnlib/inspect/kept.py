"""A training loop that keeps its best parameters, to come back to them: are they still the best then?"""

import ast
import copy
import inspect

import numpy as np

from nnlib.inspect import motion
from nnlib.inspect.chance import Chance
from nnlib.inspect.diagnosis import Diagnosis
from nnlib.inspect.loop import loops_of
from nnlib.inspect.own import helpers_of
from nnlib.inspect.sentences import sentence
from nnlib.inspect.whole import Whole, arrays_of, holders_of
from nnlib.lines import methods_of
from nnlib.lines.anew import text_of, with_lines
from nnlib.lines.search import Lines, TooLong, quiet
from nnlib.lines.syntax import quoted

ROUNDS = 4


def best_not_kept(own, x, y):
    """The `Diagnosis` of a loop that would come back to earlier parameters had it kept copies, and does not; or None.

    It is run uphill, so that the best are not the last. What it keeps is what it assigns in an `if` within a loop.
    """
    for name, wanted in loops_of(own):
        method = methods_of(type(own))[name]
        text = text_of(method) or ""
        line, with_copies = copying(text)
        if line is None:
            continue
        pairs = Whole(own, x, y).pairs.items()
        run = [uphill(own, name, one, pairs, (x, y), wanted) for one in (method, with_lines(method, with_copies))]
        if all(one is not None and len(one) > 2 for one in run) and np.array_equal(run[0][:-1], run[1][:-1]):
            (*_, last, mine), (*before, _, copied) = run
            if np.array_equal(mine, last) and any(np.array_equal(copied, one) for one in before if (one != last).any()):
                facts = {"name": name, "line": quoted(text.splitlines()[line - 1])}
                return Diagnosis("best_not_kept", sentence("best_not_kept", facts), facts)
    return None


def copying(text):
    """(the number of the first such line, the text with copies) of what is assigned in an `if` within a loop."""
    tree = ast.parse(text)
    loops = [one for one in ast.walk(tree) if isinstance(one, (ast.For, ast.While))]
    asked = [one for loop in loops for one in ast.walk(loop) if isinstance(one, ast.If)]
    lines = {id(line): line for one in asked for line in ast.walk(one) if isinstance(line, ast.Assign)}
    kept = [line for line in lines.values() if any(isinstance(one, ast.Attribute) for one in ast.walk(line.value))]
    for line in kept:
        line.value = ast.Call(ast.parse("__import__('copy').deepcopy", mode="eval").body, [line.value], [])
    return (kept[0].lineno if kept else None), ast.unparse(ast.fix_missing_locations(tree))


def uphill(own, name, method, pairs, data, wanted):
    """All parameters at each way back of a loop whose rates are negative, and at its end; None if it has none."""
    twin, seen = copy.deepcopy(own), []
    for one in (twin, *helpers_of(twin), *holders_of(twin)):
        motion.set_rate(one, -motion.rate_of(one))
    given = {one.name: -one.default for one in inspect.signature(method).parameters.values()
             if one.name in motion.RATES and isinstance(one.default, float)}  # fmt: skip

    def look():
        seen.append(np.concatenate([np.ravel(one) for one in arrays_of(twin, pairs, False).values()]))

    def back(self, *labels):
        look()
        return super(kind, self).backward_step(*labels)

    def update(self, *more):
        made = super(kind, self).update(*more)
        look()
        return made

    watched = {"backward_step": back} | ({"update": update} if hasattr(own, "update") else {})
    twin.__class__ = kind = type(type(own).__name__, (type(own),), {name: method, **watched})
    try:
        with quiet(), Chance(parts=holders_of(own), loops=True), Lines(10**6, 3.0):
            getattr(twin, name)(*map(np.array, data), **dict.fromkeys(wanted, ROUNDS) | given)
            look()
    except (Exception, SystemExit, TooLong):
        return None
    return seen
