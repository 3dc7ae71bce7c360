"""The exercises of lesson 13, Learn, do not memorise."""

import ast

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Prediction, Slip, Spoilt
from lessons.checks.judge.compare import Finding, close, numeric, short
from lessons.checks.judge.probes import stops_with_whole

SPLITS = (
    {"x": np.arange(14.0).reshape(2, 7), "y": np.arange(7.0).reshape(1, 7) * 10, "held_back": 2, "seed": 1},
    {"x": np.arange(15.0).reshape(3, 5) ** 2, "y": np.array([[5.0, 6.0, 7.0, 8.0, 9.0]]), "held_back": 3, "seed": 4},
    {"x": np.arange(6.0).reshape(1, 6) / 4 - 0.6, "y": np.arange(6.0).reshape(1, 6) / 8, "held_back": 1, "seed": 2},
    {  # equal numbers, and the seed that is 0
        "x": np.resize([0.5, 1.25, -2.0, 0.5], (1, 16)), "y": np.arange(16.0).reshape(1, 16), "held_back": 4, "seed": 0,
    },
)
WEIGHTS = (
    {"weights": np.array([[3.0, -1.0, 2.0]]), "factor": 0.4, "examples": 5},
    {"weights": np.array([[0.5, -2.0], [1.5, 0.25]]), "factor": 3.0, "examples": 8},
    {"weights": np.array([[2.0, -1.0, 2.0], [0.0, -1.0, 3.0]]), "factor": 0.4, "examples": 6},  # equal ones
    {"weights": np.array([[0.5, -2.0]]), "factor": 0.0, "examples": 4},
)
LAYERS = tuple(
    {"loss": loss, "weights": weights, "bias": bias, "grad_weights": slopes, "grad_bias": np.full(bias.shape, 0.2),
     "factor": factor, "examples": examples}
    for loss, weights, bias, slopes, factor, examples in (
        (0.5, np.array([[3.0, -1.0], [2.0, 0.5]]), np.array([[1.0], [-2.0]]), np.array([[0.1, 0.3], [-0.2, 0.0]]),
         0.4, 5),
        (1.25, np.array([[-0.5, 1.5]]), np.array([[4.0]]), np.array([[0.6, -0.1]]), 2.0, 3),
        (0.75, np.array([[1.5, -0.5]]), np.array([[0.5]]), np.array([[0.3, 0.1]]), 0.0, 4),
    )
)  # fmt: skip
MANY = np.linspace(1, 2, 40_000).reshape(1000, 40) * np.where(np.arange(40_000).reshape(1000, 40) % 3, 1, -1)
LARGEST = 0.7  # the rate that is tried last
RATES = tuple({"rate": rate, "inputs": MANY} for rate in (0.5, 0.2, 0.3, LARGEST))
RUNS = tuple(
    {"validation_losses": np.array(losses), "patience": patience,
     "parameters": np.arange(3.0 * len(losses)).reshape(-1, 3) * 1.37 + 0.0123}
    for losses, patience in (
        ((1.0, 0.8, 0.6, 0.65, 0.62, 0.7, 0.9, 1.0, 1.1), 3),
        ((2.5, 2.0, 2.25, 2.0, 3.0, 2.1, 2.2), 4),  # the smallest comes twice
        ((0.9, 0.5, 0.4, 0.3, 0.35, 0.2, 0.25, 0.3, 0.21, 0.5, 0.6), 2),
        ((0.5, 0.4, 0.39999999, 0.41, 0.42, 0.43, 0.44), 3),  # a new best by little
        ((0.4, 0.5, 0.45, 0.42), 2),  # the first is the best
        ((0.9, 0.5, 0.55), 4),  # ends before the patience does
        ((0.5, 0.7, 0.5, 0.6, 0.5, 0.5), 2),  # as low as the best, just when the patience is over
    )
)  # fmt: skip
PARTS = ("your x_train", "your y_train", "your x_valid", "your y_valid")


# --- 13.2 ---


def run_split(split, x, y, held_back, seed):
    """The four parts, by name."""
    parts = split(x, y, held_back, seed)
    if parts is ...:
        return ...
    if seed == 0 and isinstance(parts, (tuple, list)) and len(parts) == 4:
        again = [numeric(split(x, y, held_back, 0)[1]) for _ in range(3)]
        if not all(close(one, parts[1]) for one in again):
            text = "With the seed 0 each call gives another division, with other seeds it does not. 0 is a seed as "
            raise Spoilt(Finding("seed-0-for-none", text + "good as any: is it asked about as if it were None?"))
    if not isinstance(parts, (tuple, list)) or len(parts) != 4:
        return dict.fromkeys(PARTS, parts)
    return in_one_order(parts)


def in_one_order(parts):
    """The four parts by name, the examples of each sorted: no order inside a part was asked for."""
    found = list(parts)
    for place in (0, 2):
        x, y = parts[place], parts[place + 1]
        if numeric(x) is not None and np.ndim(x) == 2 and len(x):
            order = np.lexsort(np.vstack([y, x]) if np.ndim(y) == 2 and np.shape(y)[1] == np.shape(x)[1] else x)
            found[place] = np.asarray(x)[:, order]
            if numeric(y) is not None and np.shape(y)[-1:] == order.shape:
                found[place + 1] = np.asarray(y)[..., order]
    return dict(zip(PARTS, found, strict=True))


def parts_by(places):
    """A wrong split: `places(m, held_back, rng)` gives the columns of x and y in both parts."""

    def wrong(x, y, held_back, seed):
        xt, yt, xv, yv = places(x.shape[1], held_back, np.random.default_rng(seed))
        return in_one_order((x[:, xt], y[:, yt], x[:, xv], y[:, yv]))

    return wrong


def found_by_value(x, y, held_back, seed):
    """Whoever has the numbers of a held-back example is left out of the training, whichever example it is."""
    order = np.random.default_rng(seed).permutation(x.shape[1])
    train = [one for one in order if x[0, one] not in x[0, order[:held_back]]]
    return in_one_order((x[:, train], y[:, train], x[:, order[:held_back]], y[:, order[:held_back]]))


def shuffled(m, k, rng):
    order = rng.permutation(m)
    return order[k:], order[:k]


def same(train, valid):
    return train, train, valid, valid


def apart(m, k, rng):
    (xt, xv), (yt, yv) = shuffled(m, k, rng), shuffled(m, k, rng)
    return xt, yt, xv, yv


# --- 13.4 and 13.5 ---


def run_penalty(l2_penalty, weights, factor, examples):
    """The penalty and its gradient, by name."""
    told = l2_penalty(weights, factor, examples)
    if told is ...:
        return ...
    if not isinstance(told, (tuple, list)) or len(told) != 2:
        return {"your penalty": told, "your gradient": told}
    return {"your penalty": told[0], "your gradient": told[1]}


def penalty_of(value=lambda w, f, m: f / (2 * m) * (w**2).sum(), slope=lambda w, f, m: f / m * w):
    """A wrong penalty: its number or its gradient is not the right one."""
    return lambda weights, factor, examples: {
        "your penalty": value(weights, factor, examples),
        "your gradient": slope(weights, factor, examples),
    }


AFTER = ("the loss you return", "the grad_weights you return", "the grad_bias you return")


def run_regularise(regularise, **case):
    """The loss and both gradients that come back, by name."""
    try:
        told = regularise(**case)
    except Spoilt:
        if not case["factor"]:
            regularise(**case | {"factor": 0.5})  # where that is right, the factor is asked about
            text = "With the factor 0 you return something else than with others. Whoever calls it takes three things, "
            text += "whatever the factor is: loss, grad_weights, grad_bias."
            raise Spoilt(Finding("one-for-factor-0", text)) from None
        raise
    if told is ...:
        return ...
    return dict(zip(AFTER, told if isinstance(told, (tuple, list)) and len(told) == 3 else (told,) * 3, strict=True))


def places(in_loss="weights", in_gradient="weights", add=True, times=lambda examples: 1):
    """A wrong `regularise`: which parameters pay in the loss, which in the gradient, and there how many times."""

    def wrong(loss, weights, bias, grad_weights, grad_bias, factor, examples):
        arrays = {"weights": (weights, grad_weights), "bias": (bias, grad_bias)}
        loss = loss + sum(factor / (2 * examples) * (arrays[name][0] ** 2).sum() for name in in_loss.split())
        slopes = [
            add * slope
            + (times(examples) * factor / examples * array if name in in_gradient.split() else (not add) * slope)
            for name, (array, slope) in arrays.items()
        ]
        return dict(zip(AFTER, (loss, *slopes), strict=True))

    return wrong


# --- 13.6 ---

FACTOR, SHARE, PREDICT = "the factor of what is kept", "the share left out", "the share that `predict` changes"
BACK = "the share that `backward` gets wrong"
BACK_BY = "what `backward` multiplies by, first what was left out, then what was kept (1 is forward's factor),"
ALIKE = "whether all examples have one and the same mask (1 is yes)"
SEEDED = "whether the same seed leaves out the same (1 is yes)"
OTHER = "whether another seed leaves out other places (1 is yes)"


def run_dropout(Dropout, rate, inputs):
    """What a Dropout does to many numbers, whichever dice it throws: rounded, so that luck does not show."""
    part = Dropout(rate)
    output = part(inputs)
    if output is ...:
        return ...
    names = (FACTOR, SHARE, PREDICT, BACK_BY, BACK, ALIKE, SEEDED, OTHER)
    if numeric(output) is None:
        return dict.fromkeys(names, output)
    if np.shape(output) != inputs.shape:
        text = f"The call gives back {short(output)} for inputs of shape {inputs.shape}. What is left out becomes 0 "
        raise Spoilt(Finding("other-shape", text + "and keeps its place: the shape stays."))
    noted, blame = np.copy(getattr(part, "mask", 0.0)), 3 * inputs
    returned = part.backward(blame), part.predict(inputs)
    if not np.array_equal(blame, 3 * inputs):
        text = "`backward` changes the `grad_output` that it was given. Whoever calls it still needs the old value: "
        raise Spoilt(Finding("changes-its-arguments", text + "make a new array instead."))
    for name, value in zip((BACK, PREDICT), returned, strict=True):
        if numeric(value) is None or np.shape(value) != inputs.shape:
            return right_dropout(rate) | {name: value}
    if numeric(noted) is not None and noted.shape == inputs.shape and np.array_equal(returned[1], noted):
        raise Spoilt(Finding("mask-in-predict", "`predict` gives back `self.mask`, and not what came in. Whoever asks "
                             "the network wants all units, as they are."))  # fmt: skip
    if numeric(noted) is not None and np.shape(noted) == inputs.shape and close(output, inputs - noted):
        raise Spoilt(Finding("mask-taken-away", "Your lines take the mask away from what came in. It is *times* the "
                             "mask: its 0 is what leaves a number out."))  # fmt: skip
    left = output[output != 0]
    if left.size and np.isfinite(left[0]) and (left == left[0]).all():
        text = f"What comes back holds 0 and {short(float(left[0]))} alone: the mask. The inputs themselves "
        raise Spoilt(Finding("mask-returned", text + "should come back, times the mask."))
    if np.shape(noted) == inputs.shape and output.any() and close(output, noted):
        raise Spoilt(Finding("inputs-in-the-mask", "In `self.mask` stands what comes out: the inputs are in it, and in "
                             "`backward` they are multiplied in. A mask holds 0 and 1 / (1 − rate) alone."))
    mask, kept = output / inputs, output != 0
    if kept.any() and np.isfinite(mask).all() and np.allclose(returned[0], mask):
        raise Spoilt(Finding("mask-returned", "`backward` gives back the mask alone. What arrives as `grad_output` "
                             "should come back, times the mask."))  # fmt: skip
    back = np.asarray(returned[0]) != 0
    if not 0 < share(kept) < 1 and {share(Dropout(rate, seed)(inputs) != 0) for seed in range(20)} == {0.0, 1.0}:
        raise Spoilt(Finding("one-dice-for-all", "With one seed all is kept, with another nothing is: the dice are "
                             "thrown once, for all numbers together. Each has its own: the dice have the shape of the "
                             "inputs."))  # fmt: skip
    if share(kept) == 1 and np.isfinite(mask).all() and mask.min() >= 0 and len(np.unique(mask.round(6))) > 1000:
        text = f"What comes in is multiplied by numbers of all sizes, from {short(mask.min())} to {short(mask.max())}, "
        text += "and nothing is left out. A mask has two: 0, and one number for what is kept. The comparison of the "
        raise Spoilt(Finding("dice-for-mask", text + "dice with the rate says which."))
    two = np.isfinite(mask).all() and kept.any() and np.allclose(mask[kept], mask[kept][0])
    if two and noted.shape == kept.shape and close(returned[0], blame * noted) and share(back != kept) > 0:
        raise Spoilt(Finding("thrown-twice", "`backward` goes by `self.mask`, and the call has left out other places: "
                             "in it the dice are thrown twice. Throw them once, keep them as `self.mask`, and take the "
                             "inputs times that."))  # fmt: skip
    if kept.shape[1] > 1 and (back == kept[:, :1]).all() and not (kept == kept[:, :1]).all():
        raise Spoilt(Finding("mask-of-one-example", "`backward` takes the mask of the first example for all of them. "
                             "Each example has had a mask of its own: the whole of `self.mask`."))  # fmt: skip
    second = part(inputs)
    if 0 < share(kept) < 1 and np.array_equal(second != 0, kept):
        raise Spoilt(Finding("same-mask-every-time", "Two calls left out the very same places. The dice must be thrown "
                             "anew in each call, or these units are never trained."))  # fmt: skip
    if 0 < share(kept) < 1 and (kept == kept[:1]).all():
        raise Spoilt(Finding("whole-examples", "All units of an example are left out together, or none of them is. "
                             "Each has its own: the dice have the shape of the inputs."))  # fmt: skip
    if not output[inputs < 0].any() and output[inputs > 0].any():
        raise Spoilt(Finding("negative-left-out", "Every input below 0 is left out, whatever the dice say: that is a "
                             "bend. Dropout asks the dice alone."))  # fmt: skip
    few = inputs[:, :7] + 0.5
    mask_of_few = part(few) / few
    wrong_there, looked = share(~np.isclose(part.backward(2 * few), 2 * few * mask_of_few)), part.predict(few)
    if np.array_equal(looked, few) and not wrong_there and not np.allclose(part.backward(few), few * mask_of_few):
        raise Spoilt(Finding("predict-changes-the-mask", "After `predict`, `backward` no longer has the mask of the "
                             "call before it. `predict` only looks: it leaves `self.mask` as it is."))  # fmt: skip
    fewer = inputs[:100]
    counts = {int(np.count_nonzero(part(fewer) == 0)) for _ in range(4)}
    if len(counts) == 1 and 0 < share(kept) < 1:
        text = f"Each call leaves out exactly {counts.pop():,} of {fewer.size:,} numbers. Each number has dice of its "
        raise Spoilt(Finding("always-as-many", text + "own, so that it is a few more one time and a few less another: "
                             "what throws less than the rate is left out."))  # fmt: skip
    wrong_here = share(~np.isclose(returned[0], 3 * inputs * mask))
    twins = [Dropout(rate, 5)(inputs) != 0 for _ in range(2)]
    found = {
        FACTOR: float(np.median(mask[kept])) if kept.any() else 0.0,
        SHARE: share(~kept),
        PREDICT: max(share(~np.isclose(one, of)) for one, of in ((returned[1], inputs), (part.predict(blame), blame))),
        BACK_BY: np.array([one_factor(np.asarray(returned[0])[~kept] / blame[~kept], 0.0),
                           one_factor(np.asarray(returned[0])[kept] / blame[kept] / mask[kept], 1.0)]),
        BACK: max(wrong_here, wrong_there),
        ALIKE: float((kept == kept[:, :1]).all() and 0 < share(kept) < 1),
        SEEDED: float(np.array_equal(*twins)),
        OTHER: float(not np.array_equal(twins[0], kept)),
    }
    if rate == LARGEST and all(close(found[name], right) for name, right in right_dropout(rate).items()):
        zero_rate(Dropout)
        other_inputs(Dropout, rate)
    return found


def zero_rate(Dropout):
    """A Dropout with the rate 0 leaves out nothing, and goes back all the same."""
    part, inputs = Dropout(0.0), np.arange(1.0, 13.0).reshape(3, 4)
    output = part(inputs)
    try:
        back = part.backward(2 * inputs)
    except AttributeError as error:
        text = f"With the rate 0 the call makes no `self.{error.name}`, and then `backward` stops with AttributeError. "
        raise Spoilt(Finding("no-mask-for-rate-0", text + "A mask of ones is a mask too.")) from None
    if not close(output, inputs) or not close(back, 2 * inputs):
        text = "With the rate 0 nothing is left out: all should come back as it came, on the way back too. It does not."
        raise Spoilt(Finding("rate-0", text))


def other_inputs(Dropout, rate):
    """Inputs that are 0, a single column, whole numbers; and a look between two calls."""
    zeros = np.where(np.arange(40_000).reshape(1000, 40) % 2, 1.5, 0.0)
    part = Dropout(rate, 3)
    with np.errstate(all="ignore"):
        part(zeros)
        back = part.backward(np.ones(zeros.shape))[zeros == 0]
    if not np.isfinite(back).all() or share(back == 0) != rate:
        told = "nan" if not np.isfinite(back).all() else "0 for all" if not back.any() else "another share of zeros"
        text = f"Where an input is 0, and after ReLU half of them are, `backward` gives {told}. From what comes out "
        text += "the mask cannot be read there: keep the one that the dice gave."
        raise Spoilt(Finding("mask-from-the-output", text))
    column = Dropout(rate)(MANY[:, :1])
    if np.shape(column) != (1000, 1):
        text = f"For inputs of shape (1000, 1), one example, the call gives the shape {np.shape(column)}. "
        raise Spoilt(Finding("other-shape", text + "What is left out becomes 0 and keeps its place: the shape stays."))
    each_by_itself(Dropout(0.5)(np.ones((1000, 40))) != 0)
    all_by_chance(Dropout(0.5)(np.ones((2, 400))) != 0)
    try:
        whole = Dropout(rate)(np.full((100, 20), 4))
    except Exception:  # what it does with whole numbers cannot be said
        whole = None
    if numeric(whole) is not None and whole.any() and not close(whole.max(), 4 / (1 - rate)):
        text = f"Of inputs 4, a whole number, what is kept becomes {short(whole.max())}, {short(4 / (1 - rate))} was "
        text += "expected: an array that is made from whole numbers, by a copy or `zeros_like`, holds whole numbers."
        raise Spoilt(Finding("cut-to-whole", text))
    looked, plain = Dropout(rate, 5), Dropout(rate, 5)
    looked(MANY[:100]), looked.predict(MANY[:100]), plain(MANY[:100])
    if not np.array_equal(looked(MANY[:100]), plain(MANY[:100])):
        text = "`predict` throws the dice, and throws them for nothing: after a look at the validation examples the "
        raise Spoilt(Finding("predict-throws", text + "training goes on with other dice. It only looks."))


def with_whole_numbers(Dropout):
    """What to know of a Dropout that stops where its inputs are whole numbers."""
    try:
        Dropout(0.5)(np.full((4, 3), 3))
    except TypeError as error:
        found = stops_with_whole(error, "`inputs`")
        return found.says if found else ""
    return ""


def each_by_itself(kept):
    """Of 1000 units in 40 examples, at the rate 0.5, none is alike in all, and no two are; chance never makes it so."""
    for what, lines, others in (("unit", kept, "examples"), ("example", kept.T, "units")):
        for words, same in (("never left out", lines.all(axis=1)), ("always left out", ~lines.any(axis=1))):
            if same.any():
                text = f"At the rate 0.5 {what} {1 + int(same.argmax())} is {words}, in any of {lines.shape[1]} "
                raise Spoilt(Finding("one-apart", f"{text}{others}. Dice are thrown for all: nothing is spared."))
        if len(np.unique(lines, axis=0)) < len(lines):
            text = f"Some {what}s have the very mask of others: of the dice a part is thrown, and repeated. Each "
            raise Spoilt(Finding("dice-repeated", text + "number has its own: throw as many as there are inputs."))


def all_by_chance(kept):
    """Of 2 units in 400 examples, at the rate 0.5, both are kept in about a hundred, and both left out in as many."""
    for words, both in (("left out", ~kept.any(axis=0)), ("kept", kept.all(axis=0))):
        if kept.shape == (2, 400) and not both.any():
            text = f"At the rate 0.5 two units are never both {words}, in any of 400 examples; in a quarter they "
            raise Spoilt(Finding("one-apart", f"{text}should be. Each unit has dice of its own, whatever the other "
                                 "does."))  # fmt: skip


def one_factor(factors, right):
    """The factor that all of them are, or the `right` one where they are not all alike: then luck has a part in it."""
    if factors.size and (np.isinf(factors).all() or np.ptp(factors) < 1e-9):
        return float(factors[0])
    return right


def share(places):
    return round(float(np.mean(places)), 1)


def right_dropout(rate):
    return {FACTOR: 1 / (1 - rate), SHARE: rate, PREDICT: 0.0, BACK_BY: np.array([0.0, 1.0]), BACK: 0.0,
            ALIKE: 0.0, SEEDED: 1.0, OTHER: 1.0}  # fmt: skip


def dropout_with(left=lambda rate: 0.0, kept=lambda rate: 1.0, **changes):
    """A wrong Dropout: which of the measured numbers differ, each a function of the rate."""
    names = {
        "factor": FACTOR,
        "share": SHARE,
        "predict": PREDICT,
        "back": BACK,
        "alike": ALIKE,
        "seeded": SEEDED,
        "other": OTHER,
    }
    return lambda rate, inputs: (right_dropout(rate) | {BACK_BY: np.array([left(rate), kept(rate)])}
                                 | {names[name]: change(rate) for name, change in changes.items()})  # fmt: skip


def unlike(rate):
    """How often two masks that were thrown anew differ at a place."""
    return round(2 * rate * (1 - rate), 1)


# --- 13.7 ---

ENDS, PARAMETERS = "the epoch at which it stops", "the vector of parameters in the end"
TOLD, KEPT = "what `on_train_end` returns", "whether the network keeps its own array (1 is yes)"
SAID = "what `is_over` returns"


class Model:
    """As much of a network as a callback sees; the layers look at the array that was there at the beginning."""

    def __init__(self, size):
        self.array, self.report, self.stop_training, self.epoch = np.zeros(size), {}, False, 0
        self.parameters = self.array


def run_stopping(EarlyStopping, validation_losses, patience, parameters):
    """Play a training with these validation losses; row n of `parameters` is what the network has after epoch n."""
    stopping, model, nothing_yet = EarlyStopping(patience), Model(parameters.shape[1]), True
    stopping.on_train_begin(model)
    for epoch, now in enumerate(validation_losses.tolist(), start=1):
        model.epoch, model.array[:] = epoch, parameters[epoch - 1]
        model.report["validation_loss"] = now
        stopping.on_epoch_end(epoch, 9.0 - epoch)  # the training loss, which falls whatever happens
        said = model.stop_training
        if said is ...:
            return ...
        if isinstance(said, str):
            raise Spoilt(Finding("wrong-type", f"`is_over` gives back the text {said!r}. Yes or no was asked for: "
                                 "`True` or `False`, without quotes."))  # fmt: skip
        best = getattr(stopping, "best_parameters", None)
        if said and not close(model.array, parameters[epoch - 1]) and close(model.array, numeric(best)):
            raise Spoilt(Finding("restored-too-early", "`is_over` writes the best parameters into the network. It only "
                                 "says whether it is over. `on_train_end` puts them back: a training may end before "
                                 "the patience does."))  # fmt: skip
        parameters[epoch - 1] = model.parameters  # what was done to them is seen afterwards
        nothing_yet = nothing_yet and said is None
        end, best_epoch = rightly(validation_losses, patience)
        if said is None and not nothing_yet and epoch == len(validation_losses) and end - best_epoch >= patience:
            text = f"With the patience {patience} it is over after epoch {end}, and there `is_over` gives None, which "
            text += "is no yes: its `return` is not reached in every epoch. Does it stand inside the `if`?"
            raise Spoilt(Finding("return-not-reached", text))
        if said is None and (epoch < len(validation_losses) or not nothing_yet or end - best_epoch < patience):
            continue  # who says nothing where it goes on says no
        if numeric(said) is None or np.size(said) != 1 or not np.isfinite(said).all():
            return dict.fromkeys((SAID, ENDS, KEPT, PARAMETERS, TOLD), said)
        if said:
            break
    told = stopping.on_train_end()
    tie_at_the_end = (validation_losses[1:] == validation_losses[0]).any()  # tried last
    right = rightly(validation_losses, patience)
    if said and (epoch, told) == right:
        still_the_last(stopping, model, parameters[told - 1], parameters[epoch - 1])
    if (epoch, told) == right and tie_at_the_end and close(model.array, parameters[told - 1]):
        to_the_last_digit(EarlyStopping)
    kept = float(model.parameters is model.array)
    return {SAID: 1.0, ENDS: float(epoch), KEPT: kept, PARAMETERS: model.array.copy(), TOLD: told}


def still_the_last(stopping, model, best, last):
    """Why the parameters in the end are those of the last epoch, where what was kept shows it."""
    if not close(model.array, last) or close(model.parameters, best):
        return
    end = f"It stops at the right epoch, but at the end the parameters are {short(model.array)}: those of the last "
    kept = getattr(stopping, "best_parameters", None)
    if kept is model.array:
        text = "epoch. `self.best_parameters` is a second name for the live vector, and changes with it. Keep a copy."
        raise Spoilt(Finding("name-for-copy", end + text))
    if close(kept, best):
        text = "epoch. Those of the best one stand in `self.best_parameters`, as they should. What is missing is the "
        raise Spoilt(Finding("not-put-back", end + text + "way back into the network's vector, with `[:]`."))


def to_the_last_digit(EarlyStopping):
    """What is put back is what was there: every digit of it."""
    stopping, model = EarlyStopping(1), Model(3)
    stopping.on_train_begin(model)
    best = np.array([1 / 3, -12345.678901234567, 1e-9 / 7])
    for epoch, (loss, values) in enumerate(((0.5, best), (0.75, best + 1)), start=1):
        model.array[:], model.report["validation_loss"] = values, loss
        stopping.on_epoch_end(epoch, 1.0)
    stopping.on_train_end()
    if np.allclose(model.array, best, rtol=1e-3) and not np.array_equal(model.array, best):
        place = int(np.argmax(model.array != best))
        text = f"Parameters that were {float(best[place])!r} come back as {float(model.array[place])!r}: some digits "
        text += "are lost, by rounding or in numbers of float32. `parameters.copy()` keeps every digit."
        raise Spoilt(Finding("digits-lost", text))


def where_one_is_nan(EarlyStopping):
    """What a right one does with a loss that is no number, where that is something else than ours; or ""."""
    losses, patience = (0.8, 0.5, np.nan, 0.6, 0.7, 0.9), 3
    found = run_stopping(EarlyStopping, np.array(losses), patience, np.arange(18.0).reshape(6, 3))
    if (found[ENDS], found[TOLD]) == rightly(np.array(losses), patience):
        return ""
    text = f"One thing to know: with the losses {short(list(losses))} and patience {patience} yours stops at epoch "
    text += f"{short(found[ENDS])} and calls epoch {short(found[TOLD])} the best. nan is no number, and each "
    return text + "comparison with it is False. With `now < self.best` a nan is no new best."


def ends(rule, restores=True):
    """A wrong EarlyStopping: `rule(losses, patience)` gives the epoch at which it stops and the one it goes back to."""

    def wrong(validation_losses, patience, parameters):
        end, best = rule(validation_losses, patience)
        return {
            SAID: 1.0,
            ENDS: float(end),
            KEPT: 1.0,
            PARAMETERS: parameters[(best if restores else end) - 1],
            TOLD: best,
        }

    return wrong


def rightly(losses, patience, late=0):
    best = 1
    for epoch in range(1, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience + late:
            return epoch, best
    return len(losses), best


def at_first_rise(losses, patience):
    end = 2 + int(np.argmax(np.diff(losses) >= 0))
    return end, int(np.argmin(losses[:end])) + 1


def all_rises(losses, patience):
    """Every epoch without a new best counts, and none is ever forgiven."""
    best, worse = 0, 0
    for epoch in range(len(losses)):
        best = epoch if losses[epoch] < losses[best] else best
        worse += best != epoch
        if worse >= patience:
            break
    return epoch + 1, best + 1


def rises_in_a_row(losses, patience):
    row = 0
    for epoch in range(2, len(losses) + 1):
        row = row + 1 if losses[epoch - 1] >= losses[epoch - 2] else 0
        if row >= patience:
            return epoch, int(np.argmin(losses[:epoch])) + 1
    return len(losses), int(np.argmin(losses)) + 1


def ties_forgiven(losses, patience):
    """Only epochs above the best are counted."""
    best, worse = 0, 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best, worse = epoch, 0
        worse += losses[epoch] > losses[best]
        if worse >= patience:
            break
    return epoch + 1, best + 1


def at_a_rise_after_it(losses, patience):
    """Over the patience, it goes on as long as each loss is below the one before."""
    best = 1
    for epoch in range(1, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience and losses[epoch - 1] >= losses[epoch - 2]:
            return epoch, best
    return len(losses), best


def after_patience_epochs(losses, patience):
    return min(patience, len(losses)), int(np.argmin(losses[:patience])) + 1


BEST = (
    "            self.best, self.best_epoch = now, epoch\n            self.best_parameters = parameters.copy()\n"
)
COPIED = "            self.best_parameters = parameters.copy()\n"
OTHER_WAY = "self.best_parameters[:] = self.model.parameters"
OTHER_NAME = "self.best_parameters = self.model.parameters.copy()"


EXERCISES = (
    Prediction(
        number="13.1",
        title="20 epochs or 1,000?",
        right="b",
        options={
            "a": "Its loss of 0.0001 belongs to the 30 points that it knows.",
            "b": "the one with 20 epochs: 0.3 against 2.7.",
            "c": "New to either, but one has learnt what all such points have in common, the other these 30 by heart.",
        },
        hints=(
            "337 parameters for 30 points: what could it do with all of them?",
            "Some of the 30 points lie on the wrong side, by noise.",
            "A border that obeys every misplaced point is wrong for new ones.",
        ),
        praise="More training made it worse at the only thing that counts.",
    ),
    Exercise(
        number="13.2",
        title="Hold back",
        piece="split",
        call=run_split,
        results=("x_train", "y_train", "x_valid", "y_valid"),
        cases=SPLITS,
        mistakes=(
            Mistake(
                "found-by-value",
                found_by_value,
                "x has equal numbers here. You look for the examples by their numbers, and so an example that only "
                "looks like one that is held back is in neither part. Divide the places: `order[held_back:]`.",
            ),
            Mistake(
                "not-shuffled",
                parts_by(lambda m, k, rng: same(np.arange(k, m), np.arange(k))),
                "Your first part is {yours}: the examples as they stood. What you shuffle are the rows of x, which are "
                "features. The examples stand side by side: shuffle their places, `x.shape[1]` of them.",
                shows=lambda lines: any(isinstance(one, ast.Call) and ast.unparse(one).endswith(
                    (".permutation(x)", ".shuffle(x)")) for one in lines.every),
            ),
            Mistake(
                "not-shuffled",
                parts_by(lambda m, k, rng: same(np.arange(k, m), np.arange(k))),
                "Your first part is {yours}: the examples as they stood. If they come in order, first all of one kind, "
                "the judges are all of one kind.",
            ),
            Mistake(
                "nothing-held-back",
                parts_by(lambda m, k, rng: (lambda order: same(order, order[:0]))(rng.permutation(m))),
                "Your training part is {yours}: all examples are in it{whole:, and the validation part is empty. "
                "`held_back` is how many examples are held back, no share and no percentage.|, those held back too.}",
            ),
            Mistake(
                "validation-in-the-training-part",
                parts_by(lambda m, k, rng: (lambda order: same(order, order[:k]))(rng.permutation(m))),
                "Your training part is {yours}: all examples are in it, those held back too. They would be judges of "
                "what they have taught.",
            ),
            Mistake(
                "parts-overlap",
                parts_by(lambda m, k, rng: (lambda order: same(order[: m - k], order[:k]))(rng.permutation(m))),
                "Your training part is {yours}{whole:. Some of those are in the validation part as well, and others "
                "are nowhere.|: it begins with the first of the shuffled places, and those are to be held back.}",
            ),
            Mistake(
                "parts-swapped",
                parts_by(lambda m, k, rng: same(*shuffled(m, k, rng)[::-1])),
                "Your training part is {yours}: the {held_back} that were to be held back.",
            ),
            Mistake(
                "labels-shuffled-apart",
                parts_by(apart),
                "Your part is {yours}: x and y have been shuffled one after the other, so the labels stand beside the "
                "wrong examples. One order for both.",
            ),
            Mistake(
                "labels-not-shuffled",
                parts_by(lambda m, k, rng: (lambda t, v: (t, np.arange(k, m), v, np.arange(k)))(*shuffled(m, k, rng))),
                "Your labels are {yours}: in their old order, while the examples have a new one.",
            ),
            Slip(
                "order-of-the-four",
                (
                    (
                        "x[:, train], y[:, train], x[:, valid], y[:, valid]",
                        "x[:, train], x[:, valid], y[:, train], y[:, valid]",
                    ),
                ),
                "{whole:The parts are right; they|The parts} come in another order. x_train, y_train, x_valid, "
                "y_valid was asked for.",
            ),
            Slip(
                "labels-of-the-other-part",
                (("y[:, train], x[:, valid], y[:, valid]", "y[:, valid], x[:, valid], y[:, train]"),),
                "Beside the training part stand the labels of the validation part, and the other way round. Examples "
                "and labels are taken by the same places.",
            ),
            Slip(
                "places-turned-round",
                (("order[:held_back], order[held_back:]", "order[:held_back], ~order[:held_back]"),),
                "`~` makes the others of an array of True and False. Of places it makes places counted from the end: "
                "`~4` is −5. The others are `order[held_back:]`.",
                shows=lambda lines: lines.has(ast.Invert),
            ),
            Slip(
                "number-written-in",
                (("x.shape[1]", "5"),),
                "You have written 5 for the number of examples. There may be more: `x.shape[1]`.",
                shows=lambda lines: lines.writes(5),
            ),
            Slip(
                "number-written-in",
                (("[:held_back]", "[:5]"), ("[held_back:]", "[5:]")),
                "You have written 5 for the number held back. It is `held_back`.",
                shows=lambda lines: lines.writes(5),
            ),
            Slip(
                "features-counted",
                (("x.shape[1]", "len(x)"),),
                "`len(x)` is the number of features. The examples stand side by side: `x.shape[1]`.",
                shows=lambda lines: lines.uses("len"),
            ),
            Slip(
                "features-counted",
                (("x.shape[1]", "x.shape[0]"),),
                "`x.shape[0]` is the number of features. The examples stand side by side: `x.shape[1]`.",
                shows=lambda lines: lines.times("x.shape[0]"),
            ),
            Slip(
                "rows-cut",
                (("x[:, train]", "x[held_back:, order]"), ("y[:, train]", "y[held_back:, order]"),
                 ("x[:, valid]", "x[:held_back, order]"), ("y[:, valid]", "y[:held_back, order]")),
                "What you cut in two are rows, and rows are features. Before the comma stands `:`, for all of them; "
                "the examples are taken behind it.",
            ),
            Slip(
                "rows-for-columns",
                (("x.shape[1]", "len(x)"), ("x[:, train]", "x[train]"), ("x[:, valid]", "x[valid]")),
                "Your places are those of rows, and rows are features. The examples stand side by side: there are "
                "`x.shape[1]` of them, and `x[:, places]` takes some.",
                shows=lambda lines: not lines.times("x.shape[1]"),
            ),
            Slip(
                "only-those-held-back",
                (("x.shape[1]", "held_back"),),
                "Shuffled are `held_back` places, the first ones, and the other examples are in neither part. "
                "All places are shuffled, `x.shape[1]` of them, and then cut in two.",
                shows=lambda lines: lines.times("held_back") and lines.uses("permutation"),
            ),
            Slip(
                "seed-ignored",
                (("default_rng(seed)", "default_rng(0)"),),
                "A fair split, and the same for every seed. Hand `seed` to `default_rng`.",
                shows=lambda lines: lines.uses("default_rng"),
            ),
            Slip(
                "other-dice",
                (("default_rng(seed)", "RandomState(seed)"),),
                "A fair split, but of the old `np.random`, which throws other dice. Take "
                "`np.random.default_rng(seed)`.",
            ),
            *(Mistake(
                "other-draw",
                parts_by(lambda m, k, rng, drawn=drawn: (lambda order: same(order[k:], order[:k]))(drawn(m, rng))),
                "Your first part is {yours}: a fair split, but of other places. Take the first of `permutation`, so "
                "that we mean the same examples.",
            ) for drawn in (lambda m, rng: rng.choice(m, m, replace=False), lambda m, rng: rng.random(m).argsort())),
            Mistake(
                "other-draw",
                parts_by(lambda m, k, rng: (lambda picked: same(np.setdiff1d(np.arange(m), picked), picked))(
                    rng.choice(m, k, replace=False))),
                "Your first part is {yours}: a fair split, but of other places. Take the first of `permutation`, so "
                "that we mean the same examples.",
            ),
            Slip(
                "one-example-lost",
                (("[held_back:]", "[held_back + 1 :]"),),
                "One example is {whole:in neither part|missing in your training part}.",
            ),
            Slip(
                "one-example-lost",
                (("[held_back:]", "[held_back:-1]"),),
                "One example is {whole:in neither part|missing in your training part}: `-1` stops before the last "
                "place. Nothing behind `:` goes to the end.",
            ),
            *(
                Slip(
                    "drawn-with-replacement",
                    (("permutation(x.shape[1])", drawn),),
                    "Your first part is {yours}: each place was drawn from all, so some examples come twice, some are "
                    "in both parts, and others nowhere. `permutation` gives each place once.",
                )
                for drawn in ("integers(0, x.shape[1], x.shape[1])", "choice(x.shape[1], x.shape[1])")
            ),
            *(Mistake(
                "drawn-with-replacement",
                parts_by(lambda m, k, rng: (lambda held: same(np.setdiff1d(np.arange(m), held), held))(
                    rng.integers(m, size=k))),
                f"`{draws}` draws each place from all, so the same example may be held back twice, and too few are. "
                "`permutation` gives each place once.",
                shows=lambda lines, draws=draws: lines.uses(draws),
            ) for draws in ("choice", "integers")),
            Mistake(
                "the-last-held-back",
                parts_by(lambda m, k, rng: (lambda order: same(order[: m - k], order[m - k :]))(rng.permutation(m))),
                "Your first part is {yours}: a fair split, but you held back the *last* of the shuffled places. Take "
                "the first, so that we mean the same examples.",
            ),
            Mistake(
                "parts-overlap",
                parts_by(lambda m, k, rng: (lambda first, second: same(second[k:], first[:k]))(
                    rng.permutation(m), rng.permutation(m))),
                "Your training part is {yours}: its order was thrown anew{whole:, so some of those held back are in "
                "it, and others are nowhere}. One order for both parts.",
            ),
        ),
        hints=(
            "The cell above has both lines; for 5 put the number of examples, which is `x.shape[1]`.",
            "An array of places between the brackets picks columns: `x[:, places]`.",
            "One order, cut in two, for x and for y: four picks.",
        ),
        praise="From now on every number that you boast of comes from the second part.",
    ),
    Answer(
        number="13.3",
        title="A penalty by hand",
        names=("penalty", "slope_for_3"),
        together=(
            ((0.3, 0.7), "exchanged", "`penalty` and `slope_for_3` have changed places."),
            ((1.4, 0.6), "factor-missing", "Both are twice what they should be. λ = 0.5 halves both: is it in them?"),
        ),
        wrong={
            "penalty": (
                (
                    1.4,
                    "half-missing",
                    "`penalty` = {yours}: twice as much as it should be. There is a 2 below the line.",
                ),
                (
                    17.5,
                    "brackets-missing",
                    "`penalty` = {yours}: divided by 2 and then multiplied by m. The whole of 2 m stands below the "
                    "line.",
                ),
                (1.167, "weights-counted", "`penalty` = {yours}: divided by 3, the weights. m counts the examples: 5."),
                (3.5, "examples-missing", "`penalty` = {yours}: the number of examples, 5, is not in it."),
                (0.2, "not-squared", "`penalty` = {yours}: you added up the weights. The squares are added up."),
                (
                    0.3,
                    "not-squared",
                    "`penalty` = {yours}: you added up the sizes of the weights. Their squares count.",
                ),
                (0.6, "sign-of-the-square", "`penalty` = {yours}: the square of −1 is +1."),
                (
                    0.8,
                    "square-of-the-sum",
                    "`penalty` = {yours}: the sum was squared. First the squares, then the sum.",
                ),
                (14.0, "factor-missing", "`penalty` = {yours} is the sum of the squares. λ and m are still to come."),
                (0.7 / 3, "mean-for-sum", "`penalty` = {yours}: made from the mean of the squares. Every weight pays, "
                 "so they are added up."),
                (0.45, "one-weight", "`penalty` = {yours} is what the 3 alone costs. All three weights pay."),
            ),
            "slope_for_3": (
                (
                    0.15,
                    "half-too-much",
                    "`slope_for_3` = {yours}: the ½ has gone already, against the 2 of the square.",
                ),
                (2.7, "already-updated", "`slope_for_3` = {yours}: that is where a step with the rate 1 leads. The "
                 "slope itself was asked for."),
                (0.6, "twice", "`slope_for_3` = {yours}: the 2 of the square cancels against the ½."),
                (0.4, "weights-added", "`slope_for_3` = {yours}: all weights added up. The slope for one weight has "
                 "that weight alone in it."),
                (1.5, "examples-missing", "`slope_for_3` = {yours}: the number of examples, 5, is not in it."),
                (0.9, "squared", "`slope_for_3` = {yours}: the slope has the weight itself, not its square."),
                (0.1, "weight-missing", "`slope_for_3` = {yours} is λ/m. A large weight pays more: times the weight."),
            ),
        },
        hints=(
            "The squares are 9, 1 and 4.",
            "λ / (2m) is 0.5 / 10.",
            "λ / m is 0.5 / 5, and the weight is 3.",
        ),
        praise="A step of SGD takes away a fixed share of each weight. That is why L2 is also called weight decay.",
    ),
    Exercise(
        number="13.4",
        title="The penalty and its slope",
        piece="l2_penalty",
        call=run_penalty,
        results=("penalty", "gradient"),
        cases=WEIGHTS,
        whole=("weights",),
        mistakes=(
            Slip(
                "equal-ones-once",
                (("np.sum(weights**2)", "np.sum(np.unique(weights) ** 2)"),),
                "Your penalty is {yours} for weights {weights}: of equal weights only one is counted. Each pays for "
                "itself.",
            ),
            Mistake(
                "one-number-for-factor-0",
                penalty_of(slope=lambda w, f, m: f / m * w if f else 0.0),
                "With the factor 0 your gradient is the single number 0. It has the shape of the weights, whatever the "
                "factor is.",
            ),
            Slip(
                "half-the-digits",
                (("    value = factor", "    weights = weights.astype(np.float16)\n    value = factor"),),
                "Your penalty is {yours}: numbers of float16 have three digits. Work with the weights as they are.",
            ),
            Mistake(
                "half-missing",
                penalty_of(lambda w, f, m: f / m * (w**2).sum()),
                "Your penalty is {yours}, twice what it should be: λ/m in place of λ/(2m).{whole: It no longer fits "
                "its own gradient.}",
            ),
            Mistake(
                "one-for-each-feature",
                penalty_of(lambda w, f, m: f / (2 * m) * (w**2).sum(axis=0)),
                "Your penalty is {yours}, one number for each column of the weights: Python's `sum` adds up rows. "
                "`np.sum` adds up all of them.",
                shows=lambda lines: lines.has_call("sum"),
            ),
            Mistake(
                "one-for-each-feature",
                penalty_of(lambda w, f, m: f / (2 * m) * (w**2).sum(axis=0)),
                "Your penalty is {yours}, one number for each column of the weights. All squares are added up to one.",
            ),
            *(Mistake(
                "one-for-each-pair",
                penalty_of(lambda w, f, m, turned=turned: f / (2 * m) * (w.T @ w if turned else w @ w.T)),
                f"Your penalty is {{yours}}: `@` gives a number for any two {those}, a table of them. Each weight is "
                "squared by itself, and the squares are added up to one number.",
                shows=lambda lines: lines.has(ast.MatMult) or lines.uses("dot", "matmul"),
            ) for turned, those in ((False, "units"), (True, "features"))),
            Mistake(
                "unit-times-unit",
                penalty_of(lambda w, f, m: f / (2 * m) * (w @ w.T).sum()),
                "Your penalty is {yours}: `@` multiplies the weights of each unit with those of every other unit too. "
                "Each weight is squared by itself.",
                shows=lambda lines: lines.has(ast.MatMult) or lines.uses("dot", "matmul"),
            ),
            Mistake(
                "half-in-the-gradient",
                penalty_of(slope=lambda w, f, m: f / (2 * m) * w),
                "Your gradient is {yours}: λ/(2m) in place of λ/m. The square has a 2 of its own to give.",
            ),
            Mistake(
                "twice-in-the-gradient",
                penalty_of(slope=lambda w, f, m: 2 * f / m * w),
                "Your gradient is {yours}: the 2 of the square is in it, and the ½ of the penalty is not.",
            ),
            Mistake(
                "examples-missing",
                penalty_of(lambda w, f, m: f / 2 * (w**2).sum(), lambda w, f, m: f * w),
                "You get {yours}. The number of examples, {examples}, is not in it.",
            ),
            Mistake(
                "factor-missing-in-the-gradient",
                penalty_of(slope=lambda w, f, m: w / m),
                "Your penalty has λ in it, {factor}, and your gradient {yours} has not.",
            ),
            Mistake(
                "examples-missing-in-the-gradient",
                penalty_of(slope=lambda w, f, m: f * w),
                "Your penalty is divided by the number of examples, {examples}, and your gradient {yours} is not.",
            ),
            Mistake(
                "not-squared",
                penalty_of(lambda w, f, m: f / (2 * m) * w.sum()),
                "Your penalty is {yours}: the weights have been added up, so −1 pays back what 1 has paid.",
            ),
            Slip(
                "not-added-up",
                (("np.sum(weights**2)", "weights**2"),),
                "Your penalty is {yours}: one number for each weight. It is one number in all: what is still to be "
                "done with the squares?",
            ),
            Slip(
                "square-of-the-sum",
                (("np.sum(weights**2)", "np.sum(weights) ** 2"),),
                "Your penalty is {yours}: the sum was squared. First the squares, then the sum.",
            ),
            Slip(
                "first-row-only",
                (("np.sum(weights**2)", "np.sum(weights[0] ** 2)"),),
                "Your penalty is {yours} for weights {weights}: only the weights of the first unit have paid. All pay.",
            ),
            Slip(
                "root-of-the-sum",
                (("np.sum(weights**2)", "np.sqrt(np.sum(weights**2))"),),
                "Your penalty is {yours}: made from the length of the weights, the *root* of the sum of squares. There "
                "is no root in it.",
            ),
            Slip(
                "factor-missing",
                (("factor / (2 * examples) *", "1 / (2 * examples) *"), ("factor / examples", "1 / examples")),
                "You get {yours}: the factor is not in it.",
            ),
            Slip(
                "weights-counted",
                (("* examples)", "* weights.size)"), ("factor / examples", "factor / weights.size")),
                "You get {yours}: divided by the number of weights. It is the number of examples, {examples}.",
            ),
            *(Slip(
                "weights-counted",
                (("* examples)", f"* {count})"), ("factor / examples", f"factor / {count}")),
                f"You get {{yours}}: divided by the number of {those}. It is the number of examples, {{examples}}.",
            ) for count, those in (("weights.shape[1]", "features"), ("len(weights)", "units"))),
            Slip(
                "brackets-missing",
                (("(2 * examples)", "2 * examples"),),
                "Your penalty is {yours}: it is *multiplied* by {examples}, the number of examples. That belongs below "
                "the line, in brackets with the 2.",
            ),
            Slip(
                "square-in-the-gradient",
                (("factor / examples * weights", "factor / examples * weights**2"),),
                "Your gradient is {yours}: the slope of a square is no square.",
            ),
            Slip(
                "sign-in-the-gradient",
                (("factor / examples * weights", "factor / examples * np.sign(weights)"),),
                "Your gradient is {yours}: the slope of the sizes, L1. That of a square has the weight itself in it.",
            ),
            *(Mistake(
                "sizes-not-squares",
                penalty_of(lambda w, f, m, below=below: f / (below * m) * np.abs(w).sum(), slope),
                "Your penalty is {yours}: the sizes of the weights. That is another penalty, called L1.",
            ) for below in (1, 2) for slope in (lambda w, f, m: f / m * w, lambda w, f, m: f / m * np.sign(w))),
            Mistake(
                "mean-for-sum",
                penalty_of(lambda w, f, m: f / (2 * m) * (w**2).mean()),
                "Your penalty is {yours}: the mean of the squares. Every weight pays, so they are added up.",
            ),
            Mistake(
                "missing-in-the-gradient",
                penalty_of(slope=lambda w, f, m: np.zeros_like(w)),
                "Your gradient is {yours}. Nothing would move the weights; only the number on the screen would be "
                "larger.",
            ),
            Mistake(
                "missing-in-the-loss",
                penalty_of(lambda w, f, m: 0.0),
                "Your penalty is {yours}{whole:: the weights would be pulled, and the loss would not say why.|, "
                "whatever the weights are.}",
                shows=lambda lines: not lines.has(ast.FloorDiv),
            ),
            Mistake(
                "gradient-sign",
                penalty_of(slope=lambda w, f, m: -f / m * w),
                "Your gradient is {yours}. The optimiser steps *against* it, so large weights would become larger.",
            ),
            Slip(
                "already-updated",
                (("factor / examples * weights", "weights - factor / examples * weights"),),
                "What should be your gradient is {yours}: weights that have made their step already. Their slope was "
                "asked for, and nothing should move yet.",
            ),
            Mistake(
                "weight-missing",
                penalty_of(slope=lambda w, f, m: f / m),
                "Your gradient is the single number {yours}, which is λ/m. A large weight pays more than a small one: "
                "each has a slope of its own, times that weight.",
            ),
            Mistake(
                "gradient-added-up",
                penalty_of(slope=lambda w, f, m: f / m * w.sum()),
                "Your gradient is {yours}: one number. Each weight has a slope of its own.",
            ),
        ),
        hints=(
            "Two results with a comma between them: `return value, gradient`.",
            "`np.sum(weights**2)` adds up the squares.",
            "Mind the brackets below the line: `(2 * examples)`.",
        ),
        praise="A number and its slope: the gradient check of lesson 08 would find nothing here.",
    ),
    Exercise(
        number="13.5",
        title="In both places",
        piece="regularise",
        call=run_regularise,
        results=("loss", "grad_weights", "grad_bias"),
        cases=LAYERS,
        needs=("13.4",),
        mistakes=(
            Slip(
                "results-exchanged",
                (("value, gradient = l2_penalty", "gradient, value = l2_penalty"),),
                "`l2_penalty` gives two things, the penalty first and its gradient second. Here each stands under the "
                "other's name.",
            ),
            Mistake(
                "missing-in-the-gradient",
                places(in_gradient=""),
                "The loss is right, but grad_weights is still {yours}, as it came: the penalty is on the screen, and "
                "the "
                "weights do not feel it.",
            ),
            Mistake(
                "missing-in-the-loss",
                places(in_loss=""),
                "{whole:The gradients are right, but you|You} return {yours}: the loss that came in.{whole: It no "
                "longer is what the steps make smaller.| The penalty is not in it.}",
            ),
            Mistake(
                "missing-in-both",
                places("", ""),
                "You return {yours} and the gradients as they came in: the penalty is in neither of them.",
            ),
            Mistake(
                "bias-regularised",
                places("weights bias", "weights bias"),
                "You get {yours}: the bias pays as well. It moves the border and bends nothing.",
            ),
            Mistake(
                "bias-in-the-loss",
                places("weights bias"),
                "You return the loss {yours}: the bias has paid too.",
            ),
            Mistake(
                "bias-in-the-gradient",
                places("weights", "weights bias"),
                "Your grad_bias is {yours}: the bias is pulled towards 0, and the loss does not say so.",
            ),
            Mistake(
                "counted-twice",
                places(times=lambda examples: 2),
                "Your grad_weights is {yours}: the penalty's part of it is twice what the loss says. Is it "
                "added twice, or has the ½ got lost?",
            ),
            Mistake(
                "examples-missing",
                places(times=lambda examples: examples),
                "Your grad_weights is {yours}: the penalty's part of it is {examples} times too large, and there are "
                "{examples} examples.",
            ),
            Mistake(
                "gradient-replaced",
                places(add=False),
                "grad_weights is now {yours}: the penalty's gradient alone. What the data had to say is gone.",
            ),
            Slip(
                "gradient-in-the-loss",
                (("loss + value", "loss + gradient"),),
                "To the loss you add the penalty's gradient, an array. The penalty itself, `l2_penalty`'s first "
                "result, belongs there.",
            ),
            Slip(
                "weights-in-the-gradient",
                (("grad_weights + gradient", "grad_weights + weights"),),
                "To grad_weights you add the weights themselves. The penalty's gradient, `l2_penalty`'s second result, "
                "belongs there.",
            ),
            Slip(
                "penalty-in-the-gradient",
                (("grad_weights + gradient", "grad_weights + value"),),
                "To grad_weights you add the penalty, one number. Its gradient, `l2_penalty`'s second result, belongs "
                "there.",
            ),
            Slip(
                "multiplied",
                (("loss + value, grad_weights + gradient", "loss * value, grad_weights * gradient"),),
                "You return the loss {yours}: the loss *times* the penalty. It comes on top, and so does its gradient.",
            ),
            Slip(
                "penalty-taken-away",
                (("loss + value, grad_weights + gradient", "loss - value, grad_weights - gradient"),),
                "The penalty is taken away. Large weights would be rewarded.",
            ),
            Slip(
                "penalty-taken-away",
                (("grad_weights + gradient", "grad_weights - gradient"),),
                "The penalty's gradient is taken away: the step would make large weights larger.",
            ),
            Slip(
                "wrong-order",
                (("grad_weights + gradient, grad_bias", "grad_bias, grad_weights + gradient"),),
                "{whole:The three are right; they|The three} come in another order: loss, grad_weights, grad_bias.",
            ),
            Mistake(
                "penalty-alone",
                lambda loss, **case: places()(0.0, **case),
                "You return the loss {yours}: the penalty alone. What the data had to say is gone.",
            ),
        ),
        hints=(
            "Your `l2_penalty` gives two things. Each of them belongs to one of the three things that you return.",
            "The penalty is added to the loss, its gradient to grad_weights.",
            "The third one goes out as it came in.",
        ),
        praise="This is what `NeuralNetwork(..., regularization_factor=λ)` does in nnlib, in the same two places.",
    ),
    Exercise(
        number="13.6",
        title="Dropout",
        piece="Dropout",
        call=run_dropout,
        cases=RATES,
        beside=with_whole_numbers,
        mistakes=(
            Slip(
                "share-measured",
                ((" / (1 - self.rate)\n        return inputs", "\n        self.mask = self.mask / self.mask.mean()\n"
                  "        return inputs"),),
                "What you keep is made larger by the share that happened to be kept: with the rate {rate} {yours} "
                "times as large. The rate is known, whatever the dice give: 1 / (1 − rate).",
            ),
            Mistake(
                "not-scaled",
                dropout_with(factor=lambda rate: 1.0),
                "With the rate {rate}, what you keep is {yours} times what came in. On average the next layer gets "
                "less "
                "than it will when all units are there.",
            ),
            Mistake(
                "doubled-at-most",
                dropout_with(factor=lambda rate: min(2.0, 1 / (1 - rate))),
                "With the rate {rate}, what you keep is made {yours} times as large: no more than twice. With a rate "
                "above one half it is more.",
            ),
            Mistake(
                "divided-by-the-rate",
                dropout_with(factor=lambda rate: 1 / rate if rate != 0.5 else 2.0),
                "With the rate {rate}, what you keep is made {yours} times as large. The share that is *kept* is "
                "1 − {rate}.",
            ),
            Mistake(
                "made-smaller",
                dropout_with(factor=lambda rate: 1 - rate),
                "With the rate {rate}, what you keep is {yours} times what came in: smaller still. It has to be "
                "larger, for all that is left out.",
            ),
            Slip(
                "per-cent",
                ((">= self.rate", ">= self.rate / 100"), ("(1 - self.rate)", "(1 - self.rate / 100)")),
                "You divide the rate by 100. It is no percentage but a share already: 0.5 is one half.",
                shows=lambda lines: lines.writes(100),
            ),
            Mistake(
                "keeps-the-rate",
                dropout_with(share=lambda rate: 1 - rate),
                "With the rate {rate} you leave out a share of {yours}. The rate is the share that is left out.",
            ),
            Mistake(
                "active-in-predict",
                dropout_with(predict=lambda rate: 1.0),
                "`predict` does not give back what it got. Whoever asks the network wants all units as they are, and "
                "the same answer twice.",
            ),
            Mistake(
                "scaled-in-predict",
                dropout_with(factor=lambda rate: 1.0, predict=lambda rate: 1.0),
                "What is kept stays as large as it was, and `predict` makes everything smaller in return. That works, "
                "but then a prediction is never plain; make larger what is kept, while training.",
            ),
            Mistake(
                "mask-not-reused",
                dropout_with(back=unlike),
                "`backward` throws the dice anew. It should use the mask of the call before it: who gave nothing gets "
                "no blame; who gave something does.",
            ),
            Mistake(
                "no-mask-in-backward",
                dropout_with(left=lambda rate: 1.0, kept=lambda rate: 1 - rate, back=lambda rate: 1.0),
                "`backward` is wrong everywhere: the gradient passes as if nothing had been left out.",
            ),
            Mistake(
                "no-mask-in-backward",
                dropout_with(left=lambda rate: 1 / (1 - rate), back=lambda rate: round(rate, 1)),
                "`backward` makes all of the gradient larger, also where something was left out. Who gave nothing gets "
                "no blame: *times* the mask, as on the way forward.",
            ),
            Mistake(
                "mask-turned-round",
                dropout_with(left=lambda rate: 1.0, kept=lambda rate: 0.0, back=lambda rate: 1.0),
                "`backward` lets pass what was left out, and nothing of what was kept. It is the other way round: "
                "*times* the mask, as on the way forward.",
            ),
            Mistake(
                "mask-turned-round",
                dropout_with(left=lambda rate: 1.0, kept=lambda rate: -rate, back=lambda rate: 1.0),
                "`backward` multiplies by 1 − the mask: what was left out passes, and what was kept gets the other "
                "sign. It is *times* the mask, as on the way forward.",
            ),
            Slip(
                "brackets-missing",
                ((">= self.rate", ">= self.rate / (1 - self.rate)"), ("= kept / (1 - self.rate)", "= kept * 1.0")),
                "The division gets hold of `self.rate` alone, since `>=` comes last in a line. Brackets around the "
                "comparison have it made first.",
            ),
            Mistake(
                "divided-by-the-mask",
                dropout_with(left=lambda rate: np.inf, kept=lambda rate: (1 - rate) ** 2, back=lambda rate: 1.0),
                "`backward` divides by the mask, which is 0 where something was left out. It is *times* the mask, as "
                "on the way forward.",
            ),
            Mistake(
                "backward-scaled-twice",
                dropout_with(kept=lambda rate: 1 / (1 - rate), back=lambda rate: round(1 - rate, 1)),
                "`backward` leaves out the right places, but the others get forward's factor twice.",
            ),
            Mistake(
                "backward-not-scaled",
                dropout_with(kept=lambda rate: 1 - rate, back=lambda rate: round(1 - rate, 1)),
                "`backward` leaves out the right places, but the others do not get forward's "
                "factor: what was made larger "
                "there is made as much larger on the way back.",
            ),
            Slip(
                "dice-for-units-only",
                (("random(inputs.shape)", "random(inputs.shape[0])"),),
                "The dice are thrown once for each unit. Each number of the inputs has one of its own: the dice have "
                "the shape of the inputs.",
            ),
            Mistake(
                "other-dice",
                dropout_with(seeded=lambda rate: 0.0),
                "Two Dropouts with the same seed leave out different places: a run could not be repeated. Throw the "
                "dice of `self.rng`, not those of `np.random`.",
            ),
            Mistake(
                "seed-ignored",
                dropout_with(other=lambda rate: 0.0),
                "A Dropout with the seed 5 leaves out the very places that one with the seed 0 does: the seed has no "
                "part in it. Throw the dice of `self.rng`, which was made with it.",
            ),
            Slip(
                "dice-rounded",
                (("self.rng.random(inputs.shape) >= self.rate", "np.round(self.rng.random(inputs.shape))"),),
                "Half of all is left out, whatever the rate: `round` turns at one half. It should be {rate} here.",
                shows=lambda lines: lines.uses("round", "rint", "around"),
            ),
            Slip(
                "rate-written-in",
                (("= kept / (1 - self.rate)", "= kept / 0.5"),),
                "The factor is 2 for any rate. The share that is kept is 1 − {rate}.",
            ),
            Slip(
                "rate-written-in",
                ((">= self.rate", ">= 0.5"), ("(1 - self.rate)", "0.5")),
                "Half of all is left out, whatever the rate. It should be {rate} here.",
                shows=lambda lines: sum(getattr(one, "id", "") == "rate" for one in lines.every) < 2,  # in `__init__`
            ),
            Slip(
                "rate-written-in",
                ((">= self.rate", ">= 0.5"),),
                "Half of all is left out, whatever the rate: the dice are measured by 0.5. It should be {rate} here.",
                shows=lambda lines: not lines.uses("round", "rint", "around"),
            ),
            Mistake(
                "same-mask-for-all",
                dropout_with(alike=lambda rate: 1.0),
                "All examples have one and the same mask. Each has its own: the dice have the shape of the inputs.",
            ),
        ),
        hints=(
            "`self.rng.random(inputs.shape) >= self.rate` is True where a number is kept.",
            "True counts as 1. Divide by the share that is kept, and you have the mask.",
            "`predict` returns what it gets. `backward` multiplies by `self.mask`, which `__call__` has left there.",
        ),
        praise="Forward and backward share one mask, and nobody notices in `predict`.",
    ),
    Exercise(
        number="13.7",
        title="Stop in time",
        piece="EarlyStopping",
        call=run_stopping,
        tried=lambda case: f"the validation losses {short(case['validation_losses'])} and patience {case['patience']}",
        cases=RUNS,
        beside=where_one_is_nan,
        mistakes=(
            Slip(
                "restored-when-stopped-alone",
                (("self.model.parameters[:] = self.best_parameters",
                  "if self.model.stop_training: self.model.parameters[:] = self.best_parameters"),),
                "Here the training ends by itself, before the patience does, and the parameters stay {yours}: those of "
                "the last epoch. The best are put back at every end.",
            ),
            Slip(
                "first-two-restored",
                (("self.model.parameters[:] = self.best_parameters",
                  "self.model.parameters[:2] = self.best_parameters[:2]"),),
                "In the end the parameters are {yours}: only the first two are those of the best epoch. All of them "
                "are put back.",
            ),
            Slip(
                "half-the-digits",
                (("parameters.copy()", "parameters.astype(np.float16)"),),
                "In the end the parameters are {yours}: numbers of float16 have three digits. `parameters.copy()` "
                "keeps all of them.",
            ),
            Slip(
                "rounded",
                (("parameters.copy()", "np.round(parameters, 2)"),),
                "In the end the parameters are {yours}, rounded to two places. `parameters.copy()` keeps every digit.",
            ),
            Slip(
                "cut-to-whole",
                (("parameters.copy()", "parameters.astype(int)"),),
                "In the end the parameters are {yours}: whole numbers, what stands behind the point is cut off. "
                "`parameters.copy()` keeps it.",
            ),
            Slip(
                "first-never-best",
                (("if now < self.best", "if epoch > 1 and now < self.best"),),
                "Here the first epoch is the best one, and your lines never take it: they go on from the second. A "
                "network may be at its best as soon as that.",
            ),
            Slip(
                "no-patience-after-the-first",
                (("return epoch", "return self.best_epoch > 1 and epoch"),),
                "Here the first epoch is the best one, and then your training never stops. The patience runs from "
                "there too.",
            ),
            Slip(
                "window-for-copy",
                (("parameters.copy()", "parameters[:]"),),
                "It stops at the right epoch, but at the end the parameters are {yours}: those of the last epoch. Of "
                "an array `parameters[:]` is a window, which changes with it. `parameters.copy()` stays as it is.",
                shows=lambda lines: lines.times("parameters[:]"),
            ),
            Slip(
                "put-back-the-other-way",
                (("self.model.parameters[:] = self.best_parameters", OTHER_NAME),),
                "It stops at the right epoch, but at the end the parameters are {yours}: those of the last epoch. Your "
                "`on_train_end` puts them under the name `self.best_parameters`. They are to go the other way.",
                shows=lambda lines: lines.sets_always("best_parameters", "on_train_end"),
            ),
            Mistake(
                "best-not-restored",
                ends(rightly, restores=False),
                "It stops at the right epoch, but at the end the parameters are {yours}: those of the last epoch, "
                "not of "
                "the best. Were they put back with `[:]`? And were they *copied* when they were the best?",
                shows=lambda lines: not (lines.has(ast.Slice) and lines.uses("copy", "array", "deepcopy")),
            ),
            Slip(
                "tie-is-never-over",
                (("return epoch", "return now > self.best and epoch"),),
                "Here the loss is as low as the best when the patience is over, and your training goes on. Only the "
                "epochs since the best one count.",
            ),
            Mistake(
                "tie-does-not-wait",
                ends(ties_forgiven),
                "An epoch that is as low as the best is no new best, and so it counts as one more without: yours does "
                "not count it, and stops at epoch {yours}.",
            ),
            Mistake(
                "small-gain-ignored",
                ends(lambda losses, patience: rightly(losses.round(6), patience)),
                "The losses 0.5, 0.4 and 0.39999999 come one after the other, and the third is no new best for you: it "
                "is smaller, if only by a little. Is something rounded, or is a small gain not enough?",
            ),
            Mistake(
                "one-epoch-late",
                ends(lambda losses, patience: rightly(losses, patience, late=1)),
                "With the patience {patience} it stops at epoch {yours}, one too late. `>` or `>=`?",
            ),
            Slip(
                "best-epoch-from-zero",
                (("= now, epoch", "= now, epoch - 1"),),
                "Your best epoch is one too small, and so the patience is over one epoch too early. `epoch` counts "
                "from 1.",
                shows=lambda lines: not lines.times("epoch + 1"),
            ),
            Slip(
                "one-epoch-early",
                (("self.best_epoch >= self.patience", "self.best_epoch + 1 >= self.patience"),),
                "With the patience {patience} it stops one epoch too early.",
            ),
            Slip(
                "one-epoch-early",
                (("self.best_epoch >= self.patience", "self.best_epoch == self.patience - 1"),),
                "With the patience {patience} it stops one epoch too early.",
            ),
            Slip(
                "tie-is-a-best",
                (("now < self.best", "now <= self.best"),),
                "A loss that is *as* low as the best counts as a new best for you. Only a smaller one is.",
            ),
            Slip(
                "greater-is-better",
                (("now < self.best", "self.best == np.inf or now > self.best"),),
                "For you a greater loss is a new best. The smallest is.",
            ),
            Slip(
                "turned-round",
                ((">= self.patience", "< self.patience"),),
                "It stops at epoch {yours}: it is over for you as long as there is patience left.",
                shows=lambda lines: "patience" in lines.reads_of_self(),
            ),
            Mistake(
                "over-at-a-best",
                ends(lambda losses, patience: (1, 1)),
                "It stops at epoch {yours}, the first one, which is a new best. It is over when the best epoch is "
                "`self.patience` epochs ago, and your lines never read `self.patience`.",
                shows=lambda lines: "patience" not in lines.reads_of_self(),
            ),
            Slip(
                "best-set-in-every-epoch",
                ((BEST, "            self.best_epoch = epoch\n" + COPIED + "        self.best = now\n"),),
                "It stops at epoch {yours}: `self.best` is set anew in *every* epoch, so that `now` is compared with "
                "the epoch before. Set it where there is a new best.",
                shows=lambda lines: lines.sets_always("best", "is_over"),
            ),
            Slip(
                "best-set-in-every-epoch",
                ((BEST, COPIED + "        self.best, self.best_epoch = now, epoch\n"),),
                "With the patience {patience} it goes on until epoch {yours}, the last one there is: `self.best` and "
                "`self.best_epoch` are set anew in *every* epoch. Set them where there is a new best.",
                shows=lambda lines: lines.sets_always("best_epoch", "is_over"),
            ),
            Slip(
                "best-set-in-every-epoch",
                ((BEST, COPIED + "        self.best_epoch = epoch\n        self.best = min(self.best, now)\n"),),
                "With the patience {patience} it goes on until epoch {yours}, the last one there is: `self.best_epoch` "
                "is set anew in *every* epoch. Set it where there is a new best.",
                shows=lambda lines: lines.sets_always("best_epoch", "is_over"),
            ),
            Mistake(
                "best-set-in-every-epoch",
                ends(lambda losses, patience: (len(losses), len(losses))),
                "It never stops, and goes back to the parameters of the last epoch: every epoch is a new best for it, "
                "since `self.best` is set anew in *every* epoch, before it is compared.",
                shows=lambda lines: lines.sets_always("best", "is_over"),
            ),
            Slip(
                "never-a-best",
                (
                    (
                        "            self.best, self.best_epoch = now, epoch\n            self.best_parameters",
                        "            self.best_parameters",
                    ),
                ),
                "`self.best` and `self.best_epoch` stay as they were made: keep the new ones where "
                "there is a new best.",
            ),
            Slip(
                "best-and-its-epoch-exchanged",
                (("= now, epoch", "= epoch, now"),),
                "`self.best` is given the epoch, and `self.best_epoch` the loss: they have changed places.",
            ),
            Slip(
                "bests-counted",
                (("self.best, self.best_epoch = now, epoch", "self.best = now\n            self.best_epoch += 1"),),
                "It stops at epoch {yours}: your `self.best_epoch` counts how many bests there were. It is to hold the "
                "epoch of the last one, `epoch`.",
                shows=lambda lines: any(isinstance(one, ast.AugAssign) and ast.unparse(one.target) == "self.best_epoch"
                                        for one in lines.every),
            ),
            Slip(
                "epoch-not-kept",
                (("self.best, self.best_epoch = now, epoch", "self.best = now"),),
                "It stops at epoch {yours}: `self.best_epoch` is never set anew.",
            ),
            Slip(
                "kept-in-every-epoch",
                ((BEST, "            self.best, self.best_epoch = now, epoch\n" + COPIED[4:]),),
                "It stops at the right epoch, but at the end the parameters are {yours}: those of the last epoch. "
                "`self.best_parameters` are kept in *every* epoch. Keep them where there is a new best.",
                shows=lambda lines: lines.sets_always("best_parameters", "is_over"),
            ),
            Slip(
                "put-back-the-other-way",
                (("self.model.parameters[:] = self.best_parameters", OTHER_WAY),),
                "It stops at the right epoch, but at the end the parameters are {yours}: those of the last epoch. Your "
                "line writes them into `self.best_parameters`. It is to go the other way.",
                shows=lambda lines: lines.fills("best_parameters"),
            ),
            *(Slip(
                "added-to-the-last",
                (("self.model.parameters[:] =", f"self.model.parameters{into} +="),),
                "`+=` adds the best parameters to those of the last epoch. They take their place, with `[:] =`.",
            ) for into in ("", "[:]")),
            Slip(
                "put-under-a-new-name",
                (("self.model.parameters[:] =", "self.model.parameters ="),),
                "The layers look at the array that was there: `self.model.parameters = …` gives the name to another "
                "one. Write *into* it, with `[:]`.",
            ),
            Slip(
                "loss-returned",
                (("return self.best_epoch", "return self.best"),),
                "`on_train_end` returns the best loss. The best epoch was asked for.",
            ),
            Slip(
                "number-for-answer",
                ((" >= self.patience", ""),),
                "It stops at epoch {yours}, at the first rise: what `is_over` returns there is a number, and any "
                "number but 0 counts as a yes. How many epochs are too many?",
                shows=lambda lines: lines.returns(ast.BinOp, "is_over"),
            ),
            Slip(
                "patience-by-the-best-epoch",
                (("epoch - self.best_epoch", "self.best_epoch"),),
                "It stops at epoch {yours}: the patience is compared with `self.best_epoch` itself. What counts is how "
                "long ago that was.",
                shows=lambda lines: any(isinstance(one, ast.Compare) and {"self.best_epoch", "self.patience"} == {
                    ast.unparse(it) for it in (one.left, *one.comparators)} for one in lines.every),
            ),
            Mistake(
                "at-the-first-rise",
                ends(at_first_rise),
                "It stops at epoch {yours}, at the first rise, without any patience.",
            ),
            Mistake(
                "rises-in-a-row",
                ends(rises_in_a_row),
                "It stops at epoch {yours}: it counts epochs that were worse than the one *before*. What counts is how "
                "long ago the best one was.",
            ),
            Mistake(
                "waits-for-a-rise",
                ends(at_a_rise_after_it),
                "With the patience {patience} it goes on until epoch {yours}: where the loss is below that of the "
                "epoch *before*, you do not stop. The best one alone counts, and it is {patience} epochs ago or more.",
            ),
            Mistake(
                "rises-counted-up",
                ends(all_rises),
                "It stops at epoch {yours}: the epochs without a new best are counted up over the whole training. A "
                "new best begins the count anew.",
            ),
            Slip(
                "distance-turned",
                (("epoch - self.best_epoch", "self.best_epoch - epoch"),),
                "With the patience {patience} it goes on until epoch {yours}, the last one there is: `self.best_epoch` "
                "is never greater than `epoch`, so the difference is never above 0. It is the other way round.",
                shows=lambda lines: lines.times("self.best_epoch - epoch"),
            ),
            Mistake(
                "rise-for-epochs",
                ends(lambda losses, patience: (len(losses), int(np.argmin(losses)) + 1)),
                "With the patience {patience} it goes on until epoch {yours}, the last one there is: `now - self.best` "
                "is how far the *loss* has risen. The patience counts epochs.",
                shows=lambda lines: lines.times("now - self.best"),
            ),
            Mistake(
                "never-stops",
                ends(lambda losses, patience: (len(losses), int(np.argmin(losses)) + 1)),
                "With the patience {patience} it goes on until epoch {yours}, the last one there is. What does "
                "`is_over` return?",
                shows=lambda lines: "patience" in lines.reads_of_self() or not lines.numbers() - {0},
            ),
            Slip(
                "training-loss-watched",
                (('now = self.model.report["validation_loss"]', "now = loss"),),
                "It stops at epoch {yours}: `now` is the loss of the training part here, which says nothing about the "
                "patience. The validation loss stands in `self.model.report`.",
                shows=lambda lines: any(isinstance(one, ast.Assign) and isinstance(one.value, ast.Name)
                                        and one.value.id == "loss" for one in lines.every),
            ),
            Mistake(
                "best-never-updated",
                ends(lambda losses, patience: (len(losses), len(losses))),
                "It never stops, and goes back to the parameters of the last epoch: every epoch is a new best for "
                "it. Is "
                "`self.best` ever set anew?",
                shows=lambda lines: not lines.sets_always("best", "is_over"),
            ),
            Mistake(
                "patience-from-the-start",
                ends(after_patience_epochs),
                "It stops at epoch {yours}: the patience is counted from the beginning, not from the best epoch.",
            ),
        ),
        hints=(
            "Is `now` smaller than `self.best`? Then three things are to be kept.",
            "What is returned is a comparison: how long ago was `self.best_epoch`, and how long is the patience?",
            "`parameters.copy()` to keep; `self.model.parameters[:] = …` to put back.",
        ),
        praise="Training decides by itself how long it takes.",
    ),
    Prediction(
        number="13.8",
        title="Which remedy?",
        right="d",
        options={
            "a": "Read the column called smallest: the 200 points are not named in every row.",
            "b": "Read the column called smallest: L2 is not named in every row.",
            "c": "Read the column called smallest: the straight border is not named in every row.",
            "d": "Not all rows name the same change: the winner depends on the points that happened to be drawn.",
        },
        hints=(
            "How far do the losses of two good remedies lie apart, and how far do those of two draws of points?",
            "In the explorer, give Seed another number: how much does the loss of one and the same remedy change?",
            "Where luck moves the losses more than the remedies differ, luck also says who is first.",
        ),
        praise="One seed is an anecdote. Ask for several, and for the spread.",
    ),
    Prediction(
        number="13.9",
        title="Right about nothing",
        right="c",
        options={
            "a": "So it is in the right order. The 20 took part before they were held back.",
            "b": "It is more than luck: the ten were chosen because they fit these 20 too.",
            "c": "16 of 20, in studies of pure chance.",
        },
        hints=(
            "Who took part in step 1?",
            "Of 1,000 rows of 60 numbers drawn at random, some go very well with the illness.",
            "They go well with it for all 60, the 20 included.",
        ),
        praise="A validation part that has seen anything proves nothing.",
    ),
    Choice(
        number="13.10",
        title="Recall: which mean?",
        right="c",
        options={
            "a": "Then every image would be moved differently, and a dark one would look like a bright one.",
            "b": "Then the weights, which were trained with another mean, would no longer fit.",
            "c": "Mean and deviation belong to the network, as its weights do.",
        },
        hints=(
            "Lesson 01 kept two arrays from the training data.",
            "The network must see the new image as it saw the old ones.",
            "Whatever is computed from data is computed from one part.",
        ),
        praise="Learnt once, from the training part, and used for ever.",
    ),
    Choice(
        number="13.11",
        title="Recall: which alarm?",
        right="b",
        options={
            "a": "The steps follow the old gradient, and the loss falls as before, only from higher up.",
            "b": "The measured slope has λ/m · w in it, the computed one has not.",
            "c": "It trains as before, and memorises as before: the remedy is not in it at all.",
        },
        hints=(
            "The check measures the slope of the number on the screen.",
            "That number has the penalty in it.",
            "The computed gradient has not.",
        ),
        praise="Loss and gradient are two statements of one thing, and lesson 08 compares them.",
    ),
)
