"""Both locks, environment.yml and pyproject.toml name the same packages at the same versions."""

import importlib.metadata
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import platforms  # noqa: E402
from lock import direct_dependencies, entries, environment_text, for_conda, locked  # noqa: E402

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DEV_LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIP = next(entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict))


@pytest.mark.parametrize(("lock", "least"), [(LOCK, 100), (DEV_LOCK, 40)], ids=["run", "dev"])
def test_every_locked_version_has_its_hashes_and_no_address(lock, least):
    without = [entry.splitlines()[0] for entry in entries(lock) if "    --hash=sha256:" not in entry]
    assert not without, f"no hash for {without}"
    assert len(entries(lock)) == len(locked(lock)) > least
    options = [line for line in lock.splitlines() if re.match(r"-|.*(://|file:|@ )", line)]
    assert not options, f"the lock must name no index, folder or address; it has {options}"


def asked(*extras):
    lines = PROJECT["dependencies"] + [line for name in extras for line in PROJECT["optional-dependencies"][name]]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("lock", "extras"), [(LOCK, ["setup"]), (LOCK + DEV_LOCK, ["setup", "dev"])], ids=["run", "run and dev"]
)
def test_the_locks_cover_every_direct_dependency_within_its_range(lock, extras):
    for requirement in asked(*extras):
        versions = [str(pin.specifier).removeprefix("==") for pin in locked(lock) if pin.name == requirement.name]
        assert versions, f"{requirement.name} is in pyproject.toml and not in the lock: run tools/lock.py"
        for version in versions:
            assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


def test_both_locks_are_of_one_resolution():
    """What a name is locked at does not depend on whether the tests' packages are there too."""
    run, dev = ({(pin.name, str(pin.specifier)) for pin in locked(lock)} for lock in (LOCK, DEV_LOCK))
    both = {name for name, _ in run} & {name for name, _ in dev}
    assert {pin for pin in run if pin[0] in both} == {pin for pin in dev if pin[0] in both}
    assert both <= {"psutil"}, "a name stands in both only where the tests need it on more systems"
    hashes = {lock: {entry.split("==")[0]: re.findall(r"sha256:\w+", entry) for entry in entries(lock)}
              for lock in (LOCK, DEV_LOCK)}  # fmt: skip
    assert all(hashes[LOCK][name] == hashes[DEV_LOCK][name] for name in both)


def test_learners_do_not_install_the_workshops_tools():
    tools = {requirement.name for requirement in asked("dev")} - {requirement.name for requirement in asked("setup")}
    needed = {"pytest", "nbconvert", "psutil"}  # by nbval, by jupyter-server, and by ipykernel
    found = {pin.name for pin in locked(LOCK)} & (tools | {"scipy", "pandas", "uv"})
    assert found <= needed, f"{found - needed} in requirements.lock"


def test_what_is_locked_needs_nothing_that_is_not(monkeypatch):
    """`--no-deps` installs the lock alone: each package finds what it asks for on this computer."""
    names = {pin.name for pin in locked(LOCK) if pin.marker is None or pin.marker.evaluate()}
    missing = {}
    for name in names:
        for line in importlib.metadata.requires(name) or []:
            need = Requirement(line)
            if (need.marker is None or need.marker.evaluate({"extra": ""})) and canonicalize_name(
                need.name
            ) not in names:
                missing[name] = line
    assert not missing


def test_the_lock_serves_linux_macos_and_windows():
    conditions = {pin.name: str(pin.marker) for pin in locked(LOCK) if pin.marker}
    assert "darwin" in conditions["appnope"]
    assert "win32" in conditions["colorama"]
    assert not [pin.name for pin in locked(LOCK + DEV_LOCK) if pin.name.startswith(("torch", "nvidia"))]


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


def test_no_promised_platform_needs_a_compiler():
    """What tools/platforms.py has found for this very lock; asking again takes a network and a minute."""
    result = json.loads(platforms.RESULT.read_text(encoding="utf-8"))
    assert result["lock"] == platforms.of(LOCK), "the lock has changed: run tools/platforms.py"
    table = {(name, python): names for name, row in result["without a wheel"].items() for python, names in row.items()}
    assert set(table) == {(name, python) for name in platforms.PLATFORMS for python in platforms.PYTHONS}
    assert not {place: names for place, names in table.items() if names and place not in platforms.UNPROMISED}


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
    names = PROJECT["dependencies"] + [n for extra in PROJECT["optional-dependencies"].values() for n in extra]
    silent = [name for name in names if not re.search(rf'"{re.escape(name)}",\s+# \w+', text)]
    assert not silent, f"no reason beside {silent}"
