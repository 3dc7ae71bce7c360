"""Judging an answer in a process of its own, so that whatever it does to the process, the kernel lives on.

On Linux the kernel forks a keeper, and the keeper forks the judge. The judge tells its verdict as a line of JSON
through a pipe. When it has ended, or its time is up, or the kernel itself is gone, the keeper kills it with all that
it started, in whatever session that runs. So an answer that cannot be interrupted (`sum(range(10**10))`), that
crashes Python, leaves with `os._exit` or eats memory costs its learner one check, and what it changes in the notebook
is gone with the judge. The judge may map `MEMORY` more than the kernel had, may start `PROCESSES` others, and never
touches the kernel's sockets or its loop.

Elsewhere (macOS and Windows cannot fork safely, a browser not at all) the answer is judged where it stands, under
`guard` alone: code that Python can interrupt ends in time there, one endless call of compiled code does not, and a
crash takes the kernel along.
"""

import contextlib
import ctypes
import errno
import faulthandler
import gc
import json
import mmap
import os
import select
import signal
import sys
import time
import warnings
from dataclasses import dataclass

from lessons.checks.judge import guard
from lessons.checks.judge.compare import Finding
from lessons.checks.judge.exercise import Outcome, Verdict
from lessons.checks.judge.learner import runs_alone, whole_source

MEMORY = 512 * 1024 * 1024  # bytes: more than any exercise needs, and a hub of 1 GB still has them
PROCESSES = 8  # that an answer may start; a loop of `os.fork()` would take the machine along
NO_MEMORY = "SIGUSR2"  # what the judge ends itself with where there was not even memory left to say so
PLAIN = (str, type(None), type(...))  # answers that nobody can hide code in
SUBREAPER, DEATH_SIGNAL = 36, 1  # of prctl(2): orphans below come to me; kill me with my parent
STARTS = ("os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen")

_prctl = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Judged:
    """A verdict, and of a piece that passed its text with all that it uses.

    `missing` names what could not be taken along; `alone` says whether the text passes without the notebook, or is None
    where there was no time to see.
    """

    verdict: Verdict
    text: str = ""
    missing: tuple = ()
    alone: bool | None = None


def judge(task, namespace, given=None):
    """The answer judged, in a process of its own where there can be one; returns what was `Judged`."""
    if type(given) in PLAIN and (task.kind not in ("write", "by hand")):
        return Judged(task.judge(namespace, given))
    task.prepare()  # once, here: what is read from the lesson in the judge is forgotten with it
    end = time.monotonic() + guard.LIMIT + guard.PATIENCE
    pipes = ()
    try:
        if sys.platform != "linux":
            raise OSError
        pipes = *os.pipe(), *os.pipe()
        keeper = _forked()
    except OSError:  # no process to be had
        for one in pipes:
            os.close(one)
        verdict = task.judge(namespace, given)
        return Judged(verdict, *(_text(task, namespace, given) if _is_to_keep(task, verdict) else ()))
    hearing, telling, leash, held = pipes
    if keeper == 0:
        os.close(hearing)
        os.close(held)
        _keep(task, namespace, given, telling, leash, end)
    os.close(telling)
    os.close(leash)
    try:
        with open(hearing, "rb", buffering=0) as pipe:
            return _heard(task, pipe, end)
    except KeyboardInterrupt:
        return Judged(task.stopped())
    finally:
        os.close(held)  # the keeper ends what is left
        _end(keeper)


def _forked():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # kernels have threads: the child uses none of theirs
        return os.fork()


def _is_to_keep(task, verdict):
    return task.kind == "write" and verdict.outcome is Outcome.PASSED


def _text(task, namespace, given):
    """The text of a piece that passed, what is missing in it, and whether it passes without its notebook."""
    piece = namespace.get(task.piece) if given is None else given
    text, missing = guard.run(lambda: whole_source(piece, namespace)).value or ("", [task.piece])
    return text, tuple(missing), not missing and runs_alone(task, text)


# --- in the kernel ---


def _heard(task, pipe, end):
    """What the judge and the keeper say, line by line."""
    lines = _lines(pipe, end)
    first = next(lines, None)
    if first is None:  # the time is up, or the keeper was killed
        return Judged(task.endless() if time.monotonic() >= end else task.died(None, False))
    try:
        outcome, told, printed = first
        if outcome == "ended":
            return Judged(task.died(told, told == -getattr(signal, NO_MEMORY)))
        verdict = Verdict(Outcome(outcome), Finding(*told) if told else None, printed)
    except (ValueError, TypeError):  # the answer itself has written into the pipe
        return Judged(task.died(None, False))
    if not _is_to_keep(task, verdict):
        return Judged(verdict)
    try:
        text, missing, alone = next(lines, None)
        return Judged(verdict, str(text), tuple(map(str, missing)), alone is True)
    except (ValueError, TypeError):
        return Judged(verdict)


def _lines(pipe, end):
    """Each line that comes before `end`, from JSON; one that is none is the empty text."""
    waiting, kept = select.poll(), b""
    waiting.register(pipe, select.POLLIN)
    while (left := end - time.monotonic()) > 0:
        if not waiting.poll(left * 1000):
            continue
        part = pipe.read(65536)
        if not part:
            return
        *whole, kept = (kept + part).split(b"\n")
        for line in filter(None, whole):
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield ""


def _end(keeper):
    """Wait for the keeper, which has nothing to do any more; a moment later it is killed with its group."""
    late = time.monotonic() + 0.6
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(keeper, os.WNOHANG) == (0, 0):
            if time.monotonic() > late:
                for kill in (os.killpg, os.kill):  # a keeper that was just born leads no group yet
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        kill(keeper, signal.SIGKILL)
            time.sleep(0.0005)


# --- in the keeper ---


def _keep(task, namespace, given, telling, leash, end):
    """Fork the judge, wait for its end, and leave nothing of what it started. Never returns."""
    try:
        os.setsid()  # the Stop button speaks to the kernel's group alone
        _quiet()
        gc.freeze()  # a collection in the judge touches, and so copies, nothing of the kernel's memory
        _prctl(SUBREAPER, 1)
        judge = _forked()
        if judge == 0:
            os.close(leash)
            _judge(task, namespace, given, telling)
        status = _watch(judge, leash, end)
        _kill_children()
        os.write(telling, b"\n" + json.dumps(["ended", status, ""]).encode() + b"\n")  # if the kernel still listens
    finally:
        os._exit(0)


def _watch(judge, leash, end):
    """Until the judge ends or the kernel lets go; returns its exit status, or minus the signal that killed it."""
    waiting = select.poll()
    waiting.register(leash, select.POLLIN)
    pause = 2.0
    try:
        waiting.register(os.pidfd_open(judge), select.POLLIN)
    except OSError:  # a kernel before 5.3
        pause = 0.005
    while True:
        found, status = os.waitpid(judge, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if (leash, select.POLLHUP) in waiting.poll(pause * 1000) or time.monotonic() > end + 1:
            return None


def _kill_children():
    """Whatever runs below the keeper: it gets the orphans, so each round sees the next generation."""
    late = time.monotonic() + 0.5
    with contextlib.suppress(ChildProcessError):  # there are none
        while time.monotonic() < late:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
            for child in _children():
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.001)


def _children():
    me, found = os.getpid(), []
    for one in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{one}/stat", "rb") as file:
            found += [int(one)] if int(file.read().rpartition(b")")[2].split()[1]) == me else []
    return found


# --- in the judge ---


def _judge(task, namespace, given, telling):
    """Judge, tell, and leave with `os._exit`, whatever happens."""
    leave, write, dumps = os._exit, os.write, json.dumps
    try:
        _prctl(DEATH_SIGNAL, signal.SIGKILL)
        _limit_memory()
        _limit_processes()
        guard.alone = True
        verdict = task.judge(namespace, given)
        finding = verdict.finding
        told = [finding.name, finding.says, finding.line] if finding else None
        write(telling, dumps([str(verdict.outcome), told, verdict.printed]).encode() + b"\n")
        if _is_to_keep(task, verdict):
            whole = dumps(_text(task, namespace, given)).encode() + b"\n"
            while whole:
                whole = whole[write(telling, whole) :]
    except MemoryError:
        os.kill(os.getpid(), getattr(signal, NO_MEMORY))
    finally:
        leave(1)


def _quiet():
    """Nothing reaches the terminal, and no signal the kernel's loop."""
    faulthandler.disable()
    with contextlib.suppress(ValueError):  # not on the main thread
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for one in (signal.SIGTERM, signal.SIGCHLD, signal.SIGUSR2):
            signal.signal(one, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (open as long as the process)


def _limit_memory():
    import resource  # here: only Unix has it

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/statm", encoding="ascii") as file:
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = mapped + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _limit_processes():
    started = mmap.mmap(-1, 1)  # shared with every process that is forked from here

    def look(event, _, starts=frozenset(STARTS), most=PROCESSES):
        if event in starts:
            if started[0] >= most:
                raise BlockingIOError(errno.EAGAIN, f"a check starts no more than {most} processes")
            started[0] += 1

    sys.addaudithook(look)
