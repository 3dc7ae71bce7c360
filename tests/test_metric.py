"""Metrics: small tables counted by hand, and scikit-learn's opinion on many."""

import numpy as np
import pytest

from nnlib import BinaryCrossEntropy, CategoricalCrossEntropy, Huber, MeanSquaredError
from nnlib.metric import accuracy, confusion_matrix, default_metrics, f1, precision, r_squared, recall

YES = np.array([[0.9, 0.5, 0.49, 0.2, 0.7]])  # called 1, 1, 0, 0, 1
TRUTH = np.array([[1, 0, 1, 0, 1]])
SCORES = np.array([[0.7, 0.1, 0.2, 0.3], [0.2, 0.8, 0.3, 0.3], [0.1, 0.1, 0.5, 0.4]])  # classes 0, 1, 2, 2
CLASSES = np.array([[0, 1, 1, 2]])


def test_yes_or_no_by_hand():
    assert accuracy(YES, TRUTH) == pytest.approx(3 / 5)
    np.testing.assert_array_equal(confusion_matrix(YES, TRUTH), [[1, 1], [1, 2]])
    assert precision(YES, TRUTH) == pytest.approx(2 / 3)
    assert recall(YES, TRUTH) == pytest.approx(2 / 3)
    assert f1(YES, TRUTH) == pytest.approx(2 / 3)
    assert precision(YES, TRUTH, positive=0) == pytest.approx(1 / 2)


@pytest.mark.parametrize("labels", [CLASSES, CLASSES[0], np.eye(3)[:, CLASSES[0]]], ids=["(1, m)", "(m,)", "one-hot"])
def test_classes_by_hand(labels):
    assert accuracy(SCORES, labels) == pytest.approx(3 / 4)
    np.testing.assert_array_equal(confusion_matrix(SCORES, labels), [[1, 0, 0], [0, 1, 1], [0, 0, 1]])
    assert precision(SCORES, labels, positive=2) == pytest.approx(1 / 2)
    assert recall(SCORES, labels, positive=1) == pytest.approx(1 / 2)


@pytest.mark.parametrize("output, labels, mend", [
    ((1, 8), (8, 1), "labels.T"), ((8, 3), (1, 8), "output.T"), ((8, 3), (8, 1), "both with .T"),
])  # fmt: skip
def test_what_is_to_be_turned_is_named(output, labels, mend):
    with pytest.raises(ValueError, match=f"one column is one example; pass {mend}$"):
        accuracy(np.zeros(output), np.zeros(labels))


def test_nothing_called_and_nothing_there_is_0():
    nothing, never = np.array([[0.1, 0.2]]), np.array([[0, 0]])
    assert (precision(nothing, never), recall(nothing, never), f1(nothing, never)) == (0, 0, 0)


def test_confusion_matrix_of_a_given_size():
    assert confusion_matrix(SCORES, CLASSES, count=5).shape == (5, 5)


def test_r_squared_by_hand():
    labels = np.array([[1.0, 2.0, 3.0]])
    assert r_squared(labels, labels) == 1
    assert r_squared(np.full((1, 3), 2.0), labels) == 0
    assert r_squared(labels[:, ::-1], labels) == -3  # 1 - (4 + 0 + 4) / 2
    assert r_squared(np.array([[1.0, 2.0, 4.0]]), labels) == 0.5
    assert r_squared(np.ones((1, 3)), np.ones((1, 3))) == 1
    assert r_squared(np.zeros((1, 3)), np.ones((1, 3))) == 0


@pytest.mark.parametrize(("k", "m", "seed"), [(1, 2, 0), (1, 30, 1), (2, 10, 2), (5, 30, 3)])
def test_scikit_learn_agrees(k, m, seed):
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(seed)
    output, truth = rng.random((k, m)), rng.integers(0, max(k, 2), (1, m))
    answer = output.argmax(axis=0) if k > 1 else (output[0] >= 0.5).astype(int)
    names = list(range(max(k, 2)))
    assert accuracy(output, truth) == pytest.approx(metrics.accuracy_score(truth[0], answer))
    expected = metrics.confusion_matrix(truth[0], answer, labels=names)
    np.testing.assert_array_equal(confusion_matrix(output, truth, count=len(names)), expected)
    for ours, theirs in ((precision, "precision_score"), (recall, "recall_score"), (f1, "f1_score")):
        expected = getattr(metrics, theirs)(truth[0] == 1, answer == 1, zero_division=0)
        assert ours(output, truth) == pytest.approx(expected), theirs
    labels = rng.normal(size=(1, m))
    assert r_squared(output[:1], labels) == pytest.approx(metrics.r2_score(labels[0], output[0]))


def test_defaults():
    for loss in (BinaryCrossEntropy(), CategoricalCrossEntropy()):
        assert default_metrics(loss) == (accuracy,), loss
    for loss in (MeanSquaredError(), Huber()):
        assert default_metrics(loss) == (r_squared,), loss


@pytest.mark.parametrize("metric", [accuracy, confusion_matrix, precision, recall, f1, r_squared])
@pytest.mark.parametrize(("output", "labels", "mend"), [
    (np.ones((9, 1)), np.ones(9), "output.T"), (np.ones((1, 9)), np.ones((9, 1)), "labels.T"),
    (np.ones((1, 9)), np.ones((1, 8)), "one column is one example$"),
])  # fmt: skip
def test_examples_as_rows_are_named_with_their_mend(metric, output, labels, mend):
    with pytest.raises(ValueError, match=mend):
        metric(output, labels)


def test_flat_labels_are_one_row():
    assert accuracy(YES, TRUTH[0]) == accuracy(YES, TRUTH) and r_squared(YES, TRUTH[0]) == r_squared(YES, TRUTH)


@pytest.mark.parametrize("metric", [accuracy, confusion_matrix, f1, r_squared])
def test_words_as_labels_name_the_reader(metric):
    with pytest.raises(TypeError, match="read_table makes classes of words"):
        metric(YES, np.array([["a", "b", "a", "b", "a"]]))
