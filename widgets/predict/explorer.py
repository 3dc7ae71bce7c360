"""Predict: a gate before an explorer. First a prediction, then what is behind it.

    Predict("Which rate arrives soonest?", choose=["0.1", "0.5", "0.9"], explorer=DescentExplorer(steps=20))
    Predict("How many steps?", number="steps", truth=12)                       # typed; says how far off it is
    Predict("How many weights?", number="weights", truth=54465, scale="ratio")    # "3 times too many"
    Predict("What will the loss do?", sketch=("epoch", 1, 50, "loss", 0, 1), truth=lambda: history.loss)

Nothing behind the gate is shown before: the explorer has no view, and where a function or a class is given in its place
nothing of it has been computed. A prediction stands once it has been made; afterwards nobody predicts.
"""

import inspect
from pathlib import Path
from string import ascii_lowercase

import numpy as np

from widgets.stage.base import Explorer
from widgets.stage.browser import packed
from widgets.stage.controls import as_number
from widgets.stage.kernel import leave_cell

COLUMNS, POINTS = 51, 201  # places along x that a sketch has, and that the true curve has
LEVELS = (50, 60, 70, 80, 90, 100)  # how sure, in percent: less than 50 would speak for the contrary
STEP = 0.02  # of the height: an arrow key


class Predict(Explorer):
    """A question with one kind of answer, and what follows when it has been given.

    - `choose`: several texts, or a dictionary `{letter: text}`. `truth`, if given, is one letter.
    - `number`: a number to be typed; the text given is its unit. `truth` is the right one. How far off the guess is, is
      told as a difference, or with `scale="ratio"` as a factor. It is right within `tolerance`: an amount, or a factor;
      by default a tenth of the truth.
    - `sketch`: a curve to be drawn, `(x name, from, to, y name, from, to)`. `truth` is a function of x, or an array of
      heights evenly spaced from left to right. The distance is the mean of |sketch − truth| over x, in units of y.
      With `tolerance` given, a sketch that is no further off on average is right.

    `truth` may also be a function without arguments, called when the prediction has been made. `explorer` is an
    explorer or a widget, or a class or function without arguments that makes one then. `confidence=False` does not ask
    how sure one is. `record(prediction)` is told `answer`, `sure` (percent, or None) and `right` (or None); what it
    returns, sentences, is shown. `answer` and `sure` are a prediction that has been made already.

    Raises TypeError unless exactly one of `choose`, `number` and `sketch` is given; ValueError for a truth that is none
    of the choices, an axis that does not rise, an unknown scale, and numbers that have no ratio.
    """

    title = "Predict first"
    module = Path(__file__).with_suffix(".js")

    def start(self, question, explorer=None, choose=None, number=None, sketch=None, truth=None, scale="difference",
              tolerance=None, confidence=True, record=None, title=None, answer=None, sure=None, help=""):  # fmt: skip
        asked = {"choose": choose, "number": number, "sketch": sketch}
        given = [kind for kind, value in asked.items() if value is not None]
        if len(given) != 1:
            raise TypeError(f"Predict takes one of choose=, number= and sketch=, got {' and '.join(given) or 'none'}")
        (self.kind,) = given
        self.question, self.title, self.help = question, title or self.title, help
        self.scale, self.tolerance, self.record = scale, tolerance, record
        self.unit, self.axes = number, sketch
        self._truth, self._made_of = truth, explorer
        self._prepare(choose)
        self.asks_sure = bool(confidence) and (self.kind != "sketch" or tolerance is not None)
        self.answer, self.sure, self.column = None, None, None
        self.drawn = np.full(COLUMNS, np.nan)
        self.made, self.right, self.told, self.true_curve, self.true_answer = False, None, (), None, None
        self.explorer = self.shown = None
        if answer is not None:
            self.answer, self.sure = self._checked_letter(answer) if choose is not None else answer, sure
            self._commit(record=False)

    def _prepare(self, choose):
        """Check what was asked for; nothing of the truth is computed yet."""
        if self.kind == "choose":
            letters = choose if isinstance(choose, dict) else dict(zip(ascii_lowercase, choose, strict=False))
            self.choices = {str(letter): str(text) for letter, text in letters.items()}
            if len(self.choices) < 2:
                raise ValueError(f"there are at least two things to choose from, got {len(self.choices)}")
            if isinstance(self._truth, str):
                self._checked_letter(self._truth)
        elif self.kind == "number":
            if self.scale not in ("difference", "ratio"):
                raise ValueError(f'scale is "difference" or "ratio", got {self.scale!r}')
        else:
            if len(self.axes) != 6:
                raise ValueError(f"sketch is (x name, from, to, y name, from, to), got {self.axes!r}")
            _, left, right, _, low, high = self.axes
            if not (left < right and low < high):
                raise ValueError(f"an axis goes from a smaller to a larger number, got {left, right} and {low, high}")
            if self._truth is None:
                raise TypeError("a sketch needs a truth to be compared with")

    # The answer -----------------------------------------------------------------------------------------------

    def press(self, name, detail=None):
        """Choose, type, draw, say how sure; `commit` makes the prediction. After that only the explorer is there."""
        if self.made:
            return
        if name == "commit":
            if name not in self.disabled():
                self._commit()
        elif name == "sure":
            self.sure = detail if detail in LEVELS else None
        elif name == "choose" and self.kind == "choose":
            self.answer = self._checked_letter(detail)
        elif name == "number" and self.kind == "number":
            self.answer = None if detail == "" else as_number(detail, "Your guess")
        elif self.kind == "sketch" and name in ("draw", "column by", "height by", "clear"):
            self._sketch(name, detail)
        else:
            raise ValueError(f"this prediction is made with {self.kind}, got {name!r}")

    def _checked_letter(self, letter):
        if letter not in self.choices:
            raise ValueError(f"the choices are {', '.join(self.choices)}, got {letter!r}")
        return letter

    def _sketch(self, name, detail):
        _, left, right, _, low, high = self.axes
        if name == "clear":
            self.drawn[:], self.column = np.nan, None
        elif name == "draw":
            points = np.array(detail, dtype=float).reshape(-1, 2)
            points = points[np.isfinite(points).all(axis=1)]
            places = np.clip((points[:, 0] - left) / (right - left), 0, 1) * (COLUMNS - 1)
            heights, self.column = np.clip(points[:, 1], low, high), None
            for place, height in zip(places, heights, strict=True):
                self.drawn[round(place)] = height
            for k in range(1, len(points)):
                two = sorted(zip(places[k - 1 : k + 1], heights[k - 1 : k + 1], strict=True))
                for column in range(int(np.ceil(two[0][0])), int(two[1][0]) + 1):
                    self.drawn[column] = np.interp(column, *zip(*two, strict=True))
        elif name == "column by":
            self.column = min(COLUMNS - 1, max(0, (0 if self.column is None else self.column) + int(detail)))
        else:
            self.column = self.column or 0
            height = self._height(self.column) + float(detail) * STEP * (high - low)
            self.drawn[self.column] = min(high, max(low, height))
        self.answer = self.curve() if np.isfinite(self.drawn).sum() > 1 else None

    def curve(self):
        """The sketch at every column: straight between the places that were drawn, level beyond the first and last."""
        there = np.flatnonzero(np.isfinite(self.drawn))
        return np.interp(np.arange(COLUMNS), there, self.drawn[there])

    def _height(self, column):
        """Where the sketch is at a column; half-way up as long as nothing is drawn."""
        _, _, _, _, low, high = self.axes
        return float(self.curve()[column]) if np.isfinite(self.drawn).any() else (low + high) / 2

    # Behind the gate ------------------------------------------------------------------------------------------

    def _commit(self, record=True):
        """The truth and the explorer first: if one of them fails, the prediction can still be made."""
        if self._truth is not None or self.kind == "number":
            self.right, beside = {"choose": self._chose, "number": self._guessed, "sketch": self._drew}[self.kind]()
        else:
            self.right, beside = None, []
        if self._made_of is not None:
            made = self._made_of
            made = made() if callable(made) else made
            self.explorer = made if hasattr(made, "model_id") else None
            self.shown = None if self.explorer is not None else str(made)
            leave_cell(self.explorer)
        self.made, self.told = True, beside
        if record and self.record is not None:
            answer = self.answer.tolist() if self.kind == "sketch" else self.answer
            said = self.record({"answer": answer, "sure": self.sure, "right": self.right})
            self.told = [*beside, *(said or ())]

    def _value(self):
        """The truth, now that it may be known."""
        return self._truth() if callable(self._truth) and not takes_x(self._truth) else self._truth

    def _chose(self):
        self.true_answer = self._checked_letter(self._value())
        right = self.answer == self.true_answer
        return right, ["You predicted it." if right else "It came otherwise."]

    def _guessed(self):
        value = self._value()
        if value is None:
            return None, []
        guess, truth = self.answer, as_number(value, "The truth")
        self.true_answer = truth
        if self.scale == "difference":
            off = guess - truth
            allowed = abs(truth) / 10 if self.tolerance is None else self.tolerance
            right, far = abs(off) <= allowed, f"{plain(abs(off))} too {'high' if off > 0 else 'low'}"
        else:
            if guess <= 0 or truth <= 0:
                raise ValueError(f"a ratio compares numbers above 0, got {guess:g} and {truth:g}")
            off = guess / truth
            right = max(off, 1 / off) <= (1.1 if self.tolerance is None else self.tolerance)
            far = f"{plain(max(off, 1 / off))} times too {'large' if off > 1 else 'small'}"
        exact = guess == truth
        return right, ["Exactly." if exact else f"{'Near enough: ' if right else ''}{far}.".capitalize()]

    def _drew(self):
        x_name, left, right, y_name, _, _ = self.axes
        x = np.linspace(left, right, POINTS)
        truth = self._truth(x) if callable(self._truth) and takes_x(self._truth) else self._value()
        truth = np.asarray(truth, dtype=float)
        if truth.ndim != 1 or len(truth) < 2 or not np.isfinite(truth).any():
            raise ValueError(f"the true curve is a row of at least two numbers, got shape {truth.shape}")
        self.true_curve = np.interp(x, np.linspace(left, right, len(truth)), truth)
        sketch = np.interp(x, np.linspace(left, right, COLUMNS), self.answer)
        apart = np.abs(sketch - self.true_curve)
        most, there = int(np.nanargmax(apart)), np.isfinite(apart)
        width = np.where((x == left) | (x == right), 0.5, 1.0)  # half of what a place at an end stands for is outside
        self.apart = mean = float(np.average(apart[there], weights=width[there]))
        says = [
            f"On average your curve is {plain(mean)} away ({y_name}).",
            f"They differ most at {x_name} {plain(x[most])}: you drew {plain(sketch[most])}, it is "
            f"{plain(self.true_curve[most])}.",
        ]
        return None if self.tolerance is None else mean <= self.tolerance, says

    def disabled(self):
        if self.made:
            return ("commit", "clear")
        return () if self.answer is not None else ("commit",)

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        typed = self.kind == "number" and self.answer is not None
        return {
            "stats": [], "kind": self.kind, "question": self.question, "made": self.made,
            "options": [[letter, text] for letter, text in self.choices.items()] if self.kind == "choose" else [],
            "chosen": self.answer if self.kind == "choose" else None,
            "unit": self.unit or "", "number": f"{self.answer:.10g}" if typed else "",
            "plot": self._plot() if self.kind == "sketch" else None,
            "asks": self.asks_sure and not self.made, "levels": list(LEVELS),
            "sure": self.sure, "beside": self._beside(), "says": list(self.told) if self.made else [],
            "inner": self.explorer.model_id if self.explorer is not None else None, "shown": self.shown,
        }  # fmt: skip

    def _beside(self):
        """What was predicted, and beside it what came."""
        if not self.made or self.kind == "sketch":
            return []
        sure = "" if self.sure is None else f", {self.sure} % sure"
        rows = [["You predicted", self._in_full(self.answer) + sure]]
        return rows if self.true_answer is None else [*rows, ["It was", self._in_full(self.true_answer)]]

    def _in_full(self, answer):
        if self.kind == "choose":
            return " – ".join(filter(None, [answer, self.choices[answer]]))
        return f"{plain(answer)} {self.unit}".strip()

    def _plot(self):
        x_name, left, right, y_name, low, high = self.axes
        there = np.flatnonzero(np.isfinite(self.drawn))
        drawn = np.full(COLUMNS, np.nan)
        if len(there):
            drawn[there[0] : there[-1] + 1] = self.curve()[there[0] : there[-1] + 1]
        if self.made:
            drawn = self.answer
        curves = [{"name": "your sketch", "look": 1, "values": packed(drawn)}]
        if self.true_curve is not None:
            curves.append({"name": "what happened", "look": 0, "values": packed(self.true_curve)})
        at = None if self.column is None or self.made else left + (right - left) * self.column / (COLUMNS - 1)
        dots = [] if at is None else [[at, self._height(self.column), 1]]
        if at is None and len(there) == 1:
            dots = [[left + (right - left) * int(there[0]) / (COLUMNS - 1), float(self.drawn[there[0]]), 1]]
        return {"x": [left, right], "y": [low, high], "name": x_name, "upward": y_name, "at": at, "curves": curves,
                "dots": dots}  # fmt: skip

    def narrate(self):
        if self.made:
            beside = [f"{name}: {value}." for name, value in self._beside()]
            return " ".join([*beside, *self.told]) or "Your prediction stands."
        if self.kind == "sketch" and self.column is not None:
            x_name, left, right, y_name, _, _ = self.axes
            x = left + (right - left) * self.column / (COLUMNS - 1)
            there = "" if np.isfinite(self.drawn[self.column]) else ", not drawn yet"
            return f"{x_name} {plain(x)}: {y_name} {plain(self._height(self.column))}{there}."
        behind = "the explorer opens" if self._made_of is not None else "you see what happened"
        alone = self._made_of is None and self._truth is None
        return "Make your prediction." if alone else f"Make your prediction, then {behind}."

    def in_words(self):
        mark = "✓ NOTED" if self.made else "○ NOT ATTEMPTED"
        said = self.narrate() if self.made else self.help
        return " ".join(filter(None, [f"{mark}  {self.title}.", self.question, said]))

    def forget(self):
        inner = self.explorer or (self._made_of if hasattr(self._made_of, "model_id") else None)
        if inner is not None:
            inner.close()
        self.explorer = self._made_of = self._truth = None


def takes_x(function):
    """Whether a function must be given an argument."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # some of NumPy's have no signature; they are functions of x
        return True
    return any(one.default is one.empty and one.kind < one.VAR_POSITIONAL for one in parameters)


def plain(number):
    """Three figures, those of a large number in full, and a real minus sign."""
    text = f"{number:,.0f}" if 100 <= abs(number) < 1e9 else f"{number:.3g}"
    return text.replace("-", "−")
