"""Explorers: what a network does, to be seen, stepped through and changed by hand. See README.md."""

from widgets.activation_explorer import ActivationExplorer
from widgets.backprop_board import BackpropBoard
from widgets.bug_lab import BugLab
from widgets.descent_explorer import DescentExplorer
from widgets.digit_explorer import DigitExplorer
from widgets.generalisation_explorer import GeneralisationExplorer
from widgets.gradient_check_explorer import GradientCheckExplorer
from widgets.loss_explorer import LossExplorer
from widgets.neuron_explorer import NeuronExplorer
from widgets.parsons import Parsons
from widgets.playground import Playground
from widgets.predict import Predict
from widgets.schedule_explorer import ScheduleExplorer
from widgets.shape_tracer import ShapeTracer
from widgets.signal_explorer import SignalExplorer
from widgets.stage.gone import gone
from widgets.step_explorer import StepExplorer
from widgets.twin_runs import TwinRuns
from widgets.workbench import Workbench

__all__ = [
    "ActivationExplorer",
    "BackpropBoard",
    "BugLab",
    "DescentExplorer",
    "DigitExplorer",
    "GeneralisationExplorer",
    "GradientCheckExplorer",
    "LossExplorer",
    "NeuronExplorer",
    "Parsons",
    "Playground",
    "Predict",
    "ScheduleExplorer",
    "ShapeTracer",
    "SignalExplorer",
    "StepExplorer",
    "TwinRuns",
    "Workbench",
]

GONE = {
    "OptimizerRace": ("DescentExplorer", "12"),
}
"""name: (the explorer that it is part of now, the lessons whose older copies ask for it, …). See stage/gone.py."""


def __getattr__(name):
    if name in GONE:
        return gone(name, *GONE[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
