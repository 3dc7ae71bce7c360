"""What a check costs: judged in a process of its own, beside the same judgement in place. One number, the median.

    python benchmarks/check_cost.py [turns]

Every written exercise's solution is checked both ways, in turns, in a process that has what a notebook's kernel has:
JupyterLab's display machinery, matplotlib, the explorers and their data. "more" is the difference of the medians.
"""

import platform
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import matplotlib.figure  # noqa: F401 - what a kernel has loaded is copied with it
import numpy as np

import widgets  # noqa: F401
from lessons.checks.judge import apart
from lessons.checks.remember import book
from lessons.checks.remember.book import find
from nnlib import data  # noqa: F401


def measure(number, turns):
    """`(in place, apart)`: the median milliseconds of a check of the solution."""
    task, names = find(number), dict(book.solution_namespace(number))
    took = {"in place": [], "apart": []}
    for _ in range(turns):
        for way, judge in (("in place", in_place), ("apart", apart.judge)):
            start = time.perf_counter()
            judge(task, names)
            took[way].append(1000 * (time.perf_counter() - start))
    return tuple(statistics.median(took[way]) for way in ("in place", "apart"))


def in_place(task, names):
    """What happens where no process can be had: judged, and the text of the piece tried alone."""
    verdict = task.judge(names)
    assert verdict.outcome == "PASSED", (task.number, verdict)
    apart._text(task, names, None)


def main():
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    kept = np.ones((200, 1024, 128))  # 200 MB: a kernel in the middle of a lesson
    numbers = [number for lesson in book.paths() for number in book.numbers(lesson, kinds=("write",))]
    rows = {number: measure(number, turns) for number in numbers}
    for number, (place, other) in rows.items():
        print(f"{number:<6} {place:7.1f} ms in place  {other:7.1f} ms apart  {other - place:+7.1f}")
    more = [other - place for place, other in rows.values()]
    print(f"\n{len(rows)} exercises, {turns} turns, Python {platform.python_version()}, {kept.nbytes >> 20} MB kept")
    print(f"median: {statistics.median(p for p, _ in rows.values()):.1f} ms in place, "
          f"{statistics.median(a for _, a in rows.values()):.1f} ms apart, "
          f"{statistics.median(more):+.1f} ms more")  # fmt: skip
    return 0 if statistics.median(more) < 30 else 1  # what is promised


if __name__ == "__main__":
    sys.exit(main())
