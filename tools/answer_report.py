"""What the checks say to answers that people wrote before they had seen the checks: the shares, and what escapes.

    python tools/answer_report.py                the table
    python tools/answer_report.py --lesson 03    one lesson
    python tools/answer_report.py --messages     every answer with its verdict and its message
    python tools/answer_report.py --unread       the messages that nobody has judged yet, for `judgements.json`
    python tools/answer_report.py --agreement    how often a second reader said the same as the first, and kappa

In `tests/answers` the files `*_round.json` hold the answers: `exercise`, `side` (wrong or right), `what`, `code` (an
order of lines is called `ANS` there). A wrong answer must be FAILED, a right one PASSED.

Whether a message names the real mistake is for readers to say, not for this tool. One, who had seen question and
answer alone, wrote into `names.json` which names of the mistake are accepted. Another read question, answer, names and
message and wrote into `judgements.json`: "right" (it says one of the names), "vague" (true, and of little help) or
"misleading". A judgement holds for the message that was read, whatever its numbers; another message is "unread" and
counts as no name. Two more, who had not seen that table, judged samples of its messages: `second_reader.json` and
`third_reader.json`, each with what the `first` had said. What they find is mended, so those messages are gone: how far
readers agree is told of all that were read, as they were then.
"""

import argparse
import ast
import contextlib
import io
import json
import linecache
import os
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from lessons.checks import pristine
from lessons.checks.judge import guard
from lessons.checks.remember import book
from lessons.checks.remember.book import exercises, find

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "answers"
READERS = ("second_reader", "third_reader")


@dataclass(frozen=True)
class Judged:
    """An answer with what its check said, and what a reader said of that."""

    exercise: str
    side: str
    what: str
    outcome: str
    finding: str
    says: str

    @property
    def as_it_should_be(self):
        return self.outcome == {"wrong": "FAILED", "right": "PASSED"}[self.side]

    @property
    def key(self):
        return f"{self.exercise} {self.what}"

    @property
    def masked(self):
        """The message without its numbers: what a judgement holds for."""
        return re.sub(r"[-−]?\d+(\.\d+)?(e[-−]?\d+)?", "#", self.says)

    def word(self, judgements):
        """"right", "vague" or "misleading" as a reader said; "unread" where the message is another one."""
        known = judgements.get(self.key)
        return known["word"] if known and known["message"] == self.masked else "unread"


def read():
    """The answers of all rounds, in the order of the files."""
    rounds = sorted(ANSWERS.glob("*_round.json"))
    return [answer for one in rounds for answer in json.loads(one.read_text(encoding="utf-8"))]


def table(name):
    """`names.json` or `judgements.json`."""
    return json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))


def imports_of(lesson):
    """What the cells of a lesson import, from nnlib and from Python itself; the course's own commands aside."""
    names = {}
    for cell in book.fresh(book.solved(lesson))["cells"]:
        tree = ast.parse("".join(cell["source"])) if cell["cell_type"] == "code" else ast.Module([], [])
        taken = [one for one in tree.body if isinstance(one, (ast.Import, ast.ImportFrom))
                 and not getattr(one, "module", "").startswith(("lessons", "widgets"))]  # fmt: skip
        exec(compile(ast.Module(taken, []), "<imports>", "exec"), names)
    names.pop("__builtins__", None)
    return names


def notebook_before(number):
    """What a learner's notebook holds before the cell of an exercise: the solutions of the lesson so far."""
    names = {"__name__": "__main__", "np": np} | imports_of(number.split(".")[0])
    for earlier, task in exercises(number.split(".")[0]).items():
        if earlier == number:
            break
        if task.kind == "write":
            run(book.exercise_cell(earlier)[0], names)
    for needed in getattr(find(number), "needs", ()):
        task = find(needed)
        if task.piece not in names:
            run(book.exercise_cell(needed)[0], names)
    return names


def run(text, names):
    """Execute a cell as a kernel would: its lines can be looked up, its calls of `check` are left out."""
    name = f"<answer {len(linecache.cache)}>"
    tree = ast.parse(text)
    tree.body = [line for line in tree.body if not _is_check(line)]
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    names["In"] = [*names.get("In", ()), text]
    exec(compile(tree, name, "exec"), names)


def _is_check(line):
    call = line.value if isinstance(line, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"


def judge(answer):
    """The answer's code, run after the lesson's earlier cells, and the verdict of its check."""
    number = answer["exercise"]
    names = notebook_before(number)
    with contextlib.redirect_stdout(io.StringIO()), in_a_folder_of_its_own():
        try:
            run(answer["code"], names)
            with patience():
                verdict = find(number).judge(names, *([names["ANS"]] if "ANS" in names else ()))
        except Exception as error:  # the cell itself stops: the learner sees the error, the check never runs
            words = f"{type(error).__name__}: {error}"
            return Judged(number, answer["side"], answer["what"], "FAILED", "cell-stops", words)
    finding = verdict.finding
    named = (finding.name, finding.says) if finding else ("", "")
    return Judged(number, answer["side"], answer["what"], str(verdict.outcome), *named)


@contextlib.contextmanager
def patience(seconds=60.0):
    """No answer here is endless, and a busy machine takes longer to find a name."""
    before = guard.LIMIT
    kept = next(kept for names, _, kept in pristine._kept if names is vars(guard))  # a check puts back what is there
    guard.LIMIT = kept["LIMIT"] = seconds
    try:
        yield
    finally:
        guard.LIMIT = kept["LIMIT"] = before


@contextlib.contextmanager
def in_a_folder_of_its_own():
    """Answers that write files write them where nothing else stands."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def agreement(name):
    """What a second reader said beside the first: `(judged alike, judged, Cohen's kappa)`.

    Kappa is 0 where two readers agree as often as chance would have it who give each word as often as they did, and 1
    where they always do.
    """
    pairs = [(one["first"], one["word"]) for one in table(name).values()]
    alike = sum(first == second for first, second in pairs) / len(pairs)
    said = [Counter(words) for words in zip(*pairs, strict=True)]
    by_chance = sum(said[0][word] * said[1][word] for word in said[0]) / len(pairs) ** 2
    return round(alike * len(pairs)), len(pairs), (alike - by_chance) / (1 - by_chance)


def shares(judged):
    """Each share as `(count, of how many)`: wrong ones FAILED, right ones PASSED, and the words of the readers."""
    wrong = [one for one in judged if one.side == "wrong"]
    right = [one for one in judged if one.side == "right"]
    judgements = table("judgements")
    words = [one.word(judgements) if one.as_it_should_be else "passed" for one in wrong]
    return {
        "wrong answers FAILED": (sum(one.as_it_should_be for one in wrong), len(wrong)),
        "… by the name of the mistake": (words.count("right"), len(wrong)),
        "… with a vague sentence": (words.count("vague"), len(wrong)),
        "… with a misleading one": (words.count("misleading"), len(wrong)),
        "… with one that nobody read": (words.count("unread"), len(wrong)),
        "right answers PASSED": (sum(one.as_it_should_be for one in right), len(right)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lesson", help="only this lesson, e.g. 03")
    parser.add_argument("--messages", action="store_true", help="every answer with its message")
    parser.add_argument("--unread", action="store_true", help="the messages that nobody has judged, as JSON")
    parser.add_argument("--agreement", action="store_true", help="how often two readers said the same")
    options = parser.parse_args()
    if options.agreement:
        for name in READERS:
            words = Counter(one["word"] for one in table(name).values())
            says = ", ".join(f"{word} {words[word]}" for word in ("right", "vague", "misleading"))
            print("{:<14} {:3} of {} judged alike, kappa {:.2f}".format(name, *agreement(name)), f" its words: {says}")
        return
    chosen = [one for one in read() if not options.lesson or one["exercise"].startswith(options.lesson + ".")]
    judged = [judge(one) for one in chosen]
    judgements, names = table("judgements"), table("names")
    if options.unread:
        unread = [one for one in judged if one.side == "wrong" and one.word(judgements) == "unread"]
        text = {one.key: {"message": one.masked, "word": "?", "names": names.get(one.key)} for one in unread}
        print(json.dumps(text, indent=1, ensure_ascii=False))
        return
    for one in judged:
        if options.messages or not one.as_it_should_be:
            print(f"{one.exercise}  {one.side}  {one.what}\n    {one.outcome} {one.finding}  {one.says}")
    for name, (count, total) in shares(judged).items():
        print(f"{name:<28} {count:4} of {total:4}  {100 * count / max(total, 1):6.1f} %")


if __name__ == "__main__":
    main()
