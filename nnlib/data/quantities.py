"""Quantities: what the text of one cell is, a number, a date, a time, or a sign that nothing is known.

number("1.234,5 €", decimal=",")     1234.5
days("31/01/2024", day_first=True)   19753.0, days since 1970-01-01
hours("13:30")                       13.5

This module needs Python alone: `export_pytorch` puts it into its scripts as it stands, and they read cells as nnlib.
"""

import math
import re
from datetime import datetime

_SPELT = ("", "na", "n/a", "#n/a", "<na>", "nan", "null", "#null!", "?", "-", "--", "–", "—", "(null)", "[null]")
_EXCEL = ("#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#VALEUR!",
          "#NOMBRE!")  # fmt: skip
MISSING = frozenset(form for word in _SPELT for form in (word, word.upper(), word.capitalize()))
MISSING |= {"NaN", "n/A", "nA", r"\N", *_EXCEL}
"""What stands in a cell of which nothing is known. Others, such as -999, are named by who reads the table."""
MISSING_AMONG_NUMBERS = frozenset(("none", "missing", "unknown", "nil", ".", "..", "...", "*", "x", "k.a.", "n.a.",
                                  "n.d.", "n.v.", "nat", "undefined"))  # fmt: skip
"""Words that mean the same where all others are numbers; among words they may be words."""

SPACES, MONEY = "\u00a0\u202f\u2009 ", "$€£¥₹"
MINUS = "−–‑－"  # a true minus, a dash, a hyphen that does not break, a wide one
_MINUS = str.maketrans(dict.fromkeys(MINUS, "-"))


def spelt(value, mark="."):
    """A value as the text of a cell: nothing for None and NaN, a float with this decimal mark."""
    if value is None or value != value or str(value) in ("NaT", "<NA>"):  # NaN is not itself
        return ""
    if not isinstance(value, float):
        return str(value).strip()
    return str(value).removesuffix(".0").replace(".", mark)


def _pattern(decimal):
    groups = f"[{'.' if decimal == ',' else ','}'’_{SPACES}]"
    return re.compile(
        rf"([-+{MINUS}]?)[{MONEY}]?[{SPACES}]*([-+{MINUS}]?)(\d{{1,3}}(?:{groups}\d{{2,3}})*{groups}\d{{3}}|\d*)"
        rf"(?:{re.escape(decimal)}(\d*))?([eE][-+{MINUS}]?\d+)?[{SPACES}]*([%{MONEY}]?)((?<=[.,]\d\d)-)?"
    )


_PATTERNS = {".": _pattern("."), ",": _pattern(",")}


def number(cell, decimal="."):
    """The finite number that a cell says, or None. Percent are parts of 1: "12 %" is 0.12.

    Thousands may be parted by spaces, apostrophes and whichever of comma and point is not the decimal one; money may
    have its sign before or behind. A number in brackets is below 0, as bookkeepers write it, and so
    is one with cents and a minus behind, 12.50-.
    """
    if cell[:1] == "(" and cell[-1:] == ")" and cell[1:2] not in "(+-" + MINUS:
        inside = number(cell[1:-1].strip(), decimal)
        return None if inside is None else -inside
    found = _PATTERNS[decimal].fullmatch(cell)
    if not found:
        return None
    sign, inner, whole, part, power, last, behind = found.groups()
    if not (whole or part) or (sign and (inner or behind)) or (inner and behind):
        return None
    whole = whole if whole.isdigit() else re.sub(r"[^0-9]", "", whole)
    digits = f"{sign}{inner}{behind or ''}{whole}.{part or ''}{power or ''}"
    value = float(digits.translate(_MINUS)) / (100 if last == "%" else 1)
    return value if math.isfinite(value) else None


_COINS = "CHF|EUR|USD|GBP|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|JPY|CNY|INR|AUD|CAD|NZD|BRL|MXN|ZAR"
_MEASURED = re.compile(rf"(.*\d[.,]?)[{SPACES}]?(\D{{1,12}})|({_COINS})[{SPACES}]?(\S*\d.*)", re.DOTALL)
_NAME = re.compile(r"[^\W\d_]|[°′″]")


def measured(cell):
    """(number, unit) of a cell with a unit, both as texts: "10.5 km", "14°C", "5:07 /km", "CHF 300"; or None."""
    found = _MEASURED.fullmatch(cell)
    if not found or not _NAME.search(found[2] or found[3]):
        return None
    return (found[1] or found[4]).strip(), (found[2] or found[3]).strip()


_HALF = r"\s*([AaPp]\.?[Mm]\.?)?"
_TIME = (
    rf"(?:[T ]+(\d{{1,2}}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?{_HALF}"
    r"\s*(?:Z|(?:UTC|GMT)?([-+]\d\d?(?::?\d\d)?)|[A-Z]{3,5})?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)" + _TIME)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[ -]?([^\W\d_]{3,})\.?,?[ -](\d{4}|\d\d)" + _TIME)
_NAMED_US = re.compile(r"([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME)
_MONTHS = ("jan ene gen", "feb fev", "mar mrz mrt", "apr avr abr", "may mai mei mag", "jun juin giu", "jul juil lug",
           "aug ago aou", "sep set", "oct okt ott out", "nov", "dec dez dic")  # fmt: skip
_PLAIN = str.maketrans("äéèûç", "aeeuc")
_WEEKDAY = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|Di|Mi|Do|So)[^\W\d_]*\.?,? +")  # in English and German: no month
EPOCH = datetime(1970, 1, 1)
_CLOCK = re.compile(r"(\d{1,3}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?" + _HALF)


def days(cell, day_first=True):
    """The date and time that a cell says, in days since 1970-01-01 (with its part of a day), or None.

    2024-01-31, 31.01.2024, 31/01/2024 (or 01/31/2024, if not `day_first`), 31 Jan 2024, 31. März 2024 and Jan 31, 2024
    are read; a weekday may stand before them, and a time may follow. A time with a zone such as +01:00 is taken to UTC;
    a zone's letters, CET, say nothing.
    """
    if weekday := _WEEKDAY.match(cell):
        cell = cell[weekday.end() :]
    if found := _YEAR_FIRST.fullmatch(cell):
        year, month, day, *time = found.groups()
    elif found := YEAR_LAST.fullmatch(cell):
        first, mark, second, year, *time = found.groups()
        day, month = (first, second) if day_first or mark == "." else (second, first)
    elif found := _NAMED.fullmatch(cell):
        day, month, year, *time = found.groups()
    elif found := _NAMED_US.fullmatch(cell):
        month, day, year, *time = found.groups()
    else:
        return None
    if not month.isdigit():
        month = _month(month)
    if month is None:
        return None
    year = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 69 else 1900)
    hour, minute, second, half, zone = time
    try:
        moment = datetime(year, int(month), int(day), *([int(hour), int(minute)] if hour else []))
        if hour and half:
            moment = moment.replace(hour=_hour(hour, half))
    except ValueError:  # there is no 30 February
        return None
    seconds = (moment - EPOCH).total_seconds() + float((second or "0").replace(",", "."))
    if zone:
        digits = zone[1:].replace(":", "")
        offset = int(digits[:-2] or 0) * 3600 + int(digits[-2:]) * 60 if len(digits) > 2 else int(digits) * 3600
        seconds += -offset if zone[0] == "+" else offset
    return seconds / 86400


def _month(name):
    """The number of the month that a word begins with, in one of seven languages, or None."""
    name = name.lower().translate(_PLAIN)
    return next((at for at, begin in enumerate(_MONTHS, start=1) if name.startswith(tuple(begin.split()))), None)


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
