"""Tables that are refused, or told of, for a reason that hardly any table gives: the whole sentence is asked for."""

from dataclasses import replace

import numpy as np
import pytest

from nnlib import Preparation, TableError, read_table, table_of
from nnlib.data import column
from nnlib.data.numerals import NAN, grouped_numbers, plain_numbers
from nnlib.data.quantities import days

PLAIN = "long,deep,kind\n39.1,18.7,a\n46.5,17.9,b\n50.0,15.2,a\n"


def read(text, **how):
    return read_table(text, quiet=True, **how)


def text_column(**how):
    rows = "".join(f"{row}.5,word{row},{'ab'[row % 2]}\n" for row in range(12))
    return read(f"long,notes,kind\n{rows}", **how)


def fitted(text=PLAIN, **how):
    return Preparation(read(text, **how))


SAID = {
    "a task": (lambda: read(PLAIN, task="class"), "task is 'classes' or 'numbers', got 'class'"),
    "numbers as classes": (
        lambda: read("a,b\n" + "".join(f"{k % 7},{k}.5\n" for k in range(2100)), task="classes"),
        "column 'b': 2,100 numbers are too many for classes; task='numbers'"),
    "no target": (lambda: read(PLAIN, target=None).y,
                  "the table was read without a target; name one: read_table(…, target='column')"),
    "a target alone": (lambda: replace(table_of(np.zeros((1, 2)), np.array([[0, 1]])), columns=()).x,
                       "the table has no columns to learn from, only a target"),
    "names": (lambda: table_of(np.zeros((2, 3)), np.zeros((1, 3)), names=["a"]),
              "names has 1 names, and x has 2 features (rows): one for each"),
    "one-hot": (lambda: table_of(np.zeros((2, 3)), np.zeros((2, 3))),
                "y must have one row, (1, examples), but is (2, 3); y.argmax(axis=0) undoes one-hot"),
    "a class without a name": (lambda: table_of(np.zeros((2, 3)), np.array([[0, 1, 2]]), classes=["a", "b"]),
                               "classes names 2 classes, so labels are 0 … 1"),
    "infinity": (lambda: read({"a": [1.0, np.inf], "b": [1, 2]}),
                 "column 'a': it holds an infinite number; drop those rows"),
    "one more odd cell": (
        lambda: read("long,kind\n" + "1.5,a\n2.5,b\n" * 9 + "l,a\nO,b\n"),
        "line 20, column 'long': 'l' is no number, and so is 1 more cell, but 18 others are; correct it in the file, "
        "take all as words, words='long', or say also_missing='l', if it means that nothing is known"),
    "other places": (
        lambda: read("who      age  kind\nAnna M   31   x\nBob      45   z\nCarla    22   x\n"
                     + "Dora     33   x\n" * 2000 + "A very long name 3 x\n"),
        "line 2005: its cells do not line up with the columns above: give them the same places, or save the table as "
        "CSV"),
    "many cells": (
        lambda: read("a,b\n" + "1.00000000000000000000000,2.0000000000000000000000\n" * 3000 + "1,2\n" * 80_000,
                     limit=1),
        "more than 0.1 million cells: take a part of the rows, or give limit=…"),
    "another kind": (lambda: fitted(PLAIN).x(read("long,deep\n2024-01-30,1\n2024-01-31,2\n", target=None)),
                     "line 2, column 'long': it holds dates, "
                     "and in the training part numbers: write both the same way"),
    "nothing known": (
        lambda: fitted("long,deep,kind\n,1,a\n,2,b\n3,3,\n,4,b\n", missing="fill", keep=True),
        "column 'long': the training part has no value in it: leave_out it"),
    "rows without a target": (lambda: fitted(PLAIN).y(read("long,deep\n1,2\n", target=None)),
                              "the table was read without a target: read_table(…, target='kind')"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_the_whole_sentence_is_said(name):
    call, said = SAID[name]
    with pytest.raises((TableError, ValueError)) as refused:
        call()
    assert str(refused.value) == said


def test_more_words_than_are_kept_make_no_feature_and_no_classes(monkeypatch):
    monkeypatch.setattr(column, "MOST_WORDS", 5)
    assert "'notes' is left out: it has more than 100,000 different words" in str(text_column())
    [what] = [what for name, _, what, _ in text_column().entries if name == "notes"]
    assert what == "more different words than are kept"
    with pytest.raises(TableError, match="column 'notes': has too many different words to be classes: choose another"):
        text_column(target="notes")


def test_whole_numbers_are_taken_as_classes_and_how_they_would_be_none_is_said():
    told = str(read("a,b\n" + "".join(f"{k}.5,{k % 3}\n" for k in range(12))))
    assert "! the target 'b' is taken as 3 classes; as numbers: task='numbers'" in told
    told = " ".join(str(read("a,b\n" + "".join(f"{k}.5,{k % 3 + 1}\n" for k in range(12)))).split())
    assert "'b' is taken as classes: 1 is class 0, 2 is class 1, 3 is class 2; to predict them as numbers, " in told


def test_a_unit_behind_every_number_is_told():
    told = str(read("a,high,k\n" + "1,3.5 km,x\n2,'4,5 km',y\n3,5.25 km,x\n".replace("'", '"')))
    assert "'high' is taken as words, but '3.5 km' looks like a number with its unit: write the numbers alone, " in told


def test_of_many_notes_and_of_many_columns_with_gaps_the_first_are_told_and_the_others_counted():
    names = [f"c{k}" for k in range(7)]
    rows = [["" if k == row else f"{row}.{k}" for k in range(7)] for row in range(7)]
    text = ",".join([*names, "kind"]) + "\n" + "".join(",".join([*row, "ab"[len(row[0]) % 2]]) + "\n" for row in rows)
    with pytest.raises(TableError, match=r"1 in 'c4', 2 in 2 more columns\)"):
        read(text)
    empty = [f"e{k}" for k in range(30)]
    told = read(",".join(["a", *empty, "kind"]) + "\n" + ("1.5" + "," * 31 + "x\n2.5" + "," * 31 + "y\n") * 6)
    more = len(told.notes) - 20
    assert more > 0 and f"· … and {more} more: table.notes" in str(told)


def test_a_network_for_numbers_says_by_what_they_are_scaled():
    assert str(fitted("a,b\n" + "1,2.5\n4,7.5\n" * 20, task="numbers")).splitlines() == [
        "1 columns, 1 of them scaled, make 1 features", "target 'b': numbers, scaled by 2.5",
        "last block (Dense(1), Linear()), loss MeanSquaredError()",
    ]  # fmt: skip


@pytest.mark.parametrize(("month", "words"), [*enumerate([
    "Jan Ene Gen", "Feb Fev", "Mar Mrz Mrt", "Apr Avr Abr", "May Mai Mei Mag", "Jun Juin Giu", "Jul Juil Lug",
    "Aug Ago Aou", "Sep Set", "Oct Okt Ott Out", "Nov", "Dec Dez Dic"], start=1)])  # fmt: skip
def test_months_are_read_in_seven_languages(month, words):
    first = (np.datetime64(f"1970-{month:02d}-03") - np.datetime64("1970-01-01")).astype(int)
    assert [days(f"3 {word} 1970") for word in words.split()] == [first] * len(words.split())


def test_a_file_that_is_nowhere_near_is_looked_for_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"there is no file 'birds.csv'; this notebook looks in "):
        read_table("birds.csv")


@pytest.mark.parametrize(("names", "rows", "first"), [
    (["0", "1", "2"], 2, 2), (["1", "2", "3"], 2, 2), (["0", "1", "2"], 1, 1), (["0", "1"], 2, 1),
    (["0", "2", "4"], 2, 1),
])  # fmt: skip
def test_the_numbers_of_columns_are_their_names_where_two_rows_stand_below(names, rows, first):
    text = ",".join(names) + "\n" + ",".join("3456"[: len(names)]) + "\n" + ",".join("8765"[: len(names)]) + "\n"
    lines = text.splitlines()[: rows + 1]
    found = read("\n".join(lines) + "\n", target=None, keep=True)
    assert found.lines[0] == first and len(found) == len(lines) - first + 1


def test_gaps_between_numbers_are_gaps_however_these_are_written():
    for text, values in (("1,234\n\n5", [1234, NAN, 5]), ("\n1,234", [NAN, 1234]), ("7\n\n\n", [7, NAN, NAN, NAN])):
        np.testing.assert_array_equal(grouped_numbers(text, len(values), "."), values)
    for text, decimal in (("1.5\n\n2\n", "."), ("1,5\n\n2\n", ",")):
        read_at_once = plain_numbers(text, text.split("\n"), decimal, {""}, True)
        np.testing.assert_array_equal(read_at_once, [1.5, NAN, 2, NAN])
