"""Kill the real set-up at random moments, and see whether the next one always ends well: `python tools/kill_set_up.py`

    python tools/kill_set_up.py --kills 40 --seed 0

A copy of the course is set up by a copy of this computer's Python, killed with all its children, and set up again. Each
time what was installed is imported, and the copy of Python must be as it was, file by file. Takes about 15 s a kill;
needs Linux or macOS. `python tools/prove.py set-up` keeps what came of it.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SET_UP = ("course.py", "class", "--help")  # sets up, and opens nothing
IMPORTS = "import jupyterlab, numpy, matplotlib, widgets, lessons.checks, sys; assert sys.prefix != sys.base_prefix"


def copy_of_the_course(folder):
    for name in subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def copy_of_python(folder):
    """The interpreter below this one's environment, with its library and its packages; the path of the copy."""
    library = Path(sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix}))
    shutil.copytree(library, folder / "lib" / library.name, ignore=shutil.ignore_patterns("__pycache__", "test"))
    program = folder / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    program.parent.mkdir()
    shutil.copy2(os.path.realpath(sys._base_executable), program)
    told = subprocess.check_output([program, "-c", "import sys; print(sys.base_prefix)"], text=True).strip()
    if os.path.realpath(told) != os.path.realpath(folder):
        raise SystemExit(f"a copy of this Python still belongs to {told}: use one that can be copied, as pyenv's")
    return program


def files(folder):
    """Every file but the bytecode, with its size and the time of its last change."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*") if not path.is_dir() and "__pycache__" not in path.parts
    }  # fmt: skip


def started(python, course):
    return subprocess.Popen(
        [python, *SET_UP], cwd=course, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip


def set_up(python, course):
    """Set up to the end; how long it took. SystemExit with what was said if it did not end well."""
    start = time.monotonic()
    with started(python, course) as process:
        said = process.communicate()[0]
    seconds = time.monotonic() - start
    tried = subprocess.run([course / ".venv/bin/python", "-c", IMPORTS], capture_output=True, text=True, cwd=course)
    if process.returncode or tried.returncode:
        raise SystemExit(f"set-up did not end well:\n{said}\n{tried.stderr}")
    return seconds


def kill(python, course, after):
    """Begin a set-up and kill it with its children after so many seconds; the last step that it had announced."""
    with started(python, course) as process:
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        said = process.communicate()[0]
    steps = [line for line in said.splitlines() if line[1:5] == " of "]
    return "ended before" if process.returncode == 0 else steps[-1].partition("  ")[2] if steps else "beginning"


def unready(course):
    """As before a first set-up, or as after an update; one of both."""
    (course / "requirements.lock").write_text((course / "requirements.lock").read_text() + "#\n")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kills", type=int, default=40)
    ask.add_argument("--seed", type=int, default=0)
    want = ask.parse_args()
    rng = random.Random(want.seed)
    moments, longest = Counter(), 0
    with tempfile.TemporaryDirectory(prefix="kill-set-up-") as folder:
        course = Path(folder, "the course")
        copy_of_the_course(course)
        python = copy_of_python(Path(folder, "python"))
        before = files(python.parent.parent)
        usual = set_up(python, course)
        for number in range(want.kills):
            if number % 2:
                unready(course)
            else:
                shutil.rmtree(course / ".venv")
                (course / ".course-stamp.json").unlink()
            moments[kill(python, course, rng.uniform(0, usual))] += 1
            longest = max(longest, set_up(python, course))
            changed = {path for path, _ in before.items() ^ files(python.parent.parent).items()}
            if changed:
                raise SystemExit(f"kill {number + 1} changed the computer's own Python: {sorted(changed)[:9]}")
            print(f"{number + 1} of {want.kills}: {dict(moments)}", flush=True)
    print(f"{want.kills} kills, while {dict(moments)}; all ended well, {len(before)} files of Python as before; "
          f"first set-up {usual:.0f} s, longest afterwards {longest:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
