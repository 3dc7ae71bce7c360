#!/usr/bin/env python3
"""Take the pictures of all explorers: each in JupyterLab, in light and dark, to widgets/NAME/THEME.png.

    python tools/screenshots.py                  # all of them
    python tools/screenshots.py workbench        # one
    python tools/screenshots.py close_the_loop   # an explorer as a lesson shows it, to lessons/pictures/NAME.png

The explorers are those of the gallery, made by its own cells. `THEN` says what is done to one before its picture, so
that there is something to see: a network that has been trained, alarms that have rung. `LESSONS` are explorers of
lessons, made by the lessons' own cells.
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
from tests.lesson_cells import cells_with  # noqa: E402

THEMES = ("light", "dark")
WIDTH, HEIGHT = 1280, 768  # a laptop's: the Workbench is as high as the window leaves
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

MY_DENSE = (ROOT / "tools" / "my_dense.py").read_text(encoding="utf-8")  # as a learner has it
# Pictures of lessons: the lesson, what stands in its cell and in no other of it, the explorer's name there if it waits
# behind a prediction, and what is done to it.
ROUND = "for step in range({}):\n    explorer.step()\n"
LESSONS = {
    "workbench_tour": ("00", "only=", None, ROUND.format(10)),
    "workbench": ("00", "steps = Workbench(", "steps", 'explorer.press("moment")\nexplorer.go("forward", 3)'),
    "shape_tracer": ("01", "ShapeTracer(", None, ""),
    "neuron_explorer": ("02", "NeuronExplorer(", None, ""),
    "activation_explorer": ("03", "bends = ", "bends", ""),
    "loss_explorer": ("04", "pushes = ", "pushes", "explorer.probability = 0.01"),
    "descent_explorer": ("05", "walk = ", "walk", "explorer.learning_rate = 0.9"),
    "backprop_board": ("06", "BackpropBoard(", None, ""),
    "signal_explorer": ("11", "SignalExplorer(", None, ""),
    "neuron_learns": ("02", "Workbench(", None, ROUND.format(30) + 'explorer.go("forward", 1)'),
    "send_errors_backwards": ("07", "Workbench(", None, 'explorer.press("moment")\nexplorer.go("backward", 5)'),
    "gradient_check": ("08", "Workbench(", None, """
explorer.mistake = explorer.options["mistake"][1]
explorer.press("check")"""),
    "close_the_loop": ("09", "Workbench(", None, ROUND.format(60) + 'explorer.go("update", 1)'),
    "bug_lab": ("10", "BugLab()", None, THEN["BugLab"]),
    "bug_lab_own": ("10", "BugLab(dense=", None, 'explorer.press("sound")'),
    "twins": ("12", "show=(", None, """
explorer.change = "the order of the batches"
explorer.press("twins")"""),
    "optimizer_race": ("12", "race = DescentExplorer(", "race", "explorer.steps = 45"),
    "schedule": ("12", "schedule=mine", None, """
for schedule in "constant", "mine":
    explorer.schedule = schedule
    explorer.press("reset")
    for step in range(24):
        explorer.step()"""),
    "remedies": ("13", "remedies = Workbench(", "remedies", """
for rate in 0, 0.2:
    explorer.dropout = rate
    explorer.press("reset")
    for step in range(300):
        explorer.step()"""),
    "digit_explorer": ("14", "DigitExplorer(model=", None, """
explorer.press("stroke", [[6, 7, 0], [20, 7, 1], [12, 24, 1]])"""),
    "workbench_penguins": ("15", "Workbench(", None, ROUND.format(300) + 'explorer.pane = "Health"'),
}
PRESSED = {"schedule": "All settings"}  # in the page, before its picture


def lesson_cells(name):
    """The cells of a lesson that lead to the explorer of picture `name`, that one, and what is done to it."""
    lesson, inside, explorer, then = LESSONS[name]
    (own,) = [made for where, made in cells_with(inside).items() if where.startswith(f"{lesson},")]
    *before, last = [cell.replace('mine_or_reference("Dense")', "MyDense") for cell in own]
    gate = re.search(r"^[Pp]redict\(", last, re.M)
    name, end = (explorer, "explorer") if explorer else ("Out[max(Out)]", "explorer.show()")
    return [MY_DENSE, *before, last[:gate.start()] if gate else last, f"explorer = {name}\n{then}\n{end}"]


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
    """The pictures of the explorers of lessons, each from a page of its own."""
    shown = {name: ROOT / "lessons" / "pictures" / f"{name}.png" for name in LESSONS if name in wanted}
    return [file for name, file in shown.items() for file in shots(server, "light", lesson_cells(name), {name: file})]


def shots(server, theme, made, shown, wanted=LESSONS):
    """Run the cells `made`, of which the last explorers are those `shown`, with a file for each; write the `wanted`."""
    from browser import Lab

    lab = Lab(server, theme=theme, width=WIDTH, height=HEIGHT)
    files = []
    try:
        lab.open(lab.write(*made))
        page = lab.run_all(seconds=480)
        page.wait_for_function(f"document.querySelectorAll('.nn-explorer[data-frame]').length >= {len(shown)}")
        others = page.locator(".nn-explorer").count() - len(shown)
        for number, (name, file) in enumerate(shown.items(), start=others):
            if name in wanted:
                explorer = page.locator(".nn-explorer").nth(number)
                explorer.scroll_into_view_if_needed()
                if name in PRESSED and wanted is LESSONS:
                    explorer.get_by_role("button", name=PRESSED[name], exact=True).click()
                page.wait_for_timeout(1000)
                files.append(file)
                file.write_bytes(smaller(explorer.screenshot()))
        lab.check()
    finally:
        lab.close()
    return files


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = list(dict.fromkeys([*names(), *LESSONS]))  # one name may stand for pictures of both
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
            files = [file for theme in THEMES if {*wanted} & {*names()} for file in take(server, theme, wanted)]
            for file in files + take_of_lessons(server, wanted):
                print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
                large += [str(file.relative_to(ROOT))] * (file.stat().st_size > LARGEST)
        finally:
            server.close()
    if large:
        raise SystemExit(f"more than {LARGEST:,} bytes: {', '.join(large)}. Take fewer colours, or show less")


if __name__ == "__main__":
    main()
