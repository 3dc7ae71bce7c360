"""What is the matter with a wrong answer? Kinds that are proven by using the piece, or the solution, once more.

`probe` tries them one after the other and returns a `Finding`, or None: arguments in each other's place, an argument
that has no part in the result, a part of an argument left out, a divisor that is the same whatever the size, results in
each other's place, one row of several. Each is said only where it holds in all cases.
"""

import ast
import copy
import dis
import itertools
from collections.abc import Mapping

import numpy as np

from lessons.checks.judge.compare import Finding, close, numeric, short
from lessons.checks.judge.errors import line_of
from lessons.checks.judge.learner import Lines, lines_of
from lessons.checks.remember import book

ABOUT_NAN = ("isnan", "isfinite", "nan_to_num", "nanmax", "nanmin", "nansum", "nanmean", "nanstd", "nanvar",
             "nanmedian", "nanprod")  # fmt: skip
PASSES_OVER = {"fmax": "maximum", "fmin": "minimum"}  # who writes these may never have thought of nan
NAN_LOST = "nan-lost"  # what is said beside a PASSED
WHOLE_CUT, WHOLE_STOPS = "whole-cut", "whole-stops"  # and these
COMES_OUT = "All your numbers are those that come out"  # begins what says how, and not yet what is wrong
EXACT = 1e-9  # relative: as near as two ways to add up the same numbers come
PLACES = {  # what may be left out along an axis: (slice, in words)
    "the first {} of {} is left out": slice(1, None),
    "the last {} of {} is left out": slice(None, -1),
    "only the first {} of {} is in it": slice(None, 1),
    "only the last {} of {} is in it": slice(-1, None),
    "only the first two {}s of {} are in it": slice(None, 2),
    **{f"no more than the first {count} {{}}s of {{}} are in it": slice(None, count)
       for count in (*range(3, 13), 15, 16, 20, 25, 30, 32, 50, 64, 100)},
}  # fmt: skip


def probe(task, piece, yours, expected, search, kinds=None):
    """The first of the `kinds`, or of all, that holds in every case, or None. Calls the piece, so inside the guard."""
    solution = book.solution_piece(task.number, task.piece)
    cases = task.cases[: len(yours)]
    kinds = kinds or (_given_back, exchanged, _unused, _results_exchanged, _one_of_several, _left_out, _divisor)
    for kind in search.among(kinds):
        try:
            finding = kind(task, piece, solution, cases, yours, expected)
        except Exception:  # this kind asks for what the piece or the solution cannot do: it proves nothing
            continue
        if finding:
            return finding
    return None


def same(mine, right, tolerance=EXACT):
    """Are two results, numbers, arrays or dictionaries of them, the same to nine digits?"""
    if isinstance(right, Mapping):
        return isinstance(mine, Mapping) and all(same(mine.get(name), right[name], tolerance) for name in right)
    return close(mine, right, tolerance)


def where_wrong(told):
    """In words, the places that are wrong, where in every one of `told`, `(yours, right, case)`, they are those of one
    simple question about an argument; else "". Among a few numbers one question fits by accident.
    """
    marked = [(_places(mine, right), case) for mine, right, case in told]
    wrong, first = marked[0]
    for name, value in first.items() if wrong is not None and wrong.size > 2 else ():
        for words, there in QUESTIONS.items() if isinstance(value, np.ndarray) else ():
            if all(places is not None and np.array_equal(there(case[name]), places) for places, case in marked):
                return f" Wrong is exactly where `{name}` is {words}."
    return ""


def _places(mine, right):
    """Which numbers are wrong, as an array of their shape, or None; of results with names, those of the first."""
    if isinstance(right, Mapping):
        wrong = [name for name in right if not close(mine[name], right[name])]
        name = wrong[0] if wrong else next(iter(right))
        mine, right = mine[name], right[name]
    array, right = numeric(mine), np.asarray(right, float)
    if array is None or array.shape != right.shape:
        return None
    return ~np.isclose(array, right, rtol=1e-6, atol=1e-9)


QUESTIONS = {
    "0": lambda value: value == 0,
    "1": lambda value: value == 1,
    "above 0": lambda value: value > 0,
    "below 0": lambda value: value < 0,
    "0 or below": lambda value: value <= 0,
    "above 1": lambda value: value > 1,
    "below one half": lambda value: value < 0.5,
    "above one half": lambda value: value > 0.5,
}


def nan_hidden(task, piece):
    """A nan in what comes in is gone in what comes out, where the solution shows it; or None.

    Who asks about nan and makes a number of it has failed. With whom it is lost in a comparison, which is False
    for nan, has passed, and hears of it where the lesson wants to see a nan (`task.nan_comes_out`); so has who takes
    `np.fmax` for `np.maximum`, and always hears of it.
    """
    lines, solution = lines_of(piece), book.solution_piece(task.number, task.piece)
    theirs = Lines(book.exercise_cell(task.number)[0])
    named = next((one for one in ABOUT_NAN if lines and lines.uses(one) and not theirs.uses(one)), None)
    over = next((one for one in PASSES_OVER if lines and lines.uses(one) and not theirs.uses(one)), None)
    for given, where in _with_nan(task) if named or over or task.nan_comes_out else ():
        try:
            with np.errstate(all="ignore"):
                right, mine = task.use(solution, copy.deepcopy(given)), task.use_learners(piece, given)
        except Exception:  # what it does with nan cannot be said
            continue
        if (part := _made_finite(mine, right)) is not None:
            told = short(part)
            text = f"With a nan in {where}, which is no number, `{task.piece}` gives {told}"
            text += ", as if all were well" if told == "0" else ""
            if named:
                text += f": `{named}` hides it. A nan says that something has gone wrong before. Let it come out."
                return Finding("nan-hidden", text)
            text += f": `{over}` passes over it, and `{PASSES_OVER[over]}` lets it come out." if over else (
                ". Each comparison with nan is False, so it is passed over. The lesson would have it come out.")
            return Finding(NAN_LOST, f"One thing to know: {text[0].lower()}{text[1:]}")
    return None


def cut_to_whole(task, piece):
    """With whole numbers for the arrays that may be `whole`, all or one of them, a piece gives other numbers than the
    solution, and the right ones where the same whole numbers come as floats.
    """
    solution, names, stops = book.solution_piece(task.number, task.piece), task.whole, None
    for chosen in (names, *([name] for name in names if len(names) > 1)):
        told = " and ".join(f"`{name}`" for name in chosen)
        for case in task.cases if names else ():
            given = copy.deepcopy(case) | {name: _whole(case[name]) for name in chosen}
            floats = given | {name: given[name].astype(float) for name in chosen}
            try:
                with np.errstate(all="ignore"):
                    right = task.use(solution, copy.deepcopy(given))
                    mine, same = (task.use_learners(piece, copy.deepcopy(one)) for one in (given, floats))
            except Exception as error:
                stops = stops or stops_with_whole(error, told)
                break
            several = all(isinstance(one, Mapping) for one in (right, mine, same))
            parts = [(mine[name], same[name], right[name]) for name in right] if several else [(mine, same, right)]
            for yours, of_floats, expected in parts:
                if _is_cut(yours, of_floats, expected, task.tolerance):
                    text = f"ith whole numbers in {told}, `{task.piece}` gives {short(yours)}, {short(expected)} was "
                    text += "expected: an array that is made from them, by a copy, `zeros_like` or their `dtype`, "
                    text += "holds whole numbers too. What stands behind the point is cut off."
                    name, begin = (WHOLE_CUT, "One thing to know: w") if task.unsaid else ("cut-to-whole", "W")
                    return Finding(name, begin + text)
    return stops


def stops_with_whole(error, told):
    """What to know of a learner's line that writes parts of one into an array of whole numbers; else None."""
    if not isinstance(error, TypeError) or "same_kind" not in str(error) or not (line := line_of(error)):
        return None  # what it does with whole numbers cannot be said
    return Finding(WHOLE_STOPS, f"One thing to know: with whole numbers in {told} it stops in your line `{line}`. What "
                   "has a point cannot be written into an array of whole numbers; `astype(float)` makes one that takes "
                   "it.")  # fmt: skip


def _whole(value):
    """Whole numbers of about the same size, and no fewer different ones."""
    return np.rint(value if np.array_equal(value, np.rint(value)) else 4 * value).astype(int)


def _is_cut(yours, of_floats, expected, tolerance):
    """Other numbers than those `expected`, and the right ones of floats."""
    array = numeric(yours)
    finite = array is not None and np.isfinite(array).all() and np.shape(array) == np.shape(expected)
    return finite and close(of_floats, expected, tolerance) and not close(yours, expected, tolerance)


def one_array(first, again):
    """Have two calls given one and the same array, or two windows on it? Of several by name, some one."""
    if isinstance(first, Mapping):
        return isinstance(again, Mapping) and any(one_array(first[name], again.get(name)) for name in first)
    return isinstance(first, np.ndarray) and isinstance(again, np.ndarray) and np.shares_memory(first, again)


def _with_nan(task):
    """Each case with a nan in the first place of one of its arrays, and where that is; then in the last places."""
    for place in (0, -1):
        for case in task.cases:
            for name, value in case.items():
                if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
                    given = copy.deepcopy(case)
                    given[name].flat[place] = np.nan
                    yield given, f"`{name}`"
    for case in task.nan_cases:
        yield copy.deepcopy(case), "what it measures"


def remembered(task, piece, yours):
    """Does a function that is right in all cases give the numbers of one again, with others of the same shape?"""
    arrays = [k for k, case in enumerate(task.cases) if any(isinstance(one, np.ndarray) for one in case.values())]
    given = {name: np.flip(value) / 2 + 0.25 if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value
             for name, value in (copy.deepcopy(task.cases[arrays[0]]) if arrays else {}).items()}  # fmt: skip
    solution = book.solution_piece(task.number, task.piece)
    try:
        with np.errstate(all="ignore"):
            right, mine = task.use(solution, copy.deepcopy(given)), task.use_learners(piece, given)
    except Exception:  # what it does with these numbers cannot be said
        return None
    if arrays and same(mine, yours[arrays[0]], 1e-14) and not same(mine, right, 1e-6):
        return Finding("remembers", f"`{task.piece}` gives what it gave before, with other numbers of the same shape: "
                       "it keeps something from call to call. Work on the arguments that come in.")  # fmt: skip
    return None


def _made_finite(mine, right):
    """The array, of several by name the first, that is finite in a place where the right one is not; or None."""
    if isinstance(right, Mapping):
        parts = (_made_finite(mine.get(name), value) for name, value in right.items())
        return next((part for part in parts if part is not None), None)
    array, expected = numeric(mine), numeric(right)
    if array is None or array.shape != expected.shape:  # left out, not made finite
        return mine if array is not None and np.isfinite(array).all() and not np.isfinite(expected).all() else None
    return mine if (np.isfinite(array) & ~np.isfinite(expected)).any() else None


def _given_back(task, piece, solution, cases, yours, expected):
    """What comes back is an argument as it came in, in every case."""
    for name, value in cases[0].items() if not task.call else ():
        if isinstance(value, np.ndarray) and value.size > 1 and all(
                np.array_equal(mine, case[name]) for mine, case in zip(yours, cases, strict=False)):  # fmt: skip
            lines = lines_of(piece)
            own = lines.new_in_a_loop() if lines else ""
            why = f" `{own} = …` in your loop makes something new and calls it `{own}`: no array changes by that."
            text = f"What comes back is `{name}` as it came in: nothing of it has changed."
            return Finding("given-back", text + why * bool(own))
    return None


def exchanged(task, piece, solution, cases, yours, expected):
    """The piece is right where two of its arguments are handed over in each other's place."""
    for first, second in itertools.combinations(cases[0], 2):
        told = 0
        for case, right in zip(cases, expected, strict=False):
            if np.shape(case[first]) != np.shape(case[second]) or isinstance(case[first], (str, Mapping)):
                break
            turned = copy.deepcopy(case) | copy.deepcopy({first: case[second], second: case[first]})
            with np.errstate(all="ignore"):
                if not same(task.use_learners(piece, turned), _wrong_ones(right, yours, expected), task.tolerance):
                    break
            told += 1
        if told == len(cases) > 0:
            text = f"Your numbers are right when `{first}` and `{second}` are handed over in each other's place: in "
            return Finding("arguments-exchanged", text + f"`{task.piece}` they are exchanged.")
    return None


def _wrong_ones(right, yours, expected):
    """Of several named results, those that the piece gets wrong in some case."""
    if not isinstance(right, Mapping):
        return right
    pairs = list(zip(yours, expected, strict=False))
    return {name: right[name] for name in right if any(not same(mine[name], one[name]) for mine, one in pairs)}


def _unused(task, piece, solution, cases, yours, expected):
    """An argument has no part in the result: with another one the very same comes out, and should not."""
    unused, has_part = {}, False
    code = getattr(piece, "__code__", None)
    text, every = unread_argument(task, piece, solution)
    if text and (not every or same_for_all(task, yours, expected) is None):
        return Finding("unused-argument", text)
    code = None if task.call else code
    for name in cases[0]:
        told, shown = 0, None
        for case, mine, right in zip(cases, yours, expected, strict=False):
            for other in _others(case[name]):
                try:
                    should = task.use(solution, copy.deepcopy(case) | {name: copy.deepcopy(other)})
                except Exception:
                    continue
                if not same(task.use_learners(piece, copy.deepcopy(case) | {name: copy.deepcopy(other)}), mine, 1e-14):
                    has_part, told = True, -99 * len(cases)  # whatever the right one does there
                if same(should, right):
                    continue
                told, shown = told + 1, shown or (case[name], other)
        if told > 0:
            unused[name] = shown
    if unused and has_part:
        name, (before, after) = next(iter(unused.items()))
        own = code.co_varnames[list(cases[0]).index(name)] if code and code.co_argcount >= len(cases[0]) else name
        text = f"What `{task.piece}` gives does not change with `{own}`: with {short(before)} and with {short(after)} "
        return Finding("unused-argument", text + "the same comes out.")
    return None


def unread_argument(task, piece, solution):
    """`(what to say of the first argument that no line reads, and one of the solution does; are all so?)`, or ""."""
    code, theirs = (getattr(one, "__code__", None) for one in (piece, solution))
    unread = _unread(code) - _unread(theirs)
    if not unread:
        return "", False
    first = min(unread, key=code.co_varnames.index)
    says = f"`{first}` has no part in what `{task.piece}` gives: your lines never read it."
    return says, len(unread) == code.co_argcount


def _unread(code):
    """The arguments that no line of a function reads, nor one of a function inside it."""
    if code is None:
        return set()
    loads = [one.argval for one in dis.get_instructions(code) if one.opname.startswith("LOAD_FAST")]
    read = {name for one in loads for name in ([one] if isinstance(one, str) else one)}  # two at once, since 3.13
    return set(code.co_varnames[: code.co_argcount]) - read - set(code.co_cellvars)


def unread_attribute(task, piece):
    """What an object is given, and its lines never keep or never ask for, while those of the solution do."""
    lines = lines_of(piece) if isinstance(piece, type) else None
    if lines:
        solution = book.solution_piece(task.number, task.piece)
        for method in vars(solution):
            made = [getattr(getattr(one, method, None), "__code__", None) for one in (piece, solution)]
            unread, theirs = (_unread(one) - {"self"} for one in made)
            if method != "__init__" and all(made):  # what has a value of its own may stay unread
                count = made[0].co_argcount - len(getattr(piece, method).__defaults__ or ())
                unread &= set(made[0].co_varnames[:count])
            if all(made) and made[0].co_argcount == made[1].co_argcount and unread and not theirs:
                name = min(unread, key=made[0].co_varnames.index)
                says = f"`{name}` has no part in what `{task.piece}` does: your `{method}` takes it and never reads it."
                return Finding("unused-argument", says)
    theirs = Lines(book.exercise_cell(task.number)[0]).reads_of_self() if lines else set()
    for name in lines.never_reads() if lines else ():
        if name in theirs:
            says = f"`self.{name}` has no part in what `{task.piece}` does: your lines never read it."
            return Finding("unused-argument", says)
    return None


def unused_numbers(task, piece, yours, expected):
    """Some numbers of an argument have no part in the result, and should: others stand in their place."""
    solution, cases = book.solution_piece(task.number, task.piece), task.cases[: len(yours)]
    for name, value in cases[0].items():
        alike = isinstance(value, np.ndarray) and len({np.shape(case[name]) for case in cases}) == 1
        if not alike or value.dtype.kind != "f" or value.ndim != 1 or not 1 < value.size <= 12:
            continue
        runs = list(zip(cases, yours, expected, strict=False))
        for case, other in itertools.permutations(cases, 2):  # another place that asks for it may be met so
            mixed = copy.deepcopy(other) | {name: case[name].copy()}
            made = (task.use_learners(piece, copy.deepcopy(mixed)), task.use(solution, copy.deepcopy(mixed)))
            runs.append((mixed, *made))
        unused = [place for place in range(value.size) if _has_no_part(task, piece, solution, runs, name, place)]
        if 0 < len(unused) < value.size:
            numbers = ", ".join(f"`{_called(piece, name, place)}`" for place in unused)
            return Finding("unused-numbers", f"`{task.piece}` gives the same with any other {numbers}, and should not. "
                           "What stands there in your lines?")  # fmt: skip
    return None


def _called(piece, name, place):
    """What a learner's lines call one number of an array that they take apart, `v1, v2 = parameters[6:8]`; or its
    place.
    """
    lines = lines_of(piece)
    for one in lines.every if lines else ():
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Tuple):
            part, names = one.value, [getattr(it, "id", "") for it in one.targets[0].elts]
            lower = getattr(getattr(part, "slice", None), "lower", None)
            first = getattr(lower, "value", 0)
            whole = part.value if isinstance(getattr(part, "slice", None), ast.Slice) else part
            if getattr(whole, "id", "") == name and isinstance(first, int) and 0 <= place - first < len(names):
                return names[place - first] or f"{name}[{place}]"
    return f"{name}[{place}]"


def _has_no_part(task, piece, solution, runs, name, place):
    told = 0
    for case, mine, right in runs:
        for move in (lambda one: 1.5 * one + 0.125, lambda one: -one - 0.5):  # further on, and to the other side of 0
            other = copy.deepcopy(case)
            other[name][place] = move(other[name][place])
            should = not same(task.use(solution, copy.deepcopy(other)), right)
            if not same(task.use_learners(piece, other), mine, 1e-14):  # where it should not, it has a part as well
                return False
            told += should
    return told > 0


def same_for_all(task, yours, expected):
    """The same number comes out in all cases, where different ones belong."""
    pairs = list(zip(yours, expected, strict=False))
    flat = [np.ravel(numeric(mine)) for mine in yours if numeric(mine) is not None and np.size(mine)]
    if len(flat) < len(pairs) or any(np.shape(mine) != np.shape(right) for mine, right in pairs) or len(pairs) < 2:
        return None
    everything = np.concatenate(flat)
    if np.ptp(everything.astype(float)) > 0 or not np.isfinite(everything).all():
        return None
    return Finding("same-for-all", f"`{task.piece}` gives {short(everything[0])}, whatever comes in.")


def _others(value):
    """Other values of the same kind, the likeliest to be understood first."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield value + 1
    elif isinstance(value, float):
        yield value * 1.5 + 0.125
        yield value / 8
    elif isinstance(value, np.ndarray) and value.dtype.kind in "fi" and value.size:
        if np.isin(value, (0, 1)).all():  # labels
            yield 1 - value
        elif value.dtype.kind == "f":
            yield value * 0.5 + 0.25  # a probability stays one
        else:
            yield np.flip(value, -1)
            yield np.full_like(value, value.min())  # the same numbers in another order are no other numbers


def _results_exchanged(task, piece, solution, cases, yours, expected):
    """Two of the named results stand in each other's place."""
    if not all(isinstance(right, Mapping) for right in expected):
        return None
    pairs = list(zip(yours, expected, strict=False))
    telling = [name for name, value in expected[0].items() if np.size(value) > 1
               or len({str(right[name]) for right in expected}) > 1]  # of two that are always 0 and 1 it is chance
    for first, second in itertools.combinations(telling, 2):
        if all(same(mine[first], right[second]) and same(mine[second], right[first])
               and not same(mine[first], right[first]) for mine, right in pairs):  # fmt: skip
            text = f"What should be {first} and what should be {second} stand in each other's place."
            return Finding("results-exchanged", text)
    names, results = list(expected[0]), task.results or tuple(expected[0])
    for order in itertools.permutations(names) if 2 < len(names) < 5 else ():
        moved = [pair for pair in zip(names, order, strict=True) if pair[0] != pair[1]]
        if moved and all(same(mine[first], right[second]) and not same(mine[first], right[first])
                         for first, second in moved for mine, right in pairs):  # fmt: skip
            text = f"Your results are right and stand in another order. It should be {', '.join(results)}."
            return Finding("results-exchanged", text)
    return None


def _one_of_several(task, piece, solution, cases, yours, expected):
    """Of a result with several rows, only one has come back."""
    for words, take in (("the last row", -1), ("the first row", 0)):
        pairs = list(zip(yours, expected, strict=False))
        if any(isinstance(right, Mapping) or np.ndim(right) < 2 for _, right in pairs):
            return None
        if all(np.size(mine) == np.size(right[take]) and same(np.ravel(mine), np.ravel(right[take]))
               for mine, right in pairs) and any(len(right) > 1 for _, right in pairs):  # fmt: skip
            text = f"What comes back is {words} of the result alone: its numbers are right, and the other rows are "
            lines = lines_of(piece)
            loop = lines is None or lines.has(ast.For, ast.While)
            kept = " Is each row kept, or does the next take its place?" if loop else ""
            return Finding("one-row-only", f"{text}missing.{kept}")
    return None


def _left_out(task, piece, solution, cases, yours, expected):
    """A part of the arguments is left out: the solution gives the learner's numbers where that part is cut away."""
    if same_for_all(task, yours, expected):  # one number for all comes from no part
        return None
    for axis, word in ((-1, "column"), (0, "row")):
        for says, part in PLACES.items():
            told = 0
            for case, mine in zip(cases, yours, strict=False):
                cut = {name: _cut(value, axis, part) for name, value in case.items()}
                if not same(task.use(solution, copy.deepcopy(cut)), mine):
                    break
                told += 1
            if told == len(cases) > 0:
                flat = all(np.ndim(value) < 2 for value in cases[0].values())
                names = [name for name, value in cases[0].items() if np.ndim(value) and isinstance(value, np.ndarray)]
                of = " and ".join(f"`{name}`" for name in names)
                word = "number" if flat else word
                text = f"{COMES_OUT} when {says.format(word, of)}."
                return Finding("left-out", text)
    return None


def _cut(value, axis, part):
    if not isinstance(value, np.ndarray) or not value.ndim:
        return value
    return value[..., part] if axis == -1 else value[part]


def _divisor(task, piece, solution, cases, yours, expected):
    """All numbers of a case are too large by one factor, and that factor goes with a size of the arguments."""
    ratios = [_ratio(mine, right) for mine, right in zip(yours, expected, strict=False)]
    if None in ratios or len(ratios) < 2:
        return None
    sizes = {}
    for name, value in cases[0].items():
        if isinstance(value, np.ndarray):
            for axis, word in enumerate(("rows", "columns") if value.ndim == 2 else ("numbers",) * value.ndim):
                sizes[f"the number of {word} of `{name}`"] = [float(np.shape(case[name])[axis]) for case in cases]
        elif isinstance(value, int) and not isinstance(value, bool):
            sizes[f"`{name}`"] = [float(case[name]) for case in cases]
    for words, counts in sizes.items():
        if len(set(counts)) < 2:
            continue
        divisors = [count / ratio for count, ratio in zip(counts, ratios, strict=True)]
        if np.ptp(divisors) <= EXACT * abs(divisors[0]):
            size = abs(divisors[0])
            what = f"by {short(size)}, whatever the size" if abs(size - 1) > EXACT else "by nothing"
            what = f"have the wrong sign, and are divided {what}" if divisors[0] < 0 else f"are divided {what}"
            return Finding("fixed-divisor", f"Your numbers {what}, where {words} should divide them.")
        for more, text in ((-1, "one less than"), (1, "one more than")):
            if np.allclose(divisors, np.add(counts, more), rtol=EXACT):
                return Finding("one-off-divisor", f"Your numbers are divided by {text} {words}.")
        if np.allclose(np.multiply(ratios, counts), 1, rtol=EXACT):
            count = short(next(one for one in counts if one != 1))
            text = f"Your numbers are {count} times too small where {words} is {count}: they are divided by it as well."
            return Finding("divided-besides", text)
        for other, others in sizes.items():
            if others != counts and np.allclose(divisors, others, rtol=EXACT):
                text = f"Your numbers are divided by {other}, where {words} should divide them."
                return Finding("other-divisor", text)
    return None


def _ratio(mine, right):
    """The one factor between two results, or None. Of a dictionary, that of its first wrong array."""
    if isinstance(right, Mapping):
        wrong = [name for name in right if not close(mine[name], right[name])]
        return _ratio(mine[wrong[0]], right[wrong[0]]) if wrong else 1.0
    array, expected = numeric(mine), np.asarray(right, float)
    if array is None or array.shape != expected.shape:
        return None
    big = np.abs(expected) > 1e-9
    if not big.any() or np.abs(array[~big]).max(initial=0) > 1e-9:
        return None
    factors = array[big] / expected[big]
    return float(factors[0]) if np.ptp(factors) <= EXACT * abs(factors[0]) and factors[0] else None
