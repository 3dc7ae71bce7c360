"""A column that met a row: `(m, 1)` and `(m,)` make `(m, m)` numbers, and nobody complains.

`aligned` arrays go through a loss as they are, but where a column meets as many numbers in a row, each number meets
one. If that is the loss whose gradient somebody has written, it is what they meant.
"""

import numpy as np


class Meeting:
    """Where a column met a row, `(shape, shape)` each time, among all that was made of `aligned` arrays."""

    def __init__(self):
        self.seen, meeting = [], self

        class Aligned(np.ndarray):
            def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
                arrays = [np.asarray(one) if isinstance(one, np.ndarray) else one for one in inputs]
                if method == "__call__" and len(arrays) == 2 and ufunc.signature is None:
                    arrays = meeting.beside(*arrays)
                if out is not None:
                    options["out"] = tuple(np.asarray(one) for one in out)
                made = getattr(ufunc, method)(*arrays, **options)
                return made.view(Aligned) if isinstance(made, np.ndarray) else made

        self.kind = Aligned

    def aligned(self, array):
        return np.asarray(array).view(self.kind)

    def beside(self, one, other):
        """The two as they are; a column and a row of equal length as two columns."""
        sizes = np.size(one), np.size(other)
        if min(sizes) < 2 or sizes[0] != sizes[1] or np.shape(one) == np.shape(other):
            return [one, other]
        if np.size(np.broadcast(one, other)) != sizes[0] ** 2:
            return [one, other]
        self.seen.append((np.shape(one), np.shape(other)))
        return [np.reshape(one, (-1, 1)), np.reshape(other, (-1, 1))]
