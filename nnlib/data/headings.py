"""What stands above the first example of a table: titles, names, units, a line that is drawn."""

import re
from collections import Counter

from nnlib.data.quantities import MISSING, MISSING_AMONG_NUMBERS, days, hours, number


def bare(cells):
    """The cells without the empty ones at the end, which trailing separators make."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def find_names(dialect, records, header):
    """Pass over titles and comments above the table, and decide whether its first row holds the names."""
    rows = [cells for _, cells in records]
    widths = Counter(len(bare(row)) for row in rows)
    width = max(widths, key=lambda one: (widths[one], one))
    skipped = 0
    while skipped < len(rows) - 1:
        row = bare(rows[skipped])
        comment = row[0].lstrip().startswith("#") and (len(row) < width or _says_nothing(rows[skipped + 1], width))
        if not comment and (len(row) >= width - 1 or width - len(row) < len(row)):
            break
        dialect.notes.append(f"line {records[skipped][0]} is passed over: {' '.join(row)[:40]!r}")
        skipped += 1
    dialect.skipped = skipped
    first, body = rows[skipped], rows[skipped + 1 :]
    dialect.header = _are_names(first, body) if header is None else bool(header)
    dialect.name_line, dialect.first = records[skipped][0], first
    if dialect.header:
        names = [re.sub(r"\s+", " ", name).strip() for name in first]
        names[0] = names[0].lstrip("# ") if names[0].startswith("#") and len(names[0]) > 1 else names[0]
        if body and len(bare(first)) == width - 1 and all(len(bare(row)) >= width for row in body):
            names = ["", *bare(names)]
            dialect.notes.append("the names are one fewer than the cells: the first column holds the rows' names")
    else:
        names = [""] * max(len(first), width)
        if header is None:
            dialect.notes.append(
                f"line {dialect.name_line} holds no names: it is the first example; the columns are numbered"
            )
    dialect.names = tuple(names)


def _says_nothing(row, width):
    return len(bare(row)) < width


def _are_names(first, body):
    """Whether the first row names the columns: in words above numbers, or in words that never occur below."""
    whole, first = first, [cell.strip() for cell in first]
    kinds = [_is_value(cell) for cell in first]
    if not body:
        return not any(kinds)
    if len(body) > 1 and not any(_is_value(cell.strip()) for cell in body[0]):
        body = body[1:]  # units, or the second of two rows of names, say nothing of what stands below
    counted = [[str(at + start) for at in range(len(bare(first)))] for start in (0, 1)]
    if [cell for cell in first if cell] in counted and len(first) > 2 and len(body) > 1:
        return True  # 0, 1, 2 …: how pandas names the columns of an array
    others = [row for row in body if row != whole]  # files that were joined have their names again
    above = against = 0
    for at, cell in enumerate(first):
        below = [row[at].strip() for row in others if at < len(row) and row[at].strip() not in MISSING]
        numbers = sum(map(_is_value, below)) > 0.8 * len(below) if below else False
        above += bool(numbers and cell not in MISSING and not kinds[at])
        alike = re.search(r"\d", cell) and 2 * sum(_shape(one) == _shape(cell) for one in below) > len(below)
        against += bool((kinds[at] or alike) and cell not in MISSING)
    if _are_years([cell for at, cell in enumerate(first) if kinds[at]]):
        against = 0
    if above or against:
        return above > against or (above and not any(_is_measured(cell) for cell in first))
    seen = [{row[at].strip() for row in body if at < len(row)} for at in range(len(first))]
    filled = [cell for cell in first if cell]
    return len({*filled}) == len(filled) and not any(cell in seen[at] for at, cell in enumerate(first) if cell)


def _shape(cell):
    """A cell with every number as one digit: of one shape are examples, hardly an example and the name above it."""
    return re.sub(r"\d+", "9", cell)


def _are_years(cells):
    """Whether numbers are three years or more, each the one after the last: they name columns."""
    years = [int(cell) for cell in cells if re.fullmatch(r"1[5-9]\d\d|20\d\d", cell)]
    return len(years) == len(cells) > 2 and years == [*range(years[0], years[0] + len(years))]


RULE = re.compile(r"(?=[^-=]*(?:--|==))[-+=|: ]+")
_UNIT = re.compile(r"[\[(]?[A-Za-z%°µμΩ€$£¥][^\s,;]{0,11}[\])]?")


def between(dialect, rows, records):
    """1 if the row below the names holds no example: a line that is drawn (---), or the units of the numbers."""
    if not dialect.header or len(rows) < 2:
        return 0
    first, rest = [cell.strip() for cell in rows[0]], rows[1:]
    line = records[dialect.skipped + 1][0]
    if RULE.fullmatch("".join(first)):
        dialect.notes.append(f"line {line} is passed over: a line that is drawn")
        return 1
    units = 0
    for at, cell in enumerate(first):
        below = [row[at].strip() for row in rest if at < len(row) and row[at].strip() not in MISSING]
        if below and sum(map(_is_value, below)) > 0.8 * len(below):
            gap = cell in MISSING
            if not gap and (not _UNIT.fullmatch(cell) or cell.casefold() in MISSING_AMONG_NUMBERS or _is_value(cell)):
                return 0
            units += not gap
        elif cell in below:
            return 0
    if units and (names := _of_two_rows(dialect.names, first)):
        dialect.names = names
        dialect.notes.append(f"lines {dialect.name_line} and {line} are read as one row of names")
    elif units:
        dialect.notes.append(f"line {line} is passed over: it says units, {', '.join(filter(None, first))[:40]}")
    return int(units > 0)


def _of_two_rows(above, below):
    """Names in two rows, the upper one with cells that were merged, as one; or None where that makes no names apart."""
    filled = [cell for cell in above if cell]
    if len({*filled}) == len(above) or not any(above):
        return None
    names, last = [], ""
    for one, other in zip(above, [*below, *[""] * len(above)], strict=False):
        last = one or last
        names.append(" ".join(filter(None, (last if other else one, other))))
    return tuple(names) if len({*names}) == len(names) and all(names) else None


_CODE = re.compile(r"0\d{2,}|[1-9]\d{16,}")


def code_in(rows, at):
    """A number that may be a name, if a column has one: with zeros before it, 01234, or more digits than are kept."""
    return next((row[at].strip() for row in rows if at < len(row) and _CODE.fullmatch(row[at].strip())), None)


def _is_value(cell):
    return any(read is not None for read in (number(cell), number(cell, ","), days(cell), hours(cell)))


def _is_measured(cell):
    """Whether a cell is a number that names no column: a year or a whole number may be a name."""
    return _is_value(cell) and not re.fullmatch(r"\d{1,4}", cell)
