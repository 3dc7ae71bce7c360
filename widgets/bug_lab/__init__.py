from widgets.bug_lab.explorer import BugLab as BugLab
