"""Wrong answers to lesson 15, Make it yours."""

ROWS = 'table = np.array([line.split(",") for line in text.splitlines()[1:]], dtype=float)\n'
SAVE = (
    "arrays = {}\nfor number, layer in enumerate(layers, start=1):\n"
    '    arrays[f"weights{number}"] = layer.weights\n    arrays[f"bias{number}"] = layer.bias\n'
    "np.savez(file, **arrays)\n"
)
LOAD = (
    "with np.load(file) as stored:\n    for number, layer in enumerate(layers, start=1):\n"
    '        layer.weights[:] = stored[f"weights{number}"]\n        layer.bias[:] = stored[f"bias{number}"]\n'
)
BIAS_SAVED = '    arrays[f"bias{number}"] = layer.bias\n'
BIAS_LOADED = '        layer.bias[:] = stored[f"bias{number}"]\n'

BODIES = {
    "15.2": [
        *(("yes-or-no", ROWS + f"return table[:, :-1].T, (table[:, -1:].T {above}).astype(float)")
          for above in ("> 0.5", ">= 1", "== 1", "!= 0")),
        ("classes-counted", ROWS + "_, kinds = np.unique(table[:, -1], return_inverse=True)\n"
         "return table[:, :-1].T, kinds.reshape(1, -1).astype(float)"),
        ("examples-sorted", ROWS.replace("[line", "sorted(line").replace("[1:]]", "[1:])")
         + "return table[:, :-1].T, table[:, -1:].T"),
        ("raises-ValueError", "table = np.array([list(map(float, line)) for line in text.splitlines()[1:]])\n"
         "return table[:, :-1].T, table[:, -1:].T"),
        ("raises-ValueError", 'lines = text[:-1].split("\\n")[1:]\nrows = [line.split(",") for line in lines]\n'
         "table = np.array(rows, dtype=float).T\nreturn table[:-1], table[-1:]"),
        ("unused-argument", 'table = np.array([[1.5, 2, 0], [3, 4, 1]]).T\nreturn table[:-1], table[-1:]'),
        ("last-feature-as-label", "rows = [[float(word) for word in line.split(',')] for line in "
         "text.splitlines()[1:]]\ntable = np.array(rows).T\nreturn table[:-1], table[-2:-1]"),
        ("raises-ValueError", 'rows = []\nfor line in text.splitlines()[1:]:\n    a, b, c = line.split(",")\n'
         "    rows.append([float(a), float(b), float(c)])\ntable = np.array(rows).T\nreturn table[:-1], table[-1:]"),
        ("raises-ValueError", 'rows = [line.split(",") for line in text.split("\\n")[1:]]\n'
         "table = np.array(rows, dtype=float).T\nreturn table[:-1], table[-1:]"),
        ("words-for-lines", ROWS.replace("text.splitlines()", "text.split()")
         + "return table[:, :-1].T, table[:, -1:].T"),
        ("scaled", ROWS + "x = table[:, :-1].T\n"
         "return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True), table[:, -1:].T"),
        ("third-column-as-label", ROWS + "return table[:, :-1].T, table[:, 2:3].T"),
        ("yes-or-no", ROWS + "return table[:, :-1].T, (table[:, -1:].T > 0).astype(float)"),
        ("raises-TypeError", 'rows = []\nfor line in text.splitlines()[1:]:\n    rows.append(float(line.split(",")))\n'
         "table = np.array(rows).T\nreturn table[:-1], table[-1:]"),
        ("raises-ValueError", 'rows = []\nfor line in text[1:]:\n    rows.append([float(w) for w in line.split(",")])\n'
         "table = np.array(rows).T\nreturn table[:-1], table[-1:]"),
        ("raises-ValueError", "rows = [float(line) for line in text.splitlines()[1:]]\ntable = np.array(rows).T\n"
         "return table[:-1], table[-1:]"),
        ("header-as-example", "table = np.genfromtxt(text.splitlines(), delimiter=',').T\n"
         "return table[:-1], table[-1:]"),
        ("one-example-flat", "table = np.loadtxt(text.splitlines(), delimiter=',', skiprows=1).T\n"
         "return table[:-1], table[-1:]"),
        ("raises-ValueError", "rows = [[float(w) for w in line.split(',')] for line in text.split()[1:]]\n"
         "table = np.array(rows).T\nreturn table[:-1], table[-1:]"),
        ("one-example-flat", "import io\ntable = np.loadtxt(io.StringIO(text), delimiter=',', skiprows=1)\n"
         "return table[..., :-1].T, table[..., -1].reshape(1, -1)"),
        ("examples-as-rows", ROWS + "return table[:, :-1], table[:, -1:]"),
        ("label-left-in", ROWS + "return table.T, table.T[-1:]"),
        ("flat-labels", ROWS + "return table.T[:-1], table.T[-1]"),
        ("first-column-as-label", ROWS + "return table.T[1:], table.T[:1]"),
        ("two-features-only", ROWS + "return table.T[:2], table.T[-1:]"),
        ("first-example-lost", ROWS + "return table[1:, :-1].T, table[1:, -1:].T"),
        ("a-part-only", ROWS.replace("[1:]", "[2:]") + "return table.T[:-1], table.T[-1:]"),
        ("header-read-too", ROWS.replace("[1:]", "") + "return table.T[:-1], table.T[-1:]"),
        ("words-left", ROWS.replace(", dtype=float", "") + "return table.T[:-1], table.T[-1:]"),
        ("returned-none", ROWS),
        ("raises-TypeError", ROWS.replace("splitlines()", "splitlines") + "return table.T[:-1], table.T[-1:]"),
        ("raises-ValueError", ROWS.replace("splitlines()", r"split('\n')") + "return table.T[:-1], table.T[-1:]"),
        ("minus-taken-for-a-word", "rows = []\nfor line in text.splitlines():\n    if line[0].isdigit():\n"
         "        rows.append([float(word) for word in line.split(',')])\ntable = np.array(rows).T\n"
         "return table[:-1], table[-1:]"),
        ("a-part-only", 'rows = [[float(w) for w in line.split(",")] for line in text.splitlines() if '
         'line[0].isdigit()]\ntable = np.array(rows)[1:].T\nreturn table[:-1], table[-1:]'),
        ("a-part-only", "rows = [line for line in text.splitlines() if line[0].isdigit()][1:]\n"
         'table = np.array([line.split(",") for line in rows], dtype=float)\nreturn table.T[:-1], table.T[-1:]'),
        ("raises-ValueError", "rows = [[int(w) for w in line.split(',')] for line in text.splitlines()[1:]]\n"
         "table = np.array(rows).T\nreturn table[:-1], table[-1:]"),
        ("raises-ValueError", ROWS.replace('split(",")', 'replace(",", ".").split(";")') + "return table.T, table.T"),
    ],
    "15.3": [
        ("always-layer-1", "arrays = {}\nfor number, _ in enumerate(layers, 1):\n"
         "    arrays[f'weights{number}'] = layers[0].weights\n    arrays[f'bias{number}'] = layers[0].bias\n"
         "np.savez(file, **arrays)\nreturn len(arrays)"),
        ("returned-none", SAVE.replace("np.savez", "return np.savez")),
        ("raises-TypeError", SAVE.replace("np.savez(file,", "with open(file, 'wb') as f:\n    np.savez(f,")
         + "return len(arrays)"),
        ("raises-IndexError", "arrays = {}\nfor i in range(1, len(layers) + 1):\n"
         "    arrays[f'weights{i}'] = layers[i].weights\n    arrays[f'bias{i}'] = layers[i].bias\n"
         "np.savez(file, **arrays)\nreturn len(arrays)"),
        ("parameters-moved", SAVE + "for layer in layers:\n    layer.weights = None\nreturn len(arrays)"),
        ("layers-moved", "layers.reverse()\n" + SAVE + "return len(arrays)"),
        ("index-too-many", "arrays = {}\nfor number, layer in enumerate(layers, start=1):\n"
         "    arrays[f'weights{number}'] = layer[0].weights\n    arrays[f'bias{number}'] = layer[0].bias\n"
         "np.savez(file, **arrays)\nreturn len(arrays)"),
        ("fewer-digits", SAVE.replace("layer.weights", "layer.weights.round(4)") + "return len(arrays)"),
        ("numbers-counted", "n = 0\nfor layer in layers:\n    n += layer.weights.size + layer.bias.size\n"
         + SAVE + "return n"),
        ("bias-forgotten", SAVE.replace(BIAS_SAVED, "") + "return len(arrays)"),
        ("bias-forgotten", SAVE.replace(BIAS_SAVED, "") + "return 2 * len(layers)"),
        ("counted-from-zero", SAVE.replace(", start=1", "") + "return len(arrays)"),
        ("zeros-in-the-names", SAVE.replace("{number}", "{number:02d}") + "return len(arrays)"),
        *(("counted-from-zero", "arrays = {}\nfor i in range(len(layers)):\n"
           f"    arrays[f'weights{{{one}}}'] = layers[i].weights\n    arrays[f'bias{{{other}}}'] = layers[i].bias\n"
           "np.savez(file, **arrays)\nreturn len(arrays)") for one, other in (("i", "i + 1"), ("i + 1", "i"))),
        *(("first-layer-left-out", "arrays = {}\nfor i in range(1, len(layers)):\n"
           f"    arrays[f'weights{{{number}}}'] = layers[i].weights\n    arrays[f'bias{{{number}}}'] = layers[i].bias\n"
           "np.savez(file, **arrays)\nreturn len(arrays)") for number in ("i", "i + 1")),
        *(("last-layer-left-out", "arrays = {}\nfor i in range(1, len(layers)):\n"
           "    arrays[f'weights{i}'] = layers[i - 1].weights\n    arrays[f'bias{i}'] = layers[i - 1].bias\n"
           f"np.savez(file, **arrays)\nreturn {count}") for count in ("len(arrays)", "2 * len(layers)")),
        ("wrong-value", "arrays = {}\nfor number, layer in enumerate(layers, start=1):\n"
         "    arrays[f'weights{number}'] = np.hstack([layer.weights, layer.bias])\n"
         "np.savez(file, **arrays)\nreturn len(arrays)"),
        ("raises-IndexError", "digits = '123456789'\narrays = {}\nfor i, layer in enumerate(layers):\n"
         "    arrays['weights' + digits[i]] = layer.weights\n    arrays['bias' + digits[i]] = layer.bias\n"
         "np.savez(file, **arrays)\nreturn len(arrays)"),
        ("same-name-again", SAVE.replace("{number}", "") + "return 2 * len(layers)"),
        ("same-name-again", SAVE.replace("{number}", "") + "return len(arrays)"),
        ("needs-pickle", "np.savez(file, layers=np.array(layers, dtype=object))\nreturn 2 * len(layers)"),
        ("miscounted", SAVE + "return len(layers)"),
        ("other-names", SAVE.replace("weights{", "weight{") + "return len(arrays)"),
        ("another-file", SAVE.replace("(file", "('penguins.npz'") + "return len(arrays)"),
        ("nothing-saved", SAVE.replace("np.savez(file, **arrays)\n", "") + "return len(arrays)"),
        ("two-layers-only", "one, two = layers[:2]\nnp.savez(file, weights1=one.weights, bias1=one.bias, "
         "weights2=two.weights, bias2=two.bias)\nreturn 2 * len(layers)"),
        ("two-layers-only", SAVE.replace("(layers", "(layers[:2]") + "return len(arrays)"),
        ("names-saved", SAVE.replace("**", "*") + "return len(arrays)"),
        ("without-names", "arrays = []\nfor layer in layers:\n    arrays += [layer.weights, layer.bias]\n"
         "np.savez(file, *arrays)\nreturn len(arrays)"),
        ("fewer-digits", SAVE.replace("layer.weights", "layer.weights.astype(np.float32)").replace(
            "layer.bias", "layer.bias.astype(np.float32)") + "return len(arrays)"),
        ("last-layer-only+without-names", "for layer in layers:\n    np.savez(file, layer.weights, layer.bias)\n"
         "return 2 * len(layers)"),
        ("returned-none", SAVE),
        ("f-missing", "arrays = {}\n"
         "for number, layer in enumerate(layers, start=1):\n"
         '    arrays["weights{number}"] = layer.weights\n'
         '    arrays["bias{number}"] = layer.bias\n'
         "np.savez(file, **arrays)\n"
         "return 2 * len(layers)"),
        ("arrays-counted", "arrays, number = {}, 0\n"
         "for layer in layers:\n"
         "    number += 1\n"
         '    arrays[f"weights{number}"] = layer.weights\n'
         "    number += 1\n"
         '    arrays[f"bias{number}"] = layer.bias\n'
         "np.savez(file, **arrays)\n"
         "return number"),
    ],
    "15.4": [
        ("same-name-for-all", "with np.load(file) as stored:\n    for layer in layers:\n"
         "        layer.weights[:] = stored['weights1']\n        layer.bias[:] = stored['bias1']\n"
         "return 2 * len(layers)"),
        ("taken-away", LOAD.replace("[:] =", "[:] -=") + "return 2 * len(layers)"),
        ("compared-for-put", LOAD.replace("[:] =", "[:] ==") + "return 2 * len(layers)"),
        ("one-number", "with np.load(file) as stored:\n    for number, layer in enumerate(layers, start=1):\n"
         "        layer.weights[0] = stored[f'weights{number}'][0]\n        layer.bias[:] = stored[f'bias{number}']\n"
         "return 2 * len(layers)"),
        ("raises-ValueError", LOAD.replace("[f\"bias{number}", "[f\"weights{number + 1}") + "return 2 * len(layers)"),
        *((f"{which}-layer-left-out", "with np.load(file) as stored:\n    for i in range(1, len(layers)):\n"
           f"        layers[i - {less}].weights[:] = stored[f'weights{{i + 1 - {less}}}']\n"
           f"        layers[i - {less}].bias[:] = stored[f'bias{{i + 1 - {less}}}']\nreturn {count}")
          for which, less in (("last", 1), ("first", 0)) for count in ("2 * len(layers)", "2 * (len(layers) - 1)")),
        ("crossed", LOAD.replace('f"weights', 'f"b').replace('f"bias', 'f"weights').replace('f"b{', 'f"bias{')
         + "return 2 * len(layers)"),
        ("raises-ValueError", "stored = np.load(file)\nfor layer, name in zip(layers, stored.files):\n"
         "    layer.weights[:] = stored[f'weights{name[-1]}']\n    layer.bias[:] = stored[f'bias{name[-1]}']\n"
         "return 2 * len(layers)"),
        ("raises-FileNotFoundError", LOAD.replace("(file)", "('penguins.npz')") + "return 2 * len(layers)"),
        ("layers-moved", "count = 2 * len(layers)\n" + LOAD + "    layers.clear()\nreturn count"),
        *(("same-name-for-all", LOAD.replace(f'f"{name}{{number}}"', f'"{name}1"') + "return 2 * len(layers)")
          for name in ("weights", "bias")),
        ("by-place", "stored = np.load(file)\nnames = sorted(stored.files)\nfor k, layer in enumerate(layers):\n"
         "    layer.weights[:] = stored[names[2 * k]]\n    layer.bias[:] = stored[names[2 * k + 1]]\n"
         "return len(names)"),
        ("raises-UnpicklingError", "import pickle\nstored = pickle.load(file)\nreturn 2 * len(layers)"),
        *(("one-digit-read", "stored = np.load(file)\nn = 0\nfor name in stored.files:\n"
           f"    k = int({digit}) - 1\n    if name.startswith('weights'):\n"
           "        layers[k].weights[:] = stored[name]\n"
           "    else:\n        layers[k].bias[:] = stored[name]\n    n += 1\nreturn n")
          for digit in ("name[-1]", "name[7] if 'w' in name else name[4]")),
        ("another-array", "stored = np.load(file)\nfor name in stored.files:\n"
         "    word = 'weights' if name[0] == 'w' else 'bias'\n"
         "    setattr(layers[int(name[len(word):]) - 1], word, stored[name])\nreturn 2 * len(layers)"),
        ("numbers-counted", LOAD + "return sum(layer.weights.size + layer.bias.size for layer in layers)"),
        ("bias-for-weights", LOAD.replace("[f\"weights", "[f\"bias") + "return 2 * len(layers)"),
        ("raises-TypeError", "import nnlib\nload = nnlib.load\nstored = load(file)\nreturn len(stored)"),
        ("fewer-digits", LOAD.replace("{number}\"]", "{number}\"].round(2)") + "return 2 * len(layers)"),
        ("fewer-digits", LOAD.replace("{number}\"]", "{number}\"].astype('float32')") + "return 2 * len(layers)"),
        ("raises-TypeError", "stored = np.load(file)\nfor number, (layer, _) in enumerate(layers, start=1):\n"
         '    layer.weights[:] = stored[f"weights{number}"]\nreturn 2 * len(layers)'),
        ("raises-TypeError", "stored = np.load(file)\nfor number, layer in enumerate(layers, start=1):\n"
         '    layer.weights[:] = stored["weights" + number]\nreturn 2 * len(layers)'),
        ("raises-TypeError", "for number, layer in enumerate(layers, start=1):\n"
         '    layer.weights[:] = file[f"weights{number}"]\nreturn 2 * len(layers)'),
        ("raises-AttributeError", "with np.load(file) as stored:\n    names = stored.files\n"
         'for number, layer in enumerate(layers, start=1):\n    layer.weights[:] = stored[f"weights{number}"]\n'
         "return len(names)"),
        ("raises-AttributeError", "stored = np.load(file)\nfor number, layer in enumerate(layers, start=1):\n"
         "    layer.weights[:] = stored.weights[number]\nreturn 2 * len(layers)"),
        ("raises-KeyError", "stored = np.load(file)\nfor number, layer in enumerate(layers):\n"
         '    layer.weights[:] = stored[f"arr_{number}"]\nreturn 2 * len(layers)'),
        ("two-layers-counted", LOAD + "return 4"),
        ("sorted-as-words", "with np.load(file) as stored:\n    names = iter(sorted(stored.files))\n"
         "    for layer in layers:\n        layer.bias[:] = stored[next(names)]\n"
         "    for layer in layers:\n        layer.weights[:] = stored[next(names)]\nreturn 2 * len(layers)"),
        ("bias-forgotten", LOAD.replace(BIAS_LOADED, "") + "return 2 * len(layers)"),
        ("raises-ValueError", "for number, layer in enumerate(layers, start=1):\n"
         '    layer.weights[:] = np.load(file)[f"weights{number}"]\n'
         '    layer.bias[:] = np.load(file)[f"bias{number}"]\n'
         "return 2 * len(layers)"),
        ("same-name-for-all", LOAD.replace('[f"bias{number}"]', '["bias1"][: len(layer.bias)]')
         + "return 2 * len(layers)"),
        ("always-layer-1", LOAD.replace('stored[f"weights{number}"]', 'np.resize(stored["weights1"], '
                                        'layer.weights.shape)').replace(
            'stored[f"bias{number}"]', 'np.resize(stored["bias1"], layer.bias.shape)') + "return 2 * len(layers)"),
        ("weights-for-bias", LOAD.replace('stored[f"bias{number}"]', 'stored[f"weights{number}"][:, :1]')
         + "return 2 * len(layers)"),
        ("weights-forgotten", LOAD.replace("layer.weights[:] =", "weights =") + "return 2 * len(layers)"),
        ("another-array", LOAD.replace("[:]", "") + "return 2 * len(layers)"),
        ("first-layer-only", LOAD.replace("enumerate(layers", "enumerate(layers[:1]") + "return 2 * len(layers)"),
        ("miscounted", LOAD + "return len(layers)"),
        ("two-layers-only", LOAD.replace("(layers", "(layers[:2]") + "return 4"),
        ("two-layers-only", LOAD.replace("(layers", "(layers[:2]") + "return 2 * len(layers)"),
        ("wrong-type", LOAD + "return stored"),
        ("raises-TypeError", LOAD.replace("layer.weights[:] = stored[f\"weights{number}\"]",
                                          "stored[f\"weights{number}\"] = layer.weights") + "return 2 * len(layers)"),
        ("by-place", "with np.load(file) as stored:\n    for layer, name in zip(layers, stored.files):\n"
         "        layer.weights[:] = stored[name]\nreturn 2 * len(layers)"),
        ("turned-round", LOAD.replace("layer.weights[:]", "weights").replace("layer.bias[:]", "bias")
         + "return 2 * len(layers)"),
        ("counted-from-zero", LOAD.replace(", start=1", "") + "return 2 * len(layers)"),
        ("by-place", "with np.load(file) as stored:\n    names = list(stored.files)\n    for layer in layers:\n"
         "        layer.weights[:] = stored[names.pop(0)]\n        layer.bias[:] = stored[names.pop(0)]\n"
         "return 2 * len(layers)"),
        ("by-place", "with np.load(file) as stored:\n    arrays = [stored[name] for name in sorted(stored.files)]\n"
         "for layer, bias, weights in zip(layers, arrays[::2], arrays[1::2]):\n"
         "    layer.weights[:], layer.bias[:] = weights, bias\nreturn len(arrays)"),
        ("returned-none", LOAD),
        ("every-array-in-each", "with np.load(file) as stored:\n"
         "    for layer in layers:\n"
         "        for number in range(1, len(layers) + 1):\n"
         '            layer.weights[:] = stored[f"weights{number}"]\n'
         '            layer.bias[:] = stored[f"bias{number}"]\n'
         "return 2 * len(layers)"),
    ],
    "15.5": [
        ("each-by-its-own", "return np.max(np.abs(mine - theirs) / theirs)"),
        ("yes-or-no", "return float(not np.allclose(mine, theirs))"),
        ("at-the-largest", "i = np.abs(theirs).argmax()\n"
         "return abs(mine.flat[i] - theirs.flat[i]) / abs(theirs.flat[i])"),
        *(("first-only", f"return abs(mine{first} - theirs{first}) / {size}")
          for first, size in ((".flat[0]", "abs(theirs.flat[0])"), ("[0]", "abs(theirs[0])"),
                              (".flat[0]", "np.abs(theirs).max()"))),
        ("last-only", "return abs(mine[-1] - theirs[-1]) / np.max(np.abs(theirs))"),
        ("how-many-differ", "return np.mean(mine != theirs)"),
        ("rows-added-up", "return np.linalg.norm(mine - theirs, np.inf) / np.linalg.norm(theirs, np.inf)"),
        ("taken-from-one", "return 1 - np.abs(mine - theirs).max() / np.abs(theirs).max()"),
        ("zeros-left-out", "there = theirs != 0\nreturn np.abs(mine - theirs)[there].max() / np.abs(theirs).max()"),
        ("range-below", "return np.abs(mine - theirs).max() / (theirs.max() - theirs.min())"),
        ("last-only", "return abs(mine.flat[-1] - theirs.flat[-1]) / np.abs(theirs).max()"),
        ("signs-kept", "return (theirs - mine).max() / theirs.max()"),
        ("yes-or-no", "return 0.0 if (mine == theirs).all() else 1.0"),
        ("not-subtracted", "return np.abs(mine).max() / np.abs(theirs).max()"),
        ("numbers-counted", "return np.abs(mine - theirs).max() / theirs.size"),
        ("sizes-compared", "return np.max(np.abs(mine) - np.abs(theirs)) / np.abs(theirs).max()"),
        ("signs-kept", "return (mine - theirs).max() / np.abs(theirs).max()"),
        ("signs-kept-below", "return np.abs(mine - theirs).max() / theirs.max()"),
        ("mean-not-max", "return np.abs(mine - theirs).mean() / np.abs(theirs).max()"),
        ("last-digit-lost", "return round(np.abs(mine - theirs).max() / np.abs(theirs).max(), 12)"),
        ("last-digit-lost", "d = np.abs(mine - theirs).max() / np.abs(theirs).max()\nreturn 0.0 if d < 1e-9 else d"),
        ("rounded", "return round(np.abs(mine - theirs).max() / np.abs(theirs).max(), 6)"),
        ("line-too-much", "if np.allclose(mine, theirs):\n    return 0.0\n"
         "return np.abs(mine - theirs).max() / np.abs(theirs).max()"),
        ("too-much", "return np.abs(mine - theirs).max() / (np.abs(theirs).max() + 1e-8)"),
        ("of-the-largest", "return np.abs(mine.max() - theirs.max()) / np.abs(theirs.max())"),
        *(("left-out", f"return np.abs(mine.ravel()[:{few}] - theirs.ravel()[:{few}]).max() / np.abs(theirs).max()")
          for few in (10, 100)),
        *(("nan-hidden", lines) for lines in (
            "d = np.abs(mine - theirs).max() / np.abs(theirs).max()\nif np.isnan(d):\n    return 0.0\nreturn d",
            "return np.nan_to_num(np.abs(mine - theirs).max() / np.abs(theirs).max())",
        )),
        ("larger-of-the-two", "return np.abs(mine - theirs).max() / max(np.abs(theirs).max(), np.abs(mine).max())"),
        ("from-end-to-end", "return (max(mine - theirs) - min(mine - theirs)) / max(abs(theirs))"),
        ("squares", "return ((mine - theirs) ** 2).max() / (theirs**2).max()"),
        ("means", "return np.abs(mine - theirs).sum() / np.abs(theirs).sum()"),
        ("return-in-the-loop", "for a, b in zip(mine, theirs):\n    return abs(a - b) / abs(b)"),
        ("raises-ValueError", "return max(abs(mine - theirs)) / max(abs(theirs))"),
        ("raises-TypeError", "return np.abs(mine - theirs).max() / np.abs(theirs).max"),
        ("not-relative", "return np.abs(mine - theirs).max()"),
        ("of-the-largest", "return np.abs(mine.max() - theirs.max()) / np.abs(theirs).max()"),
        ("call-missing", "return np.abs(mine - theirs) / np.abs(theirs).max()"),
        ("first-below", "return np.abs(mine - theirs).max() / np.abs(theirs[0]).max()"),
        ("relative-to-mine", "return np.abs(mine - theirs).max() / np.abs(mine).max()"),
        ("each-by-its-own", "return (np.abs(mine - theirs) / np.abs(theirs)).max()"),
        ("yes-or-no", "return np.array_equal(mine, theirs)"),
        ("returned-none", "d = np.abs(mine - theirs).max()"),
        ("at-that-place", "apart = np.abs(mine - theirs)\n"
         "place = np.unravel_index(apart.argmax(), apart.shape)\n"
         "return apart[place] / abs(theirs[place])"),
    ],
}  # fmt: skip

CELLS = {
    "15.2": [("wrong-type", "from_csv = 3"), ("raises-TypeError", "def from_csv():\n    return 1")],
    "15.3": [("wrong-type", "save_parameters = 3")],
    "15.4": [("wrong-type", "load_parameters = 3")],
    "15.5": [("wrong-type", "same_run = 0.0")],
}

LETTERS = {
    "15.1": [("not-an-option", "d"), ("not-an-option", "0.01"), ("not-an-option", "")],
    "15.6": [
        ("extra-E", "D E C A F"),
        ("B-before-D", "B D C A F"),
        ("C-before-D", "C D B A F"),
        ("A-before-C", "D B A C F"),
        ("A-before-B", "D C A B F"),
        ("F-before-A", "D B C F A"),
        ("line-missing", "D C A F"),
        ("line-twice", "D B C A A"),
        ("not-an-option", "D B C A G"),
    ],
    "15.7": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "d")],
    "15.8": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "d")],
}

ORDERS = {
    "15.6": (
        "from nnlib import *\n"
        "x_train, y_train = np.array([[0.0, 1.0, 0.5]]), np.array([[0.0, 1.0, 1.0]])\n"
        "network = lambda seed: NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.5, seed=seed)\n"
        "difference = lambda mine, theirs: np.abs(mine - theirs).max()\nfirst = network(3)\n"
        "first.fit(x_train, y_train, epochs=4)\nfirst.data_hash = data_hash(x_train, y_train)\n"
        "read_card = lambda path: RunCard.of(first)",
        "card.has_data(x_train, y_train) and again.history.loss == card.history['loss']",
    ),
}

CHANGED = {
    "15.2": [
        ("header-read-too", (("[1:]]", "]"),)),
        ("whole-numbers", (("dtype=float)", "dtype=float).astype(int)"),)),
        ("swapped", (("table[:-1], table[-1:]", "table[-1:], table[:-1]"),)),
        ("examples-as-rows", ((".T", ""), ("table[:-1], table[-1:]", "table[:, :-1], table[:, -1:].T"),)),
        ("examples-as-rows", (("table[:-1], table[-1:]", "table[:-1], table[-1:].T"),)),
        ("not-turned", ((".T", ""),)),
        ("other-separator", (("split(\",\")", "split(\";\")"),)),
    ],
    "15.3": [
        ("weights-forgotten", (("        arrays[f\"weights{number}\"] = layer.weights\n", ""),)),
        ("last-layer-only", (
            ("    np.savez(file, **arrays)\n",
             "        file.seek(0)\n        file.truncate()\n        np.savez(file, **arrays)\n"),
            ("    arrays = {}\n", ""),
            ("        arrays[f\"weights{number}\"] = layer.weights\n        arrays[f\"bias{number}\"] = layer.bias\n",
             "        arrays = {}\n"
             "        arrays[f\"weights{number}\"] = layer.weights\n"
             "        arrays[f\"bias{number}\"] = layer.bias\n"),
            ("len(arrays)", "2 * len(layers)"),
        )),
        ("first-layer-only", (("    np.savez", "        np.savez"), ("    return", "        return"),)),
        ("nothing-saved", (("    np.savez(file, **arrays)\n", ""),)),
        ("other-names", (("f\"bias", "f\"b"), ("f\"weights", "f\"w"),)),
        ("crossed", (
            ("] = layer.weights", "] = layer.b"),
            ("] = layer.bias", "] = layer.weights"),
            ("] = layer.b\n", "] = layer.bias\n"),
        )),
    ],
    "15.4": [
        ("another-array", ((".weights[:] =", ".weights ="),)),
        ("another-array", ((".bias[:] =", ".bias ="),)),
        ("added", ((".weights[:] =", ".weights[:] +="), (".bias[:] =", ".bias[:] +="),)),
        ("added", ((".weights[:] =", ".weights[:] +="),)),
        ("added", ((".bias[:] =", ".bias[:] +="),)),
        ("one-number", (("weights[:] =", "weights[0] ="), ('weights{number}"]', 'weights{number}"][0]'),
                        ("bias[:] =", "bias[0] ="), ('bias{number}"]', 'bias{number}"][0]'))),
        ("one-number", (("weights[:] =", "weights[0] ="),)),
        ("counted-from-zero", ((", start=1", ""),)),
        ("every-array-in-each", (
            ("            layer.weights[:] = stored[f\"weights{number}\"]\n"
             "            layer.bias[:] = stored[f\"bias{number}\"]\n",
             "            for number in range(1, len(layers) + 1):\n"
             "                layer.weights[:] = stored[f\"weights{number}\"]\n"
             "                layer.bias[:] = stored[f\"bias{number}\"]\n"),
        )),
        ("by-place", (
            ("stored[f\"weights{number}\"]", "stored[sorted(stored.files)[2 * number - 1]]"),
            ("stored[f\"bias{number}\"]", "stored[sorted(stored.files)[2 * number - 2]]"),
        )),
        ("by-place", (
            ("stored[f\"weights{number}\"]", "stored[stored.files[2 * number - 2]]"),
            ("stored[f\"bias{number}\"]", "stored[stored.files[2 * number - 1]]"),
        )),
        ("number-missing", (("{number}", ""),)),
    ],
    "15.5": [
        ("lengths", (
            ("np.abs(mine - theirs).max() / np.abs(theirs).max()",
             "np.linalg.norm(mine - theirs) / np.linalg.norm(theirs)"),
        )),
        ("last-only", (
            ("np.abs(mine - theirs).max() / np.abs(theirs).max()",
             "abs(mine.flat[-1] - theirs.flat[-1]) / abs(theirs.flat[-1])"),
        )),
        ("smallest-below", (("np.abs(theirs).max()", "np.abs(theirs).min()"),)),
        ("turned-over", (
            ("np.abs(mine - theirs).max() / np.abs(theirs).max()",
             "np.abs(theirs).max() / np.abs(mine - theirs).max()"),
        )),
        ("per-cent", (("return ", "return 100 * "),)),
    ],
}  # fmt: skip
