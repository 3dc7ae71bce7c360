"""Which well-known wrong way back through a loss's graph gives exactly the gradients that somebody has?

The loss shows which bends and which products the signal passes. Going back through them is done again and again, each
time with one mistake at one place, or at several; a mistake is named only if all numbers of all arrays come out.
"""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnlib.activation import ReLU, Sigmoid
from nnlib.inspect.diagnosis import Diagnosis, close, kinds_of_ratio
from nnlib.inspect.naming import EXAMPLES, wrong_slopes
from nnlib.inspect.operations import alike, by_operation, made_of
from nnlib.inspect.recognise import BENDS
from nnlib.inspect.sentences import sentence, the_arrays
from nnlib.inspect.uses import left_out_uses

SECONDS = 1.0  # of the processor
PAIRS = 6  # so many mistakes that explain an array more are tried together with a second one


@dataclass
class Slip:
    """A mistake: its `kind`, the `facts` of its sentence, `where` it is, and what `Graph.back` is to do otherwise.

    `only` names the arrays that it reaches; None if these are all below it, as they come out.
    """

    kind: str
    where: str
    facts: dict
    change: dict = field(default_factory=dict)
    only: Any = None


def wrong_way(graph, mine, m, k):
    """The `Diagnosis` of the mistake, or the two, on the way back through a graph that give the arrays `mine`."""
    right, best, until = graph.back(), [], time.thread_time() + SECONDS
    for slip in [*slips_in(graph, mine, right, m)]:
        if time.thread_time() > until:
            return None
        got = done(graph, [slip], right)
        if all(same_array(got[name], right[name]) for name in mine):
            continue
        ratio = factor(mine, got)
        if ratio == 1.0 or (ratio and slip.kind == "use_alone" and abs(ratio - slip.facts["n"]) < 1e-4):
            return told([slip])
        explained = [name for name in mine if same_array(mine[name], got[name])]
        spoiled = [name for name in explained if not same_array(mine[name], right[name])]
        best.append((len(explained), bool(spoiled), ratio, slip))
    for _, _, ratio, slip in best:
        kinds = kinds_of_ratio(ratio, m, k) if ratio else ["ratio"]
        if kinds[0] not in ("ratio", "zeros"):
            return told([slip], sentence(kinds[0], {"m": m, "k": k, "ratio": ratio}), kinds)
    least = sum(same_array(mine[name], right[name]) for name in mine)
    first = sorted((one for one in best if one[0] > least and one[1]), key=lambda one: -one[0])[:PAIRS]
    for one, other in itertools.product([it[-1] for it in first], [it[-1] for it in best]):
        two = one is not other and one.only is other.only is None
        if two and factor(mine, done(graph, [one, other], right)) == 1.0:
            return told([one, other])
    return None


def done(graph, slips, right):
    change = {}
    for slip in slips:
        for name, one in slip.change.items():
            change[name] = change.get(name, {}) | one
    got = graph.back(**change)
    only = slips[0].only
    return got if only is None else {name: got[name] if name in only else right[name] for name in got}


def factor(mine, got):
    """The one number, not 0, that all arrays are of those that came; None if there is none."""
    if any(got[name].size != mine[name].size for name in mine):
        return None
    one, other = (np.concatenate([np.ravel(arrays[name]) for name in mine]) for arrays in (mine, got))
    if not (np.isfinite(one).all() and np.isfinite(other).all() and other.any()):
        return None
    ratio = float(one @ other / (other @ other))
    if abs(ratio - 1) > 1e-6 and one.size < 4:  # of few numbers, another one is always a multiple
        return None
    if not ratio or not all(same_array(mine[name], ratio * got[name]) for name in mine):
        return None
    return 1.0 if abs(ratio - 1) < 1e-6 else ratio


def same_array(mine, got):
    return got.size == mine.size and close(mine, np.reshape(got, mine.shape), 1e-5)


def told(slips, more="", kinds=()):
    texts = []
    for slip in slips:
        text = sentence(slip.kind, slip.facts)
        texts.append(f"{slip.where}: {text[0].lower()}{text[1:]}" if slip.where else text)
    text = " And: ".join(dict.fromkeys(texts)) + (f" And besides: {more}" if more else "")
    also = (*(slip.kind for slip in slips[1:]), *kinds)
    return Diagnosis(slips[0].kind, f"{text} Going back in this way gives exactly your numbers.", {}, also)


def slips_in(graph, mine, right, m):
    """Every `Slip` at one place, or at all places alike, the likeliest first."""
    passing, steps, places = graph.passing, graph.steps, bends_by_place(graph)
    last = getattr(last_of(graph), "name", None)
    hidden = [bends for place, bends in places.items() if isinstance(place, str) and place != last]
    groups, layers = [*places.values()], [bends for place, bends in places.items() if isinstance(place, str)]
    together = [[bend for bends in some for bend in bends] for some in (layers, hidden) if len(some) > 1]
    if graph.of_numbers:  # each unit has a place of its own, and so a layer has several
        levels = {}
        for bend in graph.bends:
            levels.setdefault(level(graph, bend), []).append(bend)
        formed = [[one for one in bends if one.form is not None] for bends in levels.values()]
        together += [bends for bends in formed if len(bends) > 1]
    for bends in [*together, *groups]:
        yield from at_bends(graph, bends)
    for name in dict.fromkeys(one.name for one in graph.products):
        yield from at_products(graph, [one for one in graph.products if one.name == name], right, m)
    yield from at_products(graph, graph.products, right, m)
    yield from at_softmax(graph, passing)
    yield from at_output(graph, passing)
    yield from never_handed_on(graph, passing)
    yield from left_out(graph, steps)
    for kind, facts, cut, names in left_out_uses(graph):
        yield Slip(kind, "", facts, {"cut": cut}, {*names})
    if len(graph.bends) > len(places):  # a loop, or gates that have one product
        formed = [(bend, bend.end) for bend in graph.bends if bend.form is not None]
        for group in alike(formed, lambda _, end, look: made_of(graph, end, look)):
            bends = [bend for bend, _ in group]
            yield from at_bends(graph, bends) if bends not in groups else ()
    for bends in groups:
        yield from of_error(graph, bends, passing)
    yield from held_constant(graph)
    for kind in dict.fromkeys(kind for node in graph.nodes for kind in node.wrong_pulls):
        pulls = {id(node): node.wrong_pulls[kind] for node in graph.nodes if kind in node.wrong_pulls}
        yield Slip(kind, "", {}, {"pulls": pulls})
    yield from moved_first(graph, mine, right)
    for kind, before, facts, change in by_operation(graph, steps):
        yield Slip(kind, in_place(before.name) if before else "", facts, change)
    yield from of_another_loss(graph)


def last_of(graph):
    return graph.products[-1] if graph.products else None


def level(graph, bend):
    """How many bends one after the other come before."""
    waiting, found = [*bend.source.args], 0
    while waiting:
        node = waiting.pop()
        if id(node) in graph.ends:
            found = max(found, 1 + level(graph, graph.ends[id(node)]))
        else:
            waiting += node.args
    return found


def bends_by_place(graph):
    """`{place: its bends}`: a loop over examples passes each place once for each of them."""
    places = {}
    for bend in graph.bends:
        if bend.layer is not None or bend.form is not None or below(graph, bend) is not None:
            places.setdefault(place_of(graph, bend), []).append(bend)
    return places


def below(graph, bend):
    return graph.ends.get(id(bend.source))


def place_of(graph, bend):
    """What a bend stands behind: the name of a product's weights, or that of the bend before it."""
    if bend.layer is not None:
        return bend.layer.name
    before = below(graph, bend)
    return None if before is None else (place_of(graph, before), "then")


def plainly(place):
    if isinstance(place, tuple):
        return f"{plainly(place[0])}, after its activation"
    return "another place" if place is None else f"the layer of {the_arrays([place])}"


def where_of(graph, bends):
    places = dict.fromkeys(place_of(graph, bend) for bend in bends)
    return in_place(*[place for place in places if place is not None])


def in_place(*places):
    if len(places) > 1 and all(isinstance(place, str) for place in places):
        return f"In the layers of {the_arrays(places)}"
    return f"In {' and '.join(map(plainly, places))}" if places else ""


def named(bend):
    return type(bend.form).__name__ if bend.form is not None else "the activation"


def at_bends(graph, bends):
    """Slips at bends: another slope in the place of theirs, for all that lies below, or for the parameters alone."""
    tables = [keyed(table_of(bend)) for bend in bends]
    if len(places := bends_by_place(graph)) == len(graph.bends):  # no loop over examples
        for place, (other,) in places.items():
            for bend, table in zip(bends, tables, strict=True):
                beside = isinstance(place, str) and other is not bend and other is not bend.next
                if beside and fits(other.slope, bend.slope):
                    slope = other.slope + np.zeros(np.shape(bend.slope))
                    table["slope_of_place", place] = {"other": plainly(place)}, slope
    for key in [key for key in tables[0] if all(key in table for table in tables)]:
        kind, more = key[0], tables[0][key][0]
        slopes = [table[key][1] for table in tables]
        bent = [bend for bend, one in zip(bends, slopes, strict=True) if not np.array_equal(bend.slope, one)] or bends
        where, facts = where_of(graph, bent), {"where": named(bent[0]), "bend": named(bent[0])}
        change = {"slopes": {id(bend): one for bend, one in zip(bends, slopes, strict=True)}}
        yield Slip(kind, where, facts | more, change)
        if kind in ("slope_missing", "slope_twice", "value_for_slope"):
            own = {name for bend in bends for name in parameters_of(graph, bend)}
            weights = {bend.layer.name for bend in bends if bend.layer is not None}
            for only in (weights, own - weights):
                if only:
                    there = f"in the gradient of {the_arrays(name for name in graph.leaves if name in only)} alone"
                    yield Slip(kind, within(where, there), facts | more, change, only)
            lower = {name for bend in bends for name in parameters_of(graph, bend, all_below=True)} - own
            if lower:
                yield Slip(kind, within(where, "in what is handed down alone"), facts | more, change, lower)


def within(where, there):
    return f"{where}, {there}" if where else f"I{there[1:]}"


def keyed(table):
    """`{(kind, …): (facts, slope)}`, with a key for each slope that has the same name."""
    found = {}
    for kind, more, slope in table:
        key = (kind, *more.values())
        while key in found:
            key += ("or",)
        found[key] = more, slope
    return found


def of_error(graph, bends, passing):
    """Slips of what arrives at bends: the mask is taken of it, or it is not used at all."""
    there = [bend for bend in bends if id(bend.end) in passing]
    arrived = {id(bend.source): passing[id(bend.end)] for bend in there}
    masks = bool(there) and isinstance(there[0].form, ReLU)
    for kind in ["mask_of_error", "error_dropped"] if masks else ["error_dropped"]:
        change = {
            id(bend.source): np.maximum(arrived[id(bend.source)], 0) if kind[0] == "m" else np.array(bend.slope, float)
            for bend in there
        }
        if there and all(np.shape(change[id(bend.source)]) == bend.source.value.shape for bend in there):
            yield Slip(kind, where_of(graph, bends), {}, {"arriving": change})


def parameters_of(graph, bend, all_below=False):
    """The names of the parameters that meet between a bend and what comes before it, or of all that come before."""
    found, waiting = set(), [bend.source]
    while waiting:
        node = waiting.pop()
        if id(node) in graph.names:
            found.add(graph.names[id(node)])
        elif all_below or id(node) not in graph.ends:
            waiting += node.args
    return found


def table_of(bend):
    """`(kind, facts, slope)` of what may stand in the place of a bend's slope."""
    z, a, right = bend.source.value, bend.end.value, np.asarray(bend.slope, float)
    one = np.ones_like(z)
    kept = np.unique(right[right != 0])
    if bend.form is None and kept.size == 1 and not right.all():  # a mask, or a bound
        if kept[0] == 1 and np.array_equal(a, np.clip(z, a.min(), a.max())):
            return [("cut_ignored", {}, one), ("value_for_slope", {}, a)]
        table = {"mask_missing": one, "mask_unscaled": (right != 0) * 1.0, "mask_inverted": (right == 0) * kept[0]}
        return [(kind, {}, slope) for kind, slope in table.items()]
    if bend.form is None:
        table = [("slope_missing", {}, one), ("value_for_slope", {}, a), ("slope_twice", {}, right * right)]
    else:
        table = [(kind, {}, slope) for kind, slope in wrong_slopes(None, bend.form, z)]
        for other in BENDS[1:]:
            if type(other) is not type(bend.form) or other.__dict__ != bend.form.__dict__:
                table.append(("slope_of_another", {"other": repr(other).removesuffix("()")}, other.gradient(z)))
        for other, slope in (("Sigmoid", a * (1 - a)), ("Tanh", 1 - a * a), ("Sigmoid", Sigmoid().gradient(a))):
            table.append(("slope_of_another", {"other": other}, slope))
    if bend.form is not None and fits(last_bend(bend).end.value, z):
        slope = bend.form.gradient(last_bend(bend).end.value) + np.zeros(z.shape)
        table.append(("slope_at_network_output", {}, slope))
    for kind, other in (("slope_of_next", bend.next), ("slope_of_last", last_bend(bend))):
        slope = None if other is None or other is bend else np.asarray(other.slope, float)
        if slope is not None and fits(slope, right):
            table.append((kind, {"other": named(other)}, np.broadcast_to(slope, right.shape)))
    if bend.form is not None and np.any(right):
        beside = len(bend.source.takers) > 1  # as z is in z * sigmoid(z): then one way of several is not gone
        kind, facts = ("path_left_out", {"way": f"through {named(bend)}"}) if beside else ("slope_zero", {})
        table.append((kind, facts, np.zeros_like(z)))
    return table


def fits(one, other):
    """Whether an array can stand in the place of another, or be broadcast to it."""
    try:
        return np.broadcast_shapes(np.shape(one), np.shape(other)) == np.shape(other)
    except ValueError:
        return False


def last_bend(bend):
    while bend.next is not None:
        bend = bend.next
    return bend


def at_products(graph, products, right, m):
    """Slips at products: what they hand down, and what their weights' gradient is made with."""
    where = f"At {the_arrays(one.name for one in products)}"
    handed, seen = [one for one in products if one.x is not None], set()

    def down(kind, make, **facts):
        change = {id(one.node): made for one in handed if (made := make(one)) is not None}
        return [Slip(kind, where, facts, {"down": change})] if len(change) == len(handed) > 0 else []

    square = [len(set(graph.leaves[one.name].value.shape)) == 1 < graph.leaves[one.name].value.ndim for one in handed]
    if square and all(square):
        yield from down("weights_not_transposed", lambda one: one.through(one.turned(graph.leaves[one.name].value)))
    if len(products) > len({one.name for one in products}) == 1:  # as a kernel is
        yield from down("kernel_reversed", lambda one: one.through(one.values[one.side][::-1]))
    yield from down("weights_skipped", skipped)
    yield from down("grad_weights_for_weights", lambda one: one.through(one.part(right[one.name])))
    yield from down("weights_sign", lambda one: one.through(-one.values[one.side]))
    if m:
        yield from down("mean_handed_down", lambda one: one.through(one.values[one.side] / m), m=m)
    for other in graph.products if len({one.name for one in handed}) == 1 else ():
        matrix, own = graph.leaves[other.name].value, graph.leaves[handed[0].name].value
        if other.name != handed[0].name and matrix.shape == own.shape and other.name not in seen:
            seen.add(other.name)
            called = the_arrays([other.name])
            yield from down("other_weights", lambda one, way=matrix: one.through(one.part(way)), other=called)
    tables = [dict(inputs_for(graph, one)) for one in products]
    for kind in dict.fromkeys(kind for table in tables for kind in table):
        pairs = [(one, table[kind]) for one, table in zip(products, tables, strict=True) if kind in table]
        if len(pairs) in (1, len(products)) and len(pairs) < len(products):
            continue  # which is tried by itself
        names = dict.fromkeys(one.name for one, _ in pairs)
        change = {id(one.node): values for one, values in pairs}
        yield Slip(kind, f"At {the_arrays(names)}", {}, {"inputs": change}, {*names})
    for name, array in graph.arrays.items():
        like_it = {id(one.node): as_inputs(array, one) for one in products}
        if all(values is not None for values in like_it.values()):
            yield Slip("other_array", where, {"name": name}, {"inputs": like_it}, {one.name for one in products})
    for kind, columns in EXAMPLES.items() if m else ():
        change = {id(one.node): columns for one in products}
        yield Slip(kind, where, {"others": m - 1}, {"inputs": change}, {one.name for one in products})


def moved_first(graph, mine, right):
    """The `Slip` of an error that goes through weights which have been moved already; the numbers tell the rate."""
    handed = [one for one in graph.products if one.below is not None and one.below.layer is not None]
    if not handed or len({one.name for one in graph.products}) < len(graph.products):
        return

    def ways(rate, whole, products):
        def way(one):
            x, weights = one.values[1 - one.side], one.values[one.side]
            return lambda g: one.through(whole * weights - rate * one.weights_gradient(g, x))(g)

        return {"down": {id(one.node): way(one) for one in products}}

    top = handed[-1]
    name = top.below.layer.name
    share, excess = graph.back(**ways(-1, 0, [top]))[name], right[name] - mine[name]
    rate = float((share * excess).sum() / (share * share).sum()) if share.any() and share.shape == excess.shape else 0.0
    if rate and same_array(excess, rate * share):
        yield Slip("moved_first", "", {"rate": rate}, ways(rate, 1, handed))


def skipped(one):
    return (lambda g: g) if fits(one.node.value, one.x.value) else None


def as_inputs(array, one):
    """An array as the inputs of a product, or None if it cannot be."""
    x = one.values[1 - one.side]
    found = [way for way in (array, array.T) if way.shape == x.shape and not close(way, x)]
    return found[0] if found and x.size > 1 else None


def inputs_for(graph, one):
    """`(kind, values)` of what may be taken for the inputs of a product."""
    x, found = one.values[1 - one.side], []
    if one.bend is not None:
        found += [("own_activation_for_input", one.bend.end.value), ("own_output_for_input", one.bend.source.value)]
    else:
        found += [("own_output_for_input", one.node.value)]
    if one.below is not None:
        found += [("inputs_before_activation", one.below.source.value)]
    first = next((other for other in graph.products if other.x is None), None)
    if first is not None and first is not one:
        found += [("raw_inputs_for_activation", first.values[1 - first.side])]
    return [(kind, values) for kind, values in found if values.shape == x.shape and not close(values, x)]


def never_handed_on(graph, passing):
    """Slips of an error that is never handed on: all layers get that of the last one, as it is, or by their slope."""
    last = last_of(graph)
    tops = [last.node, *([last.bend.end] if last.bend is not None else [])] if last is not None else []
    tops = [passing[id(one)] for one in tops if id(one) in passing]
    for top, place in itertools.product(tops, ("source", "end")):
        hidden = [bend for bend in graph.bends if bend.layer is not None and bend.layer.name != last.name]
        parts = [getattr(bend, place) for bend in hidden]
        if parts and all(fits(top, part.value) for part in parts):
            arriving = {id(part): top + np.zeros(part.value.shape) for part in parts}
            yield Slip("never_handed_on", "", {}, {"arriving": arriving})


def left_out(graph, steps):
    """Slips of what is used at several places, and the error from one of them is left out."""
    product_of, ways, groups = {id(one.node): one.name for one in graph.products}, {}, {}
    sources = {id(bend.source): bend for bend in graph.bends}
    for node, arg in steps:
        ways.setdefault(id(arg), []).append((node, arg))
    for pairs in ways.values():
        arg = pairs[0][1]
        if len(pairs) < 2 or not (id(arg) in graph.ends or any(arg is one.x for one in graph.products)):
            continue
        before = graph.product_before(arg)
        beside = [node for node, _ in pairs if id(node) not in product_of]
        for node, _ in pairs:
            way = product_of.get(id(node))
            way = "without meeting any weights" if way is None else f"through {the_arrays([way])}"
            number = beside.index(node) if node in beside else 0
            groups.setdefault((before and before.name, way, number), {})[id(node), id(arg)] = True
            to = unit_after(graph, node, sources)
            if to is not None:
                groups.setdefault((None, f"from {plainly(to)}", 0), {})[id(node), id(arg)] = True
    for (name, way, _), cut in groups.items():
        yield Slip("path_left_out", in_place(name) if name else "", {"way": way}, {"cut": cut})


def unit_after(graph, node, sources):
    """The place of the unit that a node leads into, in a network of single numbers; else None."""
    while graph.of_numbers and id(node) not in sources and len(node.takers) == 1:
        node = node.takers[0]
    return place_of(graph, sources[id(node)]) if graph.of_numbers and id(node) in sources else None


def held_constant(graph):
    """Slips of a mean, or a variance, that is taken for a constant."""
    groups = {}
    for node in graph.statistics():
        before = graph.product_before(node)
        if before is not None:
            own = before.bend is not None and before.bend.source is node.args[0]
            plain = own or node.args[0] is before.node or before.node in node.args[0].args
            groups.setdefault(before.name, []).append((node, plain))
    for name, nodes in groups.items():
        means, others = ([node for node, plain in nodes if plain is which] for which in (True, False))
        for kind, some in (("statistics_constant", means + others), ("mean_term_missing", means),
                           ("variance_term_missing", others)):  # fmt: skip
            cut = dict.fromkeys((id(node), id(node.args[0])) for node in some)
            if cut:
                yield Slip(kind, in_place(name), {}, {"cut": cut})


def at_softmax(graph, passing):
    """Slips at a softmax, whose outputs make 1 together."""
    changes = {}
    for z, p, axis in graph.softmaxes:
        if not {id(z), id(p)} <= passing.keys():
            continue
        g, arriving, a = passing[id(p)], passing[id(z)], p.value
        total = (g * a).sum(axis=1 - axis, keepdims=True)
        table = {"softmax_elementwise": g * a * (1 - a), "slope_missing": g, "softmax_cross_missing": g * a}
        table |= {"softmax_axis_back": a * (g - total), "slope_after_both": arriving * a * (1 - a)}
        for kind, made in table.items():
            changes.setdefault(kind, {})[id(z)] = made
    for kind, change in changes.items():
        yield Slip(kind, "", {"where": "Softmax"}, {"arriving": change})


def of_another_loss(graph):
    """Slips of a way back that begins as cross-entropy's does, p - y, where the loss is another."""
    z, a = graph.scores() or (None, None)
    if z is None or a is z or id(z) not in graph.passing:
        return
    a = a.value
    axis = graph.softmaxes[-1][2] if graph.softmaxes else None
    for y in [one for one in graph.arrays.values() if one.size == a.size and {*np.unique(one)} == {0.0, 1.0}]:
        y = np.reshape(y, a.shape)
        if np.allclose(y.sum(axis), 1) if graph.softmaxes else np.allclose(a, Sigmoid()(z.value)):
            n = a.size / (a.shape[axis] if graph.softmaxes else 1)
            yield Slip("another_loss", "", {}, {"arriving": {id(z): (a - y) / n}})


def class_numbers(graph, z, a):
    """Slips of probabilities from which the number of the class is taken, in every place alike."""
    axis = graph.softmaxes[-1][2] if graph.softmaxes else None
    for y in [one for one in graph.arrays.values() if a.ndim == 2 and axis is not None]:
        m, k = a.shape[1 - axis], a.shape[axis]
        if y.size == m != 1 and {*np.unique(y)} <= {*range(k)} and np.max(y) > 1:
            column = np.reshape(y, (1, m) if axis == 0 else (m, 1))
            for of, share in ((1, ","), (k, f", over {k},"), (k - 1, f", over {k - 1},")):
                facts = {"k": k, "share": share}
                yield Slip("class_numbers", "", facts, {"arriving": {id(z): (a - column / of) / m}})


def of_differences(graph, g, a):
    """Slips of what a way back begins with where that is a multiple of a - y, by what stands there for a or y."""
    for y in [np.reshape(one, a.shape) for one in graph.arrays.values() if one.size == a.size]:
        share = g / (a - y)
        if not np.isfinite(share).all() or np.ptp(share) > 1e-6 * np.abs(share).max():
            continue
        softmax = a.ndim == 2 and graph.softmaxes
        decided = a == a.max(graph.softmaxes[-1][2], keepdims=True) if softmax else a > 0.5
        if {*np.unique(y)} == {0.0, 1.0}:
            yield Slip("decided_first", "", {}, {"arriving": {id(graph.scores()[0]): share * (decided - y)}})
            yield Slip("labels_exchanged", "", {}, {"arriving": {id(graph.scores()[0]): share * (a - 1 + y)}})
        if max(a.shape) == a.size:
            facts = {"n": a.size}
            yield Slip("labels_crossed", "", facts, {"arriving": {id(graph.scores()[0]): share * (a - y.mean())}})


def at_output(graph, passing):
    """Slips of what the way back begins with."""
    z, a = graph.scores() or (None, None)
    if z is None or id(z) not in passing:
        return
    g, a = passing[id(z)], a.value
    cap = np.abs(g).max(initial=0)
    signs = np.where(np.abs(g) >= cap * (1 - 1e-9), np.abs(g), g)
    wrong = {"wrong": int((signs != g).sum()), "of": g.size}
    yield Slip("some_signs", "At the output", wrong, {"arriving": {id(z): signs}})
    yield Slip("signs_lost", "", {}, {"arriving": {id(z): np.abs(g)}})
    over, under = g[g > 0], g < 0
    if over.size and np.ptp(over) <= 1e-9 * over[0] and not close(g[under], np.full(under.sum(), -over[0])):
        yield Slip("margins_counted_once", "", {}, {"arriving": {id(z): np.where(under, -over[0], g)}})
    s = graph.weighed() if graph.products else z
    for y in [one for one in graph.arrays.values() if one.size == s.value.size and {*np.unique(one)} == {-1.0, 1.0}]:
        other = (1 / (1 + np.exp(-s.value)) - np.reshape(y, s.value.shape)) / y.size
        yield Slip("labels_of_two_signs", "", {}, {"arriving": {id(s): other}})
    yield from of_differences(graph, g, a)
    if a is z.value:
        return
    yield from class_numbers(graph, z, a)
    shares = (a - g * g.shape[0], a - g * g.shape[1]) if a.ndim == 2 and graph.softmaxes else ()
    whole = any(np.allclose(y, np.round(y)) for y in shares)
    for y, n in zip(shares, a.shape, strict=False) if not whole else ():  # of labels that are no whole numbers
        axis = graph.softmaxes[-1][2]
        if np.allclose(y.sum(axis), 1) and (y > -1e-9).all():
            hard = (y == y.max(axis, keepdims=True)) * 1.0
            yield Slip("labels_hard", "", {}, {"arriving": {id(z): (a - hard) / n}})
    yield Slip("divided_by_output", "", {}, {"arriving": {id(z): g / a}})
    yield Slip("times_output", "", {}, {"arriving": {id(z): g * a}})
    shares = np.where(g < 0, g / (a - 1), g / a)  # where the gradient is a multiple of a - y, with y 0 or 1
    if np.isfinite(shares).all() and np.ptp(shares) <= 1e-6 * np.abs(shares).max():
        yield Slip("labels_left_out", "", {}, {"arriving": {id(z): shares * a}})
        yield Slip("labels_added", "", {}, {"arriving": {id(z): shares * (a + (g < 0))}})
