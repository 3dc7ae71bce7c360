"""DescentExplorer: walking downhill on a loss. The slope says which way, the learning rate how far.

    DescentExplorer()                                          # a bowl; more landscapes are in the menu
    DescentExplorer(function=lambda w: (w - 2) ** 2)           # any function of one or two numbers
    DescentExplorer(model=model, x=x, y=y, parameters=(0, 4))  # two parameters of any network
    DescentExplorer(model=model, x=x, y=y, directions="random")  # or two directions through all of them
    DescentExplorer(optimizer=MySGD)                           # steps made by an optimiser of your own
    DescentExplorer(racers=["SGD", "Adam"])                    # several at once; tick them in the explorer
    DescentExplorer(optimizer=[MyMomentum, MyAdam])            # yours against nnlib's

Choose a start and press Step, or Play. Steps, start and learning rate can be changed at any time: the same number of
steps is walked anew. With a rate that is too large for the slope, each step lands higher than the one before.
"""

from pathlib import Path

import numpy as np

import nnlib
from widgets.descent_explorer.race import BEST, LENGTH, NETWORK, SAME, NetworkTrack, Race
from widgets.descent_explorer.view import DescentView
from widgets.stage.base import Explorer
from widgets.stage.border import by_name, method_of, taken
from widgets.stage.controls import Choice, Several, Slider, Whole
from widgets.stage.landscape import LANDSCAPES, FunctionLandscape, ModelLandscape, seen

GRID = 61
PAUSE, FAST = 0.15, 0.06  # seconds from step to step while Play runs, of a walk and of a race
MOST = 500
FLAT = 1e-3  # a slope shorter than this counts as level ground
OPTIMIZERS = ("SGD", "Momentum", "RMSProp", "Adam")
RACERS = ("SGD", "Momentum", "Nesterov", "RMSProp", "Adam", "AdamW")


class DescentExplorer(DescentView, Explorer):
    """The path of gradient descent over a landscape of two numbers (or one), from any start, at any learning rate.

    `function` takes one or two numbers and returns the loss; `gradient` takes the same and returns one slope for each
    (without it the slopes are measured). Or `model` with `x` and `y`, and `parameters`, the places of one or two
    numbers in `model.parameters`; or `directions`, two arrays as long as that vector, or `"random"`. `names` and
    `extent`, `(low, high)` or one pair for each, belong to all of these.
    `optimizer` is a class called with a learning rate whose objects have `step(parameters, gradients)`, which changes
    `parameters` in place; or a function `update(parameters, gradients, learning_rate)` that returns the new ones; or a
    list of such classes, which then race. All other arguments set controls: `landscape`, `rule`, `learning_rate`,
    `first`, `second`, `steps`, `along`; and `racers`, the names of the optimisers that race, with their `rates`.

    Raises TypeError for a name that is no control, and for `model` without `x` and `y`. An exception in your own code
    is no error here: the explorer shows it, with your line.
    """

    title = "Descent explorer"
    module = Path(__file__).with_suffix(".js")

    landscape = Choice("bowl", "Landscape", (*LANDSCAPES, NETWORK))
    rule = Choice("SGD", "Steps by", OPTIMIZERS)
    learning_rate = Slider(0.1, "Learning rate", 0.001, 10, log=True, least=0, most=1e10)
    first = Slider(0.0, "Start, first number", -5, 5, step=0.05, least=-1e6, most=1e6)
    second = Slider(0.0, "Start, second number", -5, 5, step=0.05, least=-1e6, most=1e6)
    steps = Whole(0, "Steps", 0, MOST)
    along = Choice("across", "Curve along", ("across", "up"))
    racers = Several([], "Race", RACERS)
    rates = Choice(SAME, "Learning rates", (SAME, BEST))

    def start(self, function=None, gradient=None, model=None, x=None, y=None, parameters=(0, 1), directions=None,
              names=None, extent=None, optimizer=None, **controls):  # fmt: skip
        if model is not None and (x is None or y is None):
            raise TypeError("DescentExplorer(model=…) needs the data too: DescentExplorer(model=model, x=x, y=y)")
        self._own = by_name(optimizer)
        self._path, self._key, self.land, self._shape, self.race = [], None, None, None, None
        if isinstance(optimizer, (list, tuple)):
            others = [name for name in ("SGD", "Momentum", "Adam") if not {name, f"your {name}"} & set(self._own)]
            first = {"landscape": "narrow valley", "learning_rate": 0.05, "racers": [*self._own, *others]}
            controls = first | controls
        elif self._own:
            self.options["rule"] = tuple(dict.fromkeys((*self._own, *OPTIMIZERS)))
            controls.setdefault("rule", next(iter(self._own)))
        runs = [name for name, one in self._own.items() if isinstance(one, type)]
        self.options["racers"] = tuple(dict.fromkeys((*runs, *RACERS)))
        more = {"names": names} | ({} if extent is None else {"extent": extent})
        self._make = None
        if model is not None:
            self._make = lambda: ModelLandscape(model, x, y, parameters, directions=directions, **more)
        elif function is not None:
            self._make = lambda: FunctionLandscape(function, gradient, **more)
        if self._make is not None:
            self.left_out = ("landscape",)
        with self._guard():
            if "landscape" in controls:
                self.landscape = controls.pop("landscape")
            self._load()
        super().start(**controls)

    def _load(self):
        self.land, self._shape, self._lowest = None, None, 0.0
        make = self._make or (NetworkTrack if self.landscape == NETWORK else LANDSCAPES[self.landscape])
        land = make()
        self.first, self.second = (*land.begin, 0.0)[:2] if land.names else (0.0, 0.0)
        self.along, self._key = "across", None
        if len(land.names) == 2:
            self._shape, self._lowest, _ = seen(land, GRID // land.fine)
        elif land.names:
            values = [land.loss(np.array([value])) for value in np.linspace(*land.extent[0], GRID)]
            self._lowest = min((value for value in values if np.isfinite(value)), default=0.0)
        self.land = land

    # The walk -------------------------------------------------------------------------------------------------

    def _walk(self):
        """Make as many steps as the control says, from the start; those that are there already stay."""
        if self.land is None:
            return
        if self.racing:
            self._run_race()
            return
        self.race = None
        self.tell(None)
        key = (self.first, self.second, self.learning_rate, self.rule)
        if key != self._key:
            self._optimizer, self._path, self._key = self._new_optimizer(), [], key
            self._arrive(np.array([self.first, self.second][: len(self.land.names)]))
        with np.errstate(all="ignore"):
            while len(self._path) <= self.steps and not self.lost:
                self._arrive(self._step(*self._path[-1]))
        if self.lost:
            self.steps = min(self.steps, len(self._path) - 1)  # no way on: the step before it is one Back away

    begin = _walk

    @property
    def racing(self):
        """Whether several run at once; on all parameters of a network nobody walks alone, as there is no picture."""
        return bool(self.racers) or self.landscape == NETWORK

    def _run_race(self):
        """The race from the present start; what has been run from there is not run again."""
        begin = [self.first, self.second][: len(self.land.names)] if self.land.names else self.land.begin
        if self.race is None or self.race.land is not self.land or not np.array_equal(self.race.begin, begin):
            known = {name: self._own.get(name) or getattr(nnlib, name) for name in self.options["racers"]}
            self.race = Race(self.land, known, begin, self._lowest)
        self.steps = min(self.steps, LENGTH)
        lane = self.race.lane
        self.race.lanes = self.each(self.racers or ["SGD"], lambda name: lane(name, self.rates, self.learning_rate))

    def _new_optimizer(self):
        own = self._own.get(self.rule)
        if own is None:
            return getattr(nnlib, self.rule)(self.learning_rate)
        if isinstance(own, type):
            return own(self.learning_rate)
        if hasattr(own, "step"):
            own.learning_rate = self.learning_rate
            getattr(own, "reset", lambda: None)()
        return own

    def _step(self, point, loss, slope):
        """The optimiser's step from `point`: what it leaves in the vector, or what the function returns."""
        parameters = point.copy()
        if hasattr(self._optimizer, "step"):
            self._optimizer.step(parameters, slope.copy())
        else:
            moved = self._optimizer(parameters, slope.copy(), self.learning_rate)
            parameters = taken(moved, self.rule, point.shape, f"parameters {point.shape}", method_of(self._optimizer))
        return parameters

    def _arrive(self, point):
        loss = self.land.loss(point) if np.isfinite(point).all() else np.nan
        slope = self.land.slope(point) if np.isfinite(loss) else np.full(point.shape, np.nan)
        self._path.append((point, loss, slope))

    @property
    def lost(self):
        """Whether the walk has left the numbers that are finite, or all sense."""
        point, loss, slope = self._path[-1]
        return not (np.isfinite(loss) and np.isfinite(slope).all() and np.abs(point).max() < 1e30)

    @property
    def path(self):
        """`(point, loss, slope)` of the start and of each step that is shown."""
        return self._path[: self.steps + 1]

    def state(self):
        """What the walk is doing, in words."""
        path = self.path
        losses = [loss for _, loss, _ in path[-3:]]
        if len(path) == len(self._path) and self.lost:
            return f"diverged: after {len(path) - 1} steps the numbers have left all bounds"
        if np.linalg.norm(path[-1][2]) < FLAT:
            return f"on level ground: the slope is {'nearly ' * bool(np.any(path[-1][2]))}0"
        if len(path) < 3:
            return "at the start" if len(path) == 1 else "one step from the start"
        if losses[2] > losses[1] > losses[0]:
            return "climbing: each step lands higher, the learning rate is too large"
        before, last = path[-2][0] - path[-3][0], path[-1][0] - path[-2][0]
        if not last.any():
            own = self.rule in self._own and hasattr(self._optimizer, "step") and path[-2][2].any()
            why = f": {self.rule}.step leaves the parameters as they are; `parameters -= …` changes them in place"
            return "standing still" + (why if own else "")
        crossing = before @ last < 0
        turns = (before * last < 0) & (np.abs(last) >= np.abs(before) * (1 - 1e-6))
        if losses[2] >= losses[1]:
            return "jumping across and coming no lower" if crossing else "going up"
        if turns.any():
            name = self.land.names[int(np.argmax(turns))]
            return f"going down, but in {name} it jumps to and fro and comes no closer"
        return "going down, across the valley at each step" if crossing else "going down"

    def changed(self, names):
        if "landscape" in names:
            self._load()
            if self.racing:  # nobody is told who arrives before it happens; a walk goes as far as before
                self.steps = 0
        if len(self.land.names if self.land else ()) == 1 and self.along == "up":
            self.along = "across"
        if not (self.racing and names == {"steps"}):
            self._walk()

    def press(self, name, detail=None):
        if name in ("step", "back"):
            self.pause()
            self.steps = min(LENGTH if self.racing else MOST, max(0, self.steps + (1 if name == "step" else -1)))
        elif name == "reset":
            self.pause()
            self.steps = 0
        else:  # the start was dragged to `detail`, or moved by it: arrow keys go by hundredths of the picture
            at = np.array([self.first, self.second])
            if name == "start by":
                sides = np.array([high - low for low, high in self.land.extent] + [0.0])[:2]
                at = at + np.asarray(detail, float) * sides / 100
            else:
                at = {"start": np.asarray(detail, float)}[name]
            self.first, self.second = (round(float(value), 3) + 0.0 for value in (*at, 0.0)[:2])

    def play(self):
        """Play on; a race that is over begins anew."""
        if self.racing and self.steps >= LENGTH:
            self.steps = 0
        super().play()

    def advance(self):
        if self.racing:
            if self.steps >= LENGTH:
                self.playing = False
                return None
            self.steps += 1
            return FAST
        if self.steps >= MOST or self.land is None or self.lost or np.linalg.norm(self._path[-1][2]) < FLAT:
            self.playing = False
            return None
        self.steps += 1
        self._walk()
        return PAUSE

    def disabled(self):
        idle = ["back"] if self.steps == 0 else []
        if self.racing:
            return (*idle, "rule", *(("learning_rate",) if self.rates == BEST else ()))
        if self._path and len(self.path) == len(self._path) and self.lost:
            idle.append("step")
        return (*idle, *(("second", "along") if self.land and len(self.land.names) == 1 else ()))

    def forget(self):
        self.land, self._path, self._shape, self._make, self.race = None, [], None, None, None
