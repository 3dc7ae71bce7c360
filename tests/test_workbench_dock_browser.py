"""The Workbench beside the notebook, in the whole of JupyterLab at 1366×768 with the file browser open."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import NOTEBOOK
from test_gallery_browser import IN_VIEW

from widgets import Workbench
from widgets.stage.stand_in import StandIn

DOCK = ".jupyterlab-sidecar .nn-workbench"
BUTTON = "Beside the notebook"
UNSEEN = """root => [...root.querySelectorAll(`.nn-time-row, .nn-network canvas, .nn-decision-map canvas,
    .nn-loss canvas, .nn-narration, .nn-tabs, .nn-time-row > :not([hidden]), .nn-tabs > *`)].filter(node => {
        const box = node.getBoundingClientRect(), page = root.getBoundingClientRect();
        const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const covered = node.matches("button") && box.bottom < innerHeight && there && !node.contains(there);
        const inside = box.left >= page.left && box.right <= page.right + 1 && box.top >= page.top
            && box.bottom <= Math.min(page.bottom, innerHeight) + 1;
        return getComputedStyle(node).display !== "none" && !(inside && !covered && box.width > 5 && box.height > 5);
    }).map(node => node.className + " " + node.textContent)"""
COVER = """async () => {
    const {shell, commands} = jupyterapp;
    const launcher = await commands.execute("launcher:create");
    const dock = [...shell.widgets("main")].find(one => one.hasClass("jupyterlab-sidecar"));
    shell.add(launcher, "main", {ref: dock.id, mode: "tab-after"});
    shell.activateById(launcher.id);
    window.uncover = () => launcher.dispose();
}"""
SCROLLS = """panel => [panel, ...panel.querySelectorAll("*")].filter(node => node.scrollHeight > node.clientHeight + 1
    && node.clientHeight > 2 && ["auto", "scroll"].includes(getComputedStyle(node).overflowY)
    && !node.matches(".nn-words, .nn-narration, .nn-drawer, .nn-data, .nn-pane, .nn-pane *"))
    .map(node => node.className)"""
UPDATE = "[...document.querySelectorAll('.nn-where')].every(one => one.innerText === 'update 1')"
PANEL = "document.querySelector('.jupyterlab-sidecar')"
FIRST = """() => jupyterapp.shell.activateById(
    [...jupyterapp.shell.widgets("main")].find(one => one.content?.widgets).id)"""


@pytest.fixture
def whole(lab):
    """JupyterLab whole, with a Workbench in which little is free and a cell after it."""
    cell = 'from widgets import Workbench\nbench = Workbench(hidden=[4], only=("learning_rate",))\nbench'
    lab.open(lab.write(cell, "after = 1 + 1"), "lab")
    lab.run_all()
    lab.page.locator(f".nn-workbench button[aria-label='{BUTTON}']:visible").wait_for()
    assert lab.page.locator(".jp-FileBrowser").first.is_visible()
    yield lab
    to_the_notebook(lab)


def to_the_notebook(lab):
    """The notebook is the current document, which the docked panel was."""
    lab.page.evaluate(FIRST)
    lab.wait_for(f"{NOTEBOOK}.content.widgets", "the notebook")


def pressed(lab):
    lab.page.locator(f".jp-Notebook .nn-workbench button[aria-label='{BUTTON}']").click()
    lab.page.locator(f"{DOCK}[data-frame]").wait_for()
    return lab.page.locator(DOCK)


@pytest.mark.parametrize("lab", [{"width": 1366, "height": 768}], indirect=True)
def test_it_is_docked_once_comes_to_the_front_and_can_be_closed_and_opened_anew(whole):
    page, docked = whole.page, pressed(whole)
    page.wait_for_timeout(1000)
    assert docked.bounding_box()["width"] >= 440
    for root in page.locator(".nn-workbench").all():
        assert root.evaluate(UNSEEN) == []
    assert page.locator(".jupyterlab-sidecar").evaluate(SCROLLS) == []
    assert docked.get_by_role("button", name=BUTTON).count() == 0, "it is there already"
    docked.get_by_role("button", name="Step", exact=True).click()
    whole.wait_for(UPDATE, "both views")
    page.wait_for_timeout(500)
    assert docked.evaluate(UNSEEN) == []
    style = page.add_style_tag(content=IN_VIEW)
    found = Axe().run(page, context={"include": [[DOCK]]}, options={}).response["violations"]
    assert found == [], [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    style.evaluate("node => node.remove()")

    page.evaluate(COVER)
    whole.wait_for(f"{PANEL}.clientWidth === 0", "the launcher in front of the dock")
    pressed(whole)
    whole.wait_for(f"{PANEL}.clientWidth > 0", "the dock in front")
    page.evaluate("window.uncover()")
    assert page.locator(".jupyterlab-sidecar").count() == 1 and docked.is_visible()

    tab = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab").filter(has_text="Workbench")
    tab.locator(".lm-TabBar-tabCloseIcon").click()
    whole.wait_for("!document.querySelector('.jupyterlab-sidecar')", "the dock to close")
    for _ in range(2):
        pressed(whole)
        assert page.locator(".jupyterlab-sidecar").count() == 1 and docked.is_visible()
    to_the_notebook(whole)
    whole.check()


@pytest.mark.parametrize("lab", [{"width": 1366, "height": 768}], indirect=True)
def test_it_stays_while_cells_run_and_follows_its_own_cell(whole):
    docked = pressed(whole)
    docked.get_by_role("button", name="Step", exact=True).click()
    whole.wait_for("document.querySelector('.jupyterlab-sidecar .nn-where').innerText === 'update 1'", "a step")
    to_the_notebook(whole)
    whole.run_all()  # its cell too: a new Workbench, in the panel of the one before
    whole.wait_for("document.querySelector('.jupyterlab-sidecar .nn-where')?.innerText === 'update 0'", "the new one")
    assert whole.page.locator(".jupyterlab-sidecar").count() == 1
    docked.get_by_role("button", name="Step", exact=True).click()
    whole.wait_for(UPDATE, "both views")
    to_the_notebook(whole)
    whole.check()


def test_where_one_document_fills_the_window_there_is_no_button(lab):
    page = lab.run_cells("from widgets import Workbench", "Workbench(hidden=[2])")
    page.locator(".nn-workbench[data-frame]").wait_for()
    page.wait_for_timeout(1000)
    assert not page.locator(f".nn-workbench button[aria-label='{BUTTON}']").is_visible()


def test_without_the_extension_there_is_no_button_and_no_harm(monkeypatch):
    monkeypatch.setattr("widgets.workbench.dock.THERE", False)
    browser = StandIn(Workbench(hidden=[2]))
    assert browser.frame["view"]["dock"] is None
    browser.press("dock")
    assert browser.frame["failure"] is None and browser.explorer._dock is None
    browser.explorer.close()


def test_a_panel_closes_with_its_workbench():
    browser = StandIn(Workbench(hidden=[2]))
    assert browser.frame["view"]["dock"] == ""
    browser.press("dock")
    panel = browser.explorer._dock
    assert browser.frame["view"]["dock"] == panel.model_id
    browser.press("dock")
    assert browser.explorer._dock is panel, "no second one"
    later = Workbench(hidden=[3])
    later.follow(browser.explorer)
    browser.explorer.close()
    assert later._dock is panel and later.model_id in str(panel.outputs)
    later.close()
    assert later._dock is None
