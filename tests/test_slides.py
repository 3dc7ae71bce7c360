"""The slides of every lesson in Chromium, without a network: each page has something on it, and all of it is seen."""

import hashlib
import re

import build_slides
import pytest
from build_lessons import sources
from build_slides import HIGH, cut, height, packed, pages
from lesson_parts import KIT, Part, lesson_cells, lesson_parts, with_mathml

from lessons.checks.judge.exercise import exercises
from lessons.checks.remember import book

SMALLEST = 24  # pixels of a letter that the back row reads
READY = "() => window.Reveal?.isReady()"
LOOK = """smallest => {
    const told = [];
    for (let number = 1; ; number += 1) {
        const slide = Reveal.getCurrentSlide(), box = slide.getBoundingClientRect();
        const title = slide.querySelector("h1, h2")?.textContent ?? "";
        const say = what => told.push(`page ${number}, ${title}: ${what}`);
        const shown = [...slide.querySelectorAll("*")].filter(one => !one.closest("aside") && !one.closest("math"));
        const filled = one => !one.matches("h1, h2") && (one.textContent.trim() || one.matches("img"));
        if (!title || !shown.some(filled)) say("is empty");
        if (slide.scrollHeight > slide.clientHeight) say(`is ${slide.scrollHeight} px high`);
        if (slide.scrollWidth > slide.clientWidth) say(`is ${slide.scrollWidth} px wide`);
        for (const one of [...shown, ...slide.querySelectorAll("math")]) {
            const place = one.getBoundingClientRect(), size = parseFloat(getComputedStyle(one).fontSize);
            if (place.bottom > box.bottom - 36) say(`${one.tagName} ends ${box.bottom - place.bottom} px up`);
            if (place.right > box.right - 40) say(`${one.tagName} ends ${box.right - place.right} px from the right`);
            if (one.clientWidth && one.scrollWidth > one.clientWidth + 1) say(`${one.tagName} is cut off at the right`);
            if (size < smallest && one.textContent.trim()) say(`${one.tagName} has letters of ${size} px`);
            if (one.matches("img") && (!one.complete || !one.naturalWidth)) say("a picture is not there");
            if (one.matches("img, .figure") && place.height < 250) say(`a picture is only ${place.height} px high`);
        }
        if (Reveal.isLastSlide()) return {told, pages: number};
        Reveal.next();
    }
}"""


@pytest.mark.parametrize("solutions", (False, True), ids=("blank", "solved"))
@pytest.mark.parametrize("source", sources(), ids=lambda source: source.stem)
def test_every_page_holds_what_is_on_it(offline, source, solutions):
    page = offline(source.stem, build_slides.deck(source, solutions, run=False))
    page.wait_for_function(READY)
    seen = page.evaluate(LOOK, SMALLEST)
    assert seen["pages"] > 10 and seen["told"] == [], seen
    assert offline.console == []


def test_a_deck_with_its_figures_is_stepped_by_keyboard_and_has_notes(offline, tmp_path):
    build_slides.main(["04", "--to", str(tmp_path)])
    page = offline("04", (tmp_path / "04_measure_the_error.html").read_text(encoding="utf-8"))
    page.wait_for_function(READY)
    assert page.locator(".not-drawn").count() == 0 and page.locator(".figure img").count() >= 1
    assert all(page.locator(".figure img").evaluate_all("all => all.map(one => one.alt.length > 20)"))
    number = page.locator(".slide-number")
    assert re.match(r"1 / \d+", number.inner_text()), number.inner_text()
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('.slide-number').innerText.startsWith('2 /')")
    page.keyboard.press("Home")
    seen = page.evaluate(f"() => {{ Reveal.slide(0, 0); return ({LOOK})({SMALLEST}); }}")
    assert seen["told"] == [] and offline.console == []
    notes = page.locator(".slides aside.notes").first.evaluate("one => one.textContent")
    assert "Point" in notes and "Stop" in notes, "the title's notes are those of instructor/lessons.md"


# --- What is on them ---


def all_of(source, solutions):
    made = pages(lesson_parts(lesson_cells(source, run=False), solutions))
    return "\n".join(f"{page.title}\n" + "\n".join(part.source for part in page.parts) for page in made)


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.stem)
def test_every_exercise_is_on_the_slides_and_its_solution_only_when_asked_for(source):
    lesson = source.name[:2]
    blank, solved = all_of(source, False), all_of(source, True)
    known = "\n".join("".join(cell["source"]) for cell in book.fresh(book.solved(lesson))["cells"])
    for number, task in exercises(lesson).items():
        solution, _ = book.exercise_cell(number)
        if task.kind in ("write", "by hand"):
            assert f"Exercise {number}" in blank, number
            only_solved = [row for row in solution.splitlines() if row.strip() and row not in known]
            assert only_solved, f"nothing tells the solution of {number} from the blank"
            assert all(row in solved for row in solution.splitlines()), number
            assert not any(row in blank for row in only_solved), number
        else:
            assert f"Answer {number}:" in solved and f"Answer {number}:" not in blank
        for option in getattr(task, "options", ()):
            assert blank.count(f"- **{option}** – ") > 0, f"{number} has no choice {option} on a slide"


def test_code_that_is_too_long_goes_on_on_the_next_page():
    code = "\n".join(f"line_{k} = {k}" for k in range(60))
    made = pages([Part("heading", "Long", level=2), Part("code", code)])
    assert len(made) > 2 and all(page.title == "Long" for page in made)
    assert "\n".join(part.source for page in made for part in page.parts) == code
    assert all(sum(map(height, page.parts)) <= HIGH for page in made)


def test_what_leads_on_stays_with_what_it_leads_to():
    text = Part("text", "word " * 60)
    made = packed([text, text, Part("text", "Compare:"), Part("code", "\n".join(["x = 1"] * 10))])
    assert [part.kind for part in made[-1]][-2:] == ["text", "code"] and made[-1][-2].source == "Compare:"


def test_a_plain_paragraph_is_said_and_one_with_something_in_bold_is_shown():
    texts = ["First.", "Only said.", "This is **shown**."]
    (made,) = pages([Part("heading", "A", level=2), *(Part("text", text) for text in texts)])
    assert [part.source for part in made.parts] == ["First.", "This is **shown**."] and "Only said." in made.notes


def test_a_short_part_is_not_cut():
    part = Part("list", "- one\n- two")
    assert cut(part) == [part]


def test_formulas_become_mathml_and_dollars_in_code_stay():
    shown = with_mathml("a price `$5` and $x_1$, then\n\n$$\\frac{1}{m}$$")
    assert "`$5`" in shown and "<msub>" in shown and 'display="block"' in shown and "<mfrac>" in shown


def test_the_vendored_reveal_is_the_one_its_note_names():
    note = (KIT / "reveal" / "README.md").read_text(encoding="utf-8")
    version = re.search(r"reveal\.js (\d+\.\d+\.\d+)", note)[1]
    assert "Permission is hereby granted" in (KIT / "reveal" / "LICENSE").read_text(encoding="utf-8")
    for name in build_slides.REVEAL:
        digest = hashlib.sha256((KIT / "reveal" / name).read_bytes()).hexdigest()
        assert digest in note, f"{name} is not that of reveal.js {version}"


def test_an_unknown_lesson_is_named():
    with pytest.raises(SystemExit, match="there is no lesson 77"):
        build_slides.main(["77"])
