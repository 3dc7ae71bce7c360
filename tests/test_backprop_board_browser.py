"""BackpropBoard in a real browser: boxes filled by mouse and by keyboard alone, a hint, and a new board."""

import contextlib

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
    board.get_by_role("button", name="Hidden layers, units in each: add one").focus()
    page.keyboard.press("Enter")
    board.get_by_role("group", name="Hidden unit 4").wait_for()
    board.get_by_label("z₃", exact=True).fill("x")
    page.keyboard.press("Enter")
    lab.wait_for(STATE.format("z3", "unread"), "a box of the second layer is judged")


def test_the_whole_board_and_its_verdict_are_seen_on_a_laptop(new_lab):
    with contextlib.closing(new_lab(width=1366, height=768)) as lab:
        lab.open(lab.write(MINE), "lab")
        page = lab.run_all()
        board, card = page.locator(".nn-board"), page.locator(".nn-backprop-board")
        beyond = board.evaluate("node => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight]")
        assert beyond == [0, 0]
        verdict, picture = card.locator(".nn-narration").bounding_box(), board.bounding_box()
        assert verdict["y"] + verdict["height"] <= picture["y"], "the verdict stands where one looks, above the network"
        assert card.bounding_box()["height"] <= 590
