"""ActivationExplorer in JupyterLab: the point dragged and moved by keys, boxes ticked, z typed."""

import pytest

EXPLORER = """import numpy as np
from widgets import ActivationExplorer
class Sigmoid:
    def __call__(self, z):
        return 1 / (1 + np.exp(-z))
explorer = ActivationExplorer(activation=Sigmoid, z=0)
explorer"""
ROWS = "count => document.querySelectorAll('.nn-in-numbers tbody tr').length === count"
Z = "text => document.querySelector('.nn-stats dd')?.textContent === text"


@pytest.mark.parametrize("lab", [{"width": 800}], indirect=True)
def test_the_point_moves_by_mouse_and_keyboard_and_overflow_is_told(lab):
    page = lab.run_cells(EXPLORER)
    root = page.locator(".nn-explorer")
    page.wait_for_function(Z, arg="0.00")
    assert "your Sigmoid" in root.inner_text() and "0.25" in root.inner_text()

    point = root.get_by_role("button", name="The point z")
    box = point.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 62, box["y"] + 12, steps=5)
    page.mouse.up()
    page.wait_for_function("() => Number(document.querySelector('.nn-stats dd').textContent) > 1")

    typed = root.get_by_label("z", exact=True)
    typed.fill("1")
    typed.press("Enter")
    lab.wait_for("document.querySelector('.nn-stats dd').textContent === '1.00'", "z = 1", 15)
    point.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(Z, arg="0.90")

    root.get_by_label("Tanh", exact=True).check()
    page.wait_for_function(ROWS, arg=2)
    typed.fill("-1000")
    typed.press("Enter")
    page.wait_for_function(Z, arg="−1000.0")
    told = root.inner_text()
    assert "your Sigmoid: NumPy warned of “overflow encountered in exp” in your code (cell In[1], line 5)" in told
    assert "flat: f′ is 0, nothing gets through" in told
    lab.check()
