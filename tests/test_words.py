"""What explorers refuse and no other test asks for; and that every sentence that they raise is one that was read."""

import ast
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import traitlets

import widgets
from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, read_table
from widgets import Workbench
from widgets.digit_explorer.photograph import read_picture
from widgets.stage.landscape import FunctionLandscape, ModelLandscape
from widgets.workbench import card, own_table

X, Y = np.array([[0.0, 1, 2, 3]]), np.array([[0.0, 0, 1, 1]])


def network(features=1):
    return NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.1, seed=0).build(features)


def other_card(**changes):
    return json.dumps(json.loads(Workbench(hidden=[2], x=X, y=Y[0]).card()) | changes)


def of_another_table():
    """A card of a table whose points are two numbers wide, with the preparation of one that has three features."""
    wide, narrow = (Workbench(x=read_table(text, quiet=True), test=0.0, hidden=[2]).card() for text in (
        "a,b,c,d\n1,2,3,1\n2,3,1,0\n3,5,2,1\n4,4,4,0\n", "a,b,d\n1,2,1\n2,3,0\n3,5,1\n4,4,0\n"))  # fmt: skip
    return json.dumps(json.loads(narrow) | {"network": json.loads(wide)["network"]})


def that_cannot_be_drawn():
    bench = Workbench(hidden=[2])
    bench.step()
    bench.view = lambda: 1 / 0
    return list(bench.recording())


def large_png():
    """The beginning of a picture of 11,000 × 10,000 pixels."""
    picture = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", struct.pack(">IIBBBBB", 11_000, 10_000, 8, 0, 0, 0, 0)), (b"IDAT", b"")):
        picture += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return picture


def large_file(folder):
    with open(folder / "huge.png", "wb") as file:
        file.truncate(10**9)
    return folder / "huge.png"


REFUSED = {
    "a button of the board": lambda _: widgets.BackpropBoard().press("solve"),
    "a network of 50 inputs": lambda _: widgets.DigitExplorer(network(50), np.zeros((50, 3)), np.zeros((1, 3))),
    "a photograph of a gigabyte": lambda folder: read_picture(large_file(folder)),
    "a photograph of 110 megapixels": lambda _: read_picture(large_png()),
    "names that are a number": lambda _: setattr(widgets.ActivationExplorer(), "activations", 3),
    "a message of another kind": lambda _: widgets.Parsons("a = 1\nb = 2")._do("sing"),
    "a landscape over three numbers": lambda _: FunctionLandscape(lambda a, b, c: a),
    "one name for two parameters": lambda _: ModelLandscape(network(), X, Y, names=("w",)),
    "a card of too many examples": lambda _: card.written({}, (np.zeros((1, 2001)), np.zeros((1, 2001))), None, None),
    "a card of no inputs": lambda _: Workbench().load_card(other_card(inputs=0)),
    "a card with another's preparation": lambda _: Workbench().load_card(of_another_table()),
    "a replay that cannot be drawn": lambda _: that_cannot_be_drawn(),
    "a point drawn beside a model": lambda _: Workbench(model=network(2), x=np.vstack([X, X]), y=Y).draw((0, 0)),
    "a model without labels": lambda _: Workbench(model=network(), x=X),
    "a model with too few labels": lambda _: Workbench(model=network(), x=X, y=Y[:, :2]),
    "a table of 6 MB": lambda _: own_table.read({"text": "1,2\n" * 1_500_000}),
    "a replay without a pane": lambda _: list(Workbench().recording(panes=())),
}


@pytest.mark.filterwarnings("ignore:Image size")  # Pillow's own word on such a picture
@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_the_words_that_were_read(what, tmp_path):
    with pytest.raises((ValueError, TypeError, RuntimeError, traitlets.TraitError)):
        REFUSED[what](tmp_path)


def test_every_sentence_that_an_explorer_raises_was_read():
    """By its parts between two values; what is raised in the browser's Python alone is left out."""
    here = Path(__file__).parent
    read = "".join((here / name).read_text(encoding="utf-8") for name in ("explorers.txt", "walks.txt"))
    missing = {}
    for file in Path(widgets.__file__).parent.rglob("*.py"):
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            texts = [text.value.strip() for text in ast.walk(one) if isinstance(text, ast.Constant)
                     and isinstance(text.value, str)] if isinstance(one, ast.Raise) and one.exc else []  # fmt: skip
            unread = [text for text in texts if len(text) > 6 and text not in read and "{" not in text]
            missing |= {f"{file.name}:{one.lineno}": unread} if unread else {}
    assert missing == {}
