"""Races of the descent explorer: the rules, the goal, and a broken racer that stops nobody."""

import numpy as np
import pytest

import nnlib
from widgets import DescentExplorer
from widgets.descent_explorer.explorer import RACERS
from widgets.descent_explorer.race import BEST, LENGTH, NEAR, NETWORK, TRIED, Race
from widgets.stage.landscape import LANDSCAPES
from widgets.stage.play import Play
from widgets.stage.stand_in import StandIn


class MySGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients


def opened(**options):
    narrow = {"landscape": "narrow valley", "learning_rate": 0.05, "steps": 60, "racers": ["SGD", "Momentum", "Adam"]}
    explorer = DescentExplorer(**narrow | options)
    return explorer, StandIn(explorer)


def test_the_first_steps_are_those_of_the_rules():
    race, _ = opened(racers=list(RACERS))
    for name, rate, places, losses, _ in race.race.lanes:
        optimizer, point = getattr(nnlib, name)(rate), np.array([race.first, race.second])
        for step in range(1, 4):
            optimizer.step(point, np.array([point[0], 20 * point[1]]))  # the slope of (p² + 20 q²) / 2
            np.testing.assert_allclose(places[step], point, rtol=1e-6, atol=1e-9, err_msg=name)
            assert losses[step] == pytest.approx((point[0] ** 2 + 20 * point[1] ** 2) / 2, rel=1e-6)


@pytest.mark.parametrize("track", [*LANDSCAPES, NETWORK])
def test_who_has_arrived_stays_below_the_goal(track):
    race, browser = opened(landscape=track, racers=["SGD", "Adam"])
    assert browser.frame["failure"] is None
    for _, _, _, losses, arrived in race.race.lanes:
        if arrived:
            assert losses[arrived - 1] > race.race.goal >= losses[arrived:].max()
        else:
            assert len(losses) <= LENGTH or losses[-1] > race.race.goal


@pytest.mark.parametrize("track, given", [("narrow valley", 0.05), ("narrow valley", 0.09), ("bowl", 0.45)])
def test_the_best_tried_is_no_slower_than_any_rate_that_was_seen(track, given):
    race, browser = opened(landscape=track, racers=["SGD", "Momentum", "Adam"], learning_rate=given)
    seen = {name: arrived for name, _, _, _, arrived in race.race.lanes}
    browser.set("rates", BEST)
    assert "learning_rate" in browser.frame["disabled"]
    for name, rate, _, _, arrived in race.race.lanes:
        tried = [run[2] for (who, _), run in race.race.runs.items() if who == name and run[2]]
        assert arrived == min(tried) <= (seen[name] or LENGTH), (name, rate)
        every = [race.race._run_of(name, one)[2] or LENGTH + 1 for one in TRIED]
        assert (arrived or LENGTH + 1) <= min(every), (name, rate)


def test_what_lesson_12_says_of_its_race():
    """SGD at 0.05 crosses the valley in one step and needs 29; it stays first there, and is last on a network."""
    race, browser = opened()
    name, _, places, _, arrived = race.race.lanes[0]
    assert (name, arrived) == ("SGD", 29)
    shaking, creeping = (lane[2] for lane in race.race.lanes[1:])
    assert {lane[0]: lane[4] for lane in race.race.lanes} == {"SGD": 29, "Momentum": 44, "Adam": 52}
    assert shaking[:, 0].max() > 1 and abs(np.diff(np.sign(shaking[:20, 1]))).sum() > 8  # past the middle, to and fro
    assert abs(np.diff(creeping[:, 0])).max() < 0.0501
    assert abs(places[1][1]) < 1e-9 and places[29][0] == pytest.approx(-2.6 * 0.95**29)
    assert LENGTH == 200 and 100 * (1 - NEAR) == 99
    browser.set("learning_rate", 0.11)
    assert race.race.lanes[0][4] is None and race.race.lanes[0][3][-1] > race.race.lanes[0][3][0]
    browser.set("learning_rate", 0.05)
    for track, steps in (
        ("narrow valley", {"SGD": 20, "Adam": 31, "Momentum": 40}), (NETWORK, {"Momentum": 16, "Adam": 18, "SGD": 54}),
    ):  # fmt: skip
        browser.set("landscape", track)
        browser.set("rates", BEST)
        assert {lane[0]: lane[4] for lane in race.race.lanes} == steps, track


def test_yours_runs_as_nnlibs_does_and_your_line_is_shown():
    race, browser = opened(optimizer=[MySGD], racers=["your MySGD", "SGD"])
    lanes = {name: losses for name, _, _, losses, _ in race.race.lanes}
    np.testing.assert_array_equal(lanes["your MySGD"], lanes["SGD"])
    assert any("self.learning_rate * gradients" in line for _, line, _ in browser.frame["view"]["source"]["lines"])


def test_a_broken_racer_is_told_and_the_others_run_on():
    class Broken(MySGD):
        def step(self, parameters, gradients):
            raise ZeroDivisionError("my step")

    _, browser = opened(optimizer=[Broken], racers=["your Broken", "SGD", "Momentum", "Adam"])
    assert browser.frame["failure"]["message"] == "my step" and browser.frame["failure"]["yours"]
    assert [row["name"] for row in browser.frame["view"]["rows"]] == ["SGD", "Momentum", "Adam"]
    browser.set("racers", ["SGD"])
    assert browser.frame["failure"] is None


def test_a_rate_that_is_too_large_is_a_loss_told_in_words():
    _, browser = opened(racers=["SGD"], learning_rate=10.0)
    assert "is lost after" in browser.frame["narration"]
    assert browser.frame["view"]["stats"][1] == ["First at the goal", "nobody"]


def test_steps_are_shown_one_by_one_and_nothing_is_run_again():
    race, browser = opened(steps=0)
    runs = dict(race.race.runs)
    browser.press("step")
    assert browser.frame["view"]["stats"][0] == ["Step", "1"]
    browser.press("back")
    assert "back" in browser.frame["disabled"]
    race.playing = True
    for _ in range(LENGTH + 1):
        race.advance()
    assert race.steps == LENGTH and not race.playing
    browser.press("reset")
    assert race.steps == 0 and race.race.runs == runs


def test_play_at_the_end_of_a_race_begins_it_anew(monkeypatch):
    race, _ = opened(steps=LENGTH)
    monkeypatch.setattr(Play, "play", lambda self: None)
    race.play()
    assert race.steps == 0
    race.steps = 5
    race.play()
    assert race.steps == 5, "one that is on its way goes on"


def test_nobody_is_told_who_arrives_before_it_happens():
    explorer = DescentExplorer(optimizer=[nnlib.Momentum, nnlib.Adam])
    browser = StandIn(explorer)
    assert explorer.steps == 0
    arrivals = {name: arrived for name, _, _, _, arrived in explorer.race.lanes}
    winner = min(arrivals, key=arrivals.get)
    for steps in (0, 1, arrivals[winner] - 1):
        explorer.steps = steps
        assert explorer.race.first(steps) == "nobody yet"
        assert "arrives" not in str(explorer.race.view(steps)["rows"]) + explorer.race.narrate(steps)
    browser.set("steps", arrivals[winner])
    assert browser.frame["view"]["stats"][1] == ["First at the goal", f"{winner}, after {arrivals[winner]}"]
    assert browser.frame["narration"].count("arrives") == 1


def test_on_a_network_there_is_no_surface_and_the_losses_begin_together():
    race, browser = opened(landscape=NETWORK)
    assert browser.frame["view"]["surface"] is None
    assert len({losses[0] for _, _, _, losses, _ in race.race.lanes}) == 1


def test_a_list_of_ones_own_races_against_three_of_nnlibs():
    explorer = DescentExplorer(optimizer=[MySGD])
    assert explorer.racers == ["your MySGD", "SGD", "Momentum", "Adam"] and explorer.landscape == "narrow valley"
    assert DescentExplorer(optimizer=[nnlib.Momentum, nnlib.Adam]).racers == ["Momentum", "Adam", "SGD"]
    assert DescentExplorer(optimizer=[MySGD], landscape="bowl", racers=["SGD"]).racers == ["SGD"]


def test_ticking_racers_begins_a_race_from_the_walks_start_and_unticking_ends_it():
    explorer = DescentExplorer()
    browser = StandIn(explorer)
    browser.press("start", [1.0, -2.0])
    browser.set("racers", ["SGD", "Adam"])
    assert all(places[0].tolist() == [1, -2] for _, _, places, _, _ in explorer.race.lanes)
    assert browser.frame["view"]["slice"] is None and len(browser.frame["view"]["surface"]["paths"]) == 2
    browser.press("start", [2.0, 2.0])
    assert all(places[0].tolist() == [2, 2] for _, _, places, _, _ in explorer.race.lanes)
    browser.set("racers", [])
    assert browser.frame["view"]["slice"] and "the slope" in browser.frame["narration"]


def test_between_the_best_tried_rate_and_its_neighbours_four_more_are_tried():
    tried = []
    race = object.__new__(Race)
    race.best, race._quickest = {}, lambda name, rates: tried.append(tuple(rates)) or 0.1
    assert race._best("SGD", 0.3) == 0.1 and race._best("SGD", 0.3) == 0.1
    assert tried == [(0.3, 10, 3.2, 1, 0.32, 0.1, 0.032, 0.01, 0.0032, 0.001), (0.1, 0.046, 0.068, 0.15, 0.22)]


def test_the_lowest_loss_along_one_parameter_is_known():
    explorer = DescentExplorer(function=lambda w: (w - 1.0) ** 2 + 3.0, parameters=(0,))
    assert explorer._lowest == pytest.approx(3, abs=0.02) and explorer._shape is None
