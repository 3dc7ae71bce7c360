"""A recording of training: what every part held after every phase, and the source line that made it.

    tape = Tape()
    model.fit(x, y, epochs=3, callbacks=[tape])
    tape[0].values["output"]

The tape reads the values off the model and copies them; it computes nothing, and training without a tape does
nothing for it.
"""

import ast
import dis
import functools
import inspect
import textwrap
from dataclasses import dataclass, field

import numpy as np

from nnlib.activation import Elementwise
from nnlib.layer import Dense
from nnlib.optimizer import SGD
from nnlib.parts.part import name_of, needs_backward, parameter_names
from nnlib.parts.validate import whole


@dataclass(frozen=True)
class Source:
    """The lines of a method, without its docstring, and which of them holds the formula.

    `lines[formula_start:formula_stop]` is the statement that gives the result; `first` is the number of
    `lines[0]` in `file`.
    """

    owner: str
    method: str
    lines: tuple
    formula_start: int
    formula_stop: int
    file: str
    first: int

    @property
    def formula(self):
        """The formula as one line, without comments and `self.`"""
        lines = self.lines[self.formula_start : self.formula_stop]
        return "; ".join(line.split("  #")[0].strip() for line in lines).replace("self.", "")


@dataclass(frozen=True)
class Moment:
    """One micro-step: `part` of `block` (0 for the loss) in `phase` of `step`, with copies of its `values` by name."""

    step: int
    epoch: int
    phase: str
    block: int
    index: int
    part: str
    method: str
    values: dict = field(repr=False)
    source: Source | None = field(repr=False)

    @property
    def address(self):
        """What tells this moment from the others of the run: (step, phase, block, index, method)."""
        return self.step, self.phase, self.block, self.index, self.method


class Tape:
    """Records a training run: pass it to `fit(callbacks=[tape])`.

    `len(tape)`, `tape[i]` and `for moment in tape` see all moments in the order they happened; `find` looks some
    up by their address. `every=10` records each tenth step. When more than `limit` MiB are held, the older
    half of the steps is thinned to every second, fourth, … one, but for the first: the whole run stays covered, its
    end without gaps. Two steps are always kept. A step that diverged ends with the last phase it came to.

    >>> from nnlib import BinaryCrossEntropy, NeuralNetwork, Sigmoid
    >>> model = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), learning_rate=1.0, seed=0)
    >>> tape = Tape()
    >>> history = model.fit(np.array([[0., 1.]]), np.array([[0., 1.]]), epochs=2, callbacks=[tape])
    >>> [moment.method for moment in tape.find(step=1)]
    ['__call__', '__call__', 'loss', 'loss.gradient', 'parameter_gradients', 'update']
    >>> tape.find(step=1, method="parameter_gradients")[0].source.lines[2]
    'self.grad_weights = np.dot(share, self.inputs.T, out=self.grad_weights)'
    """

    def __init__(self, every=1, limit=64):
        self.every, self.limit = whole("every", every), limit
        self.clear()

    def __repr__(self):
        return f"Tape({len(self._steps)} steps, {len(self)} moments, {self.size / 2**20:.1f} MiB)"

    def clear(self):
        """Forget all moments."""
        self._steps, self._open, self.size, self._stride = [], None, 0, 1

    def __len__(self):
        return sum(len(moments) for moments, _ in self._steps)

    def __iter__(self):
        for moments, _ in self._steps:
            yield from moments

    def __getitem__(self, index):
        if index < 0:
            index += len(self)
        for moments, _ in self._steps:
            if 0 <= index < len(moments):
                return moments[index]
            index -= len(moments)
        raise IndexError(f"the tape holds {len(self)} moments")

    @property
    def steps(self):
        """The recorded steps in order, each the list of its moments."""
        return [moments for moments, _ in self._steps]

    def find(self, **address):
        """All moments with these fields, such as `find(step=3, phase="backward", block=1)`."""
        return [moment for moment in self if all(getattr(moment, name) == value for name, value in address.items())]

    # Recording, called by the network -----------------------------------------------------------------

    def on_train_begin(self, model):
        self.model = model

    def on_step_begin(self, step):
        self._open = ([], {}) if (step - 1) % self.every == 0 else None
        self._step = step

    def on_phase(self, phase):
        if self._open is not None:
            getattr(self, f"_{phase}")()

    def on_step_end(self, step, loss):
        self._close()

    def on_train_end(self):
        self._close()

    def _close(self):
        if self._open is None:
            return
        moments, copies = self._open
        size = sum(copy.nbytes for _, copy in copies.values())
        self._steps.append((moments, size))
        self.size += size
        self._open = None
        if self.size > self.limit * 2**20:
            self._thin(0.75 * self.limit * 2**20)  # by a quarter at once, so that most steps need no thinning

    def _thin(self, enough):
        while self.size > enough and len(self._steps) > 2:
            half, first = (len(self._steps) + 1) // 2, self._steps[0][0][0].step
            older = [kept for kept in self._steps[:half] if (kept[0][0].step - first) % self._stride == 0]
            if len(older) == half:
                self._stride *= 2
            self._steps = older + self._steps[half:]
            self.size = sum(size for _, size in self._steps)

    def _forward(self):
        for place in self.model.places:
            part = place.part
            values = {"inputs": place.inputs, **parameters_of(part), "output": place.output}
            if getattr(part, "mask", None) is not None:
                values["mask"] = part.mask
            self._add("forward", place, "__call__", values, source_of(type(part).__call__))

    def _loss(self):
        model, last = self.model, self.model.places[-1]
        formula = model.loss_formula
        values = {"output": last.output, "labels": model.labels, "loss": model.loss_value}
        if formula is not model.loss:
            values = {"z": last.inputs, **values}
        self._add("loss", None, "loss", values, source_of(type(formula).__call__))

    def _backward(self):
        model, last = self.model, self.model.places[-1]
        formula = model.loss_formula
        waiting = model.places if formula is model.loss else model.places[:-1]
        values = {"output": last.output, "labels": model.labels, "grad_output": waiting[-1].grad_output}
        self._add("backward", None, "loss.gradient", values, source_of(type(formula).gradient))
        for place, below in zip(reversed(waiting), [*reversed(waiting[:-1]), None], strict=True):
            part = place.part
            if place.grad_output is None:
                break
            incoming = {"grad_output": place.grad_output, "inputs": place.inputs}
            gradients = gradients_of(part)
            if gradients:
                values = {**incoming, **gradients}
                self._add("backward", place, "parameter_gradients", values, gradient_source(part))
            if below is not None and below.grad_output is not None:
                fallback = Elementwise.backward if hasattr(part, "gradient") else Dense.backward
                values = {**incoming, **parameters_of(part), "output": place.output, "grad_inputs": below.grad_output}
                self._add("backward", place, "backward", values, source_of(getattr(type(part), "backward", fallback)))

    def _update(self):
        optimizer = self.model.optimizer
        own_step = type(optimizer).step is not SGD.step
        rule = type(optimizer).step if own_step else type(optimizer).rule
        before = {(m.block, m.index): m.values for m in self._open[0] if m.phase == "forward"}
        for place in self.model.places:
            now = parameters_of(place.part)
            if not now:
                continue
            values = {"learning_rate": np.float64(self.model.learning_rate)}
            for name, value in now.items():
                values[f"{name}_before"] = before[place.block, place.index][name]
                values[f"grad_{name}"] = gradients_of(place.part)[f"grad_{name}"]
                values[name] = np.array(value)
            self._add("update", place, "update", values, source_of(rule))

    def _add(self, phase, place, method, values, source):
        moments, copies = self._open
        kept = {}
        for name, value in values.items():
            live = name.startswith("grad_") or not hasattr(value, "nbytes")  # may hold something else by next phase
            key = (phase, name, id(value)) if live else id(value)
            if key not in copies:
                copies[key] = (value, np.array(value))
                copies[key][1].setflags(write=False)
            kept[name] = copies[key][1]
        block, index = (place.block, place.index) if place else (0, 0)
        part = name_of(place.part if place else self.model.loss)
        moment = Moment(self._step, self.model.epoch, phase, block, index, part, method, kept, source)
        moments.append(moment)


def first_divergence(one, other, tolerance=0.0):
    """The first pair of moments of two tapes that differ by more than `tolerance`, and the name of the value.

    Returns (moment of `one`, moment of `other`, name), or None if all moments that both tapes hold agree. A
    value that is missing on one side or has another shape differs.
    """
    others = {moment.address: moment for moment in other}
    for moment in one:
        twin = others.get(moment.address)
        if twin is None:
            continue
        for name in {**moment.values, **twin.values}:
            mine, yours = moment.values.get(name), twin.values.get(name)
            same = mine is not None and yours is not None and mine.shape == yours.shape
            if not same or not np.allclose(mine, yours, rtol=0, atol=tolerance, equal_nan=True):
                return moment, twin, name
    return None


def parameters_of(part):
    """The part's parameters by name, live."""
    return {name: getattr(part, name) for name in parameter_names(part)}


def gradients_of(part):
    """The part's gradients by name, live."""
    return {f"grad_{name}": getattr(part, f"grad_{name}") for name in parameters_of(part)}


def gradient_source(part):
    """The `Source` of the lines that fill the part's `grad_…`: of its `backward` if that does so, else of what is there
    for it.
    """
    names = tuple(f"grad_{name}" for name in parameter_names(part))
    method, own = (getattr(type(part), name, None) for name in ("parameter_gradients", "backward"))
    fills = needs_backward(part) and (method is None or bool(set(names) & stored_by(own)))
    return source_of(own if fills else method or Dense.parameter_gradients, names)


@functools.lru_cache(maxsize=256)
def stored_by(function):
    """The names of attributes that a function gives values, whole or in part."""
    steps = list(dis.get_instructions(function)) if hasattr(function, "__code__") else ()
    parts = any(step.opname == "STORE_SUBSCR" for step in steps)
    kinds = ("STORE_ATTR", "LOAD_ATTR") if parts else ("STORE_ATTR",)
    return {step.argval for step in steps if step.opname in kinds}


def source_of(function, made=()):
    """The `Source` of a method, or None where Python has no source text for it.

    The formula is what is returned; where that is only a name, the last statement that made it or wrote into it; and
    where nothing is returned, the whole body. With `made`, names of attributes, it is the lines that give them their
    values.
    """
    try:
        lines, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except (OSError, TypeError, SyntaxError):
        return None
    definition = tree.body[0]
    body = definition.body if isinstance(definition, ast.FunctionDef) else [definition]  # a lambda in an assignment
    if len(body) > 1 and ast.get_docstring(definition) is not None:
        body = body[1:]
    formula = [body[-1]] if isinstance(body[-1], ast.Return) else body
    if isinstance(body[-1], ast.Return) and isinstance(body[-1].value, ast.Name | ast.Attribute):
        formula = filling(body, ast.unparse(body[-1].value))[-1:] or formula
    formula = making(body, made) or formula
    start = body[0].lineno - 1
    text = textwrap.dedent("".join(lines[start : body[-1].end_lineno])).splitlines()
    owner, _, method = function.__qualname__.rpartition(".")
    return Source(
        owner.rpartition(".")[2],
        method,
        tuple(text),
        formula[0].lineno - 1 - start,
        formula[-1].end_lineno - start,
        inspect.getsourcefile(function) or "",
        first + start,
    )


def filling(body, name):
    """The statements that bind this name or write into it, those in loops too; what an `if` chooses is left out."""
    found = []
    for line in body:
        if isinstance(line, ast.For | ast.While):
            found += filling(line.body, name)
            continue
        call = line.value if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call) else None
        targets = line.targets[:1] if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        if call is not None:
            targets += [one.value for one in call.keywords if one.arg == "out"]
            targets += call.args[:1] if ast.unparse(call.func) == "np.copyto" else []
        into = [one.value if isinstance(one, ast.Subscript) else one for one in targets if one is not None]
        found += [line] if name in map(ast.unparse, into) else []
    return found


def making(body, names):
    """The statements that give attributes of these names their values, with those that make what they use."""
    wanted, found = set(names), []
    for line in reversed(body):
        nodes = list(ast.walk(line))
        stored = [node for node in nodes if isinstance(getattr(node, "ctx", None), ast.Store)]
        stored = [node.value if isinstance(node, ast.Subscript) else node for node in stored]  # of `a[0] = …`, a
        if wanted & {getattr(node, "attr", getattr(node, "id", None)) for node in stored}:
            wanted |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
            found.append(line)
    return found[::-1]
