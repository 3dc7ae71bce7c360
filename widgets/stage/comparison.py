"""Comparison: a pinned moment of a run beside the one that is shown, value by value."""

import numpy as np

from widgets.stage.figures import entry, number
from widgets.stage.matrix import matrix
from widgets.stage.picture import placed


def common(pinned, now):
    """The names of the values that both moments hold in the same shape, if they are moments of the same part."""
    if (pinned.block, pinned.index) != (now.block, now.index):
        return []
    both = [name for name in now.values if name in pinned.values]
    return [name for name in both if np.shape(pinned.values[name]) == np.shape(now.values[name])]


def view(pinned, now, wanted=None, results=()):
    """Both moments by name, each common value's largest change, and one value whole: pinned, now and the difference.

    The value is `wanted`; without it, or where it is not there, the first of `results` that both hold.
    """
    if pinned is None:
        return None
    told = {"pinned": label(pinned), "said": said(pinned, now), "rows": [], "cards": [], "name": None}
    told["elsewhere"] = pinned.address[1:] != now.address[1:]
    names = common(pinned, now)
    if pinned.address == now.address or not names:
        return told
    name = next((one for one in (wanted, *results, *names) if one in names), None)
    told |= {"rows": [row(one, pinned.values[one], now.values[one]) for one in names], "name": name}
    before, after = pinned.values[name], now.values[name]
    cards = [matrix("pinned", before), matrix("now", after)]
    scale = max(card["scale"] for card in cards)
    difference = matrix("now − pinned", np.subtract(after, before, dtype=np.float64))
    told["cards"] = [*(card | {"scale": scale} for card in cards), difference]
    return told


def row(name, before, after):
    """Where a value has changed most, and from what to what."""
    at = largest_change(before, after)
    if at is None:
        return {"name": name, "at": "nowhere", "pinned": "", "now": "", "change": "0"}
    then, now = float(before[at]), float(after[at])
    return {"name": name, "at": entry(name, at), "pinned": number(then), "now": number(now),
            "change": ("+" if now > then else "") + number(now - then)}  # fmt: skip


def largest_change(before, after):
    """The index of the entry that differs most, or None if all are equal."""
    with np.errstate(invalid="ignore"):
        change = np.abs(np.subtract(after, before, dtype=np.float64))
    change = np.where(np.isnan(change), np.inf, change)  # to or from what is no number: the largest there is
    same = np.equal(before, after) | (np.isnan(before) & np.isnan(after))
    if np.all(same):
        return None
    return tuple(int(one) for one in np.unravel_index(int(np.argmax(np.where(same, -1.0, change))), np.shape(change)))


def said(pinned, now):
    """The comparison as sentences."""
    if pinned.address == now.address:
        return "This is the pinned moment. Go to another one: it is shown beside it here."
    names = common(pinned, now)
    if not names:
        return (f"Pinned is {label(pinned)}. This moment belongs to {placed(now)} and holds other values, so there is "
                f"nothing to subtract. Go to a moment of {placed(pinned)}.")  # fmt: skip
    changed = [row(name, pinned.values[name], now.values[name]) for name in names]
    moved = [f"{one['at']} from {one['pinned']} to {one['now']}" for one in changed if one["at"] != "nowhere"]
    same = [one["name"] for one in changed if one["at"] == "nowhere"]
    told = [f"Compared with {label(pinned)}."]
    if moved:
        told.append(f"Largest changes: {', '.join(moved)}.")
    if same:
        told.append(f"The same in both: {', '.join(same)}.")
    return " ".join(told)


def label(moment):
    return f"update {moment.step:,}, {moment.phase}, {placed(moment)}"
