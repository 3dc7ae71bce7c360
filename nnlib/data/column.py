"""A column of a table: its numbers, or its words as the numbers of a list, and what kind of thing they are.

A `Builder` is fed some thousand cells at a time and keeps numbers, never the text, so that a large file needs
little memory; `column()` says at the end what they are together.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from nnlib.data.cells import (
    MISSING,
    MISSING_AMONG_NUMBERS,
    MONEY,
    TableError,
    answers,
    day_or_month_first,
    days,
    hours,
    iso_days,
    natural,
    number,
    order_matters,
)

NAN = float("nan")
MOST_WORDS = 100_000  # different words that a column may hold
SIMPLE = {
    decimal: re.compile(rf"(?:(?:[-+]?(?:\d{{1,3}}(?:[{marks}'’\u00a0\u202f ]\d{{3}})++|\d++)(?:{decimal}\d*+)?)?\n)*+")
    for decimal, marks in (("[.]", ","), (",", "."))
}
SIMPLE["."] = SIMPLE.pop("[.]")
_ANY_MONEY = re.compile(f"[{MONEY}]")
PROBED = 40  # cells that decide whether it is worth trying the others


@dataclass(frozen=True)
class Column:
    """One column: `values` `(rows,)`, NaN where nothing is known; of `words` the values are the places in the list.

    `kind` is "numbers", "percent" (as parts of 1), "dates" (days since 1970-01-01), "times" (hours), "yes or no"
    (0 and 1), "words", "empty", or "text" for too many different words to keep.
    """

    name: str
    kind: str
    values: np.ndarray
    words: tuple = ()

    def take(self, order):
        return replace(self, values=self.values[order])

    @property
    def missing(self):
        """Which rows have nothing here."""
        return np.isnan(self.values) if self.values.dtype.kind == "f" else np.zeros(len(self.values), bool)

    def texts(self, values):
        """Values as they are written: words, or numbers in few digits."""
        if self.words:
            return [self.words[int(value)] for value in values]
        if self.kind == "dates":
            return [str(np.datetime64(round(float(value) * 86400), "s")).replace("T00:00:00", "") for value in values]
        return [f"{value:g}" for value in values]


class Builder:
    """Takes the cells of one column, some thousand at a time."""

    def __init__(self, name, decimal=".", as_words=False, also_missing=(), day_first=None):
        self.name, self.decimal, self.as_words, self.day_first = name, decimal, as_words, day_first
        self.gaps = MISSING | {str(gap).strip() for gap in also_missing}
        self.plain = not also_missing
        self.pieces, self.kinds, self.odd, self.rows, self.percent = [], [], {}, 0, 0
        self.money = set()  # signs that stood beside numbers
        self.index = defaultdict()
        self.index.default_factory = self.index.__len__

    def add(self, cells):
        """The next cells of the column, as texts."""
        values = None if self.as_words or len(self.index) > MOST_WORDS else self._numbers(cells)
        if values is not None:
            kind, values = values
            values = shrunk(values)
        elif len(self.index) > MOST_WORDS:
            kind, values = "word", np.zeros(len(cells), np.int8)  # too many to keep: only counted
        else:
            kind, values = "word", np.fromiter(map(self.index.__getitem__, map(str.strip, cells)), np.int32, len(cells))
        self.pieces.append(values)
        self.kinds.append(kind)
        self.rows += len(cells)

    def add_numbers(self, values, kind="number"):
        """The next values of the column, which somebody has read already: numbers, or days."""
        self.pieces.append(np.asarray(values, np.float64))
        self.kinds.append(kind)
        self.rows += len(values)

    def _numbers(self, cells):
        """(kind, values) if at least half of the cells are numbers, or all are computers' dates; None otherwise."""
        together = "".join(cells)
        simple = "_" not in together and (self.decimal == "." or "." not in together)
        if simple:
            words = cells if self.decimal == "." else [cell.replace(",", ".") for cell in cells]
            try:
                if self.plain:
                    values = np.fromiter(map(float, words), np.float64, len(cells))
                else:
                    raise ValueError
            except ValueError:
                try:
                    gaps = self.gaps
                    values = np.fromiter(
                        (NAN if word in gaps else float(word) for word in map(str.strip, words)), np.float64, len(cells)
                    )
                except ValueError:
                    values = None
            if values is not None and not np.isinf(values).any():
                if np.isnan(values).all():
                    return None  # nothing but gaps: they are no numbers yet
                return "number", values
        cells = [cell.strip() for cell in cells]
        probe = [cell for cell in cells if cell not in self.gaps][:PROBED]
        if not probe:
            return None
        if sum(number(cell, self.decimal) is not None for cell in probe) * 2 >= len(probe):
            return self._written_numbers(cells)
        if len(probe[0]) >= 10 and probe[0][4:5] == "-" and probe[0][:4].isdigit():
            try:
                return "date", np.fromiter((NAN if cell in self.gaps else iso_days(cell) for cell in cells), float)
            except ValueError:
                return None
        return None

    def _written_numbers(self, cells):
        """Numbers as people write them; what is none is kept aside, if it is less than half."""
        together = "\n".join(cells) + "\n"
        if not self.odd and self.plain and SIMPLE[self.decimal].fullmatch(together):
            for mark in "'’.\u00a0\u202f " if self.decimal == "," else "'’,\u00a0\u202f ":
                together = together.replace(mark, "")
            words = together.replace(",", ".").split("\n")[:-1]
            return "number", np.fromiter((float(word) if word else NAN for word in words), np.float64, len(cells))
        read = {cell: number(cell, self.decimal) for cell in {*cells} - self.gaps}  # each kind of cell once
        bad = {cell for cell, value in read.items() if value is None}
        values = np.fromiter(
            (NAN if (value := read.get(cell)) is None else value for cell in cells), np.float64, len(cells)
        )
        odd = {at: cell for at, cell in enumerate(cells) if cell in bad} if bad else {}
        if _ANY_MONEY.search(together):
            self.money |= {sign for cell in read if cell not in bad for sign in cell if sign in MONEY}
        in_percent = {cell for cell in read if cell not in bad and cell.endswith("%")}
        percent = sum(map(in_percent.__contains__, cells)) if in_percent else 0
        if len(odd) * 2 > np.isfinite(values).sum() + len(odd):
            return None
        self.odd |= {self.rows + at: cell for at, cell in odd.items()}
        self.percent += percent
        return "number", values

    # Together ---------------------------------------------------------------------------------------------------

    def column(self, line_of):
        """The `Column`; `line_of(row)` is the line of the file that a row stands in, for errors."""
        if len(self.index) > MOST_WORDS:
            return Column(self.name, "text", np.concatenate(self.pieces))
        kinds = set(self.kinds)
        if kinds <= {"word"}:
            return self._of_words(line_of)
        if "word" in kinds:
            kinds = self._agree(kinds)
        if kinds == {"word"}:
            return self._of_words(line_of)
        if kinds == {"date"}:
            return Column(self.name, "dates", np.concatenate(self.pieces))
        values, percent = np.concatenate(self.pieces), self.percent
        odd = {row: cell for row, cell in self.odd.items() if cell.casefold() not in MISSING_AMONG_NUMBERS}
        if odd:
            self._refuse(odd, np.isfinite(values).sum(), line_of)
        if not percent:
            return Column(self.name, "numbers", values)
        if percent < np.isfinite(values).sum():
            raise TableError(
                f"{percent:,} of its {np.isfinite(values).sum():,} numbers have a % and the others none; write all one "
                "way, in the file",
                column=self.name,
            )
        return Column(self.name, "percent", values)

    def _refuse(self, odd, good, line_of):
        row, cell = next(iter(odd.items()))
        more = f", and so are {len(odd) - 1:,} more cells" if len(odd) > 1 else ""
        hint = f"words=({self.name!r},)"
        raise TableError(
            f"{cell[:40]!r} is no number{more}, but {good:,} others are; correct it in the file, name it in "
            f"also_missing=({cell[:40]!r},) if it means that nothing is known, or take all as words with {hint}",
            line=line_of(row),
            column=self.name,
        )

    def _agree(self, kinds):
        """Words among numbers or dates: words that are gaps or dates join them, or all are words."""
        words, other = list(self.index), "date" if "date" in kinds else "number"
        read = {}
        for word in words:
            value = days(word, self.day_first is not False) if other == "date" else number(word, self.decimal)
            read[word] = NAN if word in self.gaps or word.casefold() in MISSING_AMONG_NUMBERS else value
        bad = [word for word in words if read[word] is None]
        numbers = sum(len(piece) for piece, kind in zip(self.pieces, self.kinds, strict=True) if kind == other)
        if (kinds == {"word", other}) and (not bad or (numbers * 2 >= self.rows and other == "number")):
            table = np.array([NAN if read[word] is None else read[word] for word in words])
            start = 0
            for at, (piece, kind) in enumerate(zip(self.pieces, self.kinds, strict=True)):
                if kind == "word":
                    self.odd |= {start + int(row): words[piece[row]] for row in np.flatnonzero(np.isin(piece, [
                        number for number, word in enumerate(words) if read[word] is None]))}  # fmt: skip
                    self.pieces[at] = table[piece]
                start += len(piece)
            return {other}
        start = 0
        for at, (piece, kind) in enumerate(zip(self.pieces, self.kinds, strict=True)):
            if kind != "word":
                texts = Column(self.name, "dates" if kind == "date" else "numbers", piece).texts(piece)
                texts = [self.odd.get(start + row, "" if text == "nan" else text) for row, text in enumerate(texts)]
                self.pieces[at] = np.fromiter(map(self.index.__getitem__, texts), np.int32, len(texts))
            start += len(piece)
        return {"word"}

    def _of_words(self, line_of):
        codes = np.concatenate(self.pieces) if self.pieces else np.zeros(0, np.int32)
        words = list(self.index)
        known = [word for word in words if word not in self.gaps]
        if not known:
            return Column(self.name, "empty", np.full(len(codes), NAN))
        if not self.as_words:
            for kind, read in (("dates", self._days(known)), ("times", hours)):
                if sum(read(word) is not None for word in known[:PROBED]) * 2 >= len(known[:PROBED]):
                    values = np.array([NAN if word in self.gaps else read(word) for word in words], float)
                    bad = {int(row): words[codes[row]] for row in np.flatnonzero(np.isnan(values)[codes])
                           if words[codes[row]] not in self.gaps}  # fmt: skip
                    if bad:
                        raise TableError(
                            f"{next(iter(bad.values()))[:40]!r} is no such {kind[:-1]} as the others; correct it",
                            line=line_of(next(iter(bad))), column=self.name,
                        )  # fmt: skip
                    return Column(self.name, kind, values[codes])
        clean = {word: " ".join(word.split()) for word in known}  # a break inside a cell is a space
        pair = None if self.as_words else answers(set(clean.values()))
        order = pair or sorted(set(clean.values()), key=lambda word: (natural(word), word))
        places = {word: place for place, word in enumerate(order)}
        values = np.array([places.get(clean.get(word), NAN) for word in words])[codes]
        return Column(self.name, "yes or no" if pair else "words", shrunk(values), tuple(order))

    def _days(self, known):
        first = self.day_first if self.day_first is not None else day_or_month_first(known)
        self.unsure = first is None and order_matters(known)
        return lambda word: days(word, first is not False)

    unsure = False  # whether it could not be told which of two numbers is the day


def shrunk(values):
    """The values in fewer bytes each, if they are whole numbers that fit."""
    if values.dtype.kind == "f" and np.isnan(values[:1]).any():
        return values
    for dtype in (np.int8, np.int16, np.int32):
        limits = np.iinfo(dtype)
        low, high = values.min(initial=0), values.max(initial=0)
        if limits.min <= low and high <= limits.max:  # False for NaN
            small = values.astype(dtype)
            return small if np.array_equal(small, values) else values
    return values
