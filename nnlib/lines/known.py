"""What a mend may put in: the variables, attributes and numbers that a learner's lines know."""

import ast
from dataclasses import dataclass, replace

from nnlib.lines.syntax import MANY, MANY_ON_A_WAY_BACK, name_called

WRAPPING = ("sum", "mean", "max", "min", "sqrt", "exp", "log", "square")  # what may be missing around a value


@dataclass(frozen=True)
class Known:
    """What a mend may put in: a function's variables, what else is asked of them, those of these that are never read,
    and what the solution calls more often than the learner does. `around` is None, or it is part of a network's way
    back, and names arrays from outside that it uses; `keys` are those of dictionaries on that way.
    """

    names: tuple
    attributes: dict
    unread: tuple
    functions: tuple
    around: tuple | None = None
    keys: tuple = ()
    since: dict | None = None
    rounds: frozenset = frozenset()  # what comprehensions give a value in each round: without it there were no round

    @classmethod
    def of(cls, tree, solution, around=None, keys=()):
        """What stands in the learner's tree and in that of the solution."""
        mine, theirs = list(ast.walk(tree)), list(ast.walk(solution))
        every = [*mine, *theirs]
        called = {ast.unparse(one.func) for one in every if isinstance(one, ast.Call)}
        attributes = {}
        for one in every:
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and ast.unparse(one) not in called:
                attributes.setdefault(one.value.id, {})[one.attr] = None
        calls, theirs = ([name_called(one) for one in nodes] for nodes in (mine, theirs))
        inside = {ast.unparse(one) for one in mine if isinstance(one, ast.Attribute)}
        own = [name for one in attributes.get("self", ()) if (name := f"self.{one}") in inside or around is None]
        read = {ast.unparse(one) for one in mine if isinstance(getattr(one, "ctx", None), ast.Load)}
        unread = tuple(name for name in own if name not in read)
        missing = tuple(one for one in WRAPPING if theirs.count(one) > calls.count(one) and around is None)
        return cls((), attributes, unread, missing, around, keys)

    def within(self, function):
        """The same, of one function."""
        own = [one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
        every = [one for one in ast.walk(function) if isinstance(one, ast.Name)]
        stored = [one.id for one in every if isinstance(one.ctx, ast.Store)]
        lines = [(one.lineno, one.id) for one in every if isinstance(one.ctx, ast.Store) and one.id not in own]
        since = {name: line for line, name in sorted(lines, reverse=True)}  # the first line that fills it
        names = tuple(name for name in dict.fromkeys((*own, *stored, *(self.around or ()))) if name != "self")
        read = {one.id for one in every if isinstance(one.ctx, ast.Load)}
        unread = (*(one for one in names if one not in read), *self.unread)
        targets = [one.target for one in ast.walk(function) if isinstance(one, ast.comprehension)]
        rounds = frozenset(one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
        return replace(self, names=names, since=since, unread=unread, rounds=rounds)

    def there(self, node):
        """The variables that hold something where a node stands."""
        return [name for name in self.names if self.since.get(name, 0) < node.lineno]

    def computed(self, node):
        """The variables that were worked out before a node, on a network's way, and are never read."""
        none = self.around is None or ast.unparse(node) in ("np", "self")
        return [] if none else [one for one in self.unread if self.since.get(one, node.lineno) < node.lineno]

    @property
    def many(self):
        """So many variables are all taken for one another."""
        return MANY if self.around is None else MANY_ON_A_WAY_BACK


# --- expressions ---
