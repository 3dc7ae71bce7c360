"""A day of a workshop by the clock: sections of lessons in blocks of an hour at most, with breaks, slack and exports.

What does not fit into the day is left out in the order of `DROPS`; what stands in no line of it never is.
`tools/build_schedules.py` makes the instructor's page of it.
"""

import json
import re
from dataclasses import dataclass
from functools import cache

from build_lessons import EXPLORER, LESSONS, Minutes, cell_minutes

from lessons.checks.remember import book

FACTOR = 1.25  # minutes in a room for a counted one
HOUR, BREAK, LUNCH, NOON = 60, 10, 60, 12 * 60 + 15
EXPORT, SLACK = 2, 5
OPENING = (
    ("Welcome: what will be built, and how the checks talk", 10),
    ("Set-up: everybody opens lesson 00; where that fails, `python3 course.py doctor`", 10),
    ("[Questionnaire](questionnaire.md), before", 5),
)
AGAIN = (("Welcome back: what was hard yesterday", 10),)
CLOSING = (("[Questionnaire](questionnaire.md), after", 5), ("Questions, and what to do at home", 5))


@dataclass(frozen=True)
class Day:
    lessons: tuple
    hours: int


RECALLS = [(lesson, "Recall") for lesson in book.paths() if lesson != "00"]
DROPS = [  # the first can be missed best
    ("03", "Put it in order"), ("05", "Put it in order"), ("06", "Put it in order"), ("02", "Put it in order"),
    ("09", "Real digits"), ("05", "Real digits"), ("07", "Multiply one out"), ("08", "How small is small?"),
    ("03", "The sigmoid, for any number"), ("06", "Backward in plain numbers"), ("14", "Multiply it out"),
    ("12", "The counter that everybody shared"), ("11", "Glorot: a size for tanh"),
    ("13", "Ten of a thousand measurements"), *RECALLS,
    ("02", "What bias alone can do"), ("04", "Two ways to measure"), ("05", "The optimiser"),
    ("06", "The same for many weights"), ("08", "How different is different?"), ("03", "What one bend buys"),
    ("13", "Third remedy: stop in time"), ("12", "A rate that changes"), ("10", "What does the size say?"),
    ("05", "Feel the slope"), ("03", "Two layers by hand"), ("09", "Under the microscope"),
    ("04", "The slope of the surprise"), ("02", "One neuron in Python"), ("14", "Too large for a float"),
    ("03", "Two layers of any size"), ("05", "Two steps by hand"), ("09", "Update, for all layers"),
    ("04", "What reaches z"), ("04", "Cross-entropy"), ("15", "Repeat somebody else's run"),
    ("03", "Where does a bend answer?"), ("02", "Let your neuron learn"), ("10", "Six bugs, five alarms"),
    ("13", "In the loss *and* in the gradient"), ("11", "See it, forward and backward"), ("15", "A file that acts"),
    ("09", "Forward, from memory"), ("02", "One tomato by hand"), ("04", "Confidently wrong"),
    ("05", "How far is too far?"), ("14", "The shortcut, twice"), ("12", "The race"),
    ("15", "Play, and pass it on"), ("15", "A photograph"), ("15", "A number in place of a class"),
    ("15", "A table as people have it"),
]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What the room does without a pause: a section of a lesson, or one of OPENING, AGAIN, CLOSING (no `lesson`)."""

    title: str
    minutes: int
    lesson: str = ""
    places: tuple = ()  # the numbers of its exercises and the names of its explorers, in their order

    @property
    def words(self):
        """Its exercises and explorers, or its title if it has none; nothing for a lesson's last words."""
        shown = [place if place[0].isdigit() else f"`{place}`" for place in self.places]
        return shown or ([] if self.title in ("Remember", "What comes next") else [f"*{self.title}*"])


@cache
def counted(lesson):
    """`[(heading, Minutes, places)]` of a lesson's sections. What stands before the first one belongs to it."""
    notebook = json.loads(next(LESSONS.glob(f"{lesson}_*.ipynb")).read_text(encoding="utf-8"))
    sections, before = [], Minutes()
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (heading := re.match(r"## (.+)", text)):
            sections.append((heading[1], before, ()))
            before = Minutes()
        if not sections:
            before += cell_minutes(cell, lesson)
            continue
        title, spent, places = sections[-1]
        if explorer := EXPLORER.search(text) if cell["cell_type"] == "code" else None:
            places += (re.search(r"(\w+)\($", explorer[0])[1],)
        if number := cell["metadata"].get("exercise"):
            places += (number,)
        sections[-1] = (title, spent + cell_minutes(cell, lesson), places)
    return sections


def steps(lesson, factor=FACTOR):
    """The sections of a lesson with their minutes in the room, whole ones."""
    found = counted(lesson)
    return [Step(title, max(1, round(factor * spent.total)), lesson, places) for title, spent, places in found]


# --- Blocks and breaks ---


def lasts(block):
    return sum(step.minutes for step in block) + EXPORT + SLACK


def blocks(items):
    """The steps in as few blocks of an hour as hold them, about equally long, parted between lessons if possible."""
    best = [(0, 0, ())]
    for end in range(1, len(items) + 1):
        found = []
        for begin in range(end):
            block = items[begin:end]
            if best[begin] is not None and lasts(block) <= HOUR and may_break(items, end):
                inside = end < len(items) and items[end - 1].lesson == items[end].lesson != ""
                uneven = (HOUR - lasts(block)) ** 2 + 150 * inside
                count, cost, made = best[begin]
                found.append((count + 1, cost + uneven, (*made, tuple(block))))
        best.append(min(found, key=lambda one: one[:2], default=None))
    if best[-1] is None:
        raise SystemExit(f"a section takes longer than {HOUR - EXPORT - SLACK} minutes: take a smaller --factor")
    return best[-1][2]


def may_break(items, at):
    """No break between a question and what answers it, none before the last words of a lesson."""
    if at == len(items):
        return True
    return items[at - 1].title != "Before you start" and items[at].title not in ("Remember", "What comes next")


def has_lunch(made):
    """Whether blocks that follow each other have a lunch among them: those of more than five hours."""
    return sum(map(lasts, made)) > 5 * 60


def end(made, start, lunch):
    """The minute of the day at which blocks end that begin at `start`."""
    pauses = BREAK * (len(made) - 1) + (LUNCH - BREAK) * lunch
    return start + sum(lasts(block) for block in made) + pauses


@dataclass(frozen=True)
class Plan:
    """A day by the clock. `dropped` and `late` are steps: left out from the start, and to be dropped when late."""

    day: Day
    start: int
    blocks: tuple
    dropped: tuple
    late: tuple

    @property
    def lunch(self):
        return has_lunch(self.blocks)

    @property
    def rows(self):
        """`(minute of the day, minutes, steps or words)` of everything, breaks included."""
        at, made, pauses = self.start, [], self.pauses
        for block, pause in zip(self.blocks, pauses, strict=True):
            for group in grouped(block):
                made.append((at, sum(step.minutes for step in group), group))
                at += made[-1][1]
            made.append((at, EXPORT + SLACK, "slack, and the export: `status(export=True, name=…)`"))
            at += made[-1][1]
            if pause:
                made.append((at, pause, "**lunch**" if pause == LUNCH else "**break**"))
                at += pause
        return made

    @property
    def pauses(self):
        """The minutes of the break after each block: the one nearest to noon is lunch, after the last there is none."""
        at, ends = self.start, []
        for block in self.blocks:
            at += lasts(block) + BREAK
            ends.append(at - BREAK)
        noon = min(range(len(ends) - 1), key=lambda k: abs(ends[k] - NOON)) if self.lunch else None
        return [LUNCH if k == noon else BREAK for k in range(len(ends) - 1)] + [0]


def plan(day, start, factor=FACTOR, first=True, last=True):
    """The day with as little left out as fits into its hours. SystemExit if what must not be missed is too long."""
    opening = [Step(*row) for row in (OPENING if first else AGAIN)]
    closing = [Step(*row) for row in (CLOSING if last else CLOSING[1:])]
    everything = [step for lesson in day.lessons for step in steps(lesson, factor)]

    def laid(dropped):
        made = blocks([*opening, *(step for step in everything if step not in dropped), *closing])
        return made, end(made, start, has_lunch(made)) <= start + 60 * day.hours

    order = [step for drop in DROPS for step in everything if (step.lesson, step.title) == drop]
    dropped = []
    while not laid(dropped)[1]:
        if len(dropped) == len(order):
            raise SystemExit(
                f"lessons {', '.join(day.lessons)} take more than {day.hours} hours at --factor {factor:g}: "
                "take a lesson out of SCHEDULES, or give the day more hours there"
            )
        dropped.append(order[len(dropped)])
    for step in reversed(dropped[:-1]):  # the last one may have made room for an earlier one
        if laid(without := [one for one in dropped if one != step])[1]:
            dropped = without
    late = tuple(step for step in order if step not in dropped)
    return Plan(day, start, laid(dropped)[0], tuple(dropped), late)


def grouped(block):
    """A block's steps, those of one lesson together."""
    groups = []
    for step in block:
        if groups and step.lesson and groups[-1][-1].lesson == step.lesson:
            groups[-1] += (step,)
        else:
            groups.append((step,))
    return groups
