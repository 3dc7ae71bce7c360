"""What would put a learner's own lines right? Every small change of them, made systematically, from their syntax tree.

`mends(text)` yields changed versions of a function's or a class's own source, the surest kinds first: brackets put in
or taken out here, everything else that may mend one expression in `expressions.py`, or one line in `statements.py`. A
check runs each of them, and says one only where *all* results come out right with that change alone. So whatever is
said is about lines that stand there, and it is true of them.
"""

import ast
import io
import itertools
import keyword
import textwrap
import tokenize
from dataclasses import dataclass

from nnlib.lines.back import Back
from nnlib.lines.expressions import of_expression
from nnlib.lines.known import Known
from nnlib.lines.statements import of_block, of_targets
from nnlib.lines.syntax import COMPARED, SIGNS, changed, quoted, replacing

OF_SIZES = ("abs-missing", "wrong-sign")
ASKS, OF_NUMBERS = {"<", ">", "<=", ">=", "==", "!="}, {"%", "//", "**", "@"}
MOST = 40  # tokens of an expression in which brackets are tried
TWO_PAIRS = 60  # characters of one in which two pairs may be missing
WIDE = 70  # characters of one that is shown as Python reads it
UNSAFE = {"os", "sys", "shutil", "subprocess", "open", "Path", "pathlib", "exec", "eval", "input", "__import__"}
SURE = ("brackets-missing", "brackets-too-many", "f-missing", "and-for-or", "any-or-all", "elif-for-if", "not-kept",
        "renamed-for-filled", "filled-elsewhere", "filled-too-late", "anew-in-each-round", "return-missing",
        "cut-to-whole", "half-the-digits", "power-of-all", "added-in-each", "compared-for-put", "is-for-equal",
        "names-exchanged", "list-of-one", "not-called", "used-nowhere")  # how it is written: said first
FAR = ("two-pairs-missing", "not-transposed", "abs-missing", "wrong-sign", "bracket-too-early", "bracket-too-late",
       "argument-missing", "overwritten", "another-key", "another-attribute", "another-variable", "another-store",
       "not-reversed", "not-divided", "place-off", "same-in-each-round")  # many: last
LAST = ("value-left-out", "factor-left-out", "another-slope", "slope-missing", "gradient-left-out", "call-left-out",
        "term-left-out", "statistics-constant", "labels-left-out", "product-left-out")  # one after the other
LATE = ("lines-in-other-order", "inside-the-block", "other-order-of-calls")  # what is without effect is too much
NTH = ("first", "second", "third", "fourth", "fifth", "sixth")
MENDED = "With that mended, all comes out right."


@dataclass(frozen=True)
class Mend:
    """One change: `kind`, what was the matter before, and the whole source with it; `also` has the kinds of more."""

    kind: str
    says: str
    text: str
    also: tuple = ()

    @property
    def when(self):
        """What a sentence about what comes out then begins with."""
        return "With both mended" if self.also else "With that mended"


def mends(text, solution="", far=None, around=None, keys=()):
    """Every mend of the source of one function or class, the surest first; none where running them might do harm.

    What the `solution` calls and asks of its objects may be what is missing. `far` asks for those kinds alone of which
    there are many, so that one of them may be right by chance, or for the others alone. `around` says that it is part
    of a network's way back, and names arrays outside of it that one of its own may have been taken for; then slopes
    are tried too, and every variable, or value under one of the `keys`, for every other.
    """
    tree = ast.parse(text)
    every = list(ast.walk(tree))
    words = {getattr(one, "id", getattr(one, "attr", None)) for one in every}
    if words & UNSAFE or any(isinstance(one, (ast.While, ast.AsyncFunctionDef)) for one in every):
        return
    known, planned, alike = Known.of(tree, ast.parse(solution), around, keys), [], {}
    lines = text.splitlines()
    for function in [one for one in every if isinstance(one, ast.FunctionDef)]:
        for kind, says, line, place, key in _planned(function, known):
            planned.append((kind, says, line, [place]))
            if key is not None:
                alike.setdefault((kind, key), []).append(planned[-1])
    for (kind, _), group in alike.items():  # the same mistake at all its places
        group = _apart(group)
        if len(group) > 1:
            group.sort(key=lambda one: one[2])
            says, line = group[0][1:3]
            also = _elsewhere(line, [one[2] for one in group[1:]], lines)
            planned.append((kind, says + also, line, [place for one in group for place in one[3]]))
    planned = _told_apart(planned)
    written = Written(tree)
    seen = {written()}
    for kind, says, line, places in sorted(planned, key=lambda one: (_rank(one[0]), one[0] in LATE)):
        if far is not None and far != is_far(kind):
            continue
        with replacing(*places)():
            for new in [one for *_, made in places if isinstance(made, list) for one in made]:
                ast.fix_missing_locations(new)  # statements need them, to be written
            try:
                now = written(*(place[0] for place in places))
            except (ValueError, TypeError, AttributeError):
                continue
        told = _line(tree, text, line, places[0][0]) if now not in seen else ""
        if told:
            seen.add(now)
            yield Mend(kind, says.replace("{line}", quoted(told)), now)


def _told_apart(planned):
    """Where one sentence would be true of several places in a line, each with a word for which of them it is."""
    begins = [_begins(*changes[0][:3]) if len(changes) == 1 else None for _, _, _, changes in planned]
    places = {}
    for one, place in zip(planned, begins, strict=True):
        places.setdefault(one[:3], set()).update([place] if place else ())
    for one, place in zip(planned, begins, strict=True):
        kind, says, line, changes = one
        same = sorted(places[one[:3]])
        if place and 1 < len(same) <= len(NTH):
            says = f"{says[:-1]} (the {NTH[same.index(place)]} in that line)."
        yield kind, says, line, changes


def _begins(parent, field, index):
    """Where in its text an expression is, an operation by its sign; None of anything else."""
    node = getattr(parent, field) if index is None else getattr(parent, field)[index]
    left = getattr(node, "left", None)
    if isinstance(left, ast.expr):
        return left.end_lineno, left.end_col_offset
    return (node.lineno, node.col_offset) if isinstance(node, ast.expr) else None


def _apart(group):
    """Of changes that are to be made together those at places of their own: none twice, none inside of another."""
    found, inside = {}, set()
    for one in group:
        parent, field, index, _ = one[3][0]
        old = getattr(parent, field) if index is None else getattr(parent, field)[index]
        if isinstance(old, ast.AST):
            inside |= {id(below) for below in ast.walk(old)}
        found.setdefault((id(parent), field, index), one)
    return [one for one in found.values() if id(one[3][0][0]) not in inside]


def _line(tree, text, number, node):
    """The line of this number; of several statements on it, the one in which a node is, or "" where that is none."""
    line = text.splitlines()[number - 1]
    if ";" not in line:
        return line
    inside = [one for one in ast.walk(tree) if isinstance(one, ast.stmt) and any(it is node for it in ast.walk(one))]
    here = [one for one in inside[-1:] if one.lineno == number]
    return ast.get_source_segment(text, here[0]).splitlines()[0] if here else ""


def _elsewhere(first, others, lines):
    """Where else the same has to be mended: on the line that is named `first`, and on others."""
    here = others.count(first)
    places = ["another place in that line" if here == 1 else f"{here} more places in that line"] if here else []
    there = list(dict.fromkeys(f"`{quoted(lines[line - 1])}`" for line in others if line != first))
    if there == [f"`{quoted(lines[first - 1])}`"]:
        places.append("the line further down that reads the same")
    elif there:
        most = ", ".join(there[:2]) if len(there) > 2 else " and ".join(there)
        more = f" and {len(there) - 2} more" if len(there) > 2 else ""
        places.append(f"your line{'s' * (len(there) > 1)} {most}{more}")
    return f" The same goes for {' and '.join(places)}."


class Written:
    """The text of a tree that changes below some nodes: a function's statements without one are kept as written."""

    def __init__(self, tree):
        self.tree, self.whole = tree, tree.body[0]
        self.parted = isinstance(self.whole, ast.FunctionDef) and ast.get_docstring(self.whole) is None
        if self.parted:
            self.home = {id(one): k for k, line in enumerate(self.whole.body) for one in ast.walk(line)}
            self.pieces = [self.piece(line) for line in self.whole.body]
            self.head = ast.unparse(changed(self.whole, body=[])).rstrip()

    def piece(self, line):
        return textwrap.indent(ast.unparse(line), "    ").strip("\n")

    def __call__(self, *parents):
        homes = {self.home.get(id(one)) for one in parents} if self.parted else {None}
        if None in homes:
            return ast.unparse(self.tree)
        pieces = [self.piece(self.whole.body[k]) if k in homes else piece for k, piece in enumerate(self.pieces)]
        return "\n".join([self.head, *pieces])


def is_far(kind):
    """Whether there are many changes of a kind."""
    return _rank(kind) > 1


def _rank(kind):
    ranks = ((0, SURE), (2, FAR), *((3 + k, (one,)) for k, one in enumerate(LAST)))
    return next((rank for rank, kinds in ranks if kind in kinds), 1)


def _planned(function, known):
    """`(kind, says, line number, place, key)` for each change; those with one key are also made together."""
    known = known.within(function)
    back = None if known.around is None else Back(function, known)
    given = [function.args, *function.decorator_list]
    if back:  # a question about shapes is how the lines are meant
        asked = [one for one in ast.walk(function) if isinstance(one, ast.Compare)]
        given += [one for one in asked if any(getattr(it, "attr", "") in ("shape", "ndim") for it in ast.walk(one))]
    given = {id(one) for part in given for one in ast.walk(part)}
    counting = {id(one) for place in ast.walk(function) if isinstance(place, ast.Subscript)
                for one in ast.walk(place.slice)}  # a place counted from behind is right by accident
    parents = [one for one in ast.walk(function) if id(one) not in given]
    for parent in [*parents, *([function.args] if back else [])]:  # numbers that are its arguments' usual ones
        for field, value in ast.iter_fields(parent):
            if isinstance(value, list) and value and all(isinstance(one, ast.stmt) for one in value):
                for kind, says, line, made, key in of_block(field, value, known):
                    yield kind, says, line, (parent, field, None, made), key
            if field == "targets":
                for kind, says, made, key in of_targets(parent, known):
                    yield kind, f"In your line `{{line}}` {says}.", parent.lineno, (parent, field, None, made), key
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if field in ("annotation", "decorator_list", "returns") or not isinstance(node, ast.expr):
                    continue
                made = [] if back is None else [*back.of_expression(parent, node)]
                if not isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
                    made += _bracketed(parent, node)
                    made += of_expression(parent, node, known)
                for kind, says, other, key in made:
                    if not (kind in OF_SIZES and id(node) in counting):
                        yield kind, f"In your line `{{line}}` {says}.", node.lineno, (parent, field, index, other), key


def bracketings(text):
    """`(what is the matter, the other text)` for pairs of brackets that one expression may lack or have too many."""
    for _, says, made, _ in _bracketed(None, ast.parse(text, mode="eval").body):
        yield says, ast.unparse(made)


def _bracketed(parent, node):
    """`(kind, says, made, key)` for one pair of brackets more or less, or two pairs more, in a whole expression."""
    if isinstance(parent, (ast.BinOp, ast.Compare, ast.BoolOp, ast.UnaryOp)):
        return
    for kind, says, made, key in _one_pair(node):
        if isinstance(parent, (ast.If, ast.IfExp)) and isinstance(made, ast.BinOp):  # who calculates with a yes or no?
            continue
        if _answers_calculated(made) and not _answers_calculated(node):
            continue
        yield kind, says, made, key
        if kind == "brackets-missing" and len(ast.unparse(node)) <= TWO_PAIRS:
            for other, _, again, _ in _one_pair(made):
                if other == kind:
                    two = says.replace("a pair of brackets is", "two pairs of brackets are")
                    yield "two-pairs-missing", two, again, None


def _answers_calculated(node):
    """Is one side of an `and` or an `or` a calculation with a yes or no, `(a >= b) / 2 or c`?"""
    sides = [side for one in ast.walk(node) if isinstance(one, ast.BoolOp) for side in one.values]
    return any(isinstance(side, ast.BinOp) and any(isinstance(one, ast.Compare) for one in ast.walk(side))
               for side in sides)  # fmt: skip


def _one_pair(node):
    if not any(isinstance(one, (ast.BinOp, ast.Compare, ast.BoolOp)) for one in ast.walk(node)):
        return
    text, reads = ast.unparse(node), _as_read(node)
    if " if " in text and ".shape" in text:  # a question about shapes is meant so
        return
    shown = f": Python reads `{reads}`" if len(reads) <= WIDE and reads != text else ""
    pieces = [one.string for one in tokenize.generate_tokens(io.StringIO(text).readline) if one.string.strip()]
    shape = " ".join("x" if one.isidentifier() else one for one in pieces)
    for first, last in itertools.combinations(range(len(pieces) if len(pieces) <= MOST else 0), 2):
        before, inside, after = pieces[:first], pieces[first : last + 1], pieces[last + 1 :]
        asks, beside = not ASKS.isdisjoint(inside), {*before[-1:], *after[:1]}
        if asks and not beside.isdisjoint(OF_NUMBERS):  # nobody calculates so with a yes or no
            continue
        if before and ((before[-1].isidentifier() and not keyword.iskeyword(before[-1])) or before[-1] in (")", "]")):
            continue  # brackets behind a name are a call's: they group nothing
        of_shape = after[1:2] in (["shape"], ["size"], ["ndim"]) or (len(inside) > 3 and inside[-1] == "shape")
        of_zeros = not {"zeros", "zeros_like"}.isdisjoint(inside)  # nobody adds them to anything
        shifted = after[:1] == ["."] and after[1:2] in (["std"], ["var"], ["ptp"]) and (
            inside[0][0].isdigit() or inside[-1][0].isdigit())  # nor a number to what does not feel it
        endless = inside[-1] == "np" or not {"inf", "nan"}.isdisjoint(one.strip("'") for one in inside)
        called = len(inside) > 1 and after[:1] == ["("]
        odd = of_shape or of_zeros or shifted or endless or called
        if _belongs_together(inside) and not odd:  # who calculates with a shape, with infinity, or calls a sum?
            made = _parsed([*before, "(", *inside, ")", *after], node)
            if made:
                yield "brackets-missing", f"a pair of brackets is missing{shown}", made, (shape, first, last)
        joined = asks and not beside.isdisjoint(("&", "|"))  # `z > 0 & z < 6` is what nobody means
        by_one = ["*", "1"] in (before[-1:] + inside[1:2], after[:1] + inside[-2:-1])  # nobody multiplies by 1
        taken_from = after[:1] in (["."], ["["])  # then brackets say of what, and are no slip
        if (inside[0] == "(" and inside[-1] == ")" and _belongs_together(inside[1:-1]) and not taken_from
                and not joined and not by_one):  # fmt: skip
            made = _parsed([*before, *inside[1:-1], *after], node)
            if made:
                yield "brackets-too-many", "a pair of brackets is too many", made, (shape, first, last)


def _belongs_together(pieces):
    """Would brackets around these pieces be a pair?"""
    depth = 0
    for one in pieces:
        depth += (one in ("(", "[", "{")) - (one in (")", "]", "}"))
        if depth < 0:
            return False
    return depth == 0


def _parsed(pieces, before):
    """The expression that these pieces make, or None where it is none, or the one that was there before."""
    try:
        made = ast.parse(" ".join(pieces), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    tuples = [sum(isinstance(one, ast.Tuple) for one in ast.walk(tree)) for tree in (made, before)]
    return made if tuples[0] == tuples[1] and ast.dump(made) != ast.dump(before) else None


def _as_read(node):
    """An expression with the brackets that Python puts in its mind."""
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        sides, sign = (node.left, node.right), SIGNS[type(node.op)].replace("−", "-")
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED and len(node.ops) == 1:
        sides, sign = (node.left, node.comparators[0]), COMPARED[type(node.ops[0])]
    else:
        return ast.unparse(node)
    return f" {sign} ".join(f"({_as_read(one)})" if isinstance(one, ast.BinOp) else _as_read(one) for one in sides)
