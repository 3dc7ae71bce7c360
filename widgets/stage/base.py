"""Explorer: the base of every explorer. An explorer says what it teaches; this file does the rest.

    class Doubler(Explorer):
        title = "Doubler"
        module = Path(__file__).with_suffix(".js")   # draws it: explorer.js beside explorer.py; its style: explorer.css
        number = Slider(1, "Number", low=0, high=10) # a control: its field appears by itself

        def view(self):                              # everything the browser draws, as plain values
            return {"twice": 2 * self.number}

        def narrate(self):                           # the same, as sentences
            return f"Twice {self.number:g} is {2 * self.number:g}."

Override `changed(names)` to act on controls, `press(name, detail)` for buttons, and `advance()` for one unit of
Play. What the base promises:

- **One thread.** A message may arrive on any thread (ipykernel 7 runs callbacks on "subshells"). It goes into an
  inbox and is handled on the kernel's main loop; a lock guards the rare explorer that has no loop.
- **One task.** Play is one asyncio task in slices of at most 15 ms, with rests in between that let messages in.
  Explorers that play at one time share a slice, so that a cell is run at once beside any number of them.
- **Back-pressure.** Each message of the browser says which frame it has drawn last; at most six may be under way.
  Beyond that, changes pile up into one frame, so a slow browser sees fewer frames and never a queue of old ones. (A
  message for every frame would be dear: JupyterLab draws its toolbar anew for each.)
- **Errors are shown.** An exception in a control, a button or Play appears inside the explorer with the learner's
  line, and the explorer lives on.
- **What does not come back is told.** After three seconds in the learner's code the page says in which line, and has
  a button that interrupts the kernel (`patience.py`).
- **Nothing left behind.** `close()`, or running the cell again, ends the task and frees the model; when the last
  view has gone, Play pauses.
"""

import asyncio
import re
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from widgets.stage.controls import Control, tour
from widgets.stage.failure import explain
from widgets.stage.lean import Lean
from widgets.stage.patience import busy

HERE = Path(__file__).resolve().parent
IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"(\.\.?/[\w./]+)";\n', re.MULTILINE)
SLICE, REST = 0.012, 0.004  # seconds: rests of 0 would starve the messages that stop Play
PACE, AHEAD = 0.033, 6  # seconds from frame to frame of Play; frames that may be under way, undrawn
SHARE = 0.016  # seconds from a frame of one explorer at Play to that of the next: they share one loop with the cells
PATIENCE = 60  # seconds that Play goes on without a browser that draws

PLAYERS = set()  # the explorers at Play
BY_CELL = {}  # cell id → (run of that cell, the explorers it made)


class Explorer(anywidget.AnyWidget):
    """A view in the notebook whose state is in Python. See the module's docstring."""

    title = "Explorer"
    module = None
    _css = (HERE / "stage.css").read_text(encoding="utf-8")

    controls = traitlets.List().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True, to_json=lambda frame, explorer: explorer._lean.sent(frame))
    kept = traitlets.Dict().tag(sync=True)  # what frames have in common (see lean.py)
    playing = traitlets.Bool(False)

    def __init_subclass__(cls, **options):
        if cls.__dict__.get("module"):
            cls._esm = joined(cls.module)
            own = cls.module.with_suffix(".css")
            cls._css = Explorer._css + (own.read_text(encoding="utf-8") if own.exists() else "")
        super().__init_subclass__(**options)

    def __init__(self, *own, loop=None, **values):
        self.options, self.labels, self.left_out, self.locked = {}, {}, (), ()
        self._controls = None
        self.failure = None
        self.closed = False
        self._loop = loop or kernel_loop()
        self._task = self._late = None
        self._lock = threading.RLock()
        self._inbox, self._inbox_lock = [], threading.Lock()
        self._touched, self._views = set(), set()
        self._sent = self._seen = 0
        self._lean = Lean()
        self._seen_at, self._sent_at, self._dirty = time.monotonic(), 0.0, False
        self._handling = True  # what the constructor sets is no change
        super().__init__()
        with self._lock:
            self.start(*own, **values)
            self._controls = None
            self._touched.clear()
            self._handling = False
        self.controls = self._describe_controls()
        self.on_msg(lambda _, content, buffers: self.receive(content))
        self._send_frame()
        self._remember_cell()

    # What an explorer may say of itself -----------------------------------------------------------------------

    def start(self, **values):
        """Take the constructor's arguments. Here: set the controls that are named."""
        for name, value in values.items():
            if not isinstance(self.traits().get(name), Control):
                known = ", ".join(self.control_traits()) or "none"
                raise TypeError(f"{type(self).__name__} has no control {name!r}; its controls are: {known}")
            setattr(self, name, value)

    def view(self):
        """Everything that is drawn, as plain values and arrays packed with `packed`."""
        return {}

    def narrate(self):
        """The same as sentences, for a screen reader, for paper, and for whoever prefers them."""
        return ""

    def in_words(self):
        """What stands there for readers without widgets."""
        return f"{self.title}. {self.narrate()}"

    def changed(self, names):
        """Some controls have new values."""

    def press(self, name, detail=None):
        """A button was pressed, or a place in a picture was chosen (`detail` says which)."""

    def advance(self):
        """One unit of Play. Returns None to go on at once, or the seconds to wait before the next."""
        self.playing = False

    def paused(self):
        """Play has been stopped by `pause`."""

    def disabled(self):
        """Names of buttons and controls that make no sense now."""
        return ()

    def follow(self, before):
        """The cell has been run again, and what it made `before` is about to be closed."""

    # Play -----------------------------------------------------------------------------------------------------

    def play(self):
        """Start Play; needs the event loop of a notebook (or one given as `loop`)."""
        if self._loop is None:
            raise RuntimeError("Play needs a running event loop: show the explorer in a notebook")
        with self._lock:
            if not self.playing and not self.closed:
                self.playing, self.failure = True, None
                self._loop.call_soon_threadsafe(self._begin)
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

    def _begin(self):
        if self.playing and (self._task is None or self._task.done()):
            self._task = self._loop.create_task(self._run(), name=f"Play of {type(self).__name__}")
        elif self.playing:  # the old task is being cancelled: begin as soon as it has ended
            self._task.add_done_callback(lambda _: self._begin())

    async def _run(self):
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

    # Messages from the browser --------------------------------------------------------------------------------

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

    def _do(self, kind, name=None, value=None, detail=None, view=None, seen=0):
        self._seen, self._seen_at = max(self._seen, seen), time.monotonic()
        if kind == "seen":
            pass
        elif kind == "hello":
            self._views.add(view)
            self._seen, self._dirty = self._sent, True
        elif kind == "gone":
            self._views.discard(view)
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

    # Frames to the browser ------------------------------------------------------------------------------------

    def show(self):
        """Have the present state drawn, as soon as the browser is ready for it."""
        with self._lock:
            self._dirty = True
            self._send_if_due()

    def _send_if_due(self):
        if not self._dirty or self._handling or self.closed:
            return
        room = self._sent - self._seen < AHEAD or not (self._views or self.playing)
        if room and not (self.playing and time.monotonic() < self._sent_at + pace()):
            self._send_frame()

    def _send_frame(self):
        begun = time.monotonic()  # what drawing takes is part of the pace
        frame = self._state()
        self._sent, self._dirty, self._sent_at = frame["number"], False, begun
        self._lean(frame)
        with self.hold_sync():  # both in one message: a frame never waits for what it needs
            self.kept, self.frame = self._lean.kept, frame

    def _state(self):
        """The present state as a frame."""
        frame = {"number": self._sent + 1, "title": self.title}
        with self._guard(), np.errstate(all="ignore"):  # a network that diverges is to be seen, not warned of
            frame |= {"view": self.view(), "narration": self.narrate()}
        return frame | {
            "playing": self.playing,
            "values": {name: getattr(self, name) for name in self.control_traits()},
            "disabled": [*self.disabled(), *self.locked],
            "failure": self.failure,
        }

    # Replay ---------------------------------------------------------------------------------------------------

    def save_replay(self, path, **what):
        """Save a run as one HTML file that plays in any browser, without Python; returns its size in bytes.

        The file is at most 2 MB; `most=` sets another limit, and the other arguments are those of `recording`. What is
        in it is drawn and never run. One that somebody else sends is a web page like any other: open it where you would
        open theirs, and hand on a card if the run is to be continued.
        """
        from widgets.stage import replay

        self.pause()
        with self._lock:
            most = what.pop("most", replay.MOST)
            pace = replay.PACE if self.plays() and "acts" not in what else replay.SLOW
            return replay.save(self, path, self.recording(**what), most, pace)

    def plays(self):
        return type(self).advance is not Explorer.advance

    def recording(self, updates=60, acts=None):
        """What a replay keeps: the present state, and what so many units of Play make of it (see `replay.py`).

        An explorer that does not play goes through its controls, each of them in its turn. `acts` are messages as the
        browser sends them, such as `{"kind": "set", "name": "w1", "value": 2}`, and take the place of either.
        """
        yield [{"": self._state()}]
        if acts is None and self.plays():
            for _ in range(updates):
                self.advance()
                yield [{"": self._state()}]
            return
        for message in tour(self) if acts is None else acts:
            self._inbox.append(message)
            self._handle()
            yield [{"": self._state()}]

    # The rest -------------------------------------------------------------------------------------------------

    @contextmanager
    def _guard(self):
        """Tell of an exception inside the explorer: in a callback or a task nobody else would hear of it."""
        try:
            yield
        except KeyboardInterrupt:
            self.playing = False
            self.failure = {"kind": "Interrupted", "message": "The kernel was interrupted.", "yours": False}
        except Exception as error:
            self.playing = False
            self.failure = explain(error)
        else:
            return
        self._dirty = True

    def control_traits(self):
        """The controls of this explorer, by name, in the order they are written in the class."""
        if self._controls is None:
            traits = self.traits()
            written = [name for cls in reversed(type(self).__mro__) for name in vars(cls)]
            wanted = [name for name in written if name not in self.left_out]
            self._controls = {name: traits[name] for name in wanted if isinstance(traits.get(name), Control)}
        return self._controls

    def _refuse_locked(self, name):
        if name in self.locked:
            raise ValueError(f"{getattr(self.traits().get(name), 'label', name)} is locked here")

    def _describe_controls(self):
        return [trait.describe(self) for trait in self.control_traits().values()]

    def _remember_cell(self):
        """Close the explorers that an earlier run of the same cell made: nothing shows them any more."""
        cell, run = running_cell()
        if cell is None:
            return
        before, made = BY_CELL.get(cell, (None, []))
        if before != run:
            for explorer in made:
                self.follow(explorer)
                explorer.close()
            made = []
        BY_CELL[cell] = (run, [*made, self])

    def close(self):
        """End Play, free the model and remove the view. Closing twice is fine."""
        if not self.closed:
            self.pause()
            self.closed = True
            leave_cell(self)
            self.forget()
        super().close()

    def forget(self):
        """Let go of what is large. The explorer has been closed."""

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else (bundle or {})
        told = self.in_words() if self.failure is None else f"{self.title}. {self.failure['message']}"
        data = data | {"text/plain": told, "text/markdown": as_markdown(told)}
        return (data, *bundle[1:]) if isinstance(bundle, tuple) else data


def pace():
    """Seconds from frame to frame of an explorer at Play: the more play, the longer."""
    return max(PACE, SHARE * len(PLAYERS))


def leave_cell(explorer):
    """Let no cell close `explorer` when it is run again: something else does, or it has been closed."""
    for cell, (run, made) in list(BY_CELL.items()):
        BY_CELL[cell] = (run, [one for one in made if one is not explorer])


def as_markdown(text):
    """Text that Markdown, HTML and MathJax all leave as it is: MathJax looks for $ when Markdown has been read."""
    plain = re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text.replace("&", "&amp;"))
    return plain.replace("$", r"\\\$")


def joined(file, seen=None):
    """The module `file` with those that it imports by a relative path put before it: anywidget loads one module."""
    seen, file = set() if seen is None else seen, file.resolve()
    seen.add(file)
    text = file.read_text(encoding="utf-8")
    wanted = [(file.parent / other).resolve() for other in IMPORT.findall(text)]
    return "".join(joined(other, seen) for other in wanted if other not in seen) + IMPORT.sub("", text)


def packed(array, dtype="float32"):
    """An array for the browser: its shape, and its numbers as bytes (float32, int8 or uint8), not as text."""
    array = np.asarray(array)
    return {"shape": list(array.shape), "type": dtype, "data": array.astype(dtype).tobytes()}


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


def kernel_loop():
    """The main loop of the kernel, whatever thread asks; elsewhere the running loop, or None."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    io_loop = getattr(getattr(shell, "kernel", None), "io_loop", None)
    if io_loop is not None:
        return io_loop.asyncio_loop
    return running_loop()


def running_loop():
    """The event loop that runs in this thread, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def running_cell():
    """(id, run) of the notebook cell that is being executed, or (None, None)."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if getattr(shell, "kernel", None) is None:
        return None, None
    parent = shell.kernel.get_parent()
    return parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")
