"""Files that are written whole or not at all, whenever the machine stops."""

import contextlib
import os
import re
import stat

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows deletes no file that is open, which serves as well
    LOCK_EX = LOCK_NB = 0

    def flock(*_):
        """Nothing."""

ENDING = re.compile(r"\.[0-9a-f]{8}\.part")


def write_whole(path, content):
    """Write the file `path` whole or not at all: whenever the machine stops, the old file or the new one is there.

    `content` is bytes, or a function that writes to the open file it is given. They go to a new file in the same
    folder, reach the disk, and take the old one's name in one move. The new file has the old one's permissions. What
    a killed write of this file has left is taken away. Raises OSError where that is impossible, and for a path that
    names a device, a pipe, a socket or a folder: the move would put a file in its place.
    """
    path = os.fsdecode(path)
    if path.endswith(tuple(filter(None, (os.sep, os.altsep)))) or not path:
        raise OSError(f"{path!r} names a folder; save under the name of a file in it")
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        raise OSError(f"{path} is no regular file and stays as it is; save under another name")
    path = os.path.realpath(path)
    take_orphans_away(path)
    folder, name = os.path.split(path)
    part = os.path.join(folder, f"{beginning(name)}.{os.urandom(4).hex()}.part")
    try:
        with open(part, "xb") as file:
            with contextlib.suppress(OSError):  # a disk without locks
                flock(file, LOCK_EX | LOCK_NB)
            content(file) if callable(content) else file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if mode is not None:
                os.chmod(part, stat.S_IMODE(mode))
            if LOCK_EX:  # Windows moves no file that is open
                os.replace(part, path)
        if not LOCK_EX:
            os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
    with contextlib.suppress(OSError):  # Windows opens no folders; the move itself is whole there too
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def beginning(name):
    """As much of a file's name as leaves room for an ending: most disks take no name of more than 255 bytes."""
    while len(os.fsencode(name)) > 240:
        name = name[:-1]
    return name


def take_orphans_away(path):
    """Remove the parts of `path` that nobody is writing: whoever writes one holds its lock."""
    folder, name = os.path.split(path)
    name = beginning(name)
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        parts = [one.path for one in found if one.name.startswith(name) and ENDING.fullmatch(one.name, len(name))
                 and one.is_file(follow_symlinks=False)]  # fmt: skip
        for part in parts:
            with contextlib.suppress(OSError):
                with open(part, "rb") as file:
                    flock(file, LOCK_EX | LOCK_NB)
                    if LOCK_EX:
                        os.unlink(part)
                if not LOCK_EX:
                    os.unlink(part)
