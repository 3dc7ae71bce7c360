from widgets.twin_runs.explorer import TwinRuns as TwinRuns
