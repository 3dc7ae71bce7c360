"""Plausible wrong answers to every exercise: each must be FAILED with the diagnosis that is written beside it.

One module a lesson. `BODIES` hold, for an exercise where code is written, what stands in place of the `...`;
`CELLS` hold whole cells; `LETTERS` hold what is given as an answer. All are `{number: [(diagnosis, text), …]}`.
A cell with several `...` takes a tuple of texts in `BODIES`, one for each. `CHANGED` hold what becomes another text in
the solution, `((old, new), …)`. `ORDERS` hold, for lines to be put in order, what is given to them and what must be
true when they have run: `{number: (cell, expression)}`.
"""

import importlib
import pkgutil

LESSONS = tuple(importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))


def table(kind):
    """All `(number, diagnosis, text)` of one kind, over all lessons."""
    return [
        (number, diagnosis, text)
        for lesson in LESSONS
        for number, wrong in getattr(lesson, kind, {}).items()
        for diagnosis, text in wrong
    ]


def orders():
    """`ORDERS` over all lessons."""
    return {number: told for lesson in LESSONS for number, told in getattr(lesson, "ORDERS", {}).items()}
