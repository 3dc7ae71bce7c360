"""What is pressed in the Workbench, what of it is locked or hidden, and its card."""

import numpy as np

from nnlib.keep import RunCardError, export_pytorch
from widgets.stage import points
from widgets.stage.controls import Control
from widgets.stage.recorded import NEVER
from widgets.workbench import card, own_table, panes
from widgets.workbench.data import pictures, quietly
from widgets.workbench.menus import OWN, POINTERS, STAGED
from widgets.workbench.run import Run
from widgets.workbench.view import View

DRAWING = ("pointer", "draw", "clear", "paste")
GROUPS = {
    "data": DRAWING, "points": DRAWING, "layers": ("hidden", "activations"), "parameters": ("value",),
    "forward": ("probe",), "features": ("formula",),
}  # fmt: skip
"""What else is locked or hidden with a name: other data could be drawn, pasted or put in by hand."""
PANELS = ("card", "points", "parameters", "loss", "network", "plane", *map(panes.called, panes.NAMES))
PLACES = ("time", "data", "network", "map", "loss", "moments", "panes")
VIEWS = ("pointer", "edges", "across", "up", "dots", "colours")  # controls that a card does not keep
LOOKING = ("probe", "edges", "mode", "pane", "example", "numbers", "across", "up", "dots", "colours", "change",
           "mistake", "epsilon", "check", "twins", "cell", "power", "power by")  # always free
NEAR = 0.12  # how near a point must be to be taken away


class Buttons(View):
    """Locks, buttons and the card of the Workbench."""

    def start(self, card=None, lock=(), hide=(), only=None, show=None, **arguments):
        self.hidden_names, self.locked = named(hide, self), (*named(hide, self), *named(lock, self))
        self._pasted, self._refused = {}, None
        self._first = None  # of the panes that are shown, if not all are
        self._away = () if show is None else self._all_but(show)
        if only is not None:
            free = {*named(only, self), *LOOKING}
            everything = named((*all_controls(self), *GROUPS, "card"), self)
            self.locked += tuple(name for name in everything if name not in free)
        if self._first:
            arguments.setdefault("pane", self._first)
        super().start(**arguments)
        if self._model is not None:  # a card holds the network that the controls describe
            self.hidden_names += ("card", "points", "clear")
            self.locked += ("card", "make_card", "points", *DRAWING)
        if card is not None:
            self._load(card)

    def _all_but(self, show):
        """The places that are not shown; names of panes stand for the panes, and the other tabs are hidden."""
        show = (show,) if isinstance(show, str) else tuple(show)
        tabs = [name for name in panes.NAMES if name.lower() in show]
        for name in show:
            if name not in PLACES and name not in [tab.lower() for tab in panes.NAMES]:
                raise TypeError(f"there is no {name!r} to show; there are: {', '.join(PLACES)}, and the panes")
        if tabs:
            self.hidden_names += tuple(panes.called(tab) for tab in panes.NAMES if tab not in tabs)
            show += ("panes",)
            self._first = tabs[0]
        return tuple(place for place in PLACES if place not in show)

    # What the buttons do --------------------------------------------------------------------------------------

    def step(self):
        """One epoch, or one update."""
        while not self._train_once() and self.mode == "whole epochs":
            pass
        self.show()

    def reset(self):
        """The same data and a new network with the same seed, of classes as the notebook has them by now."""
        self._dense = panes.newest(self._dense)
        self._parts = {name: panes.newest(part) for name, part in self._parts.items()}
        for kinds in self._kinds.values():
            for name, kind in kinds.items():
                kinds[name] = panes.newest(kind)
        self._begin_anew()
        self.show()

    def draw(self, place):
        """Add a point of the class that the pointer stands for at `place` (x₁, x₂), or take away the ones near it."""
        place = finite(place, 2)
        if not self.is_drawable:
            raise ValueError("a point can be drawn where two numbers are its place; this table has other columns")
        if self.data != OWN:
            here = [np.hstack(both) for both in list(zip(*self.parts(), strict=True))[1:]]
            self._points, self._held, self._preparation = here if self.classes else None, None, None
            self._given = None
            with quietly(self):
                self.data = OWN
        x, y = self._points if self._points is not None else (np.zeros((2, 0)), np.zeros((1, 0)))
        if self.pointer == "take away":
            far = np.hypot(*(x - place[:, np.newaxis])) > NEAR
            x, y = x[:, far], y[:, far]
        elif POINTERS[self.pointer] is not None and x.shape[1] < points.MOST:
            x, y = np.hstack([x, place[:, np.newaxis]]), np.hstack([y, [[POINTERS[self.pointer]]]])
        self._table = None  # what is drawn beside it stands in no table
        self._points, were = (x, y), getattr(self, "kinds", 2)
        self._draw_data()
        if self.model is None or self.kinds != were:
            self._begin_anew()
        self.show()

    def clear_points(self):
        """An empty plane to draw on."""
        self._take_own((np.zeros((2, 0)), np.zeros((1, 0))), None)

    def paste(self, told=None):
        """Learn from a table: its text, or what the browser sends of a file, or how to read the last one anew.

        `told` is a text, or a dictionary of text or data (base64), name, target, missing, task, or of a column and its
        use. Begins anew. Raises ValueError that names line, column and mend, and nothing has changed but the pane of a
        new table, in which other choices can be made.
        """
        told = {"text": told} if isinstance(told, str) else told
        if not isinstance(told, dict):
            raise ValueError(f"a table is a text or a file, got {type(told).__name__}")
        is_new = bool({"text", "data", "size"} & set(told))
        told = told if is_new else own_table.changed(self._pasted, told)
        try:
            table = own_table.read(told)
            table.parts(self.test, self.seed, self.validation)  # what cannot be learned from is refused here
        except ValueError as error:
            if is_new or self._refused:
                self._pasted, self._refused = told, own_table.refused(told, str(error))
            raise
        self._pasted = told
        self._take_own(None, table)

    def _take_own(self, points, table):
        self._points, self._table, self._held, self._preparation = points, table, None, None
        self._refused = None
        self._given = self._given if self._model is not None else None
        with quietly(self):
            self.data = OWN
        self._begin_anew()
        self.show()

    def probe(self, place=None):
        """Show the forward pass of the point (x₁, x₂); None to stop."""
        self._probe = None if place is None else finite(place, 2)
        self.show()

    def choose(self, place):
        """Choose a parameter to see, change, trace: (layer from 1, unit from 0, input from 0 or None for the bias)."""
        layer, unit, source = place
        place = self._within((int(layer), int(unit), None if source is None else int(source)))
        self._chosen = layer, unit, source = place
        if self._checked is not None:
            self._checked.look_at(place)
        self.trace(layer, "bias" if source is None else "weights", unit, source)

    def set_parameter(self, value):
        """Give the chosen parameter a value; what is shown then is the network as it stands, and no recorded moment."""
        array, at = self._chosen_array("weights", "bias")
        array[at] = finite([value], 1)[0]
        self._diverged = ""
        self._at, self._edited = (self.model.steps, NEVER), True
        self.show()

    # The card -------------------------------------------------------------------------------------------------

    def card(self):
        """The whole state as a text; training goes on from it as it would have here."""
        if self._model is not None:
            raise RunCardError("a card holds the controls' own network; for this one: nnlib.save(model, path)")
        self.finish_epoch()
        settings = {name: getattr(self, name) for name in self._settings()}
        own = (self._points, self._held) if self.data == OWN else (None, None)
        text = card.written(settings, *own, self.model if self.preparation is None else self.prepared)
        self._card = self._card[0] + 1, text
        self.show()
        return text

    def pytorch(self):
        """The network as it stands as a Python script for PyTorch; TypeError for a part that is not nnlib's."""
        self._script = self._script[0] + 1, export_pytorch(self.model if self.preparation is None else self.prepared)
        self.show()
        return self._script[1]

    def load_card(self, text):
        """The state that a card describes; controls that are locked must be as they are.

        Raises RunCardError, and nothing has changed, for any other text.
        """
        self._load(text, self.locked)
        self.show()

    def _load(self, text, locked=()):
        settings, own, held, model, preparation = card.read(text, self._settings(), self, self._own)
        other = [name for name in settings if name in locked and settings[name] != getattr(self, name)]
        if other:
            raise RunCardError(f"{self.traits()[other[0]].label} is locked here, and the card has another")
        if (own is not None) != (settings["data"] == OWN):
            raise RunCardError(f"points belong to a card whose data are {OWN!r}, and to no other")
        kept = vars(self).copy()
        before = {name: getattr(self, name) for name in settings}
        try:
            with quietly(self):
                for name, value in settings.items():
                    setattr(self, name, value)
                self._points, self._held, self._preparation = own, held, preparation
                self._table = self._refused = None
                self._given = self._given if self._model is not None else None
                self._fit_activations()
                self._begin_anew()
                if not card.same_network(self.model, model):
                    raise RunCardError("the card's network is not the one that its settings describe")
        except BaseException as error:
            with quietly(self):
                for name, value in before.items():
                    setattr(self, name, value)
            vars(self).update(kept)
            if isinstance(error, ValueError) and not isinstance(error, RunCardError):
                raise RunCardError(f"the card's settings make no network: {error}") from error
            raise
        model.regularization_factor, model.l1_factor = self._l2(), self.l1
        self._take_network(model)

    def _settings(self):
        kept = {name: trait for name, trait in self.traits().items() if isinstance(trait, Control)}
        return {name: kept[name] for name in vars(Run) if name in kept and name not in VIEWS}

    def _describe_controls(self):
        told = [one for one in super()._describe_controls() if one["name"] not in self.hidden_names]
        return [one | {"pictures": pictures()} if one["name"] == "data" else one for one in told]

    def disabled(self):
        idle = ("examples", "noise") if self.data == OWN else ()
        idle += ("features", "formula") if self.is_plain else ()
        idle += ("test",) if self.data == OWN and self._held is not None and self._table is None else ()
        idle += () if self.is_drawable else ("pointer", "clear")
        idle += () if self.draws_weights else ("initializer",)
        idle += () if self.kinds == 2 else ("loss",)
        idle += () if self.schedule in STAGED else ("stage",)
        idle += () if self.hidden or self._model is not None else ("dropout",)
        if not self.steps:
            return (*idle, "back", "first", "last", "pin")
        at = self._place()
        return (*idle, *(("back", "first") if at == (0, 0) else ()), *(("last",) if at == self._end else ()))

    def forget(self):
        self.model = self._looker = self._training = None
        self.begin_record()



def named(names, explorer):
    """The controls, buttons and panels that `lock` or `hide` name. Raises TypeError for any other name."""
    names = (names,) if isinstance(names, str) else tuple(names)
    controls = all_controls(explorer)
    for name in names:
        if name not in (*controls, *GROUPS, *PANELS, "play", *explorer.acts()):
            known = ", ".join((*controls, *GROUPS, *PANELS))
            raise TypeError(f"there is no {name!r} to lock or hide; there are: {known}")
    return tuple(dict.fromkeys(one for name in names for one in (name, *GROUPS.get(name, ()))))


def all_controls(explorer):
    """The names of the controls that an explorer could have."""
    return [name for name, trait in explorer.traits().items() if isinstance(trait, Control)]


def finite(values, count):
    """`count` finite numbers as an array; ValueError for anything else a browser may send."""
    array = np.asarray(values, float)
    if array.shape != (count,) or not np.isfinite(array).all():
        raise ValueError(f"expected {count} finite numbers, got {values!r}")
    return array
