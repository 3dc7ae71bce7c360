"""Reading what a learner wrote: is it still blank, what does it use, and its source, to keep a piece that passed.

A kept piece is plain Python text in the learner's own progress folder, one file a piece, with the imports and
helpers that it uses in front. Nothing is pickled.
"""

import ast
import dis
import inspect
import linecache
import re
import textwrap
import types

import numpy as np

from lessons.checks.judge import guard
from nnlib.lines import quoted


def blank_like(piece, stub):
    """Has nothing been written yet? Compares what the code does, so comments and docstrings may differ."""
    if isinstance(stub, type) != isinstance(piece, type):
        return False
    mine, blank = codes_of(piece), codes_of(stub)
    if not mine or mine.keys() != blank.keys():
        return False
    return all(_essence(mine[name]) == _essence(blank[name]) for name in mine)


def names_used(piece):
    """The names outside itself that the code of a function or a class reads or writes."""
    names, waiting = set(), list(codes_of(piece).values())
    if isinstance(piece, type):
        names.update(base.__name__ for base in piece.__bases__)
    while waiting:
        for step in dis.get_instructions(waiting.pop()):
            if step.opname.endswith(("_GLOBAL", "_NAME")):
                names.add(step.argval)
            elif isinstance(step.argval, types.CodeType):
                waiting.append(step.argval)
    return names


def source_of(piece):
    """The text of a function or class as it stands in its cell, or None where it cannot be found."""
    codes = list(codes_of(piece).values())
    name = getattr(piece, "__name__", None)
    if not codes or not name:
        return None
    text = "".join(linecache.getlines(codes[0].co_filename))
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    kinds = ast.ClassDef if isinstance(piece, type) else (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        inside = getattr(node, "lineno", 0) <= codes[0].co_firstlineno <= (getattr(node, "end_lineno", 0) or 0)
        decorated = getattr(node, "decorator_list", [])
        if decorated:
            inside = inside or decorated[0].lineno == codes[0].co_firstlineno
        if isinstance(node, kinds) and node.name == name and inside:
            first = min([node.lineno, *(one.lineno for one in decorated)])
            lines = text.splitlines()[first - 1 : node.end_lineno]
            return textwrap.dedent("\n".join(lines)) + "\n"
    return None


def second_name(piece, argument):
    """A sentence on the line that gives an argument, or a part of it, another name, where the piece changes what has
    that name in place; "" where there is none.
    """
    text = source_of(piece) or ""
    for function in [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)]:
        every = list(ast.walk(function))
        changed = {_whole(one.target) for one in every if isinstance(one, ast.AugAssign)}
        changed |= {_whole(one) for one in every if isinstance(one, ast.Subscript) and isinstance(one.ctx, ast.Store)}
        if argument not in [one.arg for one in function.args.args] or argument in changed:
            continue
        for line in every:
            given = {ast.Assign: "value", ast.For: "iter"}.get(type(line))
            if given and _whole(getattr(line, given)) == argument:
                name = ast.unparse(getattr(line, "targets", [getattr(line, "target", None)])[0])
                if name in changed or name.startswith("self."):  # what an object keeps has more names later
                    words = quoted(text.splitlines()[line.lineno - 1])
                    return f". In your line `{words}` `{name}` is no copy: what changes it changes `{argument}` too"
    return ""


def _whole(node):
    """The variable whose numbers an expression shows, without making new ones: `w`, `w.T`, `w[1:]`, `w.reshape(-1)`."""
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if called in ("asarray", "atleast_2d") and len(node.args) == 1:
            return _whole(node.args[0])
        return _whole(node.func.value) if called in ("reshape", "ravel", "view", "transpose", "squeeze") else ""
    if isinstance(node, ast.Attribute):
        return _whole(node.value) if node.attr == "T" else ""
    if isinstance(node, ast.Subscript):
        return _whole(node.value)
    return getattr(node, "id", "")


class Lines:
    """A learner's own lines as a syntax tree, to be asked whether they are what a sentence says they are."""

    def __init__(self, text):
        self.every = list(ast.walk(ast.parse(text)))
        self.words = {one.id for one in self.every if isinstance(one, ast.Name)}
        self.words |= {one.attr for one in self.every if isinstance(one, ast.Attribute)}
        self.words |= {one.arg for one in self.every if isinstance(one, ast.arg)}

    def uses(self, *words):
        """Does one of these names stand in them, bare or behind a dot?"""
        return not self.words.isdisjoint(words)

    def has(self, *kinds):
        """Is there a node of one of these kinds?"""
        return any(isinstance(one, kinds) for one in self.every)

    def calls(self, function, argument):
        """Is this function called with this name?"""
        return any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == function
                   and [getattr(it, "id", "") for it in one.args] == [argument] for one in self.every)  # fmt: skip

    def has_call(self, function):
        """Is this function called at all?"""
        return any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == function for one in self.every)

    def has_power(self):
        """Is something taken to a power that is no number as it stands?"""
        powers = [one.right for one in self.every if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Pow)]
        return self.uses("power", "pow", "float_power") or any(not isinstance(one, ast.Constant) for one in powers)

    def new_in_a_loop(self):
        """The name that a loop gives to each part of something, where its lines give it to something new; or ""."""
        return next((part.id for loop in self.every if isinstance(loop, ast.For) for one in ast.walk(loop)
                     if isinstance(one, ast.Assign) for part in ast.walk(loop.target) if isinstance(part, ast.Name)
                     and part.id in [getattr(it, "id", "") for it in one.targets]), "")  # fmt: skip

    def numbers(self):
        """The numbers that are written in them."""
        return {one.value for one in self.every if isinstance(one, ast.Constant) and type(one.value) in (int, float)}

    def writes(self, number):
        """Is this number written in them?"""
        return number in self.numbers()

    def times(self, text):
        """How often does this expression stand in them?"""
        return sum(isinstance(one, ast.expr) and ast.unparse(one) == text for one in self.every)

    def names_alone(self):
        """Whether one of them is `self.update`, with nothing that calls it, or `a == b`, with nothing that asks."""
        kinds = ast.Attribute, ast.Compare
        return any(isinstance(one, ast.Expr) and isinstance(one.value, kinds) for one in self.every)

    def calls_in(self, method):
        """The calls within this method, as they stand there: `self(x)`, `self.update()`."""
        return [ast.unparse(one) for holder in self.every if getattr(holder, "name", "") == method
                for one in ast.walk(holder) if isinstance(one, ast.Call)]  # fmt: skip

    def returns(self, kind, method):
        """Does this method give back a node of this kind, as it stands?"""
        return any(isinstance(one, ast.Return) and isinstance(one.value, kind) for holder in self.every
                   if getattr(holder, "name", "") == method for one in ast.walk(holder))  # fmt: skip

    def reads_of_self(self):
        """The attributes of `self` whose value is asked for."""
        stepped = {id(one.target) for one in self.every if isinstance(one, ast.AugAssign)}
        return {one.attr for one in self._of_self() if isinstance(one.ctx, ast.Load) or id(one) in stepped}

    def never_reads(self):
        """The attributes of `self` that are given a value and never read; none where `self` is handed on."""
        known = {id(one.value) for one in self.every if isinstance(one, ast.Attribute)}
        known |= {id(one.func) for one in self.every if isinstance(one, ast.Call)}
        if any(getattr(one, "id", "") == "self" and id(one) not in known for one in self.every):
            return []
        read = self.reads_of_self()
        return [name for name in dict.fromkeys(one.attr for one in self._of_self()) if name not in read]

    def _of_self(self):
        return [one for one in self.every if isinstance(one, ast.Attribute) and getattr(one.value, "id", "") == "self"]

    def changed_of_self(self, method):
        """The attributes of `self` that this method gives a value."""
        inside = {id(one) for holder in self.every if getattr(holder, "name", "") == method for one in ast.walk(holder)}
        return {one.attr for one in self._of_self() if isinstance(one.ctx, ast.Store) and id(one) in inside}

    def assigns_minus(self):
        """Does something become minus something, `x = -y`, as one writes who means `x -= y`?"""
        return any(isinstance(one, ast.Assign) and any(isinstance(it, ast.UnaryOp) and isinstance(it.op, ast.USub)
                   for it in ast.walk(one.value)) for one in self.every)  # fmt: skip

    def count(self, kind):
        return sum(isinstance(one, kind) for one in self.every)

    def goes_round(self):
        """Is there a loop whose rounds are counted by what comes in, or a function inside that may do the same?"""
        loops = [one.iter for one in self.every if isinstance(one, (ast.For, ast.comprehension))]
        counted = {it.id for one in loops for it in ast.walk(one) if isinstance(it, ast.Name)}
        inside = self.has(ast.While, ast.Lambda) or self.count(ast.FunctionDef) > 1
        return inside or bool(counted - {"range", "reversed"})

    def inside(self, outer, inner):
        """Is there a node of the kind `inner` within another one of the kind `outer`?"""
        return any(isinstance(one, inner) and one is not holder for holder in self.every if isinstance(holder, outer)
                   for one in ast.walk(holder))  # fmt: skip

    def stores(self, name):
        """Is there a variable of this name that is given a value?"""
        return any(isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)
                   for one in self.every)  # fmt: skip

    def asks_for(self, attribute):
        """Is the value of an attribute of this name asked for, of whatever object?"""
        return any(isinstance(one, ast.Attribute) and one.attr == attribute and isinstance(one.ctx, ast.Load)
                   for one in self.every)  # fmt: skip

    def fills(self, attribute):
        """Is something written into an attribute of this name, `self.it[:] = …`?"""
        return any(isinstance(one, ast.Subscript) and isinstance(one.ctx, ast.Store)
                   and getattr(one.value, "attr", "") == attribute for one in self.every)  # fmt: skip

    def sets_always(self, attribute, method):
        """Is `self.attribute` set in this method whatever happens: outside of any `if` and loop?"""
        return any(isinstance(one, ast.Attribute) and one.attr == attribute and isinstance(one.ctx, ast.Store)
                   for holder in self.every if isinstance(holder, ast.FunctionDef) and holder.name == method
                   for line in holder.body if isinstance(line, ast.Assign) for one in ast.walk(line))  # fmt: skip

    def throws_away(self):
        """Is there a line that makes something and gives it no name?"""
        return any(isinstance(one, ast.Expr) and isinstance(one.value, (ast.Call, ast.BinOp)) for one in self.every)

    def thrown_away(self):
        """What makes something new that gets no name, a call of NumPy's or an array's or a part `x[…]`; or None."""
        for one in [line.value for line in self.every if isinstance(line, ast.Expr)]:
            if isinstance(one, ast.Subscript):
                return one
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and not one.keywords:
                of_numpy = getattr(one.func.value, "id", "") == "np"
                if one.func.attr not in IN_PLACE if of_numpy else one.func.attr in ANEW:
                    return one
        return None

    def has_bare_braces(self):
        """Is there a text with `{…}` in it and no `f` before it?"""
        inside = {id(part) for one in self.every if isinstance(one, ast.JoinedStr) for part in ast.walk(one)}
        return any(isinstance(one, ast.Constant) and isinstance(one.value, str) and "{" in one.value
                   and id(one) not in inside for one in self.every)  # fmt: skip

    def keys_put(self, attribute):
        """What stands in the brackets where something is put into `self.attribute[…]`: a name as what it is given."""
        names = {one.targets[0].id: ast.unparse(one.value) for one in self.every if isinstance(one, ast.Assign)
                 and isinstance(one.targets[0], ast.Name)}  # fmt: skip
        keys = [ast.unparse(target.slice) for target, _ in self._put(attribute)]
        return {names.get(key, key) for key in keys}

    def puts(self, attribute, name):
        """Is this name part of what is put into `self.attribute[…]`?"""
        return any(getattr(one, "id", "") == name for _, value in self._put(attribute) for one in ast.walk(value))

    def _put(self, attribute):
        return [(target, one.value) for one in self.every if isinstance(one, ast.Assign) for target in one.targets
                if isinstance(target, ast.Subscript) and getattr(target.value, "attr", "") == attribute]  # fmt: skip

    def in_a_loop(self, word):
        """Does this name stand inside a loop?"""
        return any(word in (getattr(one, "id", ""), getattr(one, "attr", "")) for holder in self.every
                   if isinstance(holder, (ast.For, ast.While)) for one in ast.walk(holder))  # fmt: skip

    def one_round(self):
        """The `return` that ends a loop in its first round, whatever comes; None where every loop may go on."""
        loops = [one for one in self.every if isinstance(one, ast.For) and isinstance(one.body[-1], ast.Return)]
        going = [one for one in loops if not any(isinstance(it, ast.Continue) for it in ast.walk(one))]
        return going[0].body[-1] if going else None

    def minus_zero(self):
        """`x[-i]` in a loop whose i begins at 0, as it stands there; or ""."""
        for loop in (one for one in self.every if isinstance(one, ast.For) and isinstance(one.target, ast.Name)):
            name = loop.target.id
            if not re.fullmatch(r"range\([^,]*(\(.*\))?\)", ast.unparse(loop.iter)):
                continue
            for one in ast.walk(loop):
                if isinstance(one, ast.Subscript) and ast.unparse(one.slice) == f"-{name}":
                    return ast.unparse(one)
        return ""

    def returns_in_a_loop(self):
        return self.inside((ast.For, ast.While), ast.Return)


IN_PLACE = {"copyto", "put", "place", "putmask", "put_along_axis", "fill_diagonal", "seterr", "set_printoptions"}
ANEW = {"reshape", "astype", "clip", "copy", "transpose", "ravel", "flatten", "round", "mean", "sum", "max", "dot"}
LOOPS = (ast.For, ast.While, ast.comprehension)
DIVIDING = ("mean", "average", "divide", "true_divide", "std", "var", "reciprocal", "floor_divide")
CLAIMS = (  # what a sentence says of somebody's lines, and whether they are so
    (re.compile(r"`return.*inside"), Lines.returns_in_a_loop),
    (re.compile(r"[Rr]ound of the loop|[Tt]he loop|[Yy]our loop|a loop"), lambda lines: lines.has(*LOOPS)),
    (re.compile(r"`range`"), lambda lines: lines.uses("range", "arange")),
    (re.compile(r"[Yy]ou divide|Python divides"), lambda lines: lines.count(ast.Div) or lines.uses(*DIVIDING)),
    (re.compile(r"Python multiplies"), lambda lines: lines.count(ast.Mult) or lines.count(ast.MatMult)),
)
SENTENCES = re.compile(r"(?<=[.?!:]) +")


def founded(says, lines):
    """`says` without the sentences about lines that are not there; "" where nothing is left."""
    if lines is None:
        return says
    unfounded = [one for one in SENTENCES.split(says)
                 if any(words.search(one) and not true(lines) for words, true in CLAIMS)]  # fmt: skip
    for one in unfounded:
        before, _, after = (part.strip() for part in says.partition(one))
        if one.endswith(":"):  # what it opened is a sentence of its own now
            after = after[:1].upper() + after[1:]
        says = f"{before} {after}".strip()
    return f"{says[:-1]}." if says.endswith(":") else says


def lines_of(piece):
    """The `Lines` of a function or class, or None where they cannot be found."""
    text = source_of(piece)
    return Lines(text) if text else None


def whole_source(piece, namespace):
    """Source of a piece with everything it uses from the notebook, and the names that could not be taken along.

    Imports, functions, classes and plain constants come along; an array or another object does not: a piece that
    leans on one is not whole.
    """
    parts, missing, seen = [], [], set()

    def take(name, value):
        if name in seen:
            return
        seen.add(name)
        line = _import_line(name, value)
        if line:
            parts.append(line)
        elif isinstance(value, (types.FunctionType, type)):
            text = source_of(value)
            if text is None or value.__name__ != name:
                missing.append(name)
                return
            for used in sorted(names_used(value) & namespace.keys()):
                if not used.startswith("__"):
                    take(used, namespace[used])
            parts.append("\n\n" + text)
        elif isinstance(value, (bool, int, float, str, type(None))):
            parts.append(f"{name} = {value!r}\n")
        else:
            missing.append(name)

    take(piece.__name__, piece)
    imports = [part for part in parts if part.startswith(("import ", "from "))]
    return "".join([*imports, *(part for part in parts if part not in imports)]), missing


def runs_alone(task, text):
    """Whether the text of a piece passes its check without the notebook that it was written in."""

    def defined():
        names = {"__name__": f"my_pieces_{task.piece}"}
        exec(compile(text, f"<text of {task.piece}>", "exec"), names)
        return names[task.piece]

    piece = guard.run(defined).value
    return piece is not None and task.judge({task.piece: piece}).outcome == "PASSED"


def _import_line(name, value):
    if isinstance(value, types.ModuleType):
        return f"import {value.__name__} as {name}\n" if value.__name__ != name else f"import {name}\n"
    module = getattr(value, "__module__", None)
    home = getattr(value, "__name__", None)
    if isinstance(value, np.ufunc):
        module, home = "numpy", value.__name__
    importable = isinstance(module, str) and module.split(".")[0] in ("numpy", "math", "nnlib", "lessons", "functools")
    if importable and home and not module.startswith("lessons.solutions"):
        return f"from {module} import {home}" + (f" as {name}\n" if name != home else "\n")
    return None


def codes_of(piece):
    """The code objects of a function, or of every method of a class, by name."""
    piece = inspect.unwrap(piece) if isinstance(piece, types.FunctionType) else piece
    if isinstance(piece, types.FunctionType):
        return {"": piece.__code__}
    if isinstance(piece, type):
        members = {name: getattr(value, "__func__", value) for name, value in vars(piece).items()}
        members = {name: value.fget if isinstance(value, property) else value for name, value in members.items()}
        functions = {name: value for name, value in members.items() if isinstance(value, types.FunctionType)}
        return {name: value.__code__ for name, value in functions.items() if not name.startswith("__annotate")}
    return {}


def _essence(code):
    return [
        (step.opname, _essence(step.argval) if isinstance(step.argval, types.CodeType) else repr(step.argval))
        for step in dis.get_instructions(code)
    ]
