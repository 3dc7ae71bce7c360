"""What a check says of numbers worked out by hand, and how it tells exceptions, threads and arrays apart."""

import threading

import numpy as np
import pytest

from lessons.checks.judge import guard
from lessons.checks.judge.compare import _stretched
from lessons.checks.judge.exercise import Answer, _kind_of
from lessons.checks.judge.variants import variants

BY_HAND = Answer(number="99.1", title="By hand", hints=("", "", ""), praise="", names=("cost",), tolerance=0.005)


@pytest.mark.parametrize(
    "number, name",
    [
        (-2.347, "sign"), (-2.344, "sign"), (-2.36, "wrong-value"), (234.7, "per-cent"), (2.3, "rounded"),
        (2.0, "rounded"), (2.36, "not-exact"), (2.5, "wrong-value"), ((2, 35), "decimal-comma"),
        (float("nan"), "nan"), (True, "wrong-type"), ("2.347", "wrong-type"),
    ],
)  # fmt: skip
def test_a_number_worked_out_by_hand_is_told_what_is_the_matter(number, name):
    assert BY_HAND._judge({"cost": number}, {"cost": 2.347}).finding.name == name


@pytest.mark.parametrize("number", [2.347, 2.344, 2.35, np.array([2.347])])
def test_a_number_near_enough_passes(number):
    assert BY_HAND._judge({"cost": number}, {"cost": 2.347}).outcome == "PASSED"


def test_an_exception_whose_name_is_no_name_has_the_name_of_what_it_is_made_from():
    assert _kind_of(type("A" * 40, (ValueError,), {})()) == "A" * 40
    for name in ("A" * 41, "not a name"):
        assert _kind_of(type(name, (ValueError,), {})()) == "ValueError"


def test_a_thread_that_does_not_end_by_itself_is_ended():
    going = threading.Event()

    def endless():
        try:
            while True:
                going.set()
        except guard.TimeIsUp:
            pass

    worker = threading.Thread(target=endless, daemon=True)
    worker.start()
    going.wait(5)
    assert guard._stop(worker) and not worker.is_alive()


@pytest.mark.parametrize("rows", [2, 3])
def test_a_column_and_a_row_are_seen_in_what_they_were_stretched_to(rows):
    column, row = np.arange(1.0, rows + 1)[:, np.newaxis] ** 2, np.array([[2.0, 5.0, 1.0]])
    assert _stretched(column + row) and _stretched(column * row)
    assert not _stretched(np.eye(rows, 3)) and not _stretched(row)


def test_an_objects_own_value_is_made_positive_besides_and_anothers_is_not():
    import ast

    def kinds(text):
        return [kind for kind, *_ in variants(ast.parse(text, mode="eval").body, ast.parse("def f(): 0").body[0])]

    assert "abs-besides" in kinds("self.weights") and kinds("other.weights") == []
