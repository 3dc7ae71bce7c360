"""What the Workbench trains: data, a network that the controls describe or that was given, and its run.

How it is trained stands in `training.py`. What must begin anew does, and what can go on goes on:
`ANEW` says which controls are which. `view.py` tells what is drawn, `buttons.py` what is pressed.
"""

import copy
import inspect

import nnlib
from nnlib import Dense
from nnlib.data import DATASETS
from widgets.stage import points
from widgets.stage.base import Explorer
from widgets.stage.controls import Choice, Choices, Several, Sizes, Slider, Text, Whole
from widgets.stage.parts import fresh
from widgets.stage.recorded import Recorded
from widgets.workbench import menus, own_feature
from widgets.workbench.curve import Curve
from widgets.workbench.data import Data
from widgets.workbench.given import ALONG
from widgets.workbench.surface import Surface
from widgets.workbench.training import Training

TRAIL = 1_000_000  # numbers that are kept of the path of the parameters, in at most 100 places


class Run(Data, Training, Recorded, Explorer):
    """Data, network and training; see `Workbench` for the arguments."""

    data = Choice("moons", "Data", (*DATASETS, menus.OWN))
    examples = Whole(200, "Points", 10, 1000)
    noise = Slider(0.1, "Noise", 0, 0.5, step=0.01, most=2)
    test = Slider(0.3, "Part to test on", 0, 0.8, step=0.05)
    validation = Slider(0.0, "Validation part", 0, 0.8, step=0.05, help="To choose by: no network learns from it")
    learn_from = Whole(0, "Learn from (0: all)", 0, 10**6, help="So many training points at most")
    dots = Choice("all", "Shown on the map", ("all", "training", "validation", "test"))
    colours = Choice("how sure", "Map colours", ("how sure", "the answer alone"), help="Of numbers, ten steps")
    seed = Whole(0, "Seed", 0, 999_999)
    features = Several(["x₁", "x₂"], "Input features", tuple(points.FEATURES))
    formula = Text("", "Your own feature", own_feature.checked, help="Arithmetic over x1 and x2: sin(3 * x1) + x2**2")
    hidden = Sizes([8, 8], "Hidden layers", "Units in hidden layer")
    _kinds_were = ()
    activations = Choices(["Tanh", "Tanh"], "Activations", "Activation of hidden layer", tuple(menus.ACTIVATIONS))
    dropout = Slider(0.0, "Dropout rate", 0, 0.8, step=0.05, most=0.95)
    initializer = Choice("Glorot", "Initialiser", tuple(menus.INITIALIZERS))
    loss = Choice("cross-entropy", "Loss", tuple(menus.LOSSES), help="With numbers to predict it is the MSE")
    optimizer = Choice("SGD", "Optimiser", tuple(menus.OPTIMIZERS))
    learning_rate = Slider(0.3, "Learning rate", 0.0001, 10, log=True, least=0, most=1e10)
    schedule = Choice("constant", "Schedule", tuple(menus.SCHEDULES), help="Counted in updates")
    stage = Whole(500, "Stage", 1, 10**6, help="Updates of a warm-up, of a step, of a half-life")
    span = Whole(2000, "Span", 2, 10**6, help="Updates until a cosine has come down; so many are drawn")
    batch = Choice(menus.ALL_AT_ONCE, "Batch size", tuple(menus.BATCHES))
    l2 = Slider(0.0, "L2 factor", 0, 3, step=0.05, most=1000)
    l1 = Slider(0.0, "L1 factor", 0, 3, step=0.05, most=1000)
    patience = Whole(0, "Patience (0: for ever)", 0, 10**6, help="Early stopping: epochs without a new best")
    until = Whole(0, "Stop at epoch (0: never)", 0, 10**6, help="Play ends there, and begins anew from there")
    mode = Choice("whole epochs", "Mode", ("whole epochs", "single updates", "single moments"))
    edges = Choice("weights", "Edges show", ("weights", "gradients"))
    pointer = Choice("look", "Pointer", tuple(menus.POINTERS))
    across = Choice(ALONG[0], "Across", ALONG)
    up = Choice(ALONG[1], "Up", ALONG)

    def start(self, dense=Dense, activation=None, loss=None, optimizer=None, schedule=None, dropout=None,
              penalty=None, early_stopping=nnlib.EarlyStopping, model=None, x=None, y=None, x_test=None, y_test=None,
              **controls):  # fmt: skip
        self._dense, self._kinds, self._own = dense, {}, {}
        self._parts = {"dropout": nnlib.Dropout, "penalty": penalty, "early_stopping": early_stopping}
        if isinstance(dropout, type):
            self._parts["dropout"] = self._own[dropout.__name__] = dropout
        elif dropout is not None:
            controls["dropout"] = dropout
        for name, known, given in (
            ("activations", menus.ACTIVATIONS, activation), ("loss", menus.LOSSES, loss),
            ("optimizer", menus.OPTIMIZERS, optimizer), ("schedule", menus.SCHEDULES, schedule),
        ):  # fmt: skip
            self._kinds[name] = dict(known)
            if given is not None:
                own = given if isinstance(given, str) else self._offer(name, given)
                controls.setdefault(name, [own] * 6 if name == "activations" else own)
        if dense is not Dense:
            self._own[dense.__name__] = dense
        self._points, self.model, self._training, self._diverged = None, None, None, ""
        self._model, self._table, self._preparation, self._held, self._given = model, None, None, None, None
        self._over, self._before, self._drawn_rates = False, None, (None, None)
        self._probe, self._chosen, self._tour = None, (1, 0, 0), None
        self._card = self._script = 0, ""  # how many have been made, and the last one
        self._checked = self._twins = None
        self.begin_record()
        self._take_data(x, y, x_test, y_test, controls)
        super().start(**controls)
        self._fit_activations()
        with self._guard():
            self._begin_anew()

    def _offer(self, name, given):
        """Put a class of the learner's into a menu; its name there."""
        label = getattr(given, "__name__", type(given).__name__)
        self._kinds[name][label] = given
        if name != "schedule":  # a card holds the parts of the network
            self._own[label] = given
        self.options[name] = tuple(self._kinds[name])
        return label

    # Data and network -----------------------------------------------------------------------------------------

    def _begin_anew(self):
        """New data, and a new network with the same seed; the losses of the run before are kept beside it."""
        if self.model is not None and len(self._record.steps) > 1:
            self._before = self._record
        self.model = None
        self._draw_data()
        self._take_network(self.new_network(self.seed))

    def new_network(self, seed):
        """A network as the controls describe it, or a copy of the one that was given, built."""
        if self._model is not None:
            return self._copy_of_model()
        if not self.names():
            raise ValueError("the network needs an input: tick at least one feature, or type one of your own")
        layers = [
            (self._layer(units), fresh(self._kinds["activations"][name]), *self._left_out(place))
            for place, (units, name) in enumerate(zip(self.hidden, self.activations, strict=True))
        ]
        last, loss = nnlib.Linear(), nnlib.MeanSquaredError()
        if self.kinds > 2:
            last, loss = nnlib.Softmax(), nnlib.CategoricalCrossEntropy()
        elif self.classes:
            last, loss = nnlib.Sigmoid(), fresh(self._kinds["loss"][self.loss])
        layers.append((self._layer(max(1, self.kinds if self.kinds > 2 else 1)), last))
        return nnlib.NeuralNetwork(
            tuple(layers), loss, optimizer=self._new_optimizer(), seed=seed,
            regularization_factor=self._l2(), l1_factor=self.l1,
        ).build(len(self.inputs(self.x_train)))  # fmt: skip

    def _left_out(self, place):
        """The dropout behind a hidden layer: one with a seed of its own would throw the same dice in every layer."""
        if not self.dropout:
            return ()
        kind = self._parts["dropout"]
        seed = inspect.signature(kind).parameters.get("seed")
        return (kind(self.dropout) if seed is None or seed.default is None else kind(self.dropout, seed=place),)

    def _copy_of_model(self):
        """The given model as it was handed over: it stays as it is."""
        model = copy.deepcopy(self._model)
        model.learning_rate = self.learning_rate
        return model.build(len(self.x_train))

    @property
    def draws_weights(self):
        """Does the initialiser draw the first weights? A layer class of the notebook's draws its own."""
        return self._dense is Dense

    def _layer(self, units):
        return Dense(units, menus.INITIALIZERS[self.initializer]()) if self.draws_weights else self._dense(units)

    def _new_optimizer(self):
        return self._kinds["optimizer"][self.optimizer](self.learning_rate)

    def _l2(self):
        """The factor that nnlib's own penalty has: none where the learner's is in its place."""
        return 0.0 if self._parts["penalty"] else self.l2

    def _take_network(self, model):
        """Show and train `model` from now on, with a new record of its losses."""
        self._looker, self._over = copy.deepcopy(model), False
        self.model, self._training, self._diverged, self._record = model, None, "", Curve()
        self._trail = Curve()  # of the parameters: where training has been
        self._trail.full = max(8, min(100, TRAIL // max(1, model.parameters.size)))
        self._told, self._maps = ([], 0.0), None  # what was seen of the network before
        self._chosen = self._within(self._chosen)
        self.begin_record()
        self._checked, self._twins, self._surface = None, None, Surface()

    def _keep_parameters(self):
        """The same parameters in a network whose activations, dropout or loss have been changed."""
        before, record, trail = self.model, self._record, self._trail
        model = self.new_network(self.seed)
        model.parameters[:] = before.parameters
        model.optimizer, model.steps, model.epoch = before.optimizer, before.steps, before.epoch
        self._take_network(model)
        self._record, self._trail = record, trail

    def _fit_activations(self):
        """As many activations as hidden layers: that of a layer that was taken away comes back with it."""
        kinds = [*self.activations, *self._kinds_were[len(self.activations) :]] or ["Tanh"]
        self._kinds_were = kinds
        wanted = (kinds + [kinds[-1]] * 6)[: len(self.hidden)]
        if wanted != self.activations:
            self.activations = wanted
            self._touched.discard("activations")

    def changed(self, names):
        if "hidden" in names or "activations" in names:
            self._fit_activations()
        if names & {"across", "up"}:
            self._lay_plane()
        if self.model is None or names & menus.ANEW:
            self._begin_anew()
        elif names & {"activations", "dropout", "loss"}:
            self._keep_parameters()
        if "optimizer" in names:
            self.model.optimizer, self._training = self._new_optimizer(), None
        if names & {"batch", "patience"}:
            self._training = None
        self.model.regularization_factor, self.model.l1_factor = self._l2(), self.l1
        self.model.learning_rate = self._rate(self.model.steps + 1)
