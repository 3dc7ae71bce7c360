"""Preparing data: into parts for training and testing, and to one scale."""

from numbers import Real

import numpy as np

from nnlib.parts.labels import is_whole


def split(x, y=None, test=0.2, seed=0, stratified=None, validation=0):
    """Shuffle the examples and divide them into a part to train on, one to test on, and one to choose by, if asked for.

    Args:
        x: (features, examples), or a `Table`, which holds its target itself.
        y: (outputs, examples), in the same order; nothing for a table.
        test: the fraction of the examples to test on, between 0 and 1. Every part gets at least one example.
        seed: the same seed gives the same division.
        stratified: True keeps the proportion of the classes the same in all parts. Without it, so are a table's
            classes, and arrays are not stratified.
        validation: the fraction to choose by (when to stop, how many units), taken from what is not tested on.

    Returns:
        x_train, y_train, x_test, y_test: copies, with the dtypes of x and y; with a `validation`, x_train, y_train,
        x_validation, y_validation, x_test, y_test. Of a table: train, test or train, validation, test, as tables.

    Raises ValueError where the shapes do not fit each other, a fraction is none, or there are fewer examples than
    parts (of each class, if stratified).

    >>> x_train, y_train, x_test, y_test = split(np.arange(10).reshape(1, 10), np.arange(10).reshape(1, 10))
    >>> x_test.shape, bool(np.all(x_test == y_test)), sorted([*x_train[0].tolist(), *x_test[0].tolist()])
    ((1, 2), True, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    table = x if hasattr(x, "take") and hasattr(x, "columns") and hasattr(x, "lines") else None
    if table is not None and y is not None:
        raise TypeError("a table holds its target itself: split(table), or split(table.x, table.y)")
    if table is None:
        x, y = checked_pair(x, y)
        examples, labels = x.shape[1], y
    else:
        examples = len(table)
        stratified = table.task == "classes" if stratified is None else stratified
        labels = table.y if stratified else None
    check_fractions(test, validation)
    classes = np.unique(labels, axis=1, return_inverse=True)[1].ravel() if stratified else np.zeros(examples, int)
    names = table.classes if table is not None and stratified else ()
    orders = parts_of(classes, test, validation, stratified, seed, names)
    if table is not None:
        return tuple(table.take(order) for order in orders)
    return tuple(part[:, order] for order in orders for part in (x, y))


def check_fractions(test, validation):
    if not isinstance(test, Real) or not 0 < test < 1:
        raise ValueError(f"test must be a fraction between 0 and 1, but is {test!r}; try test=0.2")
    if isinstance(validation, bool) or not isinstance(validation, Real) or not 0 <= validation < 1 - test:
        raise ValueError(
            f"validation must be a fraction from 0, less than 1 − test = {1 - test:g}, but is {validation!r}; "
            "try validation=0.2"
        )


def parts_of(classes, test, validation, stratified, seed, names=()):
    """The numbers of the examples in each part: train, (validation,) test; shuffled, the same share of each class."""
    sizes = np.bincount(classes, minlength=1)
    parts = 3 if validation else 2
    if sizes.min() < parts:
        if stratified:
            one = f"class {names[sizes.argmin()]!r}" if len(names) == len(sizes) else "one"
            raise ValueError(
                f"a stratified split needs {parts} examples or more of each class, but {one} has {sizes.min()}; leave "
                "that class out of the data, or give stratified=False"
            )
        each = ", ".join(("train", "validation", "test") if validation else ("train", "test"))
        raise ValueError(f"a split needs {parts} examples or more, one for each part ({each}), but got {sizes.min()}; "
                         "one column is one example: if yours are rows, pass x.T and y.T")  # fmt: skip
    order = generator_of(seed).permutation(len(classes))
    place = np.zeros(len(classes), int)
    for label, size in enumerate(sizes):
        tested = min(max(round(test * size), 1), size - parts + 1)
        chosen = min(max(round(validation * size), 1), size - tested - 1) if validation else 0
        mine = order[classes[order] == label]
        place[mine[:tested]], place[mine[tested : tested + chosen]] = 2, 1
    return [order[place[order] == part] for part in ((0, 1, 2) if validation else (0, 2))]


def checked_pair(x, y):
    """x and y as arrays with two axes and the same number of columns; a ValueError says which of them to turn round."""
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim == 2 and y.ndim == 1 and y.size not in (0, x.shape[1]) and y.size == x.shape[0]:
        raise ValueError(
            f"x is {x.shape} and y is {y.shape}: their examples are rows, as in scikit-learn, and here they are "
            "columns; pass x.T and y[np.newaxis, :]"
        )
    for name, array in (("x", x), ("y", y)):
        check_two_axes(name, array)
    examples = x.shape[1]
    rows = x.shape[0] == y.shape[0] > 1 and y.shape[1] == 1 and examples < x.shape[0]
    if y.shape[1] != examples or rows:
        turned = "x.T and y.T, their examples are rows" if x.shape[0] == y.shape[0] and y.shape[1] == 1 else (
            "x.T, its examples are rows" if x.shape[0] == y.shape[1]
            else "y.T, its examples are rows" if y.shape[0] == examples else None
        )  # fmt: skip
        raise ValueError(
            "x and y must have the same number of examples (columns), "
            f"but x is {x.shape} and y is {y.shape}" + (f"; pass {turned}" if turned else "")
        )
    numbers = all(np.issubdtype(array.dtype, np.number) for array in (x, y))
    if numbers and len(x) == 1 < len(y) and x.size > 20 and (np.unique(x).size <= 2) and (y != np.round(y)).any():
        raise ValueError(f"x is one row of two numbers and y has {len(y)} rows: they seem exchanged; pass (x, y)")
    return x, y


def standardise(x_train, *others):
    """Give every feature mean 0 and standard deviation 1 in the training part: `(x − mean) / deviation`.

    Mean and deviation are those of `x_train` alone, and the others are treated with the same two numbers: a
    test part that helped to choose them would no longer be unseen. A feature that is constant in `x_train` is
    only moved to 0.

    Args:
        x_train: (features, examples), finite numbers.
        others: more arrays with the same features: the test part, or an example to classify later.

    Returns:
        new arrays, as many as were given: one array for one, a tuple for several. float32 stays float32,
        everything else becomes float64.

    Raises ValueError for other shapes, no examples, NaN or infinity.

    >>> x_train, x_test = standardise([[1, 2, 3], [7, 7, 7]], [[4], [8]])
    >>> x_train.round(2).tolist(), x_test.round(2).tolist()
    ([[-1.22, 0.0, 1.22], [0.0, 0.0, 0.0]], [[2.45], [1.0]])
    """
    names = ("x_train", *(f"array {position}" for position in range(2, len(others) + 2)))
    arrays = [as_features(name, array) for name, array in zip(names, (x_train, *others), strict=True)]
    train = arrays[0].astype(np.float64)
    if train.shape[1] == 0:
        raise ValueError(f"x_train must have an example or more, but is {train.shape}")
    for name, array in zip(names, arrays, strict=True):
        if array.shape[0] != train.shape[0]:
            raise ValueError(
                f"every array must have the features (rows) of x_train, which is {train.shape}, "
                f"but {name} is {array.shape}"
            )
    # A constant feature's computed mean can be off in the last digit; its first value is exact.
    constant = train.max(axis=1, keepdims=True) == train.min(axis=1, keepdims=True)
    mean = np.where(constant, train[:, :1], train.mean(axis=1, keepdims=True))
    deviation = train.std(axis=1, keepdims=True)
    deviation[constant | (deviation == 0)] = 1
    result = tuple(((array - mean) / deviation).astype(array.dtype) for array in arrays)
    return result if others else result[0]


def generator_of(seed):
    if not is_whole(seed) or seed < 0:
        raise ValueError(f"seed must be a whole number, 0 or more, but is {seed!r}; try seed=0")
    return np.random.default_rng(seed)


def check_two_axes(name, array):
    if array.ndim != 2:
        mend = f"; {name}[np.newaxis, :] makes one row of it" if array.ndim == 1 else ""
        raise ValueError(f"{name} must have two axes, (rows, examples), but its shape is {array.shape}{mend}")


def as_features(name, array):
    array = np.asarray(array)
    check_two_axes(name, array)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, but has the dtype {array.dtype}")
    if array.dtype != np.float32:
        array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers, but has NaN or infinity; drop those examples")
    return array
