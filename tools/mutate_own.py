"""Are the course's tests strong? Small wrong variants of its code, a seeded sample, put to the tests that enter them.

    python tools/mutate_own.py                         70 of each part, with seed 1
    python tools/mutate_own.py nnlib --sample 100      one part, a larger sample
    python tools/mutate_own.py --seed 2 --match loss   of another sample, those with a word in their path or lines

Each variant runs in a copy of the folder with a `.venv` of its own, never in the folder itself. First all unit tests
(no browser, nothing that measures, builds or trains for minutes) run once and note which functions each of them
enters (`reach.py`); that is kept beside the copies, in the folder for temporary files, and what has changed since is
run anew, some files at a time: who breaks off goes on from there. A variant then runs those tests that enter its
function, those of its own module first, then those that are told a name which stands in it, then the walks, then file
by file, from the one in which they take least, and in each those first that enter least besides, as many as take
`--seconds` of the processor, until one fails. A run without an end has noticed as well. A variant that no test can
notice stands in `tests/equal_mutants.txt` with the reason why. In each part 92 % of the others must be noticed, else
the exit status is 1. `tools/prove.py` writes the last line down.
"""

import argparse
import ast
import hashlib
import itertools
import json
import os
import queue
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from forked import FAULT
from own_mutants import PARTS, ROOT, sample

EQUAL = ROOT / "tests" / "equal_mutants.txt"
GOAL = 0.92
PLACES = ("tests", "nnlib", "widgets", "lessons/checks")
LONG = ("benchmarks", "claims", "demonstrations", "handouts", "lite", "mutants_against_checks", "mutate_own",
        "run_card_fuzz", "set_up", "slides", "wheel", "without_threads")  # fmt: skip
"""Files of tests that build, install or train for minutes."""
UNITS = ("-m", "not browser and not alone")
WALKS = "tests/test_walks.py"  # they hold the most values, so they come right behind a module's own
AT_ONCE = 8  # files of tests that are watched in one run: what has been watched is kept
UNWATCHED = "pristine"  # a file of tests that give Python's own functions another meaning
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # beside another worker, threads of a product wait for each other
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
OPTIONS = ("-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-Wignore::pytest.PytestAssertRewriteWarning")


def equal():
    """`{key of a mutant: why no test can notice it}`: four lines each, with an empty one behind."""
    blocks = EQUAL.read_text(encoding="utf-8").split("\n\n")[1:] if EQUAL.exists() else []
    return {key: why for key, _, why in (block.strip().rpartition("\n= ") for block in blocks) if key}


class Copy:
    """A copy of the folder with a Python of its own, in which files may be spoiled."""

    def __init__(self, folder, source=ROOT):
        self.folder = folder
        if not folder.exists():
            subprocess.run(["git", "clone", "-q", "--shared", source, folder], check=True)
        self.git("fetch", "-q", source, "HEAD")
        self.git("reset", "-q", "--hard", "FETCH_HEAD")
        listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=source, capture_output=True)
        for name in filter(None, listed.stdout.decode().split("\0")):
            if not (source / name).exists():
                (folder / name).unlink(missing_ok=True)
            elif not (folder / name).exists() or (folder / name).read_bytes() != (source / name).read_bytes():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / name, folder / name)
        self.git("add", "-A")
        self.git("-c", "user.name=m", "-c", "user.email=m", "commit", "-qm", "as it is", "--allow-empty", "--no-verify")
        self.python = sys.executable
        if (folder / "course.py").exists():
            self.python = str(folder / ".venv/bin/python")
            subprocess.run([sys.executable, "course.py", "test", "--collect-only", "-q", "tests/test_layer.py"],
                           cwd=folder, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        self.said, self.forked = folder.with_suffix(".log"), None

    def git(self, *arguments):
        subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True)

    def pytest(self, *arguments, limit):
        """The exit code, or None after `limit` seconds of the processor, or ten times as many by the clock."""
        if self.forked is None:
            command = [self.python, Path(__file__).with_name("forked.py"), self.said]
            pipe = subprocess.PIPE
            self.forked = subprocess.Popen(command, cwd=self.folder, stdin=pipe, stdout=pipe, text=True, bufsize=1)
        print(json.dumps([round(limit), [*OPTIONS, *arguments]]), file=self.forked.stdin, flush=True)
        child, in_time = int(self.forked.stdout.readline()), True
        if not select.select([self.forked.stdout], [], [], 10 * limit)[0]:
            in_time = False
            os.killpg(child, signal.SIGKILL)
        code = int(self.forked.stdout.readline())
        if code == FAULT:
            raise RuntimeError(self.said.read_text())
        return code if in_time and code not in OUT_OF_TIME else None

    def notices(self, mutant, tests, limit):
        """What was noticed first with the mutant in its place: the name of a test, "no end", or None for nothing."""
        self.as_it_was()
        file = self.folder / mutant.path
        file.write_text(mutant.text, encoding="utf-8")
        os.utime(file, (random.getrandbits(31),) * 2)  # what was compiled of another variant is not taken for this one
        names = self.folder.with_suffix(".txt")
        names.write_text("\n".join(tests), encoding="utf-8")
        code = self.pytest("-x", f"@{names}", limit=limit)
        if code in (4, 5):  # the name of a test holds something that has changed
            code = self.pytest("-x", *UNITS, *dict.fromkeys(map(file_of, tests)), limit=limit)
        self.as_it_was()
        if code in (0, 5):
            return None
        failed = re.search(r"^(?:FAILED|ERROR) (.*?)(?: - |$)", self.said.read_text(errors="replace"), re.MULTILINE)
        if code is None:
            return "no end"
        return failed[1] if failed else f"pytest ended with {code}"

    def as_it_was(self):
        self.git("checkout", "-q", "--", ".")
        self.git("clean", "-fdq")

    def close(self):
        if self.forked is not None:
            self.forked.communicate()


class Reach:
    """Which tests enter which functions, and how long each takes; `file` keeps it from run to run."""

    def __init__(self, file, copy):
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"files": {}, "tests": {}}
        files = dict.fromkeys(PLACES[1:], "")  # of the doctests nothing is asked but that they were run
        for path in sorted((copy.folder / "tests").glob("test_*.py")):
            if path.stem.endswith("_browser") or path.stem.removeprefix("test_") in (*LONG, UNWATCHED):
                continue
            files[path.relative_to(copy.folder).as_posix()] = digest(path)
        changed = [path for path in files if files[path] != kept["files"].get(path)]
        kept["files"] = {path: told for path, told in kept["files"].items() if files.get(path) == told}
        self.tests = {name: one for name, one in kept["tests"].items() if of_path(name) in kept["files"]}
        for at in range(0, len(changed), AT_ONCE):
            now = changed[at : at + AT_ONCE]
            self.tests |= self.watched(copy, now)
            kept["files"] |= {path: files[path] for path in now}
            file.write_text(json.dumps({"files": kept["files"], "tests": self.tests}), encoding="utf-8")
        self.told = told(copy.folder / "tests")
        self.by_function, self.by_file = defaultdict(set), defaultdict(set)
        for name, one in self.tests.items():
            for function in one["enters"]:
                self.by_function[function].add(name)
                self.by_file[function.partition(":")[0]].add(name)

    @staticmethod
    def watched(copy, files):
        """Run the tests of some files and take down what `reach.py` writes of those that pass."""
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder, "written.tsv")
            shutil.copy(Path(__file__).with_name("reach.py"), folder)
            Path(folder, "sitecustomize.py").write_text("import reach\n", encoding="utf-8")
            more = {"PYTHONPATH": folder, "NNLIB_REACH": str(written), "NNLIB_REACH_ROOT": str(copy.folder)}
            command = [copy.python, "-m", "pytest", *OPTIONS, "-p", "reach", *UNITS]
            subprocess.run([*command, *files], cwd=copy.folder, env=os.environ | more, check=False)
            return noted(written.read_text(encoding="utf-8"))

    def of(self, mutant, seconds):
        """The tests that enter a mutant's function, up to so many seconds: its own module's first, then those that
        are told one of its names, as a mistake's, then the walks, then those of files that soon come to an end:
        hundreds of networks of one file may all go one way through it. Of a file those that enter least besides, as
        they ask most about it.

        What stands outside a function is looked at by those that enter its file, and those of its lesson; so is a
        function that is done while its file is imported, and one that none enters, which may be newer than the watch.
        """
        path = Path(mutant.path)
        found = self.by_function[f"{mutant.path}:{mutant.scope}"]
        if mutant.scope.rpartition(".")[2][:1].isupper() or found <= self.by_function[f"{mutant.path}:<module>"]:
            lesson = re.search(r"lesson_(\d\d)", mutant.path)
            of_lesson = [name for name in self.tests if lesson and f"{lesson[1]}." in name]
            found = self.by_file[mutant.path].union(of_lesson)
        own = path.parent.name if path.stem in ("explorer", "__init__") else path.stem
        named, of_file = names_in(mutant), defaultdict(float)
        for name in found:
            of_file[file_of(name)] += self.tests[name]["seconds"]
        order = sorted(found, key=lambda name: (
            own not in file_of(name), named.isdisjoint(self.told[kept_as(name)]), file_of(name) != WALKS,
            of_file[file_of(name)], len(self.tests[name]["enters"]), self.tests[name]["seconds"], name))  # fmt: skip
        took = itertools.accumulate(self.tests[name]["seconds"] for name in order)
        chosen = [name for name, until in zip(order, took, strict=True) if until <= seconds or name == order[0]]
        files = list(dict.fromkeys(map(file_of, chosen)))
        return sorted(chosen, key=lambda name: files.index(file_of(name)))  # what a file sets up is set up once


def names_in(mutant):
    """The words_with_underscores that stand as texts in a mutant's function, as names of mistakes do."""
    node, scopes = ast.parse(mutant.text), mutant.scope.split(".")
    for scope in [scope for scope in scopes if not scope.startswith("<")]:
        node = next((one for one in ast.walk(node) if getattr(one, "name", None) == scope), node)
    texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return {text for text in texts if re.fullmatch("[a-z0-9]+(_[a-z0-9]+)+", text)}


def told(folder):
    """`{test: the words_with_underscores in what it is told}`, of the files that keep the words of tests."""
    blocks = (block for file in folder.glob("*.txt") for block in file.read_text(encoding="utf-8").split("\n\n== "))
    found = defaultdict(set)
    for name, _, words in (block.removeprefix("== ").partition("\n") for block in blocks):
        found[name].update(re.findall("[a-z0-9]+(?:_[a-z0-9]+)+", words))
    return found


def kept_as(test):
    """What a test is called where its words are kept: see tests/conftest.py."""
    return test.removeprefix("tests/test_").replace(".py::", " ")[:100]


def digest(test):
    """Of a file of tests, and of what it takes from beside it and from tools/: walks, answers, harnesses."""
    folders, texts = (test.parent, test.parent / "networks", test.parents[1] / "tools"), {}
    wanted = [test]
    for path in wanted:
        texts[path] = path.read_bytes()
        lines = re.findall(rb"^\s*(?:from|import) ([\w.]+)(?: import (.*))?", texts[path], re.MULTILINE)
        names = [name for line in lines for name in re.findall(r"\w+", b" ".join(line).decode())]
        found = {one for name in names for folder in folders for one in folder.glob(f"{name}.py")}
        found.update(one for name in names for folder in folders for one in folder.glob(f"{name}/*.py"))
        wanted += [one for one in sorted(found) if one not in wanted]
    return hashlib.sha256(b"".join(texts.values())).hexdigest()


def noted(written):
    """`{test: its seconds and functions}` of the lines that `reach.py` has written, of what has passed."""
    tests = defaultdict(lambda: {"seconds": 0.0, "enters": set(), "well": True})
    for name, *rest in (line.split("\t") for line in written.splitlines()):
        if len(rest) == 1:
            tests[name]["enters"].add(rest[0])
        else:
            tests[name]["seconds"] += float(rest[2])
            tests[name]["well"] &= rest[1] == "passed"
    return {name: {"seconds": one["seconds"], "enters": sorted(one["enters"])} for name, one in tests.items()
            if one["well"] and name}  # fmt: skip


def file_of(test):
    return test.partition("::")[0]


def of_path(test):
    """The file of tests, or the folder of doctests, that was named to find a test."""
    file = file_of(test)
    return next((folder for folder in PLACES[1:] if file.startswith(f"{folder}/")), file)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all, unless some are named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=70, help="mutants of each part")
    parser.add_argument("--match", default="", help="only those of the sample with this in their path or their lines")
    parser.add_argument("--seconds", type=float, default=300, help="of the processor, for the tests of one mutant")
    parser.add_argument("--workers", type=int, default=1)
    want = parser.parse_args(arguments)
    home = Path(tempfile.gettempdir(), "nnlib-mutants")
    home.mkdir(exist_ok=True)
    copies, known = queue.Queue(), equal()
    for number in range(1, want.workers + 1):
        copies.put(Copy(home / f"{number}"))
    first = copies.get()
    reach = Reach(home / "reach.json", first)
    copies.put(first)

    def look(mutant):
        tests = reach.of(mutant, want.seconds)
        copy = copies.get()
        try:
            expected = sum(reach.tests[name]["seconds"] for name in tests)
            found = copy.notices(mutant, tests, limit=60 + 2 * expected) if tests else None
        finally:
            copies.put(copy)
        if found is None:
            print(f"{mutant.key}\n", flush=True)
        return found

    said, weak, killers = [], False, set()
    for part in want.parts or PARTS:
        chosen = [one for one in sample(part, want.seed, want.sample) if want.match in one.key]
        tried = [one for one in chosen if one.key not in known]
        with ThreadPoolExecutor(want.workers) as pool:
            noticed = dict(zip(tried, pool.map(look, tried), strict=True))
        alive = [one for one in tried if noticed[one] is None]
        killers.update(name for name in noticed.values() if name)
        share = 1 - len(alive) / max(len(tried), 1)
        weak |= share < GOAL
        said.append(f"{part} {len(chosen)}: {len(tried) - len(alive)} noticed, {len(chosen) - len(tried)} equal, "
                    f"{len(alive)} not, {share:.0%}")  # fmt: skip
    control = sorted(killers & reach.tests.keys())
    if control and first.pytest(*control, limit=60 + 5 * sum(reach.tests[name]["seconds"] for name in control)) != 0:
        print(f"Some of these tests fail without a mutant too:\n{first.said.read_text(errors='replace')}")
        weak = True
    for copy in copies.queue:
        copy.close()
    print("; ".join(said))
    return weak


if __name__ == "__main__":
    sys.exit(main())
