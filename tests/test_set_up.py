"""The real set-up of a copy of the course: the packages of requirements.lock alone run all that a learner can reach."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LESSON = "02_build_a_neuron"
ROOM = 320e6  # bytes of all files but the bytecode, which Python adds as it imports
SECONDS = 100  # ten times what a computer of its own takes
EVERY_MODULE = """
import importlib, pkgutil
names = {"course_server"}
for top in ("nnlib", "widgets", "lessons"):
    package = importlib.import_module(top)
    names.add(top)
    found = (module.name for module in pkgutil.walk_packages(package.__path__, top + "."))
    names.update(name for name in found if not name.endswith("__main__"))
for name in sorted(names):
    importlib.import_module(name)
print(len(names))
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of what git keeps, set up by `course.py`, as a learner's clone is; with the seconds that it took."""
    folder = copied(tmp_path_factory.mktemp("clone") / "course")
    start = time.monotonic()
    told = run(folder, sys._base_executable, "course.py", "class", "--help")
    assert told.returncode == 0, told.stdout + told.stderr
    return folder, time.monotonic() - start


def copied(folder):
    tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    for name in filter(None, tracked):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def run(folder, *command):
    own = ("PYTHONPATH", "NNLIB_PROGRESS", "NNLIB_LESSONS", "PYTEST_ADDOPTS")
    clean = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, timeout=600)


def python(folder):
    return folder / (".venv/Scripts/python.exe" if os.name == "nt" else ".venv/bin/python")


def test_it_is_quick_and_small(clone):
    folder, seconds = clone
    sizes = {path: path.lstat().st_size for path in (folder / ".venv").rglob("*")}
    size = sum(size for path, size in sizes.items() if path.suffix != ".pyc")
    print(f"set up in {seconds:.1f} s, {size / 1e6:.0f} MB, {sum(sizes.values()) / 1e6:.0f} MB with bytecode")
    assert seconds < SECONDS
    assert size < ROOM


def test_every_module_that_a_learner_can_reach_is_imported(clone):
    told = run(clone[0], python(clone[0]), "-W", "error", "-c", EVERY_MODULE)
    assert told.returncode == 0, told.stderr[-3000:]
    assert int(told.stdout) > 100


def test_a_lesson_runs_and_its_outputs_are_the_kept_ones(clone):
    told = run(clone[0], python(clone[0]), "-m", "pytest", "-q", f"lessons/solutions/{LESSON}.ipynb")
    assert told.returncode == 0, told.stdout[-3000:]


def test_doctor_finds_all_well(clone):
    told = run(clone[0], sys._base_executable, "course.py", "doctor")
    assert "packages at the locked versions" in told.stdout, told.stdout
    assert "set up in" in told.stdout and "settings" in told.stdout
    assert told.returncode == 0 or "memory are free" in told.stdout, told.stdout


@pytest.mark.skipif(os.name == "nt", reason="the line of the README as a shell of Linux and macOS reads it")
def test_uv_alone_sets_it_up_and_starts_it_as_the_front_page_says(tmp_path, monkeypatch):
    folder = copied(tmp_path / "course")
    told = " ".join((folder / "README.md").read_text(encoding="utf-8").split())
    set_up, start = re.search(r"`(uv venv && [^`]+)`, then `(uv run [^`]+)`", told).groups()
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)  # where the tests have uv
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    for command in (set_up, f"{start} doctor"):
        done = run(folder, "sh", "-c", command)
        assert done.returncode == 0 or "memory are free" in done.stdout, done.stdout + done.stderr
    assert "widgets, front end as back end" in done.stdout, done.stdout
