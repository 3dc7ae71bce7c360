"""Parameters in whatever people hold them: `check_functions` takes them as they are, and hands them on so."""

import numpy as np
import pytest

from nnlib import check_functions

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(40, 3)), RNG.normal(size=(40, 1))
ARRAYS = {"W1": RNG.normal(size=(3, 4)), "b1": np.full(4, 0.1), "W2": RNG.normal(size=(4, 1)), "b2": np.zeros(1)}


def loss_of(w1, b1, w2, b2):
    return float(np.mean((np.tanh(X @ w1 + b1) @ w2 + b2 - Y) ** 2))


def gradients_of(w1, b1, w2, b2, slope=lambda h: 1 - h**2):
    h = np.tanh(X @ w1 + b1)
    error = 2 * (h @ w2 + b2 - Y) / len(X)
    back = error @ w2.T * slope(h)
    return X.T @ back, back.sum(0), h.T @ error, error.sum(0)


FORMS = {  # how it is made of four arrays, how they are found in it, and the names of the first two
    "a list": (lambda a, b, c, d: [a, b, c, d], lambda p: p, ("0", "1")),
    "a tuple": (lambda a, b, c, d: (a, b, c, d), lambda p: p, ("0", "1")),
    "a list of dictionaries": (
        lambda a, b, c, d: [{"W": a, "b": b}, {"W": c, "b": d}],
        lambda p: [p[0]["W"], p[0]["b"], p[1]["W"], p[1]["b"]], ("[0]['W']", "[0]['b']"),
    ),
    "a dictionary of lists": (
        lambda a, b, c, d: {"W": [a, c], "b": [b, d]},
        lambda p: [p["W"][0], p["b"][0], p["W"][1], p["b"][1]], ("W[0]", "b[0]"),
    ),
    "two lists": (
        lambda a, b, c, d: ([a, c], [b, d]), lambda p: [p[0][0], p[1][0], p[0][1], p[1][1]], ("[0][0]", "[1][0]"),
    ),
    "pairs": (
        lambda a, b, c, d: [(a, b), (c, d)], lambda p: [p[0][0], p[0][1], p[1][0], p[1][1]], ("[0][0]", "[0][1]"),
    ),
    "a dictionary by numbers": (
        lambda a, b, c, d: {1: a, 2: b, 3: c, 4: d}, lambda p: [p[1], p[2], p[3], p[4]], (1, 2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("handed", [True, False], ids=["handed on", "looked at"])
def test_parameters_are_taken_as_people_hold_them(form, handed):
    made, parts, wrong = FORMS[form]
    arrays = [array.copy() for array in ARRAYS.values()]
    given = made(*arrays)
    slope = [lambda h: 1 - h**2]

    def loss(p):
        return loss_of(*parts(p))

    def gradients(p):
        return made(*gradients_of(*parts(p), slope=slope[0]))

    def checked():
        return check_functions(*((loss, given, gradients) if handed else
                                 (lambda: loss(given), given, lambda: gradients(given))))  # fmt: skip

    assert checked().passed
    slope[0] = lambda h: 1 - h
    report = checked()
    assert tuple(name for name, row in report.arrays.items() if not row[2]) == wrong
    assert "your slope of Tanh is 1 - a" in report.diagnosis.sentence
    for array, before in zip(arrays, ARRAYS.values(), strict=True):
        np.testing.assert_array_equal(array, before)


@pytest.mark.parametrize("bias", [0, 0.5, np.float64(0.5), np.float32(0.5), np.array(0.5)], ids=repr)
def test_a_bias_may_be_a_single_number_where_the_loss_is_handed_it(bias):
    def loss(p):
        return float(np.mean((X @ p["w"] + p["b"] - Y[:, 0]) ** 2))

    def gradients(p, share=2):
        error = X @ p["w"] + p["b"] - Y[:, 0]
        return {"dw": 2 * X.T @ error / 40, "db": share * error.mean()}

    given = {"w": np.array([0.5, -1.0, 2.0]), "b": bias}
    assert check_functions(loss, given, gradients).passed
    report = check_functions(loss, given, lambda p: gradients(p, 1))
    assert "half of the right one" in report.diagnosis.sentence
    assert given["b"] is bias


def test_what_is_coarse_or_single_cannot_be_moved_where_it_lies():
    w, b = np.array([2.0], np.float32), 0.5
    with pytest.raises(TypeError, match=r"parameters\['w'\] is float32, expected an array of float64"):
        check_functions(lambda: float(w[0] + b), {"w": w}, {"w": [1.0]})
    with pytest.raises(TypeError, match=r"parameters\['b'\] is float, expected an array of float64"):
        check_functions(lambda: float(w[0] + b), {"b": b}, {"b": 1.0})
    with pytest.raises(TypeError, match=r"parameters\['b'\] is float, expected"):  # the gradients look at another one
        check_functions(lambda p: p["b"] ** 2, {"b": b}, lambda: {"b": 2 * b})


def test_what_a_loss_leaves_in_the_dictionary_is_there_for_the_gradients():
    def loss(p):
        p["cache"] = np.tanh(X @ p["W1"] + p["b1"])
        return loss_of(p["W1"], p["b1"], p["W2"], p["b2"])

    def gradients(p):
        assert p["cache"].shape == (40, 4)
        p["W1"] = None  # its own matter
        return dict(zip(ARRAYS, gradients_of(ARRAYS["W1"], *[p[name] for name in ("b1", "W2", "b2")]), strict=True))

    given = dict(ARRAYS)
    assert check_functions(loss, given, gradients).passed
    assert [*given] == [*ARRAYS], "the caller's own dictionary is not written to"


def test_gradients_that_are_missing_in_a_nest_are_named():
    given = [{"W": np.ones((2, 2))}, {"W": np.ones((2, 1)), "b": np.ones(1)}]
    loss = lambda p: float(sum((array**2).sum() for one in p for array in one.values()))  # noqa: E731
    right = [{"dW": 2 * given[0]["W"]}, {"dW": 2 * given[1]["W"], "db": 2 * given[1]["b"]}]
    assert check_functions(loss, given, right).passed
    with pytest.raises(ValueError, match="gradients has no 'b'"):
        check_functions(loss, given, [right[0], {"dW": right[1]["dW"]}])
    with pytest.raises(ValueError, match="gradients has no '1'"):
        check_functions(loss, given, right[:1])
    with pytest.raises(TypeError, match="gradients is a dictionary of arrays"):
        check_functions(loss, given, [right[0]["dW"], right[1]["dW"]])
    with pytest.raises(TypeError, match=r"parameters\[.*\] is list, expected an array"):
        check_functions(loss, [{"W": [1.0, 2.0]}], [{"W": [1.0, 2.0]}])
