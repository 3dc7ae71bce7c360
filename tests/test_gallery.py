"""The gallery shows every explorer once, and asks of each the question that widgets/README.md asks."""

import json
import re
from pathlib import Path

import pytest

import widgets
from lessons.checks.exercise import exercises

ROOT = Path(__file__).resolve().parents[1]
CELLS = json.loads((ROOT / "lessons" / "gallery.ipynb").read_text(encoding="utf-8"))["cells"]
THROUGH = {"Parsons": "order", "Predict": "predict"}  # shown by `check` and `predict`: the kind of exercise
README = (ROOT / "widgets" / "README.md").read_text(encoding="utf-8")


def text(cell):
    return "".join(cell["source"])


def shown(cell):
    """The explorers that a cell makes, by name."""
    called = re.findall(r"^(\w+)\(", text(cell), re.M) if cell["cell_type"] == "code" else ()
    return [name for name in called if name in widgets.__all__]


def test_every_explorer_is_shown_once_and_nothing_else_is():
    names = [name for cell in CELLS for name in shown(cell)]
    assert sorted(names) == sorted(widgets.__all__)
    headings = [line[3:] for cell in CELLS for line in text(cell).splitlines() if line.startswith("## ")]
    assert headings == names, "each under a heading of its own"


@pytest.mark.parametrize("name", widgets.__all__)
def test_an_explorer_comes_with_its_question_and_its_lesson(name):
    (place,) = [number for number, cell in enumerate(CELLS) if name in shown(cell)]
    above = text(CELLS[place - 1])
    question = next(line for line in above.splitlines()[1:] if line)
    assert question.endswith("?") and question in README, f"{question!r} is not the question of widgets/README.md"
    lesson = re.search(r"\[lesson \d\d\]\((\d\d_\w+\.ipynb)\)", above)[1]
    if name in THROUGH:
        assert THROUGH[name] in [task.kind for task in exercises(lesson[:2]).values()]
        return
    code = [text(cell) for cell in json.loads((ROOT / "lessons" / lesson).read_text(encoding="utf-8"))["cells"]]
    assert any(re.search(rf"^(\w+ = )?{name}\(", cell, re.M) for cell in code), f"{lesson} does not use {name}"


def test_some_explorers_run_a_class_of_ones_own():
    code = [text(cell) for cell in CELLS if shown(cell)]
    assert sum("mine_or_reference(" in cell for cell in code) >= 5, "the learner's own piece"
    assert sum("Sine" in cell or "sawtooth" in cell for cell in code) >= 3, "a piece of the gallery's own"
