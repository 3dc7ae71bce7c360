"""Recorded: moving about in the moments of a recorded run, and what is told of the one that is shown.

An explorer that records has `tape`, a `Tape`; `model`, the network that is trained; `_looker`, a copy of it;
`_train_once()`, which makes one update and records it; `_as_followed(moment)`, the moment with the values that are told
of it; and the controls `example` and `pane`. `begin_record` is called before all else and with every new network.
"""

import time

import numpy as np

from nnlib.inspect import Tape, parameters_of
from widgets.stage import comparison, tracer_view
from widgets.stage.formulas import equations
from widgets.stage.matrix import BRIEF, SAVED, WHOLE, furthest, summary
from widgets.stage.moment import heading, moment_view
from widgets.stage.tracer import NotTraced, trace

PHASES = ("forward", "loss", "backward", "update")
NEVER = 10**15  # steps between two recorded ones


class Recorded:
    """The moments of a run, forwards and backwards; a tracer and a comparison of them."""

    _saving = False  # whether what is drawn goes into a replay

    def begin_record(self):
        """An empty tape, and nothing chosen in it."""
        self.tape, self._at, self._drawn = Tape(limit=48), (0, 0), None
        self._known = (None, [], [])
        self._panels_at = 0.0
        self._traced, self._follow = None, {}
        self._pinned = self._compared = None
        self._edited = False  # a weight by hand, since the last recorded moment

    @property
    def steps(self):
        """The recorded updates, each the list of its moments."""
        return self._tape()[1]

    def _tape(self):
        """(state of the tape, its updates, their numbers): asked for a dozen times for each frame."""
        now = self.tape.size, self.model and self.model.steps
        if self._known[0] != now:
            steps = self.tape.steps
            self._known = now, steps, [moments[0].step for moments in steps]
        return self._known

    def _place(self):
        """(index of the recorded step, index of the moment in it), for the chosen moment."""
        _, steps, numbers = self._tape()
        index = min(int(np.searchsorted(numbers, self._at[0])), len(steps) - 1)
        return index, min(self._at[1], len(steps[index]) - 1)

    @property
    def moment(self):
        """The moment of the tape that is shown, or None."""
        if not self.steps:
            return None
        step, k = self._place()
        return self.steps[step][k]

    def _go(self, step, k):
        self._edited = False
        self._at = (self.steps[step][k].step, k)

    def next_moment(self):
        """To the next moment; at the end of the tape the network makes one more update."""
        index, k = self._place() if self.steps else (-1, 0)
        if index < 0 or (index + 1 == len(self.steps) and k + 1 == len(self.steps[index])):
            self._train_once()
            self._go(-1, 0)
        elif k + 1 == len(self.steps[index]):
            self._go(index + 1, 0)
        else:
            self._go(index, k + 1)
        self.show()

    def step_back(self):
        """To the moment before: what was there is read off the tape."""
        index, k = self._place()
        if k:
            self._go(index, k - 1)
        elif index:
            self._go(index - 1, len(self.steps[index - 1]) - 1)
        self.show()

    def whole_update(self):
        """To the end of this update, or from there to the end of the next."""
        index, k = self._place() if self.steps else (-1, 0)
        if index >= 0 and k + 1 < len(self.steps[index]):
            self._go(index, len(self.steps[index]) - 1)
        elif index + 1 < len(self.steps):
            self._go(index + 1, len(self.steps[index + 1]) - 1)
        else:
            self._train_once()
        self.show()

    def go(self, moment):
        """To moment number `moment` of the tape, counted from 0."""
        left = max(0, int(moment))
        for index, moments in enumerate(self.steps):
            if left < len(moments):
                return self._go(index, left)
            left -= len(moments)
        return self._go(-1, len(self.steps[-1]) - 1)

    def trace(self, block, name, unit, source=None):
        """Show the chain of factors behind the gradient of `weights[unit, source]` or `bias[unit]` of a block.

        `block` None is that of the moment; `grad_weights`, `weights_before` and the like stand for the parameter.
        """
        name = str(name).removeprefix("grad_").removesuffix("_before")
        block = self.moment.block if block is None else int(block)
        self._traced = block, name, int(unit), None if name == "bias" or source is None else int(source)
        self._follow = {}
        self.show()

    def pin(self):
        """Keep the moment that is shown, so that every other one is compared with it."""
        self._pinned, self._compared = self.moment, None
        self.show()

    def unpin(self):
        """Forget the pinned moment."""
        self._pinned = None
        self.show()

    def go_same(self):
        """To what the pinned part did in the update that is shown."""
        index, _ = self._place()
        wanted = self._pinned.address[1:]
        found = [k for k, moment in enumerate(self.steps[index]) if moment.address[1:] == wanted]
        if found:
            self._go(index, found[0])
        self.show()

    # What is told of the moment ------------------------------------------------------------------------------------

    def _panels(self, moment, moments):
        """What is read slowly; while Play runs at full speed four times a second, more cannot be taken in."""
        now = time.monotonic()
        if self._races and now - self._panels_at < 0.25:
            return {"moment": None}
        self._panels_at = now
        pinned, moment = self._both(moment)
        told, last = self._equations(moment), len(self.model.layers)
        panels = {"moment": moment_view(moment, told, self._most(), self._owner(moment), last)}
        if self.pane != "Code":
            results = [one.result for one in told]
            panels["comparison"] = comparison.view(pinned, moment, self._compared, results)
            panels["tracer"] = tracer_view.view(self._trace(moments), moment.step, self._traced)
        return panels

    def _both(self, moment):
        """The pinned moment, or None, and another one; of both what is told of the followed example."""
        return self._pinned and self._as_followed(self._pinned), self._as_followed(moment)

    def _most(self):
        return SAVED if self._saving else BRIEF if self.playing else WHOLE

    def _trace(self, moments):
        """The chain that was asked for in the update that is shown, why there is none, or None."""
        if self._traced is None:
            return None
        try:
            return trace(self.model, moments, *self._traced, self.example, self._follow)
        except NotTraced as error:
            return error

    def _results(self, moment):
        """What a moment gave, in sentences: of each value its largest entry, or of a parameter its longest step."""
        far, moved, plain = [], [], []
        for name in (one.result for one in self._equations(moment) if one.result in moment.values):
            value, before = moment.values[name], moment.values.get(f"{name}_before")
            if before is not None:
                row = comparison.row(name, before, value)
                moved.append(f"{row['at']} by {row['change']}" if row["change"] != "0" else f"{name} nowhere")
            elif found := furthest(name, value, "unit" if moment.index else "input"):
                far.append(found)
            else:
                plain.append(summary(name, value))
        both = ("Furthest from 0", far), ("Moves furthest", moved)
        told = [f"{what}: {', '.join(ones)}" for what, ones in both if ones]
        return " ".join(f"{one}." for one in told + plain)

    def _equations(self, moment):
        return equations(moment, self._owner(moment))

    def _owner(self, moment):
        if moment.phase == "update":
            return self.model.optimizer
        if moment.block == 0:
            return self.model.loss_formula
        return next(p.part for p in self.model.places if (p.block, p.index) == (moment.block, moment.index))

    def _take_values(self, moments, k):
        """Give the looker the parameters as they were at moment `k`."""
        for place in self._looker.places:
            for number, moment in enumerate(moments):
                if (moment.block, moment.index) != (place.block, place.index):
                    continue
                if moment.phase == "forward" or (moment.phase == "update" and number <= k):
                    for name in parameters_of(place.part):
                        setattr(place.part, name, moment.values[name].astype(np.float32))
                elif moment.method == "parameter_gradients":  # so that what is said of them is said of this update
                    for name in moment.values:
                        if name.startswith("grad_") and name.removeprefix("grad_") in parameters_of(place.part):
                            setattr(place.part, name, moment.values[name])

    def _track(self, moments, before, k):
        told = {phase: [] for phase in PHASES}
        for number, moment in enumerate(moments):
            told[moment.phase].append({"at": before + number, "label": heading(moment), "here": number == k})
        return [{"phase": phase, "moments": ours} for phase, ours in told.items()]
