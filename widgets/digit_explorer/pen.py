"""Pen: ink on a grid of pixels, and the same ink brought to the place and size that a network has learnt from."""

import numpy as np

ROOM = 20 / 28  # of the side of an MNIST image is what the digit may fill; the rest is margin
FAINT = 0.1  # ink lighter than this does not count when the digit is measured


def draw(ink, start, end, width):
    """Add the stroke from `start` to `end`, (across, down) in pixels, to `ink` `(side, side)`, 0 paper to 1 ink.

    A pixel is fully inked nearer than half the width to the stroke and fades over one pixel at its border.
    """
    down, across = np.mgrid[: len(ink), : len(ink)] + 0.5
    (x, y), (dx, dy) = start, np.subtract(end, start)
    length = dx * dx + dy * dy
    along = np.clip(((across - x) * dx + (down - y) * dy) / length, 0, 1) if length else 0.0
    away = np.hypot(across - x - along * dx, down - y - along * dy)
    np.maximum(ink, np.clip(width / 2 + 0.5 - away, 0, 1), out=ink)


def fitted(ink):
    """`ink` `(side, side)` as the images of the training set are: scaled, its proportions kept, and centred.

    28×28, as MNIST: the digit fills a box of 20×20, and its centre of mass lies at the centre of the image. Smaller
    images, as scikit-learn's digits: the digit's box fills the image. Ink that is nowhere stays nowhere.

    Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", http://yann.lecun.com/exdb/mnist/
    """
    side, dark = len(ink), ink > FAINT
    if not dark.any():
        return ink.copy()
    ends = [np.flatnonzero(dark.any(axis=axis))[[0, -1]] for axis in (1, 0)]
    size = max(last - first + 1 for first, last in ends)
    if side == 28:
        room, middle = side * ROOM, side / 2
        centres = [(ink.sum(axis=axis) @ np.arange(side)) / ink.sum() for axis in (1, 0)]
    else:
        room, middle = side, (side - 1) / 2
        centres = [(first + last) / 2 for first, last in ends]
    thirds = (np.arange(3 * side) - 1) / 3  # three places a pixel: a digit that shrinks loses no stroke
    rows, columns = (centre + (thirds - middle) * size / room for centre in centres)
    fine = between(between(ink, rows).T, columns).T
    return fine.reshape(side, 3, side, 3).mean(axis=(1, 3))


def between(ink, rows):
    """The rows of `ink` at places that are no whole numbers, from the two beside each; beyond the border is paper."""
    padded = np.pad(ink, ((1, 1), (0, 0)))
    places = np.clip(rows + 1, 0, len(padded) - 1)
    lower = np.minimum(places.astype(int), len(padded) - 2)
    part = (places - lower)[:, np.newaxis]
    return (1 - part) * padded[lower] + part * padded[lower + 1]
