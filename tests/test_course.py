"""course.py: what it says when something is missing, and that it neither repeats nor undoes anything."""

import ast
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import time
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
import kept_words  # noqa: E402

import course  # noqa: E402

WORDS = Path(__file__).with_name("course.txt")
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a space in its name that has the course's files and no .venv; course.py believes it is there."""
    folder = tmp_path / "my course"
    (folder / "share").mkdir(parents=True)
    (folder / "lessons").mkdir()
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "share/overrides.json").write_text("{}")
    monkeypatch.setattr(course, "ROOT", folder)
    monkeypatch.setattr(course, "LOCK", folder / "requirements.lock")
    monkeypatch.setattr(course, "DEV_LOCK", folder / "requirements-dev.lock")
    monkeypatch.setattr(course, "ENVIRONMENT", folder / ".venv")
    monkeypatch.setattr(course, "PYTHON", folder / ".venv" / "bin" / "python")
    monkeypatch.setattr(course, "STAMP", folder / ".course-stamp.json")
    monkeypatch.setattr(course, "BUSY", folder / ".course-busy")
    monkeypatch.setattr(course, "MY_LESSONS", folder / "my_lessons")
    return folder


@pytest.fixture(autouse=True)
def words(request, monkeypatch, tmp_path):
    """What course.py finds wrong in a test is told in the words that were read: tests/course.txt."""
    said = []

    def hear(self, text=""):
        said.append(text)
        Exception.__init__(self, text)

    for kind in (course.Problem, course.Note):
        monkeypatch.setattr(kind, "__init__", hear, raising=False)
    yield said
    told = "\n".join(dict.fromkeys(said)).rstrip()
    here = {str(tmp_path): "…", sys.executable: "PYTHON", str(ROOT): "ROOT", sysconfig.get_platform(): "PLATFORM"}
    for one, word in here.items():
        told = told.replace(one, word)
    told = re.sub(r"(?<=[Pp]ython)( ?)3\.\d+(\.\d+)?", r"\g<1>3.x", told)
    if sys.platform == "linux":
        kept_words.compare(WORDS, request.node.name, told)


@pytest.fixture
def steps(place, monkeypatch):
    """The steps that set-up takes, recorded and not taken; only .venv's Python is made, as a file."""
    taken = []

    def record(command, doing, **variables):
        taken.append((doing, command))
        if doing == "Making .venv":
            course.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            course.PYTHON.touch()
            (course.ENVIRONMENT / "pyvenv.cfg").write_text("home = /usr/bin\n")
        if doing == "Fetching uv":
            with zipfile.ZipFile(Path(command[command.index("--dest") + 1], "uv-1-py3-none-any.whl"), "w") as wheel:
                wheel.writestr("uv-1.data/scripts/uv", "#!/bin/sh")
        if doing == "Installing the packages":
            (course.ENVIRONMENT / "lib/python3/site-packages/numpy").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(course, "run", record)
    monkeypatch.setattr(course, "is_ours", lambda: (course.ENVIRONMENT / "pyvenv.cfg").is_file())
    monkeypatch.setattr(course, "imports", lambda: (True, ""))
    monkeypatch.setattr(course, "answers", lambda command: Path(command[0]).exists())
    return taken


def told(capsys, arguments):
    """The exit code and the one message of a start."""
    code = course.main(arguments)
    return code, capsys.readouterr().err


# --- what can go wrong ---


def test_an_old_python_can_read_the_file():
    source = (ROOT / "course.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    top = {
        name.name.partition(".")[0]
        for node in ast.parse(source).body
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert top <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("arguments", [[], ["lab"], ["test", "-x"]])
def test_an_old_python_is_told_which_one_to_take(monkeypatch, capsys, arguments):
    monkeypatch.setattr(course.sys, "version_info", (3, 8, 10, "final", 0))
    monkeypatch.setattr(course.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(course, "answers", lambda command: True)
    monkeypatch.setattr(course, "set_up", lambda tests=False: pytest.fail("set up with an old Python"))
    code, message = told(capsys, arguments)
    assert code == 1
    assert "this is Python 3.8.10, and the course needs Python 3.11 or newer" in message
    assert "python3.12 course.py" in message
    assert "Traceback" not in message


def test_an_old_python_alone_is_told_where_to_get_a_newer_one(monkeypatch):
    monkeypatch.setattr(course.shutil, "which", lambda name: None)
    with pytest.raises(course.Problem, match=r"python\.org/downloads[^$]*apt install python3\.11"):
        course.check_python((3, 10, 1))


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(monkeypatch, capsys, steps, missing):
    find = course.importlib.util.find_spec
    monkeypatch.setattr(course.importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    code, message = told(capsys, ["test"])
    assert (code, steps) == (1, [])
    assert "sudo apt install python{}.{}-venv".format(*sys.version_info) in message


def test_a_full_disk_is_told_before_anything_is_installed(monkeypatch, capsys, steps):
    monkeypatch.setattr(course.shutil, "disk_usage", lambda path: Usage(10e9, 9.7e9, 0.3e9))
    code, message = told(capsys, [])
    assert (code, steps) == (1, [])
    assert "the disk is too full: 0.3 GB are free, and setting up takes 0.8 GB" in message
    code, message = told(capsys, ["test"])
    assert (code, steps) == (1, [])
    assert "setting up takes 1.6 GB" in message


def test_a_folder_that_cannot_be_written_is_told(monkeypatch, capsys, steps):
    def refuse(dir):
        raise PermissionError(13, "Permission denied", dir)

    monkeypatch.setattr(course.tempfile, "TemporaryFile", refuse)
    code, message = told(capsys, [])
    assert (code, steps) == (1, [])
    assert "writing is not allowed here" in message
    assert "home folder" in message


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("OSError: [Errno 28] No space left on device: 'x'", "the disk is too full"),
        ("error: failed to copy file: There is not enough space on the disk. (os error 112)", "the disk is too full"),
        ("Caused by: Disk quota exceeded (os error 122)", "the disk is too full"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "could not be reached"),
        ("ERROR: No matching distribution found for uv==0.13.9", "could not be reached"),
        ("  Caused by: dns error\n  Caused by: failed to lookup address information", "could not be reached"),
        ("error: Failed to fetch: `numpy-2.4.6-cp311.whl`\n  operation timed out", "could not be reached"),
        ("socket.gaierror: [Errno 11001] getaddrinfo failed", "could not be reached"),
        ("  Caused by: invalid peer certificate: UnknownIssuer", "SSL_CERT_FILE"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "SSL_CERT_FILE"),
        ("error: Hash mismatch for `numpy==2.4.6`", "the one in the lock"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "the one in the lock"),
        ("error: failed to remove file: Access is denied. (os error 5)", "Close any JupyterLab"),
        ("The virtual environment was not created because ensurepip is not available.", "apt install python3"),
    ],
)
def test_what_a_tool_prints_becomes_one_message_with_the_mend(printed, said, words):
    message = course.explain("Installing", f"some output\n{printed}\nand more\n")
    words.append(message)
    assert said in message
    assert len(message.splitlines()) <= 5


def test_an_unknown_failure_shows_the_end_of_what_was_printed(words):
    words.append(course.explain("Installing the packages", "\n".join(f"line {k}" for k in range(100))))
    words.append(course.explain("Installing the packages", " \n"))
    words.append(course.explain("Installing the packages", "no route to host" + "!" * 200))


def test_a_python_newer_than_the_packages_is_named_as_the_likely_cause(monkeypatch, words):
    monkeypatch.setattr(course.sys, "version_info", (3, 99, 0))
    words.append(course.explain("Installing", "error: could not build scipy"))


def test_a_full_disk_in_the_middle_is_told_too(monkeypatch, capsys, steps):
    def full(installed):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(course, "write_stamp", full)
    code, message = told(capsys, ["test"])
    assert code == 1
    assert "the disk is too full: No space left on device" in message


def test_a_step_that_fails_is_one_problem_without_a_traceback(place):
    with pytest.raises(course.Problem, match="could not be reached"):
        course.run([sys.executable, "-c", "import sys; print('dns error', file=sys.stderr); sys.exit(2)"], "Installing")


def test_a_step_shows_what_it_prints_but_not_the_list_of_packages(place, capsys):
    course.run([sys.executable, "-c", "print('Downloading numpy'); print(' + numpy==2.4.6')"], "Installing")
    assert capsys.readouterr().out.split() == ["Downloading", "numpy"]


# --- setting up ---


STEPS = ("Making .venv", "Fetching uv", "Installing the packages", "Installing the course itself")


@pytest.mark.parametrize(("tests", "names"), [(False, ["LOCK"]), (True, ["LOCK", "DEV_LOCK"])])
def test_set_up_installs_the_lock_with_its_hashes_and_then_the_project(steps, tests, names, words, capsys):
    course.set_up(tests)
    words.append(capsys.readouterr().out)
    doings, (made, fetched, installed, itself) = zip(*steps, strict=True)
    assert doings == STEPS
    assert "--without-pip" in made
    for command in (fetched, installed):
        assert {"--require-hashes", "--no-deps"} <= set(command)
    assert installed[0] == itself[0] and Path(installed[0]).name == "uv"
    given = [installed[k + 1] for k, word in enumerate(installed) if word == "-r"]
    assert given == [str(getattr(course, name)) for name in names]
    assert itself[-2:] == ["--editable", str(course.ROOT)]
    for option in ("--no-deps", "--no-build-isolation"):
        assert option in itself, "the project's own install may take nothing that the lock does not name"
    assert not Path(installed[0]).exists(), "uv stays behind"


def test_the_tests_add_their_packages_to_what_is_there(steps):
    course.set_up()
    steps.clear()
    course.set_up(tests=True)
    assert [doing for doing, _ in steps] == list(STEPS[1:])
    steps.clear()
    course.set_up()
    course.set_up(tests=True)
    assert steps == []


def test_after_a_change_that_the_lesson_took_the_tests_still_know_that_theirs_is_due(steps):
    course.set_up(tests=True)
    with open(course.LOCK, "a") as file:
        file.write("\n# another\n")
    course.set_up()
    assert course.is_set_up() and not course.is_set_up(tests=True)


def test_uv_is_fetched_at_its_locked_version_with_its_hashes(steps, monkeypatch):
    wanted = []
    record = course.run
    monkeypatch.setattr(
        course,
        "run",
        lambda command, doing, **more: (
            wanted.append(Path(command[-1]).read_text()) if doing == "Fetching uv" else None,
            record(command, doing),
        ),
    )
    course.set_up()
    lines = wanted[0].split()
    assert lines[0].startswith("uv==")
    assert [line for line in lines[1:] if line != "\\"] == [line for line in lines if line.startswith("--hash=sha256:")]
    assert len(lines) > 10


def test_nothing_is_done_twice(steps):
    course.set_up()
    steps.clear()
    course.set_up()
    assert steps == []


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml", "share/overrides.json"])
def test_what_has_changed_is_installed_again_in_the_same_environment(steps, changed):
    course.set_up()
    steps.clear()
    with open(course.ROOT / changed, "a") as file:
        file.write("\n# another\n")
    course.set_up()
    assert [doing for doing, _ in steps] == list(STEPS[1:])


def test_an_interrupted_set_up_is_begun_anew(steps, monkeypatch, capsys):
    def interrupt(tests):
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(course, "install", interrupt)
        code, message = told(capsys, ["test"])
    assert code == 1
    assert "stopped" in message
    assert not course.is_set_up()
    steps.clear()
    course.set_up()
    assert steps[0][0] == "Making .venv"
    assert "--clear" in steps[0][1]
    assert course.is_set_up()


def test_a_moved_folder_is_named_and_set_up_anew(steps, capsys):
    course.set_up()
    stamp = json.loads(course.STAMP.read_text())
    course.STAMP.write_text(json.dumps({**stamp, "folder": "/elsewhere"}))
    steps.clear()
    with pytest.raises(course.Problem, match=r"^the course was moved here from /elsewhere, where its \.venv still"):
        course.set_up_line()
    capsys.readouterr()
    course.set_up()
    assert steps[0][0] == "Making .venv"
    assert "moved here from /elsewhere" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{", "null", "[1]", '{"folder": 1}'])
def test_a_damaged_stamp_means_not_set_up(steps, text):
    course.set_up()
    course.STAMP.write_text(text)
    assert not course.is_set_up()
    course.set_up()
    assert course.is_set_up()


def test_an_environment_whose_python_is_gone_is_made_anew(steps):
    course.set_up()
    course.PYTHON.unlink()
    steps.clear()
    course.set_up()
    assert steps[0][0] == "Making .venv"


def test_a_venv_without_its_configuration_is_the_computers_own_python_and_is_made_anew(steps):
    course.set_up()
    (course.ENVIRONMENT / "pyvenv.cfg").unlink()
    assert not course.is_set_up()
    steps.clear()
    course.set_up()
    assert steps[0][0] == "Making .venv"


def test_nothing_is_installed_with_an_interpreter_that_is_not_of_this_folder(place, monkeypatch):
    def taken(command, doing, **variables):
        if doing != "Making .venv":
            pytest.fail(f"{doing}: with the computer's own Python")
        course.PYTHON.parent.mkdir(parents=True, exist_ok=True)  # what a set-up killed at this moment leaves
        course.PYTHON.symlink_to(sys.executable)

    monkeypatch.setattr(course, "run", taken)
    with pytest.raises(course.Problem, match="nothing is installed with it"):
        course.set_up()
    assert not course.is_set_up()


HOSTILE = {
    "pip": "[global]\ntarget = {0}\nprefix = {0}\nroot = {0}\nuser = true\n[download]\ndest = {0}\n",
    "uv": '[pip]\ntarget = "{0}"\nprefix = "{0}"\nsystem = true\n',
}


def test_settings_of_pip_and_uv_send_nothing_elsewhere(place, tmp_path, monkeypatch):
    """The real steps, with a small lock, under settings that would have both install into another folder."""
    elsewhere = tmp_path / "elsewhere"
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text.format(elsewhere))
        monkeypatch.setenv(f"{name.upper()}_CONFIG_FILE", str(tmp_path / name))
    for name in ("TARGET", "PREFIX", "ROOT"):
        monkeypatch.setenv(f"PIP_{name}", str(elsewhere))
    monkeypatch.setenv("UV_SYSTEM_PYTHON", "1")
    needed = ("hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers")
    text = course.LOCK.read_text()
    course.LOCK.write_text("".join(course.lock_entry(text, name) for name in needed))
    for name in ("README.md", "LICENSE", "course.py", "course_server.py", "share", "nnlib/data/PROVENANCE.md"):
        (course.ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, course.ROOT / name, **({"dirs_exist_ok": True} if (ROOT / name).is_dir() else {}))
    monkeypatch.setattr(course, "IMPORTS", ("hatchling",))
    course.set_up()
    assert not elsewhere.exists()
    told = subprocess.check_output([course.PYTHON, "-c", "import hatchling; print(hatchling.__file__)"], text=True)
    assert Path(told.strip()).is_relative_to(course.ENVIRONMENT)
    assert not list(course.ENVIRONMENT.glob("uv-*")), "uv stays behind"


def test_a_half_deleted_venv_is_made_anew(steps):
    course.set_up()
    (course.ENVIRONMENT / "lib/python3/site-packages/numpy").rmdir()
    assert not course.is_set_up()
    steps.clear()
    course.set_up()
    assert steps[0][0] == "Making .venv"
    assert course.is_set_up()


def test_what_cannot_be_imported_is_not_called_set_up(steps, monkeypatch, capsys):
    monkeypatch.setattr(course, "imports", lambda: (False, "ModuleNotFoundError: No module named 'numpy'"))
    with pytest.raises(course.Problem, match="cannot be imported: ModuleNotFoundError"):
        course.set_up()
    assert not course.is_set_up()


def test_a_venv_that_is_no_folder_of_ours_is_named_and_left_alone(steps, tmp_path):
    course.ENVIRONMENT.write_text("mine")
    with pytest.raises(course.Problem, match="is a file"):
        course.set_up()
    assert course.ENVIRONMENT.read_text() == "mine"
    course.ENVIRONMENT.unlink()
    course.ENVIRONMENT.symlink_to(tmp_path / "nowhere")
    with pytest.raises(course.Problem, match=r"is a link to .*nowhere"):
        course.set_up()
    assert steps == []


def test_a_venv_that_course_py_did_not_make_is_named_and_left_alone(steps, capsys, monkeypatch):
    course.PYTHON.parent.mkdir(parents=True)
    course.PYTHON.write_text("another tool's")
    code, message = told(capsys, ["lab"])
    assert (code, steps) == (1, [])
    assert "was not made by course.py" in message and "Move it away or delete it" in message
    assert course.PYTHON.read_text() == "another tool's"
    with pytest.raises(course.Note, match="has what the course needs"):
        course.set_up_line()
    monkeypatch.setattr(course, "imports", lambda: (False, "No module named 'tqdm'"))
    with pytest.raises(course.Problem, match="lacks something: No module named 'tqdm'"):
        course.set_up_line()


@pytest.mark.skipif(os.name == "nt", reason="os.geteuid")
def test_a_venv_of_another_user_is_named(steps, monkeypatch):
    course.ENVIRONMENT.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: course.ENVIRONMENT.stat().st_uid + 1)
    with pytest.raises(course.Problem, match="belongs to another user"):
        course.check_environment()


def as_before_an_update_of_python():
    """The computer's Python is another version now, and .venv's link leads to it; the packages are the old one's."""
    (library,) = course.ENVIRONMENT.glob("lib/python*")
    library.rename(library.with_name("python3.1"))


def instead(path, make):
    """Put something else in the place of a file or folder of .venv."""

    def broken():
        place = course.ENVIRONMENT / path
        shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
        make(place)

    return broken


def configured(change):
    """Change what stands in pyvenv.cfg."""

    def broken():
        place = course.ENVIRONMENT / "pyvenv.cfg"
        before = place.read_bytes()
        place.write_bytes(change(before))
        assert place.read_bytes() != before

    return broken


def program(content):
    def make(place):
        place.write_bytes(content)
        place.chmod(0o755)

    return make


BROKEN = {
    "the computer's Python was updated": as_before_an_update_of_python,
    "the computer's Python was taken away": instead("bin/python", lambda place: place.symlink_to("/no/python")),
    "python is a link to itself": instead("bin/python", lambda place: place.symlink_to("python")),
    "python is a folder": instead("bin/python", Path.mkdir),
    "python is empty": instead("bin/python", Path.touch),
    "python may not be run": instead("bin/python", lambda place: place.write_text("#!/bin/sh\n")),
    "python says nothing": instead("bin/python", program(b"#!/bin/sh\n")),
    "python says something else": instead("bin/python", program(b"#!/bin/sh\necho Python\n")),
    "python is not for this computer": instead("bin/python", program(b"\x7fELF\2\1\1" + bytes(57))),
    "the configuration is noise": instead("pyvenv.cfg", lambda place: place.write_bytes(bytes(range(256)))),
    "the configuration is a folder": instead("pyvenv.cfg", Path.mkdir),
    "the configuration is empty": instead("pyvenv.cfg", Path.touch),
    "the configuration is a link to nowhere": instead("pyvenv.cfg", lambda place: place.symlink_to("/no/such")),
    "the configuration begins with a mark of its coding": configured(lambda text: b"\xef\xbb\xbf" + text),
    "the configuration has another system's line ends": configured(lambda text: text.replace(b"\n", b"\r\n")),
    "the configuration is huge": configured(lambda text: text + b"# more\n" * 10_000_000),
    "the home of Python is gone": configured(lambda text: re.sub(b"(?m)^home = .*", b"home = /no/such/bin", text)),
    "the home is another Python's": configured(lambda text: re.sub(b"(?m)^home = .*", b"home = /usr/bin", text)),
    "the home is no folder": configured(lambda text: re.sub(b"(?m)^home = .*", b"home = /etc/passwd", text)),
    "there is no home": configured(lambda text: re.sub(b"(?m)^home = .*\n", b"", text)),
    "the computer's packages come along": configured(
        lambda text: text.replace(b"system-site-packages = false", b"system-site-packages = true")),
    "the library is a link to nowhere": instead("lib", lambda place: place.symlink_to("/no/such/lib")),
    "the library is a file": instead("lib", Path.touch),
    "there is no library": instead("lib", lambda place: None),
    "there are no programs": instead("bin", lambda place: None),
    "the widgets' front ends are gone": instead("share", lambda place: None),
    "one front end is gone": instead("share/jupyter/labextensions/anywidget", lambda place: None),
    "the kernel's description is gone": instead("share/jupyter/kernels", Path.mkdir),
    "the server's extensions are gone": instead("etc/jupyter", Path.mkdir),
}  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="links, and the folders of Linux and macOS")
@pytest.mark.parametrize("what", BROKEN)
def test_a_venv_that_is_broken_in_any_way_is_seen_and_mended(place, monkeypatch, what):
    """A real .venv, with what packages put there; `python3 course.py` has to see it by itself, for most ask nobody."""

    def install(tests):
        course.check_ours()
        (library,) = course.ENVIRONMENT.glob("lib/python*/site-packages")
        for folder in ("labextensions/anywidget", "kernels/python3"):
            (course.ENVIRONMENT / "share/jupyter" / folder).mkdir(parents=True, exist_ok=True)
        (course.ENVIRONMENT / "etc/jupyter/config.d").mkdir(parents=True, exist_ok=True)
        (course.ENVIRONMENT / "etc/jupyter/config.d/server.json").write_text("{}")
        (library / "of_the_course.py").touch()

    monkeypatch.setattr(course, "install", install)
    monkeypatch.setattr(course, "IMPORTS", ("of_the_course",))
    course.set_up()
    assert course.is_set_up()
    before = of_the_computer()
    BROKEN[what]()
    assert not course.is_set_up()
    with pytest.raises(course.Problem, match="Type"):
        course.set_up_line()  # what `doctor` says
    course.set_up()
    assert course.is_set_up() and course.imports() == (True, "")
    assert of_the_computer() == before


def of_the_computer():
    """What lies in the folders of the Python that makes .venv, and when it was changed."""
    folders = {Path(sys.base_prefix, "bin"), Path(sys.base_prefix, "lib"), Path(sysconfig.get_path("stdlib")),
               Path(sysconfig.get_path("stdlib"), "site-packages")}  # fmt: skip
    return {path: path.lstat().st_mtime_ns for one in folders for path in one.glob("*")}


def test_a_configuration_that_may_not_be_read_is_none(place, monkeypatch):
    """By what `open` says: the one who tests may be allowed to read everything."""
    (place / ".venv").mkdir()
    (place / ".venv/pyvenv.cfg").write_text("home = /usr/bin\n")
    assert course.configuration() == "home = /usr/bin\n"
    monkeypatch.setattr("builtins.open", lambda *_: (_ for _ in ()).throw(PermissionError()))
    assert course.configuration() == ""


@pytest.mark.parametrize("name", ["STAMP", "BUSY"])
def test_a_folder_where_a_note_belongs_is_named(steps, name):
    getattr(course, name).mkdir()
    with pytest.raises(course.Problem, match="is no file, and the course notes there"):
        course.set_up()
    assert steps == []


SETTING_UP = '''
import sys, subprocess
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import course
folder = Path(sys.argv[2])
course.ROOT, course.LOCK, course.ENVIRONMENT = folder, folder / "requirements.lock", folder / ".venv"
course.DEV_LOCK = folder / "requirements-dev.lock"
course.PYTHON, course.STAMP = folder / ".venv/bin/python", folder / ".course-stamp.json"
course.BUSY = folder / ".course-busy"
WRITE = """
import sysconfig, time, pathlib
at = pathlib.Path(sysconfig.get_path('purelib'), 'of_the_course_%s')
at.mkdir(exist_ok=True)
for number in range(20):
    (at / f'part{number}.py').write_text('whole = True')
    time.sleep(0.02)
(at / '__init__.py').write_text('from . import part19')
"""
def install(name):
    course.check_ours()
    subprocess.run([str(course.PYTHON), "-c", WRITE % name], check=True)
def install_both(tests):
    install("first")
    install("rest")
course.install = install_both
course.IMPORTS = ("of_the_course_first", "of_the_course_rest")
print("begins", flush=True)
course.set_up()
'''


@pytest.mark.skipif(os.name == "nt", reason="kills a process and its children by their group")
def test_a_set_up_killed_at_any_moment_is_mended_by_the_next(place):
    def started():
        return subprocess.Popen(
            [sys._base_executable, "-c", SETTING_UP, ROOT, place], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, text=True,
        )  # fmt: skip

    for pause in (0.05, 0.3, 1.0, 2.0, 3.0):
        with started() as process:
            process.stdout.readline()
            time.sleep(pause)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    with started() as one, started() as two:  # and two at once do no harm
        outputs = [one.communicate(timeout=120)[0], two.communicate(timeout=120)[0]]
    assert (one.returncode, two.returncode) == (0, 0), outputs
    python = place / ".venv/bin/python"
    code = "import of_the_course_first, of_the_course_rest, sys; assert sys.prefix != sys.base_prefix"
    assert subprocess.run([python, "-c", code]).returncode == 0
    there = subprocess.run([sys._base_executable, "-c", "import of_the_course_first"], stderr=subprocess.DEVNULL)
    assert there.returncode != 0, "a package of the course stands in the computer's own Python"


# --- the commands ---


@pytest.fixture
def handed_over(place, monkeypatch):
    commands = []
    monkeypatch.setattr(course, "set_up", lambda tests=False: None)
    monkeypatch.setattr(course, "hand_over", lambda command: commands.append(command) or 0)
    return commands


@pytest.mark.parametrize(
    ("arguments", "handed_on"),
    [([], []), (["lab"], []), (["lab", "--no-browser", "--port", "8899"], ["--no-browser", "--port", "8899"])],
)
def test_the_lab_is_handed_to_the_courses_command(handed_over, arguments, handed_on):
    assert course.main(arguments) == 0
    places = ["--folder", str(course.MY_LESSONS), "--root", str(course.ROOT)]
    assert handed_over[0][1:] == ["-m", "nnlib_course", "lab", *places, *handed_on]


@pytest.mark.parametrize("arguments", [[], ["quick"], ["-x", "tests/test_layer.py"], ["-k", "loss", "--help"]])
def test_what_follows_test_goes_to_the_runner_of_tests(handed_over, arguments):
    assert course.main(["test", *arguments]) == 0
    assert handed_over[0][1:] == [str(course.ROOT / "tests/run.py"), *arguments]


def test_one_thread_unless_the_learner_chose_otherwise(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    variables = course.surroundings()
    assert (variables["OMP_NUM_THREADS"], variables["OPENBLAS_NUM_THREADS"]) == ("1", "7")


def test_an_unknown_command_is_refused_with_the_ones_there_are(capsys):
    with pytest.raises(SystemExit) as end:
        course.main(["leb"])
    assert end.value.code == 2
    assert "lab" in capsys.readouterr().err


# --- doctor ---


@pytest.mark.parametrize(
    ("platform", "version", "said"),
    [
        ("linux-x86_64", (3, 11), "ready built"), ("macosx-10.9-universal2", (3, 14), "ready built"),
        ("macosx-11.0-arm64", (3, 12), "ready built"), ("win-arm64", (3, 12), "ready built"),
        ("win32", (3, 12), "may have to be compiled"), ("linux-ppc64le", (3, 12), "may have to be compiled"),
        ("linux-x86_64", (3, 15), "may have to be compiled"),
    ],
)  # fmt: skip
def test_doctor_says_whether_anything_has_to_be_compiled(monkeypatch, platform, version, said):
    monkeypatch.setattr(course.sysconfig, "get_platform", lambda: platform)
    monkeypatch.setattr(course.sys, "version_info", version)
    try:
        told = course.platform_line()
    except course.Note as note:
        told = str(note)
    assert said in told and platform in told


def test_on_windows_arm_the_oldest_python_is_another(monkeypatch):
    monkeypatch.setattr(course.sysconfig, "get_platform", lambda: "win-arm64")
    monkeypatch.setattr(course.shutil, "which", lambda name: None)
    course.check_python((3, 12, 0))
    with pytest.raises(course.Problem, match=r"needs Python 3\.12 or newer"):
        course.check_python((3, 11, 9))


def found(**changes):
    versions, everywhere = course.locked_versions((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    here = {name: min(versions[name]) for name in everywhere | {"numpy"}}
    anywidget = here["anywidget"]
    fronts = {"@jupyter-widgets/jupyterlab-manager": ["5.0.16", "5.0.16"], "anywidget": [anywidget, anywidget]}
    good = {"versions": {**here, "nnlib-course": "0.1.0"}, "fronts": fronts, "disabled": [], "shipped": True, "in": "x"}
    return {**good, **changes}


@pytest.fixture
def same_everywhere(monkeypatch):
    """What `doctor` finds on a computer that has chromium, 12.3 GB of disk and 4.5 GB of memory."""
    monkeypatch.setattr(course.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(course.shutil, "disk_usage", lambda path: Usage(50e9, 37.7e9, 12.3e9))
    monkeypatch.setattr(course, "free_memory", lambda: 4.5e9)


def test_doctor_before_set_up_says_what_is_missing(place, capsys, monkeypatch, words, same_everywhere):
    monkeypatch.setattr(course, "is_installed_here", lambda: False)
    assert course.main(["doctor"]) == 1
    words.append(capsys.readouterr().out)


def test_doctor_of_what_is_whole_says_what_is_there(place, capsys, monkeypatch, words, same_everywhere):
    monkeypatch.setattr(course, "is_installed_here", lambda: True)
    monkeypatch.setattr(course, "probe", lambda python: found() if python == sys.executable else None)
    assert course.main(["doctor"]) == 0
    words.append(re.sub(r"\d+ packages|(?<=\w )\d+\.[\d.]+\d(?=,|$)", "…", capsys.readouterr().out, flags=re.MULTILINE))


def test_doctor_goes_on_after_an_old_python(place, capsys, monkeypatch, words, same_everywhere):
    monkeypatch.setattr(course.sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(course, "newer_python", lambda: "Install it.")
    monkeypatch.setattr(course, "environment_lines", lambda: ())
    assert course.main(["doctor"]) == 1
    words.append(capsys.readouterr().out)


def test_doctor_notes_what_need_not_be_mended(monkeypatch):
    monkeypatch.setattr(course.shutil, "which", lambda name: None)
    monkeypatch.setattr(course, "free_memory", lambda: None)
    for line in (course.chromium_line, course.memory_line):
        with pytest.raises(course.Note):
            line()


@pytest.mark.parametrize("asked", [[], ["lab"], ["doctor"]])
def test_help_says_what_there_is(asked, capsys, words):
    with pytest.raises(SystemExit) as end:
        course.main([*asked, "--help"])
    assert end.value.code == 0
    words.append(" ".join(capsys.readouterr().out.split()))


def test_packages_that_came_along_for_another_computer_are_to_blame_and_not_the_network(place, monkeypatch, words):
    monkeypatch.setattr(course, "WHEELS", place / "wheels")
    assert course.from_the_bundle() == [] and course.without_network("what uv said") == "what uv said"
    course.WHEELS.mkdir()
    assert course.from_the_bundle() == ["--no-index", "--find-links", str(course.WHEELS)]
    words.append(course.without_network("what uv said"))


@pytest.mark.skipif(os.name == "nt", reason="flock")
def test_a_second_set_up_waits_for_the_first_and_says_so(steps, capsys):
    with open(course.BUSY, "a+") as file, open(course.BUSY, "a+") as other:
        assert course.locked(file) and not course.locked(other)
        ended = threading.Timer(0.3, file.close)
        ended.start()
        course.set_up()
        assert ended.finished.is_set()
    assert capsys.readouterr().out.startswith("Another set-up is at work in this folder. Waiting for it.\nSetting up")
    assert [doing for doing, _ in steps] == list(STEPS)


def test_doctor_of_this_very_environment_finds_the_widgets_whole():
    told = subprocess.run([sys.executable, "-c", course.PROBE], capture_output=True, text=True, check=True, timeout=120)
    here = json.loads(told.stdout)
    assert "anywidget" in course.front_end_line(here)
    assert course.settings_line(here)
    assert here["versions"]["anywidget"] == here["fronts"]["anywidget"][0]


def test_doctor_names_a_version_that_is_not_the_locked_one():
    versions = found()["versions"]
    assert "packages at the locked versions" in course.versions_line(found())
    with pytest.raises(course.Problem, match=r"numpy 1\.0 \(locked: 2\."):
        course.versions_line(found(versions={**versions, "numpy": "1.0"}))
    with pytest.raises(course.Problem, match="ipykernel is not installed"):
        course.versions_line(found(versions={k: v for k, v in versions.items() if k != "ipykernel"}))
    with pytest.raises(course.Problem, match="the course itself is not installed"):
        course.versions_line(found(versions={k: v for k, v in versions.items() if k != "nnlib-course"}))


@pytest.mark.parametrize(
    ("fronts", "said"),
    [
        ({"anywidget": ["0.11.0", "0.9.0"]}, "anywidget is 0.9.0, and the back end came with 0.11.0"),
        ({"anywidget": [None, None]}, "anywidget is missing"),
        ({"anywidget": ["0.1.0", "0.1.0"]}, "front end and back end differ"),
        ({}, "JupyterLab is not installed"),
    ],
)
def test_doctor_sees_a_front_end_that_is_not_the_back_ends(fronts, said):
    with pytest.raises(course.Problem, match=said):
        course.front_end_line(found(fronts=fronts))


def test_doctor_sees_a_front_end_that_is_switched_off_and_settings_that_are_gone():
    with pytest.raises(course.Problem, match="anywidget is switched off"):
        course.front_end_line(found(disabled=["anywidget"]))
    with pytest.raises(course.Problem, match="settings"):
        course.settings_line(found(shipped=False))


def test_doctor_sees_that_memory_is_short(monkeypatch):
    monkeypatch.setattr(course, "free_memory", lambda: 0.4e9)
    with pytest.raises(course.Problem, match=r"0\.4 GB of memory are free"):
        course.memory_line()


@pytest.mark.parametrize(("limit", "free"), [("max", 2_048_000), ("3000000", 1_500_000), ("9000000000", 2_048_000)])
def test_free_memory_is_what_linux_and_the_container_leave(monkeypatch, limit, free):
    told = {"/proc/meminfo": "MemTotal: 9000 kB\nMemAvailable:    2000 kB\n", "/sys/fs/cgroup/memory.max": limit,
            "/sys/fs/cgroup/memory.current": "1500000"}  # fmt: skip
    with monkeypatch.context() as context:
        context.setattr(course.Path, "read_text", lambda path: told[str(path)])
        context.setattr(course.sys, "platform", "linux")
        assert course.free_memory() == free


def test_free_memory_is_a_number_of_bytes_on_this_computer():
    assert 1e7 < course.free_memory() < 1e14


# --- for real ---


@pytest.mark.alone
def test_it_runs_from_another_folder_and_answers_in_less_than_two_seconds(tmp_path):
    """The start of a set-up course, up to where JupyterLab begins: its place is taken by a program that says so."""
    folder = tmp_path / "a place" / "course"
    shutil.copytree(ROOT / "share", folder / "share")
    for name in ("course.py", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "lessons").mkdir()
    code = f"""
import course, os, sys, time
import subprocess
subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(course.ENVIRONMENT)], check=True)
(library,) = course.ENVIRONMENT.glob("lib/python*/site-packages")
(library / "nnlib_course.py").write_text("import os; print('JupyterLab would start in', os.getcwd())")
course.write_stamp(course.fingerprint())
start = time.perf_counter()
print(subprocess.check_output([sys.executable, {str(folder / "course.py")!r}, "lab", "--no-browser"], text=True))
print(time.perf_counter() - start)
"""
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    lines = told.stdout.split("\n")
    assert f"JupyterLab would start in {folder}" in lines
    assert float(lines[-2]) < 2


def test_doctor_looks_at_the_room_when_it_is_asked_to_and_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(course, "environment_lines", lambda: ())
    monkeypatch.setattr(course, "hand_over", lambda command: command)
    monkeypatch.setattr(course, "report", lambda checks: 0)
    assert course.main(["doctor", "--room"]) == [str(course.PYTHON), str(course.ROOT / "tools" / "room.py")]
    monkeypatch.setattr(course, "report", lambda checks: 1)
    assert course.main(["doctor", "--room"]) == 1
