"""Build a neural network in NumPy, piece by piece, and watch it think.

    nnlib-course                     copy the lessons into the folder nnlib-course here, and open JupyterLab on them
    nnlib-course lab --folder my_lessons --no-browser --port 8899
    nnlib-course lessons FOLDER      copy them, and open nothing: for VS Code, Notebook 7 and others
    nnlib-course replay              a recorded run, opened in your browser; it plays without Python
    nnlib-course class FOLDER        a class at a glance, from the files that status(export=True) writes
    nnlib-course doctor              what is here, what is missing, and how to mend it
    nnlib-course site FOLDER         the public site, from a clone of the course

`python3 course.py`, in a clone, makes an environment and hands over to this.
"""

import argparse
import contextlib
import importlib.util
import io
import os
import shutil
import socket
import sys
import webbrowser
from importlib.metadata import packages_distributions
from pathlib import Path

try:
    from nnlib_course import set_up  # course.py, as the wheel has it
except ImportError:
    import course as set_up  # in a clone

INSTALLED = Path(__file__).resolve().parents[1]
"""The folder that holds nnlib_course, and so nnlib, widgets and lessons."""
NAMES = ("nnlib", "widgets", "lessons")
FIRST_LESSON = "00_meet_the_network.ipynb"
Problem, say = set_up.Problem, set_up.say


def main(arguments=None):
    set_up.any_alphabet()
    try:
        arguments = sys.argv[1:] if arguments is None else arguments
        handed_on = {"class": class_report, "site": site}
        if arguments and arguments[0] in handed_on:
            return handed_on[arguments[0]](arguments[1:])
        want = parse(arguments)
        return want.command(want)
    except Problem as problem:
        text = str(problem)
    except OSError as error:
        text = f"{error}"
    except KeyboardInterrupt:
        text = "stopped."
    print(f"\nnnlib-course: {text}", file=sys.stderr, flush=True)
    return 1


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="nnlib-course", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.set_defaults(command=lab, folder=Path("nnlib-course"), root=None, no_browser=False, port=None)
    commands = parser.add_subparsers(title="commands", metavar="")
    command = commands.add_parser("lab", help="open JupyterLab on the first lesson (what happens without a command)")
    command.add_argument("--folder", type=Path, default=Path("nnlib-course"), help="for your copies of the lessons")
    command.add_argument("--root", type=Path, help="the folder that JupyterLab shows (default: that of the lessons)")
    command.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    command.add_argument("--port", type=int, help="the port to listen on (default: 8888, or the next that is free)")
    command.set_defaults(command=lab)
    command = commands.add_parser("lessons", help="copy the lessons into a folder, and open nothing")
    command.add_argument("folder", type=Path)
    command.set_defaults(command=lessons)
    command = commands.add_parser("replay", help="a recorded run as one file that plays in a browser, without Python")
    command.add_argument("name", nargs="?", default="moons", help="which (default: moons, a run of the Workbench)")
    command.add_argument("--list", action="store_true", help="say which there are")
    command.add_argument("--to", type=Path, default=Path("nnlib-course"), help="the folder for the file")
    command.add_argument("--no-browser", action="store_true", help="write the file, and open no browser")
    command.set_defaults(command=replay)
    commands.add_parser("class", help="a class at a glance, from a folder of exported files", add_help=False)
    commands.add_parser("site", help="the public site, from a clone of the course", add_help=False)
    command = commands.add_parser("doctor", help="say what is here, what is missing, and how to mend it")
    command.set_defaults(command=doctor)
    return parser.parse_args(arguments)


# --- lab -------------------------------------------------------------------------------------------------------------


def lab(want):
    folder = want.folder.absolute()
    root = (want.root or folder).absolute()
    check_names(folder)
    copy_lessons(folder)
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{(folder / FIRST_LESSON).relative_to(root).as_posix()}",
    ]  # fmt: skip
    if want.no_browser:
        command.append("--no-browser")
    if want.port is not None:
        check_port(want.port)
        command += [f"--ServerApp.port={want.port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # as in a container; the server listens on this computer alone
    say(f"Opening JupyterLab on {folder / FIRST_LESSON}. To end it: Ctrl+C here.")
    os.environ.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(Path(sys.prefix) / "workspaces"))  # no other project's tabs
    return set_up.hand_over(command, root)


def lessons(want):
    check_names(want.folder)
    copy_lessons(want.folder)
    say(f"The lessons are in {want.folder.absolute()}. What was there already is as it was.")
    return 0


def copy_lessons(folder):
    """Copy each notebook, the gallery too, that the folder lacks. A copy that is there is the learner's and stays."""
    folder.mkdir(parents=True, exist_ok=True)
    lessons = INSTALLED / "lessons"
    for lesson in sorted([*lessons.glob("[0-9][0-9]_*.ipynb"), *lessons.glob("gallery.ipynb")]):
        mine = folder / lesson.name
        if not mine.exists():
            part = mine.with_suffix(".part")  # so that an interrupted copy is never taken for the learner's own
            shutil.copyfile(str(lesson), str(part))
            os.replace(str(part), str(mine))


def check_port(port):
    with socket.socket() as probe:
        if not set_up.WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise Problem(f"port {port} cannot be used ({error}).\nChoose another, or leave --port out.") from error


def check_names(folder=None):
    """Refuse to begin where `import widgets` would find something else: in a lesson it would be an odd ImportError."""
    for name in NAMES:
        found = importlib.util.find_spec(name)
        there = INSTALLED / name
        if found is None or not found.submodule_search_locations or there.resolve() not in [
            Path(place).resolve() for place in found.submodule_search_locations
        ]:  # fmt: skip
            where = "nothing" if found is None else found.origin or list(found.submodule_search_locations)
            raise Problem(
                f"`import {name}` finds {where}, and the course's own is {there}.\n"
                "Uninstall or rename the other one, or give the course an environment of its own: uvx nnlib-course"
            )
        others = set(packages_distributions().get(name, ())) - {"nnlib-course"}
        if others:
            raise Problem(
                f"the package {', '.join(sorted(others))} has written into {name}/ of the course.\n"
                "Give the course an environment of its own: uvx nnlib-course"
            )
        for beside in (folder / f"{name}.py", folder / name / "__init__.py") if folder else ():
            if beside.exists():
                raise Problem(f"{beside} would be found in place of the course's {name}.\nRename it.")
    return "nnlib, widgets and lessons are the course's own"


# --- the other commands ----------------------------------------------------------------------------------------------


def replay(want):
    """Make a replay and open it: from a command to a moving network, without a notebook."""
    from nnlib_course import replays

    known = replays.names()
    if want.list:
        say("\n".join(known))
        return 0
    if want.name not in known:
        raise Problem(f"no replay is called {want.name!r}. There are: {', '.join(known)}")
    check_names(want.to)
    want.to.mkdir(parents=True, exist_ok=True)
    file = (want.to / f"{want.name}.html").absolute()
    say("Recording a run. It takes a few seconds.")
    with contextlib.redirect_stdout(io.StringIO()):  # whose Dense it is: the file says it
        size = replays.save(want.name, file)
    say(f"{file}: {size:,} bytes")
    if not want.no_browser:
        webbrowser.open(file.as_uri())
    return 0


def site(arguments):
    """The site is built of what a clone has and a wheel has not: the instructor's pages, the sources, the tools."""
    build = INSTALLED / "tools" / "build_site.py"
    if not build.is_file():
        raise Problem("the site is built from a clone of the course. There, type  python3 course.py site FOLDER")
    return set_up.hand_over([sys.executable, str(build), *arguments], Path.cwd())


def class_report(arguments):
    from lessons.class_report import main as report

    return report(arguments)


def doctor(want):
    """One line for each thing the course needs, with the mend where it is missing."""
    found = set_up.probe(sys.executable)
    lines = [set_up.python_line, set_up.platform_line, set_up.memory_line, check_names]
    return set_up.report([*lines, lambda: set_up.front_end_line(found), lambda: set_up.settings_line(found)])


if __name__ == "__main__":
    sys.exit(main())
