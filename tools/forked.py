"""Runs of pytest without its imports: what `tools/mutate_own.py` starts in each of its copies.

A line on the standard input holds, as JSON, how many seconds of the processor a run may take, and its arguments. A
child with all that the tests need already imported runs them, in a session of its own; its number is printed at once,
its exit code when it has ended (-SIGXCPU: it took longer). What it says goes to the file that this is started with.
"""

import json
import os
import sys
import traceback

MOST_MEMORY, FAULT = 8 << 30, 70  # bytes; the exit code of a fault here


def serve(said):
    import anywidget  # noqa: F401
    import hypothesis  # noqa: F401
    import IPython  # noqa: F401
    import matplotlib.figure  # noqa: F401
    import nbval.plugin  # noqa: F401
    import pytest

    sys.path.insert(0, os.getcwd())
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(pytest, *json.loads(line), said)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def run(pytest, seconds, arguments, said):
    import resource  # Windows has none

    code = FAULT
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND), number)
    try:
        code = pytest.main(arguments)
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1])
