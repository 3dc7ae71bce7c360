"""The instructor's demonstrations: what the notebook says is done, as the browser would do it, and is seen."""

import ast
import json
import re
from pathlib import Path

import pytest
from build_demonstrations import DEMONSTRATIONS, NOTEBOOK, Measured, notebook

from widgets import Workbench
from widgets.stage.stand_in import StandIn
from widgets.workbench.buttons import GROUPS, LOOKING

ROOT = Path(__file__).resolve().parents[1]
each = pytest.mark.parametrize("demonstration", DEMONSTRATIONS, ids=lambda one: one.title)


def shown(demonstration):
    """The bench of the notebook's cell, and a browser that shows it."""
    bench = eval(demonstration.code, {"Workbench": Workbench})
    return bench, StandIn(bench)


def measured(bench):
    loss, _, test_loss, right, _, test_right = bench._measures()  # between them, the validation part
    return Measured(loss, test_loss, right, test_right, ills=tuple(name for name, _ in bench.health()))


def test_the_notebook_is_what_its_source_builds():
    assert NOTEBOOK.read_text(encoding="utf-8") == notebook(), "run tools/build_demonstrations.py"


@each
def test_what_is_said_to_be_seen_is_seen(demonstration):
    bench, browser = shown(demonstration)
    for act in demonstration.acts:
        for name, value in (act.change or {}).items():
            browser.set(name, value)
        if act.change:
            browser.press("reset")
        assert browser.frame["failure"] is None, browser.frame["failure"]
        while bench.model.epoch < act.epoch:  # as Play does; a picture for each would take ten times as long
            bench.advance()
        bench.finish_epoch()
        seen = measured(bench)
        assert bench.model.epoch == act.epoch and act.holds(seen), f"{act.do} {act.shows} Seen: {seen}"
    bench.close()


TIMES = {"ten": 10}
SMALL = dict(re.findall(r'small\("(\w+)", "(\w+)"', (ROOT / "widgets/workbench/explorer.js").read_text("utf-8")))


@each
def test_so_many_presses_of_the_button_that_is_named_lead_there(demonstration):
    bench, browser = shown(demonstration)
    for act in demonstration.acts:
        for label, count in re.findall(r"Press \*\*(\w+)\*\* [^.]*?(\w+) times", act.do):
            name = next(name for name, said in SMALL.items() if said == label)
            for _ in range(TIMES[count]):
                browser.press(name)
            assert bench.model.epoch == act.epoch, f"{act.do} Epoch {bench.model.epoch}"
    bench.close()


TEXTS = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "lessons/source").glob("[0-9]*.py"))}
TEXTS |= {one.title: one.text for one in DEMONSTRATIONS}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_button_that_is_a_sign_alone_is_named_with_it_first(text):
    assert {*SMALL.values()} == {"Back", "Step", "Update", "Reset"}
    for label in SMALL.values():
        said = text.partition(f"**{label}**")[2]
        assert not said or said.lstrip("\n# ").startswith("("), f"**{label}** is a sign on the page: {said[:40]!r}"


@each
def test_everything_else_is_locked(demonstration):
    bench, browser = shown(demonstration)
    together = [one for name in demonstration.only for one in GROUPS.get(name, ())]
    for told in bench.controls:
        browser.set(told["name"], getattr(bench, told["name"]))
        free = told["name"] in (*demonstration.only, *together, *LOOKING)
        assert (browser.frame["failure"] is None) == free, f"{told['name']}: {browser.frame['failure']}"
    before = bench.model.parameters.copy()
    for press, detail in (("draw", [0, 0]), ("clear", None), ("paste", "1, 1, 1"), ("value", 3), ("card", "{}")):
        browser.press(press, detail)
        assert "locked" in browser.frame["failure"]["message"], press
    assert (bench.model.parameters == before).all() and bench.data == demonstration.settings["data"]
    bench.close()


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
