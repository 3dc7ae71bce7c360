"""A race of the descent explorer in a real browser: racers ticked by key, steps by mouse, Play and Pause."""

SEEN = """root => {
    const box = one => root.querySelector(one).getBoundingClientRect();
    const [pane, plot, race] = [".nn-steps-and-race .nn-scroll", ".nn-walk canvas", ".nn-steps-and-race"].map(box);
    const rows = [...root.querySelectorAll(".nn-scroll tbody tr")].map(row => row.getBoundingClientRect());
    return [rows.filter(row => row.height && row.bottom <= pane.bottom + 1).length, race.top - plot.bottom];
}"""


def test_a_race_by_mouse_and_keys(lab):
    racers = ["SGD", "Momentum", "Adam"]
    page = lab.run_cells("from widgets import DescentExplorer", f"DescentExplorer(racers={racers}, steps=5)")
    explorer = page.locator(".nn-descent-explorer")
    rows = explorer.locator(".nn-numbers tbody tr:visible")
    rows.nth(2).wait_for()
    explorer.get_by_role("checkbox", name="RMSProp").focus()
    page.keyboard.press("Space")
    rows.nth(3).wait_for()
    seen, gap = explorer.evaluate(SEEN)
    assert seen == 4 and gap <= 20, f"{seen} of 4 racers are seen whole, {gap} px are empty above them"
    explorer.get_by_role("button", name="Step", exact=True).click()
    lab.wait_for("document.querySelector('.nn-stats dd').innerText === '6'", "step 6")
    explorer.get_by_role("button", name="Play").click()
    lab.wait_for("Number(document.querySelector('.nn-stats dd').innerText) > 12", "Play to move on")
    explorer.get_by_role("button", name="Pause").click()
    explorer.get_by_role("button", name="Play").wait_for()
    explorer.get_by_label("Learning rates").focus()
    page.keyboard.press("ArrowDown")
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('SGD with the rate 0.47')", "its own rate")
    lab.check()
