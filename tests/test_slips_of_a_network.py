"""Single decisions of diagnose: who is excused, which kinds explain most, whose step is divided, what is recorded."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import Dense
from nnlib.inspect.diagnose import excused, grouped
from nnlib.inspect.later import divided, explained
from nnlib.inspect.recording import Node, reduced

OUTPUT, LABELS = np.array([[0.2, 0.7]]), np.array([[0.0, 1.0]])


def fault(*kinds, mine=0.0, arriving=1.0, place="last"):
    return SimpleNamespace(kinds=kinds, mine=np.asarray(mine), arriving=np.asarray(arriving), place=place)


def test_the_loss_is_excused_where_the_last_activation_hands_down_what_it_gets():
    of_loss, through = fault(mine=OUTPUT - LABELS, place=None), fault("softmax_axis", mine=OUTPUT, arriving=OUTPUT)
    other, changed = fault("ratio", mine=OUTPUT, arriving=OUTPUT), fault("softmax_axis", mine=OUTPUT, arriving=LABELS)

    def said(one, *faults):
        return excused(one, SimpleNamespace(faults=[one, *faults], values=[None, OUTPUT], labels=LABELS))

    assert said(of_loss, through) and said(of_loss, other, through)
    assert not said(of_loss) and not said(of_loss, other) and not said(of_loss, changed) and not said(through)
    assert not said(fault(mine=LABELS - OUTPUT, place=None), through)


def test_the_fewest_kinds_explain_all_faults_and_the_nameless_stand_last():
    one, two, three, none = fault("a", "b"), fault("b", "a"), fault("c"), fault()
    assert grouped([none, three, one, two]) == [(["a", "b"], [one, two]), (["c"], [three]), ([], [none])]
    four = fault("b")
    assert grouped([one, two, four]) == [(["b"], [one, two, four])]
    assert grouped([]) == []
    five = fault("b", "c")
    assert grouped([fault("a", "c"), five])[0][0] == ["c"], "what both have in common"


class Place:
    def __init__(self, part):
        self.part = part


def pieces_of(*sizes):
    places, pieces, start = [], [], 0
    for units, features in sizes:
        layer = Dense(units)
        layer.build(features, np.random.default_rng(0))
        places.append(Place(layer))
        for name in ("weights", "bias"):
            size = getattr(layer, name).size
            pieces.append((places[-1], name, slice(start, start + size)))
            start += size
    return pieces


@pytest.mark.parametrize("names, shares, told", [
    (("bias",), lambda units: units, ("the bias", "its units")),
    (("weights", "bias"), lambda units: 1, None),
    (("bias",), lambda units: 7, ("the bias", "examples")),
    (("weights",), lambda units: 7, ("the weights", "examples")),
    (("bias",), lambda units: 3, None), (("bias",), lambda units: 0, None),
])  # fmt: skip
def test_a_step_of_some_arrays_that_is_divided_is_named(names, shares, told):
    pieces = pieces_of((2, 3), (4, 2))
    gradients = np.random.default_rng(1).standard_normal(pieces[-1][2].stop)
    moved = 0.1 * gradients
    for place, name, piece in pieces:
        if name in names:
            share = shares(place.part.units)
            moved[piece] *= 1 / share if share else -1
    found = divided(pieces, moved, gradients, 7)
    facts = told and {"names": told[0], "of": told[1]}
    assert found is None if told is None else found[:2] == ("step_divided", facts)
    assert told is None or found[2] == [place for place, name, _ in pieces if name in names]


def test_of_one_layer_units_may_be_any_number():
    pieces = pieces_of((2, 3))
    gradients = np.arange(1.0, pieces[-1][2].stop + 1)
    moved = gradients.copy()
    moved[pieces[1][2]] /= 2
    assert divided(pieces, moved, gradients, 7) is None
    assert divided(pieces, moved, gradients, 2)[1] == {"names": "the bias", "of": "examples"}


def test_a_step_along_the_gradient_and_what_decays_is_explained():
    rng = np.random.default_rng(2)
    gradient, parameters = rng.standard_normal((2, 9))
    shares = explained(-0.1 * gradient + 0.2 * parameters - 0.05 * np.sign(parameters), gradient, parameters)
    assert np.allclose(shares, [-0.1, 0.2, -0.05])
    assert explained(-0.1 * gradient**2, gradient, parameters) is None
    assert explained(0 * gradient, gradient, parameters) is None


X = np.array([[1.0, 5.0, 2.0], [7.0, 3.0, 4.0]])


@pytest.mark.parametrize("axis, total, high", [
    (0, [[10, 20, 30]] * 2, [[0, 20, 0], [10, 0, 30]]), (1, [[10] * 3, [20] * 3], [[0, 10, 0], [20, 0, 0]]),
    (None, [[10] * 3] * 2, [[0, 0, 0], [10, 0, 0]]),
])  # fmt: skip
def test_a_sum_gives_its_gradient_to_all_and_a_maximum_to_one(axis, total, high):
    g, node = np.array({0: [10.0, 20, 30], 1: [10.0, 20], None: 10.0}[axis]), Node(X)
    for ufunc, wanted in ((np.add, total), (np.maximum, high)):
        made = reduced(ufunc, node, X, ufunc.reduce(X, axis=axis), {"axis": axis})
        assert made.args == (node,) and made.adds_up is (ufunc is np.add)
        np.testing.assert_array_equal(made.pull(g)[0], wanted)
    np.testing.assert_array_equal(made.wrong_pulls["maximum_to_all"](g)[0], total)
    count = {0: 2, 1: 3, None: 6}[axis]
    np.testing.assert_allclose(made.wrong_pulls["maximum_shared"](g)[0], np.array(total) / count)
    np.testing.assert_array_equal(made.wrong_pulls["maximum_for_error"](g)[0], np.where(np.array(high) > 0, X, 0))
    low = reduced(np.minimum, node, X, X.min(axis=axis), {"axis": axis})
    assert np.count_nonzero(low.pull(g)[0]) == np.size(g)


def test_other_reductions_and_arrays_that_nobody_follows_are_not_recorded():
    assert reduced(np.multiply, Node(X), X, X.prod(axis=0), {}) is None
    assert reduced(np.add, None, X, X.sum(axis=0), {}) is None
    assert reduced(np.add, Node(X), X, X.sum(axis=0), {}).pull(np.ones(3))[0].shape == (2, 3), "along the first axis"
