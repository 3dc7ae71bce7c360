#!/usr/bin/env python3
"""Measure an explorer in JupyterLab and Chromium: slider to pixel, Play, Pause.

    python benchmarks/explorer_latency.py                    # prints a table for each explorer
    python benchmarks/explorer_latency.py --explorer workbench --subshells disabled
    python benchmarks/explorer_latency.py --write            # the section "Explorers" of RESULTS.md too

Slider to pixel: from the slider's `input` event to the first screen frame after the new picture has been drawn.
Play: frames drawn and updates trained a second, 2-8-8-1 on 200 points. Pause: from the press to the first screen frame
that shows it. The machine's load before and after stands beside the numbers: on a busy one they mean little.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
from browser import JupyterLab, Lab  # noqa: E402
from speed_report import write_section  # noqa: E402

CELLS = {
    "workbench": "from widgets import Workbench\nexplorer = Workbench(hidden=[8, 8], test=0)\nexplorer",
}
GOALS = {
    "first picture, s": "< 2",
    "slider to pixel, median ms": "< 60",
    "slider to pixel, p95 ms": "< 120",
    "single step, median ms": "< 100",
    "single step, p95 ms": "",
    "Play, frames/s": "≥ 25",
    "Play, updates/s": "≥ 1,500",
    "Pause, median ms": "< 60",
    "Pause, longest ms": "",
    "frame while playing, kB": "≤ 15",
    "frame in the kernel, median ms": "≤ 2",
}
TEXT = """## Explorers

Measured {date} on {machine}:

    python benchmarks/explorer_latency.py --write

It shows 2-8-8-1 on 200 points. *First picture*: from the press that runs the cell to the first drawing. *Frame*: what
the kernel sends and how long it works on it, asked of the same explorer without a browser. *disabled* and
*perCommTarget* are JupyterLab's settings for comms over subshells; the course ships the first.

{table}"""
HELPERS = """
    const root = document.querySelector('.nn-explorer');
    const rest = (ms) => new Promise((done) => setTimeout(done, ms));
    const press = (name) => [...root.querySelectorAll('.nn-button')].find((b) => b.textContent === name).click();
    const update = () => Number(root.querySelector('.nn-where').textContent.replace(/\\D/g, ''));
    // The frame after the next drawing is on the screen when a task behind an animation frame runs.
    const drawn = (isThere) => new Promise((done) => {
        const watch = new MutationObserver(() => {
            if (!isThere()) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(done));
        });
        watch.observe(root, {attributes: true});
    });
"""
SLIDER = """async (count) => {%s
    const slider = root.querySelector('.nn-data input[type=range]');
    const times = [];
    for (let k = 0; k < count; k += 1) {
        const before = root.dataset.frame;
        const start = performance.now();
        slider.value = (k %% 20) + 5;
        slider.dispatchEvent(new Event('input', {bubbles: true}));
        await drawn(() => root.dataset.frame !== before);
        times.push(performance.now() - start);
        await rest(150);
    }
    return times;
}""" % HELPERS  # noqa: UP031
FIRST = """async () => {
    const start = performance.now();
    jupyterapp.commands.execute("notebook:run-all-cells");
    const shown = () => document.querySelector('.nn-explorer[data-frame] .nn-decision-map canvas')?.width;
    while (!shown()) await new Promise((done) => setTimeout(done, 5));
    return performance.now() - start;
}"""
STEP = """async (count) => {%s
    const times = [];
    for (let k = 0; k < count; k += 1) {
        const before = root.dataset.frame;
        const start = performance.now();
        press('Step');
        await drawn(() => root.dataset.frame !== before);
        times.push(performance.now() - start);
        await rest(120);
    }
    return times;
}""" % HELPERS  # noqa: UP031
PLAY = """async ([seconds, pauses]) => {%s
    const play = async () => {
        press('Play');
        while (root.dataset.playing !== 'true') await rest(20);
    };
    await play();
    await rest(1500);
    const [frame, updates, start] = [Number(root.dataset.frame), update(), performance.now()];
    await rest(1000 * seconds);
    const took = (performance.now() - start) / 1000;
    const frames = (Number(root.dataset.frame) - frame) / took;
    const result = {frames, updates: (update() - updates) / took, pauses: []};
    for (let k = 0; k < pauses; k += 1) {
        const pressed = performance.now();
        press('Pause');
        await drawn(() => root.dataset.playing === 'false');
        result.pauses.push(performance.now() - pressed);
        await play();
        await rest(400 + 37 * (k %% 7));
    }
    press('Pause');
    return result;
}""" % HELPERS  # noqa: UP031


def measure(cell, subshells, seconds, count):
    """All numbers for one subshell setting, in milliseconds and per second."""
    with tempfile.TemporaryDirectory() as folder:
        server = JupyterLab(folder)
        try:
            lab = Lab(server, subshells=subshells)
            try:
                page = lab.open(lab.write(*cell.rsplit("\n", 1)))  # the import is not the picture's
                first = page.evaluate(FIRST)
                page.wait_for_timeout(2000)
                slider = page.evaluate(SLIDER, count)
                step = page.evaluate(STEP, count)
                play = page.evaluate(PLAY, [seconds, max(5, count // 3)])
            finally:
                lab.close()
        finally:
            server.close()
    size, kernel = frames()
    return {
        "first picture, s": first / 1000,
        "slider to pixel, median ms": statistics.median(slider),
        "slider to pixel, p95 ms": percentile(slider, 95),
        "single step, median ms": statistics.median(step),
        "single step, p95 ms": percentile(step, 95),
        "Play, frames/s": play["frames"],
        "Play, updates/s": play["updates"],
        "Pause, median ms": statistics.median(play["pauses"]),
        "Pause, longest ms": max(play["pauses"]),
        "frame while playing, kB": size,
        "frame in the kernel, median ms": kernel,
    }


def frames(count=200):
    """(kB, ms of the kernel) of a frame while Play runs."""
    from widgets import Workbench

    bench = Workbench(hidden=[8, 8], test=0)
    bench.playing, bench._played = True, True
    times, sizes = [], []
    for _ in range(count):
        for _ in range(20):
            bench._train_once(recorded=False)
        start, kept = time.perf_counter(), bench.kept
        bench._send_frame()
        times.append(1000 * (time.perf_counter() - start))
        sizes.append(size_of(bench.get_state("frame")["frame"]) + (bench.kept is not kept) * size_of(bench.kept))
    bench.playing = False
    return statistics.mean(sizes[count // 2 :]) / 1000, statistics.median(times)


def size_of(value):
    """Bytes that a frame takes on its way: its arrays, and the rest as JSON."""
    arrays = []

    def plain(one):
        arrays.append(len(one))
        return None

    return len(json.dumps(value, default=plain, ensure_ascii=False).encode()) + sum(arrays)


def percentile(values, part):
    """The value that `part` percent of `values` do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part / 100))]


def table(results):
    """One column an explorer and setting of JupyterLab, one row a number with its goal."""
    columns = [(explorer, subshells) for explorer, runs in results.items() for subshells in runs]
    lines = ["| measured in JupyterLab and Chromium | goal | " + " | ".join(f"{e}, {s}" for e, s in columns) + " |"]
    lines.append("| --- | ---: |" + " ---: |" * len(columns))
    for row, goal in GOALS.items():
        digits = 1 if row in ("first picture, s", "frame in the kernel, median ms", "frame while playing, kB") else 0
        values = [results[explorer][subshells][row] for explorer, subshells in columns]
        cells = " | ".join(f"{value:,.{digits}f}{'' if met(value, goal) else ', not met'}" for value in values)
        lines.append(f"| {row} | {goal} | {cells} |")
    return "\n".join(lines)


def met(value, goal):
    """Whether a value is as its goal, such as "< 60", has it; a row without one asks for nothing."""
    if not goal:
        return True
    sign, limit = goal.split()
    limit = float(limit.replace(",", ""))
    return {"<": value < limit, "≤": value <= limit, "≥": value >= limit}[sign]


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=float, default=8, help="length of Play (default 8)")
    ask.add_argument("--count", type=int, default=40, help="slider events (default 40); a third as many pauses")
    ask.add_argument("--explorer", nargs="+", choices=list(CELLS), default=list(CELLS), help="default: all")
    both = ["disabled", "perCommTarget"]
    ask.add_argument("--subshells", nargs="+", choices=both, default=both, help="JupyterLab's setting (default: both)")
    ask.add_argument("--write", action="store_true", help="write the section of RESULTS.md")
    want = ask.parse_args()
    load = [os.getloadavg()[0]]
    results = {
        explorer: {name: measure(CELLS[explorer], name, want.seconds, want.count) for name in want.subshells}
        for explorer in want.explorer
    }
    load.append(os.getloadavg()[0])
    machine = f"{os.cpu_count()} cores, {platform.machine()}, load {load[0]:.1f} before, {load[1]:.1f} after"
    print(f"{machine}\n\n{table(results)}")
    if want.write:
        text = TEXT.format(date=date.today(), machine=machine, table=table(results))
        write_section(Path(__file__).parent / "RESULTS.md", "explorers", text)


if __name__ == "__main__":
    main()
