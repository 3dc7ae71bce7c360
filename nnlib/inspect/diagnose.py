"""Name the mistake in the gradients of a network.

    print(diagnose(model, x, y))

Every known mistake is made on purpose (`mutants`) in a right copy of the network, and the one whose gradient is the
same as yours is named. For two arrays there is `diagnose_arrays`, in `diagnosis`.
"""

import copy
import sys

import numpy as np

from nnlib.activation import ELU, GELU, LeakyReLU, Linear, ReLU, Sigmoid, Softmax, Softplus, Swish, Tanh
from nnlib.inspect.diagnosis import Diagnosis, close, diagnose_arrays, sentence, several
from nnlib.inspect.gradient_check import Chance, copy_of, gradient_check
from nnlib.inspect.mutants import MUTANTS, is_dense
from nnlib.layer import Dense
from nnlib.loss import BinaryCrossEntropy, CategoricalCrossEntropy, Huber, MeanAbsoluteError, MeanSquaredError
from nnlib.parts.part import parameter_names

__all__ = ["Diagnosis", "diagnose", "diagnose_arrays"]

def diagnose(model, x, y, reference=None):
    """The mistake in the gradients of `model`, as a `Diagnosis`, or None if they are right.

    `model` is a `NeuralNetwork` with parts or a loss of your own; `x` `(features, examples)`, `y` `(k, examples)`,
    best between 5 and 50 examples, of more than one kind. Nothing of it is changed: the work is done on copies in
    float64. `reference` is a right network with parameters of the same shapes. Without it, one is made: a part of
    your own with `weights` and `bias` is compared with Dense, an activation or a loss with the one of nnlib that
    gives the same values, whatever its gradient; a part that nnlib does not have is left as it is.

    The gradients are taken twice, first for other examples, so that a layer that remembers too long is found out.
    Then every mistake of `mutants` is made in the reference: everywhere, in the parts of your own alone, and in each
    part alone. The first one that gives your gradient is the diagnosis. If none does, `diagnose_arrays` looks at the
    numbers, and as the last resort the kind is "unknown" and the sentence says which layer is the first that is
    wrong, counted from the output. Kinds: the names of `MUTANTS` whose phase is "backward" or "forward", and those of
    `diagnose_arrays`.

    Raises what the network raises.
    """
    model._examples(x, finite=True)
    mine = copy_of(model, np.float64)
    x, y = mine._pair(np.array(x), np.array(y))
    right = right_twin(mine, x, y) if reference is None else copy_of(reference.build(len(x)), np.float64)
    right.parameters[:] = mine.parameters
    facts = {"m": x.shape[1], "k": y.shape[0], "others": x.shape[1] - 1, "last": type(mine.places[-1].part).__name__}
    own = [index for index, place in enumerate(mine.places) if not is_of_nnlib(place.part)]

    right.rng.bit_generator.state = mine.rng.bit_generator.state
    checked = copy_of(right)
    expected, got = gradients_of(checked, x, y), gradients_of(mine, x, y)
    outputs = [place.output for place in mine.places], [place.output for place in checked.places]
    astray = next((place for place, a, b in zip(mine.places, *outputs, strict=True) if not close(a, b)), None)
    if astray is None and close_all(got, expected):
        return None if reference is not None else trusted(mine, right, own, x, y, facts)

    phase = "backward" if astray is None else "forward"
    likely = [(kind, mutant) for kind, mutant in MUTANTS.items() if mutant.phase == phase]
    found, tried = {}, None
    for alone in (False, True):
        for kind, mutant in likely:
            for places in ways(mutant, right, own, alone):
                broken = mutant.apply(right, places)
                candidate = gradients_of(broken, x, y)
                same = close_all(got, candidate) and close(broken.places[-1].output, mine.places[-1].output)
                if same and (astray is not None or not close_all(candidate, expected)):
                    where = [broken.places[i].part for i in places or ()] or mutant.spots(broken)
                    found[kind] = mutant.hint.format(**facts, where=type(where[0]).__name__)
                    tried = tried or places
                    break
        if found:
            break
    if found:
        return several(found, {"m": facts["m"], "k": facts["k"], "places": tried})
    if astray is not None:
        where = f"block {astray.block}, {type(astray.part).__name__}"
        return Diagnosis("forward", sentence("forward", {"where": where}), {"block": astray.block})
    return diagnose_arrays(got, expected, m=facts["m"], k=facts["k"])


def gradients_of(model, x, y):
    """{(block, name of the parameter): copy of its gradient}, of the second of two passes with different examples."""
    with Chance(model), np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for batch in (0.75 * np.roll(x, 1, axis=1) + 0.1, x):
            model(batch)
            model.backward_step(y)
    gradients = {}
    for place in model.places:
        block = f"block {place.block}" if is_dense(place.part) else f"block {place.block} {type(place.part).__name__}"
        for name in parameter_names(place.part):
            gradients[block, name] = np.array(getattr(place.part, f"grad_{name}"))
    return gradients


def close_all(got, expected):
    """Whether all arrays agree, relative to each one's largest number; rounding next to larger ones is forgiven."""
    largest = max(np.abs(right).max(initial=0) for right in expected.values())
    return all(
        close(got[key], right)
        or (np.shape(got[key]) == right.shape and np.abs(got[key] - right).max() <= 1e-13 * largest)
        for key, right in expected.items()
    )


def ways(mutant, right, own, alone):
    """The sets of places in which to try a mistake: everywhere and the learner's own parts, or each place `alone`."""
    parts = {id(part) for part in mutant.on(right)}
    possible = [index for index, place in enumerate(right.places) if id(place.part) in parts]
    if alone:
        return [[index] for index in possible] if len(possible) > 1 else []
    spots = {id(part) for part in mutant.spots(right)}
    usual = [index for index in possible if id(right.places[index].part) in spots]
    tries = [None] if spots else []
    for places in (possible, [index for index in possible if index in own]):
        if places and places != usual and places not in tries:
            tries.append(places)
    return tries


def right_twin(model, x, y):
    """A copy of `model` with nnlib's own parts wherever they give the same values on the way up."""
    twin, output = copy_of(model), copy_of(model)(x)
    probe = np.linspace(-3, 3, 7)
    replaced = {}
    for place in twin.places:
        part = place.part
        if is_of_nnlib(part):
            continue
        new = None
        base = base_of(part)
        if base is not None:
            new = copy.copy(part)
            new.__class__ = base
        elif is_dense(part):
            new = Dense(len(part.weights))
            new.weights, new.bias = part.weights, part.bias
        elif not parameter_names(part) and not hasattr(part, "predict"):
            z = probe[(np.arange(7) + np.arange(3)[:, None]) % 7]
            kinds = (ReLU(), LeakyReLU(), ELU(), Sigmoid(), Tanh(), Softplus(), Swish(), GELU(), Linear(), Softmax())
            new = next((kind for kind in kinds if close(copy.deepcopy(part)(z), kind(z), 1e-9)), None)
        if new is not None:
            replaced[id(part)] = place.part = new
    twin.layers = tuple(tuple(replaced.get(id(part), part) for part in block) for block in twin.layers)
    for thing in (twin.loss, twin):
        if not is_of_nnlib(thing) and base_of(thing) is not None:
            thing.__class__ = base_of(thing)
    if not is_of_nnlib(twin.loss):
        twin.loss = known_loss(twin.loss, output, y) or twin.loss
    twin._gather()
    return twin


def known_loss(loss, output, y):
    """nnlib's loss with the same values, for several outputs and labels, or None."""
    outputs = [output, output[:, : max(1, output.shape[1] // 2)], output[:, :1], (output * 0.9) + 0.04]
    kinds = (BinaryCrossEntropy(), CategoricalCrossEntropy(), MeanSquaredError(), MeanAbsoluteError(), Huber())

    def same(kind):
        try:
            with np.errstate(all="ignore"):
                pairs = [(kind(a, y[:, : a.shape[1]]), loss(a, y[:, : a.shape[1]])) for a in outputs]
        except ValueError:
            return False
        return np.allclose(*zip(*pairs, strict=True), rtol=1e-9, atol=0)

    return next(filter(same, kinds), None)


def trusted(mine, right, own, x, y, facts):
    """None, unless a part that nnlib does not know turns out wrong in the gradient check."""
    unknown = [place for place in right.places if not is_of_nnlib(place.part)]
    if not unknown and is_of_nnlib(right.loss):
        return None
    report = gradient_check(mine, x, y, sample=300)
    if report.passed:
        return None
    row = [row for row in report.rows if not row.passed][-1]
    where = f"in the {row.name} of block {row.block}, by the gradient check"
    evidence = {"key": (f"block {row.block}", row.name), "relative_error": row.relative_error}
    return Diagnosis("unknown", sentence("unknown", {**facts, "where": where}), evidence)


def is_of_nnlib(thing):
    return is_class_of_nnlib(type(thing))


def is_class_of_nnlib(kind):
    """Whether a class is one of nnlib's, not a subclass made elsewhere under the same name."""
    home = sys.modules.get(kind.__module__)
    return kind.__module__.startswith("nnlib.") and getattr(home, kind.__name__, None) is kind


def base_of(thing):
    """The class of nnlib that a learner's class was made from, or None."""
    return next(filter(is_class_of_nnlib, type(thing).__mro__), None)
