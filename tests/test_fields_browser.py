"""Boxes that are typed in while the kernel is still at what was said before: no frame may take the hand's digits."""

SLOW = """
import time
from widgets import BackpropBoard, Workbench

def slow(act):
    def later(*given):
        time.sleep(1)  # longer than it takes to go on to the next box
        return act(*given)
    return later

Workbench.changed, BackpropBoard.press = slow(Workbench.changed), slow(BackpropBoard.press)
"""
FRAME = "Number(document.querySelector('.nn-explorer').dataset.frame)"


def typed(page, box, text):
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text, delay=40)


def test_the_answer_to_one_box_leaves_the_next_alone_and_what_is_refused_goes_back(lab):
    page = lab.run_cells(SLOW, "bench = Workbench(data='xor', hidden=[2], seed=19)\nbench")
    explorer = page.locator(".nn-workbench")
    explorer.get_by_role("button", name="All settings").click()
    labels = ("Stop at epoch (0: never)", "Seed", "Learning rate")
    until, seed, rate = (explorer.get_by_label(label, exact=True) for label in labels)
    boxes = [(until, "800"), (seed, "3"), (rate, "0.25")]
    for number, (box, text) in enumerate(boxes):
        before = page.evaluate(FRAME)
        typed(page, box, text)  # and the answer to the box before comes while this one is being typed in
        if number:
            lab.wait_for(f"{FRAME} > {before}", "an answer to the box before")
        assert box.input_value() == text
        page.keyboard.press("Enter")
    for _ in range(15):  # whatever comes, what has been typed stays
        assert [box.input_value() for box, _ in boxes] == [text for _, text in boxes]
        page.wait_for_timeout(200)
    typed(page, rate, "-5")
    page.keyboard.press("Enter")
    explorer.locator(".nn-failure").get_by_text("Learning rate goes from").wait_for()
    assert rate.input_value() == "0.25", "an answer is shown in a box with the focus too"
    before = page.evaluate(FRAME)
    page.keyboard.press("Tab")
    page.wait_for_timeout(1500)
    assert page.evaluate(FRAME) == before, "what has been said by Enter is not said again when the box is left"


def test_on_the_board_one_box_is_judged_while_the_next_is_filled(lab):
    page = lab.run_cells(SLOW, "BackpropBoard(parameters=[1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1], x=[2, 1], y=1)")
    board = page.locator(".nn-backprop-board")
    board.get_by_label("z₁", exact=True).click()
    for text in ("3/2", "15", "-1"):  # Enter goes on to the next box
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    states = "['z1', 'a1', 'z2'].map(one => document.querySelector(`[data-box=${one}]`))"
    page.evaluate(f"""() => {{
        window.lost = false;
        const look = () => {{
            if ({states}.map(box => box.value).join() !== '3/2,15,-1') window.lost = true;
            requestAnimationFrame(look);
        }};
        look();
    }}""")
    judged = f"{states}.map(box => box.closest('.nn-box').dataset.state).join()"
    lab.wait_for(f"{judged} === 'right,wrong,right'", "the three verdicts")
    assert page.evaluate("window.lost") is False
