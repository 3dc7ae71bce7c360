"""Pictures of the lessons: drawn on request, each with a text that says what one sees.

Every function takes `alt`, the words for whoever does not see the picture, and returns an image for the cell to
show. Classes differ by the shape of their marks, lines by their dashes, not by colour alone.
"""

import base64
import html
import io

import numpy as np
from matplotlib.figure import Figure

BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"  # Okabe and Ito's, told apart by every kind of eye
DPI = 88  # as shown: text of the figures is then a little smaller than the lesson's
BESIDE = {"loc": "upper left", "bbox_to_anchor": (1.0, 1.02), "frameon": False, "fontsize": 9}  # a legend's place
STYLES = (("-", BLUE), ("--", ORANGE), (":", GREEN), ("-.", "#CC79A7"))


class Picture:
    """A drawn figure with its words: an image in a notebook, the words elsewhere."""

    def __init__(self, figure, alt):
        if not alt.strip():
            raise ValueError("a picture needs `alt`: one sentence that says what one sees")
        self.alt = alt
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=2 * DPI, facecolor="white", bbox_inches="tight")
        png = file.getvalue()
        self._width = int.from_bytes(png[16:20], "big") // 2  # drawn twice as fine as shown
        self._data = base64.b64encode(png).decode()

    def __repr__(self):
        return f"[picture: {self.alt}]"

    def _repr_html_(self):
        style = f"max-width:100%;width:{self._width}px;border-radius:4px"
        return f'<img alt="{html.escape(self.alt)}" style="{style}" src="data:image/png;base64,{self._data}">'


def digits(images, titles, alt):
    """A row of images, the columns of `images` `(784, n)`, each under its title."""
    count = images.shape[1]
    figure = Figure(figsize=(1.1 * count, 1.5))
    for k in range(count):
        axes = figure.add_subplot(1, count, k + 1)
        axes.imshow(images[:, k].reshape(28, 28), cmap="gray_r", vmin=0, vmax=1)
        axes.set_title(titles[k], fontsize=10)
        axes.set_xticks([])
        axes.set_yticks([])
    figure.tight_layout()
    return Picture(figure, alt)


def steps(photograph, alt):
    """How a photograph became an image, step by step: `photograph.steps` are pairs of words and an array, 0 to 1."""
    figure = Figure(figsize=(2.1 * len(photograph.steps), 2.5))
    for place, (words, array) in enumerate(photograph.steps, start=1):
        axes = figure.add_subplot(1, len(photograph.steps), place)
        axes.imshow(array, cmap="gray", vmin=0, vmax=1)
        axes.set_title(words, fontsize=9)
        axes.set_xticks([])
        axes.set_yticks([])
    figure.tight_layout()
    return Picture(figure, alt)


def curves(series, alt, x_label="epoch", y_label="loss", first=1):
    """Lines over the epochs, counted from `first`: `series` is `{name: values}`; the names stand in the legend."""
    figure = Figure(figsize=(7, 3))
    axes = figure.add_subplot()
    for (name, values), (dash, colour) in zip(series.items(), STYLES, strict=False):
        axes.plot(np.arange(first, len(values) + first), values, dash, color=colour, label=name, linewidth=2)
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.set_ylim(bottom=0)
    axes.xaxis.get_major_locator().set_params(integer=True)  # there is no epoch 2.5
    axes.grid(alpha=0.3)
    legend = axes.legend()
    figure.draw_without_rendering()  # now the legend has its place, and the lines theirs
    box = legend.get_window_extent()
    if any(line.get_path().transformed(line.get_transform()).intersects_bbox(box, filled=False) for line in axes.lines):
        axes.legend(**BESIDE)
    return Picture(figure, alt)


def curve(x, y, alt, x_label, y_label, marks=()):
    """One smooth line, with some of its points marked and named: `marks` are `(x, y, text)`."""
    figure = Figure(figsize=(6, 2.8))
    axes = figure.add_subplot()
    axes.plot(x, y, color=BLUE, linewidth=2)
    for at, height, _ in marks:
        axes.plot(at, height, "o", color=ORANGE)
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.grid(alpha=0.3)
    axes.autoscale_view()  # now: the places of the marks are asked for
    fine = np.linspace(x[0], x[-1], 4000)
    line = axes.transData.transform(np.column_stack([fine, np.interp(fine, x, y)]))
    for mark in marks:
        write_beside(axes, *mark, line)
    return Picture(figure, alt)


PLACES = [(right, up) for up in (-12, -3, 6) for right in (9, -9)]  # of a text beside its point


def write_beside(axes, at, height, text, line):
    """Write `text` beside a point: where first neither `line`, in pixels, nor the frame goes through it."""
    frame = axes.get_window_extent()
    for right, up in PLACES:
        note = axes.annotate(text, (at, height), (right, up), textcoords="offset points", fontsize=9,
                             ha="left" if right > 0 else "right")  # fmt: skip
        box = note.get_window_extent().padded(2)
        if not box.count_contains(line) and frame.count_contains(box.get_points()) == 2:
            return
        note.remove()
    raise ValueError(f"there is no room for {text!r} beside ({at:g}, {height:g})")


def borders(points, labels, lines, alt, names=("x₁", "x₂"), letters=""):
    """Two classes, marked as in the explorers, and the line z = 0 for each `(weights, bias, name)` of `lines`."""
    figure = Figure(figsize=(5.2, 4.2))
    axes = figure.add_subplot()
    labels = np.ravel(labels).astype(bool)
    axes.scatter(*points[:, labels], marker="o", s=70, color=BLUE, label="ripe (1)", zorder=3)
    axes.scatter(*points[:, ~labels], marker="D", s=55, color=ORANGE, label="unripe (0)", zorder=3)
    for k, letter in enumerate(letters):
        axes.annotate(letter, points[:, k], textcoords="offset points", xytext=(8, 5), fontsize=10)
    across = np.array([-0.5, 1.5])
    for (weights, bias, name), (dash, _) in zip(lines, STYLES, strict=False):
        w1, w2 = np.ravel(weights)
        x, y = (across, -(w1 * across + bias) / w2) if abs(w2) > 1e-9 else (np.full(2, -bias / w1), across)
        axes.plot(x, y, dash, color="black", label=name)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(names[0])
    axes.set_ylabel(names[1])
    axes.legend(**BESIDE)
    return Picture(figure, alt)
