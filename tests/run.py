"""Run the tests; `python3 course.py test` hands over to this.

    run.py              side by side what can be, one worker a core; then, alone on a quiet machine, what measures
    run.py costly       what this leaves out: other answers, networks, lessons, sizes and themes, and a minute of Play
    run.py quick        units and one notebook, side by side: whether all is well, in under two minutes
    run.py -x FILE …    pytest with these arguments

Each part ends with its slowest twenty. What failed side by side runs once more, alone (of a notebook all cells): a
neighbour that took the processor may have been the cause. What fails then too has failed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FAILED = ROOT / ".pytest_cache/v/cache/lastfailed"
QUICK = ["tests", "nnlib", "widgets", "lessons/checks", "lessons/solutions/02_build_a_neuron.ipynb"]
MOST = 8  # workers: each may have a JupyterLab and a Chromium, 1.5 GB


def side_by_side():
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return ["-n", str(min(cores, MOST)), "--no-loadscope-reorder"]  # many short notebooks come last


def measuring():
    """The files with tests that run alone: to collect all others for them takes a quarter of a minute."""
    files = sorted((ROOT / "tests").glob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if "pytest.mark.alone" in file.read_text(encoding="utf-8")]


def parts(arguments):
    """The arguments of pytest for each part."""
    if arguments and arguments[0] == "quick":
        chosen = "not alone and not slow and not costly"
        return [[*side_by_side(), "-m", chosen, "--durations=20", *QUICK, *arguments[1:]]]
    if arguments == ["costly"]:
        return [[*side_by_side(), "-m", "costly", "--durations=20"]]
    if arguments:
        return [arguments]
    return [
        [*side_by_side(), "-m", "not alone and not costly", "--durations=20"],
        ["-m", "alone and not costly", "--durations=20", *measuring()],
    ]


def pytest(arguments):
    return subprocess.call([sys.executable, "-m", "pytest", *arguments])


def failed():
    """The tests that failed; a notebook's cells need those before them."""
    names = json.loads(FAILED.read_text(encoding="utf-8"))
    files = {name: name.partition("::")[0] for name in names}
    return sorted({file if file.endswith(".ipynb") else name for name, file in files.items() if (ROOT / file).exists()})


def main(arguments):
    worst, workers = 0, side_by_side()
    for part in parts(arguments):
        code = pytest(part)
        if code == 1 and part[: len(workers)] == workers:
            again = failed()
            print(f"\nFailed side by side, so once more alone: {' '.join(again)}", flush=True)
            code = pytest(["-m", part[part.index("-m") + 1], *again])
        worst = max(worst, abs(code))
        if code == 2:  # Ctrl+C
            break
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
