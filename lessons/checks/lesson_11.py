"""The exercises of lesson 11, Start well, go deep."""

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Prediction, Slip, Spoilt
from lessons.checks.judge.compare import Finding, short

SHAPES = ({"shape": (300, 50)}, {"shape": (60, 400)}, {"shape": (8, 3000)})
FEW = ({"shape": (4, 1), "times": 3000}, {"shape": (1, 2), "times": 6000})  # few weights, and often
WAYS = (
    {"start": "like He", "depth": 3, "units": 30, "seed": 1},
    {"start": "numbers of the size 1", "depth": 5, "units": 12, "seed": 2},
    {"start": "numbers of the size 0.01", "depth": 8, "units": 12, "seed": 3},  # the signal dies down to 1e-13
)
STARTS = {
    "like He": lambda shape, rng: rng.normal(0.0, np.sqrt(2 / shape[1]), shape),
    "numbers of the size 1": lambda shape, rng: rng.normal(0.0, 1.0, shape),
    "numbers of the size 0.01": lambda shape, rng: rng.normal(0.0, 0.01, shape),
}


SEEN = ("what you give", "their size (standard deviation)", "the share of them above 0",
        "their mean without signs, measured by their size",
        "whether some are more than 2.5 times their size (1 is yes)")  # fmt: skip


def call_initializer(piece, shape, times=1):
    """What can be said of random weights: shape, size, reach, and that the given generator made them."""
    one, other = piece()(shape, np.random.default_rng(0)), piece()(shape, np.random.default_rng(0))
    draw = piece()
    third = (draw(shape, np.random.default_rng(0)), draw(shape, np.random.default_rng(1)))[1]
    if one is Ellipsis or not isinstance(one, np.ndarray) or one.ndim != 2 or one.dtype.kind not in "fi":
        return one
    if not np.array_equal(one, other, equal_nan=True):
        raise Spoilt(OTHER_DICE)
    if np.ptp(one) > 0 and np.array_equal(one, piece()(shape, np.random.default_rng(1)), equal_nan=True):
        raise Spoilt(NO_DICE)
    if np.ptp(one) > 0 and np.array_equal(one, third, equal_nan=True):
        raise Spoilt(KEPT)
    if not np.isfinite(one).all():
        return dict.fromkeys(SEEN, one)
    first = one
    if times > 1 and first.shape == shape:  # another may be thousands of times as large
        draw, rng = piece(), np.random.default_rng(0)
        one = np.concatenate([draw(shape, rng) for _ in range(times)])
    for axis, alike in enumerate((UNITS_ALIKE, FEATURES_ALIKE)):
        if np.ptp(first) > 0 and first.shape[axis] > 1 and not np.ptp(first, axis=axis).any():
            raise Spoilt(alike)
    values = sorted(set(one.ravel().tolist()))  # `np.unique` imports `np.ma` first, which takes longer than this check
    if 1 < len(values) < 10:
        text = f"Of {one.size:,} weights only {len(values)} are different"
        places = places_of(one)
        if places and np.allclose(np.diff(values), 0.1**places):  # with none left out between them
            text += f", and none has more than {places} place{'s' * (places > 1)} behind the point: is what you draw "
            raise Spoilt(Finding("rounded", text + "rounded? Leave the numbers as they come."))
        text += ": whole numbers are drawn, or a choice between a few. Any number in between is to be possible."
        raise Spoilt(Finding("few-numbers", text))
    if first.shape == shape and np.ptp(first) > 0:
        look_closer(piece, first)
    its_shape = np.arange(first.size).reshape(first.shape)  # that is what counts
    size = one.std()
    far_out = float((np.abs(one) > 2.5 * size).any())
    found = its_shape, size, (one > 0).mean(), np.abs(one).mean() / (size or 1.0), far_out
    return dict(zip(SEEN, found, strict=True))


def places_of(weights):
    """How many places behind the point they have at most; None where these are more than six."""
    return next((n for n in range(7) if np.array_equal(weights, weights.round(n))), None)


def look_closer(piece, weights):
    """What is drawn one by one has no zeros, no row twice, no size that is met exactly, and knows of no other shape."""
    places = places_of(weights)
    if places is not None:
        rounded = f"rounded to {places} place{'s' * (places > 1)}" if places else "whole numbers"
        raise Spoilt(Finding("rounded", f"Your weights are {rounded}: many are then equal, or 0. Leave the numbers as "
                             "they come."))
    if zeros := int((weights == 0).sum()):
        raise Spoilt(Finding("weights-of-0", f"{zeros:,} of {weights.size:,} weights are 0: they were not drawn, or "
                             "not kept as they were."))
    for what, rows in (("units", np.abs(weights)), ("features", np.abs(weights).T)):
        if min(rows.shape) > 1 and len(np.unique(rows, axis=0)) < len(rows):
            raise Spoilt(Finding("drawn-in-part", f"Some {what} have the weights of others, but for their sign: only a "
                                 "part is drawn, and repeated. Draw all of the shape."))
    for axis, what in enumerate(("feature", "unit")):
        steps = np.diff(weights, axis=axis)
        if steps.size > 40 and ((steps >= 0).all() or (steps <= 0).all()):
            raise Spoilt(Finding("sorted", f"The weights of each {what} stand in the order of their size: they are "
                                 "sorted, and are drawn no longer one by one. Leave them as they come."))
    draws = [piece()((3, 2), np.random.default_rng(seed)) for seed in range(4)]
    if all(np.array_equal(np.sort(draw, axis=None), np.sort(draws[0], axis=None)) for draw in draws):
        raise Spoilt(SHUFFLED)
    for sizes in ([draw.std() for draw in draws], [draw.std(axis=1) for draw in draws]):
        if np.min(sizes) > 0 and np.ptp(sizes) < 1e-9 * np.max(sizes):
            raise Spoilt(EXACT)
    if all(abs(draw.mean()) < 1e-9 * draw.std() for draw in draws):
        raise Spoilt(Finding("mean-taken-away", "However few weights are drawn, their mean is exactly 0: it is taken "
                             "away afterwards, and none is drawn by itself any longer. Leave them as they come."))
    draw = piece()
    draw((3, 2), np.random.default_rng(0))
    if not np.array_equal(draw((2, 40), np.random.default_rng(1)), piece()((2, 40), np.random.default_rng(1))):
        raise Spoilt(Finding("shape-remembered", "Your object has drawn for one shape, and then draws for another with "
                             "what it keeps of the first. One initializer serves layers of all shapes: work it out "
                             "from `shape` in each call."))


OTHER_DICE = Finding("other-dice", "The same `rng` should give the same weights, so that a run can be repeated. Where "
                     "do your random numbers come from?")  # fmt: skip
NO_DICE = Finding("no-dice", "Two different `rng` give the same weights: they are made without it, drawn by another "
                  "generator, or kept from an earlier call. Draw them anew, with the `rng` that comes in.")  # fmt: skip
KEPT = Finding("weights-kept", "Called a second time, your object gives the weights of the first call again. Two "
               "layers of one shape would begin alike: draw anew in each call, and keep nothing.")  # fmt: skip
UNITS_ALIKE = Finding("units-alike", "All rows of your weights are the same: the numbers of one unit are drawn, and "
                      "repeated. Equal units stay equal for ever, so draw all of the shape.")  # fmt: skip
FEATURES_ALIKE = Finding("features-alike", "All columns of your weights are the same: one number is drawn for each "
                         "unit, and repeated for every feature. Draw all of the shape.")  # fmt: skip
SHUFFLED = Finding("shuffled", "Each `rng` gives the same numbers, in another order alone: they are made without it, "
                   "and shuffled. Draw each weight by itself.")  # fmt: skip
EXACT = Finding("exact-size", "However few weights are drawn, yours have exactly the same size each time: they are "
                "scaled to it afterwards, and are drawn no longer one by one. Hand the size to the draw, and leave the "
                "numbers as they come.")  # fmt: skip


def drawn(shape, times, size=None, reach=None, low=-1.0):
    """As `call_initializer` sees weights that are drawn in a wrong way."""

    def kind():
        def draw(shape, rng):
            units, features = shape
            if size is not None:
                return rng.normal(0.0, size(units, features), shape)
            r = reach(units, features)
            return rng.uniform(low * r, r, shape)

        return draw

    return call_initializer(kind, shape, times)


def normal(size):
    return lambda shape, times=1: drawn(shape, times, size=size)


def even(reach, low=-1.0):
    return lambda shape, times=1: drawn(shape, times, reach=reach, low=low)


def own(draw):
    """As `call_initializer` sees weights of `draw(shape, rng)`."""
    return lambda shape, times=1: call_initializer(lambda: draw, shape, times)


def in_words(case):
    """A case of the initialisers."""
    return f"the shape {case['shape']}" + f", drawn {case.get('times', 1):,} times" * ("times" in case)


def cut_short(sizes, least, kept):
    """Sizes with 0 behind the first that is smaller than `least`, which is `kept` or not."""
    small = np.append(np.flatnonzero(sizes < least), len(sizes))[0]
    return np.where(np.arange(len(sizes)) < small + kept, sizes, 0.0)


def call_way(piece, start, depth, units, seed):
    """The piece, with an initialiser and a generator that see what they are asked for."""
    rng = np.random.default_rng(seed)

    def draw(shape, dice):
        if isinstance(shape, np.random.Generator):
            text = "`initializer` was handed the `rng` first. It takes the shape first, and the `rng` behind it."
            raise Spoilt(Finding("rng-first", text))
        if tuple(np.atleast_1d(shape)) != (units, units):
            text = f"`initializer` was asked for weights of the shape {short(shape)}. A layer of {units} units that "
            text += f"reads {units} has weights of the shape ({units}, {units}); each layer draws its own."
            raise Spoilt(Finding("other-shape-asked", text))
        if dice is not rng:
            text = "`initializer` was not handed the `rng` that came in. With a new one in each layer all draw the "
            raise Spoilt(Finding("own-dice", text + "same, and with one of no seed no run can be repeated."))
        return STARTS[start](shape, dice)

    return piece(lambda shape, rng: draw(shape, rng), depth, units, rng)


def way(start, depth, units, seed, bend=True, anew=True, of=np.std, before=False, chained=True):
    """The sizes, with one of the usual slips."""
    initializer, rng = STARTS[start], np.random.default_rng(seed)
    first = x = rng.normal(size=(units, 200))
    sizes, weights = [], None
    for _ in range(depth):
        if weights is None or anew:
            weights = initializer((units, units), rng)
        z = weights @ (x if chained else first)
        x = np.maximum(z, 0) if bend else z
        sizes.append(of(z if before else x))
    return np.array(sizes)


EXERCISES = (
    Prediction(
        number="11.1",
        title="All weights 0",
        right="a",
        options={
            "a": "where it began, to the last digit: not one gradient is different from 0.",
            "b": "Training goes where the gradients lead. What are they here?",
            "c": "Slow would be a small gradient. Here it is smaller.",
        },
        hints=(
            "What do the hidden units give when all weights are 0?",
            "The gradient of a weight is dz times its input. What is the input of the last layer?",
            "What goes back to the hidden layer is the weights times dz.",
        ),
        praise="Zero times anything.",
    ),
    Answer(
        number="11.2",
        title="A unit with 400 inputs",
        names=("size_of_z", "size_of_weights"),
        wrong={
            "size_of_z": (
                (40.0, "twice", "`size_of_z` = {yours} is 2 · √400. The 2 of the example is the root of its 4 inputs."),
                (
                    400.0,
                    "nothing-cancels",
                    "`size_of_z` = {yours}: that would be if all products had the same sign. Their signs are mixed, "
                    "and the sum grows like a root.",
                ),
                (28.284, "two-of-relu", "`size_of_z` = {yours} is √(2 · 400): the 2 is He's, for a ReLU. Here is "
                 "none."),
                (0.0, "mean-for-size", "`size_of_z` = {yours}: that is the mean of z. Its size is the standard "
                 "deviation, how far z typically lies from there."),
                (1.0, "all-cancels", "`size_of_z` = {yours}: that is the size of one product. 400 are added up."),
                (2.0, "of-the-example", "`size_of_z` = {yours}: so it is for 4 inputs. This unit has 400."),
                (14.142, "two-of-relu", "`size_of_z` = {yours} is the root of half the inputs, as if a ReLU had "
                                        "thrown the "
                 "others away. Here is none."),
                (160000.0, "squared", "`size_of_z` = {yours} is the square of 400. The sum grows like a root."),
                (200.0, "halved", "`size_of_z` = {yours} is half of 400. The sum grows like a root."),
            ),
            "size_of_weights": (
                (0.025, "twice", "`size_of_weights` = {yours} is 1 / 40. The root of 400 is 20."),
                (
                    0.0707,
                    "two-of-relu",
                    "`size_of_weights` = {yours}: the root of 2 is He's, for a ReLU. Here is none.",
                ),
                (0.0025, "no-root", "`size_of_weights` = {yours} is 1 / 400. With it z has the size 20 / 400."),
                (1.0, "as-it-was", "`size_of_weights` = {yours}: with it z has the size of the first question."),
                (0.0, "nothing-left", "`size_of_weights` = {yours}: then z is 0 as well. Does `//` cut off a part?"),
                (20.0, "turned", "`size_of_weights` = {yours}: with it z is even larger."),
                (0.2236, "root-twice", "`size_of_weights` = {yours}: a root is taken of 20, which is a root already."),
            ),
        },
        hints=(
            "The size of the sum is √n times the size of one product.",
            "√400 = 20.",
            "s · 20 should be 1.",
        ),
        tolerance=0.0005,
        praise="Twenty times too large, or one twentieth: the root of the number of inputs decides.",
    ),
    Exercise(
        number="11.3",
        title="Draw like He",
        piece="He",
        cases=(*SHAPES, FEW[0]),
        call=call_initializer,
        tried=in_words,
        tolerance=0.02,
        mistakes=(
            Mistake(
                "root-missing",
                normal(lambda units, features: 2 / features),
                "For the shape {shape} your weights have the size {yours}: that is 2 / features, the square of "
                "what it should be.",
            ),
            Mistake(
                "divided-by-the-count",
                normal(lambda units, features: 1 / features),
                "For the shape {shape} your weights have the size {yours}: that is 1 / features. A sum of n numbers "
                "grows like the root of n, and ReLU asks for a 2 above the line.",
            ),
            Mistake(
                "two-missing",
                normal(lambda units, features: np.sqrt(1 / features)),
                "For the shape {shape} your weights have the size {yours}: the 2 that makes up for ReLU is missing.",
            ),
            Mistake(
                "units-for-features",
                normal(lambda units, features: np.sqrt(2 / units)),
                "For the shape {shape} your weights have the size {yours}: that comes from the number of units. "
                "What is added up on the way forward?",
            ),
            Slip(
                "two-below-the-line",
                (("2 / shape[1]", "1 / (2 * shape[1])"),),
                "For the shape {shape} your weights have half the size that they should have: the 2 stands *below* the "
                "line. It makes up for what ReLU throws away, so it makes them larger.",
                shows=lambda lines: lines.writes(2) or lines.writes(0.5),
            ),
            *(Slip(
                "number-written-in",
                (("shape[1]", str(number)),),
                f"You have written {number} for the number of features. Whoever draws asks for other shapes too, here "
                "for {shape}.",
                shows=lambda lines, number=number: lines.writes(number),
            ) for number in (400, 64, 50)),
            Slip(
                "size-for-the-mean",
                (("0.0, np.sqrt(2 / shape[1]), shape", "np.sqrt(2 / shape[1]), shape"),),
                "`rng.normal` takes the mean first, then the size, and the shape last. Yours has two of the three: "
                "what you mean for the size is taken for the mean, and the shape for the size.",
                shows=lambda lines: lines.uses("normal"),
            ),
            Slip(
                "mean-of-both",
                (("shape[1]", "((shape[0] + shape[1]) / 2)"),),
                "Below the line is the mean of features and units, as Glorot takes it. He goes by what is added up on "
                "the way forward alone.",
            ),
            Slip(
                "weights-counted",
                (("shape[1]", "np.prod(shape)"),),
                "The number of all weights, units times features, is below the line. Added up in one unit are its "
                "features alone.",
            ),
            Slip(
                "arguments-swapped",
                (("rng.normal(0.0, np.sqrt(2 / shape[1]), shape)", "rng.normal(np.sqrt(2 / shape[1]), 0.0, shape)"),),
                "All your weights are one and the same number: the first that `rng.normal` gets is the mean, the "
                "second the size, and yours have changed places.",
                shows=lambda lines: lines.uses("normal") and not lines.uses("full", "ones"),
            ),
            *(Slip(
                "one-draw-for-all",
                (("rng.normal(0.0, np.sqrt(2 / shape[1]), shape)", f"np.full(shape, {one})"),),
                "All your weights are one and the same number. Each of them is drawn, anew.",
            ) for one in ("rng.normal(0, np.sqrt(2 / shape[1]))", "np.sqrt(2 / shape[1])")),
            Mistake(
                "size-as-mean",
                own(lambda shape, rng: rng.normal(np.sqrt(2 / shape[1]), 1.0, shape)),
                "For the shape {shape} your weights lie around √(2 / features), and their size is {yours}: what "
                "`rng.normal` gets first is the mean, and the size comes second.",
            ),
            *(Mistake(
                name,
                normal(lambda units, features, size=size: size),
                "Your weights have the size {yours} for any shape. How large should they be for {shape}?",
            ) for name, size in (("size-one", 1.0), *(("one-size", size) for size in (0.5, 0.1, 0.05, 0.01, 0.001)))),
            Mistake(
                "transposed",
                own(lambda shape, rng: rng.normal(0.0, np.sqrt(2 / shape[1]), shape[::-1])),
                "For the shape {shape} you give {yours}: rows and columns are swapped.",
            ),
            Mistake(
                "uniform",
                even(lambda units, features: np.sqrt(2 / features)),
                "Your weights have the size {yours}: drawn evenly up to √(2 / n), they are smaller than that. He "
                "draws from the normal distribution.",
            ),
            Mistake(
                "roof-for-bell",
                own(lambda shape, rng: sum(rng.uniform(-np.sqrt(3 / shape[1]), np.sqrt(3 / shape[1]), shape)
                                           for _ in range(2))),
                "Your weights have the right size, and none of them is far out: two numbers drawn evenly and added "
                "up make a roof, and He draws from the bell curve, `rng.normal`.",
            ),
            Mistake(
                "even-of-right-size",
                even(lambda units, features: np.sqrt(6 / features)),
                "Your weights have the right size and are drawn evenly: none is large. He draws from the bell curve, "
                "`rng.normal`.",
            ),
        ),
        hints=(
            "`shape` is (units, features). Which of the two is added up?",
            "The size is `np.sqrt(2 / shape[1])`.",
            "`rng.normal(0.0, size, shape)`.",
        ),
        praise="A layer with many inputs begins with small weights.",
    ),
    Exercise(
        number="11.4",
        title="Draw like Glorot",
        piece="Glorot",
        cases=(*SHAPES, FEW[1]),
        call=call_initializer,
        tried=in_words,
        tolerance=0.02,
        mistakes=(
            Mistake(
                "root-missing",
                even(lambda units, features: 6 / (features + units)),
                "For the shape {shape} your weights have the size {yours}: the root is missing.",
            ),
            Mistake(
                "two-for-six",
                even(lambda units, features: np.sqrt(2 / (features + units))),
                "For the shape {shape} your weights have the size {yours}: √(2 / (n + k)) is the size; the reach "
                "is √3 times that.",
            ),
            Mistake(
                "features-only",
                even(lambda units, features: np.sqrt(6 / features)),
                "For the shape {shape} your weights have the size {yours}: the way back adds up over the units. "
                "Are they in it?",
            ),
            Mistake(
                "size-of-he",
                even(lambda units, features: np.sqrt(2 / features)),
                "For the shape {shape} your weights have the size {yours}: √(2 / features) is He's size. Glorot's "
                "reach has a 6 above the line, and below it the units too.",
            ),
            Mistake(
                "another-reach",
                even(lambda units, features: np.sqrt(1 / features)),
                "For the shape {shape} your weights have the size {yours}: the reach is 1 / √features, as in another "
                "rule. Glorot's has a 6 above the line, and below it the units too.",
            ),
            Slip(
                "features-twice",
                (("features + units", "features + features"),),
                "You add the features to themselves. The way back adds up over the units.",
            ),
            Slip(
                "units-twice",
                (("features + units", "units + units"),),
                "You add the units to themselves. The way forward adds up over the features.",
            ),
            Slip(
                "units-only",
                (("features + units", "units"),),
                "Only the units are in it. The way forward adds up over the features.",
            ),
            Slip(
                "mean-for-sum",
                (("(features + units)", "((features + units) / 2)"),),
                "You divide by the mean of features and units. With the 6 it is their sum.",
                shows=lambda lines: lines.uses("mean", "average") or lines.writes(2) or lines.writes(0.5),
            ),
            *(Slip(
                "one-end-missing",
                (("-reach, reach, shape", f"{end}, shape"),),
                "`rng.uniform` takes the lower end first, then the upper one, and the shape last. Yours has two of the "
                "three: the shape is taken for the upper end.",
                shows=lambda lines: lines.uses("uniform"),
            ) for end in ("reach", "-reach")),
            *(Slip(
                "nothing-between",
                (("-reach, reach, shape", f"{end}, {end}, shape"),),
                "All your weights are one and the same number: `rng.uniform` gets it for both ends, and nothing lies "
                "between them. One of the two has the other sign.",
                shows=lambda lines: lines.uses("uniform") and not lines.uses("full", "ones"),
            ) for end in ("reach", "-reach")),
            Slip(
                "whole-numbers-drawn",
                (("rng.uniform(-reach, reach, shape)", "rng.integers(-reach, reach + 1, shape)"),),
                "All your weights are 0: `rng.integers` draws whole numbers, and between −r and r lies no other. "
                "`rng.uniform` draws any number in between.",
                shows=lambda lines: lines.uses("integers"),
            ),
            *(Slip(
                "one-draw-for-all",
                (("rng.uniform(-reach, reach, shape)", f"np.full(shape, {one})"),),
                "All your weights are one and the same number. Each of them is drawn, anew.",
            ) for one in ("rng.uniform(-reach, reach)", "reach")),
            Mistake(
                "transposed",
                own(lambda shape, rng: rng.uniform(-np.sqrt(6 / sum(shape)), np.sqrt(6 / sum(shape)), shape[::-1])),
                "For the shape {shape} you give {yours}: rows and columns are swapped.",
            ),
            Slip(
                "axes-counted",
                (("(features + units)", "len(shape)"),),
                "`len(shape)` is 2, the number of axes. What is to be added up are its two numbers.",
                shows=lambda lines: lines.uses("len"),
            ),
            *(Slip(
                "number-written-in",
                (("(features + units)", str(number)),),
                f"You have written {number} for features and units together. Whoever draws asks for other shapes too, "
                "here for {shape}.",
                shows=lambda lines, number=number: lines.writes(number),
            ) for number in (848, 128, 64)),
            Mistake(
                "roof-for-even",
                own(lambda shape, rng: rng.triangular(-np.sqrt(6 / sum(shape)), 0.0, np.sqrt(6 / sum(shape)), shape)),
                "Your weights lie between −r and r, and most of them near 0. Glorot draws evenly: each number there "
                "has the same chance.",
                shows=lambda lines: lines.uses("triangular"),
            ),
            Mistake(
                "bell-cut-off",
                own(lambda shape, rng: np.clip(rng.normal(0.0, np.sqrt(6 / sum(shape)), shape),
                                               -np.sqrt(6 / sum(shape)), np.sqrt(6 / sum(shape)))),
                "Your weights are drawn from the bell curve and cut off at −r and r: whatever lay beyond is one of "
                "these two. Glorot draws evenly, `rng.uniform`.",
                shows=lambda lines: lines.uses("normal", "standard_normal"),
            ),
            Slip("size-one", (("-reach, reach", "-1, 1"),), "You draw from −1 to 1 for any shape."),
            Slip("reach-halved", (("-reach, reach", "-reach / 2, reach / 2"),), "You draw from −r/2 to r/2."),
            Slip("reach-doubled", (("-reach, reach", "-2 * reach, 2 * reach"),), "You draw from −2 r to 2 r."),
            Mistake(
                "above-zero",
                even(lambda units, features: np.sqrt(6 / (features + units)), low=0.0),
                "For the shape {shape} all your weights are above 0 and have the size {yours}. Draw from −r to r.",
            ),
            Mistake(
                "stretched-after",
                own(lambda shape, rng: rng.random(shape) * 2 * np.sqrt(6 / sum(shape)) - 1),
                "Your weights lie between −1 and 2 r − 1: the 1 is taken away after the r has been multiplied. Numbers "
                "from −1 to 1 come first, then times r.",
            ),
            Mistake(
                "below-zero",
                own(lambda shape, rng: rng.uniform(-np.sqrt(6 / sum(shape)), 0.0, shape)),
                "All your weights are below 0. Draw from −r to r.",
            ),
            Mistake(
                "normal",
                normal(lambda units, features: np.sqrt(6 / (features + units))),
                "For the shape {shape} your weights have the size {yours}: r is the reach of an even drawing, "
                "not a standard deviation.",
            ),
            Mistake(
                "normal-of-right-size",
                normal(lambda units, features: np.sqrt(2 / (features + units))),
                "Your weights have the right size and are drawn from the bell curve: a few are far larger than r. "
                "Glorot draws evenly, `rng.uniform`.",
            ),
        ),
        hints=(
            "First `units, features = shape`, then the reach r.",
            "`np.sqrt(6 / (features + units))`.",
            "`rng.uniform(-reach, reach, shape)`.",
        ),
        praise="A little too large for one direction, a little too small for the other.",
    ),
    Exercise(
        number="11.5",
        title="Measure it",
        piece="sizes_through",
        what="your array of sizes",
        cases=WAYS,
        call=call_way,
        tried=lambda case: f"depth = {case['depth']}, units = {case['units']}, initializer drawing {case['start']}",
        mistakes=(
            Mistake(
                "bend-missing",
                lambda **g: way(**g, bend=False),
                "You get {yours}: the signal goes on without the bend.",
            ),
            Mistake(
                "before-the-bend",
                lambda **g: way(**g, before=True),
                "You get {yours}: measured before the bend. The next layer reads what comes after it.",
            ),
            Slip(
                "bend-first",
                (("np.maximum(initializer((units, units), rng) @ x, 0)",
                  "initializer((units, units), rng) @ np.maximum(x, 0)"),),
                "You get {yours}: the bend comes before the product, so what you measure is not bent. A layer "
                "multiplies first and bends what comes out.",
            ),
            Slip(
                "weights-bent",
                (("rng) @ x, 0)", "rng), 0) @ x"),),
                "You get {yours}: the bend is laid on the weights, before the product. It bends what the layer gives.",
            ),
            Slip(
                "other-bend",
                (("np.maximum(", "np.tanh("), (" @ x, 0)", " @ x)")),
                "Your layers bend with tanh. Here each has ReLU, which cuts off what is below 0.",
            ),
            Slip(
                "other-bend",
                (("np.maximum(", "np.abs("), (" @ x, 0)", " @ x)")),
                "Your layers turn what is below 0 to its positive. Here each has ReLU, which cuts it off.",
            ),
            Slip(
                "other-bend",
                (("np.maximum(initializer((units, units), rng) @ x, 0)",
                  "(lambda z: np.where(z > 0, z, 0.01 * z))(initializer((units, units), rng) @ x)"),),
                "Your layers let through a hundredth of what is below 0. Here each has ReLU, which cuts it off.",
            ),
            Slip(
                "other-bend",
                (("np.maximum(", "(lambda z: 1 / (1 + np.exp(-z)))("), (" @ x, 0)", " @ x)")),
                "Your layers bend with the sigmoid. Here each has ReLU, which cuts off what is below 0.",
            ),
            Slip(
                "yes-for-the-bend",
                (("np.maximum(initializer((units, units), rng) @ x, 0)",
                  "(initializer((units, units), rng) @ x > 0) * 1.0"),),
                "You get {yours}: your layers give 1 or 0, since `> 0` is a yes or a no. Where z is above 0, ReLU lets "
                "its number through.",
            ),
            Slip(
                "bend-not-handed-on",
                (("np.maximum(initializer((units, units), rng) @ x, 0)", "initializer((units, units), rng) @ x"),
                 ("x.std()", "np.maximum(x, 0).std()")),
                "What you measure is bent, and the next layer gets it as it was before the bend.",
            ),
            Mistake(
                "added-up",
                lambda **g: np.cumsum(way(**g)),
                "You get {yours}: each is the sum of the sizes so far. One size for each layer was asked for.",
            ),
            Mistake(
                "mean-so-far",
                lambda **g: np.cumsum(way(**g)) / np.arange(1, g["depth"] + 1),
                "You get {yours}: each is the mean of the sizes so far. The size of one layer was asked for.",
            ),
            Mistake(
                "added-to-all",
                lambda **g: np.full(g["depth"], way(**g).sum()),
                "You get {yours}: each place holds the sum of all sizes. What is added to an array is added to every "
                "place in it; the size of a layer belongs into one, its own.",
            ),
            *(Mistake(
                "nothing-where-little",
                lambda least=least, kept=kept, **g: cut_short(way(**g), least, kept),
                "You get {yours}: the last are 0, and a small signal is still one. Does your loop end, or round, where "
                "the size gets small?",
            ) for least in (1e-4, 1e-6, 1e-8, 1e-10, 1e-12) for kept in (0, 1)),
            Mistake(
                "same-weights",
                lambda **g: way(**g, anew=False),
                "You get {yours}: all layers have the same weights. Draw new ones for each.",
            ),
            Slip(
                "inputs-measured",
                (("        x = np.max", "        sizes.append(x.std())\n        x = np.max"),
                 ("0)\n        sizes.append(x.std())", "0)")),
                "You begin with the size of the inputs and leave out the last layer's: measure after each layer.",
            ),
            Slip(
                "inputs-too",
                (("sizes = []", "sizes = [x.std()]"),),
                "The size of the inputs comes first in yours. One number for each layer was asked for, after its bend.",
            ),
            Slip(
                "mean-of-the-columns",
                (("x.std()", "x.std(axis=0).mean()"),),
                "You take the size of each example and then their mean. One size for all the numbers was asked for.",
            ),
            Slip(
                "mean-of-the-units",
                (("x.std()", "x.std(axis=1).mean()"),),
                "You take the size of each unit and then their mean. One size for all the numbers was asked for.",
            ),
            Slip("mean-for-size", (("x.std()", "x.mean()"),), "You write down the mean. The size is `std()`."),
            Slip(
                "root-of-squares",
                (("x.std()", "np.sqrt((x**2).mean())"),),
                "You write down the root of the mean square. The standard deviation takes the mean away first.",
            ),
            Mistake(
                "variance",
                lambda **g: way(**g, of=np.var),
                "You get {yours}: that is the variance, the square of the size.",
            ),
            Mistake(
                "not-handed-on",
                lambda **g: way(**g, chained=False),
                "You get {yours}: each layer reads the first x. It should read what the layer before gave.",
            ),
        ),
        hints=(
            "A loop: draw weights, multiply, bend, write down the size.",
            "`x = np.maximum(weights @ x, 0)` is a whole layer.",
            "Gather the sizes in a list; `np.array(sizes)` at the end.",
        ),
        praise="A thermometer for every layer.",
    ),
    Prediction(
        number="11.6",
        title="The tenth layer",
        right="a",
        options={
            "a": "more than a million: about 5.7 to the power of 10.",
            "b": "Each layer multiplies by more than 5. What is 5 to the power of 10?",
            "c": "Each layer multiplies; ten layers multiply ten times.",
        },
        hints=(
            "What does one layer of 64 units do to the size?",
            "√64 = 8, and the bend takes a part of it: more than 5.",
            "5 · 5 · 5 · … ten times.",
        ),
        praise="Powers grow. That is all the secret of deep networks.",
    ),
    Choice(
        number="11.7",
        title="Recall: without a bend",
        right="c",
        options={
            "a": "What became of two layers without a bend, in lesson 03?",
            "b": "Something is left: they still multiply by their weights.",
            "c": "A product of matrices is a matrix.",
        },
        hints=(
            "W₂ (W₁ x) is (W₂ W₁) x.",
            "Lesson 03.",
            "How many matrices are left?",
        ),
        praise="Depth is worth nothing without a bend.",
    ),
    Choice(
        number="11.8",
        title="Recall: the silent check",
        right="a",
        options={
            "a": "The check sees one batch at one moment.",
            "b": "A wrong formula is what the check finds.",
            "c": "A wrong slope is what the check finds.",
        },
        hints=(
            "What does a gradient check look at?",
            "One batch. What lies between two?",
            "Lesson 10's table: stale inputs, and gradients that pile up.",
        ),
        praise="What the check cannot see lies between the batches.",
    ),
)
