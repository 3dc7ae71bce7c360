"""A class at a glance, from the small files that learners export with `status(export=True)`.

    python3 course.py class FOLDER                      a table here, a picture in class-report.png
    python3 course.py class FOLDER --picture week2.png

Each file is read as data, checked against what an export holds, and never executed. A file that is anything else is
named with the reason and left out. Where one name occurs several times, the latest export counts.
"""

import argparse
import json
import re
import sys
import unicodedata
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from lessons.checks import book
from lessons.checks.exercise import Outcome, exercises
from lessons.checks.progress import SCHEMA, VERSION

LARGEST = 500_000  # bytes; an export of the whole course is 20,000
MOST_FILES = 2_000
NAME = 40  # characters of a name that are shown
COUNT = 1_000_000  # no one tries more often
FIELDS = {"outcome", "tries", "hints", "solution_seen", "when", "mistakes"}
STATES = (None, Outcome.NOT_ATTEMPTED, Outcome.FAILED, Outcome.PASSED)
COLOURS = ("#ffffff", "#e4e4e4", "#E69F00", "#0072B2")  # Okabe and Ito's, beside a mark for each state


class NotAnExport(ValueError):
    """Why a file is left out."""


@dataclass(frozen=True)
class Learner:
    """One export: a name, the day it was written, and the record of each exercise by its number."""

    name: str
    written: str
    exercises: dict

    def outcome(self, number):
        return self.exercises.get(number, {}).get("outcome", Outcome.NOT_ATTEMPTED)

    @property
    def reached(self):
        """The last lesson with an exercise that was tried, or None."""
        tried = [number[:2] for number in self.exercises if self.outcome(number) != Outcome.NOT_ATTEMPTED]
        return max(tried, default=None)


def read(path):
    """The learner of one exported file; NotAnExport says what is wrong with any other file."""
    if path.is_symlink() or not path.is_file():
        raise NotAnExport("it is not a file of its own (a link, or a device)")
    if path.stat().st_size > LARGEST:
        raise NotAnExport(f"it has {path.stat().st_size:,} bytes; an export has at most {LARGEST:,}")
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise NotAnExport("it is not text in UTF-8") from None
    except (ValueError, RecursionError):
        raise NotAnExport("it is not JSON; was it cut short on the way?") from None
    except OSError as error:
        raise NotAnExport(f"it cannot be read ({error.strerror})") from None
    if not isinstance(whole, dict) or whole.get("schema") != f"{SCHEMA}-status":
        raise NotAnExport("it is JSON, but not what status(export=True) writes")
    if whole.get("version") != VERSION:
        raise NotAnExport(f"it is an export of version {plain(whole.get('version'))}; this course reads {VERSION}")
    if not isinstance(whole.get("exercises"), dict):
        raise NotAnExport("it holds no exercises")
    for number, record in whole["exercises"].items():
        check_record(number, record)
    name = plain(whole.get("name")) or plain(path.stem)
    written = whole.get("written")
    if not isinstance(written, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        raise NotAnExport(f"the day it was written is {plain(written)!r}, not like 2026-01-31")
    return Learner(name, written, whole["exercises"])


def check_record(number, record):
    where = f"its exercise {plain(number)!r}"
    if not re.fullmatch(r"\d\d\.\d{1,2}", number) or not isinstance(record, dict):
        raise NotAnExport(f"{where} is no exercise")
    if record.get("outcome") not in list(Outcome):
        raise NotAnExport(f"{where} has the outcome {plain(record.get('outcome'))!r}")
    if unknown := record.keys() - FIELDS:
        raise NotAnExport(f"{where} has a field {plain(min(unknown))!r} that no export has")
    for field in ("tries", "hints"):
        value = record.get(field, 0)
        if type(value) is not int or not 0 <= value <= COUNT:
            raise NotAnExport(f"{where} has {plain(value)!r} {field}")
    mistakes = record.get("mistakes", [])
    if not isinstance(mistakes, list) or not all(
        isinstance(mistake, str) and re.fullmatch(r"[a-z0-9-]{1,60}", mistake) for mistake in mistakes
    ):
        raise NotAnExport(f"{where} has mistakes that no check names")


def plain(value):
    """A value from a file as one short line without control characters: safe on a terminal and in a picture."""
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in str(value if value is not None else ""))
    text = " ".join(text.split())
    return text if len(text) <= NAME else text[: NAME - 1] + "…"


def read_folder(folder):
    """`(learners, left_out)`: the latest export of each name, and every other file with the reason."""
    latest, left_out = {}, []
    paths = sorted(path for path in Path(folder).rglob("*") if not path.is_dir())
    for path in paths[:MOST_FILES]:
        where = plain_path(path, folder)
        try:
            if path.suffix.lower() != ".json":
                raise NotAnExport("its name does not end in .json")
            learner = read(path)
        except NotAnExport as reason:
            left_out.append((where, str(reason)))
            continue
        before = latest.get(learner.name)
        if before and before[0].written > learner.written:
            left_out.append((where, f"{learner.name} has a later export, of {before[0].written}"))
            continue
        if before:
            left_out.append((before[1], f"{learner.name} has a later export, of {learner.written}"))
        latest[learner.name] = (learner, where)
    if len(paths) > MOST_FILES:
        left_out.append((f"{len(paths) - MOST_FILES:,} more", f"only the first {MOST_FILES:,} files are read"))
    return sorted((learner for learner, _ in latest.values()), key=in_natural_order), left_out


def in_natural_order(learner):
    """Table 2 before table 10."""
    return [part.zfill(12) if part.isdigit() else part for part in re.split(r"(\d+)", learner.name.lower())]


def plain_path(path, folder):
    where = str(path.relative_to(folder))
    return "".join("?" if unicodedata.category(c)[0] == "C" else c for c in where)[-80:]


def lessons():
    """`{"02": ("02.1", "02.2", …)}`: the exercises of every lesson."""
    return {lesson: tuple(exercises(lesson)) for lesson in book.paths()}


def table(learners):
    """Who is where: one line for each learner, one column for each lesson, exercises passed of all."""
    course = lessons()
    width = max([len(learner.name) for learner in learners] + [7])
    lines = [f"{'learner':<{width}}  {'written':<10}  at  " + "  ".join(f"{lesson:>5}" for lesson in course)]
    for learner in learners:
        cells = []
        for numbers in course.values():
            passed = sum(learner.outcome(n) == Outcome.PASSED for n in numbers)
            begun = any(learner.outcome(n) != Outcome.NOT_ATTEMPTED for n in numbers)
            cells.append(f"{f'{passed}/{len(numbers)}' if begun else '·':>5}")
        at = learner.reached or "–"
        lines.append(f"{learner.name:<{width}}  {learner.written:<10}  {at:<2}  " + "  ".join(cells))
    return "\n".join(lines)


def hardest(learners, most=8):
    """`(number, title, stuck, passed, mistakes)` of the exercises that fail most, the hardest first.

    `stuck` learners have tried and not passed, `passed` have passed; `mistakes` are `(name, learners)`, the most
    frequent first, over all who made them, later passed or not.
    """
    found = []
    for lesson in book.paths():
        for number, task in exercises(lesson).items():
            stuck = sum(learner.outcome(number) == Outcome.FAILED for learner in learners)
            passed = sum(learner.outcome(number) == Outcome.PASSED for learner in learners)
            records = [learner.exercises.get(number, {}) for learner in learners]
            mistakes = Counter(mistake for record in records for mistake in set(record.get("mistakes", ())))
            if stuck or mistakes:
                found.append((number, task.title, stuck, passed, tuple(mistakes.most_common(3))))
    return sorted(found, key=lambda row: (-row[2], -sum(count for _, count in row[4]), row[0]))[:most]


def report(learners, left_out):
    """The whole report as text."""
    parts = [f"{len(learners)} learner{'s' * (len(learners) != 1)}. Passed of all exercises, by lesson:", ""]
    parts += [table(learners), ""] if learners else ["No export was found. Each learner runs status(export=True) and"
                                                     " hands in the file that it names.", ""]  # fmt: skip
    if rows := hardest(learners):
        parts += ["What fails most (stuck: tried and not passed):", ""]
        for number, title, stuck, passed, mistakes in rows:
            names = ", ".join(f"{name.replace('-', ' ')} ({count})" for name, count in mistakes) or "no diagnosis kept"
            parts.append(f"  {number:<6} {title} – {stuck} stuck, {passed} passed. Diagnoses: {names}")
        parts.append("")
    if left_out:
        parts += ["Left out:", "", *(f"  {where}: {reason}" for where, reason in left_out), ""]
    return "\n".join(parts)


def picture(learners):
    """Learners down, exercises across: a filled square is passed, a crossed one is stuck, a pale one is to come."""
    course = lessons()
    columns = [number for numbers in course.values() for number in numbers]
    grid = [[STATES.index(learner.outcome(number)) for number in columns] for learner in learners]
    shown = [learner.name for learner in learners] if len(learners) <= 60 else []
    height = 1.6 + len(learners) * (0.22 if shown else 0.04)
    figure = Figure(figsize=(3 + 0.13 * len(columns), min(height, 40)), layout="constrained")
    axes = figure.add_subplot()
    axes.pcolormesh(grid, cmap=ListedColormap(COLOURS), vmin=0, vmax=3, edgecolors="white", linewidth=0.6)
    stuck = [(x, y) for y, row in enumerate(grid) for x, state in enumerate(row) if STATES[state] == Outcome.FAILED]
    if stuck:
        axes.scatter(*zip(*((x + 0.5, y + 0.5) for x, y in stuck), strict=True), marker="x", s=9, color="black", lw=0.8)
    edges = [columns.index(numbers[0]) for numbers in course.values() if numbers]
    for edge in edges[1:]:
        axes.axvline(edge, color="black", linewidth=0.8)
    axes.set_xticks(edges, [lesson for lesson, numbers in course.items() if numbers], ha="left")
    axes.set_yticks([y + 0.5 for y in range(len(shown))], shown, parse_math=False)
    axes.tick_params(length=0)
    axes.invert_yaxis()
    axes.set_xlabel("lesson, and its exercises from left to right")
    axes.set_title(f"{len(learners)} learners: dark is passed, × is tried and not passed, pale is to come", fontsize=10)
    return figure


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="course.py class", description="The class at a glance.")
    parser.add_argument("folder", type=Path, help="the folder with the exported files, searched to the bottom")
    parser.add_argument("--picture", type=Path, default=Path("class-report.png"), help="where the picture goes")
    want = parser.parse_args(arguments)
    if not want.folder.is_dir():
        print(f"course.py class: there is no folder {want.folder}.\nGive the folder that holds the files your learners"
              " exported with status(export=True).", file=sys.stderr)  # fmt: skip
        return 1
    learners, left_out = read_folder(want.folder)
    print(report(learners, left_out))
    if not learners:
        return 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a letter that the font lacks is drawn as a box
            picture(learners).savefig(want.picture, dpi=150, facecolor="white")
    except (OSError, ValueError) as error:
        print(f"course.py class: the picture could not be written to {want.picture} ({error}).\n"
              "Give another place with --picture, ending in .png, .svg or .pdf.", file=sys.stderr)  # fmt: skip
        return 1
    print(f"Picture: {want.picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
