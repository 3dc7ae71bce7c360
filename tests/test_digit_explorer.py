"""DigitExplorer without a browser: ink, its place and size, the network's answer, and the test images it gets wrong."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from nnlib import CategoricalCrossEntropy, Dense, NeuralNetwork, ReLU, Softmax
from nnlib.data import load_digits, load_mnist, one_hot
from widgets import DigitExplorer
from widgets.digit_explorer import pen
from widgets.digit_explorer.explorer import layer
from widgets.stage.matrix import matrix
from widgets.stage.stand_in import StandIn

SEVEN = [[7, 6, 0], [21, 6, 1], [13, 23, 1]]


@pytest.fixture(scope="module")
def model():
    x, y, _, _ = load_mnist()
    layers = ((Dense(24), ReLU()), (Dense(10), Softmax()))
    network = NeuralNetwork(layers, CategoricalCrossEntropy(), 0.3, seed=1, dtype=np.float32)
    network.fit(x, one_hot(y), epochs=4, batch_size=64)
    return network


def numbers(told):
    return np.frombuffer(told["data"], told["type"]).reshape(told["shape"])


def test_a_stroke_by_hand():
    """Half the width and half a pixel on each side of the stroke: 2 wide along row 5.0 inks rows 4 and 5 fully."""
    ink = np.zeros((10, 10))
    pen.draw(ink, (2.5, 5), (7.5, 5), 2)
    assert ink[4, 5] == ink[5, 5] == 1 and ink[3, 5] == ink[6, 5] == 0
    assert ink[4, 0] == 0 and 0 < ink[4, 1] < 1, "it fades at its ends"
    before = ink.copy()
    pen.draw(ink, (5, 5), (5, 5), 1)
    assert (ink >= before).all(), "ink is never taken away"


def test_a_drawing_is_brought_to_the_place_and_size_of_mnist():
    ink = np.zeros((28, 28))
    pen.draw(ink, (2, 3), (2, 9), 2)
    pen.draw(ink, (2, 9), (6, 9), 2)
    seen = pen.fitted(ink)
    rows, columns = np.flatnonzero(seen.max(axis=1) > 0.3), np.flatnonzero(seen.max(axis=0) > 0.3)
    assert abs(rows[-1] - rows[0] + 1 - 20) <= 2, f"rows {rows[0]} to {rows[-1]}, a height of 20 was expected"
    assert columns[-1] - columns[0] < rows[-1] - rows[0], "its proportions are kept"
    mass = [(seen.sum(axis=axis) @ np.arange(28)) / seen.sum() for axis in (1, 0)]
    np.testing.assert_allclose(mass, [14, 14], atol=0.15)


def test_mnist_itself_hardly_changes():
    """The images of the set are where `fitted` would bring them."""
    _, _, x, _ = load_mnist()
    images = x[:, :40].T.reshape(-1, 28, 28)
    apart = np.mean([np.abs(pen.fitted(image) - image).mean() for image in images])
    mass = [(image.sum(axis=1) @ np.arange(28)) / image.sum() for image in images]
    assert apart < 0.035 and abs(np.mean(mass) - 14) < 0.2, (apart, np.mean(mass))
    assert not pen.fitted(np.zeros((28, 28))).any()


def test_a_drawn_seven_is_seen(model):
    explorer = DigitExplorer(model=model)
    browser = StandIn(explorer)
    browser.press("stroke", SEVEN)
    view = browser.frame["view"]
    expected = model.predict(pen.fitted(numbers(view["ink"]).astype(float)).reshape(-1, 1))[:, 0]
    np.testing.assert_allclose(view["probabilities"], expected, atol=1e-4)
    assert view["best"] == 7, browser.frame["narration"]
    assert "your drawing" in view["source"] and view["layers"][0]["shape"] == [24, 1]
    np.testing.assert_allclose(numbers(view["layers"][1]["numbers"]).ravel(), expected, atol=1e-4)
    browser.set("fit", "used as drawn")
    view = browser.frame["view"]
    np.testing.assert_array_equal(numbers(view["seen"]), numbers(view["ink"]))
    browser.press("clear")
    assert not numbers(browser.frame["view"]["ink"]).any() and "an empty sheet" in browser.frame["narration"]


def test_the_mistakes_are_the_mistakes(model):
    _, _, x, y = load_mnist()
    browser = StandIn(DigitExplorer(model=model))
    answers = model.predict(x).argmax(axis=0)
    view = browser.frame["view"]
    counts = np.array(view["confusion"]["counts"])
    wrong = int((answers != y[0]).sum())
    assert counts.sum() == 1000 and counts.trace() == 1000 - wrong
    assert view["stats"][2][1] == f"{wrong} of 1,000"
    assert all(answers[k] != y[0, k] for k in view["images"]["numbers"])
    np.fill_diagonal(counts, 0)
    digit, answer = map(int, np.unravel_index(counts.argmax(), counts.shape))
    browser.press("cell", [digit, answer])
    told = browser.frame["view"]["images"]
    assert len(told["numbers"]) == counts[digit, answer] and set(told["say"]) == {f"{digit} taken for {answer}"}
    browser.press("image", told["numbers"][0])
    view = browser.frame["view"]
    assert view["best"] == answer and f"a {digit}" in view["source"]
    np.testing.assert_allclose(numbers(view["seen"]).ravel(), x[:, told["numbers"][0]], atol=1e-6)
    browser.press("stroke", SEVEN)
    assert "your drawing" in browser.frame["view"]["source"], "a stroke begins a new drawing"


def test_looking_leaves_the_network_alone(model):
    before = model.parameters.copy(), model.layers[0][0].inputs.copy()
    StandIn(DigitExplorer(model=model)).press("stroke", SEVEN)
    np.testing.assert_array_equal(model.parameters, before[0])
    np.testing.assert_array_equal(model.layers[0][0].inputs, before[1])


def test_small_images_and_classes_of_ones_own():
    *_, x, y = load_digits()
    weights = np.random.default_rng(0).normal(size=(10, 64))

    class MyLayer:
        def __call__(self, x):
            self.output = np.exp(weights @ x) / np.exp(weights @ x).sum(axis=0)
            return self.output

    class MyNetwork:
        def __init__(self):
            self.layers = ((MyLayer(),),)

        def __call__(self, x):
            self.output = self.layers[0][0](x)
            return self.output

    network = MyNetwork()
    kept = network(x[:, :3])
    explorer = DigitExplorer(model=network, x=x, y=one_hot(y))
    browser = StandIn(explorer)
    assert explorer.side == 8 and browser.frame["view"]["layers"][0]["name"] == "layer 1: MyLayer"
    browser.press("stroke", [[2, 1, 0], [6, 1, 1], [4, 7, 1]])
    assert browser.frame["failure"] is None
    assert network.output is kept and network.layers[0][0].output is kept, "looking leaves what they remember alone"
    assert StandIn(DigitExplorer(model=network.__call__, x=x, y=y)).frame["view"]["layers"] == [], "a function will do"


def test_a_mistake_in_ones_own_network_is_shown():
    class Broken:
        def predict(self, x):
            return self.weigths @ x

    *_, x, y = load_digits()
    told = StandIn(DigitExplorer(model=Broken(), x=x, y=y)).frame
    assert told["failure"]["yours"] and "weigths" in told["failure"]["source"], told["failure"]
    assert "did not run" in told["narration"]
    with pytest.raises(ValueError, match="square images"):
        DigitExplorer(model=Broken(), x=x[:63], y=y)
    told = StandIn(DigitExplorer(model=lambda x: x[0], x=x, y=y)).frame
    assert "one column for each image" in told["failure"]["message"]


def test_a_photograph_takes_the_drawings_place(model, tmp_path):
    _, _, x, y = load_mnist()
    paper = np.linspace(0.9, 0.6, 224) * (1 - 0.7 * np.kron(x[:, 5].reshape(28, 28), np.ones((8, 8))))
    file = io.BytesIO()
    Image.fromarray(np.uint8(255 * paper)).save(file, "JPEG")
    explorer = DigitExplorer(model=model)
    browser = StandIn(explorer)
    browser.press("photograph", base64.b64encode(file.getvalue()).decode())
    view = browser.frame["view"]
    assert browser.frame["failure"] is None and view["source"] == "your photograph, brought to the centre"
    assert view["best"] == y[0, 5] and np.corrcoef(numbers(view["seen"]).ravel(), x[:, 5])[0, 1] > 0.85
    browser.press("stroke", SEVEN)
    assert browser.frame["view"]["source"].startswith("your drawing")
    browser.press("photograph", "")
    assert "save it as PNG or JPEG" in browser.frame["failure"]["message"]
    (tmp_path / "five.jpg").write_bytes(file.getvalue())
    explorer.photograph(tmp_path / "five.jpg")
    assert explorer.source().startswith("your photograph")


def test_the_images_that_are_listed_begin_with_the_surest():
    explorer = DigitExplorer()
    explorer.digit = "any"
    sure = explorer._certain.max(axis=0)[explorer.chosen]
    assert len(sure) > 1 and (np.diff(sure) <= 0).all() and sure[0] > sure[-1]
    assert explorer.options["digit"] == explorer.options["answer"] == ("any", *"0123456789")
    explorer.close()


@pytest.mark.parametrize("units, rows", [(1, 1), (7, 1), (12, 3), (64, 8)])
def test_a_layers_outputs_are_folded_as_near_to_a_square_as_goes(units, rows):
    value = np.arange(float(units))[:, np.newaxis]
    folded = layer("layer 1", value)
    assert folded == matrix("layer 1", value.reshape(rows, -1)) | {"shape": [units, 1]}
