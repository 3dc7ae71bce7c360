"""Numbers as they are written for people."""

import numpy as np


def number(value, digits=4):
    """So many digits, a real minus sign and ∞, as they stand in the matrices."""
    return f"{float(value) + 0.0:.{digits}g}".replace("-", "−").replace("inf", "∞")  # and no −0


def share(part, digits=0):
    """A part in per cent: never 0 % where there is something, and never 100 % where something is missing."""
    text, least = f"{part:.{digits}%}"[:-1], 10**-digits
    if 0 < part < 1 and float(text) in (0, 100):
        text = f"<{least:g}" if part < 0.5 else f">{100 - least:g}"
    return f"{text} %"


def bracketed(value, written=number):
    """A factor as it stands behind a sign: what is below 0 in brackets."""
    return f"({written(value)})" if value < 0 else written(value)


def entry(name, at):
    """An entry of an array, as Python writes it: `weights[2, 0]`; a single number has no place."""
    return f"{name}[{', '.join(str(int(one)) for one in at)}]" if len(at) else name


def padded(values, length):
    """`values` and so many NaN behind them that there are `length`: a curve that ends early."""
    return np.pad(values, (0, length - len(values)), constant_values=np.nan)
