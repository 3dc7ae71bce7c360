"""Wrong answers to lesson 08, Trust nothing."""

COPIES = "up, down = parameters.copy(), parameters.copy()\n"
MOVES = "up[index] += epsilon\ndown[index] -= epsilon\n"
SIZE = "size = np.abs(analytic).max() + np.abs(measured).max()\n"
RATIO = "return np.abs(analytic - measured).max() / size"
GUARD = "if size == 0:\n    return 0.0\n"
GUARD_EACH = "sizes = np.abs(analytic) + np.abs(measured)\nif sizes.max() == 0:\n    return 0.0\n"
SLOPES = "measured = np.array([central_difference(loss, parameters, i) for i in range(len(parameters))])\n"

BODIES = {
    "08.3": [
        ("half-a-step", COPIES + "up[index] += epsilon / 2\ndown[index] -= epsilon / 2\n"
         "return (loss(up) - loss(down)) / epsilon"),
        ("second-difference", COPIES + MOVES
         + "return (loss(up) - 2 * loss(parameters) + loss(down)) / epsilon ** 2"),
        ("raises-ValueError", "e = np.eye(3)[index]\n"
         "return (loss(parameters + epsilon * e) - loss(parameters - epsilon * e)) / (2 * epsilon)"),
        ("epsilon-missing-below", COPIES + MOVES + "return (loss(up) - loss(down)) / 2"),
        ("divided-by-the-parameter", COPIES + MOVES + "return (loss(up) - loss(down)) / (2 * parameters[index])"),
        ("others-moved-too", "up = parameters.copy()\nup[index] += epsilon\n"
         "return (loss(up) - loss(parameters - epsilon)) / (2 * epsilon)"),
        ("others-moved-too", "down = parameters.copy()\ndown[index] -= epsilon\n"
         "return (loss(parameters + epsilon) - loss(down)) / (2 * epsilon)"),
        ("others-moved", "e = np.ones_like(parameters)\ne[index] = 0\n"
         "return (loss(parameters + epsilon * e) - loss(parameters - epsilon * e)) / (2 * epsilon)"),
        ("small-is-not-zero", COPIES + MOVES + "slope = (loss(up) - loss(down)) / (2 * epsilon)\n"
         "return slope if abs(slope) > 1e-7 else 0.0"),
        ("raises-NameError", "return measured_slope(loss, parameters[index], epsilon)"),
        ("one-sided", COPIES + MOVES + "return (loss(up) - loss(parameters)) / epsilon"),
        ("one-sided-halved", COPIES + MOVES + "return (loss(up) - loss(parameters)) / (2 * epsilon)"),
        ("downwards-only", COPIES + MOVES + "return (loss(parameters) - loss(down)) / epsilon"),
        ("two-missing", COPIES + MOVES + "return (loss(up) - loss(down)) / epsilon"),
        ("all-moved", "return (loss(parameters + epsilon) - loss(parameters - epsilon)) / (2 * epsilon)"),
        ("not-divided", COPIES + MOVES + "return loss(up) - loss(down)"),
        ("brackets-missing", COPIES + MOVES + "return (loss(up) - loss(down)) / 2 * epsilon"),
        ("same-array", "up = down = parameters.copy()\n" + MOVES + "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("share-added", COPIES + "up[index] *= 1 + epsilon\ndown[index] *= 1 - epsilon\n"
         "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("epsilon-ignored", "epsilon = 1e-5\n" + COPIES + MOVES + "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("sign", COPIES + MOVES + "return (loss(down) - loss(up)) / (2 * epsilon)"),
        (
            "changes-its-arguments",
            "parameters[index] += epsilon\nhigh = loss(parameters)\nparameters[index] -= 2 * epsilon\n"
            "return (high - loss(parameters)) / (2 * epsilon)",
        ),
        ("same-array", "up = parameters\ndown = up.copy()\nreturn 0 * (loss(up) - loss(down)) / (2 * epsilon)"),
        ("returned-none", COPIES + MOVES + "slope = (loss(up) - loss(down)) / (2 * epsilon)"),
        ("raises-NameError", MOVES + "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("set-not-moved", COPIES + "up[index] = epsilon\ndown[index] = -epsilon\n"
         "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("step-of-its-own", "e = np.zeros(len(parameters))\ne[index] = 1e-5\n"
         "return (loss(parameters + e) - loss(parameters - e)) / (2 * epsilon)"),
        ("moved-by-one", "e = np.zeros(len(parameters))\ne[index] = 1\n"
         "return (loss(parameters + e) - loss(parameters - e)) / (2 * epsilon)"),
        ("loss-forgotten", COPIES + MOVES + "return (up - down) / (2 * epsilon)"),
        ("loss-forgotten", "up = parameters[index] + epsilon\ndown = parameters[index] - epsilon\n"
         "return (up - down) / (2 * epsilon)"),
        ("half-the-digits", COPIES.replace("copy()", "astype(np.float32)") + MOVES
         + "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("list-for-array", COPIES.replace("parameters.copy()", "list(parameters)") + MOVES
         + "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("all-from-there-moved", COPIES + MOVES.replace("[index]", "[index:]")
         + "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("all-up-to-there-moved", COPIES + MOVES.replace("[index]", "[:index + 1]")
         + "return (loss(up) - loss(down)) / (2 * epsilon)"),
        ("cut-to-whole", "e = np.zeros(len(parameters), dtype=int)\ne[index] = epsilon\n"
         "return (loss(parameters + e) - loss(parameters - e)) / (2 * epsilon)"),
        ("one-number-handed-over", "theta = parameters[index]\n"
         "return (loss(theta + epsilon) - loss(theta - epsilon)) / (2 * epsilon)"),
    ],
    "08.4": [
        ("nan-hidden", SIZE + "error = np.abs(analytic - measured).max() / size\nif np.isnan(error):\n    return 0.0\n"
         "return error"),
        ("nan-hidden", SIZE + "return np.nan_to_num(np.abs(analytic - measured).max() / size)"),
        ("nan-hidden", SIZE.replace(".max()", "") + "return 0.0 if not size.any() else "
         "np.nanmax(abs(analytic - measured)) / (np.nanmax(abs(analytic)) + np.nanmax(abs(measured)))"),
        ("size-from-below", RATIO.replace("size", "max(np.abs(analytic).max() + np.abs(measured).max(), 1e-12)")),
        ("small-number-besides", SIZE + GUARD + "return np.abs(analytic - measured).max() / (size + 1e-12)"),
        ("small-number-besides", SIZE + RATIO.replace("size", "(size + np.finfo(float).eps)")),
        ("small-is-not-zero", SIZE + "if size < 1e-6:\n    return 0.0\n" + RATIO),
        ("small-is-not-zero", "if np.allclose(analytic, 0) and np.allclose(measured, 0):\n    return 0.0\n" + SIZE
         + RATIO),
        ("each-by-its-own", "return np.max(np.abs(analytic - measured) / (np.abs(analytic) + np.abs(measured)))"),
        ("signed", SIZE + "return (analytic - measured).max() / size"),
        ("small-number-besides", SIZE + "return np.abs(analytic - measured).max() / (size + 1e-8)"),
        ("summed", SIZE.replace("max()", "mean()") + GUARD + "return np.abs(analytic - measured).mean() / size"),
        ("absolute", "return np.abs(analytic - measured).max()"),
        ("added-before-the-sizes", "size = np.abs(analytic + measured).max()\n" + GUARD
         + "return np.abs(analytic - measured).max() / size"),
        ("signed", SIZE + GUARD + "return (analytic - measured).max() / size"),
        ("one-size", "size = np.abs(analytic).max()\n" + GUARD + "return np.abs(analytic - measured).max() / size"),
        ("mean", SIZE + GUARD + "return np.abs(analytic - measured).mean() / size"),
        (
            "summed",
            "size = np.abs(analytic).sum() + np.abs(measured).sum()\n" + GUARD
            + "return np.abs(analytic - measured).sum() / size",
        ),
        ("each-by-its-own", GUARD_EACH + "return (np.abs(analytic - measured) / sizes).max()"),
        ("nan", SIZE + "return np.abs(analytic - measured).max() / size"),
        ("infinite", SIZE + "return np.abs(analytic - measured).max() / size if size else np.inf"),
        ("call-missing", SIZE + GUARD + "return np.abs(analytic - measured) / size"),
        ("returned-none", SIZE + GUARD + "error = np.abs(analytic - measured).max() / size"),
        ("sizes-at-that-place", "apart = np.abs(analytic - measured)\n"
         "place = apart.argmax()\n"
         "if apart[place] == 0:\n"
         "    return 0.0\n"
         "return apart[place] / (abs(analytic[place]) + abs(measured[place]))"),
        *(("one-zero-is-enough", f"if {when}:\n    return 0\n" + SIZE + RATIO)
          for when in ("np.any(analytic == 0) and np.any(measured == 0)", "np.any(analytic == 0)",
                       "np.any(measured == 0)", "0 in analytic or 0 in measured", "analytic[0] == 0 == measured[0]",
                       "np.max(analytic) == 0 and np.max(measured) == 0", "analytic.max() + measured.max() == 0",
                       "np.any((analytic == 0) & (measured == 0))")),
        *(("sum-of-zero", f"if {when}:\n    return 0\n" + SIZE + RATIO)
          for when in ("analytic.sum() == 0 and measured.sum() == 0", "analytic.sum() + measured.sum() == 0",
                       "np.all(analytic + measured == 0)", "sum(analytic) == 0 or sum(measured) == 0")),
        *(("zero-too-soon", f"if {when}:\n    return 0\n" + SIZE + RATIO)
          for when in ("np.all(analytic == 0) or np.all(measured == 0)", "np.all(analytic == 0)",
                       "not measured.any()")),
        ("one-for-zeros", SIZE + "return np.abs(analytic - measured).max() / size if size else 1.0"),
        ("first-few", SIZE + GUARD + "return np.abs(analytic - measured)[:3].max() / size"),
        ("first-few", "analytic, measured = analytic[:10], measured[:10]\n" + SIZE + GUARD
         + "return np.abs(analytic - measured).max() / size"),
        ("one-minus", SIZE + GUARD + "return 1 - np.abs(analytic - measured).max() / size"),
        ("first-two-only", SIZE + GUARD + "return max(abs(analytic[0] - measured[0]), abs(analytic[1] - measured[1])) "
         "/ size"),
        ("maxima-compared", SIZE + GUARD + "return abs(np.abs(analytic).max() - np.abs(measured).max()) / size"),
        ("maxima-compared", SIZE + GUARD + "return abs(analytic.max() - measured.max()) / size"),
        ("larger-of-the-two", "size = max(np.abs(analytic).max(), np.abs(measured).max())\n" + GUARD
         + "return np.abs(analytic - measured).max() / size"),
        ("close-is-not-equal", "if np.allclose(analytic, measured):\n    return 0.0\n" + SIZE
         + "return np.abs(analytic - measured).max() / size"),
        ("sizes-compared", "a, b = np.abs(analytic), np.abs(measured)\n"
         "if a.max() + b.max() == 0:\n"
         "    return 0.0\n"
         "return np.abs(a - b).max() / (a.max() + b.max())"),
    ],
    "08.5": [
        ("raises-RecursionError", SLOPES + "return gradient_check(loss, parameters, measured)"),
        ("first-left-out", "places = range(1, len(parameters))\n"
         "measured = np.array([central_difference(loss, parameters, i) for i in places])\n"
         "return relative_error(gradients[1:], measured)"),
        ("signed", SLOPES + "size = np.abs(gradients).max() + np.abs(measured).max()\n"
         "return (gradients - measured).max() / size"),
        ("signed", "measured = []\nfor i in range(len(parameters)):\n"
         "    measured.append(central_difference(loss, parameters, i))\n"
         "return max(measured - gradients) / (max(measured) + max(gradients))"),
        ("measured-upright", SLOPES.replace("[c", "[[c").replace("i) for", "i)] for")
         + "return relative_error(gradients, measured)"),
        ("lengths", SLOPES + "return np.linalg.norm(gradients - measured) / (\n"
         "    np.linalg.norm(gradients) + np.linalg.norm(measured))"),
        ("changes-its-arguments", SLOPES + "parameters -= 0.1 * measured\nreturn relative_error(gradients, measured)"),
        ("constant", "rng = np.random.default_rng(0)\n"
         "pick = rng.choice(len(parameters), max(1, len(parameters) // 2), replace=False)\n"
         "measured = np.array([central_difference(loss, parameters, i) for i in pick])\n"
         "return relative_error(gradients[pick], measured)"),
        ("one-minus", "measured = np.array([central_difference(loss, parameters, i) for i in range(len(parameters))])\n"
         "return 1 - relative_error(gradients, measured)"),
        ("raises-IndexError", "measured = np.array([central_difference(loss, parameters, i) for i in range(3)])\n"
         "return relative_error(gradients[:3], measured)"),
        ("last-only", "for i in range(len(parameters)):\n    measured = central_difference(loss, parameters, i)\n"
         "    error = relative_error(gradients[i], measured)\nreturn error"),
        ("same-parameter", SLOPES + "return relative_error(gradients, measured[0])"),
        ("small-is-not-zero", SLOPES + "error = relative_error(gradients, measured)\n"
         "return 0 if error < 1e-6 else error"),
        ("small-is-not-zero", SLOPES + "return round(relative_error(gradients, measured), 9)"),
        ("line-too-much", "measured = np.zeros(len(parameters))\nfor k in range(len(parameters)):\n"
         "    measured[k] = central_difference(loss, parameters, k)\n"
         "    if abs(measured[k] - gradients[k]) > 0.1:\n        break\n"
         "return relative_error(gradients, measured)"),
        ("nan-hidden", SLOPES + "ok = ~np.isnan(measured)\nreturn relative_error(gradients[ok], measured[ok])"),
        ("some-places", SLOPES + "return relative_error(gradients[::2], measured[::2])"),
        ("some-places", SLOPES + "return relative_error(gradients[1::2], measured[1::2])"),
        ("some-places", "k = int(np.argmax(np.abs(gradients)))\n"
         "return relative_error(gradients[[k]], np.array([central_difference(loss, parameters, k)]))"),
        ("one-sided", "measured = np.zeros(len(parameters))\nfor k in range(len(parameters)):\n"
         "    up = parameters.copy()\n    up[k] += 1e-5\n    measured[k] = (loss(up) - loss(parameters)) / 1e-5\n"
         "return relative_error(gradients, measured)"),
        ("place-by-value", "measured = []\nfor one in parameters:\n    index = list(parameters).index(one)\n"
         "    measured.append(central_difference(loss, parameters, index))\n"
         "return relative_error(gradients, np.array(measured))"),
        ("place-by-value", "measured = np.zeros(len(parameters))\nfor one in parameters:\n"
         "    index = np.where(parameters == one)[0][0]\n"
         "    measured[index] = central_difference(loss, parameters, index)\n"
         "return relative_error(gradients, measured)"),
        ("place-by-value", "measured = {}\nfor index, one in enumerate(parameters):\n"
         "    measured[one] = central_difference(loss, parameters, index)\n"
         "return relative_error(gradients, np.array([measured[one] for one in parameters]))"),
        ("first-few", SLOPES.replace("len(parameters)", "len(gradients[:10])")
         + "return relative_error(gradients[:10], measured)"),
        ("first-few", SLOPES.replace("range(len(parameters))", "range(min(3, len(parameters)))")
         + "return relative_error(gradients[:3], measured)"),
        ("zeros-not-measured", "measured = np.zeros(len(parameters))\nfor i in range(len(parameters)):\n"
         "    if gradients[i] != 0:\n        measured[i] = central_difference(loss, parameters, i)\n"
         "return relative_error(gradients, measured)"),
        *(("added-up", SLOPES + f"return relative_error(np.array([gradients.{how}()]), np.array([measured.{how}()]))")
          for how in ("sum", "mean")),
        ("order-turned", SLOPES + "return relative_error(gradients[::-1], measured)"),
        ("cut-to-whole", "measured = np.zeros(len(parameters), dtype=int)\nfor i in range(len(parameters)):\n"
         "    measured[i] = central_difference(loss, parameters, i)\nreturn relative_error(gradients, measured)"),
        ("one-slope-for-all", "e = 1e-5\nmeasured = (loss(parameters + e) - loss(parameters - e)) / (2 * e)\n"
         "return relative_error(gradients, measured)"),
        ("one-by-one",
         SLOPES + "return np.mean([relative_error(g, s) for g, s in zip(gradients[:, None], measured[:, None])])"),
        ("one-by-one",
         SLOPES + "return max(relative_error(g, s) for g, s in zip(gradients[:, None], measured[:, None]))"),
        ("first-only", "return relative_error(gradients[:1], np.array([central_difference(loss, parameters, 0)]))"),
        (
            "last-left-out",
            SLOPES.replace("range(len(parameters))", "range(len(parameters) - 1)")
            + "return relative_error(gradients[:-1], measured)",
        ),
        ("one-by-one",
         SLOPES + "return sum(relative_error(g, s) for g, s in zip(gradients[:, None], measured[:, None]))"),
        ("absolute", SLOPES + "return np.abs(gradients - measured).mean()"),
        ("thrown-away", "measured = np.array([])\nfor i in range(len(parameters)):\n"
         "    np.append(measured, central_difference(loss, parameters, i))\n"
         "return relative_error(gradients, measured)"),
        ("raises-IndexError", "measured = central_difference(loss, parameters, parameters)\n"
         "return relative_error(gradients, measured)"),
        ("nothing-measured", "return relative_error(parameters, gradients)"),
        ("raises-TypeError", SLOPES.replace("(loss,", "(loss(parameters),")
         + "return relative_error(gradients, measured)"),
        ("raises-IndexError", SLOPES.replace(
            "for i in range(len(parameters))", "for i in parameters") + "return relative_error(gradients, measured)"),
        ("last-not-measured", "measured = np.zeros(len(parameters))\nfor i in range(len(parameters) - 1):\n"
         "    measured[i] = central_difference(loss, parameters, i)\nreturn relative_error(gradients, measured)"),
        ("yes-or-no", SLOPES + "return relative_error(gradients, measured) < 1e-6"),
        ("measured-with-itself", SLOPES + "return relative_error(measured, measured)"),
        ("parameters-for-gradients", SLOPES + "return relative_error(parameters, measured)"),
        ("absolute", SLOPES + "return np.abs(gradients - measured).max()"),
        ("wrong-shape", SLOPES + "return np.abs(gradients - measured) / np.abs(gradients)"),
        ("returned-none", SLOPES + "relative_error(gradients, measured)"),
        ("raises-NameError", "return relative_error(gradients, measured)"),
        ("raises-IndexError", SLOPES.replace("len(parameters)", "len(parameters) + 1") + "return measured.max()"),
        ("last-slope-only", "for i in range(len(parameters)):\n"
         "    measured = central_difference(loss, parameters, i)\n"
         "return relative_error(gradients, measured)"),
        ("values-for-places", "measured = []\n"
         "for one in parameters:\n"
         "    measured.append(central_difference(loss, parameters, one))\n"
         "return relative_error(gradients, np.array(measured))"),
    ],
}

HEAD = "def central_difference(loss, parameters, index, epsilon={}):\n    up, down = parameters.copy(), "
HEAD += "parameters.copy()\n    up[index] += epsilon\n    down[index] -= epsilon\n"
HEAD += "    return (loss(up) - loss(down)) / (2 * epsilon)"
CELLS = {
    "08.3": [("other-default", HEAD.format("1e-12")), ("other-default", HEAD.format("0.1"))],
    "08.2": [
        ("square-for-cube", "one_side, both_sides = (2.1**2 - 4) / 0.1, 12.01"),
        ("square-for-cube", "one_side, both_sides = 12.61, (2.1**2 - 1.9**2) / 0.2"),
        ("sum-for-rise", "one_side, both_sides = (9.261 + 8) / 0.1, 12.01"),
        ("sum-for-rise", "one_side, both_sides = 12.61, (9.261 + 6.859) / 0.2"),
        ("brackets-missing", "one_side, both_sides = 12.61, 9.261 - 6.859 / 0.2"),
        ("no-power", "one_side, both_sides = (9.261 - 2) / 0.1, 12.01"),
        ("slope-for-loss", "one_side, both_sides = (9.261 - 12) / 0.1, 12.01"),
        ("multiplied", "one_side, both_sides = 0.1261, 12.01"),
        ("multiplied", "one_side, both_sides = 12.61, 0.4804"),
        ("way-doubled", "one_side, both_sides = 12.61, 6.005"),
        ("error-for-slope", "one_side = 0.61\nboth_sides = 0.01"),
        ("product-for-power", "one_side = (9.261 - 6) / 0.1\nboth_sides = 12.01"),
        ("brackets-missing", "one_side = 9.261 - 8 / 0.1\nboth_sides = 12.01"),
        ("formula", "one_side = 12\nboth_sides = 12"),
        ("not-divided", "one_side, both_sides = 1.261, 2.402"),
        ("divided-by-both", "one_side, both_sides = 6.305, 12.01"),
        ("other-side", "one_side, both_sides = 11.41, 12.01"),
        ("one-way", "one_side, both_sides = 12.61, 24.02"),
        ("not-divided", "one_side, both_sides = 12.61, 2.402"),
        ("formula", "one_side, both_sides = 12.61, 12"),
        ("half-written", "one_side, both_sides = 12.61, ..."),
        ("formula", "one_side, both_sides = 12, 12.01"),
    ],
}

LETTERS = {
    "08.1": [("not-an-option", "d"), ("not-an-option", "frozen"), ("not-an-option", "")],
    "08.6": [("not-an-option", "d"), ("not-an-option", "0.1"), ("not-an-option", "")],
    "08.7": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "20")],
    "08.8": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "d")],
}

CHANGED = {
    "08.3": [
        ("one-number-handed-over", (("loss(up) - loss(down)", "loss(up[index]) - loss(down[index])"),)),
    ],
}  # fmt: skip
