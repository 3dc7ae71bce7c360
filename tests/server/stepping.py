"""A Workbench that stands at the first moment of its first update, for the tests of moments."""

from widgets import Workbench


def recorded(pane="Chain", **arguments):
    """The pane says which panels each frame has: Chain has the moment, the tracer and the comparison."""
    if "model" not in arguments:
        arguments = {"hidden": [4], "learning_rate": 0.5} | arguments
    bench = Workbench(pane=pane, **({"test": 0, "numbers": "all examples"} | arguments))
    if bench.model is not None:
        with bench._guard():
            bench._train_once()
            bench._go(0, 0)
        bench.show()
    return bench
