"""The Workbench in JupyterLab: that control, effect and words are on one screen, and that no press moves the page."""

import pytest

SIZES = pytest.mark.parametrize(
    "lab",
    [{"width": 1366, "height": 768}, {"width": 1280, "height": 900}, {"width": 800, "height": 900}],
    indirect=True,
)
CELL = "from widgets import Workbench\nbench = Workbench(hidden=[4])\nbench"
TALLEST = "root => root.offsetHeight <= Math.max(590, innerHeight - 178)"
PARTS = (
    ".nn-time-row",
    ".nn-network canvas",
    ".nn-decision-map canvas",
    ".nn-loss canvas",
    ".nn-track",
    ".nn-narration",
    ".nn-tabs",
)
SEEN = """([root, parts]) => parts.filter(part => {
    const box = root.querySelector(part).getBoundingClientRect();
    const page = root.getBoundingClientRect();
    return !(box.width > 20 && box.height > 10 && box.top >= page.top && box.bottom <= page.bottom + 1
        && box.left >= page.left && box.right <= page.right + 1);
})"""
SCROLLS = """() => [...document.querySelectorAll('.jp-WindowedPanel-outer, .jp-NotebookPanel-notebook')]
    .map(shown => shown.scrollTop)"""


def shown(lab):
    page = lab.run_cells(CELL)
    root = page.locator(".nn-workbench")
    root.wait_for()
    root.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    return page, root


def pressed(page, root, act):
    """Do something, and wait for the frame that comes of it."""
    before = root.get_attribute("data-frame")
    act()
    page.wait_for_function("([root, before]) => root.dataset.frame !== before", arg=[root.element_handle(), before])
    page.wait_for_timeout(100)


@SIZES
def test_all_is_on_one_screen_and_no_press_moves_it(lab):
    page, root = shown(lab)
    assert root.evaluate(TALLEST)
    assert page.evaluate(SEEN, [root.element_handle(), list(PARTS[:4])]) == []
    before, place = page.evaluate(SCROLLS), root.bounding_box()
    for name in ("Step", "Update", "Back"):
        button = root.get_by_role("button", name=name, exact=True)
        pressed(page, root, button.click)
    for tab in root.get_by_role("tab").all():
        pressed(page, root, tab.click)
        assert tab.get_attribute("aria-selected") == "true"
    assert page.evaluate(SEEN, [root.element_handle(), list(PARTS)]) == []
    root.get_by_role("button", name="All settings").click()
    assert root.get_by_label("Optimiser").is_visible()
    assert (page.evaluate(SCROLLS), root.bounding_box()) == (before, place), "nothing moved"
    lab.check()


def test_the_keys_go_through_time(lab):
    page, root = shown(lab)
    where = root.locator(".nn-track [aria-current=step]")
    root.locator(".nn-page").focus()
    for _ in range(3):
        pressed(page, root, lambda: page.keyboard.press("ArrowRight"))
    assert where.get_attribute("aria-label") == "Layer 2, Dense(1): turns its inputs into its output"
    assert "weight × input" in root.inner_text() and "output = weights @ inputs + bias" in root.inner_text()
    pressed(page, root, lambda: page.keyboard.press("ArrowLeft"))
    assert where.get_attribute("aria-label") == "Layer 1, Tanh: turns its inputs into its output"
    pressed(page, root, lambda: page.keyboard.press("End"))
    assert where.get_attribute("aria-label").endswith("its parameters move against their gradients")
    lab.check()


def test_while_all_runs_the_strip_stands_where_the_equation_is_from(lab):
    page, root = shown(lab)
    root.locator(".nn-page").focus()
    for _ in range(20):
        pressed(page, root, lambda: page.keyboard.press("ArrowRight"))
    where = root.locator(".nn-track [aria-current=step]")
    assert not where.get_attribute("aria-label").endswith("its parameters move against their gradients")
    root.get_by_role("button", name="Play").click()
    page.wait_for_function("""root => Number(root.querySelector('.nn-where').textContent.replace(/\\D/g, '')) > 20
        && root.querySelector('.nn-formulas').textContent.includes('grad_weights')""", arg=root.element_handle())
    assert where.get_attribute("aria-label").endswith("its parameters move against their gradients")
    assert root.locator(".nn-track .nn-here").get_attribute("data-phase") == "update"
    root.get_by_role("button", name="Pause").click()
    page.wait_for_function("root => root.dataset.playing === 'false'", arg=root.element_handle())
    lab.check()


def test_the_first_update_plays_slowly_and_then_all_runs(lab):
    page, root = shown(lab)
    root.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "root => root.querySelector('.nn-flowing').textContent.includes('weight × input')", arg=root.element_handle()
    )
    page.wait_for_function(
        "root => Number(root.querySelector('.nn-where').textContent.replace(/\\D/g, '')) > 50",
        arg=root.element_handle(), timeout=60_000,
    )  # fmt: skip
    root.get_by_role("button", name="Pause").click()
    page.wait_for_function("root => root.dataset.playing === 'false'", arg=root.element_handle())
    slider = root.get_by_role("slider", name="Recorded update")
    slider.focus()
    pressed(page, root, lambda: page.keyboard.press("Home"))
    assert root.locator(".nn-where").inner_text() == "update 1"
    lab.check()
