"""Small wrong variants of the course's own code: they are Python, are noticed in a copy, and leave the folder alone."""

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import mutate_own
import own_mutants

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it forks, and caps memory as Linux does")

CODE = '''"""Says how large a number is."""

LARGE = 10


class Said:
    def size(self, number: int):
        """Is it large?"""
        if number > LARGE:
            def told(word):
                return f"{number} is a {word} number"
            return told("large")
        return "This number is small"


def twice(number):
    if number == "made_twice":
        return number
    return (number
            + number)


def twice_untested(number):
    return number + number


def paired(one, other):
    return list(zip(one, other, strict=True))
'''
TESTS = '''from nnlib.small import Said, twice


def test_sizes():
    assert Said().size(11) == "11 is a large number" and Said().size(10) == "This number is small"


def test_twice():
    assert twice(3) == 6
'''


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    empty = dict.fromkeys((f"{room}/__init__.py" for room in ("nnlib", "widgets", "lessons/checks")), "")
    for name, text in (empty | {"nnlib/small.py": CODE, "tests/test_small.py": TESTS}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for command in (("init", "-q"), ("add", "-A"), ("-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "a")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def copy(source, tmp_path_factory):
    made = mutate_own.Copy(tmp_path_factory.mktemp("home") / "1", source)
    yield made
    made.close()


@pytest.fixture(scope="module")
def mutants(source):
    found = [own_mutants.sample("nnlib", seed, 100, source) for seed in range(60)]
    return {one.key: one for sampled in found for one in sampled}


def test_each_is_python_with_one_statement_changed(mutants):
    assert len(mutants) > 15
    for one in mutants.values():
        assert ast.dump(ast.parse(one.text)) != ast.dump(ast.parse(CODE))
        assert len(one.text.splitlines()) == len(CODE.splitlines()), f"lines have moved: {one.key}"
        assert '"""Is it large?"""' in one.text and "number: int" in one.text
        assert "strict=(" not in one.new and "other)" not in one.new, "a check of its own is left as it is"


@pytest.mark.parametrize(
    "lines",
    [
        "nnlib/small.py:<module>\n- LARGE = 10\n+ LARGE = (11)",
        "nnlib/small.py:Said.size\n- if number > LARGE:\n+ if (number >= LARGE):",
        "nnlib/small.py:Said.size\n- if number > LARGE:\n+ if (not number > LARGE):",
        'nnlib/small.py:Said.size\n- return "This number is small"\n+ return (\'This is small\')',
        'nnlib/small.py:Said.size\n- return "This number is small"\n+ return None',
        'nnlib/small.py:Said.size.<locals>.told\n- return f"{number} is a {word} number"\n'
        "+ return (f'{number} a {word} number')",
        "nnlib/small.py:twice\n- return (number + number)\n+ return ((number - number ))",
    ],
)  # fmt: skip
def test_what_goes_wrong_in_programs_is_among_them(mutants, lines):
    assert lines in mutants


def test_a_sample_is_the_same_each_time_and_stays_when_lines_move(source, tmp_path):
    first = own_mutants.sample("nnlib", 1, 5, source)
    assert first == own_mutants.sample("nnlib", 1, 5, source) and len(first) == 5
    (tmp_path / "nnlib").mkdir()
    (tmp_path / "nnlib/small.py").write_text(CODE.replace("LARGE = 10", "\n\nLARGE = 10"), encoding="utf-8")
    assert [one.key for one in own_mutants.sample("nnlib", 1, 5, tmp_path)] == [one.key for one in first]
    assert own_mutants.sample("nnlib", 2, 5, source) != first


def test_wrong_lines_are_noticed_by_the_tests_that_enter_them_in_the_copy_alone(source, copy, mutants, tmp_path):
    before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    reach = mutate_own.Reach(tmp_path / "reach.json", copy)
    by_scope = {one.scope: one for one in mutants.values()}
    sizes, twice = "tests/test_small.py::test_sizes", "tests/test_small.py::test_twice"
    wanted = {"Said.size": sizes, "Said.size.<locals>.told": sizes, "twice": twice, "twice_untested": None}
    for scope, test in wanted.items():
        mutant = by_scope[scope]
        tests = reach.of(mutant, seconds=60)
        assert set(tests) == ({test} if test else {sizes, twice}), "what none enters may be newer than what was watched"
        assert copy.notices(mutant, [test or twice], limit=60) == test
    assert set(reach.of(by_scope["<module>"], seconds=60)) == {sizes, twice}
    assert copy.pytest("tests", limit=60) == 0, "the copy is as it was"
    assert before == {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    again = mutate_own.Reach(tmp_path / "reach.json", copy)
    assert again.tests == reach.tests


def test_of_many_tests_those_of_small_files_are_run_and_those_that_enter_little_else(mutants):
    reach = object.__new__(mutate_own.Reach)
    named = {"tests/test_b.py::long": (30, 20), "tests/test_a.py::wide": (90, 1), "tests/test_a.py::apt": (5, 1),
             "tests/test_b.py::apt": (3, 1), "tests/test_a.py::own": (4, 1), "tests/test_small.py::own": (80, 10),
             mutate_own.WALKS + "::all": (100, 10)}  # fmt: skip
    reach.tests = {name: {"enters": ["nnlib/small.py:twice", *map(str, range(count))], "seconds": seconds}
                   for name, (count, seconds) in named.items()}  # fmt: skip
    reach.by_function = {"nnlib/small.py:twice": set(named), "nnlib/small.py:<module>": {"tests/test_a.py::own"}}
    reach.by_file, reach.told = {"nnlib/small.py": {*named, "tests/test_z.py::file"}}, defaultdict(set)
    mutant = next(one for one in mutants.values() if one.scope == "twice")
    first = ["tests/test_small.py::own", mutate_own.WALKS + "::all"]
    apt = ["tests/test_a.py::own", "tests/test_a.py::apt", "tests/test_a.py::wide", "tests/test_b.py::apt"]
    assert reach.of(mutant, seconds=24) == [*first, *apt]
    assert reach.of(mutant, seconds=1) == first[:1]
    assert set(reach.of(mutant, seconds=100)) == set(named)
    reach.told["b long"] = {"twice_untested"}
    assert reach.of(mutant, seconds=24) == [*first, *apt], "that name stands elsewhere"
    reach.told["b long"] = {"made_twice"}
    assert reach.of(mutant, seconds=30) == [first[0], "tests/test_b.py::long"]
    reach.by_function["nnlib/small.py:twice"] = {"tests/test_a.py::own"}
    reach.tests["tests/test_z.py::file"] = {"enters": [], "seconds": 1}
    assert set(reach.of(mutant, seconds=100)) == reach.by_file["nnlib/small.py"], "it is done while it is imported"


def test_what_a_file_of_tests_takes_from_others_is_part_of_its_digest(tmp_path):
    (tmp_path / "tests/networks").mkdir(parents=True)
    (tmp_path / "tools").mkdir()
    files = {"tests/networks/posted.py": "", "tests/networks/found.py": "", "tools/report.py": "", "tests/kept.py": "",
             "tests/other.py": "",
             "tests/test_a.py": "import kept\nfrom tests.networks import posted, more\nfrom tools.report import a\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    digests = [mutate_own.digest(tmp_path / "tests/test_a.py")]
    for name in [name for name in files if name != "tests/test_a.py"]:
        (tmp_path / name).write_text("changed = True", encoding="utf-8")
        digests.append(mutate_own.digest(tmp_path / "tests/test_a.py"))
    assert len(set(digests)) == 5 and digests[-1] == digests[-2], "of what is not imported nothing is asked"


def test_the_modules_of_a_package_are_part_of_a_digest_whoever_imports_them(tmp_path):
    (tmp_path / "tests/networks").mkdir(parents=True)
    test, found = tmp_path / "tests/test_a.py", tmp_path / "tests/networks/found.py"
    test.write_text("from tests import networks\n", encoding="utf-8")
    before = mutate_own.digest(test)
    found.write_text("CASES = []\n", encoding="utf-8")
    assert mutate_own.digest(test) != before


def test_a_run_that_does_not_end_is_ended(copy, mutants):
    text = CODE.replace("    return (number\n", "    while True: pass\n    return (number\n")
    endless = own_mutants.Mutant("nnlib/small.py", "twice", "", "", text)
    assert copy.notices(endless, ["tests/test_small.py::test_twice"], limit=3) == "no end"
    assert copy.pytest("tests", limit=60) == 0


def test_every_equal_one_has_its_reason_and_its_place():
    text = mutate_own.EQUAL.read_text(encoding="utf-8")
    for key, why in mutate_own.equal().items():
        path, _, scope = key.splitlines()[0].partition(":")
        assert why and scope and (own_mutants.ROOT / path).exists(), key
    assert text.count("\n= ") == len(mutate_own.equal())
