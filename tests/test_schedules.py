"""The instructor's days by the clock: they add up, keep their hours and breaks, and name what the lessons have."""

import json
import random
import re
from itertools import pairwise
from pathlib import Path

import build_schedules
import pytest
import timetable
from build_lessons import LESSONS, minutes
from build_schedules import SCHEDULES, minute, page
from timetable import BREAK, DROPS, EXPORT, FACTOR, HOUR, SLACK, Step, blocks, lasts, plan, steps

from lessons.checks.remember import book
from lessons.checks.remember.book import exercises

KIT = Path(__file__).resolve().parents[1] / "instructor"
TEXT = (KIT / "schedules.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+):(\d\d) \| (\d+)? ?\| (.+) \|$", re.M)
DAYS = [(title, number, day) for title, days in SCHEDULES.items() for number, day in enumerate(days)]


def tables(text=TEXT):
    """The rows `(minute of the day, minutes, words)` of each day on the page, and what stands below the table."""
    for part in re.split(r"\n(?=\| from )", text)[1:]:
        rows = [(60 * int(h) + int(m), int(lasting or 0), what) for h, m, lasting, what in ROW.findall(part)]
        yield rows, part


def notebook(lesson):
    return json.loads(next(LESSONS.glob(f"{lesson}_*.ipynb")).read_text(encoding="utf-8"))


def test_the_page_is_what_the_counted_minutes_give():
    assert page() == TEXT, "Mend it with: python tools/build_schedules.py"


@pytest.mark.parametrize(("factor", "start"), [(FACTOR, "9:00"), (1.0, "8:30"), (1.4, "13:30")])
def test_every_day_adds_up_and_has_a_break_each_hour(factor, start):
    for (rows, _), (title, number, day) in zip(tables(page(factor, start)), DAYS, strict=True):
        for (at, lasting, what), (following, _, _) in pairwise(rows):
            assert at + lasting == following, f"{title}: {what}"
        assert rows[0][0] == minute(start) and rows[-1][2] == "end"
        assert rows[-1][0] <= minute(start) + 60 * day.hours, f"{title} ends too late"
        since = rows[0][0]
        for at, _, what in rows:
            if what in ("**break**", "**lunch**", "end"):
                assert at - since <= HOUR, f"{title}: {at - since} minutes without a break"
            if what in ("**break**", "**lunch**"):
                since = at + next(lasting for other, lasting, _ in rows if other == at)
        told = "\n".join(what for _, _, what in rows)
        assert told.count("status(export=True") == told.count("**break**") + told.count("**lunch**") + 1
        assert ("Welcome: " in told and "Set-up: " in told and "before" in told) == (number == 0)
        assert ("questionnaire.md), after" in told) == (number == len(SCHEDULES[title]) - 1)
        assert ("**lunch**" in told) == (day.hours > 5)


DICE = random.Random(16)


@pytest.mark.parametrize("lessons", [("07",), ("14", "15"), *(tuple(sorted(DICE.sample(list(book.paths()), k % 8 + 1)))
                                                              for k in range(40))], ids=" ".join)  # fmt: skip
def test_a_day_of_any_lessons_adds_up_or_is_refused(lessons):
    """Of few lessons or many, in many hours or few, at any pace: nothing is lost, no lunch comes before eleven."""
    hours, factor = DICE.randint(2, 10), DICE.choice((0.5, 0.8, 1.25, 1.7))
    try:
        made = plan(timetable.Day(lessons, hours), 8 * 60, factor)
    except SystemExit as refused:
        assert "more than" in str(refused) or "longer than" in str(refused)
        return
    at, since = made.start, made.start
    for begins, lasting, what in made.rows:
        assert begins == at
        at += lasting
        if what in ("**break**", "**lunch**"):
            assert begins - since <= HOUR and (what == "**break**" or 11 * 60 <= begins < 14 * 60)
            since = at
    assert at <= made.start + 60 * hours
    shown = [step for block in made.blocks for step in block if step.lesson]
    every = [step for lesson in lessons for step in steps(lesson, factor)]
    assert sorted(map(str, [*shown, *made.dropped])) == sorted(map(str, every))


def test_what_a_row_names_is_in_its_lesson_and_nothing_is_told_twice():
    for rows, below in tables():
        shown = {}
        for _, _, what in rows:
            if not (row := re.match(r"\*\*(\d\d) (.+?)\*\*: (.+)", what)):
                continue
            lesson, title, places = row.groups()
            assert book.title(lesson) == f"{lesson} · {title}"
            shown.setdefault(lesson, []).extend(places.split(" · "))
        for lesson, places in shown.items():
            sources = ["".join(cell["source"]) for cell in notebook(lesson)["cells"]]
            for place in places:
                if re.fullmatch(r"\d\d\.\d+", place):
                    assert place in exercises(lesson) and places.count(place) == 1, place
                elif place.startswith("`"):
                    assert any(f"{place.strip('`')}(" in source for source in sources), f"{lesson}: {place}"
                else:
                    assert any(source.startswith(f"## {place.strip('*')}") for source in sources), f"{lesson}: {place}"
            told = re.search(r"^Left out from the start .+$", below, re.M)
            left_out = re.search(rf"(?:: | · ){lesson} (\*.+?)(?: · \d\d|\.$)", told[0] if told else "")
            for number in exercises(lesson):
                home = next(step.title for step in steps(lesson) if number in step.places)
                assert (number in places) != (left_out is not None and f"*{home}*" in left_out[1]), number


def test_the_minutes_of_the_room_are_those_of_the_whole_lesson():
    for lesson in book.paths():
        whole = FACTOR * minutes(notebook(lesson), lesson).total
        assert abs(sum(step.minutes for step in steps(lesson)) - whole) <= len(steps(lesson)) / 2 + 1


@pytest.mark.parametrize("lesson", sorted({lesson for lesson, _ in DROPS}))
def test_what_can_be_dropped_is_a_section(lesson):
    titles = [step.title for step in steps(lesson)]
    for where, title in DROPS:
        assert where != lesson or title in titles, f"{lesson} has no section {title!r}"
    assert len(set(DROPS)) == len(DROPS)


def test_no_more_is_left_out_than_need_be():
    """Any section that is left out would make the day too long."""
    for title, number, day in DAYS:
        last = number == len(SCHEDULES[title]) - 1
        made = plan(day, 540, first=number == 0, last=last)
        assert made.late, f"{title}: nothing more to drop when late"
        spare = 540 + 60 * day.hours - (made.rows[-1][0] + made.rows[-1][1])
        assert spare >= 0 and spare < min((step.minutes for step in made.dropped), default=0) + BREAK + EXPORT + SLACK


def test_blocks_are_parted_between_lessons_and_never_before_an_answer():
    items = [Step("a", 20, "02"), Step("b", 20, "02"), Step("Before you start", 5, "03"), Step("c", 30, "03")]
    assert [[step.title for step in block] for block in blocks(items)] == [["a", "b"], ["Before you start", "c"]]
    assert all(lasts(block) <= HOUR for block in blocks(items))


def test_a_day_that_cannot_fit_and_a_time_that_is_none_are_told(tmp_path):
    with pytest.raises(SystemExit, match="take more than 4 hours at --factor 3: take a lesson out"):
        build_schedules.main(["--factor", "3", "--to", str(tmp_path / "day.md")])
    for text in ("9", "24:00", "nine", "9:60"):
        with pytest.raises(SystemExit, match="a time looks like 9:00"):
            build_schedules.main(["--start", text, "--to", str(tmp_path / "day.md")])
    with pytest.raises(SystemExit, match=r"--factor is between 0\.5 and 4; got nan"):
        build_schedules.main(["--factor", "nan", "--to", str(tmp_path / "day.md")])
    with pytest.raises(SystemExit, match="a section takes longer than 53 minutes"):
        timetable.blocks([Step("long", 54, "02")])
    assert not (tmp_path / "day.md").exists()
