"""What the menus of the Workbench offer, by the names that stand in them."""

import nnlib
from nnlib import schedule

OWN = "your own points"
ONE, ALL = "one example", "all examples"
ACTIVATIONS = {
    kind.__name__: kind
    for kind in (nnlib.Tanh, nnlib.ReLU, nnlib.Sigmoid, nnlib.LeakyReLU, nnlib.ELU, nnlib.GELU, nnlib.Swish,
                 nnlib.Softplus, nnlib.Linear)
}  # fmt: skip
INITIALIZERS = {
    "He": nnlib.He, "Glorot": nnlib.Glorot, "Normal, 0.01": nnlib.Normal, "Normal, 1": lambda: nnlib.Normal(1.0),
    "Zeros": nnlib.Zeros,
}  # fmt: skip
LOSSES = {"cross-entropy": nnlib.BinaryCrossEntropy, "MSE": nnlib.MeanSquaredError}
OPTIMIZERS = {
    kind.__name__: kind for kind in (nnlib.SGD, nnlib.Momentum, nnlib.Nesterov, nnlib.RMSProp, nnlib.Adam, nnlib.AdamW)
}
SCHEDULES = {
    "constant": lambda rate, stage, span: schedule.constant(rate),
    "in steps": lambda rate, stage, span: schedule.step_decay(rate, every=stage),
    "exponential": lambda rate, stage, span: schedule.exponential(rate, half_life=stage),
    "cosine": lambda rate, stage, span: schedule.cosine(rate, steps=span),
    "warm-up": lambda rate, stage, span: schedule.warm_up(rate, steps=stage),
    "warm-up, then cosine": lambda rate, stage, span: schedule.chain(
        (stage, schedule.warm_up(rate, stage)), schedule.cosine(rate, max(1, span - stage))
    ),
}
STAGED = {"in steps", "exponential", "warm-up", "warm-up, then cosine"}  # that have a stage
ALL_AT_ONCE = "all at once"
BATCHES = {ALL_AT_ONCE: None, **{str(size): size for size in (1, 4, 8, 16, 32, 64, 128)}}
POINTERS = {"look": None, "add class 1": 1.0, "add class 0": 0.0, "take away": None}
ANEW = {"data", "examples", "noise", "test", "validation", "learn_from", "features", "formula", "seed", "hidden",
        "initializer"}  # fmt: skip
"""These begin a new network."""
