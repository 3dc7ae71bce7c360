"""The class at a glance: right numbers from good files, bad and hostile files named, skipped, never executed."""

import json
import os
import subprocess
import sys

import pytest

from lessons import class_report
from lessons.checks import book, commands
from lessons.checks.exercise import Outcome
from lessons.checks.progress import Progress


def export(name="Ada", written="2026-03-01", **changes):
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


def test_the_table_counts_and_the_hardest_comes_first(folder):
    folder("one.json", export("Ada", exercises={"02.1": record(), "02.3": record("FAILED", mistakes=["transposed"])}))
    folder("two.json", export("Bo", exercises={"02.3": record("FAILED", mistakes=["transposed", "broadcast"])}))
    folder("deep/er/three.JSON", export("Cy", exercises={"02.3": record(mistakes=["broadcast"]), "03.1": record()}))
    folder("four.json", export("", exercises={"04.1": record("FAILED")}))
    learners, left_out = class_report.read_folder(folder.path)
    assert [learner.name for learner in learners] == ["Ada", "Bo", "Cy", "four"]
    assert not left_out
    rows = class_report.hardest(learners)
    assert [(number, stuck, passed) for number, _, stuck, passed, _ in rows] == [("02.3", 2, 1), ("04.1", 1, 0)]
    assert rows[0][4] == (("transposed", 2), ("broadcast", 2))
    many = len(class_report.lessons()["02"])
    row = next(line for line in class_report.table(learners).splitlines() if line.startswith("Ada"))
    assert f"1/{many}" in row, row
    assert row.split()[2] == "02", row
    assert "transposed (2)" in class_report.report(learners, left_out)


def test_the_latest_export_of_a_name_counts(folder):
    folder("a.json", export("Ada", "2026-03-05", exercises={"05.1": record()}))
    folder("b.json", export("Ada", "2026-03-01", exercises={"01.1": record()}))
    folder("c.json", export("Ada", "2026-03-09", exercises={"06.1": record()}))
    learners, left_out = class_report.read_folder(folder.path)
    assert [learner.reached for learner in learners] == ["06"]
    assert sorted(where for where, _ in left_out) == ["a.json", "b.json"]


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
    "a day that is none": (export(written="yesterday"), "'yesterday'"),
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
    text = class_report.report(learners, left_out)
    assert not any(character in text for character in "\x1b\u202e\t"), text
    assert max(len(learner.name) for learner in learners) <= class_report.NAME
    target = folder.path / "out.png"
    assert class_report.main([str(folder.path), "--picture", str(target)]) == 0
    assert target.read_bytes().startswith(b"\x89PNG")


def test_the_picture_has_a_mark_for_each_state():
    first = class_report.lessons()["01"]
    learner = class_report.Learner("Ada", "2026-03-01", {first[0]: record(), first[1]: record("FAILED")})
    axes = class_report.picture([learner]).axes[0]
    grid, crosses = axes.collections
    here = list(grid.get_array().ravel()[: len(first) + 3])
    at = [number for numbers in class_report.lessons().values() for number in numbers].index(first[0])
    assert here[at : at + 3] == [3, 2, 1], here
    assert [tuple(point) for point in crosses.get_offsets()] == [(at + 1.5, 0.5)]
    assert [label.get_text() for label in axes.get_xticklabels()] == list(book.paths())


def test_a_room_of_three_hundred(folder):
    exercises = {number: record("FAILED", mistakes=["transposed"]) for number in class_report.lessons()["02"]}
    for number in range(300):
        folder(f"{number}.json", export(f"learner {number}", exercises=exercises))
    learners, _ = class_report.read_folder(folder.path)
    assert len(learners) == 300
    figure = class_report.picture(learners)
    assert figure.get_size_inches()[1] < 20
    assert class_report.hardest(learners)[0][2] == 300


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
    assert class_report.main([str(folder.path), "--picture", str(folder.path / "no" / "such.png")]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_the_command_works_from_the_folder_it_is_typed_in(folder):
    folder("hand-ins/a.json", export("Ada", exercises={"02.1": record()}))
    command = [sys.executable, "-m", "lessons.class_report", "hand-ins"]
    told = subprocess.run(command, cwd=folder.path, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    assert "Ada" in told.stdout
    assert (folder.path / "class-report.png").exists()
