"""Wrong answers to lesson 06, Apply the chain rule by hand."""

BEND = "a1, a2 = max(0.0, z1), max(0.0, z2)\n"
SECOND = "z2 = w21 * x1 + w22 * x2 + b2\n"
OUT = "output = v1 * a1 + v2 * a2 + c\n"
FIVE = "return np.array([z1, z2, a1, a2, output])"
UP = "up = 2 * (output - y)\n"
HIDDEN = "g1, g2 = up * v1 * (z1 > 0), up * v2 * (z2 > 0)\n"
NINE = "return np.array([g1 * x1, g1 * x2, g2 * x1, g2 * x2, g1, g2, up * a1, up * a2, up])"

BODIES = {
    "06.3": [
        ("wrong-shape", "up = 2 * (weights @ inputs + bias - label)\nreturn up * np.array([inputs[0], inputs[1]])"),
        *(("sign-alone", f"return {two}np.sign(weights @ inputs + bias - label) * inputs") for two in ("", "2 * ")),
        ("local-missing", "return np.full(len(weights), 2 * (weights @ inputs + bias - label))"),
        ("filled-too-late", "z, gradient = bias, np.zeros(len(weights))\nfor i in range(len(weights)):\n"
         "    z = z + weights[i] * inputs[i]\n    gradient[i] = 2 * (z - label) * inputs[i]\nreturn gradient"),
        ("bias-besides", "up = 2 * (weights @ inputs + bias - label)\nreturn np.append(up * inputs, up)"),
        ("extra-axis", "return (2 * (weights @ inputs + bias - label) * inputs)[:, None]"),
        ("first-few", "return 2 * (weights[0] * inputs[0] + bias - label) * inputs"),
        ("place-by-value", "every, made = inputs.tolist(), np.zeros(len(inputs))\n"
         "for one in every:\n"
         "    made[every.index(one)] = 2 * (weights @ inputs + bias - label) * one\n"
         "return made"),
        ("place-by-value", "every = weights.tolist()\n"
         "return np.array([2 * (weights @ inputs + bias - label) * "
         "inputs[every.index(w)] for w in every])"),
        ("place-by-value", "return 2 * (sum(set((weights * inputs).tolist())) + bias - label) * inputs"),
        ("first-few", "return 2 * (weights[:3] @ inputs[:3] + bias - label) * inputs"),
        ("label-as-yes-or-no", "return 2 * (weights @ inputs + bias - (label > 0.5)) * inputs"),
        ("bent", "z = weights @ inputs + bias\n"
         "return 2 * (max(z, 0) - label) * inputs * (z > 0)"),
        ("same-array-again", "neuron_gradient.kept = getattr(neuron_gradient, 'kept', {})\n"
         "kept = neuron_gradient.kept.setdefault(inputs.shape, np.empty(inputs.shape))\n"
         "kept[...] = 2 * (weights @ inputs + bias - label) * inputs\n"
         "return kept"),
        ("loss-returned", "return (weights @ inputs + bias - label) ** 2"),
        ("squeezed", "a = 1 / (1 + np.exp(-(weights @ inputs + bias)))\nreturn 2 * (a - label) * inputs"),
        ("added-in-each", "z = np.sum(weights * inputs + bias)\nreturn 2 * (z - label) * inputs"),
        ("two-missing", "return (weights @ inputs + bias - label) * inputs"),
        ("local-missing", "return 2 * (weights @ inputs + bias - label)"),
        ("upstream-missing", "return inputs.copy()"),
        ("weights-for-inputs", "return 2 * (weights @ inputs + bias - label) * weights"),
        ("bias-missing", "return 2 * (weights @ inputs - label) * inputs"),
        ("label-missing", "return 2 * (weights @ inputs + bias) * inputs"),
        ("loss-for-slope", "return (weights @ inputs + bias - label) ** 2 * inputs"),
        ("added-up", "return (2 * (weights @ inputs + bias - label) * inputs).sum()"),
        ("sign", "return 2 * (label - weights @ inputs - bias) * inputs"),
        ("already-updated", "return weights - 0.1 * 2 * (weights @ inputs + bias - label) * inputs"),
        ("return-in-the-loop", "for x in inputs:\n    return 2 * (weights @ inputs + bias - label) * x"),
        ("raises-TypeError", "w, x, y = 1.5, 2.0, 1.0\nreturn 2 * (w @ x - y) * x"),
        ("extra-axis", "return (2 * (weights @ inputs + bias - label) * inputs).reshape(-1, 1)"),
        ("returned-none", "gradient = 2 * (weights @ inputs + bias - label) * inputs"),
        ("raises-NameError", "return 2 * (z - label) * inputs"),
        ("changes-its-arguments", "inputs *= 2 * (weights @ inputs + bias - label)\nreturn inputs"),
        *(("measured-roughly", "gradient = np.zeros(len(weights))\nfor i in range(len(weights)):\n"
           f"    moved = weights.copy()\n    moved[i] += {step}\n"
           "    rise = (moved @ inputs + bias - label) ** 2 - (weights @ inputs + bias - label) ** 2\n"
           f"    gradient[i] = rise / {step}\nreturn gradient") for step in (0.1, 0.001, 1e-5)),
        ("filled-too-late", "z, gradient = bias, np.zeros(len(weights))\n"
         "for i in range(len(weights)):\n"
         "    z += weights[i] * inputs[i]\n"
         "    gradient[i] = 2 * (z - label) * inputs[i]\n"
         "return gradient"),
    ],
    "06.5": [
        ("squeezed", SECOND + BEND + OUT.replace("v1 * a1 + v2 * a2 + c", "1 / (1 + np.exp(-(v1 * a1 + v2 * a2 + c)))")
         + FIVE),
        ("wrong-shape", SECOND + BEND + OUT + FIVE.replace("a1, ", "")),
        ("wrong-shape", SECOND + BEND + OUT + FIVE.replace("output]", "output, (output - 1) ** 2]")),
        ("wrong-shape", SECOND + BEND + OUT + FIVE.replace("[z1", "[*x, z1")),
        ("one-bend-for-both", SECOND + "a1, a2 = (z1, z2) if z1 > 0 and z2 > 0 else (0, 0)\n" + OUT + FIVE),
        ("inputs-for-outputs", SECOND + BEND + "output = v1 * x1 + v2 * x2 + c\n" + FIVE),
        ("sums-multiplied", SECOND + BEND + "output = (v1 + v2) * (a1 + a2) + c\n" + FIVE),
        ("larger-z-for-both", SECOND + "a1 = a2 = max(z1, z2)\n" + OUT + FIVE),
        ("output-missing", SECOND + BEND + "return np.array([z1, z2, a1, a2])"),
        ("inputs-swapped", "z2 = w21 * x2 + w22 * x1 + b2\n" + BEND + OUT + FIVE),
        ("unused-numbers", SECOND + BEND + "output = v1 * a1 + v2 * a2 + b2\n" + FIVE),
        ("leaks", SECOND + "a1, a2 = max(z1, 0.01 * z1), max(z2, 0.01 * z2)\n" + OUT + FIVE),
        ("cut-off-above", SECOND + "a1, a2 = min(max(z1, 0), 6), min(max(z2, 0), 6)\n" + OUT + FIVE),
        ("loss-for-output", SECOND + BEND + "output = (v1 * a1 + v2 * a2 + c - 1) ** 2\n" + FIVE),
        ("same-array-again", SECOND + BEND + OUT + "forward_by_hand.kept = kept = "
         "getattr(forward_by_hand, 'kept', np.zeros(5))\n"
         "kept[:] = z1, z2, a1, a2, output\nreturn kept"),
        ("another-bend", SECOND + "a1, a2 = 1 / (1 + np.exp(-z1)), 1 / (1 + np.exp(-z2))\n" + OUT + FIVE),
        ("another-bend", SECOND + "a1, a2 = np.tanh(z1), np.tanh(z2)\n" + OUT + FIVE),
        *(("always-off", SECOND + f"a1, a2 = {bends}\n" + OUT + FIVE)
          for bends in ("max(0, z1), 0", "0, max(0, z2)", "0, 0")),
        ("z-overwritten", SECOND + "z1, z2 = max(0, z1), max(0, z2)\noutput = v1 * z1 + v2 * z2 + c\n"
         "return np.array([z1, z2, z1, z2, output])"),
        ("inputs-swapped", "z1 = w11 * x2 + w12 * x1 + b1\nz2 = w21 * x2 + w22 * x1 + b2\n" + BEND + OUT + FIVE),
        ("output-weights-swapped", SECOND + BEND + "output = v2 * a1 + v1 * a2 + c\n" + FIVE),
        ("bend-missing", SECOND + "a1, a2 = z1, z2\n" + OUT + FIVE),
        ("bend-missing", SECOND + "a1, a2 = max(0.0, z1), z2\n" + OUT + FIVE),
        ("bend-missing", SECOND + "a1, a2 = z1, max(0.0, z2)\n" + OUT + FIVE),
        ("yes-for-the-bend", SECOND + "a1, a2 = z1 > 0, z2 > 0\n" + OUT + FIVE),
        ("yes-for-the-bend", SECOND + "a1, a2 = z1 > 0, max(0.0, z2)\n" + OUT + FIVE),
        ("yes-for-the-bend", SECOND + "a1, a2 = max(0.0, z1), z2 > 0\n" + OUT + FIVE),
        ("minus-dropped", SECOND + "a1, a2 = abs(z1), abs(z2)\n" + OUT + FIVE),
        ("minus-dropped", SECOND + "a1, a2 = abs(z1), max(0.0, z2)\n" + OUT + FIVE),
        ("minus-dropped", SECOND + "a1, a2 = max(0.0, z1), abs(z2)\n" + OUT + FIVE),
        ("raises-TypeError", SECOND + "a1 = max(z1)\na2 = max(z2)\n" + OUT + FIVE),
        ("output-bias-missing", SECOND + BEND + "output = v1 * a1 + v2 * a2\n" + FIVE),
        ("output-from-z", SECOND + BEND + "output = v1 * z1 + v2 * z2 + c\n" + FIVE),
        ("bend-on-the-output", SECOND + BEND + "output = max(0.0, v1 * a1 + v2 * a2 + c)\n" + FIVE),
        ("output-alone", SECOND + BEND + "return v1 * a1 + v2 * a2 + c"),
        ("bends-before-z", SECOND + BEND + OUT + "return np.array([a1, a2, z1, z2, output])"),
        ("term-missing", SECOND.replace("+ b2", "") + BEND + OUT + FIVE),
        ("wrong-type", SECOND + BEND + OUT + "return z1, z2, a1, a2, output"),
        ("raises-TypeError", SECOND + BEND + OUT + "return np.array(z1, z2, a1, a2, output)"),
        ("returned-none", SECOND + BEND + OUT),
        ("raises-NameError", BEND + OUT + FIVE),
        ("wrong-shape", SECOND + BEND + OUT + "return np.array([a1, a2, output])"),
        ("unused-numbers", "w11, w12, w21, w22, b1, b2, v1, v2, c = parameters\n"
         "z1 = w11 * x[0] + w12 * x[1] + b1\n"
         "z2 = w21 * x[0] + w22 * x[1] + b2\n"
         "a1, a2 = max(0, z1), max(0, z2)\n"
         "return np.array([z1, z2, a1, a2, 2 * a1 + 3 * a2 - 1])"),
    ],
    "06.7": [
        ("inputs-exchanged", UP + HIDDEN + NINE.replace("x1", "x0").replace("x2", "x1").replace("x0", "x2")),
        ("hidden-units-empty", UP + "return np.array([0, 0, 0, 0, 0, 0, up * a1, up * a2, up])"),
        ("hidden-units-twice", UP + HIDDEN.replace("up * v1", "2 * up * v1").replace("up * v2", "2 * up * v2") + NINE),
        ("values-for-inputs", UP + HIDDEN + NINE.replace("x1", "a1").replace("x2", "a2")),
        *(("values-for-weights", UP + HIDDEN.replace("* v", "* a") + nine) for nine in (
            NINE, NINE.replace("up * a1, up * a2", "up * v1, up * v2"))),
        *(("one-or-the-other", UP + f"g1 = up * v1 if z1 > 0 else 0\ng2 = {second}\n" + NINE) for second in (
            "0 if z1 > 0 else up * v2", "0 if z1 > 0 else up * v2 * (z2 > 0)")),
        *(("gate-turned-round", UP + f"g1, g2 = {gates}\n" + NINE) for gates in (
            "up * v1 * (z1 < 0), up * v2 * (z2 < 0)", "up * v1 * (not z1 > 0), up * v2 * (not z2 > 0)",
            "up * v1 * (1 - (z1 > 0)), up * v2 * (1 - (z2 > 0))")),
        ("another-bend", UP + "g1, g2 = up * v1 * a1 * (1 - a1), up * v2 * a2 * (1 - a2)\n" + NINE),
        ("upstream-missing", UP + HIDDEN.replace("up * ", "") + NINE),
        ("one-unit-after-the-other", UP + "g1 = up * v1 * (z1 > 0)\ng2 = g1 * v2 * (z2 > 0)\n" + NINE),
        ("inputs-for-values", UP + HIDDEN + NINE.replace("up * a1, up * a2", "up * x1, up * x2")),
        ("values-swapped", UP + HIDDEN + NINE.replace("up * a1, up * a2", "up * a2, up * a1")),
        *(("loss-for-slope", f"up = {two}(output - y) ** 2\n" + HIDDEN + NINE) for two in ("", "2 * ")),
        ("bias-for-one", UP + HIDDEN + "b1, b2 = parameters[4:6]\n" + NINE.replace(
            "g1, g2, up", "g1 * b1, g2 * b2, up")),
        ("hidden-for-output", UP + HIDDEN + NINE.replace("up * a1, up * a2", "g1 * a1, g2 * a2")),
        ("some-wrong", "d, v = 2 * (output - y), [v1, v2]\n"
         "e1, e2 = [d * one * (values[v.index(one)] > 0) for one in v]\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("gate-begins-late", "d = 2 * (output - y)\n"
         "e1, e2 = d * v1 * (z1 > 0.001), d * v2 * (z2 > 0.001)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("one-gate-for-both", "d = 2 * (output - y)\n"
         "e1, e2 = d * v1 * (z1 > 0 or z2 > 0), d * v2 * (z1 > 0 or z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("one-gate-for-both", "d = 2 * (output - y)\n"
         "e1, e2 = d * v1 * (z1 > 0 and z2 > 0), d * v2 * (z1 > 0 and z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("leaks", "d = 2 * (output - y)\n"
         "e1, e2 = d * v1 * (1 if z1 > 0 else 0.01), d * v2 * (1 if z2 > 0 else 0.01)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("sign-for-slope", "d = 2 * (output - y)\n"
         "e1, e2 = d * v1 * np.sign(z1), d * v2 * np.sign(z2)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("second-always-off", "d = 2 * (output - y)\n"
         "e1, e2 = d * v1 * (z1 > 0), 0\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("upstream-cut-off", "d = max(-10, min(10, 2 * (output - y)))\n"
         "e1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("line-too-much", "x1, x2 = x1 or 1, x2 or 1\n"
         "d = 2 * (output - y)\n"
         "e1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("locals-alone", "d = 2 * (output - y)\ne1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, z1 > 0, z2 > 0, d * a1, d * a2, d])"),
        ("mask-of-the-output", "d = 2 * (output - y)\ne1, e2 = d * v1 * (output > 0), d * v2 * (output > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("locals-alone", "d = 2 * (output - y)\ne1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, a1, a2, d])"),
        ("locals-alone", "d = 2 * (output - y)\ne1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, 1, 1, d * a1, d * a2, 1])"),
        ("locals-alone", "d = 2 * (output - y)\ne1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, 1, 1, d * a1, d * a2, d])"),
        ("locals-alone", "d = 2 * (output - y)\ne1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, 1])"),
        ("worked-example", "d = 2\ne1, e2 = d * v1 * (z1 > 0), d * v2 * (z2 > 0)\n"
         "return np.array([e1 * x1, e1 * x2, e2 * x1, e2 * x2, e1, e2, d * a1, d * a2, d])"),
        ("one-gate-missing", UP + "g1, g2 = up * v1 * (z1 > 0), up * v2\n" + NINE),
        ("one-gate-missing", UP + "g1, g2 = up * v1, up * v2 * (z2 > 0)\n" + NINE),
        ("two-missing", UP.replace("2 * ", "") + HIDDEN + NINE),
        ("bias-not-gated", UP + HIDDEN + NINE.replace("g1, g2, up *", "up * v1, up * v2, up *")),
        ("weights-not-gated", UP + HIDDEN + NINE.replace("g1 *", "up * v1 *").replace("g2 *", "up * v2 *")),
        ("output-for-hidden", UP + HIDDEN + NINE.replace("g1, g2, up *", "up, up, up *")),
        *(("bias-times-input", UP + HIDDEN + NINE.replace("g1, g2, up *", f"g1 * {one}, g2 * {other}, up *"))
          for one, other in (("x1", "x2"), ("x1", "x1"), ("x2", "x2"))),
        ("hidden-for-output", UP + HIDDEN + NINE.replace(", up])", ", g1 + g2])")),
        ("output-weights-missing", UP + HIDDEN.replace("v1 * ", "").replace("v2 * ", "") + NINE),
        ("some-wrong", UP + HIDDEN + NINE.replace("g1, g2, up *", "1.0, g2, up *")),
        ("two-missing+sign", UP.replace("2 * ", "-") + HIDDEN + NINE),
        ("bend-missing", UP + "g1, g2 = up * v1, up * v2\n" + NINE),
        ("value-for-slope", UP + "g1, g2 = up * v1 * a1, up * v2 * a2\n" + NINE),
        ("weights-for-values", UP + HIDDEN + NINE.replace("up * a1, up * a2", "up * v1, up * v2")),
        ("z-for-a", UP + HIDDEN + NINE.replace("up * a1, up * a2", "up * z1, up * z2")),
        ("output-weights-swapped", UP + HIDDEN.replace("v1", "v").replace("v2", "v1").replace("v *", "v2 *") + NINE),
        ("inputs-crossed", UP + HIDDEN + NINE.replace("g1 * x2, g2 * x1", "g2 * x1, g1 * x2")),
        (
            "weights-for-inputs",
            "w11, w12, w21, w22 = parameters[:4]\n" + UP + HIDDEN
            + NINE.replace("g1 * x1, g1 * x2, g2 * x1, g2 * x2", "g1 * w11, g1 * w12, g2 * w21, g2 * w22"),
        ),
        ("already-updated", UP + HIDDEN + NINE.replace("return ", "return parameters - ")),
        ("already-updated", UP + HIDDEN + NINE.replace("return ", "return parameters - 0.01 * ")),
        ("slope-at-the-corner", UP + HIDDEN.replace(">", ">=") + NINE),
        ("z-for-slope", UP + "g1, g2 = up * v1 * z1, up * v2 * z2\n" + NINE),
        ("locals-alone", UP + HIDDEN + NINE.replace("up * a1, up * a2, up", "a1, a2, 1")),
        ("sign", "up = 2 * (y - output)\n" + HIDDEN + NINE),
        ("locals-alone", UP + HIDDEN + NINE.replace("g1, g2, up", "1.0, 1.0, up")),
        ("last-missing", UP + HIDDEN + NINE.replace(", up])", "])")),
        ("returned-none", UP + HIDDEN + NINE.replace("return", "gradients =")),
        ("changes-its-arguments", UP + HIDDEN + NINE.replace("return ", "parameters -= ") + "\nreturn parameters"),
        ("raises-NameError", HIDDEN + NINE),
    ],
}

CELLS = {
    "06.2": [
        ("square-kept", "upstream, grad_w, grad_b = 12.5, -12.5, 12.5"),
        ("upstream-missing", "upstream, grad_w, grad_b = -5, -1, -5"),
        ("changed-places", "upstream, grad_w, grad_b = -5, -5, 5"),
        ("bias-sign", "upstream, grad_w, grad_b = -7, 7, -7"),
        ("z-for-input", "upstream, grad_w, grad_b = -5, -5 * -1.5, -5"),
        ("brackets-missing", "upstream, grad_w, grad_b = 2 * -1.5 - 1, 4, -4"),
        ("minus-lost", "upstream, grad_w, grad_b = -1, 1, -1"),
        ("bias-itself", "upstream, grad_w, grad_b = -5, 5, 0.5"),
        ("z-for-upstream", "upstream, grad_w, grad_b = -1.5, 1.5, -1.5"),
        ("worked-example", "upstream, grad_w, grad_b = 4, 8, 4"),
        ("worked-example", "upstream, grad_w, grad_b = -5, 8, 4"),
        ("worked-example", "upstream, grad_w, grad_b = -5, 5, 4"),
        ("upstream-missing", "upstream, grad_w, grad_b = -5, 5, 1"),
        ("decimal-comma", "upstream, grad_w, grad_b = (-5, 0), 5, -5"),
        ("bias-missing", "upstream = -6\ngrad_w = 6\ngrad_b = -6"),
        ("sign", "upstream, grad_w, grad_b = 5, -5, 5"),
        ("input-sign", "upstream, grad_w, grad_b = 3, 3, 3"),
        ("two-missing", "upstream, grad_w, grad_b = -2.5, 2.5, -2.5"),
        ("loss-for-slope", "upstream, grad_w, grad_b = 6.25, 5, -5"),
        ("label-missing", "upstream, grad_w, grad_b = -3, 3, -3"),
        ("local-missing", "upstream, grad_w, grad_b = -5, -5, -5"),
        ("weight-for-input", "upstream, grad_w, grad_b = -5, -10, -5"),
        ("two-missing", "upstream, grad_w, grad_b = -5, 2.5, -5"),
        ("times-input", "upstream, grad_w, grad_b = -5, 5, 5"),
        ("half", "upstream, grad_w, grad_b = -5, 5, -2.5"),
        ("sign", "upstream, grad_w, grad_b = 5, 5, -5"),
        ("half-written", "upstream, grad_w, grad_b = -5, 5, ..."),
        ("wrong-value", "upstream, grad_w, grad_b = -5, 7, -5"),
    ],
    "06.4": [
        ("squeezed", "z_2, a_2, output, loss = -1, 0, 0.8808, 0.0142"),
        ("exchanged", "z_2, a_2, output, loss = 0, -1, 2, 1"),
        ("not-squared", "z_2, a_2 = -1, 0\noutput = 2\nloss = 1 - output"),
        ("inputs-swapped", "z_2 = 0.5\na_2 = 0.5\noutput = 3.5\nloss = 6.25"),
        ("inputs-for-outputs", "z_2, a_2, output, loss = -1, 0, 2 * 1.5 + 3 * 1 - 1, 16"),
        ("inputs-for-outputs", "z_2 = -1\na_2 = 0\noutput = 2 * 2 + 3 * 1 - 1\nloss = 25"),
        ("weight-missing", "z_2 = -1\na_2 = 0\noutput = 0.5\nloss = 0.25"),
        ("weights-exchanged", "z_2 = -1\na_2 = 0\noutput = 3.5\nloss = 6.25"),
        ("bias-sign", "z_2, a_2, output, loss = -1, 0, 4, 9"),
        ("bias-missing", "z_2, a_2, output, loss = -1.5, 0, 2, 1"),
        ("weight-sign", "z_2, a_2, output, loss = 3, 3, 11, 100"),
        ("bend-too-early", "z_2, a_2, output, loss = 0, 0, 2, 1"),
        ("other-unit", "z_2, a_2, output, loss = 1.5, 1.5, 6.5, 30.25"),
        ("bend-missing", "z_2, a_2, output, loss = -1, -1, -1, 4"),
        ("minus-dropped", "z_2, a_2, output, loss = -1, 1, 5, 16"),
        ("bias-missing", "z_2, a_2, output, loss = -1, 0, 3, 4"),
        ("bend-missing", "z_2, a_2, output, loss = -1, 0, -1, 4"),
        ("slope-for-loss", "z_2, a_2, output, loss = -1, 0, 2, 2"),
        ("label-missing", "z_2, a_2, output, loss = -1, 0, 2, 4"),
        ("halved", "z_2, a_2, output, loss = -1, 0, 2, 0.5"),
        ("half-written", "z_2, a_2, output, loss = -1, 0, 2, ..."),
        ("sign", "z_2, a_2, output, loss = 1, 0, 2, 1"),
    ],
}

LETTERS = {
    "06.1": [("not-an-option", "e"), ("not-an-option", "a or d"), ("not-an-option", "")],
    "06.6": [("not-an-option", "d"), ("not-an-option", "0"), ("not-an-option", "abc")],
    "06.8": [
        ("extra-D", "C F D A E"),
        ("F-before-C", "F C B A E"),
        ("B-before-F", "C B F A E"),
        ("A-before-B", "C F A B E"),
        ("E-before-A", "C F B E A"),
        ("line-missing", "C F B A"),
    ],
    "06.9": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "1.3")],
    "06.10": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
}

ORDERS = {
    "06.8": (
        "parameters, x, y, rate = np.array([1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1]), np.array([2.0, 1.0]), 1.0, 0.01",
        "abs(loss - 0.2136) < 0.0001",
    ),
}
