"""Judging an answer in a process of its own, so that whatever it does to the process, the kernel lives on.

On Linux the kernel forks the judge, which tells its verdict as a line of JSON through a pipe. When it has ended, or its
time is up, or the kernel itself is gone, it is killed. So an answer that cannot be interrupted (`sum(range(10**10))`),
that crashes Python, leaves with `os._exit` or eats memory costs its learner one check, and what it changes in the
notebook is gone with the judge. What it may do is in `limits`.

Before an answer reaches beyond its own process (starts another, signals one, calls C by name), the judge leaves, and
the answer is judged anew below a keeper: the kernel forks the keeper, and the keeper the judge. The keeper gets the
orphans of what the judge started, and kills all of it, in whatever session it runs. It is not always there, because a
second copy of a kernel's memory takes as long as the first.

Elsewhere (macOS and Windows cannot fork safely, a browser not at all) the answer is judged where it stands, under
`guard` alone: code that Python can interrupt ends in time there, one endless call of compiled code does not, and a
crash takes the kernel along.
"""

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import sys
import time
import warnings
from dataclasses import dataclass

from lessons.checks.judge import Outcome, Verdict, guard, limits, search
from lessons.checks.judge.compare import Finding
from lessons.checks.judge.learner import runs_alone, whole_source

NO_MEMORY = "SIGUSR2"  # what the judge ends itself with where there was not even memory left to say so
PLAIN = (str, type(None), type(...))  # answers that nobody can hide code in
SO_FAR = "so far"  # stands behind what is proven while the name is still looked for
LATE = ["late"]
SUBREAPER, DEATH_SIGNAL = 36, 1  # of prctl(2): orphans below come to me; kill me with my parent

_mother = None  # the process that forked
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
    try:
        return _apart(task, namespace, given, _judge) or _apart(task, namespace, given, _keep)
    except OSError:  # no process to be had
        verdict = task.judge(namespace, given)
        return Judged(verdict, *(_text(task, namespace, given) if _is_to_keep(task, verdict) else ()))


def _apart(task, namespace, given, work):
    """What was `Judged` in a child that does `work`; None where the answer is to be judged anew, below a keeper."""
    if sys.platform != "linux":
        raise OSError
    hearing, telling, leash, held = pipes = *os.pipe(), *os.pipe()
    try:
        child = _forked()
    except OSError:
        for one in pipes:
            os.close(one)
        raise
    if child == 0:
        os.close(hearing)
        os.close(held)
        work(task, namespace, given, telling, leash)
    os.close(telling)
    os.close(leash)
    heard, patience, deadline = None, 0.0, guard.Deadline(guard.LIMIT + guard.PATIENCE, child)
    try:
        with open(hearing, "rb", buffering=0) as pipe:
            heard = _heard(task, pipe, deadline)
            patience = 0.0 if heard else deadline.left()  # it may have closed its pipe and live on
    except KeyboardInterrupt:
        heard = Judged(task.stopped())
    finally:
        os.close(held)  # a keeper ends what is left
        status = _end(child, 0.6 if work is _keep else patience)
    if heard or (work is _judge and status == limits.LEFT):
        return heard
    return Judged(task.died(None if work is _keep else status, status == -getattr(signal, NO_MEMORY)))


def _forked():
    global _mother
    _mother = os.getpid()
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


def _heard(task, pipe, deadline):
    """What the judge and the keeper say, line by line; None where they ended without a word."""
    lines, so_far = _lines(pipe, deadline), None
    first = next(lines, None)
    while isinstance(first, list) and first[-1:] == [SO_FAR]:
        so_far, first = first[:3], next(lines, None)
    if so_far and (first is None or first[:1] in (["ended"], LATE)):
        first = so_far
    if first is None or first == LATE:
        return Judged(task.endless()) if first else None
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


def _lines(pipe, deadline):
    """Each line that comes in time, from JSON; one that is none is the empty text. `LATE` where time is up."""
    waiting, kept = select.poll(), b""
    waiting.register(pipe, select.POLLIN)
    while (left := deadline.left()) > 0:
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
    yield LATE  # asked once more, the deadline may have moved: time in line for a processor does not count


def _end(child, patience):
    """Wait for the child to end, and kill it with its group once that has taken too long; returns its exit status."""
    late = time.monotonic() + patience
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
            if time.monotonic() > late:
                for kill in (os.killpg, os.kill):  # one that was just born leads no group yet
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        kill(child, signal.SIGKILL)
            time.sleep(0.0005)
        return os.waitstatus_to_exitcode(ended[1])


# --- in the keeper ---


def _keep(task, namespace, given, telling, leash):
    """Fork the judge, wait for its end, and leave nothing of what it started. Never returns."""
    try:
        limits.quiet()
        _prctl(SUBREAPER, 1)
        judge = _forked()
        if judge == 0:
            _judge(task, namespace, given, telling, leash, limits.count_starts)
        status = _watch(judge, leash)
        _kill_children()
        os.write(telling, b"\n" + json.dumps(["ended", status, ""]).encode() + b"\n")  # if the kernel still listens
    finally:
        os._exit(0)


def _watch(judge, leash):
    """Until the judge ends or the kernel lets go; returns its exit status, or minus the signal that killed it."""
    waiting, end = select.poll(), time.monotonic() + guard.MOST * (guard.LIMIT + guard.PATIENCE)
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
        if (leash, select.POLLHUP) in waiting.poll(pause * 1000) or time.monotonic() > end:
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


def _judge(task, namespace, given, telling, leash, limit_processes=None):
    """Judge, tell, and leave with `os._exit`, whatever happens; without a keeper also before the answer needs one."""
    leave, write, dumps = os._exit, os.write, json.dumps
    try:
        os.close(leash)
        if limit_processes is None:
            limits.quiet()
            forgotten = guard.MOST * (guard.LIMIT + guard.PATIENCE)
            signal.setitimer(signal.ITIMER_REAL, forgotten)
        _prctl(DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != _mother:  # it was killed before this
            leave(1)
        gc.freeze()  # a collection touches, and so copies, nothing of the kernel's memory
        limits.limit_memory()
        (limit_processes or limits.leave_before_starts)()
        guard.alone = True

        def tell(verdict, *more):
            finding = verdict.finding
            told = [finding.name, finding.says, finding.line] if finding else None
            write(telling, dumps([str(verdict.outcome), told, verdict.printed, *more]).encode() + b"\n")

        search.listen(lambda verdict: tell(verdict, SO_FAR))
        verdict = task.judge(namespace, given)
        tell(verdict)
        if _is_to_keep(task, verdict):
            whole = dumps(_text(task, namespace, given)).encode() + b"\n"
            while whole:
                whole = whole[write(telling, whole) :]
    except MemoryError:
        os.kill(os.getpid(), getattr(signal, NO_MEMORY))
    finally:
        leave(1)
