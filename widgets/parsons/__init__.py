from widgets.parsons.explorer import Parsons as Parsons
