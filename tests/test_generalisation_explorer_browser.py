"""GeneralisationExplorer in a real browser: play, dropout typed, early stopping by the keyboard."""

SHOW = """
from widgets import GeneralisationExplorer
GeneralisationExplorer()
"""
EPOCH = "Number(document.querySelector('.nn-generalisation-explorer .nn-stats dd').innerText)"


def test_play_dropout_and_early_stopping(lab):
    page = lab.run_cells(SHOW)
    explorer = page.locator(".nn-generalisation-explorer")
    explorer.get_by_role("button", name="Play").click()
    lab.wait_for(f"{EPOCH} >= 20", "Play to train")
    explorer.get_by_role("button", name="Pause").click()
    explorer.get_by_role("button", name="Play").wait_for()
    epochs = explorer.get_by_label("Epochs", exact=True)
    epochs.click(click_count=3)
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    explorer.locator(".nn-state").get_by_text("memorising").wait_for()
    rate = explorer.get_by_label("Dropout rate", exact=True)
    rate.click(click_count=3)
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    explorer.get_by_text("crossed: left out").wait_for()
    explorer.get_by_text("the run before").wait_for()
    explorer.get_by_label("Early stopping").focus()
    page.keyboard.press("ArrowDown")
    explorer.locator(".nn-state").get_by_text("stopped early").wait_for()
    plot = explorer.locator(".nn-losses canvas")
    plot.focus()
    page.keyboard.press("ArrowRight")
    explorer.locator(".nn-losses .nn-readout").get_by_text("validation").wait_for()
