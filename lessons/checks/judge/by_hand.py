"""Numbers worked out by hand, put into variables."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lessons.checks.judge import guard
from lessons.checks.judge.compare import Finding, close, digits, numeric, short
from lessons.checks.judge.task import Task
from lessons.checks.judge.typed import with_brackets
from lessons.checks.judge.verdict import Outcome, Verdict, failed
from lessons.checks.remember import book


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
            return failed("wrong-type", "That is no number I can read.")
        return run.value

    def _is_near(self, value, wrong):
        array = numeric(value)
        return array is not None and array.size == 1 and abs(float(array.reshape(-1)[0]) - wrong) <= self.tolerance

    def _slips(self, name, number):
        """The names of the slips that give this number for `name`: where two numbers share one, that is what it was."""
        return {mistake for wrong, mistake, _ in self.wrong.get(name, ()) if abs(number - wrong) <= self.tolerance}

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
                return failed(mistake, says)
        for name, value in values.items():
            right = expected[name]
            if value is Ellipsis:
                return failed("half-written", f"`{name}` is still `...`: work that one out too.")
            array = numeric(value)
            if _is_split(value) and (right != int(right) or value == (right, 0) != (0, 0)):
                return failed("decimal-comma", f"`{name}` is {short(value)}: a comma makes two numbers in Python. "
                              "Write a decimal point.")  # fmt: skip
            if array is None and isinstance(value, int):
                return failed("too-large", f"`{name}` is a whole number of {digits(value)}, more than "
                              "one gets by hand.")  # fmt: skip
            if isinstance(value, str) and re.fullmatch(r"[-+]?\d+([.,]\d*)?", value.strip()):
                return failed("wrong-type", f"`{name}` is {short(value)}: in quotes it is a text. Write the number "
                              "without them.")  # fmt: skip
            if array is None or array.size != 1 or array.dtype.kind == "b":
                return failed("wrong-type", f"`{name}` is {short(value)}. One number was asked for.")
            number = float(array.reshape(-1)[0])
            if abs(number - right) <= self.tolerance or abs(number - round(right, 2)) < 1e-9:
                continue
            other = self._exchanged(name, number, values, expected)
            if other and not self._slips(name, number) & self._slips(other, right):
                return failed("exchanged", f"`{name}` and `{other}` have changed places.")
            known = sorted(self.wrong.get(name, ()), key=lambda one: round(abs(number - one[0]), 9))  # nearest first
            if abs(number + right) < 1e-9 and not any(abs(number - one[0]) < 1e-9 for one in known):
                known = ()  # nearer to the right number with another sign than to any of them
            for wrong, mistake, says in known:
                if number == wrong or abs(number - wrong) <= min(self.tolerance, abs(wrong) / 10):
                    return failed(mistake, says.format(yours=short(number)))
            if not math.isfinite(number):
                return failed("nan", f"`{name}` is {short(number)}, which is not a number one gets by hand.")
            if name in namespace and (says := with_brackets(name, namespace, right)):
                return failed("brackets", f"`{name}` is {short(number)}. {says} With that mended it is right.")
            turned = [one for one, it in values.items() if it is not Ellipsis and close(it, -expected[one])]
            if len(turned) == len(values) > 1:
                return failed("sign", "All your numbers have the right size and the wrong sign.")
            if right and math.isclose(number, 100 * right, rel_tol=0.002):
                says = f"`{name}` = {short(number)} is a hundred times too large: is it in per cent?"
                return failed("per-cent", says)
            if math.isclose(number, -right, abs_tol=self.tolerance):
                return failed("sign", f"`{name}` = {short(number)} has the right size and the wrong sign.")
            places = next((k for k in (0, 1) if right != int(right) and abs(number - round(right, k)) < 1e-9), None)
            if places is not None and number:
                return failed("rounded", f"`{name}` = {short(number)}: if you have rounded to {places or 'no'} "
                              f"place{'s' * (places != 1)}, that hides what it is about. Give two or "
                              "more.")  # fmt: skip
            if math.isclose(number, right, rel_tol=0.02) and right != int(right):
                return failed("not-exact", f"`{name}` = {short(number)} is close, but further off than rounding at "
                              "the end would bring it. Keep four digits on the way.")  # fmt: skip
            if beside := _beside(number, right):
                return failed("wrong-value", f"`{name}` = {short(number)} is {beside}. {self.once_more}")
            return failed("wrong-value", f"`{name}` = {short(number)} is not it yet. {self.once_more}")
        return Verdict(Outcome.PASSED)


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
