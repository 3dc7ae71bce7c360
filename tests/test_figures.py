"""Pictures of the lessons: what is written into them is free to be read."""

import itertools

import numpy as np
import pytest

from lessons import figures
from tests.lesson_cells import cells_with

MARKED = cells_with("marks=")
FULL = {  # every corner of the frame has a line
    "published line": [0.494, 0.300, 0.303, 0.275, 0.454, 0.322, 0.267, 0.502],
    "right line": [0.019, 0.020, 0.019, 0.015, 0.013, 0.023, 0.017, 0.019],
    "hidden layers frozen": [0.430, 0.283, 0.299, 0.267, 0.240, 0.289, 0.243, 0.296],
}
FALLING = {"falls": 1 / np.arange(1, 40)}


@pytest.mark.parametrize("cell", MARKED)
def test_no_line_goes_through_the_words_of_a_picture(cell, monkeypatch):
    drawn, space = [], {}
    monkeypatch.setattr(figures, "Picture", lambda figure, alt: drawn.append(figure))
    for source in MARKED[cell]:
        exec(source, space)
    axes = drawn[-1].axes[0]
    boxes = [note.get_window_extent() for note in axes.texts]
    assert boxes
    for box in boxes:
        for line in axes.lines:
            ends = axes.transData.transform(line.get_xydata())
            parts = [np.linspace(*pair, 200) for pair in itertools.pairwise(ends)]
            assert not box.count_contains(np.concatenate([ends, *parts]))
        assert axes.get_window_extent().count_contains(box.get_points()) == 2, "inside the frame"
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


@pytest.mark.parametrize(("series", "inside"), [(FALLING, True), (FULL, False)])
def test_no_line_goes_through_the_legend(series, inside, monkeypatch):
    drawn = []
    monkeypatch.setattr(figures, "Picture", lambda figure, alt: drawn.append(figure))
    figures.curves(series, "lines")
    figure, axes = drawn[0], drawn[0].axes[0]
    figure.draw_without_rendering()
    box = axes.get_legend().get_window_extent()
    for line in axes.lines:
        ends = axes.transData.transform(line.get_xydata())
        parts = [np.linspace(*pair, 200) for pair in itertools.pairwise(ends)]
        assert not box.count_contains(np.concatenate([ends, *parts]))
    assert box.overlaps(axes.get_window_extent()) == inside


def test_a_text_without_room_is_refused():
    x = np.linspace(0, 1, 9)
    with pytest.raises(ValueError, match="there is no room for"):
        figures.curve(x, x, "a line", "x", "y", marks=[(0.5, 0.5, "far too long to stand beside a point of it" * 3)])
