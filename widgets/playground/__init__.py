from widgets.playground.explorer import Playground as Playground
