"""A learner's work as one file, to take home from a computer that forgets, and back again.

The file is a zip of the lessons' notebooks, the progress, and the pieces that passed. `unpack` takes those names and no
others: no path that leads elsewhere, no link, nothing larger than a lesson can be. What it would replace is backed up
first.
"""

import re
import shutil
import stat
import zipfile
from pathlib import Path

from lessons.checks.remember.progress import stamp

WANTED = re.compile(r"\d\d_[a-z0-9_]{1,60}\.ipynb|my_progress/progress\.json|my_progress/pieces/[A-Za-z_]\w{0,60}\.py")
LARGEST, ALTOGETHER, MOST = 20_000_000, 100_000_000, 300  # bytes of one file, of all, and how many


class NotWork(ValueError):
    """Why a file is not taken."""


def pack(home, progress):
    """Write `my_work-….zip` beside the notebooks; returns its path and how many notebooks are in it."""
    notebooks = sorted(path for path in home.glob("[0-9][0-9]_*.ipynb") if WANTED.fullmatch(path.name))
    target = home / f"my_work-{stamp()}.zip"
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as file:
        for path in notebooks:
            file.write(path, path.name)
        for path in (progress / "progress.json", *sorted((progress / "pieces").glob("*.py"))):
            if path.is_file():
                file.write(path, f"my_progress/{path.relative_to(progress).as_posix()}")
    return target, len(notebooks)


def unpack(path, home, progress):
    """Put a packed file's notebooks and progress where they belong: `(names, names that were replaced, backups)`.

    Raises NotWork, before anything is written, for a file that holds anything else.
    """
    try:
        with zipfile.ZipFile(path) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            check(entries)
            contents = {entry.filename: read(file, entry) for entry in entries}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise NotWork(f"it is no whole zip file ({error})") from None
    backups, replaced = progress / "backups" / f"before-{stamp()}", []
    for name, data in contents.items():
        inside = name.removeprefix("my_progress/")
        target = home / name if inside == name else progress / inside
        if target.exists() and target.read_bytes() == data:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            keep = backups / inside
            keep.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target, keep)
            replaced.append(name)
        target.write_bytes(data)
    return sorted(contents), replaced, backups


def check(entries):
    """NotWork for anything but what `pack` writes."""
    if not entries:
        raise NotWork("it is empty")
    if len(entries) > MOST or sum(entry.file_size for entry in entries) > ALTOGETHER:
        raise NotWork("it is larger than all lessons together")
    for entry in entries:
        kind = entry.external_attr >> 16
        if not WANTED.fullmatch(entry.filename) or (kind and not stat.S_ISREG(kind) and stat.S_IFMT(kind)):
            raise NotWork(f"it holds {entry.filename[:60]!r}, which pack() never writes")
        if entry.file_size > LARGEST:
            raise NotWork(f"{entry.filename} is larger than a lesson can be")
    if len({entry.filename for entry in entries}) < len(entries):
        raise NotWork("it holds a name twice")


def read(file, entry):
    """The bytes of one entry, no more than it says it has."""
    with file.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise NotWork(f"{entry.filename} is larger than it says")
    return data


def find(home):
    """The newest packed file beside the notebooks, or None."""
    return max(Path(home).glob("my_work-*.zip"), default=None)
