"""Whether this computer is ready for the room: `python3 course.py doctor --room`.

What `doctor` reads, this does: it starts JupyterLab, asks it for lesson 00, starts a kernel, and runs a right and a
wrong answer to a check in it.
"""

import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 90  # seconds; a slow laptop's first start is half of that
LESSON = "00_meet_the_network.ipynb"
TRIAL = """
import widgets, nnlib
from lessons.checks import check
neuron = lambda weights, inputs, bias: weights @ inputs + bias
check("02.3")
neuron = lambda weights, inputs, bias: weights @ inputs - bias
check("02.3")
"""


def server_line():
    """JupyterLab answers and serves the first lesson."""
    begun, token = time.monotonic(), secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--ServerApp.root_dir={ROOT}", "--ServerApp.port_retries=0", f"--port={port}", "--ip=127.0.0.1"]
    allowed = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", *options, *allowed]
        server = subprocess.Popen([*command, f"--IdentityProvider.token={token}"], stdout=log, stderr=log)
        try:
            for path in (f"api/contents/lessons/{LESSON}?content=0", f"lab/tree/lessons/{LESSON}"):
                while True:
                    try:
                        ask = urllib.request.Request(f"http://127.0.0.1:{port}/{path}")
                        ask.add_header("Authorization", f"token {token}")
                        with urllib.request.urlopen(ask, timeout=30) as answer:
                            answer.read()
                        break
                    except OSError as error:  # until the server listens; what it answers then is its answer
                        answered = isinstance(error, urllib.error.HTTPError)
                        if answered or server.poll() is not None or time.monotonic() - begun > PATIENCE:
                            log.seek(0)
                            told = log.read().decode(errors="replace").strip()[-600:]
                            raise RuntimeError(
                                f"JupyterLab does not serve lesson 00 ({error}). It said:\n{told}"
                            ) from None
                        time.sleep(0.2)
        finally:
            server.terminate()
            server.wait()
    return f"JupyterLab serves lesson 00, after {time.monotonic() - begun:.0f} s"


def kernel_line():
    """A kernel runs the course, passes a right answer and does not pass a wrong one."""
    begun, printed = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "NNLIB_PROGRESS": folder}
        manager, client = start_new_kernel(kernel_name="python3", startup_timeout=PATIENCE, env=surroundings, cwd=ROOT)

        def heard(message):
            data = message["content"].get("data", {})
            printed.append(
                str(data.get("text/plain") or message["content"].get("text") or message["content"].get("evalue", ""))
            )

        try:
            client.execute_interactive(TRIAL, timeout=PATIENCE, output_hook=heard)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    told = "\n".join(filter(None, printed))
    if not re.search(r"PASSED.*FAILED", told, re.S):
        raise RuntimeError(f"a right answer should pass and a wrong one fail, and this came:\n{told[-600:]}")
    return f"a kernel checks a right and a wrong answer, after {time.monotonic() - begun:.0f} s"


def main():
    good = True
    for check in (server_line, kernel_line):
        try:
            print(f"  ok       {check()}", flush=True)
        except (RuntimeError, OSError, TimeoutError) as error:
            good = False
            print(f"  MISSING  {error}", flush=True)
    print("Ready for the room." if good else "Not ready for the room: restart the computer and try once more.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
