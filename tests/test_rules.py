"""Every wrong update rule that has a name, written out as a learner would, is named; right ones are not."""

import numpy as np
import pytest

from nnlib.inspect import conduct, motion
from nnlib.inspect.conduct import climbs, keeps_gradients, keeps_squares
from nnlib.inspect.formulas import numbers_of, rules
from nnlib.inspect.known_rules import falling
from nnlib.inspect.motion import undisturbed
from nnlib.inspect.recognise import same
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


def keeps_one_corrected(m, v):
    """The kept mean, or the kept mean square, is the corrected one; the other is corrected where it is used."""

    def direction(self, g):
        left = 1 - self.beta1**self.t, 1 - self.beta2**self.t
        self.m = (self.beta1 * self.m + (1 - self.beta1) * g) / (left[0] if m else 1)
        self.v = (self.beta2 * self.v + (1 - self.beta2) * g**2) / (left[1] if v else 1)
        size = np.sqrt(self.v / (1 if v else left[1])) + self.epsilon
        return self.learning_rate * self.m / (1 if m else left[0]) / size

    return Rule(direction, beta1=0.9, beta2=0.95, epsilon=0.01)


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
    *(("adam_keeps_corrected", keeps_one_corrected(*which)) for which in ((True, True), (True, False), (False, True))),
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


def inside_the_root(old, new, of=np.square):
    return squares(old, new, lambda g, v, small: g / np.sqrt(v + small), of)


def beside(self, g):
    self.v = 0.8 * self.v + 0.2 * g**2
    return self.learning_rate * g / np.sqrt(self.v) - self.epsilon


def ahead(old, new):
    """Nesterov's momentum with `old` for the share of what is kept, and `new` for that of the gradient."""
    return ball(old, new, lambda self, g: self.learning_rate * (g + old * self.m))


def late(self, g):
    before, self.m = self.m, 0.7 * self.m + g
    return self.learning_rate * before


def last_gradient(self, g):
    before, self.m = self.m, g.copy()
    return self.learning_rate * (g + 0.7 * before)


def moments(m_old, m_new, v_old, v_new, corrected=True):
    return Adam(lambda m, v, g, b, c: (m_old * m + m_new * g, v_old * v + v_new * g**2),
                None if corrected else as_they_are)  # fmt: skip


MORE = [
    ("adam_counter_stays", Adam(corrected=lambda m, v, t, b, c: (m / (1 - b ** min(t, 2)), v / (1 - c ** min(t, 2))))),
    *(("mean_kept_whole", moments(*shares, way)) for way in (True, False)
      for shares in ((1, 0.1, 0.95, 0.05), (0.9, 0.1, 1, 0.05), (1, 0.1, 1, 0.05))),
    *(("share_of_another", moments(*shares, way)) for way in (True, False)
      for shares in ((0.9, 0.05, 0.95, 0.05), (0.9, 0.1, 0.95, 0.1), (0.9, 0.05, 0.95, 0.1))),
    ("momentum_on_both", ball(0.7, 0.7)), ("momentum_on_both", ahead(0.7, 0.7)),
    ("velocity_turned", ball(-0.7, 1)), ("velocity_turned", ball(-0.7, 0.3)),
    ("velocity_turned", ahead(-0.7, 1)), ("velocity_turned", ahead(-0.7, 0.3)),
    ("momentum_on_gradient", ahead(1, 0.7)), ("momentum_on_gradient", ahead(1, 0.3)),
    ("momentum_swapped", ahead(0.3, 0.7)), ("velocity_kept_whole", ahead(1, 1)),
    ("velocity_late", Rule(late, momentum=0.7)),
    ("learning_rate_missing", ball(0.7, 1, lambda self, g: g + 0.7 * self.m)),
    ("last_gradient_for_velocity", Rule(last_gradient, momentum=0.7)),
    ("mean_kept_whole", squares(1, 0.2)), ("mean_kept_whole", inside_the_root(1, 0.2)),
    ("squares_forgotten", squares(0, 0.2)), ("squares_forgotten", inside_the_root(0, 0.2)),
    ("share_missing", inside_the_root(0.8, 1)), ("share_swapped", inside_the_root(0.2, 0.8)),
    ("square_missing", inside_the_root(0.8, 0.2, np.abs)), (None, inside_the_root(1, 1)),
    ("epsilon_outside", Rule(beside, decay=0.8, epsilon=0.01)),
]  # fmt: skip


class Relative(Adam):
    """A right rule from the papers: what is done with the running means, and under which root."""

    def __init__(self, way, root=True):
        super().__init__()
        self.way, self.root, self.most, self.mean, self.mean_speed = way, root, 0.0, 0.0, 0.0
        self.direction = Relative.by_paper

    def reset(self):
        super().reset()
        self.most = self.mean = self.mean_speed = 0.0

    def by_paper(self, g):
        b, c = self.beta1, self.beta2
        self.m, self.v = b * self.m + (1 - b) * g, c * self.v + (1 - c) * g**2
        up, size = self.way(self, g, self.m / (1 - b**self.t), self.v / (1 - c**self.t))
        return self.learning_rate * up / (np.sqrt(size) + self.epsilon if self.root else np.sqrt(size + self.epsilon))


def adamax(self, g, m, v):
    self.most = np.maximum(self.beta2 * self.most, np.abs(g))
    return m, self.most**2


def amsgrad(self, g, m, v):
    self.most = np.maximum(self.most, v)
    return m, self.most


def amsgrad_corrected_last(self, g, m, v):
    self.most = np.maximum(self.most, self.v)
    return m, self.most / (1 - self.beta2**self.t)


def amsgrad_uncorrected(self, g, m, v):
    self.most = np.maximum(self.most, self.v)
    return self.m, self.most


def nadam(self, g, m, v):
    return self.beta1 * m + (1 - self.beta1) * g / (1 - self.beta1**self.t), v


def nadam_plain(self, g, m, v):
    return self.beta1 * m + (1 - self.beta1) * g, v


def adabelief(self, g, m, v):
    self.mean = self.beta2 * self.mean + (1 - self.beta2) * (g - self.m) ** 2
    return m, self.mean / (1 - self.beta2**self.t)


def rmsprop_with_momentum(self, g, m, v):
    size = np.sqrt(self.v) + self.epsilon if self.root else np.sqrt(self.v + self.epsilon)
    self.mean_speed = self.beta1 * self.mean_speed + g / size
    return self.mean_speed * (1 + self.epsilon if self.root else np.sqrt(1 + self.epsilon)), np.ones_like(g)


def lion(self, g, m, v):
    """Its running mean goes on after the step."""
    up = np.sign(self.beta1 * self.mean + (1 - self.beta1) * g)
    self.mean = self.beta2 * self.mean + (1 - self.beta2) * g
    return up, (1 - self.epsilon) ** 2 if self.root else 1 - self.epsilon


RELATIVES = [Relative(way, root) for root in (True, False) for way in (
    adamax, amsgrad, amsgrad_corrected_last, amsgrad_uncorrected, nadam, nadam_plain, adabelief, rmsprop_with_momentum,
    lion)]


def centred(root):
    def direction(self, g):
        self.m, self.v = 0.8 * self.m + 0.2 * g, 0.8 * self.v + 0.2 * g**2
        size = self.v - self.m**2
        return self.learning_rate * g / (np.sqrt(size) + 0.01 if root else np.sqrt(size + 0.01))

    return Rule(direction, decay=0.8, epsilon=0.01)


@pytest.mark.parametrize("rule", [*RELATIVES, centred(True), centred(False)],
                         ids=lambda rule: getattr(rule, "way", centred).__name__)  # fmt: skip
def test_right_rules_that_are_less_well_known_are_known(rule):
    gradients, moves, _ = undisturbed(rule)
    known = [facts.get("rule") for numbers in numbers_of(rule)
             for kind, made, facts in rules(numbers, gradients, 3, []) if kind is None and same(made, moves, 1e-9)]
    assert known and named(rule) is None


@pytest.mark.parametrize(("kind", "rule"), [*ADAMS, *SQUARES, *BALLS, *PLAIN, *MORE])
def test_a_wrong_rule_has_its_name_and_a_right_one_has_none(kind, rule):
    found = named(rule, layers=3)
    assert (found and found[0]) == kind, found


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


class Bare:
    """An optimiser of two arrays, 5 numbers and 3; what a step takes off the parameters is given."""

    def __init__(self, step, **numbers):
        self.learning_rate, self.size, self.taken = 0.1, 8, step
        self.array_numbers = np.repeat([0, 1], [5, 3]), np.repeat([0, 1], [5, 3])
        self.t, self.kept = 0, None
        vars(self).update(numbers)

    def step(self, parameters, gradients):
        self.t += 1
        parameters -= self.taken(self, parameters, gradients)


def refuses(self, p, g):
    raise ValueError


def falls_by_itself(self, p, g):
    self.learning_rate /= 1 + 0.1 * self.t
    return self.learning_rate * g


def falls_within(self, p, g):
    taken = np.zeros_like(g)
    for k in (0, 1):
        its = (np.arange(len(g)) < 5) == (k == 0)
        self.learning_rate *= 0.5
        taken[its] = self.learning_rate * g[its]
    return taken


def keeps_its(self, p, g):
    self.kept = g if self.kept is None else self.kept
    return self.learning_rate * (0.5 * self.kept + g)


def with_speed(self, p, g):
    self.velocity = np.zeros_like(g) if self.t == 1 else self.velocity
    self.velocity = 0.9 * self.velocity + g
    return self.learning_rate * self.velocity


def with_squares(self, p, g):
    self.squares = g**2
    return self.learning_rate * np.sign(g)


def mixes(self, p, g):
    first = np.arange(len(g)) < 5
    return self.learning_rate * np.where(first, g * np.linalg.norm(g[5:]), g)


BARE = {
    "plain": Bare(lambda self, p, g: self.learning_rate * g),
    "no rate": Bare(lambda self, p, g: 0.1 * g, learning_rate=None),
    "uphill": Bare(lambda self, p, g: -self.learning_rate * g),
    "one array uphill": Bare(lambda self, p, g: self.learning_rate * g * np.where(np.arange(len(g)) < 5, -1, 1)),
    "refuses": Bare(refuses),
    "no numbers": Bare(lambda self, p, g: np.nan * g),
    "grows": Bare(lambda self, p, g: self.learning_rate * (g - 0.1 * p)),
    "decays": Bare(lambda self, p, g: self.learning_rate * (g + 0.1 * p)),
    "halved each time": Bare(lambda self, p, g: self.learning_rate * g * 0.5 ** (self.t - 1)),
    "a tenth less each time": Bare(lambda self, p, g: self.learning_rate * g * 0.9 ** (self.t - 1)),
    "falls ever faster": Bare(lambda self, p, g: self.learning_rate * g * 0.8 ** (self.t * (self.t - 1) / 2)),
    "goes round": Bare(lambda self, p, g: self.learning_rate * g * (0.51 + 0.5 * np.cos(self.t * 0.7 - 0.7))),
    "twice": Bare(lambda self, p, g: 2 * self.learning_rate * g),
    "one and a half": Bare(lambda self, p, g: 1.5 * self.learning_rate * g),
    "three times": Bare(lambda self, p, g: 3 * self.learning_rate * g),
    "falls by itself": Bare(falls_by_itself),
    "falls within": Bare(falls_within),
    "the third is the first": Bare(lambda self, p, g: self.learning_rate * g * (self.t > 2)),
    "the second is the first": Bare(lambda self, p, g: self.learning_rate * g * (self.t > 1)),
    "every other": Bare(lambda self, p, g: self.learning_rate * g * (self.t % 3 == 0)),
    "the rate is divided by": Bare(lambda self, p, g: 0.1 * self.learning_rate * g / (self.learning_rate + 1e-9)),
    "the rate from the second on": Bare(lambda self, p, g: (self.learning_rate if self.t > 1 else 0.1) * g),
    "the rate twice in some": Bare(lambda self, p, g: self.learning_rate * g * (1 + self.learning_rate * (self.t > 3))),
    "one for all": Bare(lambda self, p, g: self.learning_rate * np.full_like(g, g.mean())),
    "one for an array": Bare(lambda self, p, g: self.learning_rate * np.where(np.arange(len(g)) < 5, g[:5].mean(), g)),
    "signs": Bare(lambda self, p, g: self.learning_rate * np.sign(g)),
    "one side": Bare(lambda self, p, g: self.learning_rate * np.maximum(g, 0)),
    "sizes": Bare(lambda self, p, g: self.learning_rate * np.abs(g)),
    "keeps its gradient": Bare(keeps_its),
    "with speed": Bare(with_speed),
    "with speed and momentum 0": Bare(with_speed, momentum=0.0),
    "momentum": Bare(lambda self, p, g: self.learning_rate * g, momentum=0.9),
    "with squares": Bare(with_squares),
    "through squares": Bare(lambda self, p, g: self.learning_rate * g / (g**2 + 1e-12)),
    "decay that rises": Bare(lambda self, p, g: self.learning_rate * (1 + self.decay * (self.t - 1)) * g, decay=0.5),
    "decay that falls": Bare(lambda self, p, g: self.learning_rate / (1 + self.decay * (self.t - 1)) * g, decay=0.5),
    "decay that warms up": Bare(lambda self, p, g: self.learning_rate * min(1.0, 0.1 * self.t) * g, decay=0.5),
    "decay to a peak": Bare(lambda self, p, g: self.learning_rate * (1 + self.decay * self.t) * g, decay=0.5, peak=2.0),
    "mixes": Bare(mixes),
    "shortened": Bare(lambda self, p, g: self.learning_rate * g / max(1.0, np.linalg.norm(g))),
    "the first of two is kept": Bare(lambda self, p, g: self.learning_rate * np.where(np.arange(len(g)) < 5, g, 0)),
    "by whole numbers": Bare(lambda self, p, g: p - np.round(p - self.learning_rate * g, 3)),
    "looks at the loss": Bare(lambda self, p, g: self.learning_rate * np.maximum(g, 0) + 0 * getattr(self, "loss", 0)),
    "bounded below": Bare(lambda self, p, g: self.learning_rate * np.where(p < -1, 0, g)),
}  # fmt: skip


def judged(optimizer):
    """What each judge of steps says of an optimiser, if it says anything."""
    gradients, moves, _ = motion.undisturbed(optimizer)
    judges = (conduct.keeps_gradients, conduct.decays_anew, conduct.begins_late, conduct.by_the_rate, named,
              conduct.rates_within, conduct.is_plain, conduct.remembers_speed, conduct.one_for_all, conduct.mixed,
              conduct.mixed_up, conduct.keeps_squares, conduct.grows, conduct.climbs, conduct.one_sided,
              conduct.vanishes)  # fmt: skip
    judges = {one.__name__: one for one in judges}
    judges["rate_rises"] = lambda one: conduct.rate_rises(one, 1)
    judges["goes_up"] = lambda one: [k for k in (0, 1) if conduct.goes_up(one, one.array_numbers[0] == k)]
    if moves is not None and np.isfinite(moves).all():
        judges["shrinks"] = lambda one: conduct.shrinks(one, gradients[:1])
        judges["by_length"] = lambda one: conduct.by_length(one, gradients, moves)
    return {name: said for name, judge in judges.items() if (said := judge(optimizer))}


JUDGED = {  # what is said of each; of the others nothing
    "plain": {"is_plain": True},
    "uphill": {"climbs": True, "named": ("step_uphill", {}), "goes_up": [0, 1]},
    "one array uphill": {"climbs": True, "goes_up": [0]},
    "no numbers": {"named": ("step_not_finite", {"lost": 8, "of": 8})},
    "grows": {"grows": True, "named": ("decay_grows", {})},
    "halved each time": {"named": ("rate_vanishes", {"share": 0.5}), "vanishes": ("rate_vanishes", {"share": 0.5})},
    "falls ever faster": {"named": ("rate_falls_faster", {"share": 0.0351844, "count": 6}),
        "by_length": ("rate_falls_faster", {"share": 0.0351844, "count": 6}),
        "vanishes": ("rate_vanishes", {"share": 0.00590296})},
    "twice": {"named": ("step_multiplied", {"count": 2}), "by_length": ("step_multiplied", {"count": 2})},
    "three times": {"named": ("step_multiplied", {"count": 3}), "by_length": ("step_multiplied", {"count": 3})},
    "falls by itself": {"decays_anew": ("rate_falls_faster", {"share": 1.22913e-08, "count": 24}),
        "named": ("rate_falls_faster", {"share": 1.22913e-08, "count": 24}),
        "vanishes": ("rate_vanishes", {"share": 0.294118})},
    "falls within": {"rates_within": {"one": 0.05, "other": 0.025}, "named": ("rate_falls_within", {"one": 0.051855,
        "other": 0.0259275}), "vanishes": ("rate_vanishes", {"share": 0.25})},
    "the third is the first": {"begins_late": ("first_steps_still", {"count": 2}), "named": ("first_steps_still",
        {"count": 2})},
    "the rate is divided by": {"by_the_rate": ("rate_cancels", {"name": "learning_rate"}), "is_plain": True,
        "named": ("rate_cancels", {"name": "learning_rate"})},
    "the rate from the second on": {"by_the_rate": ("rate_not_at_first", {}), "is_plain": True,
        "named": ("rate_not_at_first", {})},
    "the rate twice in some": {"by_the_rate": ("rate_in_some", {"share": 3.0}), "is_plain": True,
        "named": ("rate_in_some", {"share": 3.0})},
    "one for all": {"one_for_all": ("one_for_all", {"arrays": [0]}), "mixed": [0], "named": ("one_for_all",
        {"arrays": [0]}), "goes_up": [0, 1]},
    "one for an array": {"one_for_all": ("one_for_all", {"arrays": [0]}), "named": ("one_for_all", {"arrays": [0]})},
    "one side": {"one_sided": ("one_sided", {"share": 1.0})},
    "sizes": {"climbs": True, "one_sided": ("one_sided", {"share": 1.0}), "goes_up": [0, 1]},
    "keeps its gradient": {"keeps_gradients": True},
    "with speed": {"remembers_speed": True},
    "momentum": {"is_plain": True, "remembers_speed": True, "named": ("velocity_forgotten", {})},
    "with squares": {"keeps_squares": True, "named": ("squares_forgotten", {})},
    "through squares": {"named": ("root_missing", {}), "shrinks": True},
    "decay that rises": {"named": ("rate_rises", {"times": 3.5, "count": 6}), "rate_rises": ("rate_rises",
        {"times": 3.5, "count": 6})},
    "the first of two is kept": {"is_plain": True},
    "by whole numbers": {"is_plain": True, "named": ("parameters_rounded", {"places": 3})},
    "looks at the loss": {"one_sided": ("one_sided", {"share": 1.0})},
    "bounded below": {"is_plain": True},
}  # fmt: skip


@pytest.mark.parametrize("name", BARE)
def test_every_judge_is_asked_of_every_way_to_step(name):
    """Each of them is shown what another is for, so none may say more than it can know."""
    assert {judge: shortly(found) for judge, found in judged(BARE[name]).items()} == JUDGED.get(name, {})


def shortly(found):
    """The same with six digits of each number."""
    if isinstance(found, dict):
        return {key: shortly(one) for key, one in found.items()}
    if isinstance(found, (tuple, list)):
        return type(found)(map(shortly, found))
    return float(f"{found:.6g}") if isinstance(found, float) else found
