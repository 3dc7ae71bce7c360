"""Update rules, right and wrong, by their numbers: which one does an optimiser follow?

A rule is run beside the optimiser for a few steps with the same gradients. One that moves the parameters to the same
places is the rule. What none of them does is left alone: it may be a rule that is not known here.
"""

import ast

import numpy as np

from nnlib.inspect.conduct import (
    begins_late,
    by_length,
    by_the_rate,
    climbs,
    decays_anew,
    grows,
    keeps_squares,
    one_for_all,
    rate_rises,
    rates_within,
    remembers_speed,
    shrinks,
    uphill,
    vanishes,
)
from nnlib.inspect.known_rules import Known
from nnlib.inspect.motion import RATES, STEPS, at_another_rate, at_rest, fresh, moves_of, number, rate_of, undisturbed
from nnlib.inspect.recognise import rounded_to, same
from nnlib.lines import is_own, methods_of
from nnlib.lines.anew import text_of
from nnlib.parts.part import attributes


def named(optimizer, layers=1):
    """(kind, facts) of the mistake in an optimiser's steps, or None. `layers` is the number of layers it steps for."""
    rng, size = np.random.default_rng(0), getattr(optimizer, "size", 5)
    gradients = rng.standard_normal((STEPS, size)) * np.array([[1], [0.1], [2], [0.5], [3], [0.2]])
    optimizer = at_another_rate(optimizer)
    start = rng.standard_normal(size)
    moves, again = (moves_of(fresh(optimizer), start, gradients) for _ in range(2))
    if moves is None or not np.array_equal(moves, again, equal_nan=True):
        return None
    if not moves.any() and (zeros := at_rest(optimizer)):
        return ("rate_zero", {}) if any(stays_whole_zero(*one) for one in zeros) else None
    if not moves.any():
        return ("zeroed_first" if hasattr(optimizer, "clears") and optimizer.clears() else "nothing_moves"), {}
    if number(optimizer, RATES, 1.0) == 0:
        return None
    if found := one_for_all(optimizer):
        return found
    if places := rounded_to(start + np.cumsum(moves, axis=0), 1e-9):
        return "parameters_rounded", {"places": places}
    if (facts := rates_within(optimizer)) is not None:
        return "rate_falls_within", facts
    growing = "decay_grows" if grows(optimizer) and not climbs(optimizer) else None
    by_rate = (growing, {}) if growing else by_the_rate(optimizer)
    if found := decays_anew(optimizer) or by_rate or begins_late(optimizer):
        return found
    known = Known(optimizer, layers, gradients)
    if remembers_speed(optimizer) and same(-rate_of(optimizer) * gradients, moves, 1e-6):
        return "velocity_forgotten", {}
    if same(-rate_of(optimizer) * np.sign(gradients), moves, 1e-3) and keeps_squares(optimizer):
        return "squares_forgotten", {}
    fitting = known.fitting(moves)
    if fitting:
        return None if any(kind is None for kind, _ in fitting) else fitting[0]
    if not np.isfinite(moves).all():
        return "step_not_finite", {"lost": int((~np.isfinite(moves[0])).sum()), "of": moves.shape[1]}
    if found := by_length(optimizer, gradients, moves) or vanishes(optimizer) or rate_rises(optimizer, layers):
        return found
    if shrinks(optimizer, gradients[:1]):
        return "root_missing", {}
    turned = known.tables and any(kind is None and same(-rule, moves, 1e-6) for kind, rule, _ in known.tables)
    if turned or uphill(moves[0], gradients[0]):
        return "step_uphill", {}
    return array_by_array(optimizer, layers)


def stays_whole_zero(thing, rate):
    """Whether an object's rate is the whole number 0, as 1 // 10 is, and none of its lines gives it another one."""
    methods = [one for name, one in methods_of(type(thing)).items() if name != "__init__"]
    trees = [ast.parse(text_of(one) or "") for one in methods]
    written = {one.attr for tree in trees for one in ast.walk(tree)
               if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)}  # fmt: skip
    return is_own(type(thing)) and type(attributes(thing).get(rate)) is int and rate not in written


def array_by_array(optimizer, layers):
    """(kind, facts) if each array follows a rule, some a wrong one. Gradients are small, and parameters stay at 0.

    So neither a bound on the gradients shows nor a decay of the parameters.
    """
    gradients, moves, starts = undisturbed(optimizer)
    if moves is None or not np.isfinite(moves).all() or not np.add.reduceat(np.abs(moves).sum(axis=0), starts).all():
        return None
    known = Known(optimizer, layers, gradients)
    each = known.of_arrays(moves, starts)
    wrong = [k for k, fitting in enumerate(each) if fitting and fitting[0][0] is not None]
    if not all(each):
        return known.with_schedule(moves, starts)
    if not wrong:
        return without_memory(optimizer, each)
    kind, facts = each[wrong[0]][0]
    wrong = [k for k in wrong if kind in [one for one, _ in each[k]]]
    if kind == "step_uphill" and len(wrong) < len(each):  # which is told of the arrays, whatever their rule
        return None
    return kind, facts | ({"arrays": wrong} if len(wrong) < len(each) else {})


def without_memory(optimizer, each):
    """(kind, facts) of arrays whose steps are plain, where others' are not, and whose memory stays all zeros."""
    plain = [k for k, fitting in enumerate(each) if {facts["rule"] for _, facts in fitting} == {""}]
    if not 0 < len(plain) < len(each) or not hasattr(optimizer, "idle"):
        return None
    plain = [k for k in plain if k in optimizer.idle()]
    return ("velocity_forgotten", {"arrays": plain}) if plain else None
