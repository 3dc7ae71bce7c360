"""Checks, progress and the progress bar where there are no threads, processes or timers, as in a browser's Python.

`deploy/lite/` has the course run there. Here the tests of the checks run a second time, in a Python from which
`as_in_a_browser.py` has taken these away.
"""

import os
import re
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from lessons.checks.judge import guard

TESTS = Path(__file__).resolve().parent
AGAIN = (
    "blank_is_not or solution_passes or 02.4 or 13.6 or status or progress or reset or piece "
    "or left_behind or replaced or test_work or csv or checkpoint"
)


@pytest.mark.costly
def test_the_same_holds_without_threads():
    files = [str(TESTS / f"test_{name}.py") for name in ("checks", "work", "callback")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "as_in_a_browser", "-p", "no:cacheprovider", *files,
         "-k", AGAIN, "--override-ini", "addopts=--strict-markers"],
        cwd=TESTS.parent, env=os.environ | {"PYTHONPATH": str(TESTS)}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 400


@pytest.fixture
def no_threads(monkeypatch):
    def start(worker):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(guard.threading.Thread, "start", start)


def endless(body):
    """A function that runs `body`, lines of Python, for ever: for five seconds, so that this test always ends."""
    names = {"now": time.monotonic, "end": time.monotonic() + 5}
    text = "def f():\n    while now() < end:\n" + textwrap.indent(body, " " * 8)
    exec(compile(text, "<cell>", "exec"), names)
    return names["f"]


@pytest.mark.alone
@pytest.mark.usefixtures("no_threads")
@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "try:\n    x = 1\nexcept:\n    pass",
        "try:\n    [n for n in range(9)]\nexcept BaseException as error:\n    x = str(error)",
        "try:\n    sorted('cab', key=lambda one: one)\nfinally:\n    pass",
    ],
)
def test_endless_code_is_stopped_in_time(body):
    begun, tracing = time.monotonic(), sys.gettrace()
    run = guard.run(endless(body), limit=0.2)
    assert (run.timed_out, run.stopped, run.error, run.value) == (True, True, None, None)
    assert time.monotonic() - begun < 2
    assert sys.gettrace() is tracing, "the clock is put away"


@pytest.mark.usefixtures("no_threads")
def test_what_was_late_and_ended_by_itself_is_late_too():
    assert guard.run(lambda: time.sleep(0.1), limit=0.02).timed_out


@pytest.mark.usefixtures("no_threads")
def test_what_is_in_time_keeps_its_value_and_its_error():
    assert guard.run(lambda: 7).value == 7
    run = guard.run(lambda: 1 / 0)
    assert isinstance(run.error, ZeroDivisionError) and not run.timed_out
    assert isinstance(guard.run(lambda: (_ for _ in ()).throw(KeyboardInterrupt)).error, KeyboardInterrupt)


@pytest.mark.usefixtures("no_threads")
def test_an_alarm_that_is_kept_rings_no_more():
    kept = []

    def keep():
        try:
            while True:
                pass
        except BaseException as error:
            kept.append(error)
            raise

    assert guard.run(keep, limit=0.05).timed_out
    tracing = sys.gettrace()
    kept.clear()
    assert sys.gettrace() is tracing
