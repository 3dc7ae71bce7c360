"""The instructor's demonstrations: what the notebook says is done, as the browser would do it, and is seen."""

import ast
import json
from pathlib import Path

import pytest
from build_demonstrations import DEMONSTRATIONS, NOTEBOOK, Measured, notebook

from widgets import Playground
from widgets.stage.stand_in import StandIn

ROOT = Path(__file__).resolve().parents[1]
each = pytest.mark.parametrize("demonstration", DEMONSTRATIONS, ids=lambda one: one.title)


def shown(demonstration):
    """The playground of the notebook's cell, and a browser that shows it."""
    playground = eval(demonstration.code, {"Playground": Playground})
    return playground, StandIn(playground)


def measured(playground):
    return Measured(*playground._measures(), ills=tuple(name for name, _ in playground.health()))


def test_the_notebook_is_what_its_source_builds():
    assert NOTEBOOK.read_text(encoding="utf-8") == notebook(), "run tools/build_demonstrations.py"


@each
def test_what_is_said_to_be_seen_is_seen(demonstration):
    playground, browser = shown(demonstration)
    for act in demonstration.acts:
        for name, value in (act.change or {}).items():
            browser.set(name, value)
        if act.change:
            browser.press("reset")
        assert browser.frame["failure"] is None, browser.frame["failure"]
        while playground.model.epoch < act.epoch:
            playground.step()
        seen = measured(playground)
        assert playground.model.epoch == act.epoch and act.holds(seen), f"{act.do} {act.shows} Seen: {seen}"
    playground.close()


@each
def test_everything_else_is_locked(demonstration):
    playground, browser = shown(demonstration)
    for told in playground.controls:
        browser.set(told["name"], getattr(playground, told["name"]))
        free = told["name"] in (*demonstration.only, "edges", "mode")
        assert (browser.frame["failure"] is None) == free, f"{told['name']}: {browser.frame['failure']}"
    before = playground.model.parameters.copy()
    for press, detail in (("draw", [0, 0]), ("clear", None), ("paste", "1, 1, 1"), ("value", 3), ("card", "{}")):
        browser.press(press, detail)
        assert "locked" in browser.frame["failure"]["message"], press
    assert (playground.model.parameters == before).all() and playground.data == demonstration.settings["data"]
    playground.close()


def test_each_belongs_to_another_lesson_and_the_notebook_compiles():
    lessons = [one.lesson for one in DEMONSTRATIONS]
    assert lessons == sorted(set(lessons)) and len(lessons) >= 6
    for cell in json.loads(notebook())["cells"]:
        if cell["cell_type"] == "code":
            ast.parse(cell["source"])


def test_they_run_in_the_browser_and_play(lab):
    cells = [cell["source"] for cell in json.loads(notebook())["cells"] if cell["cell_type"] == "code"]
    page = lab.run_cells(cells[0], cells[3])  # the third: activations are free
    explorer = page.locator(".nn-explorer")
    assert explorer.get_by_label("Learning rate", exact=True).first.is_disabled()
    assert explorer.get_by_label("Activation of hidden layer 1").is_enabled()
    explorer.get_by_role("button", name="Play").click()
    explorer.get_by_role("button", name="Pause").click()
    assert explorer.locator(".nn-failure").is_hidden()
