"""The exercises of lesson 15, Make it yours."""

import io
import itertools

import numpy as np

from lessons.checks.exercise import Choice, Exercise, Mistake, Order, Prediction

TEXTS = (
    {"text": "long,deep,kind\n39.1,18.7,0\n46.5,17.9,1\n50.0,15.2,0\n38.8,17.2,1"},
    {"text": "a,b,c,price\n1,-2,0.5,310\n4,5.25,6,-12.5\n7,8,9,0.25\n"},
)
rng = np.random.default_rng(15)


def layers_case(*sizes):
    shapes = list(zip(sizes[1:], sizes, strict=False))
    return {"weights": [rng.normal(size=shape).round(2) for shape in shapes],
            "biases": [rng.normal(size=(units, 1)).round(2) for units, _ in shapes]}  # fmt: skip


NETWORKS = (layers_case(2, 3, 1), layers_case(3, 2, 2, 2))
RUNS = (
    {"mine": np.array([0.7, 0.5, 0.41]), "theirs": np.array([0.7, 0.52, 0.4])},
    {"mine": np.array([[1.0, -4.5], [2.0, 0.5]]), "theirs": np.array([[1.5, -4.0], [1.0, 0.5]])},
    {"mine": np.array([-3.0, 1.0, 0.5, 2.0]), "theirs": np.array([-2.0, 1.0, 1.0, -8.0])},
)


class Layer:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias


def made(weights, biases):
    return [Layer(w.copy(), b.copy()) for w, b in zip(weights, biases, strict=True)]


# From a text to arrays ----------------------------------------------------------------------------------------------


def run_csv(from_csv, text):
    """The two arrays, by name."""
    found = from_csv(text)
    if found is ...:
        return ...
    if not isinstance(found, tuple) or len(found) != 2:
        return dict.fromkeys(("your x", "your y"), found)
    return dict(zip(("your x", "your y"), found, strict=True))


def read(text):
    return np.array([line.split(",") for line in text.splitlines()[1:]], dtype=float)


def csv_by(x, y):
    """A wrong reading: `x` and `y` are made from the table `(examples, columns)`."""
    return lambda text: {"your x": x(read(text)), "your y": y(read(text))}


# Save and load ------------------------------------------------------------------------------------------------------


def names_of(count):
    return [f"{name}{number}" for number in range(1, count + 1) for name in ("weights", "bias")]


def stored_in(file, count):
    """What the file holds under the names that were asked for; empty arrays for what is missing."""
    file.seek(0)
    try:
        with np.load(file, allow_pickle=False) as stored:
            found = {name: stored[name] for name in stored.files}
    except (ValueError, OSError, EOFError, TypeError, AttributeError):  # a pickle, or no .npz file at all
        found = {}
    arrays = {f"the array {name} in the file": found.get(name, np.zeros(0)) for name in names_of(count)}
    return {**arrays, "the number of arrays in the file": len(found)}


def run_save(save_parameters, weights, biases):
    file, layers = io.BytesIO(), made(weights, biases)
    count = save_parameters(file, layers)
    return ... if count is ... else {"the number that you return": count, **stored_in(file, len(layers))}


def wrong_save(weights, biases, count=None, only=("weights", "bias"), shift=0, last=False, pickled=False):
    """What a file with one mistake holds."""
    file, arrays = io.BytesIO(), {}
    for number, (w, b) in enumerate(zip(weights, biases, strict=True), start=1):
        arrays |= {f"weights{number + shift}": w, f"bias{number + shift}": b}
    arrays = {name: array for name, array in arrays.items() if name.startswith(only)}
    if last:
        arrays = {"weights": weights[-1], "bias": biases[-1]}
    np.savez(file, **({"layers": np.array([None])} if pickled else arrays))
    given = len(arrays) if count is None else count(len(weights))
    return {"the number that you return": given, **stored_in(file, len(weights))}


def run_load(load_parameters, weights, biases):
    """Fill layers of zeros; what somebody else holds on to must be filled too."""
    file, layers = (
        io.BytesIO(),
        [Layer(np.zeros_like(w), np.zeros_like(b)) for w, b in zip(weights, biases, strict=True)],
    )
    held = [(layer.weights, layer.bias) for layer in layers]
    arrays = itertools.chain(*zip(weights, biases, strict=True))
    np.savez(file, **dict(zip(names_of(len(weights)), arrays, strict=True)))
    file.seek(0)
    count = load_parameters(file, layers)
    return ... if count is ... else {"the number that you return": count, **filled(layers, held)}


def filled(layers, held):
    found = {}
    for number, (layer, arrays) in enumerate(zip(layers, held, strict=True), start=1):
        for name, array in zip(("weights", "bias"), arrays, strict=True):
            found[f"{name} of layer {number}"] = np.array(getattr(layer, name))
            found[f"the array that {name} of layer {number} was before"] = array
    return found


def wrong_load(weights, biases, only=("weights", "bias"), rebound=False, first=False, count=2):
    layers = [Layer(np.zeros_like(w), np.zeros_like(b)) for w, b in zip(weights, biases, strict=True)]
    held = [(layer.weights, layer.bias) for layer in layers]
    for layer, w, b in zip(layers, weights, biases, strict=True):
        for name, array in (("weights", w), ("bias", b)):
            if name in only and rebound:
                setattr(layer, name, array.copy())
            elif name in only and not (first and layer is not layers[0]):
                getattr(layer, name)[:] = array
    return {"the number that you return": count * len(weights), **filled(layers, held)}


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
            Mistake("two-features-only", csv_by(lambda t: t[:, :2].T, lambda t: t[:, -1:].T),
                    "With two features all is right. With three, one of them is missing."),
            Mistake("first-example-lost", csv_by(lambda t: t[1:, :-1].T, lambda t: t[1:, -1:].T),
                    "Your array is {yours}: one example is missing. How many lines hold names?"),
        ),
        hints=(
            "`text.splitlines()[1:]` is every line but the first; `line.split(\",\")` makes words of one.",
            "`np.array(rows, dtype=float)` makes numbers of lists of words, one row an example. Then turn it.",
            "After turning, the last row is the label. `table[-1:]` keeps two dimensions, `table[:-1]` is the rest.",
        ),
        praise="Four lines, and every spreadsheet is open to you.",
    ),
    Exercise(
        number="15.3",
        title="Save",
        piece="save_parameters",
        call=run_save,
        cases=NETWORKS,
        mistakes=(
            Mistake("bias-forgotten", lambda **g: wrong_save(**g, only=("weights",)),
                    "You return {yours}, and the file holds weights only. What does a layer have besides?"),
            Mistake("bias-forgotten", lambda **g: wrong_save(**g, only=("weights",), count=lambda n: 2 * n),
                    "An array in the file is {yours}: weights are there, a bias is not."),
            Mistake("counted-from-zero", lambda **g: wrong_save(**g, shift=-1),
                    "Your file begins with weights0. An array that was asked for is {yours}: the names count from 1."),
            Mistake("same-name-again", lambda **g: wrong_save(**g, last=True, count=lambda n: 2 * n),
                    "The array weights1 is {yours}. All layers were saved under the same names: the last is left."),
            Mistake("same-name-again", lambda **g: wrong_save(**g, last=True),
                    "You saved {yours} arrays: every layer under the same names, so the last one is left."),
            Mistake("needs-pickle", lambda **g: wrong_save(**g, pickled=True, count=lambda n: 2 * n),
                    "The array weights1 is {yours}: the layers themselves were saved, not their arrays. NumPy has to "
                    "pickle such a file, and refuses to read it again."),
            Mistake("miscounted", lambda **g: wrong_save(**g, count=lambda n: n),
                    "The file is right. You return {yours}: each layer has two arrays."),
        ),
        hints=(
            "Collect the arrays in a dictionary first, in a loop over `enumerate(layers, start=1)`.",
            "`f\"weights{number}\"` makes the name of one.",
            "`np.savez(file, **arrays)` writes them all; `len(arrays)` is their number.",
        ),
        praise="Plain numbers under plain names: this file can be read in thirty years.",
    ),
    Exercise(
        number="15.4",
        title="Load",
        piece="load_parameters",
        call=run_load,
        cases=NETWORKS,
        mistakes=(
            Mistake("bias-forgotten", lambda **g: wrong_load(**g, only=("weights",)),
                    "A bias is {yours}, as it was before."),
            Mistake("weights-forgotten", lambda **g: wrong_load(**g, only=("bias",)),
                    "The weights are {yours}, as they were before."),
            Mistake("another-array", lambda **g: wrong_load(**g, rebound=True),
                    "The layers have the right numbers, in new arrays. The old one is {yours}: whoever holds on to it "
                    "sees nothing of them. Write into it."),
            Mistake("first-layer-only", lambda **g: wrong_load(**g, first=True),
                    "The first layer is filled, the next is {yours}. Does your `return` stand inside the loop, or the "
                    "number in the name?"),
            Mistake("miscounted", lambda **g: wrong_load(**g, count=1),
                    "All arrays are filled. You return {yours}: each layer has two."),
            Mistake("nothing-filled", lambda **g: wrong_load(**g, only=()),
                    "The weights are {yours}, as they were before: nothing has been written into them."),
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
        cases=RUNS,
        mistakes=(
            Mistake("signs-kept", lambda mine, theirs: (mine - theirs).max() / np.abs(theirs).max(),
                    "Your difference is {yours}. Where theirs is the larger one, yours counts for nothing."),
            Mistake("signs-kept-below", lambda mine, theirs: np.abs(mine - theirs).max() / theirs.max(),
                    "Your difference is {yours}: the largest of theirs is taken with its sign. −8 has a greater size "
                    "than 1."),
            Mistake("mean-not-max", lambda mine, theirs: np.abs(mine - theirs).mean() / np.abs(theirs).max(),
                    "Your difference is {yours}: the mean. One wrong number among a thousand would hide in it."),
            Mistake("not-relative", lambda mine, theirs: np.abs(mine - theirs).max(),
                    "Your difference is {yours}, not yet a part of anything. Is 0.01 much? It depends on the numbers."),
            Mistake("relative-to-mine", lambda mine, theirs: np.abs(mine - theirs).max() / np.abs(mine).max(),
                    "Your difference is {yours}: divided by the size of yours. Theirs are what you are measured by."),
            Mistake("each-by-its-own", lambda mine, theirs: (np.abs(mine - theirs) / np.abs(theirs)).max(),
                    "Your difference is {yours}: each number is divided by its own. A weight near 0 would then weigh "
                    "most."),
            Mistake("yes-or-no", lambda mine, theirs: np.array_equal(mine, theirs),
                    "You return {yours}. Yes or no says too little: the question is how far apart."),
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
        also=("DCBAF",),
        extra={"E": "It sets a generator that all programs share. The network draws from one of its own."},
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
            "c": "Two evaluations of the loss for each parameter, and nothing can hide.",
        },
        hints=(
            "Which published line trains and is wrong?",
            "What does a falling loss prove?",
            "Lesson 08 was called *Trust nothing*.",
        ),
        praise="Check it, then share it.",
    ),
)  # fmt: skip
