"""Schedules on the Workbench: the rates are nnlib's, your own function is followed, and the run before is compared."""

import json

import numpy as np
import pytest

from nnlib.schedule import cosine, warm_up
from widgets import Workbench
from widgets.stage.stand_in import StandIn
from widgets.workbench.menus import SCHEDULES


def halved(step):
    return 0.2 if step <= 30 else 0.1


def opened(**options):
    browser = StandIn(Workbench(**{"hidden": [3], "span": 60, "stage": 20, **options}))
    return browser.explorer, browser


def drawn(browser):
    told = browser.frame["view"]["rates"]["curves"][0]["values"]
    return np.frombuffer(told["data"], told["type"])


def test_the_rates_are_those_of_nnlibs_schedules():
    bench, browser = opened(schedule="cosine", learning_rate=0.4)
    steps = np.linspace(1, 60, 120)
    expected = [cosine(0.4, 60)(step) for step in range(1, 61)]
    np.testing.assert_allclose(drawn(browser), np.interp(steps, range(1, 61), expected), atol=1e-6)
    browser.set("schedule", "warm-up")
    for step in range(1, 31):
        bench._train_once()
        assert bench.model.learning_rate == pytest.approx(warm_up(0.4, 20)(step))
    assert browser.frame["view"]["rates"]["y"][1] == pytest.approx(1.08 * 0.4)
    bench.show()
    assert browser.frame["view"]["rates"]["at"] == 30


@pytest.mark.parametrize("kind", SCHEDULES)
def test_every_schedule_runs_and_starts_from_the_same_loss(kind):
    bench, browser = opened(schedule=kind, batch="32")
    other, _ = opened(batch="32")
    assert bench.model.parameters.tolist() == other.model.parameters.tolist()
    for _ in range(40):
        bench._train_once()
        other._train_once()
    assert browser.frame["failure"] is None
    assert np.array_equal(bench.model.parameters, other.model.parameters) == (kind == "constant")


@pytest.mark.parametrize("kind", SCHEDULES)
def test_a_stage_can_be_set_where_it_changes_the_rates(kind):
    bench, browser = opened(schedule=kind)
    before, is_free = bench.rates()[1], "stage" not in browser.frame["disabled"]
    bench.stage = 7
    assert np.array_equal(bench.rates()[1], before) != is_free


def test_a_rate_that_goes_to_nothing_ends_the_shaking():
    bench, browser = opened(schedule="constant", learning_rate=0.1, optimizer="Adam", batch="8", noise=0.2, span=500)

    def shaking():
        for _ in range(500):
            bench._train_once(recorded=False)
        bench._train_once()
        bench.show()
        return np.abs(np.diff(np.array(bench._record.losses)[-50:, 0])).mean()

    before = shaking()
    browser.set("schedule", "cosine")
    browser.press("reset")
    assert shaking() < 0.3 * before
    browser.press("first")
    browser.press("reset")
    assert browser.frame["view"]["loss"]["curves"][-1]["name"] == "before"


def test_your_own_function_is_followed():
    bench, browser = opened(schedule=halved)
    assert bench.schedule == "halved" and "halved" in next(
        one for one in bench.controls if one["name"] == "schedule")["options"]
    for _ in range(31):
        bench._train_once()
    assert bench.model.learning_rate == 0.1
    assert drawn(browser)[0] == pytest.approx(0.2) and drawn(browser)[-1] == pytest.approx(0.1)
    browser.set("schedule", "cosine")
    assert bench.model.learning_rate < 0.3


def test_a_function_that_fails_or_gives_no_rate_is_told():
    def broken(step):
        raise ZeroDivisionError("my rate")

    _, browser = opened(schedule=broken)
    browser.press("step")
    assert browser.frame["failure"]["message"] == "my rate" and browser.frame["failure"]["yours"]
    assert browser.frame["view"]["rates"] is None
    browser.set("schedule", "constant")
    browser.press("step")
    assert browser.frame["failure"] is None
    _, browser = opened(schedule=lambda step: 0.1 - step)
    browser.press("step")
    assert "gives -0.9 at update 1" in browser.frame["failure"]["message"]


def test_a_card_of_0_1_0_is_read_on():
    card = json.loads(Workbench().card())
    for name in ("validation", "learn_from", "patience", "until", "stage", "span"):
        del card["settings"][name]
    for then, now, stage in (("half-life 500", "exponential", 500), ("warm-up over 200", "warm-up", 200),
                             ("halved every 500", "in steps", 500), ("cosine over 2,000", "cosine", 500),
                             ("constant", "constant", 500)):  # fmt: skip
        card["settings"]["schedule"] = then
        bench = Workbench(card=json.dumps(card))
        assert (bench.schedule, bench.stage, bench.validation) == (now, stage, 0)


def row(browser):
    return dict(browser.frame["view"]["stats"]).get("Rate used")


def test_the_row_has_the_rate_that_the_shown_step_used():
    _, browser = opened(schedule=lambda step: 0.5 * 0.99**step)
    assert row(browser) is None, "there was no step yet"
    for rate in ("0.495", "0.49"):
        browser.press("update")
        assert row(browser) == rate
    browser.press("first")
    assert row(browser) == "0.495"
    assert "learning_rate" in browser.frame["view"]["hidden"], "your own schedule asks for none"
    browser.set("schedule", "in steps")
    browser.set("stage", 3)
    browser.press("last")
    browser.press("update")
    browser.press("update")
    assert row(browser) == "0.15" and browser.frame["values"]["learning_rate"] == 0.3
    assert "learning_rate" not in browser.frame["view"]["hidden"]
    browser.set("schedule", "constant")
    assert row(browser) is None, "it stands in the field"


def test_the_run_before_takes_at_most_half_of_the_width():
    bench, browser = opened()
    for _ in range(40):
        bench._train_once()
    browser.press("reset")
    axis = browser.frame["view"]["loss"]["x"]
    assert axis[1] == 40, "nothing else is there to be seen"
    for update, end in ((1, 5), (2, 5), (3, 6), (15, 30), (20, 40), (45, 45)):
        while bench.model.steps < update:
            bench._train_once()
        bench.show()
        assert browser.frame["view"]["loss"]["x"][1] == end
