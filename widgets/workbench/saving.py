"""What a replay of the Workbench keeps: every moment of the recorded updates, with some of its panes."""

import numpy as np

from widgets.stage.picture import as_map
from widgets.workbench.data import quietly
from widgets.workbench.panes import NAMES, called

SHADES = 8  # of 127: so coarse are the maps of the units, which change a little in every update


def recording(bench, panes, updates):
    """The last `updates` recorded updates, as `widgets.stage.replay` takes them; then `bench` is as before."""
    for name in panes:
        if name not in NAMES[:-1]:
            raise ValueError(f"a replay keeps the panes {', '.join(NAMES[:-1])}; got {name!r}")
    if not panes:
        raise ValueError("a replay keeps one pane at least")
    before = bench._at, bench.pane
    bench._saving = True
    try:
        with quietly(bench):
            for index in range(max(0, len(bench.steps) - updates), len(bench.steps)):
                yield update(bench, index, panes)
            bench._at, bench.pane = before
    finally:
        bench._saving = False


def update(bench, index, panes):
    """The moments of one update. Maps are large: all moments but the last show those of its begin."""
    hidden = [called(name) for name in NAMES if name not in panes]
    told, last = [], len(bench.steps[index]) - 1
    for k in range(last + 1):
        bench._go(index, k)
        bench.pane = panes[0]
        frame = bench._state()
        if frame["failure"]:
            raise RuntimeError(f"this update cannot be drawn, so it cannot be saved: {frame['failure']['message']}")
        view = frame["view"]
        if k in (0, last):
            maps = coarse(view)
        columns = [column | {"maps": map_} for column, map_ in zip(view["diagram"]["columns"], maps[1], strict=True)]
        view |= {"plane": maps[0], "diagram": view["diagram"] | {"columns": columns}}
        view["hidden"] = [*view["hidden"], *hidden]
        moment = {panes[0]: frame}
        for name in panes[1:]:
            bench.pane = name
            moment[name] = frame | {"view": view | bench._of_pane()}
        told.append(moment)
    return told


def coarse(view):
    """(plane, the maps of all units) in bytes."""
    plane = view["plane"]
    if plane["map"]["type"] == "float32":
        values = np.frombuffer(plane["map"]["data"], np.float32)
        plane = plane | {"map": as_map(values, plane["map"]["shape"])}
    maps = [column["maps"] | {"data": shaded(column["maps"]["data"])} for column in view["diagram"]["columns"]]
    return plane, maps


def shaded(data):
    values = np.frombuffer(data, np.int8) / SHADES
    return (np.round(values) * SHADES).clip(-127, 127).astype(np.int8).tobytes()
