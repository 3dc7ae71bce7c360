"""Answers that take their process along: each gets a polite verdict in time, and nothing of it is left behind."""

import itertools
import os
import signal
import sys
import textwrap
import threading
import time
import warnings

import hostile
import numpy as np
import psutil
import pytest
from notebook import set_constant

from lessons.checks.judge import apart, guard
from lessons.checks.remember.book import find

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux judges in a process of its own"),
]

def notebook(body):
    import numpy as np

    names = {"np": np}
    exec("def neuron(weights, inputs, bias):\n" + textwrap.indent(body, "    "), names)
    return names


@pytest.fixture
def piece():
    return find("02.3").piece


@pytest.mark.parametrize("kind", hostile.ANSWERS)
def test_an_answer_takes_only_its_own_process_along(kind, piece, monkeypatch):
    seconds = float(os.environ.get("NNLIB_CHECK_LIMIT", "1"))  # tools/prove.py takes what learners have
    set_constant(monkeypatch, guard, "LIMIT", seconds)
    expected, body = hostile.ANSWERS[kind]
    names = notebook(body)
    names[piece] = names["neuron"]
    before = state()
    start = time.perf_counter()
    verdict = apart.judge(find("02.3"), names).verdict
    assert time.perf_counter() - start < 5 + (guard.MOST - 1) * (seconds + guard.PATIENCE), "busy machines included"
    assert state() == before
    if expected == "passed":
        assert verdict.outcome == "PASSED", verdict
    elif verdict.outcome != "PASSED" or expected:
        assert verdict.outcome == "FAILED"
        assert not expected or verdict.finding.name in expected.split("|"), verdict
        assert 20 < len(verdict.finding.says) < 700
        assert not any(c in verdict.finding.says for c in "\x1b\x00")
    end = time.monotonic() + 2  # the killed take a moment to be gone
    while _running("77.125") and time.monotonic() < end:
        time.sleep(0.02)
    assert not _running("77.125")


def test_what_is_proven_is_told_though_the_search_for_its_name_never_comes_back(monkeypatch):
    set_constant(monkeypatch, guard, "LIMIT", 1.0)
    task = find("02.3")
    lines = """\
        calls.append(1)
        if len(calls) > COUNT:
            sum(itertools.repeat(0))  # nothing in Python can stop it
        return 2 * float(weights @ inputs + bias)
    """
    names = {"np": np, "itertools": itertools, "calls": [], "COUNT": len(task.cases)}
    exec("def neuron(weights, inputs, bias):\n" + textwrap.indent(textwrap.dedent(lines), "    "), names)
    finding = apart.judge(task, names).verdict.finding
    assert (finding.name, finding.says[:35]) == ("wrong-value", "Your z is 1.2, 0.6 was expected. Tr"), finding


def state():
    """What an answer could leave behind in the process that asked for its judgement."""
    return (os.getcwd(), os.getcwd, threading.active_count(), sorted(os.listdir("/proc/self/fd")), _children(),
            signal.getsignal(signal.SIGCHLD), sys.getrecursionlimit(), len(sys.modules), np.allclose, isinstance,
            np.geterr(), len(warnings.filters))  # fmt: skip


def _children():
    """The processes that this one has started and that are still there, the ended and unmissed ones too."""
    return sorted(child.pid for child in psutil.Process().children())


def _running(word):
    found = []
    for one in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{one}/cmdline", "rb") as file:
                found += [one] if word.encode() in file.read().split(b"\0") else []
        except OSError:
            continue
    return found


def test_where_no_process_can_be_had_the_answer_is_judged_in_place(piece, monkeypatch):
    def none_left():
        raise BlockingIOError

    monkeypatch.setattr(apart, "_forked", none_left)
    names = notebook(hostile.RIGHT)
    assert apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]}).verdict.outcome == "PASSED"


def test_what_an_answer_prints_comes_back(piece):
    names = notebook("print('seen')\nreturn 5.0")
    verdict = apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]}).verdict
    assert (verdict.outcome, verdict.printed.splitlines()[0]) == ("FAILED", "seen")


def test_the_stop_button_stops_the_check(piece, monkeypatch):
    def pressed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(apart, "_heard", pressed)
    names, before = notebook("while True:\n    pass"), _children()
    assert apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]}).verdict.finding.name == "stopped"
    assert _children() == before


@pytest.mark.parametrize("what", [lambda *_: time.sleep(9), lambda *_: os._exit(3)])
def test_what_is_proven_is_told_though_the_search_for_its_name_does_not_end(piece, monkeypatch, what):
    monkeypatch.setattr(type(find("02.3")), "_deeper", what)
    set_constant(monkeypatch, guard, "LIMIT", 0.5)
    names = notebook("return 77.125")
    verdict = apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]}).verdict
    assert verdict.outcome == "FAILED" and "77.12" in verdict.finding.says and verdict.finding.name != "endless"


def test_a_deadline_that_moves_once_it_was_missed_makes_no_crash(piece, monkeypatch):
    """An answer that runs on is without end, also where it turns out a moment later that it had to wait in line."""
    set_constant(monkeypatch, guard, "LIMIT", 0.2)
    missed = []

    class Moves(guard.Deadline):
        def left(self):
            left = 1.0 if missed else super().left()
            missed.extend([1] * (left <= 0))
            return left

    monkeypatch.setattr(guard, "Deadline", Moves)
    names = notebook(hostile.ENDLESS["a pattern that goes back and back"])
    assert apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]}).verdict.finding.name == "endless"
    assert missed


def test_time_in_line_for_a_processor_does_not_count(monkeypatch):
    """On a busy machine an answer is not told to be endless, and still none runs for ever."""
    now, line = [100.0], [5.0]
    monkeypatch.setattr(guard.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(guard, "waited", lambda process: line[0])
    deadline = guard.Deadline(4.0)
    now[0] = 103.0
    assert deadline.left() == 1
    line[0] += 2.5
    assert deadline.left() == 3.5
    line[0] += 100
    now[0] = 111.0
    assert deadline.left() == 1


def test_what_a_process_waited_is_what_linux_counts():
    """A process that gets half of the time or less, for others are busy on its processor, has waited."""
    with open("/proc/self/schedstat", encoding="ascii") as file:
        mine = int(file.read().split()[1]) / 1e9
    assert mine <= guard.waited("self") + 1e-9
    assert guard.waited(10**9) == 0
