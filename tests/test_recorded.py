"""What a loss computes is recorded whatever it is written with: the way back through it gives the measured slopes."""

import copy
import math

import numpy as np
import pytest

from nnlib.inspect.functions import slopes_of
from nnlib.inspect.graph import graph_of

A = np.array([[0.5, -1.5, 2.0], [1.0, 0.25, -0.75]])
B = np.array([[1.5, 0.5, -1.0], [0.75, 2.0, 1.25]])
V = np.array([0.5, 2.0, 1.5])


def filled(a, b):
    made = np.zeros((2, 3), dtype=float)
    made[:, 0] = a[:, 1]
    made[0, 1:] = b[0, 1:] * a[0, :2]
    return made


def overwritten(a, b):
    made = a * b
    made[0] = b[1]
    made[1, 2] = 7.0
    return made


def written_out(a, b):
    made = np.empty((2, 3))
    np.multiply(a, b, out=made)
    np.add(made, a, out=made)
    return made


def from_lists(a, b):
    return np.array([[a[0, 0], b[1, 2] * a[1, 1]], [a[1, 0] ** 2, 3.0]], dtype=float)


def by_number(a, b):
    return sum(math.exp(x) * math.tanh(y) + math.sqrt(y * y) + math.pow(y, 2) + math.fabs(x)
               + float(x) * math.log(y * y)
               for one, other in zip(a, b, strict=True) for x, y in zip(one, other, strict=True))  # fmt: skip


WAYS = {
    "add": lambda a, b: a + 2 * b, "subtract": lambda a, b: 1 - a - b, "multiply": lambda a, b: a * b * 3,
    "divide": lambda a, b: a / b + 1 / b, "negative": lambda a, b: -a * +b, "power": lambda a, b: (a * a) ** b,
    "powers": lambda a, b: a**3 + b**0 + a**1, "exp": lambda a, b: np.exp(a) + np.expm1(b),
    "log": lambda a, b: np.log(a * a) + np.log1p(b * b) + np.log2(a * a) + np.log10(b * b),
    "sqrt": lambda a, b: np.sqrt(a * a + b * b), "square": lambda a, b: np.square(a) * np.tanh(b),
    "size": lambda a, b: np.abs(a) + np.absolute(b), "reciprocal": lambda a, b: np.reciprocal(a) * b,
    "maximum": lambda a, b: np.maximum(a, b) + np.maximum(a, 0.3), "minimum": lambda a, b: np.minimum(a, b) * 2,
    "logaddexp": lambda a, b: np.logaddexp(a, b), "waves": lambda a, b: np.sin(a) + np.cos(b) + np.arctan(a * b),
    "matmul": lambda a, b: a @ b.T, "of a vector": lambda a, b: a @ V + V @ b.T, "dot": lambda a, b: np.dot(a.T, b),
    "method dot": lambda a, b: a.dot(b.T), "dot with a number": lambda a, b: np.dot(a, 2.0) + b,
    "of a stack": lambda a, b: np.matmul(a.reshape(2, 1, 3), b.reshape(2, 3, 1)),
    "sum": lambda a, b: a.sum(axis=0) * b.sum(), "sum kept": lambda a, b: a / b.sum(axis=1, keepdims=True),
    "mean": lambda a, b: np.mean(a, axis=1) - b.mean(), "max": lambda a, b: a.max(axis=0) + np.max(b),
    "min": lambda a, b: a.min(axis=1) + np.min(b), "norm": lambda a, b: np.linalg.norm(a) * b,
    "where": lambda a, b: np.where(a > b, a * a, 3 * b), "where alone": lambda a, b: np.where(a > 0, a, 0) + b,
    "nan_to_num": lambda a, b: np.nan_to_num(a) * b, "concatenate": lambda a, b: np.concatenate([a, b, a], axis=1) ** 2,
    "joined with data": lambda a, b: np.concatenate([a, np.ones((1, 3)), b]),
    "clip": lambda a, b: np.clip(a, -1.1, 1.2) * b,
    "method clip": lambda a, b: a.clip(-0.5, 0.8) + b, "turned": lambda a, b: a.T * b.transpose(1, 0),
    "swapaxes": lambda a, b: a.swapaxes(0, 1) @ b, "reshape": lambda a, b: a.reshape(3, 2) @ b,
    "three axes": lambda a, b: a.reshape(1, 2, 3).transpose(2, 0, 1).reshape(3, 2) @ b,
    "ravel": lambda a, b: a.ravel() * b.flatten(), "squeeze": lambda a, b: a[:1].squeeze(axis=0) * b[1],
    "copy": lambda a, b: a.copy() * b.astype(float), "rows": lambda a, b: [row * 2 for row in a][1] + b,
    "places": lambda a, b: a[[0, 0, 1]] * b[[1, 0, 0]], "mask": lambda a, b: a[A > 0] * 2 + b.sum(), "columns": lambda
    a, b: a[:, 1:] * b[:, :2], "filled": filled, "overwritten": overwritten, "written out": written_out,
    "from lists": from_lists, "by number": by_number, "broadcast": lambda a, b: a[:, :1] * b + a[0],
    "stacked": lambda a, b: np.vstack([a, b]) @ np.hstack([a.T, b.T]), "stack": lambda a, b: np.stack([a[0], b[1]]),
    "sum of a list": lambda a, b: np.sum([a[0], b[1]], axis=0) + np.mean([a[0, 0], b[0, 0]]),
    "outer": lambda a, b: np.outer(a[0], b[1]), "pad": lambda a, b: np.pad(a, 1) * 2 + b.sum(),
    "pad sides": lambda a, b: np.pad(a, ((0, 1), (2, 0)))[:2, 2:] * b, "ones": lambda a, b: np.ones_like(a) * b + a,
    "one side twice": lambda a, b: np.pad(a, (1, 2))[1:3, 1:4] * b, "full": lambda a, b: np.full((2, 3), 2.0) * a - b,
    "item": lambda a, b: a[0, 0].item() * b + (a * b).sum().item(), "deepcopy": lambda a, b: copy.deepcopy(a) * b,
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
def test_the_way_back_through_an_operation_gives_the_slopes(name):
    parameters, way = {"A": A.copy(), "B": B.copy()}, WAYS[name]

    def loss(p):
        made = way(p["A"], p["B"])
        return np.sum(made * made) + p["A"].sum() + p["B"].sum()

    slopes = slopes_of(lambda: float(loss(parameters)), parameters, {key: range(6) for key in parameters})
    graph = graph_of(loss, parameters, True)
    assert graph is not None
    for key, back in graph.back().items():
        np.testing.assert_allclose(back, slopes[key], rtol=1e-6, atol=1e-6, err_msg=key)
    assert np.array_equal(parameters["A"], A) and np.array_equal(parameters["B"], B)


def test_the_way_back_through_a_maximum_of_equals_and_wrong_ones():
    parameters = {"A": np.array([[1.0, 3.0, 3.0]])}
    graph = graph_of(lambda p: p["A"].max(axis=1).sum(), parameters, True)
    assert graph.back()["A"].tolist() == [[0, 1, 1]]
    wrong = next(node.wrong_pulls for node in graph.nodes if node.wrong_pulls)
    one = np.ones(1)
    assert {kind: np.round(pull(2 * one)[0], 9).tolist() for kind, pull in wrong.items()} == {
        "maximum_shared": [[0.666666667] * 3], "maximum_to_all": [[2.0] * 3], "maximum_for_error": [[0, 3, 3]],
    }  # fmt: skip
