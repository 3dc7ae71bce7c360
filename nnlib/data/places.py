"""Columns that are lined up with spaces: a cell is told by its place, so a word may have spaces and a cell be empty."""

import re
from itertools import pairwise
from operator import itemgetter

import numpy as np

from nnlib.data.cells import TableError

TITLES = 3  # lines above the table that need not line up
OTHER = re.compile(r"[\t|\"]|[;,](?![ \d])|(?<!\d)[;,]\d")  # what parts cells: no decimal comma, none between words


def lined_up(sample):
    """(lines above the table, its columns as lists [start, end]) of a text that is lined up with spaces, or None."""
    lines = [line.rstrip() for line in sample.splitlines()]
    if OTHER.search(sample) or len({len(line.split()) for line in lines if line}) == 1:
        return None
    titles = next((at for at, line in enumerate(lines[: TITLES + 1]) if "  " in line.strip()), 0)
    found = [columns_of([line for line in lines[above:] if line]) for above in range(titles + 1)]
    above = max(range(titles + 1), key=lambda at: len(found[at]))
    if not any(after - end > 1 for [_, end], [after, _] in pairwise(found[above])):
        return None
    cells = [cell for line in lines[above:] for cell in cut(line, found[above]) or ()]
    return None if any(cell.endswith((",", ";")) for cell in cells) else (above, found[above])


def columns_of(lines):
    """Where letters stand in any of the lines, as lists [start, end]. One space alone parts names, not words."""
    taken = np.zeros(max(map(len, lines), default=0) + 2, bool)
    for line in lines:
        taken[1 : len(line) + 1] |= [letter != " " for letter in line]
    columns = []
    for start, end in np.flatnonzero(np.diff(taken)).reshape(-1, 2).tolist():
        last = columns[-1] if columns else [0, -9]
        if start - last[1] == 1 and not all(parts_of(lines, *last) + parts_of(lines, start, end)):
            last[1] = end
        else:
            columns.append([start, end])
    return columns


def parts_of(lines, start, end):
    """Whether something stands between two places in the first line, and in any of the others."""
    return [bool(lines[0][start:end].strip()), any(line[start:end].strip() for line in lines[1:])]


def cut(line, columns):
    """The cells of a line; a long one may reach into the space beside its column. None if two run into each other."""
    cells, start, line = [], 0, line.rstrip().ljust(columns[-1][1])
    for [_, end], [after, _] in pairwise(columns):
        between = line[end:after]
        if " " not in between:
            return None
        at = end + between.index(" ") if line[end - 1 : end].strip() else end + between.rindex(" ")
        cells.append(line[start:at].strip())
        start = at
    return [*cells, line[start:].strip()]


def with_tabs(lines, above, columns):
    """The lines with a tab between two cells, below those above the table. Raises TableError for one that differs."""
    ends = [end for _, end in columns[:-1]]
    between, blank = itemgetter(*ends, 0), (" ",) * len(ends)
    parts = itemgetter(*(slice(start, end) for start, end in pairwise([0, *ends, None])))
    for number, line in enumerate(lines, start=1):
        if number > above and len(line) > ends[-1] and between(line)[:-1] == blank:  # most of them: fast
            yield "\t".join(map(str.strip, parts(line))) + "\n"
            continue
        cells = cut(line, columns) if number > above and line.strip() else [line.strip()]
        if cells is None:
            raise TableError(
                "its cells do not line up with the columns above: give them the same places, or save the table as CSV",
                line=number,
            )
        yield "\t".join(cells) + "\n"
