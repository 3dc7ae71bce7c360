"""Tracer view: a traced gradient as a table for the browser, and as sentences."""

import numpy as np

from widgets.stage.figures import bracketed, entry, number
from widgets.stage.matrix import matrix
from widgets.stage.picture import placed
from widgets.stage.tracer import NotTraced

MOST = 6  # products of a sum that are written out


def view(found, step, asked):
    """The rows from the loss down to the parameter, all examples' shares, the verdict and the way in the diagram."""
    if found is None:
        return None
    block, name, unit, source = asked
    told = {"title": f"{gradient(name, unit, source)} of layer {block} in update {step:,}"}
    if isinstance(found, NotTraced):
        return told | {"rows": [], "shares": None, "path": [], "verdict": f"{str(found).capitalize()}.", "agrees": True}
    return told | {
        "rows": [*map(link_row, found.links), *batch_rows(found)],
        "shares": matrix("shares", found.shares[np.newaxis]),
        "example": [found.example, found.shares.size],
        "path": [
            {"kind": "biases" if source is None else "edges", "column": block, "unit": unit, "source": source}
            for block, unit, source in found.path
        ],
        "verdict": verdict(found),
        "agrees": found.agrees and found.parts_at is None,
    }


def link_row(link):
    """One part: its products, what they add up to, and what was recorded."""
    most = sorted(link.terms, key=lambda term: -abs(term[0] * term[1]))[:MOST]
    terms = [{"text": product(*term[:2]), "unit": term[2], "followed": term[2] == link.followed}
             for term in link.terms if term in most]  # fmt: skip
    left = [local * upstream for local, upstream, unit in link.terms if unit not in [term["unit"] for term in terms]]
    return {
        "block": link.block,
        "part": placed(link, "Layer"),
        "note": link.note,
        "formula": link.formula,
        "terms": terms,
        "rest": f"{len(left):,} more, together {number(sum(left))}" if left else "",
        "gives": "" if link.gives is None else number(link.gives),
        "recorded": "" if link.recorded is None else number(link.recorded),
        "agrees": None if link.gives is None or link.recorded is None else link.agrees,
    }


def batch_rows(found):
    """The mean over the examples, and what L2 and L1 add."""
    m, own = found.shares.size, gradient(found.name, found.unit, found.source)
    empty = {"block": 0, "terms": [], "rest": "", "recorded": "", "agrees": None}
    mean = empty | {
        "part": f"Mean over {m:,} examples", "note": f"sum of all shares / {m}",
        "formula": f"{number(found.shares.sum())} / {m}", "gives": number(found.mean),
    }  # fmt: skip
    rows = [mean]
    if found.penalty:
        names, parts = [], []
        if found.l2:
            names, parts = ["L2: λ / m · weight"], [f"{number(found.l2)} / {m} · {bracketed(found.weight)}"]
        if found.l1:
            names.append("L1: λ / m · sign of the weight")
            parts.append(f"{number(found.l1)} / {m} · {bracketed(np.sign(found.weight))}")
        rows.append(empty | {
            "part": "Penalty on the weight", "note": ", ".join(names), "formula": " + ".join(parts),
            "gives": number(found.penalty),
        })  # fmt: skip
        rows.append(empty | {
            "part": "Together", "note": own, "formula": f"{number(found.mean)} + {bracketed(found.penalty)}",
            "gives": number(found.gives),
        })  # fmt: skip
    rows[-1] |= {"recorded": number(found.recorded), "agrees": found.agrees}
    return rows


def verdict(found):
    """Whether the factors give what was recorded, and if not, where the two part."""
    own = gradient(found.name, found.unit, found.source)
    link = found.parts_at
    if link is not None:
        gives, gave = number(link.gives), number(link.recorded)
        said = f"They part at {placed(link)}: its factors give {gives}, it handed down {gave}"
        return f"{said}. Look at its backward line."
    if found.agrees:
        return f"All factors give {number(found.gives)}, as was recorded."
    said = f"They part at the mean: the factors give {number(found.gives)}, {own} was recorded as "
    said += number(found.recorded)
    m, rest = found.shares.size, found.recorded - found.penalty
    times = rest / found.mean if found.mean else float("nan")
    known = {
        m: f"{m:,} times as much, and there are {m:,} examples",
        1 / m: f"a {m:,}th of it, and there are {m:,} examples",
        -1: "the same with the other sign",
    }
    told = [what for factor, what in known.items() if m > 1 and np.isclose(times, factor, rtol=1e-3)]
    said = ", ".join([said, *told])
    return f"{said}. Look at the line that fills grad_{found.name}."


def sentences(found, step):
    """The chain in words, from the loss down."""
    if isinstance(found, NotTraced):
        return f"Not traced: {found}."
    own, share = gradient(found.name, found.unit, found.source), found.links[-1]
    local, upstream, _ = share.terms[0]
    chain = f"To example {found.example} come {number(upstream)} from the loss; times {number(local)} ({share.note})"
    said = f"Traced: {own} of layer {found.block} in update {step:,}. {chain} that is its share, {number(share.gives)}."
    return f"{said} {verdict(found)}"


def gradient(name, unit, source):
    return entry(f"grad_{name}", [unit] if source is None else [unit, source])


def product(local, upstream):
    return f"{number(local)} · {bracketed(upstream)}"
