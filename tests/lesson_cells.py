"""The cells of a solved lesson that one of them needs, and no others: a lesson whole trains for minutes."""

import ast

import nbformat

from lessons.checks.remember import book


def cells_with(word):
    """Every cell of a lesson in which `word` stands: {"13, cell 22": the cells that lead to it, and it}."""
    found = {}
    for lesson, path in book.paths().items():
        sources = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
        for at, source in enumerate(sources):
            if word in source:
                found[f"{lesson}, cell {at}"] = [*leading_to(sources, at), source]
    return found


def leading_to(sources, at):
    """The cells before `at` that make what it uses, in their order."""
    wanted, kept = used(sources[at]), []
    for source in reversed(sources[:at]):
        if (made := makes(source)) & wanted:
            wanted = wanted - made | used(source)
            kept.append(source)
    return kept[::-1]


def used(source):
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def makes(source):
    """The names that a cell binds for others to use."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            names |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return names
