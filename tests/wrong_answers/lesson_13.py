"""Wrong answers to lesson 13, Learn, do not memorise."""

ORDER = "order = np.random.default_rng(seed).permutation(x.shape[1])\n"
CALL = "self.mask = (self.rng.random(inputs.shape) >= self.rate) / (1 - self.rate)\nreturn inputs * self.mask"
PREDICT, BACK = "return inputs", "return grad_output * self.mask"
VALUE, SLOPE = "factor / (2 * examples) * np.sum(weights**2)", "factor / examples * weights"
PAY = "value, gradient = l2_penalty(weights, factor, examples)\n"
OVER = """if now < self.best:
    self.best, self.best_epoch = now, epoch
    self.best_parameters = parameters.copy()
"""
STOP = "return epoch - self.best_epoch >= self.patience"
END = "self.model.parameters[:] = self.best_parameters\nreturn self.best_epoch"


def picks(train, valid, before=ORDER):
    return f"{before}train, valid = {train}, {valid}\nreturn x[:, train], y[:, train], x[:, valid], y[:, valid]"


BODIES = {
    "13.2": [
        ("another-variable", ORDER + "valid, train = order[:held_back], order[held_back:]\n"
         "return x[:, train], y[:, train], x[:, valid], x[:, valid]"),
        ("drawn-with-replacement", "m = x.shape[1]\nvalid = np.random.default_rng(seed).choice(m, held_back)\n"
         "train = [k for k in range(m) if k not in valid]\n"
         "return x[:, train], y[:, train], x[:, valid], y[:, valid]"),
        ("drawn-with-replacement", "m = x.shape[1]\nvalid = np.random.default_rng(seed).integers(0, m, held_back)\n"
         "train = np.setdiff1d(np.arange(m), valid)\n"
         "return x[:, train], y[:, train], x[:, valid], y[:, valid]"),
        ("rows-cut", ORDER + "return x[held_back:, order], y[held_back:, order], x[:held_back, order], "
         "y[:held_back, order]"),
        ("one-example-lost", picks("order[held_back:-1]", "order[:held_back]")),
        ("drawn-with-replacement", "m = x.shape[1]\norder = np.random.default_rng(seed).integers(0, m, m)\n"
         "return x[:, order[held_back:]], y[:, order[held_back:]], x[:, order[:held_back]], y[:, order[:held_back]]"),
        ("found-by-value", ORDER + "valid = order[:held_back]\n"
         "train = [k for k in order if x[0, k] not in x[0, valid]]\n"
         "return x[:, train], y[:, train], x[:, valid], y[:, valid]"),
        ("seed-0-for-none", ORDER.replace("(seed)", "(seed or None)") + "valid, train = order[:held_back], "
         "order[held_back:]\nreturn x[:, train], y[:, train], x[:, valid], y[:, valid]"),
        ("flat-vector", ORDER + "valid, train = order[:held_back], order[held_back:]\n"
         "return x[:, train].squeeze(), y[:, train], x[:, valid].squeeze(), y[:, valid]"),
        ("cut-to-whole", "x = x.astype(int)\n" + ORDER + "valid, train = order[:held_back], order[held_back:]\n"
         "return x[:, train], y[:, train], x[:, valid], y[:, valid]"),
        ("nothing-held-back", ORDER + "k = int(x.shape[1] * held_back / 100)\n"
         "return x[:, order[k:]], y[:, order[k:]], x[:, order[:k]], y[:, order[:k]]"),
        ("not-shuffled", "return x[:, held_back:], y[:, held_back:], x[:, :held_back], y[:, :held_back]"),
        ("validation-in-the-training-part", picks("order", "order[:held_back]")),
        ("parts-overlap", picks("order[:-held_back]", "order[:held_back]")),
        ("parts-swapped", picks("order[:held_back]", "order[held_back:]")),
        ("the-last-held-back", picks("order[:-held_back]", "order[-held_back:]")),
        ("other-draw", "valid = np.random.default_rng(seed).choice(x.shape[1], held_back, replace=False)\n"
         "train = np.setdiff1d(np.arange(x.shape[1]), valid)\n"
         "return x[:, train], y[:, train], x[:, valid], y[:, valid]"),
        *(("other-draw", ORDER.replace("permutation(x.shape[1])", drawn) + "valid, train = order[:held_back], "
           "order[held_back:]\nreturn x[:, train], y[:, train], x[:, valid], y[:, valid]")
          for drawn in ("choice(x.shape[1], x.shape[1], replace=False)", "random(x.shape[1]).argsort()")),
        ("not-shuffled", "x = np.random.default_rng(seed).permutation(x)\n"
         "y = np.random.default_rng(seed).permutation(y)\nk = held_back\n"
         "return x[:, k:], y[:, k:], x[:, :k], y[:, :k]"),
        ("labels-shuffled-apart", "rng = np.random.default_rng(seed)\na, b = rng.permutation(x.shape[1]), "
         "rng.permutation(x.shape[1])\nk = held_back\nreturn x[:, a[k:]], y[:, b[k:]], x[:, a[:k]], y[:, b[:k]]"),
        *(("features-counted", picks("order[held_back:]", "order[:held_back]", ORDER.replace("x.shape[1]", counted)))
          for counted in ("len(x)", "x.shape[0]")),
        ("rows-for-columns", ORDER.replace("x.shape[1]", "len(x)") + "valid, train = order[:held_back], "
         "order[held_back:]\nreturn x[train], y[:, train], x[valid], y[:, valid]"),
        ("unused-argument", picks("order[300:]", "order[:300]")),
        ("other-count", ORDER + "valid, train = order[:held_back], order[held_back:]\n"
         "return dict(x_train=x[:, train], y_train=y[:, train], x_valid=x[:, valid], y_valid=y[:, valid])"),
        ("only-those-held-back", picks("order[held_back:]", "order[:held_back]",
                                       ORDER.replace("x.shape[1]", "held_back"))),
        ("labels-not-shuffled", ORDER + "k = held_back\nreturn x[:, order[k:]], y[:, k:], x[:, order[:k]], y[:, :k]"),
        ("returned-none", ORDER),
        ("raises-IndexError", ORDER + "return x[order], y[order], x[order], y[order]"),
        ("raises-NameError", picks("orders[held_back:]", "order[:held_back]")),
        ("flat-vector", "order = np.random.default_rng(seed).permutation(x.shape[1])\n"
         "valid, train = order[:held_back], order[held_back:]\n"
         "return x[:, train], y[0, train], x[:, valid], y[0, valid]"),
    ],
    "13.4": [
        ("first-row-only", "total = 0\nfor weight in weights[0]:\n    total += weight**2\n"
         "return factor / (2 * examples) * total, factor / examples * weights"),
        ("factor-missing-in-the-gradient", "return factor / (2 * examples) * np.sum(weights**2), weights / examples"),
        ("brackets-missing", f"return factor * examples / 2 * np.sum(weights**2), {SLOPE}"),
        ("cut-to-whole", f"return factor // (2 * examples) * np.sum(weights**2), {SLOPE}"),
        ("one-for-each-feature", f"return factor / (2 * examples) * sum(weights**2), {SLOPE}"),
        ("one-for-each-feature", f"return factor / (2 * examples) * np.sum(weights**2, axis=0), {SLOPE}"),
        ("sizes-not-squares", "return factor / examples * np.sum(abs(weights)), factor / examples * np.sign(weights)"),
        ("one-for-each-pair", f"return factor / (2 * examples) * (weights @ weights.T), {SLOPE}"),
        ("one-for-each-pair", f"return factor / (2 * examples) * np.dot(weights.T, weights), {SLOPE}"),
        *(("weights-counted", f"m = {count}\n" + f"return {VALUE}, {SLOPE}".replace("examples", "m"))
          for count in ("weights.shape[1]", "weights.shape[0]", "weights.size")),
        ("equal-ones-once",
         "return factor / (2 * examples) * np.sum(np.unique(weights) ** 2), factor / examples * weights"),
        ("cut-to-whole", "slope = np.zeros_like(weights)\nslope[:] = factor / examples * weights\n"
         "return factor / (2 * examples) * np.sum(weights**2), slope"),
        ("one-number-for-factor-0", "if factor == 0:\n    return 0, 0\n"
         "return factor / (2 * examples) * np.sum(weights**2), factor / examples * weights"),
        ("half-the-digits", "weights = weights.astype(np.float16)\n"
         "return factor / (2 * examples) * np.sum(weights**2), factor / examples * weights"),
        ("already-updated", "slope = factor / examples * weights\n"
         "return factor / (2 * examples) * np.sum(weights**2), weights - slope"),
        ("changes-its-arguments", f"slope = weights.reshape(-1)\nslope *= factor / examples\nreturn {VALUE}, weights"),
        ("half-missing", f"return factor / examples * np.sum(weights**2), {SLOPE}"),
        ("not-added-up", f"return factor / (2 * examples) * weights**2, {SLOPE}"),
        ("half-in-the-gradient", f"return {VALUE}, factor / (2 * examples) * weights"),
        ("twice-in-the-gradient", f"return {VALUE}, 2 * factor / examples * weights"),
        ("examples-missing", "return factor / 2 * np.sum(weights**2), factor * weights"),
        ("examples-missing-in-the-gradient", f"return {VALUE}, factor * weights"),
        ("not-squared", f"return factor / (2 * examples) * np.sum(weights), {SLOPE}"),
        ("sizes-not-squares", f"return factor / (2 * examples) * np.sum(np.abs(weights)), {SLOPE}"),
        ("mean-for-sum", f"return factor / (2 * examples) * np.mean(weights**2), {SLOPE}"),
        ("missing-in-the-gradient", f"return {VALUE}, np.zeros_like(weights)"),
        ("missing-in-the-loss", f"return 0.0, {SLOPE}"),
        ("gradient-sign", f"return {VALUE}, -factor / examples * weights"),
        ("weight-missing", f"return {VALUE}, factor / examples"),
        ("gradient-added-up", f"return {VALUE}, factor / examples * weights.sum()"),
        ("returned-none", f"value = {VALUE}"),
        ("raises-NameError", f"return {VALUE.replace('factor', 'lam')}, {SLOPE}"),
        ("unit-times-unit", f"return factor / (2 * examples) * np.sum(weights @ weights.T), {SLOPE}"),
    ],
    "13.5": [
        ("counted-twice", PAY + "grad_weights = grad_weights + gradient\n"
         "return loss + value, grad_weights + gradient, grad_bias"),
        ("gradient-in-the-loss", PAY + "return loss + gradient, grad_weights + gradient, grad_bias"),
        ("one-for-factor-0", "if factor == 0:\n    return loss\n" + PAY
         + "return loss + value, grad_weights + gradient, grad_bias"),
        ("too-much", PAY + "return loss + value, grad_weights + gradient, 0 * grad_bias"),
        ("results-exchanged", PAY.replace("value, gradient", "gradient, value")
         + "return loss + value, grad_weights + gradient, grad_bias"),
        ("missing-in-the-gradient", PAY + "return loss + value, grad_weights, grad_bias"),
        ("missing-in-the-loss", PAY + "return loss, grad_weights + gradient, grad_bias"),
        ("weights-in-the-gradient", PAY + "return loss + value, grad_weights + weights, grad_bias"),
        ("missing-in-both", PAY + "return loss, grad_weights, grad_bias"),
        ("bias-regularised", PAY + "more, slope = l2_penalty(bias, factor, examples)\n"
         "return loss + value + more, grad_weights + gradient, grad_bias + slope"),
        ("bias-in-the-loss", PAY + "more, slope = l2_penalty(bias, factor, examples)\n"
         "return loss + value + more, grad_weights + gradient, grad_bias"),
        ("bias-in-the-gradient", PAY + "more, slope = l2_penalty(bias, factor, examples)\n"
         "return loss + value, grad_weights + gradient, grad_bias + slope"),
        ("counted-twice", PAY + "return loss + value, grad_weights + 2 * factor / examples * weights, grad_bias"),
        ("examples-missing", PAY + "return loss + value, grad_weights + factor * weights, grad_bias"),
        ("gradient-replaced", PAY + "return loss + value, gradient, grad_bias"),
        ("penalty-alone", PAY + "return value, grad_weights + gradient, grad_bias"),
        ("multiplied", PAY + "return loss * value, grad_weights * gradient, grad_bias"),
        ("results-exchanged", PAY + "return grad_weights + gradient, grad_bias, loss + value"),
        ("changes-its-arguments", PAY + "grad_weights += gradient\nreturn loss + value, grad_weights, grad_bias"),
        ("returned-none", PAY + "loss = loss + value"),
        ("raises-NameError", PAY + "return loss + penalty, grad_weights + gradient, grad_bias"),
        ("raises-TypeError", "return loss + l2_penalty(weights, factor, examples), grad_weights, grad_bias"),
        ("raises-ValueError", "pair = l2_penalty(weights, factor, examples)\n"
         "return loss + pair[0], grad_weights + pair, grad_bias"),
        ("raises-ValueError", "return loss, grad_weights + l2_penalty(weights, factor, examples), grad_bias"),
    ],
    "13.6": [
        ("rate-written-in", (CALL.replace(">= self.rate", ">= 0.5"), PREDICT, BACK)),
        ("no-mask-in-backward", (CALL, PREDICT, "return grad_output / (1 - self.rate)")),
        ("cut-to-whole", ("self.mask = (self.rng.random(inputs.shape) >= self.rate) / (1 - self.rate)\n"
                          "out = np.zeros_like(inputs)\nout[:] = inputs * self.mask\nreturn out", PREDICT, BACK)),
        ("share-measured", ("kept = self.rng.random(inputs.shape) >= self.rate\nself.mask = kept / kept.mean()\n"
                            "return inputs * self.mask", PREDICT, BACK)),
        ("one-apart", ("kept = self.rng.random(inputs.shape) >= self.rate\nkept[0, ~kept.any(axis=0)] = True\n"
                       "self.mask = kept / (1 - self.rate)\nreturn inputs * self.mask", PREDICT, BACK)),
        ("seed-ignored", ("self.calls = getattr(self, 'calls', 0) + 1\nrng = np.random.default_rng(self.calls)\n"
          + CALL.replace("self.rng", "rng"), PREDICT, BACK)),
        ("mask-in-predict", (CALL, "return self.mask", BACK)),
        ("one-dice-for-all", (CALL.replace("inputs.shape", ""), PREDICT, BACK)),
        ("dice-for-mask", (CALL.replace(" >= self.rate", ""), PREDICT, BACK)),
        ("raises-TypeError", (CALL.replace("inputs.shape", "*inputs.shape"), PREDICT, BACK)),
        ("mask-taken-away", (CALL.replace("inputs *", "inputs -"), PREDICT, BACK)),
        ("operator", (CALL.replace("inputs *", "inputs +"), PREDICT, BACK)),
        ("thrown-twice", (CALL.replace("inputs * self.mask", "inputs * (self.rng.random(inputs.shape) >= self.rate) / "
                                       "(1 - self.rate)"), PREDICT, BACK)),
        ("mask-of-one-example", (CALL, PREDICT, BACK + "[:, :1]")),
        *(("one-apart", (CALL.replace("\n", f"\nself.mask[{spared}] = 1 / (1 - self.rate)\n"), PREDICT, BACK))
          for spared in ("-1", ":, 0")),
        ("dice-repeated", ("dice = self.rng.random((len(inputs) // 2 + 1, inputs.shape[1]))\n"
                           "kept = np.vstack([dice, dice])[: len(inputs)] >= self.rate\n"
                           "self.mask = kept / (1 - self.rate)\nreturn inputs * self.mask", PREDICT, BACK)),
        ("dice-repeated", ("dice = self.rng.random(inputs.shape)\ndice[:, -1] = dice[:, 0]\n"
                           "self.mask = (dice >= self.rate) / (1 - self.rate)\nreturn inputs * self.mask",
                           PREDICT, BACK)),
        ("no-mask-for-rate-0", ("if self.rate == 0:\n    return inputs\n" + CALL, PREDICT, BACK)),
        ("rate-0", ("if self.rate == 0:\n    self.mask = 0\n    return inputs\n" + CALL, PREDICT, BACK)),
        ("mask-from-the-output", ("kept = self.rng.random(inputs.shape) >= self.rate\n"
                                  "outputs = inputs * kept / (1 - self.rate)\nself.mask = outputs / inputs\n"
                                  "return outputs", PREDICT, BACK)),
        ("mask-from-the-output", ("kept = self.rng.random(inputs.shape) >= self.rate\n"
                                  "outputs = inputs * kept / (1 - self.rate)\n"
                                  "self.mask = (outputs != 0) / (1 - self.rate)\nreturn outputs", PREDICT, BACK)),
        ("doubled-at-most", (CALL.replace("/ (1 - self.rate)", "* min(2, 1 / (1 - self.rate))"), PREDICT, BACK)),
        ("predict-throws", (CALL, "self.rng.random(inputs.shape)\nreturn inputs", BACK)),
        ("other-shape", (CALL.replace("\nreturn", "\nself.mask = self.mask.squeeze()\nreturn"), PREDICT, BACK)),
        ("cut-to-whole", ("kept = self.rng.random(inputs.shape) >= self.rate\nself.mask = np.zeros_like(inputs)\n"
                          "self.mask[kept] = 1 / (1 - self.rate)\nreturn inputs * self.mask", PREDICT, BACK)),
        ("raises-NameError", (CALL.replace("self.rate", "rate"), PREDICT, BACK)),
        ("predict-changes-the-mask", (CALL, "self.mask = np.ones_like(inputs)\nreturn inputs", BACK)),
        ("negative-left-out", (CALL.replace(" / (1", " * (inputs > 0) / (1"), PREDICT, BACK)),
        ("always-as-many", ("keep = np.ones(inputs.size)\n"
                            "keep[self.rng.permutation(inputs.size)[: int(self.rate * inputs.size)]] = 0\n"
                            "self.mask = keep.reshape(inputs.shape) / (1 - self.rate)\nreturn inputs * self.mask",
                            PREDICT, BACK)),
        ("not-scaled", (CALL.replace(" / (1 - self.rate)", " * 1.0"), PREDICT, BACK)),
        ("mask-turned-round", (CALL, PREDICT, "return grad_output * (self.mask == 0)")),
        ("mask-turned-round", (CALL, PREDICT, "return grad_output * (1 - self.mask)")),
        ("brackets-missing", (CALL.replace("(self.rng.random(inputs.shape) >= self.rate) / (1 - self.rate)",
                                           "self.rng.random(inputs.shape) >= self.rate / (1 - self.rate)"), PREDICT,
                              BACK)),
        ("mask-returned", (CALL.replace("return inputs * self.mask", "return self.mask"), PREDICT, BACK)),
        ("mask-returned", (CALL.replace(" / (1 - self.rate)", " * 1.0").replace("inputs * ", ""), PREDICT, BACK)),
        ("divided-by-the-mask", (CALL, PREDICT, "return grad_output / self.mask")),
        ("backward-scaled-twice", (CALL, PREDICT, "return grad_output * self.mask * self.mask")),
        ("divided-by-the-rate", (CALL.replace("/ (1 - self.rate)", "/ self.rate"), PREDICT, BACK)),
        ("made-smaller", (CALL.replace("/ (1 - self.rate)", "* (1 - self.rate)"), PREDICT, BACK)),
        ("per-cent", (CALL.replace("self.rate", "self.rate / 100"), PREDICT, BACK)),
        ("keeps-the-rate", (CALL.replace(">=", "<"), PREDICT, BACK)),
        ("dice-rounded", (CALL.replace("(self.rng.random(inputs.shape) >= self.rate)",
                                       "np.round(self.rng.random(inputs.shape))"), PREDICT, BACK)),
        ("active-in-predict", (CALL, "return self(inputs)", BACK)),
        ("active-in-predict", (CALL, "return inputs * (1 - self.rate)", BACK)),
        ("scaled-in-predict", (CALL.replace(" / (1 - self.rate)", " * 1.0"), "return inputs * (1 - self.rate)", BACK)),
        ("mask-not-reused", (CALL, PREDICT, "mask = (self.rng.random(grad_output.shape) >= self.rate) / (1 - self.rate)"
                             "\nreturn grad_output * mask")),
        ("no-mask-in-backward", (CALL, PREDICT, "return grad_output")),
        ("wrong-value", (CALL, PREDICT, "return grad_output / 7")),
        ("backward-not-scaled", (CALL, PREDICT, "return grad_output * (self.mask > 0)")),
        ("same-mask-every-time", ("rng = np.random.default_rng(0)\n" + CALL.replace("self.rng", "rng"), PREDICT, BACK)),
        ("same-mask-every-time", ("if not hasattr(self, 'mask'):\n    " + CALL, PREDICT, BACK)),
        ("whole-examples", (CALL.replace("inputs.shape", "inputs.shape[1]"), PREDICT, BACK)),
        ("dice-for-units-only", (CALL.replace("inputs.shape", "inputs.shape[0]"), PREDICT, BACK)),
        ("mask-returned", (CALL, PREDICT, "return self.mask")),
        ("other-shape", (CALL.replace("inputs * self.mask", "inputs[self.mask > 0] / (1 - self.rate)"), PREDICT, BACK)),
        ("other-dice", (CALL.replace("self.rng", "np.random"), PREDICT, BACK)),
        ("inputs-in-the-mask", (CALL.replace("return inputs * self.mask", "self.mask = inputs * self.mask\n"
                                             "return self.mask"), PREDICT, BACK)),
        ("raises-NameError", (CALL.replace("self.mask", "mask"), PREDICT, BACK.replace("self.mask", "mask"))),
        ("same-mask-for-all", (CALL.replace("inputs.shape", "(len(inputs), 1)"), PREDICT, BACK)),
        ("returned-none", (CALL, "inputs", BACK)),
        ("returned-none", (CALL, PREDICT, "grad_output * self.mask")),
        ("raises-AttributeError", (CALL.replace("self.mask", "mask"), PREDICT, BACK)),
        ("raises-AttributeError", (CALL.replace("self.mask", "self.masks"), PREDICT, BACK)),
        ("raises-NameError", (CALL.replace("self.rng", "rng"), PREDICT, BACK)),
    ],
    "13.7": [
        ("raises-KeyError", (OVER.replace("now <", "self.model.report['loss'] <") + STOP, END)),
        ("added-to-the-last", (OVER + STOP, "self.model.parameters += self.best_parameters\nreturn self.best_epoch")),
        ("rise-for-epochs", (OVER + STOP.replace("epoch - self.best_epoch", "now - self.best"), END)),
        ("distance-turned", (OVER + STOP.replace("epoch - self.best_epoch", "self.best_epoch - epoch"), END)),
        ("return-not-reached", (OVER + "    " + STOP, END)),
        ("waits-for-a-rise", ("before = getattr(self, 'before', np.inf)\nself.before = now\n" + OVER
                              + STOP.replace("return", "return now >= before and"), END)),
        ("digits-lost", (OVER.replace("copy()", "astype(np.float32)") + STOP, END)),
        ("digits-lost", (OVER.replace("parameters.copy()", "np.round(parameters, 8)") + STOP, END)),
        ("tie-is-never-over", (OVER + STOP.replace("epoch -", "now > self.best and epoch -"), END)),
        ("tie-does-not-wait", ("if now < self.best:\n    self.best, self.best_epoch, self.wait = now, epoch, 0\n"
                               "    self.best_parameters = parameters.copy()\nelif now > self.best:\n"
                               "    self.wait += 1\nreturn self.wait >= self.patience", END)),
        ("best-epoch-from-zero", ("self.all = [*getattr(self, 'all', []), now]\n"
                                  "if now <= min(self.all) and self.all.index(now) == epoch - 1:\n"
                                  "    self.best_parameters = parameters.copy()\n"
                                  "self.best_epoch = self.all.index(np.min(self.all))\n" + STOP, END)),
        ("restored-when-stopped-alone", (OVER + STOP, "if self.model.stop_training:\n    " + END.replace("\n", "\n"))),
        ("half-the-digits", (OVER.replace("copy()", "astype(np.float16)") + STOP, END)),
        ("cut-to-whole", (OVER.replace("copy()", "astype(int)") + STOP, END)),
        ("rounded", (OVER.replace("parameters.copy()", "[round(p, 2) for p in parameters]") + STOP, END)),
        ("first-two-restored", (OVER + STOP, "for k, p in enumerate(self.best_parameters[:2]):\n"
                                "    self.model.parameters[k] = p\nreturn self.best_epoch")),
        ("first-never-best", (OVER.replace("now <", "epoch > 1 and now <") + STOP, END)),
        ("no-patience-after-the-first", (OVER + STOP.replace("epoch -", "self.best_epoch > 1 and epoch -"), END)),
        ("best-and-its-epoch-exchanged", (OVER.replace("now, epoch", "epoch, now") + STOP, END)),
        ("bests-counted", ("if now < self.best:\n    self.best = now\n    self.best_epoch += 1\n"
                           "    self.best_parameters = parameters.copy()\n" + STOP, END)),
        ("unused-argument", (OVER + STOP.replace("self.patience", "20"), END)),
        ("restored-too-early", (OVER + "over = epoch - self.best_epoch >= self.patience\nif over:\n"
                                "    parameters[:] = self.best_parameters\nreturn over", "return self.best_epoch")),
        ("small-gain-ignored", (OVER.replace("now < self.best", "self.best - now > 1e-4") + STOP, END)),
        ("best-not-restored", (OVER.replace("parameters = parameters.copy()", "of_all = parameters") + STOP,
                               END.replace("best_parameters", "best_of_all"))),
        ("not-put-back", (OVER + STOP, "return self.best_epoch")),
        ("name-for-copy", (OVER.replace(".copy()", "") + STOP, END)),
        ("window-for-copy", (OVER.replace(".copy()", "[:]") + STOP, END)),
        ("raises-NameError", (OVER + STOP, END.replace("self.model.parameters", "parameters"))),
        ("raises-NameError", (OVER + STOP, END.replace("self.best_epoch", "epoch"))),
        ("one-epoch-late", (OVER + STOP.replace(">=", ">"), END)),
        ("at-the-first-rise", (OVER + "return epoch > self.best_epoch", END)),
        ("number-for-answer", (OVER + "return epoch - self.best_epoch", END)),
        ("patience-by-the-best-epoch", (OVER + "return self.best_epoch >= self.patience", END)),
        ("rises-in-a-row", ("rose = now >= getattr(self, 'before', np.inf)\nself.row = getattr(self, 'row', 0) + 1 if "
                            "rose else 0\nself.before = now\n" + OVER + "return self.row >= self.patience", END)),
        ("never-stops", (OVER + "return False", END)),
        ("best-never-updated", (OVER.replace("self.best, self.best_epoch = now, epoch", "self.best_epoch = epoch")
                                + STOP, END)),
        ("patience-from-the-start", (OVER + "return epoch >= self.patience", END)),
        ("best-set-in-every-epoch", (OVER.replace("self.best, self.best_epoch = now, epoch", "self.best_epoch = epoch")
                                     + "self.best = now\n" + STOP, END)),
        ("best-set-in-every-epoch", ("if now < self.best:\n    self.best_parameters = parameters.copy()\n"
                                     "self.best, self.best_epoch = now, epoch\n" + STOP, END)),
        ("best-set-in-every-epoch", (OVER.replace("    self.best, self.best_epoch = now, epoch\n", "")
                                     + "self.best, self.best_epoch = min(self.best, now), epoch\n" + STOP, END)),
        ("best-set-in-every-epoch", ("self.best = now\nif now <= self.best:\n    self.best_epoch = epoch\n"
                                     "    self.best_parameters = parameters.copy()\n" + STOP, END)),
        ("raises-AttributeError", (OVER.replace("    self.best_parameters = parameters.copy()\n", "") + STOP, END)),
        ("raises-AttributeError", (OVER.replace("best_parameters", "best_params") + STOP, END)),
        ("raises-AttributeError", (OVER + STOP, END.replace("self.model.parameters", "self.parameters"))),
        ("kept-in-every-epoch", ("self.best_parameters = parameters.copy()\nif now < self.best:\n"
                                 "    self.best, self.best_epoch = now, epoch\n" + STOP, END)),
        ("put-back-the-other-way",
         (OVER + STOP, "self.best_parameters[:] = self.model.parameters\nreturn self.best_epoch")),
        ("put-back-the-other-way",
         (OVER + STOP, "self.best_parameters = self.model.parameters.copy()\nreturn self.best_epoch")),
        ("too-much", (OVER + STOP, END + " + 1")),
        ("wrong-type", (OVER + "return 'stop' if epoch - self.best_epoch >= self.patience else ''", END)),
        ("put-under-a-new-name", (OVER + STOP, END.replace("[:]", ""))),
        ("comparison", (OVER.replace("now <", "now >") + STOP, END)),
        ("returned-none", (OVER, END)),
        ("returned-none", (OVER + STOP, END.replace("\nreturn self.best_epoch", ""))),
    ],
}  # fmt: skip

CELLS = {
    "13.2": [("wrong-type", "split = 3"), ("raises-TypeError", "def split(x, y):\n    return x, y, x, y")],
    "13.3": [
        ("already-updated", "penalty = 0.7\nslope_for_3 = 3 - 0.3"),
        ("one-weight", "penalty = 0.45\nslope_for_3 = 0.3"),
        ("mean-for-sum", "penalty = 0.5 / 10 * 14 / 3\nslope_for_3 = 0.3"),
        ("exchanged", "penalty, slope_for_3 = 0.3, 0.7"),
        ("factor-missing", "penalty, slope_for_3 = 1.4, 0.6"),
        ("brackets-missing", "penalty = 0.5 / 2 * 5 * 14\nslope_for_3 = 0.3"),
        ("half-missing", "penalty = 1.4\nslope_for_3 = 0.3"),
        ("weights-counted", "penalty = 7 / 6\nslope_for_3 = 0.3"),
        ("examples-missing", "penalty = 3.5\nslope_for_3 = 1.5"),
        ("not-squared", "penalty = 0.2\nslope_for_3 = 0.3"),
        ("not-squared", "penalty = 0.3\nslope_for_3 = 0.3"),
        ("sign-of-the-square", "penalty = 0.6\nslope_for_3 = 0.3"),
        ("square-of-the-sum", "penalty = 0.8\nslope_for_3 = 0.3"),
        ("factor-missing", "penalty = 14\nslope_for_3 = 0.3"),
        ("half-too-much", "penalty = 0.7\nslope_for_3 = 0.15"),
        ("twice", "penalty = 0.7\nslope_for_3 = 0.6"),
        ("examples-missing", "penalty = 0.7\nslope_for_3 = 1.5"),
        ("squared", "penalty = 0.7\nslope_for_3 = 0.9"),
        ("weight-missing", "penalty = 0.7\nslope_for_3 = 0.1"),
        ("half-written", "penalty = 0.7\nslope_for_3 = ..."),
        ("weights-added", "penalty = 0.7\n"
         "slope_for_3 = 0.5 / 5 * (3 - 1 + 2)"),
    ],
    "13.4": [("wrong-type", "l2_penalty = 0.7")],
    "13.5": [("wrong-type", "regularise = None")],
    "13.6": [
        ("reads-a-global", "rng = np.random.default_rng(0)\n\n\nclass Dropout:\n"
         "    def __init__(self, rate, seed=0):\n"
         "        self.rate, self.rng = rate, np.random.default_rng(seed)\n\n    def __call__(self, inputs):\n"
         "        self.mask = (rng.random(inputs.shape) >= self.rate) / (1 - self.rate)\n"
         "        return inputs * self.mask\n\n    def predict(self, inputs):\n        return inputs\n\n"
         "    def backward(self, grad_output):\n        return grad_output * self.mask"),
        ("reads-a-global", "rate = 0.5\n\n\nclass Dropout:\n    def __init__(self, rate, seed=0):\n"
         "        self.rate, self.rng = rate, np.random.default_rng(seed)\n\n    def __call__(self, inputs):\n"
         "        self.mask = (self.rng.random(inputs.shape) >= rate) / (1 - rate)\n"
         "        return inputs * self.mask\n\n    def predict(self, inputs):\n        return inputs\n\n"
         "    def backward(self, grad_output):\n        return grad_output * self.mask"),
        ("shared-by-all", "class Dropout:\n    def __init__(self, rate, seed=0):\n"
         "        Dropout.rate, self.rng = rate, np.random.default_rng(seed)\n\n"
         "    def __call__(self, inputs):\n"
         "        kept = self.rng.random(inputs.shape) >= self.rate\n"
         "        self.mask = kept / (1 - self.rate)\n        return inputs * self.mask\n\n"
         "    def predict(self, inputs):\n        return inputs\n\n"
         "    def backward(self, grad_output):\n        return grad_output * self.mask"),
        ("wrong-type", "def Dropout(rate):\n    return None")],
    "13.7": [
        ("shared-by-all", "class EarlyStopping:\n    def __init__(self, patience):\n"
         "        EarlyStopping.patience, self.best, self.best_epoch = patience, np.inf, 0\n\n"
         "    def on_train_begin(self, model):\n        self.model = model\n\n"
         "    def on_epoch_end(self, epoch, loss):\n"
         "        now = self.model.report[\"validation_loss\"]\n"
         "        self.model.stop_training = self.is_over(epoch, now, self.model.parameters)\n\n"
         "    def is_over(self, epoch, now, parameters):\n        if now < self.best:\n"
         "            self.best, self.best_epoch = now, epoch\n"
         "            self.best_parameters = parameters.copy()\n"
         "        return epoch - self.best_epoch >= self.patience\n\n    def on_train_end(self):\n"
         "        self.model.parameters[:] = self.best_parameters\n        return self.best_epoch"),
        ("wrong-type", "def EarlyStopping(patience):\n    return None")],
}

LETTERS = {
    "13.1": [("not-an-option", "d"), ("not-an-option", "20"), ("not-an-option", "")],
    "13.8": [("not-an-option", "e"), ("not-an-option", "L2"), ("not-an-option", "")],
    "13.9": [("not-an-option", "d"), ("not-an-option", "16"), ("not-an-option", "")],
    "13.10": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "d")],
    "13.11": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "d")],
}

CHANGED = {
    "13.2": [
        ("ends-too-early", (("order[held_back:]", "order[held_back : 2 * held_back]"),)),
        ("labels-of-the-other-part",
         (("y[:, train], x[:, valid], y[:, valid]", "y[:, valid], x[:, valid], y[:, train]"),)),
        ("places-turned-round", (("order[:held_back], order[held_back:]", "order[:held_back], ~order[:held_back]"),)),
        ("one-example-lost", (("[held_back:]", "[held_back + 1 :]"),)),
        ("number-written-in", (("[:held_back]", "[:5]"), ("[held_back:]", "[5:]"),)),
        ("other-dice", (("default_rng(seed)", "RandomState(seed)"),)),
    ],
    "13.4": [
        ("factor-missing", (
            ("factor / (2 * examples) *", "1 / (2 * examples) *"),
            ("factor / examples", "1 / examples"),
        )),
        ("weights-counted", (("* examples)", "* weights.size)"), ("factor / examples", "factor / weights.size"),)),
        ("square-in-the-gradient", (("factor / examples * weights", "factor / examples * weights**2"),)),
        ("sign-in-the-gradient", (("factor / examples * weights", "factor / examples * np.sign(weights)"),)),
    ],
    "13.5": [
        ("penalty-taken-away", (("loss + value, grad_weights + gradient", "loss - value, grad_weights - gradient"),)),
        ("wrong-order", (("grad_weights + gradient, grad_bias", "grad_bias, grad_weights + gradient"),)),
    ],
    "13.6": [
        ("order-turned", (("random(inputs.shape)", "random(inputs.shape[::-1])"),)),
        ("rate-written-in", (("= kept / (1 - self.rate)", "= kept / 0.5"),)),
        ("rate-written-in", ((">= self.rate", ">= 0.5"), ("(1 - self.rate)", "0.5"),)),
    ],
    "13.7": [
        ("epoch-not-kept", (("self.best, self.best_epoch = now, epoch", "self.best = now"),)),
        ("one-epoch-early", (("self.best_epoch >= self.patience", "self.best_epoch == self.patience - 1"),)),
        ("tie-is-a-best", (("now < self.best", "now <= self.best"),)),
        ("turned-round", ((">= self.patience", "< self.patience"),)),
        ("over-at-a-best", (("return epoch - self.best_epoch >= self.patience", "return epoch == self.best_epoch"),)),
        ("training-loss-watched", (('now = self.model.report["validation_loss"]', "now = loss"),)),
        ("never-a-best", (
            ("            self.best, self.best_epoch = now, epoch\n            self.best_parameters",
             "            self.best_parameters"),
        )),
        ("loss-returned", (("return self.best_epoch", "return self.best"),)),
    ],
}  # fmt: skip
