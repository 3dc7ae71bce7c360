"""Parts: what the network asks of a layer or an activation, and what it does where a class of your own has no
answer. `protocol.py` says what such a class needs.
"""

import contextlib
import types
from collections import Counter

import numpy as np

from nnlib.activation import Elementwise
from nnlib.layer import Dense


class Place:
    """Where a part stands in the network (`block`, `index`), and what last passed through it there.

    `shared` parts stand in several places; `memory` is then what the part remembered at this one. `names` are those
    of its parameters, once they have been gathered. `own` says that the class is not nnlib's.
    """

    __slots__ = ("block", "grad_output", "index", "inputs", "memory", "names", "output", "own", "part", "shared")

    def __init__(self, part, block, index):
        self.part, self.block, self.index = part, block, index
        self.inputs = self.output = self.grad_output = self.memory = None
        self.shared, self.names, self.own = False, (), of_your_own(part)

    def __repr__(self):
        return f"block {self.block}, {name_of(self.part)}"


def places_of(blocks):
    """One `Place` for every part of the blocks, in the order of the forward pass."""
    places = [
        Place(part, block, index) for block, parts in enumerate(blocks, start=1) for index, part in enumerate(parts)
    ]
    times = Counter(id(place.part) for place in places)
    for place in places:
        place.shared = times[id(place.part)] > 1
    return places


def build_parts(places, features, rng, dtype):
    """Have every part draw its parameters for inputs `(features, examples)`, by sending one example of zeros through.

    Raises ValueError if a part turns one column into anything else than one column.
    """
    one = np.zeros((features, 1), dtype)
    for place in places:
        if hasattr(place.part, "build"):
            place.part.build(len(one), rng, dtype)
        inputs, one = one, first_output(place.part, one)
        if not hasattr(one, "shape"):
            given = "nothing, as without a `return`," if one is None else f"a {type(one).__name__}"
            raise ValueError(
                f"{place!r} gave {given} for inputs of shape {inputs.shape}, expected an array of shape (units, 1)"
            )
        if np.ndim(one) != 2 or one.shape[1] != 1:
            raise ValueError(
                f"{place!r} turned inputs of shape {inputs.shape} into {np.shape(one)}, expected one "
                "column for the one example; a bias needs the shape (units, 1)"
            )


def first_output(part, one):
    """What a part makes of one example before it has seen a batch, which its `predict` may need."""
    with contextlib.suppress(AttributeError, TypeError):  # of what is not there yet, or is None
        return getattr(part, "predict", part)(one)
    return part(one)


def attributes(part):
    """`{name: value}` of all that a part holds: a class may keep it in `__slots__`."""
    held = dict(getattr(part, "__dict__", ()))
    return held | {name: getattr(part, name) for name in slots_of(part) if hasattr(part, name)}


def put_back(part, held):
    """Have a part hold these attributes and no others."""
    for name in slots_of(part):
        if name in held:
            setattr(part, name, held[name])
        elif hasattr(part, name):
            delattr(part, name)
    if hasattr(part, "__dict__"):
        vars(part).clear()
        vars(part).update({name: value for name, value in held.items() if name not in slots_of(part)})


def slots_of(part):
    kinds = [kind for kind in type(part).__mro__ if "__slots__" in vars(kind)]  # a function has members of its own
    return [name for kind in kinds for name, it in vars(kind).items() if isinstance(it, types.MemberDescriptorType)]


@contextlib.contextmanager
def unbuilt_if_refused(model):
    """Whatever the body refuses is not remembered: a network that was not built before is not afterwards."""
    parts = [place.part for place in model.places] if model.features is None else ()
    kept, state = [attributes(part) for part in parts], model.rng.bit_generator.state
    try:
        yield
    except BaseException:
        for part, before in zip(parts, kept, strict=True):
            put_back(part, before)
        if parts:
            model.features, model.rng.bit_generator.state = None, state
        raise


def name_of(part):
    """`repr(part)`, or the class's name for a class that has no `__repr__` of its own."""
    return f"{type(part).__name__}()" if type(part).__repr__ is object.__repr__ else repr(part)


def parameter_names(part):
    """The names of a part's parameters: its own list, or weights and bias if it has them.

    `its_parameters` are those that were found in a part whose class knows nothing of nnlib's names.
    """
    listed = getattr(part, "its_parameters", getattr(part, "parameters", None))
    if isinstance(listed, (tuple, list)):
        return tuple(listed)
    return tuple(name for name in ("weights", "bias") if getattr(part, name, None) is not None)


def parameter_gradients(part, grad_output):
    """Fill the part's `grad_…` by its own method, or by Dense's where its parameters are shaped like Dense's."""
    if hasattr(part, "parameter_gradients"):
        part.parameter_gradients(grad_output)
        return
    names = parameter_names(part)
    if names == ("weights", "bias") and part.weights.shape == (len(grad_output), len(part.inputs)):
        for name in ("grad_weights", "grad_bias"):
            if not np.asarray(getattr(part, name)).flags.c_contiguous:  # yours, a piece of another array
                setattr(part, name, None)
        Dense.parameter_gradients(part, grad_output)
    elif names and not hasattr(part, "backward"):
        raise TypeError(
            f"{name_of(part)} has the parameters {', '.join(names)}, so it needs parameter_gradients(grad_output), "
            f"which fills {', '.join(f'grad_{name}' for name in names)}"
        )


def backward(part, grad_output):
    """The gradient for the part below, by the part's own method, its slope, or Dense's formula."""
    if hasattr(part, "backward"):
        return part.backward(grad_output)
    if hasattr(part, "gradient"):
        return Elementwise.backward(part, grad_output)
    if parameter_names(part) == ("weights", "bias"):
        return Dense.backward(part, grad_output)
    raise TypeError(f"{name_of(part)} needs gradient(z), its slope, or backward(grad_output); it has neither")


def arrives(grad, place, giver):
    """What is wrong with a gradient that is not of the shape of what it belongs to."""
    if grad is None:
        way = f"backward of {giver!r}" if isinstance(giver, Place) else f"gradient of {name_of(giver)}"
        return f"{way} gave nothing, as without a `return`; expected an array of shape {place.output.shape}"
    return (
        f"the gradient that arrives at {place!r} has shape {np.shape(grad)}, expected that of its output, "
        f"{place.output.shape}; look at what stands above it"
    )


def needs_backward(part):
    """Whether a part with parameters may fill its `grad_…` in `backward`: it has no other method for that, or only one
    that a class further up wrote, as where a class of your own builds on nnlib's Dense.
    """
    if not hasattr(part, "backward") or not hasattr(part, "parameter_gradients"):
        return hasattr(part, "backward")
    written = (vars(kind).keys() & {"backward", "parameter_gradients"} for kind in type(part).__mro__)
    return next(filter(None, written), None) == {"backward"}


def of_your_own(part):
    """Whether the part's class is not nnlib's: then calling it may change what it remembers."""
    return type(part).__module__ not in ("nnlib.layer", "nnlib.activation")


def in_dtype(array, dtype):
    """Numbers in the network's dtype; anything else as it is, for whoever takes it next to complain about."""
    numbers = isinstance(array, np.ndarray) and array.dtype.kind in "fiub" and array.dtype != dtype
    return array.astype(dtype) if numbers else array


@contextlib.contextmanager
def untouched(parts):
    """`with untouched(parts):` puts back afterwards every attribute, array and random state of the parts."""
    kept = []
    for part in parts:
        names = attributes(part)
        arrays = {
            name: value.copy()
            for name, value in names.items()
            if isinstance(value, np.ndarray) and value.flags.writeable and name not in Place.__slots__
        }
        states = {
            name: value.bit_generator.state for name, value in names.items() if isinstance(value, np.random.Generator)
        }
        kept.append((part, names, arrays, states))
    try:
        yield
    finally:
        for part, names, arrays, states in kept:
            put_back(part, names)
            for name, array in arrays.items():
                names[name][...] = array
            for name, state in states.items():
                names[name].bit_generator.state = state
