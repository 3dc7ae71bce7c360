"""The public site: built without a network, read at a desk, in the dark and on a phone; every link leads somewhere."""

import functools
import http.server
import re
import threading
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import build_site
import pytest
import replays


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site with lesson 02, as it is built but for the replays, which are short here."""
    folder = tmp_path_factory.mktemp("site")
    for name in replays.RUNS:
        short = replays.trained(replays.bench(hidden=[2]), 3)
        short.save_replay(folder / f"{name}.html")
        short.close()
    assert build_site.main([str(folder / "out"), "--lessons", "02", "--no-run", "--replays", str(folder)]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def served(site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
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
            if parts.scheme:
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
    links = read(site / "reference/nnlib.html")
    nnlib = build_site.nnlib
    names = {build_site.anchor(name) for name in build_site.public(nnlib) if callable(getattr(nnlib, name))}
    assert names <= links.ids and len(names) > 60
    text = (site / "reference/nnlib.html").read_text("utf-8")
    assert "weights @ inputs + bias            (units, m)" in re.sub(r"<[^>]+>", "", text)


@pytest.fixture(scope="module")
def browser():
    import shutil

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


@pytest.mark.parametrize(
    "page", ["index.html", "lessons/02_build_a_neuron.html", "reference/nnlib.html", "teach/index.html"]
)
@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (1366, "dark"), (390, "light")])
def test_a_page_fits_and_has_nothing_that_a_screen_reader_stumbles_over(browser, served, page, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    tab, _ = opened(browser, served, page, width, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(tab, options={"iframes": False}).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    tab.context.close()


def test_a_word_of_a_lesson_is_found(browser, served):
    tab, _ = opened(browser, served, "search.html?q=tomato")
    tab.locator("#search-results a", has_text="Build a neuron").first.wait_for()
    tab.context.close()
