"""Networks as people write them, each with its verdict, written before anybody looked at what `diagnose` says.

`posted` and `invented` hold wrong ones, `unusual` right ones, the others both; those in `functions` are no classes.
A case is a function without arguments that returns (model, x, y), with the names that are accepted for its mistake.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlib.data import moons

CASES = []


@dataclass(frozen=True)
class Case:
    """`make()` gives (model, x, y). `kinds` are the accepted names of its mistake; () for a right network."""

    name: str
    kinds: tuple
    make: Any
    alone: bool = False


def case(what, *kinds, alone=False):
    """Registers the function below it. `alone`: it is not run in mixed company, where it would be another case."""

    def register(make):
        CASES.append(Case(what, kinds, make, alone))
        return make

    return register


def two_moons(examples=20):
    return moons(examples, 0.1, 0)


def numbers(features=3, outputs=2, examples=12, seed=1):
    """A regression without a pattern."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((features, examples)), rng.standard_normal((outputs, examples))


def classes(features=3, outputs=4, examples=13, seed=2):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((features, examples)), np.eye(outputs)[rng.integers(0, outputs, examples)].T
