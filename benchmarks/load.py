#!/usr/bin/env python3
"""What one Jupyter server of the course bears: N learners, a tenth at Play, the rest running cells now and then.

    python benchmarks/load.py                    # 1, 5, 10, 20, 40 … until a cell waits 250 ms or memory is full
    python benchmarks/load.py --learners 1 5 10 --seconds 20 --out DIR
    python benchmarks/load.py --report

Every learner is a kernel of their own behind one `jupyter server`, driven through websockets as JupyterLab drives it. A
player shows a Workbench, presses Play at its default speed and acknowledges each frame it gets. The others run a
small cell every 3 to 6 seconds; how long it takes from sending to the kernel's "idle" is the latency. Printed for each
N: the 95th percentile of that latency, the frames a second of a player, the share of the processors, and the memory of
the server with all its kernels (USS: what would be free without them). Writes results/load.json, and from it the
section "Load" of RESULTS.md and its picture; `--report` only writes these again.
"""

import argparse
import contextlib
import json
import os
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from datetime import date
from pathlib import Path

import psutil
import websocket
from speed_report import write_section

HERE = Path(__file__).resolve().parent

TOKEN = "load"
PLAY = "from widgets import Workbench\nexplorer = Workbench(hidden=[8, 8])\nexplorer"
CELL = "import numpy as np\nfrom nnlib import Dense\nfloat(Dense(64)(np.ones((784, 50))).sum())"
MOST_LATENCY = 0.250  # seconds: beyond, a room would call it slow
MOST_MEMORY = 0.85  # of what the machine has


class Server:
    """A jupyter server on a free port, with one BLAS thread, as the course starts it.

    `before` are words that stand before its command.
    """

    def __init__(self, before=()):
        self.folder = tempfile.mkdtemp()
        variables = os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        variables["NNLIB_PROGRESS"] = f"{self.folder}/progress"
        self.port = 20_000 + random.randrange(20_000)
        self.process = subprocess.Popen(
            [*before, sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", f"--port={self.port}",
             "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={self.folder}"],
            env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(300):
            try:
                self.ask("GET", "/api")
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start within 30 s")

    def ask(self, method, path):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", b"{}" if method == "POST" else None,
            {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}, method=method,
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def tree(self):
        whole = psutil.Process(self.process.pid)
        return [whole, *whole.children(recursive=True)]

    def memory(self):
        """Bytes that only the server and its kernels use."""
        return self.summed(lambda one: one.memory_full_info().uss)

    def processor_seconds(self):
        return self.summed(lambda one: sum(one.cpu_times()[:2]))

    def summed(self, number):
        total = 0
        for one in self.tree():
            with contextlib.suppress(psutil.NoSuchProcess):  # helpers of the server come and go
                total += number(one)
        return total

    def close(self):
        for one in reversed(self.tree()):
            one.kill()
        self.process.wait()


class Learner:
    """A kernel and its websocket; `play` or `work` run in a thread until `over` is set."""

    def __init__(self, server, over=None):
        self.over, self.latencies, self.frames, self.pictures, self.error = over, [], 0, 0, None
        self.kernel = server.ask("POST", "/api/kernels")["id"]
        self.session = uuid.uuid4().hex
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{server.port}/api/kernels/{self.kernel}/channels?session_id={self.session}&token={TOKEN}",
            timeout=60,
        )

    def close(self):
        self.socket.close()

    def send(self, kind, content):
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.session, "username": "learner",
                  "version": "5.3", "date": ""}  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        self.socket.send(json.dumps(message))
        return header["msg_id"]

    def receive(self):
        """The next message of the kernel; arrays that come with it are left where they are."""
        data = self.socket.recv()
        if isinstance(data, bytes):
            count = struct.unpack(">I", data[:4])[0]
            offsets = struct.unpack(f">{count}I", data[4 : 4 + 4 * count])
            data = data[offsets[0] : offsets[1]] if count > 1 else data[offsets[0] :]
        return json.loads(data)

    def execute(self, code):
        """Run a cell; returns the seconds until the kernel is idle again, and the comms of the explorers it showed.

        `pictures` counts what can be looked at: explorers and images.
        """
        start, comms = time.perf_counter(), []
        sent = self.send("execute_request", {"code": code, "silent": False, "allow_stdin": False})
        while True:
            message = self.receive()
            if message["header"]["msg_type"] == "comm_open" and "frame" in message["content"]["data"].get("state", {}):
                comms.append(message["content"]["comm_id"])
            self.pictures += bool(comms) or "image/png" in message["content"].get("data", {})
            if message["header"]["msg_type"] == "error":
                raise RuntimeError(message["content"]["evalue"])
            mine = message.get("parent_header", {}).get("msg_id") == sent
            if mine and message["content"].get("execution_state") == "idle":
                return time.perf_counter() - start, comms

    def work(self):
        try:
            self.execute(CELL)
            while not self.over.wait(random.uniform(3, 6)):
                self.latencies.append(self.execute(CELL)[0])
        except Exception as error:
            self.error = error

    def play(self, cell=PLAY):
        try:
            _, comms = self.execute(cell)

            def tell(comm, **content):
                content |= {"view": "load"}
                self.send("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": content}})

            for comm in comms:
                tell(comm, kind="hello")
                tell(comm, kind="press", name="play")
            while not self.over.is_set():
                content = self.receive()["content"]
                data = content.get("data")
                frame = data.get("state", {}).get("frame") if isinstance(data, dict) else None
                if frame:
                    self.frames += 1
                    tell(content["comm_id"], kind="seen", seen=frame["number"])
            for comm in comms:
                tell(comm, kind="press", name="pause")
        except Exception as error:
            self.error = error


def measure(count, seconds):
    """One row of the table for `count` learners, or None if the machine's memory is full."""
    server, over = Server(), threading.Event()
    try:
        alone = server.memory()
        learners = [Learner(server, over) for _ in range(count)]
        players = learners[: max(1, round(count / 10))]
        acts = [one.play if one in players else one.work for one in learners]
        threads = [threading.Thread(target=act, daemon=True) for act in acts]
        for thread in threads:
            thread.start()
        time.sleep(6 + 0.4 * count)  # until every kernel has imported what it needs
        for one in learners:
            one.latencies.clear()
            one.frames = 0
        before, start = server.processor_seconds(), time.perf_counter()
        time.sleep(seconds)
        took = time.perf_counter() - start
        busy = (server.processor_seconds() - before) / took / psutil.cpu_count()
        frames = statistics.mean(one.frames for one in players) / took
        memory = server.memory()
        over.set()
        for thread in threads:
            thread.join(20)
        errors = [one.error for one in learners if one.error]
        if errors:
            raise errors[0]
        latencies = sorted(latency for one in learners for latency in one.latencies)
        worst = latencies[min(len(latencies) - 1, int(0.95 * len(latencies)))] if latencies else None
        return {"learners": count, "players": len(players), "latency": worst, "cells": len(latencies), "frames": frames,
                "processors": busy, "memory": memory, "each": (memory - alone) / count}  # fmt: skip
    finally:
        over.set()
        server.close()


TEXT = """## Load

Measured {date} on {cores} cores and {memory:.0f} GB:

    python benchmarks/load.py

One Jupyter server, a kernel for every learner. A tenth of them (at least one) are at Play with 2-8-8-1 at its default
speed and acknowledge their frames; the others run a small cell every 3 to 6 seconds. How long that cell takes, from
sending to "idle", is what a learner feels; the goal is 250 ms for 95 cells in 100.

{table}

![What one server bears](../docs/pictures/load.png)

A player keeps {player:.1f} cores busy while there are cores, and gives way when there are not: with all cores taken,
the others' cells are still answered in time, and the players' pictures come a little less often. Every kernel takes
{each:.0f} MB; {last[learners]} learners took {total:.1f} GB."""
COLUMNS = "learners | at Play | 95th percentile of a cell | frames a second | processors busy | memory | each kernel"


def report(results, folder=HERE, picture=HERE.parent / "docs" / "pictures" / "load.png"):
    """The section "Load" of RESULTS.md in `folder`, and its picture."""
    rows = results["rows"]
    lines = [f"| {COLUMNS} |", "| ---: " * 7 + "|"]
    for row in rows:
        latency = f"{1000 * row['latency']:.0f} ms" if row["latency"] is not None else "–"
        lines.append(
            f"| {row['learners']} | {row['players']} | {latency} | {row['frames']:.0f} | {row['processors']:.0%} "
            f"| {row['memory'] / 1e6:,.0f} MB | {row['each'] / 1e6:.0f} MB |"
        )
    last = rows[-1]
    section = TEXT.format(
        date=results["date"], cores=results["cores"], memory=results["memory"] / 1e9, table="\n".join(lines),
        player=rows[0]["processors"] * results["cores"], each=last["each"] / 1e6, last=last,
        total=last["memory"] / 1e9,
    )  # fmt: skip
    write_section(folder / "RESULTS.md", "load", section)
    draw(rows, picture)


def draw(rows, path):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    felt = [row for row in rows if row["latency"] is not None]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    left.plot([row["learners"] for row in felt], [1000 * row["latency"] for row in felt], "o-", color="#0072b2")
    left.axhline(1000 * MOST_LATENCY, color="#d55e00", linestyle="--")
    left.text(felt[0]["learners"], 1000 * MOST_LATENCY - 6, "goal: 250 ms", color="#d55e00", va="top")
    left.set(xlabel="learners on one server", ylabel="ms", title="A cell, 95th percentile", ylim=0)
    right.plot([row["learners"] for row in rows], [100 * row["processors"] for row in rows], "o-", color="#0072b2")
    right.set(xlabel="learners on one server", ylabel="%", title="Processors busy", ylim=(0, 100))
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--learners", type=int, nargs="+", default=[1, 5, 10, 20, 40, 60, 80, 100])
    ask.add_argument("--seconds", type=float, default=20)
    ask.add_argument("--report", action="store_true", help="measure nothing, write the report from load.json")
    ask.add_argument("--out", type=Path, help="write everything into this folder, not into the project")
    want = ask.parse_args()
    kept = (want.out or HERE / "results") / "load.json"
    if not want.report:
        rows = []
        for count in want.learners:
            rows.append(measure(count, want.seconds))
            print(json.dumps(rows[-1]), flush=True)
            latency = rows[-1]["latency"] or 0
            if latency > MOST_LATENCY or psutil.virtual_memory().percent > 100 * MOST_MEMORY:
                print(f"stopped: {'latency' if latency > MOST_LATENCY else 'memory'}")
                break
        results = {"date": f"{date.today()}", "cores": psutil.cpu_count(), "memory": psutil.virtual_memory().total,
                   "rows": rows}  # fmt: skip
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(results, indent=1) + "\n")
    results = json.loads(kept.read_text())
    report(results) if want.out is None else report(results, want.out, want.out / "load.png")


if __name__ == "__main__":
    main()
