"""NumPy and `math` as they have to be where arrays remember what they were made of.

`np.zeros` gives an array that remembers what is written into it, `np.array` of a list one that remembers what was in
the list, and `math.exp` and `float` do not make a plain number of what they are given.
"""

import builtins
import itertools
import math

import numpy as np

FRESH = ("zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like")
OF_LISTS = ("sum", "mean", "max", "min", "stack", "vstack", "hstack", "concatenate", "square", "exp", "log", "sqrt",
            "dot", "maximum", "minimum")  # fmt: skip
OF_NUMBERS = {"exp": np.exp, "log": np.log, "sqrt": np.sqrt, "tanh": np.tanh, "sin": np.sin, "cos": np.cos,
              "pow": np.power, "fabs": np.abs, "log1p": np.log1p, "expm1": np.expm1}  # fmt: skip


class StandIn:
    """A module, some of whose names mean something else."""

    def __init__(self, module, others):
        self.__dict__.update(vars(module) | others)


def stand_ins(kind):
    """`{id(thing): what stands in for it}`, for arrays of a `kind` that remembers."""

    def seen(*given):
        return any(isinstance(one, kind) or (isinstance(one, (list, tuple)) and seen(*one)) for one in given)

    def whole(given, dtype=None, **options):
        if isinstance(given, kind) or not seen(given):
            made = np.array(given, dtype)
            return given.copy() if isinstance(given, kind) else made.view(kind) if made.dtype.kind == "f" else made
        return np.concatenate([np.reshape(one, (1, *np.shape(one))) for one in [*map(whole, given)]])

    def fresh(function):
        def made(*given, **options):
            array = function(*given, **options)
            return array.view(kind) if array.dtype.kind == "f" else array

        return made

    def of_lists(function):
        inner = function in (np.stack, np.vstack, np.hstack, np.concatenate)

        def made(*given, **options):
            if inner:
                return function([*map(whole, given[0])] if seen(given[0]) else given[0], *given[1:], **options)
            lists = [whole(one) if isinstance(one, (list, tuple)) and seen(one) else one for one in given]
            return function(*lists, **options)

        return made

    def of_numbers(function, instead):
        return lambda *given: instead(*given) if seen(*given) else function(*given)

    def outer(one, other):
        return np.reshape(one, (-1, 1)) * np.reshape(other, (1, -1))

    def padded(array, width, *how, **options):
        if not seen(array):
            return np.pad(array, width, *how, **options)
        sides = np.broadcast_to(np.reshape(width, (-1, 2)) if np.size(width) > 1 else width, (np.ndim(array), 2))
        made = np.zeros([n + before + after for n, (before, after) in zip(array.shape, sides, strict=True)]).view(kind)
        made[tuple(slice(before, before + n) for n, (before, _) in zip(array.shape, sides, strict=True))] = array
        return made

    class Float(float):
        dtype = np.dtype(np.float64)  # what NumPy takes it for, as in np.zeros(3, dtype=float)

        def __new__(cls, given=0.0):
            return np.reshape(given, ()) if isinstance(given, kind) else float(given)

    others = {name: fresh(getattr(np, name)) for name in FRESH}
    others |= {name: of_lists(getattr(np, name)) for name in OF_LISTS}
    others |= {"array": whole, "asarray": whole, "outer": outer, "pad": padded, "float64": Float}
    numbers = {name: of_numbers(getattr(math, name), instead) for name, instead in OF_NUMBERS.items()}
    pairs = itertools.chain(((getattr(np, name), one) for name, one in others.items()),
                            ((getattr(math, name), one) for name, one in numbers.items()))  # fmt: skip
    found = {id(old): new for old, new in pairs if old is not np.float64}
    return found | {id(np): StandIn(np, others), id(math): StandIn(math, numbers), id(builtins.float): Float}
