"""The site without a server (deploy/lite): built, served from this computer, opened in a browser.

What builds it is no part of the course. `NNLIB_LITE` names the folder that `deploy/lite/build.py --tools FOLDER` has
filled, `NNLIB_PYODIDE` a folder with Pyodide, the browser's Python. `.ci/run` gets both; without them these tests skip.
"""

import base64
import functools
import http.server
import importlib.util
import itertools
import json
import os
import re
import shutil
import threading
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LITE = ROOT / "deploy" / "lite"
LESSONS = sorted(path.name for path in (ROOT / "lessons").glob("*.ipynb"))
PATIENCE = 120_000  # ms: two cores that do something else as well are slow
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
    assert {pin.name for pin in pins} == {"jupyterlite-core", "jupyterlite-pyodide-kernel"}
    assert {str(pin.specifier) for pin in pins} == {"==0.8.6"} and "0.8.6" in build.VERSIONS
    (stand_in,) = [line for line in (LITE / "stand-in.txt").read_text().splitlines() if not line.startswith("#")]
    assert re.fullmatch(r"[\w-]+==0\.6\.1 --hash=sha256:[0-9a-f]{64}", stand_in)


def test_the_page_and_the_readme_say_what_was_tested_and_when_the_stand_in_goes():
    build, readme = builder(), (LITE / "README.md").read_text()
    for version in re.findall(r"\d+\.\d+\.\d+", build.VERSIONS):
        assert version in readme
    assert "__VERSIONS__" in (LITE / "page.js").read_text()
    assert "CompatibilityLayer" in readme and "0.28" in readme, "which Pyodide makes the swap needless"


def test_what_the_course_imports_is_loaded_in_the_browser():
    """Of the run-time dependencies only JupyterLab stays out: the site is one. IPython is the kernel's own, Pillow
    Matplotlib's."""
    from test_imports import ALLOWED, EXCEPTIONS

    build = builder()
    loaded = {name.replace("-", "_") for name in (*build.WHEELS, *build.OF_PYODIDE)} | {"IPython", "PIL"}
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
    """A built site, served from this computer; `mood` is "", "gone" (no answer) or "hangs" (nor a refusal)."""

    def __init__(self, folder, pyodide=None):
        self.folder, self.out = folder, folder / "site"
        (self.out / "files").mkdir(parents=True)  # an earlier site, which this one replaces
        (self.out / "files" / "99_gone.ipynb").write_text("{}")
        (self.out / "jupyter-lite.json").write_text("{}")
        builder().build(self.out, Path(TOOLS), pyodide)
        handler = functools.partial(Moody, directory=folder)  # the site is in a folder of it, as it may be anywhere
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.mood = ""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/site"

    def json(self, path):
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=30) as answer:
            return json.load(answer)

    def close(self):
        self.server.mood = ""
        self.server.shutdown()
        self.server.server_close()


class Moody(http.server.SimpleHTTPRequestHandler):
    def send_head(self):
        while self.server.mood == "hangs":
            time.sleep(0.1)
        if self.server.mood == "gone":
            self.close_connection = True
            return None
        return super().send_head()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The one site of a run; with its own Python where there is one."""
    served = Site(tmp_path_factory.mktemp("lite"), PYODIDE and Path(PYODIDE))
    yield served
    served.close()


@with_tools
def test_the_site_holds_the_lessons_and_everything_they_import(site):
    assert sorted(entry["name"] for entry in site.json("api/contents/all.json")["content"]) == LESSONS
    assert site.json(f"files/{LESSONS[0]}") == json.loads((ROOT / "lessons" / LESSONS[0]).read_text())
    assert not (site.out / "files" / "99_gone.ipynb").exists(), "an earlier site is replaced"
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
    assert kernel["disablePyPIFallback"] is True
    assert (site.out / kernel["pipliteWheelUrl"]).is_file() and "0.6.1" in kernel["pipliteWheelUrl"]
    beyond = rf"https://[^/]+/pyodide/v{re.escape(build.PYODIDE)}/full/pyodide\.mjs"
    assert re.fullmatch(beyond, build.network_address(Path(TOOLS))), "the tested one, where JupyterLite has its own"
    assert '"pyodideUrl": "address"' in json.dumps(build.settings([], "piplite", "address"))
    assert re.fullmatch(r"\./static/pyodide/pyodide\.mjs" if PYODIDE else beyond, kernel["pyodideUrl"])
    worker = site.out / "extensions" / build.KERNEL / "static"
    assert list(worker.glob("*.worker.*.js"))
    packages = kernel["loadPyodideOptions"]["packages"]
    assert len(packages) == len(build.OF_PYODIDE) + len(build.WHEELS) + 1
    for package in packages:
        assert package in build.OF_PYODIDE or (worker / package).is_file(), package


@pytest.fixture(scope="module")
def browser():
    from browser import CHROMIUM
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield browser
        browser.close()


def newcomer(browser):
    """A page that remembers nothing and reaches only this computer; `page.beyond` lists what it asked others for."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.beyond = []

    def only_here(route):
        if route.request.url.startswith(("http://127.0.0.1", "blob:", "data:")):
            return route.continue_()
        page.beyond.append(route.request.url)
        return route.abort()

    page.context.route("**/*", only_here)
    return page


@pytest.fixture(scope="module")
def page(browser):
    page = newcomer(browser)
    yield page
    page.context.close()


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
    page.goto("about:blank")
    page.set_content("<!doctype html><body></body>")
    page.evaluate(MOUNTED, [explorer._esm, explorer._css, state])
    page.wait_for_function(DRAWN, timeout=20_000)
    assert page.locator(".nn-explorer").get_attribute("aria-label") == explorer.title
    assert page.evaluate("window.sent")[0] == "hello" and not page.beyond


# --- In a browser: these tests share one page and go on from one another, as each start of Python costs ten seconds ---

SAID = """() => document.querySelector("#nn-site:not([hidden])")?.innerText ?? ''"""


@with_tools
@with_chromium
def test_the_page_opens_the_first_lesson_and_lists_all(site, page):
    page.goto(site.url)
    page.wait_for_function(f"({SAID})().includes('Loading the page')")
    page.get_by_role("heading", name="Meet the network").wait_for()
    listed = page.locator(".jp-DirListing-itemName").all_inner_texts()
    assert sorted(name.strip() for name in listed) == LESSONS
    addresses = {url for url in page.beyond if not url.startswith("attachment:")}
    beyond = rf"https://[^/]+/pyodide/v{re.escape(builder().PYODIDE)}/full/pyodide\.mjs"
    assert all(re.fullmatch(beyond, url) for url in addresses), addresses


CONTROLLED = """async () => {
    for (let tries = 0; tries < 100 && !navigator.serviceWorker.controller; tries++)
        await new Promise(done => setTimeout(done, 100));
    return Boolean(navigator.serviceWorker.controller);
}"""


@with_tools
@with_chromium
@pytest.mark.parametrize("mood", ["gone", pytest.param("hangs", marks=pytest.mark.costly)])
def test_a_site_that_does_not_answer_is_said_within_ten_seconds_and_waited_for(mood, site, page):
    page.goto(f"{site.url}/lab/index.html?path={LESSONS[0]}")
    for _ in range(5):  # where its service worker starts too late, Chromium shows the page without it
        if page.evaluate(CONTROLLED):
            break
        page.reload()
    site.server.mood, begun = mood, time.monotonic()
    page.evaluate("setTimeout(() => location.reload(), 50)")
    try:
        page.get_by_text("The site does not answer").first.wait_for(timeout=12_000)
        assert time.monotonic() - begun < 12, "ten, and two for a computer that does something else"
        assert "kept in this browser" in page.locator("body").inner_text()
    finally:
        site.server.mood = ""  # for the tests after it
    page.wait_for_function("window.jupyterapp")


# --- With the browser's own Python ---

@pytest.fixture(scope="module")
def lite(site, browser, page):
    """The gallery, open, with its kernel running in the page. `lite.loaded`: what the page said meanwhile."""

    class Lite:
        loaded = ()

        def __getattr__(self, name):
            return getattr(page, name)

        def ready(self):
            """Wait for the open notebook's kernel; what the page said until then."""
            from browser import IDLE

            said, until = [], time.monotonic() + PATIENCE / 1000
            while not page.evaluate(f"Boolean(window.jupyterapp && {IDLE})") or page.evaluate(SAID):
                said.append(page.evaluate(SAID))
                assert time.monotonic() < until, said[-1]
                time.sleep(0.2)
            return said

        def ask(self, code, seconds=60):
            """What `code` prints in the open notebook's kernel."""
            return page.evaluate(ASK, [code, 1000 * seconds])

    page.goto("about:blank")  # its Python ends; where it was, its lesson would open again beside the gallery
    page = newcomer(browser)
    page.goto(f"{site.url}/lab/index.html?path=gallery.ipynb")
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.context?.path === 'gallery.ipynb'")
    lite = Lite()
    lite.loaded = lite.ready()
    return lite


ASK = """async ([code, wait]) => {
    const asked = jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code});
    let printed = "";
    asked.onIOPub = ({header, content}) => {
        if (header.msg_type === "stream") printed += content.text;
        if (header.msg_type === "error") printed += content.traceback.join("\\n");
    };
    const late = new Promise(done => setTimeout(() => done("no answer"), wait));
    return await Promise.race([asked.done.then(() => printed), late]);
}"""
RUN_ALL = """async () => {
    const failed = [];
    jupyterapp.shell.currentWidget.sessionContext.iopubMessage.connect((_, {header, content}) => {
        if (header.msg_type === "error") failed.push(content.traceback.join("\\n"));
        if (content.name === "stderr" && content.text.includes("Traceback")) failed.push(content.text);
    });
    await jupyterapp.commands.execute("notebook:run-all-cells");
    return failed.join("\\n");
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
    told[name] = [report.outcome, report.finding and report.finding.name, time.time() - begun < 15]
told["kept"] = sorted(os.listdir("my_progress"))
told["packed"] = "NUMBER notebooks" in pack().text()
told["warned"] = "kept in this browser" in status().text()
print("\n" + json.dumps(told))
"""


WRONG = {
    "def f(:\n    pass": "invalid syntax", "def f():\nreturn 1": "expected an indented block",
    "print(1": "incomplete input", "if True:\n    1\n\t2": "TabError", "x = 'abc": "unterminated string",
    "1 / 0": "ZeroDivisionError",
    "import nothing_of_this_name": "ModuleNotFoundError", "%pip install nothing": "PyPI fallback is disabled",
    "raise SystemExit": "SystemExit", "print(6 * 7)": "42",
}  # fmt: skip


def counted(said):
    """The megabytes that came, and of how many, each time that the page said so."""
    told = [re.search(r"([\d.]+) of about (\d+) MB", one) for one in said]
    return zip(*[(float(one[1]), int(one[2])) for one in told if one], strict=True)


@with_pyodide
@with_chromium
def test_loading_is_seen_and_every_wrong_cell_is_answered(lite):
    came, whole = counted(lite.loaded)
    falls = sum(after < before for before, after in itertools.pairwise(came))
    assert falls <= 1, "it rises; an earlier test's page may still have been told of"
    assert abs(max(came) - builder().MEGABYTES) < 2 and set(whole) == {builder().MEGABYTES}
    assert builder().VERSIONS in lite.loaded[-1]
    assert {code: said for code, said in WRONG.items() if said not in lite.ask(code)} == {}


@with_pyodide
@with_chromium
def test_explorers_checks_and_storage_work_in_the_browsers_own_python(lite):
    failed = lite.evaluate(RUN_ALL)
    assert not failed
    lite.evaluate("jupyterapp.shell.currentWidget.content.scrollToItem(0)")
    explorer = lite.locator(".nn-explorer").first
    explorer.get_by_role("button", name="Play", exact=True).click()
    lite.wait_for_function("document.querySelector('.nn-explorer').dataset.frame > 20")
    explorer.get_by_role("button", name="Pause", exact=True).click()
    lite.wait_for_function("document.querySelector('.nn-explorer').dataset.playing !== 'true'")
    told = json.loads(lite.ask(CHECKED.replace("NUMBER", str(len(LESSONS)))).splitlines()[-1])
    assert told == {
        "platform": "emscripten", "blank": ["NOT ATTEMPTED", None, True], "right": ["PASSED", None, True],
        "wrong": ["FAILED", "bias-subtracted", True], "endless": ["FAILED", "endless", True],
        "kept": [".gitignore", "passed_here.json", "pieces", "progress.json"], "packed": True, "warned": True,
    }  # fmt: skip


@with_pyodide
@with_chromium
def test_an_endless_cell_is_ended_by_the_restart_that_the_page_offers(lite):
    assert lite.ask("while True: pass", seconds=1) == "no answer"
    lite.evaluate("jupyterapp.commands.execute('notebook:interrupt-kernel')")
    lite.get_by_text("Python in a browser has no Stop").wait_for()
    lite.get_by_role("button", name="Restart", exact=True).click()
    said = lite.ready()
    assert any("made ready" in one for one in said) and lite.ask("print(6 * 7)").strip() == "42"


@with_pyodide
@with_chromium
@pytest.mark.costly
def test_f5_opens_the_lesson_again_and_what_was_done_is_there(lite):
    passed = "def neuron(weights, inputs, bias):\n    return weights @ inputs + bias\nprint(check('02.3').outcome)"
    assert lite.ask(f"from lessons.checks import *\n{passed}").strip().endswith("PASSED")
    lite.evaluate("() => { jupyterapp.commands.execute('docmanager:open', {path: '02_build_a_neuron.ipynb'}); }")
    lite.get_by_role("heading", name="Build a neuron").wait_for()
    lite.wait_for_timeout(1500)  # JupyterLab keeps its layout a second after it has changed
    lite.reload()
    lite.get_by_role("heading", name="Build a neuron").wait_for()
    _, whole = counted(lite.ready())
    assert max(whole) == 2 * builder().MEGABYTES, "the gallery was open too, and has a Python of its own"
    assert lite.evaluate("jupyterapp.shell.currentWidget.context.path") == "02_build_a_neuron.ipynb"
    kept = "from lessons.checks import mine_or_reference; print(mine_or_reference('neuron').__module__)"
    assert lite.ask(kept).strip().endswith("my_pieces_neuron")
