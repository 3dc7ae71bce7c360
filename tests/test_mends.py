"""What would put a learner's lines right: each kind of mend on a small wrong function, and what is never tried."""

import ast
import re
import sys
import weakref
from collections import Counter
from pathlib import Path

import kept_words
import numpy as np
import pytest

from lessons.checks.judge.compare import compare
from lessons.checks.judge.learner import Lines, founded
from lessons.checks.remember.book import exercises
from nnlib.lines import FAR, mended, mends
from nnlib.lines.search import Lines as Clock
from nnlib.lines.search import TooLong

KINDS = {  # kind: (wrong, right) body of `f(a, b, c)`
    "brackets-missing": ("return a - b / c", "return (a - b) / c"),
    "brackets-too-many": ("return a - (b - c)", "return a - b - c"),
    "two-pairs-missing": ("return a + b * c + 1", "return (a + b) * (c + 1)"),
    "bracket-too-early": ("return sqrt(a) / b", "return sqrt(a / b)"),
    "bracket-too-late": ("return sqrt(a / b)", "return sqrt(a) / b"),
    "added-in-each": ("return np.sum(a * b + c)", "return np.sum(a * b) + c"),
    "first-row-for-all": ("return a / b[0].std()", "return a / b.std(axis=1, keepdims=True)"),
    "f-missing": ("return 'w{a}'", "return f'w{a}'"),
    "and-for-or": ("return a > b and a > c", "return a > b or a > c"),
    "any-or-all": ("return any([a, b])", "return all([a, b])"),
    "comparison": ("return a > b", "return a >= b"),
    "operator": ("return a + b", "return a - b"),
    "sides-swapped": ("return a / b", "return b / a"),
    "too-much": ("return a * b / c", "return a * b"),
    "sign": ("return -a", "return a"),
    "wrong-sign": ("return a + b", "return -a + b"),
    "abs-missing": ("return a + b", "return abs(a) + b"),
    "constant": ("return a[1]", "return a[0]"),
    "other-function": ("return max(a)", "return min(a)"),
    "other-order-of-calls": ("return abs(max(a))", "return max(abs(a))"),
    "call-too-many": ("return sorted(a)", "return a"),
    "cut-off": ("return np.clip(a, 0, 1)", "return a"),
    "condition-too-many": ("return [k for k in a if k > b]", "return [k for k in a]"),
    "method-for-object": ("return a.gradient(b)", "return a(b)"),
    "poured": ("return a.reshape(2, 3)", "return a.T"),
    "transposed": ("return a.T @ b", "return a @ b"),
    "product-for-times": ("return a @ b.T", "return a * b"),
    "not-transposed": ("return a @ b", "return a.T @ b"),
    "other-axis": ("return a.sum(axis=0)", "return a.sum(axis=1)"),
    "axis-missing": ("return a.sum()", "return a.sum(axis=1, keepdims=True)"),
    "axis-too-many": ("return a.sum(axis=0)", "return a.sum()"),
    "row-to-row": ("return sum(a) / b", "return np.sum(a) / b"),
    "other-axis-counted": ("return a / len(a)", "return a / a.shape[-1]"),
    "index-too-many": ("return a[0] @ b", "return a @ b"),
    "order-turned": ("return a[:, ::-1] @ b", "return a @ b"),
    "ends-too-early": ("return a[b:2 * b] @ c", "return a[b:] @ c"),
    "index-exchanged": ("return a[b, c]", "return a[c, b]"),
    "axis-indexed-away": ("return a[0, b], c[0, b]", "return (a[:, b], c[:, b])"),
    "arguments-swapped": ("return f(a, b)", "return f(b, a)"),
    "argument-missing": ("return f(a)", "return f(a, b)"),
    "argument-too-many": ("return f(a, b, 1e-13)", "return f(a, b)"),
    "another-variable": ("return a * a", "return a * b"),
    "one-round-off": ("return [k for k in range(a)]", "return [k for k in range(a + 1)]"),
    "values-for-places": ("for k in a:\n    b(k)", "for k in range(len(a)):\n    b(k)"),
    "places-for-values": ("for k in range(len(a)):\n    b(k)", "for k in a:\n    b(k)"),
    "not-reversed": ("for k in a:\n    b(k)", "for k in reversed(a):\n    b(k)"),
    "one-part-divided": ("return a / b - c", "return (a - c) / b"),
    "line-too-much": ("a = 1\nreturn a", "return a"),
    "lines-in-other-order": ("b = a\na = 1\nreturn b", "a = 1\nb = a\nreturn b"),
    "before-the-loop": ("s = 0\nfor k in a:\n    b(s)", "for k in a:\n    s = 0\n    b(s)"),
    "outside-the-block": ("if a:\n    b = 1\nc = 2\nreturn c", "if a:\n    b = 1\n    c = 2\nreturn c"),
    "inside-the-block": ("for k in a:\n    b += k\n    return b", "for k in a:\n    b += k\nreturn b"),
    "elif-for-if": ("if a:\n    b = 1\nelif c:\n    b = 2", "if a:\n    b = 1\nif c:\n    b = 2"),
    "not-kept": ("a.reshape(1, 2)\nreturn a", "a = a.reshape(1, 2)\nreturn a"),
    "not-copied": ("b = a\nreturn b", "b = a.copy()\nreturn b"),
    "overwritten": ("b = a\nreturn b", "b += a\nreturn b"),
    "added-to-the-old": ("b += a\nreturn b", "b = a\nreturn b"),
    "filled-elsewhere": ("self.a = 2 * a\nreturn a", "a = self.a = 2 * a\nreturn a"),
    "not-called": ("a.sort\nreturn a", "a.sort()\nreturn a"),
    "list-of-one": ("a.append([b])\nreturn a", "a.append(b)\nreturn a"),
    "renamed-for-filled": ("b = a\nreturn b", "b[...] = a\nreturn b"),
    "anew-in-each-round": ("for k in a:\n    b = []\n    c(b, k)", "b = []\nfor k in a:\n    c(b, k)"),
    "return-missing": ("if a:\n    b + c\nreturn a", "if a:\n    return b + c\nreturn a"),
    "compared-for-put": ("a[0] == b\nreturn a", "a[0] = b\nreturn a"),
    "is-for-equal": ("return a is b", "return a == b"),
    "names-exchanged": ("for k, i in a:\n    b(k, i)", "for i, k in a:\n    b(k, i)"),
    "cut-to-whole": ("return a // b", "return a / b"),
    "power-of-all": ("return c / (1 - a) ** b", "return c / (1 - a ** b)"),
    "times-for-power": ("return a / (1 - b * c)", "return a / (1 - b ** c)"),
    "other-side-turned": ("return a.T @ b / c", "return a @ b.T / c"),
    "another-attribute": ("a.x = b\nreturn a.y", "a.x = b\nreturn a.x"),
    "term-missing": ("return a * b", "return a * b + c"),
    "filled-too-late": ("for k in a:\n    b += k\n    c(b)", "for k in a:\n    b += k\nfor k in a:\n    c(b)"),
}


def whole(body):
    return "def f(a, b, c):\n" + "".join(f"    {line}\n" for line in body.splitlines())


@pytest.mark.parametrize("kind", KINDS)
def test_a_mend_is_found_and_quotes_the_line(kind):
    wrong, right = map(whole, KINDS[kind])
    found = [one for one in mends(wrong) if one.text.strip() == right.strip()]
    assert [one.kind for one in found] == [kind]
    line = found[0].says.split("`")[1]
    assert line in wrong and found[0].says.endswith((".", "…")) and "{" not in found[0].says.replace(line, "")


@pytest.mark.parametrize(("body", "kinds"), [
    ("if a > 0:\n    b += a\nreturn b", {"condition-too-many", "comparison"}),
    ("d = b + c\nreturn [a * k for k in b]", set()),
    ("for k in a:\n    b.append(k)\n    c = c / 2\nreturn b", {"line-too-much", "inside-the-block"}),
])  # fmt: skip
def test_what_stands_in_a_condition_or_is_a_round_s_own_is_mended_as_it_is_meant(body, kinds):
    """A size is never below 0, what a comprehension takes in each round has its place in it, and a line that has no
    effect behind the loop is one too much."""
    found = [one for one in mends(whole(body)) if one.kind in ("abs-missing", "wrong-sign", "another-variable", *kinds)]
    never = ("In your line `if a > 0:` `a` may", "In your line `return [a * k for k in b]` `k` stands")
    assert not [one for one in found if one.says.startswith(never)]
    names = [one.kind for one in found]
    assert kinds <= set(names)
    if "line-too-much" in kinds:
        assert names.index("line-too-much") < names.index("inside-the-block")


@pytest.mark.parametrize("body", ["return a * (1 - a**2)", "return (a**2 - 1) * b"])
def test_brackets_are_not_too_many_where_a_times_one_would_be_left(body):
    """Who writes `* 1`? The brackets are meant, and what is wrong stands in them."""
    kinds = [one.kind for one in mends(whole(body))]
    assert "too-much" in kinds and "brackets-too-many" not in kinds


def test_brackets_are_not_too_many_where_a_part_is_taken_of_what_stands_in_them():
    found = [one for one in mends(whole("return ((a - b) / (a * c))[0]")) if one.kind == "brackets-too-many"]
    assert found
    assert not [one.text for one in found if "(a - b) / (a * c)[0]" in one.text]


def test_no_brackets_make_an_answer_that_is_calculated_with_and_asked_then():
    """`(a >= b) / 2 or c` is true where `a >= b or c` is: what is wrong with `a >= b / 2 or c` is the `/ 2`."""
    found = [(one.kind, one.text.rpartition("return ")[2]) for one in mends(whole("return bool(a >= b / 2 or c)"))]
    assert not [made for kind, made in found if kind == "brackets-missing" and ">= b) / 2 or" in made]
    assert ("too-much", "bool(a >= b or c)") in found
    found = [one.text for one in mends(whole("return (a >= b) * 2 + 1 or c")) if one.kind == "brackets-missing"]
    assert any("return (a >= b) * (2 + 1) or c" in one for one in found), "it is calculated with one already"


def test_no_brackets_are_put_around_what_ends_with_a_shape():
    """`(2 * a.shape)[1]` is what `2 * (1, 4)` has at place 1, the 4 of `a.shape[1]`: nobody means that."""
    found = [(one.kind, one.text.rpartition("return ")[2]) for one in mends(whole("return b / (2 * a.shape[1])"))]
    assert not [made for kind, made in found if kind == "brackets-missing" and "shape)" in made]
    assert ("too-much", "b / a.shape[1]") in found


@pytest.mark.parametrize("number", ["np.inf", "float('nan')"])
def test_no_brackets_are_put_around_what_is_no_number(number):
    """`return a / (b if b else np.inf)` is 0 where b is, and nobody means it so."""
    for other, is_one in (("1", True), (number, False)):
        found = [one.text for one in mends(whole(f"return a / b if b else {other}")) if one.kind == "brackets-missing"]
        assert any(f"a / (b if b else {other})" in text for text in found) == is_one
    assert not [text for text in found if "np)" in text or "float)" in text]


def test_the_same_mistake_is_mended_at_all_its_places():
    wrong = whole("d = a * b > 0\ne = b * c > 0\nreturn d, e")
    right = whole("d = a * (b > 0)\ne = b * (c > 0)\nreturn (d, e)")
    assert right.strip() in [one.text for one in mends(wrong)]


@pytest.mark.parametrize(("body", "mended", "words"), [
    ("return a / (1 - b * c) / (2 - b * c)", "return a / (1 - b ** c) / (2 - b ** c)", "another place in that line."),
    ("d = (1 - a) ** b\ne = (1 - c) ** b\nreturn d, e", "d = 1 - a ** b\ne = 1 - c ** b\nreturn (d, e)",
     "your line `e = (1 - c) ** b`."),
    ("d = a // 2\ne = d + b\nd = a // 2\nreturn d, e", "d = a / 2\ne = d + b\nd = a / 2\nreturn (d, e)",
     "the line further down that reads the same."),
    ("d = a // 2, b // 2\ne = c // 2\nf = e // 3\nreturn d, e, f // 5",
     "d = (a / 2, b / 2)\ne = c / 2\nf = e / 3\nreturn (d, e, f / 5)",
     "another place in that line and your lines `e = c // 2`, `f = e // 3` and 1 more."),
])  # fmt: skip
def test_of_one_mistake_at_several_places_each_place_is_told(body, mended, words):
    found = next(one for one in mends(whole(body)) if one.text == whole(mended).strip())
    assert found.says.endswith(f". The same goes for {words}")
    assert not any("same goes" in one.says for one in mends(whole("return (1 - a) ** b")))


@pytest.mark.parametrize(("body", "mended", "words"), [
    ("return 2 * (a @ b + c) @ b", "return 2 * (a @ b + c) * b", "`@` stands before `b` where another sign belongs "
     "(the second in that line)."),
    ("return 2 * (a * b + c) * b", "return 2 * (a @ b + c) * b", "(the first in that line)."),
    ("return a * b + c * b", "return a * b + c * a", "`b` stands where another variable belongs (the second"),
    ("return where(a, 1, 1)", "return where(a, 1, 0)", "the number 1 is one off (the second in that line)."),
    ("return a * b + c", "return a / b + c", "`*` stands before `b` where another sign belongs."),
])  # fmt: skip
def test_of_places_in_a_line_that_read_alike_it_is_said_which(body, mended, words):
    found = [one for one in mends(whole(body)) if one.text == whole(mended).strip()]
    assert [words in one.says for one in found] == [True], [one.says for one in found]
    assert found[0].says.endswith(words) or "(the" in words


def test_a_function_of_one_number_lacks_no_argument():
    """A second one is the array that NumPy writes the result into: what mends the lines then is what that does."""
    kinds = {one.kind for one in mends(whole("return np.exp(a) / b"))}
    assert "argument-missing" not in kinds
    assert "argument-missing" in {one.kind for one in mends(whole("return np.maximum(a) / b"))}


def test_a_long_line_shows_that_it_breaks_off():
    long = next(mends(whole("return a // b" + " + 1.5" * 40))).says.split("`")[1]
    assert len(long) == 120 and long.endswith("…") and long.startswith("return a // b + 1.5 +")


def test_what_is_often_right_by_chance_comes_last():
    far = [one.kind in FAR for one in mends(whole("c = a.T @ b - abs(a)\nreturn c / len(b)"))]
    assert far == sorted(far) and 0 < sum(far) < len(far)


@pytest.mark.parametrize(("body", "mended"), [
    ("a = np.zeros(3, dtype=int)\nreturn a", "a = np.zeros(3)\nreturn a"),
    ("return a.astype(np.int64)", "return a"),
])  # fmt: skip
def test_whole_numbers_that_are_asked_for_are_found(body, mended):
    assert "cut-to-whole" in [one.kind for one in mends(whole(body)) if one.text == whole(mended).strip()]
    floats = whole(body.replace("np.int64", "float").replace("int", "float"))
    assert all(one.kind != "cut-to-whole" for one in mends(floats))


def test_a_number_below_zero_is_told_with_its_sign():
    right = whole("return a if b else 0").strip()
    found = next(one for one in mends(whole("return a if b else -1")) if one.text == right)
    assert (found.kind, found.says.split("` ")[-1]) == ("constant", "the number −1 is one off.")


def test_a_call_that_the_solution_makes_may_be_what_is_missing():
    wrong, right = whole("return a - b"), whole("return np.max(a - b)")
    assert right.strip() in [one.text for one in mends(wrong, "d.max()") if one.kind == "call-missing"]
    assert "call-missing" not in [one.kind for one in mends(wrong, "d.shape")]
    assert "call-missing" not in [one.kind for one in mends(whole("return np.max(a)"), "d.max()")]


@pytest.mark.parametrize(("solution", "is_it"), [("np.log(d)", False), ("d.max()", True)])
def test_what_is_compared_may_lack_a_largest_but_no_logarithm(solution, is_it):
    wrong = whole("return np.where(a == 0, b, 1 - b)")
    found = [one.text for one in mends(wrong, solution) if one.kind == "call-missing"]
    assert any("(a) == 0" in one for one in found) is is_it


def test_two_minus_signs_that_are_too_much_are_taken_away_together():
    wrong, right = whole("return -a, -b"), whole("return (a, b)").strip()
    assert next(one.kind for one in mends(wrong) if one.text == right) == "sign"


def test_what_grows_in_a_loop_is_said_to_be_read_too_early_and_nothing_else():
    kinds = [one.kind for one in mends(whole("for k in a:\n    d = b[k]\n    c(d)"))]
    assert "anew-in-each-round" in kinds and "filled-too-late" not in kinds


@pytest.mark.parametrize(("body", "kind"), [
    ("for k in a:\n    d[k] = b\n    c(d[k])", "filled-too-late"),
    ("for k in a:\n    self.update(k)\n    self.rate = self.rate * b", "filled-too-late"),
    ("for k in a:\n    d[k] = b\n    if c(d):\n        break", "filled-too-late"),
    ("first = True\nfor k in a:\n    if first:\n        b(k)\n    first = False", "before-the-loop"),
])  # fmt: skip
def test_what_is_as_it_should_be_in_a_loop_is_not_said_to_be_the_mistake(body, kind):
    assert kind not in [one.kind for one in mends(whole(body))]


def test_a_zero_that_is_too_much_is_no_wrong_sign_and_a_break_ends_a_loop():
    right = whole("return a").strip()
    assert [one.kind for one in mends(whole("return 0 * a")) if one.text == right] == ["too-much"]
    assert "ends the loop before its last round" in " ".join(
        one.says for one in mends(whole("for k in a:\n    b(k)\n    if c:\n        break")))


@pytest.mark.parametrize("body", ["while a > b:\n    a -= 1\nreturn a", "import os\nos.remove(a)", "open(a)"])
def test_nothing_is_tried_where_it_might_do_harm(body):
    assert list(mends(whole(body))) == []


def test_the_only_line_that_fills_a_gradient_is_not_said_to_be_too_much():
    for body, count in (("self.grad_w = a\nreturn b", 0), ("self.grad_w = a\nself.grad_w = b\nreturn c", 1)):
        found = [one.says for one in mends(whole(body)) if one.kind == "line-too-much"]
        assert len(found) == count and all("`self.grad_w = b`" in says for says in found), found


def test_a_sentence_about_lines_that_are_not_there_is_not_said():
    says = "The first alone: {yours}. Does `return` stand inside the loop?"
    looped, flat = Lines(whole("for k in a:\n    return k")), Lines(whole("return a[0]"))
    assert founded(says, looped) == says
    assert founded(says, flat) == "The first alone: {yours}."
    assert founded("You divide by the number of features.", flat) == ""
    assert founded("You divide by the number of features.", Lines(whole("return a / len(b)"))) != ""


def test_what_is_left_of_a_message_is_whole_sentences():
    assert founded("You get 2. Python divides first: the sum needs brackets.", Lines(whole("return a"))) == (
        "You get 2. The sum needs brackets.")
    nothing, told = Lines(whole("pass")), [
        one.says for number in range(16) for task in exercises(f"{number:02}").values()
        for one in getattr(task, "mistakes", ())]
    assert sum(founded(says, nothing) != says for says in told) > 50
    small = [left for says in told if (left := founded(says, nothing)) != says
             and re.search(r"[.?!] (?!s is )[a-z]", re.sub(r"`.*?`", "X", left))]
    assert not small


def test_what_one_case_alone_shows_is_not_told_as_what_all_numbers_have_in_common():
    mine, right = np.array([0.2, 1.2]), np.array([1.0, 2.0])
    assert compare(mine, right).name == "constant-shift"
    assert compare(mine, right, stories=False).name == "wrong-value"


def test_what_leaves_a_number_as_it_is_is_no_other_sign():
    for wrong in ("return a + 1", "return a - 0", "return a * 1"):
        found = [(one.kind, one.text.splitlines()[-1].strip()) for one in mends(whole(wrong))]
        assert ("too-much", "return a") in found, found
        assert not {(kind, text) for kind, text in found if kind == "operator" and text in (
            "return a * 1", "return a / 1", "return a + 0", "return a - 0")}, found  # fmt: skip


def test_a_size_has_no_wrong_sign():
    kinds = [one.kind for one in mends(whole("n = len(b)\nreturn a.reshape(1, n)"))]
    assert not {"wrong-sign", "abs-missing"} & {*kinds} - {one.kind for one in mends(whole("return a.reshape(1, 2)"))}


def test_fewer_places_are_cut_off_and_not_one_off():
    for text in ("round(a, 6)", "np.round(a, 6)", "a.round(6)"):
        found = {one.kind: one.text for one in mends(whole(f"return {text}"))}
        assert found["rounded"] == whole("return a").strip() and "constant" not in found


def test_another_axis_is_no_array_that_is_not_turned():
    found = [(one.kind, one.text.splitlines()[-1].strip()) for one in mends(whole("return a.mean(axis=0)"))]
    assert ("other-axis", "return a.mean(axis=1)") in found
    assert ("not-transposed", "return a.T.mean(axis=0)") not in found


def test_a_loop_that_always_ends_in_its_first_round_runs_in_no_wrong_direction():
    once = whole("for k in a:\n    if k:\n        return 1\n    return 2\nreturn 3")
    more = whole("for k in a:\n    if k:\n        return 1\nreturn 2")
    assert "not-reversed" not in [one.kind for one in mends(once)]
    assert "not-reversed" in [one.kind for one in mends(more)]


WAY_BACK = '''def back(self, y):
    m = y.shape[1]
    d = (self.output - y) / m * self.bend.gradient(self.z)
    for k in reversed(range(len(self.layers))):
        layer = self.layers[k]
        layer.dW = d @ layer.inputs.T
        layer.db = np.sum(d, axis=1, keepdims=True)
        d = layer.W.T @ d * (layer.inputs > 0)
    return d
'''


ROWS_BACK = '''def backward(self, g, out, keep, *more):
    n = len(out)
    rest = g.sum(axis=0) + self.bend(out) - 1.5 * self.steep(out) * helper(*more)
    for k, (w, b) in enumerate(zip(self.ws, self.bs)):
        kept_w = keep[k]
        self.grads[k] = kept_w.T @ g / n + 0.1 * w
        g = g @ w.T * np.where(keep[k - 1] >= 0, 1.0, 0.01) * (1 - out ** 2)
    for name in enumerate(self.ws):
        self.grads[-1][name] -= np.maximum(g, 0) / np.where(g < out)
    if rest is n and out == g:
        del self.grads[0]
    return rest - g * (2 + n)
'''


CACHED = '''def back(X, labels, cache, activations):
    m, e = (len(labels), np.zeros_like(X, dtype='float32'))
    d = np.round(cache['A2'], 2)
    d[:, labels] -= 1
    dW = activations[-1].T @ d / m
    d = d @ cache['W'].T * np.where(cache['Z1'] > 0, 1, 0.5)
    for k, name in enumerate(['W', 'V']):
        e[k] += 0.5 * dW.astype('float32')
    p = q = cache.get('A1')
    e = p * (1 - p) * d[np.where(X > 0)[0]]
    g = d + 2 * e[1:] * (1 / (1 + e))
    u = [(b + 3) ** 2 for a, b in zip(dW[name], d[name])]
    return {'W': dW, 'u': u, 'b': np.abs(g), 'V': [[]] * k}
'''


def kept(name, chosen, found=()):
    """The chosen changes of texts with what is said of them, and how many of each kind there are: tests/mends.txt."""
    told = []
    for one, before in chosen:
        lines = (line for line in one.text.splitlines()[1:] if line not in before.splitlines())
        told += [f"{one.kind}: {one.says}", *lines]
    counts = Counter(one.kind for one in found)
    told += ["of " + ", ".join(f"{count} {kind}" for kind, count in counts.items())] if found else []
    kept_words.compare(Path(__file__).with_name("mends.txt"), name, "\n".join(told))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_and_tried_is_what_was_read(kind):
    wrong, right = map(whole, KINDS[kind])
    found = [*mends(wrong, solution=right)]
    kept(kind, [(one, "") for one in found if one.kind == kind and one.text.strip() == right.strip()], found)


SHAPES = {  # bodies that come near to what a mend is for, from both sides
    "calls": """b = np.clip(np.sum(a), 0, 1) + np.sum([a]) - np.sum([a, b])
c = f(*a) + np.sum(*a) + sum(a + b) + (a * b).sum()
return np.reshape(b, (2, 3)) + b.reshape((2, 3)) + np.reshape(c, -1)""",
    "axes": """b = a.sum(axis="x") + a.sum(axis=None) + np.mean(a, axis=1, keepdims=True)
c = a.mean(0).sum() + np.exp(np.sum(a)) + np.sum(np.exp(a), axis=0) + np.sum(np.exp(a, dtype=float))
return a[0].std() + a[1].std(ddof=1) + a[b].max()""",
    "new arrays": """b = np.zeros_like(a)
c = np.zeros_like(b, dtype=int) + np.empty_like(a)
return np.array(a).astype(int) + np.dot(b, c) + np.array(b, dtype=int)""",
    "of two": """b = min(a, b, -1) if max(-1, 2) else any(a)
c = all([a, b]) + any(x for x in a) + max(abs(a))
return sorted(reversed(a)) + list(b)""",
    "conditions": """if a is not b and not a or a < b < c:
    b = not -3
if abs(a) > b:
    c = -2.5 if a + b else a // b * c
return [k for k in a] + [k for k in a if k if b]""",
    "places": """b = a[1:] + a[:1] + a[1:2] + a[::2] + a[::-1] + a[1::-1]
c = a[None, :] + a[:, np.newaxis] + a[1] + a["x"] + a[0, 1:] + a[-1]
return a.size + a.shape[0] + a.shape[1] + len(a)""",
    "lists": """b = [a, b] * c + [0] * 3 + [a] * 2 + 2 * [[]]
return (a - b) / np.sum(b) + (a + b) / np.sum(b, axis=0) - c / b.sum()""",
    "doubles": """b = 2 * np.sum(a) + b * (c + 1)
c = (a + b) / (c * 2) - (a - 1) ** 2
return (1 - a) ** b * (a and b or c) + (a & b | c)""",
    "lines": """'''What it does.'''
def inner(x):
    return x
pass
if a:
    'words'
    b = 1
elif b:
    b = 2
else:
    b = 3
np.seed(1)
a.append(b)
return inner(a)""",
    "rounds": """for k in a:
    if k:
        return k
    else:
        return b
for k, (i, j) in enumerate(zip(a, b)):
    c(k, i)
for k in range(0, len(a)):
    c(a[k], b)
for k in range(len(a)):
    a[k] += 1
    c -= 1
else:
    b = c
return b""",
    "assigned": """b = a.astype(int)
a[0] == b
a.x == b == c
b.x = c = a
a.sort() if b else c.sort()
d = b.copy()
d += 1
d *= 2
a[0], b[0] = b[0], a[0]
return a, b""",
    "calls, the other side": """b = np.random.rand() + np.sum(a % b) + np.sum(a * b) + np.where(a, b, c)
b = np.where(a, -1, 1)
a.append([b, c])
c = np.zeros(3, dtype=int, order="F") + np.ones(3, dtype="float32", order="F") + a.astype() + a.astype("float32")
b = np.round(a) + a.round(2) + round(a, 2) + round(a) + np.reshape() + a.reshape(2, order="F") + a.reshape(2, copy=True)
c = len(*a) + len(a, b) + range(a)[0] + len(range(1, a)) + f(-a, +1, a) + f(a, a) + f(a, a, a, a)
return a.sum(axis=b) + a[0].sum(axis=0) + a[b].mean(keepdims=True) + np.max(a, axis=0, where=b)""",
    "turned round": """b = np.abs(np.abs(a)) + np.sqrt(a.sum(axis=0)) + np.exp(a.max())
a = np.log(a.mean(0)) + a.abs().sum()
c = max(f(a), b) + min(max(a), 1) + max(a.min(), 0) + ~a + +b
return np.sum(a.exp()) + np.exp(a).sum() + b.mean().max()""",
    "places, the other side": """b = a.shape[2] + a.shape[-1] + a.shape[b] + a[:, None, 1] + a[..., None] + a[None]
c = a[:-1] + a[:, :-1] + a[1:-1] + a[1:, 0] + a[2:] + a[0, b] + a[0, True]
return a[..., ::-1] + a[1:, ::-1] + a[::-1, b] + a[:3, ::-1] + a[0, "x"] + a[:, 1, 2] + a[::2, ::-1]""",
    "rounds, the other side": """flag = True
for k in a:
    b = False
for k, i, j in a:
    if k:
        b = i
    else:
        c = 1
for k in range(len(a) + 1):
    c = 2 * c
    b.n = c + 1
    append(b, c)
    f(b, c)
for k in range(len(a), b):
    n = n + 1
    c(n, k)
f(a) == b
a != b
a.b.sort()
return [1 for k in a] + [i for k, i in b], {k: 1 for k, i in b}""",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_tried_on_many_shapes_is_what_was_read(shape):
    text = ast.unparse(ast.parse(whole(SHAPES[shape])))
    found = [*mends(text, solution="def f(a):\n    return np.where(a.x, a.T, 0.5)\n")]
    firsts = {one.kind: one for one in reversed(found)}
    kept(shape, [(one, text) for _, one in sorted(firsts.items())], found)


def test_what_is_tried_on_a_way_back_is_what_was_read():
    found = [*mends(WAY_BACK, around=("mask",), keys=("dW1",))]
    firsts = {one.kind: one for one in reversed(found)}
    kept("way back", [(one, WAY_BACK) for kind, one in sorted(firsts.items())], found)
    found_too = [*mends(ROWS_BACK, around=("seen",), keys=("a1", "z1"))]
    firsts = {one.kind: one for one in reversed(found_too)}
    kept("way back in rows", [(one, ROWS_BACK) for kind, one in sorted(firsts.items())], found_too)
    apart = [one.text for far in (False, True) for one in mends(WAY_BACK, far=far, around=("mask",), keys=("dW1",))]
    assert set(apart) == {one.text for one in found}


def test_each_sentence_is_what_was_read_with_one_change_of_which_it_is_said():
    texts, told = {whole(wrong): {"solution": whole(right)} for wrong, right in KINDS.values()}, {}
    factor = ast.parse("0.5 / m", mode="eval").body
    texts |= {WAY_BACK: {"around": ("mask",), "keys": ("dW1",)},
              CACHED: {"around": ("mask",), "keys": ("W", "V", "A1", 0.25, factor)}}  # fmt: skip
    for text, more in texts.items():
        for one in mends(text, **more):
            words = re.sub(r"`.*?`| \(the .* line\)| The same goes .*", "", one.says)
            told.setdefault((one.kind, words), (one, text))
    kept("every sentence", [one for _, one in sorted(told.items(), key=lambda item: item[0])])


def test_where_there_are_many_variables_those_that_begin_or_end_alike_are_taken_for_one_another():
    names = [f"{first}{last}" for first in "defghj" for last in "mvopq"]
    body = "\n".join(f"{name} = a + {k}" for k, name in enumerate(names)) + "\nreturn dm * b"
    others = {one.text.rpartition("return ")[2] for one in mends(whole(body)) if one.kind == "another-variable"}
    assert {"dv * b", "em * b"} <= others and "ev * b" not in others


@pytest.mark.parametrize(("body", "never"), [
    ("a.append(b)\nreturn np.array(a)", "a.append(a)"),  # it holds itself without end, and `np.array` never comes back
    ("a.append()\nreturn np.array(a)", "a.append(a)"),
    ("return np.maximum(a, 0)", "np.maximum(a, 0, a)"),  # a third is what the result is written into
    ("return np.exp(a)", "np.exp(a, b)"),
])  # fmt: skip
def test_nothing_is_put_into_itself_and_nothing_handed_to_what_has_all_it_takes(body, never):
    assert not [one.kind for one in mends(whole(body)) if never in one.text]
    assert [one for one in mends(whole("return np.maximum(a)")) if "np.maximum(a, b)" in one.text]


def test_how_reshape_pours_is_said_as_it_does():
    says = {order: next(one.says for one in mends(whole(f"return a.reshape(2, 3{order})")) if one.kind == "poured")
            for order in ("", ", order='F'")}  # fmt: skip
    assert "line by line" in says[""] and "column by column" in says[", order='F'"]


def test_an_end_in_time_is_no_error_of_a_weak_reference_and_is_still_heard_after_one():
    class Layer:
        pass

    watched, layer = weakref.WeakSet(), Layer()
    watched.add(layer)
    clock = Clock(most=10**6, seconds=60)
    with pytest.raises(TooLong), clock:
        clock.until = 0.0
        del layer  # Python itself calls the set's own function here, and what is raised there goes by unheard
        count_up = eval("lambda n: n + 1")
        count_up(1)
    assert not watched


def table(n):
    return np.ones((n, 2 * n)).sum()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is watched on Linux alone")
@pytest.mark.parametrize("needs, found", [(10, True), (10_000, False)])
def test_a_changed_line_that_takes_much_memory_is_no_mend_and_is_not_let(needs, found):
    """800 MB are more than a change may take, and a moment later the learner has them again."""
    import resource  # which is not everywhere

    limits = resource.getrlimit(resource.RLIMIT_AS)

    def puts_right(new):
        return float(bool(new) and next(iter(new.values()))(3) == 9 and np.empty(needs * 10_000).size > 0)

    mend = mended([table], puts_right)
    assert (mend is not None and "`2 *` is too much" in mend.says) is found, mend
    assert resource.getrlimit(resource.RLIMIT_AS) == limits
    assert np.empty(needs * 10_000).size > 0


def half(a, b):
    return a + b / 2


def less(a, b):
    print("this is not shown")
    return a - b


def asked_of(wanted, **options):
    """The mend with which functions give what is `wanted` of them, and the share that was right with each change."""
    shares = []

    def puts_right(swapped):
        right = [swapped.get(one, one)(*given) == it for one, table in wanted.items() for given, it in table.items()]
        shares.append(sum(right) / len(right))
        return shares[-1]

    return mended([*wanted], puts_right, **options), shares


HALF, LESS = {(1, 3): 2, (5, 1): 3, (0, 4): 2}, {(1, 3): 2, (5, 1): -4, (0, 4): 4}


def test_nothing_more_is_run_as_soon_as_all_is_right(capsys):
    brackets = "In your line `return a + b / 2` a pair of brackets is missing: Python reads `a + (b / 2)`."
    found, shares = asked_of({half: HALF})
    assert (found.kind, found.also, found.says, found.when) == ("brackets-missing", (), brackets, "With that mended")
    assert shares.index(1) == len(shares) - 1
    found, shares = asked_of({half: HALF, less: LESS})
    assert (found.kind, found.also, found.when) == ("sides-swapped", ("brackets-missing",), "With both mended")
    assert found.says.startswith("In your line `return a - b` "), "first that with which most is right"
    assert found.says.endswith(f" And: i{brackets[1:]}")
    assert shares.index(1) == len(shares) - 1 and capsys.readouterr().out == ""


def test_what_is_right_in_part_or_of_another_kind_is_not_told():
    assert asked_of({half: HALF}, kinds=("operator",))[0] is None
    assert asked_of({half: HALF | {(7, 7): 70}})[0] is None
    assert asked_of({half: HALF, less: LESS | {(7, 7): 70}})[0] is None
