"""Which line of an optimiser? Each small change of its lines is run beside the rules that are known to be right."""

import copy
import re

import numpy as np

from nnlib.inspect import conduct, known_rules, motion, rules
from nnlib.inspect.own import numbers_of
from nnlib.inspect.recognise import same
from nnlib.lines import Anew, functions_of, mended
from nnlib.lines.anew import names_in
from nnlib.parts.part import attributes

SLIPS = {
    "another-attribute", "another-variable", "another-key", "another-store",
    "operator", "overwritten", "added-to-the-old", "not-copied",
    "renamed-for-filled", "filled-elsewhere", "not-kept", "lines-in-other-order", "sides-swapped", "brackets-missing",
    "brackets-too-many", "two-pairs-missing", "power-of-all", "times-for-power", "other-function", "wrong-sign", "sign",
    "term-missing", "inside-the-block", "outside-the-block", "anew-in-each-round", "before-the-loop",
    "one-part-divided", "bracket-too-early", "bracket-too-late", "arguments-swapped", "other-order-of-calls",
    "one-for-two", "used-nowhere",
}  # fmt: skip
"""Not what leaves something out, or changes a number: that makes a usual rule of an unusual one, which may be right."""


NESTEROV = "Nesterov's momentum"
NAMES = {"momentum": "momentum", "nesterov": NESTEROV, "nesterovmomentum": NESTEROV, "momentumnesterov": NESTEROV,
         "nag": NESTEROV, "rmsprop": "RMSProp", "adagrad": "Adagrad", "adam": "Adam", "adamax": "AdaMax",
         "amsgrad": "AMSGrad", "nadam": "Nadam"}  # fmt: skip
"""Rules by what they are called, once words that say nothing of the rule are taken away."""
BESIDE_A_NAME = re.compile("optimi[sz]ers?|opt|my|own|simple|custom|use|update[rs]?|steps?|rule|net(work)?|s?gd|[^a-z]")
ONE_OF_THESE = {NESTEROV, "RMSProp", "Adagrad"}
"""Rules whose name nobody gives to another one that is right."""
BOUND = re.compile("clip|max_?norm|max_?grad|threshold")
DECAYS = re.compile("decay|lam|l2|reg|wd")
EACH = np.array([0.02, -0.01, 0.03, 0.01, -0.02, 0.005])
"""A gradient, step by step, that all arrays have in all places."""
LONG = 100  # times as long as the next step along the same gradient: no rule begins so


def named(optimizer, layers=1):
    """(kind, facts) of the mistake in an optimiser's steps, or None: by the rule it follows, or by the line of it."""
    found = rules.named(optimizer, layers)
    if found is None or found[0] == "step_not_finite":
        found = of_lines(optimizer, layers) or found
    return found


def of_lines(optimizer, layers):
    """The same, of what no rule names."""
    return memory_shared(optimizer, layers) or unbounded(optimizer) or apart(optimizer) or by_line(optimizer, layers)


def memory_shared(optimizer, layers):
    """(kind, facts) of one object under two names, if with one for each the steps are those of a known rule."""
    twin, shared = copy.deepcopy(optimizer), []
    for holder in getattr(twin, "holders", [twin]):
        seen = {}
        for name, one in attributes(holder).items():
            if not isinstance(one, (np.ndarray, list, dict)) or seen.setdefault(id(one), name) == name:
                continue
            setattr(holder, name, copy.deepcopy(one))
            shared.append((seen[id(one)], name))
    if not shared:
        return None
    gradients, moves, _ = motion.undisturbed(twin)
    known = known_rules.Known(twin, layers, gradients).fitting(moves) if moves is not None else ()
    right = any(kind is None for kind, _ in known) and not same(moves, motion.undisturbed(optimizer)[1], 1e-6)
    return ("memory_shared", {"one": shared[0][0], "other": shared[0][1]}) if right else None


def apart(optimizer):
    """(kind, facts) of arrays that, along one gradient in all places, take other steps than the rest, or None.

    That may be meant, unless what makes all steps alike has been worked out, and is used nowhere.
    """
    groups = groups_of(optimizer)
    if len(groups) != 2 or any(same(curve, EACH / np.linalg.norm(EACH), 1e-6) for curve, _ in groups):
        return None
    (_, rest), (_, odd) = sorted(groups, key=lambda one: -len(one[1]))

    def puts_right(swapped):
        twin = copy.deepcopy(optimizer)
        Anew(swapped).made_anew(twin.model.own if hasattr(twin, "model") else twin)
        found = groups_of(twin)
        return len(found) == 1 and any(same(found[0][0], one, 1e-6) for one, its in groups if len(its) >= len(rest))

    functions = motion.that_run(optimizer, np.outer(EACH, np.ones(optimizer.size)))
    mend = mended(functions, puts_right, seconds=1.0, kinds={"used-nowhere"})
    return ("arrays_apart", {"arrays": odd, "says": mend.says}) if mend else None


def groups_of(optimizer):
    """[(the course of its steps, the arrays that take it)] along one gradient in all places; [] if they have none."""
    numbers, found = getattr(optimizer, "array_numbers", [()])[0], []
    size = len(numbers)
    moves = motion.moves_of(motion.fresh(optimizer), np.zeros(size), np.outer(EACH, np.ones(size)), stay=True)
    if not size or moves is None or not np.isfinite(moves).all():
        return []
    for k in range(numbers.max() + 1):
        piece = moves[:, numbers == k]
        if np.ptp(piece, axis=1).max() > 1e-9 * np.abs(piece).max():  # it looks at more than each number's own
            return []
        course = piece[:, 0] / (np.linalg.norm(piece[:, 0]) or 1.0)
        its = next((its for one, its in found if same(one, course, 1e-6)), None)
        if its is not None:
            its.append(k)
        elif course.any():
            found.append((course, [k]))
    return found


def unbounded(optimizer):
    """(kind, facts) of a bound on gradients that does something else than to shorten long ones to it, or None."""
    step, numbers = getattr(optimizer, "lines", optimizer.step), getattr(optimizer, "array_numbers", None)
    read = {name for one in functions_of(step) for name in names_in(one)}
    bounds = {name: one for name, one in attributes(optimizer).items() if name in read and BOUND.search(name)
              and isinstance(one, float) and one > 0}  # fmt: skip
    if len(bounds) != 1:
        return None
    (name, bound), size = *bounds.items(), getattr(optimizer, "size", 5)
    way = np.random.default_rng(4).uniform(0.5, 1.5, size) * np.resize([1, -1, -1], size)
    way /= np.linalg.norm(way)
    pieces = [np.zeros(size, int), *(numbers or ())]
    lengths = [np.sqrt(np.bincount(one, way**2))[one] for one in pieces]
    short, shortened = 0.5 * bound * way, [*(bound * way / one for one in lengths), bound * np.sign(way)]

    def moved(last, limit, at=0.0):
        twin = motion.fresh(optimizer)
        setattr(twin, name, limit)
        return motion.moves_of(twin, np.full(size, at), [short, last], stay=True)

    free = [moved(last, 1e9 * bound) for last in (short, *shortened)]
    within, beyond = moved(short, bound), moved(1000 * way * max(1, size**0.5) * bound, bound)
    if any(one is None or not np.isfinite(one).all() for one in (*free, within, beyond)):
        return None
    decays = any(map(DECAYS.search, attributes(optimizer)))
    if not decays and not np.allclose(within, moved(short, bound, at=1.0), 1e-4, 0):
        return None  # it is a bound on something else than gradients alone
    if not np.allclose(within, free[0], 1e-4, 0):
        return "bound_lengthens", {"name": name, "bound": bound, "length": 0.5 * bound}
    last = beyond[-1]
    held = any(np.allclose(last, one[-1], 1e-4, 0) for one in free[1:])  # or what is bound is the step
    held = held or abs(np.linalg.norm(last) / bound - 1) < 1e-6 or abs(np.abs(last).max() / bound - 1) < 1e-6
    return None if held else ("bound_missed", {"name": name, "bound": bound})


def by_line(optimizer, layers):
    """(kind, facts) of the one change of its lines with which its steps are those of a rule with a memory.

    To be near a rule that is known is no mistake: it is said of an optimiser that is called after that rule, or whose
    steps are those of no rule at all.
    """
    gradients, moves, starts = motion.undisturbed(optimizer)
    functions = motion.that_run(optimizer, gradients)
    if not functions or moves is None or not moves.any(axis=0).all():
        return None
    known, called = known_rules.Known(optimizer, layers, gradients), names_of(optimizer, functions)
    meant = {NAMES[one] for one in called if one in NAMES}
    fits = {facts["rule"] for rule, facts in known.right() if known_rules.alike(rule, moves)} if known.rate else set()
    if "adamw" in called and decays_alike(optimizer):
        return "decay_coupled", {}
    if fits and (meant & fits or not meant & ONE_OF_THESE):
        return None
    hangs = hangs_on_parameters(optimizer, gradients, moves)
    along = not hangs and known.rate and known.scheduled(moves, starts)
    if not known.rate or (not fits and (along or not (meant or hangs or refuted(optimizer)))):
        return None
    targets = meant or {*NAMES.values()}
    larger = motion.undisturbed(optimizer, at=0.05)[0]  # of small ones a product, say, is as good as 0
    aims = [facts["rule"] for _, facts in known.right() if facts["rule"] in targets]
    right = [(given, np.array([rule for rule, facts in known_rules.Known(optimizer, layers, given).right()
                               if facts["rule"] in targets])) for given in (gradients, larger)]  # fmt: skip
    elsewhere = motion.moves_of(motion.fresh(optimizer), np.full(gradients.shape[1], 0.7), gradients, stay=True)
    at, found = 0.7 * same(elsewhere, moves, 1e-6), []  # unless they decay, parameters have no say

    def counts(name, swapped=()):
        """Whether a number of the optimiser's has a say in its steps: what it is for, no mend takes from it."""
        twin = copy.deepcopy(optimizer)
        Anew(dict(swapped)).made_anew(twin.model.own if hasattr(twin, "model") else twin)
        pair = [copy.deepcopy(twin), twin]
        setattr(twin, name, 0.93 * numbers_of(twin)[name])
        one, other = (motion.moves_of(each, np.zeros(gradients.shape[1]), gradients, stay=True) for each in pair)
        return one is not None and other is not None and not np.allclose(one, other, 1e-9, 0)

    matters = [name for name, one in numbers_of(optimizer).items() if isinstance(one, float) and counts(name)]

    def puts_right(swapped):
        for (given, of_rules), steps, start in ((right[0], 2, 0.0), (right[0], None, 0.0), (right[1], None, at)):
            twin = copy.deepcopy(optimizer)  # most changes fail at the first of these
            Anew(swapped).made_anew(twin.model.own if hasattr(twin, "model") else twin)
            moves = motion.moves_of(twin, np.full(given.shape[1], start), given[:steps], stay=True)
            if moves is None or not np.isfinite(moves).all():
                return False
            off = np.abs(of_rules[:, :steps] - moves).max(axis=(1, 2))
            if not off.min() <= 1e-6 * np.abs(moves).max():
                return False
        found[:] = [aims[off.argmin()]]
        return all(counts(name, swapped) for name in matters)

    mend = mended(functions, puts_right, seconds=2.0, kinds=SLIPS)
    if mend is not None and "The same goes for" in mend.says:  # so much is rather meant
        mend = None
    told = {"now": f"those of {max(fits)}" if any(fits) else "the rate times the gradient"} if fits else {}
    if mend is None:
        return ("another_rule", {**told, "rule": " or ".join(sorted(meant))}) if fits else None
    kind = "another_rule_line" if fits else "step_line"
    return kind, {"says": mend.says, "rule": found[0], "mend": mend.kind, **told}


def names_of(optimizer, functions):
    """How an optimiser is called: its class, what holds it, what is switched on in it, and what runs in a step."""
    held = [optimizer, *getattr(optimizer, "holders", ())]
    on = [name for one in held for name, value in attributes(one).items() if value is True]
    names = [*(type(one).__name__ for one in held), *on, *(one.__name__ for one in functions)]
    return {BESIDE_A_NAME.sub("", one.lower()) for one in names}


def hangs_on_parameters(optimizer, gradients, moves):
    """Whether steps from other parameters, though these do not decay, are others: no rule's are."""
    start = np.full(gradients.shape[1], 0.7)
    still = motion.moves_of(motion.fresh(optimizer), start, 0 * gradients, stay=True)
    other = motion.moves_of(motion.fresh(optimizer), start, gradients, stay=True)
    return other is not None and not np.any(still) and not same(other, moves, 1e-6)


def refuted(optimizer):
    """Whether steps are those of no rule: not turned round with the gradients, or one far longer than all others.

    Or ten times the gradient makes one more than ten times as long, or shorter.
    """
    gradients = np.tile(motion.undisturbed(optimizer, at=1.0)[0][:1], (3, 1))
    moves = motion.moves_of(motion.fresh(optimizer), 0 * gradients[0], gradients, stay=True)
    sizes = np.abs(moves).sum(axis=1) if moves is not None else np.ones(3)
    if conduct.one_sided(optimizer) is not None or bool(sizes[0] > LONG * sizes[1] > 0):
        return True
    larger = motion.moves_of(motion.fresh(optimizer), 0 * gradients[0], 10 * gradients, stay=True)
    return larger is not None and not 0.95 * sizes[0] < np.abs(larger[0]).sum() < 10.5 * sizes[0]


def decays_alike(optimizer):
    """Whether, without a gradient, parameters that are twice as large move by as much as others do."""
    start = np.resize([1.0, -2.0, 3.0], getattr(optimizer, "size", 3))
    moves = [motion.moves_of(motion.fresh(optimizer), size * start, np.zeros((1, len(start)))) for size in (1, 2)]
    return all(one is not None and one.any() for one in moves) and np.allclose(*moves, rtol=1e-3)
