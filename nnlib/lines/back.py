"""What may mend the way back of a network, in one expression: a slope, a value under another name, another place.

The slopes are those of the textbook's bends, written with any value that the function names: `a (1 - a)` and `1 - a²`
for an output a, 1 where z is above 0, or below. What comes from two sides is added; a mean and a deviation move too.
"""

import ast
import itertools

from nnlib.lines.syntax import OF_ARRAYS, as_operand, changed

SLOPES = ("{n} * (1 - {n})", "1 - {n} ** 2", "({n} > 0)", "({n} < 0)", "1 / (1 + np.exp(-{n}))")
SIZES = {"np.abs": "np.square", "np.square": "np.abs", "abs": "np.square"}
FEW = 14  # values that are tried in a slope
NO_SLOPES = {"len", "range", "reversed", "zip", "list", "sum", "float", "int", "enumerate", "super", "print", "dict"}
OF_A_PART = {"gradient", "derivative", "deriv", "prime", "backward"}
WRAPS = ("np.exp", "np.sign")
NORMAL = "({d} - ({d}).mean(axis={k}, keepdims=True) - {n} * (({d}) * {n}).mean(axis={k}, keepdims=True))"
OF_OWN_CLASS = "{n} - np.eye({n}.shape[1])[{y}]"


class Back:
    """What a function names: `values`, the surest first, as text, and the variables of its `loops`.

    Values are what has a place or a key, `self.…`, variables; then what may be kept under the `keys` besides. Those of
    the `keys` that are numbers, or expressions of numbers alone, stand in other lines. `helpers` are functions of one
    value, which may be slopes.
    """

    def __init__(self, function, known):
        every = list(ast.walk(function))
        keyed = [one for one in every if _is_keyed(one)]
        wholes = dict.fromkeys([*(ast.unparse(one.value) for one in keyed), *(one.arg for one in function.args.args)])
        placed = [one for one in every if isinstance(one, ast.Subscript)]
        placed = [one for one in placed if not isinstance(one.slice, (ast.Slice, ast.Tuple))]
        found = [ast.unparse(one) for one in placed if isinstance(one.ctx, ast.Load)]
        found += [f"{ast.unparse(one.value)}[-1]" for one in placed if not _is_keyed(one)]
        self.beside = {}  # what has the same place, and variables that were filled with one of these
        for one in [one for one in placed if isinstance(one.slice, ast.Name)]:
            self.beside.setdefault(one.slice.id, {})[ast.unparse(one)] = None
        for one in [one for one in every if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)]:
            if isinstance(getattr(one.value, "slice", None), ast.Name):
                self.beside.setdefault(one.value.slice.id, {})[one.targets[0].id] = None
        calls = [one for one in every if isinstance(one, ast.Call) and len(one.args) == 1 and not one.keywords]
        called = {ast.unparse(one.func) for one in every if isinstance(one, ast.Call)}
        self.helpers = [ast.unparse(one.func) for one in calls if not isinstance(one.args[0], ast.Starred)]
        self.helpers = [one for one in dict.fromkeys(self.helpers) if one[:3] != "np." and one not in NO_SLOPES]
        held = [*filter(_is_own, every), *filter(_is_of_a_name, every)]
        found += [text for one in held if (text := ast.unparse(one)) not in called]
        kept = [f"{whole}[{key!r}]" for whole in wholes for key in known.keys if isinstance(key, str)]
        self.known, self.numbers = known, [key for key in known.keys if isinstance(key, float)]
        self.factors = [key for key in known.keys if isinstance(key, ast.expr)]
        self.counts = {one.targets[0].id for one in every if isinstance(one, ast.Assign) and _is_count(one)}
        self.elsewhere = [one for one in dict.fromkeys(kept) if one not in found]  # what only the way up uses
        held = [f"self.{name}" for name in known.attributes.get("self", ()) if f"self.{name}" not in called]
        self.values = list(dict.fromkeys([*found, *known.names, *kept, *held]))
        of_self = ["self({n})"] if function.name in OF_A_PART else []
        slopes = [*SLOPES, *of_self, *(f"{helper}({{n}})" for helper in self.helpers)]
        asked = [one for one in every if isinstance(one, ast.Compare) and type(one.ops[0]) in (ast.Gt, ast.Lt)]
        sides = [(ast.unparse(one.left), ast.unparse(one.comparators[0])) for one in asked]
        self.masks = [_parsed(f"({one} {sign} {other})") for one, other in dict.fromkeys(sides) for sign in "><"]
        self.slopes = [_parsed(slope.format(n=name)) for name in self.values[:FEW] for slope in slopes] + self.masks
        loops = [one for one in every if isinstance(one, ast.For) and isinstance(one.target, ast.Name)]
        self.loops = {one.target.id: ast.unparse(one.iter) for one in loops}
        counted = [one for one in every if isinstance(one, ast.For) and getattr(one.iter, "args", None)]
        for one in [one for one in counted if ast.unparse(one.iter.func) == "enumerate"]:
            if isinstance(one.target, ast.Tuple) and isinstance(one.target.elts[0], ast.Name):
                self.loops[one.target.elts[0].id] = f"range(len({ast.unparse(one.iter.args[0])}))"

    def of_expression(self, parent, node):
        """`(kind, says, made, key)` of everything that may mend one expression."""
        if isinstance(node, ast.Subscript):
            yield from self._of_place(node, ast.unparse(node))
        if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
            return
        yield from self._of_value(node, ast.unparse(node))
        yield from self._of_slope(parent, node)
        divides = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Div) and node is parent.right
        if divides and not isinstance(node, ast.Constant):
            says = f"`{ast.unparse(node)}` divides as it is: `np.sqrt` is missing"
            yield "root-left-out", says, _parsed(f"np.sqrt({ast.unparse(node)})"), None
        given = isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return, ast.Dict, ast.keyword))
        if given and isinstance(node, (ast.Name, ast.BinOp, ast.Call)):
            yield from self._of_whole(node, ast.unparse(node))
        if given and isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            yield from self._of_added(node)

    def _of_place(self, node, text):
        """Another place in an array or a list: one further, that of the round of a loop, each row its own column."""
        whole, place = ast.unparse(node.value), ast.unparse(node.slice)
        places = [ast.unparse(one) for one in node.slice.elts] if isinstance(node.slice, ast.Tuple) else []
        if places[:1] == [":"] and len(places) == 2:
            says = f"`{text}` takes these columns in every row, where each row has one of its own"
            yield "every-row", says, _parsed(f"{whole}[range(len({whole})), {places[1]}]"), None
        for other in self.beside.get(place, ()) if isinstance(node.ctx, ast.Load) else ():
            if other != text and self.known.since.get(other, 0) < node.lineno:
                says = f"`{text}` stands where `{other}` belongs"
                yield "another-store", says, _parsed(other), (text, other)
        if isinstance(node.slice, ast.UnaryOp | ast.BinOp | ast.Name):
            for step in ("+ 1", "- 1"):
                made = _parsed(f"{whole}[{place} {step}]")
                yield "place-off", f"the place in `{text}` is one off", made, (text, step)
        if place.lstrip("-").isdigit():
            says = f"`{text}` is the same in every round of the loop"
            for name in self.loops:
                for other in (name, f"-{name}", f"{name} - 1", f"{name} + 1", f"-{name} + 1"):
                    yield "same-in-each-round", says, _parsed(f"{whole}[{other}]"), None

    def _of_value(self, node, text):
        """Another value that is kept under a key, an array for its gradient, a value as it is for a function of it."""
        if text in self.values[:FEW] and text not in self.counts:
            for wrap in (*WRAPS, *self.helpers):
                says = f"`{text}` goes on as it is: `{wrap}` is missing"
                yield "call-left-out", says, _parsed(f"{wrap}({text})"), None
        if _is_keyed(node):
            whole = ast.unparse(node.value)
            says = f"`{text}` stands where something else belongs that `{whole}` keeps"
            for other in [one for one in self.values if one.startswith(f"{whole}[") and one != text]:
                yield "another-key", says, _parsed(other), None
        elif isinstance(node, ast.Name) and text[0] == "d":
            says = f"`{text}` is a gradient, and the array itself belongs there"
            for other in [one for one in self.values if one.split("[")[-1].strip("']") == text[1:]]:
                yield "gradient-for-array", says, _parsed(other), None
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in self.known.keys:
            says = f"`{text}` is the same in every round of the loop, and belongs into one round alone"
            words = [key for key in self.known.keys if isinstance(key, str) and key != node.value]
            for other in words:
                yield "another-key", f"`{text}` stands where another word belongs", ast.Constant(other), (text, other)
            for (name, over), other in itertools.product(self.loops.items(), words):
                for k in (0, -1):
                    made = f"{text} if {name} == [*{over}][{k}] else {other!r}"
                    yield "same-in-each-round", says, _parsed(made), None
        elif isinstance(node, ast.Call) and (square := SIZES.get(ast.unparse(node.func))):
            says = f"`{ast.unparse(node.func)}` stands where another function belongs"
            yield "other-function", says, changed(node, func=_parsed(square)), text
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            for other in (node.value + 1, node.value - 1) if node.value % 1 == 0.5 else ():
                yield "constant", f"the number {text} is one off", ast.Constant(other), None
            for other in [one for one in self.numbers if one != node.value]:
                says = f"`{text}` stands where another number of yours belongs: {other:g}"
                yield "another-number", says, ast.Constant(other), (text, other)

    def _of_slope(self, parent, node):
        """Another slope in a factor's place, and one that is missing."""
        product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
        for side, factor in (("right", node.right), ("left", node.left)) if product else ():
            for name in self._arrays(factor) if isinstance(factor, ast.Name) else ():
                says = f"`− {name}` is missing behind `{factor.id}`, in brackets with it"
                made = ast.BinOp(factor, ast.Sub(), _parsed(name))
                yield "term-left-out", says, changed(node, **{side: made}), None
            says = f"`{ast.unparse(factor)}` is not the slope that belongs there"
            for slope in self.slopes if not isinstance(factor, ast.Constant) else ():
                yield "another-slope", says, changed(node, **{side: slope}), None
        if product and not (isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Mult)):
            yield from self._of_softmax([f"({ast.unparse(one)})" for one in _factors(node)])
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.where" and len(node.args) == 3:
            for k in (1, 2):
                says = f"`{ast.unparse(node.args[k])}` is a slope, and nothing is multiplied by it"
                args = [*node.args[:k], ast.BinOp(node.args[k], ast.Mult(), node.args[3 - k]), *node.args[k + 1 :]]
                yield "gradient-left-out", says, changed(node, args=args), None
                for name in [one for one in self.values[:FEW] if one != ast.unparse(node.args[3 - k])]:
                    says = f"`* {name}` is missing behind `{ast.unparse(node.args[k])}`"
                    made = ast.BinOp(node.args[k], ast.Mult(), _parsed(name))
                    yield "value-left-out", says, changed(node, args=[*node.args[:k], made, *node.args[k + 1 :]]), None
        if product and isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Mult):
            both = ast.unparse(ast.BinOp(node.left.right, ast.Mult(), node.right))
            says = f"`{both}` is not the slope that belongs there"
            for slope in self.slopes:
                yield "another-slope", says, changed(node, left=node.left.left, right=slope), None
        whole = isinstance(parent, (ast.Assign, ast.Return)) and isinstance(node, (ast.Name, ast.BinOp, ast.Call))
        added = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Add, ast.Sub))
        met = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.MatMult) and isinstance(node, ast.Name)
        for mask in self.masks if met else ():
            says = f"`{node.id}` is not yet multiplied by a slope"
            yield "slope-missing", says, ast.BinOp(node, ast.Mult(), mask), None
        if isinstance(node, ast.Constant) and node.value == 1 and isinstance(getattr(parent, "op", None), ast.Div):
            for name in self.known.there(node) if node is parent.left else ():
                says = f"the `1` over `{ast.unparse(parent.right)}` is a factor short"
                yield "factor-left-out", says, _parsed(f"1 - {name}"), None
                yield "factor-left-out", says, _parsed(name), None
        if whole or (product and (added or isinstance(parent, (ast.Attribute, ast.Call)))):
            says = f"`{ast.unparse(node)}` is not yet multiplied by a slope"
            for slope in self.slopes:
                yield "slope-missing", says, ast.BinOp(node, ast.Mult(), slope), None

    def _of_softmax(self, factors):
        """The way back through softmax where its outputs are taken one by one."""
        for one in [one for one in factors if f"(1 - {one[1:-1]})" in factors]:
            rest = list(factors)
            rest.remove(one)
            rest.remove(f"(1 - {one[1:-1]})")
            arriving = " * ".join(rest)
            for axis in (1, 0) if rest else ():
                says = f"`{one[1:-1]} * (1 - {one[1:-1]})` takes each output of a softmax as if it stood alone"
                made = f"{one} * ({arriving} - ({arriving} * {one}).sum(axis={axis}, keepdims=True))"
                yield "softmax-elementwise", says, _parsed(made), None

    def _of_added(self, node):
        """What is wrong with the product that is added last, as with every other that is: its sign, a 2, a division."""
        if isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Mult):
            twice = changed(node, right=ast.BinOp(ast.Constant(2), ast.Mult(), node.right))
            says = f"`2 *` is missing before `{ast.unparse(node.right)}`: it is the slope of a square"
            yield "two-missing", says, twice, ("added", 2)
            sign, other = ("+", ast.Sub()) if isinstance(node.op, ast.Add) else ("−", ast.Add())
            says = f"`{sign}` stands before `{ast.unparse(node.right)}` where another sign belongs"
            yield "operator", says, changed(node, op=other), ("added", sign)
            for name in self._counts(node):
                says = f"`/ {name}` is missing behind `{ast.unparse(node.right)}`"
                made = changed(node, right=ast.BinOp(node.right, ast.Div(), _parsed(name)))
                yield "not-divided", says, made, ("added", name)

    def _of_whole(self, node, text):
        """What is missing from that which a name is given to: a term, a factor."""
        for factor in self.factors:
            for sign, made in (("/", ast.Div()), ("*", ast.Mult())):
                says = f"`{sign} {as_operand(factor)}` is missing behind `{text}`: it stands in another line of yours"
                yield "factor-left-out", says, ast.BinOp(node, made, factor), None
        for name in self._counts(node):
            says = f"`/ {name}` is missing behind `{text}`"
            yield "not-divided", says, ast.BinOp(node, ast.Div(), _parsed(name)), None
        for name in self._arrays(node):
            for sign, made in (("+", ast.Add()), ("−", ast.Sub()), ("*", ast.Mult())):
                says = f"`{sign} {name}` is missing behind `{text}`"
                yield "term-left-out", says, ast.BinOp(node, made, _parsed(name)), None
            says = f"from `{text}` the labels `{name}` are not taken off: 1 in each row, at its own class"
            yield "labels-left-out", says, _parsed(OF_OWN_CLASS.format(n=f"({text})", y=name)), None
        for name in self.elsewhere[:FEW]:
            says = f"`* {name}` is missing behind `{text}`"
            yield "value-left-out", says, ast.BinOp(node, ast.Mult(), _parsed(name)), None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            for one, other in itertools.permutations(self._arrays(), 2):
                for more in (f"{one}.T @ {other}", f"{one} @ {other}.T"):
                    says = f"`+ {more}` is missing behind `{text}`: this array is met at another place too"
                    yield "product-left-out", says, ast.BinOp(node, ast.Add(), _parsed(more)), None
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Mult)):
            says = f"`{text}` takes mean and deviation for constants, and both move with each input"
            for side in ("left", "right")[: 1 if isinstance(node.op, ast.Div) else 2]:
                for name in self.values[:FEW]:
                    for axis in (0, 1):
                        made = NORMAL.format(d=ast.unparse(getattr(node, side)), n=name, k=axis)
                        yield "statistics-constant", says, changed(node, **{side: _parsed(made)}), None

    def _counts(self, node):
        return [name for name in self.known.there(node) if name in self.counts]

    def _arrays(self, node=None):
        """The variables that may be arrays and are there at a node, if one is meant, but not in it."""
        inside = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} if node is not None else ()
        names = self.known.names if node is None else self.known.there(node)
        return [name for name in names if name not in self.counts and name not in inside]


def _factors(node):
    """The factors of a product, from left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), *_factors(node.right)]
    return [node]


def _is_keyed(node):
    return isinstance(node, ast.Subscript) and isinstance(getattr(node.slice, "value", None), str)


def _is_count(line):
    """Whether a name is given to a number that is counted, or written."""
    value = line.value.value if isinstance(line.value, ast.Subscript) else getattr(line.value, "func", line.value)
    counted = getattr(value, "id", getattr(value, "attr", "")) in ("len", "shape", "size")
    return isinstance(line.targets[0], ast.Name) and (counted or isinstance(value, ast.Constant))


def _is_own(node):
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _is_of_a_name(node):
    """Whether a node is what something else than `self` holds, such as a layer."""
    plain = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return plain and node.value.id not in ("self", "np") and node.attr not in OF_ARRAYS


def _parsed(text):
    return ast.parse(text, mode="eval").body
