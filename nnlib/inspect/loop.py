"""A training loop of the learner's own: does each gradient belong to the examples, labels and weights of its step?

The loop is run on a copy, for two epochs, and what it calls is written down: way up, way back, update.
"""

import ast
import contextlib
import copy
import inspect
import itertools
import re

import numpy as np

from nnlib.inspect import conduct
from nnlib.inspect.chance import Chance
from nnlib.inspect.diagnosis import Diagnosis
from nnlib.inspect.motion import RATES
from nnlib.inspect.own import helpers_of, in_rows
from nnlib.inspect.sentences import sentence
from nnlib.lines import functions_of, is_own, methods_of
from nnlib.lines.anew import names_in, text_of
from nnlib.lines.search import Lines, TooLong, quiet
from nnlib.parts.part import attributes

DATA = re.compile(r"(x|y|t|inputs?|data|features|labels?|targets?|samples|examples)(_?\w{0,8})", re.IGNORECASE)
ROUNDS = re.compile(r"epochs?|n_?(iter|epochs?|steps)\w*|num_\w+|iterations?|steps|iters|n|max_iter", re.IGNORECASE)
WATCHED = {"__call__": "up", "forward": "up", "backward_step": "back", "update": "update"}
JUDGING = re.compile("loss|cost|accuracy|score|error|log|metric|batch|shuffle|zero")  # these pass nothing through
MEMORY = re.compile(r"[vms]_?\w{0,2}|vel\w*|mom\w*|cache\w*", re.IGNORECASE)  # how an optimiser's memory is called
GONE = 1e-3  # a rate that has come to this share of itself in a few rounds goes nowhere any more
UNSAFE = {"plt", "show", "savefig", "open", "input", "save", "dump", "print_exc", "sleep"}


def torn(own, x, y):
    """The `Diagnosis` of what goes wrong between the phases of a network's own training loop, or None."""
    for name, wanted in loops_of(own):
        called = run_of(own, name, (x, y), wanted)[1]
        if called is None:
            continue
        lost = next((("memory_begins_anew", {"memory": given[0]}) for phase, *given in called if phase == "end"), None)
        called = [one for one in called if one[0] != "end"]
        found = labels_moved(called, y)
        kind = found or torn_in(called, *marks(own, x, y))
        found = found or ((kind, {}) if kind else left_out(own, name, (x, y), wanted, called))
        found = found or counts_rounds(own, called) or lost or rate_compounds(own, name, (x, y), wanted)
        found = found or ends_at_once(methods_of(type(own))[name])
        if found:
            return Diagnosis(found[0], sentence(found[0], {"name": name, **found[1]}), {"method": name})
    return None


def left_out(own, name, data, wanted, called):
    """(kind, facts) of batches without examples, or of a way to cut them by which some examples never come, or None."""
    examples, _, turn = marks(own, *data)
    places = places_of(called, examples, turn)
    if places is None or any(not len(one) for one in places):
        return None if places is None else ("batch_empty", {})
    unseen = len(examples) - len({*np.concatenate([*places, judged(called, places, examples, turn)])})
    size = max(map(len, places), default=0)
    if not unseen:
        return None
    nexts = [len(one) == len(two) and (two[:-1] == one[1:]).all() for one, two in itertools.pairwise(places)]
    facts = {"unseen": unseen, "of": len(examples), "size": size}
    if len(nexts) > 1 and np.mean(nexts) >= 0.5 and size > 1:
        return "batches_overlap", facts

    def run(rounds, more=0):
        """The places of the examples of each step, with so many examples more."""
        near, axis = ((0.97, 0.013), (1, 0)), 0 if turn is np.asarray else -1
        it = [np.concatenate([one, turn(turn(one)[:more] * scale + move)], axis)
              for one, (scale, move) in zip(data, near, strict=True)] if more else data  # fmt: skip
        found = run_of(own, name, it, dict.fromkeys(wanted, rounds))[1] if wanted else None
        batches = None if found is None else places_of(found, turn(it[0]), turn)
        others = judged(found, batches, turn(it[0]), turn) if batches else ()
        return batches, len(turn(it[0])) - len({*others} - {*np.concatenate(batches)} if batches else ())

    one, two, many = (run(rounds)[0] for rounds in (1, 2, 6))
    if not one or not many or len(two) <= len(one):
        return None
    if len(one) > 1 and all(np.array_equal(np.sort(one[0]), np.sort(other)) for other in one):
        return "same_batch", {**facts, "count": len(one)}
    never = [m - len({*np.concatenate(its)}) for its, m in (run(6, more) for more in range(size + 1)) if its]
    each = [{*np.concatenate(many[k : k + len(one)])} for k in range(0, len(many), len(one))]
    full = len(never) == size + 1 and {len(batch) for batch in many} == {size} and all(its == each[0] for its in each)
    if full and never[0] and (min(never) == 0 or (min(never), max(never)) == (1, size)):
        return "last_batch_left_out", {**facts, "unseen": never[0]}
    return None


def judged(called, batches, examples, turn):
    """The places of the examples that go up by themselves, never with one of the batches, as those held out do."""
    learned = {*np.concatenate(batches)} if batches else set()
    others = places_of([*called, ("end",)], examples, turn, "up", "end") or []
    return np.concatenate([np.empty(0, int), *(one for one in others if not learned & {*one})])


def places_of(called, examples, turn, *nexts):
    """Of each batch before a way back, the places of its examples among all; None if they are not some of these."""
    run = [(phase, given) for phase, *given in called if phase in ("up", "back", "end")]
    nexts = nexts or ("back",)
    ups = [turn(given[0]) for (phase, given), (after, _) in itertools.pairwise(run) if phase == "up" and after in nexts]
    if any(one.ndim != 2 or one.shape[1:] != examples.shape[1:] for one in ups):
        return None
    places = [[np.flatnonzero((examples == row).all(axis=1)) for row in one] for one in ups]
    if any(len(one) != 1 for batch in places for one in batch):
        return None
    return [np.concatenate(batch) if batch else np.empty(0, int) for batch in places]


def counts_rounds(own, called):
    """(kind, facts) of a number t, as in `1 - beta ** t` of an update, that is the same in several steps on end."""
    texts = [text_of(one) or "" for one in (functions_of(own.update) if hasattr(own, "update") else ())]
    powers = [ast.unparse(one.right.right) for text in texts for one in ast.walk(ast.parse(text))
              if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Sub) and getattr(one.left, "value", None) == 1
              and isinstance(one.right, ast.BinOp) and isinstance(one.right.op, ast.Pow)]  # fmt: skip
    updates = [given for phase, *given in called if phase == "update"]
    held, kept = ([one[k] for one in updates] for k in (0, 1))
    for name in dict.fromkeys(one.removeprefix("self.") for one in powers if one.startswith("self.")):
        counts = [one.get(name) for one in held]
        back = [k for k, one in enumerate(counts) if k and isinstance(one, int) and one < counts[k - 1] and kept[k]]
        if back:
            return "adam_counter_anew", {"t": name, "count": counts[back[0]]}
        again = [one == other for one, other in itertools.pairwise(counts)]
        if isinstance(counts[0] if counts else None, int) and any(again) and not all(again):
            return "adam_counter_of_rounds", {"t": name, "count": 1 + again.index(False)}
    return None


def labels_moved(called, labels):
    """(kind, facts) of numbers of classes from which a loop takes so much that some are below zero, or None."""
    came = [given[0] for phase, *given in called if phase == "back"]
    if np.ndim(labels) != 1 or np.any(labels != np.round(labels)) or not came or any(one.ndim != 1 for one in came):
        return None
    least, other = np.unique(labels), np.unique(np.concatenate(came))
    moved = least[0] >= 0 > other[0] and len(least) == len(other) and not np.ptp(other - least)
    facts = {"by": other[0] - least[0], "least": least[0], "other": other[0]}
    return ("labels_moved", facts) if moved else None


def ends_at_once(method):
    """(kind, facts) of a loop over batches that a `break` of its own ends in its first round, or None."""
    for loop in [one for one in ast.walk(ast.parse(text_of(method) or "")) if isinstance(one, ast.For)]:
        if isinstance(loop.body[-1], ast.Break) and "backward_step" in ast.unparse(loop):
            return "ends_at_once", {"line": ast.unparse(loop).splitlines()[0]}
    return None


def rate_compounds(own, name, data, wanted):
    """(kind, facts) of a rate that a loop makes anew of the one before, by a factor that falls, or to nothing."""

    def run(which=None, rounds=6):
        """Each number that is held, at each update; `which` is set back after it."""
        seen = []

        def look(twin, phase, given):
            holders = [twin, *helpers_of(twin)]
            if phase == "update":
                every = [((k, its), one) for k, held in enumerate(holders) for its, one in attributes(held).items()]
                seen.append({key: one for key, one in every if isinstance(one, float)})
            elif which is not None and phase == "after":
                setattr(holders[which[0]], which[1], seen[0][which])

        return seen if run_of(own, name, data, dict.fromkeys(wanted, rounds), look)[1] else []

    rates = run() if wanted else []
    for key in [key for key in (rates[0] if rates else ()) if all(key in one for one in rates)]:
        each = np.array([one[key] for one in rates])
        if each[0] and each[0] != each[-1]:
            alone = np.array([one.get(key, np.nan) for one in run(key)]) / each[0]
            each, changes = each[1:] / each[:-1], np.flatnonzero(np.diff(each))
            alike = len(alone) == len(each) + 1 and len(changes) > 2
            if alike and conduct.falls_anew(alone[1:][changes], each[changes]):
                return "rate_falls_faster", {"share": np.prod(each), "count": len(rates)}
            half = [one.get(key) for one in run(rounds=3)]  # else it is a plan for so many rounds
            falls = (np.abs(each) < 1).all() and abs(np.prod(each)) < GONE
            falls = key[1] in RATES and (falls or not any(one[key] for one in rates[len(rates) // 2 :]))
            if falls and half == [one[key] for one in rates[: len(half)]]:
                facts = {"rate": key[1], "count": len(rates)}
                return "rate_gone", facts | {"first": rates[0][key], "last": rates[-1][key]}
    return None


def trained(own, x, y):
    """(its name, a copy of a network after two epochs of it, its calls) of the network's own training loop, or None."""
    runs = ((name, *run_of(own, name, (x, y), wanted)) for name, wanted in loops_of(own))
    return next((one for one in runs if one[2]), None)


def stays_as_given(own, x, y, rises=True):
    """Whether a training loop, if there is one, sends the examples up as they are, and, if asked, its loss `rises`."""
    names = [name for name, one in methods_of(type(own)).items() if "backward_step" in names_in(one)]
    fitted = trained(own, x, y)
    if fitted is None:
        return not names
    turn, before = marks(own, x, y)[2], copy.deepcopy(own)
    known = {one.tobytes() for one in np.ascontiguousarray(turn(x), float)}
    came = next(given[0] for phase, *given in fitted[2] if phase == "up")
    first, last = (float(one.loss(one(np.array(x)), np.array(y))) for one in (before, fitted[1]))
    return {one.tobytes() for one in np.ascontiguousarray(turn(came), float)} <= known and not (rises and last <= first)


def loops_of(own):
    """`(name, arguments)` of each method that trains a network, and what it is to be called with besides data."""
    for name, method in methods_of(type(own)).items():
        given = [*inspect.signature(method).parameters.values()][1:]
        data = [one.name for one in given[:2] if DATA.fullmatch(one.name)]
        named = named_on_the_way(own, name)
        if name in WATCHED or "backward_step" not in named or len(data) < 2 or UNSAFE & named:
            continue
        wanted = {one.name: 2 for one in given[2:] if ROUNDS.fullmatch(one.name)}
        if not any(one.default is one.empty and one.name not in wanted and one.kind is one.POSITIONAL_OR_KEYWORD
                   for one in given[2:]):  # fmt: skip
            yield name, wanted


def named_on_the_way(own, name):
    """What a method's lines name, and those of what it extends, and of the network's methods that it calls."""
    found, waiting = set(), {name}
    while waiting:
        bases = [base for base in type(own).__mro__ if is_own(base)]
        named = {one for base in bases for each in waiting if hasattr(base, each)
                 for one in names_in(getattr(base, each))}  # fmt: skip
        waiting = (named - found) & methods_of(type(own)).keys() - WATCHED.keys()
        found |= named
    return found


def run_of(own, name, data, wanted, look=None):
    """(the network after it, [(phase, what came in)]) of a method's run; (None, None) if it does not come to an end.

    At the "end" there may be the name of a memory that holds nothing each time that an update begins.

    `look(network, phase, given)` is called before each way back and update, and with "after" after each update.
    """
    twin, called, inside, memories = copy.deepcopy(own), [], [], []

    def watched(method, phase):
        def run(self, *given, **more):
            if not inside:
                held = (attributes(self).copy(), filled(self)) if phase == "update" else map(np.array, given[:1])
                held = (*held, method, given[1:], more) if phase == "up" else held
                called.append((phase, *held))
            if not inside and phase == "update":
                memories.append(called[-1][-1])
            if look is not None and phase in ("back", "update") and not inside:
                look(self, phase, given)
            inside.append(phase)
            try:
                return getattr(super(kind, self), method)(*given, **more)
            finally:
                inside.pop()
                if look is not None and phase == "update" and not inside:
                    look(self, "after", given)

        return run

    others = {one: "other" for one in methods_of(type(own)) if one != name and not JUDGING.search(one)
              and "backward_step" not in named_on_the_way(own, one)}  # fmt: skip
    phases = others | dict.fromkeys(ways_up(own, data[0]), "up") | WATCHED
    methods = {one: watched(one, phase) for one, phase in phases.items() if hasattr(own, one)}
    kind = type(type(own).__name__, (type(own),), methods)
    twin.__class__ = kind
    try:
        with quiet(), Chance(parts=[own], loops=True), Lines(10**6, 3.0):
            getattr(twin, name)(*(np.array(one) for one in data), **wanted)
    except (Exception, SystemExit, TooLong):
        return None, None
    twin.__class__ = type(own)
    if len(memories) > 1 and (lost := filled(twin) - set().union(*memories)):
        called.append(("end", sorted(lost)[0]))
    return twin, called


def ways_up(own, x):
    """The names of the methods that are the way up, or that it leaves all to."""
    methods, found = methods_of(type(own)), []
    for name, method in methods.items() if "__call__" in methods else ():
        if method is methods["__call__"]:
            found.append(name)
        elif name in names_in(methods["__call__"]):
            with contextlib.suppress(Exception), Chance(parts=[own]):
                made, whole = (getattr(copy.deepcopy(own), one)(np.array(x)) for one in (name, "__call__"))
                found += [name] if np.array_equal(made, whole) else []
    return found


def filled(own):
    """What a network has of the names of an optimiser's memories, and is not all zeros."""
    held = [(name, one) for name, one in attributes(own).items() if MEMORY.fullmatch(name)]
    lists = [(name, [*one.values()] if isinstance(one, dict) else one if isinstance(one, list) else [one])
             for name, one in held]  # fmt: skip
    return {name for name, several in lists if any(isinstance(one, np.ndarray) and one.any() for one in several)}


def marks(own, x, y):
    """The examples and the labels one by one, and how they stand in an array."""
    turn = np.asarray if in_rows(own, x) else np.transpose
    return turn(x), turn(y), turn


def torn_in(called, examples, labels, turn):
    """What is wrong with a run of the phases, or None."""
    up = None  # since the last update, or the last way back
    stepped = fresh = False
    for k, (phase, *given) in enumerate(called):
        if phase in ("up", "other"):  # another method of the network may go up, too
            up, fresh = given[0] if phase == "up" else None, True
            back_next = next((one for one, *_ in called[k + 1 :] if one not in ("up", "other")), None)
        elif phase == "update":
            if up is not None and fresh and back_next == "update" and any(one == "back" for one, *_ in called[k:]):
                return "update_before_back"
            if stepped:
                return "steps_again"
            stepped = True
        else:
            if up is not None and not fresh and stepped:
                return "way_up_forgotten"
            if up is not None and (one := pairs(turn(up), turn(given[0]), examples, labels)):
                return one
            stepped = fresh = False
    return None


def pairs(inputs, answers, examples, labels):
    """ "pairs_torn" if the examples of a batch, each of which is one of those given, have the labels of others."""
    like = inputs.ndim == examples.ndim == 2 and 0 < answers.ndim == labels.ndim < 3
    if not like or not len(inputs) == len(answers) > 0:
        return None
    answers, labels = (1 * one.reshape(len(one), -1) for one in (answers, labels))  # of yes and no there are numbers
    if inputs.shape[1:] != examples.shape[1:] or answers.shape[1:] != labels.shape[1:]:
        return None
    places = [np.flatnonzero((examples == one).all(axis=1)) for one in inputs]
    if any(len(one) != 1 for one in places):
        return None
    right = labels[np.concatenate(places)]
    for scale, move in scales_of(labels):
        both, its = np.round(scale * labels + move, 9), np.round(answers, 9)
        if all((both == one).all(axis=1).any() for one in its):  # else they have been smoothed
            return None if (its == np.round(scale * right + move, 9)).all() else "pairs_torn"
    return None


def scales_of(labels):
    """(factor, summand) of the usual ways to scale labels; the first leaves them as they are."""
    labels = 1.0 * labels  # yes and no, too
    spread = [(np.std(labels), np.mean(labels)), (np.std(labels, ddof=1), np.mean(labels)),
              (np.ptp(labels), np.min(labels)), (np.max(np.abs(labels)), 0)]  # fmt: skip
    return [(1, 0), *((1 / size, -middle / size) for size, middle in spread if size)]
