"""Alarms: four ways in which a network that trains can betray that something in it is wrong.

    for alarm in sound(suspect, right, x, y, x_new, y_new):
        print(alarm.name, alarm.suspect, alarm.right, alarm.rings)

Each is measured on the suspect beside a right network with the same beginning, the same data and the same batches. No
alarm hears everything: which of them ring is itself a clue.
"""

from dataclasses import dataclass

import numpy as np

from nnlib.inspect.gradient_check import copy_of, gradient_check, parameter_slices
from nnlib.metric import accuracy
from nnlib.parts.divergence import DivergedError

FIFTH_LOWER = 0.8  # of the loss with frozen hidden layers


@dataclass(frozen=True)
class Alarm:
    """One alarm: what was measured on the `suspect` and on the `right` network, the `limit`, and whether it `rings`."""

    name: str
    suspect: float
    right: float
    limit: float
    rings: bool


class Frozen:
    """A callback that puts the hidden layers' parameters back after every update: only the last block learns."""

    def on_train_begin(self, model):
        self.model, self.start = model, model.parameters.copy()
        hidden = [piece for place, _, piece in parameter_slices(model) if place.block < len(model.layers)]
        self.hidden = slice(0, max((piece.stop for piece in hidden), default=0))

    def on_phase(self, phase):
        if phase == "update":
            self.model.parameters[self.hidden] = self.start[self.hidden]


def sound(suspect, right, x, y, x_new, y_new, epochs=75, batch_size=25):
    """The four `Alarm`s of `suspect`, measured on copies: both networks stay as they are.

    `x` `(features, examples)` and `y` `(k, examples)` are trained on, `x_new` and `y_new` are new examples. `right` has
    the parameters of `suspect`. The alarms, and when they ring:

    - loss: after training it is no lower than before it (all losses by the formula of `right`);
    - accuracy: on the new examples it is an eighth or more below that of `right`;
    - frozen: the loss is not a fifth lower than that of `right` with hidden layers that never moved;
    - gradient_check: the relative error on eight examples is 1e-6 or more.
    """
    start = right.evaluate(x, y)
    loss, trained = after_training(suspect, right, x, y, epochs, batch_size)
    usual, model = after_training(right, right, x, y, epochs, batch_size)
    still, _ = after_training(right, right, x, y, epochs, batch_size, [Frozen()])
    found = accuracy(trained.predict(x_new), y_new) if np.isfinite(loss) else 0.0
    best = accuracy(model.predict(x_new), y_new)
    errors = [gradient_check(network, x[:, :8], y[:, :8]).relative_error for network in (suspect, right)]
    return (
        Alarm("loss", loss, usual, start, bool(loss >= start)),
        Alarm("accuracy", float(found), float(best), float(best) - 0.125, bool(found <= best - 0.125)),
        Alarm("frozen", loss, usual, FIFTH_LOWER * still, bool(loss >= FIFTH_LOWER * still)),
        Alarm("gradient_check", *errors, 1e-6, errors[0] >= 1e-6),
    )


def after_training(network, right, x, y, epochs, batch_size, callbacks=()):
    """The loss of a trained copy by the formula of `right`, infinite if it diverged; and the copy."""
    twin = copy_of(network)
    try:
        twin.fit(x, y, epochs=epochs, batch_size=batch_size, callbacks=callbacks, watch=False)
    except DivergedError:
        return float("inf"), twin
    judge = copy_of(right)
    judge.parameters[:] = twin.parameters
    return judge.evaluate(x, y), twin
