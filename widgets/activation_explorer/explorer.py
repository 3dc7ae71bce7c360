"""ActivationExplorer: what an activation does to z, how steep it is there, and where it no longer answers.

    ActivationExplorer()                                        # the sigmoid
    ActivationExplorer(activations=["ReLU", "Tanh"])                   # several at once
    ActivationExplorer(activation=MySigmoid)                    # your own class, beside nnlib's
    ActivationExplorer(activations=["Sigmoid, naive"], z=-1000)        # a formula that is right on paper only

Move z along a curve: the tangent is the slope, f′(z). Where f′ is nearly 0 the activation is saturated: nothing that
happens to z gets through. Every curve is what the class gives when it is called; NumPy's warnings on the way are kept.
"""

from pathlib import Path

import numpy as np

import nnlib
from widgets.stage.base import Explorer
from widgets.stage.bend import bend, bends
from widgets.stage.border import by_name
from widgets.stage.controls import Several, Slider
from widgets.stage.figures import number

NAMES = ("ReLU", "LeakyReLU", "ELU", "Sigmoid", "Tanh", "Softplus", "Swish", "GELU", "Linear")


class NaiveSigmoid:
    """The sigmoid and its slope as they stand in a book: `exp(−z)` overflows for z under −709.

    f(z) = 1 / (1 + exp(−z))    f'(z) = exp(−z) / (1 + exp(−z))²
    """

    def __call__(self, z):
        return 1 / (1 + np.exp(-z))

    def gradient(self, z):
        return np.exp(-z) / (1 + np.exp(-z)) ** 2


ACTIVATIONS = {name: getattr(nnlib, name) for name in NAMES} | {"Sigmoid, naive": NaiveSigmoid}


class ActivationExplorer(Explorer):
    """Curves of activations, their slopes, and the tangent at z.

    `activation` is a class without arguments, an object, or a function of z; or a list of them. They are shown first
    and the names of your own begin with "your". One without `gradient` or `backward` gets its slope measured.
    `activations` are the names to begin with, `z` is the point.

    Raises TypeError for a name that is no control. An exception in your class is no error here: the explorer shows
    it, with your line, and the other curves stay.
    """

    title = "Activation explorer"
    module = Path(__file__).with_suffix(".js")

    activations = Several(["Sigmoid"], "Activations", tuple(ACTIVATIONS))
    z = Slider(1.0, "z", -8, 8, step=0.1, least=-1e4, most=1e4)

    def start(self, activation=None, **controls):
        named = by_name(activation)
        self._known = named | {name: ACTIVATIONS[name] for name in ACTIVATIONS if name not in named}
        self.options["activations"] = tuple(self._known)
        wanted = controls.get("activations", list(named) or ["Sigmoid"])
        controls["activations"] = [f"your {name}" if f"your {name}" in named else name for name in wanted]
        super().start(**controls)

    def changed(self, names):
        """Call every chosen activation over the picture, over −8 … 8, and at z."""
        self.curves = self.each(self.activations, lambda name: bend(self._known[name], name, self.z))

    def press(self, name, detail=None):
        """The point was dragged to z = `detail`, or moved by it."""
        places = {"move": lambda: detail, "move by": lambda: self.z + detail}
        self.z = round(min(1e4, max(-1e4, float(places[name]()))), 2) + 0.0

    # What is drawn --------------------------------------------------------------------------------------------

    def view(self):
        return bends(self.curves, self.z) | {"notes": self._notes()}

    def _notes(self):
        notes = []
        for one in self.curves:
            if one["warnings"]:
                notes.append(f"{one['name']}: NumPy warned of {', '.join(one['warnings'])}.")
            if one["measured"]:
                notes.append(f"{one['name']} has no gradient(z): its slope is measured between two near points.")
        return notes

    def narrate(self):
        if not self.curves:
            return "No activation is chosen." if not self.activations else "Nothing could be drawn."
        said = [f"At z = {number(self.z)}:"]
        for one in self.curves:
            value, slope = map(number, one["at"])
            named = one["name"] if len(said) == 1 else one["name"][0].upper() + one["name"][1:]  # behind a full stop
            said.append(f"{named} has f = {value} and f′ = {slope}, {one['state']}.")
        return " ".join(said)
