"""Standing sentences: what the exercises say whatever the answer is, and each explorer's controls with their ends.

Of each exercise there is also what it is asked with, what the solution gives, and what each declared mistake gives: of
arrays in short, as in the walks.

    python tools/told.py        write tests/told.txt anew; read its difference before you commit it

What depends on an answer is `tools/golden.py`'s. Each block begins with the exercise or the explorer.
"""

import copy
import sys
import warnings
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from walks import in_short, plain

import widgets
from lessons.checks.remember import book
from lessons.checks.remember.book import find

FILE = Path(__file__).resolve().parents[1] / "tests" / "told.txt"
NUMBERS = [number for lesson in book.paths() for number in book.numbers(lesson)]


def of_exercise(number):
    """An exercise's title, hints, options, lines and praise."""
    task = find(number)
    lines = [task.title, *task.hints, task.praise]
    for name in ("right", "came", "tolerance"):
        if hasattr(task, name):
            lines.append(f"{name}: {getattr(task, name)}")
    for name in ("options", "lines", "extra"):
        lines += [f"{name} {key}: {text}" for key, text in dict(getattr(task, name, {})).items()]
    lines += asked(task) if task.kind == "write" else []
    for name, slips in getattr(task, "wrong", {}).items():
        lines += [f"wrong {name} = {plain(value)}: {called}: {says}" for value, called, says in slips]
    return "\n".join(" ".join(line.split()) for line in lines)


def asked(task):
    """The cases of an exercise with what the solution gives; its declared mistakes with what they give and say."""
    right = book.solution_piece(task.number, task.piece)
    for case in task.cases:
        yield f"case {brief(case)} → {brief(task.use(right, copy.deepcopy(case)))}"
    for one in task.mistakes:
        if hasattr(one, "changes"):
            yield f"slip {one.name}: {one.changes}: {one.says}"
        else:
            yield f"mistake {one.name}: {' | '.join(given(one, case) for case in task.cases)}: {one.says}"


def given(mistake, case):
    try:
        with warnings.catch_warnings(action="ignore"):
            return brief(mistake.wrong(**copy.deepcopy(case)))
    except Exception as error:
        return type(error).__name__


def brief(value):
    """A value in few letters; of what has no number and no text, its class."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {brief(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(brief, value))}]"
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        return f"{value.dtype} {in_short(value)}"
    is_plain = isinstance(value, (str, int, float, type(None)))
    return plain(value) if is_plain else type(value).__name__


def of_explorer(name):
    """An explorer's title, and of each control its value at first, its ends or choices, and its help."""
    made = getattr(widgets, name)
    lines = [made.title]
    for control, trait in made.class_traits().items():
        if hasattr(trait, "hint"):
            ends = [f"{end}={getattr(trait, end)}" for end in ("low", "high", "step", "least", "most", "log", "choices")
                    if hasattr(trait, end)]  # fmt: skip
            lines.append(" · ".join((control, trait.label, f"{trait.default_value!r}", *ends, trait.hint)).rstrip(" ·"))
    return "\n".join(" ".join(line.split()) for line in lines)


def read():
    """`{exercise or explorer: its lines}`."""
    blocks = FILE.read_text(encoding="utf-8").removeprefix("== ").rstrip("\n").split("\n\n== ")
    return {name: lines for name, _, lines in (block.partition("\n") for block in blocks)}


def main():
    told = {number: of_exercise(number) for number in NUMBERS} | {name: of_explorer(name) for name in widgets.PLACES}
    FILE.write_text("\n\n".join(f"== {name}\n{lines}" for name, lines in told.items()) + "\n", encoding="utf-8")
    print(f"{len(told)} blocks in {FILE.name}")


if __name__ == "__main__":
    main()
