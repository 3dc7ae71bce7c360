"""A second opinion on the same steps: scikit-learn's, and PyTorch's where it is installed."""

import numpy as np
import pytest

import nnlib
from nnlib import (
    SGD,
    Adam,
    AdamW,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Linear,
    MeanSquaredError,
    Momentum,
    Nesterov,
    NeuralNetwork,
    RMSProp,
    Sigmoid,
    Softmax,
    Tanh,
)

SIZES, EXAMPLES, BATCH, STEPS = (5, 7, 6, 3), 60, 20, 100


def problem(loss, seed=0):
    rng = np.random.default_rng(seed)
    x, numbers = rng.normal(size=(SIZES[0], EXAMPLES)), rng.integers(0, SIZES[-1], EXAMPLES)
    if isinstance(loss, CategoricalCrossEntropy):
        return x, np.eye(SIZES[-1])[:, numbers]
    if isinstance(loss, BinaryCrossEntropy):
        return x, rng.integers(0, 2, (SIZES[-1], EXAMPLES)).astype(float)
    return x, rng.normal(size=(SIZES[-1], EXAMPLES))


def network(loss, optimizer, factor=0.0, hidden=Tanh):
    last = {BinaryCrossEntropy: Sigmoid, CategoricalCrossEntropy: Softmax}.get(type(loss), Linear)
    blocks = (*((Dense(units), hidden()) for units in SIZES[1:-1]), (Dense(SIZES[-1]), last()))
    return NeuralNetwork(blocks, loss, optimizer=optimizer, regularization_factor=factor, seed=1).build(SIZES[0])


def train(model, x, y):
    """Plain batches in order, so that both libraries see the same ones."""
    for step in range(STEPS):
        start = step * BATCH % EXAMPLES
        batch = slice(start, start + BATCH)
        model(x[:, batch])
        model.backward_step(y[:, batch])
        model.update()


def dense_layers(model):
    return [part for block in model.layers for part in block if isinstance(part, Dense)]


# PyTorch ----------------------------------------------------------------------------------------------------


def one_thread():
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)  # several are slower for so small a network
    return torch


TORCH_OPTIMIZERS = {
    "SGD": (lambda: SGD(0.1), lambda t, p: t.optim.SGD(p, 0.1)),
    "Momentum": (lambda: Momentum(0.05, 0.8), lambda t, p: t.optim.SGD(p, 0.05, momentum=0.8)),
    "Nesterov": (lambda: Nesterov(0.05, 0.8), lambda t, p: t.optim.SGD(p, 0.05, momentum=0.8, nesterov=True)),
    "RMSProp": (lambda: RMSProp(0.01, 0.95), lambda t, p: t.optim.RMSprop(p, 0.01, alpha=0.95)),
    "Adam": (lambda: Adam(0.01), lambda t, p: t.optim.Adam(p, 0.01)),
    "AdamW": (lambda: AdamW(0.01, weight_decay=0.1), lambda t, p: t.optim.AdamW(p, 0.01, weight_decay=0.1)),
}
TORCH_LOSSES = {
    "MSE": (MeanSquaredError(), lambda t: t.nn.MSELoss()),
    "MAE": (nnlib.MeanAbsoluteError(), lambda t: t.nn.L1Loss()),
    "Huber": (nnlib.Huber(0.5), lambda t: t.nn.HuberLoss(delta=0.5)),
    "BCE": (BinaryCrossEntropy(), lambda t: t.nn.BCEWithLogitsLoss()),
    "CCE": (CategoricalCrossEntropy(), lambda t: t.nn.CrossEntropyLoss()),
}
TORCH_ACTIVATIONS = {
    "ReLU": (nnlib.ReLU, lambda t: t.nn.ReLU()),
    "LeakyReLU": (nnlib.LeakyReLU, lambda t: t.nn.LeakyReLU(0.01)),
    "ELU": (nnlib.ELU, lambda t: t.nn.ELU()),
    "GELU": (nnlib.GELU, lambda t: t.nn.GELU(approximate="tanh")),
    "Sigmoid": (nnlib.Sigmoid, lambda t: t.nn.Sigmoid()),
    "Tanh": (nnlib.Tanh, lambda t: t.nn.Tanh()),
    "Softplus": (nnlib.Softplus, lambda t: t.nn.Softplus()),
    "Swish": (nnlib.Swish, lambda t: t.nn.SiLU()),
}
CASES = [
    *((optimizer, loss, "Tanh") for optimizer in TORCH_OPTIMIZERS for loss in ("MSE", "BCE", "CCE")),
    *(("SGD", loss, "Tanh") for loss in ("MAE", "Huber")),
    *(("Adam", "MSE", activation) for activation in TORCH_ACTIVATIONS),
]


@pytest.mark.parametrize(("optimizer", "loss", "activation"), CASES)
def test_pytorch_after_100_steps(optimizer, loss, activation):
    torch = one_thread()
    ours, theirs = TORCH_OPTIMIZERS[optimizer]
    our_loss, their_loss = TORCH_LOSSES[loss][0], TORCH_LOSSES[loss][1](torch)
    hidden, their_hidden = TORCH_ACTIVATIONS[activation]
    (x, y), model = problem(our_loss), network(our_loss, ours(), hidden=hidden)
    modules = []
    for layer in dense_layers(model):
        linear = torch.nn.Linear(layer.weights.shape[1], layer.units, dtype=torch.float64)
        linear.load_state_dict({"weight": torch.tensor(layer.weights), "bias": torch.tensor(layer.bias[:, 0])})
        modules += [linear, their_hidden(torch)]
    twin = torch.nn.Sequential(*modules[:-1])
    stepper = theirs(torch, twin.parameters())
    rows, truth = torch.tensor(x.T), torch.tensor(y.T)
    train(model, x, y)
    for step in range(STEPS):
        start = step * BATCH % EXAMPLES
        stepper.zero_grad()
        value = their_loss(twin(rows[start : start + BATCH]), truth[start : start + BATCH])
        value.backward()
        stepper.step()
    for layer, linear in zip(dense_layers(model), twin[::2], strict=True):
        for name, got, expected in (("weights", layer.weights, linear.weight), ("bias", layer.bias[:, 0], linear.bias)):
            error = np.abs(got - expected.detach().numpy()).max()
            assert error < 1e-11, f"{name} of {layer!r} differ from PyTorch's by {error:.2g}"
    ours_now, theirs_now = model.evaluate(x, y), their_loss(twin(rows), truth).item()
    assert ours_now == pytest.approx(theirs_now, rel=1e-11)


def test_pytorch_batch_norm_with_its_running_values():
    torch = one_thread()
    (x, y), norm = problem(MeanSquaredError()), BatchNorm()
    blocks = ((Dense(7), norm, Tanh()), (Dense(3), Linear()))
    model = NeuralNetwork(blocks, MeanSquaredError(), 0.1, seed=1).build(SIZES[0])
    first, last = dense_layers(model)
    twin = torch.nn.Sequential(
        torch.nn.Linear(5, 7), torch.nn.BatchNorm1d(7), torch.nn.Tanh(), torch.nn.Linear(7, 3)
    ).double()  # fmt: skip
    for layer, linear in ((first, twin[0]), (last, twin[3])):
        linear.load_state_dict({"weight": torch.tensor(layer.weights), "bias": torch.tensor(layer.bias[:, 0])})
    stepper = torch.optim.SGD(twin.parameters(), 0.1)
    train(model, x, y)
    for step in range(STEPS):
        batch = slice(step * BATCH % EXAMPLES, step * BATCH % EXAMPLES + BATCH)
        stepper.zero_grad()
        torch.nn.functional.mse_loss(twin(torch.tensor(x.T)[batch]), torch.tensor(y.T)[batch]).backward()
        stepper.step()
    twin.eval()
    pairs = {
        "weights": (first.weights, twin[0].weight), "gamma": (norm.gamma[:, 0], twin[1].weight),
        "beta": (norm.beta[:, 0], twin[1].bias), "running mean": (norm.running_mean[:, 0], twin[1].running_mean),
        "running variance": (norm.running_variance[:, 0], twin[1].running_var),
        "prediction": (model.predict(x), twin(torch.tensor(x.T)).T),
    }  # fmt: skip
    for name, (got, expected) in pairs.items():
        error = np.abs(got - expected.detach().numpy()).max()
        assert error < 1e-11, f"{name} differs from PyTorch's by {error:.2g}"


def test_pytorch_gradient_clipping():
    torch = one_thread()
    values = np.array([3.0, -4.0, 12.0])  # length 13
    weights = torch.nn.Parameter(torch.zeros(3, dtype=torch.float64))
    weights.grad = torch.tensor(values)
    torch.nn.utils.clip_grad_norm_([weights], 2.0)
    layer = Dense(1)
    model = NeuralNetwork(((layer, Linear()),), MeanSquaredError(), 1.0, clip_norm=2.0, seed=0).build(2)
    before = model.parameters.copy()
    model.gradients[:] = values
    model.update()
    np.testing.assert_allclose(before - model.parameters, weights.grad.numpy(), rtol=1e-6)  # PyTorch adds 1e-6


# scikit-learn -----------------------------------------------------------------------------------------------


SKLEARN = {
    "SGD": (lambda: SGD(0.1), {"solver": "sgd", "momentum": 0.0}),
    "Nesterov": (lambda: Nesterov(0.05, 0.8), {"solver": "sgd", "momentum": 0.8, "learning_rate_init": 0.05}),
    "Adam": (lambda: Adam(0.01, epsilon=1e-300), {"solver": "adam", "learning_rate_init": 0.01, "epsilon": 1e-300}),
}


@pytest.mark.parametrize(("ours", "theirs"), SKLEARN.values(), ids=SKLEARN)
@pytest.mark.parametrize(("k", "factor"), [(1, 0.5), (3, 0.0)])
def test_scikit_learn_after_100_steps(ours, theirs, k, factor):
    """Its momentum is another: velocity = momentum · velocity − rate · gradient, the same for a fixed rate. Its Adam
    adds epsilon before the correction, so the rules are the same only where epsilon does not count."""
    sklearn = pytest.importorskip("sklearn.neural_network")
    rng = np.random.default_rng(3)
    x, numbers = rng.normal(size=(5, BATCH)), np.arange(BATCH) % (2 if k == 1 else 3)
    rng.shuffle(numbers)
    loss, last = (BinaryCrossEntropy(), Sigmoid()) if k == 1 else (CategoricalCrossEntropy(), Softmax())
    y = numbers.reshape(1, -1)
    blocks = ((Dense(6), Tanh()), (Dense(4), Tanh()), (Dense(k), last))
    model = NeuralNetwork(blocks, loss, optimizer=ours(), regularization_factor=factor, seed=2).build(5)
    options = {"learning_rate_init": 0.1, **theirs}
    twin = sklearn.MLPClassifier((6, 4), activation="tanh", alpha=factor, batch_size=BATCH, shuffle=False, **options)
    twin.partial_fit(x.T, numbers, classes=np.unique(numbers))  # makes its arrays; they are replaced now
    twin.coefs_ = [layer.weights.T.copy() for layer in dense_layers(model)]
    twin.intercepts_ = [layer.bias[:, 0].copy() for layer in dense_layers(model)]
    del twin._optimizer  # as if it had not begun
    twin.t_ = twin.n_iter_ = 0
    twin._no_improvement_count = 0
    for _ in range(STEPS):
        if not hasattr(twin, "_optimizer"):
            twin._optimizer = fresh_optimizer(twin)
        twin.partial_fit(x.T, numbers)
        model(x)
        model.training_loss(y)
        model.backward_step(y)
        model.update()
    for layer, weights, bias in zip(dense_layers(model), twin.coefs_, twin.intercepts_, strict=True):
        for name, got, expected in (("weights", layer.weights, weights.T), ("bias", layer.bias[:, 0], bias)):
            error = np.abs(got - expected).max()
            assert error < 1e-9, f"{name} of {layer!r} differ from scikit-learn's by {error:.2g}"


def fresh_optimizer(twin):
    from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

    parameters = twin.coefs_ + twin.intercepts_
    if twin.solver == "adam":
        return AdamOptimizer(parameters, twin.learning_rate_init, twin.beta_1, twin.beta_2, twin.epsilon)
    return SGDOptimizer(parameters, twin.learning_rate_init, twin.learning_rate, twin.momentum, True, twin.power_t)
