"""A cell that was run too early says which cell to run first; one of an older copy, how the present one is had.

What nnlib or an explorer refuses is told with the learner's own line and the sentence, without lines of the course.

Python's own message is `NameError: name 'x_train' is not defined`. Below it stands, in the lessons, where the
name is made. An update of the course never touches a learner's own copy of a lesson; where such a copy asks nnlib for
something that stands elsewhere now, the note below the error names `reset`.
"""

import ast
import linecache
import os
import re
import sys
from pathlib import Path

from lessons.checks.remember import book
from lessons.checks.speak.report import Report
from widgets.stage.failure import OURS, is_refusal

COMMANDS = {
    "check", "checkpoint", "hint", "mine_or_reference", "pack", "predict", "require_passed", "reset", "reveal",
    "solution", "status", "unpack",
}  # fmt: skip
"""What `lessons.checks` has to offer; its `__all__` cannot be asked from here, since it imports this room."""


OLDER = {"save": "save(model, path)", "load": "load(path)", "export_pytorch": "export_pytorch(model)"}
"""method of `NeuralNetwork` in version 0.1.0: the function of `nnlib` that it is now."""


def help_with_errors():
    """In a notebook, add the note to such errors, and take lines of ours from refusals. Elsewhere, do nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc((NameError, ImportError, AttributeError, ValueError, TypeError, OSError), _show)


def where(name, lesson=None):
    """The sentence that says where `name` is made, or None.

    Of a known `lesson` its own cells are named alone: what another one's kernel holds is not here.
    """
    if name in COMMANDS:
        return f"`{name}` comes with `from lessons.checks import {name}`. The first cell of a lesson has such a line."
    found = {one: cell for one in ([lesson] if lesson else book.paths()) if (cell := _cell_of(name, one))}
    if len(found) == 1:
        [(one, (heading, first))] = found.items()
        cell = "the cell" if lesson else f"the cell of lesson {one}"
        return (
            f"`{name}` is made under {heading}, in {cell} that begins with `{first}`. Run that cell, then this one "
            "again. Run ▸ Run All Above Selected Cell runs everything above."
        )
    if not lesson or found:
        return None
    number = book.pieces().get(name, "99")
    if number[:2] < lesson:
        brings = f'`{name} = mine_or_reference("{name}")`'
        return f"`{name}` is the piece of {number}: {brings}, in a cell of this notebook, brings it."
    if any(_cell_of(name, one) for one in book.paths()):
        return f"No cell of this lesson makes `{name}`. Does the text only speak of it?"
    return None


def _cell_of(name, lesson):
    """`(heading, first line)` of the first cell of a lesson that makes `name`; None where none does."""
    if lesson in book.paths():
        heading = "the beginning"
        for cell in book.fresh(book.solved(lesson))["cells"]:
            text = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                headings = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
                heading = f"the heading “{headings[-1]}”" if headings else heading
            elif name in _made_by(text):
                return heading, text.splitlines()[0]
    return None


def current_lesson():
    """The number of the notebook that this kernel belongs to, if the server says so."""
    stem = Path(os.environ.get("JPY_SESSION_NAME", "")).stem
    return stem[:2] if stem[:2].isdigit() else None


def _show(shell, kind, error, trace, tb_offset=None):
    note = None
    if isinstance(error, NameError):
        note = (_letter(error.name, trace) or where(error.name, current_lesson())) if error.name else None
    elif isinstance(error, ImportError | AttributeError):
        note = older(error)
    elif is_refusal(error):
        end_with_the_learner(trace)
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    if note:
        Report("NOTE", "", (note,)).show()


def end_with_the_learner(trace):
    """Cut a traceback below the last line that is not the course's; the exception keeps what is left."""
    last = at = trace
    while at is not None:
        if not at.tb_frame.f_code.co_filename.startswith(OURS):
            last = at
        at = at.tb_next
    last.tb_next = None


def older(error):
    """The sentence for an import or a method that nnlib, the explorers or the checks do not have any more, or None."""
    if isinstance(error, ImportError):
        if (error.name or "").partition(".")[0] not in ("nnlib", "widgets", "lessons"):
            return None
        there = "is not there" if isinstance(error, ModuleNotFoundError) else "has no such name"
        moved = f"`{error.name}` {there}"
    else:
        owner = error.obj if isinstance(error.obj, type) else type(error.obj)
        if error.name not in OLDER or (owner.__module__, owner.__name__) != ("nnlib.model", "NeuralNetwork"):
            return None
        moved = f"`{error.name}` is a function now: `from nnlib import {error.name}`, then `{OLDER[error.name]}`"
    number = current_lesson()
    reset = f'`reset("{number}")`' if number else "`reset` with the lesson's number"
    return (f"{moved}. If this notebook is an older copy of a lesson, {reset} brings its present form, and keeps yours "
            "as a backup.")  # fmt: skip


def letters_moved(task):
    """The sentence for a question whose answers stand at other letters in the learner's own copy, or None."""
    own, now = book.asked_in(os.environ.get("JPY_SESSION_NAME", ""), task.number), book.options(task.number)
    if not any(now.get(letter, text) != text and text in now.values() for letter, text in own.items()):
        return None
    return (
        f"In your copy of this lesson the answers to {task.number} stand at other letters than today, so yours would "
        f'be taken for another one. `reset("{task.number[:2]}")` brings the present form, and keeps yours as a backup.'
    )


def last_was_no_python(task):
    """Is the newest cell that would make what an exercise asks for one that Python could not read? Then its text."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    made = [re.escape(name) for name in (getattr(task, "piece", None), *getattr(task, "names", ())) if name]
    if shell is None or not made:
        return ""
    makes = re.compile(rf"^((def|class)\s+)?({'|'.join(made)})\b(?!\()|^(def|class)\s+({'|'.join(made)})\b", re.M)
    for cell in reversed(shell.history_manager.input_hist_parsed[-50:]):
        if makes.search(cell):
            try:
                ast.parse(cell)
            except SyntaxError:
                return cell
            return ""
    return ""


SIGNS = dict(zip("−–·×÷≤≥“”„’‘", ("-", "-", "*", "*", "/", "<=", ">=", '"', '"', '"', "'", "'"), strict=True))


def why_no_python(cell):
    """Why Python could not read a cell, in a sentence: the usual reasons by name, any other in Python's words."""
    if comma := re.search(r"= *([-−]?\d+,\d+) *$", cell, re.M):
        return f"`{comma[1]}`: a comma makes two numbers in Python. Write a decimal point."
    if changed := re.search(r"\breturn\b.*?([-+*/@]=).*", cell):
        return (f"`{changed[0].strip()}`: `{changed[1]}` changes something and has no value of its own that could be "
                "returned. Make two lines of it.")  # fmt: skip
    try:
        ast.parse(cell)
    except SyntaxError as error:
        line = (cell.splitlines()[(error.lineno or 1) - 1 :] or [""])[0].strip()[:120]
        sign = re.match("invalid character '(.)'", error.msg)
        if sign and sign[1] in SIGNS:
            return f"`{line}`: `{sign[1]}` is a sign of books. Python's is `{SIGNS[sign[1]]}`."
        return f"Python stops at `{line}`: {error.msg}." if line else f"Python says: {error.msg}."
    return ""


def _letter(name, trace):
    """The note for a letter that was handed to a command of the checks without its quotes, or None."""
    while len(name) == 1 and trace is not None:
        line = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        if called := re.search(rf"\b({'|'.join(sorted(COMMANDS))})\([^)]*\b{name}\b", line):
            return f"A letter is a text and stands in quotes: `{called[1]}(…, \"{name}\")`."
        trace = trace.tb_next
    return None


def _made_by(text):
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return set()
    made = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        else:
            made |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return made
