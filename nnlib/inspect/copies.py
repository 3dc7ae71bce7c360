"""Copies of networks, to try things on: the network itself stays as it is."""

import copy

import numpy as np

from nnlib.parts.part import parameter_names


def copy_of(model, dtype=None):
    """A network that shares nothing that changes with `model`: parts, loss, parameters and random numbers are copies.

    `dtype` gives the copy another one. Callbacks and history stay behind.
    """
    twin = copy.copy(model)
    # What the last pass left behind is never written to again, and may be large: the two may share it.
    memo = {id(kept): kept for place in model.places for kept in (place.inputs, place.output, place.grad_output)}
    names = [name for name in ("layers", "places", "loss", "rng", "optimizer", "own") if name in vars(model)]
    vars(twin).update(zip(names, copy.deepcopy([getattr(model, name) for name in names], memo), strict=True))
    twin.dtype = np.dtype(model.dtype if dtype is None else dtype)
    twin.history, twin.report = type(model.history)(), {}
    if model.features is not None:
        twin._gather()
    return twin


def parameter_slices(model):
    """(place, name, slice of the flat vector) for every parameter array, in the order of `model.parameters`."""
    pieces, start = [], 0
    for place in model.places:
        for name in parameter_names(place.part):
            size = np.size(getattr(place.part, name))
            pieces.append((place, name, slice(start, start + size)))
            start += size
    return pieces
