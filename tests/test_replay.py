"""A replay: one file with the recorded run in it, bounded, and sealed against what was recorded."""

import base64
import hashlib
import html
import json
import re
import zlib

import numpy as np
import pytest

from nnlib import DivergedError
from widgets import ActivationExplorer, DescentExplorer, Workbench
from widgets.workbench.saving import SHADES, shaded

UPDATES = 5


def written(path):
    """The parts of a replay's file: its policy, style, recording (as bytes) and script."""
    text = path.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    recording = re.search(r'id="recording">([^<]*)</script>', text).group(1)
    script = re.search(r'<script type="module">(.*?)</script>', text, re.DOTALL).group(1)
    return html.unescape(policy), style, zlib.decompress(base64.b64decode(recording)), script


def head(path):
    told = written(path)[2]
    return json.loads(told[4 : 4 + int.from_bytes(told[:4], "little")])


@pytest.fixture
def bench():
    made = Workbench(hidden=[3], seed=1)
    for _ in range(UPDATES):
        made.step()
    yield made
    made.close()


def test_a_run_is_saved_whole_and_the_explorer_is_as_before(bench, tmp_path):
    before = bench.model.parameters.copy(), bench._at, bench.pane, len(bench.tape)
    size = bench.save_replay(tmp_path / "run.html")
    assert size == (tmp_path / "run.html").stat().st_size < 300_000
    told = head(tmp_path / "run.html")
    assert told["every"] == 1 and len(told["moments"]) == len(bench.tape.steps[0])
    assert all(moment["updates"] == list(range(UPDATES)) for moment in told["moments"])
    assert set(told["moments"][0]["panes"]) == {"Code", "Weights"}
    after = bench.model.parameters, bench._at, bench.pane, len(bench.tape)
    assert (before[0] == after[0]).all() and before[1:] == after[1:]


def test_other_panes_are_kept_on_request(bench, tmp_path):
    bench.save_replay(tmp_path / "run.html", panes=("Space", "Health"))
    assert list(head(tmp_path / "run.html")["moments"][0]["panes"]) == ["Space", "Health"]
    with pytest.raises(ValueError, match="Spice"):
        bench.save_replay(tmp_path / "run.html", panes=("Spice",))


def test_the_policy_allows_this_script_and_this_style_alone(bench, tmp_path):
    bench.save_replay(tmp_path / "run.html")
    policy, style, _, script = written(tmp_path / "run.html")
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"] == f"'sha256-{digests[0]}'" and rules["style-src"] == f"'sha256-{digests[1]}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    text = (tmp_path / "run.html").read_text(encoding="utf-8")
    assert not re.search(r"(src|href|action)\s*=\s*[\"']?(https?:)?//", text), "nothing is fetched from anywhere"


def test_what_is_too_large_loses_every_second_update(bench, tmp_path):
    whole = bench.save_replay(tmp_path / "run.html")
    base = whole - len(written(tmp_path / "run.html")[2])
    smaller = bench.save_replay(tmp_path / "run.html", most=whole - 1000)
    told = head(tmp_path / "run.html")
    assert smaller < whole and told["every"] > 1 and base < whole
    assert len(told["moments"][0]["updates"]) < UPDATES
    with pytest.raises(ValueError, match="two updates alone"):
        bench.save_replay(tmp_path / "run.html", most=1000)


def test_nothing_recorded_is_an_error_that_says_what_to_do(tmp_path):
    with pytest.raises(ValueError, match="press Play or Step first"):
        Workbench().save_replay(tmp_path / "run.html")
    assert not (tmp_path / "run.html").exists()


def test_an_explorer_that_plays_is_played_on(tmp_path):
    DescentExplorer().save_replay(tmp_path / "run.html", updates=7)
    assert head(tmp_path / "run.html")["moments"][0]["updates"] == list(range(8))


def test_one_that_does_not_play_goes_through_its_controls_and_is_as_before(tmp_path):
    shown = ActivationExplorer(z=-1.5)
    before = {name: getattr(shown, name) for name in shown.control_traits()}
    frames = [moment[""] for (moment,) in shown.recording()]
    assert [frame["values"]["z"] for frame in frames if frame["values"]["z"] != -1.5] == [-8, -4, 0, 4, 8]
    assert {name: getattr(shown, name) for name in before} == before and not any(f["failure"] for f in frames)
    shown.save_replay(tmp_path / "run.html")
    assert head(tmp_path / "run.html")["pace"] > 300, "time to look at each"


def test_acts_are_messages_as_the_browser_sends_them_and_what_goes_wrong_is_kept_too():
    acts = [{"kind": "set", "name": "z", "value": 2}, {"kind": "set", "name": "z", "value": "two"}]
    frames = [moment[""] for (moment,) in ActivationExplorer().recording(acts=acts)]
    assert [frame["values"]["z"] for frame in frames] == [1, 2, 2]
    assert frames[2]["failure"] and not frames[1]["failure"]


def test_numbers_that_are_not_finite_are_kept(tmp_path):
    bench = Workbench(hidden=[2])
    bench.step()
    bench.model.layers[0][0].weights[:] = np.inf
    with pytest.raises(DivergedError):
        bench.step()
    assert bench.save_replay(tmp_path / "run.html") > 0


def test_a_coarse_map_is_the_map_to_half_a_shade_at_both_ends_too():
    every = np.arange(-127, 128).astype(np.int8)
    kept = np.frombuffer(shaded(every.tobytes()), np.int8).astype(int)
    assert np.abs(kept - every).max() <= SHADES / 2 and len(set(kept)) == 2 * 127 // SHADES + 2
