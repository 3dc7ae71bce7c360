"""The network: blocks of parts, and the four phases of a training step.

    model(x)                      1. forward: every part turns its inputs into its output
    model.training_loss(labels)   2. loss: how wrong the last output is
    model.backward_step(labels)   3. backward: every parameter's gradient, from the last part to the first
    model.update()                4. update: the optimiser moves the parameters

`fit` does these four again and again (`training.py`), and nothing else trains. Data are `(features, examples)`.
"""

import numpy as np

from nnlib.activation import Sigmoid, Softmax
from nnlib.callback import History
from nnlib.loss import (
    BinaryCrossEntropy,
    BinaryCrossEntropyFromZ,
    CategoricalCrossEntropy,
    CategoricalCrossEntropyFromZ,
)
from nnlib.metric import default_metrics
from nnlib.optimizer import SGD
from nnlib.parts import (
    Entrance,
    above_zero,
    arrives,
    attributes,
    backward,
    build_parts,
    checked_blocks,
    checked_callbacks,
    gathered,
    in_dtype,
    name_of,
    needs_backward,
    not_negative,
    parameter_gradients,
    places_of,
    put_back,
    told_if_not_finite,
    unbuilt_if_refused,
    untouched,
    whole,
    with_method,
)
from nnlib.training import Training
from nnlib.watch import Watch

SHORTCUTS = {
    (Sigmoid, BinaryCrossEntropy): BinaryCrossEntropyFromZ(),
    (Softmax, CategoricalCrossEntropy): CategoricalCrossEntropyFromZ(),
}
"""A last activation and a loss that are one simpler, exact formula together: loss and gradient from z."""


class NeuralNetwork:
    """A network of blocks that can be trained.

    `layers` holds one tuple a block: a layer, its activation, and whatever else stands in between, as in
    `((Dense(64), BatchNorm(), ReLU(), Dropout(0.2)), (Dense(1), Sigmoid()))`. Parts may be nnlib's or classes
    of your own (see `protocol.py`). The same activation object may stand in several blocks, a layer in one.

    Give either `learning_rate`, which means `SGD(learning_rate)`, or an `optimizer`. Added to the training
    loss, over all `weights` and with m examples in the batch:

        regularization_factor / (2 m) * sum of weights²     (L2)
        l1_factor / m * sum of |weights|                    (L1)

    `clip_norm` shortens the whole gradient to that length if it is longer. `dtype` is float64 or float32; data
    of other number types are converted to it once. The same `seed` gives the same run, bit for bit.
    `memory_limit`, in MiB, refuses a network that would need more, before it is built.

    `parameters` and `gradients` are two flat vectors; each layer's `weights`, `bias`, `grad_weights`, …
    are views of them, and so change with every step: copy what you want to keep. What a call such as `model(x)`
    or `predict` returns is never written to again.

    >>> from nnlib import Dense, ReLU
    >>> model = NeuralNetwork(((Dense(4), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=0)
    >>> x, y = np.array([[0., 0., 1., 1.], [0., 1., 0., 1.]]), np.array([[0., 1., 1., 0.]])
    >>> history = model.fit(x, y, epochs=1000)
    >>> model.classify(x)
    array([[0, 1, 1, 0]])
    """

    def __init__(
        self,
        layers,
        loss,
        learning_rate=None,
        optimizer=None,
        regularization_factor=0.0,
        l1_factor=0.0,
        clip_norm=None,
        dtype=np.float64,
        seed=None,
        memory_limit=512,
    ):
        self.layers = checked_blocks(layers)
        self.loss = with_method("loss", loss, "gradient", "output, labels")
        if hasattr(learning_rate, "step"):
            raise TypeError(f"learning_rate is a number, got {learning_rate!r}: an optimiser is given as optimizer=…")
        if (learning_rate is None) == (optimizer is None):
            raise ValueError("give one of the two: learning_rate=0.1, which means SGD(0.1), or optimizer=Adam(0.001)")
        self.optimizer = (
            SGD(learning_rate)
            if optimizer is None
            else with_method("optimizer", optimizer, "step", "parameters, gradients")
        )
        self.regularization_factor = not_negative("regularization_factor", regularization_factor)
        self.l1_factor = not_negative("l1_factor", l1_factor)
        self.clip_norm = None if clip_norm is None else not_negative("clip_norm", clip_norm)
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.float64, np.float32):
            raise ValueError(f"dtype is float64 or float32, got {self.dtype}")
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        self.memory_limit = above_zero("memory_limit", memory_limit)
        self.places = places_of(self.layers)
        self.features = self.labels = self.loss_value = None
        self.steps = self.epoch = self.last_epoch = 0
        self.report = {}
        self.stop_training = False
        self.history = History()
        self.data_name = self.data_hash = ""  # what it was trained on, for its run card

    def __repr__(self):
        blocks = ", ".join(f"({', '.join(map(name_of, block))})" for block in self.layers)
        return f"NeuralNetwork(({blocks}), {name_of(self.loss)}, {name_of(self.optimizer)})"

    # The four phases ----------------------------------------------------------------------------------

    def __call__(self, x):
        """Forward: `x` `(features, m)` to the output of the last part `(k, m)`, remembered on the way.

        Raises ValueError for a wrong shape or no examples, TypeError for anything but real numbers.
        """
        x = self.entrance.examples(x)
        for place in self.places:
            part = place.part
            place.inputs = part.inputs = x
            x = part(x)
            if place.own:
                x = in_dtype(x, self.dtype)
            place.output = part.output = x
            if place.shared:
                place.memory = attributes(part)
        return x

    def training_loss(self, labels):
        """The loss of the last forward pass, with the L2 and L1 terms, as a float. `labels` are `(k, m)`."""
        last = self._last_place()
        self.loss_value = self._data_loss(last.inputs, last.output, labels) + self._penalty(last.output.shape[1])
        self.labels = labels
        return self.loss_value

    def backward_step(self, labels):
        """Backward: fill every `grad_…`, from the loss's gradient at the last output down to the first layer.

        `labels` `(k, m)` belong to the examples of the last forward pass.
        """
        last = self._last_place()
        labels = self.entrance.labels(labels, *last.output.shape)
        formula = self.loss_formula
        waiting = self.places if formula is self.loss else self.places[:-1]
        grad, unsure, giver = in_dtype(formula.gradient(last.output, labels), self.dtype), True, self.loss
        for place in reversed(waiting):
            part = place.part
            if place.shared:
                put_back(part, attributes(part) | place.memory)
            if unsure and np.shape(grad) != place.output.shape:
                raise ValueError(arrives(grad, place, giver))
            place.grad_output = part.grad_output = grad
            if place.names:
                parameter_gradients(part, grad)
            if place is self._lowest:
                if place.own and needs_backward(part):
                    part.backward(grad)
                break
            grad, unsure, giver = backward(part, grad), place.own, place
            if unsure:
                grad = in_dtype(grad, self.dtype)
        self._add_penalty_gradients(labels.shape[-1])

    def update(self):
        """Update: the optimiser moves `parameters` along `gradients`."""
        parameters, gradients = self.parameters, self.gradients
        if self.clip_norm is not None:
            norm = float(np.linalg.norm(gradients.astype(np.float64, copy=False)))  # squares overflow float32
            if norm > self.clip_norm:
                gradients = gradients * (self.clip_norm / norm)
        moved = self.optimizer.step(parameters, gradients)
        if moved is not None:
            parameters[:] = moved
        self.steps += 1

    # Training -----------------------------------------------------------------------------------------

    def fit(self, x, y, epochs=100, batch_size=None, validation=None, callbacks=(), metrics=None, watch=True):
        """Train for `epochs` epochs; returns the `History`, which goes on from fit to fit.

        `x` `(features, examples)` and `y` `(k, examples)` are cut into batches of `batch_size` in a new random
        order each epoch; without it, all examples are one batch. `validation=(x, y)` is evaluated after each
        epoch with the loss and with `metrics`, functions of `(output, labels)`: accuracy for the
        cross-entropies and R² for the other losses unless you say otherwise. Callbacks see every phase.
        A `Watch` says on stderr, in one sentence, what keeps the network from learning; `watch=False` is quiet.

        Raises ValueError or TypeError for data that do not fit, before anything changes, MemoryError for a
        network over `memory_limit`, and DivergedError if the numbers stop being finite.
        """
        for _ in self.training(x, y, epochs, batch_size, validation, callbacks, metrics, watch):
            pass
        return self.history

    def training(self, x, y, epochs=100, batch_size=None, validation=None, callbacks=(), metrics=None, watch=False):
        """`fit` as a generator, for whoever wants to stop in between: yields the loss after every update."""
        epochs, callbacks = whole("epochs", epochs), checked_callbacks(callbacks)
        x, y, size, validation = self.entrance.training_data(x, y, batch_size, validation)
        metrics = default_metrics(self.loss) if metrics is None else metrics
        callbacks = (self.history, *([Watch(x, y, size)] if watch else []), *callbacks)
        return Training(self, x, y, epochs, size, validation, callbacks, metrics).steps()

    # Looking ------------------------------------------------------------------------------------------

    def predict(self, x):
        """The output `(k, examples)` for `x` `(features, examples)`, leaving everything as it was.

        Parts that behave differently while training, such as Dropout, use their `predict`.
        """
        return told_if_not_finite(self._look, self.entrance.examples(x, finite=True))

    def classify(self, x):
        """Whole numbers `(1, examples)`: the likeliest class, or for yes-or-no outputs `(k, examples)` of 0 and 1."""
        output = self.predict(x)
        if len(output) == 1 or isinstance(self.loss, BinaryCrossEntropy):
            return (output >= 0.5).astype(int)
        return output.argmax(axis=0, keepdims=True)

    def evaluate(self, x, y):
        """The loss over all of `x` and `y`, without the L2 and L1 terms, as a float; nothing is changed."""
        return self.measure(x, y, metrics=())["loss"]

    def measure(self, x, y, metrics=None):
        """`{"loss": …, "accuracy": …}` over all of `x` and `y` by one forward pass, with `metrics` as in `fit`."""
        return self._measured(*self.entrance.pair(x, y), default_metrics(self.loss) if metrics is None else metrics)

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # the numbers that are returned say it
    def _measured(self, x, y, metrics):
        z, output = self._look(x)
        told = {"loss": self._data_loss(z, output, y)}
        return told | {metric.__name__: float(metric(output, y)) for metric in metrics}

    @property
    def entrance(self):
        """Where data come in: each array as the network uses it, or an error with the mend. A copy has its own."""
        return Entrance(self)

    @property
    def loss_formula(self):
        """What computes the loss: `loss`, or the shortcut from z that its pair with the last activation allows."""
        return SHORTCUTS.get((type(self.places[-1].part), type(self.loss)), self.loss)

    # Parameters ---------------------------------------------------------------------------------------

    @property
    def learning_rate(self):
        """The optimiser's learning rate."""
        return self.optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate):
        self.optimizer.learning_rate = rate

    @property
    def parameters(self):
        """All parameters in one flat vector, a live view: `model.parameters[:] = …` sets them."""
        self._need_parameters()
        return self._parameters.values

    @property
    def gradients(self):
        """All gradients in one flat vector, in the order of `parameters`."""
        self._need_parameters()
        return self._gradients.values

    def buffers(self):
        """What parts remember besides parameters, such as BatchNorm's running values, as (part, name) pairs."""
        return self._buffers

    def build(self, features):
        """Draw all parameters for inputs `(features, examples)`, if that has not been done. Returns the model."""
        features = whole("features", features)
        if self.features not in (None, features):
            raise ValueError(f"build({features}): the network has been built for {self.features} features")
        if self.features is None:
            self.entrance.refuse_if_too_large(features, 1)
            with unbuilt_if_refused(self):
                build_parts(self.places, features, self.rng, self.dtype)
                self._gather()
                self.features = features
        return self

    def _gather(self):
        self._parameters, self._gradients = gathered(self.places, self.dtype)
        self._lowest = self._parameters.owners[0][0]
        self._buffers = [(place.part, name) for place in self.places for name in getattr(place.part, "buffers", ())]

    def _need_parameters(self):
        if self.features is None:
            raise RuntimeError(
                "the network has no parameters yet: they are drawn when it first sees examples; "
                "model.build(features) draws them now"
            )

    # What the public methods share --------------------------------------------------------------------

    def _look(self, x):
        """The last part's inputs and output, through `predict` where a part has one; nothing is remembered."""
        with untouched([place.part for place in self.places if place.own]):
            for place in self.places:
                z, x = x, getattr(place.part, "predict", place.part)(x)
                if place.own:
                    x = in_dtype(x, self.dtype)
        return z, x

    def _last_place(self):
        if self.places[-1].output is None:
            raise RuntimeError("there is no output yet: the loss and backward_step need model(x) before them")
        return self.places[-1]

    def _data_loss(self, z, output, labels):
        labels = self.entrance.labels(labels, *output.shape)
        formula = self.loss_formula
        loss = formula(output if formula is self.loss else z, labels)
        if loss is None:
            raise TypeError(f"{name_of(self.loss)} gave nothing, as without a `return`; expected the loss, a number")
        return float(loss)

    def _penalty(self, m):
        total = 0.0
        if self.regularization_factor or self.l1_factor:
            for part in self._weighted():
                total += self.regularization_factor / (2 * m) * float((part.weights * part.weights).sum())
                total += self.l1_factor / m * float(np.abs(part.weights).sum())
        return total

    def _add_penalty_gradients(self, m):
        if self.regularization_factor:
            for part in self._weighted():
                part.grad_weights += self.regularization_factor / m * part.weights
        if self.l1_factor:
            for part in self._weighted():
                part.grad_weights += self.l1_factor / m * np.sign(part.weights)

    def _weighted(self):
        return [place.part for place, name in self._parameters.owners if name == "weights"]
