"""A lesson taken apart for a room: text, formulas, code, outputs and pictures, one after the other.

`tools/build_slides.py` and `tools/build_handouts.py` put the parts together again. What a part is follows from the
source's structure alone: nothing in a lesson is written for the slides or for paper.
"""

import argparse
import ast
import functools
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from build_lessons import EXPLORER, LESSONS, ROOT, executed, solved_notebook, sources, tags, whole_streams
from build_lessons import with_kept_outputs as with_kept
from latex2mathml.converter import convert

from lessons.checks.remember import book
from lessons.checks.remember.book import find
from nnlib_course import replays

KIT = ROOT / "instructor"
COMMAND = re.compile(r"(check|predict|reveal|status|hint|solution|checkpoint)\(")
FIGURES = ("borders", "curve", "curves", "digits")
DETAILS = re.compile(r"<details><summary>.*?</summary>|</details>", re.S)
FORMULA = re.compile(r"(?<![\\`])\$\$(.+?)\$\$|(?<![\\`$])\$([^$`]+?)\$", re.S)


@dataclass
class Part:
    """One part of a lesson.

    `kind`: heading (2 or 3 in `level`), text, list, table, fence, formula, picture (of an explorer), code, output
    (text), figure (an image that a cell drew), answer. `exercise` is the number of the exercise that a code part is.
    """

    kind: str
    source: str
    level: int = 0
    exercise: str = ""
    attachments: dict = field(default_factory=dict)
    replay: str = ""  # of a picture: the recorded run of the explorer that it shows

    def cell(self):
        """The part as a cell of a notebook."""
        if self.kind == "code":
            return nbformat.v4.new_code_cell(self.source)
        if self.kind == "output":
            output = nbformat.v4.new_output("stream", name="stdout", text=self.source)
            return nbformat.v4.new_code_cell("", outputs=[output])
        if self.kind == "figure":
            output = nbformat.v4.new_output("display_data", {"text/html": self.source})
            return nbformat.v4.new_code_cell("", outputs=[output])
        text = self.source if self.kind == "fence" else with_mathml(self.source)
        more = {"replay": self.replay} if self.replay else {}
        return nbformat.v4.new_markdown_cell(text, attachments=self.attachments, metadata=more)


@functools.cache  # slides and the site want the same run
def lesson_cells(source, run=True):
    """The cells of the solved lesson whose source is the file `source`, as it ran.

    Without `run` nothing is executed: the outputs are those that the solved notebooks keep, and nothing is drawn.
    """
    notebook = solved_notebook(source)
    if not run:
        return with_kept(notebook, LESSONS / "solutions" / f"{source.stem}.ipynb")["cells"]
    with tempfile.TemporaryDirectory() as folder:
        return executed(notebook, Path(folder), source.name, lessons=LESSONS).cells


def lesson_parts(cells, solutions=False):
    """The parts of a lesson's cells. Without `solutions`, what a learner writes is the learner notebook's blank."""
    parts, before = [], []  # before: those of the cell before
    for cell in cells:
        if book.SOLVED_ONLY in tags(cell):
            continue
        text, found = "".join(cell["source"]), []
        if cell["cell_type"] == "markdown":
            found = text_parts(text, cell.get("attachments", {}))
        elif number := cell["metadata"].get("exercise"):
            found = exercise_parts(number, text, cell["metadata"].get("stub", text), solutions)
        elif replay := replay_of(text):
            for part in before:
                part.replay = replay if part.kind == "picture" else ""
        elif not COMMAND.match(text):
            found = code_parts(cell, text)
        parts += found
        before = found
    return parts


def replay_of(text):
    """The name of the replay of the explorer that a cell opens, or None."""
    found = EXPLORER.search(text)
    return replays.file_name(re.search(r"(\w+)\($", found[0])[1]) if found else None


def text_parts(text, attachments=()):
    """The blocks of a markdown cell."""
    parts, inside, block = [], False, []
    for line in [*DETAILS.sub("", text).splitlines(), ""]:
        inside ^= line.startswith("```")
        if line.strip() or inside:
            block.append(line)
        elif block:
            parts.append(block_part("\n".join(block), attachments))
            block = []
    return parts


def block_part(text, attachments):
    if heading := re.match(r"(#+) (.+)", text):
        return Part("heading", heading[2], level=len(heading[1]))
    for kind, start in (("fence", "```"), ("formula", "$$"), ("table", "|"), ("picture", "![")):
        if text.startswith(start):
            return Part(kind, text, attachments=dict(attachments) if kind == "picture" else {})
    return Part("list" if re.match(r"(- |\d+\. )", text) else "text", text)


def exercise_parts(number, solution, stub, solutions):
    """What a learner writes: the blank, or with `solutions` the solution and, for a choice, why it is right."""
    task = find(number)
    if task.kind in ("write", "by hand"):
        return [Part("code", solution if solutions else stub, exercise=number)]
    answer = f"**Answer {number}:** {getattr(task, 'right', '')}"
    options = getattr(task, "options", None)
    told = f"{answer} – {options[task.right]}" if options else f"{answer}\n\n```python\n{task.code()}\n```"
    return [Part("answer", told if solutions else "", exercise=number)]


def code_parts(cell, text):
    """A cell that is run and not written: its code, the text it prints, the figure it draws."""
    statements = ast.parse(text).body
    if all(isinstance(one, ast.Import | ast.ImportFrom) for one in statements):
        return []
    last = statements[-1]
    draws = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    draws = draws and isinstance(last.value.func, ast.Name) and last.value.func.id in FIGURES
    code = "\n".join(text.splitlines()[: last.lineno - 1]).rstrip() if draws else text
    if "teacher" in tags(cell) or (draws and "\n" not in code):  # one line that prepares a figure tells nothing
        code = ""
    printed, figures = "", []
    for output in whole_streams(cell["outputs"]):
        data = output.get("data", {})
        image = "".join(data.get("text/html", ""))
        if output.get("name") == "stdout":
            printed += "".join(output["text"])
        elif image.startswith("<img "):
            figures.append(image)
        elif output["output_type"] == "execute_result" and "text/plain" in data:
            printed += "".join(data["text/plain"]) + "\n"
    code = re.sub(r"^# long: .*\n", "", code)  # says to the linter why a cell is long
    parts = [Part("code", code)] if code else []
    parts += [Part("output", printed.rstrip("\n"))] if printed.strip() else []
    figures = figures or (['<div class="not-drawn">drawn when the lesson is run</div>'] if draws else [])
    return parts + [Part("figure", image) for image in figures]


def with_mathml(text):
    """Markdown with its formulas as MathML, which a browser shows without a script."""

    def formula(match):
        shown = convert(" ".join((match[1] or match[2]).split()), display="block" if match[1] else "inline")
        return shown.replace("<mi>log</mi><m", '<mi>log</mi><mspace width="0.17em" /><m')

    pieces = re.split(r"(`[^`]*`)", text)  # a dollar in code is a dollar
    return "".join(piece if piece.startswith("`") else FORMULA.sub(formula, piece) for piece in pieces)


def chosen_sources(numbers):
    """The sources of the lessons `numbers`, all for none. Raises SystemExit for a number that is no lesson's."""
    unknown = set(numbers) - {path.name[:2] for path in sources()}
    if unknown:
        raise SystemExit(f"there is no lesson {', '.join(sorted(unknown))}; the numbers have two digits, like 05")
    return sources(numbers)


# --- What both builders do in the same way ---


def questions(description, folder):
    """The arguments of both builders: which lessons, into which folder, run or not."""
    ask = argparse.ArgumentParser(description=description)
    ask.add_argument("lessons", nargs="*", help="two-digit numbers; all lessons if none is given")
    ask.add_argument("--no-run", action="store_true", help="run nothing: in seconds, without what cells draw")
    ask.add_argument("--pdf", action="store_true", help="print to PDF too; needs Chrome, Edge or Chromium")
    ask.add_argument("--to", type=Path, default=folder, help=f"the folder; instructor/{folder.name} unless given")
    return ask


def exported(exporter, template, notebook, kit=()):
    """The notebook as HTML, by a template of instructor/templates; `kit` is handed on to it."""
    made = exporter(extra_template_basedirs=[str(KIT / "templates")], template_name=template)
    made.exclude_anchor_links = True
    sheets = KIT / "templates" / template / f"{template}.css", KIT / "templates" / "code.css"
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return made.from_notebook_node(notebook, resources={"kit": {**dict(kit), "style": style}})[0]


BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
)  # fmt: skip
"""The names under which Chrome, Edge and Chromium, which all print in the same way, are found on PATH."""
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "%PROGRAMFILES%/Google/Chrome/Application/chrome.exe",
    "%PROGRAMFILES(X86)%/Google/Chrome/Application/chrome.exe",
    "%LOCALAPPDATA%/Google/Chrome/Application/chrome.exe",
    "%PROGRAMFILES(X86)%/Microsoft/Edge/Application/msedge.exe",
    "%PROGRAMFILES%/Microsoft/Edge/Application/msedge.exe",
)
"""Where macOS and Windows keep them; `%NAME%` is an environment variable of Windows."""


def browser():
    """The path of Chrome, Edge or Chromium. SystemExit if there is none."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    for place in ELSEWHERE:
        known = re.sub(r"%(.+?)%", lambda name: os.environ.get(name[1], "no-such-folder"), place)
        if (path := Path(known).expanduser()).is_file():
            return str(path)
    raise SystemExit("no Chrome, Edge or Chromium was found: open the HTML file in any browser and print it from there")


def printed(text, made):
    """Print HTML that has everything in it to the PDF file `made`."""
    program = browser()
    made.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
             "--no-pdf-header-footer", f"--print-to-pdf={made.resolve()}", page.as_uri()],
            capture_output=True, text=True, errors="replace",
        )  # fmt: skip
    if not made.exists():
        raise SystemExit(f"{program} printed no PDF of {made.stem}:\n{done.stderr[-2000:]}")
    print(f"wrote {made}")


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    print(f"wrote {file}")
