"""Make hand-outs of the lessons for A4 paper: the exercises to write on, and the same with solutions.

    python tools/build_handouts.py            every lesson; each is run once, for its figures
    python tools/build_handouts.py 05 06      two of them
    python tools/build_handouts.py 05 --pdf   PDF files beside the HTML, printed by Chrome, Edge or Chromium

The files go to instructor/handouts/: NN_verb_noun.html to hand out, NN_verb_noun.solutions.html for you, with the hints
and what each choice shows. On paper is every section of a lesson that has an exercise, up to its last one, and what to
remember.
"""

import nbformat
from lesson_parts import KIT, chosen_sources, exported, lesson_cells, lesson_parts, printed, questions, write
from nbconvert.exporters import HTMLExporter

from lessons.checks.remember import book
from lessons.checks.remember.book import find

HANDOUTS = KIT / "handouts"
SPARE = 2  # empty lines beyond those of the solution


def sections(parts):
    """What goes on paper, a list of parts for each section."""
    made = []
    for part in parts:
        if part.kind == "heading" and part.level < 3:
            made.append([])
        made[-1].append(part)
    kept = [made[0]]
    for section in made[1:]:
        last = max((k for k, part in enumerate(section) if part.exercise), default=None)
        if last is not None:
            kept.append(section[: last + 1])
        elif section[0].source == "Remember":
            kept.append([part for part in section if part.kind != "text"])
    return [[part for part in section if part.kind != "picture"] for section in kept]


def on_paper(part, solutions):
    """The cells of a part: an exercise has room to write in, or with `solutions` its hints."""
    cells = [part.cell()] if part.source else []
    if part.kind == "heading":
        cells = [nbformat.v4.new_markdown_cell(f"{'#' * part.level} {part.source}")]
    if part.exercise:
        below = hints(part.exercise) if solutions else room(part.exercise)
        cells.append(nbformat.v4.new_markdown_cell(below))
        for cell in cells:
            cell.metadata.paper = "solved" if solutions else "blank"
        cells[-1].metadata.paper += " hints" if solutions else " room"
    return cells


def room(number):
    """Lines to write on, a few more than the solution takes."""
    solution, stub = (text.splitlines() for text in book.exercise_cell(number))
    written = len([row for row in solution if row not in stub]) if find(number).kind == "write" else 0
    return '<div class="line"></div>' * (written + SPARE)


def hints(number):
    """The hints of an exercise, and what each of the other choices shows."""
    task = find(number)
    others = [(letter, says) for letter, says in getattr(task, "options", {}).items() if letter != task.right]
    told = [f"- {letter} – {says}" for letter, says in others]
    return "\n".join([*told, *(f"- Hint {k}. {hint}" for k, hint in enumerate(task.hints, 1))])


def handout(cells, title, solutions):
    """The hand-out of a lesson's cells, as HTML."""
    notebook = nbformat.v4.new_notebook(metadata={"title": title, "solutions": solutions})
    for section in sections(lesson_parts(cells, solutions)):
        notebook.cells += [cell for part in section for cell in on_paper(part, solutions)]
    return exported(HTMLExporter, "handouts", notebook)


def main(arguments=None):
    ask = questions(__doc__.splitlines()[0], HANDOUTS)
    want = ask.parse_args(arguments)
    for source in chosen_sources(want.lessons):
        cells = lesson_cells(source, not want.no_run)
        for solutions in (False, True):
            file = want.to / f"{source.stem}{'.solutions' if solutions else ''}.html"
            text = handout(cells, book.title(source.name[:2]), solutions)
            write(file, text)
            if want.pdf:
                printed(text, file.with_suffix(".pdf"))


if __name__ == "__main__":
    main()
