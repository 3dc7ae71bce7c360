from widgets.workbench.explorer import Workbench as Workbench
