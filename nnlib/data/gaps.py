"""Gaps of a table: refused, their rows left out, or kept to be filled; all of it counted, and said."""

from dataclasses import replace

import numpy as np

from nnlib.data.cells import TableError, counted


def without_gaps(table, missing):
    """The table as `missing` asks: an error, fewer rows, or gaps that are still to be filled; all of it counted."""
    gaps = gaps_of(table)
    if not gaps:
        return replace(table, filling=missing == "fill")
    rows, all_rows = any_of(gaps), len(table)
    if missing == "refuse":
        first, mend = int(np.flatnonzero(rows)[0]), better(table, gaps)
        raise TableError(
            f"{counted_gaps(gaps)} in {rows.sum():,} of {all_rows:,} rows{each(gaps)}, this is the first; "
            f"missing='drop' leaves these rows out, missing='fill' fills them from the training part{mend}",
            line=int(table.lines[first]),
            column=next(name for name, gap in gaps.items() if gap[first]),
        )
    goal = table.target and table.target.name
    left = {name: gap for name, gap in gaps.items() if missing == "drop" or name == goal}
    notes, warnings = [*table.notes], [*table.warnings]
    if left:
        out, mend = any_of(left), better(table, left)
        if out.all():
            raise TableError(f"no row is left: in each of the {all_rows:,} a cell is missing{each(left)}{mend}")
        why = "a cell is missing" if missing == "drop" else "the target is missing"
        first = table.lines[int(np.flatnonzero(out)[0])]
        kept = table.take(np.flatnonzero(~out))
        columns = tuple(column.with_its_words() for column in kept.columns)
        table = replace(kept, columns=columns, target=kept.target and kept.target.with_its_words())
        be = "is" if out.sum() == 1 else "are"
        notes.append(f"{out.sum():,} of {all_rows:,} rows {be} left out, {len(table):,} kept: {why}{each(left)}; the "
                     f"first is line {first}")  # fmt: skip
        if mend:
            kept = all_rows - int(gaps[goal].sum() if goal in gaps else 0)
            be = "is much" if out.sum() == 1 else "are many"
            warnings.append(f"{out.sum():,} of {all_rows:,} rows {be} to lose{mend}; missing='fill' keeps {kept:,}")
    if gaps := gaps_of(table):  # those to fill
        told = f"{counted_gaps(gaps)} in {counted(int(any_of(gaps).sum()), 'row')}"
        notes.append(f"{told}, to be filled from the training part{each(gaps)}")
        warnings += [
            f"{name!r} is missing in {gap.sum():,} of {len(table):,} rows: filled, it says little; leave_out={name!r}?"
            for name, gap in gaps.items() if gap.sum() * 2 > len(table)
        ]  # fmt: skip
    return replace(table, notes=tuple(notes), warnings=tuple(warnings), filling=missing == "fill")


def gaps_of(table):
    """For each column with gaps, by its name, which rows have nothing there."""
    columns = (*table.columns, *([table.target] if table.target else []))
    return {column.name: column.missing for column in columns if column.missing.any()}


def any_of(gaps):
    return np.logical_or.reduce([*gaps.values()])


def counted_gaps(gaps):
    cells = sum(int(gap.sum()) for gap in gaps.values())
    return f"{cells:,} cell{'s are' if cells > 1 else ' is'} missing"


def each(gaps, most=5):
    """How many cells are missing in each column; of more than five columns, in those that lack most."""
    counts = sorted(((int(gap.sum()), name) for name, gap in gaps.items()), key=lambda one: -one[0])
    told = [f"{count:,} in {name!r}" for count, name in counts[:most]]
    if rest := counts[most:]:
        told.append(f"{sum(count for count, _ in rest):,} in {counted(len(rest), 'more column')}")
    return f" ({', '.join(told)})"


def better(table, gaps):
    """The mend, where many rows have gaps and leaving out a column, or two or three, spares half of them or more."""
    names = sorted((one.name for one in table.columns if one.name in gaps), key=lambda name: -gaps[name].sum())
    rows = int(any_of(gaps).sum())
    for few in range(1, min(4, len(names) + 1, len(table.columns))):
        others = [gap for name, gap in gaps.items() if name not in names[:few]]
        rest = int(any_of(dict(enumerate(others))).sum()) if others else 0
        if rest * 2 <= rows > len(table) / 10:
            named = repr(names[0]) if few == 1 else repr(tuple(names[:few]))
            return f"; most gaps are in {' and '.join(map(repr, names[:few]))}: leave_out={named} leaves " + (
                f"{counted(rest, 'row')} with gaps" if rest else "no gap")  # fmt: skip
    return ""
