"""A callback that keeps the run card of a training while it goes on."""

from pathlib import Path

from nnlib.keep.run_card import save


class Checkpoint:
    """Save the run card to `path` every `every` epochs; the file is replaced whole, never half written."""

    def __init__(self, path, every=1):
        self.path, self.every = Path(path), every

    def on_train_begin(self, model):
        self._model = model

    def on_epoch_end(self, epoch, loss):
        if epoch % self.every == 0:
            save(self._model, self.path)
