"""Every network of `tests/networks` gets its verdict: wrong ones are named, right ones left alone."""

import copy

import numpy as np
import pytest

from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh
from nnlib.inspect import check_functions, diagnose, gradient_check, ways_back
from nnlib.lines import search
from tests import networks
from tests.networks import fifth, invented, posted, unusual
from tests.networks.functions import FUNCTIONS
from tools.diagnosis_report import judge

NETWORKS = [(case, company) for company in (False, True) for case in networks.CASES if not (company and case.alone)]


def called(case, company):
    return f"{case.make.__module__.rpartition('.')[2]} {case.make.__name__}{' in company' if company else ''}"


@pytest.mark.parametrize(("case", "company"), [pytest.param(*one, id=called(*one)) for one in NETWORKS])
def test_each_is_told_what_was_read(case, company, words_of_diagnoses):
    one = judge(case, company)
    assert one.right, (one.kinds, one.says)
    if one.kinds:
        assert one.says[-1] in ".?" and "{" not in one.says and "None" not in one.says, one.says
        assert not (one.mixed and "unknown" in one.kinds and len(one.kinds) > 1), one.says
    assert one.passed or one.kinds, "the gradient check fails, and diagnose says nothing"
    assert one.passed or case.kinds, "a right network fails the gradient check"
    gradients = "right" if one.passed else "wrong"
    told = f"{' '.join(one.kinds)}: {one.says}" if one.kinds else "nothing"
    words_of_diagnoses.append(f"({case.name}; gradients {gradients})\n{told}")


def test_no_network_got_lost():
    wrong = sum(bool(case.kinds) for case, _ in NETWORKS)
    assert wrong >= 450 and len(NETWORKS) - wrong >= 190


def be_patient(monkeypatch):
    """Three times as long as a learner is made to wait: a busy machine finds then what a quiet one does at once."""
    made = search.Search.__init__

    def longer(self, functions, puts_right, beside, seconds, kinds=None):
        made(self, functions, puts_right, beside, 3 * seconds, kinds)

    monkeypatch.setattr(search.Search, "__init__", longer)
    monkeypatch.setattr(ways_back, "SECONDS", 3 * ways_back.SECONDS)


@pytest.mark.parametrize(("what", "kinds", "make"), [pytest.param(*one, id=one[2].__name__) for one in FUNCTIONS])
def test_gradients_in_functions_get_their_verdict(what, kinds, make, monkeypatch, words_of_diagnoses):
    loss, parameters, gradients, m, k = make()
    before = copy.deepcopy(parameters)

    def judged():
        report = check_functions(loss, parameters, gradients, m=m, k=k)
        found = report.diagnosis
        return report, report.passed if not kinds else bool({found.kind, *found.also} & {*kinds})

    report, right = judged()
    if not right and kinds:
        be_patient(monkeypatch)
        words_of_diagnoses.clear()
        report, right = judged()
    assert right, (what, report)
    np.testing.assert_equal(parameters, before)


@pytest.mark.parametrize("make", [posted.eager, posted.in_place, invented.new_mask, unusual.notebook_dropout])
def test_the_network_stays_as_it_was(make):
    model, x, y = make()
    model.build(len(x))
    before, chance = model.parameters.copy(), np.random.get_state()[1].copy()  # noqa: NPY002
    notebook = unusual.NOTEBOOK.bit_generator.state
    gradient_check(model, x, y)
    diagnose(model, x, y)
    assert np.array_equal(model.parameters, before) and np.array_equal(np.random.get_state()[1], chance)  # noqa: NPY002
    assert (
        unusual.NOTEBOOK.bit_generator.state == notebook and np.random.default_rng.__module__ != "nnlib.inspect.chance"
    )


def test_a_mistake_of_the_second_batch_is_found_after_training_too():
    model, x, y = invented.piles_up()
    model.fit(x, y, epochs=3)
    assert diagnose(model, x, y).kind == "gradients_pile_up"
    model, x, y = invented.stale()
    model.fit(x, y, epochs=3)
    assert diagnose(model, x + 1, y).kind == "stale_inputs"


def test_a_pair_of_mistakes_is_told_as_two():
    found = diagnose(*invented.sign_and_down())
    assert {found.kind, *(other.kind for other in found.besides)} == {"gradient_sign", "grad_weights_for_weights"}
    assert "And besides: " in str(found)


def test_what_has_no_name_is_measured_array_by_array():
    found = diagnose(*invented.nameless())
    assert found.kind == "unknown" and "block 1 weights: 0 of 15 numbers right" in str(found)
    arrays = found.evidence["arrays"]
    assert [one["passed"] for one in arrays.values()] == [False, True, True, True]
    found = diagnose(*posted.units_for_m())
    assert found.evidence["arrays"]["block 1", "weights"]["ratio"] == pytest.approx(20 / 8, rel=1e-4)


def test_the_message_names_the_learners_class():
    assert str(diagnose(*invented.mask_forgotten())).startswith("Block 1, MaskForgotten: ")
    assert str(diagnose(*invented.one_term())).startswith("Your loss, OneTerm: ")


def test_a_class_with_its_own_names_and_data_in_rows_is_checked_as_it_is():
    report = gradient_check(*fifth.rows_and_no_hidden_slope())
    assert [(row.name, row.passed) for row in report.rows] == [
        ("layers[0].W", False), ("layers[0].b", False), ("layers[1].W", True), ("layers[1].b", True)
    ]  # fmt: skip
    report = gradient_check(*fifth.float32_throughout())
    assert report.passed and [row.name for row in report.rows] == ["w", "b", "w", "b"]
    model, x, y = fifth.rows_in_a_class()
    before = [model.layers[0].W.copy(), model.layers[1].W.copy()]
    assert diagnose(model, x, y) is None
    np.testing.assert_equal([layer.W for layer in model.layers], before)


def test_gradients_that_nobody_can_find_are_asked_for():
    model, x, y = fifth.rows_in_a_class()
    model.backward_step = lambda labels: None
    with pytest.raises(TypeError, match="dW for W"):
        diagnose(model, x, y)


def test_arrays_that_a_class_holds_for_all_its_networks_are_told():
    model, x, y = fifth.rows_in_a_class()
    model.__class__ = type("Shared", (type(model),), {"weights": [1.0]})
    model.backward_step = lambda labels: None
    own = "belong to the class, and so to every network of it: what is one network's own begins in its __init__"
    with pytest.raises(TypeError, match=f"weights {own}"):
        diagnose(model, x, y)


def test_it_runs_on_one_example_and_on_a_wide_layer():
    wide = NeuralNetwork(((Dense(30), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)
    x = np.random.default_rng(0).random((784, 6))
    assert diagnose(wide, x, np.array([[0.0, 1, 1, 0, 1, 0]])) is None
    model, x, y = invented.minus_weights()
    assert diagnose(model, x[:, :1], y[:, :1]).kind == "gradient_sign"
