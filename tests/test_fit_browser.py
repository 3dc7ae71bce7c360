"""Every explorer of the gallery on one laptop screen, as `course.py` opens JupyterLab, with the file browser: no taller
than 590 px, or than what a higher window leaves; its main control, what it changes and the sentence about it in sight
together; nothing of it wider than its card or cut off without a sign; and no press moves the page.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import screenshots

from widgets.stage.base import Explorer

SIZES = [(1366, 768), (1280, 900), pytest.param((949, 768), marks=pytest.mark.costly), (800, 900)]
TALLEST = "Math.max(590, innerHeight - 178)"

SCROLLER = "document.querySelector('.jp-WindowedPanel-outer') ?? document.querySelector('.jp-NotebookPanel-notebook')"

# Brings the explorer to the top of what is seen of the notebook, and tells what of it is not in sight there.
UNSEEN = f"""root => {{
    const scroller = {SCROLLER};
    const seen = scroller.getBoundingClientRect();
    scroller.scrollTop += root.getBoundingClientRect().top - seen.top - 4;
    const shown = node => node.getClientRects().length > 0;
    const first = (...selectors) => selectors.flatMap(one => [...root.querySelectorAll(one)]).find(
        node => shown(node) && node.getAttribute("aria-disabled") !== "true" && !node.disabled);
    const area = node => node.clientWidth * node.clientHeight;
    const pictures = [...root.querySelectorAll("canvas, .nn-scheme, .nn-histogram, .nn-board, ol, table, fieldset")]
        .filter(node => shown(node) && !node.closest(".nn-scroll"));
    const parts = {{
        control: first(".nn-primary", ".nn-handle", ".nn-range", "select", "input", "button"),
        effect: pictures.sort((a, b) => area(b) - area(a))[0],
        sentence: root.querySelector(".nn-narration"),
    }};
    const told = [];
    const height = Math.round(root.getBoundingClientRect().height);
    if (height > {TALLEST}) told.push(`is ${{height}} px tall`);
    for (const [name, node] of Object.entries(parts)) {{
        if (!node && name === "control" && root.dataset.made === "true") continue; // a prediction that has been made
        if (!node) {{ told.push(`has no ${{name}}`); continue; }}
        const box = node.getBoundingClientRect();
        let [top, bottom] = [box.top, box.bottom];
        for (let at = node.parentElement; at && at !== scroller; at = at.parentElement) {{
            const clip = at.getBoundingClientRect();
            if (getComputedStyle(at).overflowY === "visible") continue;
            [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
        }}
        [top, bottom] = [Math.max(top, seen.top), Math.min(bottom, seen.bottom, innerHeight)];
        const least = {{control: 0.9, effect: 0.9, sentence: 18 / Math.max(18, box.height)}}[name];
        if (bottom - top < least * box.height - 1)
            told.push(`its ${{name}} is seen for ${{bottom - top | 0}} of ${{box.height | 0}} px`);
    }}
    const box = parts.control?.getBoundingClientRect();
    window.pressing = parts.control;
    return {{told, at: box && [box.left + box.width / 2, box.top + box.height / 2], scroll: scroller.scrollTop,
             keys: Boolean(parts.control?.matches(".nn-handle, .nn-range"))}};
}}"""
AFTER = f"""root => {{
    const narration = root.querySelector(".nn-narration").getBoundingClientRect();
    const seen = ({SCROLLER}).getBoundingClientRect();
    const height = Math.round(root.getBoundingClientRect().height);
    return {{scroll: ({SCROLLER}).scrollTop, height, isTall: height > {TALLEST},
             sentence: narration.top >= seen.top - 1 && narration.bottom <= seen.bottom + 1}};
}}"""

CUT = (Path(__file__).parent / "cut.js").read_text(encoding="utf-8")
NAMES = screenshots.names()


@pytest.fixture(scope="module")
def gallery(new_lab):
    """The gallery in the whole of JupyterLab, run, with what is done to the explorers for their pictures."""
    lab = new_lab(width=SIZES[0][0], height=SIZES[0][1])
    try:
        lab.open(lab.write(*screenshots.cells()), "lab")
        page = lab.run_all(seconds=480)  # a dozen explorers, some of which train
        count = len(NAMES)
        page.wait_for_function(f"document.querySelectorAll('.nn-explorer[data-frame]').length === {count}")
        assert page.locator(".jp-FileBrowser").first.is_visible(), "the file browser takes its part of the width"
        yield lab
        lab.check()
    finally:
        lab.close()


def cut(explorer):
    """What is cut off in an explorer, and stays so: a sign that a part goes on comes a moment later."""
    for _ in range(10):
        told = explorer.evaluate(CUT)
        if not told:
            break
        explorer.page.wait_for_timeout(400)
    return told


LOOKS = """() => [...document.querySelectorAll('.nn-explorer *')].map(node => {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    const name = node.getAttribute('class') ?? node.tagName;
    return [name, Math.round(box.width), Math.round(box.height), style.padding, style.whiteSpace];
})"""


def settled(page):
    """How all looks, once it has looked the same for half a second."""
    now = page.evaluate(LOOKS)
    for _ in range(20):
        before = now
        page.wait_for_timeout(500)
        now = page.evaluate(LOOKS)
        if now == before:
            break
    return now


def test_an_explorer_looks_the_same_whichever_of_a_page_brings_the_common_sheet_last(gallery):
    page = gallery.page
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    before = settled(page)
    sheet = page.add_style_tag(content=Explorer._css)
    after = settled(page)
    sheet.evaluate("node => node.remove()")
    assert [(one, other) for one, other in zip(before, after, strict=True) if one != other] == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_control_effect_and_sentence_are_seen_together_and_no_press_moves_the_page(gallery, size):
    page = gallery.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(1000)
    complaints = []
    for number, name in enumerate(NAMES):
        explorer = page.locator(".nn-explorer").nth(number)
        before = explorer.evaluate(UNSEEN)
        told = before["told"] + cut(explorer)
        tabs = [tab for tab in explorer.locator(".nn-tab[aria-pressed]").all() if tab.is_visible()]
        for tab in tabs[1:] + tabs[:1]:
            tab.click()
            page.wait_for_timeout(300)
            told += cut(explorer)
        before = explorer.evaluate(UNSEEN)
        if before["at"]:
            if before["keys"]:
                page.evaluate("window.pressing.focus({preventScroll: true})")
                page.keyboard.press("ArrowRight")
            else:
                page.mouse.click(*before["at"])
            page.wait_for_timeout(500)
            after = explorer.evaluate(AFTER)
            told += [f"a press moved the page by {after['scroll'] - before['scroll']:g} px"] * (
                abs(after["scroll"] - before["scroll"]) > 1)  # fmt: skip
            told += [f"is {after['height']} px tall after a press"] * after["isTall"]
            told += ["its sentence is out of sight after a press"] * (not after["sentence"])
            page.keyboard.press("Escape")  # a menu that the press opened
        complaints += [f"{name} {one}" for one in told]
    assert not complaints, "\n".join(complaints)
