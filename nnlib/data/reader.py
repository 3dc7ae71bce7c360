"""The one door for tables: from a file as people have it, a text or a DataFrame to a `Table`, with nothing silent.

table = read_table("penguins.csv", target="species")
table = read_table("penguins.csv", target="species", missing="drop")
"""

import codecs
import difflib
import io
import os
from dataclasses import replace
from pathlib import Path

import numpy as np

from nnlib.data import dialect as dialects
from nnlib.data.cells import UNSAID, TableError, Written, counted
from nnlib.data.choice import chosen, no_such_column, several
from nnlib.data.column import Builder, Column, Raw
from nnlib.data.frame import from_frame, made_different
from nnlib.data.gaps import without_gaps
from nnlib.data.headings import RULE, bare
from nnlib.data.target import seem_measured, seem_numbers, seems_total, warnings_of

ROWS = 2000  # that are kept as text at a time: more would be looked at by Python's memory again and again
CHUNK = 200_000  # cells that are kept as text at a time at least, and one for each 64 bytes of the file
LIMIT = 100  # MB; and a hundred thousand cells for each of them


def read_table(
    source, target=-1, *, missing="refuse", leave_out=(), keep=(), words=(), task=None, also_missing=(),
    separator=None, decimal=None, encoding=None, header=None, day_first=None, written=None, limit=LIMIT, quiet=False,
):  # fmt: skip
    """Read a table, say what was understood, and return it as a `Table`.

    Args:
        source: the path of a file, the text or bytes of one, a DataFrame, a dictionary of columns, or a list of rows,
            each a dictionary.
        target: the name of the column to predict, or its place (−1 is the last); None for a table without one.
        missing: what becomes of empty cells (and NA, nan, null, ?, -): "refuse" raises an error that names the first,
            "drop" leaves out their rows, "fill" leaves it to `Preparation`, which fills them from the training part.
            A row whose target is missing is never filled.
        leave_out, keep: names of columns to leave out, and of columns to keep that would be left out (True: of all).
        words: names of columns whose numbers are names, such as postcodes; `task`: "classes" or "numbers", if the
            target is taken for the wrong one; `also_missing`: what else means that nothing is known, such as "-999".
        separator, decimal, encoding, header, day_first: what to take in place of what is found by looking.
        written: of a table that was read before, `table.written`: how it was written decides where this one leaves it
            open, and what still leaves a doubt is refused.
        limit: the largest file, in MB; ten cells count as 100 bytes. Refused before anything is read.
        quiet: True prints nothing; the same is in `print(table)`.

    Returns:
        a `Table`. Words become one feature each, yes/no and true/false 0 and 1, percent parts of 1, dates days since
        1970-01-01, times hours.

    Raises TableError, a ValueError that names line, column and mend; FileNotFoundError for a path that is none.

    >>> table = read_table("long;kind" + chr(10) + "39,1;Adelie" + chr(10) + "50,0;Gentoo", quiet=True)
    >>> table.x.tolist(), table.y.tolist(), table.classes
    ([[39.1, 50.0]], [[0, 1]], ('Adelie', 'Gentoo'))
    """
    if missing not in ("refuse", "drop", "fill"):
        raise ValueError(f"missing is 'refuse', 'drop' or 'fill', got {missing!r}")
    check_written_as(separator, decimal, encoding)
    leave_out, words, also_missing = map(several, (leave_out, words, also_missing))
    before = written or UNSAID
    also_missing = tuple(dict.fromkeys((*(str(gap).strip() for gap in also_missing), *before.also_missing)))
    options = {"words": words, "more": (also_missing, day_first, before.day_first)}
    source = of_rows(source)
    if hasattr(source, "columns") or isinstance(source, dict):
        raw = from_frame(source, options, decimal, before.decimal)
    else:
        given = {"encoding": encoding, "separator": separator, "decimal": decimal, "header": header,
                 "alone": target is None, "usual": before.decimal}  # fmt: skip
        raw = from_text(source, given, options, limit)
    lines, notes, warnings = raw.lines, raw.notes, raw.warnings
    if not len(lines):
        raise TableError("there is a line of names and no example below it")
    columns = [column_of(builder, lines, leave_out) for builder in raw.builders]
    doubts = list(doubts_of(raw))
    if doubts and written is not None:
        raise doubts[0][0]
    warnings += [sentence for _, sentence in doubts]
    warnings += [f"{builder.name!r} {builder.said}" for builder in raw.builders if builder.said]
    notes += [f"{one.name!r}: {one.unit} beside the numbers is left out" for one in columns if one.unit]
    keep = [column.name for column in columns] if keep is True else several(keep)
    warnings += [
        f"{builder.name!r}: {' and '.join(sorted(builder.money))} beside the numbers are left out, though 1 of one is "
        "not 1 of the other" for builder in raw.builders if len(builder.money) > 1
    ]  # fmt: skip
    known = {*words, *(builder.name for builder in raw.builders if builder.said)}
    free = [column for column in columns if column.name not in known]
    warnings += filter(None, (seems(column) for seems in (seem_numbers, seem_measured) for column in free))
    table = chosen(raw.name, columns, lines, target, task, leave_out, keep, notes, warnings)
    table = without_gaps(table, missing)
    found = warnings_of(table.columns, table.target, table.task, len(table))
    if len(table) and table.lines[-1] == lines[-1]:  # it was not dropped for its gaps
        found += filter(None, map(seems_total, columns))
    days = {builder.read_day_first for builder in raw.builders} - {None}
    written = Written(raw.decimal, days.pop() if len(days) == 1 else None, also_missing)
    table = replace(table, warnings=(*table.warnings, *found), written=written)
    if not quiet:
        print(table)
    return table


def check_written_as(separator, decimal, encoding):
    """Raises ValueError for what no table is written with."""
    if separator is not None and (not isinstance(separator, str) or len(separator) != 1 or separator in '\r\n"'):
        raise ValueError(f"separator is one letter, such as ';' or '\\t', got {separator!r}")
    if decimal not in (None, ".", ","):
        raise ValueError(f"decimal is '.' or ',', got {decimal!r}")
    try:
        codecs.lookup(encoding or "utf-8")
    except (LookupError, TypeError):
        raise ValueError(f"encoding is the name of one, such as 'utf-8' or 'cp1252', got {encoding!r}") from None


def of_rows(source):
    """A list of rows that are dictionaries as one of columns, a row of a DataFrame as one; all else as it is."""
    if isinstance(source, list | tuple) and source and all(isinstance(row, dict) for row in source):
        names = dict.fromkeys(name for row in source for name in row)
        return {name: [row.get(name) for row in source] for name in names}
    return source.to_dict() if hasattr(source, "to_dict") and not hasattr(source, "columns") else source


def column_of(builder, lines, leave_out):
    """The column that a builder makes. What cannot be read of one that is left out is nobody's business."""
    try:
        return builder.column(lines.__getitem__)
    except TableError:
        if builder.name not in leave_out:
            raise
        return Column(builder.name, "text", np.zeros(builder.rows, np.int8))


def doubts_of(raw):
    """Pairs of a TableError and a warning for what can be read in two ways."""
    if raw.doubt:
        comma, like = raw.decimal == ",", f"numbers such as {raw.doubt}"
        read = f"are read with a decimal {'comma, as 1.234' if comma else 'point'}"
        yield (
            TableError(f"{like} can be read both ways: say decimal='.' or decimal=','"),
            f"{like} {read}; if it parts thousands, give decimal={'.' if comma else ','!r}",
        )
    for builder in raw.builders:
        if builder.unsure:
            said = "its dates can be read both ways: say day_first=True or day_first=False"
            yield (
                TableError(said, column=builder.name),
                f"{builder.name!r}: dates are read with the day first; day_first=False for the month",
            )


# Where the cells come from --------------------------------------------------------------------------------------


def from_text(source, given, options, limit):
    """A file or a text as it is read."""
    name, stream, text, size = opened(source)
    try:
        if size > limit * 1e6:
            raise TableError(f"{name} has {size / 1e6:,.0f} MB, more than limit={limit} MB; take a part of its rows")
        dialect = dialects.found(stream, text, **given)
        refuse_too_many_cells(dialect, size, limit, name)
        names = made_different(dialect.names, dialect.notes)
        unknown = [one for one in options["words"] if one not in names]
        if unknown:
            raise TableError(no_such_column(unknown[0], names))
        builders = [
            Builder(one, dialect.decimal, one in options["words"], *options["more"]) for one in names
        ]
        lines = fill(builders, dialect, limit, min(ROWS, max(CHUNK, size // 64) // len(builders) + 1))
        if dialect.unseen:
            dialect.notes.append(f"marks that nobody sees are left out: the first is {dialect.unseen}")
        dialect.warnings += [
            f"{names[at]!r} has numbers such as {code}: if they are names, as postcodes are, words={names[at]!r}"
            for at, code in dialect.codes.items() if names[at] not in options["words"]
        ]  # fmt: skip
    finally:
        if stream is not None and not hasattr(source, "read"):
            stream.close()
    name = f"{name}, {dialect.says()}"
    return Raw(name, builders, lines, dialect.notes, dialect.warnings, dialect.decimal, dialect.doubt)


def opened(source):
    """(name, binary stream or None, text or None, bytes) of a source. Raises where there is none."""
    if hasattr(source, "read"):
        source = source.read()
    if isinstance(source, bytes | bytearray | memoryview):
        return "bytes", io.BytesIO(source), None, len(source)
    if isinstance(source, str) and ("\n" in source or "\r" in source or not source.strip()):
        return "text", None, source, len(source)
    if not isinstance(source, str | os.PathLike):
        array = np.array(source, object) if isinstance(source, list | tuple | np.ndarray) else None
        what = type(source).__name__ if array is None else f"an array of shape {array.shape}"
        mend = "; it is no table any more: pass it to table_of(x, y)" if array is not None else ""
        raise TypeError(f"read_table reads a path, a text, a DataFrame or rows as dictionaries, got {what}{mend}")
    if "://" in str(source):
        raise FileNotFoundError(f"{str(source)[:100]!r} is an address: download the file, and name it")
    path = Path(source)
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder: name the file in it")
    if not path.exists():
        near = difflib.get_close_matches(path.name, os.listdir(path.parent) if path.parent.is_dir() else [], n=3)
        hint = f"; near it: {', '.join(near)}" if near else f"; this notebook looks in {Path.cwd()}"
        raise FileNotFoundError(f"there is no file {str(path)[:100]!r}{hint}")
    return path.name, open(path, "rb"), None, path.stat().st_size


def refuse_too_many_cells(dialect, size, limit, name):
    letters = dialect.letters_a_row * (2 if dialect.encoding.startswith("utf-16") else 1)
    cells = size / max(letters, 1) * len(dialect.names)
    if cells > 1.3 * limit * 1e5:
        raise TableError(
            f"{name} has about {cells / 1e6:,.1f} million cells, more than {limit / 10:g} million: take a part of its "
            "rows"
        )


def fill(builders, dialect, limit, at_once):
    """Hand every cell to the builder of its column; returns the line of each row."""
    width, least = len(builders), len(bare(dialect.names)) if dialect.header else len(builders)
    lines, count = [], 0
    for numbers, rows in dialect.batches(at_once):
        if dialect.header and dialect.first in rows:
            again = [line for line, cells in zip(numbers, rows, strict=True) if cells == dialect.first]
            dialect.notes += [f"line {line} is passed over: the names again" for line in again]
            kept = [at for at, cells in enumerate(rows) if cells != dialect.first]
            numbers, rows = [numbers[at] for at in kept], [rows[at] for at in kept]
        if set(map(len, rows)) != {width}:
            rows = [fitted(cells, width, least, line, dialect) for cells, line in zip(rows, numbers, strict=True)]
            numbers = [line for line, cells in zip(numbers, rows, strict=True) if cells is not None]
            rows = [cells for cells in rows if cells is not None]
        count += len(rows)
        if count * width > limit * 1e5:
            raise TableError(f"more than {limit / 10:g} million cells: take a part of the rows, or give limit=…")
        for builder, cells in zip(builders, zip(*rows, strict=True), strict=bool(rows)):
            builder.add(cells)
        lines.append(numbers if isinstance(numbers, range) else np.array(numbers, np.int32))
    if lines and all(isinstance(numbers, range) for numbers in lines) and count == lines[-1].stop - lines[0].start:
        return range(lines[0].start, lines[-1].stop)
    return np.concatenate(lines) if lines else range(0)


def fitted(cells, width, least, line, dialect):
    """A row of the right length: trailing separators are cut or added; None for a comment or a line that is drawn."""
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        return cells[:width]
    if least <= len(cells) < width:
        return [*cells, *[""] * (width - len(cells))]
    drawn = RULE.fullmatch("".join(cells))
    if drawn or cells[0].lstrip().startswith("#"):
        dialect.notes.append(f"line {line} is passed over: {'a line that is drawn' if drawn else 'a comment'}")
        return None
    separator = dialects.NAMES.get(dialect.separator, repr(dialect.separator))
    if len(cells) > width:
        mend = f"a word or a number with {separator} in it needs quotation marks around it"
    else:
        mend = "delete the line if it is no example, or write the missing separators"
    shown = dialect.separator.join(cells)
    raise TableError(
        f"it has {counted(len(cells), 'cell')} where the table has {counted(width, 'column')}; {mend}; it is "
        f"{shown[:50]!r}",
        line=line,
    )
