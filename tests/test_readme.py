"""The front page: a picture and both commands on the first screen, two screens in all, pictures told in words."""

import contextlib
import io
import re
from pathlib import Path

import numpy as np
import pytest
from packaging.markers import Marker
from PIL import Image

from lessons.checks.judge.compare import compare

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


# --- what it says holds ---


def test_as_many_packages_are_set_up_as_it_says():
    """Those of the lock on Linux; on Windows and macOS one or two others take the place of some."""
    lines = re.findall(r"^[\w.-]+==[^\s;]+(?: ; ([^\\\n]+))?", (ROOT / "requirements.lock").read_text("utf-8"), re.M)
    here = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"}
    count = sum(not condition or Marker(condition.strip()).evaluate(here) for condition in lines)
    assert f"({count} packages, " in README


def test_the_mistake_that_it_quotes_is_named_so():
    quoted = re.search(r'your mistake by its name, such as "([^"]+)"', " ".join(README.split()))[1]
    told = compare(5 * np.arange(1.0, 4), np.arange(1.0, 4), examples=5).says
    assert quoted in told[:1].lower() + told[1:], told


def program():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    return code


def test_the_program_on_it_runs_and_reads_as_many_digits_as_it_says():
    """It has no seed, so its number is that of most runs; no run of eight reads fewer than 297 of 300."""
    code = program()
    said = re.search(r"# (0\.\d+): (\w+) of 300 (?:is|are) wrong", code)
    found = []
    for _ in range(8):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(code, "README.md", "exec"), {})
        found.append(f"{float(printed.getvalue().splitlines()[-1]):.4f}")
    assert max(set(found), key=found.count) == said[1], found
    assert min(map(float, found)) >= 0.99, found


def test_at_a_rate_of_one_as_many_seeds_are_lost_as_it_says():
    lost = []
    for seed in range(10):
        code, names = program().replace("learning_rate=0.1", f"learning_rate=1, seed={seed}"), {}
        code = code.replace("fit(x_train, y_train)", "fit(x_train, y_train, watch=False)")
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, "README.md", "exec"), names)
        lost.append((names["model"].classify(names["x_test"]) == names["y_test"]).mean() < 0.6)
    words = {2: "two", 3: "three", 1: "one"}
    assert f"at 1, {words[sum(lost)]} of the first ten seeds never get past a coin toss" in " ".join(README.split())
