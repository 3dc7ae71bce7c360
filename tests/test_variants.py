"""What may go wrong at each place of a solution is what was read: tests/variants.txt."""

import ast
from pathlib import Path

import kept_words
import pytest

from lessons.checks.judge.variants import is_loose, variants

FUNCTIONS = {
    "numbers": ("return -(x.T @ y) / 2 + np.mean(x, axis=1) * self.rate ** 2",),
    "lines": ("z = x - 1", "z += y", "z[0] *= 2", "if z.max() >= 1:", "    z = np.zeros(3)", "return z"),
    "loop": ("total = 0", "for k in range(y):", "    step = x * k", "    total += step", "return total"),
    "calls": ("return np.sum(np.clip(x, 0, 1), axis=0, keepdims=True).reshape(2, 3)[1:, 0] < abs(len(x))",),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_may_go_wrong_at_each_place_is_what_was_read(name):
    function, told = ast.parse("\n    ".join(("def f(self, x, y):", *FUNCTIONS[name]))).body[0], []
    for node in ast.walk(function):
        found = [*variants(node, function)] if hasattr(node, "lineno") and node is not function else []
        if found:
            told.append(f"{ast.unparse(node).splitlines()[0]}")
        for kind, says, made in found:
            lines = made if isinstance(made, list) else [made]
            text = " / ".join(ast.unparse(ast.fix_missing_locations(one)) for one in lines)
            told.append(f"    {kind}: {says}: " + text.replace("\n", " / "))
    kept_words.compare(Path(__file__).with_name("variants.txt"), name, "\n".join(told))


@pytest.mark.parametrize("text, loose", [
    ("(a + b) * c", "a + b * c"), ("a * (b + c) * f(d)", "a * b + c * f(d)"), ("a + b * c", None), ("f(a, b)[0]", None),
    ("(a, b)", None), ("f((a + b) / 2)", "f(a + b / 2)"), ("x[(a - b) * 2]", "x[a - b * 2]"),
    ("a - (b - c)", "a - b - c"),
])  # fmt: skip
def test_an_expression_without_the_brackets_that_it_needs(text, loose):
    found = is_loose(ast.parse(text, mode="eval").body)
    assert (found and ast.unparse(found)) == loose
