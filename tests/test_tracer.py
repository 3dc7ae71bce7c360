"""The tracer: its factors, multiplied out, against the gradients that a tape recorded."""

import numpy as np
import pytest

from nnlib import (
    ELU,
    GELU,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    Huber,
    LeakyReLU,
    Linear,
    MeanAbsoluteError,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Softplus,
    Swish,
    Tanh,
)
from nnlib.inspect.mutants import MUTANTS
from nnlib.inspect.tape import Tape
from widgets.stage import tracer_view
from widgets.stage.matrix import summary
from widgets.stage.tracer import NotTraced, factors, trace

M = 7


def recorded(layers, loss, outputs=1, steps=2, **options):
    """A network after some updates, and the moments of the last one."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=(3, M))
    classes = isinstance(loss, BinaryCrossEntropy | CategoricalCrossEntropy)
    y = np.eye(outputs)[rng.integers(outputs, size=M)].T if classes and outputs > 1 else rng.random((outputs, M))
    model = NeuralNetwork(layers, loss, learning_rate=0.3, seed=1, **options).build(3)
    model.parameters[:] += 0.1 * rng.normal(size=model.parameters.size)  # biases that are not zero
    tape = Tape()
    model.fit(x, y, epochs=steps, callbacks=[tape])
    return model, tape.steps[-1]


def all_parameters(model):
    for block, parts in enumerate(model.layers, start=1):
        units, features = parts[0].weights.shape
        for unit in range(units):
            yield block, "bias", unit, None
            yield from ((block, "weights", unit, source) for source in range(features))


def gradient_at(moments, block, name, unit, source):
    found = next(m for m in moments if m.block == block and m.method == "parameter_gradients" and m.index == 0)
    return found.values[f"grad_{name}"][unit, source or 0]


NETWORKS = {
    "one output, shortcut": (((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 1, {}),
    "three outputs, shortcut": (((Dense(4), ReLU()), (Dense(3), Softmax())), CategoricalCrossEntropy(), 3, {}),
    "three yes-or-no outputs": (((Dense(4), GELU()), (Dense(3), Sigmoid())), BinaryCrossEntropy(), 3, {}),
    "Softmax the long way": (((Dense(4), ELU()), (Dense(3), Softmax())), MeanSquaredError(), 3, {}),
    "deep": (((Dense(4), Swish()), (Dense(3), Softplus()), (Dense(2), LeakyReLU()), (Dense(2), Linear())),
             MeanSquaredError(), 2, {}),
    "without activations": (((Dense(3),), (Dense(2),)), MeanAbsoluteError(), 2, {}),
    "L2": (((Dense(3), Tanh()), (Dense(2), Linear())), Huber(0.3), 2, {"regularization_factor": 0.5}),
    "L1 and L2": (((Dense(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 1,
                  {"regularization_factor": 0.5, "l1_factor": 0.2}),
    "dropout": (((Dense(6), ReLU(), Dropout(0.4)), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 1, {}),
    "batch normalisation": (((Dense(4), BatchNorm(), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 1, {}),
    "float32": (((Dense(4), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 1, {"dtype": np.float32}),
}  # fmt: skip


@pytest.mark.parametrize("kind", NETWORKS)
def test_the_factors_of_every_parameter_and_example_give_what_was_recorded(kind):
    layers, loss, outputs, options = NETWORKS[kind]
    model, moments = recorded(layers, loss, outputs, **options)
    close = {"rel": 1e-9, "abs": 1e-12} if model.dtype == np.float64 else {"rel": 1e-4, "abs": 1e-6}
    for asked in all_parameters(model):
        shares = []
        for example in range(M):
            found = trace(model, moments, *asked, example)
            assert found.parts_at is None and found.agrees, (asked, found.parts_at)
            for link in found.links:
                assert link.terms or link.block == 0 or link.part == "BatchNorm()", "nothing else goes unexplained"
                if link.terms and link.recorded is not None:
                    assert link.gives == pytest.approx(link.recorded, **close), (asked, link)
            shares.append(found.links[-1].gives)
        assert found.shares == pytest.approx(np.array(shares), **close)
        weight = next(m for m in moments if m.block == asked[0]).values[asked[1]][asked[2], asked[3] or 0]
        l2, l1 = model.regularization_factor, model.l1_factor
        penalty = (l2 * weight + l1 * np.sign(weight)) / M if asked[1] == "weights" else 0
        assert sum(shares) / M + penalty == pytest.approx(gradient_at(moments, *asked), **close)
        assert found.recorded == gradient_at(moments, *asked)


def test_the_upstream_of_each_link_is_what_the_one_above_handed_down():
    model, moments = recorded(((Dense(4), Tanh()), (Dense(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy())
    found = trace(model, moments, 1, "weights", 2, 0, example=3)
    assert [link.part for link in found.links] == [
        "BinaryCrossEntropy() with Sigmoid()", "Dense(1)", "Tanh()", "Dense(3)", "Tanh()", "Dense(4)"]  # fmt: skip
    for above, link in zip(found.links, found.links[1:], strict=False):
        upstream = {unit: value for _, value, unit in link.terms}
        assert upstream[link.followed if len(upstream) > 1 else next(iter(upstream))] == above.recorded
    assert found.path[0] == (1, 2, 0) and [block for block, _, _ in found.path] == [1, 2, 3]


def test_the_chain_follows_the_unit_that_is_asked_for():
    model, moments = recorded(((Dense(4), Tanh()), (Dense(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy())
    products = [abs(local * upstream) for local, upstream, _ in trace(model, moments, 1, "bias", 0).links[3].terms]
    assert trace(model, moments, 1, "bias", 0).path[1] == (2, int(np.argmax(products)), 0), "the largest, unasked"
    for unit in range(3):
        found = trace(model, moments, 1, "bias", 0, follow={2: unit})
        assert found.path == ((1, 0, None), (2, unit, 0), (3, 0, unit))
        assert found.agrees and found.parts_at is None


def test_what_mixes_examples_is_taken_as_recorded_and_said_to_be():
    layers, loss, outputs, _ = NETWORKS["batch normalisation"]
    model, moments = recorded(layers, loss, outputs)
    link = next(link for link in trace(model, moments, 1, "weights", 0, 0).links if link.part == "BatchNorm()")
    assert link.terms == () and link.note == "mixes units or examples: taken as it was recorded"
    with pytest.raises(NotTraced, match="gamma of layer 1 it does not"):
        trace(model, moments, 1, "gamma", 0)


@pytest.mark.parametrize(
    "asked, said",
    [
        ((1, "weights", 9, 0, 0), r"there is no \[9, 0\]"),
        ((1, "weights", 0, -1, 0), r"there is no \[0, -1\]"),
        ((1, "weights", 0, 0, M), "there is no example 7"),
        ((5, "bias", 0, None, 0), "no gradient of bias was recorded for layer 5"),
    ],
)
def test_what_is_not_there_is_refused_in_words(asked, said):
    model, moments = recorded(((Dense(2), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy())
    with pytest.raises(NotTraced, match=said):
        trace(model, moments, *asked)


def test_an_update_that_was_not_finished_is_refused_in_words():
    model, moments = recorded(((Dense(2), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy())
    with pytest.raises(NotTraced, match="no gradient of weights was recorded"):
        trace(model, [moment for moment in moments if moment.phase == "forward"], 1, "weights", 0, 0)


class NoMean(Dense):
    """A learner's layer that forgets to divide by m."""

    def parameter_gradients(self, grad_output):
        self.grad_weights = grad_output @ self.inputs.T
        self.grad_bias = grad_output.sum(axis=1, keepdims=True)


class Twice(Dense):
    def parameter_gradients(self, grad_output):
        super().parameter_gradients(grad_output)
        self.grad_weights, self.grad_bias = self.grad_weights / grad_output.shape[1], self.grad_bias


class OtherSign(Dense):
    def parameter_gradients(self, grad_output):
        super().parameter_gradients(-grad_output)


@pytest.mark.parametrize(
    "wrong, factor, said",
    [(NoMean, M, "7 times as much, and there are 7 examples"), (Twice, 1 / M, "a 7th of it, and there are 7 examples"),
     (OtherSign, -1, "the same with the other sign")],
)  # fmt: skip
def test_a_learners_wrong_mean_or_sign_shows_where_it_is(wrong, factor, said):
    model, moments = recorded(((wrong(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), steps=1)
    found = trace(model, moments, 1, "weights", 1, 2)
    assert found.parts_at is None, "every example's chain is right"
    assert not found.agrees and found.recorded == pytest.approx(factor * found.gives)
    told = tracer_view.view(found, 1, (1, "weights", 1, 2))
    assert not told["agrees"] and told["rows"][-1]["agrees"] is False
    assert told["verdict"].startswith("They part at the mean: the factors give ") and said in told["verdict"]
    assert trace(model, moments, 2, "weights", 0, 1).agrees, "the layer above is right"


def test_a_wrong_way_back_shows_the_block_where_it_is():
    layers = ((Dense(3), Tanh()), (Dense(2), Tanh()), (Dense(1), Sigmoid()))
    wrong = MUTANTS["grad_weights_for_weights"].apply(
        NeuralNetwork(layers, BinaryCrossEntropy(), learning_rate=0.3, seed=1).build(3)
    )
    tape = Tape()
    rng = np.random.default_rng(0)
    wrong.fit(rng.normal(size=(3, M)), rng.integers(0, 2, (1, M)).astype(float), epochs=1, callbacks=[tape])
    found = trace(wrong, tape.steps[0], 1, "weights", 0, 0)
    assert found.parts_at.block == 3, "the first that is wrong on the way down"
    assert found.parts_at.gives != pytest.approx(found.parts_at.recorded)
    assert tracer_view.verdict(found).startswith("They part at layer 3, ")
    assert tracer_view.verdict(found).endswith("Look at its backward line.")


def test_the_table_says_the_numbers_and_the_formula_of_the_loss():
    model, moments = recorded(((Dense(12), Tanh()), (Dense(8), Tanh()), (Dense(2), Linear())), MeanSquaredError(), 2,
                              regularization_factor=0.5)  # fmt: skip
    found = trace(model, moments, 1, "weights", 3, 1, example=2)
    told = tracer_view.view(found, 2, (1, "weights", 3, 1))
    top = next(m for m in moments if m.method == "loss.gradient").values
    followed = found.links[0].followed
    output, label = top["output"][followed, 2], top["labels"][followed, 2]
    written = f"({output:.4g})".replace("-", "−") if output < 0 else f"{output:.4g}"
    assert told["rows"][0]["formula"] == f"2 ({written} - {label:.4g}) / 2"
    sums = next(row for row in told["rows"] if row["part"] == "Layer 2, Dense(8)")
    assert len(sums["terms"]) == 6 and sums["rest"].startswith("2 more, together ")
    assert sum(term["followed"] for term in sums["terms"]) == 1
    assert [row["part"] for row in told["rows"][-3:]] == ["Mean over 7 examples", "Penalty on the weight", "Together"]
    assert told["rows"][-2]["formula"].startswith("0.5 / 7 · ")
    assert told["verdict"].endswith("as was recorded.")
    assert told["path"][0] == {"kind": "edges", "column": 1, "unit": 3, "source": 1}
    said = tracer_view.sentences(found, 2)
    assert said.startswith("Traced: grad_weights[3, 1] of layer 1 in update 2. To example 2 come ")


def test_a_part_whose_weights_join_other_numbers_is_taken_as_it_was_recorded():
    values = {"grad_output": np.ones((3, 1)), "weights": np.ones((2, 2)), "inputs": np.ones((2, 1))}
    assert factors(object(), values, {}, 0, 0) == ("taken as it was recorded", ())
    values |= {"weights": np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])}
    assert factors(object(), values, {}, 1, 0)[0] == "back along its weights"


def test_a_matrix_in_words_says_what_is_no_number():
    nan = np.full((2, 2), np.nan)
    assert summary("z", nan) == "z has no finite number" and summary("z", nan[:1, :1]) == "z is nan"
    assert summary("z", np.array([[1, -2.5], [np.inf, 3]])) == "z runs from −2.5 to 3, and 1 are not finite"
