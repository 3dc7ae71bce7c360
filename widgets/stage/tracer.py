"""Tracer: the gradient of one weight or bias, factor by factor, in the numbers that a tape recorded.

    found = trace(model, moments, block=1, name="weights", unit=2, source=0, example=5)
    found.links        # from the loss down: what each part multiplies with what arrived from above
    found.gives        # what the factors give for the whole batch; found.recorded is what the layer wrote

`moments` are those of one update on a `Tape`. Each link takes what arrived (upstream) as it was recorded and multiplies
it with the part's own factor (local): a recorded weight, input or mask, or the slope at the recorded z. What comes out
is compared with what the part handed down, so the first link that disagrees is where a backward pass goes wrong.
"""

from dataclasses import dataclass

import numpy as np

from nnlib.activation import Softmax
from nnlib.parts import name_of, untouched
from widgets.stage.formulas import equations


class NotTraced(ValueError):
    """This parameter, or this update, cannot be traced; the message says why."""


@dataclass(frozen=True)
class Link:
    """`gives` is the sum of local · upstream over `terms` (local, upstream, unit above); `recorded` is what was kept.

    `note` says what the local factor is. Without terms the part's number is taken as it was recorded; the loss has its
    `formula` with the numbers put in. `followed` is the unit above with which the chain goes on.
    """

    block: int
    part: str
    note: str
    terms: tuple
    recorded: float | None
    followed: int = 0
    tolerance: float = 1e-6
    formula: str = ""

    @property
    def gives(self):
        return float(sum(local * upstream for local, upstream, _ in self.terms)) if self.terms else None

    @property
    def agrees(self):
        if self.gives is None or self.recorded is None:
            return True
        size = sum(abs(local * upstream) for local, upstream, _ in self.terms)
        return close(self.gives, self.recorded, size, self.tolerance)


@dataclass(frozen=True)
class Trace:
    """A chain: `links` from the loss down to the parameter for one example; `shares` `(m,)` of all examples.

    `weight` is the parameter itself, `l2` and `l1` are the network's factors for a penalty on it.
    `path` are the weights on the way, [(block, unit, source)] from the traced one upwards; source is None for a bias.
    """

    block: int
    name: str
    unit: int
    source: int | None
    example: int
    links: tuple
    shares: np.ndarray
    weight: float
    l2: float
    l1: float
    recorded: float
    path: tuple
    tolerance: float

    @property
    def mean(self):
        """1/m times the sum of the shares."""
        return float(self.shares.sum() / self.shares.size)

    @property
    def penalty(self):
        """What L2 and L1 add: l2/m · weight + l1/m · sign(weight)."""
        return (self.l2 * self.weight + self.l1 * float(np.sign(self.weight))) / self.shares.size

    @property
    def gives(self):
        return self.mean + self.penalty

    @property
    def agrees(self):
        size = float(np.abs(self.shares).mean()) + abs(self.penalty)
        return close(self.gives, self.recorded, size, self.tolerance)

    @property
    def parts_at(self):
        """The first link from the loss down whose factors do not give what was recorded, or None."""
        return next((link for link in self.links if not link.agrees), None)


def trace(model, moments, block, name, unit, source=None, example=0, follow=None):
    """The `Trace` of `name` "weights" `[unit, source]` or "bias" `[unit]` of `block`, for one example of the batch.

    `follow` {block: unit}: where a layer above adds up what its units hand down, which of them the chain goes on with;
    without it, the one with the largest product. Raises NotTraced.
    """
    layer, below = parameter_moment(moments, block, name)
    grad_output, inputs = below["grad_output"], below["inputs"]
    m = grad_output.shape[1]
    if not 0 <= example < m:
        raise NotTraced(f"this update had {m:,} examples, 0 … {m - 1:,}; there is no example {example:,}")
    tolerance = 1e-6 if grad_output.dtype == np.float64 else 1e-4
    gradient = np.asarray(below[f"grad_{name}"])
    rows, columns = len(grad_output), len(inputs) if name == "weights" else 1
    if gradient.shape != (rows, columns):
        raise NotTraced(f"grad_{name} of {layer.part} has the shape {gradient.shape}, not {(rows, columns)}")
    if not (0 <= unit < rows and 0 <= (source or 0) < columns):
        raise NotTraced(f"{name} of layer {block} has the shape {(rows, columns)}, there is no [{unit}, {source}]")
    links, path = chain(model, moments, layer, unit, example, follow or {}, tolerance)
    local = inputs[source] if name == "weights" else np.ones(m, inputs.dtype)
    note = f"its input {source}" if name == "weights" else "added as it is, so 1"
    terms = ((float(local[example]), float(grad_output[unit, example]), unit),)
    weights = next(one.values for one in moments if one.phase == "forward" and same_place(one, layer))[name]
    penalties = (model.regularization_factor, model.l1_factor) if name == "weights" else (0.0, 0.0)
    source = source if name == "weights" else None
    at = unit, source or 0
    return Trace(
        block, name, unit, source, example, (*links, Link(block, layer.part, note, terms, None)),
        grad_output[unit] * local, float(weights[at]), *penalties, float(gradient[at]),
        ((block, unit, source), *path), tolerance,
    )  # fmt: skip


def parameter_moment(moments, block, name):
    """The moment at which the layer of `block` filled its gradients, and its values."""
    if name not in ("weights", "bias"):
        raise NotTraced(f"the tracer follows weights and biases; {name} of layer {block} it does not")
    found = [one for one in moments if one.block == block and f"grad_{name}" in one.values and one.phase == "backward"]
    if not found:
        raise NotTraced(f"no gradient of {name} was recorded for layer {block} in this update")
    return found[0], found[0].values


def chain(model, moments, layer, unit, example, follow, tolerance):
    """The links from the loss down to what arrives at unit `unit` of `layer`, and the weights on the way up."""
    links, path = [], []
    parts = {(place.block, place.index): place.part for place in model.places}
    for one in sorted((m for m in moments if m.method == "backward"), key=lambda m: (m.block, m.index)):
        if (one.block, one.index) <= (layer.block, layer.index):
            continue
        part = parts[one.block, one.index]
        forward = next(m.values for m in moments if m.phase == "forward" and same_place(m, one))
        note, terms = factors(part, one.values, forward, unit, example)
        recorded = float(one.values["grad_inputs"][unit, example])
        ahead = max(terms, key=lambda term: abs(term[0] * term[1]))[2] if terms else unit
        if "weights" in one.values and terms:
            ahead = follow.get(one.block, ahead)
            path.append((one.block, ahead, unit))
        links.append(Link(one.block, one.part, note, terms, recorded, ahead, tolerance))
        unit = ahead
    top = next(m for m in moments if m.method == "loss.gradient")
    both = model.loss_formula is not model.loss
    part = f"{top.part} with {name_of(model.places[-1].part)}" if both else top.part
    formula = equations(top, model.loss_formula)[0].numbers(top.values, unit, example)
    recorded = float(top.values["grad_output"][unit, example])
    links.append(Link(0, part, f"output {unit}", (), recorded, unit, formula=formula))
    return links[::-1], path


def factors(part, values, forward, unit, example):
    """What `part` multiplies on the way back to its input `unit`: (what that is, [(local, upstream, unit above)])."""
    upstream, weights = values["grad_output"][:, example], values.get("weights")
    if weights is not None and np.shape(weights) == (len(upstream), len(values["inputs"])):
        return "back along its weights", listed(weights[:, unit], upstream)
    if len(upstream) != len(values["inputs"]):
        return "taken as it was recorded", ()
    if "mask" in forward:
        return "kept or left out", ((float(forward["mask"][unit, example]), float(upstream[unit]), unit),)
    if isinstance(part, Softmax):
        output = values["output"][:, example]
        local = output[unit] * ((np.arange(len(output)) == unit) - output)
        return "how each output moves with this z", listed(local, upstream)
    if hasattr(part, "gradient"):
        with untouched([part]):
            slope = float(part.gradient(values["inputs"][:, [example]].copy())[unit, 0])
        z = float(values["inputs"][unit, example])
        return f"its slope at z = {z:.4g}".replace("-", "−"), ((slope, float(upstream[unit]), unit),)
    return "mixes units or examples: taken as it was recorded", ()


def listed(local, upstream):
    return tuple((float(a), float(b), unit) for unit, (a, b) in enumerate(zip(local, upstream, strict=True)))


def same_place(one, other):
    return (one.block, one.index) == (other.block, other.index)


def close(one, other, size, tolerance):
    return bool(np.isclose(one, other, rtol=0, atol=tolerance * (size + 1e-300), equal_nan=True) or one == other)
