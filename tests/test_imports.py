"""Imports run one way: lessons → widgets → nnlib → NumPy. The dependencies at run time are these and no others."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import house
import pytest

import nnlib
from widgets.stage.browser import joined

ROOT = Path(__file__).resolve().parent.parent
RUN_TIME = ["numpy", "ipywidgets", "anywidget", "matplotlib", "jupyterlab", "tqdm"]

# What each package may import besides the standard library and itself.
ALLOWED = {
    "nnlib": {"numpy"},
    "widgets": {"numpy", "nnlib", "anywidget", "ipywidgets", "traitlets", "matplotlib", "PIL", "IPython"},
    "lessons": {"numpy", "nnlib", "widgets", "ipywidgets", "traitlets", "matplotlib", "IPython", "nbformat"},
}
EXCEPTIONS = {  # imported where they are asked for
    "nnlib/callback.py": {"tqdm"},  # the progress bar
    "widgets/workbench/dock.py": {"sidecar"},  # beside the notebook, if it is installed
}

MODULES = [
    path.relative_to(ROOT).as_posix()
    for package in ALLOWED
    for path in sorted((ROOT / package).rglob("*.py"))
    if not {"source", "my_progress", "my_runs"} & {*path.parts}  # what learners have made is not the course
]


def imported(source):
    """The top-level names that a module's source imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_lies_below_it(module):
    package = module.partition("/")[0]
    allowed = ALLOWED[package] | EXCEPTIONS.get(module, set()) | {package, "__future__"} | set(sys.stdlib_module_names)
    beyond = imported((ROOT / module).read_text(encoding="utf-8")) - allowed
    assert not beyond, f"{module} imports {sorted(beyond)}; {package} may import {sorted(ALLOWED[package])}"


FRONT = {
    "layer", "activation", "loss", "initializer", "model", "training", "optimizer", "schedule", "callback", "metric",
    "watch",
}  # fmt: skip
ROOMS = {
    "parts": {"parts"},
    "data": {"data", "parts"},
    "lines": {"lines", "parts"},
    "inspect": {"inspect", "lines", "parts"},
    "keep": {"keep", "data", "parts"},
}
"""Which rooms of nnlib a room may enter, besides the front room; the front room itself enters `parts` alone."""


def places_in_nnlib(source):
    """What a source imports from nnlib, as dotted names below it: `from nnlib.keep import save` gives `keep`."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"nnlib.{alias.name}" for alias in node.names] if node.module == "nnlib" else [node.module]
        yield from (name.removeprefix("nnlib.") for name in names if name.startswith("nnlib."))


@pytest.mark.parametrize("module", [name for name in MODULES if re.match(r"nnlib/(?!__init__)", name)])
def test_a_room_of_nnlib_enters_only_the_rooms_below_it(module):
    _, *room, _ = module.split("/")
    allowed = ROOMS[room[0]] if room else {"parts"}
    entered = {place.partition(".")[0] for place in places_in_nnlib((ROOT / module).read_text(encoding="utf-8"))}
    assert entered - FRONT <= allowed, f"{module} enters {sorted(entered - FRONT - allowed)}"


def test_the_modules_of_nnlib_import_each_other_in_no_circle():
    needs = {}
    for module in MODULES:
        if module.startswith("nnlib/") and not module.endswith("__init__.py"):
            own = module.removeprefix("nnlib/").removesuffix(".py").replace("/", ".")
            source = (ROOT / module).read_text(encoding="utf-8")
            needs[own] = {place for place in places_in_nnlib(source) if place in FRONT or "." in place}
            if "from nnlib.parts import" in source:
                needs[own].add("parts")
    needs["parts"] = {name for name in needs if name.startswith("parts.")}
    order = [*TopologicalSorter(needs).static_order()]  # raises CycleError, which names the circle
    assert order.index("parts.part") < order.index("model") < order.index("keep.run_card")


def test_import_nnlib_enters_no_room_before_something_in_it_is_asked_for():
    asked = "import sys, nnlib\nprint([room for room in nnlib.ROOMS if f'nnlib.{room}' in sys.modules])\n"
    asked += "nnlib.moons\nprint([room for room in nnlib.ROOMS if f'nnlib.{room}' in sys.modules], nnlib.keep.__name__)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.stdout.splitlines() == ["[]", "['data'] nnlib.keep"], ran
    assert {*nnlib.__all__} <= {*dir(nnlib)} and len({*nnlib.__all__}) == len(nnlib.__all__)
    for room, names in nnlib.ROOMS.items():
        assert all(getattr(nnlib, name) is getattr(getattr(nnlib, room), name) for name in names)
    with pytest.raises(AttributeError, match="module 'nnlib' has no attribute 'mons'"):
        _ = nnlib.mons


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("nnlib/")])
def test_lessons_and_widgets_enter_a_room_of_nnlib_by_its_door(module):
    deep = {place for place in places_in_nnlib((ROOT / module).read_text(encoding="utf-8")) if "." in place}
    assert not deep, f"{module} goes round the door of {sorted(deep)}"


FOLDERS = sorted(path.parent.name for path in (ROOT / "widgets").glob("*/__init__.py"))


def folders_entered(file):
    """The folders of widgets that a file there imports from, in Python or in JavaScript."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".js":
        places = re.findall(r'^(?:import|export)\b[^";]*\bfrom\s*"([^"]+)"', text, re.M)
        return {(file.parent / place).resolve().parent.name for place in places}
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            found.add(file.parent.name if node.level == 1 else "..")
        elif isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "widgets":
            inner = node.module.split(".")[1:2]
            found |= {*inner} if inner else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("widgets.")}
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_widgets_enters_the_stage_alone(folder):
    allowed = {folder, "stage"}
    for file in (ROOT / "widgets" / folder).iterdir():
        if file.suffix in (".py", ".js"):
            beyond = folders_entered(file) - allowed
            assert not beyond, f"widgets/{folder}/{file.name} enters {sorted(beyond)}; it may enter {sorted(allowed)}"


def test_widgets_is_one_folder_an_explorer_and_the_stage():
    import widgets

    explorers = {getattr(widgets, name).__module__.split(".")[1] for name in widgets.__all__}
    assert explorers | {"stage"} == {*FOLDERS} and len(explorers) == len(widgets.__all__)
    loose = {path.name for path in (ROOT / "widgets").iterdir() if path.is_file()}
    assert loose == {"__init__.py", "README.md"}
    for name in explorers:
        assert (ROOT / "widgets" / name / "explorer.js").is_file(), f"what draws {name} stands beside it"


WIDGETS = [path for kind in ("py", "js", "css") for path in sorted((ROOT / "widgets").rglob(f"*.{kind}"))]
SCRIPTS = {path: path.read_text(encoding="utf-8") for path in WIDGETS if path.suffix == ".js"}
ONE_LINE = re.compile(r'^import \{ ([\w, ]+) \} from "(\.[\w./]+)";$', re.M)
MADE = r"^(export )?(?:async )?(?:function|const|let|class) (\w+)"


def scripts_imported(file):
    """What a module of widgets imports: [(the file, the names)]."""
    return [((file.parent / place).resolve(), names.split(", ")) for names, place in ONE_LINE.findall(SCRIPTS[file])]


def test_no_file_of_widgets_is_longer_than_300_lines():
    long = {path.name: count for path in WIDGETS if (count := len(path.read_text("utf-8").splitlines())) > 300}
    assert not long, f"{long}: which of its questions gets a file of its own?"


def test_the_modules_of_widgets_import_each_other_in_no_circle():
    needs = {file: {other for other, _ in scripts_imported(file)} for file in SCRIPTS}
    for path in (path for path in WIDGETS if path.suffix == ".py" and path.stem != "__init__"):
        tree = [one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.ImportFrom)]
        names = [f"{one.module}.{alias.name}" for one in tree for alias in one.names] + [one.module for one in tree]
        files = [ROOT / f"{name.replace('.', '/')}.py" for name in names if name.startswith("widgets.")]
        needs[path] = {file for file in files if file.is_file()}
    order = [*TopologicalSorter(needs).static_order()]  # raises CycleError, which names the circle
    for kind in ("py", "js"):
        base = {"py": "base.py", "js": "stage.js"}[kind]
        assert order.index(ROOT / "widgets/stage" / base) < order.index(ROOT / "widgets/predict" / f"explorer.{kind}")


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_module_for_the_browser_imports_what_it_uses_from_where_it_is(file):
    """All modules of an explorer are joined into one, where a name that was never imported would be found too."""
    exports = {name: other for other, text in SCRIPTS.items() for said, name in re.findall(MADE, text, re.M) if said}
    imported = {name: other for other, names in scripts_imported(file) for name in names}
    lines = len(re.findall(r"^import ", SCRIPTS[file], re.M))
    assert lines == len(scripts_imported(file)), 'an import is one line: `import { names } from "./place.js";`'
    assert imported.items() <= exports.items(), "a name is imported from the file that makes it"
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"|//.*', "", re.sub(r"^import .*\n", "", SCRIPTS[file], flags=re.M))
    idle = {name for name in imported if not re.search(rf"\b{name}\b", code)}
    assert not idle, f"{sorted(idle)} are imported and not used"
    called = {*re.findall(r"(?:(?<=\.\.\.)|(?<![\w.$]))(\w+)\(", code)}
    own = {*re.findall(r"\b(?:const|let|function|class) (\w+)|\b(\w+)\([^()]*\) \{", code)}
    own = {name for both in own for name in both} | {*re.findall(r"[{,(]\s*(\w+)(?=[,)} ])", code)}  # arguments, too
    assert not called & {*exports} - own - {*imported}, "what another file makes is imported"


@pytest.mark.parametrize("folder", [name for name in FOLDERS if name != "stage"])
def test_modules_that_are_joined_make_no_name_twice(folder):
    names = [name for _, name in re.findall(MADE, joined(ROOT / "widgets" / folder / "explorer.js"), re.M)]
    assert len(names) == len({*names}), f"twice: {sorted(name for name in {*names} if names.count(name) > 1)}"


def test_what_a_style_sheet_styles_is_made_somewhere():
    made = "".join(path.read_text("utf-8") for path in WIDGETS if path.suffix != ".css")
    panels = {f"nn-{name.lower().replace(' ', '-')}" for name in re.findall(r'anel\((?:stage, )?"([^"]+)"', made)}
    said = {*re.findall(r"(?<![\w-])nn-[\w-]+", made), *panels}
    said |= {f"nn-mark-{sign}" for sign in re.findall(r'\["(\w+)", ', made)} | {"nn-handle-ring", "nn-handle-square"}
    said |= {"nn-cell-1", "nn-cell-2", "nn-radios-choose"}
    styles = "".join(path.read_text("utf-8") for path in WIDGETS if path.suffix == ".css")
    assert not {*re.findall(r"\.(nn-[\w-]+)", styles)} - said


def test_what_a_module_exports_is_used_elsewhere():
    wanted = {name for file in SCRIPTS for _, names in scripts_imported(file) for name in names}
    idle = {name for text in SCRIPTS.values() for said, name in re.findall(MADE, text, re.M) if said} - wanted
    assert not idle, f"{sorted(idle)} are exported for nobody"


CHECKS = {"remember": set(), "judge": {"remember"}, "speak": {"judge", "remember"}}
"""Which rooms of the checks a room may enter, besides its own."""


@pytest.mark.parametrize("room", CHECKS)
def test_a_room_of_the_checks_enters_only_those_below_it(room):
    for path in (ROOT / "lessons/checks" / room).glob("*.py"):
        entered = {*re.findall(r"lessons\.checks\.(\w+)", path.read_text(encoding="utf-8"))} & {*CHECKS}
        assert entered <= CHECKS[room] | {room}, f"{path.name} enters {entered - CHECKS[room] - {room}}"


def test_tqdm_is_imported_only_when_a_progress_bar_is_drawn():
    tree = ast.parse((ROOT / "nnlib/callback.py").read_text(encoding="utf-8"))
    at_the_top = "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    assert "tqdm" not in imported(at_the_top)


def test_the_rule_sees_an_import_wherever_it_stands():
    source = "import os.path\nfrom . import here\ndef f():\n    from matplotlib import figure\n    import tqdm.auto"
    assert imported(source) == {"os", "matplotlib", "tqdm"}


def loaded_by(statement):
    """The top-level modules that a fresh Python has loaded after a statement."""
    code = f"import sys, json; {statement}; print(json.dumps([*sys.modules]))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    return {*json.loads(told.stdout)}


def packages(modules):
    return {name.partition(".")[0] for name in modules}


def test_importing_nnlib_loads_numpy_and_nothing_else():
    from_numpy = packages(loaded_by("import numpy"))
    extra = packages(loaded_by("import nnlib")) - from_numpy - {"nnlib"} - set(sys.stdlib_module_names)
    assert not extra, f"`import nnlib` loads {sorted(extra)}"


def test_importing_widgets_loads_nothing_before_an_explorer_is_asked_for():
    assert not packages(loaded_by("import widgets")) - {"widgets", "__main__"} - set(sys.stdlib_module_names)


def test_an_explorer_is_imported_without_the_others():
    loaded = loaded_by("from widgets import NeuronExplorer")
    assert "widgets.neuron_explorer" in loaded
    assert not {"widgets.bug_lab", "widgets.step_explorer", "widgets.workbench"} & set(loaded)


def test_importing_all_explorers_loads_no_lesson_and_no_pyplot():
    loaded = loaded_by("from widgets import *")
    assert "widgets.bug_lab" in loaded
    assert "lessons" not in loaded
    assert "matplotlib.pyplot" not in loaded


def test_nnlib_says_the_version_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert nnlib.__version__ == project["version"]


def test_the_evening_s_guide_names_every_module_of_the_front_room_with_its_minutes():
    rows = re.findall(r"^\| \[(\w+)\]\(\1\.py\) \| (\d+) \|", (ROOT / "nnlib/README.md").read_text("utf-8"), re.M)
    assert {name for name, _ in rows} == FRONT
    for name, minutes in rows:
        lines = len((ROOT / f"nnlib/{name}.py").read_text("utf-8").splitlines())
        assert abs(lines / 12 - int(minutes)) <= 3, f"{name}: {lines} lines are {lines / 12:.0f} minutes, not {minutes}"


def test_the_picture_of_the_house_shows_the_imports_as_they_are():
    assert house.main(["--check"]) == 0


def test_a_circle_of_rooms_is_an_error_that_names_it():
    with pytest.raises(CycleError, match="cycle") as told:
        house.floors({"a": {"b"}, "b": {"a"}, "c": set()})
    assert set(told.value.args[1]) == {"a", "b"}


def test_the_run_time_dependencies_are_the_listed_ones():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [re.match(r"[\w-]+", line).group() for line in project["dependencies"]] == RUN_TIME
