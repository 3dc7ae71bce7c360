"""What a network was trained behind: gaps filled, words one-hot, everything on one scale, and the way back.

train, test = split(table)
preparation = Preparation(train)                    # means, deviations and fillings of the training part alone
x, y = preparation(train)                           # arrays for `fit`
birds = Prepared(network, preparation)              # network and preparation stay together from here on
birds.classify_table("new.csv")                     # [("Gentoo", 0.98), …]
"""

from dataclasses import asdict, dataclass, replace

import numpy as np

from nnlib.activation import Linear, Sigmoid, Softmax
from nnlib.data.cells import TableError, Written
from nnlib.data.column import Column
from nnlib.data.quantities import MISSING_AMONG_NUMBERS
from nnlib.data.reader import read_table
from nnlib.data.table import Table
from nnlib.layer import Dense
from nnlib.loss import BinaryCrossEntropy, CategoricalCrossEntropy, MeanSquaredError
from nnlib.parts.labels import one_hot

SCALED = ("numbers", "percent", "dates", "times")
UNKNOWN = ("refuse", "zeros")  # what becomes of words that the training part has not


@dataclass(frozen=True)
class Fitted:
    """What the training part says of one column: `(value − mean) / deviation`; `fill` stands for a gap.

    `words` are those that stand in it; of a target they are the classes, and `kind` is the task. `fill` is the median,
    or the place of the most frequent word; `unit` is what stood beside each number.
    """

    name: str
    kind: str
    words: tuple
    fill: float
    mean: float
    deviation: float
    unit: str = ""

    @property
    def counts(self):
        """What its numbers count, in words."""
        return f"{self.name}, {self.unit}" if self.unit else self.name


class Preparation:
    """How the columns of a table become a network's inputs, and its outputs the target, as a training part says.

    `Preparation(train)` takes a `Table` that `split` returned, so nothing of a test part can have touched it: means,
    deviations, medians, the words that become features and the classes are those of its rows alone. (How the file is
    written, its separator, and which columns are dates or words, is told from all of it.) Calling it with any table
    that has the same columns gives x `(features, examples)` and y, ready for `fit`: for two classes `(1, examples)` of
    0 and 1, for more one-hot `(classes, examples)`, for numbers `(1, examples)`, scaled.

    `unknown` says what becomes of a word that the training part has not: "refuse" raises an error that names it,
    "zeros" takes it as none of the known ones, 0 in each of their features.

    Raises TableError for a table without a target or with one class only, for columns that are missing, unknown words,
    and gaps, unless the table was read with missing="fill".
    """

    def __init__(self, train, unknown="refuse"):
        if not isinstance(train, Table):
            raise TypeError("Preparation is fitted to the training part of a table: train, test = split(read_table(…))")
        if unknown not in UNKNOWN:
            raise ValueError(f"unknown is 'refuse' or 'zeros', got {unknown!r}")
        train.y  # noqa: B018, raises where there is none
        self.columns = tuple(map(fitted, train.columns))
        self.filling, self.unknown, self.written = train.filling, unknown, train.written
        if train.task == "classes":
            self.target = Fitted(train.target.name, "classes", train.target.with_its_words().words, 0.0, 0.0, 1.0)
            if len(self.classes) < 2:
                raise TableError(
                    f"the training part has one class only, {self.classes[0]!r}: nothing to tell apart",
                    column=train.target.name,
                )
        else:
            one = fitted(train.target)
            self.target = replace(one, kind="numbers")

    @classmethod
    def of(cls, fields):
        """The preparation that `fields()` wrote."""
        made = cls.__new__(cls)
        made.columns = tuple(Fitted(**{**one, "words": tuple(one["words"])}) for one in fields["columns"])
        made.target = Fitted(**{**fields["target"], "words": tuple(fields["target"]["words"])})
        made.filling, made.unknown = fields["filling"], fields["unknown"]
        made.written = Written(**{**fields["written"], "also_missing": tuple(fields["written"]["also_missing"])})
        return made

    def fields(self):
        """All of it as numbers, words and lists, as JSON keeps them."""
        columns = [{**asdict(one), "words": list(one.words)} for one in self.columns]
        return {"columns": columns, "target": {**asdict(self.target), "words": list(self.target.words)},
                "filling": self.filling, "unknown": self.unknown,
                "written": {**asdict(self.written), "also_missing": list(self.written.also_missing)}}  # fmt: skip

    # What the network needs -----------------------------------------------------------------------------------------

    @property
    def classes(self):
        return self.target.words

    @property
    def features(self):
        """How many features the network is given."""
        return sum(len(one.words) if one.kind == "words" else 1 for one in self.columns)

    @property
    def feature_names(self):
        """The names of the rows of x: of a column of words, one for each word."""
        return tuple(
            name for one in self.columns
            for name in ([f"{one.name}: {word}" for word in one.words] if one.kind == "words" else [one.name])
        )  # fmt: skip

    @property
    def outputs(self):
        return len(self.classes) if len(self.classes) > 2 else 1

    def last_block(self):
        """The last block for this target: as many units as it needs, and the activation that can say it."""
        if self.target.kind == "numbers":
            return Dense(1), Linear()
        return (Dense(self.outputs), Softmax()) if self.outputs > 1 else (Dense(1), Sigmoid())

    def loss(self):
        """The loss that belongs to this target."""
        if self.target.kind == "numbers":
            return MeanSquaredError()
        return CategoricalCrossEntropy() if self.outputs > 1 else BinaryCrossEntropy()

    # There and back -------------------------------------------------------------------------------------------------

    def __call__(self, table):
        return self.x(table), self.y(table)

    def x(self, table):
        """The inputs `(features, examples)` of the rows of a table."""
        if not hasattr(table, "columns"):
            what = f"an array of shape {table.shape}" if isinstance(table, np.ndarray) else type(table).__name__
            raise TypeError(
                f"a Preparation is called with a table, got {what}; table_of(x, y) makes one of arrays, with "
                "x (features, examples) and y (1, examples)"
            )
        return np.vstack([self._rows(one, table) for one in self.columns])

    def y(self, table):
        """The targets of the rows of a table, as `fit` takes them."""
        if table.target is None:
            raise TableError(f"the table was read without a target: read_table(…, target={self.target.name!r})")
        if self.target.kind == "numbers":
            return (table.y - self.target.mean) / self.target.deviation
        places = self._places(self.target, table.target, table.lines)
        return one_hot(places.astype(int), len(self.classes)) if self.outputs > 1 else places[np.newaxis]

    def back(self, outputs):
        """Outputs of the network for numbers in the target's own unit, `(1, examples)`."""
        return np.asarray(outputs) * self.target.deviation + self.target.mean

    def read(self, source, target=None, **how):
        """A table of new rows, as `read_table` reads it; the kinds of its columns are those of the training part.

        Where the rows leave open how they are written, they are read as the training file was: its decimal comma, its
        thousands, the order of its dates and what it said where nothing is known. Raises TableError for what still can
        be read both ways.
        """
        words = [one.name for one in self.columns if one.words]
        kept = self.filling or target is None  # what cannot be filled is refused by name, where its x is asked for
        how = {"missing": "fill" if kept else "refuse", "quiet": True, "written": self.written, **how}
        return read_table(source, target, words=words, keep=[one.name for one in self.columns], **how)

    def _rows(self, one, table):
        column = table.column(one.name)
        if one.words:
            places = self._places(one, column, table.lines)
            if one.kind != "words":
                return places[np.newaxis]
            return (np.arange(len(one.words))[:, np.newaxis] == places).astype(np.float64)
        if one.kind in SCALED and column.words and MISSING_AMONG_NUMBERS.issuperset(map(str.casefold, column.words)):
            column = replace(column, kind=one.kind, words=(), values=np.full(len(column.values), np.nan))
        if column.kind != one.kind and not column.missing.all():
            mend = "write both the same way"
            if column.words and one.kind in ("numbers", "percent"):
                mend = f"{column.words[0][:40]!r} is none as it stands"
            elif one.kind == "percent":
                mend = "write 12 % as '12 %', not as 0.12"
            raise TableError(
                f"it holds {column.kind}, and in the training part {one.kind}: {mend}",
                line=int(table.lines[0]), column=one.name,
            )  # fmt: skip
        if column.unit not in ("", one.unit):
            trained, mend = (one.unit, f"in {one.unit}") if one.unit else ("nothing", "alone")
            raise TableError(
                f"{column.unit} stands beside its numbers, and in the training part {trained}: write them {mend}",
                line=int(table.lines[0]), column=one.name,
            )  # fmt: skip
        values = self._filled(one, column, table.lines)
        return ((values - one.mean) / one.deviation)[np.newaxis]

    def _places(self, one, column, lines):
        """The places of a column's words among those of the training part; −1 for an unknown one, if that is taken."""
        exact = {word: place for place, word in enumerate(one.words)}
        folded = {}  # capitals do not matter, unless two words differ in nothing else
        for word, place in exact.items():
            folded[word.casefold()] = -1 if word.casefold() in folded else place
        kinds = np.unique(column.values[~column.missing])
        words = column.words or tuple(column.texts(kinds))
        own = column.values if column.words else np.searchsorted(kinds, column.values)
        table = np.array([exact.get(word, folded.get(word.casefold(), -1)) for word in words] + [np.nan])
        places = table[np.where(column.missing, len(words), own).astype(int)]
        if (places < 0).any() and (self.unknown == "refuse" or one.kind != "words"):
            row = int(np.flatnonzero(places < 0)[0])
            mend = "; Preparation(train, unknown='zeros') takes it as none of them" if one.kind == "words" else ""
            raise TableError(
                f"{words[int(own[row])]!r} is none of the words that the network was trained on: "
                f"{', '.join(map(repr, one.words[:10]))}{mend}",
                line=int(lines[row]), column=one.name,
            )  # fmt: skip
        return self._filled(one, Column(one.name, one.kind, places), lines)

    def _filled(self, one, column, lines):
        gaps = column.missing
        if not gaps.any():
            return column.values.astype(np.float64)
        if not self.filling:
            row = int(np.flatnonzero(gaps)[0])
            raise TableError(
                "the cell is missing, and the network was trained on whole rows; write it in, or leave the row out, "
                "missing='drop' (to have gaps filled, read the training table with missing='fill')",
                line=int(lines[row]), column=one.name,
            )  # fmt: skip
        return np.where(gaps, one.fill, column.values)

    def __repr__(self):
        scaled = sum(one.kind in SCALED for one in self.columns)
        last = ", ".join(f"{type(part).__name__}({getattr(part, 'units', '')})" for part in self.last_block())
        goal = f"{len(self.classes)} classes" if self.classes else f"numbers, scaled by {self.target.deviation:.4g}"
        return (
            f"{len(self.columns)} columns, {scaled} of them scaled, make {self.features} features\n"
            f"target {self.target.name!r}: {goal}\n"
            f"last block ({last}), loss {type(self.loss()).__name__}()"
        )


def fitted(column):
    """What a training part says of one column; a constant one is only moved to 0."""
    known = column.values[~column.missing].astype(np.float64)
    if not known.size:
        raise TableError("the training part has no value in it: leave_out it", column=column.name)
    if column.words:
        words = column.with_its_words().words
        most = column.words[np.bincount(known.astype(int)).argmax()]
        return Fitted(column.name, column.kind, words, float(words.index(most)), 0.0, 1.0)
    constant = known.min() == known.max()
    size = max(np.abs(known).max() / 1e100, 1.0)  # beyond it, their squares would be too large for a float
    mean, deviation = (float(known[0]), 1.0) if constant else (float(known.mean()), float((known / size).std() * size))
    return Fitted(column.name, column.kind, (), float(np.median(known)), mean, deviation or 1.0, column.unit)
