"""Called: where the line that ran only hands its work to a function of the learner's own, that function's lines ran.

In lesson 07 a layer's `backward` calls `layer_gradients(self.inputs, dz)`: what is to be seen is what stands in there.
"""

import ast
import inspect
import textwrap
import types
from dataclasses import replace

from nnlib.inspect import source_of

DEEPEST = 4  # functions that are gone into, one inside the other
PASSING = (ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Constant, ast.Tuple, ast.List, ast.expr_context)


def called(found, method):
    """`(Source, {argument: what it is called with}, "f, called by A.g")` of the function that did the work of `found`,
    the `Source` of a method, or None where the method did it itself.
    """
    given, by, through = None, "", method
    for _ in range(DEEPEST):
        call = handed_to(found)
        function = getattr(through, "__globals__", {}).get(call.func.id) if call else None
        inner = work_of(function) if isinstance(function, types.FunctionType) else None
        names = list(inspect.signature(function).parameters) if inner else []
        if inner is None or len(names) != len(call.args) or function.__module__.startswith("nnlib."):
            break
        told = [ast.unparse(one).removeprefix("self.") for one in call.args]
        given = dict(zip(names, told if given is None else [given.get(one, one) for one in told], strict=True))
        by += f", called by {found.owner}.{found.method}" if found.owner else f", called by {found.method}"
        found, through = inner, function
    return None if given is None else (found, given, f"{found.method}{by}")


def handed_to(found):
    """The one call of a plain name that makes all of a formula; other lines only pass on what it gave."""
    try:
        lines = ast.parse(textwrap.dedent("\n".join(found.lines[found.formula_start : found.formula_stop]))).body
    except SyntaxError:
        return None
    values = [line.value for line in lines if isinstance(line, ast.Assign | ast.Return)]
    calls = [one for one in values if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and not one.keywords]
    rest = [one for one in values if one not in calls]
    passes = all(isinstance(node, PASSING) for one in rest for node in ast.walk(one))
    return calls[0] if len(calls) == 1 and len(values) == len(lines) and passes else None


def work_of(function):
    """The `Source` of a function, with the lines that make what it returns, where that is several things."""
    found = source_of(function)
    if found is None:
        return None
    last = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0].body[-1]
    parts = last.value.elts if isinstance(last, ast.Return) and isinstance(last.value, ast.Tuple) else ()
    names = tuple(one.id for one in parts if isinstance(one, ast.Name))
    made = source_of(function, names)
    return made if len(names) == len(parts) else replace(made, formula_stop=len(made.lines))
