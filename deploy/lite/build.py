"""Build the course as a web site without a server: JupyterLite, whose Python runs in the learner's own browser.

    python deploy/lite/build.py OUT                    the site, in the folder OUT
    python deploy/lite/build.py OUT --tools FOLDER     the same; keeps what it downloads in FOLDER for the next time
    python deploy/lite/build.py --tools FOLDER         downloads alone; a later build needs no network
    python deploy/lite/build.py OUT --pyodide FOLDER   Python too from your own server: a folder with Pyodide 0.27.7

Any Python from 3.11 will do; the course need not be set up. See README.md beside this file.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REQUIREMENTS, STAND_IN, LOCK = HERE / "requirements.txt", HERE / "stand-in.txt", ROOT / "requirements.lock"

BUILDERS = ("jupyter-server", "hatchling")  # list the notebooks, build the course's own wheel
FRONT_ENDS = ("anywidget", "jupyterlab-widgets", "sidecar")  # what the page draws widgets with
WHEELS = ("anywidget", "ipywidgets", "comm", "psygnal", "typing-extensions", "tqdm", "sidecar")  # Pyodide lacks them
OF_PYODIDE = ("numpy", "matplotlib", "traitlets", "ipython", "jedi", "micropip")  # its kernel asks for the last three
# one after the other, each when the one before has been installed, unless they come with the first
PYODIDE = "0.27.7"  # the one that was tested
MEGABYTES = 37  # what a kernel loads: Python, its packages and the course
VERSIONS = f"JupyterLite 0.8.6 and Pyodide {PYODIDE}"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
FROM_THE_KERNEL = f"{'../' * (len(KERNEL.split('/')) + 2)}pypi"  # the kernel runs in extensions/…/static/
FIRST = "00_meet_the_network.ipynb"

# JupyterLab's own page reads the script of this one.
INDEX = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Build a neural network, piece by piece</title>
<meta http-equiv="refresh" content="0; url=lab/index.html?path={FIRST}">
<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{{}}</script>
</head>
<body><p><a href="lab/index.html?path={FIRST}">Open the first lesson</a></p></body>
</html>
"""


def locked():
    """`{name: its entry in requirements.lock}`, the first of a name with several."""
    entries = {}
    for entry in re.split(r"\n(?=\w)", LOCK.read_text(encoding="utf-8")):
        name = re.match(r"[\w.-]+(?===)", entry)
        if name:
            entries.setdefault(name[0], entry)
    return entries


def wanted():
    """What the tools are made from, as one text: another text makes them anew."""
    return "".join(path.read_text(encoding="utf-8") for path in (REQUIREMENTS, STAND_IN, LOCK))


def prepare(tools):
    """Put JupyterLite and the widgets' wheels into the folder `tools`, unless they are there. Needs a network."""
    made_from = tools / "made-from.txt"
    if made_from.exists() and made_from.read_text(encoding="utf-8") == wanted():
        return
    if tools.exists() and any(tools.iterdir()) and not made_from.exists():
        sys.exit(f"{tools} holds something else: name a folder that is empty or not there yet")
    shutil.rmtree(tools, ignore_errors=True)
    entries = locked()
    own = re.findall(r"^([\w-]+)==", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    venv.create(tools / "venv", with_pip=True)
    pins = [entry.splitlines()[0].rstrip(" \\") for name, entry in entries.items() if name not in own]
    (tools / "constraints.txt").write_text("\n".join(pins) + "\n", encoding="utf-8")
    (tools / "wheels.txt").write_text("\n".join(entries[name] for name in WHEELS) + "\n", encoding="utf-8")
    pip = [program(tools, "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    within = ["--constraint", tools / "constraints.txt"]
    run(*pip, "install", *within, "--requirement", REQUIREMENTS, *BUILDERS)
    run(*pip, "install", *within, "--no-deps", *FRONT_ENDS)
    download = [*pip, "download", "--no-deps", "--require-hashes"]
    run(*download, "--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none",
        "--python-version=3.12", "--dest", tools / "wheels", "--requirement", tools / "wheels.txt")  # fmt: skip
    run(*download, "--dest", tools, "--requirement", STAND_IN)
    (kernel,) = tools.glob("jupyterlite_pyodide_kernel-*.whl")
    with zipfile.ZipFile(kernel) as wheel:
        (piplite,) = [name for name in wheel.namelist() if re.search(r"/piplite-[^/]*\.whl$", name)]
        (tools / Path(piplite).name).write_bytes(wheel.read(piplite))
    made_from.write_text(wanted(), encoding="utf-8")


def build(out, tools, pyodide=None):
    """Write the site into the folder `out`; an earlier site there is replaced."""
    out = Path(out).resolve()
    if out.exists() and any(out.iterdir()) and not (out / "jupyter-lite.json").exists():
        sys.exit(f"{out} holds something else: name a folder that is empty or not there yet")
    with tempfile.TemporaryDirectory() as folder:
        lite = Path(folder)
        wheels = lite / "wheels"
        shutil.copytree(tools / "wheels", wheels)
        run(program(tools, "python"), "-m", "hatchling", "build", "-t", "wheel", "-d", wheels, cwd=ROOT)
        (lite / "lessons").mkdir()
        for notebook in sorted((ROOT / "lessons").glob("*.ipynb")):
            shutil.copy2(notebook, lite / "lessons")
        shutil.copy2(ROOT / "share" / "overrides.json", lite)
        if pyodide is not None:
            shutil.copytree(pyodide, lite / "static" / "pyodide")
        names = sorted(path.name for path in wheels.iterdir())
        (stand_in,) = tools.glob("piplite-*.whl")
        told = settings(names, stand_in.name, None if pyodide else network_address(tools))
        (lite / "jupyter-lite.json").write_text(json.dumps(told), encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        run(program(tools, "jupyter-lite"), "build", "--lite-dir", lite, "--output-dir", out, "--apps", "lab",
            "--contents", lite / "lessons", "--piplite-wheels", wheels, "--no-sourcemaps",
            "--no-unused-shared-packages", cwd=lite)  # fmt: skip
    shutil.copy2(stand_in, out / stand_in.name)
    dress(out)


def dress(out):
    """What JupyterLite's page lacks: how far Python is, that the site does not answer, how to end an endless cell."""
    (out / "index.html").write_text(INDEX, encoding="utf-8")
    script = (HERE / "page.js").read_text(encoding="utf-8")
    script = script.replace("__MEGABYTES__", str(MEGABYTES)).replace("__VERSIONS__", VERSIONS)
    page = (out / "lab" / "index.html").read_text(encoding="utf-8")
    title = "<title>Build a neural network, piece by piece</title>"
    page = page.replace("<title>JupyterLite</title>", f"{title}\n<script>\n{script}</script>", 1)
    (out / "lab" / "index.html").write_text(page, encoding="utf-8")
    gone = json.dumps((HERE / "gone.html").read_text(encoding="utf-8"))
    before = (HERE / "worker.js").read_text(encoding="utf-8").replace("__GONE__", gone)
    worker = out / "service-worker.js"
    worker.write_text(before + worker.read_text(encoding="utf-8"), encoding="utf-8")


def network_address(tools):
    """Where the public content network has the tested Pyodide: where JupyterLite takes its own, but for the version."""
    ask = "from jupyterlite_pyodide_kernel import constants as told; print(told.PYODIDE_CDN_URL, told.PYODIDE_VERSION)"
    url, version = run(program(tools, "python"), "-c", ask).split()
    return f"{url.replace(version, PYODIDE)}/pyodide.mjs"


def settings(wheels, piplite, pyodide=None):
    """What the site says to JupyterLite: load these packages with each kernel, and ask no package index for any."""
    packages = [*OF_PYODIDE, *(f"{FROM_THE_KERNEL}/{name}" for name in wheels)]
    kernel = {
        "disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}, "pipliteWheelUrl": f"./{piplite}",
    } | ({"pyodideUrl": pyodide} if pyodide else {})  # fmt: skip
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "nnlib-course",
            "exposeAppInBrowser": True,  # page.js asks it how the kernel is
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        },
    }


def program(tools, name):
    folder = "Scripts" if sys.platform == "win32" else "bin"
    return (tools / "venv" / folder / name).absolute()


def run(*command, cwd=None):
    """What a command prints; where it fails, that is the error."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", metavar="OUT", help="the folder for the site")
    parser.add_argument("--tools", type=Path, metavar="FOLDER", help="where to keep what is downloaded")
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER", help="an unpacked Pyodide 0.27.7, to serve it too")
    want = parser.parse_args(arguments)
    if want.out is None and want.tools is None:
        parser.error("name the folder for the site, OUT")
    if want.pyodide is not None and not (want.pyodide / "pyodide-lock.json").exists():
        parser.error(f"{want.pyodide} has no pyodide-lock.json: unpack Pyodide and name the folder with that file")
    with tempfile.TemporaryDirectory() as folder:
        tools = want.tools or Path(folder)
        prepare(tools)
        if want.out is not None:
            build(want.out, tools, want.pyodide)
            print(f"The site is in {want.out}. Look at it: python -m http.server --directory {want.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
