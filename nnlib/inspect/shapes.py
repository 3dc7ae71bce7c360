"""Gradients that cannot even be compared: no numbers, or another shape than their parameters'."""

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of
from nnlib.inspect.diagnosis import Diagnosis, readable
from nnlib.inspect.sentences import sentence
from nnlib.parts.part import name_of, parameter_names


def wrong_shape(model, x, y):
    """The `Diagnosis` of the first gradient that is no array like its parameter, or None."""
    model = copy_of(model)
    with Chance(model):
        model(x)
        model.backward_step(y)
    facts = {"m": x.shape[1], "k": y.shape[0]}
    for index, place in enumerate(model.places):
        for name in parameter_names(place.part):
            mine, like = getattr(place.part, f"grad_{name}", None), np.asarray(getattr(place.part, name))
            trouble, mine = readable(mine, like, facts)
            if trouble is None:
                continue
            kind, values = trouble
            if kind == "shape" and mine.T.shape == like.shape and mine.ndim == 2:
                kind = "transposed"  # its shape says so; whether the numbers are right cannot be asked yet
            where = f"Block {place.block}, {name_of(place.part)}, {name}"
            text = sentence(kind, {**facts, **values})
            evidence = {
                "key": (f"block {place.block}", name),
                "got": np.shape(mine),
                "expected": like.shape,
                "places": [index],
            }
            return Diagnosis(kind, f"{where}: {text[0].lower()}{text[1:]}", evidence)
    return None
