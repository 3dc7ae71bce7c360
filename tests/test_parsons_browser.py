"""Parsons in a real browser: a program put in order by keyboard alone, then by mouse; lines are text."""

PAYLOAD = "print('<img src=x onerror=window.hacked=1>')"
CELL = f"""
from widgets import Parsons
parsons = Parsons(["first = 1", "second = first", {PAYLOAD!r}], extra=["third = 3"], run=lambda text: text)
parsons
"""
ORDER = "[...document.querySelectorAll('.nn-lines-program code')].map(node => node.textContent)"


def test_keyboard_then_mouse(lab):
    page = lab.run_cells(CELL)
    parsons = page.locator(".nn-parsons")
    parsons.locator(".nn-a-line").nth(3).wait_for()
    line = parsons.locator(".nn-line-button")
    row = {text: line.filter(has_text=text) for text in ("first = 1", "second", "print", "third")}

    def stands(*texts):
        lab.wait_for(f"{ORDER}.join('|').match(/{'.*[|].*'.join(texts)}/)", f"{texts}")

    for text in ("second", "first = 1"):  # taken in at the end, in the wrong order
        row[text].focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        lab.wait_for("document.activeElement.closest('.nn-lines-program')", "the focus in the program")
        page.keyboard.press("Space")
    stands("second", "first")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    stands("first", "second")
    lab.wait_for("document.querySelector('.nn-parsons .nn-narration').innerText.includes('is number 1 of 2')", "words")
    page.keyboard.press("Escape")
    stands("second", "first")
    parsons.get_by_role("button", name="Check").press("Enter")
    parsons.locator(".nn-wrong code", has_text="second").wait_for()
    assert "is the first out of place" in parsons.locator(".nn-verdict").inner_text()

    box = row["first = 1"].bounding_box()
    over = row["second"].bounding_box()
    page.mouse.move(box["x"] + 90, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(over["x"] + 90, over["y"] + 4, steps=5)
    page.mouse.up()
    stands("first", "second")
    row["print"].click()
    stands("first", "second", "img src")
    row["third"].click()
    stands("print", "third")
    parsons.get_by_role("button", name="out of the program").last.click()
    lab.wait_for(f"{ORDER}.length === 3", "three lines")
    parsons.get_by_role("button", name="Check").click()
    lab.wait_for("document.querySelector('.nn-verdict').innerText.includes('PASSED')", "PASSED")
    parsons.get_by_role("button", name="Run these lines").click()
    lab.wait_for("document.querySelector('.nn-output').innerText.includes('onerror')", "the output")
    assert page.locator(".nn-parsons img").count() == 0 and page.evaluate("window.hacked") is None


LONG = 'print(difference(np.array(again.history.loss), np.array(card.history["loss"])))'
CUT = """[...document.querySelectorAll('.nn-lines-left code')].flatMap((code) => {
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), ends = [];
  let last = null, text;
  while ((text = texts.nextNode())) for (let at = 0; at < text.length; at += 1) {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const { top } = range.getBoundingClientRect();
    if (last && top > last.top + 4) ends.push(last.letter + text.data[at]);
    last = { top, letter: text.data[at] };
  }
  return ends;
})"""


def test_a_long_line_is_cut_between_its_names(lab):
    page = lab.run_cells(f"from widgets import Parsons\nParsons(['first = 1', {LONG!r}], extra=['x = 2'])")
    page.locator(".nn-lines-left code").nth(2).wait_for()
    ends = page.evaluate(CUT)
    assert ends and not [pair for pair in ends if pair.isidentifier()], ends
