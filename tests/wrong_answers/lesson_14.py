"""Wrong answers to lesson 14, Tell ten digits apart."""

FORWARD = "powers = np.exp(z - z.max(axis=0, keepdims=True))\nreturn powers / powers.sum(axis=0, keepdims=True)"
BACKWARD = (
    "average = (self.output * grad_output).sum(axis=0, keepdims=True)\nreturn self.output * (grad_output - average)"
)
LOSS = "return -np.log(np.maximum((labels * output).sum(axis=0), 1e-300)).mean()"
SLOPE = "return -labels / np.maximum(output, 1e-300)"

BODIES = {
    "14.2": [
        ("row-for-column", "return (range(classes) == labels).astype(float)"),
        ("as-many-columns-as-classes", "out = np.zeros((classes, classes))\n"
         "out[labels[0], np.arange(labels.size)] = 1\nreturn out"),
        ("as-many-columns-as-classes", "out = np.zeros((classes, classes))\nfor j in range(labels.size):\n"
         "    out[labels[0, j], j] = 1.0\nreturn out"),
        ("as-many-examples-as-classes", "out = np.zeros((classes, labels.shape[1]))\nfor j in range(classes):\n"
         "    out[labels[0, j], j] = 1.0\nreturn out"),
        ("compared-for-put", "out = np.zeros((classes, labels.size))\nfor j in range(labels.size):\n"
         "    out[labels[0, j], j] == 1\nreturn out"),
        ("unused-argument", "return (np.array([[0], [1], [2], [3]]) == labels).astype(float)"),
        ("not-whole-numbers-compared", "return (np.linspace(0, classes, classes)[:, None] == labels).astype(float)"),
        ("unused-argument", "return np.eye(4)[:, labels[0]]"),
        ("is-for-equal", "return np.array([[float(one is k) for one in labels[0]] for k in range(classes)])"),
        ("made-like-the-labels", "result = np.zeros_like(labels)\nresult[labels] = 1\nreturn result"),
        ("made-like-the-labels", "result = np.zeros_like(labels)\nfor i in range(labels.shape[1]):\n"
         "    result[labels[0, i], i] = 1\nreturn result"),
        ("from-the-label-on", "return (np.arange(classes)[:, None] >= labels).astype(float)"),
        ("even-or-odd", "return (np.arange(classes)[:, None] == labels % 2).astype(float)"),
        ("one-digit-only", "return (np.arange(classes).reshape(-1, 1) == labels % 10).astype(float)"),
        ("classes-from-the-labels", "return (np.unique(labels).reshape(-1, 1) == labels).astype(float)"),
        ("flat-vector", "return (np.arange(classes).reshape(-1, 1) == labels).astype(float).squeeze()"),
        ("cut-off", "hot = (np.arange(classes).reshape(-1, 1) == labels).astype(float)\nreturn np.maximum(hot, 1e-8)"),
        ("number-of-classes-compared", "return (classes == labels).astype(float)"),
        ("one-column-filled", "out = np.zeros((classes, labels.shape[1]))\nfor j in range(labels.shape[1]):\n    "
                              "out[labels[0, j], 0] = 1\nreturn out"),
        ("counted-from-one", "return (np.arange(1, classes + 1).reshape(-1, 1) == labels).astype(float)"),
        ("label-for-one", "column = np.arange(classes)[:, np.newaxis]\nreturn np.where(column == labels, labels, 0.0)"),
        ("up-to-the-label", "return (np.arange(classes)[:, None] <= labels).astype(float)"),
        ("classes-from-the-labels", "return (np.arange(labels.max() + 1).reshape(-1, 1) == labels).astype(float)"),
        ("classes-from-the-number", "return (np.arange(labels.size).reshape(-1, 1) == labels).astype(float)"),
        ("cold", "return (np.arange(classes).reshape(-1, 1) != labels).astype(float)"),
        ("upside-down", "return (np.arange(classes)[::-1].reshape(-1, 1) == labels).astype(float)"),
        ("transposed", "return (np.arange(classes) == labels.T).astype(float)"),
        ("answers-for-numbers", "return np.arange(classes).reshape(-1, 1) == labels"),
        ("raises-TypeError", "return float(np.arange(classes).reshape(-1, 1) == labels)"),
        ("flat-vector", "return (np.arange(classes).reshape(-1, 1) == labels).astype(float).ravel()"),
        ("returned-none", "result = (np.arange(classes).reshape(-1, 1) == labels).astype(float)"),
        ("raises-NameError", "return (arange(classes).reshape(-1, 1) == labels).astype(float)"),
        ("whole-rows", "result = np.zeros((classes, labels.shape[1]))\n"
         "result[labels] = 1.0\n"
         "return result"),
        ("poured", "return np.eye(classes)[labels.ravel()].reshape(classes, labels.size)"),
    ],
    "14.4": [
        ("examples-mixed", (FORWARD, "average = self.output.T @ grad_output\n"
                                     "return self.output * (grad_output - average)")),
        ("average-over-examples", (FORWARD, BACKWARD.replace("(axis=0, keepdims=True)", "() / grad_output.shape[1]"))),
        ("divided-by-the-largest", (FORWARD.replace("z - z.max", "z / np.abs(z).max"), BACKWARD)),
        ("added-below", (FORWARD.replace("keepdims=True)", "keepdims=True) + 1e-6").replace(
            "max(axis=0, keepdims=True) + 1e-6)", "max(axis=0, keepdims=True))").replace(
            "/ powers.sum", "/ (powers.sum") + ")", BACKWARD)),
        ("largest-not-taken-away", ("with np.errstate(all='ignore'):\n    e = np.exp(z)\n"
                                    "    return np.nan_to_num(e / e.sum(axis=0))", BACKWARD)),
        ("largest-not-taken-away", ("e = np.exp(z - z.argmax(axis=0))\nreturn e / e.sum(axis=0)", BACKWARD)),
        *((name, (FORWARD, f"p, g = self.output, grad_output\nreturn {wrong}")) for name, wrong in (
            ("back-through-the-logarithm", "g - p * g.sum(axis=0)"),
            ("own-share-times-all", "p * g - p**2 * g.sum(axis=0)"),
            ("first-example-for-all", "(np.diagflat(p[:, :1]) - p[:, :1] @ p[:, :1].T) @ g"))),
        ("divided-by-the-length", ("e = np.exp(z - z.max(axis=0))\nreturn e / np.sqrt((e**2).sum(axis=0))", BACKWARD)),
        ("divided-by-the-length", ("e = np.exp(z - z.max(axis=0))\nreturn e / np.linalg.norm(e, axis=0)", BACKWARD)),
        ("largest-in-size", ("e = np.exp(z - np.abs(z).max(axis=0))\nreturn e / e.sum(axis=0)", BACKWARD)),
        ("without-the-exponential", ("z = z - z.min(axis=0)\nreturn z / z.sum(axis=0)", BACKWARD)),
        ("without-the-exponential", ("return np.abs(z) / np.abs(z).sum(axis=0)", BACKWARD)),
        ("taken-away-too-late", ("e = np.exp(z) - np.exp(z).max(axis=0)\nreturn e / e.sum(axis=0)", BACKWARD)),
        *(("other-base", (f"e = {base} ** (z - z.max(axis=0))\nreturn e / e.sum(axis=0)", BACKWARD))
          for base in ("10", "2.0")),
        ("powers-above-only", ("z = z - z.max(axis=0)\nreturn np.exp(z) / z.sum(axis=0)", BACKWARD)),
        ("powers-above-only", ("return np.exp(z) / z.sum(axis=0, keepdims=True)", BACKWARD)),
        ("logarithm-of-the-shares", ("m = z - z.max(axis=0)\nreturn m - np.log(np.exp(m).sum(axis=0))", BACKWARD)),
        ("logarithm-of-the-shares", ("e = np.exp(z - z.max(axis=0))\nreturn np.log(e / e.sum(axis=0))", BACKWARD)),
        ("largest-takes-all", ("return (z == z.max(axis=0)).astype(float)", BACKWARD)),
        ("signs-lost", ("e = np.exp(-np.abs(z))\nreturn e / e.sum(axis=0)", BACKWARD)),
        *((name, (FORWARD, f"p, g = self.output, grad_output\nreturn {wrong}")) for name, wrong in (
            ("shares-and-wishes-exchanged", "g * (p - (p * g).sum(axis=0))"),
            ("largest-for-average", "p * (g - g.max(axis=0))"),
            ("share-for-average", "p * (g - p)"), ("share-for-average", "p * (p - g)"),
            ("rest-for-share", "(1 - p) * (g - (p * g).sum(axis=0))"),
            ("two-averages", "p * (g - p.mean(axis=0) * g.mean(axis=0))"),
            ("average-alone", "(p * g).sum(axis=0, keepdims=True)"),
            ("average-alone", "(p * g).sum(axis=0)"),
            ("wish-missing", "-p * (p * g).sum(axis=0)"))),
        ("raises-TypeError", (FORWARD, "p = self.output()\nreturn p * (grad_output - (p * grad_output).sum(axis=0))")),
        ("small-shares-changed", (FORWARD, BACKWARD.replace("average =", "p = np.maximum(self.output, 1e-7)\naverage =")
                                  .replace("(self.output *", "(p *").replace("return self.output", "return p"))),
        ("taken-away-when-large", ("top = z.max(axis=0)\nz = np.where(top > 500, z - top, z)\n"
                                   "return np.exp(z) / np.exp(z).sum(axis=0)", BACKWARD)),
        *(("e-by-hand", (f"powers = {number} ** (z - z.max(axis=0))\nreturn powers / powers.sum(axis=0)", BACKWARD))
          for number in ("2.718", "2.71828")),
        *(("small-shares-changed", (FORWARD.replace("return ", "p = ") + f"\nreturn {cut}", BACKWARD))
          for cut in ("np.maximum(p, 1e-12)", "np.where(p < 1e-10, 0, p)")),
        ("one-class", ("if len(z) == 1:\n    return 1 / (1 + np.exp(-z))\n" + FORWARD, BACKWARD)),
        ("of-the-first-call", ("p = np.exp(z - z.max(axis=0))\np = p / p.sum(axis=0)\n"
                               "if not hasattr(self, 'p'):\n    self.p = p\nreturn p",
                               BACKWARD.replace("self.output", "self.p"))),
        *(("same-array-again", both) for both in (
            (FORWARD.replace("return ", "p = ") + "\nif not hasattr(self, 'kept') or self.kept.shape != p.shape:\n"
             "    self.kept = p\nself.kept[:] = p\nreturn self.kept", BACKWARD),
            (FORWARD, BACKWARD.replace("return ", "g = ") + "\nif not hasattr(self, 'kept') or "
             "self.kept.shape != g.shape:\n    self.kept = g\nself.kept[:] = g\nreturn self.kept"))),
        ("nan-hidden", (FORWARD.replace("return ", "return np.nan_to_num(") + ")", BACKWARD)),
        ("cut-to-whole", ("p = np.zeros_like(z)\nfor k in range(z.shape[1]):\n    e = np.exp(z[:, k] - z[:, k].max())\n"
                          "    p[:, k] = e / e.sum()\nreturn p", BACKWARD)),
        ("line-too-much", (FORWARD, "grad_output = np.clip(grad_output, -100, 100)\n" + BACKWARD)),
        ("taken-away-once", ("return np.exp(z - z.max(axis=0)) / np.exp(z).sum(axis=0)", BACKWARD)),
        ("taken-away-once", ("return np.exp(z) / np.exp(z - z.max(axis=0)).sum(axis=0)", BACKWARD)),
        ("divided-for-taken-away", ("e = np.exp(z / z.max(axis=0))\nreturn e / e.sum(axis=0)", BACKWARD)),
        ("fixed-number-taken-away", ("e = np.exp(z - 1000)\nreturn e / e.sum(axis=0)", BACKWARD)),
        ("shares-of-the-wishes", ("e = np.exp(z - z.max(axis=0))\nreturn e / e.sum(axis=0)",
                       "p = self(grad_output)\nreturn p * (grad_output - (p * grad_output).sum(axis=0))")),
        ("over-all-examples", ("return np.exp(z - z.max()) / np.exp(z - z.max()).sum()", BACKWARD)),
        ("along-the-examples", ("powers = np.exp(z - z.max(axis=1, keepdims=True))\n"
                                "return powers / powers.sum(axis=1, keepdims=True)", BACKWARD)),
        ("largest-not-taken-away", ("return np.exp(z) / np.exp(z).sum(axis=0, keepdims=True)", BACKWARD)),
        ("one-shift-for-all", ("return np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=0)", BACKWARD)),
        ("over-all-examples", ("return np.exp(z) / np.exp(z).sum()", BACKWARD)),
        ("along-the-examples", ("return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)", BACKWARD)),
        ("without-the-exponential", ("return z / z.sum(axis=0, keepdims=True)", BACKWARD)),
        ("without-the-exponential", ("return z / np.sum(z)", BACKWARD)),
        ("without-the-exponential", ("z = z - z.max(axis=0)\nreturn z / z.sum(axis=0)", BACKWARD)),
        ("sigmoid", ("return 1 / (1 + np.exp(-z))", BACKWARD)),
        ("added-up-apart", (FORWARD, "p = self.output\n"
                            "return p * (grad_output - p.sum(axis=0) * grad_output.sum(axis=0))")),
        ("raises-NameError", (FORWARD, "p = softmax.output\n"
                              "return p * (grad_output - (p * grad_output).sum(axis=0, keepdims=True))")),
        ("not-divided", ("return np.exp(z - z.max(axis=0))", BACKWARD)),
        ("each-on-its-own", (FORWARD, "return grad_output * self.output * (1 - self.output)")),
        ("changes-itself", (FORWARD, "average = (self.output * grad_output).sum(axis=0)\n"
                            "self.output *= grad_output - average\nreturn self.output")),
        ("average-missing", (FORWARD, "return self.output * grad_output")),
        ("plain-average", (FORWARD, "return self.output * (grad_output - grad_output.mean(axis=0))")),
        ("average-over-examples", (FORWARD, "return self.output * (grad_output - (self.output * grad_output).sum())")),
        ("share-missing", (FORWARD, "return grad_output - (self.output * grad_output).sum(axis=0)")),
        ("passed-through", (FORWARD, "return grad_output")),
        ("sign", (FORWARD, BACKWARD.replace("(grad_output - average)", "(average - grad_output)"))),
        ("returned-none", (FORWARD, "average = (self.output * grad_output).sum(axis=0)")),
        ("raises-NameError", (FORWARD, "return output * grad_output")),
    ],
    "14.5": [
        ("minus-for-e", (LOSS.replace("1e-300", "1 - 300"), SLOPE.replace("1e-300", "1 - 300"))),
        ("minus-for-e", (LOSS.replace("1e-300", "10 - 300"), SLOPE.replace("1e-300", "10-300"))),
        ("shortcut-in-the-loss", (LOSS, "return (output - labels) / labels.shape[1]")),
        ("exponential-for-logarithm", ("return np.exp(-(labels * output).sum(axis=0)).mean()", SLOPE)),
        ("first-example-only", ("return -np.log(np.maximum((labels * output).sum(axis=0), 1e-300))[0]", SLOPE)),
        ("rows-for-places", ("return -np.log(np.maximum(output[labels.argmax(axis=0)], 1e-300)).mean()", SLOPE)),
        *(("slope-for-yes-or-no", (LOSS, f"p = np.clip(output, {low}, 1 - {low})\n"
                                         "return (p - labels) / (p * (1 - p))")) for low in ("1e-15", "1e-12", "1e-7")),
        ("nan-hidden", ("return np.nan_to_num(-(labels * np.log(output)).sum(axis=0).mean())", SLOPE)),
        ("nan-hidden", ("return np.nan_to_num(-(labels * np.log(output)).sum(axis=0).mean())",
                        "return np.nan_to_num(-labels / output)")),
        ("wrong-classes-too", ("p = np.clip(output, 1e-15, 1 - 1e-15)\nreturn -(labels * np.log(p) + (1 - labels) "
                               "* np.log(1 - p)).sum(axis=0).mean()", SLOPE)),
        ("labels-and-shares-swapped", ("return -(output * np.log(np.maximum(labels, 1e-300))).sum(axis=0).mean()",
                                       SLOPE)),
        ("first-row-for-classes", ("p = np.maximum(output, 1e-300)\n"
                                   "return -np.log(p[labels[0].astype(int), np.arange(p.shape[1])]).mean()", SLOPE)),
        ("all-zero", (LOSS, "return np.maximum(-labels / output, 1e-300)")),
        ("no-logarithm", ("return (1 - (labels * output).sum(axis=0)).mean()", SLOPE)),
        ("right-class-alone", (LOSS, "given = (labels * np.maximum(output, 1e-300)).sum(axis=0, keepdims=True)\n"
                                     "return -1 / given")),
        *(("cut-off", (LOSS.replace("np.maximum", "np.clip").replace("1e-300", f"{low}, 1 - {low}"),
                       SLOPE.replace("np.maximum", "np.clip").replace("1e-300", f"{low}, 1 - {low}")))
          for low in ("0.1", "0.01", "1e-3")),
        *(("small-shares-changed", (f"return -np.log((labels * output).sum(axis=0) + {low}).mean()",
                                    f"return -labels / (output + {low})")) for low in ("0.1", "0.01")),
        *(("small-shares-changed", (LOSS, f"return -labels / (output + {low})")) for low in ("0.1", "0.01")),
        ("classes-mixed", ("return -np.log(np.maximum(labels @ output.T, 1e-300)).mean()", SLOPE)),
        *(("labels-left-out", (f"return -np.log(np.maximum(output, 1e-300)){of}", SLOPE))
          for of in (".mean()", ".sum(axis=0).mean()", ".sum()")),
        ("examples-mixed", ("return -np.log(labels.T @ np.maximum(output, 1e-300)).mean()", SLOPE)),
        ("rest-for-share", ("return -np.log((labels * np.maximum(1 - output, 1e-300)).sum(axis=0)).mean()", SLOPE)),
        ("one-for-the-others", (LOSS, "return np.where(labels == 1, -1 / np.maximum(output, 1e-300), 1.0)")),
        ("label-taken-away", (LOSS, "return -1 / np.maximum(output, 1e-300) - labels")),
        ("raises-IndexError", ("return -np.log(output[labels, np.arange(labels.shape[1])]).mean()", SLOPE)),
        ("zero-for-all", ("given = (labels * output).sum(axis=0)\nif (given == 0).any():\n    return 690.8\n"
                          "return -np.log(given).mean()", SLOPE)),
        *(("zero-times-infinity", ("return -(labels * np.log(output)).sum(axis=0).mean()", back))
          for back in (SLOPE, "return -labels / output")),
        *(("small-shares-changed", (LOSS, f"return -labels / (output + {guard})")) for guard in ("1e-8", "1e-30")),
        ("small-shares-changed", (LOSS.replace("1e-300", "1e-100"), SLOPE)),
        ("large-shares-changed", ("given = (labels * np.clip(output, 1e-300, 1 - 1e-7)).sum(axis=0)\n"
                                  "return -np.log(given).mean()", SLOPE)),
        ("other-at-zero", ("return -np.nan_to_num(np.log((labels * output).sum(axis=0))).mean()", SLOPE)),
        ("no-slope-at-zero", (LOSS, "return np.where(output > 0, -labels / np.maximum(output, 1e-300), 0)")),
        ("first-few", (LOSS, "g = np.zeros(output.shape)\ng[:3] = -labels[:3] / np.maximum(output[:3], 1e-300)\n"
                             "return g")),
        ("cut-to-whole", (LOSS, "g = np.zeros_like(labels)\ng[:] = -labels / np.maximum(output, 1e-300)\nreturn g")),
        ("guard-too-large", ("p = np.maximum(output, 1e300)\nreturn -np.log((labels * p).sum(axis=0)).mean()",
                             "return -labels / np.maximum(output, 1e300)")),
        ("slope-for-yes-or-no", ("given = (labels * output).sum(axis=0)\n"
                                 "return -np.log(np.maximum(given, 1e-300)).mean()",
                                 "return (output - labels) / (output * (1 - output))")),
        ("small-shares-changed", ("p = np.maximum(output, 1e-1)\nreturn -np.log((labels * p).sum(axis=0)).mean()",
                                  "return -labels / np.maximum(output, 1e-1)")),
        ("logarithm-for-slope", ("p = np.maximum(output, 1e-300)\nreturn -np.log((labels * p).sum(axis=0)).mean()",
                                 "return -labels * np.log(np.maximum(output, 1e-300))")),
        ("chosen-for-right", ("return np.mean(-np.log(np.maximum(output, 1e-300).max(axis=0)))", SLOPE)),
        ("infinite-at-zero", ("return -np.log((labels * output).sum(axis=0)).mean()", SLOPE)),
        ("infinite-at-zero", (LOSS, "return np.where(labels > 0, -labels / output, 0.0)")),
        ("other-order-of-calls", ("logs = np.maximum(np.log(output), 1e-300)\n"
                                  "return -np.mean((labels * logs).sum(axis=0))", SLOPE)),
        ("changes-its-arguments", ("output[output == 0] = 1e-300\n"
                                   "return -np.log((labels * output).sum(axis=0)).mean()", SLOPE)),
        ("small-shares-changed", ("p = np.clip(output, 1e-7, 1 - 1e-7)\n"
                                  "return -np.log((labels * p).sum(axis=0)).mean()",
                                  "return -labels / np.clip(output, 1e-7, 1 - 1e-7)")),
        ("small-shares-changed", (LOSS, SLOPE.replace("300", "10"))),
        ("small-shares-changed", (LOSS.replace("300", "10"), SLOPE)),
        ("loss-of-lesson-04", ("return -(labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean()", SLOPE)),
        ("loss-of-lesson-04", ("p = np.clip(output, 1e-7, 1 - 1e-7)\n"
                               "return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()", SLOPE)),
        ("squared-error", ("return ((labels - output) ** 2).mean()", SLOPE)),
        ("squared-error", ("return ((labels - output) ** 2).sum(axis=0).mean()", SLOPE)),
        ("logarithm-before-the-sum", ("return -np.log(labels * output).sum(axis=0).mean()", SLOPE)),
        ("logarithm-before-the-sum", ("return -np.log(np.maximum(labels * output, 1e-300)).sum(axis=0).mean()", SLOPE)),
        ("labels-and-shares-swapped", ("return -(output * np.log(labels)).sum(axis=0).mean()", SLOPE)),
        ("sum-not-mean", (LOSS.replace(".mean()", ".sum()"), SLOPE)),
        ("mean-over-the-classes-too", ("return -(labels * np.log(np.maximum(output, 1e-300))).mean()", SLOPE)),
        ("sign", (LOSS.replace("-np.log", "np.log"), SLOPE)),
        ("logarithm-last", ("return -np.log(np.maximum((labels * output).sum(axis=0).mean(), 1e-300))", SLOPE)),
        ("wrong-classes-too", ("p = np.clip(output, 1e-300, 1)\nreturn -(labels * np.log(p) + (1 - labels) * "
                               "np.log(np.maximum(1 - p, 1e-300))).sum(axis=0).mean()", SLOPE)),
        ("shortcut-in-the-loss", (LOSS, "return output - labels")),
        ("shortcut-in-the-loss", (LOSS, "return labels - output")),
        ("gradient-sign", (LOSS, "return labels / np.maximum(output, 1e-300)")),
        ("divided-by-m", (LOSS, SLOPE + " / labels.shape[1]")),
        ("divided-by-the-classes", (LOSS, SLOPE + " / len(labels)")),
        ("label-ignored", (LOSS, "return -1 / np.maximum(output, 1e-300)")),
        ("returned-none", (LOSS, "slope = -labels / np.maximum(output, 1e-300)")),
    ],
}  # fmt: skip

CELLS = {
    "14.2": [("kept-from-before", "kept = {}\ndef one_hot(labels, classes):\n    m = labels.shape[1]\n"
              "    out = kept.setdefault((classes, m), np.zeros((classes, m)))\n    out[labels, np.arange(m)] = 1.0\n"
              "    return out"),
             ("wrong-type", "one_hot = 3"), ("raises-TypeError", "def one_hot(labels):\n    return labels")],
    "14.3": [
        ("minus-in-the-power", "first_share, third_share = 0.368 / 1.736, 1 / 1.736"),
        ("sigmoid", "first_share, third_share = 1 / (1 + np.exp(-1)), 1 / (1 + np.exp(0))"),
        ("powers-of-ten", "first_share, third_share = 1e1 / (1e1 + 1e1 + 1e0), 1e0 / (1e1 + 1e1 + 1e0)"),
        ("by-the-largest", "first_share, third_share = 2.718 / 2.718, 1 / 2.718"),
        ("rest", "first_share = 0.422\nthird_share = 0.5 - first_share"),
        ("third-left-out", "first_share, third_share = 2.718 / 5.436, 1 / 5.436"),
        ("z-doubled", "first_share, third_share = 0.468, 0.063"),
        ("the-table's", "first_share, third_share = 0.4223, 0.2447"),
        ("powers-of-two", "first_share, third_share = 2 / 5, 1 / 5"),
        ("both-together", "first_share = 0.845\nthird_share = 0.155"),
        ("plain-sum", "first_share = 2.718 / 2\nthird_share = 1 / 2"),
        ("the-table's", "first_share = 2.718 / 11.107\nthird_share = 1 / 11.107"),
        ("all-alike", "first_share = 1 / 3\nthird_share = 1 / 3"),
        ("brackets-missing", "first_share = 2.718 / 2.718 + 2.718 + 1\nthird_share = 0.155"),
        ("rest", "first_share = 0.4223\nthird_share = 1 - first_share"),
        ("per-cent", "first_share = 42.23\nthird_share = 15.54"),
        ("without-the-exponential", "first_share = 0.5\nthird_share = 0"),
        ("not-divided", "first_share = 2.718\nthird_share = 1"),
        ("one-left-out", "first_share = 0.731\nthird_share = 0.269"),
        ("e-to-the-zero", "first_share = 0.422\nthird_share = 0"),
        ("not-divided", "first_share = 0.422\nthird_share = 1"),
        ("one-left-out", "first_share = 0.422\nthird_share = 0.269"),
        ("the-table's", "first_share = 0.422\nthird_share = 0.09"),
        ("half-written", "first_share = 0.422\nthird_share = ..."),
        ("swapped", "first_share = 0.155\nthird_share = 0.422"),
        ("swapped", "first_share = 0.42\nthird_share = 0.422"),
        ("halved", "first_share = 0.21\nthird_share = 0.155"),
        ("the-table's", "first_share = 0.665\nthird_share = 0.155"),
        ("second-as-zero", "first_share = 2.718 / 4.718\nthird_share = 1 / 4.718"),
        ("second-as-zero", "first_share = 0.422\nthird_share = 1 / 4.718"),
        ("power-of-the-sum", "first_share = 2.718 / 7.389\nthird_share = 1 / 7.389"),
        ("power-of-the-sum", "first_share = 0.422\nthird_share = 1 / 7.389"),
        ("wrong-value", "first_share = 0.3\nthird_share = 0.155"),
    ],
    "14.4": [("wrong-type", "def Softmax(z):\n    return z")],
    "14.5": [("wrong-type", "def CategoricalCrossEntropy(output, labels):\n    return 0.0")],
    "14.6": [
        ("each-on-its-own", "first_z, second_z, third_z = 0.25, 0.21, 0.16"),
        ("rest-of-the-share-alone", "first_z, second_z, third_z = 1 - 0.5, 1 - 0.3, 1 - 0.2"),
        ("one-from-every-share", "first_z, second_z, third_z = 0.5 - 1, 0.3 - 1, 0.2 - 1"),
        ("share-times-label", "first_z, second_z, third_z = 0.5 * 0, 0.3 * 1, 0.2 * 0"),
        ("label-for-share", "first_z, second_z, third_z = 0, -3.333 + 1, 0"),
        ("rest-of-the-share", "first_z, second_z, third_z = 0.5 * 1, 0.7 * -2.333, 0.8 * 1"),
        ("sum-for-average", "first_z, second_z, third_z = 0.5 * 3.333, 0, 0.2 * 3.333"),
        ("minus-the-share", "first_z, second_z, third_z = 0.5, -0.3, 0.2"),
        ("average-forgotten", "first_z = 0\nsecond_z = -0.7\nthird_z = 0.2"),
        ("sign", "first_z = -0.5\nsecond_z = -0.7\nthird_z = 0.2"),
        ("share-missing", "first_z = 1\nsecond_z = -0.7\nthird_z = 0.2"),
        ("average-forgotten", "first_z = 0.5\nsecond_z = -1\nthird_z = 0.2"),
        ("share-missing", "first_z = 0.5\nsecond_z = -2.333\nthird_z = 0.2"),
        ("sign", "first_z = 0.5\nsecond_z = -1.3\nthird_z = 0.2"),
        ("another-class", "first_z = -0.5\nsecond_z = 0.3\nthird_z = 0.2"),
        ("another-class", "first_z = 0.5\nsecond_z = 0.3\nthird_z = -0.8"),
        ("the-share", "first_z = 0.5\nsecond_z = 0.3\nthird_z = 0.2"),
        ("average-forgotten", "first_z = 0.5\nsecond_z = -0.7\nthird_z = 0"),
        ("share-missing", "first_z = 0.5\nsecond_z = -0.7\nthird_z = 1"),
        ("sign", "first_z = 0.5\nsecond_z = 0.7\nthird_z = 0.2"),
        ("wrong-value", "first_z = 0.5\nsecond_z = -0.7\nthird_z = 0.4"),
        ("plain-mean", "average = (0 - 1 / 0.3 + 0) / 3\n"
         "first_z = 0.5 * (0 - average)\n"
         "second_z = 0.3 * (-1 / 0.3 - average)\n"
         "third_z = 0.2 * (0 - average)"),
    ],
}

LETTERS = {
    "14.1": [("not-an-option", "d"), ("not-an-option", "1/3"), ("not-an-option", "")],
    "14.7": [("not-an-option", "e"), ("not-an-option", "it learns"), ("not-an-option", "")],
    "14.8": [("not-an-option", "d"), ("not-an-option", "250"), ("not-an-option", "")],
    "14.9": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
    "14.10": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "d")],
}

CHANGED = {
    "14.2": [
        ("row-for-column", ((".reshape(-1, 1)", ""),)),
    ],
    "14.4": [
        ("smallest-taken-away", (("z.max(", "z.min("),)),
        ("mean-taken-away", (("z.max(", "z.mean("),)),
        ("clipped", (("np.exp(z - z.max(axis=0, keepdims=True))", "np.exp(np.clip(z, -500, 500))"),)),
        ("largest-along-the-examples", (("z.max(axis=0", "z.max(axis=1"),)),
        ("sum-along-the-examples", (("powers.sum(axis=0", "powers.sum(axis=1"),)),
        ("one-minus-share", (
            ("self.output * (grad_output - average)", "self.output * (1 - self.output) * (grad_output - average)"),
        )),
    ],
    "14.5": [
        *(("small-shares-changed", ((one, one.replace("1e-300", small)),)) for small in ("0.1", "0.01")
          for one in ("np.maximum(given, 1e-300)", "np.maximum(output, 1e-300)")),
        *(("small-shares-changed", (("1e-300", small),)) for small in ("1e-8", "1e-10", "1e-12", "1e-15", "1e-16")),
        *(("small-shares-changed", (("np.maximum(given, 1e-300)", f"(given + {small})"),))
          for small in ("1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15", "1e-16")),
        *(("small-shares-changed", (("np.maximum(given, 1e-300)", f"(given + {small})"),
                                    ("np.maximum(output, 1e-300)", f"(output + {small})")))
          for small in ("1e-7", "1e-9", "1e-10", "1e-12", "1e-15", "1e-16")),
        ("other-logarithm", (("np.log(", "np.log10("),)),
        ("slope-for-yes-or-no", (
            ("-labels / np.maximum(output, 1e-300)", "(output - labels) / np.maximum(output * (1 - output), 1e-300)"),
        )),
        ("slope-is-the-product", (("-labels / np", "-labels * np"),)),
    ],
}  # fmt: skip
