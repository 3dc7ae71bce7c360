"""A network class of the learner's own, seen as one of nnlib's."""

import ast
import copy
import inspect
import re

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.inspect.motion import RATES, fresh, moves_of, that_run
from nnlib.inspect.recognise import same
from nnlib.lines import functions_of, is_own, methods_of
from nnlib.lines.anew import names_in, text_of
from nnlib.model import NeuralNetwork
from nnlib.parts import in_dtype
from nnlib.parts.part import attributes, name_of, parameter_names

GRADIENT = re.compile(
    r"(?:gradient|grad|delta|nabla|dL?_?d|d|g)_?(?P<of>\w+)|(?P<its>\w+?)_?(?:grad|gradient|error|err|delta)s?"
)
"""How a gradient of one's own is called after its parameter: dW, gW, grad_w, W_grad, W_error, dL_dW."""
VALUES, SLOPES = {"data", "value", "values", "val", "array"}, {"grad", "gradient"}  # of an object that is one parameter


def as_model(model, x, y):
    """`model` if it is a `NeuralNetwork`, an `Adapted` copy of a class with the same methods; else a TypeError.

    None if it has them, and its parts or its data are not like nnlib's: then it is looked at as a `Whole`.
    A class of one's own needs `layers` (parts, or blocks of parts), `loss`, `model(x)` and `backward_step(labels)`, as
    in lesson 09. For anything else, such as a dictionary of arrays, there is `check_functions`.
    """
    if isinstance(model, NeuralNetwork):
        return model
    if all(hasattr(model, name) for name in ("layers", "loss", "backward_step")) and callable(model):
        output = copy.deepcopy(model)(np.array(x, float))
        if output is None:
            raise TypeError(f"{name_of(model)} gave nothing, as without a `return`; expected what its last part gives")
        return Adapted(model, x, y) if can_be_taken_apart(model, x) and not takes_classes(model, output, y) else None
    raise TypeError(
        f"a network has layers, loss, model(x) and backward_step(labels), got {type(model).__name__}; "
        "for arrays and functions of your own there is check_functions(loss, parameters, gradients)"
    )


class Adapted(NeuralNetwork):
    """A copy of a learner's network whose four phases are the learner's own methods, and whose arrays nnlib sees."""

    def __init__(self, own, x, y):
        own = copy.deepcopy(own)
        own(np.array(x, float))  # builds it, if need be
        parts = parts_of(own.layers)
        for part, pairs in zip(parts, gradients_called(*copy.deepcopy((own, parts)), x, y), strict=True):
            if pairs:
                part.__class__ = with_names(type(part), pairs)
        options = {"optimizer": own.optimizer} if steps_arrays(own) else {"learning_rate": 0.1}
        super().__init__(blocks_of(own.layers), own.loss, **options)
        self.own, self.features = own, len(x)
        self._gather()

    def __repr__(self):
        return name_of(self.own)

    def _gather(self):
        """As usual; and what holds the same arrays elsewhere, such as a list of all parameters, holds the views."""
        names = [(place.part, name) for place in self.places for name in parameter_names(place.part)]
        names += [(part, f"grad_{name}") for part, name in names]
        before = [getattr(part, name, None) for part, name in names]
        super()._gather()
        views = {id(array): getattr(part, name) for array, (part, name) in zip(before, names, strict=True)}
        exchange(self.own, {key: view for key, view in views.items() if key != id(None)})

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
        set_to_zero(self.own)
        self.own.backward_step(self.entrance.labels(labels, *self.places[-1].output.shape))

    def update(self):
        if steps_by_itself(self.own):
            self.own.update()
        self.steps += 1

    @property
    def stepping(self):
        """What moves the parameters: the learner's optimiser, or else their `update`; None if neither can be asked."""
        return self.optimizer if steps_arrays(self.own) else steps_of(self.own, self)

    @property
    def holders(self):
        return [self.own, *(place.part for place in self.places)]

    def held(self):
        """Each parameter's array."""
        return [getattr(place.part, name) for place in self.places for name in parameter_names(place.part)]

    def sizes(self):
        """Of each parameter the number of its part, and how many numbers it has."""
        return [
            (k, np.size(getattr(place.part, name)))
            for k, place in enumerate(self.places)
            for name in parameter_names(place.part)
        ]

    def slopes(self):
        """Each parameter's gradient."""
        return [self.gradients]

    def put(self, parameters, gradients):
        self.parameters[:], self.gradients[:] = parameters, gradients

    def values(self):
        return self.parameters.copy()

    def plain(self):
        """A `NeuralNetwork` of copies of the same parts: it differs from this one in its way up and down alone."""
        twin = copy.deepcopy((self.layers, self.loss, self.optimizer))
        model = NeuralNetwork(twin[0], twin[1], optimizer=twin[2])
        model.features = self.features
        model._gather()
        return model

    def predict(self, x):
        return copy.deepcopy(self.own)(np.array(x, float))


def steps_by_itself(own):
    """Whether a network has an `update` that wants nothing, not even a rate that its training loop sets first."""
    try:
        wants = inspect.signature(own.update).parameters.values()
    except (AttributeError, TypeError, ValueError):
        return False
    if any(getattr(own, name, 0) is None for name in RATES):
        return False
    return all(one.default is not one.empty or one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in wants)


def steps_arrays(own):
    """Whether a network's optimiser moves an array along another, as nnlib's do: one of one's own may take layers."""
    optimizer = getattr(own, "optimizer", None)
    moves = moves_of(fresh(optimizer), np.zeros(2), np.ones((1, 2))) if hasattr(optimizer, "step") else None
    return moves is not None and not counted_elsewhere(optimizer.step, [optimizer])


def helpers_of(own):
    """The objects of a learner's own classes that a network holds by a name, and its optimiser, be it nnlib's."""
    return [one for one in attributes(own).values() if is_own(type(one)) or hasattr(one, "step")]


def counted_elsewhere(step, holders):
    """Whether something that a step reads is counted on in another method, such as the number of steps."""
    inside = {*functions_of(step)}
    read = {name for one in inside for name in names_in(one)}
    methods = [one for holder in holders for one in methods_of(type(holder)).values()]
    trees = [ast.parse(text_of(one) or "") for one in methods if one not in inside]
    counted = [one.target for tree in trees for one in ast.walk(tree) if isinstance(one, ast.AugAssign)]
    held = {name for one in holders for _, name in named_arrays(one)}
    return any(isinstance(one, ast.Attribute) and one.attr in read - held for one in counted)


def set_to_zero(own):
    """Have a network set its gradients to zero, if it adds them up and has a method of its own for that."""
    for name in ("zero_grad", "zero_grads", "zero_gradients", "reset_grads", "reset_gradients", "clear_grads"):
        if callable(getattr(own, name, None)):
            getattr(own, name)()


def steps_of(own, model):
    """The `update` of a network as an optimiser, or None."""
    if not steps_by_itself(own) or counted_elsewhere(own.update, (own, *helpers_of(own))):
        return None
    return OwnSteps(model)


def numbers_of(thing):
    """`{name: value}` of what an object holds, and of the numbers that stand in its class."""
    named = [pair for kind in reversed(type(thing).__mro__) for pair in vars(kind).items()]
    return {name: one for name, one in named if isinstance(one, float)} | attributes(thing)


class OwnSteps:
    """A network's own `update`, as an optimiser: `step` has it move these parameters along these gradients.

    What is a number in the network, or in its parts, such as a learning rate, is an attribute of it.
    """

    def __init__(self, model):
        model = copy.deepcopy(model)
        parts, sizes = zip(*model.sizes(), strict=True)
        of_parts = [[*dict.fromkeys(parts)].index(part) for part in parts]
        vars(self).update(model=model, size=sum(sizes), read=set())
        vars(self)["array_numbers"] = np.repeat(np.arange(len(sizes)), sizes), np.repeat(of_parts, sizes)
        self.read.update(*map(names_in, that_run(self, np.ones((1, self.size)))))
        self.read_numbers()

    @property
    def lines(self):
        """What is the learner's own of a step."""
        return self.model.own.update

    @property
    def holders(self):
        helpers = helpers_of(self.model.own)  # an optimiser's numbers come before those of a part, such as an eps
        return [self.model.own, *helpers, *self.model.holders]

    def read_numbers(self):
        numbers = [pair for holder in reversed(self.holders) for pair in numbers_of(holder).items()]
        unread = {"rate", "alpha"} - self.read  # which is the share of a dropout then, or the slope of a bend
        vars(self).update({name: one for name, one in numbers if isinstance(one, float) and name not in unread})

    def idle(self):
        """The numbers of the arrays for which something of their shape is kept that is still all zeros after a step."""
        twin = copy.deepcopy(self)
        ones = np.ones(self.size)
        twin.step(ones, ones)
        kept = [one for holder in twin.holders for one in named_arrays(holder).values() if not np.any(one)]
        shapes = [np.shape(one) for one in twin.model.held()]
        return [k for k, shape in enumerate(shapes) if shape in map(np.shape, kept)]

    def clears(self):
        """Whether an update leaves no gradient but zeros."""
        twin = copy.deepcopy(self)
        twin.step(np.ones(self.size), np.ones(self.size))
        return not any(np.any(one) for one in twin.model.slopes())

    def __setattr__(self, name, value):
        for holder in [one for one in self.holders if isinstance(numbers_of(one).get(name), float)]:
            setattr(holder, name, value)
        vars(self)[name] = value

    def step(self, parameters, gradients):
        self.model.put(parameters, gradients)
        self.model.own.update()
        self.read_numbers()
        return self.model.values()


def can_be_taken_apart(own, x):
    """Whether a network's parts are called like nnlib's, its loss has a gradient, and its data stand in columns."""
    if not hasattr(own.loss, "gradient") or not all(map(callable, parts_of(own.layers))):
        return False
    return not in_rows(own, x)


def takes_classes(own, output, y):
    """Whether there is the number of a class for each example, and a loss of one's own to know what to do with it."""
    one_each = np.ndim(output) == 2 and np.size(y) == np.shape(output)[1] < np.size(output)
    return one_each and not hasattr(own.loss, "targets")


def in_rows(own, x):
    """Whether a network takes each row for an example: then one that moves leaves what it says of the others.

    Where they know of one another, as batch-norm's do, what comes out changes places with them, or the sizes tell.
    """
    own, x = copy.deepcopy(own), np.array(x, float)
    chance, moved, seen = Chance(parts=[own, *parts_of(own.layers)]), x.copy(), []
    moved[0] += 0.5 + np.abs(moved[0])
    for one in (x.copy(), moved, x[::-1].copy()):
        with chance:
            seen.append(np.array(own(one)))
    before, after, turned = seen
    if not before.ndim or not len(before) == len(after) == len(x) > 1:
        return False
    return np.array_equal(before[1:], after[1:]) or before.shape[-1] != x.shape[-1] or same(before[::-1], turned)


def parts_of(layers):
    """All parts, whether they stand in blocks or in one row."""
    return [part for one in layers for part in (one if isinstance(one, (tuple, list)) else [one])]


def blocks_of(layers):
    """`layers` as blocks of parts; of parts in one row, each that has parameters begins a block."""
    if all(isinstance(one, (tuple, list)) for one in layers):
        return tuple(tuple(one) for one in layers)
    blocks = []
    for part in parts_of(layers):
        if not blocks or parameter_names(part):
            blocks.append([])
        blocks[-1].append(part)
    return tuple(map(tuple, blocks))


def named_arrays(part):
    """`{(where, name): array}` of all that a part holds: its attributes, and what is in its dictionaries and lists."""
    held, found = attributes(part), {}
    for where, kept in (("", held), *held.items()):
        items = kept.items() if isinstance(kept, dict) else enumerate(kept) if isinstance(kept, list) else ()
        items = attributes(kept).items() if where and with_its_gradient(kept) else items
        arrays = {(where, name): one for name, one in items if isinstance(one, (np.ndarray, np.floating))}
        found |= {key: one for key, one in arrays.items() if one.dtype.kind == "f"}
    return found


def with_its_gradient(thing):
    """Whether an object is one parameter and its gradient, as those of the big libraries are."""
    names = attributes(thing).keys()
    return bool(is_own(type(thing)) and names & VALUES and names & SLOPES)


def gradients_called(own, parts, x, y, usual=False):
    """For each part, `{parameter: its gradient}` by the names that the learner gave them.

    It is {} where they are nnlib's, unless those are wanted, too.

    A parameter stays the same whatever comes in, and on the way back something of its shape and name is filled.
    """
    before = [{key: array.copy() for key, array in named_arrays(part).items()} for part in parts]
    own(0.5 * np.array(x, float) + 0.1)
    still = [
        {
            key: array
            for key, array in named_arrays(part).items()
            if isinstance(array, np.ndarray) and np.array_equal(array, kept.get(key))
        }
        for part, kept in zip(parts, before, strict=True)
    ]
    try:
        own.backward_step(np.array(y))
    except Exception:  # it is run again, and says so then
        return [{} for _ in parts]
    found = [pairs_in(there, named_arrays(part)) for there, part in zip(still, parts, strict=True)]
    if not any(found):
        return filled_alike(own, parts, x, y)
    for there, pairs in zip(still, found, strict=True):  # an optimiser's memory of W may be called W, too
        claims = [*pairs.values()]
        several = [key for key, gradient in pairs.items() if claims.count(gradient) > 1]
        kept = {key for key in several if matters(own, there[key], x)}
        for key in several if kept else ():
            if key not in kept:
                del pairs[key]
    return [pairs if usual or not are_usual(pairs, part) else {} for part, pairs in zip(parts, found, strict=True)]


def pairs_in(parameters, arrays):
    """`{key of a parameter: key of its gradient}` of those that are called after one another and have one shape."""
    pairs = {}
    for (where, name), array in parameters.items():
        called = [key for key in arrays if is_gradient(where, name, *key)]
        called.sort(key=lambda key: -len(its_parameter(key[1])))  # dbeta rather than db for beta
        same_shape = [key for key in called if np.shape(arrays[key]) == array.shape]
        others = [key for key in called if key not in parameters or np.size(arrays[key]) >= array.size]
        others = [key for key in others if may_stand_for(arrays[key], array)]
        if same_shape or others:
            pairs[where, name] = (same_shape or others)[0]
    return pairs


def filled_alike(own, parts, x, y):
    """For each part, `{parameter: the one array of its shape that the way back fills}`, whatever these are called.

    With an example less it has that shape as well: else it is what comes of each example.
    """
    few, shapes = (slice(-1) if in_rows(own, x) else (..., slice(-1))), []
    try:
        own(np.array(x, float)[few])
        own.backward_step(np.array(y)[few])
        shapes = [{key: one.shape for key, one in named_arrays(part).items()} for part in parts]
        own(np.array(x, float))
    except Exception:  # it is built for as many
        return [{} for _ in parts]
    before = [{key: array.copy() for key, array in named_arrays(part).items()} for part in parts]
    own.backward_step(np.array(y))
    found = []
    for part, there, seen in zip(parts, before, shapes, strict=True):
        arrays, alike = named_arrays(part), {}
        like = [key for key, one in arrays.items() if seen.get(key) == one.shape]
        filled = [key for key in like if not np.array_equal(arrays[key], there.get(key), equal_nan=True)]
        for key in [key for key, one in arrays.items() if key not in filled and isinstance(one, np.ndarray)]:
            others = [other for other in filled if np.shape(arrays[other]) == arrays[key].shape]
            if others and matters(own, arrays[key], x):
                alike[key] = others
        claims = [other for others in alike.values() for other in others]
        found.append({key: one for key, (one, *more) in alike.items() if not more and claims.count(one) == 1})
    return found


def may_stand_for(gradient, array):
    """Whether a gradient has an array's shape but for what was added up along too much, or not at all, or lost an axis.

    `(n,)` for `(n, 1)`, that is: taken from it, it makes a square. From `(1, n)` it may be taken.
    """
    shapes = np.shape(gradient), array.shape
    try:
        return (np.size(gradient) != array.size) == (np.broadcast_shapes(*shapes) in shapes)
    except ValueError:
        return False


def matters(own, array, x):
    """Whether what a network gives out hangs on an array."""
    kept = array.copy()
    before = np.array(own(np.array(x, float)))
    array += 1 + np.abs(array)
    after = np.array(own(np.array(x, float)))
    array[...] = kept
    return not np.array_equal(before, after, equal_nan=True)


def are_usual(pairs, part):
    return pairs == {("", name): ("", f"grad_{name}") for name in parameter_names(part)}


def get(part, where, name):
    there = getattr(part, where) if where else part
    return there[name] if isinstance(there, (dict, list)) else getattr(there, name)


def put(part, where, name, array):
    there = getattr(part, where) if where else part
    if isinstance(there, (dict, list)):
        there[name] = array
    else:
        setattr(there, name, array)


def is_gradient(where, name, there, other):
    """Whether `there[other]` is called as the gradient of `where[name]` is: `dW` for `W`, `grads["W"]`, `grads[0]`."""
    if where == there and where and name in VALUES:
        return other in SLOPES
    if where != there and other == name:
        return bool(where and there) and ((where[:1] == "p" and there[:1] in "dg") or is_gradient("", where, "", there))
    short = its_parameter(other) if where == there or there[:1] in "dg" else ""
    return bool(short) and other != name and str(name).lower().startswith(short)


def its_parameter(name):
    """What a gradient of this name is that of, in small letters, or ""."""
    found = GRADIENT.fullmatch(str(name))
    return (found["of"] or found["its"]).lower() if found else ""


def with_names(kind, pairs):
    """A subclass whose parameters and gradients go by nnlib's names too: `grad_W` is what the learner calls `dW`."""
    names = {key: key[1] if not key[0] else f"{key[0]}_{key[1]}" for key in pairs}
    methods = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "its_parameters": (*names.values(),)}
    for key, of in pairs.items():
        both = (names[key], key), (f"grad_{names[key]}", of)
        methods |= {name: reached(*one) for name, one in both if one != ("", name)}
    return type(kind.__name__, (kind,), methods if kind.__dictoffset__ else methods | {"__slots__": ()})


def reached(where, name):
    """The property of a part that is `where[name]`, or its attribute of that name."""
    if not where:
        return property(lambda part: get(part, "", name), lambda part, array: setattr(part, name, array))
    return property(lambda part: get(part, where, name), lambda part, array: put(part, where, name, array))


def exchange(thing, views, seen=None):
    """Have everything that a thing holds of these arrays, by `id`, be the views in their place."""
    seen = set() if seen is None else seen
    if id(thing) in seen or isinstance(thing, (str, bytes, np.ndarray, type)):
        return
    seen.add(id(thing))
    held = thing if isinstance(thing, (dict, list, tuple)) else getattr(thing, "__dict__", {})
    for key, one in list(held.items() if isinstance(held, dict) else enumerate(held)):
        if id(one) in views and not isinstance(held, tuple):
            held[key] = views[id(one)]
        elif not isinstance(one, (int, float)):
            exchange(one, views, seen)
