"""Picture: a network and a moment of its training as plain values for the browser to draw."""

import numpy as np

from nnlib import Sigmoid
from nnlib.parts import name_of
from widgets.stage.browser import packed
from widgets.stage.failure import file_name, is_learners
from widgets.stage.formulas import value_of, words

GRID = 48  # points of the decision map in each direction
SHOWN = 8  # units of a layer that the diagram shows at most
SIDE = 1.25  # the plane is shown from -SIDE to SIDE, or further if the data need it
WHOLE, BRIEF, SAVED = (
    (256, 256),
    (32, 64),
    (16, 12),
)  # rows and columns of a matrix that are sent: paused, in Play, in a replay

DOES = {
    "__call__": "turns its inputs into its output",
    "loss": "how wrong the output is",
    "loss.gradient": "how the loss changes with each output",
    "parameter_gradients": "how the loss changes with its parameters",
    "backward": "how the loss changes with its inputs",
    "update": "its parameters move against their gradients",
}
SIGN = {"forward": "forward →", "loss": "loss", "backward": "← backward", "update": "update"}


class Curve:
    """A loss curve of bounded size: when it is full, every second point goes, and from then on every second update."""

    full = 600

    def __init__(self):
        self.steps, self.losses, self.stride, self.last = [], [], 1, ()

    def add(self, step, loss):
        """Remember the loss of update `step`, if its turn has come."""
        self.last = (step, loss)
        if (step - 1) % self.stride == 0:
            self.steps.append(step)
            self.losses.append(loss)
        if len(self.steps) > self.full:
            self.stride *= 2
            kept = [k for k, s in enumerate(self.steps) if (s - 1) % self.stride == 0]
            self.steps, self.losses = [self.steps[k] for k in kept], [self.losses[k] for k in kept]

    def view(self, step, loss):
        """The points up to now, and the one that is chosen."""
        steps, losses = [*self.steps, *self.last[:1]], [*self.losses, *self.last[1:]]
        at = {"at": step, "loss": loss if np.isfinite(loss) else None}
        return {"steps": packed(steps), "losses": packed(losses), **at}


def grid(x):
    """The points of the plane that the maps are drawn from, `(2, GRID²)`."""
    side = extent(x)
    line = np.linspace(-side, side, GRID, dtype=np.float32)  # half the time, and enough for a colour
    return np.stack([a.ravel() for a in np.meshgrid(line, line)])


def extent(x):
    return max(SIDE, float(np.abs(x).max(initial=0)) * 1.05)


def plane(side, last, points, labels, kinds, names=("x₁", "x₂"), brief=False, stepped=False):
    """The map of the outputs `last` `(k, GRID²)` over the plane, and the `points` `(2, examples)` with their labels.

    `kinds` is how many classes there are, 0 for numbers to predict. Of several outputs the largest wins, and
    its number and how sure it is stand in the map: 16 · class + 0 … 15. Of several numbers the first is shown. A
    `brief` map is of bytes: while Play runs the border need not be as fine. A `stepped` one shows the answer alone: the
    class without how sure it is, a number in ten steps.
    """
    several = len(last) > 1 and kinds > 0
    low, high = (0.0, 1.0) if kinds else (-1.0, 1.0)
    if several:
        least = 1 / len(last)
        sure = np.clip((np.nan_to_num(last.max(axis=0)) - least) / (1 - least), 0, 1)
        sure = np.ones_like(sure) if stepped else sure
        map_ = packed((16 * np.nan_to_num(last).argmax(axis=0) + np.round(15 * sure)).reshape(GRID, GRID), "uint8")
    else:  # not bytes: the border is fine
        values = (2 * (last[0] - low) / (high - low) - 1).reshape(GRID, GRID)
        if stepped:
            values = np.where(values < 0, -1, 1) if kinds else np.clip(np.floor(5 * values) + 0.5, -4.5, 4.5) / 5
        map_ = as_map(values, values.shape) if brief else packed(values)
    shown_as = labels.argmax(axis=0)[np.newaxis] if several and len(labels) > 1 else labels[:1]
    return {
        "map": map_, "points": packed(np.vstack([points, shown_as])), "extent": [-side, side], "range": [low, high],
        "names": list(names), "kind": "many" if several else "classes" if kinds else "numbers", "what": "output",
    }  # fmt: skip


def as_map(values, shape):
    """Numbers from -1 to 1 as signed bytes; beyond is cut off, NaN counts as 1."""
    return packed(np.fmax(np.fmin(values, 1), -1).reshape(shape) * 127, "int8")


def shown(units, most=SHOWN):
    """Which units of a layer are drawn: all of a few; of many the first and the last, with None for the gap."""
    if units <= most:
        return list(range(units))
    return [*range(most - 3), None, units - 2, units - 1]


def columns(model, outputs, features, names=("x₁", "x₂"), most=SHOWN, every=2):
    """The columns of units of a network, at most `most` of a layer, from the `outputs` of its inputs and all parts.

    Their maps are small: every second point of the plane in both directions is enough, or every third.
    """
    is_plane = outputs[0].shape[1] == GRID * GRID
    named = list(names) if is_plane else None
    told = [column("Inputs", f"{features:,} features", outputs[0], is_plane, named, None, most, every)]
    at = 0
    for number, block in enumerate(model.layers, start=1):
        at += len(block)
        subtitle = " · ".join(type(part).__name__ for part in block[1:]) or "no activation"
        told.append(column(name_of(block[0]), subtitle, outputs[at], is_plane, None, block[-1], most, every))
        told[-1]["block"] = number
    return told


def diagram(model, outputs, moments, moment, features, names=("x₁", "x₂"), most=SHOWN, edges="weights", drawn=None):
    """Columns of units, and between them the weights, or the arrays that `edges` names. `drawn`: made before."""
    told = columns(model, outputs, features, names, most) if drawn is None else [dict(one) for one in drawn]
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


def column(title, subtitle, output, is_plane, names, part, most=SHOWN, every=2):
    """One column of the diagram: its units as maps over the plane, or as the values for one example."""
    units = shown(len(output), most)
    rows = np.array([unit if unit is not None else 0 for unit in units])
    values = output[rows]
    if is_plane:
        values = values.reshape(len(rows), GRID, GRID)[:, ::every, ::every]
    values = 2 * values - 1 if isinstance(part, Sigmoid) else values / max(np.nanmax(np.abs(values), initial=0), 1e-9)
    told = {"title": title, "subtitle": subtitle, "units": len(output), "shown": units, "names": names, "maps": None}
    if is_plane:
        told["maps"] = as_map(values, values.shape)
    else:
        told["values"] = [float(value) for value in np.nan_to_num(values[:, 0])]
    return told


def heading(moment):
    """What happens at a moment, in words."""
    place = f"Block {moment.block}, {moment.part}" if moment.block else moment.part
    return f"{place}: {DOES[moment.method]}"


def explanation(moment):
    """What a moment does, as a sentence with its numbers."""
    values, has_weights = moment.values, any(name.endswith("weights") for name in moment.values)
    m = next((values[name].shape[1] for name in ("inputs", "output", "grad_output") if name in values), 0)
    if moment.method == "__call__" and has_weights:
        units, features = values["weights"].shape
        inputs = f"its {features:,} inputs" if features > 1 else "its input"
        who = f"Each of the {units:,} units" if units > 1 else "The unit"
        return f"{who} weighs {inputs}, adds everything up and adds its bias, for all {m:,} examples at once."
    if moment.method == "__call__":
        return f"What the layer gave for {m:,} examples is bent by {moment.part}."
    if moment.method == "backward" and has_weights:
        return "The gradient goes back along the same weights, to the inputs of this layer."
    if moment.method == "backward":
        passed = "The gradient passes where the activation was steep and is held back where it was flat"
        stopped = (values["grad_inputs"] == 0) & (values["grad_output"] != 0)
        return f"{passed}: {stopped.sum():,} of {stopped.size:,} numbers end here." if stopped.any() else f"{passed}."
    return {
        "loss": f"One number for how wrong the outputs for {m:,} examples are.",
        "loss.gradient": "For each output: how fast the loss would grow if that output grew.",
        "parameter_gradients": f"Each example asks for its own change; the gradient is their mean over {m:,} examples.",
        "update": "Every parameter takes one step against its gradient, as long as the learning rate says: "
        f"{number(values.get('learning_rate', 0))}.",
    }[moment.method]


def moment(moment, told, most, owner, last):
    """The chosen moment: heading, source lines, equations with their shapes and matrices, and what links them.

    `owner` is the part that ran, `last` the diagram's last column.
    """
    code = source(moment.source)
    if code is not None:
        code["words"] = words([text for _, text, _ in code["lines"]], moment, owner, told[0].result)
    return {
        "phase": moment.phase,
        "heading": heading(moment),
        "source": code,
        "places": places(moment, last),
        "equations": [
            {
                "text": [[kind, text] for kind, text in equation.pieces],
                "result": equation.result,
                "shapes": equation.shapes(moment.values),
                "terms": terms(equation, moment.values, most),
            }
            for equation in told
        ],
    }


def places(moment, last):
    """Where in the diagram each value is: {name: [kind, column]}, the "edges" that lead there, "biases", "units"."""
    told = {}
    for name, value in moment.values.items():
        plain = name.removeprefix("grad_").removesuffix("_before")
        if plain in ("weights", "bias"):
            told[name] = ["edges" if plain == "weights" else "biases", moment.block]
        elif plain == "inputs" and moment.index == 0:
            told[name] = ["units", moment.block - 1]
        elif np.ndim(value) == 2:
            told[name] = ["units", moment.block or last]
    return told


def source(found):
    """The lines round the formula, which of them are the formula, and whose file they stand in."""
    if found is None:
        return None
    start, stop = max(0, found.formula_start - 5), found.formula_stop + 3
    return {
        "where": file_name(found.file),
        "method": f"{found.owner}.{found.method}" if found.owner else found.method,
        "yours": is_learners(found.file),
        "lines": [
            [found.first + number, text, found.formula_start <= number < found.formula_stop]
            for number, text in enumerate(found.lines)
            if start <= number < stop
        ],
    }


def terms(equation, values, most=WHOLE):
    """The equation once more, each name's first appearance as its matrix."""
    if not equation.pieces:  # nothing is confirmed: the values, and no sign between them
        return [matrix(name, value, most) for name, value in values.items()]
    told, seen = [], set()
    result = [("value", equation.result), ("text", " = ")] if equation.result in values else []
    for kind, text in [*result, *equation.pieces]:
        if kind == "value" and text not in seen:
            seen.add(text)
            told.append(matrix(text, value_of(values, text), most))
        else:
            told.append({"kind": "text", "text": text})
    return told


def matrix(name, array, most=WHOLE):
    """A term: its name, its true shape, and as much of its numbers as is drawn, at most so many rows and columns."""
    flat = np.atleast_2d(array)
    rows, columns = WHOLE if most == BRIEF and flat.size <= 4096 else most
    part = flat[:rows, :columns]
    finite = np.abs(part[np.isfinite(part)])
    return {
        "kind": "matrix", "name": name, "shape": list(np.shape(array)), "numbers": packed(part),
        "scale": max(float(finite.max(initial=0)), 1e-12), "summary": summary(name, array),
        "cut": cut(part.shape, flat.shape),
    }  # fmt: skip


def cut(drawn, whole):
    """Which rows and columns of a matrix are drawn, or nothing if all are."""
    axes = zip(("rows", "columns"), drawn, whole, strict=True)
    return " and ".join(f"the first {some:,} of {all_:,} {name}" for name, some, all_ in axes if some < all_)


def summary(name, array):
    """A value in words: the number, or the range of the numbers."""
    array = np.asarray(array)
    if array.size == 1:
        return f"{name} is {number(array.item())}"
    finite = array[np.isfinite(array)]
    if finite.size == 0:
        return f"{name} has no finite number"
    said = f"{name} runs from {number(finite.min())} to {number(finite.max())}"
    return said if finite.size == array.size else f"{said}, and {array.size - finite.size} are not finite"


def largest(name, array, below):
    """Which entry of a matrix is furthest from 0, and whose it is: `[2, 1], unit 2, input 1`; or nothing.

    `below` is what feeds the part: "input" for a layer, "unit" for what follows it in its block.
    """
    sizes = np.abs(np.nan_to_num(np.asarray(array, np.float64), posinf=np.inf))
    if sizes.ndim != 2 or sizes.size == 1 or not sizes.any():
        return ""
    row, column = (int(one) for one in np.unravel_index(int(sizes.argmax()), sizes.shape))
    plain = name.removeprefix("grad_")
    across = "input" if plain == "weights" else "example" if plain in ("inputs", "output") else None
    down = below if plain == "inputs" else "unit"
    return f"[{row}, {column}], {down} {row}" + (f", {across} {column}" if across else "")


def number(value):
    """Four digits, with the sign that stands in the matrices."""
    return f"{value:.4g}".replace("-", "−")
