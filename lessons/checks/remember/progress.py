"""What a learner has done, kept beside their notebooks in the folder `my_progress/`.

- `progress.json`: outcomes, tries, hints and letters, by exercise; of a prediction also how sure, and if it was right.
- `pieces/NN.K_NAME.py`: the source of each piece that passed, so that a later lesson can use it in a new kernel. The
  number is there for disks on which `sigmoid.py` and `Sigmoid.py` are one file.
- `backups/`: notebooks that `reset` replaced.

The folder ignores itself in git. Every write is atomic: a new file is written whole, then takes the old one's
place. A file that cannot be read is set aside, with a note, and the count starts anew.

- `passed_here.json`: the SHA-256 of each text that passed on this computer, or that its learner said is theirs.

A kept piece is the learner's own Python text and is executed when a later lesson asks for it. The text is run only
if it is, to the letter, what passed the check (its SHA-256 is in `progress.json`) and did so here: `pack` leaves
`passed_here.json` out and `unpack` never writes it, so what a packed file brings waits for its learner's word. That is
no defence against somebody who hands you a whole `my_progress/` folder. Treat such a folder as you treat a notebook
from a stranger: its code can do whatever you can do.
"""

import hashlib
import importlib.util
import json
import os
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

SCHEMA, VERSION = "nnlib-course-progress", 1
FIELDS = {"outcome": str, "tries": int, "hints": int, "solution_seen": bool, "letter": str, "mistakes": list,
          "when": str, "sha256": str, "sure": int, "foreseen": bool}  # fmt: skip


class Progress:
    """The progress of one folder. Nothing here raises because of the disk: trouble becomes a note to show."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.notes = []
        self._memory = None  # used instead of the file where nothing can be written

    @property
    def file(self):
        return self.folder / "progress.json"

    def read(self):
        """`{number: record}` of everything done so far."""
        if self._memory is not None:
            return self._memory
        try:
            text = self.file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError):
            return self._set_aside()
        try:
            return _checked(json.loads(text))
        except (ValueError, RecursionError):
            return self._set_aside()

    def update(self, number, **changes):
        """Change the record of one exercise and write it down; returns the record."""
        records = self.read()
        record = records.setdefault(number, {"tries": 0, "hints": 0})
        record.update(changes)
        self._keep(records, self.heard())
        return record

    def _keep(self, records, heard):
        whole = {"schema": SCHEMA, "version": VERSION, "exercises": records, **({"heard": heard} if heard else {})}
        self._write(self.file, json.dumps(whole, indent=1, sort_keys=True) + "\n", records)

    def heard(self):
        """What `Watch` has said of the learner's own runs: how often, by name."""
        try:
            told = json.loads(self.file.read_text(encoding="utf-8")).get("heard", {})
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}
        return told if is_count(told) else {}

    def hear(self, name):
        """Count one more of what `Watch` says under this name."""
        heard = self.heard()
        self._keep(self.read(), {**heard, name: heard.get(name, 0) + 1})

    def keep_piece(self, number, name, source):
        """Keep the source of a piece that passed."""
        sha256 = hashlib.sha256(source.encode()).hexdigest()
        self._write(self.folder / "pieces" / file_of(number, name), source)
        self.update(number, sha256=sha256)
        self.trust([sha256])

    def piece(self, number, name):
        """The learner's kept piece, or None: never passed, not there, not what passed, or not passed here."""
        path, sha256 = self._passed(number, name)
        return load_source(path, name) if path and sha256 in self.trusted({sha256}) else None

    def is_brought(self, number, name):
        """Whether the piece is kept as passed, but came in a packed file and waits for its learner's word."""
        path, sha256 = self._passed(number, name)
        return path is not None and sha256 not in self.trusted({sha256})

    def _passed(self, number, name):
        """(path, SHA-256) of a kept piece's text, if that is what passed; otherwise (None, None)."""
        record = self.read().get(number, {})
        for file in (file_of(number, name), f"{name}.py"):  # the second: kept by version 0.1.0
            path = self.folder / "pieces" / file
            with suppress(OSError):
                sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
                if record.get("outcome") == "PASSED" and record.get("sha256") == sha256:
                    return path, sha256
        return None, None

    def trusted(self, unknown=frozenset()):
        """The texts that passed here; `unknown` where nobody has counted yet, as in a folder of an older course."""
        try:
            return set(json.loads((self.folder / "passed_here.json").read_text(encoding="utf-8")))
        except FileNotFoundError:
            return set(unknown)
        except (OSError, ValueError, TypeError, RecursionError):
            return set()

    def passed(self):
        """The texts that passed, wherever that was, by their SHA-256."""
        return {record["sha256"] for record in self.read().values() if "sha256" in record}

    def trust(self, texts):
        """These texts, by their SHA-256, are the learner's own; so is what was here before anybody counted."""
        self.rely_on(self.trusted(self.passed()) | set(texts))

    def rely_on(self, texts):
        """These texts and no others are the learner's own."""
        self._write(self.folder / "passed_here.json", json.dumps(sorted(texts), indent=0) + "\n")

    def write_export(self, name, whole):
        """Write the instructor's file; returns its path, or None."""
        path = self.folder / name
        return path if self._write(path, json.dumps(whole, indent=1, sort_keys=True) + "\n") else None

    def _write(self, path, text, records=None):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                write_atomically(ignore, "*\n")
            write_atomically(path, text)
            return True
        except OSError as error:
            if records is not None:
                self._memory = records
            self.notes.append(f"Nothing can be written to {self.folder} ({error.strerror or error}): your progress "
                              "lasts until the kernel stops.")  # fmt: skip
            return False

    def _set_aside(self):
        aside = self.file.with_name(f"progress.broken-{stamp()}.json")
        try:
            os.replace(self.file, aside)
            self.notes.append(f"progress.json could not be read. It is kept as {aside.name}, and the count starts "
                              "anew. Run your checks once more to fill it.")  # fmt: skip
        except OSError as error:
            self._memory = {}
            self.notes.append(f"progress.json can be neither read nor moved ({error.strerror or error}): your progress "
                              "lasts until the kernel stops.")  # fmt: skip
        return {}


def file_of(number, name):
    """The name of the file in which the piece `name` of exercise `number` is kept."""
    return f"{number}_{name}.py"


def write_atomically(path, text):
    """Write a whole new file, then put it in the old one's place: a crash leaves the old or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def load_source(path, name):
    """Execute a kept piece as a module of its own and return what it defines under `name`."""
    module_name = f"my_pieces_{name}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # so that `inspect` finds the class's lines for the explorers
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return getattr(module, name)


def stamp():
    return datetime.now().strftime("%Y-%m-%dT%H-%M-%S-%f")[:-3]


def now():
    """The moment, to the second and with its zone: two exports of one day are told apart."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def today():
    return datetime.now(UTC).date().isoformat()


def is_count(told):
    """Whether `told` is how often names were heard: {"inputs_far": 2}."""
    return isinstance(told, dict) and len(told) <= 100 and all(
        len(name) <= 40 and name.isidentifier() and type(count) is int and 0 < count <= 1_000_000
        for name, count in told.items()
    )  # fmt: skip


def _checked(whole):
    """The records of a progress file, or ValueError where it is not one."""
    if not isinstance(whole, dict) or whole.get("schema") != SCHEMA or whole.get("version") != VERSION:
        raise ValueError("not a progress file of this version")
    records = whole.get("exercises")
    if not isinstance(records, dict):
        raise ValueError("no exercises")
    for record in records.values():
        if not isinstance(record, dict) or not {"tries", "hints"} <= record.keys():
            raise ValueError("not a record")
        for key, value in record.items():
            if type(value) is not FIELDS.get(key):
                raise ValueError(f"{key} is no {FIELDS.get(key)}")
    return records
