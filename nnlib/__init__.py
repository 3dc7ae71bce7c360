"""nnlib: a neural network in NumPy, to be read in an evening and taught from.

    from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Sigmoid

    model = NeuralNetwork(
        layers=((Dense(64), ReLU()), (Dense(64), ReLU()), (Dense(1), Sigmoid())),
        loss=BinaryCrossEntropy(),
        learning_rate=0.1,
    )
    model.fit(x_train, y_train)

Data are `(features, examples)`: one column an example. Read the modules in this order: `layer`, `activation`,
`loss`, `model`, `training`, `optimizer`; each is one noun.
"""

from importlib import import_module

from nnlib.activation import ELU, GELU, LeakyReLU, Linear, ReLU, Sigmoid, Softmax, Softplus, Swish, Tanh
from nnlib.callback import CSVLogger, EarlyStopping, History, LearningRateScheduler, ProgressBar
from nnlib.initializer import Glorot, He, Normal, Zeros
from nnlib.layer import BatchNorm, Dense, Dropout
from nnlib.loss import BinaryCrossEntropy, CategoricalCrossEntropy, Huber, MeanAbsoluteError, MeanSquaredError
from nnlib.model import NeuralNetwork
from nnlib.optimizer import SGD, Adam, AdamW, Momentum, Nesterov, RMSProp
from nnlib.parts import DivergedError

ROOMS = {
    "data": (
        "BREAST_CANCER_FEATURES", "PENGUIN_FEATURES", "PENGUIN_SPECIES", "Preparation", "Prepared", "Table",
        "TableError", "blobs", "circles", "hills", "line", "load_breast_cancer", "load_digits", "load_mnist",
        "load_penguins", "load_zeros_and_ones", "moons", "one_hot", "plane", "read_table", "spiral", "split",
        "standardise", "table_of", "xor",
    ),
    "inspect": (
        "MUTANTS", "Tape", "check_functions", "diagnose", "gradient_check", "sound",
    ),
    "keep": (
        "Checkpoint", "RunCard", "RunCardError", "data_hash", "export_pytorch", "from_text", "load",
        "read_card", "save", "to_text", "__version__",
    ),
}  # fmt: skip
"""What stands in rooms that training never enters: each is imported when something in it is first asked for."""

__all__ = [
    "Adam", "AdamW", "BatchNorm", "BinaryCrossEntropy", "CSVLogger", "CategoricalCrossEntropy", "Dense",
    "DivergedError", "Dropout", "ELU", "EarlyStopping", "GELU", "Glorot", "He", "History", "Huber", "LeakyReLU",
    "LearningRateScheduler", "Linear", "MeanAbsoluteError", "MeanSquaredError", "Momentum", "Nesterov",
    "NeuralNetwork", "Normal", "ProgressBar", "RMSProp", "ReLU", "SGD", "Sigmoid", "Softmax", "Softplus",
    "Swish", "Tanh", "Zeros",
    *(name for names in ROOMS.values() for name in names if name[0] != "_"),
]  # fmt: skip


def __getattr__(name):
    if name in ROOMS:
        return import_module(f"nnlib.{name}")
    for room, names in ROOMS.items():
        if name in names:
            globals()[name] = found = getattr(import_module(f"nnlib.{room}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *ROOMS, *__all__})
