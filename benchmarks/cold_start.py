"""How long it takes from the click on "Run it" to a picture that moves, with an empty cache and a full one.

    python benchmarks/cold_start.py SITE [--lesson 00] [--slow 5]
    python benchmarks/cold_start.py SITE --write        # the section "Cold start" of RESULTS.md too

SITE is a folder that `tools/build_site.py` has made, with JupyterLite and a Pyodide of its own (`--pyodide`). It is
served from this computer; `--slow 5` lets the browser load no more than 5 MB a second. Four moments are told: the page
with its text, the replay that stands in the explorer's place, a kernel that is ready, and the first explorer that is
live after *Run all*.
"""

import argparse
import functools
import http.server
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

MOMENTS = ("page", "replay", "kernel", "live")
SHOWN = """([number, selector]) => {  // JupyterLab draws the cells that are in sight alone
    window.jupyterapp?.shell.currentWidget?.content?.scrollToItem?.(number);
    return document.querySelector(selector);
}"""
PATIENCE = 300_000  # ms
GOALS = {"empty cache": {"replay": 8.0}, "full cache": {"replay": 3.0}}  # seconds
HEAD = {"page": "the page", "replay": "a replay in the explorer's place", "kernel": "Python ready", "live": "live"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


def visit(browser, address, slow, number):
    """Seconds from the click to each moment, and the bytes that came over the network to the page itself.

    `number` is the place of the first cell that has a replay; the reader scrolls to it.
    """
    from browser import IDLE, RUN_ALL

    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    network = browser.new_cdp_session(page)
    network.send("Network.enable")
    loaded = [0]
    network.on("Network.loadingFinished", lambda told: loaded.__setitem__(0, loaded[0] + told["encodedDataLength"]))
    if slow:
        rate = {"offline": False, "latency": 40, "downloadThroughput": slow * 1e6, "uploadThroughput": 1e6}
        network.send("Network.emulateNetworkConditions", rate)
    begun, times = time.monotonic(), {}

    def note(moment):
        times[moment] = round(time.monotonic() - begun, 1)

    page.goto(address)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    note("page")
    page.wait_for_function(SHOWN, arg=[number, "iframe.replay"], polling=200)
    page.frame_locator("iframe.replay").first.locator(".nn-explorer[data-frame]").wait_for()
    note("replay")
    page.wait_for_function(f"window.jupyterapp && {IDLE}")
    note("kernel")
    page.evaluate(RUN_ALL)
    page.wait_for_function(SHOWN, arg=[number, ".jp-OutputArea .nn-explorer[data-frame]"], polling=200)
    note("live")
    page.close()
    return times, loaded[0]


def section(rows, lesson, load):
    """The section of RESULTS.md: a row for each cache, what was missed, and how busy the computer was."""
    lines = [
        "## Cold start in the browser", "", f"Measured {datetime.now(UTC).date()}:", "",
        "    python benchmarks/cold_start.py SITE --write", "",
        f"Seconds from the click on *Run it* (lesson {lesson}) in JupyterLite; the same computer serves site and "
        f"Python. It has {os.cpu_count()} cores, and the load average of a minute was {load[0]:.1f} before and "
        f"{load[1]:.1f} after: what waits for a core takes longer.", "",
        "| | " + " | ".join(HEAD[one] for one in MOMENTS) + " |",
        "| --- |" + " ---: |" * len(MOMENTS),
    ]  # fmt: skip
    missed = []
    for cache, times in rows.items():
        lines.append(f"| {cache} | " + " | ".join(f"{times[one]:.1f}" for one in MOMENTS) + " |")
        missed += [f"the {moment} with {'an' if cache[0] == 'e' else 'a'} {cache} ({most:.0f} s)"
                   for moment, most in GOALS[cache].items() if times[moment] > most]  # fmt: skip
    return "\n".join([*lines, "", f"Goals not met: {', '.join(missed)}." if missed else "All goals are met.", ""])


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("site", type=Path)
    ask.add_argument("--lesson", default="00")
    ask.add_argument("--slow", type=float, help="megabytes a second, at most")
    ask.add_argument("--write", action="store_true", help="write the section of RESULTS.md")
    want = ask.parse_args()
    from browser import CHROMIUM
    from playwright.sync_api import sync_playwright

    (lesson,) = [path.name for path in (want.site / "lite" / "files").glob(f"{want.lesson}_*.ipynb")]
    cells = json.loads((want.site / "lite" / "files" / lesson).read_text(encoding="utf-8"))["cells"]
    number = next(at for at, cell in enumerate(cells) if "a recorded run" in json.dumps(cell.get("outputs", "")))
    config = want.site / "lite" / "jupyter-lite.json"
    told = json.loads(config.read_text(encoding="utf-8"))
    told["jupyter-config-data"]["exposeAppInBrowser"] = True  # so that its kernel can be asked
    config.write_text(json.dumps(told), encoding="utf-8")
    handler = functools.partial(Quiet, directory=str(want.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/lite/lab/index.html?path={lesson}"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            folder, executable_path=shutil.which("chromium"), args=CHROMIUM, viewport={"width": 1366, "height": 768}
        )
        rows, busy = {}, os.getloadavg()[0]
        for cache in GOALS:
            times, loaded = visit(browser, address, want.slow, number)
            rows[cache] = times
            shown = ", ".join(f"{moment} {times[moment]:.1f} s" for moment in MOMENTS)
            print(f"{cache}: {shown}; {loaded / 1e6:.1f} MB without what Python loads", flush=True)
        browser.close()
    server.shutdown()
    if want.write:
        from speed_report import write_section

        text = section(rows, lesson[:2], (busy, os.getloadavg()[0]))
        write_section(ROOT / "benchmarks" / "RESULTS.md", "cold start", text)


if __name__ == "__main__":
    main()
