"""What may mend one expression, or one line, of a learner's syntax tree.

`of_expression` and `of_block` yield `(kind, what was the matter, …, what comes in its place, key)`: another sign,
comparison, function or variable; a factor, an index, an argument, a call or a line that is too much; a line that stands
too early, outside or inside a block, or makes what nobody keeps. Repairs with one key are also made all together.
"""

import ast
from dataclasses import dataclass, replace

import numpy as np

from nnlib.lines.syntax import COMPARED, COMPARISONS, MANY, MANY_ON_A_WAY_BACK, OF_ARRAYS, OPERATORS, SIGNS, changed

FAMILIES = (  # functions that are taken for one another
    {"any", "all"}, {"sum", "mean", "max", "min", "median", "prod", "std", "cumsum"}, {"std", "var"},
    {"max", "maximum"}, {"min", "minimum"}, {"maximum", "minimum"}, {"argmax", "argmin", "max", "min", "argsort"},
    {"log", "log2", "log10", "log1p"}, {"exp", "expm1", "exp2"}, {"sqrt", "square"}, {"zeros", "ones", "empty"},
    {"zeros_like", "ones_like"}, {"hstack", "vstack"}, {"random", "normal", "standard_normal"}, {"rand", "randn"},
    {"round", "floor", "ceil"}, {"append", "extend"}, {"isfinite", "isnan", "isinf"}, {"randint", "integers"},
)  # fmt: skip
ALONG = {"sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "any", "all", "prod", "median", "concatenate"}
SIZED = {"reshape", "range", "arange", "zeros", "ones", "empty", "full", "eye", "len"}
CUTTING = {"clip", "maximum", "minimum", "max", "min"}
OF_MANY = {"sqrt", "exp", "log", "abs", "square", "sum", "mean", "max", "min", "maximum", "minimum", "round", "array"}


WRAPPING = ("sum", "mean", "max", "min", "sqrt", "exp", "log", "square")  # what may be missing around a value
WHOLE = {"int", "'int'", "'int64'", "'int32'", "np.int64", "np.int32", "np.int_"}  # kinds of numbers
FEWER = {written: digits for digits, kind in (("three", "float16"), ("seven", "float32"))
         for written in (f"np.{kind}", f"'{kind}'")}  # and how many digits they hold


@dataclass(frozen=True)
class Known:
    """What a mend may put in: a function's variables, what else is asked of them, those of these that are never read,
    and what the solution calls more often than the learner does. `around` is None, or it is part of a network's way
    back, and names arrays from outside that it uses; `keys` are those of dictionaries on that way.
    """

    names: tuple
    attributes: dict
    unread: tuple
    functions: tuple
    around: tuple | None = None
    keys: tuple = ()
    since: dict | None = None
    rounds: frozenset = frozenset()  # what comprehensions give a value in each round: without it there were no round

    @classmethod
    def of(cls, tree, solution, around=None, keys=()):
        """What stands in the learner's tree and in that of the solution."""
        mine, theirs = list(ast.walk(tree)), list(ast.walk(solution))
        every = [*mine, *theirs]
        called = {ast.unparse(one.func) for one in every if isinstance(one, ast.Call)}
        attributes = {}
        for one in every:
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and ast.unparse(one) not in called:
                attributes.setdefault(one.value.id, {})[one.attr] = None
        calls, theirs = ([_name(one) for one in nodes] for nodes in (mine, theirs))
        inside = {ast.unparse(one) for one in mine if isinstance(one, ast.Attribute)}
        own = [name for one in attributes.get("self", ()) if (name := f"self.{one}") in inside or around is None]
        read = {ast.unparse(one) for one in mine if isinstance(getattr(one, "ctx", None), ast.Load)}
        unread = tuple(name for name in own if name not in read)
        missing = tuple(one for one in WRAPPING if theirs.count(one) > calls.count(one) and around is None)
        return cls((), attributes, unread, missing, around, keys)

    def within(self, function):
        """The same, of one function."""
        own = [one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
        every = [one for one in ast.walk(function) if isinstance(one, ast.Name)]
        stored = [one.id for one in every if isinstance(one.ctx, ast.Store)]
        lines = [(one.lineno, one.id) for one in every if isinstance(one.ctx, ast.Store) and one.id not in own]
        since = {name: line for line, name in sorted(lines, reverse=True)}  # the first line that fills it
        names = tuple(name for name in dict.fromkeys((*own, *stored, *(self.around or ()))) if name != "self")
        read = {one.id for one in every if isinstance(one.ctx, ast.Load)}
        unread = (*(one for one in names if one not in read), *self.unread)
        targets = [one.target for one in ast.walk(function) if isinstance(one, ast.comprehension)]
        rounds = frozenset(one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
        return replace(self, names=names, since=since, unread=unread, rounds=rounds)

    def there(self, node):
        """The variables that hold something where a node stands."""
        return [name for name in self.names if self.since.get(name, 0) < node.lineno]

    @property
    def many(self):
        """So many variables are all taken for one another."""
        return MANY if self.around is None else MANY_ON_A_WAY_BACK


# --- expressions ---


def of_expression(parent, node, known):
    """`(kind, says, made, key)` of everything that may mend one expression."""
    names = known.names
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        yield from _of_operation(node)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
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
        yield "sign", f"the {word} before {which}`{ast.unparse(node.operand)}` is too much", node.operand, None
    elif isinstance(node, ast.Constant) and _name(parent) not in ("round", "around"):  # more places are no mend
        yield from _of_constant(parent, node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, names)
    elif isinstance(node, ast.Subscript):
        yield from _of_index(node)
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        for k, one in enumerate(node.generators):
            if one.ifs:
                every = [*node.generators[:k], changed(one, ifs=[]), *node.generators[k + 1 :]]
                says = f"`if {ast.unparse(one.ifs[0])}` leaves out what belongs there"
                yield "condition-too-many", says, changed(node, generators=every), None
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        says = f"`//` before `{_written(node.right)}` cuts off what stands behind the point"
        yield "cut-to-whole", says, changed(node, op=ast.Div()), "//"
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node, known)
    elif isinstance(node, ast.Name) and node.id in names:
        there = names if known.around is None else known.there(node)
        near = [name for name in there if len(names) <= known.many or name[0] == node.id[0] or name[-1] == node.id[-1]]
        if node.id in known.rounds:
            near = [name for name in near if name in known.rounds]
        for other in [name for name in near if name != node.id]:
            says = f"`{node.id}` stands where another variable belongs"
            yield "another-variable", says, ast.Name(other, ast.Load()), (node.id, other)
    if known.around is not None and _is_product(parent) and not isinstance(node, ast.Constant):
        says = f"`{ast.unparse(node)}` is not turned: its rows and columns have to change places first"
        yield "product-not-transposed", says, _turned(node), None
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
        if _name(parent) != function and _name(node) != function:
            wrapped = ast.Call(ast.Attribute(ast.Name("np", ast.Load()), function, ast.Load()), [node], [])
            yield "call-missing", f"`{text}` goes on as it is: `{function}` is missing", wrapped, None
    asked = getattr(parent, "attr", "")
    if not isinstance(node, ast.BinOp) and _name(parent) != "len" and asked not in OF_ARRAYS | ALONG:
        says = f"`{text}` is not turned: its rows and columns have to change places first"
        yield "not-transposed", says, _turned(node), None
    if _is_size(parent, node):  # −3 columns there are none: a negative size that is right is NumPy's −1
        return
    if isinstance(parent, ast.Compare) and any(getattr(one, "value", None) == 0 for one in parent.comparators):
        return  # a size is never below 0: who compares with 0 asks for the sign
    size = ast.Call(ast.Name("abs", ast.Load()), [node], [])
    yield "abs-missing", f"`{text}` may be negative, and only its size belongs there", size, None
    yield "wrong-sign", f"`{text}` has the wrong sign", ast.UnaryOp(ast.USub(), node), None


def _is_size(parent, node):
    """Does it count something: how long, how many rows, which shape?"""
    of = ast.unparse(node).rpartition(".")[2].partition("[")[0]
    return _name(parent) in SIZED or _name(node) == "len" or of in ("shape", "size", "ndim")


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
    if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        if isinstance(node.slice, ast.Constant) and node.slice.value in (0, 1):
            these, those = ("rows", "columns") if node.slice.value == 0 else ("columns", "rows")
            other = changed(node, slice=ast.Constant(1 - node.slice.value))
            yield "other-axis-counted", f"`{text}` counts {these}, where {those} count", other, text
        return
    if _turns(node.slice):
        yield "order-turned", f"`{text}` turns the order of `{whole}` round", node.value, text
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


def _of_operation(node):
    if isinstance(node.op, ast.Pow) and isinstance(node.left, ast.BinOp):
        inside = changed(node.left, right=changed(node, left=node.left.right))
        says = f"`** {_written(node.right)}` stands behind the bracket, so it takes all of `{_written(node.left)}`"
        yield "power-of-all", says, inside, ast.unparse(node.right)
    sign, left, right = SIGNS[type(node.op)], _written(node.left), _written(node.right)
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
    if isinstance(node.op, ast.MatMult) and _is_turned(node.left) != _is_turned(node.right):
        one, other = (left, right) if _is_turned(node.left) else (right, left)
        says = f"`{one}` is turned and `{other}` is not, and the other way round is right"
        yield "other-side-turned", says, changed(node, left=_turned(node.left), right=_turned(node.right)), None
    part = node.left
    if isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div):
        whole = changed(part, left=changed(node, left=part.left))
        says = f"only `{_written(part.left)}` is divided by `{_written(part.right)}`, and `{right}` is not"
        yield "one-part-divided", says, whole, None
    if isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(part, ast.BinOp):
        yield from _closed_too_early(node, part, sign)
    for one, side, word in ((node.left, "left", "closes its bracket before"),
                            (node.right, "right", "opens its bracket behind")):  # fmt: skip
        if _name(one) in OF_MANY and len(one.args) == 1 and not one.keywords:
            inside = changed(one, args=[changed(node, **{side: one.args[0]})])
            yield "bracket-too-early", f"`{ast.unparse(one)}` {word} the `{sign}`", inside, None


def _closed_too_early(node, part, sign):
    """`… + y * log(1) - a`, where `… + y * log(1 - a)` was meant: what stands behind the call belongs into it."""
    if isinstance(part.right, ast.BinOp):
        for kind, says, made, key in _closed_too_early(node, part.right, sign):
            yield kind, says, changed(part, right=made), key
    elif _name(part.right) in OF_MANY and len(part.right.args) == 1 and not part.right.keywords:
        inside = changed(part.right, args=[changed(node, left=part.right.args[0])])
        says = f"`{ast.unparse(part.right)}` closes its bracket before the `{sign}`"
        yield "bracket-too-early", says, changed(part, right=inside), None


def _is_product(node):
    return isinstance(getattr(node, "op", None), ast.MatMult) or _name(node) in ("dot", "matmul")


def _is_turned(node):
    return isinstance(node, ast.Attribute) and node.attr == "T"


def _turned(node):
    return node.value if _is_turned(node) else ast.Attribute(node, "T", ast.Load())


def _of_call(node, names):
    called, of_numpy = _name(node), ast.unparse(node.func).startswith("np.")
    yield from _of_called(node, called)
    yield from _of_arguments(node, called, names)
    inner = node.args[0] if len(node.args) == 1 else None
    if len(node.args) > 1 and called in CUTTING and _name(node.args[0]) in OF_MANY:
        yield from _turned_round(node, node.args[0], called)
    if not node.args and isinstance(node.func, ast.Attribute) and not of_numpy:
        inner = node.func.value
    if inner is not None and not isinstance(inner, ast.Starred):
        yield "call-too-many", f"the call of `{called}` is too much", inner, called
        yield from _turned_round(node, inner, called)
    if called == "append" and isinstance(inner, ast.List) and len(inner.elts) == 1:
        says = f"the square brackets in `{_written(node)}` put a list into the list, where what is in them belongs"
        yield "list-of-one", says, changed(node, args=inner.elts), called
    if called in ALONG:
        yield from _of_axis(node, called)
    if isinstance(inner, ast.BinOp) and type(inner.op) in SIGNS and node.args and called in OF_MANY:
        says = f"`{SIGNS[type(inner.op)]} {_written(inner.right)}` stands inside the brackets of `{called}`"
        kind, made = "bracket-too-late", changed(inner, left=changed(node, args=[inner.left]))
        if called == "sum" and isinstance(inner.op, (ast.Add, ast.Sub)):
            kind, says = "added-in-each", f"{says}, so it is added once for each number"
        yield kind, says, made, None


def _of_called(node, called):
    """Another function in place of the one that is called, or the right one used in another way."""
    if called in CUTTING and len(node.args) > 1:
        for kept in node.args[: 1 if called == "clip" else 2]:
            yield "cut-off", f"`{ast.unparse(node)}` changes numbers that should stay as they are", kept, called
    whole = [one for one in node.keywords if one.arg == "dtype" and ast.unparse(one.value) in WHOLE]
    if whole:
        says = f"`dtype={ast.unparse(whole[0].value)}` cuts off what stands behind the point of every number"
        less = changed(node, keywords=[one for one in node.keywords if one not in whole])
        yield "cut-to-whole", says, less, "dtype"
    if called in ("zeros_like", "empty_like") and not node.keywords:
        says = f"`{_written(node)}` holds whole numbers, as what it is made like does: what is put in is cut off"
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
        says = f"`reshape` pours the numbers in line by line: no row of `{ast.unparse(base)}` becomes a column so"
        yield "call-too-many", "the call of `reshape` is too much", base, called
        yield "poured", says, ast.Attribute(base, "T", ast.Load()), None
    if called == "len" and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        counted = ast.unparse(node.args[0])
        columns = ast.Subscript(ast.Attribute(node.args[0], "shape", ast.Load()), ast.Constant(-1), ast.Load())
        says = f"`len({counted})` counts the rows of `{counted}`, where its columns count"
        yield "other-axis-counted", says, columns, "len"
    if called == "range" and len(node.args) == 1:
        later = changed(node, args=[ast.Constant(1), *node.args])
        yield "one-round-off", "the loop begins one round too early", later, None
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
    for name in names:
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
    other = _name(inner)
    is_method = isinstance(inner, ast.Call) and not inner.args and isinstance(inner.func, ast.Attribute)
    if not other or other == called or inner.keywords or not (is_method or len(inner.args) == 1):
        return
    deep = inner.func.value if is_method else inner.args[0]
    within = {"args": [deep, *node.args[1:]]} if node.args else {"func": changed(node.func, value=deep)}
    first = changed(node, **within)
    made = changed(inner, func=changed(inner.func, value=first)) if is_method else changed(inner, args=[first])
    says = f"`{other}` is done before `{called}`, and the other way round is right"
    yield "other-order-of-calls", says, made, (called, other)


def _name(node):
    """What a call calls, or "" where it is no call of a name."""
    return getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""


def _written(node):
    """An operand as it stands beside its sign."""
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, (ast.BinOp, ast.Compare, ast.BoolOp)) else text


def of_targets(line, known):
    """`(kind, says, the targets in their place, key)`: what fills `self.a` and not `a`, or the other way round."""
    for one in line.targets:
        name, mine = getattr(one, "attr", getattr(one, "id", "")), known.attributes.get("self", ())
        if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "self" and name in known.names:
            says = f"`self.{name}` is filled, and `{name}` is what it was"
            yield "filled-elsewhere", says, [ast.Name(name, ast.Store()), one], "self"
        if isinstance(one, ast.Name) and name in known.unread and name in mine:
            says = f"`{name}` is filled, which ends with the call, and `self.{name}` is what it was"
            yield "filled-elsewhere", says, [ast.Attribute(ast.Name("self", ast.Load()), name, ast.Store())], "self"


# --- lines ---


def of_block(field, block, known):
    """`(kind, says, line number, the whole block anew, key)` of everything that may mend the lines of one block."""
    for k, line in enumerate(block):
        before, after = block[:k], block[k + 1 :]
        if isinstance(line, (ast.FunctionDef, ast.Pass)) or _is_words(line):
            continue
        for kind, says, of, made, key in (*_of_line(line, known), *_moved(before, line)):
            taken = 1 if kind == "outside-the-block" else 0
            yield kind, says, of.lineno, [*before[: len(before) - taken], *made, *after], key
        yield from _left_out_or_later(field, before, line, after)


def _left_out_or_later(field, before, line, after):
    at = "Your line `{line}`"
    if not isinstance(line, (ast.Return, ast.For)):
        where = " below `else:`" if field == "orelse" and not isinstance(line, ast.If) else ""
        rest = [*before, *after] or [ast.Pass()]
        says = f"{at}{where} does not belong there."
        if isinstance(line, (ast.If, ast.Break)) and any(isinstance(one, ast.Break) for one in ast.walk(line)):
            says = f"{at} ends the loop before its last round."
        yield "line-too-much", says, line.lineno, rest, None
    if after and not isinstance(after[0], ast.Return):
        turned = [*before, after[0], line, *after[1:]]
        yield "lines-in-other-order", f"{at} comes one line too early.", line.lineno, turned, None
    for j, loop in enumerate(after):
        if isinstance(line, ast.Assign) and isinstance(loop, ast.For) and not _is_flag(line, loop):
            anew = [*before, *after[:j], changed(loop, body=[line, *loop.body]), *after[j + 1 :]]
            says = f"{at} stands before the loop, so it is done once, not anew in each round."
            yield "before-the-loop", says, line.lineno, anew, None


def _is_flag(line, loop):
    """`first = True` before a loop that says `first = False`: that it is done once is what it is for."""
    stored = {one.id for one in ast.walk(loop) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return isinstance(getattr(line.value, "value", None), bool) and getattr(line.targets[0], "id", "") in stored


def _moved(before, line):
    """A line into the block before it."""
    if before and isinstance(before[-1], (ast.For, ast.If)):
        what = "loop" if isinstance(before[-1], ast.For) else "`if`"
        inside = changed(before[-1], body=[*before[-1].body, line])
        yield "outside-the-block", f"Your line `{{line}}` stands outside of the {what} before it.", line, [inside], None


def _of_line(line, known):
    """`(kind, says, the line that it is about, the lines in its place, key)`"""
    at = "Your line `{line}`"
    if isinstance(line, (ast.For, ast.If)):
        yield from _of_holder(line, at)
    if isinstance(line, ast.For):
        yield from _of_loop(line)
    if isinstance(line, (ast.Assign, ast.Return)) and isinstance(line.value, ast.BinOp):
        for name in known.unread:
            for sign in (ast.Add(), ast.Sub()):
                more = changed(line, value=ast.BinOp(line.value, sign, ast.parse(name, mode="eval").body))
                yield "term-missing", f"In your line `{{line}}` `{name}` is missing.", line, [more], None
    if isinstance(line, ast.Expr) and not isinstance(line.value, (ast.Call, ast.Yield, ast.Await)):
        says = f"{at} works something out, and nobody gets it: `return` is missing before it."
        yield "return-missing", says, line, [ast.Return(line.value)], None
    if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call) and isinstance(line.value.func, ast.Attribute):
        base = line.value.func.value
        if isinstance(base, ast.Name) and base.id != "np":
            kept = ast.Assign([ast.Name(base.id, ast.Store())], line.value)
            says = f"{at} makes something new, and nobody keeps it: `{base.id}` is what it was."
            yield "not-kept", says, line, [kept], None
    if isinstance(line, ast.Assign) and len(line.targets) == 1:
        yield from _of_assignment(line, at)
    if isinstance(line, ast.AugAssign):
        says = f"{at} works on what was there, where it should take its place."
        yield "added-to-the-old", says, line, [ast.Assign([line.target], line.value)], None
        placed = isinstance(line.target, ast.Subscript) and isinstance(line.target.slice, (ast.Name, ast.Attribute))
        if placed and isinstance(line.op, ast.Add) and known.around is not None:
            base, place = ast.unparse(line.target.value), ast.unparse(line.target.slice)
            each = ast.parse(f"np.add.at({base}, {place}, {ast.unparse(line.value)})").body
            says = f"{at} adds once where `{place}` names a place several times: `np.add.at` adds each time."
            yield "repeated-places", says, line, each, None
        by_one = ast.unparse(line.value) == "1"
        counts = known.around is not None and by_one  # who counts the other way round?
        for other in () if counts else OPERATORS.get(type(line.op), ()):
            if by_one and other in (ast.Mult, ast.Div, ast.Pow):
                continue  # a line that does nothing then is one too many
            says = f"In your line `{{line}}` `{SIGNS[type(line.op)]}=` stands where another sign belongs."
            yield "operator", says, line, [changed(line, op=other())], type(line.op)


def _of_holder(line, at):
    """What stands inside a loop or an `if`, and should not."""
    what, last = ("loop" if isinstance(line, ast.For) else "`if`"), line.body[-1]
    if len(line.body) > 1:
        says = f"{at} stands inside the {what}."
        yield "inside-the-block", says, last, [changed(line, body=line.body[:-1]), last], None
    leaves = any(isinstance(one, (ast.Return, ast.Break, ast.Continue, ast.Raise)) for one in ast.walk(line))
    if isinstance(line, ast.If) and not line.orelse and not leaves:
        says = f"{at} leaves out what belongs there: what stands inside it is to be done each time."
        yield "condition-too-many", says, line, line.body, None
    if isinstance(line, ast.For) and isinstance(last, ast.If) and len(last.orelse) == 1:
        other = last.orelse[0]
        if isinstance(other, ast.Return):
            says = f"{at} stands inside the loop: it ends the function in the first round."
            inside = changed(line, body=[*line.body[:-1], changed(last, orelse=[])])
            yield "inside-the-block", says, other, [inside, other], None
    if isinstance(line, ast.If) and len(line.orelse) == 1 and isinstance(line.orelse[0], ast.If):
        other = line.orelse[0]
        says = f"{at} is only asked where the one before it was not true: `elif` is `else` and `if` together."
        yield "elif-for-if", says, other, [changed(line, orelse=[]), other], None


def _another_kind(value):
    """Does it make an array of another kind? To fill the old one with that would keep the old kind."""
    return isinstance(value, ast.Call) and getattr(value.func, "attr", "") in ("astype", "array", "asarray")


def _of_assignment(line, at):
    target = line.targets[0]
    if isinstance(target, ast.Name) and not _another_kind(line.value):
        into = ast.Subscript(ast.Name(target.id, ast.Load()), ast.Constant(...), ast.Store())
        says = f"{at} gives the name `{target.id}` to something else, in place of filling what it stood for."
        yield "renamed-for-filled", says, line, [changed(line, targets=[into])], None
    if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
        says = f"{at} takes the place of what was there, where it should be added."
        yield "overwritten", says, line, [ast.AugAssign(target, ast.Add(), line.value)], None
    if isinstance(line.value, (ast.Name, ast.Attribute)):
        copied = ast.Call(ast.Attribute(line.value, "copy", ast.Load()), [], [])
        says = f"{at} makes no copy: both names mean one and the same object."
        yield "not-copied", says, line, [changed(line, value=copied)], None


def _of_loop(loop):
    name, over, at = ast.unparse(loop.target), ast.unparse(loop.iter), "In your line `{line}`"
    if isinstance(loop.iter, (ast.Name, ast.Attribute)) and isinstance(loop.target, ast.Name):
        places = ast.parse(f"range(len({over}))", mode="eval").body
        says = f"{at} `{name}` runs through what `{over}` holds. You use it as a place: 0, 1, 2, …"
        yield "values-for-places", says, loop, [changed(loop, iter=places)], None
    if over.startswith("range(len(") and isinstance(loop.iter.args[0], ast.Call):
        says = f"{at} `{name}` runs through the places 0, 1, 2, …; you use it as what stands there."
        yield "places-for-values", says, loop, [changed(loop, iter=loop.iter.args[0].args[0])], None
    if not isinstance(loop.body[-1], ast.Return):  # else it has one round, and that is what is wrong with it
        turned = ast.Call(ast.Name("reversed", ast.Load()), [loop.iter], [])
        yield "not-reversed", f"{at} the loop runs in the other direction.", loop, [changed(loop, iter=turned)], None
    for k, line in enumerate(loop.body):
        rest = [*loop.body[:k], *loop.body[k + 1 :]]
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and rest:
            says = "Your line `{line}` stands inside the loop, so it is done anew in each round."
            yield "anew-in-each-round", says, line, [line, changed(loop, body=rest)], None
    for k in range(1, len(loop.body)):
        first, later = loop.body[:k], loop.body[k:]
        inner = [one for line in later for one in ast.walk(line)]
        filled = {name for line in first for one in ast.walk(line) for name in _grown(one)} - {"self"}
        here = {id(one.value) for one in inner if isinstance(one, ast.Subscript) and ast.unparse(one.slice) == name}
        read = [one.id for one in inner if isinstance(one, ast.Name) and one.id in filled and id(one) not in here]
        if read and not any(isinstance(one, (ast.Return, ast.Break)) for one in inner):
            says = f"Your line `{{line}}` reads `{read[0]}` too early: it stands in the loop that `{read[0]}` grows in."
            yield "filled-too-late", says, later[0], [changed(loop, body=first), changed(loop, body=later)], None


def _grown(node):
    """The names of what a line adds to: `n += 1`, `a[k] = 1`, `a.append(1)`."""
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        return [getattr(node.value, "id", "")]
    if isinstance(node, ast.Call) and _name(node) in ("append", "extend", "add", "update"):
        return [getattr(node.func.value, "id", "")] if isinstance(node.func, ast.Attribute) else []
    return []


def _is_words(line):
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
