"""The slides of every lesson in Chromium, without a network: each page has something on it, and all of it is seen."""

import hashlib
import re
from itertools import pairwise

import build_slides
import lesson_parts as lesson_tools
import pytest
from build_lessons import sources
from lesson_parts import KIT, Part, lesson_cells, lesson_parts, replay_of, with_mathml
from slide_pages import headline, slides
from slide_room import CODE_BESIDE, cut, hung
from timetable import steps

from lessons.checks.remember import book
from lessons.checks.remember.book import exercises

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
    page = offline(source.stem, build_slides.shown(build_slides.deck(source, solutions, run=False)))
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


def test_a_recorded_run_plays_where_an_explorer_stands_and_the_keys_come_back(offline):
    """It is in the file itself; while it is open its keys are its own."""
    (source,) = sources(["02"])
    notebook = build_slides.deck(source, run=False)
    played = build_slides.recordings(notebook)
    explorers = {replay_of("".join(cell["source"])) for cell in lesson_cells(source, run=False)} - {None}
    assert played.keys() == explorers and len(explorers) >= 2
    page = offline("played", build_slides.shown(notebook, played=played))
    page.wait_for_function(READY)
    assert page.evaluate(LOOK, SMALLEST)["told"] == []
    page.evaluate("Reveal.slide(0, 0); while (!Reveal.getCurrentSlide().querySelector('button.replay')) Reveal.next();")
    number = page.locator(".slide-number").inner_text()
    page.keyboard.press("r")
    recorded = page.frame_locator(".playing iframe")
    recorded.locator(".nn-explorer[data-frame]").wait_for()
    recorded.get_by_role("button", name="Play").click()
    page.keyboard.press("Escape")
    page.locator(".playing").wait_for(state="detached")
    assert page.locator(".slide-number").inner_text() == number
    page.keyboard.press("Space")
    page.wait_for_function("before => document.querySelector('.slide-number').innerText !== before", arg=number)
    page.get_by_role("button", name="Play a recorded run").first.wait_for(state="hidden")
    assert offline.console == []
    bare = build_slides.shown(notebook, on_paper=True, played=played)
    assert "Reveal.initialize" not in bare and len(bare) < 2_000_000, "on paper nothing plays"


# --- What is on them ---


def all_of(source, solutions):
    made = laid_out(source, solutions)
    return "\n".join(f"{slide.title}\n" + "\n".join(part.source for part in slide.parts) for slide in made)


def laid_out(source, solutions=False):
    return slides(lesson_parts(lesson_cells(source, run=False), solutions))


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


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.stem)
def test_there_is_less_than_a_slide_a_minute_and_each_says_something_else(source):
    made = laid_out(source)
    assert len(made) <= sum(step.minutes for step in steps(source.name[:2])) - 2
    for before, after in pairwise(made):
        assert before.title != after.title, after.title
    for slide in made[1:]:
        pictured = slide.beside or any(part.kind == "figure" for part in slide.parts)
        assert pictured or slide.tall > 85, f"{slide.title} has one line"
        assert slide.holds(), f"{slide.title} has more than fits"


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.stem)
def test_nothing_that_a_lesson_shows_is_left_out(source):
    """Each table, list, code, output, picture and figure is on a slide, whole; each paragraph there or in a note."""
    parts = lesson_parts(lesson_cells(source, run=False))
    made = laid_out(source)
    shown = [part.source for slide in made for part in (*slide.parts, *([slide.beside] if slide.beside else []))]
    said = " ".join("\n".join([slide.title, *(part.source for part in slide.parts), *slide.notes]) for slide in made)
    seen, said = squeezed("\n".join(shown)), squeezed(said)
    for part in parts:
        if part.kind == "text":
            for sentence in re.split(r"(?<=[.?!:]) ", part.source):
                assert squeezed(sentence).rstrip(".:") in said, sentence
        elif part.kind != "heading":
            pieces = [part] if part.kind in ("figure", "picture", "formula", "table") else cut(part)
            assert all(squeezed(row) in seen for one in pieces for row in one.source.splitlines()), part.source


def squeezed(text):
    """Text without spaces, capitals and marks of bold type."""
    return re.sub(r"[\s*]+", "", text).lower()


def deck_of(*parts):
    return slides([Part("heading", "Deck", level=1), Part("heading", "A", level=2), *parts])[1:]


def test_code_that_is_too_long_goes_on_on_the_next_slide():
    code = "\n".join(f"line_{k} = {k}" for k in range(60))
    made = deck_of(Part("code", code))
    assert [slide.title for slide in made][:3] == ["A", "A (2)", "A (3)"]
    assert "\n".join(part.source for slide in made for part in slide.parts) == code
    assert all(slide.holds() for slide in made)


def test_a_figure_stands_beside_its_code_and_below_wide_code():
    figure = Part("figure", "<img >")
    narrow, wide = Part("code", "\n".join(["x = 1"] * 9)), Part("code", "print('" + "x" * 60 + "')")
    (slide,) = deck_of(narrow, figure)
    assert slide.beside == figure and slide.parts == [narrow]
    (slide,) = deck_of(wide, figure)
    assert slide.beside is None and slide.parts == [wide, figure]
    (slide,) = deck_of(Part("code", "\n".join(["value = first(second, third) + fourth(fifth, sixth)"] * 6)), figure)
    assert slide.beside == figure, "too long for a picture below, so its lines are broken"
    assert all(len(row) <= CODE_BESIDE for row in slide.parts[0].source.splitlines())


def test_a_question_does_not_stand_beside_its_answer():
    question, choices = Part("text", "**Which one?**"), Part("list", "- **a** – this\n- **b** – that")
    made = deck_of(Part("text", "Look."), question, choices, Part("code", "1 + 1"), Part("output", "2"))
    assert [slide.title for slide in made] == ["Which one?", "A: in code"]
    assert [part.kind for part in made[0].parts] == ["text", "list"]


def test_the_sentence_that_leads_to_something_is_its_title():
    table = Part("table", "| a | b |\n| --- | --- |\n| 1 | 2 |")
    made = deck_of(Part("text", "First."), table, Part("text", "The sum is 3. It is all there is."), table)
    assert [slide.title for slide in made] == ["A", "The sum is 3"]
    assert made[1].notes == ["It is all there is."] and made[1].parts == [table]
    assert headline(Part("text", "z = 0.5 here. More.")) == ("z = 0.5 here", "More.")
    assert headline(Part("text", f"In numbers: one and {'two and ' * 20}."))[0] == "In numbers"
    assert headline(Part("text", "word " * 40)) == (None, "word " * 40)


def test_what_to_take_away_stands_below_what_shows_it():
    (slide,) = deck_of(
        Part("code", "1 + 1"), Part("output", "2"), Part("text", "**It is two.**"), Part("text", "Said.")
    )
    assert [part.kind for part in slide.parts] == ["code", "output", "text"] and slide.notes == ["Said."]


def test_broken_lines_of_code_keep_every_letter():
    code = "right = [int(((sums + bias > 0) == ripe_kiwis).sum()) for bias in biases]\n    x = 1"
    assert squeezed(hung(code)) == squeezed(code) and all(len(row) <= CODE_BESIDE for row in hung(code).splitlines())
    assert hung("x" * 80) == "x" * 80


def test_pdf_is_printed_by_the_browser_that_is_there(tmp_path, monkeypatch):
    build_slides.main(["00", "--no-run", "--pdf", "--to", str(tmp_path)])
    printed = (tmp_path / "00_meet_the_network.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    made = len(laid_out(sources(["00"])[0]))
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == made, "a slide, a page"
    for name in ("google-chrome", "microsoft-edge", "msedge"):
        monkeypatch.setattr(
            lesson_tools.shutil, "which", lambda asked, name=name: f"/x/{name}" if asked == name else None
        )
        assert lesson_tools.browser() == f"/x/{name}"
    monkeypatch.setattr(lesson_tools.shutil, "which", lambda asked: None)
    edge = tmp_path / "Microsoft/Edge/Application/msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path))
    assert lesson_tools.browser() == str(edge)
    edge.unlink()
    with pytest.raises(SystemExit, match="no Chrome, Edge or Chromium was found: open the HTML"):
        lesson_tools.browser()


def test_formulas_are_set_in_the_vendored_font(offline):
    note = (KIT / "fonts" / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(build_slides.FONT.read_bytes()).hexdigest() in note
    assert "SIL OPEN FONT LICENSE" in (KIT / "fonts" / "LICENSE").read_text(encoding="utf-8")
    page = offline("02", build_slides.shown(build_slides.deck(sources(["02"])[0], run=False)))
    page.wait_for_function(READY)
    number = [slide.title for slide in laid_out(sources(["02"])[0])].index("The result is called z")
    page.evaluate("number => { for (let k = 0; k < number; k += 1) Reveal.next(); }", number)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    loaded = page.evaluate("() => [...document.fonts].filter(one => one.status === 'loaded').map(one => one.family)")
    assert [family.strip('"') for family in loaded] == ["Course Math"]
    used = page.evaluate("() => getComputedStyle(document.querySelector('math')).fontFamily")
    assert used.startswith('"Course Math"')


def test_what_is_printed_stands_with_its_code_or_with_the_end_of_it():
    code = Part("code", "\n".join([f"line_{k} = {k}" for k in range(6)] + [""] + [f"print({k})" for k in range(8)]))
    first, second = deck_of(Part("text", "Look: "), code, Part("output", "0"))
    assert [part.kind for part in first.parts] == ["code"] and first.notes == ["Look: "]
    assert second.title == "A: what it prints"
    assert second.parts == [Part("code", "\n".join(f"print({k})" for k in range(8))), Part("output", "0")]


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
