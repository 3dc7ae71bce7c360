"""What each explorer shows and says on a walk through it is what was read: a change is seen and judged."""

import ast
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import walks

import widgets

ROOT = Path(__file__).resolve().parents[1]
KEPT = walks.read()


@pytest.mark.parametrize("name", walks.walks())
def test_what_is_shown_and_said_is_what_was_read(name):
    now, kept = walks.block(name).splitlines(), KEPT.get(name, "").splitlines()
    other = [f"{one}\n{two}" for one, two in zip(kept, now, strict=False) if not walks.same(one, two)]
    told = f"if that is meant: python tools/walks.py {name.partition(',')[0]}"
    assert not other, "\n\n".join(["what was read, and what is shown now:", *other[:10], told])
    assert len(now) == len(kept), told


def test_every_explorer_is_walked_through():
    assert {name.partition(",")[0] for name in KEPT} == {*widgets.PLACES} and KEPT.keys() == walks.walks().keys()


PATTERN = re.compile(r"'descr'|'fortran|±²|\\|\(\?|\[\^|\w\|\w")  # what no sentence has


def sentences(file):
    """`(line, a piece of a sentence)`: the texts with a space in them, but docstrings, code and patterns."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = [*ast.walk(tree)]
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            for piece in re.split(r"\{[^{}]*\}", node.value):
                piece = " ".join(piece.lower().split())
                if re.search(r"\w .*\w|\w.* \w", piece) and "[0]" not in piece and not PATTERN.search(piece):
                    yield node.lineno, piece


NO_SENTENCES = {  # patterns, and what is filled in or replaced before it is shown
    "widgets/backprop_board/boxes.py", "widgets/stage/confirmed.py", "widgets/stage/formulas.py",
    "widgets/stage/replay.py", "widgets/workbench/as_here.py",
    "nnlib/data/vendored.py", "nnlib/keep/export.py", "nnlib/lines/anew.py", "nnlib/lines/back.py",
}  # fmt: skip


def test_every_sentence_is_heard_somewhere():
    """In a walk, in what is refused, or in a test: else a word of it could be lost, and nobody would know."""
    tests = Path(__file__).parent
    kept = " ".join(file.read_text(encoding="utf-8").lower() for file in tests.glob("*.txt"))
    asked = " ".join(piece for file in tests.glob("*.py") for _, piece in sentences(file))
    heard = f"{asked} {' '.join(kept.replace('⏎', ' ').split())}".encode()  # in bytes it is found ten times as fast
    found = [file for room in ("widgets", "nnlib") for file in (ROOT / room).rglob("*.py")]
    files = {file.relative_to(ROOT).as_posix(): file for file in found}
    assert files.keys() >= NO_SENTENCES
    never = [f"{name}, line {line}: {piece}" for name, file in files.items() if name not in NO_SENTENCES
             for line, piece in sentences(file) if piece.encode() not in heard]  # fmt: skip
    assert not never, "\n".join(["never heard; walk there (tests/walked.py), ask for it, or leave it out:", *never])


def test_decimals_may_differ_a_little_and_nothing_else_may():
    assert walks.same("a: 1.2345 · −3.0e-05", "a: 1.2346 · −3.001e-05")
    for other in ("a: 1.2745 · −3.0e-05", "b: 1.2345 · −3.0e-05", "a: 1.2345 · 3.0e-05", "a: 1.2345 · −3.0e-05 1"):
        assert not walks.same("a: 1.2345 · −3.0e-05", other)
    assert not walks.same("update 100", "update 101") and walks.same("0.0000", "-0.0000")
