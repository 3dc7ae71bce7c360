"""A learner's work as one file: it comes back whole on another computer, and nothing else ever comes out of a zip."""

import json
import os
import random
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from lessons.checks.remember import book, work
from lessons.checks.remember.progress import Progress
from lessons.checks.speak import commands


@pytest.fixture
def home(tmp_path, monkeypatch):
    def at(name):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr(commands, "HOME", folder)
        monkeypatch.setattr(commands, "PROGRESS", Progress(folder / "my_progress"))
        monkeypatch.setattr(commands, "_passed_now", {})
        return folder

    return at


def begun(folder):
    """A learner's folder with one notebook worked in and one piece that passed."""
    (folder / "02_build_a_neuron.ipynb").write_text('{"mine": 1}')
    (folder / "notes.txt").write_text("not part of it")
    commands.PROGRESS.update("02.3", outcome="PASSED", tries=2)
    commands.PROGRESS.keep_piece("02.3", "neuron", book.exercise_cell("02.3")[0])


def test_a_lost_container_comes_back_from_the_file(home):
    old = home("old")
    begun(old)
    assert "1 notebook, 1 other file and your progress" in commands.pack().text()
    packed = work.find(old)
    with zipfile.ZipFile(packed) as file:
        kept = ["my_progress/pieces/02.3_neuron.py", "my_progress/progress.json"]
        assert sorted(file.namelist()) == ["02_build_a_neuron.ipynb", *kept, "notes.txt"]
    new = home("new")
    (new / packed.name).write_bytes(packed.read_bytes())
    told = commands.unpack().text()
    assert "4 files are back" in told and "have not passed on this computer: `neuron` (02.3)" in told, told
    assert (new / "02_build_a_neuron.ipynb").read_text() == '{"mine": 1}'
    assert commands.PROGRESS.piece("02.3", "neuron") is None, "nobody has said yet whose it is"
    commands.mine_or_reference("neuron")
    assert "Pieces of yours: `neuron` (02.3)" in commands.unpack(mine=True).text()
    assert commands.PROGRESS.piece("02.3", "neuron") is not None, "the piece runs in the new place"
    assert "✓ 02.3" in commands.status().text()


def test_what_unpacking_replaces_is_kept(home):
    old = home("old")
    begun(old)
    commands.pack()
    packed = work.find(old)
    new = home("new")
    (new / "02_build_a_neuron.ipynb").write_text("newer work")
    told = commands.unpack(packed).text()
    assert "1 of them" in told
    (kept,) = (new / "my_progress" / "backups").glob("before-*/02_build_a_neuron.ipynb")
    assert kept.read_text() == "newer work"
    assert "of them" not in commands.unpack(packed).text(), "the same again replaces nothing"


def zipped(path, *entries):
    with zipfile.ZipFile(path, "w") as file:
        for name, data in entries:
            file.writestr(name, data)
    return path


def link(name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return entry


HOSTILE = {
    "a way out": ("../../evil.ipynb", "x"),
    "an absolute path": ("/tmp/02_evil.ipynb", "x"),
    "a backslash": ("..\\02_evil.ipynb", "x"),
    "a program": ("my_progress/pieces/../../start.py", "x"),
    "a piece by a wrong name": ("my_progress/pieces/os;.py", "x"),
    "a setting of the shell": (".bashrc", "x"),
    "a link": (link("02_build_a_neuron.ipynb"), "/etc/passwd"),
    "too large": ("02_build_a_neuron.ipynb", "0" * (work.LARGEST + 1)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_nothing_else_comes_out_of_a_zip(home, tmp_path, what):
    folder = home("here")
    path = zipped(tmp_path / "hostile.zip", ("01_shape_the_data.ipynb", "good"), HOSTILE[what])
    told = commands.unpack(path).text()
    assert "Nothing was taken out of it" in told, told
    assert sorted(one.name for one in folder.rglob("*")) == []
    assert not (tmp_path / "evil.ipynb").exists()


def test_a_file_that_is_none_and_no_file_at_all(home, tmp_path):
    home("here")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")
    assert "no whole zip file" in commands.unpack(tmp_path / "broken.zip").text()
    assert "it is empty" in commands.unpack(zipped(tmp_path / "empty.zip")).text()
    assert "There is no packed file here" in commands.unpack().text()


def test_what_pack_makes_unpack_takes(home):
    """Large notebooks, names of one's own, cards, tables; what is not taken is named."""
    old = home("old")
    begun(old)
    (old / "09_close_the_loop.ipynb").write_bytes(b" " * 21_000_000)
    for name in ("My own notes.ipynb", "gallery.ipynb", "Übung (2).ipynb", "学生.csv", "penguins.tsv", "01_a.ipynb"):
        (old / name).write_text(name)
    (old / "my_runs").mkdir()
    (old / "my_runs" / "penguins.npz").write_bytes(b"card")
    (old / "huge.ipynb").write_bytes(b"")
    os.truncate(old / "huge.ipynb", work.LARGEST + 1)
    for name in ("numpy.py", "photo.png", "con.csv", "a:b.ipynb", ".hidden.ipynb"):
        (old / name).write_text("x")
    (old / "link.ipynb").symlink_to("/etc/passwd")
    os.utime(old / "gallery.ipynb", (0, 0))
    told = commands.pack().text()
    for name in ("numpy.py", "photo.png", "con.csv", "a:b.ipynb", "huge.ipynb (64 MB", "link.ipynb (it is a link)"):
        assert name in told.split("Left out: ")[1], name
    packed = work.find(old)
    assert packed.stat().st_size < 200_000
    new = home("new")
    told = commands.unpack(packed).text()
    assert "12 files are back" in told, told
    for name in ("My own notes.ipynb", "Übung (2).ipynb", "学生.csv", "my_runs/penguins.npz", "01_a.ipynb"):
        assert (new / name).read_bytes() == (old / name).read_bytes()
    assert sorted(one.name for one in new.iterdir() if one.name.startswith((".", "numpy", "link"))) == []
    assert commands.unpack(packed).text().count("different here") == 0


def test_nothing_is_left_behind_without_a_word(home):
    """What lies beside the lessons is packed or named, whatever it is; accents come in two spellings."""
    old = home("old")
    begun(old)
    kept = ["_draft.ipynb", "U\u0308bung.ipynb", "\u00dcbung 2.ipynb", "नोटबुक.ipynb", "สมุด.csv"]
    for name in kept:
        (old / name).write_text(name)
    for name in ("my data", "solutions", "my_runs"):
        (old / name).mkdir()
        (old / name / "own.csv").write_text("1,2")
    (old / "my_runs" / "deeper").mkdir()
    (old / "gone.ipynb").symlink_to("nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(old / "pipe.ipynb")
    report = commands.pack()
    with zipfile.ZipFile(work.find(old)) as file:
        assert {*kept, "my_runs/own.csv"} <= set(file.namelist())
    left_out = report.text().split("Left out: ")[1]
    for name in ("my data (it is a folder)", "my_runs/deeper (it is a folder)", "gone.ipynb (it is a link)"):
        assert name in left_out, left_out
    assert "pipe.ipynb (it is no file)" in left_out or not hasattr(os, "mkfifo")
    assert "solutions" not in left_out, "the course's own is nobody's work"
    new = home("new")
    commands.unpack(work.find(old))
    assert {name: (new / name).read_text() for name in kept} == {name: name for name in kept}


def test_what_the_course_puts_beside_the_lessons_is_known():
    here = {path.name for path in (Path(__file__).parents[1] / "lessons").iterdir()} - {"__pycache__"}
    assert {name for name in here if not name.startswith(("my_", ".")) and not name.endswith(".ipynb")} == work.OURS


def test_a_pack_that_breaks_off_leaves_no_half_file(home, monkeypatch):
    folder = home("here")
    begun(folder)
    commands.pack()
    whole = work.find(folder)

    def full(self, *words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    report = commands.pack()
    assert "Nothing was packed" in report.text() and "No space left on device" in report.text()
    assert "defect" not in report.details
    assert work.find(folder) == whole and not list(folder.glob("*.part"))


@pytest.mark.parametrize("in_the_way", ["03_bend_the_line.ipynb/", "my_runs", "my_progress/pieces"])
def test_what_stands_in_the_way_is_named_before_anything_is_replaced(home, tmp_path, in_the_way):
    folder = home("here")
    (folder / "02_build_a_neuron.ipynb").write_text("mine")
    (folder / in_the_way).parent.mkdir(exist_ok=True)
    (folder / in_the_way).mkdir() if in_the_way.endswith("/") else (folder / in_the_way).write_text("mine too")
    before = sorted(folder.rglob("*"))
    path = zipped(tmp_path / "packed.zip", ("02_build_a_neuron.ipynb", "other"), ("03_bend_the_line.ipynb", "x"),
                  ("my_runs/run.npz", "x"), ("my_progress/pieces/neuron.py", "x"))  # fmt: skip
    told = commands.unpack(path).text()
    assert "Nothing was taken out of it" in told and in_the_way.strip("/").rpartition("/")[2] in told, told
    assert sorted(folder.rglob("*")) == before
    assert (folder / "02_build_a_neuron.ipynb").read_text() == "mine"


@pytest.mark.parametrize("comment", [b"", b"c" * 60_000, b"PK\x05\x06"])
def test_a_list_without_end_is_refused_before_it_is_read(home, tmp_path, comment):
    """A hundred thousand names in 9 MB: `zipfile` would build an object for each before anybody could look."""
    home("here")
    path = tmp_path / "long.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(100_000):
            file.writestr(f"{number}.csv", "")
        file.comment = comment
    start = time.monotonic()
    assert "Nothing was taken out of it" in commands.unpack(path).text()
    assert time.monotonic() - start < 0.3


def test_code_that_a_packed_file_brings_waits_for_its_learners_word(home, monkeypatch, capsys):
    stranger = home("stranger")
    begun(stranger)
    ran = "import pathlib\npathlib.Path('ran').touch()\n" + book.exercise_cell("02.3")[0]
    commands.PROGRESS.keep_piece("02.3", "neuron", ran)
    commands.pack()
    packed = work.find(stranger)
    mine = home("mine")
    monkeypatch.chdir(mine)
    commands.PROGRESS.update("02.5", outcome="PASSED", tries=1)
    commands.PROGRESS.keep_piece("02.5", "sigmoid", book.exercise_cell("02.5")[0])
    told = commands.unpack(packed).text()
    assert "have not passed on this computer: `neuron` (02.3)" in told and "unpack(mine=True)" in told
    for ask in (lambda: commands.mine_or_reference("neuron"), lambda: commands.checkpoint("03")):
        ask()
        assert not (mine / "ran").exists() and "unpack(mine=True)" in capsys.readouterr().out
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr("my_progress/passed_here.json", "[]")
    assert "which pack() never writes" in commands.unpack(packed).text(), "no file says for itself that it is trusted"
    commands.pack()
    assert "Pieces of yours" in commands.unpack(work.find(mine), mine=True).text()
    commands.mine_or_reference("neuron")
    assert (mine / "ran").exists()


def damaged(whole, dice):
    """A packed file with something wrong: cut, bytes changed or put in, a flag of encryption, pieces exchanged."""
    data, kind = bytearray(whole), dice.randrange(5)
    if kind == 0:
        del data[dice.randrange(len(data)) :]
    elif kind == 1:
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
    elif kind == 2:
        at = dice.randrange(len(data))
        data[at:at] = dice.randbytes(dice.randint(1, 40))
    elif kind == 3:  # a bit of the flags or of the method, in the directory
        at = data.rfind(b"PK\x01\x02", 0, dice.randrange(len(data) // 2, len(data)))
        data[at + dice.randint(6, 12)] ^= 1 << dice.randrange(8)
    else:
        a, b = sorted(dice.sample(range(len(data)), 2))
        data = data[b:] + data[a:b] + data[:a]
    return bytes(data)


COUNT = int(os.environ.get("NNLIB_FUZZ_ARCHIVES", "300"))  # tools/prove.py takes 3,000


def test_every_damaged_archive_gets_the_one_polite_message(home, tmp_path):
    old = home("old")
    begun(old)
    commands.pack()
    whole, dice, said = work.find(old).read_bytes(), random.Random(15), Counter()
    folder = home("new")
    for number in range(COUNT):
        path = tmp_path / "damaged.zip"
        path.write_bytes(damaged(whole, dice))
        report = commands.unpack(path)
        assert "defect" not in report.details, (number, report.text())
        refused = "Nothing was taken out of it: " in report.text()
        said[refused] += 1
        assert refused or "back. Open a lesson anew" in report.text(), report.text()
        if refused:
            assert not [one for one in folder.iterdir() if one.name.startswith(".unpacking")]
    assert said[True] > 0.7 * COUNT, said  # a day or a mode that is another does no harm


def test_on_binder_the_status_says_that_all_will_be_gone(home, monkeypatch):
    home("here")
    assert "Binder" not in commands.status().text()
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    assert "pack()" in commands.status().text()


def test_progress_survives_a_kernel_that_is_killed(home):
    """Every check writes at once: what a new kernel reads is what the old one had."""
    folder = home("here")
    begun(folder)
    again = Progress(folder / "my_progress")
    assert again.read()["02.3"]["outcome"] == "PASSED"
    assert json.loads((folder / "my_progress" / "progress.json").read_text())["exercises"]["02.3"]["tries"] == 2
