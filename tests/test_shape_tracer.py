"""ShapeTracer: its shapes and errors are NumPy's own, and its table tells why."""

import json

import numpy as np
import pytest
from test_widgets import learners_module

from widgets.shape_tracer.explorer import MOST, ShapeTracer
from widgets.stage.stand_in import StandIn

SHAPES = [(), (1,), (3,), (5,), (1, 1), (1, 3), (3, 1), (3, 5), (5, 3), (2, 2)]
SIGNS = {"@": np.matmul, "−": np.subtract, "+": np.add, "*": np.multiply}


@pytest.mark.parametrize("sign", SIGNS)
def test_the_table_agrees_with_numpy_for_every_pair_of_shapes(sign):
    for a in SHAPES:
        for b in SHAPES:
            explorer = ShapeTracer(operation=f"A {sign} B", a=a, b=b)
            try:
                expected = SIGNS[sign](np.ones(a), np.ones(b)).shape
            except ValueError:
                expected = None
            clash = [one["what"] for one in explorer.axes() if one["kind"] == "clash"]
            got = None if explorer.result is None else explorer.result.shape
            assert got == expected, f"{a} {sign} {b}: the explorer shows {got}, NumPy gives {expected}"
            assert bool(clash) == (expected is None), f"{a} {sign} {b}: clashes {clash}, NumPy gives {expected}"
            assert explorer.failure is None
            if expected and sign != "@":
                sizes = tuple(int(one["result"]) for one in explorer.axes())
                assert sizes == expected, f"{a} {sign} {b}: the table gives {sizes}, NumPy {expected}"


def test_the_accident_of_a_row_and_a_column_is_called_by_name():
    explorer = ShapeTracer(operation="A − B", a=(5,), b=(5, 1))
    assert explorer.view()["surprise"].startswith("Both were repeated: 25 numbers from 5 and 5.")
    assert [one["kind"] for one in explorer.axes()] == ["stretched", "stretched"]
    assert "(5, 5)" in explorer.narrate()
    assert ShapeTracer(operation="A − B", a=(4, 6), b=(4, 1)).surprise() == "", "one that is repeated is no accident"


def test_the_numbers_are_those_of_the_arrays_until_the_shape_changes():
    x = np.array([[1.0, 3.0], [10.0, 30.0]])
    explorer = ShapeTracer(operation="−", a=x, b=x.mean(axis=1, keepdims=True), names=("x", "mean"))
    assert explorer.operation == "x − mean"
    assert explorer.result.tolist() == [[-1.0, 1.0], [-10.0, 10.0]]
    explorer.a = [2, 3]
    assert explorer.arrays[0].tolist() == [[1, 2, 3], [4, 5, 6]]
    assert explorer.view()["numbers"].startswith("x as you gave it has 4 numbers, and this shape holds 6")
    explorer.a = [4, 1]
    assert explorer.arrays[0].tolist() == [[1], [3], [10], [30]], "a shape that they fill shows them still"
    explorer.a = [4]
    assert explorer.arrays[0].tolist() == [1, 3, 10, 30] and explorer.view()["numbers"] == ""


def test_the_error_is_numpys_and_a_mended_shape_ends_it():
    explorer = ShapeTracer(operation="A - B", a=(4, 6), b=(4,))
    assert explorer.error == "ValueError: operands could not be broadcast together with shapes (4,6) (4,)"
    assert "6 ≠ 4, and neither is 1" in explorer.narrate()
    browser = StandIn(explorer)
    browser.set("b", [4, 1])
    assert browser.frame["view"]["error"] is None
    assert browser.frame["view"]["result"] == [4, 6]


def test_a_corner_is_dragged_within_bounds():
    explorer = ShapeTracer()
    browser = StandIn(explorer)
    browser.press("a", [4, 2])
    assert (explorer.a, browser.frame["view"]["result"]) == ([4, 2], [4, 5])
    browser.press("a", [0, 5000])
    assert explorer.a == [1, MOST]
    assert "must be equal" in browser.frame["narration"]
    browser.press("c", [1])
    assert "no rectangle 'c'" in browser.frame["failure"]["message"]


def test_a_function_of_the_learner_runs_and_its_error_names_the_line(tmp_path):
    module = learners_module(tmp_path, "def centre(x, mean):\n    return x - mean\n", "my_functions")
    explorer = ShapeTracer(operation=module.centre, a=(4, 6), b=(4,), names=("x", "mean"))
    assert explorer.operation == "centre(x, mean)"
    assert explorer.failure["source"] == "return x - mean"
    assert explorer.failure["yours"]
    browser = StandIn(explorer)
    browser.set("b", [4, 1])
    assert browser.frame["failure"] is None
    assert browser.frame["view"]["result"] == [4, 6]


def test_what_is_not_taken_is_said():
    with pytest.raises(ValueError, match="up to two axes"):
        ShapeTracer(a=np.ones((2, 2, 2)))
    with pytest.raises(TypeError, match="no control 'c'"):
        ShapeTracer(c=(1, 2))
    browser = StandIn(ShapeTracer())
    browser.set("a", [2, 1001])
    assert "from 1 to 1000" in browser.frame["failure"]["message"]


def test_names_that_contain_a_and_b_stay_whole():
    explorer = ShapeTracer(names=("weights B", "A inputs"))
    assert explorer.operation == "weights B @ A inputs"
    assert explorer.result.shape == (3, 5)


def test_the_frame_is_plain_values():
    frame = StandIn(ShapeTracer(operation="A * B", a=(3,), b=(2, 3))).frame
    json.dumps(frame, default=lambda data: len(bytes(data)))
