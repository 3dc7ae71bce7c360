"""Data to learn from: real sets that come with the package, sets drawn by a formula, and what prepares your own.

Everything has the shape `(features, examples)`: one column is one example. Labels are `(1, examples)`.

- `load_zeros_and_ones`, `load_mnist`, `load_digits`, `load_penguins`, `load_breast_cancer` read real data
  (nothing is downloaded) and return `x_train, y_train, x_test, y_test`.
- `blobs`, `moons`, `circles`, `spiral`, `xor`, `line` draw two classes, `plane` and `hills` draw numbers to
  predict. They all take `examples`, `noise` and `seed`, and return `x, y`.
- `TABLES` is a folder with three tables as files: penguins.csv, wines.csv, cars.csv.
- `read_table` reads data of your own, from a file as people have it; `table_of` makes a table of arrays.
- `split`, `standardise`, `one_hot` prepare arrays; `Preparation` prepares tables, and `Prepared` keeps a network and
  its preparation together.
"""

from nnlib.data.cells import TableError
from nnlib.data.generators import DATASETS, REGRESSIONS, blobs, circles, hills, line, moons, plane, spiral, xor
from nnlib.data.preparation import Preparation
from nnlib.data.prepare import split, standardise
from nnlib.data.prepared import Prepared
from nnlib.data.reader import read_table
from nnlib.data.table import Table, table_of
from nnlib.data.vendored import (
    BREAST_CANCER_FEATURES,
    PENGUIN_FEATURES,
    PENGUIN_SPECIES,
    TABLES,
    load_breast_cancer,
    load_digits,
    load_mnist,
    load_penguins,
    load_zeros_and_ones,
)
from nnlib.parts.labels import one_hot
