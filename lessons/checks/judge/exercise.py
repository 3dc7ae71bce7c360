"""Write a function or a class: what such an exercise declares, and how an answer is taken.

It is called with prepared cases; the right values come from the lesson's own solution cell, so the two cannot drift
apart. `trial` goes through the cases.
"""

import ast
import copy
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from lessons.checks import pristine
from lessons.checks.judge import guard
from lessons.checks.judge.compare import Finding, brief, compare, numeric, short
from lessons.checks.judge.errors import explain, shape_or_value
from lessons.checks.judge.learner import blank_like, lines_of, names_used, source_of
from lessons.checks.judge.manners import Untouched, unchanged
from lessons.checks.judge.naming import BARE, Naming
from lessons.checks.judge.search import Search
from lessons.checks.judge.task import Task
from lessons.checks.judge.trial import SHAPES, Trial
from lessons.checks.judge.verdict import Outcome, Spoilt, Verdict, failed, sentence
from lessons.checks.remember import book
from nnlib.lines import MENDED


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
    naming = Naming  # looks for the mistake behind what is wrong

    def judge(self, namespace, given=None):
        if given is None and self.piece not in namespace:
            text = f"There is no `{self.piece}` yet. Run the cell above that begins with its definition."
            return Verdict(Outcome.NOT_ATTEMPTED, Finding("not-there", text))
        piece = namespace[self.piece] if given is None else given
        if piece is Ellipsis:
            return Verdict(Outcome.NOT_ATTEMPTED)
        limit = guard.LIMIT  # of whoever asks: trying a piece may put back the usual one
        stub, reference = book.stub_piece(self.number, self.piece), book.solution_piece(self.number, self.piece)
        try:
            expected = [self.use(reference, copy.deepcopy(case)) for case in self.cases]
        except Exception as error:
            return failed("broken-tools", "The reference solution itself does not run any more "
                          f"({type(error).__name__}: {error}). Something that both of us use, NumPy perhaps, was "
                          "changed in this notebook. Restart the kernel and run the cells again.")  # fmt: skip
        with Untouched(namespace, piece) as untouched:
            search = Search(limit)
            run = guard.run(lambda: self._judge(piece, stub, expected, search), limit)
        verdict = search.proven if run.timed_out and search.proven else self._from_run(run)
        if run.printed and verdict.finding and verdict.finding.name == "returned-none":
            text = f"`{self.piece}` shows its result with `print` and gives nothing back. What a function is to give "
            return failed("printed", text + "back stands behind `return`.", verdict.printed)
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
            return failed("wrong-type", f"`{self.piece}` is {short(piece)}. It should be "
                          f"{'a class' if isinstance(stub, type) else 'a function'}.")  # fmt: skip
        if isinstance(stub, type) and not isinstance(piece, type):
            return failed("wrong-type", f"`{self.piece}` is a {type(piece).__name__}, but should be a class. Is the "
                          "line `class …:` still there?")  # fmt: skip
        return Trial(self, piece, expected, search).verdict()

    def use(self, piece, case):
        """What a piece, the learner's or the solution's, gives in a case."""
        return self.call(piece, **case) if self.call else piece(*case.values())

    def use_learners(self, piece, case, restore=pristine.restore):
        """What the learner's piece gives; the names that it may have given another meaning mean the old again."""
        try:
            return self.use(self._counted(piece) if self.results else piece, case)
        finally:
            restore()

    def _counted(self, piece):
        """The piece, which must give back as many things as were asked for: fewer are no wrong numbers."""

        def asked(*arguments, **named):
            value = piece(*arguments, **named)
            several = isinstance(value, (tuple, list, Mapping, set, frozenset))
            if several and isinstance(value, (tuple, list)) and len(value) == len(self.results):
                return value
            if not several and numeric(value) is None:  # no numbers: told as that
                return value
            size = "" if isinstance(value, Mapping) else f" of {len(value)}" if several else ""
            came = f"a {type(value).__name__}{size}" if several else brief(value)
            raise Spoilt(Finding("other-count", f"Your `{self.piece}` returns {came}. {len(self.results)} things were "
                                 f"asked for, in this order: {', '.join(self.results)}."))  # fmt: skip

        return asked

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
            value = self.use_learners(piece, given)
        kept = all(unchanged(case[name], given[name], 1e-12) for name in case)
        return kept and self.compare(value, right, case) is None

    def compare(self, mine, right, case, stories=True):
        """What is wrong with a value, or None; without `stories` no more than that and where."""
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

    def given(self, case, shapes_only=False):
        """A case in words: its values, or their shapes where they are long."""
        if self.tried:
            return self.tried(case)
        given = ", ".join(f"{name} = {short(value)}" for name, value in case.items())
        if shapes_only or len(given) > 160:
            given = ", ".join(f"{name} {shape_or_value(value)}" for name, value in case.items())
        return given

    def wanted(self, right):
        """In which shape it is to come out, for who has had trouble with shapes."""
        parts = dict(zip(self.results or (self.what,), self.shapes, strict=False))
        values = right.values() if isinstance(right, Mapping) else [right]
        told = [f"{sentence(name)} is to have the shape {letters}, here {np.shape(value)}."
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
            return failed("redefined-np", text + "the first code cell of the lesson again.", verdict.printed)
        piece = namespace.get(self.piece)
        read = names_used(piece) - names_used(book.solution_piece(self.number, self.piece)) if piece else ()
        kinds = (np.ndarray, int, float, list, dict, Generator)
        values = [name for name in sorted(read) if isinstance(namespace.get(name), kinds)]
        unused = (*BARE, *SHAPES, "a-part-only", "unused-argument", "same-for-all", "raises-ValueError",
                  "other-dice")
        thrown = (*unused, "empty", "raises-IndexError", "not-shuffled", "labels-apart")
        lines = lines_of(piece) if piece and verdict.finding.name in thrown else None
        if dropped := lines and MENDED not in verdict.finding.says and lines.thrown_away():
            of = dropped.value if isinstance(dropped, ast.Subscript) else next(iter(dropped.args), None)
            stays = f": `{of.id}` is as it was" if hasattr(of, "id") else ""
            text = f" `{ast.unparse(dropped)}` makes something new, and your line gives it no name{stays}."
            return failed("thrown-away", verdict.finding.says + text, verdict.printed)
        if values and verdict.finding.name in unused:
            text = f"`{self.piece}` reads `{values[0]}`, a variable of the notebook, which is the same at every call. "
            if isinstance(piece, type) and f"self.{values[0]}" in (source_of(piece) or ""):
                return failed("reads-a-global", f"{text}The object's own is `self.{values[0]}`.", verdict.printed)
            own = re.search(rf"\b(?!np\b|self\b)(\w+)\.{values[0]}\b", book.exercise_cell(self.number)[0])
            if own:
                says = f"{text}The {own[1]}'s own is `{own[1]}.{values[0]}`."
                return failed("reads-a-global", says, verdict.printed)
            own = ", or stands behind `self.`" if isinstance(piece, type) else ""
            return failed("reads-a-global", f"{text}What the piece needs comes in as an argument{own}. "
                          f"{verdict.finding.says}", verdict.printed)  # fmt: skip
        for number in self.needs:
            helper = book.find(number)
            used = helper.piece in names_used(namespace.get(self.piece)) and helper.piece in namespace
            if used and helper.judge(namespace).outcome is not Outcome.PASSED:
                text = f"`{self.piece}` uses `{helper.piece}`, and that no longer passes its own check. Mend it first: "
                return failed("redefined-helper", text + f'`check("{number}")`.', verdict.printed)
        return verdict
