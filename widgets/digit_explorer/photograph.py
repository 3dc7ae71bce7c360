"""Photographs of digits as the images that a network has learnt from, step by step.

    photo = read_picture("seven.jpg")            # 28×28, as MNIST; side=8 as scikit-learn's digits
    network.predict(photo.x)                     # (784, 1), 0 paper … 1 ink
    x, y = read_pictures("my_digits")            # a folder; 7_first.jpg or 7/first.jpg is a 7
    x, y = read_pictures("digits.npz")           # arrays that have the images first are turned round

Pillow opens the files; it is there because matplotlib needs it.
"""

import io
import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError  # matplotlib needs Pillow too

from widgets.digit_explorer import pen

LONGEST = 112  # pixels that the longer side of a photograph is shrunk to, four for each of the 28
CONTRAST = 0.12  # of the way from black to white, which ink must differ from its paper by
SPECK = 0.08  # of the largest stroke's ink, which another must have so as not to be a speck
MOST_BYTES, MOST_PIXELS = 50_000_000, 100_000_000
ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")


class PictureError(ValueError):
    """A picture in which no digit can be found: what was expected, what came, the mend."""


@dataclass(frozen=True, repr=False)
class Photograph:
    """`image` `(side, side)`, 0 paper to 1 ink; `steps`, pairs of words and an array, how it came to be."""

    image: np.ndarray
    steps: list

    @property
    def x(self):
        """One column, `(side², 1)`."""
        return self.image.reshape(-1, 1)

    def __repr__(self):
        rows, columns = self.image.shape
        return f"Photograph of {rows} × {columns} pixels: {', '.join(words for words, _ in self.steps)}"


def read_picture(source, side=28):
    """The digit in a picture, as a `Photograph` of `side` × `side` pixels: white on black, cropped, centred by mass.

    `source` is the path of a PNG or JPEG, its bytes, or an array `(rows, columns)`. The paper may be lit unevenly; dark
    ink on light paper and light on dark are told apart. Raises PictureError where there is no picture or no digit in
    it, FileNotFoundError for a path that is none.
    """
    if side not in (8, 28):
        raise ValueError(f"side is 28, as MNIST's images have, or 8, as scikit-learn's digits; got {side!r}")
    grey = opened(source)
    steps = [("as it came, in grey", grey)]
    ink = on_black(grey)
    steps.append(("white on black, even light", ink))
    ink = without_specks(ink)
    rows, columns = (np.flatnonzero(ink.max(axis=axis) > pen.FAINT)[[0, -1]] for axis in (1, 0))
    ink = ink[rows[0] : rows[1] + 1, columns[0] : columns[1] + 1]
    steps.append(("cropped to the digit", ink))
    image = pen.fitted(in_box(ink, side))
    if image.max() > 0:
        image = np.clip(image / image.max(), 0, 1)
    steps.append((f"{side}×{side}, centred" + (" by mass" if side == 28 else ""), image))
    return Photograph(image, steps)


def opened(source):
    """A picture in grey, `(rows, columns)`, 0 black to 1 white, at most `LONGEST` pixels long."""
    if isinstance(source, np.ndarray):
        grey = np.asarray(source, float)
        if grey.ndim != 2 or not grey.size or not np.isfinite(grey).all():
            raise PictureError(f"a picture is an array (rows, columns) of finite numbers, got {grey.shape}")
        low, high = min(grey.min(), 0), max(grey.max(), 1)
        picture = Image.fromarray(np.uint8(255 * (grey - low) / (high - low)))
    else:
        name = "the picture" if isinstance(source, bytes | bytearray) else Path(source).name
        try:
            if isinstance(source, str | os.PathLike) and os.path.getsize(source) > MOST_BYTES:
                raise PictureError(f"{name} has more than {MOST_BYTES / 1e6:.0f} MB: take a smaller photograph")
            picture = Image.open(io.BytesIO(source) if isinstance(source, bytes | bytearray) else source)
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureError(f"{name} has {picture.width}×{picture.height} pixels: take a smaller photograph")
            picture.draft("L", (4 * LONGEST, 4 * LONGEST))  # a JPEG is read small, which saves most of the time
            picture = ImageOps.exif_transpose(picture)  # as the phone was held
            if "A" in picture.mode or "transparency" in picture.info:
                picture = picture.convert("RGBA")
                picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
            picture = picture.convert("L")
        except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError) as error:
            raise PictureError(f"{name} is no picture that can be read: save it as PNG or JPEG") from error
        except OSError as error:
            if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
                raise
            raise PictureError(f"{name} is cut off or broken ({error}): copy it again") from error
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    return np.asarray(picture, float) / 255


def on_black(grey):
    """The ink alone, 0 paper to 1 ink: how far each pixel is from the paper round it; dark or light ink."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper_is_light = np.median(border) >= (np.percentile(grey, 1) + np.percentile(grey, 99)) / 2
    light = grey if paper_is_light else 1 - grey
    around = Image.fromarray(np.uint8(255 * light))
    reach = max(3, min(light.shape) // 5) | 1  # wider than a stroke, so that paper is seen behind every one
    for _ in range(2):
        around = around.filter(ImageFilter.MaxFilter(min(reach, 31)))
    paper = np.asarray(around.filter(ImageFilter.GaussianBlur(reach)), float) / 255
    ink = np.clip(paper - light, 0, None)
    deepest = np.percentile(ink, 99.5) if (ink > CONTRAST).sum() > ink.size / 200 else ink.max()
    if deepest < CONTRAST:
        raise PictureError(
            f"no digit is found: the darkest and the lightest part differ by {deepest:.0%}; take a thicker pen or more "
            "light"
        )
    return np.clip((ink / deepest - 0.35) / 0.45, 0, 1)


def without_specks(ink):
    """The strokes that have a good part of the ink; shadows at the border go unless the digit itself reaches it."""
    names = strokes(ink > pen.FAINT)
    mass = np.bincount(names.ravel(), ink.ravel())[1:]
    edge = set(np.concatenate([names[0], names[-1], names[:, 0], names[:, -1]]).tolist())
    inner = [one for one in range(1, len(mass) + 1) if one not in edge]
    mine = inner if inner and mass[[one - 1 for one in inner]].max() > SPECK * mass.max() else range(1, len(mass) + 1)
    most = max(mass[one - 1] for one in mine)
    return ink * np.isin(names, [one for one in mine if mass[one - 1] > SPECK * most])


def strokes(dark):
    """A number for each stroke of touching dark pixels `(rows, columns)`, 0 for paper."""
    names, count = np.zeros(dark.shape, int), 0
    for start in zip(*np.nonzero(dark), strict=True):
        if names[start]:
            continue
        count += 1
        names[start], waiting = count, [start]
        while waiting:
            row, column = waiting.pop()
            for r in range(max(row - 1, 0), min(row + 2, dark.shape[0])):
                for c in range(max(column - 1, 0), min(column + 2, dark.shape[1])):
                    if dark[r, c] and not names[r, c]:
                        names[r, c] = count
                        waiting.append((r, c))
    return names


def in_box(ink, side):
    """The cropped ink in an image of `side` × `side`, its proportions kept; `pen.fitted` moves it to its place."""
    room = 20 if side == 28 else side
    scale = room / max(ink.shape)
    size = [max(1, round(length * scale)) for length in ink.shape[::-1]]
    small = np.asarray(Image.fromarray(np.uint8(255 * ink)).resize(size, Image.Resampling.BOX), float) / 255
    image = np.zeros((side, side))
    top, left = (side - small.shape[0]) // 2, (side - small.shape[1]) // 2
    image[top : top + small.shape[0], left : left + small.shape[1]] = small
    return image


def read_pictures(source, side=28, quiet=False):
    """All digits of a folder or an .npz file: x `(side², examples)` and y `(1, examples)`, or None without labels.

    In a folder the label is the digit that a file's name begins with, as in 7_first.jpg, or the name of its folder.
    In an .npz file the images are the array with most numbers, and the labels one with as many entries; images that
    stand first, `(examples, rows, columns)` or `(examples, pixels)`, are turned round, which is said. Raises
    PictureError that names the file.
    """
    path = Path(source)
    if path.suffix == ".npz":
        return from_arrays(path, quiet)
    if not path.is_dir():
        raise FileNotFoundError(f"there is no folder {str(path)!r}; read_picture reads one file")
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS)
    if not files:
        raise PictureError(f"no picture lies in {path}: expected names that end with {', '.join(ENDINGS[:3])}")
    images, labels = [], []
    for file in files:
        try:
            images.append(read_picture(file, side).x)
        except PictureError as error:
            raise PictureError(f"{file.name}: {error}") from error
        named = re.match(r"\d", file.name) or re.fullmatch(r"\d", file.parent.name)
        labels.append(int(named[0]) if named else None)
    if None in labels and set(labels) != {None}:
        name = files[labels.index(None)].name
        raise PictureError(f"{name} begins with no digit, and others do: call it 7_{name} if it is a 7")
    y = None if None in labels else np.array(labels)[np.newaxis]
    if not quiet:
        print(f"{len(files)} pictures" + (", no labels" if y is None else f", {len(np.unique(y))} different digits"))
    return np.hstack(images), y


def from_arrays(path, quiet):
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    if not arrays or max(array.ndim for array in arrays.values()) < 2:
        raise PictureError(f"{path.name} holds {', '.join(arrays) or 'nothing'}, no array of images")
    name = max(arrays, key=lambda one: arrays[one].size)
    x = arrays.pop(name)
    shape = x.shape
    labels = [array for array in arrays.values() if array.size == array.shape[-1 if array.ndim else 0 :][0]]
    first = any(array.size == shape[0] for array in labels)
    last = any(array.size == shape[-1] for array in labels)
    turned = x.ndim > 2 or (first and not last)
    if turned:
        x = x.reshape(len(x), -1).T
    y = next((array.reshape(1, -1) for array in labels if array.size == x.shape[1]), None)
    x = x.astype(float)
    most = x.max(initial=0)
    scale = 255 if most > 16 else 16 if most > 1 else 1
    if not quiet:
        print(f"{name} {shape}" + (f" has the images first: turned to {x.shape}" if turned else f" is {x.shape}"))
        if scale > 1:
            print(f"divided by {scale}: 0 is paper, 1 is ink")
    return x / scale, y
