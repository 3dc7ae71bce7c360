"""A learner's work as one file, to take home from a computer that forgets, and back again.

The file is a zip of the notebooks, cards and tables that lie beside the lessons, their own and the course's, of
`my_runs`, of the progress, and of the pieces that passed. What `pack` takes `unpack` takes: both ask `refused`. So no
path leads elsewhere, nothing is a link, nothing that Python would import by itself lies beside a notebook, and what
is too large or of another kind is left out and named. Everything is taken out beside its place and checked before
anything is replaced; what is replaced is backed up first.
"""

import hashlib
import re
import shutil
import stat
import struct
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lessons.checks.remember import book
from lessons.checks.remember.progress import file_of, stamp
from nnlib.keep import write_whole

KINDS = (".ipynb", ".npz", ".csv", ".tsv", ".txt")  # no .py: beside a notebook it could stand in for a module
PROGRESS = re.compile(r"my_progress/(progress\.json|pieces/(\d\d\.\d+_)?[A-Za-z_]\w{0,60}\.py)", re.ASCII)
OWN = re.compile(r"(my_runs/)?\w[\w .,()+=@#%&'!~-]{0,99}")
OURS = {"figures.py", "__init__.py", "pictures", "checks", "class_report", "solutions", "source"}  # beside the lessons
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\..*", re.I)  # names that Windows keeps for devices
LARGEST, ALTOGETHER, MOST = 64 * 2**20, 256 * 2**20, 1000  # bytes of one file, of all, and how many
DIRECTORY = 1000 * MOST  # bytes that list them: a name takes 46 and its letters
CHUNK = 2**18
PIECES = "my_progress/pieces/"


class NotWork(ValueError):
    """Why a file is not taken."""


@dataclass(frozen=True)
class Unpacked:
    """What came out: the names, those that stood there differently, where the old ones are, the pieces by SHA-256."""

    names: tuple
    replaced: tuple
    backups: Path
    pieces: dict


def refused(name, size):
    """Why a file of this name and size is no part of anybody's work; empty where it is."""
    if not PROGRESS.fullmatch(name):
        if not name.lower().endswith(KINDS):
            return f"only {', '.join(KINDS)} are packed"
        plain = "".join(letter for letter in name if unicodedata.category(letter)[0] != "M")  # accents, vowel signs
        if not OWN.fullmatch(plain) or len(name) > 120 or RESERVED.match(name.rpartition("/")[2]):
            return "its name would not work on every computer"
    return f"{size / 2**20:,.0f} MB are more than {LARGEST >> 20}" if size > LARGEST else ""


def pack(home, progress):
    """Write `my_work-….zip` beside the notebooks: `(its path, the names in it, {name: why it is left out})`."""
    taken, left_out, size = {}, {}, 0
    for name, path in sorted(_candidates(home, progress).items()):
        try:
            here = path.lstat().st_size
            kind = {stat.S_IFREG: "", stat.S_IFDIR: "it is a folder", stat.S_IFLNK: "it is a link"}
            why = kind.get(stat.S_IFMT(path.lstat().st_mode), "it is no file") or refused(name, here)
            if not why and (size + here > ALTOGETHER or len(taken) >= MOST):
                why = "there is no more room in it"
            if not why and name.lower() in taken:
                why = f"{taken[name.lower()][0]} has the same name but for its case"
            if not why:
                path.open("rb").close()
        except OSError as error:
            why = f"it cannot be read ({error.strerror})"
        if why:
            left_out[name] = why
        else:
            taken[name.lower()] = name, path
            size += here
    target = home / f"my_work-{stamp()}.zip"
    write_whole(target, lambda file: _zip(file, taken.values()))
    return target, [name for name, _ in taken.values()], left_out


def _zip(file, taken):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
        for name, path in taken:
            packed.write(path, name)


def _candidates(home, progress):
    """`{name in the zip: path}` of what somebody may miss; what the course itself has put there is no work."""
    ours = OURS | {"__pycache__", "my_runs", progress.name}
    beside = [path for path in home.iterdir() if path.name not in ours and path.name[0] != "."]
    found = {path.name: path for path in beside if not re.fullmatch(r"my_work-.*\.zip(\.\w+\.part)?", path.name)}
    runs = home / "my_runs"
    if runs.is_symlink() or runs.is_file():
        found["my_runs"] = runs
    elif runs.is_dir():
        found |= {f"my_runs/{path.name}": path for path in runs.iterdir() if path.name[0] != "."}
    kept = (progress / "progress.json", *sorted((progress / "pieces").glob("*.py"), reverse=True))  # older names first
    kept = {f"my_progress/{path.relative_to(progress).as_posix()}": path for path in kept if path.is_file()}
    return found | {_now(name): path for name, path in kept.items()}


def _now(name):
    """A piece that version 0.1.0 has kept, as `pieces/NAME.py`, by the name of today."""
    piece = name.removeprefix(PIECES).removesuffix(".py")
    number = book.pieces().get(piece) if name.startswith(PIECES) else None
    return PIECES + file_of(number, piece) if number else name


def unpack(path, home, progress):
    """Put a packed file's contents where they belong; returns what was `Unpacked`.

    Raises NotWork, before anything is replaced, for a file that is damaged or holds anything else.
    """
    with tempfile.TemporaryDirectory(dir=home, prefix=".unpacking-") as folder:
        names = _taken_out(path, Path(folder))
        kept = {name.removeprefix(PIECES): whole for name, whole in names.items() if name.startswith(PIECES)}
        texts = {re.sub(r"^[\d.]+_|\.py$", "", name): _sha256(whole) for name, whole in kept.items()}
        backups, replaced = progress / "backups" / f"before-{stamp()}", []
        targets = {name: _place(name, home, progress) for name in names}
        for name, whole in names.items():
            inside, target = name.removeprefix("my_progress/"), targets[name]
            if target.is_file() and _sha256(target) == _sha256(whole):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                keep = backups / inside
                keep.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(target, keep)
                replaced.append(name)
            shutil.move(whole, target)
    return Unpacked(tuple(names), tuple(replaced), backups, texts)


def _place(name, home, progress):
    """Where a packed file goes. NotWork where something else stands in its way, before anything is replaced."""
    inside = name.removeprefix("my_progress/")
    target = home / name if inside == name else progress / inside
    if target.is_dir() and not target.is_symlink():
        raise NotWork(f"{name} is a folder here")
    for folder in target.parents:
        if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
            raise NotWork(f"{folder.name}, where {name} belongs, is no folder here")
    return target


def _taken_out(path, folder):
    """`{name: path}` of what the zip holds, each as a file in `folder`, all of it checked. Raises NotWork."""
    found = {}
    try:
        if path.stat().st_size > ALTOGETHER or _directory_of(path) > DIRECTORY:
            raise NotWork("it is larger than all lessons together")
        with zipfile.ZipFile(path) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _check(entries)
            for number, entry in enumerate(entries):
                found[_now(entry.filename)] = target = folder / str(number)
                _read(file, entry, target)
    except (NotWork, _Disk):
        raise
    except Exception as error:  # zipfile meets a damaged file with a dozen kinds of errors
        raise NotWork(f"it is no whole zip file ({type(error).__name__})") from None
    return found


def _directory_of(path):
    """How many bytes list what is in the zip, by its last ones: `zipfile` reads them all first, 10 MB in a second."""
    with open(path, "rb") as file:
        end = file.seek(0, 2)
        file.seek(max(0, end - 2**16 - zipfile.sizeEndCentDir))
        tail = file.read()
    found = tail.rfind(zipfile.stringEndArchive, 0, len(tail) - zipfile.sizeEndCentDir + len(zipfile.stringEndArchive))
    return struct.unpack_from("<L", tail, found + 12)[0] if found >= 0 else 0


class _Disk(OSError):
    """The disk's fault, not the file's."""


def _check(entries):
    """NotWork for anything but what `pack` writes."""
    if not entries:
        raise NotWork("it is empty")
    if len(entries) > MOST or sum(entry.file_size for entry in entries) > ALTOGETHER:
        raise NotWork("it is larger than all lessons together")
    for entry in entries:
        kind = (entry.external_attr >> 16) & 0o170000
        if why := refused(entry.filename, entry.file_size):
            raise NotWork(f"it holds {entry.filename[:60]!a}, which pack() never writes: {why}")
        if kind not in (0, 0o100000) or entry.orig_filename != entry.filename:
            raise NotWork(f"it holds {entry.filename[:60]!a}, which is no file of its own")
        if entry.flag_bits & 0x41:
            raise NotWork("it is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotWork("it is compressed in a way that pack() does not use")
    if len({_now(entry.filename).lower() for entry in entries}) < len(entries):
        raise NotWork("it holds a name twice")


def _read(file, entry, target):
    """Write one entry to `target`, no more than it says it has."""
    size = 0
    with file.open(entry) as stream, open(target, "xb") as whole:
        while part := stream.read(CHUNK):
            size += len(part)
            if size > entry.file_size:
                break
            try:
                whole.write(part)
            except OSError as error:
                raise _Disk(error.errno, error.strerror) from error
    if size != entry.file_size:
        raise NotWork(f"{entry.filename} is not as large as it says")


def _sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(home):
    """The newest packed file beside the notebooks, or None."""
    return max(Path(home).glob("my_work-*.zip"), default=None)
