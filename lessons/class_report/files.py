"""The three files of a report: a page for the room, a picture for a chat, a sheet for a grade book."""

import csv
import html
import unicodedata
import warnings

from matplotlib import font_manager
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from lessons.checks.judge import Outcome
from lessons.checks.remember.book import find, title
from lessons.class_report.telling import diagnoses, hardest, heard, share

STATES = (None, Outcome.NOT_ATTEMPTED, Outcome.FAILED, Outcome.PASSED)
COLOURS = ("#ffffff", "#e4e4e4", "#E69F00", "#0072B2")  # Okabe and Ito's, beside a mark for each state
MARKS = {Outcome.PASSED: "●", Outcome.FAILED: "×", Outcome.NOT_ATTEMPTED: "·"}
MOST_NAMES = 60  # rows of a picture whose names can still be read
STYLE = """
:root { color-scheme: light dark; --pass: #0072B2; --stuck: #b35900; --line: #8886 }
@media (prefers-color-scheme: dark) { :root { --pass: #56B4E9; --stuck: #E69F00 } }
body { font: 16px/1.45 system-ui, sans-serif; margin: 1.5em; max-width: 90em }
table { border-collapse: collapse; margin: 0.6em 0 1.6em }
th, td { padding: 2px 10px; text-align: start; border-bottom: 1px solid var(--line); vertical-align: top }
td.share { white-space: nowrap } .marks { letter-spacing: 0.12em; font-size: 0.8em }
.PASSED { color: var(--pass) } .FAILED { color: var(--stuck); font-weight: bold }
.wide { overflow-x: auto } caption { text-align: start; font-weight: bold; padding: 4px 0 }
@media print { body { margin: 0; font-size: 10px } }
"""


def page(target, learners, left_out, course):
    """Write the report as one page of HTML: no script, nothing from elsewhere, every name in its own direction."""
    heads = "".join(f'<th scope="col" title="{_safe(title(lesson))}">{lesson}</th>' for lesson in course)
    rows = "".join(
        f'<tr><th scope="row"><bdi>{_safe(learner.name)}</bdi></th><td>{learner.when}</td>'
        f"<td>{learner.reached or '–'}</td>{''.join(_cell(learner, numbers) for numbers in course.values())}</tr>"
        for learner in learners
    )
    fails = "".join(
        f'<tr><th scope="row">{number}</th><td>{_safe(name)}</td><td>{stuck}</td><td>{passed}</td>'
        f"<td>{_safe(diagnoses(mistakes))}</td></tr>"
        for number, name, stuck, passed, mistakes in hardest(learners, course)
    )
    out = "".join(f"<li><bdi>{_safe(where)}</bdi>: {_safe(reason)}</li>" for where, reason in left_out)
    text = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>The class at a glance</title><style>{STYLE}'
        f"</style><h1>{len(learners)} learner{'s' * (len(learners) != 1)}</h1>"
        "<p>Passed of all exercises, by lesson. ● is passed, × is tried and not passed, · is to come.</p>"
        f'<div class="wide"><table><caption>Who is where</caption><tr><th scope="col">learner</th>'
        f'<th scope="col">written</th><th scope="col">at</th>{heads}</tr>{rows}</table></div>'
    )
    if fails:
        columns = "".join(f'<th scope="col">{head}</th>' for head in ("", "exercise", "stuck", "passed", "diagnoses"))
        text += f"<table><caption>What fails most</caption><tr>{columns}</tr>{fails}</table>"
    if told := heard(learners):
        names = "".join(f"<li>{name.replace('_', ' ')}: {count}</li>" for name, count in told)
        text += f"<h2>What their own networks were told, and to how many learners</h2><ul>{names}</ul>"
    if out:
        text += f"<h2>Left out</h2><ul>{out}</ul>"
    target.write_text(text + "</html>\n", encoding="utf-8")


def _cell(learner, numbers):
    shown = share(learner, numbers)
    if not shown:
        return "<td>·</td>"
    marks = "".join(
        f'<span class="{learner.outcome(n)}" title="{n} {_safe(find(n).title)}: {learner.outcome(n)}">'
        f"{MARKS[Outcome(learner.outcome(n))]}</span>"
        for n in numbers
    )
    return f'<td class="share">{shown}<br><span class="marks" aria-hidden="true">{marks}</span></td>'


def _safe(text):
    return html.escape(str(text))


def picture(target, learners, left_out, course):
    """Write the picture: learners down, exercises across."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that no font here has is drawn as a box
        drawn(learners, course).savefig(target, dpi=150, facecolor="white")


def drawn(learners, course):
    """A filled square is passed, a crossed one is stuck, a pale one is to come. Each row has its number on the page."""
    columns = [number for numbers in course.values() for number in numbers]
    grid = [[STATES.index(learner.outcome(number)) for number in columns] for learner in learners]
    shown = [learner.short for learner in learners] if len(learners) <= MOST_NAMES else []
    height = 1.6 + len(learners) * (0.22 if shown else 0.04)
    figure = Figure(figsize=(3 + max(0.13 * len(columns), 4), min(height, 40)), layout="constrained")
    axes = figure.add_subplot()
    axes.pcolormesh(grid, cmap=ListedColormap(COLOURS), vmin=0, vmax=3, edgecolors="white", linewidth=0.6)
    stuck = [(x, y) for y, row in enumerate(grid) for x, state in enumerate(row) if STATES[state] == Outcome.FAILED]
    if stuck:
        axes.scatter(*zip(*((x + 0.5, y + 0.5) for x, y in stuck), strict=True), marker="x", s=9, color="black", lw=0.8)
    edges = [columns.index(numbers[0]) for numbers in course.values() if numbers]
    for edge in edges[1:]:
        axes.axvline(edge, color="black", linewidth=0.8)
    axes.set_xticks(edges, [lesson for lesson, numbers in course.items() if numbers], ha="left")
    axes.set_yticks([y + 0.5 for y in range(len(shown))], shown, parse_math=False)
    for label in axes.get_yticklabels():
        label.set_fontfamily(fonts())
    axes.tick_params(length=0)
    axes.invert_yaxis()
    axes.set_xlabel("lesson, and its exercises from left to right")
    axes.set_title(f"{len(learners)} learners: dark is passed, × is tried and not passed, pale is to come", fontsize=10)
    return figure


def fonts():
    """Families for names in many scripts, as far as this computer has them; a page of HTML needs no such list."""
    wanted = ("DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei", "PingFang SC",
              "Hiragino Sans", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Noto Sans Arabic", "Noto Sans Hebrew",
              "Noto Sans Devanagari", "Noto Sans Thai", "Nirmala UI", "Leelawadee UI", "Arial Unicode MS")  # fmt: skip
    here = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in wanted if name in here]


def sheet(target, learners, left_out, course):
    """Write the CSV: one row a learner; with the mark in front that has Excel read UTF-8."""
    with open(target, "w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["learner", "written", "passed", "of", *(f"lesson {one}: of {len(course[one])}" for one in course)]
        )
        for learner in learners:
            passed = [learner.passed(numbers) for numbers in course.values()]
            every = sum(map(len, course.values()))
            rows.writerow([_no_formula(learner.name), learner.when, sum(passed), every, *passed])


def _no_formula(name):
    """A name that a spreadsheet would work out gets a quote in front, as OWASP advises; its wide letters do too."""
    return f"'{name}" if unicodedata.normalize("NFKC", name[:1]) in ("=", "+", "-", "@", "\t", "\r") else name
