"""The commands of the lessons: check, hint, solution, predict, reveal, status, reset, checkpoint.

    check("02.3")          judge exercise 3 of lesson 02: PASSED, FAILED or NOT ATTEMPTED, and why
    check("02.10", "b")    the same where the answer is a letter
    check("02.9", ...)     lines to be moved into their order; `check("02.9", "A B C")` takes their letters
    hint("02.3")           a hint; the next call gives the next one, three in all
    solution("02.3")       the solution
    predict("00.1", ...)   choose what you expect to see, and say how sure you are; `predict("00.1", "b", sure=80)`
    reveal("00.1")         what you expected beside what happened
    status()               the whole course at a glance, and how well your confidence fits what you know;
                           status(export=True) writes it down for an instructor
    reset("03")            a fresh copy of a lesson; the old one is backed up first
    checkpoint("03")       bring every piece of the lessons before 03
    pack(), unpack()       all your work as one file, to take home from a computer that forgets, and back
    mine_or_reference("Dense")   your own piece where it has passed, nnlib's otherwise

None of them raises, whatever a learner's code does, and `check` answers within five seconds.
"""

from lessons.checks import pristine
from lessons.checks.speak.commands import (
    check,
    checkpoint,
    hint,
    mine_or_reference,
    pack,
    predict,
    require_passed,
    reset,
    reveal,
    solution,
    status,
    unpack,
)

pristine.keep()

__all__ = [
    "check",
    "checkpoint",
    "hint",
    "mine_or_reference",
    "pack",
    "predict",
    "require_passed",
    "reset",
    "reveal",
    "solution",
    "status",
    "unpack",
]
