"""Watching and doubting: what a training step did, whether its gradients are right, and which mistake it is.

`Tape` records, `gradient_check` judges (`check_functions` does so for any arrays), `diagnose` names the mistake,
`MUTANTS` holds mistakes to practise on, and `sound` rings the alarms.
"""

from nnlib.inspect.alarms import FIFTH_LOWER, Alarm, Frozen, sound
from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of, parameter_slices
from nnlib.inspect.diagnose import diagnose
from nnlib.inspect.diagnosis import Diagnosis, diagnose_arrays
from nnlib.inspect.functions import check_functions
from nnlib.inspect.gradient_check import Probe, gradient_check, largest
from nnlib.inspect.mutant import ALARMS, practice
from nnlib.inspect.mutants import MUTANTS
from nnlib.inspect.tape import Tape, first_divergence, gradient_source, parameters_of, source_of
