"""What nnlib or an explorer refuses is told by its sentence and the learner's own line, without lines of the course."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnlib import read_table
from widgets import Workbench
from widgets.stage import failure
from widgets.stage.stand_in import StandIn

ROOT = Path(__file__).resolve().parents[1]
SHELL = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="NoColor")
shell.run_cell("import lessons.checks; from nnlib import read_table")
shell.run_cell("def mine(path):\\n    return read_table(path)\\n\\nmine('no_such_file.csv')")
shell.run_cell("read_table('a,b\\\\n1,\\\\n', quiet=True)")
shell.run_cell("[1, 2].index(3)")
"""


def test_in_a_notebook_the_traceback_of_a_refusal_ends_with_the_learners_line(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path), "NNLIB_PROGRESS": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", SHELL], capture_output=True, text=True, env=environment, cwd=tmp_path)
    said = ran.stdout
    assert "FileNotFoundError: there is no file 'no_such_file.csv'" in said, ran.stderr
    assert "TableError: column 'b': has no value in it: choose another target" in said
    assert "return read_table(path)" in said and "----> 4 mine(" in said
    assert "raise " not in said and "reader.py" not in said and "nnlib" not in said, said
    assert "ValueError: 3 is not in list" in said


def test_an_explorer_tells_the_sentence_alone():
    browser = StandIn(Workbench(hidden=[3]))
    browser.press("paste", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n")
    told = browser.frame["failure"]
    assert told["message"].startswith("line 3: it has 2 cells") and "where" not in told and "source" not in told


def test_a_defect_of_ours_still_names_its_line():
    """What was not raised on purpose came from a line that somebody has to mend."""
    with pytest.raises(TypeError) as refused:
        read_table(None)
    assert failure.is_refusal(refused.value) and not failure.is_refusal(ValueError("raised nowhere"))
    with pytest.raises(AttributeError) as defect:
        failure.file_name(3)
    assert not failure.is_refusal(defect.value)
    assert failure.explain(defect.value)["yours"], "this test is nobody's but the learner's"
