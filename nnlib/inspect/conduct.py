"""What shows in an optimiser's steps whatever its rule is: what it keeps, how its rate goes, where it goes up."""

import ast
import itertools
import re

import numpy as np

from nnlib.inspect import motion
from nnlib.inspect.known_rules import Known
from nnlib.inspect.motion import (
    MOMENTUMS,
    SPEEDS,
    STEPS,
    fresh,
    lines_of,
    moves_of,
    number,
    rate_of,
    set_rate,
    that_run,
    undisturbed,
)
from nnlib.inspect.own import named_arrays, numbers_of
from nnlib.inspect.recognise import same
from nnlib.lines import functions_of, methods_of
from nnlib.lines.anew import names_in, text_of
from nnlib.parts.part import attributes

FALLING, RISING = re.compile("decay|gamma|drop|anneal"), re.compile("max|top|warm|peak|cycl|half")  # of a rate, by name
HALF = 0.5 + 1e-6  # what is halved may be off by its last digit
VELOCITY = re.compile(r"v|v_?\w{1,2}|vel\w*|speed\w*|momentum\w*", re.IGNORECASE)


def keeps_gradients(optimizer):
    """Whether it steps otherwise if all gradients come in one array, which each batch writes over."""
    gradients = np.random.default_rng(0).standard_normal((STEPS, 3))
    one, again, other = (moves_of(fresh(optimizer), np.ones(3), gradients, own) for own in (True, True, False))
    return one is not None and other is not None and same(one, again) and not same(one, other)


def mixed(steps):
    """The numbers of the arrays whose first step goes another way as soon as another array has another gradient.

    Or has another length, where not all have: gradients are so small that no bound shortens them.
    """
    numbers, rng, found = steps.array_numbers[0], np.random.default_rng(2), set()
    start, gradient, other = rng.standard_normal((3, steps.size)) * [[1], [0.01], [0.01]]
    one, again = (moves_of(fresh(steps), start, gradient[np.newaxis]) for _ in range(2))
    if one is None or not same(one, again):
        return []
    for k in range(numbers.max() + 1):
        moves = moves_of(fresh(steps), start, np.where(numbers == k, other, gradient)[np.newaxis])
        ways = {j: (one[0][numbers == j], moves[0][numbers == j]) for j in range(numbers.max() + 1) if j != k}
        longer = {j for j, (a, b) in ways.items() if not same(a, b, 1e-6)}
        found |= longer if len(longer) < len(ways) else set()
        found |= {j for j, (a, b) in ways.items()
                  if not same(a * np.linalg.norm(b), b * np.linalg.norm(a), 1e-6)}  # fmt: skip
    return sorted(found)


def mixed_up(steps):
    """Those of `mixed` that follow their own gradient as well, in the second step too: what is kept is mixed."""
    found, numbers, rng = mixed(steps), steps.array_numbers[0], np.random.default_rng(2)
    first, second, other = 0.01 * rng.standard_normal((3, steps.size)) if found else (None,) * 3
    moves = moves_of(fresh(steps), np.zeros(steps.size), [first, second], stay=True) if found else None
    kept = []
    for k in found:
        its = numbers == k
        after = moves_of(fresh(steps), np.zeros(steps.size), [np.where(its, other, first), second], stay=True)
        if not any(same(one[its], then[its], 1e-6) for one, then in zip(moves, after, strict=True)):
            kept.append(k)
    return kept


def shrinks(optimizer, gradients):
    """Whether a gradient that is so many times as large makes a step that is as many times as small."""
    small, large = (moves_of(fresh(optimizer), np.zeros(gradients.shape[1]), 1e3**k * gradients) for k in (1, 2))
    return bool(large.any()) and same(1e3 * large, small, 0.01)


def by_length(optimizer, gradients, moves):
    """(kind, facts) of steps along the gradient that have another length than the rate says."""
    rate, lengths = rate_of(optimizer) or np.inf, -(moves * gradients).sum(axis=1) / (gradients**2).sum(axis=1)
    if not same(-lengths[:, np.newaxis] * gradients, moves, 1e-6) or (lengths <= 0).any():
        return None
    shares, count = lengths[1:] / lengths[:-1], lengths[0] / rate
    if shares[-1] <= HALF and (np.diff(shares) < 0).all():
        later = moves_of(fresh(optimizer), 0 * gradients[0], np.tile(gradients[:1], (4 * STEPS, 1)), stay=True)
        sizes = np.abs(later).max(axis=1) if later is not None else np.ones(2)
        if (np.diff(sizes) > 0).any():  # it rises again, as one that goes round does
            return None
        return "rate_falls_faster", {"share": lengths[-1] / lengths[0], "count": len(lengths)}
    if np.ptp(shares) < 1e-6 and abs(shares[0] - 1) < 1e-6 and count > 1.5 and abs(count - round(count)) < 1e-6:
        return "step_multiplied", {"count": round(count)}
    return None


def vanishes(optimizer, steps=24):
    """(kind, facts) of steps along one gradient of which, after a few, each is half as long as the one before or less.

    Whatever memory the rule has, that is its rate.
    """
    gradients = np.tile(undisturbed(optimizer)[0][:1], (steps, 1))
    moves = moves_of(fresh(optimizer), 0 * gradients[0], gradients, stay=True)
    sizes = np.zeros(1) if moves is None else np.abs(moves).max(axis=1)
    shares = sizes[1:] / sizes[:-1] if sizes.all() and np.isfinite(sizes).all() else np.ones(1)
    return ("rate_vanishes", {"share": shares[-1]}) if (shares[-steps // 2 :] <= HALF).all() else None


def decays_anew(optimizer, steps=24):
    """(kind, facts) of a rate that is kept after each step, divided by a number that grows from step to step."""
    gradient = np.ones((1, getattr(optimizer, "size", 5)))

    def kept(name, back):
        twin = fresh(optimizer)
        rates = [attributes(twin)[name]]
        for _ in range(steps):
            if moves_of(twin, gradient[0], gradient) is None:
                return np.ones(2)
            rates.append(attributes(twin)[name])
            if back:
                setattr(twin, name, rates[0])
        return np.array(rates[1:]) / (rates[0] if back else rates[:-1])

    stepped = fresh(optimizer)
    for _ in range(steps):
        moves_of(stepped, gradient[0], gradient)
    for name, value in attributes(fresh(optimizer)).items():
        if isinstance(value, float) and 0 != value != attributes(stepped).get(name):
            alone, each = kept(name, True), kept(name, False)
            if falls_anew(alone, each):
                return "rate_falls_faster", {"share": np.prod(each), "count": steps}
    return None


def falls_anew(alone, each):
    """Whether factors `each` fall, step for step, and are those `alone` of a rate that is set back in between."""
    falls = (np.diff(each) <= 1e-9).all() and 0 <= each[-1] < each[len(each) // 2] - 1e-6 < each[0] - 2e-6
    return bool(falls and same(alone, each, 1e-6))


def rate_rises(optimizer, layers):
    """(kind, facts) of a rate that rises beyond what it is said to be, though by its names it should decay."""
    named = [name.lower() for name in attributes(optimizer)]
    if not any(map(FALLING.search, named)) or any(map(RISING.search, named)):
        return None
    gradients, moves, starts = undisturbed(optimizer)
    if moves is None or not rate_of(optimizer) or not np.isfinite(moves).all():
        return None
    times = Known(optimizer, layers, gradients).rises(moves, starts)
    return ("rate_rises", {"times": times, "count": STEPS}) if times else None


def begins_late(optimizer, steps=16):
    """(kind, facts) of steps that move nothing for several times, and then always."""
    gradients = np.random.default_rng(5).standard_normal((steps, getattr(optimizer, "size", 5)))
    moves = moves_of(fresh(optimizer), 0 * gradients[0], gradients, stay=True)
    moved = moves is not None and np.nan_to_num(moves, nan=1).any(axis=1)
    late = moves is not None and np.argmax(moved) > 1 and moved[np.argmax(moved) :].all()
    return ("first_steps_still", {"count": int(np.argmax(moved))}) if late else None


def by_the_rate(optimizer):
    """(kind, facts) of steps that grow by more than the rate, by nothing at all, or all but the first."""
    rate, found = rate_of(optimizer), []
    for rates in ((1.0, 2.0), (0.6 * rate, rate)):  # where it may be bounded, and where it is not
        twins = [fresh(optimizer) for _ in rates]
        if not rate or not all(itertools.starmap(set_rate, zip(twins, rates, strict=True))):
            return None
        moves, twice = (undisturbed(twin)[1] for twin in twins)
        found.append(None if moves is None else np.abs(twice).sum(axis=1) / np.abs(moves).sum(axis=1))
        if found[-1] is None or not np.isfinite(found[-1]).all():
            return None
    shares = found[0]
    if shares.min() > 2 - 1e-6 and shares.min() < 3.9 and shares.max() > 2.05:
        return "rate_in_some", {"share": shares.max()}
    off, step = np.abs(np.array(found) - 1), lines_of(optimizer)
    name = next(name for name in motion.RATES if isinstance(attributes(optimizer).get(name), float))
    read = any(name in names_in(function) for function in functions_of(step))
    if off[0].max() < 1e-6 and off[1].max() < 0.05 and read:  # a small number may keep it from zero
        return "rate_cancels", {"name": name}
    return ("rate_not_at_first", {}) if off[:, 0].max() < 1e-6 < off[:, 1:].min() else None


def rates_within(optimizer):
    """The facts of an update along the gradients whose rate, a number that it keeps, changes from array to array."""
    twin, numbers = fresh(optimizer), getattr(optimizer, "array_numbers", None)
    if numbers is None or not rate_of(twin):
        return None
    gradients = np.random.default_rng(1).standard_normal((1, twin.size))
    moves = moves_of(twin, np.zeros(twin.size), gradients)
    after = rate_of(twin)
    if moves is None or after == rate_of(optimizer):
        return None
    pieces = [numbers[0] == k for k in range(numbers[0].max() + 1)]
    rates = [-float(moves[0][one] @ gradients[0][one]) / float(gradients[0][one] @ gradients[0][one]) for one in pieces]
    made = sum(rate * one * gradients[0] for rate, one in zip(rates, pieces, strict=True))
    falls = rates[0] > (1 + 1e-6) * rates[-1] and same(rates[-1], after, 1e-6)
    return {"one": rates[0], "other": rates[-1]} if falls and same(-made, moves[0], 1e-6) else None


def is_plain(optimizer):
    """Whether its steps are the rate times the gradient, downhill."""
    gradients = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])
    moves = moves_of(fresh(optimizer), np.zeros(3), gradients)
    return moves is not None and same(-rate_of(optimizer) * gradients, moves, 1e-6)


def remembers_speed(optimizer):
    """Whether it has a momentum, or keeps a velocity from its first step, by the name of it."""
    stepped, one = fresh(optimizer), np.ones((1, getattr(optimizer, "size", 2)))
    moves_of(stepped, one[0], one)
    kept = [value for name, value in attributes(stepped).items() if name in SPEEDS and isinstance(value, np.ndarray)]
    for name in [name for name in MOMENTUMS if number(optimizer, (name,), None) is not None]:
        if not of_the_way_up(optimizer, name):
            return bool(number(optimizer, (name,), None))  # one that is 0 asks for no memory
    return any(value.any() for value in kept) or any(map(begins_still, functions_of(lines_of(optimizer))))


def of_the_way_up(optimizer, name):
    """Whether a number is read by other methods of what holds it than those of a step, as batch-norm's momentum is."""
    step, names = that_run(optimizer, np.ones((1, getattr(optimizer, "size", 5)))), {name, f"_{name}"}
    holders = [one for one in getattr(optimizer, "holders", ()) if names & numbers_of(one).keys()]
    methods = [pair for one in holders for pair in methods_of(type(one)).items()]
    others = [it for title, it in methods if title not in ("__init__", "__repr__")]
    read = [names & {*names_in(one)} for one in step]
    return not any(read) and any(names & names_in(one) for one in others if one not in step)


def begins_still(function):
    """Whether a function makes a velocity, by the name of it, that is all zeros."""
    for line in ast.walk(ast.parse(text_of(function) or "")):
        made = {getattr(one, "attr", "") for one in ast.walk(line.value)} if isinstance(line, ast.Assign) else {}
        named = [getattr(one, "id", "") for one in line.targets] if made else ()
        if any(map(VELOCITY.fullmatch, named)) and made & {"zeros", "zeros_like"}:
            return True
    return False


def one_for_all(optimizer):
    """(kind, facts) of steps that move all numbers of an array by the same, whatever their gradients are, or None."""
    moves, starts = undisturbed(optimizer)[1:]
    if moves is None or not np.isfinite(moves).all():
        return None
    pieces = np.split(moves[0], starts[1:])
    found = [k for k, one in enumerate(pieces) if one.size > 3 and not np.ptp(one) and one.any()]
    return ("one_for_all", {"arrays": found} if len(starts) > 1 else {}) if found else None


def keeps_squares(optimizer):
    """Whether it keeps the squares of a gradient after its first step."""
    stepped, gradient = fresh(optimizer), np.resize([2.0, -3.0, 5.0], getattr(optimizer, "size", 3))
    moves_of(stepped, np.ones_like(gradient), gradient[np.newaxis])
    held = [np.ravel(one) for it in getattr(stepped, "holders", [stepped]) for one in named_arrays(it).values()]
    return any(same(one, gradient[k : k + len(one)] ** 2)
               for one in held if len(one) > 1 for k in range(len(gradient) - len(one) + 1))  # fmt: skip


def grows(optimizer):
    """Whether parameters move away from zero where all gradients are zero."""
    start = np.resize([1.0, -2.0, 3.0], getattr(optimizer, "size", 3))
    moves = moves_of(fresh(optimizer), start, np.zeros((2, len(start))))
    return moves is not None and bool(moves[0].any() and (moves[0] * start >= 0).all())


def climbs(optimizer):
    """Whether some array's first step goes up, whatever decay does."""
    gradients, moves, starts = undisturbed(optimizer)
    return moves is not None and bool((np.minimum.reduceat(moves[0] * gradients[0], starts) > 0).any())


def one_sided(optimizer):
    """(kind, facts) of steps that are not turned round where all gradients are: all known rules treat both alike.

    From wherever they begin: at the end of what parameters may be, half of the steps are none.
    """
    gradients, share = undisturbed(optimizer)[0], 1.0
    read = {name for one in functions_of(lines_of(optimizer)) for name in names_in(one)}
    if read & {"loss", "cost"}:  # it looks where the loss falls, too
        return None
    for at in (0.0, 5.0, -5.0):
        start = np.full(gradients.shape[1], at)
        moves, turned = (moves_of(fresh(optimizer), start, way * gradients, stay=True) for way in (1, -1))
        if moves is None or turned is None or not np.isfinite(moves + turned).all() or same(moves, -turned, 1e-9):
            return None
        share = min(share, np.mean(np.abs(moves + turned) > 1e-9 * np.abs(moves).max()))
    return "one_sided", {"share": share}


def moves_by_itself(optimizer):
    """Whether it moves parameters of zero along gradients of zero, as noise does."""
    none = np.zeros((2, getattr(optimizer, "size", 5)))
    return bool(np.any(moves_of(fresh(optimizer), none[0], none, stay=True)))


def goes_up(optimizer, piece, tries=16):
    """Whether an array's first step goes up on the whole, along some gradient: what it follows is not its own."""
    rng, size = np.random.default_rng(6), optimizer.size
    for gradient in 0.01 * rng.standard_normal((tries, size)):
        moves = moves_of(fresh(optimizer), np.zeros(size), gradient[np.newaxis])
        if moves is not None and moves[0][piece] @ gradient[piece] > 0:
            return True
    return False


def uphill(move, gradient):
    """Whether the first step, along each single parameter, goes up."""
    return bool((move * gradient > 0).all())
