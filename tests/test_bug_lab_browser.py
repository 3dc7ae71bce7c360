"""BugLab in a real browser: by keyboard alone from the first tick to the next case."""

CELL = "from widgets import BugLab\nlab = BugLab(case=2)\nlab"


def test_a_case_by_keyboard_alone(lab):
    page = lab.run_cells(CELL)
    explorer = page.locator(".nn-bug-lab")
    explorer.get_by_label("the check").wait_for()
    assert not explorer.get_by_role("group", name="Listen").is_visible()
    explorer.get_by_label("the check").focus()
    page.keyboard.press("Space")
    lab.wait_for("document.querySelector('.nn-bug-lab input[value=\"the check\"]').checked", "a tick")
    explorer.get_by_role("button", name="Sound the alarms").focus()
    page.keyboard.press("Enter")
    explorer.get_by_text("Gradient of").first.wait_for()
    assert explorer.get_by_role("button", name="Sound the alarms").get_attribute("aria-disabled") == "true"
    choice = explorer.get_by_label("What is wrong?")
    choice.focus()
    page.keyboard.press("ArrowDown")
    lab.wait_for("document.querySelector('.nn-bug-lab select').value === 'nothing is wrong'", "a verdict")
    explorer.get_by_role("button", name="That is it").focus()
    page.keyboard.press("Enter")
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('It was:')", "the answer")
    explorer.get_by_role("button", name="Next case").click()
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('Case 3')", "the next case")
    lab.check()
