"""The costly proofs behind docs/RELIABILITY.md, in full. CI runs the same tests with smaller numbers.

    python tools/prove.py                 all of them: about an hour on two quiet cores
    python tools/prove.py archives cost   those with one of these words in their name

Each proof is a command; what it said and when is written to benchmarks/results/proofs.json, which is committed.
"""

import json
import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "proofs.json"
TEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
PROOFS = {  # name: (more for the environment, command)
    "the other answers, networks, sizes and themes": ({"CI": "true"}, (sys.executable, "tests/run.py", "costly")),
    "hostile answers with a learner's limit of 4 s": ({"NNLIB_CHECK_LIMIT": "4"}, (*TEST, "tests/test_apart.py")),
    "hostile answers in a kernel": ({}, (*TEST, "tests/test_kernel.py")),
    "every hostile answer to every exercise": (
        {"NNLIB_EVERY_ATTACK": "1"}, (*TEST, "tests/test_checks.py", "-k", "hostile")),
    "every public name replaced": ({"NNLIB_EVERY_NAME": "1"}, (*TEST, "tests/test_pristine.py")),
    "the twelve learners and the class report": (
        {}, (*TEST, "tests/test_class_of_twelve.py", "tests/test_class_report.py")),
    "3,000 damaged archives": (
        {"NNLIB_FUZZ_ARCHIVES": "3000"}, (*TEST, "tests/test_work.py", "-k", "damaged")),
    "damaged cards": ({}, (*TEST, "tests/test_run_card_fuzz.py")),
    "saves that are killed": ({}, (*TEST, "tests/test_run_card.py", "-k", "killed")),
    "time and memory of cards": ({}, (*TEST, "tests/test_cost_of_cards.py")),
    "a cell beside twenty explorers at Play": ({}, (*TEST, "-s", "tests/test_kernel.py", "-k", "twenty")),
    "what a check costs": ({}, (sys.executable, "benchmarks/check_cost.py", "9")),
    "lesson 00 and the largest on one core with 1 GB": ({}, (sys.executable, "benchmarks/memory.py", "--small")),
    **{f"the set-up killed ten times, {part} of 4": (
        {}, (sys.executable, "tools/kill_set_up.py", "--kills", "10", "--seed", f"{part}")) for part in range(1, 5)},
    "what a card of 100 MB takes": ({}, (sys.executable, "tests/card_memory.py")),
    "whether the tests notice 210 wrong lines": ({}, (sys.executable, "tools/mutate_own.py", "--workers", "2")),
    "what a table of 10 million cells takes": ({}, (sys.executable, "tests/table_cost.py")),
}  # fmt: skip


def prove(name):
    """Run one proof; returns `{"ended well", "said", "seconds", "when", "on"}`."""
    more, command = PROOFS[name]
    start = time.monotonic()
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | more, capture_output=True, text=True)
    lines = [line for line in ran.stdout.splitlines() if line.strip()]
    said = re.sub(r"\x1b\[[\d;]*m", "", lines[-1]) if lines else "nothing"
    return {
        "ended well": ran.returncode == 0,
        "said": re.sub(r" in [\d.]+s.*", "", said).strip("= "),
        "seconds": round(time.monotonic() - start),
        "when": datetime.now(UTC).date().isoformat(),
        "on": f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores",
    }


def main():
    words = sys.argv[1:]
    chosen = [name for name in PROOFS if not words or any(word in name for word in words)]
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name in chosen:
        results[name] = prove(name)
        print(f"{name}: {results[name]['said']} ({results[name]['seconds']} s)", flush=True)
        kept = {one: results[one] for one in PROOFS if one in results}
        RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if all(results[name]["ended well"] for name in chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
