"""Which of the known rules move as an optimiser did? As they are, array by array, or but for a schedule."""

from functools import cached_property

import numpy as np

from nnlib.inspect.formulas import OF_A_NAME, numbers_of, rules
from nnlib.inspect.motion import fresh, moves_of, rate_of, set_rate
from nnlib.inspect.recognise import same


class Known:
    """The rules that are known, right and wrong, with an optimiser's own numbers and these gradients."""

    def __init__(self, optimizer, layers, gradients):
        self.gradients, self.sets, self.rate = gradients, numbers_of(optimizer), rate_of(optimizer)
        self.layers, self.arrays, self.optimizer = layers, getattr(optimizer, "array_numbers", None), optimizer
        self.tables = [*self.rules(0)] if self.rate else []

    @cached_property
    def rate_unused(self):
        """Whether all steps stay as they are with another rate."""
        one, other, start = fresh(self.optimizer), fresh(self.optimizer), 0 * self.gradients[0]
        if not set_rate(other, 1.5 * self.rate):
            return False
        moves, again = (moves_of(each, start, self.gradients) for each in (one, other))
        return moves is not None and again is not None and np.array_equal(moves, again, equal_nan=True)

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
        return fitting or (self.fitting_at_any_rate(moves) if self.rate and self.rate_unused else [])

    def fitting_at_any_rate(self, moves):
        """The same where the rate that the optimiser holds has no say: the one that it takes stands in its lines."""
        fitting = [(kind, facts) for which in range(min(len(self.sets), 12)) for kind, rule, facts in self.rules(which)
                   if kind not in OF_A_NAME and alike(at_scale(rule, moves), moves)]  # fmt: skip
        return [one for one in fitting if one[0] is None][:1] or fitting

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
    error, size = (np.maximum.reduceat(np.abs(one).max(axis=0), starts) for one in (rule - moves, moves))
    return (error <= 1e-6 * size) & (size > 0)


def alike(rule, moves):
    """Whether a rule moves as the optimiser did, up to where either stops being finite."""
    lasts = np.isfinite(np.cumsum(rule, axis=0))
    if not np.array_equal(lasts, np.isfinite(moves)) or not lasts.any():
        return False
    return same(np.where(lasts, rule, 0.0), np.where(lasts, moves, 0.0), 1e-6)


def at_scale(rule, moves):
    """A rule whose rate is not known, with that rate, above 0, which fits best."""
    both = np.isfinite(rule) & np.isfinite(moves)
    size = (rule[both] ** 2).sum()
    return rule * max((rule[both] * moves[both]).sum() / size, 0.0) if size else rule
