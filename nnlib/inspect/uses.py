"""Where a loss's graph takes a parameter, or the same numbers, several times: what if not every time counts?

A gradient is the sum of what comes back from each use. Who writes over it in a loop keeps one of them, and who begins
or ends the loop too early leaves one out.
"""

import numpy as np

from nnlib.inspect.sentences import the_arrays

FEW = 4  # so many uses are left out one by one


def uses_of(leaf):
    """`[[(taker, what it takes)]]`: the uses of a leaf, or of the same part of it, in the order of the way up."""
    found, waiting = {}, [(leaf, np.ones(leaf.value.shape), lambda ones: ones)]
    while waiting:
        node, part, down = waiting.pop(0)
        for taker in node.takers:
            if is_view(taker) and taker.takers:
                ones = down(taker.pull(np.ones(taker.value.shape))[0])
                waiting.append((taker, ones, lambda g, taker=taker, down=down: down(taker.pull(g)[0])))
            else:
                found.setdefault((part != 0).tobytes(), []).append((taker, node))
    return [uses for uses in found.values() if len(uses) > 1]


def is_view(node):
    plain = node.slopes is None and node.factors is None and not node.adds_up
    return len(node.args) == 1 and plain and not node.wrong_pulls


def left_out_uses(graph):
    """`(kind, facts, cut, names)` of gradients in which some of the uses are missing, of one array or of all."""
    order = {id(node): k for k, node in enumerate(graph.nodes)}
    tables = {name: uses_of(leaf) for name, leaf in graph.leaves.items()}
    tables = {name: [sorted(one, key=lambda use: order[id(use[0])]) for one in uses] for name, uses in tables.items()}
    tables = {name: uses for name, uses in tables.items() if uses}
    together = [[name] for name in tables]
    if len(tables) > 1:
        together = [[*tables], *together]
    for names in together:
        uses = [one for name in names for one in tables[name]]
        n = max(map(len, uses))
        many = min(map(len, uses))
        called = "them all" if names == [*graph.leaves] else the_arrays(names)
        facts = {"names": called, "n": n}

        def without(choose, uses=uses):
            return dict.fromkeys((id(taker), id(node)) for each in uses for taker, node in choose(each))

        if n > 2:
            yield "use_alone", facts | {"which": "last"}, without(lambda one: one[:-1]), names
            yield "use_alone", facts | {"which": "first"}, without(lambda one: one[1:]), names
        for k in range(many) if n <= FEW else (0, -1):
            yield "use_left_out", facts | {"which": WHICH[k]}, without(lambda one, k=k: [one[k]]), names


WHICH = {0: "first", 1: "second", 2: "third", 3: "fourth", -1: "last"}
