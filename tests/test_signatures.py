"""What public classes and functions do where nothing is said, their usual values, is what was read: signatures.txt."""

import inspect
from pathlib import Path

import kept_words
import pytest

import nnlib
import nnlib.inspect
import widgets

KEPT = Path(__file__).with_name("signatures.txt")
ROOMS = {room.__name__: room for room in (nnlib, nnlib.inspect, widgets)}


def public(room):
    names = getattr(room, "__all__", None) or [name for name in vars(room) if not name.startswith("_")]
    found = {name: getattr(room, name) for name in sorted(names)}
    own = [name for name, thing in found.items() if callable(thing) and thing.__module__.partition(".")[0]
           == room.__name__.partition(".")[0]]  # fmt: skip
    return {name: found[name] for name in own}


def methods(kind):
    """Those that its own class has, its `__init__` as the class itself."""
    for name, method in sorted(vars(kind).items()):
        method = getattr(method, "__func__", method)
        if inspect.isfunction(method) and (not name.startswith("_") or name in ("__init__", "__call__")):
            yield name, method


def taken(function):
    """Its arguments with their usual values; a long one is told by its kind alone."""
    told = []
    for one in inspect.signature(function).parameters.values():
        text = str(one.replace(annotation=inspect.Parameter.empty))
        told.append(text if len(text) < 80 else f"{one.name}=({type(one.default).__name__})")
    return ", ".join(told)


@pytest.mark.parametrize("room", ROOMS)
def test_usual_values_are_what_was_read(room):
    lines = []
    for name, thing in public(ROOMS[room]).items():
        if room != "nnlib" and getattr(nnlib, name, None) is thing:
            continue
        if inspect.isclass(thing):
            lines += [f"{name}.{method}({taken(function)})" for method, function in methods(thing)]
        else:
            lines.append(f"{name}({taken(thing)})")
    kept_words.compare(KEPT, room, "\n".join(line for line in lines if "=" in line))
