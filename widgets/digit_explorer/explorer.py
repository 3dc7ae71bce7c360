"""DigitExplorer: draw a digit, and watch what a trained network makes of it, layer by layer.

    DigitExplorer()                          # a small network of nnlib's, trained while you wait a second
    DigitExplorer(model=model)               # any network that takes 28×28 or 8×8 pixels, with its test images
    DigitExplorer(model=model, x=x, y=y)     # test images of your own

A network knows the images it was trained on. MNIST's digits were scaled to 20×20 pixels and moved to the centre of
28×28, so a drawing is treated the same way before the network sees it; both are shown. A photograph of a digit may take
the drawing's place: by the button, dropped on the sheet, or `explorer.photograph("seven.jpg")`. Below stand the
answers to the test images: every mistake can be looked at and loaded.
"""

import base64
import math
from pathlib import Path

import numpy as np

import nnlib
from nnlib.data import load_digits, load_mnist, one_hot
from nnlib.parts import untouched
from widgets.digit_explorer import pen
from widgets.stage.base import Explorer
from widgets.stage.border import BorderError, method_of, name_of, taken
from widgets.stage.browser import packed
from widgets.stage.controls import Choice, Slider
from widgets.stage.figures import share
from widgets.stage.matrix import matrix

SHOWN = 24  # test images that are shown at once
LONGEST = 4_000_000  # letters of a photograph from the browser, which makes it small before
ANY = "any"
FIT, AS_DRAWN = "centred and scaled", "used as drawn"


class DigitExplorer(Explorer):
    """A drawing, the probabilities for it, every layer's picture, and the network's mistakes on test images.

    `model` has `predict(x)`, or is called with x `(pixels, examples)`, and gives probabilities `(k, examples)`; with
    `layers`, as nnlib's networks have, each layer's outputs are drawn. `x` `(pixels, n)` and `y`, `(1, n)` class
    numbers or one-hot `(k, n)`, are the test images; without them, those of MNIST or of scikit-learn's digits.
    Controls: `fit`, `width`, `digit`, `answer`.

    Raises ValueError for a network whose number of inputs is no square. An exception in your own code is no error
    here: the explorer shows it, with your line.
    """

    title = "Digit explorer"
    module = Path(__file__).with_suffix(".js")

    fit = Choice(FIT, "Your drawing is", (FIT, AS_DRAWN))
    width = Slider(2.4, "Pen, in pixels", 1, 5, step=0.1, most=8)
    digit = Choice(ANY, "Test images of")
    answer = Choice(ANY, "taken for")

    def start(self, model=None, x=None, y=None, **controls):
        self._model = small_network() if model is None else model
        if x is None or y is None:
            *_, x, y = load_digits() if inputs_of(self._model) == 64 else load_mnist()
        self._x, y = np.asarray(x, float), np.asarray(y)
        self.side = math.isqrt(len(self._x))
        if self.side**2 != len(self._x):
            raise ValueError(f"DigitExplorer draws square images, 28×28 = 784 pixels or 8×8 = 64, got {len(self._x)}")
        self._y = y.argmax(axis=0) if y.ndim == 2 and len(y) > 1 else y.ravel().astype(int)
        self._ink, self._pen, self.loaded = np.zeros((self.side, self.side)), None, None
        self._taken = False  # whether the sheet holds a photograph
        self._answers, self._image, self._outputs, self._classes = None, None, [], int(self._y.max()) + 1
        with self._guard(), np.errstate(all="ignore"):
            self._certain = self._probabilities(self._x)
            self._classes, self._answers = len(self._certain), self._certain.argmax(axis=0)
        self.options["digit"] = self.options["answer"] = (ANY, *map(str, range(self._classes)))
        super().start(**{"width": 2.4 if self.side > 12 else 1.2} | controls)

    def begin(self):
        self._choose()
        self._load(self.chosen[0] if len(self.chosen) else 0)

    # The network ----------------------------------------------------------------------------------------------

    def _probabilities(self, x):
        with untouched([self._model, *self._parts()] if not hasattr(self._model, "predict") else []):
            output = getattr(self._model, "predict", self._model)(x)
        code = method_of(self._model, "predict" if hasattr(self._model, "predict") else "__call__")
        output = taken(output, name_of(self._model), given=f"x {x.shape}", code=code)
        if output.ndim == 2 and output.shape[1] == x.shape[1] and len(output) <= self._y.max():
            raise BorderError(f"{name_of(self._model)} returned {len(output)} rows, one for each class; the test "
                              f"images have the classes 0 to {self._y.max()}", code)  # fmt: skip
        if output.ndim != 2 or output.shape[1] != x.shape[1]:
            raise BorderError(f"{name_of(self._model)} returned the shape {output.shape} for {x.shape[1]} images: one "
                              "column for each image and one row for each class were expected", code)  # fmt: skip
        return output

    def _parts(self):
        return [part for block in getattr(self._model, "layers", ()) for part in block]

    def _look(self):
        """Send the drawing through the network and keep what every layer made of it."""
        own = self.loaded is not None or self._taken or self.fit == AS_DRAWN
        self._image = self._ink if own else pen.fitted(self._ink)
        value = self._image.reshape(-1, 1)
        with np.errstate(all="ignore"):
            probabilities = self._probabilities(value)
            self._outputs, blocks = [], getattr(self._model, "layers", ())
            with untouched(self._parts()):
                for number, block in enumerate(blocks, start=1):
                    for part in block:
                        value = getattr(part, "predict", part)(value)
                    self._outputs.append((f"layer {number}: {type(block[-1]).__name__}", value))
            self.probabilities = probabilities[:, 0]

    def _choose(self):
        """Which test images are listed: of this digit and with that answer; the surest first."""
        if self._answers is None:
            self.chosen = np.array([], int)
            return
        wanted = np.ones(len(self._y), bool)
        for name, values in (("digit", self._y), ("answer", self._answers)):
            if getattr(self, name) != ANY:
                wanted &= values == int(getattr(self, name))
        if ANY in (self.digit, self.answer):
            wanted &= self._y != self._answers
        chosen = np.flatnonzero(wanted)
        self.chosen = chosen[np.argsort(-self._certain.max(axis=0)[chosen], kind="stable")]

    def _load(self, image):
        self._ink, self._pen, self.loaded = self._x[:, image].reshape(self.side, self.side).copy(), None, int(image)
        self._taken = False
        self._look()

    # What is done to it ---------------------------------------------------------------------------------------

    def changed(self, names):
        if "fit" in names:
            self._look()
        self._choose()

    def photograph(self, source):
        """Put the digit of a photograph on the sheet; `source` as for `read_picture`, whose errors are raised."""
        from widgets.digit_explorer.photograph import read_picture  # Pillow is loaded where a picture is read

        self._ink, self._pen, self.loaded = read_picture(source, self.side).image, None, None
        self._taken = True
        self._look()
        self.show()

    def press(self, name, detail=None):
        """`stroke`: [across, down, 1 if the pen was down on the way] of each point; `clear`; `image`; `cell`;
        `photograph`: a picture's bytes in base64.
        """
        if name == "photograph":
            self.photograph(base64.b64decode(str(detail)[:LONGEST]))
            return
        if name == "clear":
            self._ink, self._pen, self.loaded, self._taken = np.zeros_like(self._ink), None, None, False
        elif name == "stroke":
            if self.loaded is not None or self._taken:  # a new drawing begins: what is there is no part of it
                self._ink, self.loaded, self._taken = np.zeros_like(self._ink), None, False
            for across, down, drawing in detail:
                point = (float(across), float(down))
                pen.draw(self._ink, self._pen if drawing and self._pen else point, point, self.width)
                self._pen = point
        elif name == "image":
            self._load(range(self._x.shape[1])[int(detail)])
        else:
            self.digit, self.answer = {"cell": lambda: map(str, detail)}[name]()
        if name in ("clear", "stroke"):
            self._look()

    def forget(self):
        self._model, self._x, self._outputs = None, None, []

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        if self._image is None or self._answers is None:
            return None
        wrong = int((self._answers != self._y).sum())
        shown = self.chosen[:SHOWN]
        best = int(self.probabilities.argmax())
        return {
            "stats": [["Answer", str(best)], ["Sure", share(self.probabilities[best])],
                      ["Test images wrong", f"{wrong:,} of {len(self._y):,}"]],
            "ink": packed(self._ink), "seen": packed(self._image), "source": self.source(),
            "probabilities": [float(p) for p in np.nan_to_num(self.probabilities)], "best": best,
            "layers": [layer(name, value) for name, value in self._outputs],
            "confusion": {"counts": self._confusion().tolist(), "chosen": [self.digit, self.answer]},
            "images": {
                "pixels": packed(self._x[:, shown].T * 255, "uint8"), "numbers": shown.tolist(),
                "say": [f"{self._y[k]} taken for {self._answers[k]}" for k in shown],
                "sure": [share(self._certain[self._answers[k], k]) for k in shown],
                "about": self._about(len(shown)),
            },
        }  # fmt: skip

    def _confusion(self):
        """How often digit (row) got answer (column)."""
        counts = np.zeros((self._classes, self._classes), int)
        np.add.at(counts, (self._y, self._answers), 1)
        return counts

    def _about(self, shown):
        total = len(self.chosen)
        what = "mistakes" if ANY in (self.digit, self.answer) or self.digit != self.answer else "right answers"
        if not total:
            return f"no {what} here"
        return f"{total} {what}, the surest first" + (f"; {shown} of them" if shown < total else "")

    def source(self):
        """Where the picture comes from, in words."""
        if self.loaded is not None:
            return f"test image {self.loaded}, a {self._y[self.loaded]}"
        if not self._ink.any():
            return "an empty sheet"
        return "your photograph, brought to the centre" if self._taken else f"your drawing, {self.fit}"

    def narrate(self):
        if self._image is None or self._answers is None:
            return "There is no answer: the network did not run."
        first, second = np.argsort(-self.probabilities)[:2]
        said = f"The network sees {self.source()}. It says {first}, with {share(self.probabilities[first], 1)}; "
        said += f"next comes {second}, with {share(self.probabilities[second], 1)}. "
        return said + f"Of {len(self._y):,} test images it gets {int((self._answers != self._y).sum()):,} wrong."


def layer(name, value):
    """A layer's outputs for one image `(units, 1)`, folded into rows so that they make a picture."""
    units = len(value)
    rows = next(rows for rows in range(math.isqrt(units), 0, -1) if units % rows == 0)
    return matrix(name, value.reshape(rows, -1)) | {"shape": [units, 1]}


def inputs_of(model):
    """How many numbers the network's first layer takes, if it says so."""
    weights = getattr(next(iter(next(iter(getattr(model, "layers", ())), ())), None), "weights", None)
    return np.shape(weights)[1] if np.ndim(weights) == 2 else None


def small_network():
    """784-32-10, trained for ten epochs on MNIST's 4,000 training images of the course."""
    x, y, _, _ = load_mnist()
    layers = ((nnlib.Dense(32), nnlib.ReLU()), (nnlib.Dense(10), nnlib.Softmax()))
    model = nnlib.NeuralNetwork(layers, nnlib.CategoricalCrossEntropy(), 0.3, seed=0)
    model.fit(x, one_hot(y), epochs=10, batch_size=64)
    return model
