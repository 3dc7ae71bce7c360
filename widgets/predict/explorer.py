"""Predict: a gate before an explorer. First a prediction, then what is behind it.

    Predict("Which rate arrives soonest?", choose=["0.1", "0.5", "0.9"], explorer=DescentExplorer(steps=20))
    Predict("How many steps?", number="steps", truth=12)                       # typed; says how far off it is
    Predict("How many weights?", number="weights", truth=54465, scale="ratio")    # "3 times too many"
    Predict("What will the loss do?", sketch=("epoch", 1, 50, "loss", 0, 1), truth=lambda: history.loss)

Nothing behind the gate is shown before: the explorer has no view, and where a function or a class is given in its place
nothing of it has been computed. A prediction stands once it has been made; afterwards nobody predicts.
"""

from pathlib import Path
from string import ascii_lowercase

from widgets.predict.sketch import Sketch, takes_x
from widgets.stage.base import Explorer
from widgets.stage.controls import as_number
from widgets.stage.kernel import leave_cell

LEVELS = (50, 60, 70, 80, 90, 100)  # how sure, in percent: less than 50 would speak for the contrary


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
        self.unit, self.sketch = number, None if sketch is None else Sketch(sketch)
        self._truth, self._made_of = truth, explorer
        self._prepare(choose)
        self.asks_sure = bool(confidence) and (self.kind != "sketch" or tolerance is not None)
        self.answer, self.sure = None, None
        self.made, self.right, self.told, self.true_answer = False, None, (), None
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
        elif self._truth is None:
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
            sketch = self.sketch
            acts = {"draw": sketch.draw, "column by": sketch.along, "height by": sketch.raised}
            sketch.clear() if name == "clear" else acts[name](detail)
            self.answer = sketch.curve()
        else:
            raise ValueError(f"this prediction is made with {self.kind}, got {name!r}")

    def _checked_letter(self, letter):
        if letter not in self.choices:
            raise ValueError(f"the choices are {', '.join(self.choices)}, got {letter!r}")
        return letter

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
        self.apart, x, drawn, true = self.sketch.against(self._truth, self.answer)
        says = [
            f"On average your curve is {plain(self.apart)} away ({self.sketch.y_name}).",
            f"They differ most at {self.sketch.x_name} {plain(x)}: you drew {plain(drawn)}, it is {plain(true)}.",
        ]
        return None if self.tolerance is None else self.apart <= self.tolerance, says

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
            "plot": self.sketch.plot(self.answer if self.made else None) if self.sketch else None,
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

    def narrate(self):
        if self.made:
            beside = [f"{name}: {value}." for name, value in self._beside()]
            return " ".join([*beside, *self.told])
        if self.sketch and self.sketch.column is not None:
            return self._at_the_keys(self.sketch, self.sketch.column)
        behind = "the explorer opens" if self._made_of is not None else "you see what happened"
        alone = self._made_of is None and self._truth is None
        return "Make your prediction." if alone else f"Make your prediction, then {behind}."

    def _at_the_keys(self, sketch, column):
        there = "" if sketch.is_drawn(column) else ", not drawn yet"
        x, height = plain(sketch.x(column)), plain(sketch.height(column))
        return f"{sketch.x_name} {x}: {sketch.y_name} {height}{there}."

    def in_words(self):
        mark = "✓ NOTED" if self.made else "○ NOT ATTEMPTED"
        said = self.narrate() if self.made else self.help
        title = self.title if self.title[-1:] in "?!." else f"{self.title}."
        return " ".join(filter(None, [f"{mark}  {title}", self.question, said]))

    def forget(self):
        inner = self.explorer or (self._made_of if hasattr(self._made_of, "model_id") else None)
        if inner is not None:
            inner.close()
        self.explorer = self._made_of = self._truth = None


def plain(number):
    """Three figures, those of a large number in full, and a real minus sign."""
    text = f"{number:,.0f}" if 100 <= abs(number) < 1e9 else f"{number:.3g}"
    return text.replace("-", "−")
