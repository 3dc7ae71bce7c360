from widgets.backprop_board.explorer import BackpropBoard as BackpropBoard
