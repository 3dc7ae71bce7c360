"""The seed's Usage blocks run word for word, but for the package's name; its four phases have its names."""

import numpy as np

USAGE = """
from nn.layer import Dense
from nn.activation import ReLU, Sigmoid

layers = (
    (Dense(64), ReLU()),
    (Dense(64), ReLU()),
    (Dense(1), Sigmoid())
)

from nn.loss import BinaryCrossEntropy
from nn.model import NeuralNetwork

model = NeuralNetwork(
    layers=layers,
    loss=BinaryCrossEntropy(),
    learning_rate=1.
)

model.fit(x_train, y_train)
"""


def data(examples=80):
    x = np.random.default_rng(0).uniform(-1, 1, (2, examples))
    return x, (x[:1] > 0).astype(float)


def test_usage_runs_word_for_word():
    x_train, y_train = data()
    space = {"x_train": x_train, "y_train": y_train}
    exec(USAGE.replace("from nn.", "from nnlib."), space)
    model = space["model"]
    assert [part.__class__.__name__ for block in model.layers for part in block] == [
        "Dense", "ReLU", "Dense", "ReLU", "Dense", "Sigmoid",
    ]  # fmt: skip
    assert model.epoch == 100, "epochs has a default"
    assert model.history.loss[-1] < model.history.loss[0]


def test_the_seed_s_training_loop_is_what_fit_does():
    """The loop of the seed's fit, by its own names, ends bit for bit where fit ends."""
    x, y = data()

    def network():
        space = {"x_train": x, "y_train": y}
        exec(USAGE.replace("from nn.", "from nnlib.").replace("model.fit(x_train, y_train)", ""), space)
        model = space["model"]
        model.rng = np.random.default_rng(3)
        model.learning_rate = 0.1
        return model

    fitted, stepped, losses = network(), network(), []
    fitted.fit(x, y, epochs=5)
    for _epoch in range(1, 6):
        _ = stepped(x)  # [1]
        losses.append(stepped.loss(stepped(x), y))  # [2]
        stepped.backward_step(y)  # [3]
        stepped.update()  # [4]
    np.testing.assert_array_equal(stepped.parameters, fitted.parameters)
    np.testing.assert_allclose(losses, fitted.history.loss, rtol=1e-12)


def test_the_gradients_are_the_seed_s_but_for_its_slip():
    """The seed's backward pass with `layer.weights` where it printed `layer.grad_weights`."""
    from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh

    x, y = data(7)
    factor = 0.3
    blocks = ((Dense(4), Tanh()), (Dense(3), Tanh()), (Dense(1), Sigmoid()))
    model = NeuralNetwork(blocks, BinaryCrossEntropy(), 1.0, regularization_factor=factor, seed=0)
    output = model(x)
    model.backward_step(y)

    def seed_gradients(slip):
        gradients, da = {}, model.loss.gradient(output, y)
        for index in reversed(range(3)):
            layer, activation = blocks[index]
            below = x if index == 0 else blocks[index - 1][1](blocks[index - 1][0].output)
            dz = np.multiply(da, activation.gradient(layer.output))
            weights = np.dot(dz, below.T) / 7 + factor / 7 * layer.weights
            gradients[index] = weights, np.mean(dz, axis=1, keepdims=True)
            da = np.dot((weights if slip else layer.weights).T, dz)
        return gradients

    for index, (weights, bias) in seed_gradients(slip=False).items():
        np.testing.assert_allclose(blocks[index][0].grad_weights, weights, rtol=1e-10, atol=1e-14)
        np.testing.assert_allclose(blocks[index][0].grad_bias, bias, rtol=1e-10, atol=1e-14)
    wrong = seed_gradients(slip=True)
    np.testing.assert_allclose(blocks[2][0].grad_weights, wrong[2][0], rtol=1e-10)
    assert not np.allclose(blocks[1][0].grad_weights, wrong[1][0], rtol=0.1), "the slip shows below the last layer"


def test_layer_output_is_z():
    from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid

    x, _ = data(5)
    dense, sigmoid = Dense(1), Sigmoid()
    output = NeuralNetwork(((dense, sigmoid),), BinaryCrossEntropy(), 1.0, seed=0)(x)
    np.testing.assert_array_equal(dense.output, dense.weights @ x + dense.bias)
    np.testing.assert_array_equal(output, sigmoid(dense.output))
