"""Chance that repeats itself: a loss is a function of the parameters only if every draw is the same each time."""

import contextlib
import random

import numpy as np

from nnlib.parts.part import attributes

PHASES = ("__call__", "forward", "backward_step", "backward", "update", "predict")


class Chance:
    """`with chance:` every random number that the parts of a network draw is the one they drew last time.

    That holds for generators that the model or a part keeps, for those of the notebook that a part's methods name, for
    `default_rng()` called without a seed, and for the global numbers of NumPy and of `random`. What does not belong to
    the network is put back afterwards. `parts` may be given in place of a model. What its training `loops` alone draw,
    which call the phases by name, counts only if these are to be run: to keep the global numbers takes a while.
    """

    def __init__(self, model=None, parts=None, loops=False):
        parts = [place.part for place in model.places] if parts is None else parts
        held = [value for part in parts for value in attributes(part).values()]
        self.own = states_of(held if model is None else [model.rng, *held])
        named = [pair for part in parts for pair in named_by(type(part), loops)]
        self.others = states_of(value for _, value in named)
        self.free = any("rand" in name for name, _ in named)  # draws that belong to no generator we could find
        if self.free:
            self.globals = global_states()

    def __enter__(self):
        put_back(self.own)
        self.outside = states_of(generator for generator, _ in self.others)
        put_back(self.others)
        if self.free:
            self.outside_globals = global_states()
            put_back_globals(*self.globals)
            self.default_rng, self.drawn = np.random.default_rng, 0
            np.random.default_rng = self.next_generator

    def __exit__(self, *error):
        put_back(self.outside)
        if self.free:
            np.random.default_rng = self.default_rng
            put_back_globals(*self.outside_globals)

    def begin(self, seed):
        """Have the random numbers within be those of a seed."""
        if self.free:
            self.drawn = 10_000 * seed
            np.random.seed(seed)  # noqa: NPY002
            random.seed(seed)
        for generator, _ in (*self.own, *self.others):
            if hasattr(generator, "set_state"):
                generator.seed(seed)
            else:
                generator.bit_generator.state = type(generator.bit_generator)(seed).state

    def next_generator(self, seed=None):
        """`default_rng`, but without a seed it gives the same series of generators after each `with`."""
        if seed is None:
            self.drawn += 1
            seed = 7919 * self.drawn
        return self.default_rng(seed)


def states_of(values):
    """[(generator, its state)] of those values that are generators, of NumPy's new or old kind, each once."""
    found = {id(value): value for value in values if isinstance(value, (np.random.Generator, np.random.RandomState))}
    return [(generator, state_of(generator)) for generator in found.values()]


def state_of(generator):
    return generator.get_state() if hasattr(generator, "get_state") else generator.bit_generator.state


def put_back(states):
    for generator, state in states:
        if hasattr(generator, "set_state"):
            generator.set_state(state)
        else:
            generator.bit_generator.state = state


def global_states():
    return np.random.get_state(), random.getstate()  # noqa: NPY002 - a Dropout of one's own may use np.random.rand


def put_back_globals(numpy_state, python_state):
    np.random.set_state(numpy_state)  # noqa: NPY002
    random.setstate(python_state)


def named_by(kind, loops=True):
    """(name, value) of what a class outside nnlib holds, and of what its methods, and the functions they call, name.

    Without `loops`, of no method that goes back through the network and is no phase itself.
    """
    for base in kind.__mro__:
        if base is not object and not base.__module__.startswith("nnlib."):
            yield from vars(base).items()
            for name, value in vars(base).items():
                looping = "backward_step" in getattr(getattr(value, "__code__", None), "co_names", ())
                if name != "__init__" and (loops or not looping or name in PHASES):  # what it begins with is over
                    yield from named_in(value, set())


def named_in(function, seen):
    code = getattr(function, "__code__", None)
    if code is None or code in seen:
        return
    seen.add(code)
    inner = [constant for constant in code.co_consts if isinstance(constant, type(code))]
    for name in {name for one in (code, *inner) for name in one.co_names}:
        value = function.__globals__.get(name)
        yield name, value
        yield from named_in(value, seen)
    for cell, name in zip(function.__closure__ or (), code.co_freevars, strict=False):
        with contextlib.suppress(ValueError):  # a cell that is still empty
            yield name, cell.cell_contents
