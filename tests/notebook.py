"""A learner's notebook without a kernel: cells run one after the other in one namespace, their text at hand."""

import ast
import linecache

from lessons.checks import pristine
from lessons.checks.remember import book
from lessons.checks.remember.book import find
from lessons.checks.speak import commands


class Notebook:
    """Cells run one after the other in one namespace, with their text at hand, as in a kernel."""

    count = 0

    def __init__(self):
        self.names = {"__name__": "__main__", "In": []}
        self.run("import numpy as np\nfrom lessons.checks import *\nfrom widgets import *")

    def run(self, text):
        """Execute a cell; returns the value of its last expression."""
        Notebook.count += 1
        self.names["In"].append(text)
        name = f"<cell {Notebook.count}>"
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        tree = ast.parse(text)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), self.names)
        return eval(compile(ast.Expression(last.value), name, "eval"), self.names) if last else None

    def do(self, number, text):
        """Run the cell of an exercise, after what it needs, and, where it does not check itself, its check."""
        for needed in getattr(find(number), "needs", ()):
            self.run(book.exercise_cell(needed)[0])
        report = self.run(text)
        return report if isinstance(report, commands.Report) else self.run(f'check("{number}")')


def set_constant(monkeypatch, module, name, value):
    """Change a constant of the checks for one test: the checks themselves put back what a notebook changes."""
    monkeypatch.setattr(module, name, value)
    kept = next(kept for names, _, kept in pristine._kept if names is vars(module))
    monkeypatch.setitem(kept, name, value)


def with_body(number, body):
    """The exercise's blank cell with `body` in place of the dots, or with several, one for each of them."""
    lines, bodies = [], [] if isinstance(body, str) else list(body)
    for line in book.exercise_cell(number)[1].splitlines():
        if line.strip() == "...":
            indent = line[: -len("...")]
            lines += [indent + one for one in (bodies.pop(0) if bodies else body).splitlines()]
        else:
            lines.append(line)
    return "\n".join(lines)


def with_changes(number, changes):
    """The solution of an exercise with a text in it changed, or several."""
    cell = book.exercise_cell(number)[0]
    for old, new in changes:
        assert old in cell, f"{old!r} does not stand in the solution of {number}"
        cell = cell.replace(old, new)
    return cell
