"""StepExplorer: one update of a network, micro-step by micro-step, in both directions.

    StepExplorer()                                    # two moons, 2-4-1
    StepExplorer(dense=MyDense, activation=MyReLU())  # the same with classes of your own
    StepExplorer(model=model, x=x_train, y=y_train)   # any network, any data

It trains the network with `model.training` and shows what `nnlib.Tape` recorded: for each moment the phase, the
source line that ran, the equation with shapes and numbers, and the place in the network. Nothing is computed a
second time but the maps over the plane, and those by a copy of the network, so that looking changes nothing.
"""

import copy
from pathlib import Path

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, Linear, MeanSquaredError, NeuralNetwork, Sigmoid
from nnlib.data import DATASETS, REGRESSIONS
from nnlib.inspect import Tape
from widgets.stage import comparison, picture, tracer_view
from widgets.stage.base import Explorer
from widgets.stage.controls import Choice, Sizes, Slider, Whole
from widgets.stage.parts import ACTIVATIONS, fresh
from widgets.stage.recorded import NEVER, Recorded

SPEEDS = {"moment by moment": 0.9, "update by update": 0.3, "as fast as it can": None}
EXAMPLES = 200


class StepExplorer(Recorded, Explorer):
    """Step through the training of a network of `dense` layers and `activation`, or of `model` on `x` and `y`.

    `dense` is called with a number of units; `activation` and `loss` are objects, classes without arguments, or for
    `activation` one of the names in the menu. With `model`, `x` `(features, examples)` and `y` `(k, examples)` are
    needed, and the controls that would build another network are left out; a copy is trained, your model stays as
    it is. All other arguments set controls: `data`, `noise`, `hidden`, `learning_rate`, `seed`, `speed`.

    Raises TypeError for a name that is no control, and for `model` without `x` and `y`. A network that cannot be
    built or trained is no error here: the explorer shows it, with your line.
    """

    title = "Step explorer"
    module = Path(__file__).with_suffix(".js")

    data = Choice("moons", "Data set", tuple(DATASETS))
    noise = Slider(0.1, "Noise", 0, 0.5, step=0.01)
    hidden = Sizes([4], "Hidden layers", "Units in hidden layer", most=4)
    activation = Choice("Tanh", "Activation", tuple(ACTIVATIONS))
    learning_rate = Slider(0.5, "Learning rate", 0.001, 10, log=True, least=0, most=1e10)
    seed = Whole(0, "Seed", 0, 999_999)
    speed = Choice("as fast as it can", "Speed", tuple(SPEEDS))
    example = Whole(0, "Example", 0, 10**9)

    def start(self, dense=Dense, activation=None, loss=None, model=None, x=None, y=None, **controls):
        if model is not None and (x is None or y is None):
            raise TypeError("StepExplorer(model=…) needs the data too: StepExplorer(model=model, x=x_train, y=y_train)")
        self._dense, self._loss, self._given = dense, loss, model
        self._activations = dict(ACTIVATIONS)
        if activation is not None and not isinstance(activation, str):
            name = getattr(activation, "__name__", type(activation).__name__)
            self._activations[name] = activation
            self.options["activation"] = tuple(self._activations)
            activation = name
        self._x, self._y = x, y
        if model is not None:
            self.left_out = ("data", "noise", "hidden", "activation", "seed")
            controls.setdefault("learning_rate", model.learning_rate)
        elif x is not None:
            self.left_out = ("data", "noise")
        super().start(**({} if activation is None else {"activation": activation}), **controls)
        with self._guard():
            self._build()

    # The network and its run ----------------------------------------------------------------------------------

    def _build(self):
        """A new network and an empty tape; the first update is recorded at once, so that there is a moment."""
        self.begin_record()
        self.losses = picture.Curve()
        self._training = self.model = self._looker = None
        if self._x is None:
            self.x, self.y = DATASETS[self.data](EXAMPLES, self.noise, self.seed)
        else:
            self.x, self.y = np.asarray(self._x), np.asarray(self._y)
        if self._given is not None:
            model = copy.deepcopy(self._given)
            model.learning_rate = self.learning_rate
        else:
            is_number = self._x is None and self.data in REGRESSIONS
            loss = self._loss or (MeanSquaredError if is_number else BinaryCrossEntropy)
            blocks = [(self._dense(units), fresh(self._activations[self.activation])) for units in self.hidden]
            blocks.append((self._dense(len(np.atleast_2d(self.y))), Linear() if is_number else Sigmoid()))
            model = NeuralNetwork(tuple(blocks), fresh(loss), self.learning_rate, seed=self.seed)
        model.build(self.x.shape[0])
        self._looker = copy.deepcopy(model)
        self.model = model
        self._train_once()
        self._at = (self.tape.steps[0][0].step, 0)

    def _train_once(self, recorded=True):
        """One update. An exception ends this training; the next call begins another where it stopped."""
        if self.model is None:
            raise RuntimeError("there is no network to train yet; mend what is wrong and press Reset")
        if self._training is None:
            self._training = self.model.training(self.x, self.y, epochs=10**9, callbacks=[self.tape])
        self.tape.every = 1 if recorded else NEVER
        try:
            loss = next(self._training)
        except BaseException:
            self._training = None
            raise
        self.losses.add(self.model.steps, loss)
        self.model.history.epochs.clear()  # an hour of Play would fill it; the curve keeps what is drawn
        self.model.history.loss.clear()
        if recorded:
            self._at = (self.model.steps, len(self.tape.steps[-1]) - 1)

    # What the buttons do --------------------------------------------------------------------------------------

    def step(self):
        """To the next moment; at the end of the tape the network makes one more update."""
        self.next_moment()

    def reset(self):
        """Back to the first moment of a new network with the same seed."""
        self._build()
        self.show()

    def press(self, name, detail=None):
        self.pause()
        if not self.press_moment(name, detail):
            {"step": self.step, "reset": self.reset}[name]()

    def advance(self):
        if self.speed == "moment by moment":
            self.step()
        elif self.speed == "update by update":
            self.whole_update()
        else:  # the tape takes one update of each frame that is drawn
            self._train_once(recorded=self._drawn != self.frame.get("number"))
            self._drawn = self.frame.get("number")
        return SPEEDS[self.speed]

    def paused(self):
        if self.model is not None and self.tape.steps and self.tape.steps[-1][0].step != self.model.steps:
            self._train_once()  # so that the end of the tape is where the network stands

    def changed(self, names):
        if names - {"learning_rate", "speed", "example"}:
            self._build()
        elif "learning_rate" in names and self.model is not None:
            self.model.learning_rate = self.learning_rate

    def disabled(self):
        if not self.tape.steps:
            return ("back",)
        return ("back",) if self._place() == (0, 0) else ()

    def forget(self):
        self.tape, self.losses = Tape(), picture.Curve()
        self.model = self._looker = self._training = self._pinned = None

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        moment = self.moment
        if moment is None:
            return None
        index, k = self._place()
        moments = self.tape.steps[index]
        before = sum(len(earlier) for earlier in self.tape.steps[:index])
        self._take_values(moments, k)
        outputs = self._outputs()
        loss = next((float(m.values["loss"]) for m in moments if m.phase == "loss"), float("nan"))
        return {
            "stats": self._stats(moments, loss),
            "timeline": {
                "at": before + k,
                "count": len(self.tape),
                "label": f"Update {moment.step:,}, moment {k + 1} of {len(moments)}",
            },
            "track": self._track(moments, before, k),
            "diagram": picture.diagram(self._looker, outputs, moments, moment, self.x.shape[0]),
            "plane": picture.plane(outputs, self.x, self.y, self._looker),
            "curve": self.losses.view(moment.step, loss),
            **self._panels(moment, moments),
        }

    @property
    def _races(self):
        """Whether Play runs at full speed."""
        return self.playing and SPEEDS[self.speed] is None

    def narrate(self):
        moment = self.moment
        if moment is None:
            return "There is no moment to show yet."
        index, k = self._place()
        where = f"{moment.phase}, moment {k + 1} of {len(self.tape.steps[index])}"
        said = [f"Update {moment.step:,}, {where}: {comparison.part(moment)}.", picture.explanation(moment)]
        results = [equation.result for equation in self._equations(moment)]
        said += [self._result(name, moment) for name in results if name in moment.values]
        if self._traced is not None and not self._races:
            said.append(tracer_view.sentences(self._trace(self.tape.steps[index]), moment.step))
        if self._pinned is not None and not self._races:
            said.append(comparison.said(self._pinned, moment))
        return " ".join(said)

    def _outputs(self):
        """What every part makes of the points of the plane, or for other data of the first example."""
        points = picture.grid(self.x) if self.x.shape[0] == 2 else self.x[:, :1]
        outputs = [points]
        for place in self._looker.places:
            outputs.append(getattr(place.part, "predict", place.part)(outputs[-1]))
        return outputs

    def _stats(self, moments, loss):
        stats = [["Update", f"{moments[0].step:,}"], ["Loss", f"{loss:.4f}"]]
        output = next((m.values["output"] for m in reversed(moments) if m.phase == "forward"), None)
        labels = next((m.values["labels"] for m in moments if m.phase == "loss"), None)
        if isinstance(self.model.loss, BinaryCrossEntropy) and output is not None and labels is not None:
            stats.append(["Accuracy", f"{np.mean((output >= 0.5) == (labels >= 0.5)):.1%}"])
        return stats
