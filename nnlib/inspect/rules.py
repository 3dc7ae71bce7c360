"""Update rules, right and wrong, by their numbers: which one does an optimiser follow?

A rule is run beside the optimiser for a few steps with the same gradients. One that moves the parameters to the same
places is the rule. What none of them does is left alone: it may be a rule that is not known here.
"""

import copy
import itertools
import re

import numpy as np

from nnlib.inspect.recognise import same
from nnlib.lines import functions_of
from nnlib.lines.anew import named_by
from nnlib.parts.part import attributes

STEPS = 6
FALLING, RISING = re.compile("decay|gamma|drop|anneal"), re.compile("max|top|warm|peak|cycl|half")  # of a rate, by name


def named(optimizer, layers=1):
    """(kind, facts) of the mistake in an optimiser's steps, or None. `layers` is the number of layers it steps for."""
    rng, size = np.random.default_rng(0), getattr(optimizer, "size", 5)
    gradients = rng.standard_normal((STEPS, size)) * np.array([[1], [0.1], [2], [0.5], [3], [0.2]])
    optimizer = at_another_rate(optimizer)
    start = rng.standard_normal(size)
    moves, again = (moves_of(fresh(optimizer), start, gradients) for _ in range(2))
    if moves is None or number(optimizer, RATES, 1.0) == 0 or not np.array_equal(moves, again, equal_nan=True):
        return None
    if not moves.any():
        return "nothing_moves", {}
    if (facts := rates_within(optimizer)) is not None:
        return "rate_falls_within", facts
    if found := decays_anew(optimizer) or more_than_the_rate(optimizer) or begins_late(optimizer):
        return found
    known = Known(optimizer, layers, gradients)
    if remembers_speed(optimizer) and same(-rate_of(optimizer) * gradients, moves, 1e-6):
        return "velocity_forgotten", {}
    if grows(optimizer) and not climbs(optimizer):
        return "decay_grows", {}
    if same(-rate_of(optimizer) * np.sign(gradients), moves, 1e-3) and keeps_squares(optimizer):
        return "squares_forgotten", {}
    fitting = known.fitting(moves)
    if fitting:
        return None if any(kind is None for kind, _ in fitting) else fitting[0]
    if not np.isfinite(moves).all():
        return "step_not_finite", {"lost": int((~np.isfinite(moves[0])).sum()), "of": moves.shape[1]}
    if found := by_length(optimizer, gradients, moves) or rate_rises(optimizer, layers):
        return found
    if shrinks(optimizer, gradients[:1]):
        return "root_missing", {}
    turned = known.tables and any(kind is None and same(-rule, moves, 1e-6) for kind, rule, _ in known.tables)
    if turned or uphill(moves[0], gradients[0]):
        return "step_uphill", {}
    return array_by_array(optimizer, layers)


class Known:
    """The rules that are known, right and wrong, with an optimiser's own numbers and these gradients."""

    def __init__(self, optimizer, layers, gradients):
        self.gradients, self.sets, self.rate = gradients, numbers_of(optimizer), rate_of(optimizer)
        self.layers, self.arrays = layers, getattr(optimizer, "array_numbers", None)
        self.tables = [*self.rules(0)] if self.rate else []

    def rules(self, which):
        return rules(self.sets[which], self.gradients, self.layers, self.arrays)

    def fitting(self, moves):
        """[(kind, facts)] of the rules that move so."""
        fitting = [(kind, facts) for kind, rule, facts in self.tables if alike(rule, moves)]
        for which in range(1, len(self.sets)) if not fitting else ():  # its numbers may stand in its lines alone
            for kind, rule, facts in self.rules(which):
                rule = rule if self.rate else at_scale(rule, moves)
                if kind not in OF_A_NAME and alike(rule, moves):
                    fitting.append((kind, facts))
                    if kind is None:
                        return fitting
        return fitting

    def right(self):
        """The right rules, with each set of numbers: 12 of these at most, the usual ones first."""
        return [(rule, facts) for which in range(min(len(self.sets), 12)) for kind, rule, facts in self.rules(which)
                if kind is None]  # fmt: skip

    def of_arrays(self, moves, starts):
        """For each array the kinds of the rules that it follows, those of right ones alone if there are any."""
        found = [[] for _ in starts]
        for which in range(min(len(self.sets), 12) if self.rate else 0):
            for kind, rule, facts in self.rules(which) if not all(found) else ():
                fits = pieces_alike(rule, moves, starts) if not which or kind not in OF_A_NAME else ()
                for k in np.flatnonzero(fits):
                    found[k].append((kind, facts))
        return [[one for one in each if one[0] is None] or each for each in found]

    def scheduled(self, moves, starts):
        """Whether each array follows a right rule, but for a factor above 0 in each step, as a schedule has it.

        Or goes along the gradient, whatever the factor.
        """
        left = ~along(self.gradients, moves, starts)[1]
        for scale, fits in self.schedules(moves, starts):
            left &= ~(fits & (scale > 0).all(axis=0))
        return not left.any()

    def schedules(self, moves, starts):
        """(factors by step and array, which arrays they fit) of each right rule; of momentum by its velocity, too."""
        yield from (along(rule, moves, starts) for rule, _ in self.right())
        for beta in {one for numbers in self.sets[:12] for one in (numbers[1], numbers[6])}:
            yield along(-self.rate * self.gradients, moves - beta * np.vstack([0 * moves[:1], moves[:-1]]), starts)

    def rises(self, moves, starts):
        """How many times its learning rate comes into the last step, if it rises from step to step and beyond it."""
        for scale, fits in self.schedules(moves, starts):
            alone = fits.all() and np.allclose(scale, scale[:, :1])
            if alone and (np.diff(scale[:, 0]) > 1e-6).all() and scale[0, 0] >= 0:
                return float(scale[-1, 0]) if scale[0, 0] > 1 - 1e-6 or scale[-1, 0] > 1.5 else None
        return None

    def with_schedule(self, moves, starts):
        """(kind, facts) of a wrong rule that all arrays follow but for a rate that falls; None if a right one does."""
        if self.scheduled(moves, starts):
            return None
        for which in range(min(len(self.sets), 12)):
            for kind, rule, facts in self.rules(which):
                scale, fits = along(rule, moves, starts)
                if kind not in {None, *OF_A_NAME} and fits.all() and falling(scale):
                    return kind, facts
        return None


def falling(scale):
    """Whether factors, by array and step, are those of a schedule: the same for all arrays, from 1 on, never rising."""
    begins = 0.3 < scale[0, 0] < 1 + 1e-6 and np.allclose(scale, scale[:, :1])
    return bool(begins and (scale > 0).all() and (np.diff(scale[:, 0]) <= 1e-9 * scale[0, 0]).all())


def along(rule, moves, starts):
    """The factor between the moves of each array and those of a rule, in each step; and whether they are no more."""
    product, square = (np.add.reduceat(values, starts, axis=1) for values in (rule * moves, rule**2))
    scale = product / np.maximum(square, 1e-300)
    return scale, pieces_alike(rule * np.repeat(scale, np.diff([*starts, moves.shape[1]]), axis=1), moves, starts)


def pieces_alike(rule, moves, starts):
    """For each array whether its steps are those of a rule."""
    with np.errstate(all="ignore"):
        error, size = (np.maximum.reduceat(np.abs(one).max(axis=0), starts) for one in (rule - moves, moves))
        return (error <= 1e-6 * size) & (size > 0)


def array_by_array(optimizer, layers):
    """(kind, facts) if each array follows a rule, some a wrong one. Gradients are small, and parameters stay at 0.

    So neither a bound on the gradients shows nor a decay of the parameters.
    """
    gradients, moves, starts = undisturbed(optimizer)
    if moves is None or not np.isfinite(moves).all() or not np.add.reduceat(np.abs(moves).sum(axis=0), starts).all():
        return None
    known = Known(optimizer, layers, gradients)
    each = known.of_arrays(moves, starts)
    wrong = [k for k, fitting in enumerate(each) if fitting and fitting[0][0] is not None]
    if not all(each):
        return known.with_schedule(moves, starts)
    if not wrong:
        return without_memory(optimizer, each)
    kind, facts = each[wrong[0]][0]
    wrong = [k for k in wrong if kind in [one for one, _ in each[k]]]
    if kind == "step_uphill" and len(wrong) < len(each):  # which is told of the arrays, whatever their rule
        return None
    return kind, facts | ({"arrays": wrong} if len(wrong) < len(each) else {})


def without_memory(optimizer, each):
    """(kind, facts) of arrays whose steps are plain, where others' are not, and whose memory stays all zeros."""
    plain = [k for k, fitting in enumerate(each) if {facts["rule"] for _, facts in fitting} == {""}]
    if not 0 < len(plain) < len(each) or not hasattr(optimizer, "idle"):
        return None
    plain = [k for k in plain if k in optimizer.idle()]
    return ("velocity_forgotten", {"arrays": plain}) if plain else None


def undisturbed(optimizer, at=0.01):
    """(gradients, moves, where each array starts) of steps from 0 each, along small gradients."""
    rng, size = np.random.default_rng(3), getattr(optimizer, "size", 5)
    gradients = at * rng.standard_normal((STEPS, size)) * np.array([[1], [0.1], [2], [0.5], [3], [0.2]])
    moves = moves_of(fresh(optimizer), np.zeros(size), gradients, stay=True)
    numbers = getattr(optimizer, "array_numbers", [np.zeros(size, int)])[0]
    return gradients, moves, np.flatnonzero(np.diff(numbers, prepend=-1))


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


def shrinks(optimizer, gradients):
    """Whether a gradient that is so many times as large makes a step that is as many times as small."""
    small, large = (moves_of(fresh(optimizer), np.zeros(gradients.shape[1]), 1e3**k * gradients) for k in (1, 2))
    return bool(large.any()) and same(1e3 * large, small, 0.01)


def at_another_rate(optimizer):
    """The optimiser with a rate that no other number is likely to make, if its rate can be set."""
    twin = fresh(optimizer)
    return twin if rate_of(twin) and set_rate(twin, 1.0371 * rate_of(twin)) else optimizer


def by_length(optimizer, gradients, moves):
    """(kind, facts) of steps along the gradient that have another length than the rate says."""
    rate, lengths = rate_of(optimizer) or np.inf, -(moves * gradients).sum(axis=1) / (gradients**2).sum(axis=1)
    if not same(-lengths[:, np.newaxis] * gradients, moves, 1e-6) or (lengths <= 0).any():
        return None
    shares, count = lengths[1:] / lengths[:-1], lengths[0] / rate
    if np.ptp(shares) < 1e-6 and shares[0] <= 0.5:
        return "rate_vanishes", {"share": shares[0]}
    if shares[-1] <= 0.5 and (np.diff(shares) < 0).all():
        later = moves_of(fresh(optimizer), 0 * gradients[0], np.tile(gradients[:1], (4 * STEPS, 1)), stay=True)
        sizes = np.abs(later).max(axis=1) if later is not None else np.ones(2)
        if (np.diff(sizes) > 0).any():  # it rises again, as one that goes round does
            return None
        return "rate_falls_faster", {"share": lengths[-1] / lengths[0], "count": len(lengths)}
    if np.ptp(shares) < 1e-6 and abs(shares[0] - 1) < 1e-6 and count > 1.5 and abs(count - round(count)) < 1e-6:
        return "step_multiplied", {"count": round(count)}
    return None


def decays_anew(optimizer, steps=24):
    """(kind, facts) of a rate that is kept after each step, divided by a number that grows from step to step."""
    gradient = np.ones((1, getattr(optimizer, "size", 5)))

    def kept(back):
        twin, rates = fresh(optimizer), [rate_of(optimizer)]
        for _ in range(steps):
            if moves_of(twin, gradient[0], gradient) is None:
                return np.ones(2)
            rates.append(rate_of(twin))
            if back:
                set_rate(twin, rates[0])
        return np.array(rates[1:]) / (rates[0] if back else rates[:-1])

    with np.errstate(all="ignore"):
        alone, each = kept(True), kept(False)
    falls = (np.diff(each) <= 1e-9).all() and 0 <= each[-1] < each[len(each) // 2] - 1e-6 < each[0] - 2e-6
    found = "rate_falls_faster", {"share": np.prod(each), "count": steps}
    return found if falls and same(alone, each, 1e-6) else None


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


def more_than_the_rate(optimizer):
    """(kind, facts) of steps that grow by more than the rate: it comes in twice, in some of them at least."""
    one, other = fresh(optimizer), fresh(optimizer)
    if not rate_of(one) or not (set_rate(one, 1.0) and set_rate(other, 2.0)):
        return None
    moves, twice = undisturbed(one)[1], undisturbed(other)[1]
    if moves is None or twice is None:
        return None
    with np.errstate(all="ignore"):
        shares = np.abs(twice).sum(axis=1) / np.abs(moves).sum(axis=1)
    grows = np.isfinite(shares).all() and shares.min() > 2 - 1e-6 and shares.min() < 3.9 and shares.max() > 2.05
    return ("rate_in_some", {"share": shares.max()}) if grows else None


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
    falls = same(-made, moves[0], 1e-6) and rates[0] > rates[-1] > 0 and abs(rates[-1] / after - 1) < 1e-6
    return {"one": rates[0], "other": rates[-1]} if falls and rates[0] / rates[-1] > 1 + 1e-6 else None


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
    momentum = number(optimizer, MOMENTUMS, None)  # one that is 0 asks for no memory
    return any(value.any() for value in kept) if momentum is None else bool(momentum)


def keeps_squares(optimizer):
    """Whether it keeps the squares of a gradient after its first step."""
    stepped, gradient = fresh(optimizer), np.resize([2.0, -3.0, 5.0], getattr(optimizer, "size", 3))
    moves_of(stepped, np.ones_like(gradient), gradient[np.newaxis])
    return any(isinstance(value, np.ndarray) and same(value, gradient**2) for value in attributes(stepped).values())


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
    for at in (0.0, 5.0, -5.0):
        start = np.full(gradients.shape[1], at)
        moves, turned = (moves_of(fresh(optimizer), start, way * gradients, stay=True) for way in (1, -1))
        if moves is None or turned is None or not np.isfinite(moves + turned).all() or same(moves, -turned, 1e-9):
            return None
        share = min(share, np.mean(np.abs(moves + turned) > 1e-9 * np.abs(moves).max()))
    return "one_sided", {"share": share}


def goes_up(optimizer, piece, tries=16):
    """Whether an array's first step goes up on the whole, along some gradient: what it follows is not its own."""
    rng, size = np.random.default_rng(6), optimizer.size
    for gradient in 0.01 * rng.standard_normal((tries, size)):
        moves = moves_of(fresh(optimizer), np.zeros(size), gradient[np.newaxis])
        if moves is not None and moves[0][piece] @ gradient[piece] > 0:
            return True
    return False


def alike(rule, moves):
    """Whether a rule moves as the optimiser did, up to where either stops being finite."""
    lasts = np.isfinite(np.cumsum(rule, axis=0))
    if not np.array_equal(lasts, np.isfinite(moves)) or not lasts.any():
        return False
    return same(np.where(lasts, rule, 0.0), np.where(lasts, moves, 0.0), 1e-6)


@np.errstate(all="ignore")
def at_scale(rule, moves):
    """A rule whose rate is not known, with that rate, above 0, which fits best."""
    both = np.isfinite(rule) & np.isfinite(moves)
    size = (rule[both] ** 2).sum()
    return rule * max((rule[both] * moves[both]).sum() / size, 0.0) if size else rule


def uphill(move, gradient):
    """Whether the first step, along each single parameter, goes up."""
    return bool((move * gradient > 0).all())


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
            with np.errstate(all="ignore"):
                moved = optimizer.step(parameters, gradient.copy() if own else shared)
        except (TypeError, ValueError, AttributeError, ZeroDivisionError):
            return None
        if moved is not None and np.shape(moved) == parameters.shape:
            parameters[:] = moved
        moves.append(parameters - before)
    return np.array(moves)


MOMENTUMS = ("momentum", "beta", "mu", "friction")
RATES = ("learning_rate", "lr", "rate", "alpha", "eta", "_learning_rate")
SPEEDS = ("velocity", "velocities", "v", "speed", "momentum")


def rate_of(optimizer):
    return float(number(optimizer, RATES, 0.0))


def set_rate(optimizer, rate):
    """Give an optimiser another learning rate; whether that could be done."""
    for name in RATES:
        if isinstance(attributes(optimizer).get(name), float):
            setattr(optimizer, name, rate)
            return rate_of(optimizer) == rate
    return False


def number(optimizer, names, usual):
    for name in (*names, *(f"_{name}" for name in names)):
        value = getattr(optimizer, name, None)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    return usual


NUMBERS = {
    "rate": (RATES, 0.0), "beta": ((*MOMENTUMS, "gamma", "beta1"), 0.9),
    "decay": (("decay", "rho", "beta", "beta2", "gamma"), 0.99),
    "beta1": (("beta1", "beta_1", "b1", "first_decay"), 0.9),
    "beta2": (("beta2", "beta_2", "b2", "second_decay"), 0.999), "epsilon": (("epsilon", "eps"), 1e-8),
    "says_so": ((*MOMENTUMS, "gamma"), 0.0),
}  # fmt: skip
"""The numbers of a rule: what they are called, and what each usually is. `says_so`: its momentum, if it has one."""
OF_A_NAME = {"learning_rate_squared", "learning_rate_missing", "velocity_forgotten", "velocity_late"}
"""Mistakes with a number that has a name: one that stands in the lines alone may mean anything."""


def numbers_of(optimizer):
    """Lists of the numbers of `NUMBERS`: as the optimiser holds them; then with those that stand in its lines alone.

    A rate that has no name is 1 there.
    """
    functions = functions_of(getattr(optimizer, "lines", optimizer.step))
    named = {name: one for each in functions for name, one in named_by(each) if isinstance(one, float)}
    for each in functions:
        names, given = each.__code__.co_varnames[: each.__code__.co_argcount], each.__defaults__ or ()
        named |= {name: one for name, one in zip(names[::-1], given[::-1], strict=False) if isinstance(one, float)}
    held = {name: number(optimizer, names, None) for name, (names, _) in NUMBERS.items()}
    for name, (names, _) in NUMBERS.items():
        its = [named[one] for one in (*names, *map(str.upper, names)) if one in named]
        held[name] = its[0] if held[name] is None and its else held[name]
    first = [usual if held[name] is None else held[name] for name, (_, usual) in NUMBERS.items()]
    written = {one for each in functions for one in each.__code__.co_consts if type(one) is float and 0 < one < 1}
    kept = sorted({round(part, 12) for one in written if one > 1e-3 for part in (one, 1 - one)}, reverse=True)
    unnamed = {"rate": [1.0], "beta": kept, "decay": kept, "epsilon": [one for one in written if one <= 1e-4]}

    def choices(name):
        return [held[name]] if held[name] is not None else unnamed[name][:6] or [NUMBERS[name][1]]

    sets = [first]
    for rate, beta, decay, epsilon in itertools.product(*map(choices, unnamed)):
        pair = (beta if held["beta1"] is None else held["beta1"]), (decay if held["beta2"] is None else held["beta2"])
        sets.append([rate, beta, decay, *pair, epsilon, beta])
    others = {one for one in attributes(optimizer).values() if isinstance(one, float) and 0.3 < one < 1} - {*first}
    more = [[first[0], one, one, first[3], one, first[5], one] for one in sorted(others)[:4]]  # under another name
    return [*(sets if kept or held["rate"] is None else [first]), *more]


def rules(numbers, gradients, layers, arrays):
    """(kind or None for a right rule, moves, facts) of everything that is known, with these `NUMBERS`."""
    rate, beta, decay, beta1, beta2, epsilon, says_so = numbers
    yield None, -rate * gradients, {"rule": ""}
    yield "learning_rate_squared", -rate * rate * gradients, {}
    yield "learning_rate_missing", -gradients, {}
    yield "step_uphill", rate * gradients, {}
    # velocity = old * velocity + new * gradients
    velocity_rules = [
        (None, beta, 1), (None, beta, 1 - beta), ("momentum_swapped", 1 - beta, beta),
        ("momentum_on_both", beta, beta), ("momentum_on_gradient", 1, beta), ("momentum_on_gradient", 1, 1 - beta),
        ("velocity_kept_whole", 1, 1), ("velocity_forgotten", 0, 1 - beta), ("velocity_forgotten", 0, beta),
    ]  # fmt: skip
    for kind, old, new in velocity_rules if says_so else velocity_rules[:2]:
        velocity = mean(gradients, old, new)
        yield kind, -rate * velocity, {"rule": "momentum"} if kind is None else {}
        if kind is None:
            yield "velocity_late", -rate * np.vstack([0 * velocity[:1], velocity[:-1]]), {}
        yield kind, -rate * (gradients + old * velocity), {"rule": "Nesterov's momentum"} if kind is None else {}
        if kind is None:
            yield "nesterov_sign", -rate * (gradients - old * velocity), {}
            yield "learning_rate_squared", -rate * rate * velocity, {}
            yield "learning_rate_missing", -velocity, {}
            yield "learning_rate_missing", -(gradients + old * velocity), {}
            yield "step_uphill", rate * velocity, {}
    yield "last_gradient_for_velocity", -rate * (gradients + beta * np.vstack([0 * gradients[:1], gradients[:-1]])), {}
    squares = gradients**2
    sized = [
        (None, mean(squares, decay, 1 - decay), "RMSProp"),
        (None, mean(squares, 1, 1), "Adagrad"),
        ("square_missing", mean(np.abs(gradients), decay, 1 - decay), ""),
        ("square_missing", mean(gradients, decay, 1 - decay), ""),
        ("squares_forgotten", mean(squares, 0, 1 - decay), ""),
        ("mean_kept_whole", mean(squares, 1, 1 - decay), ""),
        ("share_swapped", mean(squares, 1 - decay, decay), ""), ("share_missing", mean(squares, decay, 1), ""),
    ]  # fmt: skip
    for kind, size, rule in sized:
        with np.errstate(all="ignore"):
            yield kind, -rate * gradients / (np.sqrt(size) + epsilon), {"rule": rule} if kind is None else {}
            yield kind, -rate * gradients / np.sqrt(size + epsilon), {"rule": rule} if kind is None else {}
        yield "root_missing", -rate * gradients / (size + epsilon), {}
    for _, size, _ in sized[:2]:
        with np.errstate(all="ignore"):
            yield "epsilon_outside", -rate * (gradients / np.sqrt(size) + epsilon), {}
            yield "epsilon_outside", -rate * gradients / np.sqrt(size) + epsilon, {}
    yield from adams(rate, beta1, beta2, epsilon, gradients, layers, arrays)
    yield from relatives(rate, beta, beta1, beta2, decay, epsilon, gradients)


def adams(rate, beta1, beta2, epsilon, gradients, layers, numbers=None):
    """Rules of Adam. `numbers` tells each parameter's number of array, and of layer, where these take turns."""
    t = np.arange(1, STEPS + 1)[:, np.newaxis]
    first, second = mean(gradients, beta1, 1 - beta1), mean(gradients**2, beta2, 1 - beta2)
    plain = mean(np.abs(gradients), beta2, 1 - beta2)

    def root(values):
        with np.errstate(all="ignore"):
            return np.sqrt(values)

    def step(first, second, root=np.sqrt):
        with np.errstate(all="ignore"):
            return -rate * first / (root(second) + epsilon)

    def corrected(first, second, t, root=np.sqrt):
        with np.errstate(all="ignore"):
            return step(first / (1 - beta1**t), second / (1 - beta2**t), root)

    right = corrected(first, second, t)
    adam = {"rule": "Adam"}
    yield None, right, adam
    with np.errstate(all="ignore"):
        yield None, -rate * first / (1 - beta1**t) / np.sqrt(second / (1 - beta2**t) + epsilon), adam
        spread = np.sqrt(1 - beta2**t) / (1 - beta1**t)
        yield None, -rate * spread * first / (np.sqrt(second) + epsilon), adam
    yield "step_uphill", -right, {}
    yield "learning_rate_squared", rate * right, {}
    yield "adam_uncorrected", step(first, second), {}
    yield "adam_one_corrected", step(first / (1 - beta1**t), second), {}
    yield "adam_one_corrected", step(first, second / (1 - beta2**t)), {}
    for stuck in (1, 2):
        yield "adam_counter_stuck", corrected(first, second, np.full_like(t, stuck)), {"count": stuck}
    yield "adam_counter_stays", corrected(first, second, np.minimum(t, 2)), {"count": 2}
    yield "adam_counter_off", corrected(first, second, t + 1), {"count": 2}
    for each in sorted({layers, 2 * layers, *range(2, 9)}):
        yield "adam_counter_per_layer", corrected(first, second, t * each), {}
    for turns in numbers or ():
        for once in (0, 1):  # and once for all of them
            count = (t - 1) * (turns.max() + 1 + once) + turns + 1 + once
            yield "adam_counter_per_layer", corrected(first, second, count), {}
    yield "root_missing", corrected(first, second, t, lambda size: size), {}
    yield "square_missing", corrected(first, plain, t), {}
    yield "square_missing", corrected(first, mean(gradients, beta2, 1 - beta2), t), {}
    for one in (first, np.abs(first)):
        yield "moments_exchanged", corrected(second, one, t), {}
        yield "moments_exchanged", -rate * second / (1 - beta2**t) / (root(one / (1 - beta1**t)) + epsilon), {}
    turned = mean(gradients, 1 - beta1, beta1), mean(gradients**2, 1 - beta2, beta2)
    whole = mean(gradients, beta1, 1), mean(gradients**2, beta2, 1)
    kept = mean(gradients, 1, 1 - beta1), mean(gradients**2, 1, 1 - beta2)
    for kind, (one, other) in (("share_swapped", turned), ("share_missing", whole), ("mean_kept_whole", kept)):
        for pair in ((one, second), (first, other), (one, other)):
            yield kind, corrected(*pair, t), {}
            yield kind, step(*pair), {}
    others = mean(gradients, beta1, 1 - beta2), mean(gradients**2, beta2, 1 - beta1)
    for pair in ((others[0], second), (first, others[1]), others):
        yield "share_of_another", corrected(*pair, t), {}
        yield "share_of_another", step(*pair), {}
    with np.errstate(all="ignore"):
        yield "adam_power_missing", step(first / (1 - beta1 * t), second / (1 - beta2 * t)), {}
        for kept in itertools.product((beta1, beta2), repeat=2):
            pair = [mean(values, beta, 1 - beta) for values, beta in zip((gradients, gradients**2), kept, strict=True)]
            for one, other in itertools.product((beta1, beta2), repeat=2):
                kind = "corrections_exchanged" if kept == (beta1, beta2) else "betas_swapped"
                if (*kept, one, other) != (beta1, beta2, beta1, beta2):
                    yield kind, step(pair[0] / (1 - one**t), pair[1] / (1 - other**t)), {}
    yield "square_of_mean", corrected(first, mean(first**2, beta2, 1 - beta2), t), {}
    yield "square_of_mean", step(first, mean(first**2, beta2, 1 - beta2)), {}
    with np.errstate(all="ignore"):
        yield "epsilon_outside", -rate * (first / (1 - beta1**t) / np.sqrt(second / (1 - beta2**t)) + epsilon), {}
        yield "epsilon_outside", -rate * first / (1 - beta1**t) / np.sqrt(second / (1 - beta2**t)) + epsilon, {}
    again = recorrected(gradients, beta1), recorrected(gradients**2, beta2)
    for one, other in ((again[0], again[1]), (again[0], second / (1 - beta2**t)), (first / (1 - beta1**t), again[1])):
        yield "adam_keeps_corrected", step(one, other), {}
    yield "velocity_forgotten", corrected((1 - beta1) * gradients, (1 - beta2) * gradients**2, t), {}


@np.errstate(all="ignore")
def relatives(rate, beta, beta1, beta2, decay, epsilon, gradients):
    """Right rules that are less well known: none of them is to be taken for a slip in another one."""
    t, squares = np.arange(1, STEPS + 1)[:, np.newaxis], gradients**2
    first, second = mean(gradients, beta1, 1 - beta1), mean(squares, beta2, 1 - beta2)
    right, left = first / (1 - beta1**t), second / (1 - beta2**t)
    largest = np.array([np.maximum.reduce([beta2 ** (k - j) * np.abs(gradients[j]) for j in range(k + 1)])
                        for k in range(STEPS)])  # fmt: skip
    believed = mean((gradients - first) ** 2, beta2, 1 - beta2)
    centred = mean(squares, decay, 1 - decay) - mean(gradients, decay, 1 - decay) ** 2
    for name, way, size in (
        ("AdaMax", right, largest**2), ("AMSGrad", right, np.maximum.accumulate(left)),
        ("AMSGrad", right, np.maximum.accumulate(second) / (1 - beta2**t)),
        ("AMSGrad", first, np.maximum.accumulate(second)),
        ("Nadam", beta1 * right + (1 - beta1) * gradients / (1 - beta1**t), left),
        ("Nadam", beta1 * right + (1 - beta1) * gradients, left), ("AdaBelief", right, believed / (1 - beta2**t)),
        ("centred RMSProp", gradients, centred),
    ):  # fmt: skip
        yield None, -rate * way / (np.sqrt(size) + epsilon), {"rule": name}
        yield None, -rate * way / np.sqrt(size + epsilon), {"rule": name}
    yield None, -rate * np.sign(gradients), {"rule": "sign descent"}
    before = np.vstack([0 * first[:1], mean(gradients, beta2, 1 - beta2)[:-1]])
    yield None, -rate * np.sign(beta1 * before + (1 - beta1) * gradients), {"rule": "Lion"}
    for size, kept in itertools.product((mean(squares, decay, 1 - decay), second), {beta, beta1}):
        yield None, -rate * mean(gradients / (np.sqrt(size) + epsilon), kept, 1), {"rule": "RMSProp with momentum"}
        yield None, -rate * mean(gradients / np.sqrt(size + epsilon), kept, 1), {"rule": "RMSProp with momentum"}


def recorrected(values, beta):
    """Running means that are kept as they are after the correction for the start."""
    kept, all_kept = np.zeros_like(values[0]), []
    for count, value in enumerate(values, start=1):
        kept = (beta * kept + (1 - beta) * value) / (1 - beta**count)
        all_kept.append(kept)
    return np.array(all_kept)


def mean(values, old, new):
    """The running sum `kept = old * kept + new * value` after each value."""
    kept, all_kept = np.zeros_like(values[0]), []
    for value in values:
        kept = old * kept + new * value
        all_kept.append(kept)
    return np.array(all_kept)
