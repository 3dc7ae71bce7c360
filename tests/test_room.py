"""The check before a workshop, `course.py doctor --room`: it starts what a learner starts."""

import pytest
import room


def test_a_computer_that_works_is_ready(capsys):
    assert room.main() == 0
    told = capsys.readouterr().out
    assert "JupyterLab serves lesson 00" in told and "checks a right and a wrong answer" in told
    assert told.endswith("Ready for the room.\n")


def test_a_lesson_that_is_not_there_and_checks_that_do_not_check_are_told(monkeypatch, capsys):
    monkeypatch.setattr(room, "LESSON", "99_nothing.ipynb")
    monkeypatch.setattr(room, "TRIAL", "print('PASSED'); print('PASSED')")
    assert room.main() == 1
    told = capsys.readouterr().out
    assert "MISSING  JupyterLab does not serve lesson 00 (HTTP Error 404" in told
    assert "MISSING  a right answer should pass and a wrong one fail, and this came:\nPASSED\nPASSED" in told
    assert "Not ready for the room" in told


@pytest.mark.parametrize("trial", ["raise OSError('no kernel')"])
def test_a_kernel_that_raises_is_told_with_its_error(monkeypatch, trial):
    monkeypatch.setattr(room, "TRIAL", trial)
    with pytest.raises(RuntimeError, match=r"this came:\n.*no kernel"):
        room.kernel_line()
