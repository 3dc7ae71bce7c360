"""Playground: data, network and training in one place, all of it changed while it runs.

    Playground()                                                  # two moons, 2-8-8-1
    Playground(data="spiral", features=["x₁", "x₂", "sin πx₁"])   # every control is an argument
    Playground(x=x, y=y)                                          # points of your own, (2, examples)
    Playground(dense=MyDense, activation=MyReLU, optimizer=MyAdam)
    Playground(lock=("data", "layers"), hide=("card",))           # for a lesson: locked is shown, hidden is not
    Playground(card=text)                                         # what somebody else shared, as it stood

The network is trained by `nnlib`'s own `model.training`; what is drawn over the plane comes from a copy of it, so that
looking changes nothing. Its whole state is a text, the card: see `playground_card.py`.
"""

import copy
import time

import numpy as np

import nnlib
from nnlib import BinaryCrossEntropy, Dense, DivergedError, Linear, MeanSquaredError, NeuralNetwork, Sigmoid, schedule
from nnlib.callback import LearningRateScheduler
from nnlib.data import DATASETS, REGRESSIONS, split, standardise
from nnlib.metric import accuracy, r_squared
from nnlib.run_card import RunCardError
from nnlib.tape import parameters_of
from widgets import health, picture, playground_card, points
from widgets.base import Explorer, packed
from widgets.controls import Choice, Choices, Control, Several, Sizes, Slider, Whole

OWN = "your own points"
ACTIVATIONS = {
    kind.__name__: kind
    for kind in (nnlib.Tanh, nnlib.ReLU, nnlib.Sigmoid, nnlib.LeakyReLU, nnlib.ELU, nnlib.GELU, nnlib.Swish,
                 nnlib.Softplus, nnlib.Linear)
}  # fmt: skip
INITIALIZERS = {
    "He": nnlib.He, "Glorot": nnlib.Glorot, "Normal, 0.01": nnlib.Normal, "Normal, 1": lambda: nnlib.Normal(1.0),
    "Zeros": nnlib.Zeros,
}  # fmt: skip
LOSSES = {"cross-entropy": BinaryCrossEntropy, "MSE": MeanSquaredError}
OPTIMIZERS = {
    kind.__name__: kind for kind in (nnlib.SGD, nnlib.Momentum, nnlib.Nesterov, nnlib.RMSProp, nnlib.Adam, nnlib.AdamW)
}
SCHEDULES = {
    "constant": schedule.constant,
    "halved every 500": lambda rate: schedule.step_decay(rate, every=500),
    "half-life 500": lambda rate: schedule.exponential(rate, half_life=500),
    "cosine over 2,000": lambda rate: schedule.cosine(rate, steps=2000),
    "warm-up over 200": lambda rate: schedule.warm_up(rate, steps=200),
}
BATCHES = {"all at once": None, **{str(size): size for size in (1, 4, 8, 16, 32, 64, 128)}}
POINTERS = {"look": None, "add class 1": 1.0, "add class 0": 0.0, "take away": None}
GROUPS = {"layers": ("hidden", "activations"), "points": ("pointer", "paste", "clear", "draw")}
PANELS = ("card", "points", "parameters", "forward", "health", "accuracy", "loss", "network", "plane")
PRESSES = ("play", "step", "reset", "draw", "clear", "paste", "probe", "choose", "value", "make_card", "card")
ANEW = {"data", "examples", "noise", "test", "features", "seed", "hidden", "initializer"}  # these begin a new network
NEAR = 0.12  # how near a point must be to be taken away


class Playground(Explorer):
    """A network to be played with: every control can be changed while it runs.

    `dense` is called with a number of units; `activation`, `loss` and `optimizer` (called with the learning rate) are
    classes of yours or names out of the menus; `x` `(2, examples)` and `y` `(1, examples)` are points of yours.
    `lock` and `hide` take names of controls, of buttons, of panels (card, points, parameters, forward, health, …) or
    `"layers"`. All other arguments set controls.

    Changing `activations`, `dropout` or `loss` keeps the weights; changing the data, the features, `hidden`,
    `initializer` or `seed` starts anew; the rest acts on the run as it goes. Raises TypeError for unknown names and
    RunCardError for a `card` that is none.
    """

    title = "Playground"
    module = "playground.js"

    data = Choice("moons", "Data", (*DATASETS, OWN))
    examples = Whole(200, "Points", 10, 1000)
    noise = Slider(0.1, "Noise", 0, 0.5, step=0.01, most=2)
    test = Slider(0.3, "Part to test on", 0, 0.8, step=0.05)
    seed = Whole(0, "Seed", 0, 999_999)
    features = Several(["x₁", "x₂"], "Input features", tuple(points.FEATURES))
    hidden = Sizes([8, 8], "Hidden layers", "Units in hidden layer")
    activations = Choices(["Tanh", "Tanh"], "Activations", "Activation of hidden layer", tuple(ACTIVATIONS))
    dropout = Slider(0.0, "Dropout rate", 0, 0.8, step=0.05, most=0.95)
    initializer = Choice("Glorot", "Initialiser", tuple(INITIALIZERS))
    loss = Choice("cross-entropy", "Loss", tuple(LOSSES), help="With numbers to predict it is the MSE")
    optimizer = Choice("SGD", "Optimiser", tuple(OPTIMIZERS))
    learning_rate = Slider(0.3, "Learning rate", 0.0001, 10, log=True, least=0, most=1e10)
    schedule = Choice("constant", "Schedule", tuple(SCHEDULES), help="Counted in updates")
    batch = Choice("all at once", "Batch size", tuple(BATCHES))
    l2 = Slider(0.0, "L2 factor", 0, 3, step=0.05, most=1000)
    l1 = Slider(0.0, "L1 factor", 0, 3, step=0.05, most=1000)
    mode = Choice("whole epochs", "Mode", ("whole epochs", "single updates"))
    edges = Choice("weights", "Edges show", ("weights", "gradients"))
    pointer = Choice("look", "Pointer", tuple(POINTERS))

    def start(
        self, dense=Dense, activation=None, loss=None, optimizer=None, x=None, y=None, card=None, lock=(), hide=(),
        **controls,
    ):  # fmt: skip
        self._dense, self._kinds, self._own = dense, {}, {}
        for name, known, given in (
            ("activations", ACTIVATIONS, activation), ("loss", LOSSES, loss), ("optimizer", OPTIMIZERS, optimizer)
        ):  # fmt: skip
            self._kinds[name] = dict(known)
            if given is not None:
                own = given if isinstance(given, str) else self._offer(name, given)
                controls.setdefault(name, [own] * 6 if name == "activations" else own)
        if dense is not Dense:
            self._own[dense.__name__] = dense
        self.hidden_names, self.locked = named(hide, self), (*named(hide, self), *named(lock, self))
        self._points, self.model, self._training, self._diverged = None, None, None, ""
        self._probe, self._chosen, self._card, self._told = None, (1, 0, 0), (0, ""), ([], 0.0)
        if x is not None:
            self._points = np.asarray(x, float), np.asarray(y, float).reshape(1, -1)
            controls.setdefault("data", OWN)
        super().start(**controls)
        self._fit_activations()
        if card is not None:
            self._load(card)
        else:
            with self._guard():
                self._begin_anew()

    def _offer(self, name, given):
        """Put a class of the learner's into a menu; its name there."""
        label = getattr(given, "__name__", type(given).__name__)
        self._kinds[name][label] = self._own[label] = given
        self.options[name] = tuple(self._kinds[name])
        return label

    # Data and network -----------------------------------------------------------------------------------------

    def _begin_anew(self):
        """New data, and a new network with the same seed."""
        self.model = None
        self._draw_data()
        self._take_network(self._network())

    def _draw_data(self):
        """The points, in their parts, and whether they are of two classes or numbers to predict."""
        if self.data == OWN:
            self._points = (np.zeros((2, 0)), np.zeros((1, 0))) if self._points is None else self._points
            parts = points.parted(*self._points, self.test, self.seed)
            self.classes = points.are_classes(self._points[1])
        else:
            x, y = DATASETS[self.data](self.examples, self.noise, self.seed)
            parts = split(x, y, self.test, self.seed) if self.test else (x, y, x[:, :0], y[:, :0])
            self.classes = self.data not in REGRESSIONS
        self.x_train, self.y_train, self.x_test, self.y_test = parts
        self._grid = picture.grid(np.hstack([self.x_train, self.x_test]))
        self._training = None

    def _network(self):
        """A network as the controls describe it, built."""
        if not self.features:
            raise ValueError("the network needs an input: tick at least one feature")
        dropped = [nnlib.Dropout(self.dropout)] if self.dropout else []
        layers = [
            (self._layer(units), fresh(self._kinds["activations"][name]), *copy.deepcopy(dropped))
            for units, name in zip(self.hidden, self.activations, strict=True)
        ]
        layers.append((self._layer(1), Sigmoid() if self.classes else Linear()))
        loss = fresh(self._kinds["loss"][self.loss]) if self.classes else MeanSquaredError()
        return NeuralNetwork(
            tuple(layers), loss, optimizer=self._new_optimizer(), seed=self.seed,
            regularization_factor=self.l2, l1_factor=self.l1,
        ).build(len(self.features))  # fmt: skip

    def _layer(self, units):
        return Dense(units, INITIALIZERS[self.initializer]()) if self._dense is Dense else self._dense(units)

    def _new_optimizer(self):
        return self._kinds["optimizer"][self.optimizer](self.learning_rate)

    def _take_network(self, model):
        """Show and train `model` from now on, with a new record of its losses."""
        self._looker = copy.deepcopy(model)
        self.model, self._training, self._diverged, self._record = model, None, "", picture.Curve()
        self._told = [], 0.0
        self._chosen = self._within(self._chosen)

    def _keep_parameters(self):
        """The same parameters in a network whose activations, dropout or loss have been changed."""
        before, record = self.model, self._record
        model = self._network()
        model.parameters[:] = before.parameters
        model.optimizer, model.steps, model.epoch = before.optimizer, before.steps, before.epoch
        self._take_network(model)
        self._record = record

    def _fit_activations(self):
        """As many activations as hidden layers: the last one is repeated."""
        kinds = list(self.activations) or ["Tanh"]
        wanted = (kinds + [kinds[-1]] * 6)[: len(self.hidden)]
        if wanted != self.activations:
            self.activations = wanted
            self._touched.discard("activations")

    def changed(self, names):
        if "hidden" in names or "activations" in names:
            self._fit_activations()
        if self.model is None or names & ANEW:
            self._begin_anew()
        elif names & {"activations", "dropout", "loss"}:
            self._keep_parameters()
        if "optimizer" in names:
            self.model.optimizer, self._training = self._new_optimizer(), None
        if "batch" in names:
            self._training = None
        self.model.regularization_factor, self.model.l1_factor = self.l2, self.l1
        self.model.learning_rate = self._rate(self.model.steps + 1)

    # Training -------------------------------------------------------------------------------------------------

    def _rate(self, step):
        return SCHEDULES[self.schedule](self.learning_rate)(step)

    def _train_once(self):
        """One update; True if it ended an epoch."""
        if self.model is None or not self.x_train.shape[1]:
            raise ValueError("there is nothing to learn from yet: draw some points, or choose a data set")
        if self._training is None:
            self._diverged = ""
            self._training = self.model.training(
                points.as_features(self.x_train, self.features), self.y_train, epochs=10**9,
                batch_size=BATCHES[self.batch], callbacks=[LearningRateScheduler(self._rate)],
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
        ended = bool(self.model.history.epochs)
        self.model.history.epochs.clear()  # an hour of Play would fill it; the record keeps what is drawn
        self.model.history.loss.clear()
        self._between_epochs = ended
        return ended

    _between_epochs = True

    def finish_epoch(self):
        """Train to the end of the epoch: what a card keeps begins with a new one."""
        while self._training is not None and not self._between_epochs:
            self._train_once()

    def _measures(self):
        """(training loss, test loss, training score, test score): accuracy, or R² for numbers; NaN without points."""
        told, score = [], accuracy if self.classes else r_squared
        with np.errstate(all="ignore"):  # numbers that are about to diverge: the next update says so
            for x, y in ((self.x_train, self.y_train), (self.x_test, self.y_test)):
                inputs = points.as_features(x, self.features)
                have = (
                    [self.model.evaluate(inputs, y), score(self.model.predict(inputs), y)] if x.size else [np.nan] * 2
                )
                told.append([float(one) for one in have])
        return [told[0][0], told[1][0], told[0][1], told[1][1]]

    def advance(self):
        self._train_once()
        return None if self.mode == "whole epochs" else 0.25

    def paused(self):
        if self.mode == "whole epochs":
            self.finish_epoch()

    # What the buttons do --------------------------------------------------------------------------------------

    def press(self, name, detail=None):
        acts = {
            "step": self.step, "reset": self.reset, "draw": self.draw, "clear": self.clear_points, "paste": self.paste,
            "probe": self.probe, "choose": self.choose, "value": self.set_parameter, "make_card": self.card,
            "card": self.load_card,
        }  # fmt: skip
        if name in ("step", "reset", "clear", "paste", "make_card", "card"):
            self.pause()
        acts[name]() if detail is None and name != "probe" else acts[name](detail)

    def step(self):
        """One epoch, or one update."""
        while not self._train_once() and self.mode == "whole epochs":
            pass
        self.show()

    def reset(self):
        """The same data and a new network with the same seed."""
        self._begin_anew()
        self.show()

    def draw(self, place):
        """Add a point of the class that the pointer stands for at `place` (x₁, x₂), or take away the ones near it."""
        place = finite(place, 2)
        if self.data != OWN:
            here = np.hstack([self.x_train, self.x_test]), np.hstack([self.y_train, self.y_test])
            self._points = here if self.classes else None
            self._become_own()
        x, y = self._points if self._points is not None else (np.zeros((2, 0)), np.zeros((1, 0)))
        if self.pointer == "take away":
            far = np.hypot(*(x - place[:, np.newaxis])) > NEAR
            x, y = x[:, far], y[:, far]
        elif POINTERS[self.pointer] is not None and x.shape[1] < points.MOST:
            x, y = np.hstack([x, place[:, np.newaxis]]), np.hstack([y, [[POINTERS[self.pointer]]]])
        self._points, were = (x, y), getattr(self, "classes", True)
        self._draw_data()
        if self.model is None or self.classes != were:
            self._begin_anew()
        self.show()

    def _become_own(self):
        self.data = OWN
        self._touched.discard("data")

    def clear_points(self):
        """An empty plane to draw on."""
        self.set_points(np.zeros((2, 0)), np.zeros((1, 0)))

    def paste(self, text):
        """The points in a text: `x₁, x₂, label` a line; see `points.read_points`."""
        self.set_points(*points.read_points(text))

    def set_points(self, x, y):
        """Learn from the points `x` `(2, examples)`; far ones are standardised. A new network begins."""
        if x.size and np.abs(x).max() > points.WIDE:
            x = standardise(x)
        self._points = x, y
        with self._quietly():
            self.data = OWN
        self._begin_anew()
        self.show()

    def probe(self, place):
        """Show the forward pass of the point (x₁, x₂); None to stop."""
        self._probe = None if place is None else finite(place, 2)
        self.show()

    def choose(self, place):
        """Choose a parameter to look at and change: (layer from 1, unit from 0, input from 0 or None for the bias)."""
        layer, unit, source = place
        self._chosen = self._within((int(layer), int(unit), None if source is None else int(source)))
        self.show()

    def set_parameter(self, value):
        """Give the chosen parameter a value."""
        array, at = self._chosen_array("weights", "bias")
        array[at] = finite([value], 1)[0]
        self._diverged = ""
        self.show()

    def _within(self, place):
        layers, (layer, unit, source) = [block[0] for block in self.model.layers], place
        layer = min(max(layer, 1), len(layers))
        rows, columns = layers[layer - 1].weights.shape
        return layer, min(max(unit, 0), rows - 1), None if source is None else min(max(source, 0), columns - 1)

    def _chosen_array(self, weights, bias):
        layer, unit, source = self._chosen
        part = self.model.layers[layer - 1][0]
        return (getattr(part, bias), (unit, 0)) if source is None else (getattr(part, weights), (unit, source))

    # The card -------------------------------------------------------------------------------------------------

    def card(self):
        """The whole state as a text; training goes on from it as it would have here."""
        self.finish_epoch()
        settings = {name: getattr(self, name) for name in self._settings()}
        text = playground_card.written(settings, self._points if self.data == OWN else None, self.model)
        self._card = self._card[0] + 1, text
        self.show()
        return text

    def load_card(self, text):
        """The state that a card describes. Raises RunCardError, and nothing has changed, for any other text."""
        self._load(text)
        self.show()

    def _load(self, text):
        settings, own, model = playground_card.read(text, self._settings(), self, self._own)
        if (own is not None) != (settings["data"] == OWN):
            raise RunCardError(f"points belong to a card whose data are {OWN!r}, and to no other")
        kept = {name: value for name, value in vars(self).items() if name in KEPT}
        before = {name: getattr(self, name) for name in settings}
        try:
            with self._quietly():
                for name, value in settings.items():
                    setattr(self, name, value)
                self._points = own
                self._fit_activations()
                self._begin_anew()
                if not playground_card.same_network(self.model, model):
                    raise RunCardError("the card's network is not the one that its settings describe")
        except BaseException as error:
            with self._quietly():
                for name, value in before.items():
                    setattr(self, name, value)
            vars(self).update(kept)
            if isinstance(error, ValueError) and not isinstance(error, RunCardError):
                raise RunCardError(f"the card's settings make no network: {error}") from error
            raise
        self._take_network(model)

    def _settings(self):
        """The controls that a card keeps, by name."""
        kept = {name: trait for name, trait in self.traits().items() if isinstance(trait, Control)}
        return {name: kept[name] for name in vars(Playground) if name in kept and name not in ("pointer", "edges")}

    def _quietly(self):
        return Quietly(self)

    def _describe_controls(self):
        return [told for told in super()._describe_controls() if told["name"] not in self.hidden_names]

    def disabled(self):
        idle = ("examples", "noise") if self.data == OWN else ()
        return idle if self.classes else (*idle, "loss")

    def forget(self):
        self.model = self._looker = self._training = None

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self.model is None:
            return None
        for place, mine in zip(self.model.places, self._looker.places, strict=True):
            for name in parameters_of(place.part):
                setattr(mine.part, name, getattr(place.part, name).astype(np.float32))
        outputs = self._outputs(self._grid)
        x, y = np.hstack([self.x_train, self.x_test]), np.hstack([self.y_train, self.y_test])
        plane = picture.plane([self._grid, *outputs[1:]], x, y, self.model) | {"hollow": self.x_test.shape[1]}
        measures = self._measures()
        return {
            "stats": self._stats(measures), "plane": plane, "diagram": self._diagram(outputs),
            "curves": self._curves(measures), "health": self.health(), "probe": self._forward(),
            "chosen": self._chosen_view(), "pointer": self.pointer, "classes": self.classes,
            "card": None if self.playing else {"number": self._card[0], "text": self._card[1]},
            "hidden": list(self.hidden_names), "locked": list(self.locked), "own": self.data == OWN,
        }  # fmt: skip

    def _outputs(self, places):
        outputs = [points.as_features(places, self.features)]
        for place in self._looker.places:
            outputs.append(getattr(place.part, "predict", place.part)(outputs[-1]))
        return outputs

    def _diagram(self, outputs):
        model = self.model if self.edges == "gradients" else self._looker
        name = "grad_weights" if self.edges == "gradients" else "weights"
        return picture.diagram(model, outputs, None, None, len(self.features), self.features, 16, name)

    def _stats(self, measures):
        form, right = ("{:.1%}", "Right") if self.classes else ("{:.3f}", "R²")
        names = (
            ("Training loss", "{:.4f}"),
            ("Test loss", "{:.4f}"),
            (f"{right}, training", form),
            (f"{right}, test", form),
        )
        told = [["Epoch", f"{self.model.epoch:,}"], ["Update", f"{self.model.steps:,}"]]
        for (name, shape), value in zip(names, measures, strict=True):
            told.append([name, shape.format(value) if np.isfinite(value) else "–"])
        return told

    def _curves(self, measures):
        steps = [*self._record.steps, self.model.steps]
        rows = np.array([*self._record.losses, measures], float)
        if len(rows) == 1:
            steps, rows = [steps[0], steps[0] + 1], np.vstack([rows, rows])
        losses, scores = rows[:, :2], rows[:, 2:]
        finite_losses = losses[np.isfinite(losses)]
        top = min(1.1 * float(finite_losses.max(initial=0.1)), 3 * float(np.median(finite_losses)) + 0.5) if len(
            finite_losses) else 1.0  # fmt: skip
        low = 0.0 if self.classes else max(-1.0, min(0.0, float(np.nanmin(scores, initial=0))))
        return {"loss": lines(steps, losses, [0, top]), "score": lines(steps, scores, [low, 1.02])}

    def health(self):
        """What is wrong just now, as [name, sentence] pairs; while Play runs, looked at four times a second."""
        told, at = self._told
        if not self.playing or time.monotonic() - at > 0.25:
            x = points.as_features(self.x_train, self.features)
            told = [list(one) for one in health.findings(self.model, x)] if x.shape[1] and self.model.steps else []
            self._told = told, time.monotonic()
        return [*([["exploded", self._diverged]] if self._diverged else []), *told]

    def _forward(self):
        """The forward pass of the point that is pointed at, layer by layer."""
        if self._probe is None:
            return None
        outputs = [output[:, 0] for output in self._outputs(self._probe[:, np.newaxis])]
        layers, at = [["Inputs", [float(value) for value in outputs[0]]]], 0
        for block in self.model.layers:
            at += len(block)
            layers.append([type(block[1]).__name__, [float(value) for value in outputs[at]]])
        return {"point": [float(one) for one in self._probe], "layers": layers, "says": self._answer(outputs[-1][0])}

    def _answer(self, output):
        if not self.classes:
            return f"it predicts {output:.3f}"
        return f"{output:.1%} sure of class 1" if output >= 0.5 else f"{1 - output:.1%} sure of class 0"

    def _chosen_view(self):
        layer, unit, source = self._chosen
        array, at = self._chosen_array("weights", "bias")
        gradients, _ = self._chosen_array("grad_weights", "grad_bias")
        return {
            "layer": layer, "unit": unit, "input": source, "value": float(array[at]),
            "gradient": float(gradients[at]) if np.ndim(gradients) == 2 and self.model.steps else None,
            "shapes": [list(block[0].weights.shape) for block in self.model.layers],
        }  # fmt: skip

    def narrate(self):
        if self.model is None:
            return "There is no network yet."
        sizes = "-".join(map(str, [len(self.features), *self.hidden, 1]))
        kind = f"of {OWN}" if self.data == OWN else f"points of {self.data}"
        who = f"A {sizes} network, {self.x_train.shape[1]} {kind} to train on"
        who += f" and {self.x_test.shape[1]} to test on." if self.x_test.shape[1] else "."
        numbers = ", ".join(f"{name.lower()} {value}" for name, value in self._stats(self._measures()) if value != "–")
        found = " ".join(f"{name}: {sentence}" for name, sentence in self.health())
        return f"{who} {numbers[0].upper()}{numbers[1:]}. {found}".strip()


KEPT = (
    "model", "_looker", "_training", "_record", "_diverged", "_points", "classes", "x_train", "y_train", "x_test",
    "y_test", "_grid", "_told", "_chosen",
)  # fmt: skip


class Quietly:
    """`with Quietly(explorer):` controls are set without anything being done about it."""

    def __init__(self, explorer):
        self.explorer = explorer

    def __enter__(self):
        self.before, self.explorer._handling = self.explorer._handling, True

    def __exit__(self, *error):
        self.explorer._handling = self.before
        self.explorer._touched.clear()


def named(names, explorer):
    """The controls, buttons and panels that `lock` or `hide` name. Raises TypeError for any other name."""
    names = (names,) if isinstance(names, str) else tuple(names)
    controls = [name for name, trait in explorer.traits().items() if isinstance(trait, Control)]
    for name in names:
        if name not in (*controls, *GROUPS, *PANELS, *PRESSES):
            known = ", ".join((*controls, *GROUPS, *PANELS))
            raise TypeError(f"there is no {name!r} to lock or hide; there are: {known}")
    return tuple(dict.fromkeys(one for name in names for one in (name, *GROUPS.get(name, ()))))


def finite(values, count):
    """`count` finite numbers as an array; ValueError for anything else a browser may send."""
    array = np.asarray(values, float)
    if array.shape != (count,) or not np.isfinite(array).all():
        raise ValueError(f"expected {count} finite numbers, got {values!r}")
    return array


def lines(steps, rows, y):
    """Two curves, training and test, for `static/lines.js`."""
    curves = [
        {"name": name, "look": look, "values": packed(rows[:, look])}
        for look, name in enumerate(("training", "test"))
        if np.isfinite(rows[:, look]).any()
    ]
    return {"x": [steps[0], steps[-1]], "y": y, "name": "update", "at": None, "curves": curves, "dots": []}


def fresh(thing):
    """A new object of a class, or the object itself."""
    return thing() if isinstance(thing, type) else thing
