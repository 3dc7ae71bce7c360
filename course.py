#!/usr/bin/env python3
"""The neural network course: set up, open, test.

    python3 course.py                    set up if need be, then open JupyterLab on the first lesson
    python3 course.py lab --no-browser --port 8899
    python3 course.py test               set up with what tests need, then run the tests
    python3 course.py test costly        what that leaves out: long, and much like others
    python3 course.py test quick         units and one notebook, in under two minutes
    python3 course.py test -x tests/test_course.py    what follows `test` goes to pytest
    python3 course.py class FOLDER       a class at a glance, from the files that status(export=True) writes
    python3 course.py doctor             what is here, what is missing, and how to mend it; --room tries it for real
    python3 course.py replay             a recorded run, opened in your browser; it plays without Python
    python3 course.py site FOLDER        the public site, for any web server: lessons, replays, reference, JupyterLite
    python3 course.py bundle FOLDER      the course on a stick, with its packages, to be set up without a network

On Windows: `py course.py`. Needs Python 3.11 or newer and nothing else; all it installs goes into the folder .venv.
"""

# Everything up to check_python() has to run on any Python 3.6 or newer, so that an old one can say that it is too old.
import argparse
import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
COMMAND = "py course.py" if WINDOWS else "python3 course.py"
ANEW = f"Delete the folder .venv and type  {COMMAND}"
if __name__ == "nnlib_course.set_up":  # in the wheel, where only the checks of `doctor` are used
    COMMAND, ANEW = "nnlib-course", "Install it again:  pip install --force-reinstall nnlib-course"
OLDEST = (3, 11)
OLDEST_ON_WINDOWS_ARM = (3, 12)
NEWEST = (3, 14)  # from the oldest to here the locked packages come ready built; see tools/platforms.py
READY = r"linux-(x86_64|aarch64)|macosx-.*-(x86_64|arm64|universal2)|win-(amd64|arm64)"  # for these computers

ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOCK = ROOT / "requirements.lock"  # what runs the course
DEV_LOCK = ROOT / "requirements-dev.lock"  # what its tests need besides
STAMP = ROOT / ".course-stamp.json"  # beside .venv, so that no half-deleted .venv carries it
WHEELS = ROOT / "wheels"  # in what `bundle` makes: the packages, so that nothing is asked from the network
BUSY = ROOT / ".course-busy"  # locked while a set-up is at work
MY_LESSONS = ROOT / "my_lessons"
ROOM = 0.8e9  # bytes on the disk; a new .venv measures 0.36e9, and while it is made half as much lies beside it
ROOM_FOR_TESTS = 1.6e9
CONFIGURATION = 65536  # bytes of a pyvenv.cfg at most: it has five lines, and Python reads all of it at each start
MEMORY = 1e9  # bytes for JupyterLab, the browser's page of it and one lesson


class Problem(Exception):
    """What went wrong and how to mend it, in words for the learner: the one thing that is printed."""


def say(text):
    print(text, flush=True)


class Note(Exception):
    """Something that the learner may want to know and need not mend."""


# --- what can go wrong ---------------------------------------------------------------------------------------------


def check_python(version=None):
    version = tuple(version or sys.version_info)[:3]
    oldest = OLDEST_ON_WINDOWS_ARM if sysconfig.get_platform() == "win-arm64" else OLDEST
    if version >= oldest:
        return
    have, need = ".".join(map(str, version)), ".".join(map(str, oldest))
    raise Problem(f"this is Python {have}, and the course needs Python {need} or newer.\n{newer_python()}")


def newer_python():
    """The command that starts the course with a newer Python that is here already, or where to get one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        command = ["py", f"-3.{minor}"] if WINDOWS else [name]
        if shutil.which(command[0]) and answers([*command, "-c", "import ensurepip"]):
            return "Python 3.{} is on this computer too. Type:  {} course.py".format(minor, " ".join(command))
    return (
        "Install it from python.org/downloads (Windows, macOS) or with the system's packages\n"
        "(Debian, Ubuntu:  sudo apt install python3.11 python3.11-venv), then start the course with that Python."
    )


def answers(command):
    """Whether a command runs and ends well."""
    try:
        silent = subprocess.DEVNULL
        return subprocess.call(command, stdin=silent, stdout=silent, stderr=silent) == 0
    except OSError:
        return False


def check_venv():
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    raise Problem(no_venv())


def no_venv():
    name = "python{}.{}".format(*sys.version_info[:2])
    return (
        f"this Python ({sys.executable}) cannot make virtual environments: its venv or ensurepip module is missing.\n"
        f"Debian, Ubuntu:  sudo apt install {name}-venv\n"
        "Elsewhere: install Python from python.org/downloads and start the course with it."
    )


def check_room(needed=ROOM):
    free = shutil.disk_usage(str(ROOT)).free
    if free < needed:
        raise Problem(disk_full(f"{free / 1e9:.1f} GB are free", needed))


def disk_full(found, needed=ROOM):
    return (
        f"the disk is too full: {found}, and setting up takes {needed / 1e9:.1f} GB in\n{ENVIRONMENT}\n"
        f"Make room, or move the course's folder to a larger disk, then type  {COMMAND}  again."
    )


def check_write():
    try:
        with tempfile.TemporaryFile(dir=str(ROOT)):
            pass
    except OSError as error:
        raise Problem(explain_os_error(error)) from error


def no_permission(found):
    return (
        f"writing is not allowed here ({found}).\n"
        "Close any JupyterLab that runs from this folder. If that does not help, copy the course's folder to a place\n"
        f"of your own, such as your home folder, and type  {COMMAND}  there."
    )


# What the tools print when something outside the course is wrong, and what to tell the learner then. First match wins.
CAUSES = (
    (
        r"no space left on device|errno 28\b|os error 28\b|os error 112\b|not enough space on the disk|quota exceeded",
        lambda line: disk_full(line),
    ),
    (
        r"certificate_verify_failed|invalid peer certificate|unknownissuer|ssl.*certificate",
        lambda line: (
            f"the connection to the package index was not trusted ({line}).\n"
            "A company or school network often puts its own certificate in between. Ask for its certificate file,\n"
            f"set the environment variable SSL_CERT_FILE to the path of it, and type  {COMMAND}  again."
        ),
    ),
    (
        r"name resolution|failed to resolve|name or service not known|getaddrinfo|nodename nor servname|dns error"
        r"|newconnectionerror|network is unreachable|no route to host|error sending request|failed to fetch"
        r"|connection (?:refused|reset|aborted)|connect(?:ion)? timed? ?out|operation timed out|read timed out"
        r"|tunnel|proxyerror|could not connect|tcp connect error|no matching distribution found for uv",
        lambda line: (
            f"the package index could not be reached ({line}).\n"
            "Setting up needs the internet once. Check the connection (behind a proxy: the environment variable\n"
            "HTTPS_PROXY; with an index of your own: PIP_INDEX_URL and UV_DEFAULT_INDEX), then type\n"
            f"{COMMAND}  again; what has arrived already is not fetched twice."
        ),
    ),
    (
        r"hash mismatch|do not match the hashes",
        lambda line: (
            f"a package arrived that is not the one in the lock ({line}).\n"
            f"Type  {COMMAND}  again. If it happens again, the network or a package mirror changes files: try another."
        ),
    ),
    (r"permission denied|access is denied|os error 5\b|os error 13\b|read-only file system", no_permission),
    (r"ensurepip is not available|no module named ensurepip", lambda line: no_venv()),
)


def explain(doing, output):
    """One message for a step that failed, from what the step printed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for pattern, message in CAUSES:
        for line in lines:
            if re.search(pattern, line, re.IGNORECASE):
                return message(line if len(line) <= 160 else line[:157] + "...")
    told = "\n".join("    " + line for line in lines[-12:]) or "    (it printed nothing)"
    advice = f"Type  {COMMAND} doctor  to see what is missing."
    if sys.version_info[:2] > NEWEST:
        here, newest = ("{}.{}".format(*version[:2]) for version in (sys.version_info, NEWEST))
        advice = f"Python {here} is newer than the packages of the course; start it with Python {newest} or older."
    return f"{doing} failed. It said:\n{told}\n{advice}"


def explain_os_error(error):
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return disk_full(error.strerror)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return no_permission(f"{error.strerror}: {error.filename or ROOT}")
    return f"{error}\nType  {COMMAND} doctor  to see what is missing."


# --- setting up ----------------------------------------------------------------------------------------------------


def fingerprint(tests=False):
    """What is to be installed, as one hash: another lock, project file or shipped setting makes another one."""
    told = hashlib.sha256()
    for path in [*locks(tests), ROOT / "pyproject.toml", *sorted((ROOT / "share").iterdir())]:
        told.update(path.read_bytes())
    return told.hexdigest()


def locks(tests):
    return [LOCK, DEV_LOCK] if tests else [LOCK]


def read_stamp():
    """What the last set-up wrote: for which folder, what it installed (None: not finished), and which packages."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stamp = None
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(installed, tests=None):
    """Note the fingerprint of what .venv holds to run the course, and of what it holds with the tests' packages."""
    stamp = {"folder": str(ROOT), "installed": installed, "tests": tests, "packages": sorted(packages()),
             "configuration": configuration()}  # fmt: skip
    part = STAMP.with_suffix(".part")
    part.write_text(json.dumps(stamp) + "\n", encoding="utf-8")
    os.replace(str(part), str(STAMP))


def packages():
    """The names in the folders where .venv keeps its packages, and what they have put there for JupyterLab."""
    names = ENVIRONMENT.glob("Lib/site-packages/*" if WINDOWS else "lib/python*/site-packages/*")
    shared = [path for top in ("share/jupyter/*/*", "etc/jupyter/*/*") for path in ENVIRONMENT.glob(top)]
    return {path.name for path in names if path.name != "__pycache__"} | {
        path.relative_to(ENVIRONMENT).as_posix() for path in shared
    }


def is_set_up(tests=False):
    """Whether .venv looks as the last finished set-up left it. `doctor` looks closer: it imports."""
    stamp = read_stamp()
    if (stamp.get("folder"), stamp.get("installed")) != (str(ROOT), fingerprint()):
        return False
    if tests and stamp.get("tests") != fingerprint(tests):
        return False
    return PYTHON.exists() and configuration() != "" and has_all(stamp) and is_ours()


def configuration():
    """The text of .venv's pyvenv.cfg, by which its Python finds its library; empty where it cannot be one."""
    try:
        with open(str(ENVIRONMENT / "pyvenv.cfg"), "rb") as file:
            text = file.read(CONFIGURATION + 1)
    except OSError:  # not there, a folder, not to be read
        return ""
    return text.decode("latin-1") if len(text) <= CONFIGURATION else ""


def has_all(stamp):
    """Whether every package that the stamp names is still there, and .venv configured as it was."""
    kept, now = stamp.get("packages"), configuration()
    return (isinstance(kept, list) and packages().issuperset(map(str, kept))
            and stamp.get("configuration", now) == now)  # fmt: skip


def set_up(tests=False):
    """Make .venv hold what runs the course, and what its tests need. Nothing is done when it does already."""
    if is_set_up(tests):
        return
    check_venv()
    check_write()
    check_environment()
    with alone():
        if is_set_up(tests):  # by the one that was waited for
            return
        before = read_stamp()
        room = ROOM_FOR_TESTS if tests else ROOM
        if not before:
            check_room(room)
        say(f"Setting up the course in {ENVIRONMENT} (under a minute, with {room / 1e9:.1f} GB of room; done once)")
        if moved_from():
            say(f"The course was moved here from {moved_from()}, where its .venv still points; it is made anew.")
        write_stamp(installed=None)  # what an interrupted set-up leaves: no package in it can be trusted to be whole
        whole = before.get("folder") == str(ROOT) and before.get("installed") is not None
        make_environment(anew=not whole or not has_all(before))
        try:
            install(tests)
        except Problem as problem:
            raise Problem(without_network(problem)) from None
        check_imports()
        write_stamp(fingerprint(), fingerprint(tests=True) if tests else before.get("tests"))
    say("The course is set up.")


@contextlib.contextmanager
def alone():
    """Two set-ups in one folder would destroy each other: the second one waits. The lock ends with its process."""
    with open(str(BUSY), "a+") as file:
        if not locked(file):
            say("Another set-up is at work in this folder. Waiting for it.")
            while not locked(file):
                time.sleep(0.2)
        yield


def locked(file):
    """Lock a file if nobody else has."""
    try:
        lock_file(file)
    except OSError:
        return False
    return True


def lock_file(file):
    if WINDOWS:
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def check_environment():
    """Refuse a .venv that is not a folder of ours, before anything is written through it."""
    mend = f"Move it away or delete it, then type  {COMMAND}  again."
    if ENVIRONMENT.is_symlink():
        there = os.readlink(str(ENVIRONMENT))
        raise Problem(f"{ENVIRONMENT} is a link to {there}, and the course wants a folder.\n{mend}")
    if ENVIRONMENT.exists() and not ENVIRONMENT.is_dir():
        raise Problem(f"{ENVIRONMENT} is a file, and the course wants a folder of that name.\n{mend}")
    if ENVIRONMENT.is_dir() and hasattr(os, "geteuid") and os.geteuid() not in (0, ENVIRONMENT.stat().st_uid):
        raise Problem(f"{ENVIRONMENT} belongs to another user.\nUse a copy of the course of your own.")
    if is_of_others():
        raise Problem(f"{ENVIRONMENT} was not made by course.py, which would empty it.\n{mend}")
    for path in (STAMP, BUSY):
        if path.exists() and not path.is_file():
            raise Problem(f"{path} is no file, and the course notes there what it has set up.\n{mend}")


def is_of_others():
    """Whether .venv holds something and course.py has never noted that it made it: uv, conda or an editor did."""
    return ENVIRONMENT.is_dir() and any(ENVIRONMENT.iterdir()) and not STAMP.exists()


def moved_from():
    """The folder that this .venv was made in, if that is not this one; its programs still point there."""
    made = read_stamp().get("folder")
    return made if made not in (None, str(ROOT)) else None


def is_ours():
    """Whether PYTHON is the interpreter of .venv itself, and finds the packages that are there.

    Without pyvenv.cfg it would be the computer's own Python. It is a link to that, which an update of the system may
    have replaced by a newer one: that looks into another folder.
    """
    told = "import sys, sysconfig; print(sys.prefix, sys.base_prefix, sysconfig.get_path('purelib'), sep='\\n')"
    try:
        printed = subprocess.check_output([str(PYTHON), "-I", "-c", told], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return False
    lines = printed.decode(errors="replace").splitlines()
    if len(lines) != 3:  # no Python at all
        return False
    prefix, base, library = map(os.path.realpath, lines)
    return prefix == os.path.realpath(str(ENVIRONMENT)) != base and os.path.isdir(library)


def make_environment(anew):
    say("1 of 3  making .venv")
    works = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    if anew or not is_ours() or not answers([str(PYTHON), "-I", "-c", works]):
        run([sys.executable, "-I", "-m", "venv", "--without-pip", "--clear", str(ENVIRONMENT)], "Making .venv")


def check_ours():
    if not is_ours():
        raise Problem(f"{PYTHON} is not the Python of {ENVIRONMENT}, so nothing is installed with it.\n"
                      f"Delete {ENVIRONMENT}, then type  {COMMAND}  again.")  # fmt: skip


def install(tests):
    """Install the locks and the course itself with uv, which is there for this moment only: it is as large as NumPy.

    uv is given empty settings (`target = …` in others would send the packages elsewhere); pip only downloads.
    """
    check_ours()
    with tempfile.TemporaryDirectory(prefix="uv-", dir=str(ENVIRONMENT)) as folder:
        say("2 of 3  fetching uv, which installs the rest")
        settings = Path(folder, "uv.toml")
        settings.touch()
        uv = [fetch_uv(folder), "pip", "install", "--config-file", str(settings), "--python", str(PYTHON), "--no-deps"]
        uv += from_the_bundle()
        say("3 of 3  installing the packages of {}".format(" and ".join(path.name for path in locks(tests))))
        pinned = [word for path in locks(tests) for word in ("-r", str(path))]
        run([*uv, "--require-hashes", *pinned], "Installing the packages")
        course = ["--no-build-isolation", "--reinstall-package", "nnlib-course", "--editable", str(ROOT)]
        run([*uv, *course], "Installing the course itself")


def fetch_uv(folder):
    """Download uv at its locked version, checked by its hash, with the pip that comes with Python; the program's path.

    The .venv gets no pip: making one with it takes longer than all the rest.
    """
    wanted = Path(folder, "uv.txt")
    wanted.write_text(lock_entry(DEV_LOCK.read_text(encoding="utf-8"), "uv"), encoding="utf-8")
    pip = [str(PYTHON), "-I", os.path.join(shipped_pip(), "pip"), "--require-virtualenv", "--no-input"]
    get = ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    run([*pip, *get, *from_the_bundle(), "--dest", folder, "-r", str(wanted)], "Fetching uv")
    (wheel,) = Path(folder).glob("uv-*.whl")
    with zipfile.ZipFile(str(wheel)) as packed:
        (name,) = [name for name in packed.namelist() if re.search(r"scripts/uv(\.exe)?$", name)]
        program = Path(folder, os.path.basename(name))
        program.write_bytes(packed.read(name))
    program.chmod(0o755)
    return str(program)


def from_the_bundle():
    """The options of pip and uv that keep them from the network, where the packages came with the course."""
    return ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []


def without_network(problem):
    """What to say of a set-up that failed: where the packages came with the course, the network is not to blame."""
    if not WHEELS.is_dir():
        return str(problem)
    here = "Python {}.{} on {}".format(*sys.version_info[:2], sysconfig.get_platform())
    return (
        f"the folder {WHEELS} has no packages for this computer, which has {here}.\n"
        f"READ-ME-FIRST.txt says for which it is. With a network: delete that folder and type  {COMMAND}  again.\n"
        f"{problem}"
    )


def shipped_pip():
    """The pip that Python brings along to put into new environments: a wheel, which runs as it is."""
    folders = [
        sysconfig.get_config_var("WHEEL_PKG_DIR"),
        Path(importlib.util.find_spec("ensurepip").origin).parent / "_bundled",
    ]
    wheels = [wheel for folder in folders if folder for wheel in sorted(Path(folder).glob("pip-*.whl"))]
    if not wheels:
        raise Problem(no_venv())
    return str(wheels[-1])


def lock_entry(lock, name):
    """The lines of one package in the lock: its version and its hashes."""
    return re.search(rf"^{name}==.*(?:\n    --hash=.*)+", lock, re.MULTILINE).group() + "\n"


IMPORTS = ("numpy matplotlib tqdm ipywidgets anywidget nnlib widgets lessons.checks", "jupyterlab nbval")
"""What must be there, in halves that are imported side by side: a new package is compiled by its first import."""


def imports():
    """Whether what the course needs can be imported, and the end of what Python says if not."""
    tries = []
    for half in IMPORTS:
        code = "".join(f"import {name}\n" for name in half.split())
        tries.append(subprocess.Popen(
            [str(PYTHON), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=surroundings()
        ))  # fmt: skip
    said = [tried.communicate()[0].decode(errors="replace").strip().rpartition("\n")[2] for tried in tries]
    failed = [words for tried, words in zip(tries, said) if tried.returncode]  # noqa: B905
    return not failed, "; ".join(failed)


def check_imports():
    whole, said = imports()
    if not whole:
        raise Problem(f"What was installed in {ENVIRONMENT} cannot be imported: {said}\n"
                      f"Delete {ENVIRONMENT}, then type  {COMMAND}  again.")  # fmt: skip


def run(command, doing, **variables):
    """Run one step, showing what it prints; a step that fails is one Problem."""
    with subprocess.Popen(
        command,
        cwd=str(ROOT),
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        printed = []
        for line in process.stdout:
            printed.append(line)
            if not re.match(r" [-+~] ", line):  # uv's list of every package
                say("        " + line.rstrip())
    if process.returncode:
        raise Problem(explain(doing, "".join(printed)))


# --- the commands --------------------------------------------------------------------------------------------------


def surroundings():
    """The environment variables of JupyterLab and the tests."""
    variables = dict(os.environ)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        variables.setdefault(name, "1")  # the course's networks are small: one thread is the fastest
    variables.setdefault("PYTHONUTF8", "1")  # so that Python on Windows finds a folder whose name has other letters
    variables.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(ENVIRONMENT / "workspaces"))  # no tabs of other projects
    return variables


def lab(want):
    set_up()
    command = [str(PYTHON), "-m", "nnlib_course", "lab", "--folder", str(MY_LESSONS), "--root", str(ROOT)]
    if want.no_browser:
        command.append("--no-browser")
    if want.port is not None:
        command += ["--port", str(want.port)]
    return hand_over(command)


def test(want):
    set_up(tests=True)
    return hand_over([str(PYTHON), str(ROOT / "tests/run.py"), *want.arguments])


def handed_on(name, tests=False):
    """The command `name` of nnlib_course, with the same arguments."""

    def command(want):
        set_up(tests=tests)
        return hand_over([str(PYTHON), "-m", "nnlib_course", name, *want.arguments], Path.cwd())

    return command


class_report, replay, site = handed_on("class"), handed_on("replay"), handed_on("site", tests=True)


def bundle(want):
    set_up()
    return hand_over([str(PYTHON), str(ROOT / "tools" / "bundle.py"), *want.arguments], Path.cwd())


def hand_over(command, folder=ROOT):
    """Let a program take our place: the terminal, Ctrl+C and the exit code are its own."""
    if not WINDOWS:
        os.chdir(str(folder))
        os.execve(command[0], command, surroundings())
    with subprocess.Popen(command, cwd=str(folder), env=surroundings()) as program:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # the program had it too, and may ask before it ends
                return program.wait()


def doctor(want):
    before = (python_line, platform_line, venv_line, write_line, room_line, memory_line)
    worst = report([*before, *environment_lines(), chromium_line])
    if not worst and want.room:
        return hand_over([str(PYTHON), str(ROOT / "tools" / "room.py")])
    return worst


def report(checks):
    """Say one line for each thing the course needs, with the mend where it is missing; 0 if nothing is."""
    good = True
    for check in checks:
        try:
            say(f"  ok       {check()}")
        except Problem as problem:
            good = False
            first, *rest = str(problem).splitlines()
            say("\n".join([f"  MISSING  {first}", *("           " + line for line in rest)]))
        except Note as note:
            say(f"  note     {note}")
    say("All is well." if good else "What is marked MISSING has its mend beside it.")
    return 0 if good else 1


def python_line():
    check_python()
    return "Python {}.{}.{}, {}".format(*sys.version_info[:3], sys.executable)


def platform_line():
    """Whether nothing has to be compiled: what tools/platforms.py found for these computers and Pythons."""
    here = "{} with Python {}.{}".format(sysconfig.get_platform(), *sys.version_info[:2])
    if re.fullmatch(READY, sysconfig.get_platform()) and sys.version_info[:2] <= NEWEST:
        return f"packages ready built for {here}"
    raise Note(f"for {here} some packages may have to be compiled; the course has not been tried there")


def venv_line():
    check_venv()
    return "venv and ensurepip, to make .venv"


def write_line():
    check_write()
    return f"write access to {ROOT}"


def room_line():
    free = shutil.disk_usage(str(ROOT)).free
    if not is_set_up():
        check_room()
    return f"{free / 1e9:.1f} GB free on the disk"


def memory_line():
    free = free_memory()
    if free is None:
        raise Note("how much memory is free could not be read")
    if free < MEMORY:
        raise Problem(
            f"{free / 1e9:.1f} GB of memory are free; a lesson in JupyterLab wants about {MEMORY / 1e9:.0f} GB.\n"
            "Close other programs, and shut down the kernels of lessons you have finished (Kernel menu)."
        )
    return f"{free / 1e9:.1f} GB of memory free"


def free_memory():
    """Bytes of memory that a new program could have, within a container's limit too; None where nothing tells."""
    found = []
    with contextlib.suppress(OSError, AttributeError):
        told = re.search(r"MemAvailable:\s*(\d+) kB", Path("/proc/meminfo").read_text())
        found.append(int(told.group(1)) * 1024)
    with contextlib.suppress(OSError, ValueError):
        group = Path("/sys/fs/cgroup")
        limit = int((group / "memory.max").read_text())
        found.append(limit - int((group / "memory.current").read_text()))
    if sys.platform == "darwin":
        with contextlib.suppress(OSError, AttributeError, subprocess.SubprocessError):
            told = subprocess.check_output(["vm_stat"], universal_newlines=True)
            page = int(re.search(r"page size of (\d+)", told).group(1))
            found.append(page * sum(map(int, re.findall(r"Pages (?:free|inactive|speculative):\s*(\d+)", told))))
    if WINDOWS:
        import ctypes

        class Status(ctypes.Structure):
            _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
                (name, ctypes.c_ulonglong)
                for name in ("total", "available", "page", "page_free", "virtual", "virtual_free", "more")
            ]

        status = Status(length=ctypes.sizeof(Status))
        if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            found.append(status.available)
    return min(found) if found else None


# Runs in the environment of the course: what is installed there, and which front ends the browser will get.
PROBE = """
import importlib.metadata, json, os, re, sys
versions = {re.sub("[-_.]+", "-", d.metadata["Name"]).lower(): d.version for d in importlib.metadata.distributions()}
fronts, disabled, shipped = {}, [], False
try:
    from jupyter_core.paths import jupyter_path
    from jupyterlab_server.config import get_page_config
    folders = jupyter_path("labextensions")
    own = os.path.join(sys.prefix, "share", "jupyter", "labextensions")
    for name in ("@jupyter-widgets/jupyterlab-manager", "anywidget"):
        found = [os.path.join(f, name, "package.json") for f in [own, *folders]]
        found = [json.load(open(f, encoding="utf-8"))["version"] if os.path.exists(f) else None for f in found]
        fronts[name] = [found[0], next((f for f in found[1:] if f), None)]
    disabled = get_page_config(folders).get("disabledExtensions", {})
    disabled = [n for n in disabled if not isinstance(disabled, dict) or disabled[n]]
    settings = os.path.join(sys.prefix, "share", "jupyter", "lab", "settings", "overrides.json")
    shipped = "commsOverSubshells" in open(settings, encoding="utf-8").read()
except (ImportError, OSError):
    pass
print(json.dumps({"versions": versions, "fronts": fronts, "disabled": disabled, "shipped": shipped, "in": sys.prefix}))
"""


def probe(python):
    """What is installed for an interpreter, from PROBE; None if it cannot say."""
    try:
        told = subprocess.check_output([str(python), "-c", PROBE], stderr=subprocess.DEVNULL)
        return json.loads(told.decode("utf-8"))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def environment_lines():
    """The checks of what is installed: in .venv, or in the Python that runs this if the course was installed there."""
    python = PYTHON
    if not PYTHON.exists() and is_installed_here():
        python = sys.executable  # conda, or an environment of the learner's own
    found = probe(python)
    if python == PYTHON:
        yield set_up_line
    if found:
        yield lambda: versions_line(found)
        yield lambda: front_end_line(found)
        yield lambda: settings_line(found)


def is_installed_here():
    try:
        from importlib.metadata import PackageNotFoundError, distribution  # from Python 3.8
    except ImportError:
        return False
    with contextlib.suppress(PackageNotFoundError):
        return bool(distribution("nnlib-course"))
    return False


def set_up_line():
    if is_of_others():
        whole, said = imports()
        if not whole:
            raise Problem(f"{ENVIRONMENT} was not made by course.py, and lacks something: {said}\n"
                          f"Install requirements.lock there, or delete it and type  {COMMAND}")  # fmt: skip
        raise Note(f"{ENVIRONMENT} was not made by course.py, which leaves it alone; it has what the course needs")
    check_environment()
    if moved_from():
        raise Problem(f"the course was moved here from {moved_from()}, where its .venv still points.\nType  {COMMAND}")
    if is_set_up():
        check_imports()
        return f"set up in {ENVIRONMENT}"
    if not PYTHON.exists():
        raise Problem(f"the course is not set up yet.\nType  {COMMAND}")
    raise Problem(f"{ENVIRONMENT} is not what requirements.lock says, or a set-up was interrupted.\nType  {COMMAND}")


def locked_versions(lock):
    """Each name of the lock with its versions, and the names that every computer needs (those without a condition)."""
    versions, everywhere = {}, set()
    for name, version, condition in re.findall(r"^([\w.-]+)==([^\s;]+)( ;)?", lock, re.MULTILINE):
        versions.setdefault(name, set()).add(version)
        if not condition:
            everywhere.add(name)
    return versions, everywhere


def versions_line(found):
    versions, everywhere = locked_versions(LOCK.read_text(encoding="utf-8"))
    here = found["versions"]
    wrong = [
        f"{name} {here[name]} (locked: {' or '.join(sorted(v))})"
        for name, v in versions.items()
        if name in here and here[name] not in v
    ]
    wrong += [f"{name} is not installed" for name in sorted(everywhere - set(here))]
    if "nnlib-course" not in here:
        wrong.append("the course itself is not installed")
    if wrong:
        more = f"\nand {len(wrong) - 8} more" if len(wrong) > 8 else ""
        raise Problem("versions in {}:\n{}{}\nType  {}".format(found["in"], "\n".join(wrong[:8]), more, COMMAND))
    shown = [f"{name} {here[name]}" for name in ("numpy", "jupyterlab", "ipykernel", "ipywidgets", "anywidget")]
    return f"{len(set(versions) & set(here))} packages at the locked versions: {', '.join(shown)}"


def front_end_line(found):
    fronts = found["fronts"]
    if not fronts:
        raise Problem(f"JupyterLab is not installed.\nType  {COMMAND}")
    for name, (own, served) in fronts.items():
        if own is None or served != own:
            raise Problem(
                f"the widgets' front end {name} is {served or 'missing'}, and the back end came with {own or 'none'}.\n"
                "An older one elsewhere on this computer may be in the way. Where:\n"
                f"{PYTHON} -m jupyterlab.labextensions list\n"
                f"{ANEW}"
            )
        if any(entry.split(":")[0] == name for entry in found["disabled"]):
            raise Problem(
                f"the widgets' front end {name} is switched off.\n"
                f"Switch it on:  {PYTHON} -m jupyterlab.labextensions enable {name}"
            )
    if fronts.get("anywidget", [None])[0] != found["versions"].get("anywidget"):
        raise Problem(f"anywidget's front end and back end differ.\n{ANEW}")
    return "widgets, front end as back end: " + ", ".join(f"{name} {own}" for name, (own, _) in fronts.items())


def settings_line(found):
    if not found["shipped"]:
        raise Problem(f"the course's settings of JupyterLab are missing.\n{ANEW}")
    return "JupyterLab's settings for the course"


def chromium_line():
    path = shutil.which("chromium")
    if path is None:
        raise Note("no chromium: only the browser tests need it (Debian, Ubuntu:  sudo apt install chromium)")
    return f"chromium, for the browser tests: {path}"


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.set_defaults(command=lab, no_browser=False, port=None)
    commands = parser.add_subparsers(title="commands", metavar="")
    command = commands.add_parser("lab", help="open JupyterLab on the first lesson (what happens without a command)")
    command.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    command.add_argument("--port", type=int, help="the port to listen on (default: 8888, or the next that is free)")
    command.set_defaults(command=lab)
    command = commands.add_parser("test", help="run the tests; what follows goes to pytest", add_help=False)
    command.set_defaults(command=test)
    command = commands.add_parser("class", help="a class at a glance, from a folder of exported files", add_help=False)
    command.set_defaults(command=class_report)
    command = commands.add_parser("replay", help="a recorded run that plays without Python", add_help=False)
    command.set_defaults(command=replay)
    command = commands.add_parser("site", help="the public site, into a folder", add_help=False)
    command.set_defaults(command=site)
    command = commands.add_parser("doctor", help="say what is here, what is missing, and how to mend it")
    command.add_argument("--room", action="store_true", help="start JupyterLab and a kernel too, and check an answer")
    command.set_defaults(command=doctor)
    command = commands.add_parser("bundle", help="the course on a stick, to be set up offline", add_help=False)
    command.set_defaults(command=bundle)
    whole = {"test": test, "class": class_report, "replay": replay, "site": site, "bundle": bundle}
    if arguments[:1] and arguments[0] in whole:
        return argparse.Namespace(command=whole[arguments[0]], arguments=arguments[1:])
    return parser.parse_args(arguments)


def any_alphabet():
    """Print ? for a letter that the terminal, or the file that the output goes to, has not: Windows' have few."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # somebody else's stream
            stream.reconfigure(errors="replace")


def main(arguments):
    any_alphabet()
    try:
        want = parse(arguments)
        if want.command is not doctor:
            check_python()
        return want.command(want)
    except Problem as problem:
        text = str(problem)
    except OSError as error:
        text = explain_os_error(error)
    except KeyboardInterrupt:
        text = f"stopped. Type  {COMMAND}  to go on."
    print(f"\ncourse.py: {text}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
