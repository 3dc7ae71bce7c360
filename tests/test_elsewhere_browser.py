"""Where people already are: Jupyter Notebook 7 for real, and pages that have none of JupyterLab's colours."""

import base64
import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_lite import DRAWN, MOUNTED

from nnlib_course import replays

pytestmark = pytest.mark.slow

CHECKED = """from lessons.checks import *
def neuron(weights, inputs, bias):
    return weights @ inputs + bias
check("02.3")"""


@pytest.mark.parametrize("lab", [{"width": 1366, "height": 768}], indirect=True)
def test_in_notebook_7_an_explorer_plays_pauses_and_is_typed_into_and_a_check_passes(lab):
    page = lab.open(lab.write("from widgets import Workbench\nWorkbench(hidden=[3])", CHECKED), place="notebook")
    assert "/notebooks/" in page.url and page.locator(".jp-NotebookPanel-toolbar").is_visible()
    lab.console.clear()  # it asks for settings of its extension to JupyterLab, which is off here
    lab.run_all()
    assert "PASSED" in lab.text_of(1)
    bench = page.locator(".nn-explorer")
    beside = bench.get_by_role("button", name="Beside the notebook", include_hidden=True)
    assert beside.count() == 1 and not beside.is_visible(), "its extension is JupyterLab's alone"
    epoch = bench.locator(".nn-stats dd").first
    before = epoch.inner_text()
    bench.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("before => document.querySelector('.nn-stats dd').innerText !== before", arg=before)
    bench.get_by_role("button", name="Pause", exact=True).click()
    bench.get_by_role("button", name="Play", exact=True).wait_for()
    rate = bench.get_by_label("Learning rate").first
    page.wait_for_timeout(500)  # the last frames of Play
    frame = bench.get_attribute("data-frame")
    rate.fill("0.05")
    rate.press("Enter")
    lab.wait_for(f"document.querySelector('.nn-explorer').dataset.frame !== '{frame}'", "Python's answer to the rate")
    assert rate.input_value() == "0.05"
    box = bench.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1366 and box["height"] < 650
    lab.page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    lab.wait_for("document.querySelector('.nn-explorer.nn-dark')", "the dark colours")


PAGES = {
    "a bare page": ("<body></body>", False),
    "a dark page": ("<body style=\"background: #1e1e1e\"></body>", True),
    "VS Code, dark": ("<body class=\"vscode-dark\" style=\"--vscode-editor-background: #1e1e1e; "
                      "--jp-layout-color0: var(--vscode-editor-background)\"></body>", True),
    "Colab, dark": ("<html theme=\"dark\"><body></body></html>", True),
    "JupyterLab, light": ("<body data-jp-theme-light=\"true\"></body>", False),
}


@pytest.fixture(scope="module")
def frames():
    """What the browser gets of some explorers: a network, sliders, boxes to fill, lines to order, a question."""
    told = {}
    for kind in ("Workbench", "NeuronExplorer", "BackpropBoard", "Parsons", "Predict"):
        explorer, _ = replays.made(replays.file_name(kind), updates=3)
        state = {"frame": explorer.frame, "controls": explorer.controls}
        told[kind] = explorer._esm, explorer._css, json.dumps(state, default=as_text)
        explorer.close()
    return told


def as_text(value):
    return {"base64": base64.b64encode(value).decode()}


@pytest.mark.parametrize("place", PAGES)
def test_without_jupyterlabs_colours_an_explorer_is_readable_and_as_dark_as_the_page(offline, frames, place):
    html, dark = PAGES[place]
    for kind, what in frames.items():
        page = offline(kind, f"<!doctype html>{html}")
        page.evaluate(MOUNTED, list(what))
        page.wait_for_function(f"({DRAWN})() || !document.querySelector('canvas')")
        assert page.locator(".nn-explorer.nn-dark").count() == dark, (place, kind)
        found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        assert not found, (place, kind, found[0]["nodes"][0]["html"][:200], found[0]["nodes"][0]["failureSummary"])
