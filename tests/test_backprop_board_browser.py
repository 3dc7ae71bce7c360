"""BackpropBoard in a real browser: boxes filled by mouse and by keyboard alone, a hint, and a new board."""

MINE = """
from widgets import BackpropBoard
explorer = BackpropBoard(parameters=[1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1], x=[2, 1], y=1)
explorer
"""
STATE = "document.querySelector('.nn-backprop-board [data-box={}]').closest('.nn-box').dataset.state === '{}'"


def test_boxes_are_filled_by_mouse_and_by_keyboard(lab):
    page = lab.run_cells(MINE)
    board = page.locator(".nn-backprop-board")
    first = board.get_by_label("z₁", exact=True)
    first.click()
    page.keyboard.type("3/2")
    page.keyboard.press("Enter")
    lab.wait_for(STATE.format("z1", "right"), "z₁ = 3/2 is right")
    page.keyboard.type("15")  # Enter has moved on to a₁
    page.keyboard.press("Tab")
    lab.wait_for(STATE.format("a1", "wrong"), "a₁ = 15 is wrong")
    assert "1 of 20" in board.locator(".nn-stats").inner_text()
    board.get_by_role("button", name="Hint for the next box").click()
    board.get_by_text("a₁ = the activation of z₁").wait_for()
    board.get_by_label("grad output", exact=True).fill(" 2.00")
    page.keyboard.press("Tab")
    lab.wait_for(STATE.format("grad_output", "right"), "2.00 is right")
    board.get_by_role("button", name="New board").focus()
    page.keyboard.press("Space")
    lab.wait_for(STATE.format("z1", "empty"), "a new board is empty")
    assert board.get_by_label("Seed").input_value() == "1"
    board.get_by_role("button", name="Hidden layers: add one").focus()
    page.keyboard.press("Enter")
    board.get_by_role("group", name="Hidden unit 4").wait_for()
    board.get_by_label("z₃", exact=True).fill("x")
    page.keyboard.press("Enter")
    lab.wait_for(STATE.format("z3", "unread"), "a box of the second layer is judged")
