"""Watch: a callback that says in one sentence, once, why a network is not learning.

    history = model.fit(x, y)                 what it says stands on stderr, and in history.findings
    model.fit(x, y, watch=False)              quiet

It looks at what the last batch left in the parts, at a few epochs only, and computes nothing twice. What it says is
measured: no sentence without its numbers, and none as long as the loss shows that the network learns all the same.
"""

import itertools
import math
import sys
from functools import cached_property

import numpy as np

from nnlib.layer import BatchNorm, Dropout
from nnlib.parts import (
    CAUSES,
    LISTENERS,
    SENTENCES,
    Remark,
    alike,
    always_the_same,
    is_log_loss,
    largest_class,
    parameter_names,
    reach,
    right_answers,
    span,
)

LOOKS = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500)
"""The epochs after which it looks; later on every 500th, and when training ends."""

FEW = 5
"""Examples that may be the same: somebody is trying something."""

MOST = 100_000
"""The epochs after which it looks no more."""


class Watch:
    """Says on stderr, once for each network, what keeps it from learning; `history.findings` keeps the `Remark`s.

    `x` `(features, examples)` and `labels` `(k, examples)` are what is trained on, in batches of `batch_size`. Certain
    from the first epoch: softmax_of_one, not_a_probability, out_of_reach, batch_of_one, dropout_high, inputs_equal,
    labels_equal, units_equal. Only when the loss shows it, over epochs: all others of `FINDINGS`. `model.fit` makes one
    unless it is told `watch=False`. Without `aloud` nothing goes to stderr or to `LISTENERS`: what is found stands in
    the history alone.
    """

    def __init__(self, x, labels, batch_size, aloud=True):
        self.x, self.labels, self.batch_size, self.aloud = x, labels, batch_size, aloud

    def on_train_begin(self, model):
        self.model, self.history = model, model.history
        self.said = {remark.name for remark in self.history.findings}
        self.losses = [*self.history.loss]  # its own: whoever trains for hours empties the history
        self.looked, self.first = len(self.losses), True
        self.start, self.start_steps = model.parameters.copy(), model.steps
        self.base, self.flat = always_the_same(model.loss, self.labels), alike(self.labels.T)
        self.look_at_data_and_weights()

    def on_epoch_end(self, epoch, loss):
        if len(self.losses) >= MOST:
            return
        self.losses.append(loss)
        losses = self.losses
        count = len(losses)
        if self.first:
            self.first = False
            self.look_at_output(loss)
            self.look_at_dropout(0.1)
        if loss > 1000 * losses[0] > 0:
            also = f", and inputs within -1 … 1 (they reach {self.scale:.3g})" if self.far else ""
            rate = self.model.learning_rate / 10
            self.say("loss_exploded", first=losses[0], loss=loss, rate=rate, also=also)
        if count in LOOKS or count % 500 == 0:
            self.look(count, loss)

    def on_train_end(self):
        losses = self.losses
        if self.first and self.model.places[-1].output is not None:  # it diverged in the first epoch, and this is why
            self.look_at_output(math.nan)
        if losses and (len(losses) > 1.2 * self.looked or len(losses) - self.looked > 50):
            self.look(len(losses), losses[-1])
        if losses:
            self.look_at_the_end(len(losses), losses[-1])

    @cached_property
    def scale(self):
        """The largest size of an input: asked for only where the loss has shown that something is wrong."""
        return float(max(-self.x.min(), self.x.max()))

    @cached_property
    def far(self):
        """Whether a feature is far from -1 … 1 as a whole: one example far out, as standardised data have, is not."""
        return self.scale > 10 and np.einsum("ij,ij->i", self.x, self.x, dtype=float).max() > 25 * self.x.shape[1]

    # What is certain ----------------------------------------------------------------------------------

    def look_at_output(self, loss):
        """What the last layer can give, beside what the labels ask for."""
        model, labels = self.model, self.labels
        last = model.places[-1]
        z, output = last.inputs, last.output
        if len(output) == 1 and np.all(output == 1) and np.abs(z).max() < 30 and np.ptp(z) > 0:
            self.say("softmax_of_one", loss=loss)
        elif (limits := reach(last, model.dtype)) is not None:
            least, most = limits
            if is_log_loss(model.loss) and len(output) == 1 and (least < -1e-9 or most > 1 + 1e-9):
                self.say("not_a_probability", loss_name=type(model.loss).__name__, range=span(*limits))
            low, high = float(labels.min()), float(labels.max())
            slack = 0.2 * (high - low)
            if (least > -100 and low < least - slack) or (most < 100 and high > most + slack):
                self.say("out_of_reach", low=low, high=high, range=span(*limits), part=type(last.part).__name__)

    def look_at_dropout(self, least):
        """Dropout that lets hardly anything through: nothing at all for more than the part `least` of the examples."""
        for place in self.model.places:
            if isinstance(place.part, Dropout) and place.part.rate >= 0.9:
                rate, units = place.part.rate, len(place.inputs)
                none = rate**units
                if none > least:
                    also, kept = f", and none for {none:.0%} of the examples" if none > 0.1 else "", units * (1 - rate)
                    self.say("dropout_high", rate=rate, block=place.block, kept=kept, units=units, also=also)

    def look_at_data_and_weights(self):
        model = self.model
        if self.batch_size == 1 and any(isinstance(place.part, BatchNorm) for place in model.places):
            self.say("batch_of_one")
        m = self.labels.shape[1]
        if m >= FEW and self.flat:
            value = ", ".join(f"{value:g}" for value in self.labels[:4, 0])
            self.say("labels_equal", m=m, value=value)
        elif m >= FEW and alike(self.x[:, :2].T) and alike(self.x.T):
            self.say("inputs_equal", m=m)
        layers = [place for place in model.places if getattr(place.part, "weights", None) is not None]
        for place, after in itertools.pairwise(layers):
            rows, onward = np.asarray(place.part.weights), np.asarray(after.part.weights)
            fits = rows.ndim == onward.ndim == 2 and onward.shape[1] == len(rows) > 1
            if fits and alike(rows) and alike(onward.T):
                self.say("units_equal", units=len(rows), block=place.block)

    # What the loss shows ------------------------------------------------------------------------------

    def look(self, count, loss):
        """What the parts hold after this epoch."""
        self.looked = count
        with np.errstate(all="ignore"):
            self.look_for_movement(count)
            self.look_for_scale(count, loss)
            if not self.said.intersection(CAUSES):
                self.look_at_layers(count, loss)
            self.look_at_validation(count, loss)

    def stuck(self, loss, share=0.97):
        """Whether the loss is no better than that of always the same answer, where there is more than one."""
        return not self.flat and not loss < share * self.base and not math.isnan(self.base)

    def look_for_movement(self, count):
        if self.start is None or self.model.steps < self.start_steps + 3:
            return
        gradient = float(np.linalg.norm(self.model.gradients))
        if gradient > 1e-12 and np.array_equal(self.start, self.model.parameters):
            steps = self.model.steps - self.start_steps
            self.say("nothing_moves", steps=steps, gradient=gradient, rate=self.model.learning_rate)
        self.start = None

    def look_for_scale(self, count, loss):
        if count < 5 or not self.stuck(loss, 0.9):
            return
        if self.far:
            self.say("inputs_far", largest=self.scale, epochs=count, loss=loss, base=self.base)
        largest = float(np.abs(self.labels).max())
        if largest > 1000:
            self.say("targets_far", largest=largest, epochs=count, loss=loss, base=self.base)

    def look_at_layers(self, count, loss):
        places = self.model.places
        if count >= 20 and self.stuck(loss, 0.9):
            self.look_at_dropout(0)
        m = places[-1].output.shape[1]
        for place in places:
            part, output = place.part, place.output
            if parameter_names(part) or hasattr(part, "predict") or count < 2 or output.size < 20:
                continue
            if not output.any():
                self.say("layer_dead", block=place.block, part=type(part).__name__, m=m)
                return
        if count < 20 or not self.stuck(loss):
            return
        for place in places[:-1]:
            if hasattr(place.part, "gradient") and not parameter_names(place.part):
                share = float((np.abs(place.part.gradient(place.inputs)) < 1e-3).mean())
                if share > 0.95:
                    part = type(place.part).__name__
                    self.say("layer_saturated", block=place.block, part=part, share=share, loss=loss)
                    return
        sizes = [
            float(np.abs(place.part.grad_weights).mean())
            for place in places
            if getattr(place.part, "grad_weights", None) is not None
        ]
        if len(sizes) >= 4 and 0 < sizes[0] < 1e-4 * sizes[-1]:
            self.say("gradient_vanishes", ratio=sizes[0] / sizes[-1], loss=loss)

    def look_at_validation(self, count, loss):
        values = self.history.values.get("validation_loss", ())
        if count < 20 or len(values) < 20:
            return
        best = min(values)
        # by heart: better at its examples than it ever was at others, and at these a tenth of knowing nothing or worse
        if min(values[-5:]) > 1.5 * best and values[-1] > max(2 * loss, 0.1 * self.base) and loss < best:
            epoch = self.history.epochs[-len(values) :][values.index(best)]
            self.say(
                "overfits", validation=values[-1], times=values[-1] / best, best=best, epoch=epoch, loss=loss
            )  # fmt: skip

    def look_at_the_end(self, count, loss):
        """What only shows that nothing was learned, when no reason for it was found."""
        losses, steps = self.losses, self.model.steps
        if self.said.intersection(CAUSES) or count < 50 or steps < 100 or not self.stuck(loss):
            return
        if losses[-1] < 0.99 * losses[len(losses) // 2]:
            return  # slow, and on its way
        output, labels = self.model.places[-1].output, self.model.labels
        if output.shape[1] >= 5 and np.ptp(output, axis=1).max() < 0.02 * np.ptp(self.labels, axis=1).max():
            answer = ", ".join(f"{value:.3g}" for value in output.mean(axis=1)[:4])
            self.say("same_answer", epochs=count, answer=answer, loss=loss)
        elif is_log_loss(self.model.loss) and output.shape[1] >= 20:
            share, accuracy = largest_class(labels), right_answers(output, labels)
            if accuracy <= share < 1:
                self.say("largest_class", epochs=count, accuracy=accuracy, share=share)
        if not self.said.intersection(("same_answer", "largest_class")):
            self.say("no_progress", epochs=count, loss=loss, base=self.base)

    # Saying it ----------------------------------------------------------------------------------------

    def say(self, name, **numbers):
        """One line on stderr, once for each network, and a `Remark` in its history."""
        if name in self.said:
            return
        self.said.add(name)
        text = SENTENCES[name].format(**numbers)
        remark = Remark(name, text, self.model.epoch)
        self.history.findings.append(remark)
        if self.aloud:
            print(f"Watch: {text}", file=sys.stderr)
            for listener in LISTENERS:
                listener(remark)
