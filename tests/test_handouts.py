"""The hand-outs: every exercise to write on, no solution among them; with solutions all of them; they fit on A4."""

import html
import re
import shutil
import subprocess
import sys

import build_handouts
import pytest
from build_lessons import sources
from lesson_parts import lesson_cells

from lessons.checks.remember import book
from lessons.checks.remember.book import exercises

A4 = round((210 - 2 * 17) / 25.4 * 96)  # pixels between the margins


def words(text):
    """What a reader sees of some HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<style>.*?</style>", "", text, flags=re.S)))


def both(source):
    """The hand-out of a lesson without and with solutions."""
    cells, title = lesson_cells(source, run=False), book.title(source.name[:2])
    return [build_handouts.handout(cells, title, solutions) for solutions in (False, True)]


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.stem)
def test_every_exercise_is_there_and_its_solution_on_the_solved_one_alone(source):
    lesson = source.name[:2]
    blank, solved = map(words, both(source))
    known = "\n".join("".join(cell["source"]) for cell in book.fresh(book.solved(lesson))["cells"])
    for number, task in exercises(lesson).items():
        solution, _ = book.exercise_cell(number)
        if task.kind in ("write", "by hand"):
            assert f"Exercise {number}" in blank and f"Exercise {number}" in solved, number
            only_solved = [row.strip() for row in solution.splitlines() if row.strip() and row.strip() not in known]
            assert only_solved and not any(row in blank for row in only_solved), number
            missing = [row for row in solution.splitlines() if row.strip() not in solved]
            assert not missing, f"{number} is without {missing}"
        else:
            assert f"Answer {number}:" in solved and f"Answer {number}:" not in blank
        for letter, says in getattr(task, "options", {}).items():
            assert re.search(rf"^{letter} – ", blank, re.M), f"{number} has no choice {letter} to tick"
            assert says.replace("`", "")[:30] in solved.replace("`", ""), f"{number} does not say what {letter} shows"
    assert "Hint 1." not in blank and solved.count("Hint 1.") == len(exercises(lesson))


def test_there_is_room_to_write_in_for_every_exercise():
    source = next(path for path in sources() if path.name.startswith("13"))
    blank, solved = both(source)
    assert blank.count('class="blank room"') == len(exercises("13")) and 'class="line"' not in solved
    rooms = re.findall(r'class="blank room">(.*?)</div>\s*</div>', blank, re.S)
    assert max(room.count('class="line"') for room in rooms) > 5, (
        "a function of some lines needs more room than a letter"
    )


def test_they_fit_on_paper(offline):
    wide = """() => [...document.querySelectorAll("body *")]
        .filter(one => !one.closest("math") && one.getBoundingClientRect().right > innerWidth + 1)
        .map(one => `${one.tagName}: ${one.textContent.slice(0, 60)}`)"""
    for source in sources():
        for kind, text in zip(("blank", "solved"), both(source), strict=True):
            page = offline(source.stem, text)
            page.emulate_media(media="print")
            page.set_viewport_size({"width": A4, "height": 900})
            assert page.evaluate(wide) == [], f"{source.stem}, {kind}"
            assert offline.console == []


def test_files_are_written_and_printed(tmp_path):
    if shutil.which("chromium") is None:
        pytest.skip("`chromium` is not on the PATH")
    arguments = [sys.executable, build_handouts.__file__, "06", "--no-run", "--pdf", "--to", tmp_path]
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    stem = "06_apply_the_chain_rule_by_hand"
    kinds = [f"{stem}{end}" for end in (".html", ".pdf", ".solutions.html", ".solutions.pdf")]
    assert sorted(file.name for file in tmp_path.iterdir()) == kinds
    for file in tmp_path.glob("*.pdf"):
        data = file.read_bytes()
        pages = len(re.findall(rb"/Type\s*/Page\b", data))
        assert data.startswith(b"%PDF") and 2 <= pages <= 12, f"{file.name} has {pages} pages"
        assert b"/MediaBox [0 0 594" in data or b"/MediaBox [0 0 595" in data, "A4 is 595 points wide"
