"""What the panes of the Workbench show of its network, as plain values, and what flows in its picture."""

import copy
import dataclasses
import sys
from types import FunctionType

import numpy as np

from widgets.stage.browser import packed
from widgets.stage.figures import share
from widgets.stage.matrix import matrix
from widgets.stage.picture import as_map, kind_of, labels_drawn, titled
from widgets.workbench import own_table, surface
from widgets.workbench.given import widest

NAMES = (
    "Code", "Weights", "Chain", "Check", "Surface", "Space", "Activation", "Compare", "Health", "Point", "Table",
    "Share",
)  # fmt: skip
LINES, ON_LINE = 9, 25  # of the grid that the space pane bends
BY_EXAMPLE = ("inputs", "output", "grad_output", "grad_inputs", "labels", "z", "mask")
"""Values that have a column for each example."""
FAST = 0.1  # a gradient as large as that, or larger, moves the dashes of its weight as fast as they go
FLOWS = {"__call__": "forward", "backward": "back", "parameter_gradients": "gradients", "update": "update"}


def view(bench):
    """What the open pane needs beside what every frame has."""
    views = {
        "Weights": weights, "Space": space, "Table": own_table.view, "Activation": surface.activation,
        "Surface": bench._surface.view, "Check": lambda _: bench._checked and bench._checked.view(bench.model.steps),
        "Compare": lambda _: bench._twins and bench._twins.view(),
    }  # fmt: skip
    return views[bench.pane](bench) if bench.pane in views else None


def weights(bench):
    """Every layer's weights and bias as matrices."""
    told = []
    for number, block in enumerate(bench._looker.layers, start=1):
        cards = [matrix(name, getattr(block[0], name)) for name in ("weights", "bias")
                 if np.ndim(getattr(block[0], name, None)) == 2]  # fmt: skip
        told.append({"name": f"Layer {number}, {titled(block[0])}", "cards": cards})
    return told


def space(bench):
    """The plane as each layer sees it: a grid, and the points, bent by all layers up to that one.

    Two units are the two axes. Of more, the two directions in which the points are spread most are drawn.
    """
    side = -float(bench._grid[0, 0])
    line, far = np.linspace(-side, side, ON_LINE), np.linspace(-side, side, LINES)
    down = [np.stack([np.full(ON_LINE, at), line]) for at in far]
    grid = np.hstack(down + [one[::-1] for one in down])
    count, told, at = bench.x_train.shape[1], [], 0
    outputs = bench._outputs(np.hstack([bench.inputs(bench.x_train), bench.inputs(bench.plane.lift(grid))]))
    for number, block in enumerate([(), *bench.model.layers]):
        at += len(block)
        seen = np.asarray(outputs[at], float)
        flat, how = plane_of(seen, count)
        told.append({
            "name": f"After layer {number}" if number else "The inputs", "how": how,
            "points": packed(flat[:, :count]), "grid": packed(flat[:, count:]), "on_line": ON_LINE,
        })  # fmt: skip
    kind = kind_of(len(outputs[-1]), bench.kinds)
    return {"spaces": told, "labels": packed(labels_drawn(bench.y_train, kind)), "kind": kind}


def plane_of(seen, count):
    """`seen` `(units, places)` as two rows, and how they were made; the first `count` places are the points."""
    if len(seen) == 2:
        return seen, "its two units"
    if len(seen) == 1:
        return np.vstack([seen, np.zeros_like(seen)]), "its one unit, across"
    middle = seen[:, :count].mean(axis=1, keepdims=True) if count else 0.0
    points = np.nan_to_num(seen[:, :count] - middle)
    axes, spread = widest(points), np.square(points).sum()
    held = f" ({share(np.square(axes.T @ points).sum() / spread)} of their spread)" if spread else ""
    return axes.T @ (seen - middle), f"its {len(seen)} units, along their two widest directions{held}"


def of_one(moment, example):
    """The moment with the values of one example alone, where what happens does so for each example by itself."""
    if moment.method not in ("__call__", "backward", "loss.gradient") or "gamma" in moment.values:
        return moment
    m = next(moment.values[name].shape[1] for name in ("inputs", "output") if name in moment.values)
    values = {
        name: value[:, example : example + 1] if name in BY_EXAMPLE and np.shape(value)[1:] == (m,) else value
        for name, value in moment.values.items()
    }
    return dataclasses.replace(moment, values=values)


def write_numbers(columns, moments, k, example):
    """Into the units of the picture: what the followed example has made of them up to moment `k`."""
    phase, values = moments[k].phase, {}
    for moment in moments[: k + 1]:
        if moment.phase == "forward" and phase in ("forward", "loss"):
            if moment.block == 1 and moment.index == 0:
                values[0] = moment.values["inputs"]
            values[moment.block] = moment.values["output"]
        elif moment.phase == "backward" and phase == "backward":
            values[moment.block or len(columns) - 1] = moment.values["grad_output"]
    for at, array in values.items():
        if np.ndim(array) == 2 and len(array) == columns[at]["units"] and array.shape[1] > example:
            column = columns[at]
            column["numbers"] = [None if unit is None else float(array[unit, example]) for unit in column["shown"]]


def flow(moment, columns, example):
    """What runs along the weights at a moment: one number for each weight that is drawn, or None.

    forward: weight · input of the followed example; back: weight · gradient; gradients: the weight's gradient, the
    mean over the batch; update: how far the weight has been moved.
    """
    kind, values = FLOWS.get(moment.method), moment.values
    if kind is None or moment.index or not moment.block:
        return None
    if kind in ("forward", "back") and np.ndim(values.get("weights")) == 2:
        w, name = values["weights"], "inputs" if kind == "forward" else "grad_output"
        one = values[name][:, example]
        amounts = w * (one[np.newaxis] if kind == "forward" else one[:, np.newaxis])
    elif kind == "gradients" and np.ndim(values.get("grad_weights")) == 2:
        amounts = values["grad_weights"]
    elif kind == "update" and np.ndim(values.get("weights")) == 2:
        amounts = values["weights"] - values["weights_before"]
    else:
        return None
    rows, sources = ([unit or 0 for unit in columns[moment.block - back]["shown"]] for back in (0, 1))
    here = np.ix_(rows, sources)
    finite = np.abs(amounts[np.isfinite(amounts)])
    return {
        "kind": kind, "link": moment.block - 1, "key": [moment.step, moment.block, moment.method],
        "amounts": as_map(amounts[here] / max(float(finite.max(initial=0)), 1e-12), amounts[here].shape),
    }  # fmt: skip


def newest(part):
    """A class or function of the notebook, or an object of a class, as it is defined by now; all else as it is."""
    kind = part if isinstance(part, (type, FunctionType)) else type(part)
    now = getattr(sys.modules["__main__"], kind.__name__, kind) if kind.__module__ == "__main__" else kind
    if now is kind or type(now) is not type(kind):
        return part
    if part is kind:
        return now
    renewed = copy.copy(part)
    renewed.__class__ = now
    return renewed


def called(tab):
    """The name by which a tab is hidden."""
    return "forward" if tab == "Point" else tab.lower()


def speeds(model, columns):
    """How fast the dashes of each drawn weight move while it trains, by the size of its gradient; None without one."""
    told = []
    for block, *both in zip(model.layers, columns[1:], columns[:-1], strict=True):
        gradients = getattr(block[0], "grad_weights", None)
        if np.ndim(gradients) != 2:
            return None
        here = np.ix_(*([unit or 0 for unit in one["shown"]] for one in both))
        told.append(as_map(np.sqrt(np.abs(np.nan_to_num(gradients[here])) / FAST), np.shape(gradients[here])))
    return {"kind": "speed", "amounts": told}
