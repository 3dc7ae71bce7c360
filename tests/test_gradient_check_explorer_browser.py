"""GradientCheckExplorer in a real browser: cells by mouse and arrow keys, ε by its ring, a class of the notebook."""

MINE = """
from nnlib import Dense
from widgets import GradientCheckExplorer
class MyDense(Dense):
    def backward(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.grad_weights.T @ dz
explorer = GradientCheckExplorer(dense=MyDense)
explorer
"""


def test_mouse_and_keys_choose_a_parameter_and_epsilon(lab):
    page = lab.run_cells(MINE)
    explorer = page.locator(".nn-gradient-check-explorer")
    cells = explorer.locator(".nn-cells .nn-cell")
    cells.nth(16).wait_for()
    said = explorer.locator(".nn-narration")
    assert "The gradient check fails: 12 of 17" in said.inner_text(), said.inner_text()
    assert [cells.nth(k).inner_text() for k in (0, 12)] == ["✗", "✓"]
    cells.nth(13).click()
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('weights[0, 1] of block 2')", "cell 13")
    page.keyboard.press("ArrowRight")
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('weights[0, 2] of block 2')", "cell 14")
    assert "return self.grad_weights.T @ dz" in explorer.locator(".nn-source").inner_text()
    ring = explorer.get_by_role("button", name="ε is 10 to the power of -5.")
    ring.focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('With ε = 1e-07')", "ε two powers smaller")
    explorer.get_by_role("button", name="ε = 0.00001").click()
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('With ε = 1e-05')", "the usual ε")
    box = explorer.get_by_role("button", name="ε is 10 to the power of -5.").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"], steps=4)
    page.mouse.up()
    lab.wait_for("!document.querySelector('.nn-narration').innerText.includes('With ε = 1e-05')", "a larger ε")
    explorer.get_by_label("Hidden layers").get_by_label("Units in hidden layer 1").wait_for()
    lab.check()
