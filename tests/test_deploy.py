"""What runs the course for others: files that Binder and the hub accept, and numbers that come from the measurement."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import tomllib
import urllib.parse
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = ROOT.parent / "shared" / "data" / "z2jh" / "values.schema.yaml"
VALUES = ROOT / "deploy" / "z2jh-values.yaml"
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def deployed(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "deploy" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sizing():
    return deployed("sizing")


@pytest.mark.skipif(not SCHEMA.exists(), reason="the chart's schema is not at hand")
def test_the_hubs_values_are_what_the_chart_takes():
    import jsonschema

    schema = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema)
    values = yaml.safe_load(VALUES.read_text(encoding="utf-8"))
    # Helm puts our values over the chart's own before it checks, so what we leave out is there.
    found = [error for error in checker.iter_errors(values) if error.validator != "required"]
    faults = [f"{'.'.join(map(str, error.path))}: {error.message}" for error in found]
    assert not faults, faults
    wrong = [error.validator for error in checker.iter_errors(values | {"singleusers": {}})]
    assert "additionalProperties" in wrong, "the schema takes anything: then it proves nothing"


def test_the_table_of_sizes_is_the_one_that_is_computed():
    readme = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- begin sizing -->\n(.*)\n<!-- end sizing -->", readme, re.S)[1]
    assert shown == sizing().table(), f"deploy/README.md should hold\n{sizing().table()}"


def test_the_hubs_values_agree_with_the_sizes():
    module, values = sizing(), yaml.safe_load(VALUES.read_text(encoding="utf-8"))
    user = values["singleuser"]
    assert user["memory"]["guarantee"] == f"{module.MEMORY * 1000:.0f}M"
    assert values["scheduling"]["userPlaceholder"]["replicas"] == module.size(300)[3]
    told = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    assert f"replicas` to {module.size(30)[3]}, for 3,000 to {module.size(3000)[3]}," in told
    assert user["extraEnv"] == dict.fromkeys(THREADS, "1")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert user["image"]["tag"] == version
    assert (ROOT / user["defaultUrl"].removeprefix("/lab/tree/")).exists()


def test_binders_start_sets_one_thread_and_runs_what_it_is_given():
    show = "echo " + " ".join(f"${name}" for name in THREADS)
    told = subprocess.run([ROOT / "start", "sh", "-c", show], capture_output=True, text=True, check=True, timeout=20)
    assert told.stdout.split() == ["1", "1", "1"]


@pytest.mark.parametrize("name", ["start", "postBuild"])
def test_binders_scripts_can_be_run_by_any_shell(name):
    path = ROOT / name
    assert os.access(path, os.X_OK), f"{name} is not executable"
    assert path.read_bytes().startswith(b"#!/bin/sh\n") and b"\r" not in path.read_bytes()
    subprocess.run(["sh", "-n", path], check=True, timeout=20)


def test_the_image_takes_the_lock_with_its_hashes():
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert all(f"{name}=1" in text for name in THREADS)


def test_the_volume_holds_all_that_a_learner_writes_and_lunch_ends_nobody():
    values = yaml.safe_load(VALUES.read_text(encoding="utf-8"))
    user = values["singleuser"]
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    home = re.findall(r"^WORKDIR (\S+)$", dockerfile, re.M)[-1]
    assert user["storage"]["homeMountPath"] == home, "the server starts in the volume"
    assert f"cp -r lessons {home}" not in dockerfile, "what the image has there the volume hides"
    assert user["cmd"] == "hub-start" and "deploy/hub-start /usr/local/bin/hub-start" in dockerfile
    assert values["cull"]["timeout"] > 3600
    told = " ".join((ROOT / "deploy" / "README.md").read_text(encoding="utf-8").split())
    assert user["storage"]["capacity"] == "1Gi" and "a volume of 1 GB of their own" in told


def test_nobody_signs_in_to_the_hub_without_a_password():
    values = yaml.safe_load(VALUES.read_text(encoding="utf-8"))
    assert values["hub"]["config"]["JupyterHub"]["authenticator_class"] == "shared-password"
    readme = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    assert "--set hub.config.SharedPasswordAuthenticator.user_password=" in readme


def test_the_image_has_what_the_links_need_and_not_what_learners_wrote_here():
    assert re.search(r"^nbgitpuller==", (ROOT / "deploy" / "hub-requirements.txt").read_text(encoding="utf-8"), re.M)
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", "my_*", "**/my_progress"} <= set(left_out)
    for needed in ("lessons", "nnlib", "widgets", "deploy", "pyproject.toml", "requirements.lock", "README.md"):
        assert needed not in left_out


def test_hub_start_brings_what_is_missing_and_leaves_what_is_there(tmp_path):
    course, home, programs = tmp_path / "course", tmp_path / "home", tmp_path / "bin"
    for folder in (course / "lessons", home / "lessons", programs):
        folder.mkdir(parents=True)
    for name in ("00_a.ipynb", "01 b.ipynb"):
        (course / "lessons" / name).write_text("fresh")
    (home / "lessons" / "00_a.ipynb").write_text("the learner's")
    server = programs / "jupyterhub-singleuser"
    server.write_text('#!/bin/sh\npwd\necho "$@"\n')
    server.chmod(0o755)
    own = {"HOME": str(home), "COURSE": str(course), "PATH": f"{programs}:{os.environ['PATH']}"}
    command = [ROOT / "deploy" / "hub-start", "--port=1"]
    told = subprocess.run(command, env=own, capture_output=True, text=True, check=True, timeout=20)
    assert told.stdout.split() == [str(home), "--port=1"]
    found = {path.name: path.read_text() for path in (home / "lessons").iterdir()}
    assert found == {"00_a.ipynb": "the learner's", "01 b.ipynb": "fresh"}


def test_what_the_page_says_of_memory_and_time_is_what_was_measured():
    told = " ".join((ROOT / "deploy" / "README.md").read_text(encoding="utf-8").split())
    measured = json.loads((ROOT / "benchmarks" / "results" / "memory.json").read_text(encoding="utf-8"))
    said = re.search(r"stays below (\d+) MB, and lesson 00 shows its first picture within (\d+) s", told)
    most, soon = map(int, said.groups())
    assert max(lesson["memory"] for lesson in measured["lessons"]) < most * 1e6
    assert measured["start"] < soon and "00" in measured["lessons"][0]["lesson"]


def test_an_ordinary_user_can_follow_the_page_for_one_machine():
    """`/opt` is root's: each command that writes there, or into the environment that all share, asks for that."""
    text = (ROOT / "deploy" / "tljh.md").read_text(encoding="utf-8")
    commands = [line.strip() for block in re.findall(r"```\n(.*?)```", text, re.S) for line in block.splitlines()]
    touching = [line for line in commands if "/opt" in line or "tljh-config" in line]
    assert len(touching) > 8 and all(line.startswith("sudo ") for line in touching), touching


def test_links_of_these_pages_lead_somewhere():
    for path in (ROOT / "deploy").rglob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (path.parent / target).exists(), f"{path.name}: {target}"


def in_gits_words(source, target):
    """What nbgitpuller does: commit the learner's work, then merge ours with theirs winning."""
    if not target.exists():
        git(target.parent, "clone", "-q", str(source), str(target))
        return
    git(target, "commit", "-qam", "the learner's")
    git(target, "pull", "-q", "--no-rebase", "--no-edit", "-X", "ours", "origin", "main")


def by_nbgitpuller(source, target):
    if shutil.which("gitpuller") is None:
        pytest.skip("nbgitpuller is not installed; .ci/run has it")
    own = {f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(
        ["gitpuller", source.as_uri(), "main", str(target)],
        check=True, capture_output=True, timeout=60, cwd=target.parent, env=os.environ | own,
    )  # fmt: skip


def git(folder, *words):
    name = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    return subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True, timeout=30)


@pytest.mark.parametrize("pull", [in_gits_words, by_nbgitpuller])
def test_an_update_never_writes_over_a_learners_notebook(pull, tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    git(ours, "init", "-q", "-b", "main")
    for name in ("00.ipynb", "01.ipynb", "02.ipynb"):
        (ours / name).write_text("fresh\n")
    git(ours, "add", ".")
    git(ours, "commit", "-qm", "lessons")
    pull(ours, theirs)
    (theirs / "00.ipynb").write_text("the learner's work\n")
    (theirs / "my own.ipynb").write_text("the learner's own\n")
    for name in ("00.ipynb", "01.ipynb"):
        (ours / name).write_text("updated\n")
    git(ours, "commit", "-qam", "an update")
    pull(ours, theirs)
    texts = {path.name: path.read_text() for path in theirs.glob("*.ipynb")}
    assert texts == {
        "00.ipynb": "the learner's work\n", "my own.ipynb": "the learner's own\n",
        "01.ipynb": "updated\n", "02.ipynb": "fresh\n",
    }  # fmt: skip


@pytest.mark.skipif(shutil.which("jupyter-repo2docker") is None, reason="repo2docker is not installed; .ci/run has it")
def test_repo2docker_takes_the_repository(tmp_path):
    """What Binder builds: conda's environment from environment.yml, then postBuild, and start before the server."""
    for name in ("environment.yml", "postBuild", "start", "pyproject.toml", "requirements.lock"):
        shutil.copy2(ROOT / name, tmp_path / name)
    told = subprocess.run(
        ["jupyter-repo2docker", "--no-build", "--debug", str(tmp_path)], capture_output=True, text=True, timeout=120
    )
    assert told.returncode == 0, told.stderr[-2000:]
    recipe = told.stdout + told.stderr
    wanted = ("python=3.11", '--file "environment.yml"', "RUN ./postBuild", 'R2D_ENTRYPOINT="${REPO_DIR}/start"')
    assert not [words for words in wanted if words not in recipe], recipe[-4000:]


LESSON = "lessons/00_meet_the_network.ipynb"


@pytest.mark.parametrize(
    "address",
    ["https://github.com/owner/name", "https://github.com/owner/name.git", "git@github.com:owner/name.git",
     "ssh://git@github.com/owner/name/"],
)  # fmt: skip
def test_a_link_to_binder_is_the_same_however_git_writes_the_address(address):
    links = deployed("links")
    link = links.binder(links.repository(address))
    assert link == f"https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/{LESSON}"
    assert (ROOT / LESSON).exists()


def test_links_for_other_hosts_and_for_a_hub():
    links = deployed("links")
    elsewhere = links.repository("https://git.example.org/a/b/name")
    assert "/v2/git/https%3A%2F%2Fgit.example.org%2Fa%2Fb%2Fname/main?" in links.binder(elsewhere, "05")
    link = links.hub("https://hub.example.org/", elsewhere)
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query))
    assert asked == {"repo": elsewhere, "branch": "main", "urlpath": f"lab/tree/name/{LESSON}"}


@pytest.mark.parametrize("address", ["", "/home/somebody/course", "file:///srv/course", "https://github.com", "a b"])
def test_an_address_that_nobody_else_can_open_is_refused(address):
    with pytest.raises(SystemExit, match="an address on the web"):
        deployed("links").repository(address)


def test_the_badge_goes_into_the_readme_once():
    links, readme = deployed("links"), (ROOT / "README.md").read_text(encoding="utf-8")
    once = links.with_badge(readme, "https://github.com/owner/name")
    assert "https://owner.github.io/name/" in once
    assert "`uvx --from git+https://github.com/owner/name nnlib-course`" in once
    assert links.site("https://github.com/Owner/owner.github.io") == "https://owner.github.io/"
    assert links.site("https://git.example.org/a/b") is None and "github.io" not in links.first_lines("https://e.org/a")
    assert once.count("badge_logo.svg") == 1 and links.with_badge(once, "https://github.com/owner/name") == once
    assert once.index("badge_logo.svg") < once.index("<picture>"), "on the first screen"
