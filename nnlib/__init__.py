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
from nnlib.callback import Checkpoint, CSVLogger, EarlyStopping, History, LearningRateScheduler, ProgressBar
from nnlib.divergence import DivergedError
from nnlib.gradient_check import gradient_check
from nnlib.initializer import Glorot, He, Normal, Zeros
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
from nnlib.run_card import RunCard, RunCardError, data_hash, from_text, read_card, to_text

__version__ = "0.1.0"
__all__ = [
    "ELU", "GELU", "SGD", "Adam", "AdamW", "BatchNorm", "BinaryCrossEntropy", "CSVLogger",
    "CategoricalCrossEntropy", "Checkpoint", "Dense", "DivergedError", "Dropout", "EarlyStopping", "Glorot", "He",
    "History", "Huber", "LeakyReLU", "LearningRateScheduler", "Linear", "MeanAbsoluteError", "MeanSquaredError",
    "Momentum", "Nesterov", "NeuralNetwork", "Normal", "ProgressBar", "RMSProp", "ReLU", "RunCard", "RunCardError",
    "Sigmoid", "Softmax", "Softplus", "Swish", "Tanh", "Zeros", "data_hash", "from_text", "gradient_check",
    "read_card", "to_text",
]  # fmt: skip
