"""A diagnosis: what kind of mistake a wrong array shows.

    print(diagnose_arrays(mine, right, m=200))

A wrong number says little; the way in which it is wrong says a lot. 200 times too large, with 200 examples: the
mean is missing. What a diagnosis says coaches; it does not give the line away. `diagnose` does the same for a
whole network.
"""

import itertools
import re
from dataclasses import dataclass

import numpy as np

from nnlib.activation import Sigmoid, Softmax, Tanh
from nnlib.inspect.sentences import sentence


@dataclass(frozen=True)
class Diagnosis:
    """A mistake: its `kind`, a `sentence` for the learner, and `evidence`, the numbers behind it by name.

    `also` names other kinds that the same numbers fit, such as k = 2 outputs and a factor 2; the sentence tells.
    `besides` holds the `Diagnosis` of every further mistake of the same network.
    """

    kind: str
    sentence: str
    evidence: dict
    also: tuple = ()
    besides: tuple = ()

    def __str__(self):
        return self.sentence


def diagnose_arrays(
    got, expected, m=None, k=None, inputs=None, grad_output=None, weights=None, regularization_factor=0.0,
    z=None, activation=None,
):  # fmt: skip
    """The mistake in an array, as a `Diagnosis`, or None if `got` is `expected` (to a relative 1e-6).

    Two arrays, or two dictionaries of arrays with the same keys, in forward order; keys that are called after
    parameters, as in "weights", "block 2 bias" or ("block 2", "weights"), tell more.

    What else is known may be given, and more is recognised: `m` examples and `k` outputs; for the gradient of
    weights `(units, features)`, of a bias `(units, 1)` or of a layer's inputs `(features, m)`, the layer's `inputs`
    `(features, m)`, the `grad_output` `(units, m)` at its output, and `weights`, with `regularization_factor`; for
    the gradient at an activation, `z`, the `activation` and the `grad_output` that arrives (without it: for its
    slope).

    By shape: flat, examples_kept, shape, transposed. By one factor: sign, mean_missing, mean_twice, outputs_missing,
    outputs_twice, half, double, log_of_base, zeros, mean_missing_sign, ratio. By pattern: rows_equal, columns_equal; in
    a dictionary: bias_summed, bias_gradient_missing, bias_only, weights_only, handed_down. With the rest:
    first_example_only, last_example_only, l2_missing, l2_doubled, l2_not_averaged, grad_weights_for_weights,
    weights_not_transposed, slope_missing, slope_at_output, slope_of_output_at_z, softmax_elementwise. Else:
    not_numbers, not_finite, unknown.

    >>> print(diagnose_arrays(np.array([[40.0]]), np.array([[2.0]]), m=20))
    Your gradient is 20 times too large, and your batch has 20 examples: where do you take their mean?
    >>> print(diagnose_arrays(np.array([[2.0]]), np.array([[2.0]]), m=20))
    None
    """
    if m is None:
        m = next((np.shape(given)[1] for given in (grad_output, inputs, z) if np.ndim(given) == 2), None)
    facts = {"m": m, "k": k, "others": None if m is None else m - 1, "last": "the last activation"}
    facts["where"] = type(activation).__name__  # which only what is said of a known one names
    several_arrays = isinstance(expected, dict)
    pairs = [(key, got.get(key), expected[key]) for key in expected] if several_arrays else [("", got, expected)]

    arrays = []
    for key, mine, right in pairs:
        right = np.asarray(right, float)
        trouble, mine = readable(mine, right, facts)
        if trouble is not None:
            kind, values = trouble
            label = f"{label_of(key)}: " if several_arrays else ""
            evidence = {"key": key, "got": np.shape(mine), "expected": right.shape}
            return Diagnosis(kind, label + sentence(kind, {**facts, **values}), evidence)
        arrays.append((key, mine, right))
    wrong = [(key, mine, right) for key, mine, right in arrays if not close(mine, right)]
    if not wrong:
        return None

    found = {}
    ratios = [ratio_of(mine, right) for _, mine, right in wrong]
    untouched = [right for key, mine, right in arrays if close(mine, right) and right.any()]
    if None not in ratios and np.ptp(ratios) <= 1e-6 * abs(ratios[0]):
        ratio = facts["ratio"] = float(np.mean(ratios))
        kinds, facts["base"] = kinds_of_ratio(ratio, m, k), 2 if ratio < 1 else 10
        biases = all("bias" in label_of(key) for key, _, _ in wrong)
        if untouched and biases and ratio == 0:
            kinds = ["bias_gradient_missing"]
        elif untouched and biases:
            kinds = ["bias_summed" if kind == "mean_missing" else kind for kind in kinds]
        if kinds == ["ratio"] and sum(right.size for _, _, right in wrong) == 1:
            kinds = []  # any number is a multiple of another
        found = {kind: sentence(kind, facts) for kind in kinds}
    if len(wrong) == 1:
        _, mine, right = wrong[0]
        for kind, guess in candidates(right, m, inputs, grad_output, weights, regularization_factor, z, activation):
            if close(mine, guess):
                found.pop("ratio", None)
                found.setdefault(kind, sentence(kind, facts))
    if not found:
        found = pattern(arrays, wrong, facts)
    key, mine, right = wrong[-1]
    bad = np.abs(mine - right) > 1e-6 * np.abs(right).max(initial=0)
    first = tuple(int(i) for i in np.argwhere(bad)[0]) if bad.any() else (0,) * right.ndim
    agree, size = int((~bad).sum()), int(right.size)
    evidence = {"key": key, "first": first, "got": float(mine[first]), "agree": agree, "of": size}
    if "ratio" in facts:
        evidence["ratio"] = facts["ratio"]
    if found:
        return several(found, evidence)
    where = f"in {' and '.join(label_of(one) for one, _, _ in wrong)}, " if several_arrays else ""
    where += f"in {label_of(key)} " if len(wrong) > 1 else ""
    where += f"first at {first}, where you have {mine[first]:.4g}; {agree} of {size} numbers are right"
    return Diagnosis("unknown", sentence("unknown", {"where": where}), evidence)


def readable(mine, right, facts):
    """((kind, values), array) if the array cannot be compared, (None, array) if it can."""
    came = type(mine).__name__ if mine is not None else "nothing"
    try:
        mine = np.asarray(mine)
    except ValueError:  # rows of different lengths
        return ("not_numbers", {"got": came}), np.empty(0)
    if mine.dtype.kind not in "biuf":
        return ("not_numbers", {"got": came}), mine
    mine = mine.astype(float)
    if mine.shape != right.shape:
        values = {"got": mine.shape, "expected": right.shape}
        if mine.ndim == 2 and mine.T.shape == right.shape and min(right.shape) > 1:
            return ("transposed" if close(mine.T, right) else "shape", values), mine
        if mine.size == right.size:
            return ("flat", values), mine
        for line, shape in (("column", (right.size, facts["m"])), ("row", (facts["m"], right.size))):
            if mine.shape == shape and max(right.shape, default=1) == right.size:
                return ("examples_kept", values | {"line": line}), mine
        if mine.size == facts["m"]:
            return ("one_per_example", values), mine
        return ("shape", values), mine
    if not np.isfinite(mine).all():
        first = tuple(int(i) for i in np.argwhere(~np.isfinite(mine))[0])
        return ("not_finite", {"got": mine[first], "where": f"first at {first}"}), mine
    return None, mine


def ratio_of(mine, right, tolerance=1e-6):
    """The one factor between two arrays, or None."""
    if not right.any():
        return None
    ratio = float((mine * right).sum() / (right * right).sum())
    return (
        ratio
        if np.abs(mine - ratio * right).max() <= tolerance * max(abs(ratio), 1e-300) * np.abs(right).max()
        else None
    )


def kinds_of_ratio(ratio, m, k):
    """All mistakes that multiply a gradient by `ratio`, the likeliest first."""
    factors = [("zeros", 0), ("sign", -1)]
    if m is not None and m > 1:
        factors += [("mean_missing", m), ("mean_twice", 1 / m), ("mean_missing_sign", -m)]
    if k is not None and k > 1:
        factors += [("outputs_missing", k), ("outputs_twice", 1 / k)]
    factors += [("half", 0.5), ("double", 2), *(("log_of_base", np.log(base)) for base in (2, 10))]
    return [kind for kind, factor in factors if abs(ratio - factor) <= 1e-6 * abs(factor)] or ["ratio"]


def candidates(right, m, inputs, grad_output, weights, regularization_factor, z, activation):
    """(kind, array) for every mistake that can be made with what is known."""
    scales = {1, m or 1}
    if grad_output is not None:
        for scale, (kind, e) in itertools.product(scales, (("first_example_only", 0), ("last_example_only", -1))):
            yield kind, grad_output[:, [e]] / scale
            if inputs is not None:
                yield kind, grad_output[:, [e]] @ inputs[:, [e]].T / scale
    if weights is not None and regularization_factor and m:
        term = regularization_factor / m * weights
        if term.shape == right.shape:
            yield "l2_missing", right - term
            yield "l2_doubled", right + term
            yield "l2_not_averaged", right + (m - 1) * term
    if weights is not None and grad_output is not None:
        if len(set(weights.shape)) == 1:
            yield "weights_not_transposed", weights @ grad_output
        if inputs is not None:
            for scale in scales:
                yield "grad_weights_for_weights", (grad_output @ inputs.T / scale).T @ grad_output
    if z is not None and activation is not None:
        arriving = np.ones_like(z) if grad_output is None else grad_output
        yield "slope_missing", arriving
        if hasattr(activation, "gradient"):
            yield "slope_at_output", arriving * activation.gradient(activation(z))
        if isinstance(activation, Sigmoid | Tanh):
            yield "slope_of_output_at_z", arriving * (z * (1 - z) if isinstance(activation, Sigmoid) else 1 - z * z)
        if isinstance(activation, Softmax):
            output = activation(z)
            yield "softmax_elementwise", arriving * output * (1 - output)


def pattern(arrays, wrong, facts):
    """Kinds that show in how the numbers are arranged, or in which arrays are wrong."""
    mines = [(mine, right) for _, mine, right in wrong if right.ndim == 2 and right.shape[0] > 1]
    if mines and all(np.ptp(m, axis=0).max() == 0 < np.ptp(r, axis=0).max() and m.any() for m, r in mines):
        return {"rows_equal": sentence("rows_equal", facts)}
    mines = [(mine, right) for _, mine, right in wrong if right.ndim == 2 and right.shape[1] > 1]
    if mines and all(np.ptp(m, axis=1).max() == 0 < np.ptp(r, axis=1).max() and m.any() for m, r in mines):
        return {"columns_equal": sentence("columns_equal", facts)}
    if any(mine.ndim == 2 and close(mine.reshape(mine.shape[::-1]).T, right) for _, mine, right in wrong):
        return {"transposed": sentence("transposed", facts)}
    if len(arrays) < 2:
        return {}
    bad = [key for key, _, _ in wrong]
    for name, kind, other in (("bias", "bias_only", "weights"), ("weights", "weights_only", "bias")):
        told = [name in label_of(key) if key in bad else other in label_of(key) for key, _, _ in arrays]
        if all(told) and len(bad) < len(arrays):
            return {kind: sentence(kind, facts)}
    blocks = [block_of(key) for key, _, _ in arrays]
    if [key in bad for key, _, _ in arrays] == [block != blocks[-1] for block in blocks]:
        return {"handed_down": sentence("handed_down", facts)}
    return {}


def several(found, evidence):
    """One diagnosis from {kind: sentence}: the first, and what else the same numbers fit."""
    (kind, text), *rest = found.items()
    if rest:
        text += " The same numbers would also come from this: " + " Or: ".join(other for _, other in rest)
    return Diagnosis(kind, text, evidence, tuple(other for other, _ in rest))


def label_of(key):
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def block_of(key):
    """What tells one layer's arrays from another's: the number in "block 2 bias" or "weights2"."""
    label = label_of(key)
    return (re.findall(r"\d+", label) or [label])[0]


def close(one, other, tolerance=1e-6):
    """Whether two arrays agree, relative to the largest number."""
    if np.shape(one) != np.shape(other):
        return False
    scale = max(np.abs(one).max(initial=0), np.abs(other).max(initial=0))
    return bool(np.abs(np.subtract(one, other)).max(initial=0) <= tolerance * scale)
