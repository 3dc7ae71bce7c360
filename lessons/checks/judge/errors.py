"""What a learner's exception says: what stopped, in which of their lines, which shapes met, and what would mend it."""

import ast
import builtins
import contextlib
import difflib
import linecache
import re
import sys
import types
from collections import Counter

import numpy as np
from numpy.random import Generator

from lessons.checks.judge.compare import Finding, short
from lessons.checks.judge.numpys import in_their_words
from lessons.checks.remember import book
from nnlib.lines import quoted

NUMPYS = {"e": "np.exp", "pi": "np.pi"} | {name: f"np.{name}" for name in (
    "exp", "log", "sqrt", "mean", "maximum", "minimum", "array", "zeros", "ones", "zeros_like", "ones_like", "where",
    "clip", "dot", "matmul", "eye", "arange", "concatenate", "tanh", "cos", "sin", "inf", "nan", "isfinite", "std")
}  # fmt: skip
WRITTEN_HERE = ("relu", "ReLU", "sigmoid", "softmax")
MATMUL = re.compile(r"matmul: .*size (\d+) is different from (\d+)")
MADE_FIXED = re.compile(r"np\.(?:zeros|ones|empty|full)\(\(?\d+(?:, *\d+)*\)?[^()]*\)")
FIXED = re.compile(r"\b\w*range\(\d+\)|permutation\(\d+\)|(?<= in )[\[(]\d+(?:, *\d+)+[\])]")
LAID_OUT = re.compile(r"np\.(?:eye|identity|zeros|ones|arange)\(\(?([2-9]\d*|1\d+)(?:,\)|, *1\))?\)")
OLD_DRAWS = {"randn": "normal", "rand": "uniform", "random_sample": "uniform", "randint": "integers"}
ENDED = re.compile(r"index (\d+) is out of bounds for axis (\d) with size (\d+)$")
OVER_BY_ONE = re.compile(r"index (\d+) is out of bounds for axis \d with size \1$")
BEFORE_FIRST = re.compile(r"index -\d+ is out of bounds for axis \d with size ([1-9]\d*)$")
AXES_NAMED = re.compile(r"array is (\d+)-dimensional, but (\d+) were indexed")
AXIS_ASKED = re.compile(r"\b(\w+)\.shape\[([1-9])\]")
NO_NUMBER = re.compile(r"could not convert string to float: '(.*)'")
ONE_NUMBER = re.compile(r"(?<![\w.])(float|int)\(")
PYTHONS = re.compile(r"(?<![\w.])(max|min|sum)\((?:[^(),]|\((?:[^()]|\([^()]*\))*\))*\)")  # of one argument
NOT_CALLED = " `{0}` is a function, and here it is not called: `{0}(…)` gives what it works out."
CHOSEN = "Between two it chooses when it gets both, `{}(one, other)`."
NUMBER = re.compile(r"\d+(?:\.\d+)?")
KEYWORD = re.compile(r"got an unexpected keyword argument '(\w+)'")
KEYWORDS = ("axis", "keepdims", "dtype", "size", "shape", "out", "where", "ddof", "loc", "scale", "low", "high")
NO_ARGUMENTS = re.compile(r"(\w+)\(\) takes no arguments")
COUNTED = re.compile(r"takes (\d+) positional arguments? but (\d+) were given")
LEAST = re.compile(r"takes from (\d+) to \d+ positional arguments but (\d+) (?:was|were) given")
LOOPED = re.compile(r"\bin (\w+)(?=[:\])]| if )")
TUPLE_HANDED = re.compile(r"\w\((\([\w.]+, [\w., ]+\))")  # step((a, b), …)
NOTHING_KEPT = re.compile(r"\b(\w+) = \1\.(append|extend|insert|sort|reverse|update|fill)\(")  # each gives None
KEPT_IN_ARRAY = re.compile(r"'numpy\.ndarray' object has no attribute '(\w+)'")
ADDRESS = 10**6  # a key beyond this is no number that anybody wrote: `id(…)`
MOST_HELD = 8  # attributes of an object that are all named
WORKS_OUT = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Eq: np.equal,
    ast.NotEq: np.not_equal, "abs": np.abs,
} | {f"np.{name}": getattr(np, name) for name in ("abs", "exp", "log", "sqrt", "square", "tanh")}  # fmt: skip
MADE_OF_RESULT = ("ValueError", "IndexError", "ZeroDivisionError", "FloatingPointError")


def explain(error, piece, case, source="", mend=True, tried="", wanted=""):
    """The learner's exception as a finding: what, in which line of its `source`, and what usually mends it.

    `tried` says what the piece was called with, where the values of the `case` do not; `wanted`, which shape was to
    come out.
    """
    if isinstance(error, SystemExit):
        return Finding("exits", f"`{piece}` calls `exit()`, which would end the whole notebook. `return` leaves a "
                       "function.")  # fmt: skip
    kind = "MemoryError" if isinstance(error, MemoryError) else kind_of(error)
    text, line = re.sub(r"\b\w+\.<locals>\.", "", " ".join(words_of(error).split()))[:200], line_of(error)
    matmul, shapes = MATMUL.search(text), met(error)
    if matmul and shapes:
        text = "`@` met {} on its left and {} on its right".format(*shapes)
    elif matmul:
        columns, rows = (f"{count} {word}{'s' * (count != '1')}" for count, word in zip(
            matmul.groups()[::-1], ("column", "row"), strict=True))  # fmt: skip
        text = f"`@` met {columns} on its left and {rows} on its right"
    elif isinstance(error, KeyError) and isinstance(error.args[0] if error.args else 0, int):
        text = "there is no such key" if error.args and abs(error.args[0]) > ADDRESS else text
    of_result = kind in MADE_OF_RESULT or (kind == "TypeError" and not re.search("argument|callable", text))
    if not line and of_result:
        says = f"What `{piece}` gives back cannot be used as it was meant to. {kind}: {text.removesuffix('.')}."
        return Finding(f"raises-{kind}", says)
    says = f"`{piece}` stopped with {kind}: {text}"
    inner, called = _in_another(error, piece)
    if inner is not None:
        says += f" – in `{inner.f_code.co_name}`, which your line `{called}` calls."
        says += (_nnlibs_own(error, called) or _handed_wrong(error, inner, line) or _of_one_size(error, called)
                 or _put_in_its_place(error, piece, called, source))  # fmt: skip
        return Finding(f"raises-{kind}", says)
    says += f" – in your line `{line}`." if line else "."
    if case:
        given = tried or "It was called with "
        given += "" if tried else ", ".join(f"{name} {shape_or_value(value)}" for name, value in case.items()) + "."
        says += f" {given}"
    if not mend:
        return Finding(f"raises-{kind}", says)
    if matmul and line and (told := _in_what_it_calls(error, line)):
        return Finding(f"raises-{kind}", says + told)
    deep = any(np.ndim(value) == 2 for value in case.values() if isinstance(value, np.ndarray))
    names = _given_in(error, piece)
    names = (arguments_in(source) or list(case)) if names is None else names
    *most, last = [f"`{name}`" for name in names] or [""]
    names = f"{', '.join(most)} and {last}" if most else last
    says += (_put_in_its_place(error, piece, line, source)
             or _mend(error, words_of(error), piece, names, line, deep, source, shapes)
             or in_their_words(words_of(error)))  # fmt: skip
    is_of_shapes = isinstance(error, ValueError) and (matmul or "broadcast" in text)
    return Finding(f"raises-{kind}", says + (wanted if is_of_shapes else ""))


def _of_one_size(error, line):
    """What to say of `range(3)` where an array ended before that; else ""."""
    counted = FIXED.search(line) if isinstance(error, IndexError) and "out of bounds" in words_of(error) else None
    return f" `{counted[0]}` fits arrays of one size: ask the array for its own." if counted else ""


def _written_out(error, source):
    """What to say where the places 0, 1, 2 … of an array stand one by one in the lines, and it has fewer; else ""."""
    ended = ENDED.search(words_of(error)) if isinstance(error, IndexError) and source else None
    if not ended:
        return ""
    last, axis, size = map(int, ended.groups())
    places = {}
    for one, place in _places(source, axis, size, error):
        places.setdefault(ast.unparse(one.value), set()).add(place)
    name = next((name for name, written in places.items() if last and written >= {*range(last + 1)}), "")
    return name and (f" The places 0 to {max(places[name])} of `{name}` are written out, and here it has {size}: go "
                     "through all that come in, however many.")  # fmt: skip


def _places(source, axis, size, error):
    """The places that stand as numbers in the lines, of arrays that have `size` along `axis`: `(subscript, place)`."""
    for one in [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Subscript)]:
        of_axis = (one.slice.elts if isinstance(one.slice, ast.Tuple) else [one.slice])[axis:][:1]
        with contextlib.suppress(LookupError):
            if of_axis and isinstance(of_axis[0], ast.Constant) and np.shape(
                    _value(one.value, _frame(error)))[axis] == size:
                yield one, of_axis[0].value


def _fixed_place(error, source):
    """What to say of `losses[74]` where an array has far fewer; else ""."""
    ended = ENDED.search(words_of(error)) if isinstance(error, IndexError) and source else None
    asked, axis, size = map(int, ended.groups()) if ended else (0, 0, 0)
    for one, place in _places(source, axis, size, error) if size else ():
        if place == asked:
            return (f" `{ast.unparse(one)}` is there only if `{ast.unparse(one.value)}` is long enough, and here it "
                    f"has {size}. The last place of any length is −1.")  # fmt: skip
    return ""


def _of_axes(error, text, line):
    """What to say where more axes are asked for than an array has; else ""."""
    if named := AXES_NAMED.search(text):
        has, asked = (f"{count} ax{'i' if count == '1' else 'e'}s" for count in named.groups())
        return f" What stands before the square brackets has {has} there, and they ask for {asked}."
    for name, axis in AXIS_ASKED.findall(line) if "tuple index" in text else ():
        if np.ndim(_frame(error).f_locals.get(name)) <= int(axis):
            return f" Here `{name}` has no axis {axis}: a vector has one, axis 0, and a matrix two, 0 and 1."
    return ""


def _keys(error, line):
    """Names that a dictionary of `line` does have are told: one that holds them is not filled bit by bit."""
    frame = _frame(error)
    for first, *others in (path.split(".") for path in re.findall(r"([A-Za-z_][\w.]*)\[", line)):
        held = frame.f_locals.get(first)
        for one in others:
            held = getattr(held, "__dict__", {}).get(one)
        if isinstance(held, dict) and 0 < len(held) < 6 and all(isinstance(key, str) for key in held):
            return f". What is there stands under {' and '.join(map(repr, held))}."
    return ". What should be taken where there is nothing yet?"


def _of_list(error, text, line):
    """What to say of `things[place]` where the list `things` ends before that place; else ""."""
    for name, place in re.findall(r"\b(\w+)\[(\w+)\]", line) if "list index out of range" in text else ():
        things, at = _local(error, name), _local(error, place)
        if isinstance(things, list) and isinstance(at, int) and at >= len(things) > 0:
            return (f" `{place}` is {at} there, and `{name}` holds {len(things)}. Places are counted from 0: the last "
                    f"is place {len(things) - 1}.")  # fmt: skip
    return ""


def _mend(error, text, piece, names, line, deep, source, shapes):
    if isinstance(error, RecursionError):
        itself = f" These lines *are* what `{piece}` does: there stands the work itself."
        return " It calls itself without end." + itself * bool(re.search(rf"\b({piece}|self)\(", line))
    if isinstance(error, UnboundLocalError):
        own = re.search(r"'(\w+)'", text)
        return f" `{own[1]}` is made in `{piece}` itself, and read before that: it needs a first value." if own else ""
    if isinstance(error, NameError):
        return _of_name(error, piece, names, line, source)
    if isinstance(error, KeyError) and "not a file in the archive" in text:
        return " The file has no array of that name. `stored.files` holds the names that there are."
    if isinstance(error, KeyError):
        return f" Nothing has been put under that key{_keys(error, line)}"
    if told := _of_one_size(error, line):
        return told
    if isinstance(error, IndexError) and "out of bounds" in text and (counted := FIXED.search(source)):
        return f" Your `{counted[0]}` fits arrays of one size: ask the array for its own."
    if told := _written_out(error, source):
        return told
    if isinstance(error, IndexError) and "only integers" in text:
        return " In square brackets belongs a place, a whole number: `range(len(…))` counts them, 0, 1, 2 and so on."
    if isinstance(error, IndexError) and "must be of integer" in text:
        return (" In square brackets stand places, whole numbers. Yours have a point, as labels have that are one-hot: "
                "those choose by being multiplied.")  # fmt: skip
    if isinstance(error, IndexError) and "list assignment" in text:
        return " A place of a list can be filled once it is there. `append` puts a new one at its end."
    if isinstance(error, IndexError) and "scalar variable" in text:
        return " What stands before the square brackets is one number there, not an array."
    if isinstance(error, IndexError) and "out of bounds for axis 0" in text and deep:
        return " What stands before the comma counts rows, what stands behind it columns: `x[:, places]` takes columns."
    if isinstance(error, IndexError) and (over := OVER_BY_ONE.search(text)):
        return f" Places are counted from 0: the last of {over[1]} is place {int(over[1]) - 1}."
    if told := _fixed_place(error, source):
        return told
    if isinstance(error, IndexError) and (size := BEFORE_FIRST.search(text)):
        return f" Places below 0 count from the end: −1 is the last, and of {size[1]} there is none before −{size[1]}."
    if isinstance(error, IndexError) and (told := _of_axes(error, text, line)):
        return told
    if isinstance(error, IndexError) and (told := _of_list(error, text, line)):
        return told
    if isinstance(error, IndexError) and ("size 0" in text or "out of range" in text):
        return " Here there is nothing to take: what should come out then?"
    if isinstance(error, ValueError):
        return _of_value(error, text, line, shapes, source)
    if isinstance(error, TypeError):
        told = _of_type(error, text, piece, line, names, source) or _of_none(text, source)
        return told or (_reads_none(piece, names) if names and source and not reads(source, names) else "")
    if isinstance(error, AttributeError) and line:
        return _of_attribute(error, text, source, line)
    if isinstance(error, AttributeError) and type(error.obj).__name__ == piece:
        every = [f"`{name}`" for name, it in vars(type(error.obj)).items() if isinstance(it, types.FunctionType)]
        own = [name for name in every if not name.startswith("`__")]
        if not own:
            inside = f"Your class has {' and '.join(every)}" if every else "Your class has no method"
            return f" {inside}, and no `{error.name}`. Is its `def` as far in as the line below `class`?"
        return f" Your class has {' and '.join(own)}, and no `{error.name}`: keep the names of the cell."
    if "pickle.load" in line:
        return " `pickle` reads pickles, and this file is an .npz: `np.load(file)` reads it."
    if isinstance(error, FileNotFoundError) and re.search(r"""\(["'][^"']+["']""", line):
        gets = f" `{piece}` gets {names}: work with what comes in." if names else ""
        return f" That name is written into your line.{gets}"
    if isinstance(error, FileNotFoundError):
        return " Is that the name of a file, or the text itself?"
    if isinstance(error, FloatingPointError) and (told := _of_a_side(error)):
        return told
    if isinstance(error, FloatingPointError) and "divide" in text:
        return f" `{by}` is 0 there." if (by := _zero_below(error)) else " Where is what you divide by 0?"
    if isinstance(error, FloatingPointError) and "log" in text:
        return " Where is the logarithm of 0 taken, or of a number below it?"
    if isinstance(error, FloatingPointError):
        return " A float holds numbers up to about 10³⁰⁸. Which exponent is large and positive there?"
    if isinstance(error, MemoryError):
        return " That array would be far larger than anything this exercise needs."
    return ""


def _of_name(error, piece, names, line, source):
    if error.name == "self" and names:
        return f" `{piece}` is a function, no method of an object: it has no `self`. It gets {names}."
    owner = _owner(error)
    if owner == "self" and error.name == _frame(error).f_code.co_name:
        return _of_namesake(error.name)
    if owner == "self":
        return f" It belongs to the object: inside a class that is `self.{error.name}`."
    if owner:
        return f" `{owner}` has one: `{owner}.{error.name}`."
    if holder := _holder(_frame(error).f_locals.get("self"), error.name):
        gets = [one.name for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)
                and error.name in [it.arg for it in one.args.args]]  # fmt: skip
        theirs = f" `{error.name}` is what `{gets[0]}` is given, and ends with it." if gets else ""
        return f"{theirs} Here `self.{holder}.{error.name}` has that name."
    if asked := _of_itself(error, line):
        return f" Inside a class the object itself is `self`: `self.{asked}`."
    if error.name == "math" and (asked := re.search(r"\bmath\.(\w+)", line)) and hasattr(np, asked[1]):
        return f" `math` is not imported, and its functions work on one number. `np.{asked[1]}` takes whole arrays."
    if error.name in NUMPYS:
        return f" Python itself does not know it: `{NUMPYS[error.name]}` is NumPy's."
    if names and not reads(source, names):
        return _reads_none(piece, names)
    if error.name.lower() == piece.lower() and _in_method_beside(error, piece):
        return f" This object is the `{piece}`: `self(…)` is what calling it gives."
    if (number := _made_in(error.name)) and number[:2] < (_made_in(piece)[:2] or "99"):
        brings = f'{error.name} = mine_or_reference("{error.name}")'
        return f" `{error.name}` is the piece of {number}: `{brings}`, in a cell of this notebook, brings it."
    if told := _of_another_method(error, source):
        return told
    inside = f" `{piece}` gets {names} and knows nothing else." if names else ""
    return f" Is the name spelt as where it was made, and was that cell run?{inside}"


def _of_another_method(error, source):
    """A variable that another method of the class has made; or ""."""
    for method in [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)]:
        if method.args.args[:1] and method.args.args[0].arg == "self":
            for one in ast.walk(method):
                if isinstance(one, ast.Name) and one.id == error.name and isinstance(one.ctx, ast.Store):
                    return _ends_with_its_method(source, one)
    return ""


def _ends_with_its_method(source, stored):
    line = source.splitlines()[stored.lineno - 1].strip()
    return f" Your line `{line}` makes a variable that is gone when its method ends: `self.{stored.id}` stays."


def _of_namesake(name):
    """A method calls a function of its own name, which an earlier lesson has had."""
    number = _made_in(name)
    there = f" The function `{name}` is the piece of {number}: it is not in this notebook." if number else ""
    return f"{there} `self.{name}` is the method that this line stands in. What it is to do is written out here."


def reads(source, names):
    """Do the lines read any of the `names`, told as "`one` and `other`"?"""
    return any(f"`{one}`" in names for one in _read_in(source))


def _reads_none(piece, names):
    return f" `{piece}` gets {names}, and your lines read none of that: they are to work on what comes in."


def _only_method(error, line):
    """`(name, method)` of the object that a line calls as if it were a function, if it has one method; or None."""
    frame = _frame(error)
    for name, value in (frame.f_locals if frame is not None else {}).items():
        methods = [one for one, it in vars(type(value)).items() if one[0] != "_" and isinstance(it, types.FunctionType)]
        if re.search(rf"(?<![\w.]){name}\s*\(", line) and not callable(value) and len(methods) == 1:
            return name, methods[0]
    return None


def _of_value(error, text, line, shapes, source):
    if "zero-size" in text or "empty" in text:
        return " Here there is nothing to choose from: what should come out then?"
    if word := NO_NUMBER.search(text):
        return _of_word(word[1], error, line)
    if "allow_pickle" in text and "load(" in line:
        return (" An open file has been read to its end by the first `np.load`, and the next one finds no array there: "
                "load once, before the loop.")  # fmt: skip
    if "invalid literal for int()" in text:
        return " `int` takes the text of a whole number alone. `float` takes every number."
    if "equal division" in text:
        return " With a number `np.split` makes so many parts, all alike. With a list of places it cuts there."
    if "cannot reshape" in text:
        return " The size in your line fits one array alone; other arrays have other sizes."
    if "non-broadcastable output" in text:
        return " What is changed in place keeps its shape, so what comes in has to fit into that."
    if "broadcast input array" in text and (size := MADE_FIXED.search(source)):
        return f" Your `{size[0]}` fits arrays of one size alone: ask what comes in for its own."
    if "setting an array element with a sequence" in text and "inhomogeneous" not in text:
        return " On the left of `=` is the place of one number there, and on the right are several: a row, or an array."
    if "high - low < 0" in text or "low > high" in text or "high < low" in text:
        return " `uniform` takes the lower end first, then the upper one, and the shape last."
    if "broadcast input array" in text:
        return " What is put into an array must have the shape of the place that it is put into."
    if "broadcast" in text and (size := LAID_OUT.search(source)) and re.search(rf"\b{size[1]}\b", text):
        return f" Your `{size[0]}` fits arrays of one size alone: ask what comes in for its own."
    if "broadcast" in text:
        return " Write the two shapes below each other, aligned at the right: sizes must be equal, or one of them 1."
    if "too many values to unpack" in text:
        return _of_unpacking(error, line)
    if "does not have enough dimensions" in text:
        return _of_number_for_array(error, line, source)
    if shapes and all(len(one) == 2 for one in shapes):
        return " The two numbers in the middle have to be equal."
    if "matmul" in text or "shapes" in text:
        return " In `A @ B`, the columns of A must be as many as the rows of B."
    if "inhomogeneous" in text and (whole := _several_at_once(error, line)):
        return (f" `{whole}` holds several things at once, and here all of them are reckoned with. Give each a name, "
                "`one, other = …`, and take the one that is meant.")
    if "inhomogeneous" in text:
        more = _behind_the_last_line(error) or _unlike(error, line)
        return f" Its rows are not all of one length.{more or ' Is one of them empty, or cut at another place?'}"
    if "ambiguous" in text and (one := PYTHONS.search(line)) and one[1] != "sum":
        asks = "larger" if one[1] == "max" else "smaller"
        return f" Python's own `{one[1]}` asks whether a whole row is the {asks} one. An array has a `.{one[1]}()`."
    if "ambiguous" in text and (one := re.search(r"(==|!=) None\b", line)):
        return f" `{one[0]}` asks that of each place of an array. `is None`, or `is not None`, asks it once."
    if "ambiguous" in text and (one := re.search(r"\b(or|and|not)\b", line)):
        asks = f" `{one[1]}` asks for one yes or no, and an array gives many."
        of_get = one[1] == "or" and ".get(" in line
        return asks + " `.get(key, 0.0)` takes 0.0 where there is nothing yet." * of_get
    if "ambiguous" in text:
        return " An `if` or a `max` asks for one yes or no, and an array gives many. NumPy can choose place by place."
    return ""


def _of_number_for_array(error, line, source):
    """What stands beside a `@` and is one number, and the line that has put it in the place of an array, if one has."""
    if name := _not_called(error, line):
        return NOT_CALLED.format(name)
    frame, said = _frame(error), " `@` is for arrays on both sides. One of yours is a single number"
    sides = re.findall(r"(?<![\w.])([A-Za-z_]\w*)\s*@", line) + re.findall(r"@\s*([A-Za-z_]\w*)(?![\w.([])", line)
    for name in sides:
        if frame is not None and name in frame.f_locals and not np.ndim(frame.f_locals[name]):
            made = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Assign)
                    and name in [ast.unparse(it) for it in one.targets]]  # fmt: skip
            reads = [one for one in made if any(getattr(it, "id", "") == name for it in ast.walk(one.value))]
            if reads:
                words = quoted(source.splitlines()[reads[-1].lineno - 1])
                words = "that line itself" if words == line else f"your line `{words}`"
                return f"{said}: `{name}`. Has {words} put a number in the place of the array that was there before?"
            return f"{said}, `{name}`: that is `*`."
    return f"{said}: that is `*`."


def _of_unpacking(error, line):
    try:
        right = ast.parse(line).body[0].value
        return f" `{ast.unparse(right)}` holds {len(_value(right, _frame(error)))} here."
    except (SyntaxError, AttributeError, LookupError, TypeError):  # one line of several, a loop, a call
        return " More come than there are names before `=` or `in`; another time it may be another number of them."


def _of_word(word, error, line):
    """What a text is, that `float` or NumPy should have made a number of."""
    texts = [one for trace in _traces(error) for one in trace.tb_frame.f_locals.values() if isinstance(one, str)]
    cells = [cell for text in texts for line in text.splitlines() for cell in line.split(",")]
    if word.strip() and len(word) == 1 < max(map(len, texts), default=0) and (word in texts or word not in cells):
        of_line = any("," in one and "\n" not in one for one in texts)
        gives = '`split(",")` gives its words' if of_line else "`splitlines()` gives its lines"
        return f" That is one sign alone: whoever goes through a text meets its signs one by one. {gives}."
    if not word.strip():
        lists = [one for trace in _traces(error) for one in trace.tb_frame.f_locals.values() if isinstance(one, list)]
        parts = [one for each in lists for one in each if isinstance(one, str)]
        cut = next((one for one in (*texts, *parts) if one.endswith(",") and "\n" not in one), "")
        told = f" Behind the last comma of `{quoted(cut)}` stands nothing: is the text cut off at its end?"
        return f" An empty text is no number.{_behind_the_last_line(error) or told * bool(cut)}"
    if ".split()" in line and any(word in cell.split() and word != cell.strip() for cell in cells):
        return " `split()` cuts at every space, and a name may have one. `splitlines()` cuts where a line ends."
    if len(NUMBER.findall(word)) > 1:
        return " That is more than one number in one text: is it cut at the sign that parts them?"
    return ""


def _unlike(error, line):
    """A list that a line makes of an array and of a single number; or ""."""
    for one in re.findall(r"\[[\w., ]+\]", line):
        values = [_local(error, it.strip()) for it in one[1:-1].split(",")]
        if any(np.ndim(it) for it in values) and not all(np.ndim(it) for it in values):
            return f" `{one}` is a list of an array and a single number, and no one array can be made of the two."
    return ""


def _several_at_once(error, line):
    """What a line reckons with though it is a tuple, or a call of a function that gives one back; or ""."""
    try:
        every = [one for one in ast.walk(ast.parse(line)) if isinstance(one, ast.BinOp)]
    except SyntaxError:  # one line of several
        return ""
    known = _frame(error).f_globals if _frame(error) is not None else {}
    for side in [side for one in every for side in (one.left, one.right)]:
        called = isinstance(side, ast.Call) and known.get(ast.unparse(side.func))
        if isinstance(side, ast.Name) and isinstance(_local(error, side.id), tuple):
            return side.id
        if isinstance(called, types.FunctionType):
            return ast.unparse(side)
    return ""


def _behind_the_last_line(error):
    """Where lines are cut at their ends, the text behind the last end is empty."""
    cut = any("\n" in trace.tb_frame.f_code.co_consts for trace in _traces(error))
    ends = any(isinstance(one, str) and one.endswith("\n") for trace in _traces(error)
               for one in trace.tb_frame.f_locals.values())  # fmt: skip
    says = r" `split('\n')` leaves an empty one behind the last line; `splitlines()` leaves none."
    return says if cut and ends else ""


def _of_type(error, text, piece, line, names, source):
    if COUNTED.search(text) and f"{text.split('()')[0]}(self" in line:
        return f" `{text.split('()')[0]}` is a function, no method: it is called without `self`."
    if "PathLike" in text and "open(" in line and "IO" in text:
        return " `open` wants a name, and what came in is a file that is open already: hand it on as it is."
    if text == f"'{piece}' object is not callable":
        return " To call an object is to call its method `__call__`, with two underscores on either side."
    if (counts := COUNTED.search(text)) and text.startswith(f"{piece}.") and int(counts[2]) == int(counts[1]) + 1:
        method = text.split("()")[0].split(".")[-1]
        if not _has_self(source, method):
            return " Inside a class the first argument of every method is `self`: does it stand there?"
        if f".{method}(" in line:
            return f" `{method}` takes less than your line hands over."
        if (given := _arguments_of(book.exercise_cell(_made_in(piece))[0], method)) and given[0] == "self":
            return f" Besides `self` it is handed {' and '.join(f'`{one}`' for one in given[1:])}."
    if (one := ONE_NUMBER.search(line)) and ("size-1" in text or "length-1" in text or "0-dimensional" in text):
        return (f" `{one[1]}` makes one number of one, and here an array of several came. Are they to be one, or each "
                f"turned by itself, `astype({one[1]})`?")  # fmt: skip
    if "size-1" in text or "length-1" in text or "0-dimensional" in text:
        seen = [one.tb_frame for one in _traces(error)][-1:]
        known = seen[0].f_globals | seen[0].f_locals if seen else {}
        if any(isinstance(known.get(name), types.FunctionType) for name in re.findall(r"(?<![\w.])(\w+)\(", line)):
            return " What is called there takes one number, and an array comes."
        return " The functions of `math` work on one number, those of `np` on whole arrays."
    if COUNTED.search(text) and re.match(r".*(<lambda>|__call__)\(", text) and not text.startswith(f"{piece}."):
        return " What belongs together is one argument, such as a shape: it stands in round brackets of its own."
    if "as a data type" in text or text.startswith("order must be str"):
        return _of_loose_sizes(line)
    if re.match(r"(array|zeros|ones|stack|vstack|hstack|concatenate)\(\) takes (from|1 pos)", text):
        return f" `np.{text.split('(')[0]}` takes one thing: what belongs together stands in brackets, `([…])`."
    if "Generator' object is not callable" in text:
        return " A generator draws by its methods: `rng.normal(…)`, `rng.uniform(…)`."
    if (word := KEYWORD.search(text)) and (near := _near(word[1], KEYWORDS)):
        return f" Is `{near}` meant?"
    if "not callable" in text and (method := _only_method(error, line)):
        return f" `{method[0]}` is an object, and what it does has a name: `{method[0]}.{method[1]}(…)`."
    if "positional argument" in text and text.split("()")[0].split(".")[0] == piece:
        return " Keep the arguments as they stood in the cell."
    if "positional argument" in text:
        least = LEAST.search(text)
        if (asked := re.search(r"\b(\w+)\(\)\(", line)) and "missing" in text and _local(error, asked[1]) is not None:
            return f" `{asked[1]}()` calls it with nothing. `{asked[1]}` itself is what takes the rest."
        few = "missing" in text or (least is not None and int(least[2]) < int(least[1]))
        more = "takes more than your line hands over" if few else "takes less than your line hands over"
        return f" `{text.split('()')[0].split('.')[-1]}` {more}."
    if "not callable" in text and (number := _number_called(error, line)):
        if number.endswith(".T"):
            return f" `{number}` is an array as it stands, and takes no brackets."
        if f"{number}()" in line:
            return f" `{number}` is there as it stands, and nothing that is called: it takes no brackets."
        kind = "an array" if "ndarray" in text else "a number"
        power = " `np.exp(…)` takes e to a power." if number == "np.e" else " Is an operator missing before them?"
        return f" `{number}` is {kind}, and the brackets behind it call it as a function.{power}"
    if (made := NO_ARGUMENTS.match(text)) and made[1] == piece and f"{piece}(" in line:
        if _in_method_beside(error, piece):
            return f" `{piece}` is the class. This object of it is `self`: `self(…)` is what calling it gives."
        return f" `{piece}` is what these lines *are*: they cannot ask it for the result, there stands the work itself."
    if made and f"{made[1]}(" in line:
        return f" `{made[1]}` is a class. `{made[1]}()` makes an object, and that is called: `{made[1]}()(…)`."
    if "scalar index" in text and (joins := re.search(r"\b(np\.(?:concatenate|stack))\(", line)):
        return f" `{joins[1]}` takes one thing: what belongs together stands in brackets, `([…])`."
    if "interpreted as an integer" in text or "scalar index" in text:
        return _of_size(text, line)
    if "'tuple'" in text or "'list'" in text or "multiply sequence" in text:
        return _of_sequence(error, line)
    if text.startswith("unhashable type: 'numpy.ndarray'") or "use 'numpy.ndarray' as a" in text:
        return " An array is no key, since its numbers may change. `id(…)` is one number for it, which stays."
    if "cannot unpack non-iterable" in text:
        return f" Several names before `in` or `=` take each thing apart, and here each is one `{text.split()[-2]}`."
    if "ufunc 'invert' not supported" in text:
        return " `~` turns True and False round. Where the labels are 0 and 1, the other of the two is `1 - …`."
    if "can only concatenate str" in text:
        return " `+` joins a text to a text. `str(…)` makes a text of a number, and so does `f\"…{…}\"`."
    if "BytesIO' object is not subscriptable" in text:
        return " That is the file, not yet read. `np.load(…)` reads it, and gives its arrays by name, in brackets."
    if "does not support item assignment" in text:
        return " It cannot be changed. What is to be filled stands on the left of `=`, what it gets on the right."
    asked = any(one in text for one in ("unsupported operand", "bad operand", "not subscriptable", "not iterable"))
    if "not supported between" in text and f"'{piece}'" in text and names:
        return f" One side is the object itself, `self`. The numbers come in as {names}."
    if "unsupported operand" in text and f"'{piece}'" in text:
        return " One side of the sign is the object itself, `self`. `self(…)` is what calling it gives."
    if asked and (name := _not_called(error, line)):
        return NOT_CALLED.format(name)
    if "not iterable" in text and (one := LOOPED.search(line)) and isinstance(_local(error, one[1]), (int, np.integer)):
        return f" `{one[1]}` is one number, and a loop goes through several: `range({one[1]})` counts that far."
    if "not iterable" in text and (one := LOOPED.search(line)) and isinstance(_local(error, one[1]), float):
        return f" `{one[1]}` is one number here, and a loop goes through several. NumPy's functions need no loop."
    if "not iterable" in text and (one := PYTHONS.search(line)):
        return f" Python's own `{one[1]}` goes through the numbers of a row, and here it gets one number alone." + (
            f" {CHOSEN.format(one[1])}" if one[1] != "sum" else "")  # fmt: skip
    if "unsupported operand" in text and (told := _of_object(error, line)):
        return told
    if "'numpy.ufunc'" in text:
        return " A function is called with brackets: `np.exp(z)`."
    if "for ^" in text or "'bitwise_xor'" in text:
        return " `^` is no power in Python. `**` is, and `np.exp` takes e to a power."
    return ""


def _of_loose_sizes(line):
    """What belongs into one pair of brackets, or is handed over by its name, stands as an argument of its own."""
    if re.search(r"\bmean\(|\bsum\(|\bstd\(|\bvar\(|\bcumsum\(", line):
        return " What stands behind the axis there is no `keepdims`: that is handed over by its name, `keepdims=…`."
    if re.search(r"\*\w+(\.\w+)*\.shape", line):
        return " The `*` makes several arguments of the shape, and it is one: without the `*`."
    return " What belongs together is one argument, such as a shape: it stands in round brackets of its own."


def _of_none(text, source):
    """Nothing is where a number should be, and a dictionary was asked without saying what it gives then."""
    asked = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call) and len(one.args) == 1
             and getattr(one.func, "attr", "") == "get" and not one.keywords]  # fmt: skip
    if "NoneType" not in text or not asked:
        return ""
    call = ast.unparse(asked[0])
    return f" `{call}` gives None where nothing is there yet. What should be taken then stands behind a comma."


def _of_size(text, line):
    """A size, a place, or a number of rounds that is no whole number."""
    if "'tuple'" in text and (shape := re.search(r"[\w.]+\.shape\b(?!\[)", line)):
        return f" `{shape[0]}` holds one size for each axis: `{shape[0]}[0]` is the first, one whole number."
    kind = text.split("'")[1] if "'" in text else "array"
    came = {"array": "an array", "tuple": "a pair"}.get(kind, f"a {kind}")
    return f" A size or a place is one whole number, and {came} came."


def _not_called(error, line):
    """A function or a method that a line calculates with, in place of calling it; or ""."""
    frame = _frame(error)
    try:
        every = list(ast.walk(ast.parse(line)))
    except SyntaxError:  # one line of several
        return ""
    called = {id(one.func) for one in every if isinstance(one, ast.Call)}
    for one in [one for one in every if isinstance(one, (ast.Name, ast.Attribute)) and id(one) not in called]:
        try:
            on = _value(one.value if isinstance(one, ast.Attribute) else one, frame)
        except LookupError:  # what a call gives: an array, if the method that stands there is one of arrays
            on = np.ndarray if "builtin_function_or_method" in words_of(error) else None
        kind = on if on is np.ndarray else type(on) if type(on) in (np.ndarray, str, list, dict) else None
        method = kind and isinstance(one, ast.Attribute) and callable(getattr(kind, one.attr, None))
        own = isinstance(one, ast.Attribute) and isinstance(getattr(type(on), one.attr, None), types.FunctionType)
        if method or own or (isinstance(one, ast.Name) and isinstance(on, types.FunctionType)):
            return ast.unparse(one)
    return ""


def _number_called(error, line):
    """A number or an array that a line calls; or ""."""
    frame = _frame(error)
    try:
        called = [one.func for one in ast.walk(ast.parse(line)) if isinstance(one, ast.Call)]
    except SyntaxError:  # one line of several
        return ""
    for one in called:
        try:
            if isinstance(_value(one, frame), (int, float, np.ndarray)):
                return ast.unparse(one)
        except (LookupError, TypeError):  # what another call gives
            continue
    return ""


def _of_object(error, line):
    """An object that a line hands on, or calculates with, as if it were a number; or ""."""
    try:
        every = [one for one in ast.walk(ast.parse(line)) if isinstance(one, (ast.Name, ast.Attribute))]
    except SyntaxError:  # one line of several
        return ""
    frame = ([trace.tb_frame for trace in _traces(error)] or [None])[-1]
    kinds = re.findall(r"'(\w+)'", words_of(error))
    deeper = {id(one.value) for one in every if isinstance(one, ast.Attribute)}
    for one in [one for one in every if id(one) not in deeper]:
        try:
            value = _value(one, frame)
        except (LookupError, AttributeError):
            continue
        if type(value).__name__ in kinds and hasattr(value, "__dict__"):
            name, arrays = ast.unparse(one), [key for key, it in vars(value).items() if isinstance(it, np.ndarray)]
            which = f" Which of its arrays is meant: {', '.join(f'`{name}.{key}`' for key in arrays)}?" if arrays else (
                f" `{name}(…)` gives what it works out." * callable(value))  # fmt: skip
            return f" `{name}` is a `{type(value).__name__}`, an object, and no number.{which}"
    return ""


def _of_sequence(error, line):
    """Python's own lists and pairs do not calculate: one of their numbers does, and an array."""
    frame = _frame(error)
    if (one := ONE_NUMBER.search(line)) and words_of(error).startswith(f"{one[1]}() argument"):
        return f" `{one[1]}` makes one number of one text, and here several came at once: turn them one by one."
    for name, value in (frame.f_locals if frame is not None else {}).items():
        if isinstance(value, tuple) and re.search(rf"\b{name}\b(?!\[)", line):
            return f" `{name}` is {short(value)}, several numbers in one: `{name}[0]` is the first of them."
        if isinstance(value, list) and re.search(rf"\b{name}\b(?!\[)", line):
            return f" `{name}` is a list, and lists do not calculate: `np.array({name})` makes an array of it."
    if "multiply sequence" in words_of(error) and "[" in line:
        return " Square brackets make a list, and lists do not calculate: one array at a time does."
    if "multiply sequence" in words_of(error) and (pair := TUPLE_HANDED.search(line)):
        return f" `{pair[1]}` is a tuple, and tuples do not calculate: hand over one array at a time."
    if "'tuple'" in words_of(error) and "unsupported operand" in words_of(error) and "(" in line:
        return " A function that gives back several things gives a tuple: take it apart first, `one, other = …`."
    return ""


def _of_attribute(error, text, source, line):
    if error.name and error.obj is None and (lost := NOTHING_KEPT.search(source)):
        says = f" In `{lost[0]}…)` `{lost[2]}` changes what `{lost[1]}` holds and gives back None, which then takes "
        return f"{says}its place: it stands alone, without `{lost[1]} =`."
    if text.startswith("'tuple' object"):
        if error.name and hasattr(list, error.name):  # Python gives no name where one was to be set
            return " It is a tuple, and that stays as it is: `list(…)` makes a list of it, which can be changed."
        return " Each of them is a pair. Give both parts a name: `for one, other in …`."
    if (kept := KEPT_IN_ARRAY.match(text)) and re.search(rf"\.{kept[1]} *=[^=]", line):
        return " An array keeps nothing under a name of yours: a variable does, or an object of a class."
    if isinstance(error.obj, Generator) and error.name in OLD_DRAWS:
        return f" So `np.random` calls it. A generator has `{OLD_DRAWS[error.name]}`, and a shape is one argument."
    if type(error.obj).__name__ == "NpzFile":
        return " The arrays of a file have their names in square brackets and in quotes: `stored[\"weights1\"]`."
    if isinstance(error.obj, dict) and error.name in ("append", "add", "extend"):
        return " It is a dictionary: what it keeps is put under a key, `memory[key] = value`."
    if isinstance(error.obj, np.ndarray) and error.name in ("get", "setdefault", "items", "keys"):
        return f" An array stands before the dot, and `{error.name}` is what a dictionary has: `{{}}` makes one."
    if isinstance(error.obj, np.ndarray) and error.name in ("append", "add", "extend"):
        return " An array does not grow. Collect the numbers in a list, and make the array of it at the end."
    if isinstance(error.obj, np.ndarray) and callable(getattr(np, error.name or "", None)):
        return f" `np.{error.name}` is a function, no method: the array goes into its brackets, `np.{error.name}(…)`."
    if isinstance(error.obj, np.ndarray) and error.name in ("length", "len"):
        return " `shape` holds the size of each axis, and `len(…)` gives the first of them."
    if error.obj is np and error.name in WRITTEN_HERE:
        return f" NumPy has no `{error.name}`: it is worked out with what NumPy has, such as `np.exp` and `np.maximum`."
    if text.startswith("'NoneType' object has no attribute 'open'"):
        return " The file is closed: below the `with` that has opened it, it is no longer there. Read inside of it."
    frame = _frame(error)
    own, name = (frame.f_locals if frame is not None else {}), error.name or ""
    if name in own:
        return f" There is a variable `{name}`, with nothing before it."
    if error.obj is own.get("self") is not None:
        return _of_self(error.obj, name, source, frame)
    if isinstance(error.obj, type) and isinstance(own.get("self"), error.obj):
        owner = error.obj.__name__
        return f" `{owner}` is the class, of which there may be many objects. This one is `self`: `self.{name}`."
    if name and (added := re.search(rf"\w+\.{name}(?= *[-+*/]=)", line)):
        return f" `{added[0]}` has no value yet that could be changed by that: `=` gives it one."
    if isinstance(error.obj, (int, float, list)) and hasattr(np.ndarray, name) and not hasattr(float, name):
        is_it = {bool: "one True or False", list: "a list"}.get(type(error.obj), "one plain number")
        return f" Arrays have `{name}`. What stands before the dot is {is_it}: `np.array(…)` makes an array of it."
    if isinstance(getattr(builtins, name, None), (type, types.BuiltinFunctionType)):
        return f" `{name}` is a function of Python's own, no method: called with nothing before it, as `{name}(…)`."
    near = _near(name, dir(error.obj)) if error.obj is not None else ""
    if not near and (told := _of_function(name, frame)):
        return told
    held = [one for one in dir(error.obj) if one[0] != "_"] if hasattr(error.obj, "__dict__") else ()
    if not near and 0 < len(held) <= MOST_HELD:
        return f" It has {', '.join(f'`{one}`' for one in held)}."
    return f" It has `{near}`." if near else " Does what stands before the dot have that name?"


def _of_function(name, frame):
    """What was asked of an object is a function of the notebook; or ""."""
    function = frame.f_globals.get(name) if frame is not None else None
    if not isinstance(function, types.FunctionType):
        return ""
    own = ", ".join(function.__code__.co_varnames[: function.__code__.co_argcount])
    return f" `{name}` is a function, no method: it is called with nothing before it, as `{name}({own})`."


def _of_self(thing, name, source, frame=None):
    """What is the matter with an attribute that a learner's own object does not have."""
    every = list(ast.walk(ast.parse(source)))
    stored = [one for one in every if isinstance(getattr(one, "ctx", None), ast.Store)]
    lines = source.splitlines()
    for one in stored:
        if isinstance(one, ast.Attribute) and ast.unparse(one) == f"self.{name}":
            return f" It is made in your line `{lines[one.lineno - 1].strip()}`, and that line has not run yet."
    for one in stored:
        if isinstance(one, ast.Name) and one.id == name:
            return _ends_with_its_method(source, one)
    if told := _of_function(name, frame):
        return told
    made = [it.attr for it in stored if isinstance(it, ast.Attribute) and getattr(it.value, "id", "") == "self"]
    near = _near(name, [*vars(thing), *made])
    if owner := _holder(thing, name):
        return f" `self.{owner}` has one: `self.{owner}.{name}`."
    if near:
        return f" There is `self.{near}`. Is that the same, spelt otherwise?"
    return f" No line of yours gives `self.{name}` a value."


def _holder(thing, name):
    """The attribute of an object that has an attribute of this name itself, or ""."""
    own = getattr(thing, "__dict__", {})
    return next((key for key, value in own.items() if name in getattr(value, "__dict__", {})), "")


def _near(name, names):
    """The one of `names` that is spelt nearly so, or ""."""
    return next(iter(difflib.get_close_matches(name, [one for one in names if one[:1] != "_"], 1, 0.75)), "")


# --- where it happened ---


def _given_in(error, piece):
    """The arguments of the method of the learner's class that stopped, without `self`; None for a function."""
    for trace in reversed(list(_traces(error))):
        code = trace.tb_frame.f_code
        if re.fullmatch(rf"{piece}\.\w+", code.co_qualname):
            return list(code.co_varnames[1 : code.co_argcount])
    return None


def _made_in(name):
    """The number of the exercise whose piece has this name, or ""."""
    return book.pieces().get(name, "")


def line_of(error):
    """The last line of the traceback that the learner wrote: not this package's, not a library's. Of what calls itself
    without end it is the line that does: which one the last place is taken in is chance.
    """
    line = ""
    for trace in _turns(error) or _traces(error):
        line = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).strip() or line
    return quoted(line)


def _traces(error):
    """The places of a traceback that are in lines of the learner's, the outermost first."""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not name.startswith((str(book.FOLDER / "checks"), sys.prefix, sys.base_prefix)):
            yield trace
        trace = trace.tb_next


def _turns(error):
    """The places where a function of the learner's, the one that stands there most often, is called once more."""
    places = list(_traces(error)) if isinstance(error, RecursionError) else []
    often = Counter((place.tb_frame.f_code, place.tb_lineno) for place in places).most_common(1)
    return [place for place in places if (place.tb_frame.f_code, place.tb_lineno) == often[0][0]] if often else []


def _arguments_of(source, method):
    """The names of the arguments of a method, from the text of its class."""
    every = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef) and one.name == method]
    return [one.arg for one in every[0].args.args] if every else []


def _has_self(source, method):
    """Does `self` stand in this method of the learner's class?"""
    return _arguments_of(source, method)[:1] == ["self"]


def _in_method_beside(error, piece):
    """Has the exception come from a method of an object that can itself be called, and not from that call?"""
    frame = _frame(error)
    this = frame.f_locals.get("self") if frame is not None else None
    return type(this).__name__ == piece and callable(this) and frame.f_code.co_name not in ("__call__", "__init__")


def _local(error, name):
    """The value of a variable in the learner's line that the exception comes from."""
    return next((trace.tb_frame.f_locals.get(name) for trace in reversed(list(_traces(error)))), None)


def _nnlibs_own(error, line):
    """A line calls a function of nnlib's where NumPy has one of that name."""
    around = next((one.tb_frame.f_globals | one.tb_frame.f_locals for one in _traces(error)), {})
    for name in re.findall(r"(?<![.\w])(\w+)\(", line):
        if str(getattr(around.get(name), "__module__", "")).startswith("nnlib") and hasattr(np, name):
            return f" `{name}` is nnlib's, which the lesson imports. NumPy's is `np.{name}`."
    return ""


def _is_of(trace, piece):
    return trace.tb_frame.f_code.co_qualname.split(".")[0] == piece


def _in_another(error, piece):
    """`(frame, line)`: the function of the learner's that an exception comes from, where that is another one than the
    piece, and the piece's own line that calls it; `(None, "")` where it comes from the piece itself.
    """
    inner, line = None, ""
    for trace in _traces(error) if not any(_is_of(trace, piece) for trace in _turns(error)) else ():
        code = trace.tb_frame.f_code
        here = quoted(linecache.getline(code.co_filename, trace.tb_lineno))
        if _is_of(trace, piece):
            inner, line = None, here
        elif line and here and "." not in code.co_qualname:
            inner = trace.tb_frame
    return (inner, line) if inner is not None else (None, "")


def _handed_wrong(error, frame, line):
    """Which argument of a function is of another kind than its line asks for: no function, or no place."""
    for one in frame.f_code.co_varnames[: frame.f_code.co_argcount]:
        value = frame.f_locals.get(one)
        if "not callable" in words_of(error) and re.search(rf"\b{one}\(", line) and not callable(value):
            return f" As its `{one}` it was handed {short(value)}, and it needs a function there: its name alone."
        wrong = isinstance(value, float) or (isinstance(value, (np.ndarray, list, tuple)) and np.ndim(value))
        if isinstance(error, IndexError) and wrong and re.search(rf"\[{one}\b", line):
            came = repr(float(value)) if isinstance(value, float) else short(value)
            return f" As its `{one}` it was handed {came}, and it needs a place there: 0, 1, 2 and so on."
    return ""


def _in_what_it_calls(error, line):
    """Where the `@` is in none of the learner's lines: the function that it stands in, and what that was handed."""
    frame = _frame(error)
    if frame is None or frame in [trace.tb_frame for trace in _traces(error)]:
        return ""
    code = frame.f_code
    arrays = {name: frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount]}
    handed = [f"`{name}` of the shape {np.shape(it)}" for name, it in arrays.items() if isinstance(it, np.ndarray)]
    where = "what" if code.co_name == "__call__" else f"`{code.co_name}`, which"
    return f" The `@` stands in {where} that line calls: it was handed {' and '.join(handed)}." if handed else ""


def _put_in_its_place(error, piece, line, source):
    """Which attribute that a line reads is not of the kind that is asked for, and which line may have made it so."""
    words = words_of(error)
    if not any(one in words for one in ("not iterable", "to unpack", "not subscriptable", "has no attribute")):
        return ""
    frames = [one.tb_frame for one in _traces(error) if one.tb_frame.f_code.co_qualname.startswith(f"{piece}.")]
    own = getattr(frames[-1].f_locals.get("self"), "__dict__", {}) if frames else {}
    number, begun = _made_in(piece), {name for method, name, _ in _kept_in(source) if method == "__init__"}
    theirs = _kept_in(book.exercise_cell(number)[0]) if number else ()
    begun -= {name for method, name, _ in theirs if method != "__init__"}
    for method, name, place in _kept_in(source):
        if method != "__init__" and name in begun and name in own and re.search(rf"\bself\.{name}\b", line):
            words = quoted(source.splitlines()[place - 1])
            return f" `self.{name}` is {short(own[name])} there. Has your line `{words}` put that in its place?"
    return ""


def _kept_in(source):
    """`(method, name, line)` wherever a method gives an attribute of `self` a value with `=`."""
    return [(method.name, one.attr, line.lineno) for method in ast.walk(ast.parse(source))
            if isinstance(method, ast.FunctionDef) for line in ast.walk(method) if isinstance(line, ast.Assign)
            for target in line.targets for one in ast.walk(target)
            if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)
            and getattr(one.value, "id", "") == "self"]  # fmt: skip


def _frame(error):
    """The frame in which the exception was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame if trace else None


def _of_itself(error, line):
    """What is asked of an unknown name that the object itself has: `layer.output` inside a class; or ""."""
    frame = _frame(error)
    this = frame.f_locals.get("self") if frame is not None else None
    asked = re.search(rf"\b{re.escape(error.name or '')}\.(\w+)", line) if error.name else None
    return asked[1] if asked and this is not None and asked[1] in dir(this) else ""


def _owner(error):
    """`self`, or another variable of the method or function, that has the missing name as an attribute; or ""."""
    frame = _frame(error)
    variables = dict(frame.f_locals) if frame is not None else {}
    if error.name in dir(variables.get("self")):
        return "self"
    kinds = (types.ModuleType, types.FunctionType, type, np.ndarray, np.generic)
    objects = [name for name, value in variables.items() if hasattr(value, "__dict__") and not isinstance(value, kinds)]
    return next((name for name in objects if error.name in dir(variables[name])), "")


def met(error):
    """The two shapes that a `@` of the learner's could not multiply, or None where they cannot be told."""
    node, frame, _ = _where_raised(error)
    try:
        is_product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)
        return (_shape(node.left, frame), _shape(node.right, frame)) if is_product else None
    except (ValueError, LookupError):
        return None


def _where_raised(error):
    """What the learner wrote that raised the exception: the very node, its frame, and the tree that it stands in."""
    traces = list(_traces(error))
    if not traces or traces[-1].tb_next is not None:
        return None, None, None
    code, frame = traces[-1].tb_frame.f_code, traces[-1].tb_frame
    place = list(code.co_positions())[traces[-1].tb_lasti // 2]
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    except (SyntaxError, ValueError):
        return None, frame, None
    there = (one for one in ast.walk(tree) if isinstance(one, ast.expr) and place == _place(one))
    return next(there, None), frame, tree


def _place(node):
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _of_a_side(error):
    """What stopped stands in a side of `np.where`: is it the side that is chosen? Or ""."""
    node, frame, tree = _where_raised(error)
    for call in ast.walk(tree) if node is not None else ():
        name = getattr(call.func, "attr", getattr(call.func, "id", "")) if isinstance(call, ast.Call) else ""
        if name != "where" or len(call.args) != 3:
            continue
        condition, *sides = call.args
        for side, is_first in zip(sides, (True, False), strict=True):
            if node in ast.walk(side):
                return _of_what_is_chosen(node, frame, condition, is_first)
    return ""


def _of_what_is_chosen(node, frame, condition, is_first):
    """Do numbers stop a side of `np.where` that it is chosen for, or the others alone? "" where it is unknown."""
    try:
        with np.errstate(all="ignore"):
            chosen = np.asarray(_worked_out(condition, frame)) == is_first
            stops = ~np.isfinite(_worked_out(node, frame))
    except (LookupError, TypeError, ValueError):
        return ""
    if not np.any(chosen & stops):
        return " `np.where` works out both of its sides for every number, and chooses only then."
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return f" The side that `np.where` chooses divides by 0 itself: `{ast.unparse(node.right)}` is 0 there."
    return ""


def _zero_below(error):
    """What the learner's line divides by, where that is 0 at some place; or ""."""
    node, frame, _ = _where_raised(error)
    try:
        with np.errstate(all="ignore"):
            divides = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            return ast.unparse(node.right) if divides and np.any(_worked_out(node.right, frame) == 0) else ""
    except (LookupError, TypeError, ValueError):
        return ""


def _worked_out(node, frame):
    """The numbers of an expression of names, numbers, signs and NumPy's functions; LookupError where it has more."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_worked_out(node.operand, frame)
    if isinstance(node, ast.BinOp):
        return WORKS_OUT[type(node.op)](_worked_out(node.left, frame), _worked_out(node.right, frame))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return WORKS_OUT[type(node.ops[0])](_worked_out(node.left, frame), _worked_out(node.comparators[0], frame))
    if isinstance(node, ast.Call) and not node.keywords:
        return WORKS_OUT[ast.unparse(node.func)](*(_worked_out(one, frame) for one in node.args))
    value = _value(node, frame)
    if not isinstance(value, (np.ndarray, np.generic, int, float)):
        raise LookupError
    return value


def _shape(node, frame):
    """The shape of a variable, of an attribute of one, or of what is added or multiplied of them place by place."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
        return np.broadcast_shapes(_shape(node.left, frame), _shape(node.right, frame))
    if isinstance(node, ast.BinOp):
        (*rows, _), (_, *columns) = _shape(node.left, frame), _shape(node.right, frame)
        return (*rows, *columns)
    if isinstance(node, ast.UnaryOp):
        return _shape(node.operand, frame)
    return np.shape(_worked_out(node, frame))


def _value(node, frame):
    """The value of a name, a number, or an attribute that is there without running any code."""
    if isinstance(node, ast.Name):
        return (frame.f_locals if node.id in frame.f_locals else frame.f_globals)[node.id]
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute):
        base = _value(node.value, frame)
        if type(base) is np.ndarray and node.attr == "T":
            return base.T
        return vars(base)[node.attr] if hasattr(base, "__dict__") else {}[node.attr]
    raise LookupError


# --- words ---


def arguments_in(source):
    """The names of the arguments of a function, from its text; none for a class."""
    tree = ast.parse(source)
    first = tree.body[0] if tree.body else None
    return [one.arg for one in first.args.args] if isinstance(first, ast.FunctionDef) else []


def _read_in(source):
    """The names that the lines of a function or class read."""
    tree = ast.parse(source)
    return {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def kind_of(error):
    """The name of the exception, or of what it is made from where that name is no name."""
    names = [kind.__name__ for kind in type(error).__mro__]
    return next(name for name in names if name.isidentifier() and len(name) <= 40)


def words_of(error):
    """What an exception says, without what a page cannot show: it may hold control characters or half a letter."""
    try:
        text = str(error)
    except Exception:
        return "no readable message"
    return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text[:2000])


def shape_or_value(value):
    if isinstance(value, (list, tuple)) and len(short(value)) > 40:
        return f"a {type(value).__name__} of {len(value)}"
    return f"of shape {value.shape}" if isinstance(value, np.ndarray) and value.ndim else f"= {short(value)}"
