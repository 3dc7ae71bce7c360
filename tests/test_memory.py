"""What a small computer bears: memory after a minute of Play, memory of the largest lesson, a start on one core."""

import contextlib
import importlib
import json
import shutil
import threading
import time
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
FULL = 200  # seconds until two tapes are full, at most
MINUTE = 60
ALL = """
import gc, threading, time, tracemalloc
from widgets import DescentExplorer, Workbench

step, remedies = Workbench(), Workbench(validation=0.3, dropout=0.3)
race = DescentExplorer(racers=["SGD", "Adam"])
for bench in (step, remedies):
    bench.tape.limit = 1  # MiB: soon full, and thinned
for explorer in (step, DescentExplorer(), remedies, race):
    display(explorer)


def count():
    tracemalloc.start()
    while True:
        time.sleep(2)
        gc.collect()
        thinned = min(bench.tape._stride for bench in (step, remedies))
        with open(WHERE, "a") as file:
            print(thinned, tracemalloc.get_traced_memory()[0] / 1e6, file=file)


threading.Thread(target=count, daemon=True).start()
"""


@pytest.fixture
def load(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("load")


@pytest.fixture
def memory(load):
    return importlib.import_module("memory")


@pytest.mark.alone
def test_the_lesson_that_takes_most_memory_fits_on_binder(memory):
    measured = json.loads((BENCHMARKS / "results" / "memory.json").read_text())["lessons"]
    largest = max(measured, key=lambda one: one["memory"])["lesson"]
    taken = memory.lesson(next(path for path in memory.LESSONS if path.stem == largest))
    assert taken["memory"] < memory.MOST_MEMORY, f"{largest} with its server: {taken['memory'] / 1e6:.0f} MB"


@pytest.mark.alone
@pytest.mark.skipif(shutil.which("taskset") is None, reason="taskset is a Linux command")
def test_lesson_00_shows_a_picture_soon_on_one_core(memory):
    clock, core = memory.start()  # by the clock it depends on what else the core does just now
    assert core < memory.MOST_START, f"{core:.1f} s of one core to the first picture, {clock:.1f} s by the clock"


@pytest.mark.costly
def test_a_minute_of_play_leaves_memory_as_it_was(load, tmp_path):
    """Of what Python and NumPy hold since the explorers were shown: the process keeps freed pages as it pleases.

    Neighbours take nothing of that, and time is not asked for, so it waits its minute beside others.
    """
    over, where = threading.Event(), tmp_path / "counted.txt"

    def counted():
        return [tuple(map(float, line.split())) for line in where.read_text().splitlines()] if where.exists() else []

    with contextlib.ExitStack() as ended:
        server = load.Server()
        ended.callback(server.close)
        learner = load.Learner(server, over)
        ended.callback(learner.close)
        cell = f"WHERE = {str(where)!r}\n{ALL}"
        player = threading.Thread(target=learner.play, args=(cell,), daemon=True)
        player.start()
        begun = time.monotonic()
        while not any(thinned >= 4 for thinned, _ in counted()):
            assert learner.error is None, learner.error
            assert time.monotonic() < begun + FULL, f"the tapes are not full: {counted()[-1:]}"
            time.sleep(1)
        frames, since = learner.frames, len(counted())
        time.sleep(MINUTE)
        over.set()
        player.join(30)
    assert learner.error is None, learner.error
    assert learner.frames > frames + 200, f"{learner.frames - frames} frames in a minute: nothing has played"
    held = [number for _, number in counted()[since - 1 :]]
    early, late = max(held[: len(held) // 2]), max(held[len(held) // 2 :])
    assert late < early + 1, f"MB: {[round(number, 1) for number in held]}"
