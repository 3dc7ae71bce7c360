"""Sentences that stand there whatever the answer is, and the ends of every control: a change is seen and judged."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import told
import walks

import widgets

KEPT = told.read()
RENEW = "if that is meant: python tools/told.py"


@pytest.mark.parametrize("number", told.NUMBERS)
def test_an_exercise_says_what_was_read(number):
    now, kept = told.of_exercise(number).splitlines(), KEPT.get(number, "").splitlines()
    other = [f"{one}\n{two}" for one, two in zip(kept, now, strict=False) if not walks.same(one, two)]
    assert not other and len(now) == len(kept), "\n\n".join([*other, RENEW])


@pytest.mark.parametrize("name", widgets.PLACES)
def test_the_controls_of_an_explorer_are_those_that_were_read(name):
    getattr(widgets, name)().close() if name not in ("Parsons", "Predict") else None
    assert told.of_explorer(name) == KEPT.get(name), RENEW


def test_nothing_is_kept_that_is_gone():
    assert KEPT.keys() == {*told.NUMBERS, *widgets.PLACES}
