"""A loss as a graph: which numbers were made of which, recorded while it runs.

Nothing is asked of how the loss is written, in rows or in columns, in loops or in classes. Where something could not
be recorded the slopes that the graph gives are not those that were measured: so ask for them first.
"""

import numpy as np

from nnlib.activation import Linear, Sigmoid, Softmax, Tanh
from nnlib.inspect.handed import handed
from nnlib.inspect.recognise import BENDS, activation
from nnlib.inspect.recording import Recording, fitted
from nnlib.inspect.stand_ins import stand_ins
from nnlib.lines import Anew, functions_of, is_own
from nnlib.lines.anew import named_by


class Bend:
    """A stretch that bends each number by itself: `source` is z, `end` what comes out, `form` its textbook name."""

    def __init__(self, source, end, slope, form):
        self.source, self.end, self.slope, self.form = source, end, slope, form
        self.layer = self.next = None


class Product:
    """A matrix product with a parameter, whose `side` it is (0, 1); `x` is the node that it meets, None for data."""

    def __init__(self, node, side, name, x, values, at=None):
        self.node, self.side, self.name, self.x, self.values, self.at = node, side, name, x, values, at
        self.bend = self.below = None

    def part(self, array):
        """Of an array like the parameter what stands in the product: all, maybe turned, or the one number `at`."""
        values = self.values[self.side]
        if self.at is not None:
            return np.reshape(array.flat[self.at], (1, 1))
        return array.T if array.shape == values.shape[::-1] != values.shape else np.reshape(array, values.shape)

    def turned(self, square):
        """The same of the parameter with rows and columns exchanged."""
        return self.values[self.side].T if self.at is None else self.part(square.T)

    def through(self, matrix):
        """The way down with another matrix in the place of the weights."""
        return (lambda g: matrix.T @ g) if self.side == 0 else (lambda g: g @ matrix.T)

    def weights_gradient(self, g, inputs):
        """With other inputs, or, where `inputs` are a slice, with these examples alone."""
        if isinstance(inputs, slice):
            x = self.values[1 - self.side]
            return g[:, inputs] @ x[:, inputs].T if self.side == 0 else x[inputs].T @ g[inputs]
        return g @ inputs.T if self.side == 0 else inputs.T @ g

    def otherwise(self, parts, g, down, inputs):
        """What it hands on, by another way `down`, or with other `inputs` in the gradient of its weights."""
        g = np.reshape(g, (self.values[0].shape[0], self.values[1].shape[1]))
        for arg, part in parts:
            if arg is self.x and down is not None:
                made = down(g) + np.zeros(self.values[1 - self.side].shape)
                yield arg, np.reshape(fitted(made, part.shape), part.shape)
            elif arg is not self.x and inputs is not None:
                yield arg, np.reshape(self.weights_gradient(g, inputs), part.shape)
            else:
                yield arg, part


class Graph:
    """What a loss computes with parameters: its `bends`, its `products`, and any way back through them."""

    def __init__(self, nodes, leaves, last, arrays=None):
        self.nodes, self.leaves, self.last, self.arrays = nodes, leaves, last, arrays or {}
        self.names = {id(node): name for name, node in leaves.items()}
        self.of_numbers = not any(node.op == "matmul" for node in nodes)  # unit by unit, weight by weight
        self.bends = self.bends_in()
        self.ends = {id(bend.end): bend for bend in self.bends}
        self.products = [one for node in nodes if node.factors and (one := self.product_of(node))]
        by_node = {id(one.node): one for one in self.products}
        for bend in self.bends:
            layers = self.layers_of(bend.source, by_node)
            bend.layer = layers[0] if layers else None
            for layer in [one for one in layers if one.bend is None]:
                layer.bend = bend
        for one in self.products:
            one.below = self.ends.get(id(one.x))
            if one.below is not None:
                one.below.next = one.bend
        self.softmaxes = self.softmaxes_in()

    def softmaxes_in(self):
        """`(z, p, axis)` of what adds up to 1 along an axis and is the softmax of what a product gives."""
        found = []
        for p in [node for node in self.nodes if node.value.ndim == 2 and node.slopes is not None]:
            for axis in (0, 1):
                if p.value.shape[axis] > 1 and np.allclose(p.value.sum(axis), 1) and (p.value > 0).all():
                    z = self.scores_of(p)
                    e = None if z is None else np.exp(z.value - z.value.max(axis, keepdims=True))
                    if e is not None and np.allclose(e / e.sum(axis, keepdims=True), p.value):
                        found.append((z, p, axis))
        return found

    def scores(self):
        """`(z, what is made of it)` at the last product: its softmax or activation, or z itself; None if unclear."""
        if self.softmaxes:
            return self.softmaxes[-1][:2]
        if not self.products:
            return None
        last, node = self.products[-1], self.weighed()
        if last.bend is not None and last.bend.form is not None:
            return last.bend.source, last.bend.end
        return node, node

    def weighed(self):
        """What the last product gives, with its bias."""
        node = self.products[-1].node
        while len(node.takers) == 1 and any(id(root(arg)) in self.names for arg in node.takers[0].args):
            node = node.takers[0]
        return node

    def statistics(self):
        """The sums whose outcome meets many numbers again, as a mean or a variance does."""
        found = []
        for node in [one for one in self.nodes if one.adds_up]:
            waiting = [*node.takers]
            while waiting:
                taker = waiting.pop()
                if taker.slopes is not None and taker.value.size > node.value.size:
                    found.append(node)
                    break
                waiting += taker.takers if taker.slopes is not None and taker.value.size == node.value.size else []
        return found

    def product_before(self, node):
        """The nearest product that a node is made of, or None."""
        by_node, waiting = {id(one.node): one for one in self.products}, [node]
        while waiting:
            one = waiting.pop(0)
            if id(one) in by_node:
                return by_node[id(one)]
            waiting += one.args
        return None

    def scores_of(self, node):
        """The nearest z of the same shape below a node, made of a product and maybe a bias."""
        by_node, waiting, seen = {id(one.node): one for one in self.products}, [node], set()
        while waiting:
            one = waiting.pop(0)
            if one is not node and one.value.shape == node.value.shape and self.layers_of(one, by_node):
                return one
            waiting += [arg for arg in one.args if id(arg) not in seen]
            seen |= {id(arg) for arg in one.args}
        return None

    def bends_in(self):
        """Stretches of operations number by number that have one source; a textbook activation ends one."""
        source, slope, cut, found = {}, {}, {}, []
        for node in self.nodes:
            source[id(node)], slope[id(node)] = node, 1.0
            if node.slopes is None or not node.steady or (self.of_numbers and node.factors):
                continue
            starts = {id(source[id(arg)]): source[id(arg)] for arg in node.args}
            start = next(iter(starts.values()))
            if len(starts) > 1 or start.value.shape != node.value.shape:
                continue
            total = sum(by * slope[id(arg)] for by, arg in zip(node.slopes, node.args, strict=True))
            form = form_between(start.value, node.value)
            if form is None:
                source[id(node)], slope[id(node)] = start, total
            else:
                found.append(Bend(start, node, total, form))
            cut[id(node)] = start, total, form
        for node in [one for one in self.nodes if id(one) in cut]:
            start, total, form = cut[id(node)]
            takers = [(source[id(one)], cut.get(id(one), (None,))[0]) for one in node.takers]
            outside = [one for one in takers if start not in one]
            array = node.value.ndim + self.of_numbers > 0  # what is done to the loss itself bends nothing
            if form is None and array and (outside or node is self.last):
                found.append(Bend(start, node, total, None))
        return found

    def product_of(self, node):
        left, right, *values = node.factors
        named = [self.name_of(one) for one in (left, right)]
        if (named[0] is None) == (named[1] is None):
            return None
        side = 0 if named[0] is not None else 1
        return Product(node, side, named[side], (right, left)[side], values, place_in((left, right)[side]))

    def name_of(self, node):
        """The name of the parameter that a node is, or, in a network of numbers, is one number of; else None."""
        return self.names.get(id(root(node, self.of_numbers)))

    def layers_of(self, node, by_node):
        """The products that a z is the sum of, if nothing else than a bias is added; [] if it is none."""
        if id(node) in by_node:
            return [by_node[id(node)]]
        inner = [arg for arg in node.args if self.name_of(arg) is None]
        added = len(inner) == 1 or (node.slopes is not None and all((by == 1).all() for by in node.slopes))
        below = [self.layers_of(arg, by_node) for arg in inner] if added and id(node) not in self.ends else []
        return [layer for layers in below for layer in layers] if all(below) else []

    def back(self, slopes=None, down=None, inputs=None, arriving=None, cut=None, pulls=None):
        """`{name: gradient}`: with other `slopes` of bends, other ways `down` through products, other `inputs` of
        them, or another gradient `arriving` at a node, each by the `id` of what it belongs to; without what is handed
        on where it is `cut`, by the `id` of both ends; and with other `pulls` of nodes."""
        slopes, down, inputs, arriving, cut, pulls = (one or {} for one in (slopes, down, inputs, arriving, cut, pulls))
        products = {id(one.node): one for one in self.products if id(one.node) in down or id(one.node) in inputs}
        kept, found = {id(self.last): np.ones(self.last.value.shape)}, {}
        self.passing, self.steps = {}, []  # of the way back that was gone last
        for node in reversed(self.nodes):
            g = kept.pop(id(node), None)
            g = arriving.get(id(node), g)
            if g is None:
                continue
            self.passing[id(node)] = g
            if id(node) in self.names:
                found[self.names[id(node)]] = g
            bend = self.ends.get(id(node))
            if bend is not None and not (pulls and bend.form is None):
                parts = [(bend.source, g * slopes.get(id(bend), bend.slope))]
            elif node.pull is None:
                continue
            else:
                parts = [*zip(node.args, pulls.get(id(node), node.pull)(g), strict=True)]
                if id(node) in products:
                    parts = products[id(node)].otherwise(parts, g, down.get(id(node)), inputs.get(id(node)))
            for arg, part in parts:
                self.steps.append((node, arg))
                if (id(node), id(arg)) in cut:
                    continue
                kept[id(arg)] = kept[id(arg)] + part if id(arg) in kept else part
        return {name: found.get(name, np.zeros(node.value.shape)) for name, node in self.leaves.items()}


def place_in(node):
    """Where in a parameter the one number stands that a node is; None if the node is all of it."""
    g, whole = np.ones(node.value.shape), root(node, True)
    if node.value.size > 1 or node.value.size == whole.value.size:
        return None
    while node is not whole:
        (g,), node = node.pull(g), node.args[0]
    return int(np.flatnonzero(g)[0])


def root(node, of_part=False):
    """The node that another is a view of, or a view of a part of."""
    while node is not None and len(node.args) == 1 and node.slopes is None and node.factors is None:
        if node.value.size != node.args[0].value.size and (not of_part or node.op != "getitem"):
            break
        node = node.args[0]
    return node


def form_between(z, a):
    """The textbook's activation that makes a of z, or None."""
    z, a = np.atleast_2d(z), np.atleast_2d(a)
    form = activation(z, a)
    if form is None or form.slip or isinstance(form.bend, (Linear, Softmax)):
        return None
    if z.size == 1 and not isinstance(form.bend, (Sigmoid, Tanh)):  # any number times 0.1 would be a leak
        return None
    sure = any(form.bend is one for one in BENDS) or (z > 0).any()  # of numbers below 0 alone, halves are a leak of 0.5
    return form.bend if sure else None


def graph_of(loss, parameters, takes):
    """The `Graph` of a loss, or None if it cannot be recorded."""
    recording = Recording()
    views = {name: recording.leaf(array) for name, array in parameters.items()}
    known = {id(array): views[name] for name, array in parameters.items()}

    def change(array):
        return known.get(id(array), array.copy().view(recording.kind) if array.dtype.kind == "f" else array)

    anew = Anew(change=change, stand_ins=stand_ins(recording.kind))
    anew.memo.update(known)
    try:
        made = anew(loss)(*([handed(parameters, views)] if takes else []))
    except Exception:  # then it is no question of ours
        return None
    last = getattr(made, "node", None) or recording.last
    if last is None:
        return None
    held = [pair for function in functions_of(loss) for pair in named_by(function)]
    held += [pair for _, one in held if is_own(type(one)) for pair in getattr(one, "__dict__", {}).items()]
    arrays = {name: one for name, one in held if isinstance(one, np.ndarray) and id(one) not in known}
    return Graph(recording.nodes, {name: view.node for name, view in views.items()}, last, arrays)
