"""How the tests are run: nothing twice, nothing left out, and a notebook's cells stay together."""

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import run

ROOT = Path(__file__).resolve().parent.parent


def test_the_parts_of_both_tiers_together_are_the_whole_suite():
    (together, alone), (costly,) = run.parts([]), run.parts(["costly"])
    assert together[together.index("-m") + 1] == "not alone and not costly"
    assert alone[alone.index("-m") + 1] == "alone and not costly"
    assert costly[costly.index("-m") + 1] == "costly"
    assert "-n" not in alone, "what measures has the machine to itself"
    everywhere = [ROOT / "tests", ROOT / "nnlib", ROOT / "widgets", ROOT / "lessons"]
    marked = {file for place in everywhere for file in place.rglob("*.py") if "mark.alone" in file.read_text("utf-8")}
    assert marked - {Path(__file__), Path(run.__file__)} <= {ROOT / word for word in alone}
    for part in (together, alone, costly):
        assert "--durations=20" in part


def test_of_what_is_judged_by_the_hundred_a_fifth_is_met_each_time():
    spec = importlib.util.spec_from_file_location("root_conftest", ROOT / "conftest.py")
    root = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(root)

    def marks(file, test, what):
        item = SimpleNamespace(path=ROOT / f"tests/test_{file}.py", originalname=test, name=f"{test}[{what}]", marks=[])
        item.add_marker = item.marks.append
        root.pytest_itemcollected(item)
        return item.marks

    for file, names in root.JUDGED.items():
        tree = ast.parse((ROOT / f"tests/test_{file}.py").read_text(encoding="utf-8"))
        assert names <= {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
        for name in names:
            left = sum("costly" in marks(file, name, f"02.3 answer {k}") for k in range(900))
            assert 690 < left < 750
    assert marks("checks", "test_solution_passes", "02.3") in ([], ["slow"]), "one of a kind is never left out"


def test_quick_leaves_out_browsers_and_all_notebooks_but_one():
    (part,) = run.parts(["quick", "-x"])
    assert part[part.index("-m") + 1] == "not alone and not slow and not costly"
    assert [word for word in part if word.endswith(".ipynb")] == ["lessons/solutions/02_build_a_neuron.ipynb"]
    assert all((ROOT / word).exists() for word in run.QUICK) and part[-1] == "-x"


@pytest.mark.parametrize("arguments", [["-x", "tests/test_loss.py"], ["-k", "loss"]])
def test_other_arguments_are_pytests(arguments):
    assert run.parts(arguments) == [arguments]


@pytest.fixture
def runs(monkeypatch, tmp_path):
    """Plays pytest: its exit codes are given, its arguments kept."""
    monkeypatch.setattr(run, "FAILED", tmp_path / "lastfailed")
    names = ("tests/test_run.py::test_x[1]", "lessons/gallery.ipynb::Cell 3", "tests/that_is_gone.py::test_x")
    run.FAILED.write_text(json.dumps(dict.fromkeys(names, True)))

    def play(*codes):
        called, left = [], list(codes)
        monkeypatch.setattr(run, "pytest", lambda arguments: called.append(arguments) or left.pop(0))
        return run.main([]), called

    return play


def test_a_failure_of_what_measures_is_one_of_the_whole(runs):
    assert runs(0, 1)[0] == 1
    assert runs(0, 0)[0] == 0


def test_what_failed_side_by_side_is_tried_alone_and_decides(runs):
    ended, called = runs(1, 0, 0)
    again = ["lessons/gallery.ipynb", "tests/test_run.py::test_x[1]"]
    assert ended == 0 and called[1] == ["-m", "not alone and not costly", *again]
    assert called[2][:2] == ["-m", "alone and not costly"], "and then comes what measures"
    assert runs(1, 1, 0)[0] == 1


def test_after_ctrl_c_nothing_more_is_run(runs):
    ended, called = runs(2)
    assert (ended, len(called)) == (2, 1)


def test_side_by_side_every_test_runs_once_and_a_file_stays_with_one_worker(tmp_path):
    for name in "abc":
        body = f"PLACE = []\ndef test_one():\n    PLACE.append(1)\ndef test_two():\n    assert PLACE == [1], {name!r}\n"
        (tmp_path / f"test_{name}.py").write_text(body)
    (tmp_path / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    (tmp_path / "tools").symlink_to(ROOT / "tools")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n2", "--no-loadscope-reorder", "-p", "no:cacheprovider", "-c",
         str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert "6 passed" in told.stdout, told.stdout + told.stderr
