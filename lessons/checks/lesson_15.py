"""The exercises of lesson 15, Make it yours."""

import ast
import io
import itertools
from collections.abc import Mapping

import numpy as np

from lessons.checks.judge import Choice, Exercise, Mistake, Order, Prediction, Slip, Spoilt
from lessons.checks.judge.compare import Finding, numeric, short

TEXTS = (
    {"text": "long,deep,kind\n39.1,18.7,0\n46.5,17.9,1\n50.0,15.2,0\n38.8,17.2,1"},
    {"text": "a,b,c,price\n1,-2,0.5,310\n4,5.25,6,-12.5\n7,8,9,0.25\n-1,2,3,4\n7,8,9,0.25\n"},
    {"text": "height,answer\n1.0625,0.123456\n-3e-7,2"},
    {"text": "bill length,bill depth,answer\n0.5,-7.25,3"},  # one example: what reads a line as a vector shows
)
rng = np.random.default_rng(15)


def layers_case(*sizes):
    shapes = list(zip(sizes[1:], sizes, strict=False))
    return {"weights": [rng.normal(size=shape) for shape in shapes],  # with all digits: a rounded copy is not the same
            "biases": [rng.normal(size=(units, 1)) for units, _ in shapes]}  # fmt: skip


NETWORKS = (layers_case(2, 3, 1), layers_case(4, 3, 2, 1))
MANY = layers_case(*[1] * 13)  # twelve layers: as words, weights10 comes before weights2
MANY["biases"][3][:] = 0.0
MANY_NUMBERS = np.linspace(-2.0, 3.0, 300).round(2)
RUNS = (
    {"mine": np.array([0.7, 0.5, 0.41]), "theirs": np.array([0.7, 0.52, 0.4])},
    {"mine": np.array([[1.0, -4.5], [2.0, 0.5]]), "theirs": np.array([[1.5, -4.0], [1.0, 0.5]])},
    {"mine": np.array([-3.0, 1.0, 0.5, 2.0]), "theirs": np.array([-2.0, 1.0, 1.0, -8.0])},
    {"mine": np.array([5.0, 0.2, 8.0]), "theirs": np.array([4.0, 0.1, 8.0])},  # three largest in three places
    {"mine": np.array([3e-9, -1e-9]), "theirs": np.array([2e-9, -4e-9])},  # small numbers, and far apart
    {"mine": MANY_NUMBERS + 0.7 * (np.arange(300) == 250), "theirs": MANY_NUMBERS},  # one difference, and late
    {"mine": np.array([0.5, 2.0]), "theirs": np.array([0.5, np.nextafter(2.0, 3.0)])},  # the last digit
    {"mine": np.array([0.25, 2.0]), "theirs": np.array([0.0, 2.0])},  # the difference stands where theirs is 0
)


def run_same(same_run, mine, theirs):
    """The difference; where only the last digit differs, no right answer is too near to 0 to be told from it."""
    value = same_run(mine, theirs)
    right, found = np.abs(mine - theirs).max() / np.abs(theirs).max(), numeric(value)
    if right < 1e-9 and found is not None and found.size == 1 and not 0.99 < found.item() / right < 1.01:
        raise Spoilt(Finding("last-digit-lost", f"Two runs that differ in their last digit are {right:.1e} apart, and "
                             f"yours says {short(value)}. 0 is for runs that are the same bit for bit: what becomes of "
                             "small differences in your lines?"))  # fmt: skip
    return value


def scaled(x):
    with np.errstate(all="ignore"):
        return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def network_of(case):
    """A case in words."""
    return f"a network of {'-'.join(map(str, [case['weights'][0].shape[1], *map(len, case['weights'])]))} units"


def names_none(lines):
    """Do the lines write the name of no array?"""
    return not any(str(one.value).startswith(("weights", "bias")) for one in lines.every
                   if isinstance(one, ast.Constant))  # fmt: skip


def crossed(lines):
    """Is an attribute `weights` given what is named after the bias, or the other way round?"""
    pairs = (("weights", "bias"), ("bias", "weights"))
    every = [(ast.unparse(target), ast.unparse(one.value)) for one in lines.every if isinstance(one, ast.Assign)
             for target in one.targets]  # fmt: skip
    return any(f".{name}" in target and other in value for target, value in every for name, other in pairs)


class Layer:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias


def made(weights, biases):
    return [Layer(w.copy(), b.copy()) for w, b in zip(weights, biases, strict=True)]


# From a text to arrays ----------------------------------------------------------------------------------------------


def digits_lost(from_csv):
    """What is to be known of floats that are shorter than those of a text, or ""."""
    x, _ = from_csv("a,b\n39.1,0\n")
    if x.dtype not in (np.float32, np.float16):
        return ""
    return (f"One thing to know: your x is {x.dtype}, and 39.1 has become {float(x[0, 0])!r}. NumPy's own float, "
            "float64, keeps all the digits of a file.")  # fmt: skip


def run_csv(from_csv, text):
    """The two arrays, by name."""
    found = from_csv(text)
    if found is ...:
        return ...
    if not isinstance(found, (tuple, list)) or len(found) != 2:
        return found
    are_words = any(isinstance(one, np.ndarray) and one.dtype.kind in "US" for one in found)
    return {NUMBERS: float(not are_words), "your x": found[0], "your y": found[1]}


NUMBERS = "whether your arrays hold numbers (1 is yes)"


def read(text):
    return np.array([line.split(",") for line in text.splitlines()[1:]], dtype=float)


def in_order_of(key):
    """The lines are sorted before they are read."""
    right = csv_by(lambda table: table[:, :-1].T, lambda table: table[:, -1:].T)
    return lambda text: right("\n".join(["", *sorted(text.splitlines()[1:], key=key)]))


def csv_by(x, y):
    """A wrong reading: `x` and `y` are made from the table `(examples, columns)`."""
    return lambda text: {NUMBERS: 1.0, "your x": x(read(text)), "your y": y(read(text))}


# Save and load ------------------------------------------------------------------------------------------------------


def names_of(count, first=1):
    return [f"{name}{number}" for number in range(first, count + 1) for name in ("weights", "bias")]


def stored_in(file, count):
    """What the file holds: its kind, which of the names that were asked for, and the arrays under them."""
    kind, names, found = (1.0 if file.getbuffer().nbytes else 0.0), [], {}
    file.seek(0)
    try:
        with np.load(file, allow_pickle=False) as stored:
            kind, names = 2.0, stored.files
            found = {name: stored[name] for name in names}
            kind = 3.0
    except (ValueError, OSError, EOFError, TypeError, AttributeError):  # a pickle, or no .npz file at all
        pass
    flags = {there(name): float(name in found) for name in names_of(count, first=0)}
    arrays = {f"the array {name} in the file": found.get(name, np.zeros(0)) for name in names_of(count)}
    own = float(any(name.startswith("arr_") for name in names))
    number = float(all(array.dtype.kind == "f" for array in found.values()))
    return {KIND: kind, OWN: own, **flags, **arrays, "the number of arrays in the file": len(found), IN_IT: number}


KIND = "the kind of the file (3: an .npz file of arrays, 2: one of other objects, 1: another file, 0: empty)"
IN_IT = "whether the arrays in the file hold numbers (1 is yes)"
OWN = "whether NumPy had to invent names (1 is yes)"


def all_digits(found, right, where):
    """Refuse arrays that are nearly the right ones, by shape and number, and not to the last digit."""
    pairs = [(one, other) for one, other in zip(found, right, strict=True) if np.shape(one) == other.shape]
    if not all(numeric(one) is not None and np.isfinite(one).all() for one, _ in pairs) or not pairs:
        return
    apart = max(np.abs(one - other).max() for one, other in pairs)
    if 0 < apart < 0.06 and len(pairs) == len(right):
        text = f"The arrays in {where} are nearly right, up to {apart:.1g}: their last digits are lost. Is there a "
        text += "`round`, an `astype` or a `dtype`? The network is to answer the same, to the last digit."
        raise Spoilt(Finding("fewer-digits", text))


def there(name):
    return f"whether there is an array {name} in the file (1 is yes)"


def run_save(save_parameters, weights, biases):
    file, layers = io.BytesIO(), made(weights, biases)
    before = list(layers)
    count = save_parameters(file, layers)
    if count is ...:
        return ...
    same_layers("save_parameters", layers, before)
    for number, (layer, w, b) in enumerate(zip(layers, weights, biases, strict=True), start=1):
        if not (np.array_equal(layer.weights, w) and np.array_equal(layer.bias, b)):
            raise Spoilt(Finding("parameters-moved", f"After your `save_parameters` layer {number} has other weights "
                                 "or another bias than before. To save is to read: whoever has the layers goes on "
                                 "with them."))  # fmt: skip
    found = {**returned(count), **stored_in(file, len(layers)), "the number that you return": count}
    right = dict(zip(names_of(len(layers)), itertools.chain(*zip(weights, biases, strict=True)), strict=True))
    all_digits([found[f"the array {name} in the file"] for name in right], right.values(), "the file")
    return found


def same_layers(piece, layers, before):
    if layers != before:
        raise Spoilt(Finding("layers-moved", f"Your `{piece}` changes the list `layers` itself: after it, layers are "
                             "missing there or stand in another order. Whoever gave it to you goes on with it: go "
                             "through the list, and leave it as it is."))  # fmt: skip


def returned(count):
    """First of all: is it a number? Which one is looked at last."""
    if isinstance(count, Mapping):  # a file, which may be closed, or a dictionary
        raise Spoilt(Finding("wrong-type", f"You return a {type(count).__name__}. The number of arrays was asked for."))
    return {"what is returned": 0.0 if numeric(count) is not None and np.ndim(count) == 0 else count}


def run_load(load_parameters, weights, biases):
    """Fill layers that hold other numbers; what somebody else holds on to must be filled too."""
    file, layers = io.BytesIO(), made([w[::-1] / 2 - 0.75 for w in weights], [b[::-1] / 2 + 1.5 for b in biases])
    arrays = [(layer.weights, layer.bias) for layer in layers]
    pairs = itertools.chain(*zip(weights, biases, strict=True))
    stored = dict(zip(names_of(len(weights)), pairs, strict=True))
    np.savez(file, **{name: stored[name] for name in reversed(stored)})  # names are promised, and no order
    file.seek(0)
    before = list(layers)
    count = load_parameters(file, layers)
    if count is ...:
        return ...
    same_layers("load_parameters", layers, before)
    found = returned(count)
    all_digits(itertools.chain(*((one.weights, one.bias) for one in layers)), stored.values(), "the layers")
    for number, layer in enumerate(layers, start=1):
        found[f"`weights` of layer {number}"], found[f"`bias` of layer {number}"] = layer.weights, layer.bias
    mine = itertools.chain(*((one.weights, one.bias) for one in layers))
    kept = all(one.weights is w and one.bias is b for one, (w, b) in zip(layers, arrays, strict=True))
    if not kept and all(map(np.array_equal, mine, itertools.chain(*zip(weights, biases, strict=True)))):
        raise Spoilt(Finding("another-array", "The layers have the right numbers, in new arrays. Whoever holds on to "
                             "the old ones sees nothing of them. Write into them, with `[:]`."))
    for number, (layer, (w, b)) in enumerate(zip(layers, arrays, strict=True), start=1):
        same = layer.weights is w and layer.bias is b
        found[f"whether layer {number} still has the same two arrays (1 is yes)"] = float(same)
    return found | {"the number that you return": count}


def one_name_for_all(lines):
    made = lines.has(ast.FormattedValue) or lines.uses("format", "str")
    return not made and not lines.has_bare_braces() and not lines.in_a_loop("savez")


SAVED = '        arrays[f"weights{number}"] = layer.weights\n        arrays[f"bias{number}"] = layer.bias\n'
BIAS_SAVED = '        arrays[f"bias{number}"] = layer.bias\n'
WEIGHTS_LOADED = '            layer.weights[:] = stored[f"weights{number}"]\n'
FOR_EACH = "            for number in range(1, len(layers) + 1):\n"
BIAS_LOADED = '            layer.bias[:] = stored[f"bias{number}"]\n'
EACH_LAYER = "        for number, layer in enumerate(layers, start=1):\n"
BY_NAME = """        for name in stored.files:
            layer = layers[int(DIGIT) - 1]
            (layer.weights if name[0] == "w" else layer.bias)[:] = stored[name]
"""


# ----------------------------------------------------------------------------------------------------------------------

EXERCISES = (
    Prediction(
        number="15.1",
        title="How far from their loss?",
        right="b",
        options={
            "a": "So it would be with another seed. Theirs is on the card, and all the random numbers follow from it.",
            "b": "nine digits on any computer, and all of them where the additions are done in the same order.",
            "c": "The arithmetic is the same, its order need not be: each addition rounds.",
        },
        hints=(
            "Where do the random weights come from?",
            "A seed is one number. What does `np.random.default_rng(3)` draw on their computer, and what on yours?",
            "Think of 0.1 + 0.2 + 0.3, added from the left and from the right.",
        ),
        praise="Chance from a seed is no chance at all.",
    ),
    Exercise(
        number="15.2",
        title="From a text to arrays",
        piece="from_csv",
        call=run_csv,
        beside=digits_lost,
        results=("x", "y"),
        cases=TEXTS,
        mistakes=(
            Mistake("examples-as-rows", csv_by(lambda t: t[:, :-1], lambda t: t[:, -1:]),
                    "Your array is {yours}: one row an example, as in the file. Here one column is one example."),
            Mistake("label-left-in", csv_by(lambda t: t.T, lambda t: t[:, -1:].T),
                    "Your x is {yours}: the last column is in it too. A network that sees the label needs to learn "
                    "nothing."),
            Mistake("flat-labels", csv_by(lambda t: t[:, :-1].T, lambda t: t[:, -1]),
                    "Your y is {yours}: flat. A slice keeps the row: which one is (1, examples)?"),
            Mistake("first-column-as-label", csv_by(lambda t: t[:, 1:].T, lambda t: t[:, :1].T),
                    "Your array is {yours}: the first column is taken for the label. It is the last."),
            Mistake("last-feature-as-label", csv_by(lambda t: t[:, :-1].T, lambda t: t[:, -2:-1].T),
                    "Your y is {yours}: the last feature. The label stands in the column behind it."),
            Mistake("scaled", csv_by(lambda t: scaled(t[:, :-1].T), lambda t: t[:, -1:].T),
                    "Your x is {yours}: scaled already. Here the numbers come out as they stand in the file. Scaling "
                    "comes later, with the mean and deviation of the training part alone."),
            Mistake("two-features-only", csv_by(lambda t: t[:, :2].T, lambda t: t[:, -1:].T),
                    "With two features all is right. With three, one of them is missing."),
            Mistake("third-column-as-label", csv_by(lambda t: t[:, :-1].T, lambda t: t[:, 2:3].T),
                    "Your y is {yours}: the third column is taken for the label. It is the *last*, and a file may have "
                    "more than three."),
            Mistake("yes-or-no", csv_by(lambda t: t[:, :-1].T, lambda t: (t[:, -1:].T > 0).astype(float)),
                    "Your y is {yours}: only whether a label is above 0 is left of it. A label is a number like any "
                    "other."),
            *(Mistake("yes-or-no", csv_by(lambda t: t[:, :-1].T, lambda t, asked=asked: 1.0 * asked(t[:, -1:].T)),
                      "Your y is {yours}: of each label only a yes or no is left, 1 or 0. A label is a number like any "
                      "other.")
              for asked in (lambda y: y > 0.5, lambda y: y == 1, lambda y: y != 0)),
            Mistake("classes-counted", csv_by(lambda t: t[:, :-1].T, lambda t: 1.0 * np.unique(
                    t[:, -1:].T, return_inverse=True)[1].reshape(1, -1)),
                    "Your y is {yours}: a number for each kind of label, counted in order. The label itself is a "
                    "number, and it stays as it stands in the file."),
            *(Mistake("examples-sorted", in_order_of(key),
                      "Your x has the right examples, and they are sorted. Each stays at the place that its line has "
                      "in the file.", shows=lambda lines: lines.uses("sorted", "sort"))
              for key in (str, lambda line: line.split(","), lambda line: [float(word) for word in line.split(",")])),
            Slip("minus-taken-for-a-word", (("[1:]]", "[1:] if line[0].isdigit()]"),),
                 "An example is missing: the one whose line begins with a minus. It is the first *line* that holds "
                 "names, whatever the others begin with."),
            Slip("last-example-lost", (("[1:]]", "[1:-1]]"),),
                 "The last example is missing. The text need not end with an empty line."),
            Slip("words-for-lines", (("text.splitlines()", "text.split()"),),
                 "`split()` cuts at every space as well, and the names in the first line may have some: bill length. "
                 "`splitlines()` cuts at the ends of lines alone.",
                 shows=lambda lines: any(ast.unparse(one).endswith(".split()") for one in lines.every
                                         if isinstance(one, ast.Call))),
            Slip("header-as-example",
                 (("np.array(rows, dtype=float)", "np.array([[np.nan] * len(rows[0]), *rows], dtype=float)"),),
                 "Your first example is nan: the line of names has been read as an example, and a name is no number. "
                 "Begin after it."),
            Slip("one-example-flat", (("dtype=float).T", "dtype=float).squeeze().T"),),
                 "With one example alone your x is flat: the axis of the examples is gone. (`np.loadtxt` keeps it with "
                 "`ndmin=2`.)"),
            Slip("header-read-too", (("[1:]]", "]"),),
                 "The first line holds the names of the columns, and a name is no number: begin after it."),
            Slip("words-left", (("np.array(rows, dtype=float)", "np.array(rows)"),),
                 "Your arrays hold words, not numbers: '39.1' is a text until it is made a number."),
            Slip("whole-numbers", (("dtype=float)", "dtype=float).astype(int)"),),
                 "Your arrays hold whole numbers: what stands after the point is lost."),
            Slip("swapped", (("table[:-1], table[-1:]", "table[-1:], table[:-1]"),),
                 "x and y are swapped: the label is what comes last in each line."),
            Slip("examples-as-rows", ((".T", ""), ("table[:-1], table[-1:]", "table[:, :-1], table[:, -1:].T")),
                 "Your x has one row an example, as in the file. Here one column is one example."),
            Slip("examples-as-rows", (("table[:-1], table[-1:]", "table[:-1], table[-1:].T"),),
                 "Your y stands upright, one row an example. Here one column is one example."),
            Slip("not-turned", ((".T", ""),),
                 "You cut off the last *example*, not the last column: the table has one row an example, as in the "
                 "file. Turn it first."),
            Slip("other-separator", (('split(",")', 'split(";")'),),
                 "You cut at another sign than the comma, so a line stays one word.",
                 shows=lambda lines: lines.uses("split")),
            Mistake("first-example-lost", csv_by(lambda t: t[1:, :-1].T, lambda t: t[1:, -1:].T),
                    "Your array is {yours}: one example is missing. How many lines hold names?"),
        ),
        hints=(
            "`text.splitlines()[1:]` is every line but the first; `line.split(\",\")` makes words of one.",
            "`np.array(rows, dtype=float)` makes numbers of lists of words, one row an example. Then turn it.",
            "After turning, the last row is the label. `table[-1:]` keeps two dimensions, `table[:-1]` is the rest.",
        ),
        praise="Three lines, and every tidy CSV file is open to you.",
    ),
    Exercise(
        number="15.3",
        title="Save",
        piece="save_parameters",
        call=run_save,
        tried=network_of,
        cases=(*NETWORKS, MANY),
        mistakes=(
            Slip("bias-forgotten", ((BIAS_SAVED, ""),), "The file holds weights only. What does a layer have besides?",
                 shows=lambda lines: not lines.uses("bias")),
            Slip("bias-forgotten", ((BIAS_SAVED, ""), ("len(arrays)", "2 * len(layers)")),
                 "The file holds weights only. What does a layer have besides?",
                 shows=lambda lines: not lines.uses("bias")),
            Slip("weights-forgotten", (('        arrays[f"weights{number}"] = layer.weights\n', ""),),
                 "The file holds the biases only. Where are the weights?",
                 shows=lambda lines: not lines.uses("weights")),
            Slip("arrays-counted", (("number, layer in enumerate(layers, start=1)",
                                     "number, layer in zip(range(1, 99, 2), layers)"),
                                    ('f"bias{number}"', 'f"bias{number + 1}"')),
                 "Your numbers count the arrays: weights1, bias2, weights3, … They count the layers: the two arrays of "
                 "one layer have the same number."),
            *(Slip("counted-from-zero", ((f"{name}{{number}}", f"{name}{{number - 1}}"),),
                   f"The names of the {several} count from 0: {name}0. They count from 1, as those of the {other} do.")
              for name, several, other in (("bias", "biases", "weights"), ("weights", "weights", "biases"))),
            Slip("counted-from-zero", ((", start=1", ""),),
                 "The names in your file begin with weights0. They count from 1."),
            *(Slip("last-layer-left-out", (("enumerate(layers,", "enumerate(layers[:-1],"), ("len(arrays)", count)),
                   "The last layer is not in the file: your numbers end before it. `range(1, n)` ends at n − 1.")
              for count in ("len(arrays)", "2 * len(layers)")),
            Slip("first-layer-left-out", (("enumerate(layers, start=1)", "enumerate(layers[1:], start=1)"),),
                 "The first layer is not in the file, and the second stands under its names. Layers are counted from "
                 "0: the first is `layers[0]`."),
            Slip("zeros-in-the-names", (("{number}", "{number:02d}"),),
                 "The names in your file begin with weights01. A number stands there as it is: weights1, bias1.",
                 shows=lambda lines: lines.uses("zfill", "format", "rjust")
                 or any(getattr(one, "format_spec", None) for one in lines.every)),
            Slip("first-layer-left-out", (("enumerate(layers, start=1)", "list(enumerate(layers, start=1))[1:]"),),
                 "The first layer is not in the file. Layers are counted from 0: the first is `layers[0]`."),
            Slip("same-name-again", (("{number}", ""),),
                 "Every layer was saved under the same two names, weights and bias, so the last one is left.",
                 shows=one_name_for_all),
            Slip("same-name-again", (("{number}", ""), ("len(arrays)", "2 * len(layers)")),
                 "Every layer was saved under the same two names, weights and bias, so the last one is left.",
                 shows=one_name_for_all),
            Slip("last-layer-only", (("    np.savez", "        np.savez"), ("    arrays = {}\n", ""),
                                     (SAVED, "        arrays = {}\n" + SAVED), ("len(arrays)", "2 * len(layers)")),
                 "Each layer was written over the one before, so the last is left. Gather all arrays first, then save "
                 "once.", shows=lambda lines: lines.in_a_loop("savez")),
            Slip("last-layer-only", (("    np.savez(file, **arrays)\n", "        file.seek(0)\n        "
                                      "file.truncate()\n        np.savez(file, **arrays)\n"), ("    arrays = {}\n", ""),
                                     (SAVED, "        arrays = {}\n" + SAVED), ("len(arrays)", "2 * len(layers)")),
                 "Each layer was written over the one before, so the last is left. Gather all arrays first, then save "
                 "once.", shows=lambda lines: lines.in_a_loop("savez")),
            Slip("first-layer-only", (("    np.savez", "        np.savez"), ("    return", "        return")),
                 "Only the first layer is in the file: `return` stands inside the loop."),
            Slip("numbers-counted", (("len(arrays)", "sum(array.size for array in arrays.values())"),),
                 "You return how many *numbers* there are in the arrays. How many arrays there are was asked for: two "
                 "a layer."),
            Slip("without-stars", (("**arrays", "arrays"),),
                 "`np.savez(file, arrays)` saves the dictionary as one object, which NumPy has to "
                 "pickle and refuses to "
                 "read again. Two stars before it make a name of each key."),
            Slip("without-names", (("**arrays", "*arrays.values()"),),
                 "The arrays are in the file under the names arr_0, arr_1, …: NumPy gives them where you give none."),
            Slip("names-saved", (("**arrays", "*arrays"),),
                 "One star hands over the *names* in the dictionary: the file holds texts, under arr_0, arr_1, … Two "
                 "stars hand over each array under its name."),
            Slip("needs-pickle", (("**arrays", "layers=np.array(layers, dtype=object)"),),
                 "NumPy cannot read the file without pickle: the layers themselves were saved, not their arrays."),
            Slip("no-npz", (("    np.savez(file, **arrays)\n",
                              "    import pickle\n    pickle.dump([layer.weights "
                             "for layer in layers], file)\n"),),
                 "That is no .npz file. `np.savez` writes plain arrays under plain names."),
            Slip("another-file", (("np.savez(file,", "np.savez(type(file)(),"),),
                 "The file that came in is empty: your arrays are written into another one. `file` is where they go.",
                 shows=lambda lines: lines.uses("savez", "save", "savez_compressed", "open")),
            Slip("nothing-saved", (("    np.savez(file, **arrays)\n", ""),),
                 "The file is empty: the arrays are gathered and never written."),
            *(Slip("two-layers-only", (("enumerate(layers,", "enumerate(layers[:2],"), ("len(arrays)", count)),
                   "Of three layers the third is not in the file: your lines are for two. How many there are is for "
                   "`layers` to say.") for count in ("len(arrays)", "2 * len(layers)")),
            Slip("other-names", (('f"weights', 'f"weight'),),
                 "The weights have other names in your file. Whoever loads them will ask for weights1, weights2, …"),
            Slip("other-names", (("{number}", "_{number}"),),
                 "The arrays in your file have other names. Whoever loads them will ask for weights1, bias1, …"),
            Slip("other-names", (('f"bias', 'f"b'), ('f"weights', 'f"w')),
                 "The arrays in your file have other names. Whoever loads them will ask for weights1, bias1, …"),
            Slip("other-names", (('f"bias', 'f"biases'),),
                 "The biases have other names in your file. Whoever loads them will ask for bias1, bias2, …",
                 shows=lambda lines: any(str(one.value).startswith("bias") for one in lines.every
                                         if isinstance(one, ast.Constant))),
            Slip("crossed", (("] = layer.weights", "] = layer.b"), ("] = layer.bias", "] = layer.weights"),
                             ("] = layer.b\n", "] = layer.bias\n")),
                 "Weights and bias are crossed: each stands under the other's name."),
            Slip("always-layer-1", (("] = layer.weights", "] = layers[0].weights"),
                                    ("] = layer.bias", "] = layers[0].bias")),
                 "Every number of the file has the arrays of layer 1. Does your loop read `layers[0]` in every round?"),
            Slip("miscounted", (("len(arrays)", "len(layers)"),),
                 "What you return is the number of layers; each layer has two arrays."),
        ),
        hints=(
            "Collect the arrays in a dictionary first, in a loop over `enumerate(layers, start=1)`.",
            "`f\"weights{number}\"` makes the name of one.",
            "`np.savez(file, **arrays)` writes them all; `len(arrays)` is their number.",
        ),
        praise="Plain numbers under plain names: NumPy alone can read this file.",
    ),
    Exercise(
        number="15.4",
        title="Load",
        piece="load_parameters",
        call=run_load,
        tried=network_of,
        cases=(*NETWORKS, MANY),
        mistakes=(
            Slip("bias-forgotten", ((BIAS_LOADED, ""),), "A bias is as it was before."),
            Slip("weights-forgotten", ((WEIGHTS_LOADED, ""),), "The weights are as they were before."),
            Slip("added", ((".weights[:] =", ".weights[:] +="), (".bias[:] =", ".bias[:] +=")),
                 "What the file holds is *added* to what was there. It should take its place."),
            Slip("added", ((".weights[:] =", ".weights[:] +="),),
                 "The weights of the file are *added* to those that were there. They should take their place."),
            Slip("added", ((".bias[:] =", ".bias[:] +="),),
                 "The bias of the file is *added* to the one that was there. It should take its place."),
            Slip("taken-away", ((".weights[:] =", ".weights[:] -="), (".bias[:] =", ".bias[:] -=")),
                 "What the file holds is *taken away* from what was there. It should take its place."),
            Slip("turned-round", (('layer.weights[:] = stored[f"weights{number}"]', "layer.weights[:] = layer.weights"),
                                  ('layer.bias[:] = stored[f"bias{number}"]', "layer.bias[:] = layer.bias")),
                 "The layers are as they were before: nothing of the file has been written into them."),
            Slip("first-layer-only", (("enumerate(layers,", "enumerate(layers[:1],"),),
                 "Only the first layer is filled. Does your `return` stand inside the loop?"),
            Slip("first-layer-only", (("enumerate(layers,", "enumerate(layers[:1],"), ("2 * len(layers)", "2")),
                 "Only the first layer is filled. Does your `return` stand inside the loop?"),
            *(Slip("last-layer-left-out", (("enumerate(layers,", "enumerate(layers[:-1],"), ("2 * len(layers)", count)),
                   "The last layer is as it was before: your numbers end before it. `range(1, n)` ends at n − 1.")
              for count in ("2 * len(layers)", "2 * (len(layers) - 1)")),
            *(Slip("first-layer-left-out",
                   (("enumerate(layers, start=1)", "list(enumerate(layers, start=1))[1:]"), ("2 * len(layers)", count)),
                   "The first layer is as it was before. Layers are counted from 0: the first is `layers[0]`.")
              for count in ("2 * len(layers)", "2 * (len(layers) - 1)")),
            *(Slip("two-layers-only", (("enumerate(layers,", "enumerate(layers[:2],"), ("2 * len(layers)", count)),
                   "Of three layers the third is as it was: your lines are for two. How many there are is for `layers` "
                   "to say.") for count in ("2 * len(layers)", "4")),
            Slip("one-number", (("weights[:] =", "weights[0] ="), ('weights{number}"]', 'weights{number}"][0]'),
                                ("bias[:] =", "bias[0] ="), ('bias{number}"]', 'bias{number}"][0]')),
                 "Only the first row of each array is filled. `[:]` is all of it."),
            Slip("one-number", (("weights[:] =", "weights[0] ="), ('weights{number}"]', 'weights{number}"][0]')),
                 "Only the first row of the weights is filled. `[:]` is all of it."),
            Slip("one-number", (("weights[:] =", "weights[0] ="),),
                 "Only the first row of the weights is filled. `[:]` is all of it."),
            Slip("counted-from-zero", ((", start=1", ""),), "You ask the file for weights0. Its names count from 1."),
            Slip("every-array-in-each", ((WEIGHTS_LOADED + BIAS_LOADED, FOR_EACH + f"    {WEIGHTS_LOADED}    "
                                          f"{BIAS_LOADED}"),),
                 "Every layer is filled with all arrays of the file, one after the other. A layer has *one* number, "
                 "and takes the arrays of that number.", shows=lambda lines: lines.inside(ast.For, ast.For)),
            Slip("crossed", (('weights[:] = stored[f"weights', 'weights[:] = stored[f"b'),
                             ('bias[:] = stored[f"bias', 'bias[:] = stored[f"weights'), ('[f"b{', '[f"bias{')),
                 "Weights and bias are crossed: each is given what stands in the file under the other's name.",
                 shows=crossed),
            Slip("always-layer-1",
                 (('stored[f"weights{number}"]', 'np.resize(stored["weights1"], layer.weights.shape)'),
                  ('stored[f"bias{number}"]', 'np.resize(stored["bias1"], layer.bias.shape)')),
                 "Every layer gets the arrays of layer 1, cut or stretched. Each has arrays of its own in the file, "
                 "under its number."),
            Slip("weights-for-bias", (('stored[f"bias{number}"]', 'stored[f"weights{number}"][:, :1]'),),
                 "The bias gets the first column of the weights. In the file it has an array of its own."),
            *(Slip("same-name-for-all", tuple((f'[f"{one}{{number}}"]', f'["{one}1"]') for one in (name, *too)),
                   f"Your lines stop as when every layer asks for `{name}1`, whose shape is that of layer 1. Each has "
                   "a name of its own in the file.",
                   shows=lambda lines, name=name: any(isinstance(one, ast.Constant) and one.value == f"{name}1"
                                                      for one in lines.every))
              for name, *too in (("weights",), ("bias",), ("weights", "bias"))),
            Slip("same-name-for-all", (('[f"bias{number}"]', '["bias1"][: len(layer.bias)]'),),
                 "Every layer gets the beginning of `bias1`. Each has a name of its own in the file."),
            Slip("by-place", (('stored[f"weights{number}"]', "stored[sorted(stored.files)[2 * number - 2]]"),
                              ('stored[f"bias{number}"]', "stored[sorted(stored.files)[2 * number - 1]]")),
                 "Sorted by name, every `bias…` comes before every `weights…`. Take each array by its own name.",
                 shows=lambda lines: lines.uses("sorted", "sort")),
            Slip("by-place", (('stored[f"weights{number}"]', "stored[sorted(stored.files)[2 * number - 1]]"),
                              ('stored[f"bias{number}"]', "stored[sorted(stored.files)[2 * number - 2]]")),
                 "Sorted by name, every `bias…` comes before every `weights…`. Take each array by its own name.",
                 shows=lambda lines: lines.uses("sorted", "sort")),
            Slip("by-place", (('stored[f"weights{number}"]', "stored[stored.files[2 * number - 2]]"),
                              ('stored[f"bias{number}"]', "stored[stored.files[2 * number - 1]]")),
                 "You go by the order in the file, which nothing promises. Take each array by its own name.",
                 shows=names_none),
            Slip("by-place", ((WEIGHTS_LOADED + BIAS_LOADED,
                               "            layer.weights[:] = stored[stored.files[number - 1]]\n"),),
                 "You go by the order in the file, which nothing promises. Take each array by its own name.",
                 shows=names_none),
            Slip("sorted-as-words",
                 (('stored[f"weights{number}"]', "stored[sorted(stored.files)[len(layers) + number - 1]]"),
                  ('stored[f"bias{number}"]', "stored[sorted(stored.files)[number - 1]]")),
                 "With ten layers and more the arrays come to other layers. Sorted as words, `weights10` comes before "
                 "`weights2`: take each array by its own name."),
            Slip("number-missing", (("{number}", ""),),
                 "You ask the file for a name without a number. Its names have one."),
            *(Slip("one-digit-read", ((EACH_LAYER + WEIGHTS_LOADED + BIAS_LOADED, BY_NAME.replace("DIGIT", digit)),),
                   "With ten layers and more the arrays come to other layers: of the number in a name only one digit "
                   "is read, and `weights12` has two.") for digit in ("name[-1]", "name[7 if name[0] == 'w' else 4]")),
            Slip("bias-for-weights", (('stored[f"weights{number}"]', 'stored[f"bias{number}"]'),),
                 "The weights get the bias: a column of one number for each unit, which NumPy stretches to all. In the "
                 "file they have an array of their own."),
            Slip("numbers-counted", (("2 * len(layers)", "sum(one.weights.size + one.bias.size for one in layers)"),),
                 "You return how many *numbers* there are in the arrays. How many arrays there are was asked for: two "
                 "a layer."),
            Slip("two-layers-counted", (("2 * len(layers)", "4"),),
                 "What you return is 4, the arrays of two layers. How many there are is for `layers` to say."),
            Slip("miscounted", (("2 * len(layers)", "len(layers)"),),
                 "What you return is the number of layers; each layer has two arrays."),
        ),
        hints=(
            "`with np.load(file) as stored:`, and inside it the same loop as for saving.",
            "`stored[f\"weights{number}\"]` is one array of the file.",
            "`[:]` on the left of `=` writes into the array that is there.",
        ),
        praise="Saved, loaded, and nobody who held the old arrays noticed a thing.",
    ),
    Exercise(
        number="15.5",
        title="Are two runs the same?",
        piece="same_run",
        what="your difference",
        call=run_same,
        cases=RUNS,
        mistakes=(
            Mistake("signs-kept", lambda mine, theirs: (mine - theirs).max() / np.abs(theirs).max(),
                    "Your difference is {yours}. Where theirs is the larger one, the difference is below 0 and counts "
                    "for nothing."),
            Mistake("signs-kept-below", lambda mine, theirs: np.abs(mine - theirs).max() / theirs.max(),
                    "Your difference is {yours}: the largest of theirs is taken with its sign. −8 has a greater size "
                    "than 1."),
            Mistake("yes-or-no", lambda mine, theirs: 0.0 if np.array_equal(mine, theirs) else 1.0,
                    "Your difference is {yours}: 1 for any difference. Yes or no says too little: the question is how "
                    "far apart."),
            Mistake("not-subtracted", lambda mine, theirs: np.abs(mine).max() / np.abs(theirs).max(),
                    "Your difference is {yours}: your largest number by their largest. Where is the difference of the "
                    "two, place by place?"),
            Mistake("mean-not-max", lambda mine, theirs: np.abs(mine - theirs).mean() / np.abs(theirs).max(),
                    "Your difference is {yours}: the mean. One wrong number among a thousand would hide in it."),
            Mistake("sizes-compared",
                    lambda mine, theirs: np.abs(np.abs(mine) - np.abs(theirs)).max() / np.abs(theirs).max(),
                    "Your difference is {yours}: that of the sizes. 2 and −8 are 10 apart, not 6."),
            Mistake("sizes-compared",
                    lambda mine, theirs: (np.abs(mine) - np.abs(theirs)).max() / np.abs(theirs).max(),
                    "Your difference is {yours}: that of the sizes. 2 and −8 are 10 apart, not 6; and where theirs is "
                    "the larger one, it must not count for nothing."),
            Mistake("how-many-differ", lambda mine, theirs: np.mean(mine != theirs),
                    "Your difference is {yours}: the share of numbers that differ at all. How far they are apart was "
                    "asked for."),
            Mistake("rows-added-up", lambda mine, theirs:
                    np.linalg.norm(mine - theirs, np.inf) / np.linalg.norm(theirs, np.inf),
                    "Your difference is {yours}: of a matrix, the norm with `inf` is the largest *sum* of a row's "
                    "sizes. The largest size of one number was asked for."),
            Mistake("numbers-counted", lambda mine, theirs: np.abs(mine - theirs).max() / theirs.size,
                    "Your difference is {yours}: divided by how many numbers there are, which is what `.size` says. "
                    "The size of a number is how far it is from 0, `np.abs`."),
            Mistake("squares", lambda mine, theirs: ((mine - theirs) ** 2).max() / (theirs**2).max(),
                    "Your difference is {yours}: one of squares. In squares a tenth becomes a hundredth; sizes without "
                    "their sign were asked for."),
            Mistake("of-the-largest", lambda mine, theirs: abs(mine.max() - theirs.max()) / abs(theirs.max()),
                    "Your difference is {yours}: that of the two largest. Compare place by place, then take the "
                    "largest difference."),
            Mistake("zeros-left-out",
                    lambda mine, theirs: np.abs(mine - theirs)[theirs != 0].max() / np.abs(theirs).max(),
                    "Your difference is {yours}: where theirs is 0 you compare nothing. A difference counts wherever "
                    "it stands."),
            Mistake("range-below", lambda mine, theirs: np.abs(mine - theirs).max() / np.ptp(theirs),
                    "Your difference is {yours}: divided by how far it is from their smallest number to their largest. "
                    "The largest size among theirs was asked for."),
            *(Mistake("left-out", lambda mine, theirs, few=few:
                      np.abs((mine - theirs).ravel()[:few]).max() / np.abs(theirs).max(),
                      f"Your difference is {{yours}}: no more than the first {few} numbers are compared. Two runs may "
                      "part later: compare all that come in.") for few in (10, 20, 50, 100, 200)),
            Mistake("from-end-to-end", lambda mine, theirs: np.ptp(mine - theirs) / np.abs(theirs).max(),
                    "Your difference is {yours}: the largest difference minus the smallest. If all were 5 too high, "
                    "that would be 0. Take the largest size of one."),
            Mistake("not-relative", lambda mine, theirs: np.abs(mine - theirs).max(),
                    "Your difference is {yours}, not yet a part of anything. Is 0.01 much? It depends on the numbers."),
            Mistake("larger-of-the-two", lambda mine, theirs:
                    np.abs(mine - theirs).max() / max(np.abs(mine).max(), np.abs(theirs).max()),
                    "Your difference is {yours}: divided by the larger of yours and theirs. Theirs alone are what you "
                    "are measured by."),
            Mistake("relative-to-mine", lambda mine, theirs: np.abs(mine - theirs).max() / np.abs(mine).max(),
                    "Your difference is {yours}: divided by the size of yours. Theirs are what you are measured by."),
            *(Mistake("each-by-its-own", made,
                      "Your difference is {yours}: each number is divided by its own. A weight near 0 would then weigh "
                      "most.") for made in (lambda mine, theirs: (np.abs(mine - theirs) / np.abs(theirs)).max(),
                                            lambda mine, theirs: (np.abs(mine - theirs) / theirs).max(),
                                            lambda mine, theirs: ((mine - theirs) / theirs).max())),
            Slip("signs-kept", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                                 "(mine - theirs).max() / theirs.max()"),),
                 "Where theirs is the larger one, the difference is below 0 and counts for nothing: how large is it "
                 "without its sign?"),
            Slip("signs-kept", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                                 "(theirs - mine).max() / theirs.max()"),),
                 "Where yours is the larger one, the difference is below 0 and counts for nothing: how large is it "
                 "without its sign?"),
            *(Slip("first-only", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                                   f"abs(mine{first} - theirs{first}) / {size}"),),
                   "You compare the first two numbers only. The runs may differ later.",
                   shows=lambda lines: not lines.returns_in_a_loop())
              for first in ("[0]", ".flat[0]") for size in (f"abs(theirs{first})", "np.abs(theirs).max()")),
            Slip("taken-from-one", (("return ", "return 1 - "),),
                 "You take it from 1, so two equal runs give 1. 0 is to mean that they are the same.",
                 shows=lambda lines: lines.writes(1)),
            Slip("at-that-place", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                                    "(np.abs(mine - theirs) / np.abs(theirs)).flat[np.abs(mine - theirs).argmax()]"),),
                 "The largest difference is divided by the number at its own place. The largest of theirs may stand "
                 "elsewhere."),
            Slip("means", ((".max()", ".mean()"),),
                 "You divide two means, or two sums. One wrong number among a thousand would hide in them: the largest "
                 "of each was asked for."),
            Slip("lengths", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                              "np.linalg.norm(mine - theirs) / np.linalg.norm(theirs)"),),
                 "You divide lengths, roots of sums of squares. The largest difference was asked for."),
            *(Slip("last-only", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                                  f"abs(mine{last} - theirs{last}) / {size}"),),
                   "You compare the last two numbers only. The runs may have differed before.")
              for last in ("[-1]", ".flat[-1]") for size in (f"abs(theirs{last})", "np.abs(theirs).max()")),
            Slip("of-the-largest", (("np.abs(mine - theirs).max()", "abs(np.abs(mine).max() - np.abs(theirs).max())"),),
                 "You compare the two largest. Compare place by place, then take the largest difference."),
            Slip("of-the-largest", (("np.abs(mine - theirs).max()", "abs(mine.max() - theirs.max())"),),
                 "You compare the two largest. Compare place by place, then take the largest difference."),
            Slip("first-below", (("np.abs(theirs).max()", "np.abs(theirs[0]).max()"),),
                 "You divide by the first of theirs. The largest in size was asked for."),
            Slip("smallest-below", (("np.abs(theirs).max()", "np.abs(theirs).min()"),),
                 "You divide by the smallest of theirs. The largest was asked for."),
            Slip("turned-over", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                                  "np.abs(theirs).max() / np.abs(mine - theirs).max()"),),
                 "The fraction is upside down: two equal runs would give something infinite."),
            Slip("per-cent", (("return ", "return 100 * "),), "You give per cent. A part of one was asked for."),
            *(Slip("yes-or-no", (("np.abs(mine - theirs).max() / np.abs(theirs).max()", f"np.{asks}(mine, theirs)"),),
                   "You return True or False. Yes or no says too little: the question is how far apart.")
              for asks in ("allclose", "array_equal")),
            Slip("yes-or-no", (("np.abs(mine - theirs).max() / np.abs(theirs).max()",
                                "float(not np.allclose(mine, theirs))"),),
                 "You say whether they are apart, yes or no. That says too little: the question is how far."),
            Slip("at-the-largest", (("np.abs(mine - theirs).max()",
                                     "np.abs(mine - theirs).flat[np.abs(theirs).argmax()]"),),
                 "You look at one place alone, where theirs is largest. The largest difference may stand elsewhere."),
        ),
        hints=(
            "First the distances: `np.abs` of the differences, place by place.",
            "Then the largest of them, one number: `.max()`.",
            "Divide by the largest size among theirs: `np.abs(theirs).max()`.",
        ),
        praise="One number that says: the same, the same but for rounding, or not the same.",
    ),
    Order(
        number="15.6",
        title="Repeat a run, in order",
        lines={
            "A": 'again.fit(x_train, y_train, epochs=card.fields["epoch"])',
            "B": "print(card.has_data(x_train, y_train))",
            "C": 'again = network(seed=card.fields["seed"])',
            "D": 'card = read_card("my_runs/penguins.npz")',
            "E": 'np.random.seed(card.fields["seed"])',
            "F": 'print(difference(np.array(again.history.loss), np.array(card.history["loss"])))',
        },
        right="DBCAF",
        without={
            "D": "The card is never read.",
            "B": "Nobody asks whether these are the data of the card.",
            "C": "No network is made.",
            "A": "No network is trained.",
            "F": "The losses are never compared.",
        },
        also=("DCBAF",),
        extra={"E": "It sets the generator that all of a program shares. The network draws from one of its own."},
        before=(
            ("D", "B", "It asks the card, which has not been read yet."),
            ("D", "C", "It needs the seed on the card, which has not been read yet."),
            ("C", "A", "It trains a network that has not been made yet."),
            ("B", "A", "First see whether these are the data; 300 epochs on others would be for nothing."),
            ("A", "F", "It compares losses that are not there before the training."),
        ),
        hints=(
            "Everything hangs on the card. Which line reads it?",
            "Check the data before you spend time on them.",
            "Read, check the data, make the network, train, compare.",
        ),
        praise="Card, data, network, training, comparison: science in five lines.",
    ),
    Choice(
        number="15.7",
        title="Recall: scale last",
        right="c",
        options={
            "a": "It is, by a few microseconds. That is not why.",
            "b": "The part held back has a mean a little beside 0, and that does no harm.",
            "c": "Whatever those held back have touched, they can no longer judge.",
        },
        hints=(
            "Lesson 13 called it a leak.",
            "From which birds come the mean and the deviation?",
            "Who is going to judge, and what may the judges have had a part in?",
        ),
        praise="Hold back first; everything else is learnt from the rest.",
    ),
    Choice(
        number="15.8",
        title="Recall: is it right?",
        right="c",
        options={
            "a": "In lesson 08 the loss fell, and the line was wrong.",
            "b": "It may fall for long with a wrong gradient, only more slowly.",
            "c": "Two evaluations of the loss for each parameter, and a wrong gradient shows.",
        },
        hints=(
            "Which published line trains and is wrong?",
            "What does a falling loss prove?",
            "Lesson 08 was called *Trust nothing*.",
        ),
        praise="Check it, then share it.",
    ),
)  # fmt: skip
