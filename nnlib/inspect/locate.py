"""Locating: which part hands down something wrong, and which parameters get a wrong gradient?

The network is walked from the loss down. Each part gets the gradient that is right there, as measured, and what it
makes of it is compared with what is measured. So each part is judged by itself, and several mistakes are found at once.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.inspect.measure import Alone, Slopes, grad_of_loss
from nnlib.inspect.recognise import same
from nnlib.parts.part import (
    attributes,
    backward,
    in_dtype,
    needs_backward,
    parameter_gradients,
    parameter_names,
    put_back,
)


@dataclass
class Fault:
    """One array that is wrong: `what` is the parameter's name, "inputs" for what is handed down, or "loss".

    `mine` came, `right` was measured (NaN where it was not), `arriving` is the gradient `(units, m)` that came in from
    above, and `scale` is what the network multiplies all of them with, if the mean is taken elsewhere. `fused`: the
    loss's gradient is meant as that of loss and last activation together, which hands it down unchanged.
    """

    place: Any
    what: str
    mine: np.ndarray
    slopes: Slopes
    arriving: np.ndarray | None = None
    scale: float = 1.0
    part: Any = None
    fused: bool = False
    kinds: dict = field(default_factory=dict)

    @property
    def right(self):
        return self.slopes.central


class Walk:
    """A pass through a network that keeps what went up, and judges each part on the way down.

    `x` `(features, m)` went up and `labels` `(k, m)` belong to it; `agrees` holds the (block, name) of the parameters
    that a gradient check of the whole network found right.
    """

    def __init__(self, model, x, labels, agrees=frozenset()):
        self.model, self.labels, self.agrees = model, labels, agrees
        self.parts, self.values = [], [x]
        chance, twin = Chance(model), copy.deepcopy(model)
        with Chance(twin):
            for place in twin.places:
                self.parts.append(Alone(place.part))
                place.part.inputs = self.values[-1].copy()  # each part gets a copy: some work in place
                self.values.append(np.array(in_dtype(place.part(place.part.inputs), model.dtype)))
        with chance:
            model(x)
            self.faults = self.down()

    def down(self):
        """The `Fault`s, from the loss down."""
        model, last = self.model, self.model.places[-1]
        labels, formula = model.entrance.labels(self.labels, *self.values[-1].shape), model.loss_formula
        places = list(range(len(model.places)))
        faults, pending, self.scale = [], [], 1.0
        if formula is model.loss:
            truth = grad_of_loss(lambda output, y: float(model.loss(output, y)), self.values[-1], labels)
            arriving = np.array(in_dtype(formula.gradient(last.output.copy(), labels.copy()), model.dtype))
            if not truth.agree(arriving):
                pending = [Fault(None, "loss", arriving, truth)]
                self.scale = self.scale_of(arriving, truth)
                if self.scale != 1.0:
                    pending = []
            truth = truth.central
        else:
            places.pop()
            arriving = truth = formula.gradient(last.output, labels)
        for index in reversed(places):
            place = model.places[index]
            lowest = place is model._lowest
            slopes = self.measured(index, truth, lowest)
            got = self.run(place, arriving, lowest)
            wrong = self.wrong(slopes, got)
            through = pending and "inputs" in wrong
            if through and (fused := self.fused(arriving, got["inputs"], slopes["inputs"], truth)):
                faults.append(fused)
                pending, wrong = [], [name for name in wrong if name != "inputs"]
                got["inputs"] = slopes["inputs"].central
            if pending and wrong:  # not put right here: then judge this part by itself
                faults += pending
                arriving = truth * self.scale
                got = self.run(place, arriving, lowest)
                wrong = self.wrong(slopes, got)
            pending = []
            for name in wrong:
                fault = Fault(place, name, got[name], slopes[name], arriving, self.scale, place.part)
                (pending if name == "inputs" else faults).append(fault)
            if lowest:
                break
            truth = slopes["inputs"].central
            arriving = got["inputs"] if pending else truth * self.scale
        return faults + pending

    def measured(self, index, truth, lowest):
        """{name: Slopes} of one part: its parameters', and of what it should hand down."""
        part, x = self.parts[index], self.values[index]
        slopes = {name: part.grad_parameter(name, x, truth) for name in parameter_names(self.model.places[index].part)}
        if not lowest:
            slopes["inputs"] = part.grad_inputs(x, truth)
        return slopes

    def run(self, place, arriving, lowest):
        """{name: array} that the part itself makes of the gradient that arrives."""
        part = copy.deepcopy(place.part)
        if place.shared:
            put_back(part, attributes(part) | copy.deepcopy(place.memory))
        arriving = arriving.copy()
        part.grad_output = arriving
        names, got = parameter_names(part), {}
        if names:
            parameter_gradients(part, arriving)
        if not lowest or (names and needs_backward(part)):
            got["inputs"] = np.array(in_dtype(backward(part, arriving), self.model.dtype))
        if lowest:
            got.pop("inputs", None)
        return got | {name: np.array(getattr(part, f"grad_{name}")) for name in names}

    def redraws(self, place, arriving):
        """Whether two ways back through a part give two answers."""
        part, got = copy.deepcopy(place.part), []
        part.grad_output = arriving.copy()
        if parameter_names(part):  # what is handed down may be made there
            parameter_gradients(part, arriving.copy())
        for _ in range(2):
            got.append(np.array(backward(part, arriving.copy())))
        return not np.array_equal(*got)

    def wrong(self, slopes, got):
        return [
            name
            for name, measured in slopes.items()
            if not measured.agree(got[name] / (self.scale if name == "inputs" else 1))
        ]

    def fused(self, arriving, handed, measured, truth):
        """The fault of a loss whose gradient the last activation hands down as it is, and is a multiple of theirs."""
        right = measured.central
        if not same(handed, arriving) or same(right, truth) or not np.isfinite(right).all() or not right.any():
            return None
        factor = float((handed * right).sum() / (right * right).sum())
        return Fault(None, "loss", handed, measured, fused=True) if factor and measured.agree(handed / factor) else None

    def scale_of(self, arriving, truth):
        """A factor that the loss leaves out and the layers put in again; 1.0 unless the gradients above say so."""
        ratio = (
            (arriving * truth.central).sum() / (truth.central**2).sum()
            if np.shape(arriving) == truth.central.shape
            else 1.0
        )
        above = [place for place in self.model.places if parameter_names(place.part)][-1]
        fine = [(above.block, name) in self.agrees for name in parameter_names(above.part)]
        one_mean = any(fine) and abs(ratio * truth.central.shape[1] - 1) < 1e-6  # of which the bias alone tells, too
        return float(ratio) if (all(fine) or one_mean) and ratio and truth.agree(arriving / ratio) else 1.0
