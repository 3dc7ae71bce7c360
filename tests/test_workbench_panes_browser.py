"""The Workbench's panes Check, Compare and Table and its drawer in a real browser: by mouse, by keys, and as seen."""

import pytest

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
SAID = "document.querySelector('.nn-narration').innerText.includes"
CHOSEN = "document.querySelector('.nn-check .nn-chosen').innerText.includes"


def test_a_parameter_epsilon_a_twin_dropout_and_a_run_by_mouse_and_keys(lab):
    page = lab.run_cells(MINE)
    bench = page.locator(".nn-workbench")
    cells = bench.locator(".nn-cells .nn-cell")
    cells.nth(16).wait_for()
    said = bench.locator(".nn-narration").inner_text()
    assert "The slopes do not agree: 12 of 17" in said, said
    assert [cells.nth(k).inner_text() for k in (0, 12)] == ["✗", "✓"]
    cells.nth(13).click()
    lab.wait_for(f"{CHOSEN}('weights[0, 1] of layer 2')", "cell 13")
    page.keyboard.press("ArrowRight")
    lab.wait_for(f"{CHOSEN}('weights[0, 2] of layer 2')", "cell 14")
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
    lab.wait_for(f"{SAID}('Not one bit differs')", "equal twins")

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
    assert bench.evaluate("node => node.offsetHeight") == 900 - 180, "as high as the window leaves"
    assert bench.locator(".nn-loss canvas").bounding_box()["height"] > 70, "two runs are compared by their curves"
    lab.check()


BESIDE = """
from widgets import Workbench
Workbench(hidden=[4], batch="8", pane="Compare")
"""
REFUSED = """
table = Workbench(hidden=[4])
rows = [f"{30 + k % 7},{15 + k % 3},{'?' if k == 5 else 3000 + 10 * k}" for k in range(40)]
table.receive({"kind": "press", "name": "paste", "detail": {"text": "\\n".join(["length,depth,mass", *rows])}})
table.pane = "Table"
table
"""
UNSEEN = """pane => {
    const edge = pane.getBoundingClientRect();
    const parts = [...pane.querySelectorAll(".nn-select, .nn-button, .nn-cell, tr, .nn-ran, .nn-canvas, input")];
    return parts.filter(one => one.checkVisibility()).filter(one => {
        const {top, bottom, height} = one.getBoundingClientRect();
        return height < 12 || top < edge.top - 1 || bottom > edge.bottom + 1;
    }).map(one => one.className || one.tagName);
}"""


@pytest.mark.parametrize("lab", [{"width": 1366, "height": 768}], indirect=True)
def test_on_a_laptop_what_one_works_with_in_a_pane_is_seen_at_once_and_the_network_stays_large(lab):
    lesson = BESIDE.replace('pane="Compare"', "show=('network', 'compare')")  # as lesson 12 shows it
    checked = BESIDE.replace('[4], batch="8", pane="Compare"', "[3, 3], show=('network', 'check')")  # and lesson 08
    lab.open(lab.write(BESIDE, REFUSED, lesson, checked), "lab")
    page = lab.run_all()
    twins, table, alone, slopes = page.locator(".nn-workbench").all()
    for one in (alone, twins):
        one.get_by_role("button", name="Run both").click()
        one.locator(".nn-twins .nn-ran").wait_for()
    assert alone.locator(".nn-pane:not([hidden])").evaluate(UNSEEN) == []
    assert alone.locator(".nn-panes").bounding_box()["height"] > 300, "the room of the time that is not there"
    twins.get_by_role("tab", name="Check").wait_for()
    assert twins.locator(".nn-pane:not([hidden])").evaluate(UNSEEN) == []
    twins.get_by_role("tab", name="Check").click()
    twins.locator(".nn-cell").nth(16).wait_for()
    page.wait_for_timeout(300)
    assert twins.locator(".nn-pane:not([hidden])").evaluate(UNSEEN) == []
    slopes.get_by_label("Mistake put in").select_option(label="The bias is summed, not averaged")
    slopes.locator(".nn-check").get_by_text("Which of the two is a mean?").wait_for()
    page.wait_for_timeout(300)
    assert slopes.locator(".nn-pane:not([hidden])").evaluate(UNSEEN) == [], "every cell, below the longest sentence"

    table.get_by_text("Not taken yet: line 7, column 'mass'").wait_for()
    assert not table.locator(".nn-failure").is_visible(), "it is said once, beside what mends it"
    assert table.locator(".nn-pane:not([hidden])").evaluate(UNSEEN) == []
    assert min(bench.locator(".nn-network canvas").bounding_box()["height"] for bench in (twins, table)) > 150
    lab.check()


RECORDED = """() => {
    window.drawn = new Map();
    const pen = CanvasRenderingContext2D.prototype;
    for (const name of ["clearRect", "drawImage", "fillRect", "fillText"]) {
        const draw = pen[name];
        pen[name] = function (...given) {
            const told = given.slice(name === "drawImage" ? 5 : 0);
            if (name === "clearRect") window.drawn.set(this.canvas, []);
            else window.drawn.get(this.canvas)?.push([name, this.globalAlpha, ...told]);
            return draw.apply(this, given);
        };
    }
}"""


def test_the_cross_of_a_unit_left_out_is_covered_by_no_other_and_names_of_inputs_stand_apart(lab):
    page = lab.run_cells("from widgets import Workbench\nWorkbench(hidden=[16, 16], dropout=0.5)")
    page.evaluate(RECORDED)
    for _ in range(4):
        page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_timeout(1000)
    drawn = page.evaluate("window.drawn.get(document.querySelector('.nn-network canvas'))")
    covers = [one[2:] for one in drawn if one[:2] == ["fillRect", 0.75]]
    assert len(covers) > 4, "of 16 units a half"
    for one in covers:
        number = next(k for k, call in enumerate(drawn) if call[2:] == one)
        assert not [call for call in drawn[number:] if call[0] == "drawImage" and abs(call[2] - one[0]) < 3]
    names = {call[2]: call[4] for call in drawn if call[0] == "fillText" and str(call[2]) in "x₁x₂"}
    assert abs(names["x₁"] - names["x₂"]) > 12
    lab.check()
