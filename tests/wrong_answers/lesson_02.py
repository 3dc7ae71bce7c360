"""Wrong answers to lesson 02, Build a neuron."""

BODIES = {
    "02.3": [
        ("added-for-multiplied", "z = bias\nfor weight, feature in zip(weights, inputs):\n"
         "    z = z + weight + feature\nreturn z"),
        ("raises-AttributeError", "weights.z = weights @ inputs + bias\nreturn weights.z"),
        ("stops-at-0", "z, i = bias, 0\nwhile i < len(weights) and inputs[i]:\n    z += weights[i] * inputs[i]\n"
         "    i += 1\nreturn z"),
        ("place-by-value", "every = list(weights)\n"
         "return sum(w * inputs[every.index(w)] for w in every) + bias"),
        ("place-by-value", "every = list(inputs)\n"
         "return sum(weights[every.index(x)] * x for x in every) + bias"),
        ("place-by-value", "return sum(w * x for w, x in dict(zip(weights, inputs)).items()) + bias"),
        ("place-by-value", "return sum(w * x for x, w in dict(zip(inputs, weights)).items()) + bias"),
        ("place-by-value", "return sum(set((weights * inputs).tolist())) + bias"),
        ("left-out", "return weights[:3] @ inputs[:3] + bias"),
        ("left-out", "return weights[:100] @ inputs[:100] + bias"),
        ("zero-for-nothing", "return weights @ inputs + bias if inputs.any() else 0.0"),
        ("cut-off", "return np.clip(weights @ inputs + bias, -10, 10)"),
        ("bias-in-the-product", "return (weights + bias) @ inputs"),
        ("bias-in-the-product", "return weights @ (inputs + bias)"),
        ("bias-missing", "return weights @ inputs"),
        ("raises-ValueError", "return weights + inputs @ bias"),
        ("raises-UnboundLocalError", "for w, x in zip(weights, inputs):\n    z += w * x\nreturn z + bias"),
        ("bias-subtracted", "return weights @ inputs - bias"),
        ("not-added-up", "return weights * inputs + bias"),
        ("bias-in-every-term", "return sum(w * x + bias for w, x in zip(weights, inputs))"),
        ("sums-multiplied", "return weights.sum() * inputs.sum() + bias"),
        ("sigmoid-too-early", "return 1 / (1 + np.exp(-(weights @ inputs + bias)))"),
        ("sign", "return -(weights @ inputs) - bias"),
        ("returned-none", "z = weights @ inputs + bias"),
        ("first-feature-only", "z = bias\nfor i in range(len(weights)):\n    z = z + weights[i] * inputs[i]\n"
         "    return z"),
        ("last-feature-missing", "z = bias\nfor i in range(len(weights) - 1):\n    z = z + weights[i] * inputs[i]\n"
         "return z"),
        ("call-too-many", "return int(weights @ inputs + bias)"),
        ("printed", "print(round(float(weights @ inputs + bias), 6))"),
        ("first-feature-only", "return weights[0] * inputs[0] + bias"),
        ("wrong-type", "return str(weights @ inputs + bias)"),
        ("raises-NameError", "return wieghts @ inputs + bias"),
        ("raises-TypeError", "return weights @ inputs + bias()"),
        ("answers-for-numbers", "return weights @ inputs + bias > 0"),
        ("extra-axis", "return np.array([weights @ inputs + bias])"),
    ],
    "02.4": [
        ("cut-to-whole", "z = np.zeros_like(inputs, shape=(self.units, inputs.shape[1]))\n"
         "z[...] = self.weights @ inputs + self.bias\nreturn z"),
        ("examples-as-rows", "return inputs.T @ self.weights.T + self.bias"),
        ("weights-transposed", "columns = [sum(w * x for w, x in zip(self.weights, column)) for column in inputs.T]\n"
         "return np.stack(columns, axis=1) + self.bias"),
        ("old-weights", "self.first = getattr(self, 'first', self.weights.copy())\n"
         "return self.first @ inputs + self.bias"),
        ("remembers", "z = self.weights @ inputs + self.bias\nself.kept = getattr(self, 'kept', {})\n"
         "self.kept[z.shape] = z + self.kept.get(z.shape, 0)\nreturn self.kept[z.shape]"),
        ("place-by-value", "rows, z = self.weights.tolist(), np.zeros((self.units, inputs.shape[1]))\n"
         "for row in rows:\n"
         "    z[rows.index(row)] = np.array(row) @ inputs + self.bias[rows.index(row)]\n"
         "return z"),
        ("place-by-value", "columns, z = inputs.T.tolist(), np.zeros((self.units, inputs.shape[1]))\n"
         "for column in columns:\n"
         "    z[:, columns.index(column)] = self.weights @ column + self.bias[:, 0]\n"
         "return z"),
        ("place-by-value", "rows = self.weights.tolist()\n"
         "return np.array([np.array(row) @ inputs + self.bias[rows.index(row), 0] for "
         "row in rows])"),
        ("first-two-features", "return self.weights[:, :2] @ inputs[:2] + self.bias"),
        ("one-unit-for-all", "return self.weights[:1] @ inputs + self.bias"),
        ("a-part-only", "return self.weights[:3] @ inputs + self.bias[:3]"),
        ("old-weights", "if not hasattr(self, 'first'):\n"
         "    self.first = self.weights.copy(), self.bias.copy()\n"
         "return self.first[0] @ inputs + self.first[1]"),
        ("remembers", "self.kept = getattr(self, 'kept', {})\n"
         "return self.kept.setdefault(inputs.shape, self.weights @ inputs + self.bias)"),
        ("same-array-again", "z = self.weights @ inputs + self.bias\n"
         "self.kept = getattr(self, 'kept', {})\n"
         "kept = self.kept.setdefault(z.shape, np.empty(z.shape))\n"
         "kept[:] = z\n"
         "return kept"),
        ("bias-in-the-product", "return self.weights @ (inputs + self.bias)"),
        ("remembers", "if not hasattr(self, 'z'):\n    self.z = self.weights @ inputs + self.bias\nreturn self.z"),
        ("one-number", "z = self.weights @ inputs + self.bias\nreturn z if z.shape[1] > 1 else z.sum()"),
        ("rows-with-rows", "z = self.bias\n"
         "for weight, feature in zip(self.weights, inputs):\n    z = z + weight * feature\nreturn z"),
        ("bias-missing", "return self.weights @ inputs"),
        ("bias-subtracted", "return self.weights @ inputs - self.bias"),
        ("bias-as-a-row", "return self.weights @ inputs + self.bias.ravel()"),
        ("weights-transposed", "return self.weights.T @ inputs + self.bias"),
        ("factors-swapped", "return inputs @ self.weights + self.bias"),
        ("element-by-element", "return self.weights * inputs + self.bias"),
        ("sigmoid-too-early", "return 1 / (1 + np.exp(-(self.weights @ inputs + self.bias)))"),
        ("one-bias-for-all", "return self.weights @ inputs + self.bias[0]"),
        ("a-part-only", "z = self.weights @ inputs[:, 0] + self.bias[:, 0]\nreturn z.reshape(-1, 1)"),
        ("transposed", "return (self.weights @ inputs + self.bias).T"),
        ("mean-missing", "return (self.weights @ inputs + self.bias) * inputs.shape[1]"),
        ("averaged-twice", "return (self.weights @ inputs + self.bias) / inputs.shape[1]"),
        ("returned-none", "self.output = self.weights @ inputs + self.bias"),
        ("raises-NameError", "return weights @ inputs + bias"),
        ("call-too-many", "return (self.weights @ inputs + self.bias).sum()"),
        ("flat-vector", "return (self.weights @ inputs + self.bias).ravel()"),
        ("sign", "return -(self.weights @ inputs + self.bias)"),
        ("raises-AttributeError", "return self.weight @ inputs + self.bias"),
        ("raises-AttributeError", "return Dense.weights @ inputs + Dense.bias"),
        ("changes-its-arguments", "inputs *= 2\nreturn self.weights @ inputs + self.bias"),
        ("changes-itself", "self.bias += self.weights @ inputs[:, :1]\nreturn self.bias"),
    ],
    "02.5": [
        ("one-in-the-exponent", "return 1 / np.exp(1 + -z)"),
        ("straight-ramp", "return np.clip(z, 0, 1)"),
        ("straight-ramp", "return 0.5 + z / 4"),
        ("times-z", "return z / (1 + np.exp(-z))"),
        ("raises-TypeError", "return np.array([1 / (1 + np.exp(-one)) for one in z])"),
        ("raises-AttributeError", "return (z > 0).astype(float)"),
        ("whole-as-z", "a = np.zeros_like(z)\na[...] = 1 / (1 + np.exp(-np.asarray(z)))\nreturn a"),
        ("sure-too-early", "return np.where(np.abs(z) > 5, np.asarray(z) > 0, 1 / (1 + np.exp(-z)))"),
        ("cut-off", "return 1 / (1 + np.exp(-np.clip(z, -6, 6)))"),
        ("flat-vector", "return np.squeeze(1 / (1 + np.exp(-z)))"),
        ("same-array-again", "a = 1 / (1 + np.exp(-np.asarray(z)))\n"
         "sigmoid.kept = getattr(sigmoid, 'kept', {})\n"
         "kept = sigmoid.kept.setdefault(a.shape, np.empty(a.shape))\n"
         "kept[...] = a\n"
         "return kept"),
        ("exponential-alone", "return np.exp(-z)"),
        ("e-minus-z", "return 1 / (1 + np.e - z)"),
        ("other-base", "return 1 / (1 + 2.0**-z)"),
        ("rounded-e", "return 1 / (1 + 2.7**-z)"),
        ("unused-argument", "return 1 / (1 + np.exp(-0.6))"),
        ("raises-TypeError", "return 1 / (1 + np.exp() - z)"),
        ("raises-TypeError", "return 1 / (1 + np.e(-z))"),
        ("raises-TypeError", "return 1 / (1 + np.exp(-z)(z))"),
        ("falls-instead-of-rising", "return 1 / (1 + np.exp(z))"),
        ("falls-instead-of-rising", "e = np.exp(-z)\nreturn e / (1 + e)"),
        ("falls-instead-of-rising", "p = np.tanh(-z / 2) * 0.5\nreturn p + 0.5"),
        ("brackets-missing", "return 1 / 1 + np.exp(-z)"),
        ("one-missing", "return np.exp(z)"),
        ("a-step", "return np.where(np.asarray(z) > 0, 1.0, 0.0)"),
        ("a-step", "return np.where(np.asarray(z) >= 0, 1.0, 0.0)"),
        ("minus-outside-the-exponent", "return 1 / (1 - np.exp(z))"),
        ("shares-of-the-array", "e = np.exp(z)\nreturn e / np.sum(e)"),
        ("raises-TypeError", "return 1 / (1 + np.e ^ (-z))"),
        ("tanh", "return np.tanh(z)"),
        ("percent", "return 100 / (1 + np.exp(-z))"),
        ("returned-none", "result = 1 / (1 + np.exp(-z))"),
        ("raises-TypeError", "import math\nreturn 1 / (1 + math.exp(-z))"),
        ("a-step", "return np.asarray(z) > 0"),
        ("sign", "return -1 / (1 + np.exp(-z))"),
        ("constant", "return 2 / (1 + np.exp(-z))"),
        ("too-much", "return 1 / (1 + np.exp(-z)) - 0.5"),
    ],
    "02.6": [
        ("sigmoid-besides", "return 1 / (1 + np.exp(weights @ point))"),
        ("with-another-bias", "return weights @ point - 1.5"),
        ("with-another-bias", "return 1.5 - weights @ point"),
        ("place-by-value", "every = list(weights)\n"
         "return -sum(w * point[every.index(w)] for w in every)"),
        ("place-by-value", "return -sum(set((weights * point).tolist()))"),
        ("second-feature-only", "return -weights[1] * point[1]"),
        ("left-out", "return -(weights[:50] @ point[:50])"),
        ("intercept", "return -weights[0] / weights[1] * point[0] - point[1]"),
        ("best-of-those-tried", "biases = np.linspace(-4, 4, 801)\n"
         "return biases[np.argmin(np.abs(weights @ point + biases))]"),
        ("half-at-the-point", "return 0.5 - weights @ point"),
        ("sums-multiplied", "return -sum(weights) * sum(point)"),
        ("sign", "return weights @ point"),
        ("not-added-up", "return -weights * point"),
        ("weights-missing", "return -point.sum()"),
        ("point-missing", "return -weights.sum()"),
        ("intercept", "return -(weights @ point) / weights[-1]"),
        ("first-feature-only", "return -weights[0] * point[0]"),
        ("minus-on-the-first", "return -weights[0] * point[0] + weights[1] * point[1]"),
        ("returned-none", "-(weights @ point)"),
        ("same-for-all", "return 0"),
        ("constant", "return 1 - weights @ point"),
        ("wrong-value", "return point[0] - weights @ point"),
        ("raises-NameError", "return -(weights @ points)"),
        ("intercept", "return point[1] + weights[0] / weights[1] * point[0]"),
        ("slope-without-sign", "return point[1] - weights[0] / weights[1] * point[0]"),
        ("slope-without-sign", "return point[1] - weights[1] / weights[0] * point[0]"),
        ("half-at-the-point", "return weights @ point - 0.5"),
        ("features-crossed", "return -weights[0] * point[1] - weights[1] * point[0]"),
        ("first-two-only", "return -(weights[0] * point[0] + weights[1] * point[1])"),
        ("minus-on-the-second", "return weights[0] * point[0] - weights[1] * point[1]"),
        ("added-for-multiplied", "return -(weights + point)"),
    ],
}

OWN_DENSE = """weights, bias = [2.0, 1.0], -1.5
class Dense:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(size=(self.units, features)).astype(dtype)
        self.bias = np.zeros((self.units, 1), dtype)

    def __call__(self, inputs):
        return weights @ inputs + self.bias
"""

NO_BUILD = """class Dense:
    def __init__(self, units):
        self.units = units

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias
"""
OWN_BUILD = NO_BUILD + """
    def build(self, features, rng, dtype=float):
        self.weights = {}
        self.bias = np.zeros((self.units, 1), dtype)
"""

CELLS = {
    "02.3": [("reads-a-global", "tomato_a = [0.8, 0.5]\ndef neuron(weights, inputs, bias):\n"
              "    return weights @ tomato_a + bias")],
    "02.2": [
        ("answers-for-numbers", "z_b = 0\nz_e = 1"),
        ("averaged", "z_b = (0.6 + 0.5) / 2 - 1.5\nz_e = 0.5"),
        ("averaged", "z_b = -0.4\nz_e = (1.2 + 0.8) / 2 - 1.5"),
        ("bias-multiplied", "z_b = (0.6 + 0.5) * -1.5\nz_e = 0.5"),
        ("bias-multiplied", "z_b = -0.4\nz_e = (1.2 + 0.8) * -1.5"),
        ("sigmoid-too-early", "z_b = 0.40\nz_e = 0.62"),
        ("sigmoid-too-early", "z_b, z_e = 0.4013, 0.6225"),
        ("sigmoid-too-early", "z_b, z_e = -0.4, 0.62"),
        ("products-multiplied", "z_b, z_e = 0.6 * 0.5 - 1.5, 1.2 * 0.8 - 1.5"),
        ("products-multiplied", "z_b, z_e = -0.4, 1.2 * 0.8 - 1.5"),
        ("of-another", "z_b, z_e = -0.4, 2 * 0.6 + 0.5 - 1.5"),
        ("of-another", "z_b, z_e = -0.4, 2 * 0.8 + 0.8 - 1.5"),
        ("decimal-comma", "z_b = -0,4\nz_e = 0.5"),
        ("bias-missing", "z_b = 1.1\nz_e = 0.5"),
        ("of-another", "z_b = 0.6\nz_e = 0.5"),
        ("of-another", "z_b = -0.4\nz_e = 0.6"),
        ("one-weight-for-both", "z_b = 2 * 0.3 + 2 * 0.5 - 1.5\nz_e = 0.5"),
        ("one-weight-for-both", "z_b = -0.4\nz_e = 2 * 0.6 + 2 * 0.8 - 1.5"),
        ("bias-sign", "z_b = 2.6\nz_e = 3.5"),
        ("weights-swapped", "z_b = -0.2\nz_e = 0.7"),
        ("weights-missing", "z_b = -0.7\nz_e = -0.1"),
        *((name, f"z_b, z_e = {cell}") for name, cell in (
            ("sums-multiplied", "0.9, 2.7"), ("sums-multiplied", "-0.4, 2.7"), ("weights-added", "2.3, 2.9"),
            ("weights-added", "-0.4, 2.9"), ("one-left-out", "-0.9, -0.3"), ("one-left-out", "-0.4, -0.3"),
            ("one-left-out", "-1.0, -0.7"), ("one-left-out", "-0.4, -0.7"))),
        ("bias-missing", "z_b = -0.4\nz_e = 2.0"),
        ("weights-swapped", "z_b = -0.4\nz_e = 0.7"),
        ("sign", "z_b = 0.4\nz_e = 0.5"),
        ("half-written", "z_b = -0.4\nz_e = ..."),
        ("wrong-type", "z_b = '-0.4'\nz_e = 0.5"),
        ("wrong-type", "z_b = [0.3, 0.5]\nz_e = 0.5"),
        ("nan", "z_b = float('nan')\nz_e = 0.5"),
        ("wrong-value", "z_b = -0.4\nz_e = 11"),
    ],
    "02.4": [
        ("shared-by-all", "class Dense:\n    def __init__(self, units):\n        self.units = units\n\n"
         "    def build(self, features, rng, dtype=float):\n"
         "        Dense.weights = rng.normal(size=(self.units, features))\n"
         "        Dense.bias = np.zeros((self.units, 1))\n\n"
         "    def __call__(self, inputs):\n        return Dense.weights @ inputs + Dense.bias"),
        ("shared-by-all", "class Dense:\n    def __init__(self, units):\n        self.units = units\n\n"
         "    def build(self, features, rng, dtype=float):\n"
         "        Dense.weights = rng.normal(size=(self.units, features)).astype(dtype)\n"
         "        Dense.bias = np.zeros((self.units, 1), dtype)\n\n    def __call__(self, inputs):\n"
         "        return self.weights @ inputs + self.bias"),
        ("reads-a-global", OWN_DENSE),
        ("build-missing", NO_BUILD),
        ("build-changed", OWN_BUILD.format("np.random.normal(size=(self.units, features))")),
        ("build-changed", OWN_BUILD.format("np.zeros((self.units, features))")),
        ("build-changed", OWN_BUILD.format("rng.normal(size=(features, self.units))")),
        ("wrong-type", "def Dense(units):\n    return None"),
        ("wrong-type", "Dense = 3"),
        ("wrong-type", "class Layer:\n    def __call__(self, inputs):\n        return inputs\nDense = Layer()"),
        ("raises-TypeError", "class Dense:\n    def __init__(self):\n        self.units = 1"),
    ],
    "02.5": [
        ("wrong-type", "sigmoid = 0.65"),
        ("raises-TypeError", "def sigmoid():\n    return 0.65"),
    ],
}

LETTERS = {
    "02.1": [("not-an-option", "e"), ("not-an-option", "b or c"), ("not-an-option", "")],
    "02.7": [("not-an-option", "d"), ("not-an-option", "all six"), ("not-an-option", "abc")],
    "02.8": [("not-an-option", "d"), ("not-an-option", "yes"), ("not-an-option", "")],
    "02.9": [
        ("extra-D", "E B D A C"),
        ("B-before-E", "B E F A C"),
        ("F-before-B", "E F B A C"),
        ("A-before-F", "E B A F C"),
        ("C-before-A", "E B F C A"),
        ("line-missing", "E B F A"),
        ("line-twice", "E B F A A"),
        ("not-an-option", "E B F A G"),
    ],
    "02.10": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
    "02.11": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "4, 200")],
}

ORDERS = {
    "02.9": (
        "weights, bias, labels = np.array([[2.0, 1.0]]), -1.5, np.array([[1, 0]])\n"
        "inputs = np.array([[0.8, 0.3], [0.5, 0.5]])",
        "accuracy == 1.0",
    ),
}
