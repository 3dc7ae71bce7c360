"""Two panes of the Workbench: the loss round the network as it is shown, and the bend of one unit."""

import time

import numpy as np

from nnlib.inspect import parameters_of
from widgets.stage.bend import bend, bends
from widgets.stage.browser import packed
from widgets.stage.figures import number, share
from widgets.stage.landscape import ModelLandscape, random_directions, seen
from widgets.stage.picture import titled

COUNTS = (31, 21, 15, 11)  # places in each direction of the picture: as fine as there is time for
QUICK, LONGEST = 0.12, 1.0  # seconds that a picture may take: finer than the coarsest, and at all
EXAMPLES, OTHERS = 200, 60  # training examples that the loss is taken of; z of other examples that are marked
SMALL = 1e-9


class Surface:
    """The loss round a network along two directions, with the path that training has taken; made anew when it moves."""

    def __init__(self):
        self.key, self.told, self.at, self.took = None, None, 0.0, 0.0

    def view(self, bench):
        """The picture, and a sentence; while Play runs it is at most a tenth of the time that is spent on it."""
        here = standing(bench)
        key = here.tobytes(), bench.x_train.tobytes()
        waits = bench.playing and time.monotonic() - self.at < max(0.5, 10 * self.took)
        if self.told is None or (key != self.key and not waits):
            begun = time.monotonic()
            self.told, self.key = surface(bench, here), key
            self.at = time.monotonic()
            self.took = self.at - begun
        return self.told


def standing(bench):
    """The parameters of the network that is shown, in the order of `model.parameters`."""
    arrays = [getattr(place.part, name) for place in bench._looker.places for name in parameters_of(place.part)]
    return np.concatenate([np.ravel(array) for array in arrays]).astype(float) if arrays else np.zeros(0)


def surface(bench, here):
    """What `surface.js` draws, or why there is nothing to draw."""
    x, y = bench.inputs(bench.x_train)[:, :EXAMPLES], bench.y_train[:, :EXAMPLES]
    if not x.size or not here.size:
        return {"plot": None, "said": "There is nothing to learn from, so there is no loss."}
    if not np.isfinite(here).all():
        return {"plot": None, "said": "The parameters are no longer finite: there is no loss round them."}
    trail = np.array(bench._trail.losses).reshape(-1, len(here))
    ways, places, how = directions(bench, here, trail)
    until = bench.moment.step - 1 if bench.past else bench.model.steps
    gone = [place for step, place in zip(bench._trail.steps, places, strict=False) if step <= until]
    land = ModelLandscape(bench.model, x, y, directions=ways, extent=extent(places))
    land.base = here
    takes, loss = min(timed(land) for _ in range(3))  # the computer may have been at something else
    count = next((count for count in COUNTS if count * count * takes < QUICK), COUNTS[-1])
    if count * count * takes > LONGEST:
        return {"plot": None, "said": f"One loss takes {1000 * takes:.0f} ms, and the picture needs {count * count}: "
                                      "that is too long. Take fewer points, or fewer units."}  # fmt: skip
    heights, low, high = seen(land, count)
    return {
        "plot": {
            "heights": packed(heights), "x": land.extent[0], "y": land.extent[1], "names": ["way 1", "way 2"],
            "start": [0.0, 0.0], "range": [low, high], "paths": [{"look": 1, "values": packed([*gone, [0.0, 0.0]])}],
        },
        "said": f"The loss here is {number(loss)}; in the picture it goes from {number(low)} to {number(high)}. {how}",
    }  # fmt: skip


def timed(land):
    """(seconds, loss) of the network itself."""
    begun = time.monotonic()
    loss = land.loss(np.zeros(2))
    return time.monotonic() - begun, loss


def directions(bench, here, trail):
    """(two directions `(2, parameters)`, the path on them `(places, 2)`, what they are, in words).

    They are those in which the path is widest, seen from where the network stands; without a path two by chance.
    """
    back = trail - here
    axes, sizes = np.zeros((0, len(here))), np.zeros(0)
    if len(trail) > 2 and np.isfinite(back).all():
        _, sizes, axes = np.linalg.svd(back, full_matrices=False)
    if len(sizes) < 2 or sizes[1] <= SMALL * max(sizes[0], 1):
        ways = random_directions(bench.model, 0)
        return ways, np.zeros((0, 2)), "Way 1 and way 2 are two directions by chance, through all parameters: a step " \
            "of 1 is as long as the weights. Train a little, and they follow the path."  # fmt: skip
    ways = axes[:2] * np.where(axes[range(2), np.abs(axes[:2]).argmax(axis=1)] < 0, -1, 1)[:, np.newaxis]
    part = np.square(sizes[:2]).sum() / np.square(sizes).sum()
    places = back @ ways.T
    return ways, places, "Way 1 and way 2 are the two directions in which training went furthest, of " \
        f"{len(here):,}: {share(part)} of the path lies in them. The large dot is where the network stands."


def extent(places):
    """What the picture shows: the whole path, with room round it; neither side is shorter than a third of the other."""
    if not len(places):
        return (-1, 1)
    places = np.vstack([places, np.zeros((1, 2))])
    low, high = places.min(axis=0), places.max(axis=0)
    size = high - low
    size = np.maximum(size, max(size.max() / 3, SMALL))
    middle = (low + high) / 2
    return [[float(m - 0.65 * s), float(m + 0.65 * s)] for m, s in zip(middle, size, strict=True)]


def activation(bench):
    """The bend of the chosen unit: f, f′, this unit's z for the example that is followed, and for others."""
    layer, unit, _ = bench._chosen
    name = f"Unit {unit} of layer {layer}"
    at = place_of_bend(bench, layer)
    if at is None:
        return {"curves": None, "said": f"{name} has no activation: it gives its z as it is."}
    part = bench._looker.places[at].part
    x = bench.inputs(bench.x_train)
    if not x.size:
        return {"curves": None, "said": "There is no point whose z could be shown."}
    outputs = bench._outputs(x)
    here = bench.example_inputs()
    z = float(bench._outputs(here)[at][unit, 0])
    given = float(bench._outputs(here)[at + 1][unit, 0])
    curve = bend(part, titled(part), z, points=161)
    if not np.isclose(curve["at"][0], given, rtol=1e-3, atol=1e-5):
        return {"curves": None, "said": f"{name}: {titled(part)} weighs the unit against the others, so f(z) is no "
                                        "curve of its own z."}  # fmt: skip
    others = outputs[at][unit]
    told = bends([curve], z) | {"others": [float(one) for one in others[:OTHERS] if np.isfinite(one)]}
    f, slope = (number(one) for one in curve["at"])
    nearest = np.abs(curve["line"] - others[:, np.newaxis]).argmin(axis=1)  # beyond the picture its end counts
    flat = np.mean(curve["flat"][nearest])
    return {
        "curves": told,
        "said": f"{name}, {titled(part)}: the followed example has z = {number(z)}, f(z) = {f} and f′(z) = {slope} "
                f"({curve['state']}). {share(flat)} of all {len(others)} examples lie where it is saturated. "
                "Click another unit to see it.",
    }  # fmt: skip


def place_of_bend(bench, layer):
    """The number of the part in the network that bends a layer's z, or None."""
    for at, place in enumerate(bench._looker.places):
        own = place.block == layer and place.index and not hasattr(place.part, "predict")
        if own and not parameters_of(place.part):
            return at
    return None
