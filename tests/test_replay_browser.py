"""A replay in a browser without a network: every moment both ways as it was recorded, and no text becomes script."""

import base64
import re

import pytest
from test_payloads_browser import PAYLOADS

from widgets import DescentExplorer, Workbench
from widgets.stage.browser import joined
from widgets.stage.replay import HERE, Columns, Kept

WHERE = "document.querySelector('.nn-where').textContent"


@pytest.fixture
def bench():
    made = Workbench(hidden=[3], seed=1)
    for _ in range(4):
        made.step()
    yield made
    made.close()


def opened(offline, tmp_path, explorer, **options):
    explorer.save_replay(tmp_path / "run.html", **options)
    page = offline("replay", (tmp_path / "run.html").read_text(encoding="utf-8"))
    page.wait_for_selector(".nn-explorer[data-frame]")
    page.wait_for_timeout(200)
    return page


def pressed(page, act):
    before = page.locator(".nn-explorer").get_attribute("data-frame")
    act()
    page.wait_for_function("before => document.querySelector('.nn-explorer').dataset.frame !== before", arg=before)


def told(bench, index, k):
    bench._go(index, k)
    return " ".join(bench.narrate().split())


def test_every_moment_is_as_it_was_recorded_both_ways(offline, tmp_path, bench):
    page = opened(offline, tmp_path, bench)
    steps = [(index, k) for index, moments in enumerate(bench.tape.steps) for k in range(len(moments))]
    page.locator(".nn-page").focus()
    pressed(page, lambda: page.keyboard.press("Home"))
    last = len(bench.tape.steps[0]) - 1
    narration = page.locator(".nn-narration")
    for place in steps[last + 1 :]:
        pressed(page, lambda: page.keyboard.press("ArrowRight"))
        assert " ".join(narration.text_content().split()) == told(bench, *place)
    for place in reversed(steps[:-1]):
        pressed(page, lambda: page.keyboard.press("ArrowLeft"))
        assert " ".join(narration.text_content().split()) == told(bench, *place)
    assert offline.console == []


def test_tabs_slider_and_play(offline, tmp_path, bench):
    page = opened(offline, tmp_path, bench)
    tabs = [tab.inner_text() for tab in page.get_by_role("tab").all() if tab.is_visible()]
    assert tabs == ["Code", "Weights"], "what was not recorded is not offered"
    pressed(page, page.get_by_role("tab", name="Weights").click)
    assert "Layer 1" in page.get_by_role("tabpanel", name="Weights").inner_text()
    slider = page.get_by_role("slider", name="Recorded update")
    slider.focus()
    pressed(page, lambda: page.keyboard.press("End"))
    assert page.evaluate(WHERE) == "update 4" and "4 of 4" in page.locator("nav output").inner_text()
    before = int(page.locator(".nn-explorer").get_attribute("data-frame"))
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("before => document.querySelector('.nn-explorer').dataset.frame >= before + 4", arg=before)
    playing = "document.querySelector('.nn-explorer').dataset.playing"
    page.wait_for_function(f"() => {playing} === 'false' && {WHERE} === 'update 4'")
    assert page.get_by_label("Learning rate", exact=True).is_disabled(), "nothing here can be changed"
    assert page.get_by_role("button", name="Reset").get_attribute("aria-disabled") == "true"
    assert offline.console == []


def test_another_explorer_plays_too(offline, tmp_path):
    page = opened(offline, tmp_path, DescentExplorer(), updates=3)
    before = page.locator(".nn-narration").text_content()
    page.get_by_role("button", name="On in the recording").click()
    page.wait_for_function("before => document.querySelector('.nn-narration').textContent !== before", arg=before)
    assert "2 of 4" in page.locator("nav output").inner_text() and offline.console == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_stay_text(offline, tmp_path, payload):
    def call(self, z):
        return z

    kind = type(
        payload, (), {"__call__": call, "gradient": lambda self, z: z * 0 + 1, "__repr__": lambda self: payload}
    )
    bench = Workbench(hidden=[2], activation=kind)
    bench.step()
    bench.title = payload
    page = opened(offline, tmp_path, bench)
    assert page.evaluate("window.hacked") is None and page.title().startswith(payload)
    assert page.locator("main :is([onerror], [onload], [onfocus], script, iframe, style, [src])").count() == 0
    assert page.locator("script").count() == 2 and offline.console == []


def test_the_page_unpacks_what_was_packed(offline):
    """Strings, gaps, arrays of every type, and moments that only some updates have."""
    arrays = [{"shape": [2, 2], "type": kind, "data": bytes(range(at, at + 4 * size))}
              for at, (kind, size) in enumerate((("float32", 4), ("int8", 1), ("uint8", 1)))]  # fmt: skip
    one = {"a": [1, 2.5, None, "é€"], "b": arrays, "c": {"deep": True}}
    two = {"a": [2, 2.5, None, "ü"], "b": arrays[::-1], "c": 3}
    keep = Kept()
    text = Columns([[{"": keep(one)}, {"": keep(two)}], [{"": keep(two)}], [{"": keep(one)}]]).packed(
        controls=[], every=1
    )
    page = offline("empty", "<!doctype html><title>t</title><body></body>")
    script = re.sub(r"opened\(document.*", "window.opened = opened;", joined(HERE / "replay.js"), flags=re.DOTALL)
    page.add_script_tag(content=script, type="module")
    page.wait_for_function("typeof window.opened === 'function'")
    got = page.evaluate(
        """async text => { const told = await opened(text);
        const each = (one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, plain(value)]));
        const plain = (one) => ArrayBuffer.isView(one) ? [...one] : Array.isArray(one) ? one.map(plain)
            : one && typeof one === "object" ? each(one) : one;
        const places = [[0, 0], [0, 1], [1, 0], [2, 0]];
        return [told.lengths, ...places.map(([at, k]) => plain(told.frameOf(at, k, "")))]; }""",
        base64.b64encode(text).decode(),
    )
    plain = [{**value, "b": [{**array, "data": list(array["data"])} for array in value["b"]]}
             for value in (one, two, two, one)]  # fmt: skip
    assert got == [[2, 1, 1], *plain]
