"""The benchmark scripts run and compare like with like. Nothing here asserts a time."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
RESULTS = FOLDER / "results" / "speed.json"


@pytest.fixture(scope="module")
def report():
    """`speed_report`, imported as the scripts import it: from their own folder."""
    sys.path.insert(0, str(FOLDER))
    try:
        import speed_report

        yield speed_report
    finally:
        sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module")
def quick(tmp_path_factory):
    """The folder that `speed.py --quick` has written, without PyTorch."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the benchmark reads peak memory from /proc, which this system does not have")
    folder = tmp_path_factory.mktemp("speed")
    command = [sys.executable, str(FOLDER / "speed.py"), "--quick", "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}"
    return folder


@pytest.fixture(scope="module")
def results(quick):
    return json.loads((quick / "speed.json").read_text(encoding="utf-8"))


def test_every_section_is_measured(results):
    assert set(results) == {"machine", "agreement", "start", "table", "map", "grid", "growth", "threads", "fit"}
    for name, row in results["table"]["times"].items():
        assert set(row) == {"nnlib", "nnlib tricks", "plain script", "hand-tuned", "sklearn", "products"}, name
        for library, times in row.items():
            assert 0 < times["cpu_min"] <= times["cpu_median"], (name, library, times)
            assert len(times["turns"]) == 1, "quick is one turn"
    assert set(results["map"]["times"].popitem()[1]) == {"nnlib", "sklearn"}
    assert len(results["grid"]["times"]) == 2
    assert len(results["growth"]["width"]["times"]) == len(results["growth"]["width"]["values"]) == 2
    assert {"python", "import numpy", "import nnlib"} < set(results["start"]["runs"])
    assert results["start"]["memory"]["nnlib"] > 10


def test_all_libraries_train_the_same_network(results):
    for name, row in results["agreement"].items():
        if isinstance(row, dict):
            assert set(row) == {"sklearn", "plain script", "hand-tuned"}, name
            assert max(row.values()) < 1e-9, f"{name}: the libraries are not doing the same work: {row}"


def test_the_digits_are_learned(results):
    *_, epochs, accuracy = results["start"]["runs"]["98 % on the digits, seed 0"][0]
    assert accuracy >= 0.98, f"after {epochs:.0f} epochs {accuracy:.3f} of the test images are right, expected 0.98"


def test_the_report_names_goals_and_machine_but_no_place(quick, results):
    text = (quick / "RESULTS.md").read_text(encoding="utf-8")
    numpy = "NumPy " + results["machine"]["NumPy"]
    for part in ("goal ≤ 0.85", "goal ≤ 1.5", numpy, "not measured", "speed.py --python"):
        assert part in text, f"{part!r} is missing from the report:\n{text}"
    assert str(Path.home()) not in text and str(FOLDER) not in text
    assert {"speed_table.png", "speed_growth.png"} <= {path.name for path in quick.iterdir()}


def test_a_section_is_replaced_and_the_others_stay(tmp_path, report):
    path = tmp_path / "RESULTS.md"
    for name, text in (("speed", "old"), ("explorer", "stays"), ("speed", "new")):
        report.write_section(path, name, text)
    text = path.read_text(encoding="utf-8")
    assert "old" not in text and text.count("new") == text.count("stays") == 1, text
    assert text.index("new") < text.index("stays"), "a section keeps its place"


def test_a_verdict_says_how_far_a_goal_is(report):
    assert [report.verdict(good) for good in (1.0, 0.9, 0.8)] == ["met", "**not met**, within 15 %", "**not met**"]


def test_the_committed_report_is_made_from_the_committed_numbers(report):
    text = (FOLDER / "RESULTS.md").read_text(encoding="utf-8")
    for part in report.sections(json.loads(RESULTS.read_text(encoding="utf-8"))):
        assert part in text, f"RESULTS.md differs from speed.json: run speed.py --report. Missing:\n{part}"


def test_the_committed_load_is_made_from_the_committed_numbers(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    load = importlib.import_module("load")
    results = json.loads((FOLDER / "results" / "load.json").read_text(encoding="utf-8"))
    load.report(results, tmp_path, tmp_path / "picture.png")
    made, kept = ((folder / "RESULTS.md").read_text(encoding="utf-8") for folder in (tmp_path, FOLDER))
    section = made[made.index("<!-- begin load") : made.index("<!-- end load")]
    assert section in kept, f"RESULTS.md differs from load.json: run load.py --report. Missing:\n{section}"
