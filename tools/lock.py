"""Remake both locks and environment.yml from pyproject.toml: `python tools/lock.py [--upgrade]`.

requirements.lock holds what runs the course, requirements-dev.lock what its tests need besides: every version with its
hashes, from one resolution, for all systems and Pythons that the course runs on.
environment.yml holds the versions of the first for conda. It lists them without hashes: pip takes either hashes for
every line or for none, and the project itself, installed from its folder, can have none. Then platforms.py looks for
wheels.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import platforms
from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
ENVIRONMENT = ROOT / "environment.yml"
PYTHON = "3.11"
CONSTRAINTS = """
jsonschema<4.25  # from there on it builds a grammar at every import: JupyterLab would start 2 s later
argon2-cffi-bindings<26  # 26.2 has no wheel for Macs with an Intel processor
"""

LOCK_HEADER = """\
# Every package that runs the course: its version and the hashes of its files, for Linux, macOS and Windows.
# Made from pyproject.toml by `python tools/lock.py`; `python tools/lock.py --upgrade` takes newer versions.
"""
DEV_HEADER = """\
# What the tests need besides requirements.lock, from the same resolution. Made by `python tools/lock.py`.
"""
ENVIRONMENT_HEADER = """\
# For conda and Binder: the versions of requirements.lock. Made by `python tools/lock.py`.
"""


def resolve(extras, keep, options=()):
    """The text of a lock for pyproject.toml with these extras. Versions in the text `keep` stay unless upgraded."""
    own_settings = ("UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
    with tempfile.TemporaryDirectory() as folder:
        out, constraints = Path(folder, "lock"), Path(folder, "constraints")
        out.write_text(keep, encoding="utf-8")
        constraints.write_text(CONSTRAINTS, encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", "--no-config", "--quiet", "--universal", "--generate-hashes",
             "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--python-version", PYTHON,
             *[f"--extra={name}" for name in extras], f"--constraints={constraints}",
             "--output-file", str(out), *options, "pyproject.toml"],
            cwd=ROOT, check=True, env={name: value for name, value in os.environ.items() if name not in own_settings},
        )  # fmt: skip
        return out.read_text(encoding="utf-8")


def entries(text):
    """Each package of a lock's text as its lines: version, marker and hashes."""
    return re.findall(r"^\w.*(?:\n .*)*\n", text, re.MULTILINE)


def compile_locks(options=()):
    """One resolution of everything; what runs the course is then resolved within it, and the rest is for the tests."""
    kept = "".join(path.read_text(encoding="utf-8") for path in (LOCK, DEV_LOCK) if path.exists())
    everything = resolve(("setup", "dev"), kept, options)
    run = entries(resolve(("setup",), everything))
    beside = [entry for entry in entries(everything) if entry not in run]
    LOCK.write_text(LOCK_HEADER + "".join(run), encoding="utf-8")
    DEV_LOCK.write_text(DEV_HEADER + "".join(beside), encoding="utf-8")


def locked(text):
    """The requirements of a lock's text, in its order, each `name==version` with its marker and without hashes."""
    return [Requirement(line.removesuffix("\\")) for line in text.splitlines() if re.match(r"\w", line)]


def direct_dependencies():
    """The names that pyproject.toml asks for to run the course, in its order: the wheel's own, then set-up's."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line).name for line in project["dependencies"] + project["optional-dependencies"]["setup"]]


def for_conda(requirement):
    """The requirement as conda's Python needs it: None where that Python never does, no marker where it always does."""
    systems = [
        {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
        {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
        {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    ]
    python = {
        "python_version": PYTHON,
        "python_full_version": PYTHON + ".15",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    marker = requirement.marker
    wanted = [marker is None or Marker(str(marker)).evaluate({**python, **system}) for system in systems]
    if not any(wanted):
        return None
    pin = f"{requirement.name}{requirement.specifier}"
    return pin if all(wanted) else f"{pin} ; {marker}"


def environment_text(lock_text):
    """environment.yml for a lock's text: what the project names itself first, then what those need."""
    pins = {requirement.name: pin for requirement in locked(lock_text) if (pin := for_conda(requirement))}
    direct = direct_dependencies()
    lines = [
        ENVIRONMENT_HEADER + "name: nnlib-course",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python={PYTHON}",
        "  - pip",
        "  - pip:",
        "      # named in pyproject.toml",
    ]
    lines += [f"      - {yaml_text(pins.pop(name))}" for name in direct]
    lines += ["      # needed by those"]
    lines += [f"      - {yaml_text(pin)}" for pin in pins.values()]
    lines += ["      # the project itself: nnlib, widgets, lessons", "      - -e ."]
    return "\n".join(lines) + "\n"


def yaml_text(pin):
    return f"'{pin}'" if ";" in pin else pin


def main():
    compile_locks(sys.argv[1:])
    ENVIRONMENT.write_text(environment_text(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    return platforms.main()


if __name__ == "__main__":
    sys.exit(main())
