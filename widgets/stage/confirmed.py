"""Confirmed: an equation is shown only if its right side, worked from the recorded values, gives the recorded result.

A right side is a formula out of a docstring ("mean of (output - labels)²") or Python that ran. It is worked only where
every name in it is known and every call is one of NumPy's or of an array's, so that nothing of a learner's runs twice.
`followed` looks for the true line where a method hands its work to functions of the learner's own.
"""

import ast
import copy
import inspect
import re
import textwrap
import types

import numpy as np

FUNCTIONS = {
    "exp": np.exp, "log": np.log, "tanh": np.tanh, "sqrt": np.sqrt, "sign": np.sign, "abs": np.abs, "len": len,
    "max": np.maximum, "min": np.minimum, "where": np.where, "sum": np.sum,
}  # fmt: skip
METHODS = {"mean", "sum", "dot", "reshape", "copy", "clip", "max", "min", "astype", "transpose"}
DEEPEST = 4  # functions of the learner's own that are gone into, one inside the other


def holds(right, result, values, names, owner):
    """Whether `right` gives `values[result]`; `names` are other names of the values, `owner` the part that ran."""
    want = values.get(result)
    if want is None:
        return False
    got = worked(right, np.ndim(want) == 0, values, names, owner)
    if got is None or np.shape(got) != np.shape(want):
        return False
    close = 1e-3 if np.asarray(want).dtype == np.float32 else 1e-7
    scale = float(np.abs(want).max(initial=0))
    return bool(np.allclose(got, want, rtol=close, atol=close * scale + 1e-12))


def worked(right, is_scalar, values, names, owner):
    """The value of a right side, or None where it cannot be worked."""
    meant = {name: values[value] for name, value in names.items() if value in values}
    known = {**FUNCTIONS, "np": np, "numpy": np, **numbers_of(owner), **meant, **values}
    wide = next((values[name] for name in ("inputs", "output", "grad_output") if np.ndim(values.get(name)) == 2), None)
    known |= {"m": wide.shape[1]} if wide is not None else {}
    known |= {"k": values["output"].shape[0]} if np.ndim(values.get("output")) == 2 else {}
    known |= {"mean_of": np.mean if is_scalar else lambda array: array.mean(axis=1, keepdims=True)}
    if type(owner).__module__.startswith("nnlib."):  # nnlib's own have no memory that a look could change
        known |= {"slope_of": getattr(owner, "gradient", None), "f": owner}
    try:
        tree = ast.parse(as_python(right), mode="eval")
        if not all(is_plain(node, known) for node in ast.walk(tree)):
            return None
        with np.errstate(all="ignore"):
            return eval(compile(tree, "<equation>", "eval"), {"__builtins__": {}}, known)
    except Exception:  # whatever cannot be worked is not shown
        return None


def numbers_of(owner):
    """The plain numbers that a part keeps: its slope, its alpha."""
    return {name: value for name, value in getattr(owner, "__dict__", {}).items() if type(value) in (int, float)}


def is_plain(node, known):
    if isinstance(node, ast.Name):
        return node.id in known
    if isinstance(node, ast.Call):
        called = node.func
        is_numpy = ast.unparse(called).split(".")[0] in ("np", "numpy")
        return isinstance(called, ast.Name) or (
            isinstance(called, ast.Attribute) and (is_numpy or called.attr in METHODS)
        )
    return not isinstance(node, ast.Lambda | ast.NamedExpr | ast.Await | ast.ListComp | ast.GeneratorExp)


def as_python(right):
    """A docstring's formula as Python: "2 (output - labels) / k", "inputs where inputs > 0, else 0", "mean of |x|"."""
    text = right.strip().replace("²", "**2").replace("·", "*").replace("−", "-").replace("f'(", "slope_of(")
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text)
    text = re.sub(r"^mean of (.+)$", r"mean_of(\1)", text)
    text = re.sub(r"^(\w+) summed over m / m$", r"\1.sum(axis=1, keepdims=True) / m", text)
    if split := re.fullmatch(r"(.+) where (.+), else (.+)", text):
        text = f"where({split[2]}, {split[1]}, {split[3]})"
    return re.sub(r"(?<=[\w)]) (?=[\w(])(?!(?:if|else|for|in|and|or|not|is)\b)(?<!\bif )(?<!\belse )", " * ", text)


def followed(moment, owner, results):
    """(result, right side) of the lines that made `results`, through locals, tuples and functions of one's own."""
    function = getattr(type(owner), moment.source.method, None) if moment.source is not None else None
    found = []
    for name in results:
        try:
            right = resolved(function, name, name in ("output", "loss", "grad_inputs"), 0)
        except (OSError, TypeError, SyntaxError, ValueError, AttributeError):
            right = None
        if right is not None:
            text = re.sub(r"\b\w+\.shape\[1\]", "m", ast.unparse(right).replace("self.", ""))
            found.append((name, text))
    return found


def stepped(moment, owner):
    """(parameter, right side) of the one line in which a step changes in place the array that it is given."""
    function = getattr(type(owner), moment.source.method, None) if moment.source is not None else None
    try:
        array, slopes = list(inspect.signature(function).parameters)[1:3]
        tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    except (OSError, TypeError, SyntaxError, ValueError):
        return []
    lines = [(line, getattr(line, "targets", None) or [line.target]) for line in tree.body
             if isinstance(line, ast.Assign | ast.AugAssign)]  # fmt: skip
    at = [(line, places[0]) for line, places in lines if ast.unparse(places[0]).partition("[")[0] == array]
    if len(at) != 1 or isinstance(at[0][0], ast.Assign) != isinstance(at[0][1], ast.Subscript):
        return []
    line, made = at[0][0], {ast.unparse(places[0]): one.value for one, places in lines if isinstance(one, ast.Assign)}
    old = ast.Name(array, ast.Load())
    right = line.value if isinstance(line, ast.Assign) else ast.BinOp(old, line.op, line.value)
    right, found = Inline(function, made, 0).visit(right), []
    for name in [name.removesuffix("_before") for name in moment.values if name.endswith("_before")]:
        given = {array: ast.Name(f"{name}_before", ast.Load()), slopes: ast.Name(f"grad_{name}", ast.Load())}
        found.append((name, ast.unparse(Given(given).visit(copy.deepcopy(right))).replace("self.", "")))
    return found


def resolved(function, wanted, is_returned, depth):
    """The expression that a function returns, or assigns to `wanted`, written with its arguments and `self` alone."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    made, returned, targets = {}, None, {}
    for line in tree.body:
        if isinstance(line, ast.Assign) and len(line.targets) == 1:
            for target, value in pairs(line.targets[0], line.value):
                targets[ast.unparse(target)] = value
                if isinstance(target, ast.Name):
                    made[target.id] = None if target.id in made else value
        elif isinstance(line, ast.Return):
            returned = line.value
        else:  # a loop or a branch: what it makes is not one expression
            if is_returned and any(isinstance(node, ast.Return) for node in ast.walk(line)):
                return None
            for target in touched(line):
                made[target] = targets[target] = None
    found = returned if is_returned else targets.get(f"self.{wanted}", targets.get(wanted))
    return None if found is None else Inline(function, made, depth).visit(found)


def touched(line):
    """What is assigned to anywhere inside a statement, as text; of `a[0] = …`, `a`."""
    stores = [node for node in ast.walk(line) if isinstance(getattr(node, "ctx", None), ast.Store)]
    return [ast.unparse(node.value if isinstance(node, ast.Subscript) else node) for node in stores]


def pairs(target, value):
    """What an assignment gives to each target: of a tuple, to each of its own."""
    if not isinstance(target, ast.Tuple):
        return [(target, value)]
    if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
        return list(zip(target.elts, value.elts, strict=True))
    return [(one, ast.Subscript(value, ast.Constant(at), ast.Load())) for at, one in enumerate(target.elts)]


class Inline(ast.NodeTransformer):
    """Writes what local names stand for, and what functions of one's own return, in their place."""

    def __init__(self, function, made, depth):
        self.function, self.made, self.depth = function, made, depth

    def visit_Name(self, node):
        value = self.made.get(node.id)
        if value is None or self.depth > DEEPEST:
            return node
        return Inline(self.function, self.made, self.depth + 1).visit(value)

    def visit_Subscript(self, node):
        value = self.visit(node.value)
        if isinstance(value, ast.Tuple) and isinstance(node.slice, ast.Constant):
            return value.elts[node.slice.value]
        return ast.Subscript(value, node.slice, node.ctx)

    def visit_Call(self, node):
        node = self.generic_visit(node)
        called = self.function.__globals__.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if not isinstance(called, types.FunctionType) or self.depth > DEEPEST or node.keywords:
            return node
        body = resolved(called, "", True, self.depth + 1)
        names = list(inspect.signature(called).parameters)
        if body is None or len(names) != len(node.args):
            return node
        return Given(dict(zip(names, node.args, strict=True))).visit(body)


class Given(ast.NodeTransformer):
    """Writes a call's arguments in place of the names they have inside the function."""

    def __init__(self, arguments):
        self.arguments = arguments

    def visit_Name(self, node):
        return self.arguments.get(node.id, node)
