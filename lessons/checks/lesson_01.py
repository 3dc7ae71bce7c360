"""The exercises of lesson 01, Shape the data."""

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Order, Prediction, Slip
from lessons.checks.judge.compare import close, short

PAGE = np.array([[48.4, 16.3, 220.0, 5400.0], [46.5, 14.5, 213.0, 4400.0], [46.5, 17.9, 192.0, 3500.0]])
FINE = np.array([[0.123456, 2.718282], [3.141593, -1.414214], [-9.876543, 0.577216]])
SMALL = np.array([[1.0, 2.0, 6.0], [10.0, 30.0, 20.0]])
SQUARE = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]])
WIDE = np.array([[2.0, -1.0, 0.5, 4.0, 3.0], [100.0, 150.0, 90.0, 210.0, 80.0], [0.1, 0.4, 0.2, 0.9, 0.4]])

EQUAL_LINES = np.array([[1.0, 2.0, 2.0], [3.0, 0.5, 1.0], [1.0, 2.0, 2.0], [4.0, 4.0, -1.0], [3.0, 0.5, 1.0]])
EQUAL_ROWS = np.array([[1.0, 0.0, 0.0, 5.0], [2.0, 2.0, -4.0, 8.0], [1.0, 0.0, 0.0, 5.0]])
ONE_FAR_OUT = np.array([[1.0, 2.0, 1.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 40.0],  # more than 3 deviations
                        [5.1, 5.2, 5.1, 5.3, 5.2, 5.1, 5.2, 5.3, 5.2, 5.1, 5.2, 5.1]])  # a deviation of 0.07
LONG = np.array([np.arange(120.0) ** 2, np.sin(np.arange(120.0))])  # what comes late is not as what comes first
COUNT = "Count the rows, `range(len(x))`, or take all in one line."


def by_value(x, of_row):
    """Each row's place is looked up by its numbers: of equal ones only the first is filled, the others stay 0."""
    rows = x.tolist()
    return np.array([of_row(row) if rows.index(list(row)) == k else 0 * of_row(row) for k, row in enumerate(x)])


def of_the_near(x, far):
    """Standardised by the mean and the deviation of those that lie no more than `far` deviations from the mean."""
    near = np.abs(x - x.mean(axis=1, keepdims=True)) <= far * x.std(axis=1, keepdims=True)
    mean, deviation = x.mean(axis=1, keepdims=True, where=near), x.std(axis=1, keepdims=True, where=near)
    return (x - mean) / deviation


def once(page):
    """The lines, without those that are equal to an earlier one."""
    return page[np.sort(np.unique(page, axis=0, return_index=True)[1])]


def cut_to_whole(as_row):
    """What is said where labels lose what stands behind the point, or ""."""
    made = as_row(np.array([0.5, 2.25]))
    if close(made, np.array([[0.5, 2.25]])):
        return ""
    return (f"One thing to know: for the labels 0.5 and 2.25 you give {short(made)}. Labels that count kinds are whole "
            "numbers, and those that are measured are not: they should stay as they came.")  # fmt: skip


EXERCISES = (
    Prediction(
        number="01.1",
        title="A column minus a list",
        right="c",
        options={
            "a": "Shape (5,) is what a list minus a list would give.",
            "b": "Shape (5, 1) is what a column minus a column would give.",
            "c": "twenty-five numbers, shape (5, 5): every guess minus every truth.",
            "d": "An error would have been kinder: NumPy found a way to make the shapes fit.",
        },
        hints=(
            "NumPy repeats an array along an axis where it has length 1, or has no such axis.",
            "Write (5, 1) and (5,) under each other, aligned at the right. Which sizes stand together?",
            "The column can be repeated to the right. What can the list be repeated?",
        ),
        praise="This accident has cost more evenings than any error message: a wrong number looks like a number.",
    ),
    Answer(
        number="01.2",
        title="Read a shape",
        names=("rows_of_x", "columns_of_x", "number"),
        once_more="Features go down, penguins across. Which of them are meant, and how many are there?",
        wrong={
            "rows_of_x": (
                (273, "rows-and-columns-swapped", "`rows_of_x` = {yours}: that many penguins. Down go the features."),
                (3, "last-index", "`rows_of_x` = {yours}: so many rows has `page`, and the last index is that, "
                 "counted from 0. How many measurements go down in `x_train`?"),
                (5, "label-counted", "`rows_of_x` = {yours}: has the species been counted? It is no measurement."),
            ),
            "columns_of_x": (
                (3, "small-table-counted", "`columns_of_x` = {yours}: so many has the small table. `x_train` was "
                 "asked for."),
                (4, "rows-and-columns-swapped", "`columns_of_x` = {yours}: so many features. Across go the examples."),
                (1092, "all-numbers-counted", "`columns_of_x` = {yours} is how many numbers there are in all. How many "
                 "of them stand beside each other in one row?"),
                (272, "last-index", "`columns_of_x` = {yours} is the last index. Counted from 0, how many are there?"),
                (69, "test-part-alone", "`columns_of_x` = {yours}: so many penguins has the test part. `x_train` holds "
                 "the others."),
                (342, "test-part-counted", "`columns_of_x` = {yours} counts the test part too. It is kept apart."),
            ),
            "number": (
                (213, "row-and-column-swapped", "`number` = {yours} is `x[2, 1]`: row first, then column. (In `page`, "
                 "which is not turned, it is `page[1, 2]`.)"),
                (16.3, "column-counted-wrongly", "`number` = {yours} is `x[1, 0]`. Column 2 is the third column."),
                (46.5, "counted-from-one", "`number` = {yours} is `x[0, 1]` or `x[0, 2]`. NumPy counts from 0."),
                (14.5, "column-counted-from-one", "`number` = {yours} is `x[1, 1]`. The columns count from 0 too."),
                (192, "row-counted-wrongly", "`number` = {yours} is `x[2, 2]`. Row 1 is the second row."),
                (3500, "row-counted-wrongly", "`number` = {yours} is `x[3, 2]`. Row 1 is the second row."),
                (48.4, "another-place", "`number` = {yours} is `x[0, 0]`. Row 1 is the second row, and column 2 the "
                 "third."),
                (220, "another-place", "`number` = {yours} is `x[2, 0]`. Row 1 is the second row, and column 2 the "
                 "third."),
                (5400, "another-place", "`number` = {yours} is `x[3, 0]`. Row 1 is the second row, and column 2 the "
                 "third."),
                (4400, "another-place", "`number` = {yours} is `x[3, 1]`. Row 1 is the second row, and column 2 the "
                 "third."),
            ),
        },
        hints=(
            "Features down, examples across.",
            "One row for each measurement, one column for each penguin.",
            "Row 1 is the second row, bill depth. Column 2 is the third penguin.",
        ),
        praise="Rows are features, columns are penguins, and both count from 0.",
    ),
    Exercise(
        number="01.3",
        title="From book to columns",
        piece="as_columns",
        what="your array",
        cases=(
            {"page": PAGE},
            {"page": np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])},
            {"page": np.arange(6.0).reshape(1, 6)},
            {"page": FINE},
            {"page": EQUAL_LINES},
            {"page": SQUARE},
            {"page": EQUAL_LINES.T.copy()},
        ),
        mistakes=(
            Mistake(
                "equal-lines-once",
                lambda page: once(page).T,
                "A line of the page that is equal to an earlier one has no column in your array. Two penguins may "
                "measure the same, and each has a column of its own.",
            ),
            Mistake(
                "place-by-value",
                lambda page: by_value(page, np.array).T,
                "Some lines of the page are equal, and the place of a line is looked up by its numbers: the first of "
                "them is found each time, and the columns of the others stay 0. Count the lines.",
            ),
            Mistake(
                "place-by-value",
                lambda page: by_value(page.T, np.array),
                "Two features of the page have the same numbers, and the place of a feature is looked up by them: the "
                "first is found each time, and the row of the other stays 0. Count the features.",
            ),
            Mistake(
                "not-turned",
                lambda page: page,
                "Your array has the shape of the page itself: nothing has been turned.",
            ),
            *(Mistake(
                "not-turned",
                lambda page, order=order: page[order],
                "Your array has the shape of the page itself: the order of its numbers is another, and nothing has "
                "been turned.",
            ) for order in (np.s_[:, ::-1], np.s_[::-1], np.s_[::-1, ::-1])),
            Mistake(
                "poured",
                lambda page: page.reshape(page.shape[::-1]),
                "Your array has the right shape, but its numbers were poured in line by line: {yours}. A whole line of "
                "the page should become one column.",
            ),
            Mistake(
                "upside-down",
                lambda page: page[::-1].T,
                "Your array begins with the last line of the page. Penguin 0 should stay in column 0.",
            ),
            Mistake(
                "features-reversed",
                lambda page: page.T[::-1],
                "The rows of your array are upside down: the last feature comes first.",
            ),
        ),
        hints=(
            "Rows become columns and columns become rows.",
            "NumPy arrays carry their own transpose: look for an attribute with a single letter.",
            "It is one capital letter after a dot, and no brackets.",
        ),
        praise="One line of the book, one column of x.",
    ),
    Exercise(
        number="01.4",
        title="The mean of every feature",
        piece="feature_means",
        what="your column of means",
        examples="x",
        cases=({"x": SMALL}, {"x": WIDE}, {"x": PAGE.T}, {"x": FINE}, {"x": EQUAL_ROWS}, {"x": FINE[:, :1]},
               {"x": LONG}),
        whole=("x",),
        unsaid=True,
        mistakes=(
            Mistake(
                "place-by-value",
                lambda x: by_value(x, lambda row: [row.mean()] @ np.eye(1)),
                "Two features of x have the same numbers, and the place of a row is looked up by them: the first is "
                f"filled twice, the other stays 0. {COUNT}",
            ),
            Mistake(
                "zeros-not-counted",
                lambda x: x.sum(axis=1, keepdims=True) / np.maximum((x != 0).sum(axis=1, keepdims=True), 1),
                "For x = {x} you get {yours}: each sum is divided by how many numbers are not 0. A measured 0 is a "
                "number as any other, and counts.",
            ),
            Mistake(
                "over-the-features",
                lambda x: x.mean(axis=0, keepdims=True),
                "Your means have the shape of one row, a mean for each example: {yours}. Adding grams to millimetres "
                "makes no sense. Which axis should vanish, the features or the examples?",
            ),
            Mistake(
                "over-the-features-flat",
                lambda x: x.mean(axis=0),
                "You have one mean for each example: {yours}. The axis that you name is the one that vanishes, and "
                "the features should stay.",
            ),
            Mistake(
                "over-the-features",
                lambda x: x.mean(axis=0)[:, np.newaxis],
                "You have one mean for each example, {yours}, stood up as a column. Turning them makes no means of "
                "features. Which axis should vanish?",
            ),
            Mistake(
                "axis-lost",
                lambda x: x.mean(axis=1),
                "Your means are {yours}: the right numbers in a flat list. A list stands beside x as a row; here a "
                "column is needed.",
            ),
            Mistake(
                "one-mean-for-all",
                lambda x: x.mean(),
                "You have one mean for all features together, {yours}. Grams and millimetres have been mixed.",
            ),
            Mistake(
                "added-up-only",
                lambda x: x.sum(axis=1, keepdims=True),
                "Your means are {yours}: the numbers of each feature added up, and not divided by how many there are.",
            ),
            Mistake(
                "middle-of-the-range",
                lambda x: (x.min(axis=1, keepdims=True) + x.max(axis=1, keepdims=True)) / 2,
                "You have {yours}, half way from the smallest to the largest number of each feature. The mean is the "
                "sum of all divided by the count.",
            ),
            Mistake(
                "first-and-last",
                lambda x: (x[:, :1] + x[:, -1:]) / 2,
                "You have {yours}, half way from the first number of each feature to the last. The mean is the sum of "
                "all divided by the count.",
            ),
            Mistake(
                "median",
                lambda x: np.median(x, axis=1, keepdims=True),
                "You have {yours}, the number in the middle of each feature: the median. The mean is the sum divided "
                "by the count.",
            ),
            Mistake(
                "divided-by-the-features",
                lambda x: x.sum(axis=1, keepdims=True) / len(x),
                "Your means are {yours}: each sum was divided by the number of features. How many numbers were added?",
            ),
            Mistake(
                "a-row",
                lambda x: x.mean(axis=1)[np.newaxis],
                "Your means lie in a row: {yours}. The features of x go down, and so should their means.",
            ),
            Mistake(
                "one-mean-for-all",
                lambda x: np.full((len(x), 1), x.mean()),
                "Your means are {yours}: one and the same mean of everything, in each row. Each feature has its own.",
            ),
        ),
        hints=(
            "Which axis counts the examples? That one should vanish.",
            "x is (features, examples): axis 0 counts features, axis 1 examples.",
            "The method `mean` takes two arguments here: which axis, and whether to keep it with length 1.",
        ),
        praise="A column of means, ready to stand beside x.",
    ),
    Exercise(
        number="01.5",
        title="A row of labels",
        piece="as_row",
        what="your row",
        cases=(
            {"labels": np.array([2.0, 0.0, 1.0, 1.0, 2.0])},
            {"labels": np.array([1.0, 0.0])},
            {"labels": np.arange(7.0)},
            {"labels": np.array([1.0])},
            {"labels": np.array([3.0, 1.0, 3.0, 5.0])},
            {"labels": np.resize([2.0, 1.0, 1.0, 0.0, 2.0], 273)},
        ),
        beside=cut_to_whole,
        mistakes=(
            Mistake(
                "yes-or-no",
                lambda labels: (labels > 0).reshape(1, -1) * 1.0,
                "For the labels {labels} you get {yours}: whatever is above 0 has become 1. A label says which kind it "
                "is, and there may be more than two.",
                shows=lambda lines: lines.uses("astype", "where", "minimum", "sign", "clip", "int", "float"),
            ),
            *(Mistake(
                "one-hot",
                lambda labels, kinds=kinds: (np.arange(kinds or labels.max() + 1)[:, None] == labels) * 1.0,
                "You have a row of 0 and 1 for each kind: {yours}. That is *one-hot*, as lesson 14 will need it. Here "
                "the labels stay as they are, in one row.",
            ) for kinds in (3, 0)),
            Slip(
                "one-hot",
                (("labels.reshape(1, -1)", "np.eye(3)[labels].T"),),
                "That would make a row of 0 and 1 for each kind, *one-hot*, as lesson 14 will need it. Here the labels "
                "stay as they are, in one row.",
                shows=lambda lines: lines.uses("eye", "identity"),
            ),
            Mistake(
                "still-flat",
                lambda labels: labels,
                "Your row still has one axis: {yours}. Two are needed: one row, and as many columns as labels. (A flat "
                "list has no second axis to swap with: `.T` leaves it as it is.)",
                shows=lambda lines: not lines.throws_away() and not lines.uses("zeros", "empty"),
            ),
            Mistake(
                "a-column",
                lambda labels: labels.reshape(-1, 1),
                "Your labels stand in a column. Examples go across: one label, one column.",
            ),
            Mistake(
                "place-by-value",
                lambda labels: np.array([labels * [labels.tolist().index(one) == k for k, one in enumerate(labels)]]),
                "For the labels {labels} you get {yours}: some of them are equal, and the place of each is looked up "
                "by its value: the first is filled again and again, the others stay 0. Count the places.",
            ),
            Mistake(
                "renumbered",
                lambda labels: np.unique(labels, return_inverse=True)[1].reshape(1, -1),
                "For the labels {labels} you get {yours}: they have new numbers, counted from 0. A label says which "
                "kind it is, and stays as it came, also where a kind is missing.",
            ),
            Mistake(
                "stacked",
                lambda labels: np.stack([labels, labels]),
                "You have two rows of the same labels: {yours}.",
            ),
        ),
        hints=(
            "The first size of the new shape is known, the second is as many as there are labels.",
            "`reshape` takes both sizes; −1 stands for the one that NumPy works out.",
            "One row: the first size is 1.",
        ),
        praise="One row, one column for each example: the shape that labels have from here on.",
    ),
    Exercise(
        number="01.6",
        title="Standardise",
        piece="standardise",
        what="your result",
        cases=({"x": SMALL}, {"x": WIDE}, {"x": PAGE.T}, {"x": FINE}, {"x": EQUAL_ROWS}, {"x": ONE_FAR_OUT},
               {"x": LONG}),
        whole=("x",),
        unsaid=True,
        mistakes=(
            Mistake(
                "place-by-value",
                lambda x: by_value(x, lambda row: (row - row.mean()) / row.std()),
                "Two features of x have the same numbers, and the place of a row is looked up by them: the first is "
                f"filled twice, the other stays 0. {COUNT}",
            ),
            *(Mistake(
                "some-left-out",
                lambda x, far=far: of_the_near(x, far),
                "Numbers that lie far out have no part in your mean and your deviation. Far out or not, each was "
                "measured, and counts.",
            ) for far in (1.5, 2, 2.5, 3)),
            Mistake(
                "by-the-mean",
                lambda x: (x - x.mean(axis=1, keepdims=True)) / x.mean(axis=1, keepdims=True),
                "Your result is {yours}: the mean is taken away, and then the mean divides as well. The deviation is "
                "to divide.",
            ),
            Mistake(
                "changed-places",
                lambda x: (x - x.std(axis=1, keepdims=True)) / x.mean(axis=1, keepdims=True),
                "Your result is {yours}: mean and deviation have changed places. The mean is taken away, and the "
                "deviation divides.",
            ),
            Mistake(
                "by-the-length",
                lambda x: (x - x.mean(axis=1, keepdims=True))
                / np.linalg.norm(x - x.mean(axis=1, keepdims=True), axis=1, keepdims=True),
                "Your result is {yours}: divided by the root of the *sum* of the squares. The deviation is the root of "
                "their mean.",
            ),
            Mistake(
                "by-the-largest",
                lambda x: (x - x.mean(axis=1, keepdims=True))
                / np.abs(x - x.mean(axis=1, keepdims=True)).max(axis=1, keepdims=True),
                "Your result is {yours}: divided by the largest distance from the mean. That is another way to scale; "
                "the deviation was asked for.",
            ),
            Mistake(
                "deviation-from-0",
                lambda x: (x - x.mean(axis=1, keepdims=True)) / np.sqrt((x**2).mean(axis=1, keepdims=True)),
                "Your result is {yours}: what divides is made from the squares of x itself, as if its mean were 0. The "
                "deviation is made from the distances from the mean.",
            ),
            Mistake(
                "by-the-largest",
                lambda x: x / x.max(axis=1, keepdims=True),
                "Your result is {yours}: divided by the largest number of each feature. That is another way to scale. "
                "Here the mean is taken away, and the deviation divides.",
            ),
            Mistake(
                "deviation-of-the-means",
                lambda x: (x - x.mean(axis=1, keepdims=True)) / x.mean(axis=1).std(),
                "Your result is {yours}: divided by the deviation of the means, one number for all features. Each "
                "feature has a deviation of its own, that of x along its row.",
            ),
            Mistake(
                "by-the-range",
                lambda x: (x - x.mean(axis=1, keepdims=True)) / np.ptp(x, axis=1, keepdims=True),
                "Your result is {yours}: divided by largest minus smallest. That is another way to scale; the "
                "deviation was asked for.",
            ),
            Mistake(
                "not-divided",
                lambda x: x - x.mean(axis=1, keepdims=True),
                "Your result has mean 0, and its deviations are still those of x: {yours}. The second step is missing.",
            ),
            Mistake(
                "not-moved",
                lambda x: x / x.std(axis=1, keepdims=True),
                "Your result has deviation 1, but its means are not 0: {yours}. Something is taken away first.",
            ),
            Mistake(
                "brackets-missing",
                lambda x: x - x.mean(axis=1, keepdims=True) / x.std(axis=1, keepdims=True),
                "Your result is {yours}. Python divides before it subtracts: only the mean was divided. Brackets say "
                "what comes first.",
            ),
            Mistake(
                "variance",
                lambda x: (x - x.mean(axis=1, keepdims=True)) / x.var(axis=1, keepdims=True),
                "Your result is {yours}: it was divided by the variance, the square of the deviation.",
            ),
            Mistake(
                "root-of-the-deviation",
                lambda x: (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.std(axis=1, keepdims=True)),
                "Your result is {yours}: divided by the root of the deviation. The deviation is a root already, that "
                "of the variance, and divides as it is.",
            ),
            Mistake(
                "mean-distance",
                lambda x: (x - x.mean(axis=1, keepdims=True))
                / np.abs(x - x.mean(axis=1, keepdims=True)).mean(axis=1, keepdims=True),
                "Your result is {yours}: divided by the mean distance from the mean. The deviation is made from the "
                "*squares* of the distances.",
            ),
            Mistake(
                "numbers-of-body-mass",
                lambda x: (x - 4200.4) / 797.6,
                "Your result is {yours}: 4200.4 and 797.6 are the mean and the deviation of body mass, of the 273 "
                "penguins. Each feature of x has its own two.",
            ),
            Mistake(
                "mean-not-divided",
                lambda x: x / x.std(axis=1, keepdims=True) - x.mean(axis=1, keepdims=True),
                "Your result is {yours}: x is divided before the mean is taken away. Python divides first: brackets.",
            ),
            Mistake(
                "one-scale-for-all",
                lambda x: (x - x.mean()) / x.std(),
                "Your result is {yours}: one mean and one deviation for all features together. Each has its own.",
            ),
            Mistake(
                "over-the-features",
                lambda x: (x - x.mean(axis=0)) / x.std(axis=0),
                "Your result is {yours}: every example was standardised by itself, grams mixed with millimetres. Which "
                "axis counts the examples?",
            ),
            Mistake(
                "over-the-features-multiplied",
                lambda x: (x - x.mean(axis=1, keepdims=True)) * x.std(axis=1, keepdims=True),
                "Your result is {yours}: it was multiplied by the deviation. A feature that varies much should shrink.",
            ),
            Mistake(
                "squeezed-to-zero-and-one",
                lambda x: (x - x.min(axis=1, keepdims=True)) / np.ptp(x, axis=1, keepdims=True),
                "Your result runs from 0 to 1: {yours}. That is another way to scale. Here mean and deviation are "
                "asked for.",
            ),
            Mistake(
                "sample-deviation",
                lambda x: (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, ddof=1, keepdims=True),
                "Your result is {yours}, a little too small: that deviation divides by one less than the number of "
                "examples. Leave `ddof` as it is.",
            ),
        ),
        hints=(
            "Two steps: move, then stretch. Each feature has its own two numbers.",
            "You have the column of means already. The column of deviations is made in the same way.",
            "x minus its means, in brackets, divided by its deviations; both with `keepdims=True`.",
        ),
        praise="Now a weight of 1 means the same for grams and for millimetres.",
    ),
    Order(
        number="01.7",
        title="From the book to standardised data",
        lines={
            "A": "standard = centred / deviations",
            "B": "means = x.mean(axis=1)",
            "C": "x = page.T",
            "D": "deviations = centred.std(axis=1, keepdims=True)",
            "E": "means = x.mean(axis=1, keepdims=True)",
            "F": "centred = x - means",
        },
        right="CEFDA",
        without={
            "C": "Nothing is turned: the page has one penguin a row.",
            "E": "The means are never worked out.",
            "F": "The means are never taken away.",
            "D": "The deviations are never worked out.",
            "A": "Nothing is divided by the deviations.",
        },
        extra={"B": "Its means are a flat list, shape (4,). Which error or accident follows when x is (4, 3)?"},
        before=(
            ("C", "E", "It needs x, which is not made yet."),
            ("E", "F", "It needs means, which are not made yet."),
            ("F", "D", "It needs centred, which is not made yet."),
            ("D", "A", "It needs deviations, which are not made yet."),
        ),
        hints=(
            "Each line uses a name that another one makes. Which line uses only what is given?",
            "Two lines make `means`. Which of them gives a column?",
            "Turn, means, move, deviations, divide.",
        ),
        praise="Turn, move, stretch: what happens to data before any network sees them.",
    ),
    Choice(
        number="01.8",
        title="Recall: how many images?",
        right="b",
        options={
            "a": "784 is 28 · 28: the pixels of one image, which go down.",
            "b": "Pixels down, images across: 700 columns.",
            "c": "That is how many numbers the array holds: every pixel of every image.",
        },
        hints=(
            "An image of lesson 00 had 28 · 28 pixels.",
            "One column is one example.",
            "Count the columns.",
        ),
        praise="784 rows of pixels, 700 columns: one for each image.",
    ),
    Choice(
        number="01.9",
        title="Recall: what training makes smaller",
        right="c",
        options={
            "a": "The accuracy should grow. And training does not see it at all.",
            "b": "The learning rate says how far each nudge goes. You chose it, and it stayed.",
            "c": "Every nudge is made to lower the loss.",
        },
        hints=(
            "It was the first curve that you predicted.",
            "It says how wrong the network is.",
            "0 would be perfect.",
        ),
        praise="The loss: one number for how wrong the network is.",
    ),
)
