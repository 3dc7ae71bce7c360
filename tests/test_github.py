"""What GitHub is asked to do: well formed, without a hole that an attacker knows, and about things that exist."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = [path for path in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) if path.name != "config.yml"]


def ran(module, *words):
    told = subprocess.run([sys.executable, "-m", module, *map(str, words)], capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
    ],
)
def test_each_file_is_of_its_schema(schema, paths):
    assert paths
    ran("check_jsonschema", "--builtin-schema", schema, *paths)


def test_zizmor_finds_nothing_even_when_it_is_pedantic():
    zizmor = Path(sysconfig.get_path("scripts")) / "zizmor"  # a program without a module
    told = subprocess.run(
        [zizmor, "--offline", "--no-config", "--persona=pedantic", GITHUB], capture_output=True, text=True, timeout=300
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_file_that_a_workflow_runs_exists(path):
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"(?:python|bash) ([\w./-]+\.py|\.ci/run)", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"tests/\w+\.py", text):
        assert (ROOT / name).exists(), name


def test_every_action_is_pinned_to_a_commit_and_one_action_to_one():
    pins = {}
    for path in WORKFLOWS:
        for action, commit in re.findall(r"uses: ([\w/-]+)@(\S+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[0-9a-f]{40}", commit), f"{path.name}: {action}@{commit}"
            assert pins.setdefault(action, commit) == commit


def test_the_systems_and_pythons_are_those_that_are_promised():
    matrix = yaml.safe_load((GITHUB / "workflows" / "tests.yml").read_text())["jobs"]["quick"]["strategy"]["matrix"]
    sys.path.insert(0, str(ROOT))
    import course

    assert matrix["python"] == ["{}.{}".format(*version) for version in (course.OLDEST, course.NEWEST)]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
