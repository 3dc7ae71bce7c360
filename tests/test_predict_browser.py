"""Predict in a real browser: the gate by keyboard, a sketch by pointer and by keys, and text that stays text."""

import pytest

PAYLOAD = "<img src=x onerror=window.hacked=1>"
GATE = f"""
from widgets import LossExplorer, Predict
gate = Predict("Which way? {PAYLOAD}", choose=["up {PAYLOAD}", "down"], explorer=LossExplorer)
gate
"""
SKETCH = """
from widgets import Predict
sketch = Predict("The loss?", sketch=("epoch", 0, 50, "loss", 0, 1), truth=[1, 0], title="A sketch")
sketch
"""
CAN = "[...document.querySelectorAll('.nn-primary')].at(-1).getAttribute('aria-disabled')"
NUMBER = 'Predict("How many?", number="steps", truth=4, title="A number")'


@pytest.mark.parametrize("lab", [{"theme": "dark", "width": 800}], indirect=True)
def test_nothing_behind_the_gate_before_a_prediction(lab):
    page = lab.run_cells(GATE, NUMBER)
    gate = page.locator(".nn-predict").first
    gate.get_by_label("down").wait_for()
    commit = gate.get_by_role("button", name="That is my prediction")
    assert commit.get_attribute("aria-disabled") == "true"
    commit.focus()
    page.keyboard.press("Enter")
    gate.get_by_label("up").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    gate.get_by_label("80 %").check()
    lab.wait_for(f"{CAN.replace('-1', '0')} === 'false'", "a choice")
    assert page.locator(".nn-loss-explorer").count() == 0
    commit.press("Enter")
    inside = gate.locator(".nn-loss-explorer")
    inside.get_by_role("button", name="In numbers").click()  # at 800 px the panels are tabs
    inside.locator(".nn-numbers").get_by_text("Cross-entropy").wait_for()
    assert "b – down, 80 % sure" in gate.locator(".nn-predicted").inner_text()
    assert gate.get_by_label("down").is_disabled()
    frame = inside.get_attribute("data-frame")
    inside.get_by_label("Absolute error").check()
    inside.locator(".nn-numbers").get_by_text("Absolute error").wait_for()
    assert inside.get_attribute("data-frame") != frame
    widths = inside.evaluate("node => [node.scrollWidth, node.clientWidth]")
    assert widths[0] <= widths[1], "nothing is cut off at 800 px"
    for part in (".nn-question", ".nn-radios-choose"):
        assert PAYLOAD in gate.locator(part).inner_text()
    assert page.locator(".nn-predict img").count() == 0 and page.evaluate("window.hacked") is None

    guess = page.locator(".nn-predict").nth(1).get_by_label("Your guess, in steps")
    guess.focus()
    page.keyboard.type("12")
    lab.wait_for(f"{CAN} === 'false'", "a guess")
    page.keyboard.press("Enter")
    page.get_by_text("8 too high.").first.wait_for()


def test_a_curve_is_drawn_by_pointer_and_by_keys(lab):
    page = lab.run_cells(SKETCH)
    sheet = page.locator(".nn-sheet canvas")
    sheet.wait_for()
    commit = page.get_by_role("button", name="That is my prediction")
    box = sheet.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] - 60, steps=12)
    page.mouse.up()
    lab.wait_for(f"{CAN} === 'false'", "a sketch")
    page.get_by_role("button", name="Draw anew").click()
    lab.wait_for(f"{CAN} === 'true'", "a blank")
    sheet.focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    lab.wait_for("document.querySelector('.nn-narration').innerText === 'epoch 5: loss 0.78.'", "what the keys did")
    commit.press("Enter")
    lab.wait_for("document.querySelector('.nn-verdict').innerText.includes('differ most at epoch 50')", "the measure")
    assert page.locator(".nn-legend").get_by_text("what happened").is_visible()
