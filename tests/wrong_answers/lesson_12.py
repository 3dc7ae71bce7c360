"""Wrong answers to lesson 12, Move faster."""

import textwrap

ORDER = "order = rng.permutation(x.shape[1])\n"
STARTS = "starts = range(0, x.shape[1], size)\n"
DEAL = "return [(x[:, order[at : at + size]], y[:, order[at : at + size]]) for at in starts]"

VELOCITY = "velocity = self.momentum * self.memory.get(id(parameters), 0.0) + gradients\n"
KEEP = "self.memory[id(parameters)] = velocity\n"
FIRST_RATE = "if not hasattr(self, 'rate'):\n    self.rate = self.learning_rate\n"
MOVE = "parameters -= self.learning_rate * velocity\nreturn parameters"

COUNT = "t = t + 1\n"
MEAN = "m = self.beta1 * m + (1 - self.beta1) * gradients\n"
SQUARE = "s = self.beta2 * s + (1 - self.beta2) * gradients**2\n"
PUT = "self.memory[id(parameters)] = t, m, s\n"
STEP = (
    "parameters -= self.learning_rate * m / (1 - self.beta1**t) / (np.sqrt(s / (1 - self.beta2**t)) + self.epsilon)\n"
    "return parameters"
)
ADAM = COUNT + MEAN + SQUARE + PUT + STEP
WHOLE = ADAM.replace("(1 - self.beta1) * g", "g").replace("(1 - self.beta2) * g", "g")
LINE = "if step <= warm:\n    return rate * step / warm\n"
PART = "part = (step - warm) / (steps - warm)\n"
WAVE = "return rate * (1 + np.cos(np.pi * part)) / 2"

BODIES = {
    "12.2": [
        ("other-axes", "order = rng.shuffle(np.arange(x.shape[1]))\nx, y = x[:, order], y[:, order]\n" + STARTS
         + "return [(x[:, at : at + size], y[:, at : at + size]) for at in starts]"),
        ("returned-none", ORDER + STARTS + "dealt = []\nfor at in starts:\n    part = order[at : at + size]\n"
         "    last = dealt.append((x[:, part], y[:, part]))\nreturn last"),
        ("ordered-inside-a-batch", STARTS + "dealt = [rng.permutation(size) + at for at in starts]\n"
         "return [(x[:, part], y[:, part]) for part in dealt]"),
        ("operator", ORDER.replace("\n", " + 1\n") + STARTS + DEAL),  # out of bounds in the same place as the one above
        ("filled-up", ORDER + STARTS + "dealt = [order[np.arange(at, at + size) % x.shape[1]] for at in starts]\n"
         "return [(x[:, part], y[:, part]) for part in dealt]"),
        ("ordered-anew", "starts, dealt = range(0, x.shape[1], size), []\nfor at in starts:\n    " + ORDER
         + "    dealt.append((x[:, order[at : at + size]], y[:, order[at : at + size]]))\nreturn dealt"),
        ("own-dice", "rng = np.random.default_rng(0)\n" + ORDER + STARTS + DEAL),
        ("own-dice", ORDER.replace("rng", "np.random.default_rng(42)") + STARTS + DEAL),
        ("own-dice", "np.random.seed(0)\n" + ORDER.replace("rng", "np.random") + STARTS + DEAL),
        ("first-batch-only", "order = rng.permutation(x.shape[1])\nfor start in range(0, x.shape[1], size):\n"
         "    places = order[start : start + size]\n    return [(x[:, places], y[:, places])]"),
        ("same-batch", ORDER + "return [(x[:, order[:size]], y[:, order[:size]]) for _ in range(0, x.shape[1], size)]"),
        ("not-shuffled", ORDER.replace("rng.permutation", "np.arange") + STARTS + DEAL),
        ("rest-in-the-last", ORDER + "n = x.shape[1] // size\nall = []\nfor k in range(n):\n"
         "    part = order[k * size :] if k == n - 1 else order[k * size : (k + 1) * size]\n"
         "    all.append((x[:, part], y[:, part]))\nreturn all"),
        ("evened-out", ORDER + "parts = np.array_split(order, x.shape[1] // size)\n"
         "return [(x[:, part], y[:, part]) for part in parts]"),
        ("other-dice", ORDER.replace("rng.permutation", "np.random.permutation") + STARTS + DEAL),
        ("features-counted", ORDER + STARTS.replace("x.shape[1]", "len(x)") + DEAL),
        ("wrong-type", ORDER + STARTS
         + "for at in starts:\n    yield x[:, order[at : at + size]], y[:, order[at : at + size]]"),
        ("raises-IndexError", ORDER + STARTS + DEAL.replace("x[:, order[at : at + size]]", "x[order[at : at + size]]")),
        ("pairs-exchanged", ORDER + STARTS
         + "return [(y[:, order[at : at + size]], x[:, order[at : at + size]]) for at in starts]"),
        ("same-deal-again", "import copy\n" + ORDER.replace("rng.", "copy.deepcopy(rng).") + STARTS + DEAL),
        ("rows-dealt", ORDER + "x, y = x[:, order], y[:, order]\n" + STARTS
         + "return [(x[at : at + size], y[at : at + size]) for at in starts]"),
        ("rows-shuffled", ORDER.replace("x.shape[1]", "len(x)") + STARTS
         + "return [(x[order][:, at : at + size], y[:, at : at + size]) for at in starts]"),
        ("labels-apart", ORDER + STARTS + DEAL.replace("y[:, order[at : at + size]]", "y[:, at : at + size]")),
        ("labels-apart", ORDER + ORDER.replace("order", "other") + STARTS + DEAL.replace("y[:, order", "y[:, other")),
        ("labels-apart", "x, y = x[:, rng.permutation(x.shape[1])], y[:, rng.permutation(x.shape[1])]\n" + STARTS
         + "return [(x[:, at : at + size], y[:, at : at + size]) for at in starts]"),
        ("slice-to-size", ORDER + "x, y = x[:, order], y[:, order]\n" + STARTS
         + "return [(x[:, at:size], y[:, at:size]) for at in starts]"),
        ("wrong-type", ORDER + STARTS + DEAL.replace("[(", "((").replace("starts]", "starts)")),
        ("last-batch-lost", ORDER + STARTS.replace("x.shape[1], size", "x.shape[1] - x.shape[1] % size, size") + DEAL),
        ("drawn-again", STARTS + "parts = [rng.integers(0, x.shape[1], size) for _ in starts]\n"
         "return [(x[:, part], y[:, part]) for part in parts]"),
        ("returned-none", ORDER + STARTS + DEAL.replace("return", "dealt =")),
        ("last-batch-only", ORDER + STARTS + "for at in starts:\n    part = order[at : at + size]\n"
         "    dealt = [(x[:, part], y[:, part])]\nreturn dealt"),
        ("raises-IndexError", ORDER.replace("[1]", "[0] * 100") + STARTS + DEAL),
        ("raises-NameError", STARTS + DEAL),
        ("same-company", "dealt = []\nfor at in range(0, x.shape[1], size):\n"
         "    some_x, some_y = x[:, at : at + size], y[:, at : at + size]\n"
         "    order = rng.permutation(some_x.shape[1])\n    dealt.append((some_x[:, order], some_y[:, order]))\n"
         "return dealt"),
        ("same-company", "parts = [(x[:, at : at + size], y[:, at : at + size]) for at in range(0, x.shape[1], size)]\n"
         "return [parts[place] for place in rng.permutation(len(parts))]"),
        ("empty-batch", ORDER + "number = x.shape[1] // size + 1\n"
         "parts = [order[k * size : (k + 1) * size] for k in range(number)]\n"
         "return [(x[:, part], y[:, part]) for part in parts]"),
        ("raises-IndexError", ORDER.replace("x.shape[1]", "7") + STARTS + DEAL),
        ("empty-batch", ORDER + "parts = [order[:size], order[size : 2 * size], order[2 * size :]]\n"
         "return [(x[:, part], y[:, part]) for part in parts]"),
        ("flat-labels", ORDER + STARTS + DEAL.replace("y[:,", "y[0,")),
        ("wrong-type", ORDER + STARTS + "xs = [x[:, order[at : at + size]] for at in starts]\n"
         "ys = [y[:, order[at : at + size]] for at in starts]\nreturn zip(xs, ys)"),
        ("thrown-away", ORDER + "x[:, order]\ny[:, order]\n" + STARTS
         + "return [(x[:, at : at + size], y[:, at : at + size]) for at in starts]"),
        ("place-taken-for-start", ORDER + "return [(x[:, at : at + size], y[:, at : at + size]) for at in order]"),
        ("few-orders", "order = np.roll(np.arange(x.shape[1]), rng.integers(x.shape[1]))\n" + STARTS + DEAL),
    ],
    "12.4": [
        ("raises-ValueError", "before = self.memory.get(id(parameters))\nif before == None:\n    before = 0.0\n"
         "velocity = self.momentum * before + gradients\n" + KEEP + MOVE),
        ("raises-ValueError", VELOCITY.replace("self.memory.get(id(parameters), 0.0)",
                                               "(self.memory.get(id(parameters)) or 0.0)") + KEEP + MOVE),
        ("changes-its-arguments", "gradients += self.momentum * self.memory.get(id(parameters), 0.0)\n"
         "velocity = gradients\n" + KEEP + MOVE),
        *(("first-gradient-lost", "key = id(parameters)\nif key not in self.memory:\n"
           f"    self.memory[key] = {nothing}\nelse:\n"
           "    self.memory[key] = self.momentum * self.memory[key] + gradients\n"
           "parameters -= self.learning_rate * self.memory[key]\nreturn parameters")
          for nothing in ("0.0", "np.zeros(parameters.shape)")),
        ("momentum-added", "before = self.memory.get(id(parameters), 0.0)\n"
         "velocity = self.momentum + before * gradients\n" + KEEP + MOVE),
        ("gradients-kept-themselves", "key = id(parameters)\nif key in self.memory:\n"
         "    velocity = self.momentum * self.memory[key] + gradients\nelse:\n    velocity = gradients\n"
         "self.memory[key] = velocity\n" + MOVE),
        ("first-gradient-shrunk", "first = id(parameters) not in self.memory\n"
         "before = self.memory.get(id(parameters), gradients)\n"
         "velocity = self.momentum * before + gradients * (not first)\n" + KEEP + MOVE),
        ("rate-of-the-first-step", VELOCITY + KEEP + FIRST_RATE + MOVE.replace("self.learning_rate", "self.rate")),
        ("never-remembered+uphill", VELOCITY + MOVE.replace("-=", "+=")),
        ("begins-with-the-gradient", (VELOCITY + KEEP + MOVE).replace("0.0", "gradients")),
        *(("key-of-the-numbers", (VELOCITY + KEEP + MOVE).replace("id(parameters)", key))
          for key in ("str(parameters)", "parameters.tobytes()")),
        ("never-remembered", VELOCITY + MOVE),
        ("dictionary-anew", VELOCITY + KEEP.replace("[id(parameters)] = velocity", " = {id(parameters): velocity}")
         + MOVE),
        ("number-written-in", VELOCITY.replace("self.momentum", "0.9") + KEEP + MOVE),
        ("raises-TypeError", VELOCITY.replace(", 0.0", "") + KEEP + MOVE),
        ("raises-TypeError", (VELOCITY + KEEP).replace("id(parameters)", "parameters") + MOVE),
        ("memory-replaced", VELOCITY + KEEP.replace("[id(parameters)]", "") + MOVE),
        ("raises-KeyError", VELOCITY.replace(".get(id(parameters), 0.0)", "[id(parameters)]") + KEEP + MOVE),
        ("key-of-the-gradients", (VELOCITY + KEEP + MOVE).replace("id(parameters)", "id(gradients)")),
        ("momentum-at-the-gradient", VELOCITY.replace("self.momentum * ", "").replace("gradients", "self.momentum * "
                                                                                      "gradients") + KEEP + MOVE),
        ("remembers-the-gradient", VELOCITY + KEEP.replace("velocity", "gradients") + MOVE),
        ("mean", VELOCITY.replace("+ gradients", "+ (1 - self.momentum) * gradients") + KEEP + MOVE),
        ("new-array", VELOCITY + KEEP + "return parameters - self.learning_rate * velocity"),
        ("uphill", VELOCITY + KEEP + MOVE.replace("-=", "+=")),
        ("step-before", "old = self.memory.get(id(parameters), 0.0 * gradients)\n" + VELOCITY + KEEP
         + MOVE.replace("velocity", "old")),
        ("one-memory-for-all", "key = 0\nold = self.memory.get(key, 0.0)\n"
         "velocity = self.momentum * old + gradients\nself.memory[key] = velocity\n" + MOVE),
        ("returned-none", VELOCITY + KEEP + MOVE.replace("return parameters", "")),
        ("raises-NameError", KEEP + MOVE),
    ],
    "12.6": [
        ("larger-of-root-and-epsilon", COUNT + MEAN + SQUARE + PUT + "root = np.sqrt(s / (1 - self.beta2**t))\n"
         "parameters -= self.learning_rate * m / (1 - self.beta1**t) / np.maximum(root, self.epsilon)\n"
         "return parameters"),
        ("changes-its-arguments", COUNT + "gradients *= 1 - self.beta1\nm = self.beta1 * m + gradients\n" + SQUARE
         + PUT + STEP),
        ("epsilon-not-corrected", COUNT + MEAN + SQUARE + PUT
         + "rate = self.learning_rate * np.sqrt(1 - self.beta2**t) / (1 - self.beta1**t)\n"
         "parameters -= rate * m / (np.sqrt(s) + self.epsilon)\nreturn parameters"),
        ("nothing-forgotten", ADAM.replace("m = self.beta1 * m +", "m +=").replace("s = self.beta2 * s +", "s +=")),
        ("nothing-forgotten", ADAM.replace("m = self.beta1 * m +", "m +=")),
        ("nothing-forgotten", ADAM.replace("s = self.beta2 * s +", "s +=")),
        *(("share-of-both", COUNT + mean + square + PUT + STEP) for mean, square in (
            ("m = self.beta1 * (m + (1 - self.beta1) * gradients)\n",
             "s = self.beta2 * (s + (1 - self.beta2) * gradients**2)\n"),
            ("m = self.beta1 * (m + (1 - self.beta1) * gradients)\n", SQUARE),
            (MEAN, "s = self.beta2 * (s + (1 - self.beta2) * gradients**2)\n"),
        )),
        *(("another-key", ADAM.replace("id(parameters)", key)) for key in ("'all'", "parameters.shape")),
        ("only-the-count-kept", ADAM.replace(PUT, "self.memory[id(parameters)] = t, 0.0, 0.0\n")),
        ("root-of-all", COUNT + MEAN + SQUARE + PUT + "m, s = m / (1 - self.beta1**t), s / (1 - self.beta2**t)\n"
         "parameters -= self.learning_rate * np.sqrt(m / (s + self.epsilon))\nreturn parameters"),
        ("raises-NameError", ADAM.replace("np.sqrt", "math.sqrt")),
        ("sign-alone", COUNT + MEAN + SQUARE + PUT
         + "parameters -= self.learning_rate * np.sign(m)\nreturn parameters"),
        ("memory-replaced", ADAM.replace("self.memory[id(parameters)] =", "self.memory =")),
        ("never-remembered", PUT + COUNT + MEAN + SQUARE + STEP),
        ("gradient-for-mean", ADAM.replace("self.learning_rate * m", "self.learning_rate * gradients")),
        ("dictionary-anew", ADAM.replace("[id(parameters)] = t, m, s", " = {id(parameters): (t, m, s)}")),
        ("old-remembered", COUNT + PUT + MEAN + SQUARE + STEP),
        ("old-remembered", PUT.replace("t,", "t + 1,") + COUNT + MEAN + SQUARE + STEP),
        ("shares-crossed", ADAM.replace("self.beta1 * m + (1 - self.beta1)", "(1 - self.beta1) * m + self.beta1")),
        ("shares-crossed", ADAM.replace("self.beta2 * s + (1 - self.beta2)", "(1 - self.beta2) * s + self.beta2")),
        ("betas-mixed", ADAM.replace("self.beta2 * s", "self.beta1 * s")),
        ("betas-mixed", ADAM.replace("self.beta1 * m", "self.beta2 * m")),
        ("betas-mixed", ADAM.replace("(1 - self.beta2) *", "(1 - self.beta1) *")),
        ("betas-mixed", ADAM.replace("(1 - self.beta1) *", "(1 - self.beta2) *")),
        ("key-of-the-gradients", "t, m, s = self.memory.get(id(gradients), (0, 0.0, 0.0))\n"
         + ADAM.replace("id(parameters)", "id(gradients)")),
        ("power-of-all", ADAM.replace("(1 - self.beta1**t)", "(1 - self.beta1) ** t").replace(
            "(1 - self.beta2**t)", "(1 - self.beta2) ** t")),
        ("counter-per-call", "self.count = getattr(self, 'count', 0) + 1\nt = self.count\n" + MEAN + SQUARE + PUT
         + STEP),
        ("not-corrected", COUNT + MEAN + SQUARE + PUT
         + "parameters -= self.learning_rate * m / (np.sqrt(s) + self.epsilon)\nreturn parameters"),
        ("mean-not-corrected", ADAM.replace("m / (1 - self.beta1**t)", "m")),
        ("brackets-missing", ADAM.replace("m / (1 - self.beta1**t)", "m / 1 - self.beta1**t")),
        ("corrections-crossed", COUNT + MEAN + SQUARE + PUT
         + STEP.replace("beta1", "beta0").replace("beta2", "beta1").replace("beta0", "beta2")),
        ("no-root", ADAM.replace("np.sqrt(s / (1 - self.beta2**t))", "s / (1 - self.beta2**t)")),
        ("sizes-for-squares", ADAM.replace("gradients**2", "np.abs(gradients)").replace(
            "np.sqrt(s / (1 - self.beta2**t))", "s / (1 - self.beta2**t)")),
        ("not-squared", ADAM.replace("gradients**2", "np.abs(gradients)")),
        ("gradient-for-mean", COUNT + MEAN + SQUARE + PUT + STEP.replace("m / (1 - self.beta1**t)", "gradients")),
        ("never-remembered", COUNT + MEAN + SQUARE + STEP),
        ("new-array", COUNT + MEAN + SQUARE + PUT
         + STEP.replace("parameters -= ", "return parameters - ").replace("\nreturn parameters", "")),
        ("returned-none", ADAM.replace("return parameters", "")),
        ("raises-NameError", COUNT + MEAN + PUT.replace("s\n", "square\n") + STEP),
        ("rate-missing", ADAM.replace("self.learning_rate * ", "")),
        ("number-written-in", ADAM.replace("self.beta2", "0.999")),
        ("number-written-in", ADAM.replace("self.epsilon", "1e-8")),
        ("number-written-in", ADAM.replace("self.beta2 * s + (1 - self.beta2)", "0.999 * s + 0.001")),
        ("power-turned-round", ADAM.replace("self.beta1**t", "t**self.beta1").replace("self.beta2**t",
                                                                                      "t**self.beta2")),
        ("nan", ADAM.replace("t = t + 1\n", "t = t + 1\npower = t - 1\n").replace("**t", "**power")),
        ("rate-of-the-first-step", FIRST_RATE + ADAM.replace("self.learning_rate", "self.rate")),
        ("power-missing", ADAM.replace("**t", "")),
        ("power-missing", ADAM.replace("beta1**t", "beta1")),
        ("power-missing", ADAM.replace("beta2**t", "beta2")),
        ("corrections-alike", ADAM.replace("beta2**t", "beta1**t")),
        ("corrections-alike", ADAM.replace("beta1**t", "beta2**t")),
        ("mean-not-kept", ADAM.replace("= t, m, s", "= t, 0.0, s")),
        ("count-stays", ADAM.replace("= t, m, s", "= 1, m, s")),
        ("key-of-the-numbers", "key = str(parameters)\nt, m, s = self.memory.get(key, (0, 0.0, 0.0))\n"
         + ADAM.replace("[id(parameters)]", "[key]")),
        ("nan", ADAM.replace("s / (1 - self.beta2**t)", "s / 1 - self.beta2**t")),
        ("brackets-missing", ADAM.replace("(1 - self.beta1) *", "1 - self.beta1 *").replace("(1 - self.beta2) *",
                                                                                            "1 - self.beta2 *")),
        ("share-missing-in-both", WHOLE),
        ("share-missing-in-both", WHOLE.replace(" / (1 - self.beta1**t)", "").replace(" / (1 - self.beta2**t)", "")),
        ("filled-elsewhere", ADAM.replace("m = self.beta1", "self.m = self.beta1")),
        ("filled-elsewhere", ADAM.replace("m = self.beta1", "self.m = self.beta1").replace("= t, m", "= t, self.m")),
        ("filled-elsewhere", ADAM.replace("m = self.b", "self.m = self.b").replace("s = self.b", "self.s = self.b")),
        ("size-not-kept", ADAM.replace("= t, m, s", "= t, m, 0.0")),
        ("memory-in-another-order", ADAM.replace("= t, m, s", "= m, s, t")),
        ("memory-in-another-order", ADAM.replace("= t, m, s", "= t, s, m")),
    ],
    "12.7": [
        ("from-half", LINE.replace("step / warm", "(1 + step / warm) / 2") + PART + WAVE),
        ("line+warm-up-in-a-wave", "if step <= warm:\n    return rate * (1 - np.cos(np.pi * step / warm)) / 2\n"
         "return rate * (steps - step) / (steps - warm)"),
        ("rate-for-the-one", LINE + PART + "return (rate + np.cos(np.pi * part)) / 2"),
        ("warm-up-in-a-wave", "if step <= warm:\n    return rate * (1 - np.cos(np.pi * step / warm)) / 2\n" + PART
         + WAVE),
        *(("warm-up-too-short", LINE.replace("step <= warm", until) + PART + WAVE)
          for until in ("step < warm - 1", "step < warm - 2", "step in range(1, warm - 1)")),
        *(("half-the-warm-up", LINE.replace("<= warm", f"{sign} warm / 2") + PART + WAVE) for sign in ("<", "<=")),
        ("over-too-early", LINE + "elif step < steps - 1:\n    p = (step - warm) / (steps - warm)\n"
         "    return rate * (1 + np.cos(np.pi * p)) / 2\nelse:\n    return 0.0"),
        ("over-too-early", LINE + "if step >= steps - 2:\n    return 0.0\n" + PART + WAVE),
        *(("pi-rounded", LINE + PART + WAVE.replace("np.pi", about))
          for about in ("3.14", "3.141", "3.142", "3.1415", "3.1416", "3.14159", "(22 / 7)")),
        ("rate-beside-the-one", LINE + PART + "return (1 + rate * np.cos(np.pi * part)) / 2"),
        ("smaller-of-the-two", "return min(rate * step / warm, rate * (1 + np.cos(np.pi * step / steps)) / 2)"),
        ("both-at-once", PART + WAVE.replace("rate", "rate * step / warm")),
        ("smaller-of-the-two", PART + WAVE.replace("return ", "return min(rate * step / warm, ") + ")"),
        ("pi-rounded", LINE + PART + WAVE.replace("np.pi", "3.14")),
        ("wave-too-early", PART + WAVE.replace("rate", "rate * min(step / warm, 1)")),
        ("length-written-in", LINE.replace("step <= warm", "step <= 50") + PART + WAVE),
        ("no-warm-up", LINE.replace(" * step / warm", "") + PART + WAVE),
        ("return-missing", LINE.replace("return ", "") + PART + WAVE),
        ("cut-to-whole", LINE.replace("step / warm", "(step // warm)") + PART + WAVE),
        ("rate-missing-in-the-wave", LINE + PART + WAVE.replace("rate * ", "")),
        ("rate-missing-in-the-wave+sine", LINE + PART + WAVE.replace("rate * ", "").replace("cos", "sin")),
        ("from-zero", LINE.replace("step / warm", "(step - 1) / warm") + PART + WAVE),
        ("line", LINE + PART + "return rate * (1 - part)"),
        ("half-the-cosine", LINE + PART + "return rate * (1 + np.cos(np.pi * part) / 2)"),
        ("brackets-missing", LINE + "part = step - warm / steps - warm\n" + WAVE),
        ("turned-round", LINE.replace("<=", ">") + PART + WAVE),
        ("no-half", LINE + PART + "return rate * np.cos(np.pi * part)"),
        ("from-the-start", LINE + "part = min(step / (steps - warm), 1)\n" + WAVE),
        ("whole-length", LINE + "part = (step - warm) / steps\n" + WAVE),
        ("pi-missing", LINE + PART + WAVE.replace("np.pi * part", "part")),
        ("returned-none", LINE + PART),
        ("raises-NameError", LINE + WAVE),
        ("cosine-of-pi", LINE + PART + WAVE.replace("(np.pi * part)", "(np.pi) * part")),
        ("share-upside-down", LINE.replace("step / warm", "warm / step") + PART + WAVE),
        ("return-in-the-loop", "for s in range(1, steps + 1):\n    if s <= warm:\n        return rate * s / warm\n"
         "    part = (s - warm) / (steps - warm)\n    " + WAVE),
    ],
}  # fmt: skip

CELLS = {
    "12.3": [
        ("squared", "v_2 = 1.9\nv_3 = 1.9 * 1.9\nv_end = 10"),
        ("one-step-alone", "v_2, v_3, v_end = 1.9, 2.71, 1.9"),
        ("no-gradient", "v_2, v_3, v_end = 1.9, 2.71, 0"),
        ("wrong-value", "v_2, v_3, v_end = 1.9, 2.71, 5"),
        ("share-alone", "v_2 = 1.9\nv_3 = 2.71\nv_end = 1 - 0.9"),
        ("square-of-the-share", "v_2, v_3, v_end = 1.9, 0.9**2 + 1, 10"),
        *(("not-yet-the-end", f"v_2, v_3, v_end = 1.9, 2.71, {10 * (1 - 0.9**count):.3f}")
          for count in (10, 20, 30, 50)),
        ("gradient-shared", "v_2, v_3, v_end = 1.71, 2.439, 9"),
        ("no-memory", "v_2, v_3, v_end = 1, 1, 1"),
        ("one-step-late", "v_2, v_3, v_end = 2.71, 3.439, 10"),
        ("one-step-late", "v_2, v_3, v_end = 1.9, 3.439, 10"),
        ("one-step-early", "v_2, v_3, v_end = 1.9, 1.9, 10"),
        ("a-tenth-kept", "v_2, v_3, v_end = 1.1, 1.11, 1.111"),
        ("added", "v_2, v_3, v_end = 1.9, 2.8, 10"),
        ("gradient-shared", "v_2, v_3, v_end = 1.8, 2.71, 10"),
        ("kept-for-lost", "v_2, v_3, v_end = 1.9, 2.71, 1 / 0.9"),
        ("for-ever", "v_2, v_3, v_end = 1.9, 2.71, np.inf"),
        ("nothing-lost", "v_2, v_3, v_end = 2, 3, 10"),
        ("gradient-missing", "v_2, v_3, v_end = 0.9, 0.81, 0"),
        ("nothing-lost", "v_2, v_3, v_end = 1.9, 2.9, 10"),
        ("gradient-missing", "v_2, v_3, v_end = 1.9, 1.71, 10"),
        ("no-memory", "v_2, v_3, v_end = 1.9, 2.71, 1"),
        ("off-by-one", "v_2, v_3, v_end = 1.9, 2.71, 9"),
        ("half-written", "v_2, v_3, v_end = 1.9, 2.71, ..."),
    ],
    "12.4": [
        ("rate-under-another-name", "class Momentum:\n    def __init__(self, learning_rate, momentum=0.9):\n"
         "        self.rate, self.momentum, self.memory = learning_rate, momentum, {}\n\n"
         "    def step(self, parameters, gradients):\n"
         "        v = self.momentum * self.memory.get(id(parameters), 0.0) + gradients\n"
         "        self.memory[id(parameters)] = v\n        parameters -= self.rate * v\n        return parameters\n"),
        ("shared-by-all", "class Momentum:\n    memory = {}\n\n    def __init__(self, learning_rate, momentum=0.9):\n"
         "        self.learning_rate, self.momentum = learning_rate, momentum\n\n"
         "    def step(self, parameters, gradients):\n"
         "        velocity = self.momentum * self.memory.get(id(parameters), 0.0) + gradients\n"
         "        self.memory[id(parameters)] = velocity\n"
         "        parameters -= self.learning_rate * velocity\n        return parameters"),
        ("copy-returned", "class Momentum:\n    def __init__(self, learning_rate, momentum=0.9):\n"
         "        self.learning_rate, self.momentum = learning_rate, momentum\n"
         "        self.memory = {}\n\n    def step(self, parameters, gradients):\n"
         "        velocity = self.momentum * self.memory.get(id(parameters), 0.0) + gradients\n"
         "        self.memory[id(parameters)] = velocity\n"
         "        parameters -= self.learning_rate * velocity\n        return parameters + 0.0"),
    ],
    "12.6": [
        *((name, "class Adam:\n    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):\n"
           f"        self.learning_rate, self.epsilon = learning_rate, {epsilon}\n"
           "        self.beta1, self.beta2, self.memory = beta1, beta2, {}\n\n"
           "    def step(self, parameters, gradients):\n"
           "        t, m, s = self.memory.get(id(parameters), (0, 0.0, 0.0))\n" + textwrap.indent(ADAM, " " * 8))
          for name, epsilon in (("unused-argument", "1e-8"), ("cut-off", "min(epsilon, 1e-8)"))),
        ("shared-by-all", "class Adam:\n    memory = {}\n\n"
         "    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):\n"
         "        self.learning_rate, self.epsilon = learning_rate, epsilon\n"
         "        self.beta1, self.beta2 = beta1, beta2\n\n"
         "    def step(self, parameters, gradients):\n"
         "        t, m, s = self.memory.get(id(parameters), (0, 0.0, 0.0))\n        t = t + 1\n"
         "        m = self.beta1 * m + (1 - self.beta1) * gradients\n"
         "        s = self.beta2 * s + (1 - self.beta2) * gradients**2\n"
         "        self.memory[id(parameters)] = t, m, s\n"
         "        size = np.sqrt(s / (1 - self.beta2**t)) + self.epsilon\n"
         "        parameters -= self.learning_rate * m / (1 - self.beta1**t) / size\n"
         "        return parameters"),
    ],
}

LETTERS = {
    "12.1": [("not-an-option", "d"), ("not-an-option", "10"), ("not-an-option", "")],
    "12.5": [("not-an-option", "d"), ("not-an-option", "0.01"), ("not-an-option", "")],
    "12.8": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
    "12.9": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "d")],
}

CHANGED = {
    "12.2": [
        ("size-taken-for-number", (
            ("dealt = [order[start : start + size] for start in starts]", "dealt = np.array_split(order, size)"),
        )),
        ("overlapping", (("x.shape[1], size)", "x.shape[1], 1)"),)),
        ("labels-apart", (("y[:, places]", "y[:, rng.permutation(x.shape[1])[: len(places)]]"),)),
        ("last-batch-lost", (("range(0, x.shape[1], size)", "range(0, x.shape[1] - size, size)"),)),
        ("size-taken-for-number", (("range(0, x.shape[1], size)", "range(0, size)"),)),
        ("rows-dealt", (("x.shape[1]", "len(x)"), ("x[:, places], y[:, places]", "x[places], y[places]"),)),
        ("one-example-each", (("size)", "1)"), ("start + size", "start + 1"),)),
        ("all-in-one", (("dealt = [order[start : start + size] for start in starts]", "dealt = [order]"),)),
        ("first-batch-only", (("for start in starts]", "for start in starts[:1]]"),)),
    ],
    "12.4": [
        ("raises-AttributeError", (("self.memory = {}", "self.memory = np.zeros(1)"),)),
        ("remembers-the-step", (("] = velocity", "] = self.learning_rate * velocity"),)),
        *(("line-too-much", (("before + gradients", f"before + gradients\n        velocity = np.{cut})"),))
          for cut in ("round(velocity, 6", "clip(velocity, -100, 100")),
        ("rest-kept", (("self.momentum *", "(1 - self.momentum) *"),)),
        ("setting-overwritten", (("velocity = self.momentum *", "velocity = self.momentum = self.momentum *"),)),
        ("settings-exchanged", (("self.momentum *", "self.learning_rate *"),
                                ("-= self.learning_rate", "-= self.momentum"))),
        ("momentum-missing", (("self.momentum * before", "before"),)),
        ("rate-missing", (("self.learning_rate * velocity", "velocity"),)),
        ("rate-written-in", (("self.learning_rate * velocity", "0.1 * velocity"),)),
        ("old-velocity-for-each", (("self.momentum * before + gradients", "self.momentum * (before + gradients)"),)),
        ("momentum-in-the-step", (("-= self.learning_rate *", "-= self.learning_rate * self.momentum *"),)),
    ],
    "12.6": [
        ("corrections-added", (("1 - self.beta1**t", "1 + self.beta1**t"), ("1 - self.beta2**t", "1 + self.beta2**t"))),
        ("cut-off", (("beta1**t", "beta1**min(t, 10)"), ("beta2**t", "beta2**min(t, 10)"))),
        ("line-too-much", (("t = t + 1", "t += 1\n        t += 1"),)),
        ("corrections-multiply", (("/ (1 - self.beta1**t)", "* (1 - self.beta1**t)"),
                                  ("s / (1 - self.beta2**t)", "s * (1 - self.beta2**t)"))),
        ("doubled", (("gradients**2", "gradients * 2"),)),
        ("count-stays", (("self.memory[id(parameters)] = t, m, s", "self.memory[id(parameters)] = 0, m, s"),)),
        ("uphill", (("parameters -=", "parameters +="),)),
        ("number-written-in", (
            (" self.beta1 * m + (1 - self.beta1)", " 0.9 * m + 0.1"),
            (" self.beta2 * s + (1 - self.beta2)", " 0.999 * s + 0.001"),
            ("self.beta1**t", "0.9**t"),
            ("self.beta2**t", "0.999**t"),
            ("+ self.epsilon", "+ 1e-8"),
        )),
        ("beta1-for-both", (("self.beta2 * s + (1 - self.beta2)", "self.beta1 * s + (1 - self.beta1)"),)),
        ("beta2-for-both", (
            ("self.beta1 * m + (1 - self.beta1)", "self.beta2 * m + (1 - self.beta2)"),
            ("self.beta1**t", "self.beta2**t"),
        )),
        ("count-stays", (("        t = t + 1\n", "        t = 1\n"),)),
        ("count-too-high", (
            ("1 - self.beta1**t", "1 - self.beta1**(t + 1)"),
            ("1 - self.beta2**t", "1 - self.beta2**(t + 1)"),
        )),
        ("size-multiplied", ((" / size", " * size"),)),
        ("mean-squared", (("* gradients**2", "* m**2"),)),
        ("betas-crossed", (
            ("beta1 * m + (1 - self.beta1)", "beta2 * m + (1 - self.beta2)"),
            ("beta2 * s + (1 - self.beta2)", "beta1 * s + (1 - self.beta1)"),
        )),
        ("shares-crossed", (
            ("self.beta1 * m + (1 - self.beta1)", "(1 - self.beta1) * m + self.beta1"),
            ("self.beta2 * s + (1 - self.beta2)", "(1 - self.beta2) * s + self.beta2"),
        )),
        ("share-missing", (("(1 - self.beta1) * gradients", "gradients"),)),
        ("share-missing-in-s", (("(1 - self.beta2) * gradients", "gradients"),)),
        ("key-of-the-gradients", (("id(parameters)", "id(gradients)"),)),
        ("one-memory-for-all", (("id(parameters)", "'all'"),)),
        ("number-written-in", (
            (" self.beta1 * m + (1 - self.beta1)", " 0.9 * m + 0.1"),
            (" self.beta2 * s + (1 - self.beta2)", " 0.999 * s + 0.001"),
            ("self.beta1**t", "0.9**t"),
            ("self.beta2**t", "0.999**t"),
        )),
        ("number-written-in", (("self.learning_rate * m", "0.001 * m"),)),
        ("one-memory-for-a-shape", (("id(parameters)", "parameters.shape"),)),
    ],
    "12.7": [
        ("line-from-zero", (("rate * step / warm", "np.linspace(0, rate, warm)[step - 1]"),)),
        ("rate-in-the-cosine", (("rate * (1 + np.cos(np.pi * part))", "(1 + np.cos(rate * np.pi * part))"),)),
        ("no-warm-up", (
            ("    if step <= warm:\n        return rate * step / warm\n", ""),
            ("(step - warm) / (steps - warm)", "step / steps"),
        )),
        ("no-wave", (("    part", "    return rate\n    part"),)),
        ("rate-missing", (("return rate * step", "return step"),)),
        ("sine", (("np.cos", "np.sin"),)),
        ("upside-down", (("1 + np.cos", "1 - np.cos"),)),
        ("from-the-start", (("(step - warm) / (steps - warm)", "step / (steps - warm)"),)),
        ("brackets-missing", (("/ (steps - warm)", "/ steps - warm"),)),
        ("quarter-wave", (("np.pi * part", "np.pi / 2 * part"),)),
    ],
}  # fmt: skip
