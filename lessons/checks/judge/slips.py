"""The usual slips, made systematically: every small wrong variant of a solution, from its syntax tree.

`slips(text, piece)` yields variants of a solution's cell, the likeliest first: what may go wrong at one place of the
tree (`variants.py`), the same slip at all its places, two arguments exchanged, brackets left out, and for classes
what one call leaves behind for the next. A check tries them as candidates for what is the matter with a learner's
numbers, and says so only where all numbers agree. `tools/mutate_solutions.py` asks every check to refuse them.
"""

import ast
import contextlib
import itertools
import re
import textwrap
from dataclasses import dataclass

from lessons.checks.judge.variants import BESIDES, FUNCTIONS, RARE, SMALL, is_loose, variants
from nnlib.lines import SIGNS, replacing

LARGE = (1, 2, 3, 5, 6, 8, 10, 15, 16, 20, 25, 30, 36, 40, 50, 100, 500, 700, 709)
CUTS = (*((small, 1 - small) for small in SMALL), *((-large, large) for large in LARGE))
EVERYWHERE = ("abs-missing", "axis-missing", "keepdims-missing", "log-missing", "log2-for-log", "log10-for-log",
              "log1p-for-log", "sum-for-mean", "mean-for-sum", "other-axis", "square-missing")  # fmt: skip


@dataclass(frozen=True)
class Slip:
    """One wrong variant: `kind`, what to say where a learner's numbers are its numbers, and the whole cell's text."""

    kind: str
    says: str
    text: str
    line: str

    @property
    def is_besides(self):
        """Does it do something more, which most often changes nothing?"""
        return self.kind in BESIDES


def slips(text, piece):
    """Every variant of the cell `text` within the function or class `piece`, the likeliest kinds first."""
    tree = ast.parse(text)
    blank = ast.unparse(tree)
    seen = {blank}
    top = next(one for one in tree.body if getattr(one, "name", None) == piece)
    functions = [one for one in ast.walk(top) if isinstance(one, ast.FunctionDef)]
    planned = [(kind, says, function, change) for function in functions for kind, says, change in _planned(function)]
    planned += _kept_from_call_to_call(top)
    for kind, says, function, change in sorted(planned, key=lambda one: one[0] in RARE):
        indent = " " * 4 * (function is not top)
        before = textwrap.indent(ast.unparse(function), indent)
        with change():
            after = _text(function, indent)
        changed = after and blank.replace(before, after, 1)
        if changed and changed not in seen:
            seen.add(changed)
            where = f" in `{function.name}`" if isinstance(top, ast.ClassDef) and function is not top else ""
            yield Slip(kind, says + where, changed, _difference(blank, changed))


LOOPS = (ast.For, ast.While, ast.comprehension)
STANDS = {  # what must stand in a learner's lines before they are said to make a slip of this kind
    "return-in-the-loop": LOOPS, "loop-too-short": LOOPS, "loop-too-late": LOOPS, "same-in-each-round": LOOPS,
    "not-reversed": LOOPS, "comparison": (ast.Compare,), "arguments-swapped": (ast.Call,),
    "in-place": (ast.AugAssign, ast.Subscript), "brackets-missing": (), "brackets-too-many": (),
}  # fmt: skip


DOES = {
    "summed-besides": ("sum", "add", "einsum"), "rounded": ("round", "around", "round_", "floor", "int", "astype"),
    "abs-besides": ("abs", "absolute", "fabs", "where", "square", "sqrt", "norm", "maximum"),
}  # fmt: skip


def is_shown(slip, lines):
    """Are the learner's `lines` such that the slip can be theirs? Numbers alone may come from lines of another kind."""
    if slip.kind in STANDS:
        return lines.has(*STANDS[slip.kind]) if STANDS[slip.kind] else False  # missing brackets: see `mends`
    if slip.kind == "divided-twice":
        return lines.count(ast.Div) > 1
    if slip.kind == "constant":
        number = ast.literal_eval(slip.says.split()[1])
        yours, theirs = (sum(one == number for one in _numbers(every))
                         for every in (lines.every, ast.walk(ast.parse(slip.text))))  # fmt: skip
        return yours >= max(1, theirs)
    if slip.kind.endswith("-missing") and "the call of" in slip.says:
        return slip.text.count(f"{slip.kind.removesuffix('-missing')}(") > 0 or not lines.uses(
            slip.kind.removesuffix("-missing"))  # fmt: skip
    if slip.kind == "factor-dropped" and re.fullmatch(r"return [\d.]+", slip.line):
        return False  # not a factor is missing: what comes back has nothing to do with what came in
    taken, _, for_what = slip.kind.partition("-for-")
    if taken in FUNCTIONS.get(for_what, ()) and slip.kind != "mean-for-sum":
        return lines.uses(taken)
    if slip.kind == "operator":
        stands = slip.says.split()[1].rstrip("=")
        return any(lines.count(kind) for kind, sign in SIGNS.items() if sign == stands)
    if slip.kind in DOES:
        return lines.uses(*DOES[slip.kind])
    if slip.kind == "another-variable":
        there = {ast.unparse(one) for one in lines.every if isinstance(one, ast.Attribute)}
        asked = set(re.findall(rf"\b{re.escape(slip.says.split('`')[1])}\.\w+", slip.line))
        return asked <= there and all(lines.uses(word.removeprefix("self.")) for word in slip.says.split("`")[1::2])
    if slip.kind == "cut-off-besides" and not lines.uses("clip", "minimum", "maximum", "min", "max"):
        end = float(slip.says.rpartition(" at ")[2].split()[0].replace("−", "-"))
        met = [it for one in lines.every if isinstance(one, ast.Compare) for it in (one.left, *one.comparators)]
        if not any(isinstance(one, (int, float)) and abs(one) == abs(end) for one in _numbers(met)):
            return False
    if slip.kind in ("axis-missing", "keepdims-missing", "other-axis", "cut-off-besides"):
        word = slip.says.split("`")[1].removeprefix("self.")
        return lines.uses(word) or (slip.kind.startswith("other-axis") and lines.uses("axis"))
    return True


def _numbers(every):
    """The numbers that are written down, those with a minus too."""
    for one in every:
        if isinstance(one, ast.Constant):
            yield one.value
        elif isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.USub) and isinstance(one.operand, ast.Constant):
            yield -one.operand.value


def _text(function, indent):
    """The function as it now stands, or None where that cannot be written down."""
    try:
        return textwrap.indent(ast.unparse(ast.fix_missing_locations(function)), indent)
    except (ValueError, TypeError, AttributeError):
        return None


def _planned(function):
    """`(kind, says, change)` of every slip of one function; `change()` is a context in which it is made."""
    own = [one.arg for one in function.args.args if one.arg != "self"]
    places = {}
    for parent, name, index, node in _nodes(function):
        for kind, says, made in variants(node, function):
            places.setdefault(kind, []).append((says, parent, name, index, made))
            yield kind, says, replacing((parent, name, index, made))
    for kind in EVERYWHERE:
        if len(places.get(kind, ())) > 1:
            all_places = [one[1:] for one in places[kind]]
            yield kind, f"{places[kind][0][0]}, at every place", replacing(*all_places)
    for first, second in itertools.combinations(own, 2):
        says = f"`{first}` and `{second}` have changed places"
        yield "arguments-exchanged", says, _renaming(function, {first: second, second: first})
    for name in own:
        for low, high in CUTS:
            cut = ast.parse(f"{name} = np.clip({name}, {low}, {high})").body
            says = f"`{name}` is cut off at {low:g} and {high:g}".replace("-", "−")
            yield "cut-off-besides", says, replacing((function, "body", 0, [*cut, function.body[0]]))
    for line in [one for one in ast.walk(function) if isinstance(one, (ast.Return, ast.Assign)) and one.value]:
        loose = is_loose(line.value)
        if loose is not None:
            yield "brackets-missing", "brackets are missing", replacing((line, "value", None, loose))


def _nodes(function):
    """All places in the body of a function: `(parent, field, index or None, node)`."""
    given = {id(one) for one in ast.walk(function.args)}  # the head of a function stands in the exercise
    for parent in [one for one in ast.walk(function) if id(one) not in given]:
        for name, value in ast.iter_fields(parent):
            if name in ("ctx", "annotation", "decorator_list", "returns"):
                continue
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST) and not isinstance(node, ast.arguments):
                    yield parent, name, index, node


def _renaming(function, names):
    """The change that gives variables other names wherever the body of a function uses them."""

    @contextlib.contextmanager
    def change():
        used = [one for line in function.body for one in ast.walk(line) if isinstance(one, ast.Name)]
        before = [one.id for one in used]
        for one in used:
            one.id = names.get(one.id, one.id)
        try:
            yield
        finally:
            for one, name in zip(used, before, strict=True):
                one.id = name

    return change


def _kept_from_call_to_call(top):
    """A method that works with what the call of another left behind, in place of its own argument."""
    if not isinstance(top, ast.ClassDef):
        return
    methods = [one for one in top.body if isinstance(one, ast.FunctionDef) and one.name != "__init__"]
    for first, second in itertools.permutations([one for one in methods if len(one.args.args) > 1], 2):
        for name in {one.arg for one in first.args.args[1:]} & {one.arg for one in second.args.args[1:]}:
            keep = ast.parse(f"self.kept_{name} = {name}").body
            use = ast.parse(f"{name} = getattr(self, 'kept_{name}', {name})").body
            if keep and use:
                says = f"`{second.name}` works with the `{name}` of the last call of `{first.name}`"
                first_change = replacing((first, "body", 0, [*keep, first.body[0]]))
                second_change = replacing((second, "body", 0, [*use, second.body[0]]))
                yield "state-kept", says, top, _both(first_change, second_change)


def _both(one, other):
    @contextlib.contextmanager
    def change():
        with one(), other():
            yield

    return change


def _difference(before, after):
    """The lines of `after` that are not in `before`, as one text: what a list of mutants shows."""
    old = before.splitlines()
    return " ⏎ ".join(line.strip() for line in after.splitlines() if line not in old) or "a line is gone"
