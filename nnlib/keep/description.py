"""Descriptions: nnlib's objects as plain values that JSON can hold, and back.

    described(Dropout(0.2))    {"nnlib": "Dropout", "arguments": {"rate": 0.2}}

The arguments are read off the attributes of the same names. A class of somebody's own is described as
`{"own": name, …}`, and made again by what the caller gives for that name; nothing is ever imported by name. The
`check_…` functions refuse what no object could have written.
"""

import functools
import inspect
import math

import numpy as np

from nnlib import activation, initializer, layer, loss, optimizer
from nnlib.keep.archive import RunCardError, shown

VERSION = "0.1.0"  # of nnlib, as in pyproject.toml: a card says what wrote it
LONGEST_NAME = 100
PARTS = (
    layer.Dense, layer.Dropout, layer.BatchNorm, activation.Linear, activation.ReLU, activation.LeakyReLU,
    activation.ELU, activation.Sigmoid, activation.Tanh, activation.Softplus, activation.Swish, activation.GELU,
    activation.Softmax,
)  # fmt: skip
LOSSES = (
    loss.MeanSquaredError, loss.MeanAbsoluteError, loss.Huber, loss.BinaryCrossEntropy,
    loss.CategoricalCrossEntropy,
)  # fmt: skip
OPTIMIZERS = (
    optimizer.SGD, optimizer.Momentum, optimizer.Nesterov, optimizer.RMSProp, optimizer.Adam, optimizer.AdamW,
)  # fmt: skip
INITIALIZERS = (initializer.He, initializer.Glorot, initializer.Normal, initializer.Zeros)
KINDS = {
    kind: {one.__name__: one for one in known}
    for kind, known in (("part", PARTS), ("loss", LOSSES), ("optimizer", OPTIMIZERS), ("initializer", INITIALIZERS))
}
"""The classes that a card may name, by the place where they may stand. Any other must be handed to `load`."""



# From objects to plain values, and back ---------------------------------------------------------------------


def described(thing):
    """What to write for an object: its class's name and its constructor's arguments, read off the attributes."""
    cls = type(thing)
    if inspect.isfunction(thing):
        return {"own": thing.__name__}
    if not any(known.get(cls.__name__) is cls for known in KINDS.values()):
        return {"own": cls.__name__, "arguments": arguments_of(thing)}
    return {"nnlib": cls.__name__, "arguments": arguments_of(thing)}


def arguments_of(thing):
    arguments = {}
    for name in signature_of(type(thing)):
        value = getattr(thing, name, arguments)  # `arguments` itself stands for "has none"
        if plain(value, arguments) is not arguments:
            arguments[name] = plain(value, arguments)
        elif name == "initializer" and value is not arguments:
            arguments[name] = described(value)
    return arguments


@functools.lru_cache(maxsize=64)
def signature_of(cls):
    """The names of a constructor's arguments. Dropout's seed has done its work: its generator is kept."""
    try:
        return [name for name in inspect.signature(cls).parameters if (cls, name) != (layer.Dropout, "seed")]
    except ValueError:
        return []


def vars_of(thing):
    return getattr(thing, "__dict__", {})


def plain(value, otherwise):
    """`value` as JSON can hold it: numbers, text, None and lists of them; or `otherwise`."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, list | tuple):
        values = [plain(one, plain) for one in value]
        return otherwise if plain in values else values
    fits = value is None or type(value) in (bool, int, str) or (type(value) is float and math.isfinite(value))
    return value if fits else otherwise


def made(entry, kind, classes):
    """The object that an entry of the card describes: of a class that nnlib or the caller named."""
    if "nnlib" in entry:
        maker = KINDS[kind][entry["nnlib"]]
    else:
        name = entry["own"]
        if name not in classes:
            mend = f'load(path, classes={{"{name}": {name}}})'
            raise RunCardError(f"the card's network has a {kind} {name} of its maker's own; with that class: {mend}")
        maker = classes[name]
        if "arguments" not in entry:
            return maker
    arguments = {
        name: made(value, "initializer", classes) if isinstance(value, dict) else value
        for name, value in entry["arguments"].items()
    }
    try:
        return maker(**arguments)
    except MemoryError:
        raise
    except Exception as error:
        raise RunCardError(
            f"{spelt(entry)} cannot be made: {shown(error)}"
            + ("" if "nnlib" in entry else f'; give load(path, classes={{"{name}": a function that makes one}})')
        ) from error


def memory_of(thing):
    """What an optimiser remembers: plain attributes, and arrays. Of one of your own, all it has must be either."""
    attributes, arrays = {}, {}
    ours, arguments = "nnlib" in described(thing), signature_of(type(thing))
    for name, value in vars_of(thing).items():
        if name == "state" and isinstance(value, dict):
            arrays |= {f"state.{key}": array for key, array in value.items()}
        elif ours and name != "steps":
            continue
        elif isinstance(value, np.ndarray):
            arrays[f"optimizer.{name}"] = value
        elif plain(value, attributes) is not attributes:
            attributes[name] = plain(value, attributes)
        elif name not in arguments:
            raise RunCardError(
                f"{name} of {thing!r} is a {type(value).__name__}: of an optimiser a card keeps numbers, text, "
                "arrays, and a dictionary of arrays called state"
            )
    return attributes, arrays


def remember(thing, entry, arrays):
    """Give an optimiser what `memory_of` took from it."""
    found = {name.partition(".")[2]: array.copy() for name, array in arrays.items() if name.startswith("optimizer.")}
    for name, value in {**entry["attributes"], **found}.items():
        if callable(getattr(type(thing), name, None)):
            raise RunCardError(f"{name} is a method of {thing!r}, the card has a value for it")
        try:
            setattr(thing, name, value)
        except Exception as error:
            raise RunCardError(f"{name} of {thing!r} cannot be {shown(value)}: {error}") from error
    state = {name.partition(".")[2]: array.copy() for name, array in arrays.items() if name.startswith("state.")}
    if state or hasattr(thing, "state"):
        thing.state = state


def generator_state(generator):
    state = generator.bit_generator.state
    if state["bit_generator"] != "PCG64":
        raise RunCardError(f"a card keeps generators from np.random.default_rng, got {generator!r}")
    return {**state["state"], "has_uint32": state["has_uint32"], "uinteger": state["uinteger"]}


def generator_from(state):
    generator = np.random.default_rng(0)
    inner = {name: state[name] for name in ("state", "inc")}
    generator.bit_generator.state = {"bit_generator": "PCG64", **state, "state": inner}
    return generator


# What a description may hold --------------------------------------------------------------------------------


def check_keys(name, value, keys):
    if not isinstance(value, dict):
        raise RunCardError(f"{name}: expected a dictionary, got {shown(value)}")
    if value.keys() != set(keys):
        missing, unknown = sorted(set(keys) - value.keys()), sorted(value.keys() - set(keys))
        raise RunCardError(f"{name}: fields that are missing {missing}, fields that nobody knows {shown(unknown)}")


def check_list(name, value):
    if not isinstance(value, list):
        raise RunCardError(f"{name} is a list, got {shown(value)}")


def check_whole(name, value, least=0, most=2**63 - 1):
    if type(value) is not int or not least <= value <= most:
        raise RunCardError(f"{name} is a whole number from {least} to {most}, got {shown(value)}")


def check_number(name, value):
    """JSON's floats are finite already; of its whole numbers, those that a float can hold."""
    if type(value) not in (int, float) or (type(value) is int and abs(value) >= 2**63):
        raise RunCardError(f"{name} is a number, got {shown(value)}")


def check_text(name, value, longest=200):
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise RunCardError(f"{name} is a text of at most {longest} printable letters, got {shown(value)}")


def check_names(name, value):
    """A dictionary whose keys can be attributes that no class defines for itself."""
    if not isinstance(value, dict):
        raise RunCardError(f"{name} is a dictionary, got {shown(value)}")
    for key in value:
        if len(key) > LONGEST_NAME or not (key.isascii() and key.isidentifier()) or key.startswith("__"):
            raise RunCardError(f"{name} names an attribute {shown(key)}")


def check_description(kind, value, *more):
    """`value` describes an object that may stand as a `kind`: part, loss, optimizer, initializer; `more` fields."""
    if isinstance(value, dict) and "own" in value:
        check_keys(kind, value, {"own", *more, *(["arguments"] if "arguments" in value else [])})
        check_text(f"{kind}: its name", value["own"])
        if value["own"].startswith("__"):
            raise RunCardError(f"{kind}: {value['own']} is a name of Python's own")
        arguments = value.get("arguments", {})
        check_names(f"{value['own']}'s arguments", arguments)
        if any(isinstance(one, dict) for name, one in arguments.items() if name != "initializer"):
            raise RunCardError(f"the arguments of {value['own']} are numbers, text or lists, got {shown(arguments)}")
    else:
        check_keys(kind, value, {"nnlib", "arguments", *more})
        name, arguments = value["nnlib"], value["arguments"]
        cls = KINDS[kind].get(name) if isinstance(name, str) else None
        if cls is None:
            known = ", ".join(KINDS[kind])
            raise RunCardError(f"{shown(name)} is no {kind} of nnlib {VERSION}, which has {known}; update nnlib?")
        check_keys(f"arguments of {name}", arguments, signature_of(cls))
        for argument, number in arguments.items():
            if argument != "initializer":
                check_number(f"{argument} of {name}", number)
    if "initializer" in arguments and ("nnlib" in value or isinstance(arguments["initializer"], dict)):
        check_description("initializer", arguments["initializer"])


def check_generator(value):
    """The state of NumPy's PCG64."""
    check_keys("generator", value, ("state", "inc", "has_uint32", "uinteger"))
    for name, most in (("state", 2**128 - 1), ("inc", 2**128 - 1), ("has_uint32", 1), ("uinteger", 2**32 - 1)):
        check_whole(f"a generator's {name}", value[name], most=most)
    if value["inc"] % 2 == 0:
        raise RunCardError("a generator's inc is odd")


def spelt(entry):
    """A description as one would write it: `Dense(units=8, initializer=He())`."""
    arguments = ", ".join(
        f"{name}={spelt(value) if isinstance(value, dict) else shown(value)}"
        for name, value in entry.get("arguments", {}).items()
    )
    return f"{entry.get('nnlib') or entry['own']}({arguments})"
