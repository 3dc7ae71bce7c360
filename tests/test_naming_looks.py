"""What numbers show of a gradient that is wrong, and where they show nothing: asked of each look alone."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import LeakyReLU
from nnlib.inspect.naming import drops, l2_kind, leak_of, one_by_one, other, patterns, signs_lost, value_kind

RIGHT = np.array([[0.5, -2.0, 3.0], [0.25, 4.0, -1.0]])
UNKNOWN = np.where(RIGHT == 4, np.nan, RIGHT)


def seen(mine, right=RIGHT):
    return patterns(SimpleNamespace(mine=np.asarray(mine), fault=SimpleNamespace(right=right)))


@pytest.mark.parametrize("right", [RIGHT, UNKNOWN])
def test_what_is_cut_is_told_with_the_limit(right):
    assert seen(np.clip(RIGHT, -1.5, 1.5), right) == [("clipped", {"limit": 1.5})]


@pytest.mark.parametrize("mine, right", [
    (np.clip(RIGHT, -3.5, 3.5), RIGHT),  # one number alone may be wrong in many ways
    (np.clip(RIGHT, -1.5, 1.5)[:, :2], RIGHT), (np.clip(RIGHT, -1.5, 1.5)[0], RIGHT[0]), (0 * RIGHT, RIGHT),
    (np.where(RIGHT == 3, np.nan, np.clip(RIGHT, -1.5, 1.5)), RIGHT), (1.5 * np.sign(RIGHT), 2 * np.sign(RIGHT)),
])  # fmt: skip
def test_what_may_be_cut_or_otherwise_wrong_is_not_told_as_cut(mine, right):
    assert "clipped" not in dict(seen(mine, right))


def test_equal_rows_or_columns_are_told_where_the_right_ones_are_not():
    assert seen([[1.0, 2, 3]] * 2) == [("rows_equal", {})]
    assert seen([[1.0] * 3, [2.0] * 3]) == [("columns_equal", {})]
    assert seen([[1.0, 2, 3]] * 2, np.array([[2.0, 5, 3]] * 2)) == []
    assert seen([[1.0] * 3, [2.0] * 3], np.array([[3.0] * 3, [5.0] * 3])) == []
    assert seen([[1.0, 2, 3]], RIGHT[:1]) == [], "one row is equal to itself"
    assert dict(seen([[1.0, 2, 3]] * 2, np.full((2, 3), np.nan))) == {}, "nothing was measured"


def test_signs_are_lost_where_the_sizes_are_right():
    assert signs_lost(np.abs(RIGHT), RIGHT) == [("some_signs", {"wrong": 2, "of": 6})]
    assert signs_lost(np.abs(RIGHT), UNKNOWN) == [("some_signs", {"wrong": 2, "of": 5})]
    assert signs_lost(-RIGHT, RIGHT) == [] == signs_lost(RIGHT, RIGHT), "all or none is another slip"
    assert signs_lost(-np.array([0.0, 1, 2]), np.array([0.0, 1, 2])) == [], "zero has no sign"
    assert signs_lost(np.abs(RIGHT) * 1.001, RIGHT) == []
    assert signs_lost(np.abs(RIGHT)[0], RIGHT) == []
    assert signs_lost(RIGHT, np.full_like(RIGHT, np.nan)) == []
    assert signs_lost(RIGHT + 1e-6 * RIGHT.max(), RIGHT) == [], "measured numbers are not exact"


def test_slopes_where_nothing_moves_are_counted():
    right, mine = np.array([[0.0, 2.0, 0.0, -1.0]]), np.array([[0.5, 2.0, 0.0, -1.0]])
    assert one_by_one(mine, right) == [("slope_where_flat", {"wrong": 1, "of": 4})]
    assert one_by_one(mine, np.array([[0.0, 2.0, np.nan, -1.0]])) == [("slope_where_flat", {"wrong": 1, "of": 3})]
    assert one_by_one(np.array([[0.5, 2.1, 0.0, -1.0]]), right) == [], "others are wrong too"
    assert one_by_one(np.array([[0.0, 2.0, 0.0, 1.0]]), right) == [("some_signs", {"wrong": 1, "of": 4})]
    assert one_by_one(mine, 0 * right) == [] == one_by_one(mine[0], right)
    assert one_by_one(mine, np.full_like(right, np.nan)) == []


@pytest.mark.parametrize("share, wanted, kind", [
    (0.2, 0.2, "l2_added_twice"), (-0.4, 0.2, "l2_sign"), (0.3, 0.2, "l2_not_in_loss"), (0.4, 0.2, "l2_not_in_loss"),
    (-0.2, 0.2, "l2_not_in_loss"), (0.3, 0.0, "l2_not_in_loss"), (-0.6, 0.2, "l2_not_in_loss"),
])  # fmt: skip
def test_a_share_of_the_weights_is_named_by_what_the_network_adds(share, wanted, kind):
    assert l2_kind(share, wanted) == kind


@pytest.mark.parametrize("share, kind", [
    (12, "loss_summed"), (36, "loss_summed"), (-1, "loss_sign"), (0.5, "factor_two_extra"),
    (1 / np.log(2), "log_base"), (1 / np.log(10), "log_base"), (3, "loss_factor"), (-0.5, "loss_factor"),
    (1 / 12, "loss_factor"),
])  # fmt: skip
def test_a_factor_of_the_loss_is_named_by_what_it_may_come_from(share, kind):
    assert value_kind(share, m=12, k=3) == kind


def test_a_leak_is_one_share_below_zero_and_all_above():
    z, g = np.array([[-2.0, -0.5, 1.0, 3.0]]), np.array([[0.5, -1.0, 2.0, 0.25]])

    def leak(mine, z=z, g=g):
        return leak_of(SimpleNamespace(x=z, g=g, mine=mine))

    assert leak(g * LeakyReLU(0.2).gradient(z)) == pytest.approx(0.2)
    assert leak(g * [[0.2, 0.3, 1, 1]]) is None and leak(g * [[0.2, 0.2, 1, 0.5]]) is None
    assert leak(g) is None and leak(-g) is None and leak(g * (z > 0)) is None and leak((g * 0.2)[:, :3]) is None
    assert leak(g * [[0.2, 0.2, 1, 1]], np.abs(z)) is None, "nothing lies below"
    assert leak(g * 0.2, -np.abs(z)) is None, "nothing lies above"
    silent = np.array([[0.5, 0.0, 2.0, 0.0]])
    assert leak(silent * LeakyReLU(0.2).gradient(z), z, silent) == pytest.approx(0.2), "no gradient tells nothing"


def test_dropout_is_known_by_zeros_and_one_factor():
    x, g = np.array([[1.0, -2.0, 0.0, 4.0]]), np.array([[1.0, 2.0, 3.0, 4.0]])

    def table(mask, output=None):
        output, right = x * mask if output is None else output, g * mask
        return dict(drops(SimpleNamespace(x=x, output=output, g=g, fault=SimpleNamespace(right=right))))

    made = table(np.array([[2.0, 0, 2, 2]]))
    np.testing.assert_array_equal(made["mask_missing"], g)
    np.testing.assert_array_equal(made["mask_unscaled"], [[1, 0, 3, 4]])
    np.testing.assert_array_equal(made["mask_inverted"], [[0, 4, 0, 0]])
    for mask in ([[2.0, 2, 2, 2]], [[0.0, 0, 0, 0]], [[2.0, 0, 2, 3]]):
        assert table(np.array(mask)) == {}
    assert table(np.array([[2.0, 0, 2, 2]]), x[:, :3]) == {}


def test_other_values_in_place_of_the_inputs_have_to_fit():
    d, values = np.ones((2, 5)), np.arange(15.0).reshape(3, 5)
    rows, columns = SimpleNamespace(rows=True), SimpleNamespace(rows=False)
    made = other(d, values, 5.0, rows, np.zeros((2, 3)))
    np.testing.assert_allclose(made, [values.mean(axis=1)] * 2)
    np.testing.assert_allclose(other(d, values, 5.0, columns, np.zeros((3, 2))), made.T)
    assert other(d, None, 5.0, rows, np.zeros((2, 3))) is None
    assert other(d, values, 5.0, rows, np.zeros((3, 2))) is None is other(d, values, 5.0, columns, np.zeros((2, 3)))
