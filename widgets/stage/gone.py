"""Gone: what stands in a lesson's older copy where an explorer stood that is part of another one now."""

from pathlib import Path

from widgets.stage.base import Explorer


class Gone(Explorer):
    """One sentence: where the explorer has gone, and how the lesson's present copy is had. It takes any arguments.

    An update of the course never touches a learner's own copies of lessons, so their imports must go on working.
    """

    title = "An older copy"
    module = Path(__file__).with_suffix(".js")
    name, now, lessons = "", "", ()

    def start(self, *given, **named):
        pass

    def narrate(self):
        resets = " or ".join(f'reset("{number}")' for number in self.lessons)
        return (f"{self.name} is part of {self.now} now, and this notebook is a copy from before that: {resets} brings "
                "its present form, and keeps yours as a backup.")  # fmt: skip

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        return lambda *given, **named: None  # whatever the copy asked of the explorer


def gone(name, now, *lessons):
    """The class that stands for the explorer `name`: it is part of `now`, and the lessons `lessons` used it."""
    return type(name, (Gone,), {"name": name, "now": now, "lessons": lessons})
