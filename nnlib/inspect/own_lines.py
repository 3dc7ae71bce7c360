"""Which line of a class of one's own? Each small change of its lines is run, on the numbers that went through it.

Only the way back is searched: what a part gives out on the way up is taken for what is meant.
"""

import copy

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.inspect.recognise import same
from nnlib.lines import Anew, functions_of, is_own, mended, methods_of

UPWARDS = {"__init__", "__repr__", "build", "__call__", "forward", "predict"}
BOTH_WAYS = {"fit", "update", "train"}


def functions_back(kind):
    """The functions that a class runs on the way back, and not on the way up too."""
    methods = methods_of(kind)
    up = {one for name, method in methods.items() if name in UPWARDS for one in functions_of(method)}
    up |= {methods.get(name) for one in up for name in one.__code__.co_names}
    back = [one for name, method in methods.items() if name not in UPWARDS | BOTH_WAYS for one in functions_of(method)]
    return [one for one in dict.fromkeys(back) if one not in up]


def with_class(thing, swapped):
    """A copy whose class is the same one but for the functions that are swapped."""
    twin = copy.deepcopy(thing)
    twin.__class__ = Anew(swapped).kind(type(thing))
    return twin


def mend_of_part(walk, place, faults):
    """The `Mend` of a part's own lines with which all that is wrong of it is as measured, and the rest as it was."""
    arriving, lowest = faults[0].arriving, place is walk.model._lowest
    before = walk.run(place, arriving, lowest)

    def puts_right(swapped):
        twin = copy.copy(place)
        twin.part = with_class(place.part, swapped)
        got, wrong = walk.run(twin, arriving, lowest), {fault.what: fault for fault in faults}
        if not all(same(got[name], before[name]) for name in got if name not in wrong):
            return 0
        right = [one.slopes.agree(got[name] / (one.scale if name == "inputs" else 1)) for name, one in wrong.items()]
        return sum(right) / len(right)

    return search(type(place.part), puts_right)


def mend_of_loss(walk, fault):
    """The `Mend` of the lines of a loss's gradient."""
    loss, output = walk.model.loss, walk.values[-1]
    labels = walk.model.entrance.labels(walk.labels, *output.shape)

    def puts_right(swapped):
        got = with_class(loss, swapped).gradient(output.copy(), labels.copy())
        return fault.slopes.agree(np.asarray(got) / 1.0)

    return search(type(loss), puts_right)


def agrees(model, x, y, report):
    """Whether a network's gradients are those that were measured."""
    with Chance(model), np.errstate(all="ignore"):
        model(x)
        model.backward_step(y)
    known = np.isfinite(report.numeric)
    return same(model.gradients[known], report.numeric[known], 2e-6)


def search(kind, puts_right):
    return mended(functions_back(kind), puts_right) if is_own(kind) else None
