"""Answers that people wrote before they saw the checks, and every small variant of the solutions: the right verdict."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import answer_report
import mutate_solutions

from lessons.checks.remember import book

MUTATED = [number for lesson in book.paths() for number in book.numbers(lesson, kinds=("write",))]


@pytest.fixture(scope="module")
def judged():
    return [answer_report.judge(one) for one in answer_report.read()]


def test_the_verdicts_on_the_newest_round_are_right_though_not_all_its_messages_are_mended():
    judged = [answer_report.judge(one) for one in answer_report.read(answer_report.ANSWERS / "open")]
    assert len(judged) > 400 and [one for one in judged if not one.as_it_should_be] == []


def test_every_right_answer_passes(judged):
    assert [one for one in judged if one.side == "right" and not one.as_it_should_be] == []


def test_every_wrong_answer_is_failed(judged):
    assert [one for one in judged if one.side == "wrong" and not one.as_it_should_be] == []


def test_no_sentence_misleads_and_most_name_the_mistake(judged):
    shares = answer_report.shares(judged)
    named, wrong = shares["… by the name of the mistake"]
    assert shares["… with a misleading one"][0] == 0
    assert named >= 0.95 * wrong, "new messages are to be read: python tools/answer_report.py --unread"


def test_every_wrong_answer_has_its_accepted_names_and_its_judgement(judged):
    wrong = {one.key for one in judged if one.side == "wrong"}
    names, judgements = answer_report.table("names"), answer_report.table("judgements")
    assert wrong == names.keys() == judgements.keys() and all(names.values())
    assert {one["word"] for one in judgements.values()} <= {"right", "vague", "misleading"}


def test_two_readers_judge_alike():
    alike, both = answer_report.agreement()
    assert both >= 120 and alike >= 0.95 * both


@pytest.mark.parametrize("number", MUTATED)
def test_no_small_variant_of_the_solution_passes(number):
    count, alive = mutate_solutions.survivors(number)
    assert count >= 3 and alive == []
