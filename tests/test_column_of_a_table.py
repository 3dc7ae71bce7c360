"""A column as its cells come in, piece by piece: what it is taken as, on both sides of each bound."""

import numpy as np
import pytest

from nnlib.data import TableError, column
from nnlib.data.column import Builder

NAN = np.nan


def built(*pieces, **options):
    """The column of some pieces of cells, and what is to be thought about."""
    builder = Builder("it", **options)
    for piece in pieces:
        builder.add(tuple(piece))
    return builder.column(lambda row: row + 2), builder.said


def test_of_too_many_different_words_none_is_kept(monkeypatch):
    monkeypatch.setattr(column, "MOST_WORDS", 3)
    it, _ = built("abc", "abc")
    assert it.kind == "words" and it.words == ("a", "b", "c")
    it, _ = built("abcd", "ef", "12")
    assert it.kind == "text" and len(it.values) == 8 and it.words == ()
    it, _ = built("12", "ab", "cd")
    assert it.kind == "text", "numbers among them are no reason to keep them"


def test_cells_that_were_read_are_forgotten_when_they_are_many(monkeypatch):
    monkeypatch.setattr(column, "MOST_READ", 2)
    it, _ = built(["1 000", "2 000", "3 000", "?x"][:3], ["1 000", "4 000", "5 000"], ["2 000", "1 000", "6 000"])
    assert it.values.tolist() == [1000, 2000, 3000, 1000, 4000, 5000, 2000, 1000, 6000]


@pytest.mark.parametrize("cells, kind", [
    (["1", "2", "a"], None), (["1", "a", "b"], "words"), (["1", "a"], None), (["1", "2", "unknown"], "numbers"),
])  # fmt: skip
def test_less_than_half_of_the_cells_may_be_none_among_numbers(cells, kind):
    if kind is None:
        with pytest.raises(TableError, match=r"'a' is no number, but (2 others are|1 other is)"):
            built(cells)
    else:
        assert built(cells)[0].kind == kind


def test_few_names_among_few_numbers_are_names_together():
    floors = ["1", "2", "3", "EG", "1", "2"] * 5
    it, said = built(floors)
    assert it.words == ("1", "2", "3", "EG") and said == "is taken as words: 'EG' are no numbers, 5 cells"
    for cells in (floors[:24], [*floors, *map(str, range(4, 60))], ["1", "2"] * 10 + list("abcdefgh")):
        with pytest.raises(TableError, match="is no number"):
            built(cells)
    both = ["1", "2", "3", "4"] * 10 + ["EG", "DG", "EG", "DG", "EG", "DG"]
    assert built(both)[0].kind == "words"
    assert built(["1", "2"] * 10 + ["EG", "DG", "KG", "EG", "DG", "KG"])[0].kind == "words"
    with pytest.raises(TableError, match="'DG' is no number, and so are 4 more cells"):
        built(["1", "2"] * 10 + ["DG", "EG", "KG", "EG", "DG"])


def test_percentages_are_parts_of_one_if_all_of_them_are():
    it, _ = built(["10 %", "20%", "-"])
    assert it.kind == "percent" and it.values[:2].tolist() == [0.1, 0.2] and np.isnan(it.values[2])
    with pytest.raises(TableError, match="2 of its 3 numbers have a % and the others none"):
        built(["10 %", "20%", "3"])


def test_money_is_told_where_it_is_one():
    assert built(["$1", "$2.50", "3"])[0].unit == "$"
    assert built(["$1", "€2", "3"])[0].unit == ""
    assert built(["1", "2"])[0].unit == ""


def test_words_join_numbers_that_came_before_if_they_mean_a_gap():
    it, _ = built(["1", "2"], ["NA", "?"])
    assert it.kind == "numbers" and np.isnan(it.values[2:]).all()
    it, _ = built(["1", "2", "3"], ["a", "b"], as_words=True)
    assert it.words == ("1", "2", "3", "a", "b")
    it, _ = built(["1", "2"], ["a", "b", "c"])
    assert it.words == ("1", "2", "a", "b", "c")
    with pytest.raises(TableError, match="line 5, column 'it': 'a' is no number, but 3 others are"):
        built(["1", "2", "3"], ["a", "4x"][:1])


def test_days_join_days_and_words_do_not():
    it, _ = built(["2024-01-01", "2024-01-02"], ["03.01.2024", "NA"])
    assert it.kind == "dates" and np.diff(it.values[:3]).tolist() == [1, 1] and np.isnan(it.values[3])
    it, _ = built(["2024-01-01"], ["soon", "later", "never"])
    assert it.words == ("2024-01-01", "later", "never", "soon")
    with pytest.raises(TableError, match="line 5, column 'it': 'soon' is no such date as the others"):
        built(["2024-01-01", "2024-01-02", "2024-01-03"], ["soon"])


def test_what_is_no_such_day_as_the_others_is_named_by_its_line():
    with pytest.raises(TableError, match="line 4, column 'it': 'soon' is no such date as the others"):
        built(["1.2.2024", "3.2.2024", "soon", "4.2.2024"])
    with pytest.raises(TableError, match="line 4, column 'it': 'late' is no such time as the others"):
        built(["10:30", "11:15", "late"])
    assert built(["10:30", "late", "soon"])[0].kind == "words"


def test_the_other_decimal_mark_is_taken_if_all_have_it():
    it, said = built(["1,5", "2,25", "NA"], decimal=".")
    assert it.values[:2].tolist() == [1.5, 2.25] and said == "is read with a decimal comma, unlike the other columns"
    it, said = built(["1.5", "2.25"], decimal=",")
    assert it.values.tolist() == [1.5, 2.25] and said == "is read with a decimal point, unlike the other columns"
    assert built(["1,5", "2,25", "x"], decimal=".")[0].kind == "words"
    it, _ = built(["€1,5", "€2,25"], decimal=".")
    assert it.unit == "€"


def test_measures_of_one_unit_are_numbers():
    it, _ = built(["1 kg", "2 kg", "NA"])
    assert it.kind == "numbers" and it.unit == "kg" and np.isnan(it.values[2])
    assert built(["1 kg", "2 g"])[0].kind == "words" and built(["1 kg", "2"], as_words=True)[0].kind == "words"


def test_gaps_alone_are_empty_and_nothing_is_a_column_too():
    it, _ = built(["", "NA"])
    assert it.kind == "empty" and np.isnan(it.values).all()
    assert len(built([])[0].values) == 0
    assert built(["a  b", "a b"])[0].words == ("a b",)
    assert built(["-9", "4"], also_missing=("-9",))[0].missing.tolist() == [True, False]
