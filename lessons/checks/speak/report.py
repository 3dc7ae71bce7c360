"""What a command of the checks shows: a small box in JupyterLab, the same words where there is no HTML.

Every state has a mark and a word; colour only repeats them. Colours are JupyterLab's own variables, so the box
fits the light and the dark theme. All text is escaped before it becomes HTML; `text between backticks` is code.
"""

import html
import re
import sys
from dataclasses import dataclass, field

from lessons.checks.judge import Outcome
from lessons.checks.judge.compare import Finding

MARKS = {"PASSED": "✓", "FAILED": "✗", "NOT ATTEMPTED": "○", "NOTED": "✓", "HINT": "?", "SOLUTION": "=", "NOTE": "i"}
BESIDE = re.compile(r"(n your line `[^`]+`) (?=`)")
"""A line of code, and a piece of it right behind: two that would be read as one."""
MARKUP = re.compile(r"`([^`]+)`|(?<![\w*])\*(\w[\w ]*)\*(?![\w*])")
COLOURS = {"PASSED": "success", "NOTED": "success", "FAILED": "error", "NOT ATTEMPTED": "warn"}


@dataclass(frozen=True)
class Report:
    """A word ("PASSED", "HINT", …), a heading and paragraphs; code is shown as it is. Shows itself once."""

    word: str
    heading: str = ""
    paragraphs: tuple = ()
    code: str = ""
    outcome: Outcome | None = None
    finding: Finding | None = None
    details: dict = field(default_factory=dict)

    def show(self):
        publish(self.text(), self.html())
        return self

    def _ipython_display_(self):
        """Nothing: the box stands there already, whether or not the cell ends with the call."""

    def __repr__(self):
        return f"<{self.word} {self.heading}>"

    def text(self):
        heading, paragraphs = self._first_line()
        lines = [f"{MARKS[self.word]} {self.word}  {heading}".rstrip()]
        lines += [f"  {paragraph}" for paragraph in paragraphs]
        lines += [f"      {line}" for line in self.code.splitlines()]
        return "\n".join(lines)

    def _first_line(self):
        """What stands beside the word: the heading, or where there is none the first paragraph."""
        return (self.heading, self.paragraphs) if self.heading else (self.paragraphs[0], self.paragraphs[1:])

    def html(self):
        heading, paragraphs = self._first_line()
        colour = f"var(--jp-{COLOURS.get(self.word, 'brand')}-color1, currentColor)"
        strong = f"<strong>{MARKS[self.word]} {self.word}</strong>&ensp;"
        body = "".join(f'<div style="margin-top:4px">{inline(text)}</div>' for text in paragraphs)
        if self.code:
            body += block(self.code)
        return (
            f'<div role="status" class="mathjax_ignore" style="border-left:4px solid {colour};padding:6px 12px;'
            "margin:2px 0;max-width:46em;"
            "background:var(--jp-layout-color2,transparent);color:var(--jp-ui-font-color1,inherit);"
            'font-family:var(--jp-content-font-family,sans-serif);font-size:14px;line-height:1.5">'
            f"<div>{strong}{inline(heading)}</div>{body}</div>"
        )


@dataclass(frozen=True)
class Overview:
    """The whole course at a glance: every lesson with its exercises, a mark and a word for each."""

    lessons: tuple  # (number, title, ((exercise number, title, word), …))
    notes: tuple = ()

    def show(self):
        publish(self.text(), self.html())
        return self

    def _ipython_display_(self):
        """Nothing: it stands there already."""

    def __repr__(self):
        return f"<status: {self.summary()}>"

    @property
    def counts(self):
        words = [word for _, _, tasks in self.lessons for _, _, word in tasks]
        return {"passed": sum(word in ("PASSED", "NOTED") for word in words), "all": len(words)}

    def summary(self):
        return f"{self.counts['passed']} of {self.counts['all']} exercises done"

    def text(self):
        lines = [f"Your course: {self.summary()}"]
        for _, title, tasks in self.lessons:
            lines.append(title)
            lines += [f"  {MARKS[word]} {number}  {name}: {word}" for number, name, word in tasks]
        return "\n".join([*lines, *self.notes])

    def html(self):
        lessons = "".join(self._lesson(title, tasks) for _, title, tasks in self.lessons)
        notes = "".join(f'<div style="margin-top:4px">{inline(note)}</div>' for note in self.notes)
        return (
            '<div class="mathjax_ignore" style="color:var(--jp-ui-font-color1,inherit);'
            'font-family:var(--jp-content-font-family,sans-serif);'
            f'font-size:14px;max-width:46em"><strong>Your course</strong>: {self.summary()}{lessons}{notes}</div>'
        )

    def _lesson(self, title, tasks):
        """One lesson, folded unless it has been begun and not ended: Enter or a click unfolds it."""
        done = sum(word in ("PASSED", "NOTED") for _, _, word in tasks)
        begun = any(word != "NOT ATTEMPTED" for _, _, word in tasks)
        marks = "".join(MARKS[word] for _, _, word in tasks)
        cell = 'style="text-align:left;padding:1px 10px;font-weight:normal'
        heads = ("Number", "Exercise", "Outcome")
        rows = "<tr>" + "".join(f'<th scope="col" {cell}">{head}</th>' for head in heads) + "</tr>"
        for number, name, word in tasks:
            colour = f"var(--jp-{COLOURS[word]}-color1, currentColor)"
            rows += (
                f'<tr><th scope="row" {cell}">{number}</th><td {cell}">{inline(name)}</td>'
                f'<td {cell};white-space:nowrap;border-left:4px solid {colour}">{MARKS[word]} {word}</td></tr>'
            )
        return (
            f"<details{' open' if begun and done < len(tasks) else ''} "
            'style="margin:2px 0;background:var(--jp-layout-color2,transparent)">'
            f'<summary style="padding:3px 10px;cursor:pointer"><strong>{inline(title)}</strong>&ensp;{done} of '
            f'{len(tasks)} done&ensp;<span aria-hidden="true">{marks}</span></summary>'
            '<table style="border-collapse:collapse;margin:0 0 4px 1.2em;font-size:14px">'
            f'<caption style="position:absolute;clip-path:inset(50%)">{inline(title)}</caption>{rows}</table></details>'
        )


def inline(text):
    """Escaped text; what stands between backticks becomes code, and a word between asterisks is stressed."""
    safe = html.escape(text).replace("\n", "<br>")
    return MARKUP.sub(lambda m: f"<code>{m[1]}</code>" if m[1] else f"<em>{m[2]}</em>", BESIDE.sub(r"\1: ", safe))


def block(code):
    return (
        '<pre style="margin:6px 0 2px;padding:6px 10px;overflow-x:auto;background:var(--jp-layout-color1,transparent);'
        'color:inherit;font-family:var(--jp-code-font-family,monospace);font-size:13px">'
        '<code style="background:none;color:inherit;padding:0">'
        f"{html.escape(code)}</code></pre>"
    )


def publish(text, markup):
    """Show the box in a notebook, print the text elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import publish_display_data

        publish_display_data({"text/plain": text, "text/html": markup})
    else:
        print(text)
