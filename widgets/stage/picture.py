"""Picture: a network and a moment of its training as plain values for the browser to draw."""

import numpy as np

from nnlib import Sigmoid
from nnlib.parts import name_of
from widgets.stage.browser import packed

GRID = 48  # points of the decision map in each direction
SIDE = 1.25  # the plane is shown from -SIDE to SIDE, or further if the data need it
SIGN = {"forward": "forward →", "loss": "loss", "backward": "← backward", "update": "update"}


def titled(part):
    """A part, or its name, as it is shown: `Dense(8)`, and plain `ReLU` where nothing stands in the brackets."""
    return (part if isinstance(part, str) else name_of(part)).replace("()", "")


def placed(what, word="layer"):
    """Where a moment or a link of the chain is: `layer 2, Dense(8)`; the loss is in no layer."""
    return f"{word} {what.block}, {titled(what.part)}" if what.block else titled(what.part)


def grid(x):
    """The points of the plane that the maps are drawn from, `(2, GRID²)`."""
    side = max(SIDE, float(np.abs(x).max(initial=0)) * 1.05)
    line = np.linspace(-side, side, GRID, dtype=np.float32)  # half the time, and enough for a colour
    return np.stack([a.ravel() for a in np.meshgrid(line, line)])


def plane(side, last, points, labels, kinds, names=("x₁", "x₂"), brief=False, stepped=False):
    """The map of the outputs `last` `(k, GRID²)` over the plane, and the `points` `(2, examples)` with their labels.

    `kinds` is how many classes there are, 0 for numbers to predict. Of several outputs the largest wins, and
    its number and how sure it is stand in the map: 16 · class + 0 … 15. Of several numbers the first is shown. A
    `brief` map is of bytes: while Play runs the border need not be as fine. A `stepped` one shows the answer alone: the
    class without how sure it is, a number in ten steps.
    """
    kind = kind_of(len(last), kinds)
    low, high = (0.0, 1.0) if kinds else (-1.0, 1.0)
    if kind == "many":
        least = 1 / len(last)
        sure = np.clip((np.nan_to_num(last.max(axis=0)) - least) / (1 - least), 0, 1)
        sure = np.ones_like(sure) if stepped else sure
        map_ = packed((16 * np.nan_to_num(last).argmax(axis=0) + np.round(15 * sure)).reshape(GRID, GRID), "uint8")
    else:  # not bytes: the border is fine
        values = (2 * (last[0] - low) / (high - low) - 1).reshape(GRID, GRID)
        if stepped:
            values = np.where(values < 0, -1, 1) if kinds else np.clip(np.floor(5 * values) + 0.5, -4.5, 4.5) / 5
        map_ = as_map(values, values.shape) if brief else packed(values)
    return {
        "map": map_, "points": packed(np.vstack([points, labels_drawn(labels, kind)])), "extent": [-side, side],
        "range": [low, high], "names": list(names), "kind": kind, "what": "output",
    }  # fmt: skip


def kind_of(outputs, kinds):
    """How examples are drawn: "many" where several outputs compete, "classes" of one, or "numbers" to predict."""
    return "many" if outputs > 1 and kinds else "classes" if kinds else "numbers"


def labels_drawn(labels, kind):
    """A number for each example, `(1, examples)`: its class, or what is to be predicted."""
    return labels.argmax(axis=0)[np.newaxis] if kind == "many" and len(labels) > 1 else labels[:1]


def as_map(values, shape):
    """Numbers from -1 to 1 as signed bytes; beyond is cut off, NaN counts as 1."""
    return packed(np.fmax(np.fmin(values, 1), -1).reshape(shape) * 127, "int8")


def shown(units, most):
    """Which units of a layer are drawn: all of a few; of many the first and the last, with None for the gap."""
    if units <= most:
        return list(range(units))
    return [*range(most - 3), None, units - 2, units - 1]


def columns(model, outputs, names, most, every):
    """The columns of units of a network, at most `most` of a layer, from the `outputs` of its inputs and all parts.

    Their maps are small: every second point of the plane in both directions is enough, or every third.
    """
    told = [column("Inputs", f"{len(names):,} features", outputs[0], None, most, every) | {"names": list(names)}]
    at = 0
    for number, block in enumerate(model.layers, start=1):
        at += len(block)
        subtitle = " · ".join(type(part).__name__ for part in block[1:]) or "no activation"
        told.append(column(titled(block[0]), subtitle, outputs[at], block[-1], most, every) | {"block": number})
    return told


def diagram(model, drawn, moment, edges="weights"):
    """The columns of units `drawn`, and between them the weights, or the arrays that `edges` names."""
    told = [dict(one) for one in drawn]
    links = []
    for block, before, after in zip(model.layers, told[:-1], told[1:], strict=True):
        weights, bias = (getattr(block[0], name, None) for name in (edges, edges.replace("weights", "bias")))
        if np.ndim(weights) != 2:
            weights, bias = np.zeros((after["units"], before["units"])), None
        rows, sources = ([unit or 0 for unit in one["shown"]] for one in (after, before))
        finite = np.abs(weights[np.isfinite(weights)])
        links.append({
            "name": edges, "weights": packed(weights[np.ix_(rows, sources)]),
            "bias": packed(np.ravel(bias)[rows]) if bias is not None and np.size(bias) == len(weights) else None,
            "scale": max(float(finite.max(initial=0)), 1e-9),
        })  # fmt: skip
    if moment is None:  # nothing stands out
        return {"columns": told, "links": links, "active": None}
    active = {"sign": SIGN[moment.phase], "column": moment.block or len(told) - 1, "wires": None}
    if moment.block and any(name.endswith("weights") for name in moment.values):
        active["wires"] = moment.block - 1
    return {"columns": told, "links": links, "active": active}


def column(title, subtitle, output, part, most, every):
    """One column of the diagram: its units as maps over the plane."""
    units = shown(len(output), most)
    rows = np.array([unit if unit is not None else 0 for unit in units])
    values = output[rows].reshape(len(rows), GRID, GRID)[:, ::every, ::every]
    values = 2 * values - 1 if isinstance(part, Sigmoid) else values / max(np.nanmax(np.abs(values), initial=0), 1e-9)
    return {"title": title, "subtitle": subtitle, "units": len(output), "shown": units, "names": None,
            "maps": as_map(values, values.shape)}  # fmt: skip
