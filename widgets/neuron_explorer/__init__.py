from widgets.neuron_explorer.explorer import NeuronExplorer as NeuronExplorer
