"""Small parts that explorers share: which lines of code are shown, a replay's page, and functions that take an x."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import Dense, MeanSquaredError, NeuralNetwork, Tanh
from widgets import NeuronExplorer
from widgets.predict.sketch import STEP, Sketch, takes_x
from widgets.stage.browser import as_markdown
from widgets.stage.code import source
from widgets.stage.comparison import view as compared
from widgets.stage.failure import where_it_stands
from widgets.stage.figures import share
from widgets.stage.picture import SIGN, diagram, kind_of
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


@pytest.mark.parametrize(("part", "digits", "said"), [
    (0.1, 0, "10 %"), (0.994, 0, "99 %"), (0.9949, 0, "99 %"), (0.995, 0, ">99 %"), (1 - 1e-9, 0, ">99 %"),
    (1, 0, "100 %"),
    (0.0049, 0, "<1 %"), (1e-9, 0, "<1 %"), (0, 0, "0 %"), (0.9996, 1, ">99.9 %"), (0.99949, 1, "99.9 %"),
    (1, 1, "100.0 %"),
    (0.0004, 1, "<0.1 %"), (0, 1, "0.0 %"), (0.5, 1, "50.0 %"), (np.nan, 1, "nan %"),
])  # fmt: skip
def test_a_share_is_all_only_where_nothing_is_missing_and_nothing_only_where_nothing_is(part, digits, said):
    assert share(part, digits) == said


def test_the_page_of_a_replay_holds_the_explorer_and_what_plays_it():
    explorer = NeuronExplorer()
    text = page(explorer, b"recorded").decode()
    assert "const explorer = " in text and "export default" not in text and "cmVjb3JkZWQ=" in text
    own = (explorer.module.parent / "explorer.js" if explorer.module.is_dir() else explorer.module).read_text("utf-8")
    line = max((one for one in own.splitlines() if not one.startswith(("import", "export"))), key=len).strip()
    assert line in text and explorer.title in text


@pytest.mark.parametrize("phase", SIGN)
@pytest.mark.parametrize("block, column", [(1, 1), (2, 2), (None, 3)])
def test_what_a_moment_is_about_stands_out_in_the_diagram(phase, block, column):
    model = NeuralNetwork(((Dense(2), Tanh()), (Dense(3), Tanh()), (Dense(1),)), MeanSquaredError(), 0.1).build(2)
    drawn = [{"units": units, "shown": [*range(units)]} for units in (2, 2, 3, 1)]

    def made(**values):
        moment = SimpleNamespace(phase=phase, block=block, values=values)
        return diagram(model, drawn, moment)

    assert made()["active"] == {"sign": SIGN[phase], "column": column, "wires": None}
    assert made(grad_weights=1)["active"]["wires"] == (block and block - 1)
    assert made(bias=1)["active"]["wires"] is None
    assert diagram(model, drawn, None)["active"] is None
    assert [one["scale"] for one in made()["links"]] == [abs(layer.weights).max() for layer, *_ in model.layers]


def test_a_learners_function_is_shown_with_its_line_and_no_other():
    here = test_a_learners_function_is_shown_with_its_line_and_no_other
    assert where_it_stands(here) == {
        "yours": True, "where": "tests/test_small_parts_of_the_stage.py", "line": here.__code__.co_firstlineno,
        "source": "def test_a_learners_function_is_shown_with_its_line_and_no_other():"}  # fmt: skip
    for other in (Dense.backward, np.linalg.norm, len, None, source):
        assert where_it_stands(other) == {"yours": True}


def test_two_moments_are_drawn_by_the_largest_number_of_both():
    def moment(step, **values):
        address = (step, "forward", 1, 0)
        return SimpleNamespace(address=address, step=step, index=0, phase="forward", block=1, part=Dense(2),
                               epoch=0, values=values)  # fmt: skip

    one, other = moment(1, output=np.array([[1.0, -2.0]])), moment(5, output=np.array([[3.0, -7.0]]))
    told = compared(one, other)
    assert [card["scale"] for card in told["cards"]] == [7, 7, 5] and told["name"] == "output"
    assert compared(None, other) is None and compared(one, one)["cards"] == []


KINDS = [(1, 0, "numbers"), (3, 0, "numbers"), (1, 2, "classes"), (3, 3, "many")]


@pytest.mark.parametrize(("outputs", "kinds", "drawn"), KINDS)
def test_several_outputs_are_classes_only_where_there_are_classes(outputs, kinds, drawn):
    assert kind_of(outputs, kinds) == drawn


def test_markdown_leaves_a_text_as_it_is():
    assert as_markdown("a & b <c> [d] #1 x_1 a|b") == r"a &amp; b \<c\> \[d\] \#1 x\_1 a\|b"
    assert as_markdown("$z$ `a` *b* {c} &amp;") == r"\\\$z\\\$ \`a\` \*b\* \{c\} &amp;amp;"


def test_keys_raise_a_sketch_by_a_share_of_its_axis_and_never_beyond():
    sketch = Sketch(("x", 0, 1, "y", 10, 30))
    sketch.raised(2)
    assert sketch.drawn[0] == 20 + 2 * STEP * 20
    sketch.along(3)
    sketch.raised(-1)
    assert sketch.drawn[3] == sketch.drawn[0] - STEP * 20
    sketch.raised(1000)
    assert sketch.drawn[3] == 30
    sketch.raised(-1000)
    assert sketch.drawn[3] == 10
