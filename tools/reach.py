"""Which functions each test enters: a plugin of pytest's, and of every Python that a test starts; for `mutate_own.py`.

`NNLIB_REACH` names a file; each function of `NNLIB_REACH_ROOT` that a test enters first is one line of it:
the test, `path:qualified name`. A test that ends adds its seconds. Processes that a test forks or starts write too.
Python imports this before pytest does, which may not rewrite it then: PYTEST_DONT_REWRITE.
"""

import os
import sys
import threading

FILE, ROOT = os.environ["NNLIB_REACH"], os.environ["NNLIB_REACH_ROOT"] + os.sep
PARTS = tuple(ROOT + part for part in ("nnlib", "widgets", "lessons", "course.py"))
written = os.open(FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
foreign, seen, spent = set(), set(), []


def write(*fields):
    os.write(written, ("\t".join((os.environ.get("NNLIB_REACH_TEST", ""), *fields)) + "\n").encode())


def enter(frame, *_):
    """What Python calls where a function begins; it returns nothing, so that no line is looked at."""
    code = frame.f_code
    if code in foreign or code in seen:
        return
    if not code.co_filename.startswith(PARTS):
        foreign.add(code)
        return
    seen.add(code)
    write(f"{code.co_filename.removeprefix(ROOT)}:{code.co_qualname}")


def pytest_runtest_logstart(nodeid):
    os.environ["NNLIB_REACH_TEST"] = nodeid
    seen.clear()
    spent.append(sum(os.times()[:4]))
    sys.settrace(enter)  # a test may have put another in its place


def pytest_runtest_logreport(report):
    """With the seconds of the processor since the last report: how much else this computer has to do is no matter."""
    now = sum(os.times()[:4])
    write(report.when, report.outcome, f"{now - spent[-1]:.3f}")
    spent.append(now)


def pytest_unconfigure():
    """Tests leave threads and locks behind that a Python which ends in its own way may wait for."""
    sys.stdout.flush()
    os._exit(0)


threading.settrace(enter)
sys.settrace(enter)
