"""Explorer: the base of every explorer. An explorer says what it teaches; this file does the rest.

    class Doubler(Explorer):
        title = "Doubler"
        module = Path(__file__).with_suffix(".js")   # draws it: explorer.js; its style: all .css beside it
        number = Slider(1, "Number", low=0, high=10) # a control: its field appears by itself

        def view(self):                              # everything the browser draws, as plain values
            return {"twice": 2 * self.number}

        def narrate(self):                           # the same, as sentences
            return f"Twice {self.number:g} is {2 * self.number:g}."

Override `changed(names)` to act on controls (it begins with all of them, unless you override `begin()`),
`press(name, detail)` for buttons, and `advance()` for one unit of Play. What the base promises:

- **One thread.** Messages are handled on the kernel's main loop (`inbox.py`), between slices of Play (`play.py`).
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

import re
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from widgets.stage import replay
from widgets.stage.browser import as_markdown, joined
from widgets.stage.controls import Control, tour
from widgets.stage.failure import explain
from widgets.stage.inbox import Inbox
from widgets.stage.kernel import enter_cell, kernel_loop, leave_cell
from widgets.stage.lean import Lean
from widgets.stage.play import Play, pace

HERE = Path(__file__).resolve().parent
AHEAD = 6  # frames that may be under way, undrawn


class Explorer(Play, Inbox, anywidget.AnyWidget):
    """A view in the notebook whose state is in Python. See the module's docstring."""

    title = "Explorer"
    module = None
    _css = (HERE / "stage.css").read_text(encoding="utf-8")

    controls = traitlets.List().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True, to_json=lambda frame, explorer: explorer._lean.sent(frame))
    kept = traitlets.Dict().tag(sync=True)  # what frames have in common (see lean.py)

    def __init_subclass__(cls, **options):
        if cls.__dict__.get("module"):
            cls._esm = joined(cls.module)
            own = "".join(one.read_text(encoding="utf-8") for one in sorted(cls.module.parent.glob("*.css")))
            # Each explorer of a page brings the common sheet anew: its own weighs more, whichever comes last.
            root = f".nn-{cls.module.parent.name.replace('_', '-')}"
            cls._css = Explorer._css + re.sub(rf"{re.escape(root)}(?![\w-])", root * 2, own)
        super().__init_subclass__(**options)

    def __init__(self, *own, loop=None, **values):
        self.options, self.labels, self.left_out, self.locked = {}, {}, (), ()
        self._controls = None
        self.failure = self._told = None
        self.closed = True  # until it is made: of half an explorer nothing is to be freed
        self._loop = loop or kernel_loop()
        self._lock = threading.RLock()
        self._sent = self._seen = 0
        self._answered = {}  # of each view the number of its last message that has been handled
        self._lean = Lean()
        self._seen_at, self._sent_at, self._dirty = time.monotonic(), 0.0, False
        super().__init__()
        with self._lock:
            self.start(*own, **values)
            with self._guard():
                self.begin()
            self._controls, self.closed = None, False
            self._touched.clear()
            self._handling = False
        self.controls = self._describe_controls()
        self.on_msg(lambda _, content, buffers: self.receive(content))
        self._send_frame()
        super().open()
        enter_cell(self)

    def open(self):
        """Nothing yet, in the middle of ipywidgets' constructor: what the browser hears of first is whole, or it would
        draw an explorer without its controls whenever it looks between two messages.
        """

    # What an explorer may say of itself -----------------------------------------------------------------------

    def start(self, **values):
        """Take the constructor's arguments. Here: set the controls that are named."""
        for name, value in values.items():
            if not isinstance(self.traits().get(name), Control):
                known = ", ".join(self.control_traits()) or "none"
                raise TypeError(f"{type(self).__name__} has no control {name!r}; its controls are: {known}")
            setattr(self, name, value)

    def begin(self):
        """The first work, once the controls are set. Here: as if all of them had changed."""
        self.changed(set(self.control_traits()))

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

    def disabled(self):
        """Names of buttons and controls that make no sense now."""
        return ()

    def follow(self, before):
        """The cell has been run again, and what it made `before` is about to be closed."""

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
            "answered": dict(self._answered),
        }

    # Replay ---------------------------------------------------------------------------------------------------

    def save_replay(self, path, **what):
        """Save a run as one HTML file that plays in any browser, without Python; returns its size in bytes.

        The file is at most 2 MB; `most=` sets another limit, and the other arguments are those of `recording`. What is
        in it is drawn and never run. One that somebody else sends is a web page like any other: open it where you would
        open theirs, and hand on a card if the run is to be continued.
        """
        self.pause()
        with self._lock:
            most = what.pop("most", replay.MOST)
            speed = replay.PACE if self.plays() and "acts" not in what else replay.SLOW
            return replay.save(self, path, self.recording(**what), most, speed)

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
            self.failure = self.explained(error)
        else:
            return
        self._dirty = True

    def explained(self, error):
        """An exception as it is shown inside."""
        return explain(error)

    def tell(self, error):
        """Show the exception of one part while the others go on; with None, that it goes on too."""
        if self.failure is self._told:
            self.failure = None
        self._told = error and self.explained(error)
        self.failure = self._told or self.failure

    def each(self, names, make):
        """`make(name)` of each; the exception of one that is broken is told, and the others are there."""
        made, broken = [], None
        for name in names:
            try:
                made.append(make(name))
            except Exception as error:
                broken = broken or error
        self.tell(broken)
        return made

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
