"""What is asked of the kernel: its loop, the cell that runs, and which explorers that cell made."""

import asyncio
import sys

BY_CELL = {}  # cell id → (run of that cell, the explorers it made)


def kernel():
    """The notebook's kernel in this process, or None."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "kernel", None)


def kernel_loop():
    """The main loop of the kernel, whatever thread asks; elsewhere the running loop, or None."""
    io_loop = getattr(kernel(), "io_loop", None)
    return running_loop() if io_loop is None else io_loop.asyncio_loop


def running_loop():
    """The event loop that runs in this thread, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def running_cell():
    """(id, run) of the notebook cell that is being executed, or (None, None)."""
    if kernel() is None:
        return None, None
    parent = kernel().get_parent()
    return parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")


def enter_cell(explorer):
    """Close the explorers that an earlier run of the same cell made: nothing shows them any more."""
    cell, run = running_cell()
    if cell is None:
        return
    before, made = BY_CELL.get(cell, (None, []))
    if before != run:
        for one in made:
            explorer.follow(one)
            one.close()
        made = []
    BY_CELL[cell] = (run, [*made, explorer])


def leave_cell(explorer):
    """Let no cell close `explorer` when it is run again: something else does, or it has been closed."""
    for cell, (run, made) in list(BY_CELL.items()):
        BY_CELL[cell] = (run, [one for one in made if one is not explorer])
