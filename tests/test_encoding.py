"""Which encoding bytes have: marks, zeros, the sense that letters make, and files that are no text at all."""

import io
from collections import Counter

import pytest

from nnlib.data import encoding
from nnlib.data.cells import TableError
from nnlib.data.encoding import encoding_of, lines_of_stream, lines_of_text, seen

GERMAN = "Länge,Größe,Übermaß,süß\n"
SPANISH = "año,niño,señor,¿qué?,10 €,20 €\n"


@pytest.mark.parametrize("text, name, told", [
    ("a,b\n1,2\n", "utf-8", ("utf-8", "")), (GERMAN, "utf-8", ("utf-8", "")), (GERMAN, "utf-8-sig", ("utf-8-sig", "")),
    ("a,b\n1,2\n", "utf-16", ("utf-16", "")), ("a,b\n1,2\n", "utf-16-le", ("utf-16-le", "")),
    ("a,b\n1,2\n", "utf-16-be", ("utf-16-be", "")), ("a,b\n1,2\n", "utf-32", ("utf-32", "")),
    (GERMAN, "cp1252", ("cp1252", "")), (SPANISH, "cp1252", ("cp1252", "")),
    (GERMAN, "mac_roman", ("mac_roman", "the letters are read as Mac Roman, 'Länge' for one; if that is wrong, ")),
    (GERMAN, "cp850", ("cp850", "the letters are read as DOS (850), 'Länge' for one; if that is wrong, ")),
    ("привет,мир\n", "cp1251", ("cp1252", "the letters are read as Windows-1252, 'ïðèâåò' for one, and hardly make ")),
])  # fmt: skip
def test_the_encoding_of_bytes_and_what_is_in_doubt(text, name, told):
    stream = io.BytesIO(text.encode(name))
    found, doubt = encoding_of(stream)
    assert found == told[0] and doubt.startswith(told[1]) and bool(doubt) is bool(told[1])
    assert stream.tell() == 0, "it is read from its beginning"
    if doubt:
        assert doubt.endswith("name what it has: encoding='cp1251', 'shift_jis', 'gb18030', 'mac_roman' …")


def test_a_letter_that_the_first_block_cuts_is_one():
    assert encoding_of(io.BytesIO(b"a" * (2**20 - 1) + "ß".encode()))[0] == "utf-8"
    assert encoding_of(io.BytesIO(b"a,b\n" * 2000 + "ß\n".encode("cp1252")))[0] == "cp1252", "far down"


@pytest.mark.parametrize("word, sense", [
    ("Länge", 1), ("ÄPFEL", 1), ("été", 1), ("10€", 1), ("€", 1), ("a€b", 0), ("l’eté", 1), ("aÄ", 0), ("äB", 0),
    ("ABÄb", 0), ("Äpfel", 1), ("äöü", 0), ("äö", 1), ("äöüabc", 1), ("½", 1), ("½a", 1), ("a½", 1), ("ø", 1), ("ţ", 0),
    ("ein“zwei", 0), ("“zwei", 1), ("Größe„", 1), ("Gr€ße", 0.5),
])  # fmt: skip
def test_letters_make_sense_in_words_and_signs_beside_them(word, sense):
    assert encoding._sense(Counter({word.encode(): 3}), "utf-8") == sense


def test_a_word_counts_as_often_as_it_stands_there():
    assert encoding._sense(Counter({"ß".encode(): 3, "a€b".encode(): 1}), "utf-8") == 0.75
    assert encoding._sense(Counter(), "utf-8") == 0


@pytest.mark.parametrize("start", encoding.NO_TABLE)
def test_a_file_that_is_no_table_is_told_what_it_is(start):
    with pytest.raises(TableError) as error:
        encoding_of(io.BytesIO(start + b"\0\1\2,3\n"))
    assert str(error.value) == f"this is {encoding.NO_TABLE[start]}"


def test_bytes_of_zero_are_no_text():
    with pytest.raises(TableError, match="this is no text: bytes of value 0 stand in it; save the table as CSV"):
        encoding_of(io.BytesIO(b"abc\0,1\n2,3\n"))


def test_letters_that_an_encoding_does_not_have_say_their_line():
    for lines, line in ((b"a\nb\n\xff\n", 3), (b"\xff\nb\n", 1), (b"a\r\nb\xff", 2)):
        with pytest.raises(TableError) as error:
            list(lines_of_stream(io.BytesIO(lines), "utf-8")())
        assert (error.value.line, str(error.value)) == (
            line, f"line {line}: letters that are not utf-8: save the file as UTF-8, or name its encoding")


def test_lines_are_read_again_without_the_end_that_dos_marks():
    stream = io.BytesIO(b"a,b\r\n1,2\r\n\x1a")
    lines = lines_of_stream(stream, "utf-8")
    assert list(lines()) == list(lines()) == ["a,b\n", "1,2\n"] and not stream.closed
    assert list(lines_of_text("a\n\nb")()) == ["a\n", "\n", "b"] and list(lines_of_text("")()) == []


def test_marks_that_nobody_sees_are_gone_and_the_first_is_told():
    class Dialect:
        unseen = ""

    dialect = Dialect()
    lines = seen(lambda: iter(["a,ß\n", "1,\u200b2\u200e\n", "\ufeff3,4\n"]), dialect)
    assert list(lines()) == ["a,ß\n", "1,2\n", "3,4\n"] and dialect.unseen == "U+200B in line 2"
