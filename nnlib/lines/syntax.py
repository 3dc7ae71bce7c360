"""Signs and changes of a syntax tree: what all that looks at a learner's lines has in common."""

import ast
import contextlib
import copy

SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}
COMPARED = {ast.Gt: ">", ast.Lt: "<", ast.GtE: ">=", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!="}
OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
COMPARISONS = {ast.Gt: (ast.GtE, ast.Lt), ast.Lt: (ast.LtE, ast.Gt), ast.GtE: (ast.Lt,), ast.LtE: (ast.Gt,)}

OF_ARRAYS = {"T", "shape", "size", "ndim", "dtype", "flat"}
ALONG = {"sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "any", "all", "prod", "median", "concatenate"}
OF_MANY = {"sqrt", "exp", "log", "abs", "square", "sum", "mean", "max", "min", "maximum", "minimum", "round", "array"}
WIDE = 120  # characters of a line that is quoted
MANY = 8  # variables: of more, only those with similar names are taken for one another
MANY_ON_A_WAY_BACK = 20  # the same, where all depends on which array it is


def replacing(*places):
    """The change that puts `made` (a node or a list of statements) at each `(parent, field, index, made)`."""

    @contextlib.contextmanager
    def change():
        old = [(parent, name, getattr(parent, name)) for parent, name, _, _ in places]
        for parent, name, index, made in places:
            if index is None:
                setattr(parent, name, made)
            else:
                now = list(getattr(parent, name))
                now[index : index + 1] = made if isinstance(made, list) else [made]
                setattr(parent, name, now)
        try:
            yield
        finally:
            for parent, name, value in reversed(old):
                setattr(parent, name, value)

    return change


def quoted(line):
    """A line as it is quoted: one that is very long breaks off, and shows it."""
    line = line.strip()
    return line if len(line) <= WIDE else line[: WIDE - 1] + "…"


def changed(node, **fields):
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def name_called(node):
    """What a call calls, or "" where it is no call of a name."""
    return getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""


def filled(node):
    """The list that a call of `append` puts something into, or "": in itself it would have no end."""
    return getattr(getattr(node.func, "value", None), "id", "") if name_called(node) == "append" else ""


def as_operand(node):
    """An operand as it stands beside its sign."""
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, (ast.BinOp, ast.Compare, ast.BoolOp)) else text


def is_product(node):
    return isinstance(getattr(node, "op", None), ast.MatMult) or name_called(node) in ("dot", "matmul")


def is_turned(node):
    return isinstance(node, ast.Attribute) and node.attr == "T"


def transposed(node):
    return node.value if is_turned(node) else ast.Attribute(node, "T", ast.Load())
