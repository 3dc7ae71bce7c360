"""Patience: when something of the learner's does not come back, the page is told what runs, and for how long.

The kernel's main thread is in the learner's code then and can say nothing. A thread beside it looks, twice a second,
who has been busy for more than `LONG` seconds, and in which line of the learner's. Where there are no threads (a
browser's Python) nobody is told, and nothing else changes.
"""

import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from widgets.stage.failure import file_name, is_learners

LONG, LOOK = 3.0, 0.5  # seconds

BUSY = {}  # explorer → [since when, the thread, whether it has been told]
LOCK = threading.Lock()
WATCH = []  # the thread that looks, once there is one


@contextmanager
def busy(explorer):
    """What runs inside is watched: if it takes long, the explorer's views are told."""
    with LOCK:
        outer = explorer in BUSY
        if not outer:
            BUSY[explorer] = [time.monotonic(), threading.get_ident(), False]
            begin()
    try:
        yield
    finally:
        if not outer:
            with LOCK:
                told = BUSY.pop(explorer)[2]
            if told:
                tell(explorer, {"kind": "running", "text": ""})


def begin():
    """Start the thread that looks, if there can be one: while Python ends, a start would be waited for without end."""
    if not (WATCH and WATCH[0].is_alive()) and not sys.is_finalizing():
        with suppress(RuntimeError):  # no threads here
            watch = threading.Thread(target=look, name="patience", daemon=True)
            watch.start()
            WATCH[:] = [watch]


def look():
    """Tell of all that take long, until nobody has been busy for a minute."""
    idle = time.monotonic()
    while time.monotonic() - idle < 60:
        time.sleep(LOOK)
        with LOCK:
            long = [(one, entry) for one, entry in BUSY.items() if time.monotonic() - entry[0] >= LONG]
            idle = time.monotonic() if BUSY else idle
            for _, entry in long:
                entry[2] = True
        for explorer, (since, thread, _) in long:
            text = f"{who_runs(thread)} has been running for {time.monotonic() - since:.0f} s."
            tell(explorer, {"kind": "running", "text": text, "kernel": kernel_id()})


def tell(explorer, message):
    with suppress(Exception):  # the comm may be closing
        explorer.send(message)


def who_runs(thread):
    """The learner's own line that the thread is in, in words; else that the explorer works."""
    frame = sys._current_frames().get(thread)
    while frame is not None:
        code = frame.f_code
        if is_learners(code.co_filename):
            name = getattr(code, "co_qualname", code.co_name).replace("<locals>.", "")
            owner = type(frame.f_locals["self"]).__name__ if "self" in frame.f_locals else None
            name = f"{owner}.{code.co_name}" if owner else name.rpartition(".")[2]
            return f"Your {name} ({file_name(code.co_filename)}, line {frame.f_lineno})"
        frame = frame.f_back
    return "What you pressed"


def kernel_id():
    """The id by which the server knows this kernel, or nothing."""
    with suppress(Exception):
        return Path(sys.modules["ipykernel.connect"].get_connection_file()).stem.removeprefix("kernel-")
    return ""
