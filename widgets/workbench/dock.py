"""Dock: the Workbench once more, in a panel to the right of the notebook, so that it stays in view while cells run.

JupyterLab's extension `sidecar` does it. Where that is not installed there is no button; nor where the page is no
JupyterLab (dock.js sees that). A cell that is run again puts its new Workbench into the panel of the one before.
"""

from importlib.util import find_spec

THERE = find_spec("sidecar") is not None


class Docked:
    """A Workbench that can be docked; `_dock` is its panel, or None before it was asked for."""

    _dock = None

    def dock(self):
        """Show it beside the notebook too. To bring a panel to the front that is there is for the page to do."""
        if self._dock is None and THERE:
            from sidecar import Sidecar

            self._dock = Sidecar(title=self.title, anchor="split-right")
            self._fill_dock()

    def docked_in(self):
        """The model of its panel, "" before there is one, None where there can be none."""
        return getattr(self._dock, "model_id", "") if THERE else None

    def _fill_dock(self):
        data = self._repr_mimebundle_()
        data = data[0] if isinstance(data, tuple) else data
        self._dock.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)

    def follow(self, before):
        """Take the panel of the explorer that the same cell had made before."""
        if isinstance(before, Docked) and before._dock is not None and self._dock is None:
            self._dock, before._dock = before._dock, None
            self._fill_dock()

    def forget(self):
        super().forget()
        if self._dock is not None:
            self._dock.close()
            self._dock = None
