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
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError  # matplotlib needs Pillow too

from widgets.digit_explorer import pen
from widgets.digit_explorer.arrays import PictureError, from_arrays
from widgets.stage.figures import share

LONGEST = 112  # pixels that the longer side of a photograph is shrunk to, four for each of the 28
CONTRAST = 0.12  # of the way from black to white, which ink must differ from its paper by
SPECK = 0.08  # of the largest stroke's ink, which another must have so as not to be a speck
MOST_BYTES, MOST_PIXELS = 50_000_000, 100_000_000
ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")


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
    refuse_two(ink)
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
        picture = of_numbers(grey)
    else:
        name = "the picture" if isinstance(source, bytes | bytearray) else Path(source).name
        try:
            if isinstance(source, str | os.PathLike) and os.path.getsize(source) > MOST_BYTES:
                raise PictureError(f"{name} has more than {MOST_BYTES / 1e6:.0f} MB: take a smaller photograph")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # MOST_PIXELS says it better
                file = Image.open(io.BytesIO(source) if isinstance(source, bytes | bytearray) else source)
            with file as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PictureError(f"{name} has {picture.width}×{picture.height} pixels: take a smaller photograph")
                picture.draft("L", (4 * LONGEST, 4 * LONGEST))  # a JPEG is read small, which saves most of the time
                picture = in_grey(ImageOps.exif_transpose(picture))  # as the phone was held
        except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError) as error:
            raise PictureError(f"{name} is no picture that can be read: save it as PNG or JPEG") from error
        except OSError as error:
            if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
                raise
            raise PictureError(f"{name} is cut off or broken ({error}): copy it again") from error
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    return np.asarray(picture, float) / 255


def of_numbers(grey):
    """Numbers (rows, columns), from 0 to 1 or to whatever is the largest, as a picture of 256 greys."""
    low, high = min(grey.min(), 0), max(grey.max(), 1)
    return Image.fromarray(np.uint8(255 * (grey - low) / (high - low)))


def in_grey(picture):
    """A picture of any kind in 256 greys; what shows through is paper, white unless all ink is white."""
    if picture.mode[0] in "IF":  # 16 bits, or numbers that are not whole: Pillow would cut off all above 255
        return of_numbers(np.asarray(picture, float))
    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture.convert("L")
    picture = picture.convert("RGBA")
    for paper in ("white", "black"):
        grey = Image.alpha_composite(Image.new("RGBA", picture.size, paper), picture).convert("L")
        if np.ptp(np.asarray(grey)) > 0:
            break
    return grey


def on_black(grey):
    """The ink alone, 0 paper to 1 ink: how far each pixel is from the paper round it; dark or light ink."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper_is_light = np.median(border) >= (np.percentile(grey, 1) + np.percentile(grey, 99)) / 2
    light = grey if paper_is_light else 1 - grey
    reach = min(max(3, min(light.shape) // 5), 30) | 1  # wider than a stroke, so that paper is seen behind every one
    around = Image.fromarray(np.uint8(255 * np.clip(np.pad(light, reach, "reflect", reflect_type="odd"), 0, 1)))
    for widest in (ImageFilter.MaxFilter, ImageFilter.MinFilter):  # strokes are filled, and shadows keep their edges
        for _ in range(2):
            around = around.filter(widest(reach))
    paper = np.asarray(around, float)[reach:-reach, reach:-reach] / 255
    ink = np.clip(paper - light, 0, None) / np.maximum(paper, 0.3)
    deepest = np.percentile(ink, 99.5) if (ink > CONTRAST).sum() > ink.size / 200 else ink.max()
    if deepest < CONTRAST:
        raise PictureError(
            f"no digit is found: the darkest and the lightest part differ by {share(deepest)}; take a thicker pen or "
            "more light"
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


def refuse_two(ink):
    """PictureError where two shapes of a digit's height stand side by side, with paper between them."""
    dark = ink > pen.FAINT
    columns = np.flatnonzero(dark.any(axis=0))
    gaps = np.flatnonzero(np.diff(columns) > 1)
    for gap in gaps:
        heights = [np.ptp(np.flatnonzero(half.any(axis=1))) + 1 for half in
                   (dark[:, : columns[gap] + 1], dark[:, columns[gap + 1] :])]  # fmt: skip
        if min(heights) > 0.6 * max(heights):
            raise PictureError("two shapes stand side by side: a picture of one digit is read; cut out one of them")


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
    In an .npz file the images are the array with most numbers, and the labels one for as many examples, one-hot too;
    images that stand first, `(examples, rows, columns)` or `(examples, pixels)`, are turned round, and dark ones on
    light paper inverted, which is said. Raises PictureError that names the file.
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
        named = re.match(r"\d(?!\d)", file.name) or re.fullmatch(r"\d", file.parent.name)
        labels.append(int(named[0]) if named else None)
    if None in labels and set(labels) != {None}:
        name = files[labels.index(None)].name
        raise PictureError(f"{name} begins with no digit, and others do: call it 7_{name} if it is a 7")
    y = None if None in labels else np.array(labels)[np.newaxis]
    if not quiet:
        told = "no labels" if y is None else f"digits {', '.join(map(str, np.unique(y)))}"
        print(f"{len(files)} picture{'s' * (len(files) > 1)}, {told}")
    return np.hstack(images), y
