"""A pytest plugin that takes away what a browser's Python does not have: threads, processes, timers.

    python -m pytest -p as_in_a_browser tests/test_checks.py
"""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading

THREADS, PROCESSES = RuntimeError("can't start new thread"), OSError("no processes here")
MISSING = {os: ("fork", "posix_spawn"), signal: ("setitimer", "alarm", "pthread_kill")}


def pytest_collection_finish():
    threading.Thread.start = refused(THREADS)
    subprocess.Popen.__init__ = multiprocessing.Process.start = refused(PROCESSES)
    for owner, names in MISSING.items():
        for name in names:
            if hasattr(owner, name):
                delattr(owner, name)
    sys.platform = "emscripten"


def refused(error):
    def call(*_, **__):
        raise error

    return call
