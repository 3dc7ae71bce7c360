"""What reading a large table takes: `python tests/table_cost.py [part]`, part of 10 million cells and of 100 MB.

Its last line: seconds, and memory as a multiple of the file; it ends badly where that is more than is promised (10 s,
4 times). Three files: numbers alone; people's, with words, some of them quoted, dates, gaps, decimal commas and
thousands; long words. Memory is the peak of the process over what it had before the file was read, as the system counts
it.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("numbers", "mixed", "long words")
ROWS = 50_000  # of a block, which stands in the file again and again: more than a reader could remember


def block(kind):
    """(the line of names, lines of 50,000 rows) of a kind."""
    if kind == "numbers":
        rows = [",".join(f"{(7 * row + 13 * at) % 1000 / 8:.3f}" for at in range(9)) + f",{row % 2}\n"
                for row in range(ROWS)]  # fmt: skip
        return ",".join(f"x{at}" for at in range(9)) + ",y\n", rows
    if kind == "long words":
        rows = [f"{'wind from the sea, ' * (row % 3 + 3)};{row % 900 / 8:.3f};{'ab'[row % 2]}\n" for row in range(ROWS)]
        return "weather;height;kind\n", rows
    drawn, places = random.Random(0), ("land", "sea", '"air; high"')
    rows = [
        f"{places[row % 3]};{row % 28 + 1:02d}.{row % 12 + 1:02d}.2024;"
        f"{'' if row % 50 == 7 else f'{drawn.random() * 1000:.3f}'.replace('.', ',')};"
        f"{'NA' if row % 50 == 9 else f'{drawn.random():.4f}'.replace('.', ',')};{row % 100}%;"
        f"{row % 9 + 1}.{drawn.randrange(1000):03d},{row % 100:02d};{('ja', 'nein')[row % 2]};{'abc'[row % 3]}\n"
        for row in range(ROWS)
    ]
    return "where;when;size;part;share;price;sure;kind\n", rows


def write(path, kind, part):
    """A file of `part` of 10 million cells, and of no more than that part of 100 MB."""
    names, rows = block(kind)
    cells, letters = ROWS * len(re.split("[,;]", names)), sum(map(len, rows))
    with open(path, "wb") as file:
        file.write(names.encode())
        times = part * min(10e6 / cells, 99e6 / letters)
        for _ in range(int(times)):
            file.write("".join(rows).encode())
        file.write("".join(rows[: int(times % 1 * ROWS)]).encode())


def measured(path):
    """(seconds, peak bytes over the file's size) of reading `path`, in this process."""
    import resource

    from nnlib import read_table

    scale = 1 if sys.platform == "darwin" else 1024
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale, time.process_time()
    table = read_table(path, missing="fill", quiet=True)
    seconds = time.process_time() - start
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale - before
    return seconds, taken / os.path.getsize(path), len(table) * (len(table.columns) + 1)


def cost(kind, part):
    """(seconds, memory, cells, bytes) of a file of this kind and part, read in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write(path, kind, part)
        size = os.path.getsize(path)
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, __file__, "--read", str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    seconds, memory, cells = ran.stdout.split()
    return float(seconds), float(memory), int(cells), size


def main():
    if sys.argv[1:2] == ["--read"]:
        print(*measured(sys.argv[2]))
        return 0
    part, told, kept = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, [], True
    for kind in KINDS:
        seconds, memory, cells, size = cost(kind, part)
        kept &= seconds < 10 * part and memory < 4
        told.append(f"{kind}, {size / 1e6:.0f} MB, {cells / 1e6:.1f} million cells: {seconds:.1f} s, {memory:.1f} x")
    print("; ".join(told))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
