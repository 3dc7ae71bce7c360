"""Answers that take their process along: each gets a polite verdict in time, and nothing of it is left behind."""

import os
import sys
import textwrap
import threading
import time

import psutil
import pytest

from lessons.checks.judge import apart, guard
from lessons.checks.judge.exercise import find

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux judges in a process of its own"),
]

RIGHT = "weights @ inputs + bias"
HOSTILE = {
    "one endless sum": ("endless", "return sum(range(10**11))"),
    "one endless power": ("endless", "return 7 ** (10**9)"),
    "one endless pattern": ("endless", "import re\nreturn re.match('(a+)+$', 'a' * 60 + 'b')"),
    "one endless search": ("endless", "return 'x' in iter(int, 1)"),
    "all signals ignored": (
        "endless",
        "import signal\nfor s in range(1, 32):\n    try:\n        signal.signal(s, signal.SIG_IGN)\n"
        "    except (OSError, ValueError):\n        pass\nwhile True:\n    pass",
    ),
    "leaves": ("exits", "import os\nos._exit(0)"),
    "leaves with a status": ("exits", "import os\nos._exit(3)"),
    "crashes": ("crashes", "import ctypes\nctypes.string_at(0)"),
    "aborts": ("crashes", "import os\nos.abort()"),
    "kills itself": ("crashes", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    "kills its group": ("crashes", "import os, signal\nos.killpg(0, signal.SIGKILL)"),
    "limit of recursion raised": (  # a crash, or the time is up before: as deep as the memory goes
        None,
        "import sys\nsys.setrecursionlimit(10**9)\ndef again(n):\n    return again(n + 1)\nreturn again(0)",
    ),
    "eats memory": ("endless or raises-MemoryError", "kept = []\nwhile True:\n    kept.append(np.ones(10**6))"),
    "eats memory at once": ("raises-MemoryError", "return np.ones(10**10)"),
    "closes all files": (None, "import os\nos.closerange(0, 5000)\nreturn " + RIGHT),
    "writes into the pipe of the verdict": (
        None,
        "import os\npipes = []\nfor f in range(3, 200):\n    try:\n"
        "        pipes += [f] * os.readlink(f'/proc/self/fd/{f}').startswith('pipe')\n"
        "    except OSError:\n        pass\nos.write(pipes[-1], b'nonsense' + bytes([10]))\nreturn " + RIGHT,
    ),
    "leaves a process behind": (
        "passed",
        "import subprocess\nsubprocess.Popen(['sleep', '77.125'])\nreturn " + RIGHT,
    ),
    "leaves a thread behind": (
        "passed",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\nreturn " + RIGHT,
    ),
    "leaves a patch behind": ("passed", "import os\nos.getcwd = None\nreturn " + RIGHT),
    "changes the folder": ("passed", "import os\nos.chdir('/')\nreturn " + RIGHT),
}


def notebook(body):
    import numpy as np

    names = {"np": np}
    exec("def neuron(weights, inputs, bias):\n" + textwrap.indent(body, "    "), names)
    return names


@pytest.fixture
def piece():
    return find("02.3").piece


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_answer_takes_only_its_own_process_along(kind, piece, monkeypatch):
    monkeypatch.setattr(guard, "LIMIT", 1.0)
    name, body = HOSTILE[kind]
    names = notebook(body)
    names[piece] = names["neuron"]
    before = os.getcwd(), os.getcwd, threading.active_count(), sorted(os.listdir("/proc/self/fd")), _children()
    start = time.perf_counter()
    verdict = apart.judge(find("02.3"), names)
    assert time.perf_counter() - start < 5
    after = os.getcwd(), os.getcwd, threading.active_count(), sorted(os.listdir("/proc/self/fd")), _children()
    assert after == before
    if name == "passed":
        assert verdict.outcome == "PASSED"
    else:
        assert verdict.outcome == "FAILED"
        assert name is None or verdict.finding.name in name.split(" or "), verdict
        assert 20 < len(verdict.finding.says) < 600
    end = time.monotonic() + 5  # the killed take a moment to be gone
    while _running("77.125") and time.monotonic() < end:
        time.sleep(0.02)
    assert not _running("77.125")


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

    monkeypatch.setattr(os, "fork", none_left)
    names = notebook("return " + RIGHT)
    assert apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]}).outcome == "PASSED"


def test_what_an_answer_prints_comes_back(piece):
    names = notebook("print('seen')\nreturn 5.0")
    verdict = apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]})
    assert (verdict.outcome, verdict.printed.splitlines()[0]) == ("FAILED", "seen")


def test_the_stop_button_stops_the_check(piece, monkeypatch):
    def pressed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(apart, "_received", pressed)
    names, before = notebook("while True:\n    pass"), _children()
    assert apart.judge(find("02.3"), {piece: names["neuron"], "np": names["np"]}).finding.name == "stopped"
    assert _children() == before
