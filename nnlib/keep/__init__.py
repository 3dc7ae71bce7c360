"""Saving and sharing: a whole run in one file or one text, and a network as a PyTorch script."""

from nnlib.keep.archive import LONGEST_JSON, RunCardError, json_of, shown
from nnlib.keep.checkpoint import Checkpoint
from nnlib.keep.description import VERSION as __version__
from nnlib.keep.export import export_pytorch
from nnlib.keep.run_card import RunCard, data_hash, from_text, load, read_card, save, to_text
from nnlib.keep.whole import write_whole
