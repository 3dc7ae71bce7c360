"""A server extension for the tests alone: kernels are forked from a process that has imported what they all import.

Each kernel of its own takes a second of the processor to import IPython, NumPy and matplotlib. They are the same
kernels, started by the same module; nothing of the course is imported before the fork.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys

ALIKE = ("IPython.core.completer", "ipykernel.kernelapp", "matplotlib.pyplot", "numpy.random")


class Forked:
    """A kernel that has another parent, as `jupyter_client` asks a `Popen` for it."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid = pid
        self.ended = os.pidfd_open(pid)

    def __del__(self):
        os.close(self.ended)

    def poll(self):
        return 0 if select.select([self.ended], [], [], 0)[0] else None

    def wait(self):
        select.select([self.ended], [], [])
        return 0

    def send_signal(self, number):
        signal.pidfd_send_signal(self.ended, number)


def _load_jupyter_server_extension(server):
    from jupyter_client.provisioning import local_provisioner

    ours, theirs = socket.socketpair()
    subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()],
                     env=os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"})  # as kernels have it
    theirs.close()
    line = ours.makefile("rw")

    def launch_kernel(cmd, env, cwd=None, **_):
        print(json.dumps([cmd, env, cwd]), file=line, flush=True)
        return Forked(int(line.readline()))

    local_provisioner.launch_kernel = launch_kernel


def _jupyter_server_extension_points():
    return [{"module": "forked_kernels"}]


def fork_when_asked(line):
    """Fork for each line that is read; returns, in the new process, what was asked for, and None at the end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for asked in iter(line.readline, ""):
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()  # before anybody asks for its group
            print(os.getpid(), file=line, flush=True)
            return json.loads(asked)
    return None


if __name__ == "__main__":
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # it is read while it is imported
    for name in ALIKE:
        importlib.import_module(name)
    gc.freeze()
    line = socket.socket(fileno=int(sys.argv[1])).makefile("rw")
    if asked := fork_when_asked(line):
        line.close()
        (_, _, module, *arguments), env, cwd = asked
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd or ".")
        sys.argv, sys.path[0] = [module, *arguments], ""
        runpy.run_module(module, run_name="__main__", alter_sys=True)
