"""What the Workbench shows of a run, as plain values for `explorer.js`, and as sentences.

What is drawn over the plane comes from a copy of the network, so that looking changes nothing.
"""

import time

import numpy as np

from nnlib.inspect import parameters_of
from widgets.stage import health, picture
from widgets.stage.base import packed
from widgets.workbench.menus import OWN
from widgets.workbench.run import Run

BRIEF = 150  # points of a curve that a frame of Play has at most: the picture is not wider


class View(Run):
    """The views of a run: network, plane, curves, health, the forward pass of a point, one parameter."""

    def start(self, **arguments):
        self._probe, self._chosen, self._told = None, (1, 0, 0), ([], 0.0)
        self._card = self._script = 0, ""  # how many have been made, and the last one
        super().start(**arguments)

    def _looked_at(self):
        self._told, self._maps = ([], 0.0), None
        self._chosen = self._within(self._chosen)

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
        x, y = np.hstack([self.x_train, self.x_test]), np.hstack([self.y_train, self.y_test])
        side = -float(self._grid[0, 0])
        plane = picture.plane(side, outputs[-1], self.plane.flat(x, y), y, self.kinds, self.plane.names, self.playing)
        plane["hollow"] = self.x_test.shape[1]
        measures = self._measured = self._measures()
        return {
            "stats": self._stats(measures), "plane": plane, "diagram": self._diagram(drawn),
            "curves": self._curves(measures), "health": self.health(), "probe": self._forward(),
            "chosen": self._chosen_view(), "pointer": self.pointer, "classes": self.classes,
            **{name: None if self.playing else {"number": number, "text": text}
               for name, (number, text) in (("card", self._card), ("script", self._script))},
            "hidden": [*self.hidden_names, *self._idle()],
            "locked": list(self.locked), "own": self.data == OWN,
            "names": self._class_names(), "axes": list(self.options["across"]),
        }  # fmt: skip

    def _look_at_now(self):
        """Give the looker the parameters that are to be shown: those of the network as it stands."""
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
            names = self.names()
            every = 3 if self.playing else 2
            self._maps = now, outputs, picture.columns(self._looker, outputs, len(names), names, 16, every)
        return self._maps[1:]

    def _diagram(self, drawn, moments=None, moment=None):
        model = self.model if self.edges == "gradients" else self._looker
        name = "grad_weights" if self.edges == "gradients" else "weights"
        return picture.diagram(model, None, moments, moment, 0, edges=name, drawn=drawn)

    def _stats(self, measures):
        form, right = ("{:.1%}", "Right") if self.classes else ("{:.3f}", "R²")
        names = (
            ("Training loss", "{:.4f}"),
            ("Test loss", "{:.4f}"),
            (f"{right}, training", form),
            (f"{right}, test", form),
        )
        told = [["Epoch", f"{self.model.epoch:,}"], ["Update", f"{self.model.steps:,}"]]
        for (name, shape), value in zip(names, measures, strict=True):
            told.append([name, shape.format(value) if np.isfinite(value) else "–"])
        return told

    def _curves(self, measures):
        steps, rows, at = self._record.steps, self._record.losses, self._shown_step()
        if at is None or not steps:
            steps, rows = [*steps, self.model.steps], [*rows, measures]
        losses = np.array([row[:2] for row in rows], float)
        if len(losses) == 1:
            steps, losses = [steps[0], steps[0] + 1], np.vstack([losses, losses])
        finite = losses[np.isfinite(losses)]  # one jump of the loss must not flatten the rest of its curve
        top = min(1.1 * finite.max(initial=0.1), 3 * np.median(finite) + 0.5) if finite.size else 1.0
        every = -(-len(losses) // BRIEF) if self.playing else 1  # what is past has been sent, and finer, at each pause
        some = slice((len(losses) - 1) % every, None, every)
        return {"loss": lines(steps[some], losses[some], [0, float(top)], at)}

    def _shown_step(self):
        """The update that is shown, if it is a past one."""
        return None

    def health(self):
        """What is wrong just now, as [name, sentence] pairs; while Play runs, looked at four times a second."""
        told, at = self._told
        if not self.playing or time.monotonic() - at > 0.25:
            x = self.inputs(self.x_train)
            found = health.findings(self.model, x, self._looker) if x.size and self.model.steps else ()
            told = [list(one) for one in found]
            self._told = told, time.monotonic()
        watched = [[one.name.replace("_", " "), f"Epoch {one.epoch:,}: {one.says}"]
                   for one in self.model.history.findings]  # fmt: skip
        return [*([["exploded", self._diverged]] if self._diverged else []), *watched, *told]

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
        names = self.preparation.classes if self.preparation else [f"class {kind}" for kind in range(self.kinds)]
        if not self.classes and self.preparation:
            return f"{self.preparation.target.name}: {float(self.preparation.back(output)[0]):,.6g}"
        if not self.classes:
            return f"it predicts {', '.join(f'{one:.3f}' for one in output)}"
        p = output if len(output) > 1 else np.array([1 - output[0], output[0]])
        return f"{p.max():.1%} sure of {names[int(p.argmax())]}"

    def _idle(self):
        """Controls that such data have no use for: they are not there."""
        told = () if len(self.x_train) > 2 else ("across", "up")
        return (*told, *(("noise",) if self.data == OWN else ()), *(() if self.is_drawable else ("pointer", "clear")))

    def _class_names(self):
        """What the classes are called in the legend, in the order of their numbers."""
        names = self.preparation.classes if self.preparation else range(self.kinds)
        return [str(name)[:20] for name in names]

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
        if self.model is None:
            return "There is no network yet."
        sizes = "-".join(str(column["units"]) for column in self._over_the_plane()[1])
        kind = f"of {OWN}" if self.data == OWN else f"points of {self.data}"
        kind = "examples" if self.is_plain else kind
        who = f"A {sizes} network, {self.x_train.shape[1]} {kind} to train on"
        who += f" and {self.x_test.shape[1]} to test on." if self.x_test.shape[1] else "."
        told = [(name, value) for name, value in self._stats(self._measured) if value != "–"]
        numbers = ", ".join(
            f"{name[0].lower() if at else name[0]}{name[1:]} {value}" for at, (name, value) in enumerate(told)
        )
        ills = ", ".join(dict.fromkeys(name for name, _ in self.health()))
        return f"{who} {numbers}." + (f" It suffers from: {ills}." if ills else "")


def lines(steps, rows, y, at=None):
    """Two curves, training and test, for `lines.js`."""
    curves = [
        {"name": name, "look": look, "values": packed(rows[:, look])}
        for look, name in enumerate(("training", "test"))
        if np.isfinite(rows[:, look]).any()
    ]
    return {"x": [steps[0], steps[-1]], "y": y, "name": "update", "at": at, "curves": curves, "dots": []}
