"""The usual slips, made systematically: every small wrong variant of a solution, from its syntax tree.

`slips(text, piece)` yields variants of a solution's cell: another operator, a lost sign, another constant or axis,
arguments swapped, a term, a factor or a division dropped or doubled, one off, `return` in the loop, a function of
the wrong variable, a rounded result. A check tries them as candidates for what is the matter with a learner's
numbers, and says so only where all numbers agree. `tools/mutate_solutions.py` asks every check to refuse them.
"""

import ast
import copy
import itertools
from dataclasses import dataclass

SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}
OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
COMPARISONS = {ast.Gt: (ast.GtE, ast.Lt), ast.Lt: (ast.LtE, ast.Gt), ast.GtE: (ast.Lt,), ast.LtE: (ast.Gt,)}
FUNCTIONS = {
    "mean": ("sum", "median"), "sum": ("mean",), "max": ("min", "mean"), "min": ("max",), "maximum": ("minimum",),
    "minimum": ("maximum",), "std": ("var",), "exp": ("expm1",), "log": ("log2", "log10", "log1p"), "abs": ("square",),
    "sqrt": ("square",), "argmax": ("argmin",),
}  # fmt: skip

RARE = ("another-variable", "abs-besides", "summed-besides", "divided-besides")  # many, so they are tried last


@dataclass(frozen=True)
class Slip:
    """One wrong variant: `kind`, what to say where a learner's numbers are its numbers, and the whole cell's text."""

    kind: str
    says: str
    text: str
    line: str


def slips(text, piece):
    """Every variant of the cell `text` within the function or class `piece`, the likeliest kinds first."""
    tree = ast.parse(text)
    blank = ast.unparse(tree)
    seen, found = {blank}, []
    top = next(one for one in tree.body if getattr(one, "name", None) == piece)
    for function in (one for one in ast.walk(top) if isinstance(one, ast.FunctionDef)):
        own = [one.arg for one in function.args.args if one.arg != "self"]
        places = [(path, *one) for path, node in _nodes(function) for one in _variants(node, function)]
        exchanged = [("exchanged", first, second) for first, second in itertools.combinations(own, 2)]
        for path, *variant in [*places, *exchanged]:
            if path == "exchanged":
                kind, says = "arguments-exchanged", "`{}` and `{}` have changed places".format(*variant)
                changed = _exchanged(tree, function, *variant)
            else:
                kind, says, made = variant
                changed = _with(tree, function, path, made)
            if changed is not None and changed not in seen:
                seen.add(changed)
                found.append(Slip(kind, says, changed, _difference(blank, changed)))
    return sorted(found, key=lambda slip: slip.kind in RARE)


def _exchanged(tree, function, first, second):
    """The cell's text with two arguments of a function in each other's place wherever its body uses them."""
    tree = copy.deepcopy(tree)
    here = next(one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.lineno == function.lineno)
    for name in (one for line in here.body for one in ast.walk(line) if isinstance(one, ast.Name)):
        name.id = {first: second, second: first}.get(name.id, name.id)
    return ast.unparse(tree)


def _nodes(function):
    """All places below the body of a function, each with the way to it: `(field, index or None)` steps."""

    def walk(node, path):
        for name, value in ast.iter_fields(node):
            if name in ("ctx", "annotation", "decorator_list", "returns"):
                continue
            for index, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(one, ast.AST) and not isinstance(one, ast.arguments):
                    here = (*path, (name, index))
                    yield here, one
                    yield from walk(one, here)

    yield from walk(function, ())


def _with(tree, function, path, made):
    """The cell's text with `made` (a node, a list of statements, or none) at the place; None where it is no Python."""
    tree = copy.deepcopy(tree)
    parent = next(one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.lineno == function.lineno)
    for name, index in path[:-1]:
        parent = getattr(parent, name) if index is None else getattr(parent, name)[index]
    name, index = path[-1]
    if index is None:
        setattr(parent, name, made)
    else:
        getattr(parent, name)[index : index + 1] = made if isinstance(made, list) else [made]
        if not getattr(parent, name) and name == "body":
            return None
    try:
        text = ast.unparse(ast.fix_missing_locations(tree))
        compile(text, "<slip>", "exec")
    except (SyntaxError, ValueError, TypeError, AttributeError):
        return None
    return text


def _variants(node, function):
    """`(kind, says, node in its place)` for everything that may go wrong at one place."""
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node, function)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", "a minus is missing", node.operand
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        for other in COMPARISONS[type(node.ops[0])]:
            yield "comparison", "a comparison is another one", _changed(node, ops=[other()])
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in (node.value + 1, node.value - 1):
            yield "constant", f"a {value:g} stands in it where another number belongs", ast.Constant(value)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "not-transposed", "one array is not transposed", node.value
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _of_name(node, function)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "sign", "the sign of the result is turned", ast.Return(ast.UnaryOp(ast.USub(), node.value))
        for own in (one.arg for one in function.args.args if one.arg != "self"):
            for axis in (0, 1):
                size = ast.Subscript(ast.Call(_numpy("shape"), [ast.Name(own, ast.Load())], []), ast.Constant(axis))
                says = f"the result is divided by the size of `{own}` along axis {axis} besides"
                yield "divided-besides", says, ast.Return(ast.BinOp(node.value, ast.Div(), size))
        absolute = ast.Call(_numpy("abs"), [node.value], [])
        yield "abs-besides", "the result is made positive", ast.Return(absolute)
        rounded = ast.Call(_numpy("round"), [node.value, ast.Constant(2)], [])
        yield "rounded", "the result is rounded", ast.Return(rounded)
    elif isinstance(node, ast.AugAssign):
        for other in OPERATORS.get(type(node.op), ()):
            yield "operator", f"a {SIGNS[other]}= stands where another sign belongs", _changed(node, op=other())
        yield "step-left-out", "one line does nothing", ast.Pass()
        new = ast.BinOp(_loaded(node.target), node.op, node.value)
        yield "new-for-in-place", "a new array is made where the old one should change", ast.Assign([node.target], new)
    elif isinstance(node, ast.For):
        yield from _of_loop(node, function)


def _of_operation(node, function):
    for other in OPERATORS.get(type(node.op), ()):
        says = f"a {SIGNS[other]} stands where another sign belongs"
        yield "operator", says, _changed(node, op=other())
    what = {ast.Add: "term", ast.Sub: "term"}.get(type(node.op), "factor")
    name, left, right = SIGNS.get(type(node.op), ""), node.left, node.right
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow)):
        says = f"the two sides of a {name} have changed places"
        yield "sides-swapped", says, _changed(node, left=right, right=left)
    dropped = "a division is left out" if isinstance(node.op, ast.Div) else f"a {what} of a {name} is left out"
    yield f"{what}-dropped", dropped, left
    yield f"{what}-dropped", dropped, right
    if isinstance(node.op, ast.Div):
        yield "divided-twice", "a division is made twice", ast.BinOp(node, ast.Div(), right)
        if isinstance(right, ast.BinOp) and isinstance(right.op, (ast.Mult, ast.Add)):
            loose = ast.BinOp(_changed(node, right=right.left), right.op, right.right)
            yield "brackets-missing", "the brackets below the line of a fraction are missing", loose
        if isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Add, ast.Sub)):
            loose = _changed(left, right=_changed(node, left=left.right))
            yield "brackets-missing", "the brackets above the line of a fraction are missing", loose
    if isinstance(node.op, ast.Mult):
        for one, other, turned in ((left, right, False), (right, left, True)):
            if isinstance(one, ast.BinOp) and isinstance(one.op, (ast.Add, ast.Sub)):
                loose = (_changed(one, left=ast.BinOp(other, ast.Mult(), one.left)) if turned
                         else _changed(one, right=ast.BinOp(one.right, ast.Mult(), other)))  # fmt: skip
                yield "brackets-missing", "the brackets of a sum in a product are missing", loose


def _of_call(node):
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if len(node.args) >= 2:
        says = "two arguments of a call have changed places"
        yield "arguments-swapped", says, _changed(node, args=[node.args[1], node.args[0], *node.args[2:]])
    for keyword in node.keywords:
        rest = [one for one in node.keywords if one is not keyword]
        if keyword.arg in ("axis", "keepdims"):
            yield f"{keyword.arg}-missing", f"`{keyword.arg}` is missing in it", _changed(node, keywords=rest)
        if keyword.arg == "axis" and getattr(keyword.value, "value", None) in (0, 1):
            other = ast.keyword("axis", ast.Constant(1 - keyword.value.value))
            yield "other-axis", "the other axis is taken", _changed(node, keywords=[*rest, other])
    for other in FUNCTIONS.get(called, ()):
        if isinstance(node.func, ast.Attribute):
            inside = not (isinstance(node.func.value, ast.Name) and node.func.value.id == "np")
            if other in ("median", "square") and inside:
                func, args = _numpy(other), [node.func.value, *node.args]
            else:
                func, args = _changed(node.func, attr=other), node.args
            says = f"`{other}` is taken where another function belongs"
            yield f"{other}-for-{called}", says, _changed(node, func=func, args=args)
    if called in ("reversed", "abs", "exp", "log", "sqrt", "array", "square", "asarray", "copy") or called in FUNCTIONS:
        inner = node.args[0] if node.args else getattr(node.func, "value", None)
        if inner is not None and not (isinstance(inner, ast.Name) and inner.id == "np"):
            yield f"{called}-missing", f"`{called}` is missing in it", inner
    if called == "range" and len(node.args) == 1:
        less = ast.BinOp(node.args[0], ast.Sub(), ast.Constant(1))
        yield "loop-too-short", "the last round of the loop is missing", _changed(node, args=[less])
        later = [ast.Constant(1), node.args[0]]
        yield "loop-too-late", "the first round of the loop is missing", _changed(node, args=later)


def _of_name(node, function):
    own = [one.arg for one in function.args.args if one.arg != "self"]
    local = [one.id for one in ast.walk(function) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
    if node.id not in (*own, *local):
        return
    for other in dict.fromkeys((*own, *local)):
        if other != node.id:
            yield "another-variable", f"`{other}` stands where another variable belongs", ast.Name(other, ast.Load())
    absolute = ast.Call(_numpy("abs"), [ast.Name(node.id, ast.Load())], [])
    yield "abs-besides", f"`{node.id}` is made positive first", absolute
    total = ast.Call(_numpy("sum"), [ast.Name(node.id, ast.Load())], [])
    yield "summed-besides", f"`{node.id}` is added up first", total


def _of_loop(node, function):
    back = next((one for one in reversed(function.body) if isinstance(one, ast.Return)), None)
    if back is not None:
        yield "return-in-the-loop", "`return` stands inside the loop", _changed(node, body=[*node.body, back])
    if isinstance(node.iter, ast.Call) and getattr(node.iter.func, "id", "") == "reversed":
        yield "not-reversed", "the loop runs in the other direction", _changed(node, iter=node.iter.args[0])


def _changed(node, **fields):
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _loaded(target):
    return _changed(target, ctx=ast.Load())


def _numpy(name):
    return ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())


def _difference(before, after):
    """The lines of `after` that are not in `before`, as one text: what a list of mutants shows."""
    old = before.splitlines()
    return " ⏎ ".join(line.strip() for line in after.splitlines() if line not in old) or "a line is gone"
