"""Naming: which well-known mistake gives exactly the array that is wrong?

Each wrong formula below is worked out with the numbers of the network at hand. It is a name only if it gives the
learner's array; a factor may stand before it, and then that has a name of its own.
"""

import copy
import itertools

import numpy as np

from nnlib.activation import ELU, GELU, LeakyReLU, Linear, Sigmoid, Softmax, Swish, Tanh
from nnlib.inspect.broadcast import Meeting
from nnlib.inspect.clues import EXACT, Clues, matches, ratio, with_factor
from nnlib.inspect.measure import grad_of_loss
from nnlib.inspect.recognise import BENDS, LOSSES, known_loss, rounded_to, same
from nnlib.parts.part import name_of, parameter_names


def kinds_of(walk, fault):
    """{kind: facts} of every mistake that gives this array, the likeliest first; {} if none does."""
    clues = Clues(walk, fault)
    if fault.place is None:
        found = loss_kinds(walk, clues)
    elif fault.what == "inputs":
        found = handed_down_kinds(walk, clues)
    else:
        found = parameter_kinds(walk, clues)
    found = {kind: clues.facts | more for kind, more in found}
    if len(found) > 1:
        found.pop("ratio", None)
    return found


# Parameters -----------------------------------------------------------------------------------------------


def parameter_kinds(walk, clues):
    if places := rounded_to(clues.output):
        return [("output_rounded", {"places": places})]
    form, x, g, m, mine = clues.form, clues.x, clues.g, clues.m, clues.mine
    known = np.isfinite(clues.fault.right)
    unused = known.any() and not clues.fault.right[known].any() and np.any(mine) and g.any()
    if unused and not (form and form.slip):  # which says why
        return [("not_used", {})]
    if form is None or clues.fault.what not in (form.weights, form.bias):
        return [*matches(clues, norm_parameters(clues)), *with_factor(clues), *patterns(clues)]
    z, bias = form.z, clues.fault.what == form.bias
    scale = clues.fault.scale * m

    def array(d, inputs=x):
        made = d.sum(axis=1, keepdims=True) if bias else d @ inputs.T
        return np.reshape(made, np.shape(mine)) / scale if bias else unrow(made / scale, form, mine)

    d = g * form.bend.gradient(z)
    if form.slip and same(array(d), mine, EXACT):
        turned = form.slip == "transposed_forward" and hands_down_right(walk, clues)
        return [("transposed" if turned else form.slip, {})]
    found = [(kind, {}) for kind in forward_twins(clues, array, mine)]
    factors = [kind for kind in with_factor(clues) if kind[0] != "ratio"]
    if factors:
        return found + factors
    table = [(kind, array(d[:, columns], x[:, columns])) for kind, columns in EXAMPLES.items()]
    if not isinstance(form.bend, Linear):
        table += [(kind, array(g * slope)) for kind, slope in wrong_slopes(clues, form.bend, z)]
    if bias and len(x) > 1:
        clues.facts["pairs"] = "for the bias of that for the weights"
        table += [("sum_of_weights", np.reshape((d @ x.T).sum(axis=1), np.shape(mine)) / scale)]
    if bias and len(g) == m:
        table += [("summed_over_units", np.reshape(d.sum(axis=0), np.shape(mine)) / scale)]
    if not bias:
        table += [("own_output_for_input", other(d, clues.output, scale, form, mine))]
        table += [("own_activation_for_input", other(d, clues.above, scale, form, mine))]
        table += [("inputs_before_activation", other(d, below, scale, form, mine)) for below in clues.below]
        means = (one.mean(axis=1, keepdims=True) for one in (d, x))
        table += [("means_multiplied", m * array(*means))]
        flipped = x @ d.T / scale
        table += [
            ("transposed", flipped.reshape(np.shape(mine))),
            ("transposed", flipped if flipped.shape == np.shape(mine) else None),
        ]
    found += matches(clues, table)
    if not found and not bias:
        matrix = np.asarray(getattr(clues.part, form.weights))
        share = ratio(mine - clues.fault.right, np.where(np.isfinite(clues.fault.right), matrix, np.nan))
        if share:
            found = [(l2_kind(share, walk.model.regularization_factor / m), {"share": share})]
    return [*found, *patterns(clues), *with_factor(clues)]


def hands_down_right(walk, clues):
    """Whether a layer hands down what is measured: then its weights mean on the way back what they do on the way up."""
    right = walk.parts[walk.model.places.index(clues.place)].grad_inputs(clues.x, clues.g)
    try:
        return right.agree(walk.run(clues.place, clues.g, False)["inputs"])
    except (TypeError, ValueError):
        return False


def l2_kind(share, wanted):
    """The name of a term `share` times the weights that a layer adds, where the network adds `wanted` times them."""
    if wanted and abs(share / wanted - 1) < 1e-3:
        return "l2_added_twice"
    return "l2_sign" if wanted and abs(share / wanted + 2) < 1e-3 else "l2_not_in_loss"


EXAMPLES = {
    "first_example_only": slice(0, 1), "last_example_only": slice(-1, None),
    "last_example_left_out": slice(0, -1), "first_example_left_out": slice(1, None),
}  # fmt: skip
"""Examples that a gradient may be made of, where all of them belong."""


def unrow(made, form, mine):
    return made if form.rows else made.T


def other(d, values, scale, form, mine):
    """The weights' gradient with other values in place of the inputs, or None where the shapes do not fit."""
    if values is None or len(values) != (mine.shape[1] if form.rows else mine.shape[0]):
        return None
    return unrow(d @ values.T / scale, form, mine)


def forward_twins(clues, array, mine):
    """A gradient that belongs to another way up: of a layer without the activation that its output has, or with one."""
    form = clues.form
    if isinstance(form.bend, Linear) or form.slip:
        return []
    return ["slope_missing"] if same(array(clues.g), mine, EXACT) else []


def patterns(clues):
    """Rows or columns that are all equal, where the right ones are not."""
    mine, right = np.asarray(clues.mine), clues.fault.right
    if mine.shape != right.shape or mine.ndim != 2 or not np.isfinite(mine).all() or not mine.any():
        return []
    found, limit, known = [], np.abs(mine).max(), np.isfinite(right)
    cut = known & (np.abs(right) > limit)
    if cut.sum() > 1 and same(np.clip(right, -limit, limit)[known], mine[known], EXACT) and np.ptp(np.abs(right[cut])):
        found.append(("clipped", {"limit": float(limit)}))
    found += signs_lost(mine, right)
    for kind, axis in (("rows_equal", 0), ("columns_equal", 1)):
        differs = np.nanmax(np.ptp(right, axis=axis), initial=0) > 1e-9
        if mine.shape[axis] > 1 and np.ptp(mine, axis=axis).max() <= 1e-12 * np.abs(mine).max() and differs:
            found.append((kind, {}))
    return found


def one_by_one(mine, right):
    """What is wrong with some of the numbers: their sign, or that they are not 0 where nothing moves."""
    known = np.isfinite(right)
    if mine.shape == right.shape and known.any():
        flat = np.abs(right) <= 1e-9 * np.abs(right[known]).max()
        wrong, moves = int((known & flat & (mine != 0)).sum()), known & ~flat
        if wrong and moves.any() and same(mine[moves], right[moves], 1e-5):
            return [("slope_where_flat", {"wrong": wrong, "of": int(known.sum())})]
    return signs_lost(mine, right)


def signs_lost(mine, right):
    """Numbers that all have the right size, and some of them the wrong sign."""
    known = np.isfinite(right)
    if mine.shape != right.shape or not known.any() or not same(np.abs(mine[known]), np.abs(right[known]), 1e-5):
        return []
    wrong = int((np.abs(mine - right)[known] > 1e-3 * np.abs(right[known]).max()).sum())
    return [("some_signs", {"wrong": wrong, "of": int(known.sum())})] if 0 < wrong < (right[known] != 0).sum() else []


# What is handed down --------------------------------------------------------------------------------------


def handed_down_kinds(walk, clues):
    if walk.redraws(clues.place, clues.g):
        return [("mask_redrawn", {})]
    if overwrites(walk, clues):
        return [("inputs_overwritten", {})]
    if np.shape(clues.mine) == np.shape(clues.g) and clues.fault.slopes.agree(clues.mine + clues.g):
        return [("skip_missing", {})]
    found = layer_down(walk, clues) if parameter_names(clues.part) else activation_down(clues)
    alike = [(kind, facts) for kind, facts in patterns(clues) if kind == "columns_equal"]
    return [("errors_alike", facts) for _, facts in alike] if alike and not found else found


def overwrites(walk, clues):
    """Whether a part writes into what came in, and hands down what is right as soon as it finds that again."""
    place = copy.copy(clues.place)
    part, inputs = copy.deepcopy(clues.part), clues.x.copy()
    if place.shared or np.array_equal(part(inputs), clues.x) or np.array_equal(inputs, clues.x):
        return False
    part.inputs, place.part = clues.x.copy(), part
    return clues.fault.slopes.agree(walk.run(place, clues.g, False)["inputs"] / clues.fault.scale)


def layer_down(walk, clues):
    form, g = clues.form, clues.g
    if places := rounded_to(clues.output):
        return [("output_rounded", {"places": places})]
    if form is None:
        return [*matches(clues, norm_down(clues)), *with_factor(clues)]
    matrix = form.matrix(np.asarray(getattr(clues.part, form.weights)))
    d = g * form.bend.gradient(form.z)
    if form.slip == "transposed_forward":
        array = np.asarray(getattr(clues.part, form.weights))
        if same(array.T @ d, clues.mine, EXACT):
            return [(form.slip, {})]
    if form.slip == "inputs_averaged" and same(matrix.T @ d, clues.mine, EXACT):
        return [(form.slip, {})]
    gradient = form.matrix(np.asarray(walk.run(clues.place, g, False)[form.weights]))
    table = [("grad_weights_for_weights", gradient.T @ d)]
    table += [("weights_not_transposed", matrix @ d if len(set(matrix.shape)) == 1 else None), ("weights_skipped", d)]
    if not isinstance(form.bend, Linear):
        table += [(kind, matrix.T @ (g * slope)) for kind, slope in wrong_slopes(clues, form.bend, form.z)]
    found = [*matches(clues, table)]
    factors = with_factor(clues)
    return factors + found if factors and factors[0][0] != "ratio" else [*found, *factors]


def activation_down(clues):
    form, g, z = clues.form, clues.g, clues.x
    if form is None:
        table = drops(clues) or norm_down(clues) or [("slope_missing", g), ("value_for_slope", g * clues.output)]
        if clues.x.shape == clues.output.shape:
            slopes = wrong_slopes(clues, Curve(clues.part), z)
            table += [(kind, g * slope) for kind, slope in slopes if len(table) == 2 or kind == "slope_at_output"]
        found = [*matches(clues, table), *with_factor(clues), *other_way_up(clues)]
        return found or one_by_one(clues.mine, clues.fault.right)
    bend = form.bend
    if isinstance(bend, Softmax):
        return softmax_down(clues)
    if form.slip == "falls":
        return [("falls", {})]
    if isinstance(bend, Linear):
        for one in BENDS[1:]:
            if same(g * one.gradient(z), clues.mine, EXACT):
                return [("activation_skipped", {})]
    factors = with_factor(clues)
    if factors and factors[0][0] != "ratio":
        return factors
    table = [(kind, g * slope) for kind, slope in wrong_slopes(clues, bend, z)]
    table += [("mask_from_gradient", g * (g > 0)), ("divided_by_slope", g / bend.gradient(z))]
    found = [*matches(clues, table)]
    if not found:
        for one in BENDS[1:]:
            if type(one) is not type(bend) and same(g * one.gradient(z), clues.mine, EXACT):
                found.append(("slope_of_another", {"other": type(one).__name__}))
        for name, curve in (("Sigmoid", clues.output * (1 - clues.output)), ("Tanh", 1 - clues.output**2)):
            if type(bend).__name__ != name and same(g * curve, clues.mine, EXACT):
                found.append(("slope_of_another", {"other": name}))
    if isinstance(bend, LeakyReLU) and not found and (leak := leak_of(clues)):
        found.append(("leak_differs", {"leak": bend.slope, "other": leak}))
    return [*found, *factors] or one_by_one(clues.mine, clues.fault.right)


def slope_there(walk, fault):
    """`{"slope_there": facts}` of a bend whose slope has no name: where it is right, and how far off it is; or {}."""
    clues = Clues(walk, fault) if fault.place is not None and fault.what == "inputs" else None
    if clues is None or parameter_names(clues.part) or not np.shape(clues.mine) == clues.x.shape == clues.output.shape:
        return {}
    z, g, right = clues.x, clues.g, fault.right * fault.scale
    known = np.isfinite(right) & np.isfinite(clues.mine) & (g != 0)
    mine, slope = clues.mine[known] / g[known], right[known] / g[known]
    alone = known.any() and same(Curve(clues.part).gradient(z)[known], slope, 1e-4)
    if not alone:  # it hangs on more than its own z
        return {}
    z, off = z[known], np.abs(mine - slope)
    wrong, k = off > 1e-5 * np.abs(slope).max(), off.argmax()
    sides = [side for side, there in (("below", z < 0), ("above", z > 0)) if there.any() and not wrong[there].any()]
    where = f"where z is {sides[0]} 0 it is right" if len(sides) == 1 else f"{wrong.sum()} of {wrong.size} are wrong"
    return {"slope_there": clues.facts | {"z": z[k], "mine": mine[k], "slope": slope[k], "right_where": where}}


class Curve:
    """A part that is no known bend, taken for one: its slope is measured."""

    def __init__(self, part):
        self.part = part

    def __call__(self, z):
        return np.array(copy.deepcopy(self.part)(z.copy()))

    def gradient(self, z, step=1e-5):
        return (self(z + step) - self(z - step)) / (2 * step)


def other_way_up(clues):
    """A slope that is one of the textbook's, where what came out on the way up is not."""
    for one in BENDS[1:] if not same(clues.g, clues.mine, EXACT) else ():
        if same(clues.g * one.gradient(clues.x), clues.mine, EXACT):
            return [("forward_of_another", {"other": type(one).__name__})]
    return [("forward_of_another", {"other": "LeakyReLU"})] if leak_of(clues) else []


def leak_of(clues):
    """The share of the gradient that is handed down below 0, if it is one, and all of it above 0."""
    z, g, mine = clues.x, clues.g, clues.mine
    low, high = (z < 0) & (g != 0), (z > 0) & (g != 0)
    if np.shape(mine) != z.shape or not low.any() or not high.any() or not same(mine[high], g[high], EXACT):
        return None
    share = mine[low] / g[low]
    return float(share.mean()) if np.ptp(share) <= 1e-6 and 0 < share.mean() < 1 else None


def wrong_slopes(clues, bend, z):
    """(kind, slope) of what is written in place of the slope of `bend` at `z`."""
    a, right = bend(z), bend.gradient(z)
    table = [("slope_missing", np.ones_like(z)), ("slope_at_output", bend.gradient(a)), ("value_for_slope", a)]
    if isinstance(bend, Sigmoid | Tanh):
        table += [("slope_of_output_at_z", z * (1 - z) if isinstance(bend, Sigmoid) else 1 - z * z)]
        table += [
            ("slope_half_written", 1 - a),
            ("slope_sign_inside", a * (1 + a) if isinstance(bend, Sigmoid) else 1 + a * a),
        ]
    if isinstance(bend, ELU):
        table += [("alpha_missing", ELU().gradient(z)), ("alpha_missing", np.where(z > 0, 1.0, a + 1))]
    if isinstance(bend, ELU | LeakyReLU):
        table += [("value_left_of_zero", np.where(z > 0, 1.0, a))]
    if isinstance(bend, Swish | GELU | Curve):
        factor = np.divide(a, z, out=np.array(right, float), where=z != 0)
        table += [("product_half", half) for half in (factor, right - factor) if ratio(half, right) is None]
    if not isinstance(bend, LeakyReLU):  # the square of a leak is another leak
        table += [("slope_twice", right * right)]
    return [*table, ("slope_wrong_side", bend.gradient(-z))]


def softmax_down(clues):
    a, g = clues.output, clues.g
    if clues.form.slip:
        return [(clues.form.slip, {})]
    total = (g * a).sum(axis=1, keepdims=True)
    table = [("softmax_elementwise", g * a * (1 - a)), ("slope_missing", g), ("softmax_cross_missing", g * a)]
    table += [("softmax_axis", a * (g - total)), ("softmax_axis", a * (g - (g * a).sum())), ("value_for_slope", a)]
    return [*matches(clues, table), *with_factor(clues)]


def drops(clues):
    """What Dropout can hand down, if the part looks like one: every output is 0 or the input times one number."""
    if clues.x.shape != clues.output.shape:
        return []
    mask = clues.output[clues.x != 0] / clues.x[clues.x != 0]
    kept = mask[np.abs(mask) > 1e-12]
    if not kept.size or kept.size == mask.size or np.ptp(kept) > 1e-9:
        return []
    passed = np.abs(clues.fault.right) > 1e-6 * np.abs(clues.g)  # a number that is 0 does not tell whether it was kept
    return [
        ("mask_missing", clues.g),
        ("mask_unscaled", clues.g * passed),
        ("mask_inverted", clues.g * ~passed * kept[0]),
    ]


def norm_of(clues):
    """(normalised, deviation, gamma, axis) if the part normalises over examples (1) or features (0), else None."""
    arrays = [np.reshape(getattr(clues.part, name), (-1, 1)) for name in parameter_names(clues.part)]
    tall = [array for array in arrays if len(array) == len(clues.x)]
    scales = [(1.0, 0.0), *((one, 0.0) for one in tall), *itertools.permutations(tall, 2)]
    for axis, epsilon in itertools.product((1, 0), (1e-5, 1e-8, 1e-3, 1e-6, 0.0)):
        spread = np.sqrt(clues.x.var(axis=axis, keepdims=True) + epsilon)
        normalised = (clues.x - clues.x.mean(axis=axis, keepdims=True)) / spread
        for gamma, beta in scales if clues.x.shape == clues.output.shape else ():
            if same(gamma * normalised + beta, clues.output, 1e-6):
                return normalised, spread, gamma, axis
    return None


def norm_parameters(clues):
    if norm_of(clues) is None or np.ndim(clues.mine) != 2:
        return []
    return [("raw_inputs_for_normalised", (clues.g * clues.x).mean(axis=1, keepdims=True))]


def norm_down(clues):
    found = norm_of(clues)
    if found is None:
        return []
    normalised, spread, gamma, axis = found
    d = gamma * clues.g
    mean, variance = d.mean(axis=axis, keepdims=True), (d * normalised).mean(axis=axis, keepdims=True)
    other = (d * normalised).mean(axis=1 - axis, keepdims=True)
    plain = clues.g - clues.g.mean(axis, keepdims=True) - normalised * (clues.g * normalised).mean(axis, keepdims=True)
    return [
        ("statistics_constant", d / spread), ("mean_term_missing", (d - normalised * variance) / spread),
        ("variance_term_missing", (d - mean) / spread), ("slope_missing", clues.g), ("gamma_missing", plain / spread),
        ("deviation_missing", d - mean - normalised * variance),
        ("norm_axis_back", (d - d.mean(1 - axis, keepdims=True) - normalised * other) / spread),
    ]  # fmt: skip


# The loss -------------------------------------------------------------------------------------------------


def loss_kinds(walk, clues):
    loss, a, mine = walk.model.loss, walk.values[-1], clues.mine
    y = walk.model.entrance.labels(walk.labels, *a.shape)
    if clues.fault.fused:
        return with_factor(clues)
    if met := column_met_row(loss, a, y, mine):
        return [met]
    given = np.asarray(loss.gradient(a.copy(), y.copy())) if hasattr(loss, "gradient") else mine
    if given.dtype.kind in "iu" and any(np.array_equal(given, np.trunc(one)) for one in (clues.fault.right, a - y)):
        return [("whole_numbers", {"names": "the output"})]
    known, m, k = known_loss(loss, a, y), clues.m, clues.k
    if known is not None:
        kind, share = known
        if abs(share - 1) > 1e-9 and same(kind.gradient(a, y), mine, EXACT):
            return [(value_kind(share, m, k), {"share": share, "known": name_of(kind)})]
        if abs(share - 1) > 1e-9 and ratio(mine, kind.gradient(a, y)) is not None:
            return with_factor(clues)
    name = "" if known is None else type(known[0]).__name__
    table = [("slope_after_shortcut", slope_with_activation(walk, clues))]
    if name in ("", "BinaryCrossEntropy"):
        table += [("term_missing", -y / a / k), ("term_missing", (1 - y) / (1 - a) / k)]
        table += [("sign_inside", (-y / a - (1 - y) / (1 - a)) / k), ("sign_inside", (y / a + (1 - y) / (1 - a)) / k)]
    if y.shape == a.shape:
        table += [("decided_first", share * ((a > 0.5) - y)) for share in (1, 2, 1 / k, 2 / k)]
        table += [("loss_for_slope", np.abs(a - y) ** power / share) for power in (1, 2) for share in {1, k}]
    if hasattr(loss, "gradient") and y.shape == a.shape:
        table += [("labels_for_output", known[0].gradient(y, a) if known is not None else None)]
    factors = with_factor(clues)
    if factors and factors[0][0] != "ratio":
        return factors
    found = [*matches(clues, table)]
    alone = [one for one in found if " " not in one[0]]  # two mistakes at once are said where no one mistake is
    found = alone or gradient_of_another(loss, known, a, y, mine) or found or factors
    return found or one_by_one(mine, clues.fault.right)


def slope_with_activation(walk, clues):
    """The slope of the loss at z, before the last activation, or None where the last part is a layer."""
    last = walk.parts[-1]
    return None if parameter_names(last.part) else last.grad_inputs(walk.values[-2], clues.fault.right).central


def gradient_of_another(loss, known, a, y, mine):
    """[(kind, facts)] of a gradient that belongs to another loss, or whose own loss is none of the textbook's."""
    for one in LOSSES if y.shape == a.shape else ():
        right, another = one.gradient(a, y), known is None or type(one) is not type(known[0])
        half = type(one).__name__ == "MeanSquaredError" and same(right / 2, mine, EXACT)  # as many write it
        if another and (half or same(right, mine, EXACT)):
            facts = {"other": type(one).__name__, "known": "" if known is None else type(known[0]).__name__}
            facts |= {"mine": float(loss(a.copy(), y.copy())), "its": one(a, y)}
            if len(a) == 1 and (facts["known"], facts["other"]) == ("CategoricalCrossEntropy", "BinaryCrossEntropy"):
                return [("loss_term_missing", {})]
            return [("loss_of_another" if known is None else "gradient_of_another_loss", facts)]
    return []


def column_met_row(loss, output, labels, mine):
    """(kind, facts) if the gradient is that of the loss in which no column meets a row."""
    meeting = Meeting()

    def aligned(a, y):
        return float(loss(meeting.aligned(a), meeting.aligned(y)))

    try:
        aligned(output, labels)
        if not meeting.seen or not grad_of_loss(aligned, output, labels).agree(mine):
            return None
    except Exception:  # what a loss makes of other arrays is no question here
        return None
    one, other = meeting.seen[0]
    many = int(np.prod(one))
    return "column_met_row", {"one": one, "other": other, "many": many, "made": many**2}


def value_kind(share, m, k):
    """The name of a factor in the loss's value, whose gradient has none."""
    if any(abs(share / factor - 1) < 1e-9 for factor in (m, m * k)):
        return "loss_summed"
    if abs(share + 1) < 1e-9:
        return "loss_sign"
    if abs(share - 0.5) < 1e-9:
        return "factor_two_extra"
    if any(abs(share * np.log(base) - 1) < 1e-9 for base in (2, 10)):
        return "log_base"
    return "loss_factor"
