"""The explorers without a browser: `StandIn` plays its part."""

import ast
import asyncio
import importlib.util
import inspect
import json
import re
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import traitlets
from ipywidgets.widgets import widget

import widgets
from lessons.checks.remember import book
from widgets import Workbench
from widgets.stage import base, failure, inbox, kernel, play
from widgets.stage.base import Explorer
from widgets.stage.browser import joined
from widgets.stage.controls import Choice, Sizes, Slider, Whole
from widgets.stage.inbox import latest
from widgets.stage.points import held_back
from widgets.stage.stand_in import StandIn


class Counter(Explorer):
    """Counts presses and units of Play; what is drawn is the count."""

    title = "Counter"
    by = Slider(1, "By", 0, 10)
    start_at = Whole(0, "Start at", 0, 100)
    colour = Choice("blue", "Colour", ("blue", "orange"))
    sizes = Sizes([2, 3], "Sizes", "Size", low=1, high=9, most=3)

    def start(self, **values):
        self.count, self.threads, self.broken = 0, set(), False
        super().start(**values)

    def view(self):
        return {"count": self.count}

    def narrate(self):
        return f"The count is {self.count:g}."

    def changed(self, names):
        self.threads.add(threading.get_ident())
        if "start_at" in names:
            self.count = self.start_at

    def press(self, name, detail=None):
        if name == "break":
            raise ZeroDivisionError("a deliberate mistake")
        self.count += self.by

    def advance(self):
        if self.broken:
            raise ZeroDivisionError("a deliberate mistake")
        self.count += 1


MODULES = sorted(Path(base.__file__).parents[1].glob("*/*.js"))


def learners_module(tmp_path, text, name="my_layers"):
    """A module of the learner's, from a file outside the course."""
    file = tmp_path / f"{name}.py"
    file.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Controls ---------------------------------------------------------------------------------------------------------


def test_a_control_is_set_in_python_and_in_the_browser_alike():
    counter = Counter()
    browser = StandIn(counter)
    browser.set("start_at", "7")
    assert (counter.start_at, counter.count) == (7, 7)
    counter.start_at = 9
    assert counter.count == 9
    assert browser.frame["values"]["start_at"] == 9
    assert browser.frame["view"] == {"count": 9}


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("by", 11, "By goes from 0 to 10, got 11"),
        ("by", "fast", "By is a number such as 0.5, got 'fast'"),
        ("by", float("nan"), "By is a finite number"),
        ("by", True, "By is a finite number"),
        ("by", None, "By is a finite number"),
        ("start_at", 1.5, "Start at is a whole number, got 1.5"),
        ("colour", "pink", "Colour is one of blue, orange, got 'pink'"),
        ("sizes", [0], "Size is a whole number from 1 to 9, got 0"),
        ("sizes", [1, 1, 1, 1], "Sizes is a list of at most 3 numbers"),
        ("sizes", 3, "Sizes is a list of at most 3 numbers"),
        ("nothing", 3, "Counter has no control 'nothing'"),
    ],
)
def test_a_value_that_does_not_fit_is_told_in_the_explorer_and_changes_nothing(name, value, words):
    counter = Counter()
    browser = StandIn(counter)
    before = dict(browser.frame["values"])
    browser.set(name, value)
    assert words in browser.frame["failure"]["message"]
    assert browser.frame["values"] == before
    browser.set("start_at", 3)
    assert browser.frame["failure"] is None, "the next good value clears the message"


def test_a_value_that_does_not_fit_is_an_error_in_python():
    with pytest.raises(traitlets.TraitError, match="By goes from 0 to 10"):
        Counter().by = 11


def test_a_comma_is_a_decimal_point_too():
    counter = Counter()
    StandIn(counter).set("by", "0,5")
    assert counter.by == 0.5


def test_an_argument_that_is_no_control_is_refused_with_the_names_of_the_controls():
    with pytest.raises(TypeError, match="no control 'speed'; its controls are: by, start_at, colour, sizes"):
        Counter(speed=3)


def test_controls_are_described_for_the_browser_in_the_order_of_the_class():
    described = Counter().controls
    assert [one["name"] for one in described] == ["by", "start_at", "colour", "sizes"]
    assert described[2]["options"] == ["blue", "orange"]
    json.dumps(described, allow_nan=False)


# Frames -----------------------------------------------------------------------------------------------------------


def test_no_more_than_six_frames_wait_to_be_drawn():
    counter = Counter()
    browser = StandIn(counter, acknowledge=False)
    for _ in range(50):
        browser.press("count")
    assert len(browser.frames) == base.AHEAD, "no further frame before the browser has drawn one"
    browser.draw()
    assert len(browser.frames) == base.AHEAD + 1
    assert browser.frame["view"] == {"count": 50}, "the frame that follows holds all that happened"
    browser.draw()
    assert len(browser.frames) == base.AHEAD + 1, "nothing changed, so nothing is sent"


def test_every_message_tells_which_frame_was_drawn():
    counter = Counter()
    browser = StandIn(counter, acknowledge=False)
    for _ in range(30):
        counter.receive({"kind": "press", "name": "count", "seen": browser.frame["number"]})
        assert browser.frame["view"] == {"count": counter.count}


def test_a_page_that_is_loaded_again_gets_a_frame_at_once():
    counter = Counter()
    StandIn(counter, acknowledge=False)
    counter.receive({"kind": "press", "name": "count"})
    again = StandIn(counter, view="after reload")
    assert again.frame["view"] == {"count": 1}


def test_settings_that_pile_up_are_one_but_never_pass_a_press():
    sets = [{"kind": "set", "name": "by", "value": value} for value in range(5)]
    press = {"kind": "press", "name": "step"}
    other = {"kind": "set", "name": "colour", "value": "blue"}
    assert latest([*sets, other]) == [sets[4], other]
    assert latest([sets[0], press, sets[1]]) == [sets[0], press, sets[1]]


def test_two_views_of_one_explorer_share_it_and_play_stops_with_the_last():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        one, other = StandIn(counter, view="one"), StandIn(counter, view="other")
        one.press("play")
        await asyncio.sleep(0.05)
        one.leave()
        await asyncio.sleep(0.05)
        assert counter.playing, "one view is still there"
        other.leave()
        await asyncio.sleep(0.05)
        assert not counter.playing, "nobody is looking"
        assert counter._task.done()

    asyncio.run(main())


def test_what_is_sent_to_the_browser_is_plain_values_and_bytes():
    def check(value, where):
        if isinstance(value, dict):
            for name, inner in value.items():
                assert isinstance(name, str), f"{where}: the key {name!r}"
                check(inner, f"{where}.{name}")
        elif isinstance(value, (list, tuple)):
            for index, inner in enumerate(value):
                check(inner, f"{where}[{index}]")
        else:
            assert value is None or type(value) in (str, int, float, bool, bytes), f"{where}: {type(value)}"
            assert not isinstance(value, float) or np.isfinite(value), f"{where} is {value}, which JSON does not have"

    explorer = Workbench()
    for _ in range(12):
        explorer.next_moment()
        check(explorer.frame, "frame")


# Threads and Play -------------------------------------------------------------------------------------------------


def from_thread(act, *arguments):
    """Call `act` in another thread, as ipykernel's subshells do, and wait for that thread to end."""
    thread = threading.Thread(target=act, args=arguments)
    thread.start()
    thread.join()


def test_messages_from_other_threads_are_handled_on_the_loops_own():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        browser = StandIn(counter)
        for value in range(20):
            from_thread(browser.set, "start_at", value)
        from_thread(setattr, counter, "colour", "orange")
        await asyncio.sleep(0.02)
        assert counter.threads == {threading.get_ident()}
        assert counter.start_at == 19

    asyncio.run(main())


def test_without_a_loop_messages_from_many_threads_are_handled_one_after_the_other():
    counter = Counter()
    browser = StandIn(counter)
    threads = [threading.Thread(target=lambda: [browser.press("count") for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.count == 200


@pytest.mark.alone
def test_play_leaves_time_for_others_and_pause_stops_it():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        browser = StandIn(counter)
        browser.press("play")
        gaps, last = [], time.perf_counter()
        for _ in range(20):
            await asyncio.sleep(0)
            gaps.append(time.perf_counter() - last)
            last = time.perf_counter()
        browser.press("pause")
        await asyncio.sleep(0.03)
        stopped_at = counter.count
        await asyncio.sleep(0.05)
        assert stopped_at > 100 and counter.count == stopped_at, (stopped_at, counter.count)
        assert counter._task.done() and not browser.frame["playing"]
        assert not counter._task.cancelled(), "Pyodide's loop prints a traceback of a task that was cancelled"
        assert sorted(gaps)[-3] < 0.06, f"a slice held the loop for {max(gaps) * 1000:.0f} ms"

    asyncio.run(main())


def test_play_pause_play_in_one_breath_ends_in_one_task():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        browser = StandIn(counter)
        for name in ("play", "pause", "play", "pause", "play"):
            browser.press(name)
        await asyncio.sleep(0.05)
        running = [task for task in asyncio.all_tasks() if task.get_name() == "Play of Counter"]
        assert counter.playing and len(running) == 1
        counter.close()
        await asyncio.sleep(0.03)
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "Play of Counter"]

    asyncio.run(main())


def test_play_without_a_browser_that_draws_ends_by_itself(monkeypatch):
    async def main():
        monkeypatch.setattr(play, "PATIENCE", 0.05)
        counter = Counter(loop=asyncio.get_running_loop())
        StandIn(counter, acknowledge=False)
        counter.play()
        await asyncio.sleep(0.3)
        assert not counter.playing

    asyncio.run(main())


def test_play_without_a_loop_says_what_it_needs():
    browser = StandIn(Counter())
    browser.press("play")
    assert "Play needs a running event loop" in browser.frame["failure"]["message"]


def test_200_slider_events_end_in_the_last_state():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        browser = StandIn(counter)
        thread = threading.Thread(target=lambda: [browser.set("by", k / 20) for k in range(1, 201)])
        thread.start()
        while thread.is_alive():
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.02)
        assert counter.by == 10 and browser.frame["values"]["by"] == 10

    asyncio.run(main())


# Errors -----------------------------------------------------------------------------------------------------------


def test_an_error_in_a_button_is_shown_and_the_explorer_lives_on():
    counter = Counter()
    browser = StandIn(counter)
    browser.press("break")
    told = browser.frame["failure"]
    assert (told["kind"], told["message"]) == ("ZeroDivisionError", "a deliberate mistake")
    browser.press("count")
    assert browser.frame["failure"] is None and browser.frame["view"] == {"count": 1}


def test_an_error_in_play_stops_it_and_is_shown():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        browser = StandIn(counter)
        counter.broken = True
        browser.press("play")
        await asyncio.sleep(0.05)
        assert not counter.playing
        assert browser.frame["failure"]["kind"] == "ZeroDivisionError"
        counter.broken = False
        browser.press("play")
        await asyncio.sleep(0.05)
        assert counter.playing and browser.frame["failure"] is None
        counter.close()

    asyncio.run(main())


def test_an_error_in_the_view_is_shown_once_and_does_not_send_for_ever(monkeypatch):
    counter = Counter()
    browser = StandIn(counter)
    monkeypatch.setattr(Counter, "view", lambda self: 1 / 0)
    sent = len(browser.frames)
    browser.press("count")
    assert len(browser.frames) == sent + 1
    assert browser.frame["failure"]["kind"] == "ZeroDivisionError"


def test_a_failure_names_the_learners_line(tmp_path):
    module = learners_module(tmp_path, "import json\n\ndef load(text):\n    # read it\n    return json.loads(text)\n")
    try:
        module.load("{")
    except ValueError as error:
        told = failure.explain(error)
    assert (told["line"], told["source"], told["yours"]) == (5, "return json.loads(text)", True)
    assert told["where"].endswith("my_layers.py")


def test_a_value_that_is_refused_names_its_mend_and_no_line_of_ours():
    counter = Counter()
    browser = StandIn(counter)
    browser.set("start_at", "many")
    assert browser.frame["failure"]["kind"] == "This value is not taken"
    assert not browser.frame["failure"].keys() & {"where", "line", "source"}


def test_an_interrupted_kernel_pauses():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        browser = StandIn(counter)

        def interrupted():
            raise KeyboardInterrupt

        counter.advance = interrupted
        browser.press("play")
        await asyncio.sleep(0.03)
        assert not counter.playing and browser.frame["failure"]["kind"] == "Interrupted"

    asyncio.run(main())


# Clean-up ---------------------------------------------------------------------------------------------------------


def test_close_leaves_no_task_and_takes_no_messages():
    async def main():
        counter = Counter(loop=asyncio.get_running_loop())
        browser = StandIn(counter)
        browser.press("play")
        await asyncio.sleep(0.03)
        counter.close()
        counter.close()
        await asyncio.sleep(0.03)
        at = counter.count
        browser.press("count")
        await asyncio.sleep(0.03)
        assert counter.count == at
        assert [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []

    asyncio.run(main())


def test_running_a_cell_again_closes_what_it_made_before(monkeypatch):
    run = ["cell a", "run 1"]
    monkeypatch.setattr(kernel, "running_cell", lambda: tuple(run))
    monkeypatch.setattr(kernel, "BY_CELL", {})
    first, second = Counter(), Counter()
    assert not first.closed and not second.closed, "a cell may make two"
    run[0] = "cell b"
    elsewhere = Counter()
    run[:] = ["cell a", "run 2"]
    third = Counter()
    assert (first.closed, second.closed, elsewhere.closed, third.closed) == (True, True, False, False)
    assert [len(made) for _, made in kernel.BY_CELL.values()] == [1, 1]


def test_without_a_front_end_an_explorer_is_its_narration():
    bundle = Workbench(hidden=[4])._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/plain"].startswith("Workbench. A 2-4-1 network, 140 points of moons to train on")
    assert "`" not in data["text/markdown"] and "\\_" not in data["text/plain"]


KINDS = [np.arange(40.0) % 2, np.arange(40.0) % 7, np.linspace(0, 1, 40), np.ones(40), np.zeros(0)]


@pytest.mark.parametrize("labels", KINDS, ids=["two", "seven", "numbers", "one", "none"])
def test_what_is_held_back_is_drawn_for_each_example_and_never_what_training_needs(labels):
    y, many, parts = labels[np.newaxis], len(np.unique(labels)) > 10, []
    for seed in range(60):
        held = held_back(y, 0.6, seed)
        assert not held[:2].any() and (many or set(labels) == set(labels[~held]))
        for count in (30,) if many else (0, 1, 2, 9, 30):
            assert (held_back(y[:, :count], 0.6, seed) == held[:count]).all(), "a new example moves no other"
        parts.append(held[7:].mean() if held.size else 0.6)
    assert np.mean(parts) == pytest.approx(0.6, abs=0.05)


# The modules for the browser --------------------------------------------------------------------------------------


def test_the_modules_are_joined_each_once_without_imports():
    text = joined(Workbench.module)
    assert not re.search(r"^import\b", text, re.MULTILINE)
    for name in ("function h(", "class Stage", "function planePlot(", "function networkDiagram("):
        assert text.count(name) == 1, f"{name} stands {text.count(name)} times in the joined module"
    assert text.count("export default") == 1


@pytest.mark.parametrize("file", MODULES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_module_turns_text_into_html(file):
    text = file.read_text(encoding="utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "getElementById", ".id ="):
        if (word, file.name) != (".id =", "stage.js"):
            assert word not in text, f"{file.name} uses {word}"


# Explorers that are part of another one now -----------------------------------------------------------------------


@pytest.fixture
def older_copy(monkeypatch):
    """What a learner's older copy of a lesson imports: an explorer that is no more."""
    monkeypatch.setitem(widgets.GONE, "OldRace", ("DescentExplorer", "05", "12"))
    from widgets import OldRace

    return OldRace


def test_an_explorer_that_is_gone_says_how_the_lesson_is_had_anew(older_copy):
    explorer = older_copy(5, optimizer=object, anything=3)
    explorer.whole_update()
    browser = StandIn(explorer)
    assert browser.frame["narration"] == (
        'OldRace is part of DescentExplorer now, and this notebook is a copy from before that: reset("05") or '
        'reset("12") brings its present form, and keeps yours as a backup.'
    )
    assert not browser.frame["failure"] and "reset(" in explorer._repr_mimebundle_()[0]["text/plain"]


def test_a_prediction_takes_an_explorer_that_is_gone(older_copy):
    predict = widgets.Predict("Which?", older_copy(), choose=["this", "that"], confidence=False)
    browser = StandIn(predict)
    browser.press("choose", "a")
    browser.press("commit")
    assert not browser.frame["failure"]


def test_a_name_that_never_was_is_an_import_error():
    with pytest.raises(ImportError, match="NoSuchExplorer"):
        from widgets import NoSuchExplorer  # noqa: F401


def test_a_name_is_here_or_gone_and_every_gone_one_has_a_successor_and_a_lesson():
    assert not {*widgets.GONE} & {*widgets.__all__}
    for successor, *lessons in widgets.GONE.values():
        assert successor in widgets.__all__ and lessons and set(lessons) <= set(book.paths())


@pytest.mark.parametrize("name", ["Workbench", "NeuronExplorer", "DigitExplorer"])
def test_what_the_browser_hears_of_first_is_whole(monkeypatch, name):
    """Between two messages it may draw what it has, and once did: a Workbench without its controls."""
    opened, create = [], widget.comm.create_comm
    monkeypatch.setattr(widget.comm, "create_comm", lambda **told: opened.append(told) or create(**told))
    explorer = getattr(widgets, name)()
    (state,) = [told["data"]["state"] for told in opened if "frame" in told["data"]["state"]]
    assert [one["name"] for one in state["controls"]] == list(explorer.control_traits())
    assert state["frame"]["number"] == 1 and state["frame"]["view"]
    assert explorer.comm.comm_id == explorer.model_id


def test_one_that_cannot_be_made_is_not_told_of(monkeypatch):
    opened, create = [], widget.comm.create_comm
    monkeypatch.setattr(widget.comm, "create_comm", lambda **told: opened.append(told) or create(**told))
    with pytest.raises(TypeError):
        Counter(speed=3)
    assert not [told for told in opened if "frame" in told["data"]["state"]]


@pytest.mark.parametrize("name", widgets.__all__)
def test_no_explorer_takes_a_private_name_of_the_base(name):
    """One that does stands in its place: a press once began a new network."""
    bases = [base.Explorer, inbox.Inbox, play.Play]
    own = {name for one in bases for name, value in vars(one).items() if callable(value) and name.startswith("_")}
    own = {name for name in own if not name.startswith("__")} - {"_describe_controls", "_repr_mimebundle_"}
    kind = getattr(widgets, name)
    between = kind.__mro__[: kind.__mro__.index(Explorer)]
    taken = {name for one in between for name in vars(one)}
    for file in {inspect.getsourcefile(one) for one in between}:
        nodes = ast.walk(ast.parse(Path(file).read_text("utf-8")))
        taken |= {one.attr for one in nodes if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)}
    assert not own & taken


class Unreadable(Exception):
    def __str__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize("error, said", [
    (ValueError("\ud800 \x00 \x1b[2J"), "\ufffd \ufffd \ufffd[2J"), (Unreadable(), "(its message cannot be read)"),
    (ValueError("x" * 10**6), "x" * 2000), (ValueError(), "(no message)"),
], ids=["half a letter", "unreadable", "a book", "nothing"])  # fmt: skip
def test_an_explorer_says_of_an_exception_what_a_page_can_show(error, said):
    assert failure.explain(error)["message"] == said


def test_no_file_of_the_workbench_is_longer_than_300_lines():
    folder = Path(base.__file__).parents[1] / "workbench"
    files = [file for file in folder.iterdir() if file.suffix in (".py", ".js", ".css")]
    assert len(files) > 20
    assert {file.name: lines for file in files if (lines := len(file.read_text("utf-8").splitlines())) > 300} == {}


PLACE = Path(widgets.__file__).parent


def selectors(sheet):
    """Each selector of a style sheet, of those that share a rule each one."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    rules = [rule.strip() for rule in re.findall(r"([^{}]+)\{", text)]
    return [one.strip() for rule in rules if rule[0] != "@" for one in re.split(r",(?![^()]*\))", rule)]


@pytest.mark.parametrize("name", sorted({path.parent.name for path in PLACE.glob("*/*.css")} - {"stage"}))
def test_the_style_of_an_explorer_does_not_reach_into_another(name):
    """All explorers of a page share their style sheets, and one may stand inside a prediction."""
    others = "".join(path.read_text() for path in PLACE.glob("*/*.js") if path.parent.name not in (name, "stage"))
    root = "nn-predict" if name == "predict" else f"nn-{name.replace('_', '-')}"
    sheets = "".join(path.read_text() for path in (PLACE / name).glob("*.css"))
    for one in (one for one in selectors(sheets) if "& " not in one):  # what is nested stands in a rule that is weighed
        is_inside = root in one and (name != "predict" or ".nn-page" in one)
        own = [word for word in re.findall(r"\.(nn-[\w-]+)", one) if not re.search(rf"\b{word}\b(?!-)", others)]
        assert is_inside or own, f"{one} styles what another explorer calls so too"
