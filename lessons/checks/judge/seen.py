"""What is seen in a learner's lines alone, where an answer is wrong: a `return` in a loop, dots left over."""

import ast
import dis
import linecache
import re
import sys

from lessons.checks.judge.compare import NOT_FINITE, Finding
from lessons.checks.judge.learner import codes_of, lines_of, source_of
from nnlib.lines import quoted

IN_PLACE = re.compile(r"\.(append|extend|insert|update|sort|reverse|shuffle|fill|copyto|savez|save)\(")


def arguments_of(piece):
    """The names of the arguments of a function, or of all methods of a class."""
    functions = vars(piece).values() if isinstance(piece, type) else [piece]
    codes = [one.__code__ for one in functions if hasattr(one, "__code__")]
    return {name for code in codes for name in code.co_varnames[: code.co_argcount]}


def nth_argument(piece, names, name):
    """What a function itself calls the argument that a case calls `name`."""
    code = getattr(piece, "__code__", None)
    place = names.index(name)
    return code.co_varnames[place] if code and place < code.co_argcount else name


def not_finite_in(piece):
    """Where nan or infinity may come from, of what the learner's own lines hold."""
    every = vars(piece).values() if isinstance(piece, type) else [piece]
    functions = [one for one in every if hasattr(one, "__code__")]
    used = {name for one in functions for name in one.__code__.co_names}
    written = {text for one in functions for text in one.__code__.co_consts if isinstance(text, str)}
    if any(hasattr(one.__globals__.get(name), "__code__") for one in functions for name in used):
        return NOT_FINITE  # other functions of theirs have a part in it
    signs = [sign for one in functions for sign in dis.get_instructions(one) if sign.opname == "BINARY_OP"]
    found = [words for words, made in (
        ("a division by 0", any(sign.argrepr in ("/", "/=") for sign in signs)),
        ("a logarithm of 0", bool(used & {"log", "log2", "log10"})),
        ("an exponential of a large number", "exp" in used),
        ("an `inf` or `nan` that you wrote", bool((used | written) & {"inf", "nan"})),
    ) if made]  # fmt: skip
    return f"Look for {' or '.join(found)}." if found else NOT_FINITE


def ends_at_once(piece):
    """The learner's `return` that ends a loop in its first round, whatever comes; or ""."""
    lines = lines_of(piece)
    line = lines.one_round() if lines else None
    return quoted(source_of(piece).splitlines()[line.lineno - 1]) if line else ""


def minus_zero(piece):
    """A place counted from behind that begins at the front, as a finding; or None."""
    lines = lines_of(piece)
    if not lines or not (read := lines.minus_zero()):
        return None
    first = re.sub(r"\[-\w+\]$", "[0]", read)
    return Finding("minus-zero", f"Your loop begins at 0, and there `{read}` is `{first}`: −0 is 0. From behind one "
                   "counts −1, −2 and so on.")  # fmt: skip


def returns_sometimes(piece, said):
    """The learner's line with a `return` that stands inside an `if` or a loop, where no other stands outside; or ""."""
    tree = ast.parse(source_of(piece) or "")
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)
                 and (one in tree.body or f"`{one.name}`" in said)]  # fmt: skip
    if not functions or any(isinstance(one, ast.Return) for one in functions[0].body):
        return ""
    inside = [it for one in functions[0].body if isinstance(one, (ast.If, ast.For, ast.While)) for it in ast.walk(one)]
    found = [one for one in inside if isinstance(one, ast.Return) and one.value is not None]
    return quoted(source_of(piece).splitlines()[found[0].lineno - 1]) if found else ""


def none_returned(piece, said, call):
    """What to say of the learner's `return` that is met when `call` is made, and gives back None; or ""."""
    met, before = [], sys.gettrace()
    files = {code.co_filename for code in codes_of(piece).values()}
    named = {getattr(piece, "__name__", ""), *re.findall(r"`(\w+)`", said)}

    def look(frame, event, value):
        if frame.f_code.co_filename not in files or frame.f_code.co_name not in named:
            return None
        if event == "return" and value is None:
            met.append(linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip())
        return look

    sys.settrace(look)
    try:
        call()
    except (Exception, SystemExit):
        return ""
    finally:
        sys.settrace(before)
    found = re.search(r"\breturn\b *(.*)", met[-1]) if met else None
    if not found:
        return ""
    line, value = quoted(met[-1]), found[1].partition("#")[0].strip()
    if value in ("", "None"):
        return f"here your line `{line}` is met, and it gives back nothing. What should come back there?"
    if value.isidentifier() and (first := re.search(rf"\b{value} = None\b", source_of(piece) or "")):
        left = f"as `{first[0]}` has left it"
        return f"here `{value}` is still None in your line `{line}`, {left}. What should come back then?"
    made = re.search(rf"^\s*{value} = (.*)", source_of(piece) or "", re.MULTILINE) if value.isidentifier() else None
    does = IN_PLACE.search(made[1] if made else value)
    told = f" `{does[1]}` does its work, and gives nothing back." if does else ""
    return f"here `{value}` is None, in your line `{line}`.{told}"


def one_for_all(piece):
    """The learner's `if` that asks about one number of an argument, `… if labels[0, 0] == 1 else …`; or ""."""
    text = source_of(piece) or ""
    for function in [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)]:
        own = {one.arg for one in function.args.args}
        for one in [one for one in ast.walk(function) if isinstance(one, (ast.If, ast.IfExp))]:
            for part in [it for it in ast.walk(one.test) if isinstance(it, ast.Subscript)]:
                whole, places = part, []
                while isinstance(whole, ast.Subscript):
                    places += whole.slice.elts if isinstance(whole.slice, ast.Tuple) else [whole.slice]
                    whole = whole.value
                numbers = all(isinstance(place, ast.Constant) and type(place.value) is int for place in places)
                if numbers and len(places) > 1 and getattr(whole, "id", "") in own:
                    return quoted(text.splitlines()[one.lineno - 1])
    return ""


def code_of(text):
    """The lines of a text as Python writes them, without those that only say something."""
    tree = ast.parse(text)
    for one in ast.walk(tree):
        if isinstance(one, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(one):
            one.body = one.body[1:] or [ast.Pass()]
    return ast.unparse(tree).splitlines()


def with_dots(piece):
    """The name of the function, or of the method of a class, in whose lines a `...` still stands alone; or ""."""
    for one in ast.walk(ast.parse(source_of(piece) or "")):
        if isinstance(one, ast.FunctionDef) and any(isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
                                                    and line.value.value is ... for line in one.body):  # fmt: skip
            return one.name
    return ""
