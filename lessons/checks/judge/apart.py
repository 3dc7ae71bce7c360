"""Judging an answer in a process of its own, so that whatever it does to the process, the kernel lives on.

On Linux the kernel forks, the child judges and sends its verdict as JSON through a pipe, and is killed with all that
it started. So an answer that cannot be interrupted (`sum(range(10**10))`), that crashes Python, leaves with
`os._exit` or eats memory costs its learner one check, and what it changes in the notebook is gone with the child.
The child has `MEMORY` more than the kernel had mapped, never touches the kernel's sockets or its loop, and always
leaves with `os._exit`.

Elsewhere (macOS and Windows cannot fork safely, a browser not at all) the answer is judged where it stands, under
`guard` alone: code that Python can interrupt ends in time there, one endless call of compiled code does not, and a
crash takes the kernel along.
"""

import contextlib
import faulthandler
import json
import os
import select
import signal
import sys
import time
import warnings

from lessons.checks.judge import guard
from lessons.checks.judge.compare import Finding
from lessons.checks.judge.exercise import Outcome, Verdict

MEMORY = 512 * 1024 * 1024  # bytes: more than any exercise needs, and a hub of 1 GB still has them
NO_MEMORY = 77  # the child's exit status where there was not even memory left to say so


def judge(task, namespace, given=None):
    """`task.judge(namespace, given)` in a child process where there can be one; returns its `Verdict`."""
    if task.kind not in ("write", "by hand") or sys.platform != "linux":
        return task.judge(namespace, given)
    task.prepare()  # once, here: what is read from the lesson in the child is forgotten with it
    end = time.monotonic() + guard.LIMIT + guard.PATIENCE
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # kernels have threads: the child uses none of theirs
            child = os.fork()
    except OSError:  # no process to be had
        os.close(reading)
        os.close(writing)
        return task.judge(namespace, given)
    if child == 0:
        _in_child(task, namespace, given, writing)
    os.close(writing)
    try:
        message = _received(reading, end)
        status = _status(child, end) if message == b"" else None
    except KeyboardInterrupt:
        return task.stopped()
    finally:
        _end(child)
        os.close(reading)
    if message is None or (status is None and message == b""):
        return task.endless()
    return _verdict(message) or task.died(status, status == NO_MEMORY)


def _in_child(task, namespace, given, writing):
    status = 1
    try:
        os.setsid()  # one group, to be killed as one; and the Stop button speaks to the kernel alone
        _quiet()
        _limit_memory()
        guard.alone = True
        verdict = task.judge(namespace, given)
        finding = verdict.finding
        told = [finding.name, finding.says, finding.line] if finding else None
        os.write(writing, json.dumps([str(verdict.outcome), told, verdict.printed]).encode() + b"\n")
        status = 0
    except MemoryError:
        status = NO_MEMORY
    finally:
        os._exit(status)


def _quiet():
    """Nothing of the child reaches the terminal, and no signal to it the kernel's loop."""
    faulthandler.disable()
    with contextlib.suppress(ValueError):  # not on the main thread
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (open as long as the child)


def _limit_memory():
    import resource  # here: only Unix has it

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/statm", encoding="ascii") as file:
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = mapped + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _received(reading, end):
    """One line from the pipe; empty where it was closed without one, None where the time is up."""
    message, waiting = b"", select.poll()
    waiting.register(reading, select.POLLIN)
    while not message.endswith(b"\n"):
        left = end - time.monotonic()
        if left <= 0:
            return None
        if waiting.poll(left * 1000):
            part = os.read(reading, 65536)
            if not part:
                return b""
            message += part
    return message


def _status(child, end):
    """How a child ended that said nothing: its exit status, minus the signal, or None where it goes on."""
    while time.monotonic() < end:
        state = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if state is not None:
            return state.si_status if state.si_code == os.CLD_EXITED else -state.si_status
        time.sleep(0.005)
    return None


def _end(child):
    for kill in (os.killpg, os.kill):  # a child that was just born leads no group yet
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(child, 0)


def _verdict(message):
    try:
        outcome, told, printed = json.loads(message)
        return Verdict(Outcome(outcome), Finding(*told) if told else None, printed)
    except (ValueError, TypeError):  # nothing, or the answer itself has written into the pipe
        return None
