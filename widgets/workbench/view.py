"""What the Workbench shows of a run, as plain values for `explorer.js`, and as sentences.

What is drawn over the plane comes from a copy of the network, so that looking changes nothing.
"""

import numpy as np

from nnlib.inspect import parameters_of
from widgets.stage import comparison, tracer_view
from widgets.stage.browser import curves, packed
from widgets.stage.figures import number, share
from widgets.stage.moment import explanation, where
from widgets.stage.picture import columns, diagram, plane
from widgets.workbench import panes
from widgets.workbench.menus import ALL_AT_ONCE, OWN
from widgets.workbench.shown import Shown

HUGE = 1e6  # a measure of more is told in three figures: a run that flies off reaches 80 digits
PART = 50  # places of a curve of losses that are sent together: a part that is full is sent once


class View(Shown):
    """The views of a run: network, plane, curves, health, the forward pass of a point, one parameter."""

    _measured = None  # nothing has been drawn

    def _within(self, place):
        layers, (layer, unit, source) = [block[0] for block in self.model.layers], place
        layer = min(max(layer, 1), len(layers))
        rows, columns = layers[layer - 1].weights.shape
        return layer, min(max(unit, 0), rows - 1), None if source is None else min(max(source, 0), columns - 1)

    def _chosen_array(self, weights, bias):
        layer, unit, source = self._chosen
        part = self.model.layers[layer - 1][0]
        return (getattr(part, bias), (unit, 0)) if source is None else (getattr(part, weights), (unit, source))

    def view(self):
        if self.model is None:
            return None
        self._look_at_now()
        outputs, drawn = self._over_the_plane()
        shown = [(name, x, y) for name, x, y in self.parts() if self.dots in ("all", name)]
        x, y = (np.hstack(both) for both in list(zip(*shown, strict=True))[1:])
        side = -float(self._grid[0, 0])
        told = plane(side, outputs[-1], self.plane.flat(x, y), y, self.kinds, self.plane.names, self.playing,
                     self.colours == "the answer alone")  # fmt: skip
        told["classes"] = self._classes_in_words()
        told["hollow"] = sum(x.shape[1] for name, x, _ in shown if name != "training")
        measures = self._measured = self._measures_then() if self.past else self._measures()
        spot, sentence = self._tour[0][self._tour[1]] if self._tour else (None, "")
        told = {
            "stats": self._brief_stats(measures), "plane": told, "diagram": self._diagram(drawn),
            "loss": self._curves(measures), "rates": None if self.playing else self._rates(),
            "health": self.health(), "healthy": self._healthy(), "probe": self._forward(),
            "chosen": self._chosen_view(), "pointer": self.pointer,
            **{name: None if self.playing else {"number": number, "text": text}
               for name, (number, text) in (("card", self._card), ("script", self._script))},
            "hidden": [*self.hidden_names, *self._idle()],
            "locked": list(self.locked), "own": self.data == OWN,
            "names": [name[:200] for name in self.class_names() or map(str, range(self.kinds))] or self._ends(),
            "axes": list(self.options["across"]), "away": list(self._away), "standing": self._standing(), "track": [],
            "flow": None, "past": self.past, "tour": [spot, sentence, self._tour is not None],
            "dock": self.docked_in(), "timeline": self._timeline(), "followed": None, **self._of_pane(),
        }  # fmt: skip
        told["whose"] = self._write_numbers(told["diagram"]["columns"], told["probe"])
        return told | self._of_the_moment(told["diagram"]["columns"]) if self.steps else told

    def _write_numbers(self, columns, probe):
        """Into the units the numbers of the followed example, or of the point that was pointed at; whose they are."""
        if self.steps and not (self._runs or self._as_it_stands):
            index, k = self._place()
            at = self._followed(self.steps[index])
            panes.write_numbers(columns, self.steps[index], k, at)
            if any("numbers" in column for column in columns):
                return f"example {at}"
        if probe is None:
            return ""
        for column, (_, values) in zip(columns, probe["layers"], strict=True):
            column["numbers"] = [None if unit is None else values[unit] for unit in column["shown"]]
        return f"the point ({', '.join(number(one, 2) for one in probe['point'])})"

    def _of_the_moment(self, columns):
        """The strip of the update that is shown, the example that is followed in it, and what flows."""
        if self._runs:
            return {"track": None, "flow": panes.speeds(self.model, columns)}  # None: as it was
        moment, (index, k) = self.moment, self._place()
        moments = self.steps[index]
        before, at = sum(len(earlier) for earlier in self.steps[:index]), self._followed(moments)
        return {
            "track": self._track(moments, before, k),
            "followed": {"example": at, "at": self._where(moments[0].values["inputs"][:, at])},
            "flow": None if self._as_it_stands else panes.flow(moment, columns, at),
        }  # fmt: skip

    def _look_at_now(self):
        """Give the looker the parameters that are to be shown."""
        if self.past:
            index, k = self._place()
            return self._take_values(self.steps[index], k)
        for place, mine in zip(self.model.places, self._looker.places, strict=True):
            for name in parameters_of(place.part):
                setattr(mine.part, name, getattr(place.part, name).astype(np.float32))

    def _outputs(self, inputs):
        """The inputs `(features, places)` and what each part makes of them, by the copy."""
        outputs = [inputs]
        for place in self._looker.places:
            outputs.append(getattr(place.part, "predict", place.part)(outputs[-1]))
        return outputs

    def _over_the_plane(self):
        """What every part makes of the plane, and the columns of units; made anew only for other parameters."""
        arrays = [getattr(place.part, name) for place in self._looker.places for name in parameters_of(place.part)]
        now = [self._grid, self.playing, *(array.tobytes() for array in arrays)]
        then = self._maps[0] if self._maps else [None]
        if then[0] is not now[0] or then[1:] != now[1:]:
            outputs = self._outputs(self.inputs(self.plane.lift(self._grid)))
            self._maps = now, outputs, columns(self._looker, outputs, self.names(), 16, 3 if self.playing else 2)
        return self._maps[1:]

    def _diagram(self, drawn):
        moments = moment = None
        if self.steps and not (self._runs or self._as_it_stands):
            index, k = self._place()
            moments, moment = self.steps[index], self.steps[index][k]
        model = self.model if self.edges == "gradients" else self._looker
        name = "grad_weights" if self.edges == "gradients" else "weights"
        told = diagram(model, drawn, moment, name)
        for at, (column, block) in enumerate(zip(told["columns"][1:], self.model.layers, strict=True), start=1):
            masks = [getattr(part, "mask", None) for part in block[2:]]
            if moments is not None:
                masks = [one.values.get("mask") for one in moments if (one.block, one.phase) == (at, "forward")]
            mask = next((mask for mask in masks if np.ndim(mask) == 2), None)
            if mask is not None and self.model.steps:
                left = mask[:, min(self.example, mask.shape[1] - 1)] == 0
                column["dropped"] = [unit is not None and bool(left[unit]) for unit in column["shown"]]
        return told

    def _stats(self, measures):
        right = "Right" if self.classes else "R²"
        told = [["Epoch", f"{self.model.epoch:,}"], ["Update", f"{self.model.steps:,}"]]
        parts = [at for at, (name, x, _) in enumerate(self.parts()) if name != "validation" or x.size]
        names = ("Training loss", "Validation loss", "Test loss"), [f"{right}, {name}" for name, *_ in self.parts()]

        def written(value, is_score, loss):
            if not np.isfinite(value) or np.isnan(loss):  # what is no number is neither right nor wrong
                return "–"
            if is_score and self.classes:
                return share(value, 1)
            told = f"{value:.{3 if is_score else 4}f}" if abs(value) < HUGE else f"{value:.3g}"
            return told.replace("-", "−")

        return told + [
            [names[kind][at], written(measures[3 * kind + at], kind, measures[at])] for kind in (0, 1) for at in parts
        ]

    def _brief_stats(self, measures):
        """Those of the training and of one other part: the test part is looked at when all is chosen."""
        held = "Validation" if self.x_valid.size else "Test"
        told = [[name.replace("Training loss", "Loss").replace(", training", "").replace("ation", "."), value]
                for name, value in self._stats(measures)[2:] if "raining" in name or held[1:] in name]  # fmt: skip
        scheduled = self.steps and self.schedule != "constant"  # the field has what the schedule begins with
        rate = [["Rate used", number(self._rate_used())]] if scheduled else []
        return rate + sorted(told, key=lambda row: "est" in row[0])  # where there is little room the last have none

    def _curves(self, measures):
        """The loss of every part by update; the one that is watched of the run before; where it was lowest."""
        record, at = self._record, self._shown_step()
        steps, rows = record.steps, record.losses
        is_recorded = steps and steps[-1] == self.model.steps and np.array_equal(rows[-1], measures, equal_nan=True)
        if not steps or (at is None and not is_recorded):
            steps, rows = [*steps, self.model.steps], [*rows, measures]
        rows, before = np.array(rows, float)[:, :3], self._before
        end = max(steps[0] + 4, steps[-1])
        if before:  # at most half of the width is the run before's alone
            end = max(end, min(before.steps[-1], 2 * steps[-1] or np.inf))
        curves = [(name, look, steps, record.stride, rows[:, look]) for look, (name, *_) in enumerate(self.parts())]
        if before:
            part = np.array(before.losses)[np.array(before.steps) <= end]
            part = part[:, 1 if self.x_valid.size else 2 if self.x_test.size else 0]
            curves.append(("before", 5, before.steps, before.stride, part))
        found = np.concatenate([values[np.isfinite(values)] for *_, values in curves])
        top = min(1.1 * found.max(initial=0.1), 3 * np.median(found) + 0.5) if found.size else 1.0
        best, above = self._best(), float(found.max(initial=0))
        return {
            "x": [steps[0], end], "y": [0, float(top)], "name": "update", "at": at,
            "above": f"↑ up to {above:.3g}" if above > top else "",
            "curves": [{"name": name, "look": look, "places": [there[0], stride, there[-1]],
                        "values": [packed(values[at : at + PART]) for at in range(0, len(values), PART)]}
                       for name, look, there, stride, values in curves if np.isfinite(values).any()],
            "dots": [[best[0], best[1], 1]] if best else [],
            "marks": [[best[0], f"lowest: {best[0]:,}"]] if best else [],
        }  # fmt: skip

    def _rates(self):
        if self.rates() is None:
            return None
        steps, rates = self.rates()
        at = min(max(self.model.steps, 1), self.span)
        rates = np.interp(np.linspace(1, self.span, 120), steps, rates)
        top = 1.08 * max(rates.max(), 1e-9)
        return curves("update", [1, self.span], [0.0, top], ("learning rate", 2, rates), at=at)

    def _shaking(self):
        """How much the training loss goes up and down in the last tenth of the run, and in that of the run before."""
        told = [self._record, self._before] if self._before else [self._record]
        ends = [np.array(record.losses)[-max(10, len(record.losses) // 10) :, 0] for record in told if record.losses]
        if self.batch == ALL_AT_ONCE or not ends or min(map(len, ends)) < 10:
            return ""
        now, *then = [f"{np.abs(np.diff(end)).mean():.2g}, and ends with {end[-1]:.4f}" for end in ends]
        before = f"; in the run before by {then[0]}" if then else ""
        return f" From one update to the next the training loss shakes by {now}{before}."

    def _best(self):
        """(update, loss) where the loss of the examples to choose by was lowest, or None."""
        steps, losses = self._record.steps, [row[1] for row in self._record.losses]
        if not self.x_valid.size or not np.isfinite(losses).any():
            return None
        at = int(np.nanargmin(losses))
        return steps[at], losses[at]

    def _forward(self):
        """The forward pass of the point that is pointed at, layer by layer."""
        if self._probe is None:
            return None
        outputs = [output[:, 0] for output in self._outputs(self.inputs(self.plane.lift(self._probe[:, np.newaxis])))]
        layers, at = [["Inputs", [float(value) for value in outputs[0]]]], 0
        for block in self.model.layers:
            at += len(block)
            layers.append([type(block[1]).__name__, [float(value) for value in outputs[at]]])
        return {"point": [float(one) for one in self._probe], "layers": layers, "says": self._answer(outputs[-1])}

    def _answer(self, output):
        if not self.classes and self.preparation:
            return f"{self.preparation.target.name}: {float(self.preparation.back(output)[0]):,.6g}"
        if not self.classes:
            return f"it predicts {', '.join(f'{one:.3f}' for one in output)}"
        p = output if len(output) > 1 else np.array([1 - output[0], output[0]])
        return f"{share(p.max(), 1)} sure of {self._classes_in_words()[int(p.argmax())]}"

    def _idle(self):
        """Controls that such data have no use for: they are not there."""
        told = () if len(self.x_train) > 2 else ("across", "up")
        told += () if self.draws_weights else ("initializer",)
        told += ("learning_rate",) if self._has_own_schedule else ()
        return (*told, *(("noise",) if self.data == OWN else ()), *(() if self.is_drawable else ("pointer", "clear")))

    def _classes_in_words(self):
        return self.class_names() or [f"class {kind}" for kind in range(self.kinds)]

    def _chosen_view(self):
        layer, unit, source = self._chosen
        array, at = self._chosen_array("weights", "bias")
        gradients, _ = self._chosen_array("grad_weights", "grad_bias")
        return {
            "layer": layer, "unit": unit, "input": source, "value": float(array[at]),
            "gradient": float(gradients[at]) if np.ndim(gradients) == 2 and self.model.steps else None,
            "shapes": [list(block[0].weights.shape) for block in self.model.layers],
        }  # fmt: skip

    def narrate(self):
        if self.pane == "Check" and self._checked is not None and not self._runs:
            return self._checked.in_words(self.model.steps)
        if self.pane == "Compare" and self._twins is not None and self._pinned is None and not self._runs:
            return self._twins.said()
        if self.model is None or not self.steps or self._runs:
            start = f"{self._given.said} " if self._given and self._given.said else ""
            return start + self._of_the_run()
        moment, (index, k) = self._as_followed(self.moment), self._place()
        back = self._restored()
        told = "" if back is None else f"Early stopping has put back the weights of update {back:,}: they are shown. "
        told += f"{moment.phase.capitalize()}, {k + 1} of {len(self.steps[index])}: {where(moment)}"
        told += f", example {self._followed(self.steps[index])}. " if moment is not self.moment else ". "
        if self.pane == "Chain" and self._traced is not None:
            return told + tracer_view.sentences(self._trace(self.steps[index]), moment.step)
        if self.pane == "Compare" and self._pinned is not None:
            return told + comparison.said(*self._both(self.moment))
        return f"{told}{explanation(moment)} {self._results(moment)}".rstrip()

    def _of_the_run(self):
        """The network, its data and its measures in words."""
        if self.model is None:
            return "There is no network" + ("; what is drawn is the one before." if self._measured else " yet.")
        sizes = "-".join(str(column["units"]) for column in self._over_the_plane()[1])
        kind = f"of {OWN}" if self.data == OWN else f"points of {self.data}"
        kind = "examples" if self.is_plain else kind
        who = f"A {sizes} network, {self.x_train.shape[1]} {kind} to train on"
        for count, what in ((self.x_valid.shape[1], "for validation"), (self.x_test.shape[1], "to test on")):
            who += f", {count} {what}" if count else ""
        told = [f"{name} {value}" for name, value in self._stats(self._measured) if value != "–"]
        numbers = ", ".join(one if one is told[0] or one[1] == "²" else one[0].lower() + one[1:] for one in told)
        names = dict.fromkeys(name for name, _ in self.health() if "health" not in self.hidden_names)  # explained there
        ills = ", ".join(one for one in names if not any(one.endswith(f" {other}") for other in names))
        gone = " Its answers are not numbers." if self.x_train.size and np.isnan(self._measured[0]) else ""
        return f"{who}. {numbers}.{gone}{self._shaking()}" + (f" It suffers from: {ills}." if ills else "")
