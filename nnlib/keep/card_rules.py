"""The rules of run cards: what a card must hold before a network is built from it.

`checked` is asked when a card is read and when one is written, so that nothing is saved that cannot be loaded.
A stranger may have written the card: every field has a rule, and what has none is refused.
"""

import math

import numpy as np

from nnlib import layer
from nnlib.keep.archive import RunCardError, shown
from nnlib.keep.description import (
    VERSION,
    check_description,
    check_generator,
    check_keys,
    check_list,
    check_names,
    check_number,
    check_text,
    check_whole,
    made,
    spelt,
)
from nnlib.keep.preparation_rules import check_preparation

FORMATS = {False: 1, True: 2}  # by whether the card holds a preparation; format 1 had none
MOST_PARTS, MOST_PLACES, MOST_SEEDS, MOST_AXES = 1000, 2000, 100, 8  # far more than any network in one file has
SETTINGS = ("seed", "regularization_factor", "l1_factor", "clip_norm", "memory_limit")
FIELDS = {
    "format", "nnlib", "data_name", "data_hash", "dtype", "features", "epoch", "steps", "generators", "parts",
    "blocks", "loss", "optimizer", "history", *SETTINGS,
}  # fmt: skip


def checked(fields, arrays):
    """`fields`, if they describe a network and `arrays` fit it; nothing is built. Raises RunCardError."""
    number = fields.get("format") if isinstance(fields, dict) else None
    if type(number) is not int or number not in FORMATS.values():
        raise RunCardError(f"a card of format {shown(number)}: nnlib {VERSION} reads formats 1 and 2; update nnlib?")
    check_keys("card", fields, FIELDS | ({"preparation"} if number == FORMATS[True] else set()))
    for name in ("nnlib", "data_name", "data_hash"):
        check_text(name, fields[name])
    if fields["dtype"] not in ("float64", "float32"):
        raise RunCardError(f"dtype is float64 or float32, got {shown(fields['dtype'])}")
    check_whole("features", fields["features"], least=1)
    if "preparation" in fields:
        check_preparation(fields["preparation"], fields["features"])
    check_whole("epoch", fields["epoch"])
    check_whole("steps", fields["steps"])
    if isinstance(fields["seed"], list) and len(fields["seed"]) > MOST_SEEDS:
        raise RunCardError(f"a seed has at most {MOST_SEEDS} numbers, got {len(fields['seed']):,}")
    for seed in fields["seed"] if isinstance(fields["seed"], list) else [fields["seed"]]:
        if seed is not None:
            check_whole("seed", seed, most=2**128)
    for name in ("regularization_factor", "l1_factor", "clip_norm", "memory_limit"):
        check_number(name, 1 if fields[name] is None and name in ("clip_norm", "memory_limit") else fields[name])
    if fields["memory_limit"] is not None and fields["memory_limit"] <= 0:
        raise RunCardError(f"memory_limit is a number of MiB above 0, or none, got {shown(fields['memory_limit'])}")
    check_sizes(fields)
    for state in fields["generators"] or [None]:
        check_generator(state)
    for part in fields["parts"]:
        check_description("part", part, "parameters", "generators")
    check_generators(fields)
    check_description("loss", fields["loss"])
    check_description("optimizer", fields["optimizer"], "attributes")
    check_blocks(fields)
    known = {"parameters", "epochs", "history"} | check_buffers(fields, arrays) | check_optimizer(fields, arrays)
    if arrays.keys() != known:
        raise RunCardError(f"the card should hold the arrays {shown(sorted(known))}, got {shown(sorted(arrays))}")
    check_array("parameters", arrays, fields["dtype"], (check_shapes(fields),))
    check_history(fields, arrays)
    for name, array in arrays.items():
        if name != "history" and not np.isfinite(array).all():  # a loss of the validation data may overflow
            raise RunCardError(f"{name} holds numbers that are not finite")
    return fields


def check_sizes(fields):
    """How much of everything there is, before anything of it is looked at: what is read and built takes its time."""
    for name, most in (("generators", MOST_PARTS), ("parts", MOST_PARTS), ("blocks", MOST_PLACES)):
        check_list(name, fields[name])
        if len(fields[name]) > most:
            raise RunCardError(f"a card has at most {most:,} {name}, got {len(fields[name]):,}")
    for block in fields["blocks"]:
        check_list("a block", block)
    if (places := sum(map(len, fields["blocks"]))) > MOST_PLACES:
        raise RunCardError(f"the blocks of a card hold at most {MOST_PLACES:,} parts, got {places:,}")


def check_array(name, arrays, dtype, shape):
    if name not in arrays or arrays[name].dtype != dtype or arrays[name].shape != tuple(shape):
        came = f"{arrays[name].dtype} of shape {arrays[name].shape}" if name in arrays else "none"
        raise RunCardError(f"the card's {name} is {dtype} of shape {tuple(shape)}, got {came}")


def check_generators(fields):
    """Parts name generators by number, 0 being the network's and each new one the next; Dropout alone must."""
    seen = 1
    for part in fields["parts"]:
        check_names("a part's generators", part["generators"])
        if "nnlib" in part and list(part["generators"]) != ["rng"] * (part["nnlib"] == "Dropout"):
            raise RunCardError(f"the generators of {spelt(part)} are {shown(part['generators'])}")
        for index in part["generators"].values():
            check_whole("the number of a generator", index, most=seen)
            seen = max(seen, index + 1)
    if seen != len(fields["generators"]):
        raise RunCardError(f"the parts use {seen} of {len(fields['generators'])} generators")


def check_blocks(fields):
    """The blocks name the parts by number, each new one the next."""
    seen = 0
    for block in fields["blocks"] or [[]]:
        for index in block or [None]:
            check_whole("the number of a part", index, most=seen)
            seen = max(seen, index + 1)
    if seen != len(fields["parts"]):
        raise RunCardError(f"the blocks use {seen} of {len(fields['parts'])} parts")


def check_shapes(fields):
    """How many parameters there are, if every part of nnlib declares those that its inputs ask for."""
    total, features = 0, fields["features"]
    for index in [index for block in fields["blocks"] for index in block]:
        part = fields["parts"][index]
        shapes = part["parameters"]
        check_names("a part's parameters", shapes)
        for shape in shapes.values():
            check_list("a shape", shape)
            if len(shape) > MOST_AXES:
                raise RunCardError(f"an array has at most {MOST_AXES} axes, got {len(shape):,}")
            for length in shape:
                check_whole("a length", length, most=2**31 - 1)
        if part.get("nnlib") == "Dense":
            if features is None and len(shapes.get("weights", ())) == 2:
                features = shapes["weights"][1]
            units = part["arguments"]["units"]
            expected, features = {"weights": [units, features], "bias": [units, 1]}, units
        elif part.get("nnlib") == "BatchNorm":
            features = shapes.get("gamma", [0])[0] if features is None else features
            expected = {"gamma": [features, 1], "beta": [features, 1]}
        elif "nnlib" in part:
            expected = {}
        else:
            expected, features = shapes, None  # what comes out of a class of one's own is known when it is built
        if shapes != expected:
            raise RunCardError(f"{spelt(part)} has parameters {expected}, the card names {shown(shapes)}")
        total += sum(math.prod(shape) for shape in shapes.values())
    return total


def check_buffers(fields, arrays):
    """The names of the arrays that parts keep besides parameters: BatchNorm's, and those of classes of one's own."""
    known, of_part = set(), {}
    for name in arrays:
        of_part.setdefault(name.partition(".")[0], []).append(name)
    for number, part in enumerate(fields["parts"]):
        mine = of_part.get(f"part{number}", [])
        if "own" in part:
            check_names("a part's buffers", dict.fromkeys(name.partition(".")[2] for name in mine))
            known.update(mine)
        elif part["nnlib"] == "BatchNorm":
            gamma = part["parameters"].get("gamma") if isinstance(part["parameters"], dict) else None
            for name in layer.BatchNorm.buffers:
                check_array(f"part{number}.{name}", arrays, fields["dtype"], gamma if isinstance(gamma, list) else ())
                known.add(f"part{number}.{name}")
            not_negative(f"part{number}.running_variance", arrays)
    return known


def check_optimizer(fields, arrays):
    """The names of the optimiser's arrays: nnlib's keep what one step of theirs makes them keep."""
    entry = fields["optimizer"]
    names = {name for name in arrays if name.startswith(("state.", "optimizer."))}
    check_names("the optimizer's attributes", entry["attributes"])
    check_names("the optimizer's arrays", dict.fromkeys(name.partition(".")[2] for name in names))
    if "own" in entry:
        return names
    check_keys("attributes of the optimizer", entry["attributes"], ["steps"])
    check_whole("the optimizer's steps", entry["attributes"]["steps"])
    trial = made(entry, "optimizer", {})
    with np.errstate(all="ignore"):
        trial.step(np.zeros(1), np.zeros(1))
    known = {f"state.{name}" for name in trial.state}
    if not names <= known:
        raise RunCardError(f"{spelt(entry)} keeps {shown(sorted(known))}, the card has {shown(sorted(names))}")
    for name in names:
        check_array(name, arrays, fields["dtype"], arrays["parameters"].shape if "parameters" in arrays else ())
        if name in ("state.mean_square", "state.total_square"):
            not_negative(name, arrays)
    return names


def not_negative(name, arrays):
    if (arrays[name] < 0).any():
        raise RunCardError(f"{name} is a mean of squares, the card has one below 0")


def check_history(fields, arrays):
    """`history` holds the lists one after the other, `fields` their names and lengths."""
    if not isinstance(fields["history"], dict) or "loss" not in fields["history"]:
        raise RunCardError(f"history names its lists, loss among them, got {shown(fields['history'])}")
    for name, length in fields["history"].items():
        check_text("a name in history", name)
        check_whole(f"the length of {name}", length, most=2**31)
    check_array("history", arrays, "float64", (sum(fields["history"].values()),))
    check_array("epochs", arrays, "int64", (arrays["epochs"].size,) if "epochs" in arrays else ())
