"""The Workbench and new points: three parts of the data, the run before, L2, dropout, early stopping, one's own."""

import asyncio

import numpy as np
import pytest

from nnlib import Adam, BinaryCrossEntropy, Dense, EarlyStopping, NeuralNetwork, ReLU, RunCardError, Sigmoid
from nnlib.data import moons, split
from widgets import Workbench
from widgets.stage.stand_in import StandIn

NOISY = {
    "examples": 500, "noise": 0.3, "test": 0.0, "validation": 0.6, "learn_from": 30, "hidden": [16, 16],
    "activations": ["ReLU"], "initializer": "He", "optimizer": "Adam", "learning_rate": 0.01, "until": 300,
}  # fmt: skip


def run(updates=300, **changes):
    """A Workbench of lesson 13 after so many updates, or fewer if early stopping ends it."""
    browser = StandIn(Workbench(**NOISY | changes))
    again(browser, updates)
    return browser


def again(browser, updates=300):
    for number in range(1, updates + 1):
        browser.explorer._train_once(recorded=number == updates)
        if browser.explorer._over:
            break
    browser.explorer.show()


def curve(browser, name):
    """The losses of a part as they were recorded."""
    at = ("training", "validation", "test").index(name)
    return np.array(browser.explorer._record.losses)[:, at]


def drawn(browser):
    return [one["name"] for one in browser.frame["view"]["loss"]["curves"]]


def test_it_trains_as_nnlib_does_and_the_parts_are_those_of_split():
    x, y, x_valid, y_valid = split(*moons(500, 0.3, 0), test=0.6, seed=1)
    layers = ((Dense(16), ReLU()), (Dense(16), ReLU()), (Dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=Adam(0.01), seed=0, regularization_factor=0.5)
    history = model.fit(x[:, :30], y[:, :30], epochs=25, validation=(x_valid, y_valid))
    browser = run(25, l2=0.5)
    np.testing.assert_allclose(curve(browser, "validation"), history["validation_loss"], rtol=1e-6)
    assert curve(browser, "training")[-1] == pytest.approx(model.evaluate(x[:, :30], y[:, :30]))
    assert drawn(browser) == ["training", "validation"]


def test_three_parts_share_no_point_and_each_has_its_curve():
    browser = run(3, test=0.2, validation=0.3, learn_from=0)
    bench = browser.explorer
    assert [x.shape[1] for _, x, _ in bench.parts()] == [250, 150, 100]
    assert len(np.unique(np.hstack([x for _, x, _ in bench.parts()]), axis=1)[0]) == 500
    assert drawn(browser) == ["training", "validation", "test"]
    assert [name for name, _ in browser.frame["view"]["stats"]] == ["Loss", "Valid. loss", "Right", "Right, valid."]
    x = np.arange(40.0).reshape(2, 20)
    own = StandIn(Workbench(x=x, y=np.arange(20) % 2, test=0.3, validation=0.3)).explorer
    assert sum(part.shape[1] for _, part, _ in own.parts()) == 20 and own.x_valid.size and own.x_test.size
    browser.set("dots", "validation")
    assert browser.frame["view"]["plane"]["points"]["shape"] == [3, 150]
    browser.set("validation", 0.8)
    assert "none is left to learn from" in browser.frame["failure"]["message"]


def test_too_large_for_thirty_points_it_memorises_and_more_points_help():
    browser = run()
    best, _ = browser.explorer._best()
    assert best < 60 and browser.frame["view"]["standing"].startswith("memorising"), best
    assert browser.frame["view"]["loss"]["marks"] == [[best, f"lowest: {best}"]]
    before = curve(browser, "validation")
    browser.set("learn_from", 0)
    again(browser)
    assert drawn(browser) == ["training", "validation", "before"]
    told = browser.frame["view"]["loss"]["curves"][-1]["values"][-1]
    assert np.frombuffer(told["data"], told["type"])[-1] == pytest.approx(before[-1], rel=1e-5)
    assert curve(browser, "validation")[-1] < before[-1] / 2


@pytest.mark.parametrize("change", [("l2", 0.5), ("dropout", 0.4), ("hidden", [2])])
def test_each_remedy_lowers_the_last_validation_loss(change):
    browser = run(seed=2)
    before = curve(browser, "validation")[-1]
    browser.set(*change)
    browser.press("reset")
    again(browser)
    assert curve(browser, "validation")[-1] < 0.7 * before, f"{change}: {curve(browser, 'validation')[-1]} of {before}"


def test_early_stopping_ends_and_goes_back_to_the_best():
    browser = run(1000, patience=40)
    bench = browser.explorer
    best, loss = bench._best()
    assert bench.model.steps == best + 40 and bench._over
    assert bench.model.evaluate(bench.x_valid, bench.y_valid) == pytest.approx(loss)
    assert browser.frame["view"]["standing"] == f"stopped early after update {best + 40}, back at update {best}"
    assert browser.frame["view"]["timeline"]["short"] == "update 1", "a past moment, the only one recorded"
    bench._at = bench.steps[-1][0].step, 10**9
    bench.show()
    view = browser.frame["view"]
    assert view["timeline"]["short"] == f"weights of update {best}" and view["loss"]["at"] == best
    assert f"the weights that are shown are those of update {best}" in view["timeline"]["label"]
    assert browser.frame["narration"].startswith(f"Early stopping has put back the weights of update {best}: they are")
    assert view["flow"] is None and view["diagram"]["active"] is None, "no moment of another update in the picture"
    shown = np.frombuffer(view["diagram"]["links"][-1]["weights"]["data"], np.float32)
    np.testing.assert_allclose(shown[-2:], bench.model.layers[-1][0].weights[0, -2:], rtol=1e-6)
    browser.press("back")
    assert browser.frame["view"]["timeline"]["short"] == "update 1" and browser.frame["view"]["past"]
    browser.press("step")
    assert bench.model.steps == best + 41 and not bench._over, "Step goes on from there"
    browser.set("validation", 0)
    browser.press("step")
    assert "needs examples to choose by" in browser.frame["failure"]["message"]


def test_early_stopping_that_does_not_go_back_is_seen():
    class Forgetful(EarlyStopping):
        def on_train_end(self):
            pass

    browser = run(1000, patience=40, early_stopping=Forgetful)
    assert "still with its last parameters" in browser.frame["view"]["standing"]


def test_the_units_that_dropout_leaves_out_are_crossed():
    browser = run(3, dropout=0.5, hidden=[6], example=4)
    bench = browser.explorer
    mask = bench.model.layers[0][-1].mask[:, 4]
    columns = browser.frame["view"]["diagram"]["columns"]
    assert columns[1]["dropped"] == (mask == 0).tolist() and "dropped" not in columns[2]
    bench.go("forward", 1)
    for _ in range(2):
        bench._train_once()
    bench.go_update(0)
    bench.show()
    seen = browser.frame["view"]["diagram"]["columns"][1]["dropped"]
    mask = next(one.values["mask"] for one in bench.steps[0] if "mask" in one.values)[:, 4]
    assert seen == (mask == 0).tolist(), "those of the update that is shown"
    assert "dropped" not in run(3).frame["view"]["diagram"]["columns"][1]


def test_dropouts_with_a_seed_of_their_own_throw_other_dice_in_each_layer():
    class Dropout:  # as in lesson 13
        def __init__(self, rate, seed=0):
            self.rate, self.rng = rate, np.random.default_rng(seed)

        def __call__(self, inputs):
            self.mask = (self.rng.random(inputs.shape) >= self.rate) / (1 - self.rate)
            return inputs * self.mask

        def predict(self, inputs):
            return inputs

        def backward(self, grad_output):
            return grad_output * self.mask

    bench = run(1, hidden=[16, 16], dropout=Dropout)
    bench.explorer.dropout = 0.4
    bench.explorer.reset()
    bench.explorer._train_once()
    first, second = (layer[-1].mask > 0 for layer in bench.explorer.model.layers[:2])
    assert 0.4 < (first == second).mean() < 0.65, "two independent dice agree in 0.52 of all"


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

    reference, mine = run(50, l2=0.5), run(50, l2=0.5, penalty=penalty)
    np.testing.assert_allclose(curve(mine, "validation"), curve(reference, "validation"), rtol=1e-9)
    without = run(50, l2=0.5, penalty=lambda w, f, m: (0.0, 0.0))
    assert curve(without, "validation")[-1] != pytest.approx(curve(mine, "validation")[-1]), "no gradient, no effect"
    browser = StandIn(Workbench(**NOISY, dropout=MyDropout))
    browser.set("dropout", 0.5)
    browser.explorer.go("forward", 3)
    told = browser.frame["view"]
    assert any(told["diagram"]["columns"][1]["dropped"]) and told["moment"]["source"]["yours"]
    other = Workbench(dropout=MyDropout, card=browser.explorer.card())
    assert isinstance(other.model.layers[0][-1], MyDropout)
    with pytest.raises(RunCardError):
        Workbench(card=browser.explorer.card())


def test_an_initialiser_is_offered_where_it_draws_the_weights():
    class MyDense(Dense):
        pass

    for dense, is_there in ((Dense, True), (MyDense, False)):
        browser = StandIn(Workbench(dense=dense))
        assert ("initializer" in browser.frame["view"]["hidden"]) != is_there
        assert ("initializer" in browser.frame["disabled"]) != is_there


def test_a_mistake_in_ones_own_part_is_shown_and_mended_by_leaving_it_out():
    class Broken:
        def __init__(self, rate):
            self.rate = rate

        def __call__(self, inputs):
            return inputs * self.mask

    browser = StandIn(Workbench(**NOISY, dropout=Broken))
    browser.set("dropout", 0.5)
    told = browser.frame["failure"]
    assert told["yours"] and "self.mask" in told["source"], told
    browser.set("dropout", 0)
    browser.press("step")
    assert browser.frame["failure"] is None and browser.explorer.model.steps == 1


def test_play_ends_at_its_epoch_or_by_early_stopping_and_begins_anew_from_there():
    async def main():
        browser = StandIn(Workbench(**NOISY | {"until": 30}, loop=asyncio.get_running_loop()))
        bench = browser.explorer
        bench._played = True  # no slow first update

        async def played():
            browser.press("play")
            assert bench.playing
            for _ in range(400):
                await asyncio.sleep(0.02)
                if not bench.playing:
                    return bench.model.steps
            raise AssertionError("it does not end")

        assert await played() == 30 and not browser.frame["view"]["past"]
        browser.set("l2", 0.5)
        assert await played() == 30 and "before" in drawn(browser)
        browser.set("until", 0)
        browser.set("patience", 3)
        browser.press("reset")
        steps = await played()
        assert steps == bench._best()[0] + 3 and "stopped early" in browser.frame["view"]["standing"]
        assert not browser.frame["view"]["past"], "what is shown has the best parameters"
        bench.close()

    asyncio.run(main())


class Gone(Dense):
    """A layer whose answers are no numbers."""

    def __call__(self, inputs):
        return super().__call__(inputs) * np.nan


def test_answers_that_are_no_numbers_are_not_right_and_a_picture_that_a_reset_left_is_called_old(monkeypatch):
    browser = StandIn(Workbench(dense=Gone, hidden=[2]))
    assert dict(browser.frame["view"]["stats"])["Right"] == "–"
    assert "Its answers are not numbers." in browser.frame["narration"]
    monkeypatch.setattr(Gone, "__call__", lambda layer, inputs: None)
    browser.press("reset")
    assert "block 1, Gone(2) gave nothing, as without a `return`," in browser.frame["failure"]["message"]
    assert browser.frame["narration"] == "There is no network; what is drawn is the one before."
