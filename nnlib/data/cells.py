"""Cells: what many of them say together, such as which of comma and point is decimal; and what cannot be read."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from nnlib.data.quantities import EPOCH, MINUS, MONEY, SPACES, YEAR_LAST


class TableError(ValueError):
    """A table that cannot be read: where, what came, what usually mends it; `line` and `column` if one is meant."""

    def __init__(self, message, line=None, column=None):
        places = (f"line {line}" if line else "", f"column {column!r}" if column else "")
        where = ", ".join(place for place in places if place)
        super().__init__(f"{where}: {message}" if where else message)
        self.line, self.column = line, column


PAIRS = (
    ("no", "yes"), ("false", "true"), ("n", "y"), ("f", "t"), ("off", "on"), ("nein", "ja"), ("non", "oui"),
    ("nej", "ja"), ("nee", "ja"), ("no", "sí"), ("no", "si"), ("não", "sim"),
    ("falsch", "wahr"), ("faux", "vrai"), ("falso", "vero"), ("falso", "verdadero"), ("falso", "verdadeiro"),
    ("nie", "tak"), ("ne", "ano"), ("нет", "да"), ("ei", "kyllä"), ("hayır", "evet"), ("nem", "igen"), ("nu", "da"),
    ("όχι", "ναι"), ("tidak", "ya"), ("onwaar", "waar"), ("fałsz", "prawda"), ("nepravda", "pravda"),
    ("falskt", "sant"), ("falsk", "sandt"), ("usann", "sann"), ("epätosi", "tosi"), ("hamis", "igaz"),
    ("yanlış", "doğru"), ("ложь", "истина"),
)  # fmt: skip
"""Two words that are the answers to a question, as 0 and 1."""


def _only(decimal, group):
    """Numbers of which no letter can be read another way: 0.5, 12.50, 1,234.5, 1,234,567 for a decimal point."""
    whole, thousands = r"[1-9]\d{0,2}", rf"{group}\d\d\d?"
    sure = rf"\d*{decimal}(?!\d{{3}}$)\d+|(?:0\d*|\d{{4,}})?{decimal}\d+|\d*{decimal}\d*e[-+]?\d+"
    grouped = rf"{whole}(?:{thousands})*{group}\d{{3}}{decimal}\d*|{whole}(?:{thousands})+{group}\d{{3}}"
    return re.compile(f"{sure}|{grouped}", re.IGNORECASE)


_DECIMALS = (
    _only("[.]", ","), _only(",", "[.]"), re.compile(r"[1-9]\d{0,2}[.]\d{3}"), re.compile(r"[1-9]\d{0,2},\d{3}")
)  # fmt: skip

_UNIT = re.compile(r"(?<=\d)\D{2,12}$|^[A-Z]{3} ?(?=\d)")  # 10,5 km; CHF 1'200
_GROUPS = re.compile(rf"(?<=\d)[{SPACES}](?=\d\d\d)")  # thousands parted by spaces


def decimal_votes(cells):
    """How many cells can only have a decimal point, only a decimal comma, and either (1,234 or 1.234)."""
    votes = [0, 0, 0, 0]
    for cell in cells:
        bare = _GROUPS.sub("", _UNIT.sub("", cell).strip("()+-%" + MINUS + MONEY + SPACES))
        for at, pattern in enumerate(_DECIMALS):
            if pattern.fullmatch(bare):
                votes[at] += 1
                break
    point, comma, either_point, either_comma = votes
    return point, comma, either_point, either_comma


def decimal_of(cells):
    """(mark, doubt): which of "," and "." is decimal, by the cells that leave no doubt; None if no cell says it.

    Where all that say it can be read either way, as 1,234, the doubt is a cell such as they, else "".
    """
    point, comma, either_point, either_comma = decimal_votes(cells)
    if comma or point:
        return ("," if comma > point else "."), ""
    return None, "1,234" if either_comma else "1.234" if either_point else ""


@dataclass(frozen=True)
class Written:
    """How the cells of a table are written, where one cell alone does not say it; None where none left a doubt."""

    decimal: str | None = None
    day_first: bool | None = None
    also_missing: tuple = ()


UNSAID = Written()


def iso_days(cell):
    """`days` of a cell as computers write it (2024-01-31 or 2024-01-31T12:00:00Z); ValueError for any other."""
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return (moment - EPOCH).total_seconds() / 86400


def day_or_month_first(cells):
    """Whether dates such as 31/01/2024 begin with the day: True, False, or None where both are possible.

    None too if no date is written so that the order matters.
    """
    pairs = [(int(found[1]), int(found[3])) for found in map(YEAR_LAST.fullmatch, cells) if found and found[2] != "."]
    if any(first > 12 for first, _ in pairs):
        return True
    return False if any(second > 12 for _, second in pairs) else None


def order_matters(cells):
    """Whether a date stands there whose first two numbers could be a day and a month either way."""
    pairs = [found for found in map(YEAR_LAST.fullmatch, cells) if found and found[2] != "."]
    return any(int(found[1]) != int(found[3]) for found in pairs)


def answers(words):
    """The words that mean no and yes, in this order, if `words` are no others; or None."""
    spelt = {word.casefold(): word for word in words}
    for no, yes in PAIRS:
        if len(words) == 2 and spelt.keys() == {no, yes}:
            return spelt[no], spelt[yes]
    return None


def natural(word):
    """A key that sorts words as people do: 2 before 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in re.split(r"(\d+)", word)]


def counted(count, what):
    """So many of something, in words: 1 row, 2,000 rows."""
    return f"{count:,} {what}{'s' * int(count != 1)}"
