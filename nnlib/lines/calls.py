"""What may mend a call: another function, other arguments, another axis, another order, or none."""

import ast

import numpy as np

from nnlib.lines.syntax import ALONG, OF_MANY, SIGNS, as_operand, changed, filled, name_called

FAMILIES = (  # functions that are taken for one another
    {"any", "all"}, {"sum", "mean", "max", "min", "median", "prod", "std", "cumsum"}, {"std", "var"},
    {"max", "maximum"}, {"min", "minimum"}, {"maximum", "minimum"}, {"argmax", "argmin", "max", "min", "argsort"},
    {"log", "log2", "log10", "log1p"}, {"exp", "expm1", "exp2"}, {"sqrt", "square"}, {"zeros", "ones", "empty"},
    {"zeros_like", "ones_like"}, {"hstack", "vstack"}, {"random", "normal", "standard_normal"}, {"rand", "randn"},
    {"round", "floor", "ceil"}, {"append", "extend"}, {"isfinite", "isnan", "isinf"}, {"randint", "integers"},
    {"correlate", "convolve"},
)  # fmt: skip
CUTTING = {"clip", "maximum", "minimum", "max", "min"}
WHOLE = {"int", "'int'", "'int64'", "'int32'", "np.int64", "np.int32", "np.int_"}  # kinds of numbers
FEWER = {written: digits for digits, kind in (("three", "float16"), ("seven", "float32"))
         for written in (f"np.{kind}", f"'{kind}'")}  # and how many digits they hold


def of_call(node, names):
    words = ast.unparse(node.func)
    called, of_numpy = name_called(node) or words, "(" not in words and words.startswith("np.")
    yield from _of_called(node, called)
    yield from _of_arguments(node, called, names)
    inner = node.args[0] if len(node.args) == 1 else None
    if len(node.args) > 1 and called in CUTTING and name_called(node.args[0]) in OF_MANY:
        yield from _turned_round(node, node.args[0], called)
    if not node.args and isinstance(node.func, ast.Attribute) and not of_numpy:
        inner = node.func.value
    if inner is not None and not isinstance(inner, ast.Starred):
        yield "call-too-many", f"the call of `{called}` is too much", inner, called
        yield from _turned_round(node, inner, called)
    if called == "append" and isinstance(inner, ast.List) and len(inner.elts) == 1:
        says = f"the square brackets in `{as_operand(node)}` put a list into the list, where what is in them belongs"
        yield "list-of-one", says, changed(node, args=inner.elts), called
    if called in ALONG:
        yield from _of_axis(node, called)
    if isinstance(inner, ast.BinOp) and type(inner.op) in SIGNS and node.args and called in OF_MANY:
        says = f"`{SIGNS[type(inner.op)]} {as_operand(inner.right)}` stands inside the brackets of `{called}`"
        kind, made = "bracket-too-late", changed(inner, left=changed(node, args=[inner.left]))
        if called == "sum" and isinstance(inner.op, (ast.Add, ast.Sub)):
            kind, says = "added-in-each", f"{says}, so it is added once for each number"
        yield kind, says, made, None


def _of_called(node, called):
    """Another function in place of the one that is called, or the right one used in another way."""
    if called in CUTTING and len(node.args) > 1:
        for kept in node.args[: 1 if called == "clip" else 2]:
            yield "cut-off", f"`{ast.unparse(node)}` changes numbers that should stay as they are", kept, called
    if called == "where" and len(node.args) == 3:
        for kept, other in (node.args[1:], node.args[:0:-1]):
            if _constant([other]):
                says = f"`{called}` puts {ast.unparse(other)} in places where `{ast.unparse(kept)}` belongs too"
                yield "condition-too-many", says, kept, called
    whole = [one for one in node.keywords if one.arg == "dtype" and ast.unparse(one.value) in WHOLE]
    if whole:
        says = f"`dtype={ast.unparse(whole[0].value)}` cuts off what stands behind the point of every number"
        less = changed(node, keywords=[one for one in node.keywords if one not in whole])
        yield "cut-to-whole", says, less, "dtype"
    if called in ("zeros_like", "empty_like") and not node.keywords:
        says = f"`{as_operand(node)}` holds whole numbers, as what it is made like does: what is put in is cut off"
        made = changed(node, keywords=[ast.keyword("dtype", ast.Name("float", ast.Load()))])
        yield "cut-to-whole", says, made, called
    few = next((one for one in node.keywords if one.arg == "dtype" and ast.unparse(one.value) in FEWER), None)
    if few:
        says = f"`dtype={ast.unparse(few.value)}` keeps only {FEWER[ast.unparse(few.value)]} digits of every number"
        less = changed(node, keywords=[one for one in node.keywords if one is not few])
        yield "half-the-digits", says, less, "dtype"
    if called == "astype" and node.args and ast.unparse(node.args[0]) in FEWER:
        kind = ast.unparse(node.args[0])
        says = f"`astype({kind})` keeps only {FEWER[kind]} digits of every number"
        yield "half-the-digits", says, node.func.value, called
    method = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.args
    if method and node.func.value.id not in ("np", "self") and not hasattr(np.ndarray, called):
        says = f"`{ast.unparse(node.func)}` is called, where `{node.func.value.id}` itself is to be"
        yield "method-for-object", says, changed(node, func=node.func.value), called
    of_array = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) != "np"
    if called in ("round", "around") and len(node.args) == 2 - of_array:
        cut = f"round({'' if of_array else '…, '}{ast.unparse(node.args[-1])})"
        whole = node.func.value if of_array else node.args[0]
        yield "rounded", f"`{cut}` cuts off digits that belong there", whole, called
    if called == "astype" and node.args and ast.unparse(node.args[0]) in WHOLE:
        says = f"`astype({ast.unparse(node.args[0])})` cuts off what stands behind the point"
        yield "cut-to-whole", says, node.func.value, called
    if called == "reshape" and isinstance(node.func, ast.Attribute):
        base = node.args[0] if ast.unparse(node.func) == "np.reshape" and node.args else node.func.value
        by = "column by column" if any(one.arg == "order" for one in node.keywords) else "line by line"
        says = f"`reshape` pours the numbers in {by}: no row of `{ast.unparse(base)}` becomes a column so"
        yield "call-too-many", "the call of `reshape` is too much", base, called
        yield "poured", says, ast.Attribute(base, "T", ast.Load()), None
    if called == "sum" and isinstance(node.func, ast.Name) and len(node.args) == 1:
        says = "Python's own `sum` adds row to row, and one row alone it leaves as it is: all numbers belong together"
        yield "row-to-row", says, changed(node, func=ast.Attribute(ast.Name("np", ast.Load()), "sum", ast.Load())), None
    if called == "len" and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        counted = ast.unparse(node.args[0])
        columns = ast.Subscript(ast.Attribute(node.args[0], "shape", ast.Load()), ast.Constant(-1), ast.Load())
        says = f"`len({counted})` counts the rows of `{counted}`, where its columns count"
        yield "other-axis-counted", says, columns, "len"
    if called == "range" and len(node.args) == 1:
        for sign, word in ((ast.Sub(), "many"), (ast.Add(), "few")):
            more = ast.BinOp(node.args[0], sign, ast.Constant(1))
            yield "one-round-off", f"the loop makes one round too {word}", changed(node, args=[more]), None
    for other in sorted(set().union(*(family for family in FAMILIES if called in family)) - {called, "empty"}):
        field = "attr" if isinstance(node.func, ast.Attribute) else "id"
        made = changed(node, func=changed(node.func, **{field: other}))
        if {called, other} == {"any", "all"}:
            asked = "at least one of them is" if called == "any" else "every one of them is"
            yield "any-or-all", f"`{called}` asks whether {asked}, and that is not the question here", made, called
        else:
            says = f"`{called}` stands where another function belongs"
            yield "other-function", says, made, (called, other)


def _constant(nodes):
    """Are all of these numbers that are written down?"""
    bare = [one.operand if isinstance(one, ast.UnaryOp) else one for one in nodes]
    return bool(bare) and all(isinstance(one, ast.Constant) for one in bare)


def _of_arguments(node, called, names):
    never = called == "where" and _constant(node.args[1:2])  # a condition that is the same everywhere
    if len(node.args) >= 2 and not never:
        swapped = changed(node, args=[node.args[1], node.args[0], *node.args[2:]])
        yield "arguments-swapped", f"two arguments of `{called}` have changed places", swapped, None
    if len(node.args) >= 2:
        says = f"`{ast.unparse(node.args[-1])}` does not belong into the call of `{called}`"
        yield "argument-too-many", says, changed(node, args=node.args[:-1]), None
    takes = getattr(getattr(np, called, None), "nin", None)  # one more is where NumPy writes the result
    for name in [one for one in names if one != filled(node)] if takes is None or len(node.args) < takes else ():
        more = changed(node, args=[*node.args, ast.Name(name, ast.Load())])
        says = f"`{called}` does not get everything that it needs: an argument is missing"
        yield "argument-missing", says, more, None


def _of_axis(node, called):
    base = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(base, ast.Subscript) and ast.unparse(base.slice) == "0" and not node.args and not node.keywords:
        each = [ast.keyword("axis", ast.Constant(1)), ast.keyword("keepdims", ast.Constant(True))]
        says = f"`{ast.unparse(base)}` is the first row alone, and each row needs a `{called}` of its own"
        yield "first-row-for-all", says, changed(node, func=changed(node.func, value=base.value), keywords=each), None
    rest = [one for one in node.keywords if one.arg != "axis"]
    has = {one.arg for one in node.keywords}
    kind, says = "axis-missing", f"`{called}` has no axis, so it takes everything together"
    if "axis" in has:
        kind, says = "other-axis", f"`{called}` runs along another axis"
        named = next(one.value for one in node.keywords if one.arg == "axis")
        if isinstance(named, ast.Constant) and isinstance(named.value, (str, type(...))):
            says = f"`axis={ast.unparse(named)}` stands where the number of an axis belongs"
        bare = [one for one in rest if one.arg != "keepdims"]
        together = f"`{called}` runs along one axis, and all of it belongs together"
        yield "axis-too-many", together, changed(node, keywords=bare), called
    for axis in (0, 1):
        more = [ast.keyword("axis", ast.Constant(axis)), *rest]
        yield kind, says, changed(node, keywords=more), (called, axis)
        if not has & {"axis", "keepdims"}:
            kept = [*more, ast.keyword("keepdims", ast.Constant(True))]
            stays = f"{says}, and the side that is gone is to stay with length 1"
            yield kind, stays, changed(node, keywords=kept), (called, axis)


def _turned_round(node, inner, called):
    """`f(g(x))` for `g(f(x))`."""
    other = name_called(inner)
    is_method = isinstance(inner, ast.Call) and not inner.args and isinstance(inner.func, ast.Attribute)
    if not other or other == called or inner.keywords or not (is_method or len(inner.args) == 1):
        return
    deep = inner.func.value if is_method else inner.args[0]
    within = {"args": [deep, *node.args[1:]]} if node.args else {"func": changed(node.func, value=deep)}
    first = changed(node, **within)
    made = changed(inner, func=changed(inner.func, value=first)) if is_method else changed(inner, args=[first])
    says = f"`{other}` is done before `{called}`, and the other way round is right"
    yield "other-order-of-calls", says, made, (called, other)
