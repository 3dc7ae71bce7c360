"""Run cards under 24,000 seeded mutations: each gives a RunCardError or the network that was saved, nothing else.

A zip file carries check sums, so most random damage ends there. A second kind of mutation therefore repairs them:
the card's text or an array is changed, and the file is put together anew. Such a card may be sound and say
something else; the network must then be exactly what the changed card says.
"""

import base64
import contextlib
import io
import json
import random
import tracemalloc
import zipfile

import numpy as np
import pytest

from nnlib import (
    Adam,
    BatchNorm,
    BinaryCrossEntropy,
    Dense,
    Dropout,
    Momentum,
    NeuralNetwork,
    ReLU,
    RunCard,
    RunCardError,
    Sigmoid,
    Tanh,
    from_text,
    to_text,
)
from nnlib.data import moons
from nnlib.keep.archive import packed

X, Y = moons(examples=24, seed=1)


def card(optimizer, *parts):
    layers = ((Dense(2), *parts), (Dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=optimizer, seed=2)
    model.fit(X, Y, epochs=2, batch_size=8)
    model.data_name, model.data_hash = "moons", "0" * 64
    return RunCard.of(model).to_bytes()


CARD = card(Adam(0.01), BatchNorm(), ReLU(), Dropout(0.5, seed=1))
OTHER = card(Momentum(0.1), Tanh())


def outcome(data):
    """"refused", or "same" for the identical network; anything else fails the test."""
    try:
        loaded = RunCard.from_bytes(data).model()
    except RunCardError:
        return "refused"
    assert RunCard.of(loaded).to_bytes() in (CARD, OTHER), "a damaged card gave another network"
    return "same"


def flip_bits(rng, data):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def flip_bits_of_the_directory(rng, data):
    """In the last part of the file, which says where all entries stand."""
    start, data = data.index(b"PK\x01\x02"), bytearray(data)
    for _ in range(rng.choice((1, 2, 3))):
        data[rng.randrange(start, len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def cut(rng, data):
    start, stop = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:start], data[start:], data[:start] + data[stop:], data[start:stop]))


def splice(rng, data):
    start, stop = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    place = rng.randrange(len(data) + 1)
    length, at = rng.randrange(1, 64), rng.randrange(len(OTHER))
    return rng.choice((
        data[:start] + OTHER[rng.randrange(len(OTHER)) :],
        OTHER[:at] + data[start:],
        data[:place] + data[start:stop] + data[place:],
        data[:place] + OTHER[at : at + length] + data[place + length :],
        data[:place] + rng.randbytes(length) + data[place + length :],
    ))  # fmt: skip


@pytest.mark.parametrize(
    "mutate, count", [(flip_bits, 6000), (flip_bits_of_the_directory, 3000), (cut, 3000), (splice, 4000)]
)
def test_a_damaged_file_is_refused_or_the_same_network(mutate, count):
    rng = random.Random(f"{mutate.__name__} 1")
    seen = {"refused": 0, "same": 0}
    for number in range(count):
        data = mutate(rng, CARD)
        try:
            seen[outcome(data)] += 1
        except Exception as error:
            pytest.fail(f"{mutate.__name__} number {number}: {type(error).__name__}: {error}")
    assert seen["refused"] > count / 3, f"the mutations hardly change anything: {seen}"


def entries(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def zipped(contents):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


PARTS = entries(CARD)


def mutated_entry(rng):
    """One entry damaged, its check sum right."""
    name = rng.choice(["card.json"] * 3 + list(PARTS))
    return zipped({**PARTS, name: rng.choice((flip_bits, cut, splice))(rng, PARTS[name])})


VALUES = (None, True, False, 0, 1, -1, 2, 3, 8, 2**31, 2**63, 2**64, -(2**70), 0.5, 1.0, -0.0, 1e308, 5e-324, "", "He",
          "Dense", "ReLU", "own", "float32", "é", "\x00", [], [[]], [0], [1, 1], {}, {"own": "ReLU"}, "loss",
          {"nnlib": "ReLU", "arguments": {}}, {"nnlib": "Zeros", "arguments": {}}, {"loss": 2},
          ["<f8", [1]])  # fmt: skip


def mutated_text(rng):
    """One value of the card's text replaced, removed, renamed, copied or moved, everything else in order."""
    fields = json.loads(PARTS["card.json"])
    places = []

    def collect(value):
        for key in value if isinstance(value, dict) else range(len(value)):
            places.append((value, key))
            if isinstance(value[key], dict | list):
                collect(value[key])

    collect(fields)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        (owner, key), (giver, other) = rng.choice(places), rng.choice(places)
        if key not in (owner if isinstance(owner, dict) else range(len(owner))):
            continue
        kind = rng.randrange(5)
        if kind == 0:
            del owner[key]
        elif kind == 1 and isinstance(owner, dict):
            owner[str(rng.choice(VALUES))] = owner.pop(key)
        elif kind == 2:
            taken = giver.get(other) if isinstance(giver, dict) else giver[other] if other < len(giver) else None
            owner[key] = json.loads(json.dumps(taken))
        elif kind == 3 and type(owner[key]) in (int, float):
            owner[key] = owner[key] + rng.choice((-1, 1, 0.5, 2**40))
        else:
            owner[key] = rng.choice(VALUES)
    return zipped({**PARTS, "card.json": json.dumps(fields).encode()})


@pytest.mark.parametrize("mutate, count", [(mutated_entry, 4000), (mutated_text, 4000)])
def test_a_card_with_sound_check_sums_is_refused_or_taken_at_its_word(mutate, count):
    rng = random.Random(f"{mutate.__name__} 1")
    taken = 0
    for number in range(count):
        data = mutate(rng)
        try:
            said = RunCard.from_bytes(data)
            loaded = said.model()
        except RunCardError:
            continue
        except Exception as error:
            pytest.fail(f"{mutate.__name__} number {number}: {type(error).__name__}: {error}")
        taken += 1
        again = RunCard.of(loaded)
        assert again.fields == {**said.fields, "nnlib": again.fields["nnlib"]}, f"number {number} is another network"
        assert packed({}, again.arrays) == packed({}, {name: said.arrays[name] for name in again.arrays})
        with np.errstate(all="ignore"):
            assert loaded.predict(X).shape == Y.shape
    assert 0 < taken < count / 2, f"{taken} of {count} were sound: the mutations are too weak or too strong"


def test_damaged_text_is_refused_or_the_same_network():
    rng, text = random.Random(1), to_text(RunCard.from_bytes(CARD).model())
    for number in range(1000):
        place, length = rng.randrange(len(text)), rng.choice((0, 1, 1, 1, 5, 80))
        letters = "".join(rng.choice("Aa0+/= \n-é") for _ in range(rng.choice((0, 1, 1, 1, 5))))
        damaged = text[:place] + letters + text[place + length :]
        try:
            loaded = from_text(damaged)
        except RunCardError:
            continue
        except Exception as error:
            pytest.fail(f"number {number}: {type(error).__name__}: {error}")
        assert RunCard.of(loaded).to_bytes() == CARD
        assert base64.b64decode("".join(damaged.split()[2:-1])) == CARD


def test_no_damage_makes_the_reader_take_much_memory():
    rng = random.Random(2)
    tracemalloc.start()
    try:
        for number in range(300):
            data = (flip_bits_of_the_directory(rng, CARD), mutated_entry(rng), mutated_text(rng))[number % 3]
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            with contextlib.suppress(RunCardError):
                RunCard.from_bytes(data).model()
            peak = tracemalloc.get_traced_memory()[1] - before
            assert peak < 2**20, f"number {number}: {peak:,} bytes for a file of {len(data):,}"
    finally:
        tracemalloc.stop()
