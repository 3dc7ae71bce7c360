"""Exported files as learners: read as data, checked field by field, never executed."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from lessons.checks.judge import Outcome
from lessons.checks.judge.findings import is_name
from lessons.checks.remember import book
from lessons.checks.remember.book import exercises
from lessons.checks.remember.progress import SCHEMA, VERSION, is_count
from nnlib.parts import FINDINGS

LARGEST = 500_000  # bytes; an export of the whole course is 20,000
MOST_FILES = 2_000
NAME, LONGEST = 40, 200  # characters of a name where there is little room, and anywhere
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # before it there was no course, and a clock has run out of battery
COUNT = 1_000_000  # no one tries more often
MOST_MISTAKES = 200  # names in one exercise: more than any check has
FIELDS = {"outcome", "tries", "hints", "solution_seen", "when", "mistakes"}
SCHEDULES = {"half-day": "00, 02-05, 09", "full-day": "00, 02-09", "two-days": "00, 02-15"}  # instructor/schedules.md
JOINERS = "\u200c\u200d"  # invisible, and letters of Persian, of Indic scripts and of emoji hang on them


class NotAnExport(ValueError):
    """Why a file is left out."""


@dataclass(frozen=True)
class Learner:
    """One export: a name, when it was written (a time with its zone), and the record of each exercise by its number.

    `heard` says how often `Watch` has said what of their own networks, by its names.
    """

    name: str
    written: datetime
    exercises: dict
    heard: dict = field(default_factory=dict)

    @property
    def short(self):
        """The name as the terminal and the picture have room for it; two that begin alike are still two learners."""
        return plain(self.name)

    def outcome(self, number):
        return self.exercises.get(number, {}).get("outcome", Outcome.NOT_ATTEMPTED)

    def passed(self, numbers):
        return sum(self.outcome(number) == Outcome.PASSED for number in numbers)

    def begun(self, numbers):
        return any(self.outcome(number) != Outcome.NOT_ATTEMPTED for number in numbers)

    @property
    def reached(self):
        """The last lesson with an exercise that was tried, or None."""
        return max((number[:2] for number in self.exercises if self.begun([number])), default=None)

    @property
    def when(self):
        """The minute in which the export was written, by the clock of this computer."""
        return f"{self.written.astimezone():%Y-%m-%d %H:%M}"


def chosen(lessons="", schedule=""):
    """`{"02": ("02.1", "02.2", …)}`: the exercises of the lessons that are shown; all where nothing is chosen.

    `lessons` is written as "00, 02-05, 09"; `schedule` is a name in `SCHEDULES`. ValueError says what is wrong.
    """
    if schedule and schedule not in SCHEDULES:
        raise ValueError(f"there is no schedule {schedule!r}; the schedules are {', '.join(SCHEDULES)}")
    wanted, known = set(), list(book.paths())
    for part in re.split(r"[,\s]+", (SCHEDULES[schedule] if schedule else lessons).strip()):
        first, dash, last = part.partition("-")
        ends = [first.zfill(2), (last if dash else first).zfill(2)]
        if part and (not set(ends) <= set(known) or ends[0] > ends[1]):
            raise ValueError(f"{part!r} names no lessons; write them as 00, 02-05 ({known[0]} to {known[-1]})")
        wanted |= {one for one in known if part and ends[0] <= one <= ends[1]}
    return {lesson: tuple(exercises(lesson)) for lesson in known if not wanted or lesson in wanted}


def read(path):
    """`(learner, remark)` of one exported file; NotAnExport says what is wrong with any other file."""
    if path.is_symlink() or not path.is_file():
        raise NotAnExport("it is not a file of its own (a link, or a device)")
    if path.stat().st_size > LARGEST:
        raise NotAnExport(f"it has {path.stat().st_size:,} bytes; an export has at most {LARGEST:,}")
    try:
        whole = json.loads(path.read_text(encoding="utf-8-sig"))  # some editors put a mark in front
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
    unknown = [name for number, record in whole["exercises"].items() for name in checked(number, record)]
    heard = whole.get("heard", {})
    if not is_count(heard):
        raise NotAnExport(f"what its networks were told is {plain(heard)!r}")
    unknown += [one for one in heard if one not in FINDINGS]
    heard = {one: count for one, count in heard.items() if one in FINDINGS}
    name = plain(whole.get("name"), LONGEST) or plain(path.stem, LONGEST) or "no name"
    remark = f"read, but for {plain(unknown[0])!r} and whatever else no check of this course says" if unknown else ""
    return Learner(name, time(whole.get("written")), whole["exercises"], heard), remark


def time(written):
    """The moment of an export; NotAnExport for a day that no calendar has, or one that is still to come."""
    try:
        moment = datetime.fromisoformat(written)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise NotAnExport(f"it was written at {plain(written)!r}, not like 2026-01-31T09:30:00+00:00") from None
    if moment < FIRST_DAY:
        raise NotAnExport(f"it was written at {plain(written)!r}, before any course: is that computer's date right?")
    if moment > datetime.now(UTC) + timedelta(days=2):
        raise NotAnExport(
            f"it was written at {plain(written)!r}, which is still to come: is that computer's date right?"
        )
    return moment


def checked(number, record):
    """NotAnExport where a record is none; otherwise takes out, and returns, the findings that no check here has."""
    where = f"its exercise {plain(number)!r}"
    if not re.fullmatch(r"[0-9]{2}\.[0-9]{1,2}", number) or not isinstance(record, dict):
        raise NotAnExport(f"{where} is no exercise")
    if record.get("outcome") not in list(Outcome):
        raise NotAnExport(f"{where} has the outcome {plain(record.get('outcome'))!r}")
    if unknown := record.keys() - FIELDS:
        raise NotAnExport(f"{where} has a field {plain(min(unknown))!r} that no export has")
    for what in ("tries", "hints"):
        value = record.get(what, 0)
        if type(value) is not int or not 0 <= value <= COUNT:
            raise NotAnExport(f"{where} has {plain(value)!r} {what}")
    if type(record.get("solution_seen", False)) is not bool:
        raise NotAnExport(f"{where} has {plain(record['solution_seen'])!r} for whether the solution was seen")
    try:
        date.fromisoformat(record.get("when", "2026-01-31"))
    except (TypeError, ValueError):
        raise NotAnExport(f"{where} has the day {plain(record['when'])!r}") from None
    mistakes = record.get("mistakes", [])
    if isinstance(mistakes, list) and len(mistakes) > MOST_MISTAKES:
        raise NotAnExport(f"{where} has {len(mistakes):,} mistakes, more than any check has")
    if not isinstance(mistakes, list) or not all(
        isinstance(one, str) and re.fullmatch(r"[\w'+-]{1,120}", one) for one in mistakes
    ):
        raise NotAnExport(f"{where} has mistakes that no check names")
    record["mistakes"] = [one for one in mistakes if is_name(one)]
    return [one for one in mistakes if not is_name(one)]


def plain(value, longest=NAME):
    """A value from a file as one short line without control characters: safe on a terminal, in a page, in a picture."""
    text = unicodedata.normalize("NFC", str(value if value is not None else "")[:2000])
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" and c not in JOINERS else c for c in text)
    text = " ".join(text.split()).strip(JOINERS)
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 1 and (unicodedata.combining(text[end]) or text[end] in JOINERS or text[end - 1] in JOINERS):
        end -= 1  # no letter loses its accent
    return text[:end] + "…"


def read_folder(folder):
    """`(learners, left_out)`: the latest export of each name, and every other file with the reason."""
    latest, left_out = {}, []
    paths = sorted(path for path in folder.rglob("*") if not path.is_dir())
    for path in paths[:MOST_FILES]:
        where = plain_path(path, folder)
        try:
            if path.suffix.lower() != ".json":
                raise NotAnExport("its name does not end in .json")
            learner, remark = read(path)
        except NotAnExport as reason:
            left_out.append((where, str(reason)))
            continue
        if remark:
            left_out.append((where, remark))
        before = latest.get(learner.name)
        if before and before[0].written > learner.written:
            left_out.append((where, f"{learner.short} has a later export, of {before[0].when}"))
            continue
        if before:
            left_out.append((before[1], f"{learner.short} has a later export, of {learner.when}"))
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
