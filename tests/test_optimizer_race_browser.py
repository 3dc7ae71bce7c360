"""OptimizerRace in a real browser: racers ticked by key, steps by mouse, Play and Pause."""


def test_a_race_by_mouse_and_keys(lab):
    page = lab.run_cells("from widgets import OptimizerRace\nrace = OptimizerRace(steps=5)\nrace")
    explorer = page.locator(".nn-optimizer-race")
    rows = explorer.locator(".nn-numbers tbody tr")
    rows.nth(2).wait_for()
    explorer.get_by_label("RMSProp").focus()
    page.keyboard.press("Space")
    lab.wait_for("document.querySelectorAll('.nn-optimizer-race .nn-numbers tbody tr').length === 4", "a fourth racer")
    explorer.get_by_role("button", name="Step", exact=True).click()
    lab.wait_for("document.querySelector('.nn-stats dd').innerText === '6'", "step 6")
    explorer.get_by_role("button", name="Play").click()
    lab.wait_for("Number(document.querySelector('.nn-stats dd').innerText) > 12", "Play to move on")
    explorer.get_by_role("button", name="Pause").click()
    explorer.get_by_role("button", name="Play").wait_for()
    explorer.get_by_label("Learning rates").focus()
    page.keyboard.press("ArrowDown")
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('SGD with the rate 0.0')", "its own rate")
    lab.check()
