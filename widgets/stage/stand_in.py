"""StandIn: plays the browser's part, so that an explorer can be tested without one.

    explorer = Workbench(loop=None)
    browser = StandIn(explorer)
    browser.press("step")
    browser.frame["narration"]

It sends what `stage.js` sends. With `acknowledge=False` it draws nothing until `draw()` is called.
"""


class StandIn:
    """A browser that shows one view of `explorer` and keeps every frame that it was sent."""

    def __init__(self, explorer, acknowledge=True, view="stand-in"):
        self.explorer, self.acknowledge, self.view = explorer, acknowledge, view
        self.frames = []
        explorer.observe(self._arrived, names="frame")
        explorer.receive({"kind": "hello", "view": view})

    @property
    def frame(self):
        """The frame that is on the screen."""
        return self.explorer.frame

    def press(self, name, detail=None):
        self.explorer.receive({"kind": "press", "name": name, "detail": detail})

    def set(self, name, value):
        self.explorer.receive({"kind": "set", "name": name, "value": value})

    def draw(self):
        """Acknowledge the newest frame."""
        self.explorer.receive({"kind": "seen", "seen": self.explorer.frame["number"], "view": self.view})

    def leave(self):
        """The view is taken off the page."""
        self.explorer.receive({"kind": "gone", "view": self.view})

    def _arrived(self, change):
        self.frames.append(change["new"])
        if self.acknowledge:
            self.draw()
