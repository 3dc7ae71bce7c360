"""What is said in tests, in full, in a file that is read before it is committed: `== test`, then the words.

    NNLIB_KEEP_WORDS=1 python -m pytest tests/test_parsons.py      write anew what these tests hear

So a sentence that has changed is seen and judged, however much of it a test asks for by itself.
"""

import builtins
import contextlib
import functools
import os
import re
import sys
import traceback
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = tuple(str(ROOT / room) + os.sep for room in ("nnlib", "widgets", "lessons"))
ELSEWHERE = ("test_checks", "test_work", "test_watch", "test_run_card_fuzz", "test_class_report")
"""Files whose words are kept by themselves, or another time others."""
NOT_OURS = ("Watch: ", "training diverged", "[Errno", "Unable to allocate")  # another computer says it otherwise
CHANGING = re.compile(r"0x[0-9a-fA-F]{6,}|\d[\d,]*(?= bytes)")  # where an object lies, and how large our own code is


NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?")


def compare(file, name, told, nearly=None):
    """What a test has heard must be what is kept of it, its numbers up to a part of `nearly`."""
    told = CHANGING.sub("…", told).strip("\n").rstrip()
    kept = known(file, file.stat().st_mtime_ns).get(name, "") if file.exists() else ""
    if nearly and NUMBER.sub("#", told) == NUMBER.sub("#", kept):
        mine, read_then = ([float(one.replace(",", "")) for one in NUMBER.findall(text)] for text in (told, kept))
        told = kept if mine == pytest.approx(read_then, rel=nearly) else told
    if os.environ.get("NNLIB_KEEP_WORDS"):
        write(file, read(file) | {name: told})
    else:
        assert told == kept, f"{told}\nis told now, and what was read is\n{kept}\nif meant: NNLIB_KEEP_WORDS=1 pytest …"


@functools.lru_cache(maxsize=4)
def known(file, _):
    return read(file)


def read(file):
    """`{test: its words}`."""
    blocks = file.read_text(encoding="utf-8").removeprefix("== ").split("\n\n== ") if file.exists() else []
    return {name: words.rstrip("\n") for name, _, words in (block.partition("\n") for block in blocks)}


def write(file, kept):
    blocks = (f"== {name}\n{words}" for name, words in sorted(kept.items()) if words)
    file.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


@functools.cache
def is_of_explorers(path):
    text = path.read_text(encoding="utf-8")
    if path.stem.endswith("_browser") or path.stem in ("test_walks", "test_checks"):  # their words are kept already
        return False
    return bool(re.search(r"^(from|import) widgets\b", text, re.MULTILINE))


@functools.cache
def is_of_library(path):
    text = path.read_text(encoding="utf-8")
    imports_nnlib = re.search(r"^(from|import) nnlib\b", text, re.MULTILINE)
    return bool(imports_nnlib) and not is_of_explorers(path) and path.stem not in ELSEWHERE


@contextlib.contextmanager
def heard(monkeypatch):
    """A list of what the course's own code raises into a test, prints, or tells inside an explorer."""
    from widgets.stage import failure

    said, raises, words_of, prints = [], pytest.raises, failure.words_of, print

    def hear(error):
        frames = traceback.extract_tb(error.__traceback__)
        if frames and frames[-1].filename.startswith(OURS):
            said.append(str(error))

    class Raises:
        def __init__(self, *kinds, **how):
            self.inner = raises(*kinds, **how)

        def __enter__(self):
            return self.inner.__enter__()

        def __exit__(self, kind, error, trace):
            if error is not None:
                hear(error.with_traceback(trace))
            return self.inner.__exit__(kind, error, trace)

    def told(error):
        hear(error)
        return words_of(error)

    def printed(*words, **how):
        if sys._getframe(1).f_code.co_filename.startswith(OURS):
            said.append(" ".join(map(str, words)))
        prints(*words, **how)

    with monkeypatch.context() as context:
        context.setattr(builtins, "print", printed)
        context.setattr(pytest, "raises", lambda *kinds, **how: Raises(*kinds, **how))
        context.setattr(failure, "words_of", told)
        yield said
