"""The gallery shows every explorer once, and asks of each the question that widgets/README.md asks. There each has its
row with the lessons that use it, and its pictures.
"""

import json
import re
import sys
from pathlib import Path

import pytest

import widgets
from lessons.checks.remember.book import exercises

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import screenshots  # noqa: E402

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


def row(name):
    """An explorer's row of the README: its five columns."""
    (line,) = [line for line in README.splitlines() if line.startswith(f"| [`{name}`]")]
    return line.strip("| ").split(" | ")


def users(name):
    """The file names of the lessons that show an explorer."""
    found = []
    for path in sorted((ROOT / "lessons").glob("[0-9][0-9]_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join(text(cell) for cell in cells if cell["cell_type"] == "code")
        kinds = [task.kind for task in exercises(path.name[:2]).values()]
        if re.search(rf"^(\w+ = )?{name}\(", code, re.M) or THROUGH.get(name) in kinds:
            found.append(path.name)
    return found


@pytest.mark.parametrize("name", widgets.__all__)
def test_an_explorer_comes_with_its_question_and_its_lesson(name):
    (place,) = [number for number, cell in enumerate(CELLS) if name in shown(cell)]
    above = text(CELLS[place - 1])
    question = next(line for line in above.splitlines()[1:] if line)
    assert question.endswith("?") and question == row(name)[1], f"widgets/README.md asks {row(name)[1]!r}"
    assert re.search(r"\[lesson \d\d\]\((\d\d_\w+\.ipynb)\)", above)[1] in users(name)
    assert f"(../widgets/{screenshots.file_name(name)}/light.png)" in above


@pytest.mark.parametrize("name", widgets.__all__)
def test_an_explorer_has_its_row_and_its_pictures(name):
    linked, _, change, own, lessons = row(name)
    assert (ROOT / "widgets" / re.search(r"\((\w+/explorer\.py)\)", linked)[1]).is_file() and change and own
    listed = re.findall(r"\[\d\d\]\(\.\./lessons/(\w+\.ipynb)\)", lessons)
    assert set(listed) <= set(users(name)) if name in THROUGH else listed == users(name)
    section = README.split(f"\n### {name}\n")[1].split("\n### ")[0]
    ((alt, light),) = re.findall(r"!\[(.+)\]\((\w+/\w+\.png)\)", section)
    assert len(alt) >= 60, f"the words for the picture of {name} say too little: {alt!r}"
    for theme in screenshots.THEMES:
        link = light.replace("light", theme)
        picture = ROOT / "widgets" / link
        assert picture == screenshots.picture(screenshots.file_name(name), theme)
        assert f"({link})" in section and picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size <= screenshots.LARGEST


def test_the_pictures_stay_small_together():
    assert sum(path.stat().st_size for path in (ROOT / "widgets").glob("*/*.png")) < 6_000_000


def test_some_explorers_run_a_class_of_ones_own():
    code = [text(cell) for cell in CELLS if shown(cell)]
    assert sum("mine_or_reference(" in cell for cell in code) >= 5, "the learner's own piece"
    assert sum("Sine" in cell or "sawtooth" in cell for cell in code) >= 2, "a piece of the gallery's own"
