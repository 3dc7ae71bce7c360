"""An archive: one JSON text and some arrays in a zip file, as `np.load` opens it, read without trust.

Nothing is compressed, so no entry is larger than its share of the file, and nothing is pickled. The text says
under "arrays" which arrays there are, `{"name": [dtype, shape]}`; each entry must then begin with exactly the
header that `npy_header` writes for that dtype and shape, and end where they say. No header is ever interpreted.
"""

import io
import json
import math
import re
import struct
import zipfile
import zlib

import numpy as np

TEXT = "card.json"
LONGEST_JSON = 2**20
MOST_ENTRIES = 4096  # a network of a thousand parts has fewer
LARGEST = 2**31  # bytes: beyond it a zip file needs a second kind of header
DTYPES = ("<f8", "<f4", "<i8")


class RunCardError(ValueError):
    """Something that a run card cannot keep, or that is no run card: what was expected, what came, the mend."""


def packed(fields, arrays):
    """The bytes of an archive; see `pack`."""
    file = io.BytesIO()
    pack(file, fields, arrays)
    return file.getvalue()


def pack(file, fields, arrays):
    """Write an archive to a file that is open for writing; takes no second copy of the arrays.

    The same contents give the same bytes on every machine. `fields` is a dictionary for JSON, to which "arrays" is
    added; `arrays` are float64, float32 or int64. Raises RunCardError for other arrays, for a text over 1 MiB, and for
    more than 2 GiB.
    """
    for name, array in arrays.items():
        if array.dtype.newbyteorder("<").str not in DTYPES:
            raise RunCardError(f"{name} holds {array.dtype} values, a card keeps float64, float32 and int64")
    arrays = {name: array.astype(array.dtype.newbyteorder("<"), copy=False) for name, array in arrays.items()}
    declared = {name: [array.dtype.str, list(array.shape)] for name, array in arrays.items()}
    text = json.dumps({**fields, "arrays": declared}, separators=(",", ":")).encode()
    if len(text) > LONGEST_JSON:
        raise RunCardError(f"the description of the network takes {len(text):,} bytes, a card holds {LONGEST_JSON:,}")
    size = sum(array.nbytes for array in arrays.values())
    if size > LARGEST - 2 * LONGEST_JSON or len(arrays) >= MOST_ENTRIES:
        came = f"{len(arrays):,} arrays of {size / 2**20:,.0f} MiB"
        raise RunCardError(f"{came}, a card holds {MOST_ENTRIES:,} and 2 GiB")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry(TEXT), text)
        for name, array in arrays.items():
            with archive.open(entry(f"{name}.npy"), "w") as place:
                place.write(npy_header(*declared[name]))
                place.write(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data if array.size else b"")


def entry(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3  # otherwise it tells Windows from the rest
    return info


def unpacked(content):
    """`(fields, arrays)` of an archive. Raises RunCardError for anything but a whole one.

    The arrays are views of `content`; nothing of it is copied, whatever it claims about its sizes.
    """
    entries = entries_of(content)
    fields = json_of(bytes(entries.pop(TEXT, b"")))
    declared = fields.pop("arrays", None) if isinstance(fields, dict) else None
    if not isinstance(declared, dict) or {f"{name}.npy" for name in declared} != entries.keys():
        raise RunCardError(f"the file holds {shown(sorted(entries))}, its {TEXT} names {shown(declared)}")
    return fields, {name: array_of(name, declared[name], entries[f"{name}.npy"]) for name in declared}


def entries_of(content):
    """The bytes of each entry of a zip file by name, if each is stored as it is, once, and under its plain name."""
    end = content[-zipfile.sizeEndCentDir :]
    count = struct.unpack_from("<H", end, 10)[0] if end[:4] == zipfile.stringEndArchive and len(end) == 22 else 0
    if count > MOST_ENTRIES:
        raise RunCardError(f"the file holds {count:,} entries, a card at most {MOST_ENTRIES:,}")
    if not count and zipfile.stringEndArchive in content[-2 * 2**16 :]:
        raise RunCardError("the file holds bytes that belong to no entry, a card holds none; copy it again")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:  # shares the bytes, copies none
            entries = archive.infolist()
    except Exception as error:  # zipfile meets a broken file with a dozen kinds of errors
        raise RunCardError(f"this is no whole zip file, as a card is: {shown(error)}; copy the file again") from error
    names = {info.orig_filename for info in entries}
    plain = all(
        info.flag_bits == 0  # not encrypted, no sizes that follow later, no second alphabet for the name
        and info.compress_type == zipfile.ZIP_STORED
        and info.compress_size == info.file_size
        and info.filename == info.orig_filename
        and re.fullmatch(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*", info.filename)
        and not info.extra
        for info in entries
    )
    if not plain or len(names) < len(entries) or sum(info.file_size for info in entries) > len(content):
        raise RunCardError(
            f"a card's entries have plain, different names and are neither compressed nor encrypted; "
            f"got {shown([info.orig_filename for info in entries])}"
        )
    view, found, end = memoryview(content), {}, 0
    for info in entries:
        header = info.FileHeader(zip64=False)
        if info.header_offset != end or view[end : end + len(header)] != header:
            break
        found[info.filename] = view[end + len(header) : end + len(header) + info.file_size]
        end += len(header) + info.file_size
    end += sum(zipfile.sizeCentralDir + len(info.filename) for info in entries) + zipfile.sizeEndCentDir
    if end != len(content) or len(found) < len(entries):  # another program may take the rest for the file
        raise RunCardError("the file holds bytes that belong to no entry, a card holds none; copy it again")
    for info in entries:
        if zlib.crc32(found[info.filename]) != info.CRC:
            raise RunCardError(f"this is no whole zip file: the check sum of {info.filename} differs; copy it again")
    return found


def json_of(text):
    """The JSON value in `text`, if it is short, finite, not too deep, and names nothing twice."""

    def once(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a name stands there twice")
        return dict(pairs)

    def finite(digits):
        if not math.isfinite(float(digits)):
            raise ValueError(f"{digits} is no finite number")
        return float(digits)

    if len(text) > LONGEST_JSON:
        raise RunCardError(f"{TEXT} has {len(text):,} bytes, a card's has at most {LONGEST_JSON:,}")
    try:
        return json.loads(text.decode(), object_pairs_hook=once, parse_float=finite, parse_constant=finite)
    except (ValueError, RecursionError) as error:
        raise RunCardError(f"{TEXT} cannot be read: {shown(error)}") from error


def array_of(name, declared, content):
    """The array in an `.npy` entry, if it is exactly what was declared: `[dtype, shape]`."""
    match declared:
        case [str(dtype), list(shape)] if dtype in DTYPES and len(shape) <= 8:
            sound = all(type(length) is int and 0 <= length < 2**31 for length in shape)
        case _:
            sound = False
    if not sound:
        raise RunCardError(f"{name} is declared as {shown(declared)}, expected a dtype of {DTYPES} and a shape")
    header = npy_header(dtype, shape)
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if content[: len(header)] != header or len(content) != len(header) + size:
        raise RunCardError(f"{name} is not the array of {dtype} and shape {shape} that {TEXT} names")
    return np.frombuffer(content, dtype, offset=len(header)).astype(dtype[1:], copy=False).reshape(shape)


def npy_header(dtype, shape):
    """What stands before an array's bytes in an `.npy` file, version 1.0 of NumPy's format."""
    header = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {tuple(shape)}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()


def shown(value):
    """A stranger's value, short enough for an error."""
    text = value if isinstance(value, str) else repr(value) if not isinstance(value, Exception) else str(value)
    return ascii(text[:80])[1:-1] + ("…" if len(text) > 80 else "")
