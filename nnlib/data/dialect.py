"""Dialects: how a text file writes a table. Encoding, separator, quotes, decimal comma, names, all found by looking.

    dialect = found(open("birds.csv", "rb"))
    for lines, rows in dialect.batches(1000): …

The file is read as a stream, twice: its beginning to find the dialect, all of it for the rows.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate, islice

from nnlib.data.cells import TableError, decimal_of
from nnlib.data.encoding import encoding_of, lines_of_stream, lines_of_text, seen
from nnlib.data.headings import bare, between, code_in, find_names
from nnlib.data.places import lined_up, with_tabs
from nnlib.data.quantities import measured, number

SAMPLE, RECORDS = 2**18, 200  # letters and rows that are looked at to find the dialect
TWICE = re.compile(r"\w?(?:[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])+\w?")  # UTF-8 read as Windows-1252
DATE = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{2,4}")
BARE_NUMBER = re.compile(r"(?:^|(?<= ))\d+ | \d+$")
MARKS = re.compile(r"[;\t|]")
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces"}


@dataclass
class Dialect:
    """How a table is written, and a stream of its lines."""

    lines: object  # a function that gives the lines of the file, from its first
    encoding: str = "text"
    separator: str = ","
    quote: str = '"'
    escape: str | None = None
    decimal: str | None = "."  # None: no cell needs one
    skipped: int = 0  # records before the names
    header: bool = True
    names: tuple = ()
    notes: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    def batches(self, size):
        """Pairs (lines, rows) of up to `size` rows each below the names, of which none is blank."""
        skip = self.skipped + self.header + self.below
        for numbers, rows in self.records(self.lines(), size):
            yield numbers[skip:], rows[skip:]
            skip = max(skip - len(rows), 0)

    def records(self, lines, size):
        """Pairs (lines, rows) of all rows that are not blank. Raises TableError for quotes that do not fit.

        `lines` says in which line of the file each row begins: a range, or a list.
        """
        reader = csv.reader(lines, delimiter=self.separator, quotechar=self.quote, doublequote=not self.escape,
                            escapechar=self.escape, skipinitialspace=self.separator != "\t", strict=True)  # fmt: skip
        error, rows = None, [()]
        while rows and error is None:
            start, rows = self.above + reader.line_num + 1, []
            try:
                rows.extend(islice(reader, size))
            except csv.Error as problem:
                error = problem
            numbers = range(start, start + len(rows))
            if self.above + reader.line_num + 1 != start + len(rows):  # a quotation may go over several lines
                lengths = [1 + sum(cell.count("\n") for cell in cells) for cells in rows]
                numbers = list(accumulate(lengths, initial=start))
            if error is not None:
                start = numbers[-1] if isinstance(numbers, list) else start + len(rows)
            if any(not cells or not (cells[0].strip() or any(map(str.strip, cells))) for cells in rows):
                kept = [at for at, cells in enumerate(rows) if any(map(str.strip, cells))]
                numbers = [numbers[at] for at in kept]
                yield numbers, [rows[at] for at in kept]
            elif rows:
                yield numbers[: len(rows)], rows
        if error is not None and "limit" in str(error):
            raise TableError(
                f"a cell has more than {csv.field_size_limit():,} letters: is a quotation mark opened and not closed?",
                line=start,
            ) from error
        if error is not None:
            raise TableError(
                f"a quotation mark {self.quote} is opened and not closed, or letters follow the closing one ({error}); "
                f"close it, or write {self.quote * 2} for a mark inside a word",
                line=start,
            ) from error

    def says(self):
        where = f"names in line {self.name_line}" if self.header else "no names"
        comma = ", decimal comma" if self.decimal == "," else ""
        code = "" if self.encoding == "text" else f", {self.encoding.upper().replace('-SIG', ' with a mark')}"
        by = f"parted by {NAMES.get(self.separator, repr(self.separator))}"
        return f"{'lined up with spaces' if self.is_lined_up else by}{comma}{code}, {where}"

    name_line = 1
    below = 0  # records between the names and the first example: units, or a line that is drawn
    letters_a_row = 1.0
    is_lined_up = False  # with spaces
    doubt = ""  # how numbers are written that can be read with a decimal comma and with a point
    codes = None  # a cell such as 01234 for each column that has one, by its place
    unseen = ""  # the first mark that nobody sees, and its line
    first = ()  # the row of names, as it stands in the file
    above = 0  # lines before the first that is read


def found(stream, text=None, encoding=None, separator=None, decimal=None, header=None, alone=False,
          usual=None):
    """The `Dialect` of a binary stream (or of `text`); what is given is not looked for. Raises TableError.

    `alone` says that one column may be all there is, as in new rows for a network of one feature; `usual` is the
    decimal mark where the cells can be read either way.
    """
    doubt = ""
    if text is None:
        encoding, doubt = (encoding, "") if encoding else encoding_of(stream)
        lines = lines_of_stream(stream, encoding)
    else:
        text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        lines = lines_of_text(text)
    dialect = Dialect(lines, encoding=encoding if text is None else "text")
    dialect.lines = lines = seen(lines, dialect)
    sample = _sample(lines())
    if not sample.strip():
        raise TableError("the table is empty: expected a line of names and a line for each example")
    refuse_other_formats(sample.lstrip())
    if not doubt and (twice := TWICE.search(sample)):
        doubt = f"{twice[0]!r} looks like UTF-8 that was read as something else and saved: export the table anew"
    dialect.warnings += filter(None, [doubt])
    told = re.match(r'"?sep=(.)"?[,;\t]*\n', sample)
    if told:
        dialect.notes.append(f"line 1 says that {NAMES.get(told[1], repr(told[1]))} part the cells")
        sample = sample[told.end() :]
        dialect.lines = lambda: _without_first(lines())
        dialect.above = 1
        separator = separator or told[1]
    single = r"(^|[,;\t|])'[^'\n]*'($|[,;\t|])|\A'[^'\n]*'( +'[^'\n]*')* *$"
    if '"' not in sample and re.search(single, sample, re.MULTILINE):
        dialect.quote = "'"
    if "\\" + dialect.quote in sample and dialect.quote * 2 + dialect.quote not in sample:
        dialect.escape = "\\"
    if separator is None and (places := lined_up(sample)):
        plain, separator = dialect.lines, "\t"
        dialect.lines, dialect.is_lined_up = lambda: with_tabs(plain(), *places), True
        sample = "".join(with_tabs(sample.splitlines(), *places))
    dialect.separator = separator or _separator(dialect, sample, alone)
    refuse_printed_quotes(dialect, sample)
    records = _records(dialect, sample)
    if not records:
        raise TableError("the table is empty: expected a line of names and a line for each example")
    dialect.letters_a_row = len(sample) / max(sample.count("\n"), 1)
    find_names(dialect, records, header)
    rows = [cells for _, cells in records[dialect.skipped + dialect.header :]]
    dialect.below = between(dialect, rows, records)
    dialect.decimal = decimal or _decimal(dialect, rows[dialect.below :], usual)
    dialect.codes = {at: code for at in range(len(dialect.names)) if (code := code_in(rows, at))}
    return dialect


def refuse_other_formats(text):
    """Raises TableError for texts that are data, and no table of rows."""
    if re.match(r"\[\[?\s*[-+\d.]", text):
        what, mend = "a list or an array that was printed", "hand over the array itself, table_of(x, y)"
    elif text[:1] in "<{" or text[:2] == "[{":
        what, mend = "a web page or XML" if text[0] == "<" else "JSON", "save or export the data as CSV"
    elif text[:9].lower() == "@relation":
        what, mend = "Weka's ARFF", "delete the lines down to @data, and write one with the names"
    elif re.match(r"[^\n]*&[^\n]*\\\\", text):
        what, mend = "a table of LaTeX", "write a comma for each &, and leave out the backslashes"
    elif re.match(r"(-- .*\s+)*(INSERT INTO|CREATE TABLE) ", text, re.IGNORECASE):
        what, mend = "SQL", "export the table as CSV"
    elif text.startswith("version https://git-lfs"):
        what, mend = "a pointer of Git LFS", "fetch the file itself, git lfs pull"
    elif re.match(r"[-+\d.]+( \d+:[-+\d.eE]+)+ *\n", text):
        what, mend = "svmlight's format (place:value)", "write it as CSV, a column for each place"
    else:
        return
    raise TableError(f"this is {what}, no table of rows: {mend}")


def refuse_printed_quotes(dialect, sample):
    """Raises TableError for a separator between quotation marks of a printer, which quote nothing here."""
    found = re.search(rf"[“„«][^“”„«»\n]*{re.escape(dialect.separator)}[^“”„«»\n]*[”“»]", sample)
    if found and dialect.separator != " ":
        raise TableError(
            f'{found[0][:40]} stands between quotation marks that a word processor made; replace them by "',
            line=sample[: found.start()].count("\n") + 1 + dialect.above,
        )


def _without_first(lines):
    next(lines, None)
    return lines


def _sample(lines):
    """The first lines, as one text."""
    taken, letters = [], 0
    for line in lines:
        taken.append(line)
        letters += len(line)
        if letters > SAMPLE or (len(taken) > 4 * RECORDS and letters > 2**14):
            break
    lines.close()
    return "".join(taken)


def _records(dialect, sample):
    """The rows of the sample that are not blank, as pairs (line, cells); a quotation cut off at its end is left out."""
    records = []
    try:
        for numbers, rows in dialect.records(io.StringIO(sample), RECORDS):
            records += zip(numbers, rows, strict=True)
            if len(records) >= RECORDS:
                break
    except TableError:
        if not records:
            raise
    return records[:RECORDS]


def _separator(dialect, sample, alone):
    """The separator that gives rows of one length out of sensible cells, what is quoted being no matter."""
    mark = dialect.quote
    quoted = rf"(^|(?<=[,;\t| ])){mark}([^{mark}]|{mark}{{2}}|\\.)*{mark}(?=[,;\t| ]|$)"
    lines = re.sub(quoted, "Q", sample, flags=re.MULTILINE).splitlines()[: 2 * RECORDS]
    lines = [line for line in lines if line.strip(" ,;\t|")]
    best = _best_separator(lines, bare) or _best_separator(lines, list)
    if best is None and alone:
        return ","
    if best is None:
        raise TableError(
            "only one column is found: no commas, semicolons, tabs, bars or spaces part it into the same number of "
            "cells in most lines; name what parts them with separator=…"
        )
    return best


def _best_separator(lines, trimmed):
    best, most = None, 0.0
    for separator in NAMES:
        rows = [trimmed(line.split() if separator == " " else line.split(separator)) for line in lines]
        widths = Counter(map(len, rows))
        width = max(widths, key=lambda one: (widths[one], one), default=0)
        if width < 2:
            continue
        others = re.compile("[" + "".join(set(NAMES) - {separator, " "}) + r"](?! )")
        cells = [cell.strip() for row in rows for cell in row]
        good = sum(_sense(cell, others) for cell in cells)
        score = widths[width] / len(rows) * (good / len(cells)) ** 2 * (0.95 if separator == " " else 1)
        if score > most:
            best, most = separator, score
    return best


def _sense(cell, others):
    """How sensible a cell is, 0 … 1. Words with a bare number among them may be "0,5 red 0,7" parted at its commas."""
    figure, unit = measured(cell) or (cell, "")
    if DATE.fullmatch(cell) or (number(figure, ",") is not None and not MARKS.search(cell) and "," not in unit):
        return 1
    return 0 if others.search(cell) else 0.6 if BARE_NUMBER.search(cell) else 0.8


def _decimal(dialect, rows, usual):
    """Point or comma, by the cells that leave no doubt, else as `usual`; None if no cell has either."""
    mark, doubt = decimal_of([cell.strip() for row in rows for cell in row])
    if mark or usual or not doubt:
        return mark or usual
    comma = doubt == "1,234" and dialect.separator != ","
    dialect.doubt = doubt if comma or (doubt == "1.234" and dialect.separator == ";") else ""
    return "," if comma else "."
