"""A race of the descent explorer in a real browser: racers ticked by key, steps by mouse, Play and Pause."""

import pytest

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


RACES = """
from widgets import DescentExplorer, Predict
race = DescentExplorer(racers=["SGD", "Momentum", "Adam"], learning_rate=0.05)
Predict("All with the rate 0.05: who arrives first, or does nobody arrive at all within the 200 steps?", explorer=race,
        choose=["plain SGD", "Momentum", "Adam", "nobody: they overshoot"])
"""
HEIGHT = "root => Math.max(...[...root.querySelectorAll('canvas')].map(one => one.clientHeight))"


SCROLLS = """root => {
    const pane = root.querySelector(".nn-steps-and-race .nn-scroll"), rows = pane.querySelectorAll("tr").length;
    return [pane.scrollHeight - pane.clientHeight, pane.scrollWidth - pane.clientWidth, rows];
}"""


def test_behind_its_prediction_all_rows_of_a_race_are_seen_without_scrolling(lab):
    lab.open(lab.write(RACES), "lab")
    page = lab.run_all()
    page.locator(".nn-predict input[type=radio]").first.check()
    page.locator(".nn-predict .nn-primary").click()
    race = page.locator(".nn-predict .nn-descent-explorer")
    race.locator("canvas").first.wait_for()
    for width, height in ((1366, 768), (1280, 900), (800, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(900)
        if width == 800:
            race.get_by_role("button", name="Steps and race", exact=True).click()
        for step in range(2):
            down, across, rows = race.evaluate(SCROLLS)
            assert rows == 5 and max(down, across) <= 0, f"{width} px: {down} px below, {across} to the right"
            race.get_by_role("button", name="Step", exact=True).click()
            lab.wait_for(f"document.querySelector('.nn-predict .nn-stats dd').innerText >= '{step + 1}'", "a step")
    lab.check()


@pytest.mark.parametrize("lab", [{"width": 768, "height": 1024}], indirect=True)
def test_where_it_is_narrow_a_race_behind_a_prediction_has_a_picture_at_once_and_no_empty_tab(lab):
    page = lab.run_cells(RACES, "DescentExplorer(racers=['SGD', 'Adam'], landscape='a network on two moons')")
    network = page.locator(".nn-descent-explorer")
    assert network.evaluate(HEIGHT) > 200, "the losses, without a press: there is no surface"
    assert network.locator(".nn-tab:visible").all_inner_texts() == ["Walk", "Steps and race"]
    page.locator(".nn-predict input[type=radio]").nth(2).check()
    page.locator(".nn-predict .nn-primary").click()
    race = page.locator(".nn-predict .nn-descent-explorer")
    race.locator("canvas").first.wait_for()
    assert race.locator(".nn-tab:visible").all_inner_texts() == ["Surface", "Walk", "Steps and race"]
    for name in ("Surface", "Walk"):
        race.get_by_role("button", name=name, exact=True).click()
        assert race.evaluate(HEIGHT) > 200, name
    lab.check()
