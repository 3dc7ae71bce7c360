"""Diagnose: every kind of mistake is named when it is there, and nothing is named when it is not."""

import numpy as np
import pytest
from test_gradient_check import MyLayer, MyLoss, MyReLU, network, snapshot

from nnlib import (
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from nnlib.inspect.copies import copy_of
from nnlib.inspect.diagnose import diagnose
from nnlib.inspect.diagnosis import diagnose_arrays
from nnlib.inspect.mutant import practice
from nnlib.inspect.mutants import MUTANTS

BACKWARD = [name for name, mutant in MUTANTS.items() if mutant.phase == "backward"]
NETWORKS = {
    "regression": lambda seed: deep((Tanh(),), Linear(), MeanSquaredError(), 1, seed),
    "three outputs": lambda seed: deep((Sigmoid(),), Tanh(), MeanSquaredError(), 3, seed),
    "yes or no": lambda seed: deep((ReLU(),), Sigmoid(), BinaryCrossEntropy(), 1, seed),
    "four questions": lambda seed: deep((Tanh(),), Sigmoid(), BinaryCrossEntropy(), 4, seed),
    "five classes": lambda seed: deep((Tanh(),), Softmax(), CategoricalCrossEntropy(), 5, seed),
    "dropout and batch norm": lambda seed: deep(
        (BatchNorm(), Tanh(), Dropout(0.3)), Sigmoid(), BinaryCrossEntropy(), 1, seed
    ),
}


def deep(middle, last, loss, outputs, seed, units=5, features=3, examples=7):
    """Three layers, the second square, random parameters, L2, and data for it."""
    rng = np.random.default_rng(seed)
    others = [type(part)(0.3) if isinstance(part, Dropout) else type(part)() for part in middle]
    layers = ((Dense(units), *middle), (Dense(units), *others), (Dense(outputs), last))
    model = NeuralNetwork(layers, loss, 0.1, seed=seed, regularization_factor=0.7).build(features)
    model.parameters[:] += 0.3 * rng.standard_normal(model.parameters.size)
    x = 1.5 * rng.standard_normal((features, examples))
    if isinstance(loss, CategoricalCrossEntropy):
        y = np.eye(outputs)[rng.integers(0, outputs, examples)].T
    elif isinstance(loss, BinaryCrossEntropy):
        y = rng.integers(0, 2, (outputs, examples)).astype(float)
    else:
        y = rng.standard_normal((outputs, examples))
    return model, x, y


# Networks -------------------------------------------------------------------------------------------------


def without_effect(name, kind, model):
    """Mistakes that change nothing in this network, and why."""
    return {
        "outputs_missing": model.layers[-1][0].units == 1,  # a mean over one output
        "outputs_twice": model.layers[-1][0].units == 1,
        "slope_at_output": kind == "yes or no",  # ReLU's slope is the same at z and at max(z, 0)
    }.get(name, False)


@pytest.mark.parametrize("kind", NETWORKS)
@pytest.mark.parametrize("name", BACKWARD)
def test_every_mistake_is_named_when_it_is_there(name, kind):
    model, x, y = NETWORKS[kind](seed=4)
    mutant = MUTANTS[name]
    if not mutant.spots(model):
        with pytest.raises(ValueError, match="has no place in"):
            mutant.apply(model)
        return
    found = diagnose(mutant.apply(model), x, y)
    if without_effect(name, kind, model):
        assert found is None, f"{name} changes nothing here, got {found!r}"
    else:
        assert found is not None and name == found.kind, f"expected {name} and nothing else, got {found!r}"
        assert found.also == (), f"expected {name} and nothing else, got {found!r}"
        assert "{" not in str(found) and str(found)[-1] in ".?"


@pytest.mark.parametrize("kind", NETWORKS)
def test_nothing_is_named_when_nothing_is_wrong(kind):
    for seed in range(3):
        model, x, y = NETWORKS[kind](seed)
        before = snapshot(model)
        assert diagnose(model, x, y) is None
        np.testing.assert_equal(snapshot(model), before)


@pytest.mark.parametrize("seed", range(3))
def test_a_mistake_without_a_name_is_located(seed):
    class Odd(Dense):
        def parameter_gradients(self, grad_output):
            noise = 0.01 * np.random.default_rng(seed).standard_normal(self.weights.shape)
            self.grad_weights = np.sign(grad_output) @ self.inputs.T / grad_output.shape[1] + noise
            self.grad_bias = grad_output.mean(axis=1, keepdims=True)

    model = NeuralNetwork(((Dense(4), Tanh()), (Odd(4), Tanh()), (Dense(2), Linear())), MeanSquaredError(), 0.1, seed=0)
    x, y = np.random.default_rng(seed).standard_normal((2, 3, 6))
    found = diagnose(model, x, y[:2])
    assert found.kind == "unknown" and found.evidence["places"] == [2], found
    assert "Block 2, Odd: wrong is its weights" in str(found) and "block 2 weights: " in str(found), found


@pytest.mark.parametrize("name", ["mean_missing", "bias_gradient_missing", "grad_weights_for_weights"])
def test_a_mistake_in_one_layer_alone(name):
    model, x, y = NETWORKS["regression"](seed=4)
    places = (2,)  # the second Dense
    found = diagnose(MUTANTS[name].apply(model, places), x, y)
    assert found.kind == name and list(found.evidence["places"]) == [2], found


def test_numbers_that_fit_two_mistakes_name_both():
    model, x, y = network((Tanh(),), Linear(), MeanSquaredError(), outputs=2, examples=5)
    found = diagnose(MUTANTS["outputs_missing"].apply(model), x, y)
    assert (found.kind, found.also) == ("outputs_missing", ("factor_two_extra",))
    assert "2 outputs" in str(found) and "twice the right one" in str(found)
    model, x, y = network((Tanh(),), Linear(), MeanSquaredError(), outputs=3, examples=3)
    found = diagnose(MUTANTS["mean_missing"].apply(model), x, y)
    assert (found.kind, found.also) == ("mean_missing", ()), "the loss was measured: it is not its mean that is missing"


def test_the_learners_own_numbers_are_in_the_sentence():
    model, x, y = network((Tanh(),), Linear(), MeanSquaredError(), outputs=4, examples=11)
    assert "11 times too large" in str(diagnose(MUTANTS["mean_missing"].apply(model), x, y))
    assert "other 10" in str(diagnose(MUTANTS["first_example_only"].apply(model), x, y))
    assert "4 times too small" in str(diagnose(MUTANTS["outputs_twice"].apply(model), x, y))
    assert "Tanh" in str(diagnose(MUTANTS["slope_missing"].apply(model), x, y))


def test_mistakes_on_the_way_up():
    for name in ("bias_not_added", "activation_skipped"):
        model, x, y = NETWORKS["regression"](seed=2)
        assert diagnose(MUTANTS[name].apply(model), x, y).kind == name
    model, x, y = NETWORKS["dropout and batch norm"](seed=2)
    assert diagnose(MUTANTS["dropout_unscaled"].apply(model), x, y).kind == "dropout_unscaled"

    class Squared(Dense):
        def __call__(self, inputs):
            return (self.weights @ inputs) ** 2

    model = NeuralNetwork(((Dense(3), Tanh()), (Squared(2), Linear())), MeanSquaredError(), 0.1, seed=0)
    found = diagnose(model, x, np.ones((2, 7)))
    assert (found.kind, found.evidence["places"]) == ("not_used", [2])
    assert "Block 2, Squared, its bias: whatever is done" in str(found) and found.besides[0].kind == "unknown"


@pytest.mark.parametrize("name", ["dropout_when_predicting", "loss_summed", "step_uphill", "learning_rate_squared"])
def test_mistakes_that_no_gradient_shows_are_named_because_they_were_run(name):
    model = practice(name, seed=1).build(2)
    x, y = np.random.default_rng(0).standard_normal((2, 6)), np.array([[0.0, 1, 1, 0, 1, 0]])
    found = diagnose(MUTANTS[name].apply(model), x, y)
    assert (found.kind, found.also, found.besides) == (name, (), ())


class Whole(Tanh):
    def __call__(self, z):
        self.cut = super().__call__(z).astype(int)
        return 1.0 * self.cut

    def gradient(self, z):
        return 0 * z


@pytest.mark.parametrize(("bend", "last", "times", "plus", "options", "kind"), [
    (Tanh, Linear, 1, 0, {"rate": 200.0}, "steps_too_long"), (Tanh, Linear, 1, 0, {}, None),
    (Tanh, Linear, 1, 0, {"rate": 200.0, "clip_norm": 1.0}, None),  # which is not as long as it would be
    (Tanh, ReLU, 1, 0, {}, "out_of_reach"), (Tanh, Tanh, 0.5, 0, {}, None), (Whole, Linear, 1, 0, {}, "cut_on_the_way"),
    (Tanh, Tanh, 5, 0, {}, "out_of_reach"), (Tanh, Tanh, 40, 60, {}, "out_of_reach"),
])  # fmt: skip
def test_what_shows_only_when_a_network_is_run_on_is_named(bend, last, times, plus, options, kind):
    x = np.random.default_rng(1).standard_normal((3, 12))
    layers, options = ((Dense(20), bend()), (Dense(1), last())), {"rate": 0.05, **options}
    model = NeuralNetwork(layers, MeanSquaredError(), options.pop("rate"), seed=3, **options)
    found = diagnose(model, x, times * np.sin(x.sum(axis=0, keepdims=True)) + plus)
    assert (found and found.kind) == kind, found


# Learners' own classes ------------------------------------------------------------------------------------


class OwnDense(MyLayer):
    def parameter_gradients(self, grad_output):
        m = grad_output.shape[1]
        self.grad_weights = grad_output @ self.inputs.T / m
        self.grad_bias = grad_output.mean(axis=1, keepdims=True)

    def backward(self, grad_output):
        return self.weights.T @ grad_output


class OwnSigmoid:
    def __call__(self, z):
        return 1 / (1 + np.exp(-z))

    def gradient(self, z):
        return self(z) * (1 - self(z))


def own(layer=OwnDense, activation=OwnSigmoid, loss=MeanSquaredError, outputs=3):
    model = NeuralNetwork(((layer(4, 3), activation()), (layer(outputs, 4), Linear())), loss(), 0.1)
    x, y = np.random.default_rng(5).standard_normal((2, 3, 7))
    return model, x, y[:outputs]


def own_mistakes():
    class Slip(OwnDense):
        def backward(self, grad_output):
            return self.grad_weights.T @ grad_output

    class Sum(OwnDense):
        def parameter_gradients(self, grad_output):
            self.grad_weights = grad_output @ self.inputs.T
            self.grad_bias = grad_output.sum(axis=1, keepdims=True)

    class Transposed(OwnDense):
        def parameter_gradients(self, grad_output):
            super().parameter_gradients(grad_output)
            self.grad_weights = self.grad_weights.T

    class Flat(OwnDense):
        def parameter_gradients(self, grad_output):
            super().parameter_gradients(grad_output)
            self.grad_bias = self.grad_bias[:, 0]

    class Late(OwnDense):
        kept = None

        def parameter_gradients(self, grad_output):
            now, self.kept = self.inputs, self.inputs if self.kept is None else self.kept
            self.inputs = self.kept
            super().parameter_gradients(grad_output)
            self.inputs = self.kept = now

    class NoSlope(OwnSigmoid):
        def gradient(self, z):
            return np.ones_like(z)

    class SlopeOfZ(OwnSigmoid):
        def gradient(self, z):
            return z * (1 - z)

    class Half(MeanSquaredError):
        def gradient(self, output, labels):
            return (output - labels) / len(output)

    class OwnLoss:
        def __call__(self, output, labels):
            return float(((output - labels) ** 2).mean())

        def gradient(self, output, labels):
            return 2 * (labels - output) / len(output)

    return {
        "grad_weights_for_weights": {"layer": Slip},
        "mean_missing": {"layer": Sum},
        "transposed": {"layer": Transposed},
        "flat": {"layer": Flat},
        "stale_inputs": {"layer": Late},
        "slope_missing": {"activation": NoSlope},
        "slope_of_output_at_z": {"activation": SlopeOfZ},
        "factor_two_missing": {"loss": Half},
        "gradient_sign": {"loss": OwnLoss},
    }


def test_own_classes_that_are_right():
    assert diagnose(*own()) is None
    assert diagnose(*own(activation=MyReLU)) is None
    assert diagnose(*own(loss=MyLoss)) is None


@pytest.mark.parametrize("kind", own_mistakes())
def test_own_classes_that_are_wrong(kind):
    model, x, y = own(**own_mistakes()[kind])
    found = diagnose(model, x, y)
    assert found is not None and found.kind == kind, f"expected {kind}, got {found!r}"


def test_own_parts_that_nnlib_does_not_have_are_measured():
    class Cube:
        def __call__(self, z):
            return z**3

        def gradient(self, z):
            return 3 * z**2

    class WrongCube(Cube):
        def gradient(self, z):
            return z**2

    model, x, y = own(activation=Cube)
    model.learning_rate = 1e-4  # a cube is steep
    assert diagnose(model, x, y) is None
    found = diagnose(*own(activation=WrongCube))
    assert found.kind == "ratio" and "Block 1, WrongCube" in str(found) and "times 0.3333" in str(found)


def test_an_error_in_an_own_class_comes_out():
    class Breaks(OwnSigmoid):
        def gradient(self, z):
            raise ZeroDivisionError("mine")

    model, x, y = own(activation=Breaks)
    with pytest.raises(ZeroDivisionError, match="mine"):
        diagnose(model, x, y)


# Arrays ---------------------------------------------------------------------------------------------------

RNG = np.random.default_rng(7)
M, K = 9, 4
INPUTS, GRAD, WEIGHTS = RNG.standard_normal((3, M)), RNG.standard_normal((K, M)), RNG.standard_normal((K, 3))
SQUARE = RNG.standard_normal((K, K))
Z = RNG.standard_normal((K, M))
RIGHT = GRAD @ INPUTS.T / M
BIAS = GRAD.mean(axis=1, keepdims=True)
PENALTY = 0.6 / M * WEIGHTS
KNOWN = {"inputs": INPUTS, "grad_output": GRAD}
L2 = {**KNOWN, "weights": WEIGHTS, "regularization_factor": 0.6}
SLOPE = Sigmoid().gradient(Z)

ARRAYS = [
    ("sign", -RIGHT, RIGHT, {}),
    ("mean_missing", RIGHT * M, RIGHT, {"m": M}),
    ("mean_missing", GRAD @ INPUTS.T, RIGHT, KNOWN),
    ("mean_twice", RIGHT / M, RIGHT, {"m": M}),
    ("mean_missing_sign", -RIGHT * M, RIGHT, {"m": M}),
    ("outputs_missing", RIGHT * K, RIGHT, {"m": M, "k": K}),
    ("outputs_twice", RIGHT / K, RIGHT, {"m": M, "k": K}),
    ("half", RIGHT / 2, RIGHT, {"m": M, "k": K}),
    ("double", RIGHT * 2, RIGHT, {"m": M, "k": K}),
    ("zeros", RIGHT * 0, RIGHT, {"m": M}),
    ("ratio", RIGHT * 3.7, RIGHT, {"m": M, "k": K}),
    ("transposed", RIGHT.T, RIGHT, {}),
    ("transposed", SQUARE.T, SQUARE, {}),
    ("transposed", RIGHT.T.reshape(RIGHT.shape), RIGHT, {}),
    ("flat", BIAS[:, 0], BIAS, {}),
    ("flat", BIAS.T, BIAS, {}),
    ("examples_kept", GRAD, BIAS, {"m": M}),
    ("shape", RIGHT[:2], RIGHT, {}),
    ("shape", 1.0, RIGHT, {}),
    ("shape", GRAD, RIGHT, {}),
    ("not_numbers", None, RIGHT, {}),
    ("not_numbers", "gradient", RIGHT, {}),
    ("not_numbers", [[1, 2], [3]], RIGHT, {}),
    ("not_finite", np.where(RIGHT > 0, np.nan, RIGHT), RIGHT, {}),
    ("not_finite", RIGHT + np.inf, RIGHT, {}),
    ("rows_equal", np.broadcast_to(RIGHT.mean(axis=0), RIGHT.shape), RIGHT, {}),
    ("columns_equal", np.broadcast_to(RIGHT.mean(axis=1, keepdims=True), RIGHT.shape), RIGHT, {}),
    ("first_example_only", GRAD[:, :1] @ INPUTS[:, :1].T, RIGHT, KNOWN),
    ("first_example_only", GRAD[:, :1] / M, BIAS, {"grad_output": GRAD}),
    ("last_example_only", GRAD[:, -1:] @ INPUTS[:, -1:].T / M, RIGHT, KNOWN),
    ("l2_missing", RIGHT, RIGHT + PENALTY, L2),
    ("l2_doubled", RIGHT + 2 * PENALTY, RIGHT + PENALTY, {"m": M, "weights": WEIGHTS, "regularization_factor": 0.6}),
    ("l2_not_averaged", RIGHT + M * PENALTY, RIGHT + PENALTY, L2),
    ("grad_weights_for_weights", RIGHT.T @ GRAD, WEIGHTS.T @ GRAD, L2),
    ("weights_not_transposed", SQUARE @ GRAD, SQUARE.T @ GRAD, {"grad_output": GRAD, "weights": SQUARE}),
    ("slope_missing", GRAD, GRAD * SLOPE, {"z": Z, "activation": Sigmoid(), "grad_output": GRAD}),
    ("slope_missing", np.ones_like(Z), SLOPE, {"z": Z, "activation": Sigmoid()}),
    ("slope_at_output", Sigmoid().gradient(Sigmoid()(Z)), SLOPE, {"z": Z, "activation": Sigmoid()}),
    ("slope_of_output_at_z", Z * (1 - Z), SLOPE, {"z": Z, "activation": Sigmoid()}),
    ("unknown", RNG.standard_normal(RIGHT.shape), RIGHT, {**L2, "k": K}),
    ("unknown", RIGHT + 0.1, RIGHT, {"m": M, "k": K}),
    ("unknown", np.tile(SQUARE[:, :1], (1, 3)), np.tile(BIAS, (1, 3)), {}),  # the right ones are equal as well
    ("unknown", np.tile(SQUARE[:1], (3, 1)), np.tile(BIAS.T, (3, 1)), {}),
    ("first_example_only", GRAD[:, :1] @ INPUTS[:, :1].T / M, RIGHT, KNOWN),
    ("last_example_only", GRAD[:, -1:], BIAS, {"grad_output": GRAD}),
    ("grad_weights_for_weights", M * RIGHT.T @ GRAD, WEIGHTS.T @ GRAD, {**KNOWN, "weights": WEIGHTS}),
    ("slope_of_output_at_z", GRAD * (1 - Z**2), GRAD * Tanh().gradient(Z), {**KNOWN, "z": Z, "activation": Tanh()}),
    ("slope_at_output", GRAD * (1 - np.tanh(np.tanh(Z)) ** 2), GRAD * Tanh().gradient(Z),
     {"z": Z, "activation": Tanh(), "grad_output": GRAD}),
    ("unknown", RIGHT, RIGHT + PENALTY, {"weights": WEIGHTS, "regularization_factor": 0.6}),  # of how many examples?
    ("rows_equal", np.ones_like(Z), SLOPE, {"z": Z}),
    ("unknown", np.array([[3.7]]), np.array([[2.0]]), {"m": M, "k": K}),  # any number is a multiple of another
    ("ratio", np.array([[3.7, 7.4]]), np.array([[2.0, 4.0]]), {"m": M, "k": K}),
]


@pytest.mark.parametrize(("kind", "got", "expected", "known"), ARRAYS)
def test_arrays(kind, got, expected, known):
    found = diagnose_arrays(got, expected, **known)
    assert found is not None and found.kind == kind, f"expected {kind}, got {found!r}"
    assert found.also == () and str(found)[-1] in ".?" and "None" not in str(found), str(found)
    assert diagnose_arrays(expected, expected, **known) is None
    assert diagnose_arrays(expected * (1 + 1e-12), expected, **known) is None


def test_softmax_number_by_number():
    a = Softmax()(Z)
    right = a * (GRAD - (GRAD * a).sum(axis=0))
    found = diagnose_arrays(GRAD * a * (1 - a), right, grad_output=GRAD, z=Z, activation=Softmax())
    assert found.kind == "softmax_elementwise"


def test_arrays_are_not_changed():
    kept = RIGHT.copy(), INPUTS.copy(), GRAD.copy()
    mine = RIGHT * M
    diagnose_arrays(mine, RIGHT, **KNOWN)
    np.testing.assert_equal((RIGHT, INPUTS, GRAD), kept)
    assert np.array_equal(mine, RIGHT * M)


@pytest.mark.parametrize(("m", "k", "factor", "kinds"), [
    (4, 4, 4, {"mean_missing", "outputs_missing"}),
    (4, 4, 1 / 4, {"mean_twice", "outputs_twice"}),
    (2, 3, 2, {"mean_missing", "double"}),
    (2, 2, 0.5, {"mean_twice", "outputs_twice", "half"}),
    (1, 1, 2, {"double"}),
    (1, 1, -1, {"sign"}),
])  # fmt: skip
def test_one_factor_with_several_causes_names_all(m, k, factor, kinds):
    found = diagnose_arrays(RIGHT * factor, RIGHT, m=m, k=k)
    assert {found.kind, *found.also} == kinds
    assert ("The same numbers would also come from this" in str(found)) == (len(kinds) > 1)


def test_unknown_says_where():
    wrong = RIGHT.copy()
    wrong[1, 2] += 1
    found = diagnose_arrays(wrong, RIGHT)
    assert found.evidence["first"] == (1, 2) and found.evidence["agree"] == 11 and found.evidence["of"] == 12
    assert f"first at (1, 2), where you have {wrong[1, 2]:.4g}; 11 of 12 numbers are right" in str(found)
    assert f"{RIGHT[1, 2]:.4g}" not in str(found), "the right number is the learner's to find"
    assert diagnose_arrays(RIGHT, np.nan * RIGHT).evidence["first"] == (0, 0), "nothing is known of what is right"


TABLE = {
    "weights1": RNG.standard_normal((4, 3)), "bias1": RNG.standard_normal((4, 1)),
    "weights2": RNG.standard_normal((2, 4)), "bias2": RNG.standard_normal((2, 1)),
}  # fmt: skip


def changed(**changes):
    return {**TABLE, **{name: change(TABLE[name]) for name, change in changes.items()}}


@pytest.mark.parametrize(("kind", "got"), [
    ("mean_missing", {name: array * M for name, array in TABLE.items()}),
    ("sign", {name: -array for name, array in TABLE.items()}),
    ("bias_summed", changed(bias1=lambda a: a * M, bias2=lambda a: a * M)),
    ("bias_gradient_missing", changed(bias1=np.zeros_like, bias2=np.zeros_like)),
    ("bias_only", changed(bias1=np.exp, bias2=np.exp)),
    ("weights_only", changed(weights1=np.exp, weights2=np.exp)),
    ("handed_down", changed(weights1=np.exp, bias1=np.exp)),
    ("transposed", changed(weights1=lambda a: a.T)),
    ("unknown", changed(weights1=np.exp, weights2=np.exp, bias2=np.exp)),
    ("not_numbers", {name: array for name, array in TABLE.items() if name != "bias2"}),
    ("weights_only", changed(weights1=np.zeros_like, weights2=lambda a: a[:1].repeat(2, axis=0))),
    ("weights_only", changed(weights1=np.zeros_like, weights2=lambda a: a[:, :1].repeat(4, axis=1))),
])  # fmt: skip
def test_dictionaries(kind, got):
    found = diagnose_arrays(got, TABLE, m=M)
    assert found is not None and found.kind == kind, f"expected {kind}, got {found!r}"
    assert diagnose_arrays(TABLE, TABLE, m=M) is None


@pytest.mark.parametrize(("names", "wrong", "kind"), [
    (("bias1", "bias2"), ("bias1", "bias2"), "unknown"), (("weights1", "weights2"), ("weights2",), "unknown"),
    (("first", "second", "third"), ("first", "second"), "handed_down"), (("first", "second"), ("second",), "unknown"),
    ((("block 1", "weights"), ("block 1", "bias")), (("block 1", "bias"),), "bias_only"),
])  # fmt: skip
def test_keys_tell_which_arrays_belong_together(names, wrong, kind):
    expected = dict(zip(names, TABLE.values(), strict=False))
    mine = {name: np.exp(array) if name in wrong else array for name, array in expected.items()}
    found = diagnose_arrays(mine, expected)
    assert found.kind == kind and found.evidence["key"] == wrong[-1]
    several = {name: None if name == wrong[0] else expected[name] for name in names}
    said = wrong[0] if isinstance(wrong[0], str) else " ".join(wrong[0])
    assert str(diagnose_arrays(several, expected)).startswith(f"{said}: ")


def test_unknown_in_a_dictionary_names_the_array_nearest_to_the_output():
    found = diagnose_arrays(changed(weights1=np.exp, weights2=np.exp, bias2=np.exp), TABLE)
    assert found.evidence["key"] == "bias2" and "in bias2" in str(found)


def test_copies_of_broken_networks_stay_broken():
    model, x, y = NETWORKS["regression"](seed=1)
    broken = copy_of(MUTANTS["mean_missing"].apply(model))
    assert diagnose(broken, x, y).kind == "mean_missing"
