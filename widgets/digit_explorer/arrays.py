"""Images in an .npz file, as others keep them, become columns of ink, white on black; what is done to them is said."""

import zipfile

import numpy as np


class PictureError(ValueError):
    """A picture in which no digit can be found: what was expected, what came, the mend."""


def from_arrays(path, quiet):
    """What `read_pictures` makes of an .npz file: each thing that is done to its arrays is said."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        mend = "np.savez(file, images=…, labels=…) writes them"
        raise PictureError(f"{path.name} holds no plain arrays: {mend}") from error
    if not arrays or max(array.ndim for array in arrays.values()) < 2:
        raise PictureError(f"{path.name} holds {', '.join(arrays) or 'nothing'}, no array of images")
    name = max(arrays, key=lambda one: arrays[one].size)
    x = arrays.pop(name)
    if x.dtype.kind not in "biuf" or not np.isfinite(x).all():
        raise PictureError(f"{name} in {path.name} holds what is no finite number")
    shape, told = x.shape, []
    x, told = with_images_last(x, [*map(counted, arrays.values())])
    label = next((one for one in arrays if counted(arrays[one]) == x.shape[1]), None)
    y = label and labels_of(arrays.pop(label))
    if arrays:
        told += [f"{', '.join(f'{one} {array.shape}' for one, array in arrays.items())} not read"]
    most = x.max(initial=0)
    scale = 255 if most > 16 else 16 if most > 1 else 1
    x = x / scale
    if scale > 1:
        told.append(f"divided by {scale}: 0 is paper, 1 is ink")
    if np.median(x) > 0.75:
        x = 1 - x
        told.append("dark on light: turned into white on black")
    if not quiet:
        print(f"{name} {shape} {'; '.join(told) or 'is as it should be'}" + ("" if label else "; no labels"))
    return x, y


def counted(labels):
    """For how many examples an array holds labels: `(m,)`, `(1, m)`, `(m, 1)` or one-hot; 0 if it holds none."""
    if labels.ndim == 1 or labels.size == max(labels.shape, default=0):
        return labels.size
    if labels.ndim == 2 and labels.dtype.kind in "biuf" and np.isin(labels, (0, 1)).all():
        one = [axis for axis in (0, 1) if (labels.sum(axis=axis) == 1).all()]
        return labels.shape[1 - one[0]] if one else 0
    return 0


def labels_of(labels):
    """Labels as `counted` takes them, `(1, m)`."""
    if labels.ndim == 2 and 1 not in labels.shape:
        labels = labels.argmax(axis=0 if (labels.sum(axis=0) == 1).all() else 1)
    return labels.reshape(1, -1)


def with_images_last(x, counts):
    """Images as columns, `(pixels, examples)`, and what was done to them, in words; `counts` of labels may tell."""
    told = []
    if x.ndim == 4 and x.shape[-1] in (3, 4):
        x, told = x[..., :3].mean(axis=-1), ["in grey"]
    if x.ndim == 3 and x.shape[-1] in counts and x.shape[0] not in counts:
        return x.reshape(-1, x.shape[-1]), [*told, f"has its pixels in rows: now ({x[..., 0].size}, {x.shape[-1]})"]
    pixels = x.ndim == 2 and x.shape[1] in (64, 784) and x.shape[0] not in (64, 784)
    first = x.shape[0] in counts and x.shape[-1] not in counts
    if x.ndim > 2 or first or (pixels and x.shape[1] not in counts):
        x = x.reshape(len(x), -1).T
        told.append(f"has the images first: turned to {x.shape}")
    return x, told
