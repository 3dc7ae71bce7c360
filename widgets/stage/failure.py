"""Failure: an exception told as a learner needs it: what, in which line of whose code."""

import linecache
import os
import sys
import traceback

import traitlets

from widgets.stage.border import BorderError

COURSE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
OURS = (os.path.join(COURSE, "widgets"), os.path.join(COURSE, "nnlib"))


def explain(error):
    """`error` as plain values: `kind`, `message`, and `where`, `line`, `source` of the line to look at.

    That line is the last one in code that is neither a library's nor this course's: the learner's own. Without
    one, it is the line that raised, but for what is refused, whose sentence is enough. `yours` says which of the two.
    """
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    own = [place for place in frames if is_learners(place[0])]
    refused = isinstance(error, traitlets.TraitError)
    kind = "This value is not taken" if refused else type(error).__name__
    if not own and is_refusal(error) and type(error) in (ValueError, TypeError, RuntimeError):
        kind = "This cannot be done"  # Python's word says nothing to whoever pressed a button
    if isinstance(error, BorderError):
        return {"kind": "What came back", "message": words_of(error), "border": True} | where_it_stands(error.code)
    told = {"kind": kind, "message": words_of(error), "yours": bool(own)}
    if isinstance(error, SyntaxError) and error.filename:
        own = own or [(error.filename, error.lineno or 1)]
    if own or (frames and not refused and not is_refusal(error)):
        told |= shown_line(*(own or frames)[-1])
    return told


def shown_line(file, line):
    """`where`, `line` and `source` of a line of code."""
    return {"where": file_name(file), "line": line, "source": linecache.getline(file, line).strip()}


def is_refusal(error):
    """Whether a line of this course raised it on purpose, with a sentence for whoever called."""
    *_, (frame, line) = [(None, 0), *traceback.walk_tb(error.__traceback__)]
    file = frame.f_code.co_filename if frame else ""
    return file.startswith(OURS) and linecache.getline(file, line).lstrip().startswith("raise ")


def words_of(error):
    """What an exception says: at most 2,000 characters, without what a page cannot show, such as half a letter."""
    try:
        text = str(error)
    except Exception:
        return "(its message cannot be read)"
    return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text[:2000]) or "(no message)"


def where_it_stands(code):
    """`where`, `line` and `source` of a learner's function, and `yours`; of any other, nothing is shown."""
    code = getattr(code, "__code__", None)
    if code is None or not is_learners(code.co_filename):
        return {"yours": True}
    return {"yours": True} | shown_line(code.co_filename, code.co_firstlineno)


def is_learners(file):
    """Whether `file` is the learner's: a notebook cell or a file outside every library and this course."""
    if file.startswith(OURS) or file.startswith("<frozen"):
        return False
    if notebook_cell(file):
        return True
    return not file.startswith("<") and not file.startswith((sys.prefix, sys.base_prefix, os.path.dirname(os.__file__)))


def file_name(file):
    """The name a learner knows a file by: `cell In[3]`, or the last two parts of its path."""
    return notebook_cell(file) or "/".join(file.replace(os.sep, "/").split("/")[-2:])


def notebook_cell(file):
    """`cell In[3]` if `file` is a notebook's cell, else None."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    name = getattr(shell.compile, "format_code_name", lambda _: None)(file) if shell is not None else None
    return " ".join(name).replace("Cell", "cell") if name and name[0] == "Cell" else None
