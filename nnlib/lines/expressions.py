"""What may mend one expression of a learner's syntax tree.

`of_expression` yields `(kind, what was the matter, what comes in its place, key)`: another sign, comparison, function
or variable; a factor, an index, an argument or a call that is too much. Repairs with one key are also made together.
"""

import ast

from nnlib.lines.calls import of_call
from nnlib.lines.syntax import (
    ALONG,
    COMPARED,
    COMPARISONS,
    OF_ARRAYS,
    OF_MANY,
    OPERATORS,
    SIGNS,
    as_operand,
    changed,
    filled,
    is_product,
    is_turned,
    name_called,
    transposed,
)

SIZED = {"reshape", "range", "arange", "zeros", "ones", "empty", "full", "eye", "len"}


def of_expression(parent, node, known):
    """`(kind, says, made, key)` of everything that may mend one expression."""
    names = known.names
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        yield from _of_operation(node, known)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        if isinstance(node.ops[0], (ast.Is, ast.IsNot)):
            word, other = ("is", ast.Eq()) if isinstance(node.ops[0], ast.Is) else ("is not", ast.NotEq())
            says = f"`{word}` asks whether both are one and the same object, `{COMPARED[type(other)]}` whether equal"
            yield "is-for-equal", says, changed(node, ops=[other]), word
        sign = COMPARED.get(type(node.ops[0]))
        for other in COMPARISONS.get(type(node.ops[0]), ()):
            says = f"`{sign}` is another comparison than the one that belongs there"
            yield "comparison", says, changed(node, ops=[other()]), sign
    elif isinstance(node, ast.BoolOp):
        word, other = ("and", ast.Or()) if isinstance(node.op, ast.And) else ("or", ast.And())
        yield "and-for-or", f"`{word}` is the wrong word between the conditions", changed(node, op=other), word
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        word, whole = "minus" if isinstance(node.op, ast.USub) else "`not`", getattr(node.operand, "value", None)
        if word == "minus" and isinstance(node.operand, ast.Constant) and type(whole) is int:
            for made in (ast.Constant(1 - whole), ast.UnaryOp(ast.USub(), ast.Constant(whole + 1))):
                yield "constant", _one_off(parent, f"−{whole}"), made, None
        which = _which(parent, node)
        yield "sign", f"the {word} before {which}`{ast.unparse(node.operand)}` is too much", node.operand, word
    elif isinstance(node, ast.Constant) and name_called(parent) not in ("round", "around"):  # more places are no mend
        yield from _of_constant(parent, node)
    elif isinstance(node, ast.Call):
        yield from of_call(node, names)
    elif isinstance(node, ast.Subscript):
        yield from _of_index(node)
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        for k, one in enumerate(node.generators):
            if one.ifs:
                every = [*node.generators[:k], changed(one, ifs=[]), *node.generators[k + 1 :]]
                says = f"`if {ast.unparse(one.ifs[0])}` leaves out what belongs there"
                yield "condition-too-many", says, changed(node, generators=every), None
        for name in [one for one in known.unread if one in known.rounds and hasattr(node, "elt")]:
            says = f"`{name}` has a value in each round, and is used nowhere: `+ {name}` is missing"
            more = ast.BinOp(ast.Name(name, ast.Load()), ast.Add(), node.elt)
            yield "used-nowhere", says, changed(node, elt=more), None
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        says = f"`//` before `{as_operand(node.right)}` cuts off what stands behind the point"
        yield "cut-to-whole", says, changed(node, op=ast.Div()), "//"
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node, known)
    elif isinstance(node, ast.Name) and node.id in names:
        there = names if known.around is None else known.there(node)
        near = [name for name in there if len(names) <= known.many or name[0] == node.id[0] or name[-1] == node.id[-1]]
        if node.id in known.rounds:
            near = [name for name in near if name in known.rounds]
        for other in [name for name in near if name not in (node.id, filled(parent))]:
            says = f"`{node.id}` stands where another variable belongs"
            yield "another-variable", says, ast.Name(other, ast.Load()), (node.id, other)
    held = isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and getattr(parent, "func", None) is not node
    for name in known.computed(node) if held else ():
        says = f"`{ast.unparse(node)}` stands where `{name}` belongs, which you work out and use nowhere"
        yield "used-nowhere", says, ast.Name(name, ast.Load()), None
    if known.around is not None and is_product(parent) and not isinstance(node, ast.Constant):
        says = f"`{ast.unparse(node)}` is not turned: its rows and columns have to change places first"
        yield "product-not-transposed", says, transposed(node), None
    if isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.BinOp)) and ast.unparse(node) != "np":
        yield from _of_any(parent, node, known)


def _of_attribute(node, known):
    text = ast.unparse(node)
    if node.attr == "T":
        yield "transposed", f"`{text}` is turned once too often", node.value, None
    if node.attr == "size":
        shape = ast.Attribute(node.value, "shape", ast.Load())
        for place, word in ((-1, "columns"), (0, "rows")):
            count = ast.Subscript(shape, ast.Constant(place), ast.Load())
            yield "other-axis-counted", f"`{text}` counts all the numbers, where the {word} count", count, (text, word)
    if isinstance(node.value, ast.Name) and node.attr not in OF_ARRAYS:
        for other in known.attributes.get(node.value.id, ()):
            if other not in (node.attr, *OF_ARRAYS):
                says = f"`{text}` stands where something else of `{node.value.id}` belongs"
                yield "another-attribute", says, changed(node, attr=other), (text, other)


def _of_any(parent, node, known):
    text = ast.unparse(node)
    for function in known.functions:
        if function not in ALONG and isinstance(parent, ast.Compare):
            continue  # what is compared is the number itself: log 1 is 0, and so one label is taken for the other
        if name_called(parent) != function and name_called(node) != function:
            wrapped = ast.Call(ast.Attribute(ast.Name("np", ast.Load()), function, ast.Load()), [node], [])
            yield "call-missing", f"`{text}` goes on as it is: `{function}` is missing", wrapped, None
    asked = getattr(parent, "attr", "")
    if not isinstance(node, ast.BinOp) and name_called(parent) != "len" and asked not in OF_ARRAYS | ALONG:
        says = f"`{text}` is not turned: its rows and columns have to change places first"
        yield "not-transposed", says, transposed(node), None
    if _is_size(parent, node):  # −3 columns there are none: a negative size that is right is NumPy's −1
        return
    if isinstance(parent, ast.Compare) and any(getattr(one, "value", None) == 0 for one in parent.comparators):
        return  # a size is never below 0: who compares with 0 asks for the sign
    if name_called(node) == "abs" and isinstance(parent, ast.Compare):
        return  # what is below every number is asked for by nobody
    size = ast.Call(ast.Name("abs", ast.Load()), [node], [])
    yield "abs-missing", f"`{text}` may be negative, and only its size belongs there", size, None
    yield "wrong-sign", f"`{text}` has the wrong sign", ast.UnaryOp(ast.USub(), node), None


def _is_size(parent, node):
    """Does it count something: how long, how many rows, which shape?"""
    of = ast.unparse(node).rpartition(".")[2].partition("[")[0]
    return name_called(parent) in SIZED or name_called(node) == "len" or of in ("shape", "size", "ndim")


def _one_off(parent, written):
    """What a number is that is one more or less than the right one: a place, an axis, or a number."""
    if isinstance(parent, ast.Subscript):
        return f"`{ast.unparse(parent)}` is another place than the one that belongs there"
    if isinstance(parent, ast.keyword) and parent.arg == "axis":
        return f"`axis={written.replace('−', '-')}` is another axis than the one that belongs there"
    return f"the number {written} is one off"


def _which(parent, node):
    """`the first `, where what stands in a call's brackets stands there more than once; else ""."""
    alike = [one for one in getattr(parent, "args", ()) if isinstance(one, ast.AST) and ast.dump(one) == ast.dump(node)]
    return f"the {('first', 'second', 'third')[alike.index(node)]} " if 1 < len(alike) < 4 else ""


def _of_constant(parent, node):
    if type(node.value) in (int, float) and node.value == int(node.value):
        for value in (node.value + 1, node.value - 1):
            yield "constant", _one_off(parent, f"{node.value:g}"), ast.Constant(value), None
    elif isinstance(node.value, str) and "{" in node.value:
        try:
            made = ast.parse("f" + repr(node.value), mode="eval").body
        except SyntaxError:
            return
        says = "the text has a name in braces and no `f` before its quotation mark, so the braces stay as they are"
        yield "f-missing", says, made, "f"


def _turns(place):
    """Is an index of slices alone, which leave nothing out, and one of which goes backwards, `[:, ::-1]`?"""
    places = place.elts if isinstance(place, ast.Tuple) else [place]
    if not all(isinstance(one, ast.Slice) and not one.lower and not one.upper for one in places):
        return False
    return any(one.step is not None and ast.unparse(one.step) == "-1" for one in places)


def _adds_axis(place):
    """Is an index of whole axes and a new one, `[:, None]`?"""
    places = place.elts if isinstance(place, ast.Tuple) else [place]
    new = [one for one in places if ast.unparse(one) in ("None", "np.newaxis")]
    return bool(new) and all(one in new or ast.unparse(one) in (":", "...") for one in places)


def _of_index(node):
    text, whole = ast.unparse(node), ast.unparse(node.value)
    if _turns(node.slice):
        yield "order-turned", f"`{text}` turns the order of `{whole}` round", node.value, text
        return
    if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        if isinstance(node.slice, ast.Constant) and node.slice.value in (0, 1):
            these, those = ("rows", "columns") if node.slice.value == 0 else ("columns", "rows")
            other = changed(node, slice=ast.Constant(1 - node.slice.value))
            yield "other-axis-counted", f"`{text}` counts {these}, where {those} count", other, text
        return
    does = "gives `{}` one more axis" if _adds_axis(node.slice) else "takes only a part of `{}`"
    says = f"`{text}` {does.format(whole)}"
    yield "index-too-many", says, node.value, text
    places = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
    for k, one in enumerate(places):
        if isinstance(one, ast.Constant) and isinstance(one.value, int):
            every = changed(node.slice, elts=[*places[:k], ast.Slice(), *places[k + 1 :]])
            says = f"the {one.value} in `{text}` takes one place of that axis, and the axis itself is gone"
            yield "axis-indexed-away", says, changed(node, slice=every), (k, one.value)
    for k, one in enumerate(places or [node.slice]):
        if isinstance(one, ast.Slice) and one.lower and one.upper and not one.step:
            other = ast.Slice(lower=one.lower)
            index = changed(node.slice, elts=[*places[:k], other, *places[k + 1 :]]) if places else other
            says = f"`{text}` ends too early: with nothing behind its `:` it goes on to the last"
            yield "ends-too-early", says, changed(node, slice=index), text
        ends = [f for f, end in (("lower", "1"), ("upper", "-1")) if isinstance(one, ast.Slice) and not one.step
                and getattr(one, f) is not None and ast.unparse(getattr(one, f)) == end]  # fmt: skip
        if len(ends) == 1 and not (one.lower and one.upper):
            other = ast.Slice(upper=ast.Constant(-1)) if ends == ["lower"] else ast.Slice(lower=ast.Constant(1))
            index = changed(node.slice, elts=[*places[:k], other, *places[k + 1 :]]) if places else other
            says = f"`{text}` leaves out the {'first' if ends == ['lower'] else 'last'}, and the other end is to go"
            yield "other-end", says, changed(node, slice=index), text
    if len(places) == 2:
        turned = changed(node, slice=changed(node.slice, elts=places[::-1]))
        yield "index-exchanged", f"in `{text}` row and column have changed places", turned, None


def _of_operation(node, known):
    if isinstance(node.op, ast.Pow) and isinstance(node.left, ast.BinOp):
        inside = changed(node.left, right=changed(node, left=node.left.right))
        says = f"`** {as_operand(node.right)}` stands behind the bracket, so it takes all of `{as_operand(node.left)}`"
        yield "power-of-all", says, inside, ast.unparse(node.right)
    if isinstance(node.op, ast.Pow) and not isinstance(node.left, ast.Name) and known.around is not None:
        for name in known.there(node):
            says = f"`{as_operand(node.left)}` is taken to a power where `{name}` belongs"
            yield "another-variable", says, changed(node, left=ast.Name(name, ast.Load())), None
    sign, left, right = SIGNS[type(node.op)], as_operand(node.left), as_operand(node.right)
    if isinstance(node.op, ast.Mult) and isinstance(node.left, ast.List) and len(node.left.elts) == 1:
        over = ast.Call(ast.Name("range", ast.Load()), [node.right], [])
        rounds = [ast.comprehension(ast.Name("_", ast.Store()), over, [], 0)]
        says = f"`{ast.unparse(node)}` puts one and the same object into all places of the list"
        yield "one-object", says, ast.ListComp(node.left.elts[0], rounds), "one-object"
    if isinstance(node.op, ast.Mult):
        says = f"`{left}` is multiplied by `{right}`, where it is to be taken to that power"
        yield "times-for-power", says, changed(node, op=ast.Pow()), right
    others = {one for one, into in OPERATORS.items() if type(node.op) in into} | {*OPERATORS.get(type(node.op), ())}
    if isinstance(node.right, ast.Constant):  # x * 1 is x, and x + 0 too: then something is too much, see below
        others -= {"1": {ast.Mult, ast.Div}, "0": {ast.Add, ast.Sub}}.get(ast.unparse(node.right), set())
    if isinstance(node.left, ast.Constant):
        others -= {"1": {ast.Mult}, "0": {ast.Add}}.get(ast.unparse(node.left), set())
    for other in sorted(others - {ast.Pow}, key=lambda one: one.__name__):
        says = f"`{sign}` stands before `{right}` where another sign belongs"
        yield "operator", says, changed(node, op=other()), None
    yield "too-much", f"`{sign} {right}` is too much", node.left, (sign, right)
    if not isinstance(node.op, (ast.Sub, ast.Div)):
        yield "too-much", f"`{left} {sign}` is too much", node.right, (left, sign)
    if not isinstance(node.op, (ast.Add, ast.Mult)):
        says = f"the two sides of the `{sign}` before `{right}` have changed places"
        yield "sides-swapped", says, changed(node, left=node.right, right=node.left), sign
    if isinstance(node.op, ast.MatMult) and is_turned(node.left) != is_turned(node.right):
        plain = [ast.unparse(one.value if is_turned(one) else one) for one in (node.left, node.right)]
        says = f"`@` makes a matrix product, where `{plain[0]}` and `{plain[1]}` are multiplied number by number"
        each = [one.value if is_turned(one) else one for one in (node.left, node.right)]
        yield "product-for-times", says, changed(node, op=ast.Mult(), left=each[0], right=each[1]), None
        one, other = (left, right) if is_turned(node.left) else (right, left)
        says = f"`{one}` is turned and `{other}` is not, and the other way round is right"
        yield "other-side-turned", says, changed(node, left=transposed(node.left), right=transposed(node.right)), None
    part = node.left
    if isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div):
        whole = changed(part, left=changed(node, left=part.left))
        says = f"only `{as_operand(part.left)}` is divided by `{as_operand(part.right)}`, and `{right}` is not"
        yield "one-part-divided", says, whole, None
    if isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(part, ast.BinOp):
        yield from _closed_too_early(node, part, sign)
    for one, side, word in ((node.left, "left", "closes its bracket before"),
                            (node.right, "right", "opens its bracket behind")):  # fmt: skip
        of_one = isinstance(one, ast.Call) and len(one.args) == 1 and not one.keywords
        added = known.around is not None and isinstance(node.op, (ast.Add, ast.Sub))  # as a bias is, to a bend
        if of_one and (added or name_called(one) in OF_MANY):
            inside = changed(one, args=[changed(node, **{side: one.args[0]})])
            yield "bracket-too-early", f"`{ast.unparse(one)}` {word} the `{sign}`", inside, None


def _closed_too_early(node, part, sign):
    """`… + y * log(1) - a`, where `… + y * log(1 - a)` was meant: what stands behind the call belongs into it."""
    if isinstance(part.right, ast.BinOp):
        for kind, says, made, key in _closed_too_early(node, part.right, sign):
            yield kind, says, changed(part, right=made), key
    elif name_called(part.right) in OF_MANY and len(part.right.args) == 1 and not part.right.keywords:
        inside = changed(part.right, args=[changed(node, left=part.right.args[0])])
        says = f"`{ast.unparse(part.right)}` closes its bracket before the `{sign}`"
        yield "bracket-too-early", says, changed(part, right=inside), None
