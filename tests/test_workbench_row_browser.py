"""The workbench's row of buttons and its pane Compare at the width that a lesson has beside the file browser."""

import re

import pytest

CELL = "Workbench(data='xor', hidden=(2,), learning_rate=0.5, seed=19)"
PLACES = """row => [row.getBoundingClientRect().right, row.querySelector('.nn-scrubber').offsetWidth,
    ...[...row.children].filter(one => one.offsetWidth).map(one => one.getBoundingClientRect().right)]"""
RIGHT = "row => [...row.querySelectorAll('.nn-full, .nn-compact')].map(one => one.getBoundingClientRect().left)"
FILL = "(row, text) => { [...row.querySelectorAll('.nn-stats dd')].at(-1).textContent = text; }"
CUT = """page => { const pane = page.closest('.nn-pane').getBoundingClientRect();
    const rows = [...page.querySelectorAll('tbody tr')].slice(0, 4);
    const cards = [...page.querySelectorAll('.nn-terms > *')];
    return [...rows, ...cards].filter(one => one.getBoundingClientRect().bottom > pane.bottom).length; }"""
STATS = """row => { const list = row.querySelector('.nn-stats'), { right, bottom } = list.getBoundingClientRect();
    const seen = one => one.bottom <= bottom + 1, whole = one => one.right <= right + 1;
    const boxes = [...list.children].map(one => one.getBoundingClientRect()).filter(seen);
    return boxes.every(whole) ? boxes.length : -1; }"""
LATE = """page => { const [row, strip] = ['.nn-time-row', '.nn-patience'].map(one => page.querySelector(one));
    const before = row.getBoundingClientRect().top;
    strip.hidden = false;
    return row.getBoundingClientRect().top - before; }"""

OVER = """page => { const [row, stage] = ['.nn-time-row', '.nn-stage'].map(one => page.querySelector(one));
    const [{ top }, { right }] = [stage, page].map(one => one.getBoundingClientRect());
    const isOver = box => box.bottom > top + 1 || box.right > right;
    const over = [...row.children].filter(one => one.offsetWidth && isOver(one.getBoundingClientRect()));
    return [over.map(one => one.className), page.clientWidth]; }"""


@pytest.mark.parametrize("lab", [{"width": 912}, {"width": 998}], indirect=True, ids=["744 px", "830 px"])
def test_nothing_of_the_row_is_cut_off_or_moves_and_a_comparison_is_seen_whole(lab):
    page = lab.run_cells("from widgets import Workbench", CELL)
    row = page.locator(".nn-workbench .nn-time-row")
    row.get_by_role("button", name="Update", exact=True).click()
    row.get_by_role("button", name="All settings").wait_for()
    edge, scrubber, *rights = row.evaluate(PLACES)
    assert max(rights) <= edge + 1 and scrubber >= 60, (edge, scrubber, rights)
    assert row.evaluate("row => row.clientHeight") < 40, "one line"
    assert row.evaluate(STATS) >= 2, "of the numbers so many are seen, each whole, as have room"
    row.evaluate(FILL, "50.0 %")
    before = row.evaluate(RIGHT)
    row.evaluate(FILL, "100.0 %")
    assert row.evaluate(RIGHT) == before
    page.get_by_role("tab", name="Compare").click()
    page.get_by_role("button", name="Pin this moment").click()
    row.get_by_role("button", name="Update", exact=True).click()
    page.locator(".nn-changes tbody tr").nth(3).wait_for()
    assert page.locator(".nn-comparison").evaluate(CUT) == 0
    assert page.locator(".nn-workbench").evaluate(LATE) == 0
    page.locator(".nn-changes").get_by_role("button", name="weights", exact=True).click()
    whole = page.get_by_role("group", name="The whole matrices")
    assert whole.evaluate("box => box.scrollWidth > box.clientWidth + 1"), "here three matrices are too wide"
    sign = "document.querySelector('[aria-label=\"The whole matrices\"]').dataset.more?.includes('right')"
    lab.wait_for(sign, "a fade at the right")
    whole.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    lab.wait_for(f"!({sign})", "its end")
    lab.check()


APART = """names => { const range = document.createRange();
    const ends = names.map(name => { range.selectNodeContents(name); return range.getBoundingClientRect(); });
    return ends.every((end, at) => !at || end.left >= ends[at - 1].right); }"""
WIDE = "(bench, width) => { bench.style.width = `${width}px`; }"
UPDATE = """bench => { const box = bench.querySelector('.nn-formulas'), { bottom, right } = box.getBoundingClientRect();
    return [...box.querySelectorAll('.nn-formula, .nn-matrix')].map(one => one.getBoundingClientRect())
        .map(one => one.bottom <= bottom + 1 && one.right <= right + 1); }"""


def test_the_row_takes_two_lines_at_most_and_the_network_stands_below_it(lab):
    page = lab.run_cells("from widgets import Workbench", CELL)
    bench = page.locator(".nn-workbench")
    bench.get_by_role("button", name="Update", exact=True).click()
    bench.locator("li[data-phase=update]").wait_for()
    for width in (326, 345, 366, 381, 400, 439, 441, 505, 520, 600, 719):
        bench.evaluate(WIDE, width)
        page.wait_for_timeout(300)
        over, narrow = bench.evaluate(OVER)
        assert narrow == width and not over, (narrow, over)
        assert bench.locator(".nn-time-row").evaluate("row => row.clientHeight") <= 76, f"two lines, {width} px"
        assert bench.locator(".nn-phase-name").evaluate_all(APART), f"no name of a phase on the next one, {width} px"
    lab.check()


@pytest.mark.parametrize("lab", [{"width": 1366, "height": 768}], indirect=True)
def test_both_equations_of_a_step_and_of_gradients_are_seen_at_once_and_columns_of_eight_are_numbers(lab):
    cells = "Workbench(hidden=(4, 3), learning_rate=0.1)", "Workbench(data='moons')"
    lab.open(lab.write("from widgets import Workbench", CELL, *cells), "lab")
    page = lab.run_all()
    benches = page.locator(".nn-workbench").all()
    for bench, blocks in zip(benches, ((0, 1), (0, 2), (0, 1, 2)), strict=True):
        bench.get_by_role("button", name="Update", exact=True).click()
        for block in blocks:  # of (4, 3) the second block's weights are 3 by 4: no room beside them
            seen = equations(bench, "update", block)
            assert len(seen) == 8 and all(seen), f"two formulas and six matrices: {seen}"
    for width in (1366, 1280):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(300)
        for dot in (1, 4, 7):  # the parameters' gradients of the three blocks
            seen = equations(benches[2], "backward", dot)
            assert len(seen) == 6 and all(seen), f"two formulas and four matrices, at {width}: {seen}"
        for block in (0, 1, 2):
            assert all(equations(benches[2], "update", block)), f"block {block}, at {width}"
        assert len(benches[2].locator(".nn-moment .nn-matrix[data-name=weights] td").all()) == 8
    page.set_viewport_size({"width": 1366, "height": 768})
    benches[2].get_by_role("tab", name="Check").click()
    benches[2].get_by_role("button", name="Check the gradients").click()
    benches[2].locator(".nn-cell").nth(104).wait_for()
    page.wait_for_timeout(300)
    assert benches[2].evaluate(BELOW) == 0, "of all three blocks every parameter's cell is seen"
    lab.check()


BELOW = """bench => { const { bottom } = bench.querySelector('.nn-pane:not([hidden])').getBoundingClientRect();
    const isBelow = one => one.getBoundingClientRect().bottom > bottom;
    return [...bench.querySelectorAll(".nn-cell")].filter(isBelow).length; }"""


def equations(bench, phase, dot):
    """Of each formula and matrix of a moment, whether it is seen whole."""
    bench.locator(f"li[data-phase={phase}] button").nth(dot).click()
    bench.locator(f"li[data-phase={phase}] button:nth-child({dot + 1})[aria-current]").wait_for()
    return bench.evaluate(UPDATE)


SEEN = """(pane, all) => { const { top, bottom } = pane.getBoundingClientRect(), out = [];
    for (const one of pane.querySelectorAll(all)) {
        const box = one.getBoundingClientRect();
        if (!box.width || box.top < top - 1 || box.bottom > bottom + 1) out.push(one.className);
    }
    return [out, pane.scrollHeight - pane.clientHeight]; }"""
DOCKED = "bench => { bench.style.cssText = 'width: 515px; --nn-height: 668px'; }"
SIZES = "all => all.map(one => [one.clientWidth, one.clientHeight])"


def test_docked_what_a_pane_shows_is_seen_without_scrolling_it(lab):
    page = lab.run_cells("from widgets import Workbench", "Workbench(mistake='grad_weights_for_weights')")
    bench = page.locator(".nn-workbench")
    bench.evaluate(DOCKED)
    bench.get_by_role("button", name="Update", exact=True).click()
    for name, all_, wait in (
        ("Activation", "canvas, p", "canvas"), ("Check", "canvas, :first-child > dd, select, .nn-number", ".nn-cell"),
        ("Compare", "canvas, tbody tr", "tbody tr"),
    ):  # fmt: skip
        bench.get_by_role("tab", name=name).click()
        pane = bench.get_by_role("tabpanel", name=name)
        if name == "Compare":
            pane.get_by_role("button", name="Run both").click()
        pane.locator(wait).first.wait_for()
        page.wait_for_timeout(300)
        assert pane.evaluate(SEEN, all_) == [[], 0], name
        if name == "Check":  # the chosen slope's numbers are in the words above
            words = bench.locator(".nn-narration").inner_text()
            assert re.search(r"the backward pass says \S+, measured is \S+, relative error \d", words), words
        if name == "Activation":
            sizes = pane.locator("canvas").evaluate_all(SIZES)
            assert all(wide > 200 and tall > 90 for wide, tall in sizes), sizes
    lab.check()


def test_full_screen_and_the_label_of_the_numbers_are_there_in_a_narrow_place(lab):
    page = lab.run_cells("from widgets import Workbench", CELL)
    bench = page.locator(".nn-workbench")
    for width in (326, 410, 480, 505, 515, 719):
        bench.evaluate(WIDE, width)
        page.wait_for_timeout(200)
        assert bench.get_by_role("button", name="Full screen").is_visible(), width
        label = bench.locator(".nn-tab-row .nn-label").bounding_box()
        assert label["width"] > 40 and label["height"] > 9, (width, label)
    lab.check()
