"""What is the matter with a wrong value? The mistakes that every exercise shares, found by looking at numbers.

`compare(yours, expected, …)` returns None where the two agree and a `Finding` where they do not. A finding names
the mistake and quotes the learner's own numbers; it never says what to write.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Number, Real

import numpy as np

SMALL = 1e-9  # values nearer to zero than this are taken as zero


@dataclass(frozen=True)
class Finding:
    """A named mistake: `name` for tests and statistics, `says` for the learner, `line` the line it means."""

    name: str
    says: str
    line: str | None = None


def close(yours, expected, tolerance=1e-6):
    """Same shape and the same numbers, up to rounding. Never raises, whatever `yours` is."""
    array = numeric(yours)
    if array is None:
        return False
    expected = np.asarray(expected)
    if expected.dtype.kind == "b" and array.dtype.kind != "b":  # a 1 is no yes
        return False
    return array.shape == expected.shape and _near(array, expected, tolerance)


def numeric(value):
    """`value` as an array of numbers, or None where it is none."""
    if not isinstance(value, (np.ndarray, np.generic, Number, list, tuple)):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and isinstance(value, (Real, Decimal)):  # a Fraction is Real, a Decimal is not
            array = np.asarray(float(value))
    except (ValueError, TypeError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" else None


def compare(yours, expected, *, what="the result", examples=None, tolerance=1e-6, show_expected=True,
            stories=True):
    """Find the mistake in `yours`, or None.

    `what` names the value in the message ("z", "the result"); `examples` is the number of examples m, to
    recognise a missing mean; `show_expected=False` keeps the right number out of the message; without `stories` nothing
    is said of what wrong numbers have in common.
    """
    expected = np.asarray(expected)
    finding = _kind(yours, expected, what)
    if finding:
        return finding
    array = np.asarray(yours)
    if array.shape != expected.shape:
        if isinstance(yours, tuple):
            return Finding("wrong-shape", f"{what} is a tuple of {len(yours)}, {_one(expected)} was expected. A comma "
                           "behind a value makes a tuple.")  # fmt: skip
        return _shape(array, expected, what, tolerance)
    if expected.dtype.kind == "b" and array.dtype.kind != "b":
        if (array.size == 1 and np.isfinite(array.item())) or _near(array, expected, tolerance):
            numbers = "is the number" if array.size == 1 else "holds the numbers"
            return Finding("numbers-for-answers", f"{what} {numbers} {short(array)}, but a yes-or-no answer "
                           "(True or False) was asked for.")  # fmt: skip
    elif expected.dtype.kind != "b" and array.dtype.kind == "b":
        text = f"{what} is {short(array)}: True or False where a number was expected."
        mends = array.ndim and _near(array.astype(float), expected.astype(float), tolerance)
        return Finding("answers-for-numbers", text + " `astype(float)` makes 1.0 and 0.0 of them." * bool(mends))
    if not np.all(np.isfinite(array.astype(float))) and np.all(np.isfinite(expected.astype(float))):
        return _not_finite(array, what)
    if _near(array, expected, tolerance):
        return None
    numbers = array.astype(float), expected.astype(float)
    return _numbers(*numbers, what, examples, tolerance, show_expected, stories, yes_or_no=expected.dtype.kind == "b")


def digits(number):
    """How many digits a whole number has, in words."""
    try:
        return f"{len(str(abs(number)))} digits"
    except ValueError:  # Python writes no number of more than some thousands
        return "thousands of digits"


def short(value, digits=4):
    """A value in few characters: `0.6`, `[0.6, -0.4]`, `an array of shape (3, 500)`. Never raises."""
    try:
        return _short(value, digits)
    except Exception:
        return _a(type(value).__name__)


def brief(value, width=50):
    """As `short`, but of an array that takes more than `width` only how it begins: the sentence about it comes soon."""
    text = short(value)
    if len(text) <= width or not isinstance(value, np.ndarray) or value.ndim > 2:
        return text
    rows = value.reshape(-1, value.shape[-1])
    first = "[" + ", ".join([*map(short, rows[0][:3]), *["…"] * (len(rows[0]) > 3)]) + "]"
    return first if value.ndim == 1 else f"[{first}{', …' * (len(rows) > 1)}]"


def _short(value, digits):
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        text = str(int(value)) if abs(int(value)) < 10**12 else f"{float(value):.3g}"
        return text.replace("-", "−")
    if isinstance(value, (float, np.floating)):
        return f"{float(value) + 0.0:.{digits}g}".replace("-", "−")  # −0 is 0
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return _short(value.item(), digits)
        if value.size > 12 or value.dtype.kind not in "biuf":
            return f"an array of shape {value.shape}"
        return _short(value.tolist(), digits)
    if isinstance(value, (list, tuple)) and len(value) <= 12:
        left, right = "[]" if isinstance(value, list) else "()"
        alone = "," * (isinstance(value, tuple) and len(value) == 1)
        return left + ", ".join(_short(one, digits) for one in value) + alone + right
    if isinstance(value, Mapping) and len(value) <= 6:
        return ", ".join(f"{name} {_short(one, digits)}" for name, one in value.items()) or "nothing"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:37] + "…")
    return _a(type(value).__name__)


def _a(name):
    """`a list`, `an Odd`"""
    return f"a{'n' * (name[:1] in 'aeiouAEIOU')} {name}"


def _near(array, expected, tolerance):
    array, expected = array.astype(float), expected.astype(float)
    scale = np.max(np.abs(expected[np.isfinite(expected)]), initial=0.0)
    return bool(np.allclose(array, expected, rtol=tolerance, atol=tolerance * scale + 1e-12, equal_nan=True))


def _kind(yours, expected, what):
    if yours is None:
        method = re.search(r"`\w+`", what)
        where = f"from {method[0]}" if method else f"for {what}"
        return Finding("returned-none", f"None came back {where}. Did you forget `return`?")
    if yours is Ellipsis:
        return Finding("half-written", f"{what} is still `...`: there is one more place to fill in.")
    if isinstance(yours, str):
        wanted = ": True or False, without quotes," if expected.dtype.kind == "b" else ", a number"
        return Finding("wrong-type", f"{what} is the text {short(yours)}{wanted} was expected.")
    if callable(yours) and not isinstance(yours, (np.ndarray, type)) and not hasattr(yours, "__name__"):
        return Finding("object-returned", f"{what} is {_a(type(yours).__name__)}, the object itself, not a number. Is "
                       "`self` returned in place of a result?")  # fmt: skip
    if callable(yours) and not isinstance(yours, np.ndarray):
        return Finding("wrong-type", f"{what} is a function or a class, and no numbers. Are the brackets `()` of "
                       "a call missing?")  # fmt: skip
    if expected.ndim and isinstance(yours, (list, tuple)):
        kind = type(yours).__name__
        return Finding("wrong-type", f"{what} is a {kind} of {len(yours)}, a NumPy array of shape {expected.shape} "
                       "was expected.")  # fmt: skip
    array = numeric(yours)
    if array is None:
        kind = _a(type(yours).__name__)
        if isinstance(yours, np.ndarray):
            kind = f"an array of {'texts' if yours.dtype.kind in 'US' else yours.dtype}"
        if isinstance(yours, int):
            kind = "a whole number with more digits than an array can hold"
        first = yours.flat[0] if isinstance(yours, np.ndarray) and yours.size and yours.dtype.kind == "O" else None
        if callable(first) and hasattr(first, "__name__"):
            return Finding("wrong-type", f"{what} holds `{first.__name__}` itself, which is not called: brackets "
                           f"behind it, `{first.__name__}()`, ask it for its number.")  # fmt: skip
        wanted = f"an array of numbers of shape {expected.shape}" if expected.ndim else "a number"
        return Finding("wrong-type", f"{what} is {kind}, {wanted} was expected.")
    return None


def _a(kind):
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _shape(array, expected, what, tolerance):
    shapes = f"{what} has the shape {array.shape}, {expected.shape} was expected"
    if not expected.ndim:
        shapes = f"{what} has the shape {array.shape}, {_one(expected)} was expected"
    if array.size == 0:
        return Finding("empty", f"{shapes}: there is nothing in it.")
    if times := _repeated(array, expected, tolerance):
        return Finding("repeated", f"{shapes}: the right numbers, {times}. Are they repeated, or added to something of "
                       "that shape?")  # fmt: skip
    if array.ndim == 2 and array.shape == expected.shape[::-1]:
        note = ", with all the right numbers in it" if _near(array.T, expected, tolerance) else ""
        return Finding("transposed", f"{shapes}: rows and columns are swapped{note}.")
    if array.ndim == 0:
        text, asked = f"{what} is the single number {short(array)}", " Is that all of them added up, or one of them?"
        asked *= expected.size > 1
        if array.dtype.kind == "b":
            text, asked = f"{what} is {short(array)}, one yes or no", ""
        return Finding("one-number", f"{text}, an array of shape {expected.shape} was expected.{asked}")
    if array.ndim == expected.ndim == 2 and (part := _part(array, expected, tolerance)):
        return Finding("a-part-only", f"{shapes}: {part}")
    if array.ndim == expected.ndim == 1 and (some := _of_a_vector(array, expected, tolerance)):
        return Finding("wrong-shape", f"{shapes}: {some}")
    if array.size == expected.size and array.ndim == expected.ndim:
        return Finding("wrong-shape", f"{shapes}: as many numbers, laid out otherwise.")
    if array.size == expected.size:
        kind = "flat-vector" if array.ndim < expected.ndim else "extra-axis"
        why = ("a dimension got lost; `keepdims=True` or `reshape` keeps it"
               if kind == "flat-vector" else "there is a dimension too many")  # fmt: skip
        flat = np.ravel(array), np.ravel(expected)
        if not _near(*flat, tolerance) and _near(*map(np.sort, flat), tolerance):
            why = f"{why.partition(';')[0]}, and the numbers have lost their places"
            why += f": {short(array)}" * (array.size <= 12)
        return Finding(kind, f"{shapes}: {why}.")
    is_square = array.ndim == 2 and array.shape[0] == array.shape[1] and array.shape[0] in expected.shape
    so_is_right = expected.ndim == 2 and min(expected.shape) > 1 and _stretched(expected)
    if is_square and _stretched(array) and not so_is_right:
        return Finding("broadcast", f"{shapes}: a row met a column, and NumPy stretched both "
                       f"to {array.shape[0]} × {array.shape[1]} without a word.")  # fmt: skip
    return Finding("wrong-shape", f"{shapes}.")


def _one(expected):
    return "one True or False" if expected.dtype.kind == "b" else "one number"


def _repeated(array, expected, tolerance):
    """How often the right numbers stand there along an axis, in words, where they do so more than once; else ""."""
    if array.ndim != 2 or expected.ndim != 2 or array.shape == expected.shape:
        return ""
    for axis, word in ((1, "beside"), (0, "below")):
        count, rest = divmod(array.shape[axis], expected.shape[axis])
        other = array.shape[1 - axis] == expected.shape[1 - axis]
        again = other and not rest and count > 1 and expected.shape[axis] == 1 < expected.shape[1 - axis]
        if again and _near(array, np.repeat(expected, count, axis), tolerance):
            return f"{count} times {word} each other"
    return ""


def _part(array, expected, tolerance):
    """Which rows or columns are there alone, where their numbers are the right ones; else ""."""
    for word, mine, right in (("row", array, expected), ("column", array.T, expected.T)):
        count = len(mine)
        if 0 < count < len(right) and mine.shape[1] == right.shape[1]:
            for which, part in (("first", right[:count]), ("last", right[-count:])):
                if _near(mine, part, tolerance):
                    are = f"the {which} {word} is" if count == 1 else f"the {which} {count} {word}s are"
                    return f"only {are} there, and right."
    return ""


def _of_a_vector(array, expected, tolerance):
    """Which numbers of a vector are there alone, or are too many, where the others are the right ones; else ""."""
    more = len(array) - len(expected)
    for where, part in (("behind", array[:-more]), ("before", array[more:])) if more > 0 < len(expected) else ():
        if _near(part, expected, tolerance):
            return f"the right numbers, and {more} more {where} them."
    for place in range(1, len(array)) if more == -1 else ():
        if _near(array, np.delete(expected, place), tolerance):
            return f"the others are right, and one is missing at [{place}]."
    return _part(array[:, np.newaxis], expected[:, np.newaxis], tolerance).replace("row", "number")


def _stretched(array):
    """Is it a column and a row, added up or multiplied, place by place? Then every 2 × 2 block shows it.

    One such block of numbers with a digit or none behind the point shows nothing: 1.5 · 4 is 2 · 3 by chance.
    """
    array = array.astype(float)
    if array.shape == (2, 2) and np.array_equal(10 * array, np.rint(10 * array)):
        return False
    column, row, corner = array[:, :1], array[:1], array[0, 0]
    added, multiplied = column + row - corner, column * row
    return len(array) > 1 and bool(np.allclose(array, added) or (corner and np.allclose(array * corner, multiplied)))


NOT_FINITE = "Look for a division by 0, a logarithm of 0, or an exponential of a large number."


def _not_finite(array, what):
    bad = ~np.isfinite(array.astype(float))
    nan = bool(np.isnan(array.astype(float)).any())
    share = "is" if array.size == 1 else f"has {int(bad.sum())} of its {array.size} numbers"
    return Finding("nan" if nan else "infinite", f"{what} {share} {'nan (not a number)' if nan else 'infinite'}. "
                   f"{NOT_FINITE}")  # fmt: skip


def _numbers(array, expected, what, examples, tolerance, show_expected, stories, yes_or_no=False):
    finding = _story(array, expected, what, examples, tolerance, show_expected, yes_or_no) if stories else None
    return finding or _bare(array, expected, what, tolerance, show_expected, yes_or_no)


def _story(array, expected, what, examples, tolerance, show_expected, yes_or_no):
    """What all numbers, or all wrong ones, have in common; None where that is nothing."""
    if array.ndim == 2 and array.shape[0] == array.shape[1] and _near(array.T, expected, tolerance):
        return Finding("transposed", f"{what} has all the right numbers, but rows and columns are swapped.")
    ratio = _constant_ratio(array, expected, tolerance)
    if ratio is not None and abs(ratio) < SMALL:
        nearly = f"nearly zero, none further from it than {short(float(np.abs(array).max()))}"
        return Finding("all-zero", f"Every number of {what} is {nearly if array.any() else 'zero'}.")
    if ratio is not None:
        return _ratio(ratio, what, examples, show_expected)
    if array.size > 2 and array.dtype.kind == "f" and _near(np.sort(array, None), np.sort(expected, None), tolerance):
        return Finding("other-order", f"{what} has all the right numbers, but in another order: {short(array)}.")
    if array.size > 1 and any(np.array_equal(array, cut(expected)) for cut in (np.trunc, np.floor, np.round)):
        return Finding("whole-numbers", f"{what} is {short(array)}: whole numbers, where parts of one were expected. "
                       "Do `int`, `//`, `round` or an array of integers cut them off?")  # fmt: skip
    wrong = ~np.isclose(array, expected, rtol=tolerance, atol=0)
    if array.ndim == 2 and (left := _left_at_0(array, wrong)):
        return Finding("cut-off", f"{what} is right but in {left}, where all is 0. Do your lines reach it?")
    several = wrong.sum() > (2 if wrong.all() else 1)  # two equal numbers of two prove nothing
    if several and np.ptp(array[wrong]) == 0 and np.ptp(expected[wrong]) > 0 and not yes_or_no:
        return Finding("cut-off", f"{what} is {short(float(array[wrong][0]), 6)} in {int(wrong.sum())} places where "
                       "different numbers belong. Is something cut off, or replaced by one number?")  # fmt: skip
    shift = array - expected
    if array.size > 1 and np.ptp(shift) <= tolerance * np.abs(shift).max() + 1e-14 * np.abs(expected).max():
        way = "large" if shift.flat[0] > 0 else "small"
        return Finding("constant-shift", f"Every number of {what} is too {way}, by {short(abs(float(shift.flat[0])))}.")
    if array.size > 1 and not yes_or_no and _near(np.abs(array), np.abs(expected), tolerance):
        place = tuple(int(i) for i in np.argwhere(array * expected < 0)[0])
        text = f"{what} has all the right sizes, but {int((array * expected < 0).sum())} of its {array.size} signs are "
        return Finding("some-signs", f"{text}wrong. The first is at {list(place)}: {short(array[place])}.")
    return None


def _left_at_0(array, wrong):
    """The one row or column that holds all that is wrong, two numbers or more, and nothing but 0; else ""."""
    for word, mine, bad in (("row", array, wrong), ("column", array.T, wrong.T)):
        places = np.flatnonzero(bad.any(axis=1))
        if len(places) == 1 and bad.sum() > 1 and not mine[places].any() and mine.any():
            return f"{word} {places[0]}, counted from 0"
    return ""


def _bare(array, expected, what, tolerance, show_expected, yes_or_no):
    """That it is wrong, and where."""
    if array.size > 1:
        least = min(1e-9, tolerance * np.abs(expected).max() + 1e-12)  # where all are tiny, a tiny one may be wrong
        wrong = ~np.isclose(array, expected, rtol=tolerance, atol=least)
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        some = "none" if wrong.all() else f"{int((~wrong).sum())}"
        text = f"{what} has {some} of its {array.size} numbers right. The first wrong one is at "
        mine, right = told_apart(array[place], expected[place])
        text += f"{list(place)}: yours is {mine}"
        text += f", {right} was expected." if show_expected else "."
        return Finding("some-wrong" if not wrong.all() else "wrong-value", text)
    if show_expected and yes_or_no:
        return Finding("wrong-value", f"{what} is {bool(array)}, {bool(expected)} was expected.")
    if show_expected:
        mine, right = told_apart(array.item(), expected.item())
        return Finding("wrong-value", f"{what} is {mine}, {right} was expected.")
    return Finding("wrong-value", f"{what} is {short(array)}: not yet right.")


def told_apart(mine, right):
    """Two numbers with as many digits as it takes to tell them apart."""
    for digits in range(4, 17):
        texts = short(mine, digits), short(right, digits)
        if texts[0] != texts[1]:
            break
    return texts


def _constant_ratio(array, expected, tolerance):
    big = np.abs(expected) > SMALL
    if not big.any() or (np.abs(array[~big]) > SMALL).any():
        return None
    ratios = array[big] / expected[big]
    if np.ptp(ratios) > tolerance * 10 * max(1.0, abs(ratios[0])):
        return None
    return float(ratios[0]) if array.size > 1 or _telling(float(ratios[0])) else None


def _telling(ratio):
    """With one number alone, any value is a multiple; only the sign says something."""
    return math.isclose(ratio, -1.0)


def _ratio(ratio, what, examples, show_expected):
    if math.isclose(ratio, -1.0, rel_tol=1e-6):
        return Finding("sign", f"{what} has the right size and the wrong sign: − where + should be, or + where − "
                       "should be.")  # fmt: skip
    if examples and examples > 1:
        if math.isclose(ratio, examples, rel_tol=1e-6):
            return Finding("mean-missing", f"Every number of {what} is {examples} times too large, and {examples} is "
                           "the number of examples. Is the mean over them missing?")  # fmt: skip
        if math.isclose(ratio, 1 / examples, rel_tol=1e-6):
            return Finding("averaged-twice", f"Every number of {what} is {examples} times too small. {examples} is "
                           "the number of examples: the mean has been taken twice.")  # fmt: skip
    if not show_expected:
        return Finding("constant-ratio", f"Every number of {what} is too large or too small by the same factor.")
    factor = next((told for digits in (4, 7, 10) if (told := short(ratio, digits)) != "1"), "nearly 1")
    size = f"{factor} times what it should be"
    return Finding("constant-ratio", f"Every number of {what} is {size}.")
