"""Every lesson keeps the template: its opening, headings, minutes, alt texts, exercises, and short cells.

The solved one says itself, in its last cell, that every exercise PASSED; nbval runs it. The blank one is run in the
browser (test_lessons_browser.py) and ends with every exercise NOT ATTEMPTED.
"""

import ast
import itertools
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from lessons.checks.judge import Answer, Choice, Prediction
from lessons.checks.remember import book
from lessons.checks.remember.book import exercises, find

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import build_lessons  # noqa: E402

LESSONS = list(book.paths())
TOUR = "00"  # predictions only
FADES = ("01", "02", "03")  # a worked example that is done whole, then half, then left to the learner
WIDEST = 76  # characters of code: what JupyterLab shows without a scrollbar where it is 800 pixels wide
LONGEST = 15  # lines of a code cell; a longer one is tagged `long` and says why in a comment
OPENING = ("You will do:", "You will learn:", "You need:", "Time:")
EXACT = ("0.6000000000000001",)  # what lesson 15 prints of (0.1 + 0.2) + 0.3, on any computer
FILLER = ("simply", "just", "obviously", "of course", "easy", "easily", "basically", "trivial", "as you know")


@pytest.fixture(params=LESSONS)
def lesson(request):
    return request.param


def cells(lesson, kind=None):
    path = book.FOLDER / book.paths()[lesson].name
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if kind in (None, cell["cell_type"])]


def text(cell):
    return "".join(cell["source"])


def prose(lesson):
    return "\n".join(text(cell) for cell in cells(lesson, "markdown"))


def headings(lesson):
    without_code = re.sub(r"```.*?```", "", prose(lesson), flags=re.S)
    return re.findall(r"^(#+) (.+)$", without_code, flags=re.M)


def test_one_title_and_headings_in_order(lesson):
    levels = [len(marks) for marks, _ in headings(lesson)]
    assert levels[0] == 1 and levels.count(1) == 1
    jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
    assert not jumps, f"a heading skips a level: {jumps}"
    assert headings(lesson)[0][1].startswith(f"{lesson} · ")
    names = [name for _, name in headings(lesson)]
    assert len(set(names)) == len(names), "two headings are the same"


def test_opening_says_do_learn_need_and_time(lesson):
    opening = text(cells(lesson)[0])
    places = [opening.find(f"**{word}**") for word in OPENING]
    assert -1 not in places and places == sorted(places), dict(zip(OPENING, places, strict=True))


def test_stated_minutes_are_the_counted_ones(lesson):
    (stated,) = re.findall(r"\*\*Time:\*\* about (\d+) minutes", text(cells(lesson)[0]))
    counted = build_lessons.minutes({"cells": cells(lesson)}, lesson)
    assert abs(int(stated) - counted.total) <= 0.15 * counted.total, f"stated {stated}, counted {counted.total:.0f}"
    assert int(stated) in (range(10, 16) if lesson == TOUR else range(30, 61))
    if lesson != TOUR:
        assert counted.total >= 30, counted
        assert counted.share >= 0.45, f"{counted.share:.0%} of the time is doing"


def test_template_is_complete(lesson):
    names = [name for _, name in headings(lesson)]
    assert names[-2:] == ["Remember", "What comes next"], "no recap, or nothing about what comes next"
    assert len(text(cells(lesson, "markdown")[-1]).split()) >= 15, "what comes next is not said"
    kinds = [task.kind for task in exercises(lesson).values()]
    assert kinds[0] == "predict", "no question before"
    assert any(build_lessons.EXPLORER.search(text(cell)) for cell in cells(lesson, "code")), "no explorer"
    if lesson == TOUR:
        assert set(kinds) == {"predict"}
        return
    assert names[1] == "Before you start", "the question before comes first"
    assert "Recall" in names
    assert kinds.count("write") >= 3, "at least three exercises"
    assert kinds.count("recall") >= 2, "two recall questions"
    assert "order" in kinds or "by hand" in kinds, "no lines to put in order, nothing to work out by hand"


def test_recall_asks_about_earlier_lessons(lesson):
    if lesson != TOUR:
        (asked,) = (text(cell) for cell in cells(lesson, "markdown") if text(cell).startswith("## Recall"))
        earlier = re.search(r"^Two questions about (earlier lessons|lesson (\d\d))\.", asked, re.M)
        assert earlier and (earlier[2] is None or earlier[2] < lesson)


@pytest.mark.parametrize("fading", FADES)
def test_a_worked_example_fades(fading):
    """Whole, half, yours, in the text of one exercise by hand, and a sentence that says so."""
    found = cells(fading)
    by_hand = {number for number, task in exercises(fading).items() if task.kind == "by hand"}
    asked = [text(above) for above, cell in itertools.pairwise(found) if cell["metadata"].get("exercise") in by_hand]
    fades = [one for one in asked if re.search(r"worked example (that )?fades", one)]
    assert len(fades) == 1, "one exercise says that its worked example fades"
    assert re.findall(r"^- \*\*(Whole|Half|Yours):\*\* \S", fades[0], re.M) == ["Whole", "Half", "Yours"]


def test_every_exercise_has_its_cells(lesson):
    code = [text(cell) for cell in cells(lesson, "code")]
    marked = [cell["metadata"]["exercise"] for cell in cells(lesson) if "exercise" in cell["metadata"]]
    assert marked == list(exercises(lesson)), "the exercises stand in the order of their numbers, each once"
    for number in marked:
        calls = [one for one in code if re.search(rf'^(check|predict)\("{re.escape(number)}"', one, re.M)]
        assert len(calls) == 1, f"{number} is checked {len(calls)} times"
        if find(number).kind == "predict":
            assert any(one.startswith(f'reveal("{number}")') for one in code), f"{number} is never revealed"
        if find(number).kind in ("write", "by hand", "order"):
            assert f"### Exercise {number} · {find(number).title}" in prose(lesson)


def test_no_cell_overwrites_an_answer(lesson):
    """Who comes back and asks the check again is judged by the numbers that were typed."""
    for number, task in exercises(lesson).items():
        for cell in cells(lesson, "code") if isinstance(task, Answer) else ():
            tree = ast.parse(text(cell)) if number not in cell["metadata"].get("exercise", "") else ast.Module([], [])
            made = {node.id for line in tree.body if not isinstance(line, ast.FunctionDef | ast.ClassDef)
                    for node in ast.walk(line) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
            assert not made & set(task.names), (number, text(cell))


def test_options_stand_in_the_text_as_they_are_declared(lesson):
    for number, task in exercises(lesson).items():
        if task.kind in ("predict", "recall"):
            place = next(k for k, cell in enumerate(cells(lesson)) if cell["metadata"].get("exercise") == number)
            question = text(cells(lesson)[place - 1])
            assert re.findall(r"^- \*\*(\w)\*\* –", question, re.M) == list(task.options), number


def test_a_prediction_comes_before_what_it_is_about(lesson):
    code = [text(cell) for cell in cells(lesson, "code")]
    for number, task in exercises(lesson).items():
        if task.kind == "predict":
            asked = next(k for k, one in enumerate(code) if re.search(rf'^predict\("{number}"', one, re.M))
            told = next(k for k, one in enumerate(code) if one.startswith(f'reveal("{number}")'))
            opened = "explorer=" in code[asked]  # what it is about is in the same cell, behind the prediction
            assert told > asked + (not opened), f"{number} is revealed before anything was run"


def test_pictures_have_words(lesson):
    for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", prose(lesson)):
        assert len(alt) >= 20, f"the picture {target} says too little: {alt!r}"
    assert "<img" not in prose(lesson)
    folds = re.findall(r"</?details>", prose(lesson))
    assert folds == ["<details>", "</details>"] * (len(folds) // 2), "a part that is folded away is not closed"
    for cell in cells(lesson, "code"):
        for call in re.findall(r"^(?:digits|curves|curve|borders|steps)\(", text(cell), re.M):
            assert re.search(r'alt=f?"', text(cell)), f"{call} has no alt"


def test_an_explorer_has_its_picture_above(lesson):
    for above, cell in itertools.pairwise(cells(lesson)):
        if cell["cell_type"] == "code" and build_lessons.EXPLORER.search(text(cell)):
            assert re.search(r"!\[.+\]\(attachment:", text(above)), "no picture above the explorer"


def test_cells_are_short(lesson):
    for cell in cells(lesson, "code"):
        lines = [line for line in text(cell).splitlines() if line.strip()]
        assert len(lines) <= LONGEST or "long" in cell["metadata"].get("tags", ()), text(cell)


def test_code_is_not_wider_than_a_narrow_window():
    """The solved notebooks: what a learner gets to read is in them, but for the dots."""
    for number, path in book.paths().items():
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            wide = [line for line in text(cell).splitlines() if len(line) > WIDEST]
            assert cell["cell_type"] != "code" or not wide, f"lesson {number}: {wide}"


def test_prose_comes_before_code_and_every_symbol_is_put_in_words(lesson):
    found = cells(lesson)
    for k, cell in enumerate(found):
        if "$$" in text(cell):
            assert "In words" in text(cell), "a formula is repeated in words"
        if cell["cell_type"] == "code" and not text(cell).startswith(("check(", "reveal(", "status(")):
            assert found[k - 1]["cell_type"] == "markdown" or "exercise" in found[k - 1]["metadata"], text(cell)


def test_no_filler(lesson):
    words = re.sub(r"```.*?```|`[^`]*`", "", prose(lesson), flags=re.S)
    found = [word for word in FILLER if re.search(rf"\b{word}\b", words, re.I)]
    assert not found, f"filler in lesson {lesson}: {found}"


def test_code_parses_and_holds_no_markers(lesson):
    for cell in cells(lesson, "code"):
        ast.parse(text(cell))
        assert "SOLUTION" not in text(cell)
        assert cell["outputs"] == [] and cell["execution_count"] is None


def test_solutions_stand_nowhere_in_the_learner_notebook(lesson):
    whole = "\n".join(text(cell) for cell in cells(lesson, "code"))
    for number, task in exercises(lesson).items():
        solution, stub = (set(one.splitlines()) for one in book.exercise_cell(number))
        assert stub != solution, f"{number} has nothing to fill in"
        if task.kind == "write":
            assert not [line for line in solution - stub if line.strip() and line in whole], number


def test_solved_lesson_ends_by_asking_whether_everything_passed(lesson):
    solved = json.loads(book.paths()[lesson].read_text(encoding="utf-8"))["cells"]
    assert f'require_passed("{lesson}")' in text(solved[-1]).splitlines()


def test_outputs_that_are_compared_have_no_digits_that_another_processor_would_change(lesson):
    for cell in book.solved(lesson)["cells"]:
        printed = "".join("".join(output.get("text", ())) for output in cell.get("outputs", ()))
        long = [number for number in re.findall(r"\d\.\d{13,}", printed) if number not in EXACT]
        assert not long, f"{''.join(cell['source'])!r} prints {long}: round it to twelve digits or fewer"


def test_every_lesson_but_the_last_ends_with_a_link_to_the_next():
    paths = [book.FOLDER / path.name for _, path in sorted(book.paths().items())]
    for path, following in itertools.pairwise(paths):
        last = text(json.loads(path.read_text(encoding="utf-8"))["cells"][-1])
        assert f"]({following.name})" in last, f"{path.name} does not end with a link to {following.name}"
        if following.name[:2] > "02":
            assert f'`checkpoint("{following.name[:2]}")`' in last, f"{path.name} does not say how to catch up"


@pytest.mark.parametrize("kind", (Prediction, Choice))
def test_the_place_of_an_option_does_not_give_it_away(kind):
    tasks = [task for lesson in LESSONS for task in exercises(lesson).values()]
    rights = Counter(task.right for task in tasks if type(task) is kind)
    for place in "abc":
        share = rights[place] / rights.total()
        assert 0.2 <= share <= 0.45, f"{place} is right in {share:.0%} of {rights.total()}: it can be guessed"


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_letter_is_right_for_all_questions_of_a_lesson(lesson):
    rights = [task.right for task in exercises(lesson).values() if type(task) in (Prediction, Choice)]
    assert len(rights) < 3 or len(set(rights)) > 1, f"{rights[0]} is always right in lesson {lesson}"
