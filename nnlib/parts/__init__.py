"""What the model asks of parts, and how any class with a few methods works as one.

`part` says what is asked and what stands in where a class has no answer; `protocol` lists what each kind of class
needs; `flat` keeps all parameters in one vector; `entrance` takes data in, by the rules of `labels`, and `validate`
what else is given; `divergence` goes back to the last good numbers; `yardstick` measures a training, and `remark` holds
what `Watch` says of it; `room` ends what takes too much memory.
"""

from nnlib.parts.divergence import DivergedError, SafePoint, first_not_finite, is_finite
from nnlib.parts.entrance import Entrance
from nnlib.parts.flat import gathered
from nnlib.parts.labels import matching, one_hot
from nnlib.parts.part import (
    arrives,
    attributes,
    backward,
    build_parts,
    in_dtype,
    name_of,
    needs_backward,
    parameter_gradients,
    parameter_names,
    places_of,
    put_back,
    unbuilt_if_refused,
    untouched,
)
from nnlib.parts.protocol import IActivation, ICallback, ILayer, ILoss, IModel, IOptimizer
from nnlib.parts.remark import CAUSES, FINDINGS, LISTENERS, SENTENCES, Remark
from nnlib.parts.validate import (
    above_zero,
    checked_blocks,
    checked_callbacks,
    not_negative,
    told_if_not_finite,
    whole,
    with_method,
)
from nnlib.parts.yardstick import alike, always_the_same, is_log_loss, largest_class, reach, right_answers, span
