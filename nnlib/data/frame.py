"""DataFrames and dictionaries as tables: their columns, as a `Builder` takes them."""

from unicodedata import normalize

import numpy as np

from nnlib.data.cells import TableError, decimal_of
from nnlib.data.column import Builder, Raw
from nnlib.data.quantities import spelt

LOOKED_AT = 200  # texts of a column that are looked at for a decimal comma


def from_frame(frame, options, decimal, usual):
    """A DataFrame or a dictionary of columns as it is read; `usual` is the decimal mark where nothing else says it."""
    labels = list(frame) if isinstance(frame, dict) else list(frame.columns)
    notes = []
    names = made_different([str(one).strip() if not isinstance(one, tuple) else " ".join(map(str, one)).strip()
                            for one in labels], notes)  # fmt: skip
    builders, rows, doubt = [], None, ""
    arrays = [as_array(frame.iloc[:, at] if hasattr(frame, "iloc") else frame[one]) for at, one in enumerate(labels)]
    if decimal is None:
        texts = [cell.strip() for one in arrays if one.dtype.kind in "OUT" for cell in one[:LOOKED_AT].tolist()
                 if isinstance(cell, str)]  # fmt: skip
        decimal, doubt = decimal_of(texts)
        decimal, doubt = decimal or usual, "" if usual else doubt
    mark = decimal or "."
    for at, values in enumerate(arrays):
        if values.ndim != 1 or (rows is not None and len(values) != rows):
            raise TableError(f"it has the shape {values.shape}; all columns need {rows} values", column=names[at])
        rows = len(values)
        builder = Builder(names[at], mark, names[at] in options["words"], *options["more"])
        builders.append(builder)
        if values.dtype.kind == "M":
            known = ~np.isnat(values)
            read = np.full(rows, np.nan)
            read[known] = values[known].astype("datetime64[ms]").astype(np.int64) / 86_400_000
            builder.add_numbers(read, "date")
        elif values.dtype.kind in "iuf" and not builder.as_words and builder.plain:
            if np.isinf(values.astype(float)).any():
                raise TableError("it holds an infinite number; drop those rows", column=names[at])
            builder.add_numbers(values)
        else:
            builder.add(tuple(spelt(value, mark) for value in values.tolist()))
    kind = "dictionary" if isinstance(frame, dict) else type(frame).__name__
    return Raw(kind, builders, np.arange(1, (rows or 0) + 1), notes, [], decimal, doubt)


def as_array(values):
    values = np.asarray(values.to_numpy() if hasattr(values, "to_numpy") else values)
    return values.reshape(1) if values.ndim == 0 else values


def made_different(names, notes):
    """Names for all columns, no two the same."""
    made = []
    for number, name in enumerate(names, start=1):
        name = "".join(letter for letter in normalize("NFC", name) if letter.isprintable())[:100]
        name = own = name or f"column {number}"
        count = 1
        while own in made:
            count += 1
            own = f"{name} ({count})"
        if own != name:
            notes.append(f"two columns are called {name!r}: the later one is {own!r} here")
        made.append(own)
    return made
