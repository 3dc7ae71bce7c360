"""requirements.lock, environment.yml and pyproject.toml name the same packages at the same versions."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from lock import direct_dependencies, environment_text, for_conda, locked  # noqa: E402

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIP = next(entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict))


def test_every_locked_version_has_its_hashes_and_no_address():
    entries = re.split(r"\n(?=\w)", LOCK[LOCK.index("\nanyio") + 1 :])
    without = [entry.splitlines()[0] for entry in entries if "    --hash=sha256:" not in entry]
    assert not without, f"no hash for {without}"
    assert len(entries) == len(locked(LOCK)) > 100
    options = [line for line in LOCK.splitlines() if re.match(r"-|.*(://|file:|@ )", line)]
    assert not options, f"the lock must name no index, folder or address; it has {options}"


def test_the_lock_covers_every_direct_dependency_within_its_range():
    asked = [Requirement(line) for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
    for requirement in asked:
        versions = [str(pin.specifier).removeprefix("==") for pin in locked(LOCK) if pin.name == requirement.name]
        assert versions, f"{requirement.name} is in pyproject.toml and not in the lock: run tools/lock.py"
        for version in versions:
            assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


def test_the_lock_serves_linux_macos_and_windows():
    conditions = {pin.name: str(pin.marker) for pin in locked(LOCK) if pin.marker}
    assert "darwin" in conditions["appnope"]
    assert "win32" in conditions["colorama"]
    assert not [pin.name for pin in locked(LOCK) if pin.name.startswith(("torch", "nvidia"))]


def test_conda_brings_python_and_pip_alone():
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert [entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str)] == ["python=3.11", "pip"]


def test_conda_gets_the_versions_of_the_lock():
    *pins, project = PIP
    assert project == "-e ."
    expected = {requirement.name: pin for requirement in locked(LOCK) if (pin := for_conda(requirement))}
    got = {Requirement(pin).name: pin for pin in pins}
    assert got == expected
    for name in ("numpy", "ipywidgets", "matplotlib", "nbval", "jupyterlab"):
        assert re.fullmatch(rf"{name}==[\d.]+", got[name])


def test_environment_yml_is_what_tools_lock_makes():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == environment_text(LOCK), "run tools/lock.py"


def test_what_the_project_names_comes_first_in_environment_yml():
    direct = direct_dependencies()
    assert [Requirement(pin).name for pin in PIP[: len(direct)]] == direct


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("numpy==2.4.6", "numpy==2.4.6"),
        ("numpy==2.4.6 ; python_full_version < '3.12'", "numpy==2.4.6"),
        ("numpy==2.5.5 ; python_full_version >= '3.12'", None),
        ("appnope==1.0.0 ; sys_platform == 'darwin'", 'appnope==1.0.0 ; sys_platform == "darwin"'),
    ],
)
def test_a_condition_is_kept_only_where_systems_differ(line, expected):
    assert for_conda(Requirement(line)) == expected


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    silent = [name for name in names if not re.search(rf'"{re.escape(name)}",\s+# \w+', text)]
    assert not silent, f"no reason beside {silent}"
