"""Sets drawn on the plane by a formula: two classes, or a number to predict.

All take `examples`, `noise` and `seed` and return `x (2, examples)` and `y (1, examples)`; the same seed gives the
same points.
"""

from numbers import Real

import numpy as np

from nnlib.data.prepare import generator_of
from nnlib.parts.labels import is_whole


def blobs(examples=200, noise=0.1, seed=0):
    """Two round clouds: discs of radius 0.4 about (−0.5, −0.5) for class 0 and (0.5, 0.5) for class 1.

    Args (the same for every set below):
        examples: how many points, at least 1; the two classes differ by at most one point.
        noise: standard deviation of the normal jitter that is added to both coordinates, in their own units.
            Without noise all coordinates lie between −1 and 1, so 0.1 is a twentieth of the picture's width.
        seed: the same seed gives the same points; another noise then moves these same points.

    Returns:
        x (2, examples) and y (1, examples), float64; y is 0.0 or 1.0.

    Raises ValueError where examples, noise or seed is not such a number.

    >>> x, y = blobs(examples=4, noise=0, seed=1)
    >>> x.shape, y.shape, bool(np.all((x[0] > 0) == (y[0] == 1)))
    ((2, 4), (1, 4), True)
    """
    rng, label = _start(examples, noise, seed)
    # The square root spreads the points evenly over the disc; without it they crowd at the centre.
    radius, angle = 0.4 * np.sqrt(rng.random(examples)), rng.uniform(0, 2 * np.pi, examples)
    centre = label - 0.5
    return _jitter(rng, noise, centre + radius * np.cos(angle), centre + radius * np.sin(angle)), label[None]


def moons(examples=200, noise=0.1, seed=0):
    """Two half-circles that reach into each other, which no straight line can separate.

    Class 0 lies on `((cos t − 0.5) / 1.5, (sin t − 0.25) / 1.5)`, 0 ≤ t ≤ π; class 1 is its point reflection.
    Arguments, result and errors are those of `blobs`. Source: the shape is scikit-learn's `make_moons`.

    >>> x, y = moons(examples=100, noise=0)
    >>> float(np.abs(x).max()) <= 1
    True
    """
    rng, label = _start(examples, noise, seed)
    angle = rng.uniform(0, np.pi, examples)
    side = 1 - 2 * label
    x1, x2 = side * (np.cos(angle) - 0.5) / 1.5, side * (np.sin(angle) - 0.25) / 1.5
    return _jitter(rng, noise, x1, x2), label[None]


def circles(examples=200, noise=0.1, seed=0):
    """A circle in a circle: class 0 at radius 0.9, class 1 at radius 0.4, both about (0, 0).

    Arguments, result and errors are those of `blobs`.

    >>> x, y = circles(examples=6, noise=0)
    >>> np.unique(np.hypot(*x).round(6)).tolist()
    [0.4, 0.9]
    """
    rng, label = _start(examples, noise, seed)
    angle = rng.uniform(0, 2 * np.pi, examples)
    radius = np.where(label == 1, 0.4, 0.9)
    return _jitter(rng, noise, radius * np.cos(angle), radius * np.sin(angle)), label[None]


def spiral(examples=200, noise=0.1, seed=0):
    """Two arms wound about each other, the hardest of these sets.

    An arm is `(r cos t, r sin t)` with r from 0.1 to 1 and t = 2πr, plus half a turn for class 1. The arms
    are at most 0.5 apart, so with noise above 0.1 they run into each other.
    Arguments, result and errors are those of `blobs`.

    >>> x, y = spiral(examples=50, noise=0)
    >>> bool(0.1 <= np.hypot(*x).min() and np.hypot(*x).max() <= 1)
    True
    """
    rng, label = _start(examples, noise, seed)
    radius = rng.uniform(0.1, 1, examples)
    angle = 2 * np.pi * radius + np.pi * label
    return _jitter(rng, noise, radius * np.cos(angle), radius * np.sin(angle)), label[None]


def xor(examples=200, noise=0.1, seed=0):
    """Four squares like a chessboard: class 1 where exactly one of the two coordinates is positive.

    Without noise no coordinate is nearer to 0 than 0.1. A single neuron cannot learn it (Minsky and Papert,
    *Perceptrons*, 1969); one hidden layer can. Arguments, result and errors are those of `blobs`.

    >>> x, y = xor(examples=8, noise=0)
    >>> bool(np.all((x[0] * x[1] < 0) == (y[0] == 1)))
    True
    """
    rng, label = _start(examples, noise, seed)
    size = rng.uniform(0.1, 1, (2, examples))
    sign = rng.choice((-1, 1), examples)
    return _jitter(rng, noise, sign * size[0], sign * (1 - 2 * label) * size[1]), label[None]


def line(examples=200, noise=0.1, seed=0):
    """Two classes on the two sides of the line 0.6 x₁ + 0.8 x₂ = 0: what one neuron can learn.

    0.6 x₁ + 0.8 x₂ is the signed distance from the line; without noise it is at least 0.05 for class 1 and at
    most −0.05 for class 0. Arguments, result and errors are those of `blobs`.

    >>> x, y = line(examples=8, noise=0)
    >>> bool(np.all((0.6 * x[0] + 0.8 * x[1] > 0) == (y[0] == 1)))
    True
    """
    rng, label = _start(examples, noise, seed)
    x1, x2 = rng.uniform(-0.95, 0.95, (2, examples))
    side = 2 * label - 1
    # A point on the wrong side is reflected in (0, 0); then every point moves 0.05 away from the line.
    turn = np.where((0.6 * x1 + 0.8 * x2 > 0) == (side > 0), 1, -1)
    return _jitter(rng, noise, turn * x1 + 0.05 * side * 0.6, turn * x2 + 0.05 * side * 0.8), label[None]


# --- A number to predict on the plane ---


def plane(examples=200, noise=0.1, seed=0):
    """A tilted plane: y = (x₁ + x₂) / 2, over the square from −1 to 1. One linear unit can learn it.

    Args:
        examples, seed: as in `blobs`.
        noise: standard deviation of the normal noise that is added to y. Without it y lies between −1 and 1.

    Returns:
        x (2, examples) and y (1, examples), float64. Errors are those of `blobs`.

    >>> x, y = plane(examples=50, noise=0)
    >>> bool(np.allclose(y, x.mean(axis=0)))
    True
    """
    rng, _ = _start(examples, noise, seed)
    x1, x2 = rng.uniform(-1, 1, (2, examples))
    return np.stack([x1, x2]), _jitter(rng, noise, (x1 + x2) / 2)


def hills(examples=200, noise=0.1, seed=0):
    """Two hills and two hollows: y = sin(π x₁) · sin(π x₂), over the square from −1 to 1.

    Arguments, result and errors are those of `plane`.

    >>> x, y = hills(examples=50, noise=0)
    >>> bool(np.all((y[0] > 0) == (x[0] * x[1] > 0)))
    True
    """
    rng, _ = _start(examples, noise, seed)
    x1, x2 = rng.uniform(-1, 1, (2, examples))
    return np.stack([x1, x2]), _jitter(rng, noise, np.sin(np.pi * x1) * np.sin(np.pi * x2))


_GENERATORS = (blobs, moons, circles, spiral, xor, line, plane, hills)
DATASETS = {generator.__name__: generator for generator in _GENERATORS}  # every generated set by its name
REGRESSIONS = ("plane", "hills")  # those with a number to predict; the others have two classes


def _start(examples, noise, seed):
    """The random generator and the class, 0.0 or 1.0, of each example in a mixed order."""
    if not is_whole(examples) or examples < 1:
        raise ValueError(f"examples must be a whole number, 1 or more, but is {examples!r}; try examples=200")
    if not isinstance(noise, Real) or isinstance(noise, bool) or not 0 <= noise < np.inf:
        raise ValueError(f"noise must be a finite number, 0 or more, but is {noise!r}; try noise=0.1")
    rng = generator_of(seed)
    return rng, rng.permutation(np.arange(examples) % 2).astype(float)


def _jitter(rng, noise, *rows):
    return np.stack(rows) + noise * rng.normal(size=(len(rows), rows[0].size))
