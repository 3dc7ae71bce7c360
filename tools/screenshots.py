#!/usr/bin/env python3
"""Take the README's pictures: each explorer in JupyterLab, in light and dark, to docs/pictures/NAME_THEME.png.

    python tools/screenshots.py              # all of them
    python tools/screenshots.py step_explorer

What is pressed before the picture is part of the entry, and ends in the same state each time.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from browser import JupyterLab, Lab  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 300_000  # bytes


@dataclass
class Picture:
    """One explorer: the cell that makes it, Python that brings it to its state, and the size of the window."""

    cell: str
    then: str = ""
    width: int = 1280
    height: int = 1500
    presses: list = field(default_factory=list)


STEP = "from widgets.step_explorer import StepExplorer\nexplorer = StepExplorer({})\nexplorer"
TRAINED = "for _ in range({}):\n    explorer.whole_update()\nexplorer.go(len(explorer.tape) - {})\nexplorer.show()"
GALLERY = {
    "step_explorer": Picture(STEP.format("hidden=[4, 4]"), TRAINED.format(300, 16)),
    "step_explorer_start": Picture(STEP.format(""), ""),
    "step_explorer_narrow": Picture(STEP.format(""), TRAINED.format(200, 6), width=800, height=2400),
}


def take(server, name, picture, theme):
    """One picture; returns its file."""
    lab = Lab(server, theme=theme, width=picture.width, height=picture.height)
    try:
        page = lab.run_cells(picture.cell, picture.then)
        explorer = page.locator(".nn-explorer").first
        explorer.wait_for()
        for label in picture.presses:
            explorer.get_by_role("button", name=label, exact=True).click()
            page.wait_for_timeout(300)
        page.wait_for_timeout(1500)
        file = PICTURES / f"{name}_{theme}.png"
        explorer.screenshot(path=str(file))
        lab.check()
    finally:
        lab.close()
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file.name} has {file.stat().st_size:,} bytes, more than {LARGEST:,}: make it smaller")
    return file


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", help=f"some of {', '.join(GALLERY)}; without names, all")
    want = ask.parse_args()
    unknown = set(want.names) - set(GALLERY)
    if unknown:
        ask.error(f"no picture is called {', '.join(sorted(unknown))}; there are {', '.join(GALLERY)}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = JupyterLab(folder)
        try:
            for name in want.names or GALLERY:
                for theme in ("light", "dark"):
                    file = take(server, name, GALLERY[name], theme)
                    print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
        finally:
            server.close()


if __name__ == "__main__":
    main()
