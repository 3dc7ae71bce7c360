"""Wrong answers to lesson 10, Hunt bugs."""

MADE = "made, wanted = after - before, -learning_rate * gradients\n"
RATIO = "return np.abs(made - wanted).max() / np.abs(wanted).max()"
DOWN = "for number in range(len(errors), 0, -1):\n    if errors[number - 1] > limit:\n        return number\n"

BODIES = {
    "10.2": [
        ("nan-on-the-way", "return bool(np.isnan(losses.sum()) or losses[-1] >= losses[0])"),
        ("returned-none", "rings = None\nif losses[-1] >= losses[0] or not np.isfinite(losses[-1]):\n    rings = True\n"
         "return rings"),
        ("mean-for-last", "return bool(np.mean(losses[-3:]) >= losses[0] or not np.isfinite(losses[-1]))"),
        ("best-for-first", "return bool(losses[-1] >= losses.min() or not np.isfinite(losses[-1]))"),
        ("too-much", "return bool(losses[-1] >= losses[0] / 2 or not np.isfinite(losses[-1]))"),
        ("turned-round", "return losses[-1] < losses[0] or np.isfinite(losses[-1])"),
        ("mean-for-last", "return bool(np.mean(losses) >= losses[0])"),
        ("second-for-last", "return bool(losses[1] >= losses[0] or not np.isfinite(losses[-1]))"),
        ("nan-is-silent", "return losses[-1] > losses[0]"),
        ("nan-is-silent", "return losses[-1] >= losses[0] or np.isinf(losses[-1])"),
        ("not-compared", "return not np.isfinite(losses[-1])"),
        ("not-compared", "return not np.isfinite(losses).all()"),
        ("equal-is-silent", "return losses[-1] > losses[0] or np.isnan(losses[-1])"),
        ("worst-for-last", "return losses.max() > losses[0] or not np.isfinite(losses).all()"),
        ("second-for-first", "return not (losses[-1] < losses[1])"),
        ("second-for-first", "return bool(losses[-1] >= losses[1] or not np.isfinite(losses[-1]))"),
        ("second-for-last", "return losses[1] >= losses[0] or not np.isfinite(losses[1])"),
        ("constant", "return losses[-1] >= losses[0] or not np.isfinite(losses[0])"),
        *(("little-is-lower-too", f"return bool(not np.isfinite(losses[-1]) or {lower})") for lower in (
            "losses[-1] > 0.99 * losses[0]", "losses[-1] + 1e-8 >= losses[0]",
            "round(losses[-1], 3) >= round(losses[0], 3)",
            "losses[-1] > losses[0] or np.isclose(losses[-1], losses[0])")),
        ("ratio-for-comparison", "return bool(not np.isfinite(losses[-1]) or losses[-1] / losses[0] >= 1)"),
        ("minus-infinity-is-silent", "z = losses[-1]\nreturn bool(np.isnan(z) or z > 1e6 or z >= losses[0])"),
        *(("fixed-threshold", f"return bool(losses[-1] >= {least} or not np.isfinite(losses[-1]))")
          for least in (0.1, 0.5, 0.7, 1.0)),
        ("minus-infinity-is-silent", "return not (losses[-1] < losses[0])"),
        ("first-and-last-crossed", "first, last = losses[-1], losses[0]\n"
         "return bool(not np.isfinite(last) or last >= first)"),
        ("how-many", "last = losses.shape[0]\nreturn last >= losses[0]"),
        ("how-many", "last = len(losses)\nreturn not np.isfinite(losses[-1]) or last >= losses[0]"),
        ("mean-for-last", "return losses.mean() >= losses[0] or not np.isfinite(losses[-1])"),
        ("means-of-halves", "half = len(losses) // 2\nearly, late = losses[:half].mean(), losses[half:].mean()\n"
         "return bool(late >= early or not np.isfinite(losses[-1]))"),
        ("not-for-both", "return not np.isfinite(losses[-1]) >= losses[0]"),
        ("turned-round", "return losses[0] >= losses[-1] or not np.isfinite(losses[-1])"),
        ("turned-round", "return losses[-1] < losses[0] or not np.isfinite(losses[-1])"),
        ("returned-none", "if losses[-1] >= losses[0] or not np.isfinite(losses[-1]):\n    return True"),
        ("nan-is-silent", "return bool(losses[-1] >= losses[0])"),
        ("turned-round", "return bool(losses[-1] < losses[0])"),
        ("equal-is-silent", "return bool(not np.isfinite(losses[-1]) or losses[-1] > losses[0])"),
        ("best-for-last", "return bool(not np.isfinite(losses).all() or losses[1:].min() >= losses[0])"),
        ("every-step", "return bool(not np.isfinite(losses).all() or (np.diff(losses) >= 0).any())"),
        ("minus-infinity-is-silent", "return losses[-1] >= losses[0] or np.isnan(losses[-1])"),
        ("best-for-first", "return bool(losses[-1] > losses.min()) or not np.isfinite(losses[-1])"),
        ("worst-for-first", "return bool(losses[-1] >= losses.max() or not np.isfinite(losses[-1]))"),
        ("mean-for-first", "return bool(losses[-1] >= losses.mean() or not np.isfinite(losses[-1]))"),
        ("before-last", "return bool(not np.isfinite(losses[-1]) or losses[-1] >= losses[-2])"),
        ("returned-none", "ring = not np.isfinite(losses[-1]) or losses[-1] >= losses[0]"),
        ("raises-NameError", "return last >= losses[0]"),
        ("not-missing", "return losses[-1] >= losses[0] or np.isfinite(losses[-1])"),
        ("nan-on-the-way", "return losses[-1] >= losses[0] or not np.isfinite(losses).all()"),
        ("second-for-first", "return losses[-1] >= losses[1] or not np.isfinite(losses[-1])"),
        ("best-for-last", "return np.min(losses) >= losses[0] or not np.isfinite(losses[-1])"),
        ("best-for-last", "return losses[-1] >= min(losses)"),
        ("every-step", "return np.any(np.diff(losses) > 0) or not np.isfinite(losses[-1])"),
        ("numbers-for-answers", "return losses[-1] - losses[0]"),
        ("wrong-type", "return 'True' if losses[-1] >= losses[0] else 'False'"),
        ("return-in-the-loop", "for loss in losses:\n    if not np.isfinite(loss):\n        return True\n"
         "    return bool(losses[-1] >= losses[0])"),
        ("any-or-all", "if not np.isfinite(losses).any():\n"
         "    return True\n"
         "return bool(losses[-1] >= losses[0])"),
        ("and-for-or", "return bool(losses[-1] >= losses[0] and not np.isfinite(losses[-1]))"),
    ],
    "10.3": [
        ("place-for-step", "made, wanted = after - before, before - learning_rate * gradients\n"
         "return np.abs(made - wanted).max() / np.abs(wanted).max()"),
        ("count-for-size", MADE + "return np.abs(made - wanted).max() / wanted.size"),
        ("count-for-size", MADE + "return np.abs(made - wanted).max() / len(wanted)"),
        ("brackets-missing", MADE + "return np.abs(made - wanted).max() / learning_rate * gradients.max()"),
        ("brackets-missing", MADE + "return np.abs(made - wanted).max() / learning_rate * np.abs(gradients).max()"),
        ("squared", MADE + "return ((made - wanted) ** 2).max() / (wanted ** 2).max()"),
        ("signed", MADE + "return abs((made - wanted).min()) / np.abs(wanted).max()"),
        ("at-the-largest-step", MADE + "i = np.abs(wanted).argmax()\nreturn abs(made[i] - wanted[i]) / abs(wanted[i])"),
        ("summed-with-signs", MADE + "return abs((made - wanted).sum()) / np.abs(wanted).max()"),
        ("signed-below", MADE + RATIO.replace("np.abs(wanted).max()", "(learning_rate * gradients.max())")),
        ("signed-below", MADE + RATIO.replace("np.abs(wanted).max()", "-wanted.min()")),
        ("signed-below", MADE + RATIO.replace("np.abs(wanted).max()", "abs(wanted.min())")),
        ("signed-below", MADE + RATIO.replace("np.abs(wanted).max()", "np.abs(wanted.max())")),
        ("line-too-much", MADE + "made, wanted = made[:20], wanted[:20]\n" + RATIO),
        ("where-no-gradient", MADE + "on = gradients != 0\n" + RATIO.replace("wanted).max() /", "wanted)[on].max() /")),
        ("size-from-below", MADE + RATIO.replace("np.abs(wanted).max()", "(np.abs(wanted).max() + 1e-8)")),
        ("size-from-below", MADE + RATIO.replace("np.abs(wanted).max()", "max(np.abs(wanted).max(), 1e-12)")),
        ("small-is-0", MADE + RATIO.replace("return", "error =") + "\nreturn 0.0 if error < 1e-6 else error"),
        ("small-is-0", MADE + RATIO.replace("return ", "return round(float(") + "), 6)"),
        ("nan-hidden", MADE + RATIO.replace("np.abs(made - wanted).max()", "np.nanmax(np.abs(made - wanted))")),
        ("quotient-for-difference", MADE + "return np.abs(made / wanted).max()"),
        ("smallest-below", MADE + RATIO.replace("(wanted).max()", "(wanted).min()")),
        ("at-that-place", "made = after - before\nwanted = -learning_rate * gradients\n"
         "i = np.argmax(np.abs(made - wanted))\nreturn np.abs(made - wanted)[i] / np.abs(wanted)[i]"),
        ("uphill", MADE.replace("-learning_rate", "learning_rate") + RATIO),
        ("by-the-parameters", "wanted = before - learning_rate * gradients\n"
         "return np.abs(after - wanted).max() / np.abs(wanted).max()"),
        ("signs-off-too-soon", MADE + "made, wanted = np.abs(made), np.abs(wanted)\n" + RATIO),
        ("rate-missing", MADE.replace("-learning_rate * ", "-") + RATIO),
        ("by-the-made-step", MADE + RATIO.replace("np.abs(wanted)", "np.abs(made)")),
        ("not-divided", MADE + "return np.abs(made - wanted).max()"),
        ("signed", MADE + RATIO.replace("np.abs(made - wanted)", "(made - wanted)")),
        ("mean", MADE + RATIO.replace("wanted).max() /", "wanted).mean() /")),
        ("uphill", MADE.replace("after - before", "before - after") + RATIO),
        ("by-the-gradient", MADE + RATIO.replace("np.abs(wanted)", "np.abs(gradients)")),
        ("step-for-difference", MADE + "return np.max(abs(made)) / np.max(abs(wanted))"),
        ("by-the-parameters", MADE + RATIO.replace("np.abs(wanted)", "np.abs(before)")),
        ("signed-below", MADE + RATIO.replace("np.abs(wanted)", "wanted")),
        ("means", MADE + RATIO.replace("max", "mean")),
        ("means", MADE + RATIO.replace("max", "sum")),
        ("ratio-first", MADE + "return np.abs((made - wanted) / wanted).max()"),
        ("of-the-largest-steps", MADE + "return abs(np.abs(made).max() - np.abs(wanted).max()) / np.abs(wanted).max()"),
        *(("of-the-largest-steps", MADE + f"return abs(made.max() - wanted.max()) / {size}")
          for size in ("abs(wanted.max())", "np.abs(wanted).max()")),
        ("lengths", MADE + "return ((made - wanted) ** 2).sum() ** 0.5 / (wanted**2).sum() ** 0.5"),
        ("uphill+not-divided", MADE.replace("-learning_rate", "learning_rate") + "return np.abs(made - wanted).max()"),
        ("call-missing", MADE + "return np.abs(made - wanted) / np.abs(wanted).max()"),
        ("returned-none", MADE + RATIO.replace("return", "error =")),
        ("raises-NameError", "return np.abs(made - wanted).max() / np.abs(wanted).max()"),
    ],
    "10.4": [
        ("returned-none", "wrong = {i: one for i, one in enumerate(errors, 1) if one > limit}\n"
         "return max(wrong, default=None)"),
        ("returned-none", "found = None\nfor i, one in enumerate(errors, 1):\n    if one > limit:\n        found = i\n"
         "return found"),
        ("returned-none", "wrong = np.flatnonzero(errors > limit)\nif not wrong.size:\n    return\n"
         "return wrong[-1] + 1"),
        ("largest", "return len(errors) - int(errors[::-1].argmax()) if errors.max() > limit else 0"),
        ("raises-IndexError", "for i in [3, 2, 1, 0]:\n    if errors[i] > limit:\n        return i + 1\nreturn 0"),
        ("every-wrong-one", "return [i + 1 for i, e in enumerate(errors) if e > limit] or 0"),
        ("raises-IndexError", "layer = len(errors)\nwhile errors[layer - 1] <= limit:\n    layer -= 1\n"
         "return layer"),
        ("first-layer-decides", "if errors[0] <= limit:\n    return 0\n"
         "return int(np.flatnonzero(errors > limit)[-1]) + 1"),
        ("all-for-any", "if not (errors > limit).all():\n    return 0\nreturn len(errors)"),
        ("last-for-none", "return len(errors) - np.argmax((errors > limit)[::-1])"),
        ("every-wrong-one", "return np.where(errors > limit)[0] + 1"),
        ("stops-at-the-first-right", "return np.argmin(errors > limit)"),
        ("stops-at-the-first-right", "right = np.flatnonzero(errors <= limit)\nreturn right[0] if len(right) else 0"),
        ("found-by-value+counted-from-zero", "for error in errors[::-1]:\n    if error > limit:\n"
         "        return list(errors).index(error)\nreturn 0"),
        ("found-by-value", "wrong = errors[errors > limit]\n"
         "return list(errors).index(wrong[-1]) + 1 if len(wrong) else 0"),
        ("first-few", "found = 0\nfor i, one in enumerate(errors[:9]):\n    if one > limit:\n        found = i + 1\n"
         "return found"),
        ("limit-0-for-none", "limit = limit or 1e-6\n" + DOWN + "return 0"),
        ("limit-moved", DOWN.replace("> limit", "> limit + 1e-8") + "return 0"),
        ("limit-moved", "errors = np.round(errors, 6)\n" + DOWN + "return 0"),
        ("large-is-right", DOWN.replace("errors[number - 1] > limit", "limit < errors[number - 1] <= 1") + "return 0"),
        ("smallest", "wrong = sorted(one for one in errors if one > limit)\n"
         "return 1 + list(errors).index(wrong[0]) if wrong else 0"),
        ("raises-IndexError", "for k in range(len(errors), 0, -1):\n    if errors[k] > limit:\n        return k\n"
         "return 0"),
        ("printed", "for i in range(len(errors) - 1, -1, -1):\n    if errors[i] > limit:\n        print(i + 1)\n"
         "return 0"),
        ("minus-zero", "for i in range(len(errors)):\n    if errors[-i] > limit:\n        return len(errors) - i\n"
         "return 0"),
        ("last-layer-always", "return len(errors) if max(errors) > limit else 0"),
        ("returned-none", "for i in range(len(errors), 0, -1):\n    if errors[i - 1] > limit:\n        return i"),
        ("first-wrong", DOWN.replace("range(len(errors), 0, -1)", "range(1, len(errors) + 1)") + "return 0"),
        ("first-wrong", "return int(np.argmax(errors > limit)) + 1"),
        ("constant", "wrong = [i + 1 for i, e in enumerate(errors) if e > limit]\nreturn wrong[-1] if wrong else -1"),
        ("largest", "return int(errors.argmax()) + 1 if errors.max() > limit else 0"),
        ("first-right", "for i in reversed(range(len(errors))):\n    if errors[i] <= limit:\n        return i\n"
         "return len(errors)"),
        ("counted-from-zero", DOWN.replace("return number", "return number - 1") + "return 0"),
        ("counted-from-the-end", DOWN.replace("return number", "return len(errors) - number + 1") + "return 0"),
        ("how-many", "return int((errors > limit).sum())"),
        ("turned-round", DOWN.replace(">", "<=") + "return 0"),
        ("stops-at-the-first-right", "n = 0\nfor e in errors:\n    if e <= limit:\n        break\n    n += 1\n"
         "return n"),
        ("stops-at-the-first-right", "for k in range(len(errors)):\n    if errors[k] < limit:\n        return k\n"
         "return len(errors)"),
        ("last-layer-alone", "if errors[-1] > limit:\n    return len(errors)\nreturn 0"),
        ("error-for-number", "wrong = errors[errors > limit]\nreturn wrong[-1] if len(wrong) else 0"),
        ("limit-ignored", DOWN.replace("limit", "1e-6") + "return 0"),
        ("returned-none", DOWN),
        ("raises-IndexError", DOWN.replace("number - 1", "number") + "return 0"),
        ("found-and-forgotten", "number = 0\n"
         "for i in range(len(errors)):\n"
         "    if errors[i] > limit:\n"
         "        number = i + 1\n"
         "    else:\n"
         "        number = 0\n"
         "return number"),
    ],
}

CELLS = {
    "10.4": [
        *((name, f"def where_to_look(errors, limit{default}):\n    " + DOWN.replace("\n", "\n    ") + "return 0\n")
          for name, default in (("other-default", "=1e-5"), ("other-default", "=1e-7"), ("no-default", ""))),
    ],
    "10.5": [
        ("not-divided", "times_p, times_q, times_r = 0.8, 0.002, -0.04"),
        ("relative-error", "times_p, times_q, times_r = 0.76 / 0.84, 0.038 / 0.042, 1"),
        ("added", "times_p = 20\ntimes_q = 0.05\ntimes_r = 0"),
        ("number-of-p", "times_p, times_q, times_r = 20, 0.002 / 0.8, -1"),
        ("difference", "times_p, times_q, times_r = 0.76 / 0.04, 0.05, -1"),
        ("difference", "times_p, times_q, times_r = 20, -0.038 / 0.04, -1"),
        ("difference", "times_p, times_q, times_r = 20, 0.05, -0.08 / 0.04"),
        ("wrong-value", "times_p, times_q, times_r = 20, 0.005, -1"),
        ("divided-by-examples", "times_p = 1\ntimes_q = 0.05 / 20\ntimes_r = -1 / 20"),
        ("measured-itself", "times_p = 0.8 / 20\ntimes_q = 0.002 / 20\ntimes_r = -0.04 / 20"),
        ("multiplied", "times_p = 0.8 * 0.04\ntimes_q = 0.002 * 0.04\ntimes_r = -0.04 * 0.04"),
        ("cut-off", "times_p = 0.8 // 0.04\ntimes_q = 0.002 // 0.04\ntimes_r = -0.04 // 0.04"),
        ("minus-for-smaller", "times_p, times_q, times_r = 20, -20, -1"),
        ("wrong-value", "times_p, times_q, times_r = 20, 0.5, -1"),
        ("per-cent", "times_p, times_q, times_r = 2000, 5, -100"),
        ("turned", "times_p, times_q, times_r = 0.05, 20, -1"),
        ("turned", "times_p, times_q, times_r = 20, 20, -1"),
        ("difference", "times_p, times_q, times_r = 0.76, 0.05, -1"),
        ("difference", "times_p, times_q, times_r = 20, -0.038, -1"),
        ("sign-lost", "times_p, times_q, times_r = 20, 0.05, 1"),
        ("difference", "times_p, times_q, times_r = 20, 0.05, -0.08"),
        ("half-written", "times_p, times_q, times_r = 20, 0.05, ..."),
        ("wrong-value", "times_p, times_q, times_r = 2, 0.05, -1"),
    ],
}

LETTERS = {
    "10.1": [("not-an-option", "d"), ("not-an-option", "4"), ("not-an-option", "")],
    "10.6": [("not-an-option", "d"), ("not-an-option", "check"), ("not-an-option", "")],
    "10.7": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
    "10.8": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "d")],
}

CHANGED = {
    "10.4": [
        ("first-layer-never-seen", (("range(len(errors), 0, -1)", "range(len(errors), 1, -1)"),)),
        ("first-look-decides", (
            ("            return number\n    return 0", "            return number\n        return 0"),
        )),
        ("last-layer-never-seen", (("range(len(errors), 0, -1)", "range(len(errors) - 1, 0, -1)"),)),
        ("right-for-wrong", (("> limit", "< limit"),)),
    ],
}  # fmt: skip
