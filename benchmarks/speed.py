"""Measure nnlib's speed beside the script that a person writes, hand-tuned NumPy, other libraries and bare products.

    python benchmarks/speed.py --python path/to/another/python         everything, about 15 minutes
    python benchmarks/speed.py                                         without PyTorch, JAX and Numba
    python benchmarks/speed.py --quick --out DIR                       a minute's look; the numbers mean little

Every library runs in a process of its own (`worker.py`), started anew for each round. Within a round the libraries
take turns in random order, so that whatever else the machine does falls on all alike. Writes `speed.json` and, from
it, the section "Speed" of RESULTS.md and the pictures; `--report` only writes these again.
"""

import argparse
import contextlib
import json
import os
import platform
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import cases
import numpy as np

HERE = Path(__file__).resolve().parent
THREADS = "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"
ELSEWHERE = {"pytorch": "torch", "jax": "jax", "numba": "numba"}  # what only the other interpreter may have
TRAINERS = ("nnlib", "plain script", "hand-tuned", "pytorch", "jax", "numba", "sklearn", "products")


class Bench:
    """Which interpreters there are, how long to measure, and the processes of the round that is open."""

    def __init__(self, other_python=None, quick=False, rounds=3):
        self.quick, self.other_python = quick, other_python
        self.there = {library: version(package, other_python) for library, package in ELSEWHERE.items()}
        self.rounds, self.turns = (1, 1) if quick else (rounds, 3)
        self.piece, self.seconds = (0.001, 0.002) if quick else (0.005, 0.15)
        self.main = cases.MAIN[:2] if quick else cases.MAIN

    def python(self, library):
        return self.other_python if library.split()[0] in ELSEWHERE else sys.executable

    def present(self, libraries):
        return [library for library in libraries if self.there.get(library.split()[0], True)]

    @contextlib.contextmanager
    def processes(self, libraries, threads=1):
        """Fresh workers by library, with one BLAS thread or (`threads` None) as many as they take by themselves."""
        environment = {name: value for name, value in os.environ.items() if name not in THREADS}
        environment |= dict.fromkeys(THREADS, str(threads)) if threads else {}
        workers = {
            library: subprocess.Popen(
                [self.python(library), str(HERE / "worker.py"), library],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
            )
            for library in self.present(libraries)
        }  # fmt: skip
        try:
            yield workers
        finally:
            for worker in workers.values():
                worker.communicate()

    def measure(self, libraries, chosen, threads=1, do="time", briefly=False):
        """`{case: {library: summary of all turns}}`, in seconds a step; `briefly` is one round of short turns."""
        rounds, turns, seconds = self.rounds, self.turns, self.seconds
        if briefly:
            rounds, turns, seconds = 1, min(turns, 2), seconds / 3
        times = {case.name: {library: [] for library in self.present(libraries)} for case in chosen}
        for _ in range(rounds):
            with self.processes(libraries, threads) as workers:
                for case in chosen:
                    for _ in range(turns):
                        for library in random.sample(list(workers), len(workers)):
                            message = {"do": do, "piece": self.piece, "seconds": seconds}
                            times[case.name][library].append(ask(workers[library], case, **message))
            log(f"{do}, {threads or 'default'} threads, {len(chosen)} cases: a round done")
        return {name: {library: summary(turns) for library, turns in row.items()} for name, row in times.items()}


def ask(worker, case, **message):
    worker.stdin.write(json.dumps({"case": case.message(), **message}) + "\n")
    worker.stdin.flush()
    line = worker.stdout.readline()
    if not line:
        command = " ".join(map(str, worker.args))
        raise RuntimeError(f"{command} ended with {worker.wait()} at {case.name!r}; its message stands above")
    return json.loads(line)


def version(package, python):
    """The version of a package that an interpreter has; empty if it has none, or if there is no interpreter."""
    program = f"from importlib.metadata import version; print(version({package!r}))"
    done = python and subprocess.run([python, "-c", program], capture_output=True, text=True)
    return done.stdout.strip() if done else ""


def summary(turns):
    """Minimum and median of wall and CPU seconds, and each turn's best CPU time, from turns of (wall, CPU) pairs."""
    wall, cpu = np.array([pair for turn in turns for pair in turn]).T
    return {
        "cpu_min": cpu.min(), "cpu_median": np.median(cpu), "wall_min": wall.min(), "wall_median": np.median(wall),
        "turns": [min(cpu for _, cpu in turn) for turn in turns],
    }  # fmt: skip


def log(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


# The sections of the result ---------------------------------------------------------------------------


def agreement(bench):
    """How far each library's parameters are from nnlib's after 5 equal full-batch steps in float64, relatively."""
    result = {}
    with bench.processes(TRAINERS[:-1]) as workers:
        for case in map(cases.comparable, bench.main):
            ends = {library: ask(worker, case, do="train", steps=5) for library, worker in workers.items()}
            flat = {library: np.concatenate([np.ravel(array) for array in end]) for library, end in ends.items()}
            own = flat.pop("nnlib")
            first = np.concatenate([array.ravel() for pair in cases.first_parameters(case) for array in pair])
            moved = np.abs(own - first).max()
            result[case.name] = {library: float(np.abs(other - own).max() / moved) for library, other in flat.items()}
    return result


def table(bench):
    return {"times": bench.measure((*TRAINERS, "nnlib tricks"), bench.main)}


def threads(bench):
    libraries = "nnlib", "plain script", "hand-tuned", "pytorch", "products"
    return {"times": bench.measure(libraries, bench.main, threads=None, briefly=True)}


def fit(bench):
    return {"times": bench.measure(("nnlib", "nnlib fit"), [cases.FIT])}


def decision_map(bench):
    return {"times": bench.measure(("nnlib", "pytorch", "sklearn"), [cases.DECISION_MAP], do="look")}


def grid(bench):
    points, fit, all_points = cases.grid(2 if bench.quick else 36)
    times = bench.measure(("nnlib", "hand-tuned", "pytorch"), points, briefly=True)
    return {"times": times, "fit": fit, "all": all_points}


def growth(bench):
    def powers(low, high, step=1):
        return [2**n for n in range(low, high + 1, step)]

    lines = {
        "width": (powers(3, 11), lambda n: cases.hidden(n, 2, 128)),
        "depth": (powers(0, 5), lambda n: cases.hidden(64, n, 32)),
        "batch": (powers(0, 12), lambda n: cases.hidden(64, 2, n)),
        "examples": (powers(6, 17), lambda n: cases.Case(f"2-8-8-1, {n} examples", (2, 8, 8, 1), n)),
    }
    result = {}
    for name, (values, make) in list(lines.items())[: 1 if bench.quick else None]:
        values = values[:2] if bench.quick else values
        points = [make(value) for value in values]
        times = bench.measure(("nnlib", "products", "pytorch"), points, briefly=True)
        result[name] = {"values": values, "times": [times[point.name] for point in points]}
    return result


IMPORT = """
import time
start = time.process_time()
import {0}
seconds = time.process_time() - start
with open("/proc/self/status") as lines:
    print(seconds, next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")))
"""
TO_98 = """
import numpy as np
from nnlib import Adam, CategoricalCrossEntropy, Dense, NeuralNetwork, ReLU, Softmax
from nnlib.data import load_digits
x_train, y_train, x_test, y_test = load_digits()
layers = ((Dense(64), ReLU()), (Dense(64), ReLU()), (Dense(10), Softmax()))
model = NeuralNetwork(layers, CategoricalCrossEntropy(), optimizer=Adam(0.002), dtype=np.float32, seed={seed})
epochs, right = 0, 0.0
while right < 0.98 and epochs < 100:
    model.fit(x_train, y_train, epochs=1, batch_size=32)
    epochs += 1
    right = float((model.classify(x_test) == y_test).mean())
print(epochs, right)
"""


def start(bench):
    """From nothing: whole processes, imports inside them, memory, and the way to 98 % on the digits.

    Each run is `wall, cpu` of the whole process in seconds, then what it printed: for imports the CPU seconds of the
    import and the process's peak in MiB, for the digits the epochs and the accuracy. Linux only.
    """
    programs = {
        "python": (sys.executable, "pass"),
        "import numpy": (sys.executable, IMPORT.format("numpy")),
        "import nnlib": (sys.executable, IMPORT.format("nnlib")),
    }
    for seed in range(1 if bench.quick else 3):
        programs[f"98 % on the digits, seed {seed}"] = sys.executable, TO_98.format(seed=seed)
    if bench.there["pytorch"]:
        programs["import torch"] = bench.other_python, IMPORT.format("torch")
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONPATH": str(HERE.parent)}
    runs = {name: [] for name in programs}
    for _ in range(1 if bench.quick else 12):
        for name in random.sample(list(programs), len(programs)):
            began, spent = time.perf_counter(), children_cpu()
            python, program = programs[name]
            done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True, env=environment)
            used = time.perf_counter() - began, children_cpu() - spent
            runs[name].append((*used, *map(float, done.stdout.split())))
    memory = {}
    case = cases.MAIN[2]
    with bench.processes(("nnlib", "pytorch")) as workers:
        for library, worker in workers.items():
            memory[library] = ask(worker, case, do="memory", steps=4 if bench.quick else 64)
    return {"runs": runs, "memory": memory}


def children_cpu():
    """CPU seconds of all child processes that have ended."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


SECTIONS = {
    "agreement": agreement,
    "start": start,
    "table": table,
    "fit": fit,
    "map": decision_map,
    "grid": grid,
    "growth": growth,
    "threads": threads,
}


def machine(bench):
    """What was measured on; no names of hosts or paths."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    versions = {"Python": platform.python_version(), "NumPy": np.__version__}
    versions["BLAS of NumPy"] = f"{blas['name']} {blas['version']}"
    versions["scikit-learn"] = version("scikit-learn", sys.executable)
    versions |= {package: found for library, package in ELSEWHERE.items() if (found := bench.there[library])}
    cpu = platform.processor() or platform.machine()
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as lines:
        cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), cpu)
    return {"processor": cpu, "cores": os.cpu_count(), "system": platform.system(), **versions}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="another interpreter, with any of torch, jax, numba; others are skipped")
    parser.add_argument("--quick", action="store_true", help="one short turn of everything, to see that it runs")
    parser.add_argument("--rounds", type=int, default=3, help="how often all processes are started anew")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="measure these anew")
    parser.add_argument("--report", action="store_true", help="measure nothing, write the report from speed.json")
    parser.add_argument("--out", type=Path, help="write everything into this folder, not into the project")
    options = parser.parse_args(arguments)

    folder = options.out or HERE / "results"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "speed.json"
    results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not options.report:
        bench = Bench(options.python, options.quick, options.rounds)
        results["machine"] = machine(bench)
        for name in options.only:
            log(f"section {name}")
            load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
            results[name] = {"date": date.today().isoformat(), "load before": load, **SECTIONS[name](bench)}
            path.write_text(json.dumps(results, indent=1), encoding="utf-8")
    from speed_report import write_report

    print(write_report(results, options.out))


if __name__ == "__main__":
    main()
