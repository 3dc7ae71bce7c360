"""A network class of the learner's own, seen as one of nnlib's."""

import copy

import numpy as np

from nnlib.model import NeuralNetwork
from nnlib.parts import in_dtype
from nnlib.parts.part import name_of


def as_model(model, x):
    """`model` if it is a `NeuralNetwork`, an `Adapted` copy of a class with the same methods; else a TypeError.

    A class of one's own needs `layers` (blocks of parts), `loss`, `model(x)` and `backward_step(labels)`, as in lesson
    09. For anything else, such as a dictionary of arrays, there is `check_functions`.
    """
    if isinstance(model, NeuralNetwork):
        return model
    if all(hasattr(model, name) for name in ("layers", "loss", "backward_step")) and callable(model):
        return Adapted(model, x)
    raise TypeError(
        f"a network has layers, loss, model(x) and backward_step(labels), got {type(model).__name__}; "
        "for arrays and functions of your own there is check_functions(loss, parameters, gradients)"
    )


class Adapted(NeuralNetwork):
    """A copy of a learner's network whose four phases are the learner's own methods, and whose arrays nnlib sees."""

    def __init__(self, own, x):
        own = copy.deepcopy(own)
        with np.errstate(all="ignore"):
            own(np.array(x, float))  # builds it, if need be
        optimizer = getattr(own, "optimizer", None)
        options = {"optimizer": optimizer} if hasattr(optimizer, "step") else {"learning_rate": 0.1}
        super().__init__(tuple(tuple(block) for block in own.layers), own.loss, **options)
        self.own, self.features = own, len(x)
        self._gather()

    def __repr__(self):
        return name_of(self.own)

    @property
    def loss_formula(self):
        return self.loss  # a shortcut from z is the learner's own to take

    def __call__(self, x):
        x = self.entrance.examples(x)
        output = self.own(x.copy())
        for place in self.places:
            place.inputs, place.output = getattr(place.part, "inputs", None), getattr(place.part, "output", None)
        last = self.places[-1]
        last.output = in_dtype(np.array(output), self.dtype)
        last.inputs = last.output if last.inputs is None else last.inputs
        return last.output

    def backward_step(self, labels):
        self.own.backward_step(self.entrance.labels(labels, *self.places[-1].output.shape))

    def update(self):
        if hasattr(self.own, "update"):
            self.own.update()
        self.steps += 1

    def plain(self):
        """A `NeuralNetwork` of copies of the same parts: it differs from this one in its way up and down alone."""
        twin = copy.deepcopy((self.layers, self.loss, self.optimizer))
        model = NeuralNetwork(twin[0], twin[1], optimizer=twin[2])
        model.features = self.features
        model._gather()
        return model

    def predict(self, x):
        return copy.deepcopy(self.own)(np.array(x, float))
