"""Which small change of a learner's own lines puts everything right? Each is run; one that does is said."""

import ast
import contextlib
import io
import itertools
import sys
import time
import warnings
from pathlib import Path

import numpy as np

from nnlib.lines.anew import INSTALLED, keys_of, named_by, text_of, with_lines
from nnlib.lines.mends import Mend, is_far, mends
from nnlib.lines.syntax import name_called, quoted
from nnlib.parts.room import at_most

FIRST = 0.8  # of the time that is left goes to the first function
MEMORY = 512  # MiB that the changed lines may take besides what there is
HOME, PYTHON = str(Path(__file__).parents[1]), str(Path(io.__file__).parent)


class TooLong(BaseException):
    """Raised in lines that do not come to an end; no `except Exception` swallows it."""


def mended(functions, puts_right, beside=(), seconds=3.0, kinds=None):
    """The first `Mend` of one of the functions for which `puts_right({old: new})` is 1, or None within the time.

    `puts_right` may give the share of what is right: then two changes are looked for where none alone will do. The
    functions `beside` are not changed, and what they name may belong into the others. Changes are of `kinds`, if they
    are given. The time is that of the processor. Whatever a changed function raises means that this is not the change,
    and so does running through far more lines than before: one that is right is run at other numbers too, so it may be
    many.
    """
    begun = time.thread_time()
    search = Search([one for one in functions if text_of(one) is not None], puts_right, beside, seconds, kinds)
    with quiet(), at_most(MEMORY):
        share, found, swapped, texts = search.best({}, {one: text_of(one) for one in search.functions}, search.share)
        if found is None or share == 1:
            return found
        search.seconds = max(seconds - (time.thread_time() - begun), seconds / 3)  # what is left, and not too little
        share, other, *_ = search.best(swapped, texts, share)
    if other is None or share < 1:
        return None
    says = as_it_stands(other.says, [text_of(one) for one in search.functions])
    if says is None:
        return None
    return Mend(found.kind, f"{found.says} And: {says[0].lower()}{says[1:]}", "", (other.kind,))


class Search:
    """Runs changes of functions, and keeps what is right with them."""

    def __init__(self, functions, puts_right, beside, seconds, kinds=None):
        self.functions, self.puts_right, self.beside, self.seconds = functions, puts_right, beside, seconds
        self.kinds = kinds
        self.keys, usual = keys_of([*beside, *functions]), Lines(10**6, seconds)
        self.share = 0.0
        with quiet(), contextlib.suppress(Exception, SystemExit, TooLong), usual:
            self.share = float(puts_right({}))
        self.most = 100 * usual.count + 10_000

    def best(self, swapped, texts, least):
        """`(share, mend, swapped, texts)` of the first change with which all is right, or of that with most right."""
        end, best = time.thread_time() + self.seconds, (least, None, swapped, texts)
        besides = "\n".join(filter(None, map(text_of, self.beside)))  # what these keep in `self`, another may want
        every = {one: mends(texts[one], besides, None, self.arrays(one), self.keys) for one in self.functions}
        turns = [(function, far) for far in (False, True) for function in self.functions]  # what is far off comes last
        for function, far in turns:
            part = FIRST if (function, far) != turns[-1] else 1.0
            until = time.thread_time() + part * (end - time.thread_time())
            for count, mend in enumerate(every[function]):
                if not far and is_far(mend.kind):
                    every[function] = itertools.chain([mend], every[function])
                    break
                if (self.kinds is not None and mend.kind not in self.kinds) or self.crosses(mend, texts[function]):
                    continue
                if count % 8 == 0 and time.thread_time() > until:  # asking for the time takes some, too
                    break
                with contextlib.suppress(Exception, SystemExit, TooLong), Lines(self.most, self.seconds / 2):
                    now = swapped | {function: with_lines(function, mend.text)}
                    share = float(self.puts_right(now))
                    if share > best[0]:
                        best = share, mend, now, texts | {function: mend.text}
                if best[0] == 1:
                    return best
        return best

    def crosses(self, mend, text):
        """Whether a change gives a function of these other arguments than it calls by the very same names."""
        if mend.kind != "arguments-swapped":
            return False
        trees = [ast.walk(ast.parse(one)) for one in (text, mend.text)]
        before, after = ({ast.unparse(one): one for one in tree if isinstance(one, ast.Call)} for tree in trees)
        called = {one.__name__: one.__code__.co_varnames[: one.__code__.co_argcount] for one in self.functions}
        gone = [(name_called(one), (*map(ast.unparse, one.args),)) for it, one in before.items() if it not in after]
        return any(args[:2] == called.get(name, ())[: len(args)][:2] for name, args in gone)

    def arrays(self, function):
        """The names of arrays that a function uses, or could use: those beside it do."""
        own = {name: value for name, value in named_by(function) if isinstance(value, np.ndarray)}
        for name in [name for one in self.beside for name, _ in named_by(one)]:
            if isinstance(function.__globals__.get(name), np.ndarray):
                own.setdefault(name)
        return [*own]


def as_it_stands(says, texts):
    """What is said of lines, with them as they were written, or None where none was so."""
    known, first = False, says.split("`")[1]
    for text in texts:
        lines = text.splitlines()
        for one in [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.stmt)]:
            now, then = quoted(ast.unparse(one).splitlines()[0]), quoted(lines[one.lineno - 1])
            known = known or first in (now, then)
            says = says.replace(f"`{now}`", f"`{then}`")
    start = f"In your line `{first}` "
    if known or not says.startswith(start):
        return says if known else None
    return f"In the same statement {says.removeprefix(start)}"  # which the first change has written anew


class Lines:
    """`with Lines(most, seconds):` counts the lines that run, of no library, and raises `TooLong` after so many.

    Of Python's own library neither: what is raised in a call that Python itself makes there, as where something dies
    that a weak reference watches, goes by unheard, and nobody looks any more after that.
    """

    def __init__(self, most, seconds):
        self.most, self.seconds, self.count = most, seconds, 0

    def __enter__(self):
        self.before, self.until = sys.gettrace(), time.monotonic() + self.seconds
        sys.settrace(self.look)

    def __exit__(self, *error):
        sys.settrace(self.before)

    def look(self, frame, event, _):
        file = frame.f_code.co_filename
        if event == "call" and (INSTALLED in file or file.startswith((HOME, PYTHON))):
            return None
        self.count += event == "line"
        if self.count > self.most or time.monotonic() > self.until:
            raise TooLong
        return self.look


@contextlib.contextmanager
def quiet():
    """Nothing is printed, and no warning of NumPy's is shown."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
