"""What to say of the errors that NumPy and Python tell in words of their own, where nothing nearer is known."""

import re

SAID = (
    ("either both or neither of x and y", "`np.where(condition, one, other)` takes all three: what stands where the "
     "condition is true, and what stands elsewhere."),
    (r"axis -?\d+ is out of bounds for array of dimension 0", "That is a single number there, and it has no axis."),
    (r"axis -?\d+ is out of bounds for array of dimension", "Axes are counted from 0: a vector has one, axis 0, and a "
     "matrix two, 0 and 1."),
    ("boolean index did not match", "An array of True and False chooses where it has one of them for each place: here "
     "there are more or fewer of them."),
    ("numpy boolean (negative|subtract)", "True and False do not calculate: `1.0 * (…)` makes 1.0 and 0.0 of them."),
    (r"Cannot cast ufunc .* from dtype\('float\d+'\) to dtype\('u?int", "What is changed in place there holds whole "
     "numbers, and what comes in has parts of one. Where the array is made, `dtype=float` lets it hold them."),
    (r"did not contain a loop with signature matching types .*'<U", "One side is a text. A number stands without "
     "quotes."),
    ("not enough values to unpack", "Fewer come than there are names before `=` or `in`."),
    ("input array dimensions except for the concatenation axis", "Arrays that are joined along one axis must be alike "
     "along every other."),
    ("return arrays must be of ArrayType", "NumPy takes the last thing handed over there for an array to write into: "
     "that function works on fewer."),
    ("Integers to negative integer powers", "Powers of whole numbers stay whole there. `astype(float)` makes floats of "
     "them first."),
    ("'tuple' object is not callable", "What stands before the brackets is several numbers in one, and nothing that is "
     "called. `shape`, for one, takes no brackets."),
    (r"'(numpy\.\w+|int|float)' object is not callable", "What stands before the brackets is a number or an array, and "
     "they call it as a function. Are they too many, or is an operator missing before them?"),
    (r"object of type '(int|float|numpy\.\w+)' has no len", "That is one number, and `len` counts several."),
    (r"'(int|float|numpy\.\w+)' object is not iterable", "That is one number, and one after the other is asked for. "
     "`range(…)` counts up to a whole number."),
    ("doesn't define __round__", "Python's own `round` takes one number. `np.round` takes whole arrays."),
    ("can only convert an array of size 1", "`item()` gives the number of an array that has one alone. Here there are "
     "several."),
    ("unsupported operand .*'NoneType'", "One side is None. That is what a function gives back in which no `return` is "
     "met."),
    ("missing required argument", "It takes more than your line hands over."),
    (r"takes (exactly|at most) .*argument.* \(\d+ given\)", "It takes another number of arguments than your line hands "
     "over."),
    (r"index \d+ is out of bounds for axis \d+ with size ([1-9]\d*)", "Places are counted from 0, and along that axis "
     "there are {}."),
    ("object is not subscriptable", "What stands before the square brackets is one thing, and has no places."),
    ("zero-dimensional arrays cannot be concatenated", "It joins arrays. Of single numbers `np.array([…])` makes one."),
    ("(un|bad).* operand .*'list'|multiply sequence", "Python's lists and tuples do not calculate: `np.array(…)` makes "
     "an array of one."),
    ("expected a sequence of integers or a single integer", "A size is one whole number, without a point."),
    ("(division|modulo) by zero", "Where is what you divide by 0?"),
    ("nonzero on 0d", "`np.where` with a condition alone looks for places in an array. A single number has none."),
    ("Field elements must be", "`np.array` takes one thing: what belongs together stands in brackets, `([…])`."),
    ("^No module named", "What is asked for here needs NumPy alone."),
    ("data type '.*' not understood", "A kind of numbers is named without quotes: `float`, `int`, `bool`."),
)  # fmt: skip


def in_their_words(text):
    """" What it means.", or ""."""
    found = ((re.search(asked, text), says) for asked, says in SAID)
    return next((" " + says.format(*seen.groups()) for seen, says in found if seen), "")
