"""The Workbench in a real browser: play, point, draw, edit a weight, share a card; mouse and keyboard."""

from pathlib import Path

from nnlib.data import TABLES

SHOW = """
from widgets import Workbench
Workbench(hidden=[3], lock="seed", hide="noise")
"""
UPDATES = "Number(document.querySelector('.nn-workbench .nn-where').innerText.replace(/\\D/g, ''))"
PICTURE = ".nn-decision-map canvas"


def test_play_point_draw_and_share(lab):
    page = lab.run_cells(SHOW)
    explorer = page.locator(".nn-workbench")
    explorer.get_by_role("button", name="Play").click()
    lab.wait_for(f"{UPDATES} > 100", "Play to train")
    at, words = page.evaluate(f"[{UPDATES}, document.querySelector('.nn-workbench .nn-narration').innerText]")
    assert f"update {at:,}," in words, "the sentence goes along with the number above"
    explorer.get_by_role("button", name="Pause").click()
    explorer.get_by_role("button", name="Play").wait_for()
    picture = explorer.locator(PICTURE)
    box = picture.bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    explorer.get_by_role("tab", name="Point").click()
    explorer.locator(".nn-forward").get_by_text("sure of class").wait_for()
    for across in (0.43, 0.57):  # near the border, where the middle of the map's pixel has another number
        page.mouse.move(box["x"] + across * box["width"], box["y"] + 0.31 * box["height"])
        lab.wait_for("document.querySelector('.nn-forward tbody tr:last-child td').innerText.trim() === document"
                     ".querySelector('.nn-decision-map .nn-readout').innerText.split('output ')[1]", "both to agree")
    explorer.get_by_role("combobox", name="Pointer").select_option("add class 1")
    explorer.get_by_role("button", name="Clear").click()
    explorer.get_by_text("0 of your own points").wait_for()
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
    explorer.get_by_text("1 of your own points").wait_for()
    picture.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    explorer.get_by_text("2 of your own points").wait_for()
    explorer.get_by_role("tab", name="Share").click()
    explorer.locator("summary", has_text="Run card").click()
    card, saved = explorer.get_by_label("The whole state as text"), []
    for _ in range(2):  # none has been made, and the one that was made is old
        with page.expect_download() as download:
            explorer.locator(".nn-run-card").get_by_role("button", name="Save as a file").click()
        saved.append(Path(download.value.path()).read_text(encoding="utf-8"))
        assert "end-of-card" in saved[-1] and saved[-1] == card.input_value()
        explorer.get_by_role("button", name="Step", exact=True).click()
        explorer.locator(".nn-dot").first.wait_for()
    assert saved[0] != saved[1], "each is of the network as it is when it is saved"
    explorer.get_by_role("button", name="Reset").click()
    card.fill("<img src=x onerror=alert(1)>")
    explorer.get_by_role("button", name="Load this card").click()
    explorer.locator(".nn-failure strong").get_by_text("RunCardError").wait_for()


def test_the_box_of_a_weight_says_too_what_it_was_in_the_moment_shown(lab):
    made = "bench = Workbench(learning_rate=1.0, seed=3)\nbench.whole_update()\nbench.go('backward', 1)\nbench"
    page = lab.run_cells("from widgets import Workbench", made)
    explorer = page.locator(".nn-workbench")
    explorer.locator(".nn-network canvas").focus()
    page.keyboard.press("ArrowRight")
    lab.wait_for("document.querySelector('.nn-network output').innerText.startsWith('weights[0, 0] = ')", "it")
    told = explorer.locator(".nn-network output").inner_text()
    page.keyboard.press("Enter")
    then = explorer.get_by_text("in the moment shown: ")
    then.wait_for()
    drawn = then.inner_text().removeprefix("in the moment shown: ")
    assert told.startswith(f"weights[0, 0] = {drawn} ")
    assert f"{float(explorer.locator('.nn-weight input[type=number]').input_value()):.4f}" != drawn.replace("−", "-")
    explorer.get_by_role("button", name="Update", exact=True).click()
    then.wait_for(state="hidden")


def test_the_keyboard_edits_a_weight_and_the_menus_of_the_layers(lab):
    page = lab.run_cells(SHOW)
    explorer = page.locator(".nn-workbench")
    explorer.get_by_role("button", name="All settings").click()
    assert explorer.get_by_label("Seed").is_disabled() and not explorer.get_by_label("Points").first.is_disabled()
    assert explorer.get_by_label("Noise").count() == 0
    explorer.get_by_role("button", name="All settings").click()
    explorer.locator(".nn-network canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    lab.wait_for("document.activeElement.closest('.nn-weight') !== null", "the slider of the weight, in hand")
    editor = explorer.locator(".nn-weight")
    assert editor.locator("strong").inner_text() == "weights[0, 1] of layer 1", "the one that was chosen, and no other"
    before, box = float(editor.get_by_role("spinbutton").input_value()), editor.bounding_box()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    lab.wait_for(f"document.querySelector('.nn-weight input[type=number]').value > {before}", "the slider to move it")
    editor.get_by_role("spinbutton").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("1.5")
    page.keyboard.press("Enter")
    assert int(editor.get_by_role("slider").input_value()) == 200 * 1.5 / 2, "it goes along"
    page.keyboard.press("Escape")
    assert editor.is_hidden() and page.evaluate("document.activeElement.matches('.nn-network canvas')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    lab.wait_for("document.querySelector('.nn-network output').innerText.startsWith('weights[0, 1] = 1.5')", "it")
    picture = explorer.bounding_box()
    assert box["x"] > picture["x"] and box["x"] + box["width"] < picture["x"] + picture["width"]
    explorer.get_by_role("tab", name="Weights").click()
    explorer.locator(".nn-all-weights td").nth(2).click()  # [1, 0] of the first matrix
    editor.get_by_text("weights[1, 0] of layer 1").wait_for()
    page.keyboard.press("Escape")
    assert editor.is_hidden(), "from wherever it was opened"
    explorer.get_by_role("button", name="Hidden layers: add one").press("Enter")
    menu = explorer.get_by_label("Activation of hidden layer 2")
    menu.wait_for()
    menu.select_option("ReLU")
    explorer.get_by_text("2-3-3-1 network").wait_for()
    explorer.get_by_role("button", name="A unit more in hidden layer 2").press("Enter")
    explorer.get_by_text("2-3-4-1 network").wait_for()
    for press, then in (("remove the last", "3-1"), ("remove the last", "1"), ("add one", "3-1"), ("add one", "3-4-1")):
        explorer.get_by_role("button", name=f"Hidden layers: {press}").press("Enter")
        explorer.get_by_text(f"2-{then} network").wait_for()  # what was taken away comes back as it was
    assert explorer.get_by_label("Activation of hidden layer 2").input_value() == "ReLU"
    explorer.get_by_role("button", name="A unit less in hidden layer 2").press("Enter")
    explorer.get_by_text("2-3-3-1 network").wait_for()
    explorer.get_by_role("button", name="All settings").click()
    box = explorer.get_by_role("checkbox", name="x₁x₂")
    box.focus()
    page.keyboard.press("Space")
    explorer.get_by_text("3-3-3-1 network").wait_for()


def test_a_file_dropped_on_it_is_told_prepared_and_learned_from(lab):
    """Dropped as the browser itself drops files, and not by an event that a script made."""
    page = lab.run_cells(SHOW.replace('lock="seed", hide="noise"', ""))
    explorer = page.locator(".nn-workbench")
    drop(page, explorer.locator(PICTURE), TABLES / "penguins.csv")
    why = explorer.locator(".nn-why[role=alert]")
    why.get_by_text("19 cells are missing").wait_for()
    page.wait_for_timeout(1000)
    assert why.get_by_text("19 cells are missing").is_visible(), "told, and not forgiven"
    assert explorer.locator(".nn-failure").is_hidden(), "told once"
    explorer.get_by_label("Missing cells").select_option("drop")
    said = explorer.get_by_label("What was understood")
    said.get_by_text("the network ends in Dense(3), Softmax()").wait_for()
    assert "penguins.csv, parted by commas" in said.inner_text() and "11 of 344 rows are left out" in said.inner_text()
    box, page_box = said.bounding_box(), explorer.bounding_box()
    assert box["y"] + box["height"] <= page_box["y"] + page_box["height"], "the report lies in view"
    explorer.get_by_label("Learn from island").uncheck()
    columns = explorer.get_by_label("Columns")
    columns.get_by_text("left out: as you asked").wait_for()
    explorer.get_by_text("6-3-3 network").wait_for()
    explorer.get_by_label("Learn from island").check()
    explorer.get_by_text("9-3-3 network").wait_for()
    assert explorer.locator(".nn-failure").is_hidden() and why.inner_text() == ""
    assert explorer.locator(".nn-decision-map").get_by_text("Gentoo").is_visible()
    assert explorer.get_by_role("combobox", name="Across").is_visible()
    explorer.get_by_role("combobox", name="Across").select_option("bill length (mm)")
    explorer.get_by_role("combobox", name="Up").select_option("bill depth (mm)")
    explorer.get_by_label("To predict").select_option("body mass (g)")
    said.get_by_text("the target is a number, scaled: the network ends in Dense(1), Linear()").wait_for()
    explorer.get_by_role("button", name="Play").click()
    lab.wait_for(f"{UPDATES} > 30", "Play to train")
    explorer.get_by_role("button", name="Pause").click()
    explorer.get_by_text("Paste a table").click()
    explorer.get_by_label("Paste it here").fill("0.5 -0.2 1\n-0.4 0.3 0\n0.1 0.2 1\n")
    explorer.get_by_role("button", name="Use this table").click()
    said.get_by_text("parted by spaces").wait_for()
    assert explorer.get_by_role("combobox", name="Across").count() == 0, "two numbers are the plane"
    assert page.evaluate("document.querySelectorAll('.nn-workbench').length") == 1, "JupyterLab took nothing of it"


def drop(page, where, path):
    box = where.bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    devtools = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        devtools.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})


ENDLESS = """
import numpy as np
from nnlib import Dense
class MyDense(Dense):
    def parameter_gradients(self, grad_output):
        while True:
            pass
"""


def test_a_layer_that_does_not_come_back_is_told_and_interrupted(lab):
    page = lab.run_cells(ENDLESS, "from widgets import Workbench\nWorkbench(dense=MyDense, hidden=[2])")
    explorer = page.locator(".nn-workbench")
    explorer.get_by_role("button", name="Step", exact=True).click()
    strip = explorer.locator(".nn-patience")
    strip.get_by_text("Your MyDense.parameter_gradients (cell In[1], line ").wait_for()
    height = explorer.bounding_box()["height"]
    strip.get_by_role("button", name="Interrupt").click()
    explorer.locator(".nn-failure").get_by_text("The kernel was interrupted.").wait_for()
    assert strip.is_hidden() and explorer.bounding_box()["height"] == height


def test_a_data_set_is_chosen_by_its_small_picture_unless_it_is_locked(lab):
    page = lab.run_cells("from widgets import Workbench", "Workbench(hidden=[2])", "Workbench(hidden=[2], lock='data')")
    free, locked = page.locator(".nn-workbench").all()
    pictures = free.locator(".nn-data-set")
    names = free.locator(".nn-data select").first.locator("option").all_inner_texts()[:-1]
    assert [one.get_attribute("aria-label") for one in pictures.all()] == names, "each but points of one's own"
    assert len(set(one.inner_html() for one in pictures.all())) == len(names)
    free.get_by_role("button", name="xor", exact=True).click()
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('points of xor')", "xor")
    assert free.locator(".nn-data-set[aria-pressed=true]").get_attribute("title") == "xor"
    assert all(one.is_disabled() for one in locked.locator(".nn-data-set").all())
    lab.check()
