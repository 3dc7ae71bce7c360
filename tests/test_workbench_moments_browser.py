"""Moments of the Workbench in JupyterLab: what hand and eye meet."""

import contextlib
import re

import pytest

EXPLORER = """from stepping import recorded
explorer = recorded(pane="Code", numbers="all examples")
explorer"""
BOTH = pytest.mark.parametrize("lab", [{"subshells": "disabled"}, {"subshells": "perCommTarget"}], indirect=True,
                               ids=["main thread", "subshells"])  # fmt: skip
SHEETS = """[...root.querySelectorAll('.nn-stage canvas:not([aria-hidden])')].filter(
    canvas => canvas.getClientRects().length)"""
PICTURES = f"root => {SHEETS}.map(canvas => canvas.toDataURL())"
DRAWN = f"""root => root.dataset.frame > 0 && {SHEETS}.every(canvas =>
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0))"""


class Shown:
    """One explorer on the page: presses its buttons and reads what it shows."""

    def __init__(self, lab, number=0):
        self.lab, self.page = lab, lab.page
        self.root = lab.page.locator(".nn-explorer").nth(number)
        self.page.emulate_media(reduced_motion="reduce")  # what flows along the weights stands still
        self.root.wait_for()
        self.until(DRAWN, "the first picture")

    def until(self, condition, what, argument=None, seconds=60):
        """Wait for a JavaScript function of the explorer's element to be true."""
        node = self.root.element_handle()
        script = f"([root, value]) => ({condition})(root, value)"
        try:
            self.page.wait_for_function(script, arg=[node, argument], timeout=seconds * 1000, polling=50)
        except Exception as error:
            raise AssertionError(f"waited {seconds} s for {what}; the explorer shows: {self.text()}") from error

    def text(self):
        return re.sub(r"\s+", " ", self.root.inner_text())

    def press(self, label):
        """Press a button, and wait for the next frame."""
        before = self.root.get_attribute("data-frame")
        self.root.get_by_role("button", name=label, exact=True).click()
        self.until("(root, before) => root.dataset.frame !== before", f"a frame after {label}", before)
        self.settle()

    def tab(self, name):
        """Open a pane."""
        self.root.get_by_role("tab", name=name).click()
        self.until("(root, name) => root.querySelector('[aria-selected=true]').textContent === name", name, name)
        self.settle()

    def settle(self):
        """Until what has been sent is drawn."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def pictures(self):
        return self.root.evaluate(PICTURES)

    @property
    def where(self):
        return self.root.get_by_role("slider", name="Recorded update").get_attribute("aria-valuetext")

    @property
    def update(self):
        return int(re.sub(r"\D", "", self.root.locator(".nn-where").inner_text()))

    @property
    def playing(self):
        return self.root.get_attribute("data-playing") == "true"

    def until_where(self, text):
        self.until("(root, text) => root.querySelector('.nn-scrubber input').ariaValueText === text", text, text)
        self.settle()


@BOTH
def test_slider_step_step_back_play_and_pause_change_what_is_on_the_screen(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    assert shown.where == "Update 1, moment 1 of 12"
    first = shown.pictures()

    shown.press("Step")
    assert shown.where == "Update 1, moment 2 of 12"
    assert "output = tanh(z)" in shown.text()
    second = shown.pictures()
    assert second[0] != first[0], "the diagram marks the place of the moment"

    shown.press("Back")
    assert shown.where == "Update 1, moment 1 of 12"
    assert shown.pictures() == first, "stepping back shows exactly what was there"

    shown.press("Update")
    shown.press("Update")
    assert shown.where == "Update 2, moment 12 of 12"
    assert shown.pictures()[1] != first[1], "the decision map has moved"
    assert shown.pictures()[2] != first[2], "so has the loss curve"

    shown.press("Play")
    shown.until("root => Number(root.querySelector('.nn-where').textContent.replace(/\\D/g, '')) > 40", "40 updates")
    shown.press("Pause")
    shown.until("root => root.dataset.playing === 'false'", "the end of Play")
    at, pictures = shown.update, shown.pictures()
    lab.page.wait_for_timeout(400)
    assert (shown.update, shown.pictures()) == (at, pictures), "nothing moves after Pause"

    slider = shown.root.get_by_role("slider", name="Noise, slider")
    slider.focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowRight")
    shown.until("root => root.querySelector('.nn-data input[type=number]').value === '0.15'", "0.15")
    shown.until_where("Update 0, nothing recorded yet")
    assert shown.pictures()[1] != first[1], "more noise, other points"
    lab.check()


def test_the_keyboard_alone_does_everything(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    press = lab.page.keyboard.press

    def focused():
        return lab.page.evaluate("""() => {
            const node = document.activeElement;
            return node.labels?.[0]?.textContent.trim() || node.getAttribute('aria-label') || node.textContent.trim();
        }""")

    shown.root.get_by_role("button", name="Play", exact=True).focus()
    names = [focused()]
    while names[-1] != "The source lines that ran" and len(names) < 60:
        press("Tab")
        names.append(focused())
    for name in (
        "Play", "Back", "Step", "Update", "Reset", "Recorded update", "Learning rate", "Full screen", "All settings",
        "Data", "Noise, slider", "Hidden layers: add one", "The network", "What the network answers",
        "The loss of each part", "Code",
    ):  # fmt: skip
        assert any(name in found for found in names), f"Tab does not reach {name!r}; it reached {names}"

    shown.root.get_by_role("button", name="Step", exact=True).focus()
    press("Enter")
    shown.until_where("Update 1, moment 2 of 12")
    press(" ")
    shown.until_where("Update 1, moment 3 of 12")
    press("End")
    shown.until_where("Update 1, moment 12 of 12")
    press("ArrowLeft")
    shown.until_where("Update 1, moment 11 of 12")

    shown.root.locator(".nn-network canvas").focus()
    press("ArrowDown")
    press("ArrowDown")
    assert re.search(r"weights\[0, 1\] = −?\d", shown.root.locator(".nn-network output").inner_text())
    shown.root.locator(".nn-decision-map canvas").focus()
    press("ArrowRight")
    press("ArrowRight")
    assert "x₁ 0.05" in shown.root.locator(".nn-decision-map output").inner_text()

    rate = shown.root.get_by_role("spinbutton", name="Learning rate")
    rate.focus()
    press("Control+A")
    lab.page.keyboard.type("0.25")
    press("Enter")
    shown.until("root => root.querySelector('.nn-time-row .nn-slider input').value === '0.25'", "the rate 0.25")

    shown.root.get_by_role("button", name="Step", exact=True).focus()
    for key in ("x", "d", "d", "a"):  # JupyterLab's commands to cut, delete and insert a cell
        press(key)
    assert len(lab.cells()) == 1 and shown.root.is_visible()


MY_DENSE = """\
import numpy as np
from stepping import recorded

class MyDense:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype):
        self.weights = rng.normal(size=(self.units, features))
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        return self.weights @ x + self.bias
"""
SHOW = "recorded(dense=MyDense, pane='Code', numbers='all examples')"


@BOTH
def test_a_dense_class_from_the_notebook_is_what_runs(lab):
    lab.run_cells(MY_DENSE, SHOW)
    shown = Shown(lab)
    ran = shown.root.locator(".nn-ran code").all_inner_texts()
    assert ran == ["return self.weights @ x + self.bias"]
    assert "MyDense.__call__, cell In[1] — your code" in shown.text()
    assert "(4, 2) @ (2, 200) + (4, 1) → (4, 200)" in shown.text()
    shown.press("Update")
    assert shown.where == "Update 1, moment 12 of 12"
    shown.root.get_by_role("button", name="All settings").click()
    settings = shown.root.get_by_role("group", name="All settings")
    assert settings.get_by_text("Dropout rate", exact=True).is_visible()
    assert not settings.get_by_text("Initialiser", exact=True).is_visible(), "MyDense draws its weights itself"


@BOTH
def test_a_mistake_in_the_learners_class_is_shown_and_the_explorer_lives_on(lab):
    broken = MY_DENSE + """
    def parameter_gradients(self, grad_output):
        if broken:
            raise RuntimeError("<b>not</b> written yet")
        self.grad_weights = grad_output @ self.inputs.T / grad_output.shape[1]
        self.grad_bias = grad_output.mean(axis=1, keepdims=True)
broken = False
"""
    lab.run_cells(broken, SHOW, "globals().update(broken=True)")
    shown = Shown(lab)
    shown.press("Update")
    shown.press("Step")
    alert = shown.root.get_by_role("alert")
    assert "RuntimeError: <b>not</b> written yet" in alert.inner_text()
    assert "In your code (cell In[1]), line 17:" in alert.inner_text()
    assert 'raise RuntimeError("<b>not</b> written yet")' in alert.inner_text()
    shown.press("Play")
    shown.until("root => root.dataset.playing === 'false'", "Play to give up")
    shown.press("Back")
    assert not alert.is_visible(), "the next press clears the message"
    assert shown.where == "Update 1, moment 11 of 12"


def test_running_the_cell_again_leaves_nothing_behind(lab):
    lab.run_cells(EXPLORER, "from widgets.stage.base import Explorer\nimport asyncio, gc\n"
                  "from widgets.stage.kernel import BY_CELL\n"
                  "await asyncio.sleep(0.5)  # a cancelled task ends when the loop next comes to it\n"
                  "explorers = [one for one in gc.get_objects() if isinstance(one, Explorer) and not one.closed]\n"
                  "tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith('Play of')]\n"
                  "print(len(explorers), len(tasks), sum(len(made) for _, made in BY_CELL.values()))")
    for _ in range(3):
        Shown(lab).press("Play")
        lab.page.wait_for_timeout(300)
        lab.run_all()
    assert lab.page.locator(".nn-explorer").count() == 1
    assert lab.text_of(1) == "1 0 1\n", "explorers, running tasks, explorers remembered"


def test_two_views_of_one_explorer_show_the_same(lab):
    lab.run_cells(EXPLORER, "explorer")
    one, other = Shown(lab, 0), Shown(lab, 1)
    one.press("Step")
    other.until_where("Update 1, moment 2 of 12")
    other.press("Play")
    one.until("root => root.dataset.playing === 'true'", "Play in the other view")
    one.press("Pause")
    other.until("root => root.dataset.playing === 'false'", "Pause in the other view")
    one.settle()
    assert one.where == other.where


def test_after_a_kernel_restart_it_says_so_and_the_cell_runs_again(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    shown.press("Play")
    lab.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    told = "root => root.querySelector('.nn-notice').textContent.includes('run its cell again')"
    shown.until(told, "the explorer to say that its kernel has gone")
    lab.wait_for("jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'", "a new kernel")
    lab.run_all()
    again = Shown(lab)
    again.press("Step")
    assert again.where == "Update 1, moment 2 of 12"


@BOTH
def test_200_slider_events_in_two_seconds_end_in_the_last_state(lab):
    lab.run_cells(EXPLORER, "print(explorer.noise)")
    shown = Shown(lab)
    shown.root.evaluate("""async root => {
        const slider = root.querySelector('.nn-data input[type=range]');
        for (let k = 0; k < 200; k += 1) {
            slider.value = k === 199 ? 37 : k % 50;
            slider.dispatchEvent(new Event('input', {bubbles: true}));
            await new Promise(done => setTimeout(done, 10));
        }
    }""")
    lab.page.wait_for_timeout(1500)
    assert shown.root.get_by_role("spinbutton", name="Noise").input_value() == "0.37"
    assert shown.root.get_by_role("slider", name="Noise, slider").input_value() == "37"
    lab.page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
    lab.check()


def test_a_busy_kernel_answers_when_it_is_free(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    lab.page.evaluate("""() => { jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute(
        {code: 'import time; time.sleep(2)'}); }""")
    step = shown.root.get_by_role("button", name="Step", exact=True)
    for _ in range(3):
        step.click()
    shown.until_where("Update 1, moment 4 of 12")


@pytest.mark.parametrize("lab", [{"theme": "dark", "width": 800}, {"width": 640, "height": 450}], indirect=True,
                         ids=["800 wide, dark", "200 %"])  # fmt: skip
def test_nothing_is_cut_off_in_a_narrow_window(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    for _ in range(6):
        shown.press("Step")
    wide = shown.root.evaluate("""root => {
        const edge = root.getBoundingClientRect().right + 1;
        return [...root.querySelectorAll('*')].filter(node => node.getBoundingClientRect().right > edge
            && !node.closest('.nn-code') && !node.closest('.nn-hidden') && !scrolled(node))
            .map(node => node.className || node.tagName);
        function scrolled(node) {  // what stands in a pane that scrolls sideways can be reached
            for (let one = node.parentElement; one && one !== root; one = one.parentElement) {
                if (/auto|scroll/.test(getComputedStyle(one).overflowX)) { return true; }
            }
            return false;
        }
    }""")
    assert wide == []


def test_the_theme_changes_the_pictures_at_once(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    light = shown.pictures()
    lab.page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    lab.wait_for("document.body.dataset.jpThemeLight === 'false'", "the dark theme")
    other = f"(root, light) => ({PICTURES})(root).every((picture, k) => picture !== light[k])"
    shown.until(other, "all three pictures in dark colours", light, seconds=20)


def test_what_a_learner_names_is_text_and_never_html(lab):
    name = "<img src=x onerror=window.hacked=1>"
    renamed = f"""
MyDense.__qualname__ = MyDense.__name__ = {name!r}
MyDense.__repr__ = lambda self: type(self).__name__
Bend = type({name!r}, (), {{"__call__": lambda self, z: z, "gradient": lambda self, z: z * 0 + 1}})
recorded(dense=MyDense, activation=Bend, pane="Code")"""
    lab.run_cells(MY_DENSE, renamed)
    shown = Shown(lab)
    for _ in range(12):
        shown.press("Step")
    assert name in shown.text()
    assert shown.root.locator("img").count() == 0
    assert lab.page.evaluate("window.hacked") is None


LIT = """root => [...root.querySelectorAll('.nn-moment .nn-lit')].map(node =>
    `${node.closest('.nn-code') ? 'code' : node.closest('.nn-formula') ? 'equation' : node.tagName} ${
        node.dataset.name ?? node.dataset.cell}`)"""


def find_edge(shown, diagram):
    """Move the pointer down between the first two columns until it is on a weight; returns its match [unit, input]."""
    diagram.scroll_into_view_if_needed()
    box = diagram.bounding_box()
    for down in range(60, int(box["height"]), 3):
        shown.page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + down)
        edge = re.match(r"weights\[(\d), (\d)\]", shown.root.locator(".nn-network output").inner_text())
        if edge:
            return edge
    raise AssertionError("no weight under the pointer")


def test_what_is_pointed_at_lights_up_in_the_code_the_equation_and_the_diagram(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    network, said = shown.pictures()[0], shown.root.locator(".nn-lit-readout")
    weights = shown.root.locator(".nn-matrix[data-name=weights]")

    shown.root.locator(".nn-ran .nn-name[data-name=weights]").hover()
    assert {"code weights", "equation weights", "FIGURE weights"} == set(shown.root.evaluate(LIT))
    assert said.inner_text() == "weights: the lines that lead to layer 1"
    whole = shown.pictures()[0]
    assert whole != network, "the lines light up"

    weights.locator("td").nth(3).hover()
    assert {"code weights", "equation weights", "FIGURE weights", "TD 1,1"} == set(shown.root.evaluate(LIT))
    assert re.fullmatch(r"weights\[1, 1\] = −?[\d.]+: from x₂ to unit 1 of layer 1", said.inner_text())
    assert shown.pictures()[0] not in (network, whole), "one line of them"

    diagram = shown.root.locator(".nn-network canvas")
    edge = find_edge(shown, diagram)
    lit = shown.root.evaluate(LIT)
    assert f"TD {edge[1]},{edge[2]}" in lit and "code weights" in lit and "equation weights" in lit

    box = diagram.bounding_box()
    lab.page.mouse.move(box["x"] + 1, box["y"] + 1)
    assert shown.root.evaluate(LIT) == []


def test_the_keys_light_up_the_same(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    press, said = lab.page.keyboard.press, shown.root.locator(".nn-lit-readout")

    shown.root.locator(".nn-matrix[data-name=weights] table").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight"):
        press(key)
    assert said.inner_text().startswith("weights[2, 1] = ")
    assert "from x₂ to unit 2 of layer 1" in said.inner_text()
    shown.root.locator(".nn-formula").first.focus()
    press("ArrowRight")
    press("ArrowRight")
    assert said.inner_text() == "weights: the lines that lead to layer 1"
    shown.root.get_by_label("The source lines that ran").first.focus()
    press("ArrowRight")
    assert "equation weights" in shown.root.evaluate(LIT)

    shown.root.locator(".nn-network canvas").focus()
    press("ArrowDown")
    assert "TD 0,0" in shown.root.evaluate(LIT)
    for _ in range(8):  # past the eight weights: the first unit of layer 1
        press("ArrowDown")
    assert {"FIGURE output", "FIGURE bias", "TD 0,0", "code bias"} <= set(shown.root.evaluate(LIT))
    shown.root.get_by_role("button", name="Step", exact=True).focus()
    assert shown.root.evaluate(LIT) == []


def tracer_title(shown, title):
    shown.until("(root, title) => root.querySelector('.nn-tracer h3').textContent === title", title, title)


def test_a_weight_is_traced_by_click_and_by_keyboard(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    tracer, press = shown.root.locator(".nn-tracer"), lab.page.keyboard.press
    assert not tracer.is_visible()
    shown.tab("Chain")

    edge = find_edge(shown, shown.root.locator(".nn-network canvas"))
    lab.page.mouse.down()
    lab.page.mouse.up()
    tracer_title(shown, f"grad_weights[{edge[1]}, {edge[2]}] of layer 1 in update 1")
    assert shown.root.locator(".nn-weight").is_hidden(), "its box would lie upon the traced way"
    rows = tracer.get_by_role("row").all_inner_texts()
    assert len(rows) == 6 and rows[-1].startswith("Mean over 200 examples")
    assert tracer.locator("tr[data-agrees=true]").count() == 3
    assert "as was recorded" in tracer.inner_text()
    assert "Traced: grad_weights" in shown.root.locator(".nn-narration").inner_text()

    shown.tab("Code")
    shown.root.locator(".nn-moment .nn-matrix[data-name=bias] table").focus()
    press("ArrowDown")
    press("ArrowDown")
    press("Enter")
    shown.tab("Chain")
    tracer_title(shown, "grad_bias[1] of layer 1 in update 1")
    shown.root.locator(".nn-network canvas").focus()
    press("ArrowDown")
    press("ArrowRight")
    press("Enter")
    tracer_title(shown, "grad_weights[0, 0] of layer 2 in update 1")

    first = tracer.get_by_role("row").nth(1).inner_text()
    example = tracer.get_by_role("spinbutton", name="Example")
    example.fill("7")
    example.press("Enter")
    shown.until("(root, row) => root.querySelectorAll('.nn-tracer tr')[1].innerText !== row", "example 7", first)
    tracer.locator("canvas").click(position={"x": 1, "y": 5})
    shown.until("(root, row) => root.querySelectorAll('.nn-tracer tr')[1].innerText === row", "example 0 again", first)
    shown.press("Close the tracer")
    assert not tracer.is_visible()
    lab.check()


def test_in_a_learners_wrong_layer_the_tracer_shows_where_it_parts(lab):
    wrong = MY_DENSE + """
    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.inputs.T
        self.grad_bias = dz.mean(axis=1, keepdims=True)
"""
    lab.run_cells(wrong, "recorded(dense=MyDense, learning_rate=0.001)")
    shown = Shown(lab)
    shown.tab("Code")
    shown.root.locator(".nn-moment .nn-matrix[data-name=weights] td").first.click()
    shown.tab("Chain")
    tracer_title(shown, "grad_weights[0, 0] of layer 1 in update 1")
    assert "200 times as much, and there are 200 examples" in shown.root.locator(".nn-tracer").inner_text()
    assert shown.root.locator(".nn-tracer tr[data-agrees=false]").inner_text().startswith("Mean over 200 examples")


def test_a_pinned_moment_is_compared_with_the_others(lab):
    lab.run_cells(EXPLORER)
    shown = Shown(lab)
    panel = shown.root.locator(".nn-comparison")
    assert not panel.is_visible()
    before = shown.root.locator(".nn-moment .nn-matrix[data-name=weights] td").all_inner_texts()
    shown.tab("Compare")
    shown.press("Pin this moment")
    assert "This is the pinned moment." in panel.inner_text()
    shown.press("Update")
    shown.press("Update")
    assert "there is nothing to subtract" in panel.inner_text()

    shown.root.get_by_role("button", name="Same moment in this update").focus()
    lab.page.keyboard.press("Enter")
    shown.until_where("Update 2, moment 1 of 12")
    panel.get_by_role("button", name="weights").click()
    shown.until("root => root.querySelector('.nn-comparison h4').textContent === 'weights'", "the weights")
    pinned, now, difference = (panel.locator("table.nn-table").nth(k).locator("td").all_inner_texts() for k in range(3))
    assert pinned == before
    assert now != before
    for old, new, change in zip(pinned, now, difference, strict=True):
        old, new, change = (float(text.replace("−", "-")) for text in (old, new, change))
        assert abs(new - old - change) < 0.002
    said = shown.root.locator(".nn-narration").inner_text()
    assert "Compared with update 1, forward, layer 1, Dense(4). Largest changes: " in said
    shown.press("Unpin")
    assert not panel.is_visible()
    lab.check()


def test_each_equation_of_an_update_and_what_is_shared_are_seen_from_edge_to_edge_on_a_laptop(new_lab):
    with contextlib.closing(new_lab(width=1366, height=768)) as lab:
        lab.open(lab.write("from widgets import Workbench\nWorkbench(data='moons', hidden=[4])"), "lab")
        page, told = lab.run_all(), []
        bench = page.locator(".nn-workbench")
        bench.get_by_role("button", name="Step", exact=True).click()
        bench.locator(".nn-dot").nth(11).wait_for()
        for dot in bench.locator(".nn-dot").all():
            dot.click()
            page.wait_for_timeout(250)
            beyond = bench.locator(".nn-formulas").evaluate("box => box.scrollWidth - box.clientWidth")
            told += [f"{bench.locator('.nn-words').inner_text()[:60]}: {beyond} px"] * (beyond > 1)
        assert not told, "\n".join(told)
        bench.get_by_role("tab", name="Share").click()
        for one in bench.locator(".nn-texts summary").all():
            one.click()
        bench.get_by_role("button", name="Make the card").wait_for()
        pane = bench.locator(".nn-pane:not([hidden])")
        beyond = "pane => [pane.scrollWidth - pane.clientWidth, pane.scrollHeight - pane.clientHeight]"
        assert pane.evaluate(beyond) == [0, 0]
        lab.check()


BEYOND = "box => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]"


def test_a_chain_through_two_hidden_layers_and_the_three_arrays_of_a_comparison_are_seen_whole(new_lab):
    with contextlib.closing(new_lab(width=1366, height=768)) as lab:
        made = "w = Workbench(pane='Chain')\nw.whole_update()\nw.go('backward', 8)\nw.trace(1, 'weights', 2, 1)\nw"
        lab.open(lab.write("from widgets import Workbench", made), "lab")
        bench = lab.run_all().locator(".nn-workbench")
        bench.locator(".nn-chain button").nth(5).wait_for()
        assert bench.locator(".nn-tracer > .nn-scrolls").evaluate(BEYOND) == [0, 0]
        assert max(bench.locator(".nn-words").evaluate(BEYOND)) <= 0, "the sentence too"
        bench.get_by_role("tab", name="Weights").click()
        bench.locator(".nn-all-weights h3").nth(2).wait_for()
        tops = bench.locator(".nn-all-weights").evaluate("all => [...all.children].map(one => one.offsetTop)")
        assert len({*tops}) == 1, "all blocks stand side by side"
        bench.get_by_role("tab", name="Compare").click()
        bench.get_by_role("button", name="Pin this moment").click()
        bench.get_by_role("button", name="Update", exact=True).click()
        bench.get_by_role("button", name="Update", exact=True).click()
        bench.get_by_role("button", name="Same moment in this update").click()
        bench.locator(".nn-changes").get_by_role("button", name="grad_weights", exact=True).wait_for()
        assert bench.get_by_role("group", name="The whole matrices").evaluate(BEYOND)[0] == 0
        lab.check()
