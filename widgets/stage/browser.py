"""What goes to the browser: a module with all that it imports, arrays as bytes, text that Markdown leaves alone."""

import re

import numpy as np

IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"(\.\.?/[\w./]+)";\n', re.MULTILINE)


def joined(file, seen=None):
    """The module `file` with those that it imports by a relative path put before it: anywidget loads one module."""
    seen, file = set() if seen is None else seen, file.resolve()
    seen.add(file)
    text = file.read_text(encoding="utf-8")
    wanted = [(file.parent / other).resolve() for other in IMPORT.findall(text)]
    return "".join(joined(other, seen) for other in wanted if other not in seen) + IMPORT.sub("", text)


def packed(array, dtype="float32"):
    """An array for the browser: its shape, and its numbers as bytes (float32, int8 or uint8), not as text."""
    array = np.asarray(array)
    return {"shape": list(array.shape), "type": dtype, "data": array.astype(dtype).tobytes()}


def curves(name, x, y, *told, at=None, dots=()):
    """Curves, each (name, look, values), over the axis `name` from x to y, for `lines.js`; `dots` are [x, y, look]."""
    return {"x": list(x), "y": [float(end) for end in y], "name": name, "at": at, "dots": list(dots), "curves": [
        {"name": who, "look": look, "values": packed(values)} for who, look, values in told]}  # fmt: skip


def as_markdown(text):
    """Text that Markdown, HTML and MathJax all leave as it is: MathJax looks for $ when Markdown has been read."""
    plain = re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text.replace("&", "&amp;"))
    return plain.replace("$", r"\\\$")
