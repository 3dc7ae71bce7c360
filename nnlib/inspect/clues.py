"""Clues: what is known where an array is wrong, and whether a formula, or a factor, explains it."""

import numpy as np

from nnlib.inspect.recognise import form_of, same

EXACT = 1e-6


class Clues:
    """What is known where an array is wrong: the values that went through, and what the part computes."""

    def __init__(self, walk, fault):
        self.fault, self.mine, self.g = fault, fault.mine, fault.arriving
        model = walk.model
        self.m, self.k = walk.values[0].shape[1], walk.values[-1].shape[0]
        self.facts = {"m": self.m, "k": self.k, "others": self.m - 1, "last": type(model.places[-1].part).__name__}
        self.facts["where"] = "the loss" if fault.place is None else type(fault.place.part).__name__
        if fault.place is None:
            return
        index = model.places.index(fault.place)
        self.x, self.output, self.part = walk.values[index], walk.values[index + 1], walk.parts[index].part
        self.below = walk.values[max(index - 4, 0) : index]
        block = [place for place in model.places if place.block == fault.place.block]
        self.above = walk.values[index + 2] if fault.place is not block[-1] else None
        self.form = form_of(self.part, self.x, self.output)
        bend = self.form.bend if self.form else None
        self.facts |= {"units": len(self.output), "features": len(self.x)}
        self.facts["bend"] = type(fault.place.part).__name__ if bend is None else type(bend).__name__
        self.place = fault.place


def matches(clues, table):
    """(kind, {}) for every array of `table` that is the learner's; exact ones first, then with a factor before them."""
    near, exact = [], False
    for kind, array in table:
        if array is None or np.shape(array) != np.shape(clues.mine) or agrees(clues, array):
            continue
        if same(array, clues.mine, EXACT):
            exact = True
            yield kind, {}
        elif array.any():
            near.append((kind, ratio(clues.mine, array)))
    for kind, factor in [] if exact else near:
        factor = factor and next((other for other in factor_kinds(clues, factor) if other != "ratio"), None)
        if factor:
            yield f"{kind} {factor}", {}


def agrees(clues, array):
    """Whether an array is right, by what was measured (a kink's two sides aside)."""
    return clues.fault.slopes.agree(array / 1.0)


def ratio(mine, array):
    """The one factor between two arrays where the second is known, or None."""
    known = np.isfinite(array)
    mine, array = np.asarray(mine)[known], array[known]
    if not array.any() or not np.isfinite(mine).all():
        return None
    factor = float((mine * array).sum() / (array * array).sum())
    return (
        factor if np.abs(mine - factor * array).max() <= 3e-6 * max(abs(factor), 1e-300) * np.abs(array).max() else None
    )


def factor_kinds(clues, factor):
    """What a factor between the learner's array and the right one can come from."""
    m, k, what = clues.m, clues.k, clues.fault.what
    weights, bias = (
        what not in ("inputs", "loss") and not is_bias(clues),
        what not in ("inputs", "loss") and is_bias(clues),
    )
    parameter = weights or bias
    table = [("gradient_sign", -1)]
    if parameter:
        table += [("weights_gradient_missing" if weights else "bias_gradient_missing", 0)]
        table += [("mean_missing", m), ("mean_twice", 1 / m), ("mean_missing_sign", -m)]
        table += [
            ("units_for_examples", m / clues.facts["units"]),
            ("features_for_examples", m / clues.facts["features"]),
        ]
    elif what == "inputs":
        table += [("zeros", 0), ("mean_handed_down", 1 / m), ("mean_missing", m)]
    else:
        table += [
            ("zeros", 0),
            ("mean_missing", m),
            ("mean_twice", 1 / m),
            ("outputs_missing", k),
            ("outputs_twice", 1 / k),
        ]
        table += [("factor_two_missing", 0.5), ("factor_two_extra", 2)]
    if parameter:
        table += [("half", 0.5), ("double", 2)]
        count = m / factor if factor else 0
        known = any(abs(factor - value) <= 1e-5 * max(abs(value), 1e-6) for _, value in table)
        if not known and abs(count - round(count)) < 1e-5 and round(count) > 1:
            clues.facts["count"] = round(count)
            table.append(("other_count", m / round(count)))
    found = [kind for kind, value in table if abs(factor - value) <= 1e-5 * max(abs(value), 1e-6) and value != 1]
    clues.facts["ratio"] = factor
    return list(dict.fromkeys(found)) or ["ratio"]


def is_bias(clues):
    return clues.form is not None and clues.fault.what == clues.form.bias


def with_factor(clues):
    scale = clues.fault.scale
    factor = ratio(clues.mine, clues.fault.right * (scale if clues.fault.what == "inputs" else 1))
    if factor and scale != 1.0 and clues.fault.what not in ("inputs", "loss") and abs(factor / scale - 1) < 1e-5:
        return [("mean_in_loss_too", {})]
    kinds = [] if factor is None or abs(factor - 1) < 1e-3 else factor_kinds(clues, factor)
    if kinds == ["ratio"] and np.size(clues.mine) == 1:
        return []  # any number is a multiple of another
    return [(kind, {}) for kind in kinds]
