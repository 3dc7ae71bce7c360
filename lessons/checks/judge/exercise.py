"""The kinds of exercise, and how each is judged. A lesson's exercises are declared in `lesson_NN.py`.

- `Exercise`: write a function or a class. It is called with prepared cases; the right values come from the
  lesson's own solution cell, so the two cannot drift apart.
- `Answer`: work numbers out by hand and put them into variables.
- `Choice`: pick a letter (a recall question), `Prediction`: pick a letter before seeing.
- `Order`: put lines in order (a Parsons problem).

Adding one takes about twenty lines: number, title, three hints, cases, and the mistakes worth naming, each as
the function that makes it. A learner's value that equals a mistake's value in every case gets its name.
"""

import ast
import contextlib
import copy
import dis
import inspect
import itertools
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from lessons.checks import pristine
from lessons.checks.judge import guard
from lessons.checks.judge.compare import NOT_FINITE, Finding, brief, close, compare, digits, numeric, short
from lessons.checks.judge.defaults import put, written_in
from lessons.checks.judge.errors import explain, kind_of, line_of, shape_or_value, words_of
from lessons.checks.judge.learner import Lines, blank_like, founded, lines_of, names_used, second_name, source_of
from lessons.checks.judge.probes import (
    COMES_OUT,
    NAN_LOST,
    WHOLE_CUT,
    WHOLE_STOPS,
    cut_to_whole,
    exchanged,
    nan_hidden,
    one_array,
    probe,
    remembered,
    same_for_all,
    unread_argument,
    unread_attribute,
    unused_numbers,
    where_wrong,
)
from lessons.checks.judge.slips import is_shown, slips
from lessons.checks.judge.typed import with_brackets
from lessons.checks.remember import book
from nnlib.lines import MENDED, NTH, SURE, mends, quoted

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
PATIENCE = 0.7  # seconds that the second call may cost; an answer comes within five
heard_so_far = None  # in a process of its own (`apart`): told what is proven before the search for its name ends
SEARCH = 0.375  # of the time for a check, in seconds of the processor: to look for a small slip
SHARE = 0.6  # of the time for a check: then no more names are looked for, and what is proven is said
BESIDE = "beside"  # what is said beside a PASSED, of what the exercise does not ask for
LOUD = "not-added-up"  # ends in an exception of its own: `*` cannot stretch what `@` takes together
BARE = ("wrong-value", "some-wrong", "some-signs", "constant-ratio", "constant-shift", "wrong-shape", "all-zero",
        "cut-off", "one-number")  # only that it is wrong, and where
NOTHING = ("returned-none", "half-written", "object-returned")  # no number that a mistake could be known by
FACTORS = {"constant-ratio", "mean-missing", "averaged-twice"}
STORIES = {"sign", "some-signs", "constant-shift", "other-order", "whole-numbers", *FACTORS}  # of all numbers of a case
SHAPES = ("flat-vector", "extra-axis", "wrong-shape", "one-number", "broadcast")
MENDED_HERE = "With that mended, this comes out right, and not yet all that is tried besides."
PLAIN = ("some-wrong", "wrong-value")
GIVEN = 80  # characters of what a piece was called with, beside the name of a mistake
MULTIPLES = (2, 0.5, 4, 0.25, 3, 1 / 3)  # what two slips that multiply may come to
PAIRS_LIMIT = 1.0  # seconds to look for two slips at once

CLAIM = re.compile(r"^(Your f|The weights' gradient|The bias's gradient) is right\. ")  # for all that was tried
QUESTION = re.compile(r"(?<=\.) [^.]*\?$")

STRICT = False  # in tests: a fault in looking for a name is raised, not passed over

_numbers_only = []  # not empty while small slips are tried: what an object does besides is no question then
_slipped = {}  # what each slip gives in each case: the same every time


class Outcome(StrEnum):
    PASSED = "PASSED"
    FAILED = "FAILED"
    NOT_ATTEMPTED = "NOT ATTEMPTED"


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check, what was found (beside a PASSED too), and what the code printed on the way."""

    outcome: Outcome
    finding: Finding | None = None
    printed: str = ""


@dataclass
class _Search:
    """The search for the name of a mistake: what is proven before it begins, and when it has to end."""

    until: float
    seconds: float  # of the processor
    proven: Verdict | None = None

    def prove(self, verdict):
        """Keep what is proven by now: it is said should the name never be found."""
        self.proven = verdict
        if heard_so_far:
            heard_so_far(verdict)

    def among(self, candidates):
        """The candidates, for as long as there is time."""
        return itertools.takewhile(lambda _: time.monotonic() < self.until, candidates)


class Spoilt(Exception):
    """Raised by an exercise's `call` where the way a piece works is wrong, whatever its numbers are."""

    def __init__(self, finding):
        super().__init__(finding.says)
        self.finding = finding


@contextlib.contextmanager
def tried_with(words):
    """What an `exercise.call` asks besides its case: an exception of the learner's is told with these words."""
    try:
        yield
    except Exception as error:
        error.tried_with = words
        raise


def gives_itself(returned, given):
    """Where `step` changes an array in place and is to return it: a copy of it is another array."""
    alike = isinstance(returned, np.ndarray) and close(returned, given)
    if alike and not _numbers_only and not np.shares_memory(returned, given):
        text = "What `step` returns has the right numbers and is another array than the one that it was given: a "
        text += "copy, which no layer looks at. Return the array itself."
        raise Spoilt(Finding("copy-returned", text))


def leaves_alone(thing, *arguments, keeps):
    """`thing(*arguments)`, an object or a method of one, which must leave its attributes `keeps` as they were; new
    attributes are welcome.
    """
    if _numbers_only:
        return thing(*arguments)
    call, thing = thing, getattr(thing, "__self__", thing)
    before, built = {name: copy.deepcopy(getattr(thing, name, None)) for name in keeps}, []
    if hasattr(thing, "build") and hasattr(thing, "__dict__"):
        build = thing.build
        thing.build = lambda *given, **named: (built.append(1), build(*given, **named))[1]
    value = call(*arguments)
    getattr(thing, "__dict__", {}).pop("build", None)
    pristine.restore()
    if built:
        raise Spoilt(Finding("builds-anew", "Your object calls `build` whenever it is called, so it has new random "
                             "weights each time and can never learn. `build` is called once, by others."))  # fmt: skip
    for name in keeps:
        after = getattr(thing, name, None)
        if not _same(before[name], after):
            who = "object" if call is thing else f"`{call.__name__}`"
            text = f"Your {who} changes its own `self.{name}` when it is called: {short(before[name])} before, "
            text += f"{short(after)} after. The next call starts from there. Give the result a name of its own."
            raise Spoilt(Finding("changes-itself", text))
    return value


def asks_anew(thing, arguments, others):
    """`thing.gradient(*arguments)`: neither it nor a call may depend on what the other was asked with before."""
    if _numbers_only:
        return _kept((thing(*copy.deepcopy(arguments)), thing.gradient(*arguments))[1])
    first = copy.deepcopy(arguments)
    value, kept = _kept(thing(*copy.deepcopy(first))), _kept(thing.gradient(*arguments))
    try:
        called_alone = copy.deepcopy(thing)
        called_alone(*copy.deepcopy(others))
        by_calls = not close(called_alone(*copy.deepcopy(first)), value)
        thing(*copy.deepcopy(others))
        again = thing.gradient(*copy.deepcopy(first))
        thing.gradient(*copy.deepcopy(others))
        called = thing(*first)
        pristine.restore()
    except Exception:  # what goes wrong with other sizes is found, and said better, by the exercise's other cases
        return kept
    text = "it works with what was left behind. Work on the arguments that come in."
    if numeric(kept) is not None and not close(again, kept):
        told = "`gradient` gives another answer once the object was called with other numbers: "
        raise Spoilt(Finding("remembers", told + text))
    if numeric(value) is not None and not close(called, value):
        asked = "it was called with" if by_calls else "`gradient` was asked about"
        told = f"Calling the object gives another answer once {asked} other numbers: "
        raise Spoilt(Finding("remembers", told + text))
    return kept


SAME_ARRAY = Finding("same-array-again", "Your object gives the same array in each call, and writes into it: whoever "
                     "still has what an earlier call gave finds other numbers in it. Make a new array in each "
                     "call.")  # fmt: skip


def keeps_off(thing, arguments, others):
    """What `thing(*arguments)` and its `gradient` gave stays as it is when the object is asked with `others`."""
    if _numbers_only:
        return
    gave = [one(*copy.deepcopy(arguments)) for one in (thing, thing.gradient)]
    before = [_kept(one) for one in gave]
    for one in (thing, thing.gradient):
        one(*copy.deepcopy(others))
    pristine.restore()
    if any(numeric(mine) is not None and not close(mine, was, 0.0) for mine, was in zip(gave, before, strict=True)):
        raise Spoilt(SAME_ARRAY)


@dataclass(frozen=True)
class Mistake:
    """A mistake worth naming. `wrong(**case)` makes it; `says` may quote `{yours}` and the case's arguments.

    Where `says` speaks of the learner's lines, `shows(lines)` tells whether they are so: else it is not said.
    """

    name: str
    wrong: Callable
    says: str
    shows: Callable | None = None


@dataclass(frozen=True)
class Slip:
    """A mistake made in the lesson's own solution: `changes` are pairs of a text in it and what stands in its place.

    The changed piece is used exactly as the learner's is, so its values, or the exception that it raises, prove the
    name. Two slips at once are tried as well.
    """

    name: str
    changes: tuple
    says: str
    shows: Callable | None = None
    of: tuple = ()  # two slips at once: each is told of the first case in which it shows


@dataclass(frozen=True, kw_only=True)
class Task:
    """What all exercises have: `number` ("02.3"), `title`, three `hints`, and one sentence for the success."""

    number: str
    title: str
    hints: tuple
    praise: str

    @property
    def lesson(self):
        return self.number.split(".")[0]

    def prepare(self):
        """Read from the lesson what judging needs; a letter needs nothing."""

    def stopped(self, printed=""):
        """The verdict where the learner stopped the check."""
        return _failed("stopped", "You stopped the check before it had ended.", printed)

    def endless(self, more="", printed=""):
        """The verdict on an answer that had to be stopped."""
        text = f"{self.written} had not come to an end after {guard.LIMIT:g} s, so I stopped it. "
        return _failed("endless", text + "Is there a loop whose condition never becomes False, or work "
                       "for far more numbers than came in?" + more, printed)  # fmt: skip

    def died(self, status, no_memory):
        """The verdict on an answer that took its process along: with a status, or minus the number of a signal."""
        if no_memory:
            return _failed("raises-MemoryError", f"{self.written} stopped with MemoryError: it asks for far more "
                           "memory than needed here. Is there a list or an array that grows for ever?")  # fmt: skip
        if status is not None and status >= 0:
            return _failed("exits", f"{self.written} ends Python itself, which would end the whole notebook. `return` "
                           "leaves a function.")  # fmt: skip
        return _failed("crashes", f"{self.written} made Python crash, as recursion without end does once its limit is "
                       "raised. The check ran apart, so your notebook is as it was.")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Exercise(Task):
    """Write `piece`, a function or a class.

    `cases` are dictionaries of arguments. `call(piece, **case)` uses the piece and returns a value, or a
    dictionary of named values; without it the piece is called with the case's values in their order.
    `needs` are the numbers of exercises whose pieces this one uses: where they no longer pass, that is said.
    `results` names what comes back, where that is more than one thing, `shapes` the shape of each, in letters.
    `tried` says in words what a case is, where the learner's piece does not get its values as they stand there.
    `unchanged` says why what is handed over must be the same afterwards, and what keeps it so.
    `examples` is the argument whose last axis counts the examples, to recognise a missing mean.
    `places` names what stands at each place of a result that is a vector.
    `whole` names arrays that people write down in whole numbers, from which no part of one may be lost; `unsaid`: the
    lesson does not say that these may come, so who loses a part passes and is told.
    `nan_comes_out`: the lesson wants to see a nan; `nan_cases` have one, besides the `cases` into which one is put.
    `beside(piece)` says what is to be known of a right piece, though it was not asked for: beside the PASSED; or "".
    """

    piece: str
    cases: tuple
    mistakes: tuple = ()
    call: Callable | None = None
    what: str = "the result"
    examples: str | None = None
    needs: tuple = ()
    results: tuple = ()
    shapes: tuple = ()
    places: tuple = ()
    whole: tuple = ()
    unsaid: bool = False
    tried: Callable | None = None
    unchanged: str = "Whoever calls it still needs the old value: make a new array instead."
    tolerance: float = 1e-6
    nan_comes_out: bool = False
    nan_cases: tuple = ()
    beside: Callable | None = None

    kind = "write"

    def judge(self, namespace, given=None):
        if given is None and self.piece not in namespace:
            text = f"There is no `{self.piece}` yet. Run the cell above that begins with its definition."
            return Verdict(Outcome.NOT_ATTEMPTED, Finding("not-there", text))
        piece = namespace[self.piece] if given is None else given
        if piece is Ellipsis:
            return Verdict(Outcome.NOT_ATTEMPTED)
        limit = guard.LIMIT
        stub, reference = book.stub_piece(self.number, self.piece), book.solution_piece(self.number, self.piece)
        try:
            expected = [self._call(reference, copy.deepcopy(case)) for case in self.cases]
        except Exception as error:
            return _failed("broken-tools", "The reference solution itself does not run any more "
                           f"({type(error).__name__}: {error}). Something that both of us use, NumPy perhaps, was "
                           "changed in this notebook. Restart the kernel and run the cells again.")  # fmt: skip
        with _Untouched(namespace, piece) as untouched:
            search = _Search(time.monotonic() + SHARE * limit, SEARCH * limit)
            run = guard.run(lambda: self._judge(piece, stub, expected, search), limit)
        verdict = search.proven if run.timed_out and search.proven else self._from_run(run)
        if run.printed and verdict.finding and verdict.finding.name == "returned-none":
            text = f"`{self.piece}` shows its result with `print` and gives nothing back. What a function is to give "
            return _failed("printed", text + "back stands behind `return`.", verdict.printed)
        if verdict.outcome is Outcome.FAILED and (search.proven or not run.timed_out):
            return self._deeper(verdict, namespace)
        if untouched.changed and verdict.outcome is Outcome.PASSED:
            names = ", ".join(f"`{name}`" for name in untouched.changed)
            text = f"`{self.piece}` changes {names}, a variable of the notebook, each time it is called. I have put "
            text += "the old value back. Work on the arguments and return the result."
            return Verdict(Outcome.FAILED, Finding("changes-a-global", text), verdict.printed)
        return verdict

    def _judge(self, piece, stub, expected, search):
        """Runs inside the guard: everything that touches the learner's objects happens here."""
        if blank_like(piece, stub):
            return Verdict(Outcome.NOT_ATTEMPTED)
        if not callable(piece):
            return _failed("wrong-type", f"`{self.piece}` is {short(piece)}. It should be "
                           f"{'a class' if isinstance(stub, type) else 'a function'}.")  # fmt: skip
        if isinstance(stub, type) and not isinstance(piece, type):
            return _failed("wrong-type", f"`{self.piece}` is a {type(piece).__name__}, but should be a class. Is the "
                           "line `class …:` still there?")  # fmt: skip
        yours, begun, shared, first, nearly = [], time.monotonic(), "", None, None
        held = {name: copy.copy(it) for name, (it, count) in _of_class(piece).items() if count is not None}
        for number, case in enumerate(self.cases):
            given, before = copy.deepcopy(case), _of_class(piece)
            try:
                value = self._of_learner(piece, given)
            except (Exception, SystemExit) as error:
                early = self._first_wrong(piece, yours, expected, search)
                if isinstance(error, Spoilt):
                    return early or Verdict(Outcome.FAILED, error.finding)
                if early and early.finding.name in SHAPES:
                    return self._and_then(early.finding, error, case)
                if shared and yours and (not early or early.finding.name in BARE):
                    return _failed("shared-by-all", _of_all(shared))
                return early or Verdict(Outcome.FAILED, self._raised(error, piece, yours, expected, search))
            parts = list(value.values()) if self.call and isinstance(value, Mapping) else [value]
            if number == 0 and parts and all(part is Ellipsis for part in parts):
                return Verdict(Outcome.NOT_ATTEMPTED)
            shared, first = shared or _shared(piece, before), value if number == 0 else first
            changed = [name for name in case if not _same(case[name], given[name], 1e-12)]
            if changed:
                before, after = short(case[changed[0]]), short(given[changed[0]])
                text = f"`{self.piece}` changes `{changed[0]}`, which it was given"
                if self.call:  # it may have been called several times, and may have another name for what it was given
                    given_it = f"`{changed[0]}`, which" if changed[0] in _arguments(piece) else "an array that"
                    text = f"`{self.piece}` changes {given_it} it was given"
                    if len(before) < 120 and "[[[[" not in before:
                        text += f": {before}"
                        text += f" before the call, {after} after it" if len(after) < 60 and before != after else ""
                elif len(before) + len(after) < 120 and before != after:
                    text += f": it was {before} before the call and is {after} after it"
                text += second_name(piece, changed[0] if self.call else _nth_argument(piece, list(case), changed[0]))
                return _failed("changes-its-arguments", f"{text}. {self.unchanged}")
            nearly = nearly or next((name for name in case if not _same(case[name], given[name], 0)), None)
            yours.append(_kept(value))
        wrong = self._first_wrong(piece, yours, expected, search)
        unread = wrong and wrong.finding.name == "unused-argument" and f"`{shared}`" in wrong.finding.says
        if shared and wrong and (unread or wrong.finding.name in BARE or self._right_apart(piece, held, expected)):
            return _failed("shared-by-all", _of_all(shared))
        if wrong:
            return wrong
        if shared:  # what it does a second time, and whether it stops, is chance: the `id` of an array that is gone
            return _failed("shared-by-all", _of_all(shared))
        quick = time.monotonic() - begun < PATIENCE
        kept = remembered(self, piece, yours) if quick and not self.call else None
        again = Verdict(Outcome.FAILED, kept) if kept else self._second_time(piece, expected, first) if quick else None
        found = None if again else nan_hidden(self, piece)
        if quick and not again and (not found or found.name == NAN_LOST):
            found = cut_to_whole(self, piece) or found
        if quick and self.beside and not again and not found and (says := self._said_beside(piece)):
            found = Finding(BESIDE, says)
        passed = not found or found.name in (NAN_LOST, WHOLE_CUT, WHOLE_STOPS, BESIDE)
        if nearly and not found:
            found = Finding("nearly-put-back", f"One thing to know: after the call the last digits of `{nearly}` are "
                            "others than before. What is added and taken away again is rounded each time: keep the old "
                            "number, and put that back.")  # fmt: skip
        return again or Verdict(Outcome.PASSED if passed else Outcome.FAILED, found)

    def _right_apart(self, piece, held, expected):
        """Whether all comes right where each object has of its own what the class held: then nothing else is wrong."""

        class Apart(piece):
            def __init__(self, *given, **named):
                vars(self).update({name: copy.copy(it) for name, it in held.items()})
                super().__init__(*given, **named)

        try:
            return bool(held) and all(
                self._compare(self._of_learner(Apart, copy.deepcopy(case)), right, case) is None
                for case, right in zip(self.cases, expected, strict=True)
            )
        except (Exception, SystemExit):
            return False

    def _said_beside(self, piece):
        """What `beside` says of a right piece, or "" where it stops there: nothing of that was asked for."""
        try:
            with np.errstate(all="ignore"):
                return self.beside(piece)
        except (Exception, SystemExit):
            return ""
        finally:
            pristine.restore()

    def _and_then(self, finding, error, case):
        """A wrong shape in an early case, and an exception in a later one: what gives it works for few arrays."""
        given = self._given(case, shapes_only=True)
        kind = "MemoryError" if isinstance(error, MemoryError) else kind_of(error)
        line = f" in your line `{line_of(error)}`" if line_of(error) else ""
        return _failed(finding.name, f"{finding.says} And with {given} it stops with {kind}{line}.")

    def _handed_over(self, piece, case, error):
        """What of a case is an argument of the learner's piece; the rest is what the check makes arguments from."""
        own = _arguments(piece) if self.call else case
        if self.call and isinstance(error, TypeError) and "argument" in words_of(error):
            own = ()  # it does not take what it was given
        return {name: value for name, value in case.items() if name in own}

    def _second_time(self, piece, expected, first):
        """The first case once more, after all others: a piece that keeps something from call to call shows it."""
        try:
            again = self._of_learner(piece, copy.deepcopy(self.cases[0]))
        except (Exception, SystemExit) as error:
            handed_over = self._handed_over(piece, self.cases[0], error)
            return Verdict(Outcome.FAILED, explain(error, self.piece, handed_over))
        if self._compare(again, expected[0], self.cases[0]) is None:
            solution = book.solution_piece(self.number, self.piece)
            theirs = one_array(first, again) and [self._call(solution, copy.deepcopy(self.cases[0])) for _ in range(2)]
            if not theirs or one_array(*theirs):
                return None
            return _failed(SAME_ARRAY.name, SAME_ARRAY.says.replace("Your object", f"`{self.piece}`"))
        return _failed("remembers", f"`{self.piece}` gives another answer when it is asked the same a second time: it "
                       "keeps something from call to call. Each call should start afresh.")  # fmt: skip

    def _of_learner(self, piece, case, restore=pristine.restore):
        """What the learner's piece gives; the names that it may have given another meaning mean the old again."""
        try:
            return self._call(self._counted(piece) if self.results else piece, case)
        finally:
            restore()

    def _counted(self, piece):
        """The piece, which must give back as many things as were asked for: fewer are no wrong numbers."""

        def asked(*arguments, **named):
            value = piece(*arguments, **named)
            several = isinstance(value, (tuple, list))
            if len(value) == len(self.results) if several else numeric(value) is None:  # no numbers: told as that
                return value
            came = f"a {type(value).__name__} of {len(value)}" if several else brief(value)
            raise Spoilt(Finding("other-count", f"Your `{self.piece}` returns {came}. {len(self.results)} things were "
                                 f"asked for, in this order: {', '.join(self.results)}."))  # fmt: skip

        return asked

    def _call(self, piece, case):
        return self.call(piece, **case) if self.call else piece(*case.values())

    def _first_wrong(self, piece, yours, expected, search):
        for case, mine, right in zip(self.cases, yours, expected, strict=False):
            finding = self._compare(mine, right, case)
            if finding:
                if finding.name in STORIES and not self._holds(finding, case, yours, expected):
                    finding = self._compare(mine, right, case, stories=False)
                if finding.name in ("nan", "infinite"):
                    where = self._where_not_finite(piece, case) or _not_finite_in(piece)
                    finding = Finding(finding.name, finding.says.replace(NOT_FINITE, where))
                if finding.name == "returned-none" and (line := _returns_sometimes(piece, finding.says)):
                    says = f"{finding.says.partition('.')[0]}: here your lines come to their end and no `return` is "
                    says += f"met. `{line}` is one, and it stands inside an `if` or a loop. What comes back otherwise?"
                    finding = Finding("returned-none", says)
                if finding.name == "returned-none" and (blank := _with_dots(piece)):
                    text = f"`{blank}` still holds its `...`: it is still to be written."
                    return _failed("half-written", text)
                bare = Verdict(Outcome.FAILED, self._in_case(finding, case, mine, right))
                search.prove(bare)
                try:
                    named = self._name(finding, case, piece, yours, expected, search)
                except Exception:  # a fault of ours in looking for the name: what is proven, that it is wrong, is said
                    if STRICT:
                        raise
                    named = None
                if named and named.says.startswith(COMES_OUT):  # how it comes about: before that, what is wrong
                    answered = Finding(finding.name, QUESTION.sub("", finding.says))
                    told = f"{self._in_case(answered, case, mine, right).says} {named.says}"
                    named = Finding(named.name, told)
                return Verdict(Outcome.FAILED, named) if named else bare
        return None

    def _where_not_finite(self, piece, case):
        """The learner's line in which a number first stops being finite, as NumPy says; "" where it says nothing."""
        try:
            with np.errstate(divide="raise", invalid="raise", over="raise"):
                self._of_learner(piece, copy.deepcopy(case))
        except FloatingPointError as error:
            words = next((words for text, words in NOT_FINITE_IN.items() if text in str(error)), None)
            return f"In your line `{line_of(error)}` {words}." if words and line_of(error) else ""
        except (Exception, SystemExit):
            pass
        return ""

    def _name(self, finding, case, piece, yours, expected, search):
        """The mistake behind the first wrong value, or None: those of the exercise, then those of any exercise.

        One change of the learner's own lines that puts all right is a simpler story than two mistakes at once.
        """
        bare = finding.name in BARE
        if finding.name in NOTHING:
            mended = self._mended(piece, case, expected, search)
            return mended and Finding(finding.name, f"{QUESTION.sub('', _sentence(finding.says))} {mended.says}")
        lines = lines_of(piece)
        if lines and lines.names_alone() and (mended := self._mended(piece, case, expected, search, kinds=SURE)):
            return Finding(mended.name, f"{QUESTION.sub('', _sentence(finding.says))} {mended.says}")
        named = self._named_mistake(search.among(self.mistakes), yours, expected, piece)
        named = named or (self._rounded(yours, expected) if bare else None) or written_in(self, piece, expected)
        mended = None
        if named and finding.name in ("nan", "infinite"):  # nan comes about in many ways: a line that is proven is more
            mended = self._mended(piece, case, expected, search, kinds=SURE)
        if not named and (line := _ends_at_once(piece)):  # whatever else would put it right
            says = f"Your line `{line}` stands inside the loop: it ends the function in the first round."
            mended = Finding("return-in-the-loop", says)
        mended = mended or (None if named else self._mended(piece, case, expected, search, far=False))
        if not named and not mended and bare:
            named = unread_attribute(self, piece)
        if not named and not mended:
            pair = self._named_mistake(search.among(self._pairs()), yours, expected, piece)
            mended = self._mended(piece, case, expected, search, far=True) if pair else None
            pair = None if mended else pair
            named = pair or (None if mended else self._named_mistake(search.among(self.mistakes), yours, expected,
                                                                     piece, so_far=True))  # fmt: skip
            mended = mended or (None if named else self._mended(piece, case, expected, search, far=True))
            if pair or not (named or mended):  # one number is a simpler story than two slips that multiply
                mended = mended or self._one_number(piece, case, expected, search)
                named = None if mended else named
            if not named and not mended and finding.name == "a-part-only":
                mended = self._mended(piece, case, expected, search, cut_alone=True)
        if mended:
            says = QUESTION.sub("", _sentence(finding.says))  # it is answered
            line = re.match(r"In your line `.*?` ", mended.says)
            told = mended.says.replace(line[0], "In that line ", 1) if line and line[0] in says else mended.says
            return Finding(mended.name if bare else finding.name, f"{says} {told}")
        if not named and finding.name in ("nan", "infinite"):  # of the others no number tells anything
            named = probe(self, piece, yours, expected, search, kinds=(exchanged,))
        if named or not bare:
            return named
        if finding.name in PLAIN and (line := _one_for_all(piece)):
            says = f"Your line `{line}` looks at one number alone, and what it decides is done to all of them."
            return Finding("one-for-all", f"{_sentence(finding.says)} {says}")
        over_all = self._over_all_cases(yours, expected) if finding.name == "wrong-value" else None
        if over_all and over_all.name not in BARE:
            return over_all
        return (probe(self, piece, yours, expected, search)
                or self._slip(piece, yours, case, search)
                or (unused_numbers(self, piece, yours, expected) if finding.name in PLAIN else None)
                or same_for_all(self, yours, expected)
                or over_all or _minus_zero(piece))  # fmt: skip

    def _over_all_cases(self, yours, expected):
        """A factor or a shift that a single number does not show, but the numbers of all cases together do."""
        for mine, right in zip(yours, expected, strict=False):
            if isinstance(right, Mapping) or np.shape(right) != np.shape(mine):
                return None
        mine, right = (np.concatenate([np.ravel(one) for one in values]) for values in (yours, expected))
        finding = compare(mine, right, what=self.what, tolerance=self.tolerance)
        if finding and finding.name in ("constant-ratio", "constant-shift", "all-zero", "whole-numbers"):
            says = finding.says.replace(f"Every number of {self.what}", self.what)
            return Finding(finding.name, f"I tried several inputs. {_sentence(says)}")
        return None

    def _rounded(self, yours, expected):
        """Are the values of all cases the right ones, rounded to the same number of places?"""
        few = len(yours) < min(2, len(expected))
        if few or any(isinstance(right, Mapping) or np.shape(mine) != np.shape(right) or numeric(mine) is None
                      for mine, right in zip(yours, expected, strict=False)):  # fmt: skip
            return None
        for places in range(1, 10):
            pairs = zip(yours, expected, strict=False)
            if all(np.allclose(np.asarray(mine, float), np.round(np.asarray(right, float), places), rtol=0, atol=1e-12)
                   for mine, right in pairs):  # fmt: skip
                return Finding("rounded", f"{_sentence(self.what)} is rounded to {places} place"
                               f"{'s' * (places > 1)}. What comes later needs every digit: return the number as it "
                               "is.")  # fmt: skip
        return None

    def _slip(self, piece, yours, first, search):
        """A small wrong variant of the solution that gives the learner's values in every case tried, to nine digits.

        `first` is the case with the first wrong value: there most variants are ruled out.
        """
        _numbers_only.append(True)
        try:
            return self._tried(lines_of(piece), yours, first, search)
        finally:
            _numbers_only.pop()

    def _tried(self, lines, yours, first, search):
        begun = time.thread_time()
        for case in copy.deepcopy(self.cases):
            self._call(book.solution_piece(self.number, self.piece), case)
        if time.thread_time() - begun > search.seconds / 40:  # a piece that trains: no time for many of it
            return None
        pairs = sorted(zip(self.cases, yours, strict=False), key=lambda pair: pair[0] is not first)
        for slip in search.among(slips(book.exercise_cell(self.number)[0], self.piece)):
            if time.thread_time() > begun + search.seconds:
                break
            if lines and not is_shown(slip, lines):
                continue
            namespace = dict(book.solution_namespace(self.number))
            try:
                exec(compile(slip.text, "<slip>", "exec"), namespace)
                with np.errstate(all="ignore"):
                    alike = all(_equal(mine, self._call(namespace[self.piece], copy.deepcopy(case)), 1e-9)
                                for case, mine in pairs)  # fmt: skip
            except Exception:
                continue
            if alike and self._has_sizes(slip):
                return Finding(slip.kind, f"{COMES_OUT} when {slip.says}.")
        return None

    def _has_sizes(self, slip):
        """Is what a slip divides by the size of an array, and not of something that has none to speak of?"""
        of = re.search(r"the size of `(\w+)` along", slip.says)
        return not of or isinstance(self.cases[0].get(of[1], np.ones(1)), np.ndarray)

    def _mended(self, piece, first, expected, search, far=None, cut_alone=False, kinds=None):
        """The small change of the learner's lines that puts all cases right, `first` being wrong now; or None.

        `cut_alone` asks for what cuts off what is missing in the `first` case, though other cases are wrong besides.
        """
        text, begun = source_of(piece), time.thread_time()
        if not text:
            return None
        order = sorted(zip(self.cases, expected, strict=True), key=lambda pair: pair[0] is not first)
        order = order[:1] if cut_alone else order
        found = None
        for mend in search.among(mends(text, book.exercise_cell(self.number)[0], far)):
            if kinds is not None and mend.kind not in kinds:  # they come first
                break
            if cut_alone and mend.kind != "index-too-many":
                continue
            if time.thread_time() > begun + search.seconds / 3:
                break
            if (found and mend.kind != "too-much") or not self.comes_right(mend.text, piece, order):
                continue
            if self._was_given(text, mend.text) or Lines(mend.text).one_round():
                continue  # who is told of something else is left with a loop that is none
            found = Finding(mend.kind, f"{mend.says} {MENDED_HERE if cut_alone else MENDED}")
            if mend.kind != "other-axis-counted":  # an axis of length 1: then nothing may be to be divided at all
                return found
        return found

    def _one_number(self, piece, first, expected, search):
        """The one number in the learner's lines that a simple multiple of it would put all right; or None."""
        text, begun = source_of(piece) or "", time.thread_time()
        order = sorted(zip(self.cases, expected, strict=True), key=lambda pair: pair[0] is not first)
        every = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Constant)
                 and type(one.value) in (int, float) and one.value]  # fmt: skip
        for one, times in search.among(itertools.product(every, MULTIPLES)):
            if time.thread_time() > begun + search.seconds / 6:
                break
            made = put(text, [one], [repr(one.value * times)])
            if self.comes_right(made, piece, order) and not self._was_given(text, made):
                line = quoted(text.splitlines()[one.lineno - 1])
                alike = sorted(it.col_offset for it in every if it.lineno == one.lineno and it.value == one.value)
                which = f" (the {NTH[alike.index(one.col_offset)]} in that line)" if 1 < len(alike) <= len(NTH) else ""
                says = f"In your line `{line}` the {short(one.value)} is another number than the one that belongs there"
                return Finding("constant", f"{says}{which}. {MENDED}")
        return None

    def _was_given(self, text, mended):
        """Is a line changed that stands in the blank cell? It is right: another one must be to blame."""
        given, mine, kept = map(_code, (book.exercise_cell(self.number)[1], text, mended))
        gone = [line for line in mine if line not in kept]
        return bool(gone) and all(line in given for line in gone)

    def comes_right(self, text, piece, pairs):
        """Does `text`, the source of a `piece` with something changed, give what is expected in all cases?"""
        around = next((it.__globals__ for it in (*vars(piece).values(), piece) if hasattr(it, "__globals__")), None)
        if around is None:
            return False
        names = dict(around) | {"print": lambda *_, **__: None}
        try:
            exec(compile(text, "<mend>", "exec"), names)
            return all(self._is_right(names[self.piece], case, right) for case, right in pairs)
        except (Exception, SystemExit):
            return False

    def _is_right(self, piece, case, right):
        given = copy.deepcopy(case)
        with np.errstate(all="ignore"):
            value = self._of_learner(piece, given)
        return self._compare(value, right, case) is None and all(_same(case[name], given[name], 1e-12) for name in case)

    def _holds(self, finding, first, yours, expected):
        """Do the other cases tell the same story? Two numbers tell many: what one case alone shows is chance."""
        part = self._first_wrong_part(yours, expected)
        by_factor = finding.name in {"sign", *FACTORS}
        enough = False
        for case, mine, right in zip(self.cases, yours, expected, strict=False):
            if part and part not in right:
                continue
            if part:
                mine, right = {part: mine.get(part)} if isinstance(mine, Mapping) else mine, {part: right[part]}
            number = numeric(mine[part] if part and isinstance(mine, Mapping) else mine)
            told = number is not None and number.size > (1 if by_factor else 2)
            other = finding if case is first else self._compare(mine, right, case)
            alike = other and (other.name == finding.name or {finding.name, other.name} <= FACTORS)
            if other and not alike and (told or finding.name == "sign"):
                return False
            enough |= bool(other) and (told or case is not first)
        return enough

    def _compare(self, mine, right, case, stories=True):
        m = np.shape(case[self.examples])[-1] if self.examples else None
        if inspect.isgenerator(mine):
            text = f"`{self.piece}` gives a generator: with `yield` nothing runs before somebody asks for it. "
            if mine.__name__ == "<genexpr>":
                text = text.replace("with `yield` nothing runs", "`(… for … in …)` runs nothing")
                return Finding("wrong-type", f"{text}Square brackets make a list.")
            return Finding("wrong-type", text + "Collect all of it in a list, and `return` that.")
        if isinstance(mine, (zip, map, filter, enumerate, reversed)):
            text = f"`{self.piece}` gives what `{type(mine).__name__}` makes, and that can be gone through only once. "
            return Finding("wrong-type", f"{text}`list(…)` around it makes a list.")
        if not isinstance(right, Mapping):
            return compare(mine, right, what=self.what, examples=m, tolerance=self.tolerance, stories=stories)
        if not isinstance(mine, Mapping) or not right.keys() <= mine.keys():
            what = next((name for name in right if not name.startswith("whether ")), next(iter(right)))
            finding = compare(mine, right[what], what=what, tolerance=self.tolerance)
            return finding or Finding("wrong-type", f"{short(mine)} comes back. Something else was asked for.")
        for name in right:
            finding = compare(mine[name], right[name], what=name, examples=m, tolerance=self.tolerance,
                              stories=stories)
            if finding and name.endswith(" (1 is yes)") and finding.name in BARE:
                no, yes = ("no", "Yes") if right[name] else ("yes", "No")
                return Finding(finding.name, f"{name.removesuffix(' (1 is yes)')}: {no}. {yes} was expected.")
            if finding:
                return finding
        return None

    def _made(self, mistake, case):
        """What somebody who makes this mistake gets in this case."""
        if isinstance(mistake, Slip):
            key = self.number, mistake.changes, id(case)
            if key not in _slipped:
                piece = book.changed_piece(self.number, self.piece, mistake.changes)
                _slipped[key] = _kept(self._call(piece, copy.deepcopy(case)))
            return _slipped[key]
        return mistake.wrong(**copy.deepcopy(case))

    def _pairs(self):
        """Two slips at once, for as long as there is time to try them."""
        end = time.thread_time() + PAIRS_LIMIT
        for one, other in itertools.combinations([m for m in self.mistakes if isinstance(m, Slip)], 2):
            if time.thread_time() > end:
                return
            if one.name == other.name:
                continue
            says = f"Two things at once. {one.says} {other.says}"
            shows = None if not (one.shows or other.shows) else (lambda lines, both=(one.shows, other.shows): all(
                shows(lines) for shows in both if shows))  # fmt: skip
            yield Slip(f"{one.name}+{other.name}", one.changes + other.changes, says, shows, (one, other))

    def _raised(self, error, piece, yours, expected, search):
        """What to say of an exception: the slip that raises the same, or what happened, and what would mend it."""
        case = self.cases[len(yours)]
        tried = getattr(error, "tried_with", "") or (f"It was tried with {self.tried(case)}." if self.tried else "")
        plain = explain(error, self.piece, self._handed_over(piece, case, error), source_of(piece) or "", tried=tried,
                        wanted=self._wanted(expected[len(yours)]))  # fmt: skip
        if time.monotonic() > search.until or plain.name == "exits":  # stopped, and the exception comes of that
            return plain
        search.prove(Verdict(Outcome.FAILED, plain))
        own = [mistake for mistake in self.mistakes if isinstance(mistake, Slip)]
        try:
            named = self._raised_alike(error, piece, yours, search.among(own))
            mended = None if named else self._mended(piece, case, expected, search)
            misspelt = isinstance(error, AttributeError) and mended and mended.name == "another-attribute"
            if mended and not misspelt:
                says = mended.says.replace(f"In your line `{line_of(error)}` ", "There ")
                if "not subscriptable" in words_of(error):
                    says = re.sub(r"takes only a part of (`.*?`)", r"asks for a part of \1, which is one thing", says)
                return Finding(mended.name, f"{explain(error, self.piece, {}, mend=False).says} {says}")
            lines = lines_of(piece)
            if not named and lines and lines.has(ast.Mult) and not lines.has(ast.MatMult):
                named = self._raised_alike(error, piece, yours, search.among(self._loud(search)))
            if not named and isinstance(error, ValueError) and re.search("matmul|broadcast", words_of(error)):
                unread = unread_argument(self, piece, book.solution_piece(self.number, self.piece))[0]
                says = f"{explain(error, self.piece, {}, mend=False).says} {unread}"
                named = Finding("unused-argument", says) if unread else None
        except Exception:  # a fault of ours in looking for the name
            if STRICT:
                raise
            named = None
        return named or plain

    def _raised_alike(self, error, piece, yours, slips):
        """The one slip that gives the learner's values so far, and then raises the very same exception."""
        case, found, lines = self.cases[len(yours)], {}, lines_of(piece)
        for slip in slips:
            if slip.shows and not (lines and slip.shows(lines)):
                continue
            try:
                before = [self._made(slip, case) for case in self.cases[: len(yours)]]
                if not all(_equal(mine, value, self.tolerance) for mine, value in zip(yours, before, strict=True)):
                    continue
                self._made(slip, case)
            except Exception as same:
                if type(same) is type(error) and str(same) == words_of(error):
                    words = {name: short(value) for name, value in case.items()} | {"yours": type(error).__name__}
                    line = line_of(error)
                    where = f" It stopped with {type(error).__name__}" + (f" in your line `{line}`." if line else ".")
                    found.setdefault(slip.name, Finding(slip.name, slip.says.format_map(words) + where))
        return found.popitem()[1] if len(found) == 1 else None

    def _loud(self, search):
        """The solution's slips that most often end in an exception, for as long as there is time to try them."""
        late, cell = time.thread_time() + search.seconds / 3, book.exercise_cell(self.number)[0]
        for slip in slips(cell, self.piece):
            if time.thread_time() > late or time.monotonic() > search.until:
                return
            if slip.kind == LOUD:
                yield Slip(slip.kind, ((cell, slip.text),), f"A right `{self.piece}` stops just so when {slip.says}.")

    def _named_mistake(self, mistakes, yours, expected, piece, so_far=False):
        """The mistake that gives the learner's values: all of them, or `so_far` as the first wrong one."""
        last = self._first_wrong_part(yours, expected) if so_far else None
        lines = lines_of(piece)
        for mistake in mistakes:
            told = founded(mistake.says, lines)
            if not told or (mistake.shows and not (lines and mistake.shows(lines))):
                continue
            try:  # case by case: most mistakes are ruled out by the first
                if not all(self._is_made(mistake, *three, last, so_far)
                           for three in zip(self.cases, yours, expected, strict=False)):  # fmt: skip
                    continue
            except Exception:  # shapes that this mistake cannot even add up, or a text that another slip has taken
                continue
            parts = [self._said(one, founded(one.says, lines), yours, expected) for one in getattr(mistake, "of", ())]
            says = f"Two things at once. {' '.join(parts)}" if parts else self._said(mistake, told, yours, expected)
            return Finding(mistake.name, says if len(yours) == len(self.cases) else CLAIM.sub("", says))
        return None

    def _said(self, mistake, told, yours, expected):
        """The sentence of a mistake with the values of the first case that is wrong, and that it makes wrong itself."""
        wrong = [three for three in zip(self.cases, yours, expected, strict=False)
                 if not _equal(three[1], three[2], self.tolerance)]  # fmt: skip
        alone = [three for three in wrong if mistake in self.mistakes and not self._is_right_in(mistake, *three[::2])]
        case, mine, right = (alone or wrong)[0]
        if isinstance(right, Mapping) and isinstance(mine, Mapping):
            mine = next(mine[k] for k in right if not _equal(mine[k], right[k], self.tolerance))
        words = {name: short(value) for name, value in case.items()} | {"yours": brief(mine)}
        return told.format_map(words) + self._tried_with(told, case)

    def _is_right_in(self, mistake, case, right):
        try:
            return _equal(self._made(mistake, case), right, self.tolerance)
        except (Exception, SystemExit):
            return False

    def _is_made(self, mistake, case, mine, right, last, so_far):
        """Does somebody who makes this mistake get what the learner got in this case, or `so_far`, up to `last`?"""
        wrong = self._made(mistake, case)
        if so_far:
            wrong = self._until(last, wrong, mine, right)
        return wrong is not None and _equal(mine, wrong, self.tolerance)

    def _first_wrong_part(self, yours, expected):
        """The name of the first part that is wrong, in the first case that is; None where there are no parts."""
        for mine, right in zip(yours, expected, strict=False):
            if isinstance(right, Mapping) and isinstance(mine, Mapping) and right.keys() <= mine.keys():
                for name in right:
                    if not _equal(mine[name], right[name], self.tolerance):
                        return name
        return None

    def _until(self, last, wrong, mine, right):
        """The values of a mistake up to the learner's first wrong part: what comes after it may be right or wrong."""
        if not all(isinstance(one, Mapping) and right.keys() <= one.keys() for one in (wrong, mine)):
            return wrong
        names = list(right)
        bad = next((name for name in names if not _equal(mine[name], right[name], self.tolerance)), None)
        end = last if last in right else bad or names[-1]
        first = names.index(end) + 1
        if end.startswith("whether "):  # one yes or no alone comes about in many ways
            first += len([*itertools.takewhile(lambda name: name.startswith("whether "), names[first:])])
        names = names[:first]
        if bad in names and numeric(mine[bad]) is not None and not np.isfinite(numeric(mine[bad])).all():
            return None  # nan is nan, wherever it comes from: that proves nothing
        return {name: wrong[name] for name in names}

    @staticmethod
    def _tried_with(says, case):
        """What a named mistake was tried with, where its sentence quotes the learner's value alone, and it is short."""
        given = ", ".join(f"{name} = {short(value)}" for name, value in case.items())
        quotes = any(f"{{{name}}}" in says for name in case)
        plain = all(isinstance(value, (np.ndarray, int, float)) for value in case.values())
        shown = "{yours}" in says and plain and not quotes and len(given) <= GIVEN and "array of shape" not in given
        return f" Tried with {given}." if shown else ""

    def _in_case(self, finding, case, mine, right):
        """The verdict first, then what it was tried with, in no more than two lines."""
        given = self._given(case)
        where = where_wrong(mine, right, case) if finding.name in ("some-wrong", "some-signs", "cut-off") else ""
        says = _sentence(finding.says)
        if self.places:
            says = re.sub(r"at \[(\d+)\]", lambda found: f"{found[0]}, of {self.places[int(found[1])]}", says)
        return Finding(finding.name, f"{says}{where} Tried with {given}.")

    def _given(self, case, shapes_only=False):
        """A case in words: its values, or their shapes where they are long."""
        if self.tried:
            return self.tried(case)
        given = ", ".join(f"{name} = {short(value)}" for name, value in case.items())
        if shapes_only or len(given) > 160:
            given = ", ".join(f"{name} {shape_or_value(value)}" for name, value in case.items())
        return given

    def _wanted(self, right):
        """In which shape it is to come out, for who has had trouble with shapes."""
        parts = dict(zip(self.results or (self.what,), self.shapes, strict=False))
        values = right.values() if isinstance(right, Mapping) else [right]
        told = [f"{_sentence(name)} is to have the shape {letters}, here {np.shape(value)}."
                for (name, letters), value in zip(parts.items(), values, strict=False)]  # fmt: skip
        return "".join(f" {one}" for one in told)

    def prepare(self):
        """Read from the lesson what judging needs."""
        book.stub_piece(self.number, self.piece)
        book.solution_piece(self.number, self.piece)

    @property
    def written(self):
        return f"`{self.piece}`"

    def _from_run(self, run):
        if run.interrupted:
            return self.stopped(run.printed)
        if run.timed_out:
            text = " It was printing all the time." if run.flooded else ""
            if not run.stopped:
                text += " It does not let itself be stopped: restart the kernel before you go on."
            return self.endless(text, run.printed)
        if run.error is not None:
            return Verdict(Outcome.FAILED, explain(run.error, self.piece, {}), run.printed)
        return Verdict(run.value.outcome, run.value.finding, run.printed)

    def _deeper(self, verdict, namespace):
        """A failure may have its cause outside the piece: in `np`, or in a helper that was changed since."""
        if "np" in namespace and namespace["np"] is not np:
            text = f"`np` no longer means NumPy: it is now {short(namespace['np'])}. Give that another name, then run "
            return _failed("redefined-np", text + "the first code cell of the lesson again.", verdict.printed)
        piece = namespace.get(self.piece)
        read = names_used(piece) - names_used(book.solution_piece(self.number, self.piece)) if piece else ()
        kinds = (np.ndarray, int, float, list, dict)
        values = [name for name in sorted(read) if isinstance(namespace.get(name), kinds)]
        unused = (*BARE, *SHAPES, "a-part-only", "unused-argument", "same-for-all", "raises-ValueError")
        thrown = (*unused, "empty", "raises-IndexError", "not-shuffled", "labels-apart")
        lines = lines_of(piece) if piece and verdict.finding.name in thrown else None
        if dropped := lines and MENDED not in verdict.finding.says and lines.thrown_away():
            of = dropped.value if isinstance(dropped, ast.Subscript) else next(iter(dropped.args), None)
            stays = f": `{of.id}` is as it was" if hasattr(of, "id") else ""
            text = f" `{ast.unparse(dropped)}` makes something new, and your line gives it no name{stays}."
            return _failed("thrown-away", verdict.finding.says + text, verdict.printed)
        if values and verdict.finding.name in unused:
            text = f"`{self.piece}` reads `{values[0]}`, a variable of the notebook, which is the same at every call. "
            if isinstance(piece, type) and f"self.{values[0]}" in (source_of(piece) or ""):
                return _failed("reads-a-global", f"{text}The object's own is `self.{values[0]}`.", verdict.printed)
            own = re.search(rf"\b(?!np\b|self\b)(\w+)\.{values[0]}\b", book.exercise_cell(self.number)[0])
            if own:
                says = f"{text}The {own[1]}'s own is `{own[1]}.{values[0]}`."
                return _failed("reads-a-global", says, verdict.printed)
            own = ", or stands behind `self.`" if isinstance(piece, type) else ""
            return _failed("reads-a-global", f"{text}What the piece needs comes in as an argument{own}. "
                           f"{verdict.finding.says}", verdict.printed)  # fmt: skip
        for number in self.needs:
            helper = find(number)
            used = helper.piece in names_used(namespace.get(self.piece)) and helper.piece in namespace
            if used and helper.judge(namespace).outcome is not Outcome.PASSED:
                text = f"`{self.piece}` uses `{helper.piece}`, and that no longer passes its own check. Mend it first: "
                return _failed("redefined-helper", text + f'`check("{number}")`.', verdict.printed)
        return verdict


@dataclass(frozen=True, kw_only=True)
class Answer(Task):
    """Work out numbers by hand. `names` are the variables they go into; the solution cell holds the right ones.

    `wrong` names the slips worth naming: `{variable: ((value, name, says), …)}`; `says` may quote `{yours}`.
    `together` names those that show in all numbers at once: `((value of each variable), name, says)`.
    `once_more` says how to go on from a number of which nothing else can be said.
    """

    names: tuple
    wrong: Mapping = field(default_factory=dict)
    together: tuple = ()
    once_more: str = "Go through it once more, one step to a line."
    tolerance: float = 0.005

    kind = "by hand"

    def prepare(self):
        """Read from the lesson what judging needs."""
        for name in self.names:
            book.solution_piece(self.number, name)

    @property
    def written(self):
        return " or ".join(f"`{name}`" for name in self.names)

    def judge(self, namespace, given=None):
        values = dict(zip(self.names, [given] if given is not None else [], strict=False)) or {
            name: namespace.get(name, Ellipsis) for name in self.names
        }
        if all(value is Ellipsis for value in values.values()):
            if not any(name in namespace for name in self.names):
                cell = book.exercise_cell(self.number)[0]
                first = min(self.names, key=cell.index)
                text = f"There is no `{first}` yet. Run the cell above that begins with it."
                return Verdict(Outcome.NOT_ATTEMPTED, Finding("not-there", text))
            return Verdict(Outcome.NOT_ATTEMPTED)
        right = {name: book.solution_piece(self.number, name) for name in self.names}
        run = guard.run(lambda: self._judge(values, right, namespace))
        if run.error is not None or run.timed_out or run.interrupted:
            return _failed("wrong-type", "That is no number I can read.")
        return run.value

    def _is_near(self, value, wrong):
        array = numeric(value)
        return array is not None and array.size == 1 and abs(float(array.reshape(-1)[0]) - wrong) <= self.tolerance

    def _exchanged(self, name, number, values, expected):
        """The other name that has this one's number, while this one has the other's; None if there is none."""
        for other, value in expected.items():
            theirs = numeric(values[other])
            if other == name or theirs is None or theirs.size != 1:
                continue
            if max(abs(number - value), abs(float(theirs.reshape(-1)[0]) - expected[name])) <= self.tolerance:
                return other
        return None

    def _judge(self, values, expected, namespace=()):
        for wrong, mistake, says in self.together:
            if len(values) == len(wrong) and all(map(self._is_near, values.values(), wrong)):
                return _failed(mistake, says)
        for name, value in values.items():
            right = expected[name]
            if value is Ellipsis:
                return _failed("half-written", f"`{name}` is still `...`: work that one out too.")
            array = numeric(value)
            if _is_split(value) and (right != int(right) or value == (right, 0) != (0, 0)):
                return _failed("decimal-comma", f"`{name}` is {short(value)}: a comma makes two numbers in Python. "
                               "Write a decimal point.")  # fmt: skip
            if array is None and isinstance(value, int):
                return _failed("too-large", f"`{name}` is a whole number of {digits(value)}, more than "
                               "one gets by hand.")  # fmt: skip
            if isinstance(value, str) and re.fullmatch(r"[-+]?\d+([.,]\d*)?", value.strip()):
                return _failed("wrong-type", f"`{name}` is {short(value)}: in quotes it is a text. Write the number "
                               "without them.")  # fmt: skip
            if array is None or array.size != 1 or array.dtype.kind == "b":
                return _failed("wrong-type", f"`{name}` is {short(value)}. One number was asked for.")
            number = float(array.reshape(-1)[0])
            if abs(number - right) <= self.tolerance or abs(number - round(right, 2)) < 1e-9:
                continue
            known = sorted(self.wrong.get(name, ()), key=lambda one: abs(number - one[0]) > 1e-9)  # itself comes first
            if abs(number + right) < 1e-9 and not any(abs(number - one[0]) < 1e-9 for one in known):
                known = ()  # nearer to the right number with another sign than to any of them
            for wrong, mistake, says in known:
                if number == wrong or abs(number - wrong) <= min(self.tolerance, abs(wrong) / 10):
                    return _failed(mistake, says.format(yours=short(number)))
            if not math.isfinite(number):
                return _failed("nan", f"`{name}` is {short(number)}, which is not a number one gets by hand.")
            if name in namespace and (says := with_brackets(name, namespace, right)):
                return _failed("brackets", f"`{name}` is {short(number)}. {says} With that mended it is right.")
            turned = [one for one, it in values.items() if it is not Ellipsis and close(it, -expected[one])]
            if len(turned) == len(values) > 1:
                return _failed("sign", "All your numbers have the right size and the wrong sign.")
            if other := self._exchanged(name, number, values, expected):
                return _failed("exchanged", f"`{name}` and `{other}` have changed places.")
            if right and math.isclose(number, 100 * right, rel_tol=0.002):
                says = f"`{name}` = {short(number)} is a hundred times too large: is it in per cent?"
                return _failed("per-cent", says)
            if math.isclose(number, -right, abs_tol=self.tolerance):
                return _failed("sign", f"`{name}` = {short(number)} has the right size and the wrong sign.")
            places = next((k for k in (0, 1) if right != int(right) and abs(number - round(right, k)) < 1e-9), None)
            if places is not None and number:
                return _failed("rounded", f"`{name}` = {short(number)}: if you have rounded to {places or 'no'} "
                               f"place{'s' * (places != 1)}, that hides what it is about. Give two or "
                               "more.")  # fmt: skip
            if math.isclose(number, right, rel_tol=0.02) and right != int(right):
                return _failed("not-exact", f"`{name}` = {short(number)} is close, but further off than rounding at "
                               "the end would bring it. Keep four digits on the way.")  # fmt: skip
            if beside := _beside(number, right):
                return _failed("wrong-value", f"`{name}` = {short(number)} is {beside}. {self.once_more}")
            return _failed("wrong-value", f"`{name}` = {short(number)} is not it yet. {self.once_more}")
        return Verdict(Outcome.PASSED)


@dataclass(frozen=True, kw_only=True)
class Choice(Task):
    """Pick one letter. `options` says for every letter what choosing it shows; `right` is the right one."""

    right: str
    options: Mapping

    kind = "recall"

    def judge(self, namespace, given=None):
        if given is None or given is Ellipsis:
            return Verdict(Outcome.NOT_ATTEMPTED)
        letter = read_letters(given)
        if letter not in self.options:
            letters = ", ".join(self.options)
            return _failed("not-an-option", f"{short(given)} is none of the answers. Give one letter of {letters}, "
                           "in quotes.")  # fmt: skip
        if letter == self.right or self.kind == "predict":
            return Verdict(Outcome.PASSED)
        return _failed(f"chose-{letter}", f"Not {letter}. {self.options[letter]}")


@dataclass(frozen=True, kw_only=True)
class Prediction(Choice):
    """A choice that is noted, not judged: `reveal` later puts it beside what came, or what was wanted."""

    came: str = "What happened"

    kind = "predict"


@dataclass(frozen=True, kw_only=True)
class Order(Task):
    """Put lines in order. `lines` gives every line its letter, `right` the letters in order.

    `before` lists `(first, later, says)`: `says` is told where `later` stands before `first`. `extra` lists the
    letters of lines that belong nowhere, with what to say of each. `also` lists other orders that work. `without` says
    what does not happen where a line is missing.
    """

    lines: Mapping
    right: str
    before: tuple = ()
    extra: Mapping = field(default_factory=dict)
    without: Mapping = field(default_factory=dict)
    also: tuple = ()

    kind = "order"

    def judge(self, namespace, given=None):
        if given is None or given is Ellipsis:
            return Verdict(Outcome.NOT_ATTEMPTED)
        letters = read_letters(given)
        if not letters or set(letters) - {letter.lower() for letter in self.lines}:
            why = "has letters that stand before no line" if letters else "is no row of letters"
            return _failed("not-an-option", f"{short(given)} {why}. Use {', '.join(self.lines)}, in quotes, in the "
                           "order you want.")  # fmt: skip
        letters = letters.upper()
        if letters in (self.right, *self.also):
            return Verdict(Outcome.PASSED)
        twice = [letter for letter in self.lines if letters.count(letter) > 1]
        if twice:
            return _failed("line-twice", f"Line {twice[0]} stands there {letters.count(twice[0])} times.",
                           line=twice[0])  # fmt: skip
        for letter, says in self.extra.items():
            if letter in letters:
                missing = sum(one not in letters for one in self.right)
                also = f" And {missing} lines that belong there are missing." if missing > 1 else ""
                return _failed(f"extra-{letter}", f"Line {letter}: {says}{also}", line=letter)
        for first, later, says in self.before:
            if first in letters and later in letters and letters.index(later) < letters.index(first):
                text = f"Line {later} stands before line {first}. {says}"
                return _failed(f"{later}-before-{first}", text, line=later)
        missing = len(self.right) - len(letters)
        if missing > 0:
            given = "one line" if len(letters) == 1 else f"{len(letters)} lines"
            lines = "One line is" if missing == 1 else f"{missing} lines are"
            first = next(one for one in self.right if one not in letters)
            says = f"You gave {given}. {lines} still missing. {self.without.get(first, '')}"
            return _failed("line-missing", says.strip())
        good = next(k for k in range(len(letters)) if letters[k] != self.right[k])
        first = "" if good == 0 else "The first stands right. " if good == 1 else f"The first {good} stand right. "
        return _failed("wrong-order", f"{first}Line {letters[good]}, number {good + 1}, cannot come yet: which of its "
                       "names has not been made?", line=letters[good])  # fmt: skip

    def code(self):
        return "\n".join(self.lines[letter] for letter in self.right)


def _beside(number, right):
    """How a wrong number goes together with the right one, or "": what is seen, not how it came about."""
    if not right or abs(right) == 1:
        return ""
    for value, words in ((2 * right, "twice what it should be"), (right / 2, "half of what it should be"),
                         (3 * right, "three times what it should be"), (right / 3, "a third of what it should be"),
                         (10 * right, "ten times what it should be"),
                         (right / 10, "a tenth of what it should be")):  # fmt: skip
        if math.isclose(number, value, rel_tol=2e-3):
            return words
    return ""


def _is_split(value):
    """What `3,8` is in Python: two whole numbers, of which the second is to stand behind the point."""
    return isinstance(value, tuple) and len(value) == 2 and all(type(one) is int for one in value) and value[1] >= 0


def find(number):
    """The exercise with this number, or None. Exercises are found by their lesson's module."""
    number = str(number) if type(number) in (str, int, float) else ""
    return exercises(number.split(".")[0]).get(number)


def exercises(lesson):
    """All exercises of a lesson by number; empty for a lesson that has none."""
    module = book.exercise_module(lesson)
    return {task.number: task for task in module.EXERCISES} if module else {}


def read_letters(given):
    """`"C, a B"` and `["C", "a", "B"]` → `"cab"`; what is neither a text nor a list of texts, the empty text."""
    if isinstance(given, (list, tuple)) and all(isinstance(one, str) for one in given):
        given = " ".join(given)
    return "".join(c for c in given.lower() if c.isalnum()) if isinstance(given, str) and len(given) < 200 else ""


def _arguments(piece):
    """The names of the arguments of a function, or of all methods of a class."""
    functions = vars(piece).values() if isinstance(piece, type) else [piece]
    codes = [one.__code__ for one in functions if hasattr(one, "__code__")]
    return {name for code in codes for name in code.co_varnames[: code.co_argcount]}


def _nth_argument(piece, names, name):
    """What a function itself calls the argument that a case calls `name`."""
    code = getattr(piece, "__code__", None)
    place = names.index(name)
    return code.co_varnames[place] if code and place < code.co_argcount else name


def _not_finite_in(piece):
    """Where nan or infinity may come from, of what the learner's own lines hold."""
    every = vars(piece).values() if isinstance(piece, type) else [piece]
    functions = [one for one in every if hasattr(one, "__code__")]
    used = {name for one in functions for name in one.__code__.co_names}
    if any(hasattr(one.__globals__.get(name), "__code__") for one in functions for name in used):
        return NOT_FINITE  # other functions of theirs have a part in it
    signs = [sign for one in functions for sign in dis.get_instructions(one) if sign.opname == "BINARY_OP"]
    found = [words for words, made in (
        ("a division by 0", any(sign.argrepr in ("/", "/=") for sign in signs)),
        ("a logarithm of 0", bool(used & {"log", "log2", "log10"})),
        ("an exponential of a large number", "exp" in used),
    ) if made]  # fmt: skip
    return f"Look for {' or '.join(found)}." if found else NOT_FINITE


def _ends_at_once(piece):
    """The learner's `return` that ends a loop in its first round, whatever comes; or ""."""
    lines = lines_of(piece)
    line = lines.one_round() if lines else None
    return quoted(source_of(piece).splitlines()[line.lineno - 1]) if line else ""


def _minus_zero(piece):
    """A place counted from behind that begins at the front, as a finding; or None."""
    lines = lines_of(piece)
    if not lines or not (read := lines.minus_zero()):
        return None
    first = re.sub(r"\[-\w+\]$", "[0]", read)
    return Finding("minus-zero", f"Your loop begins at 0, and there `{read}` is `{first}`: −0 is 0. From behind one "
                   "counts −1, −2 and so on.")  # fmt: skip


def _returns_sometimes(piece, said):
    """The learner's line with a `return` that stands inside an `if` or a loop, where no other stands outside; or ""."""
    tree = ast.parse(source_of(piece) or "")
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)
                 and (one in tree.body or f"`{one.name}`" in said)]  # fmt: skip
    if not functions or any(isinstance(one, ast.Return) for one in functions[0].body):
        return ""
    inside = [it for one in functions[0].body if isinstance(one, (ast.If, ast.For, ast.While)) for it in ast.walk(one)]
    found = [one for one in inside if isinstance(one, ast.Return) and one.value is not None]
    return quoted(source_of(piece).splitlines()[found[0].lineno - 1]) if found else ""


def _one_for_all(piece):
    """The learner's `if` that asks about one number of an argument, `if labels[0, 0] == 1:`; or ""."""
    text = source_of(piece) or ""
    for function in [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)]:
        own = {one.arg for one in function.args.args}
        for one in [one for one in ast.walk(function) if isinstance(one, ast.If)]:
            for part in [it for it in ast.walk(one.test) if isinstance(it, ast.Subscript)]:
                whole, places = part, []
                while isinstance(whole, ast.Subscript):
                    places += whole.slice.elts if isinstance(whole.slice, ast.Tuple) else [whole.slice]
                    whole = whole.value
                numbers = all(isinstance(place, ast.Constant) and type(place.value) is int for place in places)
                if numbers and len(places) > 1 and getattr(whole, "id", "") in own:
                    return quoted(text.splitlines()[one.lineno - 1])
    return ""


def _of_class(piece):
    """What a class itself holds for all its objects, but for its methods; nothing for a function."""
    held = vars(piece).items() if isinstance(piece, type) else ()
    return {name: (it, len(it) if isinstance(it, (dict, list, set)) else None) for name, it in held
            if not name.startswith("__") and not callable(it) and not hasattr(it, "__get__")}  # fmt: skip


def _shared(piece, before):
    """The name of what the class itself holds and a call has changed, where the learner's lines ask for it; or ""."""
    changed = [name for name, (it, count) in _of_class(piece).items()
               if name not in before or it is not before[name][0] or count != before[name][1]]  # fmt: skip
    lines = lines_of(piece) if changed else None
    return next((name for name in changed if lines and lines.asks_for(name)), "")


def _code(text):
    """The lines of a text as Python writes them, without those that only say something."""
    tree = ast.parse(text)
    for one in ast.walk(tree):
        if isinstance(one, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(one):
            one.body = one.body[1:] or [ast.Pass()]
    return ast.unparse(tree).splitlines()


def _of_all(shared):
    text = f"`{shared}` belongs to the class, so all its objects share one: what one of them is given, or keeps, the "
    return text + f"others have too. An object's own is made by `self.{shared} = …`, in a method."


def _with_dots(piece):
    """The name of the function, or of the method of a class, in whose lines a `...` still stands alone; or ""."""
    for one in ast.walk(ast.parse(source_of(piece) or "")):
        if isinstance(one, ast.FunctionDef) and any(isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
                                                    and line.value.value is ... for line in one.body):  # fmt: skip
            return one.name
    return ""


def _equal(mine, right, tolerance):
    if isinstance(right, Mapping):
        here = isinstance(mine, Mapping) and right.keys() <= mine.keys()
        return here and all(close(mine[name], right[name], tolerance) for name in right)
    return close(mine, right, tolerance)


def _kept(value):
    """A copy of what came back, as far as a later call could change it."""
    if isinstance(value, Mapping):
        return {name: _kept(one) for name, one in value.items()}
    return value.copy() if type(value) is np.ndarray else value


def _same(before, after, tolerance=0.0):
    """Unchanged? With a `tolerance`, also what was put back but for rounding: `x += e`, then `x -= e`."""
    if isinstance(before, np.ndarray):
        if before.shape != after.shape or before.dtype.kind != "f" or after.dtype.kind != "f":
            return before.shape == after.shape and np.array_equal(before, after)
        size = np.abs(before[np.isfinite(before)]).max(initial=0.0)
        kept = not after[before == 0].any()  # what was 0 comes back as 0: 1e-300 in its place is no rounding
        return kept and np.allclose(after, before, rtol=0, atol=tolerance * size, equal_nan=True)
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(_same(*pair, tolerance) for pair in zip(before, after, strict=True))
    return before == after


def _sentence(text):
    """With a capital letter, unless it begins with a name in the code: `grad_bias`, f(z)."""
    return text[:1].upper() + text[1:] if text.split(" ")[0].isalpha() else text


def _failed(name, says, printed="", line=None):
    return Verdict(Outcome.FAILED, Finding(name, says, line), printed)


class _Untouched:
    """Puts back what a checked piece does to the notebook's variables: deleted names, arrays changed in place."""

    def __init__(self, namespace, piece):
        self.namespace = namespace
        self.names = dict(namespace)
        used = names_used(piece)
        self.arrays = {
            name: value.copy() for name, value in namespace.items() if name in used and type(value) is np.ndarray
        }
        self.changed = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name, value in self.names.items():
            if name not in self.namespace:
                self.namespace[name] = value
                self.changed.append(name)
        for name, value in self.arrays.items():
            if not _same(value, self.names[name]):
                self.names[name][...] = value
                self.changed.append(name)
