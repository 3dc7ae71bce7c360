"""The checks: three outcomes, named mistakes, and code that loops, floods, exits or spoils its arguments."""

import contextlib
import copy
import difflib
import functools
import itertools
import json
import os
import re
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
import wrong_answers
from notebook import Notebook, set_constant, with_body, with_changes

import lessons.checks
from lessons.checks.judge import Order, Outcome, Slip, Verdict, guard, learner, manners, search, trial
from lessons.checks.judge.compare import Finding, close, compare, short
from lessons.checks.judge.declared import CLAIM, Declared
from lessons.checks.remember import book
from lessons.checks.remember.book import exercises, find
from lessons.checks.remember.progress import Progress
from lessons.checks.speak import calibration, commands, names
from lessons.checks.speak.report import inline
from widgets.stage.stand_in import StandIn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import golden

GOLDEN = golden.read()
JUDGED = json.loads((Path(__file__).parent / "answers" / "judgements.json").read_text(encoding="utf-8"))
NUMBERS = [number for lesson in book.paths() for number in exercises(lesson)]
WRITTEN = [number for number in NUMBERS if find(number).kind == "write"]
WITHOUT_ARRAYS = {  # layers that are there to be changed; numbers, text, files
    "05.3", "09.4", "11.3", "11.4", "11.5", "12.7", "15.2", "15.3", "15.4",
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Every test has a progress of its own, and little patience."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    monkeypatch.setattr(commands, "HOME", folder)
    monkeypatch.setattr(commands, "PROGRESS", Progress(folder / "my_progress"))
    monkeypatch.setattr(commands, "_passed_now", {})
    monkeypatch.setattr(commands, "_outcomes_now", {})
    monkeypatch.chdir(tmp_path)  # where a wrong answer may write its files
    set_constant(monkeypatch, search, "PATIENCE", 2.0)  # a busy machine takes longer to find a slip
    set_constant(monkeypatch, search, "PROCESSOR", 1.5)
    set_constant(monkeypatch, search, "PAIRS_LIMIT", 2.0)
    set_constant(monkeypatch, search, "SHARE", 0.95)
    set_constant(monkeypatch, guard, "LIMIT", 5.0)  # only endless code ever waits for it
    return folder


def named(number, **how):
    return pytest.param(number, **how, id=number)


# --- Every exercise ---


@pytest.mark.parametrize("number", NUMBERS)
def test_blank_is_not_attempted(number):
    report = Notebook().do(number, book.exercise_cell(number)[1])
    assert report.outcome == "NOT ATTEMPTED", report.text()
    assert "There is no `" not in report.text(), "it is there, and blank"
    assert commands.PROGRESS.read() == {}, "a blank must not count as a try"


@pytest.mark.parametrize("number", WRITTEN)
@pytest.mark.parametrize("body", ["pass", "...", '"""Something to say."""', "# later", "return ..."])
def test_other_blanks_are_not_attempted(number, body):
    text = with_body(number, body if body != "# later" else "# later\n...")
    assert Notebook().do(number, text).outcome == "NOT ATTEMPTED"


@pytest.mark.parametrize("number", NUMBERS)
def test_solution_passes(number):
    report = Notebook().do(number, book.exercise_cell(number)[0])
    assert report.outcome == "PASSED", report.text()
    assert "defect" not in report.details


def test_who_says_nothing_where_training_goes_on_says_no():
    first, last = next(body for name, body in wrong_answers.lesson_13.BODIES["13.7"] if name == "one-epoch-late")
    is_over = first.replace("return epoch - self.best_epoch > self.patience",
                            "if epoch - self.best_epoch == self.patience:\n    return True")  # fmt: skip
    assert is_over != first
    report = Notebook().do("13.7", with_body("13.7", (is_over, last)))
    assert report.outcome == "PASSED", report.text()


@pytest.mark.parametrize(("number", "changes", "says", "never"), [
    ("07.3", (("inputs.T / m", "inputs.T"), ("= dz.mean(axis=1, keepdims=True)", "= dz.mean(axis=1)")),
     "The weights' gradient is", "bias's gradient is right"),
    ("07.3", (("inputs.T / m", "inputs.T / m**2"), ("= dz.mean", "= 0 * dz.mean")),
     "of the weights is", "Your gradients"),
    ("07.5", (("layer.inputs, dz)", "layer.inputs + 1, dz)"), ("return grad", "return dz")),
     "What you return is the dz", "Every layer"),
    ("13.2", (("order[:held_back], order[held_back:]", "order[-held_back:], order"),), "all examples are in it",
     "is empty"),
    ("13.4", (("(2 * examples)", "examples"), (", factor /", ", 2 * factor /")), "twice what it should be",
     "its own gradient"),
    ("13.4", (("value, factor", "0.0, 0 * factor"),), "Your penalty is 0", "would be pulled"),
    ("13.5", (("loss + value, grad_weights + gradient", "loss, grad_weights"),), "neither", "are right"),
    ("13.5", (("loss + value, grad_weights + gradient", "loss, grad_weights - gradient"),), "the loss that came in",
     "are right"),
    ("12.4", (("        self.memory[id(parameters)] = velocity\n", ""), ("parameters -=", "parameters +=")),
     "After the first step every step goes along", "is right"),
    ("12.6", (("m / (1 - self.beta1**t)", "m"), ("= t, m, s", "= t, m, 0.0")),
     "After the first step s begins at 0 again", "is right"),
])  # fmt: skip
def test_who_makes_two_mistakes_is_not_told_that_all_but_one_is_right(number, changes, says, never):
    report = Notebook().do(number, with_changes(number, changes))
    assert report.outcome == "FAILED"
    assert says in report.text()
    assert never not in report.text()


def test_what_a_slip_says_to_be_right_is_left_out_where_something_else_is_wrong_too():
    """Two slips may come together: `{whole:…|…}`, or a sentence that is cut off, keeps both true."""
    says = {slip.says for number in NUMBERS for slip in getattr(find(number), "mistakes", ()) if isinstance(slip, Slip)}
    bare = {re.sub(r"\{whole:[^}]*\}", "", CLAIM.sub("", one)) for one in says}
    assert not [one for one in bare if re.search(r"(?<!that )\b(is|are) right[.,;]", one)]


@pytest.mark.parametrize(("number", "changes"), [
    ("13.4", ((" factor / examples * weights", " slope"),
              ("    value =", "    slope = weights.copy()\n    slope *= factor / examples\n    value ="))),
    ("13.6", (("        return inputs * self.mask", "        outputs = inputs.copy()\n        outputs *= self.mask\n"
               "        return outputs"),)),
])  # fmt: skip
def test_who_stops_at_whole_numbers_has_lost_nothing(number, changes):
    """A network's arrays have parts of one, and NumPy refuses to cut them off in place."""
    report = Notebook().do(number, with_changes(number, changes))
    assert report.outcome == "PASSED", report.text()


@pytest.mark.parametrize(("number", "changes", "note"), [
    ("02.5", (("1 / (1 + np.exp(-z))", "np.exp(z) / (1 + np.exp(z))"),), "infinity divided by infinity is nothing."),
    ("03.4", (("np.maximum", "np.fmax"),), "`fmax` passes over it, and `maximum` lets it come out."),
    ("14.5", (("np.maximum", "np.fmax"),), "`fmax` passes over it, and `maximum` lets it come out."),
    ("14.4", (("powers / powers.sum(axis=0, keepdims=True)", "powers / (powers.sum(axis=0, keepdims=True) + 1e-8)"),),
     "your shares add up to 0.99999999. Is something added below the line?"),
    ("14.4", (("return powers / powers.sum(axis=0, keepdims=True)",
               "self.p = powers / powers.sum(axis=0, keepdims=True)\n        return self.p"),
              ("self.output", "self.p")), "so one copy of it is enough."),
    ("04.4", (("np.log(given)", "np.log(np.maximum(given, 1e-7))"),),
     "the logarithm of 0 also says how bad an answer may be at most."),
    ("04.5", (("(output * (1 - output))", "(output * (1 - output) + 1e-9)"),),
     "a division by 0 also says how hard the loss may push at most."),
    ("12.4", (("+ gradients\n", "+ self.learning_rate * gradients\n"), ("self.learning_rate * velocity", "velocity")),
     "your velocity has the learning rate in it."),
    ("05.4", (("return parameters - learning_rate * gradients", "new = parameters.copy()\n    new -= learning_rate * "
               "gradients\n    return new"),), "cannot be written into an array of whole numbers"),
    ("13.6", (("return inputs * self.mask", "made = inputs.copy()\n        made *= self.mask\n        return made"),),
     "cannot be written into an array of whole numbers"),
    ("01.4", (("return x.mean(axis=1, keepdims=True)", "made = np.zeros((len(x), 1), x.dtype)\n    for k, row in "
               "enumerate(x):\n        made[k] = row.mean()\n    return made"),),
     "What stands behind the point is cut off."),
    ("01.5", (("labels.reshape(1, -1)", "labels.reshape(1, -1).astype(int)"),), "they should stay as they came."),
    ("03.3", (("return weights_2 @ bias_1 + bias_2", "made = np.zeros_like(bias_2)\n    made[:] = weights_2 @ bias_1 + "
               "bias_2\n    return made"),), "What stands behind the point is cut off."),
    ("01.6", (("return centred / x.std(axis=1, keepdims=True)", "made = np.zeros_like(x)\n    made[:] = centred / "
               "x.std(axis=1, keepdims=True)\n    return made"),), "What stands behind the point is cut off."),
    ("03.7", (("return np.where(z < 0, e, 1) / (1 + e)", "f = np.empty_like(z)\n        f[z >= 0] = 1 / (1 + e[z >= 0])"
               "\n        f[z < 0] = (e / (1 + e))[z < 0]\n        return f"),),
     "What stands behind the point is cut off."),
    ("06.3", (("return 2 * (z - label) * inputs", "made = np.zeros_like(inputs)\n    made[:] = 2 * (z - label) * "
               "inputs\n    return made"),), "What stands behind the point is cut off."),
    ("06.7", (("    return np.array([", "    made = np.zeros_like(parameters)\n    made[:] = np.array(["),
              ("grad_output * a2, grad_output])", "grad_output * a2, grad_output])\n    return made")),
     "What stands behind the point is cut off."),
    ("15.2", (("dtype=float", "dtype=np.float32"),), "your x is float32, and 39.1 has become 39.09"),
    ("08.4", (("size != 0", "size > 0"),), "The lesson would have it come out."),
    ("12.2", (("permutation(x.shape[1])", "permutation(rng.permutation(x.shape[1]))"),), "you ask `rng` 2 times"),
    ("08.3", (("up, down = parameters.copy(), parameters.copy()\n    up[index] += epsilon\n    down[index] -= epsilon\n"
               "    return (loss(up) - loss(down))", "parameters[index] += epsilon\n    up = loss(parameters)\n"
               "    parameters[index] -= 2 * epsilon\n    down = loss(parameters)\n    parameters[index] += epsilon\n"
               "    return (up - down)"),), "keep the old number, and put that back."),
])  # fmt: skip
def test_what_is_right_and_could_be_better_passes_with_a_note(number, changes, note):
    """Whoever takes `np.fmax` need not have thought of nan, and a sum that is taken back is rounded."""
    report = Notebook().do(number, with_changes(number, changes))
    assert report.outcome == "PASSED" and note in report.text() and "One thing to know: " in report.text()


@pytest.mark.parametrize("number", NUMBERS)
def test_a_check_before_its_cell_was_run(number):
    report = Notebook().run(f'check("{number}")')
    assert report.outcome == "NOT ATTEMPTED", report.text()
    assert "There is no `" in report.text() or find(number).kind != "by hand"


@pytest.mark.parametrize(("number", "diagnosis", "body"), wrong_answers.table("BODIES"))
def test_wrong_body_is_named(number, diagnosis, body):
    report = Notebook().do(number, with_body(number, body))
    assert (report.outcome, report.finding and report.finding.name) == ("FAILED", diagnosis), report.text()
    assert_no_answer_in(report, number, body)
    assert_as_kept(number, diagnosis, body, report)


@pytest.mark.parametrize(("number", "diagnosis", "text"), wrong_answers.table("CELLS"))
def test_wrong_cell_is_named(number, diagnosis, text):
    report = Notebook().do(number, text)
    assert (report.outcome, report.finding and report.finding.name) == ("FAILED", diagnosis), report.text()
    assert_no_answer_in(report, number, text)
    assert_as_kept(number, diagnosis, text, report)


def test_what_belongs_to_the_class_is_told_whatever_happens_a_second_time(monkeypatch):
    """The `id` of an array that is gone may be that of a new one: then such an answer stops, or goes on with it."""
    kept = wrong_answers.table("CELLS")
    text = next(text for number, name, text in kept if (number, name) == ("12.6", "shared-by-all"))
    stopped = Verdict(Outcome.FAILED, Finding("raises-ValueError", "It stopped."))
    monkeypatch.setattr(trial.Trial, "_second_time", lambda *_: stopped)
    notebook = Notebook()
    notebook.run(text)
    assert find("12.6").judge(notebook.names).finding.name == "shared-by-all"


@pytest.mark.parametrize(("number", "diagnosis", "changes"), wrong_answers.table("CHANGED"))
def test_a_change_of_the_solution_is_named(number, diagnosis, changes):
    report = Notebook().do(number, with_changes(number, changes))
    assert (report.outcome, report.finding and report.finding.name) == ("FAILED", diagnosis), report.text()
    assert_as_kept(number, diagnosis, changes, report)


@pytest.mark.parametrize(("number", "diagnosis", "letters"), wrong_answers.table("LETTERS"))
def test_wrong_letters_are_named(number, diagnosis, letters):
    report = Notebook().run(f"check({number!r}, {letters!r})")
    assert (report.outcome, report.finding and report.finding.name) == ("FAILED", diagnosis), report.text()
    assert_as_kept(number, diagnosis, letters, report)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_exercise_has_three_wrong_answers(number):
    kinds = ("BODIES", "CELLS", "LETTERS")
    wrong = {(diagnosis, text) for kind in kinds for n, diagnosis, text in wrong_answers.table(kind) if n == number}
    assert len(wrong) >= 3


def test_no_mistake_is_told_that_would_show_where_the_learner_is_right():
    """With a tiny ε Adam's first step is the rate times a sign. Those after it, right at the usual ε, are not."""
    task, notebook = find("12.6"), Notebook()
    notebook.run(next(text for *key, text in wrong_answers.table("CELLS") if key == ["12.6", "unused-argument"]))
    yours, expected = (
        [task.use(piece, copy.deepcopy(case)) for case in task.cases]
        for piece in (notebook.names["Adam"], book.solution_piece("12.6", "Adam"))
    )
    assert Declared(task, notebook.names["Adam"], yours, expected).named(task.mistakes, so_far=True) is None


@pytest.mark.parametrize("number", WRITTEN)
def test_every_slip_in_the_solution_is_named(number):
    """Each slip is made in the solution itself and given as an answer: no other slip may give the same values."""
    notebook, found = Notebook(), {}
    for needed in getattr(find(number), "needs", ()):
        notebook.run(book.exercise_cell(needed)[0])
    for slip in [mistake for mistake in find(number).mistakes if isinstance(mistake, Slip)]:
        assert all(right in book.exercise_cell(number)[0] or k for k, (right, _) in enumerate(slip.changes)), slip
        notebook.run(functools.reduce(lambda text, change: text.replace(*change), slip.changes,
                                      book.exercise_cell(number)[0]))  # fmt: skip
        verdict = find(number).judge(notebook.names)
        name = verdict.finding.name if verdict.finding else verdict.outcome
        if name != slip.name:
            found[slip.name, slip.changes] = name
    assert found == {}


@pytest.mark.parametrize("number", WRITTEN)
def test_every_declared_mistake_is_told_under_its_own_name(number):
    """No mistake stands behind another one that gives the same values: its sentence would never be read."""
    task = find(number)
    right = [task.use(book.solution_piece(number, task.piece), case) for case in copy.deepcopy(task.cases)]
    for mistake in [mistake for mistake in task.mistakes if not isinstance(mistake, Slip)]:
        values = []
        with contextlib.suppress(Exception), np.errstate(all="ignore"):  # in a later case it may stop
            values.extend(mistake.wrong(**copy.deepcopy(case)) for case in task.cases)
        shows = any(task.compare(*both, case) for *both, case in zip(values, right, task.cases, strict=False))
        told = shows and Declared(task, None, values, right).named(task.mistakes)
        assert not told or told.name == mistake.name


@pytest.mark.parametrize("number", NUMBERS)
def test_every_declared_sentence_is_told_to_an_answer_that_is_kept(number):
    """By its longest part between two values: a mistake that nobody makes in the tests could say anything."""
    task = find(number)
    declared = [mistake.says for mistake in getattr(task, "mistakes", ())]
    declared += [says for slips in getattr(task, "wrong", {}).values() for _, _, says in slips]
    declared += [says for _, _, says in (*getattr(task, "together", ()), *getattr(task, "before", ()))]
    declared += getattr(task, "extra", {}).values()
    options = getattr(task, "options", {}) if task.kind == "recall" else {}
    declared += [says for letter, says in options.items() if letter != task.right]
    told = [letters(text) for key, text in GOLDEN[1].items() if key.startswith(f"== {number} ")]
    told += [letters(one["message"]) for key, one in JUDGED.items() if key.startswith(f"{number} ")]
    parts = {says: letters(max(re.split(r"\{[^}]*\}", says), key=len)) for says in declared}
    missing = [says for says, part in parts.items() if not any(part in text for text in told)]
    assert not missing, f"no wrong answer is told: {missing}"


def letters(text):
    return re.sub(r"[^a-z]", "", text.lower())


@pytest.mark.parametrize("number", NUMBERS)
def test_three_hints_a_title_and_praise(number):
    task = find(number)
    assert len(task.hints) == 3
    assert len(set(task.hints)) == 3
    assert task.title
    assert task.praise.endswith((".", "?"))


def assert_as_kept(number, diagnosis, answer, report):
    """What a learner is told stands in tests/golden.txt; whoever changes a sentence sees it there, and judges it."""
    changed = golden.changed(number, diagnosis, answer, report, GOLDEN)
    assert not changed, changed


def assert_no_answer_in(report, number, written):
    """The line that solves the exercise must not stand in the message, but where the learner's own line is quoted."""
    text = report.text()
    own = "\n".join(written) if isinstance(written, tuple) else written
    quoted = sorted((part for part in re.findall(r"`([^`]+)`", text) if part in own), key=len, reverse=True)
    for line in (*own.splitlines(), *quoted):
        text = text.replace(line, "")
    for line in re.findall(r"return (.+)", book.exercise_cell(number)[0]):
        assert re.fullmatch(r"[\w, ]+", line) or line not in text  # the names of what is asked for are no secret


# --- Hostile code, run against every written exercise ---

HOSTILE = {
    "endless": ("endless", "while True:\n    pass"),
    "endless, with everything caught": (
        "endless", "while True:\n    try:\n        x = 1\n    except BaseException:\n        pass"),
    "endless NumPy": ("endless", "while True:\n    np.ones((50, 50)) @ np.ones((50, 50))"),
    "asleep": ("endless", "import time\ntime.sleep(1.2)"),
    "flood": ("endless", "while True:\n    print('x' * 1000)"),
    "raise": ("raises-RuntimeError", "raise RuntimeError('<b>no</b>')"),
    "raise BaseException": ("raises-KeyboardInterrupt", "raise KeyboardInterrupt"),
    "unreadable error": ("raises-E", "class E(Exception):\n    def __str__(self):\n        return 1 / 0\nraise E"),
    "exit": ("exits", "import sys\nsys.exit()"),
    "quit": ("exits", "quit()"),
    "recursion": ("raises-RecursionError", "def again():\n    return again() + 1\nreturn again()"),
    "text": ("wrong-type", "return '<script>alert(1)</script>'"),
    "function": ("wrong-type", "return len"),
    "dictionary": ("wrong-type", "return {}"),
    "complex": ("wrong-type", "return 1j"),
    "objects": ("wrong-type", "return np.array([None, 'a'], dtype=object)"),
    "wrong shape": ("wrong-shape", "return np.zeros((7, 7, 7))"),
    "deleted name": ("raises-NameError", "del globals()['np']\nreturn np.zeros(1)"),
    "deleted variable": ("raises-UnboundLocalError", "z = 1\ndel z\nreturn z"),
    "redefined np": ("redefined-np", "global np\nnp = 5\nreturn np.zeros(1)"),
    "too much memory": ("raises-MemoryError", "return np.ones((10**7, 10**7))"),
    "input": ("raises-RuntimeError", "return float(input('z? '))"),
    "hostile object": (
        "wrong-type",
        "class Odd:\n    def __getattr__(self, name):\n        raise RuntimeError(name)\nreturn Odd()",
    ),
}  # fmt: skip


ENDLESS = [kind for kind, (diagnosis, _) in HOSTILE.items() if diagnosis == "endless"]
EVERY = os.environ.get("NNLIB_EVERY_ATTACK")  # else an exercise meets a third of them, and each of them a third of all
ATTACKS = [  # endless code waits for the time limit, so an exercise meets one kind of it
    (number, kind)
    for place, number in enumerate(WRITTEN)
    for turn, kind in enumerate(HOSTILE)
    if (kind == ENDLESS[place % len(ENDLESS)] if kind in ENDLESS else EVERY or (place + turn) % 3 == 0)
]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "kind"), ATTACKS)
def test_hostile_code_fails_politely(number, kind, monkeypatch):
    diagnosis, body = HOSTILE[kind]
    if diagnosis == "endless":
        set_constant(monkeypatch, guard, "LIMIT", 0.2)
    notebook = Notebook()
    start = time.perf_counter()
    report = notebook.do(number, with_body(number, body))
    took = time.perf_counter() - start
    names = {diagnosis}
    if kind == "wrong shape":  # one array, where several are asked for; and it looks at no argument
        names |= {"unused-argument", "other-count"}
    if kind == "dictionary" and len(find(number).results) > 1:
        names = {"other-count"}
    assert report.outcome == "FAILED" and report.finding.name in names, report.text()
    assert "defect" not in report.details
    assert took < 5, f"{took:.1f} s"
    assert len(report.text()) < 1500
    assert "<b>" not in report.html() and "<script" not in report.html()
    if kind != "redefined np":
        assert notebook.names["np"] is np


@pytest.mark.parametrize("number", [number for number in WRITTEN if number not in WITHOUT_ARRAYS])
def test_right_but_spoiling_its_arguments(number):
    before = "spoil = [v for v in locals().values() if isinstance(v, np.ndarray)]\n"
    after = "\nfor v in spoil:\n    v += 1\nreturn result"
    bodies = [before + body.replace("return ", "result = ") + after if "return " in body else body
              for body in solution_bodies(number)]  # fmt: skip
    report = Notebook().do(number, with_body(number, bodies))
    assert (report.outcome, report.finding.name) == ("FAILED", "changes-its-arguments"), report.text()


def test_what_was_zero_before_is_zero_after():
    before = np.array([0.0, 1.0, -2.0])
    assert manners.unchanged(before, (before + 1e-5) - 1e-5, 1e-12)
    assert not manners.unchanged(before, np.maximum(before, [1e-300, -9, -9]), 1e-12)


@pytest.mark.parametrize("number", WRITTEN)
@pytest.mark.parametrize(("value", "diagnosis"), [("np.nan", "nan"), ("np.inf", "infinite")])
def test_right_shape_but_no_numbers(number, value, diagnosis):
    spoilt = (
        "def spoilt(one):\n"
        f"    whole = not isinstance(one, (tuple, list))\n"
        f"    return np.where(True, {value}, one) * 1.0 if whole else type(one)(map(spoilt, one))\n"
        "with np.errstate(all='ignore'):\n    return spoilt(result)"
    )
    bodies = [body.replace("return ", "result = ") + "\n" + spoilt if "return " in body else body
              for body in solution_bodies(number)]  # fmt: skip
    report = Notebook().do(number, with_body(number, bodies))
    assert (report.outcome, report.finding.name) == ("FAILED", diagnosis), report.text()


@pytest.mark.parametrize("number", WRITTEN)
def test_right_with_much_printed_passes_and_is_cut(number):
    bodies = ["for _ in range(500):\n    print('<i>' * 20)\n" + body for body in solution_bodies(number)]
    report = Notebook().do(number, with_body(number, bodies))
    assert report.outcome == "PASSED", report.text()
    assert len(report.text()) < 1500


def solution_bodies(number):
    """What the solution has in place of each `...` of the blank cell, one text for each."""
    solution, stub = (text.splitlines() for text in book.exercise_cell(number))
    matched = difflib.SequenceMatcher(None, stub, solution, autojunk=False).get_opcodes()
    parts = [solution[start:stop] for tag, _, _, start, stop in matched if tag != "equal"]
    return [textwrap.dedent("\n".join(part)) for part in parts if part]


def test_what_a_function_does_to_the_notebook_is_undone():
    notebook = Notebook()
    notebook.run("table = np.zeros(3)")
    body = "table[:] = 7\nreturn weights @ inputs + bias"
    report = notebook.do("02.3", with_body("02.3", body))
    assert (report.outcome, report.finding.name) == ("FAILED", "changes-a-global")
    assert notebook.names["table"].tolist() == [0, 0, 0]


def test_a_function_that_is_left_behind_does_not_stop_the_next_check(monkeypatch):
    set_constant(monkeypatch, guard, "LIMIT", 0.2)
    notebook = Notebook()
    assert notebook.do("02.3", with_body("02.3", "import time\ntime.sleep(2)")).finding.name == "endless"
    set_constant(monkeypatch, guard, "LIMIT", 3.0)
    assert notebook.do("02.3", book.exercise_cell("02.3")[0]).outcome == "PASSED"


def test_the_time_limit_leaves_room_within_five_seconds(monkeypatch):
    monkeypatch.undo()
    assert guard.LIMIT + guard.PATIENCE < 5


def test_the_time_that_one_asks_with_holds_although_trying_the_solution_puts_back_the_usual(monkeypatch):
    monkeypatch.setattr(guard, "LIMIT", 0.2)
    names, begun = {"np": np}, time.monotonic()
    exec(with_body("14.5", ("while True:\n    pass", "return -labels / output")), names)
    assert "had not come to an end" in find("14.5").judge(names).finding.says
    assert time.monotonic() - begun < 2


def test_nothing_the_guard_replaces_stays_replaced(capsys):
    import builtins
    import sys

    before = builtins.input, sys.stdout, sys.stderr, np.exp
    run = guard.run(lambda: print("seen by the guard"))
    assert (builtins.input, sys.stdout, sys.stderr, np.exp) == before
    assert run.printed == "seen by the guard\n"
    assert capsys.readouterr().out == ""


# --- Comparing ---


@pytest.mark.parametrize(
    ("yours", "expected", "name"),
    [
        (None, 1.0, "returned-none"),
        (..., 1.0, "half-written"),
        ("1", 1.0, "wrong-type"),
        ([1.0, 2.0], np.array([1.0, 2.0]), "wrong-type"),
        (np.ones((2, 3)), np.ones((3, 2)), "transposed"),
        (np.arange(4.0).reshape(2, 2).T, np.arange(4.0).reshape(2, 2), "transposed"),
        (np.ones(3), np.ones((3, 1)), "flat-vector"),
        (np.ones((3, 1)), np.ones(3), "extra-axis"),
        (np.ones((3, 3)), np.ones((3, 1)), "repeated"),
        (np.ones((5, 5)), np.ones((1, 5)), "repeated"),
        (np.add.outer(np.arange(3.0), np.arange(3.0)), np.ones((3, 1)), "broadcast"),
        (np.array([[5.0, 0.0], [12.0, 7.0]]), np.ones((2, 5)), "wrong-shape"),  # any counting along does the same
        (np.array([[1.5, 3.0], [2.0, 4.0]]), np.ones((2, 4)), "wrong-shape"),  # 1.5 · 4 is 2 · 3 by chance
        (np.add.outer([0.0, 7, 14], [3.0, 1, 2]), np.add.outer([0.0, 7, 14], [0.0, 4, 5, 6, 9]), "wrong-shape"),
        (np.array([[0.0, 0, 0], [0, 1, 5], [0, 2, 3]]), np.ones((3, 1)), "wrong-shape"),
        (np.ones((4, 2)), np.ones((3, 5)), "wrong-shape"),
        (np.ones((0, 3)), np.ones((2, 3)), "empty"),
        (3.0, np.ones((2, 3)), "one-number"),
        (np.array([1.0, np.nan]), np.ones(2), "nan"),
        (np.array([1.0, np.inf]), np.ones(2), "infinite"),
        (-np.arange(1.0, 4), np.arange(1.0, 4), "sign"),
        (5 * np.arange(1.0, 4), np.arange(1.0, 4), "mean-missing"),
        (np.arange(1.0, 4) / 5, np.arange(1.0, 4), "averaged-twice"),
        (7 * np.arange(1.0, 4), np.arange(1.0, 4), "constant-ratio"),
        (0 * np.arange(1.0, 4), np.arange(1.0, 4), "all-zero"),
        (np.arange(1.0, 4) + 0.5, np.arange(1.0, 4), "constant-shift"),
        (np.array([1.0, 2.0, 9.0]), np.arange(1.0, 4), "some-wrong"),
        (np.array([9.0, -2.0, 9.5]), np.arange(1.0, 4), "wrong-value"),
        (9.0, 1.0, "wrong-value"),
        (np.array([True, False]), np.array([1.0, 0.0]), "answers-for-numbers"),
        (np.array([1, 0]), np.array([True, False]), "numbers-for-answers"),
    ],
)
def test_compare_names_what_is_wrong(yours, expected, name):
    finding = compare(yours, expected, examples=5)
    assert finding is not None and finding.name == name, finding


@pytest.mark.parametrize(
    ("yours", "expected"),
    [(1, 1.0), (np.float32(0.1), 0.1), (np.ones(3, dtype=int), np.ones(3)), (1 + 1e-9, 1.0), (np.array(2.0), 2)],
)
def test_compare_accepts_what_is_right(yours, expected):
    assert compare(yours, expected) is None
    assert close(yours, expected)


@pytest.mark.parametrize(("yours", "expected", "says"), [
    (np.array([1.0, 2]), np.arange(1.0, 5), ": only the first 2 numbers are there, and right."),
    (np.array([1.0, 2, 4]), np.arange(1.0, 5), ": the others are right, and one is missing at [2]."),
    (np.array([1.0, 2, 3, 4, 9]), np.arange(1.0, 5), ": the right numbers, and 1 more behind them."),
    (np.array([9.0, 1, 2, 3, 4]), np.arange(1.0, 5), ": the right numbers, and 1 more before them."),
    (np.array([1.0, 5]), np.arange(1.0, 5), "(4,) was expected."),
    (np.array([[1.0, 2], [0, 0]]), np.array([[1.0, 2], [3, 4]]), "but in row 1, counted from 0, where all is 0."),
    (np.array([[1.0, 0], [3, 0]]), np.array([[1.0, 2], [3, 4]]), "but in column 1, counted from 0, where all is 0."),
    (np.array([[1.0, 0], [0, 4]]), np.array([[1.0, 2], [3, 4]]), "is 0 in 2 places"),
])  # fmt: skip
def test_compare_says_which_part_is_right(yours, expected, says):
    assert says in compare(yours, expected).says


def test_compare_quotes_numbers_and_keeps_the_right_one_to_itself_when_told():
    assert "5 times too large" in compare(5 * np.arange(1.0, 4), np.arange(1.0, 4), examples=5).says
    assert "(3, 4)" in compare(np.ones((3, 4)), np.ones((3, 5))).says
    assert "1.25" not in compare(9.0, 1.25, show_expected=False).says


def test_what_is_nearly_zero_is_not_said_to_be_zero_and_a_yes_is_no_sum():
    assert "zero." in compare(np.zeros(3), np.arange(1.0, 4)).says
    assert "nearly zero, none further from it than 1e−300." in compare(np.full(3, 1e-300), np.arange(1.0, 4)).says
    assert "added up" in compare(6.0, np.arange(1.0, 4)).says and "added up" not in compare(True, np.ones(3)).says


def test_short_never_raises():
    class Bad:
        def __len__(self):
            raise RuntimeError

        def __repr__(self):
            raise RuntimeError

    loop = []
    loop.append(loop)
    for value in (Bad(), loop, 10**100, "x" * 10**6, np.zeros((100, 100)), float("nan"), np.array("a"), {1: 2}):
        assert len(short(value)) < 200


# --- The other commands ---


@pytest.mark.parametrize(("text", "markup"), [
    ("the slope is *twice* it", "the slope is <em>twice</em> it"),
    ("`a * b` and `*x*`, 2*x*3 and a * b * c", "<code>a * b</code> and <code>*x*</code>, 2*x*3 and a * b * c"),
    ("`half", "`half"),
    ("*two words* <b>", "<em>two words</em> &lt;b&gt;"),
])  # fmt: skip
def test_words_are_stressed_and_code_is_code(text, markup):
    assert inline(text) == markup


def test_a_line_and_a_piece_of_it_are_not_read_as_one():
    told = inline("In your line `a = b / m` `/ m` is too much.")
    assert told == "In your line <code>a = b / m</code>: <code>/ m</code> is too much."


def test_hints_go_one_further_each_time():
    notebook = Notebook()
    texts = [notebook.run('hint("02.3")').text() for _ in range(4)]
    assert ["1 of 3" in texts[0], "2 of 3" in texts[1], "3 of 3" in texts[2], "3 of 3" in texts[3]] == [True] * 4
    assert 'solution("02.3")' in texts[2]


@pytest.mark.parametrize("number", NUMBERS)
def test_solution_shows_the_solution(number):
    report = Notebook().run(f'solution("{number}")')
    assert report.word == "SOLUTION"
    if find(number).kind in ("write", "by hand"):
        assert report.code == book.exercise_cell(number)[0].strip()


def test_prediction_is_noted_and_revealed():
    notebook = Notebook()
    assert "Predict first" in notebook.run('reveal("00.1")').text()
    assert notebook.run('predict("00.1", "D")').word == "NOTED"
    told = notebook.run('reveal("00.1")').text()
    assert "You predicted d" in told and "What happened is b" in told
    notebook.run('predict("00.1", ["b"])')
    assert "You predicted it." in notebook.run('reveal("00.1")').text()
    mistyped = notebook.run('predict("00.1", "e")')
    assert mistyped.word == "FAILED" and "'e' is none of the answers" in mistyped.text()
    assert "Your prediction of before, b, stays." in mistyped.text()
    assert "You predicted it." in notebook.run('reveal("00.1")').text(), "a mistyped letter takes nothing away"


@pytest.mark.parametrize("call", ['check("77.1")', "check(None)", "check([])", 'hint("02.99")', 'solution("x")',
                                  'predict("02.3", "a")', 'reveal("02.3")', 'reset("88")', "check(2.3, object())",
                                  'check("02.9", 17)', 'check("02.10", {})', 'predict("00.1", {"a": 1})',
                                  'mine_or_reference("Nothing")', 'mine_or_reference("dense")',
                                  "mine_or_reference(2)", "mine_or_reference(list)"])  # fmt: skip
def test_odd_calls_are_answered(call):
    report = Notebook().run(call)
    if report is not None:
        assert report.outcome in (None, "NOT ATTEMPTED", "FAILED")
        assert "defect" not in report.details, report.text()


@pytest.mark.parametrize("number", ["1.5", " 01.5", "01.5 ", "1.5\n"])
def test_a_number_may_lack_its_0_and_have_spaces_round_it(number):
    assert book.find(number) is book.find("01.5") and book.find("1.99") is book.find("001.5") is None


def test_status_survives_a_restart(own_folder, monkeypatch):
    notebook = Notebook()
    notebook.do("02.3", book.exercise_cell("02.3")[0])
    notebook.do("02.5", with_body("02.5", "return z"))
    monkeypatch.setattr(commands, "PROGRESS", Progress(own_folder / "my_progress"))
    monkeypatch.setattr(commands, "_passed_now", {})
    report = Notebook().run("status()")
    assert re.search(r"✓ 02\.3 .*PASSED", report.text())
    assert re.search(r"✗ 02\.5 .*FAILED", report.text())
    assert re.search(r"○ 02\.4 .*NOT ATTEMPTED", report.text())
    assert report.counts == {"passed": 1, "all": len(NUMBERS)}
    assert report.html().count("<tr") == len(NUMBERS) + len(book.paths())


def test_what_passed_once_stays_passed():
    notebook = Notebook()
    notebook.do("02.3", book.exercise_cell("02.3")[0])
    notebook.do("02.3", with_body("02.3", "return 0"))
    assert commands.PROGRESS.read()["02.3"] | {"when": ""} == {
        "outcome": "PASSED", "tries": 2, "hints": 0, "mistakes": ["same-for-all"], "when": "",
        "sha256": commands.PROGRESS.read()["02.3"]["sha256"]}  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "other"}', "\x00\xff", '{"exercises": 3}', "[" * 100000,
    '{"schema": "nnlib-course-progress", "version": 1, "exercises": {"02.3": {"tries": "many", "hints": 0}}}',
    '{"schema": "nnlib-course-progress", "version": 1, "exercises": {"02.3": {"outcome": []}}}',
    '{"schema": "nnlib-course-progress", "version": 2, "exercises": {}}'])  # fmt: skip
def test_a_broken_progress_file_is_set_aside(own_folder, text):
    folder = own_folder / "my_progress"
    folder.mkdir()
    (folder / "progress.json").write_text(text, encoding="latin-1")
    report = Notebook().do("02.3", book.exercise_cell("02.3")[0])
    assert report.outcome == "PASSED"
    assert "could not be read" in report.text()
    assert [path.read_text(encoding="latin-1") for path in folder.glob("progress.broken-*.json")] == [text]
    assert json.loads((folder / "progress.json").read_text())["exercises"]["02.3"]["outcome"] == "PASSED"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_a_folder_that_cannot_be_written(own_folder, monkeypatch):
    (own_folder / "file").write_text("not a folder")
    monkeypatch.setattr(commands, "PROGRESS", Progress(own_folder / "file" / "my_progress"))
    notebook = Notebook()
    report = notebook.do("02.3", book.exercise_cell("02.3")[0])
    assert report.outcome == "PASSED"
    assert "until the kernel stops" in report.text()
    assert "✓ 02.3" in notebook.run("status()").text()


def test_progress_ignores_itself_in_git(own_folder):
    Notebook().do("02.3", book.exercise_cell("02.3")[0])
    assert (own_folder / "my_progress" / ".gitignore").read_text() == "*\n"


def test_export_holds_outcomes_and_a_chosen_name_alone(own_folder):
    notebook = Notebook()
    notebook.do("02.3", book.exercise_cell("02.3")[0])
    notebook.run('check("02.10", "b")')
    notebook.run('status(export=True, name="Table 4")')
    (path,) = (own_folder / "my_progress").glob("status-*.json")
    whole = json.loads(path.read_text())
    assert whole.keys() == {"schema", "version", "written", "name", "exercises", "heard"}
    assert (whole["name"], whole["version"], whole["heard"]) == ("Table 4", 1, {})
    assert list(whole["exercises"]) == sorted(NUMBERS)
    assert whole["exercises"]["02.3"]["outcome"] == "PASSED"
    failed = {"outcome": "FAILED", "tries": 1, "hints": 0, "mistakes": ["chose-b"], "when": whole["written"][:10]}
    assert whole["exercises"]["02.10"] == failed
    assert all(task.keys() <= {"outcome", "tries", "hints", "mistakes", "solution_seen", "when"}
               for task in whole["exercises"].values())  # fmt: skip


def test_reset_gives_a_fresh_copy_and_keeps_the_old(own_folder):
    name = book.paths()["02"].name
    (own_folder / name).write_text("my work")
    assert "fresh again" in Notebook().run('reset("02")').text()
    assert (own_folder / name).read_text(encoding="utf-8") == (book.FOLDER / name).read_text(encoding="utf-8")
    (backup,) = (own_folder / "my_progress" / "backups").iterdir()
    assert backup.read_text() == "my work"
    Notebook().run("reset(2)")
    assert len(list((own_folder / "my_progress" / "backups").iterdir())) == 2


def test_reset_leaves_the_solved_notebooks_alone(monkeypatch):
    path = book.paths()["02"]
    before = path.read_bytes()
    monkeypatch.setattr(commands, "HOME", path.parent)
    assert "solved notebooks" in Notebook().run('reset("02")').text()
    assert path.read_bytes() == before


def test_a_piece_that_passed_is_there_in_a_new_kernel(monkeypatch):
    text = "SCALE = 1.0\n\ndef product(a, b):\n    return SCALE * (a @ b)\n"
    notebook = Notebook()
    notebook.run(text)
    notebook.do("02.4", with_body("02.4", "return product(self.weights, inputs) + self.bias"))
    monkeypatch.setattr(commands, "_passed_now", {})
    Dense = Notebook().run('mine_or_reference("Dense")')
    layer = Dense(1)
    layer.weights, layer.bias = np.array([[2.0]]), np.array([[1.0]])
    assert layer(np.array([[3.0]])).tolist() == [[7.0]]
    import inspect

    assert "product(self.weights, inputs)" in inspect.getsource(Dense.__call__)


def test_a_piece_that_leans_on_the_notebook_says_so(monkeypatch):
    notebook = Notebook()
    notebook.run("table = np.zeros((3, 3))")
    report = notebook.do("02.3", with_body("02.3", "return weights @ inputs + bias + table[0, 0]"))
    assert report.outcome == "PASSED"
    assert "`table`" in report.text()
    assert not (commands.PROGRESS.folder / "pieces" / "02.3_neuron.py").exists()


def test_mine_or_reference_falls_back_and_says_so(capsys):
    from nnlib.layer import Dense

    notebook = Notebook()
    notebook.do("02.4", with_body("02.4", "return self.weights @ inputs"))
    capsys.readouterr()
    assert notebook.run('mine_or_reference("Dense")') is Dense
    assert "i NOTE  `Dense` is nnlib's, because exercise 02.4 has not passed yet." in capsys.readouterr().out
    assert notebook.run('mine_or_reference("sigmoid")')(0.0) == 0.5
    assert "i NOTE  `sigmoid` is the solution's" in capsys.readouterr().out
    notebook.do("02.4", book.exercise_cell("02.4")[0])
    assert notebook.run('mine_or_reference("Dense")') is notebook.names["Dense"]
    assert "`Dense` is yours" in capsys.readouterr().out


def test_lesson_09_goes_on_with_pieces_of_ones_own_and_no_network(capsys):
    """With the first weights of that layer the loss is nan, as the lesson says: nobody's network may stop there."""
    notebook = Notebook()
    for number in ("02.4", "04.5"):
        notebook.do(number, book.exercise_cell(number)[0])
    left_out = re.compile(r"(check|predict|reveal|status|Workbench|print)\(|solved = ")
    for cell in book.fresh(book.solved("09"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code" and (not left_out.search(text) or "first weights" in text or "load_z" in text):
            notebook.run(text)
    assert "first weights times   1: loss" in (out := capsys.readouterr().out) and "→ nan" in out


def test_a_changed_piece_is_not_executed(own_folder, monkeypatch):
    Notebook().do("02.5", book.exercise_cell("02.5")[0])
    path = own_folder / "my_progress" / "pieces" / "02.5_sigmoid.py"
    path.write_text(path.read_text() + "\nraise SystemExit('executed')\n")
    monkeypatch.setattr(commands, "_passed_now", {})
    assert Notebook().run('mine_or_reference("sigmoid")')(0.0) == 0.5


def test_what_a_checkpoint_has_brought_is_gone_on_with(capsys):
    from nnlib.layer import Dense

    notebook = Notebook()
    notebook.run('checkpoint("09")')
    brought = notebook.names["Dense"]
    assert notebook.run('mine_or_reference("Dense")') is brought is not Dense
    assert "`Dense` is the solution of 02.4, which `checkpoint` brought: yours" in capsys.readouterr().out
    assert Notebook().run('mine_or_reference("Dense")') is Dense, "another notebook has caught up with nothing"


@pytest.mark.parametrize("lesson", ["10", "15"])
def test_what_a_lesson_imports_outlives_its_checkpoint(lesson):
    notebook = Notebook()
    for cell in book.fresh(book.solved(lesson))["cells"]:
        imports = "".join(cell["source"])
        if cell["cell_type"] == "code" and "import" in imports:
            notebook.run(imports)
    before = dict(notebook.names)
    text = notebook.run(f'checkpoint("{lesson}")').text()
    kept = [name for name in book.pieces(before=lesson) if name in before]
    assert {"Dense", "NeuralNetwork", "Sigmoid"} <= set(kept)
    for name, number in book.pieces(before=lesson).items():
        assert (notebook.names[name] is before.get(name)) == (name in kept) == (f"of {number} *" in text), name
    assert notebook.run('mine_or_reference("Dense")').__module__ == "lessons.solutions.02"


def test_checkpoint_brings_every_piece():
    notebook = Notebook()
    notebook.do("02.5", with_body("02.5", "e = np.exp(-z)\nreturn 1 / (1 + e)"))
    mine = notebook.names.pop("sigmoid")
    text = notebook.run('checkpoint("03")').text()
    assert notebook.names["sigmoid"] is mine
    assert "`sigmoid`: yours of 02.5" in text and "`Dense`: the solution of 02.4" in text
    layer = notebook.names["Dense"](2)
    layer.build(3, np.random.default_rng(0))
    assert layer(np.zeros((3, 5))).shape == (2, 5)
    assert "nothing to catch up" in notebook.run('checkpoint("00")').text()


def test_a_missing_name_says_which_cell_to_run():
    assert "02" not in names.where("tomatoes", "02").split("`tomatoes`")[1].split("heading")[0]
    assert "Where is the line?" in names.where("tomatoes", "02")
    assert names.where("x", "01") == "No cell of this lesson makes `x`. Does the text only speak of it?"
    assert names.where("table", "01") and "15" not in names.where("table", "01")
    assert 'sigmoid = mine_or_reference("sigmoid")' in names.where("sigmoid", "05")
    assert names.where("SGD", "03") and "mine_or_reference" not in names.where("SGD", "03")
    assert "of lesson 02" in names.where("tomatoes") and names.where("x_train") is None
    assert names.where("nothing_like_it") is names.where("nothing_like_it", "02") is None
    assert set(lessons.checks.__all__) == names.COMMANDS
    assert "from lessons.checks import checkpoint" in names.where("checkpoint", "02")


def test_a_piece_is_blank_by_what_it_does_not_by_its_text():
    def blank(a):
        """Words."""
        ...

    def pass_it(a):
        pass

    def zero(a):
        return 0

    assert learner.blank_like(pass_it, blank)
    assert not learner.blank_like(zero, blank)
    assert not learner.blank_like(3, blank)


@pytest.mark.parametrize("number", [n for n in NUMBERS if isinstance(find(n), Order)])
def test_ordered_lines_run_in_order(number):
    task = find(number)
    given, expected = wrong_answers.orders()[number]
    written = [one for one in WRITTEN if one < number]
    names_there = book.solution_namespace(written[-1]) | {"np": np}
    exec(f"{given}\n{task.code()}", names_there)
    assert eval(expected, names_there), f"{expected} is not true after the lines in order"
    text = "".join("".join(cell["source"]) for cell in book.solved(task.lesson)["cells"])
    for letter, line in task.lines.items():
        assert f"{letter}   {line}" in text, f"line {letter} does not stand in the lesson as it is declared"


# --- Exercises that are widgets in a notebook ---


@pytest.fixture
def shown(monkeypatch):
    """The widgets that a notebook would show, each with somebody at it."""
    found = []
    monkeypatch.setattr(commands, "_in_notebook", lambda: True)
    monkeypatch.setattr(commands, "_display", lambda widget: found.append(StandIn(widget)))
    return found


def put_in_order(browser, letters):
    browser.press("reset")
    for letter in letters:
        browser.press("move", {"line": letter, "by": [0, 1]})
    browser.press("check")
    return browser.frame["view"]["verdict"]


ORDERS = [n for n in NUMBERS if isinstance(find(n), Order)]


def as_sentence(title):
    return title if title.endswith("?") else f"{title}."


@pytest.mark.parametrize("number", ORDERS)
def test_moved_lines_are_judged_as_letters_are(number, shown):
    task = find(number)
    assert Notebook().run(book.exercise_cell(number)[1]).outcome == "NOT ATTEMPTED"
    assert commands.PROGRESS.read() == {}
    (browser,) = shown
    words = browser.explorer.in_words()
    assert words.startswith(f"○ NOT ATTEMPTED  {number}  {as_sentence(task.title)} ")
    assert words.endswith(f'. Where nothing can be moved, give the letters: check("{number}", "A B C").')
    for _, diagnosis, letters in [wrong for wrong in wrong_answers.table("LETTERS") if wrong[0] == number]:
        letters = letters.replace(" ", "").upper()
        if set(letters) <= set(task.lines) and len(set(letters)) == len(letters):
            verdict = put_in_order(browser, letters)
            by_letters = Notebook().run(f"check({number!r}, {letters!r})")
            assert verdict["says"] == by_letters.paragraphs and by_letters.finding.name == diagnosis
            assert (verdict["line"] or "") in letters and (verdict["line"] or diagnosis == "line-missing")
    assert commands.PROGRESS.read()[number]["outcome"] == "FAILED"
    assert put_in_order(browser, task.right) == {
        "word": "PASSED", "says": (task.praise,), "line": None, "mark": "✓"}  # fmt: skip
    assert commands.PROGRESS.read()[number]["letter"] == task.right.lower()
    assert commands._outcomes_now[number] == "PASSED"
    assert Notebook().run(book.exercise_cell(number)[1]).outcome == "PASSED", "it stands as it was left"
    assert shown[1].explorer.order == task.right


@pytest.mark.parametrize("number", ORDERS)
def test_lines_are_counted_in_the_right_words(number, shown):
    task = find(number)
    Notebook().run(book.exercise_cell(number)[1])
    assert shown[0].frame["view"]["stats"] == [["In your program", f"0 of {len(task.right)} lines"]]
    for count in range(1, len(task.lines) + 1):
        for letters in itertools.permutations(task.lines, count):
            finding = task.judge({}, "".join(letters)).finding
            assert finding is None or not re.search(r"\b1 \w+s\b|\bfirst [01]\b", finding.says), finding.says


PREDICTED = [n for n in NUMBERS if find(n).kind == "predict"]


@pytest.mark.parametrize("number", PREDICTED)
def test_a_choice_is_noted_as_a_letter_is(number, shown):
    task, notebook = find(number), Notebook()
    assert notebook.run(book.exercise_cell(number)[1]).outcome == "NOT ATTEMPTED"
    assert commands.PROGRESS.read() == {}
    (browser,) = shown
    asked = f'Where nothing can be chosen, give the letter: predict("{number}", "a").'
    assert browser.explorer.in_words() == f"○ NOT ATTEMPTED  {number}  {as_sentence(task.title)} {asked}"
    options = dict(browser.frame["view"]["options"])
    assert list(options) == list(task.options) and all(options.values()), "each answer with its words"
    assert not re.search(r"[$*\n]", "".join(options.values())), "what Markdown would typeset stands there bare"
    letter = next(one for one in task.options if one != task.right)
    browser.press("choose", letter)
    browser.press("sure", 80)
    browser.press("commit")
    assert browser.frame["failure"] is None
    assert browser.frame["view"]["says"] == [f"You predict {letter}, 80 % sure. Read on and see."]
    record = commands.PROGRESS.read()[number]
    assert (record["outcome"], record["letter"], record["sure"]) == ("PASSED", letter, 80)
    told = notebook.run(f'reveal("{number}")').text()
    assert f"You predicted {letter}, 80 % sure." in told and f"{task.came} is {task.right}" in told
    assert commands.PROGRESS.read()[number]["foreseen"] is False
    assert notebook.run(book.exercise_cell(number)[1]).outcome == "PASSED", "it stands as it was made"
    assert shown[1].explorer.made and shown[1].explorer.answer == letter


@pytest.mark.parametrize("call, told", [
    ("reveal()", '`reveal` takes more than that. It is written `reveal("00.1")`.'),
    ('reveal("00.1", "b")', '`reveal` does not take all of that. It is written `reveal("00.1")`.'),
    ("predict()", '`predict("00.1", "b")`'), ("hint()", '`hint("00.1")`'), ("status(1, 2, 3)", "`status()`"),
    ("check(1.2)", 'stands in quotes: `"01.2"`'), ("hint(0.1)", '`"00.1"`'),
    ('predict("00.1" "b")', '`"00.1", "b"` are two texts'),
])  # fmt: skip
def test_a_call_that_is_not_written_so_is_told_how(call, told, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "00_meet_the_network.ipynb")
    report = Notebook().run(call)
    assert told in report.text() and "defect" not in report.text()


def test_a_command_without_brackets_is_told_that_they_are_missing():
    assert "status()" in commands.status._repr_html_() and "With brackets it runs" in commands.status._repr_html_()


def test_a_letter_with_a_confidence():
    notebook = Notebook()
    assert "You predict b, 90 % sure." in notebook.run('predict("00.1", "b", sure=90)').text()
    assert "You predicted it, 90 % sure." in notebook.run('reveal("00.1")').text()
    for sure in ("49", "101", "'80'", "0.8", "True"):
        assert "a whole number from 50 to 100" in notebook.run(f'predict("00.2", "b", sure={sure})').text()
    assert "00.2" not in commands.PROGRESS.read()


def test_what_is_behind_a_prediction_opens_with_a_letter_too(monkeypatch, shown):
    notebook = Notebook()
    notebook.names["made"] = made = []
    monkeypatch.setattr(commands, "_display", made.append)
    notebook.run('predict("00.1", "z", explorer=lambda: made.append("inside") or "explorer")')
    assert made == [], "z is no answer"
    notebook.run('predict("00.1", "b", explorer=lambda: made.append("inside") or "explorer")')
    assert made == ["inside", "explorer"]


def test_calibration_counts_what_was_revealed_and_as_it_stood_then():
    notebook = Notebook()
    for number, letter, sure in (("00.1", "b", 80), ("00.2", "a", 80), ("00.3", "d", 100), ("01.1", "c", None)):
        notebook.run(f'predict("{number}", "{letter}", sure={sure})')
    assert "Your predictions" not in notebook.run("status()").text(), "status tells nothing before the lesson does"
    for number in ("00.1", "00.2", "01.1"):
        notebook.run(f'reveal("{number}")')
    line = "Your predictions: You said 80 % sure 2 times and were right once."
    assert line in notebook.run("status()").text() and line in notebook.run("status()").html()
    notebook.run('predict("00.2", "b", sure=100)')
    notebook.run('reveal("00.2")')
    assert line in notebook.run("status()").text(), "a letter put right afterwards"


@pytest.mark.parametrize(("counts", "says"), [
    ({}, ""),
    ({80: (10, 6)}, "You said 80 % sure 10 times and were right 6 times. On average 80 % sure, 60 % right. "
                    "You are surer than you are right."),
    ({50: (1, 1), 90: (3, 0)}, "You said 50 % sure once and were right once, "
                               "90 % sure 3 times and were right 0 times."),
    ({50: (6, 5), 100: (6, 6)}, "You said 50 % sure 6 times and were right 5 times, 100 % sure 6 times and were right "
                                "6 times. On average 75 % sure, 92 % right. You know more than you think."),
    ({70: (20, 14)}, "You said 70 % sure 20 times and were right 14 times. On average 70 % sure, 70 % right. "
                     "That goes well together."),
])  # fmt: skip
def test_calibration_in_one_line(counts, says):
    assert calibration.sentence(counts) == says
    records = [{"sure": sure, "foreseen": k < right} for sure, (said, right) in counts.items() for k in range(said)]
    records += [{"sure": 0, "foreseen": True}, {"sure": 60}, {"foreseen": False}, {}]
    assert calibration.counted(dict(enumerate(records))) == counts
