"""By which number would one line of a way back have to be multiplied, for all to come out right?

What a line of a way back makes goes into the gradients as it is: twice as much there makes as much more of all that
comes of it. So two runs tell the number, and a third one whether it is right.
"""

import ast
import contextlib

import numpy as np

from nnlib.lines.anew import text_of, with_lines
from nnlib.lines.mends import Mend
from nnlib.lines.search import quiet
from nnlib.lines.syntax import quoted, replacing


def factor_mended(functions, numbers, right, puts_right):
    """The `Mend` of the line that is off by a factor, or None.

    `numbers({old: new})` gives all gradients as one vector, whose places are `right` as measured, or NaN, and
    `puts_right` judges a change as in `mended`.
    """
    known = np.isfinite(right)
    with quiet():
        before = numbers({})[known]
        for function, text in [(one, text_of(one)) for one in functions]:
            tree = ast.parse(text or "")
            for line in [one for one in ast.walk(tree) if isinstance(one, (ast.Assign, ast.AugAssign))]:
                with contextlib.suppress(Exception, SystemExit):
                    more = numbers({function: with_lines(function, times(tree, line, 2.0))})[known] - before
                    factor = 1 + float(more @ (right[known] - before) / (more @ more))
                    made = times(tree, line, factor)
                    if np.isfinite(factor) and float(puts_right({function: with_lines(function, made)})) == 1:
                        at = quoted(text.splitlines()[line.lineno - 1])
                        says = f"What your line `{at}` makes has to be {factor:.4g} times that."
                        return Mend("line-factor", says, made)
    return None


def times(tree, line, factor):
    """The lines with what one of them makes multiplied by a number."""
    more = ast.BinOp(line.value, ast.Mult(), ast.Constant(factor))
    with replacing((line, "value", None, more))():
        return ast.unparse(ast.fix_missing_locations(tree))
