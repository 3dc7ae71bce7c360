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
from nnlib.keep import LONGEST_JSON, json_of, shown
from widgets.stage.points import MOST

MOST_INPUTS = 10_000
FORMAT = 2  # 1 is of points of two features alone, and without "inputs"
KEYS = ("playground", "settings", "inputs", "points", "network")
"""What a card holds; the first word is from 0.1.0, whose cards are read on."""
LATER = ("validation", "learn_from", "patience", "until", "stage", "span", "formula")  # cards of 0.1.0 have not these
SCHEDULES = {"halved every 500": ("in steps", 500), "half-life 500": ("exponential", 500),
             "cosine over 2,000": ("cosine", 500), "warm-up over 200": ("warm-up", 200)}  # fmt: skip
"""What they call a schedule: what it is called now, and its stage."""


def written(settings, points, held, model):
    """The card's text. `points` are x `(inputs, examples)` and y `(1, examples)`, or None where the settings draw them.

    `held` are those that are held back, or None where the settings part them. `model` is a network, or a `Prepared`,
    whose preparation is then on the card. Raises RunCardError for more than a card can hold.
    """
    rows = None if points is None else np.vstack(points).T.tolist()
    if points is not None and held is not None:
        rows = [[*row, 0] for row in rows] + [[*row, 1] for row in np.vstack(held).T.tolist()]
    if rows is not None and len(rows) > MOST:
        raise RunCardError(f"a card holds up to {MOST:,} examples, here are {len(rows):,}: save the network alone")
    card = {"playground": FORMAT, "settings": settings, "inputs": 2 if points is None else len(points[0]),
            "points": rows, "network": to_text(model).splitlines()}  # fmt: skip
    text = json.dumps(card, ensure_ascii=False, indent=1)
    if len(text.encode()) > LONGEST_JSON:
        raise RunCardError(
            f"the card would have {len(text) / 1e6:.1f} MB, and the most is {LONGEST_JSON / 1e6:.1f}: keep the network "
            "without its data, save(workbench.prepared, path)"
        )
    return text


def read(text, controls, explorer, classes):
    """(settings, points, those held back, model, preparation) of a card's text; `controls` name the settings there are.

    Raises RunCardError for anything but a whole and sound card.
    """
    if not isinstance(text, str):
        raise RunCardError(f"a card is a text, got {shown(text)}")
    card = json_of(text.strip().encode(errors="replace"))
    number = card.get("playground") if isinstance(card, dict) else None
    keys = KEYS if number == FORMAT else tuple(key for key in KEYS if key != "inputs")
    if type(number) is not int or number not in (1, FORMAT) or tuple(card) != keys:
        raise RunCardError(f"a card of the Workbench has {', '.join(KEYS)} (format {FORMAT}), got {shown(card)}")
    settings = card["settings"]
    if not isinstance(settings, dict) or not controls.keys() - LATER <= settings.keys() <= controls.keys():
        raise RunCardError(f"the settings are {', '.join(controls)}; got {shown(settings)}")
    if "stage" not in settings and str(settings["schedule"]) in SCHEDULES:
        settings = settings | dict(zip(("schedule", "stage"), SCHEDULES[settings["schedule"]], strict=True))
    try:
        settings = {name: controls[name].validate(explorer, settings.get(name, controls[name].default_value))
                    for name in controls}  # fmt: skip
    except (traitlets.TraitError, OverflowError) as error:
        raise RunCardError(f"a setting is not taken: {error}") from error
    network = card["network"]
    if not isinstance(network, list) or not all(isinstance(line, str) for line in network):
        raise RunCardError(f"the network is a list of lines, got {shown(network)}")
    inputs = card.get("inputs", 2)
    if type(inputs) is not int or not 1 <= inputs <= MOST_INPUTS:
        raise RunCardError(f"the inputs of a point are a number from 1 to {MOST_INPUTS:,}, got {shown(inputs)}")
    model = from_text("\n".join(network), classes)
    preparation = getattr(model, "preparation", None)
    own, held = points_of(card["points"], inputs)
    if preparation is not None and (own is None or inputs != preparation.features):
        raise RunCardError(f"the preparation makes {preparation.features} features, and the points have {inputs}")
    return settings, own, held, getattr(model, "network", model), preparation


def points_of(rows, inputs=2):
    """(x `(inputs, examples)`, y `(1, examples)`) of a list of [x₁ …, label], and those held back; None for null.

    One more number in all of them says whether a point is held back, 1, or not, 0.
    """
    if rows is None:
        return None, None
    sound = isinstance(rows, list) and len(rows) <= MOST
    wide = inputs + 1 + (sound and bool(rows) and isinstance(rows[0], list) and len(rows[0]) == inputs + 2)
    sound = sound and all(isinstance(row, list) and len(row) == wide for row in rows)
    sound = sound and all(type(one) in (int, float) and abs(one) < 1e12 for row in rows for one in row)
    if not sound or any(row[inputs + 1 :] not in ([], [0], [1]) for row in rows):
        raise RunCardError(
            f"the points are at most {MOST:,} lists of {inputs + 1} numbers, or null; got {shown(rows)}"
        )
    table = np.array(rows, float).reshape(len(rows), wide).T
    x, y = table[:inputs], table[inputs : inputs + 1]
    if wide == inputs + 1:
        return (x, y), None
    back = table[-1] == 1
    return tuple((x[:, part], y[:, part]) for part in (~back, back))


def same_network(one, other):
    """Whether two networks have the same blocks of the same parts, loss and optimiser, whatever their numbers."""
    told = [RunCard.of(model).fields for model in (one, other)]
    same = all(told[0][name] == told[1][name] for name in ("blocks", "parts", "loss", "features", "dtype"))
    return same and type(one.optimizer) is type(other.optimizer)
