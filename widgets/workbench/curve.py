"""A curve of the losses of a run that may be long."""

import numpy as np

from widgets.stage.browser import packed


class Curve:
    """A loss curve of bounded size: when it is full, every second point goes, and from then on every second update."""

    full = 600

    def __init__(self):
        self.steps, self.losses, self.stride, self.last = [], [], 1, ()

    def add(self, step, loss):
        """Remember the loss of update `step`, if its turn has come."""
        self.last = (step, loss)
        if (step - 1) % self.stride == 0:
            self.steps.append(step)
            self.losses.append(loss)
        if len(self.steps) > self.full:
            self.stride *= 2
            kept = [k for k, s in enumerate(self.steps) if (s - 1) % self.stride == 0]
            self.steps, self.losses = [self.steps[k] for k in kept], [self.losses[k] for k in kept]

    def view(self, step, loss):
        """The points up to now, and the one that is chosen."""
        steps, losses = [*self.steps, *self.last[:1]], [*self.losses, *self.last[1:]]
        at = {"at": step, "loss": loss if np.isfinite(loss) else None}
        return {"steps": packed(steps), "losses": packed(losses), **at}
