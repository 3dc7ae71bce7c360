"""What of a learner's does not come back is told from beside, with its line, and can be interrupted."""

import threading
import time

from test_widgets import learners_module

from widgets.stage import patience
from widgets.stage.base import Explorer

SLOW = """
import time

class MyDense:
    def __call__(self, x, until):
        while not until():
            time.sleep(0.01)
        return x
"""


class Waiting(Explorer):
    title = "Waiting"

    def press(self, name, detail=None):
        self.layer(1, lambda: bool(self.told) or time.monotonic() > self.end)


def test_a_part_that_runs_on_is_told_with_its_line_and_no_quick_one(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "LONG", 0.3)
    monkeypatch.setattr(patience, "LOOK", 0.05)
    explorer = Waiting()
    explorer.layer, explorer.told, explorer.end = learners_module(tmp_path, SLOW).MyDense(), [], time.monotonic() + 20
    explorer.send = lambda message: explorer.told.append((threading.current_thread().name, message))
    explorer.layer(1, lambda: True)
    assert not explorer.told, "outside an explorer nobody is told"
    explorer.receive({"kind": "press", "name": "go"})
    thread, message = explorer.told[0]
    assert thread == "patience" and message["kind"] == "running"
    assert message["text"].startswith("Your MyDense.__call__ (") and "has been running for 0 s" in message["text"]
    assert "line 7" in message["text"] or "line 6" in message["text"]
    assert explorer.told[-1][1]["text"] == "", "when it has come back, that is told too"
    assert explorer.failure is None and not patience.BUSY
    before = len(explorer.told)
    explorer.receive({"kind": "press", "name": "go"})  # comes back at once
    assert len(explorer.told) == before


def test_who_runs_no_line_of_the_learners_is_what_was_pressed():
    assert patience.who_runs(-1) == "What you pressed"


def test_while_python_ends_no_thread_is_begun(monkeypatch):
    """Its start would be waited for without end: an explorer that is still there is closed as late as that."""
    monkeypatch.setattr(patience, "WATCH", [])
    monkeypatch.setattr("sys.is_finalizing", lambda: True)
    with patience.busy("an explorer"):
        assert patience.WATCH == []
    monkeypatch.setattr("sys.is_finalizing", lambda: False)
    with patience.busy("an explorer"):
        assert patience.WATCH[0].is_alive()
