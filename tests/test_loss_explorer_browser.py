"""LossExplorer in a real browser: dragging, the keyboard, and a loss written in the notebook."""

import itertools

import pytest

MINE = """
import numpy as np
from widgets import LossExplorer
class MyLoss:
    def __call__(self, output, labels):
        return float(-(labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean())
    def gradient(self, output, labels):
        return (output - labels) / (output * (1 - output))
explorer = LossExplorer(loss=MyLoss, probability=0.3)
explorer
"""


def test_pointer_and_keys_move_the_answer(lab):
    page = lab.run_cells(MINE)
    explorer = page.locator(".nn-loss-explorer")
    table = explorer.locator(".nn-numbers")
    table.get_by_text("your MyLoss").wait_for()
    assert "1.204" in table.inner_text(), "−log 0.3"
    assert "your code" in explorer.locator(".nn-source").inner_text()
    handle = explorer.get_by_role("button", name="The probability a = 0.3.")
    box = handle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 10, steps=4)
    page.mouse.up()
    lab.wait_for("!document.querySelector('.nn-loss-explorer .nn-stats').innerText.includes('0.3')", "a smaller a")
    number = explorer.get_by_label("Probability a", exact=True)
    number.click(click_count=3)
    page.keyboard.type("0.5")
    page.keyboard.press("Tab")
    explorer.get_by_role("button", name="The point z = 0.").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    lab.wait_for("document.querySelector('.nn-loss-explorer .nn-stats').innerText.includes('0.3775')", "σ(−0.5)")
    explorer.get_by_label("Absolute error").check()
    table.get_by_text("Absolute error").wait_for()
    assert table.locator("tbody tr").count() == 3


LISTEN = """() => {
    window.written = new Map();  // of each picture: its words, and the curves: lines of more than a hundred places
    const pen = CanvasRenderingContext2D.prototype, {fillText, beginPath, moveTo, lineTo, stroke} = pen;
    const of = (canvas) => written.get(canvas) ?? written.set(canvas, {names: {}, curves: []}).get(canvas);
    let line = [];
    pen.fillText = function (text, x, y) {
        of(this.canvas).names[text] = [x, y, x + this.measureText(text).width];
        return fillText.apply(this, arguments);
    };
    pen.beginPath = function () { line = []; return beginPath.apply(this); };
    pen.moveTo = function (x, y) { line.push([x, y]); return moveTo.apply(this, arguments); };
    pen.lineTo = function (x, y) { line.push([x, y]); return lineTo.apply(this, arguments); };
    pen.stroke = function () {
        if (line.length > 100) of(this.canvas).curves.push(line);
        return stroke.apply(this, arguments);
    };
}"""
SWATCH, HALF = 22, 6  # pixels: what stands before a name, and half its height


@pytest.mark.parametrize("lab", [{"width": 1000, "height": 768}, {"width": 1366, "height": 768}], indirect=True)
def test_no_name_of_a_loss_lies_upon_another_or_upon_a_curve(lab):
    page = lab.run_cells(MINE.replace("MyLoss", "BinaryCrossEntropy"))
    explorer = page.locator(".nn-loss-explorer")
    page.evaluate(LISTEN)
    names = ["your BinaryCrossEntropy", "Squared error"]
    for name in ("Absolute error", "Huber", "Cross-entropy"):
        names.append(name)
        page.evaluate("written.clear()")
        explorer.get_by_label(name, exact=True).check()
        drawn = f"[...written.values()].every((one) => {names}.every((it) => it in one.names))"
        lab.wait_for(f"written.size === 2 && {drawn}", "all names in both pictures")
        for written in page.evaluate("[...written.values()]"):
            places = [(name, *written["names"][name]) for name in names]
            for (one, left, high, right), (other, begins, level, ends) in itertools.combinations(places, 2):
                assert right < begins or ends < left or abs(high - level) >= 12, f"{one} upon {other}"
            last = written["curves"][-len(names) :]  # as it was drawn last
            assert len(last) == len(names)
            for (name, left, level, right), curve in itertools.product(places, last):
                for (x0, y0), (x1, y1) in itertools.pairwise(curve):
                    if x1 >= left - SWATCH and x0 <= right:
                        assert max(y0, y1) < level - HALF or min(y0, y1) > level + HALF, f"a curve through {name}"
