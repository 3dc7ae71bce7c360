"""Every blank lesson in JupyterLab: all cells run, nothing complains, every exercise is NOT ATTEMPTED, and each of its
explorers answers to the keyboard.
"""

import re

import pytest

from lessons.checks.remember import book
from lessons.checks.remember.book import exercises

EXPLORERS = ".nn-explorer"
FEW = ("02", "06", "10", "12", "14")  # with most kinds of explorers and gates; the others are much like them
LESSONS = [pytest.param(number, marks=[] if number in FEW else pytest.mark.costly) for number in book.paths()]


@pytest.fixture(scope="module")
def page_of_all(new_lab):
    """One browser page for all lessons: opening another notebook in it is much faster than another browser."""
    lab = new_lab(width=1100, height=1400)
    yield lab
    lab.close()


def touch(lab, explorer):
    """Move the first slider, choice or number of an explorer by one key, or press its first button."""
    before = int(explorer.get_attribute("data-frame"))
    field = explorer.locator("input[type=range]:visible, select:visible:enabled, input[type=number]:visible").first
    choice = explorer.locator("input[type=radio]:visible:enabled").first
    if choice.count():
        choice.press("Space")
    elif field.count():
        field.focus()
        for key in ("ArrowDown", "ArrowUp"):  # at an end of its range the one moves nothing, the other does
            lab.page.keyboard.press(key)
            if field.get_attribute("type") == "number":
                lab.page.keyboard.press("Enter")
    else:
        explorer.locator("button:visible:not([aria-disabled=true])").first.press("Enter")
    explorer.evaluate("""(node, before) => new Promise((done, fail) => {
        const end = performance.now() + 60000;
        const look = () => Number(node.dataset.frame) > before ? done() : performance.now() > end
            ? fail(new Error(`no new frame after number ${before}`)) : setTimeout(look, 50);
        look();
    })""", before)  # fmt: skip


def predict(lab, gate):
    """Make the prediction that has been chosen, or that is sketched now; what is behind it opens."""
    sheet = gate.locator(".nn-sheet canvas")
    if sheet.is_visible():
        for key in ("ArrowUp", "ArrowRight", "ArrowUp"):
            sheet.press(key)
    gate.get_by_role("button", name="That is my prediction").click()
    gate.evaluate("""node => new Promise((done, fail) => {
        const end = performance.now() + 60000;
        const look = () => node.dataset.made === "true" && (!node.dataset.inner || node.querySelector(".nn-explorer"))
            ? done() : performance.now() > end ? fail(new Error("no prediction is made")) : setTimeout(look, 50);
        look();
    })""")  # fmt: skip


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_and_its_explorers_answer(page_of_all, lesson):
    lab = page_of_all
    lab.console.clear()
    try:
        page = lab.run(f"lessons/{book.paths()[lesson].name}")
        outputs = [output for cell in lab.cells() for output in cell["outputs"]]
        shown = [output["data"].get("text/plain", "") for output in outputs if output["output_type"] == "display_data"]
        boxes = "\n".join(text if isinstance(text, str) else "".join(text) for text in shown)
        blank = re.findall(r"^○ NOT ATTEMPTED  (\d\d\.\d+)  ", boxes, re.M)
        twice = [number for number, task in exercises(lesson).items() if task.kind == "predict"]  # reveal asks again
        assert sorted(blank) == sorted([*exercises(lesson), *twice])
        assert not re.search(r"^(✗ FAILED|✓ PASSED)", boxes, re.M), boxes
        said = [output["text"] for output in outputs if output.get("name") == "stderr"]
        said = [text for text in said if not text.startswith("Watch: ")]  # a blank lesson's network may well not learn
        assert not said, said
        explorers = page.locator(EXPLORERS)
        explorers.first.wait_for()
        number = 0
        while number < explorers.count():  # a gate that opens adds what is behind it
            explorer = explorers.nth(number)
            explorer.scroll_into_view_if_needed()
            touch(lab, explorer)
            if explorer.get_attribute("data-made") == "false":
                predict(lab, explorer)
            number += 1
        failures = [text for text in page.locator(".nn-failure:visible").all_inner_texts() if text.strip()]
        assert not failures, failures
        lab.check()
    finally:
        lab.server.shut_kernels_down()
