"""What reading a large table takes: `python tests/table_cost.py [MB]`.

Its last line: seconds, and memory as a multiple of the file. Two files of so many MB: numbers alone, and people's, with
words, dates, gaps, decimal commas and thousands. Memory is the peak of the process over what it had before the file was
read, as the system counts it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("numbers", "mixed")


def write(path, kind, size):
    """A file of about `size` bytes; one block of rows, again and again."""
    if kind == "numbers":
        names = ",".join(f"x{at}" for at in range(9)) + ",y\n"
        rows = [",".join(f"{(7 * row + 13 * at) % 1000 / 8:.3f}" for at in range(9)) + f",{row % 2}\n"
                for row in range(5000)]  # fmt: skip
    else:
        names = "where;when;size;share;price;sure;kind\n"
        rows = [
            f"{('land', 'sea', 'air')[row % 3]};{row % 28 + 1:02d}.{row % 12 + 1:02d}.2024;"
            f"{'' if row % 50 == 7 else f'{row % 900 / 8:.3f}'.replace('.', ',')};{row % 100}%;"
            f"{row % 9 + 1}.{row % 1000:03d},{row % 100:02d};{('ja', 'nein')[row % 2]};{('a', 'b', 'c')[row % 3]}\n"
            for row in range(5000)
        ]
    block = "".join(rows).encode()
    with open(path, "wb") as file:
        file.write(names.encode())
        while file.tell() < size:
            file.write(block)


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


def cost(kind, size):
    """`measured` of a file of this kind and size, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write(path, kind, size)
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, __file__, "--read", str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    seconds, memory, cells = ran.stdout.split()
    return float(seconds), float(memory), int(cells)


def main():
    if sys.argv[1:2] == ["--read"]:
        print(*measured(sys.argv[2]))
        return
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 99.0
    told = []
    for kind in KINDS:
        size = megabytes * 1e6 if kind == "mixed" else min(megabytes * 1e6, 68e6)  # 10 million cells
        seconds, memory, cells = cost(kind, size)
        told.append(f"{kind}, {size / 1e6:.0f} MB, {cells / 1e6:.1f} million cells: {seconds:.1f} s, {memory:.1f} x")
    print("; ".join(told))


if __name__ == "__main__":
    main()
