"""Lay out workshops by the clock, from the counted minutes of the lessons: instructor/schedules.md is what this writes.

    python tools/build_schedules.py
    python tools/build_schedules.py --factor 1.4 --start 8:30 --to mine.md     your own pace and your own morning

A section of a lesson takes its counted minutes (`build_lessons.py --minutes`) times `--factor`. How sections become
blocks, and what is left out first, stands in `timetable.py`.
"""

import argparse
import re

from build_lessons import ROOT
from timetable import EXPORT, FACTOR, HOUR, SLACK, Day, plan, steps

from lessons.checks.remember import book

PAGE = ROOT / "instructor" / "schedules.md"
START = "9:00"
SCHEDULES = {
    "Half a day: from a picture to a network that learns": (Day(("00", "02", "03", "04", "05", "09"), 4),),
    "A full day: every line of the network": (Day(("00", "02", "03", "04", "05", "06", "07", "08", "09"), 8),),
    "Two days: every line, and then what makes it good": (
        Day(("00", "02", "03", "04", "05", "06", "07", "08", "09"), 8),
        Day(("10", "11", "12", "13", "14", "15"), 8),
    ),
}


def clock(minute):
    return f"{minute // 60}:{minute % 60:02}"


def minute(text):
    """The minute of the day of a time such as 9:30. SystemExit for anything else."""
    found = re.fullmatch(r"(\d\d?):([0-5]\d)", text)
    if not found or int(found[1]) > 23:
        raise SystemExit(f"a time looks like 9:00 or 13:30; got {text!r}")
    return 60 * int(found[1]) + int(found[2])


def name(lesson):
    return book.title(lesson).replace(" · ", " ")


def words(what):
    """A row's words: the lesson, with the exercises and explorers that the room does."""
    if isinstance(what, str):
        return what
    if not what[0].lesson:
        return what[0].title
    return f"**{name(what[0].lesson)}**: {' · '.join(one for step in what for one in step.words)}"


def listed(parts):
    """Sections by lesson, in the order of the lessons, in words."""
    lessons = sorted({step.lesson for step in parts})
    titles = {one: [f"*{step.title}*" for step in parts if step.lesson == one] for one in lessons}
    return " · ".join(f"{one} {', '.join(titles[one])}" for one in lessons)


def table(plan):
    lines = ["| from | minutes | what |", "| ---: | ---: | --- |"]
    lines += [f"| {clock(at)} | {lasting} | {words(what)} |" for at, lasting, what in plan.rows]
    at, lasting, _ = plan.rows[-1]
    return "\n".join([*lines, f"| {clock(at + lasting)} | | end |"])


def remarks(plan):
    """What is left out, what to drop when late, which lessons are not in the day."""
    told = []
    if plan.dropped:
        how = "run their cells without a word, or leave them for home"
        told.append(f"Left out from the start ({how}): {listed(plan.dropped)}.")
    if plan.late:
        late = [f"{step.lesson} *{step.title}* ({step.minutes} minutes)" for step in plan.late[:6]]
        told.append(f"**Late?** Drop the first of these that still lies ahead: {', '.join(late)}.")
    return "\n\n".join(told)


def missing(days):
    """Lessons that a schedule has not, with what brings their pieces."""
    taught = [lesson for day in days for lesson in day.lessons]
    gaps = [one for one in book.paths() if one < taught[-1] and one not in taught]
    later = [one for one in book.paths() if one > taught[-1]]
    told = []
    if gaps:
        after = min(lesson for lesson in taught if lesson > gaps[-1])
        told.append(f'Not in it: {", ".join(map(name, gaps))}; `checkpoint("{after}")` brings what they build.')
    if later:
        told.append(f"For home: {name(later[0])}" + (f" to {name(later[-1])}." if len(later) > 1 else "."))
    return " ".join(told)


def page(factor=FACTOR, start=START):
    hours, minutes = divmod(sum(step.minutes for lesson in book.paths() for step in steps(lesson, factor)), 60)
    text = f"""# Schedules

Made by `python tools/build_schedules.py` from the counted minutes of each section, times {factor:g}: in a room a
section begins with a question to all and ends on the projector. That factor is an assumption. After your first time,
lay the day out again with your own: `python tools/build_schedules.py --factor 1.4 --start {start} --to mine.md`.

No block is longer than {HOUR} minutes, and each ends with {SLACK} minutes of slack and {EXPORT} for the export. Within
a block everybody works at their own pace; the table says when the room comes together, and at which exercises (02.4)
and explorers (`NeuronExplorer`). All sixteen lessons with nothing left out take {hours} hours and {minutes} minutes in
the room, breaks apart: a term, with a lesson a week.
"""
    for title, days in SCHEDULES.items():
        text += f"\n## {title}\n\n{missing(days)}\n"
        for number, day in enumerate(days):
            made = plan(day, minute(start), factor, first=number == 0, last=number == len(days) - 1)
            heading = f"\n### Day {number + 1}\n" if len(days) > 1 else ""
            text += f"{heading}\n{table(made)}\n\n{remarks(made)}\n"
    return text


def main(arguments=None):
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--factor", type=float, default=FACTOR, help=f"room minutes for a counted one ({FACTOR})")
    ask.add_argument("--start", default=START, help=f"when the doors open ({START})")
    ask.add_argument("--to", default=PAGE, help="the file; instructor/schedules.md unless given")
    want = ask.parse_args(arguments)
    if not 0.5 <= want.factor <= 4:
        raise SystemExit(f"--factor is between 0.5 and 4; got {want.factor:g}")
    made = page(want.factor, want.start)
    with open(want.to, "w", encoding="utf-8", newline="\n") as file:
        file.write(made)
    print(f"wrote {want.to}")


if __name__ == "__main__":
    main()
