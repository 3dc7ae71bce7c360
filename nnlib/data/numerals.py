"""Many numbers at once: cells as computers write them, with a decimal comma, or with their thousands parted."""

import re

import numpy as np

NAN = float("nan")
LOOKED_AT = 40  # values that say whether a column may be one of whole numbers
GROUPED = {
    decimal: re.compile(rf"(?:[-+]?(?:\d{{1,3}}(?:[{marks}'’\u00a0\u202f ]\d{{3}})+|\d+)(?:{point}\d*)?)?")
    for decimal, point, marks in ((".", "[.]", ","), (",", ",", "."))
}
_SHAPE = str.maketrans("012345678", "9" * 9)


def plain_numbers(together, cells, decimal, gaps, usual):
    """The values of cells that are numbers as computers write them, or gaps; None where one is neither.

    `together` are the cells, a line each; `usual` says that nobody has named gaps of their own.
    """
    if "_" in together or (decimal == "," and "." in together):
        return None
    if decimal == "," or has_gaps(together):
        cells = spelt(together) if together.count("\n") == len(cells) - 1 else ("",)
    try:
        if not usual:
            raise ValueError
        values = np.fromiter(map(float, cells), np.float64)
    except ValueError:
        try:
            gaps = gaps if decimal == "." else {gap.replace(",", ".") for gap in gaps}
            values = np.fromiter((NAN if cell in gaps else float(cell) for cell in cells), np.float64)
        except ValueError:
            return None
    return None if np.isinf(values).any() or np.isnan(values).all() else values


def grouped_numbers(together, count, decimal):
    """The values of `count` cells that are all numbers with their thousands parted, or None."""
    if together.count("\n") != count - 1:
        return None
    if not all(map(GROUPED[decimal].fullmatch, {*together.translate(_SHAPE).split("\n")})):
        return None
    for mark in "'’.\u00a0\u202f " if decimal == "," else "'’,\u00a0\u202f ":
        together = together.replace(mark, "")
    return np.fromiter(map(float, spelt(together)), np.float64, count)


def has_gaps(together):
    """Whether one of the cells, a line each, is empty."""
    return together[:1] in ("", "\n") or together[-1:] == "\n" or "\n\n" in together


def spelt(together):
    """The cells, a line each, as Python spells numbers: a point for the comma, nan for nothing."""
    together = "\n" + together.replace(",", ".") + "\n"
    return together.replace("\n\n", "\nnan\n").replace("\n\n", "\nnan\n")[1:-1].split("\n")


def shrunk(values):
    """The values in fewer bytes each, if they are whole numbers that fit."""
    if values.dtype.kind == "f" and not (values[:LOOKED_AT] == np.rint(values[:LOOKED_AT])).all():
        return values
    for dtype in (np.int8, np.int16, np.int32):
        limits = np.iinfo(dtype)
        low, high = values.min(initial=0), values.max(initial=0)
        if limits.min <= low and high <= limits.max:  # False for NaN
            small = values.astype(dtype)
            return small if np.array_equal(small, values) else values
    return values
