"""The course on a stick: what each kind of computer gets, and a set-up from it with the network off."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import bundle
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def names(platform, python="3.12"):
    return {Requirement(line.split(" --hash")[0]).name for line in lines(platform, python)}


def lines(platform, python):
    return [line for _, text in bundle.requirements(platform, python) for line in text.splitlines()]


def test_each_system_gets_what_the_locks_conditions_say():
    everywhere = {"numpy", "jupyterlab", "anywidget", "hatchling", "uv"}
    for platform in bundle.PLATFORMS:
        assert everywhere <= names(platform), platform
    assert "pywinpty" in names("windows") and "pywinpty" not in names("linux") | names("macos")
    assert "pexpect" in names("linux") and "appnope" in names("macos") and "appnope" not in names("linux")


def test_every_line_has_a_version_and_hashes_and_no_condition():
    for line in lines("windows", "3.11"):
        pin, *hashes = line.split(" ")
        assert "==" in pin and hashes and all(one.startswith("--hash=sha256:") for one in hashes), line


def test_early_and_late_pythons_of_one_version_both_have_what_they_want():
    """No file has two versions of a package, and together they have every version that the lock has for 3.11."""
    files = [text for _, text in bundle.requirements("linux", "3.11")]
    for text in files:
        pins = [line.split("==")[0] for line in text.splitlines()]
        assert len(set(pins)) == len(pins)
    both = {line.split(" ")[0] for text in files for line in text.splitlines() if line.startswith("soupsieve==")}
    assert len(both) == 2


def test_a_folder_that_holds_something_and_an_unknown_system_are_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit, match="holds something else: name a folder that is empty"):
        bundle.build(tmp_path, ["linux"], [HERE])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(SystemExit):
        bundle.main([str(tmp_path / "new"), "--for", "amiga"])
    assert not (tmp_path / "new").exists()


def test_a_computer_without_wheels_is_named_and_the_others_are_served(tmp_path, monkeypatch, capsys):
    said = {"windows": "", "macos-intel": "No matching distribution found for argon2-cffi-bindings==25.1.0"}
    monkeypatch.setattr(bundle, "download", lambda wheels, platform, python: said[platform])
    assert bundle.build(tmp_path / "stick", ["windows", "macos-intel"], ["3.12"]) == 1
    told = capsys.readouterr().out
    assert "macos-intel, Python 3.12: No matching distribution found for argon2" in told
    read_me = (tmp_path / "stick" / "READ-ME-FIRST.txt").read_text(encoding="utf-8")
    assert "all that it needs, for windows." in read_me
    for left in (".git", ".venv", "my_lessons"):
        assert not (tmp_path / "stick" / left).exists()
    assert (tmp_path / "stick" / "course.py").exists() and (tmp_path / "stick" / "lessons" / "solutions").is_dir()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the network is switched off in Linux's way")
def test_the_course_is_set_up_from_it_with_the_network_off(tmp_path):
    """As on a laptop in a room without a network: no cache, no index, and no network interface but its own."""
    off = [shutil.which("unshare") or "unshare", "--net", "--map-root-user"]
    if subprocess.run([*off, "true"], capture_output=True).returncode:
        pytest.skip("this computer does not let a test switch the network off")
    stick = tmp_path / "my stick"
    machine = {"x86_64": "linux", "aarch64": "linux-arm"}[os.uname().machine]
    assert bundle.build(stick, [machine], [HERE]) == 0
    home = tmp_path / "home"
    home.mkdir()
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    how = {"cwd": stick, "env": clean, "capture_output": True, "text": True}
    done = subprocess.run([*off, sys.executable, "-c", "import course; course.set_up()"], **how)
    assert done.returncode == 0 and "The course is set up." in done.stdout, done.stdout + done.stderr
    tried = "import nnlib, jupyterlab; print(nnlib.__file__)"
    told = subprocess.run([stick / ".venv/bin/python", "-c", tried], **how | {"cwd": home})
    assert told.stdout.strip() == str(stick / "nnlib" / "__init__.py"), told.stderr
    for wheel in stick.glob("wheels/numpy-*.whl"):
        wheel.unlink()
    shutil.rmtree(stick / ".venv")
    (stick / ".course-stamp.json").unlink()
    done = subprocess.run([*off, sys.executable, "course.py", "lab"], **how)
    assert done.returncode == 1 and "has no packages for this computer" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
