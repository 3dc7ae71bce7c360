"""What a learner of version 0.1.0 has: copies of lessons, progress, a packed file. An update never touches them.

`older/imports.json` holds what the lessons of 0.1.0 import; `older/my_work-0.1.0.zip` is what its `pack()` made of the
solved lessons 02 and 03 (the notebook's prose and pictures are cut out of it).
"""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from lessons.checks.remember import book, work
from lessons.checks.remember.progress import Progress, file_of
from lessons.checks.speak import commands, names
from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid

OLDER = Path(__file__).parent / "older"
IMPORTS = json.loads((OLDER / "imports.json").read_text(encoding="utf-8"))
PIECES = {"neuron": "02.3", "Dense": "02.4", "sigmoid": "02.5", "bias_through": "02.6", "merged_bias": "03.3",
          "ReLU": "03.4", "Sigmoid": "03.7"}  # fmt: skip
NETWORK = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.1)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "HOME", tmp_path)
    monkeypatch.setattr(commands, "PROGRESS", Progress(tmp_path / "my_progress"))
    monkeypatch.setattr(commands, "_passed_now", {})
    return tmp_path


@pytest.mark.parametrize("notebook", IMPORTS)
def test_every_import_of_an_older_copy_works_or_names_reset(notebook, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", f"/home/lessons/{notebook}")
    gone = []
    for line in IMPORTS[notebook]:
        try:
            exec(line, {})
        except ImportError as error:
            gone.append(names.older(error))
    assert len(gone) == {"10_hunt_bugs.ipynb": 2}.get(notebook, 0)
    for note in gone:
        assert f'`reset("{notebook[:2]}")` brings its present form, and keeps yours as a backup.' in note


@pytest.mark.parametrize("method", ["save", "load", "export_pytorch"])
@pytest.mark.parametrize("owner", [NeuralNetwork, NETWORK], ids=["class", "network"])
def test_a_method_that_is_a_function_now_says_so(owner, method, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/lessons/15_make_it_yours.ipynb")
    with pytest.raises(AttributeError) as caught:
        getattr(owner, method)
    note = names.older(caught.value)
    assert f"`from nnlib import {method}`" in note and 'reset("15")' in note
    namespace = {}
    exec(f"from nnlib import {method}", namespace)
    assert callable(namespace[method])


def copied(lesson, path, *changes):
    """A learner's copy of a lesson, with changes of its text."""
    cells = book.fresh(book.solved(lesson))["cells"]
    for old, new in changes:
        at = next(k for k, cell in enumerate(cells) if old in "".join(cell["source"]))
        cells[at]["source"] = "".join(cells[at]["source"]).replace(old, new)
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return str(path)


BIAS, WEIGHTS = "- **a** – the bias\n- **b** – the weights", "- **a** – the weights\n- **b** – the bias"
LINES = "B   answer = a_2 >= 0.5\nC   a_1 = bend(z_1)", "B   a_1 = bend(z_1)\nC   answer = a_2 >= 0.5"
TENTH, THIRTIETH = "about a tenth", "less than a thirtieth"
BENDS = f"- **b** – {TENTH}\n- **c** – {THIRTIETH}", f"- **b** – {THIRTIETH}\n- **c** – {TENTH}"


@pytest.mark.parametrize(("ask", "number", "answer", "change"), [
    (commands.check, "03.10", "b", (BIAS, WEIGHTS)), (commands.check, "03.9", "F B A E C", LINES),
    (commands.predict, "03.8", "b", BENDS),
])  # fmt: skip
def test_a_letter_of_another_order_is_not_judged(ask, number, answer, change, home, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", copied("03", home / "03_mine.ipynb", change))
    report = ask(number, answer)
    said = " ".join(report.paragraphs)
    assert said.startswith(f"In your copy of this lesson the answers to {number} stand at other letters than today, so")
    assert '`reset("03")` brings the present form' in said and report.outcome == "NOT ATTEMPTED"
    assert number not in commands.PROGRESS.read()
    monkeypatch.setenv("JPY_SESSION_NAME", copied("03", home / "03_mine.ipynb", (change[0], f"{change[0]} (mine)")))
    assert ask(number, answer).outcome in ("FAILED", "PASSED"), "a word that somebody adds changes nothing"


def test_no_letter_of_today_s_lessons_has_moved(tmp_path, monkeypatch):
    seen = 0
    for lesson in (f"{number:02}" for number in range(16)):
        monkeypatch.setenv("JPY_SESSION_NAME", copied(lesson, tmp_path / f"{lesson}.ipynb"))
        for number, task in book.exercises(lesson).items():
            own = book.asked_in(os.environ["JPY_SESSION_NAME"], number)
            seen += len(own) > 1
            assert names.letters_moved(task) is None and own == book.options(number), number
    assert seen >= 60
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "nowhere.ipynb"))
    assert names.letters_moved(task) is None


def test_other_errors_get_no_such_note():
    for wrong in ("import no_such_package", "from numpy import no_such_name", "(1).save", "'x'.predict"):
        with pytest.raises((ImportError, AttributeError)) as caught:
            exec(wrong, {})
        assert names.older(caught.value) is None, wrong


def test_in_a_kernel_the_note_stands_below_the_error(tmp_path):
    first = "\n".join(IMPORTS["10_hunt_bugs.ipynb"])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(first)])
    environment = os.environ | {"NNLIB_PROGRESS": str(tmp_path), "JPY_SESSION_NAME": "/home/10_hunt_bugs.ipynb"}
    client = NotebookClient(notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}})
    client.execute(env=environment, stderr=subprocess.DEVNULL)
    outputs = notebook.cells[0].outputs
    assert [one.ename for one in outputs if one.output_type == "error"] == ["ModuleNotFoundError"]
    said = "".join(str(one.get("data", {}).get("text/plain", "")) for one in outputs)
    assert '`nnlib.alarms` is not there. If this notebook is an older copy of a lesson, `reset("10")`' in said, said


def test_what_0_1_0_has_packed_is_unpacked_and_its_pieces_run(home):
    shutil.copy(OLDER / "my_work-0.1.0.zip", home)
    told = commands.unpack(mine=True).text()
    assert "Nothing was taken" not in told
    for piece, number in PIECES.items():
        assert commands.PROGRESS.piece(number, piece) is not None, piece
    assert commands.mine_or_reference("sigmoid") is not commands.mine_or_reference("Sigmoid")
    assert (home / "02_build_a_neuron.ipynb").is_file() and "✓ 03.4" in commands.status().text()


def test_a_folder_of_0_1_0_is_read_as_it_lies_and_packed_by_the_names_of_today(home):
    with zipfile.ZipFile(OLDER / "my_work-0.1.0.zip") as file:
        file.extractall(home)
    for piece, number in PIECES.items():
        assert commands.PROGRESS.piece(number, piece) is not None, piece
    commands.PROGRESS.keep_piece("02.5", "sigmoid", book.exercise_cell("02.5")[0])
    assert "left out" not in commands.pack().text()
    with zipfile.ZipFile(work.find(home)) as file:
        held = file.namelist()
        newest = file.read("my_progress/pieces/02.5_sigmoid.py").decode()
    assert {f"my_progress/pieces/{number}_{piece}.py" for piece, number in PIECES.items()} <= set(held)
    assert len({name.lower() for name in held}) == len(held)
    assert newest == book.exercise_cell("02.5")[0]


def test_no_two_pieces_are_one_file_on_a_disk_that_takes_no_notice_of_case():
    pieces = book.pieces()
    assert len({piece.lower() for piece in pieces}) < len(pieces), "sigmoid and Sigmoid"
    assert len({file_of(number, piece).lower() for piece, number in pieces.items()}) == len(pieces)
