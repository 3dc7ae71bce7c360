"""The target of a table: are they classes or numbers to predict, and what is wrong with them or the columns."""

import re

import numpy as np

from nnlib.data.cells import TableError, counted
from nnlib.data.column import Column
from nnlib.data.numerals import shrunk
from nnlib.data.quantities import measured, number, spelt

FEW = 10  # different whole numbers that are still classes
RARE = 5  # a class with fewer examples is rare
MANY = 50  # words of a column that can still become a feature each
COUNTING = re.compile(
    r"id|idx|index|level_0|obs|observation|case|rows?|no\.?|nr\.?|number|#|row ?_?(id|names?|number)|unnamed: 0"
    r"|column 1",
    re.IGNORECASE,
)


INDEX = re.compile(r"index|level_0|unnamed: 0|column 1", re.IGNORECASE)  # how pandas names what numbers its rows


def as_target(column, task, notes, warnings):
    """The target's column ready for a network, and its task: "classes" (values 0, 1, …) or "numbers".

    Words and answers are classes; so are two different numbers, and 3 to 10 whole ones that stand there twice each on
    average: a guess, which goes to `warnings`. `task` says otherwise. Raises TableError for what cannot be a target.
    """
    if task not in (None, "classes", "numbers"):
        raise ValueError(f"task is 'classes' or 'numbers', got {task!r}")
    values = column.values[~column.missing]
    if not values.size or column.kind == "text":
        what = "has no value in it" if column.kind != "text" else "has too many different words to be classes"
        raise TableError(f"{what}: choose another target", column=column.name)
    if column.words:
        if task == "numbers":
            raise TableError(f"its cells are words such as {column.words[0]!r}, no numbers", column=column.name)
        if len(column.words) > max(values.size / 2, 2) and values.size >= 10:
            raise TableError(
                f"{len(column.words):,} different words in {values.size:,} rows are names, not classes: choose another "
                "target",
                column=column.name,
            )
        return column, "classes"
    kinds = np.unique(values)
    whole = is_whole(kinds)
    few = len(kinds) == 2 or (len(kinds) <= FEW and whole and len(kinds) * 2 <= values.size) or len(kinds) == 1
    if column.kind in ("dates", "times", "percent"):
        few = False
    if task == "numbers" or (task is None and not few):
        return column, "numbers"
    if task == "classes" and len(kinds) > max(values.size / 2, MANY):
        raise TableError(f"{len(kinds):,} numbers are too many for classes; task='numbers'", column=column.name)
    places = np.searchsorted(kinds, column.values)
    places = np.where(column.missing, np.nan, places) if column.missing.any() else shrunk(places)
    words = tuple(spelt(float(kind)) for kind in kinds)
    if words != tuple(map(str, range(len(words)))) and len(words) > 1:
        numbered = ", ".join(f"{word} is class {place}" for place, word in enumerate(words[:4]))
        more = " …" if len(words) > 4 else ""
        sure = task or len(kinds) == 2
        mend = "" if sure else "; to predict them as numbers, task='numbers'"
        (notes if sure else warnings).append(f"the target {column.name!r} is taken as classes: {numbered}{more}{mend}")
    elif len(kinds) > 2 and task is None:
        warnings.append(f"the target {column.name!r} is taken as {len(kinds)} classes; as numbers: task='numbers'")
    return Column(column.name, "words", places, words), "classes"


def left_out_for(column, position, named, rows):
    """Why a column cannot be a feature, in words; None if it can."""
    known = column.values
    if column.kind == "empty":
        return "it is empty" if column.name else None
    if column.kind == "text":
        return "it has more than 100,000 different words"
    if column.kind == "words" and len(column.words) > MANY:
        return f"it has {len(column.words):,} different words, too many to make a feature of each"
    if column.kind == "words" and len(column.words) * 2 > rows and rows >= 10:
        return f"its {len(column.words):,} words name the rows: nearly each is another"
    names_no_row = position or column.kind != "numbers" or rows < 3 or not COUNTING.fullmatch(column.name)
    if names_no_row or not is_whole(known) or len(np.unique(known)) < rows:
        return None
    if known[0] in (0, 1) and (np.diff(known.astype(float)) == 1).all():
        return "it counts the rows"
    index = INDEX.fullmatch(column.name) and not all(one.startswith("column ") for one in named)
    if index or (rows >= 10 and known.min() in (0, 1) and np.ptp(known) == rows - 1):  # shuffled, or a part of them
        return "it numbers the rows, each another"
    return None


def warnings_of(columns, target, task, rows):
    """What a tutor would say about these columns, as sentences."""
    told = []
    if rows < 10:
        told.append(f"{rows:,} row{'s are' if rows > 1 else ' is'} too few to learn from and to judge by")
    spans, same = {}, []
    for position, column in enumerate(columns):
        known = column.values[~column.missing] if column.missing.any() else column.values
        if not known.size:
            continue
        low, high = float(known.min()), float(known.max())
        if low == high and abs(low) < 2**53:  # beyond it, different whole numbers are one float
            same.append(repr(column.name))
        elif column.kind not in ("words", "yes or no"):
            if column.kind != "dates":
                spans[column.name] = max(abs(low), abs(high))
            if rows > 2 and (how := as_numbers_of_rows(column, known, position == 0)):
                told.append(f"{column.name!r} {how}")
            for code in (-9999.0, -999.0, -99.0, 9999.0, 99999.0):
                count = int((known == code).sum()) if low == code or high == code else 0
                others = known[known != code] if count else known
                if count and others.size and (code < 0 <= others.min() or code > 3 * abs(others).max()):
                    told.append(
                        f"{column.name!r} is {code:g} in {counted(count, 'row')}, far from the others: if that means "
                        f"missing, also_missing=('{code:g}',)"
                    )
    if same:
        more = f", … ({len(same):,} columns)" if len(same) > 5 else ""
        one = "is" if len(same) == 1 else "are"
        them = "it" if len(same) == 1 else "them"
        told.append(f"{', '.join(same[:5])}{more} {one} the same in every row: nothing can be learnt from {them}")
    widest = max(spans, key=spans.get, default=None)
    if widest and (spans[widest] > 1000 or spans[widest] > 1000 * max(min(spans.values()), 1e-300)):
        told.append(f"{widest!r} reaches {spans[widest]:,.6g}, too far for a network as it is: Preparation scales it")
    if target is not None and task == "classes":
        counts = np.bincount(target.values[~target.missing].astype(int), minlength=len(target.words))
        present = np.flatnonzero(counts)
        if len(present) == 1:
            only = target.words[present[0]]
            told.append(f"the target {target.name!r} has one class only, {only}: nothing to tell apart")
        else:
            rare = present[counts[present] < RARE] if rows >= 2 * RARE else []
            told += [f"class {target.words[place]!r} is rare: {counted(counts[place], 'example')}" for place in rare]
        told += [f"{one!r} and {two!r} are two classes: are they one word?" for one, two in alike(target.words)]
    told += [
        f"{column.name!r} tells the target exactly: is it known before the answer is? else leave_out={column.name!r}"
        for column in columns if target is not None and rows >= 20 and same_thing(column, target)
    ]  # fmt: skip
    if len(columns) > 3 * rows and rows > 2:
        told.append(f"{len(columns):,} columns and {rows:,} rows: here a row is one example; if in yours a column is, "
                    "turn the table round")  # fmt: skip
    told += [
        f"{one!r} and {two!r} in {column.name!r} are two words: are they one?"
        for column in columns
        for one, two in alike(column.words)
    ]
    if task == "numbers":
        classes = [column.name for column in columns if column.kind in ("words", "yes or no") or few_whole(column)]
        if len(classes) == 1 and rows >= 3:
            told.append(f"the target {target.name!r} is numbers; {classes[0]!r} looks like classes: "
                        f"target={classes[0]!r}?")  # fmt: skip
    return told


def as_numbers_of_rows(column, known, is_first):
    """How a column seems to number the rows, in words with the mend; or nothing."""
    leave = f"leave_out={column.name!r}"
    if column.kind == "dates" and (known[1:] > known[:-1]).all():
        return f"is later in each row: whatever comes later still is beyond all that is learned from; {leave}?"
    if column.kind != "numbers" or not is_whole(known) or len(np.unique(known)) < len(known):
        return ""
    if is_first and (np.diff(known.astype(float)) == 1).all():
        return f"goes up by 1 in each row, as a number of the rows does: {leave} if it says no more"
    named = re.search(r"(^|[_ -])(?i:id)$|[a-z]I[dD]$", column.name)
    named = named or (is_first and COUNTING.fullmatch(column.name) and not INDEX.fullmatch(column.name))
    return f"is another number in each row, as a name is: {leave} if it says no more" if named else ""


def seem_numbers(column):
    """That words look like numbers which are written another way; or nothing."""
    words = column.words[:40] if column.kind == "words" else ()
    if words and all(word[0] in "'’" and number(word[1:]) is not None for word in words):
        return f"{column.name!r} is taken as words: an apostrophe stands before {words[0][1:]}; delete it in the file"
    alike = [word for word in words if any(number(word, decimal) is not None for decimal in ".,")]
    if len(alike) * 2 <= len(words) or not alike or column.words == tuple(map(str, range(len(column.words)))):
        return ""
    return f"{column.name!r} is taken as words, but {alike[0]!r} looks like a number: give decimal=',' or decimal='.'?"


UNITS = {
    *("m", "cm", "mm", "km", "in", "ft", "kg", "g", "mg", "t", "lb", "lbs", "oz", "l", "ml", "s", "ms", "min", "h"),
    *("d", "°C", "°F", "K", "kB", "MB", "GB", "W", "kW"),
}


def seem_measured(column):
    """That words are numbers with a unit behind each; or nothing."""
    words = column.words[:200] if column.kind == "words" and len(column.words) > 2 else ()
    found = [measured(word) for word in words]
    units = sorted({unit for _, unit in filter(None, found)})
    are = all(one and any(number(one[0], mark) is not None for mark in ".,") for one in found)
    if not words or not are or (len(units) > 1 and not UNITS.issuperset(units)):
        return ""
    mend = f"all in one of the units {', '.join(units)}" if len(units) > 1 else "the numbers alone"
    text = f"{column.name!r} is taken as words, but {words[0]!r} looks like a number with its unit"
    return f"{text}: write {mend}, in the file"


def seem_figures(column):
    """That words which are left out begin with a number, and are no numbers as they are written; or nothing."""
    words = [word for word in column.words if word] if column.kind == "words" else []
    figures = [word for word in words if re.match(r"[-+~<>≈(]?\d", word) and
               sum(map(str.isdigit, word)) >= sum(map(str.isalpha, word))]  # fmt: skip
    if len(figures) * 5 < len(words) * 4 or len(words) < 10:
        return ""
    shown = f"cells of {column.name!r} such as {figures[0][:30]!r}"
    return f"{shown} are no numbers as they stand: to learn from them, write each as one number, in the file"


TOTAL = re.compile(r"(?i:(grand )?total[se]?|sums?|averages?|mean|summe|gesamt|mittelwert|somme|moyenne)")


def seems_total(column):
    """That the last row is no example, by a word in this column; or nothing."""
    last = column.words[int(column.values[-1])] if column.words and not column.missing[-1] else ""
    if not TOTAL.fullmatch(last) or (column.values == column.values[-1]).sum() > 1:
        return ""
    return f"the last row says {last!r}: if it is no example, delete it in the file"


def same_thing(column, target):
    """Whether a column and the target are one: a value of this for each value of that, and the other way round."""
    one, two = column.values[:100_000].astype(float), target.values[:100_000].astype(float)
    if np.isnan(one).any() or np.isnan(two).any():
        return False
    if not target.words:
        return bool(np.ptp(one) and np.ptp(two) and abs(np.corrcoef(one, two)[0, 1]) > 1 - 1e-12)
    kinds = len(np.unique(two))
    if kinds < 2 or (not column.words and len(np.unique(one[:1000])) > kinds) or len(np.unique(one)) != kinds:
        return False
    return len(np.unique(np.stack([one, two]), axis=1).T) == kinds


def is_whole(values):
    """Whether all are whole numbers; the first thousand are looked at first."""
    return all(bool((part == np.round(part)).all()) for part in (values[:1000], values))


def few_whole(column):
    """Whether a column of numbers holds a few whole ones, each more than once."""
    first = np.unique(column.values[:1000][~column.missing[:1000]])
    if not is_whole(first) or len(first) > FEW:
        return False
    kinds = np.unique(column.values[~column.missing])
    return 1 < len(kinds) <= FEW and len(kinds) * 2 <= len(column.values) and bool((kinds == np.round(kinds)).all())


def alike(words):
    """Pairs of words that differ in capitals or spaces alone."""
    seen = {}
    for word in words:
        key = "".join(word.casefold().split())
        if key in seen:
            yield seen[key], word
        seen[key] = word
