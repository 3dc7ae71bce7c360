"""The parameters on the way of a training loop: does it come back to the best ones, and go on from round to round?"""

import ast
import copy
import inspect
import itertools
import re

import numpy as np

from nnlib.inspect import motion
from nnlib.inspect.chance import Chance
from nnlib.inspect.diagnosis import Diagnosis
from nnlib.inspect.loop import loops_of, run_of
from nnlib.inspect.own import helpers_of
from nnlib.inspect.sentences import sentence
from nnlib.inspect.whole import Whole, arrays_of, holders_of
from nnlib.lines import methods_of
from nnlib.lines.anew import text_of, with_lines
from nnlib.lines.search import Lines, TooLong, quiet
from nnlib.lines.syntax import quoted

ROUNDS = 4
LOSS, SCORE = re.compile("loss|cost|err|mse|rmse"), re.compile("acc|score|r2|f1|right|correct")


def lost_on_the_way(own, x, y):
    """The `Diagnosis` of a training loop that loses what it has learned, or never goes on; or None."""
    for name, wanted in loops_of(own):
        method = methods_of(type(own))[name]
        pairs = Whole(own, x, y).pairs.items()

        def run(uphill, rounds=ROUNDS, method=method, name=name, wanted=wanted, pairs=pairs):
            return on_the_way(own, name, method, pairs, (x, y), dict.fromkeys(wanted, rounds), uphill)

        found = in_rounds(run) if wanted else None
        found = found or best_not_kept(run, text_of(method) or "", method)
        found = found or up_otherwise(own, name, (x, y), wanted)
        if found:
            kind, facts = found[0], {"name": name, **found[1]}
            return Diagnosis(kind, sentence(kind, facts), facts)
    return None


def in_rounds(run):
    """(kind, facts) of rounds that begin anew, or of which there is only one, or None."""
    one, two = (run(False, rounds) for rounds in (1, 2))
    if one is None or two is None or len(one) < 3:
        return None
    if len(one) == len(two):
        return "one_round", {}
    first, after = one[0], len(one) - 1
    anew = len(two) > len(one) and np.array_equal(two[after], first) and not np.array_equal(one[-1], first)
    return ("begins_anew", {}) if anew else None


def best_not_kept(run, text, method):
    """(kind, facts) of a loop that would come back to earlier parameters had it kept copies, and does not; or None.

    It is run uphill, so that the best are not the last. What it keeps is what it assigns in an `if` within a loop.
    Or of one that comes back to earlier ones downhill, and stays with the last ones uphill.
    """
    line, with_copies, asked = copying(text)
    if line is None:
        return None
    downhill, mine, copied = run(False), run(True), run(True, method=with_lines(method, with_copies))
    if any(one is None or len(one) < 3 for one in (downhill, mine, copied)):
        return None
    if earlier(copied) and np.array_equal(mine[-1], mine[-2]) and np.array_equal(mine[:-1], copied[:-1]):
        return "best_not_kept", {"line": quoted(text.splitlines()[line - 1])}
    of_loss = any(map(LOSS.search, asked)) and not any(map(SCORE.search, asked))
    return ("worst_kept", {}) if of_loss and earlier(downhill) and not earlier(copied) else None


def up_otherwise(own, name, data, wanted):
    """(kind, facts) of a way up that a loop asks for more than a network's call does, and so has wrong gradients."""
    called = run_of(own, name, data, wanted)[1] or ()
    run = [(phase, given) for phase, *given in called if phase in ("up", "back")]
    asked = [given[1:] for (phase, given), (after, _) in itertools.pairwise(run) if (phase, after) == ("up", "back")]
    method, more, named = next((one for one in asked if one[1] or one[2]), ("", (), {}))
    if not method:
        return None
    kind, twin = type(own), copy.deepcopy(own)
    up = lambda self, x: getattr(super(changed, self), method)(x, *more, **named)  # noqa: E731
    up.__module__ = kind.__module__
    twin.__class__ = changed = type(kind.__name__, (kind,), {"__call__": up, "__module__": kind.__module__})
    try:
        right = Whole(twin, *data).checked(40)[0].passed
    except Exception:  # it cannot go back at all then, and says so
        return None
    words = [*map(repr, more), *(f"{key}={one!r}" for key, one in named.items())]
    return None if right else ("up_otherwise", {"with": ", ".join(words)})


def earlier(seen):
    """Whether a loop came back in the end to parameters from before its last way back."""
    *before, at_last, last, end = seen
    back = any(np.array_equal(end, one) for one in before)
    return back and not np.array_equal(end, at_last) and not np.array_equal(end, last)


def copying(text):
    """(the number of the first such line, the text with copies, what is asked) of what an `if` in a loop assigns."""
    tree = ast.parse(text)
    loops = [one for one in ast.walk(tree) if isinstance(one, (ast.For, ast.While))]
    asked = [one for loop in loops for one in ast.walk(loop) if isinstance(one, ast.If)]
    lines = {id(line): line for one in asked for line in ast.walk(one) if isinstance(line, ast.Assign)}
    kept = [line for line in lines.values() if any(isinstance(one, ast.Attribute) for one in ast.walk(line.value))]
    for line in kept:
        line.value = ast.Call(ast.parse("__import__('copy').deepcopy", mode="eval").body, [line.value], [])
    questions = [ast.unparse(one.test).lower() for one in asked]
    return (kept[0].lineno if kept else None), ast.unparse(ast.fix_missing_locations(tree)), questions


def on_the_way(own, name, method, pairs, data, wanted, uphill):
    """All parameters at each way back of a loop, and at its end; None if it has none. Uphill its rates are negative."""
    twin, seen = copy.deepcopy(own), []
    for one in (*helpers_of(twin), *holders_of(twin)) if uphill else ():
        motion.set_rate(one, -motion.rate_of(one))
    given = {one.name: -one.default for one in inspect.signature(method).parameters.values()
             if uphill and one.name in motion.RATES and isinstance(one.default, float)}  # fmt: skip

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
            getattr(twin, name)(*map(np.array, data), **wanted | given)
            look()
    except (Exception, SystemExit, TooLong):
        return None
    return seen
