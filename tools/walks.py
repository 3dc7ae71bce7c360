"""Walks through the explorers: what each shows and says at every stop, so that a change is seen and judged.

    python tools/walks.py                   write tests/walks.txt anew; read its difference before you commit it
    python tools/walks.py Workbench Parsons     only the walks of these explorers

A walk is an explorer, and what is done to it in turn. At each stop stands what has changed since the one before. Of an
array there is its shape, its least and largest number, its mean and one number in which each place weighs otherwise.
"""

import itertools
import re
import sys
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import learners
import numpy as np

import widgets
from nnlib import BatchNorm, CategoricalCrossEntropy, Dense, Dropout, NeuralNetwork, Softmax, Tanh
from nnlib.data import load_digits, read_table
from widgets.stage.controls import tour
from widgets.stage.stand_in import StandIn
from widgets.workbench import surface

FILE = Path(__file__).resolve().parents[1] / "tests" / "walks.txt"
TOUR = object()  # each control through a few values and back
NEARLY, NOTHING = 1e-2, 1e-7  # so far apart, by their size and at all, may be what another computer makes
OF_NUMPY = re.compile(r"(NumPy stops with an? \w+): .*?(?=\. [A-Z]|$)")  # its own words change with its versions
NUMBER = re.compile(r"(?<![\w.])[-−+]?\d[\d,]*\.?\d*(?:e[-−+]?\d+)?")
PLANTS = "height,colour,leaves\n12,red,3\n15,blue,4\n18,red,5\n9,blue,2\n21,red,7\n14,blue,3\n16,red,4\n11,,2\n"


def three_classes():
    rng = np.random.default_rng(0)
    y = np.arange(60) % 3
    return rng.normal(size=(4, 60)) + y, y


def deep():
    blocks = ((Dense(5), BatchNorm(), Tanh()), (Dense(4), Tanh(), Dropout(0.3)), (Dense(3), Softmax()))
    x, y = three_classes()
    labels = np.eye(3)[:, y]
    return dict(model=NeuralNetwork(blocks, CategoricalCrossEntropy(), 0.2, seed=1), x=x, y=labels)


def walks():
    """`{explorer, and what for: (its class, its arguments, what is done to it)}`; a dictionary sets a control."""
    bench = widgets.Workbench
    steps = ["step"] * 3
    x, y = three_classes()
    plants = read_table(PLANTS, target="colour", missing="drop", quiet=True)
    return {
        "ActivationExplorer": (widgets.ActivationExplorer, {}, [
            TOUR, {"activations": ["ReLU", "Sigmoid, naive", "GELU"]}, {"z": -1000}, ("move", 2.345), ("move by", -3),
            {"activations": []}]),
        "ActivationExplorer, of one's own": (widgets.ActivationExplorer, {
            "activation": [learners.MyReLU, np.sin, learners.Narrow]}, [{"z": -2}]),
        "BackpropBoard": (widgets.BackpropBoard, {}, [
            TOUR, "hint", "hint", ("fill", ["z1", "1/2"]), ("fill", ["z1", "abc"]), "new", "hint", "clear",
            ("fill", ["nothing", "1"])]),
        "BackpropBoard, by hand": (widgets.BackpropBoard, {
            "parameters": [1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1], "x": [2, 1], "y": 1, "dense": learners.MyDense,
            "activation": learners.MyReLU}, filled),
        "BugLab": (widgets.BugLab, {}, [
            {"expected": ["the check", "the loss"]}, "sound", "judge", {"verdict": "nothing is wrong"}, "judge",
            "again", "sound", "next", {"case": 7}, "sound", {"verdict": "nothing is wrong"}, "judge"]),
        "BugLab, of one's own": (widgets.BugLab, {"dense": learners.Forgetful}, [
            "sound", {"verdict": "something else"}, "judge"]),
        "DescentExplorer": (widgets.DescentExplorer, {}, [
            {"steps": 5}, {"learning_rate": 1.2}, {"rule": "Adam"}, ("start", [1, 2]), ("start by", [5, -5]), "step",
            "back", "reset", *({"landscape": name} for name in (
                "one weight", "narrow valley", "two valleys", "saddle", "a line through points")), {"steps": 3},
            {"along": "up"}, {"learning_rate": 10}, {"steps": 20}]),
        "DescentExplorer, a race": (widgets.DescentExplorer, {"optimizer": [learners.MyRule]}, [
            {"steps": 4}, {"rates": "for each the best tried"}, "step", {"racers": ["SGD", "Momentum"]}, "back",
            "reset"]),
        "DescentExplorer, a function": (widgets.DescentExplorer, {
            "function": lambda w: abs(w), "gradient": np.sign, "names": ["w"], "extent": (-2, 2)}, ["step", "step"]),
        "DigitExplorer": (widgets.DigitExplorer, eight_by_eight, [
            ("stroke", [[2, 1, 0], [6, 1, 1], [4, 6.5, 1]]), {"fit": "used as drawn"}, "clear", ("image", 3),
            {"digit": "8"}, ("cell", [3, 9]), ("cell", [3, 3]), {"width": 3}]),
        "LossExplorer": (widgets.LossExplorer, {}, [
            TOUR, {"losses": ["Huber", "Absolute error", "Cross-entropy"]}, ("probability", 0.02),
            ("probability by", 0.5), ("z", -12), ("z by", 3.123), {"label": "0"}, {"losses": []}]),
        "LossExplorer, of one's own": (widgets.LossExplorer, {
            "loss": learners.MyLoss, "probability": 0.01, "activation": learners.MyReLU}, [("z", 1)]),
        "NeuronExplorer": (widgets.NeuronExplorer, {}, [
            {"w1": -2}, {"w2": 0.5}, {"bias": 5}, {"data": "moons"}, {"example": 7}, ("choose", [0.5, -1]),
            ("slide", [0.5, 0.2]), ("slide by", [1, 0]), ("turn", [0.1, 1]), ("turn by", [0, 3]), {"w1": 0}, {"w2": 0},
            ("turn", [1, 1]), "reset"]),
        "NeuronExplorer, of one's own": (widgets.NeuronExplorer, {
            "dense": learners.MyDense, "activation": np.tanh, "x": [[1.0, 2, 3, 4], [2.0, 1, 4, 3]], "y": [0, 0, 1, 1],
            "names": ("red", "soft"), "classes": ("raw", "ripe")}, [{"example": 3}, {"bias": -30}]),
        "Parsons": (widgets.Parsons, {
            "program": "total = 0\nfor x in numbers:\n    total += x\nmean = total / len(numbers)\n",
            "extra": ["total = x"], "indent": True, "run": str.upper}, in_order),
        "Predict, a choice": (widgets.Predict, {
            "question": "Which?", "choose": ["up", "down"], "truth": "b", "help": "Or a letter."}, [
            ("choose", "a"), ("sure", 70), ("choose", "c"), "commit"]),
        "Predict, a number": (widgets.Predict, {
            "question": "How many?", "number": "steps", "truth": 1200, "explorer": lambda: "a text"}, [
            ("number", "1,5"), ("number", ""), ("number", "1250"), ("sure", 90), "commit"]),
        "Predict, a ratio": (widgets.Predict, {
            "question": "How many times?", "number": "×", "truth": 20, "scale": "ratio"}, [("number", 50), "commit"]),
        "Predict, a sketch": (widgets.Predict, {
            "question": "Draw it", "sketch": ("a", 0, 2, "loss", 0, 4), "truth": np.square, "tolerance": 0.5}, [
            ("column by", 3), ("height by", 5), ("draw", [[0.0, 0.0], [2.0, 4.0]]), "clear",
            ("draw", [[0.0, 1.0], [1.0, 2.0], [2.0, 3.0]]), "commit"]),
        "ShapeTracer": (widgets.ShapeTracer, {}, [
            TOUR, {"a": [3, 4]}, {"b": [4]}, {"a": []}, {"operation": "A + B"}, {"a": [5, 1]}, {"b": [1000, 3]},
            ("a", [0, 2000]), ("c", [1])]),
        "ShapeTracer, of one's own": (widgets.ShapeTracer, {
            "operation": np.outer, "a": np.array([1.0, 2, 3]), "b": (2,), "names": ("x", "means")}, [{"b": [3, 2]}]),
        "SignalExplorer": (widgets.SignalExplorer, {"depth": 3, "units": 8}, [
            *({"start_from": name} for name in ("size 1", "size 0.01", "zeros")), {"activation": "Tanh"},
            {"start_from": "size 1"}, {"activation": "Sigmoid"}, {"start_from": "He"}, {"depth": 1}, {"units": 2}]),
        "SignalExplorer, of one's own": (widgets.SignalExplorer, {
            "initializer": learners.MyStart, "activation": learners.MyReLU, "depth": 3, "units": 6}, [{"seed": 1}]),
        "Workbench, in epochs": (bench, {}, [
            *steps, {"edges": "gradients"}, {"dots": "test"}, {"colours": "the answer alone"}, ("probe", [0.5, -0.4]),
            ("choose", [2, 3, 1]), ("value", 2.5), ("choose", [9, 9, None]), ("nearest", [1, 0]), "probe",
            {"validation": 0.2}, "step", {"patience": 1}, {"schedule": "cosine"}, "step", "reset"]),
        "Workbench, in moments": (bench, {"hidden": [2], "batch": "16", "mode": "single moments"}, [
            *["moment"] * 11, {"numbers": "all examples"}, "back", {"example": 5}, "update", "first", "last", "step",
            ("go_update", 0), ("go", 3)]),
        "Workbench, its panes": (bench, {"hidden": [3], "features": ["x₁", "x₁x₂"]}, [
            *steps, *({"pane": name} for name in ("Weights", "Space", "Surface", "Activation", "Health", "Point",
                                                  "Table", "Share", "Check")),
            ("cell", 7), ("power", -1.5), ("power by", -0.5), {"mistake": "The mean is missing"}]),
        "Workbench, a chain and a pin": (bench, {"hidden": [3], "pane": "Chain", "activation": "ReLU"}, [
            "step", ("trace", [1, "weights", 2, 1]), "moment", ("follow", [1, 0]), {"example": 9}, "untrace", "pin",
            {"pane": "Compare"}, "moment", "update", "same", ("compare", "inputs"), "unpin"]),
        "Workbench, twins": (bench, {"hidden": [3], "pane": "Compare", "change": "one label"}, ["twins"]),
        "Workbench, numbers": (bench, {"data": "hills", "loss": "MSE", "optimizer": "Adam", "l1": 0.5}, [
            *steps, ("probe", [0.5, 0.5]), {"colours": "the answer alone"}]),
        "Workbench, points": (bench, {"test": 0.0, "hidden": [2]}, [
            {"pointer": "add class 1"}, ("draw", [1, 1]), {"pointer": "take away"}, ("draw", [1, 1]), "clear", "step",
            ("draw", [0, 0, 0]), ("paste", "1,2,0\n2,1,1\n3,3,0\n4,4,1"), "step", ("paste", "nonsense")]),
        "Workbench, a table": (bench, {"x": plants, "test": 0.25, "hidden": [2]}, [
            *steps, {"pane": "Table"}, ("paste", {"target": "height"}), {"across": "leaves"}]),
        "Workbench, three classes": (bench, {"x": x, "y": y, "hidden": [3], "validation": 0.2}, [
            *steps, {"pane": "Space"}, {"across": "x₄"}, {"up": "x₁"}, ("probe", [1, 1])]),
        "Workbench, a model": (bench, deep, [*steps, *["moment"] * 3, {"pane": "Weights"}]),
        "Workbench, of one's own": (bench, {
            "dense": learners.MyDense, "activation": learners.MyReLU, "optimizer": learners.MyRule, "hidden": [2],
            "loss": learners.MyLoss}, [*["moment"] * 11, {"pane": "Check"}]),
        "Workbench, for a room": (bench, {
            "only": ("learning_rate",), "show": ("network", "map", "code"), "hide": ("seed",)}, [
            {"data": "xor"}, {"learning_rate": 0.1}, ("draw", [0, 0]), "step"]),
    }  # fmt: skip


def eight_by_eight():
    x, y, *_ = load_digits()
    model = NeuralNetwork(((Dense(12), Tanh()), (Dense(10), Softmax())), CategoricalCrossEntropy(), 0.5, seed=0)
    model.fit(x, np.eye(10)[:, np.ravel(y).astype(int)], epochs=3, batch_size=64)
    return {"model": model}


def filled(board):
    """Every box in its turn: the right number's opposite, its half, 0 and what it is made of; then the number."""
    for box in board.formulas:
        right, parts = board.right[box], re.findall(r"{(\w+)}", board.formulas[box])
        wrong = (-right, right / 2, 0, *((board.given | board.right)[part] for part in parts))
        for number in (*dict.fromkeys(one for one in wrong if one != right), right):
            yield ("fill", [box, f"{number:.6g}"])


def in_order(puzzle):
    """Lines lifted, moved, taken out and placed; then the right program, checked at each length."""
    first, second = list(puzzle.lines)[:2]
    yield from ["check", ("lift", first), ("move", {"line": first, "by": [0, 1]}),
                ("move", {"line": first, "by": [1, 0]}), ("drop", first), ("lift", second),
                ("place", {"line": second, "at": 0}), ("cancel", second),
                ("move", {"line": first, "by": [-1, 0]}), ("move", {"line": first, "by": [-1, 0]}), ("lift", "?"),
                ("turn", first), "run"]  # fmt: skip
    texts = {text: letter for letter, text in puzzle.lines.items()}
    for at, (depth, text) in enumerate(puzzle._right):
        yield ("place", {"line": texts[text], "at": at, "deeper": 3})
        yield "check"
        yield ("move", {"line": texts[text], "by": [depth - 3, 0]})
        yield "check"
    yield from ["run", ("place", {"line": texts["total = x"], "at": 2}), "check", "reset"]


def stops(name):
    """`[(what is done, what has changed)]` of a walk; what has changed is `{place in the frame: text}`."""
    kind, given, acts = walks()[name]
    explorer = kind(**(given() if callable(given) else given))
    browser, told, before = StandIn(explorer), [], {}
    for done, one in itertools.chain([("begin", None)], messages(explorer, acts)):
        with mock.patch.object(surface, "QUICK", np.inf):  # as fine as it can be, however fast the computer is
            explorer.receive(one or {"kind": "hello"})
        now = dict(flat(browser.frame))
        changed = {place: text for place, text in now.items() if before.get(place) != text}
        parts = {place[:at] for place in now for at in range(len(place)) if place[at] == "."} | now.keys()
        gone = {place: "gone" for place in before if place not in parts and place.rpartition(".")[0] not in now}
        told.append((done, changed | gone))
        before = now
    explorer.close()
    return told


def messages(explorer, acts):
    """`(what is done, in words; what the browser sends for it)`."""
    for act in acts(explorer) if callable(acts) else acts:
        for one in tour(explorer) if act is TOUR else [message(act)]:
            yield said(one), one


def message(act):
    if isinstance(act, dict):
        ((name, value),) = act.items()
        return {"kind": "set", "name": name, "value": value}
    name, detail = (act, None) if isinstance(act, str) else act
    return {"kind": "press", "name": name, "detail": detail}


def said(one):
    if one["kind"] == "set":
        return f"{one['name']} = {one['value']!r}"
    return f"press {one['name']}" + ("" if one["detail"] is None else f" {one['detail']!r}")


def flat(value, place=""):
    """`(place, text)` of all that is in a frame, but what changes with the code's lines, and what is rounding alone."""
    if place in (".number", ".title", ".playing") or place.endswith("valley.curves"):
        return
    if isinstance(value, dict) and isinstance(value.get("data"), bytes):
        yield place, in_short(np.frombuffer(value["data"], value["type"]).reshape(value["shape"]))
    elif isinstance(value, dict):
        foreign = ("line", "source", "lines", "words") if value.get("yours") is False else ()
        for name, one in value.items():
            if name not in foreign:
                yield from flat(one, f"{place}.{name}")
    elif isinstance(value, (list, tuple)) and any(isinstance(one, (dict, list, tuple)) for one in value):
        for at, one in enumerate(value):
            yield from flat(one, f"{place}.{at}")
    elif isinstance(value, (list, tuple)) and len(value) > 12 and all(type(one) in (int, float) for one in value):
        yield place, in_short(np.array(value))
    else:
        yield place, " ".join(map(plain, value)) if isinstance(value, (list, tuple)) else plain(value)


def plain(value):
    if isinstance(value, float):
        return f"{value:#.4g}"
    return OF_NUMPY.sub(r"\1: …", value).replace("\n", "⏎") if isinstance(value, str) else str(value)


def in_short(array):
    """An array's shape and four numbers: least, largest, mean, and a mean with a weight for each place."""
    array = np.asarray(array, float)
    finite = np.where(np.isfinite(array), array, 0.0).ravel()
    if not finite.size:
        return f"{array.shape}"
    scale = np.abs(finite).max()
    means = (finite.mean(), finite @ np.sin(np.arange(1, finite.size + 1)) / finite.size)
    lost = np.count_nonzero(~np.isfinite(array))
    told = (float(one) if abs(one) > 1e-3 * scale else 0.0 for one in (finite.min(), finite.max(), *means))
    return " ".join([f"{array.shape}", *map(plain, told), *([f"{lost} not finite"] if lost else [])])


def block(name):
    """A walk as it stands in the file."""
    lines = [f"== {name}"]
    for done, changed in stops(name):
        parts = {}
        for place, text in changed.items():
            whole, _, part = place.rpartition(".")
            parts.setdefault(whole.lstrip("."), []).append(f"{part}: {text}".rstrip())
        lines += [f"-- {done}", *(f"{whole}: {' · '.join(told)}".removeprefix(": ") for whole, told in parts.items())]
    return "\n".join(lines)


def read():
    """`{walk: its lines}`."""
    blocks = FILE.read_text(encoding="utf-8").rstrip("\n").split("\n\n") if FILE.exists() else []
    return {block.partition("\n")[0].removeprefix("== "): block for block in blocks}


def same(one, other):
    """Whether two lines differ in nothing, or in decimals as another computer's may."""
    if NUMBER.sub("", one) != NUMBER.sub("", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(a == b or (set(".e") & set(a + b) and nearly(a, b)) for a, b in pairs)


def nearly(*texts):
    return np.isclose(*(float(text.replace("−", "-").replace(",", "")) for text in texts), NEARLY, NOTHING)


def main():
    wanted, kept = sys.argv[1:], read()
    made = {name: block(name) if not wanted or any(name.startswith(one) for one in wanted) else kept.get(name)
            for name in walks()}  # fmt: skip
    FILE.write_text("\n\n".join(filter(None, made.values())) + "\n", encoding="utf-8")
    print(f"{len(made)} walks in {FILE.name}")


if __name__ == "__main__":
    main()
