"""What shows only when a network is run on: how far its steps go, and what its outputs can reach at all."""

import contextlib
import copy
import itertools

import numpy as np

from nnlib.inspect import motion
from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of
from nnlib.inspect.recognise import same
from nnlib.parts.part import attributes

STEPS, SETTLED = 30, 10  # so many steps are made; what comes before so many of them may be a swing
MANY = 300  # so many where nothing less tells
LARGE = 10.0  # beyond this inputs are worth a try with smaller ones
SHORTER = (1e-2, 1e-3, 1e-4)
"""Such shares of a step are tried in its place, where a tenth of it is too long as well."""
SLOW, SMALL = 1e-3, 1e-3  # of a loss that hardly falls so much goes, and weights so small are too small
LARGER = (1e2, 1e3, 1e4, 1e5, 1e6, 1e7)
"""So many times longer steps, or larger weights, are tried where nothing moves."""
SIZES = (0.3, 1.0, 3.0, 10.0, 30.0)
"""So large are the parameters with which it is asked what outputs can be."""


class Runner:
    """A copy of a network, nnlib's or a `Whole`, as something that can be moved, asked and stepped."""

    def __init__(self, net, x, y, equal):
        self.x, self.y, self.equal = np.array(x, float), np.array(y), equal
        self.whole = hasattr(net, "pairs")
        self.net = copy.deepcopy(net) if self.whole else copy_of(net)
        self.own = self.net.own if self.whole else self.net
        self.chance = Chance(parts=self.holders)

    @property
    def holders(self):
        return self.net.holders if hasattr(self.net, "holders") else [self.net, *(p.part for p in self.net.places)]

    def values(self):
        return self.net.values() if self.whole else self.net.parameters.copy()

    def put(self, values):
        if self.whole:
            self.net.put(values, 0 * values)
        else:
            self.net.parameters[:] = values

    def output(self):
        with self.chance:
            return np.array(self.own(self.x.copy()))

    def loss(self, output=None):
        output = self.output() if output is None else output
        return float(self.own.loss(output, self.y.copy()))

    def gradient(self):
        with self.chance:
            self.own(self.x.copy())
            self.own.backward_step(self.y.copy())
        arrays = self.net.arrays(True).values() if self.whole else [self.net.gradients]
        return np.concatenate([np.ravel(one) for one in arrays]).copy()

    def step(self, share):
        """One step of the network's own, or this share of it."""
        before = self.values()
        with self.chance:
            self.own(self.x.copy())
            self.own.backward_step(self.y.copy())
            self.own.update()
        after = self.values()
        if share != 1:
            self.put(before + share * (after - before))

    def losses(self, share, size=1.0, steps=STEPS):
        """The losses on the way, until one is no number, with inputs that are divided by their `size`."""
        twin = Runner(self.net, self.x / size, self.y, self.equal)
        found = [twin.loss()]
        while len(found) <= steps and np.isfinite(found[-1]):
            twin.step(share)
            found.append(twin.loss())
        return found


def steps_too_long(runner, rate):
    """(kind, facts) of steps with which the loss rises and stays up, though it falls with shorter ones, or None.

    Up is three times as high as it was, and as it is if all answers are equal, so far as labels say what these are.
    Or it is only higher than both, nearly always in many more of them, and half of that with shorter ones.
    """
    losses, tenth = runner.losses(1.0), runner.losses(0.1)
    like = runner.output().shape == np.shape(runner.equal)
    level, last = max(losses[0], runner.loss(runner.equal) if like else 10 * losses[0]), losses[-1]
    up = [not np.isfinite(one[-1]) or min(one[SETTLED:]) > 3 * level for one in (losses, tenth)]
    if not (np.isfinite(level) and level > 0):
        return None
    often = lambda seen: np.mean(np.array(seen[SETTLED:] or [0.0]) > level) > 0.9  # noqa: E731
    above = not all(up) and last > level and often(losses) and often(runner.losses(1.0, steps=MANY))
    if not above and not all(up):
        return None
    for share in (0.1, *SHORTER) if above else SHORTER:
        if (low := runner.losses(share)[-1]) < (level / 2 if above else losses[0]):
            facts = {"first": losses[0], "last": last, "count": len(losses) - 1, "low": low, "share": 1 / share}
            return "steps_too_long", facts | {"rate": f" of {rate:g}" if rate else ""}
    return None


def hardly_moves(runner, rate, matrices):
    """(kind, facts) of a network that steps leave as it was, and that goes far with longer ones, or larger weights.

    `matrices` are the places of its weights among all parameters. Steps that grow are on their way.
    """
    begun, losses, moved = runner.values(), [runner.loss()], []
    twin = Runner(runner.net, runner.x, runner.y, runner.equal)
    places = np.zeros(begun.size, bool)
    for one in matrices:
        places[one] = True
    size = float(np.sqrt(np.sum(begun[places] ** 2) / max(places.sum(), 1)))
    while len(losses) <= MANY and abs(losses[0] - losses[-1]) < SLOW * abs(losses[0]):
        before = twin.values()
        twin.step(1.0)
        moved.append(np.abs(twin.values() - before).max())
        losses.append(twin.loss())
        if len(moved) == STEPS and 0 < size < SMALL:
            for share in LARGER:
                twin.put(np.where(places, share * begun, begun))
                low = twin.losses(1.0)[-1]
                if share * size <= 1 and np.isfinite(low) and low < 0.7 * losses[0]:
                    facts = {"size": size, "share": share, "low": low, "count": STEPS}
                    return "begins_small", facts | {"first": losses[0], "last": losses[-1]}
            return None
    if len(losses) <= MANY or moved[-1] > 2 * max(moved[:STEPS]):
        return None
    for share in LARGER:
        low = runner.losses(share, steps=MANY)[-1]
        if np.isfinite(low) and low < 0.7 * losses[0]:
            facts = {"first": losses[0], "last": losses[-1], "count": MANY, "share": share, "low": low}
            return "steps_too_short", facts | {"rate": f" of {rate:g}" if rate else ""}
    return None


def cuts_all(runner, steps):
    """(kind, facts) of steps that cut nearly all numbers of the gradient to one size, and so go nowhere, or None."""
    begun, gradient = runner.values(), runner.gradient()
    way = 10 ** np.linspace(-12, 3, begun.size) * np.resize([1, -1, -1], begun.size)
    moves = motion.moves_of(motion.fresh(steps), 0 * way, way[np.newaxis])
    if moves is None or not np.isfinite(moves).all() or not moves[0][0] or begun.size < STEPS:
        return None
    rate = moves[0][0] / way[0]
    limit, numbers = np.abs(moves[0]).max() / abs(rate), np.abs(gradient[gradient != 0])
    if not same(moves[0], rate * np.clip(way, -limit, limit), 1e-6) or not np.mean(numbers > limit) > 0.9:
        return None
    own, low = (runner.losses(share, steps=MANY) for share in (1.0, LARGER[0]))
    facts = {"limit": limit, "cut": int((numbers > limit).sum()), "of": numbers.size, "share": LARGER[0]}
    facts |= {"first": own[0], "last": own[-1], "low": low[-1], "count": MANY}
    slow = low[-1] < 0.7 * own[0] and abs(own[0] - own[-1]) < 0.05 * (own[0] - low[-1])
    return ("cuts_all", facts) if slow else None


def undefined(runner):
    """(kind, facts) of a loss that is no number for what comes out, and one for outputs between 0 and 1; or None."""
    out = runner.output()
    beyond = np.isfinite(out).all() and (out.min() < 0 or out.max() > 1) and np.isnan(runner.loss(out))
    if not beyond or not np.isfinite(runner.loss(np.clip(out, 0.01, 0.99))):
        return None
    return "outputs_beyond", {"low": out.min(), "high": out.max()}


def of_labels(runner):
    """(kind, facts) of labels that the loss makes nothing of, or that nothing can come near, or None."""
    start = runner.values()
    for look in (labels_beyond, order_lost, costs_nothing, out_of_reach, squashed_twice):
        with contextlib.suppress(Exception):  # what its loss makes of other outputs is no question here
            if found := look(runner):
                return found
        runner.put(start)
    return None


def squashed_twice(runner):
    """(kind, facts) of a loss that wants z, as it squashes by itself, and gets what has been squashed, or None."""
    out, y = runner.output(), np.asarray(runner.y)
    classes = np.unique(y)
    if y.shape != out.shape:  # the number of each example's class
        if out.ndim != 2 or y.size not in out.shape or not np.array_equal(classes, np.arange(min(out.shape))):
            return None
        y = np.eye(len(classes))[np.ravel(y).astype(int)]
        y = y if y.shape == out.shape else y.T
    if y.shape != out.shape or not np.isin(y, (0, 1)).all() or not np.ptp(y):
        return None
    best, far = runner.loss(1.0 * y), runner.loss(60.0 * y - 30)
    if not 0.05 < best < np.inf or not 0 <= far < 0.01 * best:
        return None
    rng, parameters, seen = np.random.default_rng(0), runner.values().size, []
    for size in SIZES * 4:
        runner.put(size * rng.standard_normal(parameters))
        seen.append(runner.output())
    bound = np.isfinite(seen).all() and np.min(seen) >= 0 and 1 - 1e-3 < np.max(seen) <= 1
    return ("squashed_twice", {"best": best}) if bound else None


def labels_beyond(runner):
    """(kind, facts) of labels beyond 0 and 1 for which a loss of probabilities falls without end, or None."""
    y, out = 1.0 * runner.y, runner.output()
    beyond = y[(y < 0) | (y > 1)]
    if out.shape != y.shape or not beyond.size or not ((out >= 0) & (out <= 1)).all():
        return None
    for label, end in itertools.product(np.unique(beyond), (0.0, 1.0)):
        at = [runner.loss(np.where(y == label, abs(end - size), 0.5)) for size in (1e-3, 1e-6, 1e-9, 1e-12)]
        falls = np.diff(at)
        if np.isfinite(at).all() and at[-1] < 0 and (falls < 0).all() and np.ptp(falls) < 1e-3 * -falls[0]:
            return "labels_beyond", {"low": y.min(), "high": y.max(), "label": label, "end": f"{end:g}"}
    return None


def order_lost(runner):
    """(kind, facts) of a loss that is the same in whatever order the labels stand, whatever comes out, or None."""
    y, rng, out = 1 * runner.y, np.random.default_rng(0), runner.output()
    if y.size != max(y.shape) or not np.ptp(y) or out.size != y.size or not np.isfinite(runner.loss()):
        return None
    for _ in range(4):
        out = rng.uniform(0.1, 0.9, out.shape)
        losses = [float(runner.own.loss(out, rng.permutation(y.ravel()).reshape(y.shape))) for _ in range(4)]
        if not np.ptp(losses) <= 1e-12 * abs(losses[0]):
            return None
    return "order_lost", {"n": y.size}


def costs_nothing(runner):
    """(kind, facts) of a loss that is the same whatever comes out where the label is one of two, or None."""
    y, labels, rng = runner.y, np.unique(runner.y), np.random.default_rng(0)
    if len(labels) != 2 or runner.output().shape != y.shape or y.size != max(y.shape):  # several may hang together
        return None
    base, moved = rng.uniform(0.1, 0.9, (2, *y.shape))
    least = [runner.loss(np.where(y == label, moved, base)) == runner.loss(base) for label in labels]
    if sum(least) != 1 or not np.isfinite(runner.loss(base)):
        return None
    free, other = labels[least][0], labels[np.logical_not(least)][0]
    return "label_costs_nothing", {"label": free, "other": other, "count": int((y == free).sum()), "of": y.size}


def inputs_large(runner):
    """(kind, facts) of inputs with which many steps end no better than equal answers, and not once they are small."""
    size = float(np.abs(runner.x).max())
    if not size > LARGE or runner.output().shape != np.shape(runner.equal):
        return None
    equal = runner.loss(runner.equal)
    last, low = (runner.losses(1.0, one, MANY)[-1] for one in (1.0, size))
    poor = equal > 0 and not last < 0.98 * equal and low < 0.8 * equal
    return ("inputs_large", {"size": size, "equal": equal, "last": last, "low": low, "count": MANY}) if poor else None


def out_of_reach(runner):
    """(kind, facts) of labels that no output can come near, whatever the parameters are, or None.

    It is asked of losses that are least where output and label are equal.
    """
    y, span = 1.0 * runner.y, np.ptp(1.0 * runner.y)
    least, beside = runner.loss(y), [runner.loss(y + move * span) for move in (-0.3, -0.01, 0.01, 0.3)]
    if runner.output().shape != y.shape or not span or not np.isfinite(least) or not min(beside) > least:
        return None
    rng, start, seen = np.random.default_rng(0), runner.values(), []
    for size in SIZES * 4:
        runner.put(size * rng.standard_normal(start.size))
        seen.append(runner.output())
    runner.put(start)
    if not np.isfinite(seen).all():
        return None
    for way, side in ((1, "below"), (-1, "above")):
        bound = (way * np.array(seen)).min()
        meets = (np.abs(way * np.array(seen) - bound) <= 1e-6 * span).any(axis=tuple(range(1, 1 + y.ndim)))
        beyond = int((way * y < bound - 0.05 * span).sum())
        if any(meets.mean() > often and beyond >= share * y.size for often, share in ((0.5, 0.1), (0.1, 0.5))):
            return "out_of_reach", {"side": side, "bound": way * bound, "beyond": beyond, "of": y.size}
    return None


def cut(runner, pieces):
    """(kind, facts) of weights that never change what comes out, where something is cut to whole numbers, or None.

    `pieces` are `(what they are called, where they stand among all parameters)`.
    """
    rng, start, found = np.random.default_rng(0), runner.values(), []
    for name, piece in pieces:
        for size in (0.3, 0.3, 1.0, 1.0, 2.0):
            values, outputs = size * rng.standard_normal(start.size), []
            for _ in range(2):
                values[piece] = size * rng.standard_normal(values[piece].shape)
                runner.put(values)
                outputs.append(runner.output())
            if not np.array_equal(*outputs, equal_nan=True):
                break
        else:
            found.append(name)
    runner.put(start)
    if not found:
        return None
    runner.output()
    held = [(name, one) for holder in runner.holders for name, one in attributes(holder).items()]
    whole = [name for name, one in held if isinstance(one, np.ndarray) and one.ndim == 2 and one.dtype.kind in "iu"
             and not any(np.array_equal(one, given) for given in (runner.x, runner.y))]  # fmt: skip
    return ("cut_on_the_way", {"names": " and ".join(found), "name": whole[0]}) if whole else None


def decays_twice(runner, steps, arrays):
    """(kind, facts) of weights whose L2 term, with one factor, is in the loss, and so in the gradient, and in the step.

    The term of an array shows where all others are zero, unless outputs hang on it even then.
    """
    start, rate = runner.values(), motion.rate_of(steps)
    moves = motion.moves_of(motion.fresh(steps), np.ones(start.size), np.zeros((1, start.size)))
    if moves is None or not rate or not moves.any():
        return None
    twice = []
    for name, piece, array in arrays:
        if array.ndim != 2:
            continue
        losses, outputs = [], []
        for size in (0, 1, 2, 3):
            values = np.zeros(start.size)
            values[piece] = size
            runner.put(values)
            losses.append(runner.loss())
            outputs.append(runner.output())
        term = 2 * (losses[1] - losses[0]) / array.size
        quadratic = same(np.array(losses) - losses[0], np.array([0, 1, 4, 9]) * (losses[1] - losses[0]), 1e-6)
        still = all(np.array_equal(outputs[0], one) for one in outputs)
        if still and term > 0 and quadratic and np.allclose(moves[0][piece], -rate * term, 1e-6, 0):
            twice.append((name, term))
    runner.put(start)
    return ("decay_twice", {"names": " and ".join(name for name, _ in twice), "share": twice[0][1]}) if twice else None
