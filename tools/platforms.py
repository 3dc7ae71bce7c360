"""Does every package of requirements.lock come ready built? `python tools/platforms.py`

Asks uv for each platform and Python that the course promises, and writes the answer to deploy/platforms.json. What has
no wheel, and would need a compiler, is listed there. `tools/lock.py` runs this too: another version has other wheels.
"""

import datetime
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, RESULT = ROOT / "requirements.lock", ROOT / "deploy" / "platforms.json"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "Windows x86": "x86_64-pc-windows-msvc",
    "Windows ARM": "aarch64-pc-windows-msvc",
    "macOS Intel": "x86_64-apple-darwin",
    "macOS ARM": "aarch64-apple-darwin",
    "Linux x86": "x86_64-unknown-linux-gnu",
    "Linux ARM": "aarch64-unknown-linux-gnu",
}
UNPROMISED = {("Windows ARM", "3.11")}  # course.py asks for 3.12 there


def pins(text):
    """The lines `name==version ; marker` of a lock."""
    return [line.rstrip(" \\") for line in text.splitlines() if re.match(r"\w", line)]


def of(text):
    """The hash of what is locked, to tell whether a result is of this lock."""
    return hashlib.sha256("\n".join(pins(text)).encode()).hexdigest()


def without_wheel(pinned, platform, python):
    """The names among the lines `pinned` that have no wheel for a platform (uv's name of it) and a Python."""
    found = []
    while True:
        asked = [line for line in pinned if line.split("==")[0] not in found]
        told = subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", "--no-config", "--quiet", "--no-deps", "--no-annotate",
             "--only-binary", ":all:", "--python-platform", platform, "--python-version", python, "-"],
            input="\n".join(asked), capture_output=True, text=True,
        )  # fmt: skip
        if told.returncode == 0:
            return found
        name = re.search(r"([\w.-]+)==\S+ has no (?:usable )?wheels", told.stderr)
        if name is None:
            raise RuntimeError(f"{platform}, Python {python}: {told.stderr}")
        found.append(name[1])


def main():
    text = LOCK.read_text(encoding="utf-8")
    missing = {
        name: {python: without_wheel(pins(text), platform, python) for python in PYTHONS}
        for name, platform in PLATFORMS.items()
    }
    result = {"date": str(datetime.date.today()), "lock": of(text), "without a wheel": missing}
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    broken = [(name, python, names) for name, row in missing.items() for python, names in row.items()
              if names and (name, python) not in UNPROMISED]  # fmt: skip
    for name, python, names in broken:
        print(f"{name}, Python {python}: no wheel of {', '.join(names)}", file=sys.stderr)
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
