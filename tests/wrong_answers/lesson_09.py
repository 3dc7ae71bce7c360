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
LOOK, PRICE, BACKWARD, STEP = (
    "output = self(x)\n", "losses.append(self.loss(output, y))\n", "self.backward_step(y)\n", "self.update()\n")
FIT = LOOK + PRICE + BACKWARD + STEP


def network(call=CALL, back=BACK, update=UPDATE, fit=FIT):
    return (call, back, update, fit)


BODIES = {
    "09.3": [
        ("bend-missing", forward(READ, GAVE, "x = layer.output")),
        ("last-bend-missing", forward(READ, GAVE, GO, back="return layer.output")),
        ("activation-kept-for-z", forward(READ, "x = layer.output = activation(layer(x))")),
        ("first-inputs-kept", "first = x\n" + forward("layer.inputs = first", GAVE, GO)),
        ("empty", forward(GAVE, GO)),
        ("returned-none", forward(READ, GAVE, GO, back="last = x")),
        ("raises-NameError", forward(READ, GAVE, "x = activation(z)")),
        ("raises-TypeError", forward(READ, "layer.output = activation(layer)", "x = layer.output")),
    ],
    "09.4": [
        ("bias-forgotten", forward(WEIGHTS, back=COUNT)),
        ("weights-forgotten", forward(BIAS, back=COUNT)),
        ("last-layer-only", "layer, activation = layers[-1]\n" + WEIGHTS + "\n" + BIAS + "\n" + COUNT),
        ("uphill", forward(WEIGHTS.replace("layer.grad", "-layer.grad"), BIAS.replace("layer.grad", "-layer.grad"),
                           back=COUNT)),
        ("miscounted", forward(WEIGHTS, BIAS, back="return len(layers)")),
        ("gradients-moved", forward("optimizer.step(layer.grad_weights, layer.weights)",
                                    "optimizer.step(layer.grad_bias, layer.bias)", back=COUNT)),
        ("returned-none", forward(WEIGHTS, BIAS, back="count = 2 * len(layers)")),
        ("raises-AttributeError", forward("optimizer.update(layer.weights, layer.grad_weights)", back=COUNT)),
    ],
    "09.5": [
        ("bend-skipped", network(back=GRAD + LOOP + "    grad = layer.backward(grad)")),
        ("slope-at-output", network(back=BACK.replace("layer.output", "activation(layer.output)"))),
        ("not-handed-on", network(back=BACK.replace("grad = layer", "layer"))),
        ("last-layer-only", network(back=BACK + "\n    break")),
        ("labels-swapped", network(back=BACK.replace("self.output, labels", "labels, self.output"))),
        ("nothing-moves", network(update="pass")),
        ("nothing-moves-in-fit", network(fit=LOOK + PRICE + BACKWARD)),
        ("nothing-moves-in-fit", network(fit=LOOK + PRICE + STEP)),
        ("loss-after-update", network(fit=LOOK + BACKWARD + STEP + "losses.append(self.loss(self(x), y))")),
        ("update-before-backward", network(fit=LOOK + PRICE + STEP + BACKWARD)),
        ("forward-once", network(fit="output = self.output if losses else self(x)\n" + PRICE + BACKWARD + STEP)),
        ("last-loss-only", network(fit=LOOK + "losses = [*losses, self.loss(output, y)]\n" + BACKWARD + STEP
                                   + "if len(losses) == epochs:\n    return losses[-1]")),
        ("returned-none", network(call="self.output = forward(self.layers, x)")),
        ("raises-AttributeError", network(call="return forward(self.layers, x)")),
        ("raises-TypeError", network(update="self.optimizer.step(self.layers)")),
    ],
}  # fmt: skip

CELLS = {}

LETTERS = {
    "09.1": [("not-an-option", "d"), ("not-an-option", "2"), ("not-an-option", "")],
    "09.2": [
        ("extra-D", "C D B E F A"),
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
