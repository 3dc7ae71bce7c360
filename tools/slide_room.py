"""How much room the parts of a lesson take on a slide of 1280 × 720, and how they are cut to fit."""

import math
import re
from dataclasses import replace

HIGH = 504  # pixels below a title of one line, on a page of 720
SECOND_LINE, TITLE_LETTERS = 46, 56
LETTERS, CODE_LETTERS = 70, 76  # in a line of text and of code, of a wide font
CODE_BESIDE, TEXT_BESIDE = 44, 33  # in a line of code beside a figure, and of text beside an explorer
LINE, CODE_LINE, GAP, SMALL_LINE = 38, 30, 16, 32
LEAST_PICTURE = 280


def height(part, beside=None):
    """About how many pixels a part takes, in a wide font. Beside a figure or an explorer there is less room for it."""
    rows = part.source.splitlines()
    text, line = (TEXT_BESIDE, SMALL_LINE) if beside else (LETTERS, LINE)
    if part.kind in ("code", "output", "fence"):
        letters = CODE_BESIDE if beside else CODE_LETTERS
        return sum(max(1, math.ceil(len(row) / letters)) for row in rows) * CODE_LINE + 22 + GAP
    if part.kind == "formula":
        return 100 + GAP
    if part.kind in ("picture", "figure"):
        return LEAST_PICTURE + GAP
    if part.kind == "table":
        seen = [row for row in rows if not re.fullmatch(r"[|: -]+", row)]
        return sum(math.ceil(len(plain(row)) / (LETTERS - 10)) for row in seen) * 48 + GAP  # cells are padded
    if part.kind == "list":
        return sum(math.ceil(len(plain(item)) / (text - 3)) * line + 8 for item in items(part)) + GAP
    return sum(math.ceil(len(plain(piece)) / text) for piece in part.source.split("\n\n")) * line + GAP


def items(part):
    return re.split(r"\n(?=- |\d+\. )", part.source)


def plain(text):
    """Markdown without its marks: the letters that are seen."""
    return re.sub(r"\]\([^)]*\)|[*`$\[]", "", text)


def hung(code):
    """Code with its long lines broken, at a space or after a bracket, for a narrow column."""
    made = []
    for row in code.splitlines():
        indent = " " * (len(row) - len(row.lstrip()) + 4)
        while len(row) > CODE_BESIDE:
            at = max(row.rfind(" ", len(indent) + 8, CODE_BESIDE), row.rfind("(", len(indent) + 8, CODE_BESIDE - 1) + 1)
            if at <= len(indent) + 8:
                break
            made.append(row[:at].rstrip())
            row = indent + row[at:].lstrip()
        made.append(row)
    return "\n".join(made)


def cut(part, room=HIGH):
    """A part in pieces that fit on a slide with so much room."""
    if height(part) <= room or len(pieces := halves(part)) == 1:
        return [part]
    return [piece for half in pieces for piece in cut(half, room)]


def halves(part):
    """A part in two, where that goes: code at an empty line, a list between its items."""
    if part.kind in ("code", "output", "fence"):
        rows = part.source.splitlines()
        middle = max(2, len(rows) // 2)
        breaks = [k for k in range(2, len(rows) - 1) if not rows[k].strip()]
        at = min(breaks, key=lambda k: abs(k - middle), default=middle)
        made = ["\n".join(rows[:at]).rstrip(), "\n".join(rows[at:]).strip("\n")]
    elif part.kind == "list" and len(several := items(part)) > 1:
        at = len(several) // 2
        made = ["\n".join(half) for half in (several[:at], several[at:])]
    else:
        return [part]
    return [replace(part, source=source) for source in made]
