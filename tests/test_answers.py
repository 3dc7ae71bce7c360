"""Answers that people wrote before they saw the checks, and every small variant of the solutions: the right verdict."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import answer_report
import mutate_solutions

from lessons.checks import pristine
from lessons.checks.judge import guard
from lessons.checks.remember import book

NUMBERS = sorted({one["exercise"] for one in answer_report.read()})
MUTATED = [number for lesson in book.paths() for number in book.numbers(lesson, kinds=("write",))]


def test_an_answer_finds_what_its_notebook_imports():
    names = answer_report.imports_of("15")
    assert {"io", "pickle", "Path", "read_table"} <= set(names) and not {"check", "Workbench"} & set(names)


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


@pytest.mark.parametrize(("reader", "judged", "kappa"), [("second_reader", 315, 0.58), ("third_reader", 172, 0.22)])
def test_how_far_readers_agree_is_told_of_all_that_were_read_before_anything_was_mended(reader, judged, kappa):
    alike, both, measured = answer_report.agreement(reader)
    assert both == judged and alike >= 0.95 * both and round(measured, 2) == kappa


def test_kappa_counts_out_what_chance_gives(monkeypatch):
    said = ["right right"] * 6 + ["right vague"] * 2 + ["vague vague"] * 2  # 0.8 alike; by chance 0.8 · 0.6 + 0.2 · 0.4
    words = [dict(zip(("first", "word"), pair.split(), strict=True)) for pair in said]
    monkeypatch.setattr(answer_report, "table", lambda name: dict(enumerate(words)))
    assert answer_report.agreement("a_reader") == (8, 10, pytest.approx((0.8 - 0.56) / 0.44))


def test_the_patience_with_an_answer_outlasts_what_a_check_puts_back():
    before = guard.LIMIT
    with answer_report.patience(60.0):
        pristine.restore()
        assert guard.LIMIT == 60.0
    pristine.restore()
    assert before == guard.LIMIT


def test_what_a_second_reader_called_misleading_is_said_no_more(judgements):
    found = {key: one for name in answer_report.READERS for key, one in answer_report.table(name).items()
             if one["word"] == "misleading"}  # fmt: skip
    assert found and not [key for key, one in found.items() if judgements[key]["message"] == one["message"]]


@pytest.mark.parametrize("number", MUTATED)
def test_no_small_variant_of_the_solution_passes(number):
    count, alive = mutate_solutions.survivors(number)
    assert count >= 3 and alive == []
