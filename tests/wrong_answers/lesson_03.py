"""Wrong answers to lesson 03, Bend the line."""

SIGMA = "return np.where(z < 0, np.exp(-np.abs(z)), 1) / (1 + np.exp(-np.abs(z)))"
SIGMA_SLOPE = "return self(z) * (1 - self(z))"
RELU, RELU_SLOPE = "return np.maximum(z, 0)", "return (z > 0) * 1.0"

BODIES = {
    "03.3": [
        ("biases-added", "return bias_1 + bias_2"),
        ("second-bias-missing", "return weights_2 @ bias_1"),
        ("first-bias-missing", "return bias_2"),
        ("both-through-the-weights", "return weights_2 @ (bias_1 + bias_2)"),
        ("bias-subtracted", "return weights_2 @ bias_1 - bias_2"),
        ("weights-transposed", "return weights_2.T @ bias_1 + bias_2"),
        ("element-by-element", "return weights_2 * bias_1 + bias_2"),
        ("raises-ValueError", "return bias_1 @ weights_2 @ bias_2"),
        ("sign", "return -(weights_2 @ bias_1 + bias_2)"),
        ("flat-vector", "return (weights_2 @ bias_1 + bias_2).ravel()"),
        ("returned-none", "bias = weights_2 @ bias_1 + bias_2"),
        ("raises-NameError", "return weights @ bias_1 + bias_2"),
        ("changes-its-arguments", "bias_2 += weights_2 @ bias_1\nreturn bias_2"),
    ],
    "03.4": [
        ("mirrored", ("return np.abs(z)", "return np.sign(z)")),
        ("other-half", ("return np.minimum(z, 0)", "return (z < 0) * 1.0")),
        ("a-step", (RELU_SLOPE, RELU_SLOPE)),
        ("leaks", ("return np.maximum(z, 0.01 * z)", "return np.where(z > 0, 1.0, 0.01)")),
        ("no-bend", ("return z", "return np.ones_like(z)")),
        ("no-bend", ("return z", RELU_SLOPE)),
        ("mirrored", ("return np.abs(z)", RELU_SLOPE)),
        ("slope-is-the-value", (RELU, "return np.maximum(z, 0)")),
        ("slope-one-everywhere", (RELU, "return np.ones_like(z)")),
        ("slope-one-number", (RELU, "return 1.0")),
        ("slope-one-number", (RELU, "return 0.0")),
        ("slope-zero-everywhere", (RELU, "return np.zeros_like(z)")),
        ("slope-at-the-corner", (RELU, "return (z >= 0) * 1.0")),
        ("slope-is-the-sign", (RELU, "return np.sign(z)")),
        ("slope-is-z", (RELU, "return z")),
        ("answers-for-numbers", (RELU, "return z > 0")),
        ("raises-ValueError", ("return z if z > 0 else 0", RELU_SLOPE)),
        ("raises-ValueError", ("return max(z, 0)", RELU_SLOPE)),
        ("one-number", ("return np.max(z)", RELU_SLOPE)),
        ("returned-none", (RELU, "slope = (z > 0) * 1.0")),
        ("half-written", (RELU, "return ...")),
        ("changes-its-arguments", ("z[z < 0] = 0\nreturn z", RELU_SLOPE)),
        ("raises-NameError", ("return maximum(z, 0)", RELU_SLOPE)),
    ],
    "03.7": [
        ("raises-FloatingPointError", ("return 1 / (1 + np.exp(-z))", SIGMA_SLOPE)),
        ("raises-FloatingPointError", ("return np.exp(z) / (1 + np.exp(z))", SIGMA_SLOPE)),
        ("raises-FloatingPointError",
         ("return np.where(z < 0, np.exp(z) / (1 + np.exp(z)), 1 / (1 + np.exp(-z)))", SIGMA_SLOPE)),
        ("raises-FloatingPointError", (SIGMA, "return np.exp(-z) / (1 + np.exp(-z)) ** 2")),
        ("raises-FloatingPointError",
         ('with np.errstate(all="ignore"):\n    return 1 / (1 + np.exp(-z))', SIGMA_SLOPE)),
        ("raises-FloatingPointError", ('np.seterr(all="ignore")\nreturn 1 / (1 + np.exp(-z))', SIGMA_SLOPE)),
        ("falls-instead-of-rising",
         ("return np.where(z > 0, np.exp(-np.abs(z)), 1) / (1 + np.exp(-np.abs(z)))", SIGMA_SLOPE)),
        ("cut-off-besides", ("return 1 / (1 + np.exp(-np.clip(z, -20, 20)))", SIGMA_SLOPE)),
        ("even", ("return 1 / (1 + np.exp(-np.abs(z)))", SIGMA_SLOPE)),
        ("tanh", ("return np.tanh(z)", SIGMA_SLOPE)),
        ("slope-is-the-value", (SIGMA, "return self(z)")),
        ("slope-squared", (SIGMA, "return self(z) * self(z)")),
        ("slope-of-z", (SIGMA, "return z * (1 - z)")),
        ("slope-half-of-z", (SIGMA, "return self(z) * (1 - z)")),
        ("slope-first-factor-missing", (SIGMA, "return 1 - self(z)")),
        ("slope-negative", (SIGMA, "return self(z) * (self(z) - 1)")),
        ("slope-of-tanh", (SIGMA, "return 1 - self(z) ** 2")),
        ("raises-TypeError", (SIGMA, "return self * (1 - self)")),
        ("raises-ValueError", ("return 1 / (1 + np.exp(-z)) if z > 0 else np.exp(z) / (1 + np.exp(z))", SIGMA_SLOPE)),
        ("returned-none", ("a = 0", SIGMA_SLOPE)),
        ("raises-RecursionError", (SIGMA, "return self.gradient(z) * (1 - self(z))")),
    ],
}  # fmt: skip

CELLS = {
    "03.2": [
        ("exchanged", "weight = 13\nbias = -8"),
        ("other-bias-multiplied", "weight = -8\nbias = 3 + 4 * 1"),
        ("weights-added", "weight = 2\nbias = 13"),
        ("sign-lost", "weight = 8\nbias = 13"),
        ("first-layer-only", "weight = -2\nbias = 13"),
        ("second-layer-only", "weight = 4\nbias = 13"),
        ("biases-added", "weight = -8\nbias = 4"),
        ("second-bias-missing", "weight = -8\nbias = 12"),
        ("first-bias-missing", "weight = -8\nbias = 1"),
        ("bias-added-too-early", "weight = -8\nbias = 16"),
        ("sign-lost", "weight = -8\nbias = -13"),
        ("half-written", "weight = -8\nbias = ..."),
        ("wrong-type", "weight = '-8x'\nbias = 13"),
        ("wrong-value", "weight = -8\nbias = 11"),
    ],
    "03.4": [
        ("wrong-type", "def ReLU(z):\n    return np.maximum(z, 0)"),
        ("raises-AttributeError", "class ReLU:\n    def __call__(self, z):\n        return np.maximum(z, 0)"),
    ],
    "03.5": [
        ("bend-missing", "out_00 = 2\nout_11 = 0\nout_half = 1"),
        ("bias-lost", "out_00 = 1\nout_11 = 0\nout_half = 1"),
        ("bend-missing-and-weight", "out_00 = -1\nout_11 = 0\nout_half = 1"),
        ("weight-missing", "out_00 = 0\nout_11 = 1\nout_half = 1"),
        ("second-unit-missing", "out_00 = 0\nout_11 = 2\nout_half = 1"),
        ("weight-sign", "out_00 = 0\nout_11 = 4\nout_half = 1"),
        ("bias-missing", "out_00 = 0\nout_11 = -2\nout_half = 1"),
        ("bias-missing", "out_00 = 0\nout_11 = 0\nout_half = -1"),
        ("one-input-only", "out_00 = 0\nout_11 = 0\nout_half = 0.5"),
        ("halved", "out_00 = 0\nout_11 = 0\nout_half = 0"),
        ("nan", "out_00 = 0\nout_11 = 0\nout_half = float('nan')"),
    ],
}

LETTERS = {
    "03.1": [("not-an-option", "e"), ("not-an-option", "none"), ("not-an-option", "")],
    "03.6": [("not-an-option", "d"), ("not-an-option", "nan"), ("not-an-option", "ab")],
    "03.8": [("not-an-option", "d"), ("not-an-option", "0.1"), ("not-an-option", "")],
    "03.9": [
        ("extra-D", "F C D E B"),
        ("C-before-F", "C F A E B"),
        ("A-before-C", "F A C E B"),
        ("E-before-A", "F C E A B"),
        ("B-before-E", "F C A B E"),
        ("line-missing", "F C A E"),
        ("line-twice", "F C A E E"),
        ("not-an-option", "F C A E G"),
    ],
    "03.10": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "bias")],
    "03.11": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "4, 1")],
}

ORDERS = {
    "03.9": (
        "first = lambda x: np.array([[1.0, 1.0], [1.0, 1.0]]) @ x + np.array([[0.0], [-1.0]])\n"
        "second = lambda a: np.array([[20.0, -40.0]]) @ a - 10\n"
        "bend, squeeze, x = ReLU(), Sigmoid(), np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])",
        "answer.tolist() == [[False, True, True, False]]",
    ),
}
