#!/usr/bin/env python3
"""How much memory a lesson takes with its server, how long lesson 00 takes to start, and whether Play stays flat.

    python benchmarks/memory.py                    # about 23 minutes
    python benchmarks/memory.py --minutes 1        # a shorter Play
    python benchmarks/memory.py --small            # lesson 00 and the largest on one core with 1 GB: half a minute
    python benchmarks/memory.py --report           # only write the report again

Every solved lesson runs, cell by cell, in a kernel of its own behind a `jupyter server` of its own; the number is the
largest sum of the resident memory of the server and the kernel, looked at after each cell (what both share is counted
twice). The start is on one core (`taskset`), from the server's command to the first picture that lesson 00 shows,
without the browser. Play is an explorer at Play whose frames are acknowledged as a browser does; the kernel's memory is
read every 30 seconds. Writes results/memory.json and the section "Memory" of RESULTS.md.
"""

import argparse
import contextlib
import json
import threading
import time
from datetime import date
from pathlib import Path

import nbformat
import psutil
from load import Learner, Server
from speed_report import verdict, write_section

HERE = Path(__file__).resolve().parent
LESSONS = sorted((HERE.parent / "lessons" / "solutions").glob("[0-9]*.ipynb"))
MOST_MEMORY, MOST_START = 450e6, 10  # bytes; seconds on one core
GIGABYTE = 1_000_000_000
SMALL = ("prlimit", f"--data={GIGABYTE}", "taskset", "-c", "0")  # a process that asks for more gets a MemoryError
PLAYERS = {
    "Workbench": "from widgets import Workbench\nWorkbench(hidden=[8, 8])",
}


def resident(server):
    """Bytes in memory of the server and its kernels."""
    return server.summed(lambda one: one.memory_info().rss)


def code(path):
    """The code cells of a notebook."""
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def lesson(path, before=()):
    """Most memory of one lesson, and the seconds its cells take together. `before`: what the server is started by."""
    most, took = 0, 0.0
    with contextlib.closing(Server(before)) as server, contextlib.closing(Learner(server)) as learner:
        for cell in code(path):
            took += learner.execute(cell)[0]
            most = max(most, resident(server))
    return {"lesson": path.stem, "memory": most, "seconds": took}


def small():
    """Lesson 00 and the one that takes most memory, each on one core with 1 GB. RuntimeError if it needs more."""
    measured = json.loads((HERE / "results" / "memory.json").read_text())["lessons"]
    largest = max(measured, key=lambda one: one["memory"])["lesson"]
    for path in (LESSONS[0], next(path for path in LESSONS if path.stem == largest)):
        taken = lesson(path, SMALL)
        if taken["memory"] > GIGABYTE:
            raise RuntimeError(f"{path.stem} takes {taken['memory'] / 1e6:.0f} MB with its server")
        yield f"{path.stem}: {taken['memory'] / 1e6:.0f} MB, {taken['seconds']:.1f} s"


def start():
    """Seconds from the server's command to the first picture of lesson 00 on one core: by the clock, of the core."""
    begun = time.perf_counter()
    one_core = Server(before=("taskset", "-c", "0"))
    with contextlib.closing(one_core) as server, contextlib.closing(Learner(server)) as learner:
        for cell in code(LESSONS[0]):
            learner.execute(cell)
            if learner.pictures:
                return time.perf_counter() - begun, server.processor_seconds()
    raise RuntimeError(f"{LESSONS[0].name} shows no picture")


def play(cell, minutes):
    """The kernel's memory every half minute of Play."""
    server, over = Server(), threading.Event()
    try:
        learner = Learner(server, over)
        threading.Thread(target=learner.play, args=(cell,), daemon=True).start()
        memory = []
        for _ in range(round(2 * minutes)):
            time.sleep(30)
            if learner.error:
                raise learner.error
            memory.append(resident(server) - psutil.Process(server.process.pid).memory_info().rss)
        return {"memory": memory, "frames": learner.frames}
    finally:
        over.set()
        server.close()


def report(results):
    most = max(results["lessons"], key=lambda one: one["memory"])
    lines = ["| lesson, solved | memory with its server | all cells |", "| --- | ---: | ---: |"]
    lines += [
        f"| {one['lesson'].replace('_', ' ')} | {one['memory'] / 1e6:.0f} MB | {one['seconds']:.1f} s |"
        for one in results["lessons"]
    ]
    kept = [
        f"- {name}: {len(run['memory']) / 2:g} minutes, {run['frames']:,} frames; after half a minute "
        f"{run['memory'][0] / 1e6:.1f} MB; after three, the tape of moments being full, "
        f"{run['memory'][min(5, len(run['memory']) - 1)] / 1e6:.1f} MB, at the end {run['memory'][-1] / 1e6:.1f} MB, "
        f"most {max(run['memory']) / 1e6:.1f} MB."
        for name, run in results["play"].items()
    ]
    text = f"""## Memory, and the first picture

Measured {results["date"]}:

    python benchmarks/memory.py

The largest sum of the resident memory of a server and its kernel, looked at after each cell of the solved lesson:

{chr(10).join(lines)}

The largest is {most["memory"] / 1e6:.0f} MB (goal: {MOST_MEMORY / 1e6:.0f}: {verdict(MOST_MEMORY / most["memory"])}).

On one core, from the server's command to the first picture of lesson 00, without the browser:
{results["start"]:.1f} s (goal: {MOST_START} s: {verdict(MOST_START / results["start"])}).

The kernel's memory at Play, 2-8-8-1:

{chr(10).join(kept)}"""
    write_section(HERE / "RESULTS.md", "memory", text)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--minutes", type=float, default=10, help="of Play, for each explorer (default 10)")
    ask.add_argument("--small", action="store_true", help="two lessons on one core with 1 GB, and no report")
    ask.add_argument("--report", action="store_true", help="measure nothing, write the report from memory.json")
    want = ask.parse_args()
    if want.small:
        print("; ".join(small()))
        return
    kept = HERE / "results" / "memory.json"
    if not want.report:
        results = {"date": f"{date.today()}", "start": start()[0], "lessons": [], "play": {}}
        print(f"start: {results['start']:.1f} s", flush=True)
        for path in LESSONS:
            results["lessons"].append(lesson(path))
            print(json.dumps(results["lessons"][-1]), flush=True)
        for name, cell in PLAYERS.items():
            results["play"][name] = play(cell, want.minutes)
            print(name, json.dumps(results["play"][name]), flush=True)
        kept.write_text(json.dumps(results, indent=1) + "\n")
    report(json.loads(kept.read_text()))


if __name__ == "__main__":
    main()
