"""Mistakes of a network's own methods: its L2 term, or its way back through parts that are right."""

import copy

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of, parameter_slices
from nnlib.inspect.own_lines import agrees
from nnlib.inspect.recognise import same
from nnlib.parts.part import parameter_names


def model_kinds(model, walk, x, y, report):
    """(kind, facts) of a network whose parts are all right by themselves, and whose gradients are wrong."""
    if hasattr(model, "plain"):
        return own_way_back(model, walk, x, y, report)
    return penalty(model, x, y, report) or ("backward_step", {})


def penalty(model, x, y, report):
    """The mistake in the L2 term: what is too much is a multiple of the weights."""
    lam, m = model.regularization_factor / x.shape[1], x.shape[1]
    known = np.isfinite(report.numeric)
    excess = np.where(known, report.analytic - report.numeric, 0.0)
    weights, biases = np.zeros((2, model.parameters.size))
    for _, name, piece in parameter_slices(model):
        if name in ("weights", "bias"):
            (weights if name == "weights" else biases)[piece] = model.parameters[piece]
    weights, biases = weights * known, biases * known
    share = float(excess @ weights / (weights @ weights)) if weights.any() else 0.0
    bias_share = float(excess @ biases / (biases @ biases)) if biases.any() else 0.0
    scale = np.abs(report.numeric[known]).max()
    if np.abs(excess - share * weights - bias_share * biases).max() > 2e-6 * scale:
        return None
    if lam and abs(bias_share / lam - 1) < 1e-3 and abs(share) < 1e-3 * lam:
        return "l2_on_bias", {}
    for kind, factor in (("l2_missing", -1), ("l2_doubled", 1), ("l2_not_averaged", m - 1)):
        if lam and abs(share / lam - factor) < 1e-3 * abs(factor) and abs(bias_share) < 1e-3 * lam:
            return kind, {"m": m}
    return "penalty", {"share": share + lam, "wanted": lam}


def own_way_back(model, walk, x, y, report):
    """The mistake in a `backward_step` of one's own, found by going back wrongly through the same parts."""
    plain = model.plain()
    if (other := way_up(model, plain, x)) is not None:
        return "way_up_differs", {"what": other}
    if not np.any(report.analytic[np.isfinite(report.analytic)]):
        halves = [type(place.part).__name__ for place in model.places if hasattr(place.part, "parameter_gradients")]
        return ("gradients_not_asked", {"part": halves[0]}) if halves else ("zeros", {})
    if (kept := other_output_kept(model, x, y, report)) is not None:
        return "other_output_kept", {"name": kept}
    for kind, way in WAYS.items():
        twin = copy_of(plain)
        with Chance(twin):
            twin(x)
            try:
                way(twin, y)
            except (ValueError, TypeError, IndexError, AttributeError):
                continue
        got = np.concatenate(
            [
                np.ravel(getattr(place.part, f"grad_{name}"))
                for place in twin.places
                for name in parameter_names(place.part)
            ]
        )
        known = np.isfinite(report.analytic)
        if got.size == known.size and same(got[known], report.analytic[known], 1e-6):
            return kind, {
                "where": "the activation",
                "last": type(twin.places[-1].part).__name__,
                "bend": "the activation",
                "m": x.shape[1],
            }
    return shared_part(model, x, y, report) or ("backward_step", {})


def other_output_kept(model, x, y, report):
    """The name under which a network keeps something else than what it gives out, if the way back needs that."""
    for name in vars(model.own):
        twin = copy_of(model)
        with Chance(twin):
            given = np.array(twin(x))
            kept = getattr(twin.own, name)
            if not isinstance(kept, np.ndarray) or kept.shape != given.shape or same(kept, given, 1e-9):
                continue
            setattr(twin.own, name, given)
            twin.backward_step(y)
        known = np.isfinite(report.numeric)
        if same(twin.gradients[known], report.numeric[known], 1e-5):
            return name
    return None


def way_up(model, plain, x):
    """What a network gives out, where that is not what its parts do one after the other; else None."""
    twins = copy_of(plain), copy_of(model)
    outputs = []
    for twin in twins:
        with Chance(twin):
            outputs.append(np.array(twin(x)))
    if same(*outputs, 1e-9):
        return None
    for place in reversed(twins[0].places):
        if np.shape(place.inputs) == outputs[1].shape and same(np.array(place.inputs), outputs[1], 1e-9):
            return f"what comes into {type(place.part).__name__} of block {place.block}"
    return "none of what comes in between"


def shared_part(model, x, y, report):
    """(kind, facts) if all is right once each block has a part of its own in place of one object that they share."""
    shared = [place for place in model.places if place.shared]
    twin = copy_of(model)
    if not shared:
        return None
    for place in twin.places:
        place.part = copy.copy(place.part) if place.shared else place.part
    parts = iter(place.part for place in twin.places)
    twin.own.layers = [
        tuple(next(parts) for _ in one) if isinstance(one, (tuple, list)) else next(parts) for one in twin.own.layers
    ]
    if not agrees(twin, x, y, report):
        return None
    blocks = " and ".join(str(place.block) for place in shared if place.part is shared[0].part)
    return "shared_part", {"part": type(shared[0].part).__name__, "places": f"Blocks {blocks}"}


def through(
    slope=lambda part, z, a: part.gradient(z),
    start=lambda loss, a, y: loss.gradient(a, y),
    last=True,
    below=True,
    order=reversed,
):
    """A way back through blocks of a layer and its activation."""

    def way(model, y):
        grad = start(model.loss, model.places[-1].output, y)
        for block in order(model.layers):
            layer, activation = block[0], block[-1]
            if last if block is model.layers[-1] else below:
                grad = grad * slope(activation, activation.inputs, activation.output)
            layer.grad_output = grad
            if hasattr(layer, "parameter_gradients"):
                layer.parameter_gradients(grad)
            grad = layer.backward(grad)

    return way


def neighbour(model, y):
    """The way back that takes the slope of the activation above, at the z of this block."""
    grad, above = model.loss.gradient(model.places[-1].output, y), model.layers[-1][-1]
    for layer, activation in reversed(model.layers):
        dz, above = grad * above.gradient(activation.inputs), activation
        if hasattr(layer, "parameter_gradients"):
            layer.parameter_gradients(dz)
        grad = layer.backward(dz)


WAYS = {
    "slope_missing": through(slope=lambda part, z, a: 1.0),
    "slope_at_output": through(slope=lambda part, z, a: part.gradient(a)),
    "value_for_slope": through(slope=lambda part, z, a: a),
    "slope_twice": through(slope=lambda part, z, a: part.gradient(z) ** 2),
    "last_slope_missing": through(last=False),
    "slopes_below_missing": through(below=False),
    "gradient_sign": through(start=lambda loss, a, y: -loss.gradient(a, y)),
    "labels_for_output": through(start=lambda loss, a, y: loss.gradient(y, a)),
    "slope_after_shortcut": through(start=lambda loss, a, y: a - y),
    "mean_twice": through(start=lambda loss, a, y: loss.gradient(a, y) / a.shape[1]),
    "mean_missing": through(start=lambda loss, a, y: loss.gradient(a, y) * a.shape[1]),
    "order": through(order=list),
    "slope_of_neighbour": neighbour,
}
"""Ways back that are written when all parts are there and right."""
