#!/usr/bin/env python3
"""Build the public site: lessons to read and search, replays that play without Python, the reference, slides.

    python tools/build_site.py build/site                    all of it, with JupyterLite; each lesson is run once
    python tools/build_site.py build/site --lite FOLDER      with the JupyterLite site that `deploy/lite/build.py` made
    python tools/build_site.py build/site --lite none        without: "Run it" is left out
    python tools/build_site.py build/site --lessons 00 02    some of the lessons, for a look
    python tools/build_site.py build/site --no-run           without figures: nothing is executed

`python3 course.py site FOLDER` does the same in an environment of its own. No page loads anything from another
address. JupyterLite is apart from that promise: it loads Python from Pyodide's own server, unless `--pyodide` names a
folder with one. `tests/test_site.py` opens the site as a reader would.
"""

import argparse
import base64
import inspect
import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import build_slides  # noqa: E402
import nbformat  # noqa: E402
from build_lessons import sources, tags  # noqa: E402
from lesson_parts import COMMAND, lesson_cells, replay_of, with_mathml  # noqa: E402

import nnlib  # noqa: E402
import widgets  # noqa: E402
from lessons.checks.remember import book  # noqa: E402
from nnlib_course import replays  # noqa: E402

SITE = ROOT / "docs" / "site"
IN_LITE = "width: 100%; height: 640px; border: 0"
PRESENT = set()  # the notebooks that are pages of the site that is being built
PAGES = {  # where a page of the project goes on the site, and its title in the list
    "instructor/README.md": "teach/index.md", "instructor/schedules.md": "teach/schedules.md",
    "instructor/lessons.md": "teach/lessons.md", "instructor/profiles.md": "teach/profiles.md",
    "instructor/invitation.md": "teach/invitation.md", "instructor/questionnaire.md": "teach/questionnaire.md",
    "benchmarks/RESULTS.md": "benchmarks/RESULTS.md", "docs/RELIABILITY.md": "docs/RELIABILITY.md",
    "nnlib/README.md": "nnlib/README.md", "nnlib/data/PROVENANCE.md": "nnlib/data/PROVENANCE.md",
    "docs/ELSEWHERE.md": "docs/ELSEWHERE.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md", "CHANGELOG.md": "CHANGELOG.md",
}  # fmt: skip


def toctree(entries, caption="", depth=1):
    head = f"```{{toctree}}\n:maxdepth: {depth}\n" + (f":caption: {caption}\n" if caption else "")
    return head + "\n" + "\n".join(entries) + "\n```\n"


def iframe(name, up, how):
    """The replay `name`, in a page from which `up` leads to the site's root; `how` is said of the frame."""
    what = f"{name.replace('_', ' ')}: a recorded run, to be played and stepped both ways"
    return f'<iframe {how} class="replay" src="{up}replays/{name}.html" loading="lazy" title="{what}"></iframe>'


def frame(name, depth=1):
    up = "../" * depth
    alone = f'<a href="{up}replays/{name}.html">This run on a page of its own</a>'
    return f'<div class="screen">{iframe(name, up, "data-fits")}</div>\n\n{alone}'


# Lessons ----------------------------------------------------------------------------------------------------


def lesson_page(source, folder, run, lite):
    """The notebook of one lesson as a page: figures as they came, solutions behind a click, replays for explorers."""
    notebook = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "pygments_lexer": "python"}})
    cells = lesson_cells(source, run)
    for cell in cells:
        if book.SOLVED_ONLY not in tags(cell):
            notebook.cells += on_the_page(cell, folder)
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    links = [
        f"[`{name}`](../reference/{place}.md#{anchor(name)})"
        for place, package in (("nnlib", nnlib), ("widgets", widgets))
        for name in sorted(set(re.findall(r"\b[A-Z]\w+|\b[a-z]\w+(?=\()", code)) & set(public(package)))
    ]
    top = f'<a class="run" href="../lite/lab/index.html?path={source.stem}.ipynb">Run it in your browser</a>'
    ways = ([top] if lite else []) + [f"`python3 course.py` opens it as `my_lessons/{source.stem}.ipynb`"]
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(" · ".join(ways)))
    if links:
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"**Reference:** {', '.join(links)}"))
    nbformat.write(notebook, folder / f"{source.stem}.ipynb")


def on_the_page(cell, folder):
    """The cells that stand for one: a markdown cell's pictures become files, an exercise its blank and its solution."""
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        for name, kinds in cell.get("attachments", {}).items():
            (folder / name).write_bytes(base64.b64decode(next(iter(kinds.values()))))
        text = re.sub(r"\[([^\]]*)\]\((?:\w+/)*(\w+\.ipynb)\)", there_or_words, text.replace("(attachment:", "("))
        text = re.sub(r"^\| +\|(?=.*\n\| ?:?-)", "| · |", text, flags=re.M)  # an empty heading is read out as nothing
        return [nbformat.v4.new_markdown_cell(with_mathml(text))]
    if cell["metadata"].get("exercise"):
        stub = cell["metadata"].get("stub", text)
        told = f"<details><summary>One solution</summary>\n\n```python\n{text}\n```\n\n</details>"
        return [nbformat.v4.new_code_cell(stub), nbformat.v4.new_markdown_cell(told)]
    if name := replay_of(text):
        return [nbformat.v4.new_code_cell(text), nbformat.v4.new_markdown_cell(frame(name))]
    outputs = [] if COMMAND.match(text) else [nbformat.from_dict(one) for one in cell["outputs"] if seen(one)]
    return [nbformat.v4.new_code_cell(text, outputs=outputs)]


def there_or_words(link):
    """A link to another lesson; a notebook that is no page of the site is named alone."""
    return f"[{link[1]}]({link[2]})" if link[2] in PRESENT else link[1]


def seen(output):
    """Whether an output says something to a reader: text or a figure, no view of a widget and no warning."""
    return output["output_type"] != "error" and output.get("name") != "stderr" and not any(
        "widget" in kind for kind in output.get("data", {})
    )


# Reference --------------------------------------------------------------------------------------------------


def public(package):
    return [name for name in package.__all__ if not name.startswith("_")]


def anchor(name):
    return name.lower()


def reference(package):
    """A page with the signature and the docstring of everything public in a package, its methods included."""
    lines = [f"# {package.__name__}\n", as_markdown(inspect.getdoc(package))]
    for name in sorted(public(package), key=lambda name: not callable(getattr(package, name))):  # tables at the end
        thing = getattr(package, name)
        lines.append(f"({anchor(name)})=\n\n## {name}\n")
        if not callable(thing):  # a table: its names, which is what a lesson asks it for
            lines.append(", ".join(f"`{one}`" for one in thing) + "\n")
            continue
        lines.append(f"```python\n{name}{signature(thing)}\n```\n")
        lines.append(as_markdown(inspect.getdoc(thing) or ""))
        for method, function in sorted(vars(thing).items()) if inspect.isclass(thing) else ():
            if not method.startswith("_") and inspect.isfunction(function) and function.__doc__:
                lines.append(f"### {name}.{method}\n\n```python\n{method}{signature(function)}\n```\n")
                lines.append(as_markdown(inspect.getdoc(function)))
    return "\n".join(lines)


def signature(thing):
    try:
        return re.sub(r"<(\w+)[^<>]*>", r"\1", str(inspect.signature(thing)))
    except (TypeError, ValueError):
        return "(…)"


def as_markdown(text):
    """A docstring as Markdown: indented lines and examples are code, the rest is text as it stands."""
    made, code = [], []
    for line in [*text.splitlines(), ""]:
        example = line.startswith(">>>") or (code and code[0].startswith(">>>") and line.strip())
        if example or line.startswith("    ") or (code and not line.strip() and code[0].startswith("    ")):
            code.append(line)
            continue
        if code:
            kind = "pycon" if code[0].startswith(">>>") else "text"
            made += [f"```{kind}", *textwrap.dedent("\n".join(code)).rstrip().splitlines(), "```", ""]
            code = []
        made.append(line)
    if code:
        kind = "pycon" if code[0].startswith(">>>") else "text"
        made += [f"```{kind}", *textwrap.dedent("\n".join(code)).rstrip().splitlines(), "```"]
    return "\n".join(made)


# Pages ------------------------------------------------------------------------------------------------------


def project_page(text, origin, there):
    """A page of the project for the site: links to files that are no pages of it become plain text."""
    places = {(ROOT / path).resolve(): place for path, place in PAGES.items()}

    def link(found):
        words, target = found[1], found[2]
        if re.match(r"[a-z]+:|#", target):
            return found[0]
        path, _, rest = target.partition("#")
        place = places.get((ROOT / origin).parent.joinpath(path).resolve())
        if place is None or place not in there:
            return words
        depth = origin_depth(PAGES[origin])
        return f"[{words}]({'../' * depth}{place}{'#' + rest if rest else ''})"

    text = re.sub(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)", link, text)
    text = re.sub(r"!\[[^\]]*\]\((?!https?:)[^)]+\)\n?", "", text)
    return text.replace("```mermaid", "```text")


def origin_depth(place):
    return place.count("/")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def gallery():
    """Every explorer under its question, as in the notebook of that name; then runs of the Workbench."""
    told = ["# Replays\n\nRecorded runs. Each plays without Python: press play, or step both ways.\n"]
    for explorer, text, _ in replays.gallery():
        text = re.sub(r"\s*\[A picture\]\([^)]*\)\.", "", text)
        text = re.sub(r"\[([^\]]*)\]\((\w+\.ipynb)\)", there_or_words, text).replace("](", "](lessons/")
        told.append(f"{text}\n\n{frame(replays.file_name(explorer), 0)}\n")
    for name in replays.RUNS:
        told.append(f"## Run: {name.replace('_', ' ')}\n\n{frame(name, 0)}\n")
    return "\n".join(told)


def lite_with_replays(lite, made):
    """Until Python is there, a replay stands in the place of each explorer of JupyterLite's notebooks.

    It is a saved output of the cell, which the explorer replaces when the cell is run. JupyterLite looks for what an
    output names among its own files, so the replays that are shown lie there too.
    """
    used = set()
    for path in sorted((lite / "files").glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            name = replay_of("".join(cell["source"])) if cell["cell_type"] == "code" else None
            if name:
                used.add(name)
                html = iframe(name, "", f'style="{IN_LITE}"')
                data = {"text/html": html, "text/plain": "A recorded run"}
                cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
                cell["metadata"]["trusted"] = True  # it is this site's own; nobody else signs notebooks there
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (lite / "files" / "replays").mkdir()
    for name in used:
        shutil.copy(made / f"{name}.html", lite / "files" / "replays")


def front(chosen, lite):
    """The front page: no theme, no script, no file but itself and the replay."""
    name, number = chosen[0].stem, chosen[0].name[:2]
    first = f"lite/lab/index.html?path={name}.ipynb" if lite else f"lessons/{name}.html"
    words = f"Run lesson {number} in your browser" if lite else f"Read lesson {number}"
    do = [(first, words), ("replays.html", "Watch runs")]
    nav = [("lessons/index.html", "Lessons"), ("replays.html", "Replays"), ("reference/index.html", "Reference"),
           ("teach/index.html", "Teach"), ("more.html", "How it is tested and measured"),
           ("search.html", "Search")]  # fmt: skip
    rows = "".join(
        f'<li><a href="lessons/{one.stem}.html">{book.title(one.name[:2])}</a></li>' for one in chosen
    )
    text = (SITE / "index.html").read_text(encoding="utf-8")
    for name, links in (("do", do), ("nav", nav)):
        text = text.replace(f"{{{name}}}", "".join(f'<a href="{to}">{words}</a>' for to, words in links))
    return text.replace("{lessons}", rows)


def assemble(work, chosen, run, lite, made):
    """Everything that Sphinx reads, in the folder `work`."""
    extra = work / "extra"
    (extra / "replays").mkdir(parents=True)
    shutil.copy(SITE / "conf.py", work)
    shutil.copytree(SITE / "_static", work / "_static")
    for name in replays.names():
        file = extra / "replays" / f"{name}.html"
        if made and (made / file.name).is_file():
            shutil.copy(made / file.name, file)
        else:
            replays.save(name, file)
    (work / "lessons").mkdir()
    PRESENT.update(f"{source.stem}.ipynb" for source in chosen)
    for source in chosen:
        lesson_page(source, work / "lessons", run, lite)
        print(f"lesson {source.name[:2]}", flush=True)
    write(work / "lessons/index.md", "# Lessons\n\n" + toctree([source.stem for source in chosen]))
    write(work / "replays.md", gallery())
    for package in (nnlib, widgets):
        write(work / f"reference/{package.__name__}.md", reference(package))
    write(work / "reference/index.md", "# Reference\n\n" + toctree(["nnlib", "widgets"]))
    there = {place for path, place in PAGES.items() if (ROOT / path).is_file()}
    for path, place in PAGES.items():
        if place in there:
            text = project_page((ROOT / path).read_text(encoding="utf-8"), path, there)
            if place == "teach/index.md":
                slides = [
                    f'- <a href="../slides/{s.stem}.html">{book.title(s.name[:2])}</a>' for s in chosen
                ]
                text += "\n\n## Slides\n\n" + "\n".join(slides) + "\n\n"
                text += toctree(sorted(Path(p).stem for p in there if p.startswith("teach/") and p != place))
            write(work / place, text)
    rest = sorted(place for place in there if not place.startswith("teach/"))
    write(work / "more.md", "# How it is tested and measured\n\n" + toctree([p.removesuffix(".md") for p in rest]))
    write(work / "404.md", "---\norphan: true\n---\n\n# There is no such page\n\n[The front page](index.md) has all.\n")
    entries = ["lessons/index", "replays", "reference/index", "teach/index", "more"]
    write(work / "index.md", "# Build a neural network, and watch it think\n\n" + toctree(entries, depth=2))
    numbers = [one.name[:2] for one in chosen]
    recorded = ["--to", str(extra / "slides"), "--replays", str(extra / "replays")]
    build_slides.main([*numbers, *recorded, *([] if run else ["--no-run"])])
    if lite:
        shutil.copytree(lite, extra / "lite")
        lite_with_replays(extra / "lite", extra / "replays")


def main(arguments=None):
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("out", type=Path, help="the folder that the site is put into; what was there is replaced")
    ask.add_argument("--lessons", nargs="+", metavar="NN", help="these lessons alone")
    ask.add_argument("--no-run", action="store_true", help="execute no lesson: no figures")
    ask.add_argument("--lite", help="the folder of a JupyterLite that is there; or none (default: build one)")
    ask.add_argument("--pyodide", type=Path, help="a folder with Pyodide, to be served with the JupyterLite")
    ask.add_argument("--replays", type=Path, help="a folder with replays that `tools/replays.py` has made before")
    ask.add_argument("--base", default="/", help="the site's place on its server, such as /course/; for its page 404")
    want = ask.parse_args(arguments)
    if want.lite not in (None, "none") and not (Path(want.lite) / "lab" / "index.html").is_file():
        ask.error(f"{want.lite} holds no JupyterLite: python deploy/lite/build.py {want.lite} makes it")
    chosen = [one for one in sources(want.lessons or []) if one.name[:2].isdigit()]
    work = want.out.with_name(want.out.name + ".source")
    for folder in (work, want.out):
        shutil.rmtree(folder, ignore_errors=True)
    work.mkdir(parents=True)
    lite = None if want.lite == "none" else Path(want.lite or want.out.with_name(want.out.name + ".lite"))
    if want.lite is None:
        served = ["--pyodide", want.pyodide] if want.pyodide else []
        subprocess.run([sys.executable, ROOT / "deploy/lite/build.py", lite, *served], check=True)
    assemble(work, chosen, not want.no_run, lite, want.replays)
    if want.lite is None:
        shutil.rmtree(lite)
    told = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", work, want.out])
    if told.returncode:
        return told.returncode
    (want.out / "index.html").write_text(front(chosen, lite), encoding="utf-8")
    lost = want.out / "404.html"  # shown at any address, however deep: all its links begin at the site's root
    head = f'<head>\n<base href="/{want.base.strip("/")}/">'.replace("//", "/")
    lost.write_text(lost.read_text(encoding="utf-8").replace("<head>", head, 1), encoding="utf-8")
    shutil.rmtree(work)
    (want.out / "_static" / "webpack-macros.html").unlink(missing_ok=True)  # a template of the theme, no page
    size = sum(file.stat().st_size for file in want.out.rglob("*") if file.is_file())
    print(f"{want.out / 'index.html'}: {size:,} bytes in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
