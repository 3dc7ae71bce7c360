"""The class at a glance: right numbers from good files, bad and hostile files named, skipped, never executed."""

import csv
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lessons import class_report
from lessons.checks.judge import Outcome
from lessons.checks.remember import book
from lessons.checks.remember.progress import Progress
from lessons.checks.speak import commands
from lessons.class_report import files, reading
from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Softmax, moons

COURSE = class_report.chosen()


def export(name="Ada", written="2025-03-01T09:30:00+00:00", **changes):
    whole = {"schema": "nnlib-course-progress-status", "version": 1, "written": written, "name": name, "exercises": {}}
    return whole | changes


def record(outcome="PASSED", **more):
    return {"outcome": outcome, "tries": 1, "hints": 0} | more


@pytest.fixture
def folder(tmp_path):
    def put(where, whole):
        path = tmp_path / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(whole if isinstance(whole, bytes) else json.dumps(whole).encode())
        return tmp_path

    put.path = tmp_path
    return put


def test_what_a_learner_exports_is_what_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "PROGRESS", Progress(tmp_path / "my_progress"))
    commands.PROGRESS.update("02.3", outcome="FAILED", tries=4, hints=1, mistakes=["transposed"])
    commands.status(export=True, name="Table 4")
    learners, left_out = class_report.read_folder(tmp_path / "my_progress")
    (learner,) = learners
    assert (learner.name, learner.outcome("02.3"), learner.reached) == ("Table 4", Outcome.FAILED, "02")
    assert [where for where, _ in left_out] == [".gitignore", "progress.json"], left_out


def test_what_watch_says_in_the_notebook_reaches_the_report_by_name(tmp_path, monkeypatch, capsys):
    """A learner's own run counts, once for each network; a check's does not, nor one that was told to be quiet."""
    monkeypatch.setattr(commands, "PROGRESS", Progress(tmp_path / "my_progress"))
    x, y = moons(40, 0.1, 0)

    def network():
        layers = ((Dense(4), ReLU()), (Dense(1), Softmax()))
        return NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=0)

    for _ in range(2):
        network().fit(x, y, epochs=3)
    network().fit(x, y, epochs=3, watch=False)
    commands.polite(lambda: network().fit(x, y, epochs=3))()
    commands.PROGRESS.update("02.3", outcome="PASSED", tries=1)
    assert commands.PROGRESS.heard() == {"softmax_of_one": 2}
    commands.status(export=True, name="Table 4")
    learners, _ = class_report.read_folder(tmp_path / "my_progress")
    assert learners[0].heard == {"softmax_of_one": 2} and learners[0].outcome("02.3") == Outcome.PASSED
    assert "What their own networks were told (in brackets: learners):\n\n  softmax of one (1)" in class_report.report(
        learners, [], COURSE
    )
    files.page(tmp_path / "page.html", learners, [], COURSE)
    assert "<li>softmax of one: 1</li>" in (tmp_path / "page.html").read_text()


@pytest.mark.parametrize("heard", [[], {"a b": 1}, {"inputs_far": -1}, {"inputs_far": True}, {"x" * 41: 1}, {"a": 1e9}])
def test_what_watch_never_said_is_no_export(folder, heard):
    folder("one.json", export(heard=heard))
    learners, left_out = class_report.read_folder(folder.path)
    assert not learners and "what its networks were told" in left_out[0][1]


def test_a_name_that_watch_has_not_is_left_out(folder):
    folder("one.json", export(heard={"inputs_far": 2, "the_moon": 1}))
    learners, left_out = class_report.read_folder(folder.path)
    assert learners[0].heard == {"inputs_far": 2} and "the_moon" in left_out[0][1]


def test_the_table_counts_and_the_hardest_comes_first(folder):
    folder("one.json", export("Ada", exercises={"02.1": record(), "02.3": record("FAILED", mistakes=["transposed"])}))
    folder("two.json", export("Bo", exercises={"02.3": record("FAILED", mistakes=["transposed", "broadcast"])}))
    folder("deep/er/three.JSON", export("Cy", exercises={"02.3": record(mistakes=["broadcast"]), "03.1": record()}))
    folder("four.json", export("", exercises={"04.1": record("FAILED")}))
    learners, left_out = class_report.read_folder(folder.path)
    assert [learner.name for learner in learners] == ["Ada", "Bo", "Cy", "four"]
    assert not left_out
    rows = class_report.hardest(learners, COURSE)
    assert [(number, stuck, passed) for number, _, stuck, passed, _ in rows] == [("02.3", 2, 1), ("04.1", 1, 0)]
    assert rows[0][4] == (("broadcast", 2), ("transposed", 2))
    many = len(COURSE["02"])
    row = next(line for line in class_report.table(learners, COURSE).splitlines() if line.startswith("Ada"))
    assert f"1/{many}" in row, row
    assert row.split()[3] == "02", row
    assert "transposed (2)" in class_report.report(learners, left_out, COURSE)


def test_the_latest_export_of_a_name_counts(folder):
    folder("a.json", export("Ada", "2025-03-09T11:30:05+00:00", exercises={"05.1": record()}))
    folder("b.json", export("Ada", "2025-03-09T12:30:00+01:00", exercises={"01.1": record()}))
    folder("c.json", export("Ada", "2025-03-09T11:30:06Z", exercises={"06.1": record()}))
    folder("d.json", export("Ada", "2025-03-09", exercises={"07.1": record()}))
    folder("e.json", export("Zoe\u0301", "2025-03-09T11:30:06Z"))
    folder("f.json", export("Zo\u00e9", "2025-03-09T11:30:07Z"))
    learners, left_out = class_report.read_folder(folder.path)
    assert [(learner.name, learner.reached) for learner in learners] == [("Ada", "06"), ("Zo\u00e9", None)]
    assert sorted(where for where, _ in left_out) == ["a.json", "b.json", "d.json", "e.json"]


def test_two_long_names_that_begin_alike_are_two_learners(folder):
    """Where there is little room a name is shortened; what tells learners apart is all of it."""
    for number in (1, 2):
        folder(f"{number}.json", export(f"Introduction to machine learning, group {number}"))
    folder("3.json", export("x" * 3000))
    learners, left_out = class_report.read_folder(folder.path)
    assert len(learners) == 3 and not left_out, left_out
    assert max(len(learner.short) for learner in learners) <= reading.NAME
    files.page(folder.path / "page.html", learners, left_out, COURSE)
    assert "learning, group 1<" in (folder.path / "page.html").read_text(encoding="utf-8")


def test_a_learner_without_any_name_has_a_row(folder):
    folder("\u200b.json", export("\u200b"))
    assert [learner.name for learner in class_report.read_folder(folder.path)[0]] == ["no name"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a zone of one's own")
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_no_moment_that_is_read_is_one_that_a_clock_cannot_show(folder, monkeypatch, zone):
    for number, written in enumerate(("0001-01-01", "0001-01-02T03:00:00+14:00", "1969-12-31", "2000-01-01T00:00:00Z")):
        folder(f"{number}.json", export(f"learner {number}", written))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        text = class_report.report(*class_report.read_folder(folder.path), COURSE)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "learner 3" in text and text.count("date right") == 3


DEEP = b"[" * 100_000
HOSTILE = {
    "not JSON": (b"{'schema': __import__('os').system('touch pwned')}", "not JSON"),
    "a pickle": (b"\x80\x04cos\nsystem\n(S'touch pwned'\ntR.", "not text in UTF-8"),
    "nested too deep": (DEEP, "not JSON"),
    "too large": (b" " * 600_000, "600,000 bytes"),
    "a list": (b"[1, 2]", "not what status"),
    "another's JSON": ({"schema": "notebook"}, "not what status"),
    "a later version": (export(version=2), "version 2"),
    "no exercises": (export(exercises=None), "no exercises"),
    "a number that is none": (export(exercises={"../../x": record()}), "no exercise"),
    "a record that is none": (export(exercises={"02.1": 3}), "no exercise"),
    "an outcome of one's own": (export(exercises={"02.1": record("WON")}), "'WON'"),
    "an outcome that is a list": (export(exercises={"02.1": record(["PASSED"])}), "outcome"),
    "tries below none": (export(exercises={"02.1": record(tries=-1)}), "tries"),
    "tries without end": (export(exercises={"02.1": record(tries=10**30)}), "tries"),
    "tries that are true": (export(exercises={"02.1": record(tries=True)}), "tries"),
    "a field of one's own": (export(exercises={"02.1": record(code="import os")}), "'code'"),
    "a mistake in HTML": (export(exercises={"02.1": record(mistakes=["<script>"])}), "no check names"),
    "mistakes without end": (export(exercises={"02.1": record(mistakes=["transposed"] * 20_000)}), "20,000 mistakes"),
    "a day that is none": (export(written="yesterday"), "'yesterday'"),
    "a day that no calendar has": (export(written="2025-02-30"), "2025-02-30"),
    "a month that no calendar has": (export(written="2025-13-01T00:00:00Z"), "2025-13-01"),
    "a day to come": (export(written="2199-01-01"), "still to come"),
    "before all days": (export(written="0001-01-01T00:00:00+14:00"), "0001-01-01"),
    "a day that is before all days by a clock in the west": (export(written="0001-01-01T00:00:00+00:00"), "0001-01-01"),
    "a computer whose clock has stopped": (export(written="1970-01-01T00:00:10+00:00"), "date right"),
    "a day that is a number": (export(written=20250301), "20250301"),
    "a try on no day": (export(exercises={"02.1": record(when="2025-02-29")}), "2025-02-29"),
    "a try on a number": (export(exercises={"02.1": record(when=7)}), "the day '7'"),
    "seen or not": (export(exercises={"02.1": record(solution_seen="no")}), "solution was seen"),
    "digits of another script": (export(exercises={"٠٢.١": record()}), "no exercise"),
    "UTF-16": (json.dumps(export()).encode("utf-16"), "not text in UTF-8"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_bad_file_is_named_and_skipped(folder, what):
    whole, why = HOSTILE[what]
    folder("bad.json", whole)
    folder("good.json", export("Ada", exercises={"02.1": record()}))
    learners, left_out = class_report.read_folder(folder.path)
    assert [learner.name for learner in learners] == ["Ada"]
    assert [where for where, _ in left_out] == ["bad.json"], left_out
    assert why in left_out[0][1], left_out
    assert len(left_out[0][1]) < 200


def test_a_mark_in_front_of_the_text_is_no_harm(folder):
    folder("a.json", b"\xef\xbb\xbf" + json.dumps(export("Ada")).encode())
    learners, left_out = class_report.read_folder(folder.path)
    assert [learner.name for learner in learners] == ["Ada"] and not left_out


def test_a_finding_that_no_check_has_is_left_out_and_the_learner_stays(folder):
    mistakes = ["transposed", "of-another-course", "raises-ValueError", "A-before-F", "bias-missing+sign"]
    folder("a.json", export("Ada", exercises={"02.3": record("FAILED", mistakes=mistakes)}))
    (learner,), left_out = class_report.read_folder(folder.path)
    assert learner.exercises["02.3"]["mistakes"] == [one for one in mistakes if one != "of-another-course"]
    assert len(left_out) == 1 and "'of-another-course'" in left_out[0][1]


def test_links_and_devices_are_not_followed(folder):
    outside = folder.path.parent / "outside.json"
    outside.write_text(json.dumps(export("Eve")))
    folder("good.json", export("Ada"))
    try:
        (folder.path / "link.json").symlink_to(outside)
    except OSError:
        pytest.skip("no symbolic links here")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder.path / "pipe.json")
    learners, left_out = class_report.read_folder(folder.path)
    assert [learner.name for learner in learners] == ["Ada"]
    assert "link.json" in [where for where, _ in left_out]


def test_names_reach_terminal_and_picture_as_plain_text(folder):
    names = ["\x1b[31mred\x1b[0m", "$\\frac{1}{$", "a\nb\tc", "x" * 300, "\u202eright to left", "学生"]
    for number, name in enumerate(names):
        folder(f"{number}.json", export(name, exercises={"01.1": record("FAILED")}))
    learners, left_out = class_report.read_folder(folder.path)
    assert not left_out
    text = class_report.report(learners, left_out, COURSE)
    assert not any(character in text for character in "\x1b\u202e\t"), text
    assert max(len(learner.short) for learner in learners) <= reading.NAME
    assert max(len(learner.name) for learner in learners) <= reading.LONGEST
    assert class_report.main([str(folder.path), "--name", str(folder.path / "out")]) == 0
    assert (folder.path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_the_picture_has_a_mark_for_each_state():
    first = COURSE["01"]
    learner = class_report.Learner("Ada", reading.time("2025-03-01"), {first[0]: record(), first[1]: record("FAILED")})
    axes = files.drawn([learner], COURSE).axes[0]
    grid, crosses = axes.collections
    here = list(grid.get_array().ravel()[: len(first) + 3])
    at = [number for numbers in COURSE.values() for number in numbers].index(first[0])
    assert here[at : at + 3] == [3, 2, 1], here
    assert [tuple(point) for point in crosses.get_offsets()] == [(at + 1.5, 0.5)]
    assert [label.get_text() for label in axes.get_xticklabels()] == list(book.paths())


def test_a_room_of_three_hundred(folder):
    exercises = {number: record("FAILED", mistakes=["transposed"]) for number in COURSE["02"]}
    for number in range(300):
        folder(f"{number}.json", export(f"learner {number}", exercises=exercises))
    learners, _ = class_report.read_folder(folder.path)
    assert len(learners) == 300
    figure = files.drawn(learners, COURSE)
    assert figure.get_size_inches()[1] < 20
    assert class_report.hardest(learners, COURSE)[0][2] == 300


def test_table_two_stands_before_table_ten(folder):
    for name in ("Table 10", "table 2", "Ada", "3rd row"):
        folder(f"{name}.json", export(name))
    assert [learner.name for learner in class_report.read_folder(folder.path)[0]] == [
        "3rd row", "Ada", "table 2", "Table 10",
    ]  # fmt: skip


def test_an_empty_or_missing_folder_says_what_to_do(tmp_path, capsys):
    assert class_report.main([str(tmp_path)]) == 1
    assert "status(export=True)" in capsys.readouterr().out
    assert class_report.main([str(tmp_path / "none")]) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_a_picture_that_cannot_be_written_says_so(folder, capsys):
    folder("a.json", export("Ada"))
    assert class_report.main([str(folder.path), "--name", str(folder.path / "no" / "such")]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_the_command_works_from_the_folder_it_is_typed_in(folder):
    folder("hand-ins/a.json", export("Ada", exercises={"02.1": record()}))
    command = [sys.executable, "-m", "lessons.class_report", "hand-ins"]
    told = subprocess.run(command, cwd=folder.path, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    assert "Ada" in told.stdout
    assert all((folder.path / f"class-report.{kind}").exists() for kind in ("html", "png", "csv"))


@pytest.mark.parametrize("alphabet", ["cp1252", "ascii", "cp437"])
def test_a_terminal_that_has_few_letters_ends_nothing(folder, alphabet):
    """As on Windows, where output that goes into a file has another alphabet than the screen."""
    for number, name in enumerate(["学生", "Zoë", "🦊"]):
        folder(f"{number}.json", export(name))
    own = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": alphabet}
    command = [sys.executable, "-m", "nnlib_course", "class", ".", "--name", "../out"]
    told = subprocess.run(command, cwd=folder.path, env=own, capture_output=True, timeout=120)
    assert told.returncode == 0, told.stderr
    assert b"3 learners" in told.stdout and "学生" in (folder.path.parent / "out.html").read_text(encoding="utf-8")


NAMES = ["学生", "Zoë", "Łukasz", "Ирина", "محمد", "דנה", "नमस्ते", "สมชาย", "می‌خواهم", "👩‍🔬", "김민수", "Ὀδυσσεύς"]


def test_the_page_has_every_name_as_it_is_written_and_nothing_that_runs(folder):
    for number, name in enumerate([*NAMES, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=1+2"]):
        folder(f"{number}.json", export(name, exercises={"01.1": record("FAILED", mistakes=["sign"])}))
    folder("<b>.json", b"[]")
    learners, left_out = class_report.read_folder(folder.path)
    assert len(learners) == len(NAMES) + 3
    files.page(folder.path / "page.html", learners, left_out, COURSE)
    text = (folder.path / "page.html").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"<bdi>{name}</bdi>" in text
    assert "<script" not in text and "<img" not in text and "<b>" not in text and "http" not in text
    assert text.count("<tr>") == len(learners) + 3 and 'class="FAILED"' in text
    assert "sign (15)" in text


def test_the_sheet_has_one_row_a_learner_and_no_formula(folder):
    folder("a.json", export("=HYPERLINK(1)", exercises={"01.1": record(), "02.1": record("FAILED")}))
    folder("b.json", export('Zoë, or "Z"', exercises={"00.1": record()}))
    folder("c.json", export("\uff1d1+2"))
    learners, left_out = class_report.read_folder(folder.path)
    course = class_report.chosen("00-02")
    files.sheet(folder.path / "sheet.csv", learners, left_out, course)
    with open(folder.path / "sheet.csv", encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    assert heads == ["learner", "written", "passed", "of", *(f"lesson {n}: of {len(course[n])}" for n in course)]
    every = str(sum(map(len, course.values())))
    assert [[row[0], *row[2:]] for row in rows] == [["'=HYPERLINK(1)", "1", every, "0", "1", "0"],
                                                    ["Zoë, or \"Z\"", "1", every, "1", "0", "0"],
                                                    ["'\uff1d1+2", "0", every, "0", "0", "0"]]  # fmt: skip


def test_only_the_lessons_of_a_schedule_are_shown(folder, capsys):
    folder("a.json", export("Ada", exercises={"01.1": record("FAILED"), "02.1": record()}))
    assert list(class_report.chosen("1, 03-05 9")) == ["01", "03", "04", "05", "09"]
    assert class_report.main([str(folder.path), "--schedule", "half-day", "--name", str(folder.path / "out")]) == 0
    told = capsys.readouterr().out
    assert "   00     02     03     04     05     09" in told and "01.1" not in told
    for bad in (["--lessons", "7-3"], ["--lessons", "x"], ["--lessons", "99"], ["--schedule", "a week"]):
        assert class_report.main([str(folder.path), *bad]) == 1
        assert "course.py class: " in capsys.readouterr().err


def test_the_schedules_are_those_of_the_instructors():
    text = (Path(__file__).parents[1] / "instructor" / "schedules.md").read_text(encoding="utf-8")
    days = {part.split(":")[0]: set(re.findall(r"\*\*(\d\d) ", part)) for part in text.split("\n## ")[1:]}
    assert set(class_report.chosen(schedule="half-day")) == days["Half a day"]
    assert set(class_report.chosen(schedule="full-day")) == days["A full day"]
    assert set(class_report.chosen(schedule="two-days")) == days["A full day"] | days["Two days"]
