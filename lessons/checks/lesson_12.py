"""The exercises of lesson 12, Move faster."""

import ast
import re

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Prediction, Slip, Spoilt, gives_itself
from lessons.checks.judge.compare import Finding, close

rng, more = np.random.default_rng(12), np.random.default_rng(120)
DEALS = tuple(
    {"x": rng.normal(size=(features, count)).round(2), "y": np.arange(float(count)).reshape(1, -1), "size": size}
    for features, count, size in ((2, 7, 3), (3, 6, 2), (2, 4, 10))
)
DEALS += ({"x": more.normal(size=(3, 150)), "y": np.arange(150.0).reshape(1, -1), "size": 100},)  # large, all digits


def steps(count, *shapes, **settings):
    """Arrays of these shapes, each with `count` gradients, and what the optimiser is made with."""
    return {
        "settings": settings,
        "parameters": [rng.normal(size=shape).round(2) for shape in shapes],
        "gradients": [rng.normal(size=(count, *shape)).round(2) for shape in shapes],
    }


MOMENTUM = (
    steps(1, (3, 1), (3, 2), learning_rate=0.1),
    steps(3, (3, 1), (3, 2), learning_rate=0.1),
    steps(4, (2, 4), (2, 1), learning_rate=0.03, momentum=0.6),
    steps(2, (2, 2), (2, 2), learning_rate=0.2),  # two layers of one shape
)
ADAM = (
    steps(1, (3, 1), (3, 2)),
    steps(3, (3, 1), (3, 2), learning_rate=0.1),
    steps(4, (2, 4), (2, 1), learning_rate=0.03, beta1=0.7, beta2=0.95, epsilon=0.25),
    steps(2, (2, 2), (2, 2), learning_rate=0.2),
)
REFILLED = steps(3, (2, 3), (2, 1), learning_rate=0.1) | {"refilled": True}
HALVED = steps(3, (2, 2), (2, 1), learning_rate=0.1) | {"halved": 3}  # before the third update
# without momentum a velocity that has the rate in it is the same rule: there the rate may change on the way
HALVED_LATER = HALVED | {"settings": {"learning_rate": 0.1, "momentum": 0.0}}
MINUTE_AND_LARGE = steps(3, (2, 1), (2, 2), learning_rate=0.1)
for name in ("parameters", "gradients"):
    MINUTE_AND_LARGE[name] = [factor * one for factor, one in zip((1e-6 / 3, 1e3), MINUTE_AND_LARGE[name], strict=True)]
MANY_UPDATES = steps(14, (1, 2), learning_rate=0.1)
ADAM[0]["gradients"][0][0, 1] = 0.0  # a weight that nothing pulls at stays where it is
PLANS = tuple(
    {"step": step, "rate": rate, "warm": warm, "steps": steps}
    for rate, warm, steps, places in (
        (0.4, 10, 110, (1, 5, 10, 35, 60, 85, 110)),
        (0.03, 7, 40, (1, 2, 4, 5, 6, 7, 8, 9, 19, 33, 38, 39, 40)),
        (0.2, 60, 100, (10, 20, 45, 60, 80, 100)),  # the wave, drawn on to the left, is below the line
        (0.2, 1, 2000, (1, 2, 1500, 2000)),  # the shortest warm-up
    )
    for step in places
)


def call_batches(piece, x, y, size):
    """The batches' sizes, which examples come and how often, what goes with what, and whether chance has dealt."""
    dealt = piece(x, y, size, np.random.default_rng(3))
    if dealt is Ellipsis or not isinstance(dealt, (list, tuple)):
        return dealt
    pairs = all(isinstance(one, (list, tuple)) and len(one) == 2 for one in dealt)
    if dealt and pairs and all(np.ndim(one[0]) == 2 > np.ndim(one[1]) for one in dealt):
        text = f"The labels of the first batch have the shape {np.shape(dealt[0][1])}. `y` has (1, examples), and a "
        raise Spoilt(Finding("flat-labels", text + "batch keeps its one row: `y[:, …]`, not `y[0, …]`."))
    if pairs and (other := next((one for one in dealt if not np.ndim(one[0]) == np.ndim(one[1]) == 2), None)):
        text = f"One of your batches has inputs of the shape {np.shape(other[0])} and labels of the shape "
        raise Spoilt(Finding("other-axes", f"{text}{np.shape(other[1])}. Inputs are (features, examples), labels (1, "
                             "examples): two axes each."))  # fmt: skip
    if not pairs:
        text = "What you return is no list of pairs. Each batch is a pair: its inputs (features, examples) and its "
        raise Spoilt(Finding("no-pairs", text + "labels (1, examples)."))
    pairs = [(np.asarray(one), np.asarray(other)) for one, other in dealt]
    if pairs and len(x) != len(y) and all(
        (len(one), len(other)) == (len(y), len(x)) and np.isin(one, y).all() and np.isin(other, x).all()
        for one, other in pairs
    ):
        text = "In each of your pairs the labels stand first. A pair is `(x, y)`: the inputs, and then their labels."
        raise Spoilt(Finding("pairs-exchanged", text))
    for number, (one, other) in enumerate(pairs, start=1):
        if len(one) != len(x) or len(other) != len(y) or one.shape[1] != other.shape[1]:
            text = f"Batch {number} of x {x.shape} and y {y.shape} has inputs {one.shape} and labels {other.shape}. A "
            text += "batch keeps all the rows of both, and takes the same columns of both: they are the examples."
            raise Spoilt(Finding("rows-dealt", text))
    if not pairs:
        return dict.fromkeys(SEEN, np.zeros(0))
    empty = [not one.size for _, one in pairs]
    needed = -(-x.shape[1] // size)
    if len(pairs) > needed and empty == sorted(empty) and empty[-1]:
        text = f"{x.shape[1]} examples in batches of {size} are {needed}; you make {len(pairs)}, and "
        text += "the last is empty" if sum(empty) == 1 else f"{sum(empty)} of them are empty"
        raise Spoilt(Finding("empty-batch", text + ". `range(0, x.shape[1], size)` knows where each begins."))
    inputs, labels = (np.concatenate(part, axis=1) for part in zip(*pairs, strict=True))
    sizes = np.array([one.shape[1] for _, one in pairs], float)
    if not np.isfinite(labels).all():
        return dict.fromkeys(SEEN, sizes * labels[~np.isfinite(labels)][0])

    def dealt_by(seed):
        return [np.array(one)[0] for _, one in piece(x, y, size, np.random.default_rng(seed))]

    def order(seed):
        return np.concatenate(dealt_by(seed))

    columns = labels[0]
    known = np.clip(columns.astype(int), 0, x.shape[1] - 1)
    deals = [dealt_by(seed) for seed in range(6)]
    orders = [np.concatenate(one) for one in deals]
    counts = [int((one == example).sum()) for one in orders for example in y[0]]
    same = all(np.array_equal(one, order(seed)) for seed, one in enumerate(orders))
    one_order = all(np.array_equal(one, orders[0]) for one in orders)
    if one_order and x.shape[1] > 3 and (orders[0] != np.sort(orders[0])).any():
        text = "With six different `rng` the examples come in one and the same order, so they would in every epoch, "
        text += "each always in the same company. `rng` has no part in it: ask the one that comes in."
        raise Spoilt(Finding("own-dice", text))
    one_rng = np.random.default_rng(5)
    again = [np.concatenate([np.array(one)[0] for _, one in piece(x, y, size, one_rng)]) for _ in range(3)]
    if not one_order and x.shape[1] > 5 and all(np.array_equal(one, again[0]) for one in again):
        text = "Asked three times with one and the same `rng`, you deal out one and the same order, and so in every "
        text += "epoch. An `rng` goes on from draw to draw: ask the one that comes in, not a copy of it."
        raise Spoilt(Finding("same-deal-again", text))
    companies = [{frozenset(batch) for batch in deal} for deal in deals]
    in_order = all((one == np.sort(one)).all() for one in orders)
    everybody_once = max(counts) == min(counts) == 1
    if everybody_once and not in_order and max(sizes) > 1 < len(sizes) and all(c == companies[0] for c in companies):
        text = "With six different `rng` the same examples are together in a batch: chance moves them about inside "
        text += "their batch, or moves whole batches. Put *all* examples into a random order first, then cut it."
        raise Spoilt(Finding("same-company", text))
    if everybody_once and not in_order and x.shape[1] > 5:
        orders_of_many = len({tuple(order(seed)) for seed in range(24)})
        if orders_of_many < 16:  # of 720 at least, chance hardly ever gives one twice
            text = f"24 different `rng` give {orders_of_many} different orders of {x.shape[1]} examples, such as a "
            text += "row that begins elsewhere, or one turned round: neighbours stay together. `rng.permutation` gives "
            raise Spoilt(Finding("few-orders", text + "any order."))
    whole = inputs.shape[0] == len(x) and all((x == one[:, np.newaxis]).all(axis=0).any() for one in inputs.T)
    beside = inputs.shape == (len(x), len(known)) and np.array_equal(inputs, x[:, known])
    mixed = len(pairs) == 1 or any((one != np.sort(one)).any() for one in orders)  # no matter at which place in a batch
    alike = len(pairs) > 1 and all(np.array_equal(one, pairs[0][0]) for one, _ in pairs)
    flags = (alike, max(counts) > 1, min(counts) == 0, whole, beside, mixed, same)
    return dict(zip(SEEN, (sizes, *map(float, flags)), strict=True))


class Asked:
    """A generator that counts how often it is asked."""

    def __init__(self):
        self.rng, self.times = np.random.default_rng(0), 0

    def __getattr__(self, name):
        self.times += 1
        return getattr(self.rng, name)


def asked_several_times(batches):
    """What is to be known where `rng` is asked more than once for one deal, or ""."""
    asked = Asked()
    batches(DEALS[0]["x"].copy(), DEALS[0]["y"].copy(), DEALS[0]["size"], asked)
    if asked.times < 2:
        return ""
    text = f"One thing to know: you ask `rng` {asked.times} times for one deal. Once gives any order as well, and with "
    return text + "the same seed the same batches as everybody's."


SEEN = (
    "your list of batch sizes",
    "whether all batches hold the same examples (1 is yes)",
    "whether an example comes more than once (1 is yes)",
    "whether an example never comes (1 is yes)",
    "whether each column is an example as it was (1 is yes)",
    "whether each label stands beside its inputs (1 is yes)",
    "whether the order is another than that of the examples (1 is yes)",
    "whether the same generator deals the same again (1 is yes)",
)


def call_optimizer(piece, settings, parameters, gradients, refilled=False, halved=0):
    """Arrays of several sizes, stepped one after the other as a network does; all after each update.

    The rate may be `halved` before one of the updates, as a schedule does it.
    """
    optimizer, arrays = piece(**settings), [array.copy() for array in parameters]
    names = [name for name in ("learning_rate", "momentum", "beta1", "beta2", "epsilon") if hasattr(optimizer, name)]
    before, found = [getattr(optimizer, name) for name in names], {}
    same = [np.zeros_like(one[0]) for one in gradients]  # a network fills its gradients anew in each step
    for number, pair in enumerate(list(zip(*gradients, strict=True)), start=1):  # each array with an id of its own
        if halved and not hasattr(optimizer, "learning_rate"):
            text = "Your object keeps its rate under another name. A schedule sets `learning_rate` before each step: "
            raise Spoilt(Finding("rate-under-another-name", text + "keep the name `self.learning_rate`, or it is never "
                                 "heard."))  # fmt: skip
        if number == halved:
            optimizer.learning_rate = settings["learning_rate"] / 2
            before = [getattr(optimizer, name) for name in names]
        for place, (array, gradient) in enumerate(zip(arrays, pair, strict=True), start=1):
            if refilled:
                same[place - 1][:] = gradient
                gradient = same[place - 1]
            returned = optimizer.step(array, gradient)
            if returned is Ellipsis:
                return returned
            if not isinstance(returned, np.ndarray) or returned.shape != array.shape:
                return returned
            gives_itself(returned, array)
            found[f"what `step` returns for array {place}, update {number}"] = np.array(returned)
            found[f"array {place} itself after update {number}"] = array.copy()
    for name in names:
        if np.ndim(getattr(optimizer, name, None)):
            raise Spoilt(Finding("setting-overwritten", f"After your `step` `self.{name}` is an array: the number that "
                                 "the optimiser was made with is gone. A variable without `self.` is enough for what "
                                 "one step works out."))  # fmt: skip
    kept = all(np.array_equal(getattr(optimizer, name, None), one) for name, one in zip(names, before, strict=True))
    return found | {"whether the optimiser keeps what it was made with (1 is yes)": float(kept)}


def arrays_of(case):
    """A case in words."""
    settings = ", ".join(f"{name} {value:g}" for name, value in case["settings"].items())
    shapes = " and ".join(str(array.shape) for array in case["parameters"])
    count = len(case["gradients"][0])
    said = f"{settings or 'the usual settings'}, arrays of shape {shapes}, {count} update{'s' * (count > 1)}"
    said += ", the gradients always in the same arrays" * case.get("refilled", False)
    return said + f", the rate halved before update {case.get('halved')}" * ("halved" in case)


def rate_remembered(Momentum):
    """What is said of a velocity that has the rate in it: as the rate changes, so does the rule. "" of any other."""
    array, velocity, rate = HALVED["parameters"][0], 0.0, HALVED["settings"]["learning_rate"]
    for number, gradient in enumerate(HALVED["gradients"][0], start=1):
        velocity = 0.9 * velocity + (rate / 2 if number == HALVED["halved"] else rate) * gradient
        array = array - velocity
    if not close(call_optimizer(Momentum, **HALVED)[f"array 1 itself after update {number}"], array):
        return ""
    return ("One thing to know: your velocity has the learning rate in it. That is the same rule while the rate stays. "
            "Where a schedule lowers it, as in 12.7, what is remembered still goes at the old one.")  # fmt: skip


def has_key_of_numbers(lines):
    """Is a text, a tuple or the bytes of the parameters made?"""
    made = any(lines.calls(one, "parameters") for one in ("str", "repr", "hash", "tuple"))
    return made or lines.asks_for("tobytes") or lines.asks_for("tolist")


def counts_before_it_uses(lines):
    """Does a variable become 1 more in a line above the first power? Then t is no longer 0 there."""
    powers = [one.lineno for one in lines.every if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Pow)
              and not isinstance(one.right, ast.Constant)]  # fmt: skip
    counted = [one.lineno for one in lines.every if isinstance(one, (ast.Assign, ast.AugAssign))
               and re.fullmatch(r"\w+ (\+= 1|= \w+ \+ 1|= 1 \+ \w+)", ast.unparse(one))]  # fmt: skip
    return bool(powers and counted) and min(counted) < min(powers)


AFTER_IT = "{whole:The first step is right. After it|After the first step} "
WARM = "    if step <= warm:\n        return rate * step / warm\n"
DEALT = "dealt = [order[start : start + size] for start in starts]"
COUNT, KEEP = "        t = t + 1\n", "self.memory[id(parameters)] = t, m, s"

EXERCISES = (
    Prediction(
        number="12.1",
        title="Exact steps or many steps",
        right="b",
        options={
            "a": "An exact step is still one step. Lesson 05 needed dozens to cross a valley.",
            "b": "the guessed steps: there are a hundred times as many of them.",
            "c": "They have seen the same, and used it differently.",
        },
        hints=(
            "How many steps does each make?",
            "A guess that is wrong by a little is corrected by the next one.",
            "Is the gradient of 1,000 examples a hundred times better than that of ten?",
        ),
        praise="Twenty exact steps against two thousand guesses.",
    ),
    Exercise(
        number="12.2",
        title="Deal out the examples",
        piece="batches",
        cases=DEALS,
        call=call_batches,
        beside=asked_several_times,
        mistakes=(
            Slip(
                "not-shuffled",
                (("rng.permutation", "np.arange"),),
                "The batches come in the order in which the examples came, whatever `rng` is. Ask it for a "
                "random order.",
            ),
            Slip(
                "features-counted",
                (("range(0, x.shape[1], size)", "range(0, len(x), size)"),),
                "Batches are missing: `len(x)`, or `x.shape[0]`, is the number of features. The examples stand "
                "side by side: `x.shape[1]`.",
            ),
            Slip(
                "rows-shuffled",
                (
                    ("rng.permutation(x.shape[1])", "np.arange(x.shape[1])"),
                    ("(x[:, places], y", "(x[::-1, places], y"),
                ),
                "The rows are in another order: it is the features that were shuffled. The examples are the columns: "
                "`x.shape[1]` says how many, `x[:, order]` takes them.",
            ),
            Slip(
                "ordered-anew",
                ((DEALT, "dealt = [rng.permutation(x.shape[1])[start : start + size] for start in starts]"),),
                "Each batch is cut from an order of its own, so some examples come twice and some not at all. Make "
                "one order, before the loop, and deal it out.",
            ),
            Slip(
                "labels-apart",
                (("y[:, places]", "y[:, rng.permutation(x.shape[1])[: len(places)]]"),),
                "The labels no longer stand beside their inputs: one example now has another's label. Make one "
                "order, and use it for both.",
            ),
            Slip(
                "labels-apart",
                (("return [", "y = y[:, rng.permutation(x.shape[1])]\n    return ["),),
                "The labels no longer stand beside their inputs: one example now has another's label. Make one "
                "order, and use it for both.",
            ),
            Slip(
                "labels-apart",
                (
                    ("(x[:, places], y[:, places]) for", "(x[:, places], y[:, k * size : (k + 1) * size]) for k,"),
                    ("in dealt]", "in enumerate(dealt)]"),
                ),
                "The labels no longer stand beside their inputs: one example now has another's label. Make one "
                "order, and use it for both.",
            ),
            Slip(
                "evened-out",
                ((DEALT, "dealt = np.array_split(order, x.shape[1] // size)"),),
                "The sizes have been evened out, over one batch too few. Every batch has `size` examples; only the "
                "last may be smaller.",
            ),
            Slip(
                "last-batch-lost",
                (("range(0, x.shape[1], size)", "range(0, x.shape[1] - x.shape[1] % size, size)"),),
                "The examples that are left over at the end are missing. The last batch may be smaller.",
            ),
            Slip(
                "rest-in-the-last",
                (("dealt = [order[start : start + size] for start in starts]",
                  "full = x.shape[1] // size\n    dealt = [order[k * size : None if k == full - 1 else (k + 1) * size] "
                  "for k in range(full)]"),),
                "The examples that are left over at the end are put into the last full batch, which is too large then. "
                "They are a batch of their own, a smaller one.",
            ),
            Slip(
                "last-batch-lost",
                (("range(0, x.shape[1], size)", "range(0, x.shape[1] - size, size)"),),
                "The last batch is missing: `range` ends before its end.",
            ),
            Slip(
                "other-dice",
                (("rng.permutation", "np.random.default_rng().permutation"),),
                "{whole:The batches are right. But the|The} same `rng` should deal the same batches, so that a run "
                "can be repeated. Where do your random numbers come from?",
            ),
            Slip(
                "drawn-again",
                (
                    (
                        DEALT,
                        "dealt = [rng.integers(0, x.shape[1], len(order[start : start + size])) for start in starts]",
                    ),
                ),
                "Some examples come twice and some not at all. Deal them out, do not draw them each time.",
            ),
            Slip(
                "same-batch",
                ((DEALT, "dealt = [order[:size] for start in starts]"),),
                "All batches hold the same examples: which part of the order is taken has to go along with the loop.",
            ),
            Slip(
                "ordered-anew",
                ((DEALT, "dealt = [rng.permutation(x.shape[1])[:size] for start in starts]"),),
                "Each batch is drawn from all examples anew, so some come twice and some not at all. Make one order, "
                "and deal it out.",
            ),
            Slip(
                "drawn-again",
                ((DEALT, "dealt = [rng.integers(0, x.shape[1], size) for start in starts]"),),
                "Some examples come twice and some not at all, and the last batch is too large. Deal them out, do not "
                "draw them each time.",
            ),
            Slip(
                "features-counted",
                (("x.shape[1]", "len(x)"),),
                "`len(x)`, or `x.shape[0]`, is the number of features. The examples stand side by side: `x.shape[1]`.",
            ),
            Slip(
                "ordered-inside-a-batch",
                ((DEALT, "dealt = [start + rng.permutation(size) for start in starts]"),),
                "You order the places inside a batch alone, and in the last batch there are fewer than `size` of them. "
                "Put *all* examples into one order first, then cut it.",
            ),
            Slip(
                "size-taken-for-number",
                (("range(0, x.shape[1], size)", "range(size)"),),
                "Your loop goes round `size` times, and each batch begins one example after the one before. They begin "
                "at 0, `size`, 2 · `size`, …, as long as there are examples.",
            ),
            Slip(
                "rows-dealt",
                (("x.shape[1]", "len(x)"), ("x[:, places], y[:, places]", "x[places], y[places]")),
                "You deal out rows, which are features. The examples stand side by side: `x[:, places]`.",
            ),
            Slip(
                "slice-to-size",
                (("start + size]", "size]"),),
                "Only the first batch holds examples. The second number of a slice is where it ends, not how many it "
                "takes: where does the batch end that begins at 3?",
            ),
            Slip(
                "evened-out",
                ((DEALT, "dealt = np.array_split(order, len(starts))"),),
                "The sizes have been evened out. Every batch has `size` examples; only the last may be smaller.",
            ),
            Slip(
                "filled-up",
                ((DEALT, "dealt = [np.take(order, range(start, start + size), mode='wrap') for start in starts]"),),
                "The last batch is filled up with examples that have had their turn. It may be smaller.",
            ),
            Slip(
                "size-taken-for-number",
                ((DEALT, "dealt = np.array_split(order, size)"),),
                "`size` is how many examples a batch has, not how many batches there are.",
            ),
            Slip(
                "one-example-each",
                (("size)", "1)"), ("start + size", "start + 1")),
                "Every batch has one example. It should have `size` of them.",
            ),
            Slip(
                "overlapping",
                (("x.shape[1], size)", "x.shape[1], 1)"),),
                "The batches overlap: each begins one example after the one before, not `size` examples.",
            ),
            Slip(
                "place-taken-for-start",
                ((DEALT, "dealt = [np.arange(at, min(at + size, x.shape[1])) for at in order]"),),
                "There is a batch for each example: what the order holds are examples, and you take them for places "
                "where a batch begins. A batch begins at every `size`-th place *of the order*.",
            ),
            Slip("all-in-one", ((DEALT, "dealt = [order]"),), "There is one batch with all the examples."),
            Slip(
                "first-batch-only",
                (("for start in starts]", "for start in starts[:1]]"),),
                "Only the first batch is there: does `return` stand inside the loop?",
            ),
            Slip(
                "last-batch-only",
                (("for start in starts]", "for start in starts[-1:]]"),),
                "Only the last batch is there: does each take the place of the one before?",
            ),
            Slip("no-batches", ((DEALT, "dealt = []"),), "The list is empty: no batch has been put into it."),
        ),
        hints=(
            "First an order: `rng.permutation` of the number of examples, `x.shape[1]`.",
            "`range(0, count, size)` gives where each batch starts; `order[start : start + size]` is its part of the "
            "order.",
            "A batch is the pair of `x[:, part]` and `y[:, part]`.",
        ),
        praise="Everybody comes once in an epoch, each time in other company.",
    ),
    Answer(
        number="12.3",
        title="How fast does it get?",
        names=("v_2", "v_3", "v_end"),
        once_more="Each new v is 0.9 times the one before, plus 1. In the end that gives the same v again.",
        wrong={
            "v_2": (
                (0.19, "mean", "`v_2` = {yours}: the gradient counts 1 − β times, as in a mean. Here all of it is "
                 "gained."),
                (0.1, "mean", "`v_2` = {yours}: the gradient counts 1 − β times, as in a mean. Here all of it is "
                 "gained."),
                (1.0, "no-memory", "`v_2` = {yours} is v after the *first* step. In the second, 0.9 of it is kept and "
                 "1 is gained."),
                (1.71, "gradient-shared", "`v_2` = {yours}: the gradients are multiplied by 0.9 too. The old speed "
                 "alone is; the gradient is gained whole."),
                (1.8, "gradient-shared", "`v_2` = {yours} is 0.9 · 2. The old speed alone is multiplied by 0.9; the "
                 "gradient is gained whole."),
                (2.0, "nothing-lost", "`v_2` = {yours}: all of the speed has been kept, not 0.9 of it."),
                (1.1, "a-tenth-kept", "`v_2` = {yours}: a tenth of the speed is kept. It is 0.9 of it."),
                (0.9, "gradient-missing", "`v_2` = {yours}: and the gradient 1?"),
                (2.71, "one-step-late", "`v_2` = {yours} is v after the *third* step: v begins at 0, so it is 1 after "
                 "the first."),
            ),
            "v_3": (
                (2.9, "nothing-lost", "`v_3` = {yours}: 0.9 of 1.9 is kept, not all of it."),
                (3.61, "squared", "`v_3` = {yours} is 1.9 · 1.9. Of the speed 1.9 a share of 0.9 is kept, and 1 is "
                 "gained."),
                (2.8, "added", "`v_3` = {yours} is 1.9 + 0.9. 0.9 is a share: 0.9 *times* the speed is kept, and 1 is "
                 "gained."),
                (1.81, "square-of-the-share", "`v_3` = {yours} is 0.9 · 0.9 + 1. What is kept is 0.9 of the old speed, "
                 "and that is v_2."),
                (1.71, "gradient-missing", "`v_3` = {yours}: 0.9 · 1.9. And the gradient 1?"),
                (3.439, "one-step-late", "`v_3` = {yours} is v after the *fourth* step: v begins at 0, so it is 1 "
                 "after the first."),
                (1.9, "one-step-early", "`v_3` = {yours} is v after the *second* step."),
            ),
            "v_end": (
                (1.0, "no-memory", "`v_end` = {yours}: put 1 for v into v = 0.9 v + 1. Is it true?"),
                (1.9, "one-step-alone", "`v_end` = {yours} is v after the second step. It still grows."),
                (0.0, "no-gradient", "`v_end` = {yours}: put 0 for v into v = 0.9 v + 1. Is it true?"),
                (1.111, "kept-for-lost", "`v_end` = {yours} is 1 / 0.9. Put it for v into v = 0.9 v + 1. Is it true?"),
                (np.inf, "for-ever", "`v_end` = {yours}: does it grow for ever? Of a larger v more is lost, 0.1 of it "
                 "in each step, and what is gained is always 1."),
                *((value, "not-yet-the-end", "`v_end` = {yours}: after so many steps it still grows. In the end v = "
                   "0.9 v + 1 is true of it.") for value in (6.5132, 8.7842, 9.5761, 9.9485)),
                (0.1, "share-alone", "`v_end` = {yours} is 1 − 0.9, the share of v that is lost in each step. How "
                 "large is v when that share of it is 1?"),
                (9.0, "off-by-one", "`v_end` = {yours}: put 9 for v into v = 0.9 v + 1. Is it true?"),
            ),
        },
        hints=(
            "After the first step v = 0.9 · 0 + 1 = 1.",
            "Second: 0.9 · 1 + 1. Third: 0.9 times that, plus 1.",
            "In the end v = 0.9 v + 1, so 0.1 v = 1.",
        ),
        praise="In the end ten times the gradient: momentum is a larger learning rate where the way is straight.",
    ),
    Exercise(
        number="12.4",
        title="Momentum",
        piece="Momentum",
        cases=(*MOMENTUM, REFILLED, HALVED | {"halved": 1}, MINUTE_AND_LARGE, HALVED_LATER),
        unchanged="A step reads the gradients, and leaves them as they are: it moves `parameters` alone.",
        beside=rate_remembered,
        call=call_optimizer,
        tried=arrays_of,
        mistakes=(
            Slip(
                "memory-replaced",
                (("self.memory[id(parameters)] = velocity", "self.memory = velocity"),),
                "`self.memory` is a dictionary, and you put the velocity in its place. It belongs *into* it, under the "
                "key of its array.",
                shows=lambda lines: "memory" in lines.changed_of_self("step"),
            ),
            Slip(
                "dictionary-anew",
                (("self.memory[id(parameters)] = velocity", "self.memory = {id(parameters): velocity}"),),
                "Each call makes a new dictionary, with this array alone in it, and the velocities of the others are "
                "gone. Put the velocity into the one that is there: `self.memory[…] = velocity`.",
                shows=lambda lines: lines.sets_always("memory", "step"),
            ),
            Slip(
                "key-of-the-gradients",
                (("id(parameters)", "id(gradients)"),),
                "The velocity is put under `id(gradients)`. Each step has new gradients, so the next one does not find "
                "it again. The parameters stay: theirs is the key.",
                shows=lambda lines: lines.calls("id", "gradients"),
            ),
            Slip(
                "key-of-the-numbers",
                (("id(parameters)", "str(parameters)"),),
                "The velocity is put under a key that is made of the numbers of `parameters`. They are others after "
                "the step, so the next one does not find it again. `id(parameters)` stays the same.",
                shows=has_key_of_numbers,
            ),
            Slip(
                "gradients-kept-themselves",
                (("before + gradients", "before + gradients if id(parameters) in self.memory else gradients"),),
                "What is remembered after the first step is the array `gradients` itself, no velocity of its own. "
                "Whoever fills that array anew for the next step, as networks do, changes what you remember. A sum "
                "makes a new array, and so does `.copy()`.",
            ),
            Slip(
                "begins-with-the-gradient",
                (("(id(parameters), 0.0)", "(id(parameters), gradients)"),),
                "In the first step the gradient counts 1 + momentum times: where nothing is remembered yet you take "
                "the gradient for the old velocity. The old one is 0.",
            ),
            Slip(
                "never-remembered",
                (("        self.memory[id(parameters)] = velocity\n", ""),),
                AFTER_IT + "every step goes along the gradient alone. Is the velocity put into "
                "the memory, under the key by which the next step asks for it, and is it what you step along?",
            ),
            Slip(
                "settings-exchanged",
                (("self.momentum * before", "self.learning_rate * before"),
                 ("-= self.learning_rate", "-= self.momentum")),
                "Learning rate and momentum have changed places: momentum says how much of the old velocity is kept, "
                "the rate how far the step goes.",
            ),
            *(Slip(
                "remembers-the-gradient",
                (("] = velocity", f"] = {kept}"),),
                "What you remember is the gradient, not the velocity.",
            ) for kept in ("gradients", "gradients.copy()")),
            Slip(
                "remembers-the-step",
                (("] = velocity", "] = self.learning_rate * velocity"),),
                "What you remember is the step, the rate times the velocity. Remember the velocity itself.",
            ),
            Slip(
                "mean",
                (("+ gradients\n", "+ (1 - self.momentum) * gradients\n"),),
                "Each step is too small: the gradient counts 1 − momentum times. The velocity gains the whole "
                "gradient.",
            ),
            Slip(
                "one-memory-for-all",
                (("id(parameters)", "'all'"),),
                "All arrays share one velocity. Each has a key of its own.",
            ),
            Slip(
                "one-memory-for-a-shape",
                (("id(parameters)", "parameters.shape"),),
                "Two arrays of the same shape share one velocity. A network has many of one shape: each needs a key of "
                "its own.",
            ),
            Slip(
                "new-array",
                (
                    (
                        "parameters -= self.learning_rate * velocity",
                        "parameters = parameters - self.learning_rate * velocity",
                    ),
                ),
                "{whole:What you return is right, the array itself|The array that you were given} is as it was. "
                "Change it in place.",
            ),
            Slip("uphill", (("parameters -=", "parameters +="),), "The step goes up the slope."),
            Slip(
                "rate-of-the-first-step",
                (("self.learning_rate * velocity", "self.memory.setdefault('rate', self.learning_rate) * velocity"),),
                "The rate of the first step is used in all of them. It may change on the way: a schedule sets "
                "`self.learning_rate` before each step, so read it in each.",
            ),
            Slip(
                "first-gradient-shrunk",
                (("self.momentum * before + gradients",
                  "self.momentum * (before if id(parameters) in self.memory else gradients) + gradients * "
                  "(id(parameters) in self.memory)"),),
                "In the first step the gradient counts `momentum` times: where nothing is remembered yet, it is put in "
                "the place of the old velocity and is not gained. The old one is 0 then, and the first gradient is "
                "gained like all others.",
            ),
            Slip(
                "first-gradient-lost",
                (("before + gradients", "before + gradients * (id(parameters) in self.memory)"),),
                "In the first step nothing moves: where nothing is remembered yet, your new velocity is 0. The *old* "
                "one is 0 then, and the first gradient is gained like all others.",
            ),
            Slip(
                "step-before",
                (("self.learning_rate * velocity", "self.learning_rate * before"),),
                "After the first step nothing has moved. Go along the new velocity, not the old one.",
            ),
            Slip(
                "rest-kept",
                (("self.momentum * before", "(1 - self.momentum) * before"),),
                "Of the old velocity you keep 1 − momentum. `self.momentum` itself is the part that is kept.",
            ),
            Slip(
                "momentum-missing",
                (("self.momentum * before", "before"),),
                "All of the old velocity is kept. Only a part of it, `self.momentum`, was to be.",
            ),
            Slip("rate-missing", (("self.learning_rate * velocity", "velocity"),), "The learning rate is missing."),
            Slip(
                "rate-written-in",
                (("self.learning_rate * velocity", "0.1 * velocity"),),
                "You have written 0.1 for the rate. Somebody may make it with another one: `self.learning_rate`.",
            ),
            Slip(
                "momentum-added",
                (("self.momentum * before + gradients", "self.momentum + before * gradients"),),
                "The momentum is added, and the old velocity multiplied by the gradients. It is the other way round: "
                "momentum times the old velocity, plus the gradients.",
            ),
            Slip(
                "rate-in-the-velocity",
                (("+ gradients\n", "+ self.learning_rate * gradients\n"),),
                "The learning rate is in the velocity and in the step as well. It belongs in the step.",
            ),
            Slip(
                "old-velocity-for-each",
                (("self.momentum * before + gradients", "self.momentum * (before + gradients)"),),
                "The gradient is multiplied by the momentum too. Only the old velocity is.",
                shows=lambda lines: lines.times("self.momentum") < 3,
            ),
            Slip(
                "momentum-in-the-step",
                (("-= self.learning_rate *", "-= self.learning_rate * self.momentum *"),),
                "The momentum is in the velocity and in the step as well. It belongs to the old velocity alone.",
                shows=lambda lines: lines.times("self.momentum") > 2,
            ),
            Slip(
                "momentum-at-the-gradient",
                (("self.momentum * before + gradients", "before + self.momentum * gradients"),),
                "The momentum multiplies the gradients. It belongs to the old velocity, and the gradients are added "
                "whole.",
            ),
            Slip(
                "look-ahead",
                (("self.learning_rate * velocity", "self.learning_rate * (self.momentum * velocity + gradients)"),),
                "You step along the velocity as it will be after one more gradient: that is another rule, Nesterov's. "
                "Step along the velocity itself.",
            ),
        ),
        hints=(
            "Three acts: the new velocity, remember it, make the step.",
            "New velocity: `self.momentum` times what is remembered, plus the gradients.",
            "`self.memory[id(parameters)] = velocity`, then `parameters -= …`.",
        ),
        praise="A ball for each array, and each rolls by itself.",
    ),
    Prediction(
        number="12.5",
        title="Adam's first step",
        right="b",
        options={
            "a": "That is what SGD does. Adam divides by the size of the gradient.",
            "b": "both by 0.01: in the first step m over the root of s is g over |g|, which is 1 or −1.",
            "c": "It is divided by much, and multiplied by as much.",
        },
        hints=(
            "Work it out for t = 1: what is m / (1 − β₁)?",
            "m / (1 − β₁) = g, and s / (1 − β₂) = g².",
            "g divided by the root of g².",
        ),
        praise="In the first step the rate is how far a parameter goes. How steep it is there says only which way.",
    ),
    Exercise(
        number="12.6",
        title="Adam",
        piece="Adam",
        cases=(*ADAM, REFILLED, HALVED, MANY_UPDATES),
        unchanged="A step reads the gradients, and leaves them as they are: it moves `parameters` alone.",
        call=call_optimizer,
        tried=arrays_of,
        mistakes=(
            Slip(
                "counter-per-call",
                ((COUNT, "        t = self.memory['t'] = self.memory.get('t', 0) + 1\n"),),
                "{whole:The first array is right. For the second,|For the second array} the counter has gone up with "
                "the first one's. Each update steps several arrays; t must count the steps of this array.",
            ),
            Slip(
                "not-corrected",
                ((" / (1 - self.beta1**t)", ""), (" / (1 - self.beta2**t)", "")),
                "m and s are used as they are. In the first steps they are too small: divide by 1 − βᵗ.",
            ),
            Slip(
                "corrections-added",
                (("1 - self.beta1**t", "1 + self.beta1**t"), ("1 - self.beta2**t", "1 + self.beta2**t")),
                "The corrections divide by 1 + βᵗ, so m and s become smaller still. 1 − βᵗ is as small as they are in "
                "the first steps.",
            ),
            Slip(
                "corrections-multiply",
                ((" / (1 - self.beta1**t)", " * (1 - self.beta1**t)"),
                 (" / (1 - self.beta2**t)", " * (1 - self.beta2**t)")),
                "The corrections multiply by 1 − βᵗ, so m and s become smaller still. They are too small in the first "
                "steps: divide by it.",
            ),
            *(Slip(
                "share-missing-in-both",
                (("(1 - self.beta1) * gradients", "gradients"), ("(1 - self.beta2) * gradients", "gradients"), *more),
                f"m gains the whole gradient, and s the whole square{says}. Both are means: what is new counts 1 − β.",
                shows=lambda lines: not lines.times("1 - self.beta1"),
            ) for says, more in (
                ("", ()),
                (", and neither is corrected", ((" / (1 - self.beta1**t)", ""), (" / (1 - self.beta2**t)", ""))),
            )),
            Slip(
                "brackets-missing",
                (("(1 - self.beta1) * gradients", "1 - self.beta1 * gradients"),
                 ("(1 - self.beta2) * gradients**2", "1 - self.beta2 * gradients**2")),
                "In the lines of m and of s Python multiplies before it subtracts: 1 − β stands in brackets, times "
                "what is new.",
                shows=lambda lines: not lines.times("1 - self.beta2"),
            ),
            Slip(
                "power-missing",
                (("self.beta1**t", "self.beta1"), ("self.beta2**t", "self.beta2")),
                AFTER_IT + "the corrections are still those of t = 1: β is taken to the "
                "power of t in 1 − βᵗ.",
                shows=lambda lines: not lines.has_power() and lines.times("1 - self.beta1") > 0,
            ),
            Slip(
                "power-missing",
                (("self.beta1**t", "self.beta1"),),
                AFTER_IT + "the correction of m is still that of t = 1: β₁ is taken to the "
                "power of t in 1 − β₁ᵗ.",
                shows=lambda lines: lines.times("1 - self.beta1") > 1,
            ),
            Slip(
                "power-missing",
                (("self.beta2**t", "self.beta2"),),
                AFTER_IT + "the correction of s is still that of t = 1: β₂ is taken to the "
                "power of t in 1 − β₂ᵗ.",
                shows=lambda lines: lines.times("1 - self.beta2") > 1,
            ),
            Slip(
                "sign-alone",
                ((" * m / (1 - self.beta1**t) / size", " * np.sign(m)"),),
                "Every number moves by the whole rate: only the sign of m is in the step. How large m is, measured by "
                "the root of s, belongs in it.",
            ),
            Slip("mean-not-corrected", ((" / (1 - self.beta1**t)", ""),), "s is corrected, m is not."),
            Slip(
                "brackets-missing",
                (("m / (1 - self.beta1**t)", "m / 1 - self.beta1**t"),),
                "Python divides by 1 and then subtracts: the whole of 1 − β₁ᵗ stands below the line, in brackets.",
            ),
            Slip("size-not-corrected", ((" / (1 - self.beta2**t)", ""),), "m is corrected, s is not."),
            Slip(
                "corrections-crossed",
                (("1 - self.beta1**t", "1 - self.beta0**t"), ("beta2**t", "beta1**t"), ("beta0**t", "beta2**t")),
                "β₁ belongs to m and β₂ to s, in the corrections too.",
            ),
            Slip(
                "corrections-alike",
                (("beta2**t", "beta1**t"),),
                "Both corrections are made with β₁. That of s has a β of its own, `self.beta2`.",
            ),
            Slip(
                "corrections-alike",
                (("beta1**t", "beta2**t"),),
                "Both corrections are made with β₂. That of m has a β of its own, `self.beta1`.",
            ),
            Slip(
                "corrected-remembered",
                (
                    (
                        "        " + KEEP,
                        "        m = m / (1 - self.beta1**t)\n        s = s / (1 - self.beta2**t)\n        " + KEEP,
                    ),
                    (" * m / (1 - self.beta1**t)", " * m"),
                    ("s / (1 - self.beta2**t)) +", "s) +"),
                ),
                AFTER_IT + "the *corrected* m and s go into the memory, and are corrected again. "
                "Remember them as they were before.",
            ),
            Slip(
                "betas-crossed",
                (
                    ("self.beta1 * m + (1 - self.beta1)", "self.beta0 * m + (1 - self.beta0)"),
                    ("self.beta2 * s + (1 - self.beta2)", "self.beta1 * s + (1 - self.beta1)"),
                    ("self.beta1**t", "self.beta0**t"),
                    ("self.beta2**t", "self.beta1**t"),
                    ("self.beta0", "self.beta2"),
                ),
                "β₁ and β₂ are crossed, everywhere: β₁ belongs to m, β₂ to s.",
            ),
            Slip(
                "times-for-power",
                (("self.beta1**t", "self.beta1 * t"), ("self.beta2**t", "self.beta2 * t")),
                "βᵗ is β to the *power* of t, `**`; you multiply by t.",
            ),
            Slip(
                "beta1-for-both",
                (
                    ("self.beta2 * s + (1 - self.beta2)", "self.beta1 * s + (1 - self.beta1)"),
                    ("self.beta2**t", "self.beta1**t"),
                ),
                "s is made with `self.beta1`. It has a β of its own, `self.beta2`.",
            ),
            Slip(
                "beta1-for-both",
                (("self.beta2 * s + (1 - self.beta2)", "self.beta1 * s + (1 - self.beta1)"),),
                "s is made with `self.beta1`. It has a β of its own, `self.beta2`.",
            ),
            Slip(
                "beta2-for-both",
                (
                    ("self.beta1 * m + (1 - self.beta1)", "self.beta2 * m + (1 - self.beta2)"),
                    ("self.beta1**t", "self.beta2**t"),
                ),
                "m is made with `self.beta2`. It has a β of its own, `self.beta1`.",
            ),
            Slip(
                "count-stays",
                ((KEEP, KEEP.replace("t, m", "0, m")),),
                AFTER_IT + "t is 1 again, each time: count on from the remembered one, and put "
                "the new t into the memory.",
                shows=lambda lines: lines.has_power(),
            ),
            Slip(
                "count-stays",
                ((KEEP, KEEP.replace("t, m", "1, m")),),
                "{whole:The first two steps are right. After them|After the first two steps} t is 2 each time: a 1 "
                "goes into the memory, where the t that you have counted belongs.",
            ),
            Slip(
                "mean-not-kept",
                ((KEEP, KEEP.replace("m,", "0.0,")),),
                AFTER_IT + "m begins at 0 again, each time: is the old m in the new one, and "
                "does the new one go into the memory?",
            ),
            Slip(
                "size-not-kept",
                ((KEEP, KEEP.replace("m, s", "m, 0.0")),),
                AFTER_IT + "s begins at 0 again, each time: is the old s in the new one, and "
                "does the new one go into the memory?",
            ),
            *(
                Slip(
                    "memory-in-another-order",
                    ((KEEP, KEEP.replace("t, m, s", order)),),
                    AFTER_IT + "t, m and s are put into the memory in another order than they are "
                    "taken out of it.",
                )
                for order in ("t, s, m", "m, t, s", "m, s, t", "s, t, m", "s, m, t")
            ),
            Slip(
                "count-late",
                ((COUNT, ""), (KEEP, KEEP.replace("t, m", "t + 1, m"))),
                "t is still 0 in the first step, and 1 − β⁰ is 0: count first, then use t.",
                shows=lambda lines: not counts_before_it_uses(lines),
            ),
            Slip(
                "power-turned-round",
                (("self.beta1**t", "t**self.beta1"), ("self.beta2**t", "t**self.beta2")),
                "You take t to the power of β. In βᵗ β is below and t is the power: `self.beta1**t`.",
                shows=lambda lines: lines.times("t ** self.beta1") > 0,
            ),
            Slip(
                "count-too-high",
                (("1 - self.beta1**t", "1 - self.beta1**(t + 1)"), ("1 - self.beta2**t", "1 - self.beta2**(t + 1)")),
                "The corrections use t + 1, and t has been counted up already.",
            ),
            Slip(
                "no-root",
                (("np.sqrt(s / (1 - self.beta2**t))", "s / (1 - self.beta2**t)"),),
                "You divide by s itself. s is a mean of squares: its root has the size of a gradient.",
            ),
            Slip(
                "root-of-all",
                ((" * m / (1 - self.beta1**t) / size",
                  " * np.sqrt(m / (1 - self.beta1**t) / (s / (1 - self.beta2**t) + self.epsilon))"),),
                "The root is taken of the whole quotient, and where m is below 0 there is none. The root belongs to s "
                "alone, below the line.",
            ),
            Slip(
                "epsilon-in-the-root",
                (
                    (
                        "np.sqrt(s / (1 - self.beta2**t)) + self.epsilon",
                        "np.sqrt(s / (1 - self.beta2**t) + self.epsilon)",
                    ),
                ),
                "ε stands inside the root. It is added to the root.",
            ),
            Slip(
                "epsilon-not-corrected",
                (
                    ("np.sqrt(s / (1 - self.beta2**t)) + self.epsilon",
                     "(np.sqrt(s) + self.epsilon) / np.sqrt(1 - self.beta2**t)"),
                ),
                "The correction of s stands before the whole quotient, so it reaches ε as well. ε is added to the root "
                "of the corrected s.",
            ),
            Slip(
                "epsilon-missing",
                ((" + self.epsilon", ""),),
                "`self.epsilon` has no part in it: is it missing, or does a number stand in its place?",
            ),
            Slip(
                "correction-outside-the-root",
                (("np.sqrt(s / (1 - self.beta2**t))", "np.sqrt(s) / (1 - self.beta2**t)"),),
                "The correction of s stands outside the root. Correct s first, then take the root.",
            ),
            Slip("size-multiplied", ((" / size", " * size"),), "You multiply by the size. The step is divided by it."),
            Slip(
                "not-squared",
                (("gradients**2", "np.abs(gradients)"),),
                "s should be the mean of the *squared* gradients.",
            ),
            Slip(
                "doubled",
                (("gradients**2", "gradients * 2"),),
                "`* 2` doubles the gradients, so s has their sign, and a negative number has no root. The square is "
                "`**2`.",
            ),
            Slip(
                "sizes-for-squares",
                (("gradients**2", "np.abs(gradients)"),
                 ("np.sqrt(s / (1 - self.beta2**t))", "s / (1 - self.beta2**t)")),
                "s is the mean of the gradients' *sizes*, with no square and no root. In Adam it is the mean of their "
                "squares, where a large one weighs more, and the root comes at the end.",
            ),
            Slip("not-squared", (("gradients**2", "gradients"),), "s should be the mean of the *squared* gradients."),
            Slip(
                "mean-squared",
                (("* gradients**2", "* m**2"),),
                "s is made from the square of m. It is the mean of the squared *gradients*.",
            ),
            Slip(
                "betas-crossed",
                (
                    ("beta1 * m + (1 - self.beta1)", "beta2 * m + (1 - self.beta2)"),
                    ("beta2 * s + (1 - self.beta2)", "beta1 * s + (1 - self.beta1)"),
                ),
                "β₁ and β₂ are crossed: β₁ belongs to m, β₂ to s.",
            ),
            Slip(
                "shares-crossed",
                (
                    ("self.beta1 * m + (1 - self.beta1)", "(1 - self.beta1) * m + self.beta1"),
                    ("self.beta2 * s + (1 - self.beta2)", "(1 - self.beta2) * s + self.beta2"),
                ),
                "β and 1 − β are crossed: the old mean counts β, the new gradient 1 − β.",
            ),
            Slip(
                "shares-crossed",
                (("self.beta1 * m + (1 - self.beta1)", "(1 - self.beta1) * m + self.beta1"),),
                "In m, β₁ and 1 − β₁ are crossed: the old mean counts β₁, the new gradient 1 − β₁.",
            ),
            Slip(
                "shares-crossed",
                (("self.beta2 * s + (1 - self.beta2)", "(1 - self.beta2) * s + self.beta2"),),
                "In s, β₂ and 1 − β₂ are crossed: the old mean counts β₂, the new square 1 − β₂.",
            ),
            *(
                Slip(
                    "betas-mixed",
                    (
                        (
                            f"self.beta{one} * {name} + (1 - self.beta{one})",
                            f"self.beta{old} * {name} + (1 - self.beta{new})",
                        ),
                    ),
                    f"Two different β are in the line of {name}. The old one counts β{sign}, the new one 1 − β{sign}: "
                    "together 1.",
                )
                for one, name, sign in ((1, "m", "₁"), (2, "s", "₂"))
                for old, new in ((1, 2), (2, 1))
            ),
            *(Slip(
                "nothing-forgotten",
                tuple((f"self.beta{one} * {name} +", f"{name} +") for one, name in of),
                f"{AFTER_IT}{says}: only β of the old was to be kept.",
            ) for of, says in (
                (((1, "m"), (2, "s")), "m and s keep all that they were"),
                (((1, "m"),), "m keeps all that it was"),
                (((2, "s"),), "s keeps all that it was"),
            )),
            *(Slip(
                "share-of-both",
                tuple((f"self.beta{one} * {name} + (1 - self.beta{one}) * {new}",
                       f"self.beta{one} * ({name} + (1 - self.beta{one}) * {new})") for one, name, new in of),
                f"In the line of {says} the brackets go too far: β multiplies what is new as well. It belongs to the "
                "old one alone.",
            ) for of, says in (
                (((1, "m", "gradients"), (2, "s", "gradients**2")), "m and in that of s"),
                (((1, "m", "gradients"),), "m"),
                (((2, "s", "gradients**2"),), "s"),
            )),
            Slip(
                "share-missing",
                (("(1 - self.beta1) * gradients", "gradients"),),
                "m gains the whole gradient. It is a mean: the new gradient counts 1 − β₁.",
            ),
            Slip(
                "share-missing-in-s",
                (("(1 - self.beta2) * gradients", "gradients"),),
                "s gains the whole square. It is a mean: the new square counts 1 − β₂.",
            ),
            Slip(
                "gradient-for-mean",
                (("self.learning_rate * m / (1", "self.learning_rate * gradients / (1"),),
                "You step along the gradient of the moment, and correct it as if it were the mean. Adam goes along its "
                "mean, m.",
            ),
            Slip(
                "gradient-for-mean",
                (("self.learning_rate * m / (1 - self.beta1**t)", "self.learning_rate * gradients"),),
                "You step along the gradient of the moment. Adam goes along its mean, m.",
            ),
            Slip(
                "memory-replaced",
                (("self.memory[id(parameters)] = t", "self.memory = t"),),
                "`self.memory` is a dictionary, and you put t, m and s in its place. They belong *into* it, under the "
                "key of their array.",
                shows=lambda lines: "memory" in lines.changed_of_self("step"),
            ),
            Slip(
                "dictionary-anew",
                (("self.memory[id(parameters)] = t, m, s", "self.memory = {id(parameters): (t, m, s)}"),),
                "Each call makes a new dictionary, with this array alone in it, and what was kept for the others is "
                "gone. Put t, m and s into the one that is there: `self.memory[…] = t, m, s`.",
                shows=lambda lines: lines.sets_always("memory", "step"),
            ),
            Slip(
                "only-the-count-kept",
                ((KEEP, KEEP.replace("m, s", "0.0, 0.0")),),
                AFTER_IT + "m and s begin at 0 again, each time: of the three only t is put "
                "into the memory as it has become.",
                shows=lambda lines: not lines.puts("memory", "m"),
            ),
            Slip(
                "old-remembered",
                ((KEEP, ""), (COUNT, COUNT + "        " + KEEP + "\n")),
                AFTER_IT + "m and s are what they were *before* the step: they go into the "
                "memory before they are renewed. First the new m and s, then the memory.",
                shows=lambda lines: lines.puts("memory", "m"),
            ),
            Slip(
                "old-remembered",
                ((KEEP, ""), (COUNT, "        self.memory[id(parameters)] = t + 1, m, s\n" + COUNT)),
                AFTER_IT + "m and s are what they were *before* the step: they go into the "
                "memory before they are renewed. First the new m and s, then the memory.",
                shows=lambda lines: lines.puts("memory", "m"),
            ),
            Slip(
                "key-of-the-gradients",
                (("id(parameters)", "id(gradients)"),),
                "t, m and s are put under `id(gradients)`. Each step has new gradients, so the next one does not find "
                "them again. The parameters stay: theirs is the key.",
                shows=lambda lines: lines.calls("id", "gradients"),
            ),
            Slip(
                "key-of-the-numbers",
                (("id(parameters)", "str(parameters)"),),
                "t, m and s are put under a key that is made of the numbers of `parameters`. They are others after "
                "the step, so the next one does not find them again. `id(parameters)` stays the same.",
                shows=has_key_of_numbers,
            ),
            Slip(
                "another-key",
                ((KEEP, KEEP.replace("id(parameters)", "'all'")),),
                AFTER_IT + "t, m and s begin at 0 again, each time: you put the new ones under "
                "another key than the one that they are taken from, `id(parameters)`.",
                shows=lambda lines: lines.keys_put("memory") and "id(parameters)" not in lines.keys_put("memory"),
            ),
            Slip(
                "never-remembered",
                (("        " + KEEP + "\n", ""),),
                AFTER_IT + "t, m and s begin at 0 again, each time: the memory never gets the "
                "new ones.",
            ),
            Slip(
                "one-memory-for-all",
                (("id(parameters)", "'all'"),),
                "All arrays share one memory. Each has a key of its own.",
            ),
            Slip(
                "one-memory-for-a-shape",
                (("id(parameters)", "parameters.shape"),),
                "Two arrays of the same shape share one memory. A network has many of one shape: each needs a key of "
                "its own.",
            ),
            Slip(
                "new-array",
                (("parameters -= self", "parameters = parameters - self"),),
                "{whole:What you return is right, the array itself|The array that you were given} is as it was. "
                "Change it in place.",
            ),
            Slip("uphill", (("parameters -=", "parameters +="),), "The step goes up the slope."),
            Slip(
                "rate-of-the-first-step",
                (("self.learning_rate * m", "self.memory.setdefault('rate', self.learning_rate) * m"),),
                "The rate of the first step is used in all of them. It may change on the way: a schedule sets "
                "`self.learning_rate` before each step, so read it in each.",
            ),
            Slip("rate-missing", (("self.learning_rate * m", "m"),), "The learning rate is missing."),
            Slip(
                "larger-of-root-and-epsilon",
                (
                    (
                        "np.sqrt(s / (1 - self.beta2**t)) + self.epsilon",
                        "np.maximum(np.sqrt(s / (1 - self.beta2**t)), self.epsilon)",
                    ),
                ),
                "You divide by the root or by ε, whichever is larger. ε is added to the root, whatever that is.",
            ),
        ),
        hints=(
            "In the order of the formulas: t, m, s; put all three into the memory; then the step.",
            "`self.memory[id(parameters)] = t, m, s`. The corrections are `1 - self.beta1**t` and `1 - self.beta2**t`.",
            "The step: learning rate times (m corrected), divided by (root of s corrected, plus epsilon).",
        ),
        praise="Each array counts its own steps, and one rate serves large gradients and small ones.",
    ),
    Exercise(
        number="12.7",
        title="A schedule",
        piece="schedule",
        what="your rate",
        cases=PLANS,
        mistakes=(
            Slip(
                "rate-for-the-one",
                (("rate * (1 + np.cos(np.pi * part))", "(rate + np.cos(np.pi * part))"),),
                "At step {step} your rate is {yours}: `rate` stands in the place of the 1, and is added. It belongs "
                "before the brackets, times all of them.",
            ),
            Slip(
                "rate-beside-the-one",
                (("rate * (1 + np.cos(np.pi * part))", "(1 + rate * np.cos(np.pi * part))"),),
                "At step {step} your rate is {yours}: `rate` is multiplied by the cosine alone. It belongs before the "
                "brackets, times the 1 as well.",
            ),
            Slip(
                "line-from-zero",
                (("rate * step / warm", "rate * (step - 1) / max(warm - 1, 1)"),),
                "At step {step} your rate is {yours}: the line begins at 0 with the first step, as `np.linspace(0, "
                "rate, warm)` does. At step 1 the rate is one step up already: {rate} · 1 / {warm}.",
            ),
            Slip(
                "rate-in-the-cosine",
                (("rate * (1 + np.cos(np.pi * part))", "(1 + np.cos(rate * np.pi * part))"),),
                "At step {step} your rate is {yours}: `rate` is inside the cosine, and changes how wide the wave is. "
                "How high it is says a factor before the brackets.",
            ),
            Slip(
                "smaller-of-the-two",
                ((WARM, ""), ("return rate * (1 + np.cos(np.pi * part)) / 2",
                              "return min(rate * step / warm, rate * (1 + np.cos(np.pi * part)) / 2)")),
                "At step {step} your rate is {yours}: the smaller of the line and the wave. Left of step {warm} the "
                "wave goes on too, and may be the lower one there: up to that step the line alone counts.",
            ),
            Slip(
                "smaller-of-the-two",
                ((WARM, ""), ("return rate * (1 + np.cos(np.pi * part)) / 2",
                              "return min(rate * step / warm, rate * (1 + np.cos(np.pi * step / steps)) / 2)")),
                "At step {step} your rate is {yours}: the smaller of the line and a wave that begins at step 0. The "
                "wave begins at step {warm}, where the line ends.",
            ),
            *(Slip(
                "warm-up-too-short",
                (("step <= warm", until),),
                "At step {step} your rate is {yours}: there the warm-up is over already. It has {warm} steps, and the "
                "straight line is for all of them.",
            ) for until in ("step < warm - 1", "step < warm - 2", "0 < step < warm - 1")),
            *(Slip(
                "half-the-warm-up",
                (("step <= warm", f"step {sign} warm / 2"),),
                "At step {step} your rate is {yours}: after half of the warm-up the straight line ends. It is for all "
                "its {warm} steps.",
            ) for sign in ("<", "<=")),
            *(Slip(
                "over-too-early",
                (("    part", f"    if step >= {end}:\n        return 0.0\n    part"),),
                "At step {step} your rate is {yours}: 0 is only reached at the last step, {steps}.",
            ) for end in ("steps - 1", "steps - 2")),
            Slip(
                "both-at-once",
                ((WARM, ""), ("return rate *", "return rate * step / warm *")),
                "At step {step} your rate is {yours}: line and wave, multiplied. Up to step {warm} it is the line "
                "alone, after that the wave alone.",
            ),
            Slip(
                "no-warm-up",
                ((" * step / warm", ""),),
                "At step {step} your rate is {yours}, the full one. It should rise to it in {warm} steps.",
            ),
            Slip(
                "no-warm-up",
                ((WARM, ""), ("(step - warm) / (steps - warm)", "step / steps")),
                "At step {step} your rate is {yours}: there is no warm-up, the wave begins at once. It should rise in "
                "{warm} steps first.",
            ),
            Slip(
                "no-warm-up",
                ((WARM, ""),),
                "At step {step} your rate is {yours}: there is no warm-up. It should rise in {warm} steps first.",
                shows=lambda lines: not lines.throws_away(),
            ),
            Slip(
                "no-wave",
                (("    part", "    return rate\n    part"),),
                "At step {step} your rate is {yours}: after the warm-up it stays. It should come down in a wave.",
            ),
            Slip(
                "from-half",
                (("rate * step / warm", "rate * (1 + step / warm) / 2"),),
                "At step {step} your rate is {yours}: the warm-up begins at half of the rate. The line comes from 0.",
            ),
            Slip(
                "from-zero",
                (("rate * step / warm", "rate * (step - 1) / warm"),),
                "At step {step} your rate is {yours}. Steps count from 1: the first is {rate} · 1 / {warm}.",
            ),
            Slip(
                "from-zero",
                (("rate * step / warm", "rate * (step - 1) / warm"), ("step <= warm", "step < warm")),
                "At step {step} your rate is {yours}. Steps count from 1: the first is {rate} · 1 / {warm}.",
            ),
            Slip(
                "warm-up-of-all-steps",
                (("rate * step / warm", "rate * step / steps"),),
                "At step {step} your rate is {yours}: you divide by all the steps. The warm-up has {warm}.",
            ),
            Slip(
                "share-upside-down",
                (("step / warm", "warm / step"),),
                "At step {step} your rate is {yours}: in the warm-up it falls from step to step. Which of step and "
                "warm goes above the line, if the share is to rise up to 1?",
            ),
            Slip(
                "rate-missing",
                (("return rate * step", "return step"),),
                "At step {step} your rate is {yours}: the share alone. Times the rate, {rate}!",
            ),
            Slip(
                "rate-missing-in-the-wave",
                (("return rate * (1", "return (1"),),
                "At step {step} your rate is {yours}: after the warm-up it is the share alone. Times the rate, {rate}!",
            ),
            Slip(
                "line",
                (("rate * (1 + np.cos(np.pi * part)) / 2", "rate * (1 - part)"),),
                "At step {step} your rate is {yours}: it comes down in a straight line. A cosine was asked for.",
            ),
            Slip(
                "cosine-of-pi",
                (("np.cos(np.pi * part)", "np.cos(np.pi) * part"),),
                "At step {step} your rate is {yours}: the cosine of π alone is −1, so it comes down in a straight "
                "line. p belongs inside the cosine.",
            ),
            Slip(
                "brackets-missing",
                (("(step - warm) / (steps - warm)", "step - warm / steps - warm"),),
                "At step {step} your rate is {yours}. Python divides before it subtracts: both differences need their "
                "brackets.",
            ),
            Slip(
                "turned-round",
                (("step <= warm", "step > warm"),),
                "At step {step} your rate is {yours}: the two parts are in each other's place. The straight line is "
                "for the first {warm} steps.",
            ),
            Slip(
                "quarter-of-a-cosine",
                (("(1 + np.cos(np.pi * part)) / 2", "np.cos(np.pi / 2 * part)"),),
                "At step {step} your rate is {yours}: a quarter of a wave, which goes from 1 to 0 by itself. Half a "
                "wave goes from 1 to −1 and needs the 1 and the 2.",
            ),
            Slip(
                "no-half",
                (("(1 + np.cos(np.pi * part)) / 2", "np.cos(np.pi * part)"),),
                "At step {step} your rate is {yours}: the cosine goes down to −1, and so does your rate. Add 1 and "
                "halve.",
            ),
            Slip(
                "not-halved",
                (("np.pi * part)) / 2", "np.pi * part))"),),
                "At step {step} your rate is {yours}: 1 plus a cosine goes from 2 to 0. Halve it.",
            ),
            Slip(
                "half-the-cosine",
                (("(1 + np.cos(np.pi * part)) / 2", "(1 + np.cos(np.pi * part) / 2)"),),
                "At step {step} your rate is {yours}: only the cosine is halved. Halve the sum.",
            ),
            Slip("sine", (("np.cos", "np.sin"),), "At step {step} your rate is {yours}: that is a sine."),
            Slip(
                "warm-up-in-a-wave",
                (("return rate * step / warm", "return rate * (1 - np.cos(np.pi * step / warm)) / 2"),),
                "At step {step} your rate is {yours}: the warm-up rises in a wave. It was to rise in a straight line.",
            ),
            Slip(
                "upside-down",
                (("1 + np.cos", "1 - np.cos"),),
                "At step {step} your rate is {yours}: the wave begins at 0 and rises. It should come down.",
            ),
            Slip(
                "from-the-start",
                (("part = (step - warm) / (steps - warm)", "part = min(step / (steps - warm), 1)"),),
                "At step {step} your rate is {yours}: the wave should begin when the warm-up ends.",
            ),
            Slip(
                "from-the-start",
                (("(step - warm) / (steps - warm)", "step / (steps - warm)"),),
                "At step {step} your rate is {yours}: the wave should begin when the warm-up ends.",
            ),
            Slip(
                "from-the-start",
                (("(step - warm) / (steps - warm)", "step / steps"),),
                "At step {step} your rate is {yours}: the wave should begin when the warm-up ends.",
            ),
            Slip(
                "whole-length",
                (("/ (steps - warm)", "/ steps"),),
                "At step {step} your rate is {yours}: the wave is {warm} steps too long. How many steps are left after "
                "the warm-up?",
            ),
            Slip(
                "brackets-missing",
                (("/ (steps - warm)", "/ steps - warm"),),
                "At step {step} your rate is {yours}: the brackets below the line are missing.",
            ),
            Slip(
                "pi-missing",
                (("np.pi * part", "part"),),
                "At step {step} your rate is {yours}: half a wave is from 0 to π.",
            ),
            Slip(
                "whole-wave",
                (("np.pi * part", "2 * np.pi * part"),),
                "At step {step} your rate is {yours}: that is a whole wave, down and up again. Half a wave ends at π.",
            ),
            Slip(
                "quarter-wave",
                (("np.pi * part", "np.pi / 2 * part"),),
                "At step {step} your rate is {yours}: that is a quarter of a wave. Half a wave ends at π.",
            ),
            *(Slip(
                "pi-rounded",
                (("np.pi", about),),
                f"With {about} for π no rate after the warm-up is quite right, and the last is not 0. `np.pi` has all "
                "the digits.",
            ) for about in ("3.14", "3.141", "3.142", "3.1415", "3.1416", "3.14159", "22 / 7")),
            Slip(
                "wave-too-early",
                ((WARM, ""), ("return rate *", "return rate * min(step / warm, 1) *")),
                "At step {step} your rate is {yours}: in the warm-up p is below 0, and the wave takes its part all "
                "the same. Up to step {warm} the line alone counts.",
            ),
            Slip(
                "length-written-in",
                (("step <= warm", "step <= 50"),),
                "At step {step} your rate is {yours}, and the warm-up has ended at step {warm}. Its length comes in "
                "as `warm`, another one each time.",
            ),
            Slip(
                "degrees",
                (("np.pi * part", "180 * part"),),
                "At step {step} your rate is {yours}: `np.cos` counts in radians, where half a wave is π, not 180.",
            ),
        ),
        hints=(
            "Two cases: `if step <= warm` is the straight line.",
            "p is 0 at step `warm` and 1 at step `steps`.",
            "`np.cos(np.pi * p)`; add 1, halve, times the rate.",
        ),
        praise="Careful, bold, careful.",
    ),
    Choice(
        number="12.8",
        title="Recall: in place",
        right="a",
        options={
            "a": "A new array would be one that no layer looks at.",
            "b": "It saves a little time. But with a new array the network would not learn at all: who looks at the "
            "old one?",
            "c": "In place means that the old values are gone.",
        },
        hints=(
            "Lesson 05: `shared` and `layer_looks_at`.",
            "What does a layer see when the optimiser makes a new array?",
            "`x = x - 0.5` and `x -= 0.5`.",
        ),
        praise="The layers see the step, because it was made in their own array.",
    ),
    Choice(
        number="12.9",
        title="Recall: who hears a wrong counter?",
        right="c",
        options={
            "a": "All gradients are right. The check is content.",
            "b": "The loss falls all the same.",
            "c": "The step differs from the rule's step, and from nothing else.",
        },
        hints=(
            "Which of the four phases is wrong?",
            "The check looks at the third phase.",
            "You wrote an alarm for the fourth.",
        ),
        praise="Compare the step that was made with the one that was wanted.",
    ),
)
