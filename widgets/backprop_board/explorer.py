"""BackpropBoard: forward and backward of a small network, filled in by hand, box by box.

    BackpropBoard(seed=3)                             # two inputs, two hidden units, one output, round numbers
    BackpropBoard(inputs=3, hidden=[2, 2])            # a larger one: up to three inputs, two layers of three units
    BackpropBoard(dense=MyDense, activation=MyReLU)   # judged by what your own classes say
    BackpropBoard(parameters=[1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1], x=[2, 1], y=1)

Every box is one product of the chain rule: what the step itself does (local) times what arrived from above
(upstream). The right numbers are read off an nnlib network after one forward and one backward pass. The update never
runs: when every gradient is on the board, every weight is still what it was.
"""

from pathlib import Path

import numpy as np

import nnlib
from widgets.backprop_board.boxes import Boxes, agrees, label, names, plain, read
from widgets.backprop_board.slips import slips
from widgets.stage.base import Explorer
from widgets.stage.controls import Sizes, Whole
from widgets.stage.figures import bracketed
from widgets.stage.parts import examined_activation, examined_layer


class BackpropBoard(Explorer):
    """A small network with one example, and a box for every number of its forward and backward pass.

    The loss is the squared error of one example, (output − y)². `dense` and `activation` are classes, nnlib's or your
    own. `parameters` are numbers in the order of the network's flat vector, layer by layer its weights and then its
    biases; with two inputs and two hidden units w11, w12, w21, w22, b1, b2, v1, v2, c. With them go `x`, a number for
    each input, and `y`. Without them `seed` draws round ones. `fill(box, text)` does what typing does. `boxes.py`
    says how the boxes are named.

    Raises ValueError for parameters or an x of another length, and TypeError for a name that is no control. An
    exception in your class is no error here: the board shows it, with your line.
    """

    title = "Backprop board"
    module = Path(__file__).with_suffix(".js")

    seed = Whole(0, "Seed", 0, 9999, help="Another seed is another board, with numbers of its own.")
    inputs = Whole(2, "Inputs", 1, 3)
    hidden = Sizes([2], "Hidden layers, units in each", "Units in hidden layer", low=1, high=3, most=2)

    def start(self, dense=nnlib.Dense, activation=nnlib.ReLU, parameters=None, x=None, y=None, **controls):
        self._parts, self._given = (dense, activation), None
        super().start(**controls)
        if parameters is not None:
            parameters, x = [float(one) for one in parameters], [1] * self.inputs if x is None else x
            count = len(Boxes(self.inputs, self.hidden).parameters)
            if len(parameters) != count or np.shape(x) != (self.inputs,):
                raise ValueError(
                    f"a board with {self.inputs} inputs and hidden={self.hidden} has {count} parameters and an x of "
                    f"{self.inputs} numbers, got {len(parameters)} and an x of shape {np.shape(x)}"
                )
            self._given = (parameters, [float(one) for one in x], 0.0 if y is None else float(y))

    # The numbers ----------------------------------------------------------------------------------------------

    def begin(self):
        """Empty boxes, and the right numbers for them from one forward and one backward pass."""
        self.typed, self._last, self._hinted, self.right, wrong = {}, None, (None, 0), {}, None
        self.boxes = boxes = Boxes(self.inputs, self.hidden)
        self.formulas = boxes.formulas
        parameters, x, y = self._given or boxes.drawn(self.seed)
        self.given = dict(zip((*boxes.parameters, *boxes.names, "y"), (*parameters, *x, y), strict=True))
        try:
            examined_layer(self._parts[0]), examined_activation(self._parts[1])
            self.model = boxes.network(*self._parts, parameters)
            self.right = boxes.worked_out(self.model, x, y)
        except Exception as error:
            wrong = error
        self.tell(wrong)

    def changed(self, names):
        self._given = None
        self.begin()

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
        if box not in self.formulas:
            raise ValueError(f"the boxes are {', '.join(self.formulas)}, got {box!r}")
        self.typed[box], self._last = str(text).strip()[:40], box
        self.show()

    def disabled(self):
        return () if self.next and self.right else ("hint",)

    @property
    def next(self):
        """The first box, in the order of the two passes, that is not right yet; None when all are."""
        return next((box for box in self.formulas if not self._is_right(box)), None)

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
        """What makes this wrong number, or what the right one is made with."""
        said = slips(box, number, self.formulas[box], self.given | self.right)
        if said:
            return " Or: ".join(said) if len(said) < 3 else "More than one slip gives this number."
        if box == self.next:
            return "Ask for a hint if you like."
        missing = next((part for part in self._names(box) if part in self.formulas and not self._is_right(part)), None)
        if missing:
            state = "not right" if self.typed.get(missing) else "still empty"
            return f"It is made with {label(missing)}, which is {state}."
        return f"It is made with {' and '.join(map(label, self._names(box)))}."

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        boxes = {}
        for box in self.formulas:
            state, note = self.judge(box)
            given = f"{label(box[5:])} = {plain(self.given[box[5:]])}" if box[5:] in self.given else ""
            boxes[box] = {"label": label(box), "typed": self.typed.get(box, ""), "state": state, "note": note,
                          "given": given, "size": self.given.get(box[5:])}  # fmt: skip
        good = sum(box["state"] == "right" for box in boxes.values())
        inputs = [f"{label(name)} = {plain(self.given[name])}" for name in self.boxes.names]
        return {
            "stats": [["Right", f"{good} of {len(boxes)}"]],
            "inputs": inputs, "target": f"y = {plain(self.given['y'])}", "boxes": boxes, "next": self.next,
            "columns": [[{"name": name, "boxes": names} for name, names in cards] for cards in self.boxes.columns],
            "hint": self.hint(),
        }  # fmt: skip

    def hint(self):
        """The formula of the box that was asked about; at the second press with its numbers."""
        box, level = self._hinted
        if box is None or box != self.next or not self.right:
            return ""
        told = f"{label(box)} = " + self.formulas[box].format_map({name: label(name) for name in self._names(box)})
        if level == 2:
            numbers = {name: bracketed((self.given | self.right)[name], plain) for name in self._names(box)}
            told += " = " + self.formulas[box].format_map(numbers)
        return told

    def _names(self, box):
        return names(self.formulas[box])

    def narrate(self):
        if not self.right:
            return "The numbers of this board could not be worked out."
        good = sum(map(self._is_right, self.formulas))
        said = [self.judge(self._last)[1]] if self._last else []
        if self.next:
            said.append(f"{good} of {len(self.formulas)} boxes are right. The next one is {label(self.next)}.")
        else:
            now = [plain(one) for one in self.model.parameters]
            said.append(f"All {len(self.formulas)} boxes are right. Every gradient is known, and no weight has moved: "
                        f"the {len(now)} parameters are {', '.join(now)}, as at the start.")  # fmt: skip
        return " ".join(one for one in said if one)
