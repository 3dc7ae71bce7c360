"""Running a learner's code so that nothing it does can hang, flood or stop the notebook.

The code runs on a second thread while the kernel's own thread waits for it, because that is the one way that
works alike on Linux, macOS and Windows: an exception is put into the thread from outside when the time is up
(`PyThreadState_SetAsyncExc`), and a thread that sits in one endless call of compiled code, where no exception
arrives, can still be left behind. What it prints is caught and cut, warnings are collected, `input()` and
`exit()` are turned into errors.

In a browser's Python there are no threads. There the code runs on the only one, and a look at the clock before
each of its lines raises the same exception (`_Clock`). One endless call of compiled code cannot be left there.

On Linux all this happens in a child of the kernel that can be killed: see `apart`.

This protects against accidents, not against malice: the code has all the rights of the notebook it stands in.
"""

import builtins
import contextlib
import ctypes
import io
import os
import sys
import threading
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

LIMIT = 4.0  # seconds for one check: with the time to stop the code, an answer comes within five on a quiet machine
MOST = 3  # times as long as that at the most, where the machine is busy with other things
PATIENCE = 0.7  # seconds to stop a thread before it is left behind
KEPT = 2000  # characters kept of what the code prints
HERE = str(Path(__file__).parents[1])
alone = False  # in a process of its own (`apart`) a thread that does not stop is killed with it
STACK = 32 * 1024 * 1024  # bytes: deep recursion ends in RecursionError, not in a crash


class TimeIsUp(BaseException):
    """Put into the learner's code when the time is up; no `except Exception` swallows it."""


@dataclass
class Run:
    """What happened: a value or an error, what was printed, which warnings came, and whether time ran out."""

    value: object = None
    error: BaseException | None = None
    timed_out: bool = False
    stopped: bool = True
    interrupted: bool = False
    printed: str = ""
    flooded: bool = False
    warnings: list = field(default_factory=list)


class _Cut(io.TextIOBase):
    """A place to print to that keeps the first `KEPT` characters and counts on."""

    def __init__(self):
        self.kept, self.total = [], 0

    def writable(self):
        return True

    def write(self, text):
        text = str(text)
        if self.total < KEPT:
            self.kept.append(text[: KEPT - self.total])
        self.total += len(text)
        return len(text)


def run(function, limit=None):
    """Call `function()` and return a `Run`; never raises, and returns in about `limit` seconds at the latest."""
    limit = LIMIT if limit is None else limit
    result, printed = Run(), _Cut()

    def work():
        with contextlib.suppress(TimeIsUp):  # one may arrive a moment after the code has ended
            try:
                result.value = function()
            except BaseException as error:
                result.error = error

    worker = threading.Thread(target=work, daemon=True, name="check")
    with _caught(printed) as caught:
        try:
            with _deep_stack():
                started = _started(worker)
            if started:
                _wait(worker, limit)
            else:
                result.timed_out = _Clock(limit).run(work)
        except KeyboardInterrupt:
            result.interrupted = True
        if worker.is_alive():
            result.timed_out = not result.interrupted
            result.stopped = alone or _stop(worker)
    if result.timed_out or result.interrupted:
        result.value = result.error = None
    result.printed, result.flooded = "".join(printed.kept), printed.total > KEPT
    result.warnings = [str(warning.message) for warning in caught]
    return result


@contextlib.contextmanager
def _deep_stack():
    before = threading.stack_size()
    with contextlib.suppress(ValueError, RuntimeError):
        threading.stack_size(STACK)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, RuntimeError):
            threading.stack_size(before)


def _started(worker):
    try:
        worker.start()
    except RuntimeError:  # can't start new thread
        return False
    return True


class _Clock:
    """Runs code on this thread and raises `TimeIsUp` in it before the first line that it begins too late.

    Python takes a trace function away once it has raised. So where a bare `except:` swallows the exception, the
    exception itself sets it anew as it vanishes.
    """

    def __init__(self, seconds):
        self.end, self.running = time.monotonic() + seconds, False

    def run(self, work):
        """Call `work()`; returns whether it took too long."""
        before = sys.gettrace()
        self.running = True
        try:
            sys.settrace(self.look)
            work()
        except TimeIsUp:  # in the moment between the code's end and here
            pass
        finally:
            self.running = False
            sys.settrace(before)
        return self.is_late()

    def is_late(self):
        return time.monotonic() > self.end

    def look(self, frame, event, _):
        """What Python calls before each line: `sys.settrace`."""
        if event == "call" and frame.f_code.co_filename.startswith(HERE):
            return None  # what judges has no endless loops, and its lines are not the learner's
        if self.is_late():
            raise _Alarm(self)
        return self.look

    def wind(self, frame):
        """Have Python look again, from `frame` outwards."""
        if self.running:
            sys.settrace(self.look)
            while frame is not None and frame.f_code is not _Clock.run.__code__:
                frame.f_trace, frame = self.look, frame.f_back


class _Alarm(TimeIsUp):
    """`TimeIsUp` that comes back for as long as its clock is running."""

    def __init__(self, clock):
        self.clock = clock

    def __del__(self):
        self.clock.wind(sys._getframe(1))


class Deadline:
    """So many seconds from now, of which those do not count in which a process stands in line for a processor: on a
    busy machine no answer is told to be endless. They count again after `MOST` times as long.
    """

    def __init__(self, seconds, process="self"):
        self.seconds, self.process, self.begun = seconds, process, time.monotonic()
        self.before = waited(process)

    def left(self):
        """Seconds until then: 0 or less when it is there."""
        in_line = min(waited(self.process) - self.before, (MOST - 1) * self.seconds)
        return self.begun + self.seconds + in_line - time.monotonic()


def waited(process):
    """Seconds that the threads of a process stood in line for a processor; 0 where that is not known (Linux knows)."""
    nanoseconds = 0
    with contextlib.suppress(Exception):  # not Linux, an ended thread, or an answer that has put a hook on everything
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/schedstat", "rb") as file:
                nanoseconds += int(file.read().split()[1])
    return nanoseconds / 1e9


def _wait(worker, seconds):
    deadline = Deadline(seconds)
    while worker.is_alive() and deadline.left() > 0:
        worker.join(min(0.05, seconds))  # short waits, so that Windows too notices the Stop button


def _stop(worker):
    """Put `TimeIsUp` into the thread until it ends. A bare `except:` may swallow one, hence again and again."""
    end = time.monotonic() + PATIENCE
    while worker.is_alive() and time.monotonic() < end:
        ident = ctypes.c_ulong(worker.ident)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(TimeIsUp))
        worker.join(0.003)
    return not worker.is_alive()


def _no_input(*_):
    raise RuntimeError("input() does not work inside a check: let the function take arguments instead")


def _no_exit(*_, **__):
    raise SystemExit


@contextlib.contextmanager
def _caught(printed):
    with warnings.catch_warnings(record=True) as caught, contextlib.ExitStack() as restore:
        warnings.simplefilter("always")
        restore.enter_context(contextlib.redirect_stdout(printed))
        restore.enter_context(contextlib.redirect_stderr(printed))
        restore.enter_context(_replaced(builtins, "input", _no_input))
        shell = _shell()
        if shell is not None:
            restore.enter_context(_replaced(shell, "ask_exit", _no_exit))
        yield caught


@contextlib.contextmanager
def _replaced(owner, name, value):
    before = getattr(owner, name, None)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _shell():
    """The running IPython, or None; asked without importing IPython."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
