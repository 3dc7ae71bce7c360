"""DescentExplorer in a real browser: click a start, step, play, the keyboard, and a step written in the notebook."""

MINE = """
from widgets import DescentExplorer
class MySGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients
explorer = DescentExplorer(optimizer=MySGD)
explorer
"""
STEP = "Number(document.querySelector('.nn-descent-explorer .nn-stats dd').innerText)"


def test_click_step_play_and_keys(lab):
    page = lab.run_cells(MINE)
    explorer = page.locator(".nn-descent-explorer")
    explorer.get_by_role("button", name="Step", exact=True).click()
    explorer.get_by_text("Step 1, one step from the start").wait_for()
    assert "your code" in explorer.locator(".nn-source").inner_text()
    surface = explorer.locator(".nn-surface canvas")
    box = surface.bounding_box()
    page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.8 * box["height"])
    chosen = "document.querySelector('.nn-descent-explorer [aria-label^=\"The start 1.\"]')"
    lab.wait_for(chosen, "the start that was clicked")
    start = explorer.locator(".nn-surface .nn-handle")
    told = start.get_attribute("aria-label")
    start.focus()
    page.keyboard.press("ArrowUp")
    lab.wait_for(f"document.activeElement.getAttribute('aria-label') !== {told!r}", "the start moved by a key")
    explorer.get_by_role("button", name="Play").click()
    lab.wait_for(f"{STEP} >= 4", "Play to walk")
    explorer.get_by_role("button", name="Pause").click()
    explorer.get_by_role("button", name="Play").wait_for()
    rate = explorer.get_by_label("Learning rate", exact=True)
    rate.click(click_count=3)
    page.keyboard.type("1.5")
    page.keyboard.press("Tab")
    explorer.locator(".nn-narration").get_by_text("climbing").wait_for()
    explorer.get_by_label("Landscape").select_option("one weight")
    explorer.get_by_text("The loss over w").wait_for()
    assert surface.is_hidden()
    assert explorer.get_by_label("Start, w", exact=True).is_visible()
    explorer.get_by_label("Landscape").select_option("narrow valley")
    explorer.get_by_label("Start, q", exact=True).wait_for()
    assert explorer.get_by_label("Start, p", exact=True).is_visible()
    explorer.get_by_label("Curve along").select_option(label="q")
    explorer.get_by_text("The loss along q").wait_for()


CUT = """[...document.querySelectorAll('.nn-descent-explorer .nn-scroll')].filter((one) => one.getClientRects().length
  && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)).length"""


def test_the_sum_the_own_lines_and_the_racers_are_on_one_screen(lab):
    page = lab.run_cells(MINE.replace("optimizer=MySGD", 'optimizer=MySGD, landscape="narrow valley", steps=20'))
    explorer = page.locator(".nn-descent-explorer")
    explorer.locator(".nn-race").wait_for()
    for rate, said in (("0.05", "going down"), ("0.11", "climbing")):
        field = explorer.get_by_label("Learning rate", exact=True)
        field.click(click_count=3)
        page.keyboard.type(rate)
        page.keyboard.press("Tab")
        explorer.locator(".nn-narration").get_by_text(said).wait_for()
        assert page.evaluate(CUT) == 0
    explorer.get_by_label("Landscape").select_option("one weight")
    explorer.get_by_text("The loss over w").wait_for()
    assert page.evaluate(CUT) == 0
