"""Explorers: what a network does, to be seen, stepped through and changed by hand. See README.md.

Each is imported when it is first asked for, so that a lesson waits for its own explorers and for no others.
"""

import re
from importlib import import_module

PLACES = {
    name: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    for name in ("ActivationExplorer", "BackpropBoard", "BugLab", "DescentExplorer", "DigitExplorer", "LossExplorer",
                 "NeuronExplorer", "Parsons", "Predict", "ShapeTracer", "SignalExplorer", "Workbench")
}  # fmt: skip
"""explorer: the folder that it stands in."""

__all__ = list(PLACES)

GONE = {
    "OptimizerRace": ("DescentExplorer", "12"),
    "StepExplorer": ("Workbench", "02", "07", "09"),
    "Playground": ("Workbench", "00", "15"),
    "GeneralisationExplorer": ("Workbench", "13"),
    "GradientCheckExplorer": ("Workbench", "08"),
    "ScheduleExplorer": ("Workbench", "12"),
    "TwinRuns": ("Workbench", "12"),
}
"""name: (the explorer that it is part of now, the lessons whose older copies ask for it, …). See stage/gone.py."""


def __getattr__(name):
    if name in PLACES:
        globals()[name] = found = getattr(import_module(f"widgets.{PLACES[name]}"), name)
        return found
    if name in GONE:
        from widgets.stage.gone import gone

        return gone(name, *GONE[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *PLACES})
