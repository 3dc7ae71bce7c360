"""Numbers that the text of the lessons names, and what shows each of them.

    python tools/shown.py            those that nothing shows, of every lesson
    python tools/shown.py 05 13      of some of them
    python tools/shown.py --all 05   every one, with what shows it

A number in the text, or in the words of a picture, is shown by

- output    a kept output, which nbval compares, rounded to as many digits as the text says
- code      a number in the code
- sum       an equation that ends with it: `2 · 0.8 = 1.6`
- claim     a test that a tag `claim:` of its section names, and that holds the number
- above     the same number further up in the lesson, where it was shown
- exercise  itself: an exercise gives it, and the check judges what comes out
- a line of `tests/shown.txt`, of a kind below

Outputs and code count that stand in the same section or in one before; for the question at the beginning, all of them.
Whole numbers up to 3 are not looked at, nor are numbers written as words, formulas, code, options, and the numbers of
lessons, exercises and years.
"""

import ast
import functools
import itertools
import json
import math
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOLVED, TESTS = ROOT / "lessons" / "solutions", ROOT / "tests"
KINDS = {
    "given": "the text makes it up, or asks to type it; then a word for what it is",
    "sum": "then `=` and what it is, in Python",
    "test": "then the test that holds it, `file::name`",
    "once": "measured once, and the text says so",
}
COUNTED = (0, 1, 2, 3)
POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
NUMBER = re.compile(rf"(?<![\w.,])(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?![^\W{POWERS}]|\.?\d)")
PRINTED = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?")
EQUALS = re.compile(r"[=≈]\s*\**\(?[−+]?(\d[\d,]*(?:\.\d+)?)")
NOT_LOOKED_AT = (
    (r"```.*?```|\$\$.*?\$\$|\$[^$\n]*\$|`[^`]*`", re.DOTALL),
    (r"(?<!!)\[[^\]]*\]\([^)]*\)|\(attachment:[^)]*\)", 0),
    (r"\((?:[^()]*\b)?(?:19|20)\d\d\b[^()]*\)|\bsection [\d.]+", 0),
    (r"^(?:- \*\*[a-d]\*\* –|# |\*\*Time).*$|^\d+\. ", re.MULTILINE),
    (r"\b[Ll]essons?\s\d\d(?:(?:, \d\d)*,? (?:and|to|or)\s\d\d)?|\b[01]\d\.\d{1,2} ·", 0),
    (r"(?:(?<=xercise )|(?<=in )|(?<=of ))[01]\d\.\d{1,2}\b", 0),
)


@dataclass
class Said:
    """A number in the text of a lesson, where it stands, and what shows it; None if nothing does."""

    lesson: str
    cell: int
    number: str
    around: str
    by: str | None


def said(path):
    """Every number that the text of a solved notebook names."""
    lesson, cells = path.name[:2], json.loads(path.read_text(encoding="utf-8"))["cells"]
    sections = [*itertools.accumulate(bool(re.search(r"^## ", source(cell), re.M)) for cell in cells)]
    code, printed = seen(cells, sections)
    known, above = {place: kind for place, (kind, _) in listed().items() if place[0] == lesson}, set()
    for number, (cell, section) in enumerate(zip(cells, sections, strict=True)):
        text, task = words(cell)
        right = {place for place, _, true in equations(text) if true}
        tests = claimed(one for one, there in zip(cells, sections, strict=True) if there == section)
        reach = math.inf if section == 1 else section
        for match in NUMBER.finditer(text):
            value, decimals = read(match[0])
            if value in COUNTED:
                continue
            values = {value} | ({round(value / 100, 8)} if re.match(r" ?%", text[match.end() :]) else set())
            kinds = {
                "sum": match.start() in right,
                "output": any(place <= reach and agree(value, decimals, one) for one, place in printed),
                "code": any(one in code and code[one] <= reach for one in values),
                "claim": values & tests,
                "above": (value, decimals) in above,
                "exercise": match.start() >= task,
                known.get((lesson, value)): True,
            }
            by = next((kind for kind, shown in kinds.items() if shown), None)
            if by:
                above.add((value, decimals))
            around = " ".join(text[max(0, match.start() - 50) : match.end() + 40].split())
            yield Said(lesson, number, match[0], around, by)


def source(cell):
    return "".join(cell["source"])


def words(cell):
    """The text of a cell, or that of its pictures, without what is not looked at; and where an exercise begins."""
    if cell["cell_type"] == "code":
        return "\n".join(alts(ast.parse(source(cell)))), math.inf
    text = source(cell)
    if task := re.search(r"^### Exercise|^\*\*\d\d\.\d+ ·", text, re.MULTILINE):
        text = text[: task.start()] + "\v" + text[task.start() :]
    for pattern, flags in NOT_LOOKED_AT:
        text = re.sub(pattern, " ", text, flags=flags)
    return text, text.index("\v") if task else math.inf


def alts(tree):
    """The words of the pictures that a cell draws, without what it computes."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for given in (one.value for one in call.keywords if one.arg == "alt"):
            parts = given.values if isinstance(given, ast.JoinedStr) else [given]
            yield " ".join(part.value for part in parts if isinstance(part, ast.Constant))


def seen(cells, sections):
    """The numbers in the code, each with the section where it comes first, and the printed ones that are kept."""
    code, printed = {}, []
    for cell, section in zip(cells, sections, strict=True):
        if cell["cell_type"] == "code":
            for one in numbers(ast.parse(source(cell))):
                code.setdefault(one, section)
            for output in cell["outputs"]:
                text = "".join(output["text"] if "text" in output else output["data"]["text/plain"])
                printed += [(match[0].replace("_", ""), section) for match in PRINTED.finditer(text)]
    return code, printed


def numbers(tree):
    return {float(node.value) for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and type(node.value) in (int, float)}  # fmt: skip


def agree(value, decimals, printed):
    """Whether what was printed is what is said: a whole number to the last digit, another one rounded."""
    digits = len(printed.partition(".")[2])
    return float(printed) == value or (0 < decimals <= digits and round(float(printed), decimals) == value)


def read(text):
    """The value of a number as it is written, and its decimals."""
    return float(text.replace(",", "")), len(text.partition(".")[2])


def equations(text):
    """Of each `arithmetic = number` the place of the number, the equation, and whether it is true."""
    for match in EQUALS.finditer(text):
        left = re.split(r"[=≈:|;?]|- |\. ", text[: match.start()])[-1]
        if (result := longest(left)) is not None:
            value, decimals = read(match[1])
            yield match.start(1), left.strip() + text[match.start() : match.end()], math.isclose(
                round(abs(result), decimals), value, abs_tol=1e-9
            )


def longest(text):
    """The value of the longest piece at the end of a text that is arithmetic; None if there is none."""
    text = re.sub(f"[{POWERS}]+", lambda one: "^" + "".join(str(POWERS.index(digit)) for digit in one[0]), text)
    text = re.sub(r"√(\d+)", r"(\1)^.5", re.sub(r"(?<=\d),(?=\d{3})", "", text.replace("*", "")))
    text = text.translate(str.maketrans({"·": "*", "×": "*", "−": "-", "^": "**", "\n": " "}))
    for start in range(len(text)):
        before, piece = text[:start].rstrip(), text[start:].strip()
        cut = before[-1:] in ("*", "/", "+", "-", "(", ".") or text[:start][-1:].isalnum()
        cut = cut or (piece[:1] in ("+", "-") and not re.search(r"[^\W\d]{2}$|^$", before))  # "x − 2", but "by −2"
        if not cut and re.fullmatch(r"[-+(]*[\d(][\d.()*/+ -]*", piece):
            try:
                tree = ast.parse(piece, mode="eval")
            except SyntaxError:
                continue
            if any(isinstance(node, ast.BinOp) for node in ast.walk(tree)):
                return eval(compile(tree, "text", "eval"), {})
    return None


def claimed(cells):
    """The numbers in the tests that the tags of some cells name."""
    tags = {tag for cell in cells for tag in cell["metadata"].get("tags", ()) if tag.startswith("claim:")}
    names = {tag.removeprefix("claim:") for tag in tags}
    return {one for name in names for file in ("test_claims.py", "test_more_claims.py") for one in held(file, name)}


@functools.cache
def held(file, name):
    """The numbers in a test, in what decorates it, and in its words; or those in a table of that name."""
    for node in ast.parse((TESTS / file).read_text(encoding="utf-8")).body:
        if name in (getattr(node, "name", ""), *(one.id for one in getattr(node, "targets", ()) if hasattr(one, "id"))):
            texts = (str(one.value) for one in ast.walk(node) if isinstance(one, ast.Constant))
            return numbers(node) | {float(one) for text in texts for one in re.findall(r"\d+(?:\.\d+)?", text)}
    return set()


def listed():
    """`{(lesson, value): (kind, what else its line says)}` of `tests/shown.txt`."""
    found, lesson = {}, None
    for line in (TESTS / "shown.txt").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"# Lesson (\d\d)", line):
            lesson = head[1]
        elif line and not line.startswith("#"):
            kind, those, rest = re.fullmatch(r"(\w+)\s+((?:[\d.,]+ )+)\s*(.+)", line).groups()
            found |= {(lesson, read(one)[0]): (kind, rest) for one in those.split()}
    return found


def main():
    chosen, unseen = [one for one in sys.argv[1:] if one != "--all"], 0
    for path in sorted(SOLVED.glob("[0-9][0-9]_*.ipynb")):
        for one in said(path) if not chosen or path.name[:2] in chosen else ():
            unseen += one.by is None
            if "--all" in sys.argv or one.by is None:
                print(f"{one.lesson}[{one.cell}]  {one.number}  {one.by or 'NOT SHOWN'}  … {one.around} …")
    print(f"{unseen} numbers that nothing shows")


if __name__ == "__main__":
    main()
