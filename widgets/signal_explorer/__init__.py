from widgets.signal_explorer.explorer import SignalExplorer as SignalExplorer
