"""Mistakes in gradients of one's own, as `check_functions` meets them: by their numbers, in the loss, in the lines."""

import contextlib
import inspect
import itertools
import types
from collections import Counter
from functools import partial

import numpy as np

from nnlib.inspect.broadcast import Meeting
from nnlib.inspect.diagnosis import Diagnosis, close
from nnlib.inspect.handed import containers, handed
from nnlib.inspect.motion import those_run
from nnlib.inspect.sentences import sentence, the_arrays
from nnlib.lines import Anew, functions_of, is_own, mended
from nnlib.lines.anew import named_by
from nnlib.parts.part import attributes

VAGUE = {"unknown", "handed_down", "weights_only", "bias_only", "l2_missing_there"}
"""Kinds that say no more than where, or by what, the numbers are wrong."""
BESIDE = {"ratio", "factor_of_yours", "other_count", "shape", "one_per_example", "l2_other", "half", "double",
          "outputs_missing", "zeros", "one_gradient", "rows_equal", "columns_equal"}  # fmt: skip
"""Kinds that say something of the numbers, beside which a line can be named."""


def by_numbers(parameters, mine, numeric, passed, m):
    """The `Diagnosis` of what shows in the numbers beside their parameters, or None."""
    wrong = [name for name in parameters if not passed[name]]
    if met := one_array(parameters, mine, numeric, wrong):
        names = " and ".join(map(str, met))
        return Diagnosis("one_array", sentence("one_array", {"names": names}), {"keys": met})
    order = [next((its for its in wrong if close_or_no(mine[name], numeric[its])), None) for name in wrong]
    if None not in order and len(set(order)) == len(wrong) > 1 and order != wrong:
        pairs = ", ".join(f"what you give for {name} is that of {its}" for name, its in zip(wrong, order, strict=True))
        text = sentence("exchanged", {"pairs": pairs})
        return Diagnosis("exchanged", text, {"keys": wrong, "order": order})
    copied = {name: next((its for its in parameters if close_or_no(mine[name], numeric[its])), None) for name in wrong}
    others = all(its not in (None, name) for name, its in copied.items())
    if others and all(np.nan_to_num(numeric[its]).any() for its in copied.values()):
        pairs = ", ".join(f"for {name} that of {its}" for name, its in copied.items())
        return Diagnosis("copied", sentence("copied", {"pairs": pairs}), {"keys": wrong, "order": [*copied.values()]})
    for name in wrong if m else ():
        for axis in [axis for axis, count in enumerate(numeric[name].shape) if count == m]:
            if m > 1 and close(np.ravel(mine[name]), np.ravel(numeric[name].sum(axis=axis))):
                facts = {"name": name, "shape": numeric[name].shape, "m": m}
                return Diagnosis("parameter_per_example", sentence("parameter_per_example", facts), {"keys": [name]})
    if any(np.shape(mine[name]) != numeric[name].shape or mine[name].dtype.kind not in "biuf" for name in wrong):
        return None
    alike = [[its for its in wrong if np.array_equal(mine[its], mine[name]) and mine[name].any()] for name in wrong]
    if wrong and all(len(one) > 1 for one in alike):
        pairs = ", ".join(dict.fromkeys(the_arrays(one, "") for one in alike))
        return Diagnosis("one_gradient", sentence("one_gradient", {"names": pairs}), {"keys": wrong})
    summed = {name: sum_in(mine, name, parameters) for name in wrong}
    if wrong and all(summed.values()):
        pairs = ", ".join(f"for {name} of that for {its}" for name, its in summed.items())
        return Diagnosis("sum_of_weights", sentence("sum_of_weights", {"pairs": pairs}), {"keys": wrong})
    called = the_arrays(wrong, "")
    still = all(np.isfinite(numeric[name]).all() and not numeric[name].any() for name in wrong)
    if wrong and still:
        names, one = (called, "it") if len(wrong) == 1 else (called, "them")
        text = sentence("without_effect", {"names": names, "one": one})
        return Diagnosis("without_effect", text, {"keys": wrong})

    def told(kind, **facts):
        return Diagnosis(kind, sentence(kind, {"names": called, "m": m, **facts}), {"keys": wrong, **facts})

    for name in wrong:
        known = np.isfinite(numeric[name])
        if mine[name].dtype.kind in "iu" and np.abs(mine[name] - numeric[name])[known].max(initial=0) <= 1:
            return told("whole_numbers", names=name)
    for axis, which in enumerate(("rows", "columns")):
        sizes = [np.shape(parameters[name])[axis] for name in wrong if np.ndim(parameters[name]) == 2]
        if m and len(sizes) == len(wrong) and len({*sizes}) > 1 and all(
            close_or_no(mine[name] * size / m, numeric[name]) for name, size in zip(wrong, sizes, strict=True)
        ):
            return told("size_for_examples", which=which, sizes=", ".join(map(str, sizes)))
    shares = [share_of(mine[name] - numeric[name], parameters[name]) for name in wrong]
    part = in_a_line(mine[wrong[0]] - numeric[wrong[0]], parameters[wrong[0]]) if shares == [None] else None
    if part is not None:
        which, share = part
        return told("l2_in_part", which=which, share=abs(share), way="too much" if share > 0 else "too little")
    if any(share is None for share in shares) or np.ptp(shares) > 1e-4 * abs(shares[0]):
        return told_of_sizes([(mine[name] - numeric[name], parameters[name]) for name in wrong], told)
    right = [name for name, array in parameters.items() if passed[name] and np.ndim(array) > 1 < min(np.shape(array))]
    if shares[0] < 0 and right:
        return told("l2_missing_there", share=-shares[0], right=" and ".join(map(str, right)))
    return told("l2_other", share=abs(shares[0]), way="too much" if shares[0] > 0 else "too little")


def sum_in(mine, name, parameters):
    """The name of the array whose gradient, added up or averaged along an axis, is given for another one, or None."""
    flat = min(np.shape(parameters[name]), default=1) == 1 or np.ndim(parameters[name]) == 1
    for its in [its for its in parameters if flat and np.ndim(mine[its]) == 2]:
        for axis in [axis for axis in (0, 1) if mine[its].shape[axis] > 1 and mine[its].any()]:
            made = mine[its].sum(axis=axis)
            if any(close(np.ravel(mine[name]), one) for one in (made, made / mine[its].shape[axis])):
                return its
    return None


def in_a_line(excess, array):
    """(which, share) of the one row or column of an array in which the excess is not zero, a share of the array."""
    known = np.nan_to_num(excess)
    for axis, name in enumerate(("row", "column")) if np.ndim(array) == 2 and np.shape(excess) == array.shape else ():
        off = np.flatnonzero(np.abs(known).max(axis=1 - axis) > 1e-7 * np.abs(array).max())
        if len(off) == 1 and array.shape[1 - axis] > 1 and off[0] in (0, array.shape[axis] - 1):
            share = share_of(np.take(excess, off, axis), np.take(array, off, axis))
            return share and (f"{'last' if off[0] else 'first'} {name}", share)
    return None


def one_array(parameters, mine, numeric, wrong):
    """The names of one array under which gradients are given that make the measured one together; [] if it is none."""
    for name in wrong:
        its = [one for one in parameters if np.shares_memory(parameters[one], parameters[name])]
        like = len(its) > 1 and all(np.shape(mine[one]) == numeric[name].shape for one in its)
        if like and close_or_no(sum(mine[one] for one in its), numeric[name]):
            return its
    return []


def told_of_sizes(pairs, told):
    """What `told` makes of an L1 term: what is too much is a share of each array's signs, and maybe of itself."""
    known = [(excess[np.isfinite(excess)], array[np.isfinite(excess)]) for excess, array in pairs]
    excess, array = (np.concatenate([pair[side] for pair in known]) for side in (0, 1))
    if array.size < 4 or not array.all():
        return None
    columns = np.stack([array, np.sign(array)], axis=1)
    (own, signs), *_ = np.linalg.lstsq(columns, excess, rcond=None)
    if np.abs(columns @ (own, signs) - excess).max() > 1e-5 * np.abs(excess).max():
        return None
    if abs(own) < 1e-5 * abs(signs):
        return told("l1_other", share=abs(signs), way="too much" if signs > 0 else "too little")
    return told("l2_for_l1", share=own, other=-signs) if own > 0 > signs else None


def moves_or_remembers(gradients, parameters, moved, call):
    """The `Diagnosis` of gradients that move the parameters, or hold what an earlier call left, or None."""
    if moved:
        names = " and ".join(map(str, moved))
        return Diagnosis("update_in_gradients", sentence("update_in_gradients", {"names": names}), {"keys": moved})
    if not callable(gradients):
        return None
    shared = list(parameters.values())
    again = Anew(shared=shared)(gradients)
    try:
        call()
        given = [containers(handed(parameters))] if takes_one(gradients) else []
        first, second, third = ([np.array(one, float) for one in values_of(again(*given))] for _ in range(3))
    except Exception:  # what cannot be called again is judged by what came
        return None
    change = [two - one for one, two in zip(first, second, strict=True) if one.shape == two.shape]
    later = [three - two for two, three in zip(second, third, strict=True) if two.shape == three.shape]
    comparable = len(change) == len(first) == len(later) and any(map(np.any, change))
    if comparable and all(close(one, other) for one, other in zip(change, later, strict=True)):
        return Diagnosis("gradients_pile_up", sentence("gradients_pile_up", {}), {})
    return None


AXES = {"axis-missing", "other-axis", "axis-too-many"}
BRACKETS = {"brackets-missing", "brackets-too-many", "bracket-too-early", "bracket-too-late"}
OF_A_LOSS = AXES | {"operator", "sign", "other-function", "sides-swapped", "arguments-swapped", "wrong-sign",
                    "one-part-divided", "brackets-missing", "brackets-too-many", "constant", "too-much",
                    "every-row"}  # fmt: skip


def in_the_way_up(loss, gradients, parameters, fits, axes):
    """The `Diagnosis` of the one change on the way up with which the gradients are right, or None.

    `fits(loss, gradients)` judges a changed pair. What stands in the loss alone may be wrong in many ways; of what the
    gradients run too, only which `axes` something is added up along are doubted; or, if that is None, its brackets.
    """
    given = [handed(parameters)] if takes_one(gradients) else []
    up, back = functions_of(loss), those_run(functions_of(gradients), partial(gradients, *given))
    shared = [*parameters.values()]

    def puts_right(swapped):
        anew = Anew(swapped, shared)
        return float(bool(swapped) and fits(anew(loss), anew(gradients)))

    alone, both = [one for one in up if one not in back], [one for one in up if one in back]
    functions, kinds = {True: (alone + both, AXES), False: (alone, OF_A_LOSS - AXES), None: (both, BRACKETS)}[axes]
    found = mended(functions, puts_right, seconds=0.4, kinds=kinds) if functions else None
    if found is None:
        return None
    text = sentence("way_up", {"says": found.says})
    return Diagnosis(found.kind.replace("-", "_"), text, {"mend": found.kind}, ("way_up",))


def counts_around(loss, parameters):
    """(m, k) as the arrays around a loss show them: the length that several share, and that of the last parameter."""
    mine, last = {id(array) for array in parameters.values()}, np.shape([*parameters.values()][-1])
    held = [value for function in functions_of(loss) for _, value in named_by(function)]
    held += [one for value in held if is_own(type(value)) for one in getattr(value, "__dict__", {}).values()]
    arrays = {id(one): np.shape(one) for one in held if isinstance(one, np.ndarray) and one.ndim in (1, 2)}
    shapes = [shape for key, shape in arrays.items() if key not in mine]
    counts = [Counter(shape[axis] for shape in shapes).most_common(1) for axis in (0, -1)]
    shared = {length for (length, many), *_ in filter(None, counts) if many > 1 and length > 1}
    k = max(last, default=0)
    return shared.pop() if len(shared) == 1 else None, k if k == np.prod(last) else None


def without_small_numbers(loss, shared):
    """The loss without what keeps a logarithm, or a division, from zero, as in log(p + 1e-9); None if nothing does."""
    swapped = {}
    for one in functions_of(loss):
        named, code = dict(named_by(one)), one.__code__
        if any(map(is_small, (*code.co_consts, *(one.__defaults__ or ()), *named.values()))):
            code = code.replace(co_consts=(*map(without_small, code.co_consts),))
            space = one.__globals__ | {name: without_small(value) for name, value in named.items()}
            cells = tuple(types.CellType(without_small(named[name])) for name in code.co_freevars)
            given = (*map(without_small, one.__defaults__ or ()),)
            swapped[one] = types.FunctionType(code, space, one.__name__, given, cells)
    held = attributes(loss) if is_own(type(loss)) else {}
    small = {name: without_small(one) for name, one in held.items() if is_small(one)}
    made = Anew(swapped, shared)(loss) if swapped or small else None
    for name, one in small.items():
        setattr(made, name, one)
    return made


def is_small(one):
    """Whether a number, or what it lacks to 1, is there for safety alone."""
    return type(one) is float and 0 < abs(one - round(one)) <= 1e-5 and round(one) in (0, 1)


def without_small(one):
    return float(round(one)) if is_small(one) else one


def values_of(made):
    return made.values() if isinstance(made, dict) else made


def close_or_no(mine, numeric, tolerance=1e-5):
    known = np.isfinite(numeric)
    like = np.shape(mine) == numeric.shape and mine.dtype.kind in "biuf"
    return like and close(mine[known], numeric[known], tolerance)


def takes_one(function):
    """Whether a function wants an argument."""
    if isinstance(function, (types.FunctionType, types.MethodType)):  # asked thousands of times, and quickly told
        code, given = function.__code__, len(function.__defaults__ or ()) + isinstance(function, types.MethodType)
        return code.co_argcount > given
    try:
        return any(p.default is p.empty and p.kind <= 1 for p in inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return False


def share_of(excess, array):
    """The one number that the excess is of the array, or None."""
    known = np.isfinite(excess)
    excess, array = excess[known], array[known]
    if array.size < 2 or not array.any():
        return None
    share = float(excess @ array / (array @ array))
    return share if share and np.abs(excess - share * array).max() <= 1e-5 * np.abs(excess).max() else None


def aligned(function, parameters):
    """A function whose arrays, and parameters, meet one for one, and the `Meeting` that tells where they did not."""
    meeting, views = Meeting(), {}

    def view(array):
        if id(array) not in views:
            views[id(array)] = meeting.aligned(array) if array.dtype.kind == "f" else array
        return views[id(array)]

    given = Anew(change=view)
    made, named = given(function), given.changed(handed(parameters))
    return (lambda *takes: made(*(named for _ in takes))), meeting


def in_the_loss(loss, parameters, takes, mine, slopes, anew):
    """The `Diagnosis` of a loss in which a column met a row, if the gradients are those of one where none does.

    Or if they would be, were none to meet on the way back either. `slopes(call)` measures `{name: slopes}` of another
    loss, `takes` says that it is given the parameters, and `anew(change)` are the gradients of a changed function.
    """
    try:
        made, meeting = aligned(loss, parameters)
        call = partial(made, *([handed(parameters)] if takes else []))
        call()
        if not meeting.seen:
            return None
        one, other = meeting.seen[0]
        right = slopes(call)
        where = "Your loss"
        if not all(close_or_no(mine[name], right[name], 1e-6) for name in right):
            where, mine = "Your loss, and your way back", anew(lambda gradients: aligned(gradients, parameters)[0])
    except Exception:  # what a loss makes of other arrays is no question here
        return None
    if not all(close_or_no(np.asarray(mine[name]), right[name], 1e-6) for name in right):
        return None
    facts = {"one": one, "other": other, "many": int(np.prod(one)), "made": int(np.prod(one)) ** 2}
    return Diagnosis("column_met_row", f"{where}: {sentence('column_met_row', facts)}", facts)


def in_the_gradients(gradients, parameters, call, agrees):
    """The `Diagnosis` of gradients in which a column met a row, if they are right where none does."""
    try:
        call()
        made, meeting = aligned(gradients, parameters)
        right = agrees(made if takes_one(gradients) else lambda: made()) == 1
    except Exception:  # what the lines make of other arrays is no question here
        return None
    if not right or not meeting.seen:
        return None
    one, other = meeting.seen[0]
    facts = {"one": one, "other": other, "many": int(np.prod(one)), "made": int(np.prod(one)) ** 2}
    return Diagnosis("column_met_row", f"On your way back: {sentence('column_met_row', facts)}", facts)


def in_a_slope(loss, gradients, call, agrees, shared):
    """The `Diagnosis` of a function that is taken for the slope of another, if all is right with that as measured."""
    up, back = functions_of(loss), functions_of(gradients)
    for helper, bend in itertools.product(back, [one for one in up if one.__code__.co_argcount]):
        if helper.__code__.co_argcount and helper is not back[0]:
            try:
                call()
                right = agrees(Anew({helper: measured_slope(bend, helper is bend)}, shared)(gradients)) == 1
            except Exception:  # it is no slope
                continue
            if right:
                found = told_of_slope(helper, bend)
                return mended_by_line([helper], gradients, call, agrees, shared, found, up, 1.0) or found
    return None


def measured_slope(bend, asked=False):
    """A function that gives the slope of `bend` as measured, or only if it is `asked` for by one argument more."""
    bend = types.FunctionType(bend.__code__, bend.__globals__, bend.__name__, bend.__defaults__, bend.__closure__)
    method = int(bend.__code__.co_varnames[:1] == ("self",))

    def slope(*given, **more):
        if asked and len(given) + len(more) == 1 + method:
            return bend(*given)
        place = next(k for k, one in enumerate(given) if isinstance(one, (np.ndarray, float)))
        own, z, step = given[:method], given[place], 1e-5
        return (bend(*own, z + step) - bend(*own, z - step)) / (2 * step)

    return slope


def told_of_slope(helper, bend):
    facts, kind = {"helper": helper.__name__, "bend": bend.__name__, "numbers": ""}, "slope_of_helper"
    if helper is bend:
        facts["helper"] = f"{helper.__name__}(…, {helper.__code__.co_varnames[1:2][0]}=…)"
    with contextlib.suppress(Exception):
        z = np.array([[-0.7, 0.7]])
        right, mine = measured_slope(bend)(z), np.asarray(helper(z)) if helper is not bend else None
        if mine is not None and close(np.asarray(helper(bend(z))), right):
            kind = "slope_of_output"
        elif mine is not None:
            k = int(np.abs(right - mine).argmax())
            gives, slope = mine[0, k], right[0, k]
            facts["numbers"] = f" At {z[0, k]:g} it gives {gives:.4g}, where `{bend.__name__}` has {slope:.4g}."
    return Diagnosis(kind, sentence(kind, facts), facts)


def in_the_lines(loss, gradients, call, agrees, diagnosis, shared, seconds):
    """The `Diagnosis` with the one small change of the learner's lines that puts all right, or the one given.

    `call()` runs the loss first, which may keep what the gradients need; `agrees(function)` judges another `gradients`.
    What the loss runs too is the way up, and is taken for what is meant.
    """
    up = functions_of(loss)
    back = [one for one in functions_of(gradients) if one not in up]
    return mended_by_line(back, gradients, call, agrees, shared, diagnosis, up, seconds) or diagnosis


def mended_by_line(functions, gradients, call, agrees, shared, diagnosis, up, seconds):
    """A `Diagnosis` with a change of one of the functions that puts all right, or None."""
    kept, nameless = [array.copy() for array in shared], diagnosis.kind in VAGUE | BESIDE

    def puts_right(swapped):
        call()
        try:
            share = agrees(Anew(swapped, shared)(gradients))
            return share if nameless else share == 1  # two lines are looked for where no formula has a name yet
        finally:
            for array, before in zip(shared, kept, strict=True):
                array[...] = before

    found = mended(functions, puts_right, up, seconds)
    if found is None:
        return None
    vague = diagnosis.kind in VAGUE or found.kind == "inside-the-block"  # which says why the numbers are so
    text = f"{found.says} {found.when}, all comes out right."
    text = text if vague else f"{diagnosis.sentence} {text}"
    kind = found.kind.replace("-", "_") if vague or diagnosis.kind == "ratio" else diagnosis.kind
    also = tuple(one.replace("-", "_") for one in (found.kind, *found.also))
    return Diagnosis(kind, text, {**diagnosis.evidence, "mend": found.kind}, also)


def count_for_ratio(diagnosis, m, numbers):
    """A factor that is m by a whole number: so many are counted in place of the examples; or one of the `numbers`."""
    ratio = diagnosis.evidence.get("ratio")
    if diagnosis.kind != "ratio" or not ratio:
        return diagnosis
    mine = [name for name, it in numbers.items() if it and min(abs(ratio / it - 1), abs(ratio * it - 1)) < 1e-6]
    count = m / ratio if m else 0
    if mine:
        kind, facts = "factor_of_yours", {"ratio": ratio, "name": mine[0], "value": numbers[mine[0]]}
    elif count >= 1 and abs(count - round(count)) <= 1e-4:
        kind, facts = "other_count", {"count": round(count), "m": m, "ratio": ratio}
    else:
        return diagnosis
    text = diagnosis.sentence.replace(sentence("ratio", facts), sentence(kind, facts))  # names may stand before it
    return Diagnosis(kind, text, {**diagnosis.evidence, **facts})


def numbers_around(*roots):
    """`{name: value}` of the numbers with a point that functions, and what they call, name, or their objects hold."""
    held = [pair for root in roots for function in functions_of(root) for pair in named_by(function)]
    own = [attributes(value) for _, value in held if is_own(type(value))]
    held += [(f"self.{name}", one) for each in own for name, one in each.items()]
    return {name: one for name, one in held if isinstance(one, float)}
