"""What stands on which slide of a lesson: one idea each, under a title that says it.

A slide is what a lesson shows at one place: a formula, a table, a list, a question with its choices, an exercise, code
with what it prints and the figure beside it, an explorer with what to do in it. Its title is the question, the heading,
or the first sentence of the paragraph that leads to it. Other plain paragraphs are what the instructor says: notes.
"""

import re
from dataclasses import dataclass, field, replace

from lesson_parts import Part
from slide_room import CODE_BESIDE, HIGH, SECOND_LINE, TITLE_LETTERS, cut, halves, height, hung, plain

LOOKS = {"large": (1.55, 64), "medium": (1.3, 70)}  # how much more room these letters take; letters in a line of code
CONTINUED = {"code": "in code", "output": "what it prints", "table": "the table", "formula": "in symbols",
             "list": "one by one", "figure": "the picture", "fence": "on paper"}  # fmt: skip
SUM = re.compile(r"\w [=·] [\d(−]")  # an example in numbers: w = −1, 784 · 64
LONGEST_TITLE = 100  # letters: two lines
SENTENCE = re.compile(r"(.+?[.?!:])(?=\s+[A-Z0-9*`\"']|$)", re.S)
CLAUSE = re.compile(r"(.+?:)(?=\s)", re.S)


@dataclass
class Slide:
    """One slide: its title, its section, what stands on it, what stands beside that, and what is said to it."""

    title: str
    section: str = ""
    parts: list = field(default_factory=list)
    beside: Part | None = None
    notes: list = field(default_factory=list)
    look: str = ""
    first: bool = False

    @property
    def room(self):
        """The pixels for its parts."""
        return HIGH - SECOND_LINE * (len(plain(self.title)) > TITLE_LETTERS)

    @property
    def tall(self):
        """About how many pixels its parts take."""
        return sum(height(part, self.beside) for part in self.parts)

    def holds(self, *more):
        """Whether more parts fit on it."""
        return self.tall + sum(height(part, self.beside) for part in more) <= self.room


def is_bold(part):
    """Whether a paragraph is bold as a whole: a question, or what to take away."""
    return part.kind == "text" and re.fullmatch(r"\*\*[^*]+(\*[^*]+\*[^*]*)*\*\*[.?]?", part.source) is not None


def is_question(part):
    """Whether a paragraph ends in a bold question, whose choices follow."""
    return part.kind == "text" and re.search(r"\*\*[^*]+\?\*\*$", part.source) is not None


def is_shown(part):
    """Whether a paragraph is for the room to read, and not only for the instructor to say."""
    return part.kind != "text" or "**" in part.source or leads_on(part) or SUM.search(part.source) is not None


def leads_on(part):
    """Whether a part is nothing without the next one."""
    return part.kind in ("text", "list") and re.search(r"[:?]\**$", part.source) is not None


class Deck:
    """The slides of a lesson's parts, made one after the other."""

    def __init__(self):
        self.slides, self.waiting = [], []  # waiting: paragraphs that belong to what comes next
        self.section, self.exercise, self.fresh = "", None, True  # fresh: the section has no slide yet

    def take(self, part):
        if part.kind == "heading":
            self.heading(part)
        elif self.exercise is not None and part.kind != "answer":
            self.exercise.parts.append(part)
            if part.exercise:
                self.end_exercise()
        elif part.kind == "answer":
            self.end_exercise()
            if part.source:
                self.add(Slide(plain(part.source.split(" – ")[0].split("\n")[0]), parts=[part], look="answer"))
        elif part.kind == "text":
            self.text(part)
        else:
            self.evidence(part)

    @property
    def last(self):
        """The last slide of this section."""
        return None if self.fresh else self.slides[-1]

    def add(self, slide):
        slide.section, slide.first, self.fresh = self.section, self.fresh, False
        self.slides.append(slide)

    def heading(self, part):
        if part.level == 3:
            self.say(self.waiting)
            self.waiting, self.exercise = [], Slide(part.source)
            return
        self.end_section()
        self.section, self.fresh = part.source, True
        if part.level == 1:
            self.add(Slide(part.source, look="title"))

    def say(self, parts):
        """Paragraphs that are not shown: notes of the slide before, or of the next one where there is none yet."""
        if self.last is None:
            self.slides and self.slides[-1].notes.extend(part.source for part in parts)
        else:
            self.last.notes.extend(part.source for part in parts)

    def text(self, part):
        last = self.last
        ends = part.source.startswith("In words") or takeaway(part)
        if last and (last.look == "title" or (ends and not self.waiting and last.holds(part))):
            last.parts.append(part)
        else:
            self.waiting.append(part)

    def end_section(self):
        self.end_exercise()
        if self.waiting and self.fresh:
            self.new(None)
        shown = [part for part in self.waiting if takeaway(part)]
        self.say([part for part in self.waiting if part not in shown])
        for part in shown:
            self.add(Slide(self.section, parts=[part]))
        self.waiting = []

    def end_exercise(self):
        slide, self.exercise = self.exercise, None
        if slide is None:
            return
        for part in [part for part in slide.parts if part.kind == "text" and not is_shown(part)][:-1]:
            if not slide.holds():
                slide.parts.remove(part)
                slide.notes.append(part.source)
        code = [part for part in slide.parts if part.exercise]
        if not slide.holds() and code and len(slide.parts) > 1:
            told = [part for part in slide.parts if not part.exercise]
            self.add(replace(slide, parts=told, beside=None))
            slide = Slide(f"{slide.title.split(' · ')[0]} · The code", parts=code)
        self.add_cut(slide)

    def evidence(self, part):
        last = self.last if not self.waiting else None
        if part.kind == "figure" and last and last.parts and last.parts[-1].kind in ("code", "output"):
            self.put_beside(last, part)
        elif part.kind == "picture":
            self.explorer(part, last)
        elif part.kind == "output" and last and last.look == "" and not last.beside:
            self.output(part, last)
        elif last and last.look == "" and not last.beside and last.holds(part) and joins(last, part):
            last.parts.append(part)
        else:
            self.new(part)

    def output(self, part, last):
        """What a cell prints, below its code, or below the second half of it."""
        texts = [one for one in last.parts if one.kind == "text"]
        if not last.holds(part) and sum(height(one) for one in [*last.parts, part] if one not in texts) <= last.room:
            while not last.holds(part):
                last.notes.append(texts[0].source)
                last.parts.remove(texts.pop(0))
        if last.holds(part):
            last.parts.append(part)
            return
        pieces = halves(last.parts[-1]) if last.parts[-1].kind == "code" else []
        if len(pieces) == 2:
            last.parts[-1] = pieces[0]
        self.add_cut(Slide(f"{self.section.rstrip('?.')}: {CONTINUED['output']}", parts=[*pieces[1:], part]))

    def put_beside(self, slide, figure):
        """A figure beside its code; below it where the code is wide and short."""
        widest = max(len(row) for part in slide.parts if part.kind == "code" for row in part.source.splitlines())
        if widest > CODE_BESIDE and slide.holds(figure):
            slide.parts.append(figure)
            return
        apart = Slide(slide.title, slide.section, list(slide.parts), figure)
        apart.parts = [replace(part, source=hung(part.source)) if part.kind == "code" else part for part in apart.parts]
        texts = [part for part in apart.parts if part.kind == "text"]
        while not apart.holds() and texts:
            apart.notes.append(texts[0].source)
            apart.parts.remove(texts.pop(0))
        if apart.holds():
            slide.parts, slide.beside = apart.parts, figure
            slide.notes += apart.notes
        else:
            self.add(Slide(f"{slide.title.rstrip('.?:')}: {CONTINUED['figure']}", parts=[figure]))

    def explorer(self, picture, last):
        """An explorer, beside it what to do there."""
        told = self.waiting
        if not told and last and not last.beside and last.parts[-1].kind in ("list", "text"):
            beside = Slide(last.title, parts=list(last.parts), beside=picture)
            if last.look == "" and beside.holds():
                last.beside, last.look = picture, "live"
                return
        name = plain(re.match(r"!\[([^\]:.,]+)", picture.source)[1]).strip()
        name = re.split(r" (?:with|at|for|in) ", name)[0]
        slide = Slide(name if not self.fresh else self.section, beside=picture, look="live")
        for part in told:
            (slide.parts.append(part) if slide.holds(part) else slide.notes.append(part.source))
        self.waiting = []
        self.add(slide)

    def new(self, part):
        """A slide of the paragraphs that wait and of `part`."""
        told, self.waiting = self.waiting, []
        question = told.pop() if part and part.kind == "list" and told and is_question(told[-1]) else None
        if question is not None:
            before, asked = re.fullmatch(r"(.*?)\*\*([^*]+\?)\*\*", question.source, re.S).groups()
            slide = Slide(asked, look="question")
            told += [replace(question, source=before.strip())] if before.strip() else []
        elif self.fresh:
            slide = Slide(self.section)
        else:
            title, rest = headline(told[-1]) if told else (None, "")
            slide = Slide(title or f"{self.section.rstrip('?.')}: {CONTINUED[part.kind]}")
            told[-1:] = ([replace(told[-1], source=rest)] if rest else []) if title else told[-1:]
        keep = list(told) if self.fresh or question else [one for one in told if is_shown(one)]
        kept = [*keep, part] if part else keep
        slide.notes = [one.source for one in told if one not in keep]
        for one in sorted(keep, key=is_shown):
            slide.parts = kept
            if slide.holds() or len(kept) == 1:
                break
            kept.remove(one)
            slide.notes.append(one.source)
        slide.parts = kept
        self.add_cut(slide)

    def add_cut(self, slide):
        """A slide, or several for what is too long for one."""
        if not slide.holds() and len(slide.parts) == 1 and slide.room < HIGH and self.section:
            slide.notes.insert(0, slide.title)  # a title of two lines takes the room of the last line of code
            slide.title = f"{self.section.rstrip('?.')}: {CONTINUED.get(slide.parts[0].kind, '')}".rstrip(": ")
        if slide.holds():
            self.add(slide)
            return
        pieces = [piece for part in slide.parts for piece in cut(part, slide.room)]
        made = [replace(slide, parts=[])]
        for piece in pieces:
            if made[-1].parts and not made[-1].holds(piece):
                made.append(Slide(f"{slide.title.removesuffix('.')} ({len(made) + 1})", look=slide.look))
            made[-1].parts.append(piece)
        for one in made:
            self.add(one)


def takeaway(part):
    return is_bold(part) and not part.source.rstrip("*").endswith("?")


def joins(slide, part):
    """Whether a part belongs to what stands on a slide already: code does not go with other code."""
    kinds = [one.kind for one in slide.parts]
    return part.kind == "output" or not (part.kind == "code" and "code" in kinds)


def headline(part):
    """`(title, the rest)` of a paragraph: its first sentence, or what stands before a colon, if short enough."""
    for pattern in (SENTENCE, CLAUSE):
        found = pattern.match(part.source)
        if found and len(plain(found[1])) <= LONGEST_TITLE and found[1].count("**") % 2 == 0:
            title = " ".join(found[1].replace("**", "").split()).removesuffix(":").removesuffix(".")
            rest = part.source[found.end() :].strip()
            return title, rest[:1].upper() + rest[1:]
    return None, part.source


def slides(parts, remarks=""):
    """The slides of a lesson's parts. `remarks` are the speaker's notes to the title."""
    deck = Deck()
    for part in parts:
        deck.take(part)
    deck.end_section()
    deck.slides[0].notes.insert(0, remarks)
    for slide in deck.slides:
        if slide.look in ("", "question", "answer") and not slide.beside:
            slide.look = f"{slide.look} {letters(slide)}".strip()
    return deck.slides


def letters(slide):
    """The largest letters in which a slide's parts fit."""
    rows = [row for part in slide.parts if part.kind in ("code", "fence", "output") for row in part.source.splitlines()]
    widest = max(map(len, rows), default=0)
    fits = [look for look, (more, wide) in LOOKS.items() if more * slide.tall <= slide.room and widest <= wide]
    return fits[0] if fits else ""
