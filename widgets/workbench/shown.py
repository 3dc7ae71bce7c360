"""Which moment the Workbench shows, of those that are recorded, and what is told of time and of the open pane."""

import bisect
import time
import traceback

import numpy as np

from widgets.stage import health
from widgets.workbench import panes, saving
from widgets.workbench.menus import ALL
from widgets.workbench.run import Run

STILL = 500  # updates in which the loss has moved by less than a thousandth: it stands


class Shown(Run):
    """A moment of the past, or the network as it stands."""

    @property
    def _races(self):
        return self._runs and self.mode == "whole epochs"

    @property
    def _runs(self):
        """Whether Play runs, and not moment by moment."""
        return self.playing and not self._slow and self.mode != "single moments"

    @property
    def _end(self):
        return len(self.steps) - 1, len(self.steps[-1]) - 1

    @property
    def past(self):
        """Whether a moment before the present one is shown."""
        if not self.steps or self._runs:
            return False
        return self._place() != self._end or (self.steps[-1][0].step != self.model.steps and not self._over)

    def _shown_step(self):
        return self.moment.step if self.past else self._restored()

    def _put_back(self):
        """The update whose parameters early stopping has put back, or None; the record goes on to a later one."""
        best = self._best() if self._over else None
        if best is None or best[0] == self._record.steps[-1]:
            return None
        return best[0] if np.isclose(self.model.evaluate(*self._watched()), best[1]) else None

    def _restored(self):
        """The same, if what is shown is the network as it stands."""
        return None if self.past else self._put_back()

    @property
    def _as_it_stands(self):
        """Whether the network is shown as it stands, and not as it was at a recorded moment."""
        return self._edited or self._restored() is not None

    def _rate_used(self):
        if self._runs:
            return self.model.learning_rate
        return next(one.values["learning_rate"] for one in self.steps[self._place()[0]] if one.phase == "update")

    def _measures_then(self):
        """The measures of the network as it was at the moment that is shown."""
        def both(x, y):
            output = self._outputs(self.inputs(x))[-1]
            return self.model.loss(output, y), self._score(output, y)

        return self._of_parts(both)

    def _where(self, inputs):
        """The place on the plane of an example, if its inputs tell."""
        if self.is_plain:
            return self.plane.flat(inputs[:, np.newaxis])[:, 0].tolist()
        names = self.features
        return [float(inputs[names.index(name)]) for name in ("x₁", "x₂")] if {"x₁", "x₂"} <= set(names) else None

    def _of_pane(self):
        told = {"moment": None, "tracer": None, "comparison": None, "pane": self.pane, "inside": panes.view(self)}
        if self.steps and self.pane in ("Code", "Chain", "Compare"):
            told |= self._panels(self.moment, self.steps[self._place()[0]])
        return told

    def _standing(self):
        """What has become of the run, in words, or nothing."""
        steps, losses = self._record.steps, [row[0] for row in self._record.losses]
        best = self._best()
        if self._over:
            back = self._put_back()
            last = best is not None and best[0] == steps[-1]
            where = f"back at update {back:,}" if back else "its best" if last else "still with its last parameters"
            return f"stopped early after update {steps[-1]:,}, {where}"
        if best and self._record.losses[-1][1] > 1.05 * best[1]:
            return f"memorising: the validation loss was lower at update {best[0]:,}"
        first = bisect.bisect_right(steps, self.model.steps - STILL) - 1
        if first < 0 or not np.ptp(losses[first:]) <= 1e-3 * abs(losses[first]):  # nan is no stand, nor is a swing
            return ""
        right = self._measured[3] >= (0.99 if self.classes else 0.9)
        return f"{'converged' if right else 'stands still'}: loss {losses[-1]:.3g} for {STILL:,} updates"

    def health(self):
        """What is wrong just now, as [name, sentence] pairs; while Play runs, looked at four times a second."""
        told, at = self._told
        if not self.playing or time.monotonic() - at > 0.25:
            x = self.inputs(self.x_train)
            found = health.findings(self.model, x, self._looker) if x.size else ()
            told = [list(one) for one in found]
            self._told = told, time.monotonic()
        watched = [[one.name.replace("_", " "), f"Epoch {one.epoch:,}: {one.says}"]
                   for one in self.model.history.findings]  # fmt: skip
        return [*([["exploded", self._diverged]] if self._diverged else []), *watched, *told]

    def _healthy(self):
        """What the pane says where nothing is found: what was looked for, and what could not be yet."""
        if not self.x_train.size:
            return "There is no point to send through the network."
        gradients = ("the gradients neither vanish nor explode" if self.model.steps
                     else "the gradients come with the first update")  # fmt: skip
        return ("No unit of nnlib's ReLU is 0 for every training point, none of its hidden Sigmoid and Tanh is on its "
                f"flat ends for nearly every one; {gradients}.")  # fmt: skip

    def _timeline(self):
        steps, at = self.steps, self.model.steps
        if not steps:
            return {"at": 0, "count": 1, "label": f"Update {at:,}, nothing recorded yet", "short": f"update {at:,}"}
        index, k = self._place()
        step, back = at if self._races else steps[index][0].step, self._restored()  # not every update is recorded then
        short = f"update {step:,}" if back is None else f"weights of update {back:,}"
        label = f"Update {step:,}, moment {k + 1} of {len(steps[index])}"
        label += "" if back is None else f"; the weights that are shown are those of update {back:,}"
        return {"at": index, "count": len(steps), "label": label, "short": short}

    def _followed(self, moments):
        """The example that is followed, within those of the update."""
        return min(self.example, moments[0].values["inputs"].shape[1] - 1)

    def example_inputs(self):
        """The inputs `(features, 1)` of the example that is followed."""
        if self.steps and not self._runs:
            inputs = self.steps[self._place()[0]][0].values["inputs"]
        else:
            inputs = self.inputs(self.x_train)
        at = min(self.example, inputs.shape[1] - 1)
        return inputs[:, at : at + 1]

    def _as_followed(self, moment):
        at = self._followed(self.steps[self._place()[0]])
        return moment if self.numbers == ALL else panes.of_one(moment, at)

    def explained(self, error):
        """An exception, with the layer whose part ran last before it: that one is red in the picture."""
        told, blocks = super().explained(error), {}
        for model in (self.model, getattr(self, "_looker", None)):
            for place in model.places if model is not None else ():
                blocks[id(place)] = blocks[id(place.part)] = place.block
        for frame, _ in traceback.walk_tb(error.__traceback__):
            for value in frame.f_locals.values():
                if id(value) in blocks:
                    told["block"] = blocks[id(value)]
        return told

    def recording(self, panes=("Code", "Weights"), updates=100):
        """What a replay keeps: the last `updates` recorded ones, moment by moment, with the panes of these names.

        Raises ValueError for a name that is no pane's.
        """
        return saving.recording(self, panes, updates)
