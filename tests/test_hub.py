"""A learner's day on a real JupyterHub: nothing that they did is lost when their server is ended.

The hub runs here, with the image's layout: the course in one folder, a home folder that alone outlives the server, and
deploy/hub-start as what is started. `NNLIB_HUB` names a folder that has JupyterHub, nbgitpuller (the versions of
deploy/hub-requirements.txt) and the hub's culler in `venv`, and configurable-http-proxy in `node_modules`. `.ci/run`
makes it; without it these tests skip.
"""

import http.cookiejar
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = os.environ.get("NNLIB_HUB")
PASSWORD, PATIENCE = "a word for the class", 180
TOKEN = uuid.uuid4().hex  # with which the culler asks the hub

pytestmark = pytest.mark.skipif(not TOOLS, reason="NNLIB_HUB names no folder with JupyterHub; .ci/run has it")

CONFIG = """
import os, sys
c.JupyterHub.bind_url = {url!r}
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.cmd = [{start!r}]
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = {environment!r}
c.Spawner.start_timeout = c.Spawner.http_timeout = 170
c.JupyterHub.services = [{{"name": "culler", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "user", "scopes": ["self", "servers!user"]}},
    {{"name": "culler", "services": ["culler"],
      "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"]}},
]
"""


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Hub:
    """A hub on this computer. `homes` is the volume: it stays when a server ends."""

    def __init__(self, folder):
        self.folder, self.homes = folder, folder / "homes"
        self.homes.mkdir()
        tools = Path(TOOLS).resolve()
        self.url = f"http://127.0.0.1:{free_port()}"
        image = {  # the course's packages and front ends, as the image has them beside JupyterHub
            "COURSE": str(ROOT), "PYTHONPATH": f"{sysconfig.get_path('purelib')}{os.pathsep}{ROOT}",
            "PATH": f"{tools}/venv/bin:{tools}/node_modules/.bin:{os.environ['PATH']}",
            "JUPYTER_PATH": f"{sys.prefix}/share/jupyter", "JUPYTER_CONFIG_PATH": f"{sys.prefix}/etc/jupyter",
            "JUPYTERLAB_DIR": f"{sys.prefix}/share/jupyter/lab",
        }  # fmt: skip
        (folder / "config.py").write_text(CONFIG.format(
            url=self.url, token=TOKEN,
            hub_port=free_port(), proxy_port=free_port(), password=PASSWORD, homes=str(self.homes),
            proxy=f"{tools}/node_modules/.bin/configurable-http-proxy", start=str(ROOT / "deploy" / "hub-start"),
            environment=image,
        ))  # fmt: skip
        command = [tools / "venv/bin/jupyterhub", "--config", folder / "config.py"]
        own = {**os.environ, "PATH": image["PATH"], "PYTHONPATH": ""}
        with (folder / "hub.log").open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, stdout=log, stderr=log, env=own, start_new_session=True
            )

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=60)


class Learner:
    """A learner's browser, as far as it matters here: cookies, pages, the kernel's messages."""

    def __init__(self, hub, name):
        self.hub, self.name, self.home = hub, name, hub.homes / name
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def ask(self, path, data=None, method=None, form=False):
        """The text of a page. Data is sent as JSON, or as a form."""
        body = None if data is None else (urllib.parse.urlencode(data) if form else json.dumps(data)).encode()
        request = urllib.request.Request(f"{self.hub.url}{path}", data=body, method=method)
        if data is not None and not form:
            request.add_header("Content-Type", "application/json")
        for cookie in self.cookies:
            if cookie.name == "_xsrf" and path.startswith(cookie.path.rstrip("/")):
                request.add_header("X-XSRFToken", cookie.value)
        with self.opener.open(request, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def sign_in(self, password=PASSWORD):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask("/hub/login")
                break
            except OSError:
                if time.monotonic() > until or self.hub.process.poll() is not None:
                    raise RuntimeError((self.hub.folder / "hub.log").read_text()[-3000:]) from None
                time.sleep(0.3)
        xsrf = next(cookie.value for cookie in self.cookies if cookie.name == "_xsrf")
        return self.ask("/hub/login", {"username": self.name, "password": password, "_xsrf": xsrf}, form=True)

    def start(self):
        """Ask for the server, wait until it is there, and sign in to it."""
        self.ask("/hub/spawn")
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask(f"/user/{self.name}/lab")
                return json.loads(self.ask(f"/user/{self.name}/api/status"))
            except (urllib.error.HTTPError, ValueError):
                if time.monotonic() > until:
                    raise RuntimeError((self.hub.folder / "hub.log").read_text()[-3000:]) from None
                time.sleep(0.5)

    def go_to_lunch(self):
        """Be away until the hub's own culler, told of a short lunch, has ended the idle server."""
        culler = [Path(TOOLS).resolve() / "venv/bin/python", "-m", "jupyterhub_idle_culler",
                  f"--url={self.hub.url}/hub/api", "--timeout=2", "--cull-every=1"]  # fmt: skip
        own = {**os.environ, "JUPYTERHUB_API_TOKEN": TOKEN}
        log = self.hub.folder / "culler.log"
        with log.open("w") as told, subprocess.Popen(culler, env=own, stdout=told, stderr=told) as culling:
            try:
                until = time.monotonic() + 60
                while json.loads(self.ask(f"/hub/api/users/{self.name}"))["servers"]:  # one that is ending is there too
                    assert time.monotonic() < until and culling.poll() is None, log.read_text()[-2000:]
                    time.sleep(0.5)
            finally:
                culling.terminate()
        assert f"Culling server {self.name}" in log.read_text()

    def follow(self, link):
        """Follow nbgitpuller's link: the page behind it asks the server to pull, and goes to the lesson."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query))
        told = {"repo": asked["repo"], "branch": asked["branch"], "targetpath": asked["repo"].rpartition("/")[2]}
        said = self.ask(f"/user/{self.name}/git-pull/api?{urllib.parse.urlencode(told)}")
        assert '"phase": "finished"' in said, said[-2000:]
        return asked["urlpath"].removeprefix("lab/tree/")

    def notebook(self, path):
        """The notebook at `path`, without the server's own notes on which cells it trusts."""
        found = json.loads(self.ask(f"/user/{self.name}/api/contents/{urllib.parse.quote(path)}"))["content"]
        for cell in found["cells"]:
            cell["metadata"].pop("trusted", None)
        return found

    def save(self, path, content):
        told = {"type": "notebook", "format": "json", "content": content}
        self.ask(f"/user/{self.name}/api/contents/{urllib.parse.quote(path)}", told, method="PUT")

    def run(self, path, *sources, leave=False):
        """What some cells print in a new kernel of the notebook at `path`, which is then closed or left as it is."""
        import websocket

        told = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = json.loads(self.ask(f"/user/{self.name}/api/sessions", told))
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.cookies if self.name in one.path)
        address = (
            f"{self.hub.url.replace('http', 'ws')}/user/{self.name}/api/kernels/{session['kernel']['id']}/channels"
        )
        channel = websocket.create_connection(address, cookie=cookies, timeout=PATIENCE, origin=self.hub.url)
        printed = []
        for source in sources:
            header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": uuid.uuid4().hex,
                      "username": self.name, "version": "5.3", "date": "2026-01-01T00:00:00Z"}  # fmt: skip
            content = {"code": source, "silent": False, "store_history": True, "user_expressions": {},
                       "allow_stdin": False, "stop_on_error": True}  # fmt: skip
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
            channel.send(json.dumps(message))
            while True:
                got = json.loads(channel.recv())
                if got["parent_header"].get("msg_id") != header["msg_id"]:
                    continue
                content = got["content"]
                printed.append(content.get("text") or content.get("data", {}).get("text/plain") or "")
                if got["msg_type"] == "error":
                    printed.append("\n".join(content["traceback"]))
                if got["msg_type"] == "status" and content["execution_state"] == "idle":
                    break
        channel.close()
        if not leave:
            self.ask(f"/user/{self.name}/api/sessions/{session['id']}", method="DELETE")
        return "\n".join(printed)


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    made = Hub(tmp_path_factory.mktemp("hub"))
    yield made
    made.close()


def git(folder, *words):
    name = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    return subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The instructor's copy of the course, as git has it: the lessons are what a link brings."""
    folder = tmp_path_factory.mktemp("git") / "course"
    shutil.copytree(ROOT / "lessons", folder / "lessons", ignore=shutil.ignore_patterns("__pycache__", "my_*"))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "the course")
    return folder


def answer(notebook, number, source):
    """Write a learner's answer into the cell of an exercise."""
    (cell,) = [cell for cell in notebook["cells"] if cell["metadata"].get("exercise") == number]
    cell["source"] = source
    return source


IMPORTS = "import numpy as np\nfrom lessons.checks import *"
NEURON = "def neuron(weights, inputs, bias):\n    return weights @ inputs + bias"
SIGMOID = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"


def test_a_learners_day(hub, repository):
    learner = Learner(hub, "ada")
    learner.sign_in()
    learner.start()
    assert len(list((learner.home / "lessons").glob("[0-9][0-9]_*.ipynb"))) == 16, "hub-start brought the lessons"

    sys.path.insert(0, str(ROOT / "deploy"))
    import links

    link = links.hub(hub.url, repository.as_uri(), lesson="02")
    lesson = learner.follow(link)
    assert lesson == "course/lessons/02_build_a_neuron.ipynb"

    morning = learner.notebook(lesson)
    answer(morning, "02.3", NEURON)
    learner.save(lesson, morning)
    solved = ('z_b, z_e = -0.4, 0.5\ncheck("02.2")', NEURON, 'check("02.3")')
    told = learner.run(lesson, IMPORTS, *solved, leave=True)  # as who goes to lunch leaves it
    assert told.count("PASSED") == 2, told

    learner.go_to_lunch()
    learner.start()
    assert learner.notebook(lesson) == morning, "what was saved is there"
    told = learner.run(lesson, IMPORTS, 'status("02")', 'print(mine_or_reference("neuron").__module__)')
    assert "my_pieces_neuron" in told and re.search(r"02\.3\D.*PASSED", told), told

    notebook = repository / "lessons" / "02_build_a_neuron.ipynb"
    notebook.write_text(notebook.read_text().replace("Is a tomato ripe?", "Is the tomato ripe?"))
    (repository / "lessons" / "17_new.ipynb").write_text(notebook.read_text())
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "an update")
    learner.follow(link)
    updated = learner.notebook(lesson)
    (mine,) = [cell["source"] for cell in updated["cells"] if cell["metadata"].get("exercise") == "02.3"]
    assert mine == NEURON, "an update leaves what the learner wrote"
    assert any("Is the tomato ripe?" in cell["source"] for cell in updated["cells"]), "and mends the cells around it"
    assert learner.notebook("course/lessons/17_new.ipynb")["cells"], "and brings what is new"

    afternoon = learner.notebook(lesson)
    answer(afternoon, "02.5", SIGMOID)
    learner.save(lesson, afternoon)
    told = learner.run(lesson, IMPORTS, SIGMOID, 'check("02.5")', 'status(export=True, name="ada")')
    assert "PASSED" in told, told
    exports = (learner.home / "course" / "lessons" / "my_progress").glob("status-*.json")
    export = max(exports, key=lambda path: path.stat().st_mtime_ns)
    exported = json.loads(export.read_text())["exercises"]
    assert [exported[number]["outcome"] for number in ("02.2", "02.3", "02.5")] == ["PASSED"] * 3

    learner.go_to_lunch()
    learner.start()
    assert learner.notebook(lesson) == afternoon


def test_nobody_comes_in_without_the_password_or_into_anothers_server(hub):
    stranger = Learner(hub, "ada")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        stranger.sign_in("guess")
    other = Learner(hub, "bob")
    other.sign_in()
    with pytest.raises(urllib.error.HTTPError, match=r"40[34]"):
        other.ask("/user/ada/api/contents")


def test_a_binder_day_goes_on_where_it_was_packed(tmp_path):
    """Ten idle minutes, and the container is gone: what was packed before is all there in the next one."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        for path in sorted((ROOT / "lessons").glob("*.ipynb")):
            shutil.copy(path, folder)

    def ran(folder, code):
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    notebook = json.loads((first / "02_build_a_neuron.ipynb").read_text())
    answer(notebook, "02.3", NEURON)
    (first / "02_build_a_neuron.ipynb").write_text(json.dumps(notebook))
    (first / "my own.ipynb").write_text(json.dumps(notebook))
    from lessons.checks.remember import work

    progress = first / "my_progress"
    (progress / "pieces").mkdir(parents=True)
    (progress / "pieces" / "neuron.py").write_text(NEURON)
    (progress / "progress.json").write_text("{}")
    ran(first, "from lessons.checks import pack; pack()")
    (packed,) = first.glob("my_work-*.zip")
    kept = {path.relative_to(first): path.read_bytes() for path in first.rglob("*.ipynb")}
    shutil.copy(packed, second)
    shutil.rmtree(first)
    ran(second, "from lessons.checks import unpack; unpack()")
    assert {path: (second / path).read_bytes() for path in kept} == kept, "every notebook, and the learner's own"
    assert work.find(second).name == packed.name
