"""A feature by the learner's own formula: `own_feature.read("sin(3 * x1) + x2**2")` gives a function of points.

The text is taken apart by `ast` and worked out piece by piece. It is never run: what is no arithmetic over x1 and x2
with the functions below is refused in one sentence.
"""

import ast
import math
import operator
import re
import warnings
from functools import lru_cache

import numpy as np

LONGEST = 80  # characters
WRITTEN = str.maketrans(
    {"₁": "1", "₂": "2", "²": "**2", "³": "**3", "^": "**", "·": "*", "×": "*", "−": "-", "π": "pi"}
)
PLACES = {"x1": 0, "x2": 1}
CONSTANTS = {"pi": np.float64(math.pi), "e": np.float64(math.e)}
FUNCTIONS = {name: getattr(np, name) for name in ("sin", "cos", "tan", "tanh", "exp", "log", "sqrt", "abs", "sign")}
OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.UAdd: operator.pos, ast.USub: operator.neg,
}  # fmt: skip
ALLOWED = f"x1, x2, numbers, pi, e, + - * / ** and {', '.join(FUNCTIONS)}"


@lru_cache(maxsize=64)
def read(text):
    """The formula as a function of points `(2, examples)` that gives `(examples,)`.

    Raises ValueError for what is none; the function does, where a point has no finite value.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a formula has at most {LONGEST} characters, this one {len(text)}")
    try:
        with warnings.catch_warnings(action="ignore"):  # "2x1" is a warning in one Python and an error in the next
            tree = ast.parse(text.translate(WRITTEN).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"{text!r} is no formula yet, such as sin(3 * x1) + x2**2: brackets in pairs, and a * between "
                         "what is multiplied") from None  # fmt: skip
    worked_out(tree, np.zeros((2, 1)))  # names and signs that there are not

    def feature(x):
        with np.errstate(all="ignore"):
            value = np.broadcast_to(worked_out(tree, x), x.shape[1:]).astype(x.dtype)
        if not np.isfinite(value).all():
            at = ", ".join(f"{one:.3g}" for one in x[:, int(np.flatnonzero(~np.isfinite(value))[0])])
            raise ValueError(f"{text!r} has no finite value at ({at}): an input of a network needs one everywhere")
        return value

    return feature


def checked(text):
    """Raises ValueError for a text that is no formula; an empty one is none, and no mistake."""
    if text.strip():
        read(text)


def brief(text):
    """What stands at the input in the picture."""
    text = re.sub(r"\*\*2(?![\d.])", "²", text.replace(" ", ""))
    return text if len(text) <= 10 else f"{text[:9]}…"


def worked_out(node, x):
    """The value of a piece of the formula for points `(2, examples)`."""
    with np.errstate(all="ignore"):
        match node:
            case ast.BinOp(left, sign, right) if type(sign) in OPERATORS:
                return OPERATORS[type(sign)](worked_out(left, x), worked_out(right, x))
            case ast.UnaryOp(sign, one) if type(sign) in OPERATORS:
                return OPERATORS[type(sign)](worked_out(one, x))
            case ast.Constant(value) if type(value) in (int, float):
                return np.float64(value)
            case ast.Name(name) if name in PLACES:
                return x[PLACES[name]]
            case ast.Name(name) if name in CONSTANTS:
                return CONSTANTS[name]
            case ast.Call(ast.Name(name), [one], []) if name in FUNCTIONS:
                return FUNCTIONS[name](worked_out(one, x))
    raise ValueError(f"{ast.unparse(node)} is nothing that a formula knows: it takes {ALLOWED}")
