"""The commands a learner types. Each shows a box and returns it; none raises, but for `require_passed`."""

import difflib
import functools
import inspect
import json
import os
import shutil
import sys
from pathlib import Path

import nnlib
from lessons.checks import pristine
from lessons.checks.judge import Choice, Order, Outcome, Prediction, apart, guard
from lessons.checks.judge.compare import short
from lessons.checks.judge.letters import read_letters
from lessons.checks.remember import book, work
from lessons.checks.remember.book import exercises, find
from lessons.checks.remember.progress import SCHEMA, VERSION, Progress, now, stamp, today, write_atomically
from lessons.checks.speak import calibration, names
from lessons.checks.speak.report import Overview, Report
from nnlib.parts import LISTENERS

HOME = Path.cwd()  # where the notebook is: a kernel starts in its notebook's folder
PROGRESS = Progress(os.environ.get("NNLIB_PROGRESS") or HOME / "my_progress")

_passed_now = {}  # piece name → the learner's object that passed in this kernel
_caught_up = {}  # piece name → the solution that `checkpoint` brought into this kernel
_outcomes_now = {}  # exercise number → outcome in this kernel


def hear(remark):
    """Count what `Watch` says of the learner's own runs; not what it says while a check runs, or in a copy of it."""
    if not _running and os.getpid() == _HERE:
        PROGRESS.hear(remark.name)


_HERE, _running = os.getpid(), []
LISTENERS[:] = [hear]


def polite(command):
    """A defect of the course itself becomes a note: a lesson must not end in a traceback of ours. So does a call with
    too little or too much, and a command without its brackets.

    While the command runs, the names of Python, NumPy and the checks mean what they meant at first.
    """

    restore, undo = pristine.restore, pristine.undo
    known = inspect.signature(command)

    @functools.wraps(command)
    def wrapped(*arguments, **options):
        changed = restore()
        _running.append(command)
        try:
            try:
                known.bind(*arguments, **options)
            except TypeError as error:
                if len(arguments) > 2 and all(isinstance(one, str) and len(one) == 1 for one in arguments[1:]):
                    whole = f'"{arguments[0]}", "{" ".join(arguments[1:])}"'
                    return _note(f"All letters stand in one text: `{command.__name__}({whole})`.").show()
                lacks = "takes more than that" if "missing" in str(error) else "does not take all of that"
                return _note(f"`{command.__name__}` {lacks}. It is written {_written(command)}.").show()
            return command(*arguments, **options)
        except Exception as error:
            text = f"`{command.__name__}` itself went wrong ({type(error).__name__}: {error}). That is a defect of the "
            text += "course, not of your code: please report it with this line."
            return Report("NOTE", "", (text,), outcome=Outcome.NOT_ATTEMPTED, details={"defect": error}).show()
        finally:
            _running.pop()
            undo(changed)

    text = f"`{command.__name__}` alone is the command itself. With brackets it runs: {{}}."
    wrapped._repr_html_ = lambda: _note(text.format(_written(command))).html()
    return wrapped


def _written(command):
    """How a command is called, with a number of this lesson."""
    lesson = names.current_lesson() or "02"
    every = exercises(lesson)
    asks = next((one for one, task in every.items() if isinstance(task, Prediction)), "02.1")
    number = next((one for one, task in every.items() if task.kind in ("write", "by hand")), asks)
    given = {"predict": f'"{asks}", "b"', "reveal": f'"{asks}"', "reset": f'"{lesson}"', "checkpoint": f'"{lesson}"'}
    needed = [one for one in inspect.signature(command).parameters.values() if one.default is one.empty]
    inside = given.get(command.__name__, f'"{number}"') if needed else ""
    return f"`{command.__name__}({inside})`"


def _note(text):
    return Report("NOTE", "", (text,), outcome=Outcome.NOT_ATTEMPTED)


@polite
def check(number, answer=None):
    """Judge exercise `number` and say what is the matter, not what to write.

    The piece is looked up in the notebook by its name; `answer` is for letters, or for a piece of another name. Where
    lines are to be put in order and no letters are given, a notebook shows the lines to be moved.
    Returns a report whose `outcome` is "PASSED", "FAILED" or "NOT ATTEMPTED", and whose `finding` names the
    mistake. A piece that passes is kept, for the lessons that use it.
    """
    task = find(number)
    if task is None:
        return _no_such_exercise(number)
    if isinstance(task, Order) and (answer is None or answer is Ellipsis) and _in_notebook():
        return _lines_to_move(task)
    if isinstance(task, Choice | Order) and answer is not None and (moved := names.letters_moved(task)):
        return _note(moved).show()
    return _judged(task, answer, _caller()).show()


def _judged(task, answer, namespace, sure=0):
    """The report on an answer, which is written down; `sure` is how sure a prediction is, in percent, or 0."""
    judged = apart.judge(task, namespace, answer)
    verdict = judged.verdict
    _outcomes_now[task.number] = verdict.outcome
    letters = read_letters(answer)
    letter = {"letter": letters} if 0 < len(letters) < 40 else {}
    stays = None
    if isinstance(task, Prediction) and letter:
        letter["sure"] = sure
        before = PROGRESS.read().get(task.number, {}).get("letter")
        stays = before if letters not in task.options and before in task.options else None
    if verdict.outcome is not Outcome.NOT_ATTEMPTED and not stays:
        _write_down(task, verdict, letter)
    lines = list(_lines(task, verdict, letter))
    if stays:
        lines.insert(1, f"Your prediction of before, {stays}, stays.")
    if verdict.outcome is Outcome.PASSED and task.kind == "write":
        lines += _keep(task, namespace[task.piece] if answer is None else answer, judged)
    failed = verdict.outcome in (Outcome.FAILED, Outcome.NOT_ATTEMPTED) and answer is None
    if failed and (cell := names.last_was_no_python(task)):
        lines.insert(0, "The last time you ran its cell, that ended in a SyntaxError and changed nothing. "
                     f"{names.why_no_python(cell)} This is the version of before.")  # fmt: skip
    word = "NOTED" if isinstance(task, Prediction) and verdict.outcome is Outcome.PASSED else str(verdict.outcome)
    heading = f"{task.number}  {task.title}"
    return Report(word, heading, (*lines, *_notes()), outcome=verdict.outcome, finding=verdict.finding, details=letter)


def _lines_to_move(task):
    """The lines of an `Order` as `widgets.Parsons`, as they were left; its check is the one that letters get."""
    from widgets import Parsons  # here: who only checks needs no widgets

    letters = PROGRESS.read().get(task.number, {}).get("letter", "").upper()
    if set(letters) - set(task.lines) or len(set(letters)) < len(letters):
        letters = ""
    outcome = task.judge({}, letters or None).outcome
    verdict = {"word": "PASSED", "says": [task.praise], "line": None} if outcome is Outcome.PASSED else None

    def judge(order):
        report = _judged(task, order, {})
        line = report.finding.line if report.finding else None
        return {"word": report.word, "says": report.paragraphs, "line": line}

    heading = f"{task.number}  {task.title}"
    told = f'Where nothing can be moved, give the letters: check("{task.number}", "A B C").'
    _display(Parsons(lines=task.lines, judge=judge, order=letters, title=heading, verdict=verdict, help=told,
                     wanted=len(task.right)))  # fmt: skip
    return Report(str(outcome), heading, (), outcome=outcome)


@polite
def predict(number, letter=None, explorer=None, sure=None):
    """Note what you expect. It is not judged; `reveal` shows it beside what happened.

    Without a letter, a notebook shows the answers to choose from. `explorer` opens when you have predicted; a function
    or a class in its place makes it then. `sure` is how sure you are, from 50 to 100 percent.
    """
    task = find(number)
    if not isinstance(task, Prediction):
        return _no_such_exercise(number, "prediction")
    if (letter is None or letter is Ellipsis) and _in_notebook():
        return _gate(task, explorer)
    if sure is not None and not (type(sure) is int and 50 <= sure <= 100):
        text = f"How sure you are is a whole number from 50 to 100, in percent; got {short(sure)}."
        return Report("NOTE", "", (text,), outcome=Outcome.NOT_ATTEMPTED).show()
    if letter is not None and (moved := names.letters_moved(task)):
        return _note(moved).show()
    report = _judged(task, letter, {}, sure or 0).show()
    if explorer is not None and report.outcome is Outcome.PASSED and _in_notebook():
        _display(explorer() if callable(explorer) else explorer)
    return report


def _gate(task, explorer):
    """A prediction as `widgets.Predict`, as it stands: what has been predicted is open."""
    from widgets import Predict  # here: who only checks needs no widgets

    record = PROGRESS.read().get(task.number, {})
    letter = record.get("letter") if record.get("letter") in task.options else None
    choices = {letter: book.options(task.number).get(letter, "") for letter in task.options}

    def noted(prediction):
        return _judged(task, prediction["answer"], {}, prediction["sure"] or 0).paragraphs

    heading = f"{task.number}  {task.title}"
    told = f'Where nothing can be chosen, give the letter: predict("{task.number}", "a").'
    _display(Predict("", choose=choices, explorer=explorer, record=noted, title=heading, help=told,
                     answer=letter, sure=record.get("sure") or None))  # fmt: skip
    outcome = Outcome.NOT_ATTEMPTED if letter is None else Outcome.PASSED
    return Report("NOT ATTEMPTED" if letter is None else "NOTED", heading, outcome=outcome)


@polite
def reveal(number):
    """What you predicted, beside what happened. Asks for a prediction first."""
    task = find(number)
    if not isinstance(task, Prediction):
        return _no_such_exercise(number, "prediction")
    record = PROGRESS.read().get(task.number, {})
    letter, heading = record.get("letter"), f"{task.number}  {task.title}"
    if letter not in task.options:
        text = f'Predict first: in the cell `predict("{task.number}", ...)` above, choose an answer or put a letter in '
        text += "place of `...`. Then run this cell again. A guess that turns out wrong teaches more than no guess."
        return Report("NOT ATTEMPTED", heading, (text,), outcome=Outcome.NOT_ATTEMPTED).show()
    if "foreseen" not in record:
        PROGRESS.update(task.number, foreseen=letter == task.right)
    met = f"You predicted {'it' if letter == task.right else letter}{_how_sure(record.get('sure'))}."
    if letter != task.right:
        met += f" {task.options[letter]}"
    what = f"{task.came} is {task.right}: {task.options[task.right]}"
    return Report("NOTE", heading, (met, what, task.praise), outcome=Outcome.PASSED).show()


def _how_sure(sure):
    return f", {sure} % sure" if sure else ""


@polite
def hint(number):
    """A hint for exercise `number`. Each call gives the next of three."""
    task = find(number)
    if task is None:
        return _no_such_exercise(number)
    before = PROGRESS.read().get(task.number, {}).get("hints", 0)
    level = min(before + 1, len(task.hints))
    PROGRESS.update(task.number, hints=level)
    more = f'`hint("{task.number}")` again gives the next one.'
    if level == len(task.hints):
        more = f'That was the last hint. `solution("{task.number}")` shows the solution.'
    heading = f"{level} of {len(task.hints)} for {task.number}  {task.title}"
    return Report("HINT", heading, (task.hints[level - 1], more, *_notes())).show()


@polite
def solution(number):
    """The solution of exercise `number`, from the solved notebook."""
    task = find(number)
    if task is None:
        return _no_such_exercise(number)
    PROGRESS.update(task.number, solution_seen=True)
    heading = f"{task.number}  {task.title}"
    if task.kind in ("write", "by hand"):
        said = "Close it, wait a minute, and write it from memory: then it is yours."
        return Report("SOLUTION", heading, (said, *_notes()), book.exercise_cell(task.number)[0].strip()).show()
    if task.kind == "order":
        return Report("SOLUTION", heading, (f"{' '.join(task.right)}:", *_notes()), task.code()).show()
    return Report("SOLUTION", heading, (f"{task.right}: {task.options[task.right]}", *_notes())).show()


@polite
def status(export=False, name=""):
    """The whole course at a glance. `export=True` also writes a small JSON for an instructor.

    The file holds, for every exercise, the outcome, the numbers of tries and hints, the names of the mistakes that
    the check found, whether the solution was seen, and the day; when it was written; and `name`, if you give one.
    Nothing else: no code, no machine, no account.
    """
    records = PROGRESS.read()
    lessons = tuple(
        (lesson, book.title(lesson), tuple((t.number, t.title, _word(t, records)) for t in exercises(lesson).values()))
        for lesson in book.paths()
    )
    notes = list(_notes())
    calibrated = calibration.sentence(calibration.counted(records))
    if calibrated:
        notes.append(f"Your predictions: {calibrated}")
    if "BINDER_SERVICE_HOST" in os.environ:
        notes.append("This is Binder: after ten idle minutes all here is gone. `pack()` makes one file to download.")
    if sys.platform == "emscripten":
        notes.append("Your work is kept in this browser, on this computer. `pack()` makes one file to download.")
    if export:
        path = PROGRESS.write_export(f"status-{stamp()}.json", _export(records, name))
        notes += [f"Written for your instructor: {path}"] if path else list(_notes())
    return Overview(lessons, tuple(notes)).show()


@polite
def reset(lesson):
    """A fresh copy of a lesson's notebook. The present one is kept in `my_progress/backups/` first."""
    lesson = str(lesson).zfill(2)
    if lesson not in book.paths():
        return Report("NOTE", "", (f"There is no lesson {lesson}. The lessons are {', '.join(book.paths())}.",)).show()
    name = book.paths()[lesson].name
    if HOME.resolve() == book.paths()[lesson].parent.resolve():
        text = "This is the folder of the solved notebooks. Run `reset` from the folder of the lessons."
        return Report("NOTE", "", (text,)).show()
    target, lines = HOME / name, []
    if target.exists():
        backup = PROGRESS.folder / "backups" / f"{target.stem}_{stamp()}.ipynb"
        backup.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(target, backup)
        lines.append(f"Your version is kept as {backup.relative_to(HOME) if backup.is_relative_to(HOME) else backup}.")
    write_atomically(target, as_text(book.fresh(book.solved(lesson))))
    lines.append(f"{name} is fresh again. In JupyterLab choose File ▸ Reload Notebook from Disk, without saving first. "
                 "Pieces that passed stay yours.")  # fmt: skip
    return Report("NOTE", f"Lesson {lesson} is as new", tuple(lines)).show()


@polite
def checkpoint(lesson):
    """Catch up: define every piece of the lessons before `lesson` here, your own where it has passed.

    A name under which something of nnlib's stands here keeps it: a lesson that imports `Dense` goes on with that.
    """
    lesson, namespace = str(lesson).zfill(2), _caller()
    brought, beside = [], []
    for name, number in book.pieces(before=lesson).items():
        mine = _mine(name, number)
        if mine is None:
            _caught_up[name] = book.solution_piece(number, name)
        if imported := _is_nnlibs(namespace.get(name)):
            beside.append(name)
        else:
            namespace[name] = _caught_up[name] if mine is None else mine
        waits = mine is None and PROGRESS.is_brought(number, name)
        why = " (yours came in a packed file; `unpack(mine=True)` says that it is yours)" if waits else ""
        brought.append(f"`{name}`: {'yours' if mine is not None else 'the solution'} of {number}{why}{' *' * imported}")
    if beside:
        gives = f'`mine_or_reference("{beside[0]}")` gives the piece'
        brought.append(f"* This name is nnlib's here and stays so; {gives}.")
    if not brought:
        text = f"No lesson before {lesson} builds a piece: there is nothing to catch up with."
        return Report("NOTE", f"Checkpoint {lesson}", (text,)).show()
    return Report("NOTE", f"Checkpoint {lesson}: these are defined now", tuple(brought)).show()


@polite
def pack():
    """Your notebooks, cards, tables and progress in one file, to download: `my_work-….zip`; says what is left out."""
    try:
        path, taken, left_out = work.pack(HOME, PROGRESS.folder)
    except OSError as error:
        text = f"It could not be written beside the lessons ({error.strerror or error}). Is there room on the disk?"
        return Report("NOTE", "Nothing was packed", (text,)).show()
    notebooks = _many(sum(name.endswith(".ipynb") for name in taken), "notebook")
    others = sum(name.endswith(work.KINDS[1:]) for name in taken)
    more = f", {_many(others, 'other file')}" if others else ""
    lines = [f"{notebooks}{more} and your progress are in it. In the file browser on the left, click it with the right "
             "button and choose Download. Elsewhere, put it beside the lessons and run `unpack()` there."]  # fmt: skip
    if left_out:
        named = "; ".join(f"{name} ({why})" for name, why in list(left_out.items())[:8])
        more = f"; and {len(left_out) - 8} more" if len(left_out) > 8 else ""
        lines.append(f"Left out: {named}{more}. Download these one by one.")
    return Report("NOTE", f"Packed: {path.name}", tuple(lines)).show()


@polite
def unpack(path=None, mine=False):
    """Go on from a packed file: the newest beside the notebooks, or `path`. What it replaces is kept.

    Pieces that did not pass on this computer are not run until `mine=True` says that the file is your own.
    """
    path = work.find(HOME) if path is None else Path(path)
    if path is None or not path.is_file():
        text = "There is no packed file here. Upload the `my_work-….zip` that you downloaded, beside the lessons, then "
        return Report("NOTE", "", (text + "run `unpack()` again.",)).show()
    own = PROGRESS.trusted(PROGRESS.passed())  # before anything else comes
    try:
        found = work.unpack(path, HOME, PROGRESS.folder)
    except work.NotWork as reason:
        text = f"Nothing was taken out of it: {reason}. Only a file that `pack()` wrote can be unpacked."
        return Report("NOTE", f"{path.name} is not your packed work", (text,)).show()
    except OSError as error:
        text = f"It could not be written beside the lessons ({error.strerror or error}). Is there room on the disk?"
        return Report("NOTE", f"{path.name} was not unpacked", (text,)).show()
    are = "is" if len(found.names) == 1 else "are"
    back = f"{_many(len(found.names), 'file')} {are} back. Open a lesson anew, and `status()` shows where you are."
    lines = [back]
    if found.replaced:
        lines.append(f"Different here, and kept in {found.backups}: {len(found.replaced)} of them.")
    PROGRESS.rely_on(own | set(found.pieces.values()) if mine is True else own)
    lines += _whose(found.pieces)
    return Report("NOTE", f"Unpacked: {path.name}", tuple(lines)).show()


def _whose(pieces):
    """Whose pieces a packed file has brought: those that passed here, and those that wait for their learner's word."""
    trusted, numbers = PROGRESS.trusted(), book.pieces()
    known, new = [], []
    for name, sha256 in pieces.items():
        (known if sha256 in trusted else new).append(f"`{name}`" + (f" ({numbers[name]})" if name in numbers else ""))
    if known:
        yield f"Pieces of yours: {', '.join(known)}."
    if new:
        yield (f"Pieces that have not passed on this computer: {', '.join(new)}. They are code, which can do whatever "
               "you can do, so the lessons run nnlib's in their place. If the file is your own, `unpack(mine=True)` "
               "has yours run.")  # fmt: skip


def _many(count, what):
    return f"{count} {what}{'s' * (count != 1)}"


def mine_or_reference(name):
    """Your own piece `name` if it has passed its check, else the solution that `checkpoint` brought, otherwise nnlib's
    or the solution; says aloud which.

    Your piece is the one of this kernel, or else the text that was kept when it passed. Only text that is, to
    the letter, what passed is executed.
    """
    if not isinstance(name, str):
        text = "`mine_or_reference` takes the name of a piece, in quotes. It is written `mine_or_reference(\"Dense\")`."
        Report("NOTE", "", (text,)).show()
        return None
    number = book.pieces().get(name)
    mine = _mine(name, number) if number else None
    if mine is not None:
        Report("NOTE", "", (f"`{name}` is yours, from exercise {number}.",)).show()
        return mine
    brought = _caught_up.get(name)
    here = _caller().get(name)
    if brought is not None and (here is brought or _is_nnlibs(here)):
        text = f"`{name}` is the solution of {number}, which `checkpoint` brought: yours has not passed yet."
        Report("NOTE", "", (text,)).show()
        return brought
    reference, home = _reference(name, number)
    if reference is None:
        known = list(book.pieces())
        likely = difflib.get_close_matches(name.lower(), [one.lower() for one in known], n=1, cutoff=0.75)
        meant = [f"`{one}`" for one in known if one.lower() in likely]
        rest = f"Do you mean {' or '.join(meant)}?" if meant else f"The pieces are {', '.join(known)}."
        Report("NOTE", "", (f"There is no piece called `{name}`. {rest}",)).show()
        return None
    why = f"exercise {number} has not passed yet" if number else "no exercise so far builds it"
    if number and PROGRESS.is_brought(number, name):
        why = "yours came packed and has not passed on this computer; `unpack(mine=True)` says that it is yours"
    Report("NOTE", "", (f"`{name}` is {home}, because {why}.",)).show()
    return reference


def _is_nnlibs(value):
    return (getattr(value, "__module__", None) or "").split(".")[0] == "nnlib"


def require_passed(lesson):
    """Raise AssertionError unless every exercise of a lesson has passed in this kernel (for solved notebooks)."""
    missing = [n for n in exercises(lesson) if _outcomes_now.get(n) is not Outcome.PASSED]
    assert not missing, f"not PASSED in this kernel: {', '.join(missing)}"


def as_text(notebook):
    """A notebook as the build writes it: keys sorted, one space of indent, a final newline."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _display(widget):
    from IPython.display import display

    display(widget)


def _in_notebook():
    """Whether there is a kernel, so that a widget can be shown."""
    ipython = sys.modules.get("IPython")
    return getattr(ipython and ipython.get_ipython(), "kernel", None) is not None


def _caller():
    """The variables of the notebook: those of the first frame that is not this package's."""
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__", "").startswith("lessons.checks"):
        frame = frame.f_back
    return frame.f_globals


def _lines(task, verdict, letter):
    if verdict.outcome is Outcome.PASSED:
        if isinstance(task, Prediction):
            yield f"You predict {letter['letter']}{_how_sure(letter['sure'])}. Read on and see."
        else:
            yield task.praise
        if verdict.finding:
            yield verdict.finding.says
        return
    if verdict.finding:
        yield verdict.finding.says
    elif task.kind in ("recall", "predict"):
        yield f"Put one letter in place of `...`, in quotes: {', '.join(task.options)}."
    elif task.kind == "order":
        yield f"Put the letters in place of `...`, in quotes, in the order you want: {', '.join(task.lines)}."
    else:
        yield "Nothing is written in place of `...` yet. Write your version above, run that cell, then run this one."
    if verdict.printed:
        yield _printed(verdict.printed)
    if not isinstance(task, Prediction):
        yield f'Stuck? `hint("{task.number}")` gives a hint.'


def _printed(text, lines=5, characters=300):
    """The beginning of what the learner's code printed."""
    kept = "\n".join(text.splitlines()[:lines])[:characters]
    return f"Your code printed: `{kept}`" + (" … and more." if len(text.rstrip()) > len(kept) else "")


def _write_down(task, verdict, letter):
    record = PROGRESS.read().get(task.number, {})
    changes = {"tries": record.get("tries", 0) + 1, **letter}
    if "foreseen" in record:  # what happened is known by now: how sure one was before stays as it was said
        changes.pop("sure", None)
    if record.get("outcome") != "PASSED":  # what has passed once stays passed
        changes |= {"outcome": str(verdict.outcome), "when": today()}
    if verdict.finding and verdict.outcome is not Outcome.PASSED:
        mistakes = record.get("mistakes", [])
        changes["mistakes"] = mistakes if verdict.finding.name in mistakes else [*mistakes, verdict.finding.name]
    PROGRESS.update(task.number, **changes)


def _keep(task, piece, judged):
    """Keep the piece that passed, if its text alone passes too. Returns lines to show."""
    _passed_now[task.piece] = piece
    if task.piece in judged.missing:
        return ["Its text could not be read, so it lasts until the kernel stops."]
    if "<lambda>" in judged.missing:
        return [f"A `lambda` is not kept for later lessons. Write it as `def {task.piece}(…):`, and check again."]
    if judged.missing:
        names_missing = ", ".join(f"`{name}`" for name in judged.missing)
        return [f"It uses {names_missing} from the notebook, so later lessons cannot take it along. Give it what it "
                "needs as arguments, and check again."]  # fmt: skip
    if judged.alone is None:
        return ["There was no time to try its text alone, so it lasts until the kernel stops."]
    if not judged.alone:
        return ["It passes here, but its text alone does not, so later lessons will use the reference."]
    PROGRESS.keep_piece(task.number, task.piece, judged.text)
    return []


def _mine(name, number):
    if name in _passed_now:
        return _passed_now[name]
    return guard.run(lambda: PROGRESS.piece(number, name)).value


def _reference(name, number):
    # a function of nnlib may take other arguments than the piece, and its network stops where the numbers end
    if name != "NeuralNetwork" and isinstance(getattr(nnlib, name, None), type):
        return getattr(nnlib, name), "nnlib's"
    return (book.solution_piece(number, name), "the solution's") if number else (None, "")


def _word(task, records):
    word = records.get(task.number, {}).get("outcome", "NOT ATTEMPTED")
    word = word if word in list(Outcome) else "NOT ATTEMPTED"
    return "NOTED" if word == "PASSED" and isinstance(task, Prediction) else word


def _export(records, name):
    keep = ("outcome", "tries", "hints", "mistakes", "solution_seen", "when")
    tasks = {}
    for lesson in book.paths():
        for number in exercises(lesson):
            record = records.get(number, {})
            tasks[number] = {"outcome": "NOT ATTEMPTED"} | {key: record[key] for key in keep if key in record}
    return {"schema": f"{SCHEMA}-status", "version": VERSION, "written": now(), "name": str(name), "exercises": tasks,
            "heard": PROGRESS.heard()}  # fmt: skip


def _notes():
    notes, PROGRESS.notes = PROGRESS.notes, []
    return notes


def _no_such_exercise(number, what="exercise"):
    lesson = str(number).split(".")[0]
    known = [n for n, task in exercises(lesson).items() if what == "exercise" or isinstance(task, Prediction)]
    text = f"There is no {what} {number}."
    if type(number) in (int, float) and number >= 0:
        whole, _, rest = str(number).partition(".")
        text += f' A number is a text here and stands in quotes: `"{whole.zfill(2)}.{rest or 1}"`.'
    elif isinstance(number, str) and number[-1:].isalpha() and find(number[:-1]):
        text += f' Is a comma missing? `"{number[:-1]}", "{number[-1]}"` are two texts.'
    text += f" Lesson {lesson} has {', '.join(known)}." if known else f" The lessons are {', '.join(book.paths())}."
    return Report("NOTE", "", (text,), outcome=Outcome.NOT_ATTEMPTED).show()


names.help_with_errors()
