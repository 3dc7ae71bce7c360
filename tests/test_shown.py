"""A number that the text of a lesson names is printed (nbval keeps and compares it), computed, or held by a test."""

import json
import math
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import shown

LESSONS = {path.name[:2]: path for path in sorted(shown.SOLVED.glob("[0-9][0-9]_*.ipynb"))}
lessons = pytest.mark.parametrize("lesson", LESSONS)


@lessons
def test_every_number_that_a_lesson_names_is_shown(lesson):
    unseen = [f"cell {one.cell}: {one.number} in … {one.around} …" for one in shown.said(LESSONS[lesson]) if not one.by]
    assert not unseen, "print it and tag the cell nbval-check-output, write the equation, or see tests/shown.txt"


@lessons
def test_every_equation_of_a_lesson_is_true(lesson):
    cells = json.loads(LESSONS[lesson].read_text(encoding="utf-8"))["cells"]
    false = [written for cell in cells for _, written, true in shown.equations(shown.words(cell)[0]) if not true]
    assert not false


def test_the_list_holds_what_is_needed_and_true():
    needed = {(one.lesson, shown.read(one.number)[0]) for path in LESSONS.values() for one in shown.said(path)
              if one.by in shown.KINDS}  # fmt: skip
    assert sorted(shown.listed().keys() - needed) == [], "these lines of tests/shown.txt are needed no more"
    names = vars(math) | {"float_info": sys.float_info, "round": round, "len": len}
    for (lesson, value), (kind, rest) in shown.listed().items():
        place = f"lesson {lesson}, {value:g}"
        assert kind in shown.KINDS, place
        if kind == "test":
            assert value in shown.held(*rest.split("::")), f"{place} is not in {rest}"
        elif kind == "sum":
            decimals = len(f"{value:g}".partition(".")[2])
            assert round(eval(rest.removeprefix("="), names), decimals) == value, place


def notebook(folder, *cells):
    """The file of a solved notebook: a text is a text, a pair is code and what it prints."""
    made = [
        {"cell_type": "markdown", "source": [cell], "metadata": {}} if isinstance(cell, str)
        else {"cell_type": "code", "source": [cell[0]], "metadata": {}, "outputs": [{"text": [cell[1]]}]}
        for cell in cells
    ]  # fmt: skip
    path = folder / "99_some.ipynb"
    path.write_text(json.dumps({"cells": made}), encoding="utf-8")
    return path


OPENING = "# 99 · Some"


@pytest.mark.parametrize(
    "text, by",
    [
        ("It is 0.31.", "output"), ("It is 0.314.", "output"), ("It is 0.32.", None), ("It is 0.3142.", None),
        ("86 % are right.", "output"), ("87 % are right.", None), ("It takes 1,250 steps.", "output"),
        ("It takes 125 steps.", None), ("The rate is 0.7.", "code"), ("70 % of it.", "code"), ("Found 4 times.", None),
        ("2 · 0.7 = 1.4", "code sum"), ("by −3 · 0.7 = −2.1", "code sum"), ("2x − 0.7 = 5", "code None"),
        ("√86 / √2 = 6.6", "output sum"), ("√86 / √2 = 6.7", "output None"), ("0.7¹⁰ ≈ 0.028", "code sum"),
        ("Lessons 02 to 05, exercise 03.4, `0.9`, $0.8$, as in 04.4.", ""), ("There are 3.", ""),
        ("- **a** – 250\n- **b** – 600", ""), ("12. Press 14.", None), ("**09.3 · Is 17 right?**", "exercise"),
        ("Is 17?\n\n### Exercise 09.2 · Some\n\nTake 18.", "None exercise"), ("Found by many (He et al., 2015).", ""),
    ],
)  # fmt: skip
def test_what_shows_a_number(tmp_path, text, by):
    path = notebook(tmp_path, OPENING, "## One", ("print(x, 0.7)", "0.3141 86% right after 1250"), "## Two\n\n" + text)
    assert " ".join(str(one.by) for one in shown.said(path)) == str(by)


def test_what_comes_later_shows_nothing_but_to_the_question_at_the_beginning(tmp_path):
    later = ("print(y)", "0.42 after 77")
    question, answer = "## Before\n\nDoes 0.42 come after 77 steps, or 78?", "## One\n\nIt is 77, 0.42."
    asked = notebook(tmp_path, OPENING, question, answer, later)
    assert [one.by for one in shown.said(asked)] == ["output", "output", None, "output", "output"]
    told = notebook(tmp_path, OPENING, "## Before\n\n", "## One\n\nIt is 0.42. And 0.42.", "## Two\n\n", later)
    assert [one.by for one in shown.said(told)] == [None, None]


def test_what_was_shown_is_shown_further_down_and_pictures_have_words_too(tmp_path):
    drawn = ('curve(x, alt="It ends at 0.42, "\n      f"or {y:.2f}, not at 0.55.")', "")
    path = notebook(tmp_path, OPENING, "## One\n\n", "0.6 · 0.7 = 0.42", "## Two\n\n", drawn)
    found = [(one.number, one.by) for one in shown.said(path)]
    assert found[2:] == [("0.42", "sum"), ("0.42", "above"), ("0.55", None)]
