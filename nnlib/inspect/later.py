"""What a gradient check of one batch cannot see: the second batch, the update, the mode of predicting, the beginning.

Each suspect is run; it is named only if its numbers show it.
"""

import copy
import itertools
import sys

import numpy as np

from nnlib.activation import Sigmoid, Tanh
from nnlib.inspect import conduct, motion, step_lines
from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of, parameter_slices
from nnlib.inspect.measure import columns_alone
from nnlib.inspect.own import steps_by_itself, steps_of
from nnlib.inspect.recognise import form_of, same
from nnlib.parts.part import attributes, name_of, parameter_names


def gradients_of(model, x, y, chance=None):
    """{(block, name): its gradient, copied}, after one way up and down."""
    with chance or Chance(model):
        model(x)
        model.backward_step(y)
    return {
        (place.block, name): np.array(getattr(place.part, f"grad_{name}"))
        for place in model.places
        for name in parameter_names(place.part)
    }


def moved_too_early(model, x, y):
    """(kind, facts, places) if parameters move before the update."""
    model = copy_of(model)
    with Chance(model):
        before = parameters_of(model)
        model(x)
        if moved := changed(model, before):
            return "update_in_forward", {}, moved
        for place in model.places:  # what is held within bounds at each call shows once it is out of them
            for name in parameter_names(place.part):
                setattr(place.part, name, 1.3 * np.asarray(getattr(place.part, name)))
        before = parameters_of(model)
        model(x)
        if moved := changed(model, before):
            return "update_in_forward", {}, moved
        before = parameters_of(model)
        model.backward_step(y)
        if moved := changed(model, before):
            return "update_in_backward", {}, moved
    return None


def parameters_of(model):
    return [np.array(getattr(place.part, name)) for place in model.places for name in parameter_names(place.part)]


def changed(model, before):
    after, moved = iter(before), []
    for place in model.places:
        for name in parameter_names(place.part):
            if not np.array_equal(np.asarray(getattr(place.part, name)), next(after)) and place not in moved:
                moved.append(place)
    return moved


def second_batch(model, x, y, wrong=False):
    """(kind, facts, places) if a gradient depends on the batch before.

    `wrong` says that the first gradient is wrong already: then only the second of the same batch is compared with it.
    """
    if wrong:
        return same_batch_again(model, x, y)
    alone = copy_of(model)
    chance = Chance(alone)
    with chance:
        alone(x)  # as the check did: whatever the last run left behind is forgotten now
    right = gradients_of(alone, x, y, chance)
    before = 0.75 * np.roll(x, 1, axis=1) + 0.1
    for size in (x.shape[1], max(1, x.shape[1] // 2)):
        twin = copy_of(model)
        chance = Chance(twin)
        first = gradients_of(twin, before[:, :size], y[:, :size], chance)
        inputs = {place.block: np.array(place.inputs) for place in twin.places if parameter_names(place.part)}
        got = gradients_of(twin, x, y, chance)
        wrong = [key for key in right if not same(got[key], right[key], 1e-6)]
        if not wrong:
            continue
        places = [
            place for place in model.places if any((place.block, name) in wrong for name in parameter_names(place.part))
        ]
        count = ratio_of_all(got, right, wrong)
        if all(
            same(got[key], right[key] + first[key], 1e-6)
            for key in wrong
            if np.shape(first[key]) == np.shape(right[key])
        ):
            if zeroed_by_update(model, x, y, right):
                continue
            return "gradients_pile_up", {}, places
        if count and size != x.shape[1] and abs(count * size - x.shape[1]) < 1e-4:
            return "examples_remembered", {"count": size}, places
        if any(paired_with(twin, key, inputs, got[key] - right[key]) for key in wrong):
            return "stale_inputs", {}, places
        return "remembers", {}, places
    return None


def kept_from_before(model, x, y, slopes=None):
    """(kind, facts, places) if the way back runs with this batch's inputs where a part holds those of one before.

    If `slopes` are given, as measured, its gradients then have to be these.
    """
    twin = copy_of(model)
    with Chance(twin):
        twin(x)
        held = [(place, attributes(place.part)) for place in twin.places if place.own]
        twin(0.75 * x + 0.1)
        old = [(place, name) for place, before in held for name, it in attributes(place.part).items()
               if isinstance(it, np.ndarray) and it is before.get(name) and name not in parameter_names(place.part)
               and name != "grad_output" and it.ndim == 2 and len(it) == len(place.inputs)
               and (it.shape == place.inputs.shape) == (slopes is not None)]  # fmt: skip
        if not old:
            return None
        twin(x)
        for place, name in old:
            setattr(place.part, name, place.inputs)
        try:
            twin.backward_step(y)
        except Exception:
            return None
    if slopes is not None and not same(twin.gradients[np.isfinite(slopes)], slopes[np.isfinite(slopes)], 2e-6):
        return None
    found = [(place.block, place.index) for place, _ in old]
    places = [place for place in model.places if (place.block, place.index) in found]
    return "stale_inputs", {}, places


def zeroed_by_update(model, x, y, right):
    """Whether gradients that pile up begin anew after an update."""
    twin = copy_of(model)
    chance, before = Chance(twin), twin.parameters.copy()
    gradients_of(twin, x, y, chance)
    twin.update()
    twin.parameters[:] = before
    got = gradients_of(twin, x, y, chance)
    return all(same(got[key], right[key], 1e-6) for key in right)


def same_batch_again(model, x, y):
    """(kind, facts, places) if the same batch twice gives two gradients: something was left by an earlier run."""
    twin = copy_of(model)
    chance = Chance(twin)
    first, second, third = (gradients_of(twin, x, y, chance) for _ in range(3))
    wrong = [key for key in first if not same(first[key], second[key], 1e-6)]
    if not wrong:
        return None
    places = [
        place for place in model.places if any((place.block, name) in wrong for name in parameter_names(place.part))
    ]
    piles = all(same(third[key] - second[key], second[key] - first[key], 1e-6) for key in wrong)
    settled = all(same(third[key], second[key], 1e-6) for key in wrong)
    return ("gradients_pile_up" if piles else "stale_inputs" if settled else "remembers"), {}, places


def ratio_of_all(got, right, keys):
    """The one factor between all these arrays, or None."""
    mine, truth = (np.concatenate([arrays[key].ravel() for key in keys]) for arrays in (got, right))
    if mine.shape != truth.shape or not truth.any():
        return None
    factor = float((mine * truth).sum() / (truth * truth).sum())
    return (
        factor if np.abs(mine - factor * truth).max() <= 1e-6 * np.abs(truth).max() * max(abs(factor), 1e-9) else None
    )


def paired_with(model, key, inputs, excess):
    """Whether a gradient of weights is off by having this batch's error meet the inputs of the batch before."""
    block, name = key
    for place in model.places:
        if place.block != block or name not in parameter_names(place.part) or place.grad_output is None:
            continue
        form = form_of(place.part, np.array(place.inputs), np.array(place.output))
        if form is None or form.weights != name or inputs[block].shape != np.shape(place.inputs):
            continue
        d = place.grad_output * form.bend.gradient(form.z)
        paired = d @ (inputs[block] - place.inputs).T / d.shape[1]
        return same(paired if form.rows else paired.T, excess, 1e-6)
    return False


def update(model, x, y):
    """(kind, facts, ()) if the optimiser steps by a well-known wrong rule, or the update does not use it."""
    layers = sum(bool(parameter_names(place.part)) for place in model.places)
    stepping = getattr(model, "stepping", model.optimizer)
    found = step_lines.named(stepping, layers) if stepping is not None else None
    if found is None and stepping is not None and not conduct.moves_by_itself(stepping):
        found = conduct.one_sided(stepping)
    if found is not None:
        pieces = [parameter_slices(model)[k] for k in found[1].get("arrays", ())]
        return *found, [*dict.fromkeys(place for place, *_ in pieces)]
    if not hasattr(model, "plain") and conduct.keeps_gradients(stepping):
        return "gradients_kept", {}, ()
    if hasattr(model, "own") and not steps_by_itself(model.own):
        return None
    twin = copy_of(model)
    gradients_of(twin, x, y)
    gradients, before = twin.gradients.copy(), twin.parameters.copy()
    norm = float(np.linalg.norm(gradients))
    clipped = twin.clip_norm is not None and norm > twin.clip_norm
    still = not motion.rate_of(twin.optimizer) or (stepping is not None and motion.at_rest(stepping))
    if not norm or not np.isfinite(norm) or still or clipped:
        return None
    expected, rule = before.copy(), copy_of(twin).optimizer
    stepped = rule.step(expected, gradients.copy())
    twin.update()
    if stepped is not None:
        expected[:] = stepped
    if same(twin.parameters - before, expected - before, 1e-6):
        return None
    if np.array_equal(twin.parameters, before):
        return "nothing_moves", {}, ()
    found = own_update(twin, gradients, before, x.shape[1])
    if found and found[0] == "moves_elsewhere":
        found = memories(model, conduct.mixed_up) or found
    found = found or memories(model, conduct.mixed) or own_length(model, x, y)
    steps = steps_of(model.own, model) if found is None and hasattr(model, "own") else None
    if steps is not None and averaged(steps, x.shape[1]) and of_a_mean(model.own, x, y, -1):
        return "step_averaged", {"m": x.shape[1]}, ()
    return found if found or hasattr(twin, "plain") else ("update_differs", {}, ())


def averaged(steps, m):
    """Whether steps are along the gradient, and as long as the rate says but for a division by `m`."""
    gradient = np.random.default_rng(0).standard_normal((1, steps.size))
    moves = motion.moves_of(motion.fresh(steps), 0 * gradient[0], gradient)
    return moves is not None and moves.any() and same(-m * moves, motion.rate_of(steps) * gradient, 1e-6)


def of_a_mean(own, x, y, axis):
    """Whether twice the same examples have the loss of these examples once."""
    twice = [np.concatenate([one, one], axis=axis if one.ndim > 1 else 0) for one in (x, y)]
    once, both = (own.loss(own(one.copy()), labels.copy()) for one, labels in ((x, y), twice))
    return same(np.array(both), np.array(once), 1e-6)


def memories(model, mixed):
    """(kind, facts, places) of an `update` that takes what it remembers of one array for another."""
    steps = steps_of(model.own, model) if hasattr(model, "own") else None
    pieces = [parameter_slices(model)[k] for k in (mixed(steps) if steps is not None else ())]
    names = " and ".join(dict.fromkeys(f"the {name}" for _, name, _ in pieces))
    return ("memories_mixed", {"names": names}, list(dict.fromkeys(place for place, *_ in pieces))) if pieces else None


def own_update(model, gradients, before, m):
    """The mistake in an `update` of one's own, which may step array by array: what does not move, or moves uphill."""
    moved, pieces = model.parameters - before, parameter_slices(model)
    steps = steps_of(model.own, model) if hasattr(model, "own") else None
    there = [((place, name), place.part, piece) for place, name, piece in pieces if gradients[piece].any()]
    if found := astray(there, moved, gradients, before, steps):
        kind, which = found
        names = " and ".join(dict.fromkeys(f"the {name}" for _, name in which))
        return kind, {"names": names}, list(dict.fromkeys(place for place, _ in which))
    if (moved * gradients >= 0).all():
        return "step_uphill", {}, ()
    return divided(pieces, -moved, gradients, m)


def astray(pieces, moved, gradients, before, steps):
    """(kind, which) of some arrays, not all, that a step leaves where they are, or takes another way, or uphill.

    `pieces` are of each array what it is called, its part, and where it is in the others. What is shaped, and goes down
    all the same, is not astray: that is asked of `steps`, if they can be.
    """
    found, fits = {"never_moves": [], "old_gone": [], "moves_elsewhere": [], "array_uphill": []}, {}
    for which, _, piece in pieces:
        shares = explained(moved[piece], gradients[piece], before[piece])
        fits[which] = shares is not None
        found["old_gone"] += [which] if fits[which] and before[piece].any() and abs(shares[1] + 1) < 1e-6 else []
    plain = any(fits[which] and piece.stop - piece.start > 3 for which, _, piece in pieces)
    for which, part, piece in pieces:
        ways, frozen = {*np.sign(moved[piece] * gradients[piece])}, {"trainable", "frozen", "requires_grad"}
        if ways == {0.0} and not frozen & attributes(part).keys() and not goes_the_other_way(steps, gradients, piece):
            found["never_moves"].append(which)
        elif not fits[which] and plain and {1.0, -1.0} <= ways and (steps is None or conduct.goes_up(steps, piece)):
            found["moves_elsewhere"].append(which)
        elif ways == {1.0}:
            found["array_uphill"].append(which)
    return next(((kind, some) for kind, some in found.items() if 0 < len(some) < len(pieces)), None)


def goes_the_other_way(steps, gradients, piece):
    """Whether a step along the gradients turned round moves an array: then it is bounded to one side."""
    moves = motion.moves_of(motion.fresh(steps), 0 * gradients, -gradients[np.newaxis]) if steps is not None else None
    return moves is not None and bool(moves[0][piece].any())


def divided(pieces, moved, gradients, m):
    """(kind, facts, places) if some arrays' steps are shorter than the others'; see `shorter`."""
    units = [((place, name), len(getattr(place.part, name)), piece) for place, name, piece in pieces]
    if found := shorter(units, moved, gradients, m):
        kind, facts, short = found
        names = " and ".join(dict.fromkeys(f"the {name}" for _, name in short))
        return kind, {"names": names, **facts}, list(dict.fromkeys(place for place, _ in short))
    return None


def shorter(pieces, moved, gradients, m):
    """(kind, facts, which) if some arrays' steps are shorter than the others' by the units, or the examples.

    `pieces` are of each array what it is called, how many units it has, and where it is in `moved` and `gradients`.
    """
    rates = [ratio_of_all({0: moved[piece]}, {0: gradients[piece]}, [0]) for *_, piece in pieces]
    if not all(rates) or min(rates) <= 0:
        return None
    usual, units = max(rates), [count for _, count, _ in pieces]
    short = [k for k, rate in enumerate(rates) if abs(rate / usual - 1) > 1e-4]
    for counts, of in ((units, "its units"), ([m] * len(units), "examples")):
        known = len({counts[k] for k in short}) > 1 or of == "examples"
        if short and known and all(abs(rates[k] * counts[k] / usual - 1) < 1e-4 for k in short):
            return "step_divided", {"of": of}, [pieces[k][0] for k in short]
    return None


def explained(moved, gradient, parameters):
    """The shares of its gradient, its own numbers and their signs, as decay has it, in how an array moved, or None."""
    columns = np.stack([gradient, parameters, np.sign(parameters)], axis=1)
    shares = np.linalg.lstsq(columns, moved, rcond=None)[0]
    fits = np.abs(columns @ shares - moved).max() <= 1e-6 * np.abs(moved).max(initial=0) and moved.any()
    return shares if fits else None


def own_length(model, x, y, rate=0.0137):
    """(kind, facts, ()) if an `update` of one's own moves along the gradient by another length than its rate says."""
    twin = copy_of(model)
    own = getattr(twin, "own", twin)
    if not hasattr(own, "optimizer") or not motion.set_rate(own.optimizer, rate) or not conduct.is_plain(own.optimizer):
        return None
    for name in motion.RATES:  # it may have one of its own besides, which is what its steps take
        if isinstance(attributes(own).get(name), float):
            setattr(own, name, rate)
    gradients_of(twin, x, y)
    gradients, before = twin.gradients.copy(), twin.parameters.copy()
    twin.update()
    factor = ratio_of_all({0: before - twin.parameters}, {0: gradients}, [0])
    if not factor or abs(factor / rate - 1) < 1e-6:
        return None
    names = {"learning_rate_squared": rate * rate, "learning_rate_missing": 1.0, "step_averaged": rate / x.shape[1]}
    for kind, other in names.items():
        if abs(factor / other - 1) < 1e-6:
            return kind, {}, ()
    count = factor / rate
    return ("steps_twice", {"count": round(count)}, ()) if count > 1.5 and abs(count - round(count)) < 1e-6 else None


def predicting(model, x):
    """(kind, facts, places) if a part that draws random numbers, or looks at the batch, predicts as it should not."""
    own = hasattr(model, "plain")
    model = model.plain() if own else copy_of(model)
    with Chance(model):
        model(x)
        for place in model.places:
            inputs = np.array(place.inputs)
            calm = calmed(copy_of_part(place), inputs) if own and not hasattr(place.part, "predict") else None
            found = None if parameter_names(place.part) else drawing(place, len(inputs), calm)
            if found is None and place.own and calm is None:
                found = company(place, inputs) or running(place, inputs)
            if found:
                return *found, [place]
    return None


def drawing(place, features, calm):
    """The mistake in a part that draws random numbers in training, and is `calm` once its network switches its mode."""
    part = copy_of_part(place)
    ones = np.ones((features, max(200, 100_000 // features)))
    train, again = np.array(part(ones)), np.array(part(ones))
    if train.shape != ones.shape:
        return None
    predict = calm or getattr(part, "predict", part)
    usual = np.array(predict(ones))
    if np.array_equal(train, again):
        kept = train[train != 0]
        stays = 0 < kept.size < train.size and np.ptp(kept) < 1e-9 and usual.all()
        return ("mask_stays", {}) if stays else None
    if not np.array_equal(usual, np.array(predict(ones))):
        return "dropout_when_predicting", {}
    if not np.ptp(train, axis=1).any():  # one draw for a whole row
        train = np.hstack([np.array(part(ones[:, :2]))[:, :1] for _ in range(2_000)])
    if not np.ptp(train, axis=0).any():
        train = train[:1]
    noise = np.std(train) / np.sqrt(train.size)
    if abs(train.mean() - usual.mean()) <= 6 * noise:
        return None
    kept, scale = train[train != 0], float(train.max())
    facts = {"kept": kept.size / train.size, "left": 1 - kept.size / train.size, "scale": scale}
    facts |= {"share": train.mean(), "usual": usual.mean()}
    if np.ptp(kept) < 1e-9 and abs(scale * facts["left"] - 1) <= 6 * noise and abs(usual.mean() - 1) < 1e-9:
        return "dropout_exchanged", facts
    if np.ptp(kept) < 1e-9 and abs(scale - 1) > 1e-9 and abs(usual.mean() - 1) < 1e-9:
        return "dropout_scale", facts
    return "dropout_unscaled" if train.mean() < usual.mean() else "dropout_scaled_twice", {}


def calmed(part, x):
    """A copy of a part that draws no random numbers any more with one of its yeses and noes turned, or None."""
    for name in [name for name, one in attributes(part).items() if isinstance(one, bool)]:
        twin = copy.deepcopy(part)
        setattr(twin, name, not getattr(twin, name))
        if np.array_equal(*(np.array(twin(x)) for _ in range(2))):
            return twin
    return None


def unasked(model, x):
    """(kind, facts, places) of a part of nnlib's network that is calm with a yes or no of its own turned, or None."""
    model = copy_of(model)
    with Chance(model):
        model(x)
    for place in [] if hasattr(model, "plain") else model.places:
        asked = not place.own or hasattr(place.part, "predict") or calm(place.part, place.inputs)
        flags = [name for name, one in attributes(place.part).items() if isinstance(one, bool)]
        for name in flags if not asked else ():
            twin = copy_of_part(place)
            setattr(twin, name, not getattr(twin, name))
            if calm(twin, place.inputs):
                return "mode_unasked", {"name": name}, [place]
    return None


def calm(part, x):
    """Whether what a part gives out hangs neither on chance nor on the other examples."""
    part, x = copy.deepcopy(part), np.array(x)
    alike = np.array_equal(*(np.array(part(x.copy())) for _ in range(2)))
    return alike and columns_alone(lambda values: part(values.copy()), x)


def running(place, x, passes=400):
    """The mistake in a part that predicts with what it remembers of its batches."""
    part = copy_of_part(place)
    train, again = (np.array(part(x.copy())) for _ in range(2))
    draws = not np.array_equal(train, again)
    if draws or not hasattr(part, "predict") or len(x.T) < 3 or columns_alone(lambda values: part(values.copy()), x):
        return None
    part = copy_of_part(place)
    seen = [np.array(part.predict(x.copy()))]
    for _ in range(2):
        for _ in range(passes):
            train = np.array(part(x.copy()))
        seen.append(np.array(part.predict(x.copy())))
    if same(seen[0], seen[2]):
        return None if same(seen[0], train, 0.2) else ("running_values_stuck", {})
    if not np.isfinite(seen[2]).all():
        return "running_values_wrong", {}
    settled, unbiased = same(seen[1], seen[2], 1e-6), 1.5 / (x.shape[1] - 1)
    arrays = {name: np.reshape(getattr(part, name), (-1, 1)) for name in parameter_names(part)}
    for gamma, beta in itertools.permutations([name for name, one in arrays.items() if len(one) == len(x)], 2):
        if settled and not same(seen[2], train, unbiased) and same(
            arrays[gamma] * seen[2] + arrays[beta], train, unbiased
        ):
            return "scale_when_predicting", {"gamma": gamma, "beta": beta}
    return ("running_values_wrong", {}) if settled and not same(seen[2], train, unbiased) else None


def company(place, x):
    """The mistake in a part whose prediction for one example depends on the others."""
    part = copy_of_part(place)
    predict = getattr(part, "predict", part)
    if x.shape[1] < 2:
        return None
    moved = x.copy()
    moved[:, 0] += 0.5 + np.abs(moved[:, 0])
    one, other = np.array(predict(x.copy()))[:, 1:], np.array(predict(moved))[:, 1:]
    return None if same(one, other, 1e-9) else ("batch_when_predicting", {})


def copy_of_part(place):
    return copy.deepcopy(place.part)


def beginning(model):
    """(kind, facts, places) if all units of a hidden layer are the same and can never differ."""
    layers = [place for place in model.places if parameter_names(place.part)]
    for place, after in itertools.pairwise(layers):
        if "weights" not in parameter_names(place.part) or "weights" not in parameter_names(after.part):
            continue
        rows = np.asarray(place.part.weights)
        if rows.ndim != 2 or len(rows) < 2 or np.shape(after.part.weights)[-1] != len(rows):
            continue
        arrays = [rows, np.asarray(after.part.weights).T, *(np.asarray(getattr(place.part, "bias", rows)),)]
        if all(len(array) == len(rows) and np.ptp(array, axis=0).max() == 0 for array in arrays):
            return "units_equal", {"units": len(rows)}, [place]
    return None


def saturated(model, x, y):
    """(kind, facts, places) if nothing gets through a hidden bend, or little, and all equal answers would be better."""
    model = model.plain() if hasattr(model, "plain") else copy_of(model)
    with Chance(model):
        output = np.array(model(x))
        for place in model.places[:-1]:
            if not parameter_names(place.part) and silent(place.inputs, place.output):
                return "units_silent", {"units": len(place.output)}, [place]
        if output.shape != y.shape:
            return None
        equal = np.repeat(y.mean(axis=1, keepdims=True), y.shape[1], axis=1)
        if float(model.loss(output, y)) <= float(model.loss(equal, y)):
            return None
    for place in model.places[:-1]:
        form = form_of(place.part, np.array(place.inputs), np.array(place.output))
        if form is not None and isinstance(form.bend, (Sigmoid, Tanh)):
            slopes = form.bend.gradient(form.z)
            share = float((slopes < 1e-3 * form.bend.gradient(0.0)).mean())
            if share > 2 / 3:
                return "saturated", {"share": share, "size": float(np.abs(form.z).mean())}, [place]
    return None


def silent(z, a):
    """Whether nothing but zeros comes out of a bend, of numbers below 0 alone."""
    return np.any(z) and np.max(z) <= 0 and not np.any(a)


def called(thing):
    """What a part or a loss is called: a class of the learner's own by its own name."""
    home = sys.modules.get(type(thing).__module__)
    ours = type(thing).__module__.startswith("nnlib.") and hasattr(home, type(thing).__name__)
    return name_of(thing) if ours else type(thing).__name__


def label(places):
    """ "Block 2, Dense(4)"; "Blocks 1 and 2" for several."""
    blocks = sorted({place.block for place in places})
    if len(places) == 1:
        return f"Block {places[0].block}, {called(places[0].part)}"
    names = {type(place.part).__name__ for place in places}
    many = f"Blocks {', '.join(map(str, blocks[:-1]))} and {blocks[-1]}" if len(blocks) > 1 else f"Block {blocks[0]}"
    return f"{many}, {names.pop()}" if len(names) == 1 else many
