"""Exercises that are answered by letters: a question, a prediction, lines put in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lessons.checks.judge.compare import short
from lessons.checks.judge.task import Task
from lessons.checks.judge.verdict import Outcome, Verdict, failed


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
            return failed("not-an-option", f"{short(given)} is none of the answers. Give one letter of {letters}, "
                          "in quotes.")  # fmt: skip
        if letter == self.right or self.kind == "predict":
            return Verdict(Outcome.PASSED)
        return failed(f"chose-{letter}", f"Not {letter}. {self.options[letter]}")


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
            return failed("not-an-option", f"{short(given)} {why}. Use {', '.join(self.lines)}, in quotes, in the "
                          "order you want.")  # fmt: skip
        letters = letters.upper()
        if letters in (self.right, *self.also):
            return Verdict(Outcome.PASSED)
        twice = [letter for letter in self.lines if letters.count(letter) > 1]
        if twice:
            return failed("line-twice", f"Line {twice[0]} stands there {letters.count(twice[0])} times.",
                          line=twice[0])  # fmt: skip
        for letter, says in self.extra.items():
            if letter in letters:
                missing = sum(one not in letters for one in self.right)
                also = f" And {missing} lines that belong there are missing." if missing > 1 else ""
                return failed(f"extra-{letter}", f"Line {letter}: {says}{also}", line=letter)
        for first, later, says in self.before:
            if first in letters and later in letters and letters.index(later) < letters.index(first):
                text = f"Line {later} stands before line {first}. {says}"
                return failed(f"{later}-before-{first}", text, line=later)
        missing = len(self.right) - len(letters)
        if missing > 0:
            given = "one line" if len(letters) == 1 else f"{len(letters)} lines"
            lines = "One line is" if missing == 1 else f"{missing} lines are"
            first = next(one for one in self.right if one not in letters)
            says = f"You gave {given}. {lines} still missing. {self.without.get(first, '')}"
            return failed("line-missing", says.strip())
        good = next(k for k in range(len(letters)) if letters[k] != self.right[k])
        first = "" if good == 0 else "The first stands right. " if good == 1 else f"The first {good} stand right. "
        return failed("wrong-order", f"{first}Line {letters[good]}, number {good + 1}, cannot come yet: which of its "
                      "names has not been made?", line=letters[good])  # fmt: skip

    def code(self):
        return "\n".join(self.lines[letter] for letter in self.right)


def read_letters(given):
    """`"C, a B"` and `["C", "a", "B"]` → `"cab"`; what is neither a text nor a list of texts, the empty text."""
    if isinstance(given, (list, tuple)) and all(isinstance(one, str) for one in given):
        given = " ".join(given)
    return "".join(c for c in given.lower() if c.isalnum()) if isinstance(given, str) and len(given) < 200 else ""
