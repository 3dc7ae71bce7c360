"""A minute of Play: every explorer that plays, all in one kernel, and what the kernel then holds in memory."""

import contextlib
import importlib
import threading
import time
from pathlib import Path

import psutil

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
ALL = """
from widgets import DescentExplorer, GeneralisationExplorer, OptimizerRace, Playground, StepExplorer

step = StepExplorer()
step.tape.limit = 8  # MiB: it is full, and thinned, long before the minute is over
for explorer in (step, DescentExplorer(), GeneralisationExplorer(), OptimizerRace(), Playground()):
    display(explorer)
"""


def test_a_minute_of_play_leaves_memory_as_it_was(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    load = importlib.import_module("load")
    over = threading.Event()
    with contextlib.ExitStack() as ended:
        server = load.Server()
        ended.callback(server.close)
        learner = load.Learner(server, over)
        ended.callback(learner.socket.close)
        player = threading.Thread(target=learner.play, args=(ALL,), daemon=True)
        player.start()
        kernel = next(one for one in server.tree()[1:] if "ipykernel_launcher" in " ".join(one.cmdline()))
        seen = []
        for _ in range(6):
            time.sleep(10)
            assert learner.error is None, learner.error
            seen.append(psutil.Process(kernel.pid).memory_full_info().uss / 1e6)
        over.set()
        player.join(30)
    assert learner.frames > 100, f"only {learner.frames} frames: nothing has played"
    assert seen[-1] - seen[1] < 5, f"MB after 10, 20 … 60 s: {[round(number, 1) for number in seen]}"
