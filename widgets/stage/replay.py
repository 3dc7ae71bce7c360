"""Replay: a recorded run as one HTML file that plays without Python, drawn by the explorer's own JavaScript.

    save(explorer, "xor.html", explorer.recording())

A recording is a list of updates, an update a list of moments, a moment a dict of frames, one for each pane that may be
opened: `[[{"Code": frame, …}, …], …]`. An explorer without panes has one frame for a moment, named "".

What is the same in all updates is written once, and of the rest what has changed from each to the next; what is still
larger than `most` bytes loses every second update until it fits, and the file says so. It needs no
network, and nothing in it can become script: all that was recorded is one text of base64, and the page's content
policy lets run no other script than the one that this file puts there.
"""

import base64
import hashlib
import html
import itertools
import json
import marshal
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from widgets.stage.browser import joined

HERE = Path(__file__).resolve().parent
MOST = 2_000_000  # bytes of a file
PACE, SLOW = 90, 700  # ms from update to update of what plays; of what somebody does
POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<title>{title}: a recorded run</title>
<style>{style}</style>
</head>
<body>
<main></main>
<noscript><p>{words}</p></noscript>
<script type="text/plain" id="recording">{recording}</script>
<script type="module">{script}</script>
</body>
</html>
"""


class Kept:
    """Plain values of which equal ones are one object, so that a long run needs little memory and `is` compares."""

    def __init__(self):
        self._known = {}

    def __call__(self, value):
        if isinstance(value, (dict, list, tuple)):
            key = digest_of(value)
            known = self._known.get(key) if key else None
            if known is None:
                known = self._container(value)
                if key:
                    self._known[key] = known
            return known
        if isinstance(value, (float, np.floating)):
            value = float(f"{value:.7g}") if np.isfinite(value) else None
        elif isinstance(value, np.integer):
            value = int(value)
        return self._known.setdefault((type(value), value), value)

    def _container(self, value):
        if isinstance(value, dict) and isinstance(value.get("data"), bytes):
            return Array(value["type"], tuple(value["shape"]), value["data"])
        if isinstance(value, dict):
            return {str(key): self(one) for key, one in value.items()}
        return [self(one) for one in value]


def digest_of(value):
    """What tells a nest of plain values from all others, or None if something in it is not plain."""
    try:
        return hashlib.blake2b(marshal.dumps(value, 2), digest_size=16).digest()
    except ValueError:
        return None


class Array(NamedTuple):
    """The numbers of an array, as `packed` of browser.py makes them."""

    type: str
    shape: tuple
    data: bytes


def save(explorer, path, recording, most=MOST, pace=PACE):
    """Write `recording` to `path` as one HTML file of at most `most` bytes; returns the number of bytes.

    Played, it shows the next update after `pace` milliseconds. Raises ValueError for a recording without a moment, and
    for one whose first and last update alone are larger.
    """
    keep = Kept()
    updates = [[{pane: keep(one) for pane, one in moment.items()} for moment in update] for update in recording]
    if not updates or not all(updates):
        raise ValueError("there is nothing recorded yet: press Play or Step first, then save the replay")
    every = 1
    while True:
        kept = [*updates[:-1:every], updates[-1]]
        text = page(explorer, Columns(kept).packed(controls=explorer.controls, every=every, pace=pace))
        if len(text) <= most:
            Path(path).write_bytes(text)
            return len(text)
        if len(kept) <= 2:
            raise ValueError(f"two updates alone make {len(text):,} bytes, more than the {most:,} that are allowed")
        every *= 2


class Columns:
    """Updates as what is the same in all of them, and a column of what is not: `packed` makes bytes of it.

    The same moment of all updates is one tree. A leaf is `{"=": value}` for all of them, `number` for a column of
    values, or `{"array": [type, shape, number]}` for a column of arrays.
    """

    def __init__(self, updates):
        self.columns, self._known = [], {}
        self.arrays, self._places = {}, {}
        self.moments = []
        for k in range(max(map(len, updates))):
            there = [at for at, update in enumerate(updates) if k < len(update)]
            panes = {pane: self.tree([updates[at][k][pane] for at in there]) for pane in updates[there[0]][k]}
            self.moments.append({"updates": there, "panes": panes})

    def tree(self, values):
        first = values[0]
        if all(value is first for value in values):
            return {"=": self.literal(first)}
        if all(type(value) is dict and value.keys() == first.keys() for value in values):
            return {"dict": {key: self.tree([value[key] for value in values]) for key in first}}
        if all(type(value) is list and len(value) == len(first) for value in values):
            return [self.tree(list(items)) for items in zip(*values, strict=True)]
        if all(type(value) is Array and value[:2] == first[:2] for value in values):
            return {"array": [first.type, first.shape, self.column([self.place(value) for value in values])]}
        return self.column([self.literal(value) for value in values])

    def literal(self, value):
        """A value as JSON can hold it: an array in it is named by its place."""
        if type(value) is Array:
            return {"": [value.type, value.shape, self.place(value)]}
        if type(value) is dict:
            return {key: self.literal(one) for key, one in value.items()}
        return [self.literal(one) for one in value] if type(value) is list else value

    def place(self, array):
        """Where an array stands among those of its type and length."""
        group = self.arrays.setdefault((array.type, len(array.data)), [])
        if array not in self._places:
            self._places[array] = len(group)
            group.append(array.data)
        return self._places[array]

    def column(self, values):
        """The number of a column. One of whole numbers is kept as its first and what is added from each to the next."""
        if all(type(value) is int for value in values):
            values = {"first": values[0], "added": [b - a for a, b in itertools.pairwise(values)]}
        text = json.dumps(values, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        if text not in self._known:
            self._known[text] = len(self.columns)
            self.columns.append(values)
        return self._known[text]

    def packed(self, **head):
        """The head as JSON with its length before it, then the arrays, all of it deflated."""
        head |= {"moments": self.moments, "columns": self.columns}
        head["arrays"] = [[*key, len(group)] for key, group in self.arrays.items()]
        told = json.dumps(head, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
        arrays = b"".join(changes(group, dtype) for (dtype, _), group in self.arrays.items())
        return zlib.compress(len(told).to_bytes(4, "little") + told + arrays, 9)


def changes(group, dtype):
    """Arrays of one length as what has changed from each to the next, all their first bytes first."""
    rows = np.frombuffer(b"".join(group), np.uint8).reshape(len(group), -1)
    told = rows.copy()
    told[1:] -= rows[:-1]
    width = 4 if dtype == "float32" else 1
    return told.reshape(len(group), -1, width).transpose(2, 0, 1).tobytes()


def page(explorer, recording):
    """The whole file."""
    there = set()  # modules that both need stand there once
    script = joined(explorer.module, there).replace("export default ", "const explorer = ", 1)
    script += joined(HERE / "replay.js", there)
    style = explorer._css + (HERE / "replay.css").read_text(encoding="utf-8")
    policy = POLICY.format(script=digest(script), style=digest(style))
    return PAGE.format(
        policy=policy, title=html.escape(explorer.title), words=html.escape(explorer.in_words()), style=style,
        recording=base64.b64encode(recording).decode(), script=script,
    ).encode()  # fmt: skip


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
