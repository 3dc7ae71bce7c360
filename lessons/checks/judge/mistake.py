"""Mistakes worth naming, as a lesson declares them. A learner's values that equal one's in every case prove it."""

from collections.abc import Callable
from dataclasses import dataclass


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
