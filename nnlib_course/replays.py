"""Replays: recorded runs of the Workbench, and each explorer of the gallery, as files that play without Python.

    nnlib-course replay              a run of the Workbench, opened in your browser
    nnlib-course replay --list       what there is to be seen
"""

import ast
import json
import re
from pathlib import Path

LESSONS = Path(__file__).resolve().parents[1] / "lessons"


def bench(**arguments):
    from widgets import Workbench

    return Workbench(**arguments)


def trained(made, updates, every=1):
    """A Workbench after so many updates, of which every so manieth is recorded."""
    for number in range(updates):
        made._train_once(recorded=number % every == 0)
    if (updates - 1) % every:
        made._train_once()
    return made


RUNS = {
    "first_updates": (lambda: trained(bench(hidden=[4]), 12), {}),
    "moons": (lambda: trained(bench(hidden=[8, 8]), 600, 10), {"panes": ("Code", "Weights", "Space"), "updates": 60}),
    "xor": (lambda: trained(bench(data="xor", hidden=[4], learning_rate=1.0), 400, 8), {"updates": 50}),
    "spiral": (
        lambda: trained(bench(data="spiral", hidden=[8, 8], optimizer="Adam", learning_rate=0.02), 1500, 25),
        {"panes": ("Space", "Code"), "updates": 60},
    ),
}
"""Runs of the Workbench by name: what makes one, and what `save_replay` keeps of it."""


# --- the gallery -----------------------------------------------------------------------------------------------------


def file_name(explorer):
    """`loss_explorer` for `LossExplorer`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", explorer).lower()


def gallery():
    """Each explorer of the gallery: its class's name, what stands above it there, and the code that makes it."""
    import widgets

    cells = json.loads((LESSONS / "gallery.ipynb").read_text(encoding="utf-8"))["cells"]
    before, told = [], ""
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            told = text
        elif (made := re.match(r"\w+(?=\()", text)) and made[0] in widgets.__all__:
            yield made[0], told, "\n".join([*before, text])
        else:
            before.append(text)


def names():
    return [*RUNS, *(file_name(name) for name, _, _ in gallery())]


def save(name, path):
    """Make the replay `name` and write it to `path`; returns its size in bytes."""
    if name in RUNS:
        make, what = RUNS[name]
        explorer = make()
    else:
        explorer, what = made(name)
    try:
        return explorer.save_replay(path, **what)
    finally:
        explorer.close()


def made(name, updates=300):
    """An explorer of the gallery, and what `save_replay` is told; a Workbench has made so many updates by then."""
    kind, code = next((kind, code) for kind, _, code in gallery() if file_name(kind) == name)
    explorer = made_by(code)
    if kind == "Workbench":
        trained(explorer, updates, 5)
    return explorer, {"acts": ACTS[kind](explorer)} if kind in ACTS else {}


def made_by(code):
    """What the last expression of `code` is."""
    *before, last = ast.parse(code).body
    shown = ast.Assign([ast.Name("shown", ast.Store())], last.value)
    there = {}
    exec(compile(ast.fix_missing_locations(ast.Module([*before, shown], [])), "<gallery>", "exec"), there)
    return there["shown"]


# --- what is done in a replay to an explorer that asks and does not play ----------------------------------------------


def press(name, detail=None):
    return {"kind": "press", "name": name, "detail": detail}


def fill_the_board(board):
    """Every box with its right number, in the order of the two passes; the third is wrong at first."""
    for at, box in enumerate(board.formulas):
        if at == 2:
            yield press("fill", [box, f"{-board.right[box]:g}"])
        yield press("fill", [box, f"{board.right[box]:g}"])


def solve_a_case(lab):
    yield {"kind": "set", "name": "expected", "value": ["the check"]}
    yield press("sound")
    yield {"kind": "set", "name": "verdict", "value": "The activation's slope is missing"}
    yield press("judge")


def order_the_lines(parsons):
    letters = {text: letter for letter, text in parsons.lines.items()}
    wrong = ["losses = []", "for epoch in range(epochs):", "model(x)", "model.update()", "model.backward_step(y)"]
    for at, text in enumerate([*wrong, "losses.append(model.evaluate(x, y))"]):
        yield press("place", {"line": letters[text], "at": at, "deeper": int(at > 1)})
    yield press("check")
    yield press("place", {"line": letters["model.update()"], "at": 4})
    yield press("check")


def sketch_a_curve(predict):
    curve = [[0.01, 4], [0.1, 3.2], [0.3, 2], [0.6, 0.8], [1, 0.1]]
    for at in range(2, len(curve) + 1):
        yield press("draw", curve[at - 2 : at])
    yield press("sure", "fairly")
    yield press("commit")


def draw_a_seven(sheet):
    """A seven, stroke by stroke, and then a look at what is taken for what."""
    side = sheet.side
    corners = [(0.3, 0.25), (0.5, 0.25), (0.72, 0.25), (0.62, 0.45), (0.52, 0.62), (0.45, 0.8)]
    for at in range(1, len(corners)):
        (a, b), (c, d) = corners[at - 1], corners[at]
        yield press("stroke", [[a * side, b * side, 0], [c * side, d * side, 1]])
    for cell in ([9, 4], [7, 2], [3, 5]):
        yield press("cell", cell)


ACTS = {
    "BackpropBoard": fill_the_board, "BugLab": solve_a_case, "DigitExplorer": draw_a_seven, "Parsons": order_the_lines,
    "Predict": sketch_a_curve,
}  # fmt: skip
"""The others play, or go through their controls by themselves."""
