"""Measuring one part at a time: what should it hand down, and what should its parameters' gradients be?

No formula of a part is believed here. Its output is watched while its inputs, or its parameters, are moved a little.
"""

import copy

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.parts.part import attributes, parameter_names, put_back

STEP = 1e-5
LARGEST_SAMPLE = 300


class Alone:
    """A copy of a part, taken before its forward pass: called again and again, it draws the same random numbers."""

    def __init__(self, part):
        self.part = copy.deepcopy(part)
        self.chance = Chance(parts=[self.part])
        self.start = attributes(self.part)

    def __call__(self, inputs):
        with self.chance:
            put_back(self.part, self.start)
            self.part.inputs = inputs = inputs.copy()
            return np.array(self.part(inputs), float)

    def grad_inputs(self, inputs, grad_output):
        """`(features, m)` of slopes, measured: how `sum(grad_output * output)` follows each input. A `Slopes`."""
        slopes = Slopes(inputs.shape)
        alone = columns_alone(self, inputs)
        middle = self(inputs)
        for row in range(len(inputs)):
            for columns in [slice(None)] if alone else [[column] for column in range(inputs.shape[1])]:
                moved = []
                for step in (STEP, -STEP):
                    other = inputs.copy()
                    other[row, columns] += step
                    moved.append(self(other))
                slopes.put((row, columns), *moved, middle, grad_output, 0 if alone else None)
        return slopes

    def grad_parameter(self, name, inputs, grad_output, seed=0):
        """The measured gradient of a parameter, a mean over the examples; of large arrays only a sample is measured."""
        array = np.array(self.start[name], float)
        self.start[name] = array
        slopes, middle = Slopes(array.shape), self(inputs)
        places = np.arange(array.size)
        if array.size > LARGEST_SAMPLE:
            places = np.sort(np.random.default_rng(seed).choice(array.size, LARGEST_SAMPLE, replace=False))
        for place in places:
            index, moved = np.unravel_index(place, array.shape), []
            kept = array[index]
            for step in (STEP, -STEP):
                array[index] = kept + step
                moved.append(self(inputs))
            array[index] = kept
            slopes.put(index, *moved, middle, grad_output / inputs.shape[1], None)
        return slopes


class Slopes:
    """Slopes as measured: `central`, and on either side; NaN where nothing was measured."""

    def __init__(self, shape):
        self.central, self.left, self.right = np.full((3, *shape), np.nan)
        self.noise = 0.0

    def put(self, index, up, down, middle, weights, axis):
        self.central[index] = (weights * (up - down)).sum(axis) / (2 * STEP)
        self.right[index] = (weights * (up - middle)).sum(axis) / STEP
        self.left[index] = (weights * (middle - down)).sum(axis) / STEP
        rounding = np.finfo(float).eps * float(np.abs(weights * middle).sum())
        self.noise = max(self.noise, 16 * rounding / STEP)

    def agree(self, array, tolerance=2e-6):
        """Whether an array holds these slopes; beside a kink, anything between the two sides will do."""
        if np.shape(array) != self.central.shape or not np.isfinite(array).all():
            return False
        known = np.isfinite(self.central)
        scale = max(np.abs(self.central[known]).max(initial=0), self.noise / tolerance, 1e-300)
        low, high = np.minimum(self.left, self.right)[known], np.maximum(self.left, self.right)[known]
        mine, kink = np.asarray(array)[known], high - low > 1e-3 * scale
        near = np.abs(mine - self.central[known]) <= tolerance * scale
        between = (low - tolerance * scale <= mine) & (mine <= high + tolerance * scale)
        return bool((near | (kink & between)).all())


def columns_alone(function, inputs):
    """Whether an example's output depends on that example only."""
    moved = inputs.copy()
    moved[:, 0] += 0.1 + 0.1 * np.abs(moved[:, 0])
    return inputs.shape[1] == 1 or np.array_equal(function(moved)[:, 1:], function(inputs)[:, 1:])


def grad_of_loss(loss, output, labels):
    """m times the measured slope of `loss(output, labels)`, `(k, m)`, as `Slopes`."""
    slopes, middle, m = Slopes(output.shape), loss(output, labels), output.shape[1]
    output = output.copy()
    for index in np.ndindex(output.shape):
        kept = output[index]
        step = min(STEP, 1e-4 * min(kept, 1 - kept)) if 0 < kept < 1 else STEP  # a logarithm may be near its end
        values = []
        for move in (step, -step):
            output[index] = kept + move
            values.append(loss(output, labels))
        output[index] = kept
        up, down = values
        slopes.central[index] = m * (up - down) / (2 * step)
        slopes.right[index], slopes.left[index] = m * (up - middle) / step, m * (middle - down) / step
    return slopes


def nudged(model, seed=0):
    """The model itself, with parameters that are all alike moved apart: zeros hide mistakes."""
    rng = np.random.default_rng(seed)
    for place in model.places:
        for name in parameter_names(place.part):
            array = np.asarray(getattr(place.part, name))
            if array.size and np.ptp(array) == 0:
                share = 1 / np.sqrt(array.shape[-1]) if array.ndim == 2 and array.shape[1] > 1 else 0.3
                setattr(
                    place.part, name, array + share * (0.4 + rng.random(array.shape)) * rng.choice([-1, 1], array.shape)
                )
    model._parameters.take_back()
    return model


def choose(groups, sample, rng):
    """Which indices of the flat vector to check, one array a group: all, or `sample` shared out over the groups."""
    sizes = np.array([piece.stop - piece.start for _, _, piece in groups])
    counts = sizes.copy()
    if sample is not None and sample < sizes.sum():
        counts = np.minimum(sizes, 1) if sample >= len(sizes) else np.zeros_like(sizes)
        while counts.sum() < sample:  # fair shares, and what a small array cannot use goes to the others
            room = np.flatnonzero(counts < sizes)
            share = max((sample - counts.sum()) // len(room), 1)
            for group in room[: sample - counts.sum()]:
                counts[group] = min(sizes[group], counts[group] + share)
    return [
        piece.start + np.sort(rng.choice(size, count, replace=False))
        for (_, _, piece), size, count in zip(groups, sizes, counts, strict=True)
    ]
