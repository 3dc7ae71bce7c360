"""Numbers as they are written for people."""


def number(value, digits=4):
    """So many digits, and a real minus sign, as it stands in the matrices."""
    return f"{float(value):.{digits}g}".replace("-", "−")
