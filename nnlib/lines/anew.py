"""A learner's functions made anew: one of them with other lines, and all that calls it with that one in its place.

The old ones stay as they are, and so does what they hold: changed lines may write anywhere, so what a function names is
copied for it, or cannot be written into.
"""

import ast
import builtins
import copy
import inspect
import sys
import textwrap
import types

import numpy as np

LIBRARIES = {"numpy", "nnlib", "lessons", "widgets", *sys.stdlib_module_names} - {"__main__"}
INSTALLED = "site-packages"
COPIED = 100_000  # bytes of an array; a larger one is data, which nobody writes into


def is_own(thing):
    """Whether a function or a class is a learner's: no library's, whose lines are not theirs to change."""
    home = getattr(thing, "__module__", None) or ""
    file = getattr(sys.modules.get(home), "__file__", None) or ""
    return home.partition(".")[0] not in LIBRARIES and INSTALLED not in file


def functions_of(thing):
    """A learner's functions that run when `thing` is called, a function or a method, the first one first."""
    found, waiting, methods = [], [thing], {}
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, types.MethodType):
            waiting.append(one.__func__)
            one = one.__self__
        if isinstance(one, types.FunctionType):
            if is_own(one) and one not in found:
                found.append(one)
                waiting += [value for _, value in named_by(one)]
        else:
            for name, value in getattr(one, "__dict__", {}).items():
                if isinstance(value, types.FunctionType):
                    methods.setdefault(name, []).append(value)
            for kind in kinds_in(one):
                for name, method in methods_of(kind).items():
                    methods.setdefault(name, []).append(method)
        called = {name for one in found for name in names_in(one)} | {"__call__"}
        waiting += [one for name in called & methods.keys() for one in methods.pop(name) if one not in found]
    return found


def kinds_in(thing, depth=4):
    """A learner's classes of an object, and of those that it holds."""
    if isinstance(thing, (list, tuple, dict)) and depth:
        inner = thing.values() if isinstance(thing, dict) else thing
        return {kind for one in inner for kind in kinds_in(one, depth - 1)}
    if isinstance(thing, type) or not is_own(type(thing)):
        return set()
    held = getattr(thing, "__dict__", {}).values() if depth else ()
    return {type(thing)} | {kind for one in held for kind in kinds_in(one, depth - 1)}


def names_in(function):
    """What a function's lines, and those of functions within it, name."""
    codes = [function.__code__]
    for code in codes:
        codes += [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
    return {name for code in codes for name in code.co_names}


def methods_of(kind):
    """`{name: function}` of the methods that a learner's class has, its own and those of bases of theirs."""
    found = {}
    for base in reversed(kind.__mro__):
        if base is not object and is_own(base):
            plain = {name: it.__func__ if isinstance(it, staticmethod) else it for name, it in vars(base).items()}
            found |= {name: it for name, it in plain.items() if isinstance(it, types.FunctionType)}
    return found


def named_by(function):
    """`(name, value)` of the globals, and of the variables around it, that a function uses."""
    space = function.__globals__
    yield from ((name, space[name]) for name in names_in(function) if name in space)
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # still empty
            continue


def keys_of(functions):
    """What stands in functions' lines: words that may be keys of a dictionary, numbers, factors of these alone.

    A number may have a name outside of them, or be kept in `self`.
    """
    found, factors = [], {}
    for function in functions:
        for one in (*function.__code__.co_consts, *(function.__defaults__ or ())):
            found += one if isinstance(one, tuple) else [one]
        tree = ast.parse(text_of(function) or "")
        products = [one for one in ast.walk(tree) if isinstance(getattr(one, "op", None), (ast.Mult, ast.Div))]
        for side in [side for one in products if isinstance(one, ast.BinOp) for side in (one.left, one.right)]:
            numbers = {"np", "self"} | {name for name, one in named_by(function) if isinstance(one, float)}
            if {one.id for one in ast.walk(side) if isinstance(one, ast.Name)} <= numbers:
                factors.setdefault(ast.unparse(side), side)
    words = [one for one in dict.fromkeys(found) if isinstance(one, float) or getattr(one, "isidentifier", bool)()]
    return [*words, *factors.values()]


def text_of(function):
    """The lines of a function without decorators, or None where they cannot be found."""
    try:
        text = textwrap.dedent(inspect.getsource(function))
        made = ast.parse(text).body[0]
    except (OSError, TypeError, SyntaxError):
        return None
    if not isinstance(made, ast.FunctionDef) or made.name != function.__name__:
        return None
    return "\n".join(text.splitlines()[made.lineno - 1 : made.end_lineno])


def with_lines(function, text):
    """The function that other lines make, in the surroundings of the old one; whatever is wrong with them is raised."""
    free = function.__code__.co_freevars
    whole = f"def made({', '.join(free)}):\n{textwrap.indent(text, '    ')}\n    return {function.__name__}\n"
    space = dict(function.__globals__)
    exec(compile(whole, "<changed>", "exec"), space)
    made = space["made"](*(cell.cell_contents for cell in function.__closure__ or ()))
    if any(type(one) not in (int, float) for one in function.__defaults__ or ()):
        made.__defaults__ = function.__defaults__
    return made


class Anew:
    """`anew(thing)` is `thing` as it would be if `swapped` held: `{old: new}` of functions.

    Whatever it does, it does to copies, and large arrays cannot be written into; arrays of `shared` stay the same
    objects. `change(array)` may put others in the place of all arrays that are named, and `stand_ins` others in that of
    modules and builtin functions: `{id(old): new}`.
    """

    def __init__(self, swapped=None, shared=(), change=None, stand_ins=None):
        self.swapped, self.change, self.stand_ins = swapped or {}, change, stand_ins or {}
        self.made, self.memo, self.spaces = {}, {id(one): one for one in shared}, {}

    def __call__(self, thing):
        if id(thing) in self.stand_ins:
            return self.stand_ins[id(thing)]
        if isinstance(thing, types.MethodType):
            return types.MethodType(self(thing.__func__), self(thing.__self__))
        if isinstance(thing, types.FunctionType):
            return self.function(thing) if is_own(thing) else thing
        held = isinstance(thing, (np.ndarray, dict, list))
        if self.change is not None and (held or type(thing) is tuple):
            return self.changed(thing)
        if isinstance(thing, type) or not (held or is_own(type(thing))):
            return thing
        self.protect(thing)
        twin = copy.deepcopy(thing, self.memo)
        if self.swapped or self.stand_ins:
            self.made_anew(twin)
        return twin

    def made_anew(self, thing, depth=4):
        """Have the objects in it be of their classes made anew."""
        inner = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, (list, tuple)) else ()
        if not isinstance(thing, type) and is_own(type(thing)) and id(thing) not in self.made:
            self.made[id(thing)] = thing
            held = getattr(thing, "__dict__", {})
            held.update({name: self(one) for name, one in held.items() if isinstance(one, types.FunctionType)})
            inner = held.values()
            thing.__class__ = self.kind(type(thing))
        for one in [one for one in inner if depth and not isinstance(one, (np.ndarray, str, int, float))]:
            self.made_anew(one, depth - 1)

    def protect(self, thing, depth=4):
        """Have large arrays in it not be copied, but looked at."""
        if isinstance(thing, np.ndarray):
            if thing.nbytes > COPIED and id(thing) not in self.memo:
                self.memo[id(thing)] = view = thing.view()
                view.flags.writeable = False
        elif depth:
            inner = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, (list, tuple)) else ()
            for one in [*inner, *getattr(thing, "__dict__", {}).values()]:
                self.protect(one, depth - 1)

    def kind(self, kind):
        """A subclass of a learner's class with its methods made anew."""
        if kind not in self.made:
            self.made[kind] = self.made_kind(kind)
        return self.made[kind]

    def made_kind(self, kind):
        methods = {}
        for name, method in methods_of(kind).items():
            still = isinstance(next(vars(one)[name] for one in kind.__mro__ if name in vars(one)), staticmethod)
            methods[name] = staticmethod(self.function(method)) if still else self.function(method)
        slots = {} if kind.__dictoffset__ else {"__slots__": ()}
        return type(kind.__name__, (kind,), methods | slots | {"__module__": kind.__module__})

    def function(self, old):
        if old in self.made:
            return self.made[old]
        now = self.swapped.get(old, old)
        space = self.spaces.setdefault(id(old.__globals__), dict(old.__globals__))
        cells = tuple(types.CellType() for _ in now.__code__.co_freevars)
        given = now.__defaults__
        if self.change is not None and given:
            given = tuple(self.changed(one) if isinstance(one, (np.ndarray, list, dict)) else one for one in given)
        made = types.FunctionType(now.__code__, space, old.__name__, given, cells)
        made.__kwdefaults__, made.__module__ = old.__kwdefaults__, old.__module__
        self.made[old] = made
        values = dict(named_by(now))
        for name, cell in zip(now.__code__.co_freevars, cells, strict=True):
            if name in values:
                cell.cell_contents = self(values.pop(name))
        space.update({name: self(value) for name, value in values.items()})
        built_in = {name: vars(builtins)[name] for name in names_in(now) - values.keys() if name in vars(builtins)}
        space.update({name: self(one) for name, one in built_in.items() if id(one) in self.stand_ins})
        return made

    def changed(self, thing):
        """What is held, with other arrays; a list or dictionary that several hold stays one."""
        if isinstance(thing, np.ndarray):
            return self.change(thing)
        if type(thing) is tuple:
            return tuple(self.changed(one) for one in thing)
        if isinstance(thing, (list, dict)):
            if id(thing) not in self.memo:
                self.memo[id(thing)] = made = copy.copy(thing)
                for key, one in thing.items() if isinstance(thing, dict) else enumerate(thing):
                    made[key] = self.changed(one)
            return self.memo[id(thing)]
        return self(thing) if is_own(type(thing)) else thing
