"""How the tests run notebooks: progress goes to a folder of this run; nbval compares what the lessons keep."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from nbval.plugin import IPyNbCell

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))
from kept import as_kept

compare_all = IPyNbCell.compare_outputs


def compare_kept(cell, outputs, reference, skip_compare=None):
    """Compare printed text and last values. Notes such as "nnlib's Dense is used here" are shown, and never kept."""
    skip_compare = (*(skip_compare or cell.parent.skip_compare), "text/html")
    return compare_all(cell, [output for output in outputs if as_kept(output)], reference, skip_compare)


def pytest_configure(config):
    IPyNbCell.compare_outputs = compare_kept
    os.environ["NNLIB_PROGRESS"] = tempfile.mkdtemp(prefix="nnlib-progress-")


def pytest_unconfigure(config):
    IPyNbCell.compare_outputs = compare_all
    shutil.rmtree(os.environ.pop("NNLIB_PROGRESS"), ignore_errors=True)
