"""The front page: a picture and both commands on the first screen, pictures that exist and are told in words."""

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCREEN, SHOWN = 1000, 830  # pixels: a high window, and the width to which a picture is scaled beside a list of files
LINE = 26


def test_the_first_screen_has_a_picture_and_both_commands():
    before = README[: README.index("python3 course.py test")]
    (picture,) = re.findall(r'<img src="([^"]+)"', before)
    with Image.open(ROOT / picture) as shown:
        width, height = shown.size
    text = [line for line in re.sub(r"<.*?>", "", before, flags=re.S).splitlines() if line]
    room = height * SHOWN / width + LINE * len(text)
    assert room < SCREEN, f"{room:.0f} pixels stand above the second command"


@pytest.mark.parametrize("picture", re.findall(r'(?:src|srcset)="([^"]+)"', README))
def test_every_picture_exists_and_has_words(picture):
    assert (ROOT / picture).exists(), picture
    told = re.search(rf'src="{re.escape(picture)}" alt="([^"]+)"', README)
    assert "dark" in Path(picture).stem or len(told[1].split()) > 8, f"{picture} has no alt text to speak of"


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_leads_somewhere(link):
    assert (ROOT / link).exists(), link
