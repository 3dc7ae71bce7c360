"""Name the mistake in a network.

    print(diagnose(model, x, y))

The gradient check is the judge, this is the advocate: first it is measured whether the gradients are right. If they
are, only what one batch cannot show is suspected, and each suspect is run. If they are not, the network is walked from
its loss down, each part is measured by itself, and a name is given to what a well-known wrong formula gives exactly.
"""

import contextlib
from dataclasses import replace

import numpy as np

from nnlib.inspect import later, loop, motion, predict, runs
from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of, parameter_slices
from nnlib.inspect.diagnosis import Diagnosis, ratio_of
from nnlib.inspect.function_slips import VAGUE, without_small_numbers
from nnlib.inspect.functions import SMALLER
from nnlib.inspect.gradient_check import float32_part, gradient_check
from nnlib.inspect.kept import lost_on_the_way
from nnlib.inspect.locate import Walk
from nnlib.inspect.measure import grad_of_loss, nudged
from nnlib.inspect.model_slips import model_kinds
from nnlib.inspect.naming import kinds_of, slope_there
from nnlib.inspect.own import as_model, steps_of
from nnlib.inspect.own_lines import mend_of_loss, mend_of_part, mend_of_way_up
from nnlib.inspect.recognise import same
from nnlib.inspect.sentences import sentence
from nnlib.inspect.shapes import wrong_shape
from nnlib.inspect.whole import Whole, labels_reshaped, shared_part, weights_whole
from nnlib.model import NeuralNetwork
from nnlib.parts.part import parameter_names

SAMPLE = 200
OUT = 4.0  # so large outputs are tried too: a sigmoid of it is 0.98
LOST = {"zeros", "whole_numbers", "decided_first"}  # what is left of a gradient then does not say of what it was one
UPHILL = {"step_uphill", "array_uphill"}  # if the gradients are wrong, these may be right


@np.errstate(all="ignore")  # what NumPy warns of in the many runs of a learner's code would hide what is said
def diagnose(model, x, y):
    """The mistake in `model`, as a `Diagnosis`, or None if nothing wrong can be shown.

    `model` is a `NeuralNetwork`, with parts, a loss or an optimiser of your own, or a class of your own with `layers`,
    `loss`, `model(x)` and `backward_step(labels)`, which keeps each gradient under a name like its parameter's, such
    as `dW` for `W`, or any, if no other array of this shape is filled there; if it has an `update`, that is run, too,
    and so is its `fit`, for two epochs.
    `x` `(features, examples)`, `y` `(k, examples)`, in a class of your own in rows as well; best between 5 and 50
    examples, of more than one kind. Nothing of it is changed: all is done on copies in float64, in which parameters
    that are all alike, as biases at the start, have been moved apart.

    Gradients wrong, by `gradient_check`: never None. `kind` is the name of the mistake if a well-known wrong formula
    gives the same numbers, else "unknown"; the sentence says where it stands, and how the gradients differ from the
    measured ones. Gradients right: a mistake is named only if a second batch, an update, a prediction or a run of 30
    steps, 300 where nothing moves, shows it.
    `diagnosis.besides` holds further mistakes in the same network.

    Raises what the network raises, and TypeError for what is no network: see `check_functions`.
    """
    found = of_phases(model, x, y)
    if found is not None or isinstance(model, NeuralNetwork):
        return found
    found = predict.mistaken(model, x, y)
    found = loop.torn(model, x, y) or (Diagnosis(found[0], sentence(*found), found[1]) if found else None)
    return found or lost_on_the_way(model, x, y)


def of_phases(model, x, y):
    """The mistake in one of the four phases, or None."""
    whole, model = model, as_model(model, x, y)
    if model is None:
        return weights_whole(whole, x, y) or labels_reshaped(whole, x, y) or Whole(whole, x, y).diagnosis(SAMPLE)
    model.entrance.examples(x, finite=True)
    given = copy_of(model, np.float64)
    x, y = given.entrance.pair(np.array(x), np.array(y))
    mine = nudged(copy_of(given))
    facts = {"m": x.shape[1], "k": y.shape[0], "others": x.shape[1] - 1}
    try:
        found = wrong_shape(mine, x, y)
    except Exception:
        if hasattr(mine, "own") and (shared := shared_part(whole, x, y)):
            return shared
        kept = later.kept_from_before(mine, x, y)
        if kept is None:
            raise
        return told(kept, facts, mine)
    if found is not None:
        return (found.kind == "not_finite" and begins_large(mine, x, y, facts)) or found
    early = later.moved_too_early(mine, x, y)
    if early and hasattr(mine, "plain") and early[0] == "update_in_backward":
        return Whole(whole, x, y).diagnosis(SAMPLE)  # one that does both at once may do so in the right order
    if early:
        return told(early, facts, mine)
    if beyond := runs.undefined(runs.Runner(given, x, y, None)):
        return told((*beyond, ()), facts, mine)
    report = gradient_check(mine, x, y, sample=SAMPLE)
    if report.passed or right_but_for_safety(mine, x, y):
        suspects = (
            later.second_batch(mine, x, y) or of_size(mine, whole, x, y),
            later.update(given, x, y),
            later.predicting(mine, x),
            later.unasked(mine, x),
            later.beginning(given),
            later.saturated(given, x, y) if as_given(given, x, y) else None,
        )
        shown = [told(suspect, facts, mine) for suspect in suspects if suspect]
        shown = shown or [one for one in [further_out(mine, x, y, facts)] if one]
        shown = shown or [told(one, facts, mine) for one in [run_on(given, x, y)] if one]
        return together(shown) if shown else None
    place = float32_part(mine, x)
    if place is not None:
        text = placed(later.label([place]), sentence("float32", facts))
        arrays = arrays_of(report)
        return Diagnosis("float32", with_measure(text, "unknown", arrays), {**facts, "arrays": arrays})
    step, known = later.update(given, x, y), np.isfinite(report.numeric)
    turned = same(-report.analytic[known], report.numeric[known], 1e-6)
    if turned and hasattr(mine, "plain") and step and step[0] == "step_uphill":
        return told(("both_signs", {}, ()), facts, mine)
    found = named(mine, x, y, report, facts)
    return together([found, told(step, facts, mine)]) if step and step[0] not in UPHILL else found


def of_size(model, whole, x, y):
    """(kind, facts, ()) of gradients that are divided by the number of all examples where a few come, or None."""
    if hasattr(model, "own"):  # what its training loop has told it counts too
        found = Whole(whole, x, y).of_size()
        return (*found, ()) if found else None
    m, few = x.shape[1], x.shape[1] // 2
    report = gradient_check(model, x[:, :few], y[:, :few], sample=40) if m > 3 else None
    if report is None or report.passed:
        return None
    known = np.isfinite(report.numeric)
    mine, right = report.analytic[known], report.numeric[known]
    off = np.abs(mine - right) > 1e-3 * np.abs(right).max(initial=0)
    return ("examples_remembered", {"count": m, "m": few}, ()) if same(mine[off] * m, right[off] * few, 1e-5) else None


def run_on(model, x, y):
    """(kind, facts, places) of what shows only when a network is run on, or None."""
    equal = np.repeat(1.0 * y.mean(axis=1, keepdims=True), y.shape[1], axis=1)
    runner = runs.Runner(model, x, y, equal)
    weights = [(f"the {name} of block {place.block}", piece) for place, name, piece in parameter_slices(model)
               if np.ndim(getattr(place.part, name)) == 2 and "bias" not in name]  # fmt: skip
    found = runs.of_labels(runner) or runs.cut(runner, weights)
    if found is None and model.clip_norm is None:
        rate = motion.rate_of(model.optimizer)
        rises = runs.steps_too_long(runner, rate)
        found = rises or runs.inputs_large(runner) or runs.hardly_moves(runner, rate, [one for _, one in weights])
        steps = steps_of(model.own, model) if hasattr(model, "own") else model.optimizer
        found = found or (steps and runs.cuts_all(runner, steps))
        found = found if found and as_given(model, x, y, bool(rises)) else None
    return (*found, ()) if found else None


def as_given(model, x, y, rises=False):
    """Whether a network learns from the examples as they are, so far as can be seen, and, if asked, its loss rises."""
    return not hasattr(model, "own") or loop.stays_as_given(model.own, x, y, rises)


def right_but_for_safety(model, x, y):
    """Whether gradients are those of the loss without the small numbers that keep its logarithms from zero."""
    for times in SMALLER:
        twin = copy_of(model)
        if (made := without_small_numbers(twin.loss, [])) is None:
            return False
        for one in (twin, *([twin.own] if hasattr(twin, "own") else [])):
            one.loss = made
        twin.parameters[:] *= times
        report = gradient_check(twin, x, y, sample=SAMPLE)
        output = np.array(twin(x))
        if report.passed or np.isfinite(twin.loss(output, y)):
            return report.passed
    return False


def begins_large(model, x, y, facts):
    """The diagnosis of a network whose gradients are no numbers, and right with smaller weights, or None."""
    for share in (10.0, 100.0, 1000.0):
        twin = copy_of(model)
        size = float(np.sqrt(np.mean(twin.parameters**2)))
        twin.parameters[:] /= share
        with contextlib.suppress(Exception):  # with a mistake besides it has another name
            if size > 1 and wrong_shape(twin, x, y) is None and gradient_check(twin, x, y, sample=SAMPLE).passed:
                return told(("begins_large", {"size": size, "share": share}, ()), facts, model)
    return None


def further_out(model, x, y, facts):
    """The diagnosis of a network whose gradients are right as it is, and plainly wrong for larger outputs, or None."""
    twin = copy_of(model)
    plain = twin.plain() if hasattr(twin, "plain") else twin
    with Chance(plain):
        plain(x)
    last = [index for index, place in enumerate(plain.places) if parameter_names(place.part)][-1]
    size, part = np.abs(plain.places[last].output).max(), twin.places[last].part
    if not 0 < size < OUT or float32_part(model, x) is not None:
        return None
    for name in parameter_names(part):
        setattr(part, name, np.asarray(getattr(part, name)) * (OUT / size))
    twin._gather()
    report = gradient_check(twin, x, y, sample=SAMPLE)
    known = np.isfinite(report.numeric)
    wrong = np.linalg.norm((report.analytic - report.numeric)[known])
    if report.passed or not wrong > 0.01 * np.linalg.norm(report.numeric[known]):
        return None
    found = named(twin, x, y, report, facts)
    text = f"Here all gradients are right; where your last layer gives out larger numbers, up to {OUT:g}, they are not."
    return replace(found, sentence=f"{text} {found.sentence}")


def told(suspect, facts, model):
    kind, more, places = suspect
    text = sentence(kind, {**facts, **more})
    evidence = {**facts, **more, "places": indices(places, model)}
    return Diagnosis(kind, placed(later.label(places), text) if places else text, evidence)


def divided_by_one(kind, faults):
    """Whether a name says no more than that the mean is missing."""
    count = {"units_for_examples": "units", "features_for_examples": "features"}.get(kind)
    return count is not None and all(fault.kinds[kind][count] == 1 for fault in faults)


def indices(places, model):
    chosen = {(place.block, place.index) for place in places}
    return [index for index, place in enumerate(model.places) if (place.block, place.index) in chosen]


def placed(where, text):
    return f"{where}: {text[0].lower()}{text[1:]}"


def together(shown):
    """One diagnosis of several mistakes: the first, with the others besides."""
    first, *rest = shown
    if not rest:
        return first
    text = f"{first.sentence} And besides: {' And: '.join(other.sentence for other in rest)}"
    return Diagnosis(first.kind, text, first.evidence, first.also, (*first.besides, *rest))


def named(model, x, y, report, facts):
    """The diagnosis of a network whose gradients are wrong."""
    later_found = later.second_batch(model, x, y, wrong=True)
    if later_found:
        return told(later_found, facts, model)
    judged = model.plain() if hasattr(model, "plain") else model
    agrees = {(row.block, row.name) for row in report.rows if row.passed}
    walk = Walk(judged, x, y, agrees)
    arrays = arrays_of(report)
    evidence = {**facts, "arrays": arrays}
    if not walk.faults:
        return way_back(model, walk, x, y, report, evidence)
    if kept := later.kept_from_before(judged, x, y, report.numeric):
        return told(kept, facts, model)
    for fault in walk.faults:
        fault.kinds = kinds_of(walk, fault)
    handed_through(walk)
    cut_off_too(walk.faults)
    shortened(walk.faults)
    faults = [fault for fault in walk.faults if not excused(fault, walk)]
    nameless = [fault for fault in faults if [*fault.kinds] in ([], ["ratio"])]
    alone = {id(fault.place): [one for one in nameless if one.place is fault.place] for fault in nameless}
    by_line = {}
    for there in alone.values():
        mend = mend_of(walk, there)
        up = mend is None and all(one in nameless for one in faults if one.place is there[0].place)
        mend = mend_of_way_up(walk, there[0].place, there) if up else mend
        if mend is not None:
            by_line.setdefault(mend.says, (mend, [], up))[1].extend(there)
    told_by_line = {id(fault) for _, there, _ in by_line.values() for fault in there}
    for fault in [fault for fault in nameless if id(fault) not in told_by_line]:
        fault.kinds = fault.kinds or slope_there(walk, fault)
    groups = grouped([fault for fault in faults if id(fault) not in told_by_line])
    shown = [one_of(group, groups, model, arrays, evidence) for group in groups if group[0]]
    shown += [line_of(mend, there, model, evidence, up) for mend, there, up in by_line.values()]
    shown += [one_of(group, groups, model, arrays, evidence) for group in groups if not group[0]]
    loss_alone = all(one.place is None and not one.fused for one in walk.faults)
    meant = any("slope_after_shortcut" in one.kinds for one in walk.faults)  # which the way back may well want
    if hasattr(model, "plain") and loss_alone and not meant:
        shown += beside_the_loss(model, x, y, evidence)
    alone = all(one.place is None for one in walk.faults)
    if alone and shown[0].kind in VAGUE and makes_one_elsewhere(walk.values[-1]):
        return told(("softmax_axis", {}, [model.places[-1]]), facts, model)
    return together(shown)


def makes_one_elsewhere(a):
    """Whether probabilities make 1 along the examples, or all together, and not for each example."""
    apart = a.ndim == 2 and len(a) > 1 and (a >= 0).all() and not np.allclose(a.sum(axis=0), 1)
    return apart and (np.allclose(a.sum(axis=1), 1) or np.isclose(a.sum(), 1))


def way_back(model, walk, x, y, report, evidence):
    """The diagnosis of a network whose parts are all right one by one."""
    kind, more = model_kinds(model, walk, x, y, report)
    if kind == "backward_step" and hasattr(model, "plain"):
        found = Whole(model.own, x, y).diagnosis(SAMPLE)
        if found is not None and found.kind not in (VAGUE | {"ratio"}) - {"handed_down"}:
            text = f"All parts are right one by one; your network's own way back is not. {found.sentence}"
            return replace(found, sentence=text, evidence=evidence | found.evidence)
    text = with_measure(sentence(kind, {**evidence, **more}), kind, evidence["arrays"])
    return Diagnosis(kind, text, {**evidence, **more})


def beside_the_loss(model, x, y, evidence):
    """`[Diagnosis]` of a network's own way back that is wrong with the right gradient of its loss too."""
    twin = copy_of(model)
    twin.loss = twin.own.loss = Measured(twin.loss)
    report = gradient_check(twin, x, y, sample=SAMPLE)
    if report.passed:
        return []
    walk = Walk(twin.plain(), x, y)
    found = way_back(twin, walk, x, y, report, evidence) if not walk.faults else None
    return [found] if found and found.kind != "backward_step" else []


class Measured:
    """A loss whose gradient is measured."""

    def __init__(self, loss):
        self.loss = loss

    def __call__(self, output, y):
        return self.loss(output, y)

    def gradient(self, output, y):
        return grad_of_loss(lambda *pair: float(self.loss(*pair)), output, y).central


def mend_of(walk, faults):
    """The `Mend` of the one place, or of the loss, at which the faults are, or None."""
    place = faults[0].place
    return mend_of_loss(walk, faults[0]) if place is None else mend_of_part(walk, place, faults)


def line_of(mend, faults, model, evidence, up):
    """The diagnosis of parts, or of the loss, by the one small change of its own lines that puts it right."""
    places = list(dict.fromkeys(fault.place for fault in faults if fault.place is not None))
    where = later.label(places) if places else f"Your loss, {later.called(model.loss)}"
    what = " and ".join(dict.fromkeys(CALLED.get(fault.what, f"its {fault.what}") for fault in faults))
    text = f"{where}: wrong is {what}. {mend.says} {mend.when}, it is as measured."
    if up:
        text = f"{where}: {what} belongs to another way up. {mend.says} {mend.when}, both agree. Which do you mean?"
    evidence |= {"places": indices(places, model), "arrays_at_fault": [fault.what for fault in faults]}
    also = ("way_up",) if up else ()
    return Diagnosis(mend.kind.replace("-", "_"), text, {**evidence, "mend": mend.kind}, also)


def cut_off_too(faults):
    """Arrays without a name that are cut off where another of their part is: of few numbers alone it would not show."""
    for fault in [one for one in faults if not one.kinds]:
        for facts in [one.kinds["clipped"] for one in faults if "clipped" in one.kinds and one.place is fault.place]:
            if same(np.clip(fault.right, -facts["limit"], facts["limit"]), fault.mine, 1e-6):
                fault.kinds = {"clipped": facts}


def shortened(faults):
    """Arrays that are right but for their length, which is a round number, or the same for several."""
    short = [(fault, float(np.linalg.norm(fault.mine))) for fault in faults if list(fault.kinds) == ["ratio"]]
    for fault, length in short:
        again = sum(abs(length / other - 1) < 1e-9 for _, other in short) > 1
        longer = np.isfinite(fault.right).all() and np.linalg.norm(fault.right) > length and np.ptp(np.abs(fault.mine))
        if longer and (again or abs(float(f"{length:.2g}") / length - 1) < 1e-9):
            fault.kinds = {"shortened": {"length": length}}


def handed_through(walk):
    """Take a loss's gradient, if it may be any, and the last activation hands it down as it is, for that of both."""
    last = [one for one in walk.faults if one.place is walk.model.places[-1] and one.what == "inputs"]
    last = [one for one in last if "softmax_axis" not in one.kinds]
    loss = [one for one in walk.faults if one.place is None and {*one.kinds} <= {"ratio"} | LOST]
    if last and loss and not loss[0].fused and same(last[0].mine, last[0].arriving):
        both = replace(loss[0], slopes=last[0].slopes, fused=True)
        both.kinds = loss[0].kinds if {*loss[0].kinds} & LOST else kinds_of(walk, both)
        walk.faults = [both if one is loss[0] else one for one in walk.faults if one is not last[0]]


def excused(fault, walk):
    """Whether p - y is blamed on a loss though a last activation hands it down as it is, and is itself the mistake."""
    through = [one for one in walk.faults if "softmax_axis" in one.kinds and same(one.mine, one.arriving)]
    return fault.place is None and bool(through) and same(fault.mine, walk.values[-1] - walk.labels)


def grouped(faults):
    """[(kinds, faults)]: the fewest kinds that explain all faults; faults without a name stand alone at the end."""
    open_faults, groups = [fault for fault in faults if fault.kinds], []
    while open_faults:
        order = {}
        for fault in open_faults:
            for rank, kind in enumerate(fault.kinds):
                count, best = order.get(kind, (0, 99))
                order[kind] = (count + 1, min(best, rank))
        kind = max(order, key=lambda name: (order[name][0], -order[name][1]))
        covered = [fault for fault in open_faults if kind in fault.kinds]
        also = [other for other in covered[0].kinds if other != kind and all(other in fault.kinds for fault in covered)]
        groups.append(([kind, *also], covered))
        open_faults = [fault for fault in open_faults if kind not in fault.kinds]
    nameless = [fault for fault in faults if not fault.kinds]
    if nameless:
        groups.append(([], nameless))
    return groups


def one_of(group, groups, model, arrays, evidence):
    """The diagnosis of the faults that one kind explains."""
    kinds, faults = group
    places = list({id(fault.place): fault.place for fault in faults if fault.place is not None}.values())
    where = later.label(places) if places else f"Your loss, {later.called(model.loss)}"
    what = list(dict.fromkeys(CALLED.get(fault.what, f"its {fault.what}") for fault in faults))
    evidence = {**evidence, "places": indices(places, model), "arrays_at_fault": [fault.what for fault in faults]}
    if not kinds:
        alone = ", and everything else is right by itself" if len(groups) == 1 else ""
        text = f"{where}: wrong is {' and '.join(what)}{alone}. It is none of the usual mistakes."
        return Diagnosis("unknown", with_measure(text, "unknown", arrays), evidence)
    others = [
        fault for _, faults_there in groups for fault in faults_there if fault.place in places and fault.what != "bias"
    ]
    if kinds[0] == "mean_missing" and not others and places:
        kinds[0] = "bias_summed"
    kinds = [kind for kind in kinds if kind == kinds[0] or not divided_by_one(kind, faults)]
    texts = []
    for kind in kinds:
        facts = faults[0].kinds.get(kind) or next(iter(faults[0].kinds.values()))
        said = [sentence(one, facts) for one in kind.split()]
        texts.append(" And at once: ".join(said))
    evidence |= {name: value for name, value in facts.items() if name in ("count", "share", "ratio")}
    one = len(what) == 1 and kinds[0] in ANYWHERE and places
    text = placed(f"{where}, {what[0]}" if one else where, texts[0])
    if len(texts) > 1:
        text += " The same numbers would also come from this: " + " Or: ".join(texts[1:])
    first, *pair = kinds[0].split()
    besides = tuple(Diagnosis(kind, sentence(kind, facts), evidence) for kind in pair)
    also = tuple(kind for kind in kinds[1:] if " " not in kind)
    return Diagnosis(first, with_measure(text, first, arrays), evidence, also, besides)


CALLED = {"inputs": "what it hands down", "loss": "its gradient"}
ANYWHERE = (
    "gradient_sign",
    "mean_missing",
    "mean_twice",
    "zeros",
    "half",
    "double",
    "ratio",
    "rows_equal",
    "columns_equal",
    "not_used",
)
"""Kinds whose sentence does not say which array is meant."""


def arrays_of(report):
    """{(block, name): what the check measured} of every parameter array."""
    return {(f"block {row.block}", row.name): measured(report, row, i) for i, row in enumerate(report.rows)}


def measured(report, row, index):
    """What the check measured of one array: one factor if there is one, and how many numbers are right."""
    start = sum(other.size for other in report.rows[:index])
    piece = slice(start, start + row.size)
    known = np.isfinite(report.numeric[piece])
    mine, right = report.analytic[piece][known], report.numeric[piece][known]
    ratio = None if row.passed else ratio_of(mine, right, 1e-4)
    return {"passed": row.passed, "ratio": ratio, "right": row.checked - row.wrong, "of": row.checked}


def with_measure(text, kind, arrays):
    """A sentence, and for mistakes without a name of their own what was measured, array by array."""
    if kind not in ("unknown", "ratio", "backward_step", "penalty"):
        return text
    parts = []
    for (block, name), one in arrays.items():
        if not one["passed"]:
            how = (
                f"{one['ratio']:.4g} times the measured one"
                if one["ratio"] is not None
                else f"{one['right']} of {one['of']} numbers right"
            )
            parts.append(f"{block} {name}: {how}")
    return f"{text} Measured: {'; '.join(parts)}."
