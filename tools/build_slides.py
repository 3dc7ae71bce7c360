"""Make slides of the lessons, from the same sources: one HTML file a lesson, which needs no network and no server.

    python tools/build_slides.py                  every lesson; each is run once, for its figures
    python tools/build_slides.py 05 09            two of them
    python tools/build_slides.py 05 --solutions   with the solutions, and the answers to the predictions
    python tools/build_slides.py 05 --pdf         PDF files beside them, printed by Chrome, Edge or Chromium

The files go to instructor/slides/. Every second heading of a lesson begins a column of slides (the space bar goes
through all). What stands on which is decided in slide_pages.py; plain paragraphs are the speaker's notes (key S). Where
an explorer stands a recorded run of it plays, in the file itself (the button, or key R; Esc goes back).
"""

import base64
import functools
import tempfile
from pathlib import Path

import nbformat
from lesson_parts import (
    KIT,
    chosen_sources,
    exported,
    lesson_cells,
    lesson_parts,
    printed,
    questions,
    with_mathml,
    write,
)
from nbconvert.exporters import SlidesExporter
from slide_pages import slides

from lessons.checks.remember import book
from nnlib_course import replays

SLIDES = KIT / "slides"
REVEAL = ("reveal.js", "reveal.css", "notes.js")
FONT = KIT / "fonts" / "course-math.woff2"


def as_notebook(made, title):
    """The slides as a notebook whose cells carry nbconvert's slide types, and `before` and `after` for columns."""
    notebook = nbformat.v4.new_notebook(metadata={"title": title})
    for slide in made:
        level = "#" if slide.look == "title" else "##"
        head = nbformat.v4.new_markdown_cell(f"{level} {with_mathml(slide.title)}")
        head.metadata.slideshow = {"slide_type": "slide" if slide.first else "subslide"}
        head.metadata.look = slide.look
        head.metadata.section = slide.section if slide.section != slide.title else ""
        cells = [part.cell() for part in slide.parts]
        if slide.beside is not None:
            cells = cells or [nbformat.v4.new_markdown_cell("")]
            cells[0].metadata.before = f'<div class="beside {slide.beside.kind}"><div class="column">'
            cells[-1].metadata.after = "</div>"
            cells.append(slide.beside.cell())
            cells[-1].metadata.after = "</div>"
        notebook.cells += [head, *cells]
        if any(slide.notes):
            notebook.cells.append(nbformat.v4.new_markdown_cell(with_mathml("\n\n".join(slide.notes))))
            notebook.cells[-1].metadata.slideshow = {"slide_type": "notes"}
    return notebook


def remarks(lesson):
    """What instructor/lessons.md says of a lesson."""
    parts = (KIT / "lessons.md").read_text(encoding="utf-8").split("\n## ")
    return next((part.split("\n", 1)[1].strip() for part in parts if part.startswith(lesson)), "")


def deck(source, solutions=False, run=True):
    """The slides of the lesson whose source is the file `source`, as a notebook."""
    lesson = source.name[:2]
    made = slides(lesson_parts(lesson_cells(source, run), solutions), remarks(lesson))
    return as_notebook(made, book.title(lesson))


def recordings(notebook, made=None):
    """The replays of a deck's explorers by name, as base64: files of the folder `made`, or recorded here."""
    names = {cell.metadata["replay"] for cell in notebook.cells if "replay" in cell.metadata}
    return {name: recording(name, made) for name in sorted(names)}


@functools.cache  # many lessons show the same explorer
def recording(name, made=None):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(made or folder) / f"{name}.html"
        if not file.is_file():
            file = Path(folder) / file.name
            replays.save(name, file)
        return base64.b64encode(file.read_bytes()).decode()


def shown(notebook, on_paper=False, played=()):
    """A deck as HTML that has reveal.js, the font, all pictures and the replays `played` in it.

    `on_paper` it is a page a slide, and nothing plays.
    """
    kit = {name.replace(".", "_"): (KIT / "reveal" / name).read_text(encoding="utf-8") for name in REVEAL}
    kit |= {"font": base64.b64encode(FONT.read_bytes()).decode(), "on_paper": on_paper, "replays": dict(played)}
    return exported(SlidesExporter, "slides", notebook, kit)


def main(arguments=None):
    ask = questions(__doc__.splitlines()[0], SLIDES)
    ask.add_argument("--solutions", action="store_true", help="with solutions, and answers to the predictions")
    ask.add_argument("--replays", type=Path, help="a folder with replays that `tools/replays.py` has made before")
    want = ask.parse_args(arguments)
    for source in chosen_sources(want.lessons):
        file = want.to / f"{source.stem}{'.solutions' if want.solutions else ''}.html"
        notebook = deck(source, want.solutions, not want.no_run)
        recorded = {} if want.no_run and not want.replays else recordings(notebook, want.replays)
        write(file, shown(notebook, played=recorded))
        if want.pdf:
            printed(shown(notebook, on_paper=True), file.with_suffix(".pdf"))


if __name__ == "__main__":
    main()
