"""Bytes as lines of text: which encoding a file has, and what files are no text at all."""

import codecs
import io
from itertools import filterfalse

from nnlib.data.cells import TableError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
DOS_END = {"\x1a", "\x1a\n"}  # the last line of a file, where DOS marks its end
NO_TABLE = {
    b"PK\x03\x04": "a zip file, as Excel's .xlsx and NumPy's .npz are: save the sheet as CSV, or read it with np.load",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls): save the sheet as CSV",
    b"\x1f\x8b": "a compressed file (.gz): unpack it first",
    b"%PDF": "a PDF: save the table it was made from as CSV",
    b"\x93NUMPY": "a NumPy array: read it with np.load",
    b"PAR1": "a Parquet file: write it as CSV, or hand over the DataFrame",
    b"\x89PNG": "a picture: read_picture reads pictures",
    b"\xff\xd8\xff": "a picture: read_picture reads pictures",
}
"""How files begin that are no tables, and what they are."""


def encoding_of(stream):
    """UTF-8 or UTF-16 by their marks or their zeros, else UTF-8 if all of it is, else Windows-1252."""
    start = stream.read(4096)
    stream.seek(0)
    for magic, what in NO_TABLE.items():
        if start.startswith(magic):
            raise TableError(f"this is {what}")
    for bom, encoding in BOMS:
        if start.startswith(bom):
            return encoding
    zeros = [start[side::2].count(0) / max(len(start) / 2, 1) for side in (0, 1)]
    if max(zeros) > 0.3:
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    if b"\0" in start:
        raise TableError("this is no text: bytes of value 0 stand in it; save the table as CSV")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(2**20):
            decoder.decode(block)
        decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        stream.seek(0)


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
            raise TableError(f"letters that are not {encoding}: try encoding='latin-1'", line=line) from error
        finally:
            wrapper.detach()  # or it would close the stream

    return lines


def lines_of_text(text):
    def lines():
        start = 0
        while start < len(text):
            end = text.find("\n", start) + 1 or len(text)
            yield text[start:end]
            start = end

    return lines
