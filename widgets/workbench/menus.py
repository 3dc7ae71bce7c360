"""What the menus of the Workbench offer, by the names that stand in them."""

import nnlib
from nnlib import schedule

OWN = "your own points"
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
    "constant": schedule.constant,
    "halved every 500": lambda rate: schedule.step_decay(rate, every=500),
    "half-life 500": lambda rate: schedule.exponential(rate, half_life=500),
    "cosine over 2,000": lambda rate: schedule.cosine(rate, steps=2000),
    "warm-up over 200": lambda rate: schedule.warm_up(rate, steps=200),
}
BATCHES = {"all at once": None, **{str(size): size for size in (1, 4, 8, 16, 32, 64, 128)}}
POINTERS = {"look": None, "add class 1": 1.0, "add class 0": 0.0, "take away": None}
ANEW = {"data", "examples", "noise", "test", "features", "seed", "hidden", "initializer"}  # these begin a new network
