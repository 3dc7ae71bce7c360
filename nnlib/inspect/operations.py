"""Wrong ways back through single operations of a loss: a factor, a way, or a window that is not taken as it should be.

What a loop does again and again is one place: operations that are made of the same things in the same way.
"""

import numpy as np

from nnlib.inspect.recording import fitted

WAYS = {"square": "through its square", "power": "through its power", "exp": "through `exp`", "tanh": "through `tanh`",
        "log": "through `log`", "multiply": "through a product with other numbers", "divide": "through a division",
        "add": "through a sum", "subtract": "through a difference", "other": "on another way"}  # fmt: skip
OF_OPERATIONS = {"factor_left_out", "factor_sign", "product_for_factor", "state_after", "factor_turned"}
MANY = 300  # operations that are looked at for longer


def by_operation(graph, steps):
    """`(kind, the product before, facts, change)` of slips at operations that are made in the same way."""
    inside = inside_bends(graph)
    order = {id(node): k for k, node in enumerate(graph.nodes)}
    yield from windows(graph, order)
    operations = [one for one in graph.nodes if one.op in ("multiply", "divide") and id(one) not in inside]
    factors = [(node, k) for node in operations for k in range(len(node.args))]
    for group in alike(factors, lambda node, k, look: (node.op, k, *met(graph, node, k, look))):
        before = graph.product_before(group[0][0])
        tables = [{kind: slope for kind, slope in other_slopes(*one) if slope is not None} for one in group]
        for kind in tables[0]:
            if all(kind in table for table in tables):
                both = zip(group, tables, strict=True)
                pulls = {id(node): with_slope(node, k, table[kind]) for (node, k), table in both}
                factor = factor_named(graph, *group[0])
                by_name = kind == "factor_left_out" and factor[0] == "`"
                yield "array_left_out" if by_name else kind, before, {"factor": factor}, {"pulls": pulls}
    yield from ways(graph, steps, inside)


def inside_bends(graph):
    """What lies between the ends of the textbook's activations."""
    found = set()
    for bend in [one for one in graph.bends if one.form is not None]:
        waiting = [bend.end]
        while waiting:
            node = waiting.pop()
            if node is not bend.source and id(node) not in found:
                found.add(id(node))
                waiting += node.args
    return found


def alike(pairs, described):
    """Groups of pairs that are described alike: at a short look, at a longer one, which tells parts apart, and at a
    glance at what is around."""
    seen = []
    for look in ((3, "op", False), (6, "index", False), (2, "op", True)):
        groups = {}
        for one in pairs if look[0] < 6 or len(pairs) < MANY else ():
            groups.setdefault(described(*one, look), []).append(one)
        for group in groups.values():
            if group not in seen:
                seen.append(group)
                yield group


def met(graph, node, k, look):
    return [one.op for one in (*node.args, *node.takers[:1])] if look[2] else [made_of(graph, node.args[k], look)]


def made_of(graph, node, look):
    """What a node is made of, and how; the places in an array are looked at in the longer look alone."""
    depth, what, _ = look
    if id(node) in graph.names or not depth:
        return graph.names.get(id(node), "")
    return getattr(node, what), *(made_of(graph, arg, (depth - 1, what, _)) for arg in node.args)


def other_slopes(node, k):
    """`(kind, slope)` of what may stand in the place of the factor that an argument meets."""
    slope = node.slopes[k]
    after = node.takers[0] if node.takers and node.takers[0].value.shape == node.value.shape else None
    yield "factor_left_out", np.ones_like(slope) if not (slope == 1).all() else None
    yield "factor_sign", -slope
    yield "product_for_factor", node.value if len(node.args) > 1 or slope.size > 1 else None
    yield "state_after", after.value if after is not None and after.op == "add" else None
    yield "factor_turned", slope[..., ::-1, ::-1] if slope.ndim > 1 and np.ptp(slope) else None


def with_slope(node, k, slope):
    def pull(g):
        parts = [*node.pull(g)]
        parts[k] = fitted(g * slope, node.args[k].value.shape)
        return parts

    return pull


def factor_named(graph, node, k):
    """What an argument is multiplied by: the name of an array, or the number, if it is one."""
    slope = node.slopes[k]
    if slope.size and np.ptp(slope) < 1e-12 * abs(slope.flat[0]):
        return f"{slope.flat[0]:.4g}"
    for name, array in graph.arrays.items():
        like = array.size == slope.size > 1 and array.dtype.kind in "bif"
        if like and np.allclose(np.ravel(array), np.ravel(slope)):
            return f"`{name}`"
    return "other numbers"


def ways(graph, steps, inside):
    """Slips of numbers that are used at several places, where the error from one of these is left out."""
    found, pairs = {}, []
    for node, arg in steps:
        found.setdefault(id(arg), {})[id(node)] = node, arg
    for taken in found.values():
        arg = next(iter(taken.values()))[1]
        number = arg.value.size == 1 and not graph.of_numbers
        if len(taken) > 1 and not number and id(arg) not in inside and id(arg) not in graph.names:
            pairs += taken.values()
    for group in alike(pairs, lambda node, arg, look: (node.op, made_of(graph, arg, look))):
        node, arg = group[0]
        way = WAYS.get(node.op, WAYS["other"])
        cut = dict.fromkeys((id(node), id(arg)) for node, arg in group)
        yield "path_left_out", graph.product_before(arg), {"way": way}, {"cut": cut}


def windows(graph, order):
    """Slips of windows that overlap, where each writes over what the one before it put there."""
    for last in (True, False):
        pulls = {}
        for node in [one for one in graph.nodes if id(one) not in graph.names]:
            takers = sorted((one for one in node.takers if one.op == "getitem"), key=lambda one: order[id(one)])
            taken = np.zeros(node.value.shape, bool)
            masks = []
            for taker in takers[:: -1 if last else 1]:
                mask = taker.pull(np.ones(taker.value.shape))[0] != 0
                masks.append((taker, ~taken, (mask & taken).any()))
                taken |= mask
            if any(overlaps for *_, overlaps in masks):
                pulls |= {
                    id(taker): lambda g, taker=taker, free=free: [taker.pull(g)[0] * free] for taker, free, _ in masks
                }
        if pulls:
            yield "windows_written_over", None, {}, {"pulls": pulls}
