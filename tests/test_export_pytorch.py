"""The PyTorch script of a network: it is Python, holds the exact numbers, and answers as nnlib does."""

import ast
import base64
import importlib.util
import runpy
import subprocess
import sys
import warnings

import numpy as np
import pytest

from nnlib import (
    ELU,
    GELU,
    Adam,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    LeakyReLU,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Softplus,
    Swish,
    Tanh,
)
from nnlib.data import blobs, moons
from nnlib.keep.description import PARTS
from nnlib.keep.export import MODULES, export_pytorch

X, Y = moons(examples=80, noise=0.2, seed=3)
needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="PyTorch is not installed; nothing in the course needs it"
)
BENDS = [Linear(), ReLU(), LeakyReLU(0.2), ELU(1.3), Sigmoid(), Tanh(), Softplus(), Swish(), GELU(), Softmax()]


def trained(*parts, dtype=np.float64):
    layers = ((Dense(7), *parts), (Dense(5), BatchNorm(0.2), Tanh(), Dropout(0.4)), (Dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=Adam(0.02), seed=1, dtype=dtype)
    model.fit(X, Y, epochs=8, batch_size=20)
    return model


def difference(model, x, tmp_path):
    """The largest difference between nnlib's answers and those of the script, run as an import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch

    export_pytorch(model, tmp_path / "network.py")
    script = runpy.run_path(str(tmp_path / "network.py"))
    with torch.no_grad():
        answer = script["model"](torch.tensor(x.T.astype(model.dtype))).T.numpy()
    expected = model.predict(x)
    assert answer.shape == expected.shape and answer.dtype == expected.dtype
    return float(np.abs(answer - expected).max())


@needs_torch
@pytest.mark.parametrize("bend", BENDS, ids=repr)
def test_pytorch_answers_the_same_after_every_activation(tmp_path, bend):
    found = difference(trained(bend), np.hstack([X, 30 * X]), tmp_path)
    assert found < 1e-6, f"{bend!r}: PyTorch differs by {found:.1e}"


@needs_torch
@pytest.mark.parametrize("bend", BENDS, ids=repr)
def test_the_activation_alone_agrees_far_from_zero(tmp_path, bend):
    model = NeuralNetwork(((Dense(3), bend),), MeanSquaredError(), 0.1, seed=0).build(1)
    model.parameters[:] = [1, -1, 0.5, 0, 0, 0.1]
    found = difference(model, np.linspace(-60, 60, 1001).reshape(1, -1), tmp_path)
    assert found < 1e-6, f"{bend!r}: PyTorch differs by {found:.1e}"


@needs_torch
def test_float32_and_many_classes(tmp_path):
    x, y = blobs(examples=90, seed=2)
    layers = ((Dense(16), BatchNorm(), GELU()), (Dense(4), Softmax()))
    model = NeuralNetwork(layers, CategoricalCrossEntropy(), optimizer=Adam(0.01), dtype=np.float32, seed=5)
    model.fit(x, y.astype(int) + 2, epochs=5, batch_size=30)
    found = difference(model, x, tmp_path)
    assert found < 1e-6, f"PyTorch differs by {found:.1e}"


@needs_torch
def test_run_as_a_program_it_compares_itself(tmp_path):
    export_pytorch(trained(ReLU()), tmp_path / "network.py")
    result = subprocess.run([sys.executable, "-W", "ignore", tmp_path / "network.py"], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    words, _, number = result.stdout.rpartition(" ")
    assert words == "largest difference from nnlib:" and float(number) < 1e-6, result.stdout


def calls_of_tensor(script):
    """Every `tensor("…", *shape)` of a script, as arrays, in order."""
    dtype = "<f4" if "DTYPE = torch.float32" in script else "<f8"
    for node in ast.walk(ast.parse(script)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tensor":
            text, *shape = [ast.literal_eval(argument) for argument in node.args]
            yield np.frombuffer(base64.b64decode(text), dtype).reshape(shape)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_script_holds_the_exact_numbers(tmp_path, dtype):
    model = trained(ReLU(), Dropout(0.25), dtype=dtype)
    script = export_pytorch(model, tmp_path / "network.py")
    assert (tmp_path / "network.py").read_text(encoding="utf-8") == script
    assert max(map(len, script.splitlines())) <= 120
    first, second, third = (block[0] for block in model.layers)
    norm = model.layers[1][1]
    expected = [first.weights, first.bias, second.weights, second.bias, norm.gamma, norm.beta, norm.running_mean,
                norm.running_variance, third.weights, third.bias]  # fmt: skip
    found = sorted(array.tobytes() for array in calls_of_tensor(script))
    inputs = next(array for array in calls_of_tensor(script) if array.shape == (3, 2))
    answers = model.predict(inputs.T.copy()).T
    assert found == sorted(array.tobytes() for array in (*expected, inputs, answers))
    for words in ("nn.Linear(2, 7)", "nn.Dropout(0.25)", "nn.BatchNorm1d(5, eps=1e-05, momentum=0.2)",
                  "nn.Linear(5, 1)", "(examples, features)", "model(torch.tensor(x.T)).T", "model.eval()"):  # fmt: skip
        assert words in script, f"expected {words!r} in the script"


def test_every_part_of_nnlib_has_its_module():
    assert set(MODULES) == {part.__name__ for part in PARTS}
    assert {type(bend).__name__ for bend in BENDS} | {"Dense", "BatchNorm", "Dropout"} == set(MODULES)


def test_what_cannot_be_exported_is_named():
    class MyReLU(ReLU):
        pass

    with pytest.raises(ValueError, match="build"):
        export_pytorch(NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1))
    model = NeuralNetwork(((Dense(1), MyReLU()),), MeanSquaredError(), 0.1).build(2)
    with pytest.raises(TypeError, match=r"block 1, MyReLU.* put one that export_pytorch knows"):
        export_pytorch(model)
