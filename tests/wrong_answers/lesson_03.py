"""Wrong answers to lesson 03, Bend the line."""

SIGMA = "return np.where(z < 0, np.exp(-np.abs(z)), 1) / (1 + np.exp(-np.abs(z)))"
SIGMA_SLOPE = "return self(z) * (1 - self(z))"
RELU, RELU_SLOPE = "return np.maximum(z, 0)", "return (z > 0) * 1.0"

BODIES = {
    "03.3": [
        ("other-axis", "return np.sum(weights_2.T * bias_1, axis=1, keepdims=True) + bias_2"),
        ("row-meets-column", "return (weights_2 * bias_1.T).sum(axis=1) + bias_2"),
        ("row-meets-column", "return weights_2 @ bias_1[:, 0] + bias_2"),
        ("biases-multiplied", "return weights_2 @ (bias_1 * bias_2)"),
        ("place-by-value", "rows, merged = weights_2.tolist(), np.zeros(bias_2.shape)\n"
         "for row in rows:\n"
         "    merged[rows.index(row)] = np.array(row) @ bias_1 + bias_2[rows.index(row)]\n"
         "return merged"),
        ("place-by-value", "every = bias_1.ravel().tolist()\n"
         "return sum(weights_2[:, [every.index(b)]] * b for b in every) + bias_2"),
        ("place-by-value", "every = bias_1.ravel().tolist()\n"
         "return sum(weights_2[:, [every.index(b)]] * b for b in set(every)) + bias_2"),
        ("first-few", "return weights_2[:, :3] @ bias_1[:3] + bias_2"),
        ("last-unit-missing", "return weights_2[:, :-1] @ bias_1[:-1] + bias_2"),
        ("sums-multiplied", "return weights_2.sum(axis=1, keepdims=True) * bias_1.sum() + bias_2"),
        ("same-array-again", "merged_bias.kept = getattr(merged_bias, 'kept', {})\n"
         "kept = merged_bias.kept.setdefault(bias_2.shape, np.empty(bias_2.shape))\n"
         "kept[...] = weights_2 @ bias_1 + bias_2\n"
         "return kept"),
        ("factors-swapped", "return bias_1.T @ weights_2 + bias_2"),
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
        ("cut-off", ("out = np.zeros_like(z)\nout[0] = np.maximum(z[0], 0)\nreturn out", RELU_SLOPE)),
        ("begins-late", ("return np.where(z > 0.5, z, 0)", RELU_SLOPE)),
        *(("cut-off-above", (f"return np.clip(z, 0, {most})", RELU_SLOPE)) for most in (6, 100)),
        ("cut-off-above", ("return np.clip(z, 0, 6)", "return ((z > 0) & (z < 6)) * 1.0")),
        *(("slope-ends", (RELU, f"return ((z > 0) & {ends}).astype(float)")) for ends in ("(z < 6)", "(z <= 100)")),
        ("slope-is-z", (RELU, "return np.clip(z, 0, 1)")),
        ("slope-begins-late", (RELU, "return (z >= 1) * 1.0")),
        *(("slope-leaks", (RELU, f"return np.where(z > 0, 1, {leak})")) for leak in (0.1, 0.01, 0.001)),
        ("one-slope-for-all", (RELU, "return np.ones(z.shape) if (z > 0).any() else np.zeros(z.shape)")),
        ("slope-at-the-corner", (RELU, "return np.where(z > 0, 1.0, np.where(z == 0, 0.5, 0.0))")),
        ("slope-of-sigmoid", (RELU, "return self(z) * (1 - self(z))")),
        ("sigmoid", ("return 1 / (1 + np.exp(-z))", RELU_SLOPE)),
        ("sigmoid", ("return 1 / (1 + np.exp(-z))", "return self(z) * (1 - self(z))")),
        ("raises-ValueError", ("return np.max([z, 0])", RELU_SLOPE)),
        ("one-slope-for-all", (RELU, "return 1.0 if z.max() > 0 else 0.0")),
        ("place-by-value", ("every = z.ravel().tolist()\n"
         "made = np.zeros(len(every))\n"
         "for one in every:\n"
         "    made[every.index(one)] = max(one, 0)\n"
         "return made.reshape(z.shape)",
          RELU_SLOPE)),
        ("place-by-value", (RELU,
          "every = z.ravel().tolist()\n"
         "made = np.zeros(len(every))\n"
         "for one in every:\n"
         "    made[every.index(one)] = float(one > 0)\n"
         "return made.reshape(z.shape)")),
        ("begins-late", ("return np.where(z > 0.001, z, 0)",
          RELU_SLOPE)),
        ("begins-late", ("return np.where(z > 0.001, z, 0)",
          "return (z > 0.001) * 1.0")),
        ("slope-begins-late", (RELU,
          "return (z > 0.001) * 1.0")),
        ("softplus", ("return np.logaddexp(0, z)",
          "return 1 / (1 + np.exp(-z))")),
        ("slope-swapped", (RELU,
          "return (z <= 0) * 1.0")),
        ("slope-is-the-sign", (RELU,
          "return np.where(z > 0, 1.0, -1.0)")),
        ("same-array-again", ("self.kept = getattr(self, 'kept', {})\n"
         "kept = self.kept.setdefault(z.shape, np.empty(z.shape))\n"
         "kept[:] = np.maximum(z, 0)\n"
         "return kept",
          RELU_SLOPE)),
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
        *(("divided-by-all", (f"e = np.exp(z - z.max({axis}))\nreturn e / e.sum({axis})", SIGMA_SLOPE))
          for axis in ("", "axis=0", "axis=1, keepdims=True")),
        *(("fraction-missing", ("e = np.exp(-np.abs(z))\nreturn np.where(z < 0, e, 1 / (1 + e))", slope))
          for slope in (SIGMA_SLOPE, "e = np.exp(-np.abs(z))\nreturn e / (1 + e) ** 2")),
        ("doubled-for-squared", (SIGMA, "a = self(z)\nreturn a - a * 2")),
        ("slope-of-tanh", ("return (np.tanh(z / 2) + 1) / 2", "return 1 - np.tanh(z / 2) ** 2")),
        ("call-too-many", (SIGMA.replace("np.abs(z)", "np.abs(z).max()"), "a = self(z)\nreturn a * (1 - a)")),
        ("condition-too-many", (SIGMA, "a = self(z)\nreturn np.where(z > 0, a * (1 - a), 0)")),
        ("softsign", ("return 0.5 * (1 + z / (1 + np.abs(z)))", "a = self(z)\nreturn a * (1 - a)")),
        ("flat-too-early", ("return 1 / (1 + np.exp(-np.clip(z, -30, 30)))", SIGMA_SLOPE)),
        ("raises-NameError", (SIGMA, "a = sigmoid(z)\nreturn a * (1 - a)")),
        ("raises-TypeError", (SIGMA, "a = Sigmoid(z)\nreturn a * (1 - a)")),
        *(("even", (f"e = {e}\nreturn np.where(z < 0, e / (1 + e), 1 / (1 + e))", SIGMA_SLOPE))
          for e in ("np.exp(-z)", "np.abs(np.exp(-z))")),
        ("falls-instead-of-rising", ("e = np.exp(np.abs(z))\nreturn np.where(z < 0, e / (1 + e), 1 / (1 + e))",
                                     SIGMA_SLOPE)),
        ("even", ("e = np.exp(z)\nreturn np.where(z < 0, e / (1 + e), 1 / (1 + e))", SIGMA_SLOPE)),
        *(("one-form-for-all", (f"e = np.exp(-np.abs(z))\nif {asked}:\n    return e / (1 + e)\nreturn 1 / (1 + e)",
                                SIGMA_SLOPE)) for asked in ("np.all(z < 0)", "z.min() < 0")),
        ("straight-line", ("return np.clip(0.5 + z / 4, 0, 1)", SIGMA_SLOPE)),
        ("e-by-hand", ("e = 2.718 ** -np.abs(z)\nreturn np.where(z < 0, e, 1) / (1 + e)", SIGMA_SLOPE)),
        ("slope-square-missing", (SIGMA, "return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z)))")),
        ("slope-of-relu", (SIGMA, RELU_SLOPE)),
        ("place-by-value", ("every = z.ravel().tolist()\n"
         "made = np.zeros(len(every))\n"
         "for one in every:\n"
         "    made[every.index(one)] = 1 / (1 + np.exp(-one)) if one > 0 else "
         "np.exp(one) / (1 + np.exp(one))\n"
         "return made.reshape(z.shape)",
          "e = np.exp(-np.abs(z))\n"
         "return e / (1 + e) ** 2")),
        ("place-by-value", (SIGMA,
          "every = z.ravel().tolist()\n"
         "made = np.zeros(len(every))\n"
         "for one in every:\n"
         "    made[every.index(one)] = np.exp(-abs(one)) / (1 + np.exp(-abs(one))) ** 2\n"
         "return made.reshape(z.shape)")),
        ("flat-too-early", (SIGMA,
          "a = self(z)\n"
         "return np.where(np.abs(z) > 5, 0, a * (1 - a))")),
        ("flat-too-early", ("e = np.exp(-np.abs(z))\n"
         "a = np.where(z < 0, e, 1) / (1 + e)\n"
         "return np.where(z > 8, 1, np.where(z < -8, 0, a))",
          SIGMA_SLOPE)),
        ("zero-at-zero", (SIGMA,
          "a = self(z)\n"
         "return np.where(z == 0, 0.0, a * (1 - a))")),
        ("zero-at-zero", ("a, e = np.zeros(z.shape), np.exp(-np.abs(z))\n"
         "a[z > 0] = 1 / (1 + e[z > 0])\n"
         "a[z < 0] = e[z < 0] / (1 + e[z < 0])\n"
         "return a",
          SIGMA_SLOPE)),
        ("half-the-digits", ("e = np.exp(-np.abs(z))\n"
         "return (np.where(z < 0, e, 1) / (1 + e)).astype(np.float16)",
          SIGMA_SLOPE)),
        ("same-array-again", ("e, self.kept = np.exp(-np.abs(z)), getattr(self, 'kept', {})\n"
         "kept = self.kept.setdefault(z.shape, np.empty(z.shape))\n"
         "kept[:] = np.where(z < 0, e, 1) / (1 + e)\n"
         "return kept",
          "a = self(z) + 0\n"
         "return a * (1 - a)")),
        ("z-doubled", ("e = np.exp(-np.abs(2 * z))\nreturn np.where(z < 0, e, 1) / (1 + e)",
                       "e = np.exp(-np.abs(z))\nreturn e / (1 + e) ** 2")),
        ("tanh", ("return np.tanh(z / 2)", "return (1 - self(z) ** 2) / 2")),
        ("z-doubled", ("return (np.tanh(z) + 1) / 2", "a = self(z)\nreturn a * (1 - a)")),
        ("raises-TypeError", ("e = np.exp(-np.abs(z))\nreturn np.where(z < 0, e / (1 + e), 1 / (1 + e))",
                       "a = self\nreturn a * (1 - a)")),
        ("raises-FloatingPointError", ("return 1 / (1 + np.exp(-z))", SIGMA_SLOPE)),
        ("raises-FloatingPointError", ("return np.exp(z) / (1 + np.exp(z))", SIGMA_SLOPE)),
        ("raises-FloatingPointError",
         ("return np.where(z < 0, np.exp(z) / (1 + np.exp(z)), 1 / (1 + np.exp(-z)))", SIGMA_SLOPE)),
        ("raises-FloatingPointError",
         ("e = np.exp(-np.abs(z))\nreturn np.where(z < 0, 1 / (1 + 1 / e), 1 / (1 + e))", SIGMA_SLOPE)),
        ("raises-FloatingPointError", (SIGMA, "return np.exp(-z) / (1 + np.exp(-z)) ** 2")),
        ("raises-FloatingPointError",
         ('with np.errstate(all="ignore"):\n    return 1 / (1 + np.exp(-z))', SIGMA_SLOPE)),
        ("raises-FloatingPointError", ('np.seterr(all="ignore")\nreturn 1 / (1 + np.exp(-z))', SIGMA_SLOPE)),
        ("falls-instead-of-rising",
         ("return np.where(z > 0, np.exp(-np.abs(z)), 1) / (1 + np.exp(-np.abs(z)))", SIGMA_SLOPE)),
        ("cut-off-besides", ("return 1 / (1 + np.exp(-np.clip(z, -20, 20)))", SIGMA_SLOPE)),
        ("even", ("return 1 / (1 + np.exp(-np.abs(z)))", SIGMA_SLOPE)),
        ("tanh", ("return np.tanh(z)", SIGMA_SLOPE)),
        ("powers-of-two", ("e = 2.0 ** -np.abs(z)\nreturn np.where(z < 0, e, 1) / (1 + e)", SIGMA_SLOPE)),
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
        ("worked-example", "weight, bias = 6, -2"),
        ("bias-sign", "weight, bias = -8, 12 - 1"),
        ("second-bias-multiplied", "weight = -8\nbias = 10"),
        ("first-layer-only", "weight = -8\nbias = 3"),
        ("weights-added", "weight = -2 - 4\nbias = 13"),
        ("through-the-first", "weight = -8\nbias = -2 * 3 + 1"),
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
        ("wrong-value", "weight = -8\nbias = 9"),
    ],
    "03.4": [
        ("raises-AttributeError", "class ReLU:\n    def __call__(self, z):\n        return np.maximum(z, 0)\n\n\n"
         "def gradient(self, z):\n    return (z > 0) * 1.0"),
        ("raises-TypeError", "class ReLU:\n    def __call__(self, z):\n        return np.maximum(self, 0)\n\n"
         "    def gradient(self, z):\n        return (z > 0) * 1.0"),
        ("wrong-type", "def ReLU(z):\n    return np.maximum(z, 0)"),
        ("raises-AttributeError", "class ReLU:\n    def __call__(self, z):\n        return np.maximum(z, 0)"),
    ],
    "03.5": [
        ("bend-missing", "out_00, out_11, out_half = -2, 0, 1"),
        ("units-exchanged", "out_00, out_11, out_half = 0, 1 - 2 * 2, -2"),
        ("bias-sign", "out_00, out_11, out_half = 0, 2 - 2 * 3, 1"),
        ("bend-missing", "out_00 = 2\nout_11 = 0\nout_half = 1"),
        ("bias-lost", "out_00 = 1\nout_11 = 0\nout_half = 1"),
        ("bend-missing-and-weight", "out_00 = -1\nout_11 = 0\nout_half = 1"),
        ("weight-missing", "out_00 = 0\nout_11 = 1\nout_half = 1"),
        ("exchanged", "out_00 = 0\nout_11 = 1\nout_half = 0"),
        ("weights-exchanged", "out_00 = 0\nout_11 = 2 * 2 - 1\nout_half = 2"),
        ("weights-exchanged", "out_00 = 0\nout_11 = 0\nout_half = 2"),
        ("one-input-only", "out_00 = 0\nout_11 = 1 - 2\nout_half = 1"),
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
