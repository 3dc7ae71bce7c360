"""Which small change of a learner's own lines puts everything right? Each is run; one that does is said."""

import contextlib
import io
import sys
import time
import warnings
from pathlib import Path

import numpy as np

from nnlib.lines.anew import INSTALLED, named_by, text_of, with_lines
from nnlib.lines.mends import mends

FIRST = 0.7  # of the time that is left goes to the first function
HOME = str(Path(__file__).parents[1])


class TooLong(BaseException):
    """Raised in lines that do not come to an end; no `except Exception` swallows it."""


def mended(functions, puts_right, keys=(), seconds=3.0):
    """The first `Mend` of one of the functions for which `puts_right({old: new})` holds, or None within the time.

    `keys` are those of dictionaries that they use; the time is that of the processor. Whatever a changed function
    raises means that this is not the change, and so does running through many more lines than before.
    """
    texts = [(function, text) for function in functions if (text := text_of(function)) is not None]
    end = time.thread_time() + seconds
    with quiet():
        usual = Lines(10**6, seconds)
        with contextlib.suppress(Exception, SystemExit, TooLong), usual:
            puts_right({})
        for function, text in texts:
            share = FIRST if function is not texts[-1][0] else 1.0
            until = time.thread_time() + share * (end - time.thread_time())
            arrays = [name for name, value in named_by(function) if isinstance(value, np.ndarray)]
            for mend in mends(text, around=arrays, keys=keys):
                if time.thread_time() > until:
                    break
                with contextlib.suppress(Exception, SystemExit, TooLong), Lines(3 * usual.count + 300, seconds / 2):
                    if puts_right({function: with_lines(function, mend.text)}):
                        return mend
    return None


class Lines:
    """`with Lines(most, seconds):` counts the lines that run, of no library, and raises `TooLong` after so many."""

    def __init__(self, most, seconds):
        self.most, self.seconds, self.count = most, seconds, 0

    def __enter__(self):
        self.before, self.until = sys.gettrace(), time.monotonic() + self.seconds
        sys.settrace(self.look)

    def __exit__(self, *error):
        sys.settrace(self.before)

    def look(self, frame, event, _):
        file = frame.f_code.co_filename
        if event == "call" and (INSTALLED in file or file.startswith(HOME)):
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
