"""Bend: the curve of an activation and of its slope, what the slope at a point means, and both for the browser."""

import warnings

import numpy as np

from widgets.stage.border import method_of
from widgets.stage.browser import packed
from widgets.stage.failure import file_name, is_learners
from widgets.stage.figures import number
from widgets.stage.parts import fresh, same_shape, slope_of

REACH = 8.0  # the picture goes from −8 to 8, and further only if z is further out
SIGNS = {"broken": "✗", "flat": "▬", "steep": "◢"}
FLAT = 0.05  # less than this part of the steepest slope counts as flat


def bend(thing, name, z, points=481):
    """One activation called over the picture, over −8 … 8, and at `z`: its values, its slopes, NumPy's warnings."""
    reach = max(REACH, 1.25 * abs(z))
    thing, line = fresh(thing), np.linspace(-reach, reach, points)
    places = np.concatenate([line, np.linspace(-REACH, REACH, points), [z]])[np.newaxis]
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        value = same_shape(thing(places), places, name, method_of(thing))
        slope, measured = slope_of(thing, places, value, name)
    steepest = np.nanmax(np.abs(slope[0, points:-1]), initial=0)
    at = float(value[0, -1]), float(slope[0, -1])
    state, kind = state_of(*at, steepest)
    return {
        "name": name, "line": line, "value": value[0, :points], "slope": slope[0, :points], "at": at, "kind": kind,
        "measured": measured, "state": state, "flat": np.abs(slope[0, :points]) < FLAT * steepest,
        "warnings": [warned(one) for one in unlike(caught)],
    }  # fmt: skip


def bends(curves, z):
    """Curves that `bend` made, at `z`, as `bend.js` draws them."""
    if not curves:
        return {"curves": [], "z": z, "reach": REACH, "flat": [], "ranges": [[-1, 1], [0, 1]]}
    values, slopes = (np.concatenate([one[name] for one in curves]) for name in ("value", "slope"))
    return {
        "z": z, "reach": float(curves[0]["line"][-1]), "flat": flat_parts(curves[0]),
        "ranges": [limits(values, -0.25, 1.25, 3.2), limits(slopes, -0.2, 1.25, 3.2)],
        "curves": [
            {"name": one["name"], "value": packed(one["value"]), "slope": packed(one["slope"]), "kind": one["kind"],
             "at": [number if np.isfinite(number) else None for number in one["at"]],
             "cells": [*map(number, one["at"]), f"{SIGNS[one['kind']]} {one['state']}"]}
            for one in curves
        ],
    }  # fmt: skip


def flat_parts(curve):
    """From where to where it is saturated."""
    flat = np.concatenate([[False], curve["flat"], [False]]).astype(int)
    begin, end = np.flatnonzero(np.diff(flat) == 1), np.flatnonzero(np.diff(flat) == -1) - 1
    return [[float(curve["line"][a]), float(curve["line"][b])] for a, b in zip(begin, end, strict=True)]


def state_of(value, slope, steepest):
    """What the slope at a point means, in words, and its kind."""
    if not np.isfinite(value) or not np.isfinite(slope):
        return "broken: not a finite number", "broken"
    if slope == 0:
        return "flat: f′ is 0, nothing gets through", "flat"
    part = abs(slope) / steepest if steepest > 0 else 0
    if part < FLAT:
        return f"saturated: {100 * part:.2g} % of its steepest", "flat"
    return f"answers: {100 * part:.3g} % of its steepest", "steep"


def unlike(caught):
    """Each warning once."""
    return {(str(one.message), is_learners(one.filename) and one.lineno): one for one in caught}.values()


def warned(one):
    where = f" in your code ({file_name(one.filename)}, line {one.lineno})" if is_learners(one.filename) else ""
    return f"“{one.message}”{where}"


def limits(values, low, high, most):
    """The range of the picture: it holds `low` to `high`, and more where the curves go further, up to `most`."""
    finite = values[np.isfinite(values)]
    low = max(-most, min(low, 1.1 * finite.min(initial=0)))
    return [float(low), float(min(most, max(high, 1.1 * finite.max(initial=0))))]
