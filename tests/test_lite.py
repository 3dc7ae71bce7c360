"""The site without a server (deploy/lite): built, served from this computer, opened in a browser.

What builds it is no part of the course. `NNLIB_LITE` names the folder that `deploy/lite/build.py --tools FOLDER` has
filled, `NNLIB_PYODIDE` a folder with Pyodide, the browser's Python. `.ci/run` gets both; without them these tests skip.
"""

import base64
import functools
import http.server
import importlib.util
import json
import os
import re
import shutil
import threading
import urllib.request
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LITE = ROOT / "deploy" / "lite"
LESSONS = sorted(path.name for path in (ROOT / "lessons").glob("*.ipynb"))
TOOLS, PYODIDE = os.environ.get("NNLIB_LITE"), os.environ.get("NNLIB_PYODIDE")

with_tools = pytest.mark.skipif(not TOOLS, reason="NNLIB_LITE names no folder with JupyterLite; .ci/run has it")
with_pyodide = pytest.mark.skipif(
    not (TOOLS and PYODIDE), reason="NNLIB_PYODIDE names no folder with the browser's Python; .ci/run looks for it"
)
with_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="`chromium` is not on the PATH")


def builder():
    spec = importlib.util.spec_from_file_location("build_lite", LITE / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- Without a build ---


def test_the_wheels_that_the_browser_loads_are_locked_with_their_hashes():
    build, entries = builder(), builder().locked()
    for name in (*build.WHEELS, *build.BUILDERS, *build.FRONT_ENDS):
        assert "--hash=sha256:" in entries[name], name
    pins = [Requirement(line.partition("#")[0]) for line in (LITE / "requirements.txt").read_text().splitlines()[1:]]
    assert len(pins) == 3 and all(str(pin.specifier).startswith("==") for pin in pins)


def test_what_the_course_imports_is_loaded_in_the_browser():
    """Of the run-time dependencies only JupyterLab stays out: the site is one. IPython is the kernel's own."""
    from test_imports import ALLOWED, EXCEPTIONS

    build = builder()
    loaded = {name.replace("-", "_") for name in (*build.WHEELS, *build.OF_PYODIDE)} | {"IPython"}
    imported = set().union(*ALLOWED.values(), *EXCEPTIONS.values()) - {"nnlib", "widgets", "nbformat"}
    assert imported <= loaded
    needing_nbformat = [path for path in (ROOT / "lessons").rglob("*.py") if "import nbformat" in path.read_text()]
    assert not needing_nbformat, "nbformat is not loaded in the browser"


@pytest.mark.parametrize("arguments", [[], ["OUT", "--pyodide", "."]])
def test_a_call_that_cannot_work_says_so(arguments, capsys):
    with pytest.raises(SystemExit):
        builder().main(arguments)
    assert re.search("name the folder for the site|no pyodide-lock.json", capsys.readouterr().err)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    kept = tmp_path / "thesis.tex"
    kept.write_text("years of work")
    with pytest.raises(SystemExit, match="something else"):
        builder().build(tmp_path, tmp_path / "tools")
    with pytest.raises(SystemExit, match="something else"):
        builder().prepare(tmp_path)
    assert kept.read_text() == "years of work"


def test_the_workflow_in_the_readme_is_one_and_builds_what_it_hands_on():
    workflow = yaml.safe_load(re.search(r"```yaml\n(.*?)```", (LITE / "README.md").read_text(), re.S)[1])
    (steps,) = [job["steps"] for job in workflow["jobs"].values()]
    (command,) = [step["run"].split() for step in steps if "run" in step]
    handed_on = [step["with"]["path"] for step in steps if step.get("uses", "").startswith("actions/upload-pages")]
    assert (ROOT / command[1]).is_file() and command[2:] == handed_on


# --- The site ---


class Site:
    """A built site, served from this computer. It has what tests/browser.py asks of a server."""

    def __init__(self, folder, pyodide=None):
        self.folder, self.out = folder, folder / "site"
        builder().build(self.out, Path(TOOLS), pyodide)
        handler = functools.partial(Quiet, directory=folder)  # the site is in a folder of it, as it may be anywhere
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/site"

    def json(self, path):
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=30) as answer:
            return json.load(answer)

    def set(self, plugin, **values):
        """A site has no settings on a server."""

    def shut_kernels_down(self):
        """They end with the page."""

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    served = Site(tmp_path_factory.mktemp("lite"))
    yield served
    served.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The site with its own Python."""
    served = Site(tmp_path_factory.mktemp("lite-whole"), Path(PYODIDE))
    config = json.loads((served.out / "jupyter-lite.json").read_text())
    config["jupyter-config-data"]["exposeAppInBrowser"] = True
    (served.out / "jupyter-lite.json").write_text(json.dumps(config))
    yield served
    served.close()


@with_tools
def test_the_site_holds_the_lessons_and_everything_they_import(site):
    assert sorted(entry["name"] for entry in site.json("api/contents/all.json")["content"]) == LESSONS
    assert site.json(f"files/{LESSONS[0]}") == json.loads((ROOT / "lessons" / LESSONS[0]).read_text())
    held = {path.name.partition("-")[0] for path in (site.out / "pypi").glob("*.whl")}
    assert held == {"nnlib_course"} | {name.replace("-", "_") for name in builder().WHEELS}
    fronts = {path.parent.relative_to(site.out / "extensions").as_posix()
              for path in (site.out / "extensions").rglob("package.json")}  # fmt: skip
    assert {"anywidget", "@jupyter-widgets/jupyterlab-manager", builder().KERNEL} <= fronts
    course = next((site.out / "pypi").glob("nnlib_course-*.whl"))
    with zipfile.ZipFile(course) as wheel:
        assert "nnlib/data/mnist.npz" in wheel.namelist()


@with_tools
def test_each_package_is_where_the_kernel_looks_for_it(site):
    """The kernel's worker asks for them relative to its own address, so that the site works in any folder."""
    build = builder()
    kernel = site.json("jupyter-lite.json")["jupyter-config-data"]["litePluginSettings"][f"{build.KERNEL}:kernel"]
    assert kernel["disablePyPIFallback"] is True and "pyodideUrl" not in kernel
    worker = site.out / "extensions" / build.KERNEL / "static"
    assert any("importScripts" in path.read_text() for path in worker.glob("*.js"))
    packages = kernel["loadPyodideOptions"]["packages"]
    assert len(packages) == len(build.OF_PYODIDE) + len(build.WHEELS) + 1
    for package in packages:
        assert package in build.OF_PYODIDE or (worker / package).is_file(), package


@with_tools
def test_a_second_build_replaces_the_first(site, tmp_path):
    again = tmp_path / "site"
    again.mkdir()
    (again / "jupyter-lite.json").write_text("{}")
    (again / "files").mkdir()
    (again / "files" / "99_gone.ipynb").write_text("{}")
    builder().build(again, Path(TOOLS))
    names = [{path.relative_to(out).as_posix() for path in out.rglob("*")} for out in (again, site.out)]
    assert names[0] == names[1]


@pytest.fixture
def page(request):
    """A page of Chromium that reaches nothing but this computer; `page.beyond` lists what it asked others for."""
    from browser import CHROMIUM
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.beyond = []

        def only_here(route):
            if route.request.url.startswith(("http://127.0.0.1", "blob:", "data:")):
                return route.continue_()
            page.beyond.append(route.request.url)
            return route.abort()

        page.context.route("**/*", only_here)
        yield page
        browser.close()


@with_tools
@with_chromium
def test_the_page_opens_the_first_lesson_and_lists_all(site, page):
    page.goto(site.url)
    page.get_by_role("heading", name="Meet the network").wait_for(timeout=60_000)
    listed = page.locator(".jp-DirListing-itemName").all_inner_texts()
    assert sorted(name.strip() for name in listed) == LESSONS
    page.get_by_text("02_build_a_neuron.ipynb").dblclick()
    page.get_by_role("heading", name="Build a neuron").wait_for(timeout=60_000)
    addresses = {url for url in page.beyond if not url.startswith("attachment:")}
    assert all(re.fullmatch(r"https://[^/]+/pyodide/v0\.27\.\d+/full/pyodide\.js", url) for url in addresses), addresses


MOUNTED = """async ([esm, css, state]) => {
    const bytes = text => new DataView(Uint8Array.from(atob(text), one => one.charCodeAt(0)).buffer);
    const revive = (key, value) => (value && value.base64 !== undefined ? bytes(value.base64) : value);
    const values = JSON.parse(state, revive);
    const {default: widget} = await import(URL.createObjectURL(new Blob([esm], {type: "text/javascript"})));
    const model = {get: name => values[name], set() {}, on() {}, off() {}, save_changes() {},
                   send: message => window.sent.push(message.kind)};
    window.sent = [];
    document.head.append(Object.assign(document.createElement("style"), {textContent: css}));
    widget.render({model, el: document.body});
}"""
DRAWN = """() => [...document.querySelectorAll("canvas")].filter(canvas => canvas.width && canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0)).length > 0"""


@with_chromium
@pytest.mark.parametrize("name", ["Workbench", "NeuronExplorer"])
def test_an_explorer_draws_a_recorded_frame_with_no_python_at_all(name, page):
    """Its page needs a model with a frame, and nothing else: not NumPy, not a kernel, not JupyterLab."""
    import widgets

    explorer = getattr(widgets, name)()
    told = {"frame": explorer.frame, "controls": explorer.controls}
    state = json.dumps(told, default=lambda value: {"base64": base64.b64encode(value).decode()})
    page.set_content("<!doctype html><body></body>")
    page.evaluate(MOUNTED, [explorer._esm, explorer._css, state])
    page.wait_for_function(DRAWN, timeout=20_000)
    assert explorer.title in page.locator("body").inner_text()
    assert page.evaluate("window.sent")[0] == "hello" and not page.beyond


# --- With the browser's own Python ---


@pytest.fixture
def lite(whole):
    """The first lesson, open, with its kernel running in the page."""
    from browser import IDLE, LISTEN, Lab

    class LiteLab(Lab):
        def open(self, path):
            self.page.goto(f"{self.server.url}/lab/index.html?path={path}")
            self.wait_for(f"window.jupyterapp && {IDLE}", f"a kernel for {path}")
            self.page.evaluate(LISTEN)
            return self.page

        def ask(self, code):
            """What `code` prints in the open notebook's kernel."""
            return self.page.evaluate(ASK, code)

    page = LiteLab(whole)
    yield page
    page.close()


ASK = """async code => {
    const asked = jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code});
    let printed = "";
    asked.onIOPub = ({header, content}) => {
        if (header.msg_type === "stream") printed += content.text;
        if (header.msg_type === "error") printed += content.traceback.join("\\n");
    };
    await asked.done;
    return printed;
}"""
CHECKED = r"""
import json, os, sys, time
from lessons.checks import *
from lessons.checks import pristine
from lessons.checks.judge import guard

BODIES = {
    "blank": "...", "right": "return weights @ inputs + bias", "wrong": "return weights @ inputs - bias",
    "endless": "while True:\n        try:\n            bias\n        except:\n            pass",
}
guard.LIMIT, told = 1.0, {"platform": sys.platform}
pristine.keep_module(guard)  # the checks put back what a notebook changes
for name, body in BODIES.items():
    begun = time.time()
    get_ipython().run_cell(f"def neuron(weights, inputs, bias):\n    {body}\n", store_history=True)
    report = check("02.3")
    told[name] = [report.outcome, report.finding and report.finding.name, time.time() - begun < 3]
told["kept"] = sorted(os.listdir("my_progress"))
told["packed"] = "16 notebooks" in pack().text()
told["warned"] = "kept in this browser" in status().text()
print("\n" + json.dumps(told))
"""


@with_pyodide
@with_chromium
def test_explorers_checks_and_storage_work_in_the_browsers_own_python(lite):
    lite.open("gallery.ipynb")  # every explorer
    page = lite.run_all()
    page.evaluate("jupyterapp.shell.currentWidget.content.scrollToItem(0)")
    explorer = page.locator(".nn-explorer").first
    explorer.get_by_role("button", name="Play", exact=True).click()
    lite.wait_for("document.querySelector('.nn-explorer').dataset.frame > 20", "twenty frames of Play")
    for label in ("Pause", "Play", "Pause"):
        explorer.get_by_role("button", name=label, exact=True).click()
    lite.wait_for("document.querySelector('.nn-explorer').dataset.playing !== 'true'", "the end of Play")
    told = json.loads(lite.ask(CHECKED).splitlines()[-1])
    assert told == {
        "platform": "emscripten", "blank": ["NOT ATTEMPTED", None, True], "right": ["PASSED", None, True],
        "wrong": ["FAILED", "bias-subtracted", True], "endless": ["FAILED", "endless", True],
        "kept": [".gitignore", "pieces", "progress.json"], "packed": True, "warned": True,
    }  # fmt: skip
    lite.check()
    lite.open(LESSONS[2])  # a new kernel, and what was written is still in the browser's storage
    kept = "from lessons.checks import mine_or_reference; print(mine_or_reference('neuron').__module__)"
    assert lite.ask(kept).strip().endswith("my_pieces_neuron")
