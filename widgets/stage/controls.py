"""Controls: traits of an explorer that the browser draws as a labelled field.

A control is an ordinary trait with a `describe()` that says how to draw it. Set it in Python
(`explorer.learning_rate = 0.1`) or in the browser: both take the same way, and both are checked here.
"""

import math
import numbers

import numpy as np
import traitlets


class Control:
    """What every control shares: the label beside the field and, if wanted, one sentence of help.

    `explorer.labels[name]`, where given, replaces the label for one explorer.

    Source: traitlets' own `TraitType`, of which each control is a subclass too.
    """

    kind = None
    told = ()  # which of its attributes the browser hears of too

    def __init__(self, default, label, help="", **options):
        super().__init__(default, **options)
        self.label, self.hint = label, help

    def describe(self, explorer):
        """The control as plain values, for the browser."""
        label = explorer.labels.get(self.name, self.label)
        told = {name: getattr(self, name) for name in self.told}
        return {"name": self.name, "kind": self.kind, "label": label, "help": self.hint} | told

    def read(self, value):
        """The trait's value for what the browser sent; a ValueError says what was expected."""
        return value

    def validate(self, explorer, value):
        """The same for what was set, in the browser or in Python; traitlets asks for it."""
        return self.read(value)

    def some(self, explorer):
        """A few values that show what the control does, for a replay; the base has none."""
        return ()


def exactly(number):
    """In as few digits as it takes: 0.999999999999 is not 1."""
    return next(text for digits in range(6, 18) if float(text := f"{number:.{digits}g}") == number)


class Slider(Control, traitlets.Float):
    """A number from `low` to `high`, moved by a slider or typed into the field beside it.

    With `log=True` the slider moves by factors, and `low` must be positive. A typed number may lie outside
    the slider's range as long as it is within `least` … `most` (the slider's own ends, if not given).
    """

    kind = "slider"
    told = ("low", "high", "step", "log", "least", "most")

    def __init__(self, default, label, low, high, step=None, log=False, least=None, most=None, help=""):
        super().__init__(default, label, help)
        self.low, self.high, self.log = low, high, log
        self.step = step if step is not None else (high - low) / 100
        self.least, self.most = low if least is None else least, high if most is None else most

    def read(self, value):
        number = as_number(value, self.label)
        if not self.least <= number <= self.most:
            least, most, got = map(exactly, (self.least, self.most, number))
            raise traitlets.TraitError(f"{self.label} goes from {least} to {most}, got {got}")
        return number

    def some(self, explorer):
        """Five places from end to end."""
        ends = np.geomspace if self.log else np.linspace
        return [float(f"{value:.3g}") for value in ends(self.low, self.high, 5)]


class Whole(Slider):
    """A whole number, typed or stepped: a seed, a count."""

    kind = "whole"

    def __init__(self, default, label, low, high, help=""):
        super().__init__(default, label, low, high, step=1, help=help)

    def read(self, value):
        number = super().read(value)
        if number != int(number):
            raise traitlets.TraitError(f"{self.label} is a whole number, got {number:g}")
        return int(number)

    def some(self, explorer):
        return list(range(int(self.low), int(self.high) + 1)[:4])


class Text(Control, traitlets.Unicode):
    """One line that is typed; `check(text)` raises ValueError for what is not taken, and the field keeps what stands
    in it to be mended.
    """

    kind = "text"

    def __init__(self, default, label, check, help=""):
        super().__init__(default, label, help)
        self.check = check

    def read(self, value):
        if not isinstance(value, str):
            raise traitlets.TraitError(f"{self.label} is a text, got {value!r}")
        try:
            self.check(value)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return value


class OfNames(Control):
    """A control with names to choose from. `explorer.options[name]` replaces `options` for one explorer."""

    def __init__(self, default, label, options=(), help=""):
        super().__init__(default, label, help)
        self.options = tuple(options)

    def allowed(self, explorer):
        return tuple(explorer.options.get(self.name, self.options))

    def describe(self, explorer):
        return super().describe(explorer) | {"options": list(self.allowed(explorer))}

    def known(self, explorer, names, what):
        """`names`, if all of them are allowed."""
        for name in names:
            if name not in self.allowed(explorer):
                raise traitlets.TraitError(f"{what} {', '.join(self.allowed(explorer))}, got {name!r}")
        return names

    def listed(self, value, what, most=math.inf):
        """`value` as a list, if it is one of names, and of no more than `most`."""
        if not isinstance(value, (list, tuple)) or len(value) > most or not all(type(one) is str for one in value):
            raise traitlets.TraitError(f"{self.label} is {what}, got {value!r}")
        return list(value)


class Choice(OfNames, traitlets.Unicode):
    """One of several names."""

    kind = "choice"

    def validate(self, explorer, value):
        return self.known(explorer, [value], f"{self.label} is one of")[0]

    def some(self, explorer):
        return self.allowed(explorer)[:6]


class Several(OfNames, traitlets.List):
    """Any number of names out of several, each a box to tick."""

    kind = "several"

    def validate(self, explorer, value):
        names = self.known(explorer, self.read(value), f"{self.label} are some of")
        return [name for name in self.allowed(explorer) if name in names]

    def read(self, value):
        return self.listed(value, "a list of names")


class Choices(OfNames, traitlets.List):
    """A name out of several for each of a few things, such as the activation of each layer: `["Tanh", "ReLU"]`.

    It has no field: the explorer draws its menus where the things are.
    """

    kind = "choices"

    def __init__(self, default, label, item, options=(), most=6, help=""):
        super().__init__(default, label, options, help)
        self.item, self.most = item, most

    def validate(self, explorer, value):
        return self.known(explorer, self.read(value), f"{self.item} is one of")

    def read(self, value):
        return self.listed(value, f"a list of at most {self.most} names", self.most)


class Sizes(Control, traitlets.List):
    """A few whole numbers in a row, such as the units of each hidden layer: `[4, 4]`."""

    kind = "sizes"
    told = ("item", "low", "high", "most")

    def __init__(self, default, label, item, low=1, high=16, most=6, help=""):
        super().__init__(list(default), label, help)
        self.item, self.low, self.high, self.most = item, low, high, most

    def read(self, value):
        if not isinstance(value, (list, tuple)) or len(value) > self.most:
            raise traitlets.TraitError(f"{self.label} is a list of at most {self.most} numbers, got {value!r}")
        numbers_ = [as_number(one, self.item) for one in value]
        for one in numbers_:
            if one != int(one) or not self.low <= one <= self.high:
                raise traitlets.TraitError(f"{self.item} is a whole number from {self.low} to {self.high}, got {one:g}")
        return [int(one) for one in numbers_]


def tour(explorer):
    """Messages that take each control of an explorer through a few values and back, as somebody would who tries it."""
    for name, trait in explorer.control_traits().items():
        before = getattr(explorer, name)
        values = [] if name in (*explorer.locked, *explorer.disabled()) else trait.some(explorer)
        for value in [*(one for one in values if one != before), before] if values else ():
            yield {"kind": "set", "name": name, "value": value}


def as_number(value, label):
    """A finite float for a number or its text ("0,5" too: half of Europe types it); TraitError otherwise."""
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            raise traitlets.TraitError(f"{label} is a number such as 0.5, got {value!r}") from None
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise traitlets.TraitError(f"{label} is a finite number, got {value!r}")
    return float(value)
