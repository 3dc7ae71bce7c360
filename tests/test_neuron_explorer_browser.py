"""NeuronExplorer in JupyterLab: the line dragged, slid and turned by keys, and the sliders that follow."""

import pytest

EXPLORER = """import numpy as np
from widgets import NeuronExplorer
class MyDense:
    def __init__(self, units):
        self.units = units
    def __call__(self, inputs):
        return self.weights @ inputs + self.bias
explorer = NeuronExplorer(dense=MyDense, w1=2, w2=1, bias=-0.5)
explorer"""
VALUE = "([label, value]) => [...document.querySelectorAll('.nn-field')].find(f => f.textContent.includes(label))"
VALUE += ".querySelector('input[type=number]').value === value"
CHANGED = "([label, value]) => " + VALUE.removeprefix("([label, value]) => ").replace("===", "!==")


@pytest.mark.parametrize("lab", [{"theme": "dark", "subshells": "perCommTarget"}], indirect=True)
def test_the_line_is_dragged_and_moved_by_keys(lab):
    page = lab.run_cells(EXPLORER)
    root = page.locator(".nn-explorer")
    page.wait_for_function(VALUE, arg=["Bias b", "-0.5"])

    def values():
        return [root.get_by_label(name, exact=True).input_value() for name in ("Weight w₁", "Weight w₂", "Bias b")]

    assert "return self.weights @ inputs + self.bias" in root.inner_text()
    assert root.locator(".nn-together").count() == 4, "a sign stays with the matrix that follows it"
    assert root.locator(".nn-terms > .nn-operator").count() == 0

    slide = root.get_by_role("button", name="Slide the line")
    box = slide.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 72, box["y"] + 12, steps=6)
    page.mouse.up()
    page.wait_for_function(CHANGED, arg=["Bias b", "-0.5"])
    page.wait_for_timeout(1000)  # a field that was touched follows a moment later
    w1, w2, bias = values()
    assert (w1, w2) == ("2", "1") and float(bias) < -0.5, f"sliding to the right lowers the bias alone: {w1, w2, bias}"

    slide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(CHANGED, arg=["Bias b", bias])
    assert values()[:2] == ["2", "1"]

    turn = root.get_by_role("button", name="Turn the line")
    turn.focus()
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function(CHANGED, arg=["Weight w₂", "1"])
    assert float(values()[1]) > 1

    before = root.locator(".nn-plane canvas").evaluate("canvas => canvas.toDataURL()")
    root.get_by_label("Data set").select_option("xor")
    page.wait_for_function("() => /of 60/.test(document.querySelector('.nn-stats dd').textContent)")
    root.get_by_role("button", name="Reset").click()
    page.wait_for_function(VALUE, arg=["Weight w₂", "1"])
    assert root.locator(".nn-plane canvas").evaluate("canvas => canvas.toDataURL()") != before
    lab.check()
