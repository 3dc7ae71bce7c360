"""What the Workbench learns from: a data set drawn by a formula, points, or examples and tables of the learner's own.

`Data` holds what `Run` asks of them: the examples in their parts, how many classes there are, and the plane that they
are seen over.
"""

import copy
import functools
from contextlib import contextmanager

import numpy as np

from nnlib import one_hot
from nnlib.data import DATASETS, REGRESSIONS, Prepared, Table
from widgets.stage import points
from widgets.stage.figures import number, share
from widgets.stage.picture import grid
from widgets.workbench import own_feature, own_table
from widgets.workbench.given import ALONG, NAMED, Plane, as_the_model_takes_them, feature_names, kinds_of, taken
from widgets.workbench.menus import OWN


@functools.cache
def pictures():
    """A few points of each data set, `[x₁, x₂, whether it is of class 1 or above 0]`, in hundredths."""
    drawn = {name: make(48, 0.05, 0) for name, make in DATASETS.items()}
    return {name: np.vstack([100 * x, y > 0]).round().astype(int).T.tolist() for name, (x, y) in drawn.items()}


class Data:
    """The data of an explorer that has the controls of `Run`."""

    def _take_data(self, x, y, x_test, y_test, controls):
        """What was handed over: a table, or examples with any number of features, and perhaps a model."""
        if x is None and (y is not None or x_test is not None or self._model is not None):
            raise TypeError("a model or labels need their data: Workbench(model=model, x=x_train, y=y_train)")
        if x is None:
            return
        names, out = (), ()
        if isinstance(x, Table) and isinstance(self._model, Prepared):
            own_table.handed(x, y, x_test, y_test)
            self._preparation, self._model = self._model.preparation, self._model.network
            (x, y), (x_test, y_test) = [(None, None) if t is None else self._preparation(t) for t in (x, x_test)]
            names = self._preparation.feature_names
        if isinstance(x, Table) and self._model is None:
            self._table, names = own_table.handed(x, y, x_test, y_test), x.feature_names
            out += ("test",) if x_test is not None else ()
        elif isinstance(x, Table) or isinstance(self._model, Prepared):
            raise TypeError("a Prepared takes tables, and a network arrays: Workbench(model=prepared, x=train)")
        else:
            model = () if self._model is None else (self._model,)
            given = (as_the_model_takes_them if model else taken)(*model, x, y, x_test, y_test)
            self._points, self._held, self._given = (given.x, given.y), given.held, given
            names = names or feature_names(len(given.x))
            out += () if self._held is None else ("test",)
            if self._model is not None or len(given.x) != 2:
                out += ("data", "examples", "noise", "features", "formula", "pointer")
        if self._model is not None:
            out += ("hidden", "activations", "initializer", "dropout", "loss", "optimizer", "seed")
            controls.setdefault("learning_rate", self._model.learning_rate)
            controls.setdefault("l2", self._model.regularization_factor)
            controls.setdefault("l1", self._model.l1_factor)
        self.left_out = out
        known = [name for name in controls if name in self.left_out]
        if known:
            raise TypeError(f"{known[0]} makes no sense beside the data and the model that were handed over")
        controls.setdefault("data", OWN)
        self._lay_axes(names)

    # The examples ---------------------------------------------------------------------------------------------

    def _draw_data(self):
        """The examples, in their parts, and whether they are of classes or numbers to predict."""
        if self.data == OWN:
            if self._table is not None:
                self._preparation, self._points, self._held = self._table.parts(self.test, self.seed, self.validation)
            x, y = self._points = (np.zeros((2, 0)), np.zeros((1, 0))) if self._points is None else self._points
            self.kinds = self._kinds_of_own(y)
        else:
            x, y = DATASETS[self.data](self.examples, self.noise, self.seed)
            self.kinds = 0 if self.data in REGRESSIONS else 2
        divide = points.parted if self.data == OWN else points.divided
        held = self._held if self.data == OWN else None
        test = 0 if held else self.test
        if test + self.validation >= 1:
            told = f"{share(test)} to test on, {share(self.validation)} for validation"
            raise ValueError(f"{told}: none is left to learn from")
        x, y, *tested = divide(x, y, test, self.seed)
        x, y, *chosen = divide(x, y, self.validation / (1 - test), self.seed + 1)
        few = self.learn_from or x.shape[1]
        self.x_train, self.y_train, (self.x_valid, self.y_valid) = x[:, :few], y[:, :few], chosen
        self.x_test, self.y_test = held or tested
        self.classes = self.kinds > 0
        if self.kinds > 2 and self._model is None:
            self.y_train, self.y_valid, self.y_test = (
                one_hot(y, self.kinds) if y.size else np.zeros((self.kinds, 0)) for _, _, y in self.parts()
            )
        self._lay_plane()
        self._training = None

    def parts(self):
        """(name, x, y) of the three parts of the data; that to choose by and that to test on may be empty."""
        return (("training", self.x_train, self.y_train), ("validation", self.x_valid, self.y_valid),
                ("test", self.x_test, self.y_test))  # fmt: skip

    def _kinds_of_own(self, y):
        """How many classes the labels `(1, examples)` of one's own data are of; 0 for numbers to predict."""
        if self._preparation is not None:
            return len(self._preparation.classes)
        if self._model is not None:
            return self._given.kinds
        return kinds_of(y[0])[0] if y.size else 2

    def class_names(self):
        """What the classes are called in the order of their numbers; nothing where they have numbers alone."""
        if self.preparation:
            return [str(name) for name in self.preparation.classes]
        return [str(name) for name in self._given.names] if self._given and self.data == OWN else []

    def _ends(self):
        """Of numbers to predict: what the map's two colours stand for, in the target's own unit."""
        ends = np.array([-1.0, 1.0])
        return [number(one, 3) for one in (self.preparation.back(ends) if self.preparation else ends)]

    @property
    def preparation(self):
        """The `Preparation` of the table that is learned from, or None."""
        return self._preparation if self.data == OWN else None

    @property
    def prepared(self):
        """A copy of the network as it stands, with its preparation: a `Prepared`, which classifies new tables.

        Raises ValueError where no table is learned from.
        """
        if self.preparation is None:
            raise ValueError("no table is learned from here, so nothing was prepared: paste one, or Workbench(x=table)")
        return Prepared(copy.deepcopy(self.model), self.preparation)

    @property
    def is_plain(self):
        """Whether the network is given the examples as they are, and not features made of points of the plane."""
        own = self.data == OWN and self._points is not None
        return self._model is not None or (own and (self._preparation is not None or len(self._points[0]) != 2))

    @property
    def is_drawable(self):
        """Whether points can be drawn: two numbers are the place, and the network is the controls' own."""
        return self._model is None and (self.data != OWN or self._points is None or len(self._points[0]) == 2)

    def names(self):
        """The names of what the network is given."""
        if not self.is_plain:
            return [*self.features, *([own_feature.brief(self.formula)] if self.formula.strip() else [])]
        return list(self.preparation.feature_names) if self.preparation else feature_names(len(self.x_train))

    def _lay_axes(self, names):
        """What the map can be drawn over: of more than two features any two, or the two widest directions."""
        names = tuple(names) if 2 < len(names) <= NAMED else ()
        self.options["across"] = self.options["up"] = (*ALONG, *names)
        for control, along in zip(("across", "up"), ALONG, strict=True):
            if getattr(self, control) not in self.options[control]:
                with quietly(self):
                    setattr(self, control, along)

    def _lay_plane(self):
        names = self.names() if self.is_plain else ()
        self._lay_axes(names)
        self.plane = Plane(self.x_train, self.y_train, self.across, self.up, names)
        self._grid = grid(self.plane.flat(np.hstack([x for _, x, _ in self.parts()])))

    def inputs(self, x):
        """What the network is given for examples `x`: they themselves, or the features that are ticked and typed."""
        if self.is_plain:
            return x
        made = [points.as_features(x, self.features)] if self.features else []
        own = [own_feature.read(self.formula)(x)[np.newaxis]] if self.formula.strip() else []
        return np.vstack([*made, *own])


@contextmanager
def quietly(explorer):
    """Inside, controls are set without anything being done about it."""
    before = explorer._handling, explorer._touched
    explorer._handling, explorer._touched = True, set()
    try:
        yield
    finally:
        explorer._handling, explorer._touched = before
