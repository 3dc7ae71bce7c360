"""Which column is to be predicted, which are learned from, and which are left out and why."""

import difflib
from dataclasses import replace
from unicodedata import normalize

import numpy as np

from nnlib.data.cells import TableError
from nnlib.data.table import Table, contents
from nnlib.data.target import as_target, left_out_for, seem_figures


def chosen(name, columns, lines, target, task, leave_out, keep, notes, warnings):
    """The table: which column is the target, which are features, and which are left out and why."""
    names = [column.name for column in columns]
    for wanted in (leave_out, keep):
        if missing := [one for one in wanted if one not in names]:
            raise TableError(no_such_column(missing[0], names, missing[1:], wanted))
    usable = [column for column in columns if column.kind != "empty" or not column.name.startswith("column ")]
    goal = the_target(usable, target)
    if goal is not None and target == -1 and not isinstance(target, bool):
        other = f": target={usable[-2].name!r} would be another" if len(usable) > 1 else ""
        warnings.insert(0, f"the target is {goal.name!r}, the last column, as none was named{other}")
    features, left_out = [], []
    for position, column in enumerate(columns):
        why = left_out_for(column, position, names, len(lines))
        if column is goal or (column.kind == "empty" and column not in usable):
            continue
        if column.name in leave_out:
            notes.append(f"{column.name!r} is left out, as you asked")
            why = "as you asked"
        elif why and (column.name not in keep or column.kind == "text"):
            warnings += filter(None, [seem_figures(column)])
            mend = "" if column.kind in ("empty", "text") else f"; keep={column.name!r} would take it"
            notes.append(f"{column.name!r} is left out: {why}{mend}")
        else:
            features.append(column)
            continue
        left_out.append((column.name, column.kind, contents(column), why))
    task_found = None
    if goal is not None:
        goal, task_found = as_target(goal, task, notes, warnings)
        if not features:
            raise TableError(f"there is nothing to learn from beside the target {goal.name!r}")
    made = Table(name, tuple(features), goal, task_found, lines, tuple(notes), tuple(warnings))
    return replace(made, left_out=tuple(left_out))


def the_target(columns, target):
    """The column that `target` names, by its name or its place; None for None."""
    if target is None or target is False:
        return None
    names = [column.name for column in columns]
    if isinstance(target, str):
        [target] = several(target)
        near = [name for name in names if name == target] or [
            name for name in names if name.casefold().strip() == target.casefold().strip()
        ]
        if not near:
            raise TableError(no_such_column(target, names))
        return columns[names.index(near[0])]
    try:
        return columns[target]
    except (TypeError, IndexError):
        many = "; columns that are one-hot become one in the file, with the class as a word" if np.ndim(target) else ""
        raise TableError(f"target is a name or a place from 0 to {len(names) - 1}, got {target!r}{many}") from None


def no_such_column(name, names, others=(), wanted=()):
    """What to say of a column that is not there, nor `others`; one of the `wanted` is none that was meant by it."""
    near = difflib.get_close_matches(str(name), [one for one in names if one not in wanted], n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    also = f", nor {', '.join(map(repr, others))}" if others else ""
    return f"there is no column {name!r}{also}; there are {', '.join(map(repr, names[:20]))}{hint}"


def several(names):
    """One name or several, as a tuple; ä is one letter, however it is written."""
    names = (names,) if isinstance(names, str | int | float) else names
    return tuple(normalize("NFC", name) if isinstance(name, str) else name for name in names)
