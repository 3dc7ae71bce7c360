"""What is told of a run in one line, and of a gradient that cannot be traced."""

from types import SimpleNamespace

import numpy as np
import pytest

from widgets import Workbench
from widgets.stage.tracer import NotTraced
from widgets.stage.tracer_view import view
from widgets.workbench.shown import STILL, Shown


def told(losses, steps=None, best=None, over=False, back=None, measured=1.0, classes=True, at=None):
    steps = steps or [k * STILL // 2 for k in range(len(losses))]
    record = SimpleNamespace(steps=steps, losses=[one if isinstance(one, tuple) else (one, one) for one in losses])
    return Shown._standing(SimpleNamespace(
        _record=record, _best=lambda: best, _over=over, _put_back=lambda: back, classes=classes,
        _measured=(0, 0, 0, measured), model=SimpleNamespace(steps=steps[-1] if at is None else at)))  # fmt: skip


@pytest.mark.parametrize("how, words", [
    ({"over": True, "back": 300, "best": (300, 0.1)}, "stopped early after update 1,000, back at update 300"),
    ({"over": True, "best": (1000, 0.1)}, "stopped early after update 1,000, its best"),
    ({"over": True, "best": (300, 0.1)}, "stopped early after update 1,000, still with its last parameters"),
    ({"over": True}, "stopped early after update 1,000, still with its last parameters"),
    ({"best": (500, 0.4)}, "memorising: the validation loss was lower at update 500"),
    ({"best": (500, 0.48)}, "converged: loss 0.5 for 500 updates"),
    ({}, "converged: loss 0.5 for 500 updates"), ({"measured": 0.99}, "converged: loss 0.5 for 500 updates"),
    ({"measured": 0.98}, "stands still: loss 0.5 for 500 updates"),
    ({"measured": 0.98, "classes": False}, "converged: loss 0.5 for 500 updates"),
    ({"measured": 0.89, "classes": False}, "stands still: loss 0.5 for 500 updates"), ({"at": 400}, ""),
])  # fmt: skip
def test_what_has_become_of_a_run(how, words):
    assert told([0.5] * 5, **how) == words


@pytest.mark.parametrize("losses, words", [
    ([0.5, 0.4, 0.5004, 0.5, 0.5], "converged: loss 0.5 for 500 updates"), ([0.5, 0.5, 0.501, 0.5, 0.5], ""),
    ([0.5, 0.4, 0.5, 0.7, 0.5], ""), ([0.5, 0.5, 0.5, np.nan, 0.5], ""),
    ([0.5, 0.5, 0.499, 0.5, 0.5], ""), ([0.5, 0.5, 0.5, 0.5, np.nan], ""),
    ([-0.5] * 5, "converged: loss -0.5 for 500 updates"),
    ([-0.5, -0.5, -0.502, -0.5, -0.5], ""), ([0.5], ""),
])  # fmt: skip
def test_it_stands_where_the_loss_has_moved_by_less_than_a_thousandth(losses, words):
    assert told(losses) == words


def test_what_cannot_be_traced_is_said_and_no_disagreement():
    assert view(NotTraced("the last layer is one of yours"), 1200, (2, "weights", 1, 0)) == {
        "title": "grad_weights[1, 0] of layer 2 in update 1,200", "rows": [], "shares": None, "path": [],
        "verdict": "The last layer is one of yours.", "agrees": True}  # fmt: skip
    assert view(None, 1200, (2, "weights", 1, 0)) is None


def test_what_a_run_suffers_from_is_named_once_and_where_it_is_explained():
    found = [["layer saturated", "Epoch 3: …"], ["saturated", "Layer 2: …"], ["vanishing gradients", "…"]]
    for hide, told in (((), " It suffers from: saturated, vanishing gradients."), (("health",), "")):
        explorer = Workbench(data="moons", hidden=[3], hide=hide)
        explorer.health = lambda: found
        assert explorer._of_the_run().endswith("%." + told)
