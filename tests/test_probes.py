"""What proves how an answer is wrong, each kind by itself: on pieces that make the mistake, and on some that do not."""

from types import SimpleNamespace

import numpy as np
import pytest

from lessons.checks.judge import probes

X = np.array([[-2.0, 0.0, 1.0, 3.0], [0.25, 0.75, -0.5, 0.5]])
RIGHT = np.arange(1.0, 9).reshape(2, 4)


@pytest.mark.parametrize("words, wrong", [
    ("0", X == 0), ("1", X == 1), ("above 0", X > 0), ("below 0", X < 0), ("0 or below", X <= 0), ("above 1", X > 1),
    ("below one half", X < 0.5), ("above one half", X > 0.5), (None, X == -2), (None, X == 0.25),
])  # fmt: skip
def test_where_numbers_are_wrong_is_told_by_an_argument(words, wrong):
    told = probes.where_wrong([(np.where(wrong, -1, RIGHT), RIGHT, {"y": X[:1], "x": X, "n": 3})])
    assert told == (f" Wrong is exactly where `x` is {words}." if words else "")
    named = probes.where_wrong([({"a": RIGHT, "b": np.where(wrong, -1, RIGHT)}, {"a": RIGHT, "b": RIGHT}, {"x": X})])
    assert named == told
    assert probes.where_wrong([(RIGHT[:1], RIGHT, {"x": X})]) == "" == probes.where_wrong([("text", RIGHT, {"x": X})])


def test_of_two_numbers_no_place_is_told():
    few = np.array([1.0, 0]), np.array([1.0, 5]), {"x": np.array([1.0, -3])}
    more = np.array([1.0, 0, 2]), np.array([1.0, 5, 2]), {"x": np.array([1.0, -3, 4])}
    assert probes.where_wrong([few]) == "" != probes.where_wrong([more])


def test_places_that_another_case_refutes_are_not_told():
    """The third of three numbers was wrong, and the gradient there was 1 by chance: the mistake was `range(2)`."""
    def cut(right):
        return np.where(np.arange(right.size) < 2, right, -1), right, {"x": right}

    one, two = np.array([4.0, 3.0, 1.0]), np.array([1.0, 2.0, 3.0, 4.0])
    assert probes.where_wrong([cut(one)]) == " Wrong is exactly where `x` is 1."
    assert probes.where_wrong([cut(one), cut(two)]) == ""
    assert probes.where_wrong([cut(one), cut(np.array([3.0, 2.0]))]) != ""  # nothing is wrong there, and nothing is 1


def task(solution, piece):
    """A task whose cases call functions with their values."""
    return SimpleNamespace(piece="f", tolerance=1e-6, call=None, results=(), use=lambda f, case: solution(**case),
                           use_learners=lambda f, case: piece(**case))  # fmt: skip


def found(kind, solution, piece, cases):
    expected, yours = ([function(**case) for case in cases] for function in (solution, piece))
    return kind(task(solution, piece), piece, solution, cases, yours, expected)


A, B = ({"x": X, "y": 2 * X + 1}, {"x": X[:, :2], "y": X[:, 2:] - 3})


def test_arguments_in_each_others_place():
    def minus(x, y):
        return x - y

    def turned(x, y):
        return y - x

    told = found(probes.exchanged, minus, turned, (A, B))
    assert told.name == "arguments-exchanged" and told.says == (
        "Your numbers are right when `x` and `y` are handed over in each other's place: in `f` they are exchanged.")
    assert found(probes.exchanged, minus, lambda x, y: y - x + (x.shape[1] == 2), (A, B)) is None, "in one case alone"
    assert found(probes.exchanged, lambda x, y: x[0] - y[0], lambda x, y: y[0] - x[0], ({"x": X, "y": X[:1]},)) is None


def test_results_in_each_others_place_and_one_row_of_several():
    def both(x, y):
        return {"sum": x + y, "product": x * y}

    told = found(probes._results_exchanged, both, lambda x, y: {"sum": x * y, "product": x + y}, (A, B))
    assert told.says == "What should be sum and what should be product stand in each other's place."
    assert found(probes._results_exchanged, both, lambda x, y: {"sum": x * y, "product": x * y}, (A, B)) is None
    assert found(probes._results_exchanged, both, both, (A, B)) is None
    told = found(probes._results_exchanged, lambda x, y: {"a": x, "b": y, "c": x + y},
                 lambda x, y: {"a": y, "b": x + y, "c": x}, (A, B))  # fmt: skip
    assert told.says == "Your results are right and stand in another order. It should be a, b, c."
    flags = found(probes._results_exchanged, lambda x, y: {"a": 0, "b": 1}, lambda x, y: {"a": 1, "b": 0}, (A, B))
    assert flags is None, "of what is always 0 and always 1 it is chance"
    for row, words in ((-1, "the last row"), (0, "the first row")):
        told = found(probes._one_of_several, lambda x, y: x + y, lambda x, y, row=row: (x + y)[row], (A, B))
        assert told.name == "one-row-only" and told.says.startswith(f"What comes back is {words} of the result alone: ")
    assert found(probes._one_of_several, lambda x, y: x + y, lambda x, y: x[0], (A, B)) is None


@pytest.mark.parametrize("cut, words", [
    (lambda x: x[:, 1:], "the first column of `x` is left out"),
    (lambda x: x[:, :-1], "the last column of `x` is left out"),
    (lambda x: x[:, :1], "only the first column of `x` is in it"),
    (lambda x: x[:, -1:], "only the last column of `x` is in it"),
    (lambda x: x[:, :2], "only the first two columns of `x` are in it"),
    (lambda x: x[1:], "the first row of `x` is left out"),
    (lambda x: x[:-1], "the last row of `x` is left out"), (lambda x: x[::2, ::2], None),
])  # fmt: skip
def test_a_part_of_the_arguments_is_left_out(cut, words):
    cases = ({"x": np.arange(1.0, 13).reshape(3, 4)}, {"x": np.arange(2.0, 22).reshape(4, 5) ** 2})
    told = found(probes._left_out, lambda x: x.sum(), lambda x: cut(x).sum(), cases)
    assert (told and told.says) == (words and f"All your numbers are those that come out when {words}.")


def test_of_a_single_row_numbers_are_left_out():
    told = found(probes._left_out, lambda x, n: x.sum() * n, lambda x, n: x[1:].sum() * n, ({"x": X[0], "n": 2},))
    assert told.says == "All your numbers are those that come out when the first number of `x` is left out."


@pytest.mark.parametrize("by, name, says", [
    (lambda m, n: 4, "fixed-divisor", "by 4, whatever the size, where the number of columns of `x` should divide"),
    (lambda m, n: 1, "fixed-divisor", "by nothing, where the number of columns of `x` should divide"),
    (lambda m, n: -1, "fixed-divisor", "Your numbers have the wrong sign, and are divided by nothing, where"),
    (lambda m, n: -4, "fixed-divisor", "have the wrong sign, and are divided by 4, whatever the size, where"),
    (lambda m, n: m - 1, "one-off-divisor", "Your numbers are divided by one less than the number of columns of `x`."),
    (lambda m, n: m + 1, "one-off-divisor", "Your numbers are divided by one more than the number of columns of `x`."),
    (lambda m, n: m * m, "divided-besides", "Your numbers are 3 times too small where the number of columns of "),
    (lambda m, n: n, "other-divisor", "divided by `n`, where the number of columns of `x` should divide"),
    (lambda m, n: m, None, ""), (lambda m, n: np.sqrt(m), None, ""),
])  # fmt: skip
def test_what_numbers_are_divided_by(by, name, says):
    cases = ({"x": np.arange(1.0, 7).reshape(2, 3), "n": 7}, {"x": np.arange(3.0, 13).reshape(2, 5), "n": 2})
    piece = lambda x, n: x.sum() / by(x.shape[1], n)  # noqa: E731
    told = found(probes._divisor, lambda x, n: x.sum() / x.shape[1], piece, cases)
    assert (told and told.name) == name and (told is None or says in told.says), told


def test_one_factor_of_all_numbers_that_are_not_zero():
    right = np.array([0.0, 2.0, -4.0])
    assert probes._ratio(3 * right, right) == 3 and probes._ratio(3 * right + [1, 0, 0], right) is None
    assert probes._ratio(3 * right + [0, 0, 1], right) is None and probes._ratio(0 * right, right) is None
    assert probes._ratio(right, 0 * right) is None and probes._ratio(right[:2], right) is None
    assert probes._ratio({"a": right, "b": 5 * right}, {"a": right, "b": right}) == 5
    assert probes._ratio({"a": right}, {"a": right}) == 1 and probes._ratio("text", right) is None


def test_the_same_number_whatever_comes_in():
    same = probes.same_for_all
    told = same(task(None, None), [np.full(3, 2.5)] * 2, [np.arange(3.0), np.arange(3.0)])
    assert (told.name, told.says) == ("same-for-all", "`f` gives 2.5, whatever comes in.")
    assert same(task(None, None), [2.5], [1.0]) is None, "one case shows nothing"
    assert same(task(None, None), [2.5, 2.6], [1.0, 2.0]) is None
    assert same(task(None, None), [np.ones(2), 1.0], [np.ones(3), 1.0]) is None
    assert same(task(None, None), ["a", "b"], [1.0, 2.0]) is None


def test_other_values_of_the_same_kind():
    def others(value):
        return [np.asarray(one).tolist() for one in probes._others(value)]

    assert others(True) == others(None) == others("word") == others(np.array([])) == []
    assert others(3) == [4] and others(2.0) == [3.125, 0.25]
    assert others(np.array([0.0, 1, 1])) == [[1, 0, 0]] and others(np.array([0.5, 0.2])) == [[0.5, 0.35]]
    assert others(np.array([4, 2, 7])) == [[7, 2, 4], [2, 2, 2]]


def test_an_argument_without_a_part_in_the_result():
    def solution(x, rate):
        return x * rate

    def piece(x, rate):
        return x * 0.5

    told = found(probes._unused, solution, piece, ({"x": X, "rate": 0.25}, {"x": X + 1, "rate": 2.0}))
    assert (told.name, told.says) == (
        "unused-argument", "`rate` has no part in what `f` gives: your lines never read it.")

    def reads(x, rate):
        return x * (0.5 + 0 * rate)

    told = found(probes._unused, solution, reads, ({"x": X, "rate": 0.25}, {"x": X + 1, "rate": 2.0}))
    assert told.says == "What `f` gives does not change with `rate`: with 0.25 and with 0.5 the same comes out."
    assert found(probes._unused, solution, lambda x, rate: x + rate, ({"x": X, "rate": 0.25},)) is None


def test_a_slice_is_taken_of_arrays_alone():
    assert probes._cut(3, -1, slice(1)) == 3 and probes._cut(np.float64(2), 0, slice(1)) == 2
    assert probes._cut(X, -1, slice(1)).shape == (2, 1) and probes._cut(X, 0, slice(1)).shape == (1, 4)
