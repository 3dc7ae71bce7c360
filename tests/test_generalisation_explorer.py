"""GeneralisationExplorer without a browser: losses against nnlib's, early stopping, masks, parts of one's own."""

import asyncio

import numpy as np
import pytest

from nnlib import Adam, BinaryCrossEntropy, Dense, EarlyStopping, NeuralNetwork, ReLU, Sigmoid
from nnlib.data import moons
from widgets import GeneralisationExplorer
from widgets.stage.stand_in import StandIn


def numbers(told):
    return np.frombuffer(told["data"], told["type"]).reshape(told["shape"])


def curve(browser, name):
    told = next(one for one in browser.frame["view"]["losses"]["curves"] if one["name"] == name)
    values = numbers(told["values"])
    return values[np.isfinite(values)]


def test_it_trains_as_nnlib_does():
    x, y = moons(500, 0.3, 0)
    own, others = (x[:, :30], y[:, :30]), (x[:, 200:], y[:, 200:])
    layers = ((Dense(16), ReLU()), (Dense(16), ReLU()), (Dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=Adam(0.01), seed=0, regularization_factor=0.5)
    history = model.fit(*own, epochs=25, validation=others)
    browser = StandIn(GeneralisationExplorer(factor=0.5, epochs=25))
    np.testing.assert_allclose(curve(browser, "validation"), history["validation_loss"], rtol=1e-6)
    assert curve(browser, "training")[-1] == pytest.approx(model.evaluate(*own))


def test_too_large_for_thirty_points_it_memorises_and_more_points_help():
    explorer = GeneralisationExplorer(epochs=300)
    browser = StandIn(explorer)
    assert "memorising" in explorer.state() and explorer.best < 50, explorer.state()
    before = curve(browser, "validation")
    browser.set("points", 200)
    np.testing.assert_allclose(curve(browser, "validation, the run before"), before)
    assert len(curve(browser, "validation")) == 300
    assert curve(browser, "validation")[-1] < before[-1] / 3


@pytest.mark.parametrize("change", [("factor", 0.5), ("rate", 0.4), ("hidden", [2])])
def test_each_remedy_lowers_the_last_validation_loss(change):
    explorer = GeneralisationExplorer(epochs=300)
    browser = StandIn(explorer)
    before = curve(browser, "validation")[-1]
    browser.set(*change)
    assert curve(browser, "validation")[-1] < 0.7 * before, f"{change}: {curve(browser, 'validation')[-1]} of {before}"


def test_early_stopping_ends_where_the_mark_said_and_goes_back():
    explorer = GeneralisationExplorer(epochs=300)
    browser = StandIn(explorer)
    end, best = explorer.end, explorer.best
    browser.set("stopping", "on")
    assert len(explorer._watch.validation) == end and explorer.best == best
    assert f"back at epoch {best}" in explorer.state()
    assert explorer._network.evaluate(*explorer.others) == pytest.approx(min(explorer._watch.validation))
    assert browser.frame["view"]["stats"][0] == ["Epoch", str(best)] and "step" in browser.frame["disabled"]
    browser.set("patience", 300)
    assert len(explorer._watch.validation) == 300, "more patience, more epochs"


def test_early_stopping_that_does_not_go_back_is_seen():
    class Forgetful(EarlyStopping):
        def on_train_end(self):
            pass

    explorer = GeneralisationExplorer(epochs=300, stopping="on", early_stopping=Forgetful)
    assert "still with its last parameters" in explorer.state()


def test_the_masks_are_those_of_the_last_update():
    explorer = GeneralisationExplorer(rate=0.5, hidden=[6], epochs=3)
    view = StandIn(explorer).frame["view"]
    mask = explorer._network.layers[0][-1].mask[:, 0]
    assert view["diagram"]["columns"][1]["dropped"] == (mask == 0).tolist() and view["masks"]
    assert "dropped" not in view["diagram"]["columns"][2]
    assert not StandIn(GeneralisationExplorer(epochs=3)).frame["view"]["masks"]


def test_fewer_epochs_is_the_same_run_again():
    explorer = GeneralisationExplorer(rate=0.3, epochs=40)
    browser = StandIn(explorer)
    losses = list(explorer._watch.validation)
    browser.set("epochs", 10)
    assert explorer._watch.validation == losses[:10]
    browser.set("shown", "validation")
    assert numbers(browser.frame["view"]["plane"]["points"]).shape == (3, 300)
    browser.press("step")
    assert explorer._watch.validation == losses[:11]
    browser.press("reset")
    assert "not trained yet" in browser.frame["narration"] and "reset" in browser.frame["disabled"]


def test_ones_own_parts_are_used():
    class MyDropout:
        def __init__(self, rate):
            self.rate, self.rng = rate, np.random.default_rng(1)

        def __call__(self, inputs):
            self.mask = (self.rng.random(inputs.shape) >= self.rate) / (1 - self.rate)
            return inputs * self.mask

        def predict(self, inputs):
            return inputs

        def backward(self, grad_output):
            return grad_output * self.mask

    def penalty(weights, factor, examples):
        return factor / (2 * examples) * (weights**2).sum(), factor / examples * weights

    reference = GeneralisationExplorer(factor=0.5, epochs=50)
    mine = GeneralisationExplorer(factor=0.5, epochs=50, penalty=penalty)
    np.testing.assert_allclose(mine._watch.validation, reference._watch.validation, rtol=1e-9)
    without = GeneralisationExplorer(factor=0.5, epochs=50, penalty=lambda w, f, m: (0.0, 0.0))
    assert without._watch.validation[-1] != pytest.approx(mine._watch.validation[-1]), "no gradient, no effect"
    explorer = GeneralisationExplorer(rate=0.5, epochs=5, dropout=MyDropout)
    view = StandIn(explorer).frame["view"]
    assert view["masks"] and view["source"]["yours"]


def test_a_mistake_in_ones_own_part_is_shown_and_mended_by_leaving_it_out():
    class Broken:
        def __init__(self, rate):
            self.rate = rate

        def __call__(self, inputs):
            return inputs * self.mask

    browser = StandIn(GeneralisationExplorer(rate=0.5, epochs=5, dropout=Broken))
    told = browser.frame["failure"]
    assert told["yours"] and "self.mask" in told["source"], told
    browser.set("rate", 0)
    assert browser.frame["failure"] is None and len(curve(browser, "training")) == 5


def test_play_goes_on_until_early_stopping_ends_it():
    async def main():
        explorer = GeneralisationExplorer(patience=3, stopping="on", loop=asyncio.get_running_loop())
        browser = StandIn(explorer)
        browser.press("play")
        for _ in range(200):
            await asyncio.sleep(0.02)
            if not explorer.playing:
                break
        assert not explorer.playing and "stopped early" in explorer.state(), explorer.state()
        explorer.close()

    asyncio.run(main())
