"""Parameters as people hold them: in a dictionary, a list, lists of dictionaries. By name here, as they were there."""

from numbers import Real

import numpy as np


class Named(dict):
    """Arrays by name. `form` is what they came in, with their names in their places; `given` the same with them."""

    form = given = None


def named(arrays, made):
    """The arrays of a dictionary by its keys, those of a list by their places, of one in the other by both, `[0]['W']`.

    Each is what `made` makes of it. Raises TypeError for anything else than a dictionary or a list.
    """
    by_key("parameters", arrays)
    found = Named()

    def walked(one, name=None, written=""):
        several = isinstance(one, (list, tuple)) and not (written and all(isinstance(it, Real) for it in one))
        if not several and not isinstance(one, dict):
            found[name] = made(one)
            return name
        parts = {}
        for key, it in enumerate(one) if several else one.items():
            here = f"{written}[{key!r}]" if written or several else str(key)
            parts[key] = walked(it, here if written else str(key) if several else key, here)
        return type_of(one)(parts.values()) if several else parts

    found.form = walked(arrays)
    found.given = handed(found, found)
    return found


def handed(parameters, arrays=None):
    """What a function of the learner's takes: the `parameters` as they came, or `arrays` by name in their places."""
    form = getattr(parameters, "form", None)
    if arrays is None or form is None:
        return getattr(parameters, "given", None) or arrays or parameters

    def filled(one):
        if isinstance(one, dict):
            return {key: filled(it) for key, it in one.items()}
        return type_of(one)(map(filled, one)) if isinstance(one, (list, tuple)) else arrays[one]

    return filled(form)


def containers(given):
    """The same arrays in dictionaries and lists of their own: a function may put others there."""
    if isinstance(given, dict):
        return {key: containers(it) for key, it in given.items()}
    return type_of(given)(map(containers, given)) if isinstance(given, (list, tuple)) else given


def gathered(parameters, came):
    """`{name: what came for it}`, from a dictionary or list that is built like the parameters'.

    Raises TypeError where something else came, ValueError where something is missing.
    """

    def leaves(form, came):
        if not isinstance(form, (dict, list, tuple)):
            return [came]
        came, parts = by_key("gradients", came), by_key("parameters", form).items()
        return [it for place, (key, part) in enumerate(parts) for it in leaves(part, under(key, came, place))]

    form = getattr(parameters, "form", None) or {name: name for name in parameters}
    return dict(zip(parameters, leaves(form, came), strict=True))


def by_key(what, arrays):
    """A dictionary as it is, a list by its places; else a TypeError."""
    if isinstance(arrays, dict) and arrays:
        return arrays
    if isinstance(arrays, (list, tuple)) and arrays:
        return {str(place): array for place, array in enumerate(arrays)}
    raise TypeError(f"{what} is a dictionary of arrays such as {{'W1': W1, 'b1': b1}}, got {type(arrays).__name__}")


def under(name, came, place):
    """The gradient of a parameter, under its own name or one of the usual ones."""
    for usual in (name, f"d{name}", f"grad_{name}", f"dL_{name}", f"d_{name}", str(place)):
        if usual in came:
            return came[usual]
    raise ValueError(f"gradients has no {name!r} (nor d{name} or grad_{name}); it has {', '.join(map(str, came))}")


def in_double(value):
    """A single number, or an array of other floats, as an array of float64; all else as it is."""
    single = isinstance(value, Real) and not isinstance(value, bool)
    coarse = isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.dtype != np.float64
    return np.array(value, float) if single or coarse else value


def type_of(several):
    return tuple if isinstance(several, tuple) else list
