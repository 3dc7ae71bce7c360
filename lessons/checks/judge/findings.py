"""Every name that a finding can have, read off the checks themselves, for whoever counts findings.

A name is written where a finding is made (`Finding("transposed", …)`) or where a mistake is declared. Some carry a part
that only the answer knows, as `raises-NameError`; there the list holds a pattern. Nothing is listed by hand, so a new
mistake is on the list the moment it is declared.
"""

import ast
import functools
import re
from pathlib import Path

import nnlib.lines

CHECKS = Path(__file__).resolve().parents[1]
LINES = Path(nnlib.lines.__file__).parent  # what is found in a learner's own lines
MAKERS = {"Finding", "failed", "Mistake", "Slip", "bent"}  # what is called with a name first
LONGEST = 120  # characters: two slips at once have both their names
ANY = r"[\w'-]+"


def is_name(text):
    """Whether a check of this course can name a finding so; two slips at once are joined by `+`."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return False
    words, patterns = names()
    return all(part in words or any(one.fullmatch(part) for one in patterns) for part in text.split("+"))


@functools.cache
def names():
    """`(words, patterns)`: the names that are whole in the source, and those with a part that the answer fills."""
    words, patterns = set(), set()
    for path in sorted([*CHECKS.rglob("*.py"), *LINES.rglob("*.py")]):
        for written in _written(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(written, ast.Constant) and isinstance(written.value, str):
                words.update(written.value.split("+"))
            elif isinstance(written, ast.JoinedStr):
                patterns.add(
                    "".join(re.escape(p.value) if isinstance(p, ast.Constant) else ANY for p in written.values)
                )
    words = {word for word in words if re.fullmatch(ANY, word)}
    return frozenset(words), tuple(re.compile(one) for one in sorted(patterns) if one != ANY and "\\ " not in one)


def _written(tree):
    """The expressions of a module that stand where a name belongs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS and node.args:
            yield from _choices(node.args[0], tree)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):  # the small slips
            yield from _choices(node.value.elts[0], tree)
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3:  # (value, name, says) of an `Answer`
            value, name, says = node.elts
            if _is_text(name) and _is_text(says) and " " in says.value and not _is_text(value):
                yield name
            elif isinstance(name, ast.Lambda) and _is_text(value) and _is_text(says):  # (name, rule, says)
                yield value


def _choices(node, tree):
    """What an expression may be: both arms of a condition, and whatever a variable is given anywhere."""
    if isinstance(node, ast.IfExp):
        yield from (*_choices(node.body, tree), *_choices(node.orelse, tree))
    elif isinstance(node, ast.Name):
        given = [one.value for one in ast.walk(tree) if isinstance(one, ast.Assign) for target in one.targets
                 if getattr(target, "id", "") == node.id]  # fmt: skip
        pairs = [(target, one.value) for one in ast.walk(tree) if isinstance(one, ast.Assign) for target in one.targets
                 if isinstance(target, ast.Tuple) and isinstance(one.value, ast.Tuple)]  # fmt: skip
        given += [value for target, values in pairs for name, value in zip(target.elts, values.elts, strict=False)
                  if getattr(name, "id", "") == node.id]  # fmt: skip
        for value in given:
            if not isinstance(value, ast.Name):
                yield from _choices(value, tree)
    else:
        yield node


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
