from widgets.loss_explorer.explorer import LossExplorer as LossExplorer
