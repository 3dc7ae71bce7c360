"""Where a column meets a row, all else left as it is."""

import numpy as np
import pytest

from nnlib.inspect.broadcast import Meeting

COLUMN, ROW = np.array([[1.0], [2.0], [3.0]]), np.array([10.0, 20.0, 30.0])


@pytest.mark.parametrize("one, other", [(COLUMN, ROW), (ROW, COLUMN), (COLUMN, ROW[np.newaxis]), (COLUMN.T, COLUMN)])
def test_a_column_and_a_row_meet_number_by_number(one, other):
    meeting = Meeting()
    made = meeting.aligned(one) - meeting.aligned(other)
    np.testing.assert_array_equal(np.ravel(made), np.ravel(one) - np.ravel(other))
    assert made.shape == (3, 1) and meeting.seen == [(one.shape, other.shape)]


@pytest.mark.parametrize("one, other", [
    (COLUMN, COLUMN), (ROW, ROW), (COLUMN, 2.0), (COLUMN, np.array([4.0])), (COLUMN, ROW[:2]), (np.eye(3), ROW),
    (np.eye(3), COLUMN), (np.ones((2, 3)), np.ones((1, 3))),
])  # fmt: skip
def test_other_shapes_do_as_numpy_does(one, other):
    meeting = Meeting()
    np.testing.assert_array_equal(np.asarray(meeting.aligned(one) * other), one * other)
    np.testing.assert_array_equal(np.asarray(one * meeting.aligned(other)), one * other)
    assert meeting.seen == []


def test_products_sums_and_what_is_filled_do_as_numpy_does():
    meeting = Meeting()
    column, row = meeting.aligned(COLUMN), meeting.aligned(ROW)
    np.testing.assert_array_equal(np.asarray(column @ meeting.aligned(ROW[np.newaxis])), COLUMN @ ROW[np.newaxis])
    np.testing.assert_array_equal(np.asarray(np.subtract.outer(column, row)), np.subtract.outer(COLUMN, ROW))
    assert float(row.sum()) == 60 and not meeting.seen
    filled = meeting.aligned(np.zeros((3, 1)))
    filled += row
    np.testing.assert_array_equal(np.asarray(filled), [[10], [20], [30]])
    assert isinstance(np.exp(row), meeting.kind) and meeting.seen == [((3, 1), (3,))]
