"""A network and the preparation of its data, as one: what goes in is a table as people have it, what comes out is said.

birds = Prepared(network, preparation)
birds.classify_table("new.csv")                     # [("Gentoo", 0.98), …]
cars.predict_table("new.csv")                       # [(24.7, "miles per gallon"), …]
"""

import sys

import numpy as np

from nnlib.data.preparation import Preparation
from nnlib.data.table import Table
from nnlib.metric import accuracy, r_squared
from nnlib.parts import largest_class

FAR = 10  # standard deviations of the training part: a slipped decimal point or another unit lies there, a rare row not


class Prepared:
    """A network together with the `Preparation` that its data went through.

    `source` is everywhere what `read_table` reads (a path, a text, a DataFrame, a row such as {"mass": 3200} or a
    list of rows), a `Table`, or an array `(columns, examples)` of numbers that are not scaled. Raises ValueError if
    the network has other inputs or outputs than the preparation.
    """

    def __init__(self, network, preparation):
        if not isinstance(preparation, Preparation):
            raise TypeError(f"Prepared(network, preparation) needs a Preparation, got {type(preparation).__name__}")
        features = getattr(network, "features", None)
        if features not in (None, preparation.features):
            raise ValueError(
                f"the network takes {features} features, and the preparation makes {preparation.features}: "
                "train it with x, y = preparation(train)"
            )
        self.network, self.preparation = network, preparation

    def predict(self, source, **how):
        """The outputs `(outputs, examples)` for new rows: probabilities, or numbers in the target's own unit.

        A number far from all that the network was trained on is named in one line on stderr: a network answers it too,
        and is often quite sure.
        """
        x = self._inputs(source, how)
        self._say_what_is_far(x)
        outputs = np.asarray(self.network.predict(x))
        if outputs.shape[0] != self.preparation.outputs:
            raise ValueError(
                f"the network has {outputs.shape[0]} outputs, and {self.preparation.target.name!r} needs "
                f"{self.preparation.outputs}: its last block is preparation.last_block()"
            )
        return self.preparation.back(outputs) if self.preparation.target.kind == "numbers" else outputs

    def classify_table(self, source, **how):
        """A pair (class, probability) for each row. `how` goes to `read_table`; TypeError if numbers are predicted."""
        if not self.preparation.classes:
            raise TypeError(f"{self.preparation.target.name!r} is a number, no class: predict_table(source) gives it")
        p = self.predict(source, **how)
        p = np.vstack([1 - p, p]) if len(p) == 1 else p
        return [(self.preparation.classes[place], float(p[place, at])) for at, place in enumerate(p.argmax(axis=0))]

    def predict_table(self, source, **how):
        """A pair (number, what it counts) for each row: the target's name, and the unit that stood beside its numbers.

        (24.7, "miles per gallon"), or (10.5, "distance, km"). `how` goes to `read_table`. Raises TypeError if classes
        are predicted.
        """
        target = self.preparation.target
        if self.preparation.classes:
            raise TypeError(f"{target.name!r} is a class, no number: classify_table(source) gives it")
        return [(float(number), target.counts) for number in self.predict(source, **how)[0]]

    def score(self, source, **how):
        """How good it is on rows whose answers are known: accuracy, or R² and the mean error in the target's unit.

        Beside accuracy stands `largest_class`, that of always answering the most frequent class of these rows.
        """
        goal = self.preparation.target
        table = source if isinstance(source, Table) else self.preparation.read(source, goal.name, **how)
        outputs = self.predict(table)
        if goal.kind == "classes":
            labels = self.preparation.y(table)
            return {"accuracy": float(accuracy(outputs, labels)), "largest_class": largest_class(labels)}
        return {
            "r_squared": float(r_squared(outputs, table.y)),
            "mean_error": float(np.abs(outputs - table.y).mean()),
        }

    def _say_what_is_far(self, x):
        """x is scaled by the training part's mean and deviation, so its numbers say how far out they lie."""
        feature, row = np.unravel_index(np.abs(x).argmax(), x.shape) if x.size else (0, 0)
        if not x.size or abs(x[feature, row]) <= FAR:
            return
        name = self.preparation.feature_names[feature]
        one = next(one for one in self.preparation.columns if one.name == name)
        rows = int((np.abs(x) > FAR).any(axis=0).sum())
        print(
            f"Prepared: {name!r} is {x[feature, row] * one.deviation + one.mean:g} in row {row + 1}, and was "
            f"{one.mean:g} ± {one.deviation:g} in training: is the unit or the decimal point another? The answer to "
            + (f"{rows} such rows is a guess." if rows > 1 else "such a row is a guess."),
            file=sys.stderr,
        )

    def _inputs(self, source, how):
        if isinstance(source, list | tuple) and not any(isinstance(row, dict) for row in source):
            source = np.array(source)  # ValueError for rows of different lengths
        if isinstance(source, np.ndarray):
            columns = self.preparation.columns
            if source.ndim != 2 or len(source) != len(columns):
                turned = source.ndim == 2 and source.shape[1] == len(columns)
                raise ValueError(
                    f"expected ({len(columns)}, examples), a row for each column, got {source.shape}"
                    + ("; its examples are rows: pass x.T" if turned else "")
                )
            source = {one.name: row for one, row in zip(columns, source, strict=True)}
        return self.preparation.x(source if isinstance(source, Table) else self.preparation.read(source, **how))

    def __repr__(self):
        return f"{self.network!r}\n{self.preparation!r}"
