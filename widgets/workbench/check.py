"""Check: is what the backward pass says also what the loss does, parameter by parameter?

Every parameter is a cell: moved up by ε and down by ε it shows how steep the loss is there, and that is compared with
what the backward pass wrote. For the chosen one the error is drawn for every ε: too large an ε cuts a corner, too small
a one drowns in rounding, and in the valley between them right and wrong part. No ε mends a wrong gradient.
"""

import numpy as np

from nnlib.inspect import MUTANTS, Probe, copy_of, diagnose, gradient_check, gradient_source, largest, parameter_slices
from widgets.stage.browser import curves
from widgets.stage.code import own_source
from widgets.stage.figures import entry, number
from widgets.stage.picture import titled

EXAMPLES, LARGEST = 20, 400  # examples that are looked at; parameters that are drawn, each costs two forward passes
TOLERANCE = 1e-6
POWERS = np.linspace(-13, -1, 49)  # of ten: the ε of the valley, and where its ring can stand
USUAL = 1e-5  # the ε of nnlib's check
FLOOR = 1e-16  # an error of 0 is drawn here
NONE = "none"
MISTAKES = {one.title: one for one in MUTANTS.values() if one.phase == "backward"}
"""The mistakes that can be put in, by their names."""


def nearest_power(power):
    """The place in `POWERS` that is nearest."""
    return int(np.abs(POWERS - power).argmin())


def of_power(place):
    """The ε at a place of `POWERS`, as it is told: of three digits."""
    return float(f"{10.0 ** POWERS[place]:.3g}")


class Check:
    """A check of the network of `bench` as it stands, with a mistake put in or not; `bench` stays as it is.

    Raises ValueError if the network has no place for the mistake.
    """

    at = 0  # of the parameters: the one that is looked at

    def __init__(self, bench):
        self.step, self.mistake = bench.model.steps, bench.mistake
        model = copy_of(bench.model)
        if self.mistake != NONE:
            if not MISTAKES[self.mistake].spots(model):
                raise ValueError(f"this network has no place for the mistake {self.mistake!r}")
            model = MISTAKES[self.mistake].apply(model)
        x, y = bench.inputs(bench.x_train)[:, :EXAMPLES], bench.y_train[:, :EXAMPLES]
        twin = copy_of(model, np.float64)
        self.drawn = twin.parameters.size <= LARGEST
        self.report = gradient_check(model, x, y, sample=None if self.drawn else 200)
        self.diagnosis = None if self.report.passed else diagnose(model, x, y)
        if not self.drawn:
            return
        self._probe = Probe(twin, *twin.entrance.pair(x, y), TOLERANCE, 1e-5)
        self._here, self.analytic, _ = self._probe.stand(twin.parameters.copy())
        self._arrays, self._valleys, self._scale = parameter_slices(twin), {}, np.ones_like(self.analytic)
        for _, _, piece in self._arrays:
            self._scale[piece] = largest(self.analytic[piece]) + largest(self.report.numeric[piece]) or 1.0
        self.look_at(bench._chosen)
        if self.report.wrong.any():
            self.at = int(np.argmax(self.report.wrong))
        self.measure(bench.epsilon)

    def measure(self, epsilon):
        """The slope of every parameter with this ε, and its error by the largest slope of its array."""
        self.epsilon = epsilon
        if self.drawn:
            slopes = [self._probe.slope(self._here, index, epsilon) for index in range(self._here.size)]
            self.numeric = np.array(slopes)
            self.errors = np.nan_to_num(np.abs(self.analytic - self.numeric) / self._scale, nan=np.inf)

    def choose(self, index):
        """Look at a parameter: (layer, unit, input or None), as the Workbench says it; None where it has none such."""
        self.at = min(max(int(index), 0), self._here.size - 1)
        place, name, piece = self._place()
        where = [int(at) for at in np.unravel_index(self.at - piece.start, np.shape(getattr(place.part, name)))]
        return {"weights": (place.block, *where), "bias": (place.block, where[0], None)}.get(name)

    def look_at(self, chosen):
        """Look at the parameter that is chosen in the Workbench, if there is such a one here."""
        layer, unit, source = chosen
        for place, name, piece in self._arrays if self.drawn else ():
            if (place.block, name) == (layer, "bias" if source is None else "weights"):
                shape = np.shape(getattr(place.part, name))
                self.at = piece.start + int(np.ravel_multi_index((unit, source or 0)[: len(shape)], shape))

    def _error(self, index, epsilon):
        return abs(self.analytic[index] - self._probe.slope(self._here, index, epsilon)) / self._scale[index]

    def _valley(self):
        """The same error of the chosen parameter for every ε of the picture."""
        if self.at not in self._valleys:
            errors = [self._error(self.at, of_power(place)) for place in range(len(POWERS))]
            self._valleys[self.at] = np.log10(np.maximum(errors, FLOOR))
        drawn = self._valleys[self.at].copy()  # through the ring, wherever a typed ε puts it
        drawn[nearest_power(np.log10(self.epsilon))] = np.log10(max(self.errors[self.at], FLOOR))
        return drawn

    def view(self, steps):
        """What the pane shows; `steps` is where the network stands by now."""
        told = {"said": self.said(steps), "rows": self.rows(), "arrays": [], "source": None}
        if not self.drawn:
            return told
        marks = np.where(self.errors > TOLERANCE, 1, np.where((self.analytic == 0) & (self.numeric == 0), 2, 0))
        low, at = float(np.log10(self.epsilon)), self.at
        drawn = ("its relative error, as a power of ten", 1 if marks[at] == 1 else 0, self._valley())
        valley = curves("ε, as a power of ten", [float(POWERS[0]), float(POWERS[-1])], [-14.0, 1.0], drawn, at=low,
                        dots=[[low, float(np.log10(max(self.errors[at], FLOOR))), 2]])  # fmt: skip
        return told | {
            "arrays": [
                {"name": f"{name} of layer {place.block}", "block": place.block, "part": name,
                 "shape": list(np.shape(getattr(place.part, name))), "first": piece.start,
                 "marks": [int(mark) for mark in marks[piece]]}
                for place, name, piece in self._arrays
            ],
            "at": at,
            "chosen": [
                ["slope of", self.name()],
                ["backward pass", f"{self.analytic[at]:.10f}".replace("-", "−")],
                ["measured", f"{self.numeric[at]:.10f}".replace("-", "−")],
                ["relative error", number(self.errors[at])],
            ],
            "valley": valley, "border": float(np.log10(TOLERANCE)), "source": self._source(),
        }  # fmt: skip

    def rows(self):
        """A row for each array: its name, its largest error and the verdict."""
        return [[f"layer {row.block}, {titled(row.part)}: {row.name}", f"{row.relative_error:.1e}", row.verdict]
                for row in self.report.rows]  # fmt: skip

    def _source(self):
        """The learner's line behind the gradients of the chosen parameter, if the class is theirs."""
        return own_source(gradient_source(self._place()[0].part))

    def _place(self):
        """(place, name, slice) of the array that the chosen parameter stands in."""
        return next(one for one in self._arrays if one[2].start <= self.at < one[2].stop)

    def verdict(self):
        """What the check says of the network at the shown ε, and what it calls the mistake."""
        rough = f" {self.report.coarse} computes in float32, so they are measured coarsely." * bool(self.report.coarse)
        if not self.report.passed:
            count = f"{int(self.report.wrong.sum())} of {self.report.checked} slopes are wrong"
            where = ", ".join(places(self.report.rows))
            agree = self._agreeing() if self.drawn else ""
            alone = int(((self.errors > TOLERANCE) & ~self.report.wrong).sum()) if self.drawn else 0
            agree += f" {alone} of the crosses come from this ε alone." * (alone > 0)
            told = ("The slopes do not agree:", f"{count}, in {where}.{rough}", str(self.diagnosis or ""), agree)
            return " ".join(filter(None, told))
        said = f"Every slope agrees: {self.report.checked:,} parameters were moved a little and the loss measured."
        if self.drawn and (self.errors > TOLERANCE).any():
            said = f"{self._agreeing()} {self._blame()}"
        unseen = self.mistake != NONE
        return said + rough + (f" It does not see this mistake: {MISTAKES[self.mistake].explanation}" if unseen else "")

    def _agreeing(self):
        agree = int((self.errors <= TOLERANCE).sum())
        return f"With ε = {plainly(self.epsilon)}, {agree} of {self._here.size} slopes agree to six digits."

    def _blame(self):
        """Why slopes of a right backward pass disagree at the shown ε."""
        if max(self._error(index, USUAL) for index in range(self._here.size)) <= TOLERANCE:
            size, count = "large" if self.epsilon > USUAL else "small", self._here.size
            return f"This ε is too {size}; the backward pass is right: with ε = {plainly(USUAL)} all {count} agree."
        again = "as coarsely as its numbers are" if self.report.coarse else "again with smaller steps"
        return f"The backward pass is right: measured {again}, no slope is wrong."

    def said(self, steps):
        """The verdict at this ε, in words."""
        if self.step == steps:
            return self.verdict()
        return f"{self.verdict()} It was checked after update {self.step:,}; the network has moved on."

    def name(self):
        """The chosen parameter, as Python writes it."""
        place, name, piece = self._place()
        where = np.unravel_index(self.at - piece.start, np.shape(getattr(place.part, name)))
        return f"{entry(name, where)} of layer {place.block}"

    def in_words(self, steps):
        """The verdict and the chosen slope, for whoever does not see the pane."""
        if not self.drawn:
            return self.said(steps)
        a, n = number(self.analytic[self.at]), number(self.numeric[self.at])
        return (f"{self.said(steps)} {self.name()}: the backward pass says {a}, measured is {n}, "
                f"relative error {number(self.errors[self.at])}.")  # fmt: skip


def titles(names):
    """The titles of those mistakes, by their names in `MUTANTS`. Raises TypeError for a name that is none of them."""
    known = {one.name: title for title, one in MISTAKES.items()}
    for name in names:
        if name not in known:
            raise TypeError(f"there is no mistake {name!r} to put in; there are: {', '.join(known)}")
    return [known[name] for name in names]


def places(rows):
    """The arrays with wrong slopes, by layer: "layers 1 and 2", "the bias of layer 2"."""
    layers = {layer: [row for row in rows if row.block == layer] for layer in dict.fromkeys(row.block for row in rows)}
    whole = [str(layer) for layer, ours in layers.items() if not any(row.passed for row in ours)]
    told = [f"layer{'s' * (len(whole) > 1)} {', '.join(whole)}"] if whole else []
    return told + [f"the {row.name} of layer {row.block}" for row in rows
                   if not row.passed and str(row.block) not in whole]  # fmt: skip


def plainly(epsilon):
    """Two digits, without an e where that is short: 0.00001, and 2e−13."""
    if epsilon < 9e-7:
        return f"{epsilon:.2g}".replace("-", "−")
    return np.format_float_positional(epsilon, precision=2, fractional=False, trim="-")
