"""Wrong answers to lesson 04, Measure the error."""

LOSS = "return -np.log(labels * output + (1 - labels) * (1 - output)).mean()"
SLOPE = "return (output - labels) / (output * (1 - output))"

BODIES = {
    "04.3": [
        ("squared-error", "return (labels - output) ** 2"),
        ("right-or-wrong", "return 1.0 * ((output > 0.5) == labels)"),
        ("output-alone", "return output.copy()"),
        ("zeros-left-out", "return labels * output"),
        ("ones-left-out", "return (1 - labels) * (1 - output)"),
        ("turned-round", "return labels * (1 - output) + (1 - labels) * output"),
        ("distance", "return output - labels"),
        ("surprise-too-early", "return -np.log(labels * output + (1 - labels) * (1 - output))"),
        ("returned-none", "given = labels * output + (1 - labels) * (1 - output)"),
        ("raises-ValueError", "return output if labels == 1 else 1 - output"),
        ("raises-NameError", "return label * output + (1 - label) * (1 - output)"),
        ("flat-vector", "return (labels * output + (1 - labels) * (1 - output)).ravel()"),
        ("call-too-many", "return (labels * output + (1 - labels) * (1 - output)).mean()"),
        ("transposed", "return (labels * output + (1 - labels) * (1 - output)).T"),
        ("changes-its-arguments", "output[labels == 0] = 1 - output[labels == 0]\nreturn output"),
        ("brackets-missing", "return labels * output + (1 - labels) * 1 - output"),
        ("two-pairs-missing", "return labels * output + 1 - labels * 1 - output"),
    ],
    "04.4": [
        ("arguments-exchanged", "return -(output * np.log(labels) + (1 - output) * np.log(1 - labels)).mean()"),
        ("nan", "given = labels * output + (1 - labels) * (1 - output)\nreturn np.mean(np.log(-given))"),
        ("minus-on-one-term", "return (-labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean()"),
        ("not-averaged", "return -np.log(labels * output + (1 - labels) * (1 - output))"),
        ("first-only", "for a, y in zip(output[0], labels[0]):\n    return -np.log(a if y else 1 - a)"),
        ("added-up", "return -np.log(labels * output + (1 - labels) * (1 - output)).sum()"),
        ("product-first", "given = labels * output + (1 - labels) * (1 - output)\n"
         "return -np.log(np.prod(given)) / given.size"),
        ("sign", "return np.log(labels * output + (1 - labels) * (1 - output)).mean()"),
        ("label-1-only", "return -(labels * np.log(output)).mean()"),
        ("label-ignored", "return -np.log(output).mean()"),
        ("squared-error", "return ((output - labels) ** 2).mean()"),
        ("other-logarithm", "return -np.log2(labels * output + (1 - labels) * (1 - output)).mean()"),
        ("log-of-the-mean", "return -np.log((labels * output + (1 - labels) * (1 - output)).mean())"),
        ("infinite", "return -np.log(labels * output).mean()"),
        ("returned-none", "loss = -np.log(labels * output + (1 - labels) * (1 - output)).mean()"),
        ("raises-TypeError", "import math\nreturn -math.log(labels * output + (1 - labels) * (1 - output))"),
        ("two-means", "return -np.log(output[labels == 1]).mean() - np.log(1 - output[labels == 0]).mean()"),
    ],
    "04.5": [
        ("half-written", (LOSS, "...")),
        ("minus-on-one-term",
         ("return (-labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean()", SLOPE)),
        ("signs-alike", (LOSS, "return -1 / (labels * output + (1 - labels) * (1 - output))")),
        ("signs-alike", (LOSS, "return 1 / (labels * output + (1 - labels) * (1 - output))")),
        ("sign", (LOSS, "return (labels - output) / (output * (1 - output))")),
        ("denominator-missing", (LOSS, "return output - labels")),
        ("divided-by-m", (LOSS, "return (output - labels) / (output * (1 - output)) / labels.shape[1]")),
        ("gradient-averaged", (LOSS, "return ((output - labels) / (output * (1 - output))).mean()")),
        ("label-1-only", (LOSS, "return -labels / output")),
        ("brackets-missing", (LOSS, "return (output - labels) / output * (1 - output)")),
        ("slope-of-the-square", (LOSS, "return 2 * (output - labels)")),
        ("loss-added-up", ("return -np.log(labels * output + (1 - labels) * (1 - output)).sum()", SLOPE)),
        ("loss-sign", ("return np.log(labels * output + (1 - labels) * (1 - output)).mean()", SLOPE)),
        ("returned-none", (LOSS, "slope = (output - labels) / (output * (1 - output))")),
        ("returned-none", ("loss = output.mean()", SLOPE)),
        ("half-written", (LOSS, "return ...")),
        ("raises-NameError", (LOSS, "return (a - y) / (a * (1 - a))")),
        ("flat-vector", (LOSS, "return ((output - labels) / (output * (1 - output))).ravel()")),
    ],
}

CELLS = {
    "04.2": [
        ("zero-left-out", "squared = 0.23\ncross = (0.223 + 1.609) / 3"),
        ("mean-missing", "squared = 0.69\ncross = 0.646"),
        ("divided-by-two", "squared = 0.69 / 2\ncross = 1.937 / 2"),
        ("divided-by-two", "squared = 0.23\ncross = 1.937 / 2"),
        ("last-only", "squared = 0.64\ncross = 1.609"),
        ("not-squared", "squared = 0.367\ncross = 0.646"),
        ("label-ignored", "squared = 0.03\ncross = 0.646"),
        ("mean-missing", "squared = 0.23\ncross = 1.935"),
        ("label-ignored", "squared = 0.23\ncross = 1.378"),
        ("label-ignored", "squared = 0.23\ncross = 0.184"),
        ("other-logarithm", "squared = 0.23\ncross = 0.280"),
        ("sign", "squared = 0.23\ncross = -0.646"),
        ("half-written", "squared = 0.23\ncross = ..."),
        ("wrong-value", "squared = 0.9\ncross = 0.646"),
        ("wrong-type", "squared = '0.23'\ncross = 0.646"),
    ],
    "04.5": [
        ("wrong-type", "BinaryCrossEntropy = 3"),
        ("raises-TypeError", "def cross_entropy(output, labels):\n    return 0.5\n\n\nclass BinaryCrossEntropy:\n"
         "    def __call__(self, output, labels):\n        return cross_entropy(self, output, labels)"),
        ("raises-TypeError", "class BinaryCrossEntropy:\n    def call(self, output, labels):\n        return 0.5"),
        ("raises-AttributeError", "class BinaryCrossEntropy:\n    def __call__(self, output, labels):\n        "
         "return -np.log(labels * output + (1 - labels) * (1 - output)).mean()"),
    ],
}  # fmt: skip

LETTERS = {
    "04.1": [("not-an-option", "d"), ("not-an-option", "ten"), ("not-an-option", "")],
    "04.6": [("not-an-option", "d"), ("not-an-option", "50"), ("not-an-option", "ab")],
    "04.7": [("not-an-option", "e"), ("not-an-option", "200"), ("not-an-option", "")],
    "04.8": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "0.5")],
    "04.9": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "(5, 5)")],
}
