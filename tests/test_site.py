"""The public site: built without a network, read at a desk, in the dark and on a phone; every link leads somewhere."""

import functools
import http.server
import json
import re
import shutil
import threading
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import build_site
import pytest

from nnlib_course import replays


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site with lesson 02, as it is built but for the replays, which are short here."""
    folder = tmp_path_factory.mktemp("site")
    short = replays.trained(replays.bench(hidden=[2]), 3)
    for name in replays.names():
        short.save_replay(folder / f"{name}.html")
    short.close()
    words = ["--lessons", "02", "--no-run", "--lite", "none", "--base", "/course/", "--replays", folder]
    assert build_site.main([str(folder / "out"), *map(str, words)]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def served(site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        """As a server of pages does it: the site stands in a folder of it, and what is not there is page 404."""

        def translate_path(self, path):
            return super().translate_path(path.removeprefix("/course"))

        def send_error(self, code, *words):
            self.send_response(code)
            self.end_headers()
            self.wfile.write((site / "404.html").read_bytes())

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/course/"
    server.shutdown()
    server.server_close()


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.ids = [], set()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids.add(values.get("id"))
        self.found += [values[name] for name in ("href", "src") if values.get(name)]


def read(path):
    links = Links()
    links.feed(path.read_text(encoding="utf-8"))
    return links


def test_every_link_leads_to_a_file_of_the_site_and_its_place(site):
    pages = {path: read(path) for path in site.rglob("*.html") if "slides" not in path.parts}
    assert len(pages) > 15
    dead = []
    for path, links in pages.items():
        for link in links.found:
            parts = urlsplit(link)
            if parts.scheme or link == "/course/":  # of page 404, which is shown anywhere
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages[target].ids if target in pages and parts.fragment else {unquote(parts.fragment)}
            if not target.is_file() or unquote(parts.fragment) not in known:
                dead.append(f"{path.relative_to(site)}: {link}")
    assert not dead


def test_no_page_loads_anything_from_elsewhere(site):
    for path in site.rglob("*.html"):
        loads = re.findall(r'<(?:script|img|iframe|source)\b[^>]*\bsrc="(\w+:)?//[^"]*"', path.read_text("utf-8"))
        loads += re.findall(r'<link\b[^>]*\brel="stylesheet"[^>]*\bhref="https?:[^"]*"', path.read_text("utf-8"))
        assert not loads, path


def test_a_solution_is_behind_a_click_and_the_blank_before_it(site):
    text = (site / "lessons/02_build_a_neuron.html").read_text("utf-8")
    assert "<details><summary>One solution</summary>" in text and "<details open" not in text
    shown = re.sub(r"<details>.*?</details>", "", text, flags=re.S)
    exercise = re.sub(r"<[^>]+>", "", shown).split("One neuron, one example")[1].split("check(")[0]
    assert "def neuron(" in exercise and "return weights @ inputs + bias" not in exercise


def test_the_reference_has_formula_shapes_and_a_place_for_every_name(site):
    for package in (build_site.nnlib, build_site.widgets):
        names = {build_site.anchor(name) for name in build_site.public(package)}  # what a lesson's page may link to
        missing = names - read(site / f"reference/{package.__name__}.html").ids
        assert not missing and len(names) > 10, missing
    text = (site / "reference/nnlib.html").read_text("utf-8")
    assert "weights @ inputs + bias            (units, m)" in re.sub(r"<[^>]+>", "", text)


@pytest.fixture(scope="module")
def browser():
    from browser import CHROMIUM
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield chromium
        chromium.close()


def opened(browser, served, page, width=1366, height=768, **how):
    """The page, and the addresses and sizes of all that it loaded."""
    tab = browser.new_context(viewport={"width": width, "height": height}, **how).new_page()
    loaded = {}
    tab.on("response", lambda answer: loaded.update({answer.url: len(answer.body()) if answer.ok else None}))
    tab.goto(served + page, wait_until="networkidle")
    return tab, loaded


def test_the_front_page_is_small_and_is_read_without_a_script(browser, served):
    tab, loaded = opened(browser, served, "index.html")
    assert all(address.startswith(served) and size is not None for address, size in loaded.items())
    assert sum(size for address, size in loaded.items() if "/replays/" not in address) < 400_000
    frame = tab.frame_locator("iframe")
    frame.get_by_role("button", name="Play").click()  # from the page to a moving network: one click
    tab.context.close()
    bare, _ = opened(browser, served, "index.html", java_script_enabled=False)
    assert bare.get_by_role("heading", level=1).is_visible() and "02 · Build a neuron" in bare.inner_text("main")
    bare.context.close()


LONG = pytest.param("reference/nnlib.html", marks=pytest.mark.costly)  # the other one is built in the same way
PAGES = ["index.html", "lessons/02_build_a_neuron.html", "reference/widgets.html", "teach/index.html", LONG]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (1366, "dark"), (390, "light")])
def test_a_page_fits_and_has_nothing_that_a_screen_reader_stumbles_over(browser, served, page, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    tab, _ = opened(browser, served, page, width, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    only = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}  # the same page in other colours
    found = Axe().run(tab, options={"iframes": False, **only}).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    told = []
    tab.on("console", lambda message: told.append((message.type, message.text)))
    tab.reload(wait_until="networkidle")
    assert [words for kind, words in told if kind in ("error", "warning")] == []
    tab.context.close()


@pytest.mark.parametrize("page", ["index.html", "lessons/02_build_a_neuron.html"])
@pytest.mark.parametrize("width", [1366, 800, 390])
def test_a_replays_frame_is_as_high_as_what_is_in_it(browser, served, page, width):
    """No blank below a short one, no second bar to scroll with in a high one."""
    tab, _ = opened(browser, served, page, width)
    for number in range(tab.locator(".screen iframe").count()):
        frame = tab.locator(".screen iframe").nth(number)
        frame.scroll_into_view_if_needed()
        inside = frame.content_frame
        inside.locator(".nn-explorer[data-frame]").wait_for()
        tab.wait_for_timeout(200)
        high, there = inside.locator("body").evaluate("it => [it.offsetHeight, innerHeight]"), frame.bounding_box()
        assert abs(high[0] - high[1]) <= 1, f"{frame.get_attribute('src')}: {high[0]} px high in a frame of {high[1]}"
        screen = tab.locator(".screen").nth(number).bounding_box()
        assert abs(screen["height"] - there["height"]) <= 2 and screen["width"] >= there["width"] - 1
    tab.context.close()


def test_what_is_not_there_is_said_by_a_whole_page_at_any_depth(browser, served):
    tab, loaded = opened(browser, served, "lessons/deep/er/nothing.html")
    missing = {address for address, size in loaded.items() if size is None}
    assert missing == {served + "lessons/deep/er/nothing.html"} and len(loaded) > 5, "its style comes from the root"
    tab.get_by_role("link", name="The front page").click()
    tab.get_by_role("link", name="Watch runs").wait_for()
    tab.context.close()


def test_every_explorer_of_the_gallery_is_a_replay_under_its_question(site):
    text = (site / "replays.html").read_text("utf-8")
    for explorer, told, _ in replays.gallery():
        question = told.split("\n\n")[1].replace("'", "’")
        assert question in text and f'src="replays/{replays.file_name(explorer)}.html"' in text
    lesson = (site / "lessons/02_build_a_neuron.html").read_text("utf-8")
    assert lesson.count('src="../replays/neuron_explorer.html"') and lesson.count('src="../replays/workbench.html"')


def test_in_jupyterlite_a_replay_stands_where_an_explorer_will_be(site, tmp_path):
    (tmp_path / "files").mkdir()
    lesson = build_site.ROOT / "lessons" / "02_build_a_neuron.ipynb"
    shutil.copy(lesson, tmp_path / "files")
    build_site.lite_with_replays(tmp_path, site / "replays")
    paths = lesson, tmp_path / "files" / lesson.name
    before, after = (json.loads(path.read_text("utf-8"))["cells"] for path in paths)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) >= 2 and all(build_site.replay_of("".join(cell["source"])) for cell in changed)
    for cell in changed:
        (frame,) = re.findall(r'src="(replays/\w+\.html)"', cell["outputs"][0]["data"]["text/html"])
        assert (tmp_path / "files" / frame).is_file() and cell["metadata"]["trusted"]


def test_a_word_of_a_lesson_is_found(browser, served):
    tab, _ = opened(browser, served, "search.html?q=tomato")
    tab.locator("#search-results a", has_text="Build a neuron").first.wait_for()
    tab.context.close()
