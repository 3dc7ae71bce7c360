"""Fixtures for every test: a JupyterLab server for the whole run, and a browser page for one test."""

import html
import os
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent / "server"))  # what servers and their kernels import as well

import kept_words

WORDS = Path(__file__).with_name("explorers.txt")
COMMANDS = Path(__file__).with_name("commands.txt")
DIAGNOSES = Path(__file__).with_name("diagnoses.txt")
LIBRARY = Path(__file__).with_name("library.txt")
STAMP = re.compile(r"20\d\d-\d\d-\d\d[-T\d]*")
UNTOUCHED = re.compile(r"\n  ○ [^\n]*: NOT ATTEMPTED(?=\n|$)"), re.compile(r"\n\d\d · [^\n]*(?=\n\S|$)")
MENDED = re.compile(r"With (that|both) mended")  # ends what is said of a line
LETTERS = re.compile(r"[\W_]+")


def pytest_collection_modifyitems(items):
    """Files that open JupyterLab come first, and of a file tests that want the same of it: then its page can stay."""
    in_lab = {item.path for item in items if "new_lab" in getattr(item, "fixturenames", ())}
    files = sorted(dict.fromkeys(item.path for item in items), key=lambda path: path not in in_lab)
    files = {path: place for place, path in enumerate(files)}

    def settings(item):
        shown = getattr(getattr(item, "callspec", None), "params", {}).get("lab")
        return (shown or {}).get("subshells") or ""

    items.sort(key=lambda item: (files[item.path], settings(item)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """JupyterLab's page goes with the last file that opens it: no other can run an event loop of its own beside it."""
    yield
    stays = nextitem and (nextitem.path == item.path or "new_lab" in getattr(nextitem, "fixturenames", ()))
    if not stays and (browser := sys.modules.get("browser")):
        for server in set(browser.WITH_BROWSER):
            server.close_browser()


@pytest.fixture(scope="session", autouse=True)
def strict():
    """A fault in looking for the name of a mistake is no learner's: in tests it is raised."""
    from lessons.checks.judge import search

    search.STRICT = True


@pytest.fixture(autouse=True)
def within_the_doors(request):
    """What stands behind `diagnose` and the checks is tried as they run it: without NumPy's warnings."""
    behind = ("naming_numbers", "own_predict", "rules", "runs", "seldom_named", "step_lines")
    with np.errstate(**{"all": "ignore"} if request.path.stem.removeprefix("test_") in behind else {}):
        yield


@pytest.fixture(autouse=True)
def words_of_explorers(request, monkeypatch, tmp_path_factory):
    """What the course refuses in the tests of explorers is told in the words that were read: tests/explorers.txt."""
    if not kept_words.is_of_explorers(request.path):
        yield
        return
    with kept_words.heard(monkeypatch) as said:
        yield
    told = "\n".join(dict.fromkeys(said)).replace(str(tmp_path_factory.getbasetemp()), "…")
    kept_words.compare(WORDS, f"{request.path.stem.removeprefix('test_')} {request.node.name}", told)


@pytest.fixture(autouse=True)
def words_of_library(request, monkeypatch, tmp_path_factory):
    """What nnlib refuses and prints in its own tests, and what it says of each table, was read: tests/library.txt."""
    drawn = getattr(request.function, "is_hypothesis_test", False)  # another time it is something else
    if drawn or sys.platform != "linux" or not kept_words.is_of_library(request.path):
        yield
        return
    with kept_words.heard(monkeypatch) as said:
        if hasattr(request.module, "read_table"):
            read = request.module.read_table

            def read_table(*given, **how):
                table = read(*given, **how)
                said.append(str(table))
                return table

            monkeypatch.setattr(request.module, "read_table", read_table)
        yield
    own_folder = re.escape(str(tmp_path_factory.getbasetemp())) + r"/\w+"  # it counts the tests that had one before
    said = [re.sub(own_folder, "…", one) for one in said if not one.startswith(kept_words.NOT_OURS)]
    told = "\n".join(dict.fromkeys(said))
    name = f"{request.path.stem.removeprefix('test_')} {request.node.name}"[:100]
    kept_words.compare(LIBRARY, name, told, nearly=1e-3)


@pytest.fixture(autouse=True)
def words_of_checks(request, monkeypatch, tmp_path_factory):
    """What the commands of the checks show in their tests is what was read: tests/commands.txt; as HTML it is the same.

    What they say of each exercise's answers stands in tests/golden.txt and tests/told.txt.
    """
    if request.path.stem not in ("test_checks", "test_work"):
        yield
        return
    from notebook import set_constant

    from lessons.checks.speak import report

    said, publish = [], report.publish

    def heard(text, markup):
        said.append(UNTOUCHED[1].sub("", UNTOUCHED[0].sub("", text)))
        if not text.startswith("Your course"):  # that has a table
            bare = html.unescape(re.sub(r"<[^>]+>", "", markup))
            assert LETTERS.sub("", bare) == LETTERS.sub("", text), "the box says what the text says"
        publish(text, markup)

    set_constant(monkeypatch, report, "publish", heard)
    yield
    told = "\n".join(dict.fromkeys(said)).replace(str(tmp_path_factory.getbasetemp()), "…")
    name = f"{request.path.stem.removeprefix('test_')} {request.node.name}"[:100]
    of_exercise = "number" in getattr(getattr(request.node, "callspec", None), "params", {})
    if sys.platform == "linux" and not of_exercise and "damaged" not in name:
        kept_words.compare(COMMANDS, name, STAMP.sub("…", told))


@pytest.fixture(autouse=True)
def words_of_diagnoses(request, monkeypatch):
    """What is said of networks and their gradients is what was read: tests/diagnoses.txt. A list, to add more to it."""
    if request.path.stem not in ("test_diagnose", "test_kinds", "test_networks", "test_own_networks"):
        yield
        return
    said = []

    def listening(function):
        def listened(*given, **more):
            found = function(*given, **more)
            rows = getattr(found, "arrays", {}).items()
            said.append(", ".join(f"{name} {'right' if right else 'wrong'}" for name, (_, _, right) in rows))
            named = getattr(found, "diagnosis", found)
            said.append("nothing" if named is None else f"{' '.join((named.kind, *named.also))}: {named}")
            return found

        return listened

    for name in ("diagnose", "diagnose_arrays", "check_functions"):
        if hasattr(request.module, name):
            monkeypatch.setattr(request.module, name, listening(getattr(request.module, name)))
    yield said
    if sys.platform == "linux":  # elsewhere a number may end in another digit
        name = f"{request.path.stem.removeprefix('test_')} {request.node.name}"[:100]
        told = "\n".join(dict.fromkeys(filter(None, said)))
        kept = kept_words.known(DIAGNOSES, DIAGNOSES.stat().st_mtime_ns).get(name, "")
        if MENDED.search(kept + told) and not os.environ.get("NNLIB_KEEP_WORDS"):  # what is found is a matter of time
            for heard, read in zip(told.splitlines(), kept.splitlines(), strict=True):
                assert heard == read or MENDED.search(read) or read.partition(": ")[2] in heard
        else:
            kept_words.compare(DIAGNOSES, name, told)


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory):
    from browser import JupyterLab

    server = JupyterLab(tmp_path_factory.mktemp("jupyterlab"), forked=sys.platform == "linux")
    yield server
    server.close()


@pytest.fixture(scope="module")
def new_lab(request):
    """Opens notebooks in JupyterLab in Chromium, one at a time; see tests/browser.py."""
    if shutil.which("chromium") is None:
        told = "this test drives Chromium, and `chromium` is not on the PATH (Debian, Ubuntu: apt install chromium)"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    from browser import Lab

    server = request.getfixturevalue("jupyterlab")
    return lambda **options: Lab(server, **options)


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """Opens HTML as a file in a Chromium without a network: `offline(name, text)` returns Playwright's page.

    What the console says, what fails and what is asked for in vain is in `offline.console`.
    """
    if shutil.which("chromium") is None:
        pytest.skip("`chromium` is not on the PATH")
    from browser import CHROMIUM, WITH_BROWSER
    from playwright.sync_api import sync_playwright

    for server in set(WITH_BROWSER):
        server.close_browser()  # a process has one Playwright at a time
    folder = tmp_path_factory.mktemp("offline")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True).new_page()

        def opened(name, text):
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
            opened.console.clear()
            page.goto((folder / f"{name}.html").as_uri())
            return page

        opened.console = []
        page.on("console", lambda message: opened.console.append(message.text))
        page.on("pageerror", lambda error: opened.console.append(str(error)))
        page.on("requestfailed", lambda request: opened.console.append(f"asked for {request.url}"))
        yield opened
        browser.close()


@pytest.fixture
def lab(request, new_lab):
    """A page of its own for one test, which fails if anything in it complains. Its kernels end with the test."""
    page = new_lab(**getattr(request, "param", {}))
    yield page
    try:
        page.check()
    finally:
        page.close()
