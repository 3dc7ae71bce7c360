"""GeneralisationExplorer: does the network learn what the points have in common, or the points by heart?

    GeneralisationExplorer()                              # 30 noisy points, a network that is far too large for them
    GeneralisationExplorer(factor=0.5)                    # with L2; `rate` for dropout, `stopping="on"` to stop early
    GeneralisationExplorer(dropout=MyDropout, penalty=l2_penalty, early_stopping=MyEarlyStopping)

The network is trained on the few points and judged after each epoch by 300 others that it never learns from. Where the
two losses part, it begins to memorise. After every change of a control as many epochs are trained anew, from the same
random beginning, and the validation loss of the run before stays to be compared with.
"""

from pathlib import Path

import numpy as np

import nnlib
from nnlib.data import DATASETS, REGRESSIONS
from nnlib.inspect import source_of
from widgets.stage import picture
from widgets.stage.base import Explorer, packed
from widgets.stage.controls import Choice, Sizes, Slider, Whole
from widgets.stage.failure import is_learners

MOST, POINTS, OTHERS = 1000, 200, 300  # epochs and training points at most; points that validate
LEARNING_RATE = 0.01
PAUSE = 0.012  # seconds from epoch to epoch while Play runs
SETS = tuple(name for name in DATASETS if name not in REGRESSIONS)


class GeneralisationExplorer(Explorer):
    """Training and validation loss over the epochs, the border that is learnt, and which units dropout leaves out.

    `dropout` is a layer class called with the rate; `penalty` a function `(weights, factor, examples)` that returns the
    L2 penalty and its gradient; `early_stopping` a callback class called with the patience. All other arguments set
    controls: `dataset`, `points`, `noise`, `hidden`, `factor`, `rate`, `stopping`, `patience`, `seed`, `epochs` and
    `shown`.

    Raises TypeError for a name that is no control. An exception in your own code is no error here: the explorer shows
    it, with your line.
    """

    title = "Generalisation explorer"
    module = Path(__file__).with_suffix(".js")

    dataset = Choice("moons", "Data", SETS)
    points = Whole(30, "Training points", 4, POINTS)
    noise = Slider(0.3, "Noise", 0, 0.6, step=0.01, most=2)
    hidden = Sizes([16, 16], "Hidden layers", "Units of layer", most=3)
    factor = Slider(0.0, "L2 factor λ", 0, 3, step=0.05, most=1000)
    rate = Slider(0.0, "Dropout rate", 0, 0.8, step=0.05, most=0.95)
    seed = Whole(0, "Seed", 0, 9999)
    stopping = Choice("off", "Early stopping", ("off", "on"))
    patience = Whole(40, "Patience", 1, MOST)
    epochs = Whole(0, "Epochs", 0, MOST)
    shown = Choice("training", "Points shown", ("training", "validation"))

    def start(self, dropout=nnlib.Dropout, penalty=None, early_stopping=nnlib.EarlyStopping, **controls):
        self._own = {"dropout": dropout, "penalty": penalty, "early_stopping": early_stopping}
        self._network = self._updates = self._watch = None
        self._before, self._over = None, False
        super().start(**controls)
        with self._guard():
            self._begin_anew()
            self._train()

    # Training -------------------------------------------------------------------------------------------------

    def _begin_anew(self):
        """The data, the network and its training, all at the very beginning."""
        x, y = DATASETS[self.dataset](POINTS + OTHERS, self.noise, self.seed)
        self.x, self.y, self.others = x[:, : self.points], y[:, : self.points], (x[:, POINTS:], y[:, POINTS:])
        kind, penalty = self._own["dropout"], self._own["penalty"]
        layers = [
            (nnlib.Dense(units), nnlib.ReLU(), *([kind(self.rate)] if self.rate else [])) for units in self.hidden
        ]
        self._network = nnlib.NeuralNetwork(
            (*layers, (nnlib.Dense(1), nnlib.Sigmoid())),
            nnlib.BinaryCrossEntropy(),
            optimizer=nnlib.Adam(LEARNING_RATE),
            regularization_factor=0.0 if penalty else self.factor,
            seed=self.seed,
        ).build(2)
        self._watch, self._over = Watch(self.x, self.y), False
        callbacks = [self._watch, *([Penalty(penalty, self.factor)] if penalty and self.factor else [])]
        callbacks += [self._own["early_stopping"](self.patience)] if self.stopping == "on" else []
        self._updates = self._network.training(self.x, self.y, MOST, validation=self.others, callbacks=callbacks)

    def _train(self):
        """Go on until as many epochs are done as the control says; all points are one batch."""
        while not self._over and len(self._watch.training) < self.epochs:
            self._over = next(self._updates, None) is None
            self._over = self._over or self._network.stop_training
        if self._network.stop_training:
            next(self._updates, None)  # its end: the best parameters come back

    @property
    def best(self):
        """The epoch after which the validation loss was lowest; 0 before the first."""
        losses = self._watch.validation
        return int(np.argmin(losses)) + 1 if losses else 0

    @property
    def end(self):
        """The epoch at which this patience has come, or would have come, to its end; None if it has not."""
        best, since = np.inf, 0
        for epoch, loss in enumerate(self._watch.validation, start=1):
            if loss < best:
                best, since = loss, epoch
            elif epoch - since >= self.patience:
                return epoch
        return None

    def state(self):
        """What the network is doing, in words."""
        training, validation = self._watch.training, self._watch.validation
        if not training:
            return "not trained yet"
        if self._network.stop_training:
            where = f"back at epoch {self.best}" if self._is_back() else "still with its last parameters"
            return f"stopped early after epoch {len(training)}, {where}"
        if validation[-1] > 1.05 * validation[self.best - 1]:
            return f"memorising: the validation loss was lower at epoch {self.best}"
        if training[-1] > 0.5:
            return "learning little yet: both losses are high"
        return "learning: what helps with its own points helps with the others"

    def _is_back(self):
        """Whether the network that stopped has the best parameters again: asked of the network, not of the plan."""
        return bool(np.isclose(self._network.evaluate(*self.others), self._watch.validation[self.best - 1]))

    def _now(self):
        """The epoch whose parameters the network has."""
        return self.best if self._network.stop_training and self._is_back() else len(self._watch.training)

    def changed(self, names):
        if names <= {"shown"}:
            return
        watch = self._watch
        anew = not names <= {"epochs", "shown", "patience"} or ("patience" in names and self.stopping == "on")
        if anew or self._network is None or self.epochs < len(watch.training):
            if anew and watch is not None and len(watch.validation) > 1:
                self._before = list(watch.validation)
            self._begin_anew()
        self._train()

    def press(self, name, detail=None):
        {"step": self._step, "reset": self._reset}[name]()

    def _step(self):
        self.pause()
        self.epochs = min(MOST, self.epochs + 1)

    def _reset(self):
        self.pause()
        self.epochs = 0

    def advance(self):
        if self._over or self.epochs >= MOST:
            self.playing = False
            return None
        self.epochs += 1
        self._train()
        return PAUSE

    def disabled(self):
        return ("step", "play") if self._over else () if self.epochs else ("reset",)

    def forget(self):
        self._network = self._updates = None

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self._network is None or self._watch is None:
            return None
        outputs = [picture.grid(self.x)]
        for place in self._network.places:
            outputs.append(getattr(place.part, "predict", place.part)(outputs[-1]))
        x, y = (self.x, self.y) if self.shown == "training" else self.others
        plane = picture.plane(picture.extent(self.x), outputs[-1], x, y, 2)
        return {
            "stats": self._stats(), "plane": plane, "losses": self._losses(), "state": self.state(),
            "diagram": self._diagram(outputs), "masks": self._has_masks(), "source": self._source(),
        }  # fmt: skip

    def _stats(self):
        watch = self._watch
        if not watch.training:
            return [["Epoch", "0"], ["Training loss", "–"], ["Validation loss", "–"]]
        at = self._now()
        return [["Epoch", f"{at:,}"], ["Training loss", f"{watch.training[at - 1]:.3f}"],
                ["Validation loss", f"{watch.validation[at - 1]:.3f}"],
                ["Right, of the others", f"{watch.right[at - 1]:.0%}"]]  # fmt: skip

    def _losses(self):
        """Both losses after each epoch, and the validation loss of the run before."""
        training, validation = self._watch.training, self._watch.validation
        most = next(size for size in (100, 200, 400, MOST) if size >= len(training))
        named = [("training", 0, training), ("validation", 1, validation)]
        named += [("validation, the run before", 5, self._before[:most])] if self._before else []
        highest = max([0.8, *training, *validation])
        best = [[self.best, validation[self.best - 1], 1]] if validation else []
        return {
            "x": [1, most], "y": [0, min(2.5, 1.1 * highest)], "name": "epoch", "at": self.best or None,
            "curves": [{"name": name, "look": look, "values": packed(np.pad(values, (0, most - len(values)),
                        constant_values=np.nan))} for name, look, values in named],
            "dots": best, "best": self.best, "end": self.end, "stopped": self.stopping == "on",
        }  # fmt: skip

    def _has_masks(self):
        return self.rate > 0 and any(np.ndim(getattr(block[-1], "mask", None)) == 2 for block in self._network.layers)

    def _diagram(self, outputs):
        """The network; with dropout, which units the last update left out for the first training point."""
        told = picture.diagram(self._network, outputs, None, None, 2)
        for column, block in zip(told["columns"][1:], self._network.layers, strict=True):
            mask = getattr(block[-1], "mask", None)
            if np.ndim(mask) == 2 and self._watch.training:
                column["dropped"] = [unit is not None and bool(mask[unit, 0] == 0) for unit in column["shown"]]
        return told

    def _source(self):
        """The learner's lines that make the masks."""
        found = source_of(self._own["dropout"].__call__) if self.rate else None
        return picture.source(found) if found is not None and is_learners(found.file) else None

    def narrate(self):
        if self._network is None:
            return "There is no network to train."
        watch = self._watch
        who = f"{self.points} points of {self.dataset}, judged by {OTHERS} others"
        if not watch.training:
            return f"The network is not trained yet. It will learn from {who}."
        now = self._now() - 1
        said = f"After {len(watch.training)} epochs on {who}: {self.state()}. The training loss is "
        said += f"{watch.training[now]:.3f}, the validation loss {watch.validation[now]:.3f}. "
        said += f"It was lowest after epoch {self.best}, with {watch.validation[self.best - 1]:.3f}."
        if self.end and self.stopping == "off":
            said += f" A patience of {self.patience} would have ended the training at epoch {self.end}."
        return said


class Watch:
    """A callback that keeps both losses, without penalty and without dropout, and the share of right answers."""

    def __init__(self, x, y):
        self.x, self.y = x, y
        self.training, self.validation, self.right = [], [], []

    def on_train_begin(self, model):
        self._model = model

    def on_epoch_end(self, epoch, loss):
        report = self._model.report
        self.training.append(self._model.evaluate(self.x, self.y))
        self.validation.append(report["validation_loss"])
        self.right.append(report["validation_accuracy"])


class Penalty:
    """A callback that adds the gradient of a penalty of your own, for each layer with weights."""

    def __init__(self, penalty, factor):
        self.penalty, self.factor = penalty, factor

    def on_train_begin(self, model):
        self._model = model

    def on_phase(self, phase):
        if phase != "backward":
            return
        for place in self._model.places:
            if "weights" in place.names:
                _, gradient = self.penalty(place.part.weights.copy(), self.factor, place.inputs.shape[1])
                place.part.grad_weights += gradient
