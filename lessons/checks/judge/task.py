"""What every exercise has: a number, a title, three hints, and what to say of an answer that does not end."""

from dataclasses import dataclass

from lessons.checks.judge import guard
from lessons.checks.judge.verdict import failed


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
        return failed("stopped", "You stopped the check before it had ended.", printed)

    def endless(self, more="", printed=""):
        """The verdict on an answer that had to be stopped."""
        text = f"{self.written} had not come to an end after {guard.LIMIT:g} s, so I stopped it. "
        return failed("endless", text + "Is there a loop whose condition never becomes False, or work "
                      "for far more numbers than came in?" + more, printed)  # fmt: skip

    def died(self, status, no_memory):
        """The verdict on an answer that took its process along: with a status, or minus the number of a signal."""
        if no_memory:
            return failed("raises-MemoryError", f"{self.written} stopped with MemoryError: it asks for far more "
                          "memory than needed here. Is there a list or an array that grows for ever?")  # fmt: skip
        if status is not None and status >= 0:
            return failed("exits", f"{self.written} ends Python itself, which would end the whole notebook. `return` "
                          "leaves a function.")  # fmt: skip
        return failed("crashes", f"{self.written} made Python crash, as recursion without end does once its limit is "
                      "raised. The check ran apart, so your notebook is as it was.")  # fmt: skip
