"""Golden sentences: what every wrong and every hostile answer is told, in full, so that a changed sentence is seen.

    python tools/golden.py             write tests/golden.txt anew; read its difference before you commit it
    python tools/golden.py 02.3 14     only these exercises, or lessons

Each block of the file begins with the exercise, the finding and the answer, and goes on with the report as its learner
reads it. No time and no address is in it. What Python and NumPy say in their own exceptions changes with their
versions: under others than those in the first line, reports of exceptions are not compared.
"""

import contextlib
import io
import json
import os
import platform
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import hostile
import numpy as np
import wrong_answers
from answer_report import in_a_folder_of_its_own, run
from notebook import with_body, with_changes

from lessons.checks import pristine
from lessons.checks.judge import apart, guard, search
from lessons.checks.judge.letters import read_letters
from lessons.checks.remember import book
from lessons.checks.remember.book import find
from lessons.checks.speak import commands
from lessons.checks.speak.report import Report

ROOT = Path(__file__).resolve().parents[1]
FILE = Path(os.environ.get("NNLIB_GOLDEN") or ROOT / "tests" / "golden.txt")
MADE_WITH = f"Python {'.'.join(platform.python_version_tuple()[:2])}, NumPy {'.'.join(np.__version__.split('.')[:2])}"
KINDS = ("BODIES", "CELLS", "CHANGED", "LETTERS")
FIRM = [kind for kind, (name, _) in hostile.ANSWERS.items() if name and "|" not in name and name != "passed"]


def key(number, diagnosis, answer):
    """The first line of an answer's block."""
    return f"== {number} {diagnosis}: {json.dumps(answer, ensure_ascii=False)}"


def told(report):
    """The report as text, without what depends on the machine's patience."""
    text = re.sub(r"(come to an end after) [\d.]+ s", r"\1 … s", report.text())
    return "\n".join(line.rstrip() for line in text.splitlines())


def answers():
    """`(number, diagnosis, answer, cell or None)` of every wrong answer; letters have no cell."""
    for kind in KINDS:
        for number, diagnosis, answer in wrong_answers.table(kind):
            made = {"BODIES": with_body, "CHANGED": with_changes}.get(kind)
            yield number, diagnosis, answer, made(number, answer) if made else answer if kind == "CELLS" else None
    for kind in FIRM:
        name, body = hostile.ANSWERS[kind]
        yield "02.3", name, f"hostile, {kind}", with_body("02.3", body)


def report_on(number, cell, answer):
    """What the check says, judged in place; hostile answers are judged apart, as all are in a notebook."""
    task, names = find(number), {"np": np}
    for needed in getattr(task, "needs", ()) if cell else ():
        run(book.exercise_cell(needed)[0], names)
    if cell:
        run(cell, names)
    given = None if cell else answer
    verdict = apart.judge(task, names).verdict if str(answer)[:9] == "hostile, " else task.judge(names, given)
    return report_of(task, verdict, {} if cell else {"letter": read_letters(answer)})


def report_of(task, verdict, letter=()):
    """The report on a verdict, as `check` shows it."""
    lines = tuple(commands._lines(task, verdict, dict(letter)))
    return Report(str(verdict.outcome), f"{task.number}  {task.title}", lines, finding=verdict.finding)


def read():
    """`(versions it was made with, {first line: report})`."""
    first, *blocks = FILE.read_text(encoding="utf-8").split("\n\n== ")
    parted = [f"== {block}".rstrip("\n").partition("\n") for block in blocks]
    return first.strip(), {head: body for head, _, body in parted}


def changed(number, diagnosis, answer, report, golden):
    """What stands in the file in place of the report, or "" where it is the same or cannot be compared."""
    made_with, sentences = golden
    kept = sentences.get(key(number, diagnosis, answer), "nothing")
    if kept == told(report) or (made_with != MADE_WITH and diagnosis.startswith("raises-")):
        return ""
    now = f"tests/golden.txt has\n{kept}\nand the learner now reads\n{told(report)}"
    return f"{now}\nIf that is meant: python tools/golden.py {number}"


def main():
    wanted, kept = sys.argv[1:], read()[1] if FILE.exists() else {}
    search.PATIENCE, search.SHARE, search.PAIRS_LIMIT = 2.0, 0.95, 30.0  # who else is at work must not decide
    pristine.keep_module(search)  # the checks put back what was changed after they were imported
    every = list(answers())
    last = None
    for number, diagnosis, answer, cell in every:
        head = key(number, diagnosis, answer)
        if wanted and not any(number == one or number.startswith(f"{one}.") for one in wanted):
            continue
        if (limit := 1.0 if str(answer)[:9] == "hostile, " else 60.0) != guard.LIMIT:
            guard.LIMIT = limit
            pristine.keep_module(guard)
        silent = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
        with in_a_folder_of_its_own(), silent[0], silent[1]:
            report = report_on(number, cell, answer)
        kept[head] = told(report)
        name = report.finding.name if report.finding else "PASSED"
        if name != diagnosis:
            print(f"{number}: {diagnosis} expected, {name} came: {answer!r}", file=sys.stderr)
        if number != last and last:
            write(kept, every)
        last = number
    print(f"{write(kept, every)} reports in {FILE.name}")


def write(kept, every):
    blocks = [f"{head}\n{kept[head]}" for head in dict.fromkeys(key(*one[:3]) for one in every) if head in kept]
    FILE.write_text("\n\n".join([MADE_WITH, *blocks]) + "\n", encoding="utf-8")
    return len(blocks)


if __name__ == "__main__":
    main()
