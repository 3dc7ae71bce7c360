"""The search for the name of a mistake: what is proven before it begins, and when it has to end."""

import time

PATIENCE = 0.7  # seconds that trying a right piece once more may cost; an answer comes within five
PROCESSOR = 0.375  # of the time for a check, in seconds of the processor: to look for a small slip
SHARE = 0.6  # of the time for a check: then no more names are looked for, and what is proven is said
PAIRS_LIMIT = 1.0  # seconds of the processor to look for two slips at once
STRICT = False  # in tests: a fault in looking for a name is raised, not passed over

_listeners = []  # in a process of its own (`apart`): told what is proven before the name is found


def listen(listener):
    """Have `listener(verdict)` told of whatever is proven while a name is still looked for."""
    _listeners.append(listener)


class Search:
    def __init__(self, limit):
        self.begun, self.seconds, self.proven = time.monotonic(), PROCESSOR * limit, None
        self.until = self.begun + SHARE * limit

    def prove(self, verdict):
        """Keep what is proven by now: it is said should the name never be found."""
        self.proven = verdict
        for listener in _listeners:
            listener(verdict)

    @property
    def over(self):
        return time.monotonic() > self.until

    def among(self, candidates, share=None, seconds=None):
        """The candidates, for as long as there is time: in all, for a `share` of the processor's, or for `seconds`."""
        end = time.thread_time() + (seconds or self.seconds * share) if seconds or share else None
        for one in candidates:
            if self.over or (end and time.thread_time() > end):
                return
            yield one
