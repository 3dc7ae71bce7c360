"""Make slides of the lessons, from the same sources: one HTML file a lesson, which needs no network and no server.

    python tools/build_slides.py                  every lesson; each is run once, for its figures
    python tools/build_slides.py 05 09            two of them
    python tools/build_slides.py 05 --solutions   with the solutions, and the answers to the predictions

The files go to instructor/slides/. Every second heading of a lesson begins a slide, and what is too long for one page
of 1280 × 720 goes on below it (the space bar goes through all). What stands on a page is the section's first
paragraph, and all that is a list, a table, a formula, code, a picture, an exercise, a sum, or has something in bold.
Plain paragraphs are what the instructor says: they are the speaker's notes (key S).
"""

import math
import re
from dataclasses import dataclass, field

import nbformat
from lesson_parts import KIT, Part, chosen_sources, exported, lesson_cells, lesson_parts, questions, write
from nbconvert.exporters import SlidesExporter

from lessons.checks.remember import book

SLIDES = KIT / "slides"
REVEAL = ("reveal.js", "reveal.css", "notes.js")
HIGH = 520  # pixels below a heading of one line, on a page of 720
LETTERS, CODE_LETTERS = 70, 76  # in a line of text and of code, of a wide font
LINE, CODE_LINE, GAP = 38, 30, 16
LEAST_PICTURE = 330
SUM = re.compile(r"\w [=·] [\d(−]")  # an example in numbers: w = −1, 784 · 64
LARGE = 1.55  # how much more room large letters take: larger ones are fewer in a line


@dataclass
class Page:
    """One page: its heading, what stands on it, and what is said to it."""

    title: str
    first: bool = False
    parts: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    look: str = ""


def height(part):
    """About how many pixels a part takes, in a wide font."""
    rows = part.source.splitlines()
    if part.kind in ("code", "output", "fence"):
        return sum(max(1, math.ceil(len(row) / CODE_LETTERS)) for row in rows) * CODE_LINE + 22 + GAP
    if part.kind == "formula":
        return 100 + GAP
    if part.kind in ("picture", "figure"):
        return LEAST_PICTURE
    if part.kind == "table":
        return sum(math.ceil(len(plain(row)) / (LETTERS - 10)) for row in rows) * 48 + GAP  # cells are padded
    if part.kind == "list":
        items = re.split(r"\n(?=- |\d+\. )", part.source)
        return sum(math.ceil(len(plain(item)) / (LETTERS - 3)) * LINE + 8 for item in items) + GAP
    return sum(math.ceil(len(plain(text)) / LETTERS) for text in part.source.split("\n\n")) * LINE + GAP


def plain(text):
    """Markdown without its marks: the letters that are seen."""
    return re.sub(r"\]\([^)]*\)|[*`$\[]", "", text)


# --- What stands on which page ---


def pages(parts, remarks=""):
    """The pages of a lesson's parts. `remarks` are the speaker's notes to the title."""
    made, section, title, waiting, first = [], "", "", [], True

    def flush():
        nonlocal waiting, first
        for group in packed(waiting):
            large = "large" if LARGE * tall([group]) <= HIGH else ""
            made.append(Page(title, first, [part for part in group if part.kind != "note"], look=large))
            made[-1].notes = [part.source for part in group if part.kind == "note"]
            first = False
        waiting = []

    in_exercise, fresh = False, True
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        if part.kind == "heading":
            flush()
            title, in_exercise = part.source, part.level == 3
            if part.level < 3:
                section, first, fresh = title, True, True
        elif part.kind == "picture" or part.kind == "figure":
            before = [waiting.pop()] if waiting and leads_on(waiting[-1]) and height(waiting[-1]) < 180 else []
            flush()
            made.append(Page(title, first, [*before, part], look="live" if part.kind == "picture" else ""))
            first = False
        elif part.kind == "answer":
            flush()
            if part.source:
                made.append(Page(title, first, [part], look="answer"))
            title, in_exercise = section, False
        elif part.kind == "text" and re.match(r"\*\*\d\d\.\d+ · ", part.source):  # a question of its own
            if fresh or len(waiting) > 1:
                flush()
            waiting, in_exercise = [*waiting, part], True
        elif part.kind == "text" and not (fresh or in_exercise or is_shown(part, after)):
            waiting.append(Part("note", part.source))
        else:
            waiting += cut(part)
            fresh = False
            if part.exercise:
                flush()
                title, in_exercise = section, False
    flush()
    made[0].look = "title"
    made[0].notes.append(remarks)
    return merged(made)


def merged(made):
    """No page holds notes alone: they go to the page before."""
    kept = made[:1]
    for page in made[1:]:
        if page.parts:
            kept.append(page)
        else:
            kept[-1].notes += page.notes
            if page.first and made.index(page) + 1 < len(made):
                made[made.index(page) + 1].first = True
    return kept


def is_shown(part, after):
    """Whether a paragraph is for the room to read, and not only for the instructor to say."""
    leads = leads_on(part) or (after is not None and after.kind in ("list", "table", "formula", "fence"))
    return leads or "**" in part.source or part.source.startswith("In words") or SUM.search(part.source) is not None


def leads_on(part):
    """Whether a part is nothing without the next one."""
    return part.kind in ("text", "list") and re.search(r"[:?]\**$", part.source) is not None


def cut(part):
    """A part in pieces that fit on a page."""
    if height(part) <= HIGH:
        return [part]
    if part.kind in ("code", "output"):
        rows = part.source.splitlines()
        middle = max(2, len(rows) // 2)
        breaks = [k for k in range(2, len(rows) - 1) if not rows[k].strip()]
        at = min(breaks, key=lambda k: abs(k - middle), default=middle)
        halves = ["\n".join(rows[:at]).rstrip(), "\n".join(rows[at:]).strip("\n")]
        return [piece for half in halves for piece in cut(Part(part.kind, half, exercise=part.exercise))]
    if part.kind == "list":
        items = re.split(r"\n(?=- |\d+\. )", part.source)
        if len(items) > 1:
            at = len(items) // 2
            return [piece for half in (items[:at], items[at:]) for piece in cut(Part("list", "\n".join(half)))]
    return [part]


def packed(parts):
    """The parts in as few pages as hold them, filled about evenly; what leads on stays with what it leads to."""
    chunks = []
    for part in parts:
        if chunks and (part.kind == "note" or leads_on(last_shown(chunks[-1]) or part) or part.kind == "output"):
            chunks[-1].append(part)
        else:
            chunks.append([part])
    chunks = [piece for chunk in chunks for piece in ([chunk] if tall([chunk]) <= HIGH else [[p] for p in chunk])]
    fewest = len(filled(chunks, HIGH))
    for limit in range(HIGH // 3, HIGH + 1, 20):
        if len(made := filled(chunks, limit)) <= fewest:
            return made
    return filled(chunks, HIGH)


def filled(chunks, limit):
    """The chunks in pages of at most `limit` pixels, one after the other."""
    made = []
    for chunk in chunks:
        if made and tall([made[-1], chunk]) <= limit:
            made[-1] += chunk
        else:
            made.append(list(chunk))
    return made


def tall(groups):
    """About how many pixels some groups of parts take."""
    return sum(height(part) for group in groups for part in group if part.kind != "note")


def last_shown(chunk):
    """The last part of a chunk that is no note."""
    return next((part for part in reversed(chunk) if part.kind != "note"), None)


# --- From pages to HTML ---


def as_notebook(made, title):
    """The pages as a notebook whose cells carry nbconvert's slide types."""
    notebook = nbformat.v4.new_notebook(metadata={"title": title})
    for page in made:
        level = "#" if page.look == "title" else "##"
        cells = [nbformat.v4.new_markdown_cell(f"{level} {page.title}"), *(part.cell() for part in page.parts)]
        cells[0].metadata.slideshow = {"slide_type": "slide" if page.first else "subslide"}
        cells[0].metadata.page = page.look
        if any(page.notes):
            cells.append(nbformat.v4.new_markdown_cell("\n\n".join(page.notes)))
            cells[-1].metadata.slideshow = {"slide_type": "notes"}
        notebook.cells += cells
    return notebook


def remarks(lesson):
    """What instructor/lessons.md says of a lesson."""
    parts = (KIT / "lessons.md").read_text(encoding="utf-8").split("\n## ")
    return next((part.split("\n", 1)[1].strip() for part in parts if part.startswith(lesson)), "")


def deck(source, solutions=False, run=True):
    """The slides of the lesson whose source is the file `source`, as HTML that has reveal.js and all pictures in it."""
    lesson = source.name[:2]
    made = pages(lesson_parts(lesson_cells(source, run), solutions), remarks(lesson))
    read = {name.replace(".", "_"): (KIT / "reveal" / name).read_text(encoding="utf-8") for name in REVEAL}
    return exported(SlidesExporter, "slides", as_notebook(made, book.title(lesson)), read)


def main(arguments=None):
    ask = questions(__doc__.splitlines()[0], SLIDES)
    ask.add_argument("--solutions", action="store_true", help="with solutions, and answers to the predictions")
    want = ask.parse_args(arguments)
    for source in chosen_sources(want.lessons):
        name = f"{source.stem}{'.solutions' if want.solutions else ''}.html"
        write(want.to / name, deck(source, want.solutions, not want.no_run))


if __name__ == "__main__":
    main()
