"""Standing sentences: what the exercises say whatever the answer is, and each explorer's controls with their ends.

    python tools/told.py        write tests/told.txt anew; read its difference before you commit it

What depends on an answer is `tools/golden.py`'s. Each block begins with the exercise or the explorer.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import widgets
from lessons.checks.judge.exercise import find
from lessons.checks.remember import book

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
    return "\n".join(" ".join(line.split()) for line in lines)


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
