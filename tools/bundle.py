"""Put the course on a stick: a folder with the course and the packages that it needs, to be set up without a network.

    python3 course.py bundle FOLDER                                  for Windows, macOS (Apple's chips) and Linux
    python3 course.py bundle FOLDER --for windows macos-intel --python 3.12 3.13

A learner copies the folder to their own disk and types `python3 course.py`. Python itself is not in it: put its
installers from python.org beside it. Every wheel is one of requirements.lock, checked by its hash.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import course  # noqa: E402


def linux(machine):
    """The tags of wheels that run on Debian 10, Ubuntu 18.10 and newer."""
    return [f"manylinux_2_{minor}_{machine}" for minor in range(28, 4, -1)] + [f"manylinux2014_{machine}"]


PLATFORMS = {  # how wheels are named for it, and what the lock's conditions ask
    "windows": (["win_amd64"], "win32", "AMD64"),
    "windows-arm": (["win_arm64"], "win32", "ARM64"),
    "macos": (["macosx_14_0_arm64"], "darwin", "arm64"),
    "macos-intel": (["macosx_14_0_x86_64"], "darwin", "x86_64"),
    "linux": (linux("x86_64"), "linux", "x86_64"),
    "linux-arm": (linux("aarch64"), "linux", "aarch64"),
}
USUAL = ("windows", "macos", "linux")
PYTHONS = [f"{course.OLDEST[0]}.{minor}" for minor in range(course.OLDEST[1], course.NEWEST[1] + 1)]
SYSTEMS = {"win32": ("nt", "Windows"), "darwin": ("posix", "Darwin"), "linux": ("posix", "Linux")}
LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", "wheels", "my_*", "__pycache__", ".*cache", ".course-*")
READ_ME = """Build a neural network, piece by piece: the course and all that it needs, for {platforms}.

1. Copy this folder to your own disk.
2. You need Python {oldest} to {newest}: python3 --version (Windows: py --version) tells.
3. Open a terminal in the copy and type:  python3 course.py  (Windows: py course.py)

No network is needed. Delete the folder, and everything is gone.
"""


def requirements(platform, python):
    """What such a computer installs: `[(full version of Python, requirements file)]`, without conditions, with hashes.

    There are two where the lock tells an early Python from a late one of the same version: 3.11.0 from 3.11.20.
    """
    _, system, machine = PLATFORMS[platform]
    os_name, long = SYSTEMS[system]
    asked = {"python_version": python, "sys_platform": system, "os_name": os_name, "platform_system": long,
             "platform_machine": machine, "implementation_name": "cpython",
             "platform_python_implementation": "CPython"}  # fmt: skip
    uv = course.lock_entry(course.DEV_LOCK.read_text(encoding="utf-8"), "uv")
    made = {}
    for full in (f"{python}.0", f"{python}.20"):
        kept = []
        for entry in re.split(r"\n(?=[\w.-]+==)", f"{course.LOCK.read_text(encoding='utf-8')}\n{uv}")[1:]:
            pin, condition, rest = re.match(r"([^ ;\\]+)(?: ; ([^\\\n]+?))?( \\\n.*)", entry, re.S).groups()
            if condition is None or Marker(condition).evaluate({**asked, "python_full_version": full}):
                kept.append(" ".join([pin, *re.findall(r"--hash=\S+", rest)]))
        made["\n".join(kept) + "\n"] = full
    return [(full, text) for text, full in made.items()]


def download(wheels, platform, python):
    """Fetch the wheels for one kind of computer. Returns what pip says went wrong, or the empty text."""
    tags = [f"--platform={tag}" for tag in PLATFORMS[platform][0]]
    for full, text in requirements(platform, python):
        with tempfile.TemporaryDirectory() as folder:
            wanted = Path(folder, "wanted.txt")
            wanted.write_text(text, encoding="utf-8")
            done = subprocess.run(
                [sys.executable, "-I", f"{course.shipped_pip()}/pip", "download", "--quiet", "--no-input", "--no-deps",
                 "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:", "--implementation=cp",
                 f"--python-version={full}", *tags, "--dest", wheels, "--requirement", wanted],
                capture_output=True, text=True, errors="replace",
            )  # fmt: skip
        if done.returncode:
            said = done.stdout + done.stderr
            return (re.findall(r"^ERROR: (.+)$", said, re.M) or [said.strip()])[-1]
    return ""


def build(folder, platforms, pythons):
    """Fill `folder`, which must be empty or not there. Returns the exit code: 1 if a kind of computer is not served."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SystemExit(f"{folder} holds something else: name a folder that is empty or not there yet")
    shutil.copytree(ROOT, folder, ignore=LEFT_BEHIND, dirs_exist_ok=True)
    wheels = folder / course.WHEELS.name
    wheels.mkdir()
    served, failed = [], []
    for platform in platforms:
        for python in pythons:
            if wrong := download(wheels, platform, python):
                failed.append(f"{platform}, Python {python}: {wrong}")
            else:
                served.append(platform)
            print(f"{platform}, Python {python}: {'left out' if wrong else 'there'}", flush=True)
    names = ", ".join(dict.fromkeys(served))
    text = READ_ME.format(platforms=names, oldest=pythons[0], newest=pythons[-1])
    (folder / "READ-ME-FIRST.txt").write_text(text, encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder} is for {names or 'nobody'}: {size / 1e6:.0f} MB. It needs no network.")
    if failed:
        print("\n".join(["Left out:", *failed]))
    return int(bool(failed))


def main(arguments=None):
    ask = argparse.ArgumentParser(
        prog=f"{course.COMMAND} bundle", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("folder", type=Path, metavar="FOLDER")
    ask.add_argument("--for", nargs="+", choices=PLATFORMS, default=USUAL, dest="platforms", metavar="SYSTEM",
                     help=f"of {', '.join(PLATFORMS)}; {', '.join(USUAL)} unless given")  # fmt: skip
    ask.add_argument("--python", nargs="+", choices=PYTHONS, default=PYTHONS, metavar="VERSION",
                     help=f"{PYTHONS[0]} to {PYTHONS[-1]} unless given")  # fmt: skip
    want = ask.parse_args(arguments)
    return build(want.folder, want.platforms, sorted(want.python, key=PYTHONS.index))


if __name__ == "__main__":
    sys.exit(main())
