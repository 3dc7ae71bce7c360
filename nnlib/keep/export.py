"""Export: a network as a PyTorch script, with its numbers in it."""

import base64
import inspect

import numpy as np

from nnlib.data import quantities
from nnlib.keep.description import VERSION
from nnlib.keep.whole import write_whole
from nnlib.layer import BatchNorm, Dense

MODULES = {
    "Dense": lambda part: f"nn.Linear({part.weights.shape[1]}, {part.weights.shape[0]})",
    "Dropout": lambda part: f"nn.Dropout({part.rate!r})",
    "BatchNorm": lambda part: f"nn.BatchNorm1d({len(part.gamma)}, eps={part.epsilon!r}, momentum={part.momentum!r})",
    "Linear": lambda part: "nn.Identity()",
    "ReLU": lambda part: "nn.ReLU()",
    "LeakyReLU": lambda part: f"nn.LeakyReLU({float(part.slope)!r})",
    "ELU": lambda part: f"nn.ELU({float(part.alpha)!r})",
    "Sigmoid": lambda part: "nn.Sigmoid()",
    "Tanh": lambda part: "nn.Tanh()",
    "Softplus": lambda part: "nn.Softplus(threshold=40)",
    "Swish": lambda part: "nn.SiLU()",
    "GELU": lambda part: 'nn.GELU(approximate="tanh")',
    "Softmax": lambda part: "nn.Softmax(dim=1)",
}
"""How PyTorch writes each part of nnlib. Its Softplus is z itself above a threshold: at 40 no digit is lost."""

TENSORS = {
    Dense: {"weight": "weights", "bias": "bias"},
    BatchNorm: {
        "weight": "gamma", "bias": "beta", "running_mean": "running_mean", "running_var": "running_variance",
    },
}  # fmt: skip
"""What PyTorch calls the arrays of each layer."""

SCRIPT = '''"""A network in PyTorch, written by nnlib {version}.

PyTorch wants (examples, features), one row an example; nnlib has (features, examples), one column an example.
So hand in `x.T`, and transpose what comes back:

    output = model(torch.tensor(x.T)).T

`python` with this file's name rebuilds the network and compares it with what nnlib answered.
"""

import base64

import torch
from torch import nn

DTYPE = torch.{dtype}


def tensor(text, *shape):
    """The numbers in base64 text, little-endian, as a tensor."""
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=DTYPE).reshape(shape)


model = nn.Sequential(
{modules}
).to(DTYPE)

model.load_state_dict(
    {{
{tensors}
    }},
    strict=False,  # BatchNorm1d also counts its batches; nnlib does not
)
model.eval()  # dropout off, batch norm with its running values, as in nnlib's predict; model.train() goes back

{preparation}if __name__ == "__main__":
    inputs = {inputs}
    expected = {expected}
    with torch.no_grad():
        difference = (model(inputs) - expected).abs().max().item()
    print(f"largest difference from nnlib: {{difference:.1e}}")
'''


PREPARATION = """# How cells are read, as nnlib reads them.

{quantities}

COLUMNS = [  # name, kind, words, what stands for a gap, mean, deviation, unit: all from the training part
{columns}
]
CLASSES = {classes}
TARGET, MEAN, SPREAD = {target!r}, {mean!r}, {deviation!r}  # without classes: the output times SPREAD, plus MEAN
DECIMAL, DAY_FIRST, ALSO_MISSING = {written}  # as in the training file; None where it left open which
FILLING = {filling}  # whether a gap is filled; otherwise it is refused
ZEROS = {zeros}  # whether a word that is none of those of the training part is 0 in each of their features
EXPECTED = {{"numbers": "a number", "percent": "a number with its %", "dates": "a date such as 2024-01-31",
            "times": "a time such as 13:30"}}


def prepared(rows):
    \"\"\"Rows, each a dictionary with the names of COLUMNS, as inputs (examples, features).\"\"\"
    inputs = []
    for at, row in enumerate([rows] if isinstance(rows, dict) else rows, start=1):
        values = []
        for name, kind, words, fill, mean, deviation, unit in COLUMNS:
            try:
                value = value_of(row[name], kind, words, unit)
                if value is None and not FILLING:
                    raise ValueError("the cell is missing, and the network was trained on whole rows")
            except KeyError:
                raise ValueError(f"row {{at}}: there is no {{name!r}}, it has {{', '.join(map(repr, row))}}") from None
            except ValueError as error:
                raise ValueError(f"row {{at}}, column {{name!r}}: {{error}}") from None
            value = fill if value is None else value
            if kind == "words":  # a feature for each word
                values += [float(place == value) for place in range(len(words))]
            else:
                values.append((value - mean) / deviation)
        inputs.append(values)
    return torch.tensor(inputs, dtype=DTYPE)


def value_of(cell, kind, words, unit):
    \"\"\"What a cell says: a number, the place of a word, or None for a gap. Raises ValueError for all else.\"\"\"
    text = spelt(cell, DECIMAL or ".")
    if text in MISSING or text in ALSO_MISSING or (not words and text.casefold() in MISSING_AMONG_NUMBERS):
        return None
    if words:
        text = " ".join(text.split())
        same = [at for at, word in enumerate(words) if word == text]
        same = same or [at for at, word in enumerate(words) if word.casefold() == text.casefold()]
        if len(same) != 1 and not (ZEROS and kind == "words"):
            known = ", ".join(map(repr, words[:10]))
            raise ValueError(f"{{text!r}} is none of the words that the network was trained on: {{known}}")
        return same[0] if len(same) == 1 else -1
    text = text.removesuffix(unit).removeprefix(unit).strip()
    if kind == "dates":
        found = {{days(text, first) for first in ((True, False) if DAY_FIRST is None else (DAY_FIRST,))}}
    elif kind == "times":
        found = {{hours(text)}}
    elif ("%" in text) != (kind == "percent") or not set(text).isdisjoint(set(MONEY) - set(unit)):
        found = set()
    else:
        found = {{number(text, mark) for mark in DECIMAL or ".,"}} - {{None}} or {{number(text), number(text, ",")}}
    found -= {{None}}
    if len(found) == 1:
        return found.pop()
    if found:
        raise ValueError(f"{{text!r}} can be read both ways: set DECIMAL or DAY_FIRST above")
    raise ValueError(f"{{text!r}} is not {{EXPECTED[kind]}}, as the training part has")


def answers(rows):
    \"\"\"For each row a pair (class, probability), or (number, name of the target).

    Rows are dictionaries, as csv.DictReader makes of a file. Raises ValueError for what does not fit.
    \"\"\"
    with torch.no_grad():
        outputs = model(prepared(rows))
    if not CLASSES:
        return [(number, TARGET) for number in (outputs[:, 0] * SPREAD + MEAN).tolist()]
    p = outputs if outputs.shape[1] > 1 else torch.cat([1 - outputs, outputs], dim=1)
    return [(CLASSES[place], p[at, place].item()) for at, place in enumerate(p.argmax(dim=1).tolist())]


"""
"""What the script holds besides for a network that was kept with its preparation."""


def export_pytorch(model, path=None):
    """A Python script that rebuilds `model` in PyTorch, as text; also written to `path` if given.

    A `Prepared` brings its preparation: the script then has `answers(rows)` for rows as they stand in a table.

    The numbers stand in the script as base64 text, exactly. It also holds three random examples with nnlib's
    answers: run as a program, it prints the largest difference. Import it to have the network as `model`, in
    predicting mode. PyTorch's data are `(examples, features)`, nnlib's transposed; the script says so.

    Raises TypeError for a part that is not nnlib's, ValueError if the network has not been built, OSError if the
    file cannot be written.

    Source: the modules of https://docs.pytorch.org/docs/stable/nn.html
    """
    preparation = getattr(model, "preparation", None)
    model = model if preparation is None else model.network
    if model.features is None:
        raise ValueError("the network has no parameters yet: call model.build(features=2), or fit, before exporting")
    modules, tensors = [], []
    for number, place in enumerate(model.places):
        part = place.part
        if not type(part).__module__.startswith("nnlib.") or type(part).__name__ not in MODULES:
            raise TypeError(
                f"{place!r} is no part of nnlib: put one that export_pytorch knows in its place: {', '.join(MODULES)}"
            )
        modules.append(f"    {MODULES[type(part).__name__](part)},")
        for name, attribute in TENSORS.get(type(part), {}).items():
            value = getattr(part, attribute)
            value = value if attribute == "weights" else value.ravel()
            tensors.append(f'        "{number}.{name}": {tensor(value, 8)},')
    inputs = np.random.default_rng(0).normal(size=(model.features, 3)).astype(model.dtype)
    script = SCRIPT.format(
        version=VERSION,
        dtype=model.dtype.name,
        modules="\n".join(modules),
        tensors="\n".join(tensors),
        inputs=tensor(inputs.T, 4),
        expected=tensor(model.predict(inputs).T, 4),
        preparation="" if preparation is None else prepared_rows(preparation),
    )
    if path is not None:
        write_whole(path, script.encode())
    return script


def prepared_rows(preparation):
    """The part of the script that turns rows of a table into inputs; every name in it is written as Python's repr."""
    columns = []
    for one in preparation.columns:
        columns.append(f"    {(one.name, one.kind, list(one.words), one.fill, one.mean, one.deviation, one.unit)!r},")
    target, written = preparation.target, preparation.written
    return PREPARATION.format(
        quantities=inspect.getsource(quantities).split('"""', 2)[2].strip(), columns="\n".join(columns),
        classes=repr(list(target.words)), target=target.counts, mean=target.mean, deviation=target.deviation,
        written=repr((written.decimal, written.day_first, written.also_missing)), filling=preparation.filling,
        zeros=preparation.unknown == "zeros",
    )  # fmt: skip


def tensor(array, indent):
    """The call that makes `array` in the script, in lines of at most 100 letters."""
    text = base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode()
    margin = " " * (indent + 4)
    lines = "\n".join(f'{margin}"{text[start : start + 80]}"' for start in range(0, len(text), 80))
    return f"tensor(\n{lines},\n{margin}{', '.join(map(str, array.shape))},\n{' ' * indent})"
