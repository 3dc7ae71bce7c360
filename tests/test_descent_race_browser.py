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
