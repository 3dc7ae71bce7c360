"""How a check ends: the outcome, and what was found."""

from dataclasses import dataclass
from enum import StrEnum

from lessons.checks.judge.compare import Finding


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


class Spoilt(Exception):
    """Raised by an exercise's `call` where the way a piece works is wrong, whatever its numbers are."""

    def __init__(self, finding):
        super().__init__(finding.says)
        self.finding = finding


def sentence(text):
    """With a capital letter, unless it begins with a name in the code: `grad_bias`, f(z)."""
    return text[:1].upper() + text[1:] if text.split(" ")[0].isalpha() else text


def failed(name, says, printed="", line=None):
    return Verdict(Outcome.FAILED, Finding(name, says, line), printed)
