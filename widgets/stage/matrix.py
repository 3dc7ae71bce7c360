"""Arrays as matrices that the browser draws, and their numbers in words."""

import numpy as np

from widgets.stage.browser import packed
from widgets.stage.figures import number
from widgets.stage.formulas import value_of

# Rows and columns of a matrix that are sent: paused, in Play, in a replay.
WHOLE, BRIEF, SAVED = (256, 256), (32, 64), (16, 12)


def terms(equation, values, most=WHOLE, seen=None):
    """The equation once more, each name's first appearance as its matrix, single numbers as they are.

    `seen` are the names that stand as matrices already, in this equation or one before it.
    """
    if not equation.pieces:  # nothing is confirmed: the values, and no sign between them
        name = equation.result
        own = (name, f"{name}_before", f"grad_{name}") if f"{name}_before" in values else values
        return [matrix(name, value, most) for name, value in values.items() if name in own or not np.ndim(value)]
    told, seen, first = [], set() if seen is None else seen, not seen
    result = [("value", equation.result), ("text", " = ")] if equation.result in values else []
    for kind, piece in [*result, *equation.pieces]:
        value = value_of(values, piece) if kind == "value" else None
        if value is not None and piece not in seen and (np.ndim(value) or not told):
            seen.add(piece)
            told.append(matrix(piece, value, most))
            continue
        said = number(value) if value is not None and not np.ndim(value) else piece
        if told and told[-1]["kind"] == "text":
            told[-1]["text"] += said
        else:
            told.append(text(said))
    alone = sum(term["kind"] == "matrix" for term in told) == 1 and not first
    return told[:1] if alone else told  # of all others the pictures stand there, and the formula says what is done


def text(said):
    """A term that is no matrix: a sign between two of them."""
    return {"kind": "text", "text": said}


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


def furthest(name, array, below):
    """Which entry of a matrix is furthest from 0, and whose it is: `grad_weights −0.12 (unit 2, input 1)`; or nothing.

    `below` is what feeds the part: "input" for a layer, "unit" for what follows it in its block. Where there is one
    example alone its number is not told.
    """
    sizes = np.abs(np.asarray(array, np.float64))
    if sizes.ndim != 2 or sizes.size == 1 or not sizes.any() or not np.isfinite(sizes).all():
        return ""
    row, column = (int(one) for one in np.unravel_index(int(sizes.argmax()), sizes.shape))
    plain = name.removeprefix("grad_")
    whose = f"{below if plain == 'inputs' else 'unit'} {row}"
    if plain == "weights":
        whose += f", input {column}"
    elif plain in ("inputs", "output") and sizes.shape[1] > 1:
        whose += f", example {column}"
    return f"{name} {number(array[row, column])} ({whose})"
