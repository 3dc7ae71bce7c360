#!/usr/bin/env python3
"""How many nodes, cores and how much memory a hub needs for so many learners: `python deploy/sizing.py`.

Computed from what `benchmarks/load.py` measured for one learner (see ../benchmarks/RESULTS.md); the README's table is
what this prints, and a test compares the two.
"""

import json
import math
from pathlib import Path

MEASURED = json.loads((Path(__file__).parent.parent / "benchmarks" / "results" / "load.json").read_text())
ALONE = MEASURED["rows"][0]  # one learner, at Play
MEMORY = round((ALONE["memory"] + 1.5 * ALONE["each"]) / 1e9, 2)  # GB: a server and two lessons
PLAYING = 0.10  # the share of learners at Play at one time
PLAYER = ALONE["processors"] * MEASURED["cores"]  # the cores that each of them keeps busy
WORKING = 0.02  # cores of everybody else: a cell now and then
NODE_CORES, NODE_MEMORY = 8, 32  # one node
KEPT = 0.85  # of a node is for learners, the rest for the system


def size(learners):
    """(nodes, cores, GB of memory, pods kept warm) for `learners` at one time."""
    cores = learners * (PLAYING * PLAYER + (1 - PLAYING) * WORKING)
    memory = learners * MEMORY
    nodes = math.ceil(max(cores / (KEPT * NODE_CORES), memory / (KEPT * NODE_MEMORY)))
    return nodes, math.ceil(cores), math.ceil(memory), math.ceil(0.05 * learners)


def table():
    """The table of deploy/README.md."""
    lines = ["| learners at one time | nodes of 8 cores, 32 GB | cores busy | memory | pods kept warm |",
             "| --- | --- | --- | --- | --- |"]  # fmt: skip
    for learners in (30, 300, 3_000):
        nodes, cores, memory, spare = size(learners)
        lines.append(f"| {learners:,} | {nodes} | {cores} | {memory:,} GB | {spare} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
