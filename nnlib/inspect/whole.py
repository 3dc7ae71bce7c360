"""A network of the learner's own that cannot be taken apart: its loss, its arrays and their gradients, as a whole.

Its data may stand in rows, its parts be called by any method, its loss know no gradient. So nothing is said of a part
by itself: the gradients are checked as those of functions are, and its `update` as an optimiser is.
"""

import contextlib
import copy

import numpy as np

from nnlib.activation import Sigmoid, Tanh
from nnlib.inspect import conduct, later, loop, motion, rules, runs, step_lines
from nnlib.inspect import own as adapted
from nnlib.inspect.chance import Chance
from nnlib.inspect.diagnosis import Diagnosis, close
from nnlib.inspect.functions import compared
from nnlib.inspect.graph import graph_of
from nnlib.inspect.sentences import sentence
from nnlib.parts.part import attributes, name_of

NAMELESS = (
    "the gradients of {name} are not to be found: keep each beside its parameter under a name like its own, such as dW "
    "for W, or use check_functions(loss, parameters, gradients)"
)
OF_CLASS = (
    "; {names} belong to the class, and so to every network of it: what is one network's own begins in its __init__"
)


class Whole:
    """A copy of a network with `layers`, `loss`, `model(x)` and `backward_step(labels)`, and data in its own order."""

    def __init__(self, own, x, y):
        self.own, self.x, self.y = copy.deepcopy(own), np.array(x), np.array(y)
        self.untouched = copy.deepcopy(own)
        self.own(self.x.copy())  # builds it, if need be
        pairs = adapted.gradients_called(*copy.deepcopy((self.own, self.holders)), self.x, self.y, usual=True)
        self.anew = False
        self.pairs = {}  # name: (number of its holder, where it is, where its gradient is)
        places = places_in(self.own.layers)
        rng, exchanged, self.first = np.random.default_rng(0), [], {}
        for k, each in [*[*enumerate(pairs)][1:], (0, pairs[0])]:  # the network's lists may hold what a layer does
            for (where, name), gradient in each.items():
                array = adapted.get(self.holders[k], where, name)
                if any(array is one for one in exchanged):
                    continue
                alike = np.ptp(array) == 0  # zeros hide mistakes
                exchanged.append(np.array(array + alike * rng.normal(0, 0.3, array.shape), float))
                adapted.exchange(self.own, {id(array): exchanged[-1]})
                inner = where and getattr(self.holders[k], where)
                label = f"{where}[{name!r}]" if isinstance(inner, (dict, list)) else f"{where}.{name}".strip(".")
                self.pairs[f"{places[k - 1]}.{label}" if k else label] = k, (where, name), gradient
                self.first[[*self.pairs][-1]] = np.array(array, float)
        if not self.pairs:
            self.own(self.x.copy())
            self.own.backward_step(self.y.copy())  # what fails in it is said first
            of_class = [name for name, one in vars(type(own)).items() if isinstance(one, (list, dict)) and len(one)]
            shared = OF_CLASS.format(names=" and ".join(of_class)) if of_class else ""
            raise TypeError(NAMELESS.format(name=name_of(own)) + shared)
        # what was exchanged is used, and gradients have their places
        self.own(self.x.copy())
        self.own.backward_step(self.y.copy())
        self.anew = self.begins_anew()

    def begins_anew(self):
        """Whether what the way back adds to the gradients is gone after an update, so that each step has its own."""
        twin = copy.deepcopy(self)
        if not adapted.steps_by_itself(twin.own):
            return False
        before = {name: array.copy() for name, array in twin.arrays().items()}
        seen, chance = [], Chance(parts=twin.holders)
        for updates in (0, 1, 1):
            try:
                for _ in range(updates):
                    twin.own.update()
                for name, array in twin.arrays().items():
                    array[...] = before[name]
                again(chance, lambda: twin.own(twin.x.copy()), lambda: twin.own.backward_step(twin.y.copy()))
            except Exception:  # an update that fails, or leaves what fails, has nothing to say of gradients
                return False
            seen.append(np.concatenate([np.ravel(array) for array in twin.arrays(True).values()]))
        return close(seen[1], seen[2]) and not close(seen[0], seen[1])

    @property
    def holders(self):
        return holders_of(self.own)

    def arrays(self, gradients=False):
        """`{name: array}` of the parameters, or of their gradients."""
        return arrays_of(self.own, self.pairs.items(), gradients)

    def checked(self, sample=None, seed=0, tolerance=1e-6, epsilon=1e-5, names=False):
        """The `FunctionsReport`, and the names of the parameters that the way back moves: they are put back.

        What is wrong has a name in it only if `names` are asked for.
        """
        own, x, y, before, pairs = self.own, self.x, self.y, self.arrays(), (*self.pairs.items(),)
        values = {name: array.copy() for name, array in before.items()}
        own(x.copy())
        own.backward_step(y.copy())
        moved = [name for name, array in self.arrays().items()
                 if array is not before[name] or not np.array_equal(array, values[name], equal_nan=True)]  # fmt: skip

        def put_back(gradients):
            if moved:
                for name, (k, where, _) in pairs:
                    before[name][...] = values[name]
                    adapted.put(holders_of(own)[k], *where, before[name])
            return gradients

        put_back(None)
        chance, summed = Chance(parts=self.holders), pairs if self.anew else ()
        # Their lines are none that could be mended: so they are no `def`.
        given = lambda: put_back(arrays_of(own, pairs, True))  # noqa: E731
        loss = lambda: again(chance, lambda: own.loss(own(x.copy()), y.copy()))  # noqa: E731
        back = lambda: again(chance, lambda: own(x.copy()), lambda: set_to_zero(own, summed),  # noqa: E731
                             lambda: own.backward_step(y.copy()), given)  # fmt: skip
        loss.__module__ = back.__module__ = given.__module__ = type(own).__module__  # what it calls is the learner's
        m = self.count()
        counts = (m, y.size // m if m in y.shape else None) if names else None
        return compared(loss, before, back, sample, tolerance, epsilon, seed, counts), moved

    def diagnosis(self, sample=None):
        """The mistake in the gradients, or in the update, or None."""
        if self.draws_on_the_way_back():
            return Diagnosis("mask_redrawn", sentence("mask_redrawn", {}), {})
        if kept := self.kept_from_before():
            return Diagnosis(kept, sentence(kept, {}), {})
        if beyond := runs.undefined(runs.Runner(self, self.x, self.y, None)):
            return self.told(*beyond)
        report, moved = Whole(self.own, self.x, self.y).checked(sample, names=True)
        again = not moved or self.moves_again()
        if moved and (again or (not report.passed and self.right_without_a_rate())):
            return Diagnosis("update_in_backward", sentence("update_in_backward", {}), {"keys": moved})
        asked = again and (report.passed or report.diagnosis.kind in ("sign", "gradients_pile_up"))
        found = self.of_steps() if asked else None
        if report.passed:
            found = self.of_size() or (None if found and found[0] == "step_uphill" and self.climbs() else found)
            found = found or self.decays_twice()
            given = loop.stays_as_given(self.untouched, self.x, self.y, rises=False)
            return self.told(*found) if found else self.beginning() or (given and self.saturated()) or self.run_on()
        if (one := self.shared()) is not None:
            return one
        if report.diagnosis.kind == "sign" and found and found[0] == "step_uphill":
            return Diagnosis("both_signs", sentence("both_signs", {}), {})
        if report.diagnosis.kind == "gradients_pile_up" and found and found[0] in ("nothing_moves", "never_moves"):
            return self.told(*found)  # what a step does not reach it does not begin anew either
        lost = report.diagnosis.kind == "without_effect"
        cut = self.cut(runs.Runner(self, self.x, self.y, None)) if lost else None
        return self.told(*cut) if cut else report.diagnosis

    def run_on(self):
        """The `Diagnosis` of what shows only when it is run on, or None."""
        equal = 1.0 * self.y
        equal[...] = equal.mean(axis=0 if adapted.in_rows(self.own, self.x) else -1, keepdims=True)
        runner = runs.Runner(self, self.x, self.y, equal)
        found = runs.of_labels(runner) or self.cut(runner)
        if found is None and adapted.steps_by_itself(self.own):
            runner.put(np.concatenate([np.ravel(one) for one in self.first.values()]))
            rate, pieces = motion.rate_of_any(self.holders), self.pieces()
            rises, weights = runs.steps_too_long(runner, rate), [at for _, at, one in pieces if one.ndim == 2]
            found = rises or runs.inputs_large(runner) or runs.hardly_moves(runner, rate, weights)
            steps = None if found else adapted.steps_of(self.own, self)
            found = found or (steps and runs.cuts_all(runner, steps))
            found = found if found and loop.stays_as_given(self.untouched, self.x, self.y, bool(rises)) else None
        return self.told(*found) if found else None

    def cut(self, runner):
        """(kind, facts) of weights behind which numbers are cut to whole ones, so that they change nothing, or None."""
        return runs.cut(runner, [(name, piece) for name, piece, array in self.pieces() if array.ndim == 2])

    def decays_twice(self):
        """(kind, facts) of an L2 term that is in the loss, and in the update once more, or None."""
        steps = adapted.steps_of(self.own, self)
        return runs.decays_twice(runs.Runner(self, self.x, self.y, None), steps, self.pieces()) if steps else None

    def pieces(self):
        """`(name, where it is among all parameters, array)` of each parameter."""
        arrays = self.arrays()
        ends = np.cumsum([0, *(array.size for array in arrays.values())])
        return [(name, slice(*ends[k : k + 2]), array) for k, (name, array) in enumerate(arrays.items())]

    def climbs(self):
        """Whether what is called a loss is below zero, as a likelihood's logarithm is, which is to rise."""
        return float(self.own.loss(self.own(self.x.copy()), self.y.copy())) < 0

    def moves_again(self):
        """Whether an update moves parameters after the way back: else going back and updating are one."""
        twin = copy.deepcopy(self)
        if not adapted.steps_by_itself(twin.own):
            return False
        twin.own(self.x.copy())
        twin.own.backward_step(self.y.copy())
        before = twin.values()
        twin.own.update()
        return not np.array_equal(before, twin.values(), equal_nan=True)

    def right_without_a_rate(self):
        """Whether gradients are right if the way back, which moves parameters, moves them by nothing."""
        twin = copy.deepcopy(self.own)
        set_any = [motion.set_rate(one, 0.0) for one in holders_of(twin)]
        return any(set_any) and Whole(twin, self.x, self.y).checked()[0].passed

    def kept_from_before(self):
        """The kind of a gradient that depends on the batch before, though it has been set to zero, or None."""
        other = 0.75 * np.roll(self.x, 1, axis=0) + 0.1
        alone, again, after = (self.gradient_after(*batches) for batches in ([self.x], [self.x], [other, self.x]))
        moved = alone is None or after is None
        return "remembers" if not moved and close(alone, again) and not close(alone, after) else None

    def gradient_after(self, *batches):
        """The gradients of a network as it was given, after these batches; None if that moves its parameters."""
        own = copy.deepcopy(self.untouched)
        chance = Chance(parts=holders_of(own))
        try:
            before = {name: np.array(one) for name, one in arrays_of(own, self.pairs.items(), False).items()}
        except (AttributeError, LookupError, TypeError):  # it is built at its first call
            return None
        for k, batch in enumerate(batches):
            with chance:
                if k:
                    set_to_zero(own, self.pairs.items())
                own(batch.copy())
                own.backward_step(self.y.copy())
        parameters = arrays_of(own, self.pairs.items(), False)
        if not all(np.array_equal(before[name], array, equal_nan=True) for name, array in parameters.items()):
            return None
        return np.concatenate([np.ravel(one) for one in arrays_of(own, self.pairs.items(), True).values()])

    def of_size(self):
        """(kind, facts) of gradients that are divided by the number of all examples where a few come, or None."""
        m, rows = self.count(), adapted.in_rows(self.untouched, self.x)
        few = (slice(m // 2),) if rows else (..., slice(m // 2))
        seen, fitted = copy.deepcopy(self.untouched), loop.trained(self.untouched, self.x, self.y)
        for own in (seen, fitted and fitted[1]) if m > 3 else ():
            try:
                with Chance(parts=holders_of(seen)):
                    seen(self.x.copy())
                    seen.backward_step(self.y.copy())
                arrays = Whole(own, self.x[few], self.y[few]).checked(12)[0].arrays.values()
            except Exception:  # there is none, or it is built for one size
                continue
            known = [(mine, right, np.isfinite(right)) for mine, right, passed in arrays if not passed]
            if known and all(np.shape(a) == b.shape and close(a[c] * m, b[c] * (m // 2), 1e-5) for a, b, c in known):
                return "examples_remembered", {"count": m, "m": m // 2}
        return None

    def beginning(self):
        """The `Diagnosis` of hidden units that are all the same and, at whatever rate, stay so, or None."""
        twin, counts = self.as_given(), {name: np.any(one) for name, one in self.arrays(True).items()}
        arrays = twin.arrays()
        for _ in range(4):
            set_to_zero(twin.own, twin.pairs.items())
            twin.own(self.x.copy())
            twin.own.backward_step(self.y.copy())
            for name, gradient in twin.arrays(True).items():
                arrays[name] -= 0.5 * np.reshape(gradient, arrays[name].shape)
        after = [*[*arrays.values()][1:], np.empty(0)]
        for (name, array), other in zip(arrays.items(), after, strict=True):
            axes = (0, 1) if counts[name] and array.ndim == 2 and min(array.shape) > 1 else ()
            both = self.first[name], array
            alike = [axis for axis in axes if not any(np.ptp(one, axis=axis).any() for one in both)]
            if alike:  # of zeros both axes are: a bias, or the next weights, have a number for each unit
                sizes = [array.shape[axis] for axis in alike]
                facts = {"units": max(sizes, key=lambda n: n in (other.size, *other.shape))}
                text = sentence("units_equal", facts)
                return Diagnosis("units_equal", f"{name}: {text[0].lower()}{text[1:]}", facts)
        return None

    def as_given(self):
        """A copy whose parameters are those that the network came with."""
        twin = copy.deepcopy(self)
        for name, array in twin.arrays().items():
            array[...] = self.first[name]
        return twin

    def graph(self):
        """The `Graph` of what it computes from its examples, or None."""
        own, x = self.own, self.x
        up = lambda: own(x.copy())  # noqa: E731
        up.__module__ = type(own).__module__  # what it calls is the learner's
        return graph_of(up, self.arrays(), False)

    def saturated(self):
        """The `Diagnosis` of a hidden bend that nothing gets through, or little, if equal answers would be better."""
        equal = 1.0 * self.y
        equal[...] = equal.mean(axis=0 if adapted.in_rows(self.own, self.x) else -1, keepdims=True)
        twin = self.as_given()
        output, graph = np.array(twin.own(self.x.copy())), twin.graph()
        like = output.shape == equal.shape
        poor = like and self.own.loss(output, self.y) > self.own.loss(equal, self.y)
        for bend in graph.bends if graph is not None else ():
            if bend.layer is not None and bend.next is not None and later.silent(bend.source.value, bend.end.value):
                units = bend.end.value.shape[1 if adapted.in_rows(self.own, self.x) else 0]
                text = sentence("units_silent", {"units": units})
                return Diagnosis("units_silent", f"{bend.layer.name}: {text[0].lower()}{text[1:]}", {"units": units})
            if poor and isinstance(bend.form, (Sigmoid, Tanh)) and bend.layer is not None and bend.next is not None:
                slopes, z = bend.form.gradient(bend.source.value), bend.source.value
                facts = {"share": float((slopes < 1e-3 * bend.form.gradient(0.0)).mean()), "size": np.abs(z).mean()}
                if facts["share"] > 2 / 3:
                    text = sentence("saturated", facts)
                    return Diagnosis("saturated", f"{bend.layer.name}: {text}", facts)
        return None

    def count(self):
        """How many examples there are."""
        return self.x.shape[0 if adapted.in_rows(self.own, self.x) else -1]

    def draws_on_the_way_back(self):
        """Whether two ways back after one way up give two answers, as often as new random numbers are drawn."""
        own = copy.deepcopy(self.own)
        chance = Chance(parts=holders_of(own))
        with chance:
            own(self.x.copy())
            twins = [copy.deepcopy(own) for _ in range(2)]
            for twin in twins:
                set_to_zero(twin, self.pairs.items())
                twin.backward_step(self.y.copy())
                np.random.random()  # noqa: NPY002 - so that the second begins elsewhere
                for generator, _ in Chance(parts=holders_of(twins[1])).own:
                    generator.random()
        one, other = (arrays_of(twin, self.pairs.items(), True) for twin in twins)
        return not all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)

    def shared(self):
        """The `Diagnosis` of one object in several places, if all is right with one for each of them, or None."""
        part = shared_part(self.own, self.x, self.y, {k for k, *_ in self.pairs.values()})
        return part or shared_array(self.untouched, self.x, self.y)

    def of_steps(self):
        """(kind, facts) of a well-known wrong rule that the update follows, or None."""
        steps, gradients = adapted.steps_of(self.own, self), self.arrays(True)
        if steps is None or any(np.shape(gradients[name]) != array.shape for name, array in self.arrays().items()):
            return None
        layers = len({k for k, *_ in self.pairs.values()})
        found = rules.named(steps, layers) or self.of_arrays(steps)
        look = {"": conduct.mixed, "moves_elsewhere": conduct.mixed_up}.get(found[0] if found else "")
        if look and (mixed := look(steps)):
            return "memories_mixed", {"names": " and ".join([*self.pairs][k] for k in mixed)}
        if found is None or found[0] in ("step_not_finite", "moves_elsewhere"):  # which may be said by its line
            found = step_lines.of_lines(steps, layers) or found
        return conduct.one_sided(steps) or found if found is None or found[0] == "moves_elsewhere" else found

    def of_a_mean(self):
        """Whether twice the same examples have the loss of these examples once."""
        return later.of_a_mean(self.own, self.x, self.y, 0 if adapted.in_rows(self.own, self.x) else -1)

    def told(self, kind, facts):
        """The `Diagnosis` of a rule that the update follows, or some arrays of it."""
        text, names = sentence(kind, facts), [[*self.pairs][k] for k in facts.get("arrays", ())]
        return Diagnosis(kind, f"{' and '.join(names)}: {text[0].lower()}{text[1:]}" if names else text, facts)

    def of_arrays(self, steps):
        """(kind, facts) of an update that takes some arrays elsewhere than along their own gradient, or None."""
        start, gradient = np.random.default_rng(0).standard_normal((2, self.values().size))
        moves = motion.moves_of(motion.fresh(steps), start, gradient[np.newaxis])
        if moves is None or not np.isfinite(moves).all():
            return None
        pieces = [(name, self.holders[self.pairs[name][0]], piece) for name, piece, _ in self.pieces()]
        if found := later.astray(pieces, moves[0], gradient, start, steps):
            return found[0], {"names": " and ".join(found[1])}
        if later.averaged(steps, self.count()) and self.of_a_mean():
            return "step_averaged", {"m": self.count()}
        moved = -motion.moves_of(motion.fresh(steps), 0 * start, gradient[np.newaxis])[0]
        units = [(name, len(self.arrays()[name]), one) for name, _, one in pieces]
        kind, facts, of = later.shorter(units, moved, gradient, self.count()) or (None, {}, ())
        return (kind, {**facts, "names": " and ".join(of)}) if kind else None

    # What `OwnSteps` asks of a network -----------------------------------------------------------------

    def held(self):
        """Each parameter's array."""
        return [*self.arrays().values()]

    def slopes(self):
        """Each parameter's gradient."""
        return [*self.arrays(True).values()]

    def sizes(self):
        """Of each parameter the holder's number and the number of its numbers."""
        return [(k, array.size) for (k, *_), array in zip(self.pairs.values(), self.arrays().values(), strict=True)]

    def put(self, parameters, gradients):
        for values, which in ((parameters, False), (gradients, True)):
            start = 0
            for array in self.arrays(which).values():
                array[...] = values[start : start + array.size].reshape(array.shape)
                start += array.size

    def values(self):
        return np.concatenate([np.ravel(array) for array in self.arrays().values()])


def shared_part(own, x, y, held=()):
    """The `Diagnosis` of one object in several places, if all is right with one for each of them, or None.

    Those that are `held`, by number, have parameters.
    """
    parts, twin = adapted.parts_of(own.layers), copy.deepcopy(own)
    again = [k for k, part in enumerate(parts) if k + 1 not in held and hasattr(part, "__dict__")
             and any(part is one for one in parts[:k])]  # fmt: skip
    if not again:
        return None
    mine = adapted.parts_of(twin.layers)
    each = iter([copy.deepcopy(part) if k in again else part for k, part in enumerate(mine)])
    kind = type(twin.layers) if isinstance(twin.layers, (list, tuple)) else list
    twin.layers = kind(
        type(one)(next(each) for _ in one) if isinstance(one, (tuple, list)) else next(each) for one in twin.layers
    )
    report, moved = Whole(twin, x, y).checked()
    if moved or not report.passed:
        return None
    first = parts[again[0]]
    named = zip(places_in(own.layers), parts, strict=True)
    places = " and ".join(f"`{place}`" for place, part in named if part is first)
    return Diagnosis("shared_part", sentence("shared_part", {"places": places, "part": name_of(first)}), {})


def shared_array(own, x, y):
    """The `Diagnosis` of one array in several places, if all is right with one for each of them, or None."""
    twin, seen, again = copy.deepcopy(own), {}, {}
    for k, holder in enumerate(holders_of(twin)):
        for (where, name), array in adapted.named_arrays(holder).items():
            called = f"{where}[{name!r}]" if where else name
            label = f"{places_in(twin.layers)[k - 1]}.{called}" if k else called
            if seen.setdefault(id(array), (label, array))[0] != label:
                again.setdefault(seen[id(array)][0], []).append(label)
                adapted.put(holder, where, name, array.copy())
    if not again or not Whole(twin, x, y).checked()[0].passed:
        return None
    first, others = next(iter(again.items()))
    facts = {"names": " and ".join(f"`{one}`" for one in (first, *others))}
    return Diagnosis("one_array", sentence("one_array", facts), facts)


def labels_reshaped(own, x, y):
    """The `Diagnosis` of labels on which the way back fails, if all is right with them in the shape of the outputs."""
    shape, y = np.shape(copy.deepcopy(own)(np.array(x))), np.array(y)
    if shape == y.shape or np.prod(shape) != y.size:
        return None
    twin = copy.deepcopy(own)
    try:
        twin(np.array(x))
        twin.backward_step(y.copy())
    except Exception:
        with contextlib.suppress(Exception):  # it has another mistake then
            if Whole(own, x, y.reshape(shape)).checked()[0].passed:
                facts = {"one": shape, "other": y.shape, "many": y.size, "made": y.size**2}
                text = f"Your outputs and your labels: {sentence('column_met_row', facts)}"
                return Diagnosis("column_met_row", text, facts)
    return None


def set_to_zero(own, pairs):
    """Have a network begin its gradients anew: by a method of its own, or those that its update sets to zero."""
    adapted.set_to_zero(own)
    for array in arrays_of(own, pairs, True).values():
        if isinstance(array, np.ndarray):
            array[...] = 0


def again(chance, *works):
    """What the last of some works gives, all with the random numbers of the last time."""
    with chance:
        return [work() for work in works][-1]


def places_in(layers):
    """What the parts are called: `layers[1]`, or `layers[0][1]` where they stand in blocks."""
    inner = [range(len(one)) if isinstance(one, (tuple, list)) else [None] for one in layers]
    return [f"layers[{k}]" if j is None else f"layers[{k}][{j}]" for k, one in enumerate(inner) for j in one]


def holders_of(own):
    """What holds the arrays of a network: itself, and its parts."""
    return [own, *adapted.parts_of(own.layers)]


def arrays_of(own, pairs, gradients):
    """`{name: array}` of a network's parameters, or of their gradients."""
    holders = holders_of(own)
    return {name: adapted.get(holders[k], *where[gradients]) for name, (k, *where) in pairs}


def weights_whole(own, x, y):
    """The `Diagnosis` of parameters that hold whole numbers, before a step and after it, or None."""
    own, found = copy.deepcopy(own), {}
    if not adapted.steps_by_itself(own):
        return None
    for stepped in (False, True):
        with contextlib.suppress(Exception):  # what fails is run again, and says so
            own(np.array(x))
            own.backward_step(np.array(y))
            if stepped:
                own.update()
        arrays = [{name: one for name, one in attributes(holder).items() if isinstance(one, np.ndarray)}
                  for holder in holders_of(own)]  # fmt: skip
        found[stepped] = [name for held in arrays for name, one in held.items() if one.dtype.kind in "iu"
                          and any(adapted.is_gradient("", name, "", other) and its.shape == one.shape
                                  for other, its in held.items() if other != name)]  # fmt: skip
    names = [name for name in found[False] if name in found[True]]
    facts = {"names": " and ".join(dict.fromkeys(names))}
    return Diagnosis("weights_whole", sentence("weights_whole", facts), facts) if names else None
