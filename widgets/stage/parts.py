"""Parts: what an explorer asks of an activation or of any other part, the course's or a learner's own."""

from contextlib import suppress

import numpy as np

from nnlib import ReLU, Sigmoid, Tanh
from widgets.stage.border import method_of, name_of, taken

ACTIVATIONS = {"Tanh": Tanh, "ReLU": ReLU, "Sigmoid": Sigmoid}  # those that a menu offers


def fresh(thing):
    """A new object of a class, or the object itself."""
    return thing() if isinstance(thing, type) else thing


def same_shape(value, z, who, code=None):
    """`value` as an array with one number for each of `z`. Raises BorderError for anything else."""
    return taken(value, who, z.shape, f"z {z.shape}", code)


def slope_of(thing, z, value, name):
    """(f′(z), whether it had to be measured): from `gradient`, else `backward`, else two points close together."""
    if hasattr(thing, "gradient"):
        return same_shape(thing.gradient(z), z, f"{name}.gradient", method_of(thing, "gradient")), False
    if hasattr(thing, "backward"):
        thing.inputs, thing.output = z, value
        slope = thing.backward(np.ones_like(z))
        return same_shape(slope, z, f"{name}.backward", method_of(thing, "backward")), False
    step = 1e-5 * np.maximum(1, np.abs(z))
    return (np.asarray(thing(z + step)) - np.asarray(thing(z - step))) / (2 * step), True


def examined_layer(dense):
    """`dense`, after a look at what a layer of it makes of four examples; nnlib's own needs none."""
    layer, output = None, np.empty((3, 4))
    if not name_of(dense).startswith("your "):
        return dense
    with suppress(Exception):  # what it raises is raised again in the network, with its line
        layer = dense(3)
        if hasattr(layer, "build"):
            layer.build(2, np.random.default_rng(0))
        output = layer(np.array([[1.0, 2, 3, 4], [0.5, -1, 2, -3]]))
    if layer is not None and np.ndim(getattr(layer, "weights", None)) == 2:
        taken(output, name_of(dense), (3, 4), "inputs (2, 4), for 3 units", method_of(layer), finite=True)
    return dense


def examined_activation(activation):
    """`activation`, after a look at its values and slopes; nnlib's own needs none."""
    if name_of(activation).startswith("your "):
        z, thing = np.array([[-1.5, 0.5, 2.0], [0.25, -0.75, 1.0]]), fresh(activation)
        with suppress(TypeError, AttributeError, NameError, ArithmeticError):  # raised again in the network
            slope_of(thing, z, same_shape(thing(z), z, name_of(activation), method_of(thing)), name_of(activation))
    return activation
