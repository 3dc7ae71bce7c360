"""What a small computer bears: memory after a minute of Play, memory of the largest lesson, a start on one core."""

import contextlib
import importlib
import json
import shutil
import threading
import time
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.alone
BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
FRAMES = 1000  # of Play, before memory is called settled
MINUTE = 7  # readings, 10 s apart
ALL = """
from widgets import DescentExplorer, Workbench

step, remedies = Workbench(), Workbench(validation=0.3, dropout=0.3)
race = DescentExplorer(racers=["SGD", "Adam"])
for bench in (step, remedies):
    bench.tape.limit = 2  # MiB: soon full, and thinned
for explorer in (step, DescentExplorer(), remedies, race):
    display(explorer)
"""


@pytest.fixture
def load(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("load")


@pytest.fixture
def memory(load):
    return importlib.import_module("memory")


def test_the_lesson_that_takes_most_memory_fits_on_binder(memory):
    measured = json.loads((BENCHMARKS / "results" / "memory.json").read_text())["lessons"]
    largest = max(measured, key=lambda one: one["memory"])["lesson"]
    taken = memory.lesson(next(path for path in memory.LESSONS if path.stem == largest))
    assert taken["memory"] < memory.MOST_MEMORY, f"{largest} with its server: {taken['memory'] / 1e6:.0f} MB"


@pytest.mark.skipif(shutil.which("taskset") is None, reason="taskset is a Linux command")
def test_lesson_00_shows_a_picture_soon_on_one_core(memory):
    clock, core = memory.start()  # by the clock it depends on what else the core does just now
    assert core < memory.MOST_START, f"{core:.1f} s of one core to the first picture, {clock:.1f} s by the clock"


def settled(seen):
    return len(seen) >= MINUTE and max(seen[-MINUTE:]) - seen[-MINUTE] < 3  # MB


def test_a_minute_of_play_leaves_memory_as_it_was(load):
    over = threading.Event()
    with contextlib.ExitStack() as ended:
        server = load.Server()
        ended.callback(server.close)
        learner = load.Learner(server, over)
        ended.callback(learner.close)
        player = threading.Thread(target=learner.play, args=(ALL,), daemon=True)
        player.start()
        kernel = next(one for one in server.tree()[1:] if "ipykernel_launcher" in " ".join(one.cmdline()))
        seen = []
        while len(seen) < 15 and not (learner.frames > FRAMES and settled(seen)):
            time.sleep(10)
            assert learner.error is None, learner.error
            seen.append(psutil.Process(kernel.pid).memory_full_info().uss / 1e6)
        over.set()
        player.join(30)
    assert learner.frames > FRAMES, f"only {learner.frames} frames: nothing has played"
    assert settled(seen), f"MB every 10 s: {[round(number, 1) for number in seen]}"
