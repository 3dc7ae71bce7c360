"""JupyterLab in a real browser, for the tests: a server of its own, a page of its own, and what went wrong in it.

A test takes the fixture `lab` (tests/conftest.py) and says what to run:

    def test_the_slider_is_there(lab):
        page = lab.run_cells("from ipywidgets import IntSlider", "IntSlider()")
        assert page.locator(".widget-slider").count() == 1

`page` is Playwright's. A cell that ends in an error, a traceback on stderr (a widget's callback too) and an error in
the browser's console fail the test, in `run` and once more at its end. How the page is shown is a parameter:

    @pytest.mark.parametrize("lab", [{"theme": "dark", "width": 800, "subshells": "perCommTarget"}], indirect=True)

JupyterLab takes longer to load than most tests take to run. So its page is kept for the next test, which has a notebook
and a kernel of its own in it; a page on which a test has left anything is loaded anew.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import nbformat
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SUBSHELLS = ("disabled", "perComm", "perCommTarget")
TOKEN = "tests"
WITH_BROWSER = set()  # servers whose browser is kept for the next test
PATIENCE = 120  # seconds: two cores that do something else as well are slow

NOTEBOOK = "window.jupyterapp?.shell.currentWidget"
IDLE = f"{NOTEBOOK}?.sessionContext?.session?.kernel?.status === 'idle'"
LISTEN = f"""() => {{
    window.raised = [];
    window.stderr = "";
    {NOTEBOOK}.sessionContext.iopubMessage.connect((_, message) => {{
        const {{content, header}} = message;
        if (header.msg_type === "error") window.raised.push(content.traceback.join("\\n"));
        if (header.msg_type === "stream" && content.name === "stderr") window.stderr += content.text; // in pieces
    }});
}}"""
RUN_ALL = """() => {
    window.ran = null;
    jupyterapp.commands.execute("notebook:run-all-cells")
        .then(() => { window.ran = "done"; }, error => { window.ran = "failed: " + error; });
}"""
CELLS = f"""() => {NOTEBOOK}.content.widgets.filter(cell => cell.model.type === "code").map(cell => ({{
    source: cell.model.sharedModel.getSource(),
    count: cell.model.executionCount,
    outputs: cell.model.outputs.toJSON(),
}}))"""
BROKEN = """() => [...document.querySelectorAll(
    '[data-mime-type="application/vnd.jupyter.error"], .jupyter-widgets-error-widget')].map(shown => shown.innerText)"""
STDERR = """() => [window.stderr, ...[...document.querySelectorAll(
    '[data-mime-type="application/vnd.jupyter.stderr"]')].map(shown => shown.innerText)]"""
ANOTHER = """async ([path, theme]) => {
    window.raised = window.stderr = undefined;
    const {commands, shell} = jupyterapp;
    if (document.body.dataset.jpThemeName !== theme) await commands.execute("apputils:change-theme", {theme});
    const opened = await commands.execute("docmanager:open", {path});
    for (const one of [...shell.widgets("main")]) if (one.id.startsWith("launcher")) one.dispose();
    for (let tries = 0; shell.currentWidget !== opened && tries < 200; tries += 1) { // the launcher was it till now
        shell.activateById(opened.id);
        await new Promise(done => setTimeout(done, 50));
    }
}"""
# What is on the page besides the notebook: names of `window`, and what JupyterLab shows at the sides.
LEFT = """() => [
    ...Object.getOwnPropertyNames(window).filter(name => !["found", "raised", "stderr", "ran"].includes(name)),
    ...["top", "header", "left", "right", "down"].flatMap(at => [...jupyterapp.shell.widgets(at)]).map(one => one.id),
    `${jupyterapp.shell.leftCollapsed} ${jupyterapp.shell.rightCollapsed}`,
].sort().join()"""
PUT_AWAY = f"""async () => {{ // the open notebook; true if the page is then as if there had been none
    if (document.fullscreenElement || {NOTEBOOK}?.context?.path === undefined) return false;
    {NOTEBOOK}.dispose();
    const left = () => [...jupyterapp.shell.widgets("main")].map(one => one.id);
    for (let tries = 0; left().length === 0 && tries < 100; tries += 1) // JupyterLab opens its launcher in its place
        await new Promise(done => setTimeout(done, 50));
    return left().length === 1 && left()[0].startsWith("launcher")
        && !document.querySelector(".jp-Dialog, .lm-Menu, .Toastify__toast, .nn-explorer")
        && window.found === ({LEFT})();
}}"""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class JupyterLab:
    """A server on a free port of this computer, with folders of its own and a copy of the lessons."""

    def __init__(self, folder, forked=False):
        """`forked`: its kernels need not import what all import; what is measured has kernels as learners have them."""
        self.folder = Path(folder)
        self.root = self.folder / "root"
        self.notebooks = self.root / "notebooks"
        self.notebooks.mkdir(parents=True)
        shutil.copytree(ROOT / "lessons", self.root / "lessons", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        config = self.folder / "config"
        self._write(config / "labconfig/default_setting_overrides.json",
                    {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}})  # every cell is on the page
        self._write(config / "labconfig/page_config.json",  # Notebook 7 adds to JupyterLab
                    {"disabledExtensions": {"@jupyter-notebook/lab-extension": True}})
        self._write(config / "jupyter_server_config.d/probe.json",
                    {"ServerApp": {"jpserver_extensions": {"nodelay_probe": True, "forked_kernels": forked}}})
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        here = f"{ROOT / 'tests' / 'server'}{os.pathsep}{ROOT}"  # the code of this checkout, whichever is installed
        own = {
            "JUPYTER_CONFIG_DIR": config, "JUPYTER_DATA_DIR": self.folder / "data",
            "JUPYTER_RUNTIME_DIR": self.folder / "runtime", "IPYTHONDIR": self.folder / "ipython",
            "JUPYTERLAB_SETTINGS_DIR": config / "settings", "JUPYTERLAB_WORKSPACES_DIR": config / "workspaces",
            "NNLIB_PROGRESS": self.folder / "progress", "PYTHONPATH": here,
        }
        self.playwright = self.browser = None
        self.shown = None  # how the browser's page shows JupyterLab, if another notebook can be opened in it
        self.log = self.folder / "server.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
                 f"--port={self.url.rpartition(':')[2]}", "--ServerApp.port_retries=0", "--expose-app-in-browser",
                 "--JupyterNotebookApp.expose_app_in_browser=True",
                 f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={self.root}"],
                env={**os.environ, **{name: str(path) for name, path in own.items()}}, stdout=log, stderr=log,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _write(path, value):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))

    def _wait_until_it_answers(self):
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            try:
                return self.ask("GET", "/api")
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"JupyterLab did not start within {PATIENCE} s:\n{self.log.read_text()[-4000:]}")

    def ask(self, method, path, value=None):
        """One request to the server's own interface; returns what it answers, from JSON."""
        data = None if value is None else json.dumps(value).encode()
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def set(self, plugin, **values):
        """Set the user's settings of one JupyterLab plugin; without values, leave what the environment ships."""
        self.ask("PUT", f"/lab/api/settings/{plugin}", {"raw": json.dumps(values)})

    def settings(self, plugin):
        """The settings of a plugin as JupyterLab gets them: shipped defaults, and the user's in place of those."""
        told = self.ask("GET", f"/lab/api/settings/{plugin}")
        shipped = {name: entry.get("default") for name, entry in told["schema"]["properties"].items()}
        return {**shipped, **told["settings"]}

    def shut_kernels_down(self):
        for kernel in self.ask("GET", "/api/kernels"):
            try:
                self.ask("DELETE", f"/api/kernels/{kernel['id']}")
            except urllib.error.HTTPError as error:
                with error:
                    if error.code != 404:  # it has ended by itself
                        raise

    def page(self):
        """The browser's page; the browser starts with the first."""
        if self.browser is None:
            self.playwright = sync_playwright().start()
            WITH_BROWSER.add(self)
            try:
                self.browser = self.playwright.chromium.launch_persistent_context(
                    self.folder / "browser",  # one folder for all: what JupyterLab is made of is loaded once
                    executable_path=shutil.which("chromium"), args=CHROMIUM,
                )
            except BaseException:
                self.close_browser()
                raise
        return self.browser.pages[-1]

    def another_page(self):
        """In place of the browser's page, on which something is left, an empty one."""
        left = self.browser.pages
        self.browser.new_page()
        for page in left:
            page.close()

    def close_browser(self):
        """End the browser, and with it Playwright, of which a process can have one at a time."""
        if self.browser is not None:
            self.browser.close()
        if self.playwright is not None:
            self.playwright.stop()
        self.playwright = self.browser = self.shown = None
        WITH_BROWSER.discard(self)

    def close(self):
        self.close_browser()
        self.stop()

    def stop(self):
        """End the server alone; its page stays."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Lab:
    """One notebook at a time in a server's browser, for one test."""

    def __init__(self, server, theme="light", width=1280, height=900, subshells=None):
        if theme not in THEMES:
            raise ValueError(f"theme is one of {', '.join(THEMES)}; got {theme!r}")
        if subshells is not None and subshells not in SUBSHELLS:
            raise ValueError(f"subshells is one of {', '.join(SUBSHELLS)}, or None as shipped; got {subshells!r}")
        self.server = server
        self.theme = THEMES[theme]
        self.subshells = subshells
        self.written = 0
        self.console = []
        server.set("@jupyterlab/apputils-extension:themes", theme=self.theme)
        server.set("@jupyterlab/apputils-extension:kernels-settings",
                   **({} if subshells is None else {"commsOverSubshells": subshells}))
        self.page = server.page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(reduced_motion="null")
        self.page.mouse.move(0, 0)
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.on("pageerror", self._raised)
        self.page.on("console", self._remember)

    def _raised(self, error):
        self.console.append(f"{error}")

    def _remember(self, message):
        # What the browser itself says of a file that is not there (JupyterLab asks for some that need not be) is none,
        # nor is what JupyterLab's debugger says when a kernel restarts before it has been answered.
        others = ("Failed to load resource", "Could not restore the debugger state")
        if message.type == "error" and not message.text.startswith(others):
            self.console.append(message.text)

    def write(self, *cells):
        """A notebook of these code cells; returns its path, for `open` and `run`."""
        self.written += 1
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )
        path = self.server.notebooks / f"test_{self.written}.ipynb"
        nbformat.write(notebook, path)
        return f"notebooks/{path.name}"

    def open(self, path, place="doc"):
        """Open a notebook (its path from the project's folder) and wait for its kernel. Returns the page.

        `place` is "doc", the notebook alone, "lab", with menus and the file browser, as `course.py open` has it, or
        "notebook": the same in Jupyter Notebook 7.
        """
        shown, self.server.shown = self.server.shown, None
        if shown == (place, self.subshells):
            self.page.evaluate(ANOTHER, [path, self.theme])
        else:
            where = f"notebooks/{quote(path)}" if place == "notebook" else f"{place}/tree/{quote(path)}"
            self.page.goto(f"{self.server.url}/{where}?reset&token={TOKEN}")
        self.place = place
        self.wait_for(f"{NOTEBOOK}?.context?.path === {json.dumps(path)} && {IDLE}", f"a kernel for {path}")
        self.page.evaluate(LISTEN)
        if shown != (place, self.subshells) and place != "notebook":
            self.page.evaluate(f"window.found = ({LEFT})()")
        return self.page

    def run_all(self, seconds=PATIENCE):
        """Run all cells of the open notebook, and fail if any complains. Returns the page."""
        self.page.evaluate(RUN_ALL)
        self.wait_for("window.ran", "the end of the last cell", seconds)
        self.wait_for(IDLE, "an idle kernel")
        self.check()
        left = [cell["source"] for cell in self.cells() if cell["source"].strip() and cell["count"] is None]
        assert self.page.evaluate("window.ran") == "done" and not left, f"cells that did not run: {left}"
        return self.page

    def run(self, path):
        """Open a notebook and run all its cells. Returns the page."""
        self.open(path)
        return self.run_all()

    def run_cells(self, *cells):
        """Run a notebook of these code cells. Returns the page."""
        return self.run(self.write(*cells))

    def cells(self):
        """The open notebook's code cells: source, execution count and outputs of each."""
        return self.page.evaluate(CELLS)

    def text_of(self, number):
        """What code cell `number` (from 0) has printed or shown, as text."""
        texts = []
        for output in self.cells()[number]["outputs"]:
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            texts.append(text if isinstance(text, str) else "".join(text))
        return "".join(texts)

    def wait_for(self, expression, what, seconds=PATIENCE):
        """Wait until a JavaScript expression is true; `what` says in the failure what has not come."""
        try:
            self.page.wait_for_function(expression, timeout=seconds * 1000, polling=50)
        except PlaywrightError as error:
            picture = self.server.folder / "failure.png"
            self.page.screenshot(path=picture)
            found = "\n".join(self.complaints()) or "nothing in the notebook or the console complains"
            raise AssertionError(f"waited {seconds} s in vain for {what}; {found}\nThe page then: {picture}") from error

    def complaints(self):
        """Every error that the notebook, its widgets' callbacks or the browser's console have shown."""
        told = list(self.console)
        if self.page.evaluate("Boolean(window.raised)"):  # a notebook is open
            told += self.page.evaluate("window.raised") + self.page.evaluate(BROKEN)
            told += [text for text in self.page.evaluate(STDERR) if "Traceback (most recent call last)" in text]
            for cell in self.cells():
                told += ["\n".join(o["traceback"]) for o in cell["outputs"] if o["output_type"] == "error"]
        return list(dict.fromkeys(COLOURS.sub("", text).strip() for text in told))

    def check(self):
        """Fail if anything has complained since the notebook was opened."""
        complaints = self.complaints()
        assert not complaints, "the notebook complains:\n\n" + "\n\n".join(complaints)

    def close(self):
        """End the notebook and its kernel; the page is kept if nothing else was done to it."""
        self.page.remove_listener("pageerror", self._raised)
        self.page.remove_listener("console", self._remember)
        with contextlib.suppress(PlaywrightError):  # the page may have gone elsewhere, or no longer answer
            if self.page.evaluate("Boolean(window.raised)") and self.page.evaluate(PUT_AWAY):
                self.server.shown = (self.place, self.subshells)
        if self.server.shown is None and self.server.browser is not None:
            self.server.another_page()
        self.server.shut_kernels_down()
        shutil.rmtree(self.server.folder / "progress", ignore_errors=True)  # the next notebook is a newcomer's
