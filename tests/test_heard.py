"""What nnlib says of mistakes, of networks that do not learn and of its mutants is what was read: tests/library.txt."""

from pathlib import Path

import kept_words
import pytest

from nnlib.inspect.mutant import ALARMS
from nnlib.inspect.mutants import MUTANTS
from nnlib.inspect.operations import WAYS
from nnlib.inspect.sentences import SENTENCES
from nnlib.parts import remark

LIBRARY = Path(__file__).with_name("library.txt")
TABLES = {
    "mistakes": SENTENCES, "watch": remark.SENTENCES, "alarms": ALARMS, "ways": WAYS,
    "mutants": {name: "\n".join((one.phase, one.title, one.explanation, one.hint)) for name, one in MUTANTS.items()},
}  # fmt: skip
SAID = {f"sentence of {table}, {kind}": text for table, texts in TABLES.items() for kind, text in texts.items()}


@pytest.mark.parametrize("name", SAID)
def test_a_sentence_is_what_was_read(name):
    kept_words.compare(LIBRARY, name, SAID[name])


def test_no_sentence_is_kept_that_is_gone():
    assert {name for name in kept_words.read(LIBRARY) if name.startswith("sentence of ")} <= SAID.keys()
