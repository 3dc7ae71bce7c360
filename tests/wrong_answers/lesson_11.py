"""Wrong answers to lesson 11, Start well, go deep."""

HE = "return rng.normal(0.0, np.sqrt(2 / shape[1]), shape)"
TAKE = "units, features = shape\n"
REACH = "reach = np.sqrt(6 / (features + units))\n"
DRAW = "return rng.uniform(-reach, reach, shape)"


def way(weights="weights = initializer((units, units), rng)", layer="x = np.maximum(weights @ x, 0)",
        size="sizes.append(x.std())", before=""):  # fmt: skip
    lines = "".join(f"    {line}\n" for line in (weights, layer, size) if line)
    return f"sizes = []\n{before}for _ in range(depth):\n{lines}return np.array(sizes)"


BODIES = {
    "11.3": [
        ("divided-by-the-count", "return rng.normal(0, 1, shape) / shape[1]"),
        *(("nan", line) for line in ("return np.sqrt(rng.normal(0, 2 / shape[1], shape))",
                                     "return rng.normal(0, 2 / shape[1], shape) ** 0.5")),
        ("two-below-the-line", HE.replace("2 / shape[1]", "1 / (2 * shape[1])")),
        *(("sorted", f"return np.sort({HE.removeprefix('return ')}{axis})") for axis in ("", ", axis=0")),
        ("constant", "return rng.normal(0.0, np.sqrt(2) / shape[1] ** 2, shape)"),
        ("mean-of-both", HE.replace("2 / shape[1]", "4 / (shape[0] + shape[1])")),
        *(("number-written-in", HE.replace("shape[1]", number)) for number in ("400", "64", "50")),
        ("size-for-the-mean", HE.replace("0.0, ", "")),
        ("shape-remembered", "if not hasattr(self, 's'):\n    self.s = np.sqrt(2 / shape[1])\n"
         "return rng.normal(0, self.s, shape)"),
        ("no-dice", "kept = type(self).__dict__.get('kept', {})\nif shape not in kept:\n"
         "    type(self).kept = {**kept, shape: rng.normal(0, np.sqrt(2 / shape[1]), shape)}\n"
         "return type(self).kept[shape]"),
        *(("drawn-in-part", f"w = rng.normal(0, np.sqrt(2 / shape[1]), shape)\nh = shape[0] // 2\n{line}\nreturn w")
          for line in ("w[h : 2 * h] = w[:h]", "w[h : 2 * h] = -w[:h]", "w[:, shape[1] // 2 :] = w[:, -1:]")),
        *(("weights-of-0", f"w = rng.normal(0, np.sqrt(2 / shape[1]), shape)\n{line}\nreturn w")
          for line in ("w[0] = 0", "w[:, -1] = 0")),
        *(("cut-off", f"return {line}") for line in (
            "rng.normal(0, np.sqrt(2 / max(shape[1], 2)), shape)",
            "rng.normal(0, np.sqrt(2 / min(shape[1], 1000)), shape)",
            "np.clip(rng.normal(0, np.sqrt(2 / shape[1]), shape), -1, 1)")),
        ("exact-size", "w = rng.normal(size=shape)\nreturn w / w.std(axis=1, keepdims=True) * np.sqrt(2 / shape[1])"),
        ("mean-taken-away", "w = rng.normal(0, np.sqrt(2 / shape[1]), shape)\nreturn w - w.mean()"),
        ("unused-argument", "return rng.normal(0, np.sqrt(2 / 64), (64, 64))"),
        ("exact-size", "w = rng.normal(0, 1, shape)\nreturn w / w.std() * np.sqrt(2 / shape[1])"),
        ("rounded", HE + ".round(2)"),
        ("roof-for-bell", "r = np.sqrt(3 / shape[1])\nreturn rng.uniform(-r, r, shape) + rng.uniform(-r, r, shape)"),
        ("raises-AttributeError", "return rng.randn(*shape) * np.sqrt(2 / shape[1])"),
        *(("one-size", f"return rng.normal(0, {size}, shape)") for size in (0.1, 0.01)),
        ("no-dice", "self.dice = self.__dict__.get('dice') or np.random.default_rng(0)\n"
         + HE.replace("rng", "self.dice")),
        ("raises-TypeError", "return rng(0, np.sqrt(2 / shape[1]), shape)"),
        ("other-dice", "return np.random.normal(0.0, np.sqrt(2 / shape[1]), shape)"),
        ("root-missing", HE.replace("np.sqrt(2 / shape[1])", "2 / shape[1]")),
        ("two-missing", HE.replace("2 / shape", "1 / shape")),
        ("units-for-features", HE.replace("shape[1]", "shape[0]")),
        ("size-as-mean", "return rng.normal(np.sqrt(2 / shape[1]), size=shape)"),
        ("size-one", "return rng.normal(size=shape)"),
        ("uniform", "reach = np.sqrt(2 / shape[1])\n" + DRAW),
        ("transposed", "return rng.normal(0.0, np.sqrt(2 / shape[1]), shape[::-1])"),
        ("other-dice", "rng = np.random.default_rng()\n" + HE),
        ("no-dice", "rng = np.random.default_rng(0)\n" + HE),
        ("even-of-right-size", "reach = np.sqrt(6 / shape[1])\n" + DRAW),
        ("one-draw-for-all", "return np.full(shape, np.sqrt(2 / shape[1]))"),
        ("arguments-swapped", "return rng.normal(np.sqrt(2 / shape[1]), 0.0, shape)"),
        ("raises-TypeError", HE.replace("shape[1]", "shape")),
        ("returned-none", HE.replace("return", "weights =")),
        ("raises-NameError", HE.replace("shape[1]", "features")),
        ("weights-counted", "return rng.normal(0, np.sqrt(2 / np.prod(shape)), shape)"),
        ("one-draw-for-all", "return np.full(shape, rng.normal(0, np.sqrt(2 / shape[1])))"),
        ("units-alike", "return np.tile(rng.normal(0, np.sqrt(2 / shape[1]), shape[1]), (shape[0], 1))"),
        ("features-alike", "return np.repeat(rng.normal(0, np.sqrt(2 / shape[1]), (shape[0], 1)), shape[1], axis=1)"),
        ("weights-kept", "self.kept = getattr(self, 'kept', {})\nif shape not in self.kept:\n"
         "    self.kept[shape] = rng.normal(0, np.sqrt(2 / shape[1]), shape)\nreturn self.kept[shape]"),
        ("few-numbers", "return np.sqrt(2 / shape[1]) * rng.choice([-1, 1], shape)"),
        ("bracket-too-early", "return rng.normal(0, np.sqrt(2) / shape[1], shape)"),
    ],
    "11.4": [
        *(("number-written-in", REACH.replace("(features + units)", number) + DRAW) for number in ("128", "848")),
        ("roof-for-even", TAKE + REACH + DRAW.replace("uniform(-reach, reach", "triangular(-reach, 0, reach")),
        ("bell-cut-off", TAKE + REACH + "return np.clip(rng.normal(0, reach, shape), -reach, reach)"),
        ("shuffled", TAKE + REACH + "w = np.linspace(-reach, reach, units * features)\n"
         "return rng.permutation(w).reshape(shape)"),
        ("rounded", TAKE + "return rng.integers(-1000, 1001, shape)"),
        *(("nothing-between", TAKE + REACH + DRAW.replace("-reach, reach", ends))
          for ends in ("reach, reach", "-reach, -reach")),
        ("size-of-he", "r = np.sqrt(2 / shape[1])\nreturn rng.uniform(-r, r, shape)"),
        ("another-reach", "return rng.uniform(-1, 1, shape) / np.sqrt(shape[1])"),
        ("axes-counted", "r = np.sqrt(6 / len(shape))\nreturn rng.uniform(-r, r, shape)"),
        ("whole-numbers-drawn", TAKE + REACH + "return rng.integers(-reach, reach + 1, shape)"),
        ("stretched-after", TAKE + REACH + "return rng.random(shape) * 2 * reach - 1"),
        ("one-draw-for-all", TAKE + REACH + "return np.full(shape, reach)"),
        ("constant", "r = np.sqrt(3 / sum(shape))\nreturn rng.uniform(-r, r, shape)"),
        ("one-end-missing", TAKE + REACH + DRAW.replace("-reach, ", "")),
        ("one-end-missing", TAKE + REACH + DRAW.replace(" reach, ", " ")),
        ("shape-remembered", "if not hasattr(self, 'r'):\n    self.r = np.sqrt(6 / sum(shape))\n"
         "return rng.uniform(-self.r, self.r, shape)"),
        ("weights-of-0", TAKE + REACH + "w = rng.uniform(-reach, reach, shape)\nw[:, -1] = 0\nreturn w"),
        ("cut-off", TAKE + REACH.replace("np.sqrt", "min(1, np.sqrt").replace("\n", ")\n") + DRAW),
        ("mean-taken-away", TAKE + REACH + "w = rng.uniform(-reach, reach, shape)\nreturn w - w.mean()"),
        ("transposed", TAKE + REACH + "return rng.uniform(-reach, reach, (shape[1], shape[0]))"),
        ("raises-ValueError", "r = np.sqrt(6 / sum(shape))\nreturn rng.uniform(shape, -r, r)"),
        ("root-missing", TAKE + REACH.replace("np.sqrt", "") + DRAW),
        ("two-for-six", TAKE + REACH.replace("6 /", "2 /") + DRAW),
        ("features-only", TAKE + REACH.replace("(features + units)", "features") + DRAW),
        ("above-zero", TAKE + REACH + DRAW.replace("-reach", "0")),
        ("below-zero", TAKE + REACH + DRAW.replace("-reach, reach", "-reach, 0")),
        ("few-numbers", TAKE + REACH + "return reach * rng.integers(-1, 2, shape)"),
        ("rounded", TAKE + REACH + DRAW + ".round(1)"),
        ("units-alike", TAKE + REACH + "return rng.uniform(-reach, reach, features) + np.zeros(shape)"),
        ("normal", TAKE + REACH + "return rng.normal(0.0, reach, shape)"),
        ("normal-of-right-size", "return rng.normal(0.0, np.sqrt(2 / sum(shape)), shape)"),
        ("other-dice", TAKE + REACH + DRAW.replace("rng.", "np.random.")),
        ("returned-none", TAKE + REACH),
        ("raises-NameError", REACH + DRAW),
        ("argument-missing", TAKE + REACH + "return rng.uniform(-reach, reach)"),
        ("transposed", TAKE + REACH + "return rng.uniform(-reach, reach, (features, units))"),
        ("one-draw-for-all", "r = np.sqrt(6 / sum(shape))\n"
         "return np.full(shape, rng.uniform(-r, r))"),
    ],
    "11.5": [
        ("weights-bent", way(layer="x = np.maximum(weights, 0) @ x")),
        ("rng-first", way(weights="weights = initializer(rng, (units, units))")),
        ("one-round-off", way().replace("range(depth)", "range(depth + 1)")),
        ("mean-so-far", way().replace("np.array(sizes)", "np.cumsum(sizes) / np.arange(1, depth + 1)")),
        ("yes-for-the-bend", way(layer="x = weights @ x > 0")),
        ("other-bend", way(layer="x = weights @ x; x = np.where(x > 0, x, 0.01 * x)")),
        ("other-bend", way(layer="x = 1 / (1 + np.exp(-(weights @ x)))")),
        ("bend-not-handed-on", way(layer="x = weights @ x", size="sizes.append(np.maximum(x, 0).std())")),
        ("added-up", way().replace("np.array(sizes)", "np.cumsum(sizes)")),
        ("std-missing", way(size="sizes.append(x)")),
        ("raises-AttributeError", way(size="sizes = sizes.append(x.std())")),
        ("raises-TypeError", way().replace("range(depth)", "depth")),
        ("raises-TypeError", way(weights="weights = initializer()((units, units), rng)")),
        ("added-to-all", way(size="sizes += x.std()", before="sizes = np.zeros(depth)\n")),
        ("bend-first", way(layer="x = weights @ np.maximum(x, 0)")),
        ("raises-ValueError", way(layer="x = np.maximum(weights @ x, 0).std()", size="sizes.append(x)")),
        ("wrong-type", way(size="sizes.append(x.std)")),
        ("other-bend", way(layer="x = np.abs(weights @ x)")),
        ("nothing-where-little", "sizes = np.zeros(depth)\nfor k in range(depth):\n"
         "    x = np.maximum(initializer((units, units), rng) @ x, 0)\n    if x.std() < 1e-6:\n        break\n"
         "    sizes[k] = x.std()\nreturn sizes"),
        ("extra-axis", way(size="sizes.append([x.std()])")),
        ("bend-missing", way(layer="x = weights @ x")),
        ("before-the-bend", way(layer="z = weights @ x; x = np.maximum(z, 0)", size="sizes.append(z.std())")),
        ("same-weights", way(weights="", before="weights = initializer((units, units), rng)\n")),
        ("other-bend", way(layer="x = np.tanh(weights @ x)")),
        ("own-dice", way(weights="weights = initializer((units, units), np.random.default_rng(0))")),
        ("other-shape-asked", way(weights="weights = initializer((units, 200), rng)",
                                  layer="x = np.maximum(weights * x, 0)")),
        ("other-shape-asked", "sizes = []\nfor weights in initializer((depth, units, units), rng):\n"
         "    x = np.maximum(weights @ x, 0)\n    sizes.append(x.std())\nreturn np.array(sizes)"),
        ("variance", way(size="sizes.append(x.var())")),
        ("not-handed-on", way(layer="a = np.maximum(weights @ x, 0)", size="sizes.append(a.std())")),
        ("wrong-type", way().replace("return np.array(sizes)", "return sizes")),
        ("returned-none", way().replace("return", "found =")),
        ("raises-NameError", way(weights="")),
        ("inputs-too", way().replace("sizes = []", "sizes = [x.std()]")),
        ("unused-argument", way(weights="weights = rng.normal(size=(units, units))")),
        ("raises-TypeError", way(weights="weights = initializer(units, units, rng)")),
    ],
}

CELLS = {
    "11.2": [
        ("mean-for-size", "size_of_z = 0\nsize_of_weights = 0.05"),
        ("twice", "size_of_z = 40\nsize_of_weights = 0.025"),
        ("two-of-relu", "size_of_z = 20 * 2**0.5\nsize_of_weights = 1 / (20 * 2**0.5)"),
        ("twice", "size_of_z = 20\nsize_of_weights = 0.025"),
        ("of-the-example", "size_of_z = 2\nsize_of_weights = 0.5"),
        ("two-of-relu", "size_of_z = (400 / 2) ** 0.5\nsize_of_weights = 1 / (400 / 2) ** 0.5"),
        ("exchanged", "size_of_z = 0.05\nsize_of_weights = 20"),
        ("nothing-cancels", "size_of_z, size_of_weights = 400, 0.0025"),
        ("all-cancels", "size_of_z, size_of_weights = 1, 1"),
        ("halved", "size_of_z, size_of_weights = 200, 0.05"),
        ("squared", "size_of_z, size_of_weights = 400**2, 0.05"),
        ("as-it-was", "size_of_z, size_of_weights = 20, 1"),
        ("nothing-left", "size_of_z, size_of_weights = 20, 1 // 20"),
        ("two-of-relu", "size_of_z = 20\nsize_of_weights = 2**0.5 / 20"),
        ("no-root", "size_of_z, size_of_weights = 20, 0.0025"),
        ("turned", "size_of_z, size_of_weights = 20, 20"),
        ("half-written", "size_of_z, size_of_weights = 20, ..."),
        ("wrong-value", "size_of_z, size_of_weights = 20, 0.5"),
        ("brackets", "size_of_z = 400**0.5\nsize_of_weights = 1 / 400**1 / 2"),
        ("root-twice", "size_of_z = np.sqrt(400)\n"
         "size_of_weights = 1 / np.sqrt(size_of_z)"),
    ],
}

LETTERS = {
    "11.1": [("not-an-option", "d"), ("not-an-option", "0"), ("not-an-option", "")],
    "11.6": [("not-an-option", "d"), ("not-an-option", "10"), ("not-an-option", "")],
    "11.7": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "d")],
    "11.8": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
}

CHANGED = {
    "11.4": [
        ("units-twice", (("features + units", "units + units"),)),
        ("units-only", (("features + units", "units"),)),
        ("mean-for-sum", (("(features + units)", "((features + units) / 2)"),)),
        ("size-one", (("-reach, reach", "-1, 1"),)),
        ("reach-halved", (("-reach, reach", "-reach / 2, reach / 2"),)),
        ("reach-doubled", (("-reach, reach", "-2 * reach, 2 * reach"),)),
    ],
    "11.5": [
        ("mean-of-the-units", (("x.std()", "x.std(axis=1).mean()"),)),
        ("mean-for-size", (("x.std()", "x.mean()"),)),
        ("mean-for-size", (("x.std()", "np.abs(x).mean()"),)),
        ("root-of-squares", (("x.std()", "np.sqrt((x**2).mean())"),)),
    ],
}  # fmt: skip
