"""A table of the learner's own in the Workbench: read, told, parted, prepared.

It is pasted, opened or dropped as a file, or handed over: `Workbench(x=table)`, `Workbench(x=train, x_test=test)`.
Everything that is read goes through `read_table`, and everything that a network is given through a `Preparation` that
is fitted to the rows to train on alone.
"""

import base64
import binascii
from dataclasses import dataclass, replace

import numpy as np

from nnlib.data import Preparation, Table, TableError, read_table, split
from widgets.stage.points import WIDE, held_back
from widgets.workbench.as_here import as_here
from widgets.workbench.menus import OWN

MOST, LARGEST = 2000, 5  # rows that are taken, as each is drawn; and MB of a file or a text


@dataclass(frozen=True)
class OwnTable:
    """`table`, and `held`, the rows that the learner holds back, or None: then they are parted here.

    `told` is how a table that was pasted is read; None of one that was handed over.
    """

    table: Table
    held: Table | None = None
    told: dict | None = None

    @property
    def is_points(self):
        """Whether these are points of the plane, as somebody types them: two numbers within −3 … 3, and a label."""
        columns = self.table.columns
        if self.held is not None or [column.kind for column in columns] != ["numbers"] * 2:
            return False
        if self.table.task == "numbers":  # a target that reaches further is scaled, and so are its columns
            columns = (*columns, self.table.target)
        return all(bool((np.abs(column.values) <= WIDE).all()) for column in columns)  # False for a gap, which is NaN

    def parts(self, fraction, seed, validation=0):
        """(preparation, (x, y), those held back as (x, y), or None where nothing is); `fraction` of the rows is held.

        Of the others `validation` will be parted off, with the next seed: nothing of them is in the preparation.

        x is `(features, examples)`, y `(1, examples)`: places among the classes, or the scaled number. Points are as
        they are, and parted elsewhere: no preparation. Raises TableError where the rows to train on hold too little.
        """
        if self.is_points:
            return None, (self.table.x, self.table.y.astype(float)), None
        train, held = self.table, self.held
        if held is None and fraction and len(train) > 1:
            enough = self.table.task == "classes" and np.unique(self.table.y, return_counts=True)[1].min() > 1
            train, held = split(self.table, test=fraction, seed=seed, stratified=enough)
        learned = ~held_back(train.y, validation, seed + 1)
        preparation = Preparation(train.take(np.flatnonzero(learned)), unknown="zeros")
        return preparation, labelled(preparation, train), held and labelled(preparation, held)


def labelled(preparation, table):
    x, y = preparation(table)
    return x, y if len(y) == 1 else y.argmax(axis=0)[np.newaxis].astype(float)


def handed(x, y, x_test, y_test):
    """An `OwnTable` of tables that were handed over. Raises TypeError for labels beside it, and for other test data."""
    if y is not None or y_test is not None:
        raise TypeError("a table holds its target itself: Workbench(x=table), or Workbench(x=train, x_test=test)")
    if x_test is not None and not isinstance(x_test, Table):
        raise TypeError(f"x is a table, so x_test is one too: train, test = split(table); got {type(x_test).__name__}")
    return OwnTable(some_of(x), x_test)


def changed(told, change):
    """How a table is read, with one choice changed: its target, missing, task, or the use of a column."""
    anew = {"task": None} if "target" in change else {}
    told = {**told, **anew, **{name: change[name] for name in ("target", "missing", "task") if name in change}}
    if isinstance(name := change.get("column"), str):
        lists = {"leave_out": not change.get("use"), "keep": bool(change.get("use"))}
        told |= {key: [one for one in told.get(key, ()) if one != name] + [name] * put for key, put in lists.items()}
    return told


def read(told):
    """The `OwnTable` in what the browser sends: text or data (base64), target, missing, and more that was chosen.

    Raises ValueError that names line, column and mend.
    """
    if told.get("size", 0) > LARGEST * 1e6:
        raise ValueError(f"{told.get('name', 'the file')} has {told['size'] / 1e6:,.0f} MB, the workbench takes "
                         f"{LARGEST}: read it in the notebook, Workbench(x=read_table(…))")  # fmt: skip
    if "text" not in told and "data" not in told:
        raise ValueError("there is no table yet: paste one, or open a file")
    table = read_as(told)
    if len(table.columns) == 1:  # of points on a line the first number may count up, and is a place all the same
        whole = read_as(told, keep=True)
        table = whole if [column.kind for column in whole.columns] == ["numbers"] * 2 else table
    return OwnTable(some_of(table), told=told)


def read_as(told, **other):
    """The table as it is told to be read, but for what is said here."""
    target = told.get("target", -1)
    if target not in (-1, None) and not isinstance(target, str):
        raise ValueError(f"a target is the name of a column, got {target!r}")
    how = {"target": -1 if target is None else target, "missing": "refuse", "task": None, "keep": ()}
    how |= {name: told[name] for name in ("missing", "task", "keep") if name in told}
    how |= {"leave_out": told.get("leave_out", ()), "quiet": True, **other}
    how["leave_out"] = [one for one in how["leave_out"] if one != target]
    try:
        table = read_table(content(told), **how)
    except TableError as error:
        error.args = (as_here(str(error)),)  # where it is stays
        raise
    name = str(told["name"])[:60] if told.get("name") else "text"
    return replace(table, name=table.name.replace("bytes", name, 1))


def refused(told, why):
    """What the pane shows of a table that is not taken: `why`, and its columns, to choose among; None of no table."""
    unread = {}  # what cannot be read of columns that are not yet left out
    for other in ({}, {}, {}, {}, {"target": None}):  # what is asked for may be no target
        try:
            table = read_as(told, missing="fill", leave_out=[*told.get("leave_out", ()), *unread], **other)
        except ValueError as error:
            if getattr(error, "column", None):
                unread[error.column] = str(error)
            continue
        filled = told.get("missing") == "fill"
        told = shown(table, told)
        told["notes"] = [note for note in told["notes"] if filled or "to be filled" not in note]
        for one in told["columns"]:
            one |= {"what": unread[one["name"]], "out": ""} if one["name"] in unread else {}
        return {**told, "heading": f"Not taken yet. {table.heading}", "why": why}
    return None


def view(bench):
    """What the pane shows of the table that is learned from, or of one that was refused; None where there is none."""
    own = bench._table if bench.data == OWN else None
    if bench._refused is not None or own is None:
        return bench._refused
    return {**shown(own.table, own.told), "network": of_the_network(bench)}


def shown(table, told):
    """A table as the pane shows it. `told` is how it is read, None where nothing can be chosen."""
    names = ("name", "kind", "what", "out")
    return {
        "heading": table.heading, "columns": [dict(zip(names, row, strict=True)) for row in table.entries],
        "notes": table.notes, "warnings": [*map(as_here, table.warnings)], "network": (), "free": told is not None,
        "target": table.target.name if table.target else "", "missing": (told or {}).get("missing", "refuse"),
        "task": (told or {}).get("task") or table.task,
    }  # fmt: skip


def of_the_network(bench):
    """What the network is given and how it ends, in sentences."""
    preparation = bench.preparation
    if preparation is None:
        return ("these are points of the plane, taken as they are: more can be drawn in the map",)
    _, last = preparation.last_block()
    goal = f"{len(preparation.classes)} classes" if preparation.classes else "a number, scaled"
    trained, tested = bench.x_train.shape[1], bench.x_test.shape[1]
    back = f", {tested:,} to test on" if tested else ""
    return (
        f"the target is {goal}: the network ends in Dense({preparation.outputs}), {type(last).__name__}(), with "
        f"{type(preparation.loss()).__name__}()",
        f"{trained:,} rows to train on{back}; the scale and the words come from those to train on",
    )


def content(told):
    """The bytes of a text, or of a file that came as base64."""
    if isinstance(told.get("text"), str):
        source = told["text"].encode()
    else:
        try:
            source = base64.b64decode(told.get("data"), validate=True)
        except (TypeError, binascii.Error) as error:
            raise ValueError("the file came in pieces; drop it once more") from error
    if len(source) > LARGEST * 1e6:
        raise ValueError(f"a table of at most {LARGEST} MB is taken here: Workbench(x=read_table(…)) in the notebook")
    return source


def some_of(table):
    """The table, or 2,000 of its rows, drawn by chance, which is said."""
    if len(table) <= MOST:
        return table
    rows = np.sort(np.random.default_rng(0).choice(len(table), MOST, replace=False))
    note = f"{MOST:,} of its {len(table):,} rows are taken here, drawn by chance, as each is drawn on the screen"
    return replace(table.take(rows), notes=(*table.notes, note))
