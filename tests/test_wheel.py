"""The project as a wheel: it holds all that its imports need and nothing else, and it works far from the checkout."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("nnlib", "widgets", "lessons", "nnlib_course")
FILES = ("course_server.py", "course.py", "pyproject.toml", "README.md", "LICENSE", ".gitignore")
BUILT_FROM = (*PACKAGES, "share", *FILES)
TOPLEVEL = "nnlib,widgets,lessons,nnlib_course,course_server.py"
LEFT_BY_WORK = (
    "lessons/my_progress/progress.json", "lessons/my_progress/pieces/neuron.py", "lessons/my_work-2026.zip",
    "lessons/my_runs/run.json", "lessons/.ipynb_checkpoints/02_build_a_neuron-checkpoint.ipynb",
    "lessons/__pycache__/figures.cpython-311.pyc", "nnlib/data/.DS_Store",
)  # fmt: skip
TRIED = r"""
import json, linecache, sys
from pathlib import Path

import lessons.checks, nnlib, widgets
from lessons.checks import check
from lessons.checks.remember import book
from nnlib import data
from nnlib_course import replays

for module in (nnlib, widgets, lessons.checks):
    assert Path(module.__file__).is_relative_to(sys.prefix), f"{module.__name__} comes from {module.__file__}"

loaders = (data.load_zeros_and_ones, data.load_mnist, data.load_digits, data.load_penguins, data.load_breast_cancer)
loaded = [loader.__name__ for loader in loaders if loader()[0].size]

explorers = {}
for kind, _, _ in replays.gallery():
    explorer, what = replays.made(replays.file_name(kind), updates=6)
    assert not explorer.frame["failure"], (kind, explorer.frame["failure"])
    kept = [frame for update in explorer.recording(**what) for moment in update for frame in moment.values()]
    assert len(kept) > 4 and not any(frame["failure"] for frame in kept), (kind, [frame["failure"] for frame in kept])
    explorers[kind] = bool(kept[0]["view"] and "render" in explorer._esm and explorer._css)
    explorer.close()

outcomes = []
stub, right = book.exercise_cell("02.3")[::-1]
for cell, text in {"<blank>": stub, "<right>": right, "<wrong>": right.replace("+ bias", "- bias")}.items():
    linecache.cache[cell] = (len(text), None, text.splitlines(True), cell)
    exec(compile(text, cell, "exec"))
    outcomes.append(str(check("02.3").outcome))
lessons_there = [number for number in book.paths() if "cells" in book.fresh(book.solved(number))]
told = {"loaded": loaded, "explorers": explorers, "outcomes": outcomes, "lessons": lessons_there}
Path("told.json").write_text(json.dumps(told))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of a copy of the project in which somebody has worked."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_*", ".*")
            shutil.copytree(ROOT / name, source / name, ignore=leave)
        else:
            shutil.copy2(ROOT / name, source / name)
    wanted = {path.relative_to(source).as_posix() for name in PACKAGES for path in (source / name).rglob("*.*")}
    wanted -= {path.relative_to(source).as_posix() for path in source.glob("widgets/*/*.png")}  # for who reads
    for name in LEFT_BY_WORK:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("a learner's own")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=source, check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built, wanted | {"course_server.py", "nnlib_course/set_up.py"}


def test_it_holds_every_file_of_the_packages_and_nothing_that_work_leaves_behind(wheel):
    built, wanted = wheel
    with zipfile.ZipFile(built) as file:
        held = set(file.namelist())
    inside = {name for name in held if not name.startswith("nnlib_course-")}
    assert inside == wanted, {"missing": sorted(wanted - inside), "too much": sorted(inside - wanted)}
    beside = sorted(name.partition("/")[2] for name in held - inside)
    assert beside == [
        "METADATA", "RECORD", "WHEEL",
        "data/etc/jupyter/jupyter_server_config.d/nnlib-course.json",
        "data/share/jupyter/lab/settings/overrides.json",
        "entry_points.txt",
        "licenses/LICENSE", "licenses/nnlib/data/MNIST-LICENSE.md", "licenses/nnlib/data/PROVENANCE.md",
    ]  # fmt: skip


def in_the_bare_environment(python, *words, folder):
    unset = ("PYTHONPATH", "NNLIB_PROGRESS", "NNLIB_LESSONS")
    clean = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run([python, *words], cwd=folder, env=clean, capture_output=True, text=True, timeout=300)


def test_it_is_one_for_every_python_and_every_system(wheel):
    assert wheel[0].name.endswith("-py3-none-any.whl")


def test_installed_alone_it_loads_draws_and_checks(wheel, tmp_path):
    import widgets
    from lessons.checks.remember import book

    here = tmp_path / "environment"
    venv.create(here, symlinks=os.name != "nt")
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(here), "platbase": str(here)}))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))  # what the course needs, without the course
    python = Path(sysconfig.get_path("scripts", "venv", {"base": str(here), "platbase": str(here)})) / "python"
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "-q", "--offline", "--no-deps", "--python", str(python),
         str(wheel[0])],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    work = tmp_path / "work"
    work.mkdir()
    done = in_the_bare_environment(python, "-c", TRIED, folder=work)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads((work / "told.json").read_text())
    assert len(told["loaded"]) == 5
    assert told["explorers"] == dict.fromkeys(widgets.__all__, True)
    assert told["outcomes"] == ["NOT ATTEMPTED", "PASSED", "FAILED"]
    assert told["lessons"] == list(book.paths())
    assert (work / "my_progress" / "progress.json").exists(), "progress goes beside the notebook"
    script = python.with_name("nnlib-course.exe" if os.name == "nt" else "nnlib-course")
    done = in_the_bare_environment(script, "doctor", folder=work)
    assert "the course's own" in done.stdout and "Python 3." in done.stdout, done.stdout + done.stderr
    done = in_the_bare_environment(script, "class", "nowhere", folder=work)
    assert done.returncode == 1 and "there is no folder nowhere" in done.stderr
    opens = "import nnlib_course.command as c; c.set_up.hand_over = lambda words, folder: print(*words) or 0; c.main()"
    done = in_the_bare_environment(python, "-c", opens, folder=work)
    assert "--LabApp.default_url=/lab/tree/00_meet_the_network.ipynb" in done.stdout, done.stderr
    assert (work / "nnlib-course" / "15_make_it_yours.ipynb").exists()


def test_the_package_index_would_take_it_and_a_second_build_is_the_same(wheel, tmp_path):
    built, _ = wheel
    hashes = set()
    for name in ("one", "two"):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path / name)],
            cwd=built.parent / "source", check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        (sdist,) = (tmp_path / name).glob("*.tar.gz")
        hashes.add(hashlib.sha256(sdist.read_bytes()).hexdigest())
    assert len(hashes) == 1, "two builds of the same files differ"
    told = subprocess.run([sys.executable, "-m", "twine", "check", "--strict", str(built), str(sdist)],
                          capture_output=True, text=True, timeout=120)  # fmt: skip
    assert told.returncode == 0, told.stdout
    meant = "W002,W004"  # the data's licences stand beside the data too; the lessons' sources are read, not imported
    told = subprocess.run(
        [sys.executable, "-m", "check_wheel_contents", "--toplevel", TOPLEVEL, "--ignore", meant, str(built)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout
