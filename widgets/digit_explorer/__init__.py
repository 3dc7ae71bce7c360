from widgets.digit_explorer.explorer import DigitExplorer as DigitExplorer
