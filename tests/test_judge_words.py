"""What a check says of numbers worked out by hand, and how it tells exceptions, threads and arrays apart."""

import linecache
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import golden

from lessons.checks.judge import Answer, guard
from lessons.checks.judge.compare import _stretched
from lessons.checks.judge.errors import explain, kind_of
from lessons.checks.judge.learner import Lines, second_name
from lessons.checks.judge.probes import COMES_OUT
from lessons.checks.judge.variants import variants
from lessons.checks.remember import book
from lessons.checks.remember.book import find
from lessons.checks.speak.names import why_no_python

BY_HAND = Answer(number="99.1", title="By hand", hints=("", "", ""), praise="", names=("cost",), tolerance=0.005)


@pytest.mark.parametrize(
    "number, name",
    [
        (-2.347, "sign"), (-2.344, "sign"), (-2.36, "wrong-value"), (234.7, "per-cent"), (2.3, "rounded"),
        (2.0, "rounded"), (2.36, "not-exact"), (2.5, "wrong-value"), ((2, 35), "decimal-comma"),
        (float("nan"), "nan"), (True, "wrong-type"), ("2.347", "wrong-type"),
    ],
)  # fmt: skip
def test_a_number_worked_out_by_hand_is_told_what_is_the_matter(number, name):
    assert BY_HAND._judge({"cost": number}, {"cost": 2.347}).finding.name == name


@pytest.mark.parametrize(
    "written, value, told",
    [
        ("0.2 + 0.5 / 3", 0.2 + 0.5 / 3, "In `0.2 + 0.5 / 3` a pair of brackets is missing: Python reads "
                                         "`0.2 + (0.5 / 3)`. With that mended it is right."),
        ("half + 0.2 / 6 - 3", 0.5 + 0.2 / 6 - 3, "In `half + 0.2 / 6 - 3` two pairs of brackets are missing: Python "
                                                  "reads `(half + (0.2 / 6)) - 3`. With that mended it is right."),
        ("0.2 + 0.5 / 3 + 9 ** 9 ** 9 * 0", 0.2 + 0.5 / 3, ""),  # more than a float holds, and not waited for
        ("[0.2 + 0.5 / 3][0]", 0.2 + 0.5 / 3, ""),  # more than arithmetic
        ("0.2 + 0.5 / 3", 0.3667, ""),  # it has been given another number since
        ("0.9 / 3", 0.3, ""),
    ],
)  # fmt: skip
def test_brackets_are_named_where_other_ones_give_the_number(written, value, told):
    names = {"In": ["cost = 0.2", f"half = 0.5\ncost = {written}", "no Python", "more = 1"], "half": 0.5, "cost": value}
    finding = BY_HAND._judge({"cost": value}, {"cost": 0.7 / 3}, names).finding
    assert (finding.name == "brackets") == bool(told) and told in finding.says


@pytest.mark.parametrize("number", [2.347, 2.344, 2.35, np.array([2.347])])
def test_a_number_near_enough_passes(number):
    assert BY_HAND._judge({"cost": number}, {"cost": 2.347}).outcome == "PASSED"


def test_an_exception_whose_name_is_no_name_has_the_name_of_what_it_is_made_from():
    assert kind_of(type("A" * 40, (ValueError,), {})()) == "A" * 40
    for name in ("A" * 41, "not a name"):
        assert kind_of(type(name, (ValueError,), {})()) == "ValueError"


def test_a_thread_that_does_not_end_by_itself_is_ended():
    going = threading.Event()

    def endless():
        try:
            while True:
                going.set()
        except guard.TimeIsUp:
            pass

    worker = threading.Thread(target=endless, daemon=True)
    worker.start()
    going.wait(5)
    assert guard._stop(worker) and not worker.is_alive()


@pytest.mark.parametrize("rows", [2, 3])
def test_a_column_and_a_row_are_seen_in_what_they_were_stretched_to(rows):
    column, row = np.arange(1.0, rows + 1)[:, np.newaxis] ** 2, np.array([[2.0, 5.0, 1.0]])
    assert _stretched(column + row) and _stretched(column * row)
    assert not _stretched(np.eye(rows, 3)) and not _stretched(row)


def test_an_objects_own_value_is_made_positive_besides_and_anothers_is_not():
    import ast

    def kinds(text):
        return [kind for kind, *_ in variants(ast.parse(text, mode="eval").body, ast.parse("def f(): 0").body[0])]

    assert "abs-besides" in kinds("self.weights") and kinds("other.weights") == []


@pytest.mark.parametrize(
    "lines, name, line",
    [
        ("a = w\na *= 2\nreturn a", "a", "a = w"),
        ("a = w.T[1:].reshape(-1)\na[0] = 2\nreturn a", "a", "a = w.T[1:].reshape(-1)"),
        ("a = np.asarray(w)\na[0] += 2\nreturn a", "a", "a = np.asarray(w)"),
        ("for row in w:\n    row -= 1\nreturn w", "row", "for row in w:"),
        ("C.kept = w\nC.kept *= 2\nreturn w", "", ""),
        ("self = C()\nself.kept = w\na = self.kept\na *= 2\nreturn w", "self.kept", "self.kept = w"),
        ("w *= 2\na = w\na += 1\nreturn a", "", ""),  # its own name is used as well
        ("a = w.copy()\na *= 2\nw.sort()\nreturn a", "", ""),
        ("a = w * 1\na *= 2\nreturn a", "", ""),
        ("a = w\na = a * 2\nreturn a", "", ""),
    ],
)
def test_a_second_name_of_an_argument_is_told_where_what_has_it_is_changed(lines, name, line):
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    text, file = f"def f(w):\n{body}", f"<names {len(linecache.cache)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    names = {"np": np}
    exec(compile(text, file, "exec"), names)
    told = f". In your line `{line}` `{name}` is no copy: what changes it changes `w` too" if name else ""
    assert second_name(names["f"], "w") == told
    assert second_name(names["f"], "v") == ""


def stopped(text, *arguments):
    """What is said of the exception with which the function in `text` stops."""
    name = f"<words {len(linecache.cache)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    names = {"np": np}
    exec(compile(text, name, "exec"), names)
    piece = next(value for key, value in names.items() if key in ("f", "C"))
    try:
        piece(*arguments) if key_of(piece) == "f" else piece().go(*arguments)
    except Exception as error:
        return explain(error, key_of(piece), {}, text, wanted=" Wanted.").says
    raise AssertionError("it did not stop")


def key_of(piece):
    return piece.__name__


@pytest.mark.parametrize(
    "product, says",
    [
        ("a @ b", "`@` met (2, 3) on its left and (2, 4) on its right"),
        ("a.T @ b.T", "`@` met (3, 2) on its left and (4, 2) on its right"),
        ("(a + 1) @ (-b)", "`@` met (2, 3) on its left and (2, 4) on its right"),
        ("a.T @ b @ a", "`@` met (3, 4) on its left and (2, 3) on its right"),
        ("a[:, :1] @ b", "`@` met 1 column on its left and 2 rows on its right"),  # an index may run code
        ("(a\n        @ b)", "`@` met (2, 3) on its left and (2, 4) on its right"),
    ],
)
def test_the_shapes_that_met_are_said_and_the_one_that_is_wanted(product, says):
    told = stopped(f"def f(a, b):\n    return {product}\n", np.ones((2, 3)), np.ones((2, 4)))
    assert f"stopped with ValueError: {says} – in your line" in told and told.endswith(" Wanted.")


@pytest.mark.parametrize(
    "lines, says",
    [
        ("mask = 1\nreturn self.mask", "There is a variable `mask`, with nothing before it."),
        ("(lambda: exec('', {}))()\ndef g():\n    mask = 1\nreturn self.mask", "Your line `mask = 1` makes a variable"),
        ("self.masks = 1\nreturn self.mask", "There is `self.masks`. Is that the same, spelt otherwise?"),
        ("if not self:\n    self.mask = 1\nreturn self.mask",
         "It is made in your line `self.mask = 1`, and that line has not run yet."),
        ("self.other = C\nC.far = 1\nreturn self.far2", "No line of yours gives `self.far2` a value."),
        ("return self.mask", "No line of yours gives `self.mask` a value."),
        ("self.a = np.ones(2)\nreturn self.a.sume()", "It has `sum`."),
        ("for part in [self]:\n    return part.size1\n", "No line of yours gives `self.size1` a value."),
        ("for one in [1]:\n    return self.one", "There is a variable `one`, with nothing before it."),
        ("self.kept = {}\nreturn self.kept[7]", "stopped with KeyError: 7"),
        ("self.kept = {}\nreturn self.kept[id(self)]", "KeyError: there is no such key"),
        ("self.kept = {}\nreturn self.kept[id(self)]", "What should be taken where there is nothing yet?"),
        ("self.kept = {}\nself.kept[id(1)] = 2\nreturn self.kept[id(self)]", "What should be taken where there is"),
        ("part = C()\npart.kept = {'w1': 1, 'b1': 2}\nreturn part.kept['W1']",
         "Nothing has been put under that key. What is there stands under 'w1' and 'b1'."),
        ("kept = {'w1': 1}\nreturn kept['W1']", "What is there stands under 'w1'."),
        ("self.size = 2\nreturn size", "It belongs to the object: inside a class that is `self.size`."),
        ("part = C()\npart.size = 2\nreturn size", "`part` has one: `part.size`."),
        ("return (2 > 0).astype(float)", "Arrays have `astype`. What stands before the dot is one True or False: "
         "`np.array(…)` makes an array of it."),
        ("return (2.5).T", "What stands before the dot is one plain number: `np.array(…)` makes an array of it."),
        ("return [[1, 2]].shape", "Arrays have `shape`. What stands before the dot is a list: `np.array(…)`"),
        ("return 2.0 ^ 3", "`^` is no power in Python."),
        ("return float('39.1;18,7')", "That is more than one number in one text"),
        ("return int('-12.5')", "`int` takes the text of a whole number alone. `float` takes every number."),
        ("return np.array(['1', ' '], dtype=float)", "An empty text is no number."),
        ("a = np.ones((2, 1))\na += np.ones((2, 3))\nreturn a", "What is changed in place keeps its shape"),
        ("self.output = 1\nreturn layer.output", "Inside a class the object itself is `self`: `self.output`."),
        ("a = np.ones(3)\nreturn a - a.mean", "`a.mean` is a function, and here it is not called: `a.mean(…)` gives"),
        ("def f():\n    return 1\nreturn (1 - f) / 2", "`f` is a function, and here it is not called"),
        ("a = np.ones(3)\nreturn a.reshape(1, a)", "A size or a place is one whole number, and an array came."),
        ("return [*range(2.0)]", "A size or a place is one whole number, and a float came."),
        ("a = np.ones(3)\nreturn a.reshape(1, a.shape)", "`a.shape` holds one size for each axis: `a.shape[0]` is"),
        ("return np.ones(3).max() / np.ones(3).max", "`np.ones(3).max` is a function, and here it is not called"),
        ("a = np.ones(3)\nreturn -a.mean", "`a.mean` is a function, and here it is not called: `a.mean(…)` gives"),
        ("return -np.ones(3).mean", "`np.ones(3).mean` is a function, and here it is not called"),
        ("a = np.ones((2, 2))\nreturn a.transpose @ a", "`a.transpose` is a function, and here it is not called"),
        ("text = 'bill length,2'\nreturn [float(one) for one in text.split()]", "`split()` cuts at every space, and"),
        ("text = '2 a,2'\nreturn [float(one) for one in text.split(',')]", "could not convert string to float: '2 a'"),
        ("return np.ones(2).get(1)", "An array stands before the dot, and `get` is what a dictionary has: `{}` makes"),
        ("return np.split(np.ones(7), 3)", "With a number `np.split` makes so many parts, all alike."),
        ("return open('other.npz')", "That name is written into your line."),
        ("text = 'other.npz'\nreturn open(text)", "Is that the name of a file, or the text itself?"),
        ("text = 'a'\nreturn text.splitlines[1:]", "`text.splitlines` is a function, and here it is not called"),
        ("return [1.0, 2.0][0] + np.ones(3)[1.0]", "In square brackets belongs a place, a whole number"),
        ("return max(2.0)", "Between two it chooses when it gets both, `max(one, other)`."),
        ("return sum(2.0)", "Python's own `sum` goes through the numbers of a row, and here it gets one number alone."),
        ("class D:\n    pass\npart = D()\npart.w = np.ones(2)\nreturn part - 1",
         "`part` is a `D`, an object, and no number. Which of its arrays is meant: `part.w`?"),
        ("self.part = C()\nself.part.wide = 2\nreturn wide", "Here `self.part.wide` has that name."),
        ("return max(np.ones((2, 2)))", "Python's own `max` asks whether a whole row is the larger one."),
        ("return np.array([[1.0], []])", "Its rows are not all of one length."),
        ("a = 'abc'\na[0] = 'b'\nreturn a", "It cannot be changed. What is to be filled stands on the left of `=`"),
        ("return float(np.ones(3))", "`float` makes one number of one, and here an array of several came."),
    ],
)
def test_what_a_name_is_missing_for_is_said_as_far_as_it_is_proven(lines, says):
    body = "".join(f"        {line}\n" for line in lines.splitlines())
    assert says in stopped(f"class C:\n    def go(self):\n{body}")


@pytest.mark.parametrize(
    "cell, why",
    [
        ("after_two = 3,08", "`3,08`: a comma makes two numbers in Python."),
        ("def f(x):\n    return x -= 1", "`return x -= 1`: `-=` changes something and has no value of its own"),
        ("b = −1.5", "`b = −1.5`: `−` is a sign of books. Python's is `-`."),
        ("z = 2 · x", "`·` is a sign of books. Python's is `*`."),
        ("def f(x)\n    return x", "Python stops at `def f(x)`: expected ':'."),
    ],
)
def test_what_python_could_not_read_is_told(cell, why):
    assert why in why_no_python(cell)


@pytest.mark.parametrize(
    "line, told",
    [
        ("return np.sqrt(2 / shape)", "`shape` is (3, 2), several numbers in one: `shape[0]` is the first of them."),
        ("sizes = [1.0]; return sizes / 2", "`sizes` is a list, and lists do not calculate"),
        ("return Bend(shape)", "`Bend` is a class. `Bend()` makes an object, and that is called: `Bend()(…)`."),
        ("return draw(shape[0], shape[1], 1)", "stands in round brackets of its own"),
        ("return features + shape[0]", "`Own` gets `shape` and `rng` and knows nothing else."),
        ("return np.zeros(shape) @ measured_slope(shape)", "`measured_slope` is the piece of 05.3"),
    ],
)
def test_what_a_newcomers_exception_means(line, told):
    source = f"class Own:\n    def __call__(self, shape, rng):\n        {line}\n"
    linecache.cache["<own>"] = (len(source), None, source.splitlines(keepends=True), "<own>")
    space = {"np": np, "Bend": type("Bend", (), {}), "draw": lambda shape, rng: shape}
    exec(compile(source, "<own>", "exec"), space)
    with pytest.raises((TypeError, NameError)) as raised:
        space["Own"]()((3, 2), None)
    assert told in explain(raised.value, "Own", {"shape": (3, 2)}, source).says


@pytest.mark.parametrize(("arguments", "told"), [
    ("self, labels", "`back` takes less than your line hands over."),
    ("output, labels", "the first argument of every method is `self`: does it stand there?"),
])  # fmt: skip
def test_a_self_that_stands_there_is_not_asked_for(arguments, told):
    source = f"class Own:\n    def back({arguments}):\n        pass\n    def fit(self):\n        self.back(1, 2)\n"
    linecache.cache["<own>"] = (len(source), None, source.splitlines(keepends=True), "<own>")
    space = {}
    exec(compile(source, "<own>", "exec"), space)
    with pytest.raises(TypeError) as raised:
        space["Own"]().fit()
    assert explain(raised.value, "Own", {}, source).says.endswith(told)


@pytest.mark.parametrize("line, told", [
    ("[a[0], a[1], a[2], b[0], b[1], b[2]]", " The places 0 to 2 of `b` are written out, and here it has 2: go "),
    ("[b[1], b[2]]", " Places are counted from 0: the last of 2 is place 1."),
    ("a[74]", " `a[74]` is there only if `a` is long enough, and here it has 3. The last place of any length is −1."),
    ("b[2]", " Places are counted from 0: the last of 2 is place 1."),
    ("c[:, 0], c[:, 4]", " `c[:, 4]` is there only if `c` is long enough, and here it has 1. "),
    ("[c[:, 0], c[:, 1], c[:, 2]]", " The places 0 to 2 of `c` are written out, and here it has 1: go "),
    ("[a[k] for k in (0, 1, 2, 3)]", " `(0, 1, 2, 3)` fits arrays of one size: ask the array for its own."),
])  # fmt: skip
def test_places_that_are_written_out_one_by_one_are_told_of_the_array_that_has_fewer(line, told):
    source, names = f"def take(a, b, c):\n    return {line}\n", {}
    linecache.cache["<taken>"] = (len(source), None, source.splitlines(keepends=True), "<taken>")
    exec(compile(source, "<taken>", "exec"), names)
    with pytest.raises(IndexError) as raised:
        names["take"](np.ones(3), np.ones(2), np.ones((2, 1)))
    assert told in explain(raised.value, "take", {}, source).says


BOTH = "`np.where` works out both of its sides for every number, and chooses only then."


@pytest.mark.parametrize(("line", "told"), [
    ("np.where(z < 0, np.exp(z), np.exp(-z))", BOTH),
    ("np.where(z >= 0, np.exp(-z),\n        np.exp(z))", BOTH),
    ("np.where(z < 0, 1 / (1 + 1 / e), 1)", "The side that `np.where` chooses divides by 0 itself: `e` is 0 there."),
    ("np.where(z > 0, 1, 1 / np.exp(-abs(z)))", "itself: `np.exp(-abs(z))` is 0 there."),
    ("np.where(z > 0, np.exp(z), np.exp(-z))", "Which exponent is large and positive there?"),
    ("1 / (2 + e + 1 / e)", "`e` is 0 there."),
    ("1 / (z.sum() - 2)", "Where is what you divide by 0?"),  # not worked out again
    ("np.exp(z) + np.where(z < 0, z, 0)", "Which exponent is large and positive there?"),
    ("np.where(z.sum() + z > 0, z, np.exp(-z))", "Which exponent is large and positive there?"),  # not worked out again
])  # fmt: skip
def test_the_side_that_is_not_chosen_is_blamed_only_where_it_alone_stops(line, told):
    source, names = f"def bent(z):\n    e = np.exp(-np.abs(z))\n    return {line}\n", {"np": np}
    linecache.cache["<bent>"] = (len(source), None, source.splitlines(keepends=True), "<bent>")
    exec(compile(source, "<bent>", "exec"), names)
    with pytest.raises(FloatingPointError) as raised, np.errstate(all="raise", under="ignore"):
        names["bent"](np.array([-1000.0, 2.0, 1000.0]))
    assert explain(raised.value, "bent", {}, source).says.endswith(told)


@pytest.mark.parametrize(("line", "told"), [
    ("np.where(z > 0, z)", "`np.where(condition, one, other)` takes all three"),
    ("z.max(axis=2)", "Axes are counted from 0: a vector has one, axis 0, and a matrix two, 0 and 1."),
    ("np.sum(2.0, axis=1)", "a single number there, and it has no axis."),
    ("z[np.array([True, False, True])]", "one of them for each place: here there are more or fewer"),
    ("-(z > 0)", "True and False do not calculate"),
    ("(z > 0) - (z < 0)", "True and False do not calculate"),
    ("np.add(whole, z, out=whole)", "holds whole numbers, and what comes in has parts of one"),
    ('z + "1"', "One side is a text."),
    ("[a for a, b, c in [z]]", "Fewer come than there are names"),
    ("np.hstack([z, np.zeros((3, 1))])", "must be alike along every other"),
    ("np.log(z, 2)", "an array to write into"),
    ("np.arange(3) ** -1", "Powers of whole numbers stay whole there."),
    ("z.shape()", "`shape`, for one, takes no brackets."),
    ("np.exp(z)(2)", "Are they too many, or is an operator missing before them?"),
    ("len(z.shape[0])", "That is one number, and `len` counts several."),
    ("list(z.size)", "That is one number, and one after the other is asked for."),
    ("round(z)", "`np.round` takes whole arrays."),
    ("z.item()", "that has one alone. Here there are several."),
    ("z + print()", "One side is None."),
    ("z.astype()", "It takes more than your line hands over."),
    ("abs(z, 0)", "It takes another number of arguments than your line hands over."),
    ('z.astype("number")', "A kind of numbers is named without quotes"),
    ("np.concatenate(z, z)", "`np.concatenate` takes one thing"),
    ("np.vstack(z, z)", "`np.vstack` takes one thing"),
    ("z.maximum(0)", "`np.maximum` is a function, no method"),
    ("z.length", "`shape` holds the size of each axis"),
    ("np.relu(z)", "NumPy has no `relu`"),
    ("[].__setitem__(0, z)", "`append` puts a new one at its end."),
    ("np.ones(9)[11]", "Places are counted from 0, and along that axis there are 9."),
    ("z.size[0]", "is one thing, and has no places."),
    ("np.concatenate([2.0, 1.0])", "Of single numbers `np.array([…])` makes one."),
    ("[z, z] - [z]", "Python's lists and tuples do not calculate"),
    ("-[z]", "Python's lists and tuples do not calculate"),
    ("(z, z) * 0.5", "Python's lists and tuples do not calculate"),
    ("np.zeros(z.size / 2)", "A size is one whole number, without a point."),
    ("1 / 0", "Where is what you divide by 0?"),
    ("np.where(2.0 > 0)", "A single number has none."),
    ("np.array([z > 0], [0])", "`np.array` takes one thing"),
    ("__import__('torch_that_is_not_there')", "What is asked for here needs NumPy alone."),
])  # fmt: skip
def test_what_numpy_tells_in_words_of_its_own_is_told_in_ours(line, told):
    source, names = f"def take(z, whole):\n    return {line}\n", {"np": np}
    linecache.cache["<taken>"] = (len(source), None, source.splitlines(keepends=True), "<taken>")
    exec(compile(source, "<taken>", "exec"), names)
    with pytest.raises(Exception) as raised:
        names["take"](np.ones((2, 3)) / 2, np.ones((2, 3), dtype=int))
    assert told in explain(raised.value, "take", {}, source).says


def test_what_comes_out_is_told_before_how_it_comes_about():
    told = [line.strip() for report in golden.read()[1].values() for line in report.splitlines()]
    how = [line for line in told if COMES_OUT in line]
    assert how and not [line for line in how if line.startswith(COMES_OUT)]


@pytest.mark.parametrize(("body", "goes_round"), [
    ("layer, activation = blocks[0]", False), ("for k in range(2):\n    pass", False),
    ("for k in (1, 0):\n    pass", False), ("list(map(lambda one: one, blocks))", True),
    ("for k in range(len(blocks)):\n    pass", True), ("for layer, bend in reversed(blocks):\n    pass", True),
    ("while blocks:\n    pass", True), ("[layer for layer, _ in blocks]", True),
    ("def back(layers):\n    return layers and back(layers[:-1])\nback(blocks)", True),
])  # fmt: skip
def test_lines_without_a_loop_are_told_from_those_that_go_round(body, goes_round):
    assert Lines(f"def backward_step(blocks, grad):\n{textwrap.indent(body, '    ')}").goes_round() is goes_round


@pytest.mark.parametrize(("line", "unread"), [
    ("self.rate = rate", ["rate"]), ("self.rate = self.other = rate", ["rate", "other"]), ("self.rate += rate", []),
    ("self.rate = rate\n    draw(self)", []), ("self.rate = rate\n    self(self.rate)", []),
])  # fmt: skip
def test_what_an_object_keeps_and_never_asks_for(line, unread):
    lines = Lines(f"def __init__(self, rate):\n    {line}\n")
    assert lines.never_reads() == unread
    assert lines.calls_in("__init__") == [one.strip() for one in line.splitlines() if "(" in one]
    assert lines.calls_in("fit") == []


def test_what_has_been_put_in_the_place_of_an_attribute_is_told_unless_that_is_asked_for():
    source = ("class {0}:\n    def __init__(self):\n        self.weights = None\n    def build(self, rows):\n"
              "        self.weights = 4\n    def __call__(self):\n        return list(self.weights)\n")  # fmt: skip
    told = []
    for name in ("NeuralNetwork", "Dense"):  # a Dense gets its weights in `build`
        text, space = source.format(name), {}
        linecache.cache["<own>"] = (len(text), None, text.splitlines(keepends=True), "<own>")
        exec(compile(text, "<own>", "exec"), space)
        own = space[name]()
        own.build(3)
        with pytest.raises(TypeError) as raised:
            own()
        told.append(explain(raised.value, name, {}, text).says)
    words = "`self.weights` is 4 there. Has your line `self.weights = 4` put that in its place?"
    assert words in told[0] and words not in told[1]


@pytest.mark.parametrize("name, there", [
    ("send_back", " The function `send_back` is the piece of 07.4: it is not in this notebook."), ("turn", ""),
])  # fmt: skip
def test_a_method_that_calls_a_function_of_its_own_name_is_told_where_that_is(name, there):
    source = f"class Own:\n    def {name}(self, x):\n        return {name}(x)\n"
    linecache.cache["<own>"] = (len(source), None, source.splitlines(keepends=True), "<own>")
    space = {}
    exec(compile(source, "<own>", "exec"), space)
    with pytest.raises(NameError) as raised:
        getattr(space["Own"](), name)(1)
    told = explain(raised.value, "Own", {"x": 1}, source).says
    assert f"{there} `self.{name}` is the method that this line stands in. What it is to do is written out " in told
    assert ("is the piece of" in told) is bool(there)


OVER = """        if now >= self.best:
            {}
        self.best, self.best_epoch = now, epoch
        self.best_parameters = parameters.copy()
        return False
"""


@pytest.mark.parametrize("lines, known", [
    (OVER.format("return epoch - self.best_epoch >= self.patience"), True),
    (OVER.format("return epoch - self.best_epoch >= self.patience").replace("now >=", "now != now or now >="), False),
])  # fmt: skip
def test_a_nan_that_was_not_asked_for_is_told_beside_a_passed(lines, known):
    cell = book.exercise_cell("13.7")[0]
    begin, end = cell.index("        if now < self.best"), cell.index("    def on_train_end")
    names = {"np": np}
    exec(cell[:begin] + lines + "\n" + cell[end:], names)
    verdict = find("13.7").judge(names)
    assert verdict.outcome == "PASSED" and bool(verdict.finding) == known
    if known:
        assert verdict.finding.says.startswith("One thing to know: ") and "calls epoch 4 the best" in (
            verdict.finding.says)  # fmt: skip


def test_no_loss_is_nan_where_none_is_spoken_of():
    assert all(np.isfinite(case["validation_losses"]).all() for case in find("13.7").cases)


class Drawn:
    def __call__(self, z):
        return np.random.default_rng().normal(size=z.shape)

    def gradient(self, z):
        return (z > 0) * 1.0


def test_of_what_is_drawn_at_random_nothing_is_said_to_be_left_behind():
    assert find("03.4").judge({"ReLU": Drawn}).finding.name != "remembers"
