"""The Workbench's panes Check and Compare and its drawer in a real browser: by mouse and by keyboard alone."""

MINE = """
from nnlib import Dense
from widgets import Workbench
class MyDense(Dense):
    def backward(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.grad_weights.T @ dz
Workbench(dense=MyDense, hidden=[4], pane="Check", batch="32", validation=0.3, until=40)
"""
SAID = "document.querySelector('.nn-check .nn-note').innerText.includes"
CHOSEN = SAID.replace(".nn-note", ".nn-chosen")


def test_a_parameter_epsilon_a_twin_dropout_and_a_run_by_mouse_and_keys(lab):
    page = lab.run_cells(MINE)
    bench = page.locator(".nn-workbench")
    cells = bench.locator(".nn-cells .nn-cell")
    cells.nth(16).wait_for()
    said = bench.locator(".nn-check .nn-note").first.inner_text()
    assert "The slopes do not agree: 12 of 17" in said, said
    assert [cells.nth(k).inner_text() for k in (0, 12)] == ["✗", "✓"]
    cells.nth(13).click()
    lab.wait_for(f"{CHOSEN}('weights[0, 1] of block 2')", "cell 13")
    page.keyboard.press("ArrowRight")
    lab.wait_for(f"{CHOSEN}('weights[0, 2] of block 2')", "cell 14")
    assert "return self.grad_weights.T @ dz" in bench.locator(".nn-check .nn-source").inner_text()
    bench.get_by_role("button", name="ε is 10 to the power of -5.").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    lab.wait_for(f"{SAID}('With ε = 1e−07')", "ε two powers smaller")
    box = bench.get_by_role("button", name="ε is 10 to the power of -7.").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"], steps=4)
    page.mouse.up()
    lab.wait_for(f"!{SAID}('With ε = 1e−07')", "a larger ε")

    bench.get_by_role("tab", name="Compare").click()
    bench.get_by_label("One thing changed").wait_for()  # what is hidden takes no focus
    bench.get_by_label("One thing changed").focus()
    page.keyboard.press("Home")
    bench.get_by_role("button", name="Run both").focus()
    page.keyboard.press("Enter")
    lab.wait_for("document.querySelector('.nn-twins').innerText.includes('Not one bit differs')", "equal twins")

    bench.get_by_role("button", name="All settings").click()
    rate = bench.get_by_label("Dropout rate", exact=True)
    rate.click(click_count=3)
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    bench.get_by_label("Schedule").last.select_option("cosine")
    page.keyboard.press("Escape")
    for _ in range(2):  # the second run begins anew, and the first stays beside it
        bench.get_by_role("button", name="Play").click()
        lab.wait_for("document.querySelector('.nn-where').innerText !== 'update 0'", "the run to begin")
        bench.get_by_role("button", name="Play").wait_for()
    bench.locator(".nn-loss .nn-legend").get_by_text("before").wait_for()
    assert bench.evaluate("node => node.getBoundingClientRect().height") <= 590
    assert bench.locator(".nn-loss canvas").bounding_box()["height"] > 70, "two runs are compared by their curves"
    lab.check()
