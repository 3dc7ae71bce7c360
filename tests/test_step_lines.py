"""What an optimiser's lines do otherwise than their names say: bounds, memories that are one, arrays that part ways."""

import numpy as np
import pytest

from nnlib.inspect import step_lines

SIZE = 6


def by_norm(g, bound):
    return g * min(1.0, bound / np.linalg.norm(g))


class Steps:
    """Plain steps along gradients that `bound` has to do with."""

    def __init__(self, clip=0.5, **more):
        self.learning_rate, self.clip, self.size = 0.1, clip, SIZE
        vars(self).update(more)

    def step(self, parameters, gradient):
        parameters -= self.learning_rate * self.bound(gradient, self.clip)


def optimizer(bound, kind=Steps, **more):
    return type("Mine", (kind,), {"__module__": __name__, "bound": staticmethod(bound)})(**more)


BOUNDS = {
    "by norm": (None, by_norm), "by value": (None, lambda g, c: np.clip(g, -c, c)),
    "by value below one": (None, lambda g, c: c * np.tanh(g / c) if np.abs(g).max() > c else g),
    "always": ("bound_lengthens", lambda g, c: g * c / np.linalg.norm(g)),
    "turned": ("bound_missed", lambda g, c: g * np.linalg.norm(g) / c if np.linalg.norm(g) > c else g),
    "turned below": ("bound_lengthens", lambda g, c: g * c / np.linalg.norm(g) if np.linalg.norm(g) < c else g),
    "one side": ("bound_missed", np.minimum), "zeros": ("bound_missed", lambda g, c: g * (np.linalg.norm(g) < c)),
    "squared": ("bound_missed", lambda g, c: g * c / (g @ g) if np.linalg.norm(g) > c else g),
    "signs alone": ("bound_missed", lambda g, c: np.sign(g) * c / g.size**0.5 if np.linalg.norm(g) > c else g),
    "not at all": ("bound_missed", lambda g, c: g + 0 * c), "nan": (None, lambda g, c: g * np.nan),
}  # fmt: skip


@pytest.mark.parametrize("clip", [0.5, 5.0])
@pytest.mark.parametrize("name", BOUNDS)
def test_a_bound_shortens_long_gradients_to_it_and_leaves_short_ones(name, clip):
    kind, bound = BOUNDS[name]
    found = step_lines.unbounded(optimizer(bound, clip=clip))
    facts = {"name": "clip", "bound": clip} | ({"length": clip / 2} if kind == "bound_lengthens" else {})
    assert found == (kind and (kind, facts))


def test_nothing_is_said_of_what_is_no_bound_or_of_two():
    missed = BOUNDS["not at all"][1]
    assert step_lines.unbounded(optimizer(missed)) is not None
    for clip in (-0.5, 0.0, 1, "norm", None):
        assert step_lines.unbounded(optimizer(missed, clip=clip)) is None
    two = type("Two", (Steps,), {"__module__": __name__, "bound": lambda self, g, c: g * self.max_norm * c})
    assert step_lines.unbounded(two(max_norm=1.0)) is None

    class Unread(Steps):
        def step(self, parameters, gradient):
            parameters -= self.learning_rate * gradient

    assert step_lines.unbounded(Unread()) is None

    class OfParameters(Steps):
        def step(self, parameters, gradient):
            parameters -= self.learning_rate * gradient
            parameters[:] = np.clip(parameters, -self.clip, self.clip)

    assert step_lines.unbounded(OfParameters()) is None

    class OfTheStep(Steps):
        def step(self, parameters, gradient):
            parameters -= by_norm(self.learning_rate * gradient, self.clip)

    assert step_lines.unbounded(OfTheStep()) is None

    class OfItsLargest(Steps):
        def step(self, parameters, gradient):
            made = self.learning_rate * gradient
            parameters -= made * min(1.0, self.clip / np.abs(made).max())

    assert step_lines.unbounded(OfItsLargest()) is None

    class Decays(Steps):
        def step(self, parameters, gradient):
            made = gradient * self.clip / np.linalg.norm(gradient)
            parameters -= self.learning_rate * (made + self.decay * parameters)

    assert step_lines.unbounded(Decays(decay=0.1))[0] == "bound_lengthens"


class Remembers:
    """Adam, whose two memories are one array where `one` says so; what is kept is written into it."""

    def __init__(self, one=False, wrong=False):
        self.learning_rate, self.beta1, self.beta2, self.epsilon, self.size, self.t = 0.05, 0.9, 0.95, 1e-8, SIZE, 0
        self.m = np.zeros(SIZE)
        self.v, self.wrong = self.m if one else np.zeros(SIZE), wrong

    def step(self, parameters, gradient):
        self.t += 1
        self.m *= self.beta1
        self.m += (1 - self.beta1) * gradient
        self.v *= self.beta2
        self.v += (1 - self.beta2) * gradient**2
        m, v = self.m / (1 - self.beta1**self.t), self.v / (1 - self.beta2**self.t)
        m = 2 * m + np.sign(m) if self.wrong else m
        parameters -= self.learning_rate * m / (np.sqrt(np.abs(v)) + self.epsilon)


def test_one_memory_under_two_names_is_told_if_two_would_make_a_known_rule():
    assert step_lines.memory_shared(Remembers(), 1) is None
    assert step_lines.memory_shared(Remembers(one=True), 1) == ("memory_shared", {"one": "m", "other": "v"})
    assert step_lines.memory_shared(Remembers(one=True, wrong=True), 1) is None


class Arrays:
    """Momentum with two arrays; what is `odd` in the second one is a function of the gradient and the memory."""

    array_numbers = np.repeat([0, 1], 3), np.repeat([0, 1], 3)

    def __init__(self, odd):
        self.learning_rate, self.size, self.odd = 0.1, SIZE, odd
        self.velocity = np.zeros(SIZE)

    def step(self, parameters, gradient):
        self.velocity = 0.9 * self.velocity + gradient
        step = self.velocity.copy()
        step[3:] = self.odd(gradient[3:], self.velocity[3:])
        parameters -= self.learning_rate * step


@pytest.mark.parametrize(("odd", "groups"), [
    (lambda g, v: v, [[0, 1]]), (lambda g, v: 2 * v, [[0, 1]]), (lambda g, v: g, [[0], [1]]),
    (lambda g, v: 0 * g, [[0]]), (lambda g, v: g[::-1], [[0], [1]]), (lambda g, v: g * np.arange(3), []),
    (lambda g, v: g * np.nan, []),
    (lambda g, v: -v, [[0], [1]]),
])  # fmt: skip
def test_arrays_that_take_one_course_are_one_group(odd, groups):
    assert [arrays for _, arrays in step_lines.groups_of(Arrays(odd))] == groups
    for course, _ in step_lines.groups_of(Arrays(odd)):
        assert np.linalg.norm(course) == pytest.approx(1)


@pytest.mark.parametrize(("odd", "refuted"), [
    (lambda g, v: v, False), (lambda g, v: np.abs(g), True), (lambda g, v: g**3, True),
    (lambda g, v: np.sign(g), False),
    (lambda g, v: g / 1e-9 if np.array_equal(g, v) else g, True), (lambda g, v: g / np.abs(g).max() ** 2, True),
])  # fmt: skip
def test_steps_that_are_no_rules_are_refuted(odd, refuted):
    assert step_lines.refuted(Whole(odd)) is refuted


class Whole(Arrays):
    def step(self, parameters, gradient):
        self.velocity = 0.9 * self.velocity + gradient
        parameters -= self.learning_rate * self.odd(gradient, self.velocity)


@pytest.mark.parametrize(("decay", "alike"), [
    (lambda p: 0.1 * p, False), (np.sign, True), (lambda p: 0 * p, False),
    (lambda p: 0.1 * p / np.linalg.norm(p), True),
])  # fmt: skip
def test_a_decay_is_alike_where_what_is_twice_as_large_loses_as_much(decay, alike):
    one = Steps()
    one.step = lambda parameters, gradient: parameters.__isub__(0.1 * (gradient + decay(parameters)))
    assert step_lines.decays_alike(one) == alike
