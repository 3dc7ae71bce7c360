"""Wrong answers to lesson 01, Shape the data."""

BODIES = {
    "01.3": [
        ("place-by-value", "x, columns = np.zeros(page.shape[::-1]), page.T.tolist()\nfor column in columns:\n"
         "    x[columns.index(column)] = column\nreturn x"),
        ("equal-lines-once", "lines = []\n"
         "for line in page.tolist():\n"
         "    if line not in lines:\n"
         "        lines.append(line)\n"
         "return np.array(lines).T"),
        ("place-by-value", "x = np.zeros(page.shape[::-1])\n"
         "for line in page.tolist():\n"
         "    x[:, page.tolist().index(line)] = line\n"
         "return x"),
        ("same-array-again", "as_columns.kept = getattr(as_columns, 'kept', {})\n"
         "kept = as_columns.kept.setdefault(page.shape[::-1], np.empty(page.shape[::-1]))\n"
         "kept[...] = page.T\n"
         "return kept"),
        ("a-part-only", "return page[:3].T"),
        ("raises-IndexError", "return np.array([page[0], page[1], page[2]]).T"),
        ("raises-IndexError", "return np.array([page[:, 0], page[:, 1], page[:, 2], page[:, 3]])"),
        ("half-the-digits", "return page.T.astype('float16')"),
        ("half-the-digits", "return np.asarray(page.T, dtype=np.float16)"),
        ("poured", "return page.reshape(-1, 1)"),
        ("raises-ValueError", "x = np.zeros((4, 3))\nfor i in range(3):\n    x[:, i] = page[i]\nreturn x"),
        ("not-turned", "return page"),
        ("poured", "return page.reshape(page.shape[1], page.shape[0])"),
        *(("not-turned", f"return page[{order}]") for order in (":, ::-1", "::-1", "::-1, ::-1")),
        ("poured", "return page.reshape(page.shape[::-1], order='F')"),
        ("upside-down", "return page[::-1].T"),
        ("features-reversed", "return page.T[::-1]"),
        ("flat-vector", "return page.ravel()"),
        ("returned-none", "page.T"),
        ("wrong-type", "return [list(column) for column in zip(*page)]"),
        ("wrong-type", "return page.transpose"),
        ("raises-AttributeError", "return page.t"),
        ("raises-TypeError", "return page.T()"),
        ("changes-its-arguments", "page.sort()\nreturn page.T"),
    ],
    "01.4": [
        ("raises-IndexError", "return np.array([[x[0].mean()], [x[1].mean()], [x[2].mean()], [x[3].mean()]])"),
        ("repeated", "return np.zeros_like(x) + x.mean(axis=1, keepdims=True)"),
        ("first-and-last", "return (x[:, :1] + x[:, -1:]) / 2"),
        *(("other-axis", f"return x.mean(axis={axis}, keepdims=True)") for axis in ("...", "'features'")),
        ("raises-TypeError", "return np.mean(x, 1, True)"),
        ("place-by-value", "rows, means = x.tolist(), np.zeros((len(x), 1))\n"
         "for row in rows:\n"
         "    means[rows.index(row)] = sum(row) / len(row)\n"
         "return means"),
        ("zeros-not-counted", "return x.sum(axis=1, keepdims=True) / (x != 0).sum(axis=1, keepdims=True)"),
        ("same-array-again", "feature_means.kept = getattr(feature_means, 'kept', {})\n"
         "kept = feature_means.kept.setdefault((len(x), 1), np.empty((len(x), 1)))\n"
         "kept[...] = x.mean(axis=1, keepdims=True)\n"
         "return kept"),
        ("line-too-much", "if x.shape[1] == 1:\n"
         "    return np.zeros((len(x), 1))\n"
         "return x.mean(axis=1, keepdims=True)"),
        ("middle-of-the-range", "return (x.min(axis=1, keepdims=True) + x.max(axis=1, keepdims=True)) / 2"),
        ("repeated", "return np.repeat(x.mean(axis=1, keepdims=True), x.shape[1], axis=1)"),
        ("over-the-features", "return x.mean(axis=0, keepdims=True)"),
        ("over-the-features-flat", "return x.mean(axis=0)"),
        ("over-the-features", "return x.mean(axis=0, keepdims=True).T"),
        ("return-in-the-loop", "for row in x:\n    return row.mean()"),
        ("axis-lost", "return x.mean(axis=1)"),
        ("one-mean-for-all", "return x.mean()"),
        ("added-up-only", "return x.sum(axis=1, keepdims=True)"),
        ("median", "return np.median(x, axis=1, keepdims=True)"),
        ("divided-by-the-features", "return x.sum(axis=1, keepdims=True) / x.shape[0]"),
        ("a-row", "return x.mean(axis=1).reshape(1, -1)"),
        ("averaged-twice", "return x.mean(axis=1, keepdims=True) / x.shape[1]"),
        ("sign", "return -x.mean(axis=1, keepdims=True)"),
        ("returned-none", "x.mean(axis=1, keepdims=True)"),
        ("other-axis", "return x.mean(axis=2, keepdims=True)"),
        ("raises-TypeError", "return x.mean(axis=1, keepdim=True)"),
        ("raises-NameError", "return x.mean(axis=1, keepdims=true)"),
        ("before-the-loop", "total = 0\n"
         "means = []\n"
         "for row in x:\n"
         "    for value in row:\n"
         "        total += value\n"
         "    means.append([total / len(row)])\n"
         "return np.array(means)"),
    ],
    "01.5": [
        ("yes-or-no", "return (labels > 0).reshape(1, -1).astype(int)"),
        ("one-hot", "return (np.arange(3)[:, None] == labels).astype(int)"),
        ("one-hot", "return np.array([labels == kind for kind in range(int(labels.max()) + 1)]) * 1.0"),
        ("wrong-type", "return np.array([labels]).astype(str)"),
        ("answers-for-numbers", "return (labels > 0).reshape(1, -1)"),
        ("raises-TypeError", "return np.reshape(labels, 1, -1)"),
        ("sign", "return labels.reshape(-1, -1)"),
        ("place-by-value", "row, every = np.zeros((1, len(labels))), labels.tolist()\n"
         "for label in every:\n"
         "    row[0, every.index(label)] = label\n"
         "return row"),
        ("renumbered", "return np.unique(labels, return_inverse=True)[1].reshape(1, -1)"),
        ("remembers", "as_row.kept = getattr(as_row, 'kept', {})\n"
         "return as_row.kept.setdefault(len(labels), labels.reshape(1, -1))"),
        ("a-part-only", "return labels[:100].reshape(1, -1)"),
        ("too-much", "return (labels - labels.min()).reshape(1, -1)"),
        ("flat-vector", "if len(labels) == 1:\n"
         "    return labels\n"
         "return labels.reshape(1, -1)"),
        ("one-hot", "return np.eye(3)[labels].T"),
        ("still-flat", "return labels"),
        ("still-flat", "return labels.T"),
        ("a-column", "return labels.reshape(-1, 1)"),
        ("stacked", "return np.array([labels, labels])"),
        ("extra-axis", "return labels.reshape(1, 1, -1)"),
        ("wrong-type", "return [labels]"),
        ("raises-TypeError", "return labels.reshape(1, labels)"),
        ("raises-TypeError", "return labels.reshape(1, labels.shape)"),
        ("raises-ValueError", "return labels.reshape(1, 5)[:, :labels.size]"),
        ("returned-none", "labels.reshape(1, -1)"),
        ("raises-TypeError", "return labels.reshape(1, -1)()"),
        ("other-order", "return np.sort(labels).reshape(1, -1)"),
        ("flat-vector", "labels.reshape(1, -1)\n"
         "return labels"),
    ],
    "01.6": [
        ("too-much", "return (x - x.mean(axis=1, keepdims=True)) / (1 + x.std(axis=1, keepdims=True))"),
        ("call-too-many", "c = x - x.mean(axis=1, keepdims=True)\nreturn c / np.abs(c).std(axis=1, keepdims=True)"),
        ("changed-places", "return (x - x.std(axis=1, keepdims=True)) / x.mean(axis=1, keepdims=True)"),
        ("by-the-length", "c = x - x.mean(axis=1, keepdims=True)\nreturn c / np.linalg.norm(c, axis=1, keepdims=True)"),
        ("by-the-largest", "c = x - x.mean(axis=1, keepdims=True)\nreturn c / np.abs(c).max(axis=1, keepdims=True)"),
        ("root-of-the-deviation", "return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True) ** 0.5"),
        ("given-back", "for row in x:\n    row = (row - row.mean()) / row.std()\nreturn x"),
        ("place-by-value", "rows, made = x.tolist(), np.zeros(x.shape)\n"
         "for row in rows:\n"
         "    made[rows.index(row)] = (np.array(row) - np.mean(row)) / np.std(row)\n"
         "return made"),
        ("by-the-mean", "return (x - x.mean(axis=1, keepdims=True)) / x.mean(axis=1, keepdims=True)"),
        ("deviation-from-0", "return (x - x.mean(axis=1, keepdims=True)) / np.sqrt((x ** 2).mean(axis=1, "
         "keepdims=True))"),
        ("some-left-out", "m, s = x.mean(axis=1, keepdims=True), x.std(axis=1, keepdims=True)\n"
         "near = np.abs(x - m) <= 2 * s\n"
         "return (x - x.mean(axis=1, keepdims=True, where=near)) / x.std(axis=1, "
         "keepdims=True, where=near)"),
        ("cut-off", "return np.clip((x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, "
         "keepdims=True), -3, 3)"),
        ("index-too-many", "return (x - x[:, :100].mean(axis=1, keepdims=True)) / x.std(axis=1, "
         "keepdims=True)"),
        ("line-too-much", "s = x.std(axis=1, keepdims=True)\n"
         "s[s < 0.1] = 1\n"
         "return (x - x.mean(axis=1, keepdims=True)) / s"),
        ("nan-hidden", "return (x - np.nanmean(x, axis=1, keepdims=True)) / np.nanstd(x, axis=1, "
         "keepdims=True)"),
        ("same-array-again", "standardise.kept = getattr(standardise, 'kept', {})\n"
         "kept = standardise.kept.setdefault(x.shape, np.empty(x.shape))\n"
         "kept[...] = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)\n"
         "return kept"),
        ("deviation-of-the-means", "m = x.mean(axis=1, keepdims=True)\nreturn (x - m) / m.std()"),
        ("by-the-largest", "return x / x.max(axis=1, keepdims=True)"),
        ("not-divided", "return x - x.mean(axis=1, keepdims=True)"),
        ("numbers-of-body-mass", "return (x - 4200.4) / 797.6"),
        ("raises-TypeError", "return (x - x.mean) / x.std(axis=1, keepdims=True)"),
        ("not-moved", "return x / x.std(axis=1, keepdims=True)"),
        ("brackets-missing", "return x - x.mean(axis=1, keepdims=True) / x.std(axis=1, keepdims=True)"),
        ("variance", "return (x - x.mean(axis=1, keepdims=True)) / x.var(axis=1, keepdims=True)"),
        ("one-scale-for-all", "return (x - x.mean()) / x.std()"),
        ("over-the-features", "return (x - x.mean(axis=0)) / x.std(axis=0)"),
        ("over-the-features-multiplied", "return (x - x.mean(axis=1, keepdims=True)) * x.std(axis=1, keepdims=True)"),
        ("squeezed-to-zero-and-one",
         "low, high = x.min(axis=1, keepdims=True), x.max(axis=1, keepdims=True)\nreturn (x - low) / (high - low)"),
        ("sample-deviation", "return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, ddof=1, keepdims=True)"),
        ("sign", "return (x.mean(axis=1, keepdims=True) - x) / x.std(axis=1, keepdims=True)"),
        ("raises-ValueError", "return (x - x.mean(axis=1)) / x.std(axis=1)"),
        ("transposed", "return ((x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)).T"),
        ("changes-its-arguments", "x -= x.mean(axis=1, keepdims=True)\nreturn x / x.std(axis=1, keepdims=True)"),
        ("returned-none", "x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)"),
        ("raises-AttributeError", "return (x - x.mean(axis=1, keepdims=True)) / x.deviation(axis=1)"),
        ("mean-distance", "centred = x - x.mean(axis=1, keepdims=True)\n"
         "return centred / np.abs(centred).mean(axis=1, keepdims=True)"),
    ],
}  # fmt: skip

CELLS = {
    "01.2": [
        ("wrong-value", "number, rows_of_x, columns_of_x = 19.7, 4, 273"),
        ("test-part-alone", "number, rows_of_x, columns_of_x = 17.9, 4, 69"),
        ("column-counted-wrongly", "number = 16.3\nrows_of_x = 4\ncolumns_of_x = 273"),
        ("all-numbers-counted", "number = 17.9\nrows_of_x = 4\ncolumns_of_x = 4 * 273"),
        ("last-index", "number = 17.9\nrows_of_x = 3\ncolumns_of_x = 272"),
        ("rows-and-columns-swapped", "rows_of_x = 273\ncolumns_of_x = 4\nnumber = 17.9"),
        ("rows-and-columns-swapped", "rows_of_x = 4\ncolumns_of_x = 4\nnumber = 17.9"),
        ("label-counted", "rows_of_x = 5\ncolumns_of_x = 273\nnumber = 17.9"),
        ("test-part-counted", "rows_of_x = 4\ncolumns_of_x = 342\nnumber = 17.9"),
        ("row-and-column-swapped", "rows_of_x = 4\ncolumns_of_x = 273\nnumber = 213"),
        ("counted-from-one", "rows_of_x = 4\ncolumns_of_x = 273\nnumber = 46.5"),
        ("column-counted-from-one", "rows_of_x = 4\ncolumns_of_x = 273\nnumber = 14.5"),
        ("row-counted-wrongly", "rows_of_x = 4\ncolumns_of_x = 273\nnumber = 192"),
        ("row-counted-wrongly", "rows_of_x = 4\ncolumns_of_x = 273\nnumber = 3500"),
        *(("another-place", f"rows_of_x = 4\ncolumns_of_x = 273\nnumber = {one}") for one in (48.4, 220, 5400, 4400)),
        ("last-index", "rows_of_x = 4\ncolumns_of_x = 272\nnumber = 17.9"),
        ("half-written", "rows_of_x = 4\ncolumns_of_x = 273\nnumber = ..."),
        ("wrong-type", "rows_of_x = (4, 273)\ncolumns_of_x = 273\nnumber = 17.9"),
    ],
    "01.4": [("wrong-type", "feature_means = 3"), ("raises-TypeError", "def feature_means():\n    return 0")],
}

LETTERS = {
    "01.1": [("not-an-option", "e"), ("not-an-option", "5, 5"), ("not-an-option", "")],
    "01.7": [
        ("extra-B", "C B F D A"),
        ("E-before-C", "E C F D A"),
        ("F-before-E", "C F E D A"),
        ("D-before-F", "C E D F A"),
        ("A-before-D", "C E F A D"),
        ("line-missing", "C E F A"),
        ("line-twice", "C E F D D"),
        ("not-an-option", "C E F D G"),
    ],
    "01.8": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "700")],
    "01.9": [("chose-a", "a"), ("chose-b", "b"), ("not-an-option", "loss")],
}

ORDERS = {
    "01.7": (
        "page = np.array([[48.4, 5400.0], [46.5, 4400.0], [46.5, 3500.0]])",
        "np.allclose(standard, standardise(page.T)) and standard.shape == (2, 3)",
    ),
}
