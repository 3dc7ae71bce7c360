"""Remake requirements.lock and environment.yml from pyproject.toml: `python tools/lock.py [--upgrade]`.

requirements.lock holds every version with its hashes, for all systems and Pythons that the course runs on.
environment.yml holds the same versions for conda. It lists them without hashes: pip takes either hashes for
every line or for none, and the project itself, installed from its folder, can have none.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"
PYTHON = "3.11"

LOCK_HEADER = """\
# Every package of the course: its version and the hashes of its files, for Linux, macOS and Windows.
# Made from pyproject.toml by `python tools/lock.py`; `python tools/lock.py --upgrade` takes newer versions.
"""
ENVIRONMENT_HEADER = """\
# For conda and Binder: the versions of requirements.lock. Made by `python tools/lock.py`.
"""


def compile_lock(arguments=()):
    """Resolve pyproject.toml with uv into requirements.lock. Versions already locked stay unless --upgrade is given."""
    own_settings = ("UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
    subprocess.run(
        ["uv", "pip", "compile", "--no-config", "--quiet", "--universal", "--generate-hashes", "--no-header",
         "--no-emit-index-url", "--no-emit-find-links", "--python-version", PYTHON, "--extra", "dev",
         "--output-file", LOCK.name, *arguments, "pyproject.toml"],
        cwd=ROOT, check=True, env={name: value for name, value in os.environ.items() if name not in own_settings},
    )
    LOCK.write_text(LOCK_HEADER + LOCK.read_text(encoding="utf-8").removeprefix(LOCK_HEADER), encoding="utf-8")


def locked(text):
    """The requirements of a lock's text, in its order, each `name==version` with its marker and without hashes."""
    return [Requirement(line.removesuffix("\\")) for line in text.splitlines() if re.match(r"\w", line)]


def direct_dependencies():
    """The names that pyproject.toml asks for itself, in its order: to run, then to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line).name for line in project["dependencies"] + project["optional-dependencies"]["dev"]]


def for_conda(requirement):
    """The requirement as conda's Python needs it: None where that Python never does, no marker where it always does."""
    systems = [
        {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
        {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
        {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    ]
    python = {"python_version": PYTHON, "python_full_version": PYTHON + ".15",
              "implementation_name": "cpython", "platform_python_implementation": "CPython"}
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
    lines = [ENVIRONMENT_HEADER + "name: nnlib-course", "channels:", "  - conda-forge", "dependencies:",
             f"  - python={PYTHON}", "  - pip", "  - pip:", "      # named in pyproject.toml"]
    lines += [f"      - {yaml_text(pins.pop(name))}" for name in direct]
    lines += ["      # needed by those"]
    lines += [f"      - {yaml_text(pin)}" for pin in pins.values()]
    lines += ["      # the project itself: nnlib, widgets, lessons", "      - -e ."]
    return "\n".join(lines) + "\n"


def yaml_text(pin):
    return f"'{pin}'" if ";" in pin else pin


def main():
    compile_lock(sys.argv[1:])
    ENVIRONMENT.write_text(environment_text(LOCK.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
