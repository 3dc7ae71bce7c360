"""The mistakes that an exercise declares: which of them gives the learner's values, or raises the same exception?"""

import copy
import itertools
import re
from collections.abc import Mapping

import numpy as np

from lessons.checks.judge import search as times
from lessons.checks.judge.compare import Finding, brief, numeric, short
from lessons.checks.judge.errors import line_of, words_of
from lessons.checks.judge.learner import founded, lines_of
from lessons.checks.judge.manners import equal, snapshot
from lessons.checks.judge.mistake import Slip
from lessons.checks.remember import book

GIVEN = 80  # characters of what a piece was called with, beside the name of a mistake
CLAIM = re.compile(r"^(Your f|The weights' gradient|The bias's gradient) is right\. ")  # for all that was tried
NUMBER = re.compile(r"\d+")

_slipped = {}  # what each slip gives in each case: the same every time


def first_wrong_part(yours, expected, tolerance):
    """The name of the first part that is wrong, in the first case that is; None where there are no parts."""
    for mine, right in zip(yours, expected, strict=False):
        if isinstance(right, Mapping) and isinstance(mine, Mapping) and right.keys() <= mine.keys():
            for name in right:
                if not equal(mine[name], right[name], tolerance):
                    return name
    return None


class Whole:
    """What a sentence says of more than the first wrong part: `{whole:this|that}` is `that` where no more is proven."""

    def __init__(self, proven):
        self.proven = proven

    def __format__(self, says):
        return says.split("|")[0] if self.proven else says.partition("|")[2]


class Declared:
    """The declared mistakes of a `task` beside what a learner's `piece` gave in the cases so far."""

    def __init__(self, task, piece, yours, expected):
        self.task, self.piece, self.yours, self.lines = task, piece, yours, lines_of(piece)
        self.so_far = list(zip(task.cases, yours, expected, strict=False))  # (case, the learner's value, the right one)
        self.last = first_wrong_part(yours, expected, task.tolerance)

    def named(self, mistakes, so_far=False):
        """The mistake that gives the learner's values: all of them, or `so_far` as the first wrong one."""
        for mistake in mistakes:
            told = founded(mistake.says, self.lines)
            if not told or not self._is_shown(mistake):
                continue
            try:  # case by case: most mistakes are ruled out by the first
                if not all(self._is_made(mistake, *three, so_far) for three in self.so_far):
                    continue
            except Exception:  # shapes that this mistake cannot even add up, or a text that another slip has taken
                continue
            parts = [CLAIM.sub("", self._said(one, founded(one.says, self.lines), whole=False))
                     for one in getattr(mistake, "of", ())]
            says = f"Two things at once. {' '.join(parts)}" if parts else self._said(mistake, told, not so_far)
            return Finding(mistake.name, says if len(self.yours) == len(self.task.cases) else CLAIM.sub("", says))
        return None

    def pairs(self, search):
        """Two slips at once, for as long as there is time to try them."""
        own = [one for one in self.task.mistakes if isinstance(one, Slip)]
        for one, other in search.among(itertools.combinations(own, 2), seconds=times.PAIRS_LIMIT):
            if one.name == other.name:
                continue
            says = f"Two things at once. {one.says} {other.says}"
            shows = None if not (one.shows or other.shows) else (lambda lines, both=(one.shows, other.shows): all(
                shows(lines) for shows in both if shows))  # fmt: skip
            yield Slip(f"{one.name}+{other.name}", one.changes + other.changes, says, shows, (one, other))

    def raised_alike(self, error, slips, goes_on=True):
        """The one slip that gives the learner's values so far, then raises the very same exception, and goes on so.

        What an exception says of one case comes about in many ways: a place that is out of bounds has one number.
        Where a slip is seen in the learner's lines, they may have another one besides.
        """
        case, *later = self.task.cases[len(self.yours) :]
        found = {}
        for slip in slips:
            if not self._is_shown(slip):
                continue
            try:
                if not all(equal(mine, self._made(slip, tried), self.task.tolerance) for tried, mine, _ in self.so_far):
                    continue
                self._made(slip, case)
            except Exception as same:
                alike = (type(same) is type(error) and str(same) == words_of(error)
                         and self._asked_in(same) == self._asked_in(error))  # fmt: skip
                if alike and (slip.shows or not goes_on or all(self._ends_alike(slip, one) for one in later)):
                    words = {name: short(value) for name, value in case.items()} | {"yours": type(error).__name__}
                    words["whole"] = Whole(False)
                    line = line_of(error)
                    where = f" It stopped with {type(error).__name__}" + (f" in your line `{line}`." if line else ".")
                    found.setdefault(slip.name, Finding(slip.name, slip.says.format_map(words) + where))
        return found.popitem()[1] if len(found) == 1 else None

    def _asked_in(self, error):
        """The line of the exercise's `call` that was under way: two shapes disagree alike in many places."""
        trace, asks = error.__traceback__, getattr(self.task.call, "__code__", None)
        while trace is not None and trace.tb_frame.f_code is not asks:
            trace = trace.tb_next
        return trace and trace.tb_lineno

    def _ends_alike(self, slip, case):
        """Do the learner's lines and this slip give the same in a case, or raise the same, whatever place it names?"""
        given = copy.deepcopy(case)
        mine, theirs = (_ended(call) for call in (lambda: snapshot(self.task.use_learners(self.piece, given)),
                                                  lambda: self._made(slip, case)))  # fmt: skip
        if isinstance(mine, Exception) or isinstance(theirs, Exception):
            return type(mine) is type(theirs) and NUMBER.sub("", words_of(mine)) == NUMBER.sub("", words_of(theirs))
        return equal(mine, theirs, self.task.tolerance)

    def _is_shown(self, mistake):
        """Where a mistake's sentence speaks of the learner's lines: are they so?"""
        return not mistake.shows or bool(self.lines and mistake.shows(self.lines))

    def _made(self, mistake, case):
        """What somebody who makes this mistake gets in this case."""
        if not isinstance(mistake, Slip):
            return mistake.wrong(**copy.deepcopy(case))
        key = self.task.number, mistake.changes, id(case)
        if key not in _slipped:
            piece = book.changed_piece(self.task.number, self.task.piece, mistake.changes)
            _slipped[key] = snapshot(self.task.use(piece, copy.deepcopy(case)))
        return _slipped[key]

    def _is_made(self, mistake, case, mine, right, so_far):
        """Does somebody who makes this mistake get what the learner got in this case, or `so_far`, up to `last`?"""
        wrong = self._made(mistake, case)
        if so_far:
            wrong = self._until(wrong, mine, right)
        return wrong is not None and equal(mine, wrong, self.task.tolerance)

    def _until(self, wrong, mine, right):
        """The values of a mistake up to the learner's first wrong part: what comes after it may be right or wrong."""
        if not all(isinstance(one, Mapping) and right.keys() <= one.keys() for one in (wrong, mine)):
            return wrong
        names = list(right)
        bad = next((name for name in names if not equal(mine[name], right[name], self.task.tolerance)), None)
        if not bad:  # what the learner has right to the end, who makes this mistake has right too
            return wrong
        end = self.last if self.last in right else bad or names[-1]
        first = names.index(end) + 1
        if end.startswith("whether "):  # one yes or no alone comes about in many ways
            first += len([*itertools.takewhile(lambda name: name.startswith("whether "), names[first:])])
        names = names[:first]
        if bad in names and numeric(mine[bad]) is not None and not np.isfinite(numeric(mine[bad])).all():
            return None  # nan is nan, wherever it comes from: that proves nothing
        return {name: wrong[name] for name in names}

    def _said(self, mistake, told, whole=True):
        """The sentence of a mistake with the values of the first case that is wrong, and that it makes wrong itself."""
        wrong = [three for three in self.so_far if not equal(three[1], three[2], self.task.tolerance)]
        own = wrong if mistake in self.task.mistakes else []
        alone = [three for three in own if not self._is_right_in(mistake, *three[::2])]
        case, mine, right = (alone or wrong)[0]
        if isinstance(right, Mapping) and isinstance(mine, Mapping):
            mine = next(mine[k] for k in right if not equal(mine[k], right[k], self.task.tolerance))
        words = {name: short(value) for name, value in case.items()} | {"yours": brief(mine), "whole": Whole(whole)}
        return told.format_map(words) + _tried_with(told, case)

    def _is_right_in(self, mistake, case, right):
        try:
            return equal(self._made(mistake, case), right, self.task.tolerance)
        except (Exception, SystemExit):
            return False


def _ended(call):
    """What a call gives, or the exception that ends it."""
    try:
        return call()
    except Exception as error:
        return error


def _tried_with(says, case):
    """What a named mistake was tried with, where its sentence quotes the learner's value alone, and it is short."""
    given = ", ".join(f"{name} = {short(value)}" for name, value in case.items())
    quotes = any(f"{{{name}}}" in says for name in case)
    plain = all(isinstance(value, (np.ndarray, int, float)) for value in case.values())
    shown = "{yours}" in says and plain and not quotes and len(given) <= GIVEN and "array of shape" not in given
    return f" Tried with {given}." if shown else ""
