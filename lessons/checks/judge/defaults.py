"""Numbers that an object is made with by default, written into its methods: right until it is made with others."""

import ast
import itertools

from lessons.checks.judge.compare import Finding
from lessons.checks.judge.learner import source_of

WAYS = 16  # to read numbers that may stand for more than one thing: so many are tried


def written_in(task, piece, expected):
    """With the object's own in place of such numbers, all of them, everything comes out right; else None."""
    text = source_of(piece) if isinstance(piece, type) else None
    top = ast.parse(text).body[0] if text else None
    begin = next((one for one in getattr(top, "body", ()) if getattr(one, "name", "") == "__init__"), None)
    own = _defaults(begin.args) if begin else {}
    known = {id(one) for one in ast.walk(begin)} if begin else set()
    every = [one for one in (ast.walk(top) if own else ()) if isinstance(one, ast.Constant) and id(one) not in known
             and isinstance(one.value, float) and one.value in own]  # fmt: skip
    every.sort(key=lambda one: (one.lineno, one.col_offset))
    ways = itertools.product(*(own[one.value] for one in every)) if every else ()
    for names in itertools.islice(ways, WAYS):
        if task.comes_right(put(text, every, names), piece, list(zip(task.cases, expected, strict=True))):
            told = dict(zip(names, (ast.get_source_segment(text, one) for one in every), strict=True))
            *most, last = dict.fromkeys(told.values())
            numbers, others = (f"{', '.join(most)} and {last}", "others") if most else (last, "another number")
            return Finding("number-written-in", f"You have written {numbers} into `{task.piece}`. Somebody may make it "
                           f"with {others}: {', '.join(f'`{name}`' for name in told)}.")  # fmt: skip
    return None


def _defaults(arguments):
    """What of an object may be meant by a number: `{0.9: ["self.beta1"], 0.1: ["1 - self.beta1"]}`."""
    own, count = {}, len(arguments.defaults)
    for one, default in zip(arguments.args[len(arguments.args) - count :], arguments.defaults, strict=True):
        if isinstance(default, ast.Constant) and isinstance(default.value, float):
            own.setdefault(default.value, []).append(f"self.{one.arg}")
            own.setdefault(round(1 - default.value, 12), []).append(f"1 - self.{one.arg}")
    return own


def put(text, places, names):
    """The text with `names` in these places, which Python counts in bytes."""
    lines = [line.encode() for line in text.splitlines()]
    for one, name in reversed(list(zip(places, names, strict=True))):
        line = lines[one.lineno - 1]
        lines[one.lineno - 1] = line[: one.col_offset] + f"({name})".encode() + line[one.end_col_offset :]
    return b"\n".join(lines).decode()
