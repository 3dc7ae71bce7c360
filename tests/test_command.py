"""nnlib-course: the command that opens the lessons, in a clone as from a wheel."""

import itertools
import socket
import sys
from pathlib import Path

import pytest

from nnlib_course import command, replays

FIRST = "00_meet_the_network.ipynb"


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A folder of the course's lessons, to be filled."""
    monkeypatch.setattr(command, "INSTALLED", tmp_path / "installed")
    (tmp_path / "installed" / "lessons").mkdir(parents=True)
    return tmp_path / "installed" / "lessons"


def test_a_lesson_is_copied_once_and_never_overwritten(lessons, tmp_path):
    (lessons / "00_meet_the_network.ipynb").write_text("as shipped")
    (lessons / "notes.ipynb").write_text("no lesson")
    (lessons / "gallery.ipynb").write_text("every explorer")
    command.copy_lessons(tmp_path / "mine")
    mine = (tmp_path / "mine") / "00_meet_the_network.ipynb"
    assert mine.read_text() == "as shipped"
    mine.write_text("the learner's work")
    (lessons / "00_meet_the_network.ipynb").write_text("a newer one")
    (lessons / "02_build_a_neuron.ipynb").write_text("another")
    command.copy_lessons(tmp_path / "mine")
    assert mine.read_text() == "the learner's work"
    names = sorted(path.name for path in (tmp_path / "mine").iterdir())
    assert names == [mine.name, "02_build_a_neuron.ipynb", "gallery.ipynb"]


def test_an_interrupted_copy_is_not_taken_for_the_learners_own(lessons, tmp_path, monkeypatch):
    lesson = lessons / "00_meet_the_network.ipynb"
    lesson.write_text("whole")

    def half(source, target):
        Path(target).write_text("wh")
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(command.shutil, "copyfile", half)
        with pytest.raises(KeyboardInterrupt):
            command.copy_lessons(tmp_path / "mine")
    command.copy_lessons(tmp_path / "mine")
    assert ((tmp_path / "mine") / lesson.name).read_text() == "whole"


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(command.Problem, match=f"port {port} cannot be used"):
        command.check_port(port)


def test_a_port_that_is_taken_is_refused():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(command.Problem, match=r"cannot be used[^$]*Choose another"):
            command.check_port(other.getsockname()[1])


# --- lab ---


@pytest.fixture
def opened(monkeypatch):
    """What is handed over to, and where, in place of JupyterLab."""
    begun = []
    monkeypatch.setattr(command.set_up, "hand_over", lambda words, folder: begun.append((words, folder)) or 0)
    return begun


def test_the_lab_opens_the_first_lesson_in_copies_in_a_folder_here(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command.main([]) == 0
    ((words, folder),) = opened
    assert folder == tmp_path / "nnlib-course" and (folder / FIRST).exists() and (folder / "gallery.ipynb").exists()
    assert words[:3] == [sys.executable, "-m", "jupyterlab"] and "--no-browser" not in words
    assert {f"--ServerApp.root_dir={folder}", f"--LabApp.default_url=/lab/tree/{FIRST}"} <= set(words)


def test_a_clone_shows_its_own_folder_and_the_copies_in_it(opened, tmp_path):
    places = ["--folder", str(tmp_path / "my_lessons"), "--root", str(tmp_path)]
    assert command.main(["lab", *places, "--no-browser", "--port", str(free_port())]) == 0
    ((words, folder),) = opened
    assert folder == tmp_path and "--no-browser" in words and "--ServerApp.port_retries=0" in words
    assert f"--LabApp.default_url=/lab/tree/my_lessons/{FIRST}" in words


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


# --- another package of the same name ---


def test_the_courses_own_packages_are_found(tmp_path):
    assert "the course's own" in command.check_names(tmp_path)


@pytest.mark.parametrize("name", ["widgets.py", "lessons/__init__.py"])
def test_a_module_beside_the_notebooks_that_would_be_found_first_is_said(opened, tmp_path, capsys, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    assert command.main(["lab", "--folder", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert not opened and str(tmp_path / name) in said and "Rename it" in said and "Traceback" not in said


def test_another_package_that_python_finds_first_is_said(tmp_path, monkeypatch):
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, "widgets", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(command.Problem, match=r"`import widgets` finds .*__init__\.py[^$]*uvx nnlib-course"):
        command.check_names()


def test_another_distribution_in_the_same_folder_is_said(monkeypatch):
    monkeypatch.setattr(command, "packages_distributions", lambda: {"widgets": ["nnlib-course", "widgets-for-all"]})
    with pytest.raises(command.Problem, match=r"widgets-for-all has written into widgets/"):
        command.check_names()


# --- the others ---


def test_doctor_of_this_very_environment_has_nothing_to_mend(capsys):
    code, said = command.main(["doctor"]), capsys.readouterr().out
    assert "the course's own" in said and "front end as back end" in said and "JupyterLab's settings" in said
    assert code == 0 or "memory are free" in said, said


def test_class_goes_to_the_class_report(monkeypatch):
    import lessons.class_report

    monkeypatch.setattr(lessons.class_report, "main", lambda arguments: arguments)
    assert command.main(["class", "somewhere", "--name", "x"]) == ["somewhere", "--name", "x"]


# --- lessons, replay and site ---


def test_the_lessons_alone_are_copied_and_nothing_is_opened(lessons, opened, tmp_path, monkeypatch, capsys):
    (lessons / FIRST).write_text("as shipped")
    monkeypatch.setattr(command, "check_names", lambda folder: None)  # of the real packages, which are elsewhere
    assert command.main(["lessons", str(tmp_path / "mine")]) == 0 and not opened
    assert (tmp_path / "mine" / FIRST).read_text() == "as shipped"
    assert str(tmp_path / "mine") in capsys.readouterr().out


def test_a_replay_is_one_file_and_the_browser_opens_it(tmp_path, monkeypatch, capsys):
    shown = []
    monkeypatch.setattr(command.webbrowser, "open", shown.append)
    assert command.main(["replay", "parsons", "--to", str(tmp_path / "here")]) == 0
    file = tmp_path / "here" / "parsons.html"
    assert shown == [file.as_uri()] and 'id="recording"' in file.read_text(encoding="utf-8")
    assert f"{file.stat().st_size:,} bytes" in capsys.readouterr().out


def test_what_replays_there_are_is_said_on_request_and_after_a_wrong_name(capsys):
    assert command.main(["replay", "--list"]) == 0
    listed = capsys.readouterr().out.split()
    assert {"moons", "workbench", "predict"} <= set(listed)
    assert command.main(["replay", "mons"]) == 1
    assert ", ".join(listed) in capsys.readouterr().err


def test_the_site_is_built_by_the_tool_of_a_clone_and_elsewhere_that_is_said(opened, tmp_path, monkeypatch, capsys):
    assert command.main(["site", "out", "--base", "/course/"]) == 0
    ((words, _),) = opened
    assert Path(words[1]).name == "build_site.py" and words[2:] == ["out", "--base", "/course/"]
    monkeypatch.setattr(command, "INSTALLED", tmp_path)
    assert command.main(["site", "out"]) == 1 and "from a clone" in capsys.readouterr().err


def test_the_curve_of_the_replay_of_predictions_is_drawn_in_one_line_and_falls():
    *strokes, sure, commit = replays.sketch_a_curve(None)
    assert [one["name"] for one in (*strokes, sure, commit)] == [*["draw"] * 4, "sure", "commit"]
    drawn = [one["detail"] for one in strokes]
    assert all(len(one) == 2 for one in drawn) and all(a[1] == b[0] for a, b in itertools.pairwise(drawn))
    (first, high), (last, low) = drawn[0][0], drawn[-1][1]
    assert (first, high) == (0.01, 4) and (last, low) == (1, 0.1)
    assert all(a[0] < b[0] and a[1] > b[1] for a, b in drawn)
