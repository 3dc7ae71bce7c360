"""Parsons: lines move by key, button and drag alike, and the check names the first line out of place."""

import pytest

from widgets import Parsons
from widgets.stage.stand_in import StandIn

PROGRAM = """
total = 0
for x in numbers:
    total += x
mean = total / len(numbers)
"""


def opened(*given, **options):
    parsons = Parsons(*(given or ([] if "lines" in options else [PROGRAM])), **options)
    return parsons, StandIn(parsons)


def letters(parsons, *texts):
    """The letters of lines, by what they say."""
    return [next(letter for letter, text in parsons.lines.items() if text.strip() == one) for one in texts]


def take_in(browser, order):
    for letter in order:
        browser.press("move", {"line": letter, "by": [0, 1]})


RIGHT = ("total = 0", "for x in numbers:", "total += x", "mean = total / len(numbers)")


def test_keys_lift_move_drop_and_put_back():
    parsons, browser = opened()
    take_in(browser, "CAB")
    browser.press("lift", "B")
    assert parsons.lifted == "B"
    assert browser.frame["narration"].startswith("Line B is number 3 of 3, lifted. Up and Down move it")
    browser.press("move", {"line": "B", "by": [0, -1]})
    assert parsons.order == "CBA" and browser.frame["narration"] == "Line B is number 2 of 3."
    browser.press("cancel", "B")
    assert parsons.order == "CAB" and parsons.lifted is None
    browser.press("lift", "B")
    browser.press("move", {"line": "B", "by": [0, -1]})
    browser.press("drop", "B")
    assert parsons.order == "CBA" and browser.frame["narration"] == "Line B is number 2 of 3, dropped."
    browser.press("move", {"line": "C", "by": [0, -1]})
    assert parsons.order == "CBA", "the first line goes no higher"
    browser.press("move", {"line": "A", "by": [0, 1]})
    assert parsons.order == "CBA", "the last line goes no lower"
    browser.press("move", {"line": "B", "by": [-1, 0]})
    assert parsons.order == "CA" and browser.frame["narration"] == "Line B is not in your program."
    browser.press("place", {"line": "D", "at": 0})
    browser.press("place", {"line": "C", "at": None})
    assert parsons.order == "DA"
    browser.press("reset")
    assert parsons.order == "" and len(browser.frame["view"]["left"]) == 4


def test_nothing_to_check_in_an_empty_program():
    _, browser = opened()
    assert {"check", "run", "reset"} <= set(browser.frame["disabled"])
    browser.press("check")
    assert browser.frame["view"]["verdict"] is None


def test_it_counts_the_lines_that_belong_there():
    parsons, browser = opened(PROGRAM, extra=["total = x"])
    assert browser.frame["view"]["stats"] == [["In your program", "0 of 4 lines"]]
    assert browser.frame["narration"].startswith("5 lines, 4 of which belong in your program; none stands there yet.")
    take_in(browser, parsons.lines)
    assert browser.frame["view"]["stats"] == [["In your program", "5 lines, 4 belong there"]]
    _, browser = opened(lines={"A": "a", "B": "b", "C": "c"}, judge=dict, wanted=2)
    assert browser.frame["view"]["stats"] == [["In your program", "0 of 2 lines"]]


@pytest.mark.parametrize(("order", "wrong", "says"), [
    ((0, 1, 2, 3), None, "Every line stands in its place."),
    ((0, 1), None, "2 lines are missing"),
    ((0, 1, 2), None, "1 line is missing"),
    ((0, 2, 1, 3), 2, "number 2, is the first out of place"),
    ((0, 1, 3, 2), 3, "The first 2 lines stand right."),
    ((1, 0, 2, 3), 1, "number 1, is the first out of place"),
])  # fmt: skip
def test_the_first_line_out_of_place_is_marked(order, wrong, says):
    parsons, browser = opened()
    right = letters(parsons, *RIGHT)
    take_in(browser, [right[k] for k in order])
    browser.press("check")
    verdict = browser.frame["view"]["verdict"]
    assert verdict["word"] == ("PASSED" if order == (0, 1, 2, 3) else "FAILED")
    assert says in " ".join(verdict["says"])
    assert verdict["line"] == (None if wrong is None else right[wrong])
    marked = [row["letter"] for row in browser.frame["view"]["program"] if row["wrong"]]
    assert marked == ([] if wrong is None else [right[wrong]])
    browser.press("move", {"line": right[0], "by": [-1, 0]})
    assert browser.frame["view"]["verdict"] is None, "what was said is of the lines as they stood"


def test_a_line_that_belongs_nowhere_is_out_of_place():
    parsons, browser = opened(extra=["total = x"])
    take_in(browser, letters(parsons, *RIGHT, "total = x"))
    browser.press("check")
    assert parsons.verdict["line"] == letters(parsons, "total = x")[0]


def test_lines_of_the_same_text_may_change_places():
    parsons, browser = opened(["a = 1", "b = 2", "a = 1", "c = 3"])
    ones = [letter for letter, text in parsons.lines.items() if text == "a = 1"]
    b, c = letters(parsons, "b = 2", "c = 3")
    take_in(browser, [ones[1], b, ones[0], c])
    browser.press("check")
    assert parsons.verdict["word"] == "PASSED"


def test_depth_is_asked_for():
    parsons, browser = opened(indent=True)
    assert all(text == text.strip() for text in parsons.lines.values())
    right = letters(parsons, *RIGHT)
    take_in(browser, right)
    browser.press("check")
    assert parsons.verdict["line"] == right[2] and "not at its depth" in parsons.verdict["says"][0]
    browser.press("move", {"line": right[2], "by": [1, 0]})
    assert parsons.text() == PROGRAM.strip()
    browser.press("check")
    assert parsons.verdict["word"] == "PASSED"
    browser.press("move", {"line": right[2], "by": [-1, 0]})
    assert parsons.order == "".join(right), "first less deep, only then out"
    browser.press("move", {"line": right[2], "by": [-1, 0]})
    assert right[2] not in parsons.order
    browser.press("place", {"line": right[3], "at": 0, "deeper": 99})
    assert parsons.depths[right[3]] == 6


def test_the_shuffle_is_a_shuffle_and_the_same_each_time():
    for seed in range(30):
        assert tuple(Parsons(["a", "b"], seed=seed).lines.values()) == ("b", "a")
        assert Parsons(PROGRAM, seed=seed).lines == Parsons(PROGRAM, seed=seed).lines


def test_another_judge_and_an_order_to_begin_with():
    asked = []

    def judge(order):
        asked.append(order)
        return {"word": "FAILED", "says": ["No."], "line": "X"}

    lines = {"X": "x = 1", "Y": "y = 2"}
    parsons, browser = opened(lines=lines, judge=judge, order="YX", title="02.9")
    browser.press("check")
    assert asked == ["YX"] and [row["wrong"] for row in browser.frame["view"]["program"]] == [False, True]
    assert parsons._repr_mimebundle_()[0]["text/plain"] == "✗ FAILED  02.9. No."


def test_the_lines_run_and_what_they_raise_is_shown():
    said = []

    def run(text):
        said.append(text)
        return 1 / len(said[1:])

    parsons, browser = opened(run=run)
    take_in(browser, letters(parsons, *RIGHT))
    browser.press("run")
    assert browser.frame["failure"]["kind"] == "ZeroDivisionError"
    browser.press("run")
    assert said[0] == PROGRAM.strip() and browser.frame["view"]["output"] == "1.0" and browser.frame["failure"] is None


@pytest.mark.parametrize(("options", "kind", "says"), [
    ({}, TypeError, "a program in its right order, or lines"),
    ({"program": PROGRAM, "lines": {"A": "a"}}, TypeError, "a program in its right order, or lines"),
    ({"lines": {"A": "a", "B": "b"}}, TypeError, "with judge="),
    ({"lines": ["a", "b"], "judge": len}, TypeError, "letter: text"),
    ({"program": "a = 1"}, ValueError, "at least two lines"),
    ({"program": ["x"] * 27}, ValueError, "at most 26 lines"),
    ({"program": "if a:\n   b = 1", "indent": True}, ValueError, "four spaces a step"),
    ({"program": PROGRAM, "order": "AZ"}, ValueError, "order is made of the letters"),
    ({"program": PROGRAM, "order": "AA"}, ValueError, "each once at most"),
])  # fmt: skip
def test_bad_input_gets_one_clear_error(options, kind, says):
    with pytest.raises(kind, match=says):
        Parsons(**options)


@pytest.mark.parametrize(("name", "detail"), [("lift", "Z"), ("move", {"line": 3, "by": [0, 1]}), ("jump", "A")])
def test_odd_presses_are_told_and_survived(name, detail):
    parsons, browser = opened()
    browser.press(name, detail)
    assert browser.frame["failure"]["kind"] == "This cannot be done"
    browser.press("lift", "A")
    assert browser.frame["failure"] is None and parsons.lifted == "A"
