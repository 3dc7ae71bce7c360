"""Play: one asyncio task for an explorer, in slices of at most 15 ms, with rests in between that let messages in.

Explorers that play at one time share a slice, so that a cell is run at once beside any number of them.
"""

import asyncio
import time
from contextlib import suppress

import traitlets

from widgets.stage.patience import busy

SLICE, REST = 0.012, 0.004  # seconds: rests of 0 would starve the messages that stop Play
PACE = 0.033  # seconds from frame to frame of Play
SHARE = 0.016  # seconds from a frame of one explorer at Play to that of the next: they share one loop with the cells
PATIENCE = 60  # seconds that Play goes on without a browser that draws

PLAYERS = set()  # the explorers at Play


class Play(traitlets.HasTraits):
    """What of an explorer plays; the explorer says what one unit is, `advance()`, and what happens after the last."""

    playing = traitlets.Bool(False)
    _task = None

    def advance(self):
        """One unit of Play. Returns None to go on at once, or the seconds to wait before the next."""
        self.playing = False

    def paused(self):
        """Play has been stopped by `pause`."""

    def plays(self):
        return type(self).advance is not Play.advance

    def play(self):
        """Start Play; needs the event loop of a notebook (or one given as `loop`)."""
        if self._loop is None:
            raise RuntimeError("Play needs a running event loop: show the explorer in a notebook")
        with self._lock:
            if not self.playing and not self.closed:
                self.playing, self.failure = True, None
                self._loop.call_soon_threadsafe(self._begin_play)
        self.show()

    def pause(self):
        """Stop Play before its next unit."""
        with self._lock:
            if self.playing:
                self.playing = False
                with self._guard():
                    self.paused()
            if self._task is not None and not self._task.done():
                self._loop.call_soon_threadsafe(self._task.cancel)
        self.show()

    def _begin_play(self):
        if self.playing and (self._task is None or self._task.done()):
            self._task = self._loop.create_task(self._until_paused(), name=f"Play of {type(self).__name__}")
        elif self.playing:  # the old task is being cancelled: begin as soon as it has ended
            self._task.add_done_callback(lambda _: self._begin_play())

    async def _until_paused(self):
        PLAYERS.add(self)
        try:
            with suppress(asyncio.CancelledError):  # a task that ends by itself: a browser's Python reports any other
                await self._play_on()
        finally:
            PLAYERS.discard(self)

    async def _play_on(self):
        while self.playing:
            due = self._sent_at + pace() - time.monotonic()  # a slice ends when the next frame is due
            mine = SLICE / len(PLAYERS)
            wait, end = None, time.perf_counter() + (due if REST / 2 < due < mine else mine)
            with busy(self), self._lock, self._guard():
                while self.playing and wait is None and time.perf_counter() < end:
                    wait = self.advance()
            if self._sent > self._seen and time.monotonic() - self._seen_at > PATIENCE:
                self.playing = False  # nobody is looking: the browser has gone without a word
            self.show()
            await asyncio.sleep(REST if wait is None else max(wait, REST))


def pace():
    """Seconds from frame to frame of an explorer at Play: the more play, the longer."""
    return max(PACE, SHARE * len(PLAYERS))
