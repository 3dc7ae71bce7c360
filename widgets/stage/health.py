"""Health: what can be wrong with a network's gradients, called by its name while it happens.

    findings(model, x)    [("dead ReLU", "Layer 1: 3 of 8 units …"), …]

Nothing is trained here: the outputs for `x` are looked at, and the gradients that the last backward step left.
"""

import numpy as np

from nnlib import ReLU, Sigmoid, Tanh

FLAT = 0.05  # of an activation's steepest slope: below, it lets next to nothing through
MOSTLY = 0.95  # of the examples: then a unit counts as saturated
FADED, BLOWN = 1e-3, 1e3  # first layer's gradient against the last one's; and the size of a gradient that is too large
STEEPEST = {Sigmoid: 0.25, Tanh: 1.0}


def findings(model, x, looker=None):
    """(name, sentence) for everything that is wrong, `x` `(features, examples)` being the training points.

    `looker`, a copy of the network, is what the points are sent through, where given.

    - dead ReLU: a unit's output is 0 for every example, so no gradient passes;
    - saturated: for nearly every example its Sigmoid or Tanh is almost flat;
    - vanishing gradients: the first layer's are a thousandth of the last layer's, or less;
    - exploding gradients: one is longer than 1,000, or no number at all.
    """
    with np.errstate(all="ignore"):  # numbers that leave the finite ones are a finding, no warning
        return [*unit_findings(looker or model, x), *gradient_findings(model)]


def unit_findings(model, x):
    """What is wrong with single units, found by sending all the points through."""
    for number, block in enumerate(model.layers, start=1):
        for part in block:
            before, x = x, getattr(part, "predict", part)(x)
            if isinstance(part, ReLU):
                dead = (x <= 0).all(axis=1)
                why = "0 for every training point; no gradient passes"
                if dead.any():
                    yield "dead ReLU", f"Layer {number}: {units(dead)} {why}."
            elif type(part) in STEEPEST and number < len(model.layers):
                flat = part.gradient(before) < FLAT * STEEPEST[type(part)]
                stuck = flat.mean(axis=1) > MOSTLY
                why = f"on the flat ends of {type(part).__name__} for nearly every training point"
                if stuck.any():
                    yield "saturated", f"Layer {number}: {units(stuck)} {why}."


def gradient_findings(model):
    """What is wrong with the gradients of the last backward step."""
    layers = [block[0] for block in model.layers if np.ndim(getattr(block[0], "grad_weights", None)) == 2]
    if not layers:
        return
    sizes = [float(np.sqrt(np.mean(np.square(layer.grad_weights)))) for layer in layers]
    lengths = [float(np.linalg.norm(layer.grad_weights)) for layer in layers]
    if not np.isfinite(lengths).all() or max(lengths) > BLOWN:
        worst = int(np.argmax(np.where(np.isfinite(lengths), lengths, np.inf)))
        long = f"{lengths[worst]:.3g} long; a step goes far" if np.isfinite(lengths[worst]) else "no longer finite"
        yield "exploding gradients", f"Layer {worst + 1}: its gradient is {long}."
    elif len(sizes) > 1 and sizes[0] < FADED * sizes[-1]:
        part = sizes[-1] / sizes[0] if sizes[0] else np.inf
        often = f"{float(f'{part:.2g}'):,.0f} times smaller than in layer {len(layers)}: it hardly learns"
        told = often if np.isfinite(part) else "0, so it learns nothing"
        yield "vanishing gradients", f"In layer 1 they are {told}."


def units(chosen):
    """Which units a boolean for each names: `3 of 8 units (1, 4, 5) are`."""
    places = np.flatnonzero(chosen) + 1
    few = ", ".join(map(str, places[:6])) + (", …" if len(places) > 6 else "")
    return f"{len(places)} of {len(chosen)} units ({few}) {'is' if len(places) == 1 else 'are'}"
