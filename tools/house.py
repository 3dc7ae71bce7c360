"""The picture of the house: which room enters which, read off the imports, as floors in CONTRIBUTING.md.

    python tools/house.py            write it
    python tools/house.py --check    exit status 1 if it no longer shows what the imports say

A room is a module of nnlib's front room, or a folder of modules. Arrows go down only: a circle has no floors and is an
error that names it. An arrow that others already imply (a room enters it by way of another) is left out.
"""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- begin house: tools/house.py -->", "<!-- end house -->"
PACKAGES = "nnlib", "widgets", "lessons"
SHAPES = {"nnlib": "[{}]", "widgets": "([{}])", "lessons": "[/{}/]"}  # told apart without colour


def room_of(dotted):
    """The room of a dotted module: `nnlib.parts.flat` lives in `nnlib.parts`, `nnlib.loss` is a room of its own."""
    names = dotted.split(".")
    if names[:2] != ["lessons", "checks"] or len(names) == 2:
        return ".".join(names[:2])
    return "lessons.checks.lesson_NN" if names[2].startswith("lesson_") else ".".join(names[:3])


def modules():
    """`(path, its dotted name)` of every module of the three packages that runs."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            names = path.relative_to(ROOT).with_suffix("").parts
            empty = names == ("lessons", "__init__")
            if not empty and not {"source", "my_progress", "my_runs"} & {*names}:
                yield path, ".".join(names).removesuffix(".__init__")


def entered(path):
    """The dotted names that a module imports from the three packages, down to a module where one is meant."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name if is_place(name) else node.module for name in inner]
        else:
            continue
        yield from (name for name in found if name.split(".")[0] in PACKAGES)


def is_place(dotted):
    path = ROOT.joinpath(*dotted.split("."))
    return (path / "__init__.py").is_file() or path.with_suffix(".py").is_file()


def rooms():
    """`{room: the rooms it enters}`; the explorers that enter no other one are one room."""
    needs = {}
    for path, dotted in modules():
        room = room_of(dotted)
        needs.setdefault(room, set()).update(map(room_of, entered(path)))
    needs = {room: {other for other in inner if other != room and other in needs} for room, inner in needs.items()}
    explorers = {room for room in needs if room.startswith("widgets.") and room != "widgets.stage"}
    tied = {room for room in explorers if needs[room] & explorers}
    tied |= {other for room in tied for other in needs[room] & explorers}
    names = dict.fromkeys(explorers - tied, f"widgets: {len(explorers - tied)} explorers")
    merged = {}
    for room, inner in needs.items():
        merged.setdefault(names.get(room, room), set()).update(names.get(other, other) for other in inner)
    return merged


def floors(needs):
    """`[[rooms], …]` from the ground up: each room stands on the floor above the highest that it enters."""
    level = {}
    for room in TopologicalSorter(needs).static_order():  # raises CycleError, which names the circle
        level[room] = 1 + max((level[other] for other in needs.get(room, ())), default=-1)
    return [sorted(room for room in level if level[room] == number) for number in range(max(level.values()) + 1)]


def reach(needs, room):
    found = set()
    for other in needs.get(room, ()):
        found |= {other} | reach(needs, other)
    return found


def direct(needs):
    """The arrows that no other arrows imply."""
    for room, inner in sorted(needs.items()):
        implied = set().union(*(reach(needs, other) for other in inner)) if inner else set()
        yield from ((room, other) for other in sorted(inner - implied))


def picture():
    needs = rooms()
    ids = {room: f"r{number}" for number, room in enumerate(sorted(needs))}
    lines = ["```mermaid", "flowchart TD"]
    for number, floor in reversed([*enumerate(floors(needs))]):
        lines.append(f'    subgraph f{number}["{number}"]')
        lines += [f"        {ids[room]}{SHAPES[room.split('.')[0].split(':')[0]].format(room)}" for room in floor]
        lines.append("    end")
    lines += [f"    {ids[room]} --> {ids[other]}" for room, other in direct(needs)]
    return "\n".join([*lines, "```"])


def main(arguments):
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    new = f"{before}{BEGIN}\n{picture()}\n{END}{rest.partition(END)[2]}"
    if "--check" in arguments:
        return 0 if new == text else "the imports have changed: python tools/house.py draws the house anew"
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
