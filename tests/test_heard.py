"""What nnlib says of mistakes, of networks that do not learn and of its mutants is what was read: tests/library.txt."""

from pathlib import Path

import kept_words
import pytest

from nnlib.inspect.mutants import ALARMS, MUTANTS
from nnlib.inspect.operations import WAYS
from nnlib.inspect.sentences import SENTENCES
from nnlib.parts import remark

TABLES = {
    "mistakes": SENTENCES, "watch": remark.SENTENCES, "alarms": ALARMS, "ways": WAYS,
    "mutants": {name: "\n".join((one.phase, one.title, one.explanation, one.hint)) for name, one in MUTANTS.items()},
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_the_sentences_of_a_table_are_what_was_read(name):
    told = "\n".join(f"{kind}: {text}" for kind, text in TABLES[name].items())
    kept_words.compare(Path(__file__).with_name("library.txt"), f"heard {name}", told)
