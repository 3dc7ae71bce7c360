"""Callbacks: whatever wants to watch or steer a training run. Any class with some of the methods in
`protocol.ICallback` is one.
"""

import csv
import warnings
from pathlib import Path

from nnlib.parts import SafePoint


def model_of(callback):
    """The network that a callback watches. Raises RuntimeError if no training has begun."""
    model = vars(callback).get("_model")
    if model is None:
        raise RuntimeError(
            f"{type(callback).__name__} watches no network yet: hand it to fit(x, y, callbacks=[…]), or call its "
            "on_train_begin(model) first"
        )
    return model


class History:
    """What every epoch reported: `loss`, and with `fit(validation=…)` also `validation_loss` and the metrics.

    `history.loss` is the list of mean training losses, one an epoch, `history.epochs` their numbers, and
    `history["validation_accuracy"]` the list of that name, and `history.findings` what `Watch` said.
    """

    def __init__(self):
        self.epochs = []
        self.values = {"loss": []}
        self.findings = []

    def __repr__(self):
        last = ", ".join(f"{name} {values[-1]:.4g}" for name, values in self.values.items() if values)
        return f"History({len(self.epochs)} epochs{': ' + last if last else ''})"

    def __getitem__(self, name):
        return self.values[name]

    @property
    def loss(self):
        return self.values["loss"]

    def on_train_begin(self, model):
        self._model = model

    def on_epoch_end(self, epoch, loss):
        report = model_of(self).report
        self.epochs.append(epoch)
        for name, value in report.items():
            self.values.setdefault(name, []).append(float(value))


class LearningRateScheduler:
    """Sets the learning rate before each step to `schedule(step)`; see `schedule.py`."""

    def __init__(self, schedule):
        self.schedule = schedule

    def on_train_begin(self, model):
        self._model = model

    def on_step_begin(self, step):
        model_of(self).learning_rate = self.schedule(step)


class EarlyStopping:
    """Stop when `watch` has not become smaller for `patience` epochs, and go back to the best parameters.

    `watch` is a name from the epoch's report: `validation_loss`, which is measured after the epoch's last update, or
    `loss`, the mean of what was measured before each of them. `best` and `best_epoch` can be read afterwards.
    Raises KeyError if the report has no such name.
    """

    def __init__(self, patience=10, watch="validation_loss"):
        self.patience, self.watch = patience, watch

    def on_train_begin(self, model):
        self._model = model
        self.best, self.best_epoch, self._best = float("inf"), None, None
        self._since = model.epoch

    def on_epoch_end(self, epoch, loss):
        if self.watch not in model_of(self).report:
            known = ", ".join(self._model.report)
            raise KeyError(f"EarlyStopping watches {self.watch!r}, an epoch has {known}; give fit validation=(x, y)")
        value = self._model.report[self.watch]
        if value < self.best:
            self.best, self.best_epoch, self._since = value, epoch, epoch
            self._best = SafePoint(self._model)
        elif epoch - self._since >= self.patience:
            self._model.stop_training = True

    def on_train_end(self):
        if self._best is not None:
            self._best.restore(self._model)


class ProgressBar:
    """A bar with epochs done, time left and the last loss. The one place that needs tqdm."""

    def on_train_begin(self, model):
        from tqdm import TqdmMonitorWarning
        from tqdm.auto import tqdm

        with warnings.catch_warnings():  # it says only that a browser's Python has no thread to watch the bar with
            warnings.simplefilter("ignore", TqdmMonitorWarning)
            self._model, self._bar = model, tqdm(total=model.last_epoch - model.epoch, unit="epoch")

    def on_epoch_end(self, epoch, loss):
        model_of(self)
        self._bar.set_postfix_str(f"loss {loss:.4g}", refresh=False)
        self._bar.update()

    def on_train_end(self):
        model_of(self)
        self._bar.close()


class CSVLogger:
    """One line of comma-separated values an epoch, in the file `path`; the first line names them."""

    def __init__(self, path):
        self.path = Path(path)

    def on_train_begin(self, model):
        self._model, self._writer = model, None
        self._file = self.path.open("w", newline="", encoding="utf-8")

    def on_epoch_end(self, epoch, loss):
        row = {"epoch": epoch, **model_of(self).report}
        if self._writer is None:
            self._writer = csv.DictWriter(self._file, row)
            self._writer.writeheader()
        self._writer.writerow(row)
        self._file.flush()

    def on_train_end(self):
        model_of(self)
        self._file.close()
