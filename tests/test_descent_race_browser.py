"""A race of the descent explorer in a real browser: racers ticked by key, steps by mouse, Play and Pause."""


def test_a_race_by_mouse_and_keys(lab):
    racers = ["SGD", "Momentum", "Adam"]
    page = lab.run_cells("from widgets import DescentExplorer", f"DescentExplorer(racers={racers}, steps=5)")
    explorer = page.locator(".nn-descent-explorer")
    rows = explorer.locator(".nn-numbers tbody tr:visible")
    rows.nth(2).wait_for()
    explorer.get_by_role("checkbox", name="RMSProp").focus()
    page.keyboard.press("Space")
    rows.nth(3).wait_for()
    explorer.get_by_role("button", name="Step", exact=True).click()
    lab.wait_for("document.querySelector('.nn-stats dd').innerText === '6'", "step 6")
    explorer.get_by_role("button", name="Play").click()
    lab.wait_for("Number(document.querySelector('.nn-stats dd').innerText) > 12", "Play to move on")
    explorer.get_by_role("button", name="Pause").click()
    explorer.get_by_role("button", name="Play").wait_for()
    explorer.get_by_label("Learning rates").focus()
    page.keyboard.press("ArrowDown")
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('SGD with the rate 0.32')", "its own rate")
    lab.check()
