"""Parts: what an explorer asks of an activation or of any other part, the course's or a learner's own."""

import numpy as np

from nnlib import ReLU, Sigmoid, Tanh

ACTIVATIONS = {"Tanh": Tanh, "ReLU": ReLU, "Sigmoid": Sigmoid}  # those that a menu offers


def fresh(thing):
    """A new object of a class, or the object itself."""
    return thing() if isinstance(thing, type) else thing


def same_shape(value, z, what):
    """`value` as an array with one number for each of `z`. Raises ValueError for another shape."""
    value = np.asarray(value, float)
    if value.shape != z.shape:
        raise ValueError(f"{what} was called with z {z.shape} and gave {value.shape}: one number for each was expected")
    return value


def slope_of(thing, z, value, name):
    """(f′(z), whether it had to be measured): from `gradient`, else `backward`, else two points close together."""
    if hasattr(thing, "gradient"):
        return same_shape(thing.gradient(z), z, f"{name}.gradient(z)"), False
    if hasattr(thing, "backward"):
        thing.inputs, thing.output = z, value
        return same_shape(thing.backward(np.ones_like(z)), z, f"{name}.backward"), False
    step = 1e-5 * np.maximum(1, np.abs(z))
    return (np.asarray(thing(z + step)) - np.asarray(thing(z - step))) / (2 * step), True
