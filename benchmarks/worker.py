"""One library in one process, timed on request: `python worker.py LIBRARY`, one JSON message a line, both ways.

A library is a function that takes a case and returns two functions: `advance(n)` trains n steps and returns how many
it did and the seconds of (wall, CPU), and `parameters()` returns all parameters as one list of NumPy arrays, each
layer's `(units, features)` and `(units, 1)`. Nothing but the training steps is inside the clock.
"""

import json
import sys
import time
import warnings

import numpy as np
from cases import Case, data, first_parameters, labels


def clock(work):
    """Seconds of (wall, CPU of all threads) that `work()` took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def stepped(generator):
    """`advance` for a library whose training can be taken step by step."""

    def advance(steps):
        def work():
            for _ in range(steps):
                next(generator)

        return steps, *clock(work)

    return advance


# The libraries ----------------------------------------------------------------------------------------


def nnlib(case, tricks=False):
    model = nnlib_model(case, tricks)
    x, classes = data(case)
    training = model.training(x, labels(case, classes), epochs=10**9, batch_size=case.batch)
    return stepped(training), lambda: [
        array for block in model.layers for array in (block[0].weights, block[0].bias)
    ]


def nnlib_model(case, tricks=False):
    from nnlib import (
        SGD,
        Adam,
        BinaryCrossEntropy,
        CategoricalCrossEntropy,
        Dense,
        NeuralNetwork,
        ReLU,
        Sigmoid,
        Softmax,
    )

    class DenseInPlace(Dense):
        def __call__(self, inputs):
            output = np.dot(self.weights, inputs)
            output += self.bias  # no second array
            return output

    class ReLURow(ReLU):
        def __call__(self, z):
            return np.maximum(z, np.zeros(z.shape[1], z.dtype))  # NumPy's loop for a single 0 is a slow one

    if tricks:
        Dense, ReLU = DenseInPlace, ReLURow
    last, loss = (Sigmoid(), BinaryCrossEntropy()) if case.sizes[-1] == 1 else (Softmax(), CategoricalCrossEntropy())
    layers = (*((Dense(units), ReLU()) for units in case.sizes[1:-1]), (Dense(case.sizes[-1]), last))
    optimizer = SGD(case.learning_rate)
    if case.optimizer == "Adam":
        optimizer = Adam(case.learning_rate, epsilon=case.epsilon)
    model = NeuralNetwork(layers, loss, optimizer=optimizer, dtype=case.dtype, seed=0, memory_limit=8192)
    model.build(case.sizes[0])
    for (layer, _), (weights, bias) in zip(layers, first_parameters(case), strict=True):
        layer.weights, layer.bias = weights, bias
    return model


def nnlib_tricks(case):
    """nnlib with two tricks that its own parts do without, as a learner's classes: what readability cost."""
    return nnlib(case, tricks=True)


def nnlib_fit(case):
    """`fit` of one epoch after the other, with all that it does besides its steps."""
    model = nnlib_model(case)
    x, classes = data(case)
    y, an_epoch = labels(case, classes), -(-case.examples // case.batch_size)

    def advance(steps):
        epochs = max(1, steps // an_epoch)
        fit = lambda: [model.fit(x, y, epochs=1, batch_size=case.batch) for _ in range(epochs)]  # noqa: E731
        return epochs * an_epoch, *clock(fit)

    return advance, lambda: []


def plain_script(case):
    import plain_script as plain

    weights, biases = map(list, zip(*[(w.copy(), b.copy()) for w, b in first_parameters(case)], strict=True))
    x, classes = data(case)
    y = labels(case, classes)
    training = plain.training(weights, biases, x, y, case.batch, case.optimizer, case.learning_rate, case.epsilon)
    return stepped(training), lambda: [array for pair in zip(weights, biases, strict=True) for array in pair]


def hand_tuned(case):
    import hand_tuned as tuned

    x, classes = data(case)
    training, views = tuned.training(
        first_parameters(case), x, labels(case, classes), case.batch, case.optimizer, case.learning_rate, case.epsilon
    )
    return stepped(training), lambda: [array for pair in views for array in pair]


def jax(case):
    from compiled import PIECE, jax_training

    x, classes = data(case)
    settings = case.batch, case.optimizer, case.learning_rate, case.epsilon
    pieces, parameters = jax_training(first_parameters(case), x, labels(case, classes), *settings)

    def advance(steps):
        count = -(-steps // PIECE)
        return count * PIECE, *clock(lambda: pieces(count))

    return advance, parameters


def numba(case):
    from compiled import numba_training

    x, classes = data(case)
    settings = case.batch, case.optimizer, case.learning_rate, case.epsilon
    training, arrays = numba_training(first_parameters(case), x, labels(case, classes), *settings)
    return stepped(training), lambda: list(arrays)


def products(case):
    """The floor: only a step's matrix products, into arrays that are there already."""
    weights = [pair[0] for pair in first_parameters(case)]
    m = case.batch_size
    outputs = [np.ones((units, m), case.dtype) for units in case.sizes]
    outputs[0] = data(case)[0][:, :m].copy("C" if case.batch is None else "F")  # as fit holds them
    grads = [np.ones_like(output) for output in outputs]
    grad_weights = [np.zeros_like(array) for array in weights]
    results = [np.empty_like(output) for output in outputs]

    def training():
        while True:
            for index, array in enumerate(weights):
                np.dot(array, outputs[index], out=results[index + 1])
            for index in reversed(range(len(weights))):
                np.dot(grads[index + 1], outputs[index].T, out=grad_weights[index])
                if index:
                    np.dot(weights[index].T, grads[index + 1], out=results[index])
            yield

    return stepped(training()), lambda: []


def pytorch(case):
    import torch

    model = torch_model(case)
    optimizer = torch.optim.SGD(model.parameters(), case.learning_rate)
    if case.optimizer == "Adam":
        optimizer = torch.optim.Adam(model.parameters(), case.learning_rate, eps=case.epsilon)
    x, classes = data(case)
    x = torch.tensor(np.ascontiguousarray(x.T))
    if case.sizes[-1] == 1:
        y, loss_function = torch.tensor(labels(case, classes).T.copy()), torch.nn.BCEWithLogitsLoss()
    else:
        y, loss_function = torch.tensor(classes), torch.nn.CrossEntropyLoss()

    def step(x, y):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    def training():
        while True:
            if case.batch is None:
                yield step(x, y)
                continue
            order = torch.randperm(len(x))
            for start in range(0, len(x), case.batch):
                batch = order[start : start + case.batch]
                yield step(x[batch], y[batch])

    def parameters():
        arrays = [parameter.detach().numpy() for parameter in model.parameters()]
        return [array if array.ndim == 2 else array[:, np.newaxis] for array in arrays]

    return stepped(training()), parameters


def torch_model(case):
    """The network up to z: PyTorch's stable losses take z. `first_parameters` in place of its own."""
    import torch

    parts = []
    for weights, bias in first_parameters(case):
        linear = torch.nn.Linear(weights.shape[1], weights.shape[0], dtype=getattr(torch, case.dtype))
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(weights))
            linear.bias.copy_(torch.tensor(bias[:, 0]))
        parts += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*parts[:-1])


def sklearn(case):
    """scikit-learn's own loop, `MLPClassifier.fit`, with our first weights; its clock starts at its first step.

    `fit` cannot be paused, so each `advance` is a fit of whole epochs from the first weights, timed between its
    first and its last call of `_backprop`: what it does once before training is not counted.
    """
    from sklearn.neural_network import MLPClassifier

    parameters = first_parameters(case)

    class Timed(MLPClassifier):
        def _init_coef(self, fan_in, fan_out, dtype):
            weights, bias = parameters[len(self.ready)]
            self.ready.append(None)
            return weights.T.copy(), bias[:, 0].copy()

        def _backprop(self, *values):
            self.moments.append((time.perf_counter(), time.process_time()))
            return super()._backprop(*values)

    settings = {"solver": "adam"} if case.optimizer == "Adam" else {"solver": "sgd", "momentum": 0.0}
    x, classes = data(case)
    x = np.ascontiguousarray(x.T)
    a_epoch = -(-case.examples // case.batch_size)
    model = None

    def advance(steps):
        nonlocal model
        epochs = max(1, -(-(steps + 1) // a_epoch))
        model = Timed(
            case.sizes[1:-1], batch_size=case.batch_size, alpha=0.0, max_iter=epochs, tol=0.0, n_iter_no_change=10**9,
            learning_rate_init=case.learning_rate, epsilon=case.epsilon, random_state=0,
            shuffle=case.batch is not None, **settings,
        )  # fmt: skip
        model.ready, model.moments = [], []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that it was stopped before it had converged
            model.fit(x, classes)
        (wall, cpu), (last_wall, last_cpu) = model.moments[0], model.moments[-1]
        return len(model.moments) - 1, last_wall - wall, last_cpu - cpu

    def parameters_now():
        arrays = zip(model.coefs_, model.intercepts_, strict=True)
        return [array for weights, bias in arrays for array in (weights.T, bias[:, np.newaxis])]

    return advance, parameters_now


# The decision map: looking, not training --------------------------------------------------------------


def looking(library, case):
    """A function that takes all examples of `case` to their probabilities, once."""
    x, classes = data(case)
    if library == "nnlib":
        model = nnlib_model(case)
        return lambda: model.predict(x)
    if library == "pytorch":
        import torch

        model, rows = torch_model(case), torch.tensor(np.ascontiguousarray(x.T))

        def look():
            with torch.no_grad():
                return torch.sigmoid(model(rows))

        return look
    from sklearn.neural_network import MLPClassifier

    rows = np.ascontiguousarray(x.T)
    model = MLPClassifier(case.sizes[1:-1], max_iter=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(rows, classes)
    return lambda: model.predict_proba(rows)


# The conversation -------------------------------------------------------------------------------------

LIBRARIES = {
    "nnlib": nnlib,
    "nnlib tricks": nnlib_tricks,
    "pytorch": pytorch,
    "sklearn": sklearn,
    "plain script": plain_script,
    "hand-tuned": hand_tuned,
    "nnlib fit": nnlib_fit,
    "jax": jax,
    "numba": numba,
    "products": products,
}


def peak_memory():
    """The most memory that this process has held, in MiB, as Linux counts it since the program began."""
    with open("/proc/self/status", encoding="ascii") as lines:  # getrusage would count the parent's, before the exec
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def answer(library, message):
    case = Case.from_message(message["case"])
    if message["do"] == "look":
        np.ones(2_000_000)  # made and freed, as loading data does: malloc keeps such memory from then on
        look = looking(library, case)

        def advance(steps):
            return steps, *clock(lambda: [look() for _ in range(steps)])
    else:
        advance, parameters = LIBRARIES[library](case)
    if message["do"] == "train":  # so that all libraries can be seen to compute the same thing
        advance(message["steps"] if library != "sklearn" else message["steps"] - 1)
        return [array.tolist() for array in parameters()]
    if message["do"] == "memory":
        advance(message["steps"])
        return peak_memory()

    steps, wall, _ = advance(2)  # not counted: first calls fill caches, and tell how long a step takes
    steps, wall, _ = advance(max(2, min(50, int(0.02 * steps / wall))))
    steps = max(1, int(message["piece"] * steps / wall))
    pieces = [advance(steps) for _ in range(3)]
    while sum(cpu for _, _, cpu in pieces) < message["seconds"]:
        pieces.append(advance(steps))
    return [(wall / steps, cpu / steps) for steps, wall, cpu in pieces]


def main(library):
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # nnlib, installed or not
    for line in sys.stdin:
        print(json.dumps(answer(library, json.loads(line))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
