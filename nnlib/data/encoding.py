"""Bytes as lines of text: which encoding a file has, and what files are no text at all."""

import codecs
import io
import re
from collections import Counter
from itertools import filterfalse

from nnlib.data.cells import TableError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
UNSEEN = re.compile("[\ufeff\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069]")  # marks without a width
DOS_END = {"\x1a", "\x1a\n"}  # the last line of a file, where DOS marks its end
NO_TABLE = {
    b"PK\x03\x04": "a zip file, as Excel's .xlsx and NumPy's .npz are: save the sheet as CSV, or read it with np.load",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls): save the sheet as CSV",
    **dict.fromkeys(
        (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"Rar!"),
        "a compressed file: unpack it first",
    ),
    b"{\\rtf": "a document of a word processor (.rtf): save the table in it as CSV",
    b"SQLite format 3": "a database of SQLite: export the table as CSV",
    b"\x89HDF": "an HDF5 file: write its table as CSV, or hand over the DataFrame",
    b"$FL2": "a file of SPSS (.sav): export it as CSV, or hand over the DataFrame",
    b"<stata_dta>": "a file of Stata (.dta): export it as CSV, or hand over the DataFrame",
    b"%PDF": "a PDF: save the table it was made from as CSV",
    b"\x93NUMPY": "a NumPy array: read it with np.load",
    b"PAR1": "a Parquet file: write it as CSV, or hand over the DataFrame",
    b"\x89PNG": "a picture: read_picture reads pictures",
    b"\xff\xd8\xff": "a picture: read_picture reads pictures",
}
"""How files begin that are no tables, and what they are."""


def encoding_of(stream):
    """(encoding, a doubt in words, or ""): UTF-8 or UTF-16 by marks or zeros, UTF-8 if all of it is, else `older`."""
    start = stream.read(4096)
    stream.seek(0)
    for magic, what in NO_TABLE.items():
        if start.startswith(magic):
            raise TableError(f"this is {what}")
    for bom, encoding in BOMS:
        if start.startswith(bom):
            return encoding, ""
    even, odd = (start[side::2].count(0) / max(len(start) / 2, 1) for side in (0, 1))
    if max(even, odd) > 0.3 and min(even, odd) < 0.1:
        return ("utf-16-le" if odd > even else "utf-16-be"), ""
    if b"\0" in start:
        raise TableError("this is no text: bytes of value 0 stand in it; save the table as CSV")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(2**20):
            decoder.decode(block)
        decoder.decode(b"", final=True)
        return "utf-8", ""
    except UnicodeDecodeError:
        stream.seek(0)
        return older(stream)
    finally:
        stream.seek(0)


OLDER = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS (850)"}
_USUAL = frozenset("äöüßáàâãåæçéèêëíìîïñóòôõøœúùûÿÄÖÜÁÀÂÃÅÆÇÉÈÊËÍÎÏÑÓÔÕØÚœŒšžŠŽ")  # letters of Western Europe
_SIGNS = frozenset("€£¥°µ±²³¹½¼¾×·§©®™«»„“”‘’‚…–—¿¡ªº\u00a0†•")
_HIGH = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SEEN = 2000  # words with letters beyond ASCII that decide


def older(stream):
    """(encoding, doubt): of those of 8 bits, from before UTF-8, the one in which the words make most sense.

    Windows-1252, unless Mac Roman (Excel for Mac, of old) or that of DOS is clearly better.
    """
    words = Counter()
    while sum(words.values()) < _SEEN and (block := stream.read(2**20)):
        words.update(_HIGH.findall(block))
    sense = {encoding: _sense(words, encoding) for encoding in OLDER}
    best = max(sense, key=lambda encoding: sense[encoding] + 0.2 * (encoding == "cp1252"))
    known = "save the file as UTF-8, or name what it has: encoding='cp1251', 'shift_jis', 'gb18030', 'mac_roman' …"
    try:
        shown = next(iter(words)).decode(best)
    except UnicodeDecodeError:
        raise TableError(f"the letters are in none of UTF-8, {', '.join(OLDER.values())}: {known}") from None
    if sense[best] < 0.6:
        return best, f"the letters are read as {OLDER[best]}, {shown[:20]!r} for one, and hardly make words: {known}"
    if best != "cp1252":
        return best, f"the letters are read as {OLDER[best]}, {shown[:20]!r} for one; if that is wrong, {known}"
    return best, ""


def _sense(words, encoding):
    """Which part of the letters beyond ASCII stands where one does: usual ones in words, signs outside of them."""
    good = total = 0
    for word, count in words.items():
        text = word.decode(encoding, "replace")
        for at, letter in enumerate(text):
            if letter.isascii():
                continue
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            if letter in _USUAL:
                fits = not (before.islower() and letter.isupper()) and not (letter.islower() and after.isupper())
                fits = fits and not (before.isupper() and letter.isupper() and after.islower())
                fits = fits and sum(not one.isascii() for one in text) * 2 <= max(len(text), 4)
            else:
                fits = letter in _SIGNS and not (before.isalpha() and after.isalpha() and letter != "’")
            good, total = good + count * fits, total + count
    return good / max(total, 1)


def lines_of_stream(stream, encoding):
    def lines():
        stream.seek(0)
        wrapper = io.TextIOWrapper(stream, encoding=encoding, newline=None)
        try:
            yield from filterfalse(DOS_END.__contains__, wrapper)
        except UnicodeDecodeError as error:
            stream.seek(0)
            read = stream.read().decode(encoding, "replace")  # the first letter that is none says the line
            line = len(f"{read[: read.find(chr(0xFFFD))]}|".splitlines())
            raise TableError(
                f"letters that are not {encoding}: save the file as UTF-8, or name its encoding", line=line
            ) from error
        finally:
            if not stream.closed:
                wrapper.detach()  # or it would close the stream

    return lines


def seen(lines, dialect):
    """The lines without marks that nobody sees; `dialect.unseen` says where the first of them stood."""
    def cleared():
        for number, line in enumerate(lines(), start=1):
            if not line.isascii() and (mark := UNSEEN.search(line)):
                dialect.unseen = dialect.unseen or f"U+{ord(mark[0]):04X} in line {number}"
                line = UNSEEN.sub("", line)
            yield line

    return cleared


def lines_of_text(text):
    def lines():
        start = 0
        while start < len(text):
            end = text.find("\n", start) + 1 or len(text)
            yield text[start:end]
            start = end

    return lines
