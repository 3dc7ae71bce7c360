"""What is timed: networks, data and first weights, the same for every library. Needs NumPy alone."""

import functools
import zlib
from dataclasses import asdict, dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Case:
    """One network on one set of examples. `sizes` are features, hidden units …, outputs; one output means yes or no.

    Hidden layers are ReLU. One output is Sigmoid with binary cross-entropy, more are Softmax with categorical.
    `batch` None is all examples at once, without shuffling.
    """

    name: str
    sizes: tuple
    examples: int
    batch: int | None = None
    optimizer: str = "SGD"
    learning_rate: float = 0.1
    dtype: str = "float32"
    epsilon: float = 1e-8  # Adam's

    @property
    def batch_size(self):
        return self.examples if self.batch is None else self.batch

    @property
    def gigaflops(self):
        """Floating-point operations of one step's matrix products, in 10⁹."""
        pairs = list(zip(self.sizes, self.sizes[1:], strict=False))
        products = 3 * sum(a * b for a, b in pairs) - pairs[0][0] * pairs[0][1]  # the data need no gradient
        return 2 * products * self.batch_size / 1e9

    @property
    def parameters(self):
        """How many parameters the network has."""
        return sum((a + 1) * b for a, b in zip(self.sizes, self.sizes[1:], strict=False))

    def message(self):
        return asdict(self)

    @classmethod
    def from_message(cls, message):
        return cls(**{**message, "sizes": tuple(message["sizes"])})


MAIN = (
    Case("playground 2-8-8-1, 500 points, full batch, SGD", (2, 8, 8, 1), 500),
    Case("digits 64-64-64-10, batch 32, Adam", (64, 64, 64, 10), 1438, 32, "Adam", 0.001),
    Case("784-256-128-10, batch 128, Adam", (784, 256, 128, 10), 4000, 128, "Adam", 0.001),
    Case("784-256-128-10, batch 32, Adam", (784, 256, 128, 10), 4000, 32, "Adam", 0.001),
    Case("784-64-64-1, 12,000 examples, full batch, SGD", (784, 64, 64, 1), 12_000),
)
FIT = Case("`fit(epochs=1)`, 784-256-128-10, batch 128, 6,400 examples, Adam", MAIN[2].sizes, 6400, 128, "Adam", 0.001)
DECISION_MAP = Case("decision map of 2-8-8-1 on 100×100 points", (2, 8, 8, 1), 10_000)


def hidden(width, depth, batch):
    """`depth` hidden layers of `width` units for `width` features and 10 classes, in mini-batches of `batch`."""
    sizes = (width, *[width] * depth, 10)
    return Case(f"width {width}, depth {depth}, batch {batch}", sizes, max(16, 2 * batch), batch, learning_rate=0.001)


def grid(points, gigaflops=4.0, parameters=20e6, seed=0):
    """`points` cases out of all widths 256 … 2048, depths 1 … 8 and batches 1 … 4096 that are not too large.

    Too large is a step of more than so many floating-point operations, or a network of more parameters. The corners
    that are small enough are always among them, the rest are drawn by `seed`.
    """
    axes = (256, 512, 1024, 2048), (1, 2, 4, 8), (1, 16, 128, 1024, 4096)
    cases = [hidden(width, depth, batch) for width in axes[0] for depth in axes[1] for batch in axes[2]]
    ends = {(w, d, b) for w in axes[0][::3] for d in axes[1][::3] for b in axes[2][::4]}
    corners = {hidden(*end) for end in ends}
    fit = [c for c in cases if c.gigaflops <= gigaflops and c.parameters <= parameters]
    chosen = [case for case in fit if case in corners]
    others = [case for case in fit if case not in corners]
    picked = np.random.default_rng(seed).permutation(len(others))[: max(0, points - len(chosen))]
    return [*chosen, *(others[index] for index in sorted(picked))][:points], len(fit), len(cases)


def data(case):
    """Examples `(features, examples)` in 0 … 1, and classes `(examples,)` as whole numbers. Seeded by the name."""
    rng = np.random.default_rng(zlib.crc32(case.name.encode()))
    x = rng.random((case.sizes[0], case.examples), dtype=np.float64).astype(case.dtype)
    classes = rng.integers(0, max(case.sizes[-1], 2), case.examples)
    classes[: max(case.sizes[-1], 2)] = np.arange(max(case.sizes[-1], 2))[: case.examples]  # every class occurs
    return x, classes


def labels(case, classes):
    """`classes` as the network's outputs should be: `(1, examples)`, or one-hot `(k, examples)`."""
    if case.sizes[-1] == 1:
        return classes[np.newaxis].astype(case.dtype)
    return (np.arange(case.sizes[-1])[:, np.newaxis] == classes).astype(case.dtype)


@functools.lru_cache(maxsize=1)
def first_parameters(case):
    """`(weights, bias)` of every layer, `(units, features)` and `(units, 1)`: He's variance, bias not quite zero."""
    rng = np.random.default_rng(7)
    return [
        (
            rng.normal(0, np.sqrt(2 / features), (units, features)).astype(case.dtype),
            rng.normal(0, 0.01, (units, 1)).astype(case.dtype),
        )
        for features, units in zip(case.sizes, case.sizes[1:], strict=False)
    ]


def comparable(case):
    """The same network in float64 on few examples as one full batch: what all libraries must agree on.

    Adam's epsilon is next to nothing, because scikit-learn adds it before the correction for the first steps, and
    the others after it: where a gradient is as small as epsilon, the usual 1e-8 would show that difference alone.
    """
    return replace(case, examples=min(case.examples, 64), batch=None, dtype="float64", epsilon=1e-30)
