"""The search for the mistake behind a wrong value, or behind an exception.

The exercise's own mistakes come first, then one change of the learner's lines that puts all right, then what is common
to all exercises. What cannot be proven in time is not said.
"""

import ast
import copy
import itertools
import re
import time
from collections.abc import Mapping

import numpy as np

from lessons.checks.judge import search as times
from lessons.checks.judge.compare import Finding, compare, numeric, short
from lessons.checks.judge.declared import Declared
from lessons.checks.judge.defaults import put, written_in
from lessons.checks.judge.errors import explain, line_of, words_of
from lessons.checks.judge.learner import Lines, lines_of, source_of
from lessons.checks.judge.manners import equal, numbers_alone
from lessons.checks.judge.mistake import Slip
from lessons.checks.judge.probes import (
    COMES_OUT,
    exchanged,
    probe,
    same_for_all,
    unread_argument,
    unread_attribute,
    unused_numbers,
)
from lessons.checks.judge.seen import code_of, ends_at_once, minus_zero, one_for_all
from lessons.checks.judge.slips import is_shown, slips
from lessons.checks.judge.verdict import sentence
from lessons.checks.remember import book
from nnlib.lines import MENDED, NTH, SURE, mends, quoted

BARE = ("wrong-value", "some-wrong", "some-signs", "constant-ratio", "constant-shift", "wrong-shape", "all-zero",
        "cut-off", "one-number")  # only that it is wrong, and where
NOTHING = ("returned-none", "half-written", "object-returned")  # no number that a mistake could be known by
PLAIN = ("some-wrong", "wrong-value")
LOUD = "not-added-up"  # ends in an exception of its own: `*` cannot stretch what `@` takes together
MENDED_HERE = "With that mended, this comes out right, and not yet all that is tried besides."
MULTIPLES = (2, 0.5, 4, 0.25, 3, 1 / 3)  # what two slips that multiply may come to
QUESTION = re.compile(r"(?<=\.) [^.]*\?$")


def named_anyway(look):
    """`look()`, or None where looking has a fault of ours: then what is proven, that it is wrong, is said."""
    try:
        return look()
    except Exception:
        if times.STRICT:
            raise
        return None


class Naming:
    """Looks for the name; `case` is the one with the first wrong value, or that in which an exception was raised."""

    def __init__(self, task, piece, case, yours, expected, search):
        self.task, self.piece, self.case, self.yours, self.expected = task, piece, case, yours, expected
        self.search, self.declared = search, Declared(task, piece, yours, expected)
        self.solution = book.exercise_cell(task.number)[0]
        self.first_to_try = sorted(zip(task.cases, expected, strict=True), key=lambda pair: pair[0] is not case)

    def of_value(self, finding):
        """The mistake behind the first wrong value, or None: those of the exercise, then those of any exercise.

        One change of the learner's own lines that puts all right is a simpler story than two mistakes at once.
        """
        bare = finding.name in BARE
        if finding.name in NOTHING:
            mended = self._mended()
            return mended and Finding(finding.name, f"{answered(finding)} {mended.says}")
        lines = lines_of(self.piece)
        if lines and lines.names_alone() and (mended := self._mended(kinds=SURE)):
            return Finding(mended.name, f"{answered(finding)} {mended.says}")
        named, mended = self._one_thing(finding, bare)
        if not named and not mended and bare:
            named = unread_attribute(self.task, self.piece)
        if not named and not mended:
            named, mended = self._several_things(finding)
        if mended:
            says = answered(finding)
            line = re.match(r"In your line `.*?` ", mended.says)
            told = mended.says.replace(line[0], "In that line ", 1) if line and line[0] in says else mended.says
            return Finding(mended.name if bare else finding.name, f"{says} {told}")
        if not named and finding.name in ("nan", "infinite"):  # of the others no number tells anything
            named = probe(self.task, self.piece, self.yours, self.expected, self.search, kinds=(exchanged,))
        if not named and finding.name in ("a-part-only", "empty"):
            named = self._unread(finding.says)
        return named if named or not bare else self._of_any_exercise(finding)

    def _one_thing(self, finding, bare):
        """`(named, mended)`: a declared mistake, or the small change that puts all right; at most one of the two."""
        named = self.declared.named(self.search.among(self.task.mistakes))
        named = named or (self._rounded() if bare else None) or written_in(self.task, self.piece, self.expected)
        if named and finding.name in ("nan", "infinite"):  # nan comes about in many ways: a line that is proven is more
            return named, self._mended(kinds=SURE)
        if named:
            return named, None
        if line := ends_at_once(self.piece):  # whatever else would put it right
            says = f"Your line `{line}` stands inside the loop: it ends the function in the first round."
            return None, Finding("return-in-the-loop", says)
        return None, self._mended(far=False)

    def _several_things(self, finding):
        """`(named, mended)`: two slips at once, a larger change, or a mistake that gives the first wrong value."""
        pair = self.declared.named(self.search.among(self.declared.pairs(self.search)))
        if pair:
            mended = self._mended(far=True)
        elif named := self.declared.named(self.search.among(self.task.mistakes), so_far=True):
            return named, None
        else:
            mended = self._mended(far=True)
        mended = mended or self._one_number()  # one number is a simpler story than two slips that multiply
        if not mended and not pair and finding.name == "a-part-only":
            mended = self._mended(cut_alone=True)
        return (None, mended) if mended else (pair, None)

    def _of_any_exercise(self, finding):
        """Of what only is known that it is wrong: the finding that holds in all cases, or None."""
        if finding.name in PLAIN and (line := one_for_all(self.piece)):
            says = f"Your line `{line}` looks at one number alone, and what it decides is done to all of them."
            return Finding("one-for-all", f"{sentence(finding.says)} {says}")
        over_all = self._over_all_cases() if finding.name == "wrong-value" else None
        if over_all and over_all.name not in BARE:
            return over_all
        task, piece, yours, expected = self.task, self.piece, self.yours, self.expected
        return (probe(task, piece, yours, expected, self.search)
                or self._slip()
                or (unused_numbers(task, piece, yours, expected) if finding.name in PLAIN else None)
                or same_for_all(task, yours, expected)
                or over_all or minus_zero(piece))  # fmt: skip

    def of_exception(self, error):
        """The slip that raises the same exception, or the change that puts it right; or None."""
        own = [mistake for mistake in self.task.mistakes if isinstance(mistake, Slip)]
        if named := self.declared.raised_alike(error, self.search.among(own)):
            return named
        here = explain(error, self.task.piece, {}, mend=False).says
        mended = self._mended()
        if mended and not (isinstance(error, AttributeError) and mended.name == "another-attribute"):  # misspelt
            says = mended.says.replace(f"In your line `{line_of(error)}` ", "There ")
            if "not subscriptable" in words_of(error):
                says = re.sub(r"takes only a part of (`.*?`)", r"asks for a part of \1, which is one thing", says)
            return Finding(mended.name, f"{here} {says}")
        lines = lines_of(self.piece)
        if lines and lines.has(ast.Mult) and not lines.has(ast.MatMult):
            named = self.declared.raised_alike(error, self.search.among(self._loud()), goes_on=False)
        if not named and isinstance(error, ValueError) and re.search("matmul|broadcast", words_of(error)):
            named = self._unread(here)
        return named

    def _unread(self, here):
        """An argument that no line reads, said behind what came `here`; or None."""
        solution = book.solution_piece(self.task.number, self.task.piece)
        unread = unread_argument(self.task, self.piece, solution)[0]
        return Finding("unused-argument", f"{sentence(here)} {unread}") if unread else None

    def _over_all_cases(self):
        """A factor or a shift that a single number does not show, but the numbers of all cases together do."""
        for mine, right in zip(self.yours, self.expected, strict=False):
            if isinstance(right, Mapping) or np.shape(right) != np.shape(mine):
                return None
        mine, right = (np.concatenate([np.ravel(one) for one in values]) for values in (self.yours, self.expected))
        what = self.task.what
        finding = compare(mine, right, what=what, tolerance=self.task.tolerance)
        if finding and finding.name in ("constant-ratio", "constant-shift", "all-zero", "whole-numbers"):
            says = sentence(finding.says.replace(f"Every number of {what}", what))
            return Finding(finding.name, f"I tried several inputs. {says}")
        return None

    def _rounded(self):
        """Are the values of all cases the right ones, rounded to the same number of places?"""
        pairs = list(zip(self.yours, self.expected, strict=False))
        few = len(self.yours) < min(2, len(self.expected))
        if few or any(isinstance(right, Mapping) or np.shape(mine) != np.shape(right) or numeric(mine) is None
                      for mine, right in pairs):  # fmt: skip
            return None
        for places in range(1, 10):
            if all(np.allclose(np.asarray(mine, float), np.round(np.asarray(right, float), places), rtol=0, atol=1e-12)
                   for mine, right in pairs):  # fmt: skip
                return Finding("rounded", f"{sentence(self.task.what)} is rounded to {places} place"
                               f"{'s' * (places > 1)}. What comes later needs every digit: return the number as it "
                               "is.")  # fmt: skip
        return None

    def _slip(self):
        """A small wrong variant of the solution that gives the learner's values in every case tried, to nine digits.

        The case with the first wrong value is asked first: there most variants are ruled out.
        """
        task, begun, lines = self.task, time.thread_time(), lines_of(self.piece)
        with numbers_alone():
            for case in copy.deepcopy(task.cases):
                task.use(book.solution_piece(task.number, task.piece), case)
            if time.thread_time() - begun > self.search.seconds / 40:  # a piece that trains: no time for many of it
                return None
            pairs = sorted(zip(task.cases, self.yours, strict=False), key=lambda pair: pair[0] is not self.case)
            for slip in self.search.among(slips(self.solution, task.piece), share=1):
                if lines and not is_shown(slip, lines):
                    continue
                namespace = dict(book.solution_namespace(task.number))
                try:
                    exec(compile(slip.text, "<slip>", "exec"), namespace)
                    with np.errstate(all="ignore"):
                        alike = all(equal(mine, task.use(namespace[task.piece], copy.deepcopy(case)), 1e-9)
                                    for case, mine in pairs)  # fmt: skip
                except Exception:
                    continue
                if alike and self._has_sizes(slip):
                    return Finding(slip.kind, f"{COMES_OUT} when {slip.says}.")
        return None

    def _has_sizes(self, slip):
        """Is what a slip divides by the size of an array, and not of something that has none to speak of?"""
        of = re.search(r"the size of `(\w+)` along", slip.says)
        return not of or isinstance(self.task.cases[0].get(of[1], np.ones(1)), np.ndarray)

    def _loud(self):
        """The solution's slips that most often end in an exception, for as long as there is time to try them."""
        for slip in self.search.among(slips(self.solution, self.task.piece), share=1 / 3):
            if slip.kind == LOUD:
                says = f"A right `{self.task.piece}` with one change stops in the same way: {slip.says}."
                yield Slip(slip.kind, ((self.solution, slip.text),), says)

    def _mended(self, far=None, cut_alone=False, kinds=None):
        """The small change of the learner's lines that puts all cases right; or None.

        `cut_alone` asks for what cuts off what is missing in this case, though other cases are wrong besides.
        """
        text, found = source_of(self.piece), None
        if not text:
            return None
        pairs = self.first_to_try[:1] if cut_alone else self.first_to_try
        for mend in self.search.among(mends(text, self.solution, far), share=1 / 3):
            if kinds is not None and mend.kind not in kinds:  # they come first
                break
            if cut_alone and mend.kind != "index-too-many":
                continue
            if (found and mend.kind != "too-much") or not self.task.comes_right(mend.text, self.piece, pairs):
                continue
            if self._was_given(text, mend.text) or Lines(mend.text).one_round():
                continue  # who is told of something else is left with a loop that is none
            found = Finding(mend.kind, f"{mend.says} {MENDED_HERE if cut_alone else MENDED}")
            if mend.kind != "other-axis-counted":  # an axis of length 1: then nothing may be to be divided at all
                return found
        return found

    def _one_number(self):
        """The one number in the learner's lines that a simple multiple of it would put all right; or None."""
        text = source_of(self.piece) or ""
        tree = ast.parse(text)
        ends = {id(one) for place in ast.walk(tree) if isinstance(place, ast.Slice) for one in ast.walk(place)}
        every = [one for one in ast.walk(tree) if isinstance(one, ast.Constant) and id(one) not in ends
                 and type(one.value) in (int, float) and one.value]  # fmt: skip  # any end is right that is far enough
        for one, times_it in self.search.among(itertools.product(every, MULTIPLES), share=1 / 6):
            made = put(text, [one], [repr(one.value * times_it)])
            if self.task.comes_right(made, self.piece, self.first_to_try) and not self._was_given(text, made):
                line = quoted(text.splitlines()[one.lineno - 1])
                alike = sorted(it.col_offset for it in every if it.lineno == one.lineno and it.value == one.value)
                which = f" (the {NTH[alike.index(one.col_offset)]} in that line)" if 1 < len(alike) <= len(NTH) else ""
                says = f"In your line `{line}` the {short(one.value)} is another number than the one that belongs there"
                return Finding("constant", f"{says}{which}. {MENDED}")
        return None

    def _was_given(self, text, mended):
        """Is a line changed that stands in the blank cell? It is right: another one must be to blame."""
        given, mine, kept = map(code_of, (book.exercise_cell(self.task.number)[1], text, mended))
        gone = [line for line in mine if line not in kept]
        return bool(gone) and all(line in given for line in gone)


def answered(finding):
    """What a finding says, without the question at its end."""
    return QUESTION.sub("", sentence(finding.says))
