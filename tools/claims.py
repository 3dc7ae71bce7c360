"""Sentences of the lessons that claim much, and whether a test stands behind them.

    python tools/claims.py           every lesson
    python tools/claims.py 05 13     some of them

A sentence with a superlative or with "every", "always", "never" and the like is listed unless its cell carries a tag
`claim:` with the name of a test. It is a report, not a gate: most such sentences are rules or arithmetic, and a reader
sees which are claims about what networks do. Those get a test, or other words.
"""

import re
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "lessons" / "source"
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


def main():
    total = 0
    for path in sorted(SOURCES.glob("[0-9][0-9]_*.py")):
        if sys.argv[1:] and path.name[:2] not in sys.argv[1:]:
            continue
        for line, sentence in claims(path):
            total += 1
            print(f"{path.name[:2]}:{line}  {sentence}")
    print(f"{total} sentences without a test of their own")


if __name__ == "__main__":
    main()
