"""A network's own `predict`: what it does otherwise than the network itself, or says whatever it is asked."""

import ast
import contextlib
import copy
import itertools
import re

import numpy as np

from nnlib.activation import Linear, Sigmoid, Softmax
from nnlib.inspect import loop
from nnlib.inspect.chance import Chance
from nnlib.inspect.own import in_rows, parts_of, steps_by_itself
from nnlib.inspect.recognise import same
from nnlib.inspect.sentences import the_arrays
from nnlib.inspect.whole import Whole
from nnlib.lines import methods_of
from nnlib.lines.anew import names_in, text_of, with_lines

HALF = float(Sigmoid()(np.array(0.5)))
SCORE = re.compile(r"\w*acc(uracy)?|score")
DRAWS, PATH = 1000, 1e-2  # so many times chance begins elsewhere; so large are the weights of a path


def mistaken(own, x, y):
    """(kind, facts) of the mistake in a network's own `predict`, or None."""
    fitted = loop.trained(own, x, y) if hasattr(own, "predict") else None
    looks = of_nothing, of_learning, of_company, of_what_came_before, of_running_values, of_scales, of_labels
    for look in (*looks, of_mode, of_dropout, of_a_piece, of_arrays, of_a_bend_more, of_answers, of_scores):
        with contextlib.suppress(Exception):  # what wants more than examples, or gives no numbers
            if hasattr(own, "predict") and (found := look(own, np.array(x), np.array(y), fitted)):
                return found
    return None


def of_nothing(own, x, y, fitted):
    """Of a `predict` that gives nothing back, though it prints nothing either."""
    silent = "print" not in names_in(methods_of(type(own))["predict"])
    return ("predict_nothing", {}) if silent and given(fitted[1] if fitted else own, x).tolist() is None else None


def of_learning(own, x, y, fitted):
    """Of a `predict` that moves parameters each time: the first time it may put back the best."""
    twin = Whole(fitted[1] if fitted else own, x, y)
    ask = asked(twin.own)
    ask(x)
    before = {name: array.copy() for name, array in twin.arrays().items()}
    ask(x)
    moved = [name for name, array in twin.arrays().items() if not np.array_equal(array, before[name], equal_nan=True)]
    names = the_arrays(moved) if len(moved) < len(before) else "all parameters"
    return ("predict_learns", {"names": names}) if moved else None


def of_company(own, x, y, fitted, tries=8):
    """Of a `predict` that hangs on chance, or on what else it is asked."""
    turn, own = np.asarray if in_rows(own, x) else np.transpose, copy.deepcopy(own)
    own(x.copy())  # builds it, if need be
    half = len(turn(x)) // 2
    moved = [x.copy() for _ in range(tries)]
    for k, one in enumerate(moved):
        turn(one)[half:] = (1.3 + k / 5) * turn(x)[half:] + k / 10
    seen = [given(own, x, seed) for seed in range(tries)]
    if not all(np.array_equal(seen[0], one, equal_nan=True) for one in seen):
        return "dropout_when_predicting", {}
    own, method = undecided(own, x)
    first, *others = [1.0 * given(own, one, method=method) for one in (x, *moved)]
    if len(turn(x)) not in (*first.shape[:1], *first.shape[-1:]):
        return None
    first, *others = [(one if len(one) == len(turn(x)) else one.T)[:half] for one in (first, *others)]
    torn = np.isfinite([first, *others]).all() and not all(same(first, one) for one in others)
    return ("batch_when_predicting", {}) if torn else None


def of_running_values(own, x, y, fitted, passes=300):
    """Of a network whose `predict` hangs on what earlier batches left, and never comes to what training gives out."""
    own, method = undecided(own, x)
    seen, m, twin = [given(own, x, method=method)], len(x if in_rows(own, x) else x.T), copy.deepcopy(own)
    usual, again = (asked(twin)(x, k, "__call__") for k in (0, 1))
    if np.array_equal(seen[0], usual) or not same(usual, again):  # nothing is done otherwise, or by chance
        return None
    for _ in range(2):
        for _ in range(passes):
            train = asked(twin)(x, 0, "__call__")
        seen.append(given(twin, x, method=method))
    settled = not np.isfinite(seen[2]).all() or (same(seen[1], seen[2], 1e-6) and not same(seen[0], seen[2]))
    apart = settled and seen[2].shape == train.shape and m > 2 and not same(seen[2], train, 1.5 / (m - 1))
    return ("running_values_wrong", {}) if apart else None


def of_what_came_before(own, x, y, fitted):
    """Of a `predict` that has several answers, and always these, whatever it is asked."""
    called = copy.deepcopy(own)
    called(x.copy())
    asked = [size * x + move for size in (1, -1, 5) for move in (0, 1, -2)]
    for twin in filter(None, (called, fitted and fitted[1])):
        answers = [given(twin, one) for one in asked]
        same_always = np.ptp(answers[0]) and all(np.array_equal(answers[0], one) for one in answers)
        if same_always and np.ptp([given(twin, one, method="__call__") for one in asked], axis=0).all():
            return "predict_remembers", {}
    return None


def of_scales(own, x, y, fitted):
    """Of a `predict` that sends the examples up scaled otherwise than the training loop does."""
    turn = np.asarray if in_rows(own, x) else np.transpose
    name, twin, called = fitted or ("", own, ())
    learned = [turn(one[0]) for phase, *one in called if phase == "up"]
    if not learned:
        return None
    lines = scales_between(*(np.sort(one, axis=0) for one in (turn(x), np.concatenate(learned)[: len(turn(x))])))
    went = [turn(one[0]) for phase, *one in loop.run_of(twin, "predict", (x,), {})[1] or () if phase == "up"]
    if lines is None:
        return None
    others, as_they_come = scales_between(turn(x), went[0]) if went else None, np.array([[1.0], [0.0]])
    if others is not None and not np.allclose(lines, others, 1e-3, 1e-3):
        if np.allclose(lines, as_they_come, atol=1e-3):
            return "inputs_scaled_alone", {"name": name}
        if not np.allclose(others, as_they_come, atol=1e-3):
            k = np.abs(lines - others).max(axis=0).argmax()
            learned, asked = ({"": one[0][k], "_move": one[1][k] + 0.0} for one in (lines, others))
            facts = {f"learned{key}": one for key, one in learned.items()}
            return "scales_differ", {"name": name, **facts, **{f"asked{key}": one for key, one in asked.items()}}
    if np.allclose(lines[0], 1, atol=1e-3):
        return None
    asked = [k * x + move for k in (1, -1, 3) for move in (0, 1)]
    twin, method = undecided(twin, x)
    mine = in_a_row(given(twin, one, method=method) for one in asked)
    plain = [given(twin, one, method="__call__") for one in asked]
    scaled = [given(twin, turn(lines[0] * turn(one) + lines[1]), method="__call__") for one in asked]
    for decide in DECISIONS:
        as_it_is, other = (in_a_row(map(decide, outs)) for outs in (plain, scaled))
        if same(as_it_is, mine) and (np.abs(other - mine) > 1e-6 * np.abs(mine).max()).sum() > 3:
            return "predict_unscaled", {"name": name}
    return None


def scales_between(before, after):
    """(factors, summands) that make of each feature of some examples that of others; None if there are none."""
    if before.shape != after.shape:
        return None
    spread = np.ptp(before, axis=0) > 0
    lines = [np.polyfit(one, other, 1) for one, other in zip(before.T[spread], after.T[spread], strict=True)]
    lines = np.array(lines).reshape(-1, 2).T
    return lines if same(lines[0] * before[:, spread] + lines[1], after[:, spread], 1e-6) else None


def of_labels(own, x, y, fitted):
    """Of a `predict` that does not bring what comes out back to the scale of the labels, which the loop has changed."""
    name, twin, called = fitted or ("", own, ())
    came = [np.ravel(one[0]) for phase, *one in called if phase == "back"]
    scales = [(a, b) for a, b in loop.scales_of(y) if (a, b) != (1, 0)] if np.unique(y).size > 3 and came else ()
    learned = next((one for one in scales if np.isin(*(np.round(made, 9) for made in
                    (np.concatenate(came), np.ravel(one[0] * y + one[1])))).all()), None)  # fmt: skip
    asked = [k * x + add for k in (1, -1, 3) for add in (0, 1)]
    said, out = (in_a_row(given(twin, one, method=each) for one in asked) for each in ("predict", "__call__"))
    if learned is None or said.shape != out.shape:
        return None
    slope, move = np.polyfit(out, said, 1)
    line, back = same(slope * out + move, said, 1e-6), np.allclose((slope * learned[0], slope * learned[1] + move),
                                                                  (1, 0), atol=1e-6)  # fmt: skip
    share = "" if np.allclose((slope, move), (1, 0)) else f" times {slope:.4g} and {round(move, 9) + 0.0:+.4g}"
    return ("answers_unscaled", {"name": name, "as": share or " as it is"}) if line and not back else None


def of_mode(own, x, y, fitted):
    """Of a network in which chance has no say any more once it has predicted, whatever its training loop does."""
    twin, seen = copy.deepcopy(own), []
    ask = asked(twin)
    drawn = [ask(x, seed, "__call__") for seed in range(3)]
    ask(x)
    after = [ask(x, seed, "__call__") for seed in range(3)]
    draws = not any(np.array_equal(one, other) for one, other in itertools.combinations(drawn, 2))
    if not draws or not all(np.array_equal(after[0], one) for one in after):
        return None

    def look(learning, phase, given):
        if phase == "back":
            learning = copy.deepcopy(learning)
            learning.__class__ = type(own)
            seen.append(np.array_equal(*(asked(learning)(x, seed, "__call__") for seed in (0, 1))))

    for name, wanted in loop.loops_of(own):
        loop.run_of(twin, name, (x, y), wanted, look)
    return ("mode_stays", {}) if all(seen) else None


def of_dropout(own, x, y, fitted, least=1e-4, most=1000):
    """Of a network in which chance leaves numbers out, and those that stay are not as large as `predict` wants them.

    It is measured behind such a place, through one weight: where that is nearly zero, and all before it are but for one
    path, what comes out is 0 or one number. Of a `predict` that says yes or no, or a class, the numbers are taken.
    """
    if np.array_equal(given(own, x, 0, "__call__"), given(own, x, 1, "__call__")):
        return None
    own, method = undecided(own, x)
    whole = Whole(own, x, y)
    ask = asked(whole.own)
    for array in [array for array in whole.arrays().values() if array.ndim == 2]:
        array[...] = 0
        still, *others = (ask(x, *how) for how in ((0, "__call__"), (1, "__call__"), (0, method)))
        if array.size > most or not all(same(still, one) for one in others):
            continue

        def through(k, seed, which, array=array, still=still):
            array.flat[k] = least
            made = ask(x, seed, which) - still
            array.flat[k] = 0
            return made

        moved = [np.abs(through(k, 0, method)).max() for k in range(array.size)]
        usual = through(np.argmax(moved), 0, method)
        if not max(moved):
            continue
        seen = np.abs(usual) > 0.1 * max(moved)
        drawn = np.array([through(np.argmax(moved), 2 + k, "__call__")[seen] / usual[seen] for k in range(DRAWS)])
        stay = drawn[np.abs(drawn) > 1e-3]
        array.flat[np.argmax(moved)] = PATH  # where no bias is, something arrives behind it all the same
        if not 0.02 * drawn.size < stay.size < 0.98 * drawn.size or np.ptp(stay) > 0.01:
            continue
        scale, kept = stay.mean(), stay.size / drawn.size
        near = 2 / np.sqrt(drawn.size if np.ptp(drawn, axis=1).any() else DRAWS)  # four times what chance does
        each = [scale ** (1 / places) for places in (1, 2, 3)]  # to the last digit, if it is that
        fits = [("dropout_exchanged", one) for k, one in enumerate(each) if abs(kept - (1 - 1 / one) ** (k + 1)) < near]
        fits += [("dropout_scaled_twice", scale)] if abs(kept - scale**-0.5) < near else []
        if abs(kept - 1 / scale) <= near:
            continue
        if abs(scale - 1) < 1e-3:
            return "dropout_unscaled", {}
        if len({kind for kind, _ in fits}) == 1:  # at 0.618 both are the same
            kind, one = fits[0]
            return kind, {"kept": 1 - 1 / one, "left": 1 / one, "scale": one}
        even = round(20 * kept) / 20  # what somebody has written, most likely
        kept = even if abs(kept - even) < near else kept
        return "dropout_scale", {"kept": kept, "scale": scale, "share": kept * scale, "usual": 1}
    return None


def of_a_piece(own, x, y, fitted):
    """Of a `predict` that is what the network gives out but for a bend within it, or a bias, that is left out."""
    whole, answers, ways, rng = Whole(own, x, y), [], [], np.random.default_rng(0)
    for size in (0.5, 1, 1, 2, 4) * 4:
        whole.x = size * rng.standard_normal(x.shape)
        ways.append(ways_up(whole))
        if ways[-1] is None or not same(ways[-1][None], given(whole.own, whole.x, method="__call__")):
            return None
        answers.append(given(whole.own, whole.x))
    for decide in DECISIONS:
        said = {key: in_a_row(decide(way[key]) for way in ways) for key in ways[0]}
        mine = in_a_row(answers)
        found = [key for key, one in said.items() if key and one.size == mine.size and same(one, mine)]
        apart = said[None].size == mine.size and np.abs(said[None] - mine) > 1e-6 * np.abs(mine).max()
        if found and np.ptp(mine) and np.sum(apart) > 3:
            what, *names = found[0]
            return "piece_left_out", {"what": what, "where": f"layer{'s' * (len(names) > 1)} of {the_arrays(names)}"}
    return None


def of_arrays(own, x, y, fitted):
    """Of a `predict` that some arrays have no say in, though they have one in what the network gives out."""
    own, method = undecided(own, x)
    whole = Whole(own, x, y)
    ask, heard, unheard = asked(whole.own), [], []
    usual, said = ask(x, 0, "__call__"), ask(x, 0, method)
    for name, array in whole.arrays().items():
        kept = array.copy()
        array += 1 + np.abs(array)
        if not np.array_equal(usual, ask(x, 0, "__call__")):
            (unheard if np.array_equal(said, ask(x, 0, method)) else heard).append(name)
        array[...] = kept
    numbers = said.shape == usual.shape and not np.array_equal(said, np.round(said))
    return ("array_unheard", {"names": the_arrays(unheard)}) if heard and unheard and numbers else None


def of_scores(own, x, y, fitted):
    """Of a share of right answers in which labels have no say, or each answer meets each, as a row meets a column."""
    for name in [name for name in methods_of(type(own)) if SCORE.fullmatch(name)]:
        asked = [size * x for size in (1, -1, 3)]
        answers = [np.ravel(given(own, one)) for one in asked]
        got = [float(getattr(copy.deepcopy(own), name)(one, y.copy())) for one in asked]
        alike = [[np.mean(made == y.ravel()), np.mean(made[:, None] == y.ravel())] for made in answers]
        one, every = np.array(alike).T
        for whole in (1, 100):
            if same(np.array(got), whole * every) and not same(np.array(got), whole * one):
                return "score_of_pairs", {"name": name, "m": y.size, "pairs": y.size**2}
        labels, of = np.unique(y), np.unique(answers[0])
        if y.size == answers[0].size and len(of) == 2 and np.isin(of, labels).all():
            right = answers[0].reshape(y.shape)
            told = [float(getattr(copy.deepcopy(own), name)(x.copy(), one)) for one in (right, of.sum() - right)]
            if told[0] == told[1] != 0.5:
                return "score_alone", {"name": name}
    return None


def of_a_bend_more(own, x, y, fitted):
    """Of a `predict` that bends once more what comes out, which are shares of 1 already however large z is."""
    twin, method = undecided(own, x)
    outs = [given(twin, size * x, method="__call__") for size in (1, -3, 100)]
    asked = [given(twin, size * x, method=method) for size in (1, -3, 100)]
    if any(one.min() < 0 or one.max() > 1 for one in outs) or max(map(np.ptp, outs)) < 0.5:
        return None
    for bend in (Sigmoid(), Softmax()):
        turn = np.transpose if isinstance(bend, Softmax) and in_rows(own, x) else np.asarray
        if all(same(turn(bend(turn(out))), one) for out, one in zip(outs, asked, strict=True)):
            return "bent_twice", {"method": method if method != "numbers" else "predict", "bend": type(bend).__name__}
    return None


DECISIONS = (lambda out: out, lambda out: out > 0.5, lambda out: out > 0,
             lambda out: out.argmax(axis=-1), lambda out: out.argmax(axis=0), np.sign)  # fmt: skip
"""What a `predict` may make of what a network gives out."""
SLIPS = {
    "answers_cut": lambda out: out.astype(int), "answers_turned": lambda out: out <= 0.5,
    "smallest_for_largest": lambda out: out.argmin(axis=-1), "largest_of_all": lambda out: out.argmax(),
    "largest_of_examples": lambda out: out.argmax(axis=0),
    "largest_of_yes": lambda out: (out > 0.5).argmax(axis=-1), "largest_for_its_place": lambda out: out.max(axis=-1),
    "place_after": lambda out: out.argmax(axis=-1) + 1,
}  # fmt: skip
"""What it may make of it by mistake; each row is an example."""


def in_a_row(outs):
    """All numbers of several arrays, one after the other."""
    return np.concatenate([np.ravel(1.0 * one) for one in outs])


def ways_up(whole):
    """`{None: what a network gives out, (what, name): the same without it}`; None if it is no chain of layers."""
    graph = whole.graph()
    products = graph.products if graph is not None else []
    chained = all(one.below is not None and one.below.layer is before for before, one in itertools.pairwise(products))
    if not products or products[0].x is not None or not chained:
        return None
    *_, (z, _, axis) = graph.softmaxes or [(graph.weighed(), None, None)]
    last = (Linear() if axis is None else Softmax()) if products[-1].bend is None else products[-1].bend.form
    forms = [*(one.bend.form for one in products[:-1]), last]
    ends = [*(one.bend.source for one in products[:-1]), z if products[-1].bend is None else products[-1].bend.source]
    biases = [end.value - one.node.value for one, end in zip(products, ends, strict=True)]
    if None in forms:
        return None

    def way(without):
        a = products[0].values[1 - products[0].side]
        for one, form, bias in zip(products, forms, biases, strict=True):
            if without == ("all that is done", one.name):
                break
            weights = one.values[one.side]
            z = weights @ a if one.side == 0 else a @ weights
            what, *names = without or ("",)
            z = z if what == "the bias" and one.name in names else z + bias
            bent = form(z.T).T if axis == 1 and form is last else form(z)
            a = z if what == "the activation" and one.name in names and form is not last else bent
        return a

    names = [one.name for one in products]
    pieces = [("the activation", name) for name in names[:-1]] + [("the activation", *names[:-1])] * (len(names) > 2)
    pieces += [("all that is done", names[-1])] * (len(names) > 1)
    pieces += [("the bias", name) for name, bias in zip(names, biases, strict=True) if bias.any()]
    return {key: way(key) for key in (None, *pieces)}


def of_answers(own, x, y, fitted):
    """Of a `predict` that says one thing whatever comes, or looks for the largest along the examples.

    It is asked near and far, after some steps, with its arrays as they are, three times as large, and with other signs.
    """
    own, outputs, answers, wide = copy.deepcopy(fitted[1] if fitted else own), [], [], []
    draws = not np.array_equal(*(given(own, x, seed, "__call__") for seed in (0, 1)))
    own, method = undecided(own, x) if draws else (own, "__call__")
    method = "__call__" if method == "predict" else method
    turn, rng = np.asarray if in_rows(own, x) else np.transpose, np.random.default_rng(0)
    for _ in range(3) if steps_by_itself(own) else ():  # what it predicts with may be made by its steps
        own(x.copy())
        own.backward_step(y.copy())
        own.update()
    for size, times in (*itertools.product((1, -1, 0.1, 10, -10, 100, -100), (1, 3)), *[(1, 0)] * 6):
        twin = copy.deepcopy(own, held := {})
        for array in held.values() if times != 1 else ():
            if isinstance(array, np.ndarray) and array.dtype.kind == "f":
                scale = times or rng.choice([-1, 1], array.shape)
                array[...] = scale * array if array.any() else rng.standard_normal(array.shape)
        answers.append(1 * given(twin, size * x))
        outputs.append(turn(np.array(given(twin, size * x, method=method))))
        wide.append(times != 1)
    m, k = len(turn(x)), np.size(outputs[0]) // len(turn(x))
    if not np.isfinite(outputs).all() or np.shape(outputs) != (len(wide), m, k):
        return None
    if one_alone(own, outputs, answers, m):
        return "first_alone", {"m": m}
    for kind, slip in SLIPS.items():
        told = [np.ravel(1.0 * slip(turn(out) if kind == "largest_of_all" else out)) for out in outputs]
        known = [[np.ravel(1.0 * decide(out)) for out in outputs] for decide in DECISIONS[1:4]]
        hits = [same(one, np.ravel(1.0 * its)) for one, its in zip(told, answers, strict=True)]
        other = all(any(not same(*pair) for pair in zip(told, its, strict=True)) for its in known)
        yes_and_no = k == 1 and {0, 1} >= {*np.unique(y)}
        fits = yes_and_no if kind.startswith("answers_") else min(k, m) > 1
        fits = fits and (kind != "place_after" or counts_from_zero(own, x, y, k))
        if all(hits) and other and fits and (kind != "largest_of_examples" or k != m):
            return kind, {"k": k, "m": m}
    said, labels = np.unique(answers), np.unique(y)
    number = y.min() < 0 or y.max() > 1  # else a label may be how sure a yes is
    if k == 1 and number and len(labels) > max(4, m // 2) and len(said) == 2:
        both = " and ".join(f"{one:g}" for one in said)
        return "answers_decided", {"answers": both, "labels": len(labels)}
    whole = all(one.size == m and np.array_equal(one, np.round(one)) for one in answers)
    if not whole or np.ptp(answers):
        return of_threshold(own, x, y, np.ravel(outputs), np.ravel(answers)) if k == 1 else None
    usual = [out for out, each in zip(outputs, wide, strict=True) if not each]
    if k > 1:
        first, second = np.sort(np.concatenate(usual), axis=1)[:, :-3:-1].T
        sure = np.concatenate(usual).argmax(axis=1)[first > second + 0.2]
        return ("one_answer_of", {"answer": answers[0].flat[0], "k": k}) if np.unique(sure).size > 1 else None
    low, high, least, most = np.min(usual), np.max(usual), np.min(outputs), np.max(outputs)
    bounds = (0.3, 0.7, 0.02, 0.98) if least >= 0 and most <= 1 else (-1, 1, -1, 1)
    far = low < bounds[0] and high > bounds[1] and least < bounds[2] and most > bounds[3]
    if far:
        return "one_answer", {"answer": answers[0].flat[0], "low": low, "high": high}
    return of_threshold(own, x, y, np.ravel(outputs), np.ravel(answers))


def of_threshold(own, x, y, out, said):
    """(kind, facts) of a `predict` that says yes beyond a bound, where the loss has no as near as yes at another one.

    It may say so beyond 0, beyond a half, or, if it looks at what went into a Sigmoid, where that is beyond a half.
    """
    labels = np.unique(y)
    if len(labels) != 2 or said.size != out.size or not {*said} <= {0, 1, -1}:
        return None
    yes = said == 1
    low, high = np.max(out[~yes], initial=-np.inf), np.min(out[yes], initial=np.inf)
    twin, method = undecided(own, x)
    of_z = same(Sigmoid()(1.0 * given(twin, x, method=method)), given(own, x, method="__call__"))
    known = {HALF: 0.5} if of_z and high - low < 0.05 else {0.0: 0.5, 0.5: 0.0}
    cuts = [(cut, even) for cut, even in known.items() if low <= cut <= high]
    if len(cuts) != 1 or not ((out > min(cuts[0])) & (out < max(cuts[0]))).any():
        return None
    costs = [[float(own.loss(np.full(y.shape, cut), np.full(y.shape, label))) for label in labels]
             for cut in cuts[0]]  # fmt: skip
    (one, other), (no, both) = costs
    even = np.isfinite(no) and np.isclose(no, both) and not np.isclose(one, other)
    facts = {"cut": cuts[0][0], "even": cuts[0][1], "yes": labels[1], "no": labels[0]}
    return ("cut_elsewhere", facts) if even else None


def one_alone(own, outputs, answers, m):
    """Whether a `predict` says something of the first of `m` examples alone, and no method asks it one by one."""
    others = [ast.parse(text_of(one) or "") for name, one in methods_of(type(own)).items() if name != "predict"]
    loops = ast.For, ast.While, ast.ListComp, ast.GeneratorExp
    rounds = [ast.unparse(one) for tree in others for one in ast.walk(tree) if isinstance(one, loops)]
    if m < 2 or any(".predict(" in one for one in rounds):
        return False
    return any(
        all(same(np.ravel(1.0 * decide(out[:1])), np.ravel(1.0 * said)) and np.size(said) * m == decide(out).size
            for out, said in zip(outputs, answers, strict=True))
        for decide in (*DECISIONS[:4], DECISIONS[5]))  # fmt: skip


def counts_from_zero(own, x, y, k):
    """Whether classes are numbered from 0: by the labels, or by what a share of right answers compares with."""
    if y.size != len(x if in_rows(own, x) else x.T):
        texts = [text_of(one) or "" for name, one in methods_of(type(own)).items() if SCORE.fullmatch(name)]
        return any("argmax" in one and "1" not in one.replace("axis=1", "") for one in texts)
    return np.min(y) == 0 and np.max(y) < k


class Undecided(ast.NodeTransformer):
    """A `predict` with the numbers in place of what it decides by them: neither classes nor yes and no."""

    def visit_If(self, line):
        line.body = [self.visit(one) for one in line.body]
        line.orelse = [self.visit(one) for one in line.orelse]
        return line

    def visit_IfExp(self, node):
        if isinstance(node.body, ast.Constant) and isinstance(node.orelse, ast.Constant):
            return self.visit(node.test)
        return ast.IfExp(node.test, self.visit(node.body), self.visit(node.orelse))

    def visit_Compare(self, node):
        numbers = len(node.ops) == 1 and isinstance(node.comparators[0], ast.Constant)
        return self.visit(node.left) if numbers else node

    def visit_Call(self, node):
        called, base = getattr(node.func, "attr", ""), getattr(node.func, "value", None)
        of_numpy = getattr(base, "id", "") in ("np", "numpy")
        if called in ("argmax", "argmin", "round", "rint", "sign", "astype", "where"):
            return self.visit(node.args[0] if of_numpy else base)
        return self.generic_visit(node)


def undecided(own, x):
    """(a copy of a network, the name of its method that gives the numbers by which its `predict` decides)."""
    if hasattr(own, "predict_proba"):
        return own, "predict_proba"
    method, said = methods_of(type(own)).get("predict"), given(own, x)
    if method is None or not np.array_equal(said, np.round(1.0 * said)):
        return own, "predict"
    tree = ast.fix_missing_locations(Undecided().visit(ast.parse(text_of(method))))
    twin = copy.deepcopy(own)
    twin.__class__ = type(type(own).__name__, (type(own),), {"numbers": with_lines(method, ast.unparse(tree))})
    made = given(twin, x, method="numbers")
    ways = [*DECISIONS[1:], *SLIPS.values(), *(lambda out, one=one: one(out.T) for one in SLIPS.values())]
    agree = any(same(np.ravel(1.0 * decide(made)), np.ravel(1.0 * said)) for decide in ways)
    return (twin, "numbers") if agree else (own, "predict")


def given(own, x, seed=0, method="predict"):
    """What a copy of a network predicts, with random numbers that begin elsewhere for each seed."""
    return asked(copy.deepcopy(own))(x, seed, method)


def asked(own):
    """A function that gives what a network predicts, with the random numbers of a seed."""
    chance = Chance(parts=[own, *parts_of(own.layers)])

    def ask(x, seed=0, method="predict"):
        with chance:
            chance.begin(seed)
            return np.array(getattr(own, method)(x.copy()))

    return ask
