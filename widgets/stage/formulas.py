"""Formulas: the equation of a tape's moment, with the values that stand in it.

nnlib writes its formulas in its docstrings, in the words of the code (`grad_weights = grad_output @ inputs.T / m`);
for a learner's own class the formula is the code that ran. Either way every name in it that the tape has a value
for becomes a term with its shape and its numbers.
"""

import inspect
import re
from dataclasses import dataclass

from widgets.stage import confirmed
from widgets.stage.figures import bracketed

NAME = re.compile(r"[A-Za-z_]\w*(?:\.T)?")
WORD = re.compile(r"(?<![\w.])(?:self\.)?([A-Za-z_]\w*)\b(?!\s*\()")
"""A word of the code that is not called, and no attribute but of `self`."""
RESULT = {
    "__call__": ("output",),
    "loss": ("loss",),
    "loss.gradient": ("gradient", "grad_z"),
    "backward": ("grad_inputs",),
    "update": ("parameters",),
}
"""What a method gives, as its formula calls it."""
GIVEN = {
    "__call__": ("inputs",),
    "loss": ("output", "labels"),
    "loss.gradient": ("output", "labels"),
    "backward": ("grad_output",),
    "parameter_gradients": ("grad_output",),
}
"""What a method is called with: a learner may name the arguments otherwise."""


@dataclass(frozen=True)
class Equation:
    """`result = …`, the right side cut into texts and names of values; `text` is the whole."""

    result: str
    pieces: tuple

    @property
    def text(self):
        return f"{self.result} = " + "".join(name for _, name in self.pieces)

    def called(self, own):
        """The same, with the learner's own names, `{value: name}`."""
        return Equation(self.result, tuple((kind, in_own(name, own) if kind == "value" else name)
                                           for kind, name in self.pieces))  # fmt: skip

    def shapes(self, values):
        """The right side with shapes for names, and the shape of the result behind an arrow."""
        told, result = self._with(values, shape_text), values.get(self.result)
        if not told:
            return shape_text(result) if result is not None else ""
        return f"{told} → {shape_text(result)}" if result is not None else told

    def numbers(self, values, row, column):
        """The right side with the number at [row, column] of each value for its name."""

        def number(array):
            if array.ndim != 2 or row >= len(array) or column >= array.shape[1]:
                return shape_text(array)
            return bracketed(array[row, column])

        return self._with(values, number)

    def _with(self, values, told):
        """The right side with `told(value)` for each name, and the counts m and k in figures."""
        m = next((values[n].shape[1] for n in ("inputs", "output", "grad_output") if n in values), None)
        counts = {"m": m, "k": values["output"].shape[0] if "output" in values else None}
        return "".join(
            told(value_of(values, name)) if kind == "value"
            else NAME.sub(lambda match: str(counts.get(match[0]) or match[0]), name)
            for kind, name in self.pieces
        )  # fmt: skip


def equations(moment, owner):
    """The equations of `moment`, a moment of a `Tape`; `owner` is the part, loss or optimiser that ran.

    A right side that the recorded values do not confirm is left empty: nothing false is shown.
    """
    own, names = not type(owner).__module__.startswith("nnlib."), aliases(moment, owner)
    written = ([] if own else from_docstring(moment, type(owner))) or from_source(moment, owner)
    results = list(dict.fromkeys(result for result, _ in written))
    if moment.method == "parameter_gradients":
        results = [name for name in moment.values if name.startswith("grad_") and name != "grad_output"]
    told = []
    for result in results:
        tried = [right.split(",  f'(z) =")[0] for name, right in written if name == result]
        tried += [right for _, right in confirmed.followed(moment, owner, [result])] if own else []
        true = [right for right in tried if confirmed.holds(right, result, moment.values, names, owner)]
        told.append(Equation(result, cut(true[0] if true else "", moment.values, names)))
    return told


def from_docstring(moment, kind):
    """(result, right side) of each formula in the class's docstring that `moment` computes."""
    text = next((cls.__doc__ for cls in kind.__mro__ if cls.__doc__), "")
    gradients = tuple(name for name in moment.values if name.startswith("grad_") and name != "grad_output")
    wanted = RESULT.get(moment.method, gradients)
    if moment.method == "update":
        return from_rule(moment, text)
    names = "|".join(map(re.escape, wanted))
    found = re.findall(rf"^ {{8}}({names})\s+=\s+(.+?)(?:\s{{2,}}.*)?$", text, re.MULTILINE)
    if moment.method == "loss.gradient":
        one = moment.values["output"].shape[0] == 1  # nothing to divide by
        found = [("grad_output", re.sub(r"^\(([^()]*)\) / k$|(.) / k$", r"\1\2", right) if one else right)
                 for _, right in found]  # fmt: skip
    slope = {"__call__": r"f\(z\)", "backward": r"f'\(z\)"}.get(moment.method)
    if not found and slope:
        match = re.search(rf"(?:^|\s){slope} = (.+?)(?:\s{{3,}}|$)", text, re.MULTILINE)
        if match and moment.method == "__call__":
            found = [("output", re.sub(r"\bz\b", "inputs", match[1]))]
        elif match:
            found = [("grad_inputs", f"grad_output * f'(inputs),  f'(z) = {match[1]}")]
    return found


def from_rule(moment, text):
    """An optimiser's formula, once for each parameter of the part."""
    match = re.search(r"^\s+parameters -= (.+?)$", text or "", re.MULTILINE)
    right = match[1] if match else "step(gradients)"
    names = [name.removesuffix("_before") for name in moment.values if name.endswith("_before")]
    return [(name, f"{name}_before - " + re.sub(r"\bgradients\b", f"grad_{name}", right)) for name in names]


def from_source(moment, owner):
    """(result, right side) read off the code that ran."""
    if moment.method == "update":
        return confirmed.stepped(moment, owner) or from_rule(moment, None)
    result = {"loss.gradient": "grad_output"}.get(moment.method) or RESULT.get(moment.method, ("grad_weights",))[0]
    if moment.source is None:
        return [(result, type(owner).__name__ + "(…)")]
    lines = moment.source.lines[moment.source.formula_start : moment.source.formula_stop]
    found = []
    for statement in statements(lines):
        match = re.match(r"(?:self\.)?(\w+)(?:\[[^\]]*\])?\s*=(?!=)\s*(.+)", statement)
        if statement.startswith("return "):
            found.append((result, statement[7:]))
        elif match and (match[1] in moment.values or len(lines) == 1):
            found.append((match[1] if match[1] in moment.values else result, match[2]))
    return [(left, right.replace("self.", "")) for left, right in found] or [(result, moment.source.formula)]


def statements(lines):
    """Whole statements: lines without comments, joined where a bracket is still open."""
    open_ = ""
    for line in lines:
        open_ = f"{open_} {line.split('  #')[0].strip()}".strip()
        if sum(map(open_.count, "([{")) <= sum(map(open_.count, ")]}")):
            yield open_
            open_ = ""


def words(lines, moment, owner, result, given=()):
    """Each source line cut into [text, names of the values it stands for]; `return` stands for the result.

    `given` are the arguments of a function that the method calls, with what it is called with.
    """
    names = aliases(moment, owner) | {name: name for name in moment.values} | {"return": result}
    names |= {one: names[value] for one, value in dict(given).items() if value in names}
    if moment.method == "update" and moment.source is not None:
        moved = [name for name in moment.values if f"{name}_before" in moment.values]
        given = (" ".join(f"{name}_before {name}" for name in moved), " ".join(f"grad_{name}" for name in moved))
        names |= dict(zip(arguments(getattr(type(owner), moment.source.method, None)), given, strict=False))
    cut_lines = []
    for line in lines:
        pieces, end = [], 0
        for word in WORD.finditer(line.split("  #")[0]):
            if word[1] in names:
                pieces += [[line[end : word.start(1)], ""], [word[1], names[word[1]]]]
                end = word.end()
        cut_lines.append([piece for piece in [*pieces, [line[end:], ""]] if piece[0]])
    return cut_lines


def aliases(moment, owner):
    """The learner's names of the arguments, to the names of the values."""
    name = moment.method.removeprefix("loss.").replace("loss", "__call__")
    ran = moment.source.method if moment.source is not None else name
    both = (ran, name) if ran in GIVEN else (name, ran)  # one `backward` may do the work of two, also beside nnlib's
    method = next((found for one in both if (found := getattr(type(owner), one, None))), None)
    return dict(zip(arguments(method), GIVEN.get(moment.method, ()), strict=False))


def own_names(moment, owner, given=()):
    """`{value: its name}` of the arguments that the lines of the learner's call otherwise than nnlib.

    `given` are the arguments of a function that the method calls, with what it is called with.
    """
    outer = aliases(moment, owner)
    inner = {name: outer.get(value, value) for name, value in dict(given).items()}
    usual = GIVEN.get(moment.method, ())
    return {value: name for name, value in (outer | inner).items()
            if value in usual and value in moment.values and name not in moment.values}  # fmt: skip


def in_own(name, own):
    """A value's name as the learner has it; `.T` stays."""
    plain = name.removesuffix(".T")
    return own.get(plain, plain) + name[len(plain) :]


def arguments(method):
    """The names of a method's arguments after `self`; none for what has no signature."""
    try:
        return list(inspect.signature(method).parameters)[1:]
    except (TypeError, ValueError):
        return []


def cut(right, values, other_names):
    """The right side as ("text", …) and ("value", name) pieces."""
    pieces, end = [], 0
    for match in NAME.finditer(right):
        plain = match[0].removesuffix(".T")
        name = plain if plain in values else other_names.get(plain)
        if name not in values or right[match.start() - 1 : match.start()] == ".":
            continue
        if right[match.end() : match.end() + 1] == "(":
            continue
        pieces += [("text", right[end : match.start()]), ("value", name + match[0][len(plain) :])]
        end = match.end()
    pieces.append(("text", right[end:]))
    return tuple(piece for piece in pieces if piece[1])


def value_of(values, name):
    """The value called `name`, turned round for `name.T`."""
    return values[name[:-2]].T if name.endswith(".T") else values[name]


def shape_text(array):
    return str(tuple(array.shape)) if array.ndim else f"{float(array):.4g}"
