"""Preparing data: into parts for training and testing, and to one scale."""

from numbers import Real

import numpy as np

from nnlib.parts.labels import is_whole


def split(x, y, test=0.2, seed=0, stratified=False):
    """Shuffle the examples and divide them into a part to train on and a part to test on.

    Args:
        x: (features, examples).
        y: (outputs, examples), in the same order.
        test: the fraction of the examples to test on, between 0 and 1. Both parts get at least one example.
        seed: the same seed gives the same division.
        stratified: True keeps the proportion of the classes the same in both parts.

    Returns:
        x_train, y_train, x_test, y_test: copies, with the dtypes of x and y.

    Raises ValueError where the shapes do not fit each other, test is not such a fraction, or there are fewer
    than two examples (of each class, if stratified).

    >>> x_train, y_train, x_test, y_test = split(np.arange(10).reshape(1, 10), np.arange(10).reshape(1, 10))
    >>> x_test.shape, bool(np.all(x_test == y_test)), sorted([*x_train[0].tolist(), *x_test[0].tolist()])
    ((1, 2), True, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    x, y = np.asarray(x), np.asarray(y)
    for name, array in (("x", x), ("y", y)):
        check_two_axes(name, array)
    examples = x.shape[1]
    if y.shape[1] != examples:
        row_wise = "x" if x.shape[0] == y.shape[1] else "y" if y.shape[0] == examples else None
        mend = f"; pass {row_wise}.T, its examples are rows" if row_wise else ""
        raise ValueError(
            "x and y must have the same number of examples (columns), "
            f"but x is {x.shape} and y is {y.shape}{mend}"
        )
    if not isinstance(test, Real) or not 0 < test < 1:
        raise ValueError(f"test must be a fraction between 0 and 1, but is {test!r}; try test=0.2")
    classes = np.unique(y, axis=1, return_inverse=True)[1].ravel() if stratified else np.zeros(examples, int)
    sizes = np.bincount(classes, minlength=1)
    if sizes.min() < 2:
        if stratified:
            raise ValueError(
                f"a stratified split needs 2 examples or more of each class, but one has {sizes.min()}; "
                "leave that class out, or leave out stratified=True if y holds numbers to predict"
            )
        raise ValueError(f"a split needs 2 examples or more, one for each part, but got {sizes.min()}")
    order = generator_of(seed).permutation(examples)
    is_test = np.zeros(examples, bool)
    for label, size in enumerate(sizes):
        count = min(max(round(test * size), 1), size - 1)
        is_test[order[classes[order] == label][:count]] = True
    train_order, test_order = order[~is_test[order]], order[is_test[order]]
    return x[:, train_order], y[:, train_order], x[:, test_order], y[:, test_order]


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
