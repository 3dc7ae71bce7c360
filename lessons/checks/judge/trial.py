"""One answer, tried in all the cases of its exercise: the first thing that is wrong, or that all is right."""

import copy
import re
import time
from collections.abc import Mapping

import numpy as np

from lessons.checks import pristine
from lessons.checks.judge import search as times
from lessons.checks.judge.compare import NOT_FINITE, Finding, numeric, told_apart
from lessons.checks.judge.declared import first_wrong_part
from lessons.checks.judge.errors import explain, kind_of, line_of, words_of
from lessons.checks.judge.learner import second_name, source_of
from lessons.checks.judge.manners import SAME_ARRAY, snapshot, unchanged
from lessons.checks.judge.naming import BARE, answered, named_anyway
from lessons.checks.judge.probes import (
    COMES_OUT,
    NAN_LOST,
    WHOLE_CUT,
    WHOLE_STOPS,
    cut_to_whole,
    nan_hidden,
    one_array,
    remembered,
    where_wrong,
)
from lessons.checks.judge.seen import (
    arguments_of,
    none_returned,
    not_finite_in,
    nth_argument,
    returns_sometimes,
    with_dots,
)
from lessons.checks.judge.shared import Shared
from lessons.checks.judge.verdict import Outcome, Spoilt, Verdict, failed, sentence
from lessons.checks.remember import book

NOT_FINITE_IN = {  # what NumPy says, and in other words
    "divide by zero encountered in log": "the logarithm of 0 is taken",
    "invalid value encountered in log": "the logarithm of a number below 0 is taken",
    "divide by zero encountered in divide": "something is divided by 0",
    "invalid value encountered in divide": "0 is divided by 0",
    "divide by zero encountered in scalar divide": "something is divided by 0",
    "invalid value encountered in scalar divide": "0 is divided by 0",
    "invalid value encountered in sqrt": "the root of a number below 0 is taken",
    "overflow encountered in exp": "the exponential of a large number is taken",
}
BESIDE = "beside"  # what is said beside a PASSED, of what the exercise does not ask for
FACTORS = {"constant-ratio", "mean-missing", "averaged-twice"}
STORIES = {"sign", "some-signs", "constant-shift", "other-order", "whole-numbers", *FACTORS}  # of all numbers of a case
SHAPES = ("flat-vector", "extra-axis", "wrong-shape", "one-number", "broadcast")


class Trial:
    """The cases one after another: `yours` is what the learner's `piece` gave so far."""

    def __init__(self, task, piece, expected, search):
        self.task, self.piece, self.expected, self.search = task, piece, expected, search
        self.yours, self.shared, self.begun = [], Shared(piece), time.monotonic()
        self.first = None  # what came in the first case, the very object
        self.nearly = None  # the name of what was put back, but for its last digits

    def verdict(self):
        for case in self.task.cases:
            if ended := self._try(case):
                return ended
        wrong = self._first_wrong()
        if self.shared.name and (not wrong or self._is_of_sharing(wrong.finding)):
            return self.shared.verdict()  # what it does a second time, and whether it stops, is chance
        quick = time.monotonic() - self.begun < times.PATIENCE
        return wrong or (self._again() if quick else None) or self._passed(quick)

    def _try(self, case):
        """One case: what came is kept, or the verdict is returned where that ends it."""
        given = copy.deepcopy(case)
        self.shared.before_call()
        try:
            value = self.task.use_learners(self.piece, given)
        except (Exception, SystemExit) as error:
            return self._stopped(error, case)
        parts = list(value.values()) if self.task.call and isinstance(value, Mapping) else [value]
        if not self.yours and parts and all(part is Ellipsis for part in parts):
            return Verdict(Outcome.NOT_ATTEMPTED)
        self.shared.after_call()
        self.first = self.first if self.yours else value
        for name in case:
            if not unchanged(case[name], given[name], 1e-12):
                return self._changes(case, name, given[name])
        self.nearly = self.nearly or next((name for name in case if not unchanged(case[name], given[name], 0)), None)
        self.yours.append(snapshot(value))
        return None

    def _stopped(self, error, case):
        """An exception: what was wrong before it comes first."""
        early = self._first_wrong()
        if isinstance(error, Spoilt):
            return early or Verdict(Outcome.FAILED, error.finding)
        if early and early.finding.name in SHAPES:
            return self._and_then(early.finding, error, case)
        if self.shared.name and self.yours and (not early or early.finding.name in BARE):
            return self.shared.verdict()
        return early or Verdict(Outcome.FAILED, self._raised(error, case))

    def _raised(self, error, case):
        """What to say of an exception: the slip that raises the same, or what happened, and what would mend it."""
        task, right = self.task, self.expected[len(self.yours)]
        tried = getattr(error, "tried_with", "") or (f"It was tried with {task.tried(case)}." if task.tried else "")
        plain = explain(error, task.piece, self._handed_over(case, error), source_of(self.piece) or "", tried=tried,
                        wanted=task.wanted(right))  # fmt: skip
        if self.search.over or plain.name == "exits":  # stopped, and the exception comes of that
            return plain
        self.search.prove(Verdict(Outcome.FAILED, plain))
        return named_anyway(lambda: self._naming(case).of_exception(error)) or plain

    def _naming(self, case):
        return self.task.naming(self.task, self.piece, case, self.yours, self.expected, self.search)

    def _changes(self, case, name, now):
        """The verdict where an argument is not as it was."""
        task, (before, after) = self.task, told_apart(case[name], now)
        text = f"`{task.piece}` changes `{name}`, which it was given"
        if task.call:  # it may have been called several times, and may have another name for what it was given
            given_it = f"`{name}`, which" if name in arguments_of(self.piece) else "an array that"
            text = f"`{task.piece}` changes {given_it} it was given"
            if len(before) < 120 and "[[[[" not in before:
                text += f": {before}"
                text += f" before the call, {after} after it" if len(after) < 60 and before != after else ""
        elif len(before) + len(after) < 120 and before != after:
            text += f": it was {before} before the call and is {after} after it"
        text += second_name(self.piece, name if task.call else nth_argument(self.piece, list(case), name))
        return failed("changes-its-arguments", f"{text}. {task.unchanged}")

    def _is_of_sharing(self, wrong):
        """Does what is wrong come of what the class holds for all its objects, and changes?"""
        unread = wrong.name == "unused-argument" and f"`{self.shared.name}`" in wrong.says
        return unread or wrong.name in BARE or self._is_right_apart()

    def _is_right_apart(self):
        """Whether all comes right where each object has of its own what the class held: then nothing else is wrong."""
        try:
            apart = self.shared.apart()
            return apart is not None and all(
                self.task.compare(self.task.use_learners(apart, copy.deepcopy(case)), right, case) is None
                for case, right in zip(self.task.cases, self.expected, strict=True)
            )
        except (Exception, SystemExit):
            return False

    def _again(self):
        """What shows only when a piece is asked once more; None where it behaves."""
        kept = None if self.task.call else remembered(self.task, self.piece, self.yours)
        return Verdict(Outcome.FAILED, kept) if kept else self._second_time()

    def _passed(self, quick):
        """All numbers are right: a nan that is hidden fails yet, and of the rest the learner is told."""
        found = nan_hidden(self.task, self.piece)
        if quick and (not found or found.name == NAN_LOST):
            found = cut_to_whole(self.task, self.piece) or found
        if quick and self.task.beside and not found and (says := self._said_beside()):
            found = Finding(BESIDE, says)
        passed = not found or found.name in (NAN_LOST, WHOLE_CUT, WHOLE_STOPS, BESIDE)
        if self.nearly and not found:
            found = Finding("nearly-put-back", f"One thing to know: after the call the last digits of `{self.nearly}` "
                            "are others than before. What is added and taken away again is rounded each time: keep the "
                            "old number, and put that back.")  # fmt: skip
        return Verdict(Outcome.PASSED if passed else Outcome.FAILED, found)

    def _said_beside(self):
        """What `beside` says of a right piece, or "" where it stops there: nothing of that was asked for."""
        try:
            with np.errstate(all="ignore"):
                return self.task.beside(self.piece)
        except (Exception, SystemExit):
            return ""
        finally:
            pristine.restore()

    def _and_then(self, finding, error, case):
        """A wrong shape in an early case, and an exception in a later one: what gives it works for few arrays."""
        given = self.task.given(case, shapes_only=True)
        kind = "MemoryError" if isinstance(error, MemoryError) else kind_of(error)
        line = f" in your line `{line_of(error)}`" if line_of(error) else ""
        return failed(finding.name, f"{finding.says} And with {given} it stops with {kind}{line}.")

    def _handed_over(self, case, error):
        """What of a case is an argument of the learner's piece; the rest is what the check makes arguments from."""
        own = arguments_of(self.piece) if self.task.call else case
        if self.task.call and isinstance(error, TypeError) and "argument" in words_of(error):
            own = ()  # it does not take what it was given
        return {name: value for name, value in case.items() if name in own}

    def _second_time(self):
        """The first case once more, after all others: a piece that keeps something from call to call shows it."""
        task, case = self.task, self.task.cases[0]
        try:
            again = task.use_learners(self.piece, copy.deepcopy(case))
        except (Exception, SystemExit) as error:
            handed_over = self._handed_over(case, error)
            return Verdict(Outcome.FAILED, explain(error, task.piece, handed_over))
        if task.compare(again, self.expected[0], case) is None:
            solution = book.solution_piece(task.number, task.piece)
            theirs = one_array(self.first, again) and [task.use(solution, copy.deepcopy(case)) for _ in range(2)]
            if not theirs or one_array(*theirs):
                return None
            return failed(SAME_ARRAY.name, SAME_ARRAY.says.replace("Your object", f"`{task.piece}`"))
        return failed("remembers", f"`{task.piece}` gives another answer when it is asked the same a second time: it "
                      "keeps something from call to call. Each call should start afresh.")  # fmt: skip

    def _first_wrong(self):
        """The verdict on the first value that is wrong, with the name of the mistake where one is found; or None."""
        for case, mine, right in zip(self.task.cases, self.yours, self.expected, strict=False):
            finding = self.task.compare(mine, right, case)
            if not finding:
                continue
            if finding.name in STORIES and not self._holds(finding, case):
                finding = self.task.compare(mine, right, case, stories=False)
            if finding.name in ("nan", "infinite"):
                where = self._where_not_finite(case) or not_finite_in(self.piece)
                finding = Finding(finding.name, finding.says.replace(NOT_FINITE, where))
            if finding.name == "returned-none" and (says := self._none_returned(finding, case)):
                finding = Finding("returned-none", f"{finding.says.partition('.')[0]}: {says}")
            elif finding.name == "returned-none" and (line := returns_sometimes(self.piece, finding.says)):
                says = f"{finding.says.partition('.')[0]}: here your lines come to their end and no `return` is met. "
                says += f"`{line}` is one, and it stands inside an `if` or a loop. What comes back otherwise?"
                finding = Finding("returned-none", says)
            if finding.name == "returned-none" and (blank := with_dots(self.piece)):
                return failed("half-written", f"`{blank}` still holds its `...`: it is still to be written.")
            bare = Verdict(Outcome.FAILED, self._in_case(finding, case, mine, right))
            self.search.prove(bare)
            named = named_anyway(lambda: self._naming(case).of_value(finding))  # noqa: B023 - asked at once
            if named and named.says.startswith(COMES_OUT):  # how it comes about: before that, what is wrong
                told = self._in_case(Finding(finding.name, answered(finding)), case, mine, right)
                named = Finding(named.name, f"{told.says} {named.says}")
            return Verdict(Outcome.FAILED, named) if named else bare
        return None

    def _none_returned(self, finding, case):
        """What to say of the learner's `return` that gave None; "" where none was met."""
        return none_returned(self.piece, finding.says, lambda: self.task.use_learners(self.piece, copy.deepcopy(case)))

    def _where_not_finite(self, case):
        """The learner's line in which a number first stops being finite, as NumPy says; "" where it says nothing."""
        try:
            with np.errstate(divide="raise", invalid="raise", over="raise"):
                self.task.use_learners(self.piece, copy.deepcopy(case))
        except FloatingPointError as error:
            words = next((words for text, words in NOT_FINITE_IN.items() if text in str(error)), None)
            return f"In your line `{line_of(error)}` {words}." if words and line_of(error) else ""
        except (Exception, SystemExit):
            pass
        return ""

    def _holds(self, finding, first):
        """Do the other cases tell the same story? Two numbers tell many: what one case alone shows is chance."""
        part = first_wrong_part(self.yours, self.expected, self.task.tolerance)
        by_factor = finding.name in {"sign", *FACTORS}
        enough = False
        for case, mine, right in zip(self.task.cases, self.yours, self.expected, strict=False):
            if part and part not in right:
                continue
            if part:
                mine, right = {part: mine.get(part)} if isinstance(mine, Mapping) else mine, {part: right[part]}
            number = numeric(mine[part] if part and isinstance(mine, Mapping) else mine)
            told = number is not None and number.size > (1 if by_factor else 2)
            other = finding if case is first else self.task.compare(mine, right, case)
            alike = other and (other.name == finding.name or {finding.name, other.name} <= FACTORS)
            if other and not alike and (told or finding.name == "sign"):
                return False
            enough |= bool(other) and (told or case is not first)
        return enough

    def _in_case(self, finding, case, mine, right):
        """The verdict first, then what it was tried with, in no more than two lines."""
        given = self.task.given(case)
        told = [(mine, right, case), *zip(self.yours, self.expected, self.task.cases, strict=False)]
        where = where_wrong(told) if finding.name in ("some-wrong", "some-signs", "cut-off") else ""
        says = sentence(finding.says)
        if self.task.places:
            says = re.sub(r"at \[(\d+)\]", lambda found: f"{found[0]}, of {self.task.places[int(found[1])]}", says)
        return Finding(finding.name, f"{says}{where} Tried with {given}.")
