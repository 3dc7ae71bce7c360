"""What saving and reading a card takes, as multiples of its size: `python tests/card_memory.py [units]`.

Last line: the card's bytes, the peak of `save`, of `read_card` and of `load`. NumPy counts its arrays in tracemalloc.
"""

import os
import sys
import tempfile
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from nnlib import Adam, Dense, MeanSquaredError, NeuralNetwork, load, read_card, save


def peak(call):
    tracemalloc.start()
    kept = call()
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return taken


def main():
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1100
    layers = ((Dense(2000),), (Dense(units),))
    model = NeuralNetwork(layers, MeanSquaredError(), optimizer=Adam(0.1), seed=1, memory_limit=4000).build(1000)
    model.optimizer.step(model.parameters, np.zeros_like(model.parameters))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.npz"
        saving = peak(lambda: save(model, path))
        size = os.path.getsize(path)
        reading, loading = peak(lambda: read_card(path)), peak(lambda: load(path, limit=4000))
    taken = {"save": saving, "read_card": reading, "load": loading}
    print(f"{size / 1e6:.0f} MB: {', '.join(f'{name} {bytes_ / size:.2f} x' for name, bytes_ in taken.items())}")
    return 0 if saving < 2 * size and reading < 1.2 * size else 1  # what is promised


if __name__ == "__main__":
    sys.exit(main())
