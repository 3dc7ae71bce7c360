"""A moment of a tape for the browser to draw: what happens at it, in words, lines and equations, and where."""

import numpy as np

from widgets.stage.called import called
from widgets.stage.code import source
from widgets.stage.figures import number
from widgets.stage.formulas import own_names, words
from widgets.stage.matrix import terms
from widgets.stage.picture import placed, titled

DOES = {
    "__call__": "turns its inputs into its output",
    "loss": "how wrong the output is",
    "loss.gradient": "how the loss changes with each output",
    "parameter_gradients": "how the loss changes with its parameters",
    "backward": "how the loss changes with its inputs",
    "update": "its parameters move against their gradients",
}


BEFORE = {"BinaryCrossEntropyFromZ": "Sigmoid", "CategoricalCrossEntropyFromZ": "Softmax"}
"""A loss's gradient that is one for the z before the last bend: that bend has no moment of its own on the way back."""


def runs(moment):
    """The class whose lines run, or "" where nobody knows."""
    return moment.source.owner if moment.source else ""


def where(moment):
    """Where a moment happens, in words."""
    told = placed(moment, "Layer")
    both = moment.method == "loss.gradient" and runs(moment) in BEFORE
    return f"{told} with {BEFORE[runs(moment)]}" if both else told


def heading(moment):
    """Where and what happens at a moment, in words."""
    does = DOES[moment.method]
    if moment.method == "loss.gradient" and runs(moment) in BEFORE:
        does = "how the loss changes with each z of the last layer"
    elif moment.method == "update" and runs(moment) != "SGD":
        does = "its parameters take their step"
    return f"{where(moment)}: {does}"


def of_the_loss(moment):
    """What the gradient of a loss is, and what it divides by."""
    bend = BEFORE.get(runs(moment))
    told = f"How fast the loss grows with each {'z: both slopes, multiplied' if bend else 'output'}"
    counts = moment.source and any("/ output.shape[0]" in line for line in moment.source.lines)
    k = moment.values["output"].shape[0]
    return f"{told}, divided by the number of outputs, {k}, not of examples." if counts else f"{told}."


def explanation(moment):
    """What a moment does, as a sentence with its numbers; of one that holds a single example, for that one."""
    values, has_weights = moment.values, any(name.endswith("weights") for name in moment.values)
    m = next((values[name].shape[1] for name in ("inputs", "output", "grad_output") if name in values), 0)
    all_of_them = f", for all {m:,} examples at once" if m > 1 else ""
    if moment.method == "__call__" and has_weights:
        units, features = values["weights"].shape
        inputs = f"its {features:,} inputs" if features > 1 else "its input"
        return f"{'Each' if units > 1 else 'The'} unit weighs {inputs} and adds its bias{all_of_them}."
    if moment.method == "__call__":
        return f"What came in goes through {titled(moment.part)}{all_of_them}."
    if moment.method == "backward" and has_weights:
        return "The gradient goes back along the same weights."
    if moment.method == "backward":
        part = titled(moment.part)
        bends = moment.index == 1 and "gamma" not in values and not part.startswith("Dropout")
        told = f"The gradient passes where {part} was steep and is held back where it was flat" if bends else (
            f"The gradient goes back through {part}")  # fmt: skip
        stopped = (values["grad_inputs"] == 0) & (values["grad_output"] != 0)
        return f"{told}: {stopped.sum():,} of {stopped.size:,} numbers end here." if stopped.any() else f"{told}."
    if moment.method == "loss.gradient":
        return of_the_loss(moment)
    if moment.method == "update" and runs(moment) != "SGD":
        rate = number(values.get("learning_rate", 0))
        return f"{runs(moment) or 'The optimiser'} makes each step out of the gradients; the learning rate is {rate}."
    return {
        "loss": f"One number for how wrong the outputs for {m:,} examples are.",
        "parameter_gradients": f"How the loss changes with each parameter: the mean over {m:,} examples.",
        "update": f"One step against the gradient, times the learning rate, {number(values.get('learning_rate', 0))}.",
    }[moment.method]


def moment_view(moment, told, most, owner, last):
    """The chosen moment: source lines, equations with their shapes and matrices, and what links them, in the names of
    the lines that ran.

    `owner` is the part that ran, `last` the diagram's last column.
    """
    method = getattr(type(owner), moment.source.method, None) if moment.source is not None else None
    inner = called(moment.source, method) if method is not None else None
    code = source(*(inner[:1] if inner else (moment.source, owner)))
    given = inner[1] if inner else {}
    own = own_names(moment, owner, given)
    values = {own.get(name, name): value for name, value in moment.values.items()}
    if inner is not None:
        code |= {"method": inner[2], "where": code["where"].strip("<>")}  # <solution of 07.3>
    if code is not None:
        results = " ".join(one.result for one in told) if inner else told[0].result
        lines = [text for _, text, _ in code["lines"]]
        code["words"] = [[[text, " ".join(own.get(name, name) for name in names.split())] for text, names in line]
                         for line in words(lines, moment, owner, results, given)]  # fmt: skip
    seen = set()
    return {
        "phase": moment.phase,
        "source": code,
        "places": {own.get(name, name): place for name, place in places(moment, last).items()},
        "equations": [
            {
                "text": [[kind, text] for kind, text in equation.pieces],
                "result": equation.result,
                "shapes": equation.shapes(moment.values | values),
                "terms": terms(equation, values, most, seen),
            }
            for equation in (one.called(own) for one in told)
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
