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

from nnlib.activation import ELU, GELU, LeakyReLU, Linear, ReLU, Sigmoid, Softmax, Softplus, Swish, Tanh
from nnlib.callback import CSVLogger, EarlyStopping, History, LearningRateScheduler, ProgressBar
from nnlib.data import (
    BREAST_CANCER_FEATURES,
    PENGUIN_FEATURES,
    PENGUIN_SPECIES,
    Preparation,
    Prepared,
    Table,
    TableError,
    blobs,
    circles,
    hills,
    line,
    load_breast_cancer,
    load_digits,
    load_mnist,
    load_penguins,
    load_zeros_and_ones,
    moons,
    one_hot,
    plane,
    read_table,
    spiral,
    split,
    standardise,
    table_of,
    xor,
)
from nnlib.initializer import Glorot, He, Normal, Zeros
from nnlib.inspect import MUTANTS, Tape, diagnose, gradient_check, sound
from nnlib.keep import (
    VERSION,
    Checkpoint,
    RunCard,
    RunCardError,
    data_hash,
    export_pytorch,
    from_text,
    load,
    read_card,
    save,
    to_text,
)
from nnlib.layer import BatchNorm, Dense, Dropout
from nnlib.loss import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
)
from nnlib.model import NeuralNetwork
from nnlib.optimizer import SGD, Adam, AdamW, Momentum, Nesterov, RMSProp
from nnlib.parts import DivergedError

__version__ = VERSION
__all__ = [
    "BREAST_CANCER_FEATURES",
    "ELU",
    "GELU",
    "MUTANTS",
    "PENGUIN_FEATURES",
    "PENGUIN_SPECIES",
    "SGD",
    "Adam",
    "AdamW",
    "BatchNorm",
    "BinaryCrossEntropy",
    "CSVLogger",
    "CategoricalCrossEntropy",
    "Checkpoint",
    "Dense",
    "DivergedError",
    "Dropout",
    "EarlyStopping",
    "Glorot",
    "He",
    "History",
    "Huber",
    "LeakyReLU",
    "LearningRateScheduler",
    "Linear",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "Momentum",
    "Nesterov",
    "NeuralNetwork",
    "Normal",
    "Preparation",
    "Prepared",
    "ProgressBar",
    "RMSProp",
    "ReLU",
    "RunCard",
    "RunCardError",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Swish",
    "Table",
    "TableError",
    "Tanh",
    "Tape",
    "Zeros",
    "blobs",
    "circles",
    "data_hash",
    "diagnose",
    "export_pytorch",
    "from_text",
    "gradient_check",
    "hills",
    "line",
    "load",
    "load_breast_cancer",
    "load_digits",
    "load_mnist",
    "load_penguins",
    "load_zeros_and_ones",
    "moons",
    "one_hot",
    "plane",
    "read_card",
    "read_table",
    "save",
    "sound",
    "spiral",
    "split",
    "standardise",
    "table_of",
    "to_text",
    "xor",
]  # fmt: skip
