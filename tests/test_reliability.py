"""docs/RELIABILITY.md: every promise names tests that exist, and every proof it points to has a dated result."""

import ast
import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import prove

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "RELIABILITY.md").read_text(encoding="utf-8")
RESULTS = json.loads(prove.RESULTS.read_text(encoding="utf-8"))


def test_every_promise_names_a_test_that_is_there():
    named = re.findall(r"`(tests/test_\w+\.py)::(test_\w+)`", PAGE)
    assert len(named) > 20
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, f"{path}::{name}"
    rows = [row.split("|") for row in PAGE.split("## Beside")[0].splitlines() if row.startswith("| ")]
    assert all("tests/" in row[2] or "same test" in row[2] or set(row[2]) <= set(" -tesdby") for row in rows)


def test_every_proof_that_is_pointed_to_has_a_result():
    for name in re.findall(r'see "([^"]+)"', PAGE):
        assert name in prove.PROOFS and RESULTS[name]["ended well"] and RESULTS[name]["when"] >= "2026-11-28", name
    assert RESULTS.keys() <= prove.PROOFS.keys()


def test_the_numbers_are_those_of_the_tests():
    import hostile
    import test_cost_of_cards
    import test_course
    import test_kernel

    from nnlib.keep import archive, card_rules

    assert f"{len(hostile.ANSWERS)} hostile answers" in PAGE
    assert f"{len(test_kernel.CASES)} answers" in PAGE
    assert f"{len(test_course.BROKEN)} ways" in PAGE
    assert f"{len(test_cost_of_cards.EXPENSIVE)} kinds of expensive files" in PAGE
    caps = (f"{card_rules.MOST_PARTS:,} parts in {card_rules.MOST_PLACES:,} places", f"{archive.MOST_ENTRIES:,} arrays",
            f"{card_rules.MOST_AXES} axes")  # fmt: skip
    assert all(cap in PAGE for cap in caps)
