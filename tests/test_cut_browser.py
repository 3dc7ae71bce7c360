"""Nothing of a Workbench is wider than its card, and no word or number in it is cut off without a sign: those of the
lessons as they stand in JupyterLab with the file browser, at any width, and such with long names.
"""

import re
from pathlib import Path

import pytest

from tests.lesson_cells import cells_with

CUT = (Path(__file__).parent / "cut.js").read_text(encoding="utf-8")
WIDTHS = [800, 874, 980, 1080, 1180, 1280, 1366, 1500]  # of the window; of the card 366, the next 440, and so on
LONG = ["""
import numpy as np
from nnlib import Dense, ReLU, read_table
from widgets import Workbench

class TheLayerThatIWroteMyselfInLessonTwo(Dense):
    __repr__ = object.__repr__
class TheBendThatIWroteMyselfInLessonThree(ReLU):
    pass

rng, far = np.random.default_rng(0), "Chinstrap penguins of the Antarctic Peninsula"
measured = rng.normal(size=(90, 3))
rows = [f"{a:.2f},{b:.2f},{c:.2f},{far if a > 0 else 'Adelie penguins of Torgersen Island'}" for a, b, c in measured]
head = "bill length in millimetres,bill depth in millimetres,body mass in grams as it was weighed,species of the bird"
""", """
Workbench(x=read_table("\\n".join([head, *rows]).encode(), quiet=True), hidden=[8], learning_rate=0.0001234)
""", """
Workbench(x=measured[:, :2].T, y=[far if a > 0 else "others" for a in measured[:, 0]], hidden=[8], learning_rate=0.01)
""", """
Workbench(dense=TheLayerThatIWroteMyselfInLessonTwo, activation=TheBendThatIWroteMyselfInLessonThree, hidden=[6, 6, 6])
""", """
toured = Workbench(hidden=[4])
toured.tour([("network", "Here the numbers flow.")])
toured
"""]  # fmt: skip
LESSONS = {name: [re.sub(r'(predict\("[\d.]+", )"\w"', r"\1...", cell) for cell in cells]  # as learners have it
           for name, cells in cells_with("Workbench(").items()}  # fmt: skip
NAMES = "a long label", "long labels", "long names of classes", "a tour"
CASES = {**LESSONS, **dict(zip(NAMES, LONG[1:], strict=True))}


@pytest.fixture(scope="module")
def page(new_lab):
    """The Workbenches of CASES, in their order, after two moments of an update. A theme has colours, no widths."""
    lab = new_lab(width=1366, height=768)
    try:
        cells = [cell for cells in LESSONS.values() for cell in cells] + LONG
        lab.open(lab.write(*cells), "lab")
        page = lab.run_all(seconds=480)
        gates = page.locator(".nn-explorer[data-made=false]")
        for left in range(gates.count(), 0, -1):  # one that is made is no longer among them
            gates.first.locator("input[type=radio]").first.check()
            gates.first.get_by_role("button", name="That is my prediction").click()
            page.wait_for_function(f"document.querySelectorAll('.nn-explorer[data-made=false]').length < {left}")
        page.wait_for_function(f"document.querySelectorAll('.nn-workbench[data-frame]').length === {len(CASES)}")
        for step in page.locator(".nn-workbench").get_by_role("button", name="Step", exact=True).all():
            if step.is_visible():  # a lesson may show no time
                step.click(click_count=2)
        yield page
        lab.check()
    finally:
        lab.close()


def complaints(page, width):
    """What is cut off in each Workbench in a window of this width."""
    page.set_viewport_size({"width": width, "height": 768 if width > 1300 else 900})
    page.wait_for_timeout(900)  # drawn anew, and looked at for what goes on beyond an edge
    benches = page.locator(".nn-workbench").all()
    return [f"{name}: {one}" for name, bench in zip(CASES, benches, strict=True) for one in bench.evaluate(CUT)]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_workbench_is_wider_than_its_card_and_nothing_is_cut_off(page, width):
    assert not (told := complaints(page, width)), "\n".join(told)


def test_with_the_prediction_that_opened_it_one_fits_a_laptop_screen(page):
    page.set_viewport_size({"width": 1366, "height": 768})
    page.wait_for_timeout(900)
    gates = page.locator(".nn-predict:has(.nn-workbench)").all()
    assert len(gates) >= 2
    assert max(gate.bounding_box()["height"] for gate in gates) <= 590


@pytest.mark.costly
def test_nor_in_any_pane(page):
    bench = page.locator(".nn-workbench").nth(list(LESSONS).index(next(name for name in LESSONS if name[:2] == "07")))
    network = bench.locator(".nn-network canvas")
    network.focus()
    for key in ("ArrowRight", "Enter"):
        page.keyboard.press(key)
    told = []
    for tab in bench.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(600)
        bench.evaluate("bench => { for (const one of bench.querySelectorAll('details')) one.open = true; }")
        for width in (800, 949, 1280, 1366):
            page.set_viewport_size({"width": width, "height": 768})
            page.wait_for_timeout(600)
            told += [f"{tab.inner_text()}, {width} px: {one}" for one in bench.evaluate(CUT)]
    assert not told, "\n".join(told)
