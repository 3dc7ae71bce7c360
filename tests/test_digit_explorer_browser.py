"""DigitExplorer in a real browser: a seven drawn with the mouse, one with the keys, and a mistake loaded."""

SHOW = """
from widgets import DigitExplorer
DigitExplorer()
"""
FIRST = "document.querySelector('.nn-digit-explorer .nn-answer .nn-legend').innerText"
BEST = "document.querySelector('.nn-digit-explorer .nn-best .nn-digit').innerText"


def test_draw_with_mouse_and_keys_and_load_a_mistake(lab):
    page = lab.run_cells(SHOW)
    explorer = page.locator(".nn-digit-explorer")
    sheet = explorer.locator(".nn-sheet canvas")
    sheet.scroll_into_view_if_needed()
    lab.wait_for(f"{FIRST}.startsWith('test image')", "the first mistake to be shown")
    box = sheet.bounding_box()
    size = min(box["width"], box["height"])
    left, top = box["x"] + (box["width"] - size) / 2, box["y"] + (box["height"] - size) / 2
    places = [(0.25, 0.2), (0.75, 0.2), (0.48, 0.85)]
    page.mouse.move(left + places[0][0] * size, top + places[0][1] * size)
    page.mouse.down()
    for across, down in places[1:]:
        page.mouse.move(left + across * size, top + down * size, steps=8)
    page.mouse.up()
    lab.wait_for(f"{FIRST}.startsWith('your drawing') && {BEST} === '7'", "the drawn seven to be seen as one")
    page.keyboard.press("Delete")
    lab.wait_for(f"{FIRST} === 'an empty sheet'", "Delete to clear")
    for key in (*["ArrowUp"] * 18, "Space", *["ArrowDown"] * 16, "Space"):
        page.keyboard.press(key)
    lab.wait_for(f"{FIRST}.startsWith('your drawing') && {BEST} === '1'", "a one drawn with the keys")
    explorer.get_by_role("button", name="Mistakes").click()
    thumb = explorer.locator(".nn-thumb").first
    taken_for = thumb.get_attribute("aria-label").split("taken for ")[1][0]
    thumb.focus()
    page.keyboard.press("Enter")
    lab.wait_for(f"{FIRST}.startsWith('test image') && {BEST} === '{taken_for}'", "a mistake to be loaded")
    explorer.get_by_role("button", name="Confusion").click()
    confusion = explorer.locator(".nn-confusion canvas")
    confusion.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    explorer.locator(".nn-mistakes .nn-legend").get_by_text("right answers").wait_for()
