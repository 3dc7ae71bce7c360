"""The exercises of lesson 06, Apply the chain rule by hand."""

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Order, Prediction

BOARD = np.array([1.0, -1.0, -1.0, 0.5, 0.5, 0.5, 2.0, 3.0, -1.0])
BOTH_ON = np.array([0.5, 1.0, 2.0, -1.5, 0.25, 1.0, -1.0, 0.5, 0.75])
FIRST_OFF = np.array([-2.0, 1.0, 0.5, 1.5, -0.5, 2.0, 1.5, -2.0, 0.5])
FINE = np.array([0.7313, -1.2137, 0.4571, 0.8923, 0.1187, 0.2641, -0.8353, 1.3477, 0.0613])
FAINT = np.array([0.1513, 0.2137, -0.2571, -0.0923, 0.1187, 0.0641, 0.6353, -0.3477, -0.4613])
HUSHED = np.array([0.1513, 0.2137, 0.1571, 0.0923, -0.3187, -0.1641, 0.6353, 0.3477, 0.4613])
LOUD = np.array([3.0, 4.0, 1.0, 20.0, 0.5, -1.0, 2.0, 1.0, 0.0])
BARELY = np.array([1.0, 1.0, 2.0, 1.0, 0.0005, 0.0002, 5.0, -4.0, 30.0])  # with a 0 in x both z are a little above 0
ALIKE = np.array([1.0, -1.0, -1.0, 0.5, 0.5, 0.5, 3.0, 3.0, -1.0])  # v₁ is v₂, and only unit 1 is on
CORNER = np.array([1.0, -2.0, -1.0, 0.5, 0.0, 1.5, 2.0, 3.0, -1.0])  # with ONE both z are 0
FAR, AT_ZERO = np.array([2.0, 1.5]), np.zeros(2)
ONE, TWO, THREE = np.array([2.0, 1.0]), np.array([3.0, 2.0]), np.array([1.0, -1.0])


def relu(z):
    return max(0.0, z)


def forward(parameters, x, bends=(relu, relu), c_in=True, crossed=False, bend_out=False, from_z=False):
    """The five numbers of the forward pass, with one of the usual slips if it is asked for."""
    w11, w12, w21, w22, b1, b2, v1, v2, c = parameters
    w12, w21 = (w21, w12) if crossed else (w12, w21)
    z1, z2 = w11 * x[0] + w12 * x[1] + b1, w21 * x[0] + w22 * x[1] + b2
    a1, a2 = bends[0](z1), bends[1](z2)
    output = v1 * (z1 if from_z else a1) + v2 * (z2 if from_z else a2) + c * c_in
    return np.array([z1, z2, a1, a2, max(0.0, output) if bend_out else output])


def bent(name, bend, says):
    """A mistake in the bend of both units, or of one alone."""
    told = {(bend, bend): ("a₁ and a₂ are", "z"), (bend, relu): ("a₁ is", "z₁"), (relu, bend): ("a₂ is", "z₂")}
    return [Mistake(name, lambda parameters, x, bends=bends: forward(parameters, x, bends),
                    "You get {yours}: " + says.format(*words)) for bends, words in told.items()]  # fmt: skip


def backward(parameters, values, x, y, two=2, bend="slope", output_local="a", swapped=False, crossed=False, inner="x",
             outer="v", gated_bias=True):
    """The nine gradients, with one of the usual slips if it is asked for."""
    w, v = parameters[:4].reshape(2, 2), parameters[6:8]
    z, a, output = values[:2], values[2:4], values[4]
    ways = {"v": v, "1": np.ones(2), "a": a}[outer]
    up = two * (output - y)
    gates = {"slope": z > 0, "corner": z >= 0, "z": z,
             "none": 1.0, "value": a, "example": np.array([1, 0]), "swapped": z[::-1] > 0,
             "below": z < 0, "not above": z <= 0, "sigmoid": a * (1 - a),
             "or second": np.array([z[0] > 0, z[0] <= 0]),
             "or else second": np.array([z[0] > 0, z[0] <= 0 < z[1]]),
             "leaky": np.where(z > 0, 1, 0.01), "sign": np.sign(z), "any": (z > 0).any(), "all": (z > 0).all(),
             "first": np.array([z[0] > 0, 1]), "second": np.array([1, z[1] > 0])}  # fmt: skip
    grad_a = up * (ways[::-1] if swapped else ways)
    grad_z = grad_a * gates.get(bend, z > bend if isinstance(bend, float) else None)
    grad_w = grad_z[:, np.newaxis] * {"w": w, "a": a, "x": x}[inner]
    grad_w = grad_w.T if crossed else grad_w
    grad_b, local = grad_z if gated_bias else grad_a, {"a": a, "v": v, "z": z}[output_local]
    return np.array([*grad_w.ravel(), *grad_b, *(up * local), up])


def case(parameters, x, y):
    return {"parameters": parameters, "values": forward(parameters, x), "x": x, "y": y}


def off(weights, bias, inputs, label):
    return weights @ inputs + bias - label


def first_places(values):
    """For each number the first place where it is found: who asks for the place by the value gets that."""
    every = values.tolist()
    return [every.index(one) for one in every]


def filled_once(**g):
    """The gradients stand where the value of the input is found first, and everywhere else stands 0."""
    return 2 * off(**g) * g["inputs"] * (np.array(first_places(g["inputs"])) == np.arange(len(g["inputs"])))


EQUAL = (
    filled_once,
    lambda **g: 2 * off(**g) * g["inputs"][first_places(g["weights"])],
    lambda **g: 2 * (sum(set((g["weights"] * g["inputs"]).tolist())) + g["bias"] - g["label"]) * g["inputs"],
)


EXERCISES = (
    Prediction(
        number="06.1",
        title="Nine gradients: and the loss?",
        right="a",
        options={
            "a": "the loss is what it was: working out gradients moves nothing.",
            "b": "The gradients say where downhill is, at the place where you stand. They do not go there.",
            "c": "The loss gets smaller when the parameters move. Did anything move them?",
            "d": "The learning rate belongs to the update. Backprop does not know it.",
        },
        hints=(
            "What does the loss depend on? Has any of that changed?",
            "A map of the slope of a hill does not move you.",
            "Lesson 05 had a line that changed the weights. Is it part of working out a slope?",
        ),
        praise="Backprop gathers knowledge. The update acts on it.",
    ),
    Answer(
        number="06.2",
        title="One neuron backwards",
        names=("upstream", "grad_w", "grad_b"),
        together=(
            ((5.0, -5.0, 5.0), "sign", "All three have the wrong sign: is z taken from y? The loss measures z − y."),
            ((-5.0, -5.0, 5.0), "changed-places", "`grad_w` and `grad_b` have changed places: which of the two is "
             "multiplied by x?"),
        ),
        wrong={
            "upstream": (
                (-1.5, "z-for-upstream", "`upstream` = {yours} is z itself. Asked for is how the loss changes with z."),
                (4.0, "worked-example", "`upstream` = {yours} belongs to the neuron above. This one has another w, b "
                 "and x."),
                (-2.5, "two-missing", "`upstream` = {yours} is z − y. The slope of a square has one more factor."),
                (-6.0, "bias-missing", "`upstream` = {yours} comes from a z without its bias."),
                (-7.0, "bias-sign", "`upstream` = {yours} comes from a z with the bias taken away. It is added."),
                (12.5, "square-kept", "`upstream` = {yours} is 2 (z − y)²: the square is still there. In the slope "
                 "of a square there is none."),
                (6.25, "loss-for-slope", "`upstream` = {yours} is the loss itself. Its slope was asked for."),
                (3.0, "input-sign", "`upstream` = {yours} comes from a z with x = 1. Here x is −1."),
                (-3.0, "label-missing", "`upstream` = {yours} is twice z. The loss measures z from the label."),
                (-4.0, "brackets-missing", "`upstream` = {yours} is 2 · z − y: only z is doubled. What is doubled is "
                 "how far z is from y."),
                (-1.0, "minus-lost", "`upstream` = {yours} is twice −0.5. z is −1.5, below 0: does taking 1 away bring "
                 "it nearer to 0?"),
            ),
            "grad_w": (
                (8.0, "worked-example", "`grad_w` = {yours} belongs to the neuron above. This one has another w, b "
                 "and x."),
                (-1.0, "upstream-missing", "`grad_w` = {yours} is the local slope alone, x. It is multiplied by the "
                 "upstream."),
                (-5.0, "local-missing", "`grad_w` = {yours} is the upstream alone. What is the weight multiplied by?"),
                (-10.0, "weight-for-input", "`grad_w` = {yours}: that is upstream times the weight itself. If the "
                 "weight moves by 1, how far does z move?"),
                (7.5, "z-for-input", "`grad_w` = {yours}: that is upstream times z. What is the weight multiplied by?"),
                (2.5, "two-missing", "`grad_w` = {yours} is half of it: the slope of a square has one more factor."),
            ),
            "grad_b": (
                (4.0, "worked-example", "`grad_b` = {yours} belongs to the neuron above. This one has another w, b "
                 "and x."),
                (1.0, "upstream-missing", "`grad_b` = {yours} is the local slope alone. It is multiplied by the "
                 "upstream."),
                (0.0, "no-slope", "`grad_b` = {yours}: if the bias moves by 1, z does too, and the loss with it."),
                (5.0, "times-input", "`grad_b` = {yours}: the input is in it. The bias is not multiplied by x."),
                (0.5, "bias-itself", "`grad_b` = {yours} is b itself. If the bias moves by 1, how far does z move?"),
                (-2.5, "half", "`grad_b` = {yours} is half of the upstream. If the bias moves by 1, so does z."),
            ),
        },
        hints=(
            "Do what was done above, in the same order: z, the slope of the square, then one product each.",
            "z = 2 · (−1) + 0.5. The upstream is 2 · (z − y).",
            "z = −1.5, so z − y = −2.5. The local slope of the weight is x, that of the bias is 1.",
        ),
        praise="A larger weight makes this loss larger, a larger bias makes it smaller, and both by the same amount.",
    ),
    Exercise(
        number="06.3",
        title="The gradient of every weight of a neuron",
        piece="neuron_gradient",
        what="your gradient",
        cases=(
            {"weights": np.array([2.0, 1.0]), "bias": -1.5, "inputs": np.array([0.5, 3.0]), "label": 1.0},
            {"weights": np.array([1.0, -2.0, 0.5]), "bias": 0.25, "inputs": np.array([2.0, 1.0, -4.0]), "label": 2.0},
            {"weights": np.array([0.12345, -1.23457]), "bias": 0.31416, "inputs": np.array([2.34567, 0.98765]),
             "label": -0.57722},
            {"weights": np.array([1.5, 1.5, 2.0, -1.0]), "bias": 1.0, "inputs": np.array([2.0, -1.0, 2.0, 0.0]),
             "label": 0.0},
            {"weights": np.array([2.0, 0.5]), "bias": 0.5, "inputs": np.array([1.0, 4.0]), "label": 0.5},
            {"weights": np.array([2.0, 1.0]), "bias": 0.0, "inputs": np.array([0.5, 3.0]), "label": 4.0},  # no error
            {"weights": np.arange(1.0, 121.0), "bias": 3.0, "inputs": np.resize([0.25, -1.0, 0.5], 120), "label": 1.0},
        ),
        whole=("weights", "inputs"),
        unsaid=True,
        mistakes=(
            *(Mistake("place-by-value", lambda wrong=wrong, **g: wrong(**g),
                      "Your gradient is {yours}: some of these numbers are equal, and they are found by their value, "
                      "or kept only once. Go through weights and inputs side by side, or let NumPy do it.")
              for wrong in EQUAL),
            *(Mistake("first-few", lambda count=count, **g: 2 * off(
                    g["weights"][:count], g["bias"], g["inputs"][:count], g["label"]) * g["inputs"],
                      f"No more than the first {count} features are in your z. `@` takes them all.")
              for count in (2, 3, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100)),
            Mistake("first-few", lambda **g: 2 * off(
                    g["weights"][:1], g["bias"], g["inputs"][:1], g["label"]) * g["inputs"],
                    "Only the first feature is in your z. `@` takes them all."),
            Mistake("label-as-yes-or-no", lambda **g: 2 * (off(**g) + g["label"] - (g["label"] > 0.5)) * g["inputs"],
                    "Your gradient is {yours}: the label {label} has been made 0 or 1. It is a number, and z is to "
                    "come near to it."),
            Mistake("bent", lambda **g: 2 * (max(0.0, off(**g) + g["label"]) - g["label"]) * g["inputs"] * (
                    off(**g) + g["label"] > 0),
                    "Your gradient is {yours}: z has been through a ReLU. This neuron gives z as it is, below 0 too."),
            *(Mistake("sign-alone", lambda two=two, **g: two * np.sign(off(**g)) * g["inputs"],
                      "Your gradient is {yours}: of z minus the label only the sign is in it. The further z is from "
                      "the label, the steeper the square.") for two in (1, 2)),
            Mistake("two-missing", lambda **g: off(**g) * g["inputs"],
                    "Your gradient is {yours}: half of what it should be. How steep is a square?"),
            Mistake("local-missing", lambda **g: 2 * off(**g),
                    "Your gradient is {yours}, one number: the upstream. Each weight has a local slope of its own."),
            Mistake("local-missing", lambda **g: np.full(len(g["inputs"]), 2 * off(**g)),
                    "Your gradient is {yours}: the upstream, in every place. Each weight has a local slope of its "
                    "own."),
            Mistake("upstream-missing", lambda **g: g["inputs"],
                    "Your gradient is {yours}: those are the inputs, the local slopes. The upstream is missing."),
            Mistake("weights-for-inputs", lambda **g: 2 * off(**g) * g["weights"],
                    "Your gradient is {yours}: upstream times weights. If a weight moves by 1, how far does z move?"),
            Mistake("bias-missing", lambda **g: 2 * (off(**g) - g["bias"]) * g["inputs"],
                    "Your gradient is {yours}: z has been worked out without the bias {bias}."),
            Mistake("label-missing", lambda **g: 2 * (off(**g) + g["label"]) * g["inputs"],
                    "Your gradient is {yours}: the label {label} is not in it. The loss measures z from the label."),
            Mistake("loss-returned", lambda **g: off(**g) ** 2,
                    "You return {yours}, the loss itself. How it changes with each weight was asked for."),
            Mistake("squeezed", lambda **g: 2 * (1 / (1 + np.exp(-off(**g) - g["label"])) - g["label"]) * g["inputs"],
                    "Your gradient is {yours}: z has been through a sigmoid. This neuron gives z as it is."),
            Mistake("loss-for-slope", lambda **g: off(**g) ** 2 * g["inputs"],
                    "Your gradient is {yours}: the loss is in it, where its slope belongs."),
            *(Mistake("already-updated", lambda rate=rate, **g: g["weights"] - rate * 2 * off(**g) * g["inputs"],
                      "You get {yours}: weights that have made their step already. The gradient was asked for, and "
                      "nothing should move yet.") for rate in (0.01, 0.1, 1.0)),
            *(Mistake("measured-roughly", lambda step=step, **g: 2 * off(**g) * g["inputs"] + step * g["inputs"] ** 2,
                      "Your gradient is nearly right, as it comes out where a slope is measured by a small step to one "
                      "side. The rule gives it exactly: the upstream times each input.")
              for step in (0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)),
            Mistake("bias-besides", lambda **g: 2 * off(**g) * np.append(g["inputs"], 1),
                    "Your gradient is {yours}: the last number is that of the bias. Only those of the weights are "
                    "asked for."),
            Mistake("added-up", lambda **g: (2 * off(**g) * g["inputs"]).sum(),
                    "Your gradient is {yours}: one number. Each weight keeps a gradient of its own."),
        ),
        hints=(
            "Two steps: from the loss to z, then from z to each weight.",
            "The upstream is one number for all weights. The local slope of a weight is its own input.",
            "z first; then 2 times (z minus the label); then that times the array of inputs.",
        ),
        praise="One upstream, shared by all weights; each multiplies it by its own input.",
    ),
    Answer(
        number="06.4",
        title="The rest of the forward pass",
        names=("z_2", "a_2", "output", "loss"),
        wrong={
            "z_2": (
                (-1.5, "bias-missing", "`z_2` = {yours} is the two products added up, without b₂."),
                (0.0, "bend-too-early", "`z_2` = {yours}: that is what comes out of the bend, a₂. z₂ is the sum before "
                 "it. (Or have x₁ and x₂ changed places, and b₂ is not in it?)"),
                (0.5, "inputs-swapped", "`z_2` = {yours}: x₁ and x₂ have changed places."),
                (1.5, "other-unit", "`z_2` = {yours} is z₁. Hidden unit 2 has a row of its own in the table."),
                (3.0, "weight-sign", "`z_2` = {yours}: w₂₁ is −1, and the minus is not in it."),
            ),
            "a_2": (
                (-1.0, "bend-missing", "`a_2` = {yours} has not been through the bend: a ReLU gives nothing below 0."),
                (1.0, "minus-dropped", "`a_2` = {yours}: the bend does not drop the minus, it stops the whole number."),
            ),
            "output": (
                (3.5, "weights-exchanged", "`output` = {yours}: v₁ and v₂ have changed places."),
                (6.0, "inputs-for-outputs", "`output` = {yours}: x₁ and x₂ are in it. The output unit reads a₁, a₂."),
                (5.0, "inputs-for-outputs", "`output` = {yours}: a₁ is in it, and x₂ in the place of a₂."),
                (0.5, "weight-missing", "`output` = {yours}: the weight v₁ = 2 is not in it."),
                (4.0, "bias-sign", "`output` = {yours}: c is −1, and its minus is not in it."),
                (3.0, "bias-missing", "`output` = {yours}: the bias c is not in it."),
                (0.881, "squeezed", "`output` = {yours} has been through a sigmoid. The output unit has no bend."),
                (-1.0, "bend-missing", "`output` = {yours}: that comes from z₂. The output unit reads a₂."),
            ),
            "loss": (
                (2.0, "slope-for-loss", "`loss` = {yours}: that is the slope of the square. Here the square is asked."),
                (4.0, "label-missing", "`loss` = {yours} is the output squared. The label is not in it."),
                (-1.0, "not-squared", "`loss` = {yours}: a square is never below 0. Is the difference squared?"),
                (0.5, "halved", "`loss` = {yours}: there is no ½ in this loss."),
            ),
        },
        hints=(
            "Do for hidden unit 2 what was done for hidden unit 1, with its own row of the table.",
            "Two products and the bias; then the bend: nothing below 0 gets through.",
            "z₂ = (−1) · 2 + 0.5 · 1 + 0.5. What is max(0, z₂)?",
        ),
        praise="Hidden unit 2 is off for this example. Remember that on the way back.",
    ),
    Exercise(
        number="06.5",
        title="Forward in plain numbers",
        piece="forward_by_hand",
        what="your array of z1, z2, a1, a2, output",
        places=("z₁", "z₂", "a₁", "a₂", "the output"),
        cases=(
            {"parameters": BOARD, "x": ONE},
            {"parameters": BOTH_ON, "x": TWO},
            {"parameters": FIRST_OFF, "x": THREE},
            {"parameters": FINE, "x": np.array([1.6181, -0.5772])},
            {"parameters": FAINT, "x": np.array([0.7071, 1.4142])},
            {"parameters": HUSHED, "x": np.array([-0.7071, 1.4142])},
            {"parameters": LOUD, "x": FAR},
        ),
        mistakes=(
            *bent("leaks", lambda z: z if z > 0 else 0.01 * z, "{0} a hundredth of {1} where that is below 0: a leaky "
                  "bend. The ReLU lets nothing through there.")[:1],
            *(one for most in (1, 5, 6, 10) for one in bent(
                "cut-off-above", lambda z, most=most: min(max(0.0, z), float(most)),
                "{0} {1}, but no more than some largest number: the bend has been given an upper end. What is above 0 "
                "passes, however large.")[:1]),
            Mistake("loss-for-output", lambda parameters, x: np.array(
                    [*forward(parameters, x)[:4], (forward(parameters, x)[4] - 1) ** 2]),
                    "You get {yours}: the last is a loss, the square of output − 1. The output itself was asked for."),
            *bent("bend-missing", lambda z: z, "{} {} as it is, below 0 too. The bend is missing."),
            *bent("yes-for-the-bend", lambda z: float(z > 0), "{} 1 or 0: `z > 0` is a yes or a no. Where {} is above "
                  "0, the bend lets its number through."),
            *bent("minus-dropped", abs, "{} {} without its minus. The bend does not drop the minus, it stops the whole "
                  "number."),
            Mistake("z-overwritten", lambda parameters, x: forward(parameters, x)[[2, 3, 2, 3, 4]],
                    "You get {yours}: where z₁ and z₂ belong stands what the bend made of them. Does a₂ take the place "
                    "of z₂? The way back needs both."),
            Mistake("output-bias-missing", lambda parameters, x: forward(parameters, x, c_in=False),
                    "You get {yours}: the output has no bias c in it."),
            *(one for name, bend in (("sigmoid", lambda z: 1 / (1 + np.exp(-z))), ("tanh", np.tanh))
              for one in bent("another-bend", bend, f"{{0}} the {name} of {{1}}. The bend of this network is a ReLU: "
                              "what is above 0, and else 0.")[:1]),
            *bent("always-off", lambda z: 0.0, "{0} 0 whatever {1} is. A ReLU gives 0 only where z is not above 0."),
            Mistake("output-from-z", lambda parameters, x: forward(parameters, x, from_z=True),
                    "You get {yours}: a₁ and a₂ are there, but the output has been made from z₁ and z₂."),
            Mistake("bend-on-the-output", lambda parameters, x: forward(parameters, x, bend_out=True),
                    "You get {yours}: the output has been bent too. In this network the output unit has no bend."),
            Mistake("squeezed", lambda parameters, x: np.array(
                    [*forward(parameters, x)[:4], 1 / (1 + np.exp(-forward(parameters, x)[4]))]),
                    "You get {yours}: the output has been through a sigmoid. This output unit gives its sum as it is."),
            Mistake("inputs-for-outputs", lambda parameters, x: np.array(
                    [*forward(parameters, x)[:4], parameters[6:8] @ x + parameters[8]]),
                    "You get {yours}: x₁ and x₂ are in the output. What does the output unit read?"),
            Mistake("sums-multiplied", lambda parameters, x: np.array([*forward(parameters, x)[:4], sum(
                    parameters[6:8]) * sum(forward(parameters, x)[2:4]) + parameters[8]]),
                    "You get {yours}: v₁ and v₂ are added up, and a₁ and a₂ too, and then they are multiplied. Each "
                    "weight belongs to its own unit: two products, and their sum."),
            Mistake("larger-z-for-both", lambda parameters, x: np.array([*(z := forward(parameters, x)[:2]),
                    *[max(z)] * 2, sum(parameters[6:8]) * max(z) + parameters[8]]),
                    "You get {yours}: a₁ and a₂ are both the larger of z₁ and z₂. The bend compares each z with 0."),
            Mistake("one-bend-for-both", lambda parameters, x: forward(
                    parameters, x, [relu if min(forward(parameters, x)[:2]) > 0 else lambda z: 0.0] * 2),
                    "You get {yours}: no unit lets its z through unless both are above 0. Each bend asks its own z."),
            Mistake("output-missing", lambda parameters, x: forward(parameters, x)[:4],
                    "You return {yours}, four numbers: the output is missing."),
            Mistake("inputs-swapped", lambda parameters, x: forward(parameters[[0, 1, 3, 2, 4, 5, 6, 7, 8]], x),
                    "You get {yours}: in z₂ the two inputs have changed places. w₂₁ is multiplied by x₁."),
            Mistake("output-alone", lambda parameters, x: forward(parameters, x)[4],
                    "You return {yours}, the output alone. The way back needs all five numbers."),
            Mistake("bends-before-z", lambda parameters, x: forward(parameters, x)[[2, 3, 0, 1, 4]],
                    "You return {yours}: the order asked for is z₁, z₂, a₁, a₂, output."),
            Mistake("row-for-column", lambda parameters, x: forward(parameters, x, crossed=True),
                    "You get {yours}: w₁₂ and w₂₁ have changed places. The first figure is the unit, the second the "
                    "input: a unit reads along its row."),
            Mistake("inputs-swapped", lambda parameters, x: forward(parameters, x[::-1]),
                    "You get {yours}: x₁ and x₂ have changed places."),
            Mistake("output-weights-swapped", lambda parameters, x: forward(parameters[[0, 1, 2, 3, 4, 5, 7, 6, 8]], x),
                    "You get {yours}: v₁ and v₂ have changed places."),
        ),
        hints=(
            "The line for z₁ is there. Write the one for z₂ below it; then the two bends; then the output.",
            "`max(0.0, z1)` is the bend of one number.",
            "The output is two products and c. Return the five numbers inside `np.array([...])`.",
        ),
        praise="Five numbers, all remembered: the way back will use every one.",
    ),
    Prediction(
        number="06.6",
        title="The gradient of a unit that is off",
        right="a",
        options={
            "a": "0: the bend stops z₂, and on the way back it stops the gradient.",
            "b": "z₂ is negative, but the local slope of the bend there is neither negative nor z₂.",
            "c": "One step of the way back is left out in 2 · 3 · 2: the bend, between a₂ and z₂.",
        },
        hints=(
            "Nudge w₂₁ a little. Does a₂ move?",
            "The ReLU is flat below 0.",
            "What is a product with a local slope of 0?",
        ),
        praise="A nudge of w₂₁ moves z₂ from −1 to nearly −1, and a₂ stays 0. Nothing further along notices.",
    ),
    Exercise(
        number="06.7",
        title="All nine gradients",
        piece="backward_by_hand",
        what="your array of nine gradients",
        places=("w₁₁", "w₁₂", "w₂₁", "w₂₂", "b₁", "b₂", "v₁", "v₂", "c"),
        cases=(case(BOARD, ONE, 1.0), case(BOTH_ON, TWO, -1.0), case(FIRST_OFF, THREE, 2.0),
               case(FINE, np.array([1.6181, -0.5772]), 0.3183), case(FAINT, np.array([0.7071, 1.4142]), 0.3679),
               case(HUSHED, np.array([-0.7071, 1.4142]), 1.2599), case(CORNER, ONE, 2.0),
               case(ALIKE, ONE, 1.0), case(BARELY, AT_ZERO, 0.0), case(LOUD, np.array([0.0, 1.5]), 0.0)),
        whole=("parameters",),
        unsaid=True,
        mistakes=(
            Mistake("hidden-units-empty", lambda **g: np.array([*[0.0] * 6, *backward(**g)[6:]]),
                    "Your first six are 0, whatever comes in: the hidden units get no gradient. From the output it "
                    "goes on to them through v₁ and v₂."),
            Mistake("hidden-units-twice", lambda **g: backward(**g) * ([2.0] * 6 + [1.0] * 3),
                    "You get {yours}: the first six are twice what they should be. Does the 2 of the square come in "
                    "once more? The gradient of the output has brought it."),
            Mistake("values-for-inputs", lambda **g: backward(**g, inner="a"),
                    "You get {yours}: the gradients of z₁ and z₂ are multiplied by a₁ and a₂. What do the hidden units "
                    "read?"),
            *(Mistake("gate-turned-round", lambda bend=bend, **g: backward(**g, bend=bend),
                      "You get {yours}: the units that are off get a gradient, and those that are on get none. Where "
                      "z is above 0 the bend lets its number through, and its slope is 1.")
              for bend in ("below", "not above")),
            Mistake("another-bend", lambda **g: backward(**g, bend="sigmoid"),
                    "You get {yours}: a (1 − a) is the slope of a sigmoid. The bend of this network is a ReLU."),
            Mistake("upstream-missing", lambda **g: np.array(
                    [*backward(**g | {"y": g["values"][4] - 0.5})[:6], *backward(**g)[6:]]),
                    "You get {yours}: the gradient of the output has not come to the hidden units. On the way to a₁ it "
                    "is multiplied by v₁, and then by the slope of the bend."),
            Mistake("one-unit-after-the-other", lambda **g: backward(**g) * np.where(
                    np.isin(np.arange(9), (2, 3, 5)), g["parameters"][6] * (g["values"][0] > 0), 1),
                    "You get {yours}: unit 2 gets its gradient from unit 1. The two stand side by side: the gradient "
                    "of the output comes to each by its own way."),
            Mistake("inputs-for-values", lambda **g: np.array(
                    [*backward(**g)[:6], *(backward(**g)[8] * g["x"]), backward(**g)[8]]),
                    "You get {yours}: for v₁ and v₂ you have multiplied by x₁ and x₂. What did the output unit read?"),
            Mistake("values-swapped", lambda **g: np.array(
                    [*backward(**g)[:6], *(backward(**g)[8] * g["values"][[3, 2]]), backward(**g)[8]]),
                    "You get {yours}: for v₁ you have multiplied by a₂, and for v₂ by a₁. v₁ is multiplied by a₁ on "
                    "the way forward."),
            *(Mistake("loss-for-slope", lambda two=two, **g: backward(**g, two=two * (g["values"][4] - g["y"])),
                      "You get {yours}: the way back begins with the loss, a square. It begins with the slope of the "
                      "loss.") for two in (1, 2)),
            Mistake("bias-for-one", lambda **g: backward(**g) * [1, 1, 1, 1, *g["parameters"][4:6], 1, 1, 1],
                    "You get {yours}: for b₁ and b₂ you have multiplied by the bias itself. If a bias moves by 1, z "
                    "moves by 1."),
            Mistake("hidden-for-output", lambda **g: np.array(
                    [*backward(**g)[:6], *(backward(**g)[4:6] * g["values"][2:4]), backward(**g)[8]]),
                    "You get {yours}: for v₁ and v₂ you have taken the gradients of z₁ and z₂. v₁ and v₂ belong to "
                    "the output unit: what arrives there?"),
            *(Mistake("gate-begins-late", lambda least=least, **g: backward(**g, bend=least),
                      "You get {yours}: a unit whose z is above 0, but only a little, gets no gradient. The bend lets "
                      "through what is above 0, however small.") for least in (0.001, 0.01, 0.1, 1.0)),
            Mistake("one-gate-for-both", lambda **g: backward(**g, bend="any"),
                    "You get {yours}: both units get a gradient as soon as one of them is on. Each bend asks its own "
                    "z."),
            Mistake("one-gate-for-both", lambda **g: backward(**g, bend="all"),
                    "You get {yours}: no unit gets a gradient unless both are on. Each bend asks its own z."),
            Mistake("leaks", lambda **g: backward(**g, bend="leaky"),
                    "You get {yours}: a unit that is off lets a hundredth through. The slope of a ReLU is 0 there."),
            Mistake("sign-for-slope", lambda **g: backward(**g, bend="sign"),
                    "You get {yours}: a unit whose z is below 0 sends its gradient back with a minus. The bend is flat "
                    "there: slope 0, not −1."),
            Mistake("second-always-off", lambda **g: backward(**g, bend="example") * ([1, 1, 0, 0, 1, 0, 1, 1, 1]
                    if g["values"][0] > 0 else [0, 0, 0, 0, 0, 0, 1, 1, 1]),
                    "You get {yours}: unit 2 gets no gradient, whatever its z is. It was off in the example by hand; "
                    "here z₂ decides."),
            *(Mistake("upstream-cut-off", lambda most=most, **g: backward(**g | {"y": g["values"][4] - np.clip(
                    g["values"][4] - g["y"], -most / 2, most / 2)}),
                    "You get {yours}: " + f"the gradient of the output is cut off at {most}. A large error has a large "
                    "slope: leave it as it is.") for most in (1, 2, 5, 10)),
            Mistake("slope-at-the-corner", lambda **g: backward(**g, bend="corner"),
                    "Nearly: you get {yours} where z₁ and z₂ are exactly 0. There this course says that the slope of "
                    "the bend is 0: `z1 > 0`."),
            Mistake("z-for-slope", lambda **g: backward(**g, bend="z"),
                    "You get {yours}: at the bend you have multiplied by z itself. The chain rule wants the slope of "
                    "the bend there."),
            Mistake("locals-alone", lambda **g: np.array([*backward(**g)[:6], *g["values"][2:4], 1.0]),
                    "Your last three, of v₁, v₂ and c, are the local slopes alone: a₁, a₂ and 1. Each is multiplied "
                    "by what arrives there, the gradient of the output."),
            Mistake("locals-alone", lambda **g: np.array([*backward(**g)[:6], *g["values"][2:4], backward(**g)[8]]),
                    "Your gradients of v₁ and v₂ are the local slopes alone: a₁ and a₂. Each is multiplied by what "
                    "arrives there, the gradient of the output."),
            Mistake("locals-alone", lambda **g: np.array([*backward(**g)[:4], 1, 1, *backward(**g)[6:8], 1]),
                    "Your gradients of b₁, b₂ and c are the local slopes alone, 1. Each is multiplied by what arrives "
                    "there: for b₁ the gradient of z₁, for c that of the output."),
            Mistake("locals-alone", lambda **g: np.array([*backward(**g)[:4], 1, 1, *backward(**g)[6:]]),
                    "Your gradients of b₁ and b₂ are the local slopes alone, 1. Each is multiplied by what arrives "
                    "there, the gradient of its z."),
            Mistake("locals-alone", lambda **g: np.array(
                    [*backward(**g)[:4], *(g["values"][:2] > 0), *backward(**g)[6:]]),
                    "Your gradients of b₁ and b₂ are the slopes of the bend alone. Each is multiplied by what arrives "
                    "there, the gradient of its a."),
            Mistake("mask-of-the-output", lambda **g: backward(**g | {"values": np.array([
                        *[1.0 if g["values"][4] > 0 else -1.0] * 2, *g["values"][2:]])}),
                    "You get {yours}: whether a unit lets something through is asked of the output. Each unit has its "
                    "own z, and its bend saw that one."),
            Mistake("locals-alone", lambda **g: np.array([*backward(**g)[:8], 1]),
                    "Your gradient of c is the local slope alone, 1. It is multiplied by what arrives there, the "
                    "gradient of the output."),
            Mistake("worked-example", lambda **g: backward(**g | {"y": g["values"][4] - 1}),
                    "You get {yours}: the way back begins with 2, whatever the output is. It was 2 in the example by "
                    "hand; here it is worked out from `output` and `y`."),
            *(Mistake("already-updated", lambda rate=rate, **g: g["parameters"] - rate * backward(**g),
                      "You get {yours}: parameters that have made their step already. Gradients were asked for, and "
                      "nothing should move yet.") for rate in (0.01, 0.1)),
            Mistake("last-missing", lambda **g: backward(**g)[:8],
                    "You get {yours}: eight of the nine. That of c is missing, which comes last."),
            Mistake("two-missing", lambda **g: backward(**g, two=1),
                    "You get {yours}: each is half of what it should be. How steep is a square?"),
            Mistake("two-missing+sign", lambda **g: -backward(**g, two=1),
                    "Every number is −0.5 times what it should be: the 2 of the square is missing, and the difference "
                    "is taken the wrong way round."),
            Mistake("bias-not-gated", lambda **g: backward(**g, gated_bias=False),
                    "You get {yours}: for b₁ and b₂ the slope of the bend is missing. A unit that is off lets nothing "
                    "through to its bias either."),
            Mistake("weights-not-gated", lambda **g: np.array(
                    [*backward(**g, bend="none")[:4], *backward(**g)[4:]]),
                    "You get {yours}: for the weights of the hidden units the slope of the bend is missing, and it is "
                    "there for b₁ and b₂. A unit that is off lets nothing through to its weights either."),
            Mistake("output-for-hidden", lambda **g: np.array(
                    [*backward(**g)[:4], *[backward(**g)[8]] * 2, *backward(**g)[6:]]),
                    "You get {yours}: for b₁ and b₂ you have taken the gradient of the output. What arrives at b₁ is "
                    "the gradient of z₁."),
            *(Mistake("bias-times-input", lambda order=order, **g: backward(**g) * np.array(
                      [1, 1, 1, 1, *g["x"][order], 1, 1, 1]),
                      "You get {yours}: for b₁ and b₂ you have multiplied by an input. A bias is multiplied by nothing "
                      "on the way forward: its local slope is 1.") for order in ([0, 1], [0, 0], [1, 1])),
            Mistake("hidden-for-output", lambda **g: np.array([*backward(**g)[:8], backward(**g)[4:6].sum()]),
                    "You get {yours}: your gradient of c is the sum of those of b₁ and b₂. c stands in the output "
                    "unit: what arrives there?"),
            Mistake("output-weights-missing", lambda **g: backward(**g, outer="1"),
                    "You get {yours}: v₁ and v₂ are not on the way. From the output back to a₁ it goes through v₁."),
            Mistake("bend-missing", lambda **g: backward(**g, bend="none"),
                    "You get {yours}: a unit whose z is negative still gets a gradient. On the way from a to z there "
                    "is a bend, and it has a slope."),
            Mistake("value-for-slope", lambda **g: backward(**g, bend="value"),
                    "You get {yours}: at the bend you have multiplied by a, what it gave out. The chain rule wants its "
                    "slope."),
            Mistake("weights-for-values", lambda **g: backward(**g, output_local="v"),
                    "You get {yours}: for v₁ you have multiplied by v₁ itself. In a product, the local slope of one "
                    "factor is the other one."),
            Mistake("values-for-weights", lambda **g: backward(**g, outer="a", output_local="v"),
                    "You get {yours}: a₁ and a₂ stand where v₁ and v₂ belong, and v₁ and v₂ where a₁ and a₂ do. In a "
                    "product, the local slope of one factor is the other one."),
            Mistake("values-for-weights", lambda **g: backward(**g, outer="a"),
                    "You get {yours}: on the way back to hidden unit 1 you have multiplied by a₁. The local slope of "
                    "a₁ is what it is multiplied by on the way forward."),
            *(Mistake("one-or-the-other", lambda bend=bend, **g: backward(**g, bend=bend),
                      "You get {yours}: one unit gets its gradient, and the other 0, as after an `else` or `elif`. "
                      "Each bend is asked by itself: both may be on.")
              for bend in ("or second", "or else second")),
            Mistake("z-for-a", lambda **g: backward(**g, output_local="z"),
                    "You get {yours}: for v₁ and v₂ you have multiplied by z. What did the output unit read?"),
            Mistake("output-weights-swapped", lambda **g: backward(**g, swapped=True),
                    "You get {yours}: hidden unit 1 got its gradient through v₂. Each unit has its own way "
                    "to the output."),
            Mistake("inputs-crossed", lambda **g: backward(**g, crossed=True),
                    "You get {yours}: the gradients of w₁₂ and w₂₁ have changed places. The first figure is the "
                    "unit."),
            Mistake("inputs-exchanged", lambda **g: backward(**g | {"x": g["x"][::-1]}),
                    "You get {yours}: for w₁₁ you have multiplied by x₂, and for w₁₂ by x₁. What is each multiplied by "
                    "on the way forward?"),
            Mistake("weights-for-inputs", lambda **g: backward(**g, inner="w"),
                    "You get {yours}: for w₁₁ you have multiplied by w₁₁ itself. What is it multiplied by on "
                    "the way forward?"),
            Mistake("already-updated", lambda **g: g["parameters"] - backward(**g),
                    "You get {yours}: parameters that have made their step already. Gradients were asked for, and "
                    "nothing should move yet."),
            Mistake("gates-of-the-example", lambda **g: backward(**g, bend="example"),
                    "You get {yours}: unit 1 lets through and unit 2 does not, whatever their z is. That was so in the "
                    "example by hand; here z₁ and z₂ decide."),
            Mistake("gates-swapped", lambda **g: backward(**g, bend="swapped"),
                    "You get {yours}: the bend of each unit is asked at the z of the other. z₁ decides about unit 1."),
            Mistake("one-gate-missing", lambda **g: backward(**g, bend="first"),
                    "You get {yours}: the bend of unit 2 has no slope in it. Both units have one."),
            Mistake("one-gate-missing", lambda **g: backward(**g, bend="second"),
                    "You get {yours}: the bend of unit 1 has no slope in it. Both units have one."),
        ),
        hints=(
            "Follow the table from top to bottom: the output first, then v and c, then a, z, and last w and b.",
            "Make `grad_output` first. Everything else is a product that begins with it.",
            "For hidden unit 1: grad_output times v₁ times the slope of the bend is the gradient of z₁; with x₁ and x₂ "
            "it gives those of w₁₁ and w₁₂.",
        ),
        praise="All nine at once. This is backprop; the rest of the course only makes it faster.",
    ),
    Order(
        number="06.8",
        title="The loss after one step",
        lines={
            "A": "error = forward_by_hand(parameters, x)[4] - y",
            "B": "parameters = parameters - rate * gradients",
            "C": "values = forward_by_hand(parameters, x)",
            "D": "parameters = parameters - rate * values",
            "E": "loss = error ** 2",
            "F": "gradients = backward_by_hand(parameters, values, x, y)",
        },
        right="CFBAE",
        without={
            "C": "The way back has no numbers of a way forward.",
            "F": "No gradient is worked out.",
            "B": "No parameter moves.",
            "A": "Nobody looks again after the step.",
            "E": "The error never becomes a loss.",
        },
        extra={"D": "It moves the parameters by what the units gave out. Which way is downhill?"},
        before=(
            ("C", "F", "It needs `values`, which are not there yet."),
            ("F", "B", "It needs `gradients`, which are not there yet."),
            ("B", "A", "It would measure the error before the step."),
            ("A", "E", "It needs `error`, which is not there yet."),
        ),
        hints=(
            "The way back needs the numbers of the way forward.",
            "Forward, backward, update: then look again.",
            "Forward runs twice: once to remember, once to measure after the step.",
        ),
        praise="Forward, backward, update, and a look at what it did.",
    ),
    Choice(
        number="06.9",
        title="Recall: one step downhill",
        right="b",
        options={
            "a": "0.7 is a step uphill: the gradient is negative, so larger weights have a smaller loss.",
            "b": "Minus 0.1 times −3 is plus 0.3.",
            "c": "−3 is the gradient, the slope. The weight moves by a part of it.",
        },
        hints=(
            "The update goes against the gradient.",
            "The step is the learning rate times the gradient.",
            "0.1 · (−3) = −0.3, and it is taken away.",
        ),
        praise="Against the gradient, by a part of it.",
    ),
    Choice(
        number="06.10",
        title="Recall: without a bend",
        right="a",
        options={
            "a": "Sums of weighted sums are weighted sums.",
            "b": "It could do less, whatever the time: put z₁ and z₂ into the output and multiply out.",
            "c": "Corners come from the bends.",
        },
        hints=(
            "Write the output with z₁ and z₂ in place of a₁ and a₂.",
            "Put in the formulas of z₁ and z₂, and collect what stands with x₁.",
            "Lesson 03: ten linear layers are one.",
        ),
        praise="Without a bend, depth is worth nothing.",
    ),
)
