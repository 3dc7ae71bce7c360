"""The parameters on the way of a training loop: does it come back to the best ones, and go on from round to round?"""

import ast
import contextlib
import copy
import inspect
import itertools
import re

import numpy as np

from nnlib.inspect import motion
from nnlib.inspect.chance import Chance
from nnlib.inspect.diagnosis import Diagnosis
from nnlib.inspect.loop import loops_of, marks, run_of
from nnlib.inspect.own import helpers_of
from nnlib.inspect.recognise import same
from nnlib.inspect.runs import MANY, Runner
from nnlib.inspect.sentences import sentence
from nnlib.inspect.whole import Whole, arrays_of, holders_of, set_to_zero
from nnlib.lines import methods_of
from nnlib.lines.anew import text_of, with_lines
from nnlib.lines.search import Lines, TooLong, quiet
from nnlib.lines.syntax import quoted
from nnlib.parts.part import attributes

ROUNDS = 4
FEW, MOST = 5, 12  # so many steps say something; so many ways back of one update are told apart
LEFT_OUT = re.compile("_?(dropout|keep_?prob|p_?drop|drop_?(prob|p$))", re.IGNORECASE)
LOSS, SCORE = re.compile("loss|cost|err|mse|rmse"), re.compile("acc|score|r2|f1|right|correct")


def lost_on_the_way(own, x, y):
    """The `Diagnosis` of a training loop that loses what it has learned, or never goes on; or None."""
    for name, wanted in loops_of(own):
        method = methods_of(type(own))[name]
        whole = Whole(own, x, y)
        pairs, names = whole.pairs.items(), {one for _, where, _ in whole.pairs.values() for one in where if one}

        def run(uphill, rounds=ROUNDS, method=method, name=name, wanted=wanted, pairs=pairs):
            return on_the_way(own, name, method, pairs, (x, y), dict.fromkeys(wanted, rounds), uphill)

        found = idle(own, name, (x, y), wanted, pairs) or shares(own, name, (x, y), wanted)
        found = found or (in_rounds(run, [array.size for array in whole.arrays().values()]) if wanted else None)
        if found and found[0] == "one_round":
            found = best_begins_low(run, text_of(method) or "", method) or found
        found = found or best_not_kept(run, text_of(method) or "", method, names)
        found = found or up_otherwise(own, name, (x, y), wanted) or behind(own, name, (x, y), wanted, whole, run)
        if found:
            kind, facts = found[0], {"name": name, **found[1]}
            return Diagnosis(kind, sentence(kind, facts), facts)
    return None


def behind(own, name, data, wanted, whole, run):
    """(kind, facts) of a loop after which the loss is no lower, though as many plain steps make it much lower; or None.

    That is all that is measured: where nothing in it has a name. Its examples and labels have to be those given.
    """
    twin, called = run_of(own, name, data, dict.fromkeys(wanted, 10))
    rate, steps = motion.rate_of_any(holders_of(own)), [phase for phase, *_ in called or ()].count("back")
    if not FEW <= steps <= MANY:
        return None
    *given, turn = marks(own, *data)
    for phase, known in zip(("up", "back"), given, strict=True):
        came = [turn(one[0]) for its, *one in called if its == phase]
        if not all(len(one) and np.isin(one, known).all() for one in came):
            return None
    runner, trained = (Runner(one, *data, None) for one in (whole, Whole(twin, *data)))
    for one in (runner, trained):
        one.put(flat(one.net.first))
    losses, last, seen = [runner.loss()], trained.loss(), run(False) or [0, 1]
    if flat(whole.arrays(True)).any() and all(np.array_equal(one, seen[0]) for one in seen):
        return "loop_moves_nothing", {"count": steps, "updates": [phase for phase, *_ in called].count("update")}
    one = copy.deepcopy(whole.own)
    if not rate or not np.array_equal(*(np.array(one(data[0].copy())) for _ in range(2))):  # what chance has a say in
        return None
    for _ in range(steps):
        with runner.chance:
            set_to_zero(runner.own, whole.pairs.items())
            runner.own(data[0].copy())
            runner.own.backward_step(data[1].copy())
        runner.put(runner.values() - rate * flat(runner.net.arrays(True)))
        losses.append(runner.loss())
    facts = {"count": steps, "rate": rate, "first": losses[0], "last": last, "low": losses[-1]}
    return ("no_lower", facts) if last >= losses[0] > 0 and losses[-1] < 0.6 * losses[0] else None


def in_rounds(run, sizes):
    """(kind, facts) of rounds of which nothing is left at the next one, or of which there is only one, or None.

    `sizes` are those of the arrays: one that begins round two as it began round one, or alike whichever way round one
    went, is made anew.
    """
    one, two = run(False, 1), run(False, 2)
    if one is None or two is None or len(one) < 3:
        return None
    if len(one) == len(two):
        return "one_round", {}
    first = len(one) - 1
    for rounds in (3, 4):  # so many folds, or beginnings of which the best stays, would look like rounds
        seen, other = (run(uphill, rounds) for uphill in (False, True))
        if seen is None or other is None or not len(seen) == len(other) == rounds * first + 1:
            return None
        places = [k * first for k in range(1, rounds)]
        back = all(np.array_equal(seen[k], one[0]) for k in places) and not np.array_equal(one[-1], one[0])
        pieces = itertools.starmap(slice, itertools.pairwise(np.cumsum([0, *sizes])))
        if not back and not any(made_anew(seen, other, places, piece) for piece in pieces):
            return None
    return "begins_anew", {}


def best_begins_low(run, text, method):
    """(kind, facts) of a loop that goes on to a second round if what a loss must be below begins at infinity, not 0."""
    tree, named = ast.parse(text), []
    asked = [one for one in ast.walk(tree) if isinstance(one, ast.Compare)]
    below = {ast.unparse(one.comparators[0]) for one in asked if isinstance(one.ops[0], (ast.Lt, ast.LtE))}
    for line in [one for one in ast.walk(tree) if isinstance(one, ast.Assign)]:
        both = line.targets[0], line.value
        several = [getattr(one, "elts", ()) for one in both]
        for target, value in zip(*several, strict=True) if len(several[0]) == len(several[1]) > 0 else [both]:
            if ast.unparse(target) in below and isinstance(value, ast.Constant) and value.value == 0:
                value.value = np.inf
                named.append(ast.unparse(target))
    if not named:
        return None
    one, two = (run(False, rounds, method=with_lines(method, ast.unparse(tree))) for rounds in (1, 2))
    goes_on = one is not None and two is not None and len(two) > len(one)
    return ("best_begins_low", {"name_of_it": named[0]}) if goes_on else None


def made_anew(seen, other, places, piece):
    """Whether a piece of the parameters is the same at these places, whichever of two ways the loop went before."""
    begun, anew = ([way[k][piece] for k in places] for way in (seen, other))
    went, back = ([way[k - 1][piece] for k in places] for way in (seen, other))
    moved = not np.array_equal(went, back) and not np.array_equal(went, begun)
    return moved and np.array_equal(begun, anew)


def idle(own, name, data, wanted, pairs):
    """(kind, facts) of a share to be left out by chance, as it is called, that has no say in training, or None."""
    ends, named = [], []
    for times in (1.0, 0.5):
        twin = copy.deepcopy(own)
        for holder in dict.fromkeys((*helpers_of(twin), *holders_of(twin))):
            shares = LEFT_OUT if "drop" not in type(holder).__name__.lower() else re.compile("")
            for key, one in attributes(holder).items():
                if shares.match(key) and isinstance(one, float) and 0 < one < 1:
                    setattr(holder, key, times * one)
                    named.append(f"`{key}`")
        after = run_of(twin, name, data, wanted)[0] if named else None
        if after is None:
            return None
        ends.append(flat(arrays_of(after, pairs, False)))
    same_end = np.isfinite(ends).all() and np.array_equal(*ends)
    return ("dropout_idle", {"names": " and ".join(dict.fromkeys(named))}) if same_end else None


def shares(own, name, data, wanted):
    """(kind, facts) of updates that do not hold the gradients of their examples alike, or None.

    Each gradient is worked out once more by itself. What an update takes is asked for its shares of them, and so is
    how far it goes: both say nothing where they are not made of these gradients and nothing else.
    """
    whole, since, every, found, again = Whole(own, *data), [], [], [], []
    pairs, values = whole.pairs.items(), lambda twin, which: flat(arrays_of(twin, whole.pairs.items(), which))
    turn, state = marks(own, *data)[2], {}

    def look(twin, phase, given):
        if phase == "back":
            alone = copy.deepcopy(twin)
            alone.__class__ = type(own)
            with contextlib.suppress(AttributeError, LookupError):  # before the first way back there are none
                set_to_zero(alone, pairs)
            alone.backward_step(*given)
            since.append((values(alone, True), len(turn(given[0]))))
            every.append(since[-1])
        elif phase == "update":
            state.update(takes=values(twin, True), at=values(twin, False), rate=motion.rate_of_any(holders_of(twin)))
        else:
            moved = state["at"] - values(twin, False)
            found.append((since[:], state["takes"], moved, state["rate"]))
            again.append(share_of(every[-MOST:], state["takes"]) if len(since) == 1 < len(every) else None)
            since.clear()

    if run_of(own, name, data, wanted, look)[1] is None:
        return None
    if every and not any(one.any() for one, _ in every) and flat(whole.arrays(True)).any():
        return "gradients_zero", {"count": len(every)}
    older = [one is not None and np.abs(one[:-1] - one[-1]).min() < 1e-6 * abs(one[-1]) for one in again]
    if sum(older) > 2 and 2 * sum(older) > len(older):
        return "steps_within", {}
    several = [one for one in found if len(one[0]) > 1]
    if several and all(of_the_last_alone(*one[:2]) for one in several):
        return "gradients_unused", {}
    found = [one for one in several if len(one[0]) <= MOST]
    gone = [share_of(each, moved) for each, _, moved, _ in found]
    rates = [rate for *_, rate in found]
    uneven = any(one is None or not rate or np.ptp(one) > 1e-6 * rate for one, rate in zip(gone, rates, strict=True))
    if len(found) < 2 or uneven or not whole.of_a_mean():
        return None
    times, m = [len(one) * one[0] / rate for one, rate in zip(gone, rates, strict=True)], whole.count()
    examples = np.array([sum(n for _, n in each) for each, *_ in found])
    if same(np.array(times), examples / m, 1e-6) and examples[0] != m:
        return "batch_of_all", {"count": examples[0], "of": m}
    return None


def of_the_last_alone(gradients, taken):
    """Whether what an update takes is the last of several gradients, and those before it would have changed that."""
    share = share_of(gradients[-1:], taken)
    others = np.sum([one for one, _ in gradients[:-1]], axis=0)
    return share is not None and share_of(gradients[-1:], others) is None


def share_of(gradients, made):
    """How much of each of some gradients there is in what was made of them; None if there is more in it."""
    columns = np.stack([one for one, _ in gradients], axis=1)
    if not np.isfinite(columns).all() or not np.isfinite(made).all():
        return None
    found, _, rank, _ = np.linalg.lstsq(columns, made, rcond=1e-9)
    return found if rank == len(gradients) and same(columns @ found, made) else None


def flat(arrays):
    """The numbers of several arrays in one row."""
    return np.concatenate([np.ravel(one) for one in arrays.values()])


def best_not_kept(run, text, method, names):
    """(kind, facts) of a loop that would come back to earlier parameters had it kept copies, and does not; or None.

    It is run uphill, so that the best are not the last. What it keeps is what it assigns in an `if` within a loop.
    Or of one that comes back to earlier ones downhill, and stays with the last ones uphill.
    """
    line, with_copies, asked, never_read = copying(text, names)
    if line is None:
        return None
    if never_read:
        return "best_never_back", {"name_of_it": never_read}
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


def copying(text, names):
    """Of what an `if` in a loop assigns: (the first line's number, the text with copies, what is asked, a name).

    The name is that of a variable for arrays of these `names` that no line reads.
    """
    tree = ast.parse(text)
    loops = [one for one in ast.walk(tree) if isinstance(one, (ast.For, ast.While))]
    asked = [one for loop in loops for one in ast.walk(loop) if isinstance(one, ast.If)]
    lines = {id(line): line for one in asked for line in ast.walk(one) if isinstance(line, ast.Assign)}
    kept = [line for line in lines.values() if any(isinstance(one, ast.Attribute) for one in ast.walk(line.value))]
    read = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    targets = [[getattr(one, "id", "") for one in getattr(line.targets[0], "elts", line.targets)] for line in kept]
    never = [" and ".join(its) for line, its in zip(kept, targets, strict=True) if all(its) and not read & {*its}
             if {getattr(one, "attr", "") for one in ast.walk(line.value)} & {*names, "layers"}]  # fmt: skip
    for line in kept:
        line.value = ast.Call(ast.parse("__import__('copy').deepcopy", mode="eval").body, [line.value], [])
    questions = [ast.unparse(one.test).lower() for one in asked]
    first, text = kept[0].lineno if kept else None, ast.unparse(ast.fix_missing_locations(tree))
    return first, text, questions, (never or [""])[0]


def on_the_way(own, name, method, pairs, data, wanted, uphill):
    """All parameters at each way back of a loop, and at its end; None if it has none. Uphill its rates are negative."""
    twin, seen = copy.deepcopy(own), []
    for one in (*helpers_of(twin), *holders_of(twin)) if uphill else ():
        motion.set_rate(one, -motion.rate_of(one))
    given = {one.name: -one.default for one in inspect.signature(method).parameters.values()
             if uphill and one.name in motion.RATES and isinstance(one.default, float)}  # fmt: skip

    def look():
        seen.append(flat(arrays_of(twin, pairs, False)))

    def loss(*given):
        return 1 - 1 / (2 + len(seen)) if uphill else 1 / (1 + len(seen))

    def back(self, *labels):
        look()
        return super(kind, self).backward_step(*labels)

    def update(self, *more):
        made = super(kind, self).update(*more)
        look()
        return made

    watched = {"backward_step": back} | ({"update": update} if hasattr(own, "update") else {})
    if "loss" in methods_of(type(own)):  # whether the rounds get better or worse hangs on no example then
        watched["loss"] = loss
    twin.__class__ = kind = type(type(own).__name__, (type(own),), {name: method, **watched})
    try:
        with quiet(), Chance(parts=holders_of(own), loops=True), Lines(10**6, 3.0):
            getattr(twin, name)(*map(np.array, data), **wanted | given)
            look()
    except (Exception, SystemExit, TooLong):
        return None
    return seen
