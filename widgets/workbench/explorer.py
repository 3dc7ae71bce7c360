"""Workbench: a whole network on one screen: its controls, its data flowing, its code, its numbers, its effect.

    Workbench()                                                  # two moons, 2-8-8-1
    Workbench(dense=MyDense, activation=MyReLU, optimizer=MyAdam)
    Workbench(x=x, y=y, x_test=x_new, y_test=y_new)              # any number of features and of classes
    Workbench(model=model, x=x, y=y)                             # any network; a copy is trained, yours stays as it is
    Workbench(lock=("data", "layers"), hide=("card",))           # for a lesson: locked is shown, hidden is not
    Workbench(only=("learning_rate",), show=("network", "map"))  # for a room: everything else is locked, or not there
    w = Workbench(data="circles", hidden=[4], pane="Weights")
    w.go("backward", 2)                                          # the second moment of the backward phase
    w.tour([("network", "Here the numbers flow."), ("map", "And this is what comes of it.")])
    w.save_replay("run.html")                                    # plays without Python

The updates are recorded while it trains, and every moment of a recorded update can be gone back to. One example is
followed through the network; `numbers="all examples"` shows all of them.
"""

from pathlib import Path

import numpy as np

from nnlib.inspect import MUTANTS
from widgets.stage.controls import Choice, Slider, Whole
from widgets.stage.recorded import PHASES
from widgets.workbench import panes
from widgets.workbench.buttons import PLACES, Buttons, finite
from widgets.workbench.check import MISTAKES, NONE, Check, nearest_power, of_power, titles
from widgets.workbench.dock import Docked
from widgets.workbench.menus import ALL, ALL_AT_ONCE, ONE
from widgets.workbench.twins import CHANGES, ORDER, WEIGHTS, Twins

LOOKS = {"pane", "example", "numbers", "change", "mistake", "epsilon"}  # of these the network knows nothing
PLAYS_ON = {"probe", "choose", "value", "draw", "dock", "tour"}  # presses that do not end Play


class Workbench(Docked, Buttons):
    """A network to play with, to stop, and to look into, moment by moment; every control can be changed as it runs.

    `dense` is called with a number of units; `activation`, `loss` and `optimizer` (called with the learning rate) are
    classes of yours or names out of the menus. `x` `(features, examples)` and `y`, a label for each example, are data
    of yours: two kinds of labels, or up to ten, are classes, others are numbers to predict. With `x_test` and
    `y_test` nothing is split anew. `model` is a network of yours, with `x` and `y` as it takes them.

    `lock` and `hide` take names of controls, buttons and panels, or `"layers"`; `only` the names of what is not to be
    locked, beside looking, Play, Step and Reset; `show` those of the parts that are there at all (time, data, network,
    map, loss, moments, panes, or single panes). `card` is what somebody else shared. All other arguments set
    controls: what the data are, what the network is, how it is trained, and `example` (which one is followed),
    `numbers` ("one example" or "all examples") and `pane` (the tab that is open).

    Changing `activations`, `dropout` or `loss` keeps the weights; changing the data, the features, `hidden`,
    `initializer` or `seed` starts anew; the rest acts on the run as it goes. At Reset classes of the notebook are
    taken as they are defined by then.

    Raises TypeError for unknown names and for a model without data, ValueError for data that do not fit, RunCardError
    for a `card` that is none. What your own parts raise is shown inside, with your line.
    """

    title = "Workbench"
    module = Path(__file__).with_suffix(".js")

    example = Whole(0, "Example", 0, 10**9)
    numbers = Choice(ONE, "Numbers of", (ONE, ALL))
    pane = Choice("Code", "Pane", panes.NAMES)
    change = Choice(ORDER, "One thing changed", CHANGES)
    mistake = Choice(NONE, "Mistake put in", (NONE, *MISTAKES))
    epsilon = Slider(1e-5, "ε", 1e-13, 1e-1, log=True)

    def start(self, *unnamed, mistakes=None, **arguments):
        if unnamed:
            raise TypeError("say by name what it is: Workbench(x=table), Workbench(x=x, y=y) or, of a network that you "
                            "have, Workbench(model=model, x=x, y=y)")  # fmt: skip
        if arguments.get("batch") in (None, ALL_AT_ONCE):
            arguments.setdefault("change", WEIGHTS)  # the order of the batches is nothing where there is one alone
        if mistakes is not None:
            self.options["mistake"] = (NONE, *titles(mistakes))
        if arguments.get("mistake") in MUTANTS:
            arguments["mistake"] = MUTANTS[arguments["mistake"]].title
        super().start(**arguments)

    def begin(self):
        if self.pane == "Check" and self.model is not None:
            self.check()

    # Time -----------------------------------------------------------------------------------------------------

    def go(self, where, number=1):
        """To moment `number`, counted from 1, of a phase of the update that is shown: `go("backward", 2)`.

        With a number in place of a phase: to that moment of the tape, counted from 0. An update is made if none is
        recorded. Raises ValueError for a phase or a moment that is not there.
        """
        if not self.steps:
            self._train_once()
        if where not in PHASES:
            if isinstance(where, str):
                raise ValueError(f"a phase is one of {', '.join(PHASES)}; got {where!r}")
            super().go(where)
        else:
            index, _ = self._place()
            found = [k for k, moment in enumerate(self.steps[index]) if moment.phase == where]
            if not 1 <= number <= len(found):
                raise ValueError(f"{where} has the moments 1 … {len(found)}, got {number!r}")
            self._go(index, found[number - 1])
        self.show()

    def go_update(self, index):
        """To the end of the recorded update number `index`, counted from 0; nowhere if none is recorded."""
        if not self.steps:
            return
        index = min(max(int(index), 0), len(self.steps) - 1)
        self._go(index, len(self.steps[index]) - 1)

    def follow_point(self, place):
        """Follow the example of the recorded update that is nearest to the point (x₁, x₂); record one if none is."""
        wanted = self.inputs(self.plane.lift(finite(place, 2)[:, np.newaxis]))
        if not self.steps:
            self._train_once()
            self._go(0, 0)
        there = self.steps[self._place()[0]][0].values["inputs"]
        if self.is_plain:  # what lies beside the plane does not count
            there, wanted = self.plane.flat(there), self.plane.flat(wanted)
        self.example = int(np.square(there - wanted).sum(axis=0).argmin())
        self.show()

    def tour(self, stops):
        """Light up one part after another, each with a sentence: `[("network", "Here …"), …]`; [] ends it.

        The parts are time, data, network, map, loss, moments and panes. Raises ValueError for any other.
        """
        stops = [(str(place), str(sentence)) for place, sentence in stops]
        for place, _ in stops:
            if place not in PLACES:
                raise ValueError(f"a tour stops at {', '.join(PLACES)}; got {place!r}")
        self._tour = [stops, 0] if stops else None
        self.show()

    def press(self, name, detail=None):
        if name not in PLAYS_ON:
            self.pause()
        act = self.acts()[name]
        act() if detail is None else act(detail)

    def acts(self):
        """What each button does, and a place in a picture: an act, called with the press's detail if it has one."""
        return {
            "step": self.step, "reset": self.reset, "draw": self.draw, "clear": self.clear_points, "paste": self.paste,
            "probe": self.probe, "choose": self.choose, "value": self.set_parameter, "make_card": self.card,
            "card": self.load_card, "pytorch": self.pytorch,
            "back": self.step_back, "moment": self.next_moment, "update": self.whole_update, "go": self.go,
            "pin": self.pin, "unpin": self.unpin, "same": self.go_same,
            "compare": lambda name: setattr(self, "_compared", str(name)),
            "trace": lambda place: self.trace(*place), "untrace": lambda: setattr(self, "_traced", None),
            "follow": lambda way: self._follow.update([map(int, way)]),
            "dock": self.dock, "check": self.check, "twins": self.run_twins,
            "first": lambda: self.go_update(0), "last": lambda: self.go_update(len(self.steps) - 1),
            "go_update": self.go_update, "nearest": self.follow_point, "tour": self._next_stop,
            "cell": self._take_cell, "power": self._take_power,
            "power by": lambda by: self._take_power(np.log10(self.epsilon) + float(by)),
        }  # fmt: skip

    def _next_stop(self):
        self._tour[1] += 1
        self._tour = self._tour if self._tour[1] < len(self._tour[0]) else None

    def _take_cell(self, index):
        if place := self._checked.choose(index):
            self.choose(place)

    def _take_power(self, power):
        """Of ten: the ring in the valley was moved there. It stands on the curve, whose errors jump from ε to ε."""
        self.epsilon = of_power(nearest_power(float(power)))

    def check(self):
        """Check the gradients of this network as it stands against slopes measured on 20 of its points."""
        self._checked = None
        self._checked = Check(self)
        self.show()

    def run_twins(self):
        """Train this network and a second one with one thing changed from the beginning, side by side."""
        self._twins = None
        self._twins = Twins(self, self.change)
        self.show()

    def changed(self, names):
        if names - LOOKS:
            super().changed(names - LOOKS)
        opened = "pane" in names and self.pane == "Check" and self._checked is None
        if self.model is not None and (opened or "mistake" in names):
            self.check()
        elif "epsilon" in names and self._checked is not None:
            self._checked.measure(self.epsilon)
