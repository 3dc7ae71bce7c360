"""How the tests run notebooks: progress goes to a folder of this run; nbval compares what the lessons keep."""

import os
import re
import shutil
import sys
import tempfile
import zlib
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))
from kept import as_kept, said_by_watch

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy: tests side by side, each with threads of its own, wait for them
BROWSER = {"jupyterlab", "new_lab", "lab", "offline"}  # fixtures
LONG = (  # files of tests that build, install, train or start kernels for more than a few seconds
    "answers", "benchmarks", "bug_lab", "build_lessons", "bundle", "claims", "class_of_twelve", "class_report",
    "course", "demonstrations", "diagnose", "digit_explorer", "handouts", "kernel", "lessons_path", "lite",
    "more_claims", "mutants_against_checks", "mutate_own", "networks", "older_copies", "readme", "room", "run",
    "run_card_fuzz", "schedules", "set_up", "site", "slides", "told", "walks", "watch", "wheel", "without_threads",
    "work",
)  # fmt: skip
JUDGED = {  # tests of which there are hundreds, each the same for another answer or network
    "answers": {"test_right_answers_pass_and_wrong_ones_are_told_what_was_judged"},
    "checks": {"test_wrong_body_is_named", "test_wrong_cell_is_named", "test_a_change_of_the_solution_is_named",
               "test_hostile_code_fails_politely", "test_right_shape_but_no_numbers"},
    "networks": {"test_each_is_told_what_was_read", "test_gradients_in_functions_get_their_verdict"},
}  # fmt: skip
compare_all, run_cell = IPyNbCell.compare_outputs, IPyNbCell.runtest


def compare_kept(cell, outputs, reference, skip_compare=None):
    """Compare printed text and last values. Notes such as "nnlib's Dense is used here" are shown, and never kept."""
    skip_compare = (*(skip_compare or cell.parent.skip_compare), "text/html")
    return compare_all(cell, [output for output in outputs if as_kept(output)], reference, skip_compare)


def run_and_listen(cell):
    """Run a cell of a lesson; what a lesson shows as healthy must not make `Watch` speak."""
    run_cell(cell)
    if said := said_by_watch(cell.test_outputs):
        cell.raise_cell_error("Watch speaks; if the run is meant to fail, give it watch=False", "\n".join(said))


@pytest.hookimpl(optionalhook=True)  # where pytest-xdist is installed
def pytest_xdist_make_scheduler(config, log):
    """Side by side (`-n 2`), a file's tests stay with one worker, as they share a kernel or a server; only those of the
    checks, thousands, are divided by lesson. (`--dist loadgroup` does not see its groups with pytest 9.2.)
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file, _, name = nodeid.partition("::")
            lesson = re.search(r"\[(\d\d)\.", name) if file.endswith("test_checks.py") else None
            return file + lesson[1] if lesson else file

    return ByFile(config, log)


def pytest_itemcollected(item):
    """What `course.py test` leaves to `course.py test costly` is marked, and what `course.py test quick` leaves out.

    Of the thousands of answers and networks the first meets a fifth, and of the answers to checks the last a twelfth.
    """
    file = item.path.stem.removeprefix("test_")
    place = zlib.crc32(item.name.encode())
    if getattr(item, "originalname", "") in JUDGED.get(file, ()) and place % 5:
        item.add_marker("costly")
    long = file in LONG or (file == "checks" and place % 12)
    in_browser = BROWSER.intersection(getattr(item, "fixturenames", ()))
    if in_browser:
        item.add_marker("browser")
    if long or in_browser:
        item.add_marker("slow")


def pytest_configure(config):
    IPyNbCell.compare_outputs, IPyNbCell.runtest = compare_kept, run_and_listen
    os.environ["NNLIB_PROGRESS"] = tempfile.mkdtemp(prefix="nnlib-progress-")


def pytest_unconfigure(config):
    IPyNbCell.compare_outputs, IPyNbCell.runtest = compare_all, run_cell
    shutil.rmtree(os.environ.pop("NNLIB_PROGRESS"), ignore_errors=True)
