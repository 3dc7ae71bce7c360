"""Arrays that remember what they were made of: each operation becomes a node, with its way back.

What is no well-known operation is not noted, and what depends on it seems not to depend on anything.
"""

import numpy as np

MOST = 20_000  # operations


class Node:
    """An array with what it was made of: `pull(g)` gives the gradients of `args`.

    Of a number-by-number operation, `slopes` are those by each of them, and `steady` says that what else it takes is a
    number or a mask. `factors` are those of a matrix product, and `adds_up` is said of a sum. `wrong_pulls` are
    `{kind: pull}` of well-known wrong ways back, and `op` is what NumPy calls the operation, `index` the same with the
    place that is taken of an array.
    """

    def __init__(self, value, args=(), pull=None, slopes=None, steady=False, factors=None, adds_up=False):
        self.value, self.args, self.pull = np.array(value, float), args, pull
        self.slopes, self.steady, self.factors, self.adds_up = slopes, steady, factors, adds_up
        self.takers, self.wrong_pulls, self.op, self.index = [], {}, "", ""


class Recording:
    """Arrays of `self.kind` whose operations are noted in `nodes`; `last` is the one that became a plain number."""

    def __init__(self):
        self.nodes, self.last = [], None
        recording = self

        class Recorded(np.ndarray):
            node = None

            def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
                options = {name: one for name, one in options.items() if name not in ("casting", "subok", "order")}
                plain = [bare(one) for one in inputs]
                made = getattr(ufunc, method)(*plain, **options)
                node = None
                if method == "reduce" and isinstance(inputs[0], Recorded):
                    node = reduced(ufunc, inputs[0].node, plain[0], made, options)
                elif method == "__call__" and ufunc is np.matmul:
                    node = product(*(node_of(one) for one in inputs), *plain, made)
                elif method == "__call__" and ufunc in SLOPES:
                    masks = ufunc in (np.multiply, np.divide)
                    node = each(made, [node_of(one) for one in inputs], plain, SLOPES[ufunc](made, *plain), masks)
                    if node and ufunc is np.multiply and all(np.size(one) == 1 for one in plain):
                        node.factors = (*map(node_of, inputs), *(np.reshape(one, (1, 1)) for one in plain))
                if node is not None:
                    node.op = node.index = ufunc.__name__
                if out is None:
                    return recording.noted(node, made)
                bare(out[0])[...] = made
                if isinstance(out[0], Recorded):
                    out[0].node = recording.kept(node)
                return out[0]

            def __array_function__(self, func, types, args, kwargs):
                if func is np.where and len(args) == 3:
                    where, *both = (bare(one) for one in args)
                    where, made = np.asarray(where, bool), np.where(where, *both)
                    node = each(made, [*map(node_of, args[1:])], both, (where, ~where))
                    for k, kind in enumerate(("first_case_always", "other_case_always")) if node else ():
                        one_of_both = lambda g, node=node, k=k: [  # noqa: E731
                            fitted(g * (j == k), one.value.shape) for j, one in enumerate(node.args)]  # fmt: skip
                        node.wrong_pulls |= {kind: one_of_both} if len(node.args) == 2 else {}
                    return recording.noted(node, made)
                if func is np.dot:
                    return np.matmul(*args) if all(np.ndim(one) for one in args) else np.multiply(*args)
                if func is np.linalg.norm and len(args) == 1 and not kwargs:
                    return np.sqrt((args[0] * args[0]).sum())
                if func is np.nan_to_num:
                    return args[0].copy()
                if func is np.concatenate:
                    return recording.joined(args[0], *args[1:], **kwargs)
                return super().__array_function__(func, types, args, kwargs)

            def viewed(self, made, back):
                node = self.node and Node(made, (self.node,), lambda g: (back(g),))
                return recording.noted(node, np.array(made))

            def dot(self, other):
                return np.dot(self, other)

            def transpose(self, *axes):
                back = np.argsort(axes[0] if len(axes) == 1 else axes) if axes and axes[0] is not None else None
                return self.viewed(bare(self).transpose(*axes), lambda g: g.transpose(back))

            def swapaxes(self, one, other):
                return self.viewed(bare(self).swapaxes(one, other), lambda g: g.swapaxes(one, other))

            T = property(lambda self: self.transpose())

            def reshape(self, *shape, **options):
                made = bare(self).reshape(*shape, **options)
                return self.viewed(made, lambda g: g.reshape(self.shape))

            def ravel(self, order="C"):
                return self.reshape(-1)

            flatten = ravel

            def squeeze(self, axis=None):
                return self.reshape(bare(self).squeeze(axis).shape)

            def copy(self, order="C"):
                return self.viewed(bare(self), lambda g: g)

            __copy__ = copy

            def __deepcopy__(self, memo):
                return self.copy()

            def astype(self, dtype, **options):
                return self.copy() if np.dtype(dtype).kind == "f" else bare(self).astype(dtype)

            def clip(self, low=None, high=None, **options):
                return np.minimum(np.maximum(self, low), high)

            def __getitem__(self, index):
                def back(g):
                    whole = np.zeros(self.shape)
                    np.add.at(whole, index, g)
                    return whole

                def last_wins(g):
                    whole = np.zeros(self.shape)
                    whole[index] = g
                    return (whole,)

                made = self.viewed(bare(self)[index], back)
                if isinstance(made, Recorded) and made.node:
                    made.node.op, made.node.index = "getitem", f"getitem {index}"
                if isinstance(made, Recorded) and made.node and np.bincount(np.ravel(counted(self, index))).max() > 1:
                    made.node.wrong_pulls["places_assigned"] = last_wins
                return made

            def __iter__(self):
                return (self[k] for k in range(len(self)))

            def __setitem__(self, index, value):
                old, new, kept = self.node, node_of(value), np.ones(self.shape)
                bare(self)[index], kept[index] = bare(value), 0
                if new is None:
                    self.node = recording.kept(each(bare(self), [old], [old], (kept,)))
                    return
                args = tuple(one for one in (old, new) if one is not None)

                def pull(g):
                    return (*([] if old is None else [g * kept]), fitted(np.asarray(g[index]), new.value.shape))

                self.node = recording.kept(Node(bare(self), args, pull))

            def __float__(self):
                recording.last = self.node
                return float(bare(self))

            def item(self):
                return self.reshape(())

        def node_of(one):
            return one.node if isinstance(one, Recorded) else None

        def bare(one):
            return np.asarray(one) if isinstance(one, Recorded) else one

        self.kind, self.node_of = Recorded, node_of

    def kept(self, node):
        if node is not None:
            self.nodes.append(node)
            if len(self.nodes) > MOST:
                raise OverflowError
            for arg in node.args:
                arg.takers.append(node)
        return node

    def noted(self, node, made):
        """What an operation made, as an array that remembers it; what is no part of it has the same methods."""
        if node is None:
            return made.view(self.kind) if isinstance(made, np.ndarray) and made.dtype.kind == "f" else made
        array = np.asarray(made, float).view(self.kind)
        array.node = self.kept(node)
        return array

    def leaf(self, array):
        return self.noted(Node(array), array.copy())

    def joined(self, arrays, axis=0, **options):
        plain = [np.asarray(one) for one in arrays]
        ends = np.cumsum([one.shape[axis] for one in plain])[:-1]
        args = [self.node_of(one) for one in arrays]
        made = np.concatenate(plain, axis)

        def pull(g):
            return tuple(part for part, arg in zip(np.split(g, ends, axis), args, strict=True) if arg is not None)

        return self.noted(Node(made, tuple(arg for arg in args if arg is not None), pull), made)


def counted(array, index):
    """The places of an array that an index takes."""
    return np.arange(array.size).reshape(array.shape)[index]


def fitted(g, shape):
    """A gradient added up to the shape that was broadcast."""
    g = g.sum(axis=tuple(range(g.ndim - len(shape)))) if g.ndim > len(shape) else g
    wide = tuple(axis for axis, length in enumerate(shape) if length == 1 and g.shape[axis] != 1)
    return g.sum(axis=wide, keepdims=True) if wide else g


def each(made, nodes, plain, slopes, masks=False):
    """The node of an operation number by number, or None where nothing that is recorded goes in."""
    pairs = [(node, slope) for node, slope in zip(nodes, slopes, strict=True) if node is not None]
    if not pairs:
        return None
    others = [np.asarray(one) for one, node in zip(plain, nodes, strict=True) if node is None]
    steady = all(one.size == 1 or (masks and is_mask(one)) for one in others)
    whole = [np.array(np.broadcast_to(slope, np.shape(made)), float) for _, slope in pairs]  # it may be written into

    def pull(g):
        return tuple(fitted(g * slope, node.value.shape) for (node, _), slope in zip(pairs, whole, strict=True))

    return Node(made, tuple(node for node, _ in pairs), pull, whole, steady)


def is_mask(array):
    values = np.unique(array)
    return array.dtype == bool or (values.size == 2 and values[0] == 0) or not values.any()


def product(left, right, one, other, made):
    if left is None and right is None:
        return None
    if max(np.ndim(one), np.ndim(other)) > 2:
        turned = [np.swapaxes(side, -1, -2) for side in (one, other)]
        ways = ((left, lambda g: g @ turned[1]), (right, lambda g: turned[0] @ g))
        ways = [(node, way) for node, way in ways if node is not None]
        pull = lambda g: [fitted(way(g), node.value.shape) for node, way in ways]  # noqa: E731
        return Node(made, [node for node, _ in ways], pull)
    wide, tall = np.atleast_2d(one).copy(), np.array(other if np.ndim(other) > 1 else np.reshape(other, (-1, 1)))

    def pull(g):
        g = np.reshape(g, (wide.shape[0], tall.shape[1]))
        both = (
            (left, lambda: (g @ tall.T).reshape(np.shape(one))),
            (right, lambda: (wide.T @ g).reshape(np.shape(other))),
        )
        return tuple(work() for node, work in both if node is not None)

    return Node(
        made, tuple(node for node in (left, right) if node is not None), pull, factors=(left, right, wide, tall)
    )


def reduced(ufunc, node, array, made, options):
    axis = options.get("axis", 0)
    if node is None or ufunc not in (np.add, np.maximum, np.minimum):
        return None
    shape = np.shape(np.add.reduce(array, axis=axis, keepdims=True)) if axis is not None else (1,) * array.ndim

    def spread(g):
        return (np.broadcast_to(np.reshape(g, shape), array.shape),)

    if ufunc is np.add:
        return Node(made, (node,), spread, adds_up=True)
    found = Node(made, (node,), lambda g: (spread(g)[0] * (array == np.reshape(made, shape)),))
    found.wrong_pulls = {
        "maximum_shared": lambda g: (spread(g)[0] * (np.prod(shape) / array.size),),
        "maximum_to_all": spread,
        "maximum_for_error": lambda g: (array * (array == np.reshape(made, shape)),),
    }
    return found


SLOPES = {
    np.add: lambda a, x, y: (1, 1), np.subtract: lambda a, x, y: (1, -1), np.multiply: lambda a, x, y: (y, x),
    np.divide: lambda a, x, y: (1 / y, -a / y), np.negative: lambda a, x: (-1,), np.positive: lambda a, x: (1,),
    np.power: lambda a, x, y: (y * x ** np.where(np.equal(y, 0), 1.0, np.subtract(y, 1.0)), a * np.log(np.abs(x))),
    np.exp: lambda a, x: (a,), np.expm1: lambda a, x: (a + 1,), np.log: lambda a, x: (1 / x,),
    np.log1p: lambda a, x: (1 / (1 + x),), np.log2: lambda a, x: (1 / x / np.log(2),), np.sqrt: lambda a, x: (0.5 / a,),
    np.log10: lambda a, x: (1 / x / np.log(10),), np.square: lambda a, x: (2 * x,), np.tanh: lambda a, x: (1 - a * a,),
    np.absolute: lambda a, x: (np.sign(x),), np.reciprocal: lambda a, x: (-a * a,),
    np.maximum: lambda a, x, y: (np.greater(x, y), ~np.greater(x, y)),
    np.minimum: lambda a, x, y: (np.less(x, y), ~np.less(x, y)),
    np.logaddexp: lambda a, x, y: (np.exp(x - a), np.exp(y - a)),
    np.sin: lambda a, x: (np.cos(x),), np.cos: lambda a, x: (-np.sin(x),), np.arctan: lambda a, x: (1 / (1 + x * x),),
}  # fmt: skip
