"""The run card: a whole training run in one file, to save, load, resume and share.

    save(model, "run.npz", data=(x_train, y_train), data_name="moons(noise=0.1, seed=3)")
    model = load("run.npz")
    model.fit(x_train, y_train, epochs=50)      # bit for bit as if training had never stopped

A card is a zip file that `np.load` opens too: `card.json`, text that says what the network is, and one `.npy`
entry for each array. Nothing is compressed and nothing is pickled. A card may come from a stranger, so reading
one trusts nothing: the text names classes out of a list, never code to import, and says which arrays there are;
each array must then stand in the file with exactly the bytes that this module writes before it. All of that is
checked before a network is built. Whatever is wrong, the error is a `RunCardError`.
"""

import base64
import hashlib
import math
import os
import re

import numpy as np

from nnlib.data import Preparation, Prepared
from nnlib.keep.archive import RunCardError, json_of, pack, packed, shown, unpacked
from nnlib.keep.card_rules import FORMATS, SETTINGS, checked
from nnlib.keep.description import (
    VERSION,
    described,
    generator_from,
    generator_state,
    made,
    memory_of,
    plain,
    remember,
    spelt,
    vars_of,
)
from nnlib.keep.whole import write_whole
from nnlib.model import NeuralNetwork
from nnlib.parts import parameter_names
from nnlib.parts.room import at_most

LONGEST_TEXT = 2**22
SPACES = {code: None for code in range(0x3001) if chr(code).isspace()}


class RunCard:
    """What a run card says, before any network is built from it: `fields`, a dictionary, and `arrays`, by name.

    `card.history` holds the lists of the run's `History` by name, `card.data_name` and `card.data_hash` say what
    it was trained on, and `card.has_data(x, y)` whether these are the same numbers. `print(card)` tells the rest.
    """

    def __init__(self, fields, arrays):
        self.fields, self.arrays = fields, arrays

    def __str__(self):
        fields = self.fields
        blocks = [", ".join(spelt(fields["parts"][index]) for index in block) for block in fields["blocks"]]
        last = [f"{name} {values[-1]:.6g}" for name, values in self.history.items() if values]
        rows = {
            "nnlib": fields["nnlib"],
            "network": "\n           ".join(blocks),
            "inputs": f"{fields['features']} features, {fields['dtype']}",
            "parameters": f"{self.arrays['parameters'].size:,}",
            "loss": spelt(fields["loss"]),
            "optimizer": spelt(fields["optimizer"]),
            "trained": f"{fields['epoch']} epochs, {fields['steps']} steps, seed {fields['seed']}",
            "at last": ", ".join(last) or "not trained",
            "data": f"{self.data_name or 'no name'}, SHA-256 {self.data_hash[:12] or 'not kept'}",
            **({"predicts": repr(self.preparation).replace("\n", "\n           ")} if self.preparation else {}),
        }
        return "\n".join(f"{name:<10} {value}" for name, value in rows.items())

    @property
    def data_name(self):
        return self.fields["data_name"]

    @property
    def data_hash(self):
        return self.fields["data_hash"]

    @property
    def preparation(self):
        """The `Preparation` that was kept with the network, or None."""
        return Preparation.of(self.fields["preparation"]) if "preparation" in self.fields else None

    @property
    def history(self):
        """The values of every epoch, as lists by name."""
        lengths = self.fields["history"]
        ends = np.cumsum([0, *lengths.values()])
        return {name: self.arrays["history"][ends[i] : ends[i + 1]].tolist() for i, name in enumerate(lengths)}

    def has_data(self, *data):
        """Whether the run was trained on these arrays: `card.has_data(x_train, y_train)`."""
        return self.data_hash == data_hash(*data)

    @classmethod
    def of(cls, model):
        """The card of a network, or a `Prepared`, as it stands. Raises RunCardError for what a card cannot keep."""
        model, preparation = parted(model)
        if model.features is None:
            raise RunCardError("the network has no parameters yet: call model.build(features=2), or fit, before saving")
        parts, generators, buffers = parts_of(model)
        numbers = {id(part): number for number, part in enumerate(parts)}
        history = {name: np.array(values, np.float64) for name, values in model.history.values.items()}
        attributes, state = memory_of(model.optimizer)
        arrays = {
            "parameters": model.parameters,
            "epochs": np.array(model.history.epochs, np.int64),
            "history": np.concatenate([*history.values(), np.zeros(0)]),
            **buffers,
            **state,
        }
        fields = {
            "format": FORMATS[preparation is not None],
            **({"preparation": preparation.fields()} if preparation is not None else {}),
            "nnlib": VERSION,
            "data_name": model.data_name,
            "data_hash": model.data_hash,
            "dtype": model.dtype.name,
            "features": int(model.features),
            **{name: plain(getattr(model, name), None) for name in SETTINGS},
            "epoch": model.epoch,
            "steps": model.steps,
            "generators": [generator_state(generator) for generator in generators],
            "parts": [part_entry(part, generators) for part in parts],
            "blocks": [[numbers[id(part)] for part in block] for block in model.layers],
            "loss": described(model.loss),
            "optimizer": {**described(model.optimizer), "attributes": attributes},
            "history": {name: len(values) for name, values in history.items()},
        }
        arrays = {name: np.array(array) for name, array in arrays.items()}  # a card does not change with the model
        return cls(checked(fields, arrays), arrays)

    def model(self, classes=None, limit=512):
        """The network that the card describes, ready to train on; see `load`."""
        fields, arrays, classes = self.fields, self.arrays, classes or {}
        generators = [generator_from(state) for state in fields["generators"]]
        settings = {name: fields[name] for name in SETTINGS if name != "memory_limit"}
        own = any("own" in entry for entry in (*fields["parts"], fields["loss"], fields["optimizer"]))
        try:
            with np.errstate(all="ignore"), at_most(limit if own else math.inf):
                parts = [made(entry, "part", classes) for entry in fields["parts"]]
                model = NeuralNetwork(
                    layers=tuple(tuple(parts[index] for index in block) for block in fields["blocks"]),
                    loss=made(fields["loss"], "loss", classes),
                    optimizer=made(fields["optimizer"], "optimizer", classes),
                    dtype=fields["dtype"],
                    **settings,
                    memory_limit=limit,
                ).build(fields["features"])
        except RunCardError:
            raise
        except MemoryError as error:
            raise RunCardError(f"{error}; to load it all the same, give load(path, limit=…)") from error
        except Exception as error:
            raise RunCardError(f"no network can be built from this card: {error}") from error
        model.memory_limit = math.inf if fields["memory_limit"] is None else fields["memory_limit"]
        model.rng = generators[0]
        for number, (part, entry) in enumerate(zip(parts, fields["parts"], strict=True)):
            buffers = {name: arrays.get(f"part{number}.{name}") for name in getattr(part, "buffers", ())}
            restore(part, entry, buffers, generators)
        model.parameters[:] = arrays["parameters"]
        remember(model.optimizer, fields["optimizer"], arrays)
        model.epoch, model.steps = fields["epoch"], fields["steps"]
        model.history.epochs, model.history.values = arrays["epochs"].tolist(), self.history
        model.data_name, model.data_hash = self.data_name, self.data_hash
        return model

    def whole(self, classes=None, limit=512):
        """The network with its preparation, as a `Prepared`; without one, the network alone. See `load`."""
        model, preparation = self.model(classes, limit), self.preparation
        return model if preparation is None else Prepared(model, preparation)

    def to_bytes(self):
        """The bytes of the card's file."""
        return packed(self.fields, self.arrays)

    @classmethod
    def from_bytes(cls, content):
        """The card in these bytes. Raises RunCardError for anything but a whole and sound card."""
        fields, arrays = unpacked(content)
        return cls(checked(fields, arrays), arrays)


def parted(model):
    """The network and the preparation of a `Prepared`; of a network, itself and None."""
    return (model.network, model.preparation) if isinstance(model, Prepared) else (model, None)


def parts_of(model):
    """The network's different parts in order, the generators they and the network draw from, their buffers by name."""
    parts = list({id(place.part): place.part for place in model.places}.values())
    drawn = [generator for part in parts for generator in generators_of(part).values()]
    generators = list({id(generator): generator for generator in (model.rng, *drawn)}.values())
    buffers = {f"part{number}.{name}": getattr(part, name)
               for number, part in enumerate(parts) for name in getattr(part, "buffers", ())}  # fmt: skip
    return parts, generators, buffers


def part_entry(part, generators):
    """What the card's text says of a part; it names generators by their place among the card's."""
    places = {id(generator): number for number, generator in enumerate(generators)}
    drawn = {name: places[id(generator)] for name, generator in generators_of(part).items()}
    return {**described(part), "parameters": shapes_of(part), "generators": drawn}


def restore(part, entry, buffers, generators):
    """Give a part that was just built what the card kept of it, besides parameters."""
    if shapes_of(part) != entry["parameters"]:
        raise RunCardError(f"the card's {spelt(entry)} has {entry['parameters']}, this one has {shapes_of(part)}")
    for name, value in buffers.items():
        if value is None or value.shape != np.shape(getattr(part, name)):
            raise RunCardError(f"the card has no {name} of the right shape for {part!r}")
        setattr(part, name, value.copy())
    for name, number in entry["generators"].items():
        setattr(part, name, generators[number])


def generators_of(part):
    return {name: value for name, value in vars_of(part).items() if isinstance(value, np.random.Generator)}


def shapes_of(part):
    return {name: list(np.shape(getattr(part, name))) for name in parameter_names(part)}


# The functions that people call -----------------------------------------------------------------------------


def save(model, path, data=None, data_name=""):
    """Write the run card of `model` to the file `path`: architecture, parameters, optimiser, generators, history.

    Training goes on from the card bit for bit as it would have from here, if it is written between two
    epochs. `data=(x_train, y_train)` keeps the SHA-256 of the data with it, `data_name` what they are called;
    both stay for later saves. The old file is replaced whole or not at all. Classes of your own are kept by
    name, with the constructor's arguments that stand on the object under their own names.

    Raises RunCardError for what a card cannot keep: parameters that are not finite, a network that has not
    been built; ValueError for data that do not fit the network; OSError if the file cannot be written.
    """
    network, _ = parted(model)
    if data is not None:
        if network.features is not None and len(data) == 2:
            network.entrance.pair(*data)  # data that this network cannot have been trained on are named here
        network.data_name, network.data_hash = data_name, data_hash(*data)
    network.data_name = data_name or network.data_name
    card = RunCard.of(model)
    write_whole(path, lambda file: pack(file, card.fields, card.arrays))


def load(path, classes=None, limit=512):
    """The network in the run card `path`, ready to predict or to go on with `fit`; a `Prepared`, if one was saved.

    A text from `to_text` and a card of the Workbench are read as well, from a file that holds nothing else.
    A network with classes or functions of your own needs them by name: `classes={"MyDense": MyDense}`. In
    place of a class may stand any function that takes the same arguments and makes one. `limit`, in MiB,
    refuses larger files and networks.

    Raises RunCardError for anything but a sound card, OSError if the file cannot be read. Callbacks are not
    on the card: hand them to `fit` again; they begin anew, as they do with every fit.
    """
    return read_card(path, limit).whole(classes, limit)


def read_card(path, limit=512):
    """What the file `path` says, as a `RunCard`; no network is built, and no class of anybody's is needed.

    `limit`, in MiB, refuses a larger file unread. Raises RunCardError for anything but a sound card, OSError if
    the file cannot be read.
    """
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit * 2**20:
            raise RunCardError(f"the file has {size / 2**20:,.0f} MiB, more than limit={limit:,} MiB")
        content = file.read(size)
    is_text = content.lstrip()[:1] == b"{" or content.lstrip().startswith(b"nnlib-run-card")
    return RunCard.from_bytes(bytes_of_text(text_in(content)) if is_text else content)


def to_text(model):
    """The card of `model` as lines of letters and digits, to copy, paste and send; see `from_text`.

    The first line carries the SHA-256 of the rest. Raises RunCardError for a network that needs more than 4 MiB
    of text.

    >>> from nnlib import Dense, MeanSquaredError, NeuralNetwork
    >>> model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1, seed=0).build(features=2)
    >>> from_text(to_text(model)).parameters == model.parameters
    array([ True,  True,  True])
    """
    content = RunCard.of(model).to_bytes()
    lines = base64.encodebytes(content).decode()
    if len(lines) > LONGEST_TEXT:
        raise RunCardError(f"the card takes {len(lines):,} letters, at most {LONGEST_TEXT:,}: share the file instead")
    return f"nnlib-run-card {hashlib.sha256(content).hexdigest()}\n{lines}end-of-card\n"


def from_text(text, classes=None):
    """The network in a text from `to_text`; spaces and line breaks may have changed on the way, nothing else.

    `classes` are as in `load`. Raises RunCardError for any other text, and for one that lost or
    changed a letter.
    """
    return RunCard.from_bytes(bytes_of_text(text)).whole(classes)


def text_in(content):
    """The text of a card in the bytes of a file: all of it, or the lines "network" of a card of the Workbench."""
    if not content.lstrip().startswith(b"{"):
        return content.decode(errors="replace")
    lines = json_of(content.strip()).get("network")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise RunCardError(f"a card of the Workbench holds a network as lines of text, got {shown(lines)}")
    return "\n".join(lines)


def bytes_of_text(text):
    """The bytes of a card's file, which `to_text` has written as text. Raises RunCardError."""
    if not isinstance(text, str) or len(text) > 2 * LONGEST_TEXT:
        raise RunCardError(f"a card is a text of at most {2 * LONGEST_TEXT:,} letters, got {shown(text)}")
    begins = re.match(r"\s*nnlib-run-card\s+(\S{1,64})\s", text)
    ends = re.search(r"\send-of-card\s*\Z", text[-200:])
    if not begins or not ends:
        raise RunCardError(f"a card begins with nnlib-run-card and ends with end-of-card, got {shown(text.strip())}")
    letters = text[begins.end() : len(text) - len(text[-200:]) + ends.start()].translate(SPACES)
    try:
        content = base64.b64decode(letters.encode("ascii"), validate=True)
    except ValueError as error:
        raise RunCardError("the text holds characters that no card has: copy it again, all of it") from error
    if hashlib.sha256(content).hexdigest() != begins[1]:
        raise RunCardError("the text is not what its first line says: a part is missing or changed; copy it again")
    return content


def data_hash(*data):
    """The SHA-256 of some arrays as hexadecimal text: two people have the same data if they get the same.

    It depends on the shapes and the values as float64, not on how the numbers are stored.

    >>> data_hash([[0, 1]], [[1, 0]]) == data_hash(np.array([[0., 1.]]), np.array([[True, False]]))
    True
    """
    total = hashlib.sha256()
    for array in data:
        array = np.asarray(array, "<f8")
        total.update(repr(array.shape).encode())
        total.update(array.tobytes())
    return total.hexdigest()
