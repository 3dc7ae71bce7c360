"""How the Workbench trains: one update after the other by `nnlib`'s own `model.training`, and what is kept of each."""

import numpy as np

from nnlib import DivergedError
from nnlib.callback import LearningRateScheduler
from nnlib.metric import accuracy, r_squared
from nnlib.watch import Watch
from widgets.stage.recorded import NEVER
from widgets.workbench.menus import BATCHES, SCHEDULES

SLOW = 0.35  # seconds that a moment of the first update is shown while it plays


class Training:
    """The training of an explorer that has the controls of `Run`, and how it plays."""

    _between_epochs = True
    _slow = _played = False  # whether Play goes moment by moment, and whether it has ever been pressed

    @property
    def _has_own_schedule(self):
        """Whether the schedule is the learner's: of the control it knows nothing."""
        return self._kinds["schedule"][self.schedule] is not SCHEDULES.get(self.schedule)

    def _rate(self, step):
        kind = self._kinds["schedule"][self.schedule]
        rate = float((kind if self._has_own_schedule else kind(self.learning_rate, self.stage, self.span))(step))
        if not 0 <= rate < np.inf:
            raise ValueError(f"the schedule gives {rate:g} at update {step}: a rate is 0 or more, and finite")
        return rate

    def rates(self):
        """(updates, their learning rates) as the schedule has them; None where it fails, which training tells."""
        key = self._kinds["schedule"][self.schedule], self.learning_rate, self.stage, self.span
        if self._drawn_rates[0] != key:
            steps = np.unique(np.linspace(1, self.span, 120).round().astype(int))
            try:
                told = steps, np.array([self._rate(int(step)) for step in steps])
            except Exception:
                told = None
            self._drawn_rates = key, told
        return self._drawn_rates[1]

    def _train_once(self, recorded=True):
        """One update, which the tape keeps if it is `recorded`; True if it ended an epoch."""
        self._edited = False
        self.tape.every = 1 if recorded else NEVER
        if self.model is None and self.x_train.shape[1]:
            raise RuntimeError("there is no network to train yet: mend what is wrong, and press Reset")
        if not self.x_train.shape[1]:
            raise ValueError("there is nothing to learn from yet: draw some points, or choose a data set")
        if self._training is None:
            self._diverged, self._over = "", False
            self.model.history.findings.clear()
            self._training = self.model.training(
                self.inputs(self.x_train), self.y_train, epochs=10**9, batch_size=self.batch_size(),
                validation=self._watched() if self.patience else None, callbacks=self._callbacks(),
            )  # fmt: skip
        try:
            next(self._training)
        except BaseException as error:
            self._training = None
            if isinstance(error, DivergedError):
                self._diverged = f"In update {error.step:,} the numbers stopped being finite."
            raise
        if (self.model.steps - 1) % self._record.stride == 0:
            self._record.add(self.model.steps, self._measures())
        if (self.model.steps - 1) % self._trail.stride == 0:
            with np.errstate(over="ignore"):  # parameters that are about to diverge
                self._trail.add(self.model.steps, self.model.parameters.astype(np.float32))
        if self.model.stop_training:  # its end: the best parameters come back
            next(self._training, None)
            self._training, self._over = None, True
        ended = bool(self.model.history.epochs)
        self.model.history.epochs.clear()  # an hour of Play would fill it; the record keeps what is drawn
        for values in self.model.history.values.values():
            values.clear()
        self._between_epochs = ended
        if ended and self._at_the_end():
            self.playing = False
        if recorded:
            self._at = (self.model.steps, len(self.steps[-1]) - 1)
        return ended

    def _at_the_end(self):
        """Whether Play has come to its end: by early stopping, or by the epoch that it was to go to."""
        return self._over or 0 < self.until <= self.model.epoch

    def play(self):
        self._slow = self._slow or not (self._played or self.steps)  # a first update is played moment by moment
        self._played = True
        if self.model is not None and self._at_the_end():
            self.reset()
        super().play()

    def advance(self):
        if self._slow:
            self.next_moment()
            index, k = self._place()
            self._slow = k + 1 < len(self.steps[index])
            return SLOW
        if self.mode == "single moments":
            self.next_moment()
            return SLOW
        last = 0 < self.until <= self.model.epoch + self._between_epochs
        self._train_once(recorded=last or self._drawn != self.frame.get("number"))  # one of each frame that is drawn
        self._drawn = self.frame.get("number")
        return None if self.mode == "whole epochs" else 0.25

    def paused(self):
        self._slow = False
        if self.mode == "whole epochs":
            self.finish_epoch()
        if self.steps and self.steps[-1][0].step != self.model.steps and not self._over:
            self.step()  # so that the end of the tape is where the network stands

    def _callbacks(self):
        x = self.inputs(self.x_train)
        watch = Watch(x, self.y_train, self.batch_size() or x.shape[1], aloud=False)
        stopping = [self._parts["early_stopping"](self.patience)] if self.patience else []
        return [*self.steered(), watch, *stopping, self.tape]

    def batch_size(self):
        return BATCHES[self.batch]

    def steered(self, factor=1.0):
        """The callbacks that steer every update: the schedule, `factor` times its rate, and a penalty of one's own."""
        told = [LearningRateScheduler(lambda step: factor * self._rate(step))]
        if self._parts["penalty"] and self.l2:
            told.append(Penalty(self._parts["penalty"], self.l2))
        return told

    def _watched(self):
        if not self.x_valid.size:
            raise ValueError("early stopping needs examples to choose by: set the validation part to 0.2 or so")
        return self.inputs(self.x_valid), self.y_valid

    def finish_epoch(self):
        """Train to the end of the epoch: what a card keeps begins with a new one."""
        while self._training is not None and not self._between_epochs:
            self._train_once()

    def _measures(self):
        """Three losses, then three scores, of training, validation and test: accuracy, or R²; NaN without points."""
        with np.errstate(all="ignore"):  # numbers that are about to diverge: the next update says so
            return self._of_parts(lambda x, y: self.model.measure(self.inputs(x), y, [self._score]).values())

    def _of_parts(self, both):
        told = [both(x, y) if x.size else (np.nan, np.nan) for _, x, y in self.parts()]
        return [float(one) for measure in zip(*told, strict=True) for one in measure]

    def _score(self, output, y):
        return (accuracy if self.classes else r_squared)(output, y)


class Penalty:
    """A callback that adds the gradient of the learner's own penalty, for each layer with weights."""

    def __init__(self, penalty, factor):
        self.penalty, self.factor = penalty, factor

    def on_train_begin(self, model):
        self._model = model

    def on_phase(self, phase):
        for place in self._model.places if phase == "backward" else ():
            if "weights" in place.names:
                _, gradient = self.penalty(place.part.weights.copy(), self.factor, place.inputs.shape[1])
                place.part.grad_weights += gradient
