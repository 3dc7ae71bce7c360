"""The inbox: what the browser says, and controls that were set by code, are handled on the explorer's own loop.

A message may arrive on any thread (ipykernel 7 runs callbacks on "subshells"). It goes into the inbox and is handled on
the kernel's main loop; a lock guards the rare explorer that has no loop.
"""

import threading
import time

import traitlets

from widgets.stage.kernel import running_loop
from widgets.stage.patience import busy


class Inbox(traitlets.HasTraits):
    """What of an explorer listens; the explorer says what a control does, `changed(names)`, and a button, `press`."""

    def __init__(self, **values):
        self._inbox, self._inbox_lock = [], threading.Lock()
        self._touched, self._views = set(), set()
        self._handling = True  # what the constructor sets is no change
        super().__init__(**values)

    def receive(self, message):
        """Take one message of the browser, on any thread; it is handled on the explorer's own."""
        with self._inbox_lock:
            self._inbox.append(message)
        self._handle_here_or_there()

    def _handle_here_or_there(self):
        if self._loop is None or self._loop.is_closed() or running_loop() is self._loop:
            self._handle()
        else:
            self._loop.call_soon_threadsafe(self._handle)

    def _handle(self):
        with self._inbox_lock:
            messages, self._inbox = self._inbox, []
        if self.closed:
            return
        with busy(self), self._lock:
            self._handling = True
            for message in latest(messages):
                with self._guard():
                    self._do(**message)
            self._apply()
            self._handling = False
            self._send_if_due()

    def _do(self, kind, name=None, value=None, detail=None, view=None, seen=0, count=0):
        self._seen, self._seen_at = max(self._seen, seen), time.monotonic()
        if count:
            self._answered[view] = count  # a field shows what the kernel says once that answers what it said last
        if kind == "seen":
            pass
        elif kind == "hello":
            self._views.add(view)
            self._seen, self._dirty = self._sent, True
        elif kind == "gone":
            self._views.discard(view)
            self._answered.pop(view, None)
            if not self._views:
                self.pause()
        elif kind == "set":
            self._forgive()
            if name not in self.control_traits():
                raise ValueError(f"{type(self).__name__} has no control {name!r}")
            self._refuse_locked(name)
            setattr(self, name, self.control_traits()[name].read(value))
        elif kind == "press":
            self._apply()
            self._forgive()
            self._refuse_locked(name)
            own = {"play": self.play, "pause": self.pause}
            own[name]() if name in own else self.press(name, detail)
        else:
            raise ValueError(f"a message is seen, hello, gone, set or press, got {kind!r}")

    def _forgive(self):
        """What was wrong before is no longer told; but what came in over the border is, until it has been mended."""
        self._dirty = True
        if not (self.failure or {}).get("border"):
            self.failure = None

    @traitlets.observe(traitlets.All)
    def _on_trait(self, change):
        if change["name"] not in self.control_traits():
            return
        self._touched.add(change["name"])
        if self._handling or self.closed:
            return
        self._handle_here_or_there()

    def _apply(self):
        if self._touched:
            names, self._touched = self._touched, set()
            self._dirty = True
            before = self.failure
            with self._guard():
                self.changed(names)
                if before is self.failure and (before or {}).get("border"):
                    self.failure = None  # it has been worked through again, and nothing was wrong


def latest(messages):
    """The messages without the settings of a control that a later message, before any press, sets anew."""
    kept, anew = [], set()
    for message in reversed(messages):
        if message.get("kind") == "press":
            anew.clear()
        elif message.get("kind") == "set":
            if message.get("name") in anew:
                continue
            anew.add(message.get("name"))
        kept.append(message)
    return kept[::-1]
