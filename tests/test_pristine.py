"""A notebook may give any name of Python, NumPy and the checks another meaning: no verdict changes, no name is lost."""

import builtins
import os
import random
import sys
import types

import numpy as np
import pytest
from hostile import RIGHT, WRONG
from notebook import Notebook, with_body

from lessons.checks import pristine
from lessons.checks.remember import book
from lessons.checks.remember.progress import Progress
from lessons.checks.speak import commands

KINDS = {
    "true": lambda *_, **__: True,
    "none": None,
    "raising": lambda *_, **__: 1 / 0,
}
MODULES = {"builtins": [builtins], "numpy": [np, np.linalg, np.random]}
MODULES["the checks"] = [module for path, module in sys.modules.items() if path.startswith("lessons.checks")]
UNTOUCHED = {"PROGRESS", "HOME"}  # where work is kept: these may be set


def endless(*_, **__):
    while True:
        pass


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Two notebooks that have run their cell, the right one and the wrong one."""
    monkeypatch.setattr(commands, "PROGRESS", Progress(tmp_path / "my_progress"))
    monkeypatch.setattr(commands, "_passed_now", {})
    right, wrong = Notebook(), Notebook()
    right.run(with_body("02.3", RIGHT))
    wrong.run(with_body("02.3", WRONG))
    return right, wrong


def verdicts(notebooks, changes):
    """What the checks of both notebooks say after the `changes`, which are `[(names of a module, name, value)]`."""
    before = [(names, name, names[name]) for names, name, _ in changes]
    checks, said = [one.names["check"] for one in notebooks], []
    codes = [compile('report = check("02.3")', "<cell>", "exec") for _ in notebooks]
    run, names_of = exec, [one.names for one in notebooks]
    try:
        for names, name, value in changes:
            names[name] = value
        for code, names in zip_(codes, names_of):
            run(code, names)
        after = [names[name] for names, name, _ in changes]
    finally:
        for names, name, value in before:
            names[name] = value
    assert all(found is value for found, (_, _, value) in zip(after, changes, strict=True)), "the notebook's are back"
    said += [one.names["report"] for one in notebooks]
    assert checks == [one.names["check"] for one in notebooks]
    return [report.finding.name if report.finding else str(report.outcome) for report in said]


zip_ = zip


def public(modules):
    """`[(names of a module, name)]` of everything that may be replaced."""
    return [(vars(module), name) for module in modules for name in list(vars(module))
            if not name.startswith("_") and name not in UNTOUCHED]  # fmt: skip


@pytest.mark.parametrize("kind", [*KINDS, "endless"])
@pytest.mark.parametrize("group", MODULES)
def test_all_names_at_once(group, kind, notebooks):
    value = KINDS.get(kind, endless)
    changes = [(names, name, value) for names, name in public(MODULES[group])]
    assert len(changes) > 100
    assert verdicts(notebooks, changes) == ["PASSED", "bias-subtracted"]


SAMPLE = random.Random(15)
EACH = [(group, *SAMPLE.choice(public(MODULES[group]))) for group in MODULES for _ in range(12)]
if os.environ.get("NNLIB_EVERY_NAME"):  # tools/prove.py
    EACH = [(group, *one) for group in MODULES for one in public(MODULES[group])]


@pytest.mark.parametrize(("names", "name"), [one[1:] for one in EACH], ids=[f"{one[0]}: {one[2]}" for one in EACH])
def test_one_name_at_a_time(names, name, notebooks):
    value = SAMPLE.choice([*KINDS.values(), endless])
    assert verdicts(notebooks, [(names, name, value)]) == ["PASSED", "bias-subtracted"]


def test_methods_of_the_checks(notebooks):
    named = [(name, value) for module in MODULES["the checks"] for name, value in vars(module).items()]
    classes = {value for name, value in named if name[0] != "_" and isinstance(value, type)}
    classes = {one for one in classes if one.__module__.startswith("lessons.checks")}
    before = [(one, name, value) for one in classes for name, value in vars(one).items()
              if isinstance(value, types.FunctionType)]  # fmt: skip
    assert len(before) > 40
    run, names = exec, notebooks[1].names
    code = compile('report = check("02.3")', "<cell>", "exec")
    try:
        for one, name, _ in before:
            type.__setattr__(one, name, lambda *_, **__: True)
        run(code, names)
    finally:
        for one, name, value in before:
            type.__setattr__(one, name, value)
    assert names["report"].finding.name == "bias-subtracted"


def test_a_lesson_that_was_changed_before_its_first_check_is_read_anew(notebooks, monkeypatch):
    from lessons.checks import lesson_14

    monkeypatch.setitem(sys.modules, "lessons.checks.lesson_14", lesson_14)
    monkeypatch.setattr(pristine, "_modules", pristine._modules - {"lessons.checks.lesson_14"})
    monkeypatch.setattr(pristine, "_kept", [one for one in pristine._kept if one[0] is not vars(lesson_14)])
    monkeypatch.setattr(lesson_14, "EXERCISES", ())
    assert "There is no `" in notebooks[0].run('check("14.3")').text()


def test_a_lesson_is_found_though_a_list_of_the_folder_was_made_with_another_set(notebooks, monkeypatch):
    monkeypatch.setattr(pristine, "_modules", pristine._modules - {"lessons.checks.lesson_14"})
    monkeypatch.setattr(pristine, "_kept", list(pristine._kept))
    monkeypatch.delitem(sys.modules, "lessons.checks.lesson_14", raising=False)
    listed = sys.path_importer_cache[str(book.CHECKS)]
    monkeypatch.setattr(listed, "_path_cache", {"nothing"})
    assert "There is no `" in notebooks[0].run('check("14.3")').text()


def test_a_name_that_the_notebook_took_away_comes_back_for_the_check_and_is_gone_again(notebooks):
    kept = np.allclose
    del np.allclose
    try:
        assert notebooks[1].run('check("02.3")').finding.name == "bias-subtracted"
        assert not hasattr(np, "allclose")
    finally:
        np.allclose = kept
