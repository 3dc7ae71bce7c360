"""Every wrong update rule that has a name, written out as a learner would, is named; right ones are not."""

import numpy as np
import pytest

from nnlib.inspect.conduct import climbs, keeps_gradients, keeps_squares
from nnlib.inspect.known_rules import falling
from nnlib.inspect.rules import named

SIZE = 4


class Rule:
    """An optimiser with Adam's numbers, whose step is a function of it and the gradient."""

    def __init__(self, direction, **numbers):
        self.learning_rate, self.direction, self.size = 0.05, direction, SIZE
        vars(self).update(numbers)
        self.reset()

    def reset(self):
        self.t, self.m, self.v = 0, np.zeros(self.size), np.zeros(self.size)

    def step(self, parameters, gradient):
        self.t += 1
        parameters -= self.direction(self, gradient)


class Adam(Rule):
    """Adam with one thing otherwise: what is kept as `m` and `v`, the corrections, the root, how it is divided."""

    def __init__(self, kept=None, corrected=None, divided=None):
        self.kept = kept or (lambda m, v, g, b, c: (b * m + (1 - b) * g, c * v + (1 - c) * g**2))
        self.corrected = corrected or (lambda m, v, t, b, c: (m / (1 - b**t), v / (1 - c**t)))
        self.divided = divided or (lambda m, v, small: m / (np.sqrt(v) + small))
        super().__init__(Adam.moves, beta1=0.9, beta2=0.95, epsilon=0.01)

    def moves(self, g):
        b, c = self.beta1, self.beta2
        self.m, self.v = self.kept(self.m, self.v, g, b, c)
        with np.errstate(all="ignore"):
            return self.learning_rate * self.divided(*self.corrected(self.m, self.v, self.t, b, c), self.epsilon)


def keeps_corrected(self, g):
    self.m = (self.beta1 * self.m + (1 - self.beta1) * g) / (1 - self.beta1**self.t)
    self.v = (self.beta2 * self.v + (1 - self.beta2) * g**2) / (1 - self.beta2**self.t)
    return self.learning_rate * self.m / (np.sqrt(self.v) + self.epsilon)


def corrected_at_once(self, g):
    """As the paper has it at the end of its section 2: epsilon is added before the correction."""
    self.m, self.v = 0.9 * self.m + 0.1 * g, 0.95 * self.v + 0.05 * g**2
    rate = self.learning_rate * np.sqrt(1 - 0.95**self.t) / (1 - 0.9**self.t)
    return rate * self.m / (np.sqrt(self.v) + self.epsilon)


def otherwise(direction, **how):
    rule = Adam(**how)
    rule.direction = direction
    return rule


def as_they_are(m, v, *_):
    return m, v


ADAMS = [
    (None, Adam()),
    (None, Adam(divided=lambda m, v, small: m / np.sqrt(v + small))),
    (None, Rule(corrected_at_once, beta1=0.9, beta2=0.95, epsilon=0.1)),
    ("adam_uncorrected", Adam(corrected=lambda m, v, t, b, c: (m, v))),
    ("adam_one_corrected", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b**t), v))),
    ("adam_one_corrected", Adam(corrected=lambda m, v, t, b, c: (m, v / (1 - c**t)))),
    ("adam_counter_stuck", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b), v / (1 - c)))),
    ("adam_counter_stuck", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b**2), v / (1 - c**2)))),
    ("adam_counter_off", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b ** (t + 1)), v / (1 - c ** (t + 1))))),
    ("adam_counter_per_layer", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b ** (3 * t)), v / (1 - c ** (3 * t))))),
    ("adam_power_missing", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b * t), v / (1 - c * t)))),
    ("corrections_exchanged", Adam(corrected=lambda m, v, t, b, c: (m / (1 - c**t), v / (1 - b**t)))),
    ("corrections_exchanged", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b**t), v / (1 - b**t)))),
    ("root_missing", Adam(divided=lambda m, v, small: m / (v + small))),
    ("square_missing", Adam(kept=lambda m, v, g, b, c: (b * m + (1 - b) * g, c * v + (1 - c) * np.abs(g)))),
    ("square_missing", Adam(kept=lambda m, v, g, b, c: (b * m + (1 - b) * g, c * v + (1 - c) * g))),
    ("moments_exchanged", Adam(divided=lambda m, v, small: v / (np.sqrt(m) + small))),
    ("moments_exchanged", Adam(divided=lambda m, v, small: v / (np.sqrt(np.abs(m)) + small))),
    ("share_swapped", Adam(kept=lambda m, v, g, b, c: ((1 - b) * m + b * g, (1 - c) * v + c * g**2))),
    ("share_swapped", Adam(kept=lambda m, v, g, b, c: (b * m + (1 - b) * g, (1 - c) * v + c * g**2))),
    ("share_missing", Adam(kept=lambda m, v, g, b, c: (b * m + g, c * v + (1 - c) * g**2))),
    ("share_missing", Adam(kept=lambda m, v, g, b, c: (b * m + (1 - b) * g, c * v + g**2),
                           corrected=lambda m, v, *_: (m, v))),
    ("square_of_mean", Adam(kept=lambda m, v, g, b, c: (
        b * m + (1 - b) * g, c * v + (1 - c) * (b * m + (1 - b) * g) ** 2))),
    ("square_of_mean", Adam(corrected=as_they_are, kept=lambda m, v, g, b, c: (
        b * m + (1 - b) * g, c * v + (1 - c) * (b * m + (1 - b) * g) ** 2))),
    ("epsilon_outside", Adam(divided=lambda m, v, small: m / np.sqrt(v) + small)),
    ("epsilon_outside", otherwise(lambda self, g: Adam.moves(self, g) - self.epsilon,
                                  divided=lambda m, v, small: m / np.sqrt(v))),
    ("share_swapped", Adam(corrected=as_they_are, kept=lambda m, v, g, b, c: (
        (1 - b) * m + b * g, (1 - c) * v + c * g**2))),
    ("share_swapped", Adam(corrected=as_they_are, kept=lambda m, v, g, b, c: (
        (1 - b) * m + b * g, c * v + (1 - c) * g**2))),
    ("share_missing", Adam(kept=lambda m, v, g, b, c: (b * m + (1 - b) * g, c * v + g**2))),
    ("corrections_exchanged", Adam(corrected=lambda m, v, t, b, c: (m / (1 - c**t), v / (1 - c**t)))),
    ("betas_swapped", Adam(kept=lambda m, v, g, b, c: (c * m + (1 - c) * g, b * v + (1 - b) * g**2))),
    ("betas_swapped", Adam(kept=lambda m, v, g, b, c: (b * m + (1 - b) * g, b * v + (1 - b) * g**2))),
    ("moments_exchanged", Adam(corrected=lambda m, v, t, b, c: (m / (1 - c**t), v / (1 - b**t)),
                               divided=lambda m, v, small: v / (np.sqrt(np.abs(m)) + small))),
    ("learning_rate_squared", otherwise(lambda self, g: self.learning_rate * Adam.moves(self, g))),
    ("betas_swapped", Adam(kept=lambda m, v, g, b, c: (c * m + (1 - c) * g, b * v + (1 - b) * g**2),
                           corrected=lambda m, v, t, b, c: (m / (1 - c**t), v / (1 - b**t)))),
    ("velocity_forgotten", Adam(kept=lambda m, v, g, b, c: ((1 - b) * g, (1 - c) * g**2))),
    ("adam_keeps_corrected", Rule(keeps_corrected, beta1=0.9, beta2=0.95, epsilon=0.01)),
    ("step_uphill", Adam(divided=lambda m, v, small: -m / (np.sqrt(v) + small))),
]  # fmt: skip


def squares(old, new, divided=lambda g, v, small: g / (np.sqrt(v) + small), of=np.square):
    def direction(self, g):
        self.v = old * self.v + new * of(g)
        with np.errstate(all="ignore"):
            return self.learning_rate * divided(g, self.v, self.epsilon)

    return Rule(direction, decay=0.8, epsilon=0.01)


SQUARES = [
    (None, squares(0.8, 0.2)), (None, squares(1, 1)),
    (None, squares(0.8, 0.2, lambda g, v, small: g / np.sqrt(v + small))),
    ("square_missing", squares(0.8, 0.2, of=np.abs)), ("square_missing", squares(0.8, 0.2, of=np.positive)),
    ("share_swapped", squares(0.2, 0.8)), ("share_missing", squares(0.8, 1)),
    ("root_missing", squares(0.8, 0.2, lambda g, v, small: g / (v + small))),
    ("epsilon_outside", squares(0.8, 0.2, lambda g, v, small: g / np.sqrt(v) + small)),
    ("squares_forgotten", squares(0, 1, lambda g, v, small: g / np.sqrt(v))),
    ("step_uphill", squares(0.8, 0.2, lambda g, v, small: -g / (np.sqrt(v) + small))),
]  # fmt: skip


def ball(old, new, step=lambda self, g: self.learning_rate * self.m):
    def direction(self, g):
        self.m = old * self.m + new * g
        return step(self, g)

    return Rule(direction, momentum=0.7)


BALLS = [
    (None, ball(0.7, 1)), (None, ball(0.7, 0.3)),
    (None, ball(0.7, 1, lambda self, g: self.learning_rate * (g + 0.7 * self.m))),
    ("momentum_swapped", ball(0.3, 0.7)), ("momentum_on_gradient", ball(1, 0.7)),
    ("momentum_on_gradient", ball(1, 0.3)), ("velocity_kept_whole", ball(1, 1)),
    ("velocity_forgotten", ball(0, 1)), ("velocity_forgotten", ball(0, 0.3)),
    ("nesterov_sign", ball(0.7, 1, lambda self, g: self.learning_rate * (g - 0.7 * self.m))),
    ("learning_rate_squared", ball(0.7, 1, lambda self, g: self.learning_rate**2 * self.m)),
    ("learning_rate_missing", ball(0.7, 1, lambda self, g: self.m)),
    ("step_uphill", ball(0.7, 1, lambda self, g: -self.learning_rate * self.m)),
]  # fmt: skip


def plain(direction):
    return Rule(lambda self, g: direction(self, g))


PLAIN = [
    (None, plain(lambda self, g: self.learning_rate * g)),
    ("step_uphill", plain(lambda self, g: -self.learning_rate * g)),
    ("learning_rate_missing", plain(lambda self, g: g)),
    ("learning_rate_squared", plain(lambda self, g: self.learning_rate**2 * g)),
    ("nothing_moves", plain(lambda self, g: 0)),
    ("step_multiplied", plain(lambda self, g: 3 * self.learning_rate * g)),
    ("rate_vanishes", plain(lambda self, g: self.learning_rate * 0.5 ** (self.t - 1) * g)),
    ("rate_falls_faster", plain(lambda self, g: self.learning_rate * 0.8 ** (self.t * (self.t - 1) / 2) * g)),
    (None, plain(lambda self, g: self.learning_rate * 0.9 ** (self.t - 1) * g)),
    (None, plain(lambda self, g: 1.3 * self.learning_rate * g)),
    ("step_not_finite", plain(lambda self, g: self.learning_rate * np.where(g == g.min(), np.nan, g))),
    ("step_uphill", plain(lambda self, g: -self.learning_rate * np.cbrt(g))),
]


@pytest.mark.parametrize(("kind", "rule"), [*ADAMS, *SQUARES, *BALLS, *PLAIN])
def test_a_wrong_rule_has_its_name_and_a_right_one_has_none(kind, rule):
    found = named(rule, layers=3)
    assert (found and found[0]) == kind, found


def late(self, g):
    before, self.m = self.m, 0.7 * self.m + g
    return self.learning_rate * before


def test_more_is_told_of_the_numbers():
    facts = {kind: named(rule)[1] for kind, rule in PLAIN if kind}
    assert facts["step_multiplied"] == {"count": 3} and facts["rate_vanishes"]["share"] == pytest.approx(0.5)
    assert facts["rate_falls_faster"] == {"share": pytest.approx(0.8**15), "count": 6}
    assert facts["step_not_finite"] == {"lost": 1, "of": SIZE}
    counts = [named(rule)[1] for kind, rule in ADAMS if kind in ("adam_counter_stuck", "adam_counter_off")]
    assert counts == [{"count": 1}, {"count": 2}, {"count": 2}]
    assert named(Rule(late, momentum=0.7)) == ("velocity_late", {})
    assert named(Rule(late)) is None, "without a momentum it may be a rule that is not known here"


def test_decay_that_grows_is_named():
    class Grows(Rule):
        def step(self, parameters, gradient):
            parameters += -self.learning_rate * gradient + 0.01 * parameters

    class Shrinks(Rule):
        def step(self, parameters, gradient):
            parameters -= self.learning_rate * gradient + 0.01 * parameters

    assert named(Grows(None)) == ("decay_grows", {}) and named(Shrinks(None)) is None


class Written:
    """RMSProp whose numbers stand in its lines."""

    power, seen = 2, 0.0

    def step(self, p, g):
        self.seen = 0.8 * self.seen + 0.2 * np.abs(g) ** self.power
        p -= 0.03 * g / (np.sqrt(self.seen) + 1e-6)


def test_numbers_that_stand_in_the_lines_alone_are_read_there():
    rule = Written()
    assert named(rule) is None
    rule.power = 1
    assert named(rule) == ("square_missing", {})


class Alias:
    """Momentum that begins with the array of gradients, or with a copy of it."""

    def __init__(self, copied):
        self.copied, self.v = copied, None

    def step(self, p, g):
        if self.v is None:
            self.v = g.copy() if self.copied else g
        else:
            self.v *= 0.9
            self.v += g
        p -= 0.05 * self.v


def test_a_memory_that_is_the_gradients_own_array_is_seen():
    assert keeps_gradients(Alias(copied=False)) and not keeps_gradients(Alias(copied=True))


@pytest.mark.parametrize(("scale", "falls"), [
    ([[1, 1], [0.9, 0.9], [0.9, 0.9]], True), ([[1, 1], [1, 1]], True), ([[0.5, 0.5], [0.4, 0.4]], True),
    ([[0.2, 0.2], [0.1, 0.1]], False), ([[1.2, 1.2], [1, 1]], False), ([[0.9, 0.9], [1, 1]], False),
    ([[1, 1], [0.5, 0.5], [0.6, 0.6]], False), ([[1, 0.5], [1, 0.5]], False), ([[1, 1], [0, 0]], False),
    ([[1, 1], [-1, -1]], False),
])  # fmt: skip
def test_the_factors_of_a_schedule_begin_near_one_and_never_rise(scale, falls):
    assert falling(np.array(scale, float)) is falls


@pytest.mark.parametrize(("signs", "up"), [
    ((-1, -1, -1, -1), False), ((1, 1, 1, 1), True), ((-1, -1, 1, 1), True), ((1, 1, -1, -1), True),
    ((-1, -1, -1, 1), False),
])  # fmt: skip
def test_an_array_climbs_whose_first_step_goes_up_in_all_its_numbers(signs, up):
    rule = Rule(lambda self, g: -self.learning_rate * np.array(signs) * g)
    rule.array_numbers = [np.array([0, 0, 1, 1])]
    assert climbs(rule) is up


@pytest.mark.parametrize(("kept", "squares"), [
    (lambda g: g**2, True), (lambda g: g, False), (lambda g: np.abs(g), False), (lambda g: 0.05 * g**2, False),
    (lambda g: float(g[0] ** 2), False),
])  # fmt: skip
def test_what_keeps_the_squares_of_a_gradient_keeps_them_as_they_are(kept, squares):
    def keeps(self, g):
        self.kept = kept(g)
        return self.learning_rate * g

    assert keeps_squares(Rule(keeps)) is squares
