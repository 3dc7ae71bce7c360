"""Answers that people wrote before they saw the checks, and every small variant of the solutions: the right verdict."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import answer_report
import mutate_solutions

from lessons.checks.remember import book

NUMBERS = sorted({one["exercise"] for one in answer_report.read()})
MUTATED = [number for lesson in book.paths() for number in book.numbers(lesson, kinds=("write",))]


@pytest.fixture(scope="module")
def judgements():
    return answer_report.table("judgements")


def judged(number):
    """The answers to one exercise, each with its verdict."""
    return [answer_report.judge(one) for one in answer_report.read() if one["exercise"] == number]


@pytest.mark.parametrize("number", NUMBERS)
def test_right_answers_pass_and_wrong_ones_are_told_what_was_judged(number, judgements):
    answers = judged(number)
    assert [one for one in answers if not one.as_it_should_be] == []
    unread = [one for one in answers if one.side == "wrong" and one.word(judgements) == "unread"]
    assert unread == [], "new messages are to be read: python tools/answer_report.py --unread"


def test_no_sentence_misleads_and_most_name_the_mistake(judgements):
    words = [one["word"] for one in judgements.values()]
    assert len(words) > 1800 and set(words) <= {"right", "vague"} and words.count("right") >= 0.98 * len(words)


def test_every_wrong_answer_has_its_accepted_names_and_its_judgement(judgements):
    wrong = {f"{one['exercise']} {one['what']}" for one in answer_report.read() if one["side"] == "wrong"}
    names = answer_report.table("names")
    assert wrong == names.keys() == judgements.keys() and all(names.values())


def test_two_readers_judge_alike():
    alike, both = answer_report.agreement()
    assert both >= 120 and alike >= 0.95 * both


@pytest.mark.parametrize("number", MUTATED)
def test_no_small_variant_of_the_solution_passes(number):
    count, alive = mutate_solutions.survivors(number)
    assert count >= 3 and alive == []
