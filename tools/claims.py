"""Sentences of the lessons that claim much, and what stands behind each of them.

    python tools/claims.py           those that nobody has weighed yet, of every lesson
    python tools/claims.py 05 13     of some of them
    python tools/claims.py --all     every one, with what it is

A sentence with a superlative or with "every", "always", "never" and the like needs a reason. If it says what networks
do, its cell carries a tag `claim:` with the name of a test over several seeds. Else `tests/claims.txt` says what it is,
one sentence a line, behind one of the words in `KINDS`. A sentence whose words have changed is weighed anew.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES, WEIGHED = ROOT / "lessons" / "source", ROOT / "tests" / "claims.txt"
KINDS = {
    "task": "says what to do, asks, or is a heading",
    "definition": "says what a word, a formula or a piece of code means",
    "derived": "follows from what stands there, by arithmetic or by logic",
    "course": "a fact about the course, its data or its exercises",
    "printed": "the cell beside it prints it, and the solved notebook keeps or checks the output",
}
CLAIMS = re.compile(
    r"\b(always|never|every|each time|whatever|any seed|all of them|none of them|nobody|everybody|no one|nearly all|"
    r"most|best|worst|fastest|slowest|largest|smallest|highest|lowest|in (most|all|each|every))\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*])")
OPTION = re.compile(r"^- \*\*[a-d]\*\*")  # what may be chosen claims nothing


def claims(path):
    """`(line, sentence)` of the untagged cells of a lesson's source."""
    cell, start, tagged, prose = [], 0, False, False
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "# %%"], start=1):
        if line.startswith("# %%"):
            if prose and not tagged:
                yield from _sentences(cell, start)
            cell, start, tagged, prose = [], number + 1, '"claim:' in line, "[markdown]" in line
        else:
            cell.append(line.removeprefix("#").strip())


def _sentences(lines, start):
    """The sentences of a cell that claim much, with the line of the paragraph that they stand in."""
    paragraph, begun = [], start
    for number, line in enumerate([*lines, ""], start=start):
        if line and not OPTION.match(line) and not line.startswith(("|", "$$", "![", "```")):
            begun = begun if paragraph else number
            paragraph.append(line)
            continue
        for sentence in SENTENCE.split(" ".join(paragraph)):
            if CLAIMS.search(sentence):
                yield begun, sentence
        paragraph = []


def weighed():
    """`{sentence: kind}` of `tests/claims.txt`."""
    lines = WEIGHED.read_text(encoding="utf-8").splitlines()
    found = dict(line.split("  ", 1)[::-1] for line in lines if line and not line.startswith("#"))
    if not set(found.values()) <= KINDS.keys():
        raise ValueError(f"{WEIGHED.name} knows the kinds {', '.join(KINDS)}; got {set(found.values()) - KINDS.keys()}")
    return found


def main():
    chosen, known, total = [one for one in sys.argv[1:] if one != "--all"], weighed(), 0
    for path in sorted(SOURCES.glob("[0-9][0-9]_*.py")):
        if chosen and path.name[:2] not in chosen:
            continue
        for line, sentence in claims(path):
            total += sentence not in known
            if "--all" in sys.argv or sentence not in known:
                print(f"{path.name[:2]}:{line}  {known.get(sentence, 'NOT WEIGHED')}  {sentence}")
    print(f"{total} sentences that nobody has weighed")


if __name__ == "__main__":
    main()
