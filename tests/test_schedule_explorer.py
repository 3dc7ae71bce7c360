"""ScheduleExplorer: the rates are those of the schedule, both runs start alike, and your own function is followed."""

import numpy as np
import pytest

from nnlib.schedule import cosine, warm_up
from widgets import ScheduleExplorer
from widgets.schedule_explorer.explorer import KINDS, STEPS, shaking
from widgets.stage.stand_in import StandIn


def halved(step):
    return 0.2 if step <= 300 else 0.1


def opened(**options):
    explorer = ScheduleExplorer(**options)
    return explorer, StandIn(explorer)


def test_the_rates_are_those_of_nnlibs_schedules():
    explorer, browser = opened(kind="cosine", rate=0.4)
    np.testing.assert_allclose(explorer.rates, [cosine(0.4, STEPS)(step) for step in range(1, STEPS + 1)])
    browser.set("kind", "warm-up, then constant")
    np.testing.assert_allclose(explorer.rates, [warm_up(0.4, 60)(step) for step in range(1, STEPS + 1)])


@pytest.mark.parametrize("kind", KINDS)
def test_every_schedule_runs_and_starts_from_the_same_loss(kind):
    explorer, browser = opened(kind=kind)
    assert browser.frame["failure"] is None
    assert explorer.scheduled[0] == explorer.plain[0]
    assert len(explorer.scheduled) == len(explorer.plain) == 31
    assert np.array_equal(explorer.scheduled, explorer.plain) == (kind == "constant")


def test_a_rate_that_goes_to_nothing_ends_the_shaking():
    explorer, browser = opened(kind="cosine")
    assert shaking(explorer.scheduled) < 0.3 * shaking(explorer.plain)
    assert "shakes by" in browser.frame["narration"]


def test_your_own_function_is_followed_and_shown():
    explorer, browser = opened(schedule=halved)
    assert explorer.kind == "yours, halved"
    assert (explorer.rates[299], explorer.rates[300]) == (0.2, 0.1)
    assert any("0.2 if step" in line for _, line, _ in browser.frame["view"]["source"]["lines"])
    browser.set("kind", "cosine")
    assert browser.frame["view"]["source"] is None


def test_a_function_that_fails_or_gives_no_rate_is_told():
    def broken(step):
        raise ZeroDivisionError("my rate")

    _, browser = opened(schedule=broken)
    assert browser.frame["failure"]["message"] == "my rate" and browser.frame["failure"]["yours"]
    browser.set("kind", "constant")
    assert browser.frame["failure"] is None
    _, browser = opened(schedule=lambda step: 0.1 - step)
    assert "gives -0.9 at step 1" in browser.frame["failure"]["message"]
    assert browser.frame["narration"] == "There is no schedule to follow."
    with pytest.raises(TypeError, match="has no control"):
        ScheduleExplorer(colour="red")


def test_the_run_without_a_schedule_is_made_once():
    explorer, browser = opened()
    before = explorer.plain
    browser.set("kind", "exponential")
    assert explorer.plain is before
    browser.set("seed", 3)
    assert explorer.plain is not before
