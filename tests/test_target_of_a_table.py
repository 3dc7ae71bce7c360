"""What a column says as a target, and what seems odd about one: each look alone, on both sides of its conditions."""

import numpy as np
import pytest

from nnlib.data import TableError
from nnlib.data.column import Column
from nnlib.data.target import (
    FEW,
    as_numbers_of_rows,
    as_target,
    few_whole,
    is_whole,
    same_thing,
    seem_figures,
    seem_measured,
    seem_numbers,
    seems_total,
)

NAN = np.nan


def column(*values, kind="numbers", words=(), name="it"):
    return Column(name, kind, np.array(values, float), tuple(words))


def taken(it, task=None):
    """(task, words, notes, warnings) of a target."""
    notes, warnings = [], []
    made, task = as_target(it, task, notes, warnings)
    return task, made.words, notes, warnings


@pytest.mark.parametrize("values, task, words, noted, warned", [
    ((0, 1, 1), "classes", ("0", "1"), 0, 0), ((1, 2, 1), "classes", ("1", "2"), 1, 0),
    ((0.5, 2.5, 2.5), "classes", ("0.5", "2.5"), 1, 0), ((7, 7), "classes", ("7",), 0, 0),
    ((0, 1, 2, 0, 1, 2), "classes", ("0", "1", "2"), 0, 1), ((3, 4, 5, 3, 4, 5), "classes", ("3", "4", "5"), 0, 1),
    ((0, 1, 2, 0, 1), "numbers", (), 0, 0), ((0.5, 1, 2, 0.5, 1, 2), "numbers", (), 0, 0),
    (tuple(range(FEW)) * 2, "classes", tuple(map(str, range(FEW))), 0, 1),
    (tuple(range(FEW + 1)) * 2, "numbers", (), 0, 0), ((0, NAN, 1, 1), "classes", ("0", "1"), 0, 0),
])  # fmt: skip
def test_few_whole_numbers_are_classes(values, task, words, noted, warned):
    told = taken(column(*values))
    assert (told[0], told[1], len(told[2]), len(told[3])) == (task, words, noted, warned)


def test_what_is_asked_for_is_done_without_a_warning():
    assert taken(column(0, 1, 2, 0, 1, 2), "classes") == ("classes", ("0", "1", "2"), [], [])
    assert taken(column(0, 1, 2, 0, 1, 2), "numbers") == ("numbers", (), [], [])
    assert taken(column(3, 4, 5, 3, 4), "classes")[2:] == (
        ["the target 'it' is taken as classes: 3 is class 0, 4 is class 1, 5 is class 2"], [])  # fmt: skip
    (warning,) = taken(column(*range(3, 8), *range(3, 8)))[3]
    assert warning.endswith("6 is class 3 …; to predict them as numbers, task='numbers'")
    for kind in ("dates", "times", "percent"):
        assert taken(column(0, 1, 1, kind=kind))[0] == "numbers"
        assert taken(column(0, 1, 1, kind=kind), "classes")[0] == "classes"
    missing, _ = as_target(column(5, NAN, 7), None, [], [])
    np.testing.assert_array_equal(missing.values, [0, NAN, 1])


@pytest.mark.parametrize("it, task, said", [
    (column(NAN, NAN), None, "has no value in it"), (column(1, 1, kind="text"), None, "too many different words"),
    (column(0, 1, kind="words", words=("a", "b")), "numbers", "words such as 'a'"),
    (column(*range(10), kind="words", words="abcdefghij"), None, "names, not classes"),
    (column(*range(300)), "classes", "too many for classes"),
])  # fmt: skip
def test_what_cannot_be_a_target_is_refused(it, task, said):
    with pytest.raises(TableError, match=said):
        as_target(it, task, [], [])


def test_words_are_classes_if_they_come_again():
    assert taken(column(*range(9), kind="words", words="abcdefghi"))[0] == "classes", "so few rows tell nothing"
    assert taken(column(*range(5), *range(5), kind="words", words="abcde"))[0] == "classes"
    assert taken(column(*range(150), *range(150)), "classes")[0] == "classes"
    with pytest.raises(ValueError, match="task is 'classes' or 'numbers', got 'words'"):
        taken(column(0, 1), "words")


@pytest.mark.parametrize("it, first, said", [
    (column(4, 5, 6), True, "goes up by 1"), (column(4, 5, 6), False, ""), (column(4, 5, 7), True, ""),
    (column(4, 5, 7, name="user_id"), False, "as a name is"), (column(4, 5, 7, name="userId"), False, "as a name is"),
    (column(4, 5, 5, name="user_id"), False, ""), (column(4, 5, 7.5, name="user_id"), False, ""),
    (column(4, 5, 7, name="paid"), False, ""), (column(1, 2, 3, kind="dates"), False, "is later in each row"),
    (column(1, 2, 2, kind="dates"), False, ""), (column(4, 5, 7, kind="times", name="id"), True, ""),
])  # fmt: skip
def test_a_number_of_the_rows_is_told(it, first, said):
    told = as_numbers_of_rows(it, it.values, first)
    assert said in told and bool(said) == bool(told)


def test_words_that_look_like_numbers_are_told():
    def words(*them, kind="words"):
        return column(*range(len(them)), kind=kind, words=them)

    assert "an apostrophe stands before 12" in seem_numbers(words("'12", "’13"))
    assert "an apostrophe" not in seem_numbers(words("'12", "'a")) + seem_numbers(words("'12", "13x"))
    assert "'1,5' looks like a number" in seem_numbers(words("1,5", "2,5", "n"))
    assert seem_numbers(words("1,5", "n")) == "" == seem_numbers(words("0", "1", "2"))
    assert seem_numbers(words("1,5", "2,5", kind="yes or no")) == "" == seem_numbers(column(1, 2))
    assert "with its unit: write the numbers alone" in seem_measured(words("1 kg", "2 kg", "3 kg"))
    assert "all in one of the units g, kg" in seem_measured(words("1 kg", "2 g", "3 kg"))
    assert seem_measured(words("1 kg", "2 g")) == "" == seem_measured(words("1 kg", "2 kg", "much"))
    assert seem_measured(words("1 kg", "2 eggs", "3 kg")) == ""
    ten = [f"{k}–{k + 1}" for k in range(10)]
    assert "cells of 'it' such as '0–1' are no numbers" in seem_figures(words(*ten))
    assert seem_figures(words(*ten[:9])) == "" == seem_figures(words(*ten[:7], "a", "b", "c"))
    assert seem_figures(words(*(f"{k} streets" for k in range(10)))) == ""
    assert seem_figures(words(*ten[:8], "a", "b")) and seem_figures(words("", *ten))


def test_a_total_in_the_last_row_is_told():
    def last(*values, words=("a", "Total")):
        return seems_total(column(*values, kind="words", words=words))

    assert "the last row says 'Total'" in last(0, 0, 1)
    assert last(0, 1, 1) == "" == last(0, 1, 0) and last(0, 0, NAN) == "" == last(0, 0, 1, words=("a", "totally"))
    assert seems_total(column(1, 2)) == ""


def test_a_column_that_tells_the_target_is_the_same_thing():
    y, classes = column(1, 2, 4, 7), column(0, 1, 0, 1, kind="words", words=("no", "yes"))
    assert same_thing(column(-2, -4, -8, -14), y) and not same_thing(column(1, 2, 4, 8), y)
    assert not same_thing(column(3, 3, 3, 3), y) and not same_thing(y, column(3, 3, 3, 3))
    assert not same_thing(column(1, 2, 4, NAN), y) and not same_thing(y, column(1, 2, 4, NAN))
    assert same_thing(column(5, 9, 5, 9), classes) and same_thing(column(1, 0, 1, 0, words=("a", "b")), classes)
    assert not same_thing(column(5, 9, 5, 5), classes) and not same_thing(column(5, 9, 6, 9), classes)
    assert not same_thing(column(5, 5, 5, 5), classes)
    one = column(0, 0, 0, 0, kind="words", words=("no",))
    assert not same_thing(column(5, 5, 5, 5), one), "one class is told by anything"


def test_whole_numbers_are_few_if_they_come_again():
    assert is_whole(np.array([1.0, 2.0])) and not is_whole(np.array([1.0, 2.5]))
    assert not is_whole(np.append(np.zeros(1000), 0.5))
    assert few_whole(column(1, 2, 1, 2)) and not few_whole(column(1, 2, 3, 4)) and not few_whole(column(1, 1, 1))
    assert few_whole(column(1, 2, 1, 2, NAN)) and not few_whole(column(1, 2.5, 1, 2.5))
    assert few_whole(column(*range(FEW), *range(FEW))) and not few_whole(column(*range(FEW + 1), *range(FEW + 1)))
    assert not few_whole(column(*[1, 2] * 500, 0.5, 0.5))
    assert not few_whole(column(*[1] * 1000, *range(FEW + 1)))
