"""Lean: what stands still from frame to frame is sent once.

An array, or a part without any, that is what it was in the frame before goes into `kept`, a trait of its own, and the
frame that is sent has `{"kept": place}` there. `assembled` of stage.js puts both together again, each time with the
same object, so that what stands still is known by it. Who looks on later gets both traits, so it sees all of it too.

`kept` itself is sent anew as soon as what was sent again since then comes to as many bytes as it has.
"""

import json

LEAST = 64  # bytes that are worth a name


class Lean:
    """`lean(frame)` is the frame as it is sent, without the parts that are in `lean.kept`, a dict of them by place."""

    def __init__(self):
        self.kept, self.frame, self._told, self._spent = {}, {}, None, 0

    def __call__(self, frame):
        told = self._walked(frame)
        again = sum(map(size, self._again.values()))
        self._spent += again
        if again and self._spent >= again + sum(map(size, self._used.values())):
            self.kept, self._spent = self._used | self._again, 0
            told = self._walked(frame)
        self.frame, self._told = frame, told
        return told

    def sent(self, frame, _=None):
        """How `frame` is sent: lean, if it is the last one."""
        return self._told if frame is self.frame else frame

    def _walked(self, frame):
        self._used, self._again = {}, {}  # parts by place: of those that are kept, and of those that could be
        return self._without(frame, self.frame, "")

    def _without(self, value, before, place):
        if not value:
            return value
        if place in self.kept and self.kept[place] == value:
            self._used[place] = self.kept[place]
            return {"kept": place}
        if value == before and (bytes_ := size(value)) is not None:
            if bytes_ >= LEAST:
                self._again[place] = value
            return value
        parts, were = by_name(value), by_name(before)
        if isinstance(parts.get("data"), bytes):
            return value
        told = {
            name: self._without(one, were.get(name), f"{place}/{name}") if isinstance(one, (dict, list)) else one
            for name, one in parts.items()
        }
        return [*told.values()] if isinstance(value, list) else told


def by_name(value):
    """The parts of a dictionary, or of a list by their places; of anything else there are none."""
    return dict(enumerate(value)) if isinstance(value, list) else value if isinstance(value, dict) else {}


def size(value):
    """Bytes of an array, or of a part without any; None for a part with arrays in it."""
    if isinstance(value, dict) and isinstance(value.get("data"), bytes):
        return len(value["data"])
    try:
        return len(json.dumps(value))
    except TypeError:
        return None
