"""What the exports say, in words: who is where, and what fails most with which diagnosis."""

from collections import Counter

from lessons.checks.judge import Outcome
from lessons.checks.remember.book import exercises


def table(learners, course):
    """Who is where: one line for each learner, one column for each lesson, exercises passed of all."""
    width = max([len(learner.short) for learner in learners] + [7])
    lines = [f"{'learner':<{width}}  {'written':<16}  at  " + "  ".join(f"{lesson:>5}" for lesson in course)]
    for learner in learners:
        cells = [f"{share(learner, numbers) or '·':>5}" for numbers in course.values()]
        at = learner.reached or "–"
        lines.append(f"{learner.short:<{width}}  {learner.when}  {at:<2}  " + "  ".join(cells))
    return "\n".join(lines)


def share(learner, numbers):
    """`3/8`: exercises passed of all; empty where none was tried."""
    return f"{learner.passed(numbers)}/{len(numbers)}" if learner.begun(numbers) else ""


def hardest(learners, course, most=8):
    """`(number, title, stuck, passed, mistakes)` of the exercises that fail most, the hardest first.

    `stuck` learners have tried and not passed, `passed` have passed; `mistakes` are `(name, learners)`, the most
    frequent first, over all who made them, later passed or not.
    """
    found = []
    for lesson in course:
        for number, task in exercises(lesson).items():
            stuck = sum(learner.outcome(number) == Outcome.FAILED for learner in learners)
            passed = sum(learner.outcome(number) == Outcome.PASSED for learner in learners)
            records = [learner.exercises.get(number, {}) for learner in learners]
            mistakes = Counter(mistake for record in records for mistake in set(record.get("mistakes", ())))
            if stuck or mistakes:
                frequent = sorted(mistakes.items(), key=lambda one: (-one[1], one[0]))[:3]
                found.append((number, task.title, stuck, passed, tuple(frequent)))
    return sorted(found, key=lambda row: (-row[2], -sum(count for _, count in row[4]), row[0]))[:most]


def diagnoses(mistakes):
    """`bias missing (3), sign (1)`"""
    return ", ".join(f"{name.replace('-', ' ')} ({count})" for name, count in mistakes) or "none kept"


def heard(learners, most=8):
    """`(name, learners)`: what `Watch` has said of their own networks, the most frequent first."""
    counted = Counter(name for learner in learners for name in learner.heard)
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most]


def report(learners, left_out, course):
    """The whole report as text."""
    parts = [f"{len(learners)} learner{'s' * (len(learners) != 1)}. Passed of all exercises, by lesson:", ""]
    parts += [table(learners, course), ""] if learners else [
        "No export was found. Each learner runs status(export=True) and hands in the file that it names.", ""
    ]  # fmt: skip
    if rows := hardest(learners, course):
        parts += ["What fails most (stuck: tried and not passed):", ""]
        parts += [f"  {number:<6} {title} – {stuck} stuck, {passed} passed. Diagnoses: {diagnoses(mistakes)}"
                  for number, title, stuck, passed, mistakes in rows]  # fmt: skip
        parts.append("")
    if told := heard(learners):
        parts += ["What their own networks were told (in brackets: learners):", ""]
        parts += ["  " + ", ".join(f"{name.replace('_', ' ')} ({count})" for name, count in told), ""]
    if left_out:
        parts += ["Left out:", "", *(f"  {where}: {reason}" for where, reason in left_out), ""]
    return "\n".join(parts)
