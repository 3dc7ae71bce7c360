"""Parsons: a program whose lines are shuffled. Put them in order, by keyboard, by buttons or by dragging.

    Parsons('''
    total = 0
    for x in numbers:
        total += x
    mean = total / len(numbers)
    ''')                                              # shuffled; the check says which line is the first out of place
    Parsons(program, extra=["total = x"], indent=True)    # a line that belongs nowhere; the depth is asked for too
    Parsons(lines={"A": …, "B": …}, judge=judge)      # shuffled already; `judge("BA")` says how it is
    Parsons(program, run=run)                         # a button more: `run(text)` gives what the lines print

A line that has focus is lifted with Space, moved with the arrow keys and dropped with Space; Escape puts it back.
"""

import random
import string
from collections.abc import Mapping
from pathlib import Path

from widgets.stage.base import Explorer

MARKS = {"PASSED": "✓", "FAILED": "✗", "NOT ATTEMPTED": "○"}
WAY = "Up and Down move it, Left takes it out, Space drops it, Escape puts it back."
WAY_IN_DEPTH = "Up and Down move it, Right and Left change its depth, Space drops it, Escape puts it back."
DEEPEST, INDENT = 6, "    "


class Parsons(Explorer):
    """Lines to be put in order, and which one is the first out of place.

    `program` is the text in its right order, or a list of its lines; `extra` are lines that belong nowhere. `seed`
    decides the shuffle. With `indent=True` the lines come without their indentation, four spaces a step, and the
    learner gives it. Lines of the same text may change places. How many lines belong in the program is told.

    Whoever judges by other rules gives `lines`, `{letter: text}` as they are to be shown, and `judge(letters)`, which
    returns a dictionary: `word` ("PASSED", "FAILED" or "NOT ATTEMPTED"), `says` (a list of sentences) and `line` (the
    letter that is to be marked, or None). `order` are the letters that stand in the program to begin with, `wanted`
    is how many lines belong there, all if it is not given.

    `run(text)` is called with the lines as they stand and returns text; what it raises is shown.

    Raises TypeError for neither or both of `program` and `lines`, or `lines` without `judge`; ValueError for fewer than
    two lines, an indentation that is not four spaces a step, and an `order` of letters that no line has.
    """

    title = "Put the lines in order"
    module = Path(__file__).with_suffix(".js")

    def start(self, program=None, lines=None, judge=None, extra=(), indent=False, order="", run=None, seed=0,
              title=None, verdict=None, help="", wanted=None):  # fmt: skip
        if (program is None) == (lines is None) or (lines is None) != (judge is None):
            raise TypeError("Parsons takes a program in its right order, or lines={letter: text} with judge=")
        self.title, self.indent, self._run, self.help = title or self.title, indent, run, help
        if lines is None:
            self._right, lines = shuffled(program, extra, indent, seed)
            judge, wanted = self._compare, len(self._right)
        elif not isinstance(lines, Mapping) or not all(isinstance(text, str) for text in lines.values()):
            raise TypeError(f"lines are a dictionary {{letter: text}}, got {lines!r:.60}")
        if len(lines) < 2:
            raise ValueError(f"at least two lines can be put in order, got {len(lines)}")
        if set(order) - set(lines) or len(set(order)) < len(order):
            raise ValueError(f"order is made of the letters {', '.join(lines)}, each once at most, got {order!r}")
        self.lines, self._judge, self.wanted = dict(lines), judge, wanted or len(lines)
        self.program, self.depths = list(order), dict.fromkeys(lines, 0)
        self.lifted = self.before = self.output = None
        self.said, self.verdict = "", verdict

    # Moving lines ---------------------------------------------------------------------------------------------

    @property
    def order(self):
        """The letters of the program as it stands: `"BDA"`."""
        return "".join(self.program)

    def text(self):
        """The program as it stands."""
        return "\n".join(INDENT * self.depths[letter] + self.lines[letter] for letter in self.program)

    def press(self, name, detail=None):
        """Lift or drop a line, move it, take it into the program or out of it, place it; check, run, or begin anew."""
        if name in ("check", "run", "reset"):
            if name not in self.disabled():
                {"check": self._check, "run": self._execute, "reset": self._reset}[name]()
            return
        detail = {"line": detail} if isinstance(detail, str) else detail
        line = detail.get("line")
        if line not in self.lines:
            raise ValueError(f"the lines are {', '.join(self.lines)}, got {line!r}")
        if name in ("lift", "drop", "cancel"):
            {"lift": self._lift, "drop": self._drop, "cancel": self._cancel}[name](line)
        elif name == "move":
            self._move(line, *detail.get("by", (0, 0)))
        elif name == "place":
            self._place(line, detail.get("at"), self.depths[line] + int(detail.get("deeper", 0)))
        else:
            raise ValueError(f"a press is lift, drop, cancel, move, place, check, run or reset, got {name!r}")

    def _lift(self, line):
        self.lifted, self.before = line, (list(self.program), dict(self.depths))
        way = WAY if line in self.program and not self.indent else WAY_IN_DEPTH
        self.said = f"{self._where(line)}, lifted. {way if line in self.program else 'An arrow key takes it in.'}"

    def _drop(self, line):
        self.lifted = None
        self.said = f"{self._where(line)}, dropped."

    def _cancel(self, line):
        if self.lifted is not None:
            self.program, self.depths = self.before
        self.lifted = None
        self.said = f"{self._where(line)}, put back."

    def _move(self, line, across, down):
        """One key: up or down in the program, deeper or less deep, in or out."""
        if line not in self.program:
            if (across, down) != (-1, 0):
                self._place(line, len(self.program), 0)
            return
        at, depth = self.program.index(line), self.depths[line]
        if across and self.indent and depth + across >= 0:
            self._place(line, at, depth + across)
        elif across < 0:
            self._place(line, None, 0)
        elif down:
            self._place(line, at + down, depth)

    def _place(self, line, at, depth):
        """Put a line at place `at` of the program, or out of it."""
        before = list(self.program), self.depths[line]
        self.depths[line] = min(DEEPEST, max(0, depth)) if self.indent and at is not None else 0
        self.program = [letter for letter in self.program if letter != line]
        if at is not None:
            self.program.insert(min(len(self.program), max(0, int(at))), line)
        self.said = f"{self._where(line)}."
        if before != (self.program, self.depths[line]):
            self.verdict = self.output = None

    def _where(self, line):
        if line not in self.program:
            return f"Line {line} is not in your program"
        depth = f", depth {self.depths[line]}" if self.indent else ""
        return f"Line {line} is number {self.program.index(line) + 1} of {len(self.program)}{depth}"

    def _reset(self):
        self.program, self.depths = [], dict.fromkeys(self.lines, 0)
        self.lifted = self.verdict = self.output = None
        self.said = "Your program is empty again."

    # The check ------------------------------------------------------------------------------------------------

    def _check(self):
        self.lifted = None
        self.verdict = dict(self._judge(self.order))
        self.said = ""

    def _compare(self, order):
        """The program against the right one, line by line."""
        for place, letter in enumerate(order):
            depth, text = self.depths[letter], self.lines[letter]
            right = self._right[place] if place < len(self._right) else None
            if right is not None and text == right[1] and depth == right[0]:
                continue
            first = f"The first {place} lines stand right. " if place > 1 else ""
            says = f"{first}Line {letter}, number {place + 1}, is the first out of place."
            if right is not None and text == right[1]:
                says = f"{first}Line {letter}, number {place + 1}, is in its place, but not at its depth."
            return {"word": "FAILED", "says": [says], "line": letter}
        missing = len(self._right) - len(order)
        if missing:
            says = f"As far as it goes it is right. {missing} {'line is' if missing == 1 else 'lines are'} missing."
            return {"word": "FAILED", "says": [says], "line": None}
        return {"word": "PASSED", "says": ["Every line stands in its place."], "line": None}

    def _execute(self):
        self.output = str(self._run(self.text())) or "(nothing was printed)"
        self.said = f"The lines ran. {self.output}"

    def disabled(self):
        empty = () if self.program else ("check", "run", "reset")
        return empty if self._run is not None else (*empty, "run")

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        marked = (self.verdict or {}).get("line")
        return {
            "stats": [["In your program", self._count()]],
            "program": [
                {"letter": letter, "text": self.lines[letter], "depth": self.depths[letter],
                 "where": self._where(letter), "wrong": letter == marked}
                for letter in self.program
            ],
            "left": [
                {"letter": letter, "text": text, "depth": 0, "where": self._where(letter), "wrong": letter == marked}
                for letter, text in self.lines.items() if letter not in self.program
            ],
            "depth": self.indent, "runs": self._run is not None, "output": self.output,
            "verdict": self.verdict and self.verdict | {"mark": MARKS[self.verdict["word"]]},
        }  # fmt: skip

    def _count(self):
        """How many lines the program has, of those that belong there; too many are no part of them."""
        here = len(self.program)
        return f"{here} of {self.wanted} lines" if here <= self.wanted else f"{here} lines, {self.wanted} belong there"

    def narrate(self):
        if self.said:
            return self.said
        if self.verdict:
            return " ".join([f"{self.verdict['word']}.", *self.verdict["says"]])
        if not self.program:
            belong = f", {self.wanted} of which belong in your program" if self.wanted < len(self.lines) else ""
            lines = f"{len(self.lines)} lines{belong}"
            return f"{lines}; none stands there yet. Space lifts a line, the arrow keys move it."
        return f"Your program: {', '.join(self.program)}."

    def in_words(self):
        word = self.verdict["word"] if self.verdict else "NOT ATTEMPTED"
        says = " ".join(self.verdict["says"]) if self.verdict else self.narrate()
        return " ".join(filter(None, [f"{MARKS[word]} {word}  {self.title}. {says}", self.help]))


def shuffled(program, extra, indent, seed):
    """`(right, lines)`: the right lines as `(depth, text)`, and all of them with letters, in another order."""
    rows = program.splitlines() if isinstance(program, str) else list(program)
    rows = [row.rstrip() for row in rows if row.strip()]
    if len(rows) + len(extra) > len(string.ascii_uppercase):
        raise ValueError(f"at most {len(string.ascii_uppercase)} lines have a letter, got {len(rows) + len(extra)}")
    least = min((len(row) - len(row.lstrip()) for row in rows), default=0)
    rows = [row[least:] for row in rows]
    right = [(0, row) for row in rows]
    if indent:
        for row in rows:
            if (len(row) - len(row.lstrip(" "))) % len(INDENT) or row.lstrip(" ").startswith("\t"):
                raise ValueError(f"the lines are indented by four spaces a step, got {row!r}")
        right = [((len(row) - len(row.lstrip())) // len(INDENT), row.lstrip()) for row in rows]
    texts = [text for _, text in right] + [line.strip() if indent else line.rstrip() for line in extra]
    mixed, chance = list(texts), random.Random(seed)
    for _ in range(20):  # a shuffle that leaves all as it was asks nothing
        chance.shuffle(mixed)
        if [text for text in mixed if text not in extra] != [text for _, text in right]:
            break
    return right, dict(zip(string.ascii_uppercase, mixed, strict=False))
