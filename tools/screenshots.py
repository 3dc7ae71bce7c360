#!/usr/bin/env python3
"""Take the pictures of all explorers: each in JupyterLab, in light and dark, to widgets/NAME/THEME.png.

    python tools/screenshots.py                  # all of them
    python tools/screenshots.py workbench        # one

The explorers are those of the gallery, made by its own cells. `THEN` says what is done to one before its picture, so
that there is something to see: a network that has been trained, alarms that have rung.
"""

import argparse
import io
import json
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))
import widgets  # noqa: E402

THEMES = ("light", "dark")
WIDTH, HEIGHT = 1280, 2600
LARGEST = 300_000  # bytes
COLOURS = 256  # of a picture: a third of the bytes; no pixel is off by more than 13 of 255

THEN = {
    "BackpropBoard": """
for box in list(explorer.formulas)[:9]:
    explorer.fill(box, f"{explorer.right[box]:g}")
explorer.fill("grad_c", "0.5")""",
    "BugLab": """
explorer.expected = ["the check"]
explorer.press("sound")
explorer.verdict = "The activation's slope is missing"
explorer.press("judge")""",
    "Parsons": """
letter = {text: letter for letter, text in explorer.lines.items()}
for place, (text, deeper) in enumerate([("losses = []", 0), ("for epoch in range(epochs):", 0), ("model(x)", 1),
                                        ("model.update()", 1), ("model.backward_step(y)", 1)]):
    explorer.press("place", {"line": letter[text], "at": place, "deeper": deeper})
explorer.press("check")""",
    "Predict": """
explorer.press("draw", [[0.01, 4], [0.1, 3.2], [0.3, 2], [0.6, 0.8], [1, 0.1]])
explorer.press("commit")""",
    "Workbench": """
for step in range(250):
    explorer.step()
explorer.go("forward", 3)""",
}

def file_name(explorer):
    """`loss_explorer` for `LossExplorer`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", explorer).lower()


def picture(name, theme):
    """The file of an explorer's picture in `theme`: in the folder of the explorer."""
    return ROOT / "widgets" / name / f"{theme}.png"


def cells():
    """The code cells of the gallery, each explorer's followed by one that does to it what `THEN` says."""
    notebook = json.loads((ROOT / "lessons" / "gallery.ipynb").read_text(encoding="utf-8"))
    made = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            text = "".join(cell["source"])
            made.append(text)
            (name,) = [name for name in widgets.__all__ if re.search(rf"^{name}\(", text, re.M)] or [None]
            if name in THEN:
                made.append(f"explorer = _{THEN[name]}\nexplorer.show()")
    return made


def names():
    """The explorers in the order of the gallery, as their pictures are called."""
    made = re.findall(r"^(\w+)\(", "\n".join(cells()), re.M)
    return [file_name(name) for name in made if name in widgets.__all__]


def smaller(picture):
    """A PNG with `COLOURS` colours of its own in place of 16 million."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    few = whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def take(server, theme, wanted):
    """The pictures of the explorers `wanted`, from one page; returns their files."""
    from browser import Lab

    lab = Lab(server, theme=theme, width=WIDTH, height=HEIGHT)
    files = []
    try:
        page = lab.run_cells(*cells())
        page.wait_for_function(f"document.querySelectorAll('.nn-explorer[data-frame]').length === {len(names())}")
        for number, name in enumerate(names()):
            if name in wanted:
                explorer = page.locator(".nn-explorer").nth(number)
                explorer.scroll_into_view_if_needed()
                page.wait_for_timeout(1000)
                files.append(picture(name, theme))
                files[-1].write_bytes(smaller(explorer.screenshot()))
        lab.check()
    finally:
        lab.close()
    return files


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", help=f"some of {', '.join(names())}; without names, all")
    want = ask.parse_args()
    unknown = set(want.names) - set(names())
    if unknown:
        ask.error(f"no picture is called {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    from browser import JupyterLab

    large = []
    with tempfile.TemporaryDirectory() as folder:
        server = JupyterLab(folder)
        try:
            for theme in THEMES:
                for file in take(server, theme, want.names or names()):
                    print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
                    large += [str(file.relative_to(ROOT))] * (file.stat().st_size > LARGEST)
        finally:
            server.close()
    if large:
        raise SystemExit(f"more than {LARGEST:,} bytes: {', '.join(large)}. Take fewer colours, or show less")


if __name__ == "__main__":
    main()
