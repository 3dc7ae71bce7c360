"""Wrong answers to lesson 09, Close the loop."""


def forward(*lines, back="return x"):
    inside = "".join(f"    {line}\n" for line in lines)
    return f"for layer, activation in layers:\n{inside}{back}"


READ, GAVE, GO = "layer.inputs = x", "layer.output = layer(x)", "x = activation(layer.output)"

WEIGHTS = "optimizer.step(layer.weights, layer.grad_weights)"
BIAS = "optimizer.step(layer.bias, layer.grad_bias)"
COUNT = "return 2 * len(layers)"

CALL = "self.output = forward(self.layers, x)\nreturn self.output"
GRAD = "grad = self.loss.gradient(self.output, labels)\n"
LOOP = "for layer, activation in reversed(self.layers):\n"
BACK = GRAD + LOOP + "    grad = layer.backward(grad * activation.gradient(layer.output))"
UPDATE = "update_layers(self.layers, self.optimizer)"
OWN_STEP = ("for layer, _ in self.layers:\n    layer.weights -= {0} * layer.grad_weights\n"
            "    layer.bias -= {0} * layer.grad_bias")  # fmt: skip
LOOK, PRICE, BACKWARD, STEP = (
    "output = self(x)\n",
    "losses.append(self.loss(output, y))\n",
    "self.backward_step(y)\n",
    "self.update()\n",
)
MOVED = ("\n    self.optimizer.step(layer.weights, layer.grad_weights)"
         "\n    self.optimizer.step(layer.bias, layer.grad_bias)")  # fmt: skip
FIT = LOOK + PRICE + BACKWARD + STEP


def network(call=CALL, back=BACK, update=UPDATE, fit=FIT):
    return (call, back, update, fit)


BODIES = {
    "09.3": [
        *(("another-block's-bend", forward(READ, GAVE, f"x = {bend}(layer.output)"))
          for bend in ("layers[0][1]", "layers[-1][1]")),
        ("inputs-not-kept", "layers[0][0].inputs = x\nfor layer, activation in layers:\n    layer.output = layer(x)\n"
         "    x = activation(layer.output)\nreturn x"),
        ("inputs-not-kept", "for layer, activation in layers:\n    read = x\n    layer.output = layer(x)\n"
         "    x = activation(layer.output)\nlayer.inputs = read\nreturn x"),
        ("raises-AttributeError", "for block in layers:\n    block.inputs = x\n    x = block(x)\nreturn x"),
        ("raises-AttributeError", "while layers:\n    layer, activation = layers.pop(0)\n    layer.inputs = x\n"
         "    layer.output = layer(x)\n    x = activation(layer.output)\nreturn x"),
        ("pair-turned-round", forward(READ, GAVE, GO).replace("layer, activation in", "activation, layer in")),
        ("bend-before-the-layer", forward("layer.inputs = activation(x)", "layer.output = layer(layer.inputs)",
                                          "x = layer.output")),
        ("written-into-the-old", "for layer, activation in layers:\n"
         "    if getattr(layer, 'inputs', np.zeros(0)).shape == x.shape:\n        layer.inputs[:] = x\n"
         "    else:\n        layer.inputs = x\n    layer.output = layer(x)\n"
         "    x = activation(layer.output)\nreturn x"),
        ("other-bend", "for layer, activation in layers:\n    layer.inputs = x\n    layer.output = layer(x)\n"
         "    x = np.maximum(0, layer.output)\nreturn x"),
        ("own-bend", forward(READ, GAVE, "x = np.tanh(layer.output)")),
        ("another-variable", forward("x.inputs = x", GAVE, GO)),
        ("other-bend", forward(READ, GAVE, "x = 1 / (1 + np.exp(-layer.output))")),
        ("method-for-object", forward(READ, GAVE, "x = activation.gradient(layer.output)")),
        ("bend-missing", forward(READ, GAVE, "x = layer.output")),
        ("last-bend-missing", forward(READ, GAVE, GO, back="return layer.output")),
        ("activation-kept-for-z", forward(READ, "x = layer.output = activation(layer(x))")),
        ("first-inputs-kept", "first = x\n" + forward("layer.inputs = first", GAVE, GO)),
        ("inputs-not-kept", forward(GAVE, GO)),
        ("output-not-kept", forward(READ, "x = activation(layer(x))")),
        ("output-kept-as-inputs", forward(GAVE, GO, READ)),
        ("z-kept-as-inputs", forward(GAVE, "layer.inputs = layer.output", GO)),
        ("layer-left-out", forward(READ, "layer.output = x", GO)),
        ("x-not-handed-on", forward(READ, GAVE, "a = activation(layer.output)", back="return a")),
        ("input-returned", forward(READ, GAVE, "a = activation(layer.output)")),
        ("first-block-only", forward(READ, GAVE, GO, "return x", back="")),
        ("backwards", forward(READ, GAVE, GO).replace("in layers", "in layers[::-1]")),
        ("first-left-out", forward(READ, GAVE, GO).replace("in layers", "in layers[1:]")),
        ("last-left-out", forward(READ, GAVE, GO).replace("in layers", "in layers[:-1]")),
        ("two-blocks-only", forward("layer, activation = layers[k]", READ, GAVE, GO).replace(
            "layer, activation in layers", "k in range(2)")),
        ("two-blocks-only", "first, second = layers[0], layers[1]\nfirst[0].inputs = x\n"
                            "first[0].output = first[0](x)\nx = first[1](first[0].output)\nsecond[0].inputs = x\n"
                            "second[0].output = second[0](x)\nreturn second[1](second[0].output)"),
        ("raises-ValueError", "(layer, activation), (last, sigmoid) = layers\nlayer.inputs = x\n"
                              "layer.output = layer(x)\nlast.inputs = activation(layer.output)\n"
                              "last.output = last(last.inputs)\nreturn sigmoid(last.output)"),
        ("bias-left-out", forward(READ, "layer.output = layer.weights @ x", GO)),
        ("bend-twice", forward(READ, GAVE, GO, "x = activation(x)")),
        ("bend-missing+inputs-not-kept", forward(GAVE, "x = layer.output")),
        ("returned-none", forward(READ, GAVE, GO, back="last = x")),
        ("raises-NameError", forward(READ, GAVE, "x = activation(z)")),
        ("raises-TypeError", forward(READ, "layer.output = activation(layer)", "x = layer.output")),
    ],
    "09.4": [
        ("another-attribute", "for layer, _ in layers:\n    optimizer.step(layer.weights, layer.grad_weights)\n"
         "    optimizer.step(layer.bias, layer.weights)\nreturn 2 * len(layers)"),
        ("step-outside-the-loop", "for layer, _ in layers:\n    optimizer.step(layer.weights, layer.grad_weights)\n"
         "optimizer.step(layer.bias, layer.grad_bias)\nreturn 2 * len(layers)"),
        ("step-outside-the-loop", "count = 0\nfor layer, _ in layers:\n"
         "    optimizer.step(layer.bias, layer.grad_bias)\n    count += 1\n"
         "optimizer.step(layer.weights, layer.grad_weights)\ncount += 1\nreturn count"),
        ("other-optimizer", "for layer, _ in layers:\n    mine = type(optimizer)(optimizer.learning_rate)\n"
         "    mine.step(layer.weights, layer.grad_weights)\n    mine.step(layer.bias, layer.grad_bias)\n"
         "return 2 * len(layers)"),
        ("never-stepped", "n = 0\nfor layer, _ in layers:\n    n += 2\nreturn n"),
        ("taken-from-itself", "for layer, _ in layers:\n    layer.weights -= " + WEIGHTS + "\n    layer.bias -= " + BIAS
         + "\n" + COUNT),
        ("zeros-left-out", "n = 0\nfor layer, _ in layers:\n"
         "    for p, g in ((layer.weights, layer.grad_weights), (layer.bias, layer.grad_bias)):\n        if g.any():\n"
         "            optimizer.step(p, g)\n            n += 1\nreturn n"),
        ("raises-TypeError", forward(WEIGHTS.replace("optimizer.step", "optimizer"), BIAS, back=COUNT)),
        ("raises-TypeError", forward("optimizer.step(layer)", back=COUNT)),
        ("raises-TypeError", forward("optimizer.step([layer.weights, layer.bias],\n"
                                     "    [layer.grad_weights, layer.grad_bias])", back=COUNT)),
        ("bias-forgotten", forward(WEIGHTS, back=COUNT)),
        ("two-layers-only", forward("layer = layers[k][0]", WEIGHTS, BIAS, back="return 4").replace(
            "layer, activation in layers", "k in range(2)")),
        ("two-layers-counted", forward(WEIGHTS, BIAS, back="return 4")),
        ("weights-forgotten", forward(BIAS, back=COUNT)),
        ("last-layer-only", "layer, activation = layers[-1]\n" + WEIGHTS + "\n" + BIAS + "\n" + COUNT),
        ("uphill", forward(WEIGHTS.replace("layer.grad", "-layer.grad"), BIAS.replace("layer.grad", "-layer.grad"),
                           back=COUNT)),
        ("miscounted", forward(WEIGHTS, BIAS, back="return len(layers)")),
        ("gradients-moved", forward("optimizer.step(layer.grad_weights, layer.weights)",
                                    "optimizer.step(layer.grad_bias, layer.bias)", back=COUNT)),
        ("bias-forgotten", forward(WEIGHTS, back="return len(layers)")),
        ("last-layer-left-out", forward(WEIGHTS, BIAS, back=COUNT).replace("in layers", "in layers[:-1]")),
        ("first-layer-left-out", forward(WEIGHTS, BIAS, back=COUNT).replace("in layers", "in layers[1:]")),
        ("first-layer-only", forward(WEIGHTS, BIAS, COUNT, back="")),
        ("numbers-counted", "count = 0\n" + forward(WEIGHTS, BIAS, "count += layer.weights.size + layer.bias.size",
                                                    back="return count")),
        ("own-step", forward("layer.weights -= optimizer.learning_rate * layer.grad_weights",
                             "layer.bias -= optimizer.learning_rate * layer.grad_bias", back=COUNT)),
        *(("own-step", forward(WEIGHTS, f"layer.bias -= {rate}layer.grad_bias", back=COUNT))
          for rate in ("", "optimizer.learning_rate * ")),
        ("own-step", forward("layer.weights -= layer.grad_weights", BIAS, back=COUNT)),
        ("copy-moved", forward("w = layer.weights.copy()", "b = layer.bias * 1",
                               "optimizer.step(w, layer.grad_weights)", "optimizer.step(b, layer.grad_bias)",
                               back=COUNT)),
        ("copy-put-in-place", forward("layer.weights = optimizer.step(layer.weights.copy(), layer.grad_weights)",
                                      "layer.bias = optimizer.step(layer.bias.copy(), layer.grad_bias)", back=COUNT)),
        ("stepped-twice", forward(WEIGHTS, BIAS, WEIGHTS, BIAS, back=COUNT)),
        ("last-counted", forward("count = 0", WEIGHTS, BIAS, "count += 2", back="return count")),
        ("raises-AttributeError", forward(WEIGHTS, BIAS, back=COUNT).replace("layer, activation", "layer")),
        ("stepped-twice", forward(WEIGHTS, WEIGHTS, BIAS, back=COUNT)),
        ("stepped-twice", forward(WEIGHTS, BIAS, BIAS, back=COUNT)),
        ("bias-by-the-weights", forward(WEIGHTS, "optimizer.step(layer.bias, layer.grad_weights)", back=COUNT)),
        ("gradients-crossed", forward(WEIGHTS, "optimizer.step(layer.bias, layer.grad_weights[:, :1])", back=COUNT)),
        ("uphill+miscounted", forward(WEIGHTS.replace("layer.grad", "-layer.grad"),
                                      BIAS.replace("layer.grad", "-layer.grad"), back="return len(layers)")),
        ("returned-none", forward(WEIGHTS, BIAS, back="count = 2 * len(layers)")),
        ("bias-forgotten+stepped-twice", forward(WEIGHTS, WEIGHTS, back=COUNT)),
        ("raises-TypeError", forward("optimizer.step((layer.weights, layer.bias), (layer.grad_weights, "
                                     "layer.grad_bias))", back=COUNT)),
        ("raises-TypeError", forward("optimizer.step(layer, layer.grad_weights)", back=COUNT)),
        ("raises-AttributeError", forward("optimizer.update(layer.weights, layer.grad_weights)", back=COUNT)),
    ],
    "09.5": [
        ("product-for-times", network(back=BACK.replace("* activation.gradient(layer.output)", "@ "
                                                        "activation.gradient(layer.output).T"))),
        ("slope-behind-the-layer", network(back=BACK.replace("(grad * activation.gradient(layer.output))",
                                                             "(grad) * activation.gradient(layer.inputs)"))),
        ("not-called", network(fit=LOOK + PRICE + BACKWARD + "self.update")),
        *(("own-loss", network(fit=FIT.replace("self.loss(output, y)", own))) for own in (
            "float(-np.mean(y * np.log(output) + (1 - y) * np.log(1 - output)))", "np.mean((output - y) ** 2)")),
        ("two-rounds-an-epoch", network(fit=FIT + "self(x)\nself.backward_step(y)\nself.update()")),
        ("output-for-loss", network(fit=LOOK + "losses.append(output)\n" + BACKWARD + STEP)),
        *(("nothing-remembered", network(call="for layer, activation in self.layers:\n" + kept + "    x = activation("
                                         "layer(x))\nself.output = x\nreturn x"))
          for kept in ("", "    layer.inputs = x\n", "    layer.output = layer(x)\n")),
        ("backward-again", network(fit=FIT + "self.backward_step(y)")),
        ("stops-by-itself", network(fit=LOOK + "loss = self.loss(output, y)\nif np.isnan(loss):\n    break\n"
                                    "losses.append(loss)\n" + BACKWARD + STEP)),
        ("epoch-lost-to-building", network(fit="if not self.is_built:\n    self.build(len(x))\n    continue\n" + FIT)),
        ("rate-changed", network(fit=FIT + "self.optimizer.learning_rate *= 0.99")),
        ("last-bend-only", network(back=GRAD + "first = True\n" + LOOP + "    if first:\n"
                                   "        grad = grad * activation.gradient(layer.output)\n        first = False\n"
                                   "    grad = layer.backward(grad)")),
        ("difference-for-slope", network(back=BACK.replace("self.loss.gradient(self.output, labels)",
                                                           "(self.output - labels) / labels.shape[1]"))),
        ("gradient-for-dz", network(back=GRAD + LOOP + "    dz = grad * activation.gradient(layer.output)\n"
                                    "    layer.backward(dz)\n    grad = layer.weights.T @ grad")),
        *(("first-few", network(fit=part + FIT)) for part in (
            "x, y = x[:, :32], y[:, :32]\n", "few = 200\nx, y = x[:, :few], y[:, :few]\n")),
        ("first-few", network(fit=LOOK + PRICE + "self(x[:, ::2] if x.shape[1] > 20 else x)\n"
                                                 "self.backward_step(y[:, ::2] if x.shape[1] > 20 else y)\n" + STEP)),
        ("stops-by-itself", network(fit=FIT + "\nif len(losses) > 1 and losses[-1] > losses[-2]:\n    break")),
        ("stops-by-itself", network(fit=FIT + "\nif losses[-1] < 1e-3:\n    break")),
        ("best-so-far", network(fit=LOOK + "losses.append(min([*losses, self.loss(output, y)]))\n" + BACKWARD + STEP)),
        ("first-examples-kept", network(fit="self.x, self.y = getattr(self, 'x', x), getattr(self, 'y', y)\n"
                                        "x, y = self.x, self.y\n" + FIT)),
        ("other-optimizer", network(update="update_layers(self.layers, type(self.optimizer)("
                                    "self.optimizer.learning_rate))")),
        ("bend-skipped", network(back=GRAD + LOOP + "    grad = layer.backward(grad)")),
        ("slope-at-output", network(back=BACK.replace("layer.output", "activation(layer.output)"))),
        ("not-handed-on", network(back=BACK.replace("grad = layer", "layer"))),
        ("not-handed-on", network(back=GRAD + LOOP + "    grad = grad * activation.gradient(layer.output)\n"
                                                     "    layer.backward(grad)")),
        ("last-layer-only", network(back=BACK + "\n    break")),
        ("labels-swapped", network(back=BACK.replace("self.output, labels", "labels, self.output"))),
        ("nothing-moves", network(update="pass")),
        ("nothing-moves-in-fit", network(fit=LOOK + PRICE + BACKWARD)),
        ("nothing-moves-in-fit", network(fit=LOOK + PRICE + STEP)),
        ("loss-after-update", network(fit=LOOK + BACKWARD + STEP + "losses.append(self.loss(self(x), y))")),
        ("update-before-backward", network(fit=LOOK + PRICE + STEP + BACKWARD)),
        ("forward-once", network(fit="output = self.output if losses else self(x)\n" + PRICE + BACKWARD + STEP)),
        ("forward-once", network(fit="if not losses:\n    output = self(x)\n" + PRICE + BACKWARD + STEP)),
        ("output-for-labels", network(fit="said = self(x)\nlosses.append(self.loss(said, y))\n"
                                          "self.backward_step(said)\n" + STEP)),
        *(("another-block's-bend", network(back=back)) for back in (
            GRAD + "for k in range(len(self.layers) - 1, -1, -1):\n    layer, activation = self.layers[k]\n"
            "    _, activation = self.layers[k - 1]\n"
            "    grad = layer.backward(grad * activation.gradient(layer.output))",
            GRAD + LOOP + "    grad = layer.backward(grad * (1 - np.tanh(layer.output) ** 2))")),
        ("asks-the-loss", network(fit=LOOK + PRICE + BACKWARD + "if len(losses) < 2 or losses[-1] < losses[-2]:\n"
                                      "    self.update()")),
        *(("one-layer-moves", network(update=f"layer, _ = self.layers[{place}]\n"
                                             "self.optimizer.step(layer.weights, layer.grad_weights)\n"
                                             "self.optimizer.step(layer.bias, layer.grad_bias)")) for place in (0, -1)),
        *(("backward-before-forward", network(fit=fit)) for fit in (
            BACKWARD + STEP + "losses.append(self.loss(self(x), y))",
            BACKWARD + "losses.append(self.loss(self(x), y))\n" + STEP)),
        ("operator", network(back=BACK.replace("grad * activation", "grad @ activation"))),
        ("inputs-returned", network(call="self.output = forward(self.layers, x)\nreturn x")),
        ("answer-for-output", network(call="self.output = forward(self.layers, x)\n"
                                           "return (self.output > 0.5).astype(float)")),
        ("answer-for-output", network(call="self.output = forward(self.layers, x)\nreturn np.round(self.output)")),
        ("call-too-many", network(call="self.output = self.layers[-1][1](forward(self.layers, x))\n"
                                       "return self.output")),
        ("last-loss-only", network(fit=LOOK + "losses = [*losses, self.loss(output, y)]\n" + BACKWARD + STEP
                                   + "if len(losses) == epochs:\n    return losses[-1]")),
        ("bend-for-slope", network(back=BACK.replace("activation.gradient", "activation"))),
        ("not-reversed", network(back=BACK.replace("reversed(self.layers)", "self.layers"))),
        ("difference-for-slope", network(back=BACK.replace("self.loss.gradient(self.output, labels)",
                                                           "self.output - labels"))),
        ("loss-for-slope", network(back=BACK.replace("loss.gradient", "loss"))),
        ("output-not-kept", network(call="return forward(self.layers, x)")),
        ("loss-before-forward", network(fit="losses.append(self.loss(self.output, y))\nself(x)\n" + BACKWARD + STEP)),
        ("slope-behind-the-layer", network(back=GRAD + LOOP + "    grad = layer.backward(grad)\n"
                                           "    grad = grad * activation.gradient(layer.output)")),
        ("z-for-output", network(back=BACK.replace("(self.output", "(self.layers[-1][0].output"))),
        ("moved-for-each-layer", network(fit=LOOK + PRICE + BACKWARD + "for block in self.layers:\n    self.update()")),
        *(("no-loss-kept", network(fit=FIT.replace(PRICE, lost)))
          for lost in ("print(self.loss(output, y))\n", "loss = self.loss(output, y)\n")),
        ("moved-twice-an-epoch", network(fit=FIT + STEP)),
        ("moved-twice-an-epoch", network(fit=LOOK + PRICE + 2 * BACKWARD + 2 * STEP)),
        ("one-by-one", network(fit="losses.append(self.loss(self(x), y))\nfor k in range(x.shape[1]):\n"
                               "    self(x[:, k:k + 1])\n    self.backward_step(y[:, k:k + 1])\n    self.update()")),
        ("one-by-one", network(fit="for k in range(x.shape[1]):\n"
                               "    losses.append(self.loss(self(x[:, k:k + 1]), y[:, k:k + 1]))\n"
                               "    self.backward_step(y[:, k:k + 1])\n    self.update()")),
        ("layers-turned-round", network(back=GRAD + "self.layers = self.layers[::-1]\n"
                                        "for layer, activation in self.layers:\n"
                                        "    grad = layer.backward(grad * activation.gradient(layer.output))")),
        ("one-by-one", network(fit="total = 0\nfor k in range(x.shape[1]):\n"
                               "    total += self.loss(self(x[:, [k]]), y[:, [k]])\n"
                               "    self.backward_step(y[:, [k]])\n    self.update()\n"
                               "losses.append(total / x.shape[1])")),
        ("raises-TypeError", network(fit=FIT.replace("step(y)", "step(output, y)"))),
        ("z-returned", network(call="forward(self.layers, x)\nself.output = self.layers[-1][0].output\n"
                                    "return self.output")),
        ("update-in-backward", network(back=BACK + MOVED, update="pass")),
        ("moved-twice", network(back=BACK + MOVED)),
        ("update-called-in-backward", network(back=BACK + "\nself.update()", fit=LOOK + PRICE + BACKWARD)),
        ("one-epoch-too-few", network(fit="if len(losses) == epochs - 1:\n    break\n" + FIT)),
        ("one-epoch-too-many", network(fit=FIT + "if len(losses) == epochs:\n    " + FIT.replace("\n", "\n    "))),
        ("one-epoch-only", network(fit=FIT + "return losses")),
        ("loss-swapped", network(fit=FIT.replace("output, y", "y, output"))),
        ("built-anew-each-epoch", network(fit="self.build(len(x))\n" + FIT)),
        ("built-anew-each-epoch", network(fit="self.is_built = False\n" + FIT)),
        ("built-anew-in-each-call", network(call="self.build(len(x))\n" + CALL)),
        ("bend-skipped+last-loss-only", network(
            back=GRAD + LOOP + "    grad = layer.backward(grad)",
            fit=FIT + "if len(losses) == epochs:\n    return losses[-1]")),
        ("returned-none", network(call="self.output = forward(self.layers, x)")),
        ("own-step", network(update=OWN_STEP.format("self.optimizer.learning_rate"))),
        ("unused-argument", network(update=OWN_STEP.format("0.5"))),
        ("two-blocks-only", network(back=BACK.replace("reversed(self.layers)", "(self.layers[1], self.layers[0])"))),
        ("network-not-called", network(fit=FIT.replace("self(x)", "forward(self.layers, x)"))),
        ("output-for-labels", network(fit=FIT.replace("step(y)", "step(output)"))),
        ("inputs-for-labels", network(fit=FIT.replace("step(y)", "step(x)"))),
        ("no-number-kept", network(fit=FIT.replace("self.loss(output, y)", "self.loss"))),
        ("raises-TypeError", network(update="self.layers = " + UPDATE)),
        ("rounded", network(fit=FIT.replace("self.loss(output, y)", "round(float(self.loss(output, y)), 4)"))),
        ("raises-TypeError", network(update="self.optimizer.step(self.layers)")),
        ("slope-at-inputs", network(back=BACK.replace("layer.output", "layer.inputs"))),
        ("slope-for-loss", network(fit=FIT.replace("self.loss(output", "self.loss.gradient(output"))),
        ("raises-NameError", network(back="backward_step(self.layers, self.loss.gradient(self.output, labels))")),
        ("raises-AttributeError", network(call="self.output = self.forward(x)\nreturn self.output")),
        ("raises-AttributeError", network(update="self.update_layers(self.layers, self.optimizer)")),
        ("raises-ValueError", network(back=BACK.replace("grad * activation.gradient(layer.output)", "layer.inputs"))),
    ],
}  # fmt: skip

CELLS = {
    "09.5": [
        ("shared-by-all", "class NeuralNetwork:\n    def __init__(self, layers, loss, optimizer, seed=0):\n"
         "        NeuralNetwork.layers, self.loss, self.optimizer = layers, loss, optimizer\n"
         "        self.rng, self.is_built = np.random.default_rng(seed), False\n\n"
         "    def build(self, features):\n        for layer, _ in self.layers:\n"
         "            layer.build(features, self.rng)\n            features = layer.units\n"
         "        self.is_built = True\n\n    def __call__(self, x):\n"
         "        if not self.is_built:\n            self.build(len(x))\n"
         "        self.output = forward(self.layers, x)\n        return self.output\n\n"
         "    def backward_step(self, labels):\n"
         "        grad = self.loss.gradient(self.output, labels)\n"
         "        for layer, activation in reversed(self.layers):\n"
         "            grad = layer.backward(grad * activation.gradient(layer.output))\n\n"
         "    def update(self):\n        update_layers(self.layers, self.optimizer)\n\n"
         "    def fit(self, x, y, epochs):\n        losses = []\n        for _ in range(epochs):\n"
         "            output = self(x)\n            losses.append(self.loss(output, y))\n"
         "            self.backward_step(y)\n            self.update()\n        return losses"),
        ("losses-kept", "class NeuralNetwork:\n    def __init__(self, layers, loss, optimizer, seed=0):\n"
         "        self.layers, self.loss, self.optimizer = layers, loss, optimizer\n"
         "        self.rng, self.is_built = np.random.default_rng(seed), False\n"
         "        self.losses = []\n\n    def build(self, features):\n"
         "        for layer, _ in self.layers:\n            layer.build(features, self.rng)\n"
         "            features = layer.units\n        self.is_built = True\n\n"
         "    def __call__(self, x):\n        if not self.is_built:\n"
         "            self.build(len(x))\n        self.output = forward(self.layers, x)\n"
         "        return self.output\n\n    def backward_step(self, labels):\n"
         "        grad = self.loss.gradient(self.output, labels)\n"
         "        for layer, activation in reversed(self.layers):\n"
         "            grad = layer.backward(grad * activation.gradient(layer.output))\n\n"
         "    def update(self):\n        update_layers(self.layers, self.optimizer)\n\n"
         "    def fit(self, x, y, epochs):\n        for _ in range(epochs):\n"
         "            output = self(x)\n            self.losses.append(self.loss(output, y))\n"
         "            self.backward_step(y)\n            self.update()\n        return self.losses"),
    ],
}

LETTERS = {
    "09.1": [("not-an-option", "d"), ("not-an-option", "2"), ("not-an-option", "")],
    "09.2": [
        ("extra-D", "C D B E F A"),
        ("extra-D", "D C B E F A"),
        ("B-before-C", "B C E F A"),
        ("E-before-B", "C E B F A"),
        ("F-before-B", "C F B E A"),
        ("A-before-F", "C B E A F"),
        ("A-before-E", "C B F A E"),
        ("line-missing", "C B E F"),
    ],
    "09.6": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
    "09.7": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "2.3")],
}

ORDERS = {
    "09.2": (
        "from nnlib import *\nepochs, losses = 4, []\nx, y = np.array([[0.0, 1.0]]), np.array([[0.0, 1.0]])\n"
        "network = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.5, seed=0)",
        "len(losses) == 4 and losses[-1] < losses[0]",
    ),
}

CHANGED = {
    "09.3": [
        ("first-and-last-only", (("in layers:", "in (layers[0], layers[-1]):"),)),
        ("kept-from-before", (("        layer.inputs = x", "        if not hasattr(layer, 'inputs'):\n"
                               "            layer.inputs = x"),)),
    ],
    "09.4": [
        ("gradients-emptied", (("    return 2", "    for layer, _ in layers:\n        layer.grad_weights[:] = 0\n"
                                "        layer.grad_bias[:] = 0\n    return 2"),)),
        ("bias-by-the-weights", (("layer.grad_bias", "layer.grad_weights.sum(axis=1, keepdims=True)"),)),
        ("bias-by-the-weights", (("layer.grad_bias", "layer.grad_weights"),)),
    ],
    "09.5": [
        ("another-optimizer", (("(self.layers, self.optimizer)", "(self.layers, SGD(0.1))"),)),
        ("last-bend-skipped", (("backward(grad *", "backward(grad if layer is self.layers[-1][0] else grad *"),)),
        ("slope-at-the-gradient", (("grad * activation.gradient(layer.output)", "activation.gradient(grad)"),)),
        ("built-again", (("        losses = []\n", "        self.build(len(x))\n        losses = []\n"),)),
        ("not-reversed", (("reversed(self.layers)", "self.layers"),)),
        ("output-not-kept", (
            ("self.output = forward(self.layers, x)\n        return self.output", "return forward(self.layers, x)"),
        )),
        ("once-only", (
            ("        self.output = forward", "            self.output = forward"),
            ("        return self.output", "            return self.output"),
        )),
        ("nothing-moves-in-fit", (("            self.backward_step(y)\n", ""),)),
    ],
}  # fmt: skip
