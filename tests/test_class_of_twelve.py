"""Twelve learners work with the real checks and export; the class report shows all of them and all that was found."""

import json
import random

import pytest
import wrong_answers
from notebook import Notebook, with_body

from lessons import class_report
from lessons.checks.judge import findings
from lessons.checks.remember import book
from lessons.checks.remember.book import exercises, find
from lessons.checks.remember.progress import Progress
from lessons.checks.speak import commands

TWELVE = ["Ada", "Zoë", "学生", "Ирина", "محمد", "नमस्ते", "Table 2", "table 10", "=SUM(A1)", "<b>Bo</b>", "👩‍🔬", ""]
LESSONS = ("00", "02", "03", "06")
NUMBERS = [number for lesson in LESSONS for number in exercises(lesson)]
MESSES = ["raise FloatingPointError('too far')", "return 1 / 0", "import os\nos.abort()", "return undefined_name",
          "class Oops(Exception):\n    pass\nraise Oops", "raise type('<b>', (ValueError,), {})('no name')",
          "return np.ones(10**12)", "return None", "return '1'"]  # fmt: skip


def works(learner, tmp_path, monkeypatch):
    """One learner's hour: blanks, wrong answers, letters, hints, solutions; returns every name that was found."""
    monkeypatch.setattr(commands, "HOME", tmp_path)
    monkeypatch.setattr(commands, "PROGRESS", Progress(tmp_path / "my_progress"))
    monkeypatch.setattr(commands, "_passed_now", {})
    dice, notebook, found = random.Random(learner), Notebook(), {}
    for number in sorted(dice.sample(NUMBERS, 9)):
        task, answers = find(number), []
        for kind in ("BODIES", "CELLS", "LETTERS"):
            wrong = [text for n, _, text in wrong_answers.table(kind) if n == number]
            for text in dice.sample(wrong, min(2, len(wrong))):
                answers.append(f"check({number!r}, {text!r})" if kind == "LETTERS" else
                               with_body(number, text) if kind == "BODIES" else text)  # fmt: skip
        if task.kind == "write":
            answers.append(with_body(number, dice.choice(MESSES)))
        answers += dice.choice(([], [book.exercise_cell(number)[1]], [book.exercise_cell(number)[0]]))
        for text in answers:
            report = notebook.do(number, text)
            assert "defect" not in report.details, report.text()
            if report.outcome == "FAILED":
                found.setdefault(number, set()).add(report.finding.name)
        notebook.run(dice.choice((f'hint("{number}")', f'solution("{number}")', "None")))
    notebook.run(f"status(export=True, name={TWELVE[learner]!r})")
    return found


def test_twelve_learners_are_twelve_rows_with_all_that_was_found(tmp_path, monkeypatch):
    found = {}
    for learner, name in enumerate(TWELVE):
        folder = tmp_path / "rooms" / str(learner)
        folder.mkdir(parents=True)
        found[name] = works(learner, folder, monkeypatch)
        (export,) = (folder / "my_progress").glob("status-*.json")
        (tmp_path / "hand-ins").mkdir(exist_ok=True)
        export.rename(tmp_path / "hand-ins" / f"{learner}-{export.name}")
    learners, left_out = class_report.read_folder(tmp_path / "hand-ins")
    assert left_out == []
    assert len(learners) == 12
    by_name = {learner.name: learner for learner in learners}
    for name, numbers in found.items():
        learner = by_name.get(name) or next(one for one in learners if one.name.startswith("11-status"))
        for number, names in numbers.items():
            assert set(learner.exercises[number]["mistakes"]) == names
    assert class_report.main([str(tmp_path / "hand-ins"), "--name", str(tmp_path / "out")]) == 0


def test_every_name_that_a_wrong_answer_gets_goes_through_export_and_report(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "PROGRESS", Progress(tmp_path / "my_progress"))
    made = {}
    for kind in ("BODIES", "CELLS", "LETTERS"):
        for number, diagnosis, _ in wrong_answers.table(kind):
            made.setdefault(number, set()).add(diagnosis)
    for number, names in made.items():
        extra = {
            "crashes",
            "exits",
            "endless",
            "stopped",
            "raises-MemoryError",
            "raises-KeyboardInterrupt",
            "raises-Fehler",
        }
        commands.PROGRESS.update(number, outcome="FAILED", tries=3, mistakes=sorted(names | extra))
    commands.status(export=True, name="Ada")
    (tmp_path / "my_progress" / "progress.json").unlink()
    (learner,), left_out = class_report.read_folder(tmp_path / "my_progress")
    assert [where for where, _ in left_out] == [".gitignore"]
    for number, names in made.items():
        assert names <= set(learner.exercises[number]["mistakes"]), number
    assert "A-before-F" in made["09.2"] or any("-before-" in name for names in made.values() for name in names)


BAD = ["", "nonsense", "raises-", "raises-<b>", "-before-", "sign+nonsense", "Exercise", 3, None, "sign+" * 60, "Sign"]


@pytest.mark.parametrize("name", BAD)
def test_what_no_check_says_is_on_no_list(name):
    assert not findings.is_name(name)


def test_the_list_is_made_from_the_checks():
    declared = {mistake.name for lesson in book.paths() for task in exercises(lesson).values()
                for mistake in getattr(task, "mistakes", ())}  # fmt: skip
    words, patterns = findings.names()
    assert {name for name in declared if not findings.is_name(name)} == set()
    assert {"the-table's", "crashes", "raises-MemoryError", "transposed", "rounded", "loop-too-short"} <= words
    assert all(
        findings.is_name(name) for name in ("extra-D", "A-before-F", "chose-b", "raises-Überlauf", "exp-missing")
    )
    assert json.dumps(sorted(words)).isascii() and len(patterns) < 12
