"""The names that judging relies on, as they were when the checks were imported.

A notebook can give another meaning to any name of Python, of NumPy or of the checks: by accident (`np.exp = my_exp`,
`from numpy import *` the other way round), by a library, on purpose. While a check runs, those names mean again what
they meant, for the kernel, for the answer and for the comparison of its values; afterwards the notebook has its own
back. Only public names are kept: who changes what begins with an underscore is not judging an answer any more.

What is here uses no name of a module but its own private ones, so that nobody can take its tools away.
"""

import operator
import sys
import types

OWN = ("lessons.checks", "nnlib")  # with all below them
TOOLS = ("builtins", "numpy", "numpy.linalg", "numpy.random", "ast", "copy", "dis", "inspect", "itertools", "json",
         "linecache", "math", "numbers", "os", "select", "threading", "time",
         "tokenize")  # fmt: skip
STATE = {"lessons.checks.speak.commands": {"HOME", "PROGRESS"}, "builtins": {"input", "_"}}  # meant to change

_kept = []  # (the names of a module or a class, what puts one of them back, {name: value})
_all, _map, _is = all, map, operator.is_
_modules = set()  # the paths of the modules in it
_nothing = object()
_dict = dict


def keep():
    """Remember the public names of every module that judging relies on and that is imported by now."""
    for path, module in sorted(sys.modules.items()):
        own = path in OWN or path.startswith(tuple(f"{one}." for one in OWN))
        if isinstance(module, types.ModuleType) and (own or path in TOOLS):
            keep_module(module)


def keep_module(module):
    """Remember a module's public names, and for one of the checks the methods of its classes."""
    path = module.__name__
    public = {name: value for name, value in vars(module).items()
              if (not name.startswith("_") or path == "builtins") and name not in STATE.get(path, {"_"})}  # fmt: skip
    _kept.append((vars(module), vars(module).__setitem__, public))
    _modules.add(path)
    for one in public.values():
        if isinstance(one, type) and one.__module__ == path and path.startswith("lessons.checks"):
            methods = {name: it for name, it in vars(one).items() if isinstance(it, types.FunctionType | property)}
            _kept.append((vars(one), types.MethodType(_of_class, one), methods))


def is_kept(path):
    return path in _modules


def _of_class(owner, name, value, put=type.__setattr__, take=type.__delattr__):
    put(owner, name, value) if value is not _nothing else take(owner, name)


def restore():
    """Put back what was changed; returns what stood there instead, for `undo`."""
    changed = []
    for names, put, kept in _kept:
        if _all(_map(_is, _map(names.get, kept), kept.values())):  # mostly; this is asked after each call of an answer
            continue
        for name, value in kept.items():
            here = names.get(name, _nothing)
            if here is not value:
                changed.append((names, put, name, here))
                put(name, value)
    return changed


def undo(changed):
    """Give the notebook its own names back."""
    for names, put, name, value in changed[::-1]:
        if value is not _nothing:
            put(name, value)
        elif type(names) is _dict:
            names.pop(name, None)

