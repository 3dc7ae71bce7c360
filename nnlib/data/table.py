"""A table that has been read: its columns, its target, and in words what was understood of it.

table = read_table("penguins.csv", target="species")
print(table)                    one line a column, and what was left out and why
table.x, table.y                arrays for a network: (features, examples) and (1, examples)
"""

import textwrap
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nnlib.data.cells import UNSAID, TableError, Written, counted
from nnlib.data.column import Column

WIDE, SHOWN, LONG = 78, 20, 30  # letters of a line, columns that are shown, letters of a word in one
NOTE = 114  # letters of a note's line: JupyterLab breaks longer ones inside a word, on a laptop with the files open


@dataclass(frozen=True)
class Table:
    """`columns` are the features' columns and `target` the one to predict, or None; each a `Column` `(rows,)`.

    `task` is "classes", "numbers" or None; `classes` the names of the classes in the order of their numbers.
    `lines` says in which line of the file each row stood. `notes` and `warnings` are sentences.
    """

    name: str
    columns: tuple
    target: Column | None
    task: str | None
    lines: object
    notes: tuple = ()
    warnings: tuple = ()
    filling: bool = False  # whether gaps are kept, to be filled by a Preparation
    left_out: tuple = ()  # (name, kind, what is in it, why) of columns that are no features
    written: Written = UNSAID  # how its cells are written, for rows that come later

    def __len__(self):
        return len(self.lines)

    @property
    def classes(self):
        return self.target.words if self.task == "classes" else ()

    @property
    def feature_names(self):
        """The names of the rows of `x`: of a column of words, one for each word."""
        return tuple(name for column in self.columns for name in names_of(column))

    @cached_property
    def x(self):
        """The features `(features, examples)`, float64, not scaled; words one-hot, a row for each.

        Raises TableError where a cell is missing: what stands in its place is the training part's business.
        """
        if not self.columns:
            raise TableError("the table has no columns to learn from, only a target")
        for column in self.columns:
            if column.missing.any():
                row = int(np.flatnonzero(column.missing)[0])
                raise TableError(
                    "the cell is missing; Preparation(train) fills it from the training part, or read the table "
                    "with missing='drop'",
                    line=self.lines[row],
                    column=column.name,
                )
        x = np.empty((len(self.feature_names), len(self)))
        start = 0
        for column in self.columns:
            rows = len(names_of(column))
            x[start : start + rows] = rows_of(column)
            start += rows
        return x

    @cached_property
    def y(self):
        """The target `(1, examples)`: the numbers of the classes, int64 from 0, or the numbers to predict, float64."""
        if self.target is None:
            raise TableError("the table was read without a target; name one: read_table(…, target='column')")
        values = self.target.values[np.newaxis]
        return values.astype(np.int64 if self.task == "classes" else np.float64)

    def take(self, order):
        """The rows of these numbers, as a table."""
        return replace(
            self,
            columns=tuple(column.take(order) for column in self.columns),
            target=self.target and self.target.take(order),
            lines=np.asarray(self.lines)[order],
        )

    def column(self, name):
        """The column of this name, the target's too. Raises TableError for a name that is not there."""
        for one in (*self.columns, *([self.target] if self.target else [])):
            if one.name == name:
                return one
        raise TableError(f"there is no column {name!r}; there are {', '.join(one.name for one in self.columns)}")

    @property
    def entries(self):
        """All columns as (name, kind, what is in it, use): the target, features, and why others are left out."""
        used = [*([(self.target, "to predict")] if self.target else []), *((column, "") for column in self.columns)]
        return [*((one.name, one.kind, contents(one), use) for one, use in used), *self.left_out]

    @property
    def heading(self):
        and_target = " and a target" if self.target else ""
        return f"{self.name}: {counted(len(self), 'row')}, {counted(len(self.columns), 'column')}{and_target}"

    def __str__(self):
        rows = [("column", "kind", "what is in it")]
        rows += [(one.name, one.kind, contents(one)) for one in self.columns[:SHOWN]]
        if len(self.columns) > SHOWN:
            rows.append(("…", "", f"and {counted(len(self.columns) - SHOWN, 'column')} more"))
        if self.target is not None:
            kind = "target, " + (f"{len(self.classes)} classes" if self.task == "classes" else self.target.kind)
            rows.append((self.target.name, kind, contents(self.target)))
        widths = [min(max(len(row[at]) for row in rows), most) for at, most in ((0, 24), (1, 18))]
        told = [self.heading]
        for name, kind, what in rows:
            first, *rest = wrapped(what, WIDE - sum(widths) - 4)
            told.append(f"{cut(name, widths[0]):{widths[0]}}  {cut(kind, widths[1]):{widths[1]}}  {first}")
            told += [" " * (sum(widths) + 4) + more for more in rest]
        for mark, sentences, name in (("·", self.notes, "notes"), ("!", self.warnings, "warnings")):
            told += ["\n  ".join(wrapped(f"{mark} {one}", NOTE)) for one in sentences[:SHOWN]]
            if len(sentences) > SHOWN:
                told.append(f"{mark} … and {len(sentences) - SHOWN:,} more: table.{name}")
        return "\n".join(told)

    __repr__ = __str__


def names_of(column):
    """The names of the features that a column becomes."""
    return tuple(f"{column.name}: {word}" for word in column.words) if column.kind == "words" else (column.name,)


def rows_of(column):
    """A column as features `(features, examples)`: itself, or for words one row each, 1 where it stands."""
    if column.kind != "words":
        return column.values[np.newaxis]
    return np.arange(len(column.words))[:, np.newaxis] == column.values


def contents(column):
    """What is in a column, in a few words: words with their counts, or the range of its numbers."""
    if column.kind == "text":
        return "more different words than are kept"
    known = column.values[~column.missing] if column.missing.any() else column.values
    missing = int(column.missing.sum())
    if not known.size:
        text = "nothing"
    elif column.words:
        counts = np.bincount(known.astype(np.int32), minlength=len(column.words))
        shown = [f"{cut(word, LONG)} ({count:,})" for word, count in zip(column.words[:8], counts[:8], strict=True)]
        text = ", ".join(shown) + (f", and {len(column.words) - 8:,} more" if len(column.words) > 8 else "")
    else:
        low, high = column.texts([known.min(), known.max()], short=True)
        text = f"{low} … {high}" if low != high else f"always {low}"
        units = {"percent": ", as parts of 1", "times": " hours", "dates": ", as days since 1970"}
        text += units.get(column.kind, f" {column.unit}" if column.unit else "")
    return text + (f"; {missing:,} missing" if missing else "")


def wrapped(text, most):
    """`text` as lines of at most so many letters, with no count parted from its word."""
    lines = textwrap.wrap(text.replace(" (", "\u00a0("), most, break_on_hyphens=False)
    return [line.replace("\u00a0(", " (") for line in lines] or [""]


def cut(text, most):
    return text if len(text) <= most else text[: most - 1] + "…"


def table_of(x, y, names=None, classes=None, target="target", task=None, name="arrays"):
    """A `Table` of arrays: x `(features, examples)` and y `(1, examples)` or `(examples,)`, whole numbers or words.

    `names` are those of the features, `classes` those of the labels 0, 1, 2 …; without them, x₁, x₂ … and the labels
    themselves. Two different labels, or a few whole ones, are classes unless `task="numbers"`. Raises ValueError for
    other shapes and for numbers that are not finite.
    """
    from nnlib.data.prepare import as_features, checked_pair
    from nnlib.data.target import as_target

    x, y = checked_pair(x, y)
    x = as_features("x", x)
    names = tuple(names) if names is not None else tuple(f"x{number}" for number in range(1, len(x) + 1))
    if len(names) != len(x):
        raise ValueError(f"names has {len(names)} names, and x has {len(x)} features (rows): one for each")
    if len(y) != 1:
        raise ValueError(f"y must have one row, (1, examples), but is {y.shape}; y.argmax(axis=0) undoes one-hot")
    column, notes, warnings = labels_column(target, y[0], classes), [], []
    column, task = as_target(column, task, notes, warnings)
    columns = tuple(Column(str(name), "numbers", row) for name, row in zip(names, x, strict=True))
    return Table(name, columns, column, task, range(1, len(column.values) + 1), tuple(notes), tuple(warnings))


def labels_column(name, labels, classes):
    """Labels `(examples,)` as a column: words, or numbers that `classes` name."""
    if labels.dtype.kind in "biuf" and classes is None:
        return Column(name, "numbers", labels.astype(np.float64))
    if labels.dtype.kind in "biuf":
        if not (np.isin(labels, np.arange(len(classes)))).all():
            raise ValueError(f"classes names {len(classes)} classes, so labels are 0 … {len(classes) - 1}")
        return Column(name, "words", labels.astype(np.int64), tuple(map(str, classes)))
    words, values = np.unique(labels.astype(str), return_inverse=True)
    return Column(name, "words", values, tuple(words.tolist()))
