"""Cells: what one word of a table says: a number, a date, a time, yes or no, or that nothing is known.

number("1.234,5 €", decimal=",")     1234.5
days("31/01/2024", day_first=True)   19753.0, days since 1970-01-01
hours("13:30")                       13.5
"""

import math
import re
from datetime import UTC, datetime


class TableError(ValueError):
    """A table that cannot be read: where, what came, what usually mends it; `line` and `column` if one is meant."""

    def __init__(self, message, line=None, column=None):
        places = (f"line {line}" if line else "", f"column {column!r}" if column else "")
        where = ", ".join(place for place in places if place)
        super().__init__(f"{where}: {message}" if where else message)
        self.line, self.column = line, column


_SPELT = ("", "na", "n/a", "#n/a", "<na>", "nan", "null", "#null!", "?", "-", "--", "–", "—")
_EXCEL = ("#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#VALEUR!",
          "#NOMBRE!")  # fmt: skip
MISSING = frozenset(form for word in _SPELT for form in (word, word.upper(), word.capitalize()))
MISSING |= {"NaN", "n/A", "nA", *_EXCEL}
"""What stands in a cell of which nothing is known. Others, such as -999, are named by who reads the table."""
MISSING_AMONG_NUMBERS = frozenset(("none", "missing", "unknown", "nil", ".", "..", "...", "*", "x", "k.a."))
"""Words that mean the same where all others are numbers; among words they may be words."""

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

_SPACES, MONEY = "\u00a0\u202f\u2009 ", "$€£¥₹"
_MINUS = str.maketrans("−–", "--")


def _pattern(decimal):
    groups = f"[{'.' if decimal == ',' else ','}'’_{_SPACES}]"
    return re.compile(
        rf"([-+−–]?)[{MONEY}]?[{_SPACES}]*([-+−–]?)(\d{{1,3}}(?:{groups}\d{{2,3}})*{groups}\d{{3}}|\d*)"
        rf"(?:{re.escape(decimal)}(\d*))?([eE][-+−–]?\d+)?[{_SPACES}]*([%{MONEY}]?)"
    )


_PATTERNS = {".": _pattern("."), ",": _pattern(",")}


def number(cell, decimal="."):
    """The finite number that a cell says, or None. Percent are parts of 1: "12 %" is 0.12.

    Thousands may be parted by spaces, apostrophes and whichever of comma and point is not the decimal one; money may
    have its sign before or behind. A number in brackets is below 0, as bookkeepers write it.
    """
    if cell[:1] == "(" and cell[-1:] == ")" and cell[1:2] not in "(+-−–":
        inside = number(cell[1:-1].strip(), decimal)
        return None if inside is None else -inside
    found = _PATTERNS[decimal].fullmatch(cell)
    if not found:
        return None
    sign, inner, whole, part, power, last = found.groups()
    if not (whole or part) or (sign and inner):
        return None
    digits = f"{sign}{inner}{re.sub(r'[^0-9]', '', whole) if not whole.isdigit() else whole}.{part or ''}{power or ''}"
    value = float(digits.translate(_MINUS)) / (100 if last == "%" else 1)
    return value if math.isfinite(value) else None


def _only(decimal, group):
    """Numbers of which no letter can be read another way: 0.5, 12.50, 1,234.5, 1,234,567 for a decimal point."""
    whole, thousands = r"[1-9]\d{0,2}", rf"{group}\d\d\d?"
    sure = rf"\d*{decimal}(?!\d{{3}}$)\d+|(?:0\d*|\d{{4,}})?{decimal}\d+|\d*{decimal}\d*e[-+]?\d+"
    grouped = rf"{whole}(?:{thousands})*{group}\d{{3}}{decimal}\d*|{whole}(?:{thousands})+{group}\d{{3}}"
    return re.compile(f"{sure}|{grouped}", re.IGNORECASE)


_DECIMALS = (
    _only("[.]", ","), _only(",", "[.]"), re.compile(r"[1-9]\d{0,2}[.]\d{3}"), re.compile(r"[1-9]\d{0,2},\d{3}")
)  # fmt: skip


_GROUPS = re.compile(rf"(?<=\d)[{_SPACES}](?=\d\d\d)")  # thousands parted by spaces


def decimal_votes(cells):
    """How many cells can only have a decimal point, only a decimal comma, and either (1,234 or 1.234)."""
    votes = [0, 0, 0, 0]
    for cell in cells:
        bare = _GROUPS.sub("", cell.strip("()+-−–%" + MONEY + _SPACES))
        for at, pattern in enumerate(_DECIMALS):
            if pattern.fullmatch(bare):
                votes[at] += 1
                break
    point, comma, either_point, either_comma = votes
    return point, comma, either_point, either_comma


_HALF = r"\s*([AaPp]\.?[Mm]\.?)?"
_TIME = (
    rf"(?:[T ]+(\d{{1,2}}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?{_HALF}"
    r"\s*(?:Z|(?:UTC|GMT)?([-+]\d\d?(?::?\d\d)?)|UTC|GMT)?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)" + _TIME)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4}|\d\d)" + _TIME)
_NAMED_US = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EPOCH = datetime(1970, 1, 1)
_CLOCK = re.compile(r"(\d{1,3}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?" + _HALF)


def days(cell, day_first=True):
    """The date and time that a cell says, in days since 1970-01-01 (with its part of a day), or None.

    2024-01-31, 31.01.2024, 31/01/2024 (or 01/31/2024, if not `day_first`), 31 Jan 2024 and Jan 31, 2024 are read;
    a time may follow. A time with a zone is taken to UTC.
    """
    if found := _YEAR_FIRST.fullmatch(cell):
        year, month, day, *time = found.groups()
    elif found := _YEAR_LAST.fullmatch(cell):
        first, mark, second, year, *time = found.groups()
        day, month = (first, second) if day_first or mark == "." else (second, first)
    elif found := _NAMED.fullmatch(cell):
        day, month, year, *time = found.groups()
    elif found := _NAMED_US.fullmatch(cell):
        month, day, year, *time = found.groups()
    else:
        return None
    if not month.isdigit():
        if month.lower() not in _MONTHS:
            return None
        month = _MONTHS.index(month.lower()) + 1
    year = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 69 else 1900)
    hour, minute, second, half, zone = time
    try:
        moment = datetime(year, int(month), int(day), *([int(hour), int(minute)] if hour else []))
        if hour and half:
            moment = moment.replace(hour=_hour(hour, half))
    except ValueError:  # there is no 30 February
        return None
    seconds = (moment - _EPOCH).total_seconds() + float((second or "0").replace(",", "."))
    if zone:
        digits = zone[1:].replace(":", "")
        offset = int(digits[:-2] or 0) * 3600 + int(digits[-2:]) * 60 if len(digits) > 2 else int(digits) * 3600
        seconds += -offset if zone[0] == "+" else offset
    return seconds / 86400


def iso_days(cell):
    """`days` of a cell as computers write it (2024-01-31 or 2024-01-31T12:00:00Z); ValueError for any other."""
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return (moment - _EPOCH).total_seconds() / 86400


def day_or_month_first(cells):
    """Whether dates such as 31/01/2024 begin with the day: True, False, or None where both are possible.

    None too if no date is written so that the order matters.
    """
    pairs = [(int(found[1]), int(found[3])) for found in map(_YEAR_LAST.fullmatch, cells) if found and found[2] != "."]
    if any(first > 12 for first, _ in pairs):
        return True
    return False if any(second > 12 for _, second in pairs) else None


def order_matters(cells):
    """Whether a date stands there whose first two numbers could be a day and a month either way."""
    pairs = [found for found in map(_YEAR_LAST.fullmatch, cells) if found and found[2] != "."]
    return any(int(found[1]) != int(found[3]) for found in pairs)


def hours(cell):
    """The time of day, or with seconds the time that something took, that a cell says, in hours; None if none."""
    found = _CLOCK.fullmatch(cell)
    if not found or int(found[2]) > 59 or (int(found[1]) > 24 and (not found[3] or found[4])):
        return None
    hour = _hour(found[1], found[4]) if found[4] else int(found[1])
    return hour + int(found[2]) / 60 + float((found[3] or "0").replace(",", ".")) / 3600


def _hour(hour, half):
    """The hour of a day of 24 that a clock of 12 says with AM or PM."""
    return int(hour) % 12 + (12 if half[0] in "Pp" else 0)


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
