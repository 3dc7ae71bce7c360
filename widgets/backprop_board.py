"""BackpropBoard: forward and backward of a small network, filled in by hand, box by box.

    BackpropBoard(seed=3)                             # two inputs, two hidden units, one output, round numbers
    BackpropBoard(dense=MyDense, activation=MyReLU)   # judged by what your own classes say
    BackpropBoard(parameters=[1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1], x=[2, 1], y=1)

Every box is one product of the chain rule: what the step itself does (local) times what arrived from above
(upstream). The right numbers are read off an nnlib network after one forward and one backward pass. The update never
runs: when every gradient is on the board, every weight is still what it was.
"""

import re
from fractions import Fraction

import numpy as np

import nnlib
from widgets.base import Explorer
from widgets.controls import Whole
from widgets.failure import explain

PARAMETERS = ("w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c")  # the order of nnlib's flat vector
LOW = str.maketrans("12", "₁₂")
FORMULAS = {
    "z1": "{w11} · {x1} + {w12} · {x2} + {b1}",
    "a1": "the activation of {z1}",
    "z2": "{w21} · {x1} + {w22} · {x2} + {b2}",
    "a2": "the activation of {z2}",
    "output": "{v1} · {a1} + {v2} · {a2} + {c}",
    "loss": "({output} − {y})²",
    "grad_output": "2 · ({output} − {y})",
    "grad_v1": "{grad_output} · {a1}",
    "grad_v2": "{grad_output} · {a2}",
    "grad_c": "{grad_output} · 1",
    "grad_a1": "{grad_output} · {v1}",
    "grad_z1": "{grad_a1} · the slope of the activation at {z1}",
    "grad_w11": "{grad_z1} · {x1}",
    "grad_w12": "{grad_z1} · {x2}",
    "grad_b1": "{grad_z1} · 1",
    "grad_a2": "{grad_output} · {v2}",
    "grad_z2": "{grad_a2} · the slope of the activation at {z2}",
    "grad_w21": "{grad_z2} · {x1}",
    "grad_w22": "{grad_z2} · {x2}",
    "grad_b2": "{grad_z2} · 1",
}
CARDS = (
    ("Hidden unit 1", ("z1", "a1", "grad_a1", "grad_z1", "grad_w11", "grad_w12", "grad_b1")),
    ("Hidden unit 2", ("z2", "a2", "grad_a2", "grad_z2", "grad_w21", "grad_w22", "grad_b2")),
    ("Output unit", ("output", "grad_output", "grad_v1", "grad_v2", "grad_c")),
    ("Loss", ("loss",)),
)


class BackpropBoard(Explorer):
    """A 2-2-1 network with one example and a box for every number of its forward and backward pass.

    The loss is the squared error of one example, (output − y)². `dense` and `activation` are classes, nnlib's or your
    own. `parameters` are nine numbers in the order w11, w12, w21, w22, b1, b2, v1, v2, c, with `x` two numbers and
    `y` one; without them `seed` draws round ones. `fill(box, text)` does what typing does.

    Raises ValueError for parameters or an x of another length, and TypeError for a name that is no control. An
    exception in your class is no error here: the board shows it, with your line.
    """

    title = "Backprop board"
    module = "backprop_board.js"

    seed = Whole(0, "Seed", 0, 9999, help="Another seed is another board, with numbers of its own.")

    def start(self, dense=nnlib.Dense, activation=nnlib.ReLU, parameters=None, x=None, y=None, **controls):
        self._parts, self._given = (dense, activation), None
        if parameters is not None:
            parameters, x = [float(one) for one in parameters], [1, 1] if x is None else x
            if len(parameters) != 9 or np.shape(x) != (2,):
                raise ValueError("a board has nine parameters and an x of two numbers, got "
                                 f"{len(parameters)} and an x of shape {np.shape(x)}")  # fmt: skip
            self._given = (parameters, [float(one) for one in x], 0.0 if y is None else float(y))
        super().start(**controls)
        self._begin_board()

    # The numbers ----------------------------------------------------------------------------------------------

    def _begin_board(self):
        """Empty boxes, and the right numbers for them from one forward and one backward pass."""
        self.typed, self._last, self._hinted, self.right, self._told = {}, None, (None, 0), {}, None
        parameters, x, y = self._given or drawn(self.seed)
        self.given = dict(zip(PARAMETERS, parameters, strict=True)) | {"x1": x[0], "x2": x[1], "y": y}
        try:
            self.model = network(*self._parts, parameters)
            self.right = worked_out(self.model, x, y)
        except Exception as error:
            self.failure = self._told = explain(error)

    def changed(self, names):
        self._given = None
        self._begin_board()

    def press(self, name, detail=None):
        """A box was filled (`detail` is its name and text), or one of the three buttons was pressed."""
        self.failure = self._told  # a class that gives no numbers is told of until another board is begun
        if name == "fill":
            self.fill(*detail)
        elif name == "hint":
            self._last = None
            self._hinted = (self.next, 2 if self.next == self._hinted[0] else 1)
        elif name == "new":
            self.seed = (self.seed + 1) % 10000
        elif name == "clear":
            self.typed, self._last, self._hinted = {}, None, (None, 0)
        else:
            raise ValueError(f"the board has no button {name!r}")

    def fill(self, box, text):
        """Write `text` into a box: "0.75", ".7500", "3/4" and a rounding to two places or more are all read."""
        if box not in FORMULAS:
            raise ValueError(f"the boxes are {', '.join(FORMULAS)}, got {box!r}")
        self.typed[box], self._last = str(text).strip()[:40], box
        self.show()

    def disabled(self):
        return () if self.next and self.right else ("hint",)

    @property
    def next(self):
        """The first box, in the order of the two passes, that is not right yet; None when all are."""
        return next((box for box in FORMULAS if not self._is_right(box)), None)

    def _is_right(self, box):
        number, places = read(self.typed.get(box, ""))
        return bool(self.right) and number is not None and agrees(number, places, self.right[box])

    def judge(self, box):
        """(state, note) of a box: "empty", "right", "wrong" or "unread", and what to say of it."""
        text = self.typed.get(box, "")
        if not text or not self.right:
            return "empty", ""
        if self._is_right(box):
            return "right", f"{label(box)} = {text} is right."
        number, _ = read(text)
        if number is None:
            return "unread", f"{label(box)}: {text!r} is not read as a number. Write it like −0.75 or 3/4."
        return "wrong", f"{label(box)} = {text} is not right. {self._slip(box, number)}"

    def _slip(self, box, number):
        """The likely cause of a wrong number, without the right one."""
        if np.isclose(number, -self.right[box]):
            return "The size is right, the sign is not."
        if box == "grad_output" and np.isclose(2 * number, self.right[box]):
            return "The slope of a square has a 2 in front."
        for part in re.findall(r"{(\w+)}", FORMULAS[box]):
            if np.isclose(number, (self.given | self.right)[part]):
                return f"That is {label(part)} alone; something is still to be done with it."
        return "Ask for a hint if you like." if box == self.next else f"Is {label(self.next)} right, before it?"

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        boxes = {}
        for box in FORMULAS:
            state, note = self.judge(box)
            boxes[box] = {"label": label(box), "typed": self.typed.get(box, ""), "state": state, "note": note,
                          "given": f"{label(box[5:])} = {plain(self.given[box[5:]])}" if box[5:] in self.given else ""}
        good = sum(box["state"] == "right" for box in boxes.values())
        inputs = [f"{label(name)} = {plain(self.given[name])}" for name in ("x1", "x2")]
        return {
            "stats": [["Right", f"{good} of {len(boxes)}"]],
            "inputs": inputs, "target": f"y = {plain(self.given['y'])}", "boxes": boxes, "next": self.next,
            "cards": [{"name": name, "boxes": list(names)} for name, names in CARDS], "hint": self.hint(),
        }  # fmt: skip

    def hint(self):
        """The formula of the box that was asked about; at the second press with its numbers."""
        box, level = self._hinted
        if box is None or box != self.next or not self.right:
            return ""
        told = f"{label(box)} = " + FORMULAS[box].format_map({name: label(name) for name in self._names(box)})
        if level == 2:
            numbers = {name: bracketed((self.given | self.right)[name]) for name in self._names(box)}
            told += " = " + FORMULAS[box].format_map(numbers)
        return told

    def _names(self, box):
        return re.findall(r"{(\w+)}", FORMULAS[box])

    def narrate(self):
        if not self.right:
            return "The numbers of this board could not be worked out."
        good = sum(map(self._is_right, FORMULAS))
        said = [self.judge(self._last)[1]] if self._last else []
        if self.next:
            said.append(f"{good} of {len(FORMULAS)} boxes are right. The next one is {label(self.next)}.")
        else:
            now = [plain(one) for one in self.model.parameters]
            said.append(f"All {len(FORMULAS)} boxes are right. Every gradient is known, and no weight has moved: the "
                        f"nine parameters are {', '.join(now)}, as at the start.")  # fmt: skip
        return " ".join(one for one in said if one)


def network(dense, activation, parameters):
    """A 2-2-1 network with these nine numbers."""
    blocks = ((dense(2), activation()), (dense(1),))
    model = nnlib.NeuralNetwork(blocks, nnlib.MeanSquaredError(), learning_rate=0.1, seed=0).build(2)
    model.parameters[:] = parameters
    return model


def worked_out(model, x, y):
    """Every box's number, read off `model` after its forward and its backward pass for one example."""
    labels = np.array([[y]])
    model(np.array(x)[:, np.newaxis])
    model.training_loss(labels)
    model.backward_step(labels)
    hidden, bend, last = model.places
    found = {"output": last.output, "loss": model.loss_value, "grad_output": last.grad_output}
    found |= {"grad_c": last.part.grad_bias}
    for k in (0, 1):
        unit = str(k + 1)
        found |= {f"z{unit}": hidden.output[k], f"a{unit}": bend.output[k], f"grad_a{unit}": bend.grad_output[k],
                  f"grad_z{unit}": hidden.grad_output[k], f"grad_b{unit}": hidden.part.grad_bias[k],
                  f"grad_v{unit}": last.part.grad_weights[0, k]}  # fmt: skip
        found |= {f"grad_w{unit}{j + 1}": hidden.part.grad_weights[k, j] for j in (0, 1)}
    return {name: float(np.asarray(value).item()) for name, value in found.items()}


def drawn(seed):
    """Round numbers for a board on which something happens: a unit is on, none is at its bend, the answer is off."""
    rng = np.random.default_rng(seed)
    halves = np.array([-2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2])
    while True:
        parameters, x = rng.choice(halves, 9).tolist(), rng.choice([-2, -1, 1, 2, 3], 2).astype(float).tolist()
        y = float(rng.integers(-1, 3))
        right = worked_out(network(nnlib.Dense, nnlib.ReLU, parameters), x, y)
        if right["z1"] and right["z2"] and max(right["a1"], right["a2"]) > 0 and 0 < right["loss"] <= 100:
            return parameters, x, y


def read(text):
    """(number, decimal places) of "0.75", ".75", "−3", "3/4" or "0,75"; (None, 0) for anything else."""
    text = text.replace("−", "-").replace(",", ".").replace(" ", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(/(\d+\.?\d*|\.\d+))?", text, re.ASCII):
        return None, 0
    above, _, below = text.partition("/")
    if below and not Fraction(below):
        return None, 0
    return float(Fraction(above) / Fraction(below or 1)), 0 if below else len(above.partition(".")[2])


def agrees(number, places, right):
    """Whether `number` is `right`, or `right` rounded to the places that were written, if they are two or more."""
    off = abs(number - right)
    rounded = places >= 2 and off <= 0.5000001 * 10**-places and off <= 0.05 * abs(right)
    return bool(off <= 1e-9 * max(1.0, abs(right)) or rounded)


def label(name):
    """A box's name as it is written on the board: grad_w11 is "grad w₁₁"."""
    return name.replace("_", " ").translate(LOW)


def plain(number):
    return f"{float(number) + 0.0:.6g}".replace("-", "−")


def bracketed(number):
    return plain(number) if number >= 0 else f"({plain(number)})"
