"""A number that was worked out in its cell: which pair of brackets puts it right?"""

import ast
import math

import numpy as np

from nnlib.lines import bracketings, quoted

ARITHMETIC = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Attribute, ast.Name, ast.Constant, ast.operator,
              ast.unaryop, ast.expr_context)  # fmt: skip
FUNCTIONS = {"exp", "log", "sqrt", "abs", "tanh"}


def with_brackets(name, namespace, right):
    """What is wrong with the brackets of the expression from which a variable has its number, or "".

    It is said only where that expression gives the variable's number and, with other brackets, the right one.
    """
    written = _expression(name, namespace.get("In", ()))
    numbers = {key: value for key, value in namespace.items() if isinstance(value, (int, float, np.number))}
    if not written or not math.isclose(_value(written, numbers), float(namespace[name]), rel_tol=1e-12):
        return ""
    for says, made in bracketings(written):
        if math.isclose(_value(made, numbers), right, rel_tol=1e-3):
            return f"In `{quoted(written)}` {says}."
    return ""


def _expression(name, cells):
    """What stands behind the `=` where the newest cell gives a variable its value, or ""."""
    for cell in reversed(cells):
        try:
            lines = ast.walk(ast.parse(cell))
        except SyntaxError:
            continue
        found = [one.value for one in lines if isinstance(one, ast.Assign) and name in map(ast.unparse, one.targets)]
        if found:
            return ast.unparse(found[-1])
    return ""


def _value(text, numbers):
    """The number that an expression of arithmetic gives, in floats; nan for any other and where there is none."""
    tree = ast.parse(text, mode="eval")
    for one in ast.walk(tree):
        if not isinstance(one, ARITHMETIC):
            return math.nan
        if isinstance(one, ast.Call) and ast.unparse(one.func).removeprefix("np.") not in FUNCTIONS:
            return math.nan
        if isinstance(one, ast.Constant):
            if not isinstance(one.value, (int, float)):
                return math.nan
            one.value = float(one.value)  # whole ones may grow without end
    try:
        return float(eval(compile(tree, "typed", "eval"), {"__builtins__": {"abs": abs}, "np": np}, numbers))
    except (ArithmeticError, NameError, TypeError, ValueError):
        return math.nan
