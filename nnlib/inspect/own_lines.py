"""Which line of a class of one's own? Each small change of its lines is run, on the numbers that went through it.

The way back is searched first, and what a part gives out on the way up is taken for what is meant; the way up is
searched if no change of the way back will do.
"""

import copy

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.inspect.function_slips import AXES, OF_A_LOSS
from nnlib.inspect.measure import grad_of_loss
from nnlib.inspect.recognise import same
from nnlib.lines import Anew, functions_of, is_own, mended, methods_of

UPWARDS = {"__init__", "__repr__", "build", "__call__", "forward", "predict"}
BOTH_WAYS = {"fit", "update", "train"}
ON_THE_WAY_UP = AXES | OF_A_LOSS | {"root-left-out"}


def functions_both(kind):
    """The functions that a class runs on the way back, and not on the way up too; and those of the way up."""
    methods = methods_of(kind)
    up = [one for name, method in methods.items() if name in UPWARDS for one in functions_of(method)]
    up += [methods[name] for one in up for name in one.__code__.co_names if name in methods]
    back = [one for name, method in methods.items() if name not in UPWARDS | BOTH_WAYS for one in functions_of(method)]
    return [one for one in dict.fromkeys(back) if one not in up], [*dict.fromkeys(up)]


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


def mend_of_way_up(walk, place, faults):
    """The `Mend` of the lines of a part's, or a loss's, way up with which its way back is right, or None."""
    if place is None:
        return mend_of_loss_up(walk)
    index, arriving, lowest = walk.model.places.index(place), faults[0].arriving, place is walk.model._lowest
    x, rng = walk.values[index], np.random.default_rng(0)
    move = rng.standard_normal(x.shape)

    def puts_right(swapped):
        twin, other = copy.copy(walk), copy.copy(place)
        twin.parts, part = list(walk.parts), copy.deepcopy(walk.parts[index])
        part.part = other.part = with_class(part.part, swapped)
        twin.parts[index], other.part = part, copy.deepcopy(part.part)
        other.part.inputs = x.copy()
        other.part(other.part.inputs)
        got, there = walk.run(other, arriving, lowest), arriving / faults[0].scale
        if "inputs" in got:  # one slope first: nearly all changes fail there
            slope = (there * (part(x + 1e-5 * move) - part(x - 1e-5 * move))).sum() / 2e-5
            if not np.isclose(slope, (got["inputs"] * move).sum() / faults[0].scale, 1e-3):
                return 0
        return not walk.wrong(twin.measured(index, there, lowest), got)

    functions = functions_both(type(place.part))[1] if is_own(type(place.part)) else ()
    return mended(functions, puts_right, seconds=1.0, kinds=ON_THE_WAY_UP) if functions else None


def mend_of_loss_up(walk):
    """The `Mend` of the lines of a loss with which its gradient is right, for other outputs too."""
    loss, output = walk.model.loss, walk.values[-1]
    labels = walk.model.entrance.labels(walk.labels, *output.shape)

    def puts_right(swapped):
        made = with_class(loss, swapped)
        if not np.isfinite(made(output.copy(), labels.copy())):
            return 0
        pairs = [(a, np.array(made.gradient(a.copy(), labels.copy()), float)) for a in (output, 0.9 * output + 0.04)]
        return all(grad_of_loss(lambda *pair: float(made(*pair)), a, labels).agree(gradient) for a, gradient in pairs)

    functions = functions_both(type(loss))[1] if is_own(type(loss)) else ()
    return mended(functions, puts_right, seconds=1.0, kinds=ON_THE_WAY_UP) if functions else None


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
    with Chance(model):
        model(x)
        model.backward_step(y)
    known = np.isfinite(report.numeric)
    return same(model.gradients[known], report.numeric[known], 2e-6)


def search(kind, puts_right):
    return mended(*functions_both(kind)[:1], puts_right, functions_both(kind)[1]) if is_own(kind) else None
