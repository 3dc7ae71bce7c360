"""Small parts that explorers share: which lines of code are shown, a replay's page, and functions that take an x."""

from types import SimpleNamespace

import numpy as np
import pytest

from widgets import NeuronExplorer
from widgets.predict.sketch import takes_x
from widgets.stage.code import source
from widgets.stage.replay import page


def test_the_formula_stands_with_five_lines_before_it_and_three_behind():
    lines = [f"line {k}" for k in range(30)]
    found = SimpleNamespace(file=__file__, lines=lines, first=100, formula_start=10, formula_stop=12, owner="Dense",
                            method="backward")  # fmt: skip
    shown = source(found)
    assert shown["lines"] == [[100 + k, f"line {k}", k in (10, 11)] for k in range(5, 15)]
    assert shown["method"] == "Dense.backward" and source(None) is None
    early = source(SimpleNamespace(**vars(found) | {"formula_start": 2, "formula_stop": 3, "owner": ""}))
    assert [number for number, *_ in early["lines"]] == list(range(100, 106)) and early["method"] == "backward"


@pytest.mark.parametrize("function, takes", [
    (lambda x: x, True), (lambda x, k=2: x, True), (lambda: 1, False), (lambda x=1: x, False), (lambda *all: 1, False),
    (lambda **all: 1, False), (np.sin, True), (abs, True), (int, True),
])  # fmt: skip
def test_a_function_is_given_an_x_where_it_must_have_one(function, takes):
    assert takes_x(function) is takes


def test_the_page_of_a_replay_holds_the_explorer_and_what_plays_it():
    explorer = NeuronExplorer()
    text = page(explorer, b"recorded").decode()
    assert "const explorer = " in text and "export default" not in text and "cmVjb3JkZWQ=" in text
    own = (explorer.module.parent / "explorer.js" if explorer.module.is_dir() else explorer.module).read_text("utf-8")
    line = max((one for one in own.splitlines() if not one.startswith(("import", "export"))), key=len).strip()
    assert line in text and explorer.title in text
