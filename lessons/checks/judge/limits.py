"""What a process that judges an answer may do: nothing that the kernel notices, and no more than an exercise needs."""

import contextlib
import errno
import faulthandler
import mmap
import os
import signal
import sys

with contextlib.suppress(ImportError):  # only Unix has it
    import resource

MEMORY = 512 * 1024 * 1024  # bytes: more than any exercise needs, and a hub of 1 GB still has them
PROCESSES = 40  # that an answer may start, one in each call; a loop of `os.fork()` would take the machine along
STARTS = frozenset(("os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"))
BEYOND = STARTS | {"os.exec", "os.kill", "os.killpg", "ctypes.dlopen", "ctypes.dlsym", "resource.prlimit"}
UNHEARD = ("_posixsubprocess.fork_exec", "signal.pidfd_send_signal")  # the same, of which Python tells no hook
LEFT = 125  # the status of a judge that left an answer to a keeper; an answer that leaves with it is judged twice


def quiet():
    """Nothing reaches the terminal, and no signal the kernel's loop; the Stop button speaks to its group alone."""
    os.setsid()
    faulthandler.disable()
    with contextlib.suppress(ValueError):  # not on the main thread
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for one in (signal.SIGALRM, signal.SIGTERM, signal.SIGCHLD, signal.SIGUSR2):
            signal.signal(one, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (open as long as the process)


def limit_memory():
    """Let this process map `MEMORY` more than it has."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/statm", encoding="ascii") as file:
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = mapped + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def leave_before_starts():
    """End this process with the status `LEFT` before anything in it reaches beyond it."""
    me = os.getpid()

    def look(event, given, beyond=BEYOND, leave=os._exit, left=LEFT):
        if event in beyond and not (event == "os.kill" and given[0] == me):
            leave(left)

    sys.addaudithook(look)
    for module, _, name in (one.partition(".") for one in UNHEARD):
        if module in sys.modules and hasattr(sys.modules[module], name):
            setattr(sys.modules[module], name, lambda *_, leave=os._exit, left=LEFT: leave(left))


def count_starts():
    """Let this process and all below it start `PROCESSES` together."""
    started = mmap.mmap(-1, 1)  # shared with every process that is forked from here

    def look(event, _, starts=STARTS, most=PROCESSES):
        if event in starts:
            if started[0] >= most:
                raise BlockingIOError(errno.EAGAIN, f"a check starts no more than {most} processes")
            started[0] += 1

    sys.addaudithook(look)
