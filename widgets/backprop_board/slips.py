"""What makes a wrong number of the board, without telling the right one: every usual slip that gives this number."""

import re

import numpy as np

from widgets.backprop_board.boxes import label, names, plain


def slips(box, number, formula, known):
    """A sentence for each slip that gives `number` in place of `known[box]`; where two do, neither is proven."""
    found = dict.fromkeys(
        says for value, says in _candidates(box, formula, known) if value != known[box] and np.isclose(number, value)
    )
    return list(found)


def _candidates(box, formula, known):
    """`(the number that comes out, what to say)` of every slip."""
    right, kind = known[box], box[:6]
    if right:
        yield -right, "The size is right, the sign is not."
    if box == "loss":
        yield 2 * (known["output"] - known["y"]), "That is the slope of the square, and the square is asked for."
    elif box == "grad_output":
        yield right / 2, "The slope of a square has a 2 in front."
    elif kind in ("grad_z", "grad_w", "grad_b"):
        yield from _at_the_bend(box, formula, known)
    if " + " in formula:
        yield from _of_a_sum(right, formula, known)
    else:
        let_through = kind == "grad_z" and right == 0  # said by what it is at the bend
        parts = [part for part in names(formula)[let_through:] if part != "y"]
        for value in dict.fromkeys(known[part] for part in parts):
            alone = " or ".join(label(part) for part in parts if known[part] == value)
            yield value, f"That is {alone} alone; something is still to be done with it."
    if kind in ("grad_v", "grad_w", "grad_b", "grad_c"):
        yield from _of_a_parameter(box, formula, known)


def _of_a_sum(right, formula, known):
    """One term left out, or with its sign turned round."""
    for term in formula.split(" + "):
        size = np.prod([known[part] for part in names(term)])
        called = " · ".join(map(label, names(term)))
        if size:
            yield right - size, f"{called} is not in it."
            yield right - 2 * size, f"{called} has come in with the wrong sign."


def _at_the_bend(box, formula, known):
    """A slip in the slope of the activation alone: another factor in its place, or its 1 and 0 exchanged."""
    unit = re.fullmatch(r"grad_.(\d)\d?", box)[1]
    z, above, slope = label(f"z{unit}"), known[f"grad_a{unit}"], known[f"grad_z{unit}"]
    if box[5] == "z":
        says = f"At the bend it is multiplied by {{}}, which went {{}} there. The chain rule wants the slope at {z}."
        yield above * known[f"a{unit}"], says.format(label(f"a{unit}"), "out")
        if known[f"z{unit}"] != known[f"a{unit}"]:
            yield above * known[f"z{unit}"], says.format(z, "in")
    local = known[names(formula)[1]] if box[5] == "w" else 1
    at = f"{z} = {plain(known[f'z{unit}'])}"
    if slope == 0 and above * local:
        yield above * local, f"The size is right, but at {at} the bend is flat: its slope is 0."
    elif slope:
        yield 0, f"At {at} the bend is not flat: its slope is not 0."


def _of_a_parameter(box, formula, known):
    """Multiplied by another number than the one that the parameter is multiplied by on the way forward."""
    upstream, own = known[names(formula)[0]], box[5:]
    if own[0] in "bc":
        yield 1, f"That is the local slope alone. {label(names(formula)[0])} arrives there, and belongs in it."
        says = f"It is multiplied by {label(own)} itself. If a bias moves by 1, so does the sum that it stands in."
        yield upstream * known[own], says
        return
    source = names(formula)[1]
    yield upstream * known[own], f"It is multiplied by {label(own)} itself, and not by what {label(own)} multiplies."
    if source[0] == "a":
        z = f"z{source[1:]}"
        if upstream * known[z]:
            yield upstream * known[z], f"It is multiplied by {label(z)}. What does {label(own)} read?"
