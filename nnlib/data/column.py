"""A column of a table: its numbers, or its words as the numbers of a list, and what kind of thing they are.

A `Builder` is fed some thousand cells at a time and keeps numbers, never the text, so that a large file needs
little memory; `column()` says at the end what they are together.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from unicodedata import normalize

import numpy as np

from nnlib.data.cells import TableError, answers, day_or_month_first, decimal_of, iso_days, natural, order_matters
from nnlib.data.numerals import NAN, grouped_numbers, plain_numbers, shrunk
from nnlib.data.quantities import MISSING, MISSING_AMONG_NUMBERS, MONEY, days, hours, measured, number, spelt

MOST_WORDS = 100_000  # different words that a column may hold
_ANY_MONEY = re.compile(f"[{MONEY}]")
MOST_READ = 20_000  # different cells whose numbers are remembered
NAMES = 50  # different cells that may be names where some are numbers
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
    unit: str = ""  # what stood beside each of the numbers

    def take(self, order):
        return replace(self, values=self.values[order])

    def with_its_words(self):
        """The column with those words alone that stand in its rows; yes and no stay two."""
        places, there = np.unique(self.values, return_inverse=True)
        places = places[~np.isnan(places)]
        if self.kind != "words" or len(places) == len(self.words):
            return self
        values = np.where(there < len(places), there, np.nan) if self.missing.any() else shrunk(there)
        return replace(self, values=values, words=tuple(self.words[int(place)] for place in places))

    @property
    def missing(self):
        """Which rows have nothing here."""
        return np.isnan(self.values) if self.values.dtype.kind == "f" else np.zeros(len(self.values), bool)

    def texts(self, values, short=False):
        """Values as they are written; if they may be `short`, numbers that are not whole in six digits."""
        if self.words:
            return [self.words[int(value)] for value in values]
        if self.kind == "dates":
            return [str(np.datetime64(round(float(value) * 86400), "s")).replace("T00:00:00", "") for value in values]
        values = [float(value) for value in values]
        return [f"{value:g}" if short and value != round(value) else spelt(value) for value in values]


class Builder:
    """Takes the cells of one column, some thousand at a time."""

    def __init__(self, name, decimal=".", as_words=False, also_missing=(), day_first=None, usual_day=None):
        self.name, self.decimal, self.as_words = name, decimal or ".", as_words
        self.day_first, self.usual_day = day_first, usual_day  # as somebody says, and where the dates leave it open
        self.gaps = MISSING | {*also_missing} if also_missing else MISSING
        self.plain = not also_missing
        self.pieces, self.kinds, self.odd, self.rows, self.percent = [], [], {}, 0, 0
        self.money = set()  # signs that stood beside numbers
        self.read, self.bad = {}, set()  # the values of cells that were read, NaN for gaps and for bad ones
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
            kind, values = "word", np.fromiter(map(self.index.__getitem__, cells), np.int32, len(cells))
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
        together = "\n".join(cells)
        if self.kinds[-1:] != ["word"] and (
            values := plain_numbers(together, cells, self.decimal, self.gaps, self.plain)
        ) is not None:
            return "number", values
        probe = list(islice((cell for cell in map(str.strip, cells) if cell not in self.gaps), PROBED))
        if not probe:
            return None  # nothing but gaps: they are no numbers yet
        if sum(number(cell, self.decimal) is not None for cell in probe) * 2 >= len(probe):
            return self._written_numbers(together, cells)
        if len(probe[0]) >= 10 and probe[0][4:5] == "-" and probe[0][:4].isdigit():
            try:
                read = {cell: NAN if cell.strip() in self.gaps else iso_days(cell.strip()) for cell in {*cells}}
                return "date", np.fromiter(map(read.__getitem__, cells), np.float64, len(cells))
            except ValueError:
                return None
        return None

    def _written_numbers(self, together, cells):
        """Numbers as people write them; what is none is kept aside, if it is less than half."""
        new = {*cells} - self.read.keys()
        if len(new) * 4 >= len(cells) and not self.odd and self.plain:  # most were not yet read
            values = grouped_numbers(together, len(cells), self.decimal)
            if values is not None:
                return "number", values
        if len(self.read) > MOST_READ:
            self.read.clear()
            new = {*cells}
        for cell in new:  # each kind of cell is read once
            bare = cell.strip()
            value = NAN if bare in self.gaps else number(bare, self.decimal)
            self.read[cell] = NAN if value is None else value
            if value is None:
                self.bad.add(cell)
            elif bare not in self.gaps and _ANY_MONEY.search(bare):
                self.money |= {sign for sign in bare if sign in MONEY}
        values = np.fromiter(map(self.read.__getitem__, cells), np.float64, len(cells))
        odd = {at: cell.strip() for at, cell in enumerate(cells) if cell in self.bad} if self.bad else {}
        if len(odd) * 2 > np.isfinite(values).sum() + len(odd):
            return None
        self.odd |= {self.rows + at: cell for at, cell in odd.items()}
        self.percent += together.count("%") - sum("%" in cell for cell in odd.values())
        return "number", values

    # Together ---------------------------------------------------------------------------------------------------

    def column(self, line_of):
        """The `Column`; `line_of(row)` is the line of the file that a row stands in, for errors."""
        if len(self.index) > MOST_WORDS:
            return Column(self.name, "text", np.concatenate(self.pieces))
        kinds = set(self.kinds)
        if kinds <= {"word"}:
            return self._in_other_decimal(line_of) or self._of_words(line_of)
        if "word" in kinds:
            kinds = self._agree(kinds)
        if kinds == {"word"}:
            return self._of_words(line_of)
        if kinds == {"date"}:
            return Column(self.name, "dates", np.concatenate(self.pieces))
        values, percent = np.concatenate(self.pieces), self.percent
        odd = {row: cell for row, cell in self.odd.items() if cell.casefold() not in MISSING_AMONG_NUMBERS}
        if odd and self._are_names(odd, values):
            self._all_as_words()
            return self._of_words(line_of)
        if odd:
            self._refuse(odd, np.isfinite(values).sum(), line_of)
        if not percent:
            return Column(self.name, "numbers", values, unit=next(iter(self.money)) if len(self.money) == 1 else "")
        if percent < np.isfinite(values).sum():
            raise TableError(
                f"{percent:,} of its {np.isfinite(values).sum():,} numbers have a % and the others none; write all one "
                "way, in the file",
                column=self.name,
            )
        return Column(self.name, "percent", values)

    def _refuse(self, odd, good, line_of):
        row, cell = min(odd.items())
        others = "1 other is" if good == 1 else f"{good:,} others are"
        more = len(odd) - 1
        more = f", and so {'is 1 more cell' if more == 1 else f'are {more:,} more cells'}" if more else ""
        raise TableError(
            f"{cell[:40]!r} is no number{more}, but {others}; correct it in the file, take all as words, "
            f"words={self.name!r}, or say also_missing={cell[:40]!r}, if it means that nothing is known",
            line=line_of(row),
            column=self.name,
        )

    def _agree(self, kinds):
        """Words among numbers or dates: words that are gaps or dates join them, or all are words."""
        words, other = [word.strip() for word in self.index], "date" if "date" in kinds else "number"
        read, as_days = {}, self._days(words)
        for word in words:
            value = as_days(word) if other == "date" else number(word, self.decimal)
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
                    self.pieces[at], self.kinds[at] = table[piece], other
                start += len(piece)
            return {other}
        self._all_as_words()
        return {"word"}

    def _are_names(self, odd, values):
        """Whether numbers and words are names together, as floors are, 1, 2, EG: few, each again and again."""
        words, kinds = {*odd.values()}, np.unique(values[np.isfinite(values)])
        are = len(odd) >= max(5, 0.1 * self.rows) and len(words) * 2 <= len(odd) and len(words) + len(kinds) <= NAMES
        if are:
            shown = ", ".join(map(repr, sorted(words)[:3]))
            self.said = f"is taken as words: {shown} are no numbers, {len(odd):,} cells"
        return are

    def _all_as_words(self):
        """The pieces that are numbers or dates become words too."""
        start = 0
        for at, (piece, kind) in enumerate(zip(self.pieces, self.kinds, strict=True)):
            if kind != "word":
                texts = Column(self.name, "dates" if kind == "date" else "numbers", piece).texts(piece)
                texts = [self.odd.get(start + row, "" if text == "nan" else text) for row, text in enumerate(texts)]
                self.pieces[at] = np.fromiter(map(self.index.__getitem__, texts), np.int32, len(texts))
            start += len(piece)

    def _of_words(self, line_of):
        codes = np.concatenate(self.pieces) if self.pieces else np.zeros(0, np.int32)
        words = [word.strip() for word in self.index]
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
        if not self.as_words and (read := measures(known, self.decimal)):
            kind, values, unit = read
            return Column(self.name, kind, np.array([values.get(word, NAN) for word in words])[codes], unit=unit)
        clean = {word: " ".join(normalize("NFC", word).split()) for word in known}  # a break inside a cell is a space
        pair = None if self.as_words else answers(set(clean.values()))
        order = pair or sorted(set(clean.values()), key=lambda word: (natural(word), word))
        places = {word: place for place, word in enumerate(order)}
        values = np.array([places.get(clean.get(word), NAN) for word in words])[codes]
        return Column(self.name, "yes or no" if pair else "words", shrunk(values), tuple(order))

    def _in_other_decimal(self, line_of):
        """The column, if each of its numbers has the other decimal mark, as no other column has; or None."""
        words, other = [word.strip() for word in self.index], "," if self.decimal == "." else "."
        if self.as_words or decimal_of(words)[0] != other:
            return None
        if not all(word in self.gaps or number((measured(word) or [word])[0], other) is not None for word in words):
            return None
        twin, cells = Builder(self.name, other, False, self.gaps), [*self.index]
        twin.add(tuple(cells[place] for place in np.concatenate(self.pieces)))
        self.said = f"is read with a decimal {'comma' if other == ',' else 'point'}, unlike the other columns"
        self.money = twin.money
        return twin.column(line_of)

    def _days(self, known):
        told = (self.day_first, day_or_month_first(known), self.usual_day)
        first = next((one for one in told if one is not None), True)
        if order_matters(known):
            self.read_day_first, self.unsure = first, told == (None, None, None)
        return lambda word: days(word, first)

    said = ""  # what to think about, of how it was read
    read_day_first = None  # whether dates were read with the day first, if there were any of which it matters
    unsure = False  # whether it could not be told which of two numbers is the day


def measures(words, decimal):
    """(kind, values by word, unit) of words that are all numbers, or all times, with the same unit; or None."""
    found = [measured(word) for word in words]
    units = {one and one[1] for one in found}
    if len(units) != 1 or None in units:
        return None
    for kind, read in (("numbers", lambda text: number(text, decimal)), ("times", hours)):
        values = [read(text) for text, _ in found]
        if None not in values:
            return kind, dict(zip(words, values, strict=True)), units.pop()
    return None


@dataclass
class Raw:
    """A source that was read and of which columns are not yet made; `lines` says where each row stood."""

    name: str
    builders: list
    lines: object
    notes: list
    warnings: list
    decimal: str | None  # None: no cell needs one
    doubt: str = ""  # how numbers are written that can be read with a decimal comma and with a point
