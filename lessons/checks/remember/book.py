"""The lessons as files: their titles, their exercise cells, their solutions, and fresh copies of them.

A solved notebook holds everything: an exercise cell carries its number (`exercise`) and the learner's version of
its text (`stub`) in its metadata. `fresh` cuts the learner notebook out of it, for the build and for `reset`
alike, so a fresh copy is there even where the learner works on the course's own files, as on Binder.
"""

import copy
import functools
import importlib.util
import json
import linecache
import os
import re
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from lessons.checks import pristine

FOLDER = Path(__file__).resolve().parents[2]
CHECKS = Path(__file__).resolve().parents[1]
SOLVED_ONLY = "solved-only"


def folder():
    """Where the notebooks are: beside this package, or where `NNLIB_LESSONS` points while they are being built."""
    return Path(os.environ.get("NNLIB_LESSONS") or FOLDER)


@functools.cache
def paths():
    """The solved notebook of every lesson: `{"02": …/solutions/02_build_a_neuron.ipynb}`."""
    found = sorted(folder().glob("solutions/[0-9][0-9]_*.ipynb"))
    return {path.name[:2]: path for path in found}


@functools.cache
def solved(lesson):
    """The solved notebook of a lesson as a dictionary."""
    return json.loads(paths()[lesson].read_text(encoding="utf-8"))


def title(lesson):
    """The lesson's first heading, without the mark."""
    text = solved(lesson)["cells"][0]["source"]
    return "".join(text).splitlines()[0].lstrip("# ").strip()


def fresh(notebook):
    """The learner's version of a solved notebook: solutions cut to stubs, no outputs, no cells of the teacher."""
    fresh = copy.deepcopy(notebook)
    fresh["cells"] = [c for c in fresh["cells"] if SOLVED_ONLY not in c["metadata"].get("tags", ())]
    for cell in fresh["cells"]:
        stub = cell["metadata"].pop("stub", None)
        if stub is not None:
            cell["source"] = stub.splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return fresh


def exercise_cell(number):
    """The solved cell of an exercise: `(solution, stub)`, both as text."""
    for cell in solved(number.split(".")[0])["cells"]:
        if cell["metadata"].get("exercise") == number:
            return "".join(cell["source"]), cell["metadata"].get("stub", "")
    raise KeyError(f"no cell of the solved notebooks has the exercise number {number}")


@functools.cache
def options(number):
    """What stands beside each letter of a question in the lesson: `{"a": "fall in a straight line", …}`."""
    cells = solved(number.split(".")[0])["cells"]
    place = next(k for k, cell in enumerate(cells) if cell["metadata"].get("exercise") == number)
    return beside_letters("".join(cells[place - 1]["source"]))


def beside_letters(asked):
    """What stands beside each letter in the text of a question, or of lines to be put in order."""
    lists = r"^- \*\*(\w)\*\* – (.+(?:\n  .+)*)$", r"^([A-Z])   (.+)$"
    found = next(filter(None, (re.findall(one, asked, re.M) for one in lists)), ())
    return {letter: " ".join(text.split()) for letter, text in found}


def asked_in(notebook, number):
    """What stands beside each letter of a question in a learner's own copy; nothing where that cannot be read."""
    try:
        cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
        texts = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    asks = [before for (_, before), (kind, text) in pairwise(texts) if kind == "code" and f'"{number}"' in text]
    return beside_letters(asks[0]) if asks else {}


@functools.cache
def stub_piece(number, name):
    """What the blank cell of an exercise defines under `name`, to recognise a blank."""
    return _execute(exercise_cell(number)[1], f"<blank of {number}>", {}).get(name)


@functools.cache
def solution_piece(number, name):
    """What the solution of an exercise defines under `name`."""
    return solution_namespace(number)[name]


@functools.cache
def solution_namespace(number):
    """Everything the solutions of a lesson define, up to and with exercise `number`."""
    lesson = number.split(".")[0]
    namespace = {"np": np, "__name__": f"lessons.solutions.{lesson}"}
    for earlier in numbers(lesson, kinds=("write", "by hand")):
        _execute(exercise_cell(earlier)[0], f"<solution of {earlier}>", namespace)
        if earlier == number:
            break
    return namespace


@functools.cache
def changed_piece(number, name, changes):
    """The piece of a solution with a mistake in it: each of `changes` is a text there and what takes its place."""
    text = exercise_cell(number)[0]
    for right, wrong in changes:
        if right not in text:
            raise ValueError(f"the solution of {number} has no {right!r}")
        text = text.replace(right, wrong)
    return _execute(text, f"<mistake in {number}>", dict(solution_namespace(number)))[name]


def numbers(lesson, kinds=None):
    """The numbers of a lesson's exercises in their order, all or of some kinds."""
    return [number for number, task in exercises(lesson).items() if kinds is None or task.kind in kinds]


def exercises(lesson):
    """All exercises of a lesson by number; empty for a lesson that has none."""
    module = exercise_module(lesson)
    return {task.number: task for task in module.EXERCISES} if module else {}


def find(number):
    """The exercise with this number, or None; the 0 that it begins with may be left out of a text."""
    number = number.strip() if isinstance(number, str) else ""
    number = re.sub(r"^\d\.", r"0\g<0>", number)
    return exercises(number.split(".")[0]).get(number)


def exercise_module(lesson):
    """The module that declares a lesson's exercises, or None where there is none."""
    name, path = f"lessons.checks.lesson_{lesson}", CHECKS / f"lesson_{lesson}.py"
    if pristine.is_kept(name):
        return sys.modules[name]
    if not path.is_file():
        return None
    # From its file: `import` asks a list of the folder that was made once, and an altered `set` spoils that for good.
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module
    pristine.keep_module(module)
    return module


def pieces(before=None):
    """Every piece that the course builds: `{"Dense": "02.4"}`; those of lessons before one, if it is given."""
    found = {}
    for lesson in paths():
        if before is not None and lesson >= before:
            break
        found |= {task.piece: task.number for task in exercises(lesson).values() if task.kind == "write"}
    return found


def _execute(text, name, namespace):
    """Run the text of a cell; its lines can be looked up afterwards, by tracebacks and by the explorers."""
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    namespace.setdefault("np", np)
    exec(compile(text, name, "exec"), namespace)
    return namespace
