"""Walks through the explorers: what each shows and says at every stop, so that a change is seen and judged.

    python tools/walks.py                   write tests/walks.txt anew; read its difference before you commit it
    python tools/walks.py Workbench Parsons     only the walks of these explorers

A walk is an explorer, and what is done to it in turn. At each stop stands what has changed since the one before. Of an
array there is its shape, its least and largest number, its mean and one number in which each place weighs otherwise.
"""

import itertools
import re
import sys
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from walked import TOUR, walks

from widgets.stage.base import Explorer
from widgets.stage.controls import tour
from widgets.stage.stand_in import StandIn
from widgets.workbench import surface

LONG = 1500  # characters of a text, such as a card, that is told by its beginning
FILE = Path(__file__).resolve().parents[1] / "tests" / "walks.txt"
NEARLY, NOTHING = 1e-2, 1e-7  # so far apart, by their size and at all, may be what another computer makes
OF_NUMPY = re.compile(r"(NumPy stops with an? \w+): .*?(?=\. [A-Z]|$)")  # its own words change with its versions
NUMBER = re.compile(r"(?<![\w.])[-−+]?\d[\d,]*\.?\d*(?:e[-−+]?\d+)?")


def in_words(explorer):
    """What stands there for readers without widgets, where that is not the title and the narration."""
    if type(explorer).in_words is Explorer.in_words:
        return {}
    return {"in words": explorer.in_words().replace(explorer.frame["narration"], "…")}


def stops(name):
    """`[(what is done, what has changed)]` of a walk; what has changed is `{place in the frame: text}`."""
    kind, given, acts, *looked_at = walks()[name]
    with mock.patch.multiple(surface, QUICK=np.inf, LONGEST=np.inf):  # fine, on slow computers too
        explorer = kind(**(given() if callable(given) else given))
        browser, told, before = StandIn(explorer), [], {}
        for done, one in itertools.chain([("begin", {"kind": "hello"})], messages(explorer, acts)):
            explorer.receive(one)
            now = dict(flat(browser.frame | in_words(explorer)))
            if looked_at:
                now = {place: text for place, text in now.items() if place.startswith(tuple(*looked_at))}
            changed = {place: text for place, text in now.items() if before.get(place) != text}
            parts = {place[:at] for place in now for at in range(len(place)) if place[at] == "."} | now.keys()
            gone = {place: "gone" for place in before if place not in parts and place.rpartition(".")[0] not in now}
            told.append((done, changed | gone))
            before = now
        explorer.close()
    return told


def messages(explorer, acts):
    """`(what is done, in words; what the browser sends for it)`."""
    for act in acts(explorer) if callable(acts) else acts:
        for one in tour(explorer) if act is TOUR else [message(act)]:
            yield said(one), one


def message(act):
    if isinstance(act, dict):
        ((name, value),) = act.items()
        return {"kind": "set", "name": name, "value": value}
    name, detail = (act, None) if isinstance(act, str) else act
    return {"kind": "press", "name": name, "detail": detail}


def said(one):
    if one["kind"] == "set":
        return f"{one['name']} = {one['value']!r}"
    return f"press {one['name']}" + ("" if one["detail"] is None else f" {one['detail']!r}")


def flat(value, place=""):
    """`(place, text)` of all that is in a frame, but what changes with the code's lines, and what is rounding alone."""
    if place in (".number", ".title", ".playing") or ("valley.curves" in place and place.endswith("values")):
        return
    if isinstance(value, dict) and isinstance(value.get("data"), bytes):
        yield place, in_short(np.frombuffer(value["data"], value["type"]).reshape(value["shape"]))
    elif isinstance(value, dict):
        foreign = ("line", "source", "lines", "words") if value.get("yours") is False else ()
        for name, one in value.items():
            if name not in foreign:
                yield from flat(one, f"{place}.{name}")
    elif isinstance(value, (list, tuple)) and any(isinstance(one, (dict, list, tuple)) for one in value):
        for at, one in enumerate(value):
            yield from flat(one, f"{place}.{at}")
    elif isinstance(value, (list, tuple)) and len(value) > 12 and all(type(one) in (int, float) for one in value):
        yield place, in_short(np.array(value))
    else:
        yield place, " ".join(map(plain, value)) if isinstance(value, (list, tuple)) else plain(value)


def plain(value):
    if isinstance(value, float):
        return f"{value:#.4g}"
    if isinstance(value, str) and len(value) > LONG:
        return f"{plain(value[:60])}… {len(value.splitlines())} lines"
    return OF_NUMPY.sub(r"\1: …", value).replace("\n", "⏎") if isinstance(value, str) else str(value)


def in_short(array):
    """An array's shape and four numbers: least, largest, mean, and a mean with a weight for each place."""
    array = np.asarray(array, float)
    finite = np.where(np.isfinite(array), array, 0.0).ravel()
    if not finite.size:
        return f"{array.shape}"
    scale = np.abs(finite).max()
    means = (finite.mean(), finite @ np.sin(np.arange(1, finite.size + 1)) / finite.size)
    lost = np.count_nonzero(~np.isfinite(array))
    told = (float(one) if abs(one) > 1e-3 * scale else 0.0 for one in (finite.min(), finite.max(), *means))
    return " ".join([f"{array.shape}", *map(plain, told), *([f"{lost} not finite"] if lost else [])])


def block(name):
    """A walk as it stands in the file."""
    lines = [f"== {name}"]
    for done, changed in stops(name):
        parts = {}
        for place, text in changed.items():
            whole, _, part = place.rpartition(".")
            parts.setdefault(whole.lstrip("."), []).append(f"{part}: {text}".rstrip())
        lines += [f"-- {done}", *(f"{whole}: {' · '.join(told)}".removeprefix(": ") for whole, told in parts.items())]
    return "\n".join(lines)


def read():
    """`{walk: its lines}`."""
    blocks = FILE.read_text(encoding="utf-8").rstrip("\n").split("\n\n") if FILE.exists() else []
    return {block.partition("\n")[0].removeprefix("== "): block for block in blocks}


def same(one, other):
    """Whether two lines differ in nothing, or in decimals as another computer's may."""
    if NUMBER.sub("", one) != NUMBER.sub("", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(a == b or (set(".e") & set(a + b) and nearly(a, b)) for a, b in pairs)


def nearly(*texts):
    return np.isclose(*(float(text.replace("−", "-").replace(",", "")) for text in texts), NEARLY, NOTHING)


def main():
    wanted, kept = sys.argv[1:], read()
    made = {name: block(name) if not wanted or any(name.startswith(one) for one in wanted) else kept.get(name)
            for name in walks()}  # fmt: skip
    FILE.write_text("\n\n".join(filter(None, made.values())) + "\n", encoding="utf-8")
    print(f"{len(made)} walks in {FILE.name}")


if __name__ == "__main__":
    main()
