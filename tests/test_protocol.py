"""A learner's own classes work anywhere, without inheriting anything."""
# ruff: noqa: E501 - a row of a table is one line

import numpy as np
import pytest

from nnlib import (
    SGD,
    BatchNorm,
    BinaryCrossEntropy,
    Dense,
    DivergedError,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnlib.parts.protocol import IActivation, ILayer, ILoss, IModel, IOptimizer

RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 12))
Y = (X[:1] > 0) * 1.0
WEIGHTS = [RNG.normal(0, 0.5, shape) for shape in ((4, 3), (1, 4))]


class MyDense:
    """As little as a layer can be: weights and bias from the start."""

    def __init__(self, weights):
        self.weights, self.bias = weights.copy(), np.zeros((len(weights), 1))

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias


class LazyDense:
    """Makes its parameters at the first call, and keeps its output itself."""

    def __init__(self, weights):
        self.first, self.weights, self.bias, self.output, self.calls = weights, None, None, None, 0

    def __call__(self, inputs):
        if self.weights is None:
            self.weights, self.bias = self.first.copy(), np.zeros((len(self.first), 1))
        self.calls += 1
        self.output = np.dot(self.weights, inputs) + self.bias
        return self.output


class RebindingDense(MyDense):
    """Binds new arrays with every call."""

    def __call__(self, inputs):
        self.weights, self.bias = self.weights * 1.0, self.bias.copy()
        return super().__call__(inputs)


class OneMethodDense(MyDense):
    """One backward that fills the gradients and passes on the rest, as in many textbooks."""

    def backward(self, grad_output):
        self.grad_weights = grad_output @ self.inputs.T / grad_output.shape[1]
        self.grad_bias = grad_output.mean(axis=1, keepdims=True)
        return self.weights.T @ grad_output


class BackwardOnlyDense(MyDense):
    """States the way back for its inputs; the parameters' gradients are Dense's."""

    def backward(self, grad_output):
        return self.weights.T @ grad_output


class NamedDense:
    """Parameters by other names."""

    parameters = ("matrix", "shift")

    def __init__(self, weights):
        self.matrix, self.shift = weights.copy(), np.zeros((len(weights), 1))

    def __call__(self, inputs):
        return self.matrix @ inputs + self.shift

    def parameter_gradients(self, grad_output):
        m = grad_output.shape[1]
        self.grad_matrix[:] = grad_output @ self.inputs.T / m
        self.grad_shift[:] = grad_output.sum(axis=1, keepdims=True) / m

    def backward(self, grad_output):
        return self.matrix.T @ grad_output


class BuiltDense(MyDense):
    """Has a build of its own."""

    def __init__(self, weights):
        self.first, self.weights = weights, None

    def build(self, features, rng, dtype):
        assert self.first.shape[1] == features
        self.weights, self.bias = self.first.astype(dtype), np.zeros((len(self.first), 1), dtype)


class DenseChild(Dense):
    """Inherits after all."""

    def __init__(self, weights):
        super().__init__(len(weights), initializer=lambda shape, rng: weights.copy())


class MyTanh:
    def __call__(self, z):
        return np.tanh(z)

    def gradient(self, z):
        return 1 - np.tanh(z) ** 2


class BackwardTanh:
    """Uses what the network keeps on it."""

    def __call__(self, z):
        return np.tanh(z)

    def backward(self, grad_output):
        return grad_output * (1 - self.output**2)


class RememberingTanh:
    """Keeps its own slope in the forward pass: the one object then stands for two blocks."""

    def __call__(self, z):
        a = np.tanh(z)
        self.slope = 1 - a * a
        return a

    def backward(self, grad_output):
        return grad_output * self.slope


class MyBinaryCrossEntropy:
    def __call__(self, output, labels):
        return -np.mean(labels * np.log(output) + (1 - labels) * np.log(1 - output))

    def gradient(self, output, labels):
        return (output - labels) / (output * (1 - output)) / len(output)


class MySGD:
    """In place."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients


class ReturningSGD(MySGD):
    """Returns new parameters instead."""

    def step(self, parameters, gradients):
        return parameters - self.learning_rate * gradients


def run(layer=MyDense, activation=Tanh, loss=BinaryCrossEntropy, optimizer=SGD, last=Sigmoid, dtype=np.float64, **fit):
    blocks = ((layer(WEIGHTS[0]), activation()), (layer(WEIGHTS[1]), last()))
    model = NeuralNetwork(blocks, loss(), optimizer=optimizer(0.5), regularization_factor=0.1, seed=0, dtype=dtype)
    model.fit(X, Y, **{"epochs": 10, "batch_size": 5, "validation": (X, Y), **fit})
    return model


@pytest.fixture(scope="module")
def reference():
    return run(layer=DenseChild)


LAYERS = [MyDense, LazyDense, RebindingDense, OneMethodDense, BackwardOnlyDense, BuiltDense]


@pytest.mark.parametrize("layer", LAYERS)
def test_layers(layer, reference):
    model = run(layer)
    np.testing.assert_allclose(model.parameters, reference.parameters, rtol=1e-12, err_msg=layer.__name__)
    np.testing.assert_allclose(model.history.loss, reference.history.loss, rtol=1e-12)
    first = model.layers[0][0]
    for name in ("inputs", "output", "grad_output", "grad_weights", "grad_bias"):
        assert isinstance(getattr(first, name), np.ndarray), f"the network writes {name} on {layer.__name__}"


def test_parameters_of_other_names():
    """The L2 term is over what is called weights, so this one goes without."""

    def trained(layer):
        model = NeuralNetwork(((layer(WEIGHTS[0]), Tanh()), (layer(WEIGHTS[1]), Sigmoid())), BinaryCrossEntropy(), 0.5)
        model.fit(X, Y, epochs=10)
        return model

    model, like = trained(NamedDense), trained(MyDense)
    np.testing.assert_allclose(model.parameters, like.parameters, rtol=1e-12)
    np.testing.assert_array_equal(model.layers[0][0].matrix, model.parameters[:12].reshape(4, 3))


class Wide:
    """A ReLU whose author never thought of dtypes: float64 comes out of anything, and a slope of whole numbers."""

    def __call__(self, z):
        return z.astype(np.float64) * (z > 0)

    def gradient(self, z):
        return (z > 0).astype(int)


class WideLoss(MeanSquaredError):
    def gradient(self, output, labels):
        return super().gradient(output.astype(np.float64), labels)


def test_what_one_s_own_part_returns_is_taken_in_the_network_s_dtype():
    def network(activation, loss):
        blocks = ((Dense(4), activation), (Dense(3), activation), (Dense(1), Linear()))
        return NeuralNetwork(blocks, loss, learning_rate=0.1, dtype=np.float32, seed=0)

    wide, plain = network(Wide(), WideLoss()), network(ReLU(), MeanSquaredError())
    assert np.allclose(wide.fit(X, Y, epochs=5).loss, plain.fit(X, Y, epochs=5).loss, rtol=1e-5)
    for place in wide.places:
        assert place.output.dtype == place.grad_output.dtype == np.float32, place
    assert wide.predict(X).dtype == np.float32
    assert np.array_equal(wide.predict(X), wide(X)), "looking must see what training sees"


@pytest.mark.parametrize("activation", [MyTanh, BackwardTanh, RememberingTanh])
def test_activations(activation, reference):
    np.testing.assert_allclose(run(activation=activation).parameters, reference.parameters, rtol=1e-12)


def test_losses_and_last_activations_take_the_long_way(reference):
    class MySigmoid:
        def __call__(self, z):
            return 1 / (1 + np.exp(-z))

        def gradient(self, z):
            return self(z) * (1 - self(z))

    for arguments in ({"loss": MyBinaryCrossEntropy}, {"last": MySigmoid}, {"loss": MyBinaryCrossEntropy, "last": MySigmoid}):
        np.testing.assert_allclose(run(**arguments).parameters, reference.parameters, rtol=1e-9, err_msg=str(arguments))


@pytest.mark.parametrize("optimizer", [MySGD, ReturningSGD])
def test_optimisers(optimizer, reference):
    model = run(optimizer=optimizer)
    np.testing.assert_array_equal(model.parameters, run().parameters)
    model.learning_rate = 0.125
    assert model.optimizer.learning_rate == 0.125
    assert model.steps == 30


def test_all_of_one_s_own_at_once(reference):
    model = run(LazyDense, RememberingTanh, MyBinaryCrossEntropy, ReturningSGD)
    np.testing.assert_allclose(model.parameters, reference.parameters, rtol=1e-9)
    assert "MySGD" in repr(run(optimizer=MySGD)) and "0x" not in repr(model)


@pytest.mark.parametrize("layer", LAYERS)
def test_float32_stays_float32(layer):
    model = run(layer, dtype=np.float32)
    first = model.layers[0][0]
    for name in ("weights", "bias", "grad_weights", "output"):
        assert getattr(first, name).dtype == np.float32, f"{name} of {layer.__name__}"


@pytest.mark.parametrize("activation", [MyTanh, BackwardTanh, RememberingTanh])
def test_one_activation_object_in_two_blocks(activation):
    one = activation()

    def trained(first, second):
        rng = np.random.default_rng(1)
        weights = [rng.normal(size=shape) for shape in ((4, 3), (4, 4), (1, 4))]
        blocks = ((MyDense(weights[0]), first), (MyDense(weights[1]), second), (MyDense(weights[2]), Sigmoid()))
        model = NeuralNetwork(blocks, BinaryCrossEntropy(), 0.5)
        model.fit(X, Y, epochs=5)
        return model.parameters

    np.testing.assert_array_equal(trained(one, one), trained(activation(), activation()))


class Scale:
    """weights and bias, but not a matrix: Dense's formulas do not fit."""

    def __init__(self):
        self.weights, self.bias = np.full((3, 1), 0.5), np.zeros((3, 1))

    def __call__(self, inputs):
        return self.weights * inputs + self.bias

    def backward(self, grad_output):
        self.grad_weights = (grad_output * self.inputs).mean(axis=1, keepdims=True)
        self.grad_bias = grad_output.mean(axis=1, keepdims=True)
        return grad_output * self.weights


@pytest.mark.parametrize("below", [False, True], ids=["first", "second"])
def test_weights_that_are_no_matrix(below):
    dense = DenseChild(np.eye(3))
    blocks = ((dense, Scale(), Tanh()) if below else (Scale(), Tanh()), (DenseChild(WEIGHTS[1][:, :3]), Linear()))
    model = NeuralNetwork(blocks, MeanSquaredError(), 0.1).build(3)
    model(X)
    model.backward_step(Y)
    gradients, here = model.gradients.copy(), model.parameters.copy()
    for index in range(here.size):
        losses = []
        for sign in (1, -1):
            model.parameters[:] = here
            model.parameters[index] += sign * 1e-6
            model(X)
            losses.append(model.training_loss(Y))
        assert gradients[index] == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-5, abs=1e-9), f"parameter {index}"


def test_looking_puts_back_whatever_a_class_remembers():
    class Counting:
        """A dropout of one's own, with every kind of memory: numbers, arrays written in place, random numbers."""

        def __init__(self):
            self.calls, self.total, self.rng = 0, np.zeros(1), np.random.default_rng(0)

        def __call__(self, inputs):
            self.calls += 1
            self.total += 1
            self.mask = self.rng.random(inputs.shape) < 0.5
            return inputs * self.mask

        def backward(self, grad_output):
            return grad_output * self.mask

    part, layer = Counting(), LazyDense(WEIGHTS[1][:, :3])
    model = NeuralNetwork(((part, layer, Sigmoid()),), BinaryCrossEntropy(), 0.1)
    model.fit(X, Y, epochs=3)
    kept = (part.calls, part.total.copy(), part.rng.bit_generator.state, part.mask, layer.calls, layer.output)
    model.predict(X), model.evaluate(X, Y), model.classify(X[:, :2])
    assert part.calls == kept[0]
    np.testing.assert_array_equal(part.total, kept[1])
    assert part.rng.bit_generator.state == kept[2]
    assert part.mask is kept[3] and layer.calls == kept[4] and layer.output is kept[5]


def test_a_predict_of_one_s_own_is_used_for_looking():
    class Noise:
        def __call__(self, inputs):
            return inputs + 100

        def predict(self, inputs):
            return inputs

        def gradient(self, z):
            return np.ones_like(z)

    model = NeuralNetwork(((DenseChild(WEIGHTS[1][:, :3]), Noise()),), MeanSquaredError(), 0.1)
    np.testing.assert_allclose(model(X) - 100, model.predict(X), atol=1e-12)


def test_a_part_that_keeps_running_values_names_them_in_buffers():
    class MyNorm(BatchNorm):
        def __call__(self, inputs):
            self.count += 1  # in place
            return super().__call__(inputs)

        buffers = ("running_mean", "running_variance", "count")

        def build(self, features, rng, dtype):
            super().build(features, rng, dtype)
            self.count = np.zeros(1)

    norm = MyNorm()
    model = NeuralNetwork(((DenseChild(WEIGHTS[0]), norm), (DenseChild(WEIGHTS[1]), Linear())), MeanSquaredError(), 0.01)
    model.fit(X, Y, epochs=4)
    model.learning_rate = 1e200
    with pytest.raises(DivergedError):
        model.fit(X, Y, epochs=4)
    assert norm.count[0] == 5, "four passes, and the first of the run that diverged"


# Classes that lack something ---------------------------------------------------------------------------------


class NoSlope:
    def __call__(self, z):
        return z


class NoGradients:
    parameters = ("slopes",)

    def __init__(self):
        self.slopes = np.ones((4, 1))

    def __call__(self, z):
        return z * self.slopes


class NoBias:
    def __init__(self):
        self.weights = np.ones((4, 3))

    def __call__(self, inputs):
        return self.weights @ inputs


class FlatBias(MyDense):
    def __init__(self, weights):
        super().__init__(weights)
        self.bias = np.zeros(len(weights))


class GivesNothing(MyDense):
    def __call__(self, inputs):
        super().__call__(inputs)


class GivesAList(MyDense):
    def __call__(self, inputs):
        return list(super().__call__(inputs))


class WrongShape(MyTanh):
    def backward(self, grad_output):
        return grad_output.T


class MeanGradient(MeanSquaredError):
    def gradient(self, output, labels):
        return (output - labels).mean()


class HandsNothingDown(Dense):
    def backward(self, grad_output):
        super().backward(grad_output)


class NoSlopeComesBack(Tanh):
    def gradient(self, z):
        super().gradient(z)


class NoLossComesBack(MeanSquaredError):
    def __call__(self, output, labels):
        super().__call__(output, labels)


class NoGradientComesBack(MeanSquaredError):
    def gradient(self, output, labels):
        super().gradient(output, labels)


class OtherNames:
    def build(self, features, rng, dtype=float):
        self.W, self.b = rng.normal(size=(4, features)), np.zeros((4, 1))

    def __call__(self, inputs):
        return self.W @ inputs + self.b


LACKING = [
    ((MyDense(WEIGHTS[0]), NoSlope()), None, TypeError, r"NoSlope\(\) needs gradient\(z\), its slope, or backward\(grad_output\)"),
    ((MyDense(WEIGHTS[0]), NoGradients()), None, TypeError, r"NoGradients\(\) has the parameters slopes, so it needs parameter_gradients\(grad_output\), which fills grad_slopes"),
    ((NoBias(), Tanh()), None, TypeError, r"NoBias\(\) has the parameters weights, so it needs parameter_gradients"),
    ((FlatBias(WEIGHTS[0]), Tanh()), None, ValueError, r"block 1, FlatBias\(\) turned inputs of shape \(3, 1\) into \(4, 4\), expected one column .*\(units, 1\)"),
    ((MyDense(WEIGHTS[0]), WrongShape()), None, ValueError, r"arrives at block 1, MyDense\(\) has shape \(12, 4\), expected that of its output, \(4, 12\)"),
    ((MyDense(WEIGHTS[0]), Tanh()), MeanGradient(), ValueError, r"arrives at block 2, Linear\(\) has shape \(\), expected .* \(1, 12\)"),
    ((GivesNothing(WEIGHTS[0]), Tanh()), None, ValueError, r"block 1, GivesNothing\(\) gave nothing, as without a `return`, for inputs of shape \(3, 1\), expected an array"),
    ((GivesAList(WEIGHTS[0]), Tanh()), None, ValueError, r"block 1, GivesAList\(\) gave a list for inputs of shape \(3, 1\), expected an array"),
    ((MyDense(WEIGHTS[0]), ReLU(), HandsNothingDown(3), Tanh()), None, ValueError, r"backward of block 1, HandsNothingDown\(3\) gave nothing, as without a `return`; expected an array of shape \(4, 12\)"),
    ((MyDense(WEIGHTS[0]), NoSlopeComesBack()), None, TypeError, r"gradient of NoSlopeComesBack\(\) gave nothing, as without a `return`"),
    ((MyDense(WEIGHTS[0]), Tanh()), NoLossComesBack(), TypeError, r"NoLossComesBack\(\) gave nothing, as without a `return`; expected the loss"),
    ((MyDense(WEIGHTS[0]), Tanh()), NoGradientComesBack(), ValueError, r"gradient of NoGradientComesBack\(\) gave nothing, as without a `return`; expected an array of shape \(1, 12\)"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "loss", "error", "message"), LACKING)
def test_a_class_that_lacks_something_is_told_what(block, loss, error, message):
    model = NeuralNetwork((block, (Dense(1), Linear())), loss or MeanSquaredError(), 0.1)
    with pytest.raises(error, match=message):
        model.fit(X, Y, epochs=1)


def test_arrays_of_another_name_are_told_theirs():
    model = NeuralNetwork(((OtherNames(), Tanh()),), MeanSquaredError(), 0.1)
    said = r"OtherNames has the arrays W, b\. Call its parameters weights and bias, or .* parameters = \('W', 'b'\)"
    with pytest.raises(ValueError, match=said):
        model.fit(X, np.vstack([Y] * 4), epochs=1)
    OtherNames.parameters = "W", "b"
    with pytest.raises(TypeError, match=r"has the parameters W, b, so it needs parameter_gradients"):
        model.fit(X, np.vstack([Y] * 4), epochs=1)


def test_nnlib_s_own_classes_keep_the_protocols():
    for thing, protocol in (
        (Dense(1), ILayer), (MyDense(WEIGHTS[0]), ILayer), (ReLU(), IActivation), (MyTanh(), IActivation),
        (BinaryCrossEntropy(), ILoss), (MyBinaryCrossEntropy(), ILoss), (SGD(0.1), IOptimizer), (MySGD(0.1), IOptimizer),
        (run(epochs=1), IModel),
    ):  # fmt: skip
        assert isinstance(thing, protocol), f"{thing!r} is no {protocol.__name__}"
    assert not isinstance(object(), ILoss)
