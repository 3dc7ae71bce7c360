from widgets.step_explorer.explorer import StepExplorer as StepExplorer
