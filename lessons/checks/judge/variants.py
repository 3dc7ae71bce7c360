"""What may go wrong at one place of a solution's syntax tree.

`variants(node, function)` yields `(kind, what to say, node in its place)`: another operator, a lost sign, another
constant, axis or function, sides swapped, a term, a factor or a division dropped or doubled, one off, `return` in the
loop, another variable, an object's own value for an argument, in place for new and new for in place, a value cut off
or rounded.
"""

import ast
import copy

from nnlib.lines import COMPARISONS, MANY, OPERATORS, SIGNS, changed

FUNCTIONS = {
    "mean": ("sum", "median"), "sum": ("mean",), "max": ("min", "mean"), "min": ("max",), "maximum": ("minimum",),
    "minimum": ("maximum",), "std": ("var",), "exp": ("expm1",), "log": ("log2", "log10", "log1p"), "abs": ("square",),
    "sqrt": ("square",), "argmax": ("argmin",),
}  # fmt: skip
SMALL = (  # added, or cut off at, by people
    1e-3, 1e-2, 0.05, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 0.1,
)

BESIDES = ("abs-besides", "summed-besides", "divided-besides", "small-number-besides", "cut-off-besides")
RARE = ("another-variable", *BESIDES)  # many, so they are tried last


def variants(node, function):
    """`(kind, says, node in its place)` for everything that may go wrong at one place."""
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", "a minus is missing", node.operand
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        for other in COMPARISONS[type(node.ops[0])]:
            strict = {type(node.ops[0]), other} in ({ast.Gt, ast.GtE}, {ast.Lt, ast.LtE})
            says = "equal numbers count to the other side of a comparison" if strict else "a comparison is turned round"
            yield "comparison", says, changed(node, ops=[other()])
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in (node.value + 1, node.value - 1):
            yield "constant", f"a {value:g} stands in it where another number belongs", ast.Constant(value)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "not-transposed", "one array is not transposed", node.value
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and _own(node):
        yield from _besides(node, f"self.{node.attr}")
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _of_name(node, function)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield from _of_return(node, function)
    elif isinstance(node, ast.Assign):
        yield from _in_place(node, function)
    elif isinstance(node, ast.AugAssign):
        for other in OPERATORS.get(type(node.op), ()):
            yield "operator", f"a {SIGNS[other]}= stands where another sign belongs", changed(node, op=other())
        yield "step-left-out", "one line does nothing", ast.Pass()
        new = ast.BinOp(changed(node.target, ctx=ast.Load()), node.op, node.value)
        yield "new-for-in-place", "a new array is made where the old one should change", ast.Assign([node.target], new)
    elif isinstance(node, ast.For):
        yield from _of_loop(node, function)


def is_loose(node):
    """An expression without the brackets that Python needs to read it as it is meant, or None where it has none."""
    text = ast.unparse(node)
    loose = "".join(_without_brackets(text))
    try:
        tree = ast.parse(loose, mode="eval").body
    except SyntaxError:
        return None
    return tree if ast.dump(tree) != ast.dump(ast.parse(text, mode="eval").body) else None


def _without_brackets(text):
    """The characters of an expression but for brackets that only group: no call's, no tuple's, no index's."""
    open_ones = []
    for place, sign in enumerate(text):
        if sign == "(":
            calls = text[:place][-1:].isalnum() or text[:place][-1:] in (")", "]", "_")
            open_ones.append(not calls and _groups(text, place))
        keep = sign not in "()" or not open_ones[-1]
        if sign == ")":
            open_ones.pop()
        if keep:
            yield sign


def _groups(text, place):
    """Does the bracket at `place` hold one expression, without a comma of its own?"""
    depth = 0
    for sign in text[place:]:
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 1 and sign == ",":
            return False
        if depth == 0:
            return True
    return True


def _own(node):
    return isinstance(node.value, ast.Name) and node.value.id == "self"


def _besides(node, name):
    """Something is done to a value before it is used."""
    yield "abs-besides", f"`{name}` is made positive first", _call("abs", node)
    yield "summed-besides", f"`{name}` is added up first", _call("sum", node)


def _of_return(node, function):
    yield "sign", "the sign of the result is turned", ast.Return(ast.UnaryOp(ast.USub(), node.value))
    own = [one.arg for one in function.args.args if one.arg != "self"]
    for name in own:
        for axis in (0, 1):
            size = ast.Subscript(_call("shape", ast.Name(name, ast.Load())), ast.Constant(axis))
            says = f"the result is divided by the size of `{name}` along axis {axis} besides"
            yield "divided-besides", says, ast.Return(ast.BinOp(node.value, ast.Div(), size))
        if isinstance(node.value, ast.Name) and node.value.id == name:
            continue
        into = ast.Subscript(ast.Name(name, ast.Load()), ast.Constant(...), ast.Store())
        writing = [ast.Assign([into], node.value), ast.Return(ast.Name(name, ast.Load()))]
        yield "in-place", f"the result is written into `{name}`", writing
    yield "abs-besides", "the result is made positive", ast.Return(_call("abs", node.value))
    yield "rounded", "the result is rounded", ast.Return(_call("round", node.value, ast.Constant(2)))
    yield from _in_place(node, function)


def _in_place(line, function):
    """`x = argument * 2` as `argument *= 2` and then `x = argument`."""
    own = [one.arg for one in function.args.args if one.arg != "self"]
    for inner in ast.walk(line):
        if isinstance(inner, ast.BinOp) and isinstance(inner.left, ast.Name) and inner.left.id in own:
            name = inner.left.id
            first = ast.AugAssign(ast.Name(name, ast.Store()), inner.op, inner.right)
            rest = _Put(inner, ast.Name(name, ast.Load())).visit(copy.deepcopy(line))
            yield "in-place", f"`{name}` is changed in place", [first, rest]


class _Put(ast.NodeTransformer):
    """Puts another node where one stands that reads the same."""

    def __init__(self, old, new):
        self.old, self.new = ast.dump(old), new

    def visit_BinOp(self, node):
        return self.new if ast.dump(node) == self.old else self.generic_visit(node)


def _of_operation(node):
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", f"a {SIGNS[other]} stands where a {SIGNS[type(node.op)]} belongs", changed(node, op=other())
    what = {ast.Add: "term", ast.Sub: "side"}.get(type(node.op), "factor")
    name, left, right = SIGNS.get(type(node.op), ""), node.left, node.right
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow)):
        says = f"the two sides of a {name} have changed places"
        yield "sides-swapped", says, changed(node, left=right, right=left)
    dropped = "a division is left out" if isinstance(node.op, ast.Div) else f"a {what} of a {name} is left out"
    kind = "factor-dropped" if what == "factor" else "term-dropped"
    yield kind, dropped, left
    yield kind, dropped, right
    if isinstance(node.op, ast.MatMult):
        is_turned = isinstance(right, ast.Attribute) and right.attr == "T"
        beside = right.value if is_turned else ast.Attribute(right, "T", ast.Load())
        yield "not-added-up", "`*` stands where `@` belongs, which also adds up", ast.BinOp(left, ast.Mult(), beside)
        mean = _call("mean", ast.BinOp(left, ast.Mult(), right))
        yield "mean-for-sum", "the products are averaged where they should be added up", mean
        yield "summed-besides", "everything that a product gives is added up to one number", _call("sum", node)
    if isinstance(node.op, ast.Div):
        yield "divided-twice", "a division is made twice", ast.BinOp(node, ast.Div(), right)
        for small in SMALL:
            says = f"{small:g} is added below the line of a fraction"
            yield "small-number-besides", says, changed(node, right=ast.BinOp(right, ast.Add(), ast.Constant(small)))
        if isinstance(right, ast.BinOp) and isinstance(right.op, (ast.Mult, ast.Add)):
            loose = ast.BinOp(changed(node, right=right.left), right.op, right.right)
            yield "brackets-missing", "the brackets below the line of a fraction are missing", loose
        if isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Add, ast.Sub)):
            loose = changed(left, right=changed(node, left=left.right))
            yield "brackets-missing", "the brackets above the line of a fraction are missing", loose
            loose = changed(left, left=changed(node, left=left.left))
            yield "brackets-missing", "only the first part of what is above the line of a fraction is divided", loose
    if isinstance(node.op, (ast.Mult, ast.MatMult)):
        for one, other, turned in ((left, right, False), (right, left, True)):
            if isinstance(one, ast.BinOp) and isinstance(one.op, (ast.Add, ast.Sub)):
                loose = (changed(one, left=ast.BinOp(other, node.op, one.left)) if turned
                         else changed(one, right=ast.BinOp(one.right, node.op, other)))  # fmt: skip
                yield "brackets-missing", "the brackets of a sum in a product are missing", loose
    if isinstance(node.op, (ast.Add, ast.Sub)):
        for one, other in ((left, right), (right, left)):
            if isinstance(one, ast.BinOp) and isinstance(one.op, (ast.Mult, ast.MatMult)):
                says = f"the {name} is done before the {SIGNS[type(one.op)]}, as if it stood in brackets"
                inside = changed(one, right=ast.BinOp(one.right, node.op, other))
                yield "brackets-too-many", says, inside


def _of_call(node):
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if len(node.args) >= 2:
        says = f"two arguments of `{called}` have changed places"
        yield "arguments-swapped", says, changed(node, args=[node.args[1], node.args[0], *node.args[2:]])
    for keyword in node.keywords:
        rest = [one for one in node.keywords if one is not keyword]
        if keyword.arg in ("axis", "keepdims"):
            yield f"{keyword.arg}-missing", f"`{called}` has no `{keyword.arg}`", changed(node, keywords=rest)
        if keyword.arg == "axis" and getattr(keyword.value, "value", None) in (0, 1):
            other = ast.keyword("axis", ast.Constant(1 - keyword.value.value))
            yield "other-axis", f"`{called}` takes the other axis", changed(node, keywords=[*rest, other])
    for other in FUNCTIONS.get(called, ()):
        if isinstance(node.func, ast.Attribute):
            inside = not (isinstance(node.func.value, ast.Name) and node.func.value.id == "np")
            if other in ("median", "square") and inside:
                func, args = _numpy(other), [node.func.value, *node.args]
            else:
                func, args = changed(node.func, attr=other), node.args
            says = f"`{other}` is taken where another function belongs"
            yield f"{other}-for-{called}", says, changed(node, func=func, args=args)
    if called in ("reversed", "abs", "exp", "log", "sqrt", "array", "square", "asarray", "copy") or called in FUNCTIONS:
        inner = next((one for one in node.args if not isinstance(one, ast.Constant)), None)
        inner = inner or getattr(node.func, "value", None)
        if inner is not None and not (isinstance(inner, ast.Name) and inner.id == "np"):
            yield f"{called}-missing", f"the call of `{called}` is left out", inner
    if called == "log" and node.args:
        for small in SMALL:
            more = ast.BinOp(node.args[0], ast.Add(), ast.Constant(small))
            yield "small-number-besides", f"{small:g} is added inside `log`", changed(node, args=[more])
    if called == "range" and len(node.args) == 1:
        less = ast.BinOp(node.args[0], ast.Sub(), ast.Constant(1))
        yield "loop-too-short", "the last round of the loop is missing", changed(node, args=[less])
        later = [ast.Constant(1), node.args[0]]
        yield "loop-too-late", "the first round of the loop is missing", changed(node, args=later)


def _of_name(node, function):
    own = [one.arg for one in function.args.args if one.arg != "self"]
    local = [one.id for one in ast.walk(function) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
    if node.id not in (*own, *local):
        return
    defaults = function.args.defaults
    for one, default in zip(function.args.args[len(function.args.args) - len(defaults):], defaults, strict=True):
        if one.arg == node.id and isinstance(default, ast.Constant):
            says = f"{ast.unparse(default)} is written where `{node.id}` belongs, which may have another value"
            yield "default-for-argument", says, default
    names = dict.fromkeys((*own, *local))
    for other in names:
        alike = len(names) <= MANY or node.id[0] == other[0] or node.id[-1] == other[-1]
        if other != node.id and alike:
            yield "another-variable", f"`{other}` stands where `{node.id}` belongs", ast.Name(other, ast.Load())
    loops = [one for one in ast.walk(function) if isinstance(one, (ast.For, ast.comprehension))]
    if node.id in [getattr(one.target, "id", "") for one in loops]:
        yield "same-in-each-round", "each round of the loop works with the first number", ast.Constant(0)
    mine = [one for one in ast.walk(function) if isinstance(one, ast.Attribute) and _own(one)]
    for attribute in sorted({one.attr for one in mine if isinstance(one.ctx, ast.Load)}):
        says = f"`self.{attribute}` stands where the argument `{node.id}` belongs"
        value = ast.Attribute(ast.Name("self", ast.Load()), attribute, ast.Load())
        if node.id in own:
            yield "another-variable", says, value
    yield from _besides(node, node.id)


def _of_loop(node, function):
    back = next((one for one in reversed(function.body) if isinstance(one, ast.Return)), None)
    if back is not None:
        yield "return-in-the-loop", "`return` stands inside the loop", changed(node, body=[*node.body, back])
    if isinstance(node.iter, ast.Call) and getattr(node.iter.func, "id", "") == "reversed":
        yield "not-reversed", "the loop runs in the other direction", changed(node, iter=node.iter.args[0])


def _call(name, *args):
    return ast.Call(_numpy(name), list(args), [])


def _numpy(name):
    return ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())
