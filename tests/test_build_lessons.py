"""The build: what a source becomes, the same bytes every time, and a readable list where notebooks have drifted."""

import base64
import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from lessons.checks.remember import book

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import build_lessons  # noqa: E402

SOURCE = '''# %% [markdown] slideshow={"slide_type": "slide"}
# # 77 · Try things

# %% exercise="77.1"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    y = x + x
    return y
    ### END SOLUTION

# %% exercise="77.2"
a, b = 1, 2  ### SOLUTION
z = 3  # a number  ### SOLUTION

# %%
print("77.2", "σ(b)")  ### SOLUTION

# %% tags=["teacher"]
note = "for the teacher"

# %% tags=["nbval-check-output"]
print(double(3))
double(4)

# %% tags=["solved-only"]
assert double(3) == 6
'''


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A lessons folder with one small source."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "77_try_things.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(build_lessons, "LESSONS", tmp_path)
    monkeypatch.setattr(build_lessons, "ROOT", tmp_path)
    return tmp_path


def solved_and_learner(house):
    solved = build_lessons.solved_notebook(house / "source" / "77_try_things.py")
    return solved["cells"], book.fresh(solved)["cells"]


def text(cell):
    return "".join(cell["source"])


def test_a_solution_becomes_a_stub_with_its_indentation(house):
    solved, learner = solved_and_learner(house)
    assert text(solved[1]) == 'def double(x):\n    """Twice x."""\n    y = x + x\n    return y'
    assert text(learner[1]) == (
        f'def double(x):\n    """Twice x."""\n    {build_lessons.STUB_COMMENT}\n    ...'
    )


def test_a_line_keeps_its_left_side_and_its_comment(house):
    solved, learner = solved_and_learner(house)
    assert text(solved[2]) == "a, b = 1, 2\nz = 3  # a number"
    assert text(learner[2]) == "a, b = ...\nz = ...  # a number"
    assert text(learner[3]) == 'print("77.2", ...)'


def test_metadata_comes_through(house):
    solved, learner = solved_and_learner(house)
    for cells in (solved, learner):
        assert cells[0]["metadata"] == {"slideshow": {"slide_type": "slide"}}
        assert cells[4]["metadata"] == {"tags": ["teacher"], "jupyter": {"source_hidden": True}}
    assert learner[1]["metadata"] == {"exercise": "77.1"}
    assert solved[1]["metadata"] == {"exercise": "77.1", "stub": text(learner[1])}
    assert len(learner) == len(solved) - 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("### BEGIN SOLUTION\nx = 1", "without '### END SOLUTION'"),
        ("x = 1\n### END SOLUTION", "without '### BEGIN SOLUTION'"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION", "a second"),
        ("for x in y:  ### SOLUTION", "works behind an assignment or a call"),
        ("import x  ### SOLUTION", "works behind an assignment or a call"),
    ],
)
def test_a_source_that_cannot_be_built_says_where(house, capsys, body, said):
    path = house / "source" / "77_try_things.py"
    path.write_text(f"# %% [markdown]\n# # 77\n\n# %%\nbegins = 1\n{body}\n", encoding="utf-8")
    assert build_lessons.main([]) == 1
    printed = capsys.readouterr().out
    assert said in printed and "77_try_things.py" in printed and "begins = 1" in printed


def test_pictures_are_attached(house):
    (house / "pictures").mkdir()
    (house / "pictures" / "dot.png").write_bytes(b"\x89PNG")
    path = house / "source" / "77_try_things.py"
    path.write_text("# %% [markdown]\n# # 77\n#\n# ![A dot](../pictures/dot.png)\n", encoding="utf-8")
    (cell,) = build_lessons.solved_notebook(path)["cells"]
    assert "![A dot](attachment:dot.png)" in text(cell)
    assert base64.b64decode(cell["attachments"]["dot.png"]["image/png"]) == b"\x89PNG"


def test_a_missing_picture_is_named(house, capsys):
    path = house / "source" / "77_try_things.py"
    path.write_text("# %% [markdown]\n# ![A dot](../pictures/none.png)\n", encoding="utf-8")
    assert build_lessons.main([]) == 1
    assert "../pictures/none.png, which is not there" in capsys.readouterr().out


def test_an_inserted_cell_leaves_the_other_ids_alone(house):
    path = house / "source" / "77_try_things.py"
    before = [cell["id"] for cell in build_lessons.solved_notebook(path)["cells"]]
    path.write_text(SOURCE.replace("# %% tags", "# %%\nnew = 1\n\n# %% tags", 1), encoding="utf-8")
    after = [cell["id"] for cell in build_lessons.solved_notebook(path)["cells"]]
    assert len(set(after)) == len(before) + 1
    assert [one for one in after if one in before] == before


def test_equal_cells_have_different_ids(house):
    path = house / "source" / "77_try_things.py"
    path.write_text("# %%\nx = 1\n\n# %%\nx = 1\n\n# %%\nx = 1\n", encoding="utf-8")
    ids = [cell["id"] for cell in build_lessons.solved_notebook(path)["cells"]]
    assert len(set(ids)) == 3


def test_build_check_mend(house, capsys):
    assert build_lessons.main([]) == 0
    learner, solved = house / "77_try_things.ipynb", house / "solutions" / "77_try_things.ipynb"
    for path in (learner, solved):
        nbformat.validate(nbformat.read(path, as_version=4))
    outputs = [cell["outputs"] for cell in json.loads(solved.read_text())["cells"] if cell.get("outputs")]
    assert outputs == [[
        {"name": "stdout", "output_type": "stream", "text": ["6\n"]},
        {"data": {"text/plain": ["8"]}, "execution_count": 5, "metadata": {}, "output_type": "execute_result"},
    ]]  # fmt: skip
    counts = [cell["execution_count"] for cell in json.loads(solved.read_text())["cells"] if cell.get("outputs")]
    assert counts == [5], f"nbval fails a cell with outputs and no count; the counts are {counts}"
    assert not any(cell.get("outputs") for cell in json.loads(learner.read_text())["cells"])

    shutil.copy(learner, house / "78_no_source.ipynb")
    learner.write_text(learner.read_text().replace("double(3)", "double(4)"))
    solved.unlink()
    capsys.readouterr()
    assert build_lessons.main(["--check"]) == 1
    printed = capsys.readouterr().out
    assert "lessons/77_try_things.ipynb differs from its source:" in printed
    assert "double(4)" in printed and "double(3)" in printed
    assert "lessons/solutions/77_try_things.ipynb is missing" in printed
    assert "78_no_source.ipynb has no source" in printed
    assert "python tools/build_lessons.py" in printed


def test_check_knows_a_kept_output_that_was_never_run(house, capsys):
    assert build_lessons.main([]) == 0
    assert build_lessons.main(["--check"]) == 0, capsys.readouterr().out
    solved = house / "solutions" / "77_try_things.ipynb"
    notebook = json.loads(solved.read_text())
    for cell in notebook["cells"]:
        if cell.get("outputs"):
            cell |= {"outputs": [], "execution_count": None}
    solved.write_text(build_lessons.as_text(notebook))
    capsys.readouterr()
    assert build_lessons.main(["--check"]) == 1
    assert "has never been run" in capsys.readouterr().out


def test_a_failing_lesson_stops_the_build(house, capsys):
    path = house / "source" / "77_try_things.py"
    path.write_text(SOURCE.replace("== 6", "== 7"), encoding="utf-8")
    assert build_lessons.main([]) == 1
    printed = capsys.readouterr().out
    assert "77_try_things.py: the solved notebook does not run" in printed and "assert double(3) == 7" in printed
    assert not (house / "77_try_things.ipynb").exists()


def test_the_committed_notebooks_are_what_the_sources_give(capsys):
    assert build_lessons.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("lesson", book.paths())
def test_a_fresh_copy_is_the_learner_notebook(lesson):
    from lessons.checks.speak.commands import as_text

    path = book.FOLDER / book.paths()[lesson].name
    assert as_text(book.fresh(book.solved(lesson))) == path.read_text(encoding="utf-8")


def test_what_was_printed_in_pieces_is_stored_in_one():
    def printed(text, name="stdout"):
        return {"output_type": "stream", "name": name, "text": text}

    result = {"output_type": "execute_result", "data": {"text/plain": "3"}}
    got = build_lessons.whole_streams([printed("1\n"), printed("2\n"), printed("!", "stderr"), result, printed("4\n")])
    assert got == [printed("1\n2\n"), printed("!", "stderr"), result, printed("4\n")], got
