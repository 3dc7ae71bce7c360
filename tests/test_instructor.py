"""The instructor's kit: places and diagnoses that exist, links that lead somewhere. Its clock: test_schedules.py."""

import re
from pathlib import Path

import pytest
import wrong_answers
from test_lessons_lint import FILLER
from timetable import steps

from lessons.checks.remember import book
from lessons.checks.remember.book import exercises, find

ROOT = Path(__file__).resolve().parents[1]
KIT = sorted((ROOT / "instructor").glob("*.md"))


def read(name):
    return (ROOT / "instructor" / name).read_text(encoding="utf-8")


def test_every_lesson_has_its_notes():
    titles = re.findall(r"^## (\d\d .+)$", read("lessons.md"), re.M)
    assert titles == [book.title(lesson).replace(" · ", " ") for lesson in book.paths()]
    for part in read("lessons.md").split("\n## ")[1:]:
        for word in ("Point", "Ask", "Draw", "Stop"):
            assert f"- **{word}**: " in part, f"{part.splitlines()[0]} has no {word}"


def test_the_place_to_stop_is_in_the_lesson():
    for part in read("lessons.md").split("\n## ")[1:]:
        lesson, stop = part[:2], re.search(r"\*\*Stop\*\*: (.+)", part)[1]
        places = [place for step in steps(lesson) for place in step.places]
        named = re.findall(r"\b\d\d\.\d+|(?<=`)\w+(?=`)", stop)
        assert named and set(named) <= set(places), f"{lesson} stops at {named}, and has {places}"


def test_every_wrong_answer_that_is_named_is_one_that_the_checks_tell():
    for part in read("lessons.md").split("\n## ")[1:]:
        lesson, line = part[:2], re.search(r"\*\*Wrong answers\*\*: ((?:.+\n)(?:  .+\n)*)", part)
        table = [row for kind in ("BODIES", "CELLS", "LETTERS") for row in wrong_answers.table(kind)]
        told = {diagnosis for number, diagnosis, _ in table if number.startswith(lesson)}
        named = set(re.findall(r"`([a-z][a-z-]+)`", line[1])) if line else set()
        assert named <= told, f"lesson {lesson} names {named - told}, which no check says"


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_links_lead_somewhere_and_exercises_exist(path):
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (path.parent / target).exists(), f"{path.name}: {target}"
    for number in re.findall(r"exercise (\d\d\.\d+)|in (\d\d\.\d+)", text):
        assert find("".join(number)), f"{path.name}: there is no exercise {number}"


def test_the_commands_of_the_readme_are_there():
    """Every `python tools/…` line runs a file with options that it knows, every `course.py` command is one."""
    blocks = "\n".join(re.findall(r"```\n(.*?)```", read("README.md"), re.S))
    commands = re.findall(r"^python (tools/\S+)(.*)$", blocks, re.M)
    assert commands
    for tool, rest in commands:
        shared = ROOT / "tools" / "lesson_parts.py"  # the options that slides and hand-outs have in common
        text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / tool, shared))
        for option in re.findall(r"--[a-z-]+", rest):
            assert f'"{option}"' in text, f"{tool} has no {option}"
        assert all(one in book.paths() for one in re.findall(r"\b\d\d\b", rest)), rest
    course = (ROOT / "course.py").read_text(encoding="utf-8")
    for command in re.findall(r"python3 course\.py ([a-z]+)", read("README.md")):
        assert f'"{command}"' in course, f"course.py has no command {command}"


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_the_prose_has_no_filler(path):
    words = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.S)
    found = [word for word in FILLER if re.search(rf"\b{word}\b", words, re.I)]
    assert not found, f"filler in {path.name}: {found}"


def test_the_key_names_lessons_that_exist_and_answers_every_question():
    before, key = read("questionnaire.md").split("## Key")
    questions = re.findall(r"^(\d+)\. ", before, re.M)
    rows = re.findall(r"^\| (\d+) \| (.+?) \| .+? \| (.+?) \|$", key, re.M)
    assert [number for number, _, _ in rows] == questions
    for number, right, lessons in rows:
        assert all(exercises(lesson) for lesson in lessons.split(", ")), number
        if number != "10":
            assert right in before.splitlines()[[line[:2] for line in before.splitlines()].index(f"{number}.")], right
