"""A curve of the losses of a run that may be long."""


class Curve:
    """A loss curve of bounded size: when it is full, every second point goes, and from then on every second update."""

    full = 600

    def __init__(self):
        self.steps, self.losses, self.stride = [], [], 1

    def add(self, step, loss):
        """Remember the loss of update `step`, if its turn has come."""
        if (step - 1) % self.stride == 0:
            self.steps.append(step)
            self.losses.append(loss)
        if len(self.steps) > self.full:
            self.stride *= 2
            kept = [k for k, s in enumerate(self.steps) if (s - 1) % self.stride == 0]
            self.steps, self.losses = [self.steps[k] for k in kept], [self.losses[k] for k in kept]
