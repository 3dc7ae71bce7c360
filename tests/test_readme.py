"""The front page: a picture and both commands on the first screen, two screens in all, pictures told in words."""

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCREEN, SHOWN = 1000, 830  # pixels: a high window, and the width to which a picture is scaled beside a list of files
LINE, LETTERS = 26, 110  # pixels of a line of text, and its letters
TITLE, ROW = 50, 14  # pixels: a heading with the room around it, what a table's row has besides its text
LARGEST = 3_000_000  # bytes of a picture


def height(text):
    """About how many pixels a part of the page is high; what is folded away counts as one line."""
    text = re.sub(r"<details>.*?</details>", "folded", text, flags=re.S)
    total = 0
    for picture in re.findall(r'<img src="([^"]+)"', text):
        with Image.open(ROOT / picture) as shown:
            total += shown.size[1] * SHOWN / shown.size[0]
    text = re.sub(r"<.*?>", "", text, flags=re.S)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    for block in re.split(r"\n\n+", text):
        lines = block.strip().splitlines()
        if block.startswith("#"):
            total += TITLE
        elif lines and lines[0].startswith("|"):
            rows = [max(map(len, line.split("|"))) for line in lines if not line.startswith("| ---")]
            total += sum(LINE * -(-row // (LETTERS // 2)) + ROW for row in rows)
        elif "```" in block:
            total += LINE * len(lines)
        elif lines:
            total += LINE * -(-len(" ".join(lines)) // LETTERS) + LINE / 2
    return total


def test_the_first_screen_has_a_picture_and_both_commands():
    first = README[: README.index("python3 course.py replay")]
    assert "python3 course.py " in first and first.count("<img") == 1
    assert height(first) < SCREEN, f"{height(first):.0f} pixels stand above the second command"


def test_the_whole_is_two_screens():
    assert height(README) < 2 * SCREEN, f"{height(README):.0f} pixels"


def test_what_is_compared_is_dated_and_each_row_says_first_what_the_other_does_better():
    part = README.split("## Beside what you may know")[1].split("\n## ")[0]
    assert re.search(r"on \d+ \w+ 20\d\d\.", part)
    header, _, *rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    assert header[-2] == "does better" and len(rows) >= 5
    assert all(row[0].startswith("[") and len(row) == 3 and all(row) for row in rows)


def test_nothing_stands_where_links_are_until_they_are_true():
    assert re.search(r"<!-- begin badge -->\n<!-- end badge -->", README), "deploy/links.py fills it in a public copy"


@pytest.mark.parametrize("picture", re.findall(r'(?:src|srcset)="([^"]+)"', README))
def test_every_picture_exists_and_has_words(picture):
    assert (ROOT / picture).stat().st_size <= LARGEST, picture
    told = re.search(rf'src="{re.escape(picture)}" alt="([^"]+)"', README)
    assert "dark" in Path(picture).stem or len(told[1].split()) > 8, f"{picture} has no alt text to speak of"


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_leads_somewhere(link):
    assert (ROOT / link).exists(), link
