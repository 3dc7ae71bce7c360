"""What a class holds for all its objects, `cache = {}` below `class`, where each was to have its own."""

import copy

from lessons.checks.judge.learner import lines_of
from lessons.checks.judge.verdict import failed


class Shared:
    """Watches the calls of a piece; `name` is what the class itself holds and one of them has changed, or ""."""

    def __init__(self, piece):
        self.piece, self.name = piece, ""
        self._begin = {name: copy.copy(it) for name, (it, count) in self._held().items() if count is not None}
        self._before = {}

    def _held(self):
        """What the class itself holds, but for its methods, with the length of what can grow."""
        held = vars(self.piece).items() if isinstance(self.piece, type) else ()
        return {name: (it, len(it) if isinstance(it, (dict, list, set)) else None) for name, it in held
                if not name.startswith("__") and not callable(it) and not hasattr(it, "__get__")}  # fmt: skip

    def before_call(self):
        self._before = self._held()

    def after_call(self):
        """Keep the name of what this call has changed, where the learner's lines ask for it."""
        before = self._before
        changed = [name for name, (it, count) in self._held().items()
                   if name not in before or it is not before[name][0] or count != before[name][1]]  # fmt: skip
        lines = lines_of(self.piece) if changed and not self.name else None
        self.name = self.name or next((name for name in changed if lines and lines.asks_for(name)), "")

    def apart(self):
        """The class with what it held at the beginning as each object's own; None where it held nothing."""
        begin = self._begin

        class Apart(self.piece):
            def __init__(self, *given, **named):
                vars(self).update({name: copy.copy(it) for name, it in begin.items()})
                super().__init__(*given, **named)

        return Apart if begin else None

    def verdict(self):
        text = f"`{self.name}` belongs to the class, so all its objects share one: what one of them is given, or "
        text += f"keeps, the others have too. An object's own is made by `self.{self.name} = …`, in a method."
        return failed("shared-by-all", text)
