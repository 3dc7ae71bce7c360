"""Build the notebooks of the lessons from their sources.

    python tools/build_lessons.py            build every lesson
    python tools/build_lessons.py 02         build one; `gallery` builds the gallery
    python tools/build_lessons.py --check    change nothing, run nothing; exit 1 and say what differs from the sources
                                             (nbval runs the notebooks and compares the outputs that are kept)
    python tools/build_lessons.py --minutes  the time each lesson takes, counted, and how much of it is doing

A source, `lessons/source/NN_verb_noun.py` in jupytext's percent format, is the only thing written by hand. Two
notebooks come out of it: the learner's, `lessons/NN_verb_noun.ipynb`, and the solved one in `lessons/solutions/`.
The gallery, `lessons/source/gallery.py`, is built in the same way; it is no lesson and has nothing to solve.

In a source
- `### BEGIN SOLUTION` … `### END SOLUTION` encloses what the learner writes: a `...` in the learner's notebook.
- `z = 0.6  ### SOLUTION` becomes `z = ...`, and `check("02.9", "b")  ### SOLUTION` becomes `check("02.9", ...)`.
- a cell header carries metadata: `# %% exercise="02.3"`, `tags=["nbval-check-output"]`,
  `slideshow={"slide_type": "slide"}`. Tags with a meaning here: `solved-only` (not in the learner's notebook),
  `nbval-check-output` (run by the build, its text is stored in the solved notebook and compared by the tests),
  `teacher` (its code is folded away in both), `long` (may have more than 15 lines; a comment says why).
- `![what one sees](../pictures/neuron.png)` is put into the notebook as an attachment, so that a copy of the
  notebook keeps its pictures.

Cell ids come from the lesson and the cell's first line, so a new cell leaves the others' ids alone.
"""

import argparse
import ast
import base64
import difflib
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import jupytext
from kept import as_kept, lines

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import widgets  # noqa: E402
from lessons.checks.remember import book  # noqa: E402
from lessons.checks.remember.book import find  # noqa: E402
from lessons.checks.speak.commands import as_text  # noqa: E402

LESSONS = ROOT / "lessons"
BEGIN, END, LINE = "### BEGIN SOLUTION", "### END SOLUTION", "### SOLUTION"
STUB_COMMENT = "# Your code here, in place of the dots."
KEPT_METADATA = ("exercise", "tags", "slideshow", "jupyter")
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
MIME = {".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}


class SourceError(Exception):
    """A lesson source that cannot be built: says the file, the cell and the mend."""


# --- From source to the solved notebook ---


def solved_notebook(source):
    """The solved notebook of a source file, without outputs. Exercise cells carry the learner's text as `stub`."""
    lesson = source.name[:2]
    read = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    cells, ids = [], set()
    for cell in read.cells:
        metadata = {key: cell.metadata[key] for key in KEPT_METADATA if key in cell.metadata}
        where = f"{source.name}: the cell that begins with {first_line(cell.source)!r}"
        made = {"cell_type": cell.cell_type, "id": cell_id(lesson, cell, ids), "metadata": metadata}
        if cell.cell_type == "code":
            solution, stub = cut(cell.source, where)
            made |= {"source": lines(solution), "outputs": [], "execution_count": None}
            if stub != solution:
                metadata["stub"] = stub
            if "teacher" in metadata.get("tags", ()):
                metadata["jupyter"] = {"source_hidden": True}
        else:
            text, attachments = with_attachments(cell.source, source, where)
            made["source"] = lines(text)
            if attachments:
                made["attachments"] = attachments
        cells.append(made)
    if book.exercise_module(lesson):
        cells.append(last_cell(lesson))
    return {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}


def last_cell(lesson):
    """Fails in the solved notebook unless every exercise passed: nbval sees it."""
    text = f'from lessons.checks import require_passed\n\nrequire_passed("{lesson}")'
    return {
        "cell_type": "code", "id": f"{lesson}-require-passed", "metadata": {"tags": [book.SOLVED_ONLY]},
        "source": lines(text), "outputs": [], "execution_count": None,
    }  # fmt: skip


def cut(text, where):
    """`(solution, stub)` of a cell's source: the markers removed, and the learner's version."""
    solution, stub, indent = [], [], None
    for line in text.splitlines():
        bare = line.strip()
        if bare == BEGIN:
            if indent is not None:
                raise SourceError(f"{where} has a second '{BEGIN}' before '{END}'")
            indent = line[: len(line) - len(line.lstrip())]
            stub += [f"{indent}{STUB_COMMENT}", f"{indent}..."]
        elif bare == END:
            if indent is None:
                raise SourceError(f"{where} has '{END}' without '{BEGIN}'")
            indent = None
        elif indent is not None:
            solution.append(line)
        elif bare.endswith(LINE):
            kept = line[: line.rindex(LINE)].rstrip()
            solution.append(kept)
            stub.append(blank_line(kept, where))
        else:
            solution.append(line)
            stub.append(line)
    if indent is not None:
        raise SourceError(f"{where} has '{BEGIN}' without '{END}'")
    return "\n".join(solution), "\n".join(stub)


def blank_line(line, where):
    """`x = 3` → `x = ...` and `check("02.9", "b")` → `check("02.9", ...)`."""
    indent = line[: len(line) - len(line.lstrip())]
    code, _, comment = line.strip().partition("  # ")
    try:
        statement = ast.parse(code).body[0]
    except SyntaxError:
        statement = None
    if isinstance(statement, ast.Assign):
        gone = statement.value
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) and statement.value.args:
        gone = statement.value.args[-1]
    else:
        raise SourceError(f"{where}: '{LINE}' works behind an assignment or a call, not behind {code!r}")
    encoded = code.encode()
    left, right = encoded[: gone.col_offset].decode(), encoded[gone.end_col_offset :].decode()
    return f"{indent}{left}...{right}" + (f"  # {comment}" if comment else "")


def cell_id(lesson, cell, taken):
    """A stable id: from the lesson, the kind of cell and its first line; a repeated one is counted."""
    seed = cell.metadata.get("exercise") or f"{cell.cell_type}:{first_line(cell.source)}"
    name = f"{lesson}-{hashlib.sha256(seed.encode()).hexdigest()[:10]}"
    unique, count = name, 1
    while unique in taken:
        count += 1
        unique = f"{name}-{count}"
    taken.add(unique)
    return unique


def with_attachments(text, source, where):
    """Markdown with its local pictures turned into attachments."""
    attachments = {}

    def attach(match):
        alt, target = match.groups()
        path = (source.parent / target).resolve()
        if not path.is_file():
            raise SourceError(f"{where} shows {target}, which is not there")
        data = path.read_bytes()
        attachments[path.name] = {MIME[path.suffix]: base64.b64encode(data).decode()}
        return f"![{alt}](attachment:{path.name})"

    return re.sub(r"!\[([^\]]*)\]\((?!https?:|attachment:)([^)]+)\)", attach, text), attachments


def first_line(text):
    return text.strip().splitlines()[0] if text.strip() else ""


# --- Outputs that are kept ---


def with_outputs(notebook, folder, name):
    """Run the solved notebook and store the text of the cells tagged `nbval-check-output`."""
    wanted = [n for n, cell in enumerate(notebook["cells"]) if "nbval-check-output" in tags(cell)]
    if not wanted:
        return notebook
    run = executed(notebook, folder, name, lessons=folder)
    for number in wanted:
        outputs = whole_streams(run.cells[number].outputs)
        notebook["cells"][number]["outputs"] = [kept for out in outputs if (kept := as_kept(out))]
        notebook["cells"][number]["execution_count"] = run.cells[number].execution_count  # nbval asks for it
    return notebook


def executed(notebook, folder, name, lessons):
    """A copy of the solved notebook that has been run in `folder`; `lessons` is where the solutions are read."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    run = nbformat.reads(as_text(notebook), as_version=4)
    environment = os.environ | {"NNLIB_LESSONS": str(lessons), "NNLIB_PROGRESS": str(folder / "my_progress")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    client = NotebookClient(run, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    try:
        client.execute(env=environment, stderr=subprocess.DEVNULL)  # the kernel reports errors as outputs
    except CellExecutionError as error:
        raise SourceError(f"{name}: the solved notebook does not run.\n{error}") from None
    return run


def with_kept_outputs(notebook, there):
    """The solved notebook with the outputs that its committed version, the file `there`, keeps. Runs nothing."""
    kept = {}
    if there.exists():
        kept = {cell["id"]: cell for cell in json.loads(there.read_text(encoding="utf-8"))["cells"]}
    for cell in notebook["cells"]:
        if "nbval-check-output" in tags(cell):
            run = kept.get(cell["id"], {}).get("execution_count") is not None
            cell["outputs"] = kept[cell["id"]]["outputs"] if run else ["has never been run"]
            cell["execution_count"] = kept[cell["id"]]["execution_count"] if run else None
    return notebook


def whole_streams(outputs):
    """The outputs with what was printed in one piece: a busy machine may deliver it in several."""
    joined = []
    for output in outputs:
        stream = output["output_type"] == "stream"
        if stream and joined and joined[-1].get("name") == output["name"]:
            joined[-1]["text"] += output["text"]
        else:
            joined.append(output)
    return joined


def tags(cell):
    return cell["metadata"].get("tags", ())


# --- Building ---


def sources(only=()):
    found = sorted((LESSONS / "source").glob("[0-9][0-9]_*.py"))
    return [path for path in found if not only or path.name[:2] in only]


def gallery(only=()):
    """The source of the gallery, as a list to be added to `sources(only)`."""
    path = LESSONS / "source" / "gallery.py"
    return [path] if path.exists() and (not only or path.stem in only) else []


def build(chosen, run=True):
    """`{path under lessons/: text}` of every notebook of the chosen sources; without `run`, with the outputs it has."""
    made = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "solutions").mkdir()
        notebooks = {source: solved_notebook(source) for source in chosen}
        for source in sources():  # a lesson's checks may need the solutions of earlier lessons
            notebook = notebooks.get(source) or solved_notebook(source)
            (folder / "solutions" / f"{source.stem}.ipynb").write_text(as_text(notebook), encoding="utf-8")
        for source, notebook in notebooks.items():
            made[f"{source.stem}.ipynb"] = as_text(book.fresh(notebook))
            if source in gallery():
                continue
            name = f"solutions/{source.stem}.ipynb"
            if run:
                made[name] = as_text(with_outputs(notebook, folder, source.name))
            else:
                made[name] = as_text(with_kept_outputs(notebook, LESSONS / name))
    return made


def write(made):
    for name, text in made.items():
        path = LESSONS / name
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote lessons/{name}")


def differences(made, everything):
    """A readable list of what on disk differs from what the sources give."""
    found = []
    for name, text in made.items():
        path = LESSONS / name
        if not path.exists():
            found.append(f"lessons/{name} is missing")
        elif (there := path.read_bytes().decode("utf-8")) != text:
            found.append(f"lessons/{name} differs from its source:")
            changed = difflib.unified_diff(there.splitlines(), text.splitlines(), n=0, lineterm="")
            found += [f"    {line[:150]}" for line in list(changed)[2:14]]
    if everything:
        known = {LESSONS / name for name in made}
        there = [*LESSONS.glob("[0-9][0-9]_*.ipynb"), *LESSONS.glob("solutions/*.ipynb")]
        found += [f"{path.relative_to(ROOT)} has no source" for path in sorted(there) if path not in known]
    return found


# --- Minutes ---

EXPLORERS = [name for name in widgets.__all__ if name not in ("Parsons", "Predict")]  # those two ask: exercises
EXPLORER = re.compile(rf"^(?:\w+ = )?(?:{'|'.join(EXPLORERS)})\(", re.M)  # a cell that shows one
WORDS_A_MINUTE = 170  # technical prose with formulas; plain prose is read at about 240
MINUTES = {
    "code": 0.4,  # read a cell, run it, look at its output
    "write": 5.0,  # write a function or class, with one wrong try and a hint
    "more": 3.0,  # for each further gap in it, as the methods of a class
    "by hand": 3.0,
    "order": 3.0,
    "recall": 1.0,
    "predict": 0.8,
    "explorer": 4.0,  # the presses that the text asks for, and a few of one's own
    "glance": 2.0,  # an explorer in the tour: the presses that the text asks for
}


@dataclass
class Minutes:
    """The time of a lesson or of a part of one: reading, and doing (exercises, predictions, explorers)."""

    reading: float = 0.0
    doing: float = 0.0

    def __add__(self, other):
        return Minutes(self.reading + other.reading, self.doing + other.doing)

    @property
    def total(self):
        return self.reading + self.doing

    @property
    def share(self):
        return self.doing / self.total


def minutes(notebook, lesson):
    """Count a learner notebook: words of prose, code cells, exercises by kind, explorers."""
    return sum((cell_minutes(cell, lesson) for cell in notebook["cells"]), Minutes())


def cell_minutes(cell, lesson):
    """Count one cell."""
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        words = re.sub(r"!\[[^\]]*\]\([^)]*\)|[#*`|$\\{}]", " ", text).split()
        return Minutes(reading=len(words) / WORDS_A_MINUTE)
    doing = 0.0
    if number := cell["metadata"].get("exercise"):
        doing += MINUTES[find(number).kind] + MINUTES["more"] * max(0, text.count(STUB_COMMENT) - 1)
    if explores := EXPLORER.search(text):
        doing += MINUTES["glance" if lesson == "00" else "explorer"]
    if number or explores or text.startswith("Predict("):  # a `Predict` of the lesson's own is no exercise
        return Minutes(doing=doing or MINUTES["predict"])
    return Minutes(reading=0.0 if re.match(r"(check|predict)\(", text) else MINUTES["code"])


def minutes_table():
    print("lesson                          reading   doing   total   doing's share")
    for path in sorted(LESSONS.glob("[0-9][0-9]_*.ipynb")):
        time = minutes(json.loads(path.read_text(encoding="utf-8")), path.name[:2])
        print(f"{path.stem:30} {time.reading:8.0f} {time.doing:7.0f} {time.total:7.0f} {time.share:12.0%}")


def main(arguments=None):
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("lessons", nargs="*", help="two-digit numbers, or gallery; all of them if none is given")
    ask.add_argument("--check", action="store_true", help="change nothing, exit 1 where notebooks differ from sources")
    ask.add_argument("--minutes", action="store_true", help="show the time of each lesson")
    want = ask.parse_args(arguments)
    if want.minutes:
        minutes_table()
        return 0
    try:
        made = build([*sources(want.lessons), *gallery(want.lessons)], run=not want.check)
    except SourceError as error:
        print(error)
        return 1
    if not want.check:
        write(made)
        return 0
    found = differences(made, everything=not want.lessons)
    if found:
        print("\n".join([*found, "Mend it with: python tools/build_lessons.py"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
