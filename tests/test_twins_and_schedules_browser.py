"""TwinRuns and ScheduleExplorer in a real browser: other choices by key, numbers typed."""


def test_both_by_keyboard(lab):
    page = lab.run_cells("from widgets import ScheduleExplorer, TwinRuns\nTwinRuns(epochs=20)", "ScheduleExplorer()")
    twins, schedule = page.locator(".nn-twin-runs"), page.locator(".nn-schedule-explorer")
    twins.get_by_label("One thing changed").focus()
    page.keyboard.press("ArrowUp")
    lab.wait_for("document.querySelector('.nn-twin-runs').innerText.includes('Not one bit differs')", "equal twins")
    schedule.get_by_label("Schedule").focus()
    page.keyboard.press("ArrowUp")
    lab.wait_for("document.querySelector('.nn-schedule-explorer select').value.endsWith('constant')", "a schedule")
    rate = schedule.get_by_label("Learning rate", exact=True)
    rate.click(click_count=3)
    page.keyboard.type("0.02")
    page.keyboard.press("Tab")
    lab.wait_for("document.querySelector('.nn-schedule-explorer .nn-stats').innerText.includes('0.02')", "that rate")
    lab.check()
