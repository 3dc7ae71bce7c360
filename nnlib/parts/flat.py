"""Flat vectors: the arrays of all parts in one piece, so that one pass over it is a step for the whole network."""

import numpy as np

from nnlib.parts.part import parameter_names


def gathered(places, dtype):
    """All parameters of the parts in one `FlatVector`, and all their gradients, now zeros, in another like it.

    Raises ValueError if there are none.
    """
    for place in places:
        place.names = parameter_names(place.part)
    owners = [(place, name) for place in places for name in place.names]
    if not owners:
        raise ValueError(f"the network has no parameters to train: {_of_another_name(places)}")
    parameters = FlatVector(owners, dtype)
    for place, name in owners:
        setattr(place.part, f"grad_{name}", np.zeros_like(getattr(place.part, name)))
    return parameters, FlatVector([(place, f"grad_{name}") for place, name in owners], dtype)


def _of_another_name(places):
    """What a part's arrays should be called, if one has some; else that a layer is needed."""
    for place in places:
        held = getattr(place.part, "__dict__", {}).items()
        if names := [name for name, value in held if isinstance(value, np.ndarray)]:
            own = ", ".join(map(repr, names)) + "," * (len(names) == 1)
            return (
                f"{type(place.part).__name__} has the arrays {', '.join(names)}. Call its parameters weights and bias, "
                f"or list their names in it: parameters = ({own})"
            )
    return "a block needs a layer, such as Dense(1)"


class FlatVector:
    """One vector that holds an array of every part; each part's attribute is a view of its stretch.

    `owners` are pairs (place, name of the attribute). Writing to the view writes to the vector, and the other way
    round. Whoever rebinds the attribute (`layer.weights = …`) has put an array of their own there: `values`, the
    vector, takes its numbers back and puts the view in its place. `vector` is the same as it was when that was last
    done.
    """

    def __init__(self, owners, dtype):
        arrays = [np.asarray(getattr(place.part, name)) for place, name in owners]
        self.owners, self.dtype = owners, dtype
        self.vector = np.empty(sum(array.size for array in arrays), dtype)
        self._views = []  # (place, its part, name, view)
        start = 0
        for (place, name), array in zip(owners, arrays, strict=True):
            view = self.vector[start : start + array.size].reshape(array.shape)
            view[...] = array
            setattr(place.part, name, view)
            place.part.place = place
            self._views.append((place, place.part, name, view))
            start += array.size

    @property
    def values(self):
        """The vector, with the numbers that the parts have now."""
        self.take_back()
        return self.vector

    def take_back(self):
        """Copy arrays that were rebound into the vector.

        Raises ValueError if one has another shape, RuntimeError if the part now belongs to another network.
        """
        if self._views[0][3].base is not self.vector:  # copy.deepcopy and pickle make the views arrays of their own
            self.__init__(self.owners, self.dtype)
        for place, part, name, view in self._views:
            array = getattr(part, name)
            if array is not view:
                if part.place is not place:
                    raise RuntimeError(
                        f"{place!r} has been built into another network since, which trains its parameters now: "
                        "make new layers for each network"
                    )
                if np.shape(array) != view.shape:
                    raise ValueError(f"{name} of {place!r} has shape {np.shape(array)}, expected {view.shape}")
                view[...] = array
                setattr(part, name, view)
