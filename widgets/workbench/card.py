"""The card of the Workbench: settings, points and network as one text, to copy, paste, save and share.

The text is JSON: what the controls say, the points if they are somebody's own, and the network as `nnlib.to_text`
writes it. A stranger may have written it, so it is read strictly: known names alone, each value as its control takes
it, and the network must be the one that the settings describe. Nothing is ever run. Whatever is wrong, the error is
one `RunCardError`.
"""

import json

import numpy as np
import traitlets

from nnlib import RunCard, RunCardError, from_text, to_text
from nnlib.keep import json_of, shown
from widgets.stage.points import MOST

FORMAT = 1
KEYS = ("playground", "settings", "points", "network")  # the first word is from 0.1.0, whose cards are read on


def written(settings, points, held, model):
    """The card's text. `points` are x `(2, examples)` and y `(1, examples)`, or None where the settings draw them.

    `held` are those that are held back, or None where the settings part them.
    """
    rows = None if points is None else np.vstack(points).T.tolist()
    if points is not None and held is not None:
        rows = [[*row, 0] for row in rows] + [[*row, 1] for row in np.vstack(held).T.tolist()]
    network = to_text(model).splitlines()
    return json.dumps(
        {"playground": FORMAT, "settings": settings, "points": rows, "network": network}, ensure_ascii=False, indent=1
    )


def read(text, controls, explorer, classes):
    """(settings, points, those held back, model) of a card's text; `controls` by name say which settings there may be.

    Raises RunCardError for anything but a whole and sound card.
    """
    if not isinstance(text, str):
        raise RunCardError(f"a card is a text, got {shown(text)}")
    card = json_of(text.strip().encode(errors="replace"))
    if not isinstance(card, dict) or tuple(card) != KEYS or card["playground"] != FORMAT:
        raise RunCardError(f"a card of the Workbench has {', '.join(KEYS)} (format {FORMAT}), got {shown(card)}")
    settings = card["settings"]
    if not isinstance(settings, dict) or settings.keys() != controls.keys():
        raise RunCardError(f"the settings are {', '.join(controls)}; got {shown(settings)}")
    try:
        settings = {name: controls[name].validate(explorer, value) for name, value in settings.items()}
    except (traitlets.TraitError, OverflowError) as error:
        raise RunCardError(f"a setting is not taken: {error}") from error
    network = card["network"]
    if not isinstance(network, list) or not all(isinstance(line, str) for line in network):
        raise RunCardError(f"the network is a list of lines, got {shown(network)}")
    model = from_text("\n".join(network), classes)
    return settings, *points_of(card["points"]), getattr(model, "network", model)


def points_of(rows):
    """(x `(2, examples)`, y `(1, examples)`) of a card's list of [x₁, x₂, label], and those held back; None for null.

    A fourth number in all of them says whether a point is held back, 1, or not, 0.
    """
    if rows is None:
        return None, None
    sound = isinstance(rows, list) and len(rows) <= MOST
    wide = 4 if sound and rows and isinstance(rows[0], list) and len(rows[0]) == 4 else 3
    sound = sound and all(isinstance(row, list) and len(row) == wide for row in rows)
    sound = sound and all(type(one) in (int, float) and abs(one) < 1e12 for row in rows for one in row)
    if not sound or any(row[3:] not in ([], [0], [1]) for row in rows):
        raise RunCardError(f"the points are at most {MOST:,} lists of three numbers, or null; got {shown(rows)}")
    table = np.array(rows, float).reshape(len(rows), wide).T
    if wide == 3:
        return (table[:2], table[2:]), None
    back = table[3] == 1
    return tuple((table[:2, part], table[2:3, part]) for part in (~back, back))


def same_network(one, other):
    """Whether two networks have the same blocks of the same parts, loss and optimiser, whatever their numbers."""
    told = [RunCard.of(model).fields for model in (one, other)]
    same = all(told[0][name] == told[1][name] for name in ("blocks", "parts", "loss", "features", "dtype"))
    return same and type(one.optimizer) is type(other.optimizer)
