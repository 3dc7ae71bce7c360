#!/usr/bin/env python3
"""Take the pictures of all explorers: each in JupyterLab, in light and dark, to widgets/NAME/THEME.png.

    python tools/screenshots.py                  # all of them
    python tools/screenshots.py workbench        # one
    python tools/screenshots.py close_the_loop   # the Workbench as a lesson shows it, to lessons/pictures/NAME.png

The explorers are those of the gallery, made by its own cells. `THEN` says what is done to one before its picture, so
that there is something to see: a network that has been trained, alarms that have rung. `LESSONS` are the workbenches
of lessons, each the cell that makes it and what is done to it.
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

LESSONS = {
    "close_the_loop": (ROOT / "tools" / "my_dense.py").read_text(encoding="utf-8") + """
from widgets import Workbench
from nnlib import ReLU
explorer = Workbench(dense=MyDense, data="xor", hidden=(2,), activation=ReLU(), learning_rate=0.5, seed=19)
for step in range(60):
    explorer.step()
explorer.go("update", 1)
explorer""",
    "workbench_penguins": """
import numpy as np
from nnlib.data import PENGUIN_SPECIES, load_penguins
from widgets import Workbench
x, species, _, _ = load_penguins()
x, y = x[:2], (species == PENGUIN_SPECIES.index("Chinstrap")).astype(int).ravel()
order = np.random.default_rng(0).permutation(len(y))
held, learned = order[:73], order[73:]
x = (x - x[:, learned].mean(axis=1, keepdims=True)) / x[:, learned].std(axis=1, keepdims=True)
explorer = Workbench(x=x[:, learned], y=y[learned], x_test=x[:, held], y_test=y[held],
                     hidden=[8], learning_rate=0.5, pane="Health")
for step in range(300):
    explorer.step()
explorer""",
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
    shown = {name: picture(name, theme) for name in names()}
    return shots(server, theme, cells(), shown, wanted)


def take_of_lessons(server, wanted):
    """The pictures of the workbenches of lessons, from one page."""
    shown = {name: ROOT / "lessons" / "pictures" / f"{name}.png" for name in LESSONS}
    return shots(server, "light", LESSONS.values(), shown, wanted) if {*wanted} & {*LESSONS} else []


def shots(server, theme, made, shown, wanted):
    """Run the cells `made`, which show the explorers `shown`, a file for each; write the `wanted` ones."""
    from browser import Lab

    lab = Lab(server, theme=theme, width=WIDTH, height=HEIGHT)
    files = []
    try:
        page = lab.run_cells(*made)
        page.wait_for_function(f"document.querySelectorAll('.nn-explorer[data-frame]').length === {len(shown)}")
        for number, (name, file) in enumerate(shown.items()):
            if name in wanted:
                explorer = page.locator(".nn-explorer").nth(number)
                explorer.scroll_into_view_if_needed()
                page.wait_for_timeout(1000)
                files.append(file)
                file.write_bytes(smaller(explorer.screenshot()))
        lab.check()
    finally:
        lab.close()
    return files


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = [*names(), *LESSONS]
    ask.add_argument("names", nargs="*", help=f"some of {', '.join(every)}; without names, all")
    want = ask.parse_args()
    wanted = want.names or every
    if unknown := set(wanted) - set(every):
        ask.error(f"no picture is called {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    from browser import JupyterLab

    large = []
    with tempfile.TemporaryDirectory() as folder:
        server = JupyterLab(folder)
        try:
            files = [file for theme in THEMES if {*wanted} - {*LESSONS} for file in take(server, theme, wanted)]
            for file in files + take_of_lessons(server, wanted):
                print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
                large += [str(file.relative_to(ROOT))] * (file.stat().st_size > LARGEST)
        finally:
            server.close()
    if large:
        raise SystemExit(f"more than {LARGEST:,} bytes: {', '.join(large)}. Take fewer colours, or show less")


if __name__ == "__main__":
    main()
