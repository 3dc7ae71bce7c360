"""A feature by the learner's own formula: it gives what NumPy gives, runs nothing, and a mistake is one sentence."""

import numpy as np
import pytest

from widgets import Workbench
from widgets.stage.stand_in import StandIn
from widgets.workbench import own_feature

X = np.array([[0.5, -1.0, 2.0], [2.0, 0.5, -0.25]])
A, B = X


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x1", A), ("x1 * x2 - 3", A * B - 3), ("sin(3*x1) + x2**2", np.sin(3 * A) + B**2), ("-abs(x2)/2", -abs(B) / 2),
        ("sqrt(x1**2 + x2**2)", np.hypot(A, B)), ("x₁² − x₂²", A**2 - B**2), ("exp(-x1^2)", np.exp(-(A**2))),
        ("sin(π·x1)", np.sin(np.pi * A)), ("(x1)", A), ("2", np.full(3, 2.0)),
    ],
)  # fmt: skip
def test_a_formula_is_worked_out_as_it_stands(text, value):
    np.testing.assert_allclose(own_feature.read(text)(X), value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x1 +", "no formula yet"), ("2x1", "no formula yet"), ("(x1", "no formula yet"), ("x1 x2", "no formula yet"),
        ("x3 + 1", "x3 is nothing"), ("x1 > 0", "x1 > 0 is nothing"), ("x1 + " * 30, "at most 80 characters"),
        ("__import__('os').system('ls')", "is nothing that a formula knows"), ("x1.__class__", "is nothing"),
        ("sin.__globals__", "is nothing"), ("sin(x1, out=x2)", "is nothing"), ("[x1 for x1 in x2]", "is nothing"),
        ("(lambda: x1)()", "is nothing"), ("'x1'", "is nothing"), ("x1 if x2 else 1", "is nothing"),
        ("True", "is nothing"),
        ("(y := x1)", "is nothing"), ("1j", "is nothing"), ("x1[0]", "is nothing"), ("eval('1')", "is nothing"),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused_in_one_sentence(text, said):
    with pytest.raises(ValueError) as told:
        own_feature.read(text)
    assert said in str(told.value) and "\n" not in str(told.value)


@pytest.mark.parametrize("text", ["sqrt(x1)", "1 / (x1 - 0.5)", "9**9**9**x1", "log(x2)"])
def test_a_formula_without_a_finite_value_somewhere_says_where(text):
    with pytest.raises(ValueError, match="has no finite value at"):
        own_feature.read(text)(X)


def test_a_network_learns_from_it_beside_the_others_or_alone_and_the_card_keeps_it():
    browser = StandIn(Workbench(data="circles", noise=0, features=[], formula="x1**2 + x2**2", hidden=[]))
    bench = browser.explorer
    assert bench.failure is None and bench.names() == ["x1²+x2²"] and bench.model.features == 1
    np.testing.assert_allclose(bench.inputs(bench.x_train), np.square(bench.x_train).sum(axis=0, keepdims=True))
    browser.set("learning_rate", 5)
    for _ in range(300):
        bench._train_once(recorded=False)
    assert bench._measures()[3] == 1.0, "one unit tells circles apart by this feature"
    other = Workbench(card=bench.card())
    assert other.formula == bench.formula and np.array_equal(other.model.parameters, bench.model.parameters)
    browser.set("features", ["x₁", "x₂"])
    assert bench.model.features == 3 and bench.names()[:2] == ["x₁", "x₂"]
    browser.set("formula", "x1 + x9")
    assert "x9 is nothing" in browser.frame["failure"]["message"] and bench.formula == "x1**2 + x2**2"
    browser.set("formula", "sqrt(x1)")
    assert "no finite value" in browser.frame["failure"]["message"]
    browser.set("formula", "")
    assert browser.frame["failure"] is None and bench.model.features == 2
    with pytest.raises(TypeError, match="makes no sense"):
        Workbench(x=np.ones((3, 4)), y=[0, 1, 0, 1], formula="x1")
    assert "formula" in Workbench(lock=("features",)).locked
