"""What belongs to what in a network of one's own, by name and by shape: parameters, gradients, blocks, updates."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import Dense, ReLU, Sigmoid
from nnlib.inspect import own

W, B = np.ones((2, 3)), np.zeros((1, 3))


@pytest.mark.parametrize(("where", "name", "there", "other", "yes"), [
    ("", "W", "", "dW", True), ("", "W", "", "W", False), ("", "W", "", "db", False),
    ("", "weights", "", "grad_w", True),
    ("", "weights", "", "grad_weights", True), ("", "W1", "", "dL_dW1", True), ("", "W1", "", "dW2", False),
    ("", "W", "", "W_grad", True), ("", "W", "", "Wgradient", True), ("", "W", "", "V", False),
    ("", "gamma", "", "g", False),
    ("params", "W", "grads", "W", True), ("params", "W", "grads", "dW", True), ("params", "W", "grads", "b", False),
    ("params", 0, "grads", 0, True), ("params", 0, "grads", 1, False), ("weights", 0, "dweights", 0, True),
    ("weights", 0, "grad_weights", 0, True), ("weights", 0, "biases", 0, False), ("", "W", "grads", "dW", True),
    ("", "W", "cache", "dW", False), ("", "W", "deltas", "W", False), ("params", "W", "cache", "W", False),
    ("params", "dW", "params", "dW", False), ("params", "W", "params", "dW", True), ("biases", 1, "nabla_b", 1, True),
    ("b", 1, "nabla_b", 1, True), ("", "beta", "", "dbeta", True), ("", "b", "", "dbeta", False),
])  # fmt: skip
def test_a_gradient_is_called_after_its_parameter(where, name, there, other, yes):
    assert own.is_gradient(where, name, there, other) is yes


@pytest.mark.parametrize(("gradient", "of"), [
    ("dW", "w"), ("gW", "w"), ("grad_w", "w"), ("W_grad", "w"), ("dL_dW", "w"), ("d_W1", "w1"), ("gradient_of", "of"),
    ("delta2", "2"), ("nabla_b", "b"), ("weights_gradients", "weights"), ("W", ""), ("velocity", ""), (0, ""),
    ("grad", "rad"),
])  # fmt: skip
def test_what_a_gradient_is_called_after(gradient, of):
    assert own.its_parameter(gradient) == of


@pytest.mark.parametrize(("gradient", "array", "may"), [
    ((3,), (3, 1), True), ((3, 1), (3,), True), ((1, 3), (3,), False), ((3,), (1, 3), False), ((4, 3), (1, 3), True),
    ((3, 2), (2, 3), False), ((), (2, 3), True), ((2, 3), (2, 3), False), ((5,), (2, 3), False), ((2, 1), (2, 3), True),
])  # fmt: skip
def test_a_gradient_of_another_shape_may_be_one_that_was_not_added_up(gradient, array, may):
    assert own.may_stand_for(np.zeros(gradient), np.zeros(array)) == may


def test_parameters_are_paired_with_the_gradient_of_the_longest_name_and_the_same_shape():
    arrays = {("", "b"): B, ("", "beta"): B, ("", "db"): B, ("", "dbeta"): B, ("", "dW"): W, ("", "W"): W}
    kept = {key: arrays[key] for key in arrays if "d" not in key[1]}
    assert own.pairs_in(kept, arrays) == {("", one): ("", f"d{one}") for one in ("b", "beta", "W")}
    assert own.pairs_in({("", "W"): W}, {("", "dW"): W.T}) == {}, "turned it is another shape"
    assert own.pairs_in({("", "b"): B}, {("", "db"): B[0] * 0, ("", "grad_b"): np.zeros((4, 3))}) != {}
    several = {("", "db"): np.zeros((4, 3)), ("", "b_grad"): B}
    assert own.pairs_in({("", "b"): B}, several) == {("", "b"): ("", "b_grad")}


def test_what_a_part_holds_in_dictionaries_and_lists_is_found_by_its_place():
    part = SimpleNamespace(W=W, n=3, rate=0.1, whole=np.arange(3), params={"W": W, "n": 1}, both=[B, W], name="x",
                           one=np.float64(2), inner=(W,))  # fmt: skip
    assert {*own.named_arrays(part)} == {("", "W"), ("", "one"), ("params", "W"), ("both", 0), ("both", 1)}
    for where, name in own.named_arrays(part):
        own.put(part, where, name, 2 * own.get(part, where, name))
    assert part.params["W"][0, 0] == 2 == part.W[0, 0] and part.both[1][0, 0] == 2 and part.one == 4


def test_parts_in_one_row_are_blocks_that_begin_with_parameters():
    one, two, bend, last = Dense(2), Dense(3), ReLU(), Sigmoid()
    for part in (one, two):
        part.build(2, np.random.default_rng(0))
    assert own.blocks_of([one, bend, two, last]) == ((one, bend), (two, last))
    assert own.blocks_of([bend, one, two]) == ((bend,), (one,), (two,))
    assert own.blocks_of([[one, bend], (two,)]) == ((one, bend), (two,))
    assert own.blocks_of([[one, bend], two]) == ((one, bend), (two,))
    assert own.parts_of([[one, bend], two]) == [one, bend, two] and own.parts_of(()) == []


@pytest.mark.parametrize(("update", "yes"), [
    (lambda: 0, True), (lambda rate=0.1: 0, True), (lambda *more: 0, True), (lambda **more: 0, True),
    (lambda rate: 0, False), (lambda rate, x=1: 0, False), (3, False), (None, False),
])  # fmt: skip
def test_an_update_steps_by_itself_if_it_wants_nothing(update, yes):
    assert own.steps_by_itself(SimpleNamespace(update=update)) is yes
    assert own.steps_by_itself(SimpleNamespace()) is False


def test_whatever_holds_an_array_holds_the_other_in_its_place():
    other, inner = np.zeros(2), SimpleNamespace(W=W, b=B)
    held = {"W": W, "list": [W, B, 3], "tuple": (W, inner), "text": "W", "itself": None}
    held["itself"] = held
    own.exchange(held, {id(W): other})
    assert held["W"] is other is held["list"][0] is inner.W and held["list"][1] is B is inner.b
    assert held["tuple"][0] is W, "what nobody may write into stays"


def test_the_numbers_of_a_class_are_its_networks_too_unless_it_has_its_own():
    kind = type("Mine", (), {"rate": 0.1, "momentum": 0.9, "count": 3})
    one = kind()
    one.rate = 0.2
    found = own.numbers_of(one)
    assert found["rate"] == 0.2 and found["momentum"] == 0.9 and "count" not in found


def test_examples_stand_in_rows_where_one_that_moves_leaves_the_others():
    def network(up):
        return type("Mine", (), {"__call__": lambda self, x: up(x), "layers": (), "__module__": __name__})()

    x = np.random.default_rng(0).standard_normal((4, 3))
    assert own.in_rows(network(lambda x: x @ np.ones((3, 2))), x)
    assert not own.in_rows(network(lambda x: np.ones((2, 4)) @ x), x)
    assert own.in_rows(network(lambda x: (x - x.mean(axis=0)) @ np.ones((3, 2))), x)
    assert not own.in_rows(network(lambda x: x.sum()), x) and not own.in_rows(network(lambda x: x), x[:1])
    square = x[:3]
    assert own.in_rows(network(lambda x: x @ np.arange(9.0).reshape(3, 3)), square)
    assert not own.in_rows(network(lambda x: np.arange(9.0).reshape(3, 3) @ x), square)
    assert own.in_rows(network(lambda x: x - x.mean(axis=0)), square)
    assert not own.in_rows(network(lambda x: np.diag([1.0, 2, 3]) @ (x - x.mean(axis=1, keepdims=True))[::-1]), square)
