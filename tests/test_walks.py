"""What each explorer shows and says on a walk through it is what was read: a change is seen and judged."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import walks

import widgets

KEPT = walks.read()


@pytest.mark.parametrize("name", walks.walks())
def test_what_is_shown_and_said_is_what_was_read(name):
    now, kept = walks.block(name).splitlines(), KEPT.get(name, "").splitlines()
    other = [f"{one}\n{two}" for one, two in zip(kept, now, strict=False) if not walks.same(one, two)]
    told = f"if that is meant: python tools/walks.py {name.partition(',')[0]}"
    assert not other, "\n\n".join(["what was read, and what is shown now:", *other[:10], told])
    assert len(now) == len(kept), told


def test_every_explorer_is_walked_through():
    assert {name.partition(",")[0] for name in KEPT} == {*widgets.PLACES} and KEPT.keys() == walks.walks().keys()


def test_decimals_may_differ_a_little_and_nothing_else_may():
    assert walks.same("a: 1.2345 · −3.0e-05", "a: 1.2346 · −3.001e-05")
    for other in ("a: 1.2745 · −3.0e-05", "b: 1.2345 · −3.0e-05", "a: 1.2345 · 3.0e-05", "a: 1.2345 · −3.0e-05 1"):
        assert not walks.same("a: 1.2345 · −3.0e-05", other)
    assert not walks.same("update 100", "update 101") and walks.same("0.0000", "-0.0000")
