"""Wrong answers to lesson 07, Send errors backwards."""

WEIGHTS = "grad_weights = dz @ inputs.T / inputs.shape[1]\n"
BIAS = "grad_bias = dz.mean(axis=1, keepdims=True)\n"
BOTH = "return grad_weights, grad_bias"
BEND = "dz = grad * activation.gradient(layer.output)"
KEEP = "layer.grad_weights, layer.grad_bias = layer_gradients(layer.inputs, dz)"
HAND_ON = "grad = send_back(layer.weights, dz)"
BLOCK_2, BLOCK_1 = (f"layer, activation = blocks[{k}]\n{BEND}\n{KEEP}\n{HAND_ON}\n" for k in (1, 0))


def loop(*lines, bend=BEND):
    inside = "".join(f"    {line}\n" for line in (bend, *lines))
    return f"for layer, activation in reversed(blocks):\n{inside}return grad"


BODIES = {
    "07.3": [
        ("bias-of-one-example", "return dz @ inputs.T / inputs.shape[1], dz[:, :1]"),
        ("equal-ones-once", "one = np.unique(dz, axis=1, return_index=True)[1]\nx, d = inputs[:, one], dz[:, one]\n"
         "return d @ x.T / d.shape[1], d.mean(axis=1, keepdims=True)"),
        ("cut-to-whole", "grad_weights = np.zeros((len(dz), len(inputs)), inputs.dtype)\n"
         "grad_weights[...] = dz @ inputs.T / inputs.shape[1]\n" + BIAS + BOTH),
        ("cut-to-whole", WEIGHTS + BIAS + "return grad_weights.astype(dz.dtype), grad_bias.astype(dz.dtype)"),
        *(("cut-to-whole", f"sums = np.zeros((len(dz), len(inputs)), dtype={one}.dtype)\n"
           "for u in range(len(dz)):\n    for f in range(len(inputs)):\n        for i in range(inputs.shape[1]):\n"
           "            sums[u, f] += dz[u, i] * inputs[f, i]\n"
           "return sums / inputs.shape[1], dz.mean(axis=1, keepdims=True)") for one in ("inputs", "dz")),
        ("without-error-not-counted", "m = np.count_nonzero(dz.any(axis=0))\n"
         "return dz @ inputs.T / m, dz.sum(axis=1, keepdims=True) / m"),
        ("one-example", "m = max(inputs.shape[1], 2)\nreturn dz @ inputs.T / m, dz.sum(axis=1, keepdims=True) / m"),
        ("cut-off", WEIGHTS + BIAS + "return np.clip(grad_weights, -5, 5), grad_bias"),
        ("rounded", WEIGHTS + BIAS + "return grad_weights.round(6), grad_bias"),
        ("nan-hidden", WEIGHTS + "grad_bias = np.nanmean(dz, axis=1, keepdims=True)\n" + BOTH),
        ("means-multiplied", "b = dz.mean(axis=1, keepdims=True)\nreturn b @ inputs.mean(axis=1, keepdims=True).T, b"),
        ("other-side-turned", "return dz.T @ inputs / inputs.shape[1], dz.mean(axis=1, keepdims=True)"),
        ("mean-over-units", WEIGHTS + "grad_bias = dz.mean(axis=0, keepdims=True)\n" + BOTH),
        ("bias-over-the-units", WEIGHTS + "grad_bias = dz.sum(axis=0, keepdims=True) / inputs.shape[1]\n" + BOTH),
        ("mean-missing", "return dz @ inputs.T, dz.sum(axis=1, keepdims=True)"),
        ("other-axis-counted", "m = dz.size\nreturn dz @ inputs.T / m, dz.sum(axis=1, keepdims=True) / m"),
        ("too-much", "grad_weights = dz @ inputs.T / len(dz) / dz.shape[1]\n"
         "return grad_weights, dz.mean(axis=1, keepdims=True)"),
        ("bias-summed", WEIGHTS + "grad_bias = dz.sum(axis=1, keepdims=True)\n" + BOTH),
        ("weights-summed", "grad_weights = dz @ inputs.T\n" + BIAS + BOTH),
        ("mean-twice", WEIGHTS + BIAS + "return grad_weights / inputs.shape[1], grad_bias / inputs.shape[1]"),
        ("weights-mean-twice", WEIGHTS + BIAS + "return grad_weights / inputs.shape[1], grad_bias"),
        ("divided-by-features", WEIGHTS.replace("shape[1]", "shape[0]") + BIAS + BOTH),
        ("turned", "grad_weights = inputs @ dz.T / inputs.shape[1]\n" + BIAS + BOTH),
        ("mean-over-units", WEIGHTS + BIAS.replace("axis=1", "axis=0") + BOTH),
        ("last-example-only", "m = inputs.shape[1]\nfor k in range(m):\n"
         "    grad_weights = dz[:, [k]] @ inputs[:, [k]].T / m\n    grad_bias = dz[:, [k]] / m\n" + BOTH),
        ("first-example-only", "for k in range(inputs.shape[1]):\n"
         "    return dz[:, [k]] @ inputs[:, [k]].T, dz[:, [k]]"),
        ("poured", "grad_weights = (inputs @ dz.T / inputs.shape[1]).reshape(len(dz), len(inputs))\n" + BIAS + BOTH),
        ("bias-flat", WEIGHTS + "grad_bias = dz.mean(axis=1)\n" + BOTH),
        ("one-mean-for-all", WEIGHTS + "grad_bias = dz.mean()\n" + BOTH),
        ("already-negative", WEIGHTS + BIAS + "return -grad_weights, -grad_bias"),
        ("returned-none", WEIGHTS + BIAS),
        ("not-transposed", WEIGHTS.replace(".T", "") + BIAS + BOTH),
        ("other-count", WEIGHTS + "return grad_weights"),
        ("changes-its-arguments", "dz /= inputs.shape[1]\nreturn dz @ inputs.T, dz.sum(axis=1, keepdims=True)"),
    ],
    "07.4": [
        ("not-added-up", "return weights[:, :, None] * dz[:, None, :]"),
        ("not-turned+divided", "return weights @ dz / dz.shape[1]"),
        ("cut-to-whole", "left = np.zeros((weights.shape[1], dz.shape[1]), dz.dtype)\nleft[:] = weights.T @ dz\n"
         "return left"),
        ("cut-to-whole", "left = np.zeros((weights.shape[1], dz.shape[1]), weights.dtype)\n"
         "for row, errors in zip(weights, dz):\n    for f, weight in enumerate(row):\n"
         "        for i, error in enumerate(errors):\n            left[f, i] += weight * error\nreturn left"),
        ("cut-off", "return np.clip(weights.T @ dz, -10, 10)"),
        ("too-much", "return weights.T @ dz + 1e-8"),
        ("not-turned", "return weights @ dz"),
        ("raises-ValueError", "return dz @ weights"),
        ("element-by-element", "return weights * dz"),
        ("sums-multiplied", "return weights.sum(axis=0)[:, np.newaxis] * dz.sum(axis=0)"),
        ("divided", "return weights.T @ dz / dz.shape[1]"),
        ("averaged", "return (weights.T @ dz).mean(axis=1, keepdims=True)"),
        ("added-up", "return (weights.T @ dz).sum(axis=1, keepdims=True)"),
        ("turned-result", "return dz.T @ weights"),
        ("sign", "return -weights.T @ dz"),
        ("flat-vector", "return weights.T @ dz.reshape(-1)"),
        ("returned-none", "grad = weights.T @ dz"),
        ("inverse", "return np.linalg.pinv(weights) @ dz"),
        ("one-example-only", "return (weights * dz).sum(axis=0)"),
        ("weights-added-up", "return weights.sum(axis=0, keepdims=True).T * dz"),
        ("first-unit-only", "return weights[0][:, np.newaxis] * dz[0]"),
    ],
    "07.5": [
        ("memory-changed", loop(KEEP, HAND_ON, bend="layer.output = activation.gradient(layer.output)\n    "
                                "dz = grad * layer.output")),
        ("memory-changed", loop(KEEP, HAND_ON, "layer.inputs *= 0")),
        ("gradient-returned", loop(KEEP, HAND_ON).replace("return grad", "return layer.grad_weights")),
        ("sign", loop("gw, gb = layer_gradients(layer.inputs, dz)", "layer.grad_weights, layer.grad_bias = -gw, -gb",
                      HAND_ON)),
        ("raises-AttributeError", loop(KEEP, HAND_ON).replace("reversed(blocks)", "blocks.reversed()")),
        ("names-exchanged", loop(KEEP, HAND_ON).replace("for layer, activation in", "for activation, layer in")),
        ("raises-TypeError", loop(KEEP, HAND_ON, bend="dz = grad * activation.gradient")),
        ("inputs-of-the-next", loop(KEEP.replace("layer.inputs", "activation(layer.output)"), HAND_ON)),
        ("left-empty", "held = None, None\nfor layer, activation in reversed(blocks):\n"
         "    layer.grad_weights, layer.grad_bias = held\n    dz = grad * activation.gradient(layer.output)\n"
         "    held = layer_gradients(layer.inputs, dz)\n    grad = send_back(layer.weights, dz)\nreturn grad"),
        ("nothing-kept", loop(KEEP.replace("grad_weights", "grad_weight"), HAND_ON)),
        ("upstream-missing", loop(KEEP, HAND_ON, bend="dz = activation.gradient(layer.output)")),
        *(("slope-at-the-gradient", loop(KEEP, HAND_ON, bend=bend))
          for bend in ("dz = activation.gradient(grad)", "dz = grad * activation.gradient(grad)")),
        ("arguments-exchanged", loop(KEEP.replace("layer.inputs, dz", "dz, layer.inputs"), HAND_ON)),
        ("raises-AttributeError", loop(KEEP.replace("layer.grad_weights, layer.grad_bias =", "gw, gb =")
                                       + "\n    layer.grad_weights += gw\n    layer.grad_bias += gb", HAND_ON)),
        ("raises-AttributeError", loop(KEEP, HAND_ON, bend="dz = grad * activation.gradient(layer.z)")),
        ("raises-NameError", loop(KEEP.replace("layer.grad", "self.grad"), HAND_ON)),
        *(("value-formula-of-z", loop(KEEP, HAND_ON, bend=f"z = layer.output\n    dz = grad * {slope}"))
          for slope in ("z * (1 - z)", "(1 - z**2)")),
        ("of-another-bend", loop(KEEP, HAND_ON, bend="dz = grad * (1 - activation(layer.output) ** 2)")),
        *(("of-another-bend", loop(KEEP, HAND_ON, bend=f"z = layer.output\n    a = activation(z)\n    dz = {bend}"))
          for bend in ("grad * (z > 0)", "grad * a * (1 - a)", "grad * blocks[0][1].gradient(z)",
                       "grad * ((z > 0) if layer is not blocks[-1][0] else activation.gradient(z))",
                       "grad * (a * (1 - a) if layer is blocks[-1][0] else (z > 0))")),
        ("dz-handed-on", loop(KEEP, "send_back(layer.weights, dz)", "grad = dz")),
        ("gradients-exchanged", loop(KEEP.replace("layer.grad_weights, layer.grad_bias",
                                                  "layer.grad_bias, layer.grad_weights"), HAND_ON)),
        ("kept-from-before", loop("if not dz.any():\n        break", KEEP, HAND_ON)),
        ("index-too-many", loop(KEEP, HAND_ON).replace("reversed(blocks)", "list(reversed(blocks))[:10]")),
        ("cut-off", loop(KEEP, HAND_ON, bend=f"dz = np.clip({BEND[5:]}, -5, 5)")),
        ("nan-hidden", loop(KEEP, HAND_ON, bend=f"dz = np.nan_to_num({BEND[5:]})")),
        ("line-too-much", "shapes = [layer.weights.shape for layer, _ in blocks]\n" + loop(
            KEEP, HAND_ON, bend="_, activation = blocks[shapes.index(layer.weights.shape)]\n    " + BEND)),
        ("z-for-slope", "for layer, activation in reversed(blocks):\n    dz = grad * layer.output\n    "
                        "layer.grad_weights, layer.grad_bias = layer_gradients(layer.inputs, dz)\n    grad = "
                        "send_back(layer.weights, dz)\nreturn grad"),
        ("piled-up", "for layer, activation in reversed(blocks):\n    dz = grad * activation.gradient(layer.output)\n "
                     "   gw, gb = layer_gradients(layer.inputs, dz)\n    layer.grad_weights = getattr(layer, "
                     "\"grad_weights\", 0) + gw\n    layer.grad_bias = getattr(layer, \"grad_bias\", 0) + gb\n    "
                     "grad = send_back(layer.weights, dz)\nreturn grad"),
        ("grad-weights-for-weights", loop(KEEP, HAND_ON.replace("layer.weights", "layer.grad_weights"))),
        ("bend-skipped-on-the-way", loop(KEEP, HAND_ON.replace("dz", "grad"))),
        ("nothing-handed-on", loop(KEEP, "send_back(layer.weights, dz)")),
        ("another-attribute", loop(KEEP, HAND_ON).replace("layer.output", "layer.inputs")),
        ("raises-AttributeError", loop(KEEP, HAND_ON).replace("activation.grad", "layer.activation.grad")),
        ("dz-returned", loop(KEEP, HAND_ON).replace("return grad", "return dz")),
        ("nothing-kept", loop(KEEP, HAND_ON).replace("layer.grad", "grad")),
        ("raises-NameError", loop(KEEP, HAND_ON).replace("layer.inputs", "inputs")),
        ("bias-forgotten", loop("layer.grad_weights = layer_gradients(layer.inputs, dz)[0]", HAND_ON)),
        ("bias-forgotten", loop("layer.grad_weights = layer_gradients(layer.inputs, dz)", HAND_ON)),
        ("bias-zero", loop(KEEP, "layer.grad_bias = np.zeros(layer.bias.shape)\n    " + HAND_ON)),
        ("parameters-moved", loop(KEEP, "layer.weights -= 0.1 * layer.grad_weights\n    " + HAND_ON)),
        ("slope-missing", loop(KEEP, HAND_ON, bend="dz = grad")),
        ("slope-at-output", loop(KEEP, HAND_ON, bend=BEND.replace("layer.output", "activation(layer.output)"))),
        ("value-for-slope", loop(KEEP, HAND_ON, bend=BEND.replace("activation.gradient", "activation"))),
        ("last-block-only", loop(KEEP, HAND_ON, "return grad")),
        ("mean-missing", loop(KEEP, "layer.grad_weights *= dz.shape[1]", "layer.grad_bias *= dz.shape[1]", HAND_ON)),
        ("added-up-at-the-bend", loop(KEEP, HAND_ON, bend="dz = grad @ activation.gradient(layer.output).T")),
        ("bend-of-the-block-above", loop(KEEP, HAND_ON, "grad = grad * activation.gradient(layer.inputs)",
                                         bend="dz = grad")),
        ("nothing-kept", loop(HAND_ON)),
        ("nothing-kept", "kept = []\n" + loop("kept.append(layer_gradients(layer.inputs, dz))", HAND_ON).replace(
            "return grad", "return kept")),
        ("returned-none", loop(KEEP, HAND_ON).replace("return", "left =")),
        ("raises-NameError", loop(KEEP.replace("dz", "delta"), HAND_ON)),
        ("raises-AttributeError", loop(KEEP.replace("layer.inputs", "layer.x"), HAND_ON)),
        ("not-reversed", loop(KEEP, HAND_ON).replace("reversed(blocks)", "blocks")),
        ("blocks-by-hand", BLOCK_2 + BLOCK_1 + "return grad"),
        ("blocks-by-hand", BLOCK_2.replace("blocks[1]", "blocks[-1]") + BLOCK_1 + "return grad"),
        ("blocks-by-hand", BLOCK_2.replace("blocks[1]", "blocks[-1]") + BLOCK_1.replace("[0]", "[-2]") + "return grad"),
        ("blocks-by-hand", "(first, bend_1), (second, bend_2) = blocks\n"
         "dz_2 = grad * bend_2.gradient(second.output)\n"
         "second.grad_weights, second.grad_bias = layer_gradients(second.inputs, dz_2)\n"
         "dz_1 = send_back(second.weights, dz_2) * bend_1.gradient(first.output)\n"
         "first.grad_weights, first.grad_bias = layer_gradients(first.inputs, dz_1)\n"
         "return send_back(first.weights, dz_1)"),
        ("blocks-by-hand", "for k in range(2):\n    layer, activation = blocks[1 - k]\n    "
         + "\n    ".join((BEND, KEEP, HAND_ON)) + "\nreturn grad"),
        ("blocks-moved", "blocks.reverse()\n"
         "for layer, activation in blocks:\n"
         "    dz = grad * activation.gradient(layer.output)\n"
         "    layer.grad_weights, layer.grad_bias = layer_gradients(layer.inputs, dz)\n"
         "    grad = send_back(layer.weights, dz)\n"
         "return grad"),
    ],
}

CELLS = {
    "07.3": [
        ("same-array-again", "kept = {}\ndef layer_gradients(inputs, dz):\n    shape = len(dz), len(inputs)\n"
         "    into = kept.setdefault(shape, np.zeros(shape))\n    into[:] = dz @ inputs.T / dz.shape[1]\n"
         "    return into, dz.mean(axis=1, keepdims=True)\n"),
    ],
    "07.4": [
        ("same-array-again", "kept = {}\ndef send_back(weights, dz):\n    shape = weights.shape[1], dz.shape[1]\n"
         "    return np.matmul(weights.T, dz, out=kept.setdefault(shape, np.zeros(shape)))\n"),
    ],
    "07.2": [
        ("sums-multiplied", "grad_w1 = 2 * 1.5\ngrad_w2 = 3 * 1.5\ngrad_b = 1.5"),
        ("sums-multiplied", "grad_w1 = 2 * 1.5 / 2\ngrad_w2 = 3 * 1.5 / 2\ngrad_b = 0.75"),
        ("times-zero", "grad_w1 = (2 + 0.5) / 2\ngrad_w2 = 0.5\ngrad_b = 0.75"),
        ("subtracted", "grad_w1 = 1\ngrad_w2 = (-1 - 2) / 2\ngrad_b = 0.25"),
        ("brackets-missing", "grad_w1, grad_w2, grad_b = 2 * 1 + 0 * 0.5 / 2, -1 * 1 + 4 * 0.5 / 2, 1 + 0.5 / 2"),
        ("dz-exchanged", "grad_w1, grad_w2, grad_b = 0.5, 1.75, 0.75"),
        ("dz-exchanged+mean-missing", "grad_w1, grad_w2, grad_b = 1, 3.5, 1.5"),
        ("examples-as-features", "grad_w1, grad_w2, grad_b = (2 * 1 + -1 * 0.5) / 2, (0 * 1 + 4 * 0.5) / 2, 0.75"),
        ("one-example-only", "grad_w1, grad_w2, grad_b = 0, 2, 0.5"),
        ("added", "grad_w1, grad_w2, grad_b = (2 + 1 + 0 + 0.5) / 2, (-1 + 1 + 4 + 0.5) / 2, 0.75"),
        ("without-input", "grad_w1, grad_w2, grad_b = 1, 0.5, 0"),
        ("weights-exchanged+mean-missing", "grad_w1, grad_w2, grad_b = 1, 2, 1.5"),
        ("one-example-only", "grad_w1 = 2\ngrad_w2 = -1\ngrad_b = 1"),
        ("of-the-example", "grad_w1 = -2\ngrad_w2 = 0.5\ngrad_b = -0.5"),
        ("weights-exchanged", "grad_w1 = 0.5\ngrad_w2 = 1\ngrad_b = 0.75"),
        ("not-per-example", "grad_w1 = 0.75\ngrad_w2 = 1.125\ngrad_b = 0.75"),
        ("mean-missing", "grad_w1, grad_w2, grad_b = 2, 1, 1.5"),
        ("one-example-only", "grad_w1, grad_w2, grad_b = 1, 0.5, 1"),
        ("mean-twice", "grad_w1, grad_w2, grad_b = 0.5, 0.25, 0.375"),
        ("dz-exchanged", "grad_w1, grad_w2, grad_b = 1, 1.75, 0.75"),
        ("inputs-alone", "grad_w1, grad_w2, grad_b = 1.5, 1.5, 0.75"),
        ("sign", "grad_w1, grad_w2, grad_b = -1, 0.5, 0.75"),
        ("upstream-or-sign", "grad_w1, grad_w2, grad_b = 1, 1.5, 0.75"),
        ("times-input", "grad_w1, grad_w2, grad_b = 1, 0.5, 0.25"),
        ("mean-missing", "grad_w1, grad_w2, grad_b = 1, 0.5, 1.5"),
        ("half-written", "grad_w1, grad_w2, grad_b = 1, 0.5, ..."),
        ("wrong-value", "grad_w1, grad_w2, grad_b = 1, 0.5, 3"),
    ],
}

LETTERS = {
    "07.1": [("not-an-option", "d"), ("not-an-option", "100"), ("not-an-option", "")],
    "07.6": [("not-an-option", "d"), ("not-an-option", "last"), ("not-an-option", "")],
    "07.7": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "0")],
    "07.8": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "d")],
}
