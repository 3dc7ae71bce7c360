"""Small wrong variants of the course's own code, for `tools/mutate_own.py`: what may go wrong at each place of a file.

`sample(part, seed, count)` chooses among the places of a part and makes one `Mutant` of each.
"""

import ast
import contextlib
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lessons.checks.judge.variants import RARE, variants

ROOT = Path(__file__).resolve().parents[1]
PARTS = {
    "nnlib": ("nnlib/**/*.py",),
    "widgets": ("widgets/**/*.py",),
    "lessons": ("lessons/checks/**/*.py", "course.py", "nnlib_course/*.py"),
}
OTHER = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
         ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And}  # fmt: skip
FOR_LEARNERS = (*RARE, "in-place", "new-for-in-place", "rounded", "same-in-each-round", "mean-for-sum")
EITHER_WAY = ("max", "min", "maximum", "minimum", "hypot", "array_equal")  # of two, either way round
ALIKE = ("allclose", "isclose", "same")  # how near two are to each other, whatever else is given
OWN_CHECK = "strict"  # of zip: it is noticed where the code is wrong elsewhere
SIZES = ("abs", "square", "norm")  # of a difference: its sides may change places
AROUND, MOST_LINES = 100, 5  # letters that tell a mutant from others; lines of what is written anew
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """One wrong variant of a file: the lines that change, and the whole text with them changed."""

    path: str
    scope: str  # the qualified name of its function, as Python gives it
    old: str
    new: str
    text: str

    @property
    def key(self):
        """What stays the same when lines move: the place by its name, and the changed lines without their indent."""
        return "\n".join((f"{self.path}:{self.scope}", f"- {self.old}", f"+ {self.new}"))


def wrong(node, function):
    """The nodes that may stand in the place of one: what learners write wrong, and what goes wrong in any program."""
    if isinstance(node, ast.Call) and called(node) in SIZES and node.args:
        node.args[0].is_of_size = isinstance(getattr(node.args[0], "op", None), ast.Sub)
    if not isinstance(node, (ast.Return, ast.Assign)):
        names = (*ALIKE, *EITHER_WAY) if len(getattr(node, "args", ())) == 2 else ALIKE
        either_way = isinstance(node, ast.Call) and called(node) in names
        either_way |= getattr(node, "is_of_size", False)
        left_out = (*FOR_LEARNERS, "arguments-swapped", "sides-swapped") if either_way else FOR_LEARNERS
        yield from (made for kind, _, made in variants(node, function) if kind not in left_out)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
        yield ast.Compare(node.left, [OTHER[type(node.ops[0])](), *node.ops[1:]], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(OTHER[type(node.op)](), node.values)
        yield from (ast.BoolOp(node.op, [one for one in node.values if one is not left]) for left in node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
        yield ast.Constant(without_a_word(node.value))
    elif isinstance(node, ast.JoinedStr):
        for place, piece in enumerate(node.values):
            if isinstance(piece, ast.Constant) and " " in piece.value.strip():
                less = ast.Constant(without_a_word(piece.value))
                yield ast.JoinedStr([*node.values[:place], less, *node.values[place + 1 :]])
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)):
        yield ast.Pass()
    elif isinstance(node, ast.Call) and node.keywords:
        for left in (one for one in node.keywords if one.arg != OWN_CHECK):
            yield ast.Call(node.func, node.args, [one for one in node.keywords if one is not left])


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def without_a_word(text):
    longest = max(text.split(), key=len)
    return text.replace(longest, "", 1)


def places(node, scope=(), function=None):
    """`(node, qualified name, function)` for each place of a tree but headings, annotations and docstrings."""
    for name, value in ast.iter_fields(node):
        if name in ("ctx", "annotation", "decorator_list", "returns", "bases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if not isinstance(child, ast.AST) or is_text or isinstance(child, (ast.Import, ast.ImportFrom)):
                continue
            if getattr(child, "arg", "") == OWN_CHECK and isinstance(child, ast.keyword):
                continue
            inner, around = scope, function
            if isinstance(child, (*FUNCTIONS, ast.ClassDef)):
                inner = (*scope, child.name)
                if isinstance(child, FUNCTIONS):
                    inner, around = (*inner, "<locals>"), child
            else:
                yield child, ".".join(scope).removesuffix(".<locals>") or "<module>", function
            if not isinstance(child, ast.JoinedStr):  # Python 3.11 does not say where in it something stands
                yield from places(child, inner, around)


def mutant(path, scope, text, node, made):
    """The file with `made` in the place of `node`, or None where that is no Python or no change."""
    data = text.encode()
    lines = data.splitlines(keepends=True)
    first, last = sum(map(len, lines[: node.lineno - 1])), sum(map(len, lines[: node.end_lineno]))
    start, end = first + node.col_offset, sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    below = "\n" * data[start:end].count(b"\n")  # what stands there keeps the numbers of its lines
    after = f"({ast.unparse(made)}{below})" if isinstance(made, ast.expr) else ast.unparse(made) + below
    old, new = data[first:last].decode(), (data[first:start] + after.encode() + data[end:last]).decode()
    whole = data[:first].decode() + new + data[last:].decode()
    try:
        same = ast.dump(ast.parse(whole)) == ast.dump(ast.parse(text))
    except SyntaxError:
        return None
    return None if same else Mutant(path, scope, *around(" ".join(old.split()), " ".join(new.split())), whole)


def around(old, new):
    """What differs of two lines, with some words before it and behind: a line may be an exercise of forty lines."""
    same = alike(old, new)
    behind = alike(old[:same:-1], new[:same:-1])
    begin = max(0, same - AROUND)
    return tuple(line[begin : len(line) - max(0, behind - AROUND)] for line in (old, new))


def alike(old, new):
    """How many letters two lines begin with alike."""
    return next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)


def drawn(path, text, seed):
    """`(rank, place)` of each place of a file, drawn by its words and not by the number of its line."""
    lines = text.splitlines()
    for node, scope, function in places(ast.parse(text)):
        target = node.test if isinstance(node, (ast.If, ast.While, ast.IfExp)) else node
        if hasattr(target, "lineno") and target.end_lineno - target.lineno < MOST_LINES:
            at = type(node).__name__, node.col_offset, node.end_col_offset
            words = path, scope, *at, lines[target.lineno - 1].strip()
            yield rank(seed, *words), (path, scope, text, target, node, function)


def rank(*words):
    return hashlib.sha256(" ".join(map(str, words)).encode()).hexdigest()


def one_of(path, scope, text, target, node, function, seed):
    """One of the mutants that a place may have, or None where it can have none."""
    ranked, alone = [], ast.parse("def nothing(): pass").body[0]
    for made in wrong(node, function or alone):
        with contextlib.suppress(ValueError, TypeError, AttributeError):  # no Python can be written of it
            ranked.append((rank(seed, path, scope, ast.unparse(made)), made))
    return mutant(path, scope, text, target, min(ranked, key=lambda one: one[0])[1]) if ranked else None


def sample(part, seed, count, root=ROOT):
    """So many mutants of a part, no two alike; a change elsewhere leaves the choice as it is."""
    paths = sorted({path for pattern in PARTS[part] for path in root.glob(pattern)})
    found = [one for path in paths
             for one in drawn(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"), seed)]  # fmt: skip
    chosen = {}
    for _, place in sorted(found, key=lambda one: one[0]):
        made = one_of(*place, seed)
        if made:
            chosen[made.key] = made
        if len(chosen) == count:
            break
    return list(chosen.values())
