"""The path through the course: each piece needs only what came before, and lesson 09 is made of the learner's own."""

import ast
import builtins
import json
import os
import subprocess

import nbformat
import wrong_answers
from nbclient import NotebookClient

from lessons.checks.judge import apart
from lessons.checks.judge.learner import names_used
from lessons.checks.remember import book
from lessons.checks.remember.book import exercises, find
from lessons.checks.remember.progress import Progress
from lessons.checks.speak import commands, names

BUILD = [f"{number:02}" for number in range(1, 10)]  # the lessons that build a network from nothing
NUMPY = {"np"}


def pieces_of(lesson):
    return {task.piece: number for number, task in exercises(lesson).items() if task.kind == "write"}


def test_the_solutions_of_lessons_01_to_09_need_numpy_and_earlier_pieces_alone():
    known = set()
    for lesson in BUILD:
        for piece, number in pieces_of(lesson).items():
            used = names_used(book.solution_piece(number, piece)) - set(dir(builtins)) - NUMPY
            used -= {name for name in used if name.startswith("__")}
            assert used <= known | {piece}, f"{number} {piece} leans on {used - known}: nothing before builds it"
            known.add(piece)


def test_lesson_09_runs_on_pieces_of_the_learners_own_and_on_none_of_nnlibs(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "PROGRESS", Progress(tmp_path / "my_progress"))
    monkeypatch.setattr(commands, "_passed_now", {})
    for lesson in BUILD[:-1]:
        for piece, number in pieces_of(lesson).items():
            commands.PROGRESS.update(number, outcome="PASSED", tries=1)
            judged = apart.judge(find(number), book.solution_namespace(number))
            commands._keep(find(number), book.solution_piece(number, piece), judged)
    notebook = nbformat.read(book.paths()["09"], as_version=4)
    place = {"metadata": {"path": str(tmp_path)}}
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place)
    client.execute(env=os.environ | {"NNLIB_PROGRESS": str(tmp_path / "my_progress")}, stderr=subprocess.DEVNULL)
    shown = [str(output.data.get("text/plain", "")) for cell in notebook.cells if cell.cell_type == "code"
             for output in cell.outputs if output.output_type == "display_data"]  # fmt: skip
    brought = [text for text in shown if "is yours" in text or "because exercise" in text]
    assert len(brought) >= 8, brought
    assert not [text for text in brought if "is yours" not in text], brought


def test_there_are_many_exercises_and_many_wrong_answers():
    numbers = [number for lesson in book.paths() for number in exercises(lesson)]
    wrong = {(number, text) for kind in ("BODIES", "CELLS", "LETTERS") for number, _, text in wrong_answers.table(kind)}
    judged = {number for number in numbers if find(number).kind != "predict"}
    told = {number for number, _ in wrong}
    assert len(book.paths()) == 16
    assert len(told & judged) >= 45 and len(wrong) >= 150, f"{len(told & judged)} exercises, {len(wrong)} wrong answers"


def test_every_lesson_is_in_the_readmes_table_with_its_minutes():
    readme = (book.FOLDER.parent / "README.md").read_text(encoding="utf-8")
    for lesson, path in book.paths().items():
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]
        minutes = "".join(first).split("about ")[-1].split(" ")[0]
        row = next((line for line in readme.splitlines() if f"(lessons/{path.name})" in line), "")
        assert row.endswith(f"| {minutes} |"), f"lesson {lesson} says {minutes} minutes, the README: {row!r}"


def test_every_name_that_a_cell_needs_is_known_to_come_from_an_earlier_cell():
    """What a cell that is run too early says: the cell of the same lesson in which the name is made."""
    for lesson in book.paths():
        made, needed = set(), 0
        for cell in book.fresh(book.solved(lesson))["cells"]:
            text = "".join(cell["source"])
            if cell["cell_type"] == "code":
                nodes = list(ast.walk(ast.parse(text)))
                used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
                new = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
                new |= {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ExceptHandler))}
                new |= {node.arg for node in nodes if isinstance(node, ast.arg)} | names._made_by(text)
                for name in used - new - set(dir(builtins)):
                    assert name in made, f"lesson {lesson}: `{name}` is used before it is made, in {text!r}"
                    note = names.where(name, lesson)
                    assert note and ("of lesson" not in note), f"lesson {lesson}, `{name}`: {note}"
                    needed += 1
                made |= names._made_by(text)
        assert needed > 5


def test_a_cell_that_is_run_too_early_says_in_a_kernel_which_one_to_run(tmp_path):
    cells = [cell for cell in book.solved("02")["cells"] if cell["cell_type"] == "code"]
    first, explorer = "".join(cells[0]["source"]), next(
        "".join(cell["source"]) for cell in cells if "Workbench(dense" in "".join(cell["source"])
    )  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in (first, explorer)])
    environment = os.environ | {"NNLIB_PROGRESS": str(tmp_path), "JPY_SESSION_NAME": str(tmp_path / "02_mine.ipynb")}
    client = NotebookClient(notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}})
    client.execute(env=environment, stderr=subprocess.DEVNULL)
    outputs = notebook.cells[1].outputs
    assert [one.ename for one in outputs if one.output_type == "error"] == ["NameError"]
    said = "".join(str(one.get("data", {}).get("text/plain", "")) for one in outputs)
    assert "`kiwis` is made under the heading “Six kiwis”" in said, said
    assert "Run that cell, then this one again." in said
