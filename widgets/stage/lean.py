"""Lean: what frames of Play have in common is sent once.

An array that has stood at the same place in so many frames goes into `kept`, which is a trait of its own, and from
then on frames have `{"kept": place}` there. `assembled` of stage.js puts both together again. Who looks on later gets
both traits, so it sees all of it too.
"""

SETTLED = 8  # frames in which an array has been the same: then it is likely to stay
LEAST = 64  # bytes that are worth a name


class Lean:
    """`lean(frame)` is the frame without the arrays that are in `lean.kept`, a dict of arrays by their places."""

    def __init__(self):
        self.kept, self._before = {}, {}

    def __call__(self, frame):
        self._now, self._fresh = {}, {}
        told = self._without(frame, "")
        self._before = self._now
        if self._fresh:  # one that has changed goes with the next that comes
            self.kept = {place: one for place, one in self.kept.items() if self._now.get(place, (None,))[0] is one}
            self.kept |= self._fresh
        return told

    def _without(self, value, place):
        if isinstance(value, list):
            return [self._without(one, f"{place}/{at}") for at, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if not isinstance(value.get("data"), bytes):
            return {name: self._without(one, f"{place}/{name}") for name, one in value.items()}
        before, count = self._before.get(place, (None, 0))
        if before != value:
            self._now[place] = value, 1
            return value
        self._now[place] = before, count + 1
        if self.kept.get(place) is not before:
            if count < SETTLED or len(value["data"]) < LEAST:
                return value
            self._fresh[place] = before
        return {"kept": place}
