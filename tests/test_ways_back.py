"""Each wrong way back through a graph is known again by its numbers, and is said to be where it is: tests/slips.txt."""

import itertools
from pathlib import Path
from types import SimpleNamespace

import kept_words
import numpy as np
import pytest

from nnlib.inspect.graph import graph_of
from nnlib.inspect.ways_back import as_inputs, done, factor, same_array, slips_in, wrong_way

RNG = np.random.default_rng(11)
X, Y, CLASSES = RNG.standard_normal((6, 3)), RNG.uniform(0.1, 0.9, (6, 2)), np.arange(6) % 2
MASK = (np.arange(24).reshape(6, 4) % 3 > 0) / 0.7
LABELS = np.eye(2)[CLASSES]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def parameters(*sizes, rows=True):
    rng, made = np.random.default_rng(2), {}
    for k, (features, units) in enumerate(itertools.pairwise(sizes), 1):
        W, b = rng.standard_normal((features, units)), 0.3 * rng.standard_normal((1, units))
        made |= {f"W{k}": W if rows else W.T.copy(), f"b{k}": b if rows else b.T.copy()}
    return made


def two_layers(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    return np.mean((sigmoid(h @ p["W2"] + p["b2"]) - Y) ** 2)


def in_columns(p):
    h = np.maximum(0, p["W1"] @ X.T + p["b1"])
    h = np.tanh(p["W2"] @ h + p["b2"])
    out = softmax(p["W3"] @ h + p["b3"], 0)
    return -np.mean(np.log(out[CLASSES, np.arange(6)]))


def classes(p):
    h = np.maximum(0, X @ p["W1"] + p["b1"])
    out = softmax(h @ p["W2"] + p["b2"], 1)
    return -(LABELS * np.log(out)).sum() / 6


def masked(p):
    h = np.tanh(X @ p["W1"] + p["b1"]) * MASK
    out = sigmoid(np.clip(h @ p["W2"] + p["b2"], -0.4, 0.4))
    return -np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out))


def bent_twice(p):
    z = X @ p["W1"] + p["b1"]
    h = np.tanh(z * sigmoid(z))
    return np.mean((h @ p["W2"] + p["b2"] - Y) ** 2)


def skips(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    h = h + sigmoid(h @ p["W2"] + p["b2"])
    return np.mean((h @ p["W3"] + p["b3"] - Y) ** 2)


def one_by_one(p):
    total = 0.0
    for x, y in zip(X, Y, strict=True):
        h = np.tanh(x[None] @ p["W1"] + p["b1"])
        total = total + ((sigmoid(h @ p["W2"] + p["b2"]) - y) ** 2).sum()
    return total / 6


def shared(p):
    h = np.tanh(X[:, :2] @ p["W1"] + p["b1"])
    h = np.tanh(h @ p["W1"] + p["b1"])
    return np.mean((h - Y) ** 2)


def normed(p):
    z = X @ p["W1"] + p["b1"]
    z = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 1e-5)
    return np.mean((np.maximum(0, z) @ p["W2"] + p["b2"] - Y) ** 2)


NETWORKS = {two_layers: parameters(3, 4, 2), in_columns: parameters(3, 4, 4, 2, rows=False),
            classes: parameters(3, 4, 2), masked: parameters(3, 4, 2), bent_twice: parameters(3, 4, 2),
            skips: parameters(3, 4, 4, 2), one_by_one: parameters(3, 4, 2), shared: parameters(2, 2),
            normed: parameters(3, 4, 2)}  # fmt: skip


@pytest.mark.parametrize("network", NETWORKS, ids=lambda one: one.__name__)
def test_each_wrong_way_back_is_known_again_by_its_numbers(network):
    graph = graph_of(network, NETWORKS[network], True)
    right, seen, words = graph.back(), [], []
    with np.errstate(all="ignore"):
        for slip in [*slips_in(graph, right, right, 6)]:
            got = done(graph, [slip], right)
            if not all(np.isfinite(one).all() for one in got.values()):
                continue
            if any(one.any() for one in got.values()) and not all(same_array(got[name], right[name]) for name in right):
                seen.append((slip, {name: np.array(one) for name, one in got.items()}))
            facts = " ".join(f"{name}={value}" for name, value in slip.facts.items() if not isinstance(value, float))
            only = "" if slip.only is None else f"only {' '.join(sorted(slip.only))}"
            words.append(f"{slip.kind} | {slip.where} | {facts} | {only}")
    first = {}
    for slip, got in seen[::3]:  # what comes first says the same of these numbers
        before = next((one for one, its in seen if factor(its, got) == 1.0), slip)
        found = wrong_way(graph, got, 6, 2)
        assert found is not None, (slip.kind, slip.where)
        assert slip.where == "" or slip.where[0] in "IA", slip.where
        first.setdefault(found.kind == before.kind, []).append((slip.kind, found.kind, before.kind))
    assert len(first.get(False, ())) <= 0.1 * len(seen), first[False]
    kept_words.compare(Path(__file__).with_name("slips.txt"), network.__name__, "\n".join(dict.fromkeys(words)))


def test_of_a_multiple_of_a_wrong_way_both_are_told_and_of_no_way_at_all_nothing():
    graph = graph_of(two_layers, NETWORKS[two_layers], True)
    right = graph.back()
    slip = next(one for one in slips_in(graph, right, right, 6) if one.kind == "slope_missing")
    got = {name: 6 * one for name, one in done(graph, [slip], right).items()}
    found = wrong_way(graph, got, 6, 2)
    assert found.kind == "slope_missing" and "mean_missing" in found.also and "And besides: " in str(found)
    noise = {name: one + 0.1 * np.random.default_rng(1).standard_normal(one.shape) for name, one in right.items()}
    assert wrong_way(graph, noise, 6, 2) is None


def test_two_wrong_places_are_told_as_two():
    graph = graph_of(in_columns, NETWORKS[in_columns], True)
    right = graph.back()
    one, other = (next(it for it in slips_in(graph, right, right, 6) if it.kind == kind and it.only is None and
                       it.where.endswith(name)) for kind, name in (("slope_missing", "`W1`"), ("weights_sign", "`W3`")))
    found = wrong_way(graph, done(graph, [one, other], right), 6, 2)
    assert {found.kind, *found.also} == {"slope_missing", "weights_sign"} and " And: " in str(found)


def test_an_array_may_be_the_inputs_of_a_product_if_it_fits_and_is_another():
    x, other = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[1.0, 0, 3], [4, 5, 6]])
    for side, values in ((0, (None, x)), (1, (x, None))):
        one = SimpleNamespace(side=side, values=values)
        assert as_inputs(other, one) is other
        np.testing.assert_array_equal(as_inputs(other.T, one), other)
        assert as_inputs(x.copy(), one) is None is as_inputs(other[:1], one)
    number = SimpleNamespace(side=0, values=(None, np.array([[2.0]])))
    assert as_inputs(np.array([[3.0]]), number) is None, "any number may be the input of one weight"
