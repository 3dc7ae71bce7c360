"""Training: the one loop. It does the four phases again and again, and tells the callbacks."""

import math

import numpy as np

from nnlib.parts import DivergedError, SafePoint, first_not_finite, is_finite, parameter_names

METHODS = (
    "on_train_begin", "on_epoch_begin", "on_step_begin", "on_phase", "on_step_end", "on_epoch_end", "on_train_end",
)  # fmt: skip


class Training:
    """One run of `model.fit` over `x` and `y` in batches of `size`, with what else fit was given, all checked."""

    def __init__(self, model, x, y, epochs, size, validation, callbacks, metrics):
        self.model, self.epochs, self.size, self.m = model, epochs, size, x.shape[1]
        self.x, self.y = x, y
        if size < self.m:  # an example is then one contiguous row, and a batch is gathered quickly
            self.rows = np.ascontiguousarray(x.T), np.ascontiguousarray(y.T)
            self.x = self.y = None
        self.validation, self.metrics = validation, metrics
        self.hooks = {name: [getattr(c, name) for c in callbacks if hasattr(c, name)] for name in METHODS}

    def tell(self, method, *values):
        for hook in self.hooks[method]:
            hook(*values)

    def steps(self):
        """A generator: each turn is one update, and yields its loss."""
        model, m, size = self.model, self.m, self.size
        step_begin, step_end = self.hooks["on_step_begin"], self.hooks["on_step_end"]
        model.stop_training = False
        model.last_epoch = model.epoch + self.epochs
        self.safe = SafePoint(model)
        self.tell("on_train_begin", model)
        try:
            for _ in range(self.epochs):
                if model.stop_training:
                    break
                model.epoch += 1
                self.tell("on_epoch_begin", model.epoch)
                order = model.rng.permutation(m) if size < m else None
                total = 0.0
                for start in range(0, m, size):
                    if order is not None:
                        batch = order[start : start + size]
                        self.x, self.y = (rows.take(batch, axis=0).T for rows in self.rows)
                    for hook in step_begin:
                        hook(model.steps + 1)
                    loss = self.step(self.x, self.y)
                    total += loss * min(size, m - start)
                    for hook in step_end:
                        hook(model.steps, loss)
                    if start + size >= m:
                        model.report = {"loss": total / m, **self.validate()}
                        self.tell("on_epoch_end", model.epoch, total / m)
                    yield loss
            self.check_last_loss()
        finally:
            self.tell("on_train_end")

    def step(self, x, y):
        """The four phases, for one batch."""
        model, on_phase = self.model, self.hooks["on_phase"]
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # DivergedError says it better
            model(x)
            for hook in on_phase:
                hook("forward")
            loss = model.training_loss(y)
            if not math.isfinite(loss):
                self.go_back(model.steps + 1)
            for hook in on_phase:
                hook("loss")
            self.safe.renew(model)
            model.backward_step(y)
            for hook in on_phase:
                hook("backward")
            model.update()
            for hook in on_phase:
                hook("update")
            if not is_finite(model._parameters.vector):
                self.go_back(model.steps)
        return loss

    def validate(self):
        """The validation loss and the metrics by name, if there are data to validate with."""
        if self.validation is None:
            return {}
        measured = self.model._measured(*self.validation, self.metrics)
        return {f"validation_{name}": value for name, value in measured.items()}

    def check_last_loss(self):
        """No step comes after the last update, so the loss of its batch is looked at here."""
        model, x, y = self.model, self.x, self.y
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            if not math.isfinite(model._data_loss(*model._look(x), y) + model._penalty(x.shape[1])):
                model(x)
                self.go_back(model.steps)

    def go_back(self, step):
        """To the last parameters whose loss was finite, with a DivergedError."""
        model = self.model
        where = first_not_finite(model.places, parameter_names)
        self.safe.restore(model)
        if hasattr(model.optimizer, "reset"):
            model.optimizer.reset()
        raise DivergedError(model.epoch, step, model.learning_rate, where, untrained=not model.steps)
