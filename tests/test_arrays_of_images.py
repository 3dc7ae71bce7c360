"""Which axis of an array holds the images, and for how many an array holds labels."""

import numpy as np
import pytest

from widgets.digit_explorer.arrays import counted, labels_of, with_images_last


def numbered(*shape):
    return np.arange(np.prod(shape), dtype=float).reshape(shape)


@pytest.mark.parametrize("shape, counts, told", [
    ((64, 50), [], None), ((784, 5), [], None), ((50, 64), [], 50), ((5, 784), [], 5), ((64, 64), [], None),
    ((64, 784), [], None), ((784, 64), [], None), ((50, 65), [], None), ((50, 63), [], None), ((5, 783), [], None),
    ((50, 64), [50], 50), ((50, 64), [64], None), ((50, 64), [50, 64], None), ((64, 50), [50], None),
    ((30, 20), [30], 30),
    ((30, 20), [20], None), ((30, 20), [30, 20], None), ((6, 8, 8), [], 6), ((6, 8, 8), [6], 6), ((6, 28, 28), [28], 6),
    ((6, 8, 8), [6, 8], 6),
])  # fmt: skip
def test_images_that_stand_first_become_columns(shape, counts, told):
    x = numbered(*shape)
    made, words = with_images_last(x, counts)
    in_rows = len(shape) == 3 and shape[-1] in counts and shape[0] not in counts
    if in_rows:
        assert made.shape == (np.prod(shape[:-1]), shape[-1])
    elif told is None:
        assert made is x and words == []
    else:
        assert np.array_equal(made, x.reshape(told, -1).T)
        assert words == [f"has the images first: turned to {made.shape}"]


def test_images_that_stand_last_keep_their_pixels_in_rows():
    x = numbered(8, 8, 5)
    made, told = with_images_last(x, [5])
    assert np.array_equal(made, x.reshape(64, 5)) and told == ["has its pixels in rows: now (64, 5)"]


@pytest.mark.parametrize("colours", [3, 4])
def test_colours_become_grey_and_how_much_shines_through_is_no_colour(colours):
    x = numbered(6, 8, 8, colours)
    made, told = with_images_last(x, [])
    assert np.array_equal(made, x[..., :3].mean(axis=-1).reshape(6, 64).T)
    assert told == ["in grey", "has the images first: turned to (64, 6)"]


@pytest.mark.parametrize("labels, count", [
    ([3, 1, 4, 1], 4), ([[3, 1, 4, 1]], 4), ([[3], [1], [4], [1]], 4), (np.eye(3)[[0, 1, 2, 2, 0]], 5),
    (np.eye(3)[[0, 1, 2, 2, 0]].T, 5), ([[1, 2], [3, 4]], 0), (np.ones((2, 3)), 0), (np.zeros((2, 3, 4)), 0),
    ([["a", "b"], ["c", "d"]], 0), ([], 0),
])  # fmt: skip
def test_labels_are_counted_in_a_row_a_column_or_one_hot(labels, count):
    assert counted(np.asarray(labels)) == count
    if count:
        wanted = [0, 1, 2, 2, 0] if count == 5 else [3, 1, 4, 1]
        assert labels_of(np.asarray(labels)).tolist() == [wanted]
