"""Watching and doubting: what a training step did, whether its gradients are right, and which mistake it is.

`Tape` records, `gradient_check` judges, `diagnose` names the mistake, `MUTANTS` holds mistakes to practise on, and
`sound` rings the alarms.
"""

from nnlib.inspect.alarms import Frozen, sound
from nnlib.inspect.diagnose import diagnose
from nnlib.inspect.diagnosis import Diagnosis, diagnose_arrays
from nnlib.inspect.gradient_check import Chance, Probe, copy_of, gradient_check, largest, parameter_slices
from nnlib.inspect.mutants import ALARMS, MUTANTS, practice
from nnlib.inspect.tape import Tape, first_divergence, parameters_of, source_of
